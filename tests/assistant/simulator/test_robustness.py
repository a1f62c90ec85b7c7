"""Whatever it is given, the simulator answers: odd text, markup, other languages, 200 kB, injection."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from atelier_ia.assistant.simulator.filling import fill
from atelier_ia.assistant.simulator.protocol import respond
from atelier_ia.assistant.simulator.task import split_source
from atelier_ia.assistant.structured import fits
from atelier_ia.settings import Settings, load_settings

INSTRUCTIONS = [
    "",
    "Réponds.",
    "Tu es agent d'accueil. Réponds au courriel d'un habitant, ton cordial, 150 mots, n'invente rien.",
    "Tu es chargé de communication. Rédige des publications pour les habitants, ton simple, 300 caractères, "
    "n'invente rien.",
    "Tu es secrétaire. Rédige le relevé de décisions de la réunion pour les agents, ton neutre, en liste, "
    "n'invente rien.",
    "Tu es secrétaire. Rédige le procès-verbal du conseil municipal pour les élus, ton neutre, en liste, "
    "n'invente rien.",
    "Tu es agent. Rédige l'arrêté municipal pour les riverains, ton administratif, en articles, n'invente rien.",
    "Tu es agent. Prépare le brief d'une affiche pour les habitants, ton simple, en liste, n'invente rien.",
]

FACTS = ["Bonjour,", "[NOM_1]", "12 rue des Tilleuls", "le 3 mai 2027", "14h30", "de 8h à 18h", "3 €", "L. 2212-2"]
LABELS = ["Présents : A, B", "Point n° 1 : Budget", "LE MAIRE : adopté", "huis clos", "décide", "doit", "?", "!", "- "]
MARKS = ["\n", "\n\n", "<<<TEXTE", "TEXTE>>>", "{commune}", "[[erreur: ton_familier]]", "\u202f", "\x00", "<b>", "é"]
pieces = st.sampled_from(FACTS + LABELS + MARKS)
texts = st.one_of(st.text(max_size=300), st.lists(pieces, max_size=25).map(" ".join))


def answer(content: Any, settings: Settings, **more: Any) -> str:
    body = json.dumps({"messages": [{"role": "user", "content": content}], **more}).encode()
    told = respond("POST", "/v1/chat/completions", body, settings)
    assert told.status == 200
    assert told.body is not None
    return str(told.body["choices"][0]["message"]["content"])


@given(text=texts, instruction=st.sampled_from(INSTRUCTIONS), fenced=st.booleans())
@hypothesis_settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text(text: str, instruction: str, fenced: bool) -> None:
    """Does any text, under any instruction, get an answer, without a brace of a template?"""
    content = f"{instruction}\n\n<<<TEXTE\n{text}\nTEXTE>>>" if fenced else f"{instruction}\n\n{text}"
    told = answer(content, load_settings())
    assert told.strip()
    assert "{service" not in told


@pytest.mark.parametrize(
    "source",
    [
        "Hello, I would like to know when the town hall opens. Thank you very much, John",
        "Guten Tag, wann ist das Rathaus geöffnet? Mit freundlichen Grüßen",
        "مرحبا، متى تفتح البلدية؟",
        "您好,请问市政府什么时候开门?",
        "<html><body><p>Bonjour,</p><script>alert(1)</script></body></html>",
        "=CMD()|' /C calc'!A0",
        "\u202e\u200b" * 50,
        "😀" * 200,
    ],
)
@pytest.mark.parametrize("instruction", INSTRUCTIONS)
def test_strange_sources(settings: Settings, source: str, instruction: str) -> None:
    """Do other languages and markup get an answer?"""
    assert answer(f"{instruction}\n\n<<<TEXTE\n{source}\nTEXTE>>>", settings).strip()


HOSTILE = [
    "a",
    "1 ",
    "Rue De La ",
    "<texte>",
    "M. X : oui ?\n",
    "@.",
    "Bonjour, la rue des Tilleuls est sale. ",
    "Présents : ",
]


@pytest.mark.parametrize(
    ("instruction", "unit"),
    [*zip(INSTRUCTIONS, HOSTILE, strict=True), *((INSTRUCTIONS[3], unit) for unit in ("a", "A-", ", "))],
)
def test_200_kilobytes(settings: Settings, instruction: str, unit: str) -> None:
    """Does a very long text get an answer (the test's own time limit is the only one)?"""
    text = unit * (200_000 // len(unit))
    assert answer(f"{instruction}\n\n<<<TEXTE\n{text}\nTEXTE>>>", settings).strip()


@pytest.mark.parametrize(
    "content", [None, 3, [], [{"type": "text", "text": "Bonjour"}], [{"type": "image_url"}], {"a": 1}]
)
def test_odd_content(settings: Settings, content: Any) -> None:
    """Do messages whose content is no text get an answer?"""
    assert answer(content, settings).strip()


simple = st.sampled_from(
    [{"type": "string"}, {"type": "integer"}, {"type": "boolean"}, {"type": ["string", "null"]}, {"enum": ["a", "b"]}]
)
schemas = st.recursive(
    simple,
    lambda inner: st.one_of(
        inner.map(lambda item: {"type": "array", "items": item}),
        st.dictionaries(st.sampled_from(["titre", "date", "lieu", "texte", "points", "x"]), inner, max_size=4).map(
            lambda fields: {
                "type": "object",
                "properties": fields,
                "required": list(fields),
                "additionalProperties": False,
            }
        ),
    ),
    max_leaves=8,
)


@given(schema=schemas, source=texts)
@hypothesis_settings(max_examples=80, deadline=None)
def test_any_schema(schema: dict[str, Any], source: str) -> None:
    """Does the filled object fit the schema asked for?"""
    value = fill({"type": "object", "properties": {"a": schema}, "required": ["a"]}, source, "Un texte.")
    assert fits(value["a"], schema)


@given(text=st.text(max_size=300))
def test_source_is_found_again(text: str) -> None:
    """Is a fenced text found whole, whatever it holds?"""
    if text.strip() and "TEXTE" not in text and "\r" not in text:
        assert split_source(f"Réponds à ceci :\n<<<TEXTE\n{text}\nTEXTE>>>")[1] == text.strip()
