"""The knowledge base of procedures: what the commune answers, or whom it points to. Read-only, offline.

Written by agents in `sandbox_data/procedures.toml`; the search needs no model and can be explained: words that few
procedures share weigh more, several words of one expression together weigh more than apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.assistant.spelling import in_dictionary, one_apart, shortenings
from atelier_ia.assistant.words import stem, stems, wording, written
from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import Settings, project_root

FILE = Path("sandbox_data") / "procedures.toml"
THESAURUS = Path(__file__).with_name("thesaurus.toml")
_MIN_SCORE = 0.12
_WEAK_SHARE = 0.3
_LONGEST_WORDING = 6
_WORD_FOR_WORD = 0.25  # what each further word adds to an expression said as it is written (« voter pour moi »)
_MONTHS = frozenset(stems("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"))
_WHO = frozenset({"je", "j", "on", "il", "elle", "nous", "vous"})
_SAID = 1.45  # what three words or more weigh, small ones included, that one procedure alone has
_SLACK = 2  # words that may stand between those of one expression
MAX_CHARACTERS = 20_000  # a subject that is not named by then is not the subject


class Condition(StrictModel):
    """When a sentence that begins with `phrase` is apt: one of `words` is said, or, of none, its own rare words."""

    phrase: str = Field(min_length=1)
    words: tuple[str, ...] = Field((), alias="mots")


class Procedure(StrictModel):
    """One procedure. `answer` is ready to insert; `competence` says who really decides, `referral` whom to address."""

    id: str = Field(min_length=1)
    title: str = Field(alias="titre", min_length=1)
    service: str
    competence: Literal["commune", "intercommunalité", "état", "syndicat", "autre"]
    referral: str = Field("", alias="orientation")
    words: tuple[str, ...] = Field((), alias="mots")
    unless: tuple[str, ...] = Field((), alias="sauf")  # said in the same breath, it is another matter
    answer: str = Field(alias="reponse", min_length=1)
    only_if: tuple[Condition, ...] = Field((), alias="si")  # the other sentences of the answer always stand
    answers: tuple[str, ...] = Field((), alias="repond")  # said in a question, the answer tells it in other words
    supersedes: tuple[str, ...] = Field((), alias="remplace")  # the broader procedures that it stands for
    documents: tuple[str, ...] = Field((), alias="pieces")
    delay: str = Field("", alias="delai")
    fee: str = Field("", alias="tarif")
    link: str = Field("", alias="lien")
    source: str = ""
    checked_on: date | None = Field(None, alias="verifie_le")
    status: Literal["vérifié", "à vérifier"] = Field("à vérifier", alias="statut")
    senders: tuple[str, ...] = Field((), alias="expediteurs")  # who writes decides: answered alone, nothing confirmed


class _Base(StrictModel):
    procedures: tuple[Procedure, ...] = ()


class _Thesaurus(StrictModel):
    words: dict[str, tuple[str, ...]] = Field(alias="mots")
    families: dict[str, tuple[str, ...]] = Field(alias="familles")


@lru_cache(maxsize=1)
def _broader() -> dict[str, tuple[str, ...]]:
    """For the stem of a word that inhabitants write, those under which procedures know the same thing."""
    found: dict[str, dict[str, None]] = {}
    for broad, narrow in load_toml(THESAURUS, _Thesaurus).words.items():
        for word in narrow:
            if len(told := stems(word)) == 1:
                found.setdefault(told[0], {})[stem(broad)] = None
    return {word: tuple(broad) for word, broad in found.items()}


@lru_cache(maxsize=1)
def _family() -> dict[str, tuple[str, ...]]:
    """For the stem of a word, the notions (« étranger », « santé ») under which a condition counts it as said."""
    found = {word: list(broad) for word, broad in _broader().items()}
    for notion, narrow in load_toml(THESAURUS, _Thesaurus).families.items():
        for word in narrow:
            if len(told := stems(word)) == 1:
                found.setdefault(told[0], []).append(stem(notion))
    return {word: tuple(notions) for word, notions in found.items()}


def load_procedures(settings: Settings) -> tuple[Procedure, ...]:
    """All procedures, with `{commune}`, `{telephone}`… replaced by this collectivité's; none when there is no base.

    Raises:
        ContentError: the file does not fit its model.
    """
    path = project_root() / FILE
    if not path.is_file():
        return ()
    return _localised(path, path.stat().st_mtime_ns, settings)


@lru_cache(maxsize=4)
def _localised(path: Path, _changed: int, settings: Settings) -> tuple[Procedure, ...]:
    return tuple(
        procedure.model_copy(
            update={
                "service": settings.own_service(procedure.service),
                "answer": settings.localise(procedure.answer),
                "referral": settings.localise(procedure.referral),
                "documents": tuple(settings.localise(text) for text in procedure.documents),
                "delay": settings.localise(procedure.delay),
                "fee": settings.localise(procedure.fee),
            }
        )
        for procedure in load_toml(path, _Base).procedures
    )


def find_procedures(text: str, procedures: Sequence[Procedure], limit: int) -> list[tuple[Procedure, float]]:
    """The procedures that `text` is about, best first, with a score between 0 and 1; none below a floor."""
    index = _index(tuple(procedures))
    positions = _positions(text[:MAX_CHARACTERS], index)
    wordings = _wordings(text[:MAX_CHARACTERS])
    named = index.named(positions)
    for identifier in index.said(wordings):
        named.setdefault(identifier, {})
    scored = [
        (procedure, index.score(procedure.id, named[procedure.id], positions, wordings))
        for procedure in procedures
        if procedure.id in named
    ]
    barred = set_aside(text, [procedure for procedure, _ in scored])
    kept = [(sheet, score) for sheet, score in scored if score >= _MIN_SCORE and sheet.id not in barred]
    kept.sort(key=lambda pair: (-pair[1], pair[0].id))
    return kept[:limit]


def set_aside(text: str, procedures: Sequence[Procedure]) -> frozenset[str]:
    """The procedures that some words of `text` rule out (« une classe » that closes is no class that visits)."""
    wary = [procedure for procedure in procedures if procedure.unless]
    if not wary:
        return frozenset()
    said = text[:MAX_CHARACTERS]
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(stems(said)):
        positions.setdefault(word, []).append(position)
    wordings = _wordings(said)
    return frozenset(
        procedure.id for procedure in wary if any(_says(one, positions, wordings) for one in procedure.unless)
    )


def says_one(text: str, expressions: Sequence[str]) -> bool:
    """Does `text` hold one of `expressions`, a word of the thesaurus counted as the broader one?"""
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(stems(text[:MAX_CHARACTERS])):
        for known in (word, *_family().get(word, ())):
            positions.setdefault(known, []).append(position)
    wordings = _wordings(text[:MAX_CHARACTERS])
    small = frozenset(wording(text[:MAX_CHARACTERS]))  # « quand », « urgent », that no expression of a search holds
    return any(
        _says(one, positions, wordings) or (not stems(one) and len(wording(one)) == 1 and wording(one)[0] in small)
        for one in expressions
    )


def _says(expression: str, positions: dict[str, list[int]], wordings: frozenset[tuple[str, ...]]) -> bool:
    """Does a text hold an expression: its words close together or, small words among them, word for word?"""
    words, run = tuple(dict.fromkeys(stems(expression))), wording(expression)
    if len(words) < 2 <= len(run):
        return run in wordings
    places = [positions.get(word, []) for word in words]
    return bool(places) and all(places) and _together(places)


def _positions(text: str, index: _Index) -> dict[str, list[int]]:
    """Where each word of the base stands in `text`, a slip of the keyboard counted as the word meant."""
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(stems(text)):
        for known in index.known(word, written(text)[word]):
            positions.setdefault(known, []).append(position)
    return positions


def complete_expressions(
    text: str, procedure: Procedure, procedures: Sequence[Procedure]
) -> frozenset[tuple[str, ...]]:
    """The expressions of a procedure of which `text` holds every word, close together: what it is surely about."""
    index = _index(tuple(procedures))
    positions = _positions(text[:MAX_CHARACTERS], index)
    return index.complete(procedure.id, positions, _wordings(text[:MAX_CHARACTERS]))


def own_words(text: str, procedure: Procedure, procedures: Sequence[Procedure]) -> frozenset[str]:
    """The words of `text` that no other procedure has, and that come back in this one: its core."""
    index = _index(tuple(procedures))
    return index.own(procedure.id, _positions(text[:MAX_CHARACTERS], index))


def rare_words(text: str, sheets: int, procedures: Sequence[Procedure]) -> frozenset[str]:
    """The words of `text`, broader ones included, that the answers of as many procedures as `sheets` at most hold."""
    index = _index(tuple(procedures))
    return frozenset(word for word in _positions(text, index) if 0 < index.spread[word] <= sheets)


class _Index:
    """Weights of the words and the expressions of each procedure."""

    def __init__(self, procedures: tuple[Procedure, ...]) -> None:
        self._expressions: dict[str, list[tuple[str, ...]]] = {}
        self._titles: dict[str, frozenset[str]] = {}
        self._bodies: dict[str, frozenset[str]] = {}
        self._alone: set[tuple[str, tuple[str, ...]]] = set()  # said to be enough by themselves
        self._literal: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] = {}
        self._sayings: dict[tuple[str, ...], set[str]] = {}  # who has each of them
        self._common: dict[tuple[str, ...], set[str]] = {}  # « rendez-vous avec le maire »: small words only
        owners: dict[str, set[str]] = {}
        for procedure in procedures:
            expressions = []
            for words in procedure.words:
                if not stems(words) and len(wording(words)) > 1:
                    self._common.setdefault(wording(words), set()).add(procedure.id)
                if found := tuple(dict.fromkeys(stems(words))):
                    expressions.append(found)
                    if len(found) == 1 and len(wording(words)) > 1:
                        # What is left has lost words that mattered: « pas passé » is not « passé ».
                        self._literal.setdefault((procedure.id, found), set()).add(wording(words))
                        self._sayings.setdefault(wording(words), set()).add(procedure.id)
            self._alone.update(
                (procedure.id, found)
                for found in expressions
                if len(found) == 1 and expressions.count(found) > len(self._literal.get((procedure.id, found), ()))
            )
            expressions = list(dict.fromkeys(expressions))
            self._expressions[procedure.id] = expressions
            self._titles[procedure.id] = frozenset(stems(procedure.title))
            self._bodies[procedure.id] = frozenset(stems(procedure.answer))
            for word in {word for expression in expressions for word in expression} | self._titles[procedure.id]:
                owners.setdefault(word, set()).add(procedure.id)
        self.spread = Counter(word for held in self._bodies.values() for word in held)  # in how many answers
        self._central = {
            identifier: {
                word
                for word in {word for expression in listed for word in expression}
                if word in self._titles[identifier]
                or word in self._bodies[identifier]
                or (word,) in listed
                or sum(word in expression for expression in listed) > 1
            }
            for identifier, listed in self._expressions.items()
        }
        self._holders: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for identifier, listed in self._expressions.items():
            for expression in listed:
                for word in expression:
                    self._holders.setdefault(word, []).append((identifier, expression))
        self._titled: dict[str, list[str]] = {}
        for identifier, words_of_title in self._titles.items():
            for word in words_of_title:
                self._titled.setdefault(word, []).append(identifier)
        self._shortened: dict[str, list[str]] = {}  # long words, whole and with one letter left out
        for word in sorted(owners):
            if len(word) >= 6:
                for short in shortenings(word):
                    self._shortened.setdefault(short, []).append(word)
        self._everything = frozenset(owners).union(*self._bodies.values()) if procedures else frozenset[str]()
        self._close: dict[str, tuple[str, ...]] = {}
        total = len(procedures) or 1
        self._rarity = {word: math.log(1 + total / len(ids)) for word, ids in owners.items()}
        self._top = math.log(1 + total)

    def known(self, word: str, typed: str) -> tuple[str, ...]:
        """`word` and its broader words; when the base has neither, the long words that are one wrong letter away."""
        broader = _broader().get(word, ())
        return (*self._spelled(word, typed), *broader) if word in self._everything or not broader else broader

    def _spelled(self, word: str, typed: str) -> tuple[str, ...]:
        if word in self._everything or len(word) < 5:
            return (word,)
        if word not in self._close:
            if len(self._close) > 20_000:
                self._close.clear()
            close = {other for short in shortenings(word) for other in self._shortened.get(short, ())}
            self._close[word] = tuple(other for other in sorted(close) if one_apart(other, word))
        near = self._close[word]
        return near if near and not in_dictionary(typed) else (word,)

    def named(self, words: Collection[str]) -> dict[str, dict[tuple[str, ...], None]]:
        """The expressions, of each procedure, that hold one of `words` (in order; a title alone also counts)."""
        found: dict[str, dict[tuple[str, ...], None]] = {}
        for word in words:
            for identifier, expression in self._holders.get(word, ()):
                found.setdefault(identifier, {})[expression] = None
            for identifier in self._titled.get(word, ()):
                found.setdefault(identifier, {})
        return found

    def said(self, wordings: frozenset[tuple[str, ...]]) -> set[str]:
        """The procedures of which a run of small words is one expression, word for word."""
        return {identifier for told in wordings for identifier in self._common.get(told, ())}

    def complete(
        self, identifier: str, positions: dict[str, list[int]], wordings: frozenset[tuple[str, ...]]
    ) -> frozenset[tuple[str, ...]]:
        """The expressions of a procedure whose words all stand, close together, at these places of a text."""
        found = [told for told in wordings if identifier in self._common.get(told, ())]
        for expression in self._expressions[identifier]:
            places = [positions.get(word, []) for word in expression]
            literal = self._literal.get((identifier, expression))
            said = not literal or (identifier, expression) in self._alone or bool(literal & wordings)
            if all(places) and said and _together(places):
                found.append(expression)
        return frozenset(found)

    def own(self, identifier: str, words: Collection[str]) -> frozenset[str]:
        """Those of `words` that belong to this procedure alone and come back in it."""
        return frozenset(
            word for word in words if self._rarity.get(word) == self._top and word in self._central[identifier]
        )

    def score(
        self,
        identifier: str,
        expressions: Collection[tuple[str, ...]],
        positions: dict[str, list[int]],
        wordings: frozenset[tuple[str, ...]],
    ) -> float:
        """How much the words of a text (each with its places, and in their runs) speak for a procedure: 0 to 1."""
        found: list[float] = []
        for expression in expressions:
            places = [where for word in expression if (where := positions.get(word))]
            if not places:
                continue
            if len(places) < len(expression) and all(
                word.isdigit() or word in _MONTHS for word in expression if positions.get(word)
            ):
                continue  # « le 16 novembre » is not « 16 ans », nor « le défilé du 11 novembre »
            weight = sum(self._rarity[word] for word in expression if positions.get(word))
            share = len(places) / len(expression)
            if literal := self._literal.get((identifier, expression)):
                alone = 1.0 if (identifier, expression) in self._alone else _WEAK_SHARE
                longest = max(map(len, literal & wordings), default=0)
                own = longest > 2 and all(
                    len(self._sayings[run]) == 1 and run[0] not in _WHO for run in literal & wordings
                )
                said = 1 + _WORD_FOR_WORD * (longest - 1) if longest else alone
                found.append(max(weight * said, _SAID * own * self._top))
            elif share == 1 and _together(places):
                found.append(weight * (1 + 0.25 * (len(expression) - 1)))
            else:
                # Part of an expression proves little (« carte » alone is neither an identity card nor a voter's card),
                # unless its word belongs to no other procedure (« musique ») and comes back in this one.
                own = bool(self.own(identifier, [word for word in expression if positions.get(word)]))
                found.append(weight * min(share, 0.7) ** (1 if own else 2))
        if identifier in self.said(wordings):
            found.append(1.25 * self._top)
        title = sum(self._rarity[word] for word in self._titles[identifier] if positions.get(word))
        body = sum(1 for word in self._bodies[identifier] if word in positions)
        if not found and not title:
            return 0.0
        found.sort(reverse=True)
        raw = (
            sum(value * 0.35**rank for rank, value in enumerate(found[:4]))
            + (0.35 if found else 0.2) * title
            + 0.1 * min(body, 8)
        )
        return raw / (raw + self._top)


def _wordings(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of two to six words of a text, small words included."""
    words = wording(text)
    return frozenset(
        words[start : start + length] for length in range(2, _LONGEST_WORDING + 1) for start in range(len(words))
    )


def _together(places: list[list[int]]) -> bool:
    """Do the words of an expression stand close to one another somewhere?"""
    if len(places) == 1:
        return True
    reach = len(places) + _SLACK
    return any(all(any(abs(start - other) < reach for other in word) for word in places[1:]) for start in places[0])


@lru_cache(maxsize=8)
def _index(procedures: tuple[Procedure, ...]) -> _Index:
    return _Index(procedures)
