"""The three descriptions of the environment (pyproject, conda, locks) say the same thing."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {"start": ROOT / "requirements.lock", "test": ROOT / "tests" / "requirements.lock"}


def locked(path: Path) -> dict[str, str]:
    """Name → version of a lock file, markers aside."""
    lines = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in lines}


def test_conda_route_is_the_same() -> None:
    """Does environment.yml ask for the dependencies of pyproject.toml, and nothing else?"""
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, inner = conda["dependencies"]
    assert python == f"python{PROJECT['requires-python']}"
    assert pip == "pip"
    assert inner == {"pip": [*PROJECT["dependencies"], "--editable=."]}


@pytest.mark.parametrize("scope", LOCKS)
def test_lock_satisfies_the_project(scope: str) -> None:
    """Is each direct dependency locked at a version that pyproject.toml accepts?"""
    extras = PROJECT["optional-dependencies"]
    wanted = PROJECT["dependencies"] + extras["construction"]
    if scope == "test":
        wanted = [*wanted, *(line for lines in extras.values() for line in lines)]
    versions = locked(LOCKS[scope])
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in versions, f"{name} is not locked: make lock"
        assert requirement.specifier.contains(versions[name], prereleases=True), f"{name}: make lock"


@pytest.mark.parametrize("scope", LOCKS)
def test_lock_is_hashed_and_names_no_host(scope: str) -> None:
    """Does each locked package carry hashes, and no line an address?"""
    text = LOCKS[scope].read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|--index|--extra-index|--find-links|--trusted-host)", text, re.MULTILINE)
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.partition("\n")[0])


def test_tests_run_what_people_run() -> None:
    """Are the packages of `make start` at the same versions in the tests?"""
    start, test = locked(LOCKS["start"]), locked(LOCKS["test"])
    assert {name: test.get(name) for name in start} == start
