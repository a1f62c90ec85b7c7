"""The walls around one participant: a bubblewrap sandbox, seen from inside and from outside.

Inside: the programs (read-only), one's own folder, a small private /tmp, and one Unix socket, the desk's. No network at
all, no other process, no other participant's file, no solution, no gradebook, no key, no device. The participant's
server listens on a socket that was opened outside and handed down, so it needs no network of its own.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import atelier_ia

HOME = "/atelier"  # the participant's folder, as seen from inside
DESK = "/guichet"  # the folder of the desk's socket, as seen from inside
MEGABYTE = 2**20
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = ("/etc/fonts", "/etc/ssl/certs", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/timezone")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@dataclass(frozen=True)
class Limits:
    """What one participant may use. Memory and disk in megabytes, processor in cores."""

    memory: int = 1024
    processes: int = 150
    disk: int = 500
    cpu: float = 1.0


@dataclass(frozen=True)
class Seat:
    """One participant's place: their folder, the shared read-only folders, and the folder of the desk's socket."""

    folder: Path
    shared: tuple[tuple[Path, str], ...]  # (here, name under HOME)
    desk: Path
    limits: Limits


@lru_cache(maxsize=1)
def available() -> str:
    """ "" when bubblewrap works on this machine, else why not, as one French sentence with the remedy."""
    program = shutil.which("bwrap")
    if program is None:
        return "bubblewrap n'est pas installé ; installez-le : apt install bubblewrap."
    trial = [program, "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--", "/bin/true"]
    try:
        done = subprocess.run(trial, capture_output=True, timeout=15, check=False)
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done is None or done.returncode:
        return (
            "le système refuse les espaces de noms à bubblewrap ; autorisez-les : "
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu) ou kernel.unprivileged_userns_clone=1."
        )
    return ""


def bubblewrap(seat: Seat) -> list[str]:
    """The command line up to `--`; what follows runs inside. The environment is the caller's to choose."""
    arguments = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--hostname", "salle", "--new-session"]
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            arguments += ["--ro-bind", str(path), str(path)]
    for name in _SETTINGS:
        arguments += ["--ro-bind-try", name, name]
    arguments += ["--proc", "/proc", "--dir", "/dev"]
    for name in _DEVICES:
        arguments += ["--dev-bind-try", name, name]
    for target, size in (("/dev/shm", 64), ("/tmp", 128), ("/run", 1)):
        arguments += ["--size", str(size * MEGABYTE), "--tmpfs", target]
    for path in program_folders():
        arguments += ["--ro-bind", str(path), str(path)]
    arguments += ["--bind", str(seat.folder), HOME]
    for here, name in seat.shared:
        arguments += ["--ro-bind", str(here), f"{HOME}/{name}"]
    # Read-only does not prevent from speaking through the socket, only from removing it.
    return [*arguments, "--ro-bind", str(seat.desk), DESK, "--chdir", HOME]


def program_folders() -> list[Path]:
    """Python, the installed packages and this package's own source; never the project that holds the solutions."""
    wanted = [Path(sys.base_prefix), Path(sys.prefix), Path(atelier_ia.__file__).resolve().parent]
    found: list[Path] = []
    for path in sorted({path.resolve() for path in wanted} | {Path(sys.prefix).absolute()}, key=lambda p: len(p.parts)):
        inside = any(path.is_relative_to(other) for other in (*found, Path("/usr")))
        if not inside:
            found.append(path)
    return found


def set_limits(limits: Limits) -> None:
    """Bound this process and all that it starts, for good. Memory is each process's own (private) memory."""
    for number, value in (
        (resource.RLIMIT_DATA, limits.memory * MEGABYTE),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_FSIZE, limits.disk * MEGABYTE // 4),
        (resource.RLIMIT_NOFILE, 4096),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(number)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(number, (bound, bound))


@lru_cache(maxsize=1)
def cgroup_command() -> tuple[str, ...]:
    """`systemd-run` when this session can make bounded scopes with it, else nothing."""
    program = shutil.which("systemd-run")
    if program is None or not os.environ.get("XDG_RUNTIME_DIR"):
        return ()
    base = (program, *(() if os.getuid() == 0 else ("--user",)), "--scope", "--quiet", "--collect")
    try:
        done = subprocess.run([*base, "-p", "MemoryMax=64M", "/bin/true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return base if done.returncode == 0 else ()


def bounded(command: list[str], limits: Limits) -> list[str]:
    """`command` in a control group of its own (memory, processor, processes) where the system offers it."""
    prefix = cgroup_command()
    if not prefix:
        return command
    properties = [
        f"MemoryMax={limits.memory * 3 // 2}M",
        "MemorySwapMax=0",
        f"CPUQuota={round(limits.cpu * 100)}%",
        f"TasksMax={limits.processes}",
    ]
    return [*prefix, *(part for item in properties for part in ("-p", item)), *command]


def in_force() -> str:
    """What protects the participants from each other on this machine, in French, for the trainer."""
    reason = available()
    if reason:
        return f"AUCUN isolement : {reason}"
    groups = "et groupes de contrôle (systemd)" if cgroup_command() else "par limites de processus et surveillance"
    return f"bac à sable bubblewrap pour chaque personne, sans réseau ; mémoire et processeur bornés {groups}"


def inner_pid(info: int) -> int:
    """The process inside, as numbered outside, from bubblewrap's `--info-fd`."""
    data = b""
    while not data.rstrip().endswith(b"}"):
        piece = os.read(info, 4096)
        if not piece:
            raise OSError("bubblewrap stopped before it was ready")
        data += piece
    return int(json.loads(data)["child-pid"])
