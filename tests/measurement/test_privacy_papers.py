"""The RGPD papers."""

from datetime import date
from pathlib import Path

import docx

from atelier_ia.measurement.privacy_papers import write_privacy_papers
from atelier_ia.measurement.retention import MEASURES_DAYS
from atelier_ia.use_cases.sandbox import reference_settings


def whole(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_papers_name_the_collectivite_and_leave_no_mark(tmp_path: Path) -> None:
    """Are both papers written with the collectivité's own name, without a mark left to fill?"""
    paths = write_privacy_papers(tmp_path, reference_settings(), date(2027, 1, 11))
    assert [path.name for path in paths] == ["fiche_registre.docx", "notice_information.docx"]
    for path in paths:
        text = whole(path)
        assert "Val-Fontaine" in text
        assert "11\u00a0janvier 2027" in text
        assert "{" not in text
        assert "**" not in text


def test_papers_promise_what_the_program_does(tmp_path: Path) -> None:
    """Is the retention written in the register that of the purge?"""
    register = whole(write_privacy_papers(tmp_path, reference_settings(), date(2027, 1, 11))[0])
    assert "treize mois" in register
    assert 13 * 30 <= MEASURES_DAYS <= 13 * 31
