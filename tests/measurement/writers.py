"""Fifty processes that write at once: `python writers.py KIND TIMES` (0: without end, until somebody kills the group).

Each acknowledges a write by one line on standard output, « process write », once the call has returned.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from atelier_ia.measurement import surveys, time_records, tool_votes, uses
from atelier_ia.measurement.personal_data import correct_presence
from atelier_ia.training.check_in import read_sessions, sign
from atelier_ia.training.planning import Plan, build_plan, load_options
from atelier_ia.training.planning.progress import mark_done
from atelier_ia.training.roster import Learner
from atelier_ia.use_cases.sandbox import reference_settings

PROCESSES = 50
DAY = date(2027, 1, 25)


def measure(process: int, write: int) -> None:
    """One of the five kinds of anonymous measures, in turn; `process` is told by its use case or service."""
    name = f"p{process}"
    kinds: tuple[Callable[[], None], ...] = (
        lambda: time_records.record_pair(name, 20, 5),
        lambda: uses.record_use(name, first=True),
        lambda: surveys.record_opinion(name, "bien"),
        lambda: surveys.record_answer(surveys.Answer("J+30", "souvent", "beaucoup", "oui", name)),
        lambda: tool_votes.record_vote(["commun", name], name),
    )
    kinds[write % len(kinds)]()


def presence(process: int, write: int) -> None:
    """A correction of HR: the person `process` was there `write` + 1 hours."""
    correct_presence(f"p{process}", "25/01/2027", "s3_referents", str(write % 8 + 1))


@lru_cache(maxsize=1)
def whole_plan() -> Plan:
    """The plan of the sandbox's commune."""
    return build_plan(reference_settings(), load_options())


def plan(process: int, write: int) -> None:
    """A session noted as held."""
    mark_done(whole_plan(), whole_plan().sessions[process % len(whole_plan().sessions)].id, DAY)


def signature(process: int, write: int) -> None:
    """A name signed on one's own screen."""
    sign(read_sessions()[0].code, f"p{process}", [Learner(f"p{process}", "N", "P", "rh")], DAY)


def main() -> None:
    """Start the processes, all waiting for the same signal, and wait for them."""
    work: Callable[[int, int], None] = globals()[sys.argv[1]]
    times = int(sys.argv[2])
    whole_plan()  # once, before the processes
    gate, opened = os.pipe()
    for process in range(PROCESSES):
        if os.fork() == 0:
            os.close(opened)
            os.read(gate, 1)  # until the last one is there
            write = 0
            while not times or write < times:
                work(process, write)
                os.write(1, f"{process} {write}\n".encode())
                write += 1
            os._exit(0)
    os.close(opened)
    failed = [code for _, code in (os.wait() for _ in range(PROCESSES)) if code]
    sys.exit(len(failed))


if __name__ == "__main__":
    main()
