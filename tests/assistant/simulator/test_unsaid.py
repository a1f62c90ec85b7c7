"""What a message tells is told back, once and in its place; what nobody should repeat is not."""

from __future__ import annotations

import re

import pytest

from atelier_ia.assistant.simulator.french import word_count
from atelier_ia.assistant.simulator.plain import plain
from atelier_ia.assistant.simulator.restating import restated
from tests.assistant.simulator.conftest import Reply

PASSPORT = (
    "Bonjour,\nMon fils Noé part à Londres avec le collège en mars et il lui faut un passeport. Je suis séparée, son"
    " père vit à Lyon. Combien d'attente en ce moment ?\nSandrine Jézéquel"
)
FETE = (
    "Bonjour,\nLe club de belote organise son concours le samedi 16 janvier 2027. Nous souhaiterions :\n"
    "- 15 tables et 60 chaises\n- l'autorisation de tenir une buvette\nGérard Pichon"
)


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        (PASSPORT, ("votre fils Noé part à Londres", "3 semaines")),
        (FETE, ("club de belote", "16 janvier 2027", "Vous souhaitez 15 tables et 60 chaises", "une buvette")),
        (
            "Bonjour, deux lampadaires ne marchent plus devant le 3 impasse des Merles. Le numéro du poteau est"
            " VF-0412. Les enfants rentrent du car de Saint-Aubin dans le noir.\nNadège Tanguy",
            ("impasse des Merles", "VF-0412", "Saint-Aubin"),
        ),
        (
            "bonjour on a emménagé rue Haute, on n'a pas reçu le bac jaune. on est trois à la maison\nléa morvan",
            ("vous avez emménagé rue Haute", "vous n'avez pas reçu le bac jaune"),
        ),
    ],
)
def test_nothing_is_lost(reply: Reply, mail: str, told: tuple[str, ...]) -> None:
    """Does the reply say each fact of the mail, and stay within the words asked for?"""
    text = reply(mail)
    for words in told:
        assert words.lower() in text.lower(), text
    assert word_count(text) <= 200


@pytest.mark.parametrize("mail", [PASSPORT, FETE])
def test_nothing_is_said_twice(reply: Reply, mail: str) -> None:
    """Is no sentence of the reply there twice?"""
    found = [piece.strip() for piece in re.split(r"(?<=[.!?])\s+", reply(mail)) if len(piece.split()) > 5]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("remark", "kept_back"),
    [
        ("Ma mère n'a que 960 € de retraite.", "960"),
        ("Vous êtes tous des incapables, 3 mois que ça dure.", "incapables"),
        ("Mon voisin M. Tellier est alcoolique depuis 2019.", "alcoolique"),
    ],
)
def test_what_is_not_to_be_repeated_stays_unsaid(reply: Reply, remark: str, kept_back: str) -> None:
    """Do abuse, what somebody lives on, and another's illness stay out of the reply?"""
    text = reply(
        f"Bonjour,\nLe bac jaune n'a pas été ramassé mardi rue Haute. {remark} Quand passez-vous ?\nPaul Noiret"
    )
    assert kept_back not in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("On habite au 3 rue Haute.", "Vous nous indiquez que vous habitez au 3 rue Haute"),
        ("On y voit plus rien le soir.", "Vous nous indiquez que vous n’y voyez plus rien le soir"),
        ("Mon mari et moi on voudrait un rendez-vous.", "Vous souhaitez un rendez-vous"),
        ("On se pacse en juin.", "Vous nous indiquez que vous vous pacsez en juin"),
        ("On m'a dit que c'était fermé.", "Vous nous signalez que l’on vous a dit que c'était fermé"),
        ("On a volé mon vélo.", "Vous nous signalez que l’on a volé votre vélo"),
        ("On peut venir un samedi ?", "Vous nous demandez si l’on peut venir un samedi"),
        ("Depuis lundi on a plus d'eau.", "Depuis lundi, vous n'avez plus d'eau"),
        (
            "On m'a dit que le ramassage changeait en janvier, c'est vrai ou pas ?",
            "Vous nous demandez s’il est exact que le ramassage changeait en janvier",
        ),
        ("Besoin d'une prise de courant.", "Vous nous indiquez que vous avez besoin d'une prise de courant"),
    ],
)
def test_on_is_the_writer(said: str, told: str) -> None:
    """Is « on » told as « vous » when it is the writer, and left when somebody else does it, or when it is asked?"""
    assert restated(said) == told


