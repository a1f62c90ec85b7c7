"""A course saved while it is written to, lost, and put back: SQLite by itself, then with a real PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from atelier_ia.errors import AtelierError
from atelier_ia.measurement.store import connect
from atelier_ia.measurement.time_records import read_pairs, record_pair
from atelier_ia.rooms.store import RoomStore
from atelier_ia.runtime.backup import restore, save
from tests.postgresql import Server, postgres  # noqa: F401  (a fixture)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose `var/` holds what a week leaves."""
    root = tmp_path / "projet"
    root.mkdir()
    monkeypatch.setenv("ATELIER_RACINE", str(root))
    shutil.copy(ROOT / "atelier.toml", root)
    work = root / "var" / "submitted" / "anne" / "s3_m1_consigne"
    work.mkdir(parents=True)
    (work / "s3_m1_consigne.ipynb").write_text('{"cells": ["é"]}', encoding="utf-8")
    (root / "var" / "salle").mkdir()
    RoomStore(root / "var" / "salle").welcome("anne", "Anne")
    secret = root / "var" / "salle" / "salle.json"
    secret.write_text("{}")
    secret.chmod(0o600)
    (root / "var" / "journaux").mkdir()
    (root / "var" / "journaux" / "salle.log").write_text("bruit")
    (work / "lien").symlink_to("/etc/passwd")
    return root


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """`atelier …` as an administrator types it."""
    return subprocess.run([sys.executable, "-m", "atelier_ia", *map(str, arguments)], capture_output=True, text=True)


def test_a_course_comes_back(course: Path, tmp_path: Path) -> None:
    """Saved while a base is being written, everything lost, put back: is all of it there, private, and whole?"""
    record_pair("courriels", 22, 6, service="accueil")
    base, stop = course / "var" / "ecrite.db", threading.Event()
    with sqlite3.connect(base) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE paires (a INTEGER, b INTEGER)")
    connection.close()

    def write() -> None:
        other = sqlite3.connect(base, timeout=30)
        for number in range(100_000):
            if stop.is_set():
                break
            with other:
                other.execute("INSERT INTO paires VALUES (?, ?)", (number, 0))
                other.execute("UPDATE paires SET b = a WHERE a = ?", (number,))
        other.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = run("sauvegarder", tmp_path / "sauvegardes", "--json")
    finally:
        stop.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    archive = Path(json.loads(done.stdout)["archive"])
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as content:
        names = content.getnames()
    assert not [name for name in names if "journaux" in name or name.endswith(("-wal", "-shm", "/lien"))]
    shutil.rmtree(course / "var")
    (course / "atelier.toml").write_text("perdu")
    done = run("restaurer", archive)
    assert done.returncode == 0, done.stderr
    assert (course / "atelier.toml").read_bytes() == (ROOT / "atelier.toml").read_bytes()
    assert [(pair.minutes_without, pair.service) for pair in read_pairs()] == [(22.0, "accueil")]
    assert RoomStore(course / "var" / "salle").participant("anne") is not None
    assert (course / "var" / "submitted" / "anne" / "s3_m1_consigne" / "s3_m1_consigne.ipynb").is_file()
    assert (course / "var" / "salle" / "salle.json").stat().st_mode & 0o077 == 0
    with sqlite3.connect(base) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM paires WHERE a <> b").fetchone() == (0,)
    connection.close()


def test_nothing_present_is_lost(course: Path, tmp_path: Path) -> None:
    """Is a restore over data refused, and with `--remplacer` what was there kept aside, out of the next archive?"""
    archive = save(tmp_path / "s", {}).archive
    (course / "var" / "nouveau.txt").write_text("d'après")
    refused = run("restaurer", archive)
    assert refused.returncode == 1
    assert "--remplacer" in refused.stderr
    assert run("restaurer", archive, "--remplacer").returncode == 0
    assert not (course / "var" / "nouveau.txt").exists()
    assert [path.read_text() for path in (course / "var").glob("avant-*/nouveau.txt")] == ["d'après"]
    again = save(tmp_path / "s2", {}).archive
    with tarfile.open(again) as content:
        assert not [name for name in content.getnames() if "avant-" in name]


