"""Remarks of those who write notes, and the wrapping of forwarded mails: taken off before anything is composed.

« NB pour nous : … » goes to the end of its line; « (vérifié ce matin avec eux) », « (il a ri) » with their bracket;
« le numéro je l'ai pas » leaves « numéro [À VÉRIFIER] »; « > De : … » and « TR : … » leave what was forwarded.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import CHECK, upper_first
from atelier_ia.assistant.words import fold
from atelier_ia.french_dictionary import is_french

_QUOTE_MARK = re.compile(r"^[^\S\n]*(?:>[^\S\n]?)+", re.MULTILINE)
_MAIL_HEAD = re.compile(
    r"^[^\S\n]*(?:de|from|à|to|cc|cci|copie|envoyé|date|sujet)\s*:\s[^\n]*\n"
    r"|^[^\S\n]*(?:(?:objet|sujet)\s*:\s*)?(?:(?:TR|FW|FWD|RE|Tr|Fw|Fwd|Re)\s?:\s?)+[^\n]*\n",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARDED_AS = re.compile(
    r"^[^\S\n]*(?:FW|TR|mail|message|courriel|info|mot)\b[^«\n]{0,60}(?:,[^«\n]{0,60})?:\s*\n?[^\S\n]*«\s*(?P<told>[^»]+?)\s*»",
    re.IGNORECASE | re.MULTILINE,
)
_HELLO = re.compile(
    r"^[^\S\n]*(?:bonjour|bonsoir|salut|coucou|madame, monsieur|chers? collègues?|chers? \w+)\b(?:[^\S\n]+(?:à tous"
    r"|tout le monde"
    r"|[A-ZÀ-Ý][\w-]+))?[^\S\n]*(?:,[^\S\n]*chers? collègues[^,.\n]{0,40})?[,!.][^\S\n]*(?:donc[^\S\n]+)?(?P<next>\S)?",
    re.IGNORECASE | re.MULTILINE,
)
_FAREWELL = re.compile(
    r"(?:(?<=[.!?»])\s+|^[^\S\n]*)(?:bien |très )?(?:cordialement|bises|bisous|amicalement|bien à vous"
    r"|salutations)[^\S\n]*,?\s*"
    r"(?-i:[A-ZÀ-Ý])[\w.’'-]*(?:[^\S\n](?-i:[A-ZÀ-Ý])[\w’'-]+){0,2}[^\S\n]*\.?(?=\s|$)"
    r"|(?<=[.!?])\s+veuillez agréer[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_NOTE_TO_US = re.compile(
    r"(?:^|(?<=[.!?)»])[^\S\n]+)[^\S\n]*(?:[-–•*][^\S\n]*)?(?:NB|N\.B\.|PS|P\.S\.|notes?|nota|remarques?|infos?|mémo"
    r"|rappel)"
    r"[^\S\n]+(?:pour (?:nous|toi|moi|vous|la com\w*|le service|l['’]équipe|[A-ZÀ-Ý][\w-]+)|internes?|perso\w*"
    r"|entre nous)\s*:[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
# A postscript is kept only where it adds news (a day, an hour, a price, a number to call).
_POSTSCRIPT = re.compile(
    r"(?:^|(?<=[.!?)»])[^\S\n]+)[^\S\n]*P\.?\s?S\.?(?![\w.])\s*:?\s*(?P<told>[^\n]+)",
    re.MULTILINE,
)
_ADDED = re.compile(
    r"^[^\S\n]*(?:à ajouter|ajouter|à préciser|précisions?|en plus|ajout)(?:\s(?:après|suite"
    r"|de dernière)[^:.\n]{0,50})?\s*:\s*(?P<first>\S)",
    re.IGNORECASE | re.MULTILINE,
)
_REMIND = re.compile(r"(?:^|(?<=[.!?]\s))[Rr]appeler (?=(?:les? |la |l['’])?[a-zà-ÿ]{3,})(?!qu)", re.MULTILINE)
_ARROW = re.compile(r"[^\S\n]*(?:=+>|⇒)[^\S\n]*")
# What one bracket holds is a remark when it has a speaker, or tells how the note was made.
_BRACKET = re.compile(r"[^\S\n]*\((?P<told>[^()\n]*)\)")
_SPEAKS = re.compile(
    r"\bj'(?=\w)|\b(?:je|tu|on|nous|y (?:en )?a|ils?|elles?|ca)\b (?!est (?:conseille|recommande|possible|interdit"
    r"|obligatoire))"
    r"|\bc'(?:est|etait) (?:lui|elle|eux|moi|nous|celui|celle|vu)\b|\bmets?\b|^\W*bon\W*$|\bsuivez mon regard\b"
    r"|\b(?:a|ont) (?:\w+ )?ri\b"
)
_MADE = re.compile(
    r"^\W*(?:(?:re)?verifiee?s?\b|validee?s?\b|confirmee?s?\b|reclamee?s?\b|vue?s? avec\b|accord d[eu']|demande(?:e"
    r"|es|s)? (?:d[eu]"
    r"|par)\b|chiffres? \w|source\b|infos? d[eu]\b|formule\b|a garder\b|remplacement d[eu'] ?[A-Z]?|d'apres\b"
    r"|c'est (?:sur|ok|bon)\b)"
)
# « le numéro je l'ai pas, laisse un blanc »: to be looked for.
_UNKNOWN = re.compile(
    r"(?P<the>\b(?:le |la |l['’]|son |leur )?)(?P<what>n°|numéros?|montants?|noms?|tarifs?|prix|date|heure|téléphone"
    r"|adresse|référence)"
    r"(?P<of>(?:\s(?:de |d['’]|du |des )?[a-zà-ÿ]{3,}){0,3}?)\s*[:,]?\s*(?:je (?:ne )?l['’]ai pas|je (?:le |la "
    r"|l['’])?(?:re)?cherche|je (?:ne )?sais plus"
    r"|je (?:ne )?(?:le |la )?(?:connais|trouve|retrouve) pas|on (?:ne )?l['’]a pas)[^.;()\n]*",
    re.IGNORECASE,
)

# « je te redonne le contact pour l'inscription dès que… »: what is still to come is to be filled in.
_LATER = re.compile(
    r"\b(?:je|j['’]|on|nous)\s?(?:te |vous |t['’]|m['’])?(?:re)?(?:donn|envoi|transmet|communiqu|confirm|précis"
    r"|fourni)\w*\s(?:le |la |les |l['’])(?P<what>[a-zà-ÿ][^.,;:!?()\n]{2,50}?)\s"
    r"(?:dès (?:que|qu['’])|plus tard|quand|bientôt|demain|lundi|d['’]ici|au plus vite|la semaine prochaine)[^.!?\n]*",
    re.IGNORECASE,
)


def without_remarks(text: str) -> str:
    """`text` without remarks of its authors between themselves, nor the heads and marks of forwarded mails."""
    text = _unwrapped(text.replace("\r\n", "\n"))
    text = _POSTSCRIPT.sub(_postscript, _NOTE_TO_US.sub("", text))
    text = _UNKNOWN.sub(lambda match: f"{match['the']}{match['what']}{match['of']} : {CHECK}", text)
    text = _LATER.sub(lambda match: f"{upper_first(match['what'])} : {CHECK}", text)
    text = _ADDED.sub(lambda match: match["first"].upper(), text)
    text = _REMIND.sub("Rappel : ", text)
    return _BRACKET.sub(lambda match: "" if remark(match["told"]) else match[0], text)


_SIGNED_OFF = re.compile(
    r"(?:(?<=[.!?)])[^\S\n]+|\n\s*)[-–—]?\s*(?P<first>[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?)(?P<last>\s[A-ZÀ-Ý][\w'’-]+)?"
    r"(?P<office>,\s[a-zà-ÿ][a-zà-ÿ' ]{2,40}|\s?\([a-zà-ÿ' ]{3,30}\))?\s*\.?\s*\Z"
)


def unsigned(text: str) -> str:
    """`text` without the first name that signs it; a name of a place or of a thing is none."""
    signed = _SIGNED_OFF.search(text)
    if not signed or is_french(signed["first"].lower()) or len(text[: signed.start()].split()) < 10:
        return text
    if signed["last"] and is_french(signed["last"].strip().lower()):
        return text
    return text[: signed.start()].rstrip()


def without_arrows(text: str) -> str:
    """« supprimé => reporté à la Côte » → « supprimé : reporté à la Côte »."""
    return _ARROW.sub(_arrowed, text)


def remark(told: str) -> bool:
    """Is what a bracket holds a remark of the author's rather than news?"""
    folded = fold(told)
    if re.search(r"\b(?:votre|vos|vous)\b", folded) and not re.search(r"\btu\b|\bon\b", folded):
        return False
    if _MADE.search(folded):
        return True
    if re.search(r"\bpas (?:de|d'|l[ea]s?|la peine|besoin)\b|\bne pas\b|\bpas (?:a|au|dans)\b", folded):
        return False  # it may bear on what stands before it
    return bool(_SPEAKS.search(folded))


