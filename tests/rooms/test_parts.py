"""The parts of a room that need no room: names, codes, tokens, routes, walls, limits, board, sizes."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.cli.size import command as dimensionner
from atelier_ia.errors import AtelierError
from atelier_ia.rooms import participants, sandbox, watch
from atelier_ia.rooms.board_data import standings
from atelier_ia.rooms.desk_app import Presence
from atelier_ia.rooms.identity import JoinError, identifier, same_code
from atelier_ia.rooms.keeping import Keeping, load_keeping
from atelier_ia.rooms.model_app import checked_messages, guard
from atelier_ia.rooms.proxy import Routes, arguments_of
from atelier_ia.rooms.rush import WISHED_SECONDS, play
from atelier_ia.rooms.sizing import PLENTY, load_costs, size
from atelier_ia.rooms.store import RoomStore
from atelier_ia.training.desk import assignment_to_json, public_assignment, result_from_json, result_to_json
from atelier_ia.training.rubrics import list_assignments, load_assignment
from atelier_ia.training.scoring import score

KEEPING = Keeping("tilleul-482", "clé", "00" * 32)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    (tmp_path / "exercises").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Anne-Marie L.", "anne-marie-l"),
        ("  Zoé ", "zoe"),
        ("Jean  Paul", "jean-paul"),
        ("../../etc", "etc"),
        ("7", None),
        ("", None),
        ("formatrice", None),
        ("Admin", None),
    ],
)
def test_first_names(typed: str, name: str | None) -> None:
    """Does a first name become a plain account, and is what cannot be one refused in a sentence?"""
    if name is None:
        with pytest.raises(JoinError):
            identifier(typed)
    else:
        assert identifier(typed) == name


@given(st.text(max_size=80))
def test_any_name_is_safe(typed: str) -> None:
    """Can whatever is typed only become a name that is safe in a path and in an address?"""
    try:
        name = identifier(typed)
    except JoinError:
        return
    assert participants.checked(name) == name


@pytest.mark.parametrize("typed", ["tilleul-482", "Tilleul 482", " TILLEUL482 ", "tilleul – 482"])
def test_the_code_as_people_type_it(typed: str) -> None:
    """Do capitals, spaces and dashes not count, and does anything else?"""
    assert same_code(typed, "tilleul-482")
    assert not same_code(typed + "1", "tilleul-482")


def test_tokens_open_one_seat_only() -> None:
    """Does a token say whose it is, and is one that was altered nobody's?"""
    token = KEEPING.token("anne")
    assert KEEPING.owner(token) == "anne"
    assert KEEPING.owner("zoe." + token.partition(".")[2]) is None
    assert KEEPING.owner("") is None
    assert KEEPING.owner(Keeping("x", "y", "11" * 32).token("anne")) is None


def test_the_room_remembers_its_code(project: Path) -> None:
    """Is the code the same tomorrow, unless a new one is asked for, and is the file private?"""
    first = load_keeping()
    assert load_keeping() == first
    changed = load_keeping(code="verger-111")
    assert (changed.code, changed.secret) == ("verger-111", first.secret)
    assert (project / "var" / "salle" / "salle.json").stat().st_mode & 0o077 == 0


def test_routes() -> None:
    """Does the longest prefix win, on whole path segments?"""
    routes = Routes()
    routes.add("/", {"target": "hub"})
    routes.add("/user/anne/", {"target": "anne"})
    found = {path: (routes.find(path) or {}).get("target") for path in ("/", "/hub", "/user/anne/lab", "/user/annette")}
    assert found == {"/": "hub", "/hub": "hub", "/user/anne/lab": "anne", "/user/annette": "hub"}
    assert routes.remove("/user/anne")
    assert not routes.remove("/user/anne")


def test_the_hub_s_command_line_is_understood() -> None:
    """Are the options of configurable-http-proxy read, and its others ignored?"""
    options = arguments_of(
        ["--ip", "0.0.0.0", "--port", "8000", "--api-ip", "127.0.0.1", "--api-port", "9", "--log-level", "info", "--x"]
    )
    assert (options.ip, options.port, options.api_port) == ("0.0.0.0", 8000, 9)


