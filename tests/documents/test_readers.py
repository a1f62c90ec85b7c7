"""Documents of a town hall, honest and hostile."""

import io
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.documents.problems import UnreadableError
from atelier_ia.documents.readers import MAX_BYTES, read_document, read_pasted

SENTENCE = "Le marché de Noël aura lieu le 12 décembre, place de la Fontaine, de 10 h à 18 h."
WORD_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Compte rendu", 1)
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Objet", "Voirie"
    document.sections[0].header.paragraphs[0].text = "Mairie"
    return saved(document)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def odt(body: str = f"<text:h>Titre</text:h><text:p>{SENTENCE}<text:s text:c='2'/>fin</text:p>") -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    content = f"<office:document-content {spaces}><office:body>{body}</office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def pdf(source: str = SENTENCE) -> bytes:
    return typst.compile(source.encode())


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def many_pages() -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(500):
        writer.add_blank_page(200, 200)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Tarifs"
    book.active.append(["Cantine", 3.5, True])
    return saved(book)


def mail(*attachments: tuple[str, bytes], html: bool = False) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "Zoé <zoe@habitante.example>",
        "mairie@vf.example",
        "Été à la mairie",
    )
    if html:
        message.set_content(
            f"<html><head><style>p{{}}</style></head><p>{SENTENCE}</p><script>x()</script></html>", subtype="html"
        )
    else:
        message.set_content(SENTENCE, charset="iso-8859-1")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("note.docx", word(), "word"),
        ("note.odt", odt(), "odt"),
        ("note.pdf", pdf(), "pdf"),
        ("note.txt", SENTENCE.encode(), "texte"),
        ("note.txt", SENTENCE.encode("cp1252"), "texte"),
        ("vieux_mac.txt", SENTENCE.encode("mac_roman"), "texte"),
        ("export_dos.txt", SENTENCE.encode("cp850"), "texte"),
        ("note.txt", SENTENCE.encode("utf-8-sig"), "texte"),
        ("note.txt", SENTENCE.encode("utf-16"), "texte"),
        ("note.csv", f"objet;texte\nfête;{SENTENCE}".encode("cp1252"), "tableur"),
        ("page.html", f"<!doctype html><p>{SENTENCE}</p><script>non</script>".encode(), "texte"),
        ("courriel.eml", mail(), "courriel"),
        ("courriel.eml", mail(html=True), "courriel"),
        ("sans_extension", word(), "word"),
        ("menteur.txt", pdf(), "pdf"),
    ],
)
def test_every_kind_is_read(name: str, data: bytes, kind: str) -> None:
    """Is the text of each usual kind of file found, whatever its name and encoding?"""
    found = read_document(name, data)
    assert found.kind == kind
    assert SENTENCE in " ".join(found.text.split())
    assert "non" not in found.text.split()


def test_word_tables_heads_and_changes() -> None:
    """Are tables and heads read, and deleted passages left out?"""
    text = read_document("n.docx", word()).text
    assert "Objet | Voirie" in text
    assert text.startswith("Mairie\nCompte rendu")
    body = (
        f"<w:document {WORD_NS}><w:body><w:p><w:r><w:t>Gardé</w:t></w:r><w:del><w:r><w:delText>Retiré</w:delText>"
        "<w:t>Retiré</w:t></w:r></w:del></w:p></w:body></w:document>"
    )
    assert read_document("n.docx", zipped({"word/document.xml": body})).text == "Gardé"


def test_workbooks_are_read_in_french_form() -> None:
    """Are cells told sheet by sheet, with decimal commas?"""
    assert read_document("t.xlsx", workbook()).text == "Feuille « Tarifs »\nCantine | 3,5 | oui"


def test_mail_attachments_are_read() -> None:
    """Is each attachment read, and an unreadable one told rather than lost?"""
    found = read_document("m.eml", mail(("note.docx", word()), ("photo.jpg", b"\xff\xd8\xff\xe0" + b"x" * 50)))
    assert "Objet : Été à la mairie" in found.text
    assert [item.name for item in found.attachments] == ["note.docx"]
    assert "Compte rendu" in found.whole
    assert "photo.jpg" in found.warnings[0]


