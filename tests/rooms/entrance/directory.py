"""An ordinary OpenID Connect directory (as Keycloak), and the hub's lines for it, from the cluster's own example."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import yaml

from tests.rooms.entrance.oidc import Provider, Quiet

EXAMPLE = Path(__file__).resolve().parents[3] / "deploy" / "kubernetes" / "chez-nous.exemple.yaml"


@dataclass
class Directory(Provider):
    """Who asks is known there already; user information is plain JSON, and no nonce is wanted."""

    ignored: frozenset[str] = frozenset({"data"})

    def authorize(self, handler: Quiet) -> None:
        asked = handler.query()
        if "access_denied" in self.spoil:
            back = {"error": "access_denied", "state": asked["state"]}
            handler.answer(302, Location=f"{self.back}?{urlencode(back)}")
            return
        if (asked["client_id"], asked["redirect_uri"]) != (self.client, self.back):
            self.refuse(handler, "invalid_request")
            return
        code = secrets.token_urlsafe(24)
        self.codes[code] = {"nonce": "", **asked, "until": str(time.time() + 60)}
        handler.answer(302, Location=f"{self.back}?{urlencode({'code': code, 'state': asked['state']})}")

    def user_info(self, handler: Quiet) -> None:
        known = handler.headers.get("Authorization") == "Bearer jeton"
        handler.answer(200 if known else 401, json.dumps(self.agent))


def hub_lines(directory: Directory) -> str:
    """What `chez-nous.exemple.yaml` tells the hub, its addresses being those of `directory`."""
    given: dict[str, dict[str, Any]] = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))["hub"]["config"]
    ours = given["GenericOAuthenticator"]
    ours |= {"client_id": directory.client, "oauth_callback_url": directory.back}
    for key, path in (("authorize_url", "authorize"), ("token_url", "token"), ("userdata_url", "userinfo")):
        ours[key] = f"{directory.issuer}/{path}"
    traits = [(name, *item) for name, found in given.items() for item in found.items()]
    return "\n".join(f"c[{name!r}][{key!r}] = {value!r}" for name, key, value in traits)
