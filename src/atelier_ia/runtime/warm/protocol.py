"""What a kernel provisioner and the template process say to each other: one JSON line each way, with descriptors.

Request  `{"arguments": [...], "environment": {...}, "folder": "...", "umask": 18, "limits": {"RLIMIT_CPU": [s, h]}}`,
with the requester's standard output and error. Answer `{"pid": 123}` with a pidfd of the new kernel, sent by the kernel
itself once it is set up, or `{"error": "…"}`.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

PROVISIONER_VARIABLE = "JUPYTER_DEFAULT_PROVISIONER_NAME"  # read by jupyter_client
PROVISIONER = "atelier-warm"  # the entry point in pyproject.toml
WARM_VARIABLE = "ATELIER_NOYAUX"  # where the template process listens
MAX_MESSAGE = 1 << 20  # bytes


class ProtocolError(Exception):
    """The other side broke the rules, or went away."""


def send(connection: socket.socket, message: dict[str, Any], descriptors: list[int]) -> None:
    """Send one message; the descriptors travel with its first byte."""
    data = json.dumps(message).encode() + b"\n"
    if len(data) > MAX_MESSAGE:
        raise ProtocolError("message too long")
    sent = socket.send_fds(connection, [data], descriptors)
    if sent < len(data):  # sending nothing would fail when the other side, satisfied, has already left
        connection.sendall(data[sent:])


def receive(connection: socket.socket, max_descriptors: int) -> tuple[dict[str, Any], list[int]]:
    """The next message and its descriptors (the caller closes them)."""
    data, descriptors = b"", []
    while not data.endswith(b"\n"):
        piece, received, _, _ = socket.recv_fds(connection, 65536, max_descriptors)
        descriptors += received
        data += piece
        if not piece or len(data) > MAX_MESSAGE:
            raise ProtocolError("connection closed" if not piece else "message too long")
    try:
        message = json.loads(data)
    except ValueError:
        raise ProtocolError("not JSON") from None
    if not isinstance(message, dict):
        raise ProtocolError("not an object")
    return message, descriptors


def peer(connection: socket.socket) -> tuple[int, int]:
    """Process and user identifiers of the other side, as the kernel of the system vouches for them."""
    pid, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return pid, uid
