"""What the guard finds and what it leaves alone, sentence by sentence."""

from __future__ import annotations

import re

import pytest

from atelier_ia.privacy import ALERTS, detect, telling_phrases


def found(text: str) -> list[tuple[str, str]]:
    return [(span.label, text[span.start : span.end]) for span in detect(text, names=())]


SPELLED = "A comme Anatole, B comme Berthe, un deux trois, C comme Célestin, D comme Désiré"
BRUYERES = "Les Bruyères, chemin du Gouf, 40130 Capbreton"
GRONDIN = "chez M. Grondin, 15 chemin Long, 97412 Bras-Panon"
HERNIA = "inapte au port de charges en raison d'une hernie discale"
CASES = [
    ("Mme Claire Dupont est venue.", ("NOM", "Claire Dupont")),
    ("J'habite au-dessus du tabac, place du Foirail.", ("ADRESSE", "au-dessus du tabac, place du Foirail")),
    ("Logé chez sa sœur, 9 rue du Pont.", ("ADRESSE", "chez sa sœur, 9 rue du Pont")),
    ("M. Roy, 4 rue Basse, fond de cour", ("ADRESSE", "4 rue Basse, fond de cour")),
    ("Mme Rossi vit Via Garibaldi 22, 10122 Torino.", ("ADRESSE", "Via Garibaldi 22, 10122 Torino")),
    ("Le Goff Yann – 06 11 22 33 44", ("NOM", "Le Goff Yann")),
    ("De Oliveira Maria : trois enfants", ("NOM", "De Oliveira Maria")),
    ("née le premier mars deux mille vingt-deux.", ("DATE_NAISSANCE", "premier mars deux mille vingt-deux")),
    ("née le 3 mai deux mille quatre et logée ici", ("DATE_NAISSANCE", "3 mai deux mille quatre")),
    ("Agent : K. Bouvier – RQTH depuis 2021", ("SANTE", "RQTH")),
    ("Ma parcelle, la 412, est en friche.", ("CADASTRE", "la 412")),
    ("Titre de recette 2026-118-00442 : Mme Roux", ("REF_DOSSIER", "2026-118-00442")),
    ("écrivez à jules.ferrand (a) exemple.fr", ("EMAIL", "jules.ferrand (a) exemple.fr")),
    ("Kévin Tanguy, alias « Le Grec », est parti.", ("NOM", "Le Grec")),
    ("LEGUEN, Ludwine – 22.05.1980", ("NOM", "LEGUEN, Ludwine")),
    ("famille n'guessan a reloger", ("NOM", "n'guessan")),
    ("je sui muzulmane", ("SENSIBLE", "muzulmane")),
    ("On a une mesure d'AEMO.", ("SENSIBLE", "une mesure d'AEMO")),
    ("Elle est traitée par chimiothérapie.", ("SANTE", "traitée par chimiothérapie")),
    ("Envoi : chez M. Grondin, 15 chemin Long, 97412 Bras-Panon", ("ADRESSE", GRONDIN)),
    ("CHEZ MLLE N0IROT\nlO GRANDE RUE\n7OOOO VES0UL", ("ADRESSE", "CHEZ MLLE N0IROT\nlO GRANDE RUE\n7OOOO VES0UL")),
    ("Votre titre (abonné n° 77-20814) est dû.", ("REF_DOSSIER", "abonné n° 77-20814")),
    ("Avis portant la mention FPS 730 24 0091 556.", ("REF_DOSSIER", "FPS 730 24 0091 556")),
    ("Émis sous le bordereau 412, pièce 1907.", ("REF_DOSSIER", "bordereau 412, pièce 1907")),
    ("Désignation : D 417 (pré, 62 a), ZB 9 (bois)", ("CADASTRE", "D 417")),
    ("la parcelle contiguë D0419", ("CADASTRE", "D0419")),
    ("ÉTAT CIVIL\ndate : 22 juillet 1980", ("DATE_NAISSANCE", "22 juillet 1980")),
    ("« Gontran à l'appareil, pour la benne. »", ("NOM", "Gontran")),
    ("Les clés sont chez Blanc le gardien.", ("NOM", "Blanc")),
    ("M. Roy est inapte au port de charges en raison d'une hernie discale.", ("SANTE", HERNIA)),
    ("M. Roy, privé de ses droits civiques", ("SENSIBLE", "privé de ses droits civiques")),
    ("J'ai rencontré M. de La Bretesche.", ("NOM", "de La Bretesche")),
    ("Dossier de Jean-Pierre LE GALL, suivi par J. Kerveno.", ("NOM", "Jean-Pierre LE GALL")),
    ("bonjour je suis karim benali", ("NOM", "karim benali")),
    ("Mon fils Nolan est en CE1.", ("NOM", "Nolan")),
    ("née Wiśniewska", ("NOM", "Wiśniewska")),
    ("Mme Dupont\u00a0: 06\u202f12\u202f34\u202f56\u202f78", ("TEL", "06\u202f12\u202f34\u202f56\u202f78")),
    ("Tél. O6 12 34 5b 78 ou +33 (0)6 12 34 56 78", ("TEL", "+33 (0)6 12 34 56 78")),
    (
        "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
        ("TEL", "zéro six douze trente-quatre cinquante-six soixante-dix-huit"),
    ),
    ("jean point dupont arobase orange point fr", ("EMAIL", "jean point dupont arobase orange point fr")),
    ("Écrivez à l.martin@free.fr.", ("EMAIL", "l.martin@free.fr")),
    ("NIR 2 85 03 35 238 004 45", ("NIR", "2 85 03 35 238 004 45")),
    ("FR76 3000 6000 0112 3456 7890 189", ("IBAN", "FR76 3000 6000 0112 3456 7890 189")),
    ("véhicule AB‑123‑CD", ("PLAQUE", "AB‑123‑CD")),
    ("SIRET 732 829 320 00074", ("SIRET", "732 829 320 00074")),
    ("né le 12/03/1985 à Rennes", ("DATE_NAISSANCE", "12/03/1985")),
    ("numéro d'allocataire 1234567 A", ("NUM_ALLOCATAIRE", "1234567 A")),
    ("mon numéro fiscal est 3012345678901", ("NUM_FISCAL", "3012345678901")),
    ("mon numéro est le 06 39 98 41 07", ("TEL", "06 39 98 41 07")),
    ("numéro de portable : le 0639984107", ("TEL", "0639984107")),
    ("dossier suivi par Mme Roux 06 39 98 41 07", ("NOM", "Roux")),
    ("carte d'identité n° 880692310285", ("NUM_IDENTITE", "880692310285")),
    ("votre demande DP 035 238 24 A0012", ("REF_DOSSIER", "DP 035 238 24 A0012")),
    ("parcelle cadastrée section AB n° 123", ("CADASTRE", "section AB n° 123")),
    ("J'habite 12 bis rue Jean Moulin, 35000 Rennes.", ("ADRESSE", "12 bis rue Jean Moulin, 35000 Rennes")),
    ("Ma mère est diabétique.", ("SANTE", "diabétique")),
    ("Elle est suivie au CMP.", ("SANTE", "suivie au CMP")),
    ("Ma fille a une allergie aux arachides.", ("SANTE", "une allergie aux arachides")),
    ("M. Jean-Baptiste de La Tour d'Auvergne est venu.", ("NOM", "Jean-Baptiste de La Tour d'Auvergne")),
    ("NIR : 1 61 08 29 232 114 27. IBAN FR76 3000 4008 2800", ("NIR", "1 61 08 29 232 114 27")),
    ("Nous habitons à la Croix Blanche depuis dix ans.", ("ADRESSE", "la Croix Blanche")),
    ("Je loue une maison rue de la Poterne depuis mai.", ("ADRESSE", "rue de la Poterne")),
    ("Sandrine Weber, rue du Canal, se plaint.", ("ADRESSE", "rue du Canal")),
    ("La voisine du 12 bis crie.", ("ADRESSE", "12 bis")),
    ("Océane est placée chez sa tante.", ("NOM", "Océane")),
    ("Je m'appelle Gwenvael Le Du.", ("NOM", "Gwenvael Le Du")),
    ("J'ai un genou foutu.", ("SANTE", "un genou foutu")),
    ("Mon père ne nous reconnaît plus.", ("SANTE", "ne nous reconnaît plus")),
    ("Mon fils prend de la Ritaline.", ("SANTE", "Ritaline")),
    ("Son frère est en garde à vue.", ("SENSIBLE", "garde à vue")),
    ("Dégâts constatés sur ZC 31.", ("CADASTRE", "ZC 31")),
    ("parcelles A 12, 13p et 14", ("CADASTRE", "A 12, 13p et 14")),
    ("la parcelle 350 238 AB 12", ("CADASTRE", "350 238 AB 12")),
    ("Je vends le terrain BK 218 à ma nièce.", ("CADASTRE", "BK 218")),
    ("main courante n° 2026/512", ("REF_DOSSIER", "2026/512")),
    ("une Clio, AB12 CDE, bloque la sortie", ("PLAQUE", "AB12 CDE")),
    ("plaque : A comme Anatole, B comme Berthe, un deux trois, C comme Célestin, D comme Désiré", ("PLAQUE", SPELLED)),
    ("N° CAF;Nom\n3320457;Bailly", ("NUM_ALLOCATAIRE", "3320457")),
    ("Mon père, né le 12-III-1985", ("DATE_NAISSANCE", "12-III-1985")),
    ("Côme Lacaze, Les Bruyères, chemin du Gouf, 40130 Capbreton", ("ADRESSE", BRUYERES)),
    ("devant notre ferme de Bellevue", ("ADRESSE", "ferme de Bellevue")),
    ("Absents : Oihan, Xavière et Foulques", ("NOM", "Foulques")),
    ("Dossier de J.-B. Page", ("NOM", "J.-B. Page")),
    ("Elle est cœliaque.", ("SANTE", "cœliaque")),
    ("Il accomplit un travail d'intérêt général.", ("SENSIBLE", "accomplit un travail d'intérêt général")),
    ("Il rentre à son domicile, 6 impasse Neuve, Marseille 4e.", ("ADRESSE", "6 impasse Neuve, Marseille 4e")),
    (
        "Domicile : Le Bourg, 6 montée du Pré, 48100 Montrodat",
        ("ADRESSE", "Le Bourg, 6 montée du Pré, 48100 Montrodat"),
    ),
    ("l'adresse c'est 4 rue basse, 48130 aumont aubrac, merci", ("ADRESSE", "4 rue basse, 48130 aumont aubrac")),
    ("le chantier de mme grelier 12 rue basse a fouras.", ("ADRESSE", "12 rue basse a fouras")),
    ("Ma parcelle D 418 et celle de mon cousin Jean Boulet (D 421)", ("CADASTRE", "D 421")),
    ("la parcelle cadastrée section A numéro cent vingt-trois", ("CADASTRE", "section A numéro cent vingt-trois")),
    ("cadastré secti0n AT numér0 533", ("CADASTRE", "secti0n AT numér0 533")),
    ("L'AIDE, MADAME PRUNIER, NE VIENT PLUS.", ("NOM", "PRUNIER")),
    ("Ses enfants et Anziza (née le 28/01/2021)", ("NOM", "Anziza")),
    ("J'ai prévenu Titi Rouvière, il passe demain.", ("NOM", "Titi Rouvière")),
    ("bonjour, maël et jade mangerons pas demain", ("NOM", "jade")),
    ("Je conteste le refus pour ma lombosciatique.", ("SANTE", "lombosciatique")),
    ("Mon fils a eu un traumatisme crânien.", ("SANTE", "un traumatisme crânien")),
    ("Vaccins à jour : oui    Allergies : œufs", ("SANTE", "Allergies : œufs")),
    ("Kévin Mas ; RSA, sortant des Baumettes", ("SENSIBLE", "sortant des Baumettes")),
    ("Dans le cadre de son cancer, elle sera arrêtée.", ("SANTE", "son cancer")),
    ("Il tombe pendant les crises d'épilepsie.", ("SANTE", "crises d'épilepsie")),
    ("Il est délégué syndical CGT.", ("SENSIBLE", "délégué syndical CGT")),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[label + str(i) for i, (_, (label, _)) in enumerate(CASES)])
