"""The request of an inhabitant or a firm → facts told of them, and who asks: what an arrêté may take up."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import clean, sentences, upper_first

_GREETED = re.compile(
    r"\A\W*(?:bonjour|bonsoir|salut|bjr|bsr|slt|coucou|hello|madame,? monsieur|(?:madame|monsieur)(?: (?:la"
    r"|le) maire)?(?=\s*,))(?: à tous| madame| monsieur)?"
    r"\s*[,!.:]*\s*",
    re.IGNORECASE,
)
_NAME = (
    r"(?:(?:M\.|Mme|Mlle|Monsieur|Madame)\s+)?(?:[A-ZÀ-Ý][\w'’-]+ et )?"
    r"[A-ZÀ-Ý][\w'’-]+(?:\s+(?:de\s+|du\s+|d['’])?[A-ZÀ-Ý][\w'’-]+){1,2}"
)
_SIGNED = re.compile(
    r"(?:\A|[\s,.!])(?:un grand )?(?:[Mm]erci(?: (?:d['’]avance|beaucoup|bien|par avance))?"
    r"|(?:[Bb]ien )?[Cc]ordialement|[Bb]onne (?:journée|soirée)"
    rf"|[Ss]alutations)?\s*[,.!\n-]*\s*(?P<name>{_NAME})\s*\.?\s*\Z"
)
_THANKED = re.compile(
    r"[\s,.!]*\b(?:merci(?: (?:d['’]avance|beaucoup|bien|par avance))?|(?:bien )?cordialement|bonne (?:journée"
    r"|soirée))\W*\Z",
    re.IGNORECASE,
)
_OWN_LINE = re.compile(
    r"\b(?:mon|ma|mes|vous pouvez me|je suis)\s+(?:num[ée]ro|t[ée]l\w*\.?|portable|mail|adresse mail|joignable"
    r"|joindre|appeler)\b|^\W*0\d(?:[ .]?\d{2}){4}\W*$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\b(?:je\b|j['’]|moi\b|mon\b|ma\b|mes\b|nous\b|notre\b|nos\b)", re.IGNORECASE)
_THIRD = (
    (r"\bnous avons\b", "le demandeur a"),
    (r"\bnous sommes\b", "le demandeur est"),
    (r"\bnous voulons\b", "le demandeur veut"),
    (r"\bnous pouvons\b", "le demandeur peut"),
    (r"\bnous devons\b", "le demandeur doit"),
    (r"\bnous faisons\b", "le demandeur fait"),
    (r"\bnous prenons\b", "le demandeur prend"),
    (r"\bnous mettons\b", "le demandeur met"),
    (r"\bnous (re|dé|satis)faisons\b", r"le demandeur \1fait"),
    (r"\bnous (\w+?g)eons\b", r"le demandeur \1e"),
    (r"\bnous (\w+?)çons\b", r"le demandeur \1ce"),
    (r"\bnous (\w+?)ons\b", r"le demandeur \1e"),
    (r"\bnous aurions\b", "le demandeur aurait"),
    (r"(?<= et )aurions\b", "aurait"),
    (r"(?<= et )avons\b", "a"),
    (r"(?<= et )(souhait|demand|sollicit)ons\b", r"\1e"),
    (r"\b(?:je|nous) (?:n['’]ai|n['’]avons)\b", "le demandeur n'a"),
    (r"\bje (crois|pense|suppose|dirais)\b", ""),
    (r"\bnos\b", "ses"),
    (r"\bnotre (?=société|fête|course|rue|maison|voiture|manifestation|terrasse|benne|famille|boutique|cave)", "sa "),
    (r"\bnotre\b", "son"),
    (r"\bj['’]ai besoin de\b", "le demandeur a besoin de"),
    (r"\bj['’]ai\b", "le demandeur a"),
    (r"\bje suis\b", "le demandeur est"),
    (r"\bje vais\b", "le demandeur va"),
    (r"\bje (veu|peu)x\b", r"le demandeur \1t"),
    (r"\bje (voudrais|souhaiterais|aimerais)\b", "le demandeur souhaite"),
    (r"\bje (met|prend)s\b", r"le demandeur \1"),
    (r"\bje (doi|fai)s\b", r"le demandeur \1t"),
    (r"\bj['’](?=[aeiouyéèêh])", "le demandeur "),
    (r"\bje\b", "le demandeur"),
    (r"\bchez moi\b", "chez le demandeur"),
    (r"\bmoi\b", "le demandeur"),
    (r"\bmon\b", "son"),
    (r"\bma\b", "sa"),
    (r"\bmes\b", "ses"),
)


def requested(text: str) -> tuple[str, str]:
    """(`text` told in the third person, without greetings nor own number; who asks, '' when nobody signs)."""
    body = _GREETED.sub("", text.strip(), count=1)
    greeted = body != text.strip()
    first = greeted or bool(re.search(r"\bje\b|\bj['’]|\bnous (?:\w{3,}ons|sommes)\b", body, re.IGNORECASE))
    requester = ""
    if first and (signed := _SIGNED.search(body)) and len(body[: signed.start()].split()) >= 5:
        requester, body = clean(signed["name"]), body[: signed.start()]
    body = _THANKED.sub("", body)
    lines = []
    for line in body.split("\n"):
        told = sentences(line)
        if not any(_FIRST.search(one) or _OWN_LINE.search(one) for one in told):
            lines.append(line)
            continue
        lines.append(" ".join(_third(one) for one in told if not _OWN_LINE.search(one)))
    return "\n".join(lines), requester


def _third(sentence: str) -> str:
    told = sentence
    for pattern, written in _THIRD:
        told = re.sub(pattern, written, told, flags=re.IGNORECASE)
    return upper_first(told)
