"""Who sat: president, secretary, present, represented, absent, hours and date, from any way of saying it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.assistant.simulator.french import DATE, HOUR, clean
from atelier_ia.assistant.simulator.sitting_hours import opened_and_ended
from atelier_ia.assistant.simulator.spelled import in_figures

_TITLE = r"(?:M\.|MM\.|Mmes?\.?|Mlle|[Mm]onsieur|[Mm]adame|Me|Dr)"
_PART = (
    r"(?:\[[A-Z_]+_\d+\]|(?!M\.)[A-ZÀ-Ý]\.(?= ?[A-ZÀ-Ý][a-zà-ÿ])|(?!(?:(?:Présent|Pouvoir|Absent|Excus|Secr"
    r"|Quorum|Séance)\w*|Le|La|Les|Mes|Nos|Je|Nous"
    r"|Chers?|Bonsoir|Bonjour|Merci|Mesdames|Ordre|CM\b|Conseil"
    r"|Objet|Point)\b)[A-ZÀ-Ý][\wÀ-ÿ’'-]+)"
)
_GAP = r"[ \t\u00a0\u202f]+"
_LED = rf"{_TITLE}{_GAP}(?:(?:Le|La|Du|De|Des){_GAP})?"
_REST = rf"(?:{_GAP}(?:(?:de|du|des|da|d['’]|Le|La)\s*)?{_PART}){{0,3}}"
NAME = rf"(?:{_LED})?{_PART}{_REST}"
_TITLED = rf"{_LED}{_PART}{_REST}"
_GIVEN = (
    rf"(?:{_TITLED}|{_PART}(?:{_GAP}{_PART})?)\s*(?:\s(?:à|pour)\s|→|->|=>|>)\s*"
    rf"(?:{_TITLED}|{_PART}(?:{_GAP}(?:(?:Le|La|De|Du){_GAP})?{_PART})?|moi(?:-même)?|le maire|la maire)"
)
_TOP = 300  # characters within which a day without its year is the sitting's own
_OPENING = 2500  # characters in which a sitting says who is there


_IN_CHAIR = re.compile(
    r"\b(?:bonsoir|nous sommes le|l['’]appel|j['’]ouvre|ouvre la séance|il est \d|quorum|secrétaire|bienvenue)",
    re.IGNORECASE,
)


@dataclass
class Attendance:
    """What the opening and the end of a sitting say; '' when they do not."""

    day: str = ""
    opened: str = ""
    ended: str = ""
    president: str = ""
    present: str = ""
    absent: str = ""
    proxies: str = ""
    secretary: str = ""
    quorum: str = ""
    voting: str = ""  # « votants : 25 », where the notes count them

    @property
    def voters(self) -> int:
        """How many may vote: those present and those represented; 0 when either is not counted."""
        if self.voting:
            return int(self.voting)
        present, proxies = (re.match(r"\d{1,3}", told) for told in (self.present, self.proxies))
        given = len(re.findall(r"\s(?:à|pour)\s|→|->", self.proxies))
        return int(present[0]) + (int(proxies[0]) if proxies else given) if present else 0


_LABELS = (
    ("president", r"(?:présidente?|présidence|sous la présidence de)"),
    (
        "present",
        r"(?:présente?s?|(?:[ée]taient |sont )?présents|conseillers présents|membres présents|élus présents|prés\.?)",
    ),
    ("absent", r"(?:absente?s?(?:[ -]excusée?s?)?|excusée?s?|abs\.?)"),
    (
        "proxies",
        r"(?:pouvoirs?|procurations?|représentée?s?|pouv\.?|absents ayant donné (?:pouvoir|procuration)"
        r"|absente?s? représentée?s?)",
    ),
    ("secretary", r"(?:secrétaire(?: de (?:la )?séance)?|secr?\.)"),
    ("quorum", r"(?:quorum)"),
)
_COUNT = r"(\d{1,3})"
# « Présents : 16 ; pouvoirs : 5. Secrétaire : Mme A » holds several labels on one line.
_SEGMENTS = (
    r"\n|,\s*(?=(?:pouv|procuration|absent|excus|secr)\w*\s*:)|\s*(?:[;/•|]|(?<=[\w).])\s*-(?=\s)"
    r"|(?<=[a-zà-ÿ\d)])\.)\s*(?=(?:étaient\s+)?(?:présent|prés\b|pouv"
    r"|procuration|représent|absent|abs\b|excus"
    r"|sec|quorum)\w*\.?[^:;/\n]{0,40}:)"
)


_SHORT = (
    (r"\b([Pp]résente?s?|[Pp]r[ée]s\.?) (?:à l['’]ouverture|en début de séance)(?: de (?:la )?séance)?", r"\1"),
    (r"\b[Pp]résents\s+(?=[A-ZÀ-Ý][\w'’-]+,\s)", "Présents : "),
    # « Prés. H. Corbel, maire. »: one person is in the chair
    (
        r"\b[Pp]r[ée]s\.?\s*:?\s+(?=(?:Mme |M\. )?[A-ZÀ-Ý](?:\.\s?|[a-zà-ÿ]+\s)[A-ZÀ-Ý][\w'’-]+(?:,\s(?:la "
        r"|le )?maire)?\s*(?:[.;\n]|$))",
        "présidence ",
    ),
    (r"\b[Pp]r[ée]s\b\.?", "présents"),
    (r"\b[Pp]r[ée]sid\b\.?", "préside"),
    (r"\b[Ee]xc\b\.?(?=\s*[:=\d])", "excusés"),
    (r"\(\s*(?:pvr|pouv|proc)\b\.?\s*(?=à\s)", "(pouvoir "),
    (
        r"\b[Pp](?:ouv|vr?s?)\b\.?(?=\s*[\d:=(])(?!\s*\d{1,2}(?:er)?(?:/|\s(?:janv|f[ée]v|mars|avr|mai|juin|juil"
        r"|ao[uû]|sept|oct|nov|d[ée]c)))|(?<=\d )(?:pouv|pvr?s?)\b\.?",
        "pouvoirs",
    ),
    (r"(?<=\d )(?:proc|procur)\b\.?|\bproc\b\.?(?=\s*[:=])", "procurations"),
    (r"(?<=\d )abs\b\.?(?=\s*[:(]|\s+exc)|(?<!\d )\b[Aa]bs\b\.?(?=\s*[:=]?\s*[A-ZÀ-Ý][a-zà-ÿ.])", "absents"),
    (r"\b[Ss]ecr?\b\.?(?=\s*[:=]|\s+[A-ZM]|\s+de (?:la )?séance)", "secrétaire"),
    (r"\b[Pp]dte?\b\.?(?=\s*[:=]|\s+[A-ZM]|\s+de (?:la )?séance)", "présidence"),
    (r"\bouv\b\.?(?=\s*:?\s*\d)", "ouverture"),
    (r"\b(?:cl[ôo]t|lev)\b\.?(?=\s*:?\s*\d)", "clôture"),
    (r"(?<=[a-zà-ÿ.])\s*=\s*(?=[A-ZM\d])", " : "),
)


def _unabridged(text: str) -> str:
    """The usual abbreviations of a roll, written out."""
    for short, whole in _SHORT:
        text = re.sub(short, whole, text)
    return text


def read_attendance(source: str) -> Attendance:
    """What `source` says of who sat, where each was found; names as written."""
    found = Attendance()
    source = re.sub(r"\b(\d{1,2})\.(\d{1,2})\.(\d{2,4})\b(?!\.)", r"\1/\2/\3", _unabridged(source))
    figures = in_figures(source[:_OPENING], alone=True)
    found.day = _day(re.sub(r"\b\d{1,2}\s?h(?:eures?)?\s?\d{0,2}\b,?", " ", figures))
    if found.day.isupper() or re.search(r"[A-ZÀ-Ý]{3}", found.day):
        found.day = found.day.lower()
    found.opened, found.ended = opened_and_ended(source)
    for line in re.split(_SEGMENTS, source[:_OPENING], flags=re.IGNORECASE):
        _labelled(found, line)
    _president(found, source[:_OPENING])
    found.president = _cased(found.president)
    _secretary(found, source[:_OPENING])
    _counts(found, source[:_OPENING])
    voting = re.search(r"\b(?:[Nn]ombre de )?[Vv]otants\s*:?\s*(\d{1,3})\b", source[:_OPENING])
    found.voting = voting[1] if voting else ""
    found.present = re.sub(r"\s*[-–,;/]\s*[Vv]otants\b.*", "", found.present)
    found.quorum = found.quorum or _quorum(source[:_OPENING])
    if not found.present and (here := re.search(r"\b(\d{1,3})\s?(?:/|sur)\s?(\d{1,3})\b", found.quorum)):
        found.present = f"{here[1]} sur {here[2]} (noms à reprendre sur la feuille de présence)"
    return found


def _day(opening: str) -> str:
    """The day of the sitting: the first dated, near the top or with its year; not a day that is spoken of later."""
    if solemn := re.search(rf"\ban\s+(\d{{4}})\s*,?\s+(?:et\s+)?le\s+({DATE.pattern})", opening, re.IGNORECASE):
        return f"{clean(solemn[2])} {solemn[1]}"
    for match in DATE.finditer(opening):
        if match.start() < _TOP or re.search(r"\d{4}", match[0]):
            return clean(match[0])
    short = re.search(
        r"\b(?:conseil|cm|séance|votes?|notes|délib\w*)\b[^\n]{0,25}?\b(\d{1,2}/\d{1,2})(?![/\d])",
        opening[:120],
        re.IGNORECASE,
    )
    return short[1] if short else ""


# « on a commencé à 19 h 35 parce qu'il manquait le quorum »
_LATE = re.compile(
    r"[^.,;\n]{0,60}\b(?:parce qu|car\b|faute d|le temps d|en attendant|on attendait|dans l['’]attente d)[^.;,\n]{0,40}"
    r"\bquorum\b",
    re.IGNORECASE,
)


def _quorum(opening: str) -> str:
    """What is said of the quorum: the sentence that says it is reached, else the first that names it."""
    if late := _LATE.search(opening):
        since = HOUR.search(late[0])
        return "non atteint à l'heure prévue" + (f" ; séance commencée à {clean(since[0])}" if since else "")
    named = [
        told
        for told in re.split(r"\n|(?<=[.!?;»])(?<![\s.][A-ZÀ-Ý]\.)\s+|\s+[–—/|]\s+", opening)
        if re.search("quorum", told, re.I)
    ]
    reached = [
        told for told in named if re.search(r"\b(?:atteint|r[ée]uni|ok|constat\w+|avons|est l[àa])\b", told, re.I)
    ]
    for told in [*reached, *named]:
        bare = clean(re.sub(r"^[^:]{2,40}\s:\s+", "", told)).strip("«» ")
        if alone := re.search(r"[,;]\s*((?:le\s)?quorum\b[^,;]{0,40})$", bare, re.IGNORECASE):
            return clean(alone[1])
        if len(bare.split()) <= 20:
            return bare
        if match := re.search(r"(?:[^\s.,;:\n]+ ){0,4}quorum[^.,;\n]{0,60}", bare, re.IGNORECASE):
            return clean(match[0])
    return ""


def is_label(line: str) -> bool:
    """Does a line only say who sat (« Présents : … »)?"""
    return any(re.match(rf"^\W*{pattern}\s*(?:\([^)]*\))?\s*:\s*\S", line, re.IGNORECASE) for _, pattern in _LABELS)


def _cased(name: str) -> str:
    """« MME RENARD » → « Mme Renard »."""
    return " ".join(word.capitalize() if word.isupper() and len(word) > 2 else word for word in name.split())


def _labelled(found: Attendance, line: str) -> None:
    """A line that is one label and its names: « Présents : Mme A, M. B »."""
    for name, pattern in _LABELS:
        match = re.match(rf"^\W*{pattern}\s*(?:\([^)]*\))?\s*:\s*(.+)$", line, re.IGNORECASE)
        if not match or (getattr(found, name) and name != "absent"):
            continue
        value = match[1]
        if name in ("president", "secretary"):
            value = re.split(r"(?<=[a-zà-ÿ])\.\s", value)[0]
        else:
            value = re.split(r"(?<=[a-zà-ÿ\d)])\.\s+(?=[A-ZÉÀ])", value)[0]
        if name == "present":
            value = re.split(r"\s*;\s*(?=(?:excus|abs|pouv|procur)\w*\b)", value, flags=re.IGNORECASE)[0]
        if name in ("proxies", "absent"):
            value = re.split(r"[,;]\s*(?=quorum\b)", value, flags=re.IGNORECASE)[0]
        before = getattr(found, name)  # « Excusés : … » and « Absents : … » are both away
        setattr(found, name, f"{before} ; {clean(value)}" if before else clean(value))


_DURING = re.compile(r"\b(?:quitte|sort|ne prend pas part)\b[^\n]*\bpr[ée]siden", re.IGNORECASE)  # of one point only


def _president(found: Attendance, opening: str) -> None:
    opening = "\n".join(line for line in opening.split("\n") if not _DURING.search(line))
    for pattern in (
        rf"\b[Pp]r[ée]sidente?\s*:?\s+((?:Mme|M\.)){_GAP}l[ea]{_GAP}[Mm]aire,?{_GAP}({_PART}(?:{_GAP}{_PART}){{0,2}})",
        rf"(?m)(?:^|[.;,–-][ \t])\W*(?:[Mm]aire|MAIRE)\s*:\s*({NAME})\s*(?:[.,;(]|$)",
        rf"\bc['’]est\s+({NAME})(?:,[^,.\n]{{3,40}},)?\s+qui\s+préside",
        rf"({_TITLED}),[^,.\n]{{3,40}},\s+préside\b",
        rf"\b(?:[Pp]r[ée]sidente?|[Pp]r[ée]sidence|PR[EÉ]SIDENTE?"
        rf"|PR[EÉ]SIDENCE)\s*(?:de\s+(?:la\s+)?s[ée]ance)?\s*[:,(–-]?\s*(?:est\s+|assurée par\s+|de\s+)?({NAME})",
        rf"\bpr[ée]sid[ée]e?\s+(?:par\s+)?({NAME})",
        rf"\b(?:[Ll]e|[Ll]a|LE|LA|M\.\s*LE|MME\s+LA|[Mm]onsieur le|[Mm]adame la)\s*(?:[Mm]aire"
        rf"|MAIRE)\s*[,(]\s*({NAME})",
        rf"({_TITLED})\s*,?\s+(?:le\s+|la\s+)?maire\b(?!\s+adjoint)",
        rf"\b(?:[Mm]aire\s*:?\s+({_TITLED})|Maire\s+({_PART}{_GAP}{_PART})(?=\s*[.;,\n]|$))",
        rf"({_TITLED}),?\s+présidente?\b(?!\s(?:du|de|des|d['’]))",
        r"\bprésidence de (l[ea] maire)\b",
        rf"\b(?:[Ll]e|[Ll]a)\s+[Mm]aire\s+({_PART}{_GAP}{_PART})",
        rf"(?m)^(?:\[?\d{{1,2}}:\d{{2}}(?::\d{{2}})?\]?\s*)?({NAME})\s*,\s*(?:le\s+|la\s+)?maire\s*:",
        rf"\bpar\s+({NAME})\s*,\s*(?:le\s+|la\s+)?maire\b",
        rf"\bouverte?\s(?:à\s[^,.\n]{{2,16}}\s)?par\s({_TITLED})",
        rf"({NAME})\s*\((?:le\s+|la\s+)?maire\)",
        rf"({_TITLED})\s+(?:(?:qui\s+)?a\s+(?:ouvert|présidé|assuré la présidence)|ouvre|préside|déclare la séance)\b",
        rf"(?m)(?:^|[–—,;.-][ \t]+)({NAME})\s+préside\b",
    ):
        if not found.president and (match := re.search(pattern, opening)):
            named = " ".join(part for part in match.groups() if part)
            found.president = clean(re.sub(r"^(M)mes\b|^(M)M\.", lambda led: "Mme" if led[1] else "M.", named))
    match = re.search(r"^\s*([^:\n]{2,60}?)\s*:[^\n]*\bséance est ouverte\b", opening, re.IGNORECASE | re.MULTILINE)
    if match and not found.president and re.match(rf"{_TITLE}\s", match[1]):
        found.president = clean(match[1])
    # Who speaks first and opens, or calls the roll, is in the chair.
    first = re.search(rf"(?im)^\s*({_TITLE}\s[^:\n(]{{2,40}}?)\s*:\s+(.+)$", opening)
    if first and not found.president and _IN_CHAIR.search(first[2]):
        found.president = clean(first[1])


def _secretary(found: Attendance, opening: str) -> None:
    label = r"(?:[Ss]ecrétaire|[Ss]ecretaire|SECRÉTAIRE|SECRETAIRE|[Ss]ecrétariat)"
    for pattern in (
        rf"(?<!avec le )(?<!avec la ){label}(?:\s+de\s+(?:la\s+)?(?:séance|SÉANCE))?[^\S\n]*[:,–-]?[^\S\n]*(?:est\s+"
        rf"|sera\s+|a été\s+|c['’]est\s+"
        rf"|ce sera\s+|(?:assurée?|tenue?|confiée?)\s(?:par|à)\s+|désignée?\s*:?\s+)*({NAME})",
        rf"({NAME})\s*\(\s*{label}",
        rf"\b[Cc]['’]est\s+({NAME})\s+(?:la|le)\s+{label}",
        rf"({NAME})\s+(?:pour|au|prend|fera|assurera|s['’]occupe d[eu])\s+(?:le\s+)?{label}",
        rf"\b[Cc]['’]est\s+({NAME})\s+(?:qui\s+[^.\n]{{0,20}})?{label}",
        rf"({_TITLED})\s*,\s*{label}",
        rf"({NAME})\s+(?:tient|assure|assurera|tiendra)\s+(?:le\s+)?{label}",
        rf"({NAME})\s*,?\s+(?:qui\s+)?(?:est|a été|sera|fera|assure|fait|remplit|exerce|occupe|assume|comme"
        rf"|en qualité de)\s+(?:(?:désignée?|nommée?|élue?"
        rf"|fonction|office de|les fonctions de|le|la|comme|en qualité de)\s+)*{label}",
        rf"({_TITLED})[^.?!\n]{{0,40}}\b(?:être|faire|comme)\s+(?:la\s+|le\s+)?{label}",
        rf"(?:je propose|désigne[rz]?|désignons|nomm\w+)\s+({NAME})\s*,?\s*(?:comme|en qualité de"
        rf"|aux fonctions de|pour être)?\s*{label}",
    ):
        if not found.secretary and (match := re.search(pattern, opening)):
            found.secretary = clean(match[1])


def _counts(found: Attendance, opening: str) -> None:
    rolled = re.search(r"\b(\d{1,3})\s+présente?s?\s*:\s*([A-ZÀ-Ý][^.;\n]{5,400})", opening)
    if rolled and not found.present:
        found.present = f"{rolled[1]} ({clean(rolled[2])})"
    every = re.search(
        r"\b(?:[Pp]résents?|[ÉEé]taient (?:là|présents))\s*:?\s*((?:tous|toutes)(?: les [a-zà-ÿé]+)? sauf"
        r" (?:[^.(;\n]|(?<=\bM)\.){3,80})",
        opening,
    )
    if every and not found.present:
        found.present = clean(every[1])
    figures = re.sub(r"\b(\d{1,3})\s?/\s?(\d{1,3})\b(?!/)", r"\1 sur \2", in_figures(opening))
    who = r"(?:(?:conseill(?:ers|ères)|membres|élus)\s+(?:sont\s+|étaient\s+)?)?"
    # « présents 26 représentés 2 » names before it counts, « 26 présents, 2 pouvoirs » counts before it names.
    labels = r"(?:présente?s?|pouvoirs?|procurations?|représentée?s?|absente?s?|excusée?s?)"
    first = re.search(rf"\b(?:{_COUNT}\s+{who}{labels}|{labels}\s*[:,(]?\s*{_COUNT})\b", figures, re.I)
    named = bool(first) and not first[0][0].isdigit()  # type: ignore[index]
    if not found.present:
        counted = _counted(figures, rf"{who}(?:sont\s+|étaient\s+)?présente?s?(?:\s+sur\s+\d+)?", named)
        gathered = re.search(r"\b(?:on était|nous étions|nous sommes)\s+(\d{1,3})\b", figures, re.I)
        counted = counted or (gathered[1] if gathered else "")
        found.present = f"{counted} (noms à reprendre sur la feuille de présence)" if counted else ""
    if not found.proxies and re.search(r"\b(?:pas de|aucune?|ni) (?:pouvoir|procuration)", opening, re.I):
        found.proxies = "aucun"
    gave = re.search(rf"\b{_COUNT}\s+(?:ont|avaient|ayant)\s+donné\s+(?:pouvoir|procuration)", figures, re.I)
    if gave and not found.proxies:
        found.proxies = gave[1]
    if not found.proxies:
        found.proxies = _counted(figures, r"(?:pouvoirs?|pvrs?|procurations?|représentée?s?)", named).split(" ")[0]
    given = re.findall(
        rf"({_TITLED})\s*(?:\(?\s*(?:a\s+donné|donne|ayant\s+donné)?\s*(?:son\s+)?(?:pouvoir"
        rf"|procuration)\s+à)\s+({_TITLED})",
        opening,
    )
    given += re.findall(rf"({NAME})\s*\(\s*(?:pouvoir|procuration)\s+à\s+({NAME})", opening) if not given else []
    given += re.findall(rf"\b[Pp]ouvoirs?\s+(?:de\s+|d['’])({NAME})\s+(?:à|pour)\s+({NAME})", opening)
    listed = re.search(
        r"(?:pouvoirs?|procurations?|représentée?s?)\s*:?\s*\d*\s*\(([^)]{5,300})\)", opening, re.IGNORECASE
    )
    told = re.search(
        rf"(?:[Pp]ouvoirs?|[Pp]rocurations?)\s*[,:(]?\s*(?:c['’]est\s+)?({_GIVEN}(?:\s*(?:[,;]|et)\s*{_GIVEN})*)",
        opening,
    )
    listed = listed or told
    names = listed[1] if listed else " ; ".join(f"{absent} à {holder}" for absent, holder in given)
    names = re.sub(r"(?<=\w)\s*(?:=>|->|→|>)\s*(?=[A-ZÀ-Ý])", " à ", names)
    if names and clean(names) not in found.proxies:
        found.proxies = f"{found.proxies} ({clean(names)})" if found.proxies else clean(names)
    if not found.absent:
        found.absent = _counted(figures, r"(?:absente?s?(?:\s+excusée?s?)?|excusée?s?)", named)
        who_away = re.search(
            r"\babsente?s?(?: exc\w*\.?)?\s*(?:\(\s*|:\s*(?=[^()\n]{2,120}(?:\n|$)))([A-ZÀ-Ý][^()\d\n]{2,120})",
            opening,
        )
        if found.absent and who_away:
            found.absent = f"{found.absent} ({clean(who_away[1])})"
    bare = re.sub(r"\s*\([^)]*\)", "", opening)
    away = re.findall(rf"({_TITLED})\s*,?\s+(?:(?:est|sont|était)\s+)?(?:absente?|excusée?)\b", opening)
    away += re.findall(
        rf"(?:[Aa]bsente?s?|[Ee]xcusée?s?)(?:\s+excusée?s?)?(?:\s+(?:et\s+)?sans\s+(?:pouvoir|procuration))?"
        rf"\s*[:,(]?\s*((?:{_TITLED})(?:(?:,| et)\s+{_TITLED})*)",
        bare,
    )
    away += re.findall(
        rf"\b(?:[Aa]bsente?s?(?: excusée?s?)?|[Ee]xcusée?s?)[ ,]+({_PART}(?:(?:, "
        rf"| et ){_PART})*)(?=\s*(?:[.;\n/]|$))",
        bare,
    )
    away += re.findall(
        rf"\b(?:[Mm]anque(?:nt)?|[Nn]['’]est pas là :?)\s+((?:{_TITLED})(?:(?:,| et)\s+{_TITLED})*)", bare
    )
    told_away = re.sub(r"\s*\([^)]*\)", "", found.absent)
    for name in away:
        if clean(name) not in found.absent and clean(name) not in told_away:
            found.absent = (
                f"{found.absent} ({clean(name)})"
                if re.fullmatch(r"\d+", found.absent)
                else (f"{found.absent}, {clean(name)}" if found.absent else clean(name))
            )


def _counted(figures: str, label: str, named_first: bool) -> str:
    """The count that goes with `label`, with « sur 29 » when it is said; '' when there is none."""
    after = re.search(rf"\b{label}\s*[:,(]?\s*{_COUNT}\b(?!\s*(?:h\b|heures?))", figures, re.I)
    before = re.search(rf"\b{_COUNT}\s+{label}", figures, re.I)
    match = (after or before) if named_first else (before or after)
    if not match:
        return ""
    whole = re.search(r"\bsur\s+\d+", figures[match.start() : match.end() + 8])
    return f"{match[1]} {whole[0]}" if whole else match[1]
