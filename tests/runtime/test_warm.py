"""Warm kernels: as good as freshly started ones, safe, and never missed when they are not there."""

import json
import logging
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.manager import KernelManager, start_new_kernel
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient

from atelier_ia.runtime.warm import provisioner as provisioner_module
from atelier_ia.runtime.warm.protocol import PROVISIONER, PROVISIONER_VARIABLE, WARM_VARIABLE
from atelier_ia.runtime.warm.provisioner import WarmProcess, WarmUnavailableError, kernel_arguments, request_kernel
from atelier_ia.runtime.warm.template import available, template_environment, warm_kernels
from atelier_ia.runtime.warm.zygote import plain_configuration

pytestmark = pytest.mark.skipif(not available(), reason="Linux only")


@pytest.fixture(scope="module")
def template() -> Iterator[dict[str, str]]:
    """One template process for the tests of this file."""
    os.environ["CLE_DU_FOURNISSEUR"] = "secret"
    with warm_kernels() as variables:
        assert variables
        yield variables
    del os.environ["CLE_DU_FOURNISSEUR"]


@pytest.fixture
def warm(template: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kernels of this test come from the template; its socket."""
    for name, value in template.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", PROVISIONER)
    return Path(template[WARM_VARIABLE])


def template_process(path: Path) -> psutil.Process:
    """The template process that listens on `path`."""
    return next(
        child
        for child in psutil.Process().children()
        if child.cmdline()[-2:] == ["atelier_ia.runtime.warm.zygote", str(path)]
    )


def run(manager: KernelManager, code: str) -> Any:
    """Execute `code` in the kernel; the value of its last line, through JSON."""
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        seen: list[str] = []
        reply = client.execute_interactive(
            code,
            timeout=60,
            output_hook=lambda message: seen.append(message["content"].get("text", "")),
        )
        assert reply["content"]["status"] == "ok", reply["content"]
        return json.loads("".join(seen)) if "".join(seen) else None
    finally:
        client.stop_channels()


def start(**options: Any) -> KernelManager:
    """A kernel from the template."""
    folder = Path(os.environ[WARM_VARIABLE]).parent  # short: the paths of Unix sockets are limited
    manager = KernelManager(transport="ipc", connection_file=str(folder / f"{uuid.uuid4().hex}.json"))
    manager.start_kernel(**options)
    return manager


def test_kernel_has_everything_of_its_own(warm: Path, tmp_path: Path) -> None:
    """Does the kernel have the requester's environment, folder and mask, its own session, and nothing else?"""
    before = os.umask(0o027)
    manager = start(cwd=str(tmp_path), env={**os.environ, "A_MOI": "é", "PYTHONPATH": "/nulle/part"})
    os.umask(before)
    try:
        assert isinstance(manager.provisioner.process, WarmProcess)
        facts = run(
            manager,
            "import json, os, sys\n"
            "mask = os.umask(0); os.umask(mask)\n"
            "print(json.dumps([os.getcwd(), os.environ['A_MOI'], mask, os.getsid(0) == os.getpid(), "
            "'/nulle/part' in sys.path, sys.stdin is not None and os.readlink('/proc/self/fd/0'), os.getpid()]))",
        )
        assert facts == [str(tmp_path), "é", 0o027, True, True, "/dev/null", manager.provisioner.pid]
    finally:
        manager.shutdown_kernel(now=True)


def test_random_state_is_fresh(warm: Path) -> None:
    """Do two kernels draw different numbers, from Python and from numpy?"""
    drawn = []
    for _ in range(2):
        manager = start()
        drawn.append(
            run(
                manager,
                "import json, random, numpy\n"
                "print(json.dumps([random.random(), numpy.random.rand(), numpy.random.default_rng().random()]))",
            )
        )
        manager.shutdown_kernel(now=True)
    assert all(first != second for first, second in zip(*drawn, strict=True))


def test_limits_are_set_in_the_kernel(warm: Path) -> None:
    """Are resource limits those that were asked for?"""
    manager = start(rlimits={"RLIMIT_NOFILE": [200, 200]})
    try:
        code = "import json, resource\nprint(json.dumps(resource.getrlimit(resource.RLIMIT_NOFILE)))"
        assert run(manager, code) == [200, 200]
    finally:
        manager.shutdown_kernel(now=True)


def test_interrupt_restart_and_stop(warm: Path) -> None:
    """Can a warm kernel be interrupted, restarted and stopped like any other?"""
    manager, client = start_new_kernel(kernel_name="python3")
    assert isinstance(manager.provisioner.process, WarmProcess)
    client.execute("import time\ntime.sleep(60)")
    time.sleep(0.5)
    manager.interrupt_kernel()
    assert client.get_shell_msg(timeout=20)["content"]["status"] == "error"
    client.stop_channels()
    first = manager.provisioner.pid
    manager.restart_kernel(now=True)
    assert run(manager, "print(1)") == 1
    assert manager.provisioner.pid != first
    process = psutil.Process(manager.provisioner.pid)
    manager.shutdown_kernel()
    assert not manager.is_alive()
    assert not psutil.wait_procs([process], timeout=10)[1]


def test_a_dead_kernel_is_seen(warm: Path) -> None:
    """Is a kernel that was killed from outside known to be dead?"""
    manager = start()
    psutil.Process(manager.provisioner.pid).kill()
    deadline = time.monotonic() + 10
    while manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not manager.is_alive()
    manager.shutdown_kernel(now=True)


def test_template_holds_no_secret_thread_or_connection(warm: Path) -> None:
    """Has the template process one thread, one private socket, no loop, and none of our secrets?"""
    process = template_process(warm)
    assert process.num_threads() == 1
    assert "CLE_DU_FOURNISSEUR" not in process.environ()
    assert warm.stat().st_mode & 0o077 == 0
    assert warm.parent.stat().st_mode & 0o077 == 0
    assert len(process.net_connections(kind="unix")) == 1
    assert process.net_connections(kind="inet") == []
    kinds = {str(entry.readlink()) for entry in Path(f"/proc/{process.pid}/fd").iterdir()}
    assert not [kind for kind in kinds if kind.startswith("anon_inode")]


def test_environment_of_the_template_is_an_allow_list() -> None:
    """Do unknown variables stay out, whatever their name?"""
    known = {"PATH": "/bin", "LC_ALL": "C.UTF-8", "HOME": "/h"}
    kept = template_environment(known | {"OPENAI_API_KEY": "x", "HTTPS_PROXY": "http://u:p@h", "JUPYTER_TOKEN": "t"})
    assert known.items() <= kept.items()
    assert not {"OPENAI_API_KEY", "HTTPS_PROXY", "JUPYTER_TOKEN"} & set(kept)
    assert kept["OPENBLAS_NUM_THREADS"] == "1"


@pytest.mark.parametrize("nonsense", [b"", b"\n", b"[1]\n", b'{"arguments": 3}\n', b"\xff" * 100 + b"\n"])
def test_nonsense_does_not_stop_the_template(warm: Path, nonsense: bytes) -> None:
    """After a visitor that talks nonsense, does the next one get its kernel?"""
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.connect(str(warm))
        visitor.sendall(nonsense)
        visitor.shutdown(socket.SHUT_WR)
        visitor.settimeout(10)
        while visitor.recv(1000):
            pass
    manager = start()
    assert isinstance(manager.provisioner.process, WarmProcess)
    manager.shutdown_kernel(now=True)


def test_impossible_request_is_refused_with_its_reason(warm: Path) -> None:
    """When the kernel cannot be set up as asked, does the requester learn why?"""
    with pytest.raises(WarmUnavailableError, match="FileNotFoundError"):
        request_kernel(["-f", "/nulle/part.json"], {"cwd": "/dossier/absent"})


def test_kernel_ends_with_its_requester(warm: Path, tmp_path: Path) -> None:
    """When the server that asked for a kernel dies, does the kernel end too?"""
    code = (
        "import os, sys\n"
        "from jupyter_client.manager import KernelManager\n"
        "manager = KernelManager(); manager.start_kernel()\n"
        "client = manager.client(); client.start_channels(); client.wait_for_ready(timeout=60)\n"
        "print(manager.provisioner.pid, flush=True)\n"
        "os._exit(9)\n"
    )
    environment = {**os.environ, PROVISIONER_VARIABLE: PROVISIONER, "JUPYTER_RUNTIME_DIR": str(warm.parent)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=90)
    pid = int(done.stdout)
    deadline = time.monotonic() + 10
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)


