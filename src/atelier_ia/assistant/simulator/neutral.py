"""Keep, of what a person wrote, only what the town hall may say again: plain clauses, and the things they name.

A clause is kept when all its words are ordinary (`ordinary_words.txt`, the procedures, places and names): jokes,
mockery, slang, rumours and threats hold others. What is left out is named by its nouns, when procedures know them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from atelier_ia.assistant.knowledge import Procedure
from atelier_ia.assistant.simulator.competences import load_competences
from atelier_ia.assistant.simulator.french import DATE, PLACE, lower_first
from atelier_ia.assistant.simulator.unfit_words import repeatable
from atelier_ia.assistant.words import STOP_WORDS, fold, stem, stems
from atelier_ia.french_dictionary import is_french

MOST_NOUNS = 2  # of a clause, words outside the lists that may be said all the same
MOST_NAMED = 3  # things named again
MOST_SHARED = 24  # procedures beyond which a word says little (« la nuit », « les enfants »)

_FILE = Path(__file__).with_name("ordinary_words.txt")
_UNSAID = Path(__file__).with_name("unsaid_words.txt")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(
    r"(\s*[;:()]\s*|,\s+|\s+[–—-]\s+|\.{3}\s*|…\s*|(?<!\bde)(?<!\ble)(?<!\bun)(?<!\bdu)"
    r"\s+(?=(?:mais|car|parce qu|puisqu|alors que|sinon|donc)\b)"
    r"|\s+(?=et (?:je|j['’]|il|elle|on|ils|elles|nous|vous|le|la|les|mon|ma|mes|ce|ça|son|sa|ses|maintenant|si"
    r"|pourtant|pas|non|surtout|y a-t-il|est-ce|peut-on|puis-je|faut-il|dois-je|quand|comment|combien|où|quel\w*)\b))",
    re.IGNORECASE,
)
# Hearsay, irony and threats: made of ordinary words, yet not to be said by a town hall.
_NOT_OURS = re.compile(
    r"\b(?:il para[iî]t|para[iî]t[- ]il|il se dit|on dit que|le bruit court|j'ai (?:entendu|lu) (?:dire|que|dans)"
    r"|(?:est-ce|c'est|est ce) vrai|soi-disant|on m'a dit que vous|ma voisine dit|mon voisin dit"
    r"|qu'atten\w+|vous attendez|je croyais|je sais que vous|je ne sais plus|sinon|quitte a|a ce rythme|dans quel monde"
    r"|(?:nous|on|je) (?:l'|les |la |le )(?:appel|surnomm|baptis)\w+"
    r"|(?:une?|de) (?:vraie?s?|veritables?)"
    r"|on se demande|c'est (?:a se demander|du joli|le comble|n'importe quoi|pas normal|la honte)|la prochaine fois"
    r"|mauvais avis|qu'on se le dise|tant pis|tant qu'on y est|rien (?:venir|foutre)|mes impots|nos impots"
    r"|je ne suis pas (?:votre|une?)|bien entendu|evidemment|comme par hasard|heureusement que|encore heureux"
    r"|avec le sourire|pour (?:rire|rigoler)|blague|plaisant\w+|rigol\w+|rire|drole|genial\w*|super|bravo"
    r"|je (?:vous )?(?:previens|jure|promets)|presse|journaux|tele(?:vision)?|tribunal|avocat|tf1|prefet sera"
    r"|je vais saisir"
    r"|bureau des pleurs|\d+ (?:balais|berges|piges)|d'accord avec moi|(?:avait|avez|aviez|avaient|ont) promis"
    r"|comme (?:pour|chez) (?:nos|mes) amis|(?:nous|me|vous) (?:nous |me )?prenez pour|prend pour|vaches? a lait"
    r"|pigeons? de service|se moque[nr]?t?|trouvez(?:-vous)? (?:ca |cela )?normal|vous croyez|croyez-vous"
    r"|entre nous|franchement|honnetement"
    r"|fatigue\w*|epuise\w*|perdre mon|(?:mon|son) ex(?:[ -](?:mari|femme|conjoint|compagn\w+))?\b"
    r"|l'adresse (?:actuelle )?de (?:m|mr|mme|monsieur|madame)|son employeur|ecole de ses enfants|j'ai peur"
    r"|mal d'ailleurs|(?:vous comptez|comptez-vous) faire|ils? viennent pas|tout le monde (?:le )?sait"
    r"|regler (?:son|leur|votre|vos) comptes?|si vous ne faites rien"
    r"|je vais (?:le|la|les|lui|leur|vous) (?:tuer|casser|frapper|massacrer|cogner)\w*)\b"
)
# Fit in a question, though not in what is told: who else must sign, where to go, whether what was heard is true.
_FIT_IN_A_QUESTION = re.compile(
    r"\bsinon\b|\bd'entre nous\b|\b(?:mon|son|ma|sa) ex\b|\btribunal\b|\b(?:est-ce|c'est) vrai\b"
)
_KIN_NAME = re.compile(
    r"\b(?:au|du|le|la|un|une) (?:petite?|jeune|d[ée]nomm[ée]e?|nomm[ée]e?|certaine?|fameu(?:x|se)) [A-ZÀ-Ý]|"
    r"\b(?:le|la|les) (?:petits? )?(?:fils|fille|[ée]poux|famille|fr[èe]res|gosses?|gamins?|enfants|bande)"
    r"(?: (?:d['’e]s?|à))? ?[A-ZÀ-Ý][\wà-ÿ-]+"
)
_NEIGHBOUR = re.compile(r"\b(?:M\.|Mr|Mme|Monsieur|Madame) [A-ZÀ-Ý][\wà-ÿ-]+(?: [A-ZÀ-Ý][\wà-ÿ-]+)?")
# « la dame brune », « le jeune homme à la casquette rouge »: who someone is, told by their looks.
_LOOKS = re.compile(
    r"\b(?P<kept>(?:par|avec|et|que|de) )?(?:la|le|l['’]|une?|cette?|cet|ce) (?:petite?s? |grande?s? "
    r"|grosse?s? |vieille |vieux )?"
    r"(?:dame|femme|fille|monsieur|homme|gars|type|mec|jeune (?:homme|femme|fille)|agente?|chauffeu(?:r|se)|employée?"
    r"|h[ôo]tesse|chauve)(?: (?:brune?|blonde?|rousse|roux|chauve|barbue?|frisée?|maigre|grosse?|tatouée?)\b"
    r"| (?:à|aux?|avec) (?:la |le |les |l['’]|une? |des |sa |son |ses )?(?:barbe|casquette|lunettes|moustache"
    r"|cheveux|bonnet"
    r"|queue de cheval|tatouages?|bouc|gilet|pull|veste)(?: (?:rouge|bleue?|noire?|verte?|blanche?|blanc|grise?"
    r"|jaune|ronde?|longs"
    r"|courts|bouclés|blonds|bruns|roux)s?)?)+",
    re.IGNORECASE,
)
_APPOSED = re.compile(r"(?:qui|dont|que|qu['’]|lequel|laquelle)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^(?:et |mais |puis |aussi )?(?:(?:je|j['’]|nous|on|il|elle|ils|elles|vous|c['’]|ce|cela|ça|le|la|les|l['’]"
    r"|un|une|des"
    r"|du|mon|ma|mes|notre|nos|votre|vos|son|sa|ses|leurs?|cette|cet|ces|plusieurs|quel\w*|quand|comment|combien|pourquoi|est-ce"
    r"|faut-il|y a-t-il|peut-on|pou\w+-vous|puis-je|dois-je|avez-vous|existe-t-il|à qui|\d+|pas|plus|aucun\w*"
    r"|serait-il|est-il)\b|(?-i:[A-ZÀ-Ý]))",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"(?<![\w'’-])(?<!\bde )(?<!\bà )(?<!\bpour )(?<!\bet )(?<!\bsans )(?<!\bcomme )"
    r"(?P<det>(?i:le |la |les |l['’]|une? (?:\w+aine|tas) (?:de |d['’])|un |une |des |mon |ma |mes |notre |nos "
    r"|cette |cet |ces |ce ))"
    r"(?P<adjective>(?:gros(?:se)?s?|grande?s?|petite?s?|énormes?|vieux|vieille|nouve(?:au|lle)s?) )?"
    r"(?P<noun>[a-zà-ÿœ]{4,}(?:-[a-zà-ÿ]+)*)"
    r"(?P<more> (?:(?:de |du |des |d['’])(?:la |l['’])?[a-zà-ÿœ]{4,}|de [A-ZÀ-Ý][\wà-ÿ-]+))?"
)
_VAGUE = re.compile(
    r"(?:mauvaise?s?|nouvelles?|bandes?|sait|fait|dit|dimanches|samedis|lundis|mardis|mercredis|jeudis|vendredis|espaces?|codes?|matins|soirs|nuits?|jours?|heures?|semaines?|mois|annees?|fois|temps|gens|choses?|clients?|enfants?|fils|fille|filles|mari|femme"
    r"|mere|pere|maman|papa|parents?|famille|freres?|soeurs?|copains?|copines?|amis?|voisine?s?|dame|monsieur|bureaux?"
    r"|table|monde|reste|suite|cas|coup|peur|droit|mort|vie|honte|argent|matin|soir|midi|dimanche|samedi|lundi|mardi"
    r"|mercredi|jeudi|vendredi|nom|age|tour|nombre|partie|fin|debut|bout|cote|milieu|autres?|mots?|place|jeunes|moyen"
    r"|compte|main|mains|dessus|dessous|route|rue|maison|commune|mairie|ville|village|service|services|demande|reponse"
    r"|message|merci|euros?|photos?|assemblee|attente|pieds?|tete|yeux|bras|jambes?|groupes?|recours|entretien|poussette|camions?|dos|double|demi|pare|mets|prochaine?s?|dernier|derniere|vraie?s?|bonne?s?|belles?|beau|seule?s?|meme|simple|ancienne?s?|jolie?s?|meilleure?s?|troisiemes?|promenade|premiere?|deuxieme|troisieme|docteur|medecin|cardiaque|maladie|domaine|vacances|hiver|printemps"
    r"|honneur|bienveillance|regards?|petite?s?|anciens?|memoire|secretaire|pluie|vent|defunte?|epouse|epoux|telephone|appel|vingt|trente|journal|tetes?|peines?|quartier|stand|lune|pression|profession|couvercle|maitresse|impots|public|piscine|ligne|plus|moins)$"
)
_ACTION = re.compile(
    r"(?!(?:hiver|mer|fer|cancer|boucher|rocher|plancher|clocher|danger|verger|berger|foyer|loyer|noyer|desir|plaisir|avenir"
    r"|loisir|soir)$)(?:\w+(?<!i)er|\w+(?<!o)ir|\w*(?:mettre|prendre|rendre|vendre|faire|voir)|faut|peut|doit|envoie|emmene|amene)$"
)
# A person or a body, then « le », « la » and a word in -e: it is what they do.
_OBJECT = re.compile(
    r"\b(?:qui,?|(?:m[ao]n?|sa|son|ses|mes|la|le|les|l['’]|un|une|votre|notre)\s?"
    r"(?:mairie|commune|maire|police|municipalité|agglo|voisine?|mère|père|mari|femme|fille|fils|école|facteur"
    r"|gendarmes?|gendarmerie|syndic|propriétaire|bailleur))\s(?:l[ae]s?\s|l['’])[a-zà-ÿ]+(?:e|ent|ait|era)$",
    re.IGNORECASE,
)
_BEFORE_VERB = frozenset({
    "faut", "pour", "de", "a", "peut", "peux", "doit", "dois", "va", "vais", "vont", "et", "sans", "veux", "veut",
    "pouvez", "pouvons", "savoir", "faire", "venir", "viens", "aller", "passer",
})  # fmt: skip
_ADVERBS = frozenset({"aussi", "bien", "encore", "toujours", "pas", "plus", "tout", "on", "vous", "egalement"})
_PRONOUNS = frozenset(
    ["je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "qui", "ne", "me", "te", "se", "lui"]
)
_PARTITIVE = frozenset({
    "voudrais", "voudrai", "voudrait", "voudrions", "veut", "veux", "demande", "demandons", "ai", "as", "a", "ont",
    "avons", "avoir", "sont", "faut", "met", "mettre", "mettez", "voir", "avec", "par", "jette", "jettent",
    "laisse", "laissent", "entends", "entend", "trouve", "voit", "voyons", "installer", "poser", "creer",
})  # fmt: skip
_ARTICLES = {"mon ": "votre ", "ma ": "votre ", "mes ": "vos ", "notre ": "votre ", "nos ": "vos ", "ce ": "le ",
             "cet ": "l’", "cette ": "la ", "ces ": "les "}  # fmt: skip


_INFLECTION = re.compile(
    r"(?<=.{4})(?:iss(?:aient|ait|ant|ent|ons|ez)|er(?:aient|ait|ais|ons|ont|iez|a|ai|ez)|aient|ions|ait|ais|ant|ent|ons|ez"
    r"|ees?|er|re|ir|es|is|it|[esixu])$"
)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    words = _FILE.read_text(encoding="utf-8").split()
    return frozenset(stem(word) for word in words) | frozenset(_root(word) for word in words)


def ordinary(word: str) -> bool:
    """Is this an everyday word, rather than a name?"""
    return stem(word) in _ordinary() or _root(fold(word)) in _ordinary()


@lru_cache(maxsize=1)
def _public() -> frozenset[str]:
    """Stems of what a town is made of, whether or not a procedure names it."""
    return frozenset(stem(word) for line in load_competences() for word in line.words)


def public(word: str) -> bool:
    """Is a stem that of a thing that a town is made of?"""
    return word in _public()


@lru_cache(maxsize=20_000)
def _root(word: str) -> str:
    """A folded word without its ending, marked: « sonne », « sonner » and « sonnaient » agree."""
    return f"{_INFLECTION.sub('', word)}~"


def fit_to_ask(question: str) -> bool:
    """May a question be told back whole: no irony, no threat, nobody named but the town hall's own?"""
    asked = _FIT_IN_A_QUESTION.sub(" ", fold(question))
    named = _KIN_NAME.search(question) or _NEIGHBOUR.search(question)
    sold = re.search(r"\bsaviez-vous\b|\bje vous propose\b", asked)
    return repeatable(question) and not (_NOT_OURS.search(asked) or named or sold)


