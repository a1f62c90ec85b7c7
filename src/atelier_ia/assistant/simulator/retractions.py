"""What the writer of a mail takes back in mid-sentence, brought to its last word, and tables and dictation undone.

`corrections.py` reads two things of one sort side by side; a mail also puts words between them (« devant le 22 …,
non pardon, celui devant le 24 ») and gives the reason (« le 12, ah non, il est déjà pris, donc plutôt le 19 »).
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.corrections import corrected
from atelier_ia.assistant.simulator.french import MONTH, WEEKDAY
from atelier_ia.assistant.simulator.register import dictated
from atelier_ia.assistant.simulator.spelled import SPELLED, in_figures
from atelier_ia.assistant.simulator.vote_marks import TAKEN_BACK

_DATE = rf"(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})(?:\s+{MONTH}(?:\s+\d{{4}})?)?"
_HOUSE = re.compile(
    rf"(?P<lead>\b(?:devant|derrière|en face d|à côté d|au niveau d)?(?:[ue]\s+|\s+le\s+|\bau\s+)(?:n°\s?|numéro\s+)?)"
    rf"(?P<first>\d{{1,4}}(?:\s?(?:bis|ter))?)(?P<rest>\b[^.?!;\n]{{0,60}}?)[\s,]+{TAKEN_BACK}[\s,]*"
    rf"(?:(?:celui|celle|c['’]est)\s+)?(?:(?:devant|derrière|en face|à côté)\s+)?(?:d?u|le|au)?\s*(?:n°\s?|numéro\s+)?"
    rf"(?P<second>\d{{1,4}}(?:\s?(?:bis|ter))?)\b(?!\s*(?:h\b|€|{MONTH}))",
    re.IGNORECASE,
)
# « mercredi chemin des Aubépines, non pas mercredi, jeudi dernier »
_NOT_THAT = re.compile(
    rf"\b(?P<first>{WEEKDAY})(?P<rest>[^.?!;\n]{{0,60}}?)[\s,]+non[,\s]+pas (?:le )?(?P=first)[\s,]+(?:mais )?(?:le )?"
    rf"(?P<second>{WEEKDAY}(?: dernier| prochain)?)",
    re.IGNORECASE,
)
# « le samedi 12 juin, ah non le 12 est déjà pris, donc plutôt le samedi 19 juin »
_REASONED = re.compile(
    rf"(?P<first>{_DATE})[\s,…]+(?:ah |euh |oh |enfin )*non\b[^.?!;\n]{{0,80}}?\b(?:plut[ôo]t|finalement|en fait)\s+"
    rf"(?:le\s+)?(?P<second>{_DATE})",
    re.IGNORECASE,
)
# « une concession perpétuelle… pardon, trentenaire »
_WORD = re.compile(r"(?<![\w'’-])[a-zà-ÿ]{4,}\s*(?:…|\.\.\.)\s*(?:non\W+)?pardon\W+(?=[a-zà-ÿ]{4,})", re.IGNORECASE)
# « mon lapin, enfin celui de ma fille »
_OWNER = re.compile(
    r"\b(?:mon|ma|mes) (?P<what>[^.,;?!\n]{3,30}?),? enfin (?P<one>celui|celle|ceux|celles) (?=de (?:mon|ma|mes) )",
    re.IGNORECASE,
)
_ARTICLES = {"celui": "le", "celle": "la", "ceux": "les", "celles": "les"}
_SPELLED_DATE = re.compile(rf"{SPELLED}\s+{MONTH}\b(?:\s+{SPELLED})?", re.IGNORECASE)
# « changer l'heure prévue à 15 h, plutôt à 11 h »: both hours are meant.
_RATHER = re.compile(r"(\b(?:chang|déplac|avanc|report|décal)\w+\b[^.?!\n]*?)\bplut[ôo]t\b", re.IGNORECASE)
_SHOUTED_DAY = re.compile(
    r"\b(?:LUNDI|MARDI|MERCREDI|JEUDI|VENDREDI|SAMEDI|DIMANCHE|JANVIER|F[ÉE]VRIER|MARS|AVRIL|MAI|JUIN|JUILLET|AO[ÛU]T"
    r"|SEPTEMBRE|OCTOBRE|NOVEMBRE|D[ÉE]CEMBRE)\b"
)
_RULE = re.compile(r"^\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*$")


def settled(body: str) -> str:
    """The body of a mail with what is taken back replaced, spoken marks written, and a table as a list."""
    body = _RATHER.sub(r"\1de préférence", body)
    body = _SHOUTED_DAY.sub(lambda match: match[0].lower(), body)
    text = _SPELLED_DATE.sub(lambda match: in_figures(match[0]), dictated(_listed(body)))
    text = _HOUSE.sub(lambda match: f"{match['lead']}{match['second']}{match['rest']}", text)
    text = _NOT_THAT.sub(lambda match: f"{match['second']}{match['rest']}", text)
    text = _REASONED.sub(lambda match: match["second"], text)
    text = _OWNER.sub(_owned, text)
    text = re.sub(r"!(?:\s?!)+", "!", text)
    return re.sub(r"\?(?:\s?[?!])+", "?", corrected(_WORD.sub("", text)))


def _owned(match: re.Match[str]) -> str:
    article = _ARTICLES[match["one"].lower()]
    elided = article != "les" and re.match(r"[aeiouyéèêâîh]", match["what"], re.IGNORECASE)
    return f"{'l’' if elided else article + ' '}{match['what']} "


def _listed(body: str) -> str:
    """« | local | une salle ? | » → « - Local : une salle ? »; the heading and the rule of the table go."""
    lines = body.split("\n")
    found: list[str] = []
    for place, line in enumerate(lines):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.lstrip().startswith("|") or len(cells) < 2:
            found.append(line)
        elif not _RULE.match(line) and not (place + 1 < len(lines) and _RULE.match(lines[place + 1])):
            found.append("- " + " : ".join(cell for cell in cells if cell))
    return "\n".join(found)
