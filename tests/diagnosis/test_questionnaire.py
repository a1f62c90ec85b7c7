"""The anonymous questionnaire: what is kept, what is shown, and attempts to find one person's answer."""

import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from atelier_ia.diagnosis.questionnaire import (
    QuestionnaireError,
    close_questionnaire,
    count_answers,
    load_questionnaire,
    purge_answers,
    record_answers,
)
from atelier_ia.diagnosis.results import CROSSING_THRESHOLD, OTHERS, questionnaire_results
from atelier_ia.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
BANDS = {choice.id: choice.value for choice in load_questionnaire().question("heures").choices}


@pytest.fixture(scope="module")
def commune() -> Settings:
    return load_settings(ROOT / "sandbox_data" / "val_fontaine.toml")


def one(service: str = "", hours: str = "5a10", **more: object) -> dict[str, object]:
    """A valid set of answers."""
    return {
        "service": service,
        "heures": hours,
        "taches": ["courriels"],
        "aisance": "plutot",
        "usage_ia": "jamais",
        "attentes": ["temps"],
        "craintes": ["donnees"],
        **more,
    }


def test_results_wait_for_the_closing(tmp_path: Path, commune: Settings) -> None:
    """Are results refused while answers still come (two looks would tell the last one), then shown?"""
    path = tmp_path / "q.db"
    for _ in range(6):
        record_answers(one("accueil"), commune, path)
    with pytest.raises(QuestionnaireError, match="clos"):
        questionnaire_results(commune, path)
    close_questionnaire(date(2027, 1, 19), path)
    with pytest.raises(QuestionnaireError, match="clos"):
        record_answers(one(), commune, path)
    results = questionnaire_results(commune, path)
    assert results.answers == 6
    assert results.mean_hours == 7.5
    assert results.share("taches", "courriels") == 1
    purge_answers(path)
    assert count_answers(path) == 0


def test_under_five_nothing_shows(tmp_path: Path, commune: Settings) -> None:
    """With four answers, is everything withheld?"""
    path = tmp_path / "q.db"
    for _ in range(4):
        record_answers(one(), commune, path)
    close_questionnaire(date(2027, 1, 19), path)
    with pytest.raises(QuestionnaireError, match="Moins de 5"):
        questionnaire_results(commune, path)


def test_an_optional_question_few_answered_stays_hidden(tmp_path: Path, commune: Settings) -> None:
    """Are the two persons who said which account they use kept out of sight?"""
    path = tmp_path / "q.db"
    for index in range(8):
        record_answers(one(**({"compte": "personnel"} if index < 2 else {})), commune, path)
    close_questionnaire(date(2027, 1, 19), path)
    accounts = next(item for item in questionnaire_results(commune, path).questions if item.id == "compte")
    assert accounts.answered == 0
    assert all(choice.count == 0 for choice in accounts.choices)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"heures": "cent"}, "pas dans la liste"),
        ({"heures": ""}, "Il manque une réponse"),
        ({"taches": ["courriels", "reunions", "arretes", "visuels"]}, "3 réponse"),
        ({"service": "musee"}, "Ce service"),
        ({"nom": "Dupin"}, "n'existe pas"),
        ({"libre": "x" * 301}, "300 caractères"),
    ],
)
def test_wrong_answers_are_explained(
    tmp_path: Path, commune: Settings, change: dict[str, object], sentence: str
) -> None:
    """Is an answer that does not fit refused in French, and nothing kept?"""
    path = tmp_path / "q.db"
    with pytest.raises(QuestionnaireError, match=sentence):
        record_answers(one() | change, commune, path)
    assert count_answers(path) == 0


def test_free_text_is_masked_and_apart(tmp_path: Path, commune: Settings) -> None:
    """Is a name in the free text masked before it is kept, and is the text tied to no other answer?"""
    path = tmp_path / "q.db"
    record_answers(one("accueil", libre="Rappeler Madame Zorglub au 06 39 98 12 34 chaque semaine"), commune, path)
    raw = path.read_bytes()
    assert b"Zorglub" not in raw
    assert b"06 39 98" not in raw
    base = sqlite3.connect(path)
    assert base.execute("SELECT COUNT(*) FROM textes").fetchone() == (1,)
    assert base.execute("SELECT COUNT(*) FROM reponses r JOIN textes t ON r.id = t.id").fetchone() == (0,)
    base.close()


def test_the_file_keeps_neither_order_nor_hour(tmp_path: Path, commune: Settings) -> None:
    """Does the file hold no date, and its rows in an order that is not that of arrival?"""
    path = tmp_path / "q.db"
    arrivals = [list(BANDS)[index % 5] for index in range(40)]
    for hours in arrivals:
        record_answers(one(hours=hours), commune, path)
    base = sqlite3.connect(path)
    stored = [row[0] for row in base.execute("SELECT reponses FROM reponses ORDER BY rowid")]
    columns = {row[1] for table in ("reponses", "textes") for row in base.execute(f"PRAGMA table_info({table})")}
    base.close()
    assert columns == {"id", "reponses", "texte"}
    assert [hours for hours, text in zip(arrivals, stored, strict=True) if f'"{hours}"' in text] != arrivals


def test_many_write_at_once(tmp_path: Path, commune: Settings) -> None:
    """When thirty agents answer together, is nothing lost?"""
    path = tmp_path / "q.db"
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: record_answers(one(), commune, path), range(30)))
    assert count_answers(path) == 30


@hypothesis_settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(BANDS))), min_size=5, max_size=80))
def test_no_small_group_can_be_found(
    tmp_path_factory: pytest.TempPathFactory, commune: Settings, drawn: list[tuple[int, str]]
) -> None:
    """Whatever the answers, does each line shown, and the rest found by subtraction, cover at least ten persons, never
    all with the same answer when a service stands alone?"""
    from atelier_ia.diagnosis import results as results_module

    names = ["", *(service.id for service in commune.services[:4])]
    answers = [one(names[index], hours) for index, hours in drawn]
    lines = results_module._by_service(answers, commune)
    assert sum(line.answers for line in lines) in (0, len(answers))
    by_name: dict[str, Counter[str]] = {}
    for answer in answers:
        by_name.setdefault(commune.service_name(str(answer["service"])), Counter())[str(answer["heures"])] += 1
    for line in lines:
        assert line.answers >= CROSSING_THRESHOLD
        if line.name != OTHERS:
            assert len(by_name[line.name]) > 1
