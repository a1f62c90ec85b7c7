"""The first lines of notes, laid out: the meeting on one line, who is there and who is not on lines of their own.

« COPIL écoles 12/01, présents : A, B ; excusé C », « Point hebdo 18/01 (A, B, C) », « étaient là A B, excusée C ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import WEEKDAY, clean, join_and

TOP = 3  # lines in which notes say who is there
LEAST = 3  # names from which a list that nothing announces is a roll
_ROLE = (
    r"(?:(?:(?:M\.|Mme)\s)?(?:le|la|les)\s)?(?:maire|adjointe?s?|(?i:dgs|dst)|élue?s?|directrice|directeur"
    r"|secrétaire|moi|agents?)(?:\s\([^()]{1,30}\))?"
)
_WORD = r"[A-ZÀ-Ý][\wÀ-ÿ'’.-]*"
_NAME = (
    rf"(?:(?:[a-zà-ÿ]{{6,16}}\s(?=M\.|Mme))?(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|[Mm]adame|[Mm]onsieur|[Mm]esdames"
    rf"|[Mm]essieurs|major|adjudant|capitaine"
    rf"|lieutenant|commandant|docteur)\s)?{_WORD}"
    rf"(?:\s(?:(?:de|du|des|Le|La)\s)?{_WORD}){{0,2}}(?:\s\([^()]{{1,40}}\))?(?:\s(?:(?:du|de la"
    rf"|des)\s)?[a-zà-ÿ]{{2,12}}(?=\s*(?:,|;|$|\))))?"
)
_ROLL = rf"(?:{_NAME}|{_ROLE})(?:\s*(?:,|;|\set\s)\s*(?:{_NAME}|{_ROLE}))*(?:\s*\([^()]{{1,20}}\))?"
_HERE = (
    r"(?:(?:étaient\s|sont\s)?(?:présente?s?|là)|participante?s?|prés\.?|autour de la table)\s*:|(?:qui|avec|p"
    r"|participaient|y étaient)\s*:"
    r"|(?:(?:étaient\s|sont\s)présents|présents|participants|prés\.)"
)
_AWAY = r"(?:(?:absente?s?\s)?excusée?s?|absente?s?|exc\.?|abs\.?|pas là|pas venue?s?|manqu(?:e|ent|ait|aient))"
_ANNOUNCED = re.compile(
    rf"(?:^|\s*[,;.–—(-]\s*|\s+)(?P<label>{_HERE})\s*(?=(?:les\s|le\s|la\s|l['’])?(?-i:{_NAME})|{_ROLE})",
    re.IGNORECASE,
)
_MISSING = re.compile(
    rf"(?:\s*[,;.–—(]\s*|\s+|^)(?P<label>{_AWAY})(?:\s*:\s*|\s+)(?=(?:les\s)?(?-i:{_NAME}))", re.IGNORECASE
)
_TRAILING = re.compile(
    r"^(?P<head>[^\n]{6,110}?)\s*(?:\s[-–—]\s|,?\s(?=(?:Mmes|MM\.)\s)|,\s(?=(?:Mme|M\.)\s)|:\s"
    r"|\s\((?=[^()]*(?:\([^()]*\)[^()]*)*\)$))"
    rf"(?P<roll>{_ROLL})\)?\s*\.?$"
)
_SPOKEN = re.compile(
    rf"\b(?P<label>étaient là|étaient présents|présents?|présentes)\s+(?P<roll>{_WORD}(?:\s(?:et\s)?(?:{_WORD}"
    rf"|moi)){{2,12}})(?=\s|$)"
)
_PLACE_OR_DAY = re.compile(rf"\d|\b(?:salle|mairie|rue|place|école|{WEEKDAY})\b", re.IGNORECASE)


_RANK = (
    r"(?:brigadier(?:-chef)?|adjudante?(?:-chef)?|gendarme|capitaine|lieutenante?|commandante?|major|docteur"
    r"|maître|agente?|directrice|directeur)"
)
# « (le maire, brigadier-chef Marchetti PM, M. Fabre adjoint sécurité) »: a line of its own that only names people
_PERSON = re.compile(
    rf"^(?:(?:M\.\s|Mme\s)?(?:le|la)\s(?:maire|dgs|dst|directrice|directeur|président|présidente)|moi"
    rf"|(?:(?:M\.|Mme|Mlle|{_RANK})\s)?{_WORD}(?:\s{_WORD}){{0,2}}(?:\s(?:[a-zà-ÿ'’-]{{3,16}}|[A-Z]{{2,5}})){{0,3}})$",
)


# « élu : M. A », « directrice Mme B », « 2 parents : M. C et Mme D », « Brigadier E PM »: who is told by what they are.
_TITLED = re.compile(
    r"\b(?P<what>élue?s?|éditeur [A-ZÀ-Ý]\w+|(?:\d |deux |trois )?(?:parents?|élèves?|jeunes|bénévoles|agents"
    r"|habitants?)"
    r"|architecte|entreprise|mairie|associations?|directrice|directeur)\s*:?\s(?P<who>(?:M\.|Mme)\s[A-ZÀ-Ý][\w'’-]+"
    r"(?:\set\s(?:M\.|Mme)\s[A-ZÀ-Ý][\w'’-]+)?)",
    re.IGNORECASE,
)
_LED = re.compile(
    r"^(?P<many>\d+ [a-zà-ÿ]+ sur \d+)?[.,;\s]*(?:[Aa]nimée?|[Ee]ncadrée?|[Cc]onduite?|[Aa]nimation)\s*(?:par"
    r"|:)\s(?P<who>\S.*)$"
)


# « Une quarantaine d'habitants », « Mme A adjointe à la voirie », « M. B des services techniques »
_BY_ROLE = re.compile(
    r"^(?:(?:une?|\d+)\s(?:[a-zà-ÿ]+aine\s)?(?:d['’]|de\s)?(?:habitante?s?|parents?|élus?|agents?|riverains?"
    r"|personnes|membres)(?:\s[a-zà-ÿ]+){0,2}|[Ll][ea]\s(?:maire|DGS|DST|DRH|président\w*)|(?:M\."
    r"|Mme)\s[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+)?,?\s"
    r"(?:adjointe?|conseill\w+|élue?|responsable|directrice|directeur|chef\w*|présidente?|du|de|des"
    r"|d['’])\b[^:.]{0,40})$"
)


def _bare_roll(line: str) -> str:
    """The people that a line of its own names, nothing announcing them; '' when it tells anything else."""
    if led := _LED.match(line.strip().rstrip(".")):
        return "Présents : " + ", ".join(part for part in (led["many"], led["who"]) if part)
    told = _TITLED.sub(_titled, line.strip().rstrip("."))
    told = re.sub(
        r"^(?P<rank>Brigadi[eè]re?|Adjudante?|Gendarme|Capitaine|Docteur)\b", lambda led: led[0].lower(), told
    )
    told = told[1:-1] if told.startswith("(") and told.endswith(")") and told.count("(") == 1 else told
    roll, away = told, ""
    if split := re.search(r"[.;,(]\s*(?=(?:[Ee]xcus|[Aa]bsent)\w*\s)", told):
        roll, away = told[: split.start()], told[split.end() :]
    if ":" in roll or re.search(r"\d", re.sub(r"\([^()]*\)", "", roll)):
        return ""
    names = re.split(r"\s*(?:,|;|\set\s)\s*", re.sub(r"\s*\([^()]*\)", "", roll).strip())
    if len(names) < LEAST or not all(_PERSON.match(name) or _BY_ROLE.match(name) for name in names):
        return ""
    return f"Présents : {roll}" + (f". {away}" if away else "")


def _titled(match: re.Match[str]) -> str:
    what = match["what"]
    if many := re.match(r"(?:\d |deux |trois )?(parent|élève|bénévole|agent|habitant)s\b", what, re.IGNORECASE):
        return ", ".join(f"{one} ({many[1].lower()})" for one in match["who"].split(" et "))
    return f"{match['who']} ({what})"


# « Présents » alone, then one person a line
_ALONE = re.compile(
    r"^\W*(?P<label>présente?s?|participante?s?|étaient présents|excusée?s?|absente?s?)\s*:?\s*$", re.IGNORECASE
)
_ROW = re.compile(
    r"^\s*(?:[-•*–]\s*)?(?:(?:M\.|Mme|Mlle|Dr|Me)\s)?[A-ZÀ-Ý][\w'’.-]+(?:\s[A-ZÀ-Ý][\w'’-]+){0,3}(?:\s*[,(:–-"
    r"]\s*[^.:;]{2,50})?\s*$"
)


def _gathered(lines: list[str]) -> list[str]:
    """`lines` with a roll told one person a line brought to one."""
    found: list[str] = []
    place = 0
    while place < len(lines):
        label = _ALONE.match(lines[place])
        end = place + 1
        while (
            label
            and end < len(lines)
            and _ROW.match(lines[end])
            and not _ALONE.match(lines[end])
            and ":" not in lines[end]
        ):
            end += 1
        if label and end > place + 1:
            rows = [re.sub(r"^\s*[-•*–]\s*", "", row).strip() for row in lines[place + 1 : end]]
            rows = [re.sub(r"^(.{3,40}?),\s([^()]+)$", r"\1 (\2)", row) for row in rows]
            found.append(f"{label['label'].capitalize()} : {', '.join(rows)}")
            place = end
        else:
            found.append(lines[place])
            place += 1
    return found


# « la : Mme A, B. pas la : C »: typed without accents
_THERE = re.compile(r"^\s*(?:[ée]taient )?l[aà]\s*:\s*(?=(?:M\.|Mme|[A-ZÀ-Ý]))", re.IGNORECASE)
_NOT_THERE = re.compile(r"[.;,]?\s*\bpas l[aà]\s*:\s*(?=(?:M\.|Mme|[A-ZÀ-Ý]))", re.IGNORECASE)


def opened(text: str) -> str:
    """`text` with the roll of its first lines announced; a text that holds none there is left as it is."""
    lines = _gathered(text.replace("\r\n", "\n").split("\n"))
    seen, told = 0, False
    for place, line in enumerate(lines):
        if not line.strip():
            continue
        seen += 1
        if _THERE.match(line):
            line = _NOT_THERE.sub("\nAbsents : ", _THERE.sub("Présents : ", line))
        if seen > TOP:
            break
        if not told and seen == 1 and (last := re.match(r"^(.{8,110}?\S{2})\.\s+(\S.*)$", line)):
            # « Réunion plan neige, 26/11 8h15. Régis A, Yann B, Mohamed C, élu : M. D »
            line = f"{last[1]}\n{roll}" if (roll := _bare_roll(last[2])) else line
        if not told and seen > 1 and (roll := _bare_roll(line)):
            line = roll
        if not told:
            lines[place] = _laid(line, first=seen == 1)
            told = "Présents : " in lines[place]
    return "\n".join(lines)


# « Nous : Mme A, B. Eux : M. C (mobilités), Mme D. »
_BOTH = re.compile(
    rf"(?:^|(?<=[.,;])\s*)(?:[Nn]ous|[Ee]ux)\s*:\s*(?P<ours>{_ROLL})\s*[.;]\s*(?:[Ee]ux|[Nn]ous|[Ee]n face"
    rf"|[A-ZÀ-Ý][\w'’ ]{{2,20}})\s*:\s*(?P<theirs>{_ROLL})\s*\.?\s*$"
)


def _laid(line: str, *, first: bool) -> str:
    if both := _BOTH.search(line):
        return f"{line[: both.start()].rstrip(' .,;')}\nPrésents : {both['ours']}, {both['theirs']}".lstrip()
    if first and (away := _MISSING.search(line)) and ":" in away[0] and away.start():
        return f"{_laid(line[: away.start()], first=True)}\n{_away_label(away)} : {line[away.end() :]}"
    line = _SPOKEN.sub(lambda match: f"{match['label']} : {_commas(match['roll'])}", line)
    if (here := _ANNOUNCED.search(line)) and (
        here.start() or first or re.match(r"\W*(?:étaient )?présents", here[0], re.IGNORECASE)
    ):
        head, rest = line[: here.start()], line[here.end() :]
        line = f"{head.rstrip(' ,;:(–—-')}\nPrésents : {rest}" if head.strip() else f"Présents : {rest}"
    elif first and (match := _TRAILING.match(line.strip())) and "|" not in line:
        names = re.split(r"\s*(?:,|;|\set\s)\s*", re.sub(r"\([^()]*\)", "", match["roll"]))
        if len(names) >= LEAST and not _PLACE_OR_DAY.search(match["roll"]):
            line = f"{match['head'].rstrip(' ,;:(–—-')}\nPrésents : {match['roll']}"
    if "Présents : " in line and (away := _MISSING.search(line, line.index("Présents : "))):
        roll = line[: away.start()].rstrip(" ,;.(")
        line = f"{roll}\n{_away_label(away)} : {line[away.end() :]}"
    return line


def _away_label(away: re.Match[str]) -> str:
    """« Absents » where nobody says excused."""
    label = away["label"].lower()
    return "Absents" if label.startswith("abs") and "excus" not in label else "Excusés"


def _commas(roll: str) -> str:
    """« A B et moi » → « A, B et moi »."""
    return join_and([clean(word) for word in roll.replace(" et ", " ").split()])
