"""Tables: what the heading of a column announces holds for every row under it.

A table is a run of lines cut by the same sign (tabulation, « | », « ; » or spaces in a row), whose first line names its
columns: « N° allocataire », « Né(e) le », « Parcelle »…
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from atelier_ia.privacy.lexicon import CAPITAL, FIRST, KNOWN, ORGANISATION, PLACE, PUBLIC, SURNAME, UPPER
from atelier_ia.privacy.numbers import DATE, count_digits
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import ALERTS, Label, Span

_SIGNS = ("\t", "|", ";", ",")
# Heading of a column → what its cells may hold; the first that matches and that the cell fits wins.
_HEADINGS: tuple[tuple[re.Pattern[str], Label], ...] = (
    (
        re.compile(r"(?:date[ _.]?)?(?:de[ _]?)?naiss|ne\(?e?\)? ?le|nee? le|ne\(?e?\)?s?$|ddn\b|d\. ?n\."),
        "DATE_NAISSANCE",
    ),
    (re.compile(r".{0,12}(?:allocataire|alloc\b|caf\b|msa\b)"), "NUM_ALLOCATAIRE"),
    (re.compile(r".{0,14}fiscal|.{0,6}spi\b|.{0,10}impots?\b"), "NUM_FISCAL"),
    (
        re.compile(r".{0,16}(?:identite|cni\b|passeport|titre de sejour|sejour|piece\b|permis de conduire)"),
        "NUM_IDENTITE",
    ),
    (re.compile(r".{0,8}(?:nir\b|secu|ss\b|insee\b)"), "NIR"),
    (re.compile(r"iban|rib\b|.{0,8}compte bancaire|coordonnees bancaires"), "IBAN"),
    (re.compile(r"siret|siren"), "SIRET"),
    (re.compile(r".{0,6}(?:tel\b|tel\.|telephone|portable|mobile|fixe\b|gsm)"), "TEL"),
    (re.compile(r".{0,8}(?:immat|plaque|vehicule)"), "PLAQUE"),
    (re.compile(r".{0,10}(?:parcelle|cadastr|section)"), "CADASTRE"),
    (re.compile(r"(?:adresse|domicile|rue|voie)(?!.{0,6}(?:mail|courriel|electron))"), "ADRESSE"),
    (
        re.compile(
            r"(?:n ?[°ºo]\.? ?(?:de |du |d')?|numero (?:de |du |d')?)?(?:dossier|demande(?!u)|ref\b|reference"
            r"|matricule|abonne|ticket|facture|titre|quittance|signalement|reclamation|avis|fps\b|pv\b|permis|incident"
            r"|convocation|rum\b|mandat|instance|rg\b|courrier|inscription|reservation|declaration|enregistrement"
            r"|(?:code|id|identifiant|num|numero|n ?[°o])[_ .-]{0,2}(?:redev|tiers|foyer|client|abonne|usager|agent"
            r"|elu|dossier|contrat|ecole|enfant|famille|adherent|pdl)"
            r"|client|usager|contrat|sinistre|plainte|recours|requete|adherent|licence|badge|carte|concession|famille)"
        ),
        "REF_DOSSIER",
    ),
    (
        re.compile(
            r"(?:noms?|prenoms?|nom et prenom|prenom et nom|enfants?|eleves?|agents?|demandeu\w+|petitionnaires?"
            r"|exposants?"
            r"|titulaires?|responsables?|beneficiaires?|usagers?|familles?|locataires?|proprietaires?|candidate?s?"
            r"|parents?|pere|mere|tuteurs?|inscrite?s?|participants?|interessee?s?|salariee?s?|stagiaires?"
            r"|adherents?|debit\w+|redevables?|contribuables?|clients?|abonnee?s?|administree?s?|auteurs?|plaignante?s?"
            r"|declarants?|signalants?|requerante?s?|tiers|assuree?s?|patiente?s?|victimes?|conduct\w+|riverains?"
            r"|voisins?"
            r"|interlocut\w+|contacts?|referente?s?|instruct\w+|gestionnaires?|destinataires?|licenciee?s?|joueu\w+"
            r"|elect\w+|mandataires?|mandante?s?|defunte?s?|concessionnaires?|heberge\w*|bailleurs?|preneurs?"
            r"|occupante?s?"
            r"|personnes?|noms?[ /-]prenoms?|identite|benevoles?|elue?s?|membres?|animat\w+|intervenante?s?|acquereurs?"
            r"|vendeurs?|cedants?|conjointe?s?)(?![a-z])"
        ),
        "NOM",
    ),
    (re.compile(r"allerg|handicap|sante|pai\b|traitement|medic|pathologie|maladie|vaccin"), "SANTE"),
    (
        re.compile(
            r"religion|culte|confession|regime alimentaire|syndic(?:at|al)|organisation syndicale"
            r"|appartenance|casier|opinion|nationalite|(?:nature de l'|motif de l')?infractions?|condamnation"
            r"|faits reproches"
        ),
        "SENSIBLE",
    ),
)
# A table of suppliers: what it names and numbers is theirs.
_OF_SUPPLIERS = re.compile(
    r"(?:[^a-z]*[a-z°. ]{1,20}[;|\t,])?[ \"*]*(?:tiers|fournisseur|prestataire|entreprise|societe|attributaire)s?\b"
)
_OF_LAND = re.compile(r"contenance|surface|superficie|m2|m²|proprietaire|nature|zon(?:e|age)")
# A table of works, of stops or of lamps, where nobody has a column: its streets are nobody's home.
_OF_WORKS = re.compile(
    r"(?<![a-z])(?:longueur|largeur|lineaire|revetement|chaussee|couts?|budget|estim\w+|travaux|chantiers?|troncons?"
    r"|phases?|lampadaires?|luminaires?|points? lumineux|mats?|arrets?|abribus|lignes?|bureaux?|isoloirs|tonnages?"
    r"|collecte|comptages?|vitesses?|debits?|capteurs?|poteaux?|hydrants?|bouches?|bancs?|arbres?|essences?|places?"
    r"|stationnement|sens|zones?|equipements?|ml|ttc|ht|annee|mise en service|electeurs|inscrits|votants|panneaux?"
    r"|marquages?|passages?|points? d'apport|conteneurs?|bornes?|canalisations?|diametre|materiau)(?![a-z])"
)
_PERSONAL = frozenset({"NOM", "TEL", "DATE_NAISSANCE", "NIR", "NUM_ALLOCATAIRE", "NUM_FISCAL", "NUM_IDENTITE", "IBAN"})
_OF_OWNER = re.compile(r"domicile|proprietaire|titulaire|demeur")
# « SCI Les Remparts | 2 place du Marché »: a row of a firm or of a public body.
_BODY = re.compile(
    r"(?:sci|sarl|sas|sasu|eurl|snc|gaec|earl|scea|scop|ccas|societe|association|asso|copropriete|syndicat|syndic|etat"
    r"|commune|mairie|ville|departement|region|communaute|metropole|indivision|domaine public|office|opac|sncf)"
    r"(?: (?:d[eu']|des|la|le|les|public\w*|communale?)(?![a-z])| |$)"
)
_PUBLIC_BODY = re.compile(
    r"(?:commune|diocese|paroisse|departement|region|ville|communaute de communes|metropole|etat)(?: d[eu']|$)"
    r"|societe [a-z]"
)
_TRADED = re.compile(r"objet|montant|siret|marche|mandat|prestation|ht\b|ttc\b")
_FRENCH = re.compile(r"f(?:r|rancais\w*)?$")
_NOTHING = re.compile(r"(?:non|neant|aucune?|ras|n/?a|sans objet|[-/.x ]*|oui|nc)$")
_AMOUNT = re.compile(r"[\d  .]*[.,]\d{1,2}(?: ?€| ?euros)?|\d[\d  .]* ?(?:€|euros)|(?:19|20)\d\d")
_PUBLIC_PLACE = re.compile(r"mairie|ecole|salle|gymnase|stade|hotel de ville|place de la republique")
_REASON = "colonne d'un tableau"


def _is_plate(cell: str) -> bool:
    return 5 <= len(cell) <= 14 and count_digits(cell) > 1 and re.search(r"[a-z]", cell) is not None


_HOLDS: dict[Label, Callable[[str], bool]] = {
    "DATE_NAISSANCE": lambda cell: (
        DATE.fullmatch(cell) is not None or re.fullmatch(r"(?:(?:0?[1-9]|1[0-2])[/.-])?(?:19|20)\d\d", cell) is not None
    ),
    "NUM_ALLOCATAIRE": lambda cell: 5 <= count_digits(cell) <= 15 and len(cell) < 22,
    "NUM_FISCAL": lambda cell: 9 <= count_digits(cell) <= 15 and len(cell) < 24,
    "NUM_IDENTITE": lambda cell: count_digits(cell) >= 3 and 6 <= len(cell) < 24,
    "NIR": lambda cell: count_digits(cell) > 9,
    "IBAN": lambda cell: count_digits(cell) > 9,
    "SIRET": lambda cell: count_digits(cell) > 8,
    "TEL": lambda cell: 7 <= count_digits(cell) <= 15 and len(cell) < 26 and not re.match(r"0 ?8", cell),
    "PLAQUE": _is_plate,
    "CADASTRE": lambda cell: (
        re.match(r"(?:section )?(?:\d{3} ?)?0? ?[a-z]{1,2}[ -]?(?:n ?[°o] ?)?\d", cell) is not None
        or re.fullmatch(r"\d{1,4}", cell) is not None
    ),
    "ADRESSE": lambda cell: (
        len(cell) > 5
        and (re.search(r"\d", cell) is not None or cell.count(" ") > 0)
        and _PUBLIC_PLACE.search(cell) is None
    ),
    "REF_DOSSIER": lambda cell: (
        count_digits(cell) > 1 and len(cell) < 30 and DATE.search(cell) is None and not _AMOUNT.fullmatch(cell)
    ),
    "NOM": lambda cell: (
        re.fullmatch(r"[^\W\d_][^\d@:€%]{1,44}", cell) is not None
        and ("/" not in cell or re.fullmatch(r"[^/]{2,24} / [^/]{2,24}", cell) is not None)
        and len(cell.split()) < 6
        and _NOTHING.match(cell) is None
    ),
    "SANTE": lambda cell: len(cell) > 2 and _NOTHING.match(cell) is None,
    "SENSIBLE": lambda cell: len(cell) > 1 and _NOTHING.match(cell) is None and _FRENCH.match(cell) is None,
}


def find_cells(reading: Reading) -> Iterator[Span]:
    """The cells of every table of `reading` whose column says what they hold."""
    low = reading.low
    start = 0
    columns: list[tuple[Label, ...]] = []
    sign = ""
    for line in low.split("\n"):
        cells = _cells(line, sign) if sign else []
        if sign and len(cells) >= 2 and abs(len(cells) - len(columns)) < 2:
            yield from _row(reading, line, start, sign, columns)
        elif not re.fullmatch(r"[\s|:+=\-]*", line) or not sign:
            other, headed = _heading(line)
            # A remark between two rows does not end a table.
            if other or not sign or sign == "," or sign in line:
                sign, columns = other, headed
        start += len(line) + 1


def _cells(line: str, sign: str) -> list[str]:
    """The cells of `line`; a comma between quotation marks cuts nothing."""
    if sign != "," or '"' not in line:
        return line.split(sign)
    cells, quoted = [""], False
    for character in line:
        quoted ^= character == '"'
        if character == sign and not quoted:
            cells.append("")
        else:
            cells[-1] += character
    return cells


def _heading(line: str) -> tuple[str, list[tuple[Label, ...]]]:
    """The sign and the columns when `line` is the heading of a table, else ("", [])."""
    if len(line) > 300 or count_digits(line) > 4:
        return "", []
    for sign in _SIGNS:
        if line.count(sign) < (1 if sign != "," else 2):
            continue
        labels: list[tuple[Label, ...]] = []
        for cell in line.split(sign):
            heading = cell.strip(' "*_')
            if len(heading) > 40 or ":" in heading:
                break
            labels.append(tuple(label for pattern, label in _HEADINGS if pattern.match(heading)))
        else:
            if _OF_SUPPLIERS.match(line) and _TRADED.search(line):
                labels = [tuple(label for label in kinds if label not in ("NOM", "REF_DOSSIER")) for kinds in labels]
            if _OF_WORKS.search(line) and not any(_PERSONAL.intersection(kinds) for kinds in labels):
                rest: list[tuple[Label, ...]] = [
                    tuple(label for label in kinds if label != "ADRESSE") for kinds in labels
                ]
                if rest != labels and sign != ",":
                    return sign, rest  # its rows are read, and none of them is a heading
                labels = rest
            if any("CADASTRE" in kinds for kinds in labels) and _OF_LAND.search(line):
                # Where a parcel lies is nobody's home; where its owner lives is.
                labels = [
                    kinds if _OF_OWNER.search(cell) else tuple(label for label in kinds if label != "ADRESSE")
                    for kinds, cell in zip(labels, line.split(sign), strict=True)
                ]
            if sum(map(bool, labels)) > (sign == ","):
                return sign, labels
    return "", []


def heading_above(reading: Reading, place: int) -> str:
    """The heading, folded, of the column of a table in which `place` stands; "" elsewhere."""
    low = reading.low
    start = reading.line(place)[0]
    sign = next((sign for sign in "|\t;" if sign in low[start:place]), None)
    if sign is None:
        return ""
    column = low.count(sign, start, place)
    block = low[max(0, low.rfind("\n\n", 0, start)) : start].strip("\n").split("\n")
    heading = next((line for line in block if line.count(sign) >= column), "").split(sign)
    return heading[column].strip() if len(heading) > column else ""


def _names_somebody(reading: Reading, start: int, end: int) -> bool:
    """Does the cell hold a capital, and a word that may be a name?"""
    bits = reading.bits[reading.index_from(start) : reading.index_from(end)]
    if bits and bits[0] & PUBLIC and bits[0] & UPPER and not reading.upper_case:
        return False  # « SCI du Marais »
    shapeless = reading.lower_case or reading.upper_case
    return any(
        (bit & CAPITAL or shapeless) and (bit & (FIRST | SURNAME) or not bit & (KNOWN | PLACE | ORGANISATION))
        for bit in bits
    )


def _row(reading: Reading, line: str, start: int, sign: str, columns: list[tuple[Label, ...]]) -> Iterator[Span]:
    place = start
    of_body = any("ADRESSE" in labels for labels in columns) and any(
        "NOM" in labels and _BODY.match(cell.strip(' "*_'))
        for labels, cell in zip(columns, _cells(line, sign), strict=False)
    )
    for labels, cell in zip(columns, _cells(line, sign), strict=False):
        bare = cell.strip(' "*_')
        for label in labels if bare else ():
            if label == "NOM" and (not _names_somebody(reading, place, place + len(cell)) or _PUBLIC_BODY.match(bare)):
                continue
            if label == "ADRESSE" and of_body:
                continue
            if _HOLDS[label](bare):
                begin = place + cell.index(bare)
                yield Span(begin, begin + len(bare), label, "alerte" if label in ALERTS else "masquer", _REASON)
                break
        place += len(cell) + len(sign)
