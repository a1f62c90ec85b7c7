"""From Moodle to one's notebook and back with the mark, over HTTP, beside a real local platform."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from typing import Any

import aiohttp
import pytest
from yarl import URL

from atelier_ia.training.rubrics import load_assignment
from tests.rooms.client import NAVIGATE, Client
from tests.rooms.entrance.moodle import LEARNER
from tests.rooms.entrance.place import MARKING, Place, said, shown_account
from tests.rooms.test_room import ASSIGNMENT, NOTEBOOK, Play, act, trainer, work

pytestmark = pytest.mark.usefixtures("as_usual")


async def launch(place: Place, client: Client) -> tuple[int, str, str, dict[str, str]]:
    """Click on the activity in Moodle; status, page and path at the end, and what was posted."""
    async with client.session.get(f"{place.platform.issuer}/mod/lti/launch.php", headers=NAVIGATE) as reply:
        page = await reply.text()
    status, page, path = await post(client, *submitted(page))
    if "<form" not in page or status != 200:
        return status, page, path, {}
    action, form = submitted(page)
    return (*await post(client, action, form), form)


def submitted(page: str) -> tuple[str, dict[str, str]]:
    """The address and the fields of a form that a script submits at once."""
    action = re.search(r'action="([^"]+)"', page)
    assert action
    return action[1], {
        name: unescape(value) for name, value in re.findall(r'<input name="(\w+)" value="([^"]*)"', page)
    }


async def post(client: Client, address: str, form: dict[str, str]) -> tuple[int, str, str]:
    """The platform's page submits itself: a navigation from another site."""
    headers = NAVIGATE | {"Sec-Fetch-Site": "cross-site", "Origin": "https://moodle.example"}
    async with client.session.post(address, data=form, headers=headers) as reply:
        return reply.status, await reply.text(), reply.url.path


def test_a_learner_comes_from_moodle(place: Place, play: Play) -> None:
    """Does an activity lead to one's own account, with no power over the room, and a listed trainer to the board?"""

    async def scene() -> list[tuple[str, int]]:
        seen = []
        for learner in ({}, {}, {"sub": "418"}, {"sub": "2", "name": "Nadège Ruffin"}):
            place.platform.learner = LEARNER | learner
            async with Client(place.room.url) as client:
                status, page, path, _ = await launch(place, client)
                assert (status, path) == (200, "/hub/home"), page
                seen.append((shown_account(page), (await client.get("/services/salle/"))[0]))
        return seen

    assert play(scene()) == [
        ("solene-abgrall", 403),
        ("solene-abgrall", 403),
        ("solene-abgrall-2", 403),
        ("nadege-ruffin-2" if place.store.participant("nadege-ruffin-2") else "nadege-ruffin", 200),
    ]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ("announced_issuer", "Ce Moodle n'est pas celui de l'atelier"),
        ("signature", "n'a pas pu être vérifié"),
        ("unsigned", "n'a pas pu être vérifié"),
        ("audience", "n'a pas pu être vérifié"),
        ("issuer", "n'a pas pu être vérifié"),
        ("version", "n'a pas pu être vérifié"),
        ("deep_linking", "n'a pas pu être vérifié"),
        ("expired", "n'est plus valable"),
        ("nonce", "n'est plus valable"),
        ("deployment", "partie de Moodle non reliée"),
    ],
)
def test_moodle_s_word_is_checked(place: Place, play: Play, spoil: str, sentence: str) -> None:
    """Is each false launch refused with a French page, and is nobody logged in?"""
    place.platform.spoil = {spoil}

    async def scene() -> None:
        async with Client(place.room.url) as client:
            status, page, _, _ = await launch(place, client)
            assert (status, sentence in said(page)) == (403, True), page
            assert (await client.get("/hub/home"))[2] == "/hub/login"

    play(scene())


