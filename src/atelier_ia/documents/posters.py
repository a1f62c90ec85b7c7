"""Posters and flyers from a structured brief: laid out by Typst, as an accessible PDF and as a PNG.

The layout is ours, tested for contrast and legibility; an assistant may help to fill the brief, never draws. Colours
and logo of the collectivité come from `atelier.toml`.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from atelier_ia.content import StrictModel
from atelier_ia.documents.colours import INK, TEXT_CONTRAST, WHITE, contrast, mix, readable, text_on
from atelier_ia.documents.reports import TEMPLATES, LayoutError, render_pdf, render_png
from atelier_ia.documents.typography import NBSP, clock_times, ended, month_name, typeset, weekday_name
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings, project_root

Design = Literal["aplat", "gazette", "fanions", "nuit"]
FormatName = Literal["A4", "A3", "A5", "story", "bandeau"]

DESIGNS: dict[Design, str] = {
    "aplat": "Aplat : un grand titre sur un bloc de couleur, pour se voir de loin",
    "gazette": "Gazette : la date en très grand, esprit magazine municipal",
    "fanions": "Fanions : une carte blanche sous une guirlande, pour une fête",
    "nuit": "Nuit : fond sombre étoilé, pour une soirée ou l'hiver",
}
PALETTE = {
    "ardoise": "#24405C",
    "terre cuite": "#A8431F",
    "sapin": "#1F5A43",
    "prune": "#6B2A5B",
    "océan": "#0F5E7A",
    "ocre": "#E0A526",
}
PAPER = "#FBF7F0"
LOGO_BYTES = 3_000_000
LONGEST_BOUND = 10


@dataclass(frozen=True)
class Format:
    """A page in points (1/72 inch) and the density of its picture."""

    width: float
    height: float
    ppi: float
    label: str


_MM = 72 / 25.4
FORMATS: dict[FormatName, Format] = {
    "A4": Format(210 * _MM, 297 * _MM, 150, "Affichette A4"),
    "A3": Format(297 * _MM, 420 * _MM, 150, "Affiche A3"),
    "A5": Format(148 * _MM, 210 * _MM, 200, "Tract A5"),
    "story": Format(1080, 1920, 72, "Story 1080 × 1920"),
    "bandeau": Format(1920, 1005, 72, "Bandeau d'événement 1920 × 1005"),
}

Short = Annotated[str, Field(max_length=60)]


class PosterError(AtelierError):
    """A poster cannot be made from this brief."""


class PosterBrief(StrictModel):
    """What a poster says. Only the title is required; each design leaves out what is empty, and the wide format, seen
    small on screens, leaves out the text and the points."""

    title: Annotated[str, Field(min_length=1, max_length=70)] = Field(alias="titre")
    kicker: Short = Field("", alias="surtitre")
    day: date | None = Field(None, alias="date")
    when: Short = Field("", alias="quand")
    hours: Short = Field("", alias="horaires")
    place: Annotated[str, Field(max_length=90)] = Field("", alias="lieu")
    text: Annotated[str, Field(max_length=320)] = Field("", alias="texte")
    points: tuple[Annotated[str, Field(max_length=70)], ...] = Field((), alias="points_forts", max_length=4)
    note: Annotated[str, Field(max_length=90)] = Field("", alias="mention")
    link: Annotated[str, Field(max_length=200)] = Field("", alias="lien")
    contact: Annotated[str, Field(max_length=90)] = ""
    ai_notice: bool = Field(True, alias="mention_ia")
    colour: str = Field("", alias="couleur")
    design: Design = Field("aplat", alias="modele")

    @field_validator("colour")
    @classmethod
    def _known_colour(cls, colour: str) -> str:
        named = PALETTE.get(colour.strip().lower(), colour.strip())
        if named:
            contrast(named, WHITE)  # refuses what is no colour
        return named

    @field_validator("link")
    @classmethod
    def _web_link(cls, link: str) -> str:
        bare = link.strip()
        if bare and any(char.isspace() for char in bare):
            raise ValueError("l'adresse contient une espace ; copiez-la telle qu'elle s'affiche dans le navigateur.")
        return bare


def poster_pdf(brief: PosterBrief, settings: Settings, size: FormatName = "A4") -> bytes:
    """The poster as a tagged PDF.

    Raises:
        PosterError: the texts do not fit the format, or the logo cannot be used.
    """
    return bytes(_render(brief, settings, size, as_pdf=True))


def poster_png(brief: PosterBrief, settings: Settings, size: FormatName = "A4", *, ppi: float | None = None) -> bytes:
    """The poster as a PNG at its format's density (`ppi` for a smaller preview); alternative text: `alternative`."""
    return bytes(_render(brief, settings, size, as_pdf=False, ppi=ppi))


def alternative(brief: PosterBrief) -> str:
    """The text that says what the picture says, for a web page or a social network."""
    parts = [brief.kicker, brief.title, _when(brief), brief.hours, brief.place, brief.text, *brief.points, brief.note]
    parts += [brief.contact, brief.link]
    return _printed("Affiche. " + " ".join(ended(part) for part in parts if part.strip()))


