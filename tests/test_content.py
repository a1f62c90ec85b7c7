"""Strict content and settings: what does a person read when a file is wrong?"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.content import ContentError, StrictModel, load_toml, parse_toml
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings, load_settings, project_root

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "sandbox_data" / "val_fontaine.toml"
GOOD = REFERENCE.read_text(encoding="utf-8")

CASES = [
    (
        "habitants = 8400",
        "habitant = 8400",
        "« collectivite.habitant » n'existe pas ; vouliez-vous écrire « habitants »",
    ),
    ("habitants = 8400", "", "« collectivite.habitants » manque ; ajoutez-la."),
    ("habitants = 8400", 'habitants = "beaucoup"', "« collectivite.habitants » ne convient pas : il faut un nombre"),
    ("habitants = 8400", "habitants = 0", "un nombre plus grand que 0"),
    ('zone_scolaire = "B"', 'zone_scolaire = "D"', "'Saint-Pierre-et-Miquelon', 'Nouvelle-Calédonie'"),
    ("debut = 2027-01-11", 'debut = "janvier"', "il faut une date comme 2027-01-11"),
    ("debut = 2027-01-11", "debut = demain", "la syntaxe TOML est incorrecte (ligne "),
    ("effectif = 11", "effectif = -1", "« services.1.effectif » ne convient pas : il faut un nombre d'au moins 0."),
    ('id = "rh"', 'id = "ccas"', "l'identifiant « ccas » sert deux fois"),
    ('id = "rh"', 'id = "R H"', "« services.8.id » ne convient pas"),
    ('fournisseur = "simulateur"', 'fournisseur = "autre"', "demande aussi « assistant.adresse »"),
    ('fournisseur = "simulateur"', 'fournisseur = "simulateur"\ncle = "sk-123"', "« assistant.cle » n'existe pas"),
    ("[calendrier]", "[agenda]", "« agenda » n'existe pas"),
]


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_a_wrong_setting_is_explained(before: str, after: str, expected: str) -> None:
    """Does one French sentence name the file, the key and the remedy, without showing a value?"""
    assert before in GOOD
    with pytest.raises(ContentError) as caught:
        parse_toml(GOOD.replace(before, after, 1), Settings, "atelier.toml")
    sentence = str(caught.value)
    assert sentence.startswith("atelier.toml : ")
    assert expected in sentence
    assert "\n" not in sentence
    assert "sk-123" not in sentence


def test_val_fontaine_is_the_default() -> None:
    """Is the fictional commune of 182 agents what one gets without touching anything?"""
    settings = load_settings(REFERENCE)
    assert (settings.collectivite.name, settings.headcount) == ("Val-Fontaine", 182)
    assert settings.assistant.provider == "simulateur"


def test_localise_fills_in_the_commune_and_leaves_other_braces() -> None:
    """Do texts follow atelier.toml, and are unknown braces kept as they stand?"""
    settings = load_settings(REFERENCE)
    text = settings.localise("Mairie de {commune} ({service:ccas}) {inconnu} {service:absent} {0}")
    assert text == "Mairie de Val-Fontaine (CCAS et action sociale) {inconnu} absent {0}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"nom = \xe9", "UTF-8"), (None, "n'existe pas"), (b"[a", "syntaxe")],
)
def test_an_unreadable_file_is_explained(tmp_path: Path, content: bytes | None, expected: str) -> None:
    """Is a missing, wrongly encoded or broken file said to be so?"""
    path = tmp_path / "atelier.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ContentError, match=expected):
        load_toml(path, Settings)


def test_a_change_of_settings_is_seen(tmp_path: Path) -> None:
    """Are the settings read again when the file changes?"""
    path = tmp_path / "atelier.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_settings(path).collectivite.inhabitants == 8400
    path.write_text(GOOD.replace("8400", "12000"), encoding="utf-8")
    import os

    os.utime(path, ns=(1, 1))
    assert load_settings(path).collectivite.inhabitants == 12000


def test_no_project_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the root the one that ATELIER_RACINE names, else the nearest upwards?"""
    (tmp_path / "atelier.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "sous" / "dossier").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "sous" / "dossier")
    assert project_root() == tmp_path
    monkeypatch.setenv("ATELIER_RACINE", str(ROOT))
    assert project_root() == ROOT


class _Small(StrictModel):
    nom: str
    nombre: int = 0


@given(st.text(max_size=200))
def test_any_text_is_either_read_or_explained(text: str) -> None:
    """Does any text give a model or a French sentence, never another exception?"""
    sentence = "essai.toml : "
    try:
        parse_toml(text, _Small, "essai.toml")
    except AtelierError as error:
        sentence = str(error)
    assert sentence.startswith("essai.toml : ")
