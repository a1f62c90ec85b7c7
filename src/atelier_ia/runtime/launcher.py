"""`atelier lancer`: the trainer's JupyterLab and the agents' Voilà, side by side, started and stopped as one thing.

The launcher holds both listening sockets, so an address never changes while it runs: a program that breaks is started
again behind the same address. Nothing outlives the launcher, however it ends.
"""

from __future__ import annotations

import contextlib
import html
import http.client
import json
import os
import queue
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from atelier_ia.errors import AtelierError
from atelier_ia.runtime import lab
from atelier_ia.runtime.places import Places, make_places, process_environment
from atelier_ia.runtime.ports import listen
from atelier_ia.runtime.processes import Child, stop_all
from atelier_ia.runtime.voila_config import AgentsConfig
from atelier_ia.runtime.warm.protocol import PROVISIONER, PROVISIONER_VARIABLE, WARM_VARIABLE
from atelier_ia.runtime.warm.template import warm_child
from atelier_ia.runtime.workspace import prepare_workspace
from atelier_ia.settings import load_settings

LAB_PORT, AGENTS_PORT = 8888, 8866
READY_WITHIN = 120.0  # seconds; a slow disk needs many the first time
TEMPLATE_WITHIN = 10.0
LOOPBACK = "127.0.0.1"
_RESTARTS, _RESTART_WINDOW = 3, 120.0


@dataclass(frozen=True)
class Options:
    """What the person asked on the command line."""

    browser: bool = True
    port: int = LAB_PORT
    agents_port: int = AGENTS_PORT
    public_pages: tuple[str, ...] = ()
    """Modules of the pages that inhabitants may open on the agents' server (`AgentsConfig.pages`)."""


@dataclass
class Service:
    """One program, what it is called in French, and how to know that it answers."""

    child: Child
    title: str
    answers: Callable[[], bool]
    restarts: list[float] = field(default_factory=list)


