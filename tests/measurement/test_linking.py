"""The code that an agent may choose to link two waves: useful, never stored, destroyed at the end."""

from datetime import date
from pathlib import Path

import pytest

from atelier_ia.measurement.linking import (
    CodeError,
    close_survey,
    close_when_over,
    forget,
    link_of,
    paired_change,
)
from atelier_ia.measurement.surveys import Answer, read_answers, record_answer
from atelier_ia.use_cases.sandbox import reference_settings

SETTINGS = reference_settings()


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def answer(wave: str, use: str = "souvent") -> Answer:
    return Answer(wave, use, "beaucoup", "oui")


def test_the_code_is_nowhere_and_its_salt_is_private(tmp_path: Path) -> None:
    """Is the code itself absent from what is kept, and the salt readable by its owner alone?"""
    record_answer(answer("J+30"), code="Mon Chat Roux")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "var").iterdir())
    assert b"chat" not in kept.lower()
    assert (tmp_path / "var" / "enquete_sel.bin").stat().st_mode & 0o077 == 0
    assert link_of("mon  chat roux") == link_of("Mon Chat Roux")
    with pytest.raises(CodeError, match="6 signes"):
        record_answer(answer("J+30"), code="abc")


def test_a_second_answer_with_the_code_corrects_the_first() -> None:
    """Can a person correct their answers, and take them back?"""
    record_answer(answer("J+30"), code="mon chat roux")
    record_answer(answer("J+30", "jamais"), code="mon chat roux")
    record_answer(answer("J+30"))
    assert sorted(item.use for item in read_answers("J+30")) == ["jamais", "souvent"]
    assert forget("mon chat roux") == 1
    assert forget("un autre code") == 0


def test_when_the_survey_closes_nothing_links_anything(tmp_path: Path) -> None:
    """Are salt and links destroyed at the end, and only then?"""
    record_answer(answer("J+30"), code="mon chat roux")
    assert close_when_over(SETTINGS, date(2027, 3, 1)) == 0
    assert close_when_over(SETTINGS, date(2027, 7, 1)) == 1
    assert not (tmp_path / "var" / "enquete_sel.bin").exists()
    assert close_survey() == 0
    assert len(read_answers("J+30")) == 1
    with pytest.raises(CodeError, match="close"):
        forget("mon chat roux")


def fill(linked: int, alone: int) -> None:
    for index in range(linked):
        record_answer(answer("J+30", "souvent" if index % 2 else "jamais"), code=f"code secret {index}")
        record_answer(answer("J+90", "jamais" if index == 0 else "souvent"), code=f"code secret {index}")
    for index in range(alone):
        record_answer(answer("J+30", "souvent" if index % 2 else "jamais"))
        record_answer(answer("J+90", "souvent" if index % 2 else "jamais"))


def test_the_change_of_the_same_persons_has_its_interval() -> None:
    """Is the change computed on linked answers alone?"""
    fill(14, 12)
    found = paired_change("J+30", "J+90")
    assert found is not None
    assert found.persons == 14
    assert found.before == 0.5
    assert found.after == pytest.approx(13 / 14)
    assert found.change.low > 0


@pytest.mark.parametrize(("linked", "alone"), [(9, 0), (14, 3), (0, 20)])
def test_few_linked_or_few_others_show_nothing(linked: int, alone: int) -> None:
    """Under ten linked persons, or when the others would be found by subtraction, is nothing shown?"""
    fill(linked, alone)
    assert paired_change("J+30", "J+90") is None
