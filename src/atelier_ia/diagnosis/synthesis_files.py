"""The synthesis of the diagnostic as files that a DGS opens: Word to amend, PDF to hand out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from atelier_ia.diagnosis.synthesis import Section, as_markdown
from atelier_ia.documents.reports import render_pdf
from atelier_ia.documents.typography import long_date
from atelier_ia.documents.word import add_paragraph, new_document, to_bytes, write_blocks

TITLE = "Synthèse de l’état des lieux"
_TEMPLATE = Path(__file__).with_name("synthese.typ")


def synthesis_docx(sections: Sequence[Section], collectivite: str, day: date) -> bytes:
    """The sections as a .docx with real titles and tables."""
    document = new_document(None, title=f"{TITLE} – {collectivite}", author=collectivite)
    add_paragraph(document, TITLE, style="Heading 1")
    add_paragraph(document, f"{collectivite}, le {long_date(day)}")
    # One level of title under the document's own.
    write_blocks(document, as_markdown(sections).replace("\n## ", "\n# ").removeprefix("#"))
    return to_bytes(document)


def synthesis_pdf(
    sections: Sequence[Section], collectivite: str, day: date, *, moment: datetime | None = None
) -> bytes:
    """The sections as a tagged PDF in French; `moment` is the date written in the file (give one for the same bytes).

    Raises:
        LayoutError: the page cannot be laid out.
    """
    data = {
        "title": TITLE,
        "author": collectivite,
        "context": f"{collectivite}, le {long_date(day)}",
        "sections": [
            {
                "title": section.title,
                "paragraphs": list(section.paragraphs),
                "columns": list(section.table.columns) if section.table else [],
                "rows": [list(row) for row in section.table.rows] if section.table else [],
            }
            for section in sections
        ],
    }
    return render_pdf(_TEMPLATE, data, when=moment)
