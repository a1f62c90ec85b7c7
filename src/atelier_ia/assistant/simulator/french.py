"""Cut French text into sentences and read its facts: dates, hours, places, amounts, placeholders. No invention."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field

CHECK = "[À VÉRIFIER]"  # where a person must look before anything leaves
SENTENCE_CHARACTERS = 800  # text without punctuation is cut there: no rule ever meets an endless line
MONTH = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre)"
WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"

DATE = re.compile(
    rf"(?:\b{WEEKDAY}\s+)?\b(?:1er|\d{{1,2}})(?:\s*(?:,|et|au"
    rf"|-)\s*(?:{WEEKDAY}\s+)?\d{{1,2}})?\s+{MONTH}\b(?:\s+\d{{4}}\b)?"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    rf"|\b{WEEKDAY}\s+(?:dernier|prochain)\b",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"\bdepuis\s+(?:(?:plus|près|environ|bientôt)\s+(?:de\s+|d['’]\s?)?)?"
    r"(?:un|une|deux|trois|quatre|cinq|six|sept|huit|dix|quinze|plusieurs|quelques|\d+)\s+(?:jours?|semaines?"
    r"|mois|ans?|années?)\b",
    re.IGNORECASE,
)
_CLOCK = r"(?:[01]?\d|2[0-4])[^\S\n]?(?:[hH]|heures?)(?:[^\S\n]?[0-5]\d)?\b"
HOUR = re.compile(rf"\b(?:de\s+{_CLOCK}\s*à\s*{_CLOCK}|{_CLOCK}(?:\s*(?:-|–|à|et)\s*{_CLOCK})?)")
AMOUNT = re.compile(r"\b\d{1,3}(?:[ \u00a0\u202f.]?\d{3})*(?:,\d+)?\s?(?:k€|M€|€|euros?\b)", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\[[A-ZÉÈ_]+_\d+\]")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_LINK = r"(?:(?:de\s+la|de\s+l['’]|des|du|de|d['’]|à\s+la|aux|au|la|le|les|l['’])\s*)"
_WAY = (
    r"(?:rue|avenue|boulevard|place|impasse|allée|chemin|route|square|quai|cours|passage|ruelle|venelle|sentier|"
    r"lotissement|résidence|quartier|hameau|rond-point|[Ll]ieu-dit)"
)
_SITE = (
    r"(?:école|groupe\s+scolaire|collège|gymnase|stade|salle|parc|jardin|cimetière|crèche|médiathèque"
    r"|bibliothèque|piscine|"
    r"église|marché|aire\s+de\s+jeux|halle|théâtre|espace|maison|parvis|esplanade|forum|kiosque|centre|étang|lac"
    r"|plage|bois|forêt|passerelle|city[- ]stade|tribune|foyer|chapelle|moulin|lavoir|ferme|château)"
)
PLACE = re.compile(
    rf"(?:\b(?:n°\s?)?\d{{1,4}}(?:\s?(?:bis|ter|quater))?,?\s+(?:de\s+(?:la|l['’])\s*)?)?"
    rf"\b(?:{_WAY}|Rue|Avenue|Place|Chemin|Impasse|Allée|Route|Boulevard|Square|Quartier)"
    rf"\s+{_LINK}{{0,2}}(?:\d{{1,2}}\s+[a-zûé]+\s+\d{{4}}|(?:8\s+mai|11\s+novembre|14\s+juillet|18\s+juin|19\s+mars)\b|(?:[a-zéè]+\s+)?{_NAME}(?:[\s-](?:{_LINK}{{0,2}}){_NAME})*)"
    rf"|\b(?:{_SITE}|Salle|Espace|Halle|École|Gymnase|Stade|Parc|Maison|Centre|Médiathèque|Kiosque|Théâtre)"
    rf"\s+(?:(?:des\s+fêtes|polyvalente|municipale?|communale?|maternelle|élémentaire|primaire|culturel(?:le)?"
    rf"|omnisports?)\s*)?(?:{_LINK}{{0,2}}{_NAME}(?:[\s-](?:{_LINK}{{0,2}}){_NAME})*)"
    r"|\b[Ss]alle\s+(?:des\s+fêtes|polyvalente|du\s+conseil|municipale|du\s+conseil\s+municipal)"
    r"|\b[Pp]lace\s+(?:du\s+marché|de\s+la\s+mairie|de\s+l['’]église)"
)
_ABBREVIATIONS = re.compile(
    r"\b(M|Mme|Mlle|MM|Mmes|Dr|Me|St|Ste|art|Art|cf|etc|n|av|bd|p|ex|tél|Tél|Cne|abst|Abst|subv|Subv|délib|Délib"
    r"|prés|fonct|invest|approx|dispo|conv|resp|dir|adj|réf|bât|rés|env|min|max|pers|suppl|nb|ref|tel|rdv|sem"
    r"|hab|ent|Ent|Cap|cap|Lt|lt|brig|gend|exc|Exc|sté|assoc|Assoc|inscr?|Inscr?|rens|Rens|oblig|resa|résa|Sec|Prés|Pouv|Abs|[LRD](?=\.\s?\d{3})"
    r"|(?:janv|févr?|avr|juil|sept|oct|nov|déc|ch|imp|gén|pdt|trim|prov)(?=\.\s(?![A-ZÀ-Ý])))\.(?=\s)"
)


_INITIAL = re.compile(r"(?<![\w.])([A-ZÀ-Ý])\.(?=\s[A-ZÀ-Ý][a-zà-ÿ]{2})(?<!M\.)")  # « A. Pontonnier »


@dataclass(frozen=True)
class Facts:
    """Facts of a text, each as written, in order, without repetition."""

    dates: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    numbers: tuple[str, ...] = field(default=())


def facts(text: str) -> Facts:
    """The facts that `text` states."""
    return Facts(
        dates=_distinct(DATE, text),
        since=_distinct(SINCE, text),
        hours=_distinct(HOUR, text),
        places=_places(text),
        amounts=_distinct(AMOUNT, text),
        placeholders=_distinct(PLACEHOLDER, text),
        numbers=_distinct(re.compile(r"\d+(?:[.,]\d+)?"), text),
    )


def _distinct(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean(match[0]) for match in pattern.finditer(text)))


def _places(text: str) -> tuple[str, ...]:
    # « le 13 juillet 2030, place de l'Église »: the year is no number in the street.
    found = list(_distinct(PLACE, re.sub(rf"(\b{MONTH}\s+\d{{4}}),?\s+", r"\1 ; ", text)))
    # « 12 rue des Tilleuls » makes « rue des Tilleuls » superfluous.
    return tuple(place for place in found if not any(place != other and place in other for other in found))


def clean(text: str) -> str:
    """One line, single spaces, no trailing punctuation."""
    return re.sub(r"\s+", " ", text).strip(" ,;:.")


def paragraphs(text: str) -> list[str]:
    """Blocks separated by blank lines, stripped."""
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order; a line break between two capitals or list items also separates."""
    found: list[str] = []
    text = _INITIAL.sub("\\1\u2024", text)
    for line in re.split(r"\n\s*\n|\n(?=\s*(?:[-•*–]|\d+[.)]\s|[A-ZÀ-Ý\[]))", text):
        guarded = _ABBREVIATIONS.sub("\\1\u2024", line)
        for piece in re.split(r"(?<=[.!?…])\s+(?=[^\sa-zà-ÿ])|(?<=[!?])\s+", guarded):
            sentence = re.sub(r"\s+", " ", piece).strip().replace("\u2024", ".")
            if re.search(r"\w", sentence):
                found += (
                    textwrap.wrap(sentence, SENTENCE_CHARACTERS) if len(sentence) > SENTENCE_CHARACTERS else [sentence]
                )
    return found


