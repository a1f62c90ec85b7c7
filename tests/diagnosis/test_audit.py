"""The express audit in three questions."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from atelier_ia.content import ContentError
from atelier_ia.diagnosis.audit import MATURITY, AuditAnswers, load_audit, read_answers, save_audit

SANDBOX = Path(__file__).parents[2] / "sandbox_data" / "diagnostic"


def answers(hours: float = 11, maturity: int = 3, irritants: tuple[str, ...] = ("Les courriels",)) -> AuditAnswers:
    return AuditAnswers.model_validate({"irritants": irritants, "heures_semaine": hours, "maturite": maturity})


@pytest.mark.parametrize(
    ("hours", "place"), [(5, "en dessous de"), (10.5, "dans"), (12, "dans"), (14, "dans"), (20, "au-dessus de")]
)
def test_comparison_with_the_reference(hours: float, place: str) -> None:
    """Is the estimate placed against the method's 30 to 40 %, and still called an estimate?"""
    reading = read_answers(answers(hours))
    assert f" {place} la fourchette" in reading.comparison
    assert "estimation" in reading.comparison


@pytest.mark.parametrize("level", sorted(MATURITY))
def test_every_level_gives_an_advice(level: int) -> None:
    """Does each level of maturity say where to begin?"""
    assert read_answers(answers(maturity=level)).advice.endswith(".")


@pytest.mark.parametrize(
    "wrong",
    [
        {"irritants": ["  "], "heures_semaine": 3, "maturite": 2},
        {"irritants": ["a", "b", "c", "d"], "heures_semaine": 3, "maturite": 2},
        {"irritants": ["a"], "heures_semaine": 40, "maturite": 2},
        {"irritants": ["a"], "heures_semaine": 3, "maturite": 6},
    ],
)
def test_impossible_answers_are_refused(wrong: dict[str, object]) -> None:
    """Are no irritant, four irritants, more than a week and a sixth level refused?"""
    with pytest.raises(ValidationError):
        AuditAnswers.model_validate(wrong)


def test_saved_answers_come_back(tmp_path: Path) -> None:
    """Are the answers kept as they were, and a damaged file explained?"""
    path = tmp_path / "a" / "audit.json"
    assert load_audit(path) is None
    kept = answers(irritants=("  Les   courriels ", "", "Les arrêtés"))
    save_audit(kept, path)
    assert load_audit(path) == kept
    assert kept.irritants == ("Les courriels", "Les arrêtés")
    path.write_text("{", "utf-8")
    with pytest.raises(ContentError, match="abîmé"):
        load_audit(path)
    path.write_text('{"irritants": ["a"], "heures_semaine": 90, "maturite": 2}', "utf-8")
    with pytest.raises(ContentError, match="heures_semaine"):
        load_audit(path)


def test_the_example_is_valid() -> None:
    """Is the fictional commune's audit read?"""
    assert load_audit(SANDBOX / "audit.json") is not None
