"""What a reply takes up of a message: the matter in the person's words, its facts, and the rest by its nouns."""

from __future__ import annotations

import re

from atelier_ia.assistant.knowledge import Procedure
from atelier_ia.assistant.simulator.french import lower_first, upper_first
from atelier_ia.assistant.simulator.mail import ITEM, SHORT_MAIL, Mail
from atelier_ia.assistant.simulator.mood import BEREAVED
from atelier_ia.assistant.simulator.neutral import begins_well, fit_to_ask, neutral
from atelier_ia.assistant.simulator.person import swapped
from atelier_ia.assistant.simulator.phrasing import NOTED
from atelier_ia.assistant.simulator.raised import whole_sentence
from atelier_ia.assistant.simulator.reported import has_verb
from atelier_ia.assistant.simulator.restating import restated
from atelier_ia.assistant.simulator.subjects import Subject
from atelier_ia.assistant.simulator.unfit_words import lives_on, repeatable
from atelier_ia.assistant.simulator.wishes import only_thanks_said
from atelier_ia.assistant.words import fold, stems

LONGEST_QUOTATION = (30, 20, 14, 14)  # words quoted, by the number of subjects
NEW_WORDS = 3  # words that a sentence must add to be taken up too
BESIDES = 24  # words taken up of such a sentence
RESTATED = (44, 30, 18, 14)  # words taken up from the person's own, by the number of subjects
QUOTED = 7  # words, the marks included, under which a quotation that was cut says nothing
FRAGMENT = 4  # meaningful words under which words without a verb say nothing

# « Le syndicat me dit de voir avec vous »: who sent the person here matters to the answer.
_REFERRED = re.compile(
    r"\b(?:syndicat|prefecture|departement|region|agglo\w*|bailleur|syndic|gendarmerie|commissariat|caf|rectorat"
    r"|notaire"
    r"|tresor\w*|impots)\b.{0,60}\b(?:dit|renvoie|renvoye|repond|repondu|reclame|demande|exige|refuse|dirige)\w*\b"
)


_KIN = r"(?:fils|fille|filles|enfants?|bébé|garçons?|jumeaux|jumelles)"
_NAME = r"(?-i:[A-ZÀ-Ý][a-zà-ÿ]+(?:[-'’][A-ZÀ-Ý]?[a-zà-ÿ]+)*)"
_OWN = re.compile(
    rf"\b(?:m[aoe]n?s?|notre|nos) {_KIN},? (?P<kin>{_NAME}(?:(?:, | et ){_NAME})*)"
    rf"|\b(?:enfant|élève|défunte?|titulaire) ?: ?(?P<who>{_NAME}(?: {_NAME})?)"
    rf"|\bfamille (?P<family>(?:de )?{_NAME})"
    r"|\b(?:[Ll]e |[Ll]['’]|[Ll]a |[Nn]otre )(?P<body>(?:club|association|amicale|comité|collectif|harmonie"
    r"|chorale|compagnie|troupe|ensemble|APE|foyer) (?!de la mairie)[^,;:.!?()]{3,50}?)"
    r"(?= (?:a|est|organise|souhait\w+|voudr\w+|aimer\w+|vous|recherche|cherche|prépare|se|fête|propose|remercie"
    r"|n['’]a|dispose)\b| ?[,(])"
    rf"|[\"“«]\s?(?P<title>(?-i:[A-ZÀ-Ý])[^\"”»?!]{{2,45}}?)\s?[\"”»]",
    re.IGNORECASE,
)


# « Je me permets de vous signaler trois choses : » says none of them.
_ANNOUNCES = re.compile(
    r"\b(?:deux|trois|quatre|cinq|plusieurs|quelques|\d) (?:petites? )?"
    r"(?:choses|points|questions|demandes|problèmes|sujets|remarques)(?: en une?| rapides?)?(?:,? désolée?s?)?\W*$",
    re.IGNORECASE,
)
_WISHES = re.compile(r"\b(?:souhait|voudr|sollicit|aimer|demand|besoin|recherch|desir|cherch)\w*\b[^:]*:\s*$")
_THING = re.compile(
    r"(?:l[ea]s?|l['’]|une?|des|du|votre|vos|\d+|deux|trois|quatre|cinq|six|dix|une dizaine)(?:\b|(?<=['’]))"
)
_LED = re.compile(r"(?:en|lors|suite|depuis|après|avant|pour|dans|comme)\b", re.IGNORECASE)
_ONLY_NAMES = re.compile(r"(?:\W|\d|M\.|Mme|Mlle|et|de|du|la|le|les|des|(?-i:[A-ZÀ-Ý])[\wà-ÿ'’-]*)+")
_NAMES_SELF = re.compile(r"\W*je m['’]appelle\b", re.IGNORECASE)
ANNOUNCED = 14  # words up to which such a sentence says nothing else


_ASKED = ("Vous nous demandez s", "Vous nous demandez c", "Vous nous demandez q", "Vous nous demandez à")


def own_names(text: str) -> list[str]:
    """The names that a person gives of their own: a child, a family, an association between quotes."""
    found = [
        match["kin"] or match["who"] or match["title"] or match["body"] or f"famille {match['family']}"
        for match in _OWN.finditer(text)
    ]
    return list(dict.fromkeys(found))


