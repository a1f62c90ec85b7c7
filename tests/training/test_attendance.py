"""Attendance."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest

from atelier_ia.documents.tables import TableError
from atelier_ia.training.attendance import Attendance, parse_attendance, read_attendance, write_attendance

HEAD = "Identifiant;Date;Module;Heures;Demi-journées;Modalité;Présence\n"


def test_a_line_is_read() -> None:
    """Are French dates, durations and words understood?"""
    (line,) = parse_attendance((HEAD + "a1;25/01/2027;s3_m2_courriels;3h30;;À distance;Oui\n").encode("cp1252"))
    assert line == Attendance("a1", date(2027, 1, 25), "s3_m2_courriels", 3.5, None, "distance", True)


def test_a_double_line_counts_once() -> None:
    """Does the same session, signed on paper and by QR code, count once, presence first?"""
    rows = "a1;25/01/2027;m;2;;;non\na1;25/01/2027;m;2;;;oui\na1;25/01/2027;m;2;;;oui\n"
    assert [line.present for line in parse_attendance((HEAD + rows).encode())] == [True]


@pytest.mark.parametrize(
    ("written", "modality"),
    [("Distanciel", "distance"), ("Visio", "distance"), ("En présentiel", "présentiel"), ("hybride", "mixte")],
)
def test_the_usual_words_of_a_modality_are_known(written: str, modality: str) -> None:
    """Are the words that a training department writes understood?"""
    (line,) = parse_attendance((HEAD + f"a1;25/01/2027;m;2;;{written};oui\n").encode())
    assert line.modality == modality


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a1;32/01/2027;m;2;;;oui", "Date"),
        ("a1;25/01/2027;m;deux;;;oui", "Heures"),
        ("a1;25/01/2027;m;25;;;oui", "Heures"),
        ("a1;25/01/2027;m;2;9;;oui", "Demi-journées"),
        ("a1;25/01/2027;m;2;;courrier;oui", "Modalité"),
        ("a1;25/01/2027;m;2;;;", "Présence"),
        ("a1;25/01/2027;;2;;;oui", "Module"),
    ],
)
def test_mistakes_name_line_and_column(row: str, column: str) -> None:
    """Is each mistake told with its line and column?"""
    with pytest.raises(TableError, match=f"presences.csv, ligne 2, colonne « {column} »"):
        parse_attendance((HEAD + row).encode())


def test_written_lines_come_back(tmp_path) -> None:
    """Is attendance the same after being written and read?"""
    lines = (
        Attendance("a;1", date(2027, 1, 25), "=module", 3.5, 1, "mixte", False, "intégration", "CNFPT"),
        Attendance("b", date(2027, 2, 1), "m", 2),
    )
    assert read_attendance(write_attendance(lines, tmp_path / "p.csv")) == lines


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path) -> None:
    """Killed while it writes the sheet again and again, does a process leave every line that was acknowledged?"""
    path = tmp_path / "p.csv"
    script = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from atelier_ia.training.attendance import Attendance, write_attendance\n"
        "lines = []\n"
        "while True:\n"
        "    lines += [Attendance(f'a{len(lines) + i}', date(2027, 1, 25), 'm', 2) for i in range(200)]\n"
        "    write_attendance(lines, Path(sys.argv[1])); print(len(lines), flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True)
    for _ in range(5):
        acknowledged = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
    process.wait()
    assert len(read_attendance(path)) in (acknowledged, acknowledged + 200)
