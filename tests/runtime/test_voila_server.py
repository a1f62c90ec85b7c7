"""The agents' server, alone and real: sessions, their maximum and their end, access, caching, mistakes."""

import asyncio
import gzip
import http.client
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest

from atelier_ia.runtime.ports import listen
from atelier_ia.runtime.processes import PARENT_VARIABLE, Child, stop_all
from atelier_ia.runtime.voila_access import host_allowed, is_loopback, own_names
from atelier_ia.runtime.voila_config import AgentsConfig

ROOT = Path(__file__).parents[2]


def notebook(*sources: str, title: str = "Essai", **own: object) -> str:
    """The text of a notebook; a source that begins with `#` is Markdown."""
    kind = {True: {"cell_type": "markdown"}, False: {"cell_type": "code", "execution_count": None, "outputs": []}}
    return json.dumps(
        {
            "cells": [
                {**kind[source.startswith("#")], "id": f"c{number}", "metadata": {}, "source": source}
                for number, source in enumerate(sources)
            ],
            "metadata": {
                "title": title,
                "atelier": own,
                "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


class Server:
    """One agents' server on a free port, with kernels started the normal way."""

    def __init__(self, folder: Path, **options: object) -> None:
        self.folder = folder
        apps = folder / "voila_apps"
        apps.mkdir()
        shutil.copytree(ROOT / "voila_apps" / "modele", apps / "modele")
        (apps / "essai.ipynb").write_text(
            notebook(
                "# Un titre", "from IPython.display import HTML\nHTML('<p>noyau prêt</p>')", ordre=2, resume="Un essai"
            ),
            encoding="utf-8",
        )
        (apps / "avant.ipynb").write_text(notebook("1 / 0", title="Avant", ordre=1), encoding="utf-8")
        self.running = Path(tempfile.mkdtemp(prefix="atelier-essai-", dir="/tmp"))
        config = AgentsConfig(
            folder=str(apps),
            running=str(self.running),
            cache=str(folder / "cache"),
            mark="essai",
            commune="Val-Fontaine",
            **options,  # type: ignore[arg-type]
        )
        config.write(folder / "config.json")
        listener, _ = listen("127.0.0.1", 0)
        self.port = listener.getsockname()[1]
        self.child = Child(
            name="applications",
            arguments=[
                *(sys.executable, "-m", "atelier_ia.runtime.voila_server"),
                *(str(listener.fileno()), str(folder / "config.json")),
            ],
            environment={
                **os.environ,
                PARENT_VARIABLE: str(os.getpid()),
                "JUPYTER_PATH": str(apps / "modele"),
                "JUPYTER_RUNTIME_DIR": str(self.running),
            },
            folder=folder,
            log=folder / "applications.log",
            inherited=(listener.fileno(),),
        )
        self.child.start()
        listener.close()
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            assert self.child.running, self.child.log.read_text()
            try:
                if self.ask("/pret")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)

    def ask(
        self, path: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request, redirections not followed: status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        answer = reply.status, reply.headers, reply.read()
        connection.close()
        return answer

    def open(self, name: str = "essai") -> str:
        """Open an application; its kernel's identifier."""
        status, _, page = self.ask(f"/voila/render/{name}.ipynb")
        assert status == 200
        found = re.search(r'"kernelId": "([0-9a-f-]{36})"', page.decode())
        assert found, page.decode()[-600:]
        return found[1]

    @property
    def sessions(self) -> int:
        """Kernels that the server counts."""
        count: int = json.loads(self.ask("/pret")[2])["sessions"]
        return count

    def stop(self) -> None:
        """Stop it and its kernels."""
        stop_all([self.child], "essai")
        shutil.rmtree(self.running, ignore_errors=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with two places and no access code."""
    running = Server(tmp_path_factory.mktemp("cours"), limit=2)
    yield running
    running.stop()


def eventually(fact: Callable[[], bool], within: float = 20) -> bool:
    """Does it become true in time?"""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if fact():
            return True
        time.sleep(0.1)
    return False


def test_page_is_complete_and_french(server: Server) -> None:
    """Is the application drawn, Markdown included, without source or foreign address?"""
    status, headers, body = server.ask("/voila/render/essai.ipynb")
    page = body.decode()
    assert status == 200
    assert '<html lang="fr">' in page
    assert "noyau prêt" in page
    assert "Un titre" in page
    assert "import HTML" not in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    found = re.search(r'"kernelId": "([0-9a-f-]{36})"', page)
    assert found
    server.ask(f"/voila/api/shutdown/{found[1]}", "POST")


def test_a_closed_tab_frees_its_place(server: Server) -> None:
    """Does the beacon of a closed tab end its session, and only from one of our own pages?"""
    assert eventually(lambda: server.sessions == 0)
    kernel = server.open()
    assert server.sessions == 1
    path, ours = f"/voila/api/shutdown/{kernel}", f"http://127.0.0.1:{server.port}"
    assert server.ask(path, "POST", Origin="http://pirate.example")[0] in (403, 404)
    assert server.sessions == 1
    assert server.ask(f"/api/kernels/{kernel}", "DELETE", Origin=ours)[0] in (403, 405)
    assert server.ask(path, "POST", Origin=ours)[0] == 204
    assert eventually(lambda: server.sessions == 0)
    assert server.ask(f"/api/kernels/{kernel}")[0] == 404


def test_a_closed_tab_gives_everything_back(server: Server) -> None:
    """Does a tab that says goodbye before its websocket closes, as browsers do, leave no socket behind?"""
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    async def visit(kernel: str) -> None:
        address = f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels?session_id={kernel}"
        connection = await websocket_connect(HTTPRequest(address), subprotocols=["v1.kernel.websocket.jupyter.org"])
        assert await connection.read_message()
        await asyncio.to_thread(server.ask, f"/voila/api/shutdown/{kernel}", "POST")
        connection.close()

    def left(visits: int) -> int:
        for _ in range(visits):
            asyncio.run(visit(server.open()))
            assert eventually(lambda: server.sessions == 0)
        assert server.child.process is not None
        descriptors = Path(f"/proc/{server.child.process.pid}/fd")
        return sum(
            str(link.readlink()) == "anon_inode:[eventfd]" for link in descriptors.iterdir() if link.is_symlink()
        )

    before = left(1)
    assert eventually(lambda: left(0) <= before)
    # A leak keeps four ZeroMQ sockets a session, each with its own event descriptor.
    after = left(3)
    assert eventually(lambda: left(0) < before + 4), (before, after)


def test_a_malformed_message_costs_nothing(server: Server) -> None:
    """Is a message that announces 100 million parts left unread, under either protocol, and the next one answered?"""
    from jupyter_client.session import Session
    from jupyter_server.services.kernels.connection.base import serialize_binary_message, serialize_msg_to_ws_v1
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    session = Session(key=b"")
    asked = session.msg("comm_info_request") | {"channel": "shell", "buffers": [b"with a buffer"]}
    parts = [
        json.dumps(asked[part], default=str).encode() for part in ("header", "parent_header", "metadata", "content")
    ]
    new, old = serialize_msg_to_ws_v1(parts, "shell"), serialize_binary_message(asked)
    hostile = [new[:5], new[:60], b"", b"\6\0\0\0", b"\xff" * 8, b"\0\0\0\0\0\1\0\0", old[:40], "{", "[]", "é"]

    async def visit(kernel: str, protocols: list[str], right: bytes) -> bool:
        address = f"ws://127.0.0.1:{server.port}/api/kernels/{kernel}/channels?session_id={kernel}"
        connection = await websocket_connect(HTTPRequest(address), subprotocols=protocols)
        for message in [*hostile, old if protocols else new, right]:
            await connection.write_message(message, binary=isinstance(message, bytes))
        while answer := await asyncio.wait_for(connection.read_message(), 30):
            if "comm_info_reply" in (answer if isinstance(answer, str) else answer.decode(errors="replace")):
                break
        connection.close()
        return answer is not None

    assert server.child.process is not None
    before = psutil.Process(server.child.process.pid).memory_info().rss
    kernel = server.open()
    assert asyncio.run(visit(kernel, ["v1.kernel.websocket.jupyter.org"], new))
    assert asyncio.run(visit(kernel, [], old))
    assert psutil.Process(server.child.process.pid).memory_info().rss < before + 200 * 2**20
    server.ask(f"/voila/api/shutdown/{kernel}", "POST")


def test_too_many_people(server: Server) -> None:
    """Beyond the maximum, is a French page shown, and does a freed place serve the next person?"""
    assert eventually(lambda: server.sessions == 0)
    kernels = [server.open(), server.open()]
    status, headers, body = server.ask("/voila/render/essai.ipynb")
    assert status == 503
    assert "Beaucoup de monde" in body.decode()
    assert headers["Retry-After"]
    server.ask(f"/voila/api/shutdown/{kernels[0]}", "POST")
    assert eventually(lambda: server.sessions == 1)
    kernels.append(server.open())
    for kernel in kernels[1:]:
        server.ask(f"/voila/api/shutdown/{kernel}", "POST")


def test_a_mistake_in_an_application_shows_no_detail(server: Server) -> None:
    """When a cell fails, is the page French and free of source and traceback?"""
    assert eventually(lambda: server.sessions == 0)
    status, _, body = server.ask("/voila/render/avant.ipynb")
    page = body.decode()
    assert status == 200
    assert "ne s’est pas ouverte" in page
    assert "ZeroDivisionError" not in page
    assert "1 / 0" not in page
    found = re.search(r'"kernelId": "([0-9a-f-]{36})"', page)
    assert found
    server.ask(f"/voila/api/shutdown/{found[1]}", "POST")


def test_gallery_reads_the_notebooks(server: Server) -> None:
    """Does the list show titles and summaries, in the order that the notebooks give?"""
    status, _, body = server.ask("/")
    page = body.decode()
    assert status == 200
    assert page.index("Avant") < page.index("Essai")
    assert "Un essai" in page
    assert "Val-Fontaine" in page


def test_the_address_cannot_change_the_template(server: Server) -> None:
    """Are `?template=` and `?theme=` ignored?"""
    plain, other = server.ask("/")[2], server.ask("/?template=lab&theme=dark&classic-tree=false")[2]
    assert plain == other


def test_static_files_are_compressed_and_kept(server: Server) -> None:
    """Are text files sent compressed, and cached for ever when their address holds their digest?"""
    path = "/voila/templates/atelier/static/page.css"
    status, headers, packed = server.ask(path, Accept_Encoding="gzip")
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    source = (ROOT / "voila_apps/modele/voila/templates/atelier/static/page.css").read_bytes()
    assert gzip.decompress(packed) == source
    assert server.ask(path)[2] == source
    assert headers["Cache-Control"] == "no-cache"
    assert server.ask(path, Accept_Encoding="gzip", If_None_Match=headers["Etag"])[0] == 304
    assert "immutable" in server.ask(f"{path}?v=abc")[1]["Cache-Control"]
    assert server.ask("/voila/templates/atelier/static/../../../../../config.json")[0] in (403, 404)


def test_logs_hold_no_words_of_people(server: Server) -> None:
    """Does what follows `?` stay out of the log?"""
    server.ask("/voila/render/absent.ipynb?texte=confidentiel")
    server.ask("/rien?texte=confidentiel")
    assert "confidentiel" not in server.child.log.read_text(encoding="utf-8")


def test_access_code(tmp_path: Path) -> None:
    """With an access code, is every page closed until it is typed, and are guesses slowed down?"""
    public = "avis.commune.example"
    running = Server(tmp_path, code="Lavoir 12", pages=("atelier_ia.apps.citizens_page",), public_names=(public,))
    try:
        # The inhabitants' page alone is open to all, and alone answers under its public name.
        assert running.ask("/avis/guichet")[0] == 200
        assert running.ask("/avis/guichet", Host=public)[0] == 200
        for path in ("/", "/acces", "/voila/render/essai.ipynb", "/avis/guichet/../../pret"):
            assert running.ask(path, Host=public)[0] == 421
        assert running.ask("/avis/guichet", Host="pirate.example")[0] == 421
        status, headers, _ = running.ask("/voila/render/essai.ipynb")
        assert status == 302
        assert headers["Location"].startswith("/acces?next=")
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        assert "Code d’accès" in running.ask("/acces")[2].decode()
        assert running.ask("/acces", "POST", urlencode({"code": "autre"}), **form)[0] == 403
        target = urlencode({"code": " lavoir12", "next": "//pirate.example/"})
        status, headers, _ = running.ask("/acces", "POST", target, **form)
        assert status == 302
        assert headers["Location"] == "/"
        cookie = headers["Set-Cookie"].partition(";")[0]
        assert "HttpOnly" in headers["Set-Cookie"]
        assert running.ask("/", Cookie=cookie)[0] == 200
        assert running.ask("/", Cookie="atelier-acces=oui")[0] == 302
        for _ in range(12):
            status = running.ask("/acces", "POST", urlencode({"code": "x"}), **form)[0]
        assert status == 429
    finally:
        running.stop()


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8866", True),
        ("[::1]:8866", True),
        ("localhost", True),
        ("LOCALHOST:1", True),
        ("192.168.1.20:8866", True),
        ("atelier.mairie.example:8866", True),
        ("pirate.example", False),
        ("127.0.0.1.pirate.example", False),
        ("", False),
    ],
)
def test_host_names(host: str, allowed: bool) -> None:
    """Are only addresses and this machine's own names accepted?"""
    assert host_allowed(host, own_names(("atelier.mairie.example",))) is allowed


@pytest.mark.parametrize(("address", "own"), [("127.0.0.1", True), ("::1", True), ("0.0.0.0", False), ("pc", False)])
def test_loopback(address: str, own: bool) -> None:
    """Is an address that others can reach told from this machine's own?"""
    assert is_loopback(address) is own


def test_abandoned_sessions_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a session whose tab vanished without a word end by itself, sooner when places are short?"""
    from atelier_ia.runtime.voila_kernels import BoundedKernels

    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))

    async def play() -> list[int]:
        kernels = BoundedKernels(
            limit=1, pressing_timeout=0, alone_timeout=0, root_dir=str(tmp_path), connection_dir=str(tmp_path)
        )
        first = await kernels.start_kernel()
        await kernels.get_kernel(first).ready
        kernels.notify_connect(first)
        counts = [len(kernels)]
        await kernels.cull_kernel_if_idle(first)
        counts.append(len(kernels))  # its tab is open: kept
        kernels.notify_disconnect(first)
        await asyncio.sleep(0.01)
        second = await kernels.start_kernel()  # takes the place of the first
        await kernels.get_kernel(second).ready
        counts.append(len(kernels))
        await asyncio.sleep(0.01)
        await kernels.cull_kernel_if_idle(second)
        counts.append(len(kernels))
        return counts

    assert asyncio.run(play()) == [1, 1, 1, 0]
