"""Run a command as an ordinary account, wherever Python and the project stand. Needs root; nothing of the host changes.

In a mount namespace of its own, each folder that others may not enter (`/root`…) is covered by one that they may, which
shows only what the command needs.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ACCOUNT = 23_456
ROOT = Path(__file__).resolve().parents[2]


def _closed(path: Path) -> Path | None:
    """The first folder on the way to `path` that other accounts may not enter."""
    ways = [*reversed(path.parents), path]
    return next((way for way in ways if way.is_dir() and not way.stat().st_mode & 0o001), None)


def ordinary_account() -> list[str]:
    """What to put before a command; empty when this machine cannot."""
    if os.getuid() or not shutil.which("unshare") or not shutil.which("setpriv"):
        return []
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        return []
    needed = [Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), ROOT]
    covered: dict[Path, list[Path]] = {}
    for path in needed:
        closed = _closed(path)
        if closed is not None:
            covered.setdefault(closed, []).append(path)
    lines = ["set -e"]
    for number, (closed, paths) in enumerate(covered.items()):
        kept = []
        for rank, path in enumerate(paths):
            aside = f"/proc/self/fd/{10 + 5 * number + rank}"
            lines.append(f"exec {10 + 5 * number + rank}<{shlex.quote(str(path))}")
            kept.append((aside, path))
        lines.append(f"mount -t tmpfs -o mode=0755 ouvert {shlex.quote(str(closed))}")
        for aside, path in kept:
            lines.append(f"mkdir -p {shlex.quote(str(path))}")
            lines.append(f"mount -c --bind {aside} {shlex.quote(str(path))}")
    dropped = f"--reuid {ACCOUNT} --regid {ACCOUNT} --clear-groups --inh-caps=-all --bounding-set=-all"
    lines.append(f'exec setpriv {dropped} -- "$@"')
    return ["unshare", "-m", "--propagation", "private", "bash", "-c", "\n".join(lines), "bash"]