def test_what_is_found(text: str, expected: tuple[str, str]) -> None:
    """Is each kind of datum found, whole, with its label?"""
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil municipal délibère sur les travaux de la rue Victor-Hugo et de l'école Jules-Ferry.",
        "Écrivez à mairie@val-fontaine.example ou à service.urbanisme@ville.example.",
        "Mairie de Val-Fontaine, 1 place de la Fontaine, 99310 Val-Fontaine",
        "Monsieur le Maire, Madame la Préfète, chers collègues,",
        "Les personnes en situation de handicap bénéficient d'un accompagnement.",
        "La rose et la pierre : exposition au jardin.",
        "Vu la délibération n° 2024-112 du 12 mars 2024 et l'arrêté n° 2024-045,",
        "Numéro vert : 0 800 123 456, ou le 3919.",
        "Le budget s'élève à 1 234 567 890 €.",
        "Le père Noël passera au marché ; le passage de la reine Anne reste ouvert.",
        "Toute personne condamnée peut effectuer un travail d'intérêt général.",
        "N° 2026-66. Dénomination d'une voie. Le lampadaire porte le numéro de mât 27-114.",
        "La route D 45, la RD 112 et la salle B 14.",
        "Le Relais petite enfance est installé rue Pasteur. Les abonnés restent au fond de la cour jusqu'à 7 h 45.",
        "Les Archives demeurent en ligne. Le Marché reste place Carnot, devant l'église.",
        "Le Service d'accueil des demandeurs d'emploi ouvre lundi. La Dette de la commune recule.",
        "Le chatbot Camille, la loi Malraux, les pommes de terre Charlotte, Agata et Monalisa. Une lecture de Colette.",
        "La halle des sports Alain-Mimoun et la Maison de quartier des Marronniers rouvrent.",
        "Le bureau d'études Bernard Ingénierie et la communauté de communes du Val de Boutonne ont signé.",
        "Gouvernance : le comité se réunit. Étanchéité : attendre le relevé. La Crèche Les Petits Loups ouvre.",
        "Le Marché de Noël des Remparts et la Chapelle Saint-Vincent. J'habite en Immeuble : que faire ?",
        "Nous poursuivrons l'enfouissement des lignes au Hameau de la Bretonnière. Du CP au CM2, norme RE2020.",
        "Au programme : Bach, Couperin, César Franck. Le marc de café enrichit le compost.",
        "LETTRE RECOMMANDÉE AVEC ACCUSÉ DE RÉCEPTION. Retrait de mon permis de construire. Porteuse de projet.",
        "Fiche d'inscription 2026-2027. Chien identifié sous la puce 250268712345678.",
        "",
        "   \n\n",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    """Does ordinary administrative prose pass untouched?"""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "M. Sorel touche le RSA, doit deux mois de loyer et dort dans sa voiture : une détresse, pas l'article 9.",
        "Mme Vidal a porté plainte : son vélo a été volé. Son chien noir est perdu.",
        "L'ascenseur de Mme Coste ne marche plus. Elle ne peut pas se déplacer mardi.",
        "Mme Roux, suivie par M. Roy : un dossier APA sera constitué. Majeur protégé : M. Huet.",
        "Mme Carois coordonne l'équipe mobile de gériatrie. Mme Roy aime l'aire d'accueil des gens du voyage.",
        "M. Huet prend son congé de paternité. Médecin traitant : Dr Abiven.",
    ],
)
def test_hardship_and_daily_life_raise_no_alert(text: str) -> None:
    """Do social hardship, a victim's complaint and things that break stay without alert, beside somebody's name?"""
    assert [label for label, _ in found(text) if label in ALERTS] == []


