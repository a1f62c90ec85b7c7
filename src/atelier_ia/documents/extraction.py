"""The child process of `isolation`: limits itself, parses one file from stdin, answers in JSON on stdout."""

from __future__ import annotations

import base64
import io
import json
import logging
import resource
import sys
from collections.abc import Callable
from typing import Any

MAX_PAGES = 200
MAX_CELLS = 100_000
MAX_SHEETS = 30
MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 30
_SCANNED_CHARS_PER_PAGE = 15
_SENDER_NAME = 0x0C1A  # an internal message has no header and no Internet address


class _ProblemError(Exception):
    """A French end of sentence after the file's name."""


def main() -> None:
    """Entry point of the child."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        answer = PARSERS[sys.argv[1]](data)
    except _ProblemError as problem:
        answer = {"probleme": str(problem)}
    except Exception:  # whatever the parser did not foresee: the file is not what it claims
        answer = {"probleme": "est abîmé et ne peut pas être lu ; ouvrez-le et réenregistrez-le."}
    sys.stdout.write(json.dumps(answer))  # ASCII: a half surrogate from a broken file cannot stop it


def read_pdf(data: bytes) -> dict[str, Any]:
    """Text of a PDF, page by page."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _ProblemError("est protégé par un mot de passe ; retirez-le ou copiez le texte.")
        count = len(reader.pages)
    except DependencyError:  # AES needs a library that we do not ship
        raise _ProblemError("est protégé par un mot de passe ; retirez-le ou copiez le texte.") from None
    except PyPdfError:
        raise _ProblemError("est abîmé et ne peut pas être lu ; ouvrez-le et réenregistrez-le en PDF.") from None
    if count > MAX_PAGES:
        raise _ProblemError(f"compte {count} pages ; donnez-en un extrait de {MAX_PAGES} pages au plus.")
    pages, skipped = [], 0
    for page in reader.pages:
        try:
            pages.append(page.extract_text() or "")
        except Exception:
            skipped += 1
    text = "\n\n".join(pages)
    if len("".join(text.split())) < _SCANNED_CHARS_PER_PAGE * max(1, count):
        raise _ProblemError(
            "ne contient pas de texte : c'est un document numérisé (une image) ; passez-le par la reconnaissance de "
            "texte de votre copieur, ou recopiez le passage utile."
        )
    warnings = [f"Pages illisibles, laissées de côté : {skipped}."] if skipped else []
    return {"texte": text, "avertissements": warnings}


def read_xlsx(data: bytes) -> dict[str, Any]:
    """Cells of a workbook, one line per row, values as last computed."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    lines: list[str] = []
    cells = 0
    for sheet in book.worksheets[:MAX_SHEETS]:
        lines.append(f"Feuille « {sheet.title} »")
        for row in sheet.iter_rows(values_only=True, max_col=200):
            values = ["" if value is None else _cell(value) for value in row]
            cells += len(values)
            if cells > MAX_CELLS:
                break
            if any(values):
                lines.append(" | ".join(values).rstrip(" |"))
        lines.append("")
    warnings = ["Le tableau est très grand : seul le début est lu."] if cells > MAX_CELLS else []
    return {"texte": "\n".join(lines), "avertissements": warnings}


def _cell(value: Any) -> str:
    import datetime

    if isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y") if value.time() == datetime.time() else value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value).replace("\n", " ")


def read_msg(data: bytes) -> dict[str, Any]:
    """An Outlook message: head, body, attachments."""
    from oxmsg import Message

    message = Message.load(io.BytesIO(data))
    recipients = ", ".join(filter(None, (person.email_address or person.name for person in message.recipients)))
    when = message.sent_date.strftime("%d/%m/%Y %H:%M") if message.sent_date else ""
    sender = message.sender or message.properties.str_prop_value(_SENDER_NAME) or ""
    head = (("De", sender), ("À", recipients), ("Date", when), ("Objet", message.subject or ""))
    body = message.body or ""
    if not body.strip() and message.html_body:
        from atelier_ia.documents.readers import html_text

        body = html_text(message.html_body)
    lines = [f"{label} : {value}" for label, value in head if value]
    pieces = []
    for attachment in message.attachments:
        content = attachment.file_bytes
        if content:
            pieces.append([attachment.file_name or "pièce jointe", base64.b64encode(content).decode()])
    return {"texte": "\n".join(lines) + "\n\n" + body, "pieces": pieces}


PARSERS: dict[str, Callable[[bytes], dict[str, Any]]] = {"pdf": read_pdf, "xlsx": read_xlsx, "msg": read_msg}
