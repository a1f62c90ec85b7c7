"""What the sandbox has in store: nothing forgotten, tariffs, street reports, events and notes agree with the rest."""

import csv
import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.content import ContentError
from atelier_ia.use_cases.sandbox import (
    load_document,
    load_email,
    load_organisation,
    reference_settings,
    sandbox_folder,
)
from atelier_ia.use_cases.sandbox_inventory import list_items, load_inventory
from atelier_ia.use_cases.sandbox_orders import load_keys, load_order
from atelier_ia.use_cases.sandbox_tables import known_tables

FOLDER = sandbox_folder()
STREETS = {street.name: street.domain for street in load_organisation().streets}
PROCEDURES: dict[str, dict[str, Any]] = {
    entry["id"]: entry for entry in tomllib.loads((FOLDER / "procedures.toml").read_text("utf-8"))["procedures"]
}


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"tableaux/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def day_of(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def test_inventory_holds_everything_once_named() -> None:
    """Is every document and table in the inventory, and does every service have at least one of its own?"""
    holdings = load_inventory()
    assert [holding.service for holding in holdings] == [service.id for service in reference_settings().services]
    assert all(holding.documents or holding.tables for holding in holdings)
    documents = {name for holding in holdings for name in holding.documents}
    assert documents == {path.stem for path in (FOLDER / "documents").glob("*.md")}
    assert {name for holding in holdings for name in holding.tables} == set(known_tables())
    items = list_items()
    assert len({item.id for item in items}) == len(items) == len(documents) + len(known_tables())
    assert all(item.title and item.services for item in items)


def test_tariffs_are_those_of_the_knowledge_base() -> None:
    """Is each amount that an answer gives the one of the table of tariffs, and the other way round?"""
    table = {(row["Prestation"], row["Précision"]): row for row in rows_of("tarifs")}
    shown = " ".join(cell for row in table.values() for cell in row.values()).replace(",00", "")
    told = {
        name: PROCEDURES[name]["tarif"] + " ".join(PROCEDURES[name]["pieces"])
        for name in ("location_salle", "concession_cimetiere", "inscription_cantine", "quotient_familial")
    }
    for name, text in told.items():
        for amount in re.findall(r"(\d+(?:,\d+)?) €", text):
            assert re.search(rf"(?<![\d,]){amount.removesuffix(',00')}(?![\d,])", shown), (name, amount)
    meals = [row["Habitants, en euros"] for row in table.values() if row["Prestation"].startswith("Restauration")]
    assert meals == re.findall(r"\d,\d\d", PROCEDURES["quotient_familial"]["tarif"])
    rules = load_document("reglement_cantine").text
    assert [amount for amount in (*meals, "6,40") if f"{amount} €" not in rules] == []


def test_street_reports_are_consistent() -> None:
    """Numbers in order, streets of the map, working days, the competent body, a date of treatment when treated only?"""
    rows = rows_of("signalements")
    assert [row["Numéro"] for row in rows] == [f"S26-{rank:03d}" for rank in range(1, len(rows) + 1)]
    days = [day_of(row["Reçu le"]) for row in rows]
    assert days == sorted(days)
    assert all(day.weekday() < 5 and day != dt.date(2026, 11, 11) for day in days)
    for row in rows:
        kind, street = row["Nature"], row["Rue"]
        body = {"éclairage": "SDE 99", "collecte des bacs": "Ambrelle Agglo"}.get(kind, "commune")
        if kind == "chaussée" and STREETS[street] == "départemental":
            body = "Département"
        assert row["Compétence"] == body, row
        assert (row["État"] == "transmis") == (body != "commune"), row
        assert bool(row["Traité le"]) == (row["État"] == "traité"), row
        if row["Traité le"]:
            assert day_of(row["Reçu le"]) < day_of(row["Traité le"]) <= dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("email", "kind", "street"),
    [
        ("nid_de_poule_devis", "chaussée", "rue des Potiers"),
        ("bacs_jaunes_glycines", "collecte des bacs", "rue des Glycines"),
        ("lampadaire_mesanges", "éclairage", "allée des Mésanges"),
        ("eclairage_aux_tilleuls", "éclairage", "rue des Tilleuls"),
    ],
)
def test_citizens_reports_are_in_the_table(email: str, kind: str, street: str) -> None:
    """Was what a citizen wrote about recorded on the day of the message?"""
    day = f"{load_email(email).day:%d/%m/%Y}"
    assert [
        row for row in rows_of("signalements") if (row["Reçu le"], row["Nature"], row["Rue"]) == (day, kind, street)
    ]


def test_ccas_figures_are_totals_of_groups() -> None:
    """Do the quarters add up, and is no group small enough for someone to be recognised?"""
    for row in rows_of("activite_ccas"):
        *quarters, whole = [int(cell) for name, cell in row.items() if name.endswith("(nombre)")]
        assert min(quarters) >= 5, row["Activité"]
        assert sum(quarters) == whole, row["Activité"]


def test_events_happen_where_and_when_the_rest_says() -> None:
    """Do the announcements agree with the organisation, the inbox and the room's capacity?"""
    fair, mail = load_document("brocante").text, load_email("brocante_organisation").body
    for words in ("6 juin 2027", "de 6 h à 18 h", "place du Marché et rue des Tanneurs", "140 exposants"):
        assert words in fair, words
        assert words in mail, words
    seats = re.search(r"salle de l'Ambrelle \((\d+) personnes\)", PROCEDURES["location_salle"]["reponse"])
    assert seats
    for name in ("voeux", "theatre"):
        assert f"{seats[1]} places" in load_document(name).text
    assert "28 chalets" in load_document("marche_noel").text
    assert "28 chalets" in load_document("reunion_marche_noel").text


def test_notes_of_the_school_meeting_give_the_true_counts() -> None:
    """Are the meals quoted in the notes those of the table?"""
    table = {row["Mois"]: row for row in rows_of("cantine_mensuelle")}
    notes = load_document("reunion_rentree").text.replace(" ", "")
    for month in ("09/2026", "09/2025"):
        assert table[month]["Total (repas)"] in notes
        assert table[month]["Jours de service"] in notes


@pytest.mark.parametrize("number", [key.number for key in load_keys()])
def test_each_order_is_shown_with_its_key(number: str) -> None:
    """Does an order come by its number, however it is typed, with the passages of its key in the text shown?"""
    order, key = load_order(number)
    assert load_order(f"2026-{number}") == load_order(order.id) == (order, key)
    assert key is not None
    assert number in order.title
    assert "{" not in order.title + order.text
    assert [one.passage for one in key.defects if one.passage not in order.text] == []


def test_unknown_order_names_the_known_ones() -> None:
    """Is the sentence in French, with what to type instead?"""
    with pytest.raises(ContentError, match="arrêtés connus : 063, 077"):
        load_order("999")


def test_paths_of_the_sandbox_are_flat() -> None:
    """Is no file of the sandbox outside the folders that the inventory, the key and the models read?"""
    known = {"arretes", "diagnostic", "documents", "previsions", "references", "tableaux"}
    assert {path.name for path in Path(FOLDER).iterdir() if path.is_dir()} <= known