def test_one_passage_raises_one_alert() -> None:
    """Are a precise illness and the vague words around it one alert?"""
    text = "Mme Roux évoque l'état de santé de son fils, suivi pour une épilepsie, et son traitement."
    assert [label for label, _ in found(text) if label == "SANTE"] == ["SANTE"]


def test_every_telling_phrase_compiles() -> None:
    """Is each pattern of the phrases a valid one (they are compiled only when a text wakes them)?"""
    patterns = {rule.pattern for rules in telling_phrases._RULES.values() for rule in rules}
    assert len(patterns) > 150
    for pattern in patterns:
        assert re.compile(pattern).groups >= 0


# Parcels that no word announces, told by their place in at least two lines of a text about land.
UNANNOUNCED = [
    (
        "Riverains à convoquer pour le chemin rural :\n- WC 4 : un voisin\n- WC 15 et WD 6 : une indivision",
        "WC 15 et WD 6",
    ),
    ("DIA du mois\nDIA 31-0104 – B 1702, garage\nDIA 31-0105 – AD 9, bois", "B 1702"),
    ("Retours des propriétaires\nLot ; AH 51 ; vide\nLot ; AH 6 ; loué\nLot ; AK 7 ; vide\nLot ; AM 8 ; vide", "AM 8"),
    ("Monsieur le Maire, je ne vendrai pas la B 805 au département.", "la B 805"),
]


