"""Surveys, indicators, checkpoint reports: honest about what the figures allow, and silent about persons."""

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import docx
import pypdf
import pytest

from atelier_ia.measurement.checkpoint_content import checkpoint_content
from atelier_ia.measurement.checkpoints import write_checkpoint
from atelier_ia.measurement.decisions import propose
from atelier_ia.measurement.indicators import Indicators, compute
from atelier_ia.measurement.surveys import (
    Answer,
    SurveyError,
    count_answers,
    count_opinions,
    purge,
    read_answers,
    read_opinions,
    read_suggestions,
    record_answer,
    record_opinion,
)
from atelier_ia.measurement.time_records import TimePair, record_pair
from atelier_ia.measurement.uses import record_use
from atelier_ia.training.attendance import Attendance, write_attendance
from atelier_ia.use_cases.sandbox import reference_settings

DAY = date(2027, 5, 3)
SETTINGS = reference_settings()


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def answers(active: int, idle: int, service: str = "ccas", helped: int | None = None) -> list[Answer]:
    pleased = active if helped is None else helped
    users = [
        Answer("J+90", "souvent", "beaucoup" if i < pleased else "pas du tout", "oui", service, 60)
        for i in range(active)
    ]
    return users + [Answer("J+90", "jamais", "pas du tout", "non", service) for _ in range(idle)]


def pairs(saved: float, number: int = 12) -> list[TimePair]:
    return [TimePair("courriels", 20 + i % 3, 20 - saved, "", DAY, "mesuré") for i in range(number)]


def indicators(people: list[Answer], times: list[TimePair] = ()) -> Indicators:
    return compute("J+90", people, list(times), [], SETTINGS, 40)


def test_an_answer_is_kept_without_day_or_identity() -> None:
    """Is only the month kept, and minutes rounded so that they mark nobody?"""
    record_answer(Answer("J+30", "souvent", "beaucoup", "oui", "rh", 52), day=DAY)
    assert read_answers("J+30") == (Answer("J+30", "souvent", "beaucoup", "oui", "rh", 45),)
    assert read_answers("J+90") == ()


def test_free_words_lose_their_names() -> None:
    """Is a suggestion masked before it is stored?"""
    record_answer(
        Answer("J+30", "souvent", "beaucoup", "oui"), "Madame Claire Dupont (06 39 98 12 34) devrait former l'accueil"
    )
    (text,) = read_suggestions("J+30")
    assert "Dupont" not in text
    assert "06 39" not in text
    assert "former l'accueil" in text


@pytest.mark.parametrize(
    "wrong",
    [
        Answer("J+12", "souvent", "beaucoup", "oui"),
        Answer("J+30", "toujours", "beaucoup", "oui"),
        Answer("J+30", "souvent", "beaucoup", "oui", minutes=9999),
        Answer("J+30", "souvent", "beaucoup", "oui", minutes=float("nan")),
    ],
)
def test_answers_not_offered_are_refused(wrong: Answer) -> None:
    """Is a value outside the questionnaire refused in French?"""
    with pytest.raises(SurveyError):
        record_answer(wrong)


def test_old_answers_are_deleted() -> None:
    """Does the purge delete answers, suggestions and opinions of past months?"""
    record_answer(Answer("J+30", "souvent", "beaucoup", "oui"), "Plus de modèles", day=date(2026, 1, 20))
    record_opinion("courriels", "bien", day=date(2026, 1, 20))
    record_opinion("courriels", "bien", day=DAY)
    assert purge(date(2026, 6, 15)) == 3
    assert read_opinions() == (("courriels", "bien"),)


@pytest.mark.parametrize("count", [0, 1, 9])
def test_few_answers_show_nothing(count: int) -> None:
    """Under ten answers, is no share shown?"""
    found = indicators(answers(count, 0))
    assert found.adoption is None
    assert found.helped is None


def test_unanimous_answers_show_nothing() -> None:
    """When all say the same, is the share kept back, since it tells what each answered?"""
    assert indicators(answers(20, 0)).adoption is None
    assert indicators(answers(0, 20)).adoption is None


def test_services_add_up_without_telling_the_small_ones() -> None:
    """Are small services added up, and no share computable from the total and the others?"""
    people = answers(14, 6, "ccas") + answers(12, 8, "enfance") + answers(3, 3, "rh") + answers(9, 0, "accueil")
    found = {line.name: line for line in indicators(people).services}
    assert found["CCAS et action sociale"].answers == 20
    assert "Ressources humaines" not in found
    assert found["Accueil et état civil"].adoption is None
    assert sum(line.answers for line in found.values()) == len(people)


def test_a_report_is_not_given_again_for_one_answer_more(tmp_path: Path) -> None:
    """Does a second export with one answer more give the first figures, for both kinds of report?"""
    for answer in answers(12, 6):
        record_answer(answer)
    first = write_checkpoint("J+90", tmp_path, settings=SETTINGS, today=DAY)
    record_answer(answers(1, 0)[0])
    again = write_checkpoint("J+90", tmp_path, settings=SETTINGS, today=DAY)
    page = write_checkpoint("J+90", tmp_path, settings=SETTINGS, today=DAY, elected=True)
    assert (first.frozen, again.frozen, page.frozen) == (False, True, True)
    assert again.content == first.content
    assert page.content["figures"][1:] == [first.content["figures"][0], first.content["figures"][2]]
    for answer in answers(4, 0):
        record_answer(answer)
    assert write_checkpoint("J+90", tmp_path, settings=SETTINGS, today=DAY).frozen  # five more, but all alike
    for answer in answers(2, 3):
        record_answer(answer)
    assert not write_checkpoint("J+90", tmp_path, settings=SETTINGS, today=DAY).frozen


