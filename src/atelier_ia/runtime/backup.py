"""Save everything that the course produced in one archive, and put it back: files, SQLite bases, PostgreSQL bases.

Works while the programs run: an SQLite base is copied by its own backup call, a PostgreSQL one by `pg_dump`. What can
be made again (caches, logs) stays out. The archive holds secrets and personal data: its owner alone can read it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from atelier_ia.errors import AtelierError
from atelier_ia.settings import SETTINGS_NAME, data_folder, project_root

PREFIX, SUFFIX = "atelier-", ".tar.gz"
MANIFEST = "manifeste.json"
FORMAT = 1
SETTINGS = (SETTINGS_NAME, "planification.toml", "connexion.toml")
ASIDE = "avant-"
LEFT_OUT = ("cache", "journaux", "jupyter")  # of var/: made again by themselves
_SQLITE = b"SQLite format 3\x00"
_COMPANIONS = ("-wal", "-shm", "-journal")
_PATIENCE = 3600.0


@dataclass(frozen=True)
class Saved:
    """One archive, as written or restored."""

    archive: Path
    files: int
    bases: tuple[str, ...]
    removed: tuple[str, ...] = ()
    aside: Path | None = None


def save(folder: Path, databases: dict[str, str], keep: int = 0, moment: datetime | None = None) -> Saved:
    """Write a dated archive into `folder`; `databases` gives the address of each base by name.

    Only the `keep` last archives stay (0: all). The archive appears whole or not at all.

    Raises:
        AtelierError: something cannot be read, or the folder cannot be written.
    """
    moment = moment or datetime.now()
    data = data_folder().resolve()
    if folder.resolve() == data or data in folder.resolve().parents:
        raise AtelierError(f"La sauvegarde serait dans ce qu'elle sauvegarde ; choisissez un dossier hors de {data}.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"{PREFIX}{moment:%Y-%m-%d-%H%M%S}{SUFFIX}"
    with tempfile.TemporaryDirectory(prefix=".sauvegarde-", dir=folder) as work:
        content = Path(work) / "contenu"
        content.mkdir()
        files = _copy_files(content)
        bases = [name for name, url in databases.items() if _dump(url, content / "bases" / f"{name}.pgdump")]
        manifest = {"format": FORMAT, "date": moment.isoformat(timespec="seconds"), "fichiers": files, "bases": bases}
        (content / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
        draft = Path(work) / target.name
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                archive.add(content, arcname="")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    removed = _forget(folder, keep)
    return Saved(target, files, tuple(bases), removed)


def restore(archive: Path, databases: dict[str, str], *, replace: bool = False) -> Saved:
    """Put an archive back. What `var/` holds is kept aside in `var/avant-<date>`, never deleted.

    Raises:
        AtelierError: not one of our archives, a base that it holds has no address here, or `var/` is not empty and
            `replace` is False.
    """
    root = project_root()
    with tempfile.TemporaryDirectory(prefix=".restauration-", dir=root) as work:
        content = Path(work)
        manifest = _unpack(archive, content)
        bases = [str(name) for name in manifest.get("bases", [])]
        missing = [name for name in bases if not is_postgresql(databases.get(name, ""))]
        if missing:
            raise AtelierError(
                f"L'archive contient la base PostgreSQL « {missing[0]} » ; indiquez son adresse par la même variable "
                "que sur le serveur d'origine, puis recommencez."
            )
        data = data_folder()
        if _present(data) and not replace:
            raise AtelierError(
                f"Le dossier {data} contient déjà des données ; ajoutez --remplacer (elles seront gardées à côté)."
            )
        for name in bases:
            _load(databases[name], content / "bases" / f"{name}.pgdump")
        aside = _put_aside(data)
        shutil.copytree(content / "var", data, dirs_exist_ok=True, copy_function=shutil.copy2)
        # The archive's folders come out readable by all; a mounted disk may belong to another account.
        with contextlib.suppress(PermissionError):
            data.chmod(0o700)
        for name in SETTINGS:
            if (content / name).is_file():
                shutil.copyfile(content / name, root / name)
    return Saved(archive, int(manifest.get("fichiers", 0)), tuple(bases), aside=aside)


def _present(data: Path) -> list[Path]:
    """What `data` holds that an archive would replace."""
    return [path for path in data.iterdir() if path.name not in LEFT_OUT and not path.name.startswith(ASIDE)]


def _put_aside(data: Path) -> Path | None:
    """Move all that into a folder inside it (`data` may be the root of a mounted disk, which cannot be renamed)."""
    found = _present(data)
    if not found:
        return None
    aside = data / f"{ASIDE}{datetime.now():%Y-%m-%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    for path in found:
        path.rename(aside / path.name)
    return aside


def _copy_files(content: Path) -> int:
    """`var/` and the settings; how many files."""
    root, data, count = project_root(), data_folder(), 0
    target = content / "var"
    target.mkdir(mode=0o700)
    for path in _kept(data):
        copy = target / path.relative_to(data)
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # handed in, then collected, while we looked
            if _is_sqlite(path):
                _copy_sqlite(path, copy)
            else:
                shutil.copy2(path, copy)
            count += 1
    for name in SETTINGS:
        if (root / name).is_file():
            shutil.copyfile(root / name, content / name)
    return count


def _kept(data: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(data):
        here = Path(folder)
        if here == data:
            folders[:] = [name for name in folders if name not in LEFT_OUT and not name.startswith(ASIDE)]
        folders[:] = [name for name in folders if not (here / name).is_symlink()]
        for name in files:
            path = here / name
            base = next((path.with_name(name.removesuffix(end)) for end in _COMPANIONS if name.endswith(end)), None)
            if path.is_file() and not path.is_symlink() and not (base and base.is_file() and _is_sqlite(base)):
                yield path


def _is_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _copy_sqlite(path: Path, copy: Path) -> None:
    """A whole base as of one moment, even while others write in it."""
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=60)) as source,
            contextlib.closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        raise AtelierError(f"La base {path} ne peut pas être copiée ({error}) ; vérifiez le disque.") from None
    copy.chmod(0o600)


def is_postgresql(url: str) -> bool:
    """Whether that address is a PostgreSQL base's."""
    return url.startswith("postgresql")


