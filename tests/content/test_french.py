"""The French that learners read: spelling, grammar, typographic spaces."""

import pytest

from tests.content.proofreading import learners_texts, plain, reader_available, remarks

TEXTS = {name: plain(text) for name, text in learners_texts().items()}


@pytest.mark.skipif(not reader_available(), reason="Grammalecte absent ; installez le paquet Debian grammalecte-cli.")
def test_spelling_grammar_and_spaces() -> None:
    """Has Grammalecte nothing to say of what learners read, our own words and its known errors aside?"""
    found = remarks(TEXTS)
    assert set(found) == set(TEXTS)
    assert {name: listed for name, listed in found.items() if listed} == {}


@pytest.mark.skipif(not reader_available(), reason="Grammalecte absent ; installez le paquet Debian grammalecte-cli.")
@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Les agent relisent la réponse.", "g3__"),
        ("Il faut relir la réponse.", "orthographe"),
        ("Relisez la réponse : elle part ce soir.", "nbsp_"),
        ("Les référents relit la réponse.", "gv2"),
    ],
)
def test_the_reader_reads(sentence: str, rule: str) -> None:
    """Would a mistake be seen?"""
    (found,) = remarks({"essai": plain(sentence)}).values()
    assert [remark for remark in found if remark.rule.startswith(rule)]


def test_words_are_ours_only() -> None:
    """Are the texts long enough to be all of the lessons, and free of « veuillez » and of "prompt" as a French word?"""
    assert sum(len(paragraph) for paragraphs in TEXTS.values() for paragraph in paragraphs) > 60_000
    text = "\n".join(paragraph for paragraphs in TEXTS.values() for paragraph in paragraphs).lower()
    assert "veuillez" not in text
