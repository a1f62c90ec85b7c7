"""What reports, minutes and letters tell of somebody, by family: offences, origins, faiths, strikes, votes, couples.

Each phrase stands for its sisters; the second half of each family is the same words where nobody is told.
"""

from __future__ import annotations

import pytest

from atelier_ia.privacy import ALERTS, detect


def alerts(text: str) -> list[str]:
    """The pieces of `text` that raise an alert."""
    return [text[span.start : span.end] for span in detect(text, names=()) if span.label in ALERTS]


TOLD = [
    # on the road
    ("Le conducteur, M. Jean Rival, circulait à 94 km/h au lieu de 70.", "94 km/h"),
    ("M. Paul Tessier a été vu téléphone en main au volant de son utilitaire.", "téléphone en main"),
    ("M. Cyril Duval n'a pas présenté son permis lors du contrôle.", "n'a pas présenté son permis"),
    ("M. Hugo Fabre était stationné sur une place réservée aux personnes handicapées.", "place réservée"),
    ("M. Steve Colin a refusé d'obtempérer.", "refusé d'obtempérer"),
    ("Constatons que M. Ramos a pris un rond-point à contresens.", "à contresens"),
    # animals, waste, noise, the public way
    ("M. Karim Saïdi promenait son chien de catégorie 2 sans muselière.", "sans muselière"),
    ("M. Gilles Perrot laisse divaguer ses chiens.", "divaguer"),
    ("Relevé à l'encontre de MOREL Hugo, né le 03/07/1998 : dépôt sauvage de gravats.", "dépôt sauvage"),
    ("M. Thomas Gay a été surpris en train d'uriner sur la voie publique.", "uriner"),
    ("M. Noé Barbier a tiré des mortiers d'artifice en direction de la patrouille.", "mortiers"),
    ("M. Jordan Petit vendait à la sauvette place du marché.", "à la sauvette"),
    # officers, things, papers
    ("M. Luc Vidal nous a traités de « clowns ».", "traités de"),
    ("M. Garnier a crevé les pneus du fourgon.", "crevé les pneus"),
    ("PV dressé à l'encontre de M. Bernard Blot.", "PV dressé"),
    ("M. Blot a fait l'objet d'une contravention de 4e classe.", "contravention de 4e classe"),
    ("Notre TIGiste, M. Kévin Roux, arrive lundi.", "TIGiste"),
    ("M. Ali Benz employait un salarié non déclaré.", "salarié non déclaré"),
    ("Mme Sarah Klein a fourni de faux bulletins de salaire au CCAS.", "faux bulletins"),
    ("Mme Carole Noël a pioché dans la caisse de la cantine.", "pioché dans la caisse"),
    ("M. Bernard Vial a bétonné son jardin sans autorisation.", "sans autorisation"),
    ("M. Hue lui a mis la main aux fesses.", "main aux fesses"),
    ("M. Petit a été contrôlé : dépistage salivaire positif au cannabis.", "positif"),
    # nationality, origin
    ("M. Tuan Nguyen, sujet vietnamien, né en 1980.", "sujet vietnamien"),
    ("La famille Kovalenko est arrivée d'Ukraine en mars 2022.", "arrivée d'Ukraine"),
    ("M. Selim Aydin a été naturalisé le 4 mai 2019.", "naturalisé"),
    ("Mme Fatou Camara est sans titre de séjour.", "sans titre de séjour"),
    ("Mme Kim a la double nationalité franco-coréenne.", "double nationalité"),
    ("Agent : Sofia Almeida, Portugaise, 34 ans.", "Portugaise"),
    # faith, strikes, votes
    ("Demande d'absence, motif : fête religieuse (Yom Kippour). Agent : Cohen Déborah.", "Yom Kippour"),
    ("Lucie ne viendra pas mercredi, elle a catéchisme. Anne Besson", "catéchisme"),
    ("Agent | Service | Jour de grève\nDUVAL Karine | Écoles | Gréviste 1 j", "Gréviste 1 j"),
    ("Rassemblement organisé par Solidaires : M. Faure présent.", "organisé par Solidaires"),
    ("Je suis Robert Lamy et j'ai voté contre vous.", "voté contre vous"),
    ("M. Pierre Ferry nie les chambres à gaz.", "chambres à gaz"),
    # couples
    ("M. Paul Garrec et son mari demandent une place en crèche.", "son mari"),
    ("Mme Lise Aubert vit avec sa compagne Nathalie.", "sa compagne"),
    ("Mariage de M. Lucas Petit et de M. Paul Roy le 4 juin.", "M. Lucas"),
    ("M. Alain Ruel trompe sa femme avec la secrétaire.", "trompe sa femme"),
    # health
    ("Mme Lucie Blanc, 84 ans, rentre chez elle après une fracture du col du fémur.", "fracture du col du fémur"),
    ("Marwan : 38,7 °C à 15 h, papa prévenu. Mme Da Silva", "38,7 °C"),
    ("Inès Cordier est dispensée de piscine jusqu'au 15 mars.", "dispensée de piscine"),
]


