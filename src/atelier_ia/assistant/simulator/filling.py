"""Structured answers: fill the schema asked for with what the source says; what it does not say stays empty."""

from __future__ import annotations

import re
from typing import Any

from atelier_ia.assistant.simulator.event import read_event
from atelier_ia.assistant.simulator.french import facts, sentences
from atelier_ia.assistant.simulator.posters import structured_values
from atelier_ia.assistant.words import fold, stems

MAX_DEPTH = 8
_ALIASES = {
    "titre": ("titre", "title", "nom", "evenement", "objet", "intitule", "sujet"),
    "date": ("date", "jour", "quand"),
    "heure": ("heure", "horaire", "horaires", "heures"),
    "lieu": ("lieu", "adresse", "place", "ou", "endroit"),
    "public": ("public", "cible", "audience"),
    "tarif": ("tarif", "prix", "cout"),
    "contact": ("contact", "telephone", "courriel"),
    "accroche": ("accroche", "slogan", "soustitre", "resume", "description"),
    "inscription": ("inscription", "reservation", "informations", "infos"),
    "alternatif": ("alternatif", "alt", "alternative"),
}
_TEXT = ("texte", "reponse", "corps", "contenu", "brouillon", "message", "courriel_reponse", "publication", "text")


def fill(schema: dict[str, Any], source: str, text: str, hints: str = "") -> Any:
    """A value that fits `schema`: `source` gives the facts, `text` is the composed answer, `hints` helps to choose."""
    values = structured_values(read_event(source)) if source else {}
    return _value(schema, "", source, text, {**values}, hints, 0)


def _value(
    schema: dict[str, Any], name: str, source: str, text: str, known: dict[str, Any], hints: str, depth: int
) -> Any:
    if depth > MAX_DEPTH or not isinstance(schema, dict):
        return None
    options = schema.get("enum")
    if isinstance(options, list) and options:
        return _chosen(options, f"{source}\n{hints}")
    if "const" in schema:
        return schema["const"]
    for key in ("anyOf", "oneOf"):
        branches = schema.get(key)
        if isinstance(branches, list) and branches:
            best = next((branch for branch in branches if branch.get("type") != "null"), branches[0])
            value = _value(best, name, source, text, known, hints, depth + 1)
            nullable = any(branch.get("type") == "null" for branch in branches)
            return None if nullable and value in ("", 0) else value
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    names = kinds if isinstance(kinds, list) else [kinds]
    kind = next((item for item in names if item != "null"), "null")
    value = _typed(kind, schema, name, source, text, known, hints, depth)
    return None if "null" in names and value in ("", 0, []) else value


def _typed(
    kind: str, schema: dict[str, Any], name: str, source: str, text: str, known: dict[str, Any], hints: str, depth: int
) -> Any:
    if kind == "object":
        properties = schema.get("properties")
        if not isinstance(properties, dict) or not properties:
            return {"texte": text} if depth == 0 else {}
        return {
            key: _value(rule, key, source, text, known, hints, depth + 1)
            for key, rule in properties.items()
            if isinstance(rule, dict)
        }
    if kind == "array":
        rule = schema.get("items")
        if isinstance(rule, dict) and (rule.get("type", "string") != "string" or "enum" in rule):
            return []
        return list(_listed(name, source))[: int(schema.get("maxItems", 8))]
    if kind in ("integer", "number"):
        return _number(name, source)
    if kind == "boolean":
        return False
    if kind == "null":
        return None
    return _string(name, text, known, int(schema.get("maxLength", 20_000)))


def _string(name: str, text: str, known: dict[str, Any], limit: int) -> str:
    key = re.sub(r"[^a-z]", "", fold(name))
    if not name or key in _TEXT or any(key.startswith(word) for word in _TEXT):
        return text[:limit]
    for field, names in _ALIASES.items():
        if any(
            key == alias or key.startswith(alias) or key.endswith(alias)
            for alias in names
            if len(alias) > 2 or key == alias
        ):
            return str(known.get(field, ""))[:limit]
    return ""


def _chosen(options: list[Any], material: str) -> Any:
    present = set(stems(material))
    ranked = [(sum(word in present for word in stems(str(option))), -number) for number, option in enumerate(options)]
    return options[-max(ranked)[1]]


def _number(name: str, source: str) -> int:
    """The figure that stands beside the property's name in the source, else 0."""
    for word in stems(name.replace("_", " ")):
        for sentence in sentences(source):
            if word in stems(sentence) and (match := re.search(r"\d+", sentence)):
                return int(match[0][:9])
    return 0


def _listed(name: str, source: str) -> tuple[str, ...]:
    told = facts(source)
    key = fold(name)
    for mark, found in (("date", told.dates), ("heure", told.hours), ("lieu", told.places), ("montant", told.amounts)):
        if mark in key:
            return found
    return tuple(sentences(source)[:8])
