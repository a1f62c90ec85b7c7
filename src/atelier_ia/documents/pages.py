"""A draft as an accessible PDF: the letter or the act, laid out as its .docx is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from atelier_ia.documents.acts import SIGNATURE, STATES, TITLES, ActKind, act_parts, is_signed
from atelier_ia.documents.letters import split_subject
from atelier_ia.documents.markup import Block, blocks, pieces
from atelier_ia.documents.papers import split_title
from atelier_ia.documents.reports import TEMPLATES, render_pdf
from atelier_ia.documents.typography import long_date, typeset
from atelier_ia.documents.word import AI_NOTICE
from atelier_ia.settings import Settings

_LAYOUT = TEMPLATES / "courrier.typ"


def letter_pdf(
    text: str,
    settings: Settings,
    subject: str = "",
    recipient: str = "",
    *,
    office: str = "",
    ai_notice: bool = True,
    day: date | None = None,
) -> bytes:
    """The letter of `letters.letter_docx` as a tagged PDF in French."""
    found, body = split_subject(text)
    subject = subject or found
    own = settings.collectivite
    contact = [office, own.street, f"{own.postcode} {own.town}".strip(), own.phone, own.email]
    content = _common(settings, subject or f"Lettre – {own.name}", ai_notice) | {
        "sender": [line for line in contact if line],
        "recipient": [line.strip() for line in recipient.splitlines() if line.strip()],
        "place": f"{own.town or own.name}, le {long_date(day or date.today())}",
        "subject_line": subject,
        "blocks": [_block(block) for block in blocks(body)],
    }
    return render_pdf(_LAYOUT, content)


def paper_pdf(text: str, settings: Settings, title: str, place: str, *, ai_notice: bool = True) -> bytes:
    """The working paper of `papers.paper_docx` as a tagged PDF in French."""
    title, body = split_title(text, title)
    content = _common(settings, title, ai_notice) | {
        "sender": [place],
        "heading": title,
        "blocks": [_block(block) for block in blocks(body)],
    }
    return render_pdf(_LAYOUT, content)


def act_pdf(
    text: str,
    settings: Settings,
    kind: ActKind,
    *,
    title: str = "",
    ai_notice: bool = True,
    day: date | None = None,
) -> bytes:
    """The act of `acts.act_docx` as a tagged PDF in French."""
    own = settings.collectivite
    parts = list(act_parts(text)) if kind == "arrêté" else []
    found = next((part.block.text.strip("* ") for part in parts if part.role == "title"), "")
    rest = (
        [_block(part.block) | {"role": part.role} for part in parts if part.role != "title"]
        if parts
        else [_block(block) for block in blocks(text)]
    )
    if kind in ("arrêté", "procès-verbal") and not is_signed(text):
        rest.append(_block(Block("paragraph", f"Fait à {own.town or own.name}, le {long_date(day or date.today())}")))
        rest.append(_block(Block("paragraph", settings.localise(SIGNATURE))) | {"role": "signature"})
    heading = title or found or settings.localise(TITLES[kind])
    content = _common(settings, heading, ai_notice) | {
        "heading": heading,
        "state": settings.localise(STATES[kind]),
        "blocks": rest,
    }
    return render_pdf(_LAYOUT, content)


def _common(settings: Settings, title: str, ai_notice: bool) -> dict[str, Any]:
    return {
        "title": re.sub(r"\s+", " ", title),
        "author": settings.collectivite.name,
        "sender": [],
        "recipient": [],
        "place": "",
        "subject_line": "",
        "heading": "",
        "state": "",
        "notice": AI_NOTICE if ai_notice else "",
    }


def _block(block: Block) -> dict[str, Any]:
    """A block as the template reads it: lines of pieces, or a table of cells."""
    return {
        "kind": block.kind,
        "role": "text",
        "level": block.level,
        "lines": [_pieces(line) for line in block.text.split("\n")],
        "rows": [[_pieces(cell) for cell in row] for row in _even(block.rows)],
    }


def _pieces(text: str) -> list[list[Any]]:
    return [[typeset(piece.text), piece.bold] for piece in pieces(text)]


def _even(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]
