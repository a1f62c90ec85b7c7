"""Whole lines that authors of notes keep for colleagues, and those beside them that stay."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.own_lines import without_own_lines

NEWS = ("Thé dansant au foyer Berlioz", "Jeudi 11 février à 14 h 30, entrée 5 €", "Inscription au 02 00 00 41 41")


@pytest.mark.parametrize(
    "line",
    [
        "pour info à vous seules : Mme Pasquet fête ses 100 ans ce jour-là. Sa fille vient de Lyon",
        "contexte : l'an dernier deux personnes se sont plaintes du bruit, M. Coste surtout",
        "NB : le traiteur nous a fait une remise de 150 €. Il n'est pas payé !!! Donc rien dans la com.",
        "Pour les navettes rien n'est décidé, ça passe en commission, ne rien annoncer, sinon ils vont appeler",
        "moi mon numéro c'est le 06 00 00 18 18 mais ça c'est juste pour vous",
        "(l'orchestre demande 900 €, devis signé)",
        "On voulait savoir si la mairie prête des nappes, mais c'est une autre question",
    ],
)
def test_a_line_between_colleagues_goes(line: str) -> None:
    """Does the whole line go, wherever it stands after the first, and nothing else?"""
    assert without_own_lines("\n".join([*NEWS, line])) == "\n".join(NEWS)
    assert without_own_lines("\n".join([NEWS[0], line, *NEWS[1:]])) == "\n".join(NEWS)


def test_what_stands_under_its_heading_goes_too() -> None:
    """Do the lines under « Pour info interne : » go with it, up to the next blank?"""
    text = "\n".join([*NEWS, "Pour info interne :", "- deux agents en moins", "- budget 900 €", "", "Venez nombreux"])
    assert without_own_lines(text) == "\n".join([*NEWS, "", "Venez nombreux"])


@pytest.mark.parametrize(
    "line",
    [
        "(repli à la halle en cas de pluie)",
        "(gratuit pour les enfants)",
        "Pour info, la médiathèque ouvre le dimanche 14 mars",
        "Attention : chiens interdits même tenus en laisse",
        "Slogan : « ne rien jeter, c'est simple »",
    ],
)
def test_news_stay(line: str) -> None:
    """Does a line that tells the public something stay, even in brackets or beside a remark?"""
    text = "\n".join([*NEWS, line])
    assert without_own_lines(text) == text


def test_news_beside_a_remark_stay() -> None:
    """Does only the sentence that is kept back go, where another of its line tells news?"""
    line = "Réouverture le lundi 4 janvier à 9 h. Bibliothèque : c'est elle qui communique, ne rien mettre"
    assert without_own_lines("\n".join([*NEWS, line])) == "\n".join([*NEWS, "Réouverture le lundi 4 janvier à 9 h."])


def test_minutes_keep_their_brackets_and_context() -> None:
    """Do minutes keep a line in brackets and their context, and lose what is off the record?"""
    kept = ["Réunion écoles du 3 mars", "Contexte : deux classes de plus", "(suspension de dix minutes)"]
    off = "Aides (CONFIDENTIEL hors compte rendu) : famille Perrin 200 € accordés"
    assert without_own_lines("\n".join([*kept, off]), public=False) == "\n".join(kept)


def test_few_lines_are_left_to_the_clauses() -> None:
    """Is a note of one or two lines, where a line holds several matters, left as it is?"""
    text = "Thé dansant jeudi 11 février à 14 h 30.\nEntre nous le maire viendra peut-être."
    assert without_own_lines(text) == text
