"""Open Badges: what they attest, their proof checked without network, and what forgers try."""

import base64
import json
import struct
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier_ia.measurement import badges
from atelier_ia.measurement.attestations import Attestation, write_attestations
from atelier_ia.measurement.badges import BadgeError, bake, did_of, issuer_key, sign, unbake, verify, write_badges
from atelier_ia.measurement.hr_lines import ModuleResult
from atelier_ia.measurement.hr_records import HrRecords, build_records
from atelier_ia.training.attendance import Attendance
from atelier_ia.training.roster import Learner
from atelier_ia.use_cases.sandbox import reference_settings

MAIL = "s3_m2_courriels"
DAY = date(2026, 3, 1)
SETTINGS = reference_settings()
NAMES = ("Ångström; '=1", "محمد 😀", "x" * 200)


def records() -> HrRecords:
    roster = [Learner(f"a{index}", name, "Zoë", "rh") for index, name in enumerate(NAMES)]
    sheet = [Attendance(who.identifier, date(2026, 1, 25), MAIL, 3.5) for who in roster]
    results = [ModuleResult("a0", MAIL, 9, 10), ModuleResult("a1", MAIL, 1, 10)]
    return build_records(roster, sheet, results, SETTINGS, {MAIL: "Courriels"})


@pytest.fixture(scope="module")
def _key(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A key made once for the module: making one takes a second."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.private_bytes(*form)


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _key: bytes) -> None:
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / badges.KEY_NAME).write_bytes(_key)


def made(tmp_path: Path) -> tuple[Path, ...]:
    own = records()
    done = write_attestations(own, tmp_path / "out", DAY, {})
    return write_badges(own, done, tmp_path / "out", {MAIL: ("relire un brouillon",)})


def token() -> str:
    own = records()
    item = Attestation("2026-0001", "a0", Path("x"), DAY)
    credential = badges.credential_of(own, *next(own.persons()), item, {}, did_of(issuer_key().public_key()))
    return sign(credential, issuer_key())


def test_a_badge_is_checked_offline_and_bears_its_person_alone(tmp_path: Path) -> None:
    """Does each PNG prove its issuer, its content and its person, whose name is not readable in it?"""
    for path, agent in zip(made(tmp_path), records().agents, strict=True):
        name = agent.learner.last_name
        data = path.read_bytes()
        found = verify(data)
        assert found.ours
        assert found.issuer_name == SETTINGS.collectivite.name
        assert found.bears(f"zoë  {name}")
        assert not found.bears("Zoë Autre")
        said = json.dumps(found.credential, ensure_ascii=False)
        assert name not in said
        assert "en cours" not in said
        assert ("(acquis)" in said) == (name == NAMES[0])
        assert "3 h 30" in said.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_credential_has_the_fields_of_the_standard(tmp_path: Path) -> None:
    """Are contexts, types, issuer, dates, subject and achievement those of Open Badges 3.0?"""
    credential = verify(made(tmp_path)[0].read_bytes()).credential
    assert credential["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert credential["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0")
    assert credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert credential["issuer"]["type"] == ["Profile"]
    assert credential["validFrom"] == "2026-03-01T00:00:00Z"
    subject = credential["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert {"id", "type", "name", "description", "criteria"} <= subject["achievement"].keys()
    for identifier in (credential["id"], subject["id"], subject["achievement"]["id"]):
        assert identifier.startswith("urn:uuid:")
    head = json.loads(base64.urlsafe_b64decode(token().split(".")[0] + "=="))
    assert set(head) == {"alg", "jwk", "typ"}
    assert "d" not in head["jwk"]


def test_another_key_is_not_ours(tmp_path: Path) -> None:
    """Is a sound badge of another issuer told apart from ours?"""
    kept = token()
    (tmp_path / "var" / badges.KEY_NAME).unlink()
    assert not verify(kept.encode()).ours
    assert issuer_key().key_size == badges.KEY_BITS
    assert (tmp_path / "var" / badges.KEY_NAME).stat().st_mode & 0o077 == 0
    assert not verify(kept.encode()).ours


def altered(change: dict[str, object], header: dict[str, object] | None = None) -> bytes:
    head, body, proof = token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "==")) | change
    top = json.loads(base64.urlsafe_b64decode(head + "==")) | (header or {})
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (top, claims)]
    return ".".join((*parts, proof)).encode()


def signed(change: dict[str, object]) -> bytes:
    """A badge signed by our key, whose content was changed before."""
    own = records()
    credential = badges.credential_of(
        own, *next(own.persons()), Attestation("1", "a0", Path("x"), DAY), {}, "did:jwk:autre"
    )
    return sign(credential | change, issuer_key()).encode()


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        (lambda: altered({"name": "Attestation n° 9"}), "modifié"),
        (lambda: altered({}, {"alg": "none"}), "standard"),
        (lambda: altered({}, {"alg": "HS256"}), "standard"),
        (lambda: altered({}, {"kid": "https://ailleurs.example/cle"}), "standard"),
        (lambda: altered({}, {"jwk": {"kty": "RSA", "e": "AQAB", "n": "AQAB"}}), "lisible"),
        (lambda: signed({}), "contredit"),
        (lambda: b"a.b.c", "lisible"),
        (lambda: b"", "lisible"),
        (lambda: b"\x89PNG\r\n\x1a\n", "capture"),
    ],
)
def test_forged_badges_are_refused(forged, words: str) -> None:
    """Is each forgery refused in French?"""
    with pytest.raises(BadgeError, match=words):
        verify(forged())


def test_a_badge_from_the_future_is_refused() -> None:
    """Is a badge refused before its date?"""
    with pytest.raises(BadgeError, match="pas encore"):
        verify(token().encode(), datetime(2026, 2, 1, tzinfo=UTC))


def test_a_picture_with_two_proofs_is_refused(tmp_path: Path) -> None:
    """Is a picture into which a second badge was slipped refused?"""
    data = made(tmp_path)[0].read_bytes()
    assert unbake(data).count(".") == 2
    with pytest.raises(BadgeError):
        unbake(bake(data, token()))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 300))
def test_any_file_is_read_or_refused(noise: bytes, place: int) -> None:
    """Does a damaged file never raise anything else than a sentence?"""
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(17)
    for data in (noise, start[:place] + noise, start + noise):
        with pytest.raises(BadgeError):
            verify(data)
