"""Static files of the agents' server: compressed once and kept, and cached by the browser as long as they can be."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tempfile
from pathlib import Path

from jupyter_server.base.handlers import FileFindHandler
from tornado.web import HTTPError, StaticFileHandler
from voila.static_file_handler import AllowListFileHandler, MultiStaticFileHandler, TemplateStaticFileHandler

_COMPRESSIBLE = (".js", ".mjs", ".css", ".html", ".json", ".svg", ".map", ".txt", ".ttf")
_SMALL = 1024
_YEAR, _DAY = 365 * 24 * 3600, 24 * 3600


class PackedFile(StaticFileHandler):
    """Serves the gzip form of text files, made at the first request and kept in the cache folder."""

    def _packed(self) -> Path | None:
        """The compressed twin of the file being served, None when the client or the file has no use for it."""
        cache: str = self.settings.get("atelier_cache", "")
        path = Path(self.absolute_path or "")
        if (
            not cache
            or path.suffix not in _COMPRESSIBLE
            or "gzip" not in self.request.headers.get("Accept-Encoding", "")
        ):
            return None
        facts = path.stat()
        if facts.st_size < _SMALL:
            return None
        name = hashlib.sha256(f"{path}|{facts.st_mtime_ns}|{facts.st_size}".encode()).hexdigest()[:32]
        return packed_copy(path, Path(cache) / f"{name}.gz")

    async def get(self, path: str, include_body: bool = True) -> None:
        if "Range" in self.request.headers:  # ranges of a compressed body help nobody
            del self.request.headers["Range"]
        await super().get(path, include_body)

    def get_content_size(self) -> int:
        packed = self._packed()
        if packed is None:
            return int(super().get_content_size())
        self.absolute_path = str(packed)  # from here on, tornado only reads the content from it
        return packed.stat().st_size

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("X-Content-Type-Options", "nosniff")
        if self._packed():
            self.set_header("Content-Encoding", "gzip")
        if self.get_argument("v", ""):  # the address holds the content's digest
            self.set_header("Cache-Control", f"public, max-age={_YEAR}, immutable")
        elif path.endswith((".woff2", ".png", ".svg")):
            self.set_header("Cache-Control", f"public, max-age={_DAY}")
        else:
            self.set_header("Cache-Control", "no-cache")


def packed_copy(source: Path, target: Path) -> Path:
    """The gzip form of `source` at `target`, written once; several processes may do it at the same time."""
    if not target.exists():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(gzip.compress(source.read_bytes(), 9, mtime=0))
        Path(draft).replace(target)
    return target


class TemplateFile(PackedFile, TemplateStaticFileHandler):
    """Files of the page templates."""

    def parse_url_path(self, url_path: str) -> str:
        if not re.fullmatch(r"[\w-]+/static/(?!.*\.\.).+", url_path):  # Voilà would answer 500
            raise HTTPError(404)
        parsed: str = super().parse_url_path(url_path)
        return parsed


class VoilaFile(PackedFile, MultiStaticFileHandler):
    """Voilà's own front end (only pages that do not use our template ask for it)."""


class ExtensionFile(PackedFile, FileFindHandler):
    """Widget extensions."""


class AppFile(PackedFile, AllowListFileHandler):
    """Pictures that stand beside the applications."""
