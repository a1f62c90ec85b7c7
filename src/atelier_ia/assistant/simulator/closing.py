"""How a reply ends: what no procedure answers, the service or the body that deals with it, whom to reach."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.knowledge import Procedure, complete_expressions, find_procedures, own_words
from atelier_ia.assistant.simulator.circumstances import searched
from atelier_ia.assistant.simulator.competences import competent
from atelier_ia.assistant.simulator.dangers import delicate
from atelier_ia.assistant.simulator.drafting import Unit
from atelier_ia.assistant.simulator.french import CHECK, ending
from atelier_ia.assistant.simulator.mail import ITEM, Mail
from atelier_ia.assistant.simulator.pending import later
from atelier_ia.assistant.simulator.phrasing import wrong
from atelier_ia.assistant.simulator.raised import FURTHER, asks, follows_up
from atelier_ia.assistant.simulator.subjects import SCORE
from atelier_ia.assistant.simulator.taking_up import again
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.words import fold, says, stems
from atelier_ia.settings import Settings

VAGUE_WORDS = 4  # meaningful words up to which a message does not say what it is about
TOLD = 2  # words of an expression, or of a title, that name a sheet
JOINED = 32  # words of two questions told in one sentence
SAID = 3  # words of a body's own that must be said beside an answer, for it to be named too
LIKELY = 0.45  # from there on, whom a procedure points to is worth saying, though it is not sure enough to be recited

PHONE = re.compile(r"\b0\d(?:[ .\u00a0\u202f]?\d{2}){4}\b")
_ASKED = re.compile(
    r"\?|\bje (?:ne sais pas|me demande) (?:si|ce|quel|qui|où|comment)"
    r"|\b(?:prêt\w*|disponibles?|disposée?s?) (?:à|pour) |\brendez-vous\b"
)
URGENT = re.compile(r"\b(?:potable|boire|dangereu\w+|danger|risqu\w+|en securite|toxique|amiante)\b")
_BACK = re.compile(r"\b(?:l[ae]s? |l['’])[a-zà-ÿ]*(?:faire|prendre|mettre|voir|[a-zà-ÿ]{3,}er|[a-zà-ÿ]{3,}ir)\b[^?]*\?")
# What awaits an answer, as it is taken up.
_PENDING = re.compile(
    r"\bnous demandez\b|\bVous (?:demandez|souhaitez|aimeriez|nous interrogez|proposez|exigez|sollicitez|cherchez"
    r"|contestez|réclamez)\b|\bvous (?:souhaitez|demandez)\b|: « [^»]*\?"
)
_ASKS = ("Vous nous demandez", "Vous nous interrogez")
_PRICE = re.compile(
    r"\b(?:combien (?:ça |cela |c['’]est |est-ce que )?(?:co[uû]t|pay)\w*|co[uû]te\w* combien"
    r"|quels? (?:est|sont) l\w+ (?:prix|tarifs?))",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:contact\w*|joindre|joignable|coordonnees|telephone|numero|appeler|service|s'adresser)\b"
    + f"|{PHONE.pattern}"
)


def closing_units(
    task: Task, mail: Mail, procedures: Sequence[Procedure], settings: Settings, paragraph: int, generous: bool
) -> list[Unit]:
    """The last paragraphs before the courtesies."""
    units = []
    thanked = mail.mood == "remerciement" and not mail.subjects
    careful = task.quality.has("limites") or generous
    if careful:
        units += _open_units(mail, procedures, settings, paragraph)
    if not mail.subjects and not thanked:
        units.append(Unit(paragraph, 0, _unknown(mail, procedures, settings, careful)))
    if (task.quality.has("rôle") or generous) and not thanked:
        service = mail.subjects[0].procedure.service if mail.subjects else ""
        wanted = CONTACT.search(fold(task.instruction))
        brief = len(mail.subjects) > 1 or bool(mail.subjects and mail.requests)
        units.append(
            Unit(
                paragraph + 1,
                (0 if brief else 1) if wanted else 2,
                _contact(service, settings, brief=brief),
            )
        )
    return units


def leads(mail: Mail, request: str) -> bool:
    """Does what a person reports, before the first matter, lead to it (« j'attire votre attention sur… »)?"""
    places = [
        place for place, said in enumerate(mail.told) if any(subject.sentence in said for subject in mail.subjects)
    ]
    before = mail.told[: places[0]] if places else ()
    return request in before and not asks(request) and not ITEM.match(request)


def leading_units(mail: Mail, paragraph: int) -> list[Unit]:
    """What leads to the first matter, in its paragraph."""
    told = [again(mail, request, 24) for request in mail.requests if leads(mail, request)]
    return [Unit(paragraph, 1, ending(one)) for one in told if one]


def _open_units(mail: Mail, procedures: Sequence[Procedure], settings: Settings, paragraph: int) -> list[Unit]:
    """What no procedure answers, taken up in the person's words rather than met with an answer to something else."""
    units: list[Unit] = []
    for place, request in enumerate(mail.requests):
        if leads(mail, request):
            continue
        if told := again(mail, request, 40 if not mail.subjects else 24):
            rank = 0 if not units and (not mail.subjects or asks(request)) else 1
            placed = bool(ITEM.match(request))
            if mail.subjects and not placed and not _ASKED.search(request) and any(map(_ASKED.search, mail.requests)):
                rank = 2  # what is asked before what is told, but for where it is
            if "?" not in request and any(map(_BACK.search, mail.requests[place + 1 : place + 2])):
                rank = 1  # « la carte grise », of which the next sentence asks « puis-je la faire ici ? »
            if "?" in request and URGENT.search(fold(request)):
                rank = 0  # « l'eau est-elle potable ? »
            units.append(Unit(paragraph, rank, ending(told)))
    pending = any(_PENDING.search(unit.text) for unit in units)
    units = _joined(units)
    if units and mail.subjects and not pending and any(wrong(one) for one in mail.requests if not leads(mail, one)):
        _, service = _routed("\n".join(mail.requests), procedures, settings, sure=True)
        who = f"au service concerné ({service})" if service else "au service concerné"
        units.append(Unit(paragraph, min(unit.rank for unit in units), f"Nous le signalons {who} {CHECK}."))
    elif units and mail.subjects and pending:  # what only tells how things stand awaits no answer
        body, service = _routed(
            "\n".join(one for one in mail.requests if asks(one) and not follows_up(one)),
            procedures,
            settings,
            sure=True,
        )
        if service == settings.service_name(mail.subjects[0].procedure.service):
            service = ""  # the one to reach, named below
        told = f"{body} " if body and not any(says(one.procedure.answer, body) for one in mail.subjects) else ""
        who = f"du service concerné ({service})" if service else "du service concerné"
        point = "Sur ce point, y compris le tarif" if _PRICE.search("\n".join(mail.requests)) else "Sur ce point"
        units.append(
            Unit(
                paragraph,
                min(unit.rank for unit in units),
                f"{told}{later(who, point)}",
            )
        )
    return units


def _joined(units: list[Unit]) -> list[Unit]:
    """Two short questions that follow each other, in one sentence: « Vous nous demandez si… et si… »."""
    found: list[Unit] = []
    for unit in units:
        before = found[-1] if found else None
        both = f"{before.text.rstrip('.')} {unit.text}" if before else ""
        if (
            before
            and before.text.startswith(_ASKS[0])
            and unit.text.startswith(_ASKS[0])
            and not re.search(r"[«;:]|\bet\b", both)
            and len(both.split()) <= JOINED
        ):
            asked = unit.text.removeprefix(_ASKS[0]).strip()
            found[-1] = Unit(before.paragraph, min(before.rank, unit.rank), f"{before.text.rstrip('.')} et {asked}")
        else:
            found.append(unit)
    return found


def _unknown(mail: Mail, procedures: Sequence[Procedure], settings: Settings, careful: bool) -> str:
    if delicate("\n".join(mail.sentences)):
        return f"Nous transmettons votre message au CCAS, avec la discrétion nécessaire {CHECK}."
    body, service = _routed("\n".join(mail.told), procedures, settings)
    who = f"au service concerné ({service})" if service else "au service concerné"
    text = f"Nous transmettons votre demande {who}, qui reviendra vers vous"
    if careful and not body and any(map(wrong, mail.told)) and not mail.facts.places:
        text = f"Pour nous permettre d'agir, merci de préciser le lieu exact et la date. {text}"
    elif careful and not body and len(set(stems("\n".join(mail.told))) - FURTHER) <= VAGUE_WORDS:
        text = f"Pour vous répondre utilement, merci de préciser votre demande. {text}"
    named = "" if service else " (service à désigner)"
    text = f"{text} {CHECK}{named}." if careful else f"{text}."
    return f"{body} {text}" if body else text


def _routed(text: str, procedures: Sequence[Procedure], settings: Settings, *, sure: bool = False) -> tuple[str, str]:
    """(who decides, when it is not the commune; the service that the request goes to), '' when nothing tells."""
    found = find_procedures(text, procedures, 1)
    if found and found[0][1] >= LIKELY and _told_by(text, found[0][0], procedures):
        best = found[0][0]
        named = max(map(len, complete_expressions(searched(text), best, procedures)), default=0)
        firm = (found[0][1] >= SCORE and named >= TOLD) or set(stems(best.title)[:1]) <= set(stems(text))
        body = ending(best.referral) if firm and best.competence != "commune" and best.referral else ""
        return body, settings.service_name(best.service)
    line = competent(text, SAID if sure else 2)
    return (line.body, settings.service_name(settings.own_service(line.service))) if line else ("", "")


def _told_by(text: str, sheet: Procedure, procedures: Sequence[Procedure]) -> bool:
    """Is there more than a part of an expression (« Saint-Aubin », of « route de Saint-Aubin ») to name a sheet?"""
    longest = max(map(len, complete_expressions(searched(text), sheet, procedures)), default=0)
    titled = set(stems(searched(text))).intersection(set(stems(sheet.title)) - FURTHER)
    return longest >= TOLD or len(titled) >= TOLD or bool(own_words(searched(text), sheet, procedures))


def _contact(service: str, settings: Settings, *, brief: bool) -> str:
    own = settings.collectivite
    names = [item.name for item in settings.services if item.id == service]
    who = f"la mairie ({names[0]})" if names else "la mairie"
    ways = [
        way for way in (f"au {own.phone}" if own.phone else "", f"à l'adresse {own.email}" if own.email else "") if way
    ]
    if not ways:
        return f"Pour toute précision, {who} reste à votre disposition."
    if brief and names:  # several matters: the words go to them
        return f"Pour nous joindre : {own.phone or own.email} ({names[0]})."
    return f"Pour toute précision, vous pouvez joindre {who} {' ou '.join(ways)}."
