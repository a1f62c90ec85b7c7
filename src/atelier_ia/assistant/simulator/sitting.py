"""Read a council's transcript in any shape: points examined, what was said, how each vote ended.

Points are told by headings, bullets, ordinals or « nous passons à… »; where nothing announces them, a new matter after
a vote is a new point. What cannot be read stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from atelier_ia.assistant.simulator import agenda
from atelier_ia.assistant.simulator.attendance import Attendance, is_label, read_attendance
from atelier_ia.assistant.simulator.french import clean, sentences, upper_first
from atelier_ia.assistant.simulator.injections import without_orders
from atelier_ia.assistant.simulator.movements import only_moves
from atelier_ia.assistant.simulator.points import amends, headed, heading, later, names_point, titled
from atelier_ia.assistant.simulator.prose import matter
from atelier_ia.assistant.simulator.sitting_clauses import parted
from atelier_ia.assistant.simulator.sitting_facts import only_suspends
from atelier_ia.assistant.simulator.sitting_layout import laid_out, votes_written
from atelier_ia.assistant.simulator.sitting_numbers import ranged
from atelier_ia.assistant.simulator.sitting_points import Item, merged, referenced, shared_votes
from atelier_ia.assistant.simulator.spelled import in_figures, written_hours
from atelier_ia.assistant.simulator.votes import answers, only_answers, outcome_of, tells_result
from atelier_ia.assistant.words import fold, stems

CARRIED = 5  # words of « Adopté. », « À l'unanimité. », which carry what was just proposed


@dataclass
class Sitting:
    """A council's sitting, as transcribed; `aside` is what was said out of any point."""

    who: Attendance
    items: list[Item] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Told:
    """One sentence: who says it, whether a line or a bullet begins with it."""

    speaker: str
    text: str
    starts: bool
    bullet: bool


def read_sitting(source: str) -> Sitting:
    """Who sat, what was examined, how each vote ended."""
    text, numbers = ranged(written_hours(without_orders(source)[0]).replace("...", "…"))
    voters = read_attendance(_unfolded(text)).voters
    text = _unfolded(votes_written(text, voters))
    who = read_attendance(text)
    text = laid_out(text)
    text = agenda.LISTED_INLINE.sub("\n", agenda.INLINE.sub("\n", text))
    told = list(_told(text))
    marked = sum(bool(item.starts and _marked(item)) for item in told) + sum(
        bool(agenda.SAID.search(item.text)) for item in told
    )
    bullets = sum(item.bullet and names_point(item.text, fold(item.text)) for item in told)
    sitting = Sitting(who)
    prose = not marked and bullets < 2 and not any(item.speaker for item in told)
    reader = _Reader(
        sitting,
        marked=marked >= 1,
        bullets=bullets >= 2 and marked < bullets,
        prose=prose and sum(bool(matter(item.text)) for item in told) >= 2,
    )
    for item in told:
        reader.read(item)
    shared_votes(sitting.items)
    sitting.items = merged(sitting.items)
    referenced(sitting.items, numbers)
    return sitting


