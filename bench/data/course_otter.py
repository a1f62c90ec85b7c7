"""The same kind of course for otter-grader, run by the Python of an environment that has it: `course_otter.py COUNT`.

Five questions whose answers are texts, checked by a search for words (less than our rubrics do), graded one after the
other in this process by otter's own programming interface, without containers: its quickest way. Prints one JSON line:
seconds per submission and the marks.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

WORDS = ("rôle", "contexte", "tâche", "ton", "limites")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def cell(kind: str, source: str) -> dict[str, Any]:
    own: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, **own}


def master() -> dict[str, Any]:
    cells = [cell("raw", "# ASSIGNMENT CONFIG\ninit_cell: true\ngenerate: true\nexport_cell: false")]
    for word in WORDS:
        cells += [
            cell("raw", f"# BEGIN QUESTION\nname: {word}\npoints: 2"),
            cell("markdown", f"Écrivez une consigne où figure : {word}."),
            cell("raw", "# BEGIN SOLUTION"),
            cell("code", f"reponse_{word} = 'Le {word} est donné.' # SOLUTION"),
            cell("raw", "# END SOLUTION"),
            cell("raw", "# BEGIN TESTS"),
            cell("code", f"assert {word!r} in reponse_{word}"),
            cell("raw", "# END TESTS"),
            cell("raw", "# END QUESTION"),
        ]
    return {"cells": cells, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 4}


def main(count: int) -> None:
    from otter.api import grade_submission

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "cours.ipynb").write_text(json.dumps(master()), encoding="utf-8")
        subprocess.run(
            [str(Path(sys.executable).with_name("otter")), "assign", "--no-run-tests", "cours.ipynb", "fait"],
            cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        archive = next((folder / "fait" / "autograder").glob("*.zip"))
        student = json.loads((folder / "fait" / "student" / "cours.ipynb").read_text(encoding="utf-8"))
        marks, spent = [], 0.0
        for number in range(count):
            path = folder / f"rendu{number}.ipynb"
            answered = json.loads(json.dumps(student))
            for one in answered["cells"]:
                text = "".join(one["source"])
                for rank, word in enumerate(WORDS):
                    if text.startswith(f"reponse_{word}"):
                        given = word if (number + rank) % 3 else "rien"
                        one["source"] = f"reponse_{word} = 'Le {given} est donné, réponse {number}.'"
            path.write_text(json.dumps(answered), encoding="utf-8")
            before = time.perf_counter()
            marks.append(grade_submission(str(path), str(archive), quiet=True).total)
            spent += time.perf_counter() - before
    print(json.dumps({"seconds": spent / count, "marks": marks}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
