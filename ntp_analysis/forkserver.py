"""The warm process that kernels are forked from.

`python -m ntp_analysis.forkserver FD` imports what our notebooks import, once, and then forks a kernel for
each request that comes in on socket FD. It has no threads and no ZeroMQ sockets of its own, because neither
survives a fork, and it leaves when the process that started it does, taking its kernels along.

A request is one message: JSON with `argv`, `env` and `cwd`, and one end of a socket pair. On that socket the
server writes the kernel's process id, and, when the kernel has ended, its exit status.
"""

from __future__ import annotations

import contextlib
import gc
import importlib.util
import json
import os
import select
import signal
import socket
import sys
import traceback

PRELOAD = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "pdb",
    "sqlite3",
    "tornado.platform.asyncio",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "numpy.random",
    "pyarrow.parquet",
    "pandas",
    "pandas.io.formats.style",
    "matplotlib.pyplot",
    "matplotlib.dates",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "babel.numbers",
    "babel.dates",
    "jinja2",
)
"""What a page's notebook needs. `matplotlib_inline` must not be here: imported before there is a shell, it
never hooks into one, and every chart vanishes without a word."""

MESSAGE_BYTES = 1 << 20
PATIENCE_S = 1.0
PR_SET_PDEATHSIG = 1


def preload() -> None:
    """Import what notebooks use, and draw a page of made-up tables, so that all that is loaded once is loaded."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for name in PRELOAD:
        importlib.import_module(name)
    from ntp_analysis.reports.rehearsal import rehearse

    rehearse()
    if any(name.startswith("matplotlib_inline") for name in sys.modules):
        raise ImportError("matplotlib_inline was imported before the fork: charts would vanish silently")
    gc.collect()
    gc.freeze()  # what is shared stays shared: the collector does not touch, and so copy, the pages of it


def serve(requests: socket.socket) -> None:
    """Fork a kernel per request until the other side of `requests` closes, then end all kernels."""
    parent = os.getppid()
    wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    kernels: dict[int, socket.socket] = {}
    while os.getppid() == parent:
        ready, _, _ = select.select([requests.fileno(), wake_read], [], [], PATIENCE_S)
        if wake_read in ready:
            os.read(wake_read, 4096)
        _reap(kernels)
        if requests.fileno() in ready:
            message, fds, _, _ = socket.recv_fds(requests, MESSAGE_BYTES, 1)
            if not message:
                break
            status = socket.socket(fileno=fds[0])
            inherited = [requests, status, *kernels.values()]
            kernels[_fork(json.loads(message), status, inherited, (wake_read, wake_write))] = status
    for pid in kernels:
        _kill(pid)


def _reap(kernels: dict[int, socket.socket]) -> None:
    """Tell the exit status of every kernel that has ended."""
    while kernels:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        with kernels.pop(pid) as told, contextlib.suppress(OSError):
            told.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _fork(request: dict, status: socket.socket, sockets: list[socket.socket], pipe: tuple[int, int]) -> int:
    """Fork one kernel; in the server, return its process id."""
    server = os.getpid()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            for inherited in sockets:
                inherited.close()
            for fd in pipe:
                os.close(fd)
            code = _run_kernel(request, server)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    with contextlib.suppress(OSError):
        status.sendall(b"%d\n" % pid)
    return pid


def _run_kernel(request: dict, server: int) -> int:
    """Be the kernel that `request` describes; return its exit code."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    _die_with(server)
    os.environ.clear()
    os.environ.update(request["env"], JPY_PARENT_PID=str(server))
    os.chdir(request["cwd"])
    _reseed()
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [launcher.origin if launcher and launcher.origin else "ipykernel_launcher", *request["argv"]]

    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(parent_handle=server)  # its default was read before the fork
    app.initialize(request["argv"])
    app.start()
    _leave(app)
    return 0


def _leave(app) -> None:
    """End as a plain kernel would: its exit hooks run, its last messages are sent."""
    import atexit

    if app.control_thread is not None and app.control_thread.is_alive():
        app.control_thread.stop()
        app.control_thread.join()  # else the exit hooks wait for it to flush
    atexit._run_exitfuncs()
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            with contextlib.suppress(ValueError, OSError):
                stream.flush()


def _reseed() -> None:
    """Give this kernel random numbers of its own."""
    import random

    import numpy.random

    random.seed()
    numpy.random.seed()


def _die_with(server: int) -> None:
    """Have Linux end this process when the server ends, however it ends."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != server:
        os._exit(1)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Run the server on the socket whose descriptor is the first argument."""
    if sys.path and sys.path[0] in ("", os.getcwd()):
        del sys.path[0]  # as ipykernel_launcher does; the shell adds the notebook's own folder
    requests = socket.socket(fileno=int(sys.argv[1]))
    preload()
    serve(requests)


if __name__ == "__main__":
    main()
