"""Two collectivités on one hub, as on a cluster: real hub, real desk and applications reached over TCP, real servers.

Only what starts the servers differs (processes instead of pods): settings, groups, roles, tokens, course brought over
the network, hand-in and applications behind the hub's log-in are those of the cluster.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.authorities import Authorities, account_of, keeping_of, load_authorities
from atelier_ia.rooms.hosted import BelongEach
from atelier_ia.rooms.keeping import keeping_from
from atelier_ia.training.rubrics import load_assignment
from tests.rooms.client import Client, Kernel
from tests.rooms.entrance.place import CLOSED, PAGES
from tests.rooms.hosting import Hosted, hosted_rooms

ASSIGNMENT = "s3_m1_consigne"
NOTEBOOK = f"mes_exercices/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted_rooms(tmp_path_factory.mktemp("grappe")) as opened:
        yield opened


async def come_in(client: Client, name: str, path: str) -> tuple[int, str]:
    """Log in under that name, then open a page; its status and text."""
    await client.log_in(username=name, password="x")
    status, text, _ = await client.get(path)
    return status, text


def test_work_crosses_without_a_shared_disk(hosted: Hosted, play: Callable[..., Any]) -> None:
    """Does the course arrive, is an answer marked, does « Rendre » reach the desk, do files and feedback come back?"""

    async def scene() -> None:
        async with Client(hosted.url) as client:
            await client.join("", "anne")
            status, found = await client.api("GET", "api/contents/mes_exercices")
            assert status == 200, found
            assert ASSIGNMENT in {item["name"] for item in found["content"]}
            async with await client.open(NOTEBOOK) as kernel:
                await kernel.run(f"%load_ext atelier_ia\n%atelier {ASSIGNMENT}")
                shown = await kernel.run("%%reponse meilleure\nB")
                assert "Prochaine étape" in shown or "Acquis" in shown
                _, page = await client.api("GET", f"api/contents/{NOTEBOOK}")
                for cell in page["content"]["cells"]:
                    if cell["source"].startswith("%%reponse meilleure"):
                        cell["source"] = "%%reponse meilleure\nB"
                await client.api("PUT", f"api/contents/{NOTEBOOK}", {"type": "notebook", "content": page["content"]})
                await kernel.run("%rendre")
                assert (await kernel.click_hand_in()).startswith("Travail rendu")
                said = await kernel.run(
                    "import os, pathlib\nprint(sorted(k for k in os.environ if 'KEY' in k))\n"
                    "print(list(pathlib.Path('/').glob('nulle-part')), 'solutions' in os.listdir('.'))"
                )
                assert said.split("\n")[:2] == ["[]", "[] False"]
                _, news = await client.api("POST", "salle/annonces?apres=0&carnet=", {"main_levee": True})
                assert (news["main_levee"], news["numero"]) == (True, "")  # no number to remember: the hub knows them
                given = hosted.root / "var" / "salle" / "distribue" / "grille.txt"
                given.parent.mkdir(exist_ok=True)
                given.write_bytes(b"x" * 4_000_000)  # three answers of the desk
                came = await kernel.run(
                    "from pathlib import Path\nfrom atelier_ia.rooms.parcels import fetch\n"
                    "print(fetch(Path.home()), (Path.home() / 'de_la_formatrice/grille.txt').stat().st_size)"
                )
                assert came.strip() == "['de_la_formatrice/grille.txt'] 4000000"

        async with Client(hosted.url) as trainer:
            status, text = await come_in(trainer, "claire", "/services/salle-val-fontaine/etat")
            assert status == 200
            (line,) = json.loads(text)["participants"]
            assert (line["nom"], line["main"], line["rendus"]) == ("anne", True, [ASSIGNMENT])
            copy = "/services/salle-val-fontaine/copie"
            status, text, _ = await trainer.get(f"{copy}/anne/{ASSIGNMENT}")  # what was handed in: no shared disk
            assert status == 200, text
            answers = {item["exercice"]: item["texte"] for item in json.loads(text)["reponses"]}
            title = load_assignment(ASSIGNMENT).exercise("meilleure").title
            assert answers.pop(title) == "B"
            assert set(answers.values()) == {""}
            status, text, _ = await trainer.get(f"{copy}/paul/{ASSIGNMENT}")
            assert (status, "une fois rendue" in text) == (409, True), text

    play(scene())
    inbound = hosted.root / "var" / "exchange" / "atelier" / "inbound"
    assert [path.name.partition("+")[0] for path in inbound.iterdir()] == ["anne"]
    home = hosted.homes / "anne"
    assert (home / "atelier.toml").read_text() == (hosted.root / "atelier.toml").read_text()
    assert not list(home.rglob("bareme.toml"))


def test_collectivites_are_kept_apart(hosted: Hosted, play: Callable[..., Any]) -> None:
    """Who opens applications and board, whose server starts, and which desk knows whose token?"""

    async def scene() -> dict[str, int]:
        apps, board = "/services/applications-val-fontaine/voila/tree", "/services/salle-val-fontaine/"
        seen = {}
        async with Client(hosted.url) as nobody:
            _, text, path = await nobody.get(apps)
            assert path == "/hub/login", path
        for name, page in (("anne", apps), ("anne", board), ("claire", apps), ("claire", board), ("bob", apps),
                           ("bob", board), ("zoe", apps), ("zoe", "/hub/spawn"), ("multi", "/hub/spawn")):  # fmt: skip
            async with Client(hosted.url) as client:
                status, text = await come_in(client, name, page)
                seen[f"{name} {page}"] = status
                if name == "claire" and page == apps:
                    assert "/services/applications-val-fontaine/voila/render/" in text
                if name == "claire" and page == board:
                    assert 'data-base="/services/salle-val-fontaine/"' in text
        return seen

    seen = play(scene())
    allowed = {key for key, status in seen.items() if status == 200}
    assert allowed == {
        "anne /services/applications-val-fontaine/voila/tree",
        "claire /services/applications-val-fontaine/voila/tree",
        "claire /services/salle-val-fontaine/",
    }, seen
    theirs, ours = keeping_of("beaulieu", hosted.secrets), keeping_of("val-fontaine", hosted.secrets)
    assert ours.owner(theirs.token("anne")) is None
    assert desk_status(hosted, theirs.token("anne")) == 403
    assert desk_status(hosted, ours.token("anne")) == 200
    board = ours.service_token("tableau")
    assert status_of(hosted.ports["hub"], "/hub/api/users/anne", f"token {board}") == 200
    assert status_of(hosted.ports["hub"], "/hub/api/users/bob", f"token {board}") in (403, 404)


def test_formgrader_is_the_collectivite_s_trainers_only(hosted: Hosted, play: Callable[..., Any]) -> None:
    """On the shared hub: open to its trainers, who cannot run code there; shut to participants by whichever way?"""
    marking = "/services/correction-val-fontaine/"
    theirs = (
        "import os, urllib.error, urllib.request as u\n"
        "found = set()\n"
        "for port, start in PORTS:\n"
        "    for path in ['formgrader', 'formgrader/api/students', 'etat']:\n"
        "        for token in (os.environ['JUPYTERHUB_API_TOKEN'], os.environ['ATELIER_GUICHET_JETON'], 'x'):\n"
        "            bearer = {'Authorization': f'token {token}'}\n"
        "            asked = u.Request(f'http://127.0.0.1:{port}{start}{path}', headers=bearer)\n"
        "            try: found.add((path, u.build_opener(Still()).open(asked, timeout=20).status))\n"
        "            except u.HTTPError as error: found.add((path, error.code))\n"
        "print(sorted(code for _, code in found if code < 300), len(found))"
    )
    still = (
        "import urllib.request as u\n"
        "class Still(u.HTTPRedirectHandler):\n    def redirect_request(self, *_): return None\n"
    )
    ports = [(hosted.ports["marking"], marking), (hosted.ports["board"], "/services/salle-val-fontaine/")]

    async def scene() -> dict[str, set[int]]:
        async with Client(hosted.url) as nobody:
            assert {(await nobody.get(marking + page))[2] for page in PAGES} == {"/hub/login"}
        async with Client(hosted.url) as board:
            await come_in(board, "claire", marking + PAGES[0])
            assert {(await board.get(marking + page))[0] for page in PAGES} == {200}
            assert f'href="{marking}formgrader/gradebook"' in (await board.get("/services/salle-val-fontaine/"))[1]
            for method, path in CLOSED:
                assert (await board.api(method, path, {}, base=marking))[0] == 404, path
        seen: dict[str, set[int]] = {}
        for name in ("anne", "bob", "zoe"):
            async with Client(hosted.url) as client:
                await come_in(client, name, "/hub/home")
                seen[name] = {(await client.get(marking + page))[0] for page in PAGES}
                seen[name].add(
                    (await client.api("PUT", "formgrader/api/grade/00ff", {"manual_score": 5}, base=marking))[0]
                )
        async with Client(hosted.url) as client:  # straight to the ports, from a cell, with one's own tokens
            await client.join("", "lucie")
            async with await client.open("essai.ipynb") as kernel:
                said = await kernel.run(f"PORTS = {ports!r}\n{still}{theirs}", patience=120)
            found, count = said.rsplit(maxsplit=1)
            assert (found, int(count) >= 3) == ("[]", True), said
        return seen

    assert play(scene()) == {name: {403} for name in ("anne", "bob", "zoe")}


def desk_status(hosted: Hosted, token: str) -> int:
    """What the desk answers to that token."""
    return status_of(hosted.ports["desk"], "/colis", f"Bearer {token}")


def test_the_model_is_asked_through_the_desk(hosted: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
    """From another machine, with one's own token: does the desk's model answer the real client, its guard before it?"""
    from openai import APIStatusError

    from atelier_ia.assistant.connection import open_client
    from atelier_ia.assistant.providers import load_providers

    monkeypatch.setenv("ATELIER_GUICHET", f"http://127.0.0.1:{hosted.ports['desk']}")
    monkeypatch.setenv("ATELIER_GUICHET_JETON", keeping_of("val-fontaine", hosted.secrets).token("anne"))
    provider = next(item for item in load_providers() if not item.simulated)
    client = open_client(provider, 30)

    def ask(text: str) -> str:
        reply = client.chat.completions.create(model="x", messages=[{"role": "user", "content": text}])
        return str(reply.choices[0].message.content)

    assert ask("Rédige un avis de travaux rue des Tanneurs.")
    with pytest.raises(APIStatusError, match="donnée personnelle"):
        ask("Écris à Madame Colette Vasseur, 06 39 98 12 34.")


def status_of(port: int, path: str, authorization: str) -> int:
    """What that port answers to whoever bears that."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Authorization": authorization})
        return connection.getresponse().status
    finally:
        connection.close()


