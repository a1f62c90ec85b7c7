"""Notes of a sitting written as prose: paragraphs, dictation, headings; what is put off, what happens in the room."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.council_room import without_room
from atelier_ia.assistant.simulator.movements import movements, only_moves
from atelier_ia.assistant.simulator.sitting import Sitting, read_sitting
from atelier_ia.assistant.simulator.sitting_clauses import titles_apart
from atelier_ia.assistant.simulator.sitting_numbers import numbered_apart
from atelier_ia.assistant.simulator.sitting_paragraphs import paragraphed

HEAD = "Conseil du 9 mars 2028 à 20 h. Présidente Mme Vial, secrétaire M. Ott. 12 présents.\n"


def ends(sitting: Sitting) -> dict[str, str]:
    """How each point ended, by its title: the outcome, else the counts."""
    return {item.title: item.outcome or str(item.vote) for item in sitting.items}


def test_each_paragraph_is_a_point() -> None:
    """Does each paragraph keep its own vote, the one put off included?"""
    sitting = read_sitting(
        HEAD + "Le bail du café : M. Roux craint un départ. Mme Vial répond que le loyer baisse. 9 pour 3 contre.\n"
        "Éclairage du stade : rien à dire, unanimité.\n"
        "Antenne : M. Ott veut une réunion, la maire préfère reporter en juin. Pas de vote.\n"
        "Forêt : deux coupes prévues, on revote le mois prochain.\n"
        "Indemnité du receveur unanimité.\n"
    )
    assert ends(sitting) == {
        "Bail du café": "pour : 9, contre : 3",
        "Éclairage du stade": "approuvée",
        "Antenne": "reportée",
        "Forêt : deux coupes prévues": "reportée",
        "Indemnité du receveur": "approuvée",
    }
    assert sitting.items[0].talk[0][1].startswith("M. Roux craint")


def test_a_story_told_in_paragraphs() -> None:
    """Are matters told as a story read, with what the chair puts off?"""
    sitting = read_sitting(
        HEAD + "Le maire présente la décision modificative n° 2, qui ajoute 900 €. Adoptée par 12 voix pour.\n\n"
        "La convention avec le refuge est ensuite examinée. Le coût est de 1 €. Elle est adoptée à l'unanimité.\n\n"
        "La vente du four suscite un long débat. Mme Vial propose de reporter le point à mai. "
        "Le conseil en est d'accord.\n\n"
        "Enfin, Mme Ney est désignée déléguée au syndicat, à l'unanimité.\n"
    )
    assert ends(sitting) == {
        "Décision modificative n° 2": "approuvée",
        "Convention avec le refuge": "approuvée",
        "Vente du four": "reportée",
        "Désignation de Mme Ney, déléguée au syndicat": "approuvée",
    }


@pytest.mark.parametrize(("first", "second"), [("VENTE DU FOUR", "BAIL ZA 12"), ("Vente du four", "Bail de la poste")])
def test_headings_alone_on_their_line(first: str, second: str) -> None:
    """Do headings, in capitals or not, name the points?"""
    sitting = read_sitting(
        f"{HEAD}\n{first}\nMme Vial présente les deux offres. 7 pour, 5 contre.\n\n"
        f"{second}\nLe loyer reste le même. Unanimité.\n"
    )
    assert [item.title.lower() for item in sitting.items] == [first.lower(), second.lower()]
    assert [item.outcome for item in sitting.items] == ["", "approuvée"]


def test_notes_that_are_marked_stay_as_they_are() -> None:
    """Are numbered notes, bullets and transcripts with speakers left alone?"""
    for lines in (
        ["1) Bail : unanimité", "2) Four : 3 pour"],
        ["- Bail : unanimité", "- Four : reporté"],
        ["12 bail du café, unanimité", "13 four, reporté"],
        ["M. A : Qui est contre ? Personne.", "Mme B : Adopté à l'unanimité."],
    ):
        assert paragraphed(lines) == lines


def test_numbers_called_in_a_dictation() -> None:
    """Does each deliberation called by its number open a line?"""
    told = "D'abord la 2028-11, le prêt, 9 pour. Après la 2028-12 c'était le bail, unanimité."
    assert numbered_apart(told).split("\n") == [
        "Délibération n° 2028-11 : le prêt, 9 pour.",
        "Délibération n° 2028-12 : le bail, unanimité.",
    ]
    assert numbered_apart("On a relu la 2028-11 hier.") == "On a relu la 2028-11 hier."


def test_a_point_not_voted_is_never_adopted() -> None:
    """Is « on n'a pas voté » no adoption, and « le maire s'étant retiré » no withdrawal?"""
    sitting = read_sitting(
        "cm 9/03, 12 présents\npoint 1 : bail du café, tous pour\npoint 2 : nom du stade - on n'a pas voté, on attend\n"
        "point 3 : compte financier, adopté, 9 pour, le maire s'étant retiré"
    )
    assert [item.outcome for item in sitting.items] == ["approuvée", "débat sans vote", "approuvée"]


def test_quorum_absents_and_approved_minutes() -> None:
    """Are the late quorum and the absents after a full stop read from prose?"""
    who = read_sitting(
        "Conseil du 9 mars, commencé à 20h15 parce qu'il manquait le quorum. 12 présents. "
        "Absents M. Ney, Mme Oz et M. Pau.\n"
        "Bail : unanimité."
    ).who
    assert who.quorum == "non atteint à l'heure prévue ; séance commencée à 20h15"
    assert who.absent == "M. Ney, Mme Oz et M. Pau"


def test_what_happens_in_the_room_stays_there() -> None:
    """Do breaks, microphones, applause and the heat of the moment go, and suspensions stay?"""
    assert without_room("Bail adopté. (pause café, le micro marchait pas)") == "Bail adopté."
    assert (
        without_room("Fin 22h. Une dame du public a applaudi, le maire l'a rappelée à l'ordre.").strip() == "Fin 22h."
    )
    assert "chauff" not in without_room("M. Roux est contre. Ça a chauffé, M. Ott répond que non. 3 pour.")
    assert "M. Ott répond que non" in without_room("M. Roux est contre. Ça a chauffé, M. Ott répond que non. 3 pour.")
    assert "frère" not in without_room("Voirie : unanimité, Ott ne prend pas part (son frère y travaille)")
    kept = "La séance est suspendue dix minutes. M. Roux arrive à 20h10."
    assert without_room(kept) == kept


def test_an_arrival_is_told_whole_and_once() -> None:
    """Is an arrival with its proxy told in the list of movements, and in no point?"""
    line = "arrivée de M. Ney 20h15, il avait donné pouvoir à Mme Vial, donc le pouvoir tombe"
    assert movements(line) == [line[:1].upper() + line[1:]]
    assert only_moves(line)
    assert not only_moves("Mme Vial explique que M. Ney arrive souvent en retard")
    sitting = read_sitting(f"{HEAD}- bail du café, unanimité\n- {line}\n- four : point retiré, il manque l'acte")
    assert [item.title for item in sitting.items] == ["Bail du café", "Four"]
    assert not any("arrivée" in words for item in sitting.items for _, words in item.talk)


def test_a_dictated_point_is_parted_from_its_talk() -> None:
    """Does the matter end where somebody speaks, the vote stand apart, and « questions diverses » open a point?"""
    sitting = read_sitting(
        "Conseil du 9 mars. Le PV du 2 février est approuvé à l'unanimité. Tarif du camping, monsieur Ott dit que "
        "c'est trop, madame Vial répond que non, 9 pour 3 contre. Bail du café, longue discussion, madame Oz demande "
        "la durée, on vote, 4 pour 8 contre, rejeté. Questions diverses, monsieur Ott demande un banc."
    )
    assert ends(sitting) == {
        "PV du 2 février": "approuvée",
        "Tarif du camping": "pour : 9, contre : 3",
        "Bail du café": "rejetée",
        "Questions diverses": "",
    }
    assert sitting.items[1].talk == [("", "Monsieur Ott dit que c'est trop. Madame Vial répond que non")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("3. Apprenti : Roux explique (BTS). 12 pour", "3. Apprenti. Roux explique (BTS). 12 pour"),
        ("- Gîte, Mme Oz trouve cela cher, 9 pour", "- Gîte. Mme Oz trouve cela cher, 9 pour"),
        ("2. Désignation au syndicat : Mme Oz, unanimité", "2. Désignation au syndicat : Mme Oz, unanimité"),
        ("4. Taux : inchangés, 12 pour", "4. Taux : inchangés, 12 pour"),
        ("Roux explique : il reste un lot", "Roux explique : il reste un lot"),
    ],
)
def test_a_title_ends_where_somebody_speaks(line: str, expected: str) -> None:
    """Is a point called by its matter only, whoever speaks of it, and left whole where nobody does?"""
    assert titles_apart(line) == expected


def test_an_amendment_is_no_point_and_no_final_vote() -> None:
    """Is the vote on an amendment told with its point, whose own vote comes after?"""
    sitting = read_sitting(
        "Conseil du 9 mars\n1) bail du café : unanimité\n2) règlement du marché : amendement Oz (8 h au lieu de 7 h) : "
        "3 pour 9 contre, rejeté. Puis le règlement : 9 pour 3 contre.\n3) four : retiré"
    )
    assert ends(sitting) == {
        "Bail du café": "approuvée",
        "Règlement du marché": "pour : 9, contre : 3",
        "Four": "retirée",
    }


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("La 41, bail du café, unanimité. La 42, gîte, 9 pour. Et la 43, four, 8 pour. Les délib c'est 2028 tiret le "
         "numéro", ["2028-41", "2028-42", "2028-43"]),
        ("Numéro 4, c'est le bail du café, 9 pour. Numéro 5 le gîte communal, 9 pour. Numéro 6 le four, 8 pour.",
         ["4", "5", "6"]),
        ("1 bail du café : unanimité\n2 gîte : 9 pour\n3 four : information\nLes numéros : 28-014 à 28-015.",
         ["28-014", "28-015", ""]),
        ("La convention du gîte est adoptée, 9 pour (2028-41). Le tarif du café est rejeté (2028-42).",
         ["2028-41", "2028-42"]),
        ("- 28-101 bail : 9 pour\n- 28-102 gîte : 9 pour\n- 28-105 four : 8 pour", ["28-101", "28-102", "28-105"]),
    ],
)  # fmt: skip
def test_numbers_told_apart(told: str, expected: list[str]) -> None:
    """Are the numbers those that the notes give, in whatever way they give them?"""
    assert [item.number for item in read_sitting(f"Conseil du 9 mars\n{told}").items] == expected


def test_a_table_of_talks_and_votes() -> None:
    """Is the column of the discussions told as talk, under the title of its row?"""
    sitting = read_sitting(
        "Conseil du 9 mars\n| point | discussion | vote |\n| taux | inchangés. Ott : pas assez | unan. |\n"
        "| gîte | Oz demande la durée | 9 pour 3 abst |"
    )
    assert ends(sitting) == {"Taux": "approuvée", "Gîte": "pour : 9, abstentions : 3"}
    assert sitting.items[1].talk == [("", "Oz demande la durée.")]


def test_what_is_false_or_for_oneself_is_not_told() -> None:
    """Do notes to oneself, what is said to be false and names called go, with the headers of a mail?"""
    text = without_room(
        "De : Luce\nÀ : Marc\nObjet : TR : conseil du 9 mars\nBail adopté.\nNote : rendre le sac.\n"
        "Luce avait noté « rejeté », c'est faux.\nOtt a traité Oz de girouette ; Oz répond que non."
    )
    assert "Bail adopté." in text
    assert "conseil du 9 mars" in text
    for gone in ("Objet", "TR", "sac", "rejeté", "girouette"):
        assert gone not in text
    assert "Oz répond que non" in text


def test_why_a_council_was_called_is_no_point() -> None:
    """Is « Objet unique » above numbered points no point of its own, and the first point of a debate called by it?"""
    sitting = read_sitting(
        "CM 9 mars 2028. Objet unique : glissement du coteau.\nD1 urgence : unanim.\nD2 relogement : 9 pour\n"
        "D3 fonds : retiré"
    )
    assert [item.title for item in sitting.items] == ["Urgence", "Relogement", "Fonds"]
    named = read_sitting("CM 9 mars 2028\n2028-1 Débat sur l'agglo : le conseil prend acte\n2028-2 Gîte : 9 pour")
    assert ends(named) == {"Débat sur l'agglo": "prend acte", "Gîte": "pour : 9"}
