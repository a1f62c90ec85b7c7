"""Read a CSV as town halls write them: semicolon, comma or tab, UTF-8 or Windows encoding, quoted line breaks.

Nothing is lost (unknown columns stay) and a problem names the file, the line and the column.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Generic, TextIO, TypeVar

from atelier_ia.documents.typography import month_name
from atelier_ia.errors import AtelierError

Value = TypeVar("Value")
Rows = TypeVar("Rows", bound="Iterable[Row]", covariant=True)
_HEAD = 65_536
_DAY_IN_WORDS = re.compile(
    r"(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?(?:le )?"
    r"(\d{1,2})(?: ?er)? ([^\W\d_]{3,9})\.? (\d{4})",
    re.IGNORECASE,
)
_FORMULA_GUARD = re.compile(r"^'(?='*[=+\-@])")
csv.field_size_limit(10_000_000)


class TableError(AtelierError):
    """A table cannot be read: the sentence names the file, the line and the column."""


@dataclass(frozen=True)
class Row:
    """One record: the line of the file where it begins (from 1) and its cells by normalised column name."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class TableOf(Generic[Rows]):
    """`columns` maps the normalised name to the name as written, in file order."""

    name: str
    columns: Mapping[str, str]
    rows: Rows

    def value(self, row: Row, column: str, convert: Callable[[str], Value], advice: str) -> Value:
        """The cell converted; a `ValueError` of `convert` becomes a `TableError` that ends with `advice`."""
        text = row.cells.get(column, "")
        try:
            return convert(text)
        except ValueError:
            shown = f"« {text[:40]} »" if text else "la case vide"
            raise TableError(
                f"{self.name}, ligne {row.line}, colonne « {self.columns.get(column, column)} » : "
                f"{shown} ne convient pas ; {advice}"
            ) from None


Table = TableOf[tuple[Row, ...]]
TableStream = TableOf[Iterator[Row]]
"""The rows are read as they are asked for, once."""


def column_key(name: str) -> str:
    """'  Prénom(s) ' → 'prenoms': the name of a column without case, accents, spaces or signs."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", bare.lower())


_FRENCH = frozenset("éèêëàâùûüçôöîïœæÉÈÊÀÇŒ’«»—–…€°²")


def _eight_bits(present: Mapping[int, int]) -> str:
    """The encoding of Windows, of an old Mac or of MS-DOS: the reading that shows most French signs, « é » above
    all, and fewest others; `present` counts each byte of the text."""
    found: dict[str, int] = {}
    for encoding in ("cp1252", "latin-1", "mac_roman", "cp850"):
        try:
            signs = {bytes([byte]).decode(encoding): count for byte, count in present.items() if byte > 0x7F}
        except UnicodeDecodeError:
            continue
        found[encoding] = sum(
            count * (2 if sign == "é" else 1 if sign in _FRENCH else 0 if sign == "\xa0" else -1)
            for sign, count in signs.items()
        )
    return max(found, key=lambda encoding: found[encoding])


def decode(data: bytes) -> str:
    """Text of `data` in UTF-8 (with or without mark), UTF-16 with a mark, else in one byte per character."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(_eight_bits(Counter(data)))


def parse_csv(
    data: bytes | str, name: str, required: Iterable[str] = (), aliases: Mapping[str, str] | None = None
) -> Table:
    """The table in `data`; `name` is the file's name in the messages.

    `required` columns (as their authors write them) must be there; `aliases` maps other spellings (normalised) to a
    normalised column name.

    Raises:
        TableError: no header, a required column missing or double, a line longer than the header, a quote left open.
    """
    if isinstance(data, bytes):
        with _text_of(io.BytesIO(data)) as text:
            table = _table(text, name, required, aliases)
            return TableOf(name, table.columns, tuple(table.rows))
    table = _table(io.StringIO(data.removeprefix("\ufeff"), newline=""), name, required, aliases)
    return TableOf(name, table.columns, tuple(table.rows))


@contextmanager
def stream_csv(
    path: Path, required: Iterable[str] = (), aliases: Mapping[str, str] | None = None
) -> Iterator[TableStream]:
    """The table of the file `path`, row by row: what `parse_csv` gives, without ever holding the file in memory.

    Raises:
        TableError: as `parse_csv`, when the line is reached.
    """
    with path.open("rb") as data, _text_of(data) as text:
        yield _table(text, path.name, required, aliases)


def _table(text: TextIO, name: str, required: Iterable[str], aliases: Mapping[str, str] | None) -> TableStream:
    head = text.read(_HEAD)
    text.seek(0)
    announced = re.match(r"sep=(.)\r?\n", head)
    if announced:
        text.readline()
        head = head[announced.end() :]
    records = _records(text, announced[1] if announced else _separator(head), name, 1 if announced else 0)
    header = next((cells for _, cells in records if any(cell.strip() for cell in cells)), None)
    if header is None:
        raise TableError(f"{name} : le fichier est vide ; il doit commencer par une ligne de titres de colonnes.")
    columns: dict[str, str] = {}
    keys: list[str] = []
    for cell in header:
        key = column_key(cell)
        key = (aliases or {}).get(key, key)
        if key and key in columns:
            raise TableError(f"{name} : la colonne « {cell.strip()} » figure deux fois ; supprimez-en une.")
        keys.append(key)
        if key:
            columns[key] = cell.strip()
    missing = [title for title in required if column_key(title) not in columns]
    if missing:
        wanted = ", ".join(f"« {title} »" for title in missing)
        lacking = f"les colonnes {wanted}" if len(missing) > 1 else f"la colonne {wanted}"
        raise TableError(
            f"{name} : il manque {lacking} ; colonnes trouvées : {told_columns(columns.values())}. "
            "Corrigez la première ligne du fichier."
        )
    return TableOf(name, columns, _rows(records, keys, name))


