"""Launch from Moodle (LTI 1.3), with ltiauthenticator's login initiation and its checks of the launch's claims.

What it lacks is here: the deployment, tokens that serve once, keys read without blocking the hub, French pages, and
where the mark goes back. The launch comes as a form posted by the platform's page, so its two cookies must cross sites.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from typing import Any

import jwt
from ltiauthenticator.lti13.auth import LTI13Authenticator
from ltiauthenticator.lti13.error import ValidationError
from ltiauthenticator.lti13.handlers import LTI13CallbackHandler, LTI13LoginInitHandler, get_nonce
from ltiauthenticator.lti13.validator import LTI13LaunchValidator
from tornado.web import HTTPError

from atelier_ia.rooms.entrance.links import Link, Links, line_item
from atelier_ia.rooms.entrance.outside import EntranceError, Keys, verified
from atelier_ia.rooms.entrance.pages import EntranceHandler
from atelier_ia.rooms.entrance.people import Identity, auth_model
from atelier_ia.rooms.entrance.settings import MOODLE, Entrances, Moodle
from atelier_ia.rooms.store import RoomStore
from atelier_ia.runtime.workspace import FOLDER

START, RETURN, KEYS = "moodle", "moodle/retour", "moodle/cles"
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
AGAIN = "Fermez cette page, puis ouvrez de nouveau l'activité dans Moodle."
UNPROVEN = f"Ce lancement n'a pas pu être vérifié. {AGAIN} Si cela continue, prévenez la formatrice."
LATE = f"Ce lancement n'est plus valable, ou il a déjà servi. {AGAIN}"
SESSION_HOURS = 12


class Start(EntranceHandler, LTI13LoginInitHandler):
    """Moodle announces somebody; send their browser to be recognised there, with a state and a nonce of its own."""

    way = MOODLE

    async def post(self) -> None:
        await self.step(self._leave())

    get = post

    async def _leave(self) -> None:
        platform: Moodle = self.authenticator.platform
        deployment = self.get_argument("lti_deployment_id", "")
        if (
            self.get_argument("iss", "").rstrip("/") != platform.issuer
            or self.get_argument("client_id", platform.client) != platform.client
            or (deployment and deployment not in platform.deployments)
        ):
            raise EntranceError(
                "Ce Moodle n'est pas celui de l'atelier, ou l'activité y est mal déclarée. Prévenez la formatrice."
            )
        try:
            LTI13LoginInitHandler.post(self)
        except HTTPError:
            raise EntranceError(UNPROVEN) from None

    def authorize_redirect(self, *arguments: Any, **named: Any) -> None:
        super().authorize_redirect(*arguments, **named | {"client_id": self.authenticator.platform.client})

    def get_redirect_uri(self) -> str:
        return str(self.authenticator.return_url)

    def _set_oauth_cookie(self, key: str, value: str) -> None:
        crossing = {"samesite": "None", "secure": True} if self.authenticator.encrypted else {}
        self._set_cookie(key, value, expires_days=None, httponly=True, encrypted=True, **crossing)


class Return(EntranceHandler, LTI13CallbackHandler):
    """The platform's page posts the signed token."""

    way = MOODLE

    async def post(self) -> None:
        await self.step(self._come_in())

    async def _come_in(self) -> None:
        claims = await self._launch()
        user = await self.login_user(claims)
        if user is None:
            raise EntranceError(UNPROVEN)
        self._jupyterhub_user = user
        entrance, assignment = self.authenticator, custom(claims, "devoir", r"[a-z0-9_]{1,80}")
        link = Link(user.name, assignment, line_item(claims), str(claims["sub"]))
        if not await asyncio.to_thread(entrance.links.note, link, entrance.siret_of(claims)):
            assignment = ""
        notebook = f"/user-redirect/lab/tree/{FOLDER}/{assignment}/{assignment}.ipynb"
        self.redirect(f"{self.hub.base_url.rstrip('/')}{notebook if assignment else '/home'}")

    async def _launch(self) -> dict[str, Any]:
        """The token's claims, once everything about them is checked."""
        entrance = self.authenticator
        platform: Moodle = entrance.platform
        checks = LTI13LaunchValidator(parent=self.app)
        try:
            self.check_state()
            nonce_state = self._get_nonce_state_cookie()
        except HTTPError:
            raise EntranceError(LATE) from None
        try:
            claims = await verified(
                self.get_body_argument("id_token", ""),
                entrance.keys,
                algorithm="RS256",
                issuer=platform.issuer,
                audience=platform.client,
                required=("iss", "aud", "exp", "iat", "sub", "nonce"),
            )
            checks.validate_id_token(claims)
            checks.validate_azp_claim(claims, {platform.client})
            if not nonce_state or not secrets.compare_digest(get_nonce(nonce_state), str(claims["nonce"])):
                raise EntranceError(LATE)
        except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError) as error:
            self.log.warning("entrance %s: %s", MOODLE, type(error).__name__)
            raise EntranceError(LATE) from None
        except (jwt.PyJWTError, ValidationError, ValueError, TypeError, AttributeError) as error:
            self.log.warning("entrance %s: %s refused", MOODLE, type(error).__name__)
            raise EntranceError(UNPROVEN) from None
        if claims.get(f"{CLAIM}deployment_id") not in platform.deployments:
            raise EntranceError(
                "Cette activité vient d'une partie de Moodle non reliée à l'atelier. Prévenez la formatrice."
            )
        if claims.get(f"{CLAIM}message_type") != "LtiResourceLinkRequest":
            raise EntranceError(UNPROVEN)
        if not await asyncio.to_thread(entrance.store.first_time, f"{platform.issuer} {claims['nonce']}"):
            raise EntranceError(LATE)
        return claims


