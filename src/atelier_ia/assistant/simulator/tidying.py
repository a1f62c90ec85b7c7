"""What a text says of itself rather than of its matter, set aside before it is read: corrections, memo heads, time codes."""

from __future__ import annotations

import re

_RULES = (
    # « on avait dit le 11 mais le gymnase est pris, donc c'est le 18 »: only what is decided stays.
    (r"\b(?:on avait|nous avions|il était|c['’]était) (?:dit|prévu|annoncé)\b[^.\n]{0,120}?\b(?:donc|finalement|du coup) (?:c['’]est )?", ""),
    (r"[^,.;:\n…]{1,60}(?:…|\.\.\.|,)?\s*(?:non pardon|ah non|euh non|pardon|rectification)\s*,?\s*(?:finalement|plutôt|c['’]est)\s+", " "),
    (r"\b(?:attention,? )?(?:l['’]ancien|le précédent|le premier) (?:mail|message|courriel)\b[^.\n]{0,80}?\bc['’]est reporté au\b", "Date reportée au"),
    (r"\A\s*(?:salut|coucou|bonjour|bonsoir|hello)(?: [A-ZÀ-Ý][\wà-ÿ-]+)?\s*,\s*(?:pour (?=(?:le|la|les|l['’])))?", ""),
    (r"^\s*de\s*:[^\n]{1,60}/\s*à\s*:[^\n]{1,60}$", ""),
    (r"\s*\((?:[^()]*,\s*)?(?:pas à nous|pas chez nous|entre nous|à ne pas dire)\)", ""),
    (r"^\s*\[\d{1,2}:\d{2}(?::\d{2})?\]\s*((?:la|le|m\.|mme|madame|monsieur)\b[^—–\n]{0,40}?)\s+[—–-]\s+", r"\1 : "),
    (r"^\s*\[\d{1,2}:\d{2}(?::\d{2})?\]\s*", ""),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE | re.MULTILINE), written) for pattern, written in _RULES)


def tidied(text: str) -> str:
    """`text` without its withdrawn first versions, its memo head and its time codes."""
    for pattern, written in _COMPILED:
        text = pattern.sub(written, text)
    return text
