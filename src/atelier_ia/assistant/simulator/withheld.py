"""What agents' notes hold that others must not read: health, private life, outbursts, passwords, asides.

Minutes, lists, publications and posters are read by many: a clause that tells somebody's health or private life, or
that its author keeps back (« hors PV »), goes, and only that clause. The words are data (`withheld.toml`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pydantic import Field

from atelier_ia.assistant.simulator.corrections import SITES
from atelier_ia.assistant.simulator.french import MONTH, upper_first
from atelier_ia.assistant.simulator.layout_words import looks
from atelier_ia.assistant.simulator.stage_directions import without_noise
from atelier_ia.assistant.words import fold
from atelier_ia.content import StrictModel, load_toml

WORDS = Path(__file__).with_name("withheld.toml")
VOICE = 25  # words of a line with hardly a mark, from which it is dictation
SHORT = 6  # words of a remark that can only bear on what was said just before

_PERSON = re.compile(
    r"\b(?:M\.|MM\.|Mr|Mme|Mmes|Mlle|[Mm]onsieur|[Mm]adame|[Ff]amille|[Dd]octeur)\s+\w"
    r"|\b[Jj](?:e\b|['’])|\b[A-ZÀ-Ý][a-zà-ÿ-]+ [A-Z]\.|\b(?:mon|ma|son|sa)\s\w|\b(?:[Ll]e|[Ll]a) petite?\b"
    r"|\b[A-ZÀ-Ý][a-zà-ÿ-]{2,}\b"
)
_INITIAL = re.compile(r"\s*\((?:(?:M\.|Mr|Mme|Mlle)\s+)?[A-ZÀ-Ý][a-zà-ÿ-]+ [A-Z]\.[^()]*\)")
# « un enfant (Kelyan, CE1) » where no name is wanted
_CALLED = re.compile(
    r"(?<=\w)\s\((?:M\.\s|Mme\s|la petite\s|le petit\s)?[A-ZÀ-Ý][a-zà-ÿ-]{2,}(?:\s[A-ZÀ-Ý][\w.’'-]*)?,[^()]*\)"
)
_NAMELESS = re.compile(
    r"\b(?:ne (?:mettez|mettre|met|dites|dit|citez|cite|donnez|donne) (?:pas|aucun)|(?:surtout )?pas)"
    r" (?:de|son|leur|le|les) noms?\b"
)
# « ne mettez pas son nom c'est monsieur Vidal »
_NAMED = re.compile(
    r"[\s,;]*\b(?:(?:ne (?:mettez|mets|dites|citez|donnez) pas|ne pas (?:mettre|dire|citer|donner)|pas|sans) "
    r"(?:son|leur|le|de) noms?\b(?! d[eu'’])|ne pas (?:nommer|citer|identifier) (?:la (?:personne|famille|dame)"
    r"|l['’](?:intéressée?|agente?|habitante?)|le monsieur)\b)"
    r"(?:[\s,:(]+c['’]est (?:(?:madame|monsieur|m\.|mr|mme)\s+)?[\w'’-]+(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+)?"
    r"|\s*:\s*(?-i:[A-Z])[\w'’-]+)?",
    re.IGNORECASE,
)
# « pas là : Corinne (arrêt) »
_LEAVE = re.compile(
    r"(?:(?:en|cause|pour)\s)?(?:arret(?: (?:maladie|de travail))?|malade|maladie|maternite|cong?e? ?mat\w*"
    r"|conge (?:maladie|maternite)"
    r"|hospitalise\w*|mi-temps therapeutique|enfants? malades?|operee?|covid|grippe|gastro\w*|deuil|obseques)"
)
_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_ASIDE = re.compile(
    r"\W*(?:(?:interne|confidentiel\w*|entre nous|off|perso|hors (?:pv|cr)|pas (?:au|dans le) (?:pv|cr)|a ne pas \w+"
    r"|ne (?:surtout )?pas (?:le |la |les )?\w+(?: (?:tant que|avant|sans)\b.*)?|chut|secret|et"
    r"|a confirmer\b[^,]*|(?:evidemment|bien sur|surtout|hein|svp|stp|merci)(?!\w))[\s,;.!]*)+"
)
# « (penser à aller la chercher à la gare) »: what the author must remember; « pensez à… » speaks to the reader
_MEMO = re.compile(
    r"\b(?:penser a|ne pas oublier d(?:e |['’]))\s?(?:l[ea]s? |l['’]|lui |leur )?"
    r"(?:aller|appeler|rappeler|prevenir|relancer|commander|demander|verifier|recuperer|envoyer|payer)\b"
)
_UNNAMED = re.compile(r"\b(?:pas de|sans|ne pas (?:donner|mettre|citer|dire|ecrire)) (?:le |son |leur |les )?noms?\b")
_UNFIGURED = re.compile(r"\bpas de (?:chiffres?|montants?|prix|tarifs?|sommes?)\b")
# « (pas à la halle) », « (et plus 17 h) »; « (pas à jeun) » and « (pas le lundi) » are news.
_CONTRAST = re.compile(
    rf"(?:et\s+)?(?:(?:non\s+)?pas|plus|non)\s+(?:à\s+)?(?:(?:(?:la|le|au|du)\s|l['’])?{SITES}"
    rf"|\d{{1,2}}\s?h(?:\s?\d\d)?|(?:(?:le|du|au)\s)?(?:[a-z]+di\s|dimanche\s)?\d{{1,2}}\s{MONTH})\b"
    r"[^():,]*(?:,[^()\d]*)?",
    re.IGNORECASE,
)
_MARKS = (
    r"\s*;\s*|\s*(?:→|->|=>)\s*|(?<=[a-zà-ÿ)»\"\d€%\0\x01][.!?…])\s+(?![a-zà-ÿ])|(?<=[a-zà-ÿ]{5}\.)\s+"
    r"|(?<=\d\d\.)\s+(?=(?:ah|et|puis|bon|alors|sinon|au fait)\b)|(?<=[!?…])\s+|,\s+(?:mais\s+|et\s+)?|\s[–—-]\s"
    r"|\s+donc\s+"
)
_CLAUSES = re.compile(rf"({_MARKS})")
_SPOKEN = re.compile(
    rf"({_MARKS}|\s+(?=(?:(?:et|ah|puis|alors|ensuite|mais)\s+)*(?:(?:madame|monsieur|mme|mr|m\.)\s+\w"
    r"|une? (?:spectat\w+|dame"
    r"|monsieur|habitante?|[ée]l[èe]ve|enfant)\b|surtout\b|pas de photos?\b|(?:ne|n['’])\s?(?:pas|dites|dis|mettez"
    r"|mets|parlez|citez|le|la|les)\b|fin (?:de s[ée]ance|à|vers|vingt|dix|onze|\d)|s[ée]ance lev[ée]e)))",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*(?:(?:[-–—*•]|\d{1,2}\s?[/).])\s*)?(?:[^\W\d_][^:,;()]{1,30}\s:\s)?")
_INNER = str.maketrans({",": "\x02", ";": "\x03", ".": "\x04", "!": "\x05", "?": "\x06", "→": "\x07"})
_OUTER = str.maketrans({"\x02": ",", "\x03": ";", "\x04": ".", "\x05": "!", "\x06": "?", "\x07": "→"})


# A clause of somebody that the clause before names.
_OF_BEFORE = re.compile(r"^\W*(?:je|on|nous) (?:l[ea]s?|l.|lui|leur|en) (?!a\b|ai\b)\w+")


class _Words(StrictModel):
    health: tuple[str, ...] = Field(alias="sante")
    private: tuple[str, ...] = Field(alias="vie_privee")
    outbursts: tuple[str, ...] = Field(alias="eclats")
    secrets: tuple[str, ...]
    reserves: tuple[str, ...]


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(what is personal, what nobody should read, what is said to be kept back)."""
    words = load_toml(WORDS, _Words)
    return (
        re.compile(rf"\b(?:{'|'.join((*words.health, *words.private))})"),
        re.compile(rf"(?<!\w)(?:{'|'.join((*words.outbursts, *words.secrets))})"),
        re.compile(rf"(?<!\w)(?:{'|'.join(words.reserves)})"),
    )


