"""Colours that can be read: contrast as WCAG 2 counts it, and the nearest colour that has enough of it."""

from __future__ import annotations

import re

INK = "#1D2733"
WHITE = "#FFFFFF"
TEXT_CONTRAST = 4.5
LARGE_CONTRAST = 3.0


def contrast(one: str, other: str) -> float:
    """Contrast ratio (1 to 21) of two #rrggbb colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(background: str) -> str:
    """White or our ink, whichever reads best on `background`."""
    return max((WHITE, INK), key=lambda colour: contrast(colour, background))


def readable(colour: str, background: str, ratio: float = TEXT_CONTRAST) -> str:
    """`colour`, moved towards black or white by as little as gives `ratio` on `background`."""
    target = WHITE if _luminance(background) < 0.18 else "#000000"
    for step in range(0, 101, 2):
        mixed = mix(colour, target, step / 100)
        if contrast(mixed, background) >= ratio:
            return mixed
    return target


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other`."""
    parts = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"la couleur « {colour} » ne convient pas ; écrivez-la comme #24405C.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
