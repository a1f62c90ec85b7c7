"""Health as staff records, care sheets, nurseries and canteens write it, and the same words where nobody is told.

Each phrase stands for its sisters: restrictions, leaves and their initials, medicines, care, devices, states, children,
addictions, scanned words. The second half holds things, services and dead people that look like personal data.
"""

from __future__ import annotations

import pytest

from atelier_ia.privacy import ALERTS, detect
from atelier_ia.privacy.spans import Span

RESTRICTIONS = [
    ("Mme Alice Morel : port de charges limité à 10 kg jusqu'au 3 mars.", "port de charges"),
    ("M. Marc Petit peut reprendre, pas de station debout prolongée.", "station debout"),
    ("Avis du médecin du travail pour Mme Ruiz : sans travail en hauteur pendant trois mois.", "travail en hauteur"),
    ("Avis concernant M. Hamel : éviter les écrans plus de deux heures.", "écrans"),
    ("Mme Sylvie Roy\tAccueil\tposte assis", "poste assis"),
    ("M. Paul Vial : horaires aménagés pour raison médicale.", "raison médicale"),
    ("M. Vial : contre-indication au bruit et aux vibrations.", "contre-indication"),
    ("Mme Lay ne pourra plus soulever les bacs de plus de 8 kg.", "soulever"),
    ("Mme Bah : pas plus de 4 h debout par jour.", "debout"),
    ("KONE Issa\tlongue durée\t3e année", "longue durée"),
    ("M. Tran : interdiction de conduire les engins jusqu'à nouvel avis.", "conduire"),
]
LEAVES = [
    ("BERGER\tNadège\tCMO\t02/11\t20/11", "CMO"),
    ("Roy Sylvie ; TPT 50 % ; jusqu'au 30/06", "TPT"),
    ("LEROY Paul | AT | 12/04/2026", "AT"),
    ("Agent : ROY Sylvie\nArrêt : arrêt initial jusqu'au 20/11", "arrêt initial"),
    ("Mme Roy : arrêt de prolongation reçu ce matin.", "arrêt de prolongation"),
    ("Le demi-traitement pour maladie de M. Vial cesse au 30/11.", "maladie"),
    ("Le dossier de Mme Roy passe au comité médical le 4.", "comité médical"),
    ("La visite de reprise de Mme Roy est fixée au 3 décembre.", "visite de reprise"),
    ("M. Vial : consolidation au 4 mai, IPP 8 %", "IPP"),
    (
        "Arrêté portant placement en congé de maladie ordinaire\n\nArticle 1 : Mme Sylvie Roy est placée.",
        "congé de maladie ordinaire",
    ),
    (
        "Objet : demande de reconnaissance de maladie professionnelle\n\nMadame,\n\nJe soussignée, Marie Legof,",
        "maladie professionnelle",
    ),
    (
        "Nom : Roy Paul\nAffectation : voirie\n" + "Formation suivie : la balayeuse.\n" * 9 + "RQTH : 2028.",
        "RQTH",
    ),
]
CARE = [
    ("M. Vial prend du Sélincro.", "Sélincro"),
    ("Mme Roy prend du Forxiga le matin.", "Forxiga"),
    ("Jules Tran : Flixotide avant le sport.", "Flixotide"),
    ("Je soussignée, Marie Legof, vous écris.\n\nMon dossier est complet. L'échographie est jointe.", "échographie"),
    ("M. Weiss\tpolice\taudiogramme à refaire", "audiogramme"),
    (
        "Le Dr Blin m'a prescrit un arrêt du 9 novembre au 4 mai, puis de la kinésithérapie. J. Vial",
        "kinésithérapie",
    ),
    ("M. Vial rentre chez lui en HAD.", "HAD"),
    ("Mon fils Youssef porte maintenant des lunettes, il doit les garder.", "lunettes"),
    ("M. Vial porte un appareillage nocturne (PPC).", "PPC"),
    ("Mme Roy : risque de chute, ne pas la laisser seule.", "risque de chute"),
    ("M. Vial ne se souvient plus de son adresse.", "souvient plus"),
    ("M. Tran confond les jours.", "confond les jours"),
    ("ma belle mere sort de lopital demain. tony roy", "lopital"),
    ("Mme Roy a besoin d'aide pour la toilette et l'habillage.", "toilette"),
    ("M. Tran sort de cure, il ne boit plus.", "cure"),
    ("Il explique qu'il prenait des anxiolytiques. M. Lecomte a signé.", "anxiolytiques"),
]
CHILDREN = [
    ("Awa Bah : lunettes à garder toute la journée.", "lunettes"),
    ("Awa Bah, 2 ans : selles liquides, biberon refusé.", "selles liquides"),
    ("Oscar Petit, panier-repas (PAI gluten) - 2 x 1,20", "PAI gluten"),
    ("Oscar Petit\tCP\tPAI", "PAI"),
    ("Oscar Petit ; CE1 ; fruits à coque", "fruits à coque"),
    ("Enfant : Gabriel Petit\nVaccinations non à jour (ROR)", "non à jour"),
    ("Oscar Petit\tULIS\tCM1", "ULIS"),
    ("Oscar Petit a un trousseau d'urgence dans le sac.", "trousseau"),
]
SCANNED = [
    ("1'usager M. Vial est ma1voyant", "ma1voyant"),
    ("Nom : KOUASSI Arnaud\nMotif : 1ogement inadapté au handicap", "handicap"),
]
TOLD = [*RESTRICTIONS, *LEAVES, *CARE, *CHILDREN, *SCANNED]


