"""Hand a file that travels with the program to the person who will edit it, and never over what they wrote."""

from __future__ import annotations

from pathlib import Path

from atelier_ia.errors import AtelierError


def copy_once(source: Path, target: Path) -> Path:
    """Copy `source` to `target`, which must not exist yet; returns `target`.

    Raises:
        AtelierError: there is already a file there.
    """
    try:
        with target.open("x", encoding="utf-8") as stream:
            stream.write(source.read_text(encoding="utf-8"))
    except FileExistsError:
        raise AtelierError(
            f"{target} existe déjà ; modifiez-le, ou renommez-le avant d'en demander un autre."
        ) from None
    return target
