"""Jupyter kernels that start at once: forked from a warm process.

Starting a kernel and importing pandas, matplotlib and seaborn takes over a second; a page's charts take a
fraction of that. So one process imports them, and each notebook gets a fork of it: a process of its own, as
isolated as a plain kernel, that is ready in a few milliseconds. A kernel that is wanted with another environment than
those that run is a plain one.

`ForkedProvisioner` is a Jupyter kernel provisioner (entry point `ntp-fork`), so papermill, nbclient and nbval
use it unchanged, for instance with `JUPYTER_DEFAULT_PROVISIONER_NAME=ntp-fork`. Where there is no fork to rely
on (Windows, macOS) or the warm process cannot start, it starts a plain kernel.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from queue import Empty
from typing import Any
from weakref import WeakSet

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import DottedObjectName, Type

PROVISIONER = "ntp-fork"
FORK_WORKS = sys.platform.startswith("linux")
POLL_S = 0.005
IPC_PATH_MAX = 90  # a Unix socket's path has at most 107 bytes; ours gets "-5" and the like appended
VOLATILE = ("JPY_", "PYTEST_", "COLUMNS", "LINES", "_")
SERVER_ENVIRONMENT = {  # no threads before a fork, and no warning of the debugger that nobody uses
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class ForkedProcess:
    """A kernel that the fork server runs, with the methods of `subprocess.Popen` that provisioners use."""

    stdin = stdout = stderr = None

    def __init__(self, status: socket.socket) -> None:
        self._status = status
        self.pid = int(self._line() or 0)
        if not self.pid:
            raise OSError("the fork server ended before it forked a kernel")
        self.returncode: int | None = None
        status.setblocking(False)

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            piece = self._status.recv(1)
            if not piece:
                break
            line += piece
        return line

    def poll(self) -> int | None:
        """Return the exit status, None while the kernel runs."""
        if self.returncode is None:
            with contextlib.suppress(BlockingIOError):
                self.returncode = int(self._line() or -signal.SIGKILL)
                self._status.close()
        return self.returncode

    def wait(self) -> int:
        """Wait for the kernel's end and return its exit status."""
        while (code := self.poll()) is None:
            time.sleep(POLL_S)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """The warm process, started at the first kernel and again if it has gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._requests: socket.socket | None = None
        self._environment: dict[str, str] = {}
        self._kernels: WeakSet[ForkedProcess] = WeakSet()

    def _start(self, environment: Mapping[str, str]) -> socket.socket:
        """Return the socket for requests, with a warm process behind it that saw this environment.

        Raises OSError where one that saw another has kernels that run: they would end with it.
        """
        wanted = _stable(environment)
        running = self._process is not None and self._process.poll() is None
        if running and wanted == self._environment and self._requests is not None:
            return self._requests
        if running and any(kernel.returncode is None for kernel in self._kernels):
            raise OSError("the fork server has kernels of another environment")
        self._stop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ntp_analysis.forkserver", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**wanted, **SERVER_ENVIRONMENT},
                start_new_session=True,
            )
        self._requests, self._environment = ours, wanted
        return ours

    def fork(self, argv: list[str], env: dict[str, str], cwd: str) -> ForkedProcess:
        """Fork a kernel with these arguments, this environment and this working directory; OSError if that cannot be."""
        message = json.dumps({"argv": argv, "env": env, "cwd": cwd}).encode()
        with self._lock:
            requests = self._start(env)
            ours, theirs = socket.socketpair()
            with theirs:
                socket.send_fds(requests, [message], [theirs.fileno()])
            kernel = ForkedProcess(ours)
            self._kernels.add(kernel)
        return kernel

    def warm(self) -> None:
        """Start the warm process, if forks work here, so that it is ready when the first kernel is wanted."""
        if FORK_WORKS:
            with self._lock, contextlib.suppress(OSError):
                self._start(os.environ)

    def stop(self) -> None:
        """End the warm process and its kernels."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        if self._requests is not None:
            self._requests.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
        self._requests = self._process = None
        self._kernels.clear()


