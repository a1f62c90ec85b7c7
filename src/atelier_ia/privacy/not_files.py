"""Numbers that look like the reference of somebody's file and are a firm's, a service's, a meter's or the mairie's own.

« mandat n° 4471 », « le bon n° 5521 », « (note 2024-17) », « astreinte SPIE (ticket 88214) », « par exemple 24D00318 ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from atelier_ia.privacy.forms import is_public_siret
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_SIGN = r"(?:n ?[°ºo]s?\.?|numeros?|num\.?|ref(?:erence)?s?\.?|ar)?[ :(#–-]{0,3}"
_OWN = "|".join(sorted(words("not_files_bearers"), key=len, reverse=True))
# What the mairie or a firm numbers, right before the number.
_BEARER = re.compile(
    rf"(?<![a-z])(?:{_OWN})(?: (?:accepte|signe|interne|externe|achats?|general|publics?|collectivites?))? {_SIGN} ?$"
)
# Within a few words: an offer, an insurance of the mairie, an example.
_FAR = re.compile(
    r"(?:(?:par exemple|exemples?|type|format|modele|du genre|comme)[ :(«\"]{1,4}"
    r"|(?:offre d'emploi|poste d[^.;\n]{2,24}|annonce|candidature au poste[^.;\n]{2,24}) ?[–,(-]? ?ref\.?[ :]{1,3}"
    rf"|(?:groupama|smacl|axa|maif|allianz|generali|sham|relyens)? ?collectivites?(?: territoriales)?,? {_SIGN} ?"
    rf"|bons? de commande {_SIGN} ?|permissions? de voirie {_SIGN} ?"
    rf"|(?:collectivite|commune|mairie|ville) : contrat {_SIGN} ?"
    r"|(?:batiments|chaudiere|ascenseur|imprimante|copieurs?|vehicules|materiel|logiciel|telesurveillance|flotte)"
    rf"(?: communa\w+| municipa\w+)?,? {_SIGN} ?"
    rf"|compteur (?:general|collectif|communal|de la (?:mairie|salle|commune|ville))[^.;\n]{{0,8}} ?{_SIGN} ?"
    r")$"
)
_FAR_SIGNS = (
    *(
        "exempl",
        "type",
        "format",
        "modele",
        "du genre",
        "comme",
        "ref",
        "collectivite",
        "compteur",
        "commande",
        "voirie",
        " : contrat",
    ),
    *(
        "batiments",
        "chaudiere",
        "ascenseur",
        "imprimante",
        "copieur",
        "vehicules",
        "materiel",
        "logiciel",
        "telesurv",
        "flotte",
    ),
)
# « Toner noir réf. TN-3480 »: what is bought has a reference of its maker's.
_BOUGHT = re.compile(
    r"(?<![a-z])(?:toners?|cartouches?|papier a[34]|ramettes?|ampoules?|lampes?|dalles?|pneus?|filtres?|gants"
    r"|peinture|enrobe|ciment|chaises?|ecrans?|claviers?|tablettes?|ordinateurs?|projecteurs?|panneaux?|lames?|bidons?"
    r"|cartons?|lots? de \d+|couches|jouets?|casques? de chantier|chaussures de securite|parkas?|gilets?)"
    r"(?![a-z])[^.;|\n]{0,40}[ (]ref(?:erence)?\.?[ :]{1,3}$"
)
# « géomètre Katell Riou (dossier GE-22118) », « chez Loxam, contrat 88-114-702 », « votre commande BC-25-0417 »
_TRADER = re.compile(
    r"(?<![a-z])(?:(?:geometres?|bureaux? (?:d'etudes?|de controle|[a-z]+-structures?)|chambre d'agriculture|loxam"
    r"|kiloutou|location d[eu]|loueur|nacelle|imprimeur)(?![a-z])[^.;|\n]{0,44}?|(?:(?:votre|notre|la) |\()commande)"
    r"(?:[ ,:(]*(?:dossier|contrat|ref(?:erence)?\.?|commande|devis)(?: n ?[°o])?)?[ :(]*$"
)
# « Acte de naissance n° 41 »: the number of an act in the register of the year.
_CIVIL_ACT = re.compile(
    r"(?<![a-z])actes?(?: de (?:naissance|mariage|deces|reconnaissance))? (?:n ?[°o]s?|numeros?) ?$"
)
_MAINTAINED = re.compile(
    r" ?[–(,-]{0,2} ?(?:maintenance|entretien|location|verification|fourniture|nettoyage|telesurveillance|assistance"
    r"|prestations?|hebergement|abonnement)(?![a-z])"
)
_BOOKLETS = re.compile(
    r"(?<![a-z])(?:carnets?|souches?|tickets?|valeurs|billets|timbres)(?: a souches?)? (?:n ?[°o]s?|numeros?) ?$"
)
_ARTICLE = re.compile(
    r"(?:articles? )?[lrda]\*? ?\.? ?\d{3,4}-\d{1,3}(?:-\d{1,2})?|(?:pc|pcmi|dp|pa|pd|cu)\d{1,2}(?:-\d{1,2}"
    r"| a (?:pc|pcmi|dp|pa|pd|cu)\d{1,2})?"
)
_GEODESY = re.compile(r"rgf ?93.*|wgs ?84|lambert.*|cc ?\d\d|ngf.*")
_OF_ACTS = re.compile(
    r"(?:marche|note|bon|mandat|devis|lot|avenant|convention|ticket|edf|engie|glpi)s? ?(?:n ?[°o] ?)?[\d(]"
    r"|(?:chorus|bc|oge) \d"
)
# « mandat n° 4471 » of the accounts, where « mandat : EAU-26-0077431 » lets a household's account be debited
_MANDATE = re.compile(rf"(?<![a-z])(?:mandats?|engagements?|bordereaux?|roles?) {_SIGN} ?$")
_STAFF = re.compile(r"matricule ?[;|\t,]")
_TICKET = re.compile(
    r"(?:astreinte|prestataire|societe|entreprise|enedis|grdf|veolia|suez|saur|spie|otis|kone|schindler|editeur|hotline"
    r"|support|version \d[.\d]*)(?![a-z])[^.;\n]{0,40}\(?(?:tickets? (?:n ?[°o] ?)?)?$"
)


# « 18DA114072 » in the column of the meters; « nombre d'adhérents : 63 »; « déposée le 12/01 », « 23 h 50 ».
_METER = re.compile(r"[a-z]?\d{2}[a-z]{2}\d{6}")
_COUNTED = re.compile(r"(?<![a-z])nombre d(?:'|e )[a-z]+ ?: ?$")
_WHEN = re.compile(r"\d{1,2} ?h ?\d{2}(?![\w-])|\d{1,2}/\d{2}(?![\w/-])(?= –| -|,|;|\.|\n)")


def _is_staff_column(low: str, start: int) -> bool:
    return _STAFF.match(low, low.rfind("\nmatricule", max(0, start - 4000), start) + 1) is not None


# Who writes or is written to has a file; so has anybody who is named, born, lodged or reached by telephone in the text.
_SOMEBODY = re.compile(
    r"(?<![a-z])(?:je|j'|moi|mon|ma|mes|m'|votre|vos|tu|ton|ta|tes|il|elle|son|sa|lui|demandeu(?:r|se)|usag(?:er|ere)"
    r"|requerante?|plaignante?|beneficiaires?|allocataire|locataire|petitionnaire|assuree?|victime|interessee?"
    r"|habitante?|famille|enfants?|eleve|agente?|abonnee?|redevable|debiteur|riveraine?)(?![a-z])"
)
_LONG_ENOUGH = 20  # words: fewer may be the one line of a file, cut from what names its owner
_PERSONAL = frozenset({"NOM", "NIR", "TEL", "DATE_NAISSANCE", "NUM_ALLOCATAIRE", "NUM_FISCAL", "NUM_IDENTITE", "IBAN"})


def of_nobody(reading: Reading, spans: Iterable[Span]) -> bool:
    """Does a text speak of nobody at all (an estimate, an analysis, a breakdown)? Its numbers are no one's file."""
    if len(reading) < _LONG_ENOUGH or any(span.label in _PERSONAL for span in spans):
        return False
    return _SOMEBODY.search(reading.low) is None


