"""One's own record: seen by its owner alone, corrected with a trace, decided by a person."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from atelier_ia.apps.my_record import MyRecord
from atelier_ia.apps.record_requests import RecordRequests
from atelier_ia.cli.record import command
from atelier_ia.errors import AtelierError
from atelier_ia.measurement import corrections
from atelier_ia.measurement.corrections import ask_correction, correct_names, corrections_of, decide, pending
from atelier_ia.measurement.own_record import CLOSED_SECONDS, TRIES, AccessError, holder_of, issue_codes, record_of
from atelier_ia.measurement.personal_data import erase_person
from atelier_ia.measurement.record_base import FILE_NAME, purge_records
from atelier_ia.training.attendance import Attendance, read_attendance, write_attendance
from atelier_ia.training.roster import Learner, read_roster, write_roster
from atelier_ia.use_cases.sandbox import reference_settings

SETTINGS = reference_settings()
SETTINGS_FILE = Path(__file__).resolve().parents[2] / "sandbox_data" / "val_fontaine.toml"
DAY = date(2027, 1, 25)
MODULE = "s3_referents"
PEOPLE = (
    Learner("a1", "Dupond", "Zoé", "rh", "B"),
    Learner("a2", "Dupont", "Zoe", "rh", "B"),
    Learner("b7", "Lefevre", "Marie-Claire", "ccas", "C"),
    Learner("B7", "Secret", "Autre", "ccas", "C"),
)
INJECTIONS = (
    "' OR '1'='1",
    "a1' --",
    "%",
    "a_",
    "*",
    "../a1",
    "a1\x00",
    "=cmd|' /C calc'!A0",
    "<script>x</script>",
    "é" * 9,
)


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    shutil.copy(SETTINGS_FILE, tmp_path / "atelier.toml")
    write_roster(PEOPLE)
    write_attendance(
        [
            Attendance("a1", DAY, MODULE, 7, modality="présentiel"),
            Attendance("a2", DAY, MODULE, 3),
            Attendance("a1", DAY, "accompagnement_a1", 1),
            Attendance("b7", DAY, MODULE, 2, present=False),
        ]
    )


def every_word(app: MyRecord) -> str:
    return json.dumps([app.view(), app.keep()], ensure_ascii=False)


def test_only_the_right_pair_opens_and_only_its_own_record() -> None:
    """Does every other identity, guessed identifier and injection stay outside with one and the same sentence?"""
    codes = issue_codes(["a1", "a2", "b7", "B7"], DAY)
    assert len(set(codes.values())) == 4
    assert holder_of(" A1 ", codes["a1"].lower().replace("-", " ")) == "a1"
    # Two identifiers that differ by case only: the code says whose record it is.
    assert (holder_of("b7", codes["B7"]), holder_of("b7", codes["b7"])) == ("B7", "b7")
    told = set()
    for identifier, code in (
        ("a1", codes["a2"]),
        ("a2", codes["a1"]),
        ("nobody", codes["a1"]),
        ("", codes["a1"]),
        ("a1", ""),
        ("a1", codes["a1"][:-1]),
        *((word, codes["a1"]) for word in INJECTIONS),
        *(("a2", word) for word in INJECTIONS[:2]),
    ):
        with pytest.raises(AccessError) as refused:
            holder_of(identifier, code)
        told.add(str(refused.value))
    assert len(told) == 1
    mine = json.dumps(record_of("a1", SETTINGS), ensure_ascii=False)
    assert "Dupond" in mine
    assert MODULE in mine
    assert "Dupont" not in mine
    assert "accompagnement" not in mine
    assert record_of("' OR 1=1", SETTINGS) == {}


def test_guessing_closes_the_door_for_known_and_unknown_alike() -> None:
    """After five wrong codes, is even the right one refused for a while, by any process, then accepted again?"""
    codes = issue_codes(["a1"], DAY)
    for identifier in ("a1", "nobody"):
        with ThreadPoolExecutor(8) as pool:
            tries = [pool.submit(holder_of, identifier, f"AAAA-AAAA-{n:04}", 1000.0) for n in range(20)]
        told = [str(one.exception()) for one in tries]
        assert sum("ne vont pas ensemble" in text for text in told) == TRIES
        assert sum("quart d'heure" in text for text in told) == 20 - TRIES
        with pytest.raises(AccessError, match="quart d'heure"):
            holder_of(identifier, codes["a1"], 1000.0 + CLOSED_SECONDS - 1)
    assert holder_of("a1", codes["a1"], 1000.0 + CLOSED_SECONDS + 1) == "a1"


def test_the_base_holds_no_code_and_no_wrong_try(tmp_path: Path) -> None:
    """Is neither a code nor what somebody mistyped readable on disk, and does a new code end the old one?"""
    old = issue_codes(["a1"], DAY)["a1"]
    with pytest.raises(AccessError):
        holder_of("motdepasse-tape-ici", "XXXX")
    new = issue_codes(["a1"], DAY)["a1"]
    data = (tmp_path / "var" / FILE_NAME).read_bytes()
    for word in (old, new, new.replace("-", ""), "motdepasse"):
        assert word.encode() not in data
    with pytest.raises(AccessError):
        holder_of("a1", old)
    assert holder_of("a1", new) == "a1"


def test_a_spelling_is_corrected_at_once_and_traced() -> None:
    """Are accents, hyphens and one wrong letter put right by the person, with the old words kept?"""
    (line,) = correct_names("b7", {"nom": "Lefèvre", "prenom": "Marie-Claire"}, SETTINGS, DAY)
    assert (line.state, line.before, line.wanted) == ("appliquée", "Lefevre", "Lefèvre")
    assert next(who for who in read_roster() if who.identifier == "b7").last_name == "Lefèvre"
    swapped = correct_names("b7", {"nom": "Marie-Claire", "prenom": "Lefèvre"}, SETTINGS, DAY)
    assert [item.state for item in swapped] == ["appliquée"] * 2
    assert correct_names("b7", {"nom": "Marie-Claire"}, SETTINGS, DAY) == ()
    assert [item.subject for item in corrections_of("b7")] == ["prenom", "nom", "nom"]
    assert pending() == ()


@pytest.mark.parametrize("wanted", ["Moreau", "=Dupond", "Dupond;1", "Dupont", "Dupond <b>", "Du", "D'Upond'Neuf"])
def test_another_name_waits_for_a_person(wanted: str) -> None:
    """Does a real change, a formula or a colleague's name go to HR instead of the file?"""
    before = read_roster()
    (line,) = correct_names("a1", {"nom": wanted}, SETTINGS, DAY)
    assert line.state == "en attente"
    assert read_roster() == before


