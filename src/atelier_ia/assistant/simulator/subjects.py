"""Choose the procedures that a mail is about: what it asks or reports, not what it mentions on the way."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from atelier_ia.assistant.knowledge import Procedure, find_procedures
from atelier_ia.assistant.words import fold, stems

FIRST_SCORE = 0.40
NEXT_SCORE = 0.61
STRONG_SCORE = 0.68
MAX_SUBJECTS = 4

ASKS = re.compile(
    r"\?|\b(?:souhait\w+|voudr\w+|voulais|aimerai\w*|demand\w+|pouvez|pourriez|pourrai\w*|comment|quand|combien"
    r"|signal\w+|savoir|besoin|faut[- ]il|"
    r"possible|connaitre|obtenir|merci de|renseign\w+|conteste\w*|reclame\w*|aussi|egalement|par ailleurs|autre"
    r"|profite|enfin|deuxieme\w*|d'autre part|de plus|ps|"
    r"eteint\w*|ne (?:marche|fonctionne|passe)|en panne|casse\w*|abime\w*|pas (?:ete )?ramass\w+|deborde\w*"
    r"|n(?:'|e )\w+ (?:toujours |encore |jamais )?(?:pas|plus|jamais|rien)|(?:toujours|encore) pas|sans arret|trop"
    r"|tous les (?:jours|soirs|matins)|chaque (?:jour|soir|matin|nuit)|partout|impossible"
    r"|depuis|danger\w*|toujours (?:pas|rien)|indemnis\w*|rembours\w*|exige\w*|attends)\b"
)
# « au numéro 18 », « devant l'école » say where, not what the mail is about.
_WHERE = re.compile(
    r"\b(?:num[ée]ro|n°)\s*\d+"
    r"|\b(?:devant|derri[èe]re|pr[èe]s d[eu]|en face d[eu]|face [àa]|[àa] c[ôo]t[ée] d[eu]|le long d[eu]|aux abords d[eu]|autour d[eu]"
    r"|au niveau d[eu]|entre|(?:sur|dans) (?:le|la) (?:parking|cour|parvis|trottoir devant|terrain|pelouse) d[eu]|au bout d[eu]|au coin d[eu]"
    r"|[àa] l['’](?:angle|arri[èe]re|entr[ée]e) d[eu]|parking d[eu]|au-dessus d[eu]|depuis|jusqu['’][àa]u?)s?\s+"
    r"(?:la\s+|le\s+|les\s+|l['’]\s?)?(?:[ée]coles?|salle(?:\s+des\s+f[êe]tes|\s+polyvalente)?|mairie|cr[èe]che|cimeti[èe]re|stade|gymnase|piscine"
    r"|m[ée]diath[èe]que|biblioth[èe]que|[ée]glise|arr[êe]t de bus|lampadaire|coll[èe]ge|garderie|cantine|d[ée]ch[èe]t?terie|neige"
    r"|passage pi[ée]tons?|parc|lavoir|boulangerie|salle de sport)\b",
    re.IGNORECASE,
)
_CLAUSES = re.compile(
    r"\s*;\s*|\s*,?\s+(?=(?:ainsi que|par ailleurs|d'autre part|également|egalement|au passage"
    r"|(?<!plus )en plus|et aussi"
    r"|et (?:mon|ma|mes|notre|nos|des|les|il y a|on|il|elle)\b"
    r"|et savoir|et (?:je|j['’]|nous|pouvez|quand|comment|si|où|pour|à quelle|quel|la procédure|la démarche|le "
    r"tarif|les horaires|la liste)))",
    re.IGNORECASE,
)


_TITLE_PARTS = re.compile(r"\s+(?:et|\+|-|–)\s+|\s*[,;/+]\s*")


@dataclass(frozen=True)
class Subject:
    """One subject of a mail: the procedure that answers it and the sentence that raised it."""

    procedure: Procedure
    sentence: str
    score: float


def choose_subjects(title: str, told: Sequence[str], procedures: Sequence[Procedure]) -> list[Subject]:
    """The subjects of a mail, in its order: `title` is its subject line, `told` its sentences, farewells left out."""
    units = [(_searched(title), False)] if title else []
    parts = _TITLE_PARTS.split(_searched(title))
    units += [(part, True) for part in parts if len(parts) > 1 and stems(part)]
    for sentence in told:
        clauses = _CLAUSES.split(sentence)
        asks = bool(ASKS.search(fold(sentence)))
        split = len(clauses) > 1 and all(len(clause.split()) > 2 for clause in clauses)
        units += [(clause, asks) for clause in (*clauses, sentence)] if split else [(sentence, asks)]
    totals: dict[str, float] = {}
    witnesses: dict[str, tuple[float, str, bool]] = {}
    tops: list[tuple[str, float, bool]] = []
    for unit, asks in units:
        found = find_procedures(_searched(unit), procedures, 4)
        for procedure, score in found:
            totals[procedure.id] = totals.get(procedure.id, 0.0) + score**2
            if score > witnesses.get(procedure.id, (0.0, "", False))[0]:
                witnesses[procedure.id] = (score, unit, asks)
        tops += [(procedure.id, score, asks) for procedure, score in found if found[0][1] - score < 0.03]
    everything = find_procedures(_searched("\n".join([title, *told])), procedures, 12)
    whole = {procedure.id: score for procedure, score in everything}
    by_id = {procedure.id: procedure for procedure in procedures}
    early = {unit for unit, _ in units[: max(3, len(units) // 2)]}

    def rank(name: str) -> float:
        """The subject line and the beginning say what a mail is about; repetition and one clear sentence count too."""
        score, sentence, _ = witnesses.get(name, (0.0, "", False))
        lead = 0.25 if title and score and named.get(name, 0.0) >= 0.25 else 0.0
        return whole[name] + 0.35 * math.sqrt(totals.get(name, 0.0)) + 0.3 * score + lead + 0.1 * (sentence in early)

    named = {procedure.id: score for procedure, score in find_procedures(title, procedures, 2)} if title else {}
    ranked = sorted(whole, key=lambda name: (-rank(name), name))
    chosen: list[Subject] = []
    for name in ranked:
        score, sentence, asks = witnesses.get(name, (0.0, "", False))
        if not chosen:
            if max(score, whole[name] * 0.9) < FIRST_SCORE:
                break
        else:
            leads = any(top == name and value >= NEXT_SCORE for top, value, _ in tops)
            asked = any(top == name and value >= FIRST_SCORE and wanted for top, value, wanted in tops)
            # « Quels sont vos horaires ? » says nothing else.
            brief = any(top == name and wanted and 0.42 <= value == score for top, value, wanted in tops) and (
                (sentence.endswith("?") and len(stems(sentence)) <= 3)
                or (score >= 0.47 and re.match(r"\s*(?:\d+\s*[).]|[-•*–])\s", sentence))
            )
            same = any(sentence == other.sentence for other in chosen)
            if (
                not (
                    brief
                    or (leads and asks)
                    or (leads and score >= STRONG_SCORE)
                    or (asked and score >= NEXT_SCORE - 0.04)
                )
                or same
            ):
                continue
        chosen.append(Subject(by_id[name], sentence, score))
        if len(chosen) == MAX_SUBJECTS:
            break
    order = {
        subject: next((n for n, (unit, _) in enumerate(units) if unit == subject.sentence), 0) for subject in chosen
    }
    return sorted(chosen, key=lambda subject: order[subject])


def _searched(text: str) -> str:
    """`text` without what only says where."""
    return _WHERE.sub(" ", text)


def covered(sentence: str, subjects: Sequence[Subject], procedures: Sequence[Procedure]) -> bool:
    """Is `sentence` about one of the subjects already found?"""
    if any(subject.sentence in sentence or sentence in subject.sentence for subject in subjects):
        return True
    chosen = {subject.procedure.id for subject in subjects}
    known: set[str] = set()
    for subject in subjects:
        held = subject.procedure
        for text in (held.answer, held.title, *held.words, held.fee, held.delay, *held.documents, subject.sentence):
            known.update(stems(text))
    asked = stems(sentence)
    near = [procedure.id for procedure, score in find_procedures(_searched(sentence), procedures, 2) if score > 0.3]
    return bool(chosen.intersection(near)) or sum(word in known for word in asked) >= 0.4 * len(asked)
