"""A real OpenID Connect provider on loopback that behaves like ProConnect, and can be told to misbehave.

Discovery, authorize, token, signed user information, keys, end of session. As ProConnect: `client_secret_post` only,
unknown parameters refused, `state` and `nonce` of 32 characters at least, a code that serves once, identity claims in
the user information only, exact log-out address.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

AUTHORIZE = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
             "code_challenge_method"}  # fmt: skip
TOKEN = {"grant_type", "code", "redirect_uri", "client_id", "client_secret", "code_verifier"}
AGENT = {
    "sub": "9f2c1e7a4b",
    "given_name": "Maëlle",
    "usual_name": "Le Guen",
    "email": "maelle.leguen@val-fontaine.example",
    "siret": "21990310100000",
    "roles": ["agent_public", "agent_public_territorial"],
}


def new_key(name: str) -> tuple[str, rsa.RSAPrivateKey]:
    return name, rsa.generate_private_key(public_exponent=65537, key_size=2048)


def published(*keys: tuple[str, rsa.RSAPrivateKey]) -> dict[str, Any]:
    """A key set."""
    as_dict = jwt.algorithms.RSAAlgorithm.to_jwk
    shown = [
        as_dict(key.public_key(), as_dict=True) | {"kid": name, "alg": "RS256", "use": "sig"} for name, key in keys
    ]
    return {"keys": shown}


def signed(claims: dict[str, Any], key: tuple[str, rsa.RSAPrivateKey]) -> str:
    return jwt.encode(claims, key[1], algorithm="RS256", headers={"kid": key[0]})


class Quiet(BaseHTTPRequestHandler):
    """Answers without a log."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def answer(self, status: int, body: str = "", kind: str = "application/json", **headers: str) -> None:
        data = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def form(self) -> dict[str, str]:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        return {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}

    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}


Route = Callable[[Quiet], None]