def test_nbclient_uses_them(warm: Path) -> None:
    """Does a notebook run by nbclient (hence by nbgrader) come out the same?"""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()"),
            nbformat.v4.new_code_cell("print('é')\n1 + 1"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    client = NotebookClient(notebook, timeout=60)
    client.execute()
    picture, text = notebook.cells
    assert any("image/png" in output.get("data", {}) for output in picture.outputs)
    assert [output.get("text") or output["data"]["text/plain"] for output in text.outputs] == ["é\n", "2"]


def test_without_a_template_kernels_start_normally(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """When the template process is not there, does the kernel start all the same, and does the log say so?"""
    monkeypatch.setenv(WARM_VARIABLE, str(tmp_path / "absent"))
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", PROVISIONER)
    with caplog.at_level(logging.WARNING):
        logger = logging.getLogger("noyaux")
        manager = KernelManager(log=logger)
        manager.start_kernel()
    try:
        assert not isinstance(manager.provisioner.process, WarmProcess)
        assert run(manager, "print(2)") == 2
    finally:
        manager.shutdown_kernel(now=True)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "c.json"], ["-f", "c.json"]),
        (["python", "-m", "ipykernel_launcher", "-f", "c.json", "--x"], ["-f", "c.json", "--x"]),
        (["bwrap", "--unshare-net", sys.executable, "-m", "ipykernel_launcher", "-f", "c.json"], None),
        ([sys.executable, "-m", "xpython", "-f", "c.json"], None),
        (["/usr/bin/autre-python", "-m", "ipykernel_launcher", "-f", "c.json"], None),
    ],
)
def test_only_our_own_kernels_are_replaced(command: list[str], expected: list[str] | None) -> None:
    """Are sandboxes, other languages and other Pythons left to start as they say?"""
    assert kernel_arguments(command) == expected


