"""A participant as their browser is: HTTP with cookies, then a websocket to a kernel. For tests and bench."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
import time
import uuid
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import aiohttp

NAVIGATE = {"Sec-Fetch-Mode": "navigate"}


class Refused(Exception):
    """The room did not let us do that."""


class Client:
    """`async with Client(url) as client: await client.join(code, "Anne")`; `trusted` vouches for an https address."""

    def __init__(self, url: str, trusted: ssl.SSLContext | None = None) -> None:
        self.url, self.trusted = url.rstrip("/"), trusted
        self.name = ""
        self.session: aiohttp.ClientSession

    async def __aenter__(self) -> Client:
        jar = aiohttp.CookieJar(unsafe=True)
        connector = aiohttp.TCPConnector(ssl=self.trusted or True)
        timeout = aiohttp.ClientTimeout(total=120)
        self.session = aiohttp.ClientSession(cookie_jar=jar, timeout=timeout, connector=connector)
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.session.close()

    async def get(self, path: str, **options: Any) -> tuple[int, str, str]:
        """Status, text and final path."""
        async with self.session.get(self.url + path, headers=NAVIGATE, **options) as reply:
            return reply.status, await reply.text(), reply.url.path

    async def log_in(self, path: str = "/hub/login", **fields: str) -> tuple[int, str, str]:
        """Fill the entrance form in; status, text and final path after it."""
        _, text, _ = await self.get(path)
        found = re.search(r'name="_xsrf" value="([^"]+)"', text)
        data = {"_xsrf": found[1] if found else "", **fields}
        async with self.session.post(self.url + path, data=data, headers=NAVIGATE) as reply:
            return reply.status, await reply.text(), reply.url.path

    async def join(self, code: str, first_name: str, number: str = "", patience: float = 90) -> str:
        """Come in and wait for one's own server; its path (`/user/anne/`)."""
        status, text, path = await self.log_in(code=code, username=first_name, numero=number)
        if status == 403:
            problem = re.search(r'role="alert">(.*?)</p>', text, re.S)
            raise Refused(problem[1].replace("’", "'") if problem else text[:500])
        deadline = time.monotonic() + patience
        while not path.startswith("/user/"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{first_name}: still at {path} ({status})")
            await asyncio.sleep(0.1)
            status, text, path = await self.get("/hub/spawn")
        self.name = path.split("/")[2]
        return f"/user/{self.name}/"

    def cookie(self, name: str, path: str) -> str:
        """A cookie that stands for `path`."""
        for cookie in self.session.cookie_jar:
            if cookie.key == name and cookie["path"].rstrip("/") == path.rstrip("/"):
                return str(cookie.value)
        return ""

    async def api(self, method: str, path: str, body: Any = None, base: str = "") -> tuple[int, Any]:
        """A call to one's own server's API, as JupyterLab makes it."""
        base = base or f"/user/{self.name}/"
        headers = {"X-XSRFToken": self.cookie("_xsrf", base), "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "same-origin"}
        async with self.session.request(method, f"{self.url}{base}{path}", json=body, headers=headers) as reply:
            text = await reply.text()
            try:
                return reply.status, json.loads(text)
            except ValueError:
                return reply.status, text

    async def write_answer(self, notebook: str, exercise: str, text: str, page: Any = None) -> tuple[int, Any]:
        """Save an answer in a notebook, as Ctrl + S does; `page` is the notebook as the browser already holds it."""
        if page is None:
            _, page = await self.api("GET", f"api/contents/{notebook}")
        for cell in page["content"]["cells"]:
            if cell["source"].startswith(f"%%reponse {exercise}"):
                cell["source"] = f"%%reponse {exercise}\n{text}"
        return await self.api("PUT", f"api/contents/{notebook}", {"type": "notebook", "content": page["content"]})

    async def open(self, notebook: str) -> Kernel:
        """Start a notebook's kernel."""
        body = {"path": notebook, "name": notebook, "type": "notebook", "kernel": {"name": "python3"}}
        status, session = await self.api("POST", "api/sessions", body)
        if status != 201:
            raise Refused(f"{status} {session}")
        return Kernel(self, session["kernel"]["id"])


class Kernel:
    """A kernel over its websocket; under the same `tab` again, as JupyterLab reconnects, what was missed is told."""

    def __init__(self, client: Client, identifier: str, tab: str = "") -> None:
        self.client, self.id = client, identifier
        self.tab = tab or uuid.uuid4().hex
        self.comm = ""
        self.socket: Any = None

    async def __aenter__(self) -> Kernel:
        parts = urlsplit(self.client.url)
        scheme = "wss" if parts.scheme == "https" else "ws"
        url = f"{scheme}://{parts.netloc}/user/{self.client.name}/api/kernels/{self.id}/channels"
        query = {"_xsrf": self.client.cookie("_xsrf", f"/user/{self.client.name}/"), "session_id": self.tab}
        self.socket = await self.client.session.ws_connect(
            url, params=query, headers={"Sec-Fetch-Mode": "websocket", "Origin": self.client.url}, max_msg_size=0
        )
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.socket.close()

    async def send(self, kind: str, content: dict[str, Any]) -> str:
        """One message to the shell channel; its identifier."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": "client", "username": "", "version": "5.4", "date": ""}
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
            "buffers": [],
        }
        await self.socket.send_str(json.dumps(message))
        return number

    async def replies(self, number: str, patience: float = 60) -> list[dict[str, Any]]:
        """All messages that answer that one, until the kernel is idle again."""
        found = []
        async with asyncio.timeout(patience):
            while True:
                message = json.loads((await self.socket.receive()).data)
                if message["parent_header"].get("msg_id") != number:
                    continue
                found.append(message)
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    return found

    async def run(self, code: str, patience: float = 60) -> str:
        """Run a cell; what it showed, as text (errors included)."""
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "user_expressions": {}}
        shown = []
        for message in await self.replies(await self.send("execute_request", content), patience):
            body = message["content"]
            if message["msg_type"] == "stream":
                shown.append(body["text"])
            elif message["msg_type"] in ("execute_result", "display_data"):
                shown.append(body["data"].get("text/plain", ""))
                view = body["data"].get("application/vnd.jupyter.widget-view+json")
                self.comm = view["model_id"] if view else self.comm
            elif message["msg_type"] == "error":
                shown.append(f"{body['ename']}: {body['evalue']}")
        return "\n".join(shown)

    async def click_hand_in(self) -> str:
        """Press « Rendre mon travail » (the widget of the last `%rendre`); its status line."""
        data = {"method": "custom", "content": {"learner": ""}}
        messages = await self.replies(await self.send("comm_msg", {"comm_id": self.comm, "data": data}))
        for message in reversed(messages):
            if message["msg_type"] == "comm_msg" and "status" in message["content"]["data"].get("state", {}):
                return str(message["content"]["data"]["state"]["status"])
        return ""
