"""Open the real `openai` client on a provider: explicit timeouts, the machine's proxy and certificates, nothing else.

The client reads stray variables (`OPENAI_BASE_URL`, organisation, project…): all of them are set here on purpose, so
that none redirects the traffic or leaks into a request to another provider.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from atelier_ia.assistant.providers import Provider, is_loopback, read_key
from atelier_ia.folders import DESK_TOKEN_VARIABLE, DESK_VARIABLE

if TYPE_CHECKING:
    import httpx2
    from openai import OpenAI

CONNECT_SECONDS = 10.0
# In a training room nobody holds a key: requests go to the room's desk, over its Unix socket (or at its address, on a
# cluster), with one's own token.
DESK_URL = "http://guichet/v1"


def open_client(provider: Provider, timeout_seconds: float, transport: httpx2.BaseTransport | None = None) -> OpenAI:
    """An `openai` client for `provider`; `transport` replaces the network (the simulator, tests).

    Raises:
        AssistantError: the key is missing.
    """
    desk = "" if provider.simulated else os.environ.get(DESK_VARIABLE, "")
    remote = desk.startswith(("http://", "https://"))
    if desk:
        key = os.environ.get(DESK_TOKEN_VARIABLE, "") or "sans-jeton"
    else:
        key = "sans-cle" if provider.simulated else read_key(provider)
    import httpx2
    from openai import OpenAI

    # Their debug level writes whole requests, prompts included.
    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    timeout = httpx2.Timeout(
        connect=min(CONNECT_SECONDS, timeout_seconds),
        read=timeout_seconds,
        write=max(30.0, timeout_seconds),
        pool=CONNECT_SECONDS,
    )
    options: dict[str, Any] = {"timeout": timeout, "follow_redirects": False}
    if transport is not None:
        options["transport"] = transport
    elif desk and not remote:
        options["transport"] = httpx2.HTTPTransport(uds=desk)
    elif desk or is_loopback(provider.base_url):
        # No proxy reaches this machine for us; the certificates of the environment still count.
        options["mounts"] = {"http://": None, "https://": None, "all://": None}
    client = OpenAI(
        api_key=key,
        base_url=(f"{desk.rstrip('/')}/v1" if remote else DESK_URL) if desk else provider.base_url,
        timeout=timeout,
        max_retries=0,
        http_client=httpx2.Client(**options),
    )
    client.organization = None
    client.project = None
    return client
