"""ProConnect and Moodle on a hub that two collectivités share: real hub, real desk, real local doubles, over HTTP.

The hub is `rooms.hosted.configure` with a `connexion.toml`, as on a cluster; the desk is another process with its own
folder, reached over TCP.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.authorities import Authorities, keeping_of
from atelier_ia.rooms.entrance.settings import FILE_VARIABLE, PROCONNECT_SECRET
from atelier_ia.rooms.hosted import DOORS, configure
from atelier_ia.rooms.store import RoomStore
from tests.rooms.client import Client
from tests.rooms.conftest import free_port
from tests.rooms.entrance.moodle import LEARNER, Platform
from tests.rooms.entrance.oidc import AGENT, Provider
from tests.rooms.entrance.place import said
from tests.rooms.entrance.test_moodle import launch
from tests.rooms.hosting import Hosted, hosted_rooms
from tests.rooms.test_hosted import desk_status
from tests.rooms.test_room import ASSIGNMENT, NOTEBOOK, Play, act, work

OURS, THEIRS = AGENT["siret"], "21350238800019"
BOARD, APPS = "/services/salle-val-fontaine/", "/services/applications-val-fontaine/voila/tree"
HOME = "/hub/proconnect?next=%2Fhub%2Fhome"
TRAINER = {"sub": "f0rm4", "given_name": "Nadège", "usual_name": "Ruffin", "email": "nadege@val-fontaine.example"}
AUTHORITIES = f"""
[[collectivites]]
id = "val-fontaine"
nom = "Val-Fontaine"
guichet = "http://127.0.0.1:{{desk}}"
tableau = "http://127.0.0.1:{{board}}"
applications = "http://127.0.0.1:{{apps}}"
correction = "http://127.0.0.1:{{marking}}"
sirets = ["{OURS}"]

[[collectivites]]
id = "beaulieu"
nom = "Beaulieu"
guichet = "http://127.0.0.1:{{nowhere}}"
tableau = "http://127.0.0.1:{{nowhere}}"
sirets = ["{THEIRS}"]
"""


@dataclass
class Shared:
    """The hub, and its two neighbours (what `launch` looks at)."""

    hosted: Hosted
    provider: Provider
    platform: Platform


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    public = free_port()
    hub = f"http://127.0.0.1:{public}/hub"
    provider = Provider(back=f"{hub}/proconnect/retour", left=f"{hub}/proconnect/sortie")
    platform = Platform(hub=hub)
    connexion = f"""
entrees = ["proconnect", "moodle"]
adresse_publique = "http://127.0.0.1:{public}"

[proconnect]
adresse = "{provider.issuer}"
client = "{provider.client}"
formatrices = ["nadege@val-fontaine.example"]

