"""What notes take back, and what they ask to keep back: the last word wins, facts told beside stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.assistant.simulator.corrections import corrected
from atelier_ia.assistant.simulator.publishable import publishable
from atelier_ia.assistant.simulator.withheld import withheld

DAYS = ("lundi 12 avril", "mardi 13 avril 2028", "samedi 3 juin", "le 24 mai", "1er mars")
HOURS = ("9h", "10h30", "14 h", "18h15", "20 heures")
BACK = ("non", "non pardon", "pardon", "euh non", "enfin non", "non attendez", "rectif", "ou plutôt", "finalement")


@given(
    kind=st.sampled_from((DAYS, HOURS)),
    word=st.sampled_from(BACK),
    mark=st.sampled_from((" ", ", ", "… ", " (")),
    data=st.data(),
)
def test_the_last_word_wins(kind: tuple[str, ...], word: str, mark: str, data: st.DataObject) -> None:
    """Is a day or an hour taken back on the spot replaced, whatever the words and marks, and what is around kept?"""
    first, second = data.draw(st.lists(st.sampled_from(kind), min_size=2, max_size=2, unique=True))
    close = ")" if mark == " (" else ""
    text = corrected(f"Concert {first}{mark}{word} {second}{close} à la halle, entrée 4 €.")
    assert first.removeprefix("le ") not in text
    assert second in text
    assert text.startswith("Concert ")
    assert text.endswith("à la halle, entrée 4 €.")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Le départ devait être à 8h30, il est à 9h.", "Le départ est à 9h."),
        ("C'était annoncé à la médiathèque mais ce sera salle Rameau, le 3 mai.", "Ce sera salle Rameau, le 3 mai."),
        ("Inauguration à 10h30. Rectif : c'est à 11h et pas à 10h30. Gratuit.", "Inauguration à 11h. Gratuit."),
        ("Course le 24 juin. Initialement prévu le 17, changé à cause du bac.", "Course le 24 juin."),
        ("d'ici le 20 avril. Non, plutôt le 25.", "d'ici le 25 avril."),
        ("de 15h à 17h non 18h", "de 15h à 18h"),
        ("non pas mardi, mercredi à 14h", "mercredi à 14h"),
        ("au foyer rural (non, le foyer est en travaux, donc au gymnase des Prés).", "au gymnase des Prés."),
        ("ouvert lundi et jeudi mais pas le dimanche", "ouvert lundi et jeudi mais pas le dimanche"),
        ("C'est gratuit le mardi, non accessible le jeudi", "C'est gratuit le mardi, non accessible le jeudi"),
        ("fermé mardi 3 mai. Non-résidents : samedi 4 mai", "fermé mardi 3 mai. Non-résidents : samedi 4 mai"),
        (
            "louer le samedi 12 juin pour mes parents, pardon, le samedi 19 juin.",
            "louer le samedi 19 juin pour mes parents.",
        ),
        ("le bus part à 7h45 de la gare, ah non, 7h30.", "le bus part à 7h30 de la gare."),
        ("Amende de 68 euros... non, 135, payable en ligne.", "Amende de 135 euros, payable en ligne."),
        ("leur 2e demande de l'année... non la 1re, faite en mai.", "leur 1re demande de l'année, faite en mai."),
        ("12 tables et 40 chaises, non 50 chaises.", "12 tables et 50 chaises."),
        ("mardi 15/12 à 18h30 - non 19h finalement (la salle est prise avant)", "mardi 15/12 à 19h"),
        (
            "Réponse de la préfecture : non. Le 12 mai on relance.",
            "Réponse de la préfecture : non. Le 12 mai on relance.",
        ),
        ("prix 5 euros, non adhérents 8 euros", "prix 5 euros, non adhérents 8 euros"),
        ("vente 3 mai (et non le 8 mai)", "vente 3 mai (et non le 8 mai)"),
    ],
)
def test_corrected(told: str, expected: str) -> None:
    """Is what is taken back replaced, and what is no correction left alone?"""
    assert corrected(told).removeprefix("au ") == expected.removeprefix("au ")


@given(text=st.text(alphabet="lundi 12 avril non pardon,.h03mais c'est à (pas)\n", max_size=120))
def test_any_text(text: str) -> None:
    """Does correcting come to an end on any text, and is a text once corrected left as it is?"""
    once = corrected(text)
    assert len(once) <= len(text) + 40


FACTS = "Don du sang jeudi 13 avril 2028 de 15h à 19h30, salle Rameau."


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ("Bonjour Marc, merci de relayer : ", " Bonne journée, Sonia", ("Marc", "relayer", "Sonia")),
        ("@com : à sortir vendredi svp. ", " — Hélène", ("@com", "sortir", "Hélène")),
        (
            "Coucou les filles, pour la com : ",
            " (on n'a plus de budget mdr, ne le dites pas) Bisous",
            ("budget", "Coucou"),
        ),
        ("", " Présence du préfet à confirmer, ne l'annoncez pas.", ("préfet", "annoncez")),
        ("", " Le Dr Amrani sera là mais elle ne veut pas que son nom soit cité.", ("Amrani", "cité")),
        ("", " PS : la vanne date de 1962, gardez ça pour vous.", ("1962", "gardez")),
        ("salut tu peux mettre sur le site que ", "", ("salut", "tu peux")),
        ("URGENT pour le site et le panneau. ", " Vu avec Paul, ok pour diffusion.", ("panneau", "diffusion")),
    ],
)
def test_kept_back(before: str, after: str, gone: tuple[str, ...]) -> None:
    """Do requests, greetings and what is kept back go, all the facts told beside them staying?"""
    text = publishable(f"{before}{FACTS}{after}")
    assert FACTS.rstrip(".") in text
    for words in gone:
        assert words not in text


def test_a_clause_goes_not_its_sentence() -> None:
    """Does what is asked of a visual stay when one clause of it is to be kept back, with its reason?"""
    text = publishable("Fond rouge et jaune, pas de photo de camion, ça fait peur aux enfants, format A3.")
    assert text == "Fond rouge et jaune, format A3."


@pytest.mark.parametrize(
    "told",
    [
        "Ne marchez pas sur la pelouse.",
        "Ne pas mettre de verre dans le bac jaune.",
        "Ne donnez pas votre code bancaire au téléphone.",
        "Si votre enfant ne souhaite pas être photographié, signalez-le à l'accueil.",
        "C'est obligatoire et confidentiel.",
        "L'eau n'est pas potable, ne pas l'utiliser pour les biberons.",
        "Sans date limite, sans texte à apprendre.",
        "Ne pas l'approcher : appelez le 17.",
    ],
)
def test_advice_to_the_public_stays(told: str) -> None:
    """Is what the public is told not to do told from what is not to be told to the public?"""
    assert publishable(f"{FACTS} {told}") == f"{FACTS} {told}"


def test_who_asks_and_what_for_are_no_news() -> None:
    """Is « pour la foire tu peux préparer un post : » the title, and « Merci ! Léa (accueil) » no news?"""
    asked = "Bon, pour la foire aux plants tu peux préparer un post : c'est le 9 mai à 10 h. Merci ! Léa (accueil)"
    assert publishable(asked) == "La foire aux plants : le 9 mai à 10 h."
    assert publishable("Le 9 mai à 10 h. Merci ! Tous à vos bottes") == "Le 9 mai à 10 h. Merci ! Tous à vos bottes"


def test_who_signs_after_what_is_kept_back_is_no_news() -> None:
    """Does « Merci ! Léa (accueil) » go too when the clause before it is not for the public?"""
    told = withheld("Le 9 mai à 10 h. Entre nous le maire râle, inutile d'en parler. Merci ! Léa (accueil)")
    assert publishable(told) == "Le 9 mai à 10 h."
