"""Read a French answer: tokens with their place, their folded form and their lemma, sentences and clauses.

All offsets are Python characters of the original text. Accents, case, typographic spaces and quotes, number words,
dates, hours and amounts are brought to one form, so that two spellings of the same thing compare equal.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from atelier_ia.french_dictionary import is_french, lemma_of
from atelier_ia.training.scoring.lexicon import entries, families, word_set

_SPACES = "\u00a0\u202f\u2009\u2007\u2002\u2003"
_ONE_TO_ONE = {ord(c): " " for c in _SPACES} | {
    ord("’"): "'",
    ord("ʼ"): "'",
    ord("‘"): "'",
    ord("‑"): "-",
    ord("–"): "-",
    ord("—"): "-",
    ord("\t"): " ",
}

# A line that sets a passage before an arrow is one remark of a list.
_ARROW = re.compile(r"=>|->|→")
# A line of a list is no longer than this, in characters.
_LINE = 200

MONTHS = tuple(entries("lecture", "mois"))

_UNITS = {
    "zero": 0, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20,
    "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "cents": 100, "mille": 1000,
}  # fmt: skip

FUNCTION_WORDS = word_set("lecture", "mots_outils")
# Words that patterns drop and that may stand between two words of a match.
LIGHT_WORDS = word_set("lecture", "mots_legers")
_GAP_WORDS = LIGHT_WORDS | word_set("lecture", "mots_intercales")

_SYNONYMS = {
    "mail": "courriel", "mails": "courriel", "email": "courriel", "emails": "courriel", "mel": "courriel",
    "courriels": "courriel", "tel": "telephone", "mme": "madame", "mr": "monsieur", "mairie": "mairie",
    "rdv": "rendezvous", "h": "heure", "euros": "euro", "eur": "euro", "kms": "km", "kilometre": "km",
    "kilometres": "km", "svp": "plait", "stp": "plait", "nb": "nombre", "max": "maximum", "mini": "minimum",
    "dec": "decembre", "nov": "novembre", "oct": "octobre", "janv": "janvier", "fev": "fevrier", "juil": "juillet",
}  # fmt: skip

# Imperatives and short forms that the lemmatiser leaves alone or reads as nouns.
_LEMMAS = {
    "reponds": "repondre", "repond": "repondre", "ecris": "ecrire", "fais": "faire", "fait": "faire", "dis": "dire",
    "mets": "mettre", "promets": "promettre", "sois": "etre", "soyez": "etre", "rappelle": "rappeler",
    "propose": "proposer", "redige": "rediger", "indique": "indiquer", "masque": "masquer", "masques": "masquer",
    "masquee": "masquer", "masquees": "masquer", "fournis": "fournir", "tombee": "tomber", "chutes": "chute",
    "chuter": "chute", "chutee": "chute",
}  # fmt: skip

_PHONE = r"(?:\+33 ?(?:\(0\) ?)?|0)[1-9](?:[ .\-]?\d{2}){4}"
_DATE = r"\d{1,2}[/.\-]\d{1,2}(?:[/.\-](?:\d{4}|\d{2}))?(?!\d)"
_HOUR = r"\d{1,2} ?(?:h(?:eures?)?\b|h(?=\d)) ?(?:\d{2}(?!\d))?|\d{1,2}:\d{2}(?!\d)"
_NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<address>[^\s@<>]+@[^\s@<>]+\.[a-z]+)|(?P<phone>(?<!\d){_PHONE}(?!\d))|(?P<hour>(?<!\d){_HOUR})"
    rf"|(?P<date>(?<![\d/]){_DATE})|(?P<number>{_NUMBER})|(?P<sign>[€%°])"
    r"|(?P<appointment>rendez[- ]vous)|(?P<word>[^\W\d_]+)"
)
_SENTENCE_END = re.compile(
    r"(?<!\bm)(?<!\bmme)(?<!\bart)(?<!\bcf)[.!?…;]+(?=\s|$|[\"»)])|\n\s*\n|\n(?=\s*(?:[-*•·>]|\d+[.)]))|[.!?:;,]?[ ]*\n"
)
_CLAUSE_END = re.compile(
    r"[,:()]|(?<=\s)-(?=\s)|\b(?:mais|car|donc|puis|tandis que|pourtant|cependant|alors que|parce qu|puisqu|toutefois"
    r"|neanmoins|en revanche)\b"
    # "et" opens a clause when a new subject, a new order or a new negation follows: what was denied before stays there.
    r"|\b(?:et|ou)\s+(?=(?:je|j'|tu|il|elle|on|nous|vous|ils|elles|c'est|ce sera|ne|n')\b"
    r"|(?:le|la|les|l'|un|une|votre|vos|notre|nos|ce|cet|cette|son|sa|ses)\s?\w+(?:\s\w+){0,3}\s(?:n'|ne\s)?"
    r"(?:est|sont|sera|seront|a|ont|reste|restent|doit|doivent|peut|peuvent|coute|dure|prend|ouvre|ferme)\b"
    r"|(?:propose|indique|signe|donne|ecris|redige|reponds|rappelle|precise|termine|remercie|explique|invite|reste|sois"
    r"|utilise|emploie|adopte|commence|conclus|garde|mets|ajoute|cite|mentionne|demande|renvoie|oriente)[rz]?\b)"
)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` in lower case without accents, character for character (the offsets stay)."""
    return "".join(_fold_character(character) for character in text.translate(_ONE_TO_ONE))