def _stable(environment) -> dict[str, str]:
    """The environment without what changes from one kernel to the next."""
    return {name: value for name, value in environment.items() if not name.startswith(VOLATILE)}


server = ForkServer()
atexit.register(server.stop)


class ForkedProvisioner(LocalProvisioner):
    """Provision a kernel by a fork of the warm process, or plainly where that cannot be."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel that `cmd` describes and return its connection information."""
        cwd = str(kwargs.get("cwd") or Path.cwd())
        if not can_fork(cmd, cwd):
            return await super().launch_kernel(cmd, **kwargs)
        environment = dict(kwargs.get("env") or os.environ)
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        try:
            forked = server.fork(arguments, environment, cwd)
        except OSError:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked  # type: ignore[assignment]
        self.pid = self.pgid = forked.pid
        self.cwd = cwd  # type: ignore[assignment]
        return self.connection_info


def can_fork(cmd: list[str], cwd: str) -> bool:
    """Whether a fork of the warm process is the same as running `cmd` in `cwd`.

    It is for IPython's kernel in this interpreter, unless the folder has settings that matplotlib reads when
    it is imported.

    >>> can_fork(["ir", "--slave"], ".")
    False
    """
    ours = "ipykernel_launcher" in cmd and os.path.realpath(cmd[0]) == os.path.realpath(sys.executable)
    return FORK_WORKS and ours and not Path(cwd, "matplotlibrc").exists()


class QuickClient(AsyncKernelClient):
    """A client that is ready when the kernel is, not a fifth of a second later."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # type: ignore[override]
        """Wait until the kernel answers on both channels: then nothing that it says is lost."""
        deadline = time.monotonic() + (timeout or 60)
        while time.monotonic() < deadline:
            asked = self.kernel_info()
            if await self._answered(asked, min(1.0, deadline - time.monotonic())):
                return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answered(self, asked: str, patience: float) -> bool:
        """Whether the reply came on the shell channel, and on iopub the news that it is done.

        Late replies to earlier questions are passed over: else each question would meet the reply before its own.
        """
        try:
            while (reply := await self.shell_channel.get_msg(timeout=patience))["parent_header"].get("msg_id") != asked:
                pass
            self._handle_kernel_info_reply(reply)
            while True:
                news = await self.iopub_channel.get_msg(timeout=0.2)
                if news["parent_header"].get("msg_id") == asked and news["content"].get("execution_state") == "idle":
                    return True
        except Empty:
            return False


class WarmKernelManager(AsyncKernelManager):
    """A manager for `kernel_manager_class=` of nbclient and papermill: forked kernels, no fixed waits.

    Each kernel talks over Unix sockets in a folder of its own, so no two kernels race for a port.
    """

    client_class = DottedObjectName("ntp_analysis.kernels.QuickClient")
    client_factory = Type(klass="ntp_analysis.kernels.QuickClient")
    provisioner_name = PROVISIONER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._folder = tempfile.mkdtemp(prefix="ntp-")
        self.connection_file = os.path.join(self._folder, "k.json")
        if FORK_WORKS and len(self._folder) < IPC_PATH_MAX:
            self.transport = "ipc"
            self.ip = os.path.join(self._folder, "k")

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernel's specification with our provisioner named in it."""
        spec = super().kernel_spec
        if spec is not None:
            spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": self.provisioner_name}}
        return spec

    async def _async_finish_shutdown(
        self, waittime: float | None = None, pollinterval: float = POLL_S, restart: bool = False
    ) -> None:
        await super()._async_finish_shutdown(waittime, POLL_S, restart)

    async def _async_wait(self, pollinterval: float = POLL_S) -> None:
        while await self._async_is_alive():
            await asyncio.sleep(POLL_S)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if not restart:
            shutil.rmtree(self._folder, ignore_errors=True)

    shutdown_kernel = AsyncKernelManager._async_shutdown_kernel
    finish_shutdown = _async_finish_shutdown
    cleanup_resources = _async_cleanup_resources


class PlainKernelManager(WarmKernelManager):
    """The same manager with kernels that are started, not forked: what forked kernels are compared with."""

    provisioner_name = "local-provisioner"
