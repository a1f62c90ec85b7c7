"""Submissions that people or mischief produce. Each ends in the right mark, or in front of a person with a reason.

`CASES` maps a name to what it does to a solved notebook, and what must come out: "plein" (all automatic points),
"revoir" (everything waits for a person), or {exercise: points or "revoir"} for the exceptions.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atelier_ia.training.notebooks import Notebook, as_text, source_of

PROMPT = "consigne_nid_de_poule"
FULL = {PROMPT: 8.0, "reponse_passeport": 4.5, "relire_reponse": 3.0, "ou_coller": 1.0, "trier": 2.0}


@dataclass(frozen=True)
class Case:
    """`write` puts the submission at a path; `same_as_stock`: stock nbgrader completes and must give the same marks."""

    write: Callable[[Path, Notebook], None]
    outcome: Any
    same_as_stock: bool = False


def _edited(change: Callable[[Notebook], Any]) -> Callable[[Path, Notebook], None]:
    def write(path: Path, notebook: Notebook) -> None:
        changed = copy.deepcopy(notebook)
        result = change(changed)
        path.write_text(
            as_text(result if isinstance(result, dict) else changed), encoding="utf-8", errors="surrogatepass"
        )

    return write


def _raw(content: bytes | Callable[[Notebook], bytes]) -> Callable[[Path, Notebook], None]:
    def write(path: Path, notebook: Notebook) -> None:
        path.write_bytes(content(notebook) if callable(content) else content)

    return write


def _at(notebook: Notebook, name: str) -> int:
    return next(
        i for i, cell in enumerate(notebook["cells"]) if cell["metadata"].get("nbgrader", {}).get("grade_id") == name
    )


def _code(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": "hostile",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def _insert(source: str, position: int = 2) -> Callable[[Path, Notebook], None]:
    return _edited(lambda nb: nb["cells"].insert(position, _code(source)))


def _answer(text: str, exercise: str = PROMPT) -> Callable[[Notebook], None]:
    def change(nb: Notebook) -> None:
        cell = nb["cells"][_at(nb, f"reponse_{exercise}")]
        cell["source"] = source_of(cell).split("\n", 1)[0] + "\n" + text

    return change


def _duplicate(*names: str) -> Callable[[Notebook], None]:
    def change(nb: Notebook) -> None:
        for name in names:
            nb["cells"].insert(_at(nb, name), copy.deepcopy(nb["cells"][_at(nb, name)]))

    return change


def _delete(*names: str) -> Callable[[Notebook], None]:
    def change(nb: Notebook) -> None:
        for name in names:
            del nb["cells"][_at(nb, name)]

    return change


def _metadata(change: Callable[[dict[str, Any]], Any]) -> Callable[[Notebook], None]:
    def apply(nb: Notebook) -> None:
        for cell in nb["cells"]:
            if "nbgrader" in cell["metadata"]:
                change(cell["metadata"])

    return apply


def _reorder(nb: Notebook) -> None:
    answer = nb["cells"].pop(_at(nb, f"reponse_{PROMPT}"))
    nb["cells"].append(answer)


def _second_answer(nb: Notebook) -> None:
    nb["cells"].append(_code(f"%%prompt {PROMPT}\nRéponds à ce courriel."))


def _blank_then_good(nb: Notebook) -> None:
    nb["cells"].insert(_at(nb, f"reponse_{PROMPT}"), _code(f"%%prompt {PROMPT}\n"))


def _set_source(name: str, source: Any) -> Callable[[Notebook], None]:
    def change(nb: Notebook) -> None:
        nb["cells"][_at(nb, name)]["source"] = source

    return change


def _no_magic(nb: Notebook) -> None:
    cell = nb["cells"][_at(nb, f"reponse_{PROMPT}")]
    cell["source"] = source_of(cell).split("\n", 1)[1]


def _as_markdown(nb: Notebook) -> None:
    cell = nb["cells"][_at(nb, f"reponse_{PROMPT}")]
    cell["cell_type"] = "markdown"
    cell.pop("outputs", None)
    cell.pop("execution_count", None)


def _version_3(nb: Notebook) -> dict[str, Any]:
    cells = [{**cell, "input": source_of(cell)} for cell in nb["cells"]]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "cells": cells}


def _worksheets(nb: Notebook) -> bytes:
    cells = [
        {
            "cell_type": "code",
            "input": source_of(cell),
            "language": "python",
            "outputs": [],
            "metadata": cell["metadata"],
        }
        for cell in nb["cells"]
    ]
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()


def _forged_outputs(nb: Notebook) -> None:
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "execute_result", "data": {"text/plain": "100.0"}, "metadata": {}, "execution_count": 1}
            ]


def _symlink(path: Path, _nb: Notebook) -> None:
    path.symlink_to("/etc/passwd")


def _fifo(path: Path, _nb: Notebook) -> None:
    os.mkfifo(path)


def _directory(path: Path, _nb: Notebook) -> None:
    path.mkdir()


def _renamed(path: Path, nb: Notebook) -> None:
    path.with_name("mon travail.ipynb").write_text(as_text(nb), encoding="utf-8")


def _two_others(path: Path, nb: Notebook) -> None:
    for name in ("un.ipynb", "deux.ipynb"):
        path.with_name(name).write_text(as_text(nb), encoding="utf-8")


def _nothing(path: Path, _nb: Notebook) -> None:
    path.with_name("notes.txt").write_text("J'ai oublié mon carnet.", encoding="utf-8")


def _json(nb: Notebook) -> bytes:
    return as_text(nb).encode()


CASES: dict[str, Case] = {
    "intact": Case(_edited(lambda nb: None), "plein", True),
    "answer_duplicated": Case(_edited(_duplicate(f"reponse_{PROMPT}")), "plein"),
    "blank_copy_before": Case(_edited(_blank_then_good), "plein", True),
    "everything_duplicated": Case(_edited(lambda nb: nb["cells"].extend(copy.deepcopy(nb["cells"]))), "plein"),
    "points_duplicated": Case(_edited(_duplicate(f"points_{PROMPT}")), "plein"),
    "points_deleted": Case(_edited(_delete(f"points_{PROMPT}")), "plein", True),
    "all_points_deleted": Case(_edited(_delete(*(f"points_{name}" for name in FULL))), "plein"),
    "answer_deleted": Case(_edited(_delete(f"reponse_{PROMPT}")), {PROMPT: 0.0}, True),
    "preparation_deleted": Case(_edited(_delete("preparation")), "plein", True),
    "preparation_altered": Case(_edited(_set_source("preparation", "%atelier autre")), "plein", True),
    "statement_deleted": Case(_edited(_delete(f"enonce_{PROMPT}")), "plein"),
    "malformed_json": Case(_raw(b'{"cells": [}'), "revoir"),
    "truncated": Case(_raw(lambda nb: _json(nb)[: len(_json(nb)) // 2]), "revoir"),
    "empty_file": Case(_raw(b""), "revoir"),
    "json_list": Case(_raw(b"[1, 2, 3]"), "revoir"),
    "json_string": Case(_raw(b'"carnet"'), "revoir"),
    "without_cells": Case(_raw(b'{"nbformat": 4, "metadata": {}}'), "revoir"),
    "cells_is_text": Case(_raw(b'{"cells": "tout", "nbformat": 4}'), "revoir"),
    "picture": Case(_raw(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "revoir"),
    "utf_16": Case(_raw(lambda nb: as_text(nb).encode("utf-16")), "revoir"),
    "byte_order_mark": Case(_raw(lambda nb: b"\xef\xbb\xbf" + _json(nb)), "plein"),
    "deep_nesting": Case(_raw(b"[" * 200_000), "revoir"),
    "version_3_cells": Case(_edited(_version_3), "plein"),
    "version_3_worksheets": Case(_raw(_worksheets), "plein"),
    "old_schema": Case(_edited(_metadata(lambda m: m["nbgrader"].update(schema_version=1))), "plein"),
    "future_schema": Case(_edited(_metadata(lambda m: m["nbgrader"].update(schema_version=99))), "plein"),
    "no_nbgrader_metadata": Case(_edited(_metadata(lambda m: m.pop("nbgrader"))), "plein"),
    "nbgrader_metadata_is_text": Case(_edited(_metadata(lambda m: m.update(nbgrader="oui"))), "plein"),
    "points_inflated": Case(
        _edited(_metadata(lambda m: m["nbgrader"].update(points=100) if "points" in m["nbgrader"] else None)),
        "plein",
        True,
    ),
    "points_cell_rewritten": Case(_edited(_set_source(f"points_{PROMPT}", "100.0")), "plein", True),
    "outputs_forged": Case(_edited(_forged_outputs), "plein", True),
    "grader_patched": Case(
        _insert("import atelier_ia.training.magics as m\nm.score = lambda *a: type('R', (), {'score': 1e9})()"), "plein"
    ),
    "magic_replaced": Case(
        _insert("get_ipython().register_magic_function(lambda line: 99.0, 'line', 'points')"), "plein"
    ),
    "input_transformer": Case(
        _insert("get_ipython().input_transformers_cleanup.append(lambda l: ['8.0'] if '%points' in l[0] else l)"),
        "plein",
    ),
    "kernel_killed": Case(_insert("import os\nos._exit(1)"), "plein"),
    "system_exit": Case(_insert("raise SystemExit"), "plein", True),
    "endless_loop": Case(_insert("while True: pass"), "plein"),
    "endless_print": Case(_insert("while True: print('x' * 10000)"), "plein"),
    "loop_that_swallows": Case(
        _insert("while True:\n    try:\n        1\n    except BaseException:\n        pass"), "plein"
    ),
    "reads_environment": Case(_insert("import os\nprint(dict(os.environ))"), "plein"),
    "asks_for_input": Case(_insert("input('?')"), "plein"),
    "syntax_error": Case(_insert("def ("), "plein", True),
    "code_as_answer": Case(_edited(_answer("import os\nos.system('rm -rf ~')")), {PROMPT: 0.0}, True),
    "only_the_magic": Case(_edited(_set_source(f"reponse_{PROMPT}", f"%%prompt {PROMPT}")), {PROMPT: 0.0}, True),
    "magic_deleted": Case(_edited(_no_magic), {PROMPT: "revoir"}),
    "magic_misspelt": Case(
        _edited(_set_source(f"reponse_{PROMPT}", "%%promt consigne\nTu es agent d'accueil, réponds à ce courriel.")),
        {PROMPT: "revoir"},
    ),
    "answer_made_markdown": Case(_edited(_as_markdown), "plein", True),
    "answer_moved_below": Case(_edited(_reorder), {PROMPT: "revoir"}),
    "second_answer_below": Case(_edited(_second_answer), {PROMPT: "revoir"}),
    "source_is_null": Case(_edited(_set_source(f"reponse_{PROMPT}", None)), {PROMPT: 0.0}),
    "source_is_number": Case(_edited(_set_source(f"reponse_{PROMPT}", 12)), {PROMPT: 0.0}),
    "cells_that_are_not": Case(_edited(lambda nb: nb["cells"].extend([])), "plein"),
    "lone_surrogate": Case(_edited(_answer("Tu es agent \ud83d d'accueil.")), "revoir"),
    "escaped_surrogate": Case(
        _raw(lambda nb: _json(nb).replace(b"agent d'accueil", b"agent \\ud83d d'accueil")), "plein"
    ),
    "control_characters": Case(_edited(_answer("\x00\x07\x1b[31m\u202e\u200b" * 50)), {PROMPT: 0.0}),
    "very_long_answer": Case(_edited(_answer("mot " * 200_000)), {PROMPT: 0.0}),
    "regex_trap": Case(_edited(_answer("ne ne " * 5_000 + "n'" * 5_000 + "," * 5_000)), {PROMPT: 0.0}),
    "script_in_answer": Case(_edited(_answer("<script>alert(1)</script><img src=x onerror=alert(1)>")), {PROMPT: 0.0}),
    "not_a_number": Case(_raw(lambda nb: _json(nb).replace(b'"nbformat": 4', b'"nbformat": NaN')), "plein"),
    "duplicate_cell_ids": Case(_edited(lambda nb: [cell.update(id="a") for cell in nb["cells"]]), "plein"),
    "ten_thousand_cells": Case(_edited(lambda nb: nb["cells"].extend(_code("") for _ in range(10_000))), "plein"),
    "too_big": Case(_edited(lambda nb: nb["cells"].append(_code("#" * 21_000_000))), "revoir"),
    "symbolic_link": Case(_symlink, "revoir"),
    "named_pipe": Case(_fifo, "revoir"),
    "directory": Case(_directory, "revoir"),
    "renamed": Case(_renamed, "revoir"),
    "two_other_names": Case(_two_others, "revoir"),
    "no_notebook": Case(_nothing, "revoir"),
}
