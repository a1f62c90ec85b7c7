"""Read a council's transcript in any shape: points examined, what was said, how each vote ended.

Points are told by headings, bullets, ordinals or « nous passons à… »; where nothing announces them, a new matter after
a vote is a new point. What cannot be read stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from atelier_ia.assistant.simulator.attendance import Attendance, is_label, read_attendance
from atelier_ia.assistant.simulator.french import clean, sentences, upper_first
from atelier_ia.assistant.simulator.injections import without_orders
from atelier_ia.assistant.simulator.spelled import in_figures
from atelier_ia.assistant.simulator.votes import Outcome, Vote, counted, only_answers, outcome_of, tells_result
from atelier_ia.assistant.words import fold, stems

TITLE = 220  # characters of a point's title
_NUMBER_WORD = r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt)"
_ORDINAL = (
    r"(?:premi[eè]re?|deuxi[eè]me|seconde?|troisi[eè]me|quatri[eè]me|cinqui[eè]me|sixi[eè]me|septi[eè]me|huiti[eè]me"
    r"|neuvi[eè]me|dixi[eè]me|onzi[eè]me|douzi[eè]me|derni[eè]re?)"
)
_KIND = r"(?:point|d[ée]lib[ée]ration|question|rapport|affaire|dossier|sujet|r[ée]solution)"
_LEAD = (
    r"^\W*(?:\[?\d{1,2}[:h]\d{2}(?::\d{2})?\]?\s*)?(?:(?:et|alors|donc|bien|bon|bah|enfin|ensuite|maintenant"
    r"|puis|euh|merci|on passe"
    r"|nous passons|passons|j['’]en viens|je passe|on en vient|nous en venons|on attaque|nous abordons|au"
    r"|à la|à l['’]|à)\b[\s,.:]*)*"
)
_MARK = re.compile(
    _LEAD + rf"(?:(?:le|la|l['’])\s*)?(?:"
    rf"{_ORDINAL}\s+{_KIND}(?:\s+de\s+l['’]ordre\s+du\s+jour)?|{_ORDINAL}(?=\s*[,:])"
    rf"|(?:point|d[ée]lib[ée]ration|question|rapport|affaire|dossier)\s*(?:n°|num[ée]ro"
    rf"|no)?\s*(?P<number>\d[\d/.-]*|{_NUMBER_WORD}\b|suivante?\b)"
    rf"|objet(?:\s+unique)?(?=\s*:)|autre\s+{_KIND}|(?P<listed>\d{{1,2}})\s*[.)°–-](?=\s))"
    r"\s*(?:(?:est|porte sur|concerne|c['’]est|il s['’]agit de)\b)?[\s,:.–—-]*(?P<title>.*)$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:nous passons|passons|j['’]en viens|on passe|nous en venons|on en vient|nous abordons"
    r"|je vous propose d['’]aborder"
    r"|(?:nous |on )?commen[cç](?:ons|e) par|d[ée]butons par|nous en (?:[ée]tions|sommes)|on en (?:[ée]tait|est))\s+"
    r"(?:maintenant\s+|ensuite\s+)?(?:au|à la|à l['’]|aux|à|la|le|les|l['’])\s*"
    r"(?:(?:point|délibération|question|rapport|sujet)\s+(?:suivante?|(?:n°\s?)?\w+)\s*[:,]?\s*)?"
    r"(?:il s['’]agit de\s+|qui (?:porte sur|concerne)\s+|concernant\s+|relatif à\s+)?(?P<title>[^.?!]{5,220})",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"(?<=[^\n])\s+(?=(?:D[ée]lib[ée]ration|d[ée]lib[ée]ration|Point|Rapport)\s+(?:num[ée]ro\s+"
    rf"|n°\s?)?(?:\d{{1,3}}|{_NUMBER_WORD})\b\s+\w)"
)
_LISTED_INLINE = re.compile(r"(?<=[:;])\s+(?=\d{1,2}[.)]\s+[a-zà-ÿ])")
_LOWER_START = re.compile(r"(?<=[a-zà-ÿ]{5}[.?!])\s+(?=[a-zà-ÿ])")
_BULLET = re.compile(r"^\s*[-–—•*·>]+\s+(?=\S)")
_CHAIR = re.compile(r"\b(?:maire|pr[ée]sidente?)\b", re.IGNORECASE)
_SPEAKER = re.compile(
    r"^\s*(?:\[?\d{1,2}[:h]\d{2}(?::\d{2})?\]?\s*)?(?P<who>(?:Mme|M\.|MM\.|Mlle|MME|Monsieur|Madame|MONSIEUR"
    r"|MADAME|Me|Dr|LE|LA|Le|La|L['’]"
    r"|\[[A-Z_]+_\d+\])[^:\n«]{0,60}?|[A-ZÀ-Ý]{3,}[A-ZÀ-Ý' -]{0,30}"
    r"|[A-ZÀ-Ý][a-zà-ÿ-]+(?:\s[A-ZÀ-Ý][\w-]+)?)\s*(?:\([^)]{2,40}\)\s*)?:\s+(?P<said>.+)$"
)
_TITLED = re.compile(
    r"^(?:Mme|M\.|MM\.|Mlle|MME|Monsieur|Madame|MONSIEUR|MADAME|Me|Dr|\[)|maire\b|pr[ée]sidente?\b"
    r"|secr[ée]taire\b|adjoint",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"\bseance (?:est |a ete )?(?:ouverte|levee|close)|\b(?:ouvre|leve|clot|declare|suspend) la seance"
    r"|\b(?:presents?|pouvoirs?|absente?s?|excusee?s?|representes?)\b.{0,40}\d"
    r"|\bquorum\b|\bsecretaire\b|^\W*(?:bonsoir|bonjour|merci\b|il est \d|bonne (?:soiree|nuit)|fin\b|extrait"
    r"|conseil municipal\b|seance (?:du|publique|ordinaire|extraordinaire)"
    r"|commune de|mairie de|ville de|pv\b|proces[- ]verbal a etablir|convocation|transcription"
    r"|\[transcription|ordre du jour|urgence declaree|date\b|lieu\b"
    r"|salle\b|nombre de conseillers|notes?\b.{0,30}conseil|enregistrement|presidente?\b|presidence)"
    r"|\b(?:a donne|donne) (?:pouvoir|procuration)|\best (?:absente?|excusee?)\b|\b(?:sur|en) exercice\b|\blevee a\b"
)
_CLOSING = re.compile(
    r"\bseance (?:est |a ete )?(?:levee|close)|\b(?:leve|clot) la seance|^\W*fin\b.{0,30}\d|^\W*il est \d|\blevee a\b"
)
_CLOSED = re.compile(r"\bhuis[- ]clos\b")
_REOPEN = re.compile(
    r"\b(?:fin du huis[- ]clos|leve\w* (?:du|le) huis[- ]clos|huis[- ]clos (?:est )?(?:leve|termine)|reprise "
    r"(?:de la seance )?publique|le public (?:est|peut)|seance publique reprend)"
)
_TITLE_END = re.compile(
    r"\s(?=(?:le conseil (?:prend|approuve|vote|donne)|(?:madame|monsieur|mme|m\.) [\w-]+ (?:expose|rapporte"
    r"|pr[ée]sente|explique|lit|propose|dit|demande|pense|trouve|r[ée]pond|souligne|rappelle|regrette"
    r"|pr[ée]cise|voudrait|indique|intervient|s['’]inqui[èe]te)|(?:pas|plus) de (?:question|remarque"
    r"|d[ée]bat)|des questions|quelqu['’]un"
    r"|on (?:vote|passe|prend)|vote\s*:|pour \w+ contre|elle est|il est (?:ajourn|report|retir)|qui (?:est"
    r"|s['’]abst)|pas d['’]observation"
    r"|adopt[ée]e?s?\b|retir[ée]e?s?\b|rejet[ée]e?s?\b|[àa] l['’]unanimit[ée]|euh\b))",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"\b(?:c['’][ée]tait|il s['’]agissait d[eu]|concernant|qui portait sur|portant sur)\s+(?P<title>[^.?!]{5,200})",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^\W*(?:je|j'|nous|il|elle|on|c'est|ce |ca |vous|merci|oui|non|bonsoir|bonjour|pas d|aucun|pour|contre"
    r"|qui|notre|mon|ma|mes|nos|et|mais|donc|alors"
    r"|debat|reponse|y a|est-ce|monsieur|madame|m\.|mme|des questions|des observations|quelqu)\b|\bje\b|\bvous\b"
)
_TRANSITION = re.compile(
    r"^\W*(?:a huis clos\b.*:|(?:le|la|les|une?)\s+)?(?:enfin|ensuite|puis|autre|motion|voeu|question"
    r"|nous passons|passons|pour finir|pour terminer|en dernier)\b"
)

_DROPPED = re.compile(
    r"^(?!(?:il|elle|on|ce|cette|la|le)\s+(?:est|point|question|d[ée]lib[ée]ration"
    r"|motion)\b)(.{8,160}?)\s+(?:est|sera|a été)\s+"
    r"((?:donc\s+)?(?:retir|ajourn|report|renvoy)[ée]{1,2}e?s?\b.*)$",
    re.IGNORECASE,
)
_RESULT_WORD = re.compile(
    r"[\s,:;–—(→=>-]+(?=(?:[àa] l['’])?unanimit|adopt[ée]|approuv[ée]|rejet[ée]|retir[ée]|report[ée]"
    r"|ajourn[ée]|\d+\s*(?:voix|pour|P\b|contre)"
    r"|pour\s*[:=]?\s*\d|vote\s*:|votes?\s+(?:pour|contre)|prend acte|pris acte)",
    re.IGNORECASE,
)


@dataclass
class Item:
    """One point examined: its object, how it ended, and what was said (speaker or '', words)."""

    number: str
    title: str
    results: list[str] = field(default_factory=list)
    outcome: Outcome = ""
    talk: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = False
    secret: bool = False

    @property
    def vote(self) -> Vote:
        """The counts announced."""
        return counted(" ".join(self.results))

    @property
    def concluded(self) -> bool:
        """Is it known how the point ended?"""
        return bool(self.outcome or self.vote.counts)


@dataclass
class Sitting:
    """A council's sitting, as transcribed."""

    who: Attendance
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class _Told:
    """One sentence: who says it, whether a line or a bullet begins with it."""

    speaker: str
    text: str
    starts: bool
    bullet: bool


