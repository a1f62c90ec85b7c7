"""Is an answer about the case, or about something else: another subject, a lesson, a question of course?"""

from __future__ import annotations

import re
from functools import lru_cache

from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring.letter_detectors import figures_of, find_unknown_figures
from atelier_ia.training.scoring.lexicon import any_of, patterns, word_set
from atelier_ia.training.scoring.patterns import alternatives, find
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading

# An answer that does not name its subject and has so many words of another one is about that one.
_FOREIGN_WORDS = 5
# So many figures of another case, and none of this one.
_FIGURES = 3
# A prompt that names nothing of the case, and three things of another one ("une recette de ratatouille").
_FEW_FOREIGN = 3
_ELSEWHERE = "Votre réponse parle d'autre chose ; relisez l'énoncé et repartez du cas donné."


def off_topic(reading: Reading, exercise: Exercise) -> str:
    """About something else altogether? Needs several words of another subject, and none of this one's."""
    if _is_a_lesson(reading):
        return _ELSEWHERE
    # A prompt that names its subject in several ways is about it, whatever figures it mixes up.
    named = exercise.kind == "prompt" and on_subject(reading, exercise) and not barely_on_subject(reading, exercise)
    if not named and _of_another_case(reading, exercise):
        return _ELSEWHERE
    needed = _FEW_FOREIGN if exercise.kind == "prompt" else _FOREIGN_WORDS
    if on_subject(reading, exercise):
        if exercise.kind != "prompt" or not barely_on_subject(reading, exercise):
            return ""
        needed = _FOREIGN_WORDS * 2  # one word of the subject: a vague prompt, or one about something else at length
    if exercise.kind == "prompt" and _asks_about_notions(reading, exercise):
        return _ELSEWHERE
    own = subject_words(exercise.text)
    course = word_set("gardes", "mots_du_cours")
    content = {
        token.lemma
        for token in reading.words
        if token.form not in FUNCTION_WORDS and token.lemma not in course and len(token.form) > 3
    }
    if len(content & own) >= (3 if exercise.subject else 2):
        return ""
    known = word_set("gardes", "mots_de_mairie") | word_set("gardes", "mots_de_consigne")
    foreign = {word for word in content - known if not _any_listed(word)}
    if len(foreign) >= needed:
        return _ELSEWHERE
    return ""


def _of_another_case(reading: Reading, exercise: Exercise) -> bool:
    """Dates, hours and sums, several of them, and none that the exercise gives?"""
    given = figures_of(f"{exercise.text}\n{exercise.statement}")
    unknown = find_unknown_figures(reading, f"{exercise.text}\n{exercise.statement}")
    return bool(given) and len(unknown) >= _FIGURES and not given & figures_of(reading.text)


def _is_a_lesson(reading: Reading) -> bool:
    """ "Un bon relevé de décisions tient sur une page": what such texts are in general, without figures of the case?"""
    return not re.search(r"\d", reading.text) and any(
        pattern.match(reading.folded.lstrip()) for pattern in patterns("gardes", "lecon")
    )


def _asks_about_notions(reading: Reading, exercise: Exercise) -> bool:
    """ "Explique-moi ce qu'est un arrêté", with none of the facts of the case."""
    if not any(pattern.search(reading.folded) for pattern in patterns("gardes", "question_generale")):
        return False
    variants = tuple(v for c in exercise.criteria for fact in c.facts for v in fact.variants if not v.startswith("@"))
    return not any(find(variant, reading) for variant in alternatives(variants))


def on_subject(reading: Reading, exercise: Exercise) -> bool:
    """Does the answer name the subject? Facts may be those of another one: much is "gratuit, sur rendez-vous".

    Without a declared subject, one of the facts is enough.
    """
    wanted = exercise.subject or tuple(v for c in exercise.criteria for fact in c.facts for v in fact.variants)
    return any(find(pattern, reading) for pattern in alternatives(wanted))


def barely_on_subject(reading: Reading, exercise: Exercise) -> bool:
    """Is a single word all that it shares with the subject? A page about the gymnasium is no note about the budget."""
    wanted = (*exercise.subject, *(v for c in exercise.criteria for fact in c.facts for v in fact.variants))
    shared = {
        token.lemma
        for pattern in alternatives(wanted)
        for span in find(pattern, reading)
        for token in reading.tokens_between(span.start, span.end)
        if token.form not in FUNCTION_WORDS
    }
    shared |= {token.lemma for token in reading.words} & subject_words(exercise.text)
    return len(shared) < 2


@lru_cache(maxsize=256)
def subject_words(text: str) -> frozenset[str]:
    """Lemmas that belong to a subject: the longer words of its text, not the vocabulary of all town-hall mail."""
    return frozenset(
        token.lemma
        for token in Reading(text).words
        if token.form not in FUNCTION_WORDS
        and token.lemma not in word_set("gardes", "mots_de_mairie")
        and len(token.form) > 4
    )


def _any_listed(word: str) -> bool:
    """Is it part of the vocabulary of prompts in general (tones, jobs, texts)?"""
    return any(
        any_of("listes", name).match(word) for name in ("ton", "emploi", "produit", "unite_texte", "promesse", "action")
    )
