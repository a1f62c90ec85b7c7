"""The shorthand of agents' notes, written out before anything is published: « nb de places », « stat interdit ».

Only what has one meaning in the place where it stands is changed; a remark to the writer (« elle est d'accord pour être
citée », « c'est nul ») goes, and the fact told beside it stays.
"""

from __future__ import annotations

import re
from functools import partial

from atelier_ia.assistant.simulator.french import upper_first

_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE | re.MULTILINE), written)
    for pattern, written in (
        (r"\bnb\.? (?=de |d['’])", "nombre "),
        (r"(?:^|(?<=[\s(]))\+ de (?=\d)", "plus de "),
        (r"(?<=[a-zà-ÿ)] )- de (?=\d)|(?:^|(?<=\())- de (?=\d)", "de moins de "),
        (r"(?<=\dh)\s*(?:-+>|→)\s*(?=\d)|(?<=\d h)\s*(?:-+>|→)\s*(?=\d)|(?<=h\d\d)\s*(?:-+>|→)\s*(?=\d)", "-"),
        (r"(?<=[a-zà-ÿ)])\s*=\s*(?=[a-zà-ÿ])", " : "),
        (r"(?<![\w’'@./-])(l['’])asso\b", r"\1association"),
        (r"(?:^|(?<=[.!?] ))rdv\b(?= )", "Rendez-vous"),
        (r"\brdv\b(?![-.@/])", "rendez-vous"),
        (r"(?<=\d )pers\b\.?", "personnes"),
        (r"\btél\b\.?(?= ?:? ?0\d)", "téléphone"),
        (r"\binscript?\b\.?(?=\s)", "inscription"),
        (r"\brens(?:eign)?\b\.?(?=\s*(?::|au\b|en\b))", "renseignements"),
        (r"\bdim\b\.?(?=\s+(?:de\s)?\d{1,2}\s?h|\s+(?:matin|soir|après))", "dimanche"),
        (r"\bsam\b\.?(?=\s+(?:de\s)?\d{1,2}\s?h|\s+(?:matin|soir|après))", "samedi"),
        (r"\bven(?:d)?\b\.?(?=\s+(?:de\s)?\d{1,2}\s?h|\s+(?:matin|soir|après))", "vendredi"),
        (r"\b(?:1/2|demi)[- ]journée", "demi-journée"),
        (r"\s+\+\s+(?=(?:rue|place|avenue|parvis|parking|chemin|impasse|boulevard|allée|quai)\b)", " et "),
    )
)
_ORDERS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.MULTILINE), written)
    for pattern, written in (
        (r"\bstat(?:io|ionn?t)?\b\.?(?=\s+(?:interdit|autorisé|gênant|réservé|alterné|des|rue|place|sur|bilatéral))",
         "stationnement"),
        (r"\bcircu?l?\b\.?(?=\s+(?:interdit|alternée|fermée|barrée|limitée|sur|rue|place|en))", "circulation"),
        (r"\bvitesse (?=[23457]0\b(?!\s?%))", "vitesse limitée à "),
        (r"\borga\b\.?(?=\s*:)", "organisateur"),
        (r"\bdév(?:iat)?\b\.?(?=\s+(?:par|via|mise|rue))", "déviation"),
        (r"\bav\.?(?=\s+(?:d[eu]s?\s|de la\s)?[A-ZÀ-Ý])", "avenue"),
        (r"\b(?:bld?|bd|bvd)\.?(?=\s+(?:d[eu]s?\s|de la\s)?[A-ZÀ-Ý])", "boulevard"),
        (r"\bpl\.(?=\s+(?:d[eu]s?\s|de la\s)?[A-ZÀ-Ý])", "place"),
        (r"\bvl\b(?=\s+(?:et|interdit))", "véhicules légers"),
    )
)  # fmt: skip
# What ends with a full stop that ends no sentence, written out before the notes are cut into sentences.
_ABRIDGED = tuple(
    (re.compile(rf"(?<![\w.@/’'-]){pattern}", re.IGNORECASE), written)
    for pattern, written in (
        (r"inscr?(?:ipt)?\.(?=\s*(?:\w|:))", "inscription"),
        (r"inscrip(?:t)?s\.(?=\s*(?:\w|:))", "inscriptions"),
        (
            r"r[ée]sa?\.(?=\s*(?:\w|:))|r[ée]sa(?=\s(?:oblig|conseill|au\b|à\b|en\b|sur\b|:|par\b|auprès|avant))"
            r"|r[ée]serv\.",
            "réservation",
        ),
        (r"rens(?:eign)?\.(?=\s*(?:\w|:))|rens(?=\s(?:au\b|à\b|en\b|:|0\d))", "renseignements"),
        (r"info?s?\.(?=\s+(?:au|en|et|:))", "informations"),
        (r"oblig\.(?=\s|$)", "obligatoire"),
        (r"t[ée]l\.(?=\s*:?\s*(?:0\d|au\b|d['’]|ou\b))", "téléphone"),
        (r"(?<=(?:de|en|\d\d|.\d) )janv\.?(?=\s|$)", "janvier"),
        (r"(?<=(?:de|en|\d\d|.\d) )f[ée]vr?\.(?=\s|$)", "février"),
        (r"(?<=(?:de|en|\d\d|.\d) )sept\.(?=\s|$)", "septembre"),
        (r"grat\.(?=\s|$)", "gratuit"),
        (r"ouv\.(?=\s+(?:de|à|des|dès|\d))", "ouverture"),
        (r"ferm\.(?=\s+(?:de|à|du|le|\d))", "fermeture"),
        (r"anim\.(?=\s+(?:par|:))", "animation"),
        (r"org(?:a)?\.(?=\s+(?:par|:))", "organisation"),
        (r"partic\.(?=\s*(?::|libre|\d))", "participation"),
        (r"dispo\.(?=\s+(?:en|à|au|sur|dès))", "disponible"),
        (r"bibl?\.(?=\s+(?:munic|de|du))", "bibliothèque"),
        (r"munic\.(?=\s|$)", "municipale"),
        (r"assoc\.(?=\s+\w)|asso\.(?=\s+(?-i:[a-zà-ÿ]))", "association"),
        (r"(?<=[\d\s])pl\.(?= (?:de la|du|des|de l['’])\s?(?-i:[A-ZÀ-Ý]))", "place"),
        (r"(?<=\d )pl\.(?=\s|$)(?! (?:de la|du|des|de l['’])\s?(?-i:[A-ZÀ-Ý]))", "places"),
        (r"(?<=\d )max\.(?=\s+[a-zà-ÿ])", "maximum"),
        (r"pr\.(?=\s+(?:les\b|l[ae]\b|enfants|adultes))", "pour"),
        (r"ts (?=publics?\b)", "tous "),
        (r"t(?:ra?)?vx\b\.?", "travaux"),
        (r"rempla?ct\b\.?|rempl\.(?=\s)", "remplacement"),
        (r"(?<=\s)imp\.(?=\s)", "impasse"),
        (r"(?<=\s)ch\.(?=\s(?:d[eu]s?\b|de la\b|d['’]))", "chemin"),
        (r"(?<=\s)(?-i:r)\.(?=\s(?:d[eu]s?\b|de la\b|d['’]|(?-i:[A-ZÀ-Ý])[a-zà-ÿ]))", "rue"),
        (r"gde[- ]rue\b", "Grande-Rue"),
        (r"(?<=[\s(])ent\.(?=\s(?-i:[A-ZÀ-Ý]))", "entreprise"),
        (r"orch\.(?=\s)", "orchestre"),
        (r"org\.(?=\s(?-i:[a-zà-ÿ]))", "organisé par :"),
        (r"(?:les )?we\b(?=\s*(?:[.,;)]|$|inclus|et\b))", "week-ends"),
        (r"qq\b(?=\s)", "quelques"),
        (r"[ée]l[ée]m\b(?:\.(?=\s+(?-i:[a-zà-ÿ])))?(?=\s|[.,;]|$)", "élémentaire"),
        (r"[ée]lec\b(?:\.(?=\s+(?-i:[a-zà-ÿ])))?(?=\s|[.,;]|$)", "électricité"),
        (r"h24\b", "24 heures sur 24"),
        (r"certif\.?(?=\sm[ée]d)", "certificat"),
        (r"conso(?=\s*[,.;)]|$)", "consommation"),
    )
)


