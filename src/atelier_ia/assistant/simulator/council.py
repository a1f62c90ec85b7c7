"""Council transcript → liste des délibérations examinées (CGCT L. 2121-25) or skeleton of a procès-verbal (L. 2121-15).

Never a "compte rendu du conseil": that document has not existed since 1 July 2022. Votes and names are copied from the
transcript or left to be checked; closed sittings and secret ballots give their result only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.french import (
    DATE,
    HOUR,
    clean,
    ending,
    lower_first,
    sentences,
    typeset,
    upper_first,
)
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.words import fold

CHECK = "[À VÉRIFIER]"
VAGUE = "Le conseil municipal s'est réuni et a examiné plusieurs points à l'ordre du jour."
NO_REPORT = (
    "Le « compte rendu » du conseil n'existe plus depuis le 1er juillet 2022 : voici la liste des délibérations "
    "examinées, "
    "à publier sous une semaine ; demandez aussi, si besoin, la trame du procès-verbal.\n\n"
)

_SPEAKER = re.compile(
    r"^\s*(?:\[?\d{1,2}[:h]\d{2}(?::\d{2})?\]?\s*)?((?:Mme|M\.|MM\.|Monsieur|Madame|Me|LE|LA|Le|La|L['’]|Dr)?\s?(?:\[[A-Z_]+_\d+\]|[A-ZÀ-Ý][^:\n]{1,60}?))\s*:\s+(.+)$"
)
_ITEM = re.compile(
    r"^\W*(?:(?:point|délibération|deliberation|question|rapport|affaire)\s*(?:n°|no|n)?\s*([\d][\d/.-]*)?\s*[:.–-]\s*(.{4,200})$"
    r"|(\d{1,2})\s*[.)–-]\s+([A-ZÀ-Ý].{4,160}[^:.?!,])$)",
    re.IGNORECASE,
)
_ITEM_SAID = re.compile(
    r"\b(?:point suivant|point (?:n°\s?)?\w+|premier point|deuxième point|troisième point|dernier point"
    r"|délibération (?:suivante|n°\s?[\d-]+)|"
    r"nous passons (?:au|à la|à l['’]|aux)|passons (?:au|à la|à l['’]|aux)|j['’]en viens (?:au|à la|à l['’]"
    r"|aux)|à l['’]ordre du jour)"
    r"(?:\s+point(?:\s+(?:n°\s?)?\w+)?|\s+délibération(?:\s+n°\s?[\d-]+)?)?\s*[:,]?\s*(?:il s['’]agit de\s+|qui "
    r"(?:porte sur|concerne)\s+|concernant\s+|relatif à\s+)?([^.?!]{5,160})",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(unanimite|adopt\w+|approuv\w+|rejet\w+|retire\w*|ajourn\w+|report\w+|\d+\s+voix|\d+\s+(?:pour|contre"
    r"|abstentions?)|abstentions?|votent? contre|"
    r"vote a bulletin secret|scrutin secret|bulletins? secrets?|est (?:elu|designe|nomme)e?)\b"
)
_CLOSED = re.compile(r"\bhuis[- ]clos\b")
_REOPEN = re.compile(
    r"\b(?:fin du huis[- ]clos|leve\w* (?:du|le) huis[- ]clos|huis[- ]clos (?:est )?(?:leve|termine)|reprise "
    r"(?:de la seance )?publique|le public (?:est|peut)|seance publique reprend)"
)

_SECRETARY = r"((?:M\. |Mme )?(?:\[\w+\]|[A-ZÀ-Ý][\w'-]+)) est (?:désigné|nommé|élu)e? secrétaire"
_FORMAL = re.compile(
    r"\bseance est (?:ouverte|levee)|\bpassons au|\bpoint suivant|\bqui (?:est|vote) (?:contre|pour)|\bje mets "
    r"aux voix|\bquorum"
)


@dataclass
class Item:
    """One point examined: its object, how it ended, and what was said (speaker, words)."""

    number: str
    title: str
    result: str = ""
    outcome: Literal["approuvée", "rejetée", "retirée", "reportée", ""] = ""
    talk: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = False
    secret: bool = False


@dataclass
class Sitting:
    """A council's sitting, as transcribed."""

    day: str = ""
    opened: str = ""
    ended: str = ""
    president: str = ""
    present: str = ""
    absent: str = ""
    proxies: str = ""
    secretary: str = ""
    quorum: str = ""
    items: list[Item] = field(default_factory=list)


_LABELS = (
    ("president", r"(?:présidente?|présidence|sous la présidence de)"),
    ("present", r"(?:présente?s|étaient présents|conseillers présents|membres présents)"),
    ("absent", r"(?:absente?s(?: excusée?s)?|excusée?s)"),
    ("proxies", r"(?:pouvoirs?|procurations?|représentée?s)"),
    ("secretary", r"(?:secrétaire(?: de séance)?)"),
    ("quorum", r"(?:quorum)"),
)


