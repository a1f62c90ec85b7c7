"""A real Voilà on a copy of the project, and Debian's chromium: what the browser tests and the screenshots share.

Every page is watched: an error of its scripts, or one request to another host, fails the test that used it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import psutil
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.assistant.servers import Script, serve
from tests.assistant.servers import Server as ScriptedServer

ROOT = Path(__file__).resolve().parents[2]
SERVE = Path(__file__).with_name("serve.py")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
START_SECONDS = 60
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("chromium n'est pas installé ; « make test » s'en charge")
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """A running Voilà: its address, its process, and the project folder it serves."""

    url: str
    process: subprocess.Popen[bytes]
    root: Path

    def kernels(self) -> list[psutil.Process]:
        """The kernel processes alive now, those of pages made in advance included: forks of the template process, or
        started alone while it was not ready."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [process for process in children if _is_kernel(process, self.process.pid)]

    def kernel_of(self, page: Page) -> psutil.Process:
        """The process behind a page: the one that holds the sockets named after its kernel."""
        kernel = json.loads(page.locator("#atelier-page").text_content() or "{}")["kernelId"]
        return next(
            process
            for process in self.kernels()
            if any(kernel in str(connection.laddr) for connection in process.net_connections("unix"))
        )


def _is_kernel(process: psutil.Process, server: int) -> bool:
    try:
        command = " ".join(process.cmdline())
        return "ipykernel_launcher" in command or ("warm.zygote" in command and process.ppid() != server)
    except psutil.NoSuchProcess:
        return False


def _use_provider(root: Path, address: str) -> None:
    """The assistant of the project folder `root` is from now on the server at `address`."""
    settings = root / "atelier.toml"
    before = settings.read_text(encoding="utf-8")
    chosen = f'fournisseur = "vllm"\nadresse = "{address}"\nmodele = "essai"'
    after = before.replace('fournisseur = "simulateur"', chosen)
    assert after != before
    settings.write_text(after, encoding="utf-8")


@pytest.fixture(scope="module")
def provider() -> Script | None:
    """What answers in the place of the simulator: a file that wants a service of the house gives its own."""
    return None


@pytest.fixture(scope="module")
def remote(provider: Script | None) -> Iterator[ScriptedServer | None]:
    """The service of the house, `provider` over HTTP."""
    with serve(provider) if provider else nullcontext() as running:
        yield running


@pytest.fixture(scope="module")
def project_copy(tmp_path_factory: pytest.TempPathFactory, remote: ScriptedServer | None) -> Path:
    """The project's content in a folder of its own, so that nothing is written beside the sources."""
    root = tmp_path_factory.mktemp("projet")
    shutil.copy(ROOT / "atelier.toml", root)
    (root / "sandbox_data").symlink_to(ROOT / "sandbox_data", target_is_directory=True)
    (root / "voila_apps").mkdir()  # a test may add an application of its own
    for entry in (ROOT / "voila_apps").iterdir():
        (root / "voila_apps" / entry.name).symlink_to(entry)
    if remote is not None:
        _use_provider(root, remote.url)
    return root


@pytest.fixture(scope="module")
def server(project_copy: Path) -> Iterator[Server]:
    port = free_port()
    environment = {**os.environ, "ATELIER_RACINE": str(project_copy), "PYTHONUNBUFFERED": "1"}
    log = (project_copy / "voila.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, str(SERVE), str(port)], env=environment, stdout=log, stderr=log, start_new_session=True
    )
    url = f"http://127.0.0.1:{port}/"
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(url + "pret", timeout=5).close()
            break
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((project_copy / "voila.log").read_text(errors="replace")[-2000:]) from None
            time.sleep(0.2)
    yield Server(url, process, project_copy)
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one file: Playwright keeps an event loop running, which no later test may find."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_chromium(), args=sandbox)
        yield opened
        opened.close()


@dataclass
class Watched:
    """What went wrong in a page."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[OpenPage]:
    """`open_page(path="", **context options)`: a page of the server, watched until the test ends."""
    watched = Watched()
    contexts = []

    def note(text: str) -> None:
        if not any(part in text for part in watched.expected):
            watched.errors.append(text)

    def open_it(path: str = "", *, expected: tuple[str, ...] = (), **options: object) -> Page:
        watched.expected.extend(expected)
        settings = {"locale": "fr-FR", "viewport": {"width": 1366, "height": 768}, **options}
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: note(str(error)))
        page.on("console", lambda message: note(message.text) if message.type == "error" else None)
        host = urlsplit(server.url).netloc
        page.on(
            "request",
            lambda request: (
                watched.foreign.append(request.url)
                if urlsplit(request.url).scheme in ("http", "https", "ws", "wss")
                and urlsplit(request.url).netloc != host
                else None
            ),
        )
        page.goto(server.url + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert watched.foreign == []
    assert watched.errors == []


def _violations(page: Page) -> list[str]:
    """axe's findings on the page as it is now: rule, and the elements concerned; text contrast counts from 7:1."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        """async (tags) => (await axe.run(document, {
            runOnly: {type: "tag", values: tags},
            rules: {"color-contrast-enhanced": {enabled: true}},
        })).violations.map((rule) => [rule.id, ...rule.nodes.map((node) => node.html.slice(0, 200))])""",
        RULES,
    )
    return [" | ".join(rule) for rule in found]


def _sideways_scroll(page: Page) -> int:
    """How many pixels the page is wider than its window (0: nothing is lost to the side)."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """`violations(page)`: what axe finds on the page as it is now."""
    return _violations


@pytest.fixture(scope="session")
def sideways_scroll() -> Callable[[Page], int]:
    """`sideways_scroll(page)`: pixels by which the page is wider than its window."""
    return _sideways_scroll


@pytest.fixture(scope="session")
def check_state() -> Callable[[Page], None]:
    """`check_state(page)`: axe finds nothing, and nothing is lost to the side at 200 % zoom and at 320 px."""

    def check(page: Page) -> None:
        assert _violations(page) == []
        before = page.viewport_size
        assert before is not None
        for width, height in ((683, 384), (320, 640)):
            page.set_viewport_size({"width": width, "height": height})
            assert _sideways_scroll(page) == 0
        page.set_viewport_size(before)

    return check


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """`atelier lancer` on a copy of the project: Lab's address with its token, and the project folder."""
    root = tmp_path / "projet"
    root.mkdir()
    for name in ("exercises", "notebooks", "sandbox_data", "solutions", "voila_apps", "docs"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("atelier.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("atelier")), "lancer", "--sans-navigateur", "--port", str(free_port())],
        cwd=root,
        env={**os.environ, "ATELIER_RACINE": str(root), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    address = ""
    for line in process.stdout:
        found = re.search(r"http://\S+token=\S+", line)
        if found:
            address = found[0]
            break
    assert address, "atelier lancer ended without giving its addresses"
    yield address, root
    process.send_signal(signal.SIGTERM)
    process.stdout.read()
    process.wait(30)