def test_what_a_sandbox_shows(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Are the project, the home folder and the network absent, and is root never a participant?"""
    seat = sandbox.Seat(project / "a", (), project / "g", sandbox.Limits(), account=210_001)
    line = sandbox.bubblewrap(seat)
    shown = {line[index + 1] for index, word in enumerate(line) if word.endswith(("bind", "bind-try"))}
    assert str(project) not in shown
    assert not {"/", "/home", "/root", "/etc", "/var", "/run", "/sys"} & shown
    assert "--unshare-all" in line or "--unshare-net" in line
    assert "--share-net" not in line
    monkeypatch.setattr("os.getuid", lambda: 0)
    with pytest.raises(AtelierError, match="root"):
        sandbox.bubblewrap(dataclasses.replace(seat, account=0))


def test_disk_is_counted_without_following_links(tmp_path: Path) -> None:
    """Does a link out of the folder count for nothing, and a real file for its blocks?"""
    (tmp_path / "own").mkdir()
    (tmp_path / "big").write_bytes(b"x" * 300_000)
    (tmp_path / "own" / "link").symlink_to(tmp_path / "big")
    assert watch.used_disk(tmp_path / "own", 10**9) < 50_000
    assert watch.used_disk(tmp_path, 10**9) >= 300_000


@pytest.mark.parametrize("name", ["../x", ".cache", "", "dossier/"])
def test_distributed_files_have_plain_names(project: Path, name: str) -> None:
    """Does a file never leave the folder of what is distributed?"""
    try:
        target = participants.give(name, b"x")
    except AtelierError:
        return
    assert target.parent == participants.given_folder()


def test_fresh_notebooks_lose_nothing(project: Path) -> None:
    """Is the old work kept aside, and a fresh copy there?"""
    (project / "exercises" / "d1").mkdir()
    (project / "exercises" / "d1" / "d1.ipynb").write_text("neuf")
    home = project / "maison"
    home.mkdir()
    (home / "exercises").symlink_to(project / "exercises")
    participants.settle(home)
    (home / "mes_exercices" / "d1" / "d1.ipynb").write_text("mon travail")
    participants.settle(home)
    assert (home / "mes_exercices" / "d1" / "d1.ipynb").read_text() == "mon travail"
    participants.settle(home, reset="*")
    assert (home / "mes_exercices" / "d1" / "d1.ipynb").read_text() == "neuf"
    kept = list((home / "mes_exercices").glob("garde_*/d1/d1.ipynb"))
    assert [path.read_text() for path in kept] == ["mon travail"]


def test_the_board_puts_first_who_needs_somebody(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raised hand, then stuck, then the others; and is the absent one said absent?"""
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[2]))
    store = RoomStore(project)
    for name in ("anne", "bob", "carl", "dora"):
        store.welcome(name, name.title())
    assert store.welcome("anne", "Anne bis") is None
    for _ in range(3):
        store.tried("bob", "s3_m1_consigne", "meilleure", 0.2)
    store.tried("carl", "s3_m1_consigne", "meilleure", 1.0)
    store.handed_in("carl", "s3_m1_consigne")
    store.call("dora", True)
    here = Presence(time.time(), "")
    found = [(s.name, s.state, s.hand) for s in standings(store, {"bob": here, "carl": here, "dora": here})]
    assert found == [
        ("dora", "commence", True),
        ("bob", "bloqué", False),
        ("carl", "rendu", False),
        ("anne", "absent", False),
    ]


def test_messages_reach_their_addressee(tmp_path: Path) -> None:
    """Is a word to one person read by nobody else?"""
    store = RoomStore(tmp_path)
    store.say("à tous")
    store.say("à Bob", "bob")
    assert [text for _, text, _ in store.messages("anne")] == ["à tous"]
    assert [text for _, text, _ in store.messages("bob")] == ["à tous", "à Bob"]


@pytest.mark.parametrize("name", list_assignments())
def test_learners_see_no_rubric(name: str) -> None:
    """Does what crosses to a learner's kernel hold the statement and none of the rubric?"""
    assignment = load_assignment(name)
    crossing = assignment_to_json(assignment)
    assert set(crossing["exercises"][0]) == {"id", "kind", "title", "statement", "text", "lesson"}
    public = public_assignment(json.loads(json.dumps(crossing)))
    for full, shown in zip(assignment.exercises, public.exercises, strict=True):
        assert shown.statement == full.statement
        assert not any((shown.criteria, shown.choices, shown.cases, shown.defects, shown.personal_data))


def test_results_cross_whole() -> None:
    """Is a result the same on the other side, as far as its card shows it?"""
    exercise = load_assignment("s3_m1_consigne").exercises[2]
    result = score(exercise, "Tu es chargée de communication. Rédige un message aux riverains de la rue des Tanneurs.")
    crossed = result_from_json(json.loads(json.dumps(result_to_json(result))))
    assert (crossed.score, crossed.max_score, crossed.notice) == (result.score, result.max_score, result.notice)
    assert [(line.verdict, line.message) for line in crossed.criteria] == [
        (line.verdict, line.message) for line in result.criteria
    ]