def test_small_steps_do_not_make_a_new_name() -> None:
    """Is each correction compared with what HR wrote, not with the last correction?"""
    states = [correct_names("b7", {"nom": name}, SETTINGS, DAY)[0].state for name in ("Lefevra", "Lafevre", "Moreira")]
    assert states == ["appliquée", "appliquée", "en attente"]
    assert correct_names("b7", {"nom": "Larivra"}, SETTINGS, DAY)[0].state == "en attente"
    for wrong in ("", "123", "x" * 400):
        with pytest.raises(AtelierError):
            correct_names("b7", {"nom": wrong}, SETTINGS, DAY)


def test_hr_decides_hours_and_attendance() -> None:
    """Does the file change only when HR accepts, once, and does a refusal need a word?"""
    asked = ask_correction("b7", "présence", "2,5", DAY, session="25/01/2027", module=MODULE, before="absence")
    missing = ask_correction("b7", "présence", "1 h 30", DAY, session="26/01/2027", module="Atelier RH")
    late = ask_correction("b7", "présence", "oui", DAY, session="27/01/2027", module="Atelier RH")
    service = ask_correction("b7", "service", "Urbanisme", DAY)
    mark = ask_correction("b7", "résultat", "acquis", DAY, module=MODULE)
    before = read_attendance()
    assert [item.number for item in pending()] == [
        asked.number,
        missing.number,
        late.number,
        service.number,
        mark.number,
    ]
    decide(asked.number, True, "", SETTINGS, DAY)
    decide(missing.number, True, "feuille retrouvée", SETTINGS, DAY)
    after = {(line.learner, line.day.day, line.module): (line.present, line.hours) for line in read_attendance()}
    assert after["b7", 25, MODULE] == (True, 2.5)
    assert after["b7", 26, "Atelier RH"] == (True, 1.5)
    assert len(after) == len(before) + 1
    with pytest.raises(AtelierError, match="durée"):  # nothing to correct, no duration to add: still waiting
        decide(late.number, True, "", SETTINGS, DAY)
    with pytest.raises(AtelierError, match="refusée"):
        decide(late.number, False, " ", SETTINGS, DAY)
    decide(late.number, False, "vous étiez en congé", SETTINGS, DAY)
    decide(service.number, True, "", SETTINGS, DAY)
    assert next(who for who in read_roster(settings=SETTINGS) if who.identifier == "b7").service == "urbanisme"
    assert not corrections.applied_by_itself(decide(mark.number, True, "vu avec la formatrice", SETTINGS, DAY))
    with pytest.raises(AtelierError, match="n'est en attente"):
        decide(asked.number, True, "", SETTINGS, DAY)
    states = {item.number: (item.state, item.answer) for item in corrections_of("b7")}
    assert states[late.number] == ("refusée", "vous étiez en congé")
    assert corrections_of("a1") == ()


