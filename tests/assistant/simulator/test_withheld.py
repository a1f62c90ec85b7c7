"""What others must not read, slips of the keyboard, tables and corrections on the spot, in agents' notes."""

import pytest

from atelier_ia.assistant.simulator.corrections import corrected
from atelier_ia.assistant.simulator.slips import without_slips
from atelier_ia.assistant.simulator.told_rows import told_rows
from atelier_ia.assistant.simulator.withheld import withheld


@pytest.mark.parametrize(
    ("notes", "kept", "gone"),
    [
        ("excusés : M. Rivoal (hospitalisé), Mme Tual", ["M. Rivoal", "Mme Tual"], "hospitalis"),
        (
            "Mme Kerbrat est en dépression, Yann reprend le dossier voirie",
            ["Yann reprend le dossier voirie"],
            "dépression",
        ),
        ("La famille Josselin a un enfant autiste.", [], "Josselin"),
        ("Bornes : devis reçu. M. Le Bihan a insulté l'adjoint, ne pas noter", ["devis reçu"], "Bihan"),
        ("Le vélo est réparé, Julien gagne 2 400 € par mois", ["Le vélo est réparé"], "2 400"),
        ("alarme : le code alarme est 4471", [], "4471"),
        ("école : travaux finis (Mme Riou a divorcé, hors PV)", ["travaux finis"], "divorc"),
        ("budget de la fête, autour de 3 000 € (pas de montant tant que le conseil n'a pas voté)", ["budget"], "3 000"),
        ("ouverture à 14 h (et plus à 15 h)", ["14 h"], "15 h"),
        ("Radio : le piquet est réparé. M. Sow a chanté faux, hihi.", ["le piquet est réparé"], "chanté"),
        ("Je vous dicte depuis le train. Trois bancs à repeindre.", ["Trois bancs"], "dicte"),
        ("Aides : 4 dossiers accordés\n- dont celui de Mme P., impayés -> confidentiel", ["4 dossiers"], "impayés"),
        ("Loto maintenu (ne pas oublier de rappeler le traiteur)", ["Loto maintenu"], "traiteur"),
        ("Sol refait en mai. Le judo va râler.", ["Sol refait en mai"], "judo"),
        ("Allergies : relu. Ana et Lou se boudent, je les vois jeudi, pas au CR", ["Allergies : relu"], "Lou"),
        ("Halle : ouverte. Le boucher trouve ça nul, ambiance tendue, pas utile de l'écrire", ["ouverte"], "boucher"),
        ("Bus : 2 devis, Mme Riou pas contente, on relance le garage", ["2 devis", "le garage"], "contente"),
        ("Aide accordée (2026-31 ; ne pas nommer la personne, c'est M. Luc Roy)", ["2026-31"], "Roy"),
        ("Vote à 21 h. Mme Roy dort (à ne pas mettre évidemment)", ["21 h"], "dort"),
        (
            "Marche à 9 h (ne pas oublier son gobelet) et repas (à payer sur place)",
            ["son gobelet", "sur place"],
            "traiteur",
        ),
        ("rue coupée, pas de blessés (info Kévin : l'arbre de M. Lebreton, faut pas le dire)", ["rue"], "Lebreton"),
        (
            "on a choisi le devis de la société Armor pour la toiture et les travaux débutent en mai madame Riou "
            "s'occupe du courrier monsieur Even a eu un malaise à la fin ne pas mentionner",
            ["toiture", "madame Riou s'occupe du courrier"],
            "Even",
        ),
    ],
)
def test_personal_remarks_go_alone(notes: str, kept: list[str], gone: str) -> None:
    """Does the clause that others must not read go, and what is told beside it stay?"""
    told = withheld(notes)
    assert gone not in told
    assert all(part in told for part in kept), told


@pytest.mark.parametrize(
    "notes",
    [
        "Plan canicule : Mme Riou appelle chaque semaine les personnes âgées et malades inscrites au registre.",
        "Accessibilité : une rampe pour les enfants handicapés, M. Even demande un devis.",
        "Don du sang samedi 8 mai, salle Armor. Dépistage du cancer du sein : conférence du docteur Riou.",
        "Mots de passe : 14 caractères au moins, décidé par le comité.",
        "Règlement de la piscine : ne pas courir, ne pas mettre de verre dans le bac.",
        "M. Even vote contre et dit que le prix est trop élevé.",
        "Don du sang (pas à jeun), ouvert tous les jours (pas le lundi).",
        "Réunion sur les escroqueries : M. Even traite les demandes de logement, les enfants crient dans la cour.",
        "Accueil : formation des agents face aux insultes. Dossier de Mme Riou : plan pas reçu.",
        "Le marché est reporté (pluie), les exposants sont prévenus.",
    ],
)
def test_public_matters_stay(notes: str) -> None:
    """Are matters of health, safety and debate that are public left as they are?"""
    assert withheld(notes) == notes


