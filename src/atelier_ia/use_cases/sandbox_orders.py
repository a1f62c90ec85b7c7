"""The fictional commune's ten municipal orders (`sandbox_data/arretes/`), each with planted defects, and their key.

`tests/content` proves that every order has its key and that every cited passage is in the text.
"""

from __future__ import annotations

import re

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
    """The key of every order, by number, texts in this collectivité's name."""
    keys = localised(load_toml(sandbox_folder() / "arretes" / KEY_NAME, _Keys), load_settings()).orders
    return tuple(sorted(keys, key=lambda key: key.number))


def load_order(number: str) -> tuple[Document, OrderKey]:
    """The order of that number (« 142 », « 2026-142 » or « a2026_142 ») and its key; `ContentError` when unknown."""
    keys = load_keys()
    wanted = re.sub(r"^a?(?:2026[-_])?", "", number.strip())
    key = next((one for one in keys if one.number == wanted), None)
    if key is None:
        known = ", ".join(one.number for one in keys)
        raise ContentError(f"Aucun arrêté « {number.strip()} » dans le bac à sable ; arrêtés connus : {known}.")
    title, _, text = read_text(sandbox_folder() / "arretes" / key.file).partition("\n")
    # Blank lines between the lines of an order only lengthen the page.
    body = re.sub(r"\n{2,}", "\n", text.strip())
    order = Document(id=key.file.removesuffix(".md"), title=title.lstrip("# ").strip(), text=body)
    return localised(order, load_settings()), key
