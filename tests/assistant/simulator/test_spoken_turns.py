"""What people write as they speak is told as a letter tells it; wishes, papers and promises fit what they write."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier_ia.assistant.knowledge import load_procedures
from atelier_ia.assistant.simulator.french import word_count
from atelier_ia.assistant.simulator.mail import read_mail
from atelier_ia.assistant.simulator.papers import asked_papers, reminds
from atelier_ia.assistant.simulator.plain import plain
from atelier_ia.assistant.simulator.restating import restated
from atelier_ia.assistant.simulator.run_ons import closed_lines
from atelier_ia.assistant.simulator.wishes import congratulations, welcome
from atelier_ia.use_cases.sandbox import reference_settings
from tests.assistant.simulator.conftest import Reply


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("je voulais savoir si mon mari peut venir aussi ?", "Vous nous demandez si votre mari peut venir"),
        (
            "c'est pour dire que la boîte à livres du square elle est cassée",
            "Vous nous signalez que la boîte à livres du square est cassée",
        ),
        ("mon fils il a eu 16 ans en août", "Vous nous indiquez que votre fils a eu 16 ans en août"),
        ("Toujours pas récupéré le chèque.", "Vous nous indiquez que vous n'avez toujours pas récupéré le chèque"),
        (
            "Trois ans que je vous signale que l'eau descend dans ma cave.",
            "Depuis trois ans, vous nous signalez que l'eau descend dans votre cave",
        ),
        (
            "l'association Les Fils d'Ambrelle souhaite réserver la salle",
            "L'association Les Fils d'Ambrelle souhaite réserver la salle",
        ),
        ("Il nous faudrait 20 tables.", "Il vous faudrait 20 tables"),
        ("comment obtenir les bacs de tri", "Vous souhaitez savoir comment obtenir les bacs de tri"),
        (
            "Nous souhaitons réserver la salle et souhaitons savoir le tarif.",
            "Vous souhaitez réserver la salle et souhaitez savoir le tarif",
        ),
        ("Nous vous signalons qu'une marche a cédé.", "Vous nous indiquez qu’une marche a cédé"),
        (
            "Je vous remercie de bien vouloir me faire parvenir le règlement.",
            "Vous nous demandez de vous faire parvenir le règlement",
        ),
        ("Le lampadaire est cassé.", "Vous nous signalez que le lampadaire est cassé"),
        ("Nous serons vingt personnes.", "Vous nous indiquez que vous serez vingt personnes"),
    ],
)
def test_speech_is_put_as_a_letter(said: str, told: str) -> None:
    """Is the turn of speech gone, and the meaning with every fact still there?"""
    assert restated(plain(said)) == told


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("le camion est pas passé ce matin rue pasteur\ntoute la rue est pleine", False),
        ("le camion est pas passé ce matin rue pasteur\nmerci de faire vite", True),
        ("j'habite au fond de la rue et je pense que\nje vais déménager", False),
        ("j'ai trouvé un chien marron près du stade\nil est dans ma salle de bain", True),
        ("Le camion est passé ce matin.\nmerci", False),
    ],
)
def test_lines_without_a_mark_are_closed(text: str, closed: bool) -> None:
    """Does a line end where the next one says something else, and go on where it hangs?"""
    first = closed_lines(text).split("\n")[0]
    assert (first == f"{text.split(chr(10))[0]}.") is closed


@pytest.mark.parametrize(
    ("said", "wished", "met"),
    [
        ("Notre petite Romane est née hier soir à la maternité.", True, False),
        ("Ma fille est née le 2 décembre à la maternité.", True, False),
        ("On se marie en juin.", True, False),
        ("Nous venons d'emménager rue Haute.", False, True),
        ("Mon fils est né le 3 mars 2012 et il lui faut une carte.", False, False),
        ("Mon fils est né à Lyon.", False, False),
        ("Nous allons nous plaindre.", False, False),
        ("Mon voisin a emménagé chez sa sœur il y a dix ans.", False, False),
    ],
)
def test_wishes_fit_what_is_told(said: str, wished: bool, met: bool) -> None:
    """Is somebody congratulated on a birth of these days or a wedding to come, and welcomed when they just arrived?"""
    assert bool(congratulations(said)) is wished
    assert bool(welcome(said)) is met


def test_what_is_given_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do a place, a date and a picture that the mail holds leave the papers to provide, and nothing else?"""
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    procedures = load_procedures(reference_settings())
    given = read_mail(
        "Bonjour,\nUn trou s'est formé au 12 rue du Lavoir le 3 novembre, photos jointes.\nPaul Noiret", procedures
    )
    bare = read_mail("Bonjour,\nUn trou s'est formé devant chez moi.\nPaul Noiret", procedures)
    papers = ("lieu précis", "date", "photo si possible", "pièce d'identité")
    assert asked_papers(given, papers) == ("pièce d'identité",)
    assert asked_papers(bare, papers) == papers
    assert reminds(
        read_mail("Bonjour,\nToujours pas de réponse à ma demande de place en crèche.\nLéa Morel", procedures)
    )
    assert not reminds(bare)


def test_what_is_wrong_is_passed_on_and_what_is_asked_is_answered_later(reply: Reply) -> None:
    """Beside an answer, is a fault signalled, a question promised an answer, and a mere fact neither?"""
    bus = "Bonjour,\nMa fille prend le bus 14, il a vingt minutes de retard tous les matins. {}\nKarine Duval"
    fault = reply(bus.format("La fenêtre du gymnase des Acacias est cassée depuis lundi."))
    question = reply(bus.format("Le chien du gardien est-il vacciné ?"))
    fact = reply(bus.format("Elle est en classe de troisième et aime beaucoup le dessin."))
    assert "Nous le signalons" in fault
    assert "Sur ce point, nous vous répondrons" not in fault
    assert "Sur ce point, nous vous répondrons" in question
    assert "Nous le signalons" not in fact
    assert "Sur ce point" not in fact


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        ("Bonjour,\nmon papa est décédé cette nuit, que dois-je faire ?\nCorinne Maho", "pour le décès de votre père"),
        (
            "Bonjour,\nJuste un mot pour remercier la dame de l'accueil qui a aidé mon père mardi.\nThomas Ollivier",
            "Vous tenez à remercier la dame de l'accueil qui a aidé votre père mardi",
        ),
    ],
)
def test_who_died_and_who_is_thanked_are_named(reply: Reply, mail: str, told: str) -> None:
    """Do condolences say for whom, and a reply to thanks what they were for?"""
    assert told in reply(mail)


def test_the_length_asked_for_holds(reply: Reply) -> None:
    """Does a letter on two matters, with long sheets and several questions, stay within its 200 words?"""
    mail = (
        "Madame, Monsieur,\nMa mère, Mme Odette Le Bihan, 2 rue des Glycines, a reçu une facture d'eau de 1 243 € alors"
        " qu'elle paie d'habitude 210 €. Le plombier a trouvé une fuite après le compteur, réparée le 17 novembre."
        " J'écris en son nom. Est-ce la mairie qui gère l'eau ou l'agglo ? Peut-elle obtenir une remise et payer en"
        " plusieurs fois ?\nPascal Le Bihan"
    )
    assert word_count(reply(mail)) <= 200
