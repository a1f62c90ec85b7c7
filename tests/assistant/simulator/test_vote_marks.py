"""Counts of a vote read back from any way of jotting them down, and what is no vote left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.assistant.simulator.vote_marks import LABELS, announced, said, voters_named, written_out
from atelier_ia.assistant.simulator.votes import counted

SHORT = {
    "pour": ("pour", "P", "p", "voix pour", "favorables"),
    "contre": ("contre", "C", "c", "voix contre", "défavorables"),
    "abstention": ("abstentions", "A", "a", "abst.", "abs", "abst", "abstention"),
}
SEPARATORS = (", ", " ", " / ", " ; ", " - ", " et ", " – ", " | ")
SPELLED = {
    0: "zéro", 1: "un", 2: "deux", 3: "trois", 7: "sept", 11: "onze", 14: "quatorze", 18: "dix-huit", 20: "vingt",
    21: "vingt et un", 22: "vingt-deux", 27: "vingt-sept", 29: "vingt neuf", 35: "trente-cinq",
}  # fmt: skip
TITLES = ("D60 DM n° 3", "2028-14 vente du 6 rue du Stade, 142 000 €", "tarifs 2028 : 2,50 € pour 3 heures")
counts_told = st.lists(st.sampled_from(("pour", "contre", "abstention")), min_size=2, max_size=3, unique=True).flatmap(
    lambda names: st.tuples(*(st.tuples(st.just(name), st.integers(0, 99)) for name in names))
)


@given(told=counts_told, before=st.booleans(), separator=st.sampled_from(SEPARATORS), data=st.data())
def test_any_order_and_shorthand(
    told: tuple[tuple[str, int], ...], before: bool, separator: str, data: st.DataObject
) -> None:
    """Whatever the order, the abbreviations and the marks between them, do the same figures come back?"""
    parts = []
    for name, count in told:
        short = data.draw(st.sampled_from(SHORT[name]))
        bare = short.replace("voix ", "")
        glue = data.draw(st.sampled_from((" ", "", " : ") if len(bare) == 1 else (" ", " : ")))
        parts.append(f"{count} {short}" if before else f"{bare}{glue}{count}")
    title = data.draw(st.sampled_from(TITLES))
    text = f"{title} : {separator.join(parts)}"
    assert announced(written_out(text)) == dict(told), text
    assert written_out(text).startswith(title)


@given(told=counts_told, before=st.booleans(), data=st.data())
def test_spelled_by_voice(told: tuple[tuple[str, int], ...], before: bool, data: st.DataObject) -> None:
    """Do numbers told in words, without a mark between them, give their figures?"""
    figures = {name: data.draw(st.sampled_from(sorted(SPELLED))) for name, _ in told}
    words = [
        f"{SPELLED[count]} {SHORT[name][0]}" if before else f"{SHORT[name][0]} {SPELLED[count]}"
        for name, count in figures.items()
    ]
    assert announced(written_out(f"la délibération est votée {' '.join(words)}")) == figures


@given(
    told=counts_told, instead=counts_told, word=st.sampled_from(("non pardon", "pardon", "non", "rectif", "euh non"))
)
def test_taken_back_on_the_spot(
    told: tuple[tuple[str, int], ...], instead: tuple[tuple[str, int], ...], word: str
) -> None:
    """Do the figures said instead win, those that were not said again staying?"""
    text = f"{said(dict(told))}, {word} {said(dict(instead))}"
    assert announced(written_out(text)) == dict(told) | dict(instead)


@given(told=counts_told)
def test_written_out_stays(told: tuple[tuple[str, int], ...]) -> None:
    """Is what is written out left as it is when read again?"""
    text = written_out(f"Vote : {said(dict(told))}.")
    assert written_out(text) == text
    plural = {"abstention": "abstentions"}
    assert counted(text).counts == {plural.get(name, name): count for name, count in told}


@given(counts=st.lists(st.integers(0, 60), min_size=2, max_size=3))
def test_slashes(counts: list[int]) -> None:
    """Is « vote 22 / 0 / 3 » read in its order, and bare figures only when they make the number of voters?"""
    bare = " / ".join(map(str, counts))
    expected = dict(zip(LABELS, counts, strict=False))
    assert announced(written_out(f"Vote : {bare}.")) == expected
    assert announced(written_out(f"marché de voirie ({bare})", sum(counts) or 1)) == (expected if sum(counts) else {})
    assert announced(written_out(f"marché de voirie ({bare})", sum(counts) + 1)) == {}


@given(text=st.text(alphabet=" pPcCaA0123456789/,:;.-contrepuabsi\n", max_size=80))
def test_any_text(text: str) -> None:
    """Does any text come through, with counts below one thousand?"""
    assert all(0 <= count < 1000 for count in announced(written_out(text, 29)).values())


@pytest.mark.parametrize(
    "text",
    [
        "une aide pour 3 familles et 12 places pour 25 élèves",
        "rectification p. 4 du procès-verbal",
        "revalorisation de trois pour cent",
        "convention avec le SDE 99 pour 40 points lumineux",
        "plan de lutte contre 2 espèces",
        "du 3 au 5 contre la pluie",
        "30 000 € pour 15 familles",
        "séance du 24/02/28",
    ],
)
def test_what_is_no_vote(text: str) -> None:
    """Are figures that count no vote left alone?"""
    assert announced(written_out(text, 29)) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contre ? Mme Petit et M. Leduc. Abstention ? Aucune. 23 pour.", {"contre": 2, "abstention": 0, "pour": 23}),
        ("contre 4, abstention M. Nguyen-Tessier, pour 20", {"contre": 4, "abstention": 1, "pour": 20}),
        ("2 abstentions (Mme Ferreira, M. Corbineau)", {"abstention": 2}),
        ("repoussée par 15 voix contre 12", {"pour": 12, "contre": 15}),
        ("adopté par 15 voix contre 12", {"pour": 15, "contre": 12}),
        ("20 oui, 5 non, 2 blancs", {"pour": 20, "contre": 5, "blanc": 2}),
        ("Qui est contre ? Six. Abstentions ? Zéro. Adopté, 23 voix.", {"contre": 6, "abstention": 0, "pour": 23}),
        ("autorisation de dépenser 1/4 : P29", {"pour": 29}),
    ],
)
def test_named_and_asked(text: str, expected: dict[str, int]) -> None:
    """Are people named counted, and answers put with their questions?"""
    assert announced(written_out(text)) == expected


@pytest.mark.parametrize("text", ["D61 : una", "point 2, unan.", "Qui est pour ? Tout le monde.", "Délib 4 : U"])
def test_unanimity(text: str) -> None:
    """Is unanimity told whatever its shorthand?"""
    assert re.search("à l'unanimité", written_out(text))


@pytest.mark.parametrize(
    ("text", "voters", "expected"),
    [
        ("voirie : 12 pour 4 contre 2 abst -> ça fait 18 ! ERREUR, 12 pour 4 contre 1 abst", 0, {"abstention": 1}),
        ("9 P / 3 C -> NON correction de Luce : 10 pour 2 contre", 0, {"pour": 10, "contre": 2}),
        ("la cabane ne pouvait plus servir. 14/4", 18, {"pour": 14, "contre": 4}),
        ("avis du syndicat. 17/1 abst.", 18, {"pour": 17, "abstention": 1}),
        ("ouvert tous les 15/4.", 18, {}),
        ("vœu : U sauf Mme Ney abst", 0, {"abstention": 1}),
    ],
)
def test_the_last_count_and_the_shortest(text: str, voters: int, expected: dict[str, int]) -> None:
    """Does a vote counted again replace the first, and is « 14/4 » a vote where it is all who may vote?"""
    counts = announced(written_out(text, voters))
    assert {label: counts.get(label) for label in expected} == expected
    assert expected or not counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "12 pour 2 contre (Ney, Oz par pouvoir) 1 abst (Pau)",
            [("contre", "Ney, Oz par pouvoir"), ("abstention", "Pau")],
        ),
        ("12 pour 3 abstentions : Ney, Oz, Pau", [("abstention", "Ney, Oz, Pau")]),
        ("12 pour 1 abstention de madame Ney par procuration.", [("abstention", "madame Ney par procuration")]),
        ("12 pour 1 abstention madame Ney ne prend pas part au vote", []),
    ],
)
def test_who_voted_so(text: str, expected: list[tuple[str, str]]) -> None:
    """Are the names told with a count those who voted so, and nobody else?"""
    assert voters_named(written_out(text)) == expected
