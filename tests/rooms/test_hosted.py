"""Two collectivités on one hub, as on a cluster: real hub, real desk and applications reached over TCP, real servers.

Only what starts the servers differs (processes instead of pods): settings, groups, roles, tokens, course brought over
the network, hand-in and applications behind the hub's log-in are those of the cluster.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.authorities import Authorities, account_of, keeping_of, load_authorities
from atelier_ia.rooms.keeping import keeping_from
from tests.rooms.client import Client, Kernel
from tests.rooms.conftest import free_port, project_copy

ASSIGNMENT = "s3_m1_consigne"
NOTEBOOK = f"mes_exercices/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
HUB = """
import sys
from atelier_ia.rooms.common import cull
from atelier_ia.rooms.hosted import configure

hub = c.JupyterHub
hub.bind_url, hub.hub_port = "http://127.0.0.1:{public}/", {hub}
hub.authenticator_class, hub.spawner_class = "dummy", "simple"
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = [sys.executable, "-m", "atelier_ia.rooms.proxy"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
configure(c)
hub.tornado_settings = {{"slow_spawn_timeout": 0.5}}
"""
AUTHORITIES = """
[[collectivites]]
id = "val-fontaine"
nom = "Val-Fontaine"
guichet = "http://127.0.0.1:{desk}"
tableau = "http://127.0.0.1:{board}"
applications = "http://127.0.0.1:{apps}"
personnes = ["anne", "multi"]
formatrices = ["claire"]

[[collectivites]]
id = "beaulieu"
nom = "Beaulieu"
guichet = "http://127.0.0.1:{nowhere}"
tableau = "http://127.0.0.1:{nowhere}"
personnes = ["bob", "multi"]
"""
STANDING = """
collectivite = "val-fontaine"
hub = "http://127.0.0.1:{hub}"
adresse_publique = "http://127.0.0.1:{public}/"
port_guichet = {desk}
port_tableau = {board}
port_applications = {apps}
"""


@dataclass
class Hosted:
    """What runs, and where."""

    url: str
    root: Path
    homes: Path
    secrets: Path
    ports: dict[str, int]


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    base = tmp_path_factory.mktemp("grappe")
    root, homes, kept = project_copy(base / "projet"), base / "maisons", base / "secrets"
    homes.mkdir()
    kept.mkdir()
    for name in ("val-fontaine", "beaulieu"):
        (kept / name).write_text(secrets.token_hex(32))
    ports = {name: free_port() for name in ("public", "hub", "proxy", "desk", "board", "apps", "nowhere")}
    (base / "hub.py").write_text(HUB.format(homes=str(homes), **ports))
    (base / "collectivites.toml").write_text(AUTHORITIES.format(**ports))
    (base / "service.toml").write_text(STANDING.format(**ports))
    given = {name: value for name, value in os.environ.items() if not name.startswith("ATELIER")}
    hub_environment = given | {
        "ATELIER_COLLECTIVITES": str(base / "collectivites.toml"),
        "ATELIER_SECRETS": str(kept),
        "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16),
    }
    own = given | {"ATELIER_RACINE": str(root), "ATELIER_SECRET": str(kept / "val-fontaine")}
    log = (base / "journal").open("w")
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "atelier_ia.rooms.standing", str(base / "service.toml")],
            cwd=root, env=own, stdout=log, stderr=log, start_new_session=True,
        ),
        subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(base / "hub.py")],
            cwd=base, env=hub_environment, stdout=log, stderr=log, start_new_session=True,
        ),
    ]  # fmt: skip
    url = f"http://127.0.0.1:{ports['public']}/"
    try:
        asyncio.run(answers(url, running, base / "journal"))
        yield Hosted(url, root, homes, kept, ports)
    finally:
        tree = [child for process in running for child in psutil.Process(process.pid).children(recursive=True)]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        psutil.wait_procs([*tree, *(psutil.Process(p.pid) for p in running)], 15)
        for process in tree:
            with contextlib.suppress(psutil.Error):
                process.kill()


async def answers(url: str, running: list[subprocess.Popen[bytes]], log: Path) -> None:
    """Until the hub shows its page and the applications theirs."""
    deadline = time.monotonic() + 120
    async with Client(url) as client:
        for path in (
            "/hub/login",
            "/services/applications-val-fontaine/pret",
            "/services/salle-val-fontaine/statique/salle.css",
        ):
            while True:
                with contextlib.suppress(OSError):
                    if (await client.get(path))[0] == 200:
                        break
                assert time.monotonic() < deadline, log.read_text()[-3000:]
                assert all(process.poll() is None for process in running), log.read_text()[-3000:]
                await asyncio.sleep(0.3)


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
                given = hosted.root / "var" / "salle" / "distribue" / "grille.txt"
                given.parent.mkdir(exist_ok=True)
                given.write_bytes(b"x" * 4_000_000)  # three answers of the desk
                came = await kernel.run(
                    "from pathlib import Path\nfrom atelier_ia.rooms.parcels import fetch\n"
                    "print(fetch(Path.home()), (Path.home() / 'de_la_formatrice/grille.txt').stat().st_size)"
                )
                assert came.strip() == "['de_la_formatrice/grille.txt'] 4000000"

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


def desk_status(hosted: Hosted, token: str) -> int:
    """What the desk answers to that token."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", hosted.ports["desk"], timeout=20)
    connection.request("GET", "/colis", headers={"Authorization": f"Bearer {token}"})
    return connection.getresponse().status


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
