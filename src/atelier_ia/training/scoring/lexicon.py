"""The French vocabulary of the grader, in `*.toml`: words, what each kind of answer says, synonyms, ideas."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILES = tuple(
    Path(__file__).with_name(f"{name}.toml")
    for name in ("lexique", "consigne", "courrier", "relecture", "notation", "familles", "idees")
)


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    return {name: table for file in _FILES for name, table in tomllib.loads(file.read_text(encoding="utf-8")).items()}


def entries(section: str, name: str) -> list[str]:
    """The entries of one list, as they are written."""
    return list(_lexicon()[section][name])


def table(section: str, name: str) -> dict[str, Any]:
    """One table of words, each with what it stands for."""
    return dict(_lexicon()[section][name])


def word_set(section: str, name: str) -> frozenset[str]:
    """A list of plain words."""
    return frozenset(entries(section, name))


@lru_cache(maxsize=1)
def families() -> dict[str, str]:
    """For each word of `familles.toml`, the name of its family: two words of one family are synonyms everywhere."""
    return {word: name for name, words in _lexicon()["familles"].items() for word in words}


@lru_cache(maxsize=256)
def patterns(section: str, name: str) -> tuple[re.Pattern[str], ...]:
    """The regular expressions of one list, over folded text; `<list>` stands for any of its entries."""
    return tuple(re.compile(_expanded(entry, section)) for entry in entries(section, name))


@lru_cache(maxsize=64)
def any_of(section: str, name: str) -> re.Pattern[str]:
    """One expression that finds any entry of the list, at a word's beginning."""
    return re.compile(r"\b(?:" + "|".join(_expanded(entry, section) for entry in entries(section, name)) + ")")


def _expanded(entry: str, section: str) -> str:
    def alternatives(match: re.Match[str]) -> str:
        lists = _lexicon()["listes"] if match[1] in _lexicon()["listes"] else _lexicon()[section]
        return "(?:" + "|".join(lists[match[1]]) + ")"

    return re.sub(r"(?<!\?P)<(\w+)>", alternatives, entry)
