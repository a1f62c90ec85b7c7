"""The list of learners."""

import pytest

from atelier_ia.documents.tables import TableError
from atelier_ia.training.roster import Learner, by_name, parse_roster, read_roster, write_roster
from atelier_ia.use_cases.sandbox import reference_settings

HEAD = "identifiant;nom;prenom;service;categorie\n"


def test_services_match_by_name_or_identifier() -> None:
    """Are a service's name, its identifier and an unknown word all kept in a useful form?"""
    data = (HEAD + "1;A;B;ACCUEIL ET ETAT CIVIL;a\n2;A;B;accueil;\n3;A;B;Médiathèque;C\n").encode("cp1252")
    assert [learner.service for learner in parse_roster(data, settings=reference_settings())] == [
        "accueil",
        "accueil",
        "Médiathèque",
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("1;A;B;rh;D\n", ["ligne 2", "« categorie »", "« D »"]),
        ("1;A;B;rh;A\n1;C;D;rh;B\n", ["ligne 3", "« identifiant »", "ligne 2"]),
        (";A;B;rh;A\n", ["ligne 2", "case vide"]),
    ],
)
def test_mistakes_name_line_and_column(rows: str, words: list[str]) -> None:
    """Is each mistake of the file told with its line and column?"""
    with pytest.raises(TableError) as caught:
        parse_roster((HEAD + rows).encode(), "apprenants.csv")
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_nothing_is_lost(tmp_path) -> None:
    """Do odd names and unknown columns come back as they were?"""
    learners = (
        Learner(
            "a;1", 'O\'Neil "Jo"; fils', "=cmd|'/C calc'!A0", "rh", "A", "F", "titulaire", "Attachée", {"Bureau": "2"}
        ),
        Learner("b", "محمد", "😀 " + "x" * 200, "Autre, service", extra={"Bureau": "+33"}),
    )
    assert read_roster(write_roster(learners, tmp_path / "l.csv")) == learners


def test_accents_do_not_change_the_order() -> None:
    """Does « Ézanville » stand between « Dupont » and « Martin »?"""
    people = [Learner(name, name, "", "accueil") for name in ("Martin", "Ézanville", "Dupont")]
    assert [who.last_name for who in by_name(people)] == ["Dupont", "Ézanville", "Martin"]


def test_no_file_is_an_empty_list(tmp_path) -> None:
    """Before the first list, is the answer empty rather than an error?"""
    assert read_roster(tmp_path / "absent.csv") == ()
