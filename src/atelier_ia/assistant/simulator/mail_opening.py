"""How a reply begins: thanks, condolences, what is said of the person's feelings, a wish."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.drafting import Unit
from atelier_ia.assistant.simulator.mail import Mail
from atelier_ia.assistant.simulator.mood import ASHAMED
from atelier_ia.assistant.simulator.person import swapped
from atelier_ia.assistant.simulator.restating import shortened
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.simulator.wishes import KIN, congratulations, recovery, thanks_to_pass_on, welcome
from atelier_ia.assistant.words import fold

CONDOLENCES = "Nous vous présentons nos sincères condoléances."
_EMPATHY = {
    "colère": {
        "cordial": "Nous comprenons votre mécontentement et regrettons la gêne que vous décrivez.",
        "formel": "Nous prenons acte de votre mécontentement et en mesurons les raisons.",
        "simple": "Nous comprenons votre mécontentement.",
    },
    "détresse": {
        "cordial": "Nous mesurons combien la situation que vous décrivez est difficile.",
        "formel": "Nous mesurons la difficulté de la situation que vous exposez.",
        "simple": "Nous comprenons que votre situation est difficile.",
    },
    "inquiétude": {
        "cordial": "Nous comprenons votre inquiétude.",
        "formel": "Nous comprenons votre inquiétude et en mesurons les raisons.",
        "simple": "Nous comprenons votre inquiétude.",
    },
    "tristesse": {
        "cordial": "Nous comprenons votre peine et regrettons la situation que vous décrivez.",
        "formel": "Nous comprenons les sentiments que vous exprimez et en mesurons les raisons.",
        "simple": "Nous comprenons votre peine.",
    },
}
_GRATEFUL = (
    "Nous vous remercions de votre message, que nous transmettons aux agents et services concernés. "
    "Ils seront sensibles à votre attention."
)
# A picture published although a parent had said no.
IMAGE = "droit_image"
_AGAINST = re.compile(
    r"\bcoche\w* (?:la case )?non\b|\brefus\w*|\b(?:pas|jamais) (?:donne |autoris|d'accord|mon accord"
    r"|notre accord)|\bsans (?:mon|notre|ma|aucun\w*"
    r"|m'avoir|nous avoir|me|nous|qu'on)\b"
)
_APOLOGY = "Nous vous présentons nos excuses pour cette publication et comprenons votre inquiétude."
_WELL_DONE = "Vous avez bien fait de nous écrire."
_LATE = "Nous regrettons que votre premier message soit resté sans réponse."
# A child who gives a first name and an age is thanked by name.
_CHILD = re.compile(r"(?i:m['’ ]?ap+el+e) ([A-ZÀ-Ý][a-zà-ÿ]+)\b(?=[^.!?]{0,40}\b(?:[5-9]|1[0-4]) ans\b)")
_LOST = re.compile(
    rf"\b(?:mon|ma|notre) (?P<kin>{'|'.join(sorted(KIN, key=len, reverse=True))})\b[^.?!]{{0,40}}?"
    r"\b(?:est (?:decedee?|morte?)|vient de (?:deceder|mourir|nous quitter)|s'est eteinte?|nous a quittes)"
)
_GIVES_THANKS = re.compile(
    r"\b(?:remercier|remercie|remercions|[Mm]erci (?:encore )?[àa]|saluer|féliciter) (?P<what>(?!de\b|d['’]|pour\b"
    r"|vous\b)[^.!?]{6,})"
)
THANKED = 34  # words taken up of what somebody is thanked for
_THANKS = {
    "cordial": "Nous avons bien reçu votre message et vous en remercions.",
    "formel": "Nous accusons réception de votre message, qui a retenu toute notre attention.",
    "simple": "Nous avons bien reçu votre message.",
}


def mourning(text: str, mail: Mail) -> str:
    """`text` whose condolences name who died, when the mail says it: « pour le décès de votre père »."""
    lost = _LOST.search(fold("\n".join(mail.sentences))) if mail.bereaved else None
    return (
        text.replace("condoléances.", f"condoléances pour le décès de votre {KIN[lost['kin']]}.", 1) if lost else text
    )


def gratitude(mail: Mail) -> str:
    """Whom a mail of thanks thanks, and what for, told back; '' when it does not say."""
    for sentence in mail.told:
        if (found := _GIVES_THANKS.search(sentence)) and (what := swapped(found["what"].strip())):
            return f"Vous tenez à remercier {shortened(what, THANKED)}."
    return ""


def introduction(task: Task, mail: Mail, generous: bool) -> list[Unit]:
    """The sentences before the first matter; `generous` when the prompt earned a whole letter."""
    units = []
    if mail.bereaved and not any("condoléances" in subject.procedure.answer for subject in mail.subjects):
        units.append(Unit(2, 0, CONDOLENCES))
    if mail.mood == "remerciement":
        units.append(Unit(2, 1, _GRATEFUL if not mail.subjects else _GRATEFUL.split(". ")[0] + "."))
        if told := gratitude(mail):
            units.insert(-1, Unit(2, 2, told))
    else:
        thanks = _THANKS[task.style.tone]
        if child := _CHILD.search("\n".join(mail.sentences)):
            thanks = f"Nous avons bien reçu le message de {child[1]} et l'en remercions."
        if mail.title and generous:
            thanks = thanks.replace("votre message", f"votre message « {mail.title} »", 1)
        if mail.reminded:
            thanks = f"{thanks.rstrip('.')}. {_LATE}"
        units.append(Unit(2, 1 if mail.reminded else 2, thanks))
    said = fold("\n".join(mail.sentences))
    if mail.mood != "remerciement" and (thanked := thanks_to_pass_on("\n".join(mail.told))):
        units.append(Unit(2, 1, thanked))
    if not mail.bereaved:
        units += [Unit(2, 1, wish) for wish in (recovery(said), congratulations(said)) if wish]
        if met := welcome(said):
            units.append(Unit(2, 2, met))
    published = any(one.procedure.id == IMAGE for one in mail.subjects) and _AGAINST.search(said)
    if published:
        units.append(Unit(2, 0, _APOLOGY))
    elif mail.mood in _EMPATHY and not mail.bereaved and (task.quality.has("ton") or generous):
        units.append(Unit(2, 1, _EMPATHY[mail.mood][task.style.tone]))
    if ASHAMED.search(said) and not published:
        units.append(Unit(2, 1, _WELL_DONE))
    return units
