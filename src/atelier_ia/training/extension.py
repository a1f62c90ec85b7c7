"""What our extensions ask of IPython: a first cell that may run again, and French for a mistyped command."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from IPython.core.error import UsageError
from IPython.display import display

from atelier_ia.training.wording import html, typeset


def may_load_again(shell: Any, name: str) -> None:
    """Once the cell that loads the extension `name` has run, let the same cell load it anew."""

    def forget(*_: Any) -> None:
        shell.extension_manager.loaded.discard(name)
        shell.events.unregister("post_run_cell", forget)

    shell.events.register("post_run_cell", forget)


def tell_unknown_commands(shell: Any) -> None:
    """A command mistyped in front of people: one French sentence that names the right one, not IPython's English."""

    def told(_shell: Any, _kind: Any, error: Exception, _trace: Any, tb_offset: int | None = None) -> None:
        found = re.search(r"magic (?:function )?`(%%?)([^`]+)` not found", str(error))
        if not found:
            shell.show_usage_error(error)
            return
        sentence = _unknown_command(found[1], found[2], _own_commands(shell))
        markup = f'<p class="atelier-message" lang="fr" role="status">{html(sentence)}</p>'
        display({"text/html": markup, "text/plain": typeset(sentence)}, raw=True)

    shell.set_custom_exc((UsageError,), told)


def _own_commands(shell: Any) -> dict[str, str]:
    """The commands of this course: name → its signs, « % » or « %% »."""
    return {
        name: signs
        for signs, kind in (("%", "line"), ("%%", "cell"))
        for name, magic in shell.magics_manager.magics[kind].items()
        if type(getattr(magic, "__self__", None)).__module__.startswith("atelier_ia") and name != "atelier_texte"
    }


def _unknown_command(signs: str, name: str, known: dict[str, str]) -> str:
    near = name if name in known else next(iter(get_close_matches(name.lower(), known, n=1)), "")
    written = f"La commande « {signs}{name} » n'existe pas"
    if near == name:
        return (
            f"Écrivez « {known[near]}{near} », avec {'deux signes' if known[near] == '%%' else 'un seul signe'} « % »."
        )
    if near:
        return f"{written} ; écrivez « {known[near]}{near} »."
    return f"{written} ; celles de ce carnet : {', '.join(known[one] + one for one in sorted(known))}."
