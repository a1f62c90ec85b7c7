"""Choose the procedures that a mail is about: what it asks or reports, not what it mentions on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atelier_ia.assistant.knowledge import Procedure, complete_expressions, find_procedures, set_aside
from atelier_ia.assistant.simulator.circumstances import found_anywhere, searched
from atelier_ia.assistant.words import fold, stems

# Measured on labelled mails: from 0.50 on, clear of the next one, a procedure is the right one nine times in ten;
# under 0.45 hardly ever.
SCORE = 0.50
SURE_SCORE = 0.62
PIECE_SCORE = 0.56
SHORT_SCORE = 0.42
STRONG_SCORE = 0.68
WHOLE_SCORE = 0.55
MARGIN = 0.10
CLEAR = 0.30  # apart by more, one title word tells a short question among others
TWIN = 0.03  # apart by more, two procedures that the same words name are not both answered
STORY = 160  # words from which a mail in paragraphs is read so too
LONG_MAIL = 12  # sentences from which a story is told: what it asks then counts more than what it mentions
BLOCK_SCORE = 0.53
ASKED = 0.15  # what a request weighs more than a remark, to tell what a paragraph asks
MAX_SUBJECTS = 4
SUPPORTED = 0.02  # what each sentence that a procedure comes first for adds, to tell two equals apart
SHORT_CRY = 3  # words of an exclamation that asks for nothing
PER_SENTENCE = 2
SHORT_TOLD = 4  # sentences of a mail in which one word may be the whole matter

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
_REQUESTS = re.compile(
    r"\?|\b(?:souhait\w+|voudr\w+|aimerai\w*|(?:je|nous) (?:vous )?demand(?:e|ons)|pouvez|pourriez|signal\w+"
    r"|savoir|besoin|conteste\w*|reclame\w*)\b"
)
PASSES_ON = re.compile(
    r"^\W*(?:autre (?:chose|point|question|sujet)|par ailleurs|d'autre part|enfin|ensuite|de plus|en outre"
    r"|et puis|sinon|(?:premierement|deuxiemement|troisiemement|secondement|primo|secundo|tertio)\b"
    r"|(?:la |le )?(?:premiere?|deuxieme|seconde?|troisieme|quatrieme)\b|dernier\w* (?:chose|point|question)"
    r"|pour finir|a part ca|\d\s*[).°])"
)
_FILE = re.compile(r"\b(?:mon|ma|notre|nos|mes) (?:dossiers?|demandes?|inscriptions?) (?:de |d'|pour )")
ORDINAL = re.compile(
    r"^\W*(?:premierement|deuxiemement|troisiemement|quatriemement|secondement|primo|secundo|tertio|(?:la "
    r"|le )?(?:premiere?|deuxieme|seconde?|troisieme|quatrieme)\b|\d\s*[).°]|un :|deux :|trois :|[a-d]\))"
)
SCENE = re.compile(
    r"^\W*(?:\d\s*[).°]\s*)?(?:nouvelle |autre |petite )?(?:digression|presentation|parenthese|conclusion)\b"
)
_COURTESY = re.compile(r"^\W*(?:je vous (?:remercie|prie)|merci (?:de|d'avoir|pour)|excusez|pardon|bien a vous)")
_CLAUSES = re.compile(
    r"\s*;\s*|\s*,?\s+(?=(?:ainsi que|par ailleurs|d'autre part|également|egalement|au passage"
    r"|(?<!plus )en plus|et aussi|(?:et )?puis est-ce|et est-ce|et (?:hier|ce matin|maintenant|depuis hier|aujourd'hui)"
    r"|et (?:mon|ma|mes|notre|nos|des|les|il y a|on|il|elle)\b"
    r"|et savoir|et (?:je|j['’]|nous|pouvez|quand|comment|si|où|pour|à quelle|quel|la procédure|la démarche|le "
    r"tarif|les horaires|la liste)))",
    re.IGNORECASE,
)


_WHO = re.compile(
    r"^\W*(?:je suis|nous sommes) (?!d'accord|victime|sans|a la rue|expuls)(?:(?:une?|la|le|tres) )?\w+(?: \w+)?\W*$"
)
_EMPTY = frozenset(stems("venir vient viens intervenir appeler répondre aider agir régler passer déplacer envoyer"))
_LISTED = re.compile(r"\s*(?:\d+\s*[).°/]|[-•*–])\s")
_FINER = re.compile(r"\s*[,:(+]\s*|\s+(?:et|puis|mais|ou|pour que|and)\s+")
# « ma voisine inscrite au bureau 4 peut-elle voter pour moi ? »: what is asked comes after the verb.
_PREDICATE = re.compile(
    r"\b(?:peut|peuvent|doit|doivent|pourrait|pourra)(?:-(?:t-)?(?:ils?|elles?|on))? ([^?]{6,80})\?", re.IGNORECASE
)
_BETWEEN = re.compile(
    r"\b(?:hesit\w+|choisir|difference|choix)\b.{0,30}\bentre (?:l[ea]s? |l'|une? )?[\w ]{3,30} et (?:l[ea]s? "
    r"|l'|une? )?\w+"
)
_TITLE_PARTS = re.compile(r"\s+(?:et|\+|-|–)\s+|\s*[,;/+]\s*")


@dataclass(frozen=True)
class Subject:
    """One subject of a mail: the procedure that answers it and the sentence that raised it."""

    procedure: Procedure
    sentence: str
    score: float


def choose_subjects(
    title: str, told: Sequence[str], procedures: Sequence[Procedure], blocks: Sequence[Sequence[str]] = ()
) -> list[Subject]:
    """The subjects of a mail, in its order: `title` is its subject line, `told` its sentences, farewells left out.

    `blocks` are the same sentences by paragraph: a long mail is read paragraph by paragraph.
    """
    if sender := _sender(told, procedures):
        return [sender]
    if is_story(told, blocks) and (told_apart := _by_block(title, blocks, procedures)):
        return told_apart
    long = len(told) > LONG_MAIL
    best: dict[str, Subject] = {}
    order: dict[str, int] = {}
    support: dict[str, set[str]] = {}  # the sentences that each procedure is first for
    barred = _bars(title, told, procedures)
    for place, (unit, sentence, sure) in enumerate(_units(title, told)):
        if _WHO.match(fold(unit)) and len(told) > 1:
            continue  # who writes is not what is asked
        found = _ordered(searched(unit), procedures, _barred(unit, sentence, barred))
        if not found:
            continue
        procedure, score = found[0]
        if len(unit.split()) <= SHORT_CRY and unit.rstrip().endswith("!") and not ASKS.search(fold(unit)):
            continue  # « des jardinières ! »
        support.setdefault(procedure.id, set()).add(sentence)
        margin = score - found[1][1] if len(found) > 1 else score
        firm = long and sentence != title and not ASKS.search(fold(sentence))
        floor = SHORT_SCORE if _FILE.search(fold(unit)) else PIECE_SCORE if sure else SCORE
        # « Quels sont vos horaires ? » says nothing else.
        short = (
            not sure
            and not _EMPTY.issuperset(stems(unit))
            and bool(ASKS.search(fold(unit)))
            and (len(stems(unit)) <= 3 or bool(_LISTED.match(unit)))
        )
        if short and score >= SHORT_SCORE and margin >= MARGIN:
            titled = score >= SCORE and margin >= CLEAR and bool(set(stems(procedure.title)).intersection(stems(unit)))
            if len(told) < SHORT_TOLD or _LISTED.match(unit) or score >= PIECE_SCORE or titled or sentence == title:
                best.setdefault(procedure.id, Subject(procedure, sentence, score))
                order.setdefault(procedure.id, place)
            continue
        if score < (STRONG_SCORE if firm else SURE_SCORE) and (firm or score < floor or margin < MARGIN):
            continue
        # One sentence may name two subjects (« par cette pétition, nous demandons des ralentisseurs »).
        second = len(found) > 1 and found[1][1] >= max(SURE_SCORE, score - 0.05)
        second = second or (len(found) > 1 and bool(_BETWEEN.search(fold(unit))) and found[1][1] >= SCORE)
        for named, value in found[: 1 + second]:
            # What comes first is the request; what comes after must be much clearer to stand for it.
            if named.id not in best or value > best[named.id].score + 0.15:
                best[named.id] = Subject(named, sentence, value)
                order.setdefault(named.id, place)
    for sentence in {one.sentence for one in best.values()}:
        if (asked := asked_for(sentence, procedures)) in best:
            best = {name: one for name, one in best.items() if name == asked or one.sentence != sentence}
    if not best:
        return _likeliest(title, told, procedures, barred) or _whole(title, told, procedures, barred)
    chosen: list[Subject] = []
    for subject in sorted(
        best.values(), key=lambda one: -one.score - SUPPORTED * len(support.get(one.procedure.id, ()))
    ):
        if sum(other.sentence == subject.sentence for other in chosen) < PER_SENTENCE:
            chosen.append(subject)
    return sorted(_supported(chosen, procedures)[:MAX_SUBJECTS], key=lambda subject: order[subject.procedure.id])


def _ordered(
    text: str, procedures: Sequence[Procedure], aside: frozenset[str] = frozenset()
) -> list[tuple[Procedure, float]]:
    """The two procedures that a text is about; of two equals, the one that more of its words tell. None of `aside`."""
    found = [pair for pair in find_procedures(text, procedures, 2 + len(aside)) if pair[0].id not in aside][:2]
    told = [len(complete_expressions(text, procedure, procedures)) for procedure, _ in found]
    return found[::-1] if len(found) > 1 and found[0][1] - found[1][1] < TWIN / 3 and told[1] > told[0] else found


def asked_for(sentence: str, procedures: Sequence[Procedure]) -> str:
    """The procedure that what comes after the verb of a question clearly names; '' when it names none alone."""
    told = _PREDICATE.search(sentence)
    found = find_procedures(searched(told[1]), procedures, 2) if told and stems(told[1]) else []
    clear = bool(found) and found[0][1] >= PIECE_SCORE and (len(found) < 2 or found[0][1] - found[1][1] >= CLEAR)
    return found[0][0].id if clear else ""


def _supported(chosen: Sequence[Subject], procedures: Sequence[Procedure]) -> list[Subject]:
    """The subjects, best first, without those that add no words of their own to the best, or rest on parts of words."""
    kept: list[Subject] = []
    held: list[tuple[Subject, frozenset[tuple[str, ...]]]] = []
    for subject in chosen:
        found = complete_expressions(searched(subject.sentence), subject.procedure, procedures)
        words = frozenset(word for expression in found for word in expression)
        beside = [one for one in held if one[0].sentence == subject.sentence]
        wider = [one for one, said in beside if said and words > {word for expression in said for word in expression}]
        if wider and len(words) > 2:  # the more precise of two sheets on the same words
            kept = [one for one in kept if one not in wider]
            held = [one for one in held if one[0] not in wider]
        elif any(
            one.procedure.documents == subject.procedure.documents
            for one, _ in beside
            if len(subject.procedure.documents) > 1
        ):
            continue  # two sheets on one matter
        elif words and any(words <= {word for expression in said for word in expression} for _, said in beside):
            continue
        twin = any(
            found and other.sentence == subject.sentence and (found < said or other.score - subject.score > TWIN)
            for other, said in held
            if found <= said
        )
        partial = not found and subject.score < SURE_SCORE and not _REQUESTS.search(fold(subject.sentence))
        if kept and (twin or partial):
            continue
        kept.append(subject)
        held.append((subject, found))
    return kept


def _sender(told: Sequence[str], procedures: Sequence[Procedure]) -> Subject | None:
    """The procedure that answers whoever writes (a journalist), whatever the mail is about; None for anyone else."""
    for procedure in procedures:
        for who in procedure.senders:
            for sentence in told:
                if re.search(
                    rf"^\W*{fold(who)}\b|\b(?:je suis|suis|en tant que|en qualite de|,) {fold(who)}\b"
                    rf"|\b{fold(who)} (?:a|au|aux|pour|chez|independante?)\b",
                    fold(sentence),
                ):
                    return Subject(procedure, sentence, 1.0)
    return None


def is_story(told: Sequence[str], blocks: Sequence[Sequence[str]]) -> bool:
    """Is a mail long enough to be read paragraph by paragraph?"""
    return len(blocks) > 2 and (len(told) > LONG_MAIL or sum(len(sentence.split()) for sentence in told) > STORY)


def is_listed(blocks: Sequence[Sequence[str]]) -> bool:
    """Does the person number what they ask?"""
    return sum(bool(ORDINAL.match(head(block))) for block in blocks) > 1


def head(block: Sequence[str]) -> str:
    """How a paragraph begins, its number included, folded."""
    return fold(" ".join(block[:2]))


def _by_block(title: str, blocks: Sequence[Sequence[str]], procedures: Sequence[Procedure]) -> list[Subject]:
    """What each paragraph is about, taken whole; the first, when it asks for nothing, only sets the scene."""
    best: dict[str, Subject] = {}
    listed = sum(bool(ORDINAL.match(fold(block[0]))) for block in blocks) > 1
    asking = any(_REQUESTS.search(fold(" ".join(block))) for block in blocks[1:])
    for place, written in enumerate(blocks):
        block = [sentence for sentence in written if not _COURTESY.match(fold(sentence))]
        if block and ((listed and not ORDINAL.match(head(block))) or SCENE.match(head(block))):
            continue  # what the person numbers is what is asked; what they call a digression is not
        said = fold(" ".join(block))
        floor = STRONG_SCORE if asking and not (_REQUESTS.search(said) or PASSES_ON.match(said)) else BLOCK_SCORE
        if not block or (not place and len(blocks) > 3 and not _REQUESTS.search(fold(" ".join(block)))):
            continue
        found = find_procedures(searched("\n".join(block)), procedures, 2)
        if not found or found[0][1] < floor:
            continue
        chosen = [found[0][0]]
        # A paragraph may ask for two things, each in a sentence of its own.
        for sentence in block:
            named = find_procedures(searched(sentence), procedures, 2) if ASKS.search(fold(sentence)) else []
            clear = named and named[0][1] >= SURE_SCORE and (len(named) < 2 or named[0][1] - named[1][1] >= MARGIN)
            if clear and "?" in sentence and named[0][0] not in chosen:
                chosen.append(named[0][0])
        for procedure in chosen[:2]:
            told = [
                (_score(text, procedure, procedures) + ASKED * bool(_REQUESTS.search(fold(text))), -number, text)
                for number, text in enumerate(block)
            ]
            best.setdefault(procedure.id, Subject(procedure, max(told)[2], found[0][1]))
    return list(best.values())[:MAX_SUBJECTS]


def _score(text: str, wanted: Procedure, procedures: Sequence[Procedure]) -> float:
    found = find_procedures(searched(text), procedures, 6)
    return next((score for procedure, score in found if procedure.id == wanted.id), 0.0)


def _units(title: str, told: Sequence[str]) -> list[tuple[str, str, bool]]:
    """(what is searched, the words it stands in, must it be clear?): sentences, clauses, pieces, subject line."""
    units = [(title, title, False)] if title else []
    parts = _TITLE_PARTS.split(title)
    units += [(part, title, False) for part in parts if len(parts) > 1 and stems(part)]
    for sentence in told:
        clauses = _CLAUSES.split(sentence)
        units += [(clause, clause, False) for clause in clauses if len(clauses) > 1 and len(clause.split()) > 2]
        finer = [piece for clause in clauses for piece in _FINER.split(found_anywhere(clause))]
        units += [(piece, sentence, True) for piece in finer if len(finer) > len(clauses) and len(stems(piece)) > 1]
        units += [(told[1], sentence, True) for told in [_PREDICATE.search(sentence)] if told and stems(told[1])]
        units.append((sentence, sentence, False))
    return units


def _bars(title: str, told: Sequence[str], procedures: Sequence[Procedure]) -> dict[str, frozenset[str]]:
    """The procedures that each clause rules out, for what that clause says, and each whole sentence for itself."""
    written = {clause for sentence in (title, *told) for clause in (*_CLAUSES.split(sentence), sentence)}
    return {clause: set_aside(clause, procedures) for clause in sorted(written, key=len)}


def _barred(unit: str, sentence: str, barred: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The procedures that the clause of a piece rules out, or its sentence when it stands in no single clause."""
    return next(
        (ruled for clause, ruled in barred.items() if clause and unit in clause and clause in sentence), frozenset()
    )