def test_macros_are_said_and_not_run() -> None:
    """Is a document with macros read, with a word about them?"""
    parts = {"word/document.xml": f"<w:document {WORD_NS}><w:p><w:t>Bonjour</w:t></w:p></w:document>"}
    found = read_document("n.docm", zipped({**parts, "word/vbaProject.bin": b"Sub AutoOpen()"}))
    assert found.text == "Bonjour"
    assert "macros" in found.warnings[0]


XXE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    f"<w:document {WORD_NS}><w:p><w:t>&e;</w:t></w:p></w:document>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
    + f"]><w:document {WORD_NS}><w:p><w:t>&m;</w:t></w:p></w:document>"
)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("vide.txt", b"", "vide"),
        ("gros.txt", b"a" * (MAX_BYTES + 1), "20 Mo"),
        ("bombe.docx", zipped({"word/document.xml": b"0" * 120_000_000}), "anormalement compressé"),
        ("xxe.docx", zipped({"word/document.xml": XXE}), "instructions cachées"),
        ("rires.docx", zipped({"word/document.xml": LAUGHS}), "instructions cachées"),
        ("profond.odt", odt("<text:p>" * 4000 + "</text:p>" * 4000), "abîmé"),
        ("casse.docx", word()[:3000], "abîmé"),
        ("casse.pdf", pdf()[:300], "abîmé"),
        ("scan.pdf", pdf("#rect(width: 5cm, height: 5cm)"), "numérisé"),
        ("long.pdf", many_pages(), "500 pages"),
        ("secret.pdf", locked_pdf(), "mot de passe"),
        ("secret.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        ("ancien.doc", b"\xd0\xcf\x11\xe0" + b"\0x" * 600, "ancien format"),
        ("tronque.msg", b"\xd0\xcf\x11\xe0" + b"\0x" * 600, "texte du message"),
        ("faux.msg", b"\xd0\xcf\x11\xe0" + "__properties_version1.0".encode("utf-16-le") * 9, "abîmé"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image"),
        ("virus.exe", b"MZ" + b"\0" * 50, "programme"),
        ("archive.zip", zipped({"a.txt": "a"}), "archive"),
        ("diapo.pptx", zipped({"ppt/presentation.xml": "<a/>"}), "présentation"),
        ("riche.rtf", rb"{\rtf1 Bonjour}", "RTF"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(name: str, data: bytes, words: str) -> None:
    """Does each broken, locked or hostile file end in one French sentence that says what to do?"""
    with pytest.raises(UnreadableError) as caught:
        read_document(name, data)
    assert words in str(caught.value)
    assert name in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_nested_mail_stops() -> None:
    """Do mails within mails end rather than go on for ever?"""
    data = mail()
    for _ in range(6):
        data = mail(("suite.eml", data))
    found = read_document("m.eml", data)
    assert "pièces jointes" in found.attachments[0].attachments[0].warnings[0]


def test_a_path_in_a_name_is_dropped() -> None:
    """Does a name that tries to leave its folder lose its path?"""
    assert read_document("../../etc\\cron\x00.txt", b"Bonjour").name == "cron.txt"


def test_pasted_text_is_tidied() -> None:
    """Is pasted text kept, without what no document can hold?"""
    assert read_pasted("Bonjour\x00  \n\n\n\nMerci").text == "Bonjour\n\nMerci"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["a.txt", "a.eml", "a.docx", "a.csv", "a.html"]), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_french(name: str, data: bytes) -> None:
    """Whatever the bytes, is the outcome a text or a French sentence, never another exception?"""
    try:
        read_document(name, data)
    except UnreadableError as error:
        assert str(error).startswith("«")  # noqa: PT017


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_damaged_office_file_is_read_or_refused(data: st.DataObject) -> None:
    """Does flipping bytes of a .docx or .odt never raise anything but our sentence?"""
    source = bytearray(data.draw(st.sampled_from([word(), odt()])))
    for _ in range(data.draw(st.integers(1, 5))):
        source[data.draw(st.integers(4, len(source) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_document("a.docx", bytes(source))
    except UnreadableError as error:
        assert str(error).startswith("«")  # noqa: PT017
