"""Listening sockets."""

import socket

import pytest

from atelier_ia.errors import AtelierError
from atelier_ia.runtime.ports import listen


def test_busy_port_gives_the_next() -> None:
    """When the port is taken, is the next free one taken, and said?"""
    first, moved = listen("127.0.0.1", 0)
    assert not moved
    port = first.getsockname()[1]
    second, moved = listen("127.0.0.1", port)
    assert moved
    assert port < second.getsockname()[1] < port + 50
    first.close()
    second.close()


def test_connections_wait_for_the_server() -> None:
    """Does a browser that comes too early wait instead of being refused?"""
    listener, _ = listen("127.0.0.1", 0)
    with socket.create_connection(listener.getsockname(), timeout=5):
        pass
    listener.close()


def test_foreign_address_is_explained() -> None:
    """Is an address that is not ours refused in French?"""
    with pytest.raises(AtelierError, match="adresse"):
        listen("203.0.113.7", 8866)
