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


def as_text(notebook: Notebook) -> str:
    """A notebook with its outputs, in nbformat's own layout."""
    cells = [{**cell, "source": source_of(cell).splitlines(keepends=True)} for cell in notebook["cells"]]
    return json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


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
    """A notebook as it stands on disk; see `parse_notebook`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotebookError(f"{path.name} ne peut pas être lu ({error.strerror}) ; vérifiez vos droits.") from None
    return parse_notebook(content, path.name)


def parse_notebook(content: bytes, name: str) -> Notebook:
    """A notebook from its bytes, not validated: only that it is JSON with a list of cells.

    Raises:
        NotebookError: not UTF-8, not JSON, or without cells; `name` stands in the sentence.
    """
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise NotebookError(
            f"{name} n'est pas un carnet lisible (fichier tronqué ou abîmé) ; demandez-le de nouveau."
        ) from None
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list):
        # The old format (version 3) kept its cells in worksheets.
        sheets = data.get("worksheets") if isinstance(data, dict) else None
        first = sheets[0] if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict) else {}
        cells = first.get("cells")
        if not isinstance(cells, list):
            raise NotebookError(f"{name} ne contient aucune cellule ; demandez le carnet de nouveau.")
        cells = [_from_version_3(cell) for cell in cells if isinstance(cell, dict)]
    data["cells"] = [cell for cell in cells if isinstance(cell, dict)]
    if not isinstance(data.get("metadata"), dict):
        data["metadata"] = {}
    return dict(data)


def _from_version_3(cell: Cell) -> Cell:
    return {**cell, "source": cell.get("source") or cell.get("input", "")}
