"""The kit: typography, the one-module bundle for JupyterLab, the wave of an answer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from atelier_ia.apps.kit import components
from atelier_ia.apps.kit.screen import STATE_TYPE, STATIC, Screen, bundle_script, bundle_style
from atelier_ia.apps.kit.typography import french, minutes
from atelier_ia.apps.three_questions import current_wave


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("l'heure", "l’heure"), ("Est-ce prêt ?", "Est-ce prêt\u202f?"), ("« oui »", "«\u00a0oui\u00a0»"), ("", "")],
)
def test_french(typed: str, shown: str) -> None:
    """Are the spaces and apostrophes those of French typography?"""
    assert french(typed) == shown


@pytest.mark.parametrize(("value", "shown"), [(12.4, "12"), (0.5, "0,5"), (1.0, "1"), (0, "0"), (90.6, "91")])
def test_minutes(value: float, shown: str) -> None:
    """Are minutes shown without a useless decimal?"""
    assert minutes(value) == shown


def test_bundle_is_one_module() -> None:
    """Is the bundle free of imports, of foreign addresses, and with one default export?"""
    script = bundle_script()
    assert not re.search(r"^import ", script, re.MULTILINE)
    assert script.count("export default") == 1
    assert not re.search(r"https?://(?!www\.w3\.org/)", script + bundle_style())


def test_every_component_is_drawn() -> None:
    """Does the browser side know every component that Python makes, and does the page preload every module?"""
    script = bundle_script()
    source = Path(components.__file__).read_text(encoding="utf-8")
    made = set(re.findall(r'_node\(\s*"(\w+)"', source))
    drawn = set(re.findall(r"^  (\w+)(?:,|:)", script, re.MULTILINE))
    for name in re.findall(r"export const \w+ = \{([^}]*)\}", script) or []:
        drawn |= set(re.findall(r"\w+", name))
    drawn |= set(re.findall(r"\w+", " ".join(re.findall(r"const \w+Components = \{([^}]*)\}", script))))
    assert made <= drawn
    template = (STATIC.parent / "index.html.j2").read_text(encoding="utf-8")
    for path in STATIC.rglob("*.js"):
        module = path.relative_to(STATIC).as_posix()
        assert f"'{module}'" in template


def test_state_travels_with_the_display() -> None:
    """Does a displayed screen carry its tree, without the scripts, for our own page?"""
    screen = Screen(lambda content: None)
    screen.show({"children": [components.prose("Bonjour")]})
    bundle = screen._repr_mimebundle_()
    assert bundle is not None
    state = bundle[0][STATE_TYPE]["state"]
    assert state["tree"]["children"][0]["text"] == "Bonjour"
    assert "_esm" not in state


@pytest.mark.parametrize(
    ("day", "wave"),
    [
        (date(2027, 1, 12), "J+15"),
        (date(2027, 1, 26), "J+15"),
        (date(2027, 2, 12), "J+30"),
        (date(2027, 4, 10), "J+90"),
    ],
)
def test_wave(day: date, wave: str) -> None:
    """Does an answer count for the nearest checkpoint?"""
    assert current_wave(date(2027, 1, 11), day) == wave
