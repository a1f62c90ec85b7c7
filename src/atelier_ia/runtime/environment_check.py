"""`atelier diagnostic`: what this machine has, what it lacks, and the remedy; one line per requirement.

Nothing is changed and nothing personal is sent: the provider, when one is chosen, is asked one question of a few words.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from atelier_ia.errors import AtelierError
from atelier_ia.runtime.warm.template import available as warm_available
from atelier_ia.settings import data_folder, load_settings, project_root

State = Literal["ok", "attention", "manque"]
PORTS = (8888, 8866)
BROWSERS = ("firefox", "chromium", "chromium-browser", "google-chrome", "microsoft-edge", "brave-browser")
SPACE_NEEDED, SPACE_WISHED = 200 * 2**20, 2 * 2**30  # bytes
_LOCK_LINE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")


@dataclass(frozen=True)
class Check:
    """One requirement: `attention` still works, `manque` does not; `remedy` is empty when all is well."""

    id: str
    title: str
    state: State
    detail: str
    remedy: str = ""


Finding = tuple[State, str, str]


def run_checks(*others: tuple[str, str, Callable[[], Finding]]) -> list[Check]:
    """All checks, in the order in which they are shown, then `others`; none raises."""
    return [_safely(identifier, title, check) for identifier, title, check in (*CHECKS, *others)]


def _safely(identifier: str, title: str, check: Callable[[], Finding]) -> Check:
    try:
        state, detail, remedy = check()
    except AtelierError as error:
        state, detail, remedy = "manque", str(error), "Corrigez ce point, puis relancez « atelier diagnostic »."
    except Exception as error:
        state, detail = "attention", f"vérification impossible ({type(error).__name__})"
        remedy = "Signalez-le à la personne qui maintient l'outil."
    return Check(identifier, title, state, detail, remedy)


def _settings() -> Finding:
    settings = load_settings()
    return "ok", f"atelier.toml : {settings.collectivite.name}, {len(settings.services)} services", ""


def _python() -> Finding:
    from packaging.specifiers import SpecifierSet

    found = ".".join(str(part) for part in sys.version_info[:3])
    wanted = importlib.metadata.metadata("atelier-ia")["Requires-Python"]
    if found not in SpecifierSet(wanted, prereleases=True):
        return "manque", found, "Installez Python 3.11 ou plus récent, puis relancez « make start »."
    return "ok", f"{found} ({sys.executable})", ""


def _packages() -> Finding:
    lock = project_root() / "requirements.lock"
    if not lock.is_file():
        return "attention", "requirements.lock est absent", "Reprenez ce fichier dans la livraison d'origine."
    wanted = locked_versions(lock.read_text(encoding="utf-8"))
    wrong = []
    for name, version in wanted.items():
        try:
            if importlib.metadata.version(name) != version:
                wrong.append(name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(name)
    if not wrong:
        return "ok", f"{len(wanted)} paquets, tous aux versions verrouillées", ""
    shown = ", ".join(sorted(wrong)[:4]) + ("…" if len(wrong) > 4 else "")
    return (
        "attention",
        f"paquets absents ou d'une autre version, {len(wrong)} sur {len(wanted)} : {shown}",
        "Relancez « make start » : il remet les versions prévues.",
    )


def locked_versions(text: str) -> dict[str, str]:
    """Name → version of the packages that a lock file wants on this machine (markers applied)."""
    from packaging.markers import Marker

    found = {}
    for line in text.splitlines():
        match = _LOCK_LINE.match(line)
        if match and (not match[3] or Marker(match[3]).evaluate()):
            found[match[1]] = match[2]
    return found


def _folders() -> Finding:
    for folder in (data_folder(), Path(tempfile.gettempdir())):
        try:
            with tempfile.NamedTemporaryFile(dir=folder):
                pass
        except OSError as error:
            return "manque", f"{folder} : {error.strerror}", f"Donnez le droit d'écrire dans {folder}."
    return "ok", str(data_folder()), ""


def _space() -> Finding:
    free = shutil.disk_usage(data_folder()).free
    shown = f"{free / 2**30:.1f} Go libres".replace(".", ",")
    if free < SPACE_NEEDED:
        return "manque", shown, "Libérez au moins 200 Mo sur ce disque."
    if free < SPACE_WISHED:
        return "attention", shown, "Libérez 2 Go pour être tranquille pendant une formation."
    return "ok", shown, ""


def _ports() -> Finding:
    busy = []
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                busy.append(str(port))
    if busy:
        return "attention", f"déjà pris : {', '.join(busy)}", "Rien à faire : le lancement prend le port suivant."
    return "ok", f"{PORTS[0]} et {PORTS[1]} sont libres", ""


def _browser() -> Finding:
    found = next((name for name in BROWSERS if shutil.which(name)), None)
    if found is None:
        try:
            found = webbrowser.get().__class__.__name__
        except webbrowser.Error:
            return (
                "attention",
                "aucun trouvé sur ce poste",
                "Installez Firefox ou Chromium, ou ouvrez les adresses depuis un autre poste autorisé.",
            )
    return "ok", found, ""


def _sandbox() -> Finding:
    program = shutil.which("bwrap")
    if program is None:
        return (
            "attention",
            "bubblewrap est absent : les copies seraient corrigées sans isolement",
            "Installez-le : apt install bubblewrap.",
        )
    test = [program, "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-all", "--", "/bin/true"]
    done = subprocess.run(test, capture_output=True, timeout=10, check=False)
    if done.returncode:
        return (
            "attention",
            "bubblewrap est installé mais le système le refuse",
            "Autorisez les espaces de noms : sysctl -w kernel.unprivileged_userns_clone=1, ou AppArmor pour bwrap.",
        )
    return "ok", "bubblewrap isole les copies corrigées", ""


def _provider() -> Finding:
    from atelier_ia.assistant.check import check_provider

    ok, sentence = check_provider(load_settings())  # with the simulator, nothing leaves the machine
    detail = sentence.rstrip(".")
    return (
        ("ok", detail, "")
        if ok
        else ("manque", detail, "Faites ce que dit cette phrase (docs/fournisseurs.md), puis relancez.")
    )


def _fonts() -> Finding:
    places = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/System/Library/Fonts"),
        Path("C:/Windows/Fonts"),
    )
    if any(next(folder.rglob("*.tt?"), None) for folder in places if folder.is_dir()):
        return "ok", "polices du système trouvées", ""
    return "attention", "aucune police du système", "Installez-en une : apt install fonts-dejavu-core."


def _network() -> Finding:
    proxy = next((os.environ[name] for name in ("HTTPS_PROXY", "https_proxy") if os.environ.get(name)), "")
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        bundle = os.environ.get(name)
        if bundle:
            try:
                ssl.create_default_context(cafile=bundle)
            except (OSError, ssl.SSLError):
                return (
                    "manque",
                    f"{name} désigne un fichier de certificats illisible",
                    f"Corrigez {name} ou retirez cette variable.",
                )
    known = len(ssl.create_default_context().get_ca_certs()) or bool(ssl.get_default_verify_paths().capath)
    if not known:
        return "attention", "aucune autorité de certification", "Installez-les : apt install ca-certificates."
    if not proxy:
        return "ok", "accès direct, certificats du système", ""
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    exceptions = os.environ.get("NO_PROXY") or os.environ.get("no_proxy") or ""
    if "127.0.0.1" not in exceptions and "localhost" not in exceptions and exceptions != "*":
        return (
            "attention",
            f"mandataire {parts.hostname}, sans exception pour ce poste",
            "Ajoutez NO_PROXY=localhost,127.0.0.1 à l'environnement.",
        )
    return "ok", f"mandataire {parts.hostname}", ""


def _warm() -> Finding:
    if warm_available():
        return "ok", "les applications s'ouvrent par relais", ""
    return "attention", "indisponible sur ce système", "Rien à faire : tout fonctionne, un peu moins vite."


CHECKS: tuple[tuple[str, str, Callable[[], Finding]], ...] = (
    ("reglages", "Réglages", _settings),
    ("python", "Python", _python),
    ("paquets", "Paquets", _packages),
    ("dossiers", "Dossiers inscriptibles", _folders),
    ("disque", "Espace disque", _space),
    ("ports", "Ports", _ports),
    ("navigateur", "Navigateur", _browser),
    ("bac_a_sable", "Bac à sable des corrections", _sandbox),
    ("fournisseur", "Assistant", _provider),
    ("polices", "Polices", _fonts),
    ("reseau", "Mandataire et certificats", _network),
    ("relais", "Ouverture rapide", _warm),
)
