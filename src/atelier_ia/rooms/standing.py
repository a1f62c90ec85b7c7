"""One collectivité's desk and agents' applications on a server, behind a hub that others run (TLJH, cluster).

Run as `python -m atelier_ia.rooms.standing FILE [guichet] [applications]`: both by default, one of them in a container
of its own. `FILE` (TOML, no secret in it) says where the hub is; the secret shared with the hub is in the file that
`ATELIER_SECRET` names, the provider's key and the databases' addresses in the environment, as everywhere.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.errors import AtelierError
from atelier_ia.rooms import marking
from atelier_ia.rooms.authorities import Authority
from atelier_ia.rooms.keeping import Keeping, load_keeping, room_folder
from atelier_ia.rooms.options import DESK_SOCKET, MARKING, RoomOptions, service_environment
from atelier_ia.runtime.launcher import Launcher, Options
from atelier_ia.runtime.places import make_places, process_environment
from atelier_ia.runtime.ports import listens
from atelier_ia.runtime.processes import Child
from atelier_ia.runtime.voila_config import AgentsConfig
from atelier_ia.settings import load_settings

Part = Literal["guichet", "applications"]
PARTS: tuple[Part, ...] = ("guichet", "applications")
HUB_DOOR = "atelier_ia.rooms.hub_door:HubDoor"


class Standing(StrictModel):
    """Where everything listens. `public` is the hub's address as browsers know it."""

    authority: str = Field(alias="collectivite", pattern=r"^[a-z][a-z0-9-]{1,30}$")
    hub: str = Field(pattern=r"^https?://[^/\s]+$")
    public: str = Field("", alias="adresse_publique", pattern=r"^(https?://[^/\s]+/?)?$")
    address: str = Field("127.0.0.1", alias="ecoute")
    desk_folder: str = Field("", alias="dossier_guichet")
    desk_port: int = Field(0, alias="port_guichet", ge=0, le=65535)
    board_port: int = Field(alias="port_tableau", ge=1, le=65535)
    apps_port: int = Field(8866, alias="port_applications", ge=1, le=65535)
    marking_port: int = Field(0, alias="port_correction", ge=0, le=65535)  # 0: no formgrader on this server
    limit: int = Field(0, alias="applications_en_meme_temps", ge=0)

    @property
    def host_names(self) -> tuple[str, ...]:
        """The name under which browsers ask for us."""
        name = urlsplit(self.public).hostname
        return (name,) if name else ()

    @property
    def services(self) -> tuple[str, str, str]:
        """(board, applications, formgrader): their names on the hub."""
        own = Authority.model_validate(
            {"id": self.authority, "nom": self.authority, "guichet": "/-", "tableau": "http://-"}
        )
        return own.board_service, own.apps_service, own.marking_service


class StandingLauncher(Launcher):
    """Starts, watches and restarts what was asked; stops with SIGTERM, as a container or a unit is."""

    keeping: Keeping

    def __init__(self, standing: Standing, parts: tuple[Part, ...], say: Callable[[str], None]) -> None:
        super().__init__(Options(browser=False), say)
        self.standing, self.parts = standing, parts

    def _start(self) -> None:
        self.keeping = load_keeping()
        self.places = make_places()
        environment = process_environment(self.places)
        if "applications" in self.parts:
            self._start_apps(environment)
        if "guichet" in self.parts:
            self._start_desk(environment)
            if self.standing.marking_port:
                self._start_marking(environment)

    def _start_apps(self, environment: dict[str, str]) -> None:
        places, standing = self.places, self.standing
        assert places is not None
        name = standing.services[1]
        listener = self._listen(standing.apps_port, "les applications des agents", standing.address)
        config = places.running / "applications.json"
        AgentsConfig(
            folder=str(places.root / "voila_apps"),
            running=str(places.running),
            cache=str(places.cache / "pages"),
            mark=places.mark,
            commune=load_settings().collectivite.name,
            limit=standing.limit,
            names=standing.host_names,
            identity=HUB_DOOR,
            base_url=f"/services/{name}/",
        ).write(config)
        token = self.keeping.service_token("applications")
        environment = self._with_warm_kernels(places, environment | service_environment(standing.hub, name, token))
        child = self._server("applications", "voila_server", config, listener, environment)
        port = int(listener.getsockname()[1])
        self._add(child, "Applications des agents", lambda: self._agents_answer(port, f"/services/{name}"))

    def _start_desk(self, environment: dict[str, str]) -> None:
        places, standing = self.places, self.standing
        assert places is not None
        name = standing.services[0]
        folder = Path(standing.desk_folder or room_folder())
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        options = RoomOptions(
            folder=str(room_folder()),
            desk_folder=str(folder),
            hub=standing.hub,
            board=name,
            marking=standing.services[2],
            marking_port=standing.marking_port,
            desk_address=standing.address,
            desk_port=standing.board_port,
            inside_port=standing.desk_port,
            inside_address=standing.address,
            commune=load_settings().collectivite.name,
            room_url=standing.public,
            agents_url=f"{standing.public}services/{standing.services[1]}/" if standing.public else "",
        )
        path = places.running / "guichet.json"
        options.write(path)
        token = self.keeping.service_token("tableau")
        desk = Child(
            name="guichet",
            arguments=[sys.executable, "-m", "atelier_ia.rooms.desk_server", str(path)],
            environment=environment | service_environment(standing.hub, name, token),
            folder=places.root,
            log=places.logs / "guichet.log",
        )
        (folder / DESK_SOCKET).unlink(missing_ok=True)
        self._add(desk, "Guichet (correction, modèle, tableau de bord)", (folder / DESK_SOCKET).exists)

    def _start_marking(self, environment: dict[str, str]) -> None:
        places, standing = self.places, self.standing
        assert places is not None
        own = service_environment(standing.hub, standing.services[2], self.keeping.service_token(MARKING))
        child = marking.marking_child(places, environment | own, standing.address, standing.marking_port)
        self._add(child, marking.TITLE, lambda: listens(standing.marking_port))


def main(arguments: list[str]) -> None:
    """Entry point."""

    def say(line: str) -> None:
        print(line, flush=True)

    parts = tuple(part for part in PARTS if part in arguments[1:]) or PARTS
    try:
        if not arguments or set(arguments[1:]) - set(PARTS):
            raise AtelierError("Indiquez le fichier de réglages, puis « guichet », « applications », ou rien.")
        standing = load_toml(Path(arguments[0]), Standing)
        sys.exit(StandingLauncher(standing, parts, say).run(lambda _addresses: None))
    except AtelierError as error:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        print(str(error), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
