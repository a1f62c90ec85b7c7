"""Accessible PDF by Typst: tagged (PDF/UA-1), titled, in French, with fonts that travel with the program.

A report is a Typst template (layout) and one JSON document (content): what people typed never becomes Typst code.
Templates import `commun.typ` (palette, tables, key figures). Images are given as bytes.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from atelier_ia.documents.typography import printable
from atelier_ia.errors import AtelierError

TEMPLATES = Path(__file__).with_name("templates")
FONTS = Path(__file__).with_name("fonts")


class LayoutError(AtelierError):
    """A document could not be laid out."""


def render_pdf(
    template: Path, data: Mapping[str, Any], images: Mapping[str, bytes] | None = None, *, when: datetime | None = None
) -> bytes:
    """The PDF/UA-1 of `template` (a .typ file) filled with `data` (JSON values; `sys.inputs.data` in the template).

    `images` maps the file names that the template or the data use to their bytes. `when` is the date written in the
    file (now by default; give one for reproducible bytes).

    Raises:
        LayoutError: the template and the data do not go together.
    """
    stamp = (when or datetime.now(UTC)).replace(microsecond=0)
    options = {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": stamp}
    return bytes(_compile(template, data, images, **options))


def render_png(
    template: Path, data: Mapping[str, Any], images: Mapping[str, bytes] | None = None, *, ppi: float = 144
) -> bytes:
    """The first page of `template` filled with `data`, as a PNG of `ppi` dots per inch."""
    pages = _compile(template, data, images, format="png", ppi=ppi)
    return bytes(pages[0] if isinstance(pages, list) else pages)


def _compile(template: Path, data: Mapping[str, Any], images: Mapping[str, bytes] | None, **options: Any) -> Any:
    import typst

    files = {"main.typ": template.read_bytes(), "commun.typ": (TEMPLATES / "commun.typ").read_bytes()}
    files |= dict(images or {})
    inputs = {"data": json.dumps(_clean(data), ensure_ascii=False)}
    try:
        return typst.compile(files, font_paths=_fonts(), sys_inputs=inputs, **options)
    except typst.TypstError as error:
        # Typst quotes the source line in its message, never the data.
        reason = str(error).split("\n", 1)[0][:200]
        raise LayoutError(
            f"La mise en page « {template.stem} » a échoué ({reason}) ; "
            "signalez-le à la personne qui maintient l'outil."
        ) from None


def _clean(value: Any) -> Any:
    """`value` with every text made printable (templates receive dates and numbers already in French form)."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Our fonts, then matplotlib's (DejaVu and Last Resort cover every other script); never the machine's."""
    import typst

    folders = [str(FONTS)]
    matplotlib = importlib.util.find_spec("matplotlib")
    if matplotlib is not None and matplotlib.origin:
        folders.append(str(Path(matplotlib.origin).parent / "mpl-data" / "fonts" / "ttf"))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
