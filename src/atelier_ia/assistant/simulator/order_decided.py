"""A decision that overrides the request, as an arrêté says it: « 10 h-22 h ==> la maire dit 20 h max » → 20 h.

Notes for an arrêté often hold what was asked, then what was decided (an arrow, a bracket, « Décision : », « on
accorde… »). Each value decided replaces the last value of its sort that was asked; the decision itself goes, and what
it adds stays as a sentence of its own.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH, PLACE, clean, lower_first, upper_first
from atelier_ia.assistant.simulator.vote_marks import TAKEN_BACK

_DAYS = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_DAY = rf"(?:(?:{_DAYS}\s+)?(?:1er|\d{{1,2}})(?![\dh]|\s?h\b))"
_CLOCK = r"(?:[01]?\d|2[0-4])\s?(?:h|heures?)(?:\s?[0-5]\d)?(?![\w])"
_COUNT = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?|une?|deux|trois|quatre|cinq|six|huit|dix|quinze)"
_UNIT = r"(?:€|euros?\b|%|km/h\b|(?!h\b|heures?\b|er\b|ans\b)[a-zà-ÿ²³]{1,14}\b)"
_WHO = (
    r"(?:(?:M\.|Mme)\s+(?:(?:le|la)\s+)?)?(?:(?:le|la|les|l['’])\s?)?(?:maire|mairie|dst|dgs|adjointe?|élue?s?"
    r"|police(?: municipale)?|pm|gendarmerie|préfecture|département|pompiers|sdis|service\s\w+"
    r"|services\stechniques|st|ctm"
    r"|direction|directrice|directeur|chef(?:fe)?|responsable\s\w+|commission|bureau(?:\smunicipal)?|abf)"
    r"(?:\s+(?:M\.|Mme)\s+(?-i:[A-ZÀ-Ý])[\w'’-]+)?"
)
_SAYS = (
    r"(?:dit|décale|décide|accorde|autorise|limite|veut|préfère|corrige|ramène|réduit|rectifie|impose|fixe"
    r"|valide|accepte"
    r"|maintient|demande plutôt|donne|laisse|retient|prévoit|ne (?:donne|laisse|retient|veut|prévoit) qu(?:e"
    r"|['’])|n['’](?:accorde|autorise|accepte|est d['’]accord)(?: que| qu['’])?|est d['’]accord|a dit"
    r"|a décidé|a accordé|a tranché|ok|d['’]accord)"
)
_GRANTED = (
    r"(?:ok|okay|oui|d['’]accord|accordée?s?|accord|autorisée?s?|acceptée?s?|validée?s?|avis favorable|favorable)"
)
_ONLY = r"(?:mais|seulement|uniquement|sauf que|plutôt|à condition d['’]|à condition de|limitée?s?|ramenée?s?)"
_ARROW = r"(?:={1,2}>|-{1,2}>|→|--+|—|–)"
_MARK = re.compile(
    r"(?:"
    rf"(?P<arrow>\s*{_ARROW}\s*(?:{_GRANTED}\b|{_WHO}\s*(?::|{_SAYS}\b)|(?:décision|réponse|avis|finalement"
    rf"|non)\b\s*:?"
    rf"|{_ONLY}\b|(?=(?:de\s+)?{_CLOCK}\s*(?:-|–|à)\s*{_CLOCK}|du\s+{_DAY}))[\s,:]*)"
    rf"|(?P<open>\s*[(\[]\s*(?:(?:annotation|mention|note|visa|avis|décision|réponse)\s+)?(?:{_WHO}"
    rf"|décision)\s*(?::|{_SAYS}\b)[\s,:]*)"
    rf"|(?P<own>(?:(?<=[.;!?])\s+|^[^\S\n]*(?:[-•*]\s+)?|\n[^\S\n]*(?:[-•*]\s+)?)"
    rf"(?:finalement,?\s+)?(?:(?:décision|réponse|avis|arbitrage|annotation|retour)(?:\s+(?:d[eu]\s+|de\s+l['’]"
    rf"|de\s+la\s+|finale?\s+)?(?:{_WHO})?)?\s*:"
    rf"|(?:vu avec\s+(?:{_WHO})[\s,:]+)?(?:on|nous)\s+(?:n['’])?(?:accord(?:e|ons)|autoris(?:e|ons)|décal(?:e"
    rf"|ons)|limit(?:e|ons)"
    rf"|accept(?:e|ons)|ramèn(?:e|ons)|dit|disons)(?:\s+que|\s+qu['’])?"
    rf"|{_WHO}\s+{_SAYS}(?![\w'’])|{_WHO}\s*:(?=\s*(?:{_GRANTED}\b|non\b|{_ONLY}\b))"
    rf"|{_GRANTED}\s*,?\s+{_ONLY}\b|(?:accord|autorisation|avis favorable)\s+(?:d[eu]\s|de\s(?:la\s"
    rf"|l['’]))?{_WHO}(?:\s+pour\b|\s*:))[\s,:]*)"
    rf"|(?P<inline>\s*,\s*(?:mais\s+)?{_WHO}\s+{_SAYS}\b[\s,:]*)"
    r")",
    re.IGNORECASE,
)
_FILLER = re.compile(
    rf"[\s,:]*(?:(?:et|mais|seulement|uniquement|plutôt|finalement|que|ok|oui|au lieu de|à la place"
    rf"|pas plus(?: tard)?"
    rf"|maxi\w*|max\b\.?|minimum|au plus|au maximum|grand maximum|{_GRANTED}|limitée?s?|ramenée?s?|réduit\w*"
    rf"|décalée?s?"
    r"|pour|à|la|du moins|c['’]est|ce sera)(?![\w'’]))?[\s,:]*",
    re.IGNORECASE,
)
# What a decision may set, from what tells most to what tells least.
_VALUES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "span",
            rf"du\s+{_DAY}(?:\s+{MONTH})?(?:\s+\d{{4}})?\s+au\s+{_DAY}(?:\s+{MONTH})?(?:\s+\d{{4}}\b)?(?:\s+inclus)?",
        ),
        (
            "hours",
            rf"(?:de\s+|entre\s+)?(?P<from>{_CLOCK})\s*(?:-|–|à|et|jusqu['’]à)\s*(?P<to>{_CLOCK}|minuit|midi)"
            r"(?:\s+du matin)?",
        ),
        (
            "end",
            rf"(?:(?:jusqu['’]\s?à|fin(?: à)?|fermeture(?: à)?|arrêt(?: à)?|pas après|avant)\s+(?P<late>{_CLOCK}"
            rf"|minuit)"
            rf"|(?P<most>{_CLOCK}|minuit)\s*(?:maxi\w*|max\b\.?|au plus(?: tard)?|grand maximum|dernier délai))",
        ),
        ("start", rf"(?:à partir de|dès|pas avant|début(?: à)?)\s+(?P<soon>{_CLOCK})"),
        (
            "days",
            rf"(?:les?\s+)?{_DAY}(?:\s*,\s*{_DAY})*\s+(?:et|ou)\s+{_DAY}\s+{MONTH}(?:\s+\d{{4}}\b)?",
        ),
        ("size", r"\d+(?:,\d+)?\s?m?\s?[x×]\s?\d+(?:,\d+)?\s?m\b"),
        ("day", rf"(?:le\s+)?{_DAY}\s+{MONTH}(?:\s+\d{{4}}\b)?|{_DAYS}\s+(?:1er|\d{{1,2}})(?![\dh]|\s?h\b)"),
        (
            "week",
            rf"(?:tous\s+)?les?\s+{_DAYS}s?(?:\s*,\s*{_DAYS}s?)*(?:\s+et\s+{_DAYS}s?)?(?!\w|\s+\d{{1,2}}(?!\d|\s?h))",
        ),
        ("weekday", rf"(?:le\s+)?(?P<named>{_DAYS})(?!\w|\s+\d)"),
        ("figure", rf"(?P<count>{_COUNT})\s?(?P<unit>{_UNIT})"),
        ("place", rf"(?-i:{PLACE.pattern})"),
    )
)
_ANCHOR = re.compile(rf"(?:le\s+)?(?P<anchor>{_DAYS})\s+(?=\d)", re.IGNORECASE)
_ASKED_BY = re.compile(
    r"^\s(?:demand|souhait|propos|sollicit)ée?s?(?:\spar\s[^,.;\n(]{2,30})?(?=\s*(?:[,.;(\n]|$))", re.IGNORECASE
)
_WHOLE_DAY = re.compile(r"\b(?:toute la journée|la journée entière|jour et nuit|24\s?h\s?/\s?24)", re.IGNORECASE)
# « place Foch seulement », « le parking seulement »: a thing that was asked with others
_ALONE = re.compile(
    r"(?:l['’]|le |la |les )?(?P<what>[^\W\d_][^,.;:()\n]{3,60}?)\s+(?:seulement|uniquement)\b", re.IGNORECASE
)
# « M. le maire ne veut pas de route barrée : alternat par panneaux »
_UNWANTED = re.compile(
    rf"(?:(?<=[.!?])\s+|^|\n){_WHO}\s+(?:ne veut pas|refuse|n['’]accorde pas|est contre"
    rf"|ne souhaite pas)\s+(?:de |d['’]|la |le |les |l['’])?"
    r"(?P<what>[^:,;.\n]{3,40}?)\s*(?:[:,;]|\bmais\b|(?=\.)|$)\s*(?:plutôt\s+|mais\s+)?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:l['’]|le |la |les )?(?P<anchor>[a-zà-ÿ]{4,})\s+(?:de |à )?(?=\d)", re.IGNORECASE)
_WHY = re.compile(
    r"^[\s,;]*(?:\((?!\s*\d)[^()]*\)|(?:car|parce qu|à cause|vu (?:le|la|les|qu)|sinon|il y a|y a"
    r"|c['’]est (?:trop|le|la)"
    rf"|comme (?:il|c)|en raison|puisqu|pour (?:cause|ne pas)|trop |pas (?:le|la|les) "
    rf"|{_WHO} ne veut pas )[^.;\n)]*)",
    re.IGNORECASE,
)
_OPINION = re.compile(r"^[\s,;]*\((?P<told>avis [^()]{3,80})\)", re.IGNORECASE)
_ASKED_LABEL = re.compile(
    r"\b(?P<what>périodes?|dates?|horaires?|durée|lieux?|places?) (?:demandée?s?|souhaitée?s?|voulue?s?"
    r"|sollicitée?s?)\b",
    re.IGNORECASE,
)
_ASKED_OF = re.compile(r"\s(?:demandée?s?|souhaitée?s?)(?=\s+à\s\d|\s*[.,;\n]|\s*$)", re.IGNORECASE)
_ASKS = re.compile(
    r"(?P<start>^|(?<=[!?\n])\s*|(?<=[^M]\.)\s*|,\s+)(?:(?:bonjour|bonsoir|madame"
    r"|monsieur)\W+)*(?:(?P<who>(?:(?:M|Mme)\.?\s)?[^.,:\n]{2,60}?)\s+)?"
    r"(?:demande(?:nt|rait)?|voudrai(?:t|ent)|souhait(?:e|ent|erai\w*)|aimerai(?:t|ent)|sollicit(?:e"
    r"|ent))(?:\s+à|\s*:)?\s+"
    r"(?=(?:la |le |les |l['’]|une? |\d|fermeture|circulation|stationnement|autorisation|terrasse|place|rue"
    r"|parking|trottoir|salle|emplacement"
    r"|réserver|occuper"
    r"|installer|fermer)[^\n]*)",
    re.IGNORECASE,
)
# « L'adjoint voulait toute l'année mais le maire n'a pas retenu. »: asked for, and not had.
_REFUSED = re.compile(
    r"(?:\s*\((?=[^()]{0,90}\))|(?<=[.!?])\s+|^|(?<=\n))[^.!?()\n]{0,60}\b(?:voulai(?:t|ent)|demandai(?:t|ent)"
    r"|souhaitai(?:t|ent)|aurai(?:t|ent) (?:voulu|aimé)"
    r"|proposai(?:t|ent)|avai(?:t|ent) (?:demandé|proposé))\b[^.!?()\n]*?\b(?:pas (?:été )?(?:retenu|accordé"
    r"|accepté|suivi|voulu)\w*"
    r"|(?:a|été|est) (?:dit non|refusé|écarté|rejeté)\w*|refus\w*|c['’]est non|mais non)[^.!?()\n]*[.!?)]?",
    re.IGNORECASE,
)


def decided(text: str) -> str:
    """`text` with what was decided in the place of what was asked; as it is when nothing was decided otherwise."""
    text = _without_unwanted(_REFUSED.sub("", text))
    place, changed = 0, False
    while mark := _MARK.search(text, place):
        before, set_, rest = text[: mark.start()], *_set(text[mark.end() :], text[: mark.start()])
        told, news = before, []
        for sort, value, anchor in set_:
            replaced = _replaced(told, sort, value, anchor)
            if replaced is not None:
                told, changed = replaced, True
            elif not (re.fullmatch(r"jours?|semaines?|mois", value.groupdict().get("unit") or "") and len(set_) > 1):
                news.append(clean(f"{anchor} {value[0]}" if anchor else value[0]))
        if not set_ and not mark["open"] and not re.search(rf"\b(?:{_GRANTED})\b", mark[0], re.IGNORECASE):
            place = mark.end()  # « le maire veut interdire… »: nothing else was asked
            continue
        text, place = _rejoined(told, mark, news, rest)
    if changed:
        text = _told(_ASKED_OF.sub("", _ASKED_LABEL.sub(r"\g<what>", text)))
    return text


def _without_unwanted(text: str) -> str:
    """What is refused goes from the request as well; what is put in its place stays."""
    while unwanted := _UNWANTED.search(text):
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


def _told(text: str) -> str:
    """What was decided, told without « X demande », and who asks in a visa of its own."""
    asking: list[str] = []

    def said(match: re.Match[str]) -> str:
        who = clean(match["who"] or "")
        if re.match(r"(?:l['’]|la |le |les |M\.|Mme|[A-ZÀ-Ý])", who) and not re.fullmatch(r"(?:Il|Elle|On|Ils)", who):
            asking.append(f"Vu la demande présentée par {lower_first(who) if who.startswith(('L', 'l')) else who}.")
        start: str = match["start"]
        return ". " if start.startswith(",") else start

    text = _ASKS.sub(said, text)
    text = re.sub(r"(?<=[.!?]\s)[a-zà-ÿ](?=[a-zà-ÿ]{3})", lambda match: match[0].upper(), text)
    return "\n".join([*(upper_first(line.strip()) for line in text.split("\n")), *dict.fromkeys(asking)])


def _set(after: str, asked: str) -> tuple[list[tuple[str, re.Match[str], str]], str]:
    """What a decision sets, in its order (sort, value, word or day that it bears on), and what is left of it."""
    found: list[tuple[str, re.Match[str], str]] = []
    place = 0
    while True:
        start = place
        while (filler := _FILLER.match(after, start)) and filler.end() > start:
            start = filler.end()
        # « le 5 », « à 18 h »: the small words before a value belong to nothing else.
        anchor = _ANCHOR.match(after, start) or _NAMED.match(after, start)
        if anchor and not re.search(rf"\b{anchor['anchor']}\b", asked, re.IGNORECASE):
            anchor = None
        value_at = anchor.end() if anchor else start
        value = next(((sort, match) for sort, one in _VALUES if (match := one.match(after, value_at))), None)
        day = next(((sort, match) for sort, one in _VALUES[:7] if (match := one.match(after, start))), None)
        if anchor and day and day[0] in ("day", "days", "span"):
            value, anchor = day, None
        alone = _ALONE.match(after, start) if value is None and not found else None
        if alone and _joined(asked, alone["what"]):
            value, anchor = ("thing", alone), None
        if value is None or "\n" in after[place:start]:
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


def _replaced(asked: str, sort: str, value: re.Match[str], anchor: str) -> str | None:
    """What was asked with this value instead of the last one of its sort; None when nothing of the sort was asked."""
    start = 0
    if anchor:
        days = [match.start() for match in re.finditer(rf"\b{anchor}\b", asked, re.IGNORECASE)]
        if not days:
            return None
        start = days[-1]
        following = re.compile(rf"\b{_DAYS}\b", re.IGNORECASE).search(asked, start + len(anchor))
        stop = following.start() if following else len(asked)
        part = _replaced(asked[start:stop], sort, value, "")
        return None if part is None else asked[:start] + part + asked[stop:]
    patterns = dict(_VALUES)
    if sort in ("end", "start", "hours"):
        ranges = list(patterns["hours"].finditer(asked))
        if not ranges and (whole := list(_WHOLE_DAY.finditer(asked))):
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
    return asked[: old.start()] + said + _ASKED_BY.sub("", asked[old.end() :])


def _same_unit(one: str, other: str) -> bool:
    def bare(unit: str) -> str:
        return "€" if unit.lower().startswith(("€", "euro")) else unit.lower().rstrip("s")

    return bare(one) == bare(other)


def _joined(asked: str, thing: str) -> re.Match[str] | None:
    """What was asked with other things of the same list, where it stands with them."""
    told, link, other = re.escape(thing), r"\s*(?:\+|/|\bet\b|,)\s*", r"[^,.;:+/\n]{3,40}?"
    end = r"(?=\s*(?:[,.;:\n]|$|\bde \d|\bdu \d))"
    return re.search(rf"{told}{link}{other}{end}|(?<=[ :]){other}{link}{told}{end}", asked, re.IGNORECASE)


def _day_kept(asked: str, only: str) -> str | None:
    """« vendredi 2 et samedi 3 juillet » → « vendredi 2 juillet », where Friday alone is granted."""
    for match in reversed(list(dict(_VALUES)["days"].finditer(asked))):
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
    if given := _OPINION.match(rest):
        opinion, rest = f"Vu l'{given['told']}.", rest[given.end() :]
    while why := _WHY.match(rest):
        rest = rest[why.end() :]
    bracket = bool(mark["open"])
    if bracket:
        inside, closed, rest = rest.partition(")" if "(" in mark["open"] else "]")
        inside = clean(" ".join([*news, inside])) if closed else inside
        inside = re.sub(rf"^(?:{TAKEN_BACK}|{_ONLY}|et)\b[\s,]*", "", inside, flags=re.IGNORECASE)
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
