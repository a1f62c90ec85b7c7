"""From a request to the simulator's text: read the task, hand it to the composer of its kind, fill a schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Set
from dataclasses import replace
from functools import partial
from typing import Any

from atelier_ia.assistant.knowledge import find_procedures, load_procedures
from atelier_ia.assistant.simulator import council, emails, filling, free, meetings, orders, posters, posts, tables
from atelier_ia.assistant.simulator.asides import without_asides
from atelier_ia.assistant.simulator.author_voice import without_author, without_writer
from atelier_ia.assistant.simulator.figures import looks_like_table
from atelier_ia.assistant.simulator.meeting_told import told_as_minutes
from atelier_ia.assistant.simulator.order_decided import decided
from atelier_ia.assistant.simulator.order_form import formed
from atelier_ia.assistant.simulator.order_told import told_as_orders
from atelier_ia.assistant.simulator.own_lines import without_own_lines
from atelier_ia.assistant.simulator.post_asked import announced_only
from atelier_ia.assistant.simulator.remarks import unsigned, without_arrows, without_remarks
from atelier_ia.assistant.simulator.shorthand import decreed, spelled_out, unabridged
from atelier_ia.assistant.simulator.sitting_told import laid_out
from atelier_ia.assistant.simulator.slips import without_slips
from atelier_ia.assistant.simulator.spelled import spoken_times
from atelier_ia.assistant.simulator.task import Task, read_task
from atelier_ia.assistant.simulator.tidying import lines_ended, tidied
from atelier_ia.assistant.simulator.told_rows import told_rows, with_months
from atelier_ia.assistant.simulator.unconfirmed import confirmed
from atelier_ia.assistant.simulator.withheld import withheld
from atelier_ia.settings import Settings

MAX_SOURCE = 60_000  # characters read of a source; the rest is left aside, and the answer says so
CUT = "\n\n(Le texte fourni est très long : seul son début a été traité.)"
# No word is that long: what is (a file pasted by mistake) would make every pattern on words search it from each letter.
_ENDLESS = re.compile(r"(?P<begun>\S{400})\S+")
MARKS = 30  # of a run of one mark (« , , , », « ----- »), as many as say that there is a run
_RUN = re.compile(rf"(?P<mark>[^\w\n]{{1,4}}?)(?P=mark){{{MARKS},}}")
_BARS = re.compile(
    r"(?<=[^|\n]) \| (?=[^|\n]*(?:\n(?![^\n]*\|)|\Z))|(?<=[^|\n]) \| (?=[^|\n]+ \| [^|\n]*(?:\n(?![^\n]*\|)|\Z))"
)
_HOUR = re.compile(r"(?<![\w/@.])(?<![^\dh]-)([01]?\d|2[0-4])[^\S\n]?h(?:[^\S\n]?([0-5]\d))?(?![\w/@])(?!-\D)")


def _without_bars(text: str) -> str:
    """« place Foch | entrée libre » → « place Foch, entrée libre »; a table keeps its bars."""
    return text if looks_like_table(text) else _BARS.sub(", ", text)


_POSTED = frozenset({"publications", "affiche"})
_DATED = _POSTED | {"arrete"}
_NOTED = _DATED | {"conseil"}
# What notes go through before they are composed, in this order, each step for the kinds that need it.
_STEPS: tuple[tuple[Set[str], Callable[[str], str]], ...] = (
    (_POSTED, without_own_lines),
    ({"reunion", "conseil", "arrete"}, partial(without_own_lines, public=False)),
    (_DATED, without_remarks),
    (_NOTED | {"reunion"}, without_asides),
    ({"conseil"}, laid_out),
    ({"reunion"}, told_as_minutes),
    (_DATED, spoken_times),
    (_POSTED, unsigned),
    (_POSTED, without_arrows),
    (_DATED, unabridged),
    (_POSTED, announced_only),
    (_POSTED, without_author),
    (_POSTED, confirmed),
    (_POSTED, _without_bars),
    (_NOTED, withheld),
    ({"reunion"}, partial(withheld, internal=True)),
    ({"arrete"}, without_writer),
    ({"arrete"}, formed),
    ({"arrete"}, told_as_orders),
    ({"arrete"}, decided),
    (_DATED, partial(told_rows, named=True)),
    (_DATED, with_months),
    (_NOTED, tidied),
    (_POSTED, spelled_out),
    ({"arrete"}, decreed),
    (_DATED, lines_ended),
)


def compose(request: dict[str, Any], settings: Settings) -> str:
    """The simulator's whole answer to a chat request (already checked to hold a list of messages)."""
    task = read_task(request, settings)
    task = replace(task, source=_RUN.sub(lambda run: run["mark"] * MARKS, _ENDLESS.sub(r"\g<begun>…", task.source)))
    cut = len(task.source) > MAX_SOURCE
    if cut:
        task = task.shortened(MAX_SOURCE)
    text = hours(_text(task, settings))
    if task.schema is not None:
        return json.dumps(_structured(task, text, settings), ensure_ascii=False)
    return text + CUT if cut else text


def hours(text: str) -> str:
    """Times of day in the French way: « 15h30 » becomes « 15 h 30 »; addresses and references untouched."""
    text = re.sub(r"(?<=\d)€", " €", text)
    return _HOUR.sub(lambda match: f"{match[1]} h {match[2]}" if match[2] else f"{match[1]} h", text)


def _text(task: Task, settings: Settings) -> str:
    if not task.source:
        return free.answer(task)
    if task.kind == "courriel":
        return emails.reply(task, load_procedures(settings), settings)
    source = task.source if task.kind == "tableau" else without_slips(task.source)
    for kinds, step in _STEPS:
        if task.kind in kinds:
            source = step(source)
    task = replace(task, source=source)
    if task.kind == "publications":
        return posts.publications(task)
    if task.kind == "affiche":
        return posters.brief(task)
    if task.kind == "reunion":
        return meetings.minutes(task)
    if task.kind == "conseil":
        return council.paper(task)
    if task.kind == "arrete":
        return orders.order(task, settings)
    if task.kind == "tableau":
        return tables.note(task)
    return free.answer(task)


def _structured(task: Task, text: str, settings: Settings) -> Any:
    found = find_procedures(task.source, load_procedures(settings), 3)
    hints = " ".join(
        f"{procedure.title} {procedure.service} {settings.service_name(procedure.service)}" for procedure, _ in found
    )
    return filling.fill(task.schema or {}, task.source, text, hints)
