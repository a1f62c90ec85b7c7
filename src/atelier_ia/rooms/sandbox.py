"""The walls around one participant: a bubblewrap sandbox, seen from inside and from outside.

Inside: the programs (read-only), one's own folder, a small private /tmp, and one Unix socket, the desk's. No network at
all, no other process, no other participant's file, no solution, no gradebook, no key, no device. The participant's
server listens on a socket that was opened outside and handed down, so it needs no network of its own.

Started by an ordinary account, the walls come with a user namespace. Started by root there is none, since a process
that stays root behind the walls could still write the kernel's settings: each participant becomes an account number of
their own, which owns nothing else on the machine.
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
from typing import TYPE_CHECKING

import atelier_ia
from atelier_ia.errors import AtelierError
from atelier_ia.rooms import groups
from atelier_ia.runtime.lab import FONTS

if TYPE_CHECKING:
    from atelier_ia.runtime.environment_check import Finding

HOME = "/atelier"  # the participant's folder, as seen from inside
DESK = "/guichet"  # the folder of the desk's socket, as seen from inside
MEGABYTE = 2**20
FIRST_ACCOUNT = 210_000  # the accounts of participants when root opens the room: no system uses these numbers
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
    account: int = 0  # the account number to become (root only), 0 to stay who we are
    withheld: tuple[str, ...] = ()  # files of the shared folders that stay unseen (names under HOME)


@lru_cache(maxsize=1)
def available() -> str:
    """ "" when bubblewrap works on this machine, else why not, as one French sentence with the remedy."""
    program = shutil.which("bwrap")
    if program is None:
        return "bubblewrap n'est pas installé ; installez-le : apt install bubblewrap."
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        return "setpriv manque ; installez le paquet util-linux."
    trial = [program, *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "--", "/bin/true"]
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


def _namespaces() -> tuple[str, ...]:
    if os.getuid():
        return ("--unshare-all",)
    return ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")


def inside(seat: Seat, command: list[str]) -> list[str]:
    """`command` as the participant's own account, without any privilege."""
    if not seat.account:
        return command
    number = str(seat.account)
    dropped = ("--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs")
    return ["/usr/bin/setpriv", "--reuid", number, "--regid", number, *dropped, "--", *command]


def own_account(number: int) -> int:
    """The account of the `number`-th participant: one of their own when we are root, else 0."""
    return FIRST_ACCOUNT + number if os.getuid() == 0 else 0


def hand_over(folder: Path, account: int) -> None:
    """Give the folder and all that is in it to that account; links are not followed. Nothing when it has it already."""
    if not account or folder.stat().st_uid == account:
        return
    for _, folders, files, here in os.fwalk(folder, follow_symlinks=False):
        for name in (*folders, *files):
            os.chown(name, account, account, dir_fd=here, follow_symlinks=False)
    os.chown(folder, account, account)


def bubblewrap(seat: Seat) -> list[str]:
    """The command line up to `--`; what follows runs inside. The environment is the caller's to choose."""
    if os.getuid() == 0 and not seat.account:
        raise AtelierError("Un participant ne peut pas travailler sous le compte root ; donnez-lui un compte.")
    arguments = [shutil.which("bwrap") or "bwrap", *_namespaces(), "--hostname", "salle", "--new-session"]
    for path in map(Path, _SYSTEM):
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            arguments += ["--ro-bind", str(path), str(path)]
    for name in ("/etc", "/etc/ssl"):  # bubblewrap would make them for their owner only
        arguments += ["--perms", "0755", "--dir", name]
    for name in _SETTINGS:
        arguments += ["--ro-bind-try", name, name]
    arguments += ["--proc", "/proc", "--dir", "/dev"]
    for name in _DEVICES:
        arguments += ["--dev-bind-try", name, name]
    for target, size in (("/dev/shm", 64), ("/tmp", 128), ("/run", 1)):
        arguments += ["--perms", "1777", "--size", str(size * MEGABYTE), "--tmpfs", target]
    made: set[Path] = {Path("/"), Path("/tmp")}
    for path in program_folders():
        for parent in reversed(path.parents):
            if parent not in made:
                arguments += ["--perms", "0755", "--dir", str(parent)]
                made.add(parent)
        arguments += ["--ro-bind", str(path), str(path)]
    arguments += ["--bind", str(seat.folder), HOME]
    for here, name in seat.shared:
        arguments += ["--ro-bind", str(here), f"{HOME}/{name}"]
    for name in seat.withheld:
        arguments += ["--ro-bind", "/dev/null", f"{HOME}/{name}"]
    # Read-only does not prevent from speaking through the socket, only from removing it.
    return [*arguments, "--ro-bind", str(seat.desk), DESK, "--chdir", HOME]


def program_folders() -> list[Path]:
    """Python, the installed packages, this package's own source, fonts; never the project that holds the solutions."""
    wanted = [Path(sys.base_prefix), Path(sys.prefix), Path(atelier_ia.__file__).resolve().parent, FONTS]
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


def bounded(command: list[str], limits: Limits) -> list[str]:
    """`command` in a control group of its own (memory, processor, processes) where the system offers it."""
    properties = [
        f"MemoryMax={limits.memory * 2}M",  # above what the watch allows: it tells people apart, the kernel is quicker
        "MemorySwapMax=0",
        f"CPUQuota={round(limits.cpu * 100)}%",
        f"TasksMax={limits.processes}",
    ]
    return groups.offered().around(command, properties)


def in_force() -> str:
    """What protects the participants from each other on this machine, in French, for the trainer."""
    reason = available()
    if reason:
        return f"AUCUN isolement : {reason}"
    return f"bac à sable bubblewrap pour chaque personne, sans réseau ; {limits_in_force()}"


def check_seats() -> Finding:
    """What `atelier diagnostic` says of this machine as a training room."""
    reason = available()
    if not reason:
        return "ok", in_force(), ""
    return (
        "attention",
        "participants impossibles à isoler : « atelier salle » n'ouvrira pas",
        reason[:1].upper() + reason[1:],
    )


def limits_in_force() -> str:
    """What keeps one participant from taking everything on this machine, in French."""
    always = "mémoire, processus et disque bornés par le noyau et surveillés"
    held = [french for name, french in groups.FRENCH.items() if name in groups.offered().controllers]
    if not held:
        return f"{always}, processeur partagé (pas de groupe de contrôle : systemd n'en offre pas ici)"
    return f"{always} ; groupes de contrôle de systemd : {', '.join(held)}"


def inner_pid(info: int) -> int:
    """The process inside, as numbered outside, from bubblewrap's `--info-fd`."""
    data = b""
    while not data.rstrip().endswith(b"}"):
        piece = os.read(info, 4096)
        if not piece:
            raise OSError("bubblewrap stopped before it was ready")
        data += piece
    return int(json.loads(data)["child-pid"])
