"""The commands that a trainer runs in front of the room: each shows what it says, or one French sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from IPython.testing.globalipapp import start_ipython

from atelier_ia.training import demonstrations
from atelier_ia.use_cases import real_cases


@pytest.fixture(scope="module")
def shell() -> Any:
    return start_ipython() or __import__("IPython").get_ipython()


@pytest.fixture
def shown(shell: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a line command and get the plain text that it shows."""

    def run(command: str, line: str) -> str:
        told: list[str] = []
        monkeypatch.setattr(demonstrations, "display", lambda content, raw: told.append(content["text/plain"]))
        getattr(demonstrations.DemonstrationMagics(shell), command)(line)
        return "\n".join(told).replace("\u202f", " ")

    return run


@pytest.mark.parametrize(
    ("command", "line", "words"),
    [
        ("tableau", "budget_2026", ["Budget principal 2026", "Charges à caractère général", "11 488 000"]),
        ("tableau", "impots", ["Tableau introuvable", "tableaux connus"]),
        ("document", "conseil_24_septembre", ["Délibération n° 2026-62", "huis clos"]),
        ("courriel", "inconnu", ["Cas introuvable", "%boite"]),
        ("boite", "accueil", ["passeport_urgent", "pacs_date"]),
        ("arrete", "", ["numéro", "142", "fermeture de l'aire de jeux"]),
        ("arrete", "142", ["La maire de", "ARRÊTE", "L. 2213-47"]),
        ("arrete", "142 cle", ["Cet article n'existe pas", "Aucune date de fin"]),
        ("arrete", "142 clé", ["Cet article n'existe pas"]),
        ("arrete", "7", ["Arrêté introuvable", "arrêtés connus"]),
        ("documents", "", ["%document plu_extrait", "%tableau signalements"]),
        ("documents", "enfance", ["%document reglement_cantine"]),
        ("documents", "licorne", ["Aucun document", "%documents seul"]),
        ("prevoir", "energie 6", ["recopier le même mois", "01/2027", "06/2027"]),
        ("prevoir", "cantine 999", ["Prévision impossible", "réduisez-le"]),
        ("prevoir", "../secret 3", ["Prévision impossible"]),
    ],
)
def test_commands_show_what_they_say(shown: Any, command: str, line: str, words: list[str]) -> None:
    """Does the table, document, list or forecast appear, and a French sentence when there is none?"""
    text = shown(command, line)
    assert [word for word in words if word not in text] == []


def test_no_meal_is_forecast_on_a_holiday(shown: Any) -> None:
    """After the December series, are the Christmas holidays left out?"""
    text = shown("prevoir", "cantine 10")
    assert "25/12/2026" not in text
    assert "04/01/2027" in text


def test_own_cases_stand_in_for_those_of_the_sandbox(
    shown: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Once imported and masked, is a case of the collectivité listed, and shown by its name or its beginning?"""
    monkeypatch.setattr(real_cases, "data_folder", lambda: tmp_path)
    assert "Aucun cas importé" in shown("cas", "")
    reviewed = real_cases.review("Bonjour, quels sont vos horaires ? Merci.", (), title="Une question d'horaires")
    kept = real_cases.store(reviewed)
    assert "Une question d’horaires" in shown("cas", "").replace("'", "’")
    assert "quels sont vos horaires" in shown("courriel", kept.id[:8])
    assert "Cas introuvable" in shown("courriel", "cas_zzz")


def test_the_first_cell_may_run_again(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """When the whole lesson is run a second time, is there no English line, and the button again?"""
    cell = "%load_ext atelier_ia.training.demonstrations"
    for _ in range(3):
        shell.run_cell(cell, store_history=False)
        told = capsys.readouterr()
        assert "already loaded" not in told.out + told.err
        assert "Projection" in told.out
        shell.run_cell("%load_ext atelier_ia", store_history=False)
        assert "already loaded" not in capsys.readouterr().out
