"""`connexion.toml`: what is wrong in it, said in one French sentence, before the room opens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from atelier_ia.content import ContentError
from atelier_ia.rooms.entrance.people import Identity, account, auth_model, still_valid
from atelier_ia.rooms.entrance.settings import FILE_VARIABLE, PROCONNECT_SECRET, load_entrances, ready_entrances
from atelier_ia.rooms.store import RoomStore
from tests.rooms.conftest import project_copy

PROCONNECT = """
entrees = ["proconnect"]
adresse_publique = "https://atelier.mairie.example/"
[proconnect]
adresse = "https://auth.agentconnect.gouv.fr/api/v2"
client = "atelier"
sirets = ["219 903 101 00000"]
formatrices = ["Nadege@Val-Fontaine.example "]
"""
MOODLE = """
entrees = ["code", "moodle"]
adresse_publique = "https://atelier.mairie.example"
[moodle]
adresse = "https://moodle.cdg.example"
client = "abc"
deploiements = ["1"]
"""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "connexion.toml"))
    monkeypatch.setenv(PROCONNECT_SECRET, "secret")
    return tmp_path / "connexion.toml"


def test_the_class_code_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does a room without the file open by class code, and does a named file that is missing say so?"""
    monkeypatch.setenv("ATELIER_RACINE", str(project_copy(tmp_path / "projet")))
    assert ready_entrances().ways == ("code",)
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "ailleurs.toml"))
    with pytest.raises(ContentError, match="n'existe pas"):
        load_entrances()


def test_good_files(written: Path) -> None:
    """Are addresses, numbers and people read in their one form, and Moodle's usual addresses known?"""
    written.write_text(PROCONNECT, encoding="utf-8")
    entrances = ready_entrances()
    assert entrances.proconnect is not None
    assert entrances.hub == "https://atelier.mairie.example/hub"
    assert entrances.proconnect.sirets == ("21990310100000",)
    assert entrances.proconnect.trainers == ("nadege@val-fontaine.example",)
    written.write_text(MOODLE, encoding="utf-8")
    moodle = ready_entrances().moodle
    assert moodle is not None
    assert (moodle.authorize_url, moodle.token_url, moodle.keys_url) == (
        "https://moodle.cdg.example/mod/lti/auth.php",
        "https://moodle.cdg.example/mod/lti/token.php",
        "https://moodle.cdg.example/mod/lti/certs.php",
    )


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("219 903 101 00000", "21990310100001", "« 21990310100001 » n'est pas un numéro SIRET"),
        ("https://auth", "http://auth", "il faut une adresse en https://"),
        ("client =", "clients =", "vouliez-vous écrire « client » ?"),
        ('client = "atelier"\n', "", "la clé « proconnect.client » manque"),
        ("adresse_publique", "#", "la clé « adresse_publique » manque"),
        ('["proconnect"]', '["proconnect", "moodle"]', "l'entrée « moodle » demande la table [moodle]"),
        ('["proconnect"]', '["franceconnect"]', "valeurs admises"),
        ('["proconnect"]', "[]", "au moins 1 élément"),
        ('sirets = ["219 903 101 00000"]', "sirets = []", "demande la clé « sirets »"),
        ('client = "atelier"', 'client = "atelier"\nsecret = "x"', "la clé « proconnect.secret » n'existe pas"),
    ],
)
def test_mistakes_are_said(written: Path, before: str, after: str, sentence: str) -> None:
    """Is each mistake one sentence that names its place?"""
    assert before in PROCONNECT
    written.write_text(PROCONNECT.replace(before, after), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        ready_entrances()
    assert sentence in str(caught.value)
    assert str(caught.value).count("\n") == 0


def test_the_room_says_it_before_opening(tmp_path: Path) -> None:
    """Without the secret, or with a mistake, does `atelier salle` stop with that one sentence? And JupyterHub alone?"""
    root = project_copy(tmp_path / "projet")
    (root / "connexion.toml").write_text(PROCONNECT, encoding="utf-8")
    environment = {**os.environ, "ATELIER_RACINE": str(root)}
    done = subprocess.run(
        [sys.executable, "-m", "atelier_ia", "salle", "--local", "--json", "--port", "0", "--port-agents", "0"],
        env=environment, cwd=root, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert done.stdout == ""
    assert PROCONNECT_SECRET in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
    options = tmp_path / "salle.json"
    ports = dict.fromkeys(("port", "hub_port", "proxy_port", "desk_port"), 1)
    options.write_text(
        json.dumps({"folder": str(tmp_path), "desk_folder": "/x", "address": "127.0.0.1"} | ports), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "jupyterhub", "-f", str(root / "deploy" / "hub" / "jupyterhub_config.py")],
        env=environment | {"ATELIER_SALLE": str(options)}, cwd=tmp_path, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert PROCONNECT_SECRET in done.stderr
    assert "Traceback" not in done.stderr


def test_accounts_of_identities(tmp_path: Path) -> None:
    """One account per identity, for ever; never a reserved name, nor somebody else's."""
    store = RoomStore(tmp_path)
    store.welcome("anne", "Anne")
    one, other = Identity("https://a", "1", "Anne"), Identity("https://b", "1", "Anne")
    assert [account(store, person) for person in (one, other, one)] == ["anne-2", "anne-3", "anne-2"]
    assert account(store, Identity("https://a", "2", "Formatrice")) == "participant"
    assert account(store, Identity("https://a", "3", "../../<script>")) == "script"
    assert account(store, Identity("https://a", "4", "李雷")) == "participant-2"
    long = account(store, Identity("https://a", "5", "Marie-Antoinette " * 6))
    assert long == "marie-antoinette-marie-antoinette"
    assert account(store, Identity("https://a", "6", "Marie-Antoinette " * 6)) == f"{long}-2"


def test_power_comes_from_the_list_only(tmp_path: Path) -> None:
    """Do a listed subject or address, and nothing empty, give power?"""
    store = RoomStore(tmp_path)
    person = Identity("https://a", "Abc", "Anne", "Anne@Mairie.example")
    assert auth_model(store, person, (), ())["groups"] == []
    assert auth_model(store, person, ("anne@mairie.example",), ())["groups"] == ["formatrices"]
    assert auth_model(store, person, ("abc",), ("",))["admin"] is False
    assert auth_model(store, person, (), ("abc",)) | {"auth_state": 0} == {
        "name": "anne", "admin": True, "groups": ["formatrices"], "auth_state": 0,
    }  # fmt: skip
    assert auth_model(store, Identity("https://a", "z", "Zoé"), ("",), ("",))["groups"] == []


def test_a_provider_s_session_ends() -> None:
    """Is whoever came by a provider asked to pass by it again after the time, and who came by code never?"""
    assert still_valid(None)
    assert still_valid({"until": time.time() + 5})
    assert not still_valid({"until": time.time() - 5})


def test_tokens_serve_once(tmp_path: Path) -> None:
    """Is a token that served refused, even by another process, until it is too old to matter?"""
    assert RoomStore(tmp_path).first_time("a")
    assert not RoomStore(tmp_path).first_time("a")
    assert RoomStore(tmp_path).first_time("b")
    assert RoomStore(tmp_path).first_time("a", kept_for=-1)
