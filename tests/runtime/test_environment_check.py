"""The diagnostic: one line per requirement, ok or the remedy."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from atelier_ia.runtime import environment_check
from atelier_ia.runtime.environment_check import locked_versions, run_checks

ROOT = Path(__file__).parents[2]


def test_every_requirement_has_its_line() -> None:
    """Does each check give a finding, with a remedy exactly when something is wrong?"""
    checks = run_checks()
    assert len({check.id for check in checks}) == len(checks) >= 10
    for check in checks:
        assert check.detail, check
        assert bool(check.remedy) == (check.state != "ok"), check


def test_a_broken_check_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a check that breaks become a line of its own instead of a crash?"""

    def broken() -> environment_check.Finding:
        raise ZeroDivisionError

    monkeypatch.setattr(environment_check, "CHECKS", (("x", "X", broken),))
    assert [(check.state, bool(check.remedy)) for check in run_checks()] == [("attention", True)]


def test_busy_port_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a port that somebody holds named?"""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        monkeypatch.setattr(environment_check, "PORTS", (port, port))
        line = next(check for check in run_checks() if check.id == "ports")
    assert line.state == "attention"
    assert str(port) in line.detail


def test_markers_of_the_lock_count() -> None:
    """Are the packages of other systems left out?"""
    text = (
        "alpha==1.0 \\\n    --hash=sha256:00\n"
        "beta==2.0 ; sys_platform == 'nowhere' \\\n    --hash=sha256:00\n"
        "gamma==3.0 ; python_full_version >= '3.11' \\\n    --hash=sha256:00\n"
    )
    assert locked_versions(text) == {"alpha": "1.0", "gamma": "3.0"}


@pytest.mark.parametrize(
    ("variables", "identifier", "state"),
    [
        ({"SSL_CERT_FILE": "/nowhere.pem"}, "reseau", "manque"),
        ({"HTTPS_PROXY": "http://user:secret@proxy.example:3128", "NO_PROXY": ""}, "reseau", "attention"),
        ({"HTTPS_PROXY": "http://proxy.example:3128", "NO_PROXY": "localhost,127.0.0.1"}, "reseau", "ok"),
    ],
)
def test_network_settings(
    variables: dict[str, str], identifier: str, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Are a wrong certificate file and a proxy without exceptions named, and its password never shown?"""
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    line = next(check for check in run_checks() if check.id == identifier)
    assert line.state == state, line
    assert "secret" not in line.detail + line.remedy


def test_json_is_one_document(tmp_path: Path) -> None:
    """Does `--json` print one document and a code that says whether something is missing?"""
    (tmp_path / "atelier.toml").write_text("[collectivite]\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "atelier_ia", "diagnostic", "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "ATELIER_RACINE": str(tmp_path)},
        cwd=tmp_path,
        timeout=60,
    )
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["pret"] is False
    first = report["exigences"][0]
    assert (first["id"], first["etat"]) == ("reglages", "manque")
    assert "atelier.toml" in first["detail"]


def test_simulator_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does the line of the assistant pass with the simulator when no connection can be opened?"""

    def refused(*_: object, **__: object) -> None:
        raise OSError("no network")

    (tmp_path / "atelier.toml").write_bytes((ROOT / "atelier.toml").read_bytes())
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    monkeypatch.setattr(socket.socket, "connect", refused)
    line = next(check for check in run_checks() if check.id == "fournisseur")
    assert line.state == "ok", line
    assert "pas une IA" in line.detail


def test_an_absent_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the variable of a key that is not there named, with a remedy, before anything is sent?"""
    text = re.sub(r'(?m)^fournisseur = ".*"', 'fournisseur = "scaleway"', (ROOT / "atelier.toml").read_text("utf-8"))
    assert '"scaleway"' in text
    (tmp_path / "atelier.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    monkeypatch.delenv("SCW_SECRET_KEY", raising=False)
    line = next(check for check in run_checks() if check.id == "fournisseur")
    assert line.state == "manque", line
    assert "SCW_SECRET_KEY" in line.detail
    assert line.remedy