def test_an_application_opens_behind_the_hub(hosted: Hosted, play: Callable[..., Any]) -> None:
    """Does an application's page come whole through the hub's log-in, with a kernel that browsers reach?"""

    async def scene() -> None:
        async with Client(hosted.url) as client:
            base = "/services/applications-val-fontaine/"
            status, text = await come_in(client, "anne", f"{base}voila/render/masquer_texte.ipynb")
            assert status == 200
            page = json.loads(text.split('id="atelier-page" type="application/json">')[1].split("</script>")[0])
            assert page["baseUrl"] == base
            url = f"{hosted.url}{base[1:]}api/kernels/{page['kernelId']}/channels".replace("http", "ws", 1)
            async with client.session.ws_connect(url, headers={"Origin": hosted.url.rstrip("/")}) as socket:
                kernel = Kernel(client, page["kernelId"])
                kernel.socket = socket
                replies = await kernel.replies(await kernel.send("kernel_info_request", {}))
                assert "kernel_info_reply" in {message["msg_type"] for message in replies}

    play(scene())


def test_who_belongs_where() -> None:
    """By list, by SIRET, by a group of the log-in: is each person of one collectivité, trainer of their own only?"""
    one = {
        "id": "aa",
        "nom": "A",
        "guichet": "http://a",
        "tableau": "http://a",
        "personnes": ["anne"],
        "sirets": ["1" * 14],
    }
    two = {
        "id": "bb",
        "nom": "B",
        "guichet": "http://b",
        "tableau": "http://b",
        "formatrices": ["bea"],
        "sirets": ["2" * 14],
    }
    known = Authorities.model_validate({"collectivites": [one, two]})
    assert known.groups_of("anne", "", set()) == {"collectivite-aa"}
    assert known.groups_of("zoe", "2" * 14, set()) == {"collectivite-bb"}
    assert known.groups_of("zoe", "2" * 14, {"formatrices"}) == {"formatrices", "collectivite-bb", "formatrices-bb"}
    assert known.groups_of("bea", "", set()) == {"formatrices-bb"}
    assert known.groups_of("zoe", "3" * 14, {"collectivite-aa"}) == {"collectivite-aa"}
    assert known.of({"formatrices-bb"}).id == "bb"
    belong = BelongEach(known)
    for state in ({"siret": "2" * 14}, {"oauth_user": {"siret": "2" * 14}}):
        assert belong(None, None, {"name": "zoe", "auth_state": state, "groups": None})["groups"] == ["collectivite-bb"]
    assert belong(None, None, {"name": "zoe", "auth_state": None})["groups"] == []
    for groups in (set(), {"formatrices"}, {"collectivite-aa", "collectivite-bb"}):
        with pytest.raises(AtelierError):
            known.of(groups)


