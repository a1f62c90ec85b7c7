"""Shared by all tests: no key, no network beyond loopback, no home folder of the person who runs them."""

import os

import pytest
from hypothesis import settings

# A busy machine must not fail a property: no deadline, and the same examples at each run.
settings.register_profile("atelier", deadline=None, derandomize=True)
settings.load_profile("atelier")

for name in list(os.environ):
    if name.endswith("_API_KEY") or name.startswith(("OPENAI_", "ATELIER_")):
        del os.environ[name]


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own empty home, so that nothing of the person's Jupyter settings counts."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
