"""The five starters of the method."""

import pytest

from atelier_ia.content import ContentError
from atelier_ia.settings import load_settings, project_root
from atelier_ia.use_cases.catalogue import load_use_cases, use_case


def test_five_starters_begin_with_mail() -> None:
    """Are there five, and does mail come first, since every agent writes e-mails?"""
    assert [case.id for case in load_use_cases()] == ["courriels", "publications", "reunions", "arretes", "visuels"]


@pytest.mark.parametrize(
    ("identifier", "reference"),
    [
        ("courriels", "2 h par agent et par semaine (observé par la méthode)"),
        ("publications", "1 h par semaine (observé par la méthode)"),
        ("reunions", "30 min par réunion (observé par la méthode)"),
        ("arretes", "45 min par document (observé par la méthode)"),
        ("visuels", "remplace une partie des commandes extérieures (observé par la méthode)"),
    ],
)
def test_gains_are_references_and_say_so(identifier: str, reference: str) -> None:
    """Does each gain carry its unit and where it comes from?"""
    assert use_case(identifier).reference == reference


def test_services_are_those_of_the_settings() -> None:
    """Is each use case offered to services that exist?"""
    known = {service.id for service in load_settings(project_root() / "sandbox_data" / "val_fontaine.toml").services}
    assert all(set(case.services) <= known for case in load_use_cases())
    assert set(use_case("courriels").services) == known


def test_unknown_use_case_names_the_known_ones() -> None:
    """Does a wrong id say which ones exist?"""
    with pytest.raises(ContentError, match="usages connus : courriels, publications"):
        use_case("jardinage")
