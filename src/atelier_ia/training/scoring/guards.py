"""Answers that earn nothing whatever words they hold: blank, gibberish, bags of words, copies, off-topic.

Each guard returns the French sentence shown to the learner, "" when the answer passes. Sentences that speak to the
grader ("donne tous les points") were blanked out before (`injections.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from atelier_ia.training.rubrics import Exercise
from atelier_ia.training.scoring.lexicon import any_of, patterns, word_set
from atelier_ia.training.scoring.negation import clause_bounds, denied
from atelier_ia.training.scoring.patterns import NEGATIONS, Span, alternatives, compile_pattern, find
from atelier_ia.training.scoring.prompt_detectors import find_role, find_task
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading, Token, fold, known_word
from atelier_ia.training.scoring.subject import off_topic

# From this share of its sentences on, an answer that waves things away says nothing.
_MOSTLY = 0.6
# Words from which the share of little words that stand alone is telling, and that share.
_LONG_ENOUGH = 15
_ALONE = 0.14
# So many words without a single little one make no sentence.
_BARE_WORDS = 5
# Share of an answer's five-word runs that are the statement's, or the given draft's, from which it is a copy.
_ALL_COPIED = 0.95
_MOSTLY_COPIED = 0.75
# Fewer words than this, and as many figures or more, say nothing.
_FEW = 3
# Words out of their place from which an answer is a heap; honest answers of tests/content have two at most.
_MISPLACED = 3
# A prompt under headings has as many of them, each followed by as many words of its own.
_ROWS = 4
_FILLED = 2
# A heading followed by so many words of its own counts for two.
_RICH = 6
# An entry of terse minutes holds at least so many words.
_ENTRY = 2
# A table has as many rows, and as many bars in each.
_CELLS = 3
# Or a row with arrows between its cells: "Barrières → jeudi 10 → Romain Danjouan".
_ARROWS = 2
_DENIAL = re.compile(r"\b(?:pas|ne|ni|aucune?|sans|jamais|rien|inutile)\b|\bn'")
# What an untouched answer cell holds once the solution is removed (nbgrader_config.py); it counts as blank.
STUB = "Écrivez votre réponse ici, à la place de cette phrase."


def is_blank(answer: str) -> bool:
    """Nothing but spaces, the invitation to write, or the marks of the solution region?"""
    kept = [line for line in answer.splitlines() if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line]
    text = " ".join(" ".join(kept).split())
    return not text or fold(text) == fold(STUB) or not re.search(r"\w", text)


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
    sentence = (
        "Votre réponse aligne des mots-clés sans faire de phrases ; dites ce que vous voulez, comme à un collègue."
    )
    if _is_structured(reading) and not hollow(reading):
        return ""
    if len(words) < _FEW and len(reading.tokens) - len(words) >= _FEW:
        return sentence  # figures, and nothing about them
    if _enumerates(reading):
        return sentence
    # The « L. » of an article's number is no little word.
    small = [
        token for token in words if token.form in FUNCTION_WORDS and reading.folded[token.end : token.end + 1] != "."
    ]
    bare = not small and not re.search(r"[:=>]", reading.text)
    if bare and len(words) >= _BARE_WORDS:
        return sentence
    if len(words) < 8 or _is_table(reading) or _is_minutes(reading):
        return ""
    # "ne pas", "sans" are strewn among key words too: they make no sentence. Nor do "d'un", "qu'elle": what stands
    # on its own counts. In tests/content, honest texts have 0.19 of it or more, and heaps 0.05 or less.
    light = sum(1 for token in words if token.form in FUNCTION_WORDS and token.form not in NEGATIONS)
    alone = sum(1 for token in words if token.form in FUNCTION_WORDS and not _elides(reading, token))
    if light / len(words) < 0.12 or (len(words) >= _LONG_ENOUGH and alone / len(words) < _ALONE) or scrambled(reading):
        return sentence
    if len({token.lemma for token in words}) / len(words) < 0.35 and len(words) > 15:
        return sentence
    if hollow(reading):
        return sentence
    loose = sum(_loose_words(tokens) for tokens in _by_sentence(reading))
    return sentence if loose / len(words) > 0.6 else ""


def _enumerates(reading: Reading) -> bool:
    """ "Procès-verbal, trame, rôle, parties, quorum, ton neutre": words one by one, some of them the course's own?"""
    if len(re.findall(r"(?<!\w)\d{1,2}[).](?= )", reading.text)) >= _FEW:
        return False  # "1) le prénom 2) le nom": a list
    if reading.text.count(" / ") >= _FEW and "\n" not in reading.text.strip():
        reading = Reading(reading.text.replace(" / ", " , "))
    course = word_set("gardes", "mots_du_cours") | word_set("gardes", "parties_de_lettre")
    clauses = _grouped(reading.tokens, "clause")
    alone = [
        [token for token in tokens if token.form not in FUNCTION_WORDS]
        for tokens in clauses
        if not re.match(r"\s*[:=>→|\n-]", reading.folded[tokens[-1].end :])
    ]
    bare = [" ".join(token.lemma for token in tokens) for tokens in alone if len(tokens) <= 2]
    named = sum(text in course for text in bare)
    single = sum(" " not in text for text in bare)
    asks = any(token.form in word_set("gardes", "pronoms") for token in reading.tokens) or any(
        len(tokens) > 1 and any_of("listes", "action").match(reading.folded, tokens[0].start) for tokens in clauses
    )
    if not asks and single > _BARE_WORDS and single * 2 >= len(clauses):
        return True
    short = len(clauses) > _BARE_WORDS + 1 and len(reading.words) < _FEW * len(clauses)
    marks = len(re.findall(r"[:=>→.](?=.)", reading.text))
    if not asks and short and "\n" not in reading.text.strip() and marks < 2:
        return True
    return named >= _FEW or (named >= 2 and single >= _BARE_WORDS and single * 2 >= len(clauses))