def test_template_of_somebody_else_is_refused(warm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a template process of another account never trusted?"""
    monkeypatch.setattr(provisioner_module, "peer", lambda _connection: (1, os.getuid() + 1))
    with pytest.raises(WarmUnavailableError, match="autre compte"):
        request_kernel(["-f", "c.json"], {})


def test_kernels_do_not_go_through_all_modules() -> None:
    """Does ipykernel see no list of modules to walk through, and otherwise the same `sys`, in one thread?"""
    code = """
import pathlib, sys
from atelier_ia.runtime.warm.modules import preload
preload()
import ipykernel.ipkernel as kernel
assert kernel.sys.modules == {} and kernel.sys.version == sys.version and len(sys.modules) > 500
assert len(list(pathlib.Path("/proc/self/task").iterdir())) == 1
"""
    environment = template_environment(dict(os.environ))
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=120)


@pytest.mark.parametrize(
    "arguments",
    [
        ["-f", "/tmp/c.json"],
        ["-f", "/tmp/c.json", "--HistoryManager.enabled=False"],
        ["-f", "/tmp/a b=c.json", "--IPKernelApp.matplotlib=inline", "--InteractiveShell.ast_node_interactivity=all"],
    ],
)
def test_arguments_are_read_as_the_kernel_reads_them(arguments: list[str]) -> None:
    """Does our short reading of a kernel's arguments give what its own parser gives?"""
    parsed = IPKernelApp()
    parsed.parse_command_line(arguments)
    short = IPKernelApp()
    config = plain_configuration(arguments)
    assert config is not None
    short.update_config(config)
    assert short.connection_file == parsed.connection_file == arguments[1]
    for section, settings in parsed.config.items():
        for name, value in settings.items():
            assert str(short.config[section][name]) == str(value)


@pytest.mark.parametrize("arguments", [[], ["-f"], ["--debug", "-f", "c.json"], ["-f", "c.json", "--matplotlib"]])
def test_other_arguments_are_left_to_the_kernel(arguments: list[str]) -> None:
    """Is anything but a file and settings left to the kernel's own parser?"""
    assert plain_configuration(arguments) is None