# « Merci de ne pas mettre le nom du maire. »: told to whoever writes, the whole sentence goes.
_ASKED_NOT = re.compile(
    r"(?:(?<=[.!?])|^)[^\S\n]*(?:merci de |prière de |svp,? |surtout |attention,? |et )?ne pas (?:mettre|citer"
    r"|mentionner|publier|nommer"
    r"|diffuser|donner|indiquer|communiquer|parler)\s+(?:d[eu]s?\s+|d['’]\s?|l[ea]s?\s+|l['’]|son\s+|mon\s+"
    r"|ma\s+|leurs?\s+|notre\s+|nos\s+)*"
    r"(?:noms?|prénoms?|numéros?|téléphones?|tél|photos?|prix|coûts?|montants?|budget|sponsors?|adresses?|mails?"
    r"|maire|élus?)\b[^.!?;\n]*[.!?]?",
    re.IGNORECASE | re.MULTILINE,
)


# « date tenue secrète, NE PAS ÉCRIRE (c'est le 12) »: the bracket tells what is kept back, with what it bears on.
_KEPT_IN = re.compile(
    r"(?P<before>(?:,|;|:|\s[–—-])\s+[^,;:()\n]{3,60})?(?P<mark>,|;|\s[–—-]|\s|^)\s*"
    r"(?:surtout )?ne (?:surtout )?pas (?:le |la |les |l['’])?(?:mettre|mentionner|noter|[ée]crire|citer"
    r"|publier|diffuser|dire"
    r"|afficher|[ée]bruiter|divulguer)\s*\((?:c['’]est|ce sera|il s['’]agit|à savoir|le |la |l['’])[^()\n]*\)",
    re.IGNORECASE,
)


