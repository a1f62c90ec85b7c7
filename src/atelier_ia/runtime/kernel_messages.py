"""What browsers send to kernels, checked before jupyter_server reads it.

jupyter_server takes the number of parts that a message announces at its word: four bytes that say « 100 million parts »
make it reserve 3 GB. No ill will is needed: once the server has closed a websocket, its protocol is forgotten, and a
message still on its way is read as one of the older protocol, where the first bytes of the newer one say just that.
(jupyter_server 2.x, `ZMQChannelsWebsocketConnection.handle_incoming_message`.)
"""

from __future__ import annotations

import json
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

V1 = "v1.kernel.websocket.jupyter.org"


def well_formed(message: str | bytes, protocol: str | None) -> bool:
    """Does a message hold as many parts as it announces, in the order of their offsets (bytes from its start)?

    `protocol` is the websocket's subprotocol: « v1 » (count and offsets on eight bytes, little-endian), or the older
    one (four bytes, big-endian; JSON when there is no buffer). See Jupyter's « WebSocket protocols » documentation.
    """
    if isinstance(message, str):
        return protocol != V1 and _is_object(message)
    # v1 also counts the end of the last part among its offsets; a message there is a channel and four parts or more.
    size, order, least = (8, "little", 6) if protocol == V1 else (4, "big", 1)
    count = int.from_bytes(message[:size], order)  # type: ignore[arg-type]
    begin = size * (1 + count)
    if count < least or begin > len(message):
        return False
    offsets = [int.from_bytes(message[at : at + size], order) for at in range(size, begin, size)]  # type: ignore[arg-type]
    return begin <= offsets[0] and offsets == sorted(offsets) and offsets[-1] <= len(message)


def _is_object(message: str) -> bool:
    try:
        return isinstance(json.loads(message), dict)
    except ValueError:
        return False


class CheckedMessages(ZMQChannelsWebsocketConnection):
    """A page's connection to its kernel, deaf once closed and to messages that are not what they announce."""

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        if self.websocket_handler.ws_connection is None:
            return  # closed by us meanwhile: the page is told so, and asks again
        if well_formed(incoming_msg, self.subprotocol):
            super().handle_incoming_message(incoming_msg)
        else:
            self.log.warning("A malformed message was not read (%d bytes)", len(incoming_msg))
