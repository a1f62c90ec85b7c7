"""Turns of speech that no letter repeats, put as a secretary would before they are taken up.

« Ça fait 3 mois que le chien hurle » → « depuis 3 mois, le chien hurle »; « moi et mon copain on veut se pacser » →
« nous souhaitons nous pacser »; « la salle est libre, ou » → « la salle est libre ».
"""

from __future__ import annotations

import re

_LASTING = re.compile(
    r"^(?:ça|ca|cela|voilà|il y a|y a)(?: va)?(?: faire| fait)? "
    r"(?P<time>(?:(?:plus de|près de|environ|bientôt|presque|déjà|maintenant) )?"
    r"(?:un|une|deux|trois|quatre|cinq|six|dix|quinze|plusieurs|quelques|\d+) "
    r"(?:jours?|semaines?|mois|ans?|années?|nuits?|heures?)(?: et demie?)?)"
    r" qu(?:e |['’])(?P<rest>(?!ça dure|cela dure)\S.+)$",
    re.IGNORECASE,
)
_COUPLE = re.compile(
    r"^(?:moi et (?:mon|ma|mes) [^,?.]{2,30}?|(?:mon|ma) [^,?.]{2,30}? et moi),? (?:on|nous,? on) "
    r"(?P<verb>veut|voudrait|aimerait|souhaite|souhaiterait)(?: bien)? (?P<self>se |s['’])?",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"^ne (?P<who>l[ae]s?|lui|leur) (?P<verb>dites|faites|[a-zà-ÿ]{3,}ez) (?:surtout |absolument )?pas\b", re.IGNORECASE
)
_IRREGULAR = {"dites": "dire", "faites": "faire", "mettez": "mettre", "prenez": "prendre", "transmettez": "transmettre"}
_HOW_MANY = re.compile(
    r"^(?P<verb>il faut|on doit avoir|il y a) (?P<many>combien d(?:e |['’])[a-zà-ÿ-]+)(?P<rest>.*)$", re.IGNORECASE
)
_AGAIN = re.compile(r"^(?:c['’]est|c) encore (?:moi|nous)\b[\s,.]*", re.IGNORECASE)
_PARENT = re.compile(
    r"(?<!\bma )(?<!\bmon )(?<!\bune )(?<!\bla )(?<!\bjeune )\b(maman|papa)\b(?! (?:de|d['’]|au|seule?))"
)
_OUR_PARENT = re.compile(r"\b(?:ma maman|mon papa)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:c['’]est|je vous (?:écris|contacte)|je (?:viens vers vous|reviens vers vous)) (?:au sujet|à propos)"
    r" (?P<of>d(?:e l[a]|e l['’]|e mes|e mon|e ma|es|u|e|['’]) ?\S.*)$",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"[\s,]+(?:ou|et|mais|donc|que|de|à)\s*(?P<end>\W*)$")
_WHO_PAYS = re.compile(r"^qui (?:c['’]est qui|est-ce qui)\b", re.IGNORECASE)


def without_turns(text: str) -> str:
    """One sentence of a message, said as a letter says it; the same when it holds none of these turns."""
    text = _WHO_PAYS.sub("qui", _AGAIN.sub("", text, count=1))
    if lasting := _LASTING.match(text):
        text = f"depuis {lasting['time']}, {lasting['rest']}"
    text = _COUPLE.sub(lambda match: f"nous souhaitons {'nous ' if match['self'] else ''}", text)
    if match := _FORBIDS.match(text):
        low = match["verb"].lower()
        verb = _IRREGULAR.get(low) or f"{low[:-2]}er"
        text = f"merci de ne pas {match['who']} {verb}{text[match.end() :]}"
    if match := _HOW_MANY.match(text):
        verb = match["verb"]
        text = f"{match['many']} {verb[0].lower()}{verb[1:]}{match['rest']}"
    return _PARENT.sub(lambda match: "ma mère" if match[1] == "maman" else "mon père", _own_parent(text))


def _own_parent(text: str) -> str:
    return _OUR_PARENT.sub(lambda match: "ma mère" if "maman" in match[0].lower() else "mon père", text)


def matter(text: str) -> str:
    """« c'est au sujet de la tombe de mes parents » → « de la tombe de mes parents »; '' for another sentence."""
    match = _ABOUT.match(text)
    return match["of"] if match else ""


def without_dangling(text: str) -> str:
    """« si la salle est libre, ou » → « si la salle est libre »."""
    return _DANGLING.sub(lambda match: match["end"], text)