def _kept_in(match: re.Match[str]) -> str:
    before = match["before"] or ""
    return "" if re.search(r"\b(?:secr[eè]te?|confidentiel\w*|discr[eè]te?)", before, re.IGNORECASE) else before


def withheld(text: str, *, internal: bool = False) -> str:
    """`text` without the clauses that others must not read; `internal` minutes keep what is to be confirmed."""
    nameless = bool(_NAMELESS.search(fold(text)))
    lines = []
    for line in without_noise(text.replace("\r\n", "\n")).split("\n"):
        line = _KEPT_IN.sub(_kept_in, line)
        kept = _NAMED.sub("", _without_brackets(_ASKED_NOT.sub("", line), internal=internal))
        if nameless:
            kept = _CALLED.sub("", _INITIAL.sub("", kept))
        kept = _clauses(kept)
        if kept.strip() or not line.strip():
            lines.append(kept)
    return "\n".join(lines)


def unfit(text: str) -> bool:
    """Does a clause tell what others must not read?"""
    personal, unsaid, kept_back = _patterns()
    told = fold(text)
    return bool(unsaid.search(told) or kept_back.search(told) or (personal.search(told) and _PERSON.search(text)))


def _without_brackets(line: str, *, internal: bool = False) -> str:
    """Brackets that hold what is kept back go; one that only says so marks (`\\0`) the clause that it closes."""
    if "(" not in line:
        return line

    def bracket(match: re.Match[str]) -> str:
        told = fold(match[1])
        if _UNNAMED.search(told) and re.search(r":\s(?-i:[A-ZÀ-Ý])[\wÀ-ÿ' -]{1,25}$", line[: match.start()]):
            return "\0"  # « DJ : Timéo (15 ans, pas de nom) »
        if _NAMED.search(match[1]):
            rest = _NAMED.sub("", match[1]).strip(" ;,")
            return f" ({rest})" if re.search(r"\d", rest) else ""
        if _LEAVE.fullmatch(told.strip()):
            return ""
        if _UNFIGURED.search(told):
            return "\x01"
        if internal and re.match(r"\W*a confirmer\b", told):
            return match[0]
        if _ASIDE.fullmatch(told):
            return "\0"
        if _UNNAMED.search(told):
            return ""
        private = _INITIAL.fullmatch(match[0]) and re.search(r"\b(?:M\.|Mr|Mme|Mlle)\s", match[0])
        personal = _patterns()[0].search(told) or _patterns()[2].search(told)
        if private or personal or _MEMO.search(told) or unfit(match[0]) or _CONTRAST.fullmatch(match[1].strip()):
            return ""
        return match[0]

    return _BRACKET.sub(bracket, line)


