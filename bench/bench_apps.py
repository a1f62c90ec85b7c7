"""Opening an app: ours (warm kernels, slim client, pages made in advance) beside stock Voilà on the same notebook.

From the start of navigation to the main button in view, first and second visit of a browser, visits of both servers
interleaved; bytes and requests of a first visit; memory of a session. Medians. Chromium and both servers share this
machine, so that the ratios are what to read. Gradio too, on a comparable page, when an environment with it is named.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from bench.figures import Figure

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = "repondre_courriel.ipynb"
BUTTON = "#masquer"
ROUNDS = 5
PAUSE_SECONDS = 4.0  # between two visits, as people do; a spare page is made again meanwhile
CROWD = 20
CROWD_SECONDS = 5.0
LEAVING_SECONDS = 30.0
STOCK = "Voilà d'origine"
# The Python of an environment that has Gradio, e.g. after `python -m venv /tmp/g && /tmp/g/bin/pip install gradio`:
# ATELIER_BENCH_GRADIO=/tmp/g/bin/python. Without it, that comparison is left out.
GRADIO_VARIABLE = "ATELIER_BENCH_GRADIO"


@dataclass
class Visit:
    """One visit: seconds to the button in view, seconds to the answer of its click, bytes and requests."""

    shown: float
    answered: float
    size: float
    requests: int


@dataclass
class Side:
    """One server and its visits."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    first: list[Visit] = field(default_factory=list)
    second: list[Visit] = field(default_factory=list)

    def session_memory(self, kernels: Collection[str]) -> float:
        """Mean PSS of the kernels of these identifiers (MB, 10^6 bytes)."""
        sizes = [process.memory_full_info().pss / 1e6 for process in self.processes(kernels)]
        return statistics.fmean(sizes) if sizes else float("nan")

    def processes(self, kernels: Collection[str]) -> list[psutil.Process]:
        """The processes of these kernels that are alive; a forked kernel keeps the command line of the template, hence
        the sockets, which bear its identifier."""
        found = []
        for process in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                names = [*process.cmdline(), *(str(one.laddr) for one in process.net_connections("unix"))]
                if process.pid != self.process.pid and any(kernel in name for kernel in kernels for name in names):
                    found.append(process)
        return found


def run() -> list[Figure]:
    with contextlib.ExitStack() as opened:
        root = opened.enter_context(_project())
        ours, stock = (opened.enter_context(_served(kind, root)) for kind in ("ours", "stock"))
        gradio = opened.enter_context(_served("gradio", root)) if os.environ.get(GRADIO_VARIABLE) else None
        browser = opened.enter_context(_browser())
        for _ in range(ROUNDS):
            for side in filter(None, (ours, stock, gradio)):
                context = browser.new_context(viewport={"width": 1366, "height": 768})
                for visits in (side.first, side.second):
                    visits.append(_visit(context, side.url))
                    time.sleep(PAUSE_SECONDS)
                context.close()
        memory, gone = zip(*(_sessions(browser, side) for side in (ours, stock)), strict=True)
        alone, crowd = _crowd(ours)
    figures = []
    for label, name in (("première visite", "first"), ("deuxième visite", "second")):
        for what, attribute in (("bouton principal affiché", "shown"), ("réponse au premier clic", "answered")):
            mine, theirs = (
                statistics.median(getattr(visit, attribute) for visit in getattr(side, name)) for side in (ours, stock)
            )
            figures.append(Figure(f"{what}, {label}", "s", mine, STOCK, theirs))
            if gradio is not None:
                there = statistics.median(getattr(visit, attribute) for visit in getattr(gradio, name))
                figures.append(Figure(f"{what}, {label}", "s", mine, "Gradio, page comparable", there))
    for what, unit, attribute, scale in (("octets", "Mo", "size", 1e6), ("requêtes", "requêtes", "requests", 1)):
        mine, theirs = (
            statistics.median(getattr(visit, attribute) for visit in side.first) / scale for side in (ours, stock)
        )
        figures.append(Figure(f"{what}, première visite", unit, mine, STOCK, theirs))
    figures.append(Figure("mémoire d'une session (PSS)", "Mo", memory[0], STOCK, memory[1]))
    figures.append(Figure("noyaux arrêtés après la fermeture des onglets", "s", gone[0], STOCK, gone[1]))
    figures.append(
        Figure(f"page complète, la plus lente de {CROWD} arrivées en 5 s", "s", crowd, "une visite isolée", alone)
    )
    return figures


