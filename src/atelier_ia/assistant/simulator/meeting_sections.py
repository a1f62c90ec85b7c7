"""Parts of meeting notes that a label of its own opens: « Décidé : », « À faire : », each line told with its label.

Also what notes jot down as a task without a verb: « barrières devant le portail, ST, avant le 7 déc », « relance
écrite par l'architecte », « révision chez Agri-Ouest jeudi 3 décembre ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import DATE, MONTH, WEEKDAY, clean
from atelier_ia.assistant.words import fold

_DECIDED = re.compile(
    r"^\W*(?:(?:ce qui (?:est|a été) |on a |nous avons )?(?:d[ée]cid[ée]e?s?|valid[ée]e?s?|act[ée]e?s?|retenue?s?)"
    r"|d[ée]cisions?(?: prises?| actées?)?)\s*:\s*$",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"^\W*(?:à faire|actions?(?: à mener)?|todo|reste à faire|qui fait quoi|suites?)\s*:\s*$", re.IGNORECASE
)
_MARK = re.compile(r"^\s*(?:[-–—*•·>→+]+|\d{1,2}\s?[).°/-])\s*(?=\S)")


def sections_told(text: str) -> str:
    """`text` with each marked line under such a label told with it; the label itself goes."""
    found: list[str] = []
    label = ""
    for line in text.split("\n"):
        if _DECIDED.match(line) or _TO_DO.match(line):
            label = "Décision" if _DECIDED.match(line) else "À faire"
            continue
        mark = _MARK.match(line)
        if label and mark and line.strip():
            found.append(f"{mark[0]}{label} : {line[mark.end() :]}")
            continue
        label = label if not line.strip() else ""
        found.append(line)
    return "\n".join(found)


SHORT_BODIES = (
    r"(?:ST|PM|DST|DGS|RH|CTM|CCAS|SDIS|agglo|mairie|services? techniques?|police municipale|secrétariat|accueil)"
)
_TERM = (
    rf"(?:(?:avant|d['’]ici|pour|dès|au plus tard|sous)\s[^,;.()]{{2,30}}"
    rf"|(?:le\s)?\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b|(?:le\s)?{WEEKDAY}\b[^,;.()]{{0,20}}"
    rf"|(?:le\s)?{DATE.pattern}|cette semaine|la semaine prochaine|demain|ce soir)"
)
_TASK = (
    r"(?:relances?|mots?|courriers?|mails?|courriels?|envoi|relecture|commande|réparation|nettoyage|affichage"
    r"|rédaction|mise à"
    r" jour|vérification|contrôle|devis|étude|convocation|invitations?|achat|inventaire|planning|affiches?"
    r"|flyers?|article|"
    r"compte[- ]rendu|dossier|demande|préparation|reprise|pose|remplacement|vidange|bâchage|réservation"
    r"|installation|montage"
    r"|rangement|distribution|tri|repérage|chiffrage|traçage|impression|saisie|transmission|diffusion)"
)
_WORKS = (
    r"(?:révision|réparation|intervention|contrôle|remplacement|entretien|vidange|expertise|diagnostic"
    r"|dépannage|ramonage|élagage|vérification|métré|relevé|nettoyage|repérage)"
)


_DOABLE = re.compile(
    rf"\bà (?!voir\b|partir\b|étudier\b)[a-zà-ÿ]+(?:er|ir|re|oir)\b|\b{_TASK}\b|\b(?:avant|d['’]ici|pour) (?:le |la "
    rf"|fin |les )?\S+",
    re.IGNORECASE,
)


def is_task(item: str) -> bool:
    """Does an item hold something to be done, or a term to do it by?"""
    return bool(_DOABLE.search(item) or re.search(_TERM, item, re.IGNORECASE))


def _named_last(item: str, who: str) -> tuple[str, str] | None:
    """« arrêté à demander avant le 20/02, Nadège », « film : Inès, 1re version le 22/12 »: who, and by when."""
    anyone = rf"(?:{who}|(?:les |la |le )?{SHORT_BODIES})"
    last = re.search(rf"(?P<before>[^,]{{4,}}),\s(?P<who>{anyone})\W*$", item)
    if last and _DOABLE.search(last["before"]) and not re.search(rf"{who}\W*$", last["before"]):
        due = re.search(_TERM, last["before"], re.IGNORECASE)
        return clean(last["who"]), clean(due[0]) if due else ""
    first = re.search(rf"[:,]\s(?P<who>{who}),\s(?=[a-zà-ÿ\d])(?P<rest>[^;.]*)", item)
    if first and (due := re.search(_TERM, first["rest"], re.IGNORECASE)):
        return clean(first["who"]), clean(due[0])
    return None


def charged(item: str, who: str) -> tuple[str, str] | None:
    """(who is charged, by when) of a task told without a verb; None when the item tells no such task."""
    anyone = rf"(?:{who}|(?:les |la |l['’]|le )?{SHORT_BODIES})"
    match = re.search(rf"[,:]\s*(?P<who>{anyone}),\s*(?P<due>{_TERM})\W*$", item, re.IGNORECASE)
    if match and (match["who"][:1].isupper() or re.match(r"l|agglo|mairie|service|police|secr|acc", match["who"])):
        return clean(match["who"]), clean(match["due"])
    if last := _named_last(item, who):
        return last
    by = re.search(
        rf"\b{_TASK}\b[^.;:]{{0,60}}?\bpar (?P<who>(?-i:{who})|l['’][a-zà-ÿ]{{4,}}|(?:le|la|les)"
        rf" [a-zà-ÿ]{{4,}}(?: [a-zà-ÿ]{{4,}})?"
        rf"|(?-i:{SHORT_BODIES}))\b(?P<rest>[^.;]*)",
        item,
        re.IGNORECASE,
    )
    if by and not re.search(r"\b(?:demand|fai|rendu|envoy|rec)(?:ee?s?|e|te?s?|us?)\b[^.;:]*\bpar\b", fold(by[0])):
        due = re.search(_TERM, by["rest"], re.IGNORECASE)
        return clean(by["who"]), clean(due[0]) if due else ""
    bracket = re.search(
        rf"\((?P<who>(?-i:{who})|{SHORT_BODIES}),\s(?P<due>(?:{_TERM})|(?:fin|début|mi|courant"
        rf"|en)[\s-][^()]{{3,20}})\)\W*$",
        item,
    )
    if bracket:
        return clean(bracket["who"]), clean(bracket["due"])
    passive = re.search(
        rf"\b(?:sera|seront) (?!faite?s?\b)[a-zà-ÿ]+(?:é|i|is|it|u)e?s?\b(?P<rest>[^.;:]{{0,50}}?)\bpar"
        rf" (?P<who>(?-i:{who})"
        rf"|(?:le |la |les |l['’])[a-zà-ÿ]{{4,}}(?: [a-zà-ÿ]{{4,}})?)(?P<tail>\s(?:avant|pour|d['’]ici|en"
        rf"|fin)\s[^.;]{{3,30}})?\W*$",
        item,
        re.IGNORECASE,
    )
    if passive:
        due = re.search(rf"{_TERM}|\ben {MONTH}\b", passive["tail"] or passive["rest"], re.IGNORECASE)
        return clean(passive["who"]), clean(due[0]) if due else ""
    works = re.search(
        rf"\b{_WORKS}\b[^.;:]{{0,60}}?(?<!jusqu'au )(?<!jusqu’au )(?<!\bdu )(?<!depuis le"
        rf" )(?P<due>(?:le\s)?(?:{WEEKDAY}\s)?(?:\d{{1,2}}/\d{{1,2}}\b|{DATE.pattern})[^,;.()]{{0,15}})",
        item,
        re.IGNORECASE,
    )
    if works and not re.search(r"\b(?:fait|faite|réalisée?|effectuée?|terminée?|ok|a eu lieu)\b", item, re.IGNORECASE):
        return "", clean(works["due"])
    return None
