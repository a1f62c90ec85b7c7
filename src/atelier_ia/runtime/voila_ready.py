"""Pages made in advance: one of each application waits with its kernel, so that a visitor gets it at once.

A page is handed out once, to one person, then another is made in the background; when none is ready the page is made
on the spot as usual. Only with warm kernels, whose spare costs little memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from voila.utils import get_page_config

from atelier_ia.runtime.voila_rendering import QuickRenderer

PAUSE = 1.5  # seconds before a spare is made again: the visitor's own page comes first
MAX_AGE = 1800.0  # seconds; then the date, the code or the content may have changed

log = logging.getLogger("atelier")


@dataclass(frozen=True)
class Page:
    """A page that waits for its reader."""

    html: str
    kernel_id: str
    changed: int
    made: float


class ReadyPages:
    """The spare pages of one server; `take` hands one out, `prepare` sees to the next."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self._pages: dict[str, Page] = {}
        self._making: dict[str, asyncio.Task[None]] = {}
        self._turn = asyncio.Semaphore(1)  # one at a time: visitors' pages need the processor more

    @property
    def kernels(self) -> set[str]:
        """The kernels of the spare pages: nobody's session yet."""
        return {page.kernel_id for page in self._pages.values()}

    def prepare_all(self, notebooks: Iterable[str]) -> None:
        """Make a spare of each of these applications, one after the other; the others get theirs once visited."""
        for notebook in notebooks:
            self.prepare(notebook, 0)

    def prepare(self, notebook: str, pause: float = PAUSE) -> None:
        """Have a spare of `notebook` made in a while, unless there is one or it is being made."""
        if notebook in self._making or notebook in self._pages:
            return
        task = asyncio.get_running_loop().create_task(self._make(notebook, pause))
        self._making[notebook] = task
        task.add_done_callback(lambda _: self._making.pop(notebook, None))

    async def take(self, notebook: str) -> str | None:
        """The spare page of `notebook`, None when there is none that can still be used."""
        page = self._pages.pop(notebook, None)
        if page is None:
            return None
        manager = self.server.kernel_manager
        fresh = page.changed == self._changed(notebook) and time.monotonic() - page.made < MAX_AGE
        if not fresh or page.kernel_id not in manager or not await ensure_async(manager.is_alive(page.kernel_id)):
            await self._drop(page)
            return None
        manager.handed_out(page.kernel_id)
        return page.html

    async def _make(self, notebook: str, pause: float) -> None:
        await asyncio.sleep(pause)
        async with self._turn:
            kernel_id = None
            manager = self.server.kernel_manager
            try:
                changed = self._changed(notebook)
                renderer = self._renderer(notebook)
                await renderer.initialize()
                kernel_id = await manager.start_kernel(
                    kernel_name=renderer.notebook.metadata.kernelspec.name, path="", env=dict(os.environ), spare=True
                )
                pieces = renderer.generate_content_generator(kernel_id, manager.get_kernel(kernel_id))
                html = "".join([piece async for piece, _ in pieces])
                if _failed(renderer):
                    raise RuntimeError("cell error")
                self._pages[notebook] = Page(html, kernel_id, changed, time.monotonic())
            except Exception as error:
                log.warning("No page in advance for %s: %s", notebook, type(error).__name__)
                if kernel_id is not None and kernel_id in manager:
                    await ensure_async(manager.shutdown_kernel(kernel_id, now=True))

    async def _drop(self, page: Page) -> None:
        with contextlib.suppress(Exception):
            await ensure_async(self.server.kernel_manager.shutdown_kernel(page.kernel_id, now=True))

    def _changed(self, notebook: str) -> int:
        try:
            return (Path(self.server.root_dir) / notebook).stat().st_mtime_ns
        except OSError:
            return 0

    def _renderer(self, notebook: str) -> QuickRenderer:
        server = self.server
        configuration = server.voila_configuration
        context = {
            "base_url": server.base_url,
            "settings": server.app.settings,
            "log": server.log,
            "voila_configuration": configuration,
        }
        page_config = configuration.page_config_hook(get_page_config(**context), **context, notebook_path=notebook)
        return QuickRenderer(
            voila_configuration=configuration,
            traitlet_config=server.config,
            notebook_path=notebook,
            template_paths=server.template_paths,
            config_manager=server.config_manager,
            contents_manager=server.contents_manager,
            base_url=server.base_url,
            kernel_spec_manager=server.kernel_spec_manager,
            page_config=page_config,
            mathjax_config=server.app.settings.get("mathjax_config"),
            mathjax_url=server.app.settings.get("mathjax_url"),
        )


def _failed(renderer: QuickRenderer) -> bool:
    """Whether a cell of the page ended in an error: such a page is never kept."""
    cells = renderer.executor.nb.cells
    return any(output.output_type == "error" for cell in cells for output in cell.get("outputs", []))
