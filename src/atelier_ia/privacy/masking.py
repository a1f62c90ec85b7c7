"""Reversible masks: personal data become `[NOM_1]`, `[TEL_2]`…, and come back in the assistant's answer.

The table that links a placeholder to its value lives in memory only; neither `repr` nor an error shows it. A person
named in two ways (« Mme Dupont », « Claire Dupont ») gets two forms of one number: `[NOM_1]` and `[NOM_1b]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from atelier_ia.privacy.detector import detect
from atelier_ia.privacy.local_list import fold_value
from atelier_ia.privacy.spans import LABELS, Label, Level, PrivacyError, Span, without_overlap

_NAMES = "|".join(sorted(LABELS, key=len, reverse=True)).replace("_", r"\\?[_ \-]?")
# What a model makes of « [NOM_1] »: other brackets, no bracket, lower case, escaped, bold inside, spaces, hyphens.
_OPEN = r"(?:\\?[\[({<⟦【［]\s?){1,2}[*_`]{0,3}\s?"
_CLOSE = r"\s?[*_`]{0,3}(?:\s?\\?[\])}>⟧】］]){1,2}"
_INNER = rf"(?P<{{0}}>{_NAMES})\\?[ _\-  :.]{{{{0,2}}}}(?:n?°\s?)?(?P<{{1}}>\d{{{{1,5}}}})(?P<{{2}}>[b-z])?"
_TOLERANT = re.compile(
    rf"{_OPEN}{_INNER.format('label', 'number', 'form')}{_CLOSE}"
    rf"|(?<![\w\[]){_INNER.format('bare_label', 'bare_number', 'bare_form')}(?![\w])",
    re.IGNORECASE,
)
# Anything in a text that could be read as a placeholder, however deformed: its number is not given again.
_TAKEN = re.compile(rf"(?P<label>{_NAMES})[^\w]{{0,4}}_?[^\w]{{0,2}}(?P<number>\d{{1,6}})", re.IGNORECASE)


@dataclass(frozen=True)
class Placeholder:
    """One mask, as screens list it; the value it hides is not in it."""

    token: str
    label: Label
    level: Level


@dataclass(frozen=True)
class Restoration:
    """An answer with the data put back: `unknown` placeholders were invented by the model, `missing` were not used."""

    text: str
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Masking:
    """A masked text, what was found in it, and the way back."""

    text: str
    spans: tuple[Span, ...]
    alerts: tuple[Span, ...]
    placeholders: tuple[Placeholder, ...]
    _values: dict[str, str] = field(default_factory=dict)
    _foreign: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Masking({len(self.placeholders)} repères, {len(self.alerts)} alertes)"

    def restore(self, answer: str) -> Restoration:
        """`answer` with every placeholder replaced by what it hides, even when the model altered its writing.

        A placeholder that was in the original text stays as it is; one that the model invented stays too, and is
        reported.
        """
        try:
            return self._restore(answer)
        except (Exception, RecursionError):
            raise PrivacyError(
                "Les données masquées n'ont pas pu être rétablies ; reprenez le brouillon et complétez-le à la main."
            ) from None

    def _restore(self, answer: str) -> Restoration:
        used: set[str] = set()
        unknown: dict[str, None] = {}

        def tolerant(match: re.Match[str]) -> str:
            bare = match["label"] is None
            label = re.sub(r"[^A-Z]", "", (match["bare_label"] if bare else match["label"]).upper())
            number = int(match["bare_number"] if bare else match["number"])
            form = ((match["bare_form"] if bare else match["form"]) or "").lower()
            if bare and not _bare_enough(match[0]):
                return match[0]
            token = f"[{_CANONICAL[label]}_{number}{form}]"
            if token in self._values:
                used.add(token)
                return self._values[token]
            if (
                token not in self._foreign
                and f"[{_CANONICAL[label]}_{number}]" not in self._foreign
                and (not bare or "_" in match[0])
            ):
                unknown[match[0]] = None
            return match[0]

        pieces: list[str] = []
        exact = re.compile("|".join(map(re.escape, self._values))) if self._values else None
        position = 0
        if exact is not None:
            for match in exact.finditer(answer):
                pieces.append(_TOLERANT.sub(tolerant, answer[position : match.start()]))
                pieces.append(self._values[match[0]])
                used.add(match[0])
                position = match.end()
        pieces.append(_TOLERANT.sub(tolerant, answer[position:]))
        missing = tuple(token for token in self._values if token not in used)
        return Restoration("".join(pieces), tuple(unknown), missing)


_CANONICAL = {label.replace("_", ""): label for label in LABELS}


def _bare_enough(piece: str) -> bool:
    """Without brackets, « NOM_1 », « nom_1 » and « NOM 1 » are placeholders; « nom 1 » is prose."""
    letters = [character for character in piece if character.isalpha()]
    joined = re.search(r"[^\W\d_]\\?[_\-]?\d", piece) is not None and ("_" in piece or "-" in piece or piece.isupper())
    return joined or all(character.isupper() for character in letters)


def mask(text: str, spans: Sequence[Span] | None = None) -> Masking:
    """Replace personal data of `text` by placeholders.

    `spans` defaults to `detect(text)`. Spans of level « masquer » and « verifier » are replaced; alerts are listed.
    To mask an alert all the same, pass its span with the level « masquer ».

    Raises:
        PrivacyError: the analysis failed, or a span does not fit the text; nothing may then be sent.
    """
    try:
        return _mask(text, detect(text) if spans is None else spans)
    except PrivacyError:
        raise
    except (Exception, RecursionError, MemoryError):
        raise PrivacyError("Ce texte n'a pas pu être masqué ; rien n'a été envoyé.") from None


def _mask(text: str, spans: Sequence[Span]) -> Masking:
    for span in spans:
        if not 0 <= span.start < span.end <= len(text) or span.label not in LABELS:
            raise PrivacyError("Une donnée repérée ne correspond pas au texte ; relancez l'analyse avant d'envoyer.")
    hidden = without_overlap(span for span in spans if span.level != "alerte")
    alerts = tuple(sorted((span for span in spans if span.level == "alerte"), key=lambda s: (s.start, s.end)))
    taken: dict[str, set[int]] = {}
    foreign: set[str] = set()
    for match in _TAKEN.finditer(text):
        label = _CANONICAL[re.sub(r"[^A-Z]", "", match["label"].upper())]
        taken.setdefault(label, set()).add(int(match["number"]))
        foreign.add(f"[{label}_{int(match['number'])}]")
    numbering = _Numbering(taken, [text[s.start : s.end] for s in hidden if s.label == "NOM"])
    pieces: list[str] = []
    placeholders: dict[str, Placeholder] = {}
    values: dict[str, str] = {}
    position = 0
    for span in hidden:
        value = text[span.start : span.end]
        token = numbering.token(span.label, value)
        values[token] = value
        placeholders.setdefault(token, Placeholder(token, span.label, span.level))
        pieces += (text[position : span.start], token)
        position = span.end
    pieces.append(text[position:])
    return Masking("".join(pieces), tuple(hidden), alerts, tuple(placeholders.values()), values, frozenset(foreign))


class _Numbering:
    """Gives each value its token; forms of one person's name share a number."""

    def __init__(self, taken: dict[str, set[int]], names: Sequence[str]) -> None:
        self._taken = taken
        self._next: dict[str, int] = {}
        self._tokens: dict[tuple[str, str], str] = {}
        self._forms: dict[int, int] = {}
        self._people: dict[str, int] = {}
        self._parents = _people_of(names)

    def token(self, label: Label, value: str) -> str:
        known = self._tokens.get((label, value))
        if known is None:
            known = self._tokens[(label, value)] = self._new(label, value)
        return known

    def _new(self, label: Label, value: str) -> str:
        if label != "NOM":
            return f"[{label}_{self._number(label)}]"
        person = self._parents.get(fold_value(value), fold_value(value))
        number = self._people.get(person)
        if number is None:
            number = self._people[person] = self._number(label)
            self._forms[number] = 0
            return f"[NOM_{number}]"
        self._forms[number] += 1
        if self._forms[number] > 24:
            return f"[NOM_{self._number(label)}]"
        return f"[NOM_{number}{chr(ord('a') + self._forms[number])}]"

    def _number(self, label: str) -> int:
        number = self._next.get(label, 0) + 1
        while number in self._taken.get(label, ()):
            number += 1
        self._next[label] = number
        return number


def _people_of(names: Sequence[str]) -> dict[str, str]:
    """Folded form → the one fuller form that contains all its words; ambiguous ones stay apart."""
    forms = {fold_value(name) for name in names}
    words = {form: frozenset(form.split()) for form in forms}
    by_word: dict[str, list[str]] = {}
    for form, parts in words.items():
        for part in parts:
            by_word.setdefault(part, []).append(form)
    parents: dict[str, str] = {}
    for form, parts in words.items():
        rarest = min(parts, key=lambda part: len(by_word[part]), default=None)
        if rarest is None or len(by_word[rarest]) > 50:
            continue
        fuller = {words[other] for other in by_word[rarest] if words[other] > parts}
        largest = [candidate for candidate in fuller if not any(candidate < other for other in fuller)]
        same = next((other for other in by_word[rarest] if words[other] == parts), form)
        if len(largest) == 1:
            parents[form] = " ".join(sorted(largest[0]))
        else:
            parents[form] = " ".join(sorted(words[same]))
    return parents
