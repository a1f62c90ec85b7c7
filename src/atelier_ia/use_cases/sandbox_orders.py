"""The fictional commune's ten municipal orders (`sandbox_data/arretes/`), each with planted defects, and their key.

`tests/content` proves that every order has its key and that every cited passage is in the text.
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import Field

from atelier_ia.content import ContentError, StrictModel, load_toml, read_text
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import Document, localised, sandbox_folder

KEY_NAME = "cle.toml"


class Defect(StrictModel):
    """One planted defect: the exact words that hold it ("" when something is missing), and why it is one."""

    id: str
    passage: str
    explanation: str = Field(alias="explication", min_length=1)


class OrderKey(StrictModel):
    """The defects of one order."""

    file: str = Field(alias="fichier", pattern=r"^a\d{4}_\d{3}\.md$")
    defects: tuple[Defect, ...] = Field(alias="defauts", min_length=2)

    @property
    def number(self) -> str:
        """« 142 » for `a2026_142.md`: what a learner types."""
        return self.file.removesuffix(".md").rpartition("_")[2]


class _Keys(StrictModel):
    orders: tuple[OrderKey, ...] = Field(alias="arretes", min_length=1)


def load_keys() -> tuple[OrderKey, ...]:
    """The key of every order, by number, texts in this collectivité's name; none where the trainer keeps it."""
    path = sandbox_folder() / "arretes" / KEY_NAME
    if not path.is_file():
        return ()
    keys = localised(load_toml(path, _Keys), load_settings()).orders
    return tuple(sorted(keys, key=lambda key: key.number))


def load_orders() -> tuple[Document, ...]:
    """Every order, by number."""
    settings = load_settings()
    return tuple(localised(_read(path), settings) for path in sorted((sandbox_folder() / "arretes").glob("a*_*.md")))


def load_order(number: str) -> tuple[Document, OrderKey | None]:
    """The order of that number (« 142 », « 2026-142 » or « a2026_142 ») and its key, if it is here; `ContentError`
    when unknown."""
    wanted = re.sub(r"^a?(?:2026[-_])?", "", number.strip())
    orders = {number_of(order): order for order in load_orders()}
    if wanted not in orders:
        known = ", ".join(orders)
        raise ContentError(f"Aucun arrêté « {number.strip()} » dans le bac à sable ; arrêtés connus : {known}.")
    return orders[wanted], next((key for key in load_keys() if key.number == wanted), None)


def number_of(order: Document) -> str:
    """« 142 » for `a2026_142`: what a learner types."""
    return order.id.rpartition("_")[2]


def _read(path: Path) -> Document:
    title, _, text = read_text(path).partition("\n")
    # Blank lines between the lines of an order only lengthen the page.
    body = re.sub(r"\n{2,}", "\n", text.strip())
    return Document(id=path.stem, title=title.lstrip("# ").strip(), text=body)