def test_a_launch_serves_once(place: Place, play: Play) -> None:
    """Is a captured launch refused: posted again, from another browser, or with the cookies it was made for?"""

    async def scene() -> None:
        async with Client(place.room.url) as client, Client(place.room.url) as thief:
            cookies: dict[str, str] = {}

            async def keep(_session: Any, _context: Any, params: Any) -> None:
                cookies.update(
                    {name: m.value for name, m in params.response.cookies.items() if "lti13" in name and m.value}
                )

            trace = aiohttp.TraceConfig()
            trace.on_request_redirect.append(keep)
            trace.freeze()
            client.session._trace_configs.append(trace)
            status, _, _, form = await launch(place, client)
            assert status == 200
            assert len(cookies) == 2
            address = f"{place.room.url}hub/moodle/retour"
            for who in (client, thief):
                status, page, _ = await post(who, address, form)
                assert (status, "il a déjà servi" in said(page)) == (403, True), page
            thief.session.cookie_jar.update_cookies(cookies, URL(address))
            status, page, _ = await post(thief, address, form)
            assert (status, "il a déjà servi" in said(page)) == (403, True), page

    play(scene())


async def mark_by_hand(board: Client) -> None:
    """In formgrader, take one point off an answer that was marked."""
    await board.get(f"{MARKING}formgrader/gradebook")
    _, submitted = await board.api("GET", f"formgrader/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}", base=MARKING)
    [copy] = [item for item in submitted if item["student"] == "solene-abgrall"]
    _, grades = await board.api("GET", f"formgrader/api/grades?submission_id={copy['id']}", base=MARKING)
    grade = next(item for item in grades if item["auto_score"])
    body = {"manual_score": grade["auto_score"] - 1, "extra_credit": None}
    status, answer = await board.api("PUT", f"formgrader/api/grade/{grade['id']}", body, base=MARKING)
    assert status == 200, answer


def test_marks_go_back_to_moodle(place: Place, play: Play) -> None:
    """From the activity to the released feedback: does Moodle get that mark, once, for that person?"""
    place.platform.assignment = ASSIGNMENT
    place.platform.scores.clear()

    async def scene() -> list[str]:
        board = await trainer(place.room)
        async with Client(place.room.url) as client:
            await launch(place, client)
            client.name = "solene-abgrall"
            for _ in range(200):
                status, _, path = await client.get(f"/hub/user-redirect/lab/tree/{NOTEBOOK}")
                if status == 200 and path == f"/user/solene-abgrall/lab/tree/{NOTEBOOK}":
                    break
            async with await client.open(NOTEBOOK) as kernel:
                assert (await work(client, kernel, "C")).startswith("Travail rendu")
        told = []
        status, answer = await act(board, "corriger")
        assert (status, answer["message"][:10]) == (200, "1 copie(s)"), answer
        assert place.platform.scores == []  # nothing before the trainer releases
        for spoil in ({"closed"}, set(), set(), {"by hand"}):
            place.platform.spoil = spoil
            if "by hand" in spoil:
                await mark_by_hand(board)
            status, answer = await act(board, "retours")
            assert status == 200, answer
            told.append(answer["message"])
        await board.session.close()
        return told

    told = play(scene())
    assert ["1\u00a0note en attente" in told[0], "1\u00a0note envoyée" in told[1], "note" in told[2]] == [
        True,
        True,
        False,
    ]
    score, by_hand = place.platform.scores
    assert "1\u00a0note envoyée" in told[3]
    assert by_hand["scoreGiven"] == score["scoreGiven"] - 1
    with sqlite3.connect(place.room.root / "var" / "gradebook.db") as base:
        [(points,)] = base.execute(
            "SELECT SUM(COALESCE(grade.auto_score, 0)) FROM grade JOIN submitted_notebook ON "
            "submitted_notebook.id = grade.notebook_id JOIN submitted_assignment ON submitted_assignment.id = "
            "submitted_notebook.assignment_id WHERE submitted_assignment.student_id = 'solene-abgrall'"
        ).fetchall()
    assert points > 0
    assert (score["userId"], score["scoreGiven"], score["scoreMaximum"]) == (
        "417",
        pytest.approx(points),
        load_assignment(ASSIGNMENT).max_score,
    )
    assert score["activityProgress"] == "Submitted"
    assert place.platform.refused == []