class Launcher:
    """Starts, watches and stops the programs. `say` shows one French line to the person."""

    def __init__(self, options: Options, say: Callable[[str], None]) -> None:
        self.options, self._say = options, say
        self.events: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.token = secrets.token_urlsafe(24)
        self.places: Places | None = None
        self.services: list[Service] = []
        self.children: list[Child] = []
        self.sockets: list[socket.socket] = []
        self.lab_url = self.agents_url = ""

    def run(self, when_ready: Callable[[dict[str, str]], None]) -> int:
        """Everything from start to stop; returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        begun = time.monotonic()
        try:
            self._start()
            if not self._wait_until_ready():
                return 0
            self._wait_for_template()
            self.say(f"Prêt en {f'{time.monotonic() - begun:.1f}'.replace('.', ',')} s.")
            when_ready(self.addresses())
            if self.options.browser:
                self._open_browser()
            return self._watch()
        finally:
            self._stop()

    def addresses(self) -> dict[str, str]:
        """What to open, by who opens it."""
        return {"formation": self.lab_url, "agents": self.agents_url}

    def say(self, line: str) -> None:
        """Show a line, or not: the terminal may be closed, and everything must still be stopped."""
        with contextlib.suppress(OSError, ValueError):
            self._say(line)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.events.put("stop")

    def _start(self) -> None:
        settings = load_settings()
        self.say(f"Atelier IA démarre pour {settings.collectivite.name}…")
        places = self.places = make_places()
        lab_socket = self._listen(self.options.port, "l'espace de formation")
        agents_socket = self._listen(self.options.agents_port, "les applications des agents")
        lab_port, agents_port = lab_socket.getsockname()[1], agents_socket.getsockname()[1]
        self.agents_url = f"http://{LOOPBACK}:{agents_port}/"
        self.lab_url = f"http://{LOOPBACK}:{lab_port}/?token={self.token}"
        prepare_workspace(places.root)
        lab.write_home_page(places.root, self.agents_url, settings.localise)

        environment = process_environment(places)
        environment = self._with_warm_kernels(places, environment)
        agents_config = places.running / "applications.json"
        AgentsConfig(
            folder=str(places.root / "voila_apps"),
            running=str(places.running),
            cache=str(places.cache / "pages"),
            mark=places.mark,
            commune=settings.collectivite.name,
            pages=self.options.public_pages,
            public_names=settings.collectivite.opinion_hosts,
        ).write(agents_config)
        lab_config = places.running / "formation.json"
        lab.write_config(lab_config, lab.lab_settings(places.root, self.token, lab_port))
        agents = self._server("applications", "voila_server", agents_config, agents_socket, environment)
        self._add(agents, "Applications des agents", lambda: self._agents_answer(agents_port))
        formation = self._server("formation", "lab", lab_config, lab_socket, environment)
        self._add(formation, "Espace de formation (JupyterLab)", lambda: self._lab_answers(lab_port))

    def _with_warm_kernels(self, places: Places, environment: dict[str, str]) -> dict[str, str]:
        """Start the template process of the kernels; `environment` with its address, as it is where there is none."""
        warm = warm_child(places, environment)
        if warm is None:
            return environment
        self.children.append(warm)
        self._launch(warm)
        return environment | {PROVISIONER_VARIABLE: PROVISIONER, WARM_VARIABLE: str(places.warm_socket)}

    def _server(
        self, name: str, module: str, config: Path, listener: socket.socket, environment: dict[str, str]
    ) -> Child:
        """A server of this package (`runtime.<module>`) on a socket already bound, with its configuration file."""
        assert self.places is not None
        descriptor = listener.fileno()
        return Child(
            name=name,
            arguments=[sys.executable, "-m", f"atelier_ia.runtime.{module}", str(descriptor), str(config)],
            environment=environment,
            folder=self.places.root,
            log=self.places.logs / f"{name}.log",
            inherited=(descriptor,),
        )

    def _add(self, child: Child, title: str, answers: Callable[[], bool]) -> None:
        self.children.append(child)
        self.services.append(Service(child, title, answers))
        self._launch(child)

    def _listen(self, port: int, what: str, address: str = LOOPBACK) -> socket.socket:
        listener, moved = listen(address, port)
        self.sockets.append(listener)
        if moved:
            self.say(f"Le port {port} est déjà pris : le {listener.getsockname()[1]} servira pour {what}.")
        return listener

    def _launch(self, child: Child) -> None:
        child.start()
        process = child.process
        assert process is not None

        def wait() -> None:
            process.wait()
            self.events.put(child.name)

        threading.Thread(target=wait, daemon=True, name=f"attente-{child.name}").start()

    def _wait_until_ready(self) -> bool:
        """True when all services answer; False when the person asked to stop meanwhile."""
        waiting = list(self.services)
        deadline, reminder = time.monotonic() + READY_WITHIN, time.monotonic() + 10
        while waiting:
            with contextlib.suppress(queue.Empty):
                while True:
                    event = self.events.get(timeout=0.1)
                    if event == "stop":
                        return False
                    broken = next((service for service in waiting if service.child.name == event), None)
                    if broken is not None:
                        raise AtelierError(
                            f"{broken.title} : le démarrage a échoué ; le détail est dans {broken.child.log}, "
                            "et « atelier diagnostic » cherche la cause."
                        )
            for service in list(waiting):
                if service.answers():
                    waiting.remove(service)
                    self.say(f"  ✓ {service.title}")
            if waiting and time.monotonic() > reminder:
                self.say("  … " + " et ".join(service.title for service in waiting) + " : encore un instant.")
                reminder = time.monotonic() + 15
            if time.monotonic() > deadline:
                raise AtelierError(
                    f"{waiting[0].title} ne répond pas après {READY_WITHIN:.0f} secondes ; le détail est dans "
                    f"{waiting[0].child.log}, et « atelier diagnostic » cherche la cause."
                )
        return True

    def _wait_for_template(self) -> None:
        """Give the template of warm kernels a moment, so that the first application opens as fast as the others."""
        assert self.places is not None
        deadline = time.monotonic() + TEMPLATE_WITHIN
        while self.children[0] not in [service.child for service in self.services]:
            if self.places.warm_socket.exists() or not self.children[0].running or time.monotonic() > deadline:
                return
            time.sleep(0.05)

    def _agents_answer(self, port: int, base: str = "") -> bool:
        body = _fetch(port, f"{base}/pret")
        assert self.places is not None
        with contextlib.suppress(ValueError, AttributeError):
            return bool(json.loads(body).get("lancement") == self.places.mark)
        return False

    def _lab_answers(self, port: int) -> bool:
        return b'"started"' in _fetch(port, "/api/status", {"Authorization": f"token {self.token}"})

    def _watch(self) -> int:
        """Until the person stops; what breaks is said, and started again a few times."""
        while True:
            event = self.events.get()
            if event == "stop":
                return 0
            child = next(child for child in self.children if child.name == event)
            if child.running:
                continue
            service = next((service for service in self.services if service.child is child), None)
            if service is None:  # the template of warm kernels: kernels start normally meanwhile
                if time.monotonic() - child.started_at > 5:
                    self._launch(child)
                continue
            now = time.monotonic()
            service.restarts = [when for when in service.restarts if now - when < _RESTART_WINDOW] + [now]
            if len(service.restarts) > _RESTARTS:
                others = [other for other in self.services if other is not service and other.child.running]
                if not others:
                    raise AtelierError("Plus rien ne fonctionne ; « atelier diagnostic » cherche la cause.")
                self.say(
                    f"{service.title} : arrêt répété, la relance est abandonnée (détail : {child.log}). "
                    f"{others[0].title} continue. Ctrl + C pour tout arrêter."
                )
                continue
            self.say(f"{service.title} : arrêt inattendu (détail : {child.log}), relance à la même adresse…")
            self._launch(child)

    def _open_browser(self) -> None:
        """Open the trainer's page through a private file, so that the token shows in no list of processes."""
        if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return
        assert self.places is not None
        page = self.places.running / "ouvrir.html"
        target = html.escape(self.lab_url, quote=True)
        page.touch(0o600)
        page.write_text(
            f'<!DOCTYPE html><meta charset="utf-8"><title>Atelier IA</title>'
            f'<meta http-equiv="refresh" content="0;url={target}"><a href="{target}">Ouvrir Atelier IA</a>',
            encoding="utf-8",
        )
        threading.Thread(target=webbrowser.open, args=(page.as_uri(),), daemon=True).start()

    def _stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # the clean-up is short; a second Ctrl + C must not cut it
        if any(child.running for child in self.children):
            self.say("Arrêt en cours…")
        for listener in self.sockets:
            listener.close()
        if self.places is not None:
            stop_all(self.children, self.places.mark)
            shutil.rmtree(self.places.running, ignore_errors=True)
        if self.children:
            self.say("Tout est arrêté.")


def _fetch(port: int, path: str, headers: dict[str, str] | None = None) -> bytes:
    """The body of a page of ours, empty when it does not answer 200 at once."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", path, headers=headers or {})
        reply = connection.getresponse()
        return reply.read() if reply.status == 200 else b""
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        connection.close()
