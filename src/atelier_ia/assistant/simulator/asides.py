"""What notes say between those who write them, taken out before anything is composed.

« Petite précision entre nous, … ça ne regarde pas les gens. » goes from one end to the other; so does what is told of
somebody's health « nous en restons là », and an instruction about a channel « (Facebook : faire simple) ». « Ça vous ne
l'écrivez pas comme ça, vous mettez que… » leaves what is to be put, and who said it.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import lower_first, upper_first
from atelier_ia.assistant.words import fold

_CHANNEL = (
    r"(?:facebook|fb|insta(?:gram)?|site(?: internet)?|panneau(?:x)?(?: lumineux)?|bulletin"
    r"|réseaux(?: sociaux)?|affiche)"
)
_HOW = (
    r"(?:faire|fais|faites|rester?|mettre|mets|mettez|garder|pas trop|pas de|ton|court|simple|bref|sobre"
    r"|plus (?:court|léger|simple|joyeux)|écrire|éviter|évitez)"
)
_CHANNELLED = re.compile(
    rf"\s*\((?:pour |sur )?(?:l[ea]s? |l['’])?{_CHANNEL}\s*[:,]\s*{_HOW}\b[^()\n]*\)"
    rf"|(?:^|(?<=[.!?])[^\S\n]+)(?:(?:pour|sur) (?:l[ea]s? |l['’])?{_CHANNEL}\s*[:,]?|{_CHANNEL}\s*:)\s*(?:tu "
    rf"|vous |on )?(?:peux |pouvez |peut )?"
    rf"{_HOW}\b[^.!?\n]*[.!?]?",
    re.IGNORECASE | re.MULTILINE,
)
# The whole sentence is between its author and the reader: it announces it at its start, or says so at its end.
_BETWEEN = (
    r"(?:(?:petite )?(?:précision|parenthèse|remarque|info(?:rmation)?) (?:entre nous|pour (?:toi|vous|nous)"
    r"|perso(?:nnelle)?"
    r"|en interne)|pour (?:ta|votre|notre) (?:gouverne|info(?:rmation)? (?:perso|seulement|uniquement|à (?:toi|vous)))"
    r"|(?:soit dit )?entre nous(?: soit dit)?|de toi à moi|de vous à moi|en off|off the record"
    r"|(?:ça,? )?c['’]est (?:du )?off"
    r"|à titre (?:tout à fait )?(?:personnel|confidentiel|officieux)|sous le sceau du secret|hors micro"
    r"|(?:ceci|cela|ça) (?:restera?|doit rester) (?:entre nous|ici|dans ce bureau|dans cette pièce))"
)
_CLOSING = (
    r"(?:(?:mais |et |donc |bon )?(?:ça|cela|ceci|c['’]est)(?: ne| n['’])? ?(?:regarde|concerne|intéresse) (?:pas"
    r"|personne|que nous)(?: (?:les gens|le public|les habitants|la population|tout le monde|les administrés))?"
    r"|(?:mais |et |donc |bon )?(?:ça|cela) n['’]a pas à (?:sortir|se savoir|être su)[^.!?\n]*"
    r"|(?:mais |et |donc |bon )?(?:ça|cela) (?:reste|restera|doit rester) (?:là|entre nous|ici|dans (?:la"
    r"|cette) (?:pièce|salle))|(?:mais |et |donc |bon )?(?:nous en restons|on en reste|restons-en) là"
    r"|(?:mais |et |donc |bon )?(?:inutile|pas besoin) (?:de l['’]ébruiter|que ça se sache|que cela se sache)"
    r"|(?:mais |et |donc |bon )?(?:je|on|nous) (?:ne )?(?:vous |t['’]ai |vous ai )?(?:ai )?rien dit"
    r"|(?:mais |et |donc |bon )?(?:tu n['’]as|vous n['’]avez|t['’]as) rien (?:entendu|lu|vu)"
    r"|(?:mais |et |donc |bon )?(?:ça|cela|on) (?:ne )?(?:s['’]écrit pas|(?:ne )?sort pas d['’]ici"
    r"|coupe(?: au montage)?)"
    r"|(?:mais |et |donc |bon )?(?:pas|rien) (?:un mot|à dire) (?:là-dessus|dehors|à l['’]extérieur)[^.!?\n]*"
    r"|(?:mais |et |donc |bon )?(?:(?:on|nous|je) )?n['’]en (?:dira|dirai|dirons|dis|disons|dit) pas (?:plus|davantage)"
    r"|(?:mais |et |donc |bon )?(?:à )?(?:garder|gardez|garde)[- ](?:pour|entre) (?:toi|vous|nous)"
    r"|(?:mais |et |donc |bon )?(?:que ça|que cela|qu['’]il|qu['’]elle) reste entre nous)"
)
_AFTER = (
    r"(?:,?\s(?:bien sûr|évidemment|hein|svp|stp|merci|pour l['’]instant|au montage"
    r"|d['’]accord))?\s*\)?\s*(?=[.!?…]|$)"
)
_BODY = r"(?:[^.!?\n]|(?-i:(?<=\b[A-Z])\.)|(?-i:(?<=\bMM)\.)|\.(?=\d|[a-z]))*"
_SENTENCE = re.compile(
    rf"(?:(?<=[.!?…)»])[^\S\n]+|^[^\S\n]*(?:[-–•*>][^\S\n]*)?)(?:(?:et |ah |au fait,? |sinon,? |bon,? "
    rf"|puis,? )?{_BETWEEN}\b{_BODY}"
    rf"|(?:[^.!?:\n]|(?-i:(?<=\bM)\.)|(?-i:(?<=\bMM)\.)|\.(?=\d|[a-z]))*?(?:[,;:–-]\s+"
    rf"|\s\(){_CLOSING}{_AFTER})(?:[.!?…]+|$)",
    re.IGNORECASE | re.MULTILINE,
)
# The same told with the matter of the line: « Accueil : Mme A est fatiguée, on en reste là ».
_AFTER_MATTER = re.compile(
    rf"(?P<matter>^[^\S\n]*(?:[-–•*>][^\S\n]*"
    rf"|\d{{1,2}}[.)]\s)?[^.:\n]{{2,40}}:)(?P<said>[^.!?\n]*[,;]\s+{_CLOSING}){_AFTER}[.!?…]*",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKETED = re.compile(
    rf"[^\S\n]*[(\[](?:(?:[^()\[\]\n]*[,;:–-]\s+)?(?:{_CLOSING}|on coupe|à couper|coupez|je coupe"
    rf"|à ne pas (?:écrire|noter|garder)"
    rf"|(?:pas )?la peine de (?:l['’]écrire|le noter)|ne pas (?:noter|garder|reprendre|écrire))\b"
    rf"|{_BETWEEN}\b)[^()\[\]\n]*[)\]]",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\(\s*{_CLOSING}\W*\)", re.IGNORECASE)
# « bon ça vous ne l'écrivez pas comme ça, vous mettez qu'il demande… »
_NOT_SO = (
    r"(?:(?:bon|mais|enfin|et|alors),?\s+)?(?:(?:ça|cela|ceci),?\s+)?(?:(?:vous|tu|on) (?:ne )?(?:l['’]|le |la )?"
    r"(?:écrivez|écris|écrit|mettez|mets|met|notez|notes?|dites|dis) pas|(?:on ne va|on va|il ne faut|il faut|faut"
    r"|on ne peut|on peut) pas"
    r" (?:le |l['’])?(?:dire|écrire|mettre|noter)|(?:n['’]|ne )?(?:l['’]|le )?(?:écrivez|écris|mettez|mets"
    r"|notez|note|dites|dis)(?:-le)? pas|à ne pas (?:écrire|mettre|noter)|pas)"
    r" (?:comme (?:ça|cela)|tel quel|ainsi|avec ces mots|en ces termes|mot pour mot)"
)
_PUT = (
    r"(?:(?:(?:vous|tu|on) )?(?:mettez|mets|met|écrivez|écris|écrit|notez|note|dites|dis)|mettre|écrire|noter|dire)"
    r"(?: plutôt| juste| simplement| seulement)?"
)
_INSTEAD = re.compile(
    rf"(?:^|(?<=[.!?…)]))(?P<before>(?:[^.!?\n]|(?-i:(?<=\bM)\.)){{0,500}}?)[,;:–-]?\s*\(?{_NOT_SO}\s*[,;:.–-]\s*{_PUT}\s*(?::\s*|(?:que\s"
    rf"|qu['’]\s?))"
    r"(?P<said>(?:[^.!?()\n]|(?-i:(?<=\bM)\.))+)\)?",
    re.IGNORECASE | re.MULTILINE,
)
_WHO = re.compile(
    r"(?:(?:M\.|MM\.|Mme|Mlle|[Mm]onsieur|[Mm]adame)\s(?:le\s|la\s)?[\wÀ-ÿ'’-]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ'’-]+)?"
    r"|(?<![\w.])[A-ZÀ-Ý][a-zà-ÿ'’-]{2,}(?=\s(?:a|dit|trouve|redit|râle|répète)\b))"
)
_MATTER = re.compile(
    r"\bque (?P<what>(?:la|le|les|l['’])\s?[\wÀ-ÿ'’ -]{3,60}?),? (?:ça|c['’]est|c['’]était|était|est"
    r"|commence)\b",
    re.I,
)


# « …, vingt pour, cinq contre, entre nous c'était pénible »: what follows is told aside, not the vote.
_TAIL = re.compile(
    r"[,;]\s+(?:et |mais )?entre nous,?\s(?=(?:c['’]|j['’])\S|(?:il|elle|on|ça|ils|elles|je|le|la|les|un|une|M\."
    r"|Mme)\s)[^.!?;\n]*",
    re.IGNORECASE,
)


# « M. A se gare mal, entre nous c'est vrai mais on ne l'écrit pas »: nothing of it is to be written.
_UNWRITTEN = re.compile(
    rf"(?:(?<=[.!?…])[^\S\n]+|^[^\S\n]*(?:[-–•*>][^\S\n]*)?){_BODY}[,;]\s+(?:et |mais )?entre nous\b[^.!?;\n]*"
    r"\bn(?:e\s|['’])(?:l['’]|le |la |les )?(?:écri|not|di[ts]|met)\w* pas[^.!?\n]*(?:[.!?]+|$)",
    re.IGNORECASE | re.MULTILINE,
)


def without_asides(text: str) -> str:
    """`text` without what is said between those who write it."""
    text = _INSTEAD.sub(_put, text)
    text = _CHANNELLED.sub("", _SENTENCE.sub("", _closed_in_brackets(text)))
    text = _UNWRITTEN.sub("", text)
    return _TAIL.sub("", _SENTENCE.sub("", _AFTER_MATTER.sub("", text)))


def _closed_in_brackets(text: str) -> str:
    """Asides between brackets go; « (ça reste là) » alone bears on its sentence, and waits for it."""
    return _BRACKETED.sub(lambda match: match[0] if _ALONE.fullmatch(match[0].strip()) else "", text)


def _put(match: re.Match[str]) -> str:
    """What is to be put, told of who said it and of its matter when the words to put tell neither."""
    said = match["said"].strip()
    who = _WHO.search(match["before"])
    if who and (led := re.match(r"(?:il|elle) (?=\w)", said, re.IGNORECASE)):
        named = upper_first(who[0])
        said = f"{named} {said[led.end() :]}"
    lead = re.match(
        r"[^\S\n]*(?:[-–•*>]+[^\S\n]*"
        r"|\d{1,2}\s?[.)°/-]\s+)?(?:[^.:,\n]{2,40}:\s+(?=\S))?",
        match["before"],
    )
    head = lead[0] if lead else ""
    matter = _MATTER.search(match["before"])
    if matter and ":" not in head and fold(matter["what"]) not in fold(said):
        head += f"{upper_first(re.sub(r'^(?:la|les?) |^l.', '', matter['what'].strip(), flags=re.I))} : "
        return f"{head}{said}"
    kept = upper_first(said) if not head.rstrip().endswith(":") else (said if who else lower_first(said))
    space = " " if match["before"][:1] == " " and not head.startswith(" ") else ""
    return f"{space}{head}{kept}"
