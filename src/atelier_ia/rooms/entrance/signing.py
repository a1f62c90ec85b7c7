"""The key with which the atelier signs what it sends to Moodle: made at the first use, kept with the room's secrets."""

from __future__ import annotations

import hashlib
import os
import uuid
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from atelier_ia.rooms.keeping import room_folder

KEY_FILE = "moodle.pem"


def own_key() -> rsa.RSAPrivateKey:
    """The atelier's own key, made once and readable by its owner only."""
    path = room_folder() / KEY_FILE
    try:
        found = serialization.load_pem_private_key(path.read_bytes(), None)
    except FileNotFoundError:
        return _new_key(path)
    assert isinstance(found, rsa.RSAPrivateKey)
    return found


def _new_key(path: Path) -> rsa.RSAPrivateKey:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    draft = path.with_suffix(f".{uuid.uuid4().hex}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(draft, path)  # two programs may make one at once: the first wins
    except FileExistsError:
        return own_key()
    finally:
        draft.unlink()
    return key


def key_name(key: rsa.RSAPrivateKey) -> str:
    """A name that changes with the key."""
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(public).hexdigest()[:24]


def public_keys() -> dict[str, Any]:
    """The key set that Moodle reads."""
    key = own_key()
    shown: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {"keys": [shown | {"kid": key_name(key), "alg": "RS256", "use": "sig"}]}
