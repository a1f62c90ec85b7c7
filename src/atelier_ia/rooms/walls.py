"""Enter the sandbox of another process: namespaces joined, privileges dropped, for good. Linux only.

bubblewrap builds the walls around a tiny process that only waits; a process forked from the room's template joins it
here, so that everybody is walled in and still shares the template's memory.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from pathlib import Path

_CLONE_NEWNS, _CLONE_NEWCGROUP, _CLONE_NEWUTS, _CLONE_NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
_CLONE_NEWUSER, _CLONE_NEWPID, _CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
ALL = _CLONE_NEWUSER | _CLONE_NEWNS | _CLONE_NEWPID | _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWUTS | _CLONE_NEWCGROUP
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 1, 24, 38, 47, 4
_CAPABILITY_VERSION_3 = 0x20080522


class WallsError(OSError):
    """The sandbox could not be entered: nothing may run."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise WallsError(number, f"{what}: {os.strerror(number)}")


def control_group(pid: int) -> Path:
    """The folder of that process's control group (unified hierarchy).

    Raises:
        OSError: that process is gone, or its machine has no such hierarchy.
    """
    for line in Path(f"/proc/{pid}/cgroup").read_text().splitlines():
        if line.startswith("0::"):
            return Path("/sys/fs/cgroup", line[3:].lstrip("/"))
    raise OSError("no unified control groups")


def join_control_group(pid: int) -> None:
    """Count with the control group of `pid` (memory, processor), where there is one that we may join."""
    with contextlib.suppress(OSError):
        (control_group(pid) / "cgroup.procs").write_text(str(os.getpid()))


def enter(pid: int, *, own_user_namespace: bool) -> None:
    """Join all namespaces of `pid`; the next child is inside for good. One thread only.

    Raises:
        WallsError: the system refuses, or that process is gone.
    """
    try:
        process = os.pidfd_open(pid)
    except OSError as error:
        raise WallsError(error.errno, "the sandbox is gone") from None
    try:
        _checked(_libc().setns(process, ALL if own_user_namespace else ALL & ~_CLONE_NEWUSER), "setns")
    finally:
        os.close(process)


def drop_privileges(account: int = 0) -> None:
    """Become `account` (root only), with no capability now or after any exec, and none to be gained."""
    libc = _libc()
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        _checked(libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0), "bounding set")
    _checked(libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0), "ambient set")
    if account:
        os.setgroups([])
        os.setresgid(account, account, account)
        os.setresuid(account, account, account)
    _checked(libc.capset(ctypes.byref(_Header(_CAPABILITY_VERSION_3, 0)), (_Sets * 2)()), "capset")
    _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def die_with(parent: int, signum: int) -> None:
    """Receive `signum` when the parent dies; end at once when it already has."""
    _checked(_libc().prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0), "parent death signal")
    if os.getppid() != parent:
        os._exit(0)