@pytest.mark.parametrize("name", ["anne", "anne.durand@mairie.fr", "Ñ" * 60, "42", "anne-durand-mairie-fr"])
def test_accounts(name: str) -> None:
    """Does any name of the hub become one safe account, never somebody else's?"""
    from atelier_ia.rooms.participants import checked

    assert checked(account_of(name)) == account_of(name)
    others = {account_of(other) for other in ("anne", "anne.durand@mairie.fr", "anne-durand@mairie.fr", "ANNE", "42")}
    assert len(others) == 5


def test_the_files_of_an_administrator(tmp_path: Path) -> None:
    """Are a wrong list of collectivités and a wrong secret refused in one sentence?"""
    path = tmp_path / "collectivites.toml"
    line = '[[collectivites]]\nid = "a-b"\nnom = "A"\nguichet = "http://a:1"\ntableau = "http://a:2"\n'
    path.write_text(line)
    assert isinstance(load_authorities(path), Authorities)
    for wrong in (line + line, line + "cle = 1\n", ""):
        path.write_text(wrong)
        with pytest.raises(AtelierError):
            load_authorities(path)
    for wrong in ("", "court", "z" * 64):
        (tmp_path / "secret").write_text(wrong)
        with pytest.raises(AtelierError, match="openssl rand"):
            keeping_from(tmp_path / "secret")
