"""Statements reported: « Mon compteur fuit » → « que votre compteur fuit », « : … » when no verb is known in it."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import lower_first
from atelier_ia.assistant.simulator.person import swapped
from atelier_ia.assistant.simulator.reported import acts, has_verb, that_clause
from atelier_ia.assistant.words import STOP_WORDS, fold
from atelier_ia.french_dictionary import is_french

_THIRD = re.compile(
    r"^(?:il|elle|ils|elles|on|vous|celui|celle|ceux|celles|c['’]|ce|cela|ça|cette|cet|ces|le|la|les|l['’]|un|une"
    r"|des|du|mon|ma|mes|notre|nos|votre|vos|son|sa|ses|leurs?"
    r"|plusieurs|certains|personne|rien|aucun\w*|depuis|hier|ce matin|chaque|tous|toutes|beaucoup|devant"
    r"|derrière|dans|sur|deux|trois|quatre|cinq"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?= (?:\d|dernier|matin|soir))|à|au|aux"
    r"|quand|si|comme|[A-ZÀ-Ý][\wà-ÿ-]+)\b|^(?:l|c)['’]",
)
# « suite à la tempête de jeudi, une tôle est tombée »
_SETTING = re.compile(
    r"(?:depuis|suite à|lors d|après|avant|pendant|à cause d)[^,]{3,50}, (?:une?|l[ea]s?|des|mon|ma|mes|ils?|elles?"
    r"|notre|nos)\b",
    re.IGNORECASE,
)
# « l'association Les Fils d'Ambrelle souhaite réserver… » stands by itself.
_BODY_WISHES = re.compile(
    r"(?:(?:la|le|les|notre|nos|mon|ma) |l['’])[^,;:?]{3,60}?(?<! de)(?<! des)(?<! la)(?<! une) "
    r"(?:souhait|sollicit|demand|voudr|aimer|organis|propos|prépar|recherch|cherch)(?:e|ent|ait|aient|erait"
    r"|eraient|ons)\b",
    re.IGNORECASE,
)


def _a_name(text: str) -> bool:
    """Does a sentence begin with a name (« Inès est allergique »), which no dictionary holds?"""
    word = re.match(r"[A-ZÀ-Ý][a-zà-ÿ]{2,}(?= )", text)
    return bool(word and not is_french(word[0].lower()) and fold(word[0]) not in STOP_WORDS)


def stated(text: str) -> str:
    """What a statement reports, after « Vous nous signalez »: « que… », « : … », « = … » alone; '' if unsure."""
    text = re.sub(
        r"^(?:a qui de droit,?|alors|du coup"
        r"|bref),?\s+",
        "",
        text.strip().rstrip("!. "),
        flags=re.IGNORECASE,
    )
    if not text or "?" in text:
        return ""
    first = (
        lower_first(text)
        if not _a_name(text)
        and not re.match(r"(?!L[eas]s?\s|Une?\s|Des\s)[A-ZÀ-Ý][\wà-ÿ-]*\s+[A-ZÀ-Ý]|[A-ZÀ-Ý]\.|[A-ZÀ-Ý]{2}", text)
        else text
    )
    told = swapped(first)
    if not told:
        return ""
    if _BODY_WISHES.match(first) or re.match(r"il (?:nous|me) faudrait\b", first, re.IGNORECASE):
        return f"= {told}"
    if re.match(r"depuis [^,]{3,40}, \w", first):
        return f"que, {told}"
    if re.match(r"(?:mon|ma|mes|notre|nos) [^,:]{2,40}? et moi\b", first) and re.search(r"ez\b", told):
        return f"que {told}"
    if (has_verb(told) or acts(told)) and not re.match(r"(?:rien|personne) d[e'’]", first) and _THIRD.match(first):
        told = re.sub(
            r"\bet (?=(?:vous (?:(?:ne|y|en|l[ae]s?|vous) |[nl]['’])*\w+(?:ez|tes)\b|ils? \w"
            r"|elles? \w|on \w))",
            "et que ",
            told,
        )
        told = re.sub(r"\bet que (?=ils?\b|elles?\b|on\b)", "et qu’", told)
        return that_clause(re.sub(r"^(?:ça|ca)\b", "cela", re.sub(r"\by a\b(?<!il y a)(?<!n['’]y a)", "il y a", told)))
    if has_verb(told) and _SETTING.match(first):
        return f"que, {told}"
    return f": {told}"
