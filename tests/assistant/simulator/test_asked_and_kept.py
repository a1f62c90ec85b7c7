"""Replies of the simulator, with this project's own sheets: what is asked, what is recited, kept, unsaid and felt."""

from __future__ import annotations

import re

import pytest

from atelier_ia.assistant.simulator.french import word_count
from atelier_ia.use_cases.sandbox import reference_settings
from tests.assistant.simulator.conftest import Reply
from tests.assistant.simulator.quality_checks import recited

FORMULA = "nous vous répondrons après vérification"
AUTOMATIC = "Bonjour, votre message a bien été reçu. Ceci est une réponse automatique, merci de ne pas y répondre."


@pytest.mark.parametrize(
    ("mail", "taken_up"),
    [
        (
            "Bonjour, mon bac jaune n'a pas été ramassé mardi. Le couvercle est cassé, peut-on le changer ?",
            "peut le changer",
        ),
        (
            "Bonjour, je cherche un stage de huit semaines en secrétariat. Le stage est-il payé ?",
            "si le stage est payé",
        ),
        (
            "Bonjour, j'ai loué la salle des fêtes pour le 20 mars. Peut-on venir décorer la veille ?",
            "venir décorer la veille",
        ),
        (
            "Bonjour, reçu facture d'eau de 612 euros, fuite réparée (facture dispo). on peut payer en plusieurs fois?",
            "payer en plusieurs fois",
        ),
    ],
)
def test_a_question_that_no_sheet_answers_is_taken_up(reply: Reply, mail: str, taken_up: str) -> None:
    """Is it restated and followed by « nous vous répondrons après vérification », though a sheet shares its words?"""
    text = reply(mail)
    assert taken_up in text
    assert FORMULA in text
    assert "[À VÉRIFIER]" in text


@pytest.mark.parametrize(
    ("mail", "first"),
    [
        ("Bonjour, mon chat a disparu dimanche. Est-ce que vous l'avez à la fourrière ?", "fourrière"),
        ("Bonjour, le bus scolaire est toujours en retard. Qui est responsable ?", "Ambrelle Agglo"),
    ],
)
def test_a_question_that_the_sheet_answers_waits_for_nothing(reply: Reply, mail: str, first: str) -> None:
    """Does a reply not promise to check what it has just said?"""
    text = reply(mail)
    assert first in text
    assert FORMULA not in text


@pytest.mark.parametrize(
    ("mail", "unwanted"),
    [
        ("Bonjour, j'ai 16 ans et dois me faire recenser. Ma mère peut-elle venir à ma place ?", "attestation_accueil"),
        (
            "Bonjour, la déchetterie m'a refusé car ma carte est périmée. Comment renouveler la carte ?",
            "titres_identite",
        ),
        ("Bonjour, je veux voter ici. Dois-je venir avec mon livret de famille ?", "livret_famille"),
        ("Bonjour, ma facture de cantine est fausse. Pouvez-vous corriger la facture ?", "facture_fournisseur"),
        ("Bonjour, je suis auteur d'un roman policier et j'aimerais le présenter au public.", "tranquillite_vacances"),
        (
            "Bonjour, je travaille de nuit, je suis enceinte. La crèche prend-elle les bébés le soir ?",
            "bruit_voisinage",
        ),
        ('Bonjour, le car de la ligne 7 est en retard à l\'arrêt "Croix-Rouge" tous les matins.', "aide_alimentaire"),
    ],
)
def test_no_sheet_by_chance(reply: Reply, mail: str, unwanted: str) -> None:
    """Is no sheet recited for two words in common, a thing only come back to, a paper to bring, a homonym, a name?"""
    text = reply(mail)
    assert unwanted not in recited(text.replace("'", "’"), reference_settings()) + recited(text, reference_settings())


@pytest.mark.parametrize(
    ("mail", "facts"),
    [
        (
            "Bonjour, notre chien a mangé « L'atlas des forêts », emprunté par mon fils Oscar. Que faire ?",
            ("L'atlas des forêts", "Oscar"),
        ),
        (
            "Bonjour, mon aïeul est né chez vous en 1887 ou 1888. Puis-je avoir son acte de naissance ?",
            ("1887 ou 1888",),
        ),
        (
            "Bonjour, je suis trésorier du club de tarot « Le Petit au Bout » (32 adhérents). Comment demander la"
            " subvention ?",
            ("Le Petit au Bout", "32 adhérents"),
        ),
    ],
)
def test_facts_are_kept_once(reply: Reply, mail: str, facts: tuple[str, ...]) -> None:
    """Are a title, a first name, a year and a number of members said, each once, within the length?"""
    text = reply(mail)
    assert [text.count(fact) for fact in facts] == [1] * len(facts), text
    assert "ce que vous mentionnez" not in text
    assert word_count(text) <= 203