def unabridged(text: str) -> str:
    """`text` with such words written out, each with the capital it had."""
    for pattern, written in _ABRIDGED:
        text = pattern.sub(partial(_cased, written), text)
    text = re.sub(r"(?i:(\brenseignements)) téléphone\s?:?\s(?=0\d)", r"\1 au ", text)
    return re.sub(r"\b(?:inscription|réservation) obligatoire\b(?=\s+[\w.+-]+@)", lambda match: f"{match[0]} :", text)


# « (elle est d'accord pour être citée) »: why the writer may say it is not news.
_ALLOWED = re.compile(
    r"\s*\((?:[^()]{0,40}\b)?(?:d['’]accord pour (?:être|qu|apparaître|figurer|la photo)|a donné son accord"
    r"|ont donné leur accord|autorisation (?:ok|signée|reçue)|ok pour (?:être|la photo|citer))[^()]*\)"
    r"|\s*\((?:à|a) (?:mettre|publier|indiquer|préciser|afficher|diffuser|garder)(?: en \w+| sur [^()]{3,20})?\)",
    re.IGNORECASE,
)
# « Attention ce n'est plus Claire mais Farida qui anime »
_PERSON = r"(?:(?:M\.|Mme)\s)?(?-i:[A-ZÀ-Ý])[\w'’-]+(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+)?"
_NO_LONGER = re.compile(
    rf"(?:attention\W+)?ce n['’]est (?:plus|pas) {_PERSON},? mais (?P<who>{_PERSON}) qui (?P<verb>[a-zà-ÿ]+)"
    r"(?P<end>\s*(?=[.\n]|$))?",
    re.IGNORECASE,
)
# « l'an dernier on en avait que 38, c'est nul »: a comment on figures, whole.
_JUDGED = re.compile(
    r"(?:^|(?<=[.!?])\s+)[^.!?\n]*[,;:]\s*(?:c['’](?:est|était)|ce fut|franchement|vraiment)\s+(?:vraiment "
    r"|trop |très |un peu "
    r"|assez )?(?:nul|naze|pourri|minable|décevant|moyen|bof|la honte|triste|honteux|lamentable|pas terrible"
    r"|pas fameux)\b[^.!?\n]*[.!?]*",
    re.IGNORECASE | re.MULTILINE,
)
_URGENT = re.compile(r"\A\s*(?:urgent|important|flash info|info)\b\s*[!:.,–-]*\s+(?=\S)", re.IGNORECASE)


