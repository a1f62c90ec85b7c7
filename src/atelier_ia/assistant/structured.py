"""Read a structured answer: find the JSON object in what a model wrote and check it against the schema asked for."""

from __future__ import annotations

import json
import re
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def read_object(text: str, schema: dict[str, Any]) -> Any | None:
    """The JSON value that `text` holds (bare, fenced, or inside a sentence) when it fits `schema`, else None."""
    for candidate in _candidates(text):
        try:
            value = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if fits(value, schema):
            return value
    return None


def _candidates(text: str) -> list[str]:
    found = [text.strip()]
    found += re.findall(r"```(?:json)?\s*\n(.*?)```", text, re.DOTALL)
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end:
        found.append(text[start : end + 1])
    return found


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Does `value` fit the part of JSON Schema that this project uses (type, enum, properties, required, items)?"""
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "anyOf" in schema:
        return any(fits(value, option) for option in schema["anyOf"])
    kinds = schema.get("type")
    if kinds is not None:
        names = kinds if isinstance(kinds, list) else [kinds]
        if not any(_is(value, name) for name in names):
            return False
    if isinstance(value, dict):
        if any(name not in value for name in schema.get("required", ())):
            return False
        known = schema.get("properties", {})
        if schema.get("additionalProperties") is False and any(name not in known for name in value):
            return False
        return all(fits(value[name], rule) for name, rule in known.items() if name in value)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return all(fits(item, schema["items"]) for item in value)
    return True


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool) and name in ("number", "integer"):
        return False
    return isinstance(value, _TYPES.get(name, (object,)))