# What firms and services number between themselves, and who they are.
_TRADE = re.compile(
    r"(?<![a-z])(?:sarl|sas|eurl|scop|snc|ets|etablissements|entreprise|societe|cabinet|geometre|bureaux? d'etudes?"
    r"|fournisseur|prestataire|editeur|organisme de formation|h\.?t|ttc|tva|bons? d(?:e commande|e livraison"
    r"|'engagement)|devis|mandat administratif|marche n|bornage|arpentage|dommages?-ouvrage|decennale|serie|icpe|detr"
    r"|dsil|avis des domaines|pdl|ics creancier|version \d|n ?[°o] d'activite|cle de depot|timbre fiscal|commande"
    r"|code client|fact\. ?(?=\d)|demarches-simplifiees|index|autorisation de programme|nomenclature|indice|referentiel"
    r"|proces-verbal de (?:bornage|reception|levee|livraison))(?![a-z])"
)
# What a household is billed, and who is spoken of.
_HOUSEHOLD = re.compile(
    r"carte grise|chassis|plainte|abonne|cantine|periscolaire|creche|garderie|centre de loisirs|loyer|redevable|usager"
    r"|titre de recette"
    r"|(?<![a-z])(?:m|mme|mlle|mr)\.? |monsieur [a-z]|madame [a-z]|(?<![a-z])(?:mon|ma|mes|votre|vos|j'ai|je)(?![a-z])"
)


