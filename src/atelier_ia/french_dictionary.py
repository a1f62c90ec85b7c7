"""The French dictionary of `simplemma` (MIT; its lists under their own open licences), read at most once in a process.

A process that lemmatises keeps it in memory (about 25 MB); one that only wants its words forgets it once they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

_kept = False


def lemma_of(word: str) -> str:
    """The lemma of a word in lower case, with its accents ("écrivez" → "écrire"); the word itself when unknown."""
    return str(_dictionary().lemmatize(word, "fr"))


def is_french(word: str) -> bool:
    """Is it an ordinary French word, in this case?"""
    return bool(_dictionary().is_known(word, "fr"))


def words() -> Mapping[str, str]:
    """Every form of the dictionary with its lemma: more than 240 000."""
    from simplemma.strategies.dictionaries.dictionary_factory import (
        DEFAULT_DICTIONARY_FACTORY,
        DefaultDictionaryFactory,
    )

    factory = DEFAULT_DICTIONARY_FACTORY if _kept else DefaultDictionaryFactory(cache_max_size=1)
    found: Mapping[str, str] = factory.get_dictionary("fr")
    return found


def _dictionary() -> ModuleType:
    global _kept
    import simplemma

    _kept = True
    module: ModuleType = simplemma
    return module
