"""What looks like somebody's name and is a thing: a firm, a brand, a hall, a group of towns."""

from __future__ import annotations

import re

from atelier_ia.privacy.lexicon import CAPITAL, FIRST, KNOWN, PARTICLE, PLACE, STREET, SURNAME
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_FIRMS = words("names_firms")
_LANDS = frozenset({"val", "vallee", "pays", "vallees", "terres", "monts", "coteaux", "plaine"})
# « les halles Viollet-le-Duc », « le local Buster-Keaton », « le lieu d'accueil enfants-parents Winnicott »
_HOUSES = re.compile(
    r"(?<![a-z])(?:halles?|local|locaux|hangar|atelier|amphitheatre|auditorium|pole|tiers-lieu|campus|passerelle|fosse"
    r"|(?:lieu|centre) d'(?:accueil|hebergement)(?: [a-z]+(?:-[a-z]+)?)?|oap|zac|ehpad|micro-creche"
    r"|zone (?:artisanale|industrielle|commerciale|d'activites?)(?: d[eu]s?)?) $"
)
# « les enseignes Petit Bateau et Jules », « les entreprises Terrasse et Fils, Vert Martin et Aqua »
_BRANDS = re.compile(
    r"(?<![a-z])(?:entreprises|soci[ée]t[ée]s|enseignes?|marques?|boutiques|cabinets|groupements|[ée]diteurs"
    r"|fournisseurs) (?:[a-zà-ÿ]{5,12},? )?(?:(?:[A-ZÀ-Þ][\w'’-]{0,20}|et|de|du|la|le),? ){0,8}$"
)
# « le chatbot Camille », « les pommes de terre Charlotte, Agata et Monalisa », « la loi Malraux »
_NOUNS = (
    r"(?:serveurs?|logiciels?|progiciels?|chatbot|robots?|mascotte|navires?|bateaux?|ferry|voiliers?|trains?"
    r"|temp[êe]tes?|cyclones?|ouragans?|op[ée]rations?|plans?|programmes?|dispositifs?|labels?|prix|troph[ée]es?"
    r"|challenges?"
    r"|tournois?|courses?|menus?|vari[ée]t[ée]s?|pommes? de terre|fraises?|tomates?|rosiers?|chrysanth[èe]mes?"
    r"|orchid[ée]es?"
    r"|cuv[ée]es?|bi[èe]res?|fromages?|cloches?|mod[èe]les?|gammes?|prestataires?|constructeurs?|op[ée]rateurs?"
    r"|[ée]diteurs?"
    r"|bureaux? d'[ée]tudes|restaurants?|brasseries?|h[ôo]tels?|cirques?|compagnies?|troupes?|chorales?|fanfares?"
    r"|orchestres?|quatuors?|trio|festivals?|films?|albums?|romans?|revues?|magazines?|jurisprudences?|amendements?"
    r"|lois?"
    r"|circulaires?|fonds|r[ée]formes?|directives?|sc[ée]narios?|quartiers|secteurs|lignes?|stations?|plateformes?"
    r"|applications?|outils?|messagerie|imprimantes?|tondeuses?|tracteurs?|march[ée]s?"
    r"|galeries?|r[ée]sidences?|[ée]glises?|chapelles?|abbayes?|basiliques?|ports?|forts?|casernes?|refuges?|cols?"
    r"|massifs?|grottes?|m[ée]diath[èe]ques?|biblioth[èe]ques?|[ée]coles?|coll[èe]ges?|lyc[ée]es?|cr[èe]ches?"
    r"|groupes? scolaires?|parkings?"
    r"|salles?|th[ée][âa]tres?|rues|avenues|boulevards|places|impasses|quais|allées|[îi]les?|lacs?|[ée]tangs?"
    r"|stades?|gymnases?|jardins?|squares?|cit[ée]s?)"
)
_NAMED = re.compile(
    rf"(?<![a-zA-Zà-ÿ-])(?i:{_NOUNS})"
    r" (?:« ?)?(?:[A-ZÀ-Þ][\w'’-]{1,20}(?:,| et| ou) (?:« ?)?){0,5}$"
)
_NAMED_ONE = re.compile(_NOUNS)
# « une lecture de Colette », « le répertoire de Brassens et de Barbara », « les Mémoires d'Hadrien »
_WORKS = re.compile(
    r"(?<![a-zA-Zà-ÿ-])(?:[Ll]ectures?|[Rr][ée]pertoires?|[ŒœOo]e?uvres?|[Tt]oiles?|[Tt]ableaux?|[Aa]irs?"
    r"|[Cc]hansons?|[Mm]usiques?"
    r"|[Pp]o[èe]mes?|[Cc]ontes?|[Rr]omans?|Mémoires|[Ff]ilms?|[Ss]ymphonies?|[Ss]onates?|[Ss]culptures?|[Ff]ables?"
    r"|[Tt]rag[ée]dies?"
    r"|[Cc]om[ée]dies?|[Vv]alses?) (?:de |d['’]|du )(?:[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?(?:,| et) (?:de "
    r"|d['’])?){0,4}$"
)
_QUOTED = re.compile(
    r"(?<![a-zà-ÿ])(?:projette\w*|lu|lit|lisent|joue\w*|jou[ée]s?|pr[ée]sente\w*|reprend\w*|films?|spectacles?"
    r"|livres?|albums?"
    r"|romans?|intitul[ée]e?s?|titr[ée]e?|sc[ée]nario|label|op[ée]ration|programme|food-?truck|restaurant|exposition"
    r"|pi[èe]ce|et|(?:r[ée]forme|loi|mesure|zone|op[ée]ration|salle|place)[^.«»]{0,14} dite?) « ?(?:[^«»\n]{0,24} )?$"
)
_TRADES = re.compile(
    r"(?:food-?trucks?|restaurant|bar|caf[ée]|camions?|stand|salon|pizzeria|cr[êe]perie|«) ?[Cc]hez (?:\w+ et )?$"
)
_OUR_LADY = re.compile(r"notre[ -]dame (?:d[eu]s? |d'|de la |de l')?$")
# Typography links first name and surname when a place bears them: « halle des sports Alain-Mimoun ».
_BEARS = re.compile(
    r"(?<![a-z])(?:sports?|familia(?:l|ux)|partages?|publics?|scolaires?|communa(?:l|le|ux)|municipa(?:l|le|ux)"
    r"|omnisports?"
    r"|polyvalente?|intercommunale?|sporti(?:f|ve)|culturel(?:le)?|elementaire|maternelle|primaire|oap|nautique"
    r"|aquatique|artistique|sante|maternite|clinique|hopital"
    r"|pedagogique|periscolaire|sociale?|associati(?:f|ve)|numerique|universitaire|celui d|celle d|l'oap) ?'?$"
)
_MARRIED = re.compile(r"(?:me suis|m'etre|s'est|nous sommes|se sont|se|veux me|vais me|etre|on se|je) (?:deja )?$")
_OF_BRANDS = re.compile("entreprises|societe|enseigne|marque|boutiques|cabinets|groupements|editeurs|fournisseurs")
_FIXED_AT = re.compile(r"siege (?:social )?(?:est |sera )?(?:fixe|situe|etabli|transfere) (?:au|a la|a l'|a) $")


