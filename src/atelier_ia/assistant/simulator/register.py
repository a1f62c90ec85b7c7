"""Bring notes, dictated or dashed off, to the register of an administration; the facts stay as they were told.

Only words that no agent would let stand are changed: abbreviations, familiar words, asides to oneself.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import upper_first
from atelier_ia.assistant.simulator.plain import plain
from atelier_ia.assistant.simulator.unfit_words import rude

_SPOKEN_MARKS = (
    (re.compile(r"\s+point (?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b\s+"), ".\n"),
    (re.compile(r"\s+point d['’]interrogation\b"), " ?"),
    (re.compile(r"\s+(?:point )?à la ligne\b\s*"), ".\n"),
    (re.compile(r"(?<!\d)\s+virgule\s+(?!\d)"), ", "),
    (re.compile(r"\s+deux points\s+(?=[a-zà-ÿ])"), " : "),
    (
        re.compile(
            r"(?<!\ble)(?<!\bun)(?<!\bce)(?<!\bau)(?<!\bdu)(?<!\bsur)(?<!\bà)(?<!premier)(?<!autre)(?<!dernier)(?<!seul)"
            r"\s+point\s+(?!(?:de|du|des|d['’]|sur|par|commun|fort|faible|presse|n°|num[ée]ro|\d|suivant|et demi)\b)"
        ),
        ". ",
    ),
)
_DICTATED = re.compile(
    r"\bpoint (?:un|deux)\b.*\bpoint (?:deux|trois)\b"
    r"|(?<!\bla )(?<!\bune )(?<!\d )\bvirgule\b(?! \d)|\bpoint à la ligne\b|\bpoint d['’]interrogation\b"
)
_WORDS = (
    (r"(?<!il )faut qu(?=[e'’])", "il faut qu"),
    (
        r"(?:en ont|en ai|en a|en avons) (?:vraiment |tous )?(?:marre|assez|ras[- ]le[- ]bol|plein le dos)",
        "se plaignent",
    ),
    (r"(?:n['’])?en peuvent plus", "se plaignent"),
    (r"(?:râlent|gueulent|pestent|rouspètent)", "se plaignent"),
    (r"(?:râle|gueule|peste|rouspète)", "se plaint"),
    (r"on verra (.{3,40}?) (?=avec\b|plus tard|après)", r"\1 à fixer "),
    (r"(?:mamies|papis|papys|p['’]tits vieux|petits vieux|vieux(?= (?:se|ne|qui|ont)))", "personnes âgées"),
    (r"(?:gamins|gosses|mômes|minots|marmots)", "enfants"),
    (r"(?:bagnoles|caisses(?= garées))", "voitures"),
    (r"bagnole", "voiture"),
    (r"flics", "forces de l'ordre"),
    (r"proprio", "propriétaire"),
    (r"proprios", "propriétaires"),
    (r"assos", "associations"),
    (r"asso", "association"),
    (r"musique douce", "musique à volume modéré"),
    (r"resto", "restaurant"),
    (r"appart", "appartement"),
    (r"à dispo", "à disposition"),
    (r"(?<=\d )dispo", "disponibles"),
    (r"dispo", "disponible"),
    (r"apr[èe]m(?:'|s)?", "après-midi"),
    (r"(?:justifs?|justificatif) (?:de )?dom(?:icile)?", "justificatif de domicile"),
    (r"justifs?", "justificatif"),
    (r"livret famille", "livret de famille"),
    (r"pi[èe]ces? (?:d['’]\s?)?(?:id|identit[ée])", "pièce d'identité"),
    (r"infos", "informations"),
    (r"bordel", "désordre"),
    (r"foutus?", "hors d'usage"),
    (r"foutues?", "hors d'usage"),
    (r"dead ?lines?", "échéance"),
    (r"(?:boulot|taf)", "travail"),
    (r"(?:mecs|types(?= (?:qui|ont)))", "personnes"),
    (r"(?:stationnement|parking) sauvage", "stationnement irrégulier"),
)
_REGISTER = tuple(
    (re.compile(rf"(?<![\w'’@./-]){words}(?![\w@-]|\.\w)", re.IGNORECASE), written) for words, written in _WORDS
)
_MUST = (
    (
        re.compile(r"\b(?:(?:il|y) )?faut(?:drait)? (?=[aeiouéèêh]\w*(?:er|ir|re|oir)\b)", re.IGNORECASE),
        "il convient d'",
    ),
    (
        re.compile(r"\b(?:(?:il|y) )?faut(?:drait)? (?=(?:s['’])?\w+(?:er|ir|re|oir)\b)", re.IGNORECASE),
        "il convient de ",
    ),
)
_ASIDES = re.compile(
    r"(?:^|(?<=[\s,;(.!?]))(?:s['’]il (?:vous|te) pla[iî]t|merci(?: d['’]avance| beaucoup)?(?=\s*(?:[,;.!?)]|$))"
    r"|bises?|bisous?"
    r"|franchement|c['’]est (?:chaud|relou|l['’]enfer|abusé|pénible|n['’]importe quoi)|vite fait|je crois"
    r"|j['’]te jure|ouf|mdr|ptdr|pff+|bah"
    r"|tu vois|bref|hein|lol)(?=[\s,;.!?)]|$)\s*[,!]*\s*",
    re.IGNORECASE,
)
_LED = re.compile(
    r"^\W*(?:(?:bonjour|bonsoir|bjr|bsr|slt|salut|coucou|hello)\b[^,.!:\n]{0,25}[,.!:]\s*)?"
    r"(?:(?:(?:c['’]est )?pour|à passer sur|à mettre sur|à publier sur|peux-tu|pouvez-vous|tu peux|on peut|merci de"
    r"|il faudrait|faudrait)\b[^:.\n]{0,60}\b(?:réseaux(?: sociaux)?|facebook|insta(?:gram)?|page|site|panneaux?"
    r"|bulletin|publier|annoncer|communiquer|post(?:er)?|pub)\b[^:.\n]{0,40}:)\s*",
    re.IGNORECASE,
)


_ASKED = re.compile(
    r"^\W*(?:(?:bonjour|bonsoir|bjr|bsr|slt|salut|coucou|hello)\b[^,.!:\n]{0,25}[,.!:\s]\s*)?"
    r"(?:pouvez-vous|pourriez-vous|peux-tu|tu peux|vous pouvez|merci de|il faudrait|je voudrais|nous souhaitons)\s+"
    r"(?:nous\s+|m['’])?(?:annoncer|relayer|publier|diffuser|passer|mettre en ligne|communiquer(?: sur)?"
    r"|faire (?:un|une)\s+(?:post|publication|annonce|info|communication)\s+(?:pour|sur))\s+"
    r"(?:(?:que|la|le|les|l['’]|un|une|des)\s*)?(?P<what>[^.!?\n]+)\s*[?!.:]?",
    re.IGNORECASE,
)


_BETWEEN_US = re.compile(
    r"\b(?:tu|toi|te|tes)\b|\bt['’](?=[aeiouh])|\bentre nous\b|\bne pas (?:en parler|le dire|le mettre"
    r"|la mettre|les mettre|publier)"
    r"|\b(?:n['’]en )?parle[sz]? pas\b|\bpas pour (?:publication|diffusion)\b|\bà ne pas (?:diffuser|publier"
    r"|mettre|dire|garder)\b|\bon ne communique pas\b|(?<!\bne )\bmet(?:s|tez) pas\b"
    r"|\b(?:en )?off\b|\bgarde[sz]? pas\b",
    re.IGNORECASE,
)


def between_us(sentence: str) -> bool:
    """Is a sentence said to a colleague, not to be written (« entre nous », « ne pas en parler », « tu »)?"""
    return bool(_BETWEEN_US.search(sentence))


_PRIVATE = re.compile(
    r"\b(?:m['’]a dit de (?:ne )?(?:rien|pas)|ne rien (?:dire|[ée]crire|mettre)|rien dire|(?:ne )?l[ea]s? mets? pas"
    r"|pas (?:à|a) (?:mettre|[ée]crire|noter|dire|afficher|publier)|mon (?:portable|num[ée]ro|t[ée]l)|je (?:suis"
    r"|serai|pars) "
    r"(?:en|à|au|absente?|cong[ée]\w*)\b(?! faveur| conflit)|furieu\w+|engueul\w+|disput\w+|ragot|rumeur|fâch\w+"
    r"|[çc]a a chauff|ambiance|je (?:ne |n['’])?(?:l['’]|le |la |les )?(?:[ée]cris|note|mets|dis|cite) pas|mdr|lol|ptdr"
    r"|boud[ée]\w*|pot chez|hu[ée]\w*"
    r"|pour info perso|perso\b|confidentiel\w*|d[ée]sol[ée]e?s?\b|j['’]ai (?:re)?v[ée]rifi\w*|j['’]avais mal"
    r"|je te|je vous (?:mets|envoie|laisse)"
    r"|bis(?:es?|ous)|bonne (?:soir[ée]e|journ[ée]e|nuit|r[ée]ception)|cordialement|(?:à|a) (?:demain|plus|lundi"
    r"|bient[ôo]t)\s*$)\b"
    r"|^\W*(?:bonjour|bonsoir|salut|slt|coucou|hello|merci|voil[àa]|tiens|bon)\b|\b0\d(?:[ .]?\d{2}){4}\b"
    r"|[:;]-?[)(]|\bje t['’]",
    re.IGNORECASE,
)


def private(sentence: str) -> bool:
    """Is a sentence of notes a remark of their author's, to nobody else: greetings, moods, secrets, own number?"""
    return between_us(sentence) or bool(_PRIVATE.search(sentence)) or rude(sentence)


