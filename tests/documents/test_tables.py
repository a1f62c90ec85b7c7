"""CSV as people really save them."""

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.documents.spreadsheets import Column, csv_bytes
from atelier_ia.documents.tables import (
    TableError,
    parse_csv,
    parse_date,
    parse_hours,
    parse_number,
    parse_yes_no,
    stream_csv,
)
from atelier_ia.documents.typography import printable

BODY = "Identifiant;Nom;Prénom\na1;Élodie;Zoë\n"


@pytest.mark.parametrize(
    "data",
    [
        BODY.encode(),
        BODY.encode("utf-8-sig"),
        BODY.encode("cp1252"),
        BODY.encode("utf-16"),
        BODY.encode("cp850"),  # « CSV (MS-DOS) » and « CSV (Macintosh) » of Excel
        BODY.encode("mac_roman"),
        BODY.replace(";", ",").encode(),
        BODY.replace(";", "\t").encode(),
        BODY.replace("\n", "\r\n").encode(),
        b"sep=;\r\n" + BODY.encode("cp1252"),
        ("\n\n" + BODY + ";;\n").encode(),
    ],
)
def test_every_usual_form_is_read(data: bytes) -> None:
    """Are encodings, separators and line ends of Excel and LibreOffice all understood?"""
    table = parse_csv(data, "liste.csv", ("identifiant", "nom", "prénom"))
    assert [dict(row.cells) for row in table.rows] == [{"identifiant": "a1", "nom": "Élodie", "prenom": "Zoë"}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["vide"]),
        ("a;b\n1;2\n", ["il manque la colonne « nom »", "a, b"]),
        ("nom;nom\nx;y\n", ["« nom » figure deux fois"]),
        ("nom;b\nx;y;z\n", ["ligne 2", "3 cases pour 2"]),
        ('nom;b\nx;y\n"ouvert;y\n', ["ligne 3", "guillemets"]),
        ('nom;b\n"deux\nlignes";y\nx;y;z\n', ["ligne 4"]),
    ],
)
def test_a_problem_names_its_line(text: str, words: list[str]) -> None:
    """Does a broken file get a French sentence with file, line and column?"""
    with pytest.raises(TableError) as caught:
        parse_csv(text, "liste.csv", ("nom",))
    assert str(caught.value).startswith("liste.csv")
    for word in words:
        assert word in str(caught.value)


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), min_size=1, max_size=6))
def test_what_we_write_we_read_back(rows: list[list[str]]) -> None:
    """Do names with separators, quotes, formulas, emoji or right-to-left letters survive write and read?"""
    table = parse_csv(csv_bytes([Column("un"), Column("deux")], rows), "x.csv")
    read = [[row.cells["un"], row.cells["deux"]] for row in table.rows]
    wanted = [[printable(cell).strip(" \t\r\n\u00a0") for cell in row] for row in rows]
    assert read == [row for row in wanted if any(cell.strip() for cell in row)]


def test_every_missing_column_is_told_at_once() -> None:
    """With titles of its own, is the list corrected in one go rather than a column at a time?"""
    with pytest.raises(TableError, match="les colonnes « identifiant », « prénom » ; colonnes trouvées : Clé, Nom"):
        parse_csv("Clé;Nom\n1;A\n", "liste.csv", ("identifiant", "nom", "prénom"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25/01/2027", date(2027, 1, 25)),
        ("5/1/27", date(2027, 1, 5)),
        ("25-01-2027", date(2027, 1, 25)),
        ("25.01.2027", date(2027, 1, 25)),
        ("2027-01-25", date(2027, 1, 25)),
        ("2027-01-25T08:30", date(2027, 1, 25)),
        ("25/01/2027 08:30", date(2027, 1, 25)),
        ("25 janvier 2027", date(2027, 1, 25)),
        ("le lundi 1er  fevrier 2027", date(2027, 2, 1)),
        ("Mercredi 3 FÉVRIER 2027", date(2027, 2, 3)),
        ("14 juil. 2027", date(2027, 7, 14)),
    ],
)
def test_dates(text: str, day: date) -> None:
    """Are the usual ways to write a day understood, day first?"""
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("3,5", 3.5),
        ("3.5", 3.5),
        ("3h30", 3.5),
        ("3 h 30", 3.5),
        ("3:30", 3.5),
        ("210 min", 3.5),
        ("7 h", 7),
        ("2 heures", 2),
    ],
)
def test_durations(text: str, hours: float) -> None:
    """Are the usual ways to write a duration understood?"""
    assert parse_hours(text) == hours


NONSENSE = [
    *((parse_date, text) for text in ("31/02/2027", "", "demain", "3 jui 2027", "3 février", "30 février 2027")),
    *((parse_hours, text) for text in ("3h75", "-1", "inf", "")),
    *((parse_number, text) for text in ("nan", "1e400")),
    *((parse_yes_no, text) for text in ("peut-être", "")),
]


@pytest.mark.parametrize(("convert", "text"), NONSENSE)
def test_nonsense_is_refused(convert, text: str) -> None:
    """Is a value that means nothing refused, with the place where it stands?"""
    table = parse_csv(f"titre;b\n{text};x\n", "x.csv")
    with pytest.raises(TableError, match="ligne 2, colonne « titre »"):
        table.value(table.rows[0], "titre", convert, "corrigez.")


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_table_or_a_sentence(data: bytes) -> None:
    """Whatever file is given, is the outcome a table or a French sentence, never another exception?"""
    with contextlib.suppress(TableError):
        parse_csv(data, "x.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_long_file_is_read_row_by_row(tmp_path: Path, encoding: str) -> None:
    """Far beyond the first piece read, is every accent right, even when only the last line has one, and a mistake told
    with its line?"""
    names = ["Martin"] * 20_000 + ["Hélène €"]
    path = tmp_path / "liste.csv"
    path.write_bytes(("nom;b\n" + "".join(f"{name};1\n" for name in names) + "x;y;z\n").encode(encoding))
    with stream_csv(path, ("nom",)) as table:
        assert [next(table.rows).cells["nom"] for _ in names] == names
        with pytest.raises(TableError, match=r"liste\.csv, ligne 20003"):
            next(table.rows)
