"""`atelier lancer`, with real processes: both addresses, the next port, and nothing left behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from atelier_ia.runtime.ports import listen

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of its own: settings, home page, and one application without our template's needs."""
    shutil.copy(ROOT / "atelier.toml", tmp_path)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "accueil.md", tmp_path / "notebooks")
    shutil.copytree(ROOT / "voila_apps" / "modele", tmp_path / "voila_apps" / "modele")
    notebook = {
        "cells": [
            {
                "cell_type": "code",
                "id": "b",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": "import os\nfrom IPython.display import HTML\nHTML(f'<p>noyau {os.getpid()}</p>')",
            },
        ],
        "metadata": {
            "title": "Essai",
            "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (tmp_path / "voila_apps" / "essai.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return tmp_path


class Launch:
    """One running `atelier lancer --json`."""

    def __init__(self, course: Path, *arguments: str) -> None:
        environment = {**os.environ, "ATELIER_RACINE": str(course), "CLE_SECRETE": "ne-pas-montrer"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "atelier_ia", "lancer", "--json", *arguments],
            cwd=course,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        self.addresses: dict[str, str] = json.loads(line)
        self.said = ""

    def family(self) -> list[psutil.Process]:
        """All processes that it started, however deep."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """A page of the agents' server: status and text."""
        request = urllib.request.Request(self.addresses["agents"].rstrip("/") + path, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def finish(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        self.process.send_signal(number)
        self.said = self.process.communicate(timeout=40)[1]
        return self.process.returncode


@pytest.fixture
def launch(course: Path) -> Iterator[Launch]:
    """Started on free ports; stopped at the end whatever happens."""
    running = Launch(course, "--port", "0", "--port-agents", "0")
    yield running
    if running.process.poll() is None:
        running.finish()


def gone(family: list[psutil.Process], within: float = 15) -> bool:
    """Have all these processes ended in time?"""
    return not psutil.wait_procs(family, timeout=within)[1]


def saved_after_a_run(launch: Launch, lesson: Path, target: Path) -> str:
    """The text of `target` once the Lab has saved `lesson` there, played, with results that name somebody."""
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    notebook["metadata"]["language_info"] |= {"version": "3.11.7", "mimetype": "text/x-python"}
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        cell["metadata"]["trusted"] = True
        if cell["cell_type"] == "code":
            said = {"output_type": "stream", "name": "stdout", "text": "Jeanne Martin"}
            cell |= {"execution_count": 3, "outputs": [said]}
    address, _, token = launch.addresses["formation"].partition("?token=")
    request = urllib.request.Request(
        f"{address}api/contents/{target.parent.name}/{target.name}",
        data=json.dumps({"type": "notebook", "format": "json", "content": notebook}).encode(),
        headers={"Authorization": f"token {token}", "Content-Type": "application/json"},
        method="PUT",
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        assert reply.status in (200, 201)
    return target.read_text(encoding="utf-8")


def test_from_start_to_stop(launch: Launch, course: Path) -> None:
    """Do both addresses answer, the app run, and one signal stop everything, without a secret in the logs?"""
    status, page = launch.get("/voila/render/essai.ipynb")
    assert status == 200
    assert "noyau " in page
    with urllib.request.urlopen(launch.addresses["formation"], timeout=60) as reply:
        assert "accueil.md" in reply.url
    lesson = ROOT / "notebooks" / "s3_referents" / "m2_courriels.ipynb"
    assert saved_after_a_run(launch, lesson, course / "notebooks" / lesson.name) == lesson.read_text(encoding="utf-8")
    assert "Jeanne Martin" in saved_after_a_run(launch, lesson, course / "var" / lesson.name)
    family = launch.family()
    assert len(family) >= 3
    assert launch.finish(signal.SIGTERM) == 0
    assert gone(family)
    assert "Tout est arrêté." in launch.said
    token = launch.addresses["formation"].partition("token=")[2]
    written = "".join(log.read_text(encoding="utf-8") for log in (course / "var" / "journaux").iterdir())
    assert token not in written + launch.said
    assert "ne-pas-montrer" not in written
    home = (course / "var" / "accueil.md").read_text(encoding="utf-8")
    assert launch.addresses["agents"] in home
    assert "{" not in home


def test_nothing_survives_a_killed_launcher(launch: Launch) -> None:
    """After `kill -9` of the launcher, do the servers and their kernels end by themselves?"""
    assert launch.get("/voila/render/essai.ipynb")[0] == 200
    family = launch.family()
    launch.process.kill()
    launch.process.communicate()
    assert gone(family, within=25)


def test_agents_reach_nothing_else(launch: Launch) -> None:
    """Does the agents' server refuse everything that is not an application?"""
    for path in (
        "/voila/files/essai.ipynb",
        "/voila/files/../../atelier.toml",
        "/voila/api/contents/",
        "/api/contents",
        "/api/kernels",
        "/api/terminals",
        "/formgrader",
        "/lab",
        "/voila/tree/modele",
        "/voila/render/../../notebooks/accueil.md",
    ):
        status, page = launch.get(path)
        assert status in (403, 404), path
        assert "Traceback" not in page
    assert launch.get("/voila/render/rien.ipynb")[0] == 404
    assert launch.get("/pret", {"Host": "pirate.example"})[0] == 421
    assert launch.get("/pret", {"Host": "127.0.0.1:1"})[0] == 200


def test_a_crash_is_said_and_repaired(launch: Launch) -> None:
    """When the agents' server breaks, is it said, and started again at the same address?"""
    (server,) = [child for child in launch.family() if "atelier_ia.runtime.voila_server" in child.cmdline()]
    server.kill()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if launch.get("/pret")[0] == 200 and server.pid not in [child.pid for child in launch.family()]:
                break
        except OSError:
            time.sleep(0.3)
    assert launch.get("/voila/render/essai.ipynb")[0] == 200
    assert launch.finish() == 0
    assert "arrêt inattendu" in launch.said


def test_ctrl_c_and_busy_ports(course: Path) -> None:
    """Is a busy port replaced by the next and said, and does Ctrl + C stop everything?"""
    holder, _ = listen("127.0.0.1", 0)
    port = holder.getsockname()[1]
    running = Launch(course, "--port", str(port), "--port-agents", str(port))
    lab = int(running.addresses["formation"].rpartition(":")[2].partition("/")[0])
    agents = int(running.addresses["agents"].rpartition(":")[2].strip("/"))
    assert len({port, lab, agents}) == 3
    family = running.family()
    assert running.finish(signal.SIGINT) == 0
    assert running.said.count(f"Le port {port} est déjà pris") == 2
    assert gone(family)
    holder.close()


def test_a_wrong_setting_stops_before_anything_starts(course: Path) -> None:
    """Is a mistake in atelier.toml one French sentence, with nothing started?"""
    (course / "atelier.toml").write_text("[collectivite]\nnomm = 'X'\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "atelier_ia", "lancer", "--sans-navigateur"],
        cwd=course,
        env={**os.environ, "ATELIER_RACINE": str(course)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 1
    assert "nomm" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_closed_terminal_stops_everything(launch: Launch) -> None:
    """When the window is closed (nobody reads any more, SIGHUP), is everything stopped and tidied up all the same?"""
    family = launch.family()
    (template,) = [child for child in family if "atelier_ia.runtime.warm.zygote" in child.cmdline()]
    folder = Path(template.cmdline()[-1]).parent
    assert launch.process.stdout is not None
    assert launch.process.stderr is not None
    launch.process.stdout.close()
    launch.process.stderr.close()
    launch.process.send_signal(signal.SIGHUP)
    launch.process.wait(40)
    assert gone(family)
    assert not folder.exists()


def test_sockets_stay_private(launch: Launch) -> None:
    """Are the template's socket and the folder of the connection files readable by their owner only?"""
    (template,) = [child for child in launch.family() if "atelier_ia.runtime.warm.zygote" in child.cmdline()]
    path = Path(template.cmdline()[-1])
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(path))  # it answers, and goes on after a visitor that says nothing
    assert "CLE_SECRETE" not in template.environ()
