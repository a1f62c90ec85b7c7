"""In and out by ProConnect, over HTTP, beside a real local provider; formgrader for the trainers that it names."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import pytest
from yarl import URL

from tests.rooms.client import Client, Refused
from tests.rooms.entrance.oidc import AGENT
from tests.rooms.entrance.place import CLOSED, MARKING, PAGES, Place, said, shown_account
from tests.rooms.test_room import Play, trainer

pytestmark = pytest.mark.usefixtures("as_usual")
TRAINER = {"sub": "f0rm4", "given_name": "Nadège", "usual_name": "Ruffin", "email": "nadege@val-fontaine.example"}
HOME = "/hub/proconnect?next=%2Fhub%2Fhome"


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


def test_formgrader_is_the_trainers_only(place: Place, play: Play) -> None:
    """Does formgrader open to listed trainers and to the terminal's own, to nobody else, and nothing behind it?"""

    async def opened(client: Client) -> list[int]:
        return [(await client.get(MARKING + page))[0] for page in PAGES]

    async def scene() -> None:
        board = await trainer(place.room)
        assert set(await opened(board)) == {200}
        place.provider.agent = AGENT | TRAINER
        async with Client(place.room.url) as client:
            await client.get(HOME)
            assert set(await opened(client)) == {200}
            assert 'href="/services/correction/formgrader/gradebook"' in (await client.get("/services/salle/"))[1]
            for method, path in CLOSED:
                assert (await client.api(method, path, {}, base=MARKING))[0] == 404, path
        place.provider.agent = dict(AGENT)
        async with Client(place.room.url) as client:
            assert [(await client.get(MARKING + page))[2] for page in PAGES[:2]] == ["/hub/login"] * 2
            await client.get(HOME)
            assert set(await opened(client)) == {403}
        async with Client(place.room.url) as client:
            await client.join(place.room.code, "Lucas")
            assert set(await opened(client)) == {403}
            assert [(await client.get(f"/user/lucas/{page}"))[0] for page in PAGES[:2]] == [404, 404]
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
    secrets = [re.escape(text) for text in (AGENT["sub"], AGENT["email"], AGENT["siret"], place.provider.secret)]
    for secret in (*secrets, r"eyJ[\w-]{8,}\.eyJ"):  # the last: any signed token
        assert [str(path) for path, data in kept.items() if re.search(secret.encode(), data)] == []
    with sqlite3.connect(place.room.root / "var" / "salle" / "hub.sqlite") as base:
        assert base.execute("SELECT count(*) FROM users WHERE encrypted_auth_state IS NOT NULL").fetchone()[0]
