"""Acts and minutes as .docx: arrêté, procès-verbal, liste des délibérations, relevé de réunion.

The layout follows usage: title, visas, considérants, « ARRÊTE », articles, place and date, signature with first name,
name and capacity (CRPA L. 212-1). Nothing of the law is added to the text: what is missing stays to be written by a
person, and an unsigned draft ends with a signature block to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from atelier_ia.documents.markup import Block, blocks
from atelier_ia.documents.typography import long_date
from atelier_ia.documents.word import (
    AI_NOTICE,
    add_paragraph,
    new_document,
    to_bytes,
    write_block,
    write_blocks,
)
from atelier_ia.settings import Settings

ActKind = Literal["arrêté", "procès-verbal", "liste des délibérations", "relevé de réunion"]
Role = Literal["title", "authority", "visa", "decision", "article", "text"]

# Braces: words of the collectivité, `Settings.localise`.
TITLES: dict[ActKind, str] = {
    "arrêté": "Arrêté de {executif}",
    "procès-verbal": "Procès-verbal de la séance du conseil municipal",
    "liste des délibérations": "Liste des délibérations examinées par le conseil municipal",
    "relevé de réunion": "Relevé de réunion",
}
# What a reader must know of the document's state, by kind (CGCT L. 2121-15 and L. 2121-25 since July 2022).
STATES: dict[ActKind, str] = {
    "arrêté": "Projet d’arrêté : les visas et les articles de loi cités sont à vérifier un par un avant signature.",
    "procès-verbal": "Projet de procès-verbal, à arrêter au commencement de la séance suivante et à signer par "
    "{executif} et le ou les secrétaires.",
    "liste des délibérations": "À afficher en mairie et à mettre en ligne dans la semaine qui suit la séance.",
    "relevé de réunion": "",
}
SIGNATURE = "{Executif},\n(signature, prénom, nom et qualité)"
_VISA = re.compile(r"^\**(vu|considérant)\b", re.IGNORECASE)
_AUTHORITY = re.compile(r"^\**(le|la) (?:maire|présidente?) d(?:(?:e|u|es)\b|['’])", re.IGNORECASE)
_DECISION = re.compile(r"^\**\s*(arr[êe]te|d[ée]cide)\s*\**\s*:?\s*\**$", re.IGNORECASE)
_ARTICLE = re.compile(r"^\**\s*(article\s+(?:1\s?er|premier|unique|\d{1,3}))\**\s*[:.–—-]?\s*\**\s*", re.IGNORECASE)
_TITLE = re.compile(r"^\**\s*arr[êe]t[ée]\s+(?:municipal\s+)?(?:n°|portant|relatif|r[ée]glementant)", re.IGNORECASE)
_SIGNED = re.compile(r"(?im)^\s*\**(pour )?(le|la) (?:maire|présidente?)\s*(,|\*|$|empêché)|^\s*fait à\b")


@dataclass(frozen=True)
class Part:
    """A block of an act and the role it plays in it."""

    role: Role
    block: Block


def act_parts(text: str) -> Iterator[Part]:
    """The blocks of an act's draft, each line of a visa or article on its own."""
    for block in blocks(text):
        if block.kind == "title" and _TITLE.match(block.text):
            yield Part("title", Block("paragraph", block.text))
        elif block.kind == "title" and (_DECISION.match(block.text) or _ARTICLE.match(block.text)):
            yield from _line_parts(block.text)
        elif block.kind != "paragraph":
            yield Part("text", block)
        elif any(_special(line) for line in block.text.split("\n")):
            for line in block.text.split("\n"):
                yield from _line_parts(line)
        else:
            yield Part("text", block)


def act_docx(
    text: str,
    settings: Settings,
    kind: ActKind,
    *,
    title: str = "",
    ai_notice: bool = True,
    template: bytes | None = None,
    day: date | None = None,
) -> bytes:
    """The draft `text` as a .docx of the given kind, on the collectivité's template when given.

    `title` replaces the usual one; a first line « ARRÊTÉ n° … portant … » of the text does too.

    Raises:
        WordError: the template cannot be used.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    own = settings.collectivite
    parts = list(act_parts(text)) if kind == "arrêté" else []
    found = next((part.block.text.strip("* ") for part in parts if part.role == "title"), "")
    usual = settings.localise(TITLES[kind])
    heading = title or found or usual
    document = new_document(template, title=heading, author=own.name, subject=usual)
    if template is None:
        authority = add_paragraph(document, f"**{own.name}**")
        authority.runs[0].font.size = Pt(13)
    top = add_paragraph(document, heading, style="Heading 1")
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if STATES[kind]:
        _small(document, settings.localise(STATES[kind]))
    if kind != "arrêté":
        write_blocks(document, text)
    for part in parts:
        if part.role == "title":
            continue
        if part.role == "decision":
            add_paragraph(document, part.block.text, style="Heading 2").alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif part.role == "article":
            add_paragraph(document, part.block.text, style="Heading 3")
        else:
            paragraph = write_block(document, part.block)
            if part.role == "visa":
                paragraph.paragraph_format.left_indent = Cm(0.8)
                paragraph.paragraph_format.first_line_indent = Cm(-0.8)
    if kind in ("arrêté", "procès-verbal") and not is_signed(text):
        place = add_paragraph(document, f"Fait à {own.town or own.name}, le {long_date(day or date.today())}")
        place.paragraph_format.space_before = Pt(18)
        add_paragraph(document, settings.localise(SIGNATURE)).paragraph_format.left_indent = Cm(8)
    if ai_notice:
        _small(document, AI_NOTICE)
    return to_bytes(document)


def is_signed(text: str) -> bool:
    """Does the draft already end with a place or a signature?"""
    return _SIGNED.search(text[-600:]) is not None


def _small(document: Any, text: str) -> None:
    from docx.shared import Pt, RGBColor

    paragraph = add_paragraph(document, text)
    paragraph.runs[0].italic = True
    paragraph.runs[0].font.size = Pt(9)
    paragraph.runs[0].font.color.rgb = RGBColor(0x4A, 0x55, 0x60)


def _special(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_VISA, _AUTHORITY, _DECISION, _ARTICLE, _TITLE))


def _line_parts(line: str) -> Iterator[Part]:
    if not line.strip():
        return
    article = _ARTICLE.match(line)
    if _TITLE.match(line):
        yield Part("title", Block("paragraph", line))
    elif _DECISION.match(line):
        yield Part("decision", Block("paragraph", "DÉCIDE" if "d" in line.lower()[:4] else "ARRÊTE"))
    elif article:
        name = " ".join(article[1].split()).capitalize().replace("1 er", "1er").replace("premier", "1er")
        rest = line[article.end() :].strip("* ")
        short = rest and len(rest) < 70 and not rest.endswith((".", ";", ":"))
        yield Part("article", Block("paragraph", f"{name} – {rest}" if short else name))
        if rest and not short:
            yield Part("text", Block("paragraph", rest[0].upper() + rest[1:]))
    else:
        role: Role = "visa" if _VISA.match(line) else "authority" if _AUTHORITY.match(line) else "text"
        yield Part(role, Block("paragraph", line))
