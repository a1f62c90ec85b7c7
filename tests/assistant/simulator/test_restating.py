"""What a person wrote, taken up by the town hall: person, verbs, elisions, and no tiresome repetition."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.dangers import dangers
from atelier_ia.assistant.simulator.phrasing import direct, varied
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


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Jusqu'à quand ?", "Vous nous demandez jusqu'à quand"),
        ("Délais ?", "Vous nous demandez les délais"),
        ("Livraison quand ?", "Vous nous demandez la date de livraison"),
        ("Il faut quoi comme papiers ?", "Vous nous demandez ce qu'il faut comme papiers"),
        ("Il faut quoi et ça coûte combien ?", "Vous nous demandez ce qu'il faut et combien ça coûte"),
        ("La brocante c'est quand ?", "Vous nous demandez quand a lieu la brocante"),
        ("C'est quand la brocante ?", "Vous nous demandez quand a lieu la brocante"),
        ("C'est quand qu'il faut payer ?", "Vous nous demandez quand il faut payer"),
        ("La patinoire est ouverte jusqu'à quand ?", "Vous nous demandez jusqu'à quand la patinoire est ouverte"),
        ("En attendant je fais comment ?", "Vous nous demandez comment faire en attendant"),
        ("On peut me le garder ?", "Vous nous demandez si nous pouvons vous le garder"),
        ("C'est chez vous ou pas ?", "Vous nous demandez si c'est chez nous"),
        (
            "Si jamais je suis absente ce jour-là, mon frère peut-il signer pour moi ?",
            "Vous nous demandez si votre frère peut signer pour vous, si jamais vous êtes absente ce jour-là",
        ),
        (
            "J'ai acheté une remorque, la carte grise c'est chez vous ?",
            "Vous nous indiquez que vous avez acheté une remorque et nous demandez si c’est chez nous qu’il faut"
            " s’adresser pour la carte grise",
        ),
        (
            "Je demande le retrait du panneau ou alors est-ce que je peux le retirer moi-même ?",
            "Vous demandez le retrait du panneau et nous demandez si vous pouvez le retirer vous-même",
        ),
        (
            "Anaïs est allergique au lait, comment cela se passe-t-il à la cantine ?",
            "Vous nous indiquez qu’Anaïs est allergique au lait et nous demandez comment cela se passe à la cantine",
        ),
        (
            "Le vendeur m'a dit que le cabanon est autorisé, c'est vrai ?",
            "Vous nous demandez s’il est exact que le cabanon est autorisé",
        ),
        (
            "Permis pour mon fils de 18 ans, il part en mai, c'est faisable ?",
            "Vous nous indiquez : permis pour votre fils de 18 ans, il part en mai et nous demandez si c'est faisable",
        ),
        (
            "La rue étant sombre, je vous demande ce que vous comptez installer ?",
            "Vous nous demandez ce que nous comptons installer",
        ),
        ("Et par la même occasion quels sont vos horaires ?", "Vous nous demandez quels sont nos horaires"),
    ],
)
def test_a_spoken_question_is_told_as_in_writing(said: str, told: str) -> None:
    """Is a question put the spoken way, or after a statement, told as a letter tells it?"""
    assert restated(said).replace("'", "’") == told.replace("'", "’")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Je me permets d'attirer votre attention sur l'état du lavoir.",
            "Vous attirez notre attention sur l'état du lavoir",
        ),
        (
            "Je soussignée Mme Rose Petit, 80 ans, vous demande de bien vouloir m'adresser un acte.",
            "Vous nous demandez de vous adresser un acte",
        ),
        (
            "Si je peux me permettre une remarque : un banc manque place Haute.",
            "Vous nous signalez qu’un banc manque place Haute",
        ),
        ("J'en profite pour vous signaler que le banc est cassé.", "Vous nous signalez que le banc est cassé"),
        ("On n'a pas pensé à s'inscrire.", "Vous nous indiquez que vous n'avez pas pensé à vous inscrire"),
        ("On est le 3 mars.", "Vous nous indiquez que l’on est le 3 mars"),
        ("Sur le plan je ne trouve rien.", "Sur le plan, vous ne trouvez rien"),
        ("12 bis rue Haute", "Vous nous indiquez l’adresse suivante : 12 bis rue Haute"),
        ("Il faut que je paie.", "Vous nous indiquez qu’il faut que vous payiez"),
        ("Je succède à mon père.", "Vous nous indiquez que vous succédez à votre père"),
    ],
)
def test_courtesies_and_turns_are_no_facts(said: str, told: str) -> None:
    """Does only what a courtesy leads to remain, in right French?"""
    assert restated(said).replace("'", "’") == told.replace("'", "’")


@pytest.mark.parametrize(
    ("told", "plainly"),
    [
        ("Vous nous indiquez que vous partez le 3 mai.", "Vous partez le 3 mai."),
        (
            "Vous nous indiquez que vous partez le 3 mai et que vous cherchez une aide.",
            "Vous partez le 3 mai et vous cherchez une aide.",
        ),
        ("Vous nous indiquez que vous pensez que la rue est sûre.", ""),
        ("Vous nous indiquez que vous avez appelé, personne ne vient.", ""),
        ("Vous nous indiquez que votre fils part le 3 mai.", ""),
        ("Vous nous indiquez : lampadaire cassé rue Haute.", "Vous nous signalez : lampadaire cassé rue Haute."),
    ],
)
def test_what_one_does_is_told_plainly(told: str, plainly: str) -> None:
    """Is « Vous nous indiquez que » kept only for what is thought, or said of others?"""
    assert direct(told) == (plainly or told)


def test_several_points_are_several() -> None:
    """Are two questions answered later as « ces points », one as « ce point », and notes without a verb one list?"""
    later = "Sur ce point, nous vous répondrons après vérification."
    assert varied(f"Vous nous demandez si A. Vous nous demandez si B. {later}").endswith(
        later.replace("ce point", "ces points")
    )
    assert varied(f"Vous nous demandez si A. {later}").endswith(later)
    for space in " \u00a0":
        told = f"Vous nous indiquez{space}: A"
        assert varied(f"{told}. Vous nous indiquez{space}: B.") == f"{told} ; B."
