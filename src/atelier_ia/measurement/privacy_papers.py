"""The RGPD papers of the training, ready to be re-read by the DPO: register entry (art. 30) and notice (art. 13)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from atelier_ia.content import read_text
from atelier_ia.documents.typography import long_date, typeset
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.settings import Settings

_SOURCES = Path(__file__).with_name("templates")
PAPERS = {
    "fiche_registre": "Fiche de registre : formation à l'IA et mesure de ses effets",
    "notice_information": "Vos données pendant la formation à l'IA",
}


def write_privacy_papers(folder: Path, settings: Settings, today: date) -> tuple[Path, ...]:
    """Write both papers as .docx into `folder` (created), with the collectivité's name and addresses."""
    from atelier_ia.documents.word import add_paragraph, new_document, to_bytes, write_blocks

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, title in PAPERS.items():
        text = settings.localise(read_text(_SOURCES / f"{name}.md")).replace("{date}", long_date(today))
        document = new_document(None, title=typeset(title), author=settings.collectivite.name, subject="RGPD")
        add_paragraph(document, typeset(title), style="Heading 1")
        write_blocks(document, typeset(text))
        target = folder / f"{name}.docx"
        write_whole(target, to_bytes(document))
        written.append(target)
    return tuple(written)