def again(mail: Mail, sentence: str, limit: int) -> str:
    """`sentence` taken up, without what a town hall does not repeat; '' when too little is left to mean anything."""
    if mail.bereaved and BEREAVED.search(fold(sentence)):
        return ""  # the condolences say it
    if lives_on(sentence) and "?" not in sentence:
        return ""
    told = neutral(sentence, mail.known) if mail.known else sentence
    if told != sentence and "?" in sentence and fit_to_ask(sentence) and restated(sentence).startswith(_ASKED):
        told = sentence  # no question is lost for a word that no list holds
    if _ANNOUNCES.search(told) and len(told.split()) <= ANNOUNCED:
        return ""
    if told and (wish := _listed_wish(mail, sentence, told)):
        return wish
    said = restated(told, limit) if told else ""
    if said.startswith(f"{NOTED} :") and told != sentence and _LED.match(told) and not has_verb(told):
        return ""  # what is left has lost its verb
    if _ONLY_NAMES.fullmatch(said.removeprefix(NOTED)) and said.startswith(NOTED):
        return ""
    if (
        said.startswith(NOTED)
        and len(stems(said.removeprefix(NOTED))) < FRAGMENT
        and told != sentence
        and not ITEM.match(sentence)
    ):
        return ""
    return said if told == sentence or len(said.split("«")[-1].split()) >= QUOTED or "«" not in said else ""


def _listed_wish(mail: Mail, sentence: str, told: str) -> str:
    """« Nous souhaiterions : - 15 tables » → « Vous souhaitez 15 tables »; '' when the list tells something else."""
    if not ITEM.match(sentence) or "?" in sentence or has_verb(told):
        return ""
    place = next((place for place, text in enumerate(mail.told) if sentence in text), 0)
    lead = next((text for text in reversed(mail.told[:place]) if not ITEM.match(text)), "")
    item = swapped(lower_first(ITEM.sub("", told).strip(" ;:.,")))
    if (
        not (lead.rstrip().endswith(":") and _WISHES.search(fold(lead)))
        or not _THING.match(item)
        or not repeatable(item)
    ):
        return ""
    return f"Vous souhaitez {item}"


def confidential(mail: Mail) -> bool:
    """Does someone ask about another person? Nothing of what they tell is then said again."""
    return any(one.procedure.senders and "données personnelles" in one.procedure.answer for one in mail.subjects)


def taken_up(mail: Mail, subject: Subject) -> str:
    """What is taken up before an answer: turned to « vous », or quoted shortly; a bare subject line is not."""
    if confidential(mail) or (mail.title and subject.sentence == mail.title):
        return ""  # a subject line is already named
    if mail.bereaved and BEREAVED.search(fold(subject.sentence)) and "?" not in subject.sentence:
        return ""
    subjects = len(mail.subjects)
    shared = sum(other.sentence in subject.sentence or subject.sentence in other.sentence for other in mail.subjects)
    limit = min(RESTATED[0], RESTATED[min(subjects, len(RESTATED)) - 1] * shared)  # told once for all it raises
    clause = subject.sentence
    if (
        not has_verb(clause)
        and "?" not in clause
        and not any(
            other.sentence != clause and other.sentence in whole_sentence(clause, mail.told) for other in mail.subjects
        )
    ):
        clause = whole_sentence(clause, mail.told)  # « et des canettes sur le trottoir » hangs on what comes before
    told = neutral(clause, mail.known) if mail.known else clause
    if not told:
        return ""
    sentence = _focused(told, subject.procedure, limit)
    taken = again(mail, sentence, limit) or again(mail, _civil(sentence, subject.procedure), limit)
    quoted = re.search(r"« (.+) »", taken)
    longest = LONGEST_QUOTATION[min(subjects, len(LONGEST_QUOTATION)) - 1]
    if quoted and len(quoted[1].split()) > longest:
        taken = restated(sentence, longest)
    if told != subject.sentence and taken.startswith(NOTED) and len(stems(taken.removeprefix(NOTED))) < FRAGMENT:
        return ""
    return "" if quoted and len(quoted[1].split()) < (4 if told == subject.sentence else QUOTED) else taken


def besides(mail: Mail, subject: Subject, taken: str) -> list[str]:
    """Of a short mail on one matter, what else it tells: no fact is lost because another sentence names it."""
    if len(mail.told) > SHORT_MAIL or confidential(mail):
        return []
    held = set(stems(taken))
    found = []
    for sentence in mail.told:
        new = [word for word in stems(sentence) if word not in held]
        if (
            sentence in (subject.sentence, *mail.requests)
            or subject.sentence in sentence
            or _NAMES_SELF.match(sentence)
            or only_thanks_said(sentence)
        ):
            continue
        if len(new) < NEW_WORDS:
            continue
        told = again(mail, sentence, BESIDES)
        if told and (
            "«" not in told or _REFERRED.search(fold(sentence))
        ):  # the person's exact words are kept for what is asked
            found.append(told)
            held.update(stems(sentence))
    return found[:2]


def _focused(sentence: str, procedure: Procedure, limit: int) -> str:
    """Of a long sentence, from the clause that names the subject on; a short one whole."""
    if len(sentence.split()) <= limit:
        return sentence
    named = {word for text in (procedure.title, *procedure.words) for word in stems(text)}
    clauses = re.split(r"(?<=[,;:])\s+", sentence)
    weights = [len(named.intersection(stems(clause))) for clause in clauses]
    start = weights.index(max(weights))
    if start and not begins_well(clauses[start]):
        start = 0  # « a une latte cassée » has left its subject behind
    within = len(" ".join(clauses[: start + 1]).split()) <= limit
    return sentence if within else upper_first(" ".join(clauses[start:]))


def _civil(sentence: str, procedure: Procedure) -> str:
    """Of a sentence that is not to be repeated whole (abuse), the clause that names the subject; '' when none does."""
    named = {word for text in (procedure.title, *procedure.words) for word in stems(text)}
    clauses = [clause for clause in re.split(r"\s*[,;:]\s+", sentence) if repeatable(clause)]
    best = max(clauses, key=lambda clause: len(named.intersection(stems(clause))), default="")
    return upper_first(best) if named.intersection(stems(best)) else ""
