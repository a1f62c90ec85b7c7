"""Listening sockets: bound by the launcher and handed down, so that no other program can take the port meanwhile."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket

from atelier_ia.errors import AtelierError

_TRIES = 50


def listen(address: str, port: int) -> tuple[socket.socket, bool]:
    """A listening socket on `address` at `port` or the next free one, and whether that is another port than asked.

    `port` 0 lets the system choose. Connections made before the server is up wait instead of being refused.

    Raises:
        AtelierError: no port is free there, or the system refuses it.
    """
    for candidate in range(port, min(port + _TRIES, 65536)) if port else (0,):
        listener = socket.socket(_family(address), socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address, candidate))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE:
                continue
            if error.errno == errno.EACCES:
                raise AtelierError(
                    f"Le système refuse le port {candidate} ; choisissez un port d'au moins 1024."
                ) from None
            raise AtelierError(
                f"L'adresse {address} ne peut pas être ouverte ({error.strerror}) ; vérifiez le réseau de ce poste."
            ) from None
        listener.setblocking(False)
        return listener, bool(port) and candidate != port
    last = min(port + _TRIES, 65536) - 1
    raise AtelierError(f"Aucun port libre entre {port} et {last} ; fermez un programme ou choisissez un autre port.")


def listens(port: int) -> bool:
    """Whether something answers on that port of this machine (what it says may be encrypted)."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
        return True
    return False


def _family(address: str) -> socket.AddressFamily:
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return socket.AF_INET
    return socket.AF_INET6 if version == 6 else socket.AF_INET
