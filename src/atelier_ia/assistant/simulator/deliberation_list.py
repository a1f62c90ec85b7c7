"""The list of the deliberations examined (CGCT L. 2121-25), from a sitting read, and what the agent checks before it.

The list goes to the door of the town hall: private remarks and debates stay out of it. What the notes say besides is
told apart, in a note for the agent only, with the counts that do not agree with the number of voters.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator import agenda
from atelier_ia.assistant.simulator.attendance import Attendance
from atelier_ia.assistant.simulator.french import CHECK, clean, ending, lower_first, sentences, upper_first
from atelier_ia.assistant.simulator.register import private
from atelier_ia.assistant.simulator.sitting import Sitting
from atelier_ia.assistant.simulator.sitting_points import Item
from atelier_ia.assistant.simulator.spelled import in_figures
from atelier_ia.assistant.simulator.vote_marks import voters_named, without_counts
from atelier_ia.assistant.simulator.votes import counted, outcome_of
from atelier_ia.assistant.words import fold, stems

LONGEST = 400  # characters of a roll that the list repeats
SHORTEST = 4  # words of a sentence worth placing
TOLD_APART = 25  # words of a sentence that tells only who takes no part
KEPT = 10  # sentences of the notes told apart
_WITHOUT = re.compile(
    r"\bn'(?:a|ont) pas (?:participe|pris part)\b|\bne (?:prend|prennent|prenant) pas part\b|\bne (?:participe"
    r"|vote)(?:nt)? pas\b|\bsans (?:la )?participation\b"
    r"|\bse (?:retire|deporte)(?:nt)?\b|\bsort(?:ent)? (?:de la salle|et ne)|\bquitte\w* la salle|\bnppv\b"
)
_PERSON = re.compile(
    r"(?:M\.|Mme|MM\.|Mmes|[Mm]onsieur|[Mm]adame)\s+(?:[A-ZÀ-Ý][\wÀ-ÿ’'-]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ’'-]+){0,2}|[a-zà-ÿ-]{3,})"
)
_TOLD_ONLY = re.compile(
    r"(?:infos?|informations?|communications?|point d'information|decisions (?:du|de la) maire"
    r"|questions? diverses?|question (?:de|d'|orale|ecrite|posee))\b"
)
_PUT_BACK = "délibération point ordre du jour retirée reportée à la prochaine séance retire reporte donc conseil maire"
_ALL_BUT = re.compile(r"\bunanimite moins ((?:\d{1,2}|une|deux|trois) (?:voix|abstentions?))")
# « Mme Tanguy proclamée élue »: an election ends by a name.
_CHOSEN = re.compile(
    r"(?P<who>(?:(?:MM?\.|Mmes?|Monsieur|Madame)\s)?[A-ZÀ-Ý][\wÀ-ÿ’'-]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ’'-]+)?"
    r"(?:(?:,\s|\set\s)(?:(?:M\.|Mme)\s)?[A-ZÀ-Ý][\wÀ-ÿ’'-]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ’'-]+)?)*)\s(?:(?:est|sont|a été"
    r"|ont été)\s)?"
    r"(?:(?:proclam|déclar)ée?s?\s)?(?P<how>élue?s?)\b"
)
_ELECTED = re.compile(r"\b(?:elue?s?|designee?s?|nommee?s?)\b")


def deliberations(sitting: Sitting, body: str = "conseil municipal", *, full: bool) -> str:
    """The list, then the note for the agent when there is anything to check."""
    who = sitting.who
    hour = f" à {who.opened}" if who.day and re.fullmatch(r"\d{1,2} ?h(?: ?\d{2})?", who.opened) else ""
    lines = [
        "LISTE DES DÉLIBÉRATIONS EXAMINÉES",
        f"{upper_first(body)}, séance du {lower_first(who.day) or CHECK}{hour}",
    ]
    if full:
        told = (
            ("Présidence", who.president),
            ("Secrétaire de séance", who.secretary),
            ("Présents", re.sub(r"\s*\(noms.*", "", who.present)),
            ("Pouvoirs", who.proxies),
            ("Absents", who.absent),
        )
        lines += [f"{label} : {value}" for label, value in told if value and len(value) <= LONGEST]
    lines.append("")
    if not sitting.items:
        lines.append(f"Aucune délibération n'a été reconnue dans la transcription {CHECK}.")
    for item in sitting.items:
        title = _object(item.title) or f"objet à reprendre {CHECK}"
        lines.append(f"{place(item)} {title} : {_listed(item)}" if full else f"- {title}")
    if full:
        lines += ["", "Affichée et mise en ligne le [DATE À COMPLÉTER] (dans la semaine qui suit la séance)."]
        lines += _note(sitting, "\n".join(lines))
    return "\n".join(lines)


# « Tarifs 2027 – Le Dantec : « un scandale » », « Poste d'adjoint : M. Riou a trouvé que… »: what somebody says of it
_SPEECH = re.compile(
    r"\s*(?::|[–—-])\s+(?:(?:M\.|MM\.|Mmes?|Monsieur|Madame)\s[A-ZÀ-Ý][^:«»]{1,40}?\s(?:a|ont|avait|demande|trouve"
    r"|regrette|estime|souhaite|pense|rappelle|répond|voudrait|s['’])\b"
    r"|(?-i:[A-ZÀ-Ý])[\wÀ-ÿ’' -]{1,30}\s?:\s?[«\"“]).*$"
)
_ENDED = re.compile(
    r"[\s,:;–-]+(?:(?:donc|et|aussi|est|a été|c['’]est)\s)*(?:votée?|adoptée?|rejetée?|approuvée?|unanimité)\W*$",
    re.IGNORECASE,
)


def _object(title: str) -> str:
    """What a point is about, without what was said of it nor how it ended, told after it."""
    return _ENDED.sub("", _SPEECH.sub("", title)) or title


def place(item: Item) -> str:
    """The number of a point as told, or a dash."""
    return f"{item.number}." if item.number else "-"


def ended(item: Item) -> str:
    """How a point ended, in the words of the list; a majority that nobody announced is left to be checked."""
    if item.outcome == "prend acte":
        return "le conseil prend acte"
    if item.outcome == "débat sans vote" and re.search(r"\bpas (?:ete )?vote", fold(" ".join(item.results))):
        return "sans vote, point non tranché"
    if item.outcome == "débat sans vote" and "debat" not in fold(" ".join([item.title, *item.results])):
        return "information, sans vote"
    if item.outcome in ("", "approuvée") and (chosen := _CHOSEN.search(" ".join(item.results))):
        return f"{chosen['who']} {chosen['how']}"
    if item.outcome:
        return item.outcome
    counts = item.vote.counts
    if not counts and _TOLD_ONLY.match(fold(item.title)):
        return f"information, sans vote {CHECK}"
    if "pour" in counts and counts["pour"] != counts.get("contre", 0):
        return f"{'approuvée' if counts['pour'] > counts.get('contre', 0) else 'rejetée'} {CHECK}"
    return CHECK


def _listed(item: Item) -> str:
    """How a point ended, with its vote as announced and what the law wants told with it."""
    told = ended(item)
    if item.outcome in ("", None, "approuvée", "rejetée", "avis favorable", "avis défavorable"):
        said = fold(" ".join(item.results))
        if "unanim" in said and "unanimite moins" not in said:
            told = f"{told} à l'unanimité"
        elif less := _ALL_BUT.search(said):
            told = f"{told} à l'unanimité moins {less[1]}"
        if item.vote.counts:
            told = f"{told} ({item.vote})"
    elif item.outcome in ("retirée", "reportée", "non examinée"):
        why = [result for result in item.results if says_more(result, f"{item.title} {_PUT_BACK}")]
        said = clean(" ".join(why).split(item.title)[-1] if item.title else " ".join(why))
        asked = re.search(r"\b(?:mets|mettez|écris|écrivez|note[sz]?)\b", said)  # said to whoever writes the list
        told += f" (« {said} »)" if said and not item.closed and not asked else ""
    return "; ".join([told, *_precisions(item)]).replace("; ", " ; ")


def _precisions(item: Item) -> list[str]:
    """Amendments, casting vote, who did not take part, who voted against, who was elected."""
    said = " ".join(item.results)
    found = []
    for result in item.results:
        counts = str(counted(result))
        if "amendement" in fold(result) and ((end := outcome_of(result)) or counts):
            found.append(f"amendement {end.replace('ée', 'é') or CHECK}" + (f" ({counts})" if counts else ""))
    if re.search(r"\bpreponderante", fold(said)):
        found.append("voix prépondérante de la présidence de séance")
    heard = [*item.results, *(words for _, words in item.talk)]
    names = [
        _titled(name) for sentence in heard if (out := _WITHOUT.search(fold(sentence))) for name in _away(sentence, out)
    ]
    if names:
        who = ", ".join(dict.fromkeys(names))
        found.append(f"sans la participation de {who}".replace(" de le ", " du "))
    for label, who in voters_named(said):
        if not re.search(r"\d|\b(?:ne|n['’])\s?\w+ (?:pas|plus)\b", who):
            found.append(f"{label} : {clean(who)}")
    if item.secret or _ELECTED.search(fold(said)):
        votes = [clean(result) for result in item.results if re.search(r"\bvoix\b|\b[ée]lue?s?\b", result)]
        found += [f"« {vote} »" for vote in votes[:2]]
        found += ["scrutin secret"] if item.secret else []
    return found


def _away(sentence: str, out: re.Match[str]) -> list[str]:
    """Who does not take part: those named before it is said, the mayor, else those named after."""
    before = sentence[: out.start()]
    if named := _PERSON.findall(before):
        return (
            named[:3]
            if not re.search(r"\b(?:le|la) [Mm]aire\b", before)
            else ["le maire" if "le maire" in fold(before) else "la maire"]
        )
    if mayor := re.search(r"\b(le|la) maire\b", fold(before)):
        return [mayor[0]]
    return _PERSON.findall(sentence)[:3]


def _titled(name: str) -> str:
    if name in ("le maire", "la maire"):
        return name
    name = re.sub(r"^[Mm]onsieur\b", "M.", re.sub(r"^[Mm]adame\b", "Mme", name))
    return " ".join(word if word in ("M.", "MM.", "Mme", "Mmes") else upper_first(word) for word in name.split())


def _note(sitting: Sitting, written: str) -> list[str]:
    """What to check before the list goes up: counts that do not agree, and what stands nowhere in it."""
    checks = [check for item in sitting.items if (check := _disagreement(item, sitting.who))]
    loose = [*sitting.aside]
    for item in sitting.items:
        if not item.closed:
            # What the chair says with a figure may belong to the object; the rest of the debate is for the minutes.
            loose += [
                words
                for speaker, words in item.talk
                if not speaker or (re.search(r"\d", words) and agenda.CHAIR.search(speaker))
            ]
            loose += [without_counts(words) for words in item.results]
    hidden = 0
    kept: list[str] = []
    for sentence in (one.lstrip(" ):,;") for words in loose for one in sentences(words)):
        if private(sentence):
            hidden += 1
        elif agenda.FORMAL.search(fold(in_figures(sentence))) or len(sentence.split()) < SHORTEST:
            continue
        elif re.match(r"\W*(?:\d+ )?(?:elus?|conseillers|presents?|pres\b|membres|en exercice)", fold(sentence)):
            continue  # what is left of the roll
        elif (
            len(sentence.split()) <= TOLD_APART
            and _WITHOUT.search(fold(sentence))
            and all(name in written for name in _PERSON.findall(sentence))
        ):
            continue  # « ne prend pas part au vote », told with the point
        elif says_more(sentence, "\n".join([written, *kept])) and len(kept) < KEPT:
            kept.append(f"- {ending(upper_first(clean(sentence)))}")
    lines = [*checks, *(["À reclasser ou à écarter :", *kept] if kept else [])]
    if hidden:
        lines.append(f"Remarques personnelles laissées de côté : {hidden}.")
    return ["", "Note interne, à ne pas afficher", *lines] if lines else []


def says_more(sentence: str, written: str) -> bool:
    """Does a sentence hold a figure, a name or several words that stand nowhere in `written`?"""
    held = set(stems(written))
    told = stems(sentence)
    new = [word for word in told if word not in held]
    marked = [word for word in re.findall(r"(?<=\S )[A-ZÀ-Ý][\wà-ÿ-]{2,}|\d+", sentence) if word not in written]
    return bool(marked and new) or len(new) >= max(2, 0.4 * len(told))


def _disagreement(item: Item, who: Attendance) -> str:
    """Counts that cannot be those of the people who sat, told; '' when they can."""
    voters = who.voters
    counts = item.vote.counts
    total = sum(counts.values())
    complete = "pour" in counts and ("contre" in counts or "abstentions" in counts) and not item.secret
    if not voters or not (total > voters or (complete and total < voters)):
        return ""
    return (
        f"{place(item)} {item.title or 'Objet à reprendre'} : les voix annoncées ({item.vote}) ne font pas le nombre "
        f"des votants (présents : {who.present.split(' (')[0]} ; pouvoirs : {who.proxies or 'aucun noté'}) {CHECK}."
    )
