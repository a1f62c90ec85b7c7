"""`atelier confidentialite`: JSON lines, files in batch."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from atelier_ia.cli import main


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch, given: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
    with pytest.raises(SystemExit) as stop:
        main(["confidentialite", *arguments])
    return int(stop.value.code or 0)


def test_json_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Does each line get its spans, with offsets of the original text?"""
    text = "Élu\u00a0: Mme Claire Dupont"
    assert run(["detecter", "--jsonl"], monkeypatch, json.dumps({"id": "a", "text": text}) + "\n\n") == 0
    line = json.loads(capsys.readouterr().out)
    start = text.index("Claire")
    assert line == {"id": "a", "spans": [{"start": start, "end": len(text), "label": "NOM", "level": "masquer"}]}


@pytest.mark.parametrize("line", ["pas du json", '{"id": 1}', "[]", '{"id": 1, "text": 3}'])
def test_a_wrong_line_is_explained(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is a wrong line one French sentence that names it?"""
    assert run(["detecter", "--jsonl"], monkeypatch, line) == 1
    assert "Ligne 1" in capsys.readouterr().err


def test_files_are_masked_beside_none_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Are masked copies written, twice without overwriting, and alerts said?"""
    letter = tmp_path / "lettre.txt"
    letter.write_text("Mme Claire Dupont est diabétique.", encoding="utf-8")
    for _ in range(2):
        assert run(["masquer", str(letter), "--sortie", str(tmp_path / "out")], monkeypatch) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "lettre.txt.masque-2.txt",
        "lettre.txt.masque.txt",
    ]
    assert (tmp_path / "out" / "lettre.txt.masque.txt").read_text(encoding="utf-8").startswith("Mme [NOM_1] est")
    assert "santé" in capsys.readouterr().err


def test_what_is_found_is_counted_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Does the table say how many names there are without printing them?"""
    assert run(["detecter"], monkeypatch, "Mme Claire Dupont") == 0
    out = capsys.readouterr().out
    assert "NOM" in out
    assert "Dupont" not in out