@lru_cache(maxsize=2048)
def _fold_character(character: str) -> str:
    lower = character.lower()
    plain = unicodedata.normalize("NFD", lower)[0] if lower else character
    return plain if len(plain) == 1 else character


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The folded lemma of a word (any case, with its accents)."""
    folded = fold(word)
    if folded in _LEMMAS:
        return _LEMMAS[folded]
    return fold(lemma_of(word.lower()))


def family(form: str, lemma: str) -> str:
    """ "~" and the name of the family of synonyms of a word, "" when it has none."""
    known = families()
    name = known.get(lemma) or known.get(form)
    return f"~{name}" if name else ""


@lru_cache(maxsize=65536)
def agreed(form: str) -> str:
    """A participle without its gender and number ("decidees" → "decide"); other words as they are."""
    plain = form.removesuffix("s")
    return plain.removesuffix("e") if len(plain) > 5 and plain.endswith("ee") else form


@lru_cache(maxsize=65536)
def known_word(word: str) -> bool:
    """Is it an ordinary French word (with or without its accents)?"""
    return is_french(word) or is_french(word.lower())


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, date part or sign: its place, its canonical folded form and its lemma."""

    start: int
    end: int
    form: str
    lemma: str
    is_word: bool
    sentence: int = 0
    clause: int = 0

    @property
    def light(self) -> bool:
        """May it stand between two words of a match?"""
        return self.form in _GAP_WORDS or (self.is_word and self.form.endswith("ment") and len(self.form) > 6)

    @property
    def family(self) -> str:
        """The name of its synonyms, which no word can be; "" when it has none."""
        return family(self.form, self.lemma)


