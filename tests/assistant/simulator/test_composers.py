"""The other use cases of the simulator, asked through the real client: structure, facts kept, nothing invented."""

from __future__ import annotations

import re

import pytest

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.simulator.mistakes import MISTAKES, with_mistake
from atelier_ia.settings import Settings

ROLE = "Tu es agent de la mairie et tu écris pour les habitants, ton neutre, sans rien inventer. "

EVENT = (
    "Le comité des fêtes organise une grande brocante le dimanche 14 juin 2026 de 8h à 18h, place du Marché. "
    "Entrée gratuite. Emplacements à 3 € le mètre, inscriptions au 01 99 00 55 10."
)
NOTES = (
    "Réunion technique du 3 mars 2026\nPrésents : Mme Larrieu, Karim, [NOM_1]\n- On décide de reporter la "
    "livraison au 20 avril\n"
    "- Karim doit relancer l'entreprise avant vendredi\n- achat d'une balayeuse ? à voir avec les finances\n"
    "- le service communication prépare une info riverains\nprochaine réunion le 17 mars 14h"
)
SITTING = (
    "Conseil municipal du 12 mai 2026\nPrésidente : Mme Cazaubon, maire\nPrésents : 25 conseillers\n"
    "LE MAIRE : La séance est ouverte à 19 h 05. Le quorum est atteint.\nPoint n° 1 : Budget supplémentaire\n"
    "M. Ferrand : Il s'équilibre à 420 000 euros et finance la toiture de l'école.\n"
    "LE MAIRE : 4 voix contre, 20 pour. Le budget est adopté.\nPoint n° 2 : Vente d'un terrain\n"
    "LE MAIRE : Je prononce le huis clos.\nMme Ortiz : L'acquéreur est en difficulté financière, gardons cela "
    "pour nous.\n"
    "LE MAIRE : Le projet est rejeté à l'unanimité.\nLE MAIRE : La séance est levée à 21 h 40."
)
ORDER = (
    "Travaux de réseau rue des Tilleuls du 3 au 14 mars 2027, de 8h à 17h. La circulation sera interdite sauf "
    "riverains. "
    "La mesure est demandée pour la sécurité du chantier. Le demandeur cite l'article L. 2219-44."
)
TASKS = {
    "publications": (
        "Rédige les publications pour Facebook, Instagram, le site internet et le panneau lumineux.",
        EVENT,
    ),
    "affiche": ("Prépare le brief d'une affiche, sous forme de liste.", EVENT),
    "reunion": ("Rédige le relevé de décisions de ces notes de réunion, en liste.", NOTES),
    "liste": ("Établis la liste des délibérations du conseil municipal, en une page.", SITTING),
    "pv": ("Rédige la trame du procès-verbal du conseil municipal, en une page.", SITTING),
    "arrete": ("Rédige la trame de l'arrêté municipal, en articles, en une page.", ORDER),
}


def ask(settings: Settings, task: str, *, role: str = ROLE, mistake: str = "") -> str:
    instruction, source = TASKS[task]
    messages = [{"role": "user", "content": f"{role}{instruction}\n\n<<<TEXTE\n{source}\nTEXTE>>>"}]
    return open_assistant(settings).ask(with_mistake(messages, mistake) if mistake else messages).text


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("publications", ["Facebook\n", "Instagram\n", "Panneau lumineux\n", "14 juin 2026", "place du Marché"]),
        ("affiche", ["Titre : Grande brocante", "Heure : de 8 h à 18 h", "Texte alternatif"]),
        ("reunion", ["Décisions\n- ", "Actions\n- Karim", "Échéance : avant vendredi", "Points à trancher", "[NOM_1]"]),
        ("liste", ["1. Budget supplémentaire : approuvée", "2. Vente d'un terrain : rejetée", "12 mai 2026"]),
        (
            "pv",
            [
                "19 h 05",
                "21 h 40",
                "Mme Cazaubon",
                "contre : 4",
                "420 000 euros",
                "huis clos",
                "Secrétaire de séance",
            ],
        ),
        ("arrete", ["ARRÊTE\n", "L. 2213-1", "R. 411-25", "rue des Tilleuls", "Voies de recours", "L. 2219-44, cité"]),
    ],
)
def test_structure_and_facts(settings: Settings, task: str, words: list[str]) -> None:
    """Does each use case give its own structure, with the facts of the source?"""
    text = ask(settings, task).replace("\u202f", " ").replace("\u00a0", " ")
    for word in words:
        assert word in text


@pytest.mark.parametrize("task", ["publications", "affiche", "reunion", "liste", "pv"])
def test_no_figure_is_invented(settings: Settings, task: str) -> None:
    """Does every figure come from the source (or number the points)?"""
    source = TASKS[task][1]
    figures = set(re.findall(r"\d+", ask(settings, task))) - set(re.findall(r"\d+", source))
    assert figures <= {str(number) for number in range(1, 10)}


def test_closed_sitting_stays_closed(settings: Settings) -> None:
    """Are the debates of a closed sitting left out of every paper?"""
    for task in ("liste", "pv"):
        assert "difficulté financière" not in ask(settings, task)


def test_panel_is_short(settings: Settings) -> None:
    """Does the text of the light panel fit?"""
    panel = ask(settings, "publications").split("Panneau lumineux\n")[1].split("\n\n")[0]
    assert len(panel) <= 140


def test_unknown_article_is_marked(settings: Settings) -> None:
    """Is an article of law outside the base marked, and only that one?"""
    visas = [line for line in ask(settings, "arrete").split("\n") if line.startswith("Vu ")]
    assert [line for line in visas if "[À VÉRIFIER]" in line] == [line for line in visas if "2219" in line]


def test_council_report_no_longer_exists(settings: Settings) -> None:
    """Asked for a "compte rendu du conseil", does the simulator explain what replaces it?"""
    messages = [
        {
            "role": "user",
            "content": f"{ROLE}Rédige le compte rendu du conseil municipal en une "
            f"page.\n\n<<<TEXTE\n{SITTING}\nTEXTE>>>",
        }
    ]
    text = open_assistant(settings).ask(messages).text
    assert "n'existe plus" in text
    assert "LISTE DES DÉLIBÉRATIONS EXAMINÉES" in text


@pytest.mark.parametrize("task", TASKS)
def test_vague_prompt_vague_answer(settings: Settings, task: str) -> None:
    """Is the answer to a vague prompt short and without the facts?"""
    vague = ask(settings, task, role="").replace(TASKS[task][1], "")
    assert len(vague) < len(ask(settings, task))


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_show(settings: Settings, task: str, mistake: str) -> None:
    """Does each mistake demanded change the answer?"""
    assert ask(settings, task, mistake=mistake) != ask(settings, task)


def test_structured_brief(settings: Settings) -> None:
    """Does a schema get an object that fits it, what is unknown left empty?"""
    schema = {
        "type": "object",
        "properties": {
            "titre": {"type": "string"},
            "lieu": {"type": "string"},
            "organisateur": {"type": ["string", "null"]},
            "service": {"type": "string", "enum": ["voirie", "communication"]},
            "jauge": {"type": ["integer", "null"]},
        },
        "required": ["titre", "lieu"],
        "additionalProperties": False,
    }
    instruction, source = TASKS["affiche"]
    messages = [{"role": "user", "content": f"{ROLE}{instruction}\n\n<<<TEXTE\n{source}\nTEXTE>>>"}]
    data = open_assistant(settings).ask(messages, schema=schema).data
    assert data["titre"] == "Grande brocante"
    assert data["lieu"] == "place du Marché"
    assert data["organisateur"] is None
    assert data["jauge"] is None
