"""A real room that ProConnect and Moodle open too, beside real local doubles of both, over HTTP."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from atelier_ia.rooms import sandbox
from atelier_ia.rooms.store import RoomStore
from atelier_ia.training.rubrics import load_assignment
from tests.rooms.client import NAVIGATE, Client, Refused
from tests.rooms.conftest import free_port, open_room, project_copy
from tests.rooms.entrance.moodle import LEARNER, Platform
from tests.rooms.entrance.oidc import AGENT, Provider
from tests.rooms.test_room import ASSIGNMENT, NOTEBOOK, Play, act, trainer, work

TRAINER = {"sub": "f0rm4", "given_name": "Nadège", "usual_name": "Ruffin", "email": "nadege@val-fontaine.example"}
HOME = "/hub/proconnect?next=%2Fhub%2Fhome"


class Place:
    """The room and its two neighbours."""

    def __init__(self, root: Path) -> None:
        port = free_port()
        hub = f"http://127.0.0.1:{port}/hub"
        self.provider = Provider(back=f"{hub}/proconnect/retour", left=f"{hub}/proconnect/sortie")
        self.platform = Platform(hub=hub, assignment=ASSIGNMENT)
        (root / "connexion.toml").write_text(
            f"""
entrees = ["code", "proconnect", "moodle"]
adresse_publique = "http://127.0.0.1:{port}"

[proconnect]
adresse = "{self.provider.issuer}"
client = "{self.provider.client}"
sirets = ["{AGENT["siret"]}"]
roles = ["agent_public_territorial"]
formatrices = ["Nadege@val-fontaine.example"]

