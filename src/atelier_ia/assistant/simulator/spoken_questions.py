"""Questions as they are spoken, told as a letter tells them: « je fais comment ? » → « comment faire ».

« les vœux c'est quand ? » → « quand ont lieu les vœux »; « il faut quoi comme papiers ? » → « ce qu'il faut comme
papiers »; « jusqu'à quand ? » and « quel prix ? », which have no verb, are told as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.simulator.french import lower_first
from atelier_ia.assistant.simulator.person import swapped
from atelier_ia.place_names import begins_with_a_vowel

_WORD = (
    r"(?:de |à )?combien(?: de (?:temps|jours|mois|places?)(?: (?:avant|à l['’]avance))?)?|comment|quand|où"
    r"|(?:jusqu['’]à|depuis"
    r"|pour|à partir de) quand|à qui|chez qui|avec qui"
)
_NOUN = r"(?:l[ea]s?|mon|ma|mes|notre|nos|votre|vos|cette|cet|ces?|son|sa|ses) |l['’]"
_HOW = re.compile(
    r"(?:je|on|nous) (?:fais|fait|faisons|dois faire|doit faire|peux faire|peut faire) comment(?P<rest>.*)$"
)
_HOW_STRAIGHT = re.compile(r"comment (?:on fait|je fais|on doit faire|je dois faire)(?P<rest>\b[^,]*)$")
_WHAT = re.compile(
    r"(?P<who>(?:je|on|il|nous) (?:(?:me |nous )?faut|dois|doit|devons)(?: [a-zà-ÿ]+(?:er|ir"
    r"|re))?) quoi\b"
    r"(?P<rest>(?: (?:comme|pour|avec|en) [^,]+)?)$"
)
_CLEFT = re.compile(rf"c['’]est (?P<word>{_WORD}|quel\w* [a-zà-ÿ]+) qu(?:e |['’])(?P<rest>.+)$")
_NOUN_THEN = re.compile(
    rf"(?P<what>(?:{_NOUN})[^,;:?]{{2,50}}?),? c['’]est (?P<word>quand|combien|où|chez (?:vous|nous))\b(?P<rest>.*)$"
)
_THEN_NOUN = re.compile(rf"c['’]est (?P<word>quand|où) (?P<what>(?:{_NOUN})[^,;:?]{{2,60}})$")
_WHAT_IS = re.compile(r"c['’]est quoi (?P<what>(?:ce|cet|cette|la|le) .+|l['’].+)$", re.IGNORECASE)
# « ça coûte combien », « je dois aller où pour faire le papier »: the question word comes after the verb.
_LATE = re.compile(
    rf"(?P<told>(?:ça|cela|ils?|elles?|on|je|nous|{_NOUN}|c['’]|j['’])(?:(?! et )[^,;:])+?) (?P<word>{_WORD})"
    r"(?P<rest> (?:pour|avec|à|sans|dans|en) .+)?$"
)
# « sous quel délai », « jusqu'à quand », « quel prix »: no verb, and none needed.
_BARE = re.compile(
    r"(?:(?:à|de|par|pour|avec|sous|vers|depuis|jusqu['’]à|dans|en|à partir de) )?(?:quand|où|qui|quoi"
    r"|combien de [a-zà-ÿ]+|quel(?:le)?s? [a-zà-ÿ]+)(?: avant| à l['’]avance)?"
)
_WHEN = re.compile(r"(?P<what>[a-zà-ÿ]{4,}(?: (?:du|de la|des|de) [a-zà-ÿ]+| [a-zà-ÿ]+)?),? quand")
_SUBJECTS = {
    "délai": "le délai", "délais": "les délais", "prix": "le prix", "tarif": "le tarif", "tarifs": "les tarifs",
    "horaires": "les horaires", "coût": "le coût",
}  # fmt: skip


# A question typed without its mark: « est-ce que je dois venir », « et je dois aller où pour le papier ».
_UNMARKED = re.compile(
    r"(?:\W*\b(?:et|mais|donc|alors|sinon|aussi|du coup)\b,?)*\W*"
    r"(?:est-ce qu(?:e |['’])|qu['’]est-ce (?:que|qui) |(?:peut-on|puis-je|dois-je|faut-il|pouvez-vous"
    r"|pourriez-vous|y a-t-il"
    r"|savez-vous|avez-vous|auriez-vous|serait-il possible|est-il possible)\b"
    r"|(?:à qui|où|quand|comment|combien|pourquoi|quel\w* [a-zà-ÿ]+) [a-zà-ÿ' ]{0,20}-(?:t-)?(?:je|on|vous|nous"
    r"|ils?|elles?)\b"
    r"|(?:en attendant,? )?(?:je|on|il|elle|nous) (?:dois|doit|peux|peut|fais|fait|vais|va"
    r"|faut)(?: [a-zà-ÿ]+(?:er|ir|re))? (?:où|comment|quoi|combien)\b"
    r"|qui (?:doit|peut|paie|paye|gère|décide|s['’]occupe)\b(?! (?:être|avoir) )"
    r"|c['’]est (?:quand|où) \w|(?:c['’]est|ça coûte|ça prend) combien\b"
    r"|[^,;:?]{3,50} (?:doit|peut|faut)(?: [a-zà-ÿ]+(?:er|ir|re))?(?: de| à)? (?:où|comment|quoi|combien|quand)\W*$)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:[-•*–]|\d{1,2}\s?[.)°])\s")
_ASKS_FOR = re.compile(
    r"\b(?:indiquer|savoir|dire|préciser|connaître|confirmer|demand\w+|questions?|renseigner|répondre)\b[^:]*:\s*$",
    re.IGNORECASE,
)
_ASKED_ITEM = re.compile(
    r"\s*(?:[-•*–]|\d{1,2}\s?[.)°])\s+(?:de savoir )?(?:(?:de|à|dans|pour|par|en) )?(?:si\b|s['’]ils?\b|quel"
    r"|comment|combien"
    r"|où\b|quand\b|qui\b|pourquoi|ce qu)",
    re.IGNORECASE,
)


def marked(told: Sequence[str]) -> list[str]:
    """The sentences of a message, with a question mark after those that ask something without one."""
    found: list[str] = []
    lead = ""
    for sentence in told:
        item = _LISTED.match(sentence)
        if not item:
            lead = sentence
        asked = _UNMARKED.match(sentence) or (item and _ASKS_FOR.search(lead) and _ASKED_ITEM.match(sentence))
        if asked and not re.search(r"[?«]|:\s*$", sentence):
            sentence = f"{sentence.rstrip(' .;,…')} ?"
        found.append(sentence)
    return found


def elliptic(text: str) -> str:
    """What a question put the spoken way asks, after « Vous nous demandez »; '' for one that is put as in writing."""
    text = lower_first(text.strip().rstrip("?!. "))
    if (waiting := re.match(r"en attendant,? (?!que |de |l[ea]s? )", text)) and (
        told := elliptic(text[waiting.end() :])
    ):
        return f"{told} en attendant"
    if text in _SUBJECTS:
        return _SUBJECTS[text]
    if found := _HOW.match(text) or _HOW_STRAIGHT.match(text):
        rest = swapped(found["rest"]) if found["rest"] else ""
        return f"comment faire {rest}".rstrip() if rest or not found["rest"] else ""
    if (found := _WHAT.match(text)) and (told := swapped(f"{found['who']}{found['rest']}")):
        return f"ce qu’{told}" if re.match(r"il\b|on\b", told) else f"ce que {told}"
    if (found := _CLEFT.match(text)) and (told := swapped(found["rest"])):
        return f"{found['word']} {told}"
    if (found := _NOUN_THEN.match(text)) and (told := swapped(found["what"])) and not _verb_in(told):
        return _of_a_noun(told, found["word"], found["rest"])
    if (found := _THEN_NOUN.match(text)) and (told := swapped(found["what"])) and not _verb_in(told):
        return _of_a_noun(told, found["word"], "")
    if (found := _WHAT_IS.match(text)) and (told := swapped(lower_first(found["what"]))):
        return f"ce qu’est {told}"
    if _BARE.fullmatch(text) and text not in ("quand", "où", "qui", "quoi"):
        return text
    if (found := _WHEN.fullmatch(text)) and not re.match(r"(?:c['’]|ça|il|elle|on|je|vous)", text):
        what = found["what"]
        return f"la date {'d’' if begins_with_a_vowel(what) else 'de '}{what}"
    if (found := _LATE.match(text)) and (told := swapped(found["told"])):
        rest = swapped(found["rest"]) if found["rest"] else ""
        if rest or not found["rest"]:
            return f"{found['word']} {told}{' ' if rest else ''}{rest}"
    return ""


def _of_a_noun(what: str, word: str, rest: str) -> str:
    """« les vœux », « quand » → « quand ont lieu les vœux »."""
    many = bool(re.match(r"(?:les|vos|nos|ces|ses|mes)\b", what))
    if rest and not (rest := swapped(rest)):
        return ""
    rest = f" {rest.strip()}" if rest else ""
    if word == "quand":
        return f"quand {'ont' if many else 'a'} lieu {what}{rest}"
    if word == "combien":
        return f"combien {'coûtent' if many else 'coûte'} {what}{rest}"
    if word == "où":
        return f"où s’adresser pour {what}{rest}"
    return f"si c’est {word.replace('vous', 'nous')}{rest} qu’il faut s’adresser pour {what}"


def _verb_in(text: str) -> bool:
    return bool(re.search(r"\b(?:est|sont|a|ont|va|vont|fait|faut|doit|peut|vous \w+ez)\b", text))
