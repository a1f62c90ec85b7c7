"""`atelier salle`: the hub, the desk, the agents' applications, started, watched and stopped as one thing."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from atelier_ia.errors import AtelierError
from atelier_ia.rooms import marking, participants, sandbox
from atelier_ia.rooms.certificate import own_certificate
from atelier_ia.rooms.common import IDLE_MINUTES
from atelier_ia.rooms.entrance.settings import PROCONNECT_SECRET, ready_entrances
from atelier_ia.rooms.keeping import Keeping, load_keeping, room_folder
from atelier_ia.rooms.options import DESK_SOCKET, MARKING, RoomOptions, service_environment
from atelier_ia.runtime.launcher import LOOPBACK, Launcher, Options, _fetch
from atelier_ia.runtime.places import make_places, process_environment
from atelier_ia.runtime.ports import listen, listens
from atelier_ia.runtime.processes import Child, end_marked
from atelier_ia.runtime.voila_config import AgentsConfig
from atelier_ia.runtime.warm.template import available as warm_available
from atelier_ia.runtime.warm.template import template_environment
from atelier_ia.settings import load_settings, project_root

ROOM_PORT = 8000
EVERYWHERE = "0.0.0.0"
HUB_CONFIG = Path("deploy") / "hub" / "jupyterhub_config.py"


@dataclass(frozen=True)
class RoomWishes(Options):
    """What the trainer asked on the command line."""

    port: int = ROOM_PORT
    local: bool = False
    address: str = ""
    code: str = ""
    new_code: bool = False
    unprotected: bool = False
    certificate: str = ""
    key: str = ""
    tls: bool = False
    idle_minutes: float = IDLE_MINUTES
    limits: sandbox.Limits = field(default_factory=sandbox.Limits)


class RoomLauncher(Launcher):
    """One room on this machine."""

    wishes: RoomWishes
    keeping: Keeping

    def __init__(self, wishes: RoomWishes, say: Callable[[str], None]) -> None:
        super().__init__(wishes, say)
        self.wishes = wishes
        self.room_url = ""

    def addresses(self) -> dict[str, str]:
        return {
            "participants": self.room_url,
            "formatrice": self.lab_url,
            "agents": self.agents_url,
            "code": self.keeping.code,
            "isolement": sandbox.in_force() if not self.wishes.unprotected else "AUCUN isolement, à votre demande",
        }

    def _start(self) -> None:
        settings = load_settings()
        self.say(f"La salle d'Atelier IA s'ouvre pour {settings.collectivite.name}…")
        reason = sandbox.available()
        if reason and not self.wishes.unprotected:
            raise AtelierError(
                f"Les participants ne peuvent pas être isolés les uns des autres : {reason} "
                "À défaut, et seulement entre personnes de confiance, ajoutez --sans-isolement."
            )
        entrances = ready_entrances()
        self.keeping = load_keeping(new_code=self.wishes.new_code, code=self.wishes.code)
        folder = room_folder()
        _end_previous(folder)
        places = self.places = make_places()
        (folder / "lancement").write_text(places.mark, encoding="utf-8")
        desk_folder = places.running / "g"
        desk_folder.mkdir(mode=0o755)  # in a private folder: only mounts lead here
        address = LOOPBACK if self.wishes.local else (self.wishes.address or EVERYWHERE)
        apps_socket = self._listen(self.options.agents_port, "les applications des agents", address)
        apps_port = apps_socket.getsockname()[1]
        hub_port, proxy_port, desk_port, marking_port = (free_port(LOOPBACK, 0) for _ in range(4))
        port = free_port(address, self.wishes.port)
        if port != self.wishes.port and self.wishes.port:
            self.say(f"Le port {self.wishes.port} est déjà pris : la salle utilisera le port {port}.")
        certificate, key = self.wishes.certificate, self.wishes.key
        shown = LOOPBACK if self.wishes.local else (self.wishes.address or lan_address())
        if self.wishes.tls and not certificate:
            certificate, key = map(str, own_certificate(shown))
        scheme = "https" if certificate else "http"
        self.room_url = f"{scheme}://{shown}:{port}/"
        self.agents_url = f"http://{shown}:{apps_port}/"
        self.lab_url = (
            f"{scheme}://{LOOPBACK}:{port}/hub/login?next=%2Fservices%2Fsalle%2F#formatrice={self.keeping.trainer_key}"
        )
        options = RoomOptions(
            folder=str(folder),
            desk_folder=str(desk_folder),
            address=address,
            port=port,
            hub_port=hub_port,
            proxy_port=proxy_port,
            desk_port=desk_port,
            apps_port=apps_port,
            marking_port=marking_port if entrances.listed else 0,
            nursery=str(places.running / "pouponniere") if self._warm() else "",
            commune=settings.collectivite.name,
            isolated=not self.wishes.unprotected,
            simulated=settings.assistant.provider == "simulateur",
            concurrent_starts=max(2, (psutil.cpu_count() or 2)),
            idle_minutes=self.wishes.idle_minutes,
            certificate=certificate,
            key=key,
            room_url=self.room_url,
            agents_url=self.agents_url,
            limits=asdict(self.wishes.limits),
        )
        options_file = places.running / "salle.json"
        options.write(options_file)
        participants.write_home_page(settings)
        environment = process_environment(places)
        environment.pop(PROCONNECT_SECRET, None)  # the hub's alone
        self._start_apps(settings.collectivite.name, environment, apps_socket)
        self._start_nursery(options, environment)
        self._start_desk_and_hub(options, options_file, environment)

    def _warm(self) -> bool:
        """Can servers be forked ready-made into sandboxes here?"""
        return warm_available() and not self.wishes.unprotected

    def _start_nursery(self, options: RoomOptions, environment: dict[str, str]) -> None:
        places = self.places
        assert places is not None
        if not options.nursery:
            return
        nursery = Child(
            name="pouponniere",
            arguments=[sys.executable, "-m", "atelier_ia.rooms.nursery", options.nursery],
            environment=template_environment(environment),
            folder=places.running,
            log=places.logs / "pouponniere.log",
        )
        self._add(nursery, "Places prêtes d'avance", Path(options.nursery).exists)

    def _start_apps(self, commune: str, environment: dict[str, str], listener: socket.socket) -> None:
        places = self.places
        assert places is not None
        environment = self._with_warm_kernels(places, environment)
        config = places.running / "applications.json"
        AgentsConfig(
            folder=str(places.root / "voila_apps"),
            running=str(places.running),
            cache=str(places.cache / "pages"),
            mark=places.mark,
            commune=commune,
            code=self.keeping.code,
        ).write(config)
        port = listener.getsockname()[1]
        child = self._server("applications", "voila_server", config, listener, environment)
        self._add(child, "Applications des agents", lambda: self._agents_answer(port))

    def _start_desk_and_hub(self, options: RoomOptions, path: Path, environment: dict[str, str]) -> None:
        places = self.places
        assert places is not None
        desk_socket = Path(options.desk_folder) / DESK_SOCKET
        desk = Child(
            name="guichet",
            arguments=[sys.executable, "-m", "atelier_ia.rooms.desk_server", str(path)],
            environment=environment
            | service_environment(options.hub_address, options.board, self.keeping.service_token("tableau")),
            folder=places.root,
            log=places.logs / "guichet.log",
        )
        self._add(desk, "Guichet (correction, modèle, tableau de bord)", desk_socket.exists)
        without_keys = {name: value for name, value in environment.items() if not name.endswith(("_API_KEY", "_KEY"))}
        hub = Child(
            name="salle",
            arguments=[sys.executable, "-m", "jupyterhub", "-f", str(project_root() / HUB_CONFIG)],
            environment=without_keys | {"ATELIER_SALLE": str(path)} | _entrance_secrets(),
            folder=Path(options.folder),
            log=places.logs / "salle.log",
        )
        plain = not options.certificate
        self._add(
            hub,
            "Salle (entrée et carnets)",
            lambda: bool(_fetch(options.port, "/hub/api")) if plain else listens(options.port),
        )

        if options.marking_port:
            self._start_marking(options, environment)

    def _start_marking(self, options: RoomOptions, environment: dict[str, str]) -> None:
        places = self.places
        assert places is not None
        own = service_environment(options.hub_address, MARKING, self.keeping.service_token(MARKING))
        child = marking.marking_child(places, environment | own, LOOPBACK, options.marking_port)
        self._add(child, marking.TITLE, lambda: listens(options.marking_port))


def _entrance_secrets() -> dict[str, str]:
    """The secrets of the hub's entrances, as the launcher was given them."""
    return {PROCONNECT_SECRET: os.environ[PROCONNECT_SECRET]} if PROCONNECT_SECRET in os.environ else {}


def _end_previous(folder: Path) -> None:
    """End what a launcher killed without warning may have left behind."""
    with contextlib.suppress(FileNotFoundError):
        mark = (folder / "lancement").read_text(encoding="utf-8").strip()
        if mark:
            end_marked(mark)


def free_port(address: str, port: int) -> int:
    """A port that is free now on that address, `port` or one after it."""
    listener, _ = listen(address, port)
    number = int(listener.getsockname()[1])
    listener.close()
    return number


def lan_address() -> str:
    """The address under which the room's other computers see this one; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    for addresses in psutil.net_if_addrs().values():
        for item in addresses:
            if item.family == socket.AF_INET and not item.address.startswith("127."):
                return str(item.address)
    return LOOPBACK
