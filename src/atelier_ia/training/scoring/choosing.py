"""Closed questions (`choix`): the letter picked, however it is written, or the proposal copied."""

from __future__ import annotations

import re

from atelier_ia.training.rubrics import Exercise, Verdict
from atelier_ia.training.scoring.patterns import Span
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading
from atelier_ia.training.scoring.results import CriterionResult, ExerciseResult, quotes, rounded

_SET_ASIDE = (
    "laisse tomber|ecart\\w+|elimin\\w+|exclu\\w*|barr\\w+|raye\\w*|retire\\w*|enleve\\w*|refus\\w+|rejett?\\w+"
    "|oubli\\w+"
)
_NAMES = "(?:reponse|choix|proposition|option|lettre|case|solution)s?"


def score_choice(exercise: Exercise, reading: Reading) -> ExerciseResult:
    """All the points for exactly the right proposal(s); each wrong one answers with its own diagnosis."""
    right = {choice.id for choice in exercise.choices if choice.right}
    picked = _picked(exercise, reading)
    spans = [span for span, _ in picked]
    letters = {letter for _, letter in picked}
    verdict: Verdict = "absent"
    if not letters:
        message = "Je n'ai pas trouvé votre choix : écrivez seulement la lettre, par exemple « B »."
    elif letters == right:
        verdict = "acquis"
        message = " ".join(choice.diagnosis for choice in exercise.choices if choice.id in right)
    elif len(right) == 1 and len(letters) > 1:
        message = "Vous citez plusieurs lettres : gardez-en une seule, celle que vous retenez."
    else:
        wrong = [choice.diagnosis for choice in exercise.choices if choice.id in letters - right]
        missing = len(right - letters)
        if not wrong:
            verdict = "partiel"
            message = (
                f"Ce que vous avez choisi est juste ; il manque encore {missing} réponse{'s' if missing > 1 else ''}."
            )
        else:
            message = " ".join(wrong)
    mistake = "choix_" + "".join(sorted(letters)) if letters and verdict == "absent" else ""
    line = CriterionResult(
        "choix", exercise.title, verdict, exercise.choice_points, quotes(reading.text, spans), message, mistake=mistake
    )
    return ExerciseResult(exercise.id, rounded(line.points), exercise.max_score, (line,))


def _picked(exercise: Exercise, reading: Reading) -> list[tuple[Span, str]]:
    """Letters the answer retains, with their places."""
    ids = "".join(choice.id for choice in exercise.choices)
    return (
        _opening_letters(ids, reading)
        or _marked_letters(ids, reading)
        or _said_letters(ids, reading)
        or _ranked(ids, reading)
        or _by_words(exercise, reading)
    )


def _opening_letters(ids: str, reading: Reading) -> list[tuple[Span, str]]:
    """ "b", "réponse B", "la b et la c" at the head of the answer."""
    letter = rf"[{ids}](?![\w'])"
    opening = re.match(
        rf"\W*(?:(?:la |ma |bonne )*{_NAMES}\W*(?:est |sont )?(?:la |le |les )?|(?:la|le) )?"
        rf"(?P<first>{letter})(?P<more>(?:\s*(?:,|et|ou|/|&|\+|;|-)?\s*(?:la |le )?{letter})*)",
        reading.folded,
    )
    if not opening:
        return []
    # A lone "a" that opens a sentence may be the verb or "A priori".
    rest = reading.folded[opening.end() :]
    if opening["first"] == "a" and not opening["more"] and re.match(r"\s+[a-z]", rest):
        return []
    base = opening.start("first")
    if _rejected(reading, Span(base, base + 1)) or re.match(r"\s*\?+\s*(?:non|pas|finalement|euh)\b", rest):
        return []  # "b ? non, je me ravise, c"
    letters = re.finditer(rf"(?<!\w){letter}", reading.folded[base : opening.end()])
    return [(Span(base + found.start(), base + found.end()), found[0]) for found in letters]


def _marked_letters(ids: str, reading: Reading) -> list[tuple[Span, str]]:
    """Letters that something marks as a choice further on: a name before, a bracket after, a capital."""
    found: dict[int, str] = {}
    marks = (
        rf"{_NAMES}\s*(?::|est|serait|sera|c'est)?\s*(?:la |le )?([{ids}])(?![\w'])",
        rf"(?<![\w'])([{ids}])(?=\s*[).:])",
        rf"\bla ([{ids}])(?![\w'])",
    )
    for mark in marks:
        found |= {match.start(1): match[1] for match in re.finditer(mark, reading.folded)}
    for match in re.finditer(rf"(?<![\w'’])[{ids.upper()}](?![\w'’])", reading.text):
        if match[0] != "A" or not re.match(r"\s+[a-zà-ÿ]{2,}", reading.text[match.end() :]):
            found[match.start()] = match[0].lower()
    places = [(Span(start, start + 1), letter) for start, letter in sorted(found.items())]
    return [(span, letter) for span, letter in places if not _rejected(reading, span)]