_LOWER_START = re.compile(
    r"(?<=[a-zà-ÿA-Z\d]{2}[.!?…])\s+(?=[a-zà-ÿ]{2})|(?<=\s\d\.)\s+(?=(?:l[ea]s?|on|nous|puis|et|pour|ensuite)\s)"
)


def loose_sentences(text: str) -> list[str]:
    """The same for notes typed without capitals: a full stop ends a sentence whatever follows it."""
    found = []
    for sentence in sentences(text):
        guarded = _ABBREVIATIONS.sub("\\1\u2024", sentence)
        found += [piece.replace("\u2024", ".") for piece in _LOWER_START.split(guarded)]
    return [piece for piece in found if re.search(r"\w", piece)]


def word_count(text: str) -> int:
    """Words as a word processor counts them."""
    return len(re.findall(r"[^\s«»:;!?–—-][^\s]*", text))


def lower_first(text: str) -> str:
    """« Le banc » → « le banc », but « PACS », « [NOM_1] » and proper names after nothing stay."""
    if (len(text) > 1 and (text[1].isupper() or (text[0].isupper() and text[1].isdigit()))) or re.match(
        r"(?:M|MM|Mme|Mmes|Mlle|Me|Dr)\b\.?\s", text
    ):
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """First letter as a capital, accents kept."""
    return text[:1].upper() + text[1:]


def join_and(items: list[str] | tuple[str, ...]) -> str:
    """« a, b et c »."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " et " + items[-1]


def ending(text: str) -> str:
    """`text` closed by a full stop unless it already ends a sentence."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def typeset(text: str) -> str:
    """French spaces: no-break before ; : ! ? » and after «, none doubled; placeholders and addresses untouched."""
    text = re.sub(r"\bn°(?=\d)", "n°\u00a0", text)
    text = re.sub(r"[ \u00a0\u202f]+([;!?»])", "\u202f\\1", text)
    text = re.sub(r"(?<=\S)[ \u00a0\u202f]+:(?=\s|$)", "\u00a0:", text)
    return re.sub(r"«[ \u00a0\u202f]*", "«\u00a0", text)
