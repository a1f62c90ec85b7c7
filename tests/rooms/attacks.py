# ruff: noqa
"""What a malicious participant tries from a notebook cell. `ROOT`, `PORTS` and `WITNESS` are set before; prints what it obtained.

Never run by the tests themselves: its text is sent to a kernel of the room.
"""

import ctypes
import json
import os
import resource
import socket
import sys
from pathlib import Path

import atelier_ia
from atelier_ia.training import desk

libc = ctypes.CDLL(None, use_errno=True)
got = []


def refused_unless(obtained):
    if not obtained:
        raise PermissionError("refused")


def attempt(name, action):
    try:
        action()
    except Exception:
        return
    got.append(name)


def reach(host, port):
    with socket.create_connection((host, port), timeout=2):
        pass


def ask(method, path, token, body=None):
    kept, os.environ["ATELIER_GUICHET_JETON"] = os.environ["ATELIER_GUICHET_JETON"], token
    try:
        return desk.ask(method, path, body)
    finally:
        os.environ["ATELIER_GUICHET_JETON"] = kept


def others():
    lines = [Path(f"/proc/{name}/cmdline").read_bytes() for name in os.listdir("/proc") if name.isdigit()]
    return [line for line in lines if b"desk_server" in line or b"jupyterhub_config" in line or len(lines) > 12]


def environments():
    return b"".join(Path(f"/proc/{name}/environ").read_bytes() for name in os.listdir("/proc") if name.isdigit())


own = os.environ["ATELIER_GUICHET_JETON"]
hub = os.environ["JUPYTERHUB_API_TOKEN"]
for place in ("solutions", "var", "tests", "var/gradebook.db", "var/exchange", "var/salle/salle.json"):
    attempt(f"see {place}", lambda: os.stat(f"{ROOT}/{place}"))  # noqa: F821
attempt("a rubric", lambda: open("/atelier/solutions/s3_m1_consigne/bareme.toml").read())
attempt("a key", lambda: open("/atelier/sandbox_data/arretes/cle.toml").read())
attempt("the trainer's notes", lambda: open("/atelier/notebooks/s3_referents/m4_arretes.toml").read())
attempt("accounts", lambda: open("/etc/shadow").read())
attempt("the trainer's home", lambda: open("/root/.bashrc").read())
for port in PORTS:  # noqa: F821
    attempt(f"port {port}", lambda: reach("127.0.0.1", port))
attempt("the outside", lambda: reach("192.0.2.1", 80))
attempt("other processes", lambda: refused_unless(others()))
attempt("a key in an environment", lambda: refused_unless(b"_KEY=" in environments() or WITNESS in environments()))  # noqa: F821
for path in ("/atelier/sandbox_data/x", "/atelier/atelier.toml", "/atelier/de_la_formatrice/x", "/usr/x", "/guichet/x"):
    attempt(f"write {path}", lambda: open(path, "w"))
attempt("write the source", lambda: open(os.path.dirname(atelier_ia.__file__) + "/x", "w"))
attempt("write the packages", lambda: open(sys.prefix + "/x", "w"))
attempt("remove the desk", lambda: os.unlink("/guichet/guichet.sock"))
attempt("mount", lambda: refused_unless(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0))
attempt("remount", lambda: refused_unless(libc.mount(None, b"/atelier/sandbox_data", None, 4128, None) == 0))
attempt("another namespace", lambda: refused_unless(libc.setns(os.open("/proc/1/ns/mnt", os.O_RDONLY), 0) == 0))
attempt("chroot", lambda: os.chroot("/tmp"))
attempt("become root", lambda: (refused_unless(os.getuid()), os.setuid(0)))
attempt("be root", lambda: refused_unless(os.getuid() == 0 and "0 0 4294967295" in open("/proc/self/uid_map").read()))
attempt("a device", lambda: os.mknod("/tmp/disk", 0o60600, os.makedev(8, 0)))
attempt("kernel settings", lambda: os.close(os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY)))
attempt("more memory", lambda: resource.setrlimit(resource.RLIMIT_DATA, (-1, -1)))
attempt("another's token", lambda: ask("GET", "/devoirs", "anne-marie." + own.rpartition(".")[2]))
attempt("no token", lambda: ask("GET", "/devoirs", ""))
attempt("a path in a name", lambda: ask("GET", "/devoirs/../../solutions", own))
attempt("hand in elsewhere", lambda: ask("POST", "/rendre", {"devoir": "../../x", "carnet": "e30="}, own))
for path in ("users", "proxy", "users/anne-marie", "../api/users", "shutdown", "users/anne-marie/tokens"):
    attempt(f"hub {path}", lambda: ask("GET", f"/hub/api/{path}", hub))
public = json.dumps(ask("GET", "/devoirs/s3_m1_consigne", own), ensure_ascii=False)
print(json.dumps({"got": got, "public": public, "environ": sorted(os.environ)}))
