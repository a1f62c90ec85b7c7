"""What is said between those who write notes: out of every document, from one end to the other, and nothing else."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.asides import without_asides
from tests.assistant.simulator.conftest import Document


@pytest.mark.parametrize(
    "aside",
    [
        "Petite parenthèse entre nous, le loueur veut être payé d'avance, ça ne concerne pas les habitants.",
        "À titre confidentiel, Mme Roy a dit que Jean K. cherche ailleurs.",
        "Lina a évoqué la maladie de son père, nous en restons là.",
        "M. Petit a parlé de son genou, mais nous n'en dirons pas davantage.",
        "Le fleuriste n'est toujours pas payé, mais ça ne sort pas d'ici.",
        "M. Petit se gare n'importe où, entre nous c'est vrai mais on ne l'écrit pas.",
        "De vous à moi, le jury s'est disputé.",
        "Pour Instagram : faire court et mettre des smileys.",
        "Facebook : rester simple.",
    ],
)
def test_an_aside_goes_whole(aside: str) -> None:
    """Does the sentence go with both its ends, and do its neighbours stay word for word?"""
    told = without_asides(f"Fête le 3 mai à 15 h. {aside} Entrée libre.")
    assert " ".join(told.split()) == "Fête le 3 mai à 15 h. Entrée libre."


def test_an_aside_between_brackets_or_at_the_end_of_a_vote() -> None:
    """Does a bracket or a clause told aside leave the vote that it interrupts?"""
    told = without_asides(
        "Le bail : (ici M. Roy a claqué la porte, on coupe) 12 pour 3 contre, entre nous c'était long."
    )
    assert " ".join(told.split()) == "Le bail : 12 pour 3 contre."
    assert (
        without_asides("* Léo et Zoé ne se parlent plus (ça reste là)\n* Clés : refaites").strip()
        == "* Clés : refaites"
    )


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        (
            "Mme Roy a dit que le parking c'est une honte, ça vous ne l'écrivez pas comme ça, vous mettez qu'elle "
            "souhaite un marquage.",
            "Parking : Mme Roy souhaite un marquage.",
        ),
        (
            "Le service a encore oublié, on ne va pas le dire comme ça, dites juste que la date est reportée.",
            "La date est reportée.",
        ),
    ],
)
def test_what_is_to_be_put_instead(notes: str, told: str) -> None:
    """Is only what is to be put kept, with who says it and of what?"""
    assert without_asides(notes).strip() == told


@pytest.mark.parametrize(
    "news",
    [
        "Cela ne regarde pas que les parents : tous sont invités.",
        "Soirée entre nous et nos voisins, le 3 mai.",
        "Fuite rue Haute, on coupe l'eau demain.",
        "La collecte est décalée, cela ne concerne pas les habitants du centre.",
    ],
)
def test_news_stays(news: str) -> None:
    """Is a sentence that only looks like an aside left alone?"""
    assert without_asides(news) == news


def test_a_post_says_its_event(document: Document) -> None:
    """Is what is asked of the writer no title, and are abbreviations written out without cutting a sentence?"""
    text = document(
        "publications",
        "Pour la com du carnaval :\nDéfilé samedi 13 mars 14h place Foch. inscr. oblig. avant le 5 mars, rens. tél. "
        "01 00 00 00 07.\n(Facebook : faire simple)",
    )
    assert "Site internet\nCarnaval\n" in text
    assert "Inscription obligatoire avant le 5 mars, renseignements au 01 00 00 00 07." in text
    assert "com du" not in text
    assert "faire simple" not in text


@pytest.mark.parametrize(
    "shape", ["on y va, pas de souci, ", "( là on coupe ", "M. Paul R. dit non. ", "vous mettez que "]
)
def test_long_lines_are_read_to_their_end(shape: str) -> None:
    """Are 200 kB on one line read at once (hours, where the reading grows with the square), and what they say kept?"""
    assert shape.split()[0] in without_asides(shape * (200_000 // len(shape)))