def _unfolded(text: str) -> str:
    """Telegraphic lines (« CM du 3 mai – ouverture 20 h – présents 25 – … ») laid out one fact per line."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        parts = agenda.SEPARATED.split(line)
        listed = len(parts) > 3 and not agenda.SPEAKER.match(line) and bool(agenda.SITTING.search(fold(line)))
        lines += parts if listed else [line]
    return "\n".join(lines)


def _told(text: str) -> Iterator[_Told]:
    """The sentences of a transcript, with their speaker."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    matches = [match for line in lines if (match := agenda.SPEAKER.match(line))]
    names = Counter(match["who"] for match in matches)
    roles = {clean(match["who"]): match["role"] for match in reversed(matches) if match["role"]}
    roles |= {
        who[-1]: role for who, role in roles.items() if re.fullmatch(r"\w+ [A-H]", who)
    }  # « A : » for « Voix A : »
    for line in lines:
        if is_label(line):
            continue
        bullet = bool(agenda.BULLET.match(line))
        bare = agenda.BULLET.sub("", line)
        match = agenda.SPEAKER.match(bare)
        speaker = ""
        named = match and not agenda.MARK.match(bare) and len(match["who"].split()) <= 7
        if match and named and (agenda.TITLED.search(match["who"]) or (names[match["who"]] > 1 and not bullet)):
            speaker, bare = clean(match["who"]), match["said"]
            if agenda.NUMBERED.match(speaker) or len(speaker) == 1:
                speaker = roles.get(speaker, speaker)
        # Automatic transcripts begin sentences without a capital.
        told = [piece for found in sentences(bare) for piece in agenda.LOWER_START.split(found)]
        if len(told) > 1 and re.fullmatch(r"\W*(?:[^\W\d]+\s+)?\d{1,2}\s*[.)°]", told[0]):
            told[:2] = [f"{told[0]} {told[1]}"]
        for place, sentence in enumerate(told):
            yield _Told(speaker, sentence, place == 0, bullet and place == 0 and not speaker)


def _marked(told: _Told) -> re.Match[str] | None:
    match = agenda.MARK.match(told.text)
    if match and match["listed"] and len(match["listed"]) < 5 and told.speaker:
        return None  # « M. X : 17 - 8 »
    return match


_BRACKETED = re.compile(r"\((?=[^()\s]+\s[^()\s]+\s)(?![^()]*\b(?:pour|contre|abst\w*|unanim\w*|vot\w+)\b)[^()]*\)")


