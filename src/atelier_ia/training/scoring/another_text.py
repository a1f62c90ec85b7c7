"""Proofreadings of something else: another document, a lesson on proofreading, or the whole document recited."""

from __future__ import annotations

import re
from functools import lru_cache

from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring.lexicon import patterns
from atelier_ia.training.scoring.patterns import Span
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading
from atelier_ia.training.scoring.remarks import ENOUGH

_QUOTED = re.compile(r"«[^»\n]*»|\"[^\"\n]*\"|“[^”\n]*”")
# An answer of so many words, of which fewer than this share belong to the exercise, is about another text: off-topic
# answers stay under 0.45, in one paragraph; honest ones in unusual words are lists, above 0.35 (tests/content).
_ENOUGH_WORDS = 6
# "remplacer par « sans frais »", "j'écris « procès-verbal »": what a quotation puts right is no other document's.
_CORRECTING = re.compile(
    r"(?:\b(?:par|mettre|mets|mettez|ecri(?:s|t|re|vez|rais)|lire|lis(?:ez)?|dire|dites|preferer?|preferez|devient|plutot"
    r"|laisse[rz]?|inscri\w+|noter?|propose[rz]?|donne[rz]?|et non|juste|seulement)\s*:?\s*|->\s*|=>\s*|→\s*)$"
)
_OURS = 0.5
_FIGURE = re.compile(r"\d{2,}[\dh.]*|\d+h\d*")
# What remarks on another document do not reach.
_PLACED, _FEW_OF_OURS = 0.6, 0.25
_TOLD, _SOME_OF_OURS = 0.35, 0.3
# A quotation of which fewer words than this share are the document's is another document's.
_OF_THE_TEXT = 2 / 3


def quotes_another_text(exercise: Exercise, reading: Reading) -> bool:
    """Are most of its quotations, two or more, those of another document?"""
    known = vocabulary(exercise.text)
    quoted = [
        [token for token in reading.tokens_between(*match.span()) if token.form not in FUNCTION_WORDS]
        for match in _QUOTED.finditer(reading.text)
        if not _CORRECTING.search(reading.folded, max(0, match.start() - 40), match.start())
    ]
    quoted = [tokens for tokens in quoted if tokens]
    foreign = [
        sum(token.form in known or token.lemma in known for token in tokens) < _OF_THE_TEXT * len(tokens)
        for tokens in quoted
    ]
    return sum(foreign) > 1 and sum(foreign) * 2 > len(quoted)


def remarks_on_another_text(exercise: Exercise, reading: Reading, placed: float, told: float) -> bool:
    """Do few of its remarks name a passage, and few of its words belong to the document and its statement?

    `placed`: share of the remarks that name a passage of the rubric; `told`: share of those that say what is wrong with
    it. Right answers of tests/content stay above these bounds; nine in ten of those to other exercises are below.
    """
    known = vocabulary(f"{exercise.text}\n{exercise.statement}")
    words = [token for token in reading.tokens if token.form not in FUNCTION_WORDS]
    ours = sum(token.form in known or token.lemma in known for token in words) / max(1, len(words))
    return (placed < _PLACED and ours < _FEW_OF_OURS) or (told < _TOLD and ours < _SOME_OF_OURS)


def counts_another_text(exercise: Exercise, reading: Reading) -> bool:
    """Are all its figures (two digits or more), two of them at least, those of another document?"""
    known = _right_words(exercise)
    figures = {token.form for token in reading.tokens if not token.is_word and _FIGURE.fullmatch(token.form)}
    return len(figures) > 1 and not figures & known


def announces_another_text(exercise: Exercise, reading: Reading) -> bool:
    """ "Dans l'arrêté de la buvette du stade : …": does the opening name a document, mostly in words unknown here?"""
    opening = re.split(r"[:,«\"\n;]", reading.folded.strip(), maxsplit=1)[0]
    if not any(pattern.search(opening) for pattern in patterns("relecture", "annonce")):
        return False
    known = _right_words(exercise)
    words = [token for token in Reading(opening).words if token.form not in FUNCTION_WORDS and len(token.form) > 3]
    foreign = [token for token in words if token.form not in known and token.lemma not in known]
    return len(foreign) > 1 and len(foreign) * 2 >= len(words)


def is_a_lesson(_exercise: Exercise, reading: Reading) -> bool:
    """ "Toujours vérifier les dates, les noms et les articles": how to proofread, on one line without quotation?"""
    long = len({token.sentence for token in reading.tokens}) > ENOUGH + 1
    if long or "\n" in reading.text.strip() or _QUOTED.search(reading.text):
        return False
    return any(pattern.search(reading.folded) for pattern in patterns("relecture", "lecon"))


def about_another_text(exercise: Exercise, reading: Reading) -> bool:
    """Are most of its words neither the document's, nor the statement's, nor those of any right answer?"""
    known = _right_words(exercise)
    words = [token for token in reading.tokens if token.form not in FUNCTION_WORDS]
    ours = sum(token.form in known or token.lemma in known for token in words)
    # A list, one line for each defect, is an answer even in words that we do not know.
    lines = sum(bool(line.strip()) for line in reading.text.split("\n"))
    sentences = len({token.sentence for token in reading.tokens})
    listed_out = (lines * 2 >= len(exercise.defects) and lines > 1) or sentences >= max(ENOUGH, len(exercise.defects))
    least = _OURS / 2 if listed_out else _OURS
    if any(quotation(exercise.text, reading, Span(*match.span())) for match in _QUOTED.finditer(reading.text)):
        return False
    return len(words) >= _ENOUGH_WORDS and ours / len(words) < least


@lru_cache(maxsize=64)
def _right_words(exercise: Exercise) -> frozenset[str]:
    wanted = [p for d in exercise.defects for p in (*d.landmarks, *d.explanations) if "@" not in p]
    listed_words = re.sub(r"[()|*+…=]", " ", " ".join(wanted))
    tokens = Reading(f"{listed_words}\n{exercise.text}\n{exercise.statement}").tokens
    return frozenset(form for token in tokens for form in (token.form, token.lemma))


def recites(exercise: Exercise, reading: Reading) -> bool:
    """Is most of the document quoted, and most of the answer a quotation?"""
    document = [token.form for token in Reading(exercise.text).words]
    answer = [token.form for token in reading.words]
    if len(answer) < 12 or len(document) < 12:
        return False
    grams = {tuple(document[i : i + 4]) for i in range(len(document) - 3)}
    own = [tuple(answer[i : i + 4]) for i in range(len(answer) - 3)]
    copied = [gram for gram in own if gram in grams]
    return len(set(copied)) / len(grams) > 0.7 and len(copied) / len(own) > 0.5


def quotation(document: str, reading: Reading, span: Span) -> bool:
    """Do these words stand in quotation marks, and in the document? Quoting gives no reason."""
    quoted = any(match.start() <= span.start and span.end <= match.end() for match in _QUOTED.finditer(reading.text))
    known = vocabulary(document)
    return quoted and all(token.form in known for token in reading.tokens_between(span.start, span.end))


@lru_cache(maxsize=64)
def vocabulary(document: str) -> frozenset[str]:
    """Forms and lemmas of a document's words and figures."""
    return frozenset(form for token in Reading(document).tokens for form in (token.form, token.lemma))
