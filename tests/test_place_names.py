"""Names of towns inside a sentence: does the article join the preposition, as a native would write it?"""

import pytest

from atelier_ia.place_names import at_place, of_place
from atelier_ia.settings import load_settings

CASES = [
    ("Val-Fontaine", "de Val-Fontaine", "à Val-Fontaine"),
    ("Orléans", "d'Orléans", "à Orléans"),
    ("Évry-Courcouronnes", "d'Évry-Courcouronnes", "à Évry-Courcouronnes"),
    ("Œuilly", "d'Œuilly", "à Œuilly"),
    ("Le Havre", "du Havre", "au Havre"),
    ("Les Ulis", "des Ulis", "aux Ulis"),
    ("La Rochelle", "de La Rochelle", "à La Rochelle"),
    ("L'Haÿ-les-Roses", "de L'Haÿ-les-Roses", "à L'Haÿ-les-Roses"),
    ("Ancenis-Saint-Géréon", "d'Ancenis-Saint-Géréon", "à Ancenis-Saint-Géréon"),
    ("Lestrem", "de Lestrem", "à Lestrem"),
    ("Hyères", "d'Hyères", "à Hyères"),
    ("Hendaye", "d'Hendaye", "à Hendaye"),
    ("Honfleur", "de Honfleur", "à Honfleur"),
    ("Yerres", "de Yerres", "à Yerres"),
    ("Yvetot", "d'Yvetot", "à Yvetot"),
    (
        "Communauté d'agglomération du Pays Basque",
        "de la communauté d'agglomération du Pays Basque",
        "à la communauté d'agglomération du Pays Basque",
    ),
    ("Agglomération du Choletais", "de l'agglomération du Choletais", "à l'agglomération du Choletais"),
    ("Syndicat des eaux", "du syndicat des eaux", "au syndicat des eaux"),
]


@pytest.mark.parametrize(("name", "of", "at"), CASES, ids=lambda value: value)
def test_prepositions(name: str, of: str, at: str) -> None:
    """Are « de » and « à » written as people say them?"""
    assert of_place(name) == of
    assert at_place(name) == at


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "Le Havre",
            "De retour au Havre, l'atelier du **Havre** : Le Havre, 12 h. Fait au Havre. Du Havre.",
        ),
        (
            "Orléans",
            "De retour à Orléans, l'atelier d'**Orléans** : Orléans, 12 h. Fait à Orléans. D'Orléans.",
        ),
    ],
)
def test_texts_follow_the_name(name: str, expected: str) -> None:
    """In a text with its marks, do all the places follow, bold ones too, and the bare name stay whole?"""
    own = load_settings()
    settings = own.model_copy(update={"collectivite": own.collectivite.model_copy(update={"name": name})})
    told = settings.localise(
        "De retour à {commune}, l'atelier de **{commune}** : {commune}, 12 h. Fait à {commune}. De {commune}."
    )
    assert told == expected


def test_an_authority_without_a_town_is_where_its_seat_is() -> None:
    """« Fait à Bayonne », « née à Bayonne », but « le CCAS de la communauté d'agglomération »?"""
    own = load_settings()
    collectivite = own.collectivite.model_copy(
        update={"name": "Communauté d'agglomération du Pays Basque", "kind": "agglomération", "town": "Bayonne"}
    )
    settings = own.model_copy(update={"collectivite": collectivite})
    assert settings.localise("Fait à {commune}") == "Fait à Bayonne"
    assert settings.localise("9 chemin des Prés, {ville}") == "9 chemin des Prés, Bayonne"
    assert own.localise("{ville}") == own.collectivite.name
    assert settings.localise("Budget de {commune}") == "Budget de la communauté d'agglomération du Pays Basque"
