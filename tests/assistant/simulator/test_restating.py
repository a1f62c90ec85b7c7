"""What a person wrote, taken up by the town hall: person, verbs, elisions, and no tiresome repetition."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.dangers import dangers
from atelier_ia.assistant.simulator.phrasing import varied
from atelier_ia.assistant.simulator.restating import restated


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("J'ai perdu mes clés.", "Vous nous indiquez que vous avez perdu vos clés"),
        (
            "Je sais que vous n'êtes pas responsables.",
            "Vous nous indiquez que vous savez que nous ne sommes pas responsables",
        ),
        ("Je ne suis pas d'accord.", "Vous nous indiquez que vous n’êtes pas d'accord"),
        ("Pourriez-vous me dire quand passe la benne ?", "Vous nous demandez quand passe la benne"),
        ("Est-ce que la piscine est ouverte le lundi ?", "Vous nous demandez si la piscine est ouverte le lundi"),
        ("Qu'allez-vous faire ?", "Vous nous demandez ce que nous allons faire"),
        ("La mairie peut elle élaguer le chêne ?", "Vous nous demandez si la mairie peut élaguer le chêne"),
        ("Le jardin est il ouvert ?", "Vous nous demandez si le jardin est ouvert"),
        ("Je me permets de vous signaler que le banc est cassé.", "Vous nous signalez que le banc est cassé"),
        ("C'est pour réserver la salle.", "Vous souhaitez réserver la salle"),
        ("Je n'apparais pas sur la liste.", "Vous nous indiquez que vous n'apparaissez pas sur la liste"),
        ("Réparez le banc du square.", "Vous nous demandez de réparer le banc du square"),
        (
            "Je pars étudier à Rennes, dois-je me désinscrire ?",
            "Vous nous indiquez que vous partez étudier à Rennes et nous demandez si vous devez vous désinscrire",
        ),
        ("Je garde aussi son petit frère ?", "Vous nous indiquez que vous gardez aussi son petit frère"),
        ("Savoir si la salle est libre.", "Vous souhaitez savoir si la salle est libre"),
        ("Présidente du club, je souhaite réserver la salle.", "Présidente du club, vous souhaitez réserver la salle"),
        ("Je m'appelle Camille.", "Vous nous indiquez que vous vous appelez Camille"),
        ("On organise une course le 6 juin.", "Vous organisez une course le 6 juin"),
    ],
)
def test_a_sentence_is_taken_up(said: str, told: str) -> None:
    """Does each construction come out in right French, told by the town hall?"""
    assert restated(said).replace("'", "’") == told.replace("'", "’")


@pytest.mark.parametrize(
    "said", ["En espérant une réponse.", "Vous êtes des incapables.", "J'ai un cancer.", "T'es qui toi ?"]
)
def test_some_words_are_never_repeated(said: str) -> None:
    """Are abuse, health and « tu » left out?"""
    assert restated(said) == ""


def test_leads_vary() -> None:
    """Do three restatements in a row begin in three ways, and nothing else change?"""
    text = "Vous nous indiquez que A. Vous nous indiquez que B. Vous nous indiquez qu’il C. Vous nous demandez si D."
    told = "Vous nous indiquez que A. Vous précisez que B. Vous ajoutez qu’il C. Vous nous demandez si D."
    assert varied(text) == told
    assert varied(told) == told


@pytest.mark.parametrize(
    ("said", "number"),
    [("Je pense au suicide.", "3114"), ("Il y a un obus dans mon jardin.", "112"), ("Mon mari me frappe.", "3919")],
)
def test_dangers_come_first(said: str, number: str) -> None:
    """Is the number to call told for what cannot wait?"""
    assert number in dangers(said)[0][0]


@pytest.mark.parametrize(
    "said", ["Le 12 mai je ne serai plus là, je déménage.", "La ligne 4 est en retard.", "Le bal s'appelle Obscur."]
)
def test_ordinary_sentences_are_no_danger(said: str) -> None:
    """Is an ordinary sentence left alone?"""
    assert dangers(said) == ([], False)


def test_on_is_somebody_else_when_harm_is_done() -> None:
    """Is « on a encore cassé » never turned into what the person did, and « pour l'annoncer ? » into a question?"""
    assert restated("On a encore volé le vase.") == "Vous nous signalez que l’on a encore volé le vase"
    assert (
        restated("Et pour l'annoncer sur votre site ?")
        == "Vous nous demandez comment faire pour l'annoncer sur notre site"
    )
    assert restated("Que fait la police municipale ?") == "Vous nous demandez ce que fait la police municipale"
