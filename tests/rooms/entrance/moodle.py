"""A real LTI 1.3 platform on loopback that behaves like Moodle: login initiation, signed launch, keys, marks."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.rooms.entrance.oidc import Quiet, new_key, published, serve, signed

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LEARNER = {"sub": "417", "given_name": "Solène", "family_name": "Abgrall", "name": "Solène Abgrall"}


@dataclass
class Platform:
    """The platform: who launches, how the launch is spoilt, and the marks it received."""

    client: str = "Xy7atelier"
    deployment: str = "3"
    hub: str = ""
    learner: dict[str, Any] = field(default_factory=lambda: dict(LEARNER))
    assignment: str = ""
    siret: str = ""
    spoil: set[str] = field(default_factory=set)
    scores: list[dict[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    key: tuple[str, rsa.RSAPrivateKey] = field(default_factory=lambda: new_key("moodle"))
    foreign: tuple[str, rsa.RSAPrivateKey] = field(default_factory=lambda: new_key("moodle"))

    def __post_init__(self) -> None:
        self.server = serve(
            {
                "/mod/lti/launch.php": self.announce,
                "/mod/lti/auth.php": self.recognise,
                "/mod/lti/certs.php": lambda handler: handler.answer(200, json.dumps(published(self.key))),
            },
            {
                "/mod/lti/token.php": self.grant,
                "/mod/lti/services.php/2/lineitems/7/lineitem/scores": self.mark,
            },
        )
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def announce(self, handler: Quiet) -> None:
        """The learner clicked on the activity."""
        said = {
            "iss": "https://ailleurs.example" if "announced_issuer" in self.spoil else self.issuer,
            "target_link_uri": f"{self.hub}/",
            "login_hint": self.learner["sub"],
            "lti_message_hint": json.dumps({"cmid": 12}),
            "client_id": self.client,
            "lti_deployment_id": self.deployment,
        }
        fields = "".join(f'<input name="{name}" value="{escape(value)}">' for name, value in said.items())
        page = f'<form action="{self.hub}/moodle" method="post">{fields}</form>'
        handler.answer(200, page, "text/html; charset=utf-8")

    def recognise(self, handler: Quiet) -> None:
        """The tool asks who it is; a page posts the answer back."""
        asked = handler.query()
        wanted = {"scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
                  "client_id": self.client, "redirect_uri": f"{self.hub}/moodle/retour",
                  "login_hint": self.learner["sub"], "lti_message_hint": json.dumps({"cmid": 12})}  # fmt: skip
        wrong = [name for name, value in wanted.items() if asked.get(name) != value]
        if wrong or len(asked.get("nonce", "")) < 32 or len(asked.get("state", "")) < 32:
            self.refused.append(f"authorize {wrong}")
            handler.answer(400, "invalid_request")
            return
        token = self.launch(asked["nonce"])
        page = (
            f'<form action="{escape(asked["redirect_uri"])}" method="post">'
            f'<input name="id_token" value="{escape(token)}">'
            f'<input name="state" value="{escape(asked["state"])}"></form>'
        )
        handler.answer(200, page, "text/html; charset=utf-8")

    def launch(self, nonce: str) -> str:
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": self.client,
            "iat": now,
            "exp": now + 60,
            "nonce": nonce,
            **self.learner,
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}deployment_id": self.deployment,
            f"{CLAIM}target_link_uri": f"{self.hub}/",
            f"{CLAIM}resource_link": {"id": "12", "title": "Une bonne consigne"},
            f"{CLAIM}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            f"{CLAIM}context": {"id": "5", "label": "IA", "title": "L'IA à la mairie"},
            f"{CLAIM}custom": {"devoir": self.assignment, "siret": self.siret},
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
                "scope": [SCORE],
                "lineitem": f"{self.issuer}/mod/lti/services.php/2/lineitems/7/lineitem?type_id=1",
            },
        }
        changes: dict[str, dict[str, Any]] = {
            "nonce": {"nonce": secrets.token_hex(32)},
            "expired": {"iat": now - 400, "exp": now - 300},
            "audience": {"aud": "un-autre-outil"},
            "issuer": {"iss": "https://ailleurs.example"},
            "deployment": {f"{CLAIM}deployment_id": "99"},
            "deep_linking": {f"{CLAIM}message_type": "LtiDeepLinkingRequest"},
            "version": {f"{CLAIM}version": "1.1"},
        }
        for name in self.spoil & set(changes):
            claims |= changes[name]
        if "unsigned" in self.spoil:
            return jwt.encode(claims, "", algorithm="none")
        return signed(claims, self.foreign if "signature" in self.spoil else self.key)

    def grant(self, handler: Quiet) -> None:
        """A token to whoever proves, with its published key, to be the tool."""
        asked = handler.form()
        with urlopen(f"{self.hub}/moodle/cles", timeout=10) as reply:
            keys = {key["kid"]: jwt.PyJWK(key).key for key in json.load(reply)["keys"]}
        try:
            assertion = asked["client_assertion"]
            key = keys[jwt.get_unverified_header(assertion)["kid"]]
            said = jwt.decode(
                assertion, key, ["RS256"], audience=f"{self.issuer}/mod/lti/token.php", issuer=self.client,
                subject=self.client, options={"require": ["iss", "sub", "aud", "iat", "exp", "jti"]},
            )  # fmt: skip
            assert asked["grant_type"] == "client_credentials"
            assert asked["client_assertion_type"] == ASSERTION
            assert asked["scope"] == SCORE
        except (jwt.PyJWTError, KeyError, AssertionError) as error:
            self.refused.append(f"token {error}")
            handler.answer(400, json.dumps({"error": "invalid_client"}))
            return
        self.tokens.add(said["jti"])
        handler.answer(200, json.dumps({"access_token": said["jti"], "token_type": "Bearer", "expires_in": 3600}))

    def mark(self, handler: Quiet) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        if "closed" in self.spoil:
            handler.answer(503)
            return
        known = handler.headers.get("Authorization", "").removeprefix("Bearer ") in self.tokens
        kind = handler.headers.get("Content-Type") == "application/vnd.ims.lis.v1.score+json"
        if not known or not kind or parse_qs(urlsplit(handler.path).query) != {"type_id": ["1"]}:
            self.refused.append("score")
            handler.answer(401)
            return
        self.scores.append(json.loads(body))
        handler.answer(200)