class _Reader:
    """Goes through the sentences, one point after the other."""

    def __init__(self, sitting: Sitting, *, marked: bool, bullets: bool, prose: bool) -> None:
        self._sitting = sitting
        self._items = sitting.items
        self._president = sitting.who.president
        self._marked = marked
        self._bullets = bullets
        self._prose = prose
        self._closed = False
        self._ended = False
        self._untitled = False  # the next sentence names the point
        self._unnamed = False  # a later one may (« C'était la vente du garage »)

    def read(self, told: _Told) -> None:
        """Take one sentence into account."""
        folded = fold(in_figures(told.text))
        if agenda.REOPEN.search(folded):
            self._closed = False
        elif agenda.CLOSED.search(folded) and not re.search(r"\bpas\b.{0,20}huis|\bete \w+ (?:a|en) huis", folded):
            self._closed = True
        if self._closed and re.search(
            r"\bhuis[- ]clos\b.*\b(?:rejet\w*|refus\w*|repouss\w*|pas (?:adopte|retenu|vote))", folded
        ):
            self._closed = False  # asked for, and not had
        if agenda.MOVEMENT.search(folded) and agenda.PUBLIC.search(folded):
            return  # the public leaves or comes back: no matter of its own
        if told.starts and not told.speaker and only_moves(told.text) and not tells_result(told.text):
            return  # told with the arrivals and the departures
        if only_suspends(told.text):
            return  # told with the suspensions
        if told.starts and not told.speaker and agenda.TO_CHECK.match(folded):
            self._sitting.aside.append(told.text)
            return
        if self._closing_doors(folded):
            return
        alone = bool(told.starts and _marked(told) and agenda.CLOSED.search(folded))
        if agenda.DOORS.search(folded) and not alone:
            # What is said behind closed doors is told nowhere, but that nothing was decided there.
            if not agenda.INSIDE.search(folded) or agenda.NOTHING.search(folded):
                self._sitting.aside.append(told.text)
            return
        rest = self._new(told, folded)
        if not self._items or self._ended or rest is None:
            if not self._closed:
                self._sitting.aside.append(told.text)
            return
        current = self._items[-1]
        current.closed = current.closed or self._closed or bool(re.search(r"\bete \w+ (?:a|en) huis[- ]clos", folded))
        if re.search(r"\b(?:bulletin\w*|scrutin|vote) (?:a )?secrets?\b|\ba bulletins? secrets?\b", folded):
            current.secret = True
        if agenda.CLOSING.search(folded) and not outcome_of(told.text):
            self._ended = True
            return
        if self._unnamed and (named := agenda.NAMED_AFTER.search(rest)):
            current.title, self._unnamed = titled(named["title"]), False
            return
        if rest and self._untitled and not tells_result(rest):
            current.title, self._untitled = titled(rest), False
            return
        self._note(current, told, rest)
        if alone:  # « délib 3, huis clos voté, 20 pour »: of this point only
            self._closed, current.closed = False, True

    def _closing_doors(self, folded: str) -> bool:
        """« Je demande le huis clos pour le point suivant » opens a point, of which only the end will be told."""
        if not (
            agenda.CLOSED.search(folded) and re.search(r"\bpoint suivant|\bpour (?:ce|le) (?:point|dossier)", folded)
        ):
            return False
        if not self._items or self._items[-1].concluded:
            self._items.append(Item("", "Point examiné à huis clos (objet à reprendre)"))
            self._items[-1].closed = True
            return True
        return False

    def _note(self, current: Item, told: _Told, rest: str) -> None:
        if not rest:
            return
        if ";" in rest and "amendement" in fold(rest.split(";")[0]):
            # « amendement rejeté par … ; règlement adopté par … »: two votes
            first, others = rest.split(";", 1)
            self._note(current, told, first.strip())
            rest = others.strip()
        if current.results and answers(current.results[-1], rest):
            current.results[-1] = f"{current.results[-1]} {rest}"
            return
        before = current.talk[-1][1] if current.talk else ""
        agreed = agenda.AGREED.search(fold(rest)) or (outcome_of(rest) == "approuvée" and len(rest.split()) <= CARRIED)
        if agreed and current.results and agenda.PUT_OFF.search(fold(current.results[-1])):
            current.outcome = "retirée" if "retir" in fold(current.results[-1]) else "reportée"
            current.results.append(rest)
            return
        if agreed and agenda.PUT_OFF.search(fold(before)):
            current.talk.pop()
            current.results += [before, rest]
            current.outcome = "retirée" if "retir" in fold(before) else "reportée"
            return
        if outcome_of(rest) == "débat sans vote" and agenda.PUT_OFF.search(fold(before)):
            # « la maire préfère reporter en janvier. Pas de vote. »
            current.outcome = "retirée" if re.search(r"\bretir", fold(before)) else "reportée"
            current.results.append(rest)
            return
        if tells_result(rest):
            if not current.results and only_answers(rest):
                return  # « Débat ? Aucun. »
            if not amends(rest):
                current.outcome = later(current.outcome, outcome_of(rest), rest)
            if clean(rest) not in current.results and sum(map(len, current.results)) < 400:
                current.results.append(rest)
        elif not self._closed and not agenda.CLOSED.search(fold(rest)):
            current.talk.append((told.speaker, rest))

    def _new(self, told: _Told, folded: str) -> str | None:
        """Open a point if this sentence announces one; what is left of the sentence to note ('' or all of it)."""
        if told.starts or not told.speaker or self._in_chair(told.speaker):
            match = _marked(told)
            if match and not (self._marked and told.speaker and match["listed"] and len(match["listed"]) < 5):
                return self._open(match["number"] or match["listed"] or "", match["title"])
            if said := agenda.SAID.search(told.text):
                title = re.sub(r"^(?:le|la|les|l['’]|du|de la|des|un|une)\s+", "", clean(said["title"]))
                if len(title.split()) >= 2 and not tells_result(title):
                    return self._open("", title)
        if self._prose and not agenda.CLOSING.search(folded):
            if clauses := parted(told.text):
                self._items.append(Item("", clauses.title, talk=[("", clauses.talk)] if clauses.talk else []))
                return clauses.result
            if title := matter(told.text):
                self._items.append(Item("", title))
                return told.text
        if self._prose:
            return told.text
        if self._bullets and told.bullet and names_point(told.text, folded):
            return self._open("", told.text)
        if self._bullets and not self._marked:
            return told.text
        chaired = not told.speaker or self._in_chair(told.speaker) or bool(agenda.REPORTER.search(told.speaker))
        free = not self._items or (self._items[-1].concluded and not self._continues(told.text))
        # Where points are marked, what comes before the first mark may still be a point that nobody announced.
        announced = not self._marked or (
            bool(agenda.TRANSITION.match(folded)) if self._items else bool(told.speaker) and told.starts
        )
        last = self._items[-1].talk[-1] if self._items and self._items[-1].talk else ("", "")
        replied = last[0] not in ("", told.speaker) and last[1].rstrip().endswith("?")
        if chaired and free and announced and not replied and not self._ended and self._introduces(told, folded):
            return self._open("", told.text)
        return told.text

    def _continues(self, text: str) -> bool:
        """« Puis le règlement : 24 pour » after a vote on an amendment to it: the same point."""
        last = self._items[-1]
        named = set(stems(heading(text)))
        return any(map(amends, last.results)) and bool(named) and named <= set(stems(last.title))

    def _in_chair(self, speaker: str) -> bool:
        president = self._president.split(" (")[0].split(",")[0].split()
        return bool(agenda.CHAIR.search(speaker)) or bool(president and fold(president[-1]) in fold(speaker))

    @staticmethod
    def _introduces(told: _Told, folded: str) -> bool:
        return (
            not told.text.rstrip().endswith("?")
            and not agenda.MOVEMENT.search(folded.split(",")[0] if agenda.TRANSITION.match(folded) else folded)
            and not agenda.AGREED.search(folded)
            and 2 <= len(told.text.split()) <= 40
            and (not tells_result(told.text) or bool(agenda.DROPPED.match(told.text)) or headed(told.text))
            and (not agenda.FORMAL.search(folded) or (headed(told.text) and folded.startswith(("pv ", "proces"))))
            and (not agenda.NO_TITLE.search(fold(heading(told.text))) or bool(agenda.TRANSITION.match(folded)))
        )

    def _open(self, number: str, text: str) -> str:
        """A new point called after `text`; what `text` says after its title is left to note."""
        numbered = number.rstrip(" .)°/–-") if re.match(r"[A-Z]{0,4}-?\d", number) else ""
        item = Item(numbered, titled(text))
        self._items.append(item)
        self._untitled = self._unnamed = False
        if dropped := agenda.DROPPED.match(text):
            item.title = titled(dropped[1])
            return dropped[2]
        spoken = agenda.TITLE_END.search(f" {text}")
        if agenda.NO_TITLE.search(fold(text[: spoken.start()] if spoken else text) or fold(text)) and outcome_of(text):
            named = agenda.NAMED_AFTER.search(text)
            item.title, self._unnamed = titled(named["title"]) if named else "", not named
            # « 2027-001 Débat sur la mutualisation : prend acte »: what stands before a colon under a number names it.
            if not named and numbered and (label := re.match(r"([^\W\d_][^:.]{3,120}?)\s*:\s+(\S.*)$", text)):
                item.title, self._unnamed = titled(label[1]), False
                return label[2]
            return text
        shown = _BRACKETED.sub(lambda match: "·" * len(match[0]), text)  # « (par des travaux reportés) » ends no title
        ends = [match.start() - 1 for match in [agenda.TITLE_END.search(f" {shown}")] if match]
        ends += [match.start() for one in (agenda.RESULT_WORD, agenda.PRESENTED) if (match := one.search(shown))]
        cut = min(ends, default=len(text))
        head, rest = text[: max(0, cut)].strip(), text[max(0, cut) :].strip(" ,:;–—→=>-")
        if rest and not stems(head):
            named = agenda.NAMED_AFTER.search(text)
            item.title = upper_first(clean(named["title"])) if named else ""
            self._untitled = not named
            return text
        item.title = titled(head)
        if not item.title:
            self._untitled = True
        if by := agenda.PRESENTED_BY.match(rest):
            item.talk.append(("", upper_first(by[1]) + "."))
            return by[2]
        return rest