[moodle]
adresse = "{platform.issuer}"
client = "{platform.client}"
deploiements = ["{platform.deployment}"]
sirets = ["{OURS}", "{THEIRS}"]
"""
    base = tmp_path_factory.mktemp("partage")
    with hosted_rooms(base, connexion, public, AUTHORITIES, **{PROCONNECT_SECRET: provider.secret}) as hosted:
        yield Shared(hosted, provider, platform)
    provider.stop()
    platform.stop()


@pytest.fixture(autouse=True)
def as_usual(request: pytest.FixtureRequest) -> None:
    """Nobody misbehaves."""
    if "shared" in request.fixturenames:
        shared = request.getfixturevalue("shared")
        shared.provider.agent, shared.platform.learner = dict(AGENT), dict(LEARNER)
        shared.platform.assignment, shared.platform.siret = "", ""


def test_proconnect_places_each_person(shared: Shared, play: Play) -> None:
    """By SIRET alone: one's own collectivité, its board for a listed trainer, nothing of the other's; or a sentence."""

    async def scene() -> dict[str, list[int]]:
        seen: dict[str, list[int]] = {}
        async with Client(shared.hosted.url) as nobody:
            _, page, _ = await nobody.get("/hub/login?next=%2Fhub%2Fhome")
            assert 'href="/hub/proconnect?next=%2Fhub%2Fhome"' in page
            assert "depuis Moodle" in page or "dans Moodle" in page
            assert " hidden>" in page  # no code to type
            status, page, _ = await nobody.log_in(code="", username="Anne", cle="")
            assert (status, "Aucun code" in said(page)) == (403, True), page
        people = {
            "agent": {},
            "trainer": TRAINER,
            "other agent": {"sub": "b", "siret": THEIRS},
            "trainer, elsewhere": TRAINER | {"sub": "c", "siret": THEIRS},
        }
        for who, change in people.items():
            shared.provider.agent = AGENT | change
            async with Client(shared.hosted.url) as client:
                status, page, path = await client.get(HOME)
                assert (status, path) == (200, "/hub/home"), page
                seen[who] = [(await client.get(place))[0] for place in (APPS, BOARD, "/hub/admin")]
        for number in ("13002526500013", None):
            shared.provider.agent = AGENT | TRAINER | {"siret": number}
            async with Client(shared.hosted.url) as client:
                status, page, _ = await client.get(HOME)
                assert (status, "n'est pas inscrit à cet atelier" in said(page)) == (403, True), page
                assert "code" not in said(page)
                assert (await client.get("/hub/home"))[2] == "/hub/login"
        return seen

    assert play(scene()) == {
        "agent": [200, 403, 403],
        "trainer": [200, 200, 403],
        "other agent": [403, 403, 403],
        "trainer, elsewhere": [403, 403, 403],
    }


def test_from_moodle_to_the_notebook_and_back(shared: Shared, play: Play) -> None:
    """The activity names a collectivité of its own: is the notebook there, and does its desk send the mark?"""
    platform = shared.platform
    platform.assignment, platform.scores, platform.refused = ASSIGNMENT, [], []

    async def scene() -> tuple[str, str]:
        for wrong in ("", "13002526500013"):
            platform.siret = wrong
            async with Client(shared.hosted.url) as client:
                status, page, _, _ = await launch(shared, client)  # type: ignore[arg-type]
                assert (status, "paramètre « siret »" in said(page)) == (403, True), page
                assert (await client.get("/hub/home"))[2] == "/hub/login"
        platform.siret = OURS
        async with Client(shared.hosted.url) as client:
            await launch(shared, client)  # type: ignore[arg-type]
            client.name = "solene-abgrall"
            for _ in range(300):
                status, _, path = await client.get(f"/hub/user-redirect/lab/tree/{NOTEBOOK}")
                if status == 200 and path == f"/user/solene-abgrall/lab/tree/{NOTEBOOK}":
                    break
                await asyncio.sleep(0.2)  # the place is still opening
            async with await client.open(NOTEBOOK) as kernel:
                assert (await work(client, kernel, "C")).startswith("Travail rendu")
            forged = (
                "import os, json, urllib.request as u\n"
                "r = u.Request(os.environ['ATELIER_GUICHET'] + '/liens', b'{}', {'Authorization': 'Bearer ' + "
                "os.environ['ATELIER_GUICHET_JETON']})\n"
                "try: print(u.urlopen(r).status)\nexcept u.HTTPError as e: print(e.code)"
            )
            async with await client.open(NOTEBOOK) as kernel:
                assert "403" in await kernel.run(forged)  # the hub alone says where marks go
        shared.provider.agent = AGENT | TRAINER
        async with Client(shared.hosted.url) as board:
            await board.get(HOME)
            status, page, _ = await board.get(BOARD)
            assert status == 200
            board.name = page.split('name="atelier-xsrf" content="')[1].split('"')[0]
            told = []
            for verb in ("corriger", "retours"):
                status, answer = await act(board, verb, base=BOARD)
                assert status == 200, answer
                told.append(answer["message"])
        return told[0], told[1]

    marked, released = play(scene())
    assert marked.startswith("1 copie(s)")
    assert "1\u00a0note envoyée à Moodle" in released, released
    (score,) = platform.scores
    assert score["userId"] == "417"
    assert platform.refused == []
    assert desk_status(shared.hosted, keeping_of("beaulieu", shared.hosted.secrets).service_token("moodle")) == 403


def test_the_hub_keeps_no_course_and_no_key(shared: Shared) -> None:
    """Beside the hub's own base: only who came under which account; the signing key is the desk's."""
    base = shared.hosted.secrets.parent
    kept = base / "atelier-ia"
    assert [path.name for path in kept.iterdir() if not path.name.endswith("journal")] == ["salle.sqlite"]
    assert kept.stat().st_mode & 0o077 == 0
    store = RoomStore(kept)
    assert {person.number for person in store.participants()} == {""}
    assert store.links() == []
    assert len(RoomStore(shared.hosted.root / "var" / "salle").links()) == 1


KNOWN: dict[str, Any] = {"id": "aa", "nom": "A", "guichet": "http://a", "tableau": "http://a", "sirets": [OURS]}
GOOD = """entrees = ["proconnect"]
adresse_publique = "https://atelier.example"
[proconnect]
adresse = "https://auth.example"
client = "atelier"
"""
MOODLE = """entrees = ["moodle"]
adresse_publique = "https://atelier.example"
[moodle]
adresse = "https://moodle.example"
client = "atelier"
deploiements = ["1"]
"""


@pytest.mark.parametrize(
    ("change", "text", "sentence"),
    [
        ({}, GOOD, ""),
        ({}, "", "Personne ne pourrait entrer"),
        ({}, GOOD.replace('["proconnect"]', '["code", "proconnect"]'), "n'ouvre qu'une salle"),
        ({"sirets": []}, GOOD, "Aucune collectivité n'a de SIRET"),
        ({}, GOOD + f'sirets = ["{THEIRS}"]\n', f"Le SIRET {THEIRS} n'est d'aucune collectivité"),
        ({"formatrices": ["claire"]}, GOOD, "un nom de compte ne prouve rien"),
        ({}, MOODLE, "la table [moodle] demande « sirets »"),
        ({}, MOODLE + f'sirets = ["{OURS}"]\n', ""),
    ],
)
def test_a_shared_hub_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], text: str, sentence: str
) -> None:
    """Before opening: is each mistake one French sentence, and a good file accepted with nothing else to set?"""
    from traitlets.config import Config

    (tmp_path / "connexion.toml").write_text(text)
    (tmp_path / "aa").write_text("5" * 64)
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "connexion.toml"))
    monkeypatch.setenv(PROCONNECT_SECRET, "secret")
    c = Config()
    c.JupyterHub.authenticator_class = DOORS
    known = Authorities.model_validate({"collectivites": [KNOWN | change]})
    if sentence:
        with pytest.raises(AtelierError, match=r"^[^\n]+$") as caught:
            configure(c, known, tmp_path)
        assert sentence in str(caught.value)
        return
    configure(c, known, tmp_path)
    assert c.Authenticator.enable_auth_state is True
    assert len(c.CryptKeeper["keys"][0]) == 64
    opened = c.HubDoors.opened
    assert (opened.proconnect or opened.moodle).sirets == (OURS,)


def test_what_a_cluster_s_hub_needs() -> None:
    """Is everything of the entrances importable with the packages that the hub's image installs, and no other?"""
    absent = (
        "openai",
        "pandas",
        "nbgrader",
        "voila",
        "jupyterlab",
        "simplemma",
        "jupyter_server",
        "docx",
        "typst",
        "segno",
    )
    program = (
        "import sys\n"
        f"for name in {absent!r}: sys.modules[name] = None\n"
        "import atelier_ia.rooms.hosted, atelier_ia.rooms.entrance.doors, atelier_ia.rooms.entrance.proconnect\n"
        "import atelier_ia.rooms.entrance.moodle, json\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    recipe = Path(__file__).resolve().parents[3] / "deploy" / "kubernetes" / "Dockerfile.hub"
    text = recipe.read_text()
    packages = {
        "httpx2": "httpx2",
        "stdnum": "python-stdnum",
        "oauthenticator": "oauthenticator",
        "ltiauthenticator": "jupyterhub-ltiauthenticator",
    }
    for module, package in packages.items():
        assert module in loaded
        assert f" {package} " in text