# Words after which a thing may be named further: a list, an article, a house.
_LEADS = frozenset(("de", "du", "d", "et", "ou", "chez", "la", "le", "dame", "etudes", "terre"))


# « le marché de Noël des Remparts », « du marc de café »
_OF_CHRISTMAS = re.compile(
    r"(?<![a-z])(?:marches?|arbres?|fetes?|vacances|repas|bals?|colis|gouters?|spectacles?|concerts?|sapins?|chalets?"
    r"|illuminations|villages?|feerie|parade|foires?|veille|soir|jours?|treve|pere|contes?|lundi|marathon"
    r"|corrida) (?:de |du )$"
)
# « mon chien, répondant au nom de Sultan »
_ANIMAL = re.compile(
    r"(?<![a-z])(?:chien(?:ne)?s?|chat(?:te)?s?|chiots?|chatons?|poneys?|cheval|jument|rottweiler|labrador|staff\w*"
    r"|berger (?:allemand|malinois)|malinois|perroquet|animal)(?![a-z])[^.;!?\n]{0,90}"
    r"(?:nomme|nommee|appelee?|s'appelle|nom de|du nom|prenomme)(?: de)? ?:? ?$"
)
# « des noms de peintres : Cézanne, Matisse »
_NAMESAKES = re.compile(
    r"noms? (?:de |d')(?:musicien|peintre|ecrivain|poete|compositeur|savant|resistant|artiste|femme|sportif|navigateur"
    r"|explorateur|scientifique|philosophe|aviateur|arbre|fleur|oiseau|sculpteur|chanteu|cineaste)[a-z]*[^.;\n]{0,90}$"
)
_FLAT = re.compile(r"[TF][1-7](?!\w)")
_TOWN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-[Vv]ille(?:-[^\W\d_]+)*")
_PEOPLES = words("peoples") | {"rom"}
_TOLD_APART = re.compile(r"[,;:] $")
_CODE = re.compile(r"[A-Z]{1,4}\d{1,4}")
_LETTERED = re.compile(r"[A-Z]\. [A-ZÀ-Þ][a-zà-ÿ]+")
_RESIDUE = re.compile(r"marc de (?:cafe|raisin|pomme|the)(?![a-z])")
_THINGS = words("things_named")
_PLANTS = words("things_plants")
_GROUPS = words("things_groups")
_WHOLE = re.compile(r"france (?:alzheimer|parkinson|rein|victimes|travail|services|benevolat|adot|handicap)(?![a-z])")
_PUPILS = words("things_pupils")
_TOWN_WORDS = words("things_of_towns")
_WORKERS = words("things_workers")
_OF = frozenset(("de", "du", "d", "des", "la", "l"))
_ACRONYM = re.compile(r"(?:l[ea]s? |l['’])?[A-ZÀ-Þ]{2,5}")
_DEDICATED = re.compile(r"(?:consacr[ée]e?s? à|baptis[ée]e?s?|intitul[ée]e?s?|nomm[ée]e?s?) « ?$")


