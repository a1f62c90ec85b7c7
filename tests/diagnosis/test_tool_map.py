"""The map of existing tools and its duplicates."""

from pathlib import Path

import pytest

from atelier_ia.diagnosis.tool_map import find_duplicates, parse_tool_map, read_tool_map, summarise
from atelier_ia.documents.tables import TableError
from atelier_ia.settings import load_settings

ROOT = Path(__file__).parents[2]
HEAD = "outil;usage;service;utilisateurs;compte;donnees_personnelles;registre;cout_annuel\n"


@pytest.mark.parametrize(
    ("first", "second", "double"),
    [
        ("A;prise de rendez-vous", "B;Prises de rendez-vous", True),
        ("A;signalement de voirie", "B;signalements de la voirie", True),
        ("A;courriels", "a;Courriels", False),  # one tool, written twice
        ("A;courriels", "B;affiches", False),
        ("A;l'affichage des élus", "B;affichage des élus", True),
    ],
)
def test_duplicates(first: str, second: str, double: bool) -> None:
    """Are two tools for one use found, however the use is written, and one tool never a duplicate of itself?"""
    tools = parse_tool_map(f"outil;usage\n{first}\n{second}\n".encode())
    assert bool(find_duplicates(tools)) == double


def test_costs_add_up_where_known() -> None:
    """Is the cost of a duplicate the sum of what is known, and unknown when nothing is?"""
    known = parse_tool_map(f"{HEAD}A;x;;;;;;1 200 €\nB;x;;;;;;\nC;y;;;;;;\nD;y;;;;;;\n".encode())
    costs = {item.use: item.yearly_cost for item in find_duplicates(known)}
    assert costs == {"x": 1200, "y": None}


def test_what_to_look_at() -> None:
    """Are tools without register entry, personal accounts and unused tools named; doubt is no accusation?"""
    tools = parse_tool_map(f"{HEAD}A;x;;0;perso;oui;non;\nB;y;;3;pro;oui;;\nC;z;;;;non;non;\n".encode())
    summary = summarise(tools)
    assert summary.without_register == ("A",)
    assert summary.personal_accounts == ("A",)
    assert summary.unused == ("A",)


@pytest.mark.parametrize(
    ("line", "column"),
    [(";x;;;;;;", "outil"), ("A;;;;;;;", "usage"), ("A;x;;1,5;;;;", "utilisateurs"), ("A;x;;;autre;;;", "compte")],
)
def test_wrong_cells_are_named(line: str, column: str) -> None:
    """Does a wrong cell name its column?"""
    with pytest.raises(TableError, match=f"« {column} »"):
        parse_tool_map((HEAD + line + "\n").encode())


def test_the_example_uses_the_services_of_the_settings() -> None:
    """In the fictional commune, is every service of the map one of atelier.toml?"""
    settings = load_settings(ROOT / "sandbox_data" / "val_fontaine.toml")
    tools = read_tool_map(ROOT / "sandbox_data" / "diagnostic" / "outils.csv", settings)
    assert tools
    assert {tool.service for tool in tools} - {""} <= {service.id for service in settings.services}
    assert len(find_duplicates(tools)) == 5