def names_a_letter(reading: Reading, exercise: Exercise) -> str:
    """Where a letter is asked for, something that speaks to no one: no "nous", no "vous", no "je"."""
    letter = any(criterion.detector in ("appel", "politesse") for criterion in exercise.criteria)
    speaks = any(token.form in word_set("gardes", "pronoms") for token in reading.tokens)
    if letter and not speaks and len(reading.words) >= _LONG_ENOUGH:
        return "Votre réponse note ce qu'il faudrait dire ; écrivez la lettre elle-même, à la personne qui la lira."
    return ""


def _is_structured(reading: Reading) -> bool:
    """ "Rôle : hôtesse d'accueil. Livrable : courriel de 100 mots.": headings, each with something of its own?"""
    empty = word_set("gardes", "mots_creux") | word_set("gardes", "mots_du_cours")
    filled = 0
    for match in re.finditer(
        r"(?:^|[.;\n])\s*[-*•#]*\s*[^\W\d]+(?: [^\W\d]+){0,2} ?[:=](?P<said>[^.;\n]+)", reading.folded
    ):
        words = [token for token in reading.tokens_between(*match.span("said")) if token.form not in FUNCTION_WORDS]
        own = sum(token.lemma not in empty and token.form not in empty for token in words)
        filled += (own >= _FILLED) + (own >= _RICH)
    # "Dépenses 11 488 000 €, personnel 6 318 000 €": figures of the case, without a heading.
    for tokens in _grouped(reading.tokens, "sentence"):
        figures = sum(not token.is_word for token in tokens)
        headed = any(mark in reading.text[tokens[0].start : tokens[-1].end] for mark in ":=")
        filled += not headed and _FILLED <= figures < len(tokens)
    return filled >= _ROWS and filled >= _MOSTLY * len(_by_sentence(reading))


def _is_table(reading: Reading) -> bool:
    """Rows of cells, with dates or figures in most of them: its words stand alone and yet say something."""
    rows = [
        line
        for line in reading.text.splitlines()
        if (line.count("|") >= _CELLS or len(re.findall(r"→|->|=>|\t|;", line)) >= _ARROWS) and re.search(r"\w", line)
    ]
    figures = sum(bool(re.search(r"\d", row)) for row in rows)
    return len(rows) >= _CELLS and figures * 2 >= len(rows)


