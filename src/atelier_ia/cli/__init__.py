"""The command `atelier`: it parses and prints, it decides nothing. The verbs are in `group`."""

from __future__ import annotations

import sys

from atelier_ia.cli.idle import idle_answer, speak_utf8


def main(arguments: list[str] | None = None) -> None:
    """Entry point of the `atelier` command; exits with 0, 1 (problem explained) or 2 (wrong command line)."""
    speak_utf8()
    answer = idle_answer(sys.argv[1:] if arguments is None else arguments)
    if answer is not None:
        print(answer)
        sys.exit(0)
    from atelier_ia.cli.group import run

    run(arguments)