[moodle]
adresse = "{self.platform.issuer}"
client = "{self.platform.client}"
deploiements = ["{self.platform.deployment}"]
formatrices = ["2"]
""",
            encoding="utf-8",
        )
        self.room = open_room(root, port, ATELIER_PROCONNECT_SECRET=self.provider.secret)
        self.store = RoomStore(root / "var" / "salle")

    def stop(self) -> None:
        self.room.stop()
        self.provider.stop()
        self.platform.stop()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    if sandbox.available():
        pytest.skip(sandbox.available())
    opened = Place(project_copy(tmp_path_factory.mktemp("connexion") / "projet"))
    yield opened
    opened.stop()


@pytest.fixture(autouse=True)
def _as_usual(place: Place) -> None:
    place.provider.agent, place.provider.spoil = dict(AGENT), set()
    place.platform.learner, place.platform.spoil = dict(LEARNER), set()
    place.platform.assignment = ""


def said(page: str) -> str:
    """The sentence of a refusal."""
    found = re.search(r'role="alert">(.*?)</p>', page, re.S)
    return found[1].replace("’", "'").replace("\u202f", " ").replace("\xa0", " ") if found else page[:300]


def shown_account(page: str) -> str:
    """Whose place the home page opens."""
    found = re.search(r'href="/user/([a-z0-9-]+)/|href="/hub/spawn/([a-z0-9-]+)', page)
    return (found[1] or found[2]) if found else ""


def test_an_agent_comes_in_by_proconnect(place: Place, play: Play) -> None:
    """Does one button lead to one's own account, the same at each visit, and to nobody else's?"""

    async def scene() -> list[str]:
        seen = []
        async with Client(place.room.url) as client:
            _, entrance, _ = await client.get("/hub/login?next=%2Fhub%2Fhome")
            assert 'href="/hub/proconnect?next=%2Fhub%2Fhome"' in entrance
        for agent in ({}, {}, {"sub": "une-homonyme"}, {"sub": "x", "given_name": "<b>", "usual_name": ""}):
            place.provider.agent = AGENT | agent
            async with Client(place.room.url) as client:
                status, page, path = await client.get(HOME)
                assert (status, path) == (200, "/hub/home"), page
                seen.append(shown_account(page))
                assert (await client.get("/services/salle/"))[0] == 403
                assert (await client.get("/hub/admin"))[0] >= 400
        return seen

    assert play(scene()) == ["maelle-le-guen", "maelle-le-guen", "maelle-le-guen-2", "participant"]
    people = {person.name: person for person in place.store.participants()}
    assert people["maelle-le-guen"].shown == "Maëlle Le Guen"
    assert people["maelle-le-guen"].number == ""


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ("nonce", "n'a pas pu être vérifiée"),
        ("signature", "n'a pas pu être vérifiée"),
        ("none", "n'a pas pu être vérifiée"),
        ("symmetric", "n'a pas pu être vérifiée"),
        ("expired", "n'a pas pu être vérifiée"),
        ("audience", "n'a pas pu être vérifiée"),
        ("issuer", "n'a pas pu être vérifiée"),
        ("info_signature", "n'a pas pu être vérifiée"),
        ("unsigned_info", "n'a pas pu être vérifiée"),
        ("other_person", "n'a pas pu être vérifiée"),
        ("access_denied", "ProConnect n'a pas confirmé votre identité (access_denied)."),
    ],
)
def test_proconnect_s_word_is_checked(place: Place, play: Play, spoil: str, sentence: str) -> None:
    """Is each false answer refused, with a French page and a way to start over, and is nobody logged in?"""
    place.provider.spoil = {spoil}

    async def scene() -> None:
        async with Client(place.room.url) as client:
            status, page, _ = await client.get(HOME)
            assert (status, sentence in said(page)) == (403, True), page
            assert 'href="/hub/proconnect"' in page
            assert (await client.get("/hub/home"))[2] == "/hub/login"

    play(scene())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"siret": "21350238800019"}, "Votre employeur, tel que ProConnect le connaît, n'est pas inscrit"),
        ({"siret": None}, "Votre employeur"),
        ({"roles": []}, "réservé à certains agents"),
        ({"roles": ["agent_public_etat"]}, "réservé à certains agents"),
    ],
)
def test_only_our_own_agents(place: Place, play: Play, change: dict[str, Any], sentence: str) -> None:
    """Are agents of another collectivité, or without the role, told why they cannot come in, even the trainer?"""
    place.provider.agent = AGENT | TRAINER | change

    async def scene() -> None:
        async with Client(place.room.url) as client:
            status, page, _ = await client.get(HOME)
            assert (status, sentence in said(page)) == (403, True), page
            assert (await client.get("/services/salle/"))[2] == "/hub/login"

    play(scene())
    assert not place.store.participant("nadege-ruffin")


def test_a_code_and_a_state_serve_once(place: Place, play: Play) -> None:
    """Is a stolen or replayed return refused: same address again, another browser, a code already used, a late one?"""

    async def scene() -> None:
        late = "n'est plus valable, ou elle a déjà servi"
        async with Client(place.room.url) as client, Client(place.room.url) as other:
            async with client.session.get(place.room.url + "hub/proconnect", allow_redirects=False) as reply:
                asked = reply.headers["Location"]
            state = client.cookie("oauthenticator-state", "/hub/") or client.cookie("oauthenticator-state", "/")
            async with client.session.get(asked, allow_redirects=False) as reply:
                back = reply.headers["Location"].replace(place.room.url.rstrip("/"), "")
            for who in (other, client):
                status, page, _ = await who.get(back)
                assert (status, late in said(page)) == ((403, True) if who is other else (200, False)), page
            status, page, _ = await client.get(back)
            assert (status, late in said(page)) == (403, True)
            # The cookie was kept by a thief: the provider itself refuses the code.
            other.session.cookie_jar.update_cookies({"oauthenticator-state": state}, URL(place.room.url + "hub/"))
            status, page, _ = await other.get(back)
            assert (status, late in said(page)) == (403, True)
            assert place.provider.refused[-1] == "invalid_grant"
            async with client.session.get(place.room.url + "hub/proconnect", allow_redirects=False) as reply:
                asked = reply.headers["Location"]
            async with client.session.get(asked, allow_redirects=False) as reply:
                back = reply.headers["Location"].replace(place.room.url.rstrip("/"), "")
            for known in place.provider.codes.values():
                known["until"] = "0"
            status, page, _ = await client.get(back)
            assert (status, late in said(page)) == (403, True)

    play(scene())


def test_leaving_ends_the_provider_s_session_too(place: Place, play: Play) -> None:
    """Does « Quitter » end both sessions, and come back to the room's own page?"""
    place.provider.ended.clear()

    async def scene() -> None:
        async with Client(place.room.url) as client:
            await client.get(HOME)
            status, page, path = await client.get("/hub/logout")
            assert (status, path, "À bientôt" in page) == (200, "/hub/proconnect/sortie", True), page
            assert (await client.get("/hub/home"))[2] == "/hub/login"
            status, page, _ = await client.get("/hub/proconnect/sortie?state=invente")
            assert status == 403
        async with Client(place.room.url) as client:  # who came by code owes nothing to ProConnect
            await client.log_in(code=place.room.code, username="Lucie", numero="")
            assert (await client.get("/hub/logout"))[2] == "/hub/login"

    play(scene())
    assert place.provider.ended == [AGENT["sub"]]


