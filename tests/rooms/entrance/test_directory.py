"""A town hall's own directory (OpenID Connect) as the log-in of a shared hub, set as the cluster's example says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from atelier_ia.rooms.common import TEMPLATES
from tests.rooms.client import Client
from tests.rooms.conftest import free_port
from tests.rooms.entrance.directory import Directory, hub_lines
from tests.rooms.entrance.oidc import AGENT
from tests.rooms.entrance.test_hosted_doors import APPS, AUTHORITIES, BOARD, OURS
from tests.rooms.hosting import Hosted, hosted_rooms
from tests.rooms.test_room import Play

PERSON = {"sub": "k1", "preferred_username": "maelle.leguen", "siret": OURS}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Directory, Hosted]]:
    public = free_port()
    known = Directory(back=f"http://127.0.0.1:{public}/hub/oauth_callback")
    base, secret = tmp_path_factory.mktemp("annuaire"), {"OAUTH_CLIENT_SECRET": known.secret}
    authorities = AUTHORITIES.replace(f'sirets = ["{OURS}"]', f'sirets = ["{OURS}"]\nformatrices = ["nadege"]')
    with hosted_rooms(base, "", public, authorities, hub_lines(known), **secret) as hosted:
        yield known, hosted
    known.stop()


def test_a_directory_is_the_log_in(directory: tuple[Directory, Hosted], play: Play) -> None:
    """Is its button named in French, is each person placed by SIRET or list, and is every refusal a French page?"""
    known, hosted = directory

    async def scene() -> dict[str, list[int]]:
        async with Client(hosted.url) as nobody:
            _, page, _ = await nobody.get("/hub/login?next=%2Fhub%2Fhome")
            assert "S’identifier avec l’annuaire de la mairie" in page
            assert 'type="password"' not in page
        seen = {}
        people = {
            "agent": PERSON,
            "trainer": PERSON | {"sub": "k2", "preferred_username": "nadege"},
            "of nowhere": PERSON | {"sub": "k3", "preferred_username": "zoe", "siret": "13002526500013"},
        }
        for who, agent in people.items():
            known.agent = dict(agent)
            async with Client(hosted.url) as client:
                status, page, path = await client.get("/hub/oauth_login?next=%2Fhub%2Fhome")
                assert (status, path) == (200, "/hub/home"), page
                seen[who] = [(await client.get(place))[0] for place in (APPS, BOARD, "/hub/admin")]
                if who == "of nowhere":
                    status, page, _ = await client.get("/hub/spawn")
                    assert (status, "rattaché à aucune collectivité" in page) == (403, True), page
        known.spoil = {"access_denied"}
        async with Client(hosted.url) as client:
            status, page, _ = await client.get("/hub/oauth_login")
            assert (status >= 400, '<html lang="fr">' in page, "<h1>" in page) == (True, True, True), page
            assert "Error" not in page
            assert "denied" not in page
        return seen

    try:
        assert play(scene()) == {
            "agent": [200, 403, 403],
            "trainer": [200, 200, 403],
            "of nowhere": [403, 403, 403],
        }
    finally:
        known.agent, known.spoil = dict(AGENT), set()


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("login.html", {"login_error": "Password too short! Please choose a password at least 7 characters long."},
         "ce mot de passe est trop court"),
        ("login.html", {"login_error": "Invalid username or password"}, "le mot de passe n’est pas le bon"),
        ("login.html", {"login_service": "OAuth 2.0"}, ">S’identifier</a>"),
        ("reset.html", {}, "Nouveau mot de passe"),
        ("reset.html", {"result": True, "alert": "success", "result_message": "Your password has been changed"},
         "Votre mot de passe est changé"),
        ("reset.html", {"result": True, "alert": "danger", "result_message": "Password too short!"}, "trop court"),
    ],
)  # fmt: skip
def test_tljh_s_own_log_in_speaks_french(name: str, given: dict[str, object], sentence: str) -> None:
    """The sentences and the page of FirstUseAuthenticator, which TLJH installs: is each said in French only?"""
    pages = jinja2.Environment(loader=jinja2.FileSystemLoader(str(TEMPLATES)), autoescape=True)
    text = pages.get_template(name).render(authenticator_login_url="/hub/login", base_url="/hub/", **given)
    assert sentence in text
    assert not [word for word in ("Password", "Change ", "Invalid", "Your ", "OAuth") if word in text]


def test_the_example_is_what_is_tried(tmp_path: Path) -> None:
    """Are the lines tried here the example's own, addresses apart?"""
    known = Directory()
    try:
        lines = hub_lines(known)
    finally:
        known.stop()
    assert "c['JupyterHub']['authenticator_class'] = 'generic-oauth'" in lines
    assert "username_claim" in lines
    assert "mairie.example" not in lines
