"""Shared by all tests: no key, no network beyond loopback, no home folder of the person who runs them."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine must not fail a property: no deadline, and the same examples at each run.
settings.register_profile("atelier", deadline=None, derandomize=True)
settings.load_profile("atelier")

for name in list(os.environ):
    if name.endswith("_API_KEY") or name.startswith(("OPENAI_", "ATELIER_")):
        del os.environ[name]


PLAYED_AGAIN = [Path(__file__).parent / name for name in ("browser", "rooms", "runtime")]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Real browsers, hubs and servers share this machine with whatever else runs: what fails there is played once
    more, and the closing line says how many were (`R`). Such a line is a defect to look for, not a success: the first
    failure is printed too. `--reruns 0` plays nothing again."""
    if config.getoption("reruns") is not None:
        return
    for item in items:
        if any(item.path.is_relative_to(folder) for folder in PLAYED_AGAIN):
            item.add_marker(pytest.mark.flaky(reruns=1, reruns_delay=3))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What failed at the first playing, although it passed at the second."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.write_sep("_", f"first playing of {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own empty home, so that nothing of the person's Jupyter settings counts."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