def _is_minutes(reading: Reading) -> bool:
    """ "Barrières jeudi 10 décembre, Romain Danjouan. Affiche le 20 novembre.": terse sentences, dated one by one?"""
    for unit in ("sentence", "clause"):
        pieces = _grouped(reading.tokens, unit)
        dated = sum(
            _ENTRY <= sum(token.is_word for token in tokens) <= _LONG_ENOUGH
            and not all(token.is_word for token in tokens)
            for tokens in pieces
        )
        if dated >= _CELLS and dated >= _MOSTLY * len(pieces):
            return True
    return False


def _elides(reading: Reading, token: Token) -> bool:
    """Is it half of "d'un", or the end of "mets-toi"?"""
    return reading.folded[token.end : token.end + 1] == "'" or reading.folded[
        max(0, token.start - 1) : token.start
    ] in (
        "'",
        "-",
    )


def scrambled(reading: Reading) -> bool:
    """Do determiners and prepositions stand before words that French never puts there ("le de", "par est")?"""
    kinds = {word: word_set("gardes", "apres_determinant") for word in word_set("gardes", "determinants")}
    kinds |= dict.fromkeys(word_set("gardes", "prepositions"), word_set("gardes", "apres_preposition"))
    placed = misplaced = 0
    for position, token in enumerate(reading.tokens):
        if token.form not in kinds or reading.folded[max(0, token.start - 1) : token.start] in ("'", "-"):
            continue
        following = reading.tokens[position + 1 : position + 2]
        placed += 1
        misplaced += not following or following[0].form in kinds[token.form]
    return misplaced >= _MISPLACED and misplaced / placed >= 0.2


def hollow(reading: Reading) -> bool:
    """ "Un rôle clair. Une tâche claire." or "Défaut de prix. Défaut de date.": headings, and no content."""
    sentences = _by_sentence(reading)
    course, empty = word_set("gardes", "mots_du_cours"), word_set("gardes", "mots_creux")
    headings = word_set("gardes", "tetes_de_liste")
    count = 0
    for tokens in sentences:
        content = [token for token in tokens if token.form not in FUNCTION_WORDS and token.form not in empty]
        rest = [token for token in content if token.lemma not in course and token.lemma not in empty]
        named = len(content) > len(rest) and not rest
        said = reading.text[tokens[0].start : tokens[-1].end]
        listed = tokens[0].lemma in headings and len(tokens) <= 4 and not re.search(r"[:=«\"→>\d]", said)
        count += named or listed
    return count >= 3 and count * 5 >= len(sentences) * 2


def _by_sentence(reading: Reading) -> list[list[Token]]:
    return _grouped(reading.words, "sentence")


def _grouped(tokens: Iterable[Token], unit: str) -> list[list[Token]]:
    """The tokens of each `sentence` or `clause`."""
    groups: dict[int, list[Token]] = {}
    for token in tokens:
        groups.setdefault(getattr(token, unit), []).append(token)
    return list(groups.values())


def _loose_words(tokens: list[Token]) -> int:
    """How many words of this sentence stand in a heap: many rubric words, or long with hardly any small word."""
    headings = len({token.lemma for token in tokens if token.lemma in word_set("gardes", "mots_du_cours")})
    light = sum(1 for token in tokens if token.form in FUNCTION_WORDS)
    clauses = len({token.clause for token in tokens})
    if headings >= 4 and clauses < headings * 1.6:
        return len(tokens)
    if len(tokens) >= 12 and light / len(tokens) < 0.2:
        return len(tokens)
    if clauses >= 6 and len(tokens) / clauses < 2.5 and light / len(tokens) < 0.25:
        return len(tokens)
    return 0


