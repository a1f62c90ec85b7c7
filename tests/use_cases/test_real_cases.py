"""Real cases: nothing unreviewed, nothing personal, nothing for ever."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from atelier_ia.content import ContentError
from atelier_ia.privacy import Span, detect
from atelier_ia.use_cases.real_cases import RealCaseError, ReviewedCase, delete, load_cases, purge, review, store

TEXT = "Bonjour, je suis Madame Claire Dupont, 12 rue des Lilas, joignable au 06 39 98 12 34. Un lampadaire est éteint."
DAY = date(2027, 2, 1)


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


def reviewed(**more) -> ReviewedCase:
    return review(TEXT, detect(TEXT), title="Éclairage public", **more)


def test_only_the_masked_text_is_written(tmp_path: Path) -> None:
    """Is no personal datum of the original anywhere on disk?"""
    store(reviewed())
    written = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert "[NOM_1]" in written
    for secret in ("Dupont", "Claire", "06 39 98", "Lilas"):
        assert secret not in written


def test_files_are_private(tmp_path: Path) -> None:
    """Can only the account that runs the program read the cases?"""
    store(reviewed())
    (path,) = (tmp_path / "var/cas_reels").glob("*.json")
    assert path.stat().st_mode & 0o077 == 0


def test_a_case_not_reviewed_is_refused() -> None:
    """Can a text that did not pass the review be stored by building the object by hand?"""
    with pytest.raises(RealCaseError, match="relu"):
        store(ReviewedCase("x", TEXT))


def test_a_mask_taken_off_by_mistake_is_found() -> None:
    """When the person removes a mask that is still needed, is the import refused, without quoting the datum?"""
    with pytest.raises(RealCaseError) as caught:
        review(TEXT, [], title="x")
    assert "nom de personne" in str(caught.value)
    assert "Dupont" not in str(caught.value)


def test_a_title_with_a_name_is_refused() -> None:
    """Is the title checked as the text is?"""
    with pytest.raises(RealCaseError, match="titre"):
        review("Un lampadaire est éteint.", [], title="Demande de Madame Claire Dupont")


def test_words_declared_harmless_stay_except_sensitive_ones() -> None:
    """May a person declare a false alarm, and never a health datum?"""
    spans = detect(TEXT)
    left_out = [span for span in spans if span.label != "NOM"]
    names = [TEXT[span.start : span.end] for span in spans if span.label == "NOM"]
    assert names[0] in review(TEXT, left_out, title="x", harmless=names).text
    ill = "Ma fille est diabétique et suit un traitement par insuline."
    alerts = [span for span in detect(ill) if span.level == "alerte"]
    assert alerts
    words = [ill[span.start : span.end] for span in alerts]
    with pytest.raises(RealCaseError, match="santé"):
        review(ill, [], title="x", harmless=words)
    assert words[0] not in review(ill, alerts, title="x").text


def test_masks_added_by_the_person_count() -> None:
    """Is a passage that only the person recognised masked too?"""
    text = "La boulangère du village s'est plainte du bruit."
    start = text.index("boulangère")
    added = Span(start, start + len("boulangère"), "NOM", "masquer", "ajouté à la relecture")
    assert "boulangère" not in review(text, [added], title="x").text


def test_cases_are_deleted_after_their_date() -> None:
    """Is a case gone from the list and from the disk the day after its date?"""
    short, long = store(reviewed(), days=10, today=DAY), store(reviewed(), days=90, today=DAY)
    assert {case.id for case in load_cases(today=DAY + timedelta(days=10))} == {short.id, long.id}
    assert [case.id for case in load_cases(today=DAY + timedelta(days=11))] == [long.id]
    assert purge(DAY + timedelta(days=91)) == 1


@pytest.mark.parametrize("days", [0, 366, -5])
def test_no_case_is_kept_for_ever(days: int) -> None:
    """Is a retention outside one day to one year refused?"""
    with pytest.raises(RealCaseError, match="365"):
        store(reviewed(), days=days)


def test_cases_are_found_by_use_and_deleted_at_once() -> None:
    """Does each app see its cases and the general ones, and can one be deleted?"""
    mail, any_use = store(reviewed(use_case="courriels")), store(reviewed())
    store(reviewed(use_case="arretes"))
    assert {case.id for case in load_cases(use_case="courriels")} == {mail.id, any_use.id}
    delete(mail.id)
    assert mail.id not in {case.id for case in load_cases()}
    for wrong in (mail.id, "../../atelier", ""):
        with pytest.raises(RealCaseError):
            delete(wrong)


def test_an_altered_file_is_named(tmp_path: Path) -> None:
    """Is a file changed by hand told by its name rather than trusted?"""
    folder = tmp_path / "var/cas_reels"
    store(reviewed())
    (folder / "cas_000000000000.json").write_text("{}")
    with pytest.raises(ContentError, match="cas_000000000000"):
        load_cases()
