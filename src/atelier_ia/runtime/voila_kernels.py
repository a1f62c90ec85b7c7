"""How many people can be served at once, and when a session nobody uses any more is ended.

One open page is one kernel. A closed tab says so itself (see `voila_handlers.EndSession`); this module looks after the
tabs that could not: crashed browsers, lost networks, pages left open overnight.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from typing import Any

import psutil
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Integer

MEMORY_PER_SESSION = 60 * 2**20  # bytes, measured with warm kernels, rounded up

# Nobody types code in an application: no thread, no file that keeps what was run.
NO_HISTORY = ("--HistoryManager.enabled=False",)


def default_limit() -> int:
    """Sessions that fit in half of this machine's memory, between 8 and 120."""
    return max(8, min(120, int(psutil.virtual_memory().total / 2 / MEMORY_PER_SESSION)))


class BoundedKernels(AsyncMappingKernelManager):
    """A kernel manager with a maximum: beyond it, the page says in French that there is no room (status 503)."""

    use_pending_kernels = True  # the head of the page leaves while the kernel starts
    limit = Integer(default_limit(), config=True, help="Sessions at the same time.")
    alone_timeout = Integer(300, config=True, help="Seconds that a session lives without any open tab.")
    pressing_timeout = Integer(20, config=True, help="The same, when there is no room left for others.")
    idle_timeout = Integer(4 * 3600, config=True, help="Seconds that an open but unused tab keeps its session.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._opening: set[str] = set()
        self._alone_since: dict[str, float] = {}
        self._spare: set[str] = set()

    @property
    def sessions(self) -> int:
        """Kernels alive or being started, those of the pages made in advance left out."""
        return len(self._opening.union(self.list_kernel_ids()) - self._spare)

    def handed_out(self, kernel_id: str) -> None:
        """A page made in advance has found its reader: from now on its kernel is a session like the others."""
        self._spare.discard(kernel_id)
        self._alone_since[kernel_id] = time.monotonic()

    async def start_kernel(self, *, spare: bool = False, **kwargs: Any) -> str:
        """Start a kernel, `spare` for a page made in advance; `HTTPError` 503 when there is no room."""
        kernel_id = kwargs.setdefault("kernel_id", str(uuid.uuid4()))
        if spare:
            self._spare.add(kernel_id)
        if self.sessions >= self.limit:
            await self.free_abandoned()
        if self.sessions >= self.limit:
            raise HTTPError(503)
        kwargs.setdefault("extra_arguments", list(NO_HISTORY))
        self._opening.add(kernel_id)
        try:
            self._alone_since[kernel_id] = time.monotonic()
            started: str = await super().start_kernel(**kwargs)
        finally:
            self._opening.discard(kernel_id)
        return started

    def notify_connect(self, kernel_id: str) -> None:
        super().notify_connect(kernel_id)
        self._alone_since.pop(kernel_id, None)

    def notify_disconnect(self, kernel_id: str) -> None:
        super().notify_disconnect(kernel_id)
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            self._alone_since[kernel_id] = time.monotonic()

    def remove_kernel(self, kernel_id: str) -> Any:
        # A tab that closes tells so before its websocket closes: jupyter_server then keeps the channels of the kernel
        # that is ending, for a return that cannot come. Four ZeroMQ sockets a session; at 1 023 no page is updated.
        if kernel_id in self._kernel_buffers:
            self.stop_buffering(kernel_id)
        self._alone_since.pop(kernel_id, None)
        self._spare.discard(kernel_id)
        removed = super().remove_kernel(kernel_id)
        # A page whose session we ended (unused for hours, say) would wait for ever: closed, it asks, and is told.
        for connection in list(ZMQChannelsWebsocketConnection._open_sockets):
            if connection.kernel_id == kernel_id:
                connection.websocket_handler.close()
        return removed

    async def free_abandoned(self) -> None:
        """End the sessions that have had no tab for a while, all at once, to make room."""
        await asyncio.gather(
            *(self._end(kernel_id) for kernel_id in self._alone_for(self.pressing_timeout)), return_exceptions=True
        )

    async def _end(self, kernel_id: str) -> None:
        """Shut a kernel down and wait until it is counted no more."""
        await ensure_async(self.shutdown_kernel(kernel_id))
        leaving = self._pending_kernels.get(kernel_id)
        if leaving is not None:
            await asyncio.wait([leaving], timeout=5)

    def _alone_for(self, seconds: float) -> list[str]:
        now = time.monotonic()
        return [
            kernel_id
            for kernel_id, since in self._alone_since.items()
            if now - since > seconds and kernel_id in self and kernel_id not in self._opening | self._spare
        ]

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Called for each kernel by jupyter_server's culler: alone for too long, dead, or open and unused for hours."""
        if kernel_id in self._alone_for(self.alone_timeout):
            self.log.info("Session %s ended: no tab for %d s", kernel_id, self.alone_timeout)
            await self._end(kernel_id)
        elif self._kernel_connections.get(kernel_id):
            self.cull_idle_timeout, self.cull_connected = self.idle_timeout, True
            await super().cull_kernel_if_idle(kernel_id)