def _said_letters(ids: str, reading: Reading) -> list[tuple[Span, str]]:
    """Small letters that a verb or a conclusion announces: "je dis c", "donc b ; …", "sans hésiter, d"."""
    said = re.compile(
        r"\b(?:je (?:dis|dirais|repondrais|choisis|prends|mets|coche|retiens|reponds|vote|garde|pense|penche)"
        r"|j'(?:opte|ai choisi|ai mis|aurais (?:dit|mis|pris|choisi))|donc|alors|c'est|ce sera|plutot|hesiter|moi"
        r"|reste(?: plus)?(?: que)?"
        r"|evidemment|logiquement|forcement)\b[ ,:]*(?:que c'est |pour )?(?:la |le )?"
        rf"([{ids}])(?![\w'’-])(?!\s(?:est|etait|a)\b)"
    )
    places = [(Span(*match.span(1)), match[1]) for match in said.finditer(reading.folded)]
    # "ni a, ni c, ni d : b": the last word of all.
    last = re.search(rf"[:,;]\s*(?:la |le )?([{ids}])\W*$", reading.folded)
    if last and not places:
        places = [(Span(*last.span(1)), last[1])]
    return [(span, letter) for span, letter in places if not _rejected(reading, span)]


def _ranked(ids: str, reading: Reading) -> list[tuple[Span, str]]:
    """ "La deuxième", "la dernière proposition", "la 3e réponse": the rank of the letter, at the head of the answer."""
    match = re.match(
        r"\W*(?:je (?:choisis|prends|garde|dirais|dis) |c'est |pour moi,? )?(?:la |le )"
        r"(?P<rank>premiere?|deuxieme|seconde?"
        r"|troisieme|quatrieme|derniere?|[1-4] ?(?:re|er|e|eme|ere))\b",
        reading.folded,
    )
    if match is None or not ids:
        return []
    said = match["rank"]
    ranks = {"premier": 0, "deuxieme": 1, "second": 1, "troisieme": 2, "quatrieme": 3, "dernier": len(ids) - 1}
    rank = int(said[0]) - 1 if said[0].isdigit() else next(n for word, n in ranks.items() if said.startswith(word))
    return [(Span(*match.span("rank")), ids[rank])] if rank < len(ids) else []


def _rejected(reading: Reading, span: Span) -> bool:
    """ "pas la b", "ni a ni c": set aside."""
    before = reading.folded[max(0, span.start - 30) : span.start]
    refusal = (
        r"\b(?:(?:pas|ni|non|sauf|plutot que|surtout pas|jamais)\s+(?:\w+er )?(?:l[ae] |un )?(?:\w+ )?"
        rf"|(?:pas|ni|non|sauf|{_SET_ASIDE})\s+(?:tout de suite |d'abord |d'office )?(?:l[ae]s? )?(?:\w+ )?"
        r"(?:[a-h](?:\s*[,/]\s*|\s+(?:et|ou|ni)\s+)(?:l[ae] )?){0,5})$"
    )
    after = reading.folded[span.end : span.end + 50]
    wrong = (
        r"\s(?:,? ?c'?)?est (?:\w+ ){0,3}?"
        r"(?:fausse?|faux|mauvaise?|a (?:eviter|proscrire|exclure|rejeter)|interdite?|idiote?)\b"
    )
    return bool(re.search(refusal, before) or re.match(wrong, after))


def _by_words(exercise: Exercise, reading: Reading) -> list[tuple[Span, str]]:
    """The proposal copied instead of its letter."""
    own = {token.lemma for token in reading.words if token.form not in FUNCTION_WORDS}
    if len(own) < 2 or not any(token.form in FUNCTION_WORDS for token in reading.words):
        return []  # key words choose nothing
    shares = []
    for choice in exercise.choices:
        theirs = {token.lemma for token in Reading(choice.text).words if token.form not in FUNCTION_WORDS}
        shares.append((len(own & theirs) / max(1, len(theirs)), choice.id))
    shares.sort(reverse=True)
    best, letter = shares[0]
    second = shares[1][0] if len(shares) > 1 else 0
    return [(Span(0, len(reading.text)), letter)] if best >= 0.6 and best - second >= 0.25 else []