@pytest.mark.parametrize(("text", "piece"), TOLD, ids=[piece for _, piece in TOLD])
def test_health_told_of_somebody(text: str, piece: str) -> None:
    """Does an alert touch the telling words?"""
    start = text.index(piece)
    end = start + len(piece)
    assert any(span.label in ALERTS and span.start < end and start < span.end for span in detect(text, names=()))


@pytest.mark.parametrize(
    "text",
    [
        "Le CITIS remplace les anciens congés pour accident de service.",
        "Les agents en CLM conservent leur logement de fonction.",
        "La visite de reprise est obligatoire après trente jours d'absence.",
        "Les lunettes de sécurité sont obligatoires à l'atelier.",
        "Le médecin du travail peut recommander un poste assis ou un port de charges limité.",
        "Le PAI est à renouveler chaque année auprès de l'école.",
        "Le SSIAD recrute deux aides-soignantes.",
        "Mme Roy est à jour de ses cotisations.",
        "M. Tran demande un bilan de la saison sportive.",
        "Mme Roy a rendu les lunettes de protection du service.",
        "M. Tran prend note et propose une injection de crédits.",
        "La rame est à l'arrêt de la ligne 3, voir M. Tran.",
        "Dommages matériels de M. Roy : lunettes (340 €), téléphone.",
        # offences and beliefs that are none
        "L'école attend 24 élèves. Nathalie, sa maîtresse, est d'accord.",
        "L'immeuble de Me Roy n'est frappé d'aucun arrêté de péril.",
        "M. Roy, qui refuse de porter son casque, est renvoyé au dépôt.",
        "Les clés sont dans le casier de Josiane, merci Pauline.",
        "Pour un couple de femmes, la reconnaissance se fait chez le notaire, dit Me Roy.",
        "M. Roy a fait l'objet d'outrages dans l'exercice de ses fonctions.",
    ],
)
def test_the_same_words_told_of_nobody(text: str) -> None:
    """Are rules, services, things and the victims of offences left alone?"""
    assert [text[span.start : span.end] for span in detect(text, names=()) if span.label in ALERTS] == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Rue\tSens\tStationnement\nRue du Puits\tunique\toui\nRue Haute\tdouble\tnon", "ADRESSE"),
        ("Arrêt;Adresse;Ligne\nGare;12 rue de la Gare;3\nMairie;4 place Foch;1", "ADRESSE"),
        ("Livraison : service communication, hôtel de ville, 2e étage\n500 affiches A3", "ADRESSE"),
        ("Bar du Pont | SIRET 429 479 041 00019 | 4 quai de la Lange | 1 204,55 €", "ADRESSE"),
        ("M. Sacha Petrosyan, 35 ans, domicilié au CCAS, demande une aide.", "ADRESSE"),
        ("Les gants répondent à la norme NF EN 14476 et restent au magasin.", "ADRESSE"),
        ("Objets trouvés – Mme Lay\n\nn° 26-312 | 24/11 | trousseau de clés | marché", "REF_DOSSIER"),
        ("Les Boules, déclarée sous le n° W751234567, représentée par Mme Lay.", "REF_DOSSIER"),
        ("Débiteur : M. Roy\nTitre collectif n° 2026-1188, bordereau 204.", "REF_DOSSIER"),
        ("M. Roy\nRevenus fiscaux réf. : 14 218 €", "REF_DOSSIER"),
        ("L'appel d'offres ouvert sous le numéro 2027-S-004 est clos, écrit Mme Lay.", "REF_DOSSIER"),
        ("Le ticket général est le n° 55302-A. Appelez M. Roy.", "REF_DOSSIER"),
        ("3 toners noirs (réf. TN-2420) pour Mme Lay", "REF_DOSSIER"),
        ("Écrivez à plui@agglo.example ou concertation@ville.example.", "EMAIL"),
        ("Inscription : le dessin de Charlotte Delbo est exposé.", "NOM"),
    ],
)
def test_numbers_places_and_boxes_of_nobody(text: str, label: str) -> None:
    """Are streets of works, seats of firms, standards, tenders, lost property and shared boxes left readable?"""
    assert [text[span.start : span.end] for span in detect(text, names=()) if span.label == label] == []