@pytest.mark.parametrize(
    ("people", "times", "decision"),
    [
        (answers(5, 1), [], "mesurer davantage"),
        (answers(40, 10, helped=36), pairs(12), "étendre"),
        (answers(40, 10), [], "garder"),
        (answers(40, 10, helped=5), pairs(12), "pivoter"),
        (answers(5, 60), pairs(12), "pivoter"),
        (answers(20, 30), pairs(12), "garder"),
        (answers(40, 10), pairs(-15), "pivoter"),
    ],
)
def test_the_decision_is_never_surer_than_the_figures(people, times, decision: str) -> None:
    """Does the proposal follow the written rule, by the bounds of the intervals and not their centre?"""
    proposal = propose(indicators(people, times))
    assert proposal.decision == decision
    assert proposal.reasons


def test_the_report_says_its_uncertainty() -> None:
    """Does every share come with its interval, a small sample be said small, measured and declared be kept apart?"""
    content = checkpoint_content(indicators(answers(14, 6), pairs(12, 6)), SETTINGS, DAY)
    told = " ".join(content["works"] + content["fails"])
    assert "entre" in told
    assert "20 réponses" in told
    assert "petit échantillon" in told
    assert "déclarées" in content["figures"][2][1]


@pytest.mark.parametrize("elected", [False, True])
def test_both_files_are_accessible_and_agree(tmp_path: Path, elected: bool) -> None:
    """Is the PDF tagged and French, one page for elected people, and the .docx the same in words?"""
    for answer in answers(14, 6) + answers(12, 8, "enfance"):
        record_answer(answer, "Plus de | modèles")
    done = write_checkpoint("J+90", tmp_path, settings=SETTINGS, today=DAY, elected=elected)
    reader = pypdf.PdfReader(done.pdf)
    assert reader.trailer["/Root"]["/Lang"].lower().startswith("fr")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(reader.pages) <= (1 if elected else 3)
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(done.docx.read_bytes())).paragraphs)
    assert "Décision proposée" in words
    assert "65" in words


def test_an_empty_wave_makes_a_report(tmp_path: Path) -> None:
    """Before any answer, does the report say that it cannot conclude?"""
    done = write_checkpoint("J+15", tmp_path, settings=SETTINGS, today=DAY)
    assert "trop peu de réponses" in done.content["title"]
    assert not [p.text for p in docx.Document(str(done.docx)).paragraphs if "()" in p.text]


def fill_the_base() -> None:
    """Ten services, five use cases, small samples: as much to say as a page can be asked to hold."""
    for rank, service in enumerate(SETTINGS.services):
        for answer in answers(7 + rank, 4, service.id, helped=5):
            record_answer(answer)
            if service.id in ("ccas", "enfance"):
                record_answer(replace(answer, wave="J+30"))
    for case in ("courriels", "publications", "reunions", "arretes", "visuels"):
        for origin in ("mesuré", "déclaré"):
            for minutes in (0, 3, 30, 31, 32) if case != "courriels" else (5, 6, 7, 8, 9):
                record_pair(case, 30, minutes, origin=origin, day=DAY)
    for week in range(10):
        for _ in range(6):
            record_use("courriels", first=True, day=DAY - timedelta(weeks=week))


def test_the_dashboard_and_the_elected_page_hold_on_one_page(tmp_path: Path) -> None:
    """With all that can be said, is each still one page, saying its limits beside its figures?"""
    fill_the_base()
    write_attendance([Attendance(f"a{rank}", DAY, "m2_ccas", 2) for rank in range(30)])
    done = write_checkpoint("J+90", tmp_path, settings=SETTINGS, today=DAY)
    page = write_checkpoint("J+90", tmp_path, settings=SETTINGS, today=DAY, elected=True)
    month = write_checkpoint("J+30", tmp_path, settings=SETTINGS, today=DAY)
    assert [len(item.content["charts"]) for item in (done, month)] == [3, 3]
    for path, words in (
        (done.dashboard, ("Décision proposée", "à côté des résultats", "agents formés à ce jour")),
        (month.dashboard, ("Ce qui marche", "Ce qui ne marche pas", "La suite est dans le rapport détaillé")),
        (page.pdf, ("30", "agents formés", "Ce qui reste incertain", "d’autres causes", "Pourquoi")),
    ):
        (only,) = pypdf.PdfReader(path).pages
        text = only.extract_text().replace("\n", " ")
        assert all(word in text for word in words)
        assert re.search(r"entre \d+ et \d+", text)


def test_a_small_sample_is_counted_in_persons() -> None:
    """Does a title from few answers say how many, and does the report say that others did not answer?"""
    content = checkpoint_content(indicators(answers(9, 5)), SETTINGS, DAY)
    assert "9 des 14 agents qui ont répondu utilisent l'assistant" in content["title"]
    assert any("n'ont pas répondu" in sentence for sentence in content["fails"])
    unanimous = checkpoint_content(indicators(answers(20, 0)), SETTINGS, DAY)
    assert "trop peu" not in unanimous["title"]


def test_the_base_counts_what_it_holds() -> None:
    """Are answers and opinions counted by the base those read one by one, and suggestions given once?"""
    for answer in answers(4, 2) + answers(3, 1, "rh"):
        record_answer(answer, "Plus de modèles")
    for opinion in ("bien", "bien", "moyen"):
        record_opinion("courriels", opinion)
    assert count_answers("J+90") == Counter(read_answers("J+90"))
    assert count_answers("J+90").total() == 10
    assert count_opinions() == Counter(read_opinions())
    assert read_suggestions("J+90", 8) == ("Plus de modèles",)
