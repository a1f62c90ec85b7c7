"""Minutes told in paragraphs or dictated, laid out before they are read: one matter a line, who « je » is.

« D'abord les illuminations : … » → « Les illuminations : … »; « moi (Mme Fabre) » then « je fais la demande » → « Mme
Fabre fait la demande »; « M. A était excusé » leaves the roll; « pour, contre, on verra » stays a point to settle.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH, upper_first
from atelier_ia.assistant.simulator.meeting_layout import noted

_TITLE = r"(?:M\.|Mme|Mlle|[Mm]onsieur|[Mm]adame|Dr)"
_NAME = rf"(?:{_TITLE}\s(?:Le\s|La\s)?)?[A-ZÀ-Ý][\wÀ-ÿ'’-]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ'’-]+)?"
_RANKS = (
    r"(?:d['’]abord|tout d['’]abord|pour commencer|en premier(?: lieu| point)?|premi[èe]rement|deuxi[èe]mement"
    r"|troisi[èe]mement"
    r"|quatri[èe]mement|cinqui[èe]mement|sixi[èe]mement|primo|secundo|tertio|(?:le |notre )?(?:premier|deuxi[èe]me"
    r"|second|troisi[èe]me|quatri[èe]me|cinqui[èe]me|dernier) (?:point|sujet)(?: à l['’]ordre du jour)?"
    r"|en dernier(?: lieu| point)?|en (?:deuxi[èe]me|troisi[èe]me|quatri[èe]me|cinqui[èe]me)(?: lieu| point)?"
    r"|pour finir|pour terminer|en second lieu|autre (?:point|sujet))"
)
_NEXT = r"(?:ensuite|enfin|puis|et puis|après|après ça)"
_LED = re.compile(
    rf"(?:^[^\S\n]*|(?<=[.!?])\s+)(?:(?:et|alors|bon|donc)\s)?(?:{_RANKS}|{_NEXT}(?=,|\s(?:l[ea]s?\s"
    rf"|l['’])[^.:,\n]{{3,60}}\s?(?:[:.]|,\s(?:on|nous|elles?|ils?)\b)))"
    r"\s*[,:–-]?\s*(?:c['’](?:est|était) )?(?=\w)",
    re.IGNORECASE | re.MULTILINE,
)
# « Nous avons d'abord parlé du standard : les appels… »
_SPOKE = re.compile(
    rf"(?:^[^\S\n]*|(?<=[.!?])\s+)(?:nous avons|on a|nous|on)\s(?:(?:{_RANKS}|{_NEXT})\s)?(?:parlé|parle|parlons"
    rf"|abordé|aborde|évoqué|évoque"
    rf"|fait le point|vu|examiné|discuté)\s(?:(?:{_RANKS}|{_NEXT})\s)?(?P<led>sur l[ea]s?\s|sur l['’]|du\s|des\s"
    rf"|de la\s|de l['’]|de\s|l[ea]s?\s|l['’])"
    r"(?P<what>[^.:,;\n]{3,60}?)\s*(?:[:.]\s+)",
    re.IGNORECASE | re.MULTILINE,
)
# « \x00Le standard. Karim trouve… », « \x00La saison, on garde… »: the matter, then what is told of it.
_MATTER = re.compile(
    r"\x00(?P<what>(?:l[ea]s?\s|l['’]|une?\s|des\s)[^.:,;\n]{3,70}?)(?:\.\s+(?=[A-ZÀ-Ý])|,\s+(?=(?:on|nous|elles?"
    r"|ils?|c['’]est|ça)\b))",
    re.IGNORECASE,
)
_ROLL = rf"(?:{_NAME}|[Mm]oi|(?:la|le|l['’])\s?[a-zà-ÿ]+(?:\s[a-zà-ÿ]+)?)(?:\s?\([^()\n]{{1,50}}\))?"
_WITH = re.compile(
    rf"^(?P<head>[^\n]{{6,110}}?)(?:[,;.]?\s(?:avec|en présence de|autour de)|[.;,]\s+(?:(?:[Ii]l )?y avait"
    rf"|[Éé]taient (?:là|présents)|[Oo]n était|[Nn]ous étions))"
    rf"\s(?P<roll>{_ROLL}(?:(?:\s*,\s*(?:et\s)?|\s+et\s+){_ROLL}[^,.;()\n]{{0,40}}?){{2,}})(?P<end>\s*(?:(?<!\bM)\.\s*|$"
    rf"|,\s(?={_NAME}\s(?:était|est|étant|s['’])|(?:excus|absent))))",
)
_AWAY = re.compile(
    rf"\s*[.,;]?\s*(?:et\s)?(?P<who>{_NAME}(?:\s(?:et|,)\s{_NAME})*)\s(?:était|est|étaient|sont|étant"
    rf"|s['’](?:était|est))\s(?:excusée?s?|fait excuser)\s*[.;]?"
)
_ME = re.compile(
    rf"\b[Mm]oi(?:-même)?,?\s?(?:\((?P<held>{_NAME})(?:,\s(?P<rank>[^()]{{3,40}}))?\)|(?P<named>{_NAME})(?=\s|,|\."
    rf"|$)|,?\s?(?P<role>(?:la|le)\s(?:directrice|directeur|DGS|secrétaire|responsable|maire)(?:\s(?:générale?"
    rf"|adjointe?|du\s\w+))?))"
)
_VERDICT = re.compile(
    r"(?P<told>(?:\b(?:pour|contre|propose\w*|hésit\w*|idée|souhaite\w*|demande\w*|voudrai\w*|ou|soit|devis"
    r"|partagés?)\b)[^.\n]*?)[,;:–-]\s*on verra"
    r"(?:\s(?:bien|ça|plus tard|après|en \w+|au prochain \w+|à la prochaine \w+))?\s*[.…]*\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_PUT_BACK = re.compile(r"[,;]\son verra (?:au prochain|à la prochaine|plus tard|à la rentrée)\b", re.IGNORECASE)
_UNANNOUNCED = re.compile(
    r",?\s(?:et |mais |donc )?on n['’](?:annonce|communique)\s(?:donc )?(?:rien"
    r"|pas)(?:\sencore)?\s(?P<whom>au public|aux \w+)(?=\s*[.,;]|$)",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"(?P<first>\bpropos(?:e|ent|ait)\b[^.!?\n]*)\.\s+(?P<then>(?:(?:L['’]idée|La proposition|Ça|Cela|C['’]est"
    r"|Tout le monde|Bonne idée|Mais|Il faut)\b)"
    r"[^.!?\n]*\b(?:l['’]avis|l['’]accord|la validation|le feu vert|voir avec|demander)\b)"
)
_NOT_SETTLED = re.compile(r",\s+on n['’]a (?:pas|rien) (?P<how>tranché|décidé|arrêté)", re.IGNORECASE)
# « … M. A non. Rien n'a été arrêté. »: of what was just told.
_UNDECIDED = re.compile(
    r"(?<=[a-zà-ÿ)])\.[^\S\n]+(?P<how>(?:[Rr]ien n['’](?:a été|est) (?:arrêté|décidé|tranché|acté)"
    r"|[Oo]n n['’]a (?:pas|rien) (?:tranché|décidé)"
    r"|[Rr]ien de (?:décidé|tranché|arrêté)|[Pp]as (?:tranché|décidé))\b)"
)
_NOTES_OF = re.compile(
    r"\A\W*(?:bonjour\W+)?(?:voici|ci-joint|ce sont)\s(?:mes|les|nos)\snotes\s(?:prises\s)?(?:du\s|de la\s"
    r"|de l['’]|des\s|à la\s|au\s)(?P<what>\w)",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"(?:^|(?<=[.;,]))[^\S\n]*(?:[Ii]l y avait|[Éé]taient (?:là|présents)"
    r"|[Pp]résente?s?)\s(?P<roll>(?=(?:l[ea]\s[a-zà-ÿ]+\s)?(?:M\.|Mme|[Mm]adame|[Mm]onsieur)\s)"
    r"(?:\([^()\n]*\)|[^.;:\n\d()]|(?<=\bM)\.|(?<=\bMM)\.){8,260}?)(?:(?<!\bM)(?<!\bMM)\.(?=\s|$)|$)",
    re.MULTILINE,
)
_AWAY_SHORT = re.compile(r"^[^\S\n]*(Abs|Exc)\.\s(?=M\.|Mme|[A-ZÀ-Ý])", re.MULTILINE)
_FIRST = re.compile(
    r"(?<![\w'’-])(?P<said>[Jj]e\s(?:(?P<self>m['’]|me\s)|(?P<it>l[ea]s?\s|l['’]|leur\s|lui\s|vous\s|en\s|y\s)*)?"
    r"|[Jj]['’](?P<en>en\s)?)(?P<verb>[a-zà-ÿ]+)\b"
)
# How « je » is said of somebody else, where it is not by the last letter alone.
_SPECIAL = {
    "vais": "va",
    "ai": "a",
    "suis": "est",
    "peux": "peut",
    "veux": "veut",
    "fais": "fait",
    "dois": "doit",
    "vois": "voit",
    "écris": "écrit",
    "dis": "dit",
    "finis": "finit",
    "reçois": "reçoit",
    "fournis": "fournit",
    "tiens": "tient",
    "préviens": "prévient",
    "viens": "vient",
    "reviens": "revient",
    "refais": "refait",
    "revois": "revoit",
    "établis": "établit",
    "choisis": "choisit",
}
_OPINION = re.compile(r"(?:pense|crois|trouve|sais|suppose|dis|rappelle|préfère|ne|n|espère|note|dicte|précise)$")


def told_as_minutes(text: str) -> str:
    """`text` of minutes, laid out; notes that are told otherwise are left as they are."""
    text = noted(text)
    text = _UNANNOUNCED.sub(lambda match: f", sans annonce {match['whom']}", text)
    text = _VERDICT.sub(lambda match: f"{match['told']}, reste à trancher", text)
    text = _PUT_BACK.sub(lambda match: match[0].replace("on verra", "reste à trancher"), text)
    text = _NOT_SETTLED.sub(lambda match: f", pas {match['how']}", text)
    text = _PROPOSED.sub(lambda match: f"{match['first']} : {match['then'][:1].lower()}{match['then'][1:]}", text)
    text = _UNDECIDED.sub(lambda match: f", {match['how'][:1].lower()}{match['how'][1:]}", text)
    text = _rolled(_THERE.sub(_there, _NOTES_OF.sub(lambda match: match["what"].upper(), text)))
    text, me = _myself(text)
    if me:
        text = _FIRST.sub(lambda match: _third(match, me), text)
    return _parted(_AWAY_SHORT.sub(r"\1 : ", text))


def _parted(text: str) -> str:
    """Each matter that an ordinal opens on a line of its own, the ordinal taken off."""
    text = _SPOKE.sub(lambda match: f"\n\x00{upper_first(match['what'].strip())} : ", text)
    text = _LED.sub("\n\x00", text)
    text = _MATTER.sub(lambda match: f"\x00{match['what']} : ", text)
    text = re.sub(
        r"(?<=\x00)([^\n:]{3,70} : )([ÀLIEUDON])(?=(?:es?|a|['’]|ls?|lles?|nes?|ous)?\s|['’])", _lowered, text
    )
    text = re.sub(r"\x00(\w)", lambda match: match[1].upper(), text).replace("\x00", "")
    return re.sub(r"\A\s+|(?<=\n)\n(?=\n)", "", text)


def _lowered(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2].lower()}"


def _rolled(text: str) -> str:
    """« Réunion du 3, avec A, B et C. », « il y avait A, B et C, D était excusé » → the roll on lines of its own."""
    first, mark, rest = text.partition("\n")
    if re.search(r"\b(?:présente?s?|participante?s?)\s*:", first, re.IGNORECASE):
        return text
    first = re.sub(r"(?<=\S), (?=il y avait )", ". ", first, count=1)
    match = _WITH.match(first)
    if not match:
        return text
    tail = first[match.end() :]
    excused = ""
    if away := _AWAY.match(tail):
        excused = f"\nExcusés : {away['who'].strip()}"
        tail = tail[away.end() :]
    tail = tail.lstrip(" .;,")
    said = f"{match['head'].rstrip(' ,;.')}\nPrésents : {re.sub(r',? et ', ', ', match['roll'].strip())}{excused}"
    return said + (f"\n{upper_first(tail)}" if tail else "") + mark + rest


def _there(match: re.Match[str]) -> str:
    """« Il y avait Mme A, Mme B pour la mairie, M. C était excusé. » → the roll on a line of its own."""
    roll = re.sub(
        r"\spour (?:la |le |l['’]|les )(?P<of>[a-zà-ÿ]+(?:\s[a-zà-ÿ]+)?)(?=\s*(?:,|et\b|$))",
        r" (\g<of>)",
        match["roll"].strip(),
    )
    excused = _AWAY.search(roll)
    if excused:
        roll = f"{roll[: excused.start()]}{roll[excused.end() :]}"
    roll = re.sub(r",? et (?=[Mm]oi\b|M\.|Mme|[Mm]adame|[Mm]onsieur)", ", ", roll)
    return f"\nPrésents : {roll.strip(' ,')}" + (f"\nExcusés : {excused['who'].strip()}" if excused else "") + "\n"


def _myself(text: str) -> tuple[str, str]:
    """(`text` with who writes named where the roll says « moi », that name; '' when the notes do not tell it)."""
    match = _ME.search(text[:600])
    if not match:
        return text, ""
    me = (match["held"] or match["named"] or match["role"]).strip()
    rank = f" ({match['rank'].strip()})" if match["rank"] else ""
    return text[: match.start()] + me + rank + text[match.end() :], upper_first(me)


def _third(match: re.Match[str], me: str) -> str:
    """« je m'occupe » → « Mme A s'occupe »; what is only an opinion, or denied, stays."""
    verb = match["verb"]
    if _OPINION.match(verb) or verb in ("l", "m"):
        return match[0]
    if verb.endswith("rai"):
        told = verb[:-1]
    elif verb in _SPECIAL:
        told = _SPECIAL[verb]
    elif verb.endswith(("ds", "ts")):
        told = verb[:-1]
    else:
        told = verb
    said = match["said"]
    pronoun = {"m": "s'" if re.search(r"m['’]", said) else "se "}.get((match["self"] or "").strip()[:1], "")
    middle = re.sub(r"^[Jj](?:e\s|['’])", "", said)
    return f"{me} {pronoun or middle}{told}"


_FROM_NOW = re.compile(
    rf"(?:^|:\s)(?:[àa] (?:partir|compter) d[eu]|d[èe]s)\s(?:l[ea]s?\s|la\s)?[^,.;?]{{0,30}}?(?:\d|{MONTH}|rentrée"
    rf"|lundi|semaine|année)[^?]*?"
    r"\b[a-zà-ÿ]{2,}(?:ra|ront|rons)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:propose\w*|souhaite\w*|voudrait|aimerait|demande\w*|faudrait|pourrait|si\b|peut-être)", re.IGNORECASE
)


def from_now_on(item: str) -> bool:
    """« À partir du 4 janvier, deux personnes répondront… »: what will be, from a day that is told."""
    return bool(_FROM_NOW.search(item)) and not _WISH.search(item)


_SPAN = re.compile(
    rf"\bdu \d{{1,2}}(?:er)?(?: {MONTH})?(?: \d{{4}})? au \d{{1,2}}(?:er)?(?: {MONTH})(?: \d{{4}})?", re.IGNORECASE
)
_REPLACED = re.compile(
    rf"\b(?:absente?|en congés?|en formation|indisponible"
    rf"|en déplacement)\b[^;.\n]*[;,]\s(?:c['’]est\s)?(?P<who>{_NAME})\s(?:qui\s)?(?:l[ea]s?\s|l['’])remplace"
)


def replaced(item: str) -> tuple[str, str] | None:
    """(who replaces, over which days) of « Mme A sera absente du 2 au 9 mai ; B la remplace »."""
    match = _REPLACED.search(item)
    if not match:
        return None
    span = _SPAN.search(item)
    return match["who"], span[0] if span else ""
