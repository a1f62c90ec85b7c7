"""Both stopwatches of the drafting apps: what is measured, what is declared, and that the two never mix."""

from __future__ import annotations

from typing import Any

import pytest

from atelier_ia.apps.drafting_app import DraftingApp
from atelier_ia.apps.email_reply import EmailReply
from atelier_ia.apps.meeting_notes import MeetingNotes
from atelier_ia.apps.publish import Publish
from atelier_ia.diagnosis import stopwatch
from atelier_ia.measurement.time_records import read_pairs


class Clock:
    """Stands for the wall clock of the stopwatch."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def time(self) -> float:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += 60 * minutes


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(stopwatch, "time", made)
    return made


@pytest.fixture
def app(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> EmailReply:
    from atelier_ia.settings import project_root

    root = project_root()
    for name in ("atelier.toml", "sandbox_data"):
        (tmp_path / name).symlink_to(root / name)
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    return EmailReply()


def press(app: DraftingApp, id: str, values: dict[str, str] | None = None, **detail: Any) -> None:
    app.screen._receive(
        app.screen, {"type": "event", "id": id, "values": values or {}, "detail": detail, "sequence": 1}, []
    )


def texts(node: Any) -> str:
    """All that is written in a tree of nodes."""
    if isinstance(node, dict):
        return " ".join(texts(value) for value in node.values())
    if isinstance(node, list | tuple):
        return " ".join(texts(value) for value in node)
    return str(node)


def shown(app: DraftingApp) -> str:
    return texts(app.screen.tree["children"])


def measure_alone(app: DraftingApp, clock: Clock, minutes: float) -> None:
    press(app, "chrono_seul")
    clock.pass_minutes(minutes)
    press(app, "terminer_seul")
    press(app, "continuer_avec")


def test_measured_pair(app: EmailReply, clock: Clock) -> None:
    """Is a case done alone, then one done with the assistant, a measured pair, whatever is typed, pauses left out?"""
    press(app, "chrono_seul")
    assert app.text in [node["text"] for node in app.screen.tree["children"][0]["children"]]
    clock.pass_minutes(4)
    press(app, "pause_seul")
    clock.pass_minutes(30)
    press(app, "pause_seul")
    clock.pass_minutes(2)
    press(app, "terminer_seul")
    clock.pass_minutes(60)
    press(app, "continuer_avec")
    clock.pass_minutes(1.5)
    press(app, "enregistrer", {"sans": "99"})
    [pair] = read_pairs()
    assert (pair.minutes_without, pair.minutes_with, pair.origin) == (6, 1.5, "mesuré")


def test_declared_pair(app: EmailReply, clock: Clock) -> None:
    """Is a typed estimate kept as declared, also after a measure that was dropped?"""
    measure_alone(app, clock, 5)
    press(app, "oublier")
    app.time.start()
    clock.pass_minutes(2)
    press(app, "enregistrer", {"sans": "12,5"})
    [pair] = read_pairs()
    assert (pair.minutes_without, pair.origin) == (12.5, "déclaré")


@pytest.mark.parametrize(("typed", "kept"), [("1 h 30", 90), ("45 min", 45), ("7,5", 7.5), ("1 200,5", None)])
def test_an_estimate_in_any_form(app: EmailReply, typed: str, kept: float | None) -> None:
    """Is a duration read as people write it, and one beyond a day's work explained?"""
    press(app, "enregistrer", {"sans": typed})
    assert [pair.minutes_without for pair in read_pairs()] == ([kept] if kept else [])
    assert bool(app.time.error) is (kept is None)


def test_totals_are_apart(app: EmailReply, clock: Clock) -> None:
    """Does the card add measured and declared minutes up apart, losses included?"""
    measure_alone(app, clock, 10)
    clock.pass_minutes(4)
    app.step, app.draft_text = 4, "Bonjour"
    press(app, "enregistrer")
    assert "gagnées sur ce courriel" in shown(app)
    assert "Gain mesuré" in shown(app)
    assert "1\u00a0cas mesuré" in shown(app)
    assert "déclaré" not in shown(app)
    for with_assistant in (3, 12):
        app.time.reset()
        assert app.time.measured is None
        app.time.start()
        clock.pass_minutes(with_assistant)
        press(app, "enregistrer", {"sans": "10"})
    assert "de plus avec l’assistant sur ce courriel" in shown(app)
    pair, won, totals = app.time.view()["children"]
    assert [(node["value"], node["label"]) for node in pair["children"]] == [
        ("10", "sans l’assistant"),
        ("12", "avec l’assistant"),
    ]
    assert (won["value"], won["look"]) == ("2", "vedette")
    said = totals["text"].replace("\u00a0", " ").replace("\u202f", " ")
    assert said == "Avec vos collègues : 6 min sur 1 cas mesuré ; 5 min sur 2 cas déclarés."