def _in_list(reading: Reading, start: int) -> bool:
    """Is the name one of a list of things, of pupils' schools or of towns, or what one thing is called?

    « collecteurs des bassins Descartes, Bellevue et Zola », « 640 lycéens à Clemenceau, Lavoisier et Sainte-Thérèse »,
    « avec les collègues de Grenoble, Échirolles et Voiron », « tulipier de Virginie », « chez » written « Chez Momo ».
    """
    words_, bits, gap = reading.low_words, reading.bits, reading.gap
    own = head = reading.index_from(start)
    while head > 1 and own - head < 12:  # back to the first of the list
        previous = head - 1
        if gap(previous) == " " and words_[previous] in ("et", "ou"):
            previous -= 1
        elif gap(previous) not in (", ", "-"):
            break
        if not bits[previous] & CAPITAL:
            break
        head = previous
    if not head or gap(head - 1) not in (" ", "'", " « "):
        return False
    before = head - 1
    word = words_[before]
    if word == "chez" and bits[before] & CAPITAL and before and gap(before - 1) in (" ", " « "):
        return True
    if bits[before] & CAPITAL:
        return False
    if word in _THINGS and not (
        before > 1 and words_[before - 1] in _OF and not _WORKERS.isdisjoint(words_[max(0, before - 3) : before - 1])
    ):
        return True
    if word not in ("de", "d", "a", "avec", "du") or not before:
        return False
    noun = words_[before - 1]
    if noun in _PUPILS and word == "a" and own > head:
        return True
    if noun in _TOWN_WORDS or (word != "a" and noun in _PLANTS):
        return True
    if own == head or bits[own] & FIRST or not bits[head] & PLACE or bits[head] & (FIRST | SURNAME):
        return False  # « bonjour de Lyon, Sophie »
    return words_[own - 1] == "et" or gap(own) == ", " or (own + 1 < len(words_) and words_[own + 1] == "et")


