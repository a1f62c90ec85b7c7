"""What a note says to whoever writes the post, at its head or its end, left out of the post: what is announced stays.

« Bonjour la com, pouvez-vous annoncer la soirée jeux… » → « Soirée jeux… »; « Il faut dire aux gens que la
déchèterie… » → « La déchèterie… »; « Mettre que les chiens restent en laisse » → « Les chiens restent en laisse ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import WEEKDAY, upper_first

_HELLO = re.compile(
    r"\A\W*(?:bonjour|bonsoir|salut|coucou|hello)(?:\s(?:à\s)?(?:la com\w*|l['’]équipe|tou(?:s|tes)|les filles"
    r"|les collègues"
    r"|le service com\w*|(?-i:[A-ZÀ-Ý][a-zà-ÿ-]+)))?\s*[,!.\n]+\s*",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:les gens|aux gens|les habitants|aux habitants|la population|à la population|le public|tout le"
    r" monde|à tout le monde)"
)
_ASKED = re.compile(
    r"\A\W*(?:(?:bon|alors|donc|svp|s['’]il vous plaît)[\s,]+)*(?:(?:il\s)?(?:faut|faudrait)|merci (?:de"
    r"|d['’])|(?:est-ce que )?(?:vous "
    r"pouvez|tu peux|vous pourriez)|pouvez-vous|peux-tu|pourriez-vous|pourrais-tu|on voudrait|je voudrais|on"
    r" aimerait|j['’]aimerais)\s?"
    rf"(?:svp\s)?(?:prévenir|dire|annoncer|informer|publier|communiquer|passer|faire passer|rappeler"
    rf"|signaler)(?:\s{_PEOPLE})?(?:\sde)?"
    r"(?:\s(?:que|sur)\s|\squ['’]|\s*[,:]\s*|\s)",
    re.IGNORECASE,
)
_FOR_DAY = re.compile(rf"\A\W*pour (?=(?:le |ce )?{WEEKDAY}\b)", re.IGNORECASE)
_SAY_THAT = re.compile(
    r"(?P<start>(?:^|(?<=[.!?]\s)))[Mm](?:ettre|entionner|ettez|ets)\s(?:bien\s)?qu(?:e\s|['’])(?P<said>\w)",
    re.MULTILINE,
)
_SHARE = re.compile(
    r"(?:(?<=[.!?\n])|^)[^\S\n]*(?:merci (?:de|d['’])|à|pensez à|il faut)\s?(?:bien\s)?(?:mettre|partager"
    r"|diffuser|publier|relayer|faire "
    r"passer)(?:\s(?:ça|cela|le|l['’]info\w*|un peu))?(?:\s(?:partout|rapidement|vite|largement|sur (?:tous"
    r" )?les (?:réseaux|supports)))?"
    r"(?:\s*,\s*et\s[^.!?\n]{3,60})?\s*[.!]*(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOI = re.compile(r"^\W*(?:quoi|qui|quand|où|ou)\s*:\s", re.IGNORECASE | re.MULTILINE)
# « Quand : dimanche 10 janvier, 16 h » → « Dimanche 10 janvier, 16 h. »
_LABEL = re.compile(r"^\W*(?:quoi|quand|o[ùu])\s*:\s+(?P<told>[^\n]+?)[\s.]*$", re.IGNORECASE | re.MULTILINE)
_TITLE_LINE = re.compile(r"\A\W*(?:brief|demande|commande|projet)?\s*(?:d['’]\s?)?affiche\s*\n", re.IGNORECASE)


# « Avis à mettre en ligne. », « Pour la com du marché de Noël : », « Infos à publier » : what is asked is no title.
_CARRIER = (
    r"(?:avis|alertes?|annonces?|infos?|informations?|messages?|textes?|notes?|articles?|posts?|publications?"
    r"|communiqués?|actus?|actualités?|com(?:m?unication)?)"
)
_ERRAND = re.compile(
    rf"\A\W*(?:(?:une?|l['’]|le|voici (?:une?|l['’]|le|la)) ?)?{_CARRIER}\s(?:(?:urgente?s?|importante?s?)\s)?à\s"
    r"(?:mettre(?: en ligne)?|publier|diffuser|passer|poster|relayer|faire passer|partager)(?:\s(?:en ligne"
    r"|sur [^.:\n]{3,40}"
    r"|dès que possible|svp|stp|partout|rapidement|aujourd['’]hui|demain|cette semaine))*\s*(?:[.:!]+|\n)\s*",
    re.IGNORECASE,
)
_FOR_MEDIA = re.compile(
    r"\A\W*(?:voici (?:de quoi )?)?(?:(?:petit )?(?:mot|texte|message) )?(?:pour |faire )?(?:la |une |l['’]|un |le )?"
    r"(?:com(?:m?unication|m)?['’]?|annonce|publi(?:cation)?|post|article|affiche)\s"
    r"(?:pour |sur |du |de la |de l['’]|des |de |d['’])(?P<led>l[ea]s?\s|l['’])?(?P<what>[^.:\n]{3,60}?)\s*(?::\s*"
    r"|\n+)(?P<rest>.)",
    re.IGNORECASE,
)


# « Bjr, vous pourriez mettre en ligne svp ? Conférence… »
_MAY_YOU = re.compile(
    r"\A\W*(?:(?:bjr|bonjour|bonsoir|salut|coucou)\b[\s,!.]*)?(?:vous pourriez|pourriez-vous|vous pouvez"
    r"|pouvez-vous|tu peux"
    r"|tu pourrais|peux-tu|pourrais-tu)\s(?:me |nous )?(?:mettre(?: ça| ceci)?(?: en ligne)?|publier|diffuser"
    r"|relayer|passer|poster)"
    r"(?:\s(?:ça|ceci|cela|svp|stp|en ligne|s['’]il (?:te|vous) pla[iî]t))*\s*\?\s*(?=\S)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\A\W*(?:merci (?:de|d['’])\s?|(?:pouvez-vous|peux-tu|tu peux|vous pouvez)\s)(?:publier|diffuser|passer"
    r"|mettre|relayer|partager|poster)\s"
    r"(?:l['’]info\w*|l['’]annonce|l['’]article|le message|le texte|le communiqué|ceci"
    r"|ce qui suit)(?:\s(?:suivante?|ci-dessous|ci-après))?[^:\n]{0,30}:\s*",
    re.IGNORECASE,
)
_MEDIA_FIRST = re.compile(
    r"\A\W*com(?:m)?['’]?\s+(?!du\b|de\b|des\b|d['’]|pour\b|sur\b|à\b)(?=[a-zà-ÿ])", re.IGNORECASE
)
_WHO_ASKS = re.compile(r"\n\s*[-–—]?\s*[A-ZÀ-Ý][a-zà-ÿ-]+\s*\.?\s*\Z")


def _media(match: re.Match[str]) -> str:
    return f"{upper_first(match['what'].strip())}\n{upper_first(match['rest'])}"


def announced_only(text: str) -> str:
    """`text` without what it asks of whoever writes; a text that asks nothing is left as it is."""
    text = _MAY_YOU.sub("", text)
    told = _SHARE.sub("", _FOLLOWING.sub("", _HELLO.sub("", text)))
    asked_for = _FOR_MEDIA.sub(_media, _ERRAND.sub("", _MEDIA_FIRST.sub("", told), count=1), count=1)
    told = _WHO_ASKS.sub("", asked_for) if asked_for != told else told
    asked = _ASKED.match(told)
    if asked and len(told) - asked.end() > 20:
        told = _named(told[asked.end() :])
    told = _FOR_DAY.sub("", told)
    told = _SAY_THAT.sub(lambda match: match["said"].upper(), told)
    if _QUOI.search(told):
        told = _TITLE_LINE.sub("", told)
        told = _LABEL.sub(lambda match: f"{upper_first(match['told'])}.", told)
    return upper_first(told.strip()) if told.strip() != text.strip() and told.strip() else text


def _named(told: str) -> str:
    """What is announced without the article that led to it, when it is a thing and no sentence."""
    head = told[:60]
    if re.match(
        r"(?:la|le|les|l['’])\s?[^.,;]{3,60}?\s(?:est|sont|sera|seront|ser(?:a|ont)|aura|ferme|fermera|ouvre"
        r"|ouvrira|reprend)\b",
        told,
    ):
        return told
    return re.sub(r"\A(?:la|le|les|l['’])\s?(?=\S)", "", told) if re.match(r"(?:la|le|les|l['’])", head) else told
