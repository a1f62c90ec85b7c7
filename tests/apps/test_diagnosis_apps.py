"""The diagnostic's apps without a browser: what is kept, what is refused, what stays hidden."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.apps.kit import App
from atelier_ia.apps.questionnaire import QuestionnaireApp
from atelier_ia.apps.synthesis import SynthesisApp
from atelier_ia.apps.time_log import TimeLogApp
from atelier_ia.apps.tool_map import ToolMapApp
from atelier_ia.diagnosis import questionnaire, time_log, tool_map, volumes
from atelier_ia.diagnosis.gathering import gather
from atelier_ia.diagnosis.time_log import TimeEntry
from atelier_ia.settings import load_settings

GIVEN = {
    "heures": "5a10",
    "taches": "courriels,reunions",
    "aisance": "peu",
    "usage_ia": "jamais",
    "attentes": "temps",
    "craintes": "emploi",
}


@pytest.fixture(autouse=True)
def project(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project's content, with its own place for what is gathered."""
    from atelier_ia.settings import project_root

    root = project_root()
    for name in ("atelier.toml", "sandbox_data"):
        (tmp_path / name).symlink_to(root / name)
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def press(app: App, id: str, values: dict[str, str] | None = None, **detail: Any) -> None:
    app.screen._receive(
        app.screen, {"type": "event", "id": id, "values": values or {}, "detail": detail, "sequence": 1}, []
    )


def shown(node: Any) -> str:
    """All that is written in a tree of nodes."""
    if isinstance(node, dict):
        return " ".join(shown(value) for value in node.values())
    if isinstance(node, list | tuple):
        return " ".join(shown(value) for value in node)
    return str(node).replace("\u202f", " ").replace("\u00a0", " ")


def screen(app: App) -> str:
    return shown(app.screen.tree["children"])


def taken_over(app: App, fresh: App, values: dict[str, str] | None = None) -> None:
    """A fresh kernel goes on from the page's memory."""
    memory = app.screen.tree["memory"]
    fresh.screen._receive(fresh.screen, {"type": "resume", "memory": memory, "values": values or {}}, [])


def answer(count: int) -> None:
    settings = load_settings()
    for _ in range(count):
        given: questionnaire.Answers = {**GIVEN, "taches": ["courriels"], "attentes": ["temps"], "craintes": ["emploi"]}
        questionnaire.record_answers(given, settings)


def test_questionnaire_is_sent_once() -> None:
    """Are answers gathered from the three screens kept together, and the page emptied of them?"""
    app = QuestionnaireApp()
    press(app, "suivant", {"heures": "5a10", "taches": GIVEN["taches"]})
    press(app, "suivant", {"aisance": "peu", "usage_ia": "jamais"})
    fresh = QuestionnaireApp()
    taken_over(app, fresh, {"attentes": "temps"})
    assert fresh.page == 3
    press(fresh, "envoyer", {"attentes": "temps", "craintes": "emploi", "libre": "Trier"})
    assert fresh.sent
    assert questionnaire.count_answers() == 1
    assert not fresh.answers
    assert "5a10" not in shown(fresh.screen.tree)


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"taches": "courriels"}, "Il manque une réponse à « Combien"),
        ({"heures": "5a10"}, "Il manque une réponse à « Lesquelles"),
        ({"heures": "5a10", "taches": "courriels,reunions,arretes,saisie"}, "gardez 3"),
        ({"heures": "<b>", "taches": "courriels"}, "n’est pas dans la liste"),
    ],
)
def test_questionnaire_says_what_is_missing(values: dict[str, str], part: str) -> None:
    """Is an incomplete or impossible screen explained, and does the page stay?"""
    app = QuestionnaireApp()
    press(app, "suivant", values)
    assert app.page == 1
    assert part in screen(app)


def test_closed_questionnaire() -> None:
    """Is a person who comes, or sends, too late told so?"""
    answer(5)
    late = QuestionnaireApp()
    late.page, late.answers = 3, dict(GIVEN)
    questionnaire.close_questionnaire(date(2027, 1, 20))
    press(late, "envoyer")
    assert "clos" in screen(late)
    assert questionnaire.count_answers() == 5
    assert "Le questionnaire est clos" in screen(QuestionnaireApp())


@pytest.mark.parametrize(("answers", "offered"), [(0, False), (4, False), (5, True)])
def test_closing_waits_for_five(answers: int, offered: bool) -> None:
    """Can the questionnaire be closed from five answers on only, and in two presses?"""
    answer(answers)
    app = SynthesisApp()
    assert ("On ne peut pas le rouvrir" in screen(app)) is offered
    press(app, "clore")
    assert not questionnaire.is_closed()