def read_sitting(source: str) -> Sitting:
    """Who sat, what was examined, how each vote ended."""
    sitting = Sitting()
    current: Item | None = None
    closed = False
    lines = [line for line in source.replace("\r\n", "\n").split("\n") if line.strip()]
    dates = DATE.findall(source[:2000])
    sitting.day = clean(DATE.search(source[:2000])[0]) if dates else ""  # type: ignore[index]
    hours = [clean(match[0]) for match in HOUR.finditer(source)]
    sitting.opened = _hour_near(source, r"(?:ouvert|début|ouvre|séance est ouverte|à partir de|convoqu)") or (
        hours[0] if hours else ""
    )
    sitting.ended = _hour_near(source, r"(?:levée?|clôt|clos[e]?\b(?! de)|fin de (?:la )?séance|lève)")
    # Numbered headings tell the points; where there are some, what is said introduces none.
    headed = sum(bool(_ITEM.match(line)) for line in lines) >= 2
    for line in lines:
        if _label(sitting, line):
            continue
        speaker, said = _speech(line)
        folded = fold(said)
        if _REOPEN.search(folded):
            closed = False
        elif _CLOSED.search(folded) and not re.search(r"\bpas\b.{0,20}huis|\bete \w+ (?:a|en) huis", folded):
            closed = True
        item = None
        if not (headed and speaker):
            item = _new_item(said if speaker else line, len(sitting.items) + 1, spoken=bool(speaker))
        if item is not None:
            current = item
            sitting.items.append(item)
        if current is None:
            continue
        current.closed = current.closed or closed or bool(re.search(r"\bete \w+ (?:a|en) huis[- ]clos", folded))
        if re.search(r"\b(?:bulletin\w*|scrutin|vote) (?:a )?secrets?\b|\ba bulletins? secrets?\b", folded):
            current.secret = True
        _note_result(current, said)
        if speaker and item is None and not closed:
            current.talk.append((speaker, said))
    return sitting


def _hour_near(source: str, words: str) -> str:
    match = re.search(words + r"[^.\n]{0,40}?(" + HOUR.pattern + ")", source, re.IGNORECASE)
    return clean(match[1]) if match else ""


def _label(sitting: Sitting, line: str) -> bool:
    for name, pattern in _LABELS:
        match = re.match(r"^\W*" + pattern + r"\s*(?:\([^)]*\))?\s*:\s*(.+)$", line, re.IGNORECASE)
        if match and not getattr(sitting, name):
            setattr(sitting, name, clean(match[1]))
            return True
    match = re.search(
        r"(?:je propose|est désignée?|désigner|nomm\w+)\s+([^,.]{3,50}?)\s+(?:comme|en qualité de|est désignée?"
        r"|aux fonctions de)?\s*secrétaire",
        line,
        re.IGNORECASE,
    )
    match = re.search(_SECRETARY, line) or match
    if match and not sitting.secretary:
        sitting.secretary = clean(match[1])
    _note_attendance(sitting, line)
    if "quorum" in line.lower() and not sitting.quorum:
        told = sentences(_speech(line)[1])
        sitting.quorum = next((clean(sentence) for sentence in told if "quorum" in sentence.lower()), "")
    return False


def _note_attendance(sitting: Sitting, line: str) -> None:
    """« 23 présents, 4 pouvoirs, 2 absents » said at the opening, and who said it."""
    counted = re.search(r"(\d+) présents?, (\d+) pouvoirs?, (\d+) absents?", line)
    if counted and not (sitting.present or sitting.proxies or sitting.absent):
        sitting.present = f"{counted[1]} (noms à reprendre sur la feuille de présence)"
        sitting.proxies, sitting.absent = counted[2], counted[3]
    if re.search(r"\bséance est ouverte\b", line, re.IGNORECASE) and not sitting.president:
        speaker = _speech(line)[0]
        sitting.president = speaker if re.match(r"M\.|Mme", speaker) else ""


def _speech(line: str) -> tuple[str, str]:
    match = _SPEAKER.match(line)
    if match and not _ITEM.match(line) and len(match[1].split()) <= 7:
        return clean(match[1]), match[2]
    return "", line


def _new_item(text: str, number: int, *, spoken: bool) -> Item | None:
    if not spoken and (match := _ITEM.match(text)):
        return Item(match[1] or match[3] or str(number), upper_first(clean(match[2] or match[4])))
    if match := _ITEM_SAID.search(text):
        title = clean(re.sub(r"^(?:le|la|les|l['’]|du|de la|des|un|une)\s+", "", clean(match[1])))
        if len(title.split()) >= 2 and not _RESULT.search(fold(title)):
            return Item(str(number), upper_first(title))
    return None


