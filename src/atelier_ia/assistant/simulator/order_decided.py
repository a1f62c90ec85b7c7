"""A decision that overrides the request, as an arrêté says it: « 10 h-22 h ==> la maire dit 20 h max » → 20 h.

Notes for an arrêté often hold what was asked, then what was decided (an arrow, a bracket, « Décision : », « on
accorde… »). Each value decided replaces the last value of its sort that was asked; the decision itself goes, and what
it adds stays as a sentence of its own.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.decision_words import (
    ALONE,
    ANCHOR,
    ASKED_BY,
    ASKED_LABEL,
    ASKED_LEAD,
    ASKED_LINE,
    ASKED_OF,
    ASKS,
    FILLER,
    GRANTED,
    INSTEAD_OF,
    LEFT_OPEN,
    MARK,
    NAMED,
    ONLY,
    OPINION,
    REFUSED,
    SIDES_WITH,
    UNWANTED,
    VALUES,
    WHOLE_DAY,
    WHY,
)
from atelier_ia.assistant.simulator.french import MONTH, PLACE, WEEKDAY, clean, lower_first, upper_first
from atelier_ia.assistant.simulator.vote_marks import TAKEN_BACK

LONGEST = 6_000  # characters of notes for an arrêté; a longer text is none, and is left as it is
MOST = 20  # decisions read in some notes


def decided(text: str) -> str:
    """`text` with what was decided in the place of what was asked; as it is when nothing was decided otherwise."""
    if len(text) > LONGEST:
        return text
    text = _without_unwanted(REFUSED.sub("", text))
    place, changed, seen = 0, False, 0
    while (mark := MARK.search(text, place)) and seen < MOST:
        seen += 1
        if mark["own"] and (restated := _restated(text, mark)):
            text, place, changed = *restated, True
            continue
        before, set_, rest = text[: mark.start()], *_set(text[mark.end() :], text[: mark.start()])
        told, news = before, []
        last, said = "", ""
        for sort, value, anchor in set_:
            again = sort == last == "hours" and said in told and not anchor
            replaced = (
                told.replace(said, f"{said} et {_spoken(value)}") if again else _replaced(told, sort, value, anchor)
            )
            last, said = sort, _spoken(value) if sort == "hours" else value[0]
            if replaced is not None:
                told, changed = replaced, True
            elif not (re.fullmatch(r"jours?|semaines?|mois", value.groupdict().get("unit") or "") and len(set_) > 1):
                news.append(clean(f"{anchor} {value[0]}" if anchor else value[0]))
        if not set_ and not mark["open"] and not re.search(rf"\b(?:{GRANTED})\b", mark[0], re.IGNORECASE):
            place = mark.end()  # « le maire veut interdire… »: nothing else was asked
            continue
        if mark["inline"] and told == before and news:
            place = mark.end()  # nothing of the sort was asked before: no correction
            continue
        text, place = _rejoined(told, mark, news, rest)
    for left in LEFT_OPEN.finditer(text):
        closing = (
            rf"\s*(?:,|\bet\b)?\s*(?:(?:la|de)\s)?fermeture\s(?:de\s(?:la\s|l['’])?|du\s)?{re.escape(left['place'])}"
        )
        text = re.sub(closing, "", text[: left.start()], flags=re.IGNORECASE) + text[left.start() :]
    text = INSTEAD_OF.sub("", text)
    if changed:
        text = ASKED_LEAD.sub("", SIDES_WITH.sub("", text))
        text = _told(ASKED_OF.sub("", ASKED_LABEL.sub(r"\g<what>", text)))
    return text


def _restated(text: str, mark: re.Match[str]) -> tuple[str, int] | None:
    """A decision that says the whole request again (« Souhaité : … Accordé : … ») stands instead of it."""
    given = re.split(r"\.(?:\s|$)|\n", text[mark.end() :], maxsplit=1)[0]
    before = text[: mark.start()]
    asked = list(ASKED_LINE.finditer(before))
    if not asked or not re.match(r"[^\W\d_]", given):
        return None
    told = {sort for sort, one in VALUES for _ in one.finditer(given)}
    _, rest = _set(given, before)
    if len(told) < 3 or not any(one.search(rest) for _, one in VALUES):
        return None
    head = f"{before[: asked[-1].start()].rstrip()}\n"
    return head + upper_first(text[mark.end() :]), len(head)


def _without_unwanted(text: str) -> str:
    """What is refused goes from the request as well; what is put in its place stays."""
    while unwanted := UNWANTED.search(text):
        before = re.sub(
            rf"\s*,?\s*(?:\bavec\s|\bet\s)?{re.escape(unwanted['what'])}(?!\w)", "", text[: unwanted.start()]
        )
        rest = text[unwanted.end() :].lstrip(" .")
        text = (
            f"{before.rstrip(' ,;')} {upper_first(rest)}"
            if before.rstrip().endswith(".")
            else f"{before.rstrip(' ,;')}. {upper_first(rest)}"
        )
    return text


def _spoken(hours: re.Match[str]) -> str:
    """« 9 h-11 h 30 » → « de 9 h à 11 h 30 »."""
    told = hours.groupdict()
    return f"de {told['from']} à {told['to']}" if told.get("from") else hours[0]


def _told(text: str) -> str:
    """What was decided, told without « X demande », and who asks in a visa of its own."""
    asking: list[str] = []

    def said(match: re.Match[str]) -> str:
        who = clean(match["who"] or "")
        if re.match(r"(?:l['’]|la |le |les |M\.|Mme|[A-ZÀ-Ý])", who) and not re.fullmatch(r"(?:Il|Elle|On|Ils)", who):
            asking.append(f"Vu la demande présentée par {lower_first(who) if who.startswith(('L', 'l')) else who}.")
        start: str = match["start"]
        return ". " if start.startswith(",") else start

    text = ASKS.sub(said, text)
    text = re.sub(r"(?<=[.!?]\s)[a-zà-ÿ](?=[a-zà-ÿ]{3})", lambda match: match[0].upper(), text)
    return "\n".join([*(upper_first(line.strip()) for line in text.split("\n")), *dict.fromkeys(asking)])


def _set(after: str, asked: str) -> tuple[list[tuple[str, re.Match[str], str]], str]:
    """What a decision sets, in its order (sort, value, word or day that it bears on), and what is left of it."""
    found: list[tuple[str, re.Match[str], str]] = []
    place = 0
    while True:
        start = place
        while (filler := FILLER.match(after, start)) and filler.end() > start:
            start = filler.end()
        # « le 5 », « à 18 h »: the small words before a value belong to nothing else.
        start = _past_known_words(after, start, asked)
        anchor = ANCHOR.match(after, start) or NAMED.match(after, start)
        if anchor and not re.search(rf"\b{anchor['anchor']}\b", asked, re.IGNORECASE):
            anchor = None
        value_at = anchor.end() if anchor else start
        value = next(((sort, match) for sort, one in VALUES if (match := one.match(after, value_at))), None)
        day = next(((sort, match) for sort, one in VALUES[:7] if (match := one.match(after, start))), None)
        if anchor and day and day[0] in ("day", "days", "span"):
            value, anchor = day, None
        alone = ALONE.match(after, start) if value is None and not found else None
        if alone and _joined(asked, alone["what"]):
            value, anchor = ("thing", alone), None
        if value is None or "\n" in after[place:start] or LEFT_OPEN.match(after, value[1].start()):
            break
        found.append((*value, anchor["anchor"].lower() if anchor else ""))
        place = value[1].end()
    while tail := re.match(
        r"[\s,]*\b(?:seulement|uniquement|pas plus(?: tard)?|maxi\w*|max\b\.?|au plus|au lieu de[^.,;\n)]*)",
        after[place:],
        re.I,
    ):
        place += tail.end()
    return found, after[place:]


def _past_known_words(after: str, start: int, asked: str) -> int:
    """« non, barrée 9 h-11 h 30 »: where the value starts, past at most three words that the request holds too."""
    place = start
    for _ in range(3):
        if any(pattern.match(after, place) for _, pattern in VALUES):
            return place
        word = re.compile(r"(?P<word>[^\W\d_]{2,})[\s,:]+").match(after, place)
        if not word or not (word["word"].lower() == "non" or re.search(rf"\b{word['word']}\b", asked, re.IGNORECASE)):
            return start
        if NAMED.match(after, place):
            return place
        place = word.end()
    return place if any(pattern.match(after, place) for _, pattern in VALUES) else start


def _replaced(asked: str, sort: str, value: re.Match[str], anchor: str) -> str | None:
    """What was asked with this value instead of the last one of its sort; None when nothing of the sort was asked."""
    start = 0
    if anchor:
        days = [match.start() for match in re.finditer(rf"\b{anchor}\b", asked, re.IGNORECASE)]
        if not days:
            return None
        start = days[-1]
        following = re.compile(rf"\b{WEEKDAY}\b", re.IGNORECASE).search(asked, start + len(anchor))
        stop = following.start() if following else len(asked)
        part = _replaced(asked[start:stop], sort, value, "")
        return None if part is None else asked[:start] + part + asked[stop:]
    patterns = dict(VALUES)
    if sort in ("end", "start", "hours"):
        ranges = list(patterns["hours"].finditer(asked))
        if not ranges and (whole := list(WHOLE_DAY.finditer(asked))):
            return asked[: whole[-1].start()] + value[0] + asked[whole[-1].end() :]
        if not ranges:
            single = list(patterns[sort].finditer(asked)) if sort != "hours" else []
            return asked[: single[-1].start()] + value[0] + asked[single[-1].end() :] if single else None
        old = ranges[-1]
        since = value["from"] if sort == "hours" else value["soon"] if sort == "start" else old["from"]
        until = value["to"] if sort == "hours" else (value["late"] or value["most"]) if sort == "end" else old["to"]
        return f"{asked[: old.start()]}de {since} à {until}{asked[old.end() :]}"
    if sort == "thing":
        joined = _joined(asked, value["what"])
        return asked[: joined.start()] + value["what"] + asked[joined.end() :] if joined else None
    if sort == "weekday":
        return _day_kept(asked, value["named"])
    if sort == "hour":
        ends = list(patterns["end"].finditer(asked))
        return _hour(asked, ends[-1], value["bare"]) if ends else None
    if sort == "until":
        return _ended(asked, value["last"])
    if sort == "place":
        return _placed(asked, value[0])
    pattern = patterns[sort]
    held = list(pattern.finditer(asked))
    if sort == "figure":
        held = [one for one in held if _same_unit(one["unit"], value["unit"])]
    elif sort in ("day", "days"):
        wider = [*patterns["span"].finditer(asked), *patterns["days"].finditer(asked)]
        held = wider or held
    if not held:
        return None
    old = held[-1]
    said = value[0]
    if sort in ("span", "day"):
        month = re.search(rf"\s{MONTH}(?:\s+\d{{4}})?(?=\s+inclus|$)", old[0], re.IGNORECASE)
        year = re.search(r"\s\d{4}(?=\s+inclus|$)", old[0])
        led = re.match(r"(?:les?|du)\s", old[0], re.IGNORECASE)
        if sort == "day" and led and not said.lower().startswith("le "):
            said = f"le {said}"
        elif sort == "day" and not led:
            said = re.sub(r"^le\s+", "", said, flags=re.IGNORECASE)
        if month and not re.search(MONTH, said, re.IGNORECASE):
            said += month[0]
        elif year and not re.search(r"\d{4}", said):
            said += year[0]
    # « 100 m demandé par l'artificier »: what is decided was not asked.
    return asked[: old.start()] + said + ASKED_BY.sub("", asked[old.end() :])


def _same_unit(one: str, other: str) -> bool:
    def bare(unit: str) -> str:
        if unit.lower().rstrip("s") in ("jour", "semaine", "moi", "an", "heure"):
            return "durée"
        return "€" if unit.lower().startswith(("€", "euro")) else unit.lower().rstrip("s")

    return bare(one) == bare(other)


def _joined(asked: str, thing: str) -> re.Match[str] | None:
    """What was asked with other things of the same list, where it stands with them."""
    told, link, other = re.escape(thing), r"\s*(?:\+|/|\bet\b|,)\s*", r"[^,.;:+/\n]{3,40}?"
    end = r"(?=\s*(?:[,.;:\n]|$|\bde \d|\bdu \d))"
    return re.search(rf"{told}{link}{other}{end}|(?<=[ :]){other}{link}{told}{end}", asked, re.IGNORECASE)


def _hour(asked: str, old: re.Match[str], clock: str) -> str:
    """« jusqu'à 3 h » → « jusqu'à 2 h », where the hour alone is decided."""
    name = "late" if old["late"] else "most"
    return asked[: old.start(name)] + clock + asked[old.end(name) :]


def _ended(asked: str, last: str) -> str | None:
    """« du 6 septembre au 29 octobre 2027 » → « … au 22 octobre 2027 »."""
    spans = list(dict(VALUES)["span"].finditer(asked))
    if not spans:
        return None
    old = spans[-1]
    head, end = re.match(r"(.*\sau\s+)(.*)$", old[0], re.IGNORECASE).groups()  # type: ignore[union-attr]
    month = re.search(rf"\s{MONTH}(?:\s+\d{{4}})?", end, re.IGNORECASE)
    year = re.search(r"\s\d{4}", end)
    if month and not re.search(MONTH, last, re.IGNORECASE):
        last += month[0]
    elif year and not re.search(r"\d{4}", last):
        last += year[0]
    return asked[: old.start()] + head + last + asked[old.end() :]


def _day_kept(asked: str, only: str) -> str | None:
    """« vendredi 2 et samedi 3 juillet » → « vendredi 2 juillet », where Friday alone is granted."""
    for match in reversed(list(dict(VALUES)["days"].finditer(asked))):
        if kept := re.search(rf"\b{only}\s+(?:1er|\d{{1,2}})", match[0], re.IGNORECASE):
            month = re.search(rf"\s{MONTH}(?:\s+\d{{4}})?$", match[0], re.IGNORECASE)
            return asked[: match.start()] + kept[0] + (month[0] if month else "") + asked[match.end() :]
    return None


def _placed(asked: str, only: str) -> str | None:
    """The last run of places that holds the one decided (« place Foch et rue Carnot » → « place Foch »)."""
    run = rf"{re.escape(only)}|(?:{PLACE.pattern})"
    for match in reversed(list(re.finditer(rf"(?:{run})(?:\s*(?:,|et|\+|/)\s*(?:{run}))+", asked))):
        if only.lower() in match[0].lower():
            return asked[: match.start()] + only + asked[match.end() :]
    return asked if only.lower() in asked.lower() else None


def _rejoined(told: str, mark: re.Match[str], news: list[str], rest: str) -> tuple[str, int]:
    """The text without the decision, what it adds as a sentence; and where to go on."""
    opinion = ""
    if given := OPINION.match(rest):
        opinion, rest = f"Vu l'{given['told']}.", rest[given.end() :]
    while why := WHY.match(rest):
        rest = rest[why.end() :]
    bracket = bool(mark["open"])
    if bracket:
        inside, closed, rest = rest.partition(")" if "(" in mark["open"] else "]")
        inside = clean(" ".join([*news, inside])) if closed else inside
        inside = re.sub(rf"^(?:{TAKEN_BACK}|{ONLY}|et)\b[\s,]*", "", inside, flags=re.IGNORECASE)
        added = f" {upper_first(inside)}." if len(inside.split()) >= 2 else ""
        joined = told.rstrip() + (("." if not told.rstrip().endswith((".", "!", "?")) else "") + added if added else "")
        return joined + rest, len(joined)
    if mark["inline"]:
        text = f"{told.rstrip()}{', ' + ' et '.join(news) if news else ''}"
        return text + rest, len(text)
    rest = re.sub(r"^[\s,;:.]*(?:(?:et|mais)\s+(?=\w))?", lambda m: "\n" if "\n" in m[0] else "", rest, count=1)
    head = told.rstrip(" \t\n,;")
    head += "" if not head or head.endswith((".", "!", "?", ":")) else "."
    added = " ".join(f"{upper_first(one)}." for one in news)
    text = "\n".join(part for part in (head, added, opinion) if part)
    line, newline, others = rest.partition("\n")
    line = upper_first(line.strip())
    return f"{text}\n{line}{newline}{others}" if line else f"{text}{newline}{others}", len(text)
