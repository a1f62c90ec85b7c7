"""The fictional commune's tables (`sandbox_data/tableaux/`): budget, school meals, energy. Totals only, never people.

`tests/content` proves that every total is the sum of its lines and that the series for the forecasts say the same.
"""

from __future__ import annotations

from pydantic import Field

from atelier_ia.content import ContentError, StrictModel, load_toml, read_text
from atelier_ia.documents.tables import parse_csv, parse_number
from atelier_ia.documents.typography import number
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import sandbox_folder

TITLES_NAME = "titres.toml"


class SandboxTable(StrictModel):
    """A table as written: its title, the names of its columns, its cells (figures with their thousands apart)."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """One line per row, cells separated by bars, the names of the columns first."""
        return "\n".join(" | ".join(cells) for cells in (self.columns, *self.rows))


class _Title(StrictModel):
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(alias="titre", min_length=1)


class _Titles(StrictModel):
    tables: tuple[_Title, ...] = Field(alias="tableaux", min_length=1)


def known_tables() -> dict[str, str]:
    """Identifier → title of each table, in the order of the file."""
    titles = load_toml(sandbox_folder() / "tableaux" / TITLES_NAME, _Titles).tables
    return {title.id: load_settings().localise(title.title) for title in titles}


def load_table(identifier: str) -> SandboxTable:
    """The table `identifier`; `ContentError` when the sandbox has none of that name."""
    known = known_tables()
    if identifier not in known:
        raise ContentError(
            f"Aucun tableau « {identifier} » dans le bac à sable ; tableaux connus : {', '.join(known)}."
        )
    file = f"{identifier}.csv"
    table = parse_csv(read_text(sandbox_folder() / "tableaux" / file), file)
    rows = tuple(tuple(_shown(row.cells[key], name) for key, name in table.columns.items()) for row in table.rows)
    return SandboxTable(id=identifier, title=known[identifier], columns=tuple(table.columns.values()), rows=rows)


def _shown(cell: str, column: str) -> str:
    # A column of figures names its unit, « (€) »; chapter « 1068 » is a code.
    return number(parse_number(cell), 0) if column.endswith(")") and cell else cell