def _note_result(item: Item, said: str) -> None:
    for sentence in sentences(said):
        folded = fold(sentence)
        if not _RESULT.search(folded) or sentence.rstrip().endswith("?") or re.search(r"\bje demande\b", folded):
            continue
        if re.search(r"\brejet\w+|n'est pas adopt|pas approuv", folded):
            item.outcome = "rejetée"
        elif re.search(r"\bajourn\w+|\breport\w+ (?:a|au|le point|la delib|cette)", folded):
            item.outcome = item.outcome or "reportée"
        elif re.search(r"\bretir\w+", folded):
            item.outcome = item.outcome or "retirée"
        elif re.search(r"\b(?:unanimite|adoptee?s?|approuvee?s?|est vote[e]?|est (?:elu|designe|nomme)e?)\b", folded):
            item.outcome = "approuvée"
        elif not re.search(r"\d|abstention|contre", folded):
            continue
        result = clean(sentence)
        if result not in item.result and len(item.result) < 300:
            item.result = f"{item.result} {ending(result)}".strip()


def paper(task: Task) -> str:
    """The document asked for: the list by default, the skeleton of the minutes when « procès-verbal » is named."""
    level = "bonne" if task.mistake else task.quality.level
    if level == "vague":
        return VAGUE
    sitting = read_sitting(task.source)
    if task.mistake == "sujet_oublie":
        sitting.items = sitting.items[:-1]
    asked = fold(task.instruction)
    if re.search(r"\bproces[- ]verba|\bpv\b", asked):
        text = _minutes(sitting, full=level == "bonne")
    else:
        text = _list(sitting, full=level == "bonne")
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


def _list(sitting: Sitting, *, full: bool) -> str:
    lines = ["LISTE DES DÉLIBÉRATIONS EXAMINÉES", f"Conseil municipal, séance du {_bare(sitting.day) or CHECK}", ""]
    if not sitting.items:
        lines.append(f"Aucune délibération n'a été reconnue dans la transcription {CHECK}.")
    for item in sitting.items:
        outcome = item.outcome or CHECK
        lines.append(f"{item.number}. {item.title} : {outcome}" if full else f"- {item.title}")
    if full:
        lines += ["", "Affichée et mise en ligne le [DATE À COMPLÉTER] (dans la semaine qui suit la séance)."]
    return "\n".join(lines)


def _bare(day: str) -> str:
    return lower_first(day)


def _minutes(sitting: Sitting, *, full: bool) -> str:
    head = [
        "PROCÈS-VERBAL DE LA SÉANCE DU CONSEIL MUNICIPAL (trame)",
        f"Date et heure : {sitting.day or CHECK}, {sitting.opened or CHECK}",
        f"Présidence : {sitting.president or CHECK}",
        f"Présents : {sitting.present or CHECK}",
        f"Représentés (pouvoirs) : {sitting.proxies or CHECK}",
        f"Absents : {sitting.absent or CHECK}",
        f"Secrétaire de séance : {sitting.secretary or CHECK}",
        f"Quorum : {sitting.quorum or CHECK}",
        "",
        "Ordre du jour",
        *[f"{item.number}. {item.title}" for item in sitting.items],
    ]
    if not sitting.items:
        head.append(CHECK)
    for item in sitting.items if full else []:
        head += ["", f"{item.number}. {item.title}", *_talk(item)]
        secret = " (scrutin secret)" if item.secret else ""
        head.append(f"Vote{secret} : {item.result or CHECK}")
        head.append(f"Délibération {item.outcome}." if item.outcome else f"Résultat : {CHECK}")
    head += [
        "",
        f"Séance levée à {sitting.ended or CHECK}.",
        "Procès-verbal à arrêter au début de la séance suivante, à signer par le maire et le ou la secrétaire "
        "de séance.",
    ]
    return "\n".join(head)


def _talk(item: Item) -> list[str]:
    if item.closed:
        return ["Point examiné à huis clos : les débats ne sont pas retranscrits."]
    if not item.talk:
        return []
    lines = ["Teneur des discussions (à condenser, sans commentaire) :"]
    merged: dict[str, list[str]] = {}
    for speaker, said in item.talk:
        merged.setdefault(speaker, []).extend(sentences(said))
    for speaker, told in merged.items():
        kept = [
            sentence
            for sentence in told
            if len(sentence.split()) >= 5 and not _RESULT.search(fold(sentence)) and not _FORMAL.search(fold(sentence))
        ][:2]
        if kept:
            lines.append(f"- {speaker} : {' '.join(kept)}")
    return lines if len(lines) > 1 else []
