"""What the fictional commune has in store for each service: documents and tables (`sandbox_data/inventaire.toml`)."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.sandbox import load_document, sandbox_folder
from atelier_ia.use_cases.sandbox_tables import known_tables

INVENTORY_NAME = "inventaire.toml"


class Holding(StrictModel):
    """The documents and tables that serve in one service's workshop."""

    service: str
    documents: tuple[str, ...]
    tables: tuple[str, ...] = Field(alias="tableaux")


class _Inventory(StrictModel):
    services: tuple[Holding, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Item:
    """One document or table: the name to type after %document or %tableau, its title, who works on it here."""

    id: str
    kind: str
    title: str
    services: tuple[str, ...]


def load_inventory() -> tuple[Holding, ...]:
    """The holdings as written, one per service of the fictional commune."""
    return load_toml(sandbox_folder() / INVENTORY_NAME, _Inventory).services


def list_items() -> tuple[Item, ...]:
    """Each document, then each table, once, with the identifiers of this collectivité's services."""
    settings, tables = load_settings(), known_tables()
    holdings = load_inventory()
    documents = list(dict.fromkeys(name for holding in holdings for name in holding.documents))

    def users(name: str) -> tuple[str, ...]:
        used = [h.service for h in holdings if name in h.documents or name in h.tables]
        return tuple(dict.fromkeys(settings.own_service(service) for service in used))

    return tuple(
        [Item(name, "document", load_document(name).title, users(name)) for name in documents]
        + [Item(name, "tableau", title, users(name)) for name, title in tables.items()]
    )
