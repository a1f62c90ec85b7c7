"""Raw meeting notes → internal minutes: participants, decisions, actions (who, when), points, open points."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.action_rows import action_rows
from atelier_ia.assistant.simulator.corrections import corrected
from atelier_ia.assistant.simulator.french import (
    CHECK,
    DATE,
    MONTH,
    clean,
    ending,
    facts,
    loose_sentences,
    typeset,
    upper_first,
)
from atelier_ia.assistant.simulator.injections import without_orders
from atelier_ia.assistant.simulator.meeting_opening import opened
from atelier_ia.assistant.simulator.meeting_sections import SHORT_BODIES, charged, is_task, sections_told
from atelier_ia.assistant.simulator.meeting_titles import heading, heading_date, roll_follows
from atelier_ia.assistant.simulator.meeting_told import from_now_on, replaced
from atelier_ia.assistant.simulator.meeting_words import (
    ACTION,
    AGREED,
    ASKED_BACK,
    BY,
    CHARGED_LAST,
    CORRECTED,
    DECISION,
    DUE,
    EXCUSED,
    FILLERS,
    GATHERED,
    GRANTED,
    GREETED,
    LAST,
    LEADS,
    NAMED_AFTER,
    NAMED_LAST,
    NAMES,
    NEXT,
    NOT_WHO,
    OPEN,
    POLITE,
    PRESENT,
    RESTARTED,
    SOON,
    STAMPED,
    TAKEN_BACK,
    THREAD,
    TOGETHER,
    TURNS,
    UNSETTLED,
    WHO,
)
from atelier_ia.assistant.simulator.noted_items import (
    announced,
    does,
    named_people,
    people,
    split,
    taken_up,
    without_topic,
)
from atelier_ia.assistant.simulator.register import dictated, formal
from atelier_ia.assistant.simulator.spelled import spoken_times
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.simulator.tidying import whole_dates, whole_hours
from atelier_ia.assistant.simulator.told_rows import told_rows
from atelier_ia.assistant.words import fold

_MARKED = re.compile(r"\s*(?:[-•*–>.]|\d{1,2}\s?[).°/-])|[^.]{2,40}:\s")
LINE_WORDS = 14
RUN_ON = 35  # words from which a sentence without marks is dictation, cut where the speaker goes on
VAGUE = (
    "La réunion a permis d'échanger sur plusieurs sujets. Des décisions ont été prises et des actions restent à mener."
)


@dataclass
class Minutes:
    """What the notes hold, each item once, in their order."""

    title: str = ""
    present: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # away, and nobody said excused
    decisions: list[str] = field(default_factory=list)
    actions: list[tuple[str, str, str]] = field(default_factory=list)  # (who, what, due)
    points: list[str] = field(default_factory=list)
    open_points: list[str] = field(default_factory=list)
    next_meeting: str = ""

    def enrolled(self, line: str) -> bool:
        """Take into account a line that says who is there or away; False when it says something else."""
        match = PRESENT.match(line) or EXCUSED.match(line)
        if not match:
            return False
        away = bool(re.match(r"\W*abs\w*(?!\w* excus)", line, re.IGNORECASE)) and not re.match(
            r"\W*abs\w* excus", line, re.IGNORECASE
        )
        rolls = self.present if PRESENT.match(line) else self.absent if away else self.excused
        rolls.extend(named_people(match[1]))
        return True


def read_notes(source: str) -> Minutes:
    """Sort the notes into decisions, actions, points raised and points left open."""
    found = Minutes()
    kept: list[str] = []
    writers: list[str] = []  # of a thread of messages
    source, found.actions = action_rows(source)
    told_once = corrected(spoken_times(dictated(whole_dates(without_orders(told_rows(source))[0]))))
    text = sections_told(opened(formal(_said(whole_hours(told_once)))))
    text = re.sub(r"\s*[;/.]\s*(?=(?:[Ee]xc|[Aa]bs)\w*(?: exc\w*)?(?:\s*:| (?:M\.|Mme|[A-ZÀ-Ý])))", "\n", text)
    lines = text.replace("\r\n", "\n").split("\n")
    threaded = bool(re.search(r"^\s*(?:de|from|envoyé|exp)\s*:\s", text, re.IGNORECASE | re.MULTILINE))
    for number, line in enumerate(lines):
        if THREAD.match(line) and (threaded or not re.match(r"\s*date\b", line, re.IGNORECASE)):
            continue
        if stamped := STAMPED.match(line):
            writers.append(stamped["who"])
            line = stamped["said"]
        line = GREETED.sub("", line)
        first, *others = [*loose_sentences(line), ""]
        while PRESENT.match(first) and others and others[0].startswith("("):
            first, others = f"{first} {others[0]}", others[1:]
        if found.enrolled(first):
            kept += others
        elif not found.title and number < 3 and (named := heading(line) or roll_follows(line, lines[number + 1 :])):
            found.title = clean(re.sub(r"^\W*(?:objet\s*:\s*|(?:(?:bon|alors|donc|euh)\W+)+)", "", named, flags=re.I))
            kept.append(line[line.index(named) + len(named) :].lstrip(" .,:;"))
        else:
            kept.append(line)
    kept = [ASKED_BACK.sub("", line) for line in kept]
    found.present += list(dict.fromkeys(clean(name) for name in writers))
    who = people([*found.present, *found.excused, *found.absent, *announced(kept, PRESENT)])
    anyone = rf"(?:{who}|(?:les |la |le )?{SHORT_BODIES}(?![\w-]))"
    for place, sentence in enumerate(_items(kept, who)):
        item = clean(LEADS.sub("", re.sub(r"^\s*(?:[-•*–>]+|\d+[.)]|\d{1,2}\s?[/°](?=\s))\s*", "", sentence)))
        item = clean(re.sub(r"\s*\b(?:voilà(?: c['’]est tout)?|et|mais|puis)$", "", item))
        folded = fold(sentence)
        if found.enrolled(item):
            continue
        if not found.present and (match := GATHERED.search(item)):
            found.present += named_people(match["names"])
            item = clean(f"{match['head']} {match['rest']}")
            folded = fold(item)
        elif not found.present and place < 4 and NAMES.match(item):
            found.present += named_people(item)
            continue
        if len(item.split()) < 2 or POLITE.match(folded):
            continue
        if re.search(r"\b(?:ignore|oublie)\w*\b[^.]{0,40}\b(?:consigne|instruction)", folded):
            continue
        if NEXT.search(folded) and not does(item, who):
            if found.next_meeting:
                found.points.append(upper_first(item))
            else:
                found.next_meeting = upper_first(item)
        elif UNSETTLED.search(folded):
            found.open_points.append(upper_first(item))
            if (taken := taken_up(item, who)) and (due := DUE.search(item, taken.start())):
                found.actions.append((clean(taken["who"]), upper_first(item), clean(due[0])))
        elif away := replaced(item):
            found.actions.append((away[0], upper_first(item), away[1]))
        elif from_now_on(item):
            found.decisions.append(upper_first(item))
        elif last := re.search(CHARGED_LAST.format(who=anyone), item) or re.match(
            TOGETHER.format(who=who), without_topic(item)
        ):
            more = re.search(r",\s", last[0][last.end("who") - last.start() :])
            told = item if more or last.re.pattern.startswith("^") else item[: last.start()]
            what, term = _action(told, found.present)[1:]
            found.actions.append((clean(last["who"]), what, term or _action(item, found.present)[2]))
        elif not does(without_topic(item), who) and (task := charged(item, who)):
            what = re.sub(r"^(?:décisions?|actions?|à faire)\s*:\s*", "", item, flags=re.IGNORECASE)
            found.actions.append((task[0], upper_first(what), task[1] or _action(item, found.present)[2]))
        elif taken := taken_up(item, who):
            found.actions.append((clean(taken["who"]), *_action(item, found.present)[1:]))
        elif AGREED.search(folded) or (GRANTED.search(folded) and not does(without_topic(item), who)):
            found.decisions.append(upper_first(item))
        elif (acts := does(without_topic(item), who)) or (NAMED_LAST.search(item) and is_task(item)):
            action = _action(item, found.present)
            named = acts["who"] if acts else NAMED_LAST.search(item)[1]  # type: ignore[index]
            found.actions.append((named, action[1], action[2]))
        elif OPEN.search(folded.strip()):
            found.open_points.append(upper_first(item))
        elif DECISION.search(folded) and not re.match(r"\s*(?:action|todo)", folded):
            found.decisions.append(upper_first(re.sub(r"^d[ée]cisions?\s*:?\s*", "", item, flags=re.I)))
        elif ACTION.search(folded) and not (_WISHED.search(folded) and not DUE.search(item)):
            found.actions.append(
                _action(re.sub(r"^(?:actions?|todo|à faire)\s*:\s*", "", item, flags=re.I), found.present)
            )
        else:
            found.points.append(upper_first(item))
    for name in found.present:
        if gone := re.match(r"(.+?) (?:était |est |étant |s['’]est fait )?excus(?:ée?|er)$", name):
            found.excused.append(gone[1])
    found.present = [name for name in found.present if not re.search(r" excus(?:ée?|er)$", name)]
    return found


# « Les parents demandent des toilettes propres »: what the public asks for is nobody's task yet.
_WISHED = re.compile(
    r"\b(?:parents|riverain\w*|habitant\w*|usagers?|familles?|commercants?|eleves|enfants|associations?|clubs?"
    r"|jeunes)\b[^,;.]{0,30}\bdemand\w+"
)


def _corrected(match: re.Match[str]) -> str:
    """What was said instead; « le 24 juin, ah non, le 23 » keeps its month."""
    month = re.search(rf"\s({MONTH})$", match[1])
    return f"{match[2]} {month[1]}" if month and re.fullmatch(r"\D{0,5}\d{1,2}", match[2].strip()) else match[2]


def _said(text: str) -> str:
    """Dictated notes without their fillers, and as corrected: « mardi, enfin non, jeudi » → « jeudi »."""
    text = TAKEN_BACK.sub("", text)
    text = RESTARTED.sub("", text)
    text = CORRECTED.sub(_corrected, text)
    text = re.sub(r"\b20\d\d,? non,? (?=20\d\d\b)(?P<year>20\d\d)", rf"\g<year> {CHECK}", text)
    text = FILLERS.sub("", text)
    return re.sub(
        r"(^|\n)\s*(?:alors|donc|bon(?! week)|ok(?! pour)"
        r"|voilà)\b[\s,:]*",
        r"\1",
        text,
        flags=re.IGNORECASE,
    )


def _items(lines: list[str], who: str) -> list[str]:
    """One item per short line, as notes are taken; a long line is prose and is cut into sentences, or into turns."""
    found: list[str] = []
    for line in lines:
        apart = loose_sentences(line)
        short = 0 < len(line.split()) <= LINE_WORDS
        whole = short and (_MARKED.match(line) or any(len(one.split()) < 4 for one in apart))
        whole = whole and not any(does(one, who) for one in apart[1:])
        told = [line.strip()] if whole else apart
        pieces: list[str] = []
        for sentence in told:
            pieces += TURNS.split(sentence) if len(sentence.split()) > RUN_ON else [sentence]
        found += split([piece for piece in pieces if piece.strip()], line, who)
    return [item for item in found if item]


# « L'imprimante est à remplacer : Mme A fait la demande cette semaine »
_TOLD_AFTER = re.compile(
    r"[:,]\s((?:M\.|Mme|Monsieur|Madame)\s[A-ZÀ-Ý][\w'’-]+)\s(?:fait|passe|envoie|prend|commande|relance|rédige)\s"
)

# « M. A a signalé deux pannes ; il voit avec le garage avant vendredi »
_SAYS_DOES = re.compile(
    r"((?:M\.|Mme|Monsieur|Madame)\s[A-ZÀ-Ý][\w'’-]+)\s(?:a signalé|signale|a indiqué|indique|dit|rapporte"
    r"|explique)\b.*[;,]\s(?:il|elle)\s"
    r"(?:voit|va|s['’]en|appelle|relance|demande|prend|fait|passe|envoie)\b"
)


def _action(item: str, present: list[str]) -> tuple[str, str, str]:
    who = re.search(r"\bc['’]est ([A-ZÀ-Ý][\w'’-]+) qui\b", item) or WHO.match(item)
    headed = bool(who and item[who.end(1) :].lstrip().startswith(":"))
    if who and headed and not present and (named := NAMED_AFTER.match(item[who.end(1) :])):
        return clean(named[1]), upper_first(item), clean(found[0]) if (found := DUE.search(item)) else ""
    if who and headed and who[1].isupper():
        who = None  # « RIFSEEP : … »
    if who and headed and (present or " " in who[1].strip()) and not any(who[1] in one for one in present):
        who = None  # « Canicule : … » is a matter, not a person
    name = clean(who[1]) if who and fold(who[1].split()[0]).strip("'’") not in NOT_WHO else ""
    if not name and who and " " in who[1].strip() and fold(who[1].split()[0]) in ("le", "la", "les"):
        name = clean(who[1])
    by = BY.search(item)
    if not name and by and (re.match(r"M\.|Mme", by[1]) or any(by[1] in one for one in present)):
        name = clean(by[1])
    if not name and (
        arrow := re.search(
            r"(?:->|→|=>)\s*([A-ZÀ-Ý][\w-]+(?:\s[A-ZÀ-Ý][\w-]+)?)\s[a-zà-ÿ]+(?:e|t"
            r"|d)\b",
            item,
        )
    ):
        name = clean(arrow[1])
    if not name and (last := LAST.search(item)):
        name = clean(last[1])
    if not name and (acts := _TOLD_AFTER.search(item) or _SAYS_DOES.match(item)):
        name = clean(acts[1])
    acts_at = ACTION.search(fold(item))
    due = DUE.search(item) or DATE.search(item) or SOON.search(item, acts_at.start() if acts_at else 0)
    return name, upper_first(item), clean(due[0]) if due else ""


def minutes(task: Task) -> str:
    """The minutes of the notes `task.source`."""
    level = "bonne" if task.mistake else task.quality.level
    if level == "vague":
        return VAGUE
    notes = read_notes(task.source)
    if task.mistake == "sujet_oublie":
        notes.decisions, notes.actions = notes.decisions[:-1], notes.actions[:-1]
    if level == "moyenne":
        items = [*notes.decisions, *(what for _, what, _ in notes.actions), *notes.points][:6]
        return typeset("Compte rendu\n\n" + "\n".join(f"- {ending(item)}" for item in items))
    text = typeset(_written(notes, task))
    if task.mistake == "chiffre_faux":
        return mistakes.wrong_figure(text)
    if task.mistake == "ton_familier":
        return "Salut l'équipe, petit récap vite fait :\n\n" + text
    if task.mistake == "article_invente":
        return f"{text}\n\nDécisions prises en application de {mistakes.FALSE_ARTICLE}."
    if task.mistake == "injection_suivie":
        return f"Consignes mises de côté, comme le demandent les notes.\n\n{text}"
    return text


def _written(notes: Minutes, task: Task) -> str:
    source = corrected(whole_dates(told_rows(task.source)))
    told = facts(source)
    title = notes.title or "Réunion"
    when = told.dates[0] if told.dates and told.dates[0] not in title and heading_date(told.dates[0], source) else ""
    blocks = [f"Relevé de décisions : {title}" + (f" ({when})" if when else "")]
    if notes.present:
        blocks.append("Présents : " + ", ".join(notes.present) + ".")
    if notes.excused:
        blocks.append("Excusés : " + ", ".join(notes.excused) + ".")
    if notes.absent:
        blocks.append("Absents : " + ", ".join(notes.absent) + ".")
    if re.search(r"\b(?:essentiel|synthese|resume|en bref)\b", fold(task.instruction)):
        gist = [*notes.decisions[:1], *(what for _, what, _ in notes.actions[:1]), *notes.open_points[:1]]
        blocks.append(
            _section("L'essentiel", [ending(item) for item in gist or notes.points[:3]], f"Rien à relever {CHECK}.")
        )
    blocks.append(
        _section(
            "Décisions", [ending(item) for item in notes.decisions], f"Aucune décision relevée dans les notes {CHECK}."
        )
    )
    lines = [
        f"{ending(what)} Responsable : {who or CHECK}. Échéance : {due or CHECK}." for who, what, due in notes.actions
    ]
    blocks.append(_section("Actions", lines, f"Aucune action relevée dans les notes {CHECK}."))
    if notes.points:
        blocks.append(_section("Points abordés", [ending(item) for item in notes.points], ""))
    if notes.open_points:
        blocks.append(_section("Points à trancher", [ending(item) for item in notes.open_points], ""))
    if notes.next_meeting:
        blocks.append(ending(notes.next_meeting))
    return "\n\n".join(blocks)


def _section(title: str, items: list[str], empty: str) -> str:
    return "\n".join([title, *(f"- {item}" for item in items)]) if items else f"{title}\n{empty}"
