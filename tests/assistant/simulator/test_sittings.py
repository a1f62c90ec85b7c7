"""A council's notes in any numbering and shorthand: each point once, its result, nothing private in the list."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.simulator.deliberation_list import deliberations
from atelier_ia.assistant.simulator.sitting import read_sitting
from atelier_ia.settings import Settings

ROMAN = ("I", "II", "III", "IV", "V", "VI")
NUMBERINGS = (
    lambda place: f"D{50 + place} ",
    lambda place: f"{place}) ",
    lambda place: f"{place}. ",
    lambda place: f"{place} - ",
    lambda place: f"n° 2028/{10 + place} ",
    lambda place: f"2028-{10 + place:02d} : ",
    lambda place: f"Délibération {20 + place} : ",
    lambda place: f"Délib. {20 + place} – ",
    lambda place: f"Point {place} : ",
    lambda place: f"{ROMAN[place - 1]} - ",
    lambda place: f"{'abcdef'[place - 1]}) ",
    lambda place: "→ ",
    lambda place: "- ",
)
TITLES = (
    "subvention au club de judo", "bail de la boulangerie", "règlement du cimetière", "tarifs de la piscine",
    "marché de nettoyage des locaux", "nom de la future médiathèque", "achat d'un camion benne",
)  # fmt: skip
ENDINGS = (
    (" : 18 p / 5 c / 3 abs", "pour : 18, contre : 5, abstentions : 3"),
    (" : P21 C4", "pour : 21, contre : 4"),
    (" - pour 20, contre 2, abst 1", "pour : 20, contre : 2, abstention : 1"),
    (". Vote 22 / 0 / 3.", "pour : 22, contre : 0, abstentions : 3"),
    (" : unanimité", "approuvée à l'unanimité"),
    (" : à l'unan.", "approuvée à l'unanimité"),
    (". Adoptée par 15 voix contre 12.", "pour : 15, contre : 12"),
    (" : rejetée, 8 pour 17 contre", "rejetée (pour : 8, contre : 17)"),
    (" : reportée à octobre", "reportée"),
    (" : retirée de l'ordre du jour", "retirée"),
    (" : prend acte", "le conseil prend acte"),
)


@given(
    numbering=st.sampled_from(NUMBERINGS),
    points=st.lists(
        st.tuples(st.sampled_from(TITLES), st.sampled_from(ENDINGS)),
        min_size=3,
        max_size=6,
        unique_by=lambda one: one[0],
    ),
)
@hypothesis_settings(deadline=None)
def test_each_point_once(numbering: object, points: list[tuple[str, tuple[str, str]]]) -> None:
    """Does each point come out once, in its order, with its own result, whatever the numbering and the shorthand?"""
    lines = [f"{numbering(place)}{title}{told}" for place, (title, (told, _)) in enumerate(points, start=1)]  # type: ignore[operator]
    source = "CM du 6 mars 2028, 20 h, 24 présents, 3 pouvoirs\n" + "\n".join(lines) + "\nlevée 21 h 40"
    text = deliberations(read_sitting(source), full=True).replace("\u00a0", " ")
    listed = [line for line in text.split("\n") if re.match(r"(?:[\d/-]+\.|-) ", line) and " : " in line][: len(points)]
    assert len(listed) == len(points), text
    for line, (title, (_, ended)) in zip(listed, points, strict=True):
        assert title.lower() in line.lower(), text
        assert ended in line, text


NOTES = (
    "Conseil du 24 février 2028, 19 h. Présents : 20. Pouvoirs : 2 (Roy à Petit, Blin à Karam).\n"
    "Délib 8 : marché de voirie à Colas, 212 400 € HT. 22 pour.\n"
    "Délib 9 : vente du presbytère. 19 pour, 6 contre.\n"
    "M. Karam signale que la fontaine fuit.\n"
    "Mme Vidal est partie furieuse, ne le mets pas.\n"
    "Mon portable : 06 39 98 11 22. Bises, Odile"
)


def listed(settings: Settings, source: str) -> str:
    content = (
        "Tu es agente de la mairie. Établis pour les habitants la liste des délibérations du conseil municipal, "
        f"ton neutre, en une page, sans rien inventer.\n\n<<<TEXTE\n{source}\nTEXTE>>>"
    )
    return (
        open_assistant(settings)
        .ask([{"role": "user", "content": content}])
        .text.replace("\u00a0", " ")
        .replace("\u202f", " ")
    )


def test_nothing_lost_nothing_private(settings: Settings) -> None:
    """Does what the list does not take up stand in the note for the agent, but for remarks that are private?"""
    public, note = listed(settings, NOTES).split("Note interne, à ne pas afficher")
    assert "fontaine" not in public
    assert "fontaine" in note
    for private in ("furieuse", "06 39 98", "Bises", "Odile"):
        assert private not in public + note
    assert "Remarques personnelles laissées de côté" in note


def test_counts_that_do_not_agree(settings: Settings) -> None:
    """Is a vote of more people than sat told to be checked, and one that agrees left alone?"""
    note = listed(settings, NOTES).split("Note interne")[1]
    checks = [line for line in note.split("\n") if "ne font pas le nombre" in line]
    assert len(checks) == 1
    assert "presbytère" in checks[0]
    assert "[À VÉRIFIER]" in checks[0]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("20 pour, 6 contre, non pardon 21 pour, 5 contre", "(pour : 21, contre : 5)"),
        (
            "À l'unanimité moins deux abstentions (M. Garnier, Mme Pichon).",
            "(abstentions : 2) ; abstention : M. Garnier",
        ),
        ("13 pour, 13 contre, voix du maire prépondérante, adoptée", "voix prépondérante"),
        ("Mme Sow ne prend pas part au vote. 24 pour.", "sans la participation de Mme Sow"),
        (
            "L'amendement : 6 pour, 15 contre, rejeté. Le texte : 15 pour, 6 contre. Adoptée.",
            "amendement rejeté (pour : 6",
        ),
        ("Avis défavorable du conseil, 9 pour, 17 contre.", "avis défavorable (pour : 9, contre : 17)"),
        ("Sursis à délibérer, le géomètre n'est pas passé.", "reportée"),
        ("Pour information, sans vote.", "information, sans vote"),
        (": acte", "le conseil prend acte"),
        (": information", ": information"),
        ("Ne donne pas lieu à délibération.", "information, sans vote"),
        ("Retiré, renvoyé au bureau.", "retirée"),
        ("Scrutin secret, MM. Roy et Sow élus titulaires, 20 voix et 18 voix.", "MM. Roy et Sow élus"),
        ("REJET ? non Luce confirme : adopté 12 pour 9 contre", "hebdomadaire : approuvée (pour : 12, contre : 9)"),
    ],
)
def test_ways_of_ending(settings: Settings, told: str, expected: str) -> None:
    """Is each way of ending a point told as it is?"""
    source = f"Conseil du 3 mai 2028\n1. Règlement du marché hebdomadaire. {told}\n2. Budget annexe. Adopté, 20 pour."
    line = next(line for line in listed(settings, source).split("\n") if line.startswith("1. "))
    assert "Règlement du marché hebdomadaire" in line
    assert expected in line


def test_closed_doors(settings: Settings) -> None:
    """Is what was said behind closed doors told nowhere, the points around it being kept?"""
    source = (
        "Conseil du 7 juin 2028\nRapport 31 – Protection d'un élu. Huis clos demandé et accepté. Pendant le huis clos "
        "M. Ott évoque des insultes. Retour en public : 22 pour, 4 abstentions.\n"
        "Rapport 32 – Bail de la laiterie. Unanimité."
    )
    text = listed(settings, source)
    assert "insultes" not in text
    assert "Protection d'un élu : approuvée [À VÉRIFIER] (pour : 22, abstentions : 4)" in text
    assert "Bail de la laiterie : approuvée à l'unanimité" in text


def test_errata_go_where_they_belong(settings: Settings) -> None:
    """Does a correction told at the end change its point, and stand nowhere else?"""
    source = (
        "Séance du 16 mai 2029\nDélib. 12 : PLU, arrêt du projet. 20 voix pour, 3 contre.\n"
        "Délib. 13 : échange de parcelles. Unanimité.\nRectificatif : pour la 12, lire 19 pour et 4 contre."
    )
    text = listed(settings, source)
    assert "PLU, arrêt du projet : approuvée [À VÉRIFIER] (pour : 19, contre : 4)" in text
    assert "Rectificatif" not in text


@pytest.mark.parametrize(
    "proposal",
    [
        "Le maire propose d'ajourner. Adopté.",
        "Le rapporteur propose de reporter au 8 juillet. Accord général.",
        "La maire propose de retirer ce point. À l'unanimité.",
    ],
)
def test_what_is_put_off_is_never_adopted(proposal: str) -> None:
    """Is a proposal to put a point off, once carried, the end of the point?"""
    sitting = read_sitting(
        "Conseil du 2 décembre 2027\n"
        "Point 1 : bail de la boulangerie. Adopté à l'unanimité.\n"
        f"Point 2 : antenne relais. {proposal}\n"
        "Point 3 : tarifs de la piscine. 12 pour, 2 contre."
    )
    assert [item.outcome for item in sitting.items][1] in ("reportée", "retirée")
    assert sitting.items[0].outcome == "approuvée"


@pytest.mark.parametrize(
    ("told", "secretary"),
    [
        ("Secrétaire M. Le Floch.", "M. Le Floch"),
        ("Le secrétariat de séance est assuré par Yann Morin.", "Yann Morin"),
        ("On a pris M. Diop pour le secrétariat.", "M. Diop"),
        ("C'est Gall qui fait office de secrétaire.", "Gall"),
        ("Au secrétariat : M. Kerjean.", "M. Kerjean"),
    ],
)
def test_who_takes_the_minutes(told: str, secretary: str) -> None:
    """Is the secretary of the sitting found wherever the notes name them?"""
    assert (
        read_sitting(f"Séance du 4 mars 2027 à 20 h. {told}\n1. Bail : unanimité\n2. Prêt : unanimité").who.secretary
        == secretary
    )


@pytest.mark.parametrize(
    ("point", "told", "untold"),
    [
        ("Bail du four banal – Kerdoncuff : « une honte ». 19 pour, 6 contre", "Bail du four banal", "honte"),
        ("Poste de jardinier : M. Floch a trouvé que c'était trop, 20 pour 5 contre", "Poste de jardinier", "Floch"),
        ("DM n° 2 (toiture, payée par des achats reportés) : 21 pour, 4 contre", "pour : 21, contre : 4", "reportée ("),
    ],
)
def test_the_list_tells_the_object_and_the_vote_only(settings: Settings, point: str, told: str, untold: str) -> None:
    """Are what somebody says of a point, and what its brackets tell of something else, left out of its result?"""
    answer = listed(settings, f"CM du 4 mars 2027\n1. Tarifs du port : unanimité\n2. {point}\n3. Voeu : unanimité")
    assert told in answer
    assert untold not in answer