@pytest.mark.parametrize(("text", "parcel"), UNANNOUNCED)
def test_parcels_that_no_word_announces(text: str, parcel: str) -> None:
    """Are parcels found at the head of the lines of a list, in the cells of a table, after « vendre la »?"""
    assert ("CADASTRE", parcel) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Actions du plan foncier\n- A 1 : acquérir des friches\n- A 2 : aider les bailleurs",
        "Réunion des propriétaires de chiens\nSalle RD 12 : accueil\nSalle RD 14 : ateliers",
        "Ventes du dimanche\n- AB 12 : livres\n- AB 14 : vaisselle",
        "Je ne vendrai pas la C3 de mon père.",
    ],
)
def test_codes_at_the_head_of_lines_are_no_parcels(text: str) -> None:
    """Are measures, rooms, stalls and models of cars left alone?"""
    assert [label for label, _ in found(text) if label == "CADASTRE"] == []


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "  "])
def test_typographic_spaces_change_nothing(space: str) -> None:
    """Is a text pasted from Word read like the same text typed by hand, with offsets of the original?"""
    text = f"Mme Dupont :{space}06{space}12{space}34{space}56{space}78"
    assert ("TEL", text[-14 - 4 * (len(space) - 1) :]) in found(text)


def test_decomposed_accents_and_invisible_characters_keep_offsets() -> None:
    """Do offsets point into the original when its accents are decomposed and soft hyphens stand inside words?"""
    text = "Écrit par Mme He\u0301le\u0300ne Du\u00adpont, \u200bmerci."
    assert ("NOM", "He\u0301le\u0300ne Du\u00adpont") in found(text)