def test_a_recorded_gain_does_not_move(app: EmailReply, clock: Clock) -> None:
    """Do the figures of a recorded case stay what was recorded when the draft is made again, and give way to another
    case pasted over it?"""
    press(app, "masquer", {"texte": "Bonjour, quand ouvre la piscine municipale cet été ?"})
    clock.pass_minutes(2)
    press(app, "enregistrer", {"sans": "12"})
    app.step = 1
    press(app, "masquer", {"texte": "Bonjour, quand ouvre la piscine municipale cet été ? Merci."})
    clock.pass_minutes(5)
    pair, *_ = app.time.view()["children"]
    assert [node["value"] for node in pair["children"]] == ["12", "2"]
    app.step = 1
    press(app, "masquer", {"texte": "Madame, Monsieur, ma poubelle jaune est cassée depuis lundi."})
    clock.pass_minutes(1)
    press(app, "enregistrer", {"sans": "10"})
    assert {(pair.minutes_without, pair.minutes_with) for pair in read_pairs()} == {(12, 2), (10, 1)}


@pytest.mark.parametrize(("minutes", "part"), [(0, "vient de partir"), (8 * 60 + 1, "huit heures")])
def test_no_measure(app: EmailReply, clock: Clock, minutes: float, part: str) -> None:
    """Is a time that no one can have worked refused, and the case still there to go on with?"""
    press(app, "chrono_seul")
    clock.pass_minutes(minutes)
    press(app, "terminer_seul")
    assert part in app.problem
    assert app.time.working_alone
    press(app, "abandonner")
    assert (app.time.working_alone, app.time.measured, app.step) == (False, None, 1)


def test_nothing_to_time(app: EmailReply) -> None:
    """Is the stopwatch refused when there is no case to read?"""
    press(app, "chrono_seul", {"texte": "  "})
    assert "collez" in app.problem
    assert not app.time.working_alone


def test_reading_counts_with_the_assistant_too(app: EmailReply, clock: Clock) -> None:
    """After a case done alone, does the time with the assistant count from the choice of the next one?"""
    measure_alone(app, clock, 5)
    clock.pass_minutes(20)
    press(app, "courriel", value=list(app.emails)[3])
    clock.pass_minutes(1)
    press(app, "enregistrer")
    assert [pair.minutes_with for pair in read_pairs()] == [1]


def test_lost_kernel(app: EmailReply, clock: Clock) -> None:
    """Does the time go on while a lost kernel is replaced, alone as with the assistant?"""

    def replaced(old: EmailReply) -> EmailReply:
        new = EmailReply()
        new.screen._receive(new.screen, {"type": "resume", "memory": old.screen.tree["memory"], "values": {}}, [])
        return new

    press(app, "chrono_seul")
    clock.pass_minutes(3)
    app = replaced(app)
    assert app.time.working_alone
    clock.pass_minutes(3)
    press(app, "terminer_seul")
    press(app, "continuer_avec")
    clock.pass_minutes(1)
    app = replaced(app)
    clock.pass_minutes(1)
    press(app, "enregistrer")
    [pair] = read_pairs()
    assert (pair.minutes_without, pair.minutes_with, pair.origin) == (6, 2, "mesuré")


@pytest.mark.parametrize(
    ("kind", "words"),
    [(EmailReply, "ce courriel"), (Publish, "cette publication"), (MeetingNotes, "cette réunion")],
)
def test_each_app_names_its_cases(app: EmailReply, clock: Clock, kind: type[DraftingApp], words: str) -> None:
    """Does the gain name what was written, in each app?"""
    other = kind()
    measure_alone(other, clock, 9)
    clock.pass_minutes(2)
    press(other, "enregistrer")
    assert f"gagnées sur {words}" in texts(other.time.view())
