"""Sets of words that rules consult, kept as data (`data/listes.toml`, `data/eveils.toml`)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    text = (files("atelier_ia.privacy") / "data" / "listes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def words(name: str) -> frozenset[str]:
    """The words of the list `name`."""
    return frozenset(_lists()[name].split())


@lru_cache(maxsize=1)
def _wakers() -> dict[str, str]:
    text = (files("atelier_ia.privacy") / "data" / "eveils.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def wakers(name: str) -> frozenset[str]:
    """The first words that the pattern `name` may begin with."""
    return frozenset(_wakers()[name].split())
