"""The collectivité's own list: read from outside the repository, again when it changes, never guessed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from atelier_ia.privacy import PrivacyError, detect
from atelier_ia.privacy.local_list import LIST_VARIABLE


@pytest.fixture
def listing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty list, named by the environment."""
    path = tmp_path / "liste.csv"
    path.write_text("type;valeur\n", encoding="utf-8")
    monkeypatch.setenv(LIST_VARIABLE, str(path))
    return path


def names(text: str) -> list[str]:
    return [text[span.start : span.end] for span in detect(text)]


def test_listed_values_are_found(listing: Path) -> None:
    """Are an agent in any case, and a hamlet, found through the list?"""
    listing.write_text("agent;Mélusine Ker-Bleu\nhameau;Le Grand Pré\n", encoding="utf-8-sig")
    assert names("vu avec melusine ker bleu ce matin au Grand Pré") == ["melusine ker bleu"]
    assert names("elle vit au lieu dit, Le Grand Pré") == ["Le Grand Pré"]


def test_the_list_is_read_again_when_it_changes(listing: Path) -> None:
    """Does a new line count at once?"""
    assert names("demandez la clé à zorgl") == []
    listing.write_text("agent;Zorgl\n", encoding="utf-8")
    os.utime(listing, (1, 1))
    assert names("demandez la clé à zorgl") == ["zorgl"]


def test_ignored_values_stay(listing: Path) -> None:
    """Is a value of type « ignorer » left in clear?"""
    text = "Le gymnase porte le nom de Mme Violette Morris."
    assert names(text) == ["Violette Morris"]
    listing.write_text("ignorer;Violette Morris\n", encoding="utf-8")
    assert names(text) == []


@pytest.mark.parametrize("content", ["agnet;Dupont\n", "agent\n", "agent,Dupont\n"])
def test_a_wrong_list_stops_everything(listing: Path, content: str) -> None:
    """Is a list that cannot be understood an error naming its line, rather than a list silently ignored?"""
    listing.write_text(content, encoding="utf-8")
    with pytest.raises(PrivacyError, match="ligne 1"):
        detect("bonjour")


def test_a_missing_named_list_stops_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Is a wrong path in the environment an error?"""
    monkeypatch.setenv(LIST_VARIABLE, str(tmp_path / "absente.csv"))
    with pytest.raises(PrivacyError):
        detect("bonjour")


def test_names_of_the_caller_replace_the_list() -> None:
    """Can a caller give people's names itself?"""
    assert [s.label for s in detect("voir avec zorgl demain", names=["Zorgl"])] == ["NOM"]