def _rows(records: Iterator[tuple[int, list[str]]], keys: list[str], name: str) -> Iterator[Row]:
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(keys) :]):
            raise TableError(
                f"{name}, ligne {line} : {len(cells)} cases pour {len(keys)} titres de colonnes ; "
                "mettez entre guillemets la case qui contient le séparateur."
            )
        filled = [_cell(cell) for cell in cells] + [""] * len(keys)
        yield Row(line, {key: value for key, value in zip(keys, filled, strict=False) if key})


def told_columns(titles: Iterable[str]) -> str:
    """The titles found, for a message: what is no table has one of a thousand characters."""
    shown = [title if len(title) <= 40 else f"{title[:40]}…" for title in titles]
    return ", ".join(shown[:8]) + (", …" if len(shown) > 8 else "")


def parse_date(text: str) -> date:
    """A day written dd/mm/yyyy (also with - or ., two-figure years from 2000), yyyy-mm-dd, or in words with its year
    (« mercredi 3 février 2027 »); ValueError otherwise."""
    if found := _DAY_IN_WORDS.fullmatch(" ".join(text.split())):
        wanted = column_key(found[2])
        months = [month for month in range(1, 13) if column_key(month_name(date(2000, month, 1))).startswith(wanted)]
        if len(months) != 1:
            raise ValueError(text)
        return date(int(found[3]), months[0], int(found[1]))
    bare = text.strip().split(" ")[0].split("T")[0]
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", bare):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", bare):
        year = int(found[3])
        return date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
    raise ValueError(text)


def parse_number(text: str) -> float:
    """'1 234,5' or '1234.5' → 1234.5; ValueError when it is not a finite number."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-")
    if not re.fullmatch(r"[+-]?\d{1,15}([.,]\d+)?", bare):
        raise ValueError(text)
    return float(bare.replace(",", "."))


def parse_hours(text: str) -> float:
    """Hours written '3,5', '3.5', '3h30', '3 h 30', '3:30' or '210 min' → 3.5; ValueError otherwise or if negative."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text.lower())
    if found := re.fullmatch(r"(\d{1,4})(?:h|:)(\d{1,2})?(?:min|mn)?", bare):
        minutes = int(found[2] or 0)
        if minutes > 59:
            raise ValueError(text)
        return int(found[1]) + minutes / 60
    if found := re.fullmatch(r"(\d{1,5})(?:min|mn)", bare):
        return int(found[1]) / 60
    value = parse_number(bare.removesuffix("heures").removesuffix("heure"))
    if value < 0:
        raise ValueError(text)
    return value


def parse_yes_no(text: str) -> bool:
    """oui, x, 1, présent… → True; non, 0, absent, excusé… → False; ValueError otherwise."""
    key = column_key(text)
    if key in ("oui", "o", "x", "1", "vrai", "true", "present", "presente", "p"):
        return True
    if key in ("non", "n", "0", "faux", "false", "absent", "absente", "a", "excuse", "excusee"):
        return False
    raise ValueError(text)


def _cell(text: str) -> str:
    """A cell without its outer blanks, nor the apostrophe that protects spreadsheets from formulas."""
    return _FORMULA_GUARD.sub("", text.strip(" \t\r\n\u00a0"))


def _separator(text: str) -> str:
    head: str = re.sub(r'"[^"]*"', "", text.lstrip("\r\n")).split("\n", 1)[0]
    best = max(";,\t", key=head.count)
    return best if head.count(best) else ";"


def _records(text: TextIO, separator: str, name: str, offset: int) -> Iterator[tuple[int, list[str]]]:
    """Each record and the line of the file where it begins."""
    reader = csv.reader(text, delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line + offset, cells
            line = reader.line_num + 1
    except csv.Error:
        raise TableError(
            f"{name}, ligne {line + offset} : des guillemets sont ouverts sans être fermés, ou mal placés ; "
            "corrigez-les."
        ) from None


@contextmanager
def _text_of(data: BinaryIO) -> Iterator[TextIO]:
    """`data` decoded as `decode` would, line ends kept; `data` itself stays open."""
    text = io.TextIOWrapper(data, encoding=_encoding(data), errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def _encoding(data: BinaryIO) -> str:
    """The encoding of `data` by the rule of `decode`, read by pieces and rewound."""
    start = data.read(2)
    data.seek(0)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    present: Counter[int] = Counter()
    try:
        while piece := data.read(_HEAD):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
        return "utf-8-sig"
    except UnicodeDecodeError:
        data.seek(0)
        while piece := data.read(_HEAD):
            present.update(piece)
        return _eight_bits(present)
    finally:
        data.seek(0)
