"""What happens in the room of a council and what its note-taker says aside, which no record of the sitting tells.

« (pause café, les micros marchaient pas) », « Une personne du public a applaudi, la maire a rappelé le règlement. »,
« j'ai pas tout noté ». A suspension of the sitting, an arrival or a departure are of the record: they stay.
"""

from __future__ import annotations

import re

_PAUSE = (
    r"(?:pause[- ](?:café|cigarette|clope|goûter|pipi|sandwich\w*|galette)|on (?:a )?(?:boit|bu|pris) (?:un|le) café)"
)
_DEVICE = (
    r"(?:(?:l[ea]s? |l['’])?(?:micros?|sono|vidéoproj\w*|projecteur|écran|chauffage|clim\w*|ordi\w*|wifi)"
    r"(?: (?:ne |n['’]))?(?: (?:a|ont))? ?(?:march|fonctionn|coup|gr[ée]sill|siffl|plant|bug|(?:est|sont|était"
    r"|étaient) (?:en panne|coupé|mort|HS|trop))[^().\n]*)"
)
_AUDIENCE = (
    r"(?:une? |des |quelques |deux |trois |le |la |plusieurs )?(?:personnes?|gens|public|salle|spectat\w+|monsieur|dame"
    r"|habitante?s?)(?: (?:du|dans le|au fond|venue?s?)[^,.;\n]{0,25})?(?: (?:a|ont|s['’]est|se sont))? ?(?:applaudi\w*"
    r"|ri(?:t|ent|gol\w*)|siffl\w+|hu(?:e|é|ent)\w*|râl\w+|chuchot\w+|mani?fest\w+ (?:bruyamment|sa|leur)"
    r"|mis(?:e|es)? à (?:applaudir|rire|crier))"
)
_POT = (
    r"(?:(?:un )?(?:pot|verre|apéro|apéritif|gâteau|galette|buffet) (?:offert|de (?:l['’]amitié|départ)"
    r"|pour (?:les|son|ses)|suit)[^.\n]*)"
)
_PHONE = r"(?:(?:un |son |le )?(?:téléphone|portable)[^,.;()\n]{0,25}\bsonn\w+|sonnerie de (?:téléphone|portable))"
_TAKER = (
    r"(?:j['’]ai (?:pas|rien|mal|raté)|je n['’]ai (?:pas|rien)|j['’]étais pas|je (?:n['’])?(?:entend|suiv)ais"
    r" (?:pas|mal)|j['’]ai pas)[^.;,()\n]{0,40}(?:noté|entendu|compris|suivi|là|au début|le début)\b"
)
_CLIMATE = (
    r"(?:(?:ça|cela) (?:a )?(?:un peu |bien |encore )?(?:chauff|cri|gueul|rouspét|bard)\w+|le ton (?:est )?mont\w+"
    r"|l['’]ambiance (?:est|était) (?:tendue|électrique|lourde|glaciale)|il (?:faisait|fait) (?:froid|chaud)"
    r"|on (?:crevait|crève|caillait|gelait)[^.;,()\n]{0,20})"
)
_ANY = rf"(?:{_PAUSE}|{_DEVICE}|{_AUDIENCE}|{_PHONE}|{_TAKER}|{_CLIMATE})"
_BRACKETED = re.compile(rf"[^\S\n]*[(\[](?:[^()\[\]\n]{{0,30}}[,;]\s*)?{_ANY}[^()\[\]\n]*[)\]]", re.IGNORECASE)
# A sentence of its own; what follows in it (« la maire a rappelé le règlement ») answers to what happened.
_SENTENCE = re.compile(
    rf"(?:(?<=[.!?;])[^\S\n]+|^[^\S\n]*(?:[-•*][^\S\n]*)?)(?:{_AUDIENCE}|{_PAUSE}|{_PHONE}|{_DEVICE}|{_POT})"
    r"(?:[^.!?\n]|(?<=\bM)\.)*(?:[.!?]+|$)",
    re.IGNORECASE | re.MULTILINE,
)
_CLAUSE = re.compile(
    rf"(?:(?<=[.!?;])[^\S\n]+|^[^\S\n]*|[^\S\n]*[,;][^\S\n]*(?:et |mais |bon )?)(?:{_TAKER}|{_CLIMATE})"
    r"(?P<end>\s*[.!;,]+|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)


# « Dorn ne prend pas part (son frère y travaille) »: that he does not is of the record, why is not.
_KIN = re.compile(
    r"\s*\((?:c['’]est |car )?(?:son|sa|ses|leur) (?:frère|s[œo]eur|mari|femme|épouse?x?|conjointe?|compagnon"
    r"|compagne|fils|fille|père"
    r"|mère|neveu|nièce|cousine?|gendre|belle-\w+|beau-\w+|voisine?|amie?)\b[^()]*\)",
    re.IGNORECASE,
)


# « Note : le sac de M. A est resté sous la table », « B avait noté « rejeté », c'est faux »
_TO_ONESELF = re.compile(
    r"^[^\S\n]*(?:[-•*][^\S\n]*)?(?:note|mémo|pense-bête)(?: (?:pour|à) (?:moi|soi))?\s*:[^\n]*$", re.I | re.M
)
# « A a traité B de girouette »: what was shouted at somebody
_CALLED_NAMES = re.compile(
    r"(?:(?<=[.!?;,])[^\S\n]+|^[^\S\n]*)[^.!?;,\n]{0,40}\b(?:a|ont|avait) traité (?:M\. "
    r"|Mme )?[A-ZÀ-Ý][\w'’-]+ d(?:e |['’])"
    r"[^.!?;,\n]*[.!?;,]?",
    re.MULTILINE,
)
_FALSE = re.compile(
    r"(?:(?<=[.!?])[^\S\n]+|^)(?:[^.!?\n]|(?<=\bM)\.){3,160}(?:,\s|\s:\s)(?:c['’]est "
    r"|c['’]était )?faux\b[^.!?\n]*(?:[.!?]+|$)",
    re.IGNORECASE | re.MULTILINE,
)
# Headers of the mail that carries the notes.
_HEADER = re.compile(
    r"^[^\S\n]*(?:de|à|a|cc|objet|envoyé|from|to|subject)\s*:\s*(?:(?:tr|re|fwd?)\s*:\s*)*", re.I | re.M
)


def _without_headers(text: str) -> str:
    head = "\n".join(text.split("\n")[:6])
    if len(_HEADER.findall(head)) < 2 or not re.search(r"^\W*(?:objet|subject)\s*:", head, re.I | re.M):
        return text
    return _HEADER.sub("", head) + text[len(head) :]


def without_room(text: str) -> str:
    """`text` without what happened in the room; its other clauses stay as they are."""
    text = _CALLED_NAMES.sub(" ", text)
    text = _FALSE.sub("", _TO_ONESELF.sub("", _without_headers(text)))
    text = _SENTENCE.sub("", _BRACKETED.sub("", _KIN.sub("", text)))
    text = _CLAUSE.sub(
        lambda match: "." if match[0].lstrip().startswith(",") and "," not in match["end"] else " ", text
    )
    return "\n".join(re.sub(r"(?<=\S)[^\S\n]{2,}", " ", line) for line in text.split("\n"))
