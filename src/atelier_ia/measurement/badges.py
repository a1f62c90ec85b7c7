"""Attestations as Open Badges 3.0: one PNG per person that carries its own proof, checked without any network.

The credential is a W3C verifiable credential signed as a compact JWS (VC-JWT, RS256: the algorithm that every verifier
of the standard knows), baked into the picture (iTXt `openbadgecredential`). The issuer is a `did:jwk`: its public key
is in its name, so that nothing is to be fetched. The private key is made on demand in `var/`, for its owner alone.
The person's name is not readable in the file: only a salted digest, against which a name can be checked.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import struct
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from atelier_ia.documents.typography import hours as hours_text
from atelier_ia.documents.typography import plural
from atelier_ia.documents.whole_file import write_whole
from atelier_ia.errors import AtelierError
from atelier_ia.measurement.attestations import TITLE, Attestation, file_name
from atelier_ia.measurement.hr_lines import AgentLine, TrainingLine
from atelier_ia.measurement.hr_records import HrRecords
from atelier_ia.settings import data_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

KEY_NAME = "badges_cle.pem"
ISSUER_NAME = "badges_emetteur.json"
KEY_BITS = 3072
CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
CRITERIA = (
    "Présence aux séances, attestée par une feuille signée. Pour les modules évalués : au moins 60 % des points d'un "
    "barème publié. Ni certification, ni stage du CNFPT."
)
_LAYOUT = Path(__file__).with_name("templates") / "badge.typ"
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential"
_MOST_BYTES = 5_000_000


class BadgeError(AtelierError):
    """A badge cannot be read, or its proof does not hold."""


@dataclass(frozen=True)
class Verified:
    """A badge whose proof holds: `issuer` is the key that signed, whoever says so; `ours` that it is this
    collectivité's. `credential` is the whole signed content."""

    issuer: str
    issuer_name: str
    ours: bool
    credential: Mapping[str, Any]

    def bears(self, name: str) -> bool:
        """Was the badge given to the person of that name (first name, then name)?"""
        identity = self.credential["credentialSubject"]["identifier"][0]
        return secrets.compare_digest(_digest(name, identity["salt"]), identity["identityHash"])


def write_badges(
    records: HrRecords, attestations: Sequence[Attestation], folder: Path, skills: Mapping[str, Sequence[str]]
) -> tuple[Path, ...]:
    """One baked PNG in `folder` for each attestation, and the issuer's public key beside them.

    Raises:
        BadgeError: the issuer's key cannot be read.
    """
    from atelier_ia.documents.reports import render_png

    folder.mkdir(parents=True, exist_ok=True)
    key = issuer_key()
    own = records.settings.collectivite
    picture = render_png(_LAYOUT, {"author": own.name, "title": "Attestation de formation à l’IA"}, ppi=144)
    issued = {item.learner: item for item in attestations}
    written = []
    for agent, lines in records.persons():
        item = issued.get(agent.learner.identifier)
        if item is None:
            continue
        token = sign(credential_of(records, agent, lines, item, skills, did_of(key.public_key())), key)
        target = folder / f"badge_{item.number}_{file_name(agent)}.png"
        written.append(write_whole(target, bake(picture, token)))
    issuer = {"id": did_of(key.public_key()), "name": own.name, "publicKeyJwk": jwk_of(key.public_key())}
    write_whole(folder / ISSUER_NAME, (json.dumps(issuer, ensure_ascii=False, indent=1) + "\n").encode())
    return tuple(written)


def credential_of(
    records: HrRecords,
    agent: AgentLine,
    lines: Sequence[TrainingLine],
    item: Attestation,
    skills: Mapping[str, Sequence[str]],
    issuer: str,
) -> dict[str, Any]:
    """What the badge says, the same as the attestation; only what is acquired is told, never what is not."""
    own = records.settings.collectivite
    done = [line.title + (" (acquis)" if line.outcome == "acquis" else "") for line in lines]
    objectives = dict.fromkeys(skill for line in lines for skill in skills.get(line.module, ()))
    salt = secrets.token_hex(16)
    subject: dict[str, Any] = {
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{issuer}#{item.number}/personne").urn,
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": _digest(agent.learner.full_name, salt),
                "identityType": "name",
                "salt": salt,
            }
        ],
        "narrative": f"{hours_text(agent.hours)}, soit {plural(agent.half_days, 'demi-journée')} : {' ; '.join(done)}.",
        "achievement": {
            "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{issuer}/{TITLE}").urn,
            "type": ["Achievement"],
            "achievementType": "Certificate",
            "name": TITLE,
            "description": " ; ".join(list(objectives)[:8]) or "Formation interne de la collectivité.",
            "criteria": {"narrative": CRITERIA},
            "inLanguage": "fr",
        },
    }
    if agent.first_day and agent.last_day:
        subject["activityStartDate"], subject["activityEndDate"] = _moment(agent.first_day), _moment(agent.last_day)
    return {
        "@context": CONTEXTS,
        "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{issuer}#{item.number}").urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"Attestation n° {item.number}",
        "issuer": {"id": issuer, "type": ["Profile"], "name": own.name},
        "validFrom": _moment(item.issued),
        "credentialSubject": subject,
    }


