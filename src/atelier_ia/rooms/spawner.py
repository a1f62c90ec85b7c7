"""Starts one participant's server in their sandbox, and finds it again when the hub was restarted."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
from jupyterhub.spawner import Spawner
from traitlets import Bool, Dict, Float, Integer, Unicode

from atelier_ia.folders import DESK_TOKEN_VARIABLE, DESK_VARIABLE
from atelier_ia.rooms import participants, sandbox, seating, watch
from atelier_ia.rooms.keeping import load_keeping, room_folder
from atelier_ia.rooms.options import DESK_SOCKET
from atelier_ia.rooms.seat import LIMITS_VARIABLE, RESET_VARIABLE
from atelier_ia.rooms.store import RoomStore
from atelier_ia.runtime.places import JUPYTER_CONFIG
from atelier_ia.runtime.ports import listen
from atelier_ia.runtime.processes import MARK_VARIABLE
from atelier_ia.settings import ROOT_VARIABLE

_LOOPBACK = "127.0.0.1"
_PATIENCE = 5.0


class RoomSpawner(Spawner):
    """A server per participant: bubblewrap when this machine allows it, and only when told so without."""

    desk_folder = Unicode(config=True, help="Folder that holds the desk's Unix socket, on this machine.")
    nursery = Unicode("", config=True, help="Unix socket of the room's template process; empty: none.")
    isolated = Bool(True, config=True, help="False: no sandbox at all (everybody shares the trainer's account).")
    limits = Dict(config=True, help="memory and disk (megabytes), processes, cpu (cores) of one participant.")
    pid = Integer(0)
    born = Float(0.0)  # when that process started: after a reboot its number may be somebody else's

    _process: subprocess.Popen[bytes] | None = None
    _watching: asyncio.Task[None] | None = None

    async def start(self) -> tuple[str, int]:
        """Open the socket, put the server behind it, say where it is."""
        name = participants.checked(self.user.name)
        listener, _ = listen(_LOOPBACK, 0)
        log = os.open(self._log(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            place = self._place(name, listener.fileno(), log)
            nursery = Path(self.nursery) if self.nursery else None
            self._process = await asyncio.to_thread(seating.start, place, nursery)
            port = int(listener.getsockname()[1])
        finally:
            os.close(log)
            listener.close()
        self.pid = self._process.pid
        self.born = psutil.Process(self.pid).create_time()
        self._watch()
        return _LOOPBACK, port

    def _place(self, name: str, listener: int, log: int) -> seating.Place:
        folder = participants.folder_of(name)
        if not self.isolated:
            participants.link_shared(name)
            environment = self._environment(name, str(folder), self.desk_folder)
            return seating.Place(None, environment, folder, str(folder), listener, log)
        participants.make_mount_points(name)
        limits = sandbox.Limits(**self.limits)
        account = sandbox.own_account(RoomStore(room_folder()).rank(name))
        sandbox.hand_over(folder, account)
        seat = sandbox.Seat(
            folder,
            participants.shared_folders(name),
            Path(self.desk_folder),
            limits,
            account,
            participants.withheld(),
        )
        environment = self._environment(name, sandbox.HOME, sandbox.DESK)
        return seating.Place(seat, environment, folder, sandbox.HOME, listener, log)

    def _environment(self, name: str, home: str, desk: str) -> dict[str, str]:
        """All that the server may know: its own tokens, its folders, and no variable of the trainer's session."""
        socket_path = f"{desk}/{DESK_SOCKET}"
        given = self.get_env()
        here = Path(__file__).with_name("jupyter")
        environment = {key: value for key, value in given.items() if key.startswith(("JUPYTERHUB_", "JPY_"))}
        hub = f"http+unix://{quote(socket_path, safe='')}/hub/api"
        return environment | {
            "JUPYTERHUB_API_URL": hub,
            "JUPYTERHUB_ACTIVITY_URL": f"{hub}/users/{name}/activity",
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
            "HOME": home,
            "USER": name,
            "LOGNAME": name,
            "LANG": "C.UTF-8",
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            ROOT_VARIABLE: home,
            MARK_VARIABLE: os.environ.get(MARK_VARIABLE, ""),
            DESK_VARIABLE: socket_path,
            DESK_TOKEN_VARIABLE: load_keeping().token(name),
            LIMITS_VARIABLE: json.dumps(self.limits),
            RESET_VARIABLE: participants.take_reset(name),
            "JUPYTER_RUNTIME_DIR": f"{home}/var/jupyter/execution" if not self.isolated else "/tmp/j",
            "JUPYTER_CONFIG_DIR": f"{home}/var/jupyter/reglages",
            "JUPYTER_CONFIG_PATH": f"{here}{os.pathsep}{JUPYTER_CONFIG}",
            "JUPYTER_DATA_DIR": f"{home}/var/jupyter/donnees",
            "JUPYTER_PREFER_ENV_PATH": "1",
            "JUPYTERLAB_SETTINGS_DIR": f"{home}/var/jupyter/lab/reglages",
            "JUPYTERLAB_WORKSPACES_DIR": f"{home}/var/jupyter/lab/espaces",
            "IPYTHONDIR": f"{home}/var/ipython",
            "MPLCONFIGDIR": f"{home}/var/matplotlib",
            **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
            "MALLOC_ARENA_MAX": "2",
        }

    def _watch(self) -> None:
        """Keep an eye on this seat until it closes."""
        if self._watching is None or self._watching.done():
            self._watching = asyncio.get_running_loop().create_task(self._oversee())

    async def _oversee(self) -> None:
        name, limits = self.user.name, sandbox.Limits(**self.limits)
        folder = participants.folder_of(name)
        while self.pid:
            await asyncio.sleep(watch.EVERY)
            if self.pid:
                problem = await asyncio.to_thread(watch.overseen, self.pid, folder, limits)
                if problem:
                    await asyncio.to_thread(RoomStore(room_folder()).say, problem, name)

    def _log(self, name: str) -> Path:
        folder = room_folder() / "journaux"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"{name}.log"

    async def poll(self) -> int | None:
        """None while it runs, else its exit status (0 when another hub had started it)."""
        if self._process is not None:
            return self._process.poll()
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(self.pid) if self.pid else None
            if process and process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - self.born) < 2:
                self._watch()
                return None
        return 0

    async def stop(self, now: bool = False) -> None:
        """Ask the server, then end whatever is left of the participant's processes."""
        if await self.poll() is None:
            await asyncio.to_thread(seating.stop, self.pid, 0 if now else _PATIENCE)
            await self.poll()
        self.clear_state()

    def get_state(self) -> dict[str, Any]:
        state: dict[str, Any] = super().get_state()
        return state | ({"pid": self.pid, "born": self.born} if self.pid else {})

    def load_state(self, state: dict[str, Any]) -> None:
        super().load_state(state)
        self.pid, self.born = int(state.get("pid", 0)), float(state.get("born", 0))
        with contextlib.suppress(RuntimeError):  # no loop yet: the first poll will do
            self._watch()

    def clear_state(self) -> None:
        super().clear_state()
        self.pid, self.born, self._process = 0, 0.0, None
