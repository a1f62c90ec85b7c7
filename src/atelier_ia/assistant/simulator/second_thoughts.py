"""What notes take back by telling it again, by a reason or by its state: « le 4, attendez non, donc le 11 ».

`corrections.py` and `taken_back.py` read two things of one sort near each other; here the sentence itself tells what
is taken back: the same noun comes again, a reason leads to « donc … », or what was announced is off.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH, WEEKDAY

_DAY = rf"(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})\s+{MONTH}(?:\s+\d{{4}})?"
_HESITATES = r"(?:(?:euh|ah|oh|enfin|bon|attende?[zs])\W+)*"
_STOP = r"[\s,.…:;–—-]+"
# « samedi 4 septembre — attendez non : la majorité préfère le 11. Donc samedi 11 septembre »
_SO = re.compile(
    rf"(?P<old>{_DAY})(?:\s+(?:à\s+)?\d{{1,2}}\s?h(?:\s?\d\d)?)?{_STOP}{_HESITATES}"
    r"(?:(?:non|attende?[zs]|ah mais|en fait)\b[^\n]{0,80}?\b[Dd]onc\s+(?:c['’]est\s+|ce sera\s+|le\s+)?"
    r"|non,?\s+(?:le\s)?\d{1,2}\s(?:c['’]est|il y a|y a|est)\s[^,;.\n]{2,30}[,;]\s*(?:plutôt\s|ce sera\s"
    r"|alors\s)?(?:le\s)?)"
    rf"(?P<new>{_DAY})",
    re.IGNORECASE,
)
# « tarifs de l'eau de la piscine… non pas de l'eau, tarifs de la piscine »
_NOT_SO = re.compile(
    rf"\b(?P<noun>[a-zà-ÿ]{{4,}})\s[^.;:\n…]{{3,60}}?{_STOP}{_HESITATES}non\W+pas\s[^,;.:\n]{{2,30}}[,;]\s*(?=(?P=noun)\b)",
    re.IGNORECASE,
)
# « le mardi, enfin non pas le mardi le jeudi »
_NOT_THE = re.compile(
    rf"\b(?P<led>le|la|les|du|au"
    rf"|à)\s(?P<word>[\wÀ-ÿ-]{{2,}})(?:\s{MONTH})?{_STOP}{_HESITATES}non\W+pas\s+(?P=led)\s(?P=word){_STOP}(?=(?:le|la|les|du|au|à)\b)",
    re.IGNORECASE,
)
# « dit 300, je corrige, demande 300 »
_SAID_BETTER = re.compile(
    rf"\b[a-zà-ÿ]+\s(?P<what>\d[\d\s,]*(?:\s?€)?){_STOP}(?:je (?:corrige|rectifie|(?:me )?reprends)|pardon"
    rf"|non){_STOP}(?=[a-zà-ÿ]+\s(?P=what)(?!\d))",
    re.IGNORECASE,
)
# « nocturne jeudi 31… non annulée la nocturne »
_OFF = re.compile(
    rf"\b(?P<what>(?P<noun>[a-zà-ÿ]{{4,}})\b[^.;:\n…]{{0,40}}?){_STOP}{_HESITATES}(?:non|pardon)\W+"
    r"(?P<state>(?:c['’]est\s+|elle est\s+|il est\s+)?(?:annul|supprim|report)[ée]{1,2}s?)(?:\s+(?:la|le"
    r"|les)\s+(?P=noun))?(?=\s*(?:[.,;\n)]|$))",
    re.IGNORECASE,
)
# « Présents : A, B… non B est excusé, C »
_AWAY = re.compile(
    rf"(?:,\s*)?(?P<name>(?:(?:M\.|Mme)\s)?[A-ZÀ-Ý][\w'’-]+){_STOP}{_HESITATES}non\W+(?:(?P=name)|il"
    rf"|elle)\s+(?:est\s+|n['’]est\s+pas\s+là|n['’]était\s+pas\s+là)"
    r"(?P<how>excusée?|absente?)?(?P<after>[^\n]*)"
)
# « Pic… non il est absent, c'est Rolland qui s'étonne »
_NOT_HIM = re.compile(
    rf"(?<![\w'’-])(?:(?:M\.|Mme)\s)?[A-ZÀ-Ý][\w'’-]+{_STOP}{_HESITATES}non\W+(?:(?:il"
    rf"|elle)\s[^,()\n]{{3,30}},\s*)?c['’](?:est|était)\s+"
    r"(?P<who>(?:(?:M\.|Mme)\s)?[A-ZÀ-Ý][\w'’-]+)\s+qui\s+"
)
# « (Aurore -> non elle sera occupée, Sandrine) »
_OTHER = re.compile(
    rf"(?<![\w'’-])[A-ZÀ-Ý][a-zà-ÿ-]+\s*(?:-+>|→|,|…|\.{{2,}})\s*{_HESITATES}non\W+(?:il"
    rf"|elle)\s[^,()\n]{{3,40}},\s*(?:donc\s|plutôt\s)?(?=[A-ZÀ-Ý][a-zà-ÿ-]+)"
)
# « au 02 99… attendez je vous donne le mail plutôt : x@y.example »
_GIVEN_INSTEAD = re.compile(
    r"(?:\s(?:au|par|à))?\s[\d .]{1,16}(?:…|\.\.\.|,)\s*(?:attende?[zs]|non|pardon)\W[^:\n@]{0,45}:\s*(?=\S+@|\d)",
    re.IGNORECASE,
)
# « 13 h (ou 13 h 30 ? Michel dit 13 h 30) → 13 h 30 c'est confirmé »
_CLOCK = r"(?:[01]?\d|2[0-4])\s?h(?:\s?[0-5]\d)?(?!\w)"
_ASKED_BESIDE = re.compile(
    rf"(?P<old>{_CLOCK}|{_DAY})\s*\([^()\n]*\?[^()\n]*\)\s*(?:→|-+>|=+>|:|,)\s*(?P<new>{_CLOCK}|{_DAY})"
    r"(?:\s+c['’]est\s+(?:confirmé|bon|ok|sûr))?",
    re.IGNORECASE,
)
# « … recrute ses horaires... non je rigole. »
_BRACKETED = re.compile(
    rf"(?P<old>{_DAY})\s*\([^()\d\n]{{3,40}}\)\s*(?:donc|alors|du coup|→|-+>)\s+(?:le\s+)?(?P<new>{_DAY})",
    re.IGNORECASE,
)
_JOKED = re.compile(
    r"(?:^|(?<=[.!?\n])\s*)[^.!?…\n]*(?:…|\.\.\.)?\s*(?:non,?\s)?je (?:rigole|plaisante|déconne"
    r"|blague)\b\s*[.!?,;:]*\s*",
    re.IGNORECASE,
)
# « Le bureau d'études avait dit 7,5 t, finalement on retient 3,5 t. »
_RETAINED = re.compile(
    r"(?:(?<=[.!?])[^\S\n]+|^)[^.!?\n]{2,60}\b(?:(?:avait|avaient|a|ont)\s(?:dit|proposé|demandé|conseillé"
    r"|préconisé|annoncé)|(?:demandai|voulai|souhaitai|proposai)(?:t|ent))\s[^;\n]{1,40}?[,;]\s*(?:mais\s|et\s)?"
    r"(?:(?:finalement|au final|en fait|donc)\s+(?:(?:on|nous|l[ea] maire)\s+)?|(?:on|nous"
    r"|l[ea] \w+(?:\sd[eu]\s\w+)?)\s+)"
    r"(?:(?:a|ont|avons)\s)?(?:retien\w+|retenu|gard\w+|pren\w+|fix\w+|chois\w+|accept\w+|accord\w+|impos\w+"
    r"|exig\w+|décid\w+|reste\w* à)\s+"
    r"(?P<new>[^\n]{2,40}?)\.(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
# « Lieu : gymnase ou stade -> finalement gymnase »
_IN_THE_END = re.compile(
    r"^(?P<label>\W*[^:\n]{2,30}\s?:\s)[^\n]{3,90}?\s*(?:-+>|=+>|→|–|—)\s*(?:finalement|plutôt|en fait)\s+(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
# « 70 ans et plus, et pas 75 comme l'an dernier »
_BUT_NOT = re.compile(
    r",?\s(?:et|mais)\s(?:non\s)?pas\s\d{1,4}(?:\s?(?:€|ans|h\b"
    r"|euros?))?(?:\scomme\s[^,.;()\n]{3,30})?(?=\s*(?:[.;,)\n]|$))",
    re.IGNORECASE,
)


def settled_on(text: str) -> str:
    """`text` with what it tells again, or calls off, told once and as it is in the end."""
    for pattern in (_NOT_SO, _NOT_THE, _SAID_BETTER, _BUT_NOT, _OTHER):
        text = pattern.sub("", text)
    text = _NOT_HIM.sub(lambda match: f"{match['who']} ", text)
    text = _ASKED_BESIDE.sub(lambda match: match["new"], _JOKED.sub("", text))
    text = _BRACKETED.sub(lambda match: match["new"], text)
    text = _GIVEN_INSTEAD.sub(" : ", text)
    text = _RETAINED.sub(lambda match: _retained(match, text), text)
    text = _SO.sub(lambda match: match["new"], text)
    text = _OFF.sub(lambda match: f"{match['what']} : {match['state']}", text)
    text = _IN_THE_END.sub(lambda match: match["label"], text)
    return _AWAY.sub(_gone, text)


def _retained(match: re.Match[str], text: str) -> str:
    """What is retained, once: nothing when it already stands before."""
    return "" if match["new"] in text[: match.start()] else f" {match['new'][:1].upper()}{match['new'][1:]}."


def _gone(match: re.Match[str]) -> str:
    label = "Absent" if (match["how"] or "").startswith("absent") else "Excusé"
    return f"{match['after']}\n{label} : {match['name']}"
