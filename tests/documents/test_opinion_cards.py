"""The cards that lead inhabitants to their page."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from atelier_ia.documents.opinion_cards import FORMATS, OpinionCard, card_pdf, card_preview
from atelier_ia.documents.posters import PosterError

LINK = "https://avis.val-fontaine.example/avis/courriels"
CARD = OpinionCard("Val-Fontaine", "Cette réponse vous a-t-elle été utile ?", LINK)


@pytest.mark.parametrize("form", FORMATS)
def test_a_card_says_who_asks_and_where(form: str, tmp_path: Path) -> None:
    """Does each format fit one page, in French, with the address written out for who cannot scan?"""
    path = tmp_path / "carte.pdf"
    path.write_bytes(card_pdf(CARD, form))  # type: ignore[arg-type]
    reader = PdfReader(path)
    assert len(reader.pages) == 1
    text = " ".join(reader.pages[0].extract_text().split())
    assert "Val-Fontaine" in text
    assert LINK.removeprefix("https://") in text.replace("\u200b", "")
    assert reader.trailer["/Root"]["/Lang"].startswith("fr")  # type: ignore[index]
    assert card_preview(CARD, form).startswith(b"\x89PNG")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "card",
    [
        OpinionCard("Val-Fontaine", "", LINK),
        OpinionCard("Val-Fontaine", "x" * 61, LINK),
        OpinionCard("Val-Fontaine", "Votre avis ?", "avis.val-fontaine.example"),
        OpinionCard("Val-Fontaine", "Votre avis ?", "https://avis. val-fontaine.example"),
        OpinionCard("Val-Fontaine", "Votre avis ?", "https://x.example/" + "a" * 4000),
    ],
)
def test_what_cannot_be_printed_is_refused(card: OpinionCard) -> None:
    """Is a card without words, without a real address, or too long refused in French?"""
    with pytest.raises(PosterError, match=r"corrigez|courte"):
        card_pdf(card, "cartes")