def serve(gets: dict[str, Route], posts: dict[str, Route]) -> ThreadingHTTPServer:
    """A server on loopback, at work: what answers each path."""

    class Handler(Quiet):
        def do_GET(self) -> None:
            self._route(gets)

        def do_POST(self) -> None:
            self._route(posts)

        def _route(self, routes: dict[str, Route]) -> None:
            found = routes.get(urlsplit(self.path).path)
            found(self) if found else self.answer(404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@dataclass
class Provider:
    """The provider and what it was told; `spoil` holds the tests' misdeeds for the next log-in."""

    client: str = "atelier"
    secret: str = "un-secret-du-fournisseur-de-service"
    back: str = ""
    left: str = ""
    agent: dict[str, Any] = field(default_factory=lambda: dict(AGENT))
    spoil: set[str] = field(default_factory=set)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ignored: frozenset[str] = frozenset()  # parameters of the token request that other providers let pass
    key: tuple[str, rsa.RSAPrivateKey] = field(default_factory=lambda: new_key("premiere"))
    foreign: tuple[str, rsa.RSAPrivateKey] = field(default_factory=lambda: new_key("premiere"))

    def __post_init__(self) -> None:
        self.server = serve(
            {
                "/api/v2/.well-known/openid-configuration": self.discovery,
                "/api/v2/authorize": self.authorize,
                "/api/v2/userinfo": self.user_info,
                "/api/v2/jwks": lambda handler: handler.answer(200, json.dumps(published(self.key))),
                "/api/v2/session/end": self.end,
            },
            {"/api/v2/token": self.token},
        )
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/api/v2"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def refuse(self, handler: Quiet, why: str) -> None:
        self.refused.append(why)
        handler.answer(400, json.dumps({"error": why, "error_description": "Y000400"}))

    def discovery(self, handler: Quiet) -> None:
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo",
                 "jwks_uri": "jwks", "end_session_endpoint": "session/end"}  # fmt: skip
        handler.answer(200, json.dumps({"issuer": self.issuer} | {k: f"{self.issuer}/{v}" for k, v in paths.items()}))

    def authorize(self, handler: Quiet) -> None:
        """The agent is known here already: straight back with a code."""
        asked = handler.query()
        if "access_denied" in self.spoil:
            back = {"error": "access_denied", "error_description": "refus", "state": asked["state"]}
            handler.answer(302, Location=f"{self.back}?{urlencode(back)}")
            return
        wrong = (
            set(asked) - AUTHORIZE
            or asked["client_id"] != self.client
            or asked["redirect_uri"] != self.back
            or asked["response_type"] != "code"
            or min(len(asked["state"]), len(asked["nonce"])) < 32
            or asked["scope"].split() != ["openid", "given_name", "usual_name", "email", "siret", "roles"]
            or asked["code_challenge_method"] != "S256"
        )
        if wrong:
            self.refuse(handler, "invalid_request")
            return
        code = secrets.token_urlsafe(24)
        self.codes[code] = asked | {"until": str(time.time() + 60)}
        handler.answer(302, Location=f"{self.back}?{urlencode({'code': code, 'state': asked['state']})}")

    def token(self, handler: Quiet) -> None:
        asked = handler.form()
        if set(asked) - TOKEN - self.ignored or "Authorization" in handler.headers:
            self.refuse(handler, "invalid_request")
            return
        if (asked["client_id"], asked["client_secret"]) != (self.client, self.secret):
            self.refuse(handler, "invalid_client")
            return
        known = self.codes.pop(asked["code"], None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        expired = known is not None and time.time() > float(known["until"])
        if known is None or expired or known["code_challenge"] != proof or asked["redirect_uri"] != self.back:
            self.refuse(handler, "invalid_grant")
            return
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.agent["sub"], "aud": self.client, "iat": now, "exp": now + 60,
                  "nonce": known["nonce"]}  # fmt: skip
        if "nonce" in self.spoil:
            claims["nonce"] = secrets.token_urlsafe(32)
        if "expired" in self.spoil:
            claims |= {"iat": now - 700, "exp": now - 600}
        if "audience" in self.spoil:
            claims["aud"] = "un-autre-service"
        if "issuer" in self.spoil:
            claims["iss"] = "https://ailleurs.example"
        id_token = signed(claims, self.foreign if "signature" in self.spoil else self.key)
        if "none" in self.spoil:
            id_token = jwt.encode(claims, "", algorithm="none")
        if "symmetric" in self.spoil:  # signed with what everybody can read
            id_token = jwt.encode(claims, "premiere" * 4, algorithm="HS256", headers={"kid": "premiere"})
        handler.answer(200, json.dumps({"access_token": "jeton", "token_type": "Bearer", "id_token": id_token}))

    def user_info(self, handler: Quiet) -> None:
        if handler.headers.get("Authorization") != "Bearer jeton":
            handler.answer(401)
            return
        claims = {"iss": self.issuer, "aud": self.client} | self.agent
        if "other_person" in self.spoil:
            claims["sub"] = "quelqu-un-d-autre"
        if "unsigned_info" in self.spoil:
            handler.answer(200, json.dumps(claims))
            return
        key = self.foreign if "info_signature" in self.spoil else self.key
        handler.answer(200, signed(claims, key), "application/jwt; charset=utf-8")

    def end(self, handler: Quiet) -> None:
        asked = handler.query()
        try:
            jwt.decode(asked["id_token_hint"], self.key[1].public_key(), ["RS256"], audience=self.client)
        except (jwt.PyJWTError, KeyError):
            self.refuse(handler, "invalid_hint")
            return
        if set(asked) != {"id_token_hint", "state", "post_logout_redirect_uri"} or (
            asked["post_logout_redirect_uri"] != self.left
        ):
            self.refuse(handler, "invalid_request")
            return
        self.ended.append(self.agent["sub"])
        handler.answer(302, Location=f"{self.left}?{urlencode({'state': asked['state']})}")
