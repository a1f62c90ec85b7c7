"""Tables of figures and council transcripts with numbered headings: what the simulator makes of them."""

from __future__ import annotations

import pytest

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.simulator.figures import looks_like_table, main_column, read_figures
from atelier_ia.assistant.simulator.mistakes import with_mistake
from atelier_ia.assistant.simulator.task import kind_of
from atelier_ia.settings import Settings

ROLE = "Tu es agente des finances de la mairie et tu écris pour les habitants, ton neutre, en dix lignes. "
TABLE = (
    "Poste | Code | Année 2025 (€) | Année 2026 (€)\n"
    "Énergie | 011 | 200 000 | 212 500\nEntretien | 012 | 90 000 | 85 000\n"
    "Total | | 290 000 | 297 500"
)
SITTING = (
    "Conseil municipal du jeudi 24 septembre 2026\nMme Roudier : La séance est ouverte, il est 19 heures. "
    "23 présents, 4 pouvoirs, 2 absents ; le quorum est atteint. M. Calvet est désigné secrétaire de séance.\n"
    "Délibération n° 2026-10 : Nom d'une place\nMme Roudier : La délibération est reportée à une prochaine séance.\n"
    "Mme Roudier : Le point suivant concerne une famille. Le huis clos est voté.\n"
    "Mme Roudier : La séance publique reprend à 20 heures.\n"
    "Délibération n° 2026-11 : Remise d'une dette\n"
    "Mme Roudier : Le point a été examiné à huis clos. 24 pour, 0 contre, 3 abstentions. Elle est adoptée.\n"
    "Délibération n° 2026-12 : Achat de bancs\nM. Calvet : Douze bancs seront posés au printemps sur la place.\n"
    "Mme Roudier : 27 pour, 0 contre, 0 abstention. Elle est adoptée."
)


def asked(settings: Settings, instruction: str, source: str, mistake: str = "") -> str:
    messages = [{"role": "user", "content": f"{instruction}\n\n<<<TEXTE\n{source}\nTEXTE>>>"}]
    return open_assistant(settings).ask(with_mistake(messages, mistake) if mistake else messages).text


def test_a_table_becomes_a_reading_note(settings: Settings) -> None:
    """Are totals recomputed, changes told, and causes left to be asked?"""
    text = asked(settings, ROLE + "Rédige une note de lecture de ce tableau. N'invente aucune cause.", TABLE).replace(
        "\u202f", " "
    )
    assert "297 500 (somme des lignes vérifiée)" in text
    assert "Énergie, + 12 500" in text
    assert "Entretien, − 5 000" in text
    assert "jamais pourquoi" in text


def test_a_wrong_total_is_told(settings: Settings) -> None:
    """Does a total that is not the sum of its lines stand out?"""
    text = asked(
        settings, ROLE + "Rédige une note sur ce tableau, sans rien inventer.", TABLE.replace("297 500", "299 500")
    )
    assert "ATTENTION" in text
    assert "297\u202f500" in text


@pytest.mark.parametrize(
    ("mistake", "sign"),
    [("chiffre_faux", "297 500"), ("sujet_oublie", "Entretien, − 5 000"), ("article_invente", "L. 2299-7")],
)
def test_mistakes_show(settings: Settings, mistake: str, sign: str) -> None:
    """Is the asked-for mistake really there?"""
    text = asked(settings, ROLE + "Rédige une note sur ce tableau, sans rien inventer.", TABLE, mistake).replace(
        "\u202f", " "
    )
    assert (sign in text) == (mistake == "article_invente")


def test_vague_instruction_gives_a_vague_note(settings: Settings) -> None:
    """Does a bare instruction get no figure?"""
    assert not any(sign.isdigit() for sign in asked(settings, "Commente.", TABLE))


@pytest.mark.parametrize(
    ("source", "table"),
    [
        (TABLE, True),
        (TABLE.replace(" | ", ";"), True),
        ("Bonjour | oui\nmerci | non", False),
        ("Bonjour ; je vous écris pour le bac jaune.\nMerci.\nCordialement", False),
        ("| a | b |\n|---|---|\n| x | 3 |\n| y | 4 |", True),
        ("", False),
    ],
)
def test_tables_are_told_from_letters(source: str, table: bool) -> None:
    """Are figures in columns seen, with bars or semicolons, and letters left alone?"""
    assert looks_like_table(source) is table


def test_codes_are_not_figures() -> None:
    """Is a column of codes (« 011 ») kept as a name, and the last column of figures taken?"""
    figures = read_figures(TABLE)
    assert figures.columns == ("Année 2025 (€)", "Année 2026 (€)")
    assert main_column(figures.columns) == 1
    assert main_column(("Année 2025", "Année 2026", "Écart")) == 1


def test_numbered_headings_tell_the_points_of_a_sitting(settings: Settings) -> None:
    """With numbered headings, does what is said create no point, and does the closed part end where it ends?"""
    text = asked(settings, ROLE + "Prépare la trame du procès-verbal de cette séance. N'invente rien.", SITTING)
    assert "Secrétaire de séance : M. Calvet".replace(" :", "\u00a0:") in text
    assert "Présents\u00a0: 23" in text
    assert "Présidence\u00a0: Mme Roudier" in text
    assert "Délibération reportée." in text
    assert "point suivant" not in text.lower()
    assert "Concerne une famille" not in text
    last = text[text.rindex("2026-12.") :]
    assert "Douze bancs" in last
    assert "huis clos" not in last


@pytest.mark.parametrize(
    ("instruction", "kind"),
    [
        ("Un fournisseur annonce des intérêts. Rédige la réponse.", "courriel"),
        ("Rédige une annonce pour le panneau.", "publications"),
        ("Rédige l'annonce de cet événement.", "publications"),
        ("Prépare une affiche d'après ces chiffres.", "affiche"),
        ("Rédige une note pour les habitants.", "tableau"),
    ],
)
def test_the_verb_announce_asks_for_no_publication(instruction: str, kind: str) -> None:
    """Is « il annonce » told from « une annonce », and a table read as a table unless a publication is wanted?"""
    letter = "Bonjour,\nNotre facture reste impayée.\nCordialement,\nLe service comptable"
    assert kind_of(instruction, letter if kind == "courriel" else TABLE) == kind