def issuer_key() -> RSAPrivateKey:
    """The key of this collectivité, made the first time (`var/badges_cle.pem`, readable by its owner alone).

    Raises:
        BadgeError: the file is there and cannot be read.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    path = data_folder() / KEY_NAME
    if not path.exists():
        made = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        partial = path.with_suffix(f".{secrets.token_hex(4)}")
        partial.touch(mode=0o600)
        partial.write_bytes(pem)
        try:
            os.link(partial, path)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        key = None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise BadgeError(f"La clé des badges ({path}) est illisible ; remettez-en la sauvegarde, ou déplacez-la.")
    return key


def jwk_of(key: RSAPublicKey) -> dict[str, str]:
    """The public key as a JWK."""
    numbers = key.public_numbers()
    return {"e": _base64_int(numbers.e), "kty": "RSA", "n": _base64_int(numbers.n)}


def did_of(key: RSAPublicKey) -> str:
    """The issuer's identifier, which holds its public key."""
    return "did:jwk:" + _base64(_json(jwk_of(key)))


def sign(credential: Mapping[str, Any], key: RSAPrivateKey) -> str:
    """The credential as a compact JWS."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    header = {"alg": "RS256", "jwk": jwk_of(key.public_key()), "typ": "JWT"}
    claims = {
        **credential,
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": int(datetime.fromisoformat(credential["validFrom"]).timestamp()),
        "sub": credential["credentialSubject"]["id"],
    }
    content = f"{_base64(_json(header))}.{_base64(_json(claims))}"
    signature = key.sign(content.encode("ascii"), padding.PKCS1v15(), hashes.SHA256())
    return f"{content}.{_base64(signature)}"


def verify(data: bytes, now: datetime | None = None) -> Verified:
    """The content of a baked PNG, or of a bare JWS, once its proof is checked, offline.

    Raises:
        BadgeError: no badge, or a proof that does not hold; the sentence says which.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    token = unbake(data) if data.startswith(_PNG) else data.decode("ascii", "replace").strip()
    try:
        head, body, proof = token.split(".")
        header, claims = (json.loads(_unbase64(part)) for part in (head, body))
        if header["alg"] != "RS256" or not set(header) <= {"alg", "jwk", "typ"}:
            raise BadgeError("Ce badge n'est pas signé comme l'exige le standard ; demandez-en un autre à l'émetteur.")
        key = _public_key(header["jwk"])
        key.verify(_unbase64(proof), f"{head}.{body}".encode("ascii"), padding.PKCS1v15(), hashes.SHA256())
        _check_claims(claims, did_of(key), now or datetime.now(UTC))
        name = str(claims["issuer"]["name"])
        identity = claims["credentialSubject"]["identifier"][0]
        assert str(identity["identityHash"])
        assert str(identity["salt"])
    except InvalidSignature:
        raise BadgeError("La signature ne correspond pas : le badge a été modifié ou recopié.") from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, RecursionError):
        raise BadgeError("Ce fichier ne contient pas de badge lisible ; donnez le fichier PNG d'origine.") from None
    path = data_folder() / KEY_NAME
    ours = path.exists() and did_of(issuer_key().public_key()) == claims["iss"]
    return Verified(str(claims["iss"]), name, ours, claims)


def bake(png: bytes, token: str) -> bytes:
    """`png` carrying `token`, as the standard places it."""
    if not png.startswith(_PNG):
        raise BadgeError("L'image du badge n'est pas un PNG ; signalez-le à la personne qui maintient l'outil.")
    end = 8 + 12 + struct.unpack(">I", png[8:12])[0]  # right after the header chunk
    return png[:end] + _chunk(b"iTXt", _KEYWORD + b"\x00\x00\x00\x00\x00" + token.encode("ascii")) + png[end:]


def unbake(png: bytes) -> str:
    """The token that `png` carries.

    Raises:
        BadgeError: none, or more than one.
    """
    found, place = [], 8
    while place + 12 <= len(png) <= _MOST_BYTES:
        size = struct.unpack(">I", png[place : place + 4])[0]
        kind, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        if kind == b"iTXt" and content.startswith(_KEYWORD + b"\x00\x00\x00\x00\x00"):
            found.append(content[len(_KEYWORD) + 5 :].decode("ascii", "replace"))
        place += 12 + size
    if len(found) != 1:
        raise BadgeError("Cette image ne porte pas de badge ; donnez le fichier PNG d'origine, jamais une capture.")
    return found[0]


def _check_claims(claims: Mapping[str, Any], issuer: str, now: datetime) -> None:
    valid_from = datetime.fromisoformat(claims["validFrom"])
    same = (
        claims["iss"] == claims["issuer"]["id"] == issuer
        and claims["jti"] == claims["id"]
        and claims["sub"] == claims["credentialSubject"]["id"]
        and claims["nbf"] == int(valid_from.timestamp())
        and "OpenBadgeCredential" in claims["type"]
    )
    if not same:
        raise BadgeError("Ce badge se contredit : sa signature et son contenu n'ont pas le même émetteur.")
    if valid_from > now:
        raise BadgeError("Ce badge n'est pas encore valable ; vérifiez la date de votre ordinateur.")


def _public_key(jwk: Mapping[str, str]) -> RSAPublicKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    if jwk["kty"] != "RSA" or set(jwk) != {"kty", "e", "n"}:
        raise ValueError(jwk)
    exponent, modulus = (int.from_bytes(_unbase64(jwk[name])) for name in ("e", "n"))
    if not 2048 <= modulus.bit_length() <= 8192:
        raise ValueError(modulus)
    return RSAPublicNumbers(exponent, modulus).public_key()


def _digest(name: str, salt: str) -> str:
    plain = " ".join(name.split()).casefold()
    return "sha256$" + hashlib.sha256((plain + salt).encode()).hexdigest()


def _moment(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _base64_int(number: int) -> str:
    return _base64(number.to_bytes((number.bit_length() + 7) // 8))


def _unbase64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
