"""Masks and their way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.privacy import LABELS, PrivacyError, Span, mask, masking

LETTER = (
    "Bonjour, Mme Claire Dupont (06 12 34 56 78) habite 12 rue des Lilas, 35000 Rennes. Mme Dupont est asthmatique."
)


def test_the_text_holds_no_value_any_more() -> None:
    """Are values replaced, alerts listed and the round trip exact?"""
    masked = mask(LETTER)
    assert masked.text.startswith("Bonjour, Mme [NOM_1] ([TEL_1]) habite [ADRESSE_1]. Mme [NOM_1b] est asthmatique.")
    assert [LETTER[alert.start : alert.end] for alert in masked.alerts] == ["asthmatique"]
    assert masked.restore(masked.text).text == LETTER


def test_repr_hides_values() -> None:
    """Can a table be logged by accident without showing a name?"""
    masked = mask(LETTER)
    assert "Dupont" not in repr(masked)
    assert "Dupont" not in repr(masked.placeholders)


MUTATIONS = [
    "[NOM_1]",
    "NOM_1",
    "nom_1",
    "[nom_1]",
    "[Nom_1]",
    "\\[NOM\\_1\\]",
    "**[NOM_1]**",
    "[**NOM_1**]",
    "[ NOM_1 ]",
    "[NOM 1]",
    "[NOM-1]",
    "[NOM1]",
    "(NOM_1)",
    "{NOM_1}",
    "<NOM_1>",
    "[[NOM_1]]",
    "NOM 1",
    "`NOM_1`",
]


@pytest.mark.parametrize("written", MUTATIONS)
def test_altered_placeholders_come_back(written: str) -> None:
    """Is a placeholder restored however the model wrote it?"""
    restored = mask("Mme Claire Dupont").restore(f"Bonjour {written}, merci.")
    assert "Claire Dupont" in restored.text
    assert restored.unknown == ()


def test_number_eleven_is_not_number_one_then_one() -> None:
    """Does [NOM_11] give the eleventh person?"""
    spans, text = [], ""
    for number in range(12):
        start = len(text)
        text += f"Personne{number}"
        spans.append(Span(start, len(text), "NOM", "masquer", "essai"))
        text += " ; "
    masked = mask(text, spans)
    assert masked.restore("[NOM_11] et [NOM_1]").text == "Personne10 et Personne0"


def test_invented_and_unused_placeholders_are_reported() -> None:
    """Is a placeholder that the model invented left as it is, and one that it forgot named?"""
    restored = mask("Mme Dupont, 06 12 34 56 78").restore("Bonjour [NOM_1], voir [NOM_7] et [TEL 9].")
    assert restored.text == "Bonjour Dupont, voir [NOM_7] et [TEL 9]."
    assert restored.unknown == ("[NOM_7]", "[TEL 9]")
    assert restored.missing == ("[TEL_1]",)


def test_placeholders_already_in_the_text_are_left_alone() -> None:
    """Does a text that already holds [NOM_1] keep it, and give another number to its own names?"""
    text = "Le modèle « Bonjour [NOM_1] » a servi à Mme Dupont."
    masked = mask(text)
    assert "[NOM_2]" in masked.text
    restored = masked.restore(masked.text)
    assert restored.text == text
    assert restored.unknown == ()


def test_prose_is_not_taken_for_a_placeholder() -> None:
    """Does « nom 1 » in ordinary words stay?"""
    answer = "Écrivez le nom 1 fois, puis le tel 2 jours après."
    assert mask("Mme Dupont, 06 12 34 56 78").restore(answer).text == answer


def test_an_alert_is_masked_on_request() -> None:
    """Is a health word replaced when the person passes its span as « masquer »?"""
    text = "Ma mère est diabétique."
    masked = mask(text, [Span(12, 22, "SANTE", "masquer", "choix de la personne")])
    assert masked.text == "Ma mère est [SANTE_1]."
    assert masked.alerts == ()


@pytest.mark.parametrize("span", [(5, 2), (0, 99), (-1, 3), (2, 2)])
def test_a_span_that_does_not_fit_is_refused(span: tuple[int, int]) -> None:
    """Are impossible offsets refused rather than guessed?"""
    with pytest.raises(PrivacyError):
        mask("Mme Dupont", [Span(*span, "NOM", "masquer", "essai")])


def test_failure_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a failure while masking raise, without the text?"""
    monkeypatch.setattr(masking, "without_overlap", None)
    with pytest.raises(PrivacyError) as caught:
        mask("Mme Dupont")
    assert "Dupont" not in str(caught.value)


pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "Mme Claire Dupont",
            "[NOM_1]",
            "NOM_2",
            "\\[TEL_1\\]",
            "06 12 34 56 78",
            "nom 1",
            "12 rue des Lilas",
            "a@b.fr",
            "\\",
            "[",
            "]",
            "*",
            "_1",
            "b",
            "é",
        ]
    ),
)


@given(st.lists(pieces, max_size=14))
@settings(max_examples=200, deadline=None)
def test_round_trip_is_exact(parts: list[str]) -> None:
    """Does restoring a masked text always give the text back?"""
    text = "".join(parts)
    masked = mask(text)
    assert masked.restore(masked.text).text == text


@given(
    st.text(alphabet="aN_OM1[]\\* b2", max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 8)), max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_round_trip_with_any_spans(text: str, places: list[tuple[int, int]]) -> None:
    """Is the round trip exact for any choice of spans, overlapping or not, in a text full of lookalikes?"""
    labels = list(LABELS)
    spans = [
        Span(start, min(len(text), start + length), labels[(start + length) % len(labels)], "masquer", "essai")
        for start, length in places
        if start < len(text)
    ]
    masked = mask(text, spans)
    assert masked.restore(masked.text).text == text
