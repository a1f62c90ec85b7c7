"""What the hub asks of an identity provider: documents over HTTPS, public keys, signed tokens verified with them.

Goes out as the rest of the product does (the system's certificates, `HTTPS_PROXY`), without blocking the hub.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import httpx2
import jwt

SECONDS = 10.0
CLOCK_SKEW = 60  # seconds that two machines may disagree by
FRESH = 3600.0  # how long a provider's description is believed
AGAIN = 20.0  # how often at most unknown keys are looked for again
ASYMMETRIC = ("RS256", "ES256")


class EntranceError(Exception):
    """The person cannot come in this way: one French sentence for them."""


class OutsideError(Exception):
    """The provider did not answer as it should; the message is for the log and names no person."""


async def ask(method: str, url: str, *, form: dict[str, str] | None = None, bearer: str = "") -> httpx2.Response:
    """One request to a provider; its successful answer.

    Raises:
        OutsideError: no answer, or one that refuses.
    """
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    try:
        async with httpx2.AsyncClient(timeout=SECONDS, follow_redirects=False) as client:
            reply = await client.request(method, url, data=form, headers=headers)
    except (httpx2.HTTPError, OSError) as error:
        raise OutsideError(f"{method} {url}: {type(error).__name__}") from None
    if reply.status_code >= 300:
        raise OutsideError(f"{method} {url}: {reply.status_code}")
    return reply


async def document(url: str) -> dict[str, Any]:
    """The JSON object at `url`."""
    reply = await ask("GET", url)
    try:
        data = reply.json()
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise OutsideError(f"GET {url}: not a JSON object")
    return data


class Keys:
    """A provider's public keys, fetched when first needed and when an unknown one signs."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._found: dict[str, jwt.PyJWK] = {}
        self._looked = float("-inf")

    async def find(self, identifier: str) -> jwt.PyJWK:
        """The key of that name.

        Raises:
            jwt.PyJWTError: the provider publishes no such key.
        """
        if identifier not in self._found and time.monotonic() - self._looked > AGAIN:
            published = (await document(self.url)).get("keys", [])
            self._looked = time.monotonic()
            self._found = {}
            for key in published if isinstance(published, list) else ():
                if isinstance(key, dict) and key.get("use", "sig") == "sig" and key.get("kty") in ("RSA", "EC"):
                    self._found[str(key.get("kid", ""))] = jwt.PyJWK(key, key.get("alg") or _ALGORITHM[key["kty"]])
        try:
            return self._found[identifier]
        except KeyError:
            raise jwt.InvalidKeyError("unknown key") from None


_ALGORITHM = {"RSA": "RS256", "EC": "ES256"}


async def verified(
    token: str,
    keys: Keys,
    *,
    algorithm: str,
    issuer: str,
    audience: str,
    secret: str = "",
    required: Sequence[str] = ("iss", "aud", "exp", "iat"),
) -> dict[str, Any]:
    """What a signed token says, once its signature, author, addressee and dates are checked.

    `algorithm` is the one that was registered: a token signed otherwise is refused, whatever its header says.

    Raises:
        jwt.PyJWTError: it cannot be trusted.
    """
    header = jwt.get_unverified_header(token)
    if header.get("alg") != algorithm:
        raise jwt.InvalidAlgorithmError("not the registered algorithm")
    key: Any = (await keys.find(str(header.get("kid", "")))).key if algorithm in ASYMMETRIC else secret
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[algorithm],
        issuer=issuer,
        audience=audience,
        leeway=CLOCK_SKEW,
        options={"require": list(required)},
    )
    return claims
