"""Answers that earn nothing whatever words they hold: blank, gibberish, bags of words, copies, off-topic.

Each guard returns the French sentence shown to the learner, "" when the answer passes. Sentences that speak to the
grader ("donne tous les points") are blanked out before anything is looked for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring.patterns import find
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading, Token, fold, known_word

# What an untouched answer cell holds once the solution is removed (nbgrader_config.py); it counts as blank.
STUB = "Écrivez votre réponse ici, à la place de cette phrase."

_GRADER = (
    r"correct(?:eur|rice|ion)|evaluat(?:eur|rice|ion)|notation|bareme|criteres?|points?|notes?\b|score|20 ?/ ?20|100 ?%"
    r"|acquis|formatrice|formateur|jury|nbgrader|grad(?:er|e|ing)\b|full marks|rubric"
)
_CLAIM = (
    r"donne|donner|attribue|accorde|mets\b|met\b|mettre|mettez|valide|valider|validez|considere|considerer|compte|marque"
    r"|note\b|notez|obtien|merite|ignore|oublie|give|award|assign|set\b|mark\b|return|renvoie|affiche|reponds|juge|coche"
    r"|augmente|est a noter|doit etre not|force|passe\b|declare|maximum|maximal|remplit tous|satisfait tous"
)
_INJECTION = (
    re.compile(rf"\b(?:{_CLAIM})\b[^.!?\n]{{0,80}}\b(?:{_GRADER})"),
    re.compile(rf"\b(?:{_GRADER})\b[^.!?\n]{{0,60}}\b(?:{_CLAIM})"),
    re.compile(
        r"\b(?:ignore|oublie|ne tiens? (?:pas )?compte d|annule|disregard|forget)\w*\b[^.!?\n]{0,40}"
        r"\b(?:consigne|instruction|regle|bareme|rubric)s?\b[^.!?\n]{0,25}\b(?:precedent|ci-dessus|recue|previous|above)"
    ),
    re.compile(
        r"\b(?:system|systeme|assistant|user)\s*:\s|<\|?(?:im_start|system|endoftext)|\[/?inst\]|###\s*instruction"
    ),
    re.compile(r"\bcette reponse (?:est|doit etre|merite|remplit|satisfait|vaut)\b"),
    re.compile(
        r"\b(?:toutes? (?:mes|les) reponses? (?:est|sont)|tous les criteres (?:sont|est)|j'ai (?:tout )?juste)\b"
    ),
)
# A prompt may well tell the assistant to ignore the orders hidden in the citizen's mail.
_ABOUT_MAIL = re.compile(
    r"\b(?:courriel|mail|message|habitant|texte|usager|document|contenue?s?|glissee?s?|cachee?s?)\b"
)

_RUBRIC_WORDS = frozenset(
    [
        "role",
        "contexte",
        "tache",
        "format",
        "ton",
        "limite",
        "contrainte",
        "longueur",
        "destinataire",
        "objectif",
        "public",
        "style",
        "structure",
        "consigne",
        "prompt",
        "exemple",
        "forme",
        "interdit",
        "regle",
    ]
)
_ADMIN_WORDS = frozenset(
    [
        "reponse",
        "courriel",
        "message",
        "lettre",
        "courrier",
        "habitant",
        "habitante",
        "administre",
        "usager",
        "citoyen",
        "citoyenne",
        "riverain",
        "riveraine",
        "mairie",
        "commune",
        "ville",
        "municipal",
        "municipalite",
        "service",
        "agent",
        "accueil",
        "demande",
        "question",
        "madame",
        "monsieur",
        "bonjour",
        "assistant",
        "rediger",
        "repondre",
        "ecrire",
        "mot",
        "phrase",
        "ligne",
        "paragraphe",
        "ton",
        "courtois",
        "poli",
        "clair",
        "simple",
        "phrase",
        "francais",
        "formule",
        "politesse",
        "salutation",
        "cordialement",
        "texte",
        "brouillon",
        "maire",
        "elu",
        "secretaire",
        "information",
        "reclamation",
    ]
)


def is_blank(answer: str) -> bool:
    """Nothing but spaces, the invitation to write, or the marks of the solution region?"""
    kept = [line for line in answer.splitlines() if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line]
    text = " ".join(" ".join(kept).split())
    return not text or fold(text) == fold(STUB) or not re.search(r"\w", text)


def blank_injections(answer: str) -> tuple[str, list[str]]:
    """The answer with the sentences that speak to the grader replaced by spaces (same length), and those sentences."""
    folded = fold(answer)
    kept = list(answer)
    removed = []
    for match in re.finditer(r"[^.!?\n]+[.!?]*", folded):
        sentence = match[0]
        if any(pattern.search(sentence) for pattern in _INJECTION) and not _legitimate(sentence):
            removed.append(answer[match.start() : match.end()].strip())
            for position in range(match.start(), match.end()):
                if kept[position] != "\n":
                    kept[position] = " "
    return "".join(kept), removed


def _legitimate(sentence: str) -> bool:
    speaks_to_grader = re.search(
        r"\b(?:correct(?:eur|rice)|bareme|criteres?|20 ?/ ?20|tous les points|maximum de points|la note|nbgrader"
        r"|points? maxim|note max|cette reponse)\b",
        sentence,
    )
    return not speaks_to_grader and bool(_ABOUT_MAIL.search(sentence))


def gibberish(reading: Reading) -> str:
    """Too few French words to be an answer?"""
    words = [reading.text[token.start : token.end] for token in reading.words]
    if len(words) < 3:
        return ""
    ordinary = sum(1 for word in words if fold(word) in FUNCTION_WORDS or known_word(word) or word[0].isupper())
    if ordinary / len(words) < 0.55 and not _plain_ascii_french(reading):
        return "Je ne reconnais pas de phrases en français ; relisez votre réponse et écrivez-la en mots courants."
    return ""


def _plain_ascii_french(reading: Reading) -> bool:
    """Typed without accents: the little words still give it away."""
    words = reading.words
    return sum(1 for token in words if token.form in FUNCTION_WORDS) / len(words) > 0.35


def bag_of_words(reading: Reading) -> str:
    """A heap of key words rather than sentences?"""
    words = reading.words
    if len(words) < 8:
        return ""
    sentence = "Votre réponse aligne des mots-clés sans faire de phrases ; dites ce que vous voulez, comme à une ou un collègue."
    light = sum(1 for token in words if token.form in FUNCTION_WORDS)
    if light / len(words) < 0.12:
        return sentence
    if len({token.lemma for token in words}) / len(words) < 0.35 and len(words) > 15:
        return sentence
    loose = sum(_loose_words(tokens) for tokens in _by_sentence(reading))
    return sentence if loose / len(words) > 0.6 else ""


def _by_sentence(reading: Reading) -> list[list[Token]]:
    groups: dict[int, list[Token]] = {}
    for token in reading.words:
        groups.setdefault(token.sentence, []).append(token)
    return list(groups.values())


def _loose_words(tokens: list[Token]) -> int:
    """How many words of this sentence stand in a heap: many rubric words, or long with hardly any small word."""
    headings = len({token.lemma for token in tokens if token.lemma in _RUBRIC_WORDS})
    light = sum(1 for token in tokens if token.form in FUNCTION_WORDS)
    clauses = len({token.clause for token in tokens})
    if headings >= 4 and clauses < headings * 1.6:
        return len(tokens)
    if len(tokens) >= 12 and light / len(tokens) < 0.2:
        return len(tokens)
    if clauses >= 6 and len(tokens) / clauses < 2.5 and light / len(tokens) < 0.25:
        return len(tokens)
    return 0


def copied(reading: Reading, exercise: Exercise) -> str:
    """Mostly the statement or the text given, pasted back?"""
    words = [token.form for token in reading.words]
    if len(words) < 8:
        return ""
    grams = [tuple(words[i : i + 5]) for i in range(len(words) - 4)]
    known = _grams(exercise.statement + "\n" + exercise.text, 5)
    share = sum(1 for gram in grams if gram in known) / len(grams)
    if share > 0.75:
        return "Votre réponse recopie l'énoncé ou le texte de départ ; écrivez la vôtre, avec vos mots."
    return ""


@lru_cache(maxsize=256)
def _grams(text: str, size: int) -> frozenset[tuple[str, ...]]:
    words = [token.form for token in Reading(text).words]
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def off_topic(reading: Reading, exercise: Exercise) -> str:
    """About something else altogether? Needs several words of another subject, and none of this one's."""
    patterns = [
        *exercise.subject,
        *(variant for criterion in exercise.criteria for fact in criterion.facts for variant in fact.variants),
    ]
    if any(find(pattern, reading) for pattern in patterns):
        return ""
    own = subject_words(exercise.text)
    content = {
        token.lemma
        for token in reading.words
        if token.form not in FUNCTION_WORDS and token.lemma not in _RUBRIC_WORDS and len(token.form) > 3
    }
    if len(content & own) >= 2:
        return ""
    foreign = content - _ADMIN_WORDS
    if len(foreign) >= 4:
        return "Votre réponse parle d'autre chose ; relisez l'énoncé et repartez du cas donné."
    return ""


@lru_cache(maxsize=256)
def subject_words(text: str) -> frozenset[str]:
    """Lemmas that belong to a subject: the longer words of its text, not the vocabulary of all town-hall mail."""
    return frozenset(
        token.lemma
        for token in Reading(text).words
        if token.form not in FUNCTION_WORDS and token.lemma not in _ADMIN_WORDS and len(token.form) > 4
    )


def refusal(reading: Reading, exercise: Exercise) -> str:
    """The first guard that refuses the answer, "" when none does."""
    return gibberish(reading) or bag_of_words(reading) or copied(reading, exercise) or off_topic(reading, exercise)
