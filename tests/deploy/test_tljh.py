"""The TLJH plugin, loaded as TLJH loads it: its hooks through pluggy, on a real configuration of JupyterHub."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
import types
from pathlib import Path
from typing import Any

import pluggy
import pytest
from jupyterhub.app import JupyterHub
from traitlets.config import Config

from tests.deploy.systemd import complaints

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "tljh"
HOOKS = (
    "extra_apt_packages",
    "custom_jupyterhub_config",
    "config_post_install",
    "post_install",
)


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The plugin beside a stand-in for `tljh.hooks`, on a project and settings of its own."""
    hooks = types.ModuleType("tljh.hooks")
    hooks.hookimpl = pluggy.HookimplMarker("tljh")
    monkeypatch.setitem(sys.modules, "tljh", types.ModuleType("tljh"))
    monkeypatch.setitem(sys.modules, "tljh.hooks", hooks)
    monkeypatch.setenv("ATELIER_IA_DOSSIER", str(tmp_path / "projet"))
    monkeypatch.setenv("ATELIER_IA_REGLAGES", str(tmp_path / "reglages"))
    entry = tomllib.loads((FOLDER / "pyproject.toml").read_text())["project"]["entry-points"]["tljh"]
    name = entry["atelier-ia"]
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.UNITS = tmp_path
    (tmp_path / "projet" / "solutions").mkdir(parents=True)
    (tmp_path / "projet" / "src").symlink_to(ROOT / "src")
    (tmp_path / "projet" / "atelier.toml").touch()
    return module


def manager(plugin: Any) -> pluggy.PluginManager:
    """TLJH's hooks (names and arguments), with the plugin registered; a wrong name or argument is refused."""
    spec = pluggy.HookspecMarker("tljh")
    specs = types.ModuleType("specs")
    arguments = {"custom_jupyterhub_config": "c", "config_post_install": "config"}
    for name in HOOKS:
        scope: dict[str, Any] = {}
        exec(f"def tljh_{name}({arguments.get(name, '')}): pass", scope)
        setattr(specs, f"tljh_{name}", spec(scope[f"tljh_{name}"]))
    found = pluggy.PluginManager("tljh")
    found.add_hookspecs(specs)
    found.register(plugin)
    found.check_pending()
    return found


@pytest.fixture
def installed(plugin: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[tuple[str, ...]]]:
    """After `tljh_post_install`, the system's commands being noted rather than run."""
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(plugin, "run", lambda *command, cwd=None: commands.append(command))
    manager(plugin).hook.tljh_post_install()
    return plugin, commands


def test_what_is_installed(installed: tuple[Any, list[tuple[str, ...]]], tmp_path: Path) -> None:
    """The locked environment, a unit, a secret made once, and rubrics that participants' accounts cannot read?"""
    plugin, commands = installed
    assert ("bash", str(tmp_path / "projet/deploy/install.sh"), "start") in commands
    assert (ROOT / "deploy" / "install.sh").is_file()
    assert ("systemctl", "enable", "--now", "atelier-ia.service") in commands
    assert commands[-1] == ("systemctl", "restart", "jupyterhub")
    for name in plugin.PRIVATE:
        assert (tmp_path / "projet" / name).stat().st_mode & 0o077 == 0
    secret = tmp_path / "reglages" / "secrets" / plugin.NAME
    first = secret.read_text()
    assert len(first) == 64
    assert secret.stat().st_mode & 0o077 == secret.parent.stat().st_mode & 0o077 == 0
    settings = tmp_path / "reglages" / "service.toml"
    settings.write_text(settings.read_text() + "# à nous\n")
    manager(plugin).hook.tljh_post_install()
    assert secret.read_text() == first
    assert settings.read_text().endswith("# à nous\n")
    unit = (tmp_path / plugin.UNIT).read_text()
    assert f"-m atelier_ia.rooms.standing {tmp_path}/reglages/service.toml" in unit
    assert "NoNewPrivileges=yes" in unit
    assert first not in unit
    assert complaints(unit, tmp_path) == []


def test_the_files_that_it_writes_are_read(installed: tuple[Any, list[tuple[str, ...]]], tmp_path: Path) -> None:
    """Do our own readers take the files as written, both sides meeting on the same ports and names?"""
    from atelier_ia.content import load_toml
    from atelier_ia.rooms.authorities import keeping_of, load_authorities
    from atelier_ia.rooms.keeping import keeping_from
    from atelier_ia.rooms.standing import Standing

    settings = tmp_path / "reglages"
    (authority,) = load_authorities(settings / "collectivites.toml").all
    standing = load_toml(settings / "service.toml", Standing)
    assert standing.services == (authority.board_service, authority.apps_service, authority.marking_service)
    assert authority.board == f"http://127.0.0.1:{standing.board_port}"
    assert authority.apps == f"http://127.0.0.1:{standing.apps_port}"
    assert authority.marking == f"http://127.0.0.1:{standing.marking_port}"
    assert authority.desk == f"{standing.desk_folder}/guichet.sock"
    assert keeping_of("mairie", settings / "secrets") == keeping_from(settings / "secret-du-service")