def test_a_new_server_keeps_it_private_and_no_archive_holds_another(course: Path, tmp_path: Path) -> None:
    """Put back where nothing was, is `var/` closed to other accounts; is an archive inside `var/` refused?"""
    saved = save(tmp_path / "s", {})
    shutil.rmtree(course / "var")
    restore(saved.archive, {})
    assert (course / "var").stat().st_mode & 0o777 == 0o700
    with pytest.raises(AtelierError, match="hors de"):
        save(course / "var" / "sauvegardes", {})


def test_the_last_ones_stay(course: Path, tmp_path: Path) -> None:
    """Are only the newest archives kept, and other files of the folder left alone?"""
    from datetime import datetime

    folder = tmp_path / "s"
    folder.mkdir()
    (folder / "note.txt").touch()
    for day in range(1, 5):
        last = save(folder, {}, keep=2, moment=datetime(2027, 1, day))
    assert [name[:18] for name in last.removed] == ["atelier-2027-01-02"]
    assert sorted(path.name[:18] for path in folder.iterdir()) == [
        "atelier-2027-01-03",
        "atelier-2027-01-04",
        "note.txt",
    ]


@pytest.mark.parametrize("kind", ["empty", "not ours", "cut", "climbs"])
def test_a_wrong_archive_changes_nothing(course: Path, tmp_path: Path, kind: str) -> None:
    """Is what is no archive of ours refused in a sentence, before anything is touched?"""
    path = tmp_path / "a.tar.gz"
    good = save(tmp_path / "s", {}).archive.read_bytes()
    if kind in ("not ours", "climbs"):
        with tarfile.open(path, "w:gz") as content:
            content.add(ROOT / "LICENSE", arcname="manifeste.json" if kind == "not ours" else "../dehors")
    else:
        path.write_bytes(b"" if kind == "empty" else good[: len(good) // 2])
    before = sorted((course / "var").rglob("*"))
    with pytest.raises(AtelierError, match="sauvegarde"):
        restore(path, {}, replace=True)
    assert sorted((course / "var").rglob("*")) == before
    assert not (tmp_path / "dehors").exists()


def test_postgresql_comes_back(course: Path, tmp_path: Path, postgres: Server, monkeypatch: Any) -> None:  # noqa: F811
    """Gradebook and measures in PostgreSQL: saved by the verb, tables dropped, put back, and read by the programs?"""
    from nbgrader.api import Gradebook

    from atelier_ia.training.course import put_tools_on_path

    put_tools_on_path()
    book = postgres.url.replace("/postgres?", "/carnet?")
    admin = create_engine(postgres.url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE carnet"))
    monkeypatch.setenv("ATELIER_CARNET_DE_NOTES", book)
    with Gradebook(book) as gradebook:
        gradebook.update_or_create_student("anne", first_name="Anne")
    record_pair("courriels", 22, 6, service="accueil")
    done = run("sauvegarder", tmp_path / "s", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["bases"] == ["carnet", "mesures"]
    for url in (postgres.url, book):
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    done = run("restaurer", json.loads(done.stdout)["archive"], "--remplacer")
    assert done.returncode == 0, done.stderr
    with Gradebook(book) as gradebook:
        assert [student.first_name for student in gradebook.students] == ["Anne"]
    with connect() as connection:
        assert connection.execute(text("SELECT minutes_sans FROM temps")).scalars().all() == [22]
    admin.dispose()


def test_the_password_is_on_no_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Is a PostgreSQL password given to its tools by the environment only?"""
    from atelier_ia.runtime import backup

    seen: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(backup, "_run", lambda command, environment: seen.append((command, environment)))
    url = "postgresql+psycopg://atelier:s%40cret@bd.mairie.example:5433/mesures?sslmode=verify-full"
    assert backup._dump(url, tmp_path / "x" / "d")
    command, environment = seen[0]
    assert not [word for word in command if "cret" in word]
    assert {key: environment[key] for key in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSSLMODE")} == {
        "PGHOST": "bd.mairie.example",
        "PGPORT": "5433",
        "PGUSER": "atelier",
        "PGPASSWORD": "s@cret",
        "PGSSLMODE": "verify-full",
    }
    assert command[-1] == "mesures"
    assert os.environ.get("PGPASSWORD") is None
