"""A letter as a .docx: on the collectivité's own template when it has one, else on a sober page of ours.

A template is an ordinary .docx where these marks are replaced: {{texte}}, {{objet}}, {{destinataire}}, {{date}},
{{lieu}}. Without {{texte}} the letter follows what the template holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from atelier_ia.documents.typography import long_date, printable
from atelier_ia.documents.word import add_mention, add_paragraph, new_document, to_bytes, write_blocks, write_runs
from atelier_ia.settings import Settings

_SUBJECT = re.compile(r"\A\s*\**(?:objet|sujet)\**\s*:\s*\**\s*([^\n]+?)\**\s*\n+", re.IGNORECASE)


def letter_docx(
    text: str,
    settings: Settings,
    subject: str = "",
    recipient: str = "",
    *,
    office: str = "",
    ai_notice: bool = True,
    template: bytes | None = None,
    day: date | None = None,
) -> bytes:
    """The letter `text` (greeting to signature) as a .docx.

    A first line « Objet : … » becomes the subject when none is given. `recipient` is an address block, one line each.
    `office` is the service that writes, under the sender's name.
    `ai_notice` adds the mention that an assistant helped and an agent re-read.

    Raises:
        WordError: the template cannot be used.
    """
    found, text = split_subject(text)
    subject = subject or found
    own = settings.collectivite
    document = new_document(template, title=subject or f"Lettre – {own.name}", author=own.name, subject=subject)
    values = {
        "objet": subject,
        "destinataire": recipient,
        "date": long_date(day or date.today()),
        "lieu": own.town or own.name,
    }
    if template is not None:
        _fill(document, text, values)
    else:
        _head(document, settings, values, office)
        write_blocks(document, text)
    if ai_notice:
        add_mention(document)
    return to_bytes(document)


def split_subject(text: str) -> tuple[str, str]:
    """The subject of a first line « Objet : … » (empty without one) and the rest of the text."""
    clean = printable(text)
    found = _SUBJECT.match(clean)
    return (found[1].strip(), clean[found.end() :]) if found else ("", clean)


def _head(document: Any, settings: Settings, values: Mapping[str, str], office: str) -> None:
    from docx.shared import Cm, Pt, RGBColor

    own = settings.collectivite
    sender = add_paragraph(document, f"**{own.name}**")
    sender.runs[0].font.size = Pt(14)
    sender.runs[0].font.color.rgb = RGBColor(0x24, 0x40, 0x5F)
    sender.paragraph_format.space_after = Pt(0)
    contact = [office, own.street, f"{own.postcode} {own.town}".strip(), own.phone, own.email]
    if any(contact):
        lines = add_paragraph(document, "\n".join(part for part in contact if part))
        lines.runs[0].font.size = Pt(9.5)
    if values["destinataire"].strip():
        address = add_paragraph(document, "\n".join(line.strip() for line in values["destinataire"].splitlines()))
        address.paragraph_format.left_indent = Cm(9)
        address.paragraph_format.space_before = Pt(6)
    place = add_paragraph(document, f"{values['lieu']}, le {values['date']}")
    place.paragraph_format.left_indent = Cm(9)
    place.paragraph_format.space_before = Pt(10)
    place.paragraph_format.space_after = Pt(16)
    if values["objet"]:
        topic = add_paragraph(document, f"**Objet\u00a0:** {values['objet']}")
        topic.paragraph_format.space_after = Pt(14)


def _fill(document: Any, text: str, values: Mapping[str, str]) -> None:
    """Put the values where the template has its marks (body, tables, heads and feet)."""
    body = None
    for paragraph in list(_all_paragraphs(document)):
        if "{{" not in paragraph.text:
            continue
        if re.search(r"\{\{\s*texte\s*\}\}", paragraph.text) and body is None:
            body = paragraph
            continue
        filled = re.sub(r"\{\{\s*(objet|destinataire|date|lieu)\s*\}\}", lambda match: values[match[1]], paragraph.text)
        if filled != paragraph.text:
            _replace_text(paragraph, filled)
    if body is None:
        write_blocks(document, text)
        return
    last = write_blocks(document, text, after=body)
    if last is not None and last is not body:
        body._p.getparent().remove(body._p)


def _replace_text(paragraph: Any, text: str) -> None:
    """New text in the style of the paragraph's first run (Word often cuts a mark into several runs)."""
    first = paragraph.runs[0] if paragraph.runs else None
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    if first is None:
        write_runs(paragraph, text)
    else:
        first.text = printable(text)


def _all_paragraphs(document: Any) -> list[Any]:
    found = list(document.paragraphs)
    found += [paragraph for table in document.tables for cell in table._cells for paragraph in cell.paragraphs]
    for section in document.sections:
        for part in (section.header, section.footer):
            found += list(part.paragraphs)
            found += [paragraph for table in part.tables for cell in table._cells for paragraph in cell.paragraphs]
    return found
