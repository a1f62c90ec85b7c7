"""Atelier IA on The Littlest JupyterHub: a plugin that installs our locked environment and sets the hub.

TLJH keeps what it does well (Linux accounts, systemd limits, Traefik, certificates, `tljh-config`). Ours: one unit that
holds the desk and the agents' applications, participants' servers that run our environment, French pages. Participants'
accounts read the programs, never the solutions nor what the course produces.

The project stands in `/srv/atelier-ia` (`ATELIER_IA_DOSSIER` when the installer runs names another place).
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tljh.hooks import hookimpl

SOURCE = Path(os.environ.get("ATELIER_IA_DOSSIER", "/srv/atelier-ia"))
SETTINGS = Path(os.environ.get("ATELIER_IA_REGLAGES", "/etc/atelier-ia"))
ACCOUNT = "atelier-ia"
UNIT = "atelier-ia.service"
UNITS = Path("/etc/systemd/system")
HOME = "atelier"  # the participant's folder, in the one of their Linux account
PRIVATE = ("solutions", "var", "formatrice")  # of the project: for the service's account alone
# Measured figures: src/atelier_ia/rooms/couts.toml. A participant at work holds about 150 MB; a cell may want more.
MEMORY, CPU, PROCESSES = "1G", 1.0, 150
IDLE, LONGEST = 7200, 36_000  # seconds: without browser; at all
NAME = "mairie"  # of the town hall among the groups of the hub


@hookimpl
def tljh_extra_apt_packages() -> list[str]:
    """What the programs and the documents need of Debian or Ubuntu."""
    return ["bubblewrap", "fonts-dejavu-core", "git", "make", "python3-venv", "util-linux"]


@hookimpl
def tljh_config_post_install(config: dict[str, Any]) -> None:
    """Limits and culling in `tljh-config`, where the administrator finds them; what they chose stays."""
    limits = config.setdefault("limits", {})
    limits.setdefault("memory", MEMORY)
    limits.setdefault("cpu", CPU)
    cull = config.setdefault("services", {}).setdefault("cull", {})
    for key, value in (("enabled", True), ("timeout", IDLE), ("every", 300), ("max_age", LONGEST)):
        cull.setdefault(key, value)
    config.setdefault("user_environment", {}).setdefault("default_app", "jupyterlab")


@hookimpl
def tljh_post_install() -> None:
    """Environment, account, rights, secret, unit. Each step does nothing when it was done before."""
    run("bash", str(SOURCE / "deploy" / "install.sh"), "start", cwd=SOURCE)
    if subprocess.run(["id", ACCOUNT], capture_output=True, check=False).returncode:
        run("useradd", "--system", "--home-dir", str(SOURCE), "--shell", "/usr/sbin/nologin", ACCOUNT)
    shut_away(SOURCE)
    keep_secret(SETTINGS)
    write_settings(SETTINGS)
    UNITS.joinpath(UNIT).write_text(unit(), encoding="utf-8")
    run("systemctl", "daemon-reload")
    run("systemctl", "enable", "--now", UNIT)
    run("systemctl", "restart", "jupyterhub")  # TLJH started it before us


@hookimpl
def tljh_custom_jupyterhub_config(c: Any) -> None:
    """Our hub's settings, over TLJH's own: who belongs to the town hall, what a server runs, the two services.

    TLJH starts its hub once before `tljh_post_install`: it is then TLJH's own.
    """
    if not (SETTINGS / "collectivites.toml").exists():
        return
    source = str(SOURCE / "src")
    if source not in sys.path:
        sys.path.append(source)
    from atelier_ia.rooms.authorities import load_authorities
    from atelier_ia.rooms.hosted import configure

    known = load_authorities(SETTINGS / "collectivites.toml")
    connexion = SETTINGS / "connexion.toml"  # ProConnect and Moodle; without it, TLJH's own log-in
    python = str(SOURCE / ".venv" / "bin" / "python")
    configure(c, known, SETTINGS / "secrets", python, connexion if connexion.exists() else None)
    c.Spawner.environment = {**c.Spawner.get("environment", {}), "ATELIER_MAISON": HOME}
    spawner = c.SystemdSpawner
    spawner.isolate_tmp = True
    spawner.isolate_devices = True
    spawner.disable_user_sudo = True
    spawner.unit_extra_properties = {
        **spawner.get("unit_extra_properties", {}),
        "TasksMax": str(PROCESSES),
        "MemorySwapMax": "0",
        "ProtectSystem": "full",
        "ProtectProc": "invisible",
        # The hub, the proxy and the desk are on this machine: a notebook has nothing to look for outside.
        "IPAddressDeny": "any",
        "IPAddressAllow": "localhost",
    }


def run(*command: str, cwd: Path | None = None) -> None:
    """A command of the system; the installation stops when it fails."""
    subprocess.run(command, cwd=cwd, check=True)


def shut_away(source: Path) -> None:
    """Participants' accounts may read the programs; rubrics and everything produced are the service's alone."""
    for name in PRIVATE:
        folder = source / name
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
    (source / "atelier.toml").chmod(0o644)
    if os.getuid() == 0:
        for name in PRIVATE:
            run("chown", "-R", f"{ACCOUNT}:", str(source / name))


def keep_secret(settings: Path) -> Path:
    """What hub and desk share, made once: the hub (root) reads it in its folder, the service in its own copy."""
    folder = settings / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.chmod(0o755)
    kept, copy = folder / NAME, settings / "secret-du-service"
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    shutil.copyfile(kept, copy)
    copy.chmod(0o600)
    if os.getuid() == 0:
        run("chown", f"{ACCOUNT}:", str(copy))
    return kept


def write_settings(settings: Path) -> None:
    """The two files that an administrator completes; those that exist stay."""
    for name, text in (("collectivites.toml", AUTHORITIES), ("service.toml", STANDING)):
        path = settings / name
        if not path.exists():
            path.write_text(text, encoding="utf-8")


def unit() -> str:
    """The systemd unit of the desk and the applications."""
    return f"""[Unit]
