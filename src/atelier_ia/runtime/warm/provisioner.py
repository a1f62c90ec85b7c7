"""The kernel provisioner of JupyterLab, Voilà and nbgrader: a fork of the template process, else a normal start.

Chosen for every kernel by `JUPYTER_DEFAULT_PROVISIONER_NAME=atelier-warm`, with the template's socket in
`ATELIER_NOYAUX`; no kernelspec changes, notebooks stay `python3`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from atelier_ia.runtime.warm.protocol import WARM_VARIABLE, ProtocolError, peer, receive, send

_PATIENCE = 10.0  # seconds for the fork and its set-up on a busy machine


class WarmUnavailableError(Exception):
    """Why no warm kernel can be had now (for the log)."""


class WarmProcess:
    """A forked kernel seen as a `Popen`: it is not our child, so a pidfd tells when it ends."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pidfd: int) -> None:
        self.pid, self._pidfd = pid, pidfd
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """None while it runs. The exit status stays with its parent, so 0 stands for any end."""
        if self.returncode is None and select.select([self._pidfd], [], [], 0)[0]:
            self.returncode = 0
            os.close(self._pidfd)
            self._pidfd = -1
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Block until it ends; `subprocess.TimeoutExpired` like `Popen.wait`."""
        if self.returncode is None and not select.select([self._pidfd], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self.poll() or 0

    async def ended(self) -> int:
        """Wait without holding the loop up."""
        if self.poll() is None:
            loop = asyncio.get_running_loop()
            end = loop.create_future()
            loop.add_reader(self._pidfd, _resolve, end)
            try:
                await end
            finally:
                loop.remove_reader(self._pidfd)
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def __del__(self) -> None:
        if self._pidfd >= 0:
            with contextlib.suppress(OSError):
                os.close(self._pidfd)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class WarmProvisioner(LocalProvisioner):
    """Forks the kernel when it can, starts it normally when it cannot (and says so in the log)."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel; `kwargs` are those of `subprocess.Popen`."""
        arguments = kernel_arguments(cmd)
        if arguments is None:  # another language, a sandbox…: not ours to replace
            return await super().launch_kernel(cmd, **kwargs)
        try:
            self.process = await asyncio.to_thread(request_kernel, arguments, kwargs)
        except WarmUnavailableError as problem:
            self.log.warning("Noyau démarré sans relais (%s) : l'ouverture est plus lente.", problem)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid  # the kernel leads its own session
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def wait(self) -> int | None:
        if isinstance(self.process, WarmProcess):
            code = await self.process.ended()
            self.process = None  # type: ignore[assignment]
            return code
        return await super().wait()

    async def send_signal(self, signum: int) -> None:
        if isinstance(self.process, WarmProcess) and self.process.poll() is not None:
            return  # its group number may belong to somebody else by now
        await super().send_signal(signum)


def kernel_arguments(cmd: list[str]) -> list[str] | None:
    """The arguments after `python -m ipykernel_launcher` when that is the command and the Python is this one."""
    python, *rest = cmd
    if rest[:2] != ["-m", "ipykernel_launcher"] or "-f" not in rest:
        return None
    same = python in ("python", "python3") or os.path.realpath(python) == os.path.realpath(sys.executable)
    return rest[2:] if same and Path(python).parent in (Path(), Path(sys.executable).parent) else None


def request_kernel(arguments: list[str], options: dict[str, Any]) -> WarmProcess:
    """Ask the template process for a kernel.

    Raises:
        WarmUnavailableError: there is no template process, it is not ours, or it could not do it.
    """
    path = os.environ.get(WARM_VARIABLE)
    if not path:
        raise WarmUnavailableError("aucun processus modèle")
    mask = os.umask(0o077)
    os.umask(mask)
    environment = options.get("env")
    message = {
        "arguments": arguments,
        "environment": dict(os.environ if environment is None else environment),
        "folder": str(options.get("cwd") or Path.cwd()),
        "umask": mask,
        "limits": options.get("rlimits", {}),
    }
    outputs = [_descriptor(options.get("stdout"), 1), _descriptor(options.get("stderr"), 2)]
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_PATIENCE)
        try:
            connection.connect(path)
            if peer(connection)[1] != os.getuid():
                raise WarmUnavailableError("processus modèle d'un autre compte")
            send(connection, message, outputs)
            answer, descriptors = receive(connection, 1)
        except (OSError, ProtocolError) as error:
            raise WarmUnavailableError(f"processus modèle injoignable, {type(error).__name__}") from None
    if "pid" not in answer or len(descriptors) != 1:
        for descriptor in descriptors:
            os.close(descriptor)
        raise WarmUnavailableError(str(answer.get("error", "réponse incomplète"))[:200])
    return WarmProcess(int(answer["pid"]), descriptors[0])


def _descriptor(stream: Any, default: int) -> int:
    """The file descriptor of a `Popen` stream option; ours when none is given (pipes are not supported)."""
    if stream is None:
        return default
    number = stream if isinstance(stream, int) else stream.fileno()
    if number < 0:
        raise WarmUnavailableError("sortie redirigée vers un tube")
    return int(number)
