"""Notes for an arrêté laid out as a form or a memo: who asks, why, a question answered on the spot, in sentences.

« Entreprise : X / Pour le compte de : Y / Travaux : … / Besoin : … » → a visa, a reason and measures; « Interdire aussi
les feux ? Oui » → « Interdire aussi les feux. »; « NB secrétariat : on accorde… » is a decision.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import clean, upper_first
from atelier_ia.french_dictionary import is_french

_APPLICANT = re.compile(
    r"^[^\S\n]*(?:entreprise|société|demandeur|demandeuse|pétitionnaire|requérant|association|organisateur"
    r"|bénéficiaire)\s*:\s*"
    r"(?P<who>[^\n]+)$",
    re.IGNORECASE | re.MULTILINE,
)
_ON_BEHALF = re.compile(
    r"^[^\S\n]*pour le compte d(?:e\s*:\s*|[e'’]\s?)(?P<whom>[^\n:]+)\n",
    re.IGNORECASE | re.MULTILINE,
)
_SUBJECT = re.compile(r"^[^\S\n]*objet\s*:\s*demande[^\n]*(?:\n|\Z)", re.IGNORECASE | re.MULTILINE)
_WORKS = re.compile(
    r"^[^\S\n]*(?:nature des travaux|nature|travaux|motif|occasion)\s*:\s*(?P<told>[^\n]+)$",
    re.IGNORECASE | re.MULTILINE,
)
_WANTED = re.compile(
    r"^[^\S\n]*(?:besoins?|demandes?|mesures?(?: demandées?| souhaitées?)?)\s*:\s*",
    re.IGNORECASE | re.MULTILINE,
)
# « Demande arrêté - Ouest Voirie pour le compte d'Ambrelle Agglo », « Demande entreprise Fibralink, pour… »
_ASKED_BY = re.compile(
    r"^\W*demande(?: d['’]arrêté| arrêté)?(?: de circulation| de stationnement)?\s*(?:[-–:]\s*)?"
    r"(?:(?:de )?(?:l['’])?(?P<sort>entreprise|société"
    r"|association)\s(?P<named>(?-i:[A-ZÀ-Ý])(?:[^,:.\n]|(?<=\bM)\."
    r"|(?<=Mme)\.){1,60}?(?: pour le compte d[e'’][^,:.\n]{3,50})?)"
    r"(?=\s*[,:]|(?<!\bM)\.\s|\s+pour (?!le compte)|\n|$)(?:\s*[,:.])?(?:\s*pour (?!le compte))?"
    r"|(?P<bare>(?-i:[A-ZÀ-Ý])[^:.\n]{3,90})$)",
    re.IGNORECASE | re.MULTILINE,
)
# « Il me faut l'arrêté pour la corrida de Noël, … »
_NEEDED = re.compile(
    r"\A\W*(?:(?:bonjour|alors|donc|bon)\W+)*(?:il (?:me|nous) (?:faut|faudrait)|(?:j['’]ai|on a"
    r"|nous avons) besoin d(?:e\s|['’])|je voudrais|on voudrait"
    r"|prévoir|prendre|préparer)\s?(?:l['’]|un |d['’]un )?arrêté (?P<for>pour |sur "
    r"|concernant )(?P<what>[^,:.\n]{4,80}?)\s*[,:]\s*(?P<next>\w)",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"(?P<asked>(?:^|(?<=[.;!]\s))[A-ZÀ-Ý][a-zà-ÿ]+(?:er|ir|re)\s[^.?!()\n]{4,110}?)\s*\?\s*(?:=+>\s*)?(?P<answer>oui|non|ok)\b(?P<rest>[^.\n]*)\.?",
    re.IGNORECASE | re.MULTILINE,
)
_OFFICE_NOTE = re.compile(
    r"(?:^|(?<=[.!?\]]\s))\W*(?:NB|N\.B\.|note|nota)\s+(?:du |de la |de l['’])?(?:secrétariat|cabinet|DGS|DST|maire"
    r"|élus?|adjointe?|service\s\w+)\s*:\s*"
    r"(?:(?:on|nous) accord\w+|accordé\w*|ok)\b\s*,?\s*(?=jusqu|de \d|du \d|à \d|pour)",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN_OFFICES = re.compile(
    r"(?:^|(?<=[.!?]\s))[^.\n]{0,50}\bnote (?:à l['’]attention|pour) (?:du|de la|de l['’]|le|la)\b[^.\n]{2,40}\.\s*",
    re.IGNORECASE | re.MULTILINE,
)
_WHO_WRITES = re.compile(r"\A\W*[A-ZÀ-Ý][a-zà-ÿ-]+ (?:des |du |de la |de l['’])[^.:\n]{3,40}:\s*")
_RANK_SIGNS = re.compile(
    r"\n\s*(?:(?:Brigadier|Gardien|Capitaine|Adjudant|Major|Lieutenant|Chef"
    r"|Agent)\S*(?: de police)?\s[A-ZÀ-Ý][^\n]{1,40}|signé\s[^\n]{3,50})\s*\Z"
)
_REPEALS = re.compile(
    r"\b(?:abroge|annule)r?\s(?:toutes? )?(?:les? )?(?:dispos?(?:itions?)?)(?: antérieures?)?(?: contraires?)?\b",
    re.IGNORECASE,
)


_SIGNATURE = re.compile(
    r"^\W*[A-ZÀ-Ý][a-zà-ÿ-]+(?: et [A-ZÀ-Ý][a-zà-ÿ-]+)?(?:\s(?:Le |La |De )?[A-ZÀ-Ý][\w'’-]+){1,2}"
    r"(?:,\s(?!(?:présidente?|gérante?|adjointe?|conseill\w+|propriétaire|exploitante?|responsable|maire"
    r"|direct\w+)\b)[a-zà-ÿ ]{3,30})?\W*$"
)


def signs(sentence: str) -> bool:
    """Is a sentence only the name of who writes, with or without an office?"""
    return bool(_SIGNATURE.match(sentence)) and not is_french(sentence.split()[0].lower())


def formed(text: str) -> str:
    """`text` with its labels told as an arrêté reads them; a text that is no form is left as it is."""
    whom = _ON_BEHALF.search(text)
    applicant = _APPLICANT.search(text)
    if applicant and whom:
        text = _ON_BEHALF.sub("", text, count=1)
    behalf = f", pour le compte {_of(clean(whom['whom']))}" if applicant and whom else ""
    text = _SUBJECT.sub("", text)
    if applicant:
        led = "l'entreprise " if re.match(r"\W*(?:entreprise|société)", applicant[0], re.IGNORECASE) else ""
        text = _APPLICANT.sub(
            lambda match: f"Vu la demande présentée par {led}{clean(_PHONE.sub('', match['who']))}{behalf}.",
            text,
            count=1,
        )
        text = _WORKS.sub(lambda match: f"Motif : {clean(match['told'])}.", text)
    text = _WANTED.sub("", text)
    text = _RANK_SIGNS.sub("", _BETWEEN_OFFICES.sub("", _WHO_WRITES.sub("", text)))
    text = _ASKED_BY.sub(_asked_by, text, count=1)
    text = _NEEDED.sub(lambda match: f"Motif : {clean(match['what'])}. {match['next'].upper()}", text, count=1)
    text = _ANSWERED.sub(_answered, text)
    text = _REPEALS.sub("Les dispositions contraires sont abrogées", text)
    return _unphoned(_OFFICE_NOTE.sub("\nDécision : ", text))


def _unphoned(text: str) -> str:
    """`text` without the mobile numbers of private persons; that of who answers on the site is a measure."""
    return "\n".join(line if _ANSWERS.search(line) else _MOBILE.sub("", line) for line in text.split("\n"))


_MOBILE = re.compile(
    r"[\s,;(–—-]*(?:\b(?:tél|portable|mobile)\w*\.?\s*:?\s*)?\b0[67](?:[ .]?\d\d){4}\b\)?", re.IGNORECASE
)
_ANSWERS = re.compile(
    r"\b(?:référente?|astreinte|joignable|contact|urgences?|affich\w+|responsable|panneau)\b", re.IGNORECASE
)
_PHONE = re.compile(r",?\s*\b0\d(?:[ .]?\d\d){4}\b")


def _of(name: str) -> str:
    return f"d'{name}" if name[0].lower() in "aeiouyéèêh" else f"de {name}"


def _asked_by(match: re.Match[str]) -> str:
    if match["bare"] and not re.search(
        r"\bpour le compte\b|\b(?:SARL|SAS|SA|TP|BTP|Voirie|Travaux|Réseaux|Agglo)\b", match["bare"]
    ):
        return match[0]
    who = match["bare"] or f"l'{match['sort'].lower()} {match['named']}"
    return f"Vu la demande présentée par {clean(who)}.\n"


def _answered(match: re.Match[str]) -> str:
    """What is asked and granted stays as told; what is refused goes, with what was said of it."""
    if match["answer"].lower() == "non":
        return ""
    asked = re.sub(r"\baussi (?:les )?", "les ", match["asked"].strip(), count=1)
    return f"{upper_first(asked)}."
