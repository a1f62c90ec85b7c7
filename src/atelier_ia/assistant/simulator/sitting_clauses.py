"""One sentence of a sitting's notes → its matter, what was said of it, how it ended.

« Tarif de l'eau, Mme A dit que c'est trop, M. B répond, 15 pour 5 contre » and « Apprenti : Roux explique (BTS).
27 pour » name the matter first, then who speaks: the matter ends there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from atelier_ia.assistant.simulator.french import upper_first
from atelier_ia.assistant.simulator.votes import tells_result
from atelier_ia.assistant.words import fold, stems

SPEAKS = (
    r"(?:présente|expose|rapporte|explique|détaille|demande|répond|dit|redit|trouve|juge|regrette|souhaite|propose|parle"
    r"|défend|rappelle|craint|voudrait|indique|précise|signale|estime|pense|souligne|interroge|insiste|remercie|félicite"
    r"|salue|conteste|justifie|annonce|suggère|réclame|critique|lit|ajoute|déplore|suspend|note|intervient|évoque"
    r"|s['’](?:inquiète|étonne|oppose|interroge|associe)|se (?:demande|réjouit|félicite)"
    r"|(?:a|ont) (?:présenté|exposé|expliqué|demandé|répondu|dit|rappelé|souhaité|proposé|regretté|précisé|indiqué))"
)
_TITLED = r"(?:(?:M\.|MM\.|Mme|Mmes|[Mm]onsieur|[Mm]adame)\s(?:(?:le|la)\s)?[\wÀ-ÿ'’-]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ'’-]+)?)"
_ROLE = r"(?:[Ll][ea]\s(?:maire|première?\sadjointe?|rapporteu[rs]e?|DGS)|[Ll]['’](?:adjointe?|opposition))"
_BARE = r"(?:[A-ZÀ-Ý][a-zà-ÿ'’-]{2,}(?:\s[A-ZÀ-Ý][a-zà-ÿ'’-]+)?)"
_ASIDE = r"(?:\s\([^()\n]{2,40}\)|,\s[^,.;:\n]{3,40},)?"
WHO_SPEAKS = rf"(?:{_TITLED}|{_ROLE}|{_BARE}){_ASIDE}\s(?:ne\s|n['’]|l[ea]s?\s|y\s|en\s)?{SPEAKS}\b"
# Where the talk begins in a sentence that names its matter first.
_TALK = re.compile(
    rf"\s*[,:–—-]\s+(?=(?:{WHO_SPEAKS}|(?:longue |courte |vive |long |court |vif )?(?:discussion|débat)s?\b(?: vive?"
    rf"| longue?)?(?! (?:d|sur|sans))"
    r"|(?:sans|pas de|aucune?) (?:débat|questions?|remarques?|observations?)\b|des questions\b|le débat a\b))"
)
_NAMED = re.compile(rf"\s+:\s+(?=(?:{_TITLED}|{_BARE})(?:\s\([^()\n]{{2,40}}\))?(?:,|\s:)\s)")
_DIVERSE = re.compile(
    r"^\W*(?P<title>questions? (?:diverses|orales|écrites))\s*[,:.–-]\s*(?P<told>\S.*)$", re.IGNORECASE
)
_LEAD = re.compile(
    r"^\W*(?:(?:et|alors|donc|bon|puis|ensuite|enfin)[\s,]+)*(?:(?:pour|sur)\s(?=(?:l[ea]s?\s|l['’])))?(?:(?:l[ea]s?)\s|l['’])?",
    re.IGNORECASE,
)
LONGEST = 20  # words of a matter


@dataclass(frozen=True)
class Clauses:
    """A matter, what was said of it, and the clauses that tell how it ended ('' when none does)."""

    title: str
    talk: str
    result: str


def parted(sentence: str) -> Clauses | None:
    """The clauses of a sentence that names its matter, then tells who speaks; None when it is told otherwise."""
    if diverse := _DIVERSE.match(sentence):
        return Clauses(upper_first(diverse["title"].lower()), upper_first(diverse["told"]), "")
    talk = _TALK.search(sentence)
    if not talk or not tells_result(sentence):
        return None
    title = sentence[_LEAD.match(sentence).end() : talk.start()].strip(" ,:;")  # type: ignore[union-attr]
    if not stems(title) or tells_result(title) or not 1 <= len(title.split()) <= LONGEST:
        return None
    if re.match(rf"(?:{_TITLED}|{_ROLE}|(?:il|elle|on|nous|le conseil)\b)", title):
        return None
    clauses = re.split(r",\s+", sentence[talk.end() :])
    end = next(
        (place for place, clause in enumerate(clauses) if tells_result(clause) and not re.match(WHO_SPEAKS, clause)),
        len(clauses),
    )
    said = [
        clause
        for clause in clauses[:end]
        if not re.fullmatch(r"(?:puis )?(?:on )?(?:vote|passe au vote)", fold(clause))
    ]
    return Clauses(upper_first(title), _turns(", ".join(said)), ", ".join(clauses[end:]))


def _turns(said: str) -> str:
    """What several people say, a sentence each."""
    return ". ".join(upper_first(turn) for turn in re.split(rf",\s+(?={WHO_SPEAKS})", said))


def titles_apart(line: str) -> str:
    """« 3. Apprenti : Roux explique (BTS). 27 pour » → « 3. Apprenti. Roux explique (BTS). 27 pour »."""
    mark = re.match(r"^\s*(?:Délibération n° \S+ :|Objet :|[-–—*•·]|\d{1,3}\s?[.)°/])\s+", line)
    if not mark:
        return line
    talk = min(
        (found for one in (_TALK, _NAMED) if (found := one.search(line, mark.end()))), key=re.Match.start, default=None
    )
    title = line[mark.end() : talk.start()] if talk else ""
    if talk and re.match(
        r"(?:d[ée]signation|[ée]lection|nomination|repr[ée]sentante?s?|d[ée]l[ée]gu[ée]e?s?)\b", title, re.IGNORECASE
    ):
        return line  # « Désignation au collège : Mme A, unanimité »: who is chosen is told with the matter
    if not talk or not stems(title) or re.search(r"[.;!?]\s", title) or tells_result(title):
        return line
    return f"{line[: talk.start()].rstrip()}. {upper_first(line[talk.end() :])}"