@pytest.mark.parametrize(("text", "piece"), TOLD, ids=[piece for _, piece in TOLD])
def test_what_is_told_of_somebody_raises_an_alert(text: str, piece: str) -> None:
    """Does an alert touch the telling words?"""
    start = text.index(piece)
    end = start + len(piece)
    assert any(span.label in ALERTS and span.start < end and start < span.end for span in detect(text, names=())), (
        alerts(text)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Objet : dépôt sauvage. Bonjour, il y a des sacs au bout de la rue Basse, merci. Julie Roy",
        "Bonjour, les cloches sonnent à 6 h et on ne peut plus dormir. Merci, Clotilde Roy",
        "Une voiture est garée sur le trottoir devant chez nous, merci de passer. Mme Leroy",
        "M. Durand a reçu Mme Petit et son mari.",
        "Véronique Marie Lafond, son épouse, employée de banque.",
        "M. Pierre Faye, 12 ans d'expérience, anglais, espagnol, permis B.",
        "Langues parlées par Mme Roy : français, portugais, russe.",
        "Le dossier de M. Roy est classé sans suite faute de pièces.",
        "Toute personne atteinte d'une affection cutanée contagieuse doit présenter un certificat.",
        "M. Roy, vous trouverez le document joint.",
        "M. Petit tirera le feu d'artifice du 14 juillet depuis le stade.",
        "Nom | Service | Gréviste\nPrévu le 12 | voirie | sans objet",
    ],
)
def test_the_same_words_where_nothing_is_told(text: str) -> None:
    """Are complaints about things, ordinary couples, languages and rules left alone?"""
    assert alerts(text) == []


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("M. Karim Benali, demeurant 12 rue des Tanneurs, qui conduisait sans permis.", "12 rue des Tanneurs"),
        ("Mme Éliane Forget, demeurant 16 rue des Capucines à Chavernay, est dépressive.", "16 rue des Capucines"),
        ("M. Bodin, domicilié 3 rue Basse, a porté un coup au visage de RENAUD Axel.", "3 rue Basse"),
    ],
)
def test_a_home_ends_where_the_sentence_tells_of_the_person(text: str, home: str) -> None:
    """Is the home masked, and what follows it alerted rather than swallowed?"""
    spans = detect(text, names=())
    homes = [text[span.start : span.end] for span in spans if span.label == "ADRESSE"]
    assert [piece[: len(home)] for piece in homes] == [home]
    assert alerts(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Ma voisine, Mme Boisseau, habite juste à côté.", "ADRESSE"),
        ("Un emprunt à vingt ans demeure près de trois fois supérieur.", "ADRESSE"),
        ("Section\tN°\tAdresse\tContenance m²\nAB\t112\true de la Fontaine\t412\nZH\t45\tLes Landes\t90", "ADRESSE"),
        ("Nom | Adresse | Compteur\nSCI Les Remparts | 2 place du Marché | A-1", "ADRESSE"),
        ("Mme Chauveau, née en 1937, veut le portage des repas à partir du 1er décembre. Elle attend.", "masquer"),
        ("Toner noir réf. TN-3480, 12 unités.", "REF_DOSSIER"),
        ("Carnets à souches n° 4401 à 4450 utilisés.", "REF_DOSSIER"),
        ("Née le 21/08/1989 à Hô-Chi-Minh-Ville.", "NOM"),
    ],
)
def test_places_dates_and_numbers_of_nobody(text: str, label: str) -> None:
    """Are the places of parcels and firms, later dates and makers' references left readable?"""
    spans = detect(text, names=())
    if label == "masquer":
        assert [text[s.start : s.end] for s in spans if s.label == "DATE_NAISSANCE"] == ["1937"]
    else:
        assert [text[s.start : s.end] for s in spans if s.label == label] == []