@lru_cache(maxsize=4)
def known_words(procedures: tuple[Procedure, ...]) -> frozenset[str]:
    """Stems of the words that an answer may repeat: ordinary ones and those of the procedures' own answers."""
    told = {
        word
        for procedure in procedures
        for text in (procedure.title, procedure.answer, procedure.referral, *procedure.documents)
        for word in stems(text)
    }
    return _ordinary() | told


@lru_cache(maxsize=4)
def civic_words(procedures: tuple[Procedure, ...]) -> dict[str, int]:
    """Stems of what procedures are asked about, the nouns worth naming again, and how many procedures share each."""
    counts: Counter[str] = Counter()
    for item in procedures:
        counts.update({word for text in (item.title, *item.words) for word in stems(text)})
    return dict(counts)


def begins_well(clause: str) -> bool:
    """Does a clause begin with its subject, or as a question does?"""
    return bool(_SUBJECT.match(clause.strip()))


def neutral(sentence: str, known: frozenset[str]) -> str:
    """`sentence` without the clauses that a town hall does not repeat; '' when too little is left to be said again."""
    pieces = _CUT.split(_anonymous(sentence))
    clauses, glues = pieces[::2], ["", *pieces[1::2]]
    kept = [
        _fit(clause, known, own=bool(place) and bool(_OURS.search(clauses[place - 1])))
        for place, clause in enumerate(clauses)
    ]
    if all(kept):
        return _anonymous(sentence)
    first = next((place for place, fit in enumerate(kept) if fit and "(" not in glues[place]), None)
    if first is None or (first and not _SUBJECT.match(clauses[first].strip())):
        return ""
    text = clauses[first]
    aside = opened = False
    for place in range(first + 1, len(clauses)):
        aside = (aside or "(" in glues[place]) and ")" not in glues[place]
        if not kept[place] and aside:
            opened = opened or "(" in glues[place]
            continue  # only a remark in parentheses goes
        if opened and kept[place]:  # what is left of it opens it, or nothing is
            glues[place] = " " if ")" in glues[place] else " ("
            opened = False
        if not kept[place] and glues[place].startswith(",") and _APPOSED.match(clauses[place]):
            glues[place + 1 : place + 2] = [" "] * len(glues[place + 1 : place + 2])
            continue  # « le fils de mon voisin, qui a…, roule dans le bois »
        if not kept[place]:
            break  # what follows hangs on what is left out
        text += f"{glues[place]}{clauses[place]}"
    text = text[: text.rfind("«")] if text.count("«") > text.count("»") else text
    text = text.strip(" ,;:(–—-")
    text = re.sub(r"\)(?=[.?\s]*$)", "", text) if text.count(")") > text.count("(") else text
    text += ")" if text.count("(") > text.count(")") else ""
    closing = "?" if "?" in sentence and "?" not in text else ""
    return f"{text} {closing}".strip() if len(stems(text)) >= 2 else ""


