"""The words where a pattern is tried are all those that it may begin with: none is forgotten when a pattern changes."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from importlib.resources import files
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

LISTS = tomllib.loads((files("atelier_ia.privacy") / "data" / "eveils.toml").read_text(encoding="utf-8"))
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzœæ")


def first_words(pattern: str) -> set[str]:
    """Every run of letters that a match of `pattern` may begin with (patterns whose first word is bounded)."""
    found: set[str] = set()

    def extended(open_words: set[str], characters: set[str]) -> set[str]:
        if characters - LETTERS:
            found.update(open_words)
        return {word + character for word in open_words for character in characters & LETTERS}

    def walk(items: Any, open_words: set[str]) -> set[str]:
        for operation, value in items:
            if not open_words:
                break
            open_words = step(operation, value, open_words)
        return open_words

    def step(operation: Any, value: Any, open_words: set[str]) -> set[str]:
        if operation is constants.LITERAL:
            return extended(open_words, {chr(value)})
        if operation is constants.IN:
            characters: set[str] = set()
            for kind, what in value:
                assert kind is not constants.NEGATE, pattern
                if kind is constants.LITERAL:
                    characters.add(chr(what))
                elif kind is constants.RANGE:
                    assert what[1] - what[0] < 13, pattern
                    characters |= {chr(code) for code in range(what[0], what[1] + 1)}
                else:
                    assert what is constants.CATEGORY_DIGIT, pattern
                    characters.add("0")
            return extended(open_words, characters)
        if operation is constants.BRANCH:
            return set().union(*(walk(branch, set(open_words)) for branch in value[1]))
        if operation is constants.SUBPATTERN:
            return walk(value[3], open_words)
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            least, most, item = value
            reached = set(open_words) if least == 0 else set()
            for times in range(1, min(most, 4) + 1):
                open_words = walk(item, open_words)
                if times >= least:
                    reached |= open_words
            assert most <= 4 or not open_words, pattern
            return reached
        assert operation in (constants.ASSERT, constants.ASSERT_NOT, constants.AT), pattern
        return open_words

    return found | walk(parser.parse(pattern), {""})


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_first_word_wakes_its_pattern(name: str) -> None:
    """Does the list hold every word that its pattern may begin with, and no other?"""
    module = next(
        module
        for cut in range(len(name), 0, -1)
        if (files("atelier_ia.privacy") / f"{(module := name[:cut])}.py").is_file()
    )
    rest = name.removeprefix(module)
    space = vars(import_module(f"atelier_ia.privacy.{module}"))
    pattern = next(
        value for key, value in space.items() if isinstance(value, re.Pattern) and f"_{key.strip('_').lower()}" == rest
    )
    assert set(LISTS[name].split()) == first_words(pattern.pattern)