Description=Atelier IA : guichet et applications des agents
After=network.target

[Service]
User={ACCOUNT}
WorkingDirectory={SOURCE}
ExecStart={SOURCE}/.venv/bin/python -m atelier_ia.rooms.standing {SETTINGS}/service.toml
Environment=PYTHONUTF8=1 ATELIER_RACINE={SOURCE} ATELIER_SECRET={SETTINGS}/secret-du-service
# Les clés des fournisseurs et l'adresse des bases, une par ligne (NOM=valeur), lisibles par root seul.
EnvironmentFile=-{SETTINGS}/service.env
RuntimeDirectory=atelier-ia
RuntimeDirectoryMode=0755
TimeoutStopSec=40
Restart=on-failure
UMask=0077
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={SOURCE}/var /run/atelier-ia
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
"""


AUTHORITIES = """# Qui peut entrer. Les noms sont ceux des comptes du hub ; l’entrée par annuaire peut aussi donner
# le groupe « collectivite-mairie » (agents) ou « formatrices-mairie » (formatrices).
[[collectivites]]
id = "mairie"
nom = "Votre collectivité"
guichet = "/run/atelier-ia/guichet.sock"
tableau = "http://127.0.0.1:15101"
applications = "http://127.0.0.1:15102"
correction = "http://127.0.0.1:15103"
personnes = []
formatrices = []
"""
STANDING = """# Le guichet et les applications, sur ce serveur. TLJH ouvre le hub sur le port 15001.
collectivite = "mairie"
hub = "http://127.0.0.1:15001"
adresse_publique = ""  # celle que tapent les agents, par exemple "https://atelier.mairie.example/"
ecoute = "127.0.0.1"
dossier_guichet = "/run/atelier-ia"
port_tableau = 15101
port_applications = 15102
port_correction = 15103
"""