def _clauses(line: str) -> str:
    if not (re.search(r"[\0\x01]", line) or unfit(line) or any(map(unfit, re.split(r"(?<=[.!?…;])\s+", line)))):
        return line
    words = len(line.split())
    spoken = words > VOICE and words > VOICE / 2 * len(re.findall(r"[.,;:!?]", line))
    guarded = re.sub(r"\([^()]*\)|«[^»]*»|\"[^\"]*\"", lambda match: match[0].translate(_INNER), line)
    parts = (_SPOKEN if spoken else _CLAUSES).split(guarded)
    clauses = [(mark or "", clause or "") for mark, clause in zip(["", *parts[1::2]], parts[::2], strict=True)]
    told = [clause.translate(_OUTER) for _, clause in clauses]
    gone = ["\0" in clause or ("\x01" in clause and bool(re.search(r"\d", clause))) or unfit(clause) for clause in told]
    kept_back = _patterns()[2]
    before_all = list(gone)
    for place, (before, clause) in enumerate(pairwise(told)):
        # « …, ne pas mettre » bears on what was said just before; « recadré. » trails after what is gone.
        if gone[place + 1] and len(clause.split()) <= SHORT and kept_back.search(fold(clause)):
            back = place
            while (
                back >= 0
                and (gone[back] or not looks(told[back]))
                and "d'accord" not in fold(clause)
                and not re.search(r"[.!?…]\s*$", told[back])
            ):
                gone[back] = True
                # « il s'en est plaint, ambiance tendue, ne pas écrire », « A boude B, je les vois jeudi, pas au CR »
                told_of = not spoken and (before_all[back] or _OF_BEFORE.match(fold(told[back])))
                told_of = told_of or len(told[back].split()) <= 3
                back -= 1 if back and told_of else len(told)
        elif (
            gone[place]
            and len(clause.split()) <= 2
            and not re.search(r"\d|\b[Mm]erci\b", clause)  # « Merci ! Léa »: the thanks tell who signs
            and "." not in before[-1:]
        ):
            gone[place + 1] = True
    return _joined(clauses, told, gone)


def _joined(clauses: list[tuple[str, str]], told: list[str], gone: list[bool]) -> str:
    """What is left, with the label of the line (« Cantine : ») when more than the label is left."""
    text = ""
    for (mark, _), clause, out in zip(clauses, told, gone, strict=True):
        if out:
            if text and re.search(r"[.!?…]\s*$", clause) and not re.search(r"[.!?…:]\s*$", text):
                text += "."
            elif not text and (label := _LABEL.match(clause)):
                text = label[0]
            continue
        if not text or text == (_LABEL.match(text) or [""])[0]:
            text += clause.lstrip() if clause is told[0] or text else upper_first(clause.lstrip())
        else:
            text += f" {upper_first(clause)}" if re.search(r"[.!?…]\s*$", text) else f"{mark}{clause}"
    text = re.sub(r"[\0\x01]", "", text)
    return "" if (_LABEL.match(text) or [""])[0] == text else text.rstrip(" ,;")
