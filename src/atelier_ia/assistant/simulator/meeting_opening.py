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
    r"(?:cap\.|adj\.|brig\.|lt|gend\.|resp\.|brigadier(?:-chef)?|adjudante?(?:-chef)?|gendarme|capitaine|lieutenante?|commandante?|major|docteur"
    r"|maître|agente?|directrice|directeur)"
)
# « (le maire, brigadier-chef Marchetti PM, M. Fabre adjoint sécurité) »: a line of its own that only names people
_PERSON = re.compile(
    rf"^(?:(?:M\.\s|Mme\s)?(?:le|la)\s(?:maire|dgs|dst|directrice|directeur|président|présidente)|moi"
    rf"|(?:(?:M\.|Mme|Mlle|{_RANK})\s)?{_WORD}(?:\s{_WORD}){{0,2}}(?:\s(?:[a-zà-ÿ'’-]{{3,16}}|[A-Z]{{2,5}})){{0,3}})$",
)


# « élu : M. A », « directrice Mme B », « 2 parents : M. C et Mme D », « Brigadier E PM »: who is told by what they are.
_TITLED = re.compile(
    r"(?<!pour la )(?<!parents )\b(?P<what>élue?s?|éditeur [A-ZÀ-Ý]\w+|(?:\d |deux |trois )?(?:parents?|élèves?"
    r"|jeunes|bénévoles|agents"
    r"|habitants?)"
    r"|architecte|entreprise|mairie|associations?|directrice|directeur)\s*:?\s(?P<who>(?:M\.|Mme)\s[A-ZÀ-Ý][\w'’-]+"
    r"(?:\set\s(?:M\.|Mme)\s[A-ZÀ-Ý][\w'’-]+)?)",
    re.IGNORECASE,
)
_LED = re.compile(
    r"^(?P<many>\d+ [a-zà-ÿ]+(?: présente?s)? sur \d+)?[.,;\s]*(?:[Aa]vec(?=\s)|[Aa]nimée?|[Ee]ncadrée?|[Cc]onduite?"
    r"|[Aa]nimation)\s*(?:par\s"
    r"|:\s|(?<=vec)\s)(?P<who>\S.*)$"
)