def test_the_model_is_asked_nothing_personal() -> None:
    """Is a message with someone's data refused, and does a guard that breaks let nothing through?"""
    guard([{"role": "user", "content": "Rédige un avis de travaux."}])
    with pytest.raises(AtelierError, match="donnée personnelle"):
        guard([{"role": "user", "content": "Écris à Madame Colette Vasseur, 06 39 98 12 34."}])

    def broken(_text: str) -> Any:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        guard([{"role": "user", "content": "Bonjour"}], broken)


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"messages": []},
        {"messages": [{"role": "tool", "content": "x"}]},
        {"messages": [{"role": "user", "content": [{"type": "image_url"}]}]},
        {"messages": [{"role": "user", "content": "x" * 70_000}]},
    ],
)
def test_only_texts_pass_to_the_model(request_: dict[str, Any]) -> None:
    """Is anything but a list of texts of a reasonable length refused?"""
    with pytest.raises(AtelierError):
        checked_messages(request_)


def test_sizes_grow_with_people() -> None:
    """Do more people never need less, and does the laptop of a room of twelve suffice?"""
    room = size(0, 1, 12)
    assert (room.machines, room.participants) == (1, 12)
    needs = [size(agents, agents // 300 + 1) for agents in (100, 1000, 3000, 10_000)]
    for key in ("memory", "cores", "disk", "machines"):
        values = [getattr(need, key) for need in needs]
        assert values == sorted(values)
    with pytest.raises(AtelierError):
        size(0, 0)


def test_the_rush_is_played() -> None:
    """Does one core make people wait that many cores would not, and can a rush be told from its parts?"""
    costs = load_costs()
    slow = play((costs.participants(60),), cores=1, starts=64)
    quick = play((costs.participants(60),), cores=64, starts=64)
    assert slow.worst > quick.worst > costs.participant.cpu_to_enter
    alone = play((costs.participants(1),), cores=1, starts=1)
    assert alone.worst == pytest.approx(costs.participant.cpu_to_enter + costs.hub.cpu_participant)
    few_starts = play((costs.participants(60),), cores=64, starts=1)
    assert few_starts.worst == pytest.approx(slow.worst)
    assert play((), 1, 1).worst == 0


def test_the_hub_is_the_limit_that_machines_do_not_cure() -> None:
    """3 000 people before a notebook in the same minute: is the hub named, and does its own limit hold when played?"""
    everybody = size(0, 250, 12)
    assert everybody.first_limit.startswith("le hub")
    assert size(0, 250, 12, memory=4_000_000, cores=1000).worst_wait == pytest.approx(everybody.worst_wait, rel=0.02)
    costs, most = load_costs(), everybody.hub_participants
    assert play((costs.participants(most),), PLENTY, costs.hub.starts).worst <= WISHED_SECONDS
    assert play((costs.participants(most + 1),), PLENTY, costs.hub.starts).worst > WISHED_SECONDS
    assert most < everybody.hub_agents
    assert size(0, 250, 12, minutes=60).worst_wait < everybody.worst_wait
    assert not size(3000, 10, 12).first_limit.startswith("le hub")


def test_a_week_of_copies_and_the_verb_that_says_so() -> None:
    """3 000 agents, one copy each: is the time the measured cost's, and does the verb say it, with the first limit?"""
    need, cost = size(3000, 10, 12), load_costs().marking.cpu
    assert need.everybody_minutes == pytest.approx(3000 * cost / 60, rel=0.01)
    assert need.marking_minutes == pytest.approx(120 * cost / 60, abs=0.05)
    told = CliRunner().invoke(dimensionner, ["--agents", "3000", "--groupes", "10"])
    assert told.exit_code == 0, told.output
    assert f"première limite atteinte est {need.first_limit}" in told.output
    assert f"{need.everybody_minutes:g}".replace(".", ",") + " min pour tous" in told.output
    shown = json.loads(CliRunner().invoke(dimensionner, ["--agents", "3000", "--groupes", "10", "--json"]).output)
    assert (shown["worst_wait"], shown["machines"]) == (need.worst_wait, need.machines)
    refused = CliRunner().invoke(dimensionner, ["--agents", "0", "--groupes", "0"])
    assert isinstance(refused.exception, AtelierError)


def test_the_figures_of_the_guide_are_those_of_the_program() -> None:
    """Is the table of docs/dsi.md what the simulation gives today?"""
    text = (Path(__file__).parents[2] / "docs" / "dsi.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d ]+) \| (\d+) × 12 \| (\d+) min \| ([\d,]+) s \| ([\d,]+) s \|", text, re.M)
    assert len(rows) >= 4
    for agents, groups, minutes, median, worst in rows:
        need = size(int(agents.replace(" ", "")), int(groups), 12, minutes=float(minutes))
        shown = [float(value.replace(",", ".")) for value in (median, worst)]
        assert shown == [need.median_wait, need.worst_wait], (agents, groups)