def test_example_gives_way() -> None:
    """Is the synthesis of the example replaced, never completed, by what is really gathered?"""
    app = SynthesisApp()
    assert app.example
    assert "55,5 h par semaine" in screen(app)
    time_log.add_entries([TimeEntry("Classer", 10)])
    app = SynthesisApp()
    assert not app.example
    assert "55,5" not in screen(app)
    assert "Classer" in screen(app)
    assert "la carte des outils" in screen(app)


def test_damaged_file_is_said_and_the_rest_shown() -> None:
    """Does a file that someone broke by hand leave the other parts readable, and stay as it is?"""
    time_log.add_entries([TimeEntry("Classer", 10)])
    path = tool_map.tool_map_path()
    path.write_text("outil;prix\nA;3\n", encoding="utf-8")
    app = SynthesisApp()
    assert "il manque la colonne « usage »" in screen(app)
    assert "Classer" in screen(app)
    card = ToolMapApp()
    assert "il manque la colonne « usage »" in screen(card)
    log = time_log.log_path()
    log.write_text("tache;minutes\nA;zéro\n", encoding="utf-8")
    press(TimeLogApp(), "fichier", name="b.csv", data=b"tache;minutes\nB;3\n")
    assert log.read_text(encoding="utf-8") == "tache;minutes\nA;zéro\n"
    assert gather(load_settings()).problems


def test_time_log_undo() -> None:
    """Does undoing take out what was just added, and only that?"""
    time_log.add_entries([TimeEntry("A", 5), TimeEntry("A", 5)])
    app = TimeLogApp()
    press(app, "fichier", name="b.csv", data="tâche;durée\nA;5 min\nB;0,5 h\n".encode("cp1252"))
    assert len(time_log.read_log()) == 4
    press(app, "annuler")
    assert [one.task for one in time_log.read_log()] == ["A", "A"]


@pytest.mark.parametrize(
    ("typed", "part"), [("", "nom à la tâche"), ("Classer", "Mettre en pause")], ids=["sans nom", "avec nom"]
)
def test_stopwatch_needs_a_task(typed: str, part: str) -> None:
    """Does the clock start for a named task only?"""
    app = TimeLogApp()
    press(app, "demarrer", {"tache": typed})
    assert part in screen(app)


def test_volumes_are_kept() -> None:
    """Are the cases a week kept by task, an empty one forgotten, a wrong one refused whole?"""
    time_log.add_entries([TimeEntry("Classer", 30), TimeEntry("Trier", 10)])
    volumes.write_volumes([volumes.TaskVolume("Classer", 3, 2)])
    app = TimeLogApp()
    press(app, "volumes", {"volume-0": "12,5", "volume-1": "beaucoup"})
    assert "écrivez un nombre de cas" in app.problem
    assert [one.cases_per_week for one in volumes.read_volumes()] == [3]
    press(app, "volumes", {"volume-0": "12,5", "volume-1": ""})
    assert volumes.read_volumes() == (volumes.TaskVolume("Classer", 12.5, 2),)


def test_tool_map_changed_elsewhere() -> None:
    """Is somebody else's change to the map never overwritten?"""
    mine, theirs = ToolMapApp(), ToolMapApp()
    press(theirs, "ajouter", {"outil": "A", "usage": "courriels"})
    press(mine, "ajouter", {"outil": "B", "usage": "courriels"})
    assert "autre poste" in mine.problem
    assert mine.typed["outil"] == "B"
    press(mine, "ajouter", {"outil": "B", "usage": "courriels"})
    assert [tool.name for tool in tool_map.read_tool_map() or ()] == ["A", "B"]
    press(mine, "annuler")
    assert [tool.name for tool in tool_map.read_tool_map() or ()] == ["A"]


def test_first_tool_can_be_undone() -> None:
    """Does undoing the very first tool bring the example back?"""
    app = ToolMapApp()
    press(app, "ajouter", {"outil": "A", "usage": "courriels", "cout": "1 200", "donnees": "oui", "registre": "non"})
    assert "Oui, sans fiche" in screen(app)
    press(app, "annuler")
    assert app.example
    assert tool_map.read_tool_map() is None


def test_kept_files_read_back(tmp_path: Path) -> None:
    """Does what the apps write or offer read back as the same, formulas and separators included?"""
    settings = load_settings()
    tools = (tool_map.ExistingTool("=A;B", "courriels", settings.services[0].id, 3, "personnel", True, False, 12.5),)
    assert tool_map.parse_tool_map(tool_map.tool_map_csv(tools), settings=settings) == tools
    entries = (TimeEntry('-"x"', 12.3, 4, "rh", date(2027, 1, 13), "estimation"),)
    assert time_log.parse_log(time_log.log_csv(entries)) == entries
