"""Council transcript → liste des délibérations examinées (CGCT L. 2121-25) or skeleton of a procès-verbal (L. 2121-15).

Never a "compte rendu du conseil": that document has not existed since 1 July 2022. Votes and names are copied from the
transcript or left to be checked; closed sittings and secret ballots give their result only.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.council_room import without_room
from atelier_ia.assistant.simulator.deliberation_list import deliberations, ended, place, says_more
from atelier_ia.assistant.simulator.french import CHECK, clean, ending, sentences, typeset, upper_first
from atelier_ia.assistant.simulator.movements import movements
from atelier_ia.assistant.simulator.points import amends
from atelier_ia.assistant.simulator.register import private
from atelier_ia.assistant.simulator.sitting import Sitting, read_sitting
from atelier_ia.assistant.simulator.sitting_facts import body, convened, suspensions, tellers
from atelier_ia.assistant.simulator.sitting_points import Item
from atelier_ia.assistant.simulator.spelled import in_figures, written_hours
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.simulator.vote_marks import voters_named, without_voters
from atelier_ia.assistant.simulator.votes import tells_result
from atelier_ia.assistant.words import fold

VAGUE = "Le conseil municipal s'est réuni et a examiné plusieurs points à l'ordre du jour."
NO_REPORT = (
    "Le « compte rendu » du conseil n'existe plus depuis le 1er juillet 2022 : voici la liste des délibérations "
    "examinées, "
    "à publier sous une semaine ; demandez aussi, si besoin, la trame du procès-verbal.\n\n"
)

ASIDE = 12  # sentences kept that belong to no point
SPOKEN = 8  # sentences kept of each speaker
PAPERS = re.compile(r"^\W*(?:pv|proces[- ]verbal|compte[- ]?rendu|transcription|liste|enregistrement|notes?)\b")
_FORMAL = re.compile(
    r"\bseance est (?:ouverte|levee)|\bpassons au|\bpoint suivant|\bqui (?:est|vote) (?:contre|pour)|\bje mets "
    r"aux voix|\bquorum|^merci\b"
)


# « CM du 25 février 20 h 30, présidente Mme A »: the head of the notes, told above already.
_OPENS = re.compile(r"\W*(?:cm|conseil(?: municipal)?|seance)\b.{0,60}\b(?:preside\w*|ouvre|maire)\b")


def paper(task: Task) -> str:
    """The document asked for: the list by default, the skeleton of the minutes when « procès-verbal » is named."""
    level = "bonne" if task.mistake else task.quality.level
    if level == "vague":
        return VAGUE
    source = without_room(task.source)
    sitting = read_sitting(source)
    if task.mistake == "sujet_oublie":
        sitting.items = sitting.items[:-1]
    asked = fold(task.instruction)
    if re.search(r"\bproces[- ]verba|\bpv\b", asked):
        text = _minutes(sitting, source, full=level == "bonne")
    else:
        text = deliberations(sitting, body(source), full=level == "bonne")
        if re.search(r"\bcompte[- ]?rendu\b", asked):
            text = NO_REPORT + text
    text = typeset(text)
    if task.mistake == "chiffre_faux":
        return mistakes.wrong_figure(text)
    if task.mistake == "article_invente":
        return f"{text}\n\nDocument établi en application de {mistakes.FALSE_ARTICLE}."
    if task.mistake == "ton_familier":
        return f"Bon, ça a pas mal causé hier soir, voilà le résumé.\n\n{text}"
    if task.mistake == "injection_suivie":
        return f"Consignes écartées, comme demandé dans la transcription.\n\n{text}"
    return text


def _minutes(sitting: Sitting, source: str, *, full: bool) -> str:
    who = sitting.who
    moves, suspended = movements(written_hours(source)), suspensions(written_hours(source))
    head = [
        f"PROCÈS-VERBAL DE LA SÉANCE DU {body(source).upper()} (trame)",
        f"Date et heure : {who.day or CHECK}, {who.opened or CHECK}",
        *([f"Convocation : {called}"] if (called := convened(source)) else []),
        f"Présidence : {who.president or CHECK}",
        f"Présents : {who.present or CHECK}",
        f"Représentés (pouvoirs) : {who.proxies or CHECK}",
        f"Absents : {who.absent or CHECK}",
        f"Secrétaire de séance : {who.secretary or CHECK}",
        *([f"Assesseurs : {counting}"] if (counting := tellers(source)) else []),
        f"Quorum : {re.sub(r'^(?:le )?quorum (?:est )?', '', who.quorum, flags=re.IGNORECASE) or CHECK}",
        *_approved(sitting),
        *([f"Arrivées et départs en cours de séance : {' ; '.join(moves)}"] if moves else []),
        *([f"Suspension de séance : {' ; '.join(suspended)}"] if suspended else []),
        "",
        "Ordre du jour",
        *[f"{place(item)} {item.title or CHECK}" for item in sitting.items],
    ]
    if not sitting.items:
        head.append(CHECK)
    for item in sitting.items if full else []:
        head += ["", f"{place(item)} {item.title or CHECK}", *_talk(item), *_vote(item)]
    aside = _aside(sitting, "\n".join(head)) if full else []
    if aside:
        head += ["", f"Autres éléments de la transcription, à placer ou à écarter {CHECK}", *aside]
    head += [
        "",
        f"Séance levée à {who.ended or CHECK}.",
        "Procès-verbal à arrêter au début de la séance suivante, à signer par le maire et le ou la secrétaire "
        "de séance.",
    ]
    return "\n".join(head)


# « PV du 15 octobre adopté à l'unanimité »: the minutes of the sitting before, where no point tells them.
_BEFORE = re.compile(
    r"\b(?:PV|[Pp]rocès[- ]verbal|[Cc]ompte[- ]rendu) (?:du|de la (?:séance|réunion) du)"
    r" (?P<day>\d{1,2}(?:er)? [a-zûé]+\b"
    r"(?: \d{4})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?)(?P<said>(?:[^.\n]|(?<=\bM)\.)*)"
)


def _approved(sitting: Sitting) -> list[str]:
    """How the minutes of the sitting before were approved, told out of any point."""
    for sentence in sitting.aside:
        told = _BEFORE.search(sentence)
        if told and tells_result(told["said"]):
            said = re.sub(r"^[\s:,–-]*(?:est |a été )?", "", told["said"])
            return [f"Procès-verbal de la séance du {told['day']} : {ending(said).rstrip('.')}"]
    return []


def _heads(sentence: str, sitting: Sitting) -> bool:
    """Is a sentence the head of the notes, whose president and day stand above?"""
    chair = sitting.who.president.split()[-1:]
    return bool(_OPENS.match(fold(sentence))) and bool(chair) and chair[0] in sentence and len(sentence.split()) <= 14


def _aside(sitting: Sitting, written: str) -> list[str]:
    """What was said out of any point (arrivals, tributes, replies) and stands nowhere else in the minutes."""
    found = []
    for sentence in sitting.aside:
        if re.match(r"\W*voici (?:mes|les) notes\b", fold(sentence)):
            continue
        if PAPERS.match(fold(sentence)) or private(sentence) or _heads(sentence, sitting):
            continue
        if sitting.who.secretary and re.search(r"\bsecretai?r", fold(sentence)) and not re.search(r"\d", sentence):
            continue
        if re.search(r"\bpresente?s? ?:|\bpres\b|\bproc\b|\babs\b", fold(sentence)):
            continue  # what is left of the roll
        if _BEFORE.search(sentence) and tells_result(sentence):
            continue  # told above
        if re.match(r"\W*\d+ (?:presente?s?|elus?|conseillers|en exercice|pouvoirs?|votants?)\b", fold(sentence)):
            continue
        if len(sentence.split()) < (3 if re.search(r"\d", sentence) else 5):
            continue
        if says_more(in_figures(sentence), written):
            found.append(f"- {ending(upper_first(clean(sentence)))}")
    return found[:ASIDE]


def _vote(item: Item) -> list[str]:
    """The vote as announced: its counts, then the sentences of the transcript that give them."""
    secret = " (scrutin secret)" if item.secret else ""
    amended = [sentence for sentence in item.results if amends(sentence)]
    main = [sentence for sentence in item.results if sentence not in amended] or amended
    told = " ".join(ending(sentence.lstrip(" →=>-–—:")) for sentence in main)
    before = [ending(upper_first(sentence.lstrip(" →=>-–—:"))) for sentence in amended if main != amended]
    told = re.sub(r"(?:^|(?<=[\s,(]))[Uu]nanimité\b", "à l'unanimité", told)
    said = " ".join([*before, _counts(item, told)]).strip() or CHECK
    end = ended(item)
    if end == CHECK:
        return [f"Vote{secret} : {said}", f"Résultat : {CHECK}"]
    if item.outcome == "prend acte":
        return [f"Vote{secret} : {said}", "Le conseil municipal prend acte."]
    if item.outcome == "débat sans vote":
        return [f"Vote : débat sans vote. {told}".rstrip()]
    if item.outcome in ("retirée", "reportée") and item.title.startswith("Question"):
        return [f"Suite donnée : {said}", f"Question {end}."]
    if end.endswith(("élu", "élue", "élus", "élues")):
        return [f"Vote{secret} : {said}", ending(end)]
    if end.startswith("information"):
        return [f"Vote : {said}" if said != CHECK else "Vote : sans objet.", ending(f"Point d'{end}")]
    return [f"Vote{secret} : {said}", ending(f"Délibération {end}")]


def _counts(item: Item, told: str) -> str:
    """The counts, who voted against or abstained, then what `told` says besides."""
    if not item.vote.counts or item.secret:
        return told
    named = dict(voters_named(told))
    one = item.vote.counts.get("abstentions") == 1
    labels = {"contre": "Contre", "abstention": "Abstention" if one else "Abstentions"}
    voices = [f"{labels[label]} : {clean(who)}." for label, who in named.items()]
    counted = str(item.vote)
    if "unanimité moins" in told:
        counted, voices = "", []
    else:
        told = without_voters(told)
    told = re.sub(r"\(\s*\)|\b\d{1,3} votants\b,?", "", told)
    told = re.sub(r"\b(?:[Vv]otes?|[Rr]ésultat|[Oo]n vote|[Pp]uis vote)\b\s*[:,]?\s*(?=[.,;:]|$)", "", told)
    told = re.sub(r"(?:\s*[,;:–—-])+\s*(?=[.;]|$)|(?<=[,:])(?:\s*,)+", "", told)
    told = re.sub(r"(?:(?<=[.;])|^)(?:\s*[.,;:])+", "", told)
    told = re.sub(r"\s+(?=[.,])", "", re.sub(r"[^\S\n]{2,}", " ", told)).strip(" ,;:.")
    told = re.sub(r"(?:^|(?<=[.]\s))[^.:]{3,40}\s?:\s*\.(?=\s|$)\s*", "", told)
    parts = [f"{counted}."] if counted else []
    parts += voices
    if told and (not counted or says_more(told, " ".join([counted, item.title, *voices]))):
        parts.append(ending(upper_first(told) if counted else told))
    return " ".join(parts)


def _talk(item: Item) -> list[str]:
    if item.closed:
        return ["Point examiné à huis clos : les débats ne sont pas retranscrits."]
    lines = ["Teneur des discussions (à condenser, sans commentaire) :"]
    merged: dict[str, list[str]] = {}
    for speaker, said in item.talk:
        merged.setdefault(speaker, []).extend(sentences(said))
    for speaker, told in merged.items():
        kept = [sentence for sentence in told if not tells_result(sentence) and not _FORMAL.search(fold(sentence))]
        whole = [sentence for sentence in kept if len(sentence.split()) >= 3]
        # What is dated or counted is kept whatever the place left.
        first = SPOKEN + (not speaker)
        heard = [sentence for place, sentence in enumerate(whole) if place < first or re.search(r"\d", sentence)]
        if re.search(r"\binaudible\b", fold(" ".join(told))):
            heard = [*heard, f"(passage inaudible) {CHECK}"]
        heard = [ending(upper_first(sentence.lstrip(" –—-:"))) for sentence in heard]
        if heard:
            lines.append(f"- {speaker} : {' '.join(heard)}" if speaker else f"- {' '.join(heard)}")
    return lines if len(lines) > 1 else []