def nouns(text: str, procedures: tuple[Procedure, ...], told: str) -> list[str]:
    """What `text` names that procedures know and that `told` does not say: « le trottoir », « votre poubelle »."""
    civic, known = civic_words(procedures), known_words(procedures)
    said = set(stems(told))
    found: list[tuple[int, str]] = []
    text = PLACE.sub(" ", text)
    for match in _NOUNS.finditer(text):
        head = stem(match["noun"])
        before = fold(text[: match.start()]).split()
        if match["det"] == "des " and before and before[-1] not in _PARTITIVE:
            continue  # « le portail des voisins »
        if before and before[-1] in _PRONOUNS:
            continue  # « je la vois »
        if match["noun"].endswith(("er", "ir", "re")) and _BEFORE_VERB.intersection(_leading(before)):
            continue  # « il faut le fermer »
        if (
            match["det"].strip().lower() in ("le", "la", "les", "l'", "l’")
            and (
                _ACTION.match(fold(match["noun"]))  # « où la mettre », « il le faut »
                or _OBJECT.search(text[: match.end("noun")])  # « que la mairie le verbalise », « qui la garde »
            )
        ):
            continue
        shared = civic.get(head, 0) or (1 if head in _public() else 0)
        if not 0 < shared <= MOST_SHARED or head not in known or head in said or _VAGUE.match(fold(match["noun"])):
            continue
        more = match["more"] or ""
        words = [fold(word) for word in _WORD.findall(more) if len(word) > 3 and word[0].islower()]
        if any(word in {*STOP_WORDS, "environ"} or stem(word) not in known or _VAGUE.match(word) for word in words):
            more = ""
        article = _ARTICLES.get(match["det"].lower(), lower_first(match["det"]))
        article = "l’" if article == "la " and re.match(r"[aeiouéèêâîh]", match["noun"]) else article
        phrase = f"{article}{match['adjective'] or ''}{match['noun']}{more}"
        if repeatable(phrase):
            found.append((shared, phrase))
            said.update(stems(phrase))
    kept = sorted(found, key=lambda pair: pair[0])[:MOST_NAMED]
    return [phrase for shared, phrase in found if (shared, phrase) in kept]


