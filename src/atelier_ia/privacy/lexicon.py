"""What is known of a word: first name, surname, place, ordinary word… as bits of one integer, computed once per word.

The French dictionary (`french_dictionary.py`) is read at the first use and never copied here. The other lists are
written for this project (`data/*.txt`).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files

from atelier_ia import french_dictionary
from atelier_ia.privacy.normalise import exchange

KNOWN = 1  # an ordinary French word
FIRST = 2  # a first name
COMMON = 4  # a first name or surname that is above all an ordinary word (rose, pierre, claire)
SURNAME = 8
PLACE = 16
ORGANISATION = 32
EMPTY = 64  # never part of a name: grammar, frequent verbs, headings, functions
CIVILITY = 128
PARTICLE = 256
STREET = 512
KIN = 1024
PUBLIC = 2048  # what is often named after a person: school, gymnasium, law, prize
CAPITAL = 4096  # Dupont
UPPER = 8192  # DUPONT
INITIAL = 16384  # J
NOISY = 32768  # a digit inside letters: Dup0nt


def _plain_letters() -> dict[int, str]:
    """Every accented Latin letter, in lower case, and the letter that it is without its accents."""
    plain = {ord("ı"): "i", ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ħ"): "h", ord("ə"): "e", ord("ŧ"): "t"}
    for code in (*range(0xE0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.islower():
            plain[code] = base
    return plain


_ACCENTS = _plain_letters()
_FOLDED: dict[int, str] = _ACCENTS | {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss"}
_DIGITS = str.maketrans("0134580", "oleasbo")
_DIGITS_AS_I = str.maketrans("0134580", "oieasbo")
# What is a first name without its accent only.
_PARTICIPLES = frozenset(
    {"marié", "mariés", "aimé", "désiré", "honoré", "placé", "placide", "fidèle", "modeste", "constant", "juste"}
)

_CIVILITIES = (
    "m mr mrs mme mmes mm mle mlle mlles melle monsieur madame mademoiselle messieurs mesdames "
    "mesdemoiselles me maître dr docteur docteure pr professeur professeure mgr monseigneur sieur dame "
    "mdme mad sr"
)
_PARTICLES = (
    "de d du des la le les l da das do dos di del della dello degli van von den der ter ten zu zum ben "
    "bin ibn ibnou bint el al ait aït ould oulad abou abu bou y e san mac mc o n st ste saint sainte "
    "vande vander te af av"
)
_STREETS = (
    "rue avenue av ave boulevard bd bld boul blvd allée allées impasse imp chemin che chem place pl "
    "square sq route rte quai cours passage pass sentier sente venelle ruelle traverse villa cité hameau "
    "résidence lotissement faubourg fbg fg voie esplanade promenade rond-point montée côte clos domaine "
    "all mail cour galerie porte chaussée parvis lieu-dit lieudit ld parc degré montee corniche levée drève "
    "bvd placette traboule closerie digue béguinage coron raidillon rocade contour boucle "
    "ravine sentier ribine morne rampe carriera carrer charrière rne ruc hent straed plasenn"
)
_KINS = (
    "mari femme époux épouse conjoint conjointe compagnon compagne parents grands-parents concubin "
    "concubine fils fille enfant "
    "enfants bébé frère soeur sœur frangin frangine père mère papa maman grand-père grand-mère mamie "
    "papi papy oncle tante tonton tata neveu nièce cousin cousine beau-père belle-mère beau-frère "
    "belle-soeur belle-sœur beau-fils belle-fille gendre bru parrain marraine filleul filleule voisin "
    "voisine ami amie copain copine pote collègue tuteur tutrice curateur curatrice nourrice nounou "
    "assmat jumeau jumelle jumeaux jumelles fiancé fiancée bailleur propriétaire locataire élève "
    "frères soeurs sœurs filles cousins cousines neveux nièces voisins voisines amis amies copains copines"
    " collègues gamins garçons gars garçon gamin gamine gosse "
    "camarade petit-fils petite-fille aîné aînée cadet cadette benjamin benjamine ex-mari ex-femme "
    "patron patronne"
)
_PUBLICS = (
    "école ecole écoles groupe collège college lycée lycee université fac institut faculté crèche "
    "maternelle primaire élémentaire gymnase stade complexe piscine dojo salle espace centre médiathèque "
    "mediatheque bibliothèque ludothèque théâtre cinéma musée auditorium conservatoire hôpital hopital "
    "clinique ehpad foyer maison résidence parc jardin square place rue avenue boulevard allée impasse "
    "chemin quai cours pont route voie rond-point carrefour esplanade promenade parvis port gare station "
    "arrêt métro tramway halle marché monument statue stèle église chapelle cathédrale basilique "
    "paroisse abbaye temple saint sainte st ste san notre-dame cimetière carré fondation association "
    "prix trophée coupe challenge loi lois amendement plan dispositif arrêt jurisprudence rapport "
    "commission parti mouvement reine roi mission méthode effet théorème société entreprise établissements "
    "ets sarl sas sasu eurl gfa gaec earl scea sem spl "
    "sa sci scp selarl cabinet étude garage boulangerie pharmacie restaurant café hôtel hotel bar "
    "librairie fleuriste transports laboratoire librairies groupe magasin magasins supermarché barrage "
    "tunnel viaduc caserne camp bâtiment tour immeuble pavillon amphithéâtre site quartier zac "
    "lotissement domaine château ferme moulin promotion festival course tournoi modèle logiciel "
    "application marque tribunal sentier collection chocolats champagne maisons résidences ecoles "
    "quartiers rues avenues boulevards gymnases stades collèges lycées parcs squares salles places résidences "
    "internat lac mont mare ru forêt bois puits fontaine fort phare aéroport bus ligne camping gîte"
)


def fold(word: str) -> str:
    """`word` in lower case, without accents; digits read as the letters that a scanner takes them for stay."""
    low = word.lower().translate(_ACCENTS)
    if "œ" in low or "æ" in low or "ß" in low:
        low = low.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return low


def word_list(name: str) -> frozenset[str]:
    """The folded words of one data file; lines that begin with # are comments."""
    text = (files("atelier_ia.privacy") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    words = (word for line in text.splitlines() if not line.startswith("#") for word in line.split())
    return frozenset(fold(part) for word in words for part in {word, *word.split("-")} if len(part) > 1 or part == word)


def celebrated() -> frozenset[str]:
    """Folded full names that history made common property."""
    text = (files("atelier_ia.privacy") / "data" / "celebres.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(fold(name.strip()).replace("-", " ") for line in lines for name in line.split("|"))


class Lexicon:
    """All lists in memory; `bits(word)` is the only question that rules ask."""

    def __init__(self) -> None:
        self._known = (
            frozenset(exchange("\n".join(french_dictionary.words()).lower(), _FOLDED).split("\n"))
            | word_list("vocabulaire")
            | word_list("sante")
        )
        self._cache: dict[str, int] = {}
        self.celebrated = celebrated()
        empty = word_list("mots_vides")
        self._lists = (
            (word_list("prenoms") | word_list("prenoms_monde"), FIRST),
            (word_list("communs"), COMMON),
            ((word_list("noms") | word_list("noms_monde")) - _split(_PARTICLES), SURNAME),
            (word_list("lieux"), PLACE),
            (word_list("organismes"), ORGANISATION),
            (empty, EMPTY | KNOWN),
            (_split(_CIVILITIES), CIVILITY),
            (_split(_PARTICLES), PARTICLE),
            (_split(_STREETS), STREET),
            (_split(_KINS), KIN),
            (_split(_PUBLICS), PUBLIC | KNOWN),
        )

    def bits(self, word: str) -> int:
        """Everything known of `word`, its lists and its shape, as a sum of the bits above."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) > 200_000:
                self._cache.clear()
            found = self._cache[word] = self._compute(word)
        return found

    def _compute(self, word: str) -> int:
        bits = 0
        low = fold(word)
        if any(character.isdigit() for character in low):
            bits |= NOISY
            readings = (low.translate(_DIGITS), low.translate(_DIGITS_AS_I))
            names = (self._lists[0][0], self._lists[2][0], self._known)
            low = next((read for words in names for read in readings if read in words), readings[0])
        if low in self._known or (len(low) > 4 and low[-1] in "sx" and low[:-1] in self._known):
            bits |= KNOWN
        if len(low) > 6 and low.endswith("ment") and not low.endswith("clement"):
            bits |= KNOWN  # adverbs, which the dictionary does not hold
        for words, bit in self._lists:
            if low in words:
                bits |= bit
        if bits & FIRST and word in _PARTICIPLES:
            bits &= ~(FIRST | SURNAME)
        if bits & CIVILITY:
            bits &= ~SURNAME
        if bits & STREET and word.lower() == "placé":
            bits &= ~STREET
        if word[0].isupper():
            if len(word) == 1:
                bits = (bits & ~(EMPTY | KNOWN)) | INITIAL | CAPITAL
            elif word.isupper() or (len(word) > 2 and sum(map(str.isupper, word)) > 0.7 * len(word)):
                bits |= UPPER | CAPITAL
                if bits & ORGANISATION:
                    bits &= ~FIRST  # « IBAN » is an account before it is a Basque first name
            else:
                bits |= CAPITAL
        return bits


def _split(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one lexicon of the process, built at the first text."""
    return Lexicon()