def read_sitting(source: str) -> Sitting:
    """Who sat, what was examined, how each vote ended."""
    text, _ = without_orders(source)
    text = _LISTED_INLINE.sub("\n", _INLINE.sub("\n", text))
    told = list(_told(text))
    marked = sum(bool(item.starts and _marked(item)) for item in told) + sum(
        bool(_SAID.search(item.text)) for item in told
    )
    bullets = sum(item.bullet and _names(item.text, fold(item.text)) for item in told)
    sitting = Sitting(read_attendance(text))
    reader = _Reader(sitting, marked=marked >= 1, bullets=bullets >= 2 and marked < bullets)
    for item in told:
        reader.read(item)
    _shared_votes(sitting.items)
    sitting.items = _merged(sitting.items)
    return sitting


def _told(text: str) -> Iterator[_Told]:
    """The sentences of a transcript, with their speaker."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    names = Counter(match["who"] for line in lines if (match := _SPEAKER.match(line)))
    for line in lines:
        if is_label(line):
            continue
        bullet = bool(_BULLET.match(line))
        bare = _BULLET.sub("", line)
        match = _SPEAKER.match(bare)
        speaker = ""
        if match and not _MARK.match(bare) and len(match["who"].split()) <= 7:
            titled = bool(_TITLED.search(match["who"]))
            if titled or (names[match["who"]] > 1 and not bullet):
                speaker, bare = clean(match["who"]), match["said"]
        # Automatic transcripts begin sentences without a capital.
        told = [piece for found in sentences(bare) for piece in _LOWER_START.split(found)]
        if len(told) > 1 and re.fullmatch(r"\W*(?:[^\W\d]+\s+)?\d{1,2}\s*[.)°]", told[0]):
            told[:2] = [f"{told[0]} {told[1]}"]
        for place, sentence in enumerate(told):
            yield _Told(speaker, sentence, place == 0, bullet and place == 0 and not speaker)


def _marked(told: _Told) -> re.Match[str] | None:
    match = _MARK.match(told.text)
    if match and match["listed"] and told.speaker:
        return None  # « M. X : 17 - 8 »
    return match


class _Reader:
    """Goes through the sentences, one point after the other."""

    def __init__(self, sitting: Sitting, *, marked: bool, bullets: bool) -> None:
        self._items = sitting.items
        self._president = sitting.who.president
        self._marked = marked
        self._bullets = bullets
        self._closed = False
        self._ended = False
        self._untitled = False

    def read(self, told: _Told) -> None:
        """Take one sentence into account."""
        folded = fold(in_figures(told.text))
        if _REOPEN.search(folded):
            self._closed = False
        elif _CLOSED.search(folded) and not re.search(r"\bpas\b.{0,20}huis|\bete \w+ (?:a|en) huis", folded):
            self._closed = True
        rest = self._new(told, folded)
        if not self._items or self._ended or rest is None:
            return
        current = self._items[-1]
        current.closed = current.closed or self._closed or bool(re.search(r"\bete \w+ (?:a|en) huis[- ]clos", folded))
        if re.search(r"\b(?:bulletin\w*|scrutin|vote) (?:a )?secrets?\b|\ba bulletins? secrets?\b", folded):
            current.secret = True
        if _CLOSING.search(folded) and not outcome_of(told.text):
            self._ended = True
            return
        if rest and self._untitled and not tells_result(rest):
            current.title, self._untitled = _title(rest), False
            return
        self._note(current, told, rest)

    def _note(self, current: Item, told: _Told, rest: str) -> None:
        if not rest:
            return
        if tells_result(rest):
            if not current.results and only_answers(rest):
                return  # « Débat ? Aucun. »
            current.outcome = _later(current.outcome, outcome_of(rest), rest)
            if clean(rest) not in current.results and sum(map(len, current.results)) < 400:
                current.results.append(rest)
        elif not self._closed and not _CLOSED.search(fold(rest)):
            current.talk.append((told.speaker, rest))

    def _new(self, told: _Told, folded: str) -> str | None:
        """Open a point if this sentence announces one; what is left of the sentence to note ('' or all of it)."""
        if told.starts or not told.speaker or self._in_chair(told.speaker):
            match = _marked(told)
            if match and not (self._marked and told.speaker and match["listed"]):
                return self._open(match["number"] or match["listed"] or "", match["title"])
            if said := _SAID.search(told.text):
                title = re.sub(r"^(?:le|la|les|l['’]|du|de la|des|un|une)\s+", "", clean(said["title"]))
                if len(title.split()) >= 2 and not tells_result(title):
                    return self._open("", title)
        if self._bullets and told.bullet and _names(told.text, folded):
            return self._open("", told.text)
        if self._bullets and not self._marked:
            return told.text
        chaired = not told.speaker or self._in_chair(told.speaker)
        free = not self._items or self._items[-1].concluded
        announced = not self._marked or (bool(self._items) and bool(_TRANSITION.match(folded)))
        if chaired and free and announced and not self._ended and self._introduces(told, folded):
            return self._open("", told.text)
        return told.text

    def _in_chair(self, speaker: str) -> bool:
        president = self._president.split(" (")[0].split(",")[0].split()
        return bool(_CHAIR.search(speaker)) or bool(president and fold(president[-1]) in fold(speaker))

    @staticmethod
    def _introduces(told: _Told, folded: str) -> bool:
        return (
            not told.text.rstrip().endswith("?")
            and 2 <= len(told.text.split()) <= 40
            and (not tells_result(told.text) or bool(_DROPPED.match(told.text)))
            and not _FORMAL.search(folded)
            and (not _NO_TITLE.search(folded) or bool(_TRANSITION.match(folded)))
        )

    def _open(self, number: str, text: str) -> str:
        """A new point called after `text`; what `text` says after its title is left to note."""
        numbered = number.rstrip("./-") if re.match(r"\d", number) else str(len(self._items) + 1)
        item = Item(numbered, _title(text))
        self._items.append(item)
        self._untitled = False
        if dropped := _DROPPED.match(text):
            item.title = _title(dropped[1])
            return dropped[2]
        ends = [match.start() - 1 for match in [_TITLE_END.search(f" {text}")] if match]
        ends += [match.start() for match in [_RESULT_WORD.search(text)] if match]
        cut = min(ends, default=len(text))
        head, rest = text[: max(0, cut)].strip(), text[max(0, cut) :].strip(" ,:;–—→=>")
        if rest and not stems(head):
            named = _NAMED_AFTER.search(text)
            item.title = upper_first(clean(named["title"])) if named else ""
            self._untitled = not named
            return text
        item.title = _title(head)
        if not item.title:
            self._untitled = True
        return rest


def _names(text: str, folded: str) -> bool:
    """Does a bullet name a point, rather than count votes or say who is there?"""
    cut = _RESULT_WORD.search(text)
    head = text[: cut.start()] if cut else text
    return len(stems(head)) >= 1 and not tells_result(head) and (bool(cut) or not _FORMAL.search(folded))


def _title(text: str) -> str:
    text = re.sub(
        r"^(?:\W+|(?:enfin|ensuite|puis|maintenant|pour finir|pour terminer|en dernier)\b[\s,:]*|(?:le|la|les"
        r"|un|une)\s+|l['’])+",
        "",
        clean(text),
        flags=re.IGNORECASE,
    )
    if len(text) > TITLE:
        text = f"{text[:TITLE].rsplit(' ', 1)[0]}…"
    return upper_first(clean(text))


def _later(before: Outcome, now: Outcome, told: str) -> Outcome:
    """What a later sentence changes: a point put off stays so, « prend acte » says more than « unanimité »."""
    if before == "prend acte" and re.search(r"\b(?:adopt|approuv)", fold(told)):
        return now or before
    if before in ("reportée", "retirée", "prend acte"):
        return before
    return now or before


def _shared_votes(items: list[Item]) -> None:
    """One vote for several points (« vote unique », « en bloc ») is that of each of them."""
    for place, item in enumerate(items):
        if not re.search(r"\bvote (?:unique|groupe|global)|\ben bloc", fold(" ".join(item.results))):
            continue
        for other in reversed(items[:place]):
            if other.results:
                break
            other.results, other.outcome = list(item.results), item.outcome


def _merged(items: list[Item]) -> list[Item]:
    """Without the bare lines of an agenda read out before the points themselves."""
    kept: list[Item] = []
    for place, item in enumerate(items):
        bare = not item.results and not item.talk
        mine = set(stems(item.title))
        again = any(
            len(mine & set(stems(other.title))) >= max(1, 0.6 * min(len(mine), len(set(stems(other.title)))))
            for other in items[place + 1 :]
            if other.results or other.talk
        )
        if not (bare and mine and again) and (item.title or item.results or item.talk):
            kept.append(item)
    for place, item in enumerate(kept, start=1):
        if re.fullmatch(r"\d{1,2}", item.number):
            item.number = str(place)
    return kept
