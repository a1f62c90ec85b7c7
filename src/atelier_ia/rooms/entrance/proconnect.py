"""Log-in by ProConnect, with oauthenticator: what it lacks is the nonce, the signed user information, the filter on
SIRET and roles, and the log-out at the provider.

The identity comes from the user information only (ProConnect puts none in the id token); nothing of it is kept but the
shown name, a digest of `sub`, and, encrypted, the id token that the log-out hands back and the SIRET (a hub that
several collectivités share attaches people by it).
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from typing import Any

import jwt
from jupyterhub.handlers import LogoutHandler
from oauthenticator.oauth2 import (
    OAuthCallbackHandler,
    OAuthenticator,
    OAuthLoginHandler,
    _deserialize_state,
    _serialize_state,
)
from tornado.httputil import url_concat
from tornado.web import HTTPError

from atelier_ia.rooms.entrance.outside import (
    ASYMMETRIC,
    FRESH,
    EntranceError,
    Keys,
    OutsideError,
    ask,
    document,
    verified,
)
from atelier_ia.rooms.entrance.pages import EntranceHandler
from atelier_ia.rooms.entrance.people import Identity, auth_model
from atelier_ia.rooms.entrance.settings import CODE, PROCONNECT, Entrances, ProConnect, proconnect_secret
from atelier_ia.rooms.store import RoomStore

LABEL = "ProConnect"
START, RETURN, LEFT = "proconnect", "proconnect/retour", "proconnect/sortie"
SCOPES = ("openid", "given_name", "usual_name", "email", "siret", "roles")
LEAVING_COOKIE = "proconnect-sortie"
AGAIN = "Recommencez depuis la page d'entrée."
LATE = f"Cette demande d'entrée n'est plus valable, ou elle a déjà servi. {AGAIN}"
UNPROVEN = f"L'identité reçue de ProConnect n'a pas pu être vérifiée. {AGAIN} Si cela continue, prévenez la formatrice."


class Start(EntranceHandler, OAuthLoginHandler):
    """Send the browser to ProConnect, with a state, a nonce and a PKCE challenge of its own."""

    way = PROCONNECT
    again = START

    async def get(self) -> None:
        await self.step(self._leave())

    async def _leave(self) -> None:
        provider = self.authenticator
        await provider.discover()
        state = {"state_id": secrets.token_urlsafe(32), "nonce": secrets.token_urlsafe(32)}
        extra = {"state": _serialize_state({"state_id": state["state_id"]}), "nonce": state["nonce"]}
        if provider.enable_pkce:
            state["code_verifier"], extra["code_challenge"] = self._generate_pkce_params()
            extra["code_challenge_method"] = "S256"
        self.set_state_cookie(_serialize_state(state | {"next_url": self._get_next_url()}))
        self.authorize_redirect(
            redirect_uri=provider.get_callback_url(self),
            client_id=provider.client_id,
            scope=provider.scope,
            extra_params=extra,
        )


class Return(EntranceHandler, OAuthCallbackHandler):
    """The browser comes back with a code."""

    way = PROCONNECT
    again = START

    async def get(self) -> None:
        await self.step(self._come_in())

    async def _come_in(self) -> None:
        error = self.get_argument("error", "")
        if error:
            self.get_state_cookie()  # it has served
            named = error if re.fullmatch(r"[A-Za-z0-9_]{1,40}", error) else "erreur"
            raise EntranceError(f"ProConnect n'a pas confirmé votre identité ({named}). {AGAIN}")
        try:
            self.check_code()
            self.check_state()
        except HTTPError:
            raise EntranceError(LATE) from None
        user = await self.login_user()
        if user is None:
            raise EntranceError(UNPROVEN)
        self._jupyterhub_user = user
        self.redirect(self.get_next_url(user))

    @property
    def nonce(self) -> str:
        """The one that this browser left with."""
        return str(_deserialize_state(self.get_state_cookie()).get("nonce", ""))


class Leave(LogoutHandler):
    """Leave the hub, then ProConnect for whoever came by it."""

    async def get(self) -> None:
        user = await self.get_current_user()
        kept = (await user.get_auth_state() if user else None) or {}
        await self.default_handle_logout()
        self._jupyterhub_user = None
        provider = self.settings["authenticator"].entrance(PROCONNECT)
        if not kept.get("id_token"):
            self.redirect(self.settings["login_url"])
            return
        try:
            await provider.discover()
        except OutsideError as problem:
            self.log.error("entrance %s: %s", PROCONNECT, problem)
            self.finish(await self.render_template("logout.html", still_known=True))
            return
        state = secrets.token_urlsafe(32)
        self._set_cookie(LEAVING_COOKIE, state, expires_days=1, httponly=True)
        back = {"id_token_hint": kept["id_token"], "state": state, "post_logout_redirect_uri": provider.left_url}
        self.redirect(url_concat(provider.end_url, back))


class Left(EntranceHandler):
    """ProConnect sends the browser back here once it has forgotten the session."""

    way = PROCONNECT

    async def get(self) -> None:
        kept = (self.get_secure_cookie(LEAVING_COOKIE) or b"").decode()
        self.clear_cookie(LEAVING_COOKIE)
        if not kept or not secrets.compare_digest(kept.encode(), self.get_argument("state", "").encode()):
            await self.refuse("Cette page ne suit aucune sortie. Revenez à la page d'entrée.")
            return
        self.finish(await self.render_template("logout.html"))


class ProConnectEntrance(OAuthenticator):
    """oauthenticator's flow, for one provider found by discovery."""

    label = LABEL

    def __init__(self, entrances: Entrances, store: RoomStore, **traits: Any) -> None:
        super().__init__(**traits)
        assert entrances.proconnect is not None
        self.provider: ProConnect = entrances.proconnect
        self.store = store
        self.client_id, self.client_secret = self.provider.client, proconnect_secret()
        self.scope = list(SCOPES)
        self.enable_pkce = self.provider.pkce
        self.oauth_callback_url = f"{entrances.hub}/{RETURN}"
        self.left_url = f"{entrances.hub}/{LEFT}"
        self.allow_all = True  # who may come in is decided in `_admitted`, with a reason
        self.otherwise = (
            "Demandez à la formatrice une entrée par code, ou l'inscription de votre collectivité."
            if CODE in entrances.ways
            else "Demandez à votre service informatique ou à la formatrice l'inscription de votre collectivité."
        )
        self.end_url = ""
        self.keys = Keys("")
        self._described = float("-inf")

    def get_handlers(self, app: Any) -> list[tuple[str, Any]]:
        """Its pages, under the hub's own address."""
        return [(f"/{START}", Start), (f"/{RETURN}", Return), (f"/{LEFT}", Left), ("/logout", Leave)]

    def normalize_username(self, username: str) -> str:
        """Accounts are already in their one form."""
        return username

    async def discover(self) -> None:
        """Read the provider's addresses, once an hour."""
        if time.monotonic() - self._described < FRESH:
            return
        found = await document(f"{self.provider.issuer}/.well-known/openid-configuration")
        names = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint")
        if found.get("issuer") != self.provider.issuer or not all(isinstance(found.get(name), str) for name in names):
            raise OutsideError("the discovery document is another provider's, or incomplete")
        self.authorize_url, self.token_url, self.userdata_url = (found[name] for name in names[:3])
        if self.keys.url != found["jwks_uri"]:
            self.keys = Keys(found["jwks_uri"])
        self.end_url = found["end_session_endpoint"]
        self._described = time.monotonic()

    async def authenticate(self, handler: Return, data: Any = None, **_: Any) -> dict[str, Any]:
        """The account of whoever comes back with a code.

        Raises:
            EntranceError: not proven, or not admitted here.
        """
        await self.discover()
        tokens = await self._tokens(handler)
        try:
            proof = await self._proof(tokens["id_token"], ("iss", "aud", "exp", "iat", "sub", "nonce"))
            if not handler.nonce or not secrets.compare_digest(str(proof["nonce"]).encode(), handler.nonce.encode()):
                raise jwt.InvalidTokenError("another nonce")
            info = await self._user_info(tokens["access_token"])
            if not secrets.compare_digest(str(info["sub"]).encode(), str(proof["sub"]).encode()):
                raise jwt.InvalidTokenError("another person")
        except (jwt.PyJWTError, KeyError, ValueError) as error:
            self.log.warning("entrance %s: %s refused", PROCONNECT, type(error).__name__)
            raise EntranceError(UNPROVEN) from None
        self._admitted(info)
        person = self._person(info)
        until = time.time() + self.provider.hours * 3600
        kept = {
            "entree": PROCONNECT,
            "id_token": tokens["id_token"],
            "until": until,
            "siret": str(info["siret"]),
        }
        return await asyncio.to_thread(
            auth_model, self.store, person, self.provider.trainers, self.provider.admins, **kept
        )

    async def _tokens(self, handler: Return) -> dict[str, str]:
        params = self.build_access_tokens_request_params(handler)
        params.pop("data", None)  # ProConnect refuses what it does not know
        try:
            reply = await ask("POST", self.token_url, form=params)
        except OutsideError as problem:
            if not str(problem).endswith((": 400", ": 401")):
                raise
            self.log.warning("entrance %s: %s", PROCONNECT, problem)
            raise EntranceError(LATE) from None
        try:
            found = reply.json()
            return {name: str(found[name]) for name in ("access_token", "id_token")}
        except (ValueError, KeyError, TypeError):
            raise EntranceError(UNPROVEN) from None

    async def _user_info(self, access_token: str) -> dict[str, Any]:
        reply = await ask("GET", self.userdata_url, bearer=access_token)
        if not reply.headers.get("content-type", "").startswith("application/jwt"):
            raise jwt.InvalidTokenError("not signed")
        return await self._proof(reply.text.strip(), ("iss", "aud", "sub"))

    async def _proof(self, token: str, required: tuple[str, ...]) -> dict[str, Any]:
        return await verified(
            token,
            self.keys,
            algorithm=self.provider.algorithm,
            issuer=self.provider.issuer,
            audience=self.provider.client,
            secret="" if self.provider.algorithm in ASYMMETRIC else self.client_secret,
            required=required,
        )

    def _admitted(self, info: dict[str, Any]) -> None:
        """ProConnect lets every public agent in; the room, only those of its own collectivités and roles."""
        if str(info.get("siret", "")) not in self.provider.sirets:
            raise EntranceError(
                f"Votre employeur, tel que ProConnect le connaît, n'est pas inscrit à cet atelier. {self.otherwise}"
            )
        held = info.get("roles") or []
        if self.provider.roles and not set(self.provider.roles) & {str(role) for role in held}:
            raise EntranceError(
                "Cet atelier est réservé à certains agents, et ProConnect ne vous connaît pas comme tel. "
                "Signalez-le à votre service informatique ou à la formatrice."
            )

    def _person(self, info: dict[str, Any]) -> Identity:
        shown = " ".join(str(info.get(name, "")) for name in ("given_name", "usual_name")).strip()
        return Identity(self.provider.issuer, str(info["sub"]), shown, str(info.get("email", "")))
