"""`atelier corriger` with nothing new to grade: answered without the command line's library, which is most of the wait.

Only the plainest command lines are read here; whatever else is written goes to the ordinary way.
"""

from __future__ import annotations

import json
import sys

_LISTS = {
    **dict.fromkeys(("-a", "--devoir", "--assignment"), "assignments"),
    **dict.fromkeys(("-l", "--personne", "--learner"), "learners"),
}


def idle_answer(words: list[str]) -> str | None:
    """What to print when everything is graded and unchanged; None when the command has to be run."""
    if words[:1] != ["corriger"]:
        return None
    given: dict[str, list[str]] = {"assignments": [], "learners": []}
    rest, as_json = words[1:], False
    while rest:
        word = rest.pop(0)
        if word == "--json":
            as_json = True
        elif word in _LISTS and rest and not rest[0].startswith("-"):
            given[_LISTS[word]].append(rest.pop(0))
        else:
            return None
    from atelier_ia.errors import AtelierError
    from atelier_ia.training.ledger import nothing_new

    try:
        idle = nothing_new(tuple(given["assignments"]), tuple(given["learners"]))
    except AtelierError:  # no course here: the ordinary way says so
        return None
    if idle is None:
        return None
    return json.dumps({"graded": [], "unchanged": idle, "refused": []}) if as_json else sentence(0, idle)


def sentence(graded: int, unchanged: int) -> str:
    """What a grading did, in one line."""
    if not graded and not unchanged:
        return "Aucun travail rendu pour l'instant."
    done = f"{graded} travail corrigé" if graded == 1 else f"{graded} travaux corrigés"
    same = f"{unchanged} inchangé" if unchanged < 2 else f"{unchanged} inchangés"
    return f"{done}, {same}."


def speak_utf8() -> None:
    """Accents on any terminal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