def _instead(match: re.Match[str]) -> str:
    """« Farida anime » tells nothing by itself: « Animation : Farida »."""
    alone = match["end"] is not None and match["verb"].lower() == "anime"
    return f"Animation : {match['who']}" if alone else f"{match['who']} {match['verb']}"


def spelled_out(text: str) -> str:
    """`text` with its shorthand written out, without remarks to the writer."""
    text = _URGENT.sub("", text, count=1)
    text = _NO_LONGER.sub(_instead, _ALLOWED.sub("", text))
    judged = [match for match in _JUDGED.finditer(text) if not re.search(r"\d\s?h\b|\d/\d|€", match[0])]
    for match in reversed(judged):
        text = text[: match.start()] + text[match.end() :]
    for pattern, written in _RULES:
        text = pattern.sub(written, text)
    return re.sub(r"(?:^|(?<=\n))(?=plus de \d|de moins de \d)[a-z]+", lambda match: upper_first(match[0]), text)


# « élagage RD 12, alternat par feux, vitesse 30, stationnement interdit »: each is a measure of its own.
_PARTED = re.compile(
    r",\s+(?P<next>(?:réserver \d|interdire|interdiction d|stat\w*\.? interdit|circu\w*\.? (?:interdite"
    r"|alternée)|alternat\b"
    r"|vitesse (?:limitée|\d)|panneaux|route barrée|rue barrée|dév(?:iation)? par|accès (?:riverains?|pompiers"
    r"|secours)))",
    re.IGNORECASE,
)
_NAMED_ORDER = re.compile(
    r"\A\s*arrêté\s+(?:pour\s+)?(?=(?:élagage|travaux|déménagement|fête|vide|marché|course|tournage|feu|concert"
    r"|réfection|pose)\b)",
    re.IGNORECASE,
)

# « Pouvez-vous préparer un arrêté : … »
_ASKED_ORDER = re.compile(
    r"\A\W*(?:(?:pouvez-vous|peux-tu|tu peux|vous pouvez|merci de|il (?:me |nous )?faut(?:drait)?)\s(?:me |nous )?"
    r"(?:préparer |faire |rédiger )?)?(?:un |l['’])?arrêté(?: svp| stp)?\s*:\s*(?=\w)"
)


def decreed(text: str) -> str:
    """The same, with the shorthand of notes for an arrêté."""
    text = re.sub(_ASKED_ORDER.pattern, "", text, flags=re.IGNORECASE)
    text = re.sub(r"\bon (?:la|le) lui retire\b", "cette délégation lui est retirée", text)
    text = _PARTED.sub(lambda match: f". {upper_first(match['next'])}", _NAMED_ORDER.sub("", spelled_out(text)))
    for pattern, written in _ORDERS:
        text = pattern.sub(partial(_cased, written), text)
    return text


def _cased(written: str, match: re.Match[str]) -> str:
    if match[0].isupper() and len(match[0]) > 1:  # « COUPURE ELEC », but « soirs et WE »
        before = match.string[: match.start()].split()
        return written.upper() if before and before[-1].isupper() and len(before[-1]) > 2 else written
    return upper_first(written) if match[0][:1].isupper() else written