class Reading:
    """An answer, read once: `text`, `folded` (same length) and `tokens`."""

    def __init__(self, text: str) -> None:
        # Composed accents: "e" + combining accent would count as two characters. Callers quote from `self.text`.
        self.text = text
        self.folded = _joined_headings(_elided(fold(text)))
        self.places: dict[str, list[tuple[int, int]]] = {}  # what `patterns` already found here

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens in order; a date written in figures gives one token per part, with the same place."""
        sentences = _boundaries(_SENTENCE_END, self.folded, self._joins_lines)
        clauses = sorted({*sentences, *_boundaries(_CLAUSE_END, self.folded)})
        tokens: list[Token] = []
        for start, end, form, word in _scan(self.text, self.folded):
            place = (_index(sentences, start), _index(clauses, start))
            tokens.append(Token(start, end, form, lemma(word) if word else form, bool(word), *place))
        return tuple(_with_units(_merge_number_words(tokens)))

    def _joins_lines(self, match: re.Match[str]) -> bool:
        """A lone line break inside a sentence (text wrapped by hand) ends nothing."""
        if "\n" not in match[0] or match[0].count("\n") > 1 or match[0].strip():
            return False
        before = self.text[: match.start()].rstrip()
        after = self.text[match.end() :].lstrip()
        if _ARROW.search(before.rpartition("\n")[2]) or _ARROW.search(after.partition("\n")[0]):
            return False
        # Only a long line is wrapped: short ones are a list.
        line = before.rpartition("\n")[2]
        return bool(line and after) and line[-1] not in ".!?:;," and after[:1].islower() and len(line) > 50

    @cached_property
    def lines(self) -> list[int] | None:
        """Where each line ends; None when the whole answer is one line."""
        ends = [match.start() for match in re.finditer(r"\n", self.folded.strip("\n"))]
        return ends or None

    def together(self, one: Token, other: Token) -> bool:
        """Do they stand in one sentence, or on one short line of a list?"""
        if one.sentence == other.sentence:
            return True
        if self.lines is None or abs(one.start - other.start) > _LINE:
            return False
        return "\n" not in self.folded[min(one.start, other.start) : max(one.end, other.end)]

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Only the words (no number, no sign)."""
        return tuple(token for token in self.tokens if token.is_word)

    @cached_property
    def forms(self) -> dict[str, list[int]]:
        """Positions of each canonical form and of each lemma, for quick search."""
        index: dict[str, list[int]] = {}
        for position, token in enumerate(self.tokens):
            index.setdefault(token.form, []).append(position)
            if token.lemma != token.form:
                index.setdefault(token.lemma, []).append(position)
            if token.family:
                index.setdefault(token.family, []).append(position)
        return index

    @cached_property
    def agreements(self) -> dict[str, list[int]]:
        """Positions of each word whatever its gender and number: "décidée" is "décidé"."""
        index: dict[str, list[int]] = {}
        for position, token in enumerate(self.tokens):
            if token.is_word:
                index.setdefault(agreed(token.form), []).append(position)
        return index

    @cached_property
    def long_forms(self) -> dict[str, list[str]]:
        """Words long enough to forgive a slip of the finger, by initial."""
        index: dict[str, list[str]] = {}
        for form in self.forms:
            if len(form) >= 6 and form.isalpha():
                index.setdefault(form[0], []).append(form)
        return index

    def tokens_between(self, start: int, end: int) -> tuple[Token, ...]:
        """Tokens that lie wholly between two offsets."""
        return tuple(token for token in self.tokens if token.start >= start and token.end <= end)


# "n invente rien", "l agglo": the apostrophe was left out.
_ELISION = re.compile(r"(?<![\w'])(?:[nldjst]|qu|c(?= e(?:st|tait)))(?P<space> )(?=[aeiouy])")


def _elided(folded: str) -> str:
    """Same length: the space left in place of an apostrophe becomes one; the marks of bold are not read."""
    pieces = list(re.sub(r"\*\*|__", "  ", folded))
    for match in _ELISION.finditer(folded):
        pieces[match.start("space")] = "'"
    return "".join(pieces)


# "## Rôle" on its own line announces the next one, as "Rôle :" does, or "Rôle >".
_HEADING = re.compile(
    r"(?:^|(?<=\n))[ #*_>-]*(?:\d+[.)] ?)?(?:(?:le|la|ton|ta|votre|les) )?"
    r"(?:role|contexte|tache|mission|objectif|format|forme|longueur|ton|style|limites?|contraintes?|interdits?|consignes?)"
    r"[ *_]*(?:(?:[:.]?)[ *_]*(?P<end>\n)(?=\s*\S)|(?P<mark>>|=>|->|→|\|)(?= ?\w))"
)


def _joined_headings(folded: str) -> str:
    """Same length: the line end or the arrow after a heading becomes a colon."""
    pieces = list(folded)
    for match in _HEADING.finditer(folded):
        start, end = match.span("mark" if match["mark"] else "end")
        pieces[start:end] = ":".ljust(end - start)
    return "".join(pieces)