# A supplier's bill, sent to the mairie: « FACTURE N° F25-118840 / Client : Ville de Montbrelles ».
_BILL = re.compile(r" ?(?:facture|avoir|bon de livraison)s? (?:n ?[°ºo]\.? ?)?[:n]?")
_TO_A_BODY = re.compile(
    r"(?<![a-z])(?:client|destinataire|facturee? a|adressee? a|livree? a) ?: ?(?:la |le )?(?:ville|mairie|commune"
    r"|communaute|agglo|metropole|ccas|syndicat|service)|(?<![a-z])(?:t\.?v\.?a|h\.?t|t\.?t\.?c|engagement)(?![a-z])"
)


def of_business(reading: Reading, span: Span, names: Iterable[Span]) -> bool:
    """Does the line of a reference speak of trade (an estimate, a supplier, a meter's index), and of nobody?"""
    if span.label != "REF_DOSSIER" or is_always_a_file(span):
        return False
    start, end = reading.line(span.start)
    line = reading.low[start:end]
    if _BILL.match(line) and _TO_A_BODY.search(reading.low) and not _HOUSEHOLD.search(line):
        return True
    if _TRADE.search(line) is None or _HOUSEHOLD.search(line):
        return False
    return not any(name.start < end and start < name.end for name in names)


def is_always_a_file(span: Span) -> bool:
    """A permit is asked for by somebody, a card is held by somebody, and a number is dictated for somebody."""
    return any(word in span.reason for word in ("urbanisme", "carte", "dicté"))


def is_not_file(reading: Reading, span: Span) -> bool:
    """Is `span` the number of a mandate, of a purchase order, of a firm's ticket, an article or an example?"""
    low, start = reading.low, span.start
    if span.label != "REF_DOSSIER":
        return False
    piece = low[start : span.end]
    if _ARTICLE.fullmatch(piece) or _GEODESY.fullmatch(piece):
        return True
    near = low[max(0, start - 70) : start].rpartition("\n")[2]
    if _METER.fullmatch(piece) and "compteur" in low[:start]:
        return True
    if _COUNTED.search(near) or _WHEN.match(low, start):
        return True
    if _OF_ACTS.match(piece) and not piece.startswith("ticket"):
        return True
    if "siret" in near[-12:] and is_public_siret(low, start, piece.replace(" ", "")):
        return True
    if (piece.startswith("ticket") or "ticket" in near[-12:]) and _TICKET.search(near):
        return True
    if re.fullmatch(r"\d+(?: (?:a|et)(?: \d+)?)?", piece) and _MANDATE.search(near):
        return True
    if ("ref" in near and _BOUGHT.search(near)) or (
        "contrat n" in near[-14:] and _MAINTAINED.search(piece + low[span.end : span.end + 20])
    ):
        return True  # what is bought, what is maintained
    if (
        re.fullmatch(r"\d+(?: a(?: \d+)?)?", piece)
        and re.match(r"(?: a)? \d", low[span.end : span.end + 4])
        and _BOOKLETS.search(near)
    ):
        return True
    if _TRADER.search(near):
        return True
    if re.fullmatch(r"\d{1,4}", piece) and _CIVIL_ACT.search(near):
        return True
    if piece.isdigit() and low[start - 1] == "\n" and _is_staff_column(low, start):
        return True  # the staff numbers of a whole column
    own = _BEARER.search(near[-40:])
    if own and not (own[0].startswith("note") and "é" in reading.text[start - len(own[0]) : start].lower()):
        return True  # « (note 2024-17) », but « ils ont noté 24-3391 »
    return any(sign in near for sign in _FAR_SIGNS) and _FAR.search(near) is not None
