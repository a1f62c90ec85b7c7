"""The fictional commune's tables add up and agree with one another; its council papers agree with what was said."""

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import load_organisation, sandbox_folder
from atelier_ia.use_cases.sandbox_tables import known_tables

FOLDER = sandbox_folder()
TABLES = sorted((FOLDER / "tableaux").glob("*.csv"))
SITTINGS = ("conseil_24_septembre", "conseil_5_novembre")
COUNCIL = load_organisation().council
# Lists, or lines of different kinds: nothing to add up from top to bottom.
WITHOUT_TOTAL = {"tarifs", "signalements", "activite_ccas"}
SUMMED = [path for path in TABLES if path.stem not in WITHOUT_TOTAL]
PERSONS = {person.last_name for person in load_organisation().elected}


def read(name: str) -> str:
    """A paper of the sandbox, as people read it."""
    return load_settings().localise((FOLDER / name).read_text("utf-8"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def figures(row: dict[str, str]) -> dict[str, int]:
    return {name: int(cell) for name, cell in row.items() if name.endswith(")") or name.startswith("Jours")}


def totals(rows: list[dict[str, str]]) -> dict[str, Any]:
    """The line « Total » of a table with one."""
    return figures(next(row for row in rows if "Total" in row.values()))


def test_every_table_is_titled() -> None:
    """Is there a title for each table, and a table for each title?"""
    assert {path.stem for path in TABLES} == set(known_tables())


@pytest.mark.parametrize(
    "path", [path for path in TABLES if path.stem not in WITHOUT_TOTAL], ids=lambda path: path.stem
)
def test_totals_are_the_sums_of_their_lines(path: Path) -> None:
    """Does each « Total » equal the lines above it, in every column of figures?"""
    groups: dict[tuple[str, ...], list[dict[str, int]]] = defaultdict(list)
    closed = 0
    for row in rows_of(path):
        group = (row.get("Section", ""), row.get("Sens", ""))
        if "Total" not in row.values():
            groups[group].append(figures(row))
            continue
        closed += 1
        for name, told in figures(row).items():
            assert told == sum(line[name] for line in groups[group]), (group, name)
    assert closed == len(groups)


def test_budget_is_balanced_at_every_stage() -> None:
    """In each section, do revenue and expenditure agree at the vote and after each amendment, order by order?"""
    rows = rows_of(FOLDER / "tableaux/budget_2026.csv")
    sides = {(row["Section"], row["Sens"]): figures(row) for row in rows if row["Libellé"] == "Total"}
    for section in ("fonctionnement", "investissement"):
        assert sides[section, "dépenses"] == sides[section, "recettes"]
    amounts = {
        (row["Section"], row["Sens"], row["Chapitre"]): row["Budget total (€)"] for row in rows if row["Chapitre"]
    }
    for spent, received in (("023", "021"), ("042", "040")):
        assert amounts["fonctionnement", "dépenses", spent] == amounts["investissement", "recettes", received]
    assert amounts["fonctionnement", "recettes", "042"] == amounts["investissement", "dépenses", "040"]
    for row in rows:
        *stages, whole = figures(row).values()
        assert sum(stages) == whole


def test_budget_is_the_one_that_the_council_amended() -> None:
    """Are the amounts voted in the two sittings those of the table?"""
    rows = rows_of(FOLDER / "tableaux/budget_2026.csv")
    first = {row["Chapitre"]: row["Décision modificative 1 (€)"] for row in rows if row["Chapitre"]}
    second = {row["Chapitre"]: row["Décision modificative 2 (€)"] for row in rows if row["Chapitre"]}
    september, november = (read(f"documents/{name}.md") for name in SITTINGS)
    for amount, chapter in (("38 000", "74"), ("22 000", "011"), ("16 000", "65")):
        assert f"{amount} euros" in september
        assert first[chapter] == amount.replace(" ", "")
    assert "plus 42 000 euros" in november
    assert (second["21"], second["23"]) == ("42000", "-42000")


def test_meals_and_energy_are_those_of_the_series() -> None:
    """Do the monthly and yearly tables sum up the series that the forecasts use?"""
    meals: Counter[str] = Counter()
    days: Counter[str] = Counter()
    for row in rows_of(FOLDER / "previsions/cantine.csv"):
        meals[row["date"][3:]] += int(row["repas"])
        days[row["date"][3:]] += 1
    table = {row["Mois"]: figures(row) for row in rows_of(FOLDER / "tableaux/cantine_mensuelle.csv")}
    table.pop("Total")
    assert len(table) >= 24
    assert {month: line["Total (repas)"] for month, line in table.items()} == dict(meals)
    assert {month: line["Jours de service"] for month, line in table.items()} == dict(days)
    for line in table.values():
        assert (
            sum(value for name, value in line.items() if "École" in name or "Groupe" in name) == line["Total (repas)"]
        )
    energy: Counter[str] = Counter()
    for row in rows_of(FOLDER / "previsions/energie.csv"):
        energy[row["mois"][-4:]] += int(row["kWh"])
    yearly = totals(rows_of(FOLDER / "tableaux/energie_batiments.csv"))
    assert {year: yearly[f"Année {year} (kWh)"] for year in energy} == dict(energy)
    for row in rows_of(FOLDER / "tableaux/energie_batiments.csv"):
        cells = figures(row)
        assert cells["Écart 2025-2026 (kWh)"] == cells["Année 2026 (kWh)"] - cells["Année 2025 (kWh)"]


@pytest.mark.parametrize("name", SITTINGS)
def test_reference_papers_agree_with_the_transcript(name: str) -> None:
    """Do list and minutes hold each deliberation, its number, its object, its votes, and no word of the closed part?"""
    spoken = read(f"documents/{name}.md")
    listed = read(f"references/{name}_liste.md")
    minutes = read(f"references/{name}_pv.md")
    items = re.findall(r"^Délibération n° ([\d-]+) : (.+)$", spoken, re.MULTILINE)
    assert len(items) >= 4
    assert [int(number.split("-")[1]) for number, _ in items] == list(
        range(int(items[0][0].split("-")[1]), int(items[0][0].split("-")[1]) + len(items))
    )
    for number, title in items:
        assert f"- N° {number} : {title} : " in listed
        assert f"## N° {number}. {title}" in minutes
    for vote in re.findall(r"\d+ pour, \d+ contre, \d+ abstentions?", spoken):
        assert vote in minutes, vote
    assert "compte rendu" not in (listed + minutes).lower()
    assert set(re.findall(r"(?:Mme|M\.) ([\w'-]+)", minutes)) <= PERSONS | {"Hélène", "Henri", "Laurent", "Isabelle"}


def test_votes_of_september_match_attendance() -> None:
    """Do attendance, proxies, ballots and votes add up, with the late arrival and the member who left?"""
    spoken = read("documents/conseil_24_septembre.md")
    minutes = read("references/conseil_24_septembre_pv.md")
    counts = [tuple(map(int, found)) for found in re.findall(r"(\d+) présents, (\d+) pouvoirs, (\d+) absents", spoken)]
    assert counts == [(23, 4, 2), (24, 3, 2)]
    assert all(sum(count) == COUNCIL.seats for count in counts)
    given = re.findall(r"(?:Mme|M\.) ([\w'-]+) à (?:Mme|M\.) ([\w'-]+)", spoken)
    assert len(given) == 4
    assert len({holder for _, holder in given}) == 4  # one proxy each
    for votes in re.findall(r"(\d+) pour, (\d+) contre, (\d+) abstention", spoken):
        assert sum(map(int, votes)) in (26, 27)
    ballots, blank = map(int, re.findall(r"(\d+) bulletins, (\d+) blancs", spoken)[0])
    secret = re.findall(r"bulletin secret\..*", spoken)[0]
    assert blank + sum(int(n) for n in re.findall(r"(\d+) voix", secret)) == ballots == 27
    present = re.findall(r"Présents à l'ouverture : 23\.\*\* (.+)\.$", minutes, re.MULTILINE)[0]
    named = re.findall(r"[A-ZÉ][\w'-]+", re.sub(r"Mmes?|MM?\.", "", present))
    assert len(named) == len(set(named)) == 23
    assert set(named) <= PERSONS
    assert not set(named) & {name for name, _ in given}
