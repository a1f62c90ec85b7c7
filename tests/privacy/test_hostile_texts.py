"""Whatever the text, the guard answers in order and in time; whatever fails, it fails closed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.privacy import ALERTS, LABELS, PrivacyError, detect, detector


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_spans(text: str) -> None:
    """Are spans sorted, apart, inside the text and of known labels, whatever the text?"""
    reach = 0
    for span in detect(text, names=()):
        assert reach <= span.start < span.end <= len(text)
        assert span.label in LABELS
        assert (span.level == "alerte") == (span.label in ALERTS)
        reach = span.end


FRAGMENTS = [
    "M. ",
    "Dupont ",
    "12 rue ",
    "de la ",
    "06 ",
    "né le ",
    "FR76 ",
    "@",
    "a.b",
    "n° ",
    "AB 12 ",
    "\n",
    "’",
    "-",
    "Jean ",
    "je suis ",
    "malade ",
    "1",
]


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=20, max_size=400))
@settings(max_examples=60, deadline=None)
def test_hostile_mixtures_are_answered(pieces: list[str]) -> None:
    """Does a text made only of trigger words get an answer rather than an error?"""
    detect("".join(pieces), names=())


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "@",
        "M. ",
        "12 rue ",
        "D'",
        "J.-",
        "né le 12 ",
        "a écrit ",
        "section ab 1, ",
        "(",
        "\u0301",
        "j'habite au fond a la rue ",
        "je ne peux plus me ",
        "Dupont, rue X ",
        "zero un deux ",
        "les Dupont ",
        "parcelle AB 12, ",
        "n° 12-AB/3 ",
        "A comme Anatole, ",
        "a;1;\t|",
        "Nom;N° CAF\n",
        "lieu-dit Les Prés, ",
        "Présents : Jean, ",
        "elle a été frappée par ",
        "J.-B. ",
        "vingt et un ",
        "j'habite chez mon fond de cour a droite ",
        "12 rue X, 2e étage gauche, fond de cour, ",
        "Calle de la Via Rua Strada ",
        "tute11e 1l1l1l1 ",
        "muzulmane prizon ",
        "dit « X ",
        "absente pour congés de l'arrêt ",
        "titre de recette n° a 1 2 ",
        "(at) point ",
        "elle habite la tour, la porte, au 19, ",
        "Le Cayrou, 24510, ",
        "M. Aaa Bbb Ccc, ",
        "SOUSSIGNEE AAA ",
        "\naa bb\n\n \n",
        "la ZC 19 et la ZC 20 et ",
        "les entreprises Aaa, Bbb et ",
        "le menu Aaa, Bbb et ",
        "12 rue X, Les Y, 35000 ",
        "35000 Aaa, ",
        "sous sous n° a-1/2-",
        "bordereau 1, pièce 2, ",
        "mention ab cd ef 12 34 ",
        "Nom ..... ",
        "a\u0301\u00ad",
        "sa santé, son kiné, ",
        "Aaa, 8 ans, ",
        "ma et la ont et ",
        "titi Titi ",
        "section a numéro un deux ",
        "celle de Aaa (A 12 ",
        "réseau au hameau de Aaa ",
        "MADAME AAA, ",
        "M. Roux 0aaa 1aaa ",
        "depuis le 15 août 2021 au ",
        "Le Aaa de Aaa, 6 rue ",
    ],
)
def test_no_pattern_explodes(piece: str) -> None:
    """Is a long repetition of a trigger answered (pytest's own time limit would stop a catastrophic pattern)?"""
    detect(piece * (60_000 // len(piece)), names=())


def test_failure_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does an internal failure raise a `PrivacyError` that says nothing of the text?"""

    def broken(_: object) -> None:
        raise KeyError("Dupont")

    monkeypatch.setattr(detector, "find_forms", broken)
    with pytest.raises(PrivacyError) as caught:
        detect("Mme Dupont", names=())
    assert "Dupont" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_only_text_is_accepted() -> None:
    """Is anything but text refused?"""
    with pytest.raises(PrivacyError):
        detect(None, names=())  # type: ignore[arg-type]
