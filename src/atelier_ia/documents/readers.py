"""Read the text of what a town hall has: .docx .odt .pdf .eml .msg .txt .html .xlsx .ods .csv.

A file is hostile until proven otherwise: its kind is judged by its content, sizes are limited, XML entities refused,
macros never run, and the formats whose parsers are complicated (PDF, Outlook, Excel) are opened in another process with
little memory and little time. What cannot be read gets one French sentence that says what to do.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Literal

from atelier_ia.documents.office_xml import is_encrypted_office, office_kind, read_office
from atelier_ia.documents.problems import UnreadableError
from atelier_ia.documents.tables import decode
from atelier_ia.documents.typography import printable

MAX_BYTES = 20_000_000
MAX_CHARS = 1_000_000
MAX_ATTACHMENTS = 20

Kind = Literal["texte", "word", "odt", "tableur", "pdf", "courriel"]


@dataclass(frozen=True)
class Text:
    """What a document says: its text, what kind of file it was, and French sentences on what was left out.

    `attachments` holds the documents joined to an e-mail; `text` does not repeat them (see `whole`).
    """

    name: str
    kind: Kind
    text: str
    warnings: tuple[str, ...] = ()
    attachments: tuple[Text, ...] = ()

    @property
    def whole(self) -> str:
        """The text, then each attachment under its name."""
        parts = [self.text, *(f"--- Pièce jointe : {item.name} ---\n{item.whole}" for item in self.attachments)]
        return "\n\n".join(part for part in parts if part)


def read_document(name: str, data: bytes) -> Text:
    """The text of the file `name` holding `data`.

    Raises:
        UnreadableError: too large, protected, scanned, broken or of an unknown kind; the sentence says what to do.
    """
    return _read(_base_name(name), data, depth=0)


def read_pasted(text: str) -> Text:
    """Text pasted into a form, under the same limits."""
    return _finish(Text("texte collé", "texte", printable(text)))


def _read(name: str, data: bytes, depth: int) -> Text:
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"« {name} » dépasse 20 Mo ; donnez un extrait ou copiez le texte utile.")
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableError(f"« {name} » est vide ; vérifiez le fichier.")
    head = data[:1024]
    if b"%PDF-" in head:
        return _isolated(name, data, "pdf", "pdf")
    if head.startswith(b"PK"):
        return _read_zip(name, data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _read_ole(name, data, depth)
    _refuse_known_binary(name, head)
    extension = _extension(name)
    if extension == "eml" or (extension in ("", "txt", "mht") and _looks_like_email(head)):
        return _read_email(name, data, depth)
    if head.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError(f"« {name} » est au format RTF ; ouvrez-le et réenregistrez-le en .docx ou .odt.")
    text = decode(data)
    if text.count("\x00") > len(text) // 100:
        raise UnreadableError(f"« {name} » n'est pas un document que l'on sait lire ; copiez le texte utile.")
    if extension in ("html", "htm") or re.match(r"\s*(<!doctype html|<html)", text[:200], re.IGNORECASE):
        return _finish(Text(name, "texte", html_text(text)))
    return _finish(Text(name, "tableur" if extension == "csv" else "texte", printable(text)))


def _read_zip(name: str, data: bytes) -> Text:
    kind = office_kind(name, data)
    if kind == "xlsx":
        return _isolated(name, data, "xlsx", "tableur")
    text, warnings = read_office(name, data, kind)
    shown: dict[str, Kind] = {"docx": "word", "odt": "odt", "ods": "tableur"}
    return _finish(Text(name, shown[kind], text, warnings))


def _read_ole(name: str, data: bytes, depth: int) -> Text:
    if is_encrypted_office(data):
        raise UnreadableError(f"« {name} » est protégé par un mot de passe ; retirez-le ou copiez le texte.")
    if "__properties_version1.0".encode("utf-16-le") in data:
        return _isolated(name, data, "msg", "courriel", depth)
    if _extension(name) == "msg":
        raise UnreadableError(f"« {name} » est abîmé et ne peut pas être lu ; copiez le texte du message.")
    raise UnreadableError(
        f"« {name} » est à l'ancien format de Word ou d'Excel ; ouvrez-le et réenregistrez-le en .docx ou .xlsx."
    )


def _isolated(name: str, data: bytes, parser: str, kind: Kind, depth: int = 0) -> Text:
    from atelier_ia.documents.isolation import extract

    found = extract(name, data, parser)
    warnings = list(found.warnings)
    attachments = _read_attachments(list(found.attachments), depth, warnings)
    return _finish(Text(name, kind, printable(found.text), tuple(warnings), attachments))


def _read_email(name: str, data: bytes, depth: int) -> Text:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    lines = []
    for label, header in (("De", "from"), ("À", "to"), ("Copie", "cc"), ("Date", "date"), ("Objet", "subject")):
        try:
            value = str(message.get(header, "") or "").strip()
        except Exception:  # a header so broken that the library gives up
            value = ""
        if value:
            lines.append(f"{label} : {value}")
    warnings: list[str] = []
    body = _email_body(message)
    files: list[tuple[str, bytes]] = []
    for part in message.iter_attachments():
        try:
            content = part.get_payload(decode=True)
            if part.get_content_type() == "message/rfc822":
                content = part.get_content().as_bytes()
        except Exception:
            content = None
        files.append(
            (_base_name(part.get_filename() or "pièce jointe.eml"), content if isinstance(content, bytes) else b"")
        )
    attachments = _read_attachments(files, depth, warnings)
    text = "\n".join(lines) + "\n\n" + body
    return _finish(Text(name, "courriel", printable(text), tuple(warnings), attachments))


def _email_body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or ""
    try:
        text = data.decode(charset) if charset else decode(data)
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    return html_text(text) if part.get_content_subtype() == "html" else text


def _read_attachments(files: list[tuple[str, bytes]], depth: int, warnings: list[str]) -> tuple[Text, ...]:
    if depth >= 2 and files:
        warnings.append("Les pièces jointes d'un courriel lui-même joint ne sont pas lues.")
        return ()
    if len(files) > MAX_ATTACHMENTS:
        warnings.append(f"Seules les {MAX_ATTACHMENTS} premières pièces jointes sont lues.")
    found = []
    for name, data in files[:MAX_ATTACHMENTS]:
        try:
            found.append(_read(name, data, depth + 1))
        except UnreadableError as error:
            warnings.append(f"Pièce jointe non lue : {error}")
    return tuple(found)


def _finish(document: Text) -> Text:
    """Tidy blank lines and keep the size in bounds."""
    text = re.sub(r"[ \t]+\n", "\n", document.text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    warnings = document.warnings
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS]
        warnings = (*warnings, "Le texte est très long : seul le premier million de caractères est gardé.")
    return Text(document.name, document.kind, text, warnings, document.attachments)


def html_text(source: str) -> str:
    """The readable text of an HTML page: no script, no style, one line per block."""
    parser = _HtmlText()
    parser.feed(source)
    parser.close()
    return re.sub(r"[ \t\u00a0]*\n[ \t]*", "\n", "".join(parser.pieces))


class _HtmlText(HTMLParser):
    _SILENT = frozenset({"script", "style", "head", "title", "template", "noscript"})
    _BLOCKS = frozenset({"p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote", "hr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag in self._BLOCKS:
            self.pieces.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.pieces.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self._BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def _looks_like_email(head: bytes) -> bool:
    names = re.findall(rb"(?m)^(from|to|subject|date|received|mime-version|message-id):", head, re.IGNORECASE)
    return len({found.lower() for found in names}) >= 3


def _refuse_known_binary(name: str, head: bytes) -> None:
    images = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"BM")
    if head.startswith(images[:-1]) or (head.startswith(b"BM") and _extension(name) == "bmp"):
        raise UnreadableError(
            f"« {name} » est une image ; passez-la par la reconnaissance de texte de votre copieur, "
            "ou recopiez le texte."
        )
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        raise UnreadableError(f"« {name} » est un programme, pas un document ; ne l'ouvrez pas.")


def _base_name(name: str) -> str:
    bare = printable(re.split(r"[\\/]", name)[-1]).replace("\n", " ").strip()
    return bare[:120] or "document"


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
