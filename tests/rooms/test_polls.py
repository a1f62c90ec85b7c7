"""The projected wall: votes that nobody can trace, and minutes that add up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.polls import Polls
from atelier_ia.rooms.store import FILE
from tests.rooms.client import Client
from tests.rooms.conftest import Room
from tests.rooms.test_room import act, trainer

FIVE = ("anne", "lou", "max", "paul", "zoe")


def test_a_vote_is_anonymous_and_counts_once(tmp_path: Path) -> None:
    """One voice each, no outcome before the end nor under five voices, and who chose what is nowhere?"""
    polls = Polls(tmp_path)
    polls.open("Demain ?", [" Oui", "Non ", ""])
    number = polls.asked("anne")["id"]  # type: ignore[index]
    for name, answer in (("anne", 0), ("anne", 1), ("paul", 1)):
        polls.vote(name, number, answer)
    assert polls.asked("anne") is None
    assert (polls.wall()["votants"], polls.wall()["resultat"]) == (2, [])
    polls.close()
    assert (polls.wall()["resultat"], polls.wall()["trop_peu"]) == ([], True)
    for wrong in (0.5, -1, 2, float("nan")):
        polls.open("Encore ?", ["Oui", "Non"])
        with pytest.raises(AtelierError):
            polls.vote("zoe", polls.asked("zoe")["id"], wrong)  # type: ignore[index]
    number = polls.asked("zoe")["id"]  # type: ignore[index]
    for name, answer in (("zoe", 1), ("paul", 0), ("anne", 1), ("lou", 1), ("max", 0)):
        polls.vote(name, number, answer)
    with sqlite3.connect(tmp_path / FILE) as base:
        voters = [name for (name,) in base.execute("SELECT nom FROM votants WHERE scrutin = ?", (number,))]
    assert voters == ["anne", "lou", "max", "paul", "zoe"]  # by name, not in the order of the voices
    polls.close()
    assert polls.wall()["resultat"] == [["Oui", 2], ["Non", 3]]
    with pytest.raises(AtelierError, match="terminé"):
        polls.vote("lea", number, 0)
    with sqlite3.connect(tmp_path / FILE) as base:  # once closed, nobody's name is left
        assert len(base.execute("SELECT nom FROM votants WHERE scrutin = ?", (number,)).fetchall()) == 5
        assert not base.execute("SELECT 1 FROM votants WHERE nom IN ('anne', 'lou', 'max', 'paul', 'zoe')").fetchall()


def test_minutes_add_up(tmp_path: Path) -> None:
    """Over several questions: the total of those that five people at least answered, and no impossible figure?"""
    polls = Polls(tmp_path)
    for names, minutes in ((FIVE, 20), (FIVE[:4], 100), (FIVE, 5)):
        polls.open("Combien ?", [])
        number = polls.asked("anne")["id"]  # type: ignore[index]
        for name in names:
            polls.vote(name, number, minutes)
        with pytest.raises(AtelierError):
            polls.vote("lea", number, 100_000)
        polls.close()
    assert polls.wall()["minutes"] == 125
    for question, choices in (("", []), ("Oui ?", ["Oui"]), ("Oui ?", list("abcdefg"))):
        with pytest.raises(AtelierError):
            polls.open(question, choices)


def test_the_room_votes(room: Room, play: Callable[..., Any]) -> None:
    """From the board to five screens and back to the wall, over HTTP; participants cannot ask nor close."""

    async def scene() -> dict[str, Any]:
        board = await trainer(room)
        assert (await act(board, "vote/question", {"question": "Demain ?", "choix": "Oui ; Non"}))[0] == 200
        for name, answer in (("Anne", 0), ("Paul", 0), ("Zoé", 1), ("Lou", 0), ("Max", 1)):
            async with Client(room.url) as client:
                await client.join(room.code, name)
                _, news = await client.api("GET", "salle/annonces?apres=0&carnet=")
                assert news["vote"]["choix"] == ["Oui", "Non"]
                vote = {"vote": {"scrutin": news["vote"]["id"], "reponse": answer}}
                assert (await client.api("POST", "salle/annonces", vote))[0] == 200
                assert (await client.api("GET", "salle/annonces?apres=0&carnet="))[1]["vote"] is None
                assert (await client.api("POST", "vote/fin", {}, base="/services/salle/"))[0] == 403
        assert (await act(board, "vote/fin"))[0] == 200
        text = (await board.get("/services/salle/etat"))[1]
        await board.session.close()
        wall: dict[str, Any] = json.loads(text)["mur"]
        return wall

    assert play(scene())["resultat"] == [["Oui", 3], ["Non", 2]]
