"""The desk of a room: one process that holds rubrics, exchange, key, guard and queue, and shows the trainer's board.

Run as `python -m atelier_ia.rooms.desk_server OPTIONS` by the launcher. It listens on a Unix socket for the sandboxes,
and on this machine's loopback for the proxy. On a server of its own (TLJH, cluster) it stands alone: `OPTIONS` is then
a file that the administrator wrote.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_unix_socket

from atelier_ia.assistant import open_assistant
from atelier_ia.rooms import board_app, desk_app, link_app, model_app, parcels, participants
from atelier_ia.rooms.keeping import load_keeping
from atelier_ia.rooms.options import DESK_SOCKET, RoomOptions
from atelier_ia.rooms.store import RoomStore
from atelier_ia.runtime.processes import die_with_parent
from atelier_ia.settings import load_settings


async def serve(options: RoomOptions) -> None:
    """Serve until SIGTERM."""
    keeping, store = load_keeping(), RoomStore(Path(options.folder))
    extra = model_app.handlers(keeping, store, open_assistant(load_settings()))
    if not options.proxy_port:  # nobody's launcher: this desk is also where the course comes from
        participants.write_home_page(load_settings())
        shared = {"keeping": keeping, "store": store}
        extra += [*parcels.handlers(shared), *link_app.handlers(shared)]
    application = desk_app.application(keeping, store, options.hub_address, extra)
    inside = HTTPServer(application, max_buffer_size=desk_app.MAX_BODY, idle_connection_timeout=120)
    path = Path(options.desk_folder or options.folder) / DESK_SOCKET
    path.unlink(missing_ok=True)
    inside.add_socket(bind_unix_socket(str(path), mode=0o666))
    if options.inside_port:
        inside.listen(options.inside_port, options.inside_address)
    outside = HTTPServer(board_app.application(options, keeping, store), max_buffer_size=32 * 2**20, xheaders=True)
    outside.listen(options.desk_port, options.desk_address)
    await asyncio.to_thread(_get_ready)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    inside.stop()
    outside.stop()
    with contextlib.suppress(FileNotFoundError):
        path.unlink()


def _get_ready() -> None:
    """Load what the first answers would wait for: the dictionary and the guard."""
    from atelier_ia.privacy import detect
    from atelier_ia.training.scoring.reading import lemma

    lemma("bonjour")
    detect("Madame Durand, 06 39 98 00 00")


def main(arguments: list[str]) -> None:
    """Entry point."""
    die_with_parent()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    asyncio.run(serve(RoomOptions.read(Path(arguments[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
