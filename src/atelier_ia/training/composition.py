"""Compose an assignment's notebook from its rubric and its model answers, around the cells that a trainer added.

The composed cells have ids that begin with "atelier-"; every other cell is the trainer's and keeps its place after the
composed cell that it followed.
"""

from __future__ import annotations

from atelier_ia.documents.typography import typeset
from atelier_ia.training.answers import load_answers, solution_of
from atelier_ia.training.notebooks import Cell, Notebook, empty_notebook, source_of
from atelier_ia.training.rubrics import Assignment, Exercise

PREFIX = "atelier-"
_KIND_ADVICE = {
    "prompt": "Écrivez votre consigne sous la première ligne, en français courant.",
    "production": "Écrivez votre texte sous la première ligne.",
    "relecture": "Écrivez un défaut par ligne, sous la première ligne : le passage, puis ce qui ne va pas.",
    "choix": "Écrivez la lettre choisie sous la première ligne.",
    "tri": "Écrivez une ligne par cas, sous la première ligne, par exemple « A : oui ».",
    "ouverte": "Écrivez votre réponse sous la première ligne ; une personne la lira.",
}


def compose(assignment: Assignment, existing: Notebook | None = None) -> Notebook:
    """The solution notebook of `assignment`; the cells of `existing` that are not composed are kept."""
    notebook = empty_notebook(assignment.title)
    composed = _composed_cells(assignment)
    added = _added_cells(existing, {cell["id"] for cell in composed})
    notebook["cells"] = list(added.get("", []))
    for cell in composed:
        notebook["cells"] += [cell, *added.get(cell["id"], [])]
    return notebook


def answer_cell_id(exercise: str) -> str:
    """nbgrader's name of the cell that holds an answer."""
    return f"reponse_{exercise}"


def points_cell_id(exercise: str) -> str:
    """nbgrader's name of the cell that gives the points (open questions: of the answer itself)."""
    return f"points_{exercise}"


def graded_cell_id(exercise: Exercise) -> str:
    """nbgrader's name of the cell that carries this exercise's grade."""
    return answer_cell_id(exercise.id) if exercise.kind == "ouverte" else points_cell_id(exercise.id)


def magic_of(exercise: Exercise) -> str:
    """The first line of its answer cell."""
    return f"%%{'prompt' if exercise.kind == 'prompt' else 'reponse'} {exercise.id}"


def _composed_cells(assignment: Assignment) -> list[Cell]:
    answers = load_answers(assignment.name)
    cells = [
        _markdown("titre", f"# {assignment.title}\n\n{assignment.introduction.strip()}\n\n{_how_to(assignment)}"),
        _code("preparation", f"%load_ext atelier_ia\n%atelier {assignment.name}", _locked("preparation"), hidden=True),
    ]
    for number, exercise in enumerate(assignment.exercises, 1):
        cells += _exercise_cells(number, exercise, solution_of(answers, exercise.id))
    ending = (
        "## Rendre votre travail\n\n"
        "Cliquez sur le bouton ; vous pourrez rendre de nouveau si vous corrigez une réponse."
    )
    if assignment.conclusion:
        ending += f"\n\n{assignment.conclusion.strip()}"
    cells += [_markdown("fin", ending), _code("rendre", "%rendre", _locked("rendre"))]
    return cells


def _how_to(assignment: Assignment) -> str:
    return (
        f"*Durée : environ {assignment.minutes} minutes. Écrivez en français dans les cellules de réponse, puis "
        "appuyez sur Maj + Entrée : un retour s'affiche aussitôt. Recommencez autant de fois que vous voulez.*"
    )


def _exercise_cells(number: int, exercise: Exercise, solution: str) -> list[Cell]:
    points = _french_number(exercise.max_score)
    unit = "point" if exercise.max_score < 2 else "points"
    statement = (
        f"## Exercice {number} : {exercise.title} ({points} {unit})\n\n{exercise.full_statement}\n\n"
        f"*{_KIND_ADVICE[exercise.kind]}*"
    )
    source = f"{magic_of(exercise)}\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
    open_question = exercise.kind == "ouverte"
    answer = {"grade": open_question, "grade_id": answer_cell_id(exercise.id), "locked": False, "solution": True}
    if open_question:
        answer["points"] = exercise.max_score
    cells = [
        _markdown(f"enonce-{exercise.id}", statement, _locked(f"enonce_{exercise.id}")),
        _code(f"reponse-{exercise.id}", source, _grading(answer)),
    ]
    if not open_question:
        graded = {
            "grade": True,
            "grade_id": points_cell_id(exercise.id),
            "locked": True,
            "points": exercise.max_score,
            "solution": False,
        }
        cells.append(_code(f"points-{exercise.id}", f"%points {exercise.id}", _grading(graded), hidden=True))
    return cells


def _french_number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _grading(fields: dict[str, object]) -> dict[str, object]:
    return {**fields, "schema_version": 3, "task": False}


def _locked(name: str) -> dict[str, object]:
    return _grading({"grade": False, "grade_id": name, "locked": True, "solution": False})


def _markdown(name: str, source: str, grading: dict[str, object] | None = None) -> Cell:
    metadata = {"nbgrader": grading} if grading else {}
    return {"cell_type": "markdown", "id": _cell_id(name), "metadata": metadata, "source": typeset(source)}


def _code(name: str, source: str, grading: dict[str, object], *, hidden: bool = False) -> Cell:
    metadata: dict[str, object] = {"nbgrader": grading}
    if hidden:
        metadata["jupyter"] = {"source_hidden": True}
    return {"cell_type": "code", "id": _cell_id(name), "metadata": metadata, "source": source}


def _cell_id(name: str) -> str:
    return (PREFIX + name.replace("_", "-"))[:64]


def _added_cells(existing: Notebook | None, composed: set[str]) -> dict[str, list[Cell]]:
    """The trainer's own cells, by the composed cell that they follow ("" before the first)."""
    added: dict[str, list[Cell]] = {}
    anchor = ""
    for position, cell in enumerate(existing["cells"] if existing else []):
        identifier = str(cell.get("id", ""))
        if identifier.startswith(PREFIX):
            # The cell of a removed exercise: what followed it stays after the previous one.
            anchor = identifier if identifier in composed else anchor
        else:
            kept = {**cell, "id": identifier or f"ajout-{position}", "source": source_of(cell)}
            added.setdefault(anchor, []).append(kept)
    return added
