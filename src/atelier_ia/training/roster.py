"""Who learns: the list of agents that HR keeps in a spreadsheet and saves as `var/apprenants.csv`.

Columns: identifiant;nom;prenom;service;categorie, and, when HR has them, sexe;statut;grade (the columns of the yearly
*rapport social unique*). Any other column is kept as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atelier_ia.assistant.words import fold
from atelier_ia.documents.spreadsheets import Column, write_csv
from atelier_ia.documents.tables import Row, Table, TableError, TableStream, column_key, parse_csv, stream_csv
from atelier_ia.settings import Settings, data_folder

FILE_NAME = "apprenants.csv"
REQUIRED = ("identifiant", "nom", "prénom", "service")
_ALIASES = {
    "id": "identifiant",
    "matricule": "identifiant",
    "login": "identifiant",
    "nomdefamille": "nom",
    "nomdusage": "nom",
    "prenomusuel": "prenom",
    "serviceaffectation": "service",
    "servicedaffectation": "service",
    "affectation": "service",
    "prenoms": "prenom",
    "direction": "service",
    "cat": "categorie",
    "categoriehierarchique": "categorie",
    "genre": "sexe",
    "emploi": "grade",
}
_KNOWN = ("identifiant", "nom", "prenom", "service", "categorie", "sexe", "statut", "grade")
_SEX = {"f": "F", "femme": "F", "feminin": "F", "mme": "F", "h": "H", "m": "H", "homme": "H", "masculin": "H"}


@dataclass(frozen=True, slots=True)
class Learner:
    """One agent: `service` is the identifier of `atelier.toml` when the file's word matches one, else that word.

    `category` is A, B, C or empty; `sex` is F, H or empty; `extra` holds the other columns as they were written.
    """

    identifier: str
    last_name: str
    first_name: str
    service: str
    category: str = ""
    sex: str = ""
    status: str = ""
    grade: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """'Prénom NOM' as typed, without a stray blank."""
        return f"{self.first_name} {self.last_name}".strip()


def by_name(learners: Iterable[Learner]) -> list[Learner]:
    """In the order of a French list: accents do not count, « Ézanville » stands before « Martin »."""
    return sorted(learners, key=lambda who: (fold(who.last_name), fold(who.first_name), who.identifier))


def roster_path() -> Path:
    """Where the list of learners is kept."""
    return data_folder() / FILE_NAME


def read_roster(path: Path | None = None, settings: Settings | None = None) -> tuple[Learner, ...]:
    """The learners of `path` (by default var/apprenants.csv), in file order; an absent file is an empty list.

    Raises:
        TableError: a column is missing, an identifier is empty or used twice, a category or a sex is unknown.
    """
    return tuple(iter_roster(path, settings))


def iter_roster(path: Path | None = None, settings: Settings | None = None) -> Iterator[Learner]:
    """The same, one learner at a time, the file never held in memory."""
    source = path or roster_path()
    if source.is_file():
        with stream_csv(source, REQUIRED, _ALIASES) as table:
            yield from _learners(table, settings)


def parse_roster(data: bytes, name: str = FILE_NAME, settings: Settings | None = None) -> tuple[Learner, ...]:
    """The same from the bytes of a file called `name` in the messages."""
    return tuple(_learners(parse_csv(data, name, REQUIRED, _ALIASES), settings))


def _learners(table: Table | TableStream, settings: Settings | None) -> Iterator[Learner]:
    services = _service_words(settings)
    lines: dict[str, int] = {}
    for row in table.rows:
        learner = _learner(table, row, services)
        if learner.identifier in lines:
            raise TableError(
                f"{table.name}, ligne {row.line}, colonne « {table.columns['identifiant']} » : "
                f"« {learner.identifier[:40]} » sert déjà à la ligne {lines[learner.identifier]} ; "
                "donnez à chaque personne un identifiant à elle."
            )
        lines[learner.identifier] = row.line
        yield learner


def write_roster(learners: Iterable[Learner], path: Path | None = None) -> Path:
    """Write the learners back, every column kept, whole or not at all; returns the file."""
    known = list(learners)
    extra = list(dict.fromkeys(title for learner in known for title in learner.extra))
    columns = [Column(title) for title in (*_KNOWN, *extra)]
    rows = [
        (
            learner.identifier,
            learner.last_name,
            learner.first_name,
            learner.service,
            learner.category,
            learner.sex,
            learner.status,
            learner.grade,
            *(learner.extra.get(title, "") for title in extra),
        )
        for learner in known
    ]
    return write_csv(path or roster_path(), columns, rows)


def _learner(table: Table | TableStream, row: Row, services: Mapping[str, str]) -> Learner:
    cells = row.cells
    word = cells["service"]
    return Learner(
        identifier=table.value(row, "identifiant", _filled, "donnez un identifiant (matricule ou adresse)."),
        last_name=cells["nom"],
        first_name=cells["prenom"],
        service=services.get(column_key(word), word),
        category=table.value(row, "categorie", _category, "écrivez A, B, C ou laissez vide."),
        sex=table.value(row, "sexe", _sex, "écrivez F, H ou laissez vide."),
        status=cells.get("statut", ""),
        grade=cells.get("grade", ""),
        extra={table.columns[key]: value for key, value in cells.items() if key not in _KNOWN},
    )


def _filled(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _category(text: str) -> str:
    bare = text.upper().removeprefix("CATÉGORIE").removeprefix("CAT.").strip()
    if bare not in ("", "A", "B", "C"):
        raise ValueError(text)
    return bare


def _sex(text: str) -> str:
    if not text:
        return ""
    try:
        return _SEX[column_key(text)]
    except KeyError:
        raise ValueError(text) from None


def _service_words(settings: Settings | None) -> dict[str, str]:
    """Each service's identifier and name, normalised → its identifier."""
    if settings is None:
        return {}
    words = {column_key(service.name): service.id for service in settings.services}
    return words | {column_key(service.id): service.id for service in settings.services}
