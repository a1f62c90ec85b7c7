"""A working paper as a .docx: minutes, texts to publish. No address, no « Objet »: a title, and its parts as titles."""

from __future__ import annotations

import re

from atelier_ia.documents.markup import blocks
from atelier_ia.documents.typography import printable
from atelier_ia.documents.word import add_mention, add_paragraph, new_document, to_bytes, write_blocks
from atelier_ia.settings import Settings

LONGEST_TITLE = 120
_PART = re.compile(r"^(?![-•–|#]|\*\s)(\S[^\n]{1,40}[^\s.;,!?])(?=\n+[ \t]*[-•*–][ \t]+\S)", re.MULTILINE)
_USUAL = re.compile(
    r"^(?:\*\*)?((?:l['’]essentiel|(?:les )?décisions|(?:les )?actions|(?:les )?points (?:à trancher|abordés))"
    r"(?: en \w+ lignes)?)[ \t]*:?(?:\*\*)?[ \t]*:?$",
    re.IGNORECASE | re.MULTILINE,
)
"""The parts that our minutes ask for: titles even above a sentence."""
_TITLE = re.compile(r"^(#{1,6})(?=\s+\S)", re.MULTILINE)
_MARKS = re.compile(r"^#{1,6}\s+|\*\*")


def paper_docx(text: str, settings: Settings, title: str, place: str, *, ai_notice: bool = True) -> bytes:
    """The paper `text` under its own title, else `title`; `place` says when it was prepared."""
    own = settings.collectivite
    title, body = split_title(text, title)
    document = new_document(None, title=title, author=own.name, subject=title)
    add_paragraph(document, f"**{own.name}**\n{place}")
    add_paragraph(document, title, style="Heading 1")
    write_blocks(document, body)
    if ai_notice:
        add_mention(document)
    return to_bytes(document)


def split_title(text: str, title: str) -> tuple[str, str]:
    """The title that the paper gives itself in a first line on its own, else `title`; and the rest of the text, the
    line above a list being the title of a part, and titles beginning at the first level."""
    clean = printable(text).strip()
    first = next(blocks(clean), None)
    if first and first.kind in ("title", "paragraph") and "\n" not in first.text:
        found = _MARKS.sub("", first.text).strip()
        rest = clean.partition("\n")[2].strip()
        if rest and len(found) <= LONGEST_TITLE and not found.endswith((".", ",", ":")):
            title, clean = found, rest
    above = min((len(mark) for mark in _TITLE.findall(clean)), default=1) - 1
    clean = _TITLE.sub(lambda mark: mark[1][above:], clean)
    clean = _USUAL.sub(lambda line: f"# {line[1].rstrip()}", clean)
    return title, _PART.sub(lambda line: f"# {_MARKS.sub('', line[1]).rstrip(' :')}", clean)
