"""A participant who switches nbgrader's tools on in their own sandbox: what do they get?

Their folder and their settings are theirs: they may enable formgrader for their own server, or run nbgrader's own
programs, pointed at the room's real folders. What counts is that nothing stands behind.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from tests.rooms.client import Client
from tests.rooms.conftest import Room
from tests.rooms.test_room import ASSIGNMENT, NOTEBOOK, Play, work

# Sent to a kernel of the room: `ROOT` is the trainer's project.
SWITCH_ON = """
import json, os, signal
from pathlib import Path
nbgrader = (
    "c = get_config()\\nc.CourseDirectory.course_id = 'atelier'\\n"
    "c.CourseDirectory.root = %r\\nc.CourseDirectory.db_url = 'sqlite:///%s/var/gradebook.db'\\n"
    "c.Exchange.root = '%s/var/exchange'\\n" % (ROOT, ROOT, ROOT)
)
names = ("formgrader", "assignment_list", "course_list", "validate_assignment")
on = {"ServerApp": {"jpserver_extensions": {f"nbgrader.server_extensions.{name}": True for name in names}}}
settings = Path(os.environ["JUPYTER_CONFIG_DIR"])
(settings / "jupyter_server_config.d").mkdir(parents=True, exist_ok=True)
for place in (settings / "jupyter_server_config.json", settings / "jupyter_server_config.d" / "z.json"):
    place.write_text(json.dumps(on))
(settings / "jupyter_server_config.py").write_text("c = get_config()\\n" + "".join(
    f"c.ServerApp.jpserver_extensions['nbgrader.server_extensions.{name}'] = True\\n" for name in names))
for place in (settings, Path.cwd(), Path.home()):
    (place / "nbgrader_config.py").write_text(nbgrader)
print("on")
"""
BY_HAND = """
import json, os, subprocess, sys
from pathlib import Path
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
got = {}
for name, root in (("real", ROOT), ("own", str(Path.home()))):
    config = Config()
    config.CourseDirectory.course_id = "atelier"
    config.CourseDirectory.root = root
    config.CourseDirectory.db_url = f"sqlite:///{root}/var/gradebook.db"
    config.Exchange.root = f"{root}/var/exchange"
    for what in ("get_source_assignments", "get_released_assignments", "get_assignments", "get_students"):
        try:
            api = NbGraderAPI(CourseDirectory(config=config), config=config)
            found = getattr(api, what)()
            got[f"{name} {what}"] = [str(item) for item in found]
        except BaseException as error:
            got[f"{name} {what}"] = f"refused: {type(error).__name__}"
for verb in ("list", "collect", "autograde", "generate_feedback", "export"):
    named = [ASSIGNMENT] if verb not in ("list", "export") else []
    done = subprocess.run([sys.executable, "-m", "nbgrader", verb, *named],
                          capture_output=True, text=True, cwd=Path.home(), timeout=120)
    got[verb] = done.stdout + done.stderr
print("\\n<<<" + json.dumps(got) + ">>>")
"""


async def again(client: Client) -> None:
    """Wait for one's own server after it was killed."""
    deadline = time.monotonic() + 90
    while True:
        status, _, path = await client.get("/hub/spawn")
        if status == 200 and path.startswith("/user/"):
            return
        assert time.monotonic() < deadline, (status, path)
        await asyncio.sleep(0.5)


def test_formgrader_in_one_s_own_sandbox_opens_on_nothing(room: Room, play: Play) -> None:
    """Enabled by every file that one may write, then run by hand: no gradebook, no solution, nobody else's work?"""
    names = f"ROOT = {str(room.root)!r}\nASSIGNMENT = {ASSIGNMENT!r}\n"

    async def scene() -> tuple[dict[str, tuple[int, str]], dict[str, Any], str]:
        async with Client(room.url) as victim:
            await victim.join(room.code, "Anne-Marie")
            async with await victim.open(NOTEBOOK) as kernel:
                assert (await work(victim, kernel, "B")).startswith("Travail rendu")
        async with Client(room.url) as client:
            await client.join(room.code, "Lucas")
            async with await client.open(NOTEBOOK) as kernel:
                assert "on" in await kernel.run(names + SWITCH_ON)
                await kernel.run("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)", 5)
        return {}, {}, ""

    async def killed() -> None:
        try:
            await scene()
        except (TypeError, TimeoutError, json.JSONDecodeError):
            return  # the socket closed with the server: that was the wish

    async def after() -> tuple[dict[str, tuple[int, str]], dict[str, Any], str]:
        pages = ("formgrader", "formgrader/gradebook", "formgrader/manage_students", "formgrader/api/students",
                 "formgrader/api/assignments", f"formgrader/api/submissions/{ASSIGNMENT}", "assignments", "courses",
                 f"formgrader/api/solution_cells/{ASSIGNMENT}/{ASSIGNMENT}")  # fmt: skip
        async with Client(room.url) as client:
            number = next(p.number for p in store().participants() if p.name == "lucas")
            await client.join(room.code, "Lucas", number)
            await again(client)
            seen = {page: (await client.get(f"/user/lucas/{page}"))[:2] for page in pages}
            async with await client.open(NOTEBOOK) as kernel:
                switched = await kernel.run("import os\nprint(os.listdir(os.environ['JUPYTER_CONFIG_DIR']))")
                text = await kernel.run(names + BY_HAND, 240)
        return seen, json.loads(text.partition("<<<")[2].partition(">>>")[0]), switched

    def store() -> Any:
        from atelier_ia.rooms.store import RoomStore

        return RoomStore(room.root / "var" / "salle")

    play(killed())
    seen, got, switched = play(after())
    assert "jupyter_server_config.json" in switched  # their own settings were there when the server started again
    assert {page: status for page, (status, _) in seen.items() if status == 200} == {}, seen.keys()
    told = json.dumps([got, [text for _, text in seen.values()]], ensure_ascii=False)
    for secret in ("anne-marie", "Anne-Marie", "bareme.toml", "BEGIN SOLUTION"):
        assert secret not in told, secret
    empty = {what: value for what, value in got.items() if what.startswith(("real", "own"))}
    assert all(value == [] or str(value).startswith("refused") for value in empty.values()), empty
    assert "NbGraderAPI" not in str(empty)