def is_thing(reading: Reading, span: Span) -> bool:
    """« Bernard Ingénierie », « les halles Viollet-le-Duc », « un maître cuisinier »: no person."""
    if reading.low[span.start : span.end] == "marie" and reading.text[span.start].islower():
        return _MARRIED.search(reading.low, max(0, span.start - 16), span.start) is not None
    if reading.lower_case or reading.upper_case:
        return False
    low, start = reading.low, span.start
    far = max(0, start - 130)
    called = max(low.find("nom", max(0, start - 14), start), low.find("appel", max(0, start - 14), start))
    if called >= 0 and _ANIMAL.search(low, far, start):
        return True
    if low.find("noms d", far, start) >= 0 and _NAMESAKES.search(low, far, start):
        return True
    if _CODE.fullmatch(reading.text, start, span.end) or (
        _FLAT.match(reading.text, start) or _TOWN.fullmatch(reading.text, start, span.end)
    ):
        return True  # « l'instruction comptable M57 », « T4 », « Hô-Chi-Minh-Ville »
    if low[start : span.end] in _PEOPLES and (
        _TOLD_APART.search(low, max(0, start - 2), start) or reading.text[start].islower()
    ):
        return True  # « famille rom », « né à Craiova (Roumanie), Rom, », « Zoran Petrovic, Serbe » tell an origin
    if low.startswith("noel", start) and _OF_CHRISTMAS.search(low, max(0, start - 24), start):
        return True
    if _LETTERED.match(reading.text, start) and reading.line(start)[0] == start:
        index = reading.index_from(start) + 1
        if reading.bits[index] & KNOWN and not reading.bits[index] & (FIRST | SURNAME):
            return True  # « A. Déclarant », the heading of a form
    if _RESIDUE.match(low, start) or ("civilité" not in span.reason and _is_called(reading, span)):
        return True
    pieces = low[start : span.end].split()
    if not pieces:
        return False
    if (pieces[0] == "france" and _WHOLE.match(low, start)) or (
        pieces[0] in _GROUPS and len(pieces) > 1 and pieces[1].startswith(("saint", "ste-"))
    ):
        return True
    if "civilité" not in span.reason and _in_list(reading, start):
        return True
    quoted = len(pieces) == 1 and low.startswith((" »", "»"), span.end)
    if quoted and _DEDICATED.search(reading.text, max(0, start - 24), start):
        return True
    if pieces[0] in ("le", "la", "les") and len(pieces) == 2 and _ACRONYM.fullmatch(reading.text, start, span.end):
        return True  # « illustré par le CAUE »
    if pieces[-1] in _FIRMS and reading.text[span.end - len(pieces[-1])].isupper():
        return True
    if len(pieces) > 2 and pieces[0] in _LANDS and pieces[1] in ("de", "du", "des", "d'"):
        return True
    before = max(0, start - 70)
    if low.endswith("maitre ", 0, start) and reading.text[start].islower():
        return True  # « un maître cuisinier »
    if pieces[0].startswith("l'") and len(pieces) == 1 and reading.text[start].islower():
        return True  # « je remercie l'Harmonie »
    if _HOUSES.search(low, before, start) or _FIXED_AT.search(low, before, start):
        return True
    left = low[before:start].rstrip(" «")
    word = left.rpartition(" ")[2]
    if "-" in reading.text[start : span.end] and _BEARS.search(low, before, start):
        return True
    if word in _LEADS or left.endswith((",", "'")):
        if _OUR_LADY.search(low, before, start) or _TRADES.search(reading.text, before, start):
            return True
        if any(pattern.search(reading.text, before, start) for pattern in (_BRANDS, _NAMED, _WORKS)):
            return True
    elif _NAMED_ONE.fullmatch(word) or (_OF_BRANDS.search(left) and _BRANDS.search(reading.text, before, start)):
        return True
    quoted = "»" in reading.text[span.end : span.end + 30].partition("«")[0]
    return quoted and _QUOTED.search(reading.text, before, start) is not None


def _is_called(reading: Reading, span: Span) -> bool:
    """« la Chapelle Saint-Vincent », « Chemin de la Bloire »: a common noun, then what it is called."""
    bits = reading.bits
    head, last = reading.index_from(span.start), reading.index_at(span.end - 1)
    while head + 2 <= last and bits[head] & PARTICLE and not bits[head] & (FIRST | SURNAME):
        head += 1
    if head >= last or not bits[head] & KNOWN or bits[head] & FIRST or not bits[head] & CAPITAL:
        return False
    if reading.low_word(head + 1) in ("saint", "sainte", "notre"):
        return True
    return bool(bits[head] & STREET and bits[head + 1] & PARTICLE and not bits[head + 1] & CAPITAL)
