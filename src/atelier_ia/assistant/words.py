"""Compare French words as citizens write them: accents, plurals, doubled letters and common misspellings folded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

STEM_LENGTH = 7
_WORD = re.compile(r"[0-9a-zà-öø-ÿœæ]+", re.IGNORECASE)

STOP_WORDS = frozenset(
    ["a", "ai", "afin", "ainsi", "alors", "apres", "au", "aucun", "aussi", "autre", "aux", "avant", "avec", "avez", "avoir", "avons", "bien", "bonjour", "bonsoir", "c", "ca", "car", "ce", "ceci", "cela", "celle", "celui", "ces", "cet", "cette", "chez", "comme", "comment", "contre", "cordialement", "d", "dans", "de", "depuis", "des", "dessus", "deux", "devant", "dire", "dois", "donc", "dont", "du", "elle", "elles", "en", "encore", "entre", "est", "et", "etait", "etc", "ete", "etes", "etre", "eu", "eux", "fait", "faire", "fois", "ici", "il", "ils", "j", "jamais", "je", "jour", "jours", "jusqu", "juste", "l", "la", "le", "les", "leur", "leurs", "lui", "m", "ma", "madame", "mais", "maire", "mairie", "me", "mes", "message", "mieux", "moi", "moins", "mon", "monsieur", "ne", "ni", "non", "nos", "notre", "nous", "on", "ont", "or", "ou", "par", "parce", "pas", "pendant", "peu", "peut", "peux", "plus", "plusieurs", "pour", "pourquoi", "pourriez", "pouvez", "pouvoir", "pris", "puis", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "s", "sa", "sans", "se", "sera", "ses", "si", "sont", "son", "sous", "souhaite", "souhaiterais", "sur", "t", "ta", "te", "tes", "toi", "ton", "tous", "tout", "toute", "toutes", "tres", "trop", "tu", "un", "une", "va", "vais", "vers", "veux", "vos", "votre", "voudrais", "vous", "y", "demande", "demander", "besoin", "savoir", "svp", "merci", "salutations", "urgent", "an", "ans", "mois", "semaine", "aujourd", "hui", "commune", "ville", "service", "services", "question", "mois", "annee", "fin", "prendre", "mettre", "passer", "voir", "dossier", "personne", "personnes", "rendez", "rdv"]
)


def fold(text: str) -> str:
    """Lower case, no accents, typographic apostrophes made plain; the length may change (œ → oe)."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A folded form in which plural, doubled letters and usual misspellings agree (« poubeles » = « poubelle »)."""
    word = fold(word)
    if len(word) > 4 and word.endswith("aux"):
        word = word[:-3] + "al"
    if len(word) > 5:
        # Long words only: « sale » is no « salle », « paye » is no « PAI ».
        word = word.replace("ph", "f").replace("qu", "k").replace("th", "t").replace("y", "i").replace("ss", "s")
        word = word.replace("ce", "se").replace("ci", "si").replace("z", "s")
        word = re.sub(r"(.)\1", r"\1", word)
        word = re.sub(r"[esx]+$", "", word)
    elif len(word) > 3:
        word = re.sub(r"[sx]$", "", word)
        word = word[:-1] if len(word) == 5 and word.endswith("e") else word
    return word[:STEM_LENGTH]


@lru_cache(maxsize=2_000)
def stems(text: str) -> tuple[str, ...]:
    """Stems of the meaningful words of `text`, in order (function words left out)."""
    return tuple(stem(word) for word in _WORD.findall(text) if fold(word) not in STOP_WORDS)