@contextlib.contextmanager
def _project() -> Iterator[Path]:
    """The project's content in a folder of its own, so that nothing is recorded beside the sources."""
    with tempfile.TemporaryDirectory(prefix="atelier-bench-") as folder:
        root = Path(folder)
        shutil.copy(ROOT / "atelier.toml", root)
        for name in ("sandbox_data", "voila_apps"):
            (root / name).symlink_to(ROOT / name, target_is_directory=True)
        yield root


@contextlib.contextmanager
def _served(kind: str, root: Path) -> Iterator[Side]:
    port = _free_port()
    if kind == "ours":
        command = [sys.executable, str(ROOT / "tests" / "browser" / "serve.py"), str(port)]
        url = f"http://127.0.0.1:{port}/voila/render/{NOTEBOOK}"
    elif kind == "gradio":
        command = [os.environ[GRADIO_VARIABLE], str(ROOT / "bench" / "data" / "page_gradio.py"), str(port), str(root)]
        url = f"http://127.0.0.1:{port}/"
    else:
        command = [sys.executable, "-m", "voila", str(root / "voila_apps" / NOTEBOOK), f"--port={port}"]
        command += ["--no-browser", "--Voila.ip=127.0.0.1", "--template=lab"]
        url = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        command,
        env={**os.environ, "ATELIER_RACINE": str(root), "GRADIO_ANALYTICS_ENABLED": "False"},
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, process)
        time.sleep(12)  # the template process has imported everything, the spare pages are made
        yield Side(kind, url, process)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def _browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise RuntimeError("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield browser
        browser.close()


def _visit(context: object, url: str) -> Visit:
    page = context.new_page()  # type: ignore[attr-defined]
    network = context.new_cdp_session(page)  # type: ignore[attr-defined]
    network.send("Network.enable")
    sizes: list[float] = []
    requests: list[str] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda event: requests.append(event["requestId"]))
    begun = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(BUTTON, timeout=60_000)
    shown = time.perf_counter() - begun
    page.click(BUTTON)
    page.wait_for_selector("#rediger", timeout=60_000)
    answered = time.perf_counter() - begun
    page.wait_for_timeout(500)
    visit = Visit(shown, answered, sum(sizes), len(requests))
    page.close()
    return visit


def _sessions(browser: Browser, side: Side) -> tuple[float, float]:
    """While five sessions are open, the PSS of one (MB); then seconds until their kernels are gone, tabs closed."""
    context = browser.new_context()
    kernels = set()
    for _ in range(5):
        page = context.new_page()
        page.goto(side.url, wait_until="commit")
        page.wait_for_selector(BUTTON, timeout=60_000)
        kernels.update(re.findall(r'"kernelId": ?"([0-9a-f-]{36})"', page.content()))
    memory = side.session_memory(kernels)
    for page in context.pages:
        page.close(run_before_unload=True)
    begun = time.perf_counter()
    while side.processes(kernels) and time.perf_counter() - begun < LEAVING_SECONDS:
        time.sleep(0.1)
    gone = time.perf_counter() - begun
    context.close()
    return memory, gone


def _crowd(side: Side) -> tuple[float, float]:
    """Seconds for a whole page: alone without a spare, then the slowest of a crowd arriving within five seconds."""

    def fetch(delay: float) -> float:
        time.sleep(delay)
        begun = time.perf_counter()
        with urllib.request.urlopen(side.url, timeout=120) as reply:
            reply.read()
        return time.perf_counter() - begun

    fetch(PAUSE_SECONDS)  # takes the spare page
    alone = fetch(0)
    time.sleep(PAUSE_SECONDS)
    with ThreadPoolExecutor(CROWD) as pool:
        slowest = max(pool.map(fetch, (index * CROWD_SECONDS / CROWD for index in range(CROWD))))
    return alone, slowest


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")