def _scan(text: str, folded: str) -> list[tuple[int, int, str, str]]:
    """(start, end, canonical form, word with accents or "") of each token."""
    found = []
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        kind, raw = match.lastgroup, match[0]
        if kind == "word":
            form = _SYNONYMS.get(raw, raw)
            found.append((start, end, form, text[start:end] if form == raw else form))
        elif kind == "date":
            found.extend((start, end, part, "") for part in _date_parts(raw))
        else:
            found.append((start, end, _canonical(str(kind), raw), ""))
    return found


def _canonical(kind: str, raw: str) -> str:
    if kind == "phone":
        digits = re.sub(r"\D", "", raw)
        return "0" + digits[-9:]
    if kind == "hour":
        hours, _, minutes = re.sub(r"[^\d:h]|eures?", "", raw.replace(":", "h")).partition("h")
        return f"{int(hours)}h{minutes if minutes.strip('0') else ''}"
    if kind == "number":
        return _number(raw)
    if kind == "sign":
        return {"€": "euro", "%": "pourcent", "°": "degre"}[raw]
    return "rendezvous" if kind == "appointment" else raw


def _number(raw: str) -> str:
    plain = re.sub(r"[ .](?=\d{3}(?!\d))", "", raw).replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return raw
    return str(int(value)) if value == int(value) else f"{value:g}"


def _date_parts(raw: str) -> list[str]:
    parts = re.split(r"[/.\-]", raw)
    month = int(parts[1])
    if not 1 <= month <= 12 or not 1 <= int(parts[0]) <= 31:
        return [_number(raw)] if len(parts) == 2 and "." in raw else [str(int(part)) for part in parts]
    year = [parts[2] if len(parts[2]) == 4 else f"20{parts[2]}"] if len(parts) > 2 else []
    return [str(int(parts[0])), MONTHS[month - 1], *year]


def _boundaries(pattern: re.Pattern[str], folded: str, skip: object = None) -> list[int]:
    ends = []
    for match in pattern.finditer(folded):
        if callable(skip) and skip(match):
            continue
        ends.append(match.end() if match.end() > match.start() else match.end() + 1)
    return ends


def _index(boundaries: list[int], offset: int) -> int:
    return bisect_right(boundaries, offset)


def _merge_number_words(tokens: list[Token]) -> list[Token]:
    """'cent cinquante' → 150, 'quatre-vingt-dix' → 90; "un" stays an article."""
    merged: list[Token] = []
    position = 0
    while position < len(tokens):
        end, total, current = position, 0, 0
        while end < len(tokens) and tokens[end].form in _UNITS and tokens[end].sentence == tokens[position].sentence:
            value = _UNITS[tokens[end].form]
            if value == 1000:
                total, current = total + (current or 1) * 1000, 0
            elif value == 100:
                current = (current or 1) * 100
            elif value == 20 and current % 100 == 4:
                current = current - 4 + 80
            else:
                current += value
            end += 1
        if end == position:
            merged.append(tokens[position])
            position += 1
            continue
        first, last = tokens[position], tokens[end - 1]
        form = str(total + current)
        merged.append(Token(first.start, last.end, form, form, False, first.sentence, first.clause))
        position = end
    return merged


_SCALES = {"million": 10**6, "millions": 10**6, "m": 10**6, "k": 10**3, "milliers": 10**3}


def _with_units(tokens: list[Token]) -> list[Token]:
    """'11,488 M€' → 11488000 euro, 'neuf heures' → 9h: the same amount however it is written."""
    merged: list[Token] = []
    for position, token in enumerate(tokens):
        last = merged[-1] if merged else None
        if last is None or last.is_word or last.end > token.start or last.sentence != token.sentence:
            merged.append(token)
            continue
        following = tokens[position + 1].form if position + 1 < len(tokens) else ""
        scaled = token.form in _SCALES and (token.form.startswith("million") or following == "euro")
        if scaled and re.fullmatch(r"[\d.]+", last.form):
            form = f"{round(float(last.form) * _SCALES[token.form], 2):.10g}"
        elif token.form in ("heure", "heures") and re.fullmatch(r"1?\d|2[0-4]", last.form):
            form = f"{last.form}h"
        else:
            merged.append(token)
            continue
        merged[-1] = Token(last.start, token.end, form, form, False, last.sentence, last.clause)
    return merged