class PublicKeys(EntranceHandler):
    """The atelier's own public keys, with which Moodle checks who sends marks."""

    way = MOODLE

    async def get(self) -> None:
        self.finish(await asyncio.to_thread(self.authenticator.links.public_keys))


class MoodleEntrance(LTI13Authenticator):
    """ltiauthenticator's flow, for one platform."""

    label = "Moodle"

    def __init__(self, entrances: Entrances, store: RoomStore, links: Links, **traits: Any) -> None:
        super().__init__(**traits)
        assert entrances.moodle is not None
        self.platform: Moodle = entrances.moodle
        self.store, self.links = store, links
        self.authorize_url = self.platform.authorize_url
        self.client_id = {self.platform.client}
        self.issuer, self.jwks_endpoint = self.platform.issuer, self.platform.keys_url
        self.return_url = f"{entrances.hub}/{RETURN}"
        self.encrypted = self.return_url.startswith("https:")
        self.keys = Keys(self.platform.keys_url)
        self.allow_all = True  # Moodle's course says who may open the activity

    def get_handlers(self, app: Any) -> list[tuple[str, Any]]:
        """Its pages, under the hub's own address."""
        return [(f"/{START}", Start), (f"/{RETURN}", Return), (f"/{KEYS}", PublicKeys)]

    def normalize_username(self, username: str) -> str:
        """Accounts are already in their one form."""
        return username

    async def authenticate(self, handler: Any, data: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """The account of whoever a verified launch names."""
        if not data:
            return None
        shown = data.get("name") or " ".join(str(data.get(key, "")) for key in ("given_name", "family_name"))
        person = Identity(self.platform.issuer, str(data["sub"]), str(shown).strip())
        until = time.time() + SESSION_HOURS * 3600
        kept = {"entree": MOODLE, "until": until, "siret": self.siret_of(data)}
        return await asyncio.to_thread(
            auth_model, self.store, person, self.platform.trainers, self.platform.admins, **kept
        )

    def siret_of(self, claims: dict[str, Any]) -> str:
        """The collectivité of whoever is launched: the one that this Moodle serves, or the one that the activity names.

        Raises:
            EntranceError: the activity names none of those that this Moodle serves.
        """
        served = self.platform.sirets
        if len(served) < 2:
            return served[0] if served else ""
        named = custom(claims, "siret", r"[0-9 ]{14,20}").replace(" ", "")
        if named not in served:
            raise EntranceError(
                "Cette activité ne dit pas de quelle collectivité vous êtes, ou en nomme une qui n'est pas inscrite. "
                "Signalez-le à la formatrice : le paramètre « siret » de l'activité est à corriger."
            )
        return named


def custom(claims: dict[str, Any], name: str, pattern: str) -> str:
    """A custom parameter of the activity; "" when it is not there or not of that form."""
    given = claims.get(f"{CLAIM}custom")
    value = str(given.get(name, "")) if isinstance(given, dict) else ""
    return value if re.fullmatch(pattern, value) else ""
