"""The agents' applications behind the hub's log-in: only people of this collectivité, and still nobody's name inside.

JupyterHub's own identity provider does the work (OAuth, access scopes, cookies); what the applications see of a person
is that they may come in.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.identity import User
from jupyterhub.singleuser.extension import JupyterHubIdentityProvider
from tornado.web import HTTPError
from traitlets import Unicode

ANYBODY = User(username="agent", name="Agent", display_name="Agent")


class HubDoor(JupyterHubIdentityProvider):
    """Lets in whom the hub lets in; the configuration gives the hub's address and our token (environment)."""

    base_url = Unicode("/", config=True, help="The applications' path on the hub.")

    async def get_user(self, handler: Any) -> User | None:
        given = handler.redirect
        user = await super().get_user(handler)
        if user is None and handler.redirect != given:  # known to the hub, and not one of ours
            raise HTTPError(403)
        return ANYBODY if user is not None else None

    def get_handlers(self) -> list[Any]:
        base = self.base_url.rstrip("/")
        return [(f"{base}{path}", *rest) for path, *rest in super().get_handlers() if "oauth" in path]
