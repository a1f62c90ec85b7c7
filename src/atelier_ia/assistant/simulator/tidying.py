"""What a text says of itself rather than of its matter, set aside: corrections, memo heads, time codes."""

from __future__ import annotations

import re
from itertools import count

from atelier_ia.assistant.simulator.corrections import corrected
from atelier_ia.assistant.simulator.french import MONTH, upper_first

_MATTERS = (
    r"(?:projet de|subvention|convention|création|acquisition|cession|vente|tarifs?|dénomination|attribution"
    r"|garantie|motion|vœu"
    r"|budget|compte|demande d|adhésion|admission|jumelage|avenant|emprunt|ajout d['’]un point|règlement"
    r"|décision modificative"
    r"|désignation|modification|autorisation|approbation)"
)
_OPENED = re.compile(
    r"^(\s*\[(?P<hour>0?[7-9]|1\d|2[0-3]):(?P<minute>[0-5]\d)\][^\n]*?\bséance est ouverte)(?!\s+à)",
    re.IGNORECASE | re.MULTILINE,
)
_ENDED = re.compile(
    r"^\s*\[(?P<hour>0?[7-9]|1\d|2[0-3]):(?P<minute>[0-5]\d)\](?=[^\n]*\b(?:c['’]est (?:fini|terminé)"
    r"|séance est levée|on s['’]arrête là"
    r"|bonne (?:fin de )?soirée|merci à tou(?:s|tes)))(?![^\n]*levée à)[^\n]*\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_RULES = (
    # « on avait dit le 11 mais le gymnase est pris, donc c'est le 18 »: only what is decided stays.
    (
        r"\b(?:on avait|nous avions|il était|c['’]était) (?:dit|prévu|annoncé)\b[^.\n]{0,120}?\b(?:donc|finalement"
        r"|du coup) (?:c['’]est )?",
        "",
    ),
    (
        r"[^,.;:\n…]{1,60}(?:…|\.\.\.|,)?\s*(?:non pardon|ah non|euh non|pardon"
        r"|rectification)\s*,?\s*(?:finalement|plutôt|c['’]est)\s+(?!(?:report|retir|ajourn|annul|adopt|rejet)[ée])",
        " ",
    ),
    (
        r"\b(?:attention,? )?(?:l['’]ancien|le précédent|le premier) (?:mail|message|courriel)\b"
        r"[^.\n]{0,80}?\bc['’]est reporté au\b",
        "Date reportée au",
    ),
    (r"\A\s*(?:salut|coucou|bonjour|bonsoir|hello)(?: [A-ZÀ-Ý][\wà-ÿ-]+)?\s*,\s*(?:pour (?=(?:le|la|les|l['’])))?", ""),
    # « alors tu mets que la préfecture … », « URGENT préfecture vient d'appeler : … »
    (
        r"\A\s*(?:(?:alors|donc|bon|ok|euh)\W+)*(?:tu|vous) (?:mets|mettez|écris|écrivez|annonces|annoncez"
        r"|notes|dis|dites)\s+"
        r"(?:que\s+|qu['’])?",
        "",
    ),
    (
        r"^(?P<urgent>\s*(?:urgent|info|important|flash)?\W*)(?:la |le "
        r"|l['’])?[\w'’ -]{3,30}? (?:vient d['’](?:appeler|envoyer un mail|écrire)"
        r"|nous a (?:appelés?|prévenus?)|a appelé)\s*:\s*",
        r"\g<urgent>",
    ),
    (r"\bsusp\.?\s+(?:de\s+)?(?:la\s+)?séance", "suspension de séance"),
    (r"\[(?:elle |il )?(sort|quitte la salle|rentre|revient)\]", r"(\1)"),
    (
        rf"^\s*\[\d{{1,2}}:\d{{2}}(?::\d{{2}})?\]\s*[^:\n]{{2,40}}?\s*:\s+(?:(?:je (?:vous )?présente"
        rf"|on passe à|nous passons à|on vote|voici"
        rf"|ensuite|puis)\s+)?(?:(?:le|la|les|un|une|du|de la)\s+|l['’])?(?={_MATTERS})",
        "Point ¤ : ",
    ),
    # A turn of a recording that names a matter and tells its vote is a point of its own.
    (
        r"^\s*\[\d{1,2}:\d{2}(?::\d{2})?\]\s*[^:\n]{2,40}?\s*:\s+(?=(?:les?|la|l['’]"
        r"|une?)\s?[a-zà-ÿ][^.?!\n]{8,100}[.]"
        r"[^\n]*\b(?:adopté|unanimité)\b)(?![^\n]*\b(?:point|délibération|dossier|séance|quorum)\b)",
        "Point ¤ : ",
    ),
    (r"^\s*de\s*:[^\n]{1,60}/\s*à\s*:[^\n]{1,60}$", ""),
    (r"\s*\((?:[^()]*,\s*)?(?:pas à nous|pas chez nous|entre nous|à ne pas dire)\)", ""),
    (r"^(\s*\[\d{1,2}:\d{2}(?::\d{2})?\][^\n]*[^\s.?!:])\s*$", r"\1."),
    (
        r"^\s*\[\d{1,2}:\d{2}(?::\d{2})?\]\s*[^—–\n]{3,40}\s+[—–-]\s+"
        r"(?=(?:projet de|subvention|convention|création|acquisition"
        r"|cession|vente|tarifs?|dénomination|attribution|garantie|motion|vœu|budget|compte|demande de)\b)",
        "Point ¤ : ",
    ),
    (r"^\s*\[\d{1,2}:\d{2}(?::\d{2})?\]\s*((?:la|le|m\.|mme|madame|monsieur)\b[^—–\n]{0,40}?)\s+[—–-]\s+", r"\1 : "),
    (r"^\s*\[\d{1,2}:\d{2}(?::\d{2})?\]\s*", ""),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE | re.MULTILINE), written) for pattern, written in _RULES)
