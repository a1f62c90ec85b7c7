"""Read notebooks whatever their state, and write them in the one form that the project commits.

The committed form: no outputs, no execution counts, stable ids, sorted keys, a French title, a final newline.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from atelier_ia.errors import AtelierError

Notebook = dict[str, Any]
Cell = dict[str, Any]

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
MAX_BYTES = 20_000_000


class NotebookError(AtelierError):
    """A notebook that cannot be read; the sentence says what the learner or the trainer can do."""


def empty_notebook(title: str) -> Notebook:
    """A notebook without cells."""
    return {
        "cells": [],
        "metadata": {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}, "title": title},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def normalised(notebook: Notebook) -> str:
    """The committed text of a notebook: same notebook, same bytes."""
    cells = [_clean_cell(cell) for cell in notebook["cells"]]
    metadata = {key: value for key, value in notebook["metadata"].items() if key in ("kernelspec", "title")}
    metadata["kernelspec"] = dict(KERNEL)
    metadata["language_info"] = {"name": "python"}
    clean = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(clean, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _clean_cell(cell: Cell) -> Cell:
    metadata = {key: value for key, value in cell.get("metadata", {}).items() if key not in ("execution", "trusted")}
    clean: Cell = {
        "cell_type": cell["cell_type"],
        "id": cell["id"],
        "metadata": metadata,
        "source": source_of(cell).splitlines(keepends=True),
    }
    if cell["cell_type"] == "code":
        clean |= {"execution_count": None, "outputs": []}
    return clean


def source_of(cell: Cell) -> str:
    """The text of a cell, whether its lines are joined or listed; "" when it is neither."""
    source = cell.get("source", "")
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def read_notebook(path: Path) -> Notebook:
    """A notebook as it stands on disk, not validated: only that it is JSON with a list of cells.

    Raises:
        NotebookError: too big, unreadable, not JSON, or without cells.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise NotebookError(
                f"{path.name} dépasse {MAX_BYTES // 1_000_000} Mo ; effacez ses résultats et rendez-le de nouveau."
            )
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise NotebookError(f"{path.name} ne peut pas être lu ({error.strerror}) ; vérifiez vos droits.") from None
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise NotebookError(
            f"{path.name} n'est pas un carnet lisible (fichier tronqué ou abîmé) ; demandez-le de nouveau."
        ) from None
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list):
        # The old format (version 3) kept its cells in worksheets.
        sheets = data.get("worksheets") if isinstance(data, dict) else None
        if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict):
            cells = [_from_version_3(cell) for cell in sheets[0].get("cells", []) if isinstance(cell, dict)]
        else:
            raise NotebookError(f"{path.name} ne contient aucune cellule ; demandez le carnet de nouveau.")
    data["cells"] = [cell for cell in cells if isinstance(cell, dict)]
    if not isinstance(data.get("metadata"), dict):
        data["metadata"] = {}
    return dict(data)


def _from_version_3(cell: Cell) -> Cell:
    return {**cell, "source": cell.get("source") or cell.get("input", "")}