def _likeliest(
    title: str, told: Sequence[str], procedures: Sequence[Procedure], barred: Mapping[str, frozenset[str]]
) -> list[Subject]:
    """The procedure that one sentence is about, even closely followed by another; none when no sentence is clear."""
    found = [
        Subject(named[0][0], sentence, named[0][1])
        for unit, sentence, sure in _units(title, told)
        if not sure
        and len(told) <= LONG_MAIL
        and (named := _ordered(searched(unit), procedures, _barred(unit, sentence, barred)))
    ]
    best = max(found, key=lambda subject: subject.score, default=None)
    return [best] if best and best.score >= SCORE else []


def _whole(
    title: str, told: Sequence[str], procedures: Sequence[Procedure], barred: Mapping[str, frozenset[str]]
) -> list[Subject]:
    """The procedure that the mail taken together is about, when no sentence says it alone."""
    found = _ordered(searched("\n".join([title, *told])), procedures, frozenset().union(*barred.values()))
    if not found or found[0][1] < WHOLE_SCORE or (len(found) > 1 and found[0][1] - found[1][1] < MARGIN):
        return []
    name = found[0][0].id
    scores = {
        sentence: next(
            (score for procedure, score in find_procedures(sentence, procedures, 4) if procedure.id == name), 0.0
        )
        for sentence in told
    }
    return [Subject(found[0][0], max(scores, key=lambda sentence: scores[sentence]) if scores else title, found[0][1])]
