"""Names of towns and local authorities inside a French sentence: « du Havre », « aux Ulis », « d'Orléans ».

A name keeps its own spelling when it stands alone; only after *de* and *à* does the article join the preposition.
"""

from __future__ import annotations

import re
import unicodedata

# Authorities named by a common noun take an article: « de la communauté d'agglomération… », « du syndicat… ».
_FEMININE = ("communauté", "métropole", "agglomération", "ville", "commune", "mairie", "régie", "eurométropole")
_MASCULINE = ("syndicat", "pôle", "département", "centre", "établissement", "territoire")
# An h is silent or aspirated by usage; these beginnings are nearly always silent in the names of communes.
_SILENT_H = re.compile(r"h(?:[éeyi]|uis)", re.IGNORECASE)


def of_place(name: str) -> str:
    """`name` after *de*: « de Val-Fontaine », « d'Ancenis », « du Havre », « des Ulis », « de La Rochelle »."""
    return _joined(name, "de ", "d'", "du ", "des ")


def at_place(name: str) -> str:
    """`name` after *à*: « à Val-Fontaine », « au Havre », « aux Ulis », « à L'Haÿ-les-Roses »."""
    return _joined(name, "à ", "à ", "au ", "aux ")


def _joined(name: str, plain: str, elided: str, masculine: str, plural: str) -> str:
    first, _, rest = name.partition(" ")
    if rest and first == "Le":
        return masculine + rest
    if rest and first == "Les":
        return plural + rest
    if first.lower() in _FEMININE or first.lower() in _MASCULINE:
        lowered = name[:1].lower() + name[1:]
        if begins_with_a_vowel(lowered):
            return f"{plain}l'{lowered}"
        return f"{plain}la {lowered}" if first.lower() in _FEMININE else masculine + lowered
    return (elided if begins_with_a_vowel(name) else plain) + name


def begins_with_a_vowel(name: str) -> bool:
    """Is *de* elided before this name? « d'Ancenis », « d'Yvetot », « de Yerres »."""
    letter = unicodedata.normalize("NFD", name[:1]).lower()[:1]
    # Before a vowel, y is a consonant: « de Yerres », « d'Yvetot ».
    if letter == "y":
        return not re.match(r"y[aeiou]", name, re.IGNORECASE)
    return letter in "aeiouœæ" or bool(_SILENT_H.match(unicodedata.normalize("NFC", name)))