# « Une quarantaine d'habitants », « Mme A adjointe à la voirie », « M. B des services techniques »
_BY_ROLE = re.compile(
    r"^(?:(?:une?|\d+)\s(?:[a-zà-ÿ]+aine\s)?(?:d['’]|de\s)?(?:habitante?s?|parents?|élus?|agents?|enseignante?s?|animat\w+|jeunes|enfants|bénévoles|commerçants|riverains?"
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
    if last := re.search(r"\.\s+(?P<who>[^.;,]{2,40}?)\s(?P<how>excusée?s?|absente?s?)$", told):
        label = "Excusés" if last["how"].lower().startswith("exc") else "Absents"
        told = f"{told[: last.start()]}. {label} : {last['who']}"
    roll, away = told, ""
    if split := re.search(r"[.;,(]\s*(?=(?:[Ee]xcus|[Aa]bsent)\w*\s|[Ee]xc\.)", told):
        roll, away = told[: split.start()], told[split.end() :]
    if re.match(rf"\W*(?:{_HERE}|{_AWAY}\s*:)", roll, re.IGNORECASE):
        return ""
    people, missing = _elements(roll)
    if len(people) < LEAST:
        return ""
    away = f". {away}" if away else ""
    rolls = "".join(f"\n{label} : {', '.join(who)}" for label, who in _by_label(missing))
    return f"Présents : {', '.join(people)}{away}{rolls}"


def _by_label(missing: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Who is away, those excused apart from the others."""
    return [
        (label, who)
        for label in ("Excusés", "Absents")
        if (who := [name for name, told in missing if (label == "Excusés") is told.startswith("exc")])
    ]


# « DDT : M. A », « bureau d'études Urbalys : Camille Noiret », « clubs : hand (Kévin M.) »
_BODY = re.compile(r"^(?P<what>[\wÀ-ÿ'’ .-]{2,40}?)\s*:\s*(?P<who>\S.*)$")
_SOMEBODY = (
    rf"(?:(?:M\.|Mme|Mlle|Dr|{_RANK})\s(?:Le\s|La\s)?{_WORD}(?:\s{_WORD})?"
    rf"|(?:[A-ZÀ-Ý]\.\s?)?{_WORD}(?:\s{_WORD}){{0,2}})"
)
# « état civil N. Cotin », « presta info M. Pons », « la fleuriste Mme Roy », « DPD mutualisé Mme Irène Falcoz »
_BY_TRADE = re.compile(
    rf"^(?:(?:la|le|les)\s|l['’])?(?:[A-ZÀ-Ý]{{2,5}}|[a-zà-ÿ'’-]{{3,16}})(?:\s[a-zà-ÿ'’-]{{2,14}}){{0,2}}\s"
    rf"(?:(?:M\.|Mme)\s{_WORD}(?:\s{_WORD})?|[A-ZÀ-Ý]\.\s?{_WORD}|{_WORD}\s{_WORD})$"
)


def _elements(roll: str) -> tuple[list[str], list[tuple[str, str]]]:
    """(the people that a roll names, those it says away); ([], []) when an element of it is nobody."""
    if re.search(r"\s/\s", roll):
        roll = re.sub(r"\s+/\s+", ", ", roll)
    held = re.sub(r"\([^()]*\)", lambda match: match[0].translate(_COVERED), roll)
    people: list[str] = []
    missing: list[tuple[str, str]] = []
    for part in re.split(r"\s*(?:,|;|\+|\set\s)\s*", held.strip(" .")):
        told = re.sub(r"^et\s+", "", part.translate(_UNCOVERED).strip())
        if led_for := re.match(r"^pour (l[ea]s? [a-zà-ÿ]+|l['’][a-zà-ÿ]+) (\S.*)$", told):
            told = f"{led_for[2]} ({led_for[1]})"
        bare = re.sub(r"\s*\([^()]*\)", "", told).strip(" .")
        if away := re.match(r"(?P<who>\S.{1,30}?)\s(?P<how>absente?s?|excusée?s?)$", bare):
            missing.append((away["who"], away["how"].lower()))
            continue
        if (body := _BODY.match(told)) and re.match(rf"{_SOMEBODY}(?:\s*\(|$)", body["who"]):
            what = re.sub(r"^(?:clubs?|élus?|parents?|commerçants?)\s*$", "", body["what"], flags=re.IGNORECASE)
            people.append(f"{body['who']} ({what})" if what and "(" not in body["who"] else body["who"])
            continue
        named_inside = re.search(rf"\((?:{_SOMEBODY})\)", told) and re.match(r"[\wÀ-ÿ'’ -]{2,30}$", bare)
        led = re.match(r"^(?:clubs?|élus?|commerçants?|associations?)\s*:\s*(?P<rest>.+)$", told, re.IGNORECASE)
        if led and re.search(rf"\((?:{_SOMEBODY})\)", led["rest"]):
            people.append(led["rest"])
            continue
        if ":" in told or not (
            (_PERSON.match(bare) and (not re.search(r"\d", bare)))
            or _BY_ROLE.match(bare)
            or _BY_TRADE.match(bare)
            or named_inside
        ):
            return [], []
        people.append(told)
    return people, missing


_COVERED = str.maketrans({",": "\x02", ";": "\x03", "+": "\x04", " ": "\x05"})
_UNCOVERED = str.maketrans({"\x02": ",", "\x03": ";", "\x04": "+", "\x05": " "})


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
    text = _LED_BY.sub(_led_by, text.replace("\r\n", "\n").lstrip("\n"))
    lines = _gathered(text.split("\n"))
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
            line = _headed_roll(last[1], last[2]) or line
        if not told and seen == 1 and (there := re.match(r"^(.{8,120}?\S),?\s(?:[Ii]l )?y avait\s(\S.*)$", line)):
            line = f"{there[1].rstrip(' ,')}\n{roll}" if (roll := _bare_roll(there[2])) else line
        if not told and seen == 1 and "\n" not in line and (dash := re.match(r"^(.{8,90}\S)\s[-–—]\s(\S.*)$", line)):
            line = f"{dash[1]}\n{roll}" if (roll := _bare_roll(dash[2])) else line
        if not told and seen > 1 and (roll := _bare_roll(line) or _headed_roll("", line).lstrip("\n")):
            line = roll
        if not told:
            lines[place] = _laid(line, first=seen == 1)
            told = "Présents : " in lines[place]
    return "\n".join(lines)


# « une trentaine d'habitants, animé par Mme A, conseillère, avec M. B pour les services techniques »
_NAMED = rf"(?:M\.|Mme|Mlle)\s{_WORD}(?:\s{_WORD})?|{_WORD}(?:\s{_WORD})?"
_LED_BY = re.compile(
    rf"^(?P<head>[^\n]{{8,110}}?),\s(?:(?P<many>une? [a-zà-ÿ]+aine d['’][a-zà-ÿ]+|\d+ [a-zà-ÿ]+),\s)?(?:animée?"
    rf"|conduite?|menée?) par "
    rf"(?P<led>{_NAMED})(?:,\s(?P<role>[a-zà-ÿ][^,.\n]{{3,40}}))?"
    rf"(?:,?\s(?:et\s)?avec (?P<with>{_NAMED})(?:\spour (?P<of>[^,.\n]{{3,40}}))?)?\.\s*"
)


def _headed_roll(head: str, rest: str) -> str:
    """A first line that names the meeting, then who is there, then goes on; '' when it does not."""
    if roll := _bare_roll(rest):
        return f"{head}\n{roll}"
    first = re.match(
        r"^((?:[^.\n]|(?<=\b[A-ZÀ-Ý])\.|(?<=\b[a-z]{2})\.|(?<=\b[a-z]{3})\.|(?<=\bM)\."
        r"|(?<=\bMM)\.)+)(?<!\b[A-ZÀ-Ý])\.\s+(\S.*)$",
        rest,
    )
    if first and (roll := _bare_roll(first[1])):
        return f"{head}\n{roll}\n{first[2]}"
    if first and head and (roll := _bare_roll(first[2])):
        return f"{head}. {first[1]}\n{roll}"
    return ""


def _led_by(match: re.Match[str]) -> str:
    people = [match["many"]] if match["many"] else []
    people.append(f"{match['led']} ({match['role']})" if match["role"] else match["led"])
    if match["with"]:
        people.append(f"{match['with']} ({match['of']})" if match["of"] else match["with"])
    return f"{match['head']}\nPrésents : {', '.join(people)}\n"


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
        here.start() or first or re.match(r"\W*(?:(?:étaient )?présents|prés\b)", here[0], re.IGNORECASE)
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