@pytest.mark.parametrize(
    ("mail", "kept", "unsaid"),
    [
        (
            "C'est du vol, bande d'incapables ! Ma facture de cantine compte 9 repas, ma fille était absente."
            " J'attends un avoir et pas une réponse bateau.",
            "9 repas",
            r"\bvol\b|incapables|bateau",
        ),
        (
            "Bonjour, le fils de mon voisin, qui a déjà fait de la prison, roule en motocross dans le bois communal.",
            "motocross",
            "prison",
        ),
        (
            "Bonjour, il y a des rats rue Basse. C'est le restaurant d'en face, le patron est un porc.",
            "rats",
            r"\bporc\b",
        ),
        (
            "Bonjour, seule avec mes enfants depuis la séparation d'avec leur père, qui ne verse pas la pension, je ne"
            " peux plus payer l'électricité.",
            "CCAS",
            "pension|séparation",
        ),
    ],
)
def test_insults_and_private_life_are_not_repeated(reply: Reply, mail: str, kept: str, unsaid: str) -> None:
    """Does the reply speak of the matter, without the insult, the rumour or the family's troubles?"""
    text = reply(mail)
    assert kept in text
    assert not re.search(unsaid, text)


def test_a_reminder_is_read_with_the_message_it_quotes(reply: Reply) -> None:
    """Is the person's own message answered, whatever its depth, and the automatic answer left aside?"""
    own = "Un arbre de la commune perd ses branches sur mon toit au 27 rue des Érables. Pouvez-vous l'élaguer ?"
    new = "Bonjour, je me permets de vous relancer, je n'ai eu aucune réponse.\nHélène Caron\n\n"
    first = f"> Le 2 novembre 2026 à 09:12, Hélène Caron a écrit :\n> {own}\n> Cordialement\n"
    robot = "Le 2 novembre 2026 à 09:14, Mairie <mairie@val-fontaine.example> a écrit :\n"
    for thread in (
        f"{first}>> {robot}>> {AUTOMATIC}\n",
        f"> {robot}> {AUTOMATIC}\n>> Le 2 novembre 2026 à 09:12, Hélène Caron a écrit :\n>> {own}\n",
    ):
        text = reply(new + thread)
        assert "27 rue des Érables" in text
        assert "espaces verts" in text
        assert "premier message soit resté sans réponse" in text
        assert "automatique" not in text


def test_a_correction_in_capitals_and_a_change_asked_for(reply: Reply) -> None:
    """Does only the corrected date stay, and do both hours of a change stay?"""
    text = reply("Bonjour, nous faisons une fête de voisins le samedi 12 juin… ah non, le samedi 19 JUIN, rue Basse.")
    assert "19 juin" in text
    assert "12 juin" not in text
    text = reply("Bonjour, je souhaite changer l'heure de mon mariage prévu le 22 mai à 15 h, plutôt à 11 h.")
    assert "15 h" in text
    assert "11 h" in text


def test_thanks_and_complaints_are_told_apart(reply: Reply) -> None:
    """Do thanks stay thanks though they tell a fall, and a complaint stay one though it begins with praise?"""
    thanked = reply(
        "Pour une fois qu'on ne se plaint pas. Je tenais à féliciter vos deux agents : je suis tombée sur le trottoir,"
        " ils m'ont relevée. Dites-leur merci de ma part.\nGinette Lorrain"
    )
    assert "Ils seront sensibles à votre attention" in thanked
    assert "assureur" not in thanked
    complaint = reply(
        "Bravo pour la nouvelle aire de jeux. Par contre le portillon ne ferme plus, mon petit est sorti sur la route,"
        " c'est vraiment dangereux. Merci de réparer vite."
    )
    assert "sensibles à votre attention" not in complaint
    assert "portillon" in complaint
    assert "inquiétude" in complaint


@pytest.mark.parametrize(
    ("mail", "felt"),
    [
        (
            "Bonjour, ma fille est en gros plan sur votre page Facebook. J'avais coché NON sur la feuille de droit à"
            " l'image. Retirez-la.",
            "Nous vous présentons nos excuses pour cette publication",
        ),
        (
            "Bonjour, j'ai un peu honte de vous écrire. Je ne peux plus payer mon électricité et le CCAS peut aider.",
            "Vous avez bien fait de nous écrire",
        ),
    ],
)
def test_one_right_sentence_of_empathy(reply: Reply, mail: str, felt: str) -> None:
    """Is a published picture met with an apology, shame with a welcome, and neither with « mécontentement »?"""
    text = reply(mail)
    assert text.count(felt) == 1
    assert "mécontentement" not in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Pouvez-vous corriger la facture ou me rembourser ?", "de corriger la facture ou de vous rembourser"),
        ("Est-ce que je dois la refaire ou est-ce qu'elle est encore valable ?", "ou si elle est encore valable"),
        (
            "Ma sœur est inscrite ici, elle peut voter pour moi ?",
            "votre sœur est inscrite ici et nous demandez si elle peut",
        ),
        (
            "Comment les inscrire et dans quelle école iront-ils ?",
            "comment les inscrire et dans quelle école ils iront",
        ),
        (
            "Pour le scrutin de mars, que dois-je faire ?",
            "Pour le scrutin de mars, vous nous demandez ce que vous devez",
        ),
        ("À qui envoyer la facture et faut-il la signer ?", "à qui envoyer la facture et s'il faut la signer"),
    ],
)
def test_two_questions_in_plain_french(asked: str, told: str) -> None:
    """Are questions in two parts, or after a lead, restated as a secretary would write them?"""
    from atelier_ia.assistant.simulator.restating import restated

    assert told in restated(asked).replace("’", "'")
