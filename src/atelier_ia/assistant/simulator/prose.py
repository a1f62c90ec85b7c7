"""Points told as a story after a sitting: « Il a ensuite créé, à l'unanimité, un poste » → « Création : un poste »."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import clean, upper_first
from atelier_ia.assistant.simulator.votes import tells_result
from atelier_ia.assistant.words import fold, stems

_LED = re.compile(
    r"^(?:.{0,110}?(?=\b(?:le conseil(?: municipal)?|l['’]assemblée)\s+(?:a|ont)\s))?\W*(?:(?:et|mais|enfin"
    r"|ensuite|puis|d['’]abord|par ailleurs|également|en outre|pour finir|pour terminer|après débat)\b[\s,]*)*"
    r"(?:(?:il|elle|on|nous|le conseil(?: municipal)?|l['’]assemblée|les élus)\s+(?:a|ont|avons)\s+"
    r"(?:(?:d['’]abord|ensuite|enfin|également|aussi|puis|ainsi|par ailleurs)\s+)*(?P<verb>[a-zà-ÿ]+(?:é|i|is|u"
    r"|ert)\b)?)?\s*",
    re.IGNORECASE,
)
_NOUNS = {
    "autorise": "Autorisation :", "cree": "Création :", "approuve": "Approbation :", "adopte": "Adoption :",
    "vote": "", "accorde": "Attribution :", "attribue": "Attribution :", "fixe": "Fixation :",
    "decide": "Décision :", "designe": "Désignation :", "elu": "Élection :", "choisi": "Choix :",
    "accepte": "Acceptation :", "vendu": "Vente :", "supprime": "Suppression :", "modifie": "Modification :",
    "valide": "Validation :", "informe": "Information :", "debattu": "Débat :",
    # How it ended says the verb again.
    "examine": "", "ete": "", "pris": "", "rejete": "", "reporte": "", "retire": "", "ajourne": "", "repousse": "",
    "refuse": "",
}  # fmt: skip
_VOTE = re.compile(
    r"[\s,]*(?:\b(?:par|avec|à)\s+)?(?:\d{1,3} (?:voix )?(?:pour|contre|abstentions?|blancs?|nuls?)\b(?:,\s|\s?et\s)?)+"
    r"|[\s,]*à l['’]unanimité(?: des (?:présents|votants|voix|suffrages exprimés))?(?: moins [^,.;]{3,40})?,?"
    r"|\s*\((?:à l['’])?unanimité\)|[\s,]*\bsans vote\b|[\s,]*\bà la majorité\b,?|,\s*unanimité\b",
    re.IGNORECASE,
)
# A ballot is how a point ends, and names no matter.
_BALLOT = re.compile(
    r"^\W*(?:(?:vote|scrutin|[ée]lection|vote [àa]) (?:[àa] )?(?:bulletins? )?secrets?\W*$|\d?(?:er|[èe]me|e|premier"
    r"|second)?"
    r"\s?tour\b|\d+ bulletins\b|majorité absolue|résultats?\b|dépouillement)",
    re.IGNORECASE,
)
# « La question du transport »: one word and what it is of.
_OF = re.compile(
    r"(?:la|le|les|l['’])\s?(?!d[ée]lib|point|ensemble|conseil|s[ée]ance|amend|vote|proposition|texte|urgence)[\w'’-]+ "
    r"(?:du|de|des|d['’])\s?\S",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"[\s,;]+(?:(?:qui|il|elle)\s+)?(?:(?:a|ont|est|sont|fut|sera)\s+(?:été\s+|finalement\s+|donc\s+)*(?:adopt"
    r"|approuv|pass[ée]|rejet|repouss|retir|report|ajourn|vot[ée]|donné lieu|fait l['’]objet|suscité|accept|valid|mis))"
    r"|\s*:\s*(?:adopt|approuv|rejet|retir|report|ajourn|information\b)",
    re.IGNORECASE,
)


_PREFACE = re.compile(
    r"^(?:liste|d[ée]lib[ée]rations?|conseil(?: municipal)?|cm|s[ée]ance)\b[^:.]{0,40}\d[^:.]{0,30}:\s*", re.IGNORECASE
)
_ABSTAINS = re.compile(r"\s*,\s(?=(?:M\.|Mme|MM\.|Mmes)\s[^,.]{2,40}\s(?:n['’]|ne\s|sort|quitte|se\s))")
_NAMED = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]{4,}[^:.]{0,50}\s?:\s")  # « Adressage : information »
_ONE = re.compile(r"(?:Le\s|La\s|L['’])?[A-ZÀ-Ý]{3,}\W*$")


def matter(sentence: str) -> str:
    """The matter that a sentence tells with the way it ended; '' when it tells no matter, or no end."""
    if not tells_result(sentence) or _BALLOT.match(sentence):
        return ""
    sentence = re.sub(r"\s(?:est|a été|sont|ont été)\s(?=attribu[ée])", " ", sentence)
    lead = _LED.match(sentence)
    verb = fold(lead["verb"] or "") if lead else ""
    told = sentence[lead.end() :] if lead else sentence
    if verb and verb not in _NOUNS:
        told = f"{lead['verb']} {told}" if lead else told
    told = _VOTE.sub(" ", told)
    if end := _ENDED.search(told):
        told = told[: end.start()]
    told = re.sub(r"^(?:acte\s+d(?:u|e(?:s|\s+la)?)\s+|informé(?:e|s)?\s+d(?:e|u)\s+)", "", clean(told))
    told = _PREFACE.sub("", clean(re.sub(r"\(\s*\)", "", told)))
    if aside := _ABSTAINS.search(told):
        told = told[: aside.start()]
    # « Le RIFSEEP a été adopté »: one word names it; « La délibération est adoptée » names nothing.
    if len(stems(told)) < (1 if _ONE.match(told) or _NAMED.match(sentence) or _OF.match(told) else 2):
        return ""
    if noun := _NOUNS.get(verb, ""):
        return clean(_of(noun.rstrip(" :"), told))
    return upper_first(re.sub(r"^(?:(?:le|la|les)\s+|l['’])", "", told, flags=re.IGNORECASE))


_ARTICLE = re.compile(r"^(?P<article>le|la|les|l['’]|une?|des|son|sa|ses|leurs?)(?:\s+|(?<=['’])\s?)", re.IGNORECASE)
_CONTRACTED = {"le": "du ", "la": "de la ", "les": "des ", "un": "d'un ", "une": "d'une ", "des": "de "}


def _of(noun: str, told: str) -> str:
    """« Approbation » and « le règlement » → « Approbation du règlement »; « : » where no article leads."""
    if mayor := re.match(r"(?:le|la) maire (?P<to>à|de) ", told, re.IGNORECASE):
        return f"{noun} donnée au maire de {told[mayor.end() :]}" if noun == "Autorisation" else f"{noun} : {told}"
    led = _ARTICLE.match(told)
    if not led:
        return f"{noun} : {told}"
    article = led["article"].lower()
    rest = told[led.end() :]
    return (
        f"{noun} {_CONTRACTED.get(article, f'de {article} ')}{rest}"
        if article[0] != "l" or article in _CONTRACTED
        else f"{noun} de l'{rest}"
    )