def _leading(before: list[str]) -> list[str]:
    """The last word before a noun, or the one before its adverb (« peut-on aussi le reboucher »)."""
    words = [part for word in before[-2:] for part in re.split(r"[-']", word)]
    return words if before and before[-1] in _ADVERBS else words[-1:]


def _anonymous(text: str) -> str:
    """`text` without number plates, looks, nor the names of the people complained of."""
    text = _LOOKS.sub(lambda match: f"{match['kept'] or ''}une personne", text)
    text = re.sub(
        r", (?:âgée? de )?(?:[6-9]\d|1[01]\d) ans(?: passés)?,(?= )|,? (?:âgée? de )?(?:[6-9]\d"
        r"|1[01]\d) ans(?: passés)?(?=\s*[,.)]|$)",
        "",
        text,
    )
    text = re.sub(r",? n[ée]e? le [\d/. ]+(?:[a-zéû]+ \d{4})?", "", text)
    text = re.sub(r"\s*\(?\b[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}\b(?:, [^()]{1,20})?\)?", "", text)
    if re.search(r"\bvoisin", fold(text)) or re.search(r"\b(?:haie|bruit|chien|coq|musique|piano|mur)\b", fold(text)):
        text = re.sub(rf"(voisine?),? {_NEIGHBOUR.pattern},?", r"\1", text)
        text = re.sub(rf"\bde (?={_NEIGHBOUR.pattern})", "d’", text)
        text = _NEIGHBOUR.sub("un voisin", text)
    return text