def test_listed_trainers_open_the_board(place: Place, play: Play) -> None:
    """Does the list of the settings, and nothing that the provider claims, open the board?"""

    async def scene() -> list[int]:
        answers = []
        for agent in (TRAINER, {"sub": "z", "given_name": "Ève", "roles": [*AGENT["roles"], "formatrices", "admin"]}):
            place.provider.agent = AGENT | agent
            async with Client(place.room.url) as client:
                await client.get(HOME)
                answers += [(await client.get(path))[0] for path in ("/services/salle/", "/services/salle/etat")]
                answers.append((await client.get("/hub/admin"))[0])
        return answers

    assert play(scene()) == [200, 200, 403, 403, 403, 403]


MARKING = "/services/correction/"


def test_formgrader_is_the_trainers_only(place: Place, play: Play) -> None:
    """Does formgrader open to listed trainers and to the terminal's own, to nobody else, and nothing behind it?"""
    pages = ("formgrader", "formgrader/gradebook", "formgrader/api/students", "formgrader/manage_submissions/x")
    closed = (
        ("GET", "api/contents"), ("GET", "api/kernelspecs"), ("POST", "api/kernels"), ("POST", "api/terminals"),
        ("GET", "lab"), ("GET", "files/atelier.toml"), ("POST", f"formgrader/api/submission/{ASSIGNMENT}/x/autograde"),
        ("POST", f"formgrader/api/assignment/{ASSIGNMENT}/assign"), ("PUT", f"formgrader/api/assignment/{ASSIGNMENT}"),
        ("GET", "formgrader/../api/contents"), ("PUT", "formgrader/api/student/x"),
    )  # fmt: skip

    async def opened(client: Client) -> list[int]:
        return [(await client.get(MARKING + page))[0] for page in pages]

    async def scene() -> None:
        board = await trainer(place.room)
        assert set(await opened(board)) == {200}
        place.provider.agent = AGENT | TRAINER
        async with Client(place.room.url) as client:
            await client.get(HOME)
            assert set(await opened(client)) == {200}
            assert 'href="/services/correction/formgrader/gradebook"' in (await client.get("/services/salle/"))[1]
            for method, path in closed:
                assert (await client.api(method, path, {}, base=MARKING))[0] == 404, path
        place.provider.agent = dict(AGENT)
        async with Client(place.room.url) as client:
            assert [(await client.get(MARKING + page))[2] for page in pages[:2]] == ["/hub/login"] * 2
            await client.get(HOME)
            assert set(await opened(client)) == {403}
        async with Client(place.room.url) as client:
            await client.join(place.room.code, "Lucas")
            assert set(await opened(client)) == {403}
            assert [(await client.get(f"/user/lucas/{page}"))[0] for page in pages[:2]] == [404, 404]
        await board.session.close()

    play(scene())


def test_a_name_of_proconnect_is_not_taken_by_code(place: Place, play: Play) -> None:
    """Can the class code lead to the place of somebody who came by ProConnect?"""

    async def scene() -> None:
        async with Client(place.room.url) as client:
            await client.get(HOME)
        async with Client(place.room.url) as client:
            for number in ("", "0000"):
                with pytest.raises(Refused, match="ProConnect ou par Moodle"):
                    await client.join(place.room.code, "Maëlle Le Guen", number)

    play(scene())


def test_nothing_of_the_agents_is_kept_in_clear(place: Place, play: Play) -> None:
    """Is neither an e-mail address, a `sub`, a token nor the client secret in the room's files and logs?"""

    async def scene() -> None:
        async with Client(place.room.url) as client:
            await client.get(HOME)

    play(scene())
    kept = {path: path.read_bytes() for path in (place.room.root / "var").rglob("*") if path.is_file()}
    assert len(kept) > 5
    for secret in (AGENT["sub"], AGENT["email"], AGENT["siret"], place.provider.secret, "eyJ"):
        assert [str(path) for path, data in kept.items() if secret.encode() in data] == []
    with sqlite3.connect(place.room.root / "var" / "salle" / "hub.sqlite") as base:
        assert base.execute("SELECT count(*) FROM users WHERE encrypted_auth_state IS NOT NULL").fetchone()[0]


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
    assert ["1 note(s) en attente" in told[0], "1 note(s) envoyée(s)" in told[1], "note" in told[2]] == [
        True,
        True,
        False,
    ]
    score, by_hand = place.platform.scores
    assert "1 note(s) envoyée(s)" in told[3]
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
