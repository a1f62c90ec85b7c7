"""What all our Word files share: French language, readable type, properties, real paragraphs, lists and tables.

The light marks of a draft (`markup`) become real Word structure, so that a screen reader and a colleague's Word both
understand it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from atelier_ia.documents.markup import Block, blocks, pieces
from atelier_ia.documents.typography import printable
from atelier_ia.errors import AtelierError

FONT = "Arial"
AI_NOTICE = "Rédigé avec l’aide d’un assistant d’IA et relu par un agent."


class WordError(AtelierError):
    """A Word file cannot be written on the template that was given."""


def new_document(template: bytes | None, *, title: str, author: str, subject: str = "") -> Any:
    """An empty document in French, on `template` when given (its body is kept).

    Raises:
        WordError: the template is not a .docx without macros.
    """
    import docx

    if template is None:
        document = docx.Document()
        _own_styles(document)
    else:
        document = open_template(template)
    _speak_french(document)
    own = document.core_properties
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    own.title, own.author, own.subject, own.language = printable(title), printable(author), printable(subject), "fr-FR"
    own.last_modified_by, own.comments, own.keywords = printable(author), "", ""
    own.created = own.modified = now
    return document


def open_template(template: bytes) -> Any:
    """The .docx in `template`; `WordError` when it is something else or carries macros."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            names = archive.namelist()
            size = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise WordError("Le modèle n'est pas un fichier .docx ; ouvrez-le et réenregistrez-le en .docx.") from None
    if any("vbaproject" in name.lower() for name in names):
        raise WordError("Le modèle contient des macros ; réenregistrez-le en .docx sans macros.")
    if size > 50_000_000:
        raise WordError("Le modèle est trop volumineux ; réduisez ses images.")
    try:
        return docx.Document(io.BytesIO(template))
    except Exception:
        raise WordError("Le modèle ne peut pas être lu ; ouvrez-le et réenregistrez-le en .docx.") from None


def write_blocks(document: Any, text: str, *, after: Any = None) -> Any:
    """Add `text` as real paragraphs, lists, titles and tables, at the end or after the paragraph `after`; returns the
    last paragraph."""
    last = after
    numbering = False
    for block in blocks(text):
        last = write_block(document, block, after=last if after is not None else None)
        if block.kind == "number" and not numbering:
            _restart_numbering(document, last)
        elif block.kind == "number":
            _follow_numbering(last)
        numbering = block.kind == "number"
    return last


def write_block(document: Any, block: Block, *, after: Any = None) -> Any:
    """Add one block, at the end or after the paragraph `after`; returns its paragraph."""
    if block.kind == "table":
        return add_table(document, block.rows, after=after)
    style = {"bullet": "List Bullet", "number": "List Number"}.get(block.kind)
    if block.kind == "title":
        style = f"Heading {min(block.level + 1, 4)}"
    return add_paragraph(document, block.text, style=style, after=after)


def add_paragraph(document: Any, text: str, *, style: str | None = None, after: Any = None) -> Any:
    """One paragraph: **bold** becomes bold, a line end a line break; the style is dropped if the template lacks it."""
    known = {item.name for item in document.styles}
    paragraph = document.add_paragraph(style=style if style in known else None)
    if after is not None:
        after._p.addnext(paragraph._p)
    write_runs(paragraph, text)
    return paragraph


def add_mention(document: Any) -> None:
    """The last line of a draft: an assistant helped, an agent read it again."""
    from docx.shared import Pt, RGBColor

    mention = add_paragraph(document, AI_NOTICE)
    mention.paragraph_format.space_before = Pt(18)
    mention.runs[0].italic = True
    mention.runs[0].font.size = Pt(9)
    mention.runs[0].font.color.rgb = RGBColor(0x4A, 0x55, 0x60)


def write_runs(paragraph: Any, text: str) -> None:
    """Append `text` to a paragraph, with its bold parts."""
    for piece in pieces(text):
        run = paragraph.add_run(piece.text)
        if piece.bold:
            run.bold = True


def add_table(document: Any, rows: Sequence[Sequence[str]], *, after: Any = None) -> Any:
    """A table whose first row is repeated on each page and told as a heading by screen readers; returns the paragraph
    that follows it (Word wants one)."""
    from docx.oxml import OxmlElement

    width = max(len(row) for row in rows)
    table = document.add_table(rows=0, cols=width)
    if "Table Grid" in {style.name for style in document.styles}:
        table.style = "Table Grid"
    for index, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, [*row, *[""] * (width - len(row))], strict=True):
            write_runs(cell.paragraphs[0], f"**{text}**" if index == 0 and text else text)
    heading = table.rows[0]._tr.get_or_add_trPr()
    heading.append(OxmlElement("w:tblHeader"))
    following = document.add_paragraph()
    if after is not None:
        after._p.addnext(table._tbl)
        table._tbl.addnext(following._p)
    return following


def to_bytes(document: Any) -> bytes:
    """The .docx file."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _own_styles(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.15
    for level, size in ((1, 15), (2, 13), (3, 12), (4, 11)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.italic = False
        style.font.color.rgb = RGBColor(0x24, 0x40, 0x5F)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def _speak_french(document: Any) -> None:
    """Language of the whole document, so that spelling checkers and screen readers read French."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    root = document.styles.element
    for language in root.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    defaults = root.find(qn("w:docDefaults"))
    holder = defaults.find(f".//{qn('w:rPr')}") if defaults is not None else None
    if holder is not None and holder.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "fr-FR")
        holder.append(language)


def _restart_numbering(document: Any, paragraph: Any) -> None:
    """Give a new numbered list its own numbering, so that it begins at 1."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    try:
        numbering = document.part.numbering_part.element
        style = document.styles["List Number"].element
        base = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
        abstract = next(
            num.find(qn("w:abstractNumId")).get(qn("w:val"))
            for num in numbering.findall(qn("w:num"))
            if num.get(qn("w:numId")) == base
        )
    except (AttributeError, KeyError, StopIteration, NotImplementedError):
        return  # a template without such a list: its own numbering goes on
    num = numbering.add_num(int(abstract))
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = num.numId
    level = properties.find(qn("w:ilvl"))
    if level is None:
        level = OxmlElement("w:ilvl")
        level.set(qn("w:val"), "0")
        properties.insert(0, level)


def _follow_numbering(paragraph: Any) -> None:
    """Give a list item the numbering of the item before it."""
    import copy

    before = paragraph._p.getprevious()
    if before is not None and before.pPr is not None and before.pPr.numPr is not None:
        properties = paragraph._p.get_or_add_pPr()
        if properties.numPr is None:
            properties.insert_element_before(copy.deepcopy(before.pPr.numPr), "w:spacing", "w:ind", "w:jc", "w:rPr")