_TITLE = re.compile(r"[\"“«]\s?[A-ZÀ-Ý][^\"”»]{2,60}[\"”»]")  # a title or a name between quotes


# « mes grands-parents, Marcel et Odette Lemoine »: those are the writer's own.
_OURS = re.compile(r"\b(?:mes|mon|ma|nos|notre) (?!voisin)[\w-]+(?: [\w-]+)?\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _unsaid() -> frozenset[str]:
    return frozenset(stem(word) for word in _UNSAID.read_text(encoding="utf-8").split())


def _sayable(word: str) -> bool:
    """Is a word that the lists do not hold a French one all the same, that a town hall may say (« un album »)?"""
    if stem(word) in _unsaid():
        return False
    return is_french(word) or (word.endswith("ment") and is_french(word.removesuffix("ment")))  # « idéale-ment »


def _fit(clause: str, known: frozenset[str], *, own: bool = False) -> bool:
    """May a town hall say this clause again? `own` when it may begin with the names of the writer's own."""
    if not repeatable(clause) or _NOT_OURS.search(fold(clause)) or _KIN_NAME.search(clause):
        return False
    named = 0
    bare = DATE.sub(" ", PLACE.sub(" ", _TITLE.sub(" ", clause)))
    for place, match in enumerate(_WORD.finditer(bare)):
        word = match[0]
        if (word[0].isupper() and (place or own)) or word.isupper():
            continue  # a name
        parts = [part for part in re.split("-", fold(word)) if len(part) > 2 and part not in STOP_WORDS]
        if not all(stem(part) in known or _root(part) in known for part in parts):
            named += 1
            if named > MOST_NOUNS or not _sayable(word):
                return False
    return True