def _client(url: str) -> tuple[dict[str, str], list[str]]:
    """(environment, options) for PostgreSQL's own tools; the password stays out of the command line."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    environment = dict(os.environ)
    host, port = query.get("host") or parts.hostname, query.get("port") or parts.port
    for variable, value in (
        ("PGHOST", host),
        ("PGPORT", port),
        ("PGUSER", unquote(parts.username or "")),
        ("PGPASSWORD", unquote(parts.password or "")),
        ("PGSSLMODE", query.get("sslmode")),
        ("PGSSLROOTCERT", query.get("sslrootcert")),
    ):
        if value:
            environment[variable] = str(value)
    return environment, ["--dbname", unquote(parts.path.lstrip("/")) or "postgres"]


def _dump(url: str, target: Path) -> bool:
    """Save a PostgreSQL base; False when `url` is not one (an SQLite base is a file among the others)."""
    if not is_postgresql(url):
        return False
    environment, options = _client(url)
    target.parent.mkdir(mode=0o700, exist_ok=True)
    _run(["pg_dump", "--format=custom", "--no-owner", "--file", str(target), *options], environment)
    return True


def _load(url: str, dump: Path) -> None:
    environment, options = _client(url)
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run([*command, *options, str(dump)], environment)


def _run(command: list[str], environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False, stdin=-3
        )
    except FileNotFoundError:
        raise AtelierError(f"{command[0]} n'est pas installé ; installez-le : apt install postgresql-client.") from None
    except subprocess.TimeoutExpired:
        raise AtelierError(f"{command[0]} n'a pas fini en une heure ; vérifiez la base, puis recommencez.") from None
    if done.returncode:
        first = next((line for line in done.stderr.splitlines() if "error" in line.lower()), done.stderr.strip()[:200])
        raise AtelierError(f"PostgreSQL a refusé l'opération : {first} Vérifiez l'adresse, le compte et la version.")


def _unpack(archive: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(archive) as content:
            content.extractall(folder, filter="data")
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest.get("format") != FORMAT:
            raise ValueError
    except (OSError, EOFError, tarfile.TarError, ValueError, AttributeError):
        raise AtelierError(
            f"{archive} n'est pas une sauvegarde d'Atelier IA, ou elle est abîmée ; prenez-en une autre."
        ) from None
    return dict(manifest)


def _forget(folder: Path, keep: int) -> tuple[str, ...]:
    """Remove the oldest archives beyond `keep`; their names."""
    found = sorted(folder.glob(f"{PREFIX}*{SUFFIX}"))
    old = found[:-keep] if keep else []
    for path in old:
        path.unlink(missing_ok=True)
    return tuple(path.name for path in old)