_MONTHS = {
    "janv": "janvier", "fév": "février", "févr": "février", "fev": "février", "avr": "avril", "juil": "juillet",
    "sept": "septembre", "oct": "octobre", "nov": "novembre", "déc": "décembre", "dec": "décembre",
}  # fmt: skip
_SHORT_MONTHS = re.compile(
    rf"(?P<day>\b(?:1er|\d{{1,2}})\s)(?P<month>{'|'.join(_MONTHS)})\b(?:\.(?=\s+(?:\d|(?-i:[a-zà-ÿ]))|\s*[,;)-]))?",
    re.IGNORECASE,
)
_SHORT_DAYS = re.compile(
    r"\b(?P<day>lun|mar|mer|jeu|ven|vend|sam|dim)\b\.?(?=\s+(?:1er|[12]?\d|3[01])\b(?!\s?(?:€|%|h\b|ans\b|mois\b)))",
    re.IGNORECASE,
)
_DAYS = {"lun": "lundi", "mar": "mardi", "mer": "mercredi", "jeu": "jeudi", "ven": "vendredi", "vend": "vendredi",
         "sam": "samedi", "dim": "dimanche"}  # fmt: skip
# « samedi 12 + dimanche 13 décembre 2026 »: the month is that of both days.
_TWO_DAYS = re.compile(
    rf"\b(?P<first>[a-zà-ÿ]+di(?:manche)?\s+(?:1er|\d{{1,2}}))\s*[+&]\s*(?P<second>(?:[a-zà-ÿ]+di"
    rf"|dimanche)\s+\d{{1,2}}\s+(?P<month>{MONTH}))",
    re.IGNORECASE,
)
_WHOLE_HOURS = re.compile(
    r"(?P<led>\b(?:à|de|dès|après|avant|entre|et|vers|jusqu['’]à)\s)(?P<hour>[01]?\d"
    r"|2[0-4])\s+heures?\b(?!\s+(?:\d|par|de|et demie|après|avant))",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"(?P<before>(?:^|[:.] ?|\n))(?:(?P<word>d[ée]lib[ée]ration )|la )?(?P<number>[1-9]\d?),(?= [a-zà-ÿ])",
    re.IGNORECASE | re.MULTILINE,
)


_OPEN_ENDED = re.compile(
    r"(?:[,;:.!?…(«/+&-]|\b(?:de|du|des|d['’]|et|ou|à|au|aux|en|le|la|les|l['’]|pour|par|sur|avec|dans|un|une"
    r"|que|qui))\s*$",
    re.IGNORECASE,
)
RAGGED = (
    25  # characters between the longest and the shortest line, from which lines are notes rather than wrapped prose
)


def lines_ended(text: str) -> str:
    """Notes taken one fact a line: each line after the first is a sentence, even if the next has no capital."""
    lines = text.split("\n")
    told = [line for line in lines if line.strip()]
    lengths = [len(line) for line in told[:-1]]
    if len(told) < 3 or max(lengths) - min(lengths) < RAGGED:
        return text
    found = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if place and line.strip() and re.match(r"\s*[a-zà-ÿ\d]", following) and not _OPEN_ENDED.search(line):
            line = f"{line.rstrip()}."
        if place and lines[place - 1].strip() and not _OPEN_ENDED.search(lines[place - 1]):
            line = re.sub(
                r"^(\s*)([a-zà-ÿ])(?=[a-zà-ÿ'’ ])(?![\w.+-]*@)", lambda match: match[1] + match[2].upper(), line
            )
        found.append(line)
    return "\n".join(found)


def whole_hours(text: str) -> str:
    """« à 9 heures » → « à 9 h »; a length of time (« pendant 24 heures ») stays."""
    return _WHOLE_HOURS.sub(r"\g<led>\g<hour> h", text)


def whole_dates(text: str) -> str:
    """« sam 12 déc » → « samedi 12 décembre »."""
    text = _SHORT_MONTHS.sub(lambda match: match["day"] + _MONTHS[match["month"].lower()], text)
    return _SHORT_DAYS.sub(_whole_day, text)


def _whole_day(match: re.Match[str]) -> str:
    """The day written out, with its capital where it opens a sentence."""
    opens = match["day"][0].isupper() and match.string[: match.start()].rstrip()[-1:] in (".", "!", "?", "")
    return upper_first(_DAYS[match["day"].lower()]) if opens else _DAYS[match["day"].lower()]


def tidied(text: str) -> str:
    """`text` without its withdrawn first versions, its memo head and its time codes."""
    text = whole_dates(text)
    text = _TWO_DAYS.sub(r"\g<first> \g<month> et \g<second>", text)
    text = whole_hours(corrected(text))
    # The time codes of a recording tell when it opened and ended.
    text = _OPENED.sub(r"\1 à \g<hour> h \g<minute>", text)
    text = _ENDED.sub(
        lambda match: f"{match[0].rstrip()}\nLa séance est levée à {match['hour']} h {match['minute']}.", text
    )
    for pattern, written in _COMPILED:
        text = pattern.sub(written, text)
    places = count(1)
    return _numbered(re.sub("¤", lambda _: str(next(places)), text) if "Point ¤ : " in text else text)


def _numbered(text: str) -> str:
    """« délibération 21 … La maire : 22, motion … la 23, on la reporte »: the same series, said shorter."""
    last = 0

    def follow(match: re.Match[str]) -> str:
        nonlocal last
        number = int(match["number"])
        if match["word"] or (last and number == last + 1):
            last = number
            return match[0] if match["word"] else f"{match['before']}délibération {number},"
        return match[0]

    return _SERIES.sub(follow, text)