# A text about land, whatever its kind: nothing announces a parcel but its shape, and where it stands.
LAND = [
    ("Vu avec le géomètre : RAS sur B 12, par contre B 15 empiète sur le chemin.", ("B 12", "B 15")),
    ("SPANC, contrôles : H0112 (Le Floc'h), H0113 (Quillévéré), fosse hors d'âge.", ("H0112", "H0113")),
    ("Forêt communale, affouage :\nAO 1 à 6, coupe d'amélioration\nAP 22 pour partie", ("AO 1 à 6", "AP 22")),
    ("Réclamation sur le remembrement : section 37, lieu-dit Oberfeld, apport 37/112", ("37/112",)),
    ("Le mur est sur la YB 118, pas sur la YB 119 qui est à ma sœur.", ("YB 118", "YB 119")),
    ("Terrain : 411 AX 0219 et 411 AX 0220, ouverture de chantier", ("411 AX 0219", "411 AX 0220")),
]


@pytest.mark.parametrize(("text", "parcels"), LAND)
def test_parcels_of_any_text_about_land(text: str, parcels: tuple[str, ...]) -> None:
    """Are parcels found without a word for them, by what the whole text is about?"""
    read = [piece for label, piece in found(text) if label == "CADASTRE"]
    assert all(any(parcel in piece for piece in read) for parcel in parcels)


@pytest.mark.parametrize(
    "text",
    [
        "Dans la zone UB du PLU, l'article UB 4 impose un recul de 3 m le long de la RD 12 et du CR 7.",
        "Forêt communale : l'unité de gestion UG 4 et la BP 40 du syndicat ; les lots M57 et P1 du marché.",
        "Jardins familiaux, terrain communal :\nParcelle n° 1 : vacante\nParcelle n° 2 : école",
    ],
)
def test_codes_of_texts_about_land_are_no_parcels(text: str) -> None:
    """Are zones, roads, management units, post boxes, lots and allotments left alone there?"""
    assert [piece for label, piece in found(text) if label == "CADASTRE"] == []