def test_odd_requests_break_nothing() -> None:
    """Are impossible values refused, floods bounded, and hostile words kept as words?"""
    for session, module, value in (
        ("demain", "x", "oui"),
        ("", "", "oui"),
        ("25/01/2027", "x", "999"),
        ("25/01/2027", "x", "?"),
    ):
        with pytest.raises(AtelierError):
            ask_correction("a1", "présence", value, DAY, session=session, module=module)
    for words in INJECTIONS:
        ask_correction("a1", "autre", words, DAY, reason="'); DROP TABLE demandes; --")
    with pytest.raises(AtelierError, match="attendent déjà"):
        ask_correction("a1", "autre", "encore", DAY)
    assert len(pending()) == len(INJECTIONS)
    ask_correction("a2", "categorie", "Z", DAY)
    with pytest.raises(AtelierError, match="A, B, C"):
        decide(pending()[-1].number, True, "", SETTINGS, DAY)
    assert pending()[-1].wanted == "Z"


def test_erased_and_purged() -> None:
    """Do code and requests go with the person, and old decided ones with time, those waiting excepted?"""
    code = issue_codes(["a1", "a2"], DAY)["a1"]
    ask_correction("a1", "grade", "rédactrice", DAY)
    waiting = ask_correction("a2", "grade", "rédactrice", DAY)
    assert erase_person("a1", SETTINGS) | {"présences": 0} == {
        "liste des agents": 1,
        "présences": 0,
        "signatures": 0,
        "code personnel": 1,
        "demandes de correction": 1,
    }
    with pytest.raises(AccessError):
        holder_of("a1", code)
    correct_names("b7", {"nom": "Lefèvre"}, SETTINGS, DAY)
    assert purge_records(date(2027, 1, 26)) == 2  # the code of a2, the spelling of b7
    assert [item.number for item in pending()] == [waiting.number]


def test_the_page_keeps_nothing_of_the_record() -> None:
    """Is the page empty of the record before the code, after closing, and in what the browser keeps?"""
    code = issue_codes(["a1"], DAY)["a1"]
    app = MyRecord()
    app._receive({"type": "event", "id": "ouvrir", "values": {"identifiant": "a1", "code": "FAUX-CODE-ICIX"}})
    assert "ne vont pas ensemble" in app.problem
    for forged in ("corriger", "demander"):  # a message sent by hand, without the door
        app._receive({"type": "event", "id": forged, "values": {"nom": "Pirate", "objet": "grade", "voulu": "x"}})
        assert "refermé" in app.problem
    app._receive({"type": "resume", "memory": {"identifier": "a1", "record": {}}, "values": {}})
    assert "Dupond" not in every_word(app)
    assert pending() == ()
    app._receive({"type": "event", "id": "ouvrir", "values": {"identifiant": "a1", "code": code}})
    assert app.problem == ""
    assert "Dupond" in every_word(app)
    assert "7\u00a0h" in every_word(app)
    assert app.keep() == {}
    assert code not in every_word(app)
    app._receive({"type": "event", "id": "corriger", "values": {"nom": "Dupônd", "prenom": "Zoé", "identifiant": "a2"}})
    assert "C’est corrigé" in every_word(app)
    form = {"objet": "présence", "seance": f"25/01/2027 {MODULE}", "voulu": "6", "motif": "partie plus tôt"}
    app._receive({"type": "event", "id": "demander", "values": form})
    assert app.problem == ""
    assert pending()[0].before == "7 h"
    page = RecordRequests()
    assert "Zoé Dupônd" in json.dumps(page.view(), ensure_ascii=False)
    page._receive({"type": "event", "id": f"refuser-{pending()[0].number}", "values": {}})
    assert "refusée" in page.problem
    page._receive({"type": "event", "id": f"accepter-{pending()[0].number}", "values": {}})
    assert next(line.hours for line in read_attendance() if line.learner == "a1") == 6
    app._receive({"type": "event", "id": "fermer", "values": {}})
    assert "Dup" not in every_word(app)
    app._receive({"type": "event", "id": "ouvrir", "values": {"identifiant": "a1", "code": code}})
    app.guarded(lambda: app._close("Le dossier s'est refermé"))  # what the idle timer runs
    assert "Dup" not in every_word(app)
    assert app.record == {}


def test_the_command_of_hr() -> None:
    """Do cards, list, acceptance, refusal and journal work from the command line, with codes that open?"""
    run = CliRunner().invoke
    done = json.loads(run(command, ["codes", "--json"]).output)
    assert done["codes"] == 4
    path = Path(done["fichiers"][0])
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o077 == 0
    assert json.loads(run(command, ["codes", "--json"]).output)["codes"] == 0
    assert isinstance(run(command, ["codes", "inconnu"]).exception, AtelierError)
    number = ask_correction("a1", "grade", "rédactrice", DAY, reason="nouvel arrêté").number
    assert "rédactrice" in run(command, ["demandes"]).output
    assert "Corrigé" in run(command, ["accepter", str(number)]).output
    other = ask_correction("a1", "statut", "titulaire", DAY).number
    assert "Refusé" in run(command, ["refuser", str(other), "--motif", "stage en cours"]).output
    journal = json.loads(run(command, ["journal", "a1", "--json"]).output)
    assert [(line["state"], line["answer"]) for line in journal] == [("refusée", "stage en cours"), ("acceptée", "")]