@pytest.mark.parametrize(
    ("text", "births"),
    [
        ("Inhumés : BERTHIER Marcel (1921-1994), SIMONNET Yvette (1925-2009).", ["1921", "1925"]),
        ("Mme Huguette Barbier   27.10.1935\n1 place du Marché", ["27.10.1935"]),
        ("Mme Rose Lay, née à Lille le 3 mai 1934, décédée le 4 mai 2026.", ["3 mai 1934"]),
        ("LAY Rose 2025-2026, classe de CP", []),
    ],
)
def test_years_of_a_life(text: str, births: list[str]) -> None:
    """Is the first year of a life a birth, and neither a death nor a school year?"""
    assert [text[span.start : span.end] for span in detect(text, names=()) if span.label == "DATE_NAISSANCE"] == births


def test_the_file_of_a_person_is_still_masked() -> None:
    """Do what a household may be called by and where it lives stay masked beside the same words?"""
    text = "Mme Lay, 12 rue Haute : incident INC0077124, école. Fiche objet trouvé n° OT-2026-112, remis à M. Roy."
    found = {text[span.start : span.end] for span in detect(text, names=())}
    assert {"12 rue Haute", "INC0077124", "OT-2026-112"} <= found


RECORD = """FICHE DE SITUATION – Direction des ressources humaines
Agent : {}
Matricule : A00317
Grade : adjointe technique territoriale – service restauration scolaire

Historique d'absences 2026
- du 12 au 23/01 : congé de maladie ordinaire
- du 04/05 au 30/06 : accident de service (entorse du poignet droit)

Aménagement de poste préconisé : pas de port de charges supérieures à 5 kg.
"""


def test_a_record_is_of_the_person_its_field_names() -> None:
    """Does a record that names somebody raise alerts beyond its empty lines, and none when it names nobody?"""
    record = RECORD.format("DIALLO Aminata")
    told = {record[span.start : span.end] for span in _alerts(record)}
    for words in ("congé de maladie", "accident de service", "entorse", "port de charges"):
        assert any(words in found for found in told), told
    assert not _alerts(RECORD.format("à désigner"))


def _alerts(text: str) -> list[Span]:
    return [span for span in detect(text, names=()) if span.label in ALERTS]
