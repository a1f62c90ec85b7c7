"""Outlook messages: a small .msg is built here, as no library of ours writes them."""

import struct

import docx

from atelier_ia.documents.readers import read_document

_FREE, _END, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF
_UNICODE, _BINARY, _LONG = 0x001F, 0x0102, 0x0003
_SUBJECT, _BODY, _SENDER, _FILE_NAME, _FILE_DATA, _METHOD = 0x0037, 0x1000, 0x0C1A, 0x3707, 0x3701, 0x3705


def compound_file(tree: dict) -> bytes:
    """An OLE compound file: `tree` maps names to bytes (streams) or dicts (storages); everything in 512-byte sectors,
    small streams in the mini stream."""
    entries: list[list] = [["Root Entry", 5, _NONE, _NONE, _NONE, _END, 0]]
    mini, sectors = bytearray(), bytearray()
    mini_fat: list[int] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return _END
        if len(data) < 4096:
            first, count = len(mini_fat), -(-len(data) // 64)
            mini.extend(data.ljust(count * 64, b"\0"))
            mini_fat.extend([*range(first + 1, first + count), _END])
        else:
            first = big(data)
        return first

    def big(data: bytes) -> int:
        first, count = len(fat), -(-len(data) // 512)
        sectors.extend(data.ljust(count * 512, b"\0"))
        fat.extend([*range(first + 1, first + count), _END])
        return first

    def add(children: dict) -> int:
        previous = _NONE
        for name in sorted(children, key=lambda text: (len(text), text.upper()), reverse=True):
            value = children[name]
            number = len(entries)
            entries.append([name, 1 if isinstance(value, dict) else 2, _NONE, previous, _NONE, 0, 0])
            if isinstance(value, dict):
                entries[number][4] = add(value)
            else:
                entries[number][5], entries[number][6] = store(value), len(value)
            previous = number
        return previous

    entries[0][4] = add(tree)
    entries[0][5], entries[0][6] = (big(bytes(mini)), len(mini)) if mini else (_END, 0)
    mini_start = big(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(512, b"\xff"))
    mini_count = -(-len(mini_fat) * 4 // 512)
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB3I16xI8x8xIQ", len(name) * 2 + 2, kind, 1, left, right, child, 0, start, size)
        for name, kind, left, right, child, start, size in entries
    )
    directory_start = big(directory.ljust(-(-len(directory) // 512) * 512, b"\0"))
    fat_sector = len(fat)
    fat.append(0xFFFFFFFD)
    assert len(fat) <= 128
    sectors.extend(struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, directory_start, 0, 4096, mini_start, mini_count, _END, 0)
    header += struct.pack("<109I", fat_sector, *[_FREE] * 108)
    return header + bytes(sectors)


def properties(head: int, *values: tuple[int, int, int]) -> bytes:
    return b"\0" * head + b"".join(struct.pack("<HHIQ", kind, name, 6, value) for name, kind, value in values)


def text_stream(name: int, text: str) -> dict[str, bytes]:
    return {f"__substg1.0_{name:04X}001F": text.encode("utf-16-le")}


def message(attachment: bytes | None = None) -> bytes:
    texts = {_SUBJECT: "Nid-de-poule rue des Lavandières", _BODY: "Bonjour,\r\nLa chaussée est abîmée.", _SENDER: "Zoé"}
    tree: dict = {"__nameid_version1.0": {}}
    for name, text in texts.items():
        tree |= text_stream(name, text)
    sizes = [(name, _UNICODE, len(text) * 2 + 2) for name, text in texts.items()]
    tree["__properties_version1.0"] = properties(32, *sizes)
    if attachment is not None:
        tree["__attach_version1.0_#00000000"] = {
            "__properties_version1.0": properties(
                8, (_METHOD, _LONG, 1), (_FILE_NAME, _UNICODE, 22), (_FILE_DATA, _BINARY, len(attachment))
            ),
            f"__substg1.0_{_FILE_DATA:04X}0102": attachment,
            **text_stream(_FILE_NAME, "note.docx"),
        }
    return compound_file(tree)


def test_an_outlook_message_is_read() -> None:
    """Are sender, subject and body of a .msg found?"""
    found = read_document("courriel.msg", message())
    assert found.kind == "courriel"
    assert "De : Zoé" in found.text
    assert "Objet : Nid-de-poule rue des Lavandières" in found.text
    assert "La chaussée est abîmée." in found.text


def test_its_attachments_are_read() -> None:
    """Is a Word file joined to it read too?"""
    import io

    document = docx.Document()
    document.add_paragraph("Photo prise hier")
    stream = io.BytesIO()
    document.save(stream)
    found = read_document("courriel.msg", message(stream.getvalue()))
    assert [(item.name, item.text) for item in found.attachments] == [("note.docx", "Photo prise hier")]
