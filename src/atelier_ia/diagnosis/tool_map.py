"""The map of digital tools already there: who uses what for what, duplicates, tools without a register entry.

Read from a CSV that the DSI keeps: outil;usage;service;utilisateurs;compte;donnees_personnelles;registre;cout_annuel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from atelier_ia.documents.shared_file import replace_table
from atelier_ia.documents.spreadsheets import Cell, Column, csv_bytes
from atelier_ia.documents.tables import Row, Table, column_key, parse_csv, parse_number, parse_yes_no
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings, data_folder

FILE_NAME = "outils.csv"
REQUIRED = ("outil", "usage")
TITLES = (*REQUIRED, "service", "utilisateurs", "compte", "donnees_personnelles", "registre", "cout_annuel")
Account = Literal["professionnel", "personnel", "sans compte", "inconnu"]
_ALIASES = {
    "logiciel": "outil",
    "application": "outil",
    "nom": "outil",
    "besoin": "usage",
    "casusage": "usage",
    "direction": "service",
    "nombreutilisateurs": "utilisateurs",
    "typedecompte": "compte",
    "donnees": "donneespersonnelles",
    "ficheregistre": "registre",
    "cout": "coutannuel",
    "coutannueleuros": "coutannuel",
}
_ACCOUNTS: dict[str, Account] = {
    "": "inconnu",
    "inconnu": "inconnu",
    "professionnel": "professionnel",
    "pro": "professionnel",
    "personnel": "personnel",
    "perso": "personnel",
    "sanscompte": "sans compte",
    "aucun": "sans compte",
}


@dataclass(frozen=True)
class ExistingTool:
    """One tool for one use in one service ('' for all). `users` in persons, `yearly_cost` in euros; None: not known."""

    name: str
    use: str
    service: str = ""
    users: int | None = None
    account: Account = "inconnu"
    personal_data: bool | None = None
    in_register: bool | None = None
    yearly_cost: float | None = None


@dataclass(frozen=True)
class Duplicate:
    """Several tools for one use: their names, the services concerned, the yearly cost where it is known (euros)."""

    use: str
    tools: tuple[str, ...]
    services: tuple[str, ...]
    yearly_cost: float | None


@dataclass(frozen=True)
class ToolMapSummary:
    """What the map shows: number of tools, duplicates, and the names of those to look at."""

    tools: int
    duplicates: tuple[Duplicate, ...]
    without_register: tuple[str, ...]
    personal_accounts: tuple[str, ...]
    unused: tuple[str, ...]
    yearly_cost: float


def tool_map_path() -> Path:
    """Where the map is kept."""
    return data_folder() / "diagnostic" / FILE_NAME


def read_tool_map(path: Path | None = None, settings: Settings | None = None) -> tuple[ExistingTool, ...] | None:
    """The tools of `path` (by default var/diagnostic/outils.csv); None when there is no such file.

    Raises:
        TableError: a column is missing or a cell does not fit.
    """
    source = path or tool_map_path()
    return parse_tool_map(source.read_bytes(), source.name, settings) if source.is_file() else None


def parse_tool_map(data: bytes, name: str = FILE_NAME, settings: Settings | None = None) -> tuple[ExistingTool, ...]:
    """The same from the bytes of a file called `name` in the messages."""
    table = parse_csv(data, name, REQUIRED, _ALIASES)
    services = {column_key(one.name): one.id for one in settings.services} if settings else {}
    return tuple(_tool(table, row, services) for row in table.rows)


def write_tool_map(tools: Iterable[ExistingTool], path: Path | None = None) -> Path:
    """Write the map, whole or not at all; returns the file."""
    return replace_table(path or tool_map_path(), TITLES, _rows(tools))


def tool_map_csv(tools: Iterable[ExistingTool]) -> bytes:
    """The map as the bytes of a CSV that `parse_tool_map` reads."""
    return csv_bytes([Column(title) for title in TITLES], _rows(tools))


def _rows(tools: Iterable[ExistingTool]) -> Iterable[Sequence[Cell]]:
    return [
        (
            one.name,
            one.use,
            one.service,
            one.users,
            "" if one.account == "inconnu" else one.account,
            one.personal_data,
            one.in_register,
            one.yearly_cost,
        )
        for one in tools
    ]


def find_duplicates(tools: Sequence[ExistingTool]) -> tuple[Duplicate, ...]:
    """The uses that have several tools, the costliest first; case, accents and plural do not count."""
    by_use: dict[str, list[ExistingTool]] = defaultdict(list)
    for tool in tools:
        by_use[_use_key(tool.use)].append(tool)
    found = []
    for group in by_use.values():
        names = {column_key(tool.name): tool.name for tool in group}
        if len(names) < 2:
            continue
        costs = [tool.yearly_cost for tool in group if tool.yearly_cost is not None]
        services = tuple(dict.fromkeys(tool.service for tool in group if tool.service))
        found.append(Duplicate(group[0].use, tuple(names.values()), services, sum(costs) if costs else None))
    return tuple(sorted(found, key=lambda item: (-(item.yearly_cost or 0), item.use)))


def summarise(tools: Sequence[ExistingTool]) -> ToolMapSummary:
    """What a reader must see of the map."""
    return ToolMapSummary(
        len({column_key(tool.name) for tool in tools}),
        find_duplicates(tools),
        _names(tool for tool in tools if tool.personal_data and tool.in_register is False),
        _names(tool for tool in tools if tool.account == "personnel"),
        _names(tool for tool in tools if tool.users == 0),
        sum(tool.yearly_cost or 0 for tool in tools),
    )


def parse_users(text: str) -> int | None:
    """The number of users typed in a form; None when it is left empty, `AtelierError` when it is not one."""
    try:
        return _count(text.strip())
    except ValueError:
        raise AtelierError("Le nombre d'utilisateurs est un nombre entier ; corrigez-le ou laissez vide.") from None


def parse_cost(text: str) -> float | None:
    """The yearly cost typed in a form, in euros; None when it is left empty, `AtelierError` when it is not one."""
    try:
        return _euros(text.strip())
    except ValueError:
        raise AtelierError("Le coût annuel est un montant comme 1 200 ; corrigez-le ou laissez vide.") from None


def _names(tools: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tool.name for tool in tools))  # type: ignore[attr-defined]


def _use_key(use: str) -> str:
    """'Prises de rendez-vous' and 'prise de rendez-vous' are one use."""
    words = [word for word in use.replace("-", " ").replace("’", " ").replace("'", " ").split() if word]
    keys = (column_key(word) for word in words)
    return " ".join(key[:-1] if len(key) > 3 and key[-1] in "sx" else key for key in keys if key not in _LITTLE)


_LITTLE = {"de", "des", "du", "la", "le", "les", "l", "d", "et", "a", "aux", "au", "un", "une"}


def _tool(table: Table, row: Row, services: dict[str, str]) -> ExistingTool:
    word = row.cells.get("service", "")
    return ExistingTool(
        name=table.value(row, "outil", _filled, "indiquez le nom de l'outil."),
        use=table.value(row, "usage", _filled, "indiquez à quoi l'outil sert."),
        service=services.get(column_key(word), word),
        users=table.value(row, "utilisateurs", _count, "écrivez un nombre entier ou laissez vide."),
        account=table.value(row, "compte", _account, "écrivez professionnel, personnel, sans compte ou laissez vide."),
        personal_data=table.value(row, "donneespersonnelles", _maybe, "écrivez oui, non ou laissez vide."),
        in_register=table.value(row, "registre", _maybe, "écrivez oui, non ou laissez vide."),
        yearly_cost=table.value(row, "coutannuel", _euros, "écrivez un montant comme 1 200 ou laissez vide."),
    )


def _filled(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _count(text: str) -> int | None:
    if not text:
        return None
    value = parse_number(text)
    if value < 0 or value != int(value):
        raise ValueError(text)
    return int(value)


def _account(text: str) -> Account:
    try:
        return _ACCOUNTS[column_key(text)]
    except KeyError:
        raise ValueError(text) from None


def _maybe(text: str) -> bool | None:
    return parse_yes_no(text) if text else None


def _euros(text: str) -> float | None:
    if not text:
        return None
    value = parse_number(text.replace("€", ""))
    if value < 0:
        raise ValueError(text)
    return value