def colours(brief: PosterBrief, settings: Settings) -> dict[str, str]:
    """Every colour of the poster, by role; each text has at least 4.5:1 on its ground."""
    base = brief.colour or settings.collectivite.accent or PALETTE["ardoise"]
    # A mid-tone carries neither white nor ink well: it is darkened until one of them reads.
    ground = base if contrast(text_on(base), base) >= TEXT_CONTRAST else readable(base, WHITE)
    on_ground = text_on(ground)
    away = "#000000" if on_ground == WHITE else WHITE
    night = mix(readable(base, WHITE, 7), "#000000", 0.55)
    return {
        "ground": ground,
        "on_ground": on_ground,
        # Ornaments go away from the text's colour, so that a title across them reads better, not worse.
        "tint_a": mix(ground, away, 0.16),
        "tint_b": mix(ground, away, 0.32),
        "paper": PAPER,
        "ink": INK,
        "strong": readable(base, PAPER, TEXT_CONTRAST),
        "muted": "#45505C",
        "night": night,
        "on_night": WHITE,
        "glow": readable(mix(base, WHITE, 0.45), night, TEXT_CONTRAST),
    }


def _render(brief: PosterBrief, settings: Settings, size: FormatName, *, as_pdf: bool, ppi: float | None = None) -> Any:
    form = FORMATS[size]
    files: dict[str, bytes] = {"affiche.typ": (TEMPLATES / "affiche.typ").read_bytes()}
    if form.width > form.height:  # seen small on a screen: the essential only
        brief = brief.model_copy(update={"text": "", "points": ()})
    data = _content(brief, settings) | {
        "width": form.width,
        "height": form.height,
        "landscape": form.width > form.height,
        "colours": colours(brief, settings),
    }
    if brief.link:
        files["qr.svg"] = qr_svg(brief.link)
        data["qr"] = "qr.svg"
    logo = _logo(settings)
    if logo is not None:
        data["logo"] = logo[0]
        files[logo[0]] = logo[1]
    template = TEMPLATES / f"affiche_{brief.design}.typ"
    try:
        if as_pdf:
            return render_pdf(template, data, files)
        return render_png(template, data, files, ppi=ppi or form.ppi)
    except LayoutError as error:
        if "trop-long" in str(error):
            raise PosterError(
                f"Le texte est trop long pour le format « {form.label} » ; raccourcissez le titre ou la description."
            ) from None
        raise


def _content(brief: PosterBrief, settings: Settings) -> dict[str, Any]:
    own = settings.collectivite
    shown = brief.link.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    texts = {
        "title": brief.title,
        "kicker": brief.kicker,
        "when": _when(brief),
        "hours": brief.hours,
        "place": brief.place,
        "text": brief.text,
        "note": brief.note,
        "contact": brief.contact,
        "author": own.name,
    }
    return {
        **{key: _printed(value.strip()) for key, value in texts.items()},
        "shown_title": _bound(_printed(brief.title.strip())),
        "day": _day_parts(brief.day),
        "points": [_printed(point.strip()) for point in brief.points if point.strip()],
        "link": shown,
        "ai": "Affiche préparée avec l’aide d’un assistant d’IA" if brief.ai_notice else "",
        "logo_alt": f"Logo de {own.name}",
        "qr_alt": f"Code QR vers {shown}",
        "subject": alternative(brief),
    }


def _printed(text: str) -> str:
    return typeset(clock_times(text))


def _bound(title: str) -> str:
    """`title` with its small words kept on the line of the next one, unless both together are long.

    >>> _bound("Marché de Noël")
    'Marché de\\xa0Noël'
    """

    def keep(match: re.Match[str]) -> str:
        together = match[0].replace(" ", NBSP)
        return together if len(together) <= LONGEST_BOUND else match[0]

    return re.sub(r"\b(?:à|au|aux|d[eu]|des|en|et|l[ae]|les|un|une) \S+", keep, title, flags=re.IGNORECASE)


def _when(brief: PosterBrief) -> str:
    if brief.when or brief.day is None:
        return brief.when
    parts = _day_parts(brief.day)
    assert parts is not None
    return f"{parts['weekday'].capitalize()} {parts['number']} {parts['month']} {brief.day.year}"


def _day_parts(day: date | None) -> dict[str, str] | None:
    if day is None:
        return None
    number = "1er" if day.day == 1 else str(day.day)
    return {"weekday": weekday_name(day), "number": number, "month": month_name(day), "year": str(day.year)}


def qr_svg(link: str) -> bytes:
    """A QR code with its quiet zone, dark on white whatever the poster's colours; `PosterError` when too long."""
    import segno

    stream = io.BytesIO()
    try:
        code = segno.make(link if "://" in link else f"https://{link}", error="m", micro=False)
    except (segno.DataOverflowError, ValueError):
        raise PosterError("L'adresse est trop longue pour un code QR ; donnez-en une plus courte.") from None
    code.save(stream, kind="svg", dark=INK, light=WHITE, border=4, xmldecl=False)
    return stream.getvalue()


def _logo(settings: Settings) -> tuple[str, bytes] | None:
    name = settings.collectivite.logo
    if not name:
        return None
    path = project_root() / name
    try:
        data = path.read_bytes()
    except OSError:
        raise PosterError(f"Le logo {name} ne peut pas être lu ; vérifiez « logo » dans atelier.toml.") from None
    kind = picture_kind(data)
    if kind is None or len(data) > LOGO_BYTES:
        raise PosterError(f"Le logo {name} doit être une image SVG, PNG ou JPEG de 3 Mo au plus.")
    return f"logo.{kind}", data


def picture_kind(data: bytes) -> str | None:
    """'png', 'jpg' or 'svg' by the content, None for anything else, damaged or absurdly large."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        return "png" if 0 < width * height < 50_000_000 else None
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    head = data[:2000].lstrip().lower()
    return "svg" if b"<svg" in head and b"<!entity" not in data.lower() else None


def layouts() -> Mapping[str, Path]:
    """Template file of each design (a test checks that none is missing)."""
    return {design: TEMPLATES / f"affiche_{design}.typ" for design in DESIGNS}
