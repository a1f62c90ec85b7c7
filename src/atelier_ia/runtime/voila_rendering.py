"""How a page of the agents' server is made from its notebook: quickly, and never without an end."""

from __future__ import annotations

import contextlib
import functools
import logging
import queue
import time
from typing import Any

import zmq.asyncio
from jinja2 import pass_context
from jinja2.bccache import Bucket, BytecodeCache
from jupyter_core.utils import ensure_async
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from voila import handler as voila_handler
from voila import notebook_renderer
from voila.execute import VoilaExecutor
from voila.exporter import VoilaExporter
from voila.notebook_renderer import NotebookRenderer
from zmq.constants import SocketOption

from atelier_ia.runtime.pages import RENDER_FAILED

FLUSH_MARK = "<!--suite-->"  # our template writes it where the head of the page may leave
_PIECE = 32 * 1024  # characters
_LOST_AFTER = 0.02  # seconds


class Bytecode(BytecodeCache):
    """Compiled templates, kept in memory: Voilà builds a new template environment for each page."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


_BYTECODE = Bytecode()


class QuickExporter(VoilaExporter):
    """Voilà's exporter with templates compiled once, and Markdown cells in templates that have loops of their own."""

    def _create_environment(self) -> Any:
        environment = super()._create_environment()
        environment.bytecode_cache = _BYTECODE
        return environment

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        cell = context.get("cell") or {}
        renderer = self.markdown_renderer_class(
            escape=False,
            attachments=cell.get("attachments", {}),
            contents_manager=self.contents_manager,
            anchor_link_text=self.anchor_link_text,
        )
        return str(MarkdownWithMath(renderer=renderer).render(source))


@functools.cache
def _context() -> zmq.asyncio.Context:
    """One for all pages. A kernel that does not listen yet is tried again after 5 ms, then less and less often;
    ZeroMQ's own habit of 0.1 to 0.2 s doubled the time of a page."""
    context = zmq.asyncio.Context()
    context.setsockopt(SocketOption.RECONNECT_IVL, 5)
    context.setsockopt(SocketOption.RECONNECT_IVL_MAX, 1000)
    return context


class QuickExecutor(VoilaExecutor):
    """Voilà's executor without the fixed 0.2 s that jupyter_client's `wait_for_ready` spends at the end."""

    async def async_start_new_kernel_client(self, **_: Any) -> Any:
        client = self.kc = self.km.client(context=_context())
        client.start_channels()
        client.allow_stdin = False
        deadline = time.monotonic() + self.startup_timeout
        while not await self._answers(client):
            if not await ensure_async(self.km.is_alive()):
                raise RuntimeError("the kernel died while starting")
            if time.monotonic() > deadline:
                raise RuntimeError("the kernel did not start in time")
        return client

    async def _answers(self, client: Any) -> bool:
        """Both channels work: the reply came, and so did a status, of this request or of a former one (later outputs
        will come too). A status sent before the subscription was heard is lost: a new request is sent very soon."""
        request = client.kernel_info()
        with contextlib.suppress(queue.Empty):
            message: Any = {"parent_header": {}}
            while message["parent_header"].get("msg_id") != request:
                message = await ensure_async(client.shell_channel.get_msg(timeout=1))
            await ensure_async(client.iopub_channel.get_msg(timeout=_LOST_AFTER))
            return True
        return False


async def together(pieces: Any) -> Any:
    """The pieces of a page joined into few: what comes before `FLUSH_MARK`, then what follows."""
    text: list[str] = []
    size = 0
    async for piece, resources in pieces:
        text.append(piece)
        size += len(piece)
        if size > _PIECE or FLUSH_MARK in piece:
            yield "".join(text), resources
            text, size = [], 0
    yield "".join(text), {}


class QuickRenderer(NotebookRenderer):
    """Voilà's renderer, which waits for the kernel only where the template needs it, and sends few pieces."""

    async def generate_content_generator(self, kernel_id: Any = None, kernel_future: Any = None) -> Any:
        async for piece in together(super().generate_content_generator(kernel_id, kernel_future)):
            yield piece

    async def _jinja_kernel_start(self, nb: Any, kernel_id: str, kernel_future: Any) -> str:
        manager = await ensure_async(kernel_future)
        await manager.ready  # it was still starting when the head of the page left
        self.executor = QuickExecutor(nb, km=manager, config=self.traitlet_config, show_tracebacks=False)
        await self.executor.async_start_new_kernel_client()
        self.executor.kc.execute(f"import os; os.environ['VOILA_KERNEL_ID'] = {kernel_id!r}", store_history=False)
        self.kernel_started = True
        return kernel_id


class SafeRenderer(QuickRenderer):
    """The same, except that a mistake in a template ends the page instead of leaving it waiting for ever."""

    async def generate_content_generator(self, kernel_id: Any = None, kernel_future: Any = None) -> Any:
        try:
            async for piece in super().generate_content_generator(kernel_id, kernel_future):
                yield piece
        except Exception as error:
            logging.getLogger("atelier").error("Page not rendered: %s", type(error).__name__, exc_info=True)
            yield RENDER_FAILED, {}


def install(server: Any) -> None:
    """Make Voilà's pages use the classes above, and compile the template before the first visitor comes."""
    voila_handler.NotebookRenderer = SafeRenderer
    notebook_renderer.VoilaExporter = QuickExporter
    exporter = QuickExporter(
        template_paths=server.template_paths,
        template_name=server.voila_configuration.template,
        config=server.config,
        contents_manager=server.contents_manager,
        theme=server.voila_configuration.theme,
        base_url=server.base_url,
    )
    exporter.environment.get_template(exporter.template_file)