def test_whoever_stands_beside_a_parcel_is_named() -> None:
    """Are owners found in brackets or after a dash, even when no list knows them?"""
    text = "SPANC, contrôles à programmer : H0112 (Le Floc'h), H0113 (Quillévéré), fosse hors d'âge."
    assert {piece for label, piece in found(text) if label == "NOM"} == {"Le Floc'h", "Quillévéré"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("- Inaya – née 11/2022 – doudou lapin", "11/2022"),
        ("Date de naissance : 7/1963", "7/1963"),
        ("Madame Blanche Ferreira (1951) déclare être tombée.", "1951"),
        ("Rose Pétillot, née Marchand en 1941", "1941"),
        ("mon fils Rayan né 2020 est malade", "2020"),
        ("Epouse : HENNEQUIN Marie, née 1e 3 ju1n 195O", "3 ju1n 195O"),
    ],
)
def test_births_told_by_a_month_or_a_year(text: str, date: str) -> None:
    """Are months and years of birth found, a scanner's included?"""
    assert ("DATE_NAISSANCE", date) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "DEVIS N° D-25-0612 – fourniture et pose de six fenêtres pour l'école maternelle : 8 940 € HT, TVA 20 %, "
        "délai de huit semaines, assurance décennale contrat 4471-B.",
        "Mandat;Tiers;Objet;Montant;Référence\n1187;ENGIE;Gaz école;2 418,77;Fact. 000841220057",
        "Document d'arpentage n° 1187 L du cabinet de géomètres, avis des domaines n° 2024-21154-77210.",
    ],
)
def test_references_of_nobody_are_left_alone(text: str) -> None:
    """Are estimates, suppliers' invoices and surveys no one's file, while the same words beside a person are?"""
    assert [piece for label, piece in found(text) if label in ("REF_DOSSIER", "NOM")] == []


def test_the_same_invoice_beside_a_household_is_a_file() -> None:
    """Does a person in the text keep the reference masked?"""
    text = "Madame Duparc conteste sa facture de cantine n° 2026-CANT-0417 et demande un nouvel examen."
    assert ("REF_DOSSIER", "2026-CANT-0417") in found(text)


@pytest.mark.parametrize(
    ("text", "piece", "label"),
    [
        ("Suivi\nHardy L.\técoles\tgrippe\t4", "grippe", "SANTE"),
        ("M. Paul Martin : restriction port de charges", "restriction port de charges", "SANTE"),
        ("Geneviève Tricoire, oxygène à domicile", "oxygène à domicile", "SANTE"),
        ("1 BARBOTIN Hélène – PS\n2 TALL Coumba – EELV", "EELV", "SENSIBLE"),
        ("conducteur Alexis Renou, défaut d'assurance", "défaut d'assurance", "SENSIBLE"),
        ("agression homophobe de M. Tristan Olive", "agression homophobe", "SENSIBLE"),
        ("Relevé\n5821 WT 49 ; Citroën C15 ; épave", "5821 WT 49", "PLAQUE"),
    ],
)
def test_what_an_ordinary_week_tells(text: str, piece: str, label: str) -> None:
    """Are short notes of a service's tables and reports raised?"""
    assert any(span.label == label and piece in text[span.start : span.end] for span in detect(text, names=()))


@pytest.mark.parametrize(
    "text",
    [
        "Vaccins : à jour\nAllergies : aucune",
        "Mission : diagnostic de la charpente du lavoir, M. Paul Martin",
        "M. Paul Martin : mon tel marche plus, rappelez ma femme",
        "Marché à procédure adaptée n° 2024-TVX-19",
    ],
)
def test_what_an_ordinary_week_leaves_alone(text: str) -> None:
    """Are a form that says none, a building's diagnosis and a contract's number left alone?"""
    assert not [span for span in detect(text, names=()) if span.label in ("SANTE", "SENSIBLE", "PLAQUE")]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Mme Awa Traoré, de nationalité ivoirienne, demande un rendez-vous.", "nationalité ivoirienne"),
        ("M. Rui Lopes est convoqué devant le délégué du procureur.", "convoqué devant le délégué du procureur"),
        ("Nom | Situation\nPascale Hubert | gréviste", "gréviste"),
        ("Le conducteur, M. Rayan Messad, roulait sans casque.", "sans casque"),
        ("M. Jean Roux, ressortissant roumain", "ressortissant roumain"),
        ("M. Paul Martin reconnaît avoir cassé la vitrine.", "cassé la vitrine"),
    ],
)
def test_offences_procedures_and_nationalities(text: str, piece: str) -> None:
    """Are they raised in the words of reports and tables?"""
    raised = [text[span.start : span.end] for span in detect(text, names=()) if span.label == "SENSIBLE"]
    assert any(piece in found or found in piece for found in raised)
