"""The text of .docx, .odt and .ods: their XML read with `defusedxml` (no entity, no network), in reading order.

Deleted passages of tracked changes are left out; text boxes, notes, heads and feet are kept. Macros are never run.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Literal

from atelier_ia.documents.problems import UnreadableError

MAX_ENTRIES = 5_000
MAX_INFLATED = 150_000_000
MAX_PART = 60_000_000
MAX_RATIO = 200
MAX_CELLS_REPEATED = 200

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

OfficeKind = Literal["docx", "odt", "ods", "xlsx"]


def is_encrypted_office(data: bytes) -> bool:
    """Is this OLE file the envelope of a password-protected .docx or .xlsx?"""
    return "EncryptedPackage".encode("utf-16-le") in data


def office_kind(name: str, data: bytes) -> OfficeKind:
    """What the zip `data` is, by its content; `UnreadableError` for anything else, broken or dangerous."""
    with _open(name, data) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return "docx"
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "content.xml" in names:
            manifest = "META-INF/manifest.xml"
            if manifest in names and b"encryption-data" in _part(name, archive, manifest):
                raise UnreadableError(f"« {name} » est protégé par un mot de passe ; retirez-le ou copiez le texte.")
            kind = _part(name, archive, "mimetype")[:100] if "mimetype" in names else b""
            return "ods" if b"spreadsheet" in kind else "odt"
        if "ppt/presentation.xml" in names:
            raise UnreadableError(f"« {name} » est une présentation ; enregistrez-la en PDF ou copiez le texte.")
    raise UnreadableError(f"« {name} » est une archive ; donnez les documents un par un.")


def read_office(name: str, data: bytes, kind: OfficeKind) -> tuple[str, tuple[str, ...]]:
    """The text of `data` and warnings."""
    with _open(name, data) as archive:
        names = archive.namelist()
        warnings = []
        if any("vbaproject" in item.lower() or item.startswith(("Basic/", "Scripts/")) for item in names):
            warnings.append("Ce document contient des macros : elles n'ont pas été exécutées.")
        try:
            text = _docx(name, archive, names) if kind == "docx" else _odf(name, archive)
        except (RecursionError, ValueError):  # nested or numbered beyond what any office program writes
            raise _broken(name) from None
    if not text.strip():
        raise UnreadableError(
            f"« {name} » ne contient pas de texte ; s'il s'agit d'un document numérisé, passez-le par la "
            "reconnaissance de texte de votre copieur."
        )
    return text, tuple(warnings)


def _open(name: str, data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _broken(name) from None
    items = archive.infolist()
    inflated = sum(item.file_size for item in items)
    large = [item for item in items if item.file_size > 2_000_000]
    dense = any(item.file_size > MAX_RATIO * max(1, item.compress_size) for item in large)
    if len(items) > MAX_ENTRIES or inflated > MAX_INFLATED or dense:
        archive.close()
        raise UnreadableError(
            f"« {name} » est anormalement compressé et n'a pas été ouvert ; vérifiez d'où il vient, ou copiez le texte."
        )
    return archive


def _part(name: str, archive: zipfile.ZipFile, part: str) -> bytes:
    """One part, never more than announced nor than the limit (sizes in a zip's table may lie)."""
    try:
        with archive.open(part) as stream:
            data = stream.read(MAX_PART + 1)
    except (KeyError, RuntimeError, zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        if "password" in str(error) or "encrypted" in str(error):
            raise UnreadableError(
                f"« {name} » est protégé par un mot de passe ; retirez-le ou copiez le texte."
            ) from None
        raise _broken(name) from None
    except Exception:  # zlib.error, lzma…: all mean a broken part
        raise _broken(name) from None
    if len(data) > MAX_PART:
        raise UnreadableError(f"« {name} » est trop long ; donnez-en un extrait.")
    return data


def _parse(name: str, data: bytes) -> Any:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    try:
        return ElementTree.fromstring(data)
    except DefusedXmlException:
        raise UnreadableError(
            f"« {name} » contient des instructions cachées et n'a pas été ouvert ; vérifiez d'où il vient."
        ) from None
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise _broken(name) from None


def _broken(name: str) -> UnreadableError:
    return UnreadableError(f"« {name} » est abîmé et ne peut pas être lu ; ouvrez-le et réenregistrez-le.")


def _odf(name: str, archive: zipfile.ZipFile) -> str:
    body = _parse(name, _part(name, archive, "content.xml")).find(f"{_OFFICE}body")
    return "\n".join(_odf_lines(body)) if body is not None else ""


def _docx(name: str, archive: zipfile.ZipFile, names: list[str]) -> str:
    def lines_of(part: str) -> list[str]:
        return list(_word_lines(_parse(name, _part(name, archive, part))))

    heads = [part for part in sorted(names) if part.startswith("word/header") and part.endswith(".xml")]
    feet = [part for part in sorted(names) if part.startswith("word/footer") and part.endswith(".xml")]
    notes = [part for part in ("word/footnotes.xml", "word/endnotes.xml") if part in names]
    lines: list[str] = []
    for part in [*heads, "word/document.xml", *notes, *feet]:
        found = lines_of(part)
        # First page, even pages: the same head three times says nothing more.
        if part == "word/document.xml" or "\n".join(found) not in "\n".join(lines):
            lines += found
    return "\n".join(lines)


def _word_lines(root: Any) -> Iterator[str]:
    """One line per paragraph, one per table row (cells apart by « | »), in reading order."""
    stack: list[Any] = [iter([root])]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif node.tag in (f"{_W}del", f"{_MC}Fallback", f"{_W}moveFrom"):
            continue
        elif node.tag == f"{_W}tr":
            cells = [" ".join(_word_lines_of(cell)) for cell in node.iter(f"{_W}tc")]
            yield " | ".join(cells)
        elif node.tag == f"{_W}p":
            yield _word_text(node)
            stack.append(paragraph for box in _text_boxes(node) for paragraph in box.iter(f"{_W}p"))
        else:
            stack.append(iter(node))


def _word_lines_of(cell: Any) -> list[str]:
    return [text for paragraph in cell.iter(f"{_W}p") if (text := _word_text(paragraph).strip())]


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes of a paragraph, without the copies that old Word versions read."""
    stack = [paragraph]
    while stack:
        node = stack.pop(0)
        if node.tag == f"{_MC}Fallback":
            continue
        if node.tag == f"{_W}txbxContent":
            yield node
        else:
            stack[:0] = list(node)


def _word_text(node: Any) -> str:
    """Text of a paragraph, without that of its text boxes (they are paragraphs of their own)."""
    pieces: list[str] = []
    stack = [node]
    while stack:
        current = stack.pop()
        tag = current.tag
        if tag in (f"{_W}del", f"{_MC}Fallback", f"{_W}moveFrom", f"{_W}instrText", f"{_W}txbxContent"):
            continue
        if tag == f"{_W}t":
            pieces.append(current.text or "")
        elif tag == f"{_W}tab":
            if current.get(f"{_W}val") is None:  # a tab typed, not a tab stop of the style
                pieces.append("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            pieces.append("\u2011")
        else:
            stack.extend(reversed(list(current)))
    return "".join(pieces)


def _odf_lines(node: Any) -> Iterator[str]:
    """One line per paragraph or title, one per table row, in reading order."""
    for child in node:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield _odf_text(child)
        elif child.tag == f"{_TABLE}table-row":
            cells: list[str] = []
            for cell in child:
                if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                    continue
                value = " ".join(_odf_text(part) for part in cell.iter() if part.tag in (f"{_TEXT}p", f"{_TEXT}h"))
                times = int(cell.get(f"{_TABLE}number-columns-repeated", "1") or 1)
                cells += [value] * (min(times, MAX_CELLS_REPEATED) if value else 1)
            if any(cells):
                yield " | ".join(cells).rstrip(" |")
        elif child.tag == f"{_TEXT}tracked-changes":
            continue
        else:
            yield from _odf_lines(child)


def _odf_text(node: Any) -> str:
    pieces = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * min(int(child.get(f"{_TEXT}c", "1") or 1), 100))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag not in (f"{_OFFICE}annotation",):
            pieces.append(_odf_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