def test_tljh_config_keeps_the_administrator_s_choices(plugin: Any) -> None:
    """Are limits and culling set where nothing was said, and nowhere else?"""
    config: dict[str, Any] = {"limits": {"memory": "2G"}, "services": {"cull": {"timeout": 600}}}
    manager(plugin).hook.tljh_config_post_install(config=config)
    assert config["limits"] == {"memory": "2G", "cpu": 1.0}
    assert config["services"]["cull"] == {"timeout": 600, "enabled": True, "every": 300, "max_age": 36_000}


def test_the_first_start_is_tljh_s(plugin: Any) -> None:
    """TLJH starts its hub before our files are there: is it left as it was?"""
    c = Config()
    c.JupyterHub.spawner_class = "simple"
    manager(plugin).hook.tljh_custom_jupyterhub_config(c=c)
    assert c == {"JupyterHub": {"spawner_class": "simple"}}


def test_the_hub_s_configuration(installed: tuple[Any, list[tuple[str, ...]]], tmp_path: Path) -> None:
    """Over TLJH's settings: is everything of ours there, nothing of TLJH's lost, and does a real hub accept it?"""
    plugin, _ = installed
    c = Config()
    c.JupyterHub.spawner_class = "simple"
    c.JupyterHub.hub_port = 15001
    c.SystemdSpawner.mem_limit = "1G"
    c.SystemdSpawner.unit_extra_properties = {"CPUWeight": "50"}
    c.JupyterHub.services = [{"name": "cull-idle", "command": ["true"]}]
    manager(plugin).hook.tljh_custom_jupyterhub_config(c=c)
    assert c.Spawner.cmd == [f"{plugin.SOURCE}/.venv/bin/python", "-m", "atelier_ia.rooms.seat"]
    assert [service["name"] for service in c.JupyterHub.services] == [
        "cull-idle",
        "salle-mairie",
        "applications-mairie",
        "correction-mairie",
    ]
    properties = c.SystemdSpawner.unit_extra_properties
    assert (properties["CPUWeight"], properties["IPAddressDeny"], properties["TasksMax"]) == ("50", "any", "150")
    assert c.SystemdSpawner.mem_limit == "1G"
    lines = [f"{key}={value}" for key, value in properties.items()]
    assert complaints("\n".join(["[Service]", "ExecStart=/bin/true", *lines]), tmp_path) == []
    hub = JupyterHub(config=c)
    assert hub.template_paths[0].endswith("rooms/templates")
    assert {role["name"] for role in hub.load_roles} == {"formatrices-mairie", "tableau-mairie", "agents-mairie"}
    assert all(len(service["api_token"]) == 64 for service in hub.services[1:])


def test_a_real_hub_reads_it(installed: tuple[Any, list[tuple[str, ...]]], tmp_path: Path) -> None:
    """Does `jupyterhub --show-config` hold our settings, and does the hub's side need nothing but pydantic?"""
    plugin, _ = installed
    config = tmp_path / "jupyterhub_config.py"
    config.write_text(
        "import sys, types, pluggy\n"
        "sys.modules['tljh'] = types.ModuleType('tljh')\n"
        "hooks = sys.modules['tljh.hooks'] = types.ModuleType('tljh.hooks')\n"
        "hooks.hookimpl = pluggy.HookimplMarker('tljh')\n"
        "for name in ('openai', 'pandas', 'nbgrader', 'voila', 'jupyterlab', 'simplemma', 'jupyter_server'):\n"
        "    sys.modules[name] = None  # not in TLJH's own environment\n"
        f"sys.path.insert(0, {str(FOLDER)!r})\n"
        "import tljh_atelier_ia\n"
        "tljh_atelier_ia.tljh_custom_jupyterhub_config(c)\n"
        "c.JupyterHub.spawner_class = 'simple'\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "jupyterhub", "-f", str(config), "--show-config-json"],
        capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False,
        env={**os.environ, "ATELIER_IA_DOSSIER": str(plugin.SOURCE), "ATELIER_IA_REGLAGES": str(plugin.SETTINGS)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    shown = json.loads(done.stdout[done.stdout.index("{") :])
    assert shown["Spawner"]["default_url"] == "/lab/tree/accueil.md"
    assert shown["SystemdSpawner"]["disable_user_sudo"] is True
