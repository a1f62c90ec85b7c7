"""The subjects that the simulator reads in a citizen's mail, on the mails it was developed with."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from atelier_ia.assistant.knowledge import load_procedures
from atelier_ia.assistant.simulator.mail import read_mail
from atelier_ia.settings import load_settings
from tests.assistant.simulator.conftest import Reply

MAILS = tomllib.loads(Path(__file__).with_name("development.toml").read_text("utf-8"))["courriels"]
RECALL, PRECISION = 0.95, 0.95  # measured: 0.98 and 0.96


@pytest.fixture
def subjects_of(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    procedures = load_procedures(load_settings())
    return lambda text: {subject.procedure.id for subject in read_mail(text, procedures).subjects}


def test_subjects_of_development_mails(subjects_of) -> None:  # type: ignore[no-untyped-def]
    """Are the subjects found, and few others?"""
    wanted = [(set(mail["procedures"]), subjects_of(mail["texte"])) for mail in MAILS]
    right = sum(len(want & found) for want, found in wanted)
    assert right / sum(len(want) for want, _ in wanted) >= RECALL
    assert right / sum(len(found) for _, found in wanted) >= PRECISION


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bonjour, quels sont vos horaires ?", {"horaires_mairie"}),
        ("Bonsoir, une branche menace de tomber sur le trottoir.", {"arbre_espaces_verts"}),
        ("Merci pour les belles illuminations de la place, quelle réussite.", set()),
        ("Un grand merci aux agents qui ont réparé le lampadaire.", set()),
        ("Merci pour votre aide. Le lampadaire est éteint depuis un mois, pouvez-vous venir ?", {"eclairage_public"}),
        ("Je vous menace de poursuites si rien ne change.", set()),
    ],
)
def test_subjects(subjects_of, text: str, expected: set[str]) -> None:  # type: ignore[no-untyped-def]
    """Are short questions read after a greeting, and thanks or threats not taken for subjects?"""
    assert subjects_of(text) == expected


@pytest.mark.parametrize(
    "asked",
    [
        "Une petite idée : des arceaux à vélos seraient utiles devant la halle.",
        "Par ailleurs la main courante du perron bouge.",
    ],
)
def test_what_follows_thanks_is_not_lost(reply: Reply, asked: str) -> None:
    """Is what a mail of thanks still says taken up, and the wish to pass the thanks on not taken for a question?"""
    told = reply(f"Bonjour,\n\nUn grand merci aux agents du sel. Transmettez-leur s'il vous plaît.\n\n{asked}")
    assert asked.rstrip(".").split()[-1] in told
    assert "transmettre" not in told.split("Nous vous prions")[0].replace("Nous transmettons", "")