def waved_away(reading: Reading, exercise: Exercise) -> str:
    """Mostly what does not matter ("peu importe le ton, inutile de…") rather than what is wanted?

    A prompt that gives a job and a task wants something, however many things it forbids.
    """
    names = ["refus", "refus_consigne" if exercise.kind == "prompt" else "refus_lettre"]
    refusals = [pattern for name in names for pattern in patterns("gardes", name)]
    sentences = [tokens for tokens in _by_sentence(reading) if len(tokens) >= 2]
    asked = exercise.kind != "prompt" or find_task(reading, exercise.products).strong
    contradicted = [] if asked else _contradicted(reading, exercise)
    waving = 0
    for tokens in sentences:
        text = reading.folded[tokens[0].start : tokens[-1].end]
        waving += (
            any(pattern.search(text) for pattern in refusals)
            or bool(any_of("negation", "indifference").search(text))
            or any(tokens[0].start <= start < tokens[-1].end for start in contradicted)
        )
    if not sentences or waving / len(sentences) < _MOSTLY or (len(sentences) < 2 and not _opens_with_refusal(reading)):
        return ""
    if exercise.kind == "prompt" and find_role(reading, ()).strong and find_task(reading, exercise.products).strong:
        return ""
    if exercise.kind == "production" and _says_most(reading, exercise):
        return ""
    return "Votre réponse dit surtout ce qui ne compte pas ; dites plutôt ce que vous voulez, élément par élément."


def _contradicted(reading: Reading, exercise: Exercise) -> list[int]:
    """Where a fact of the case is denied: "le stationnement n'est pas interdit"."""
    return [
        span.start
        for criterion in exercise.criteria
        for fact in criterion.facts
        for variant in alternatives(fact.variants)
        if not compile_pattern(variant).negative and not variant.startswith("@")
        for span in find(variant, reading)
        if denied(reading, span)
    ]


def _says_most(reading: Reading, exercise: Exercise) -> bool:
    """Does a letter affirm at least half of its facts? "vous n'avez rien à payer" refuses nothing."""
    facts = [fact for criterion in exercise.criteria for fact in criterion.facts]
    said = sum(
        any(
            compile_pattern(variant).negative or not _in_a_denial(reading, span)
            for variant in alternatives(fact.variants)
            for span in find(variant, reading)
        )
        for fact in facts
    )
    return bool(facts) and said * 2 >= len(facts)


def _in_a_denial(reading: Reading, span: Span) -> bool:
    return bool(_DENIAL.search(reading.folded, *clause_bounds(reading, span)))


def _opens_with_refusal(reading: Reading) -> bool:
    return any(pattern.match(reading.folded.lstrip()) for pattern in patterns("gardes", "refus"))


def copied(reading: Reading, exercise: Exercise) -> str:
    """Mostly the statement or the text given, pasted back?"""
    words = [token.form for token in reading.words]
    if len(words) < 8:
        return ""
    titles = _grams("\n".join(criterion.title for criterion in exercise.criteria), 3)
    named = [tuple(words[i : i + 3]) in titles for i in range(len(words) - 2)]
    if sum(named) > len(named) / 2:
        return "Votre réponse recopie ce qui est attendu ; écrivez ce que vous diriez à l'assistant, pour ce cas."
    grams = [tuple(words[i : i + 5]) for i in range(len(words) - 4)]
    known, draft = _grams(exercise.statement + "\n" + exercise.text, 5), _grams(exercise.text, 5)
    share = sum(gram in known for gram in grams) / len(grams)
    drafted = sum(gram in draft for gram in grams) / len(grams)
    # The facts are those of the statement: only an answer that is nothing else copies it.
    if share > _ALL_COPIED or (exercise.kind == "production" and drafted > _MOSTLY_COPIED):
        return "Votre réponse recopie l'énoncé ou le texte de départ ; écrivez la vôtre, avec vos mots."
    return ""


@lru_cache(maxsize=256)
def _grams(text: str, size: int) -> frozenset[tuple[str, ...]]:
    words = [token.form for token in Reading(text).words]
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def refusal(reading: Reading, exercise: Exercise) -> str:
    """The first guard that refuses the answer, "" when none does."""
    return (
        gibberish(reading)
        or bag_of_words(reading)
        or names_a_letter(reading, exercise)
        or waved_away(reading, exercise)
        or copied(reading, exercise)
        or off_topic(reading, exercise)
    )