def _unwrapped(text: str) -> str:
    forwarded = bool(
        re.search(r"^[^\S\n]*>|^[^\S\n]*(?:(?:objet|sujet)\s*:\s*)?(?:TR|FW|FWD)\b", text, re.IGNORECASE | re.MULTILINE)
    )
    told = _FORWARDED_AS.sub(lambda match: match["told"], text)
    if not forwarded and told == text:
        return _FAREWELL.sub("", text) if re.search(r"veuillez agréer", text, re.IGNORECASE) else text
    told = _MAIL_HEAD.sub("", _QUOTE_MARK.sub("", told))
    told = _HELLO.sub(lambda match: upper_first(match["next"] or ""), _FAREWELL.sub("", told))
    return re.sub(r"\A\s+", "", told)


def _postscript(match: re.Match[str]) -> str:
    """What a postscript adds, where it is news; else nothing."""
    news = re.search(r"\d\s?h\b|\d\s?€|\b0\d(?:[ .]?\d\d){4}|@|\b\d{1,2} [a-zéû]{3,9}\b", match["told"])
    personal = re.search(r"\b(?:je|j['’]|tu|toi|moi|mon|ma)\b", match["told"], re.IGNORECASE)
    return "" if personal or not news else f"\n{upper_first(match['told'])}"


def _arrowed(match: re.Match[str]) -> str:
    return "\n" if not match.string[: match.start()].rsplit("\n", 1)[-1].strip() else " : "
