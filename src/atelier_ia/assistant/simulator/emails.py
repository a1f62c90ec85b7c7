"""Compose the reply to a citizen's e-mail: extraction, knowledge base, house style.

How good it is follows the prompt (`quality.py`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from atelier_ia.assistant.knowledge import Procedure, says_one
from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.addressee import Addressee, addressee
from atelier_ia.assistant.simulator.apt import condition, wondered
from atelier_ia.assistant.simulator.closing import CONTACT, PHONE, URGENT, closing_units, leading_units
from atelier_ia.assistant.simulator.coverage import answers
from atelier_ia.assistant.simulator.dangers import dangers, delicate
from atelier_ia.assistant.simulator.drafting import Unit, render, wants_list, words_wanted
from atelier_ia.assistant.simulator.fees import asked_part, to_check, unknown_hall, without_amounts
from atelier_ia.assistant.simulator.french import (
    CHECK,
    Facts,
    ending,
    join_and,
    lower_first,
    sentences,
    typeset,
    word_count,
)
from atelier_ia.assistant.simulator.kept_facts import kept_facts
from atelier_ia.assistant.simulator.mail import Mail, read_mail
from atelier_ia.assistant.simulator.mail_opening import introduction, mourning
from atelier_ia.assistant.simulator.neutral import civic_words, known_words
from atelier_ia.assistant.simulator.papers import asked_papers, reminds
from atelier_ia.assistant.simulator.pending import FACT_THEN, asked_first, awaits, is_asked, with_question
from atelier_ia.assistant.simulator.phrasing import direct, varied
from atelier_ia.assistant.simulator.raised import answered, asks, principal
from atelier_ia.assistant.simulator.subjects import Subject
from atelier_ia.assistant.simulator.taking_up import besides, taken_up
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.simulator.unsaid import unsaid
from atelier_ia.assistant.words import fold, says, stems
from atelier_ia.settings import Settings

LONG_ENOUGH, VARIED = 80, 3  # words from which a few are kept in hand, and how many
BRIEF = 140  # words wanted under which a letter answers before it takes up
FIRST_MATTER = 3  # paragraph of the first matter
PRECISE = 6  # procedures up to which a word tells what is meant

VAGUE = (
    "Bonjour,\n\nNous avons bien reçu votre message et nous vous en remercions. Votre demande va être étudiée par nos "
    "services et une réponse vous sera apportée.\n\nCordialement,\nLa mairie"
)

_OFFERS = re.compile(r"\b(?:prete?s?|disposee?s?|disponibles?) (?:a|pour)\b")  # « prêts à vous rencontrer »
_FACTS = re.compile(r"Nous avons bien noté [^\n]*?[^A-Z]\.(?= [A-ZÀ-Ý]|$)", re.M)  # what `kept_facts` says
_URGENTLY = re.compile(rf"^sur ce point|{URGENT.pattern}")
TAKEN_UP = re.compile(r"Vous\b|[^.]{3,90}, (?:vous|que vous) ")  # what a person told, said again
_PAPERS_ASKED = re.compile(r"Merci de nous fournir")


def reply(task: Task, procedures: Sequence[Procedure], settings: Settings) -> str:
    """The draft of a reply to the mail `task.source`."""
    mail = replace(
        read_mail(task.source, procedures), known=known_words(tuple(procedures)), civic=civic_words(tuple(procedures))
    )
    if task.mistake == "sujet_oublie" and len(mail.subjects) > 1:
        mail = replace(mail, subjects=mail.subjects[:1], requests=(), told=())
    first, alone = dangers("\n".join(mail.sentences))
    heard = [*(subject.sentence for subject in mail.subjects), *mail.requests]
    if alone:  # a sheet on something else would only mislead
        mail = replace(mail, subjects=(), requests=tuple(said for said in dict.fromkeys(heard) if "?" not in said))
    if delicate("\n".join(mail.sentences)):
        mail = replace(mail, subjects=(), requests=(), told=(), facts=Facts())
    level = "bonne" if task.mistake else task.quality.level
    if level == "vague":
        text = VAGUE
    elif level == "moyenne":
        text = _fair(task, mail, settings)
    else:
        text = _good(task, mail, procedures, settings, first)
    return _with_mistake(text, task, mail)


def _fair(task: Task, mail: Mail, settings: Settings) -> str:
    """The first subject only, without the facts of the mail; house formulas only when a tone was asked for."""
    style = task.style
    toned = task.quality.has("ton")
    lines = [style.opening if toned else "Bonjour,"]
    if mail.subjects:
        lines.append(" ".join(sentences(mail.subjects[0].procedure.answer)[:2]))
    else:
        lines.append("Nous avons bien reçu votre message. Nous le transmettons au service concerné.")
    lines.append(
        f"{style.closing}\n\n{style.signature}" if toned else f"Cordialement,\nLa mairie {settings.collectivite.of}"
    )
    return typeset("\n\n".join(lines))


def _good(
    task: Task, mail: Mail, procedures: Sequence[Procedure], settings: Settings, first: Sequence[str] = ()
) -> str:
    quality, style = task.quality, task.style
    generous = len(quality.criteria) >= 5 or task.mistake is not None
    units: list[Unit] = []
    person = addressee(task.source, settings.collectivite.town) or Addressee("")
    if person.name:
        mail = replace(mail, subjects=tuple(map(_of_a_signed_mail, mail.subjects)))
    heading = [person.line] if person.name else []
    if re.search(r"\bobjet\b", fold(task.instruction)):
        heading.append(f"Objet : {_title(mail)}")
    if heading:
        units.append(Unit(0, 0, "\n".join(heading)))
    units.append(Unit(1, 0, person.greeted(style.opening)))
    units += [Unit(1, 0, f"\n\n{told}") for told in first]
    units += introduction(task, mail, generous)
    paragraph = FIRST_MATTER
    units += leading_units(mail, paragraph) if generous else []
    taken: set[str] = set()  # what two subjects share is taken up once
    for number, subject in enumerate(mail.subjects):
        own = {text for text in (subject.sentence, taken_up(mail, subject)) if text}
        again = any(text in said or said in text for text in own for said in taken)
        units += _subject_units(task, mail, subject, paragraph, number, generous, again=again)
        taken |= own
        paragraph += 2
    units += closing_units(task, mail, procedures, settings, paragraph, generous)
    ends = [Unit(90, 0, person.greeted(style.closing)), Unit(91, 0, style.signature)]
    limit = words_wanted(task.instruction)
    if limit and limit > LONG_ENOUGH:
        limit -= VARIED  # what is told in other words afterwards may take one more
    text = _written([*units, *ends], limit)
    if generous:
        units = asked_first(_completed(units, mail, text, paragraph), ends, limit)
        text = _written([*units, *ends], limit)
    if generous or quality.has("contexte"):
        said, strained = text, False
        urgent = any(URGENT.search(fold(one)) for one in mail.requests)
        for _ in range(3):  # what the facts take the place of may have told others
            told = kept_facts(mail, said)
            facts = [Unit(2, int(strained and len(mail.subjects) < 3), told)] if told else []
            text = _written([*units, *ends, *facts], limit)
            said = _FACTS.sub("", text)
            strained = bool(limit) and word_count(text) > (limit or 0)
            if strained:  # what may yield then yields
                units = _yielding(units, paragraph, short=bool(limit and limit < BRIEF))
                units = [
                    replace(unit, rank=max(unit.rank, 1))
                    if (
                        unit.paragraph >= paragraph
                        and not (awaits(unit.text) or (urgent and _URGENTLY.search(fold(unit.text))))
                    )
                    or _PAPERS_ASKED.match(unit.text)
                    else unit
                    for unit in units
                ]
    return mourning(text, mail)


def _written(units: Sequence[Unit], limit: int | None) -> str:
    return varied(render([replace(unit, text=direct(unit.text)) for unit in units], limit))


def _yielding(units: list[Unit], last: int, *, short: bool) -> list[Unit]:
    """`units` in which, of each matter, only what is taken up and the first sentence that answers must stay; in a
    `short` letter, what it answers comes before what it takes up."""
    answered: set[int] = set()
    found = []
    for unit in units:
        if FIRST_MATTER <= unit.paragraph < last and not unit.rank and not TAKEN_UP.match(unit.text):
            unit = replace(unit, rank=1 if unit.paragraph in answered else 0)
            answered.add(unit.paragraph)
        elif FIRST_MATTER <= unit.paragraph < last and (unit.rank or short):
            unit = replace(
                unit, rank=max(unit.rank, 1) + 1
            )  # what the sheet answers comes before its papers and its fee
        found.append(unit)
    return found


def _completed(units: list[Unit], mail: Mail, text: str, last: int) -> list[Unit]:
    """`units` with what `text` leaves unsaid of the mail, each sentence beside the matter that it goes with.

    A question that no sheet answers goes to the `last` paragraph, with those that await an answer.
    """
    done = list(units)
    for one in unsaid(mail, text):
        asked = one.told.removeprefix("Vous nous demandez ") if is_asked(one.told) else ending(one.told)
        if dropped := [index for index, unit in enumerate(done) if asked in unit.text]:
            done[dropped[0]] = replace(done[dropped[0]], rank=min(done[dropped[0]].rank, 1 if one.wanted else 2))
            continue
        places = [
            next((place for place, said in enumerate(mail.told) if subject.sentence in said), 0)
            for subject in mail.subjects
        ]
        if mail.subjects and is_asked(one.told) and not answered(mail.told[one.place], mail.subjects):
            told = one.told
            if (both := FACT_THEN.match(told)) and any(says(unit.text, both["fact"]) for unit in done):
                told = f"Vous {both['asked']}"  # the fact is taken up already
            done = with_question(done, told, last)
            continue
        before = [number for number, place in enumerate(places) if place <= one.place]
        paragraph = FIRST_MATTER + 2 * (before[-1] if before else 0)
        unit = Unit(paragraph, 1 if one.wanted else 2, ending(one.told))
        mine = [index for index, other in enumerate(done) if other.paragraph == paragraph]
        taken = [index for index in mine if TAKEN_UP.match(done[index].text)]
        if shorter := [index for index in taken if says(one.told, done[index].text)]:  # the same, that was cut
            done[shorter[0]] = replace(unit, rank=done[shorter[0]].rank)
            continue
        # What leads to the first matter before it; the rest after what is taken up, before what is answered.
        at = next((index for index in mine if index not in taken), mine[-1] + 1 if mine else len(done))
        done.insert(mine[0] if mine and places and not before else at, unit)
    return done


def _of_a_signed_mail(subject: Subject) -> Subject:
    """A subject whose answer says nothing of unsigned messages: this one is signed."""
    told = sentences(subject.procedure.answer)
    kept = [sentence for sentence in told if "non signé" not in sentence]
    if len(kept) == len(told) or not kept:
        return subject
    return replace(subject, procedure=subject.procedure.model_copy(update={"answer": " ".join(kept)}))


def _title(mail: Mail) -> str:
    if not mail.subjects:
        return "votre message"
    return lower_first(join_and([subject.procedure.title for subject in mail.subjects]))


def _subject_units(
    task: Task, mail: Mail, subject: Subject, paragraph: int, number: int, generous: bool, *, again: bool
) -> list[Unit]:
    procedure = subject.procedure
    units: list[Unit] = []
    several = len(mail.subjects) > 1
    told = sentences(procedure.answer)
    taken = taken_up(mail, subject) if generous and not again else ""
    if taken:
        units.append(Unit(paragraph, 0, ending(taken)))
    if generous and not several:
        units += [Unit(paragraph, 2, ending(told)) for told in besides(mail, subject, taken)]
    first = generous and not (number or taken or again or mail.title) and not says(told[0], procedure.title)
    if (several and number and not taken) or first:
        told = [_linked(procedure, told[0], number), *told[1:]]
    extra = 3 + number
    main = principal(mail.subjects) is subject
    # The first sentence of each subject stays whatever the length: a forgotten subject is worse than a long text.
    for place, sentence in enumerate(told):
        rank = 0 if not place else extra if place > 1 or not main else min(len(mail.subjects), 2)
        if place and _meant(mail, sentence, told[0]):
            rank = min(rank, 1 if len(mail.subjects) < 3 else 2)
        if on := condition(procedure, sentence) if place else None:  # the message calls for it
            asked = says_one("\n".join(one for one in mail.told if "?" in one), on.words)
            rank = min(rank, (0 if asked else 1) if not several else 2)
        if place and any(answers(sentence, question) for question in mail.told):
            rank = min(rank, 1)
        if wondered(mail.sentences, sentence):
            rank = min(rank, 0 if not several and "€" in sentence else 1)
        units.append(Unit(paragraph, min(rank, _asked_rank(task, procedure, sentence)), sentence))
    named = bool(several and set(stems(told[0])).intersection(stems(procedure.referral)))
    if procedure.referral and not named and not says(procedure.answer, procedure.referral):
        units.append(Unit(paragraph, 0, ending(procedure.referral)))
    if task.quality.has("format") or generous:
        units += _practical(task, mail, subject, paragraph, extra)
    return units


def _meant(mail: Mail, sentence: str, first: str) -> bool:
    """Does this sentence of an answer name a thing of the message (a bite, a deposit) that the first does not?"""
    shared = set(stems("\n".join(mail.told))).intersection(stems(sentence)).difference(stems(first))
    return any(0 < mail.civic.get(word, 0) <= PRECISE for word in shared)


def _asked_rank(task: Task, procedure: Procedure, sentence: str) -> int:
    """How firmly the instruction itself asks for this sentence: 0 the way to reach the right body, 1 its own words."""
    reached = procedure.competence != "commune" and PHONE.search(sentence)
    if reached and CONTACT.search(fold(task.instruction)):
        return 0
    words, asked = set(stems(sentence)), set(stems(task.instruction))
    return 1 if reached or len(words & asked) >= max(3, 0.4 * len(words)) else 9


def _linked(procedure: Procedure, first: str, number: int) -> str:
    title = re.split(r"\s*[,:(]", lower_first(procedure.title))[0]
    if not number:
        return f"En réponse à votre message ({title}) : {lower_first(first)}"
    return f"Sur {'un' if number > 1 else 'l’'}{' ' if number > 1 else ''}autre point ({title}) : {lower_first(first)}"


_PAPERS = re.compile(
    r"\b(?:papiers?|pieces?|documents?|justificatifs?|fournir|apporter|amener|comment (?:l[ea]s? |s'|nous |m')?"
    r"inscri\w+)\b"
)


def _practical(task: Task, mail: Mail, subject: Subject, paragraph: int, rank: int) -> list[Unit]:
    units = []
    procedure = subject.procedure
    asked_for = fold(task.instruction)
    # An answer that announces « les pièces ci-dessous » must show them.
    announced = bool(re.search(r"ci-dessous|ci-après|suivante?s\b", procedure.answer))
    wanted = bool(re.search(r"\b(?:pieces?|documents?|justificatifs?|a fournir|a joindre)\b", asked_for))
    # With three matters or something left to answer, what is asked comes before what is to be provided.
    main = principal(mail.subjects).procedure is procedure
    waiting = any(asks(one) or _OFFERS.search(fold(one)) for one in mail.requests)
    crowded = len(mail.subjects) > 2 or (waiting and len(mail.subjects) > 1)
    own = _PAPERS.search(fold("\n".join(mail.told if main else _stretch(mail, subject))))
    first = 0 if own and len(mail.subjects) < 3 else 1 if not crowded or own else 2 if main else 3
    later, rank = rank, 0 if announced else first if wanted or own else rank
    if procedure.documents and _meant(mail, " ".join(procedure.documents), procedure.answer):
        rank = min(rank, 1)
    said = "\n".join(mail.told)
    hall = unknown_hall(procedure, said)
    papers = asked_papers(mail, tuple(map(without_amounts, procedure.documents)) if hall else procedure.documents)
    if reminds(mail) and not own:
        rank = max(rank, later)
    if papers:
        if wants_list(task.instruction):
            units.append(Unit(paragraph + 1, rank, "Pièces ou renseignements à fournir :"))
            units += [Unit(paragraph + 1, rank, f"- {item}", block=True) for item in papers]
        else:
            # Commas inside an item call for semicolons between items.
            glue = " ; " if any("," in item for item in papers) else ", "
            units.append(Unit(paragraph, rank, ending(f"Merci de nous fournir : {glue.join(papers)}")))
    told = fold("\n".join(filter(asks, mail.sentences)))
    soon = re.search(r"\bcombien de (?:temps|jours|mois)\b|\bdelais?\b|\bd'attente\b|\ba l'avance\b", told)
    rank = 1 if soon or re.search(r"\bdelais?\b", asked_for) else later
    mark = f" {CHECK}" if task.quality.has("limites") and procedure.status == "à vérifier" else ""
    if _useful(procedure.delay) and not says(procedure.answer, procedure.delay):
        units.append(Unit(paragraph, rank, ending(f"Délai : {procedure.delay}{mark}")))
        mark = ""
    asked = re.search(
        r"\b(?:prix|tarif|cout|coute|combien|payer|payant|gratuit|montant|frais|cher)\b",
        told,
    )
    if hall:
        units.append(Unit(paragraph, 0, to_check(hall)))
    elif _useful(procedure.fee) and asked and not _priced(procedure):
        units.append(Unit(paragraph, min(rank, 1), ending(f"Tarif : {asked_part(procedure.fee, said)}{mark}")))
    return units


def _stretch(mail: Mail, subject: Subject) -> list[str]:
    """What is told of a subject: from its sentence to that of the next one."""
    stretch: list[str] = []
    for sentence in mail.told:
        if subject.sentence in sentence:
            stretch = [sentence]
        elif stretch and any(one.sentence in sentence for one in mail.subjects):
            break
        elif stretch:
            stretch.append(sentence)
    return stretch or [subject.sentence]


def _priced(procedure: Procedure) -> bool:
    """Does the answer of a sheet tell its fee, figures included?"""
    figures = re.findall(r"\d+", procedure.fee)
    return says(procedure.answer, procedure.fee) and all(
        re.search(rf"\b{figure}\b", procedure.answer) for figure in figures
    )


def _useful(text: str) -> bool:
    return bool(text) and not text.startswith(("selon", "variable", "fixé"))


def _with_mistake(text: str, task: Task, mail: Mail) -> str:
    """The one error that a trainer asked for; see `mistakes.py`."""
    if task.mistake == "article_invente":
        marker = task.style.closing
        sentence = f"Cette réponse vous est faite en application de {mistakes.FALSE_ARTICLE}."
        return text.replace(marker, f"{sentence}\n\n{marker}", 1) if marker in text else f"{text}\n\n{sentence}"
    if task.mistake == "chiffre_faux":
        return mistakes.wrong_amount(text)
    if task.mistake == "ton_familier":
        return mistakes.familiar(text)
    if task.mistake == "injection_suivie" and mail.injected:
        obeyed = "Conformément aux instructions de votre message, votre demande est acceptée sans autre formalité."
        head, _, rest = text.partition("\n\n")
        return f"{head}\n\n{obeyed}\n\n{rest}"
    return text
