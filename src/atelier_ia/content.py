"""Read content that people write (TOML) through strict models, and say in French what is wrong with it.

Every content file of the project (settings, rubrics, questionnaires, provider table…) passes here: an unknown key, a
missing one or a wrong value becomes one sentence naming the file, the key and the remedy.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from atelier_ia.errors import AtelierError

Model = TypeVar("Model", bound=BaseModel)


class ContentError(AtelierError):
    """A content file does not hold what its model expects."""


class StrictModel(BaseModel):
    """Base of all content models: unknown keys are refused and instances do not change; French aliases are the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def load_toml(path: Path, model: type[Model]) -> Model:
    """Read the TOML file `path` as a `model`.

    Raises:
        ContentError: the file is missing, not UTF-8, not TOML, or does not fit the model.
    """
    return parse_toml(read_text(path), model, path.name)


def read_text(path: Path) -> str:
    """The UTF-8 text of `path` (a byte-order mark is dropped); `ContentError` when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ContentError(f"Le fichier {path} n'existe pas ; vérifiez son emplacement.") from None
    except UnicodeDecodeError:
        raise ContentError(f"{path.name} : le fichier n'est pas en UTF-8 ; réenregistrez-le en UTF-8.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ContentError(f"{path.name} : le fichier ne peut pas être lu ({reason}) ; vérifiez vos droits.") from None


def parse_toml(text: str, model: type[Model], name: str) -> Model:
    """Read TOML `text` as a `model`; `name` is the file's name in the messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(
            f"{name} : la syntaxe TOML est incorrecte ({_toml_place(str(error))}) ; "
            "vérifiez les guillemets, les crochets et les signes « = » à cet endroit."
        ) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ContentError(f"{name} : {explain(error, model)}") from None


def explain(error: ValidationError, model: type[BaseModel]) -> str:
    """The first problem of a pydantic error as a French sentence: key, what is wrong, remedy."""
    problems = error.errors(include_url=False)
    # A misspelt key is also a missing one: the spelling is what the author can act on.
    first = next((problem for problem in problems if problem["type"] == "extra_forbidden"), problems[0])
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
    kind, context = first["type"], first.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys_at(model, first["loc"][:-1])
        close = difflib.get_close_matches(str(first["loc"][-1]), known, n=1)
        advice = f"vouliez-vous écrire « {close[0]} » ?" if close else f"clés admises : {', '.join(sorted(known))}."
        return f"la clé « {key} » n'existe pas ; {advice}"
    if kind == "missing":
        return f"la clé « {key} » manque ; ajoutez-la."
    if not key:
        return _french_reason(kind, context, first["msg"])
    return f"la valeur de « {key} » ne convient pas : {_french_reason(kind, context, first['msg'])}"


def _french_reason(kind: str, context: dict[str, Any], message: str) -> str:
    if kind == "value_error":
        return str(context.get("error", message))
    if kind in ("literal_error", "enum"):
        return f"valeurs admises : {str(context.get('expected', '')).replace(' or ', ' ou ')}."
    bounds = {
        "greater_than": ("gt", "un nombre plus grand que {}"),
        "greater_than_equal": ("ge", "un nombre d'au moins {}"),
        "less_than": ("lt", "un nombre plus petit que {}"),
        "less_than_equal": ("le", "un nombre d'au plus {}"),
        "string_too_short": ("min_length", "un texte d'au moins {} caractère{s}"),
        "string_too_long": ("max_length", "un texte d'au plus {} caractère{s}"),
        "too_short": ("min_length", "au moins {} élément{s}"),
        "too_long": ("max_length", "au plus {} élément{s}"),
        "string_pattern_mismatch": ("pattern", "un texte de la forme {}"),
    }
    if kind in bounds:
        name, sentence = bounds[kind]
        bound = context.get(name, "")
        return f"il faut {sentence.format(bound, s='s' if isinstance(bound, int) and bound > 1 else '')}."
    families = (
        ("int", "il faut un nombre entier, sans guillemets."),
        ("float", "il faut un nombre, sans guillemets."),
        ("date", "il faut une date comme 2027-01-11, sans guillemets."),
        ("string", "il faut un texte entre guillemets."),
        ("bool", "il faut true ou false, sans guillemets."),
        ("list", "il faut une liste entre crochets."),
        ("tuple", "il faut une liste entre crochets."),
        ("dict", "il faut une table."),
        ("model", "il faut une table."),
        ("url", "il faut une adresse qui commence par https:// ou http://."),
    )
    for prefix, sentence in families:
        if kind.startswith(prefix):
            return sentence
    return "corrigez-la d'après la documentation."


def _keys_at(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Keys that `model` accepts at `location`, as their authors write them (aliases first)."""
    current: Any = model
    for part in location:
        if isinstance(part, int):
            continue
        field = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
        inner = _model_inside(field.annotation) if field is not None else None
        if inner is None:
            return []
        current = inner
    return [field.alias or name for name, field in current.model_fields.items()]


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_inside(arg))), None)


def _toml_place(message: str) -> str:
    """'… (at line 3, column 5)' → 'ligne 3, colonne 5'."""
    _, _, place = message.rpartition("(at ")
    if not place:
        return "emplacement inconnu"
    return (
        place.rstrip(")")
        .replace("end of document", "fin du fichier")
        .replace("line", "ligne")
        .replace("column", "colonne")
    )
