"""Tables of the sandbox: read as written, in this commune's name, with a remedy when unknown."""

import pytest

from atelier_ia.content import ContentError
from atelier_ia.use_cases.sandbox_tables import known_tables, load_table


def test_tables_are_known_by_their_titles() -> None:
    """Is every table of the folder titled, in this commune's name?"""
    assert {"budget_2026", "cantine_mensuelle", "energie_batiments"} <= set(known_tables())
    assert "{" not in "".join(known_tables().values())


def test_figures_have_their_thousands_apart_and_codes_stay() -> None:
    """Is « 2486000 » shown as a French number while chapters 011 and 1068 stay codes?"""
    table = load_table("budget_2026")
    assert "011 | Charges à caractère général | 2\u202f486\u202f000" in table.text
    assert "| 1068 |" in table.text
    assert table.text.startswith("Section | Sens")


def test_unknown_table_names_the_known_ones() -> None:
    """Is the sentence in French, with what to write instead?"""
    with pytest.raises(ContentError, match="tableaux connus : budget_2026"):
        load_table("../organisation")
