"""JupyterHub's settings where several collectivités share one hub, whoever starts the servers (pods, Linux accounts).

Called from the hub's configuration (`configure(c)`). Each collectivité has its own desk (rubrics, hand-ins, key, guard)
and its own applications, which the hub shows as services to its people and to nobody else. The hub itself holds no
rubric, no work and no key of a provider.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from atelier_ia.errors import AtelierError
from atelier_ia.folders import DESK_TOKEN_VARIABLE, DESK_VARIABLE
from atelier_ia.rooms.authorities import Authorities, Authority, account_of, keeping_of, load_authorities
from atelier_ia.rooms.common import common
from atelier_ia.rooms.options import MARKING

LABEL = "atelier-ia/collectivite"  # of a participant's pod: what the desk's network policy looks at
DOORS = "atelier_ia.rooms.entrance.doors.HubDoors"  # chosen in `authenticator_class`, or by `connexion.toml`
STATE = "atelier-ia"  # in the hub's own folder: who came under which account
SEAT = ["-m", "atelier_ia.rooms.seat"]


def configure(
    c: Any,
    authorities: Authorities | None = None,
    secrets: Path | None = None,
    python: str = "",
    connexion: Path | None = None,
) -> None:
    """Groups at log-in, roles, services, what each server is told. `python` runs the participants' servers.

    `connexion` (else what `ATELIER_CONNEXION` names) opens ProConnect and Moodle; without it the log-in is whichever
    the administrator chose.

    Raises:
        AtelierError: a file does not fit, a secret is missing, or nobody could come in.
    """
    known = authorities or load_authorities()
    common(c)
    c.Spawner.cmd = [python or sys.executable, *SEAT]
    c.Spawner.pre_spawn_hook = PlaceEach(known, secrets)
    c.Authenticator.manage_groups = True
    c.Authenticator.post_auth_hook = BelongEach(known)
    hub = c.JupyterHub
    hub.template_vars = {
        "commune": known.all[0].name if len(known.all) == 1 else "",
        "statique": f"/services/{known.all[0].board_service}/statique",
    }
    _log_in(c, known, secrets, connexion)
    hub.services = [*hub.get("services", []), *(line for item in known.all for line in _services(item, secrets))]
    hub.load_roles = [*hub.get("load_roles", []), *(line for item in known.all for line in _roles(item))]


def _log_in(c: Any, known: Authorities, secrets: Path | None, connexion: Path | None) -> None:
    """ProConnect and Moodle, when `connexion.toml` opens them."""
    from atelier_ia.rooms.entrance.settings import hub_entrances

    hub = c.JupyterHub
    entrances = hub_entrances(connexion, known.sirets)
    if entrances is None:
        if hub.get("authenticator_class") == DOORS:
            raise AtelierError(
                "Personne ne pourrait entrer : ouvrez une entrée dans connexion.toml (ProConnect, Moodle), ou "
                "choisissez-en une autre par « authenticator_class »."
            )
        return
    if any(item.members or item.trainers for item in known.all):
        raise AtelierError(
            "Par ProConnect ou Moodle, un nom de compte ne prouve rien : videz « personnes » et « formatrices » de "
            "collectivites.toml, et nommez les formatrices dans connexion.toml."
        )
    hub.authenticator_class = DOORS
    c.HubDoors.known, c.HubDoors.opened = known, entrances
    c.HubDoors.folder, c.HubDoors.secrets = STATE, str(secrets or "")
    c.Authenticator.enable_auth_state = True  # the SIRET, the end of the session, what the log-out hands back
    if not c.CryptKeeper.get("keys") and not os.environ.get("JUPYTERHUB_CRYPT_KEY"):
        c.CryptKeeper.keys = [keeping_of(known.all[0].id, secrets).service_token("coffre")]
    hub.template_vars = {**hub.template_vars, "entrees": list(entrances.ways)}


def _services(item: Authority, secrets: Path | None) -> list[dict[str, Any]]:
    keeping = keeping_of(item.id, secrets)
    found = [(item.board_service, item.board, "tableau")]
    if item.apps:
        found.append((item.apps_service, item.apps, "applications"))
    if item.marking:
        found.append((item.marking_service, item.marking, MARKING))
    return [
        {
            "name": name,
            "url": url,
            "api_token": keeping.service_token(purpose),
            "oauth_no_confirm": True,
            "display": False,
        }
        for name, url, purpose in found
    ]


def _roles(item: Authority) -> list[dict[str, Any]]:
    """Who may open what: nothing of one collectivité appears in another's lines."""
    members, trainers = item.groups
    both = [f"!group={members}", f"!group={trainers}"]
    for_trainers = [item.board_service, *([item.marking_service] if item.marking else [])]
    roles: list[dict[str, Any]] = [
        {
            "name": f"formatrices-{item.id}",
            "groups": [trainers],
            "scopes": [f"access:services!service={name}" for name in for_trainers],
        },
        {
            "name": f"tableau-{item.id}",
            "services": [item.board_service],
            "scopes": [f"{scope}{group}" for scope in ("list:users", "read:users", "servers") for group in both],
        },
    ]
    if item.apps:
        scope = f"access:services!service={item.apps_service}"
        roles.append({"name": f"agents-{item.id}", "groups": [members, trainers], "scopes": [scope]})
    return roles


class BelongEach:
    """At log-in: the groups of each person, from what the log-in vouches for and the administrator's lists."""

    def __init__(self, known: Authorities) -> None:
        self.known = known

    def __call__(self, _authenticator: Any, _handler: Any, model: dict[str, Any]) -> dict[str, Any]:
        state = model.get("auth_state") or {}
        siret = str(state.get("siret") or (state.get("oauth_user") or {}).get("siret") or "")
        name = "" if state.get("entree") else model["name"]  # by our own entrances, people choose what they are called
        groups = self.known.groups_of(name, siret, set(model.get("groups") or ()))
        return {**model, "groups": sorted(groups)}


class PlaceEach:
    """Before a server starts: which desk it talks to, with which token; refused to who belongs nowhere."""

    def __init__(self, known: Authorities, secrets: Path | None = None) -> None:
        self.known, self.secrets = known, secrets

    def __call__(self, spawner: Any) -> None:
        from tornado.web import HTTPError

        try:
            authority = self.known.of({group.name for group in spawner.user.groups})
            token = keeping_of(authority.id, self.secrets).token(account_of(spawner.user.name))
        except AtelierError as problem:
            refused = HTTPError(403, str(problem))
            refused.jupyterhub_message = str(problem)  # else the hub shows a sentence of its own, in English
            raise refused from None
        # Not `environment |=`: that dictionary is the configuration's, shared by everybody.
        spawner.environment = {
            **spawner.environment,
            DESK_VARIABLE: authority.desk,
            DESK_TOKEN_VARIABLE: token,
        }
        if hasattr(spawner, "extra_labels"):
            spawner.extra_labels = {**spawner.extra_labels, LABEL: authority.id}