LISTED = (
    "Bonjour,\nLe club de palets a un nouveau bureau. Je souhaiterais savoir :\n1. à qui transmettre notre nouvelle"
    " adresse ;\n2. comment demander une subvention ;\n3. si le créneau du jeudi peut commencer à 19 h.\nLoïc Kerguen"
)
SPOKEN = (
    "bonjour ma fille a perdu sa carte de car. est ce quelle peut monter en attendant et je dois aller où pour un"
    " duplicata. y a t'il un papier à remplir ? Mme Roux"
)


@pytest.mark.parametrize(
    ("mail", "asked"),
    [
        (LISTED, ("à qui transmettre", "subvention", "si le créneau du jeudi peut commencer à 19 h")),
        (SPOKEN, ("si elle peut monter en attendant", "où vous devez aller", "s'il y a un papier à remplir")),
        (
            "Bonjour,\nJe vends ma maison rue Haute. Mon ex-mari doit-il signer ? Faut-il une autorisation pour poser"
            " un panneau sur le trottoir ? Le caniveau sera-t-il refait ?\nMme Roux",
            ("votre ex-mari doit signer", "si le caniveau sera refait"),
        ),
    ],
)
def test_no_question_is_lost(reply: Reply, mail: str, asked: tuple[str, ...]) -> None:
    """Is each question of a mail told or answered, with its mark or without, in a list or in one breath?"""
    text = reply(mail)
    for words in asked:
        assert words in text, text
    assert word_count(text) <= 200


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("es ce que on peut venir ?", "est-ce qu'on peut venir ?"),
        ("Y'a t'il un bac ?", "Y a-t-il un bac ?"),
        ("mon neveu veux bien", "mon neveu veut bien"),
        ("moi et ma copine on veux ce marier", "moi et ma copine on veut se marier"),
        ("à qui je dois écrire ?", "à qui je dois écrire ?"),
        ("il ne m'a pas répondu", "il ne m'a pas répondu"),
        ("c'était pas là", "ce n'était pas là"),
        ("je conduis plus.", "je ne conduis plus."),
        ("je veux plus de bancs", "je veux plus de bancs"),
    ],
)
def test_spelling_is_brought_back(written: str, read: str) -> None:
    """Are questions, negations and verbs read as they are meant, and right French left alone?"""
    assert plain(written) == read


@pytest.mark.parametrize(
    ("mail", "useless"),
    [
        (
            "Bonjour, jeudi dernier j'ai claqué la porte. Le lampadaire rue Haute est éteint.\nMme Roux",
            "jeudi dernier)",
        ),
        ("Bonjour, je vis seule. Le lampadaire rue Haute est éteint.\nMme Roux", "évoquez aussi"),
        ("Bonjour, le lampadaire rue Haute est éteint.\nSportivement,\nLoïc Roux - 3 rue Basse", "portivement"),
        ("Bonjour, le lampadaire rue Haute est éteint.\nLoïc Roux - 3 rue Basse - 06 39 98 00 01", "06 39 98"),
    ],
)
def test_nothing_useless_is_noted(reply: Reply, mail: str, useless: str) -> None:
    """Are leaves taken, signatures and past days kept out of what the reply says it has noted?"""
    assert useless not in reply(mail)


def test_what_comes_first_is_told_first(reply: Reply) -> None:
    """Does what a mail opens with come before its matter, not after?"""
    text = reply(
        "Madame le Maire,\nJe me permets d'attirer votre attention sur l'état de la rue Haute. Un trou s'est formé dans"
        " la chaussée devant le n° 8. Quand une intervention est-elle prévue ?\nLoïc Kerguen"
    )
    assert "Vous attirez notre attention sur l'état de la rue Haute" in text
    assert text.index("attirez notre attention") < text.index("un trou s'est formé")
