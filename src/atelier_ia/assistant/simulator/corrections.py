"""What notes take back on the spot: « mardi 12, non pardon mercredi 13 » → « mercredi 13 »; the last word wins.

A correction is read only between two things of one sort (days, hours, places, figures), close to one another, with
words that take back between them; anything else is left as it was told.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH, PLACE, WEEKDAY, upper_first
from atelier_ia.assistant.simulator.second_thoughts import settled_on
from atelier_ia.assistant.simulator.taken_back import taken_back
from atelier_ia.assistant.simulator.told_again import told_again
from atelier_ia.assistant.simulator.vote_marks import TAKEN_BACK

_CLOCK = r"(?:[01]?\d|2[0-4])\s?(?:h|heures?)(?:\s?[0-5]\d)?\b"
SITES = (
    r"(?:médiathèque|bibliothèque|mairie|gymnase|stade|piscine|école|halle|église|parc|cinéma|théâtre|foyer"
    r"|marché|salle|ludothèque|collège|lycée|crèche|maison|place|cour|préau|espace|centre)"
)
_SPAN_DAY = rf"(?:(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})(?!\d|\s?h\b|\s?€)(?:\s+{MONTH}\b)?(?:\s+\d{{4}})?|{WEEKDAY})"
_SORTS = {
    "span": rf"du\s+{_SPAN_DAY}\s+au\s+{_SPAN_DAY}",
    "day": rf"(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})\s+{MONTH}\b(?:\s+\d{{4}})?|\b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b"
    rf"|{WEEKDAY}(?:\s+(?:1er|\d{{1,2}})(?![\dh]|\s?h\b|\s?€))?|(?<=\ble )(?:1er|\d{{1,2}})(?!\d|\s?h\b|\s?€|\s?%)",
    "hour": rf"(?:de\s+)?{_CLOCK}(?:\s*(?:-|–|à)\s*{_CLOCK})?",
    "place": rf"(?-i:{PLACE.pattern})"
    rf"|\b{SITES}\s+(?:rurale?|municipale?|communale?|polyvalente?|des fêtes|culturel(?:le)?|omnisports?|associatif)\b"
    rf"|(?<=\bla )(?:petite |grande )?{SITES}(?:\s+[a-zà-ÿ]+)?|(?<=\bau ){SITES}|(?<=l['’]){SITES}",
    "figure": r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?"
    r"(?:\s?(?:€|euros?|%|places?|personnes?|enfants?|m²|m\b)(?:\s?/\s?[a-z]\w*)?)",
}
_COMPILED = {
    sort: re.compile(rf"\b(?:{pattern})" if sort != "place" else pattern, re.I) for sort, pattern in _SORTS.items()
}
_BACK = re.compile(
    rf"^[\s,.…;:()–—-]*(?:{TAKEN_BACK}|(?:et\s+|mais\s+)?finalement)(?![\w-])(?:[\s,.…:;–-]|\b(?:le|la|les|l['’]"
    rf"|au|aux|à|en|de|du|ce|c['’]est|ce sera|sera|pour"
    r"|finalement|plut[ôo]t|f[ée]ri[ée]|pris|prise|ferm[ée]e?|complet|attende?[zs]|mais|on|nous|déplace|décale"
    r"|met|reporte"
    r"|c['’]était|il|elle|est|avons|a|dit)(?![\w'])|[ld]['’])*$",
    re.IGNORECASE,
)
# « au foyer (non, le foyer est en travaux, donc au gymnase) »
_BRACKETED = re.compile(
    rf"^\s*\(\s*(?:{TAKEN_BACK}|finalement)(?![\w-])[^()]{{0,50}}?(?:\b(?:donc|c['’]est|ce sera|plut[ôo]t"
    rf"|finalement|mais)\b[^()]{{0,12}})?$",
    re.IGNORECASE,
)
# « à 12 h (13 h en fait) »
_INSTEAD = re.compile(r"\s*(?:,\s*)?(?:en fait|finalement|plut[ôo]t|pardon|corrigé)\s*\)", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:(?:et\s+|c['’]est\s+|ce n['’]est\s+)?(?:non\s+)?pas\s+(?:le\s+|la\s+|à\s+la\s+|à\s+l['’]|à\s+|au\s+"
    r"|en\s+)?)$",
    re.I,
)
_BUT = re.compile(
    r"^\s*,?\s*(?:mais\s+)?(?:c['’]est\s+|bien\s+)?(?P<led>(?:le|la|à la|à l['’]|à|au|en)?\s*)$", re.IGNORECASE
)
_WAS = re.compile(
    r"(?P<was>\b(?:devai(?:t|ent) (?:être|avoir lieu|commencer|se tenir|démarrer)|(?:était|étaient) (?:prévu"
    r"|annoncé|fixé)e?s?|(?:initialement |d['’]abord )?prévue?s?(?= (?:le |au |à |pour )?(?:\d|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche))"
    r"|c['’]était(?: (?:prévu|annoncé|à l['’]origine|au départ))?|on avait (?:dit|prévu|annoncé))\b[^.;\n]{0,25}?)$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"^[^.;\n]{0,12}?[\s,]*(?:(?:mais|donc|et|puis|finalement|en fait|du coup)\s+)*"
    r"(?P<now>(?:il|elle|ils|elles|ce|c['’])\s?(?:est|sera|seront|sont|aura lieu|commence\w*"
    r"|se tiendra)\s+(?:finalement\s+)?"
    r"(?:(?:à|au|le|la|en|dans)\s+(?:la\s+)?)?|finalement\s+(?:(?:à|au|le|la)\s+)?)$",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"(?:(?<=[.!?\n])|^)[^\S\n]*\b(?:initialement|au départ|à l['’]origine"
    r"|d['’]abord)\b[,\s]+(?:c['’]était\s+)?(?:prévu|annoncé|fixé)\w*"
    r"[^.!?\n]*[.!?]?",
    re.IGNORECASE,
)
# « Rectif : c'est à 11 h et pas à 10 h 30. » stands apart from what it corrects.
_ERRATA = tuple(
    re.compile(
        r"(?:(?<=[.!?\n])|^)[^\S\n]*(?:(?:rectif\w*|erratum|correction|attention|ps|nb|erreur|ah|et|au fait"
        r"|oups)\W+)*(?:c['’]est|ce sera|lire|il faut lire)\s+"
        rf"(?:bien\s+)?(?:à\s+|le\s+|au\s+|à la\s+)?(?P<new>{pattern})\s*(?:finalement|en fait"
        rf"|plut[ôo]t)?\s*,?\s*(?:et\s+)?(?:non(?: pas)?|pas|au lieu d[eu])\s+"
        rf"(?:à\s+|le\s+|au\s+|à la\s+)?(?P<old>{pattern})\s*[.!]?",
        re.IGNORECASE,
    )
    for pattern in (_SORTS["hour"], _SORTS["day"], _SORTS["figure"])
)
# « deuxième adjointe non troisième adjointe », « sept caméras non pardon huit caméras »: the noun comes again.
_AGAIN = re.compile(
    rf"(?<![\w'’-])[\w'’,]+\s+(?P<noun>[^\W\d_]{{3,}})[\s,;:.…()–—-]+{TAKEN_BACK}[\s,;:.…–—-]+"
    r"(?P<said>[\w'’,]+\s+(?P=noun)(?![\w-]))",
    re.IGNORECASE,
)
# « mardi euh non pas mardi mercredi »
_NOT_AGAIN = re.compile(
    r"(?<![\w'’-])(?P<word>[^\W\d_]{4,}|\d{1,2}\s?h(?:\s?\d\d)?)[\s,.…–—-]+(?:(?:euh|ah"
    r"|enfin)\W+)*non\W+pas\s+(?P=word)\W+(?=\w)",
    re.IGNORECASE,
)
_STYLED = (
    r"(?:(?:M\.|Mr|Mme|Mlle|MM\.|[Mm]onsieur|[Mm]adame|[Dd]octeur|[Mm]a[iî]tre|[Aa]djudant(?:-chef)?"
    r"|[Cc]apitaine|[Cc]ommandant"
    r"|[Ll]ieutenant|[Mm]ajor|[Ss]ergent(?:-chef)?|[Cc]olonel|[Bb]rigadier(?:-chef)?|[Ll]e|[Ll]a)\s+)?"
)
_PROPER = r"[A-ZÀ-Ý][\wÀ-ÿ]*(?:['’-][\wÀ-ÿ]+)*"
# « adjudant Prigent... correction, capitaine Marolleau », « Lacaze -> non pardon Couvr'Plus »
_WHO = re.compile(
    rf"(?<![\w'’-]){_STYLED}{_PROPER}\s*(?:->|→|=>|\.{{2,}}|[,…–—(-])?\s*(?:(?:euh|ah|enfin)\W+)*"
    r"(?:non,? (?:pardon|correction)|pardon|correction|rectif(?:ication|icatif)?|erreur)[\s,:.…–—-]+(?:c['’]est\s+)?"
    rf"(?P<said>{_STYLED}{_PROPER})"
)
# « … 8h-17h30. non pas 17h30 : 18h. », « (non pas 18h, 17h30 le dim) »
_NOT_BUT = re.compile(
    rf"[\s(]*\b(?:attention\W+)?(?:non,?\s+)?pas\s+(?:à\s+)?(?P<old>{_CLOCK})\s*[:,;]\s*(?:(?:mais|c['’]est"
    rf"|plut[ôo]t)\s+)*(?:à\s+)?"
    rf"(?P<new>{_CLOCK})(?:\s+le\s+\w{{3,8}})?\s*(?:\)|(?=[.;,\n]|$))",
    re.IGNORECASE,
)
# « à 16 h — au début c'était 17 mais le curé a un baptême, donc 16 h sûr »: what is told already stays told once.
_AT_FIRST = re.compile(
    rf"[\s,;–—(-]+(?:au (?:début|départ)|avant|d['’]abord"
    rf"|à l['’]origine),? c['’]était\b[^.\n;]{{2,80}}?\bdonc\s+(?:c['’]est\s+)?(?:à\s+)?"
    rf"(?P<now>{_CLOCK}|{WEEKDAY}\s+\d{{1,2}})[^.;\n]{{0,12}}",
    re.IGNORECASE,
)
_NEAR = 70  # characters between what is taken back and what is said instead


def _close(text: str) -> str:
    return re.sub(r"\s", "", text)


def corrected(text: str) -> str:
    """`text` with what it takes back replaced by what it says instead."""
    text = taken_back(settled_on(told_again(_FORMER.sub(_former, text))))
    text = _NOT_AGAIN.sub("", text)
    text = _AGAIN.sub(lambda match: match["said"], text)
    text = _WHO.sub(lambda match: match["said"], text)
    text = _AT_FIRST.sub(lambda match: "" if _close(match["now"]) in _close(text[: match.start()]) else match[0], text)
    if (denied := _NOT_BUT.search(text)) and denied["old"] in text[: denied.start()]:
        before = text[: denied.start()]
        place = before.rindex(denied["old"])
        after = text[denied.end() :]
        after = after.removeprefix(".") if before.endswith(".") else after
        text = before[:place] + denied["new"] + before[place + len(denied["old"]) :] + after
    for pattern in _ERRATA:
        while erratum := pattern.search(text):
            text = text[: erratum.start()] + text[erratum.end() :]
            text = re.sub(rf"(?<!\w){re.escape(erratum['old'].strip())}(?!\w)", erratum["new"].strip(), text)
    for sort, pattern in _COMPILED.items():
        place = 0
        while found := _next(text, sort, pattern, place):
            text, place = found
    return text


def _next(text: str, sort: str, pattern: re.Pattern[str], start: int) -> tuple[str, int] | None:
    """The text with the first correction after `start` made, and where to go on; None when there is no more."""
    first = pattern.search(text, start)
    while first:
        second = pattern.search(text, first.end())
        if second is None:
            return None
        gap = text[first.end() : second.start()]
        if len(gap) <= _NEAR:
            before = text[max(0, first.start() - _NEAR) : first.start()]
            instead = _completed(sort, first[0], second[0])
            led = re.search(r"\ble $", gap) and not re.search(r"(?:\b(?:le|du|au)|['’])\s?$", before)
            article = "le " if led else ""
            if _BRACKETED.match(gap) and text[second.end() :].startswith(")"):
                return text[: first.start()] + article + instead + text[second.end() + 1 :], first.start()
            if gap.strip() == "(" and (after := _INSTEAD.match(text[second.end() :])):
                return text[: first.start()] + instead + text[second.end() + after.end() :], first.start()
            if _BACK.match(gap):
                return text[: first.start()] + article + instead + text[second.end() :], first.start()
            if (denied := _NOT.search(before)) and (but := _BUT.match(gap)):
                start_at = first.start() - len(denied[0])
                return text[:start_at] + but["led"] + instead + text[second.end() :], start_at + 1
            if (was := _WAS.search(before)) and (now := _NOW.match(gap)):
                start_at = first.start() - len(before) + was.start()
                return _restarted(text[:start_at], now["now"]) + instead + text[second.end() :], start_at + 1
        first = second
    return None


def _completed(sort: str, first: str, second: str) -> str:
    """What is said instead, with the month or the opening hour that only the first version told."""
    if sort == "day" and re.fullmatch(rf"(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})", second, re.IGNORECASE):
        month = re.search(rf"\s{MONTH}(?:\s+\d{{4}})?$", first, re.IGNORECASE)
        return second + (month[0] if month else "")
    if sort == "span" and not re.search(MONTH, second, re.IGNORECASE):
        month = re.search(rf"\s{MONTH}(?:\s+\d{{4}})?$", first, re.IGNORECASE)
        return second + (month[0] if month and re.search(r"\d$", second) else "")
    if sort == "hour":
        told = re.findall(_CLOCK, first, re.IGNORECASE)
        if len(told) == 2 and len(re.findall(_CLOCK, second, re.IGNORECASE)) == 1:
            return first[: first.rfind(told[1])] + second
    if sort == "figure" and not re.search(r"[^\d\s,.]", second):
        return second + re.sub(r"^[\d\s,.\u00a0\u202f]+", " ", first)
    return second


def _restarted(before: str, now: str) -> str:
    """« Le départ devait être à 8 h, il est à » → « Le départ est à »; « C'était … mais ce sera » → « Ce sera »."""
    subject = re.search(r"[^\s.!?\n][^.!?\n]*$", before)
    if subject and len(subject[0].split()) >= 1:
        return before + re.sub(r"^(?:il|elle|ils|elles|ce|c['’])\s?|^finalement\s", "", now, flags=re.IGNORECASE)
    return before + upper_first(now)


def _former(match: re.Match[str]) -> str:
    """A sentence that only tells what had been planned goes; one that tells what is planned instead keeps it."""
    for pattern in (_COMPILED["day"], _COMPILED["hour"]):
        told = list(pattern.finditer(match[0]))
        if len(told) >= 2:
            return match[0]
    return ""