def dictated(text: str) -> str:
    """Marks that were said aloud (« virgule », « à la ligne ») written as marks, when a text is dictated."""
    if not _DICTATED.search(text):
        return text
    for pattern, mark in _SPOKEN_MARKS:
        text = pattern.sub(mark, text)
    return re.sub(r"(?<=[.?] )[a-zà-ÿ]", lambda match: match[0].upper(), text)


def formal(text: str) -> str:
    """`text` in the register of an administration: abbreviations written out, familiar words and asides replaced."""
    text = plain(text)
    for pattern, written in (*_MUST, *_REGISTER):
        text = pattern.sub(written, text)
    text = _ASIDES.sub("", text)
    text = re.sub(r"[ \t]+([,.])", r"\1", text)
    return re.sub(r",\s*(?=[.,;!]|$)", "", re.sub(r"[ \t]{2,}", " ", text), flags=re.MULTILINE)


def civil(sentence: str) -> str:
    """A sentence in that register, with a capital, without the clauses that hold a coarse word."""
    if between_us(sentence):
        return ""
    told = formal(sentence).strip()
    if rude(told):
        told = ", ".join(clause for clause in re.split(r"\s*,\s*", told) if not rude(clause))
    return upper_first(told.strip(" ,;"))


def without_lead(text: str) -> str:
    """An announcement without the request that carries it (« pour les réseaux s'il vous plaît : … »)."""
    text = _LED.sub("", text, count=1)
    return _ASKED.sub(lambda match: f"{upper_first(match['what'].strip())}.", text, count=1)
