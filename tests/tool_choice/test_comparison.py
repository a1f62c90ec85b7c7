"""The table of tools: complete, dated, sourced, editable; ranking, exclusions and honest conclusions."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.content import ContentError
from atelier_ia.errors import AtelierError
from atelier_ia.tool_choice.comparison import SHIPPED, Comparison, copy_for_editing, load_comparison
from atelier_ia.tool_choice.ranking import Need, rank_tools

TODAY = date(2026, 12, 1)
TABLE = load_comparison(SHIPPED)
CRITERIA = [item.id for item in TABLE.criteria]


def test_every_cell_is_dated_and_sourced() -> None:
    """Has each cell a finding, a source and a date in the past, and is general knowledge never called verified?"""
    for tool in TABLE.tools:
        for cell in tool.cells.values():
            assert cell.checked <= TODAY
            if cell.source.startswith(("connaissance", "à demander")):
                assert cell.status == "à vérifier"


def test_the_three_families_are_there() -> None:
    """Are general, European and specialised tools compared?"""
    assert {tool.family for tool in TABLE.tools} == {"généraliste", "français et européen", "spécialisé"}


@pytest.mark.parametrize(
    ("need", "excluded", "words"),
    [
        (Need("courriels"), "albert", "Réservé à l’État"),
        (Need("courriels"), "grand_public", "sans contrat"),
        (Need("courriels", offline=True), "mistral", "rien ne sorte"),
        (Need("transcription"), "transcripts", "Réservé à l’État"),
    ],
)
def test_exclusions_are_explained(need: Need, excluded: str, words: str) -> None:
    """Is each tool ruled out with its reason (Albert: eligibility, with source and date)?"""
    ranking = rank_tools(TABLE, need, TODAY)
    reasons = {item.tool.id: " ".join(item.reasons) for item in ranking.excluded}
    assert words in reasons[excluded]
    assert excluded not in {item.tool.id for item in ranking.kept}
    if "Réservé" in words:
        assert "Source" in reasons[excluded]
        assert "/2026" in reasons[excluded]


def test_a_state_body_may_take_albert() -> None:
    """For a State administration, is Albert ranked rather than excluded?"""
    ranking = rank_tools(TABLE, Need("courriels", state_body=True), TODAY)
    assert "albert" in {item.tool.id for item in ranking.kept}


def test_nothing_decided_on_what_is_not_verified() -> None:
    """When intervals overlap, does the conclusion refuse to decide and name the rivals?"""
    ranking = rank_tools(TABLE, Need("courriels"), TODAY)
    assert not ranking.decided
    assert "ne permet pas de trancher" in ranking.conclusion
    assert ranking.kept[0].to_verify


def test_one_tool_left_is_said() -> None:
    """When a single tool answers the need, is it said so?"""
    ranking = rank_tools(TABLE, Need("visuels", offline=True), TODAY)
    assert ranking.decided
    assert "Créer une affiche" in ranking.conclusion
    none = rank_tools(TABLE, Need("transcription", offline=True), TODAY)
    assert not none.kept
    assert "Aucun outil" in none.conclusion


def test_old_cells_are_to_check_again() -> None:
    """Seven months later, are verified cells doubtful again and scores wider?"""
    now = rank_tools(TABLE, Need("courriels"), TODAY)
    later = rank_tools(TABLE, Need("courriels"), TODAY + timedelta(days=220))
    width = {item.tool.id: item.high - item.low for item in now.kept}
    assert all(item.high - item.low >= width[item.tool.id] for item in later.kept)
    assert any("plus de six mois" in text for text in later.kept[0].to_verify)


@given(st.dictionaries(st.sampled_from(CRITERIA), st.integers(0, 5)), st.booleans(), st.booleans())
def test_scores_are_bounded_and_ordered(weights: dict[str, int], personal: bool, union: bool) -> None:
    """Whatever the weights, is each score between its bounds, between 0 and 100, and the order that of the scores?"""
    ranking = rank_tools(TABLE, Need("courriels", personal, union), TODAY, weights)
    for item in ranking.kept:
        assert -1e-9 <= item.low <= item.score + 1e-9
        assert item.score <= item.high + 1e-9
        assert item.high <= 100 + 1e-9
        assert sum(item.contributions.values()) == pytest.approx(item.score)
    scores = [item.score for item in ranking.kept]
    assert scores == sorted(scores, reverse=True)


def test_weights_change_the_order() -> None:
    """If only simplicity counts, does a simple tool come first; if only hosting counts, a local one?"""
    only = dict.fromkeys(CRITERIA, 0)
    simple = rank_tools(TABLE, Need("courriels"), TODAY, only | {"simplicite": 5})
    hosted = rank_tools(TABLE, Need("courriels"), TODAY, only | {"hebergement": 5})
    assert simple.kept[0].tool.cells["simplicite"].note == 4
    assert hosted.kept[0].tool.id == "local"


def test_no_weight_at_all_decides_nothing() -> None:
    """When every criterion is ignored, is a weight asked for, instead of a winner with 0 out of 100?"""
    ranking = rank_tools(TABLE, Need("courriels"), TODAY, dict.fromkeys(CRITERIA, 0))
    assert ranking.kept
    assert not ranking.decided
    assert "donnez du poids" in ranking.conclusion


def test_the_dsi_edits_a_copy(tmp_path: Path) -> None:
    """Is our table copied once, never over the DSI's, and is the copy read?"""
    copy = copy_for_editing(tmp_path)
    assert load_comparison(copy) == TABLE
    with pytest.raises(AtelierError, match="existe déjà"):
        copy_for_editing(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("note = 0,", "note = 9,", "au plus 4"),
        ('statut = "vérifié" }', 'statut = "sûr" }', "valeurs admises"),
        ('id = "openai"', 'id = "grand_public"', "figure deux fois"),
        ("simplicite = {", "facilite = {", "n'a pas de case « simplicite »"),
        ("note = 0, ", "", "une case vérifiée a une note"),
    ],
)
def test_mistakes_of_the_dsi_are_explained(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    """Does a wrong note, status, identifier or cell name give one French sentence?"""
    path = tmp_path / "comparatif.toml"
    text = SHIPPED.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError, match=sentence):
        load_comparison(path)


def test_the_model_holds_everything() -> None:
    """Is the table a Comparison with at least eight tools?"""
    assert isinstance(TABLE, Comparison)
    assert len(TABLE.tools) >= 8
