"""The printed way to the inhabitants' page: cards to slip into a letter, a notice for the counter, the bare QR code."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, Literal

from atelier_ia.documents.posters import PosterError, qr_svg
from atelier_ia.documents.reports import TEMPLATES, render_pdf, render_png
from atelier_ia.documents.typography import typeset

CardFormat = Literal["cartes", "affichette"]
FORMATS: dict[CardFormat, str] = {
    "cartes": "Huit cartes à découper, à glisser dans les courriers",
    "affichette": "Une affichette A5, à poser au guichet",
}
LINE = "Un clic suffit, sans nom ni inscription."
MOST_INVITATION = 60


@dataclass(frozen=True)
class OpinionCard:
    """What the card says: `author` is the collectivité, `link` the page's address as the telephone will open it."""

    author: str
    invitation: str
    link: str


def card_pdf(card: OpinionCard, form: CardFormat) -> bytes:
    """The sheet of cards or the notice as a tagged PDF.

    Raises:
        PosterError: the address is no address, or the invitation is too long.
    """
    return render_pdf(_TEMPLATE, _data(card, form), _images(card))


def card_preview(card: OpinionCard, form: CardFormat, ppi: float = 110) -> bytes:
    """One card, or the notice, as a PNG; its text alternative is `alternative`."""
    return render_png(_TEMPLATE, _data(card, form) | {"sheet": False} | _SIZES[form], _images(card), ppi=ppi)


def qr_png(link: str) -> bytes:
    """The bare QR code, to be put in a letter's own template."""
    import segno

    qr_svg(link)  # says in French what is wrong with the address
    stream = io.BytesIO()
    segno.make(link, error="m", micro=False).save(stream, kind="png", scale=12, border=4)
    return stream.getvalue()


def alternative(card: OpinionCard) -> str:
    """What the card says, for those who cannot see it."""
    return typeset(f"Carte de {card.author}. {card.invitation} {LINE} Code QR vers {_shown(card.link)}.")


_TEMPLATE = TEMPLATES / "carte_avis.typ"
_SIZES: dict[CardFormat, dict[str, float]] = {
    "cartes": {"width": 105, "height": 74},
    "affichette": {"width": 148, "height": 210},
}


def _data(card: OpinionCard, form: CardFormat) -> dict[str, Any]:
    if not card.invitation.strip() or len(card.invitation) > MOST_INVITATION:
        raise PosterError(f"L'invitation tient en {MOST_INVITATION} caractères ; écrivez-en une plus courte.")
    if not card.link.startswith(("http://", "https://")) or any(char.isspace() for char in card.link):
        raise PosterError("L'adresse de la page commence par https:// et n'a pas d'espace ; corrigez-la.")
    sheet = form == "cartes"
    size = {"width": 210, "height": 297} if sheet else _SIZES[form]
    return {
        **size,
        "sheet": sheet,
        "small": sheet,
        "title": typeset(f"Votre avis – {card.author}"),
        "author": card.author,
        "invitation": typeset(card.invitation.strip()),
        "line": LINE,
        "link": _shown(card.link),
        "qr_alt": f"Code QR vers {_shown(card.link)}",
    }


def _images(card: OpinionCard) -> dict[str, bytes]:
    return {"qr.svg": qr_svg(card.link)}


def _shown(link: str) -> str:
    return link.removeprefix("https://").removeprefix("http://")