@pytest.mark.parametrize(
    ("notes", "right"),
    [
        ("afiche pour la brocante du 4 jullet", "affiche pour la brocante du 4 juillet"),
        ("colecte de jouets a la mediatheque", "collecte de jouets a la médiathèque"),
        ("rendez-vous a l'acceuil, departement", "rendez-vous a l'accueil, département"),
        (
            "panneaux solaires, la réaction amiable, les phases garées",
            "panneaux solaires, la réaction amiable, les phases garées",
        ),
        (
            "rue du colecte, monsieur affich, contact@colecte.example",
            "rue du colecte, monsieur affich, contact@colecte.example",
        ),
    ],
)
def test_slips(notes: str, right: str) -> None:
    """Are slips brought back, and words near others, names and addresses left alone?"""
    assert without_slips(notes) == right


@pytest.mark.parametrize(
    ("notes", "right"),
    [
        ("travaux du lundi 3 au jeudi 6 mai, nan finalement du 4 au 7", "travaux du 4 au 7 mai"),
        ("cinq bancs non pardon six bancs au parc", "six bancs au parc"),
        ("avis favorable Armor -> non pardon Celtic", "avis favorable Celtic"),
        ("9 h-17 h sur place. Non pas 17 h : 18 h.", "9 h-18 h sur place."),
        ("c'est jeudi euh non pas jeudi vendredi 7 mai", "c'est vendredi 7 mai"),
        ("M. Even dit non, la rue reste fermée", "M. Even dit non, la rue reste fermée"),
    ],
)
def test_taken_back(notes: str, right: str) -> None:
    """Is the last word kept, and a plain « non » left alone?"""
    assert corrected(notes) == right


def test_rows_are_told() -> None:
    """Is each row told under the names of its columns, without a mark?"""
    rows = "| Jour | Matin | Soir |\n|---|---|---|\n| lundi | fermé | 17 h-19 h |\n| mardi | 9 h-12 h | |"
    table = f"Horaires\n\n{rows}\n\nEntrée libre."
    assert told_rows(table) == (
        "Horaires\n\nlundi : matin fermé, soir 17 h-19 h.\nmardi : matin 9 h-12 h.\n\nEntrée libre."
    )
    assert told_rows("a | b\nc") == "a | b\nc"


def test_rows_without_a_rule_under_their_headings() -> None:
    """Is a table told row by row when nothing underlines its headings, with a heading only before a bare figure?"""
    told = told_rows(
        "Budget\n\nService | demandé | retenu\nVoirie | 12 000 | 9 500\nSports | 8 000 | en attente\n\nFin"
    )
    assert told == "Budget\n\nVoirie : demandé 12 000, retenu 9 500.\nSports : demandé 8 000, en attente.\n\nFin"
    assert told_rows("a | b\nc | d | e | f | g") == "a | b\nc | d | e | f | g"


def test_a_table_of_slots_keeps_its_columns() -> None:
    """Is each cell told under the name of its column, words as well as figures, when the first column is of slots?"""
    told = told_rows("| créneau | avant | dès le 1er mars |\n| mar 18 h | hand | judo |\n| mar 20 h | judo | hand |")
    assert told == "mar 18 h : avant hand, dès le 1er mars judo.\nmar 20 h : avant judo, dès le 1er mars hand."
    assert "prévu 4,26 M€" in told_rows(
        "| chapitre | réalisé | prévu |\n| 012 | 4,12 M€ | 4,26 M€ |\n| 011 | 1,98 | 1,91 |"
    )


def test_no_name_where_none_is_wanted() -> None:
    """Where notes say that no name is put, does the bracket that names somebody go, and the rest of the line stay?"""
    told = withheld("Un élève (Timéo, CM2, arachide) a eu le mauvais plateau. (on ne met pas de nom d'enfant)")
    assert "Timéo" not in told
    assert "mauvais plateau" in told
