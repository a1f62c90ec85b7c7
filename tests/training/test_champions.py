"""One champion per service: who is proposed, with which reasons, and never a mark."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.errors import AtelierError
from atelier_ia.settings import Service
from atelier_ia.training.champions import Candidate, chosen_csv, load_questions, propose, read_candidate

SERVICES = tuple(
    Service.model_validate({"id": name, "nom": name.capitalize(), "effectif": size})
    for name, size in (("accueil", 6), ("finances", 3), ("vide", 0))
)
KEYS = [question.id for question in load_questions()]


def candidate(name: str, *yes: str, service: str = "accueil") -> Candidate:
    return Candidate(name, service, frozenset(yes))


CASES = [
    # a volunteer comes before somebody brilliant who was not asked
    ([candidate("Ana", "volontaire", "temps", "essaie"), candidate("Zoé", *KEYS[2:])], ("Ana",)),
    # curiosity and influence together come before twice the same
    (
        [
            candidate("Ana", "volontaire", "temps", "essaie", "doute"),
            candidate("Zoé", "volontaire", "temps", "essaie", "aide"),
        ],
        ("Zoé",),
    ),
    # nothing tells them apart: a person chooses
    ([candidate("Ana", "volontaire", "temps"), candidate("Zoé", "volontaire", "temps")], ("Ana", "Zoé")),
    ([], ()),
]


@pytest.mark.parametrize(("candidates", "names"), CASES)
def test_who_is_proposed(candidates: list[Candidate], names: tuple[str, ...]) -> None:
    """Is the most curious and most listened-to volunteer proposed, and a tie left to a person?"""
    first = propose(SERVICES, candidates)[0]
    assert first.names == names
    if len(names) != 1:
        assert first.to_settle


@given(
    st.lists(
        st.builds(
            Candidate,
            st.text(min_size=1),
            st.sampled_from(["accueil", "finances", "autre"]),
            st.frozensets(st.sampled_from(KEYS)),
        ),
        max_size=12,
    )
)
def test_one_line_per_service(candidates: list[Candidate]) -> None:
    """Does each service with agents get one line, with its own people only, readable again from the file?"""
    proposals = propose(SERVICES, candidates)
    assert [one.service.id for one in proposals] == ["accueil", "finances"]
    for one in proposals:
        own = {other.name for other in candidates if other.service == one.service.id}
        assert set(one.names) <= own
        assert bool(one.names) == bool(own)
    rows = list(csv.reader(io.StringIO(chosen_csv(proposals).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [len(row) for row in rows] == [4, 4, 4]


@pytest.mark.parametrize(("name", "sentence"), [("  ", "Écrivez un prénom"), ("ANA", "déjà dans la liste")])
def test_a_name_that_does_not_do(name: str, sentence: str) -> None:
    """Is an empty or repeated name explained?"""
    with pytest.raises(AtelierError, match=sentence):
        read_candidate(name, "accueil", [], [candidate("Ana")])
