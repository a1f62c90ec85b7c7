"""What the guard finds, what it leaves alone, and how well on the annotated corpus."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.privacy import ALERTS, LABELS, PrivacyError, detect, detector, telling_phrases


def _evaluation() -> ModuleType:
    path = Path(__file__).with_name("evaluation.py")
    spec = importlib.util.spec_from_file_location("privacy_evaluation", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


evaluation = _evaluation()


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


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "  "])
def test_typographic_spaces_change_nothing(space: str) -> None:
    """Is a text pasted from Word read like the same text typed by hand, with offsets of the original?"""
    text = f"Mme Dupont :{space}06{space}12{space}34{space}56{space}78"
    assert ("TEL", text[-14 - 4 * (len(space) - 1) :]) in found(text)


def test_decomposed_accents_and_invisible_characters_keep_offsets() -> None:
    """Do offsets point into the original when its accents are decomposed and soft hyphens stand inside words?"""
    text = "Écrit par Mme He\u0301le\u0300ne Du\u00adpont, \u200bmerci."
    assert ("NOM", "He\u0301le\u0300ne Du\u00adpont") in found(text)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_ordered_spans(text: str) -> None:
    """Are spans sorted, apart, inside the text and of known labels, whatever the text?"""
    reach = 0
    for span in detect(text, names=()):
        assert reach <= span.start < span.end <= len(text)
        assert span.label in LABELS
        assert (span.level == "alerte") == (span.label in ALERTS)
        reach = span.end


FRAGMENTS = [
    "M. ",
    "Dupont ",
    "12 rue ",
    "de la ",
    "06 ",
    "né le ",
    "FR76 ",
    "@",
    "a.b",
    "n° ",
    "AB 12 ",
    "\n",
    "’",
    "-",
    "Jean ",
    "je suis ",
    "malade ",
    "1",
]


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=20, max_size=400))
@settings(max_examples=60, deadline=None)
def test_hostile_mixtures_are_answered(pieces: list[str]) -> None:
    """Does a text made only of trigger words get an answer rather than an error?"""
    detect("".join(pieces), names=())


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "@",
        "M. ",
        "12 rue ",
        "D'",
        "J.-",
        "né le 12 ",
        "a écrit ",
        "section ab 1, ",
        "(",
        "\u0301",
        "j'habite au fond a la rue ",
        "je ne peux plus me ",
        "Dupont, rue X ",
        "zero un deux ",
        "les Dupont ",
        "parcelle AB 12, ",
        "n° 12-AB/3 ",
        "A comme Anatole, ",
        "a;1;\t|",
        "Nom;N° CAF\n",
        "lieu-dit Les Prés, ",
        "Présents : Jean, ",
        "elle a été frappée par ",
        "J.-B. ",
        "vingt et un ",
        "j'habite chez mon fond de cour a droite ",
        "12 rue X, 2e étage gauche, fond de cour, ",
        "Calle de la Via Rua Strada ",
        "tute11e 1l1l1l1 ",
        "muzulmane prizon ",
        "dit « X ",
        "absente pour congés de l'arrêt ",
        "titre de recette n° a 1 2 ",
        "(at) point ",
        "elle habite la tour, la porte, au 19, ",
        "Le Cayrou, 24510, ",
        "M. Aaa Bbb Ccc, ",
        "SOUSSIGNEE AAA ",
        "\naa bb\n\n \n",
        "la ZC 19 et la ZC 20 et ",
        "les entreprises Aaa, Bbb et ",
        "le menu Aaa, Bbb et ",
        "12 rue X, Les Y, 35000 ",
        "35000 Aaa, ",
        "sous sous n° a-1/2-",
        "bordereau 1, pièce 2, ",
        "mention ab cd ef 12 34 ",
        "Nom ..... ",
        "a\u0301\u00ad",
        "sa santé, son kiné, ",
    ],
)
def test_no_pattern_explodes(piece: str) -> None:
    """Is a long repetition of a trigger answered (pytest's own time limit would stop a catastrophic pattern)?"""
    detect(piece * (60_000 // len(piece)), names=())


def test_failure_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does an internal failure raise a `PrivacyError` that says nothing of the text?"""

    def broken(_: object) -> None:
        raise KeyError("Dupont")

    monkeypatch.setattr(detector, "find_forms", broken)
    with pytest.raises(PrivacyError) as caught:
        detect("Mme Dupont", names=())
    assert "Dupont" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_only_text_is_accepted() -> None:
    """Is anything but text refused?"""
    with pytest.raises(PrivacyError):
        detect(None, names=())  # type: ignore[arg-type]


# Least shares on the half that the rules were not tuned on: (label, share of items covered).
FLOORS = {
    "EMAIL": 0.98,
    "TEL": 0.98,
    "IBAN": 0.98,
    "NIR": 0.98,
    "PLAQUE": 0.98,
    "SIRET": 0.98,
    "NOM": 0.93,
    "ADRESSE": 0.92,
    "DATE_NAISSANCE": 0.92,
    "NUM_ALLOCATAIRE": 0.92,
    "NUM_FISCAL": 0.90,
    "NUM_IDENTITE": 0.92,
    "REF_DOSSIER": 0.88,
    "CADASTRE": 0.92,
    "SANTE": 0.90,
    "SENSIBLE": 0.88,
}


OUTSIDE_FLOORS = FLOORS | {"NOM": 0.97, "REF_DOSSIER": 0.92, "NUM_FISCAL": 0.92, "SENSIBLE": 0.90}


@pytest.mark.parametrize("half", ["dev", "test"])
def test_shares_on_the_corpus(half: str) -> None:
    """Does the guard keep its measured shares on both halves of the corpus?"""
    documents = evaluation.read(f"{half}_documents") + evaluation.read(f"{half}_generated")
    scores = evaluation.measure(documents, lambda text: detect(text, names=()))
    low = {
        label: round(scores[label].covered / scores[label].items, 3)
        for label, floor in FLOORS.items()
        if scores[label].covered / scores[label].items < floor
    }
    assert low == {}
    spans = sum(score.spans for score in scores.values())
    assert sum(score.right for score in scores.values()) / spans >= 0.95


@pytest.mark.parametrize(
    "name", ["forms", "fresh1", "fresh2", "exam1", "exam2", "exam3", "exam4", "exam5", "exam6", "exam7"]
)
def test_shares_on_the_fresh_texts(name: str) -> None:
    """Does the guard keep, once corrected, what it finds on the texts written last?"""
    scores = evaluation.measure(evaluation.read(f"{name}_documents"), lambda text: detect(text, names=()))
    assert sum(s.covered for s in scores.values()) / sum(s.items for s in scores.values()) >= 0.96
    assert sum(s.right for s in scores.values()) / sum(s.spans for s in scores.values()) >= 0.95


@pytest.mark.parametrize("name", ["exam3", "exam4", "exam7"])
def test_shares_per_label_on_the_outsiders_sets(name: str) -> None:
    """Does each kind of datum keep, once corrected, the share of items that the target asks for?"""
    scores = evaluation.measure(evaluation.read(f"{name}_documents"), lambda text: detect(text, names=()))
    low = {
        label: round(scores[label].covered / scores[label].items, 3)
        for label, floor in OUTSIDE_FLOORS.items()
        if scores[label].covered / scores[label].items < floor
    }
    assert low == {}


def test_names_without_capitals_or_off_the_list() -> None:
    """Are names found where capitals or the list of first names do not help?"""
    documents = [d for number in range(1, 8) for d in evaluation.read(f"exam{number}_documents")]
    apart = evaluation.names_apart(documents, lambda text: detect(text, names=()))
    shares = {kind: score.covered / score.items for kind, score in apart.items()}
    assert all(score.items > 100 for score in apart.values())
    assert shares["NOM, no capitals"] >= 0.93
    assert shares["NOM, lowered"] >= 0.85
    assert shares["NOM, off the list"] >= 0.95


def test_false_positives_in_prose() -> None:
    """Are there at most 2 false positives per 1 000 words of prose that holds no personal data?"""
    count = words = 0
    listing: list[str] = []
    for half in ("dev", "test", "fresh1", "fresh3", "exam3", "exam4", "exam5", "exam6", "exam7"):
        found, length, lines = evaluation.false_positives(f"{half}_prose", lambda text: detect(text, names=()))
        count, words, listing = count + found, words + length, listing + lines
    assert words > 15_000
    assert count <= 2 * words / 1000, listing
