"""The collectivité's own list: agents, elected people, streets and hamlets, and words never to mask.

A CSV file outside the repository (`var/confidentialite/liste.csv`, or the path in `ATELIER_LISTE_CONFIDENTIALITE`):
`type;valeur`, UTF-8. It is read again as soon as it changes. It never leaves the machine and is never logged.
"""

from __future__ import annotations

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

from atelier_ia.privacy.lexicon import _ACCENTS
from atelier_ia.privacy.spans import Label, PrivacyError

LIST_VARIABLE = "ATELIER_LISTE_CONFIDENTIALITE"
_KINDS: dict[str, Label | None] = {
    "agent": "NOM",
    "elu": "NOM",
    "personne": "NOM",
    "nom": "NOM",
    "rue": "ADRESSE",
    "hameau": "ADRESSE",
    "lieu-dit": "ADRESSE",
    "adresse": "ADRESSE",
    "courriel": "EMAIL",
    "ignorer": None,
}
_LIMIT = 20_000


@dataclass(frozen=True, repr=False)
class LocalList:
    """Folded values by label, and values that are never personal here; `repr` shows none of them."""

    values: dict[str, Label]
    ignored: frozenset[str]

    def __repr__(self) -> str:
        return f"LocalList({len(self.values)} valeurs, {len(self.ignored)} ignorées)"


EMPTY_LIST = LocalList({}, frozenset())
_cache: dict[Path, tuple[tuple[int, int], LocalList]] = {}


def list_path() -> Path | None:
    """Where the list is looked for; None when no project folder is known."""
    named = os.environ.get(LIST_VARIABLE)
    if named:
        return Path(named)
    from atelier_ia.errors import AtelierError
    from atelier_ia.settings import project_root

    try:
        return project_root() / "var" / "confidentialite" / "liste.csv"
    except AtelierError:
        return None


def load_local_list() -> LocalList:
    """The list as it is now; empty when there is no file.

    Raises:
        PrivacyError: the file exists but cannot be read or understood: masking without it would leave names in clear.
    """
    path = list_path()
    if path is None:
        return EMPTY_LIST
    try:
        state = path.stat()
    except FileNotFoundError:
        if os.environ.get(LIST_VARIABLE):
            raise PrivacyError(
                f"La liste de confidentialité indiquée par {LIST_VARIABLE} n'existe pas ; corrigez le chemin ou "
                f"retirez la variable."
            ) from None
        return EMPTY_LIST
    except OSError:
        raise PrivacyError("La liste de confidentialité ne peut pas être lue ; vérifiez ses droits d'accès.") from None
    key = (state.st_mtime_ns, state.st_size)
    cached = _cache.get(path)
    if cached is not None and cached[0] == key:
        return cached[1]
    try:
        loaded = _parse(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise PrivacyError(
            "La liste de confidentialité ne peut pas être lue ; enregistrez-la en CSV UTF-8 et vérifiez ses "
            "droits d'accès."
        ) from None
    _cache[path] = (key, loaded)
    return loaded


def parse_names(names: object) -> LocalList:
    """A list given by the caller: a `LocalList`, or an iterable of people's names."""
    if isinstance(names, LocalList):
        return names
    if isinstance(names, str) or not hasattr(names, "__iter__"):
        raise PrivacyError("La liste de noms doit être une suite de textes.")
    return LocalList({fold_value(str(name)): "NOM" for name in names if len(str(name).strip()) > 1}, frozenset())


def fold_value(value: str) -> str:
    """`value` as it is compared: lower case, no accents, single spaces for hyphens and apostrophes."""
    return re.sub(r"[\s'’\-]+", " ", value.lower().translate(_ACCENTS)).strip()


def _parse(text: str) -> LocalList:
    values: dict[str, Label] = {}
    ignored: set[str] = set()
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=";"), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or cells[0].lower() == "type":
            continue
        kind = fold_value(cells[0]).replace(" ", "-")
        if len(cells) < 2 or kind not in _KINDS:
            raise PrivacyError(
                f"La liste de confidentialité, ligne {number} : écrivez « type;valeur », le type étant l'un de : "
                f"{', '.join(_KINDS)}."
            )
        value = fold_value(cells[1])
        if len(value) < 2:
            continue
        label = _KINDS[kind]
        if label is None:
            ignored.add(value)
        else:
            values[value] = label
        if len(values) > _LIMIT:
            raise PrivacyError(f"La liste de confidentialité dépasse {_LIMIT} lignes ; réduisez-la.")
    return LocalList(values, frozenset(ignored))
