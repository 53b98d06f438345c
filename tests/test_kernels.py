"""Forked kernels: the same outputs as plain ones, isolated from each other, and never left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from ntp_analysis import forkserver
from ntp_analysis.kernels import FORK_WORKS, PROVISIONER, PlainKernelManager, WarmKernelManager, can_fork, server

pytestmark = pytest.mark.skipif(not FORK_WORKS, reason="kernels are forked on Linux only")
KERNEL = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}

CELLS = [
    "import pandas as pd, seaborn as sns, matplotlib.pyplot as plt, numpy as np\n"
    "pd.DataFrame({'tỉnh': ['Hà Giang'], 'đạt': [40.7]})",
    "ax = sns.barplot(x=['a', 'b'], y=[1, 2]); ax.set_title('Giải ngân')",
    "%config InlineBackend.figure_formats = ['svg']\n"
    "plt.rcParams['svg.hashsalt'] = 'x'; plt.rcParams['svg.fonttype'] = 'none'\n"
    "figure, ax = plt.subplots(); ax.plot([1, 2, 3]); None",
    "print('out'); import sys; print('err', file=sys.stderr)",
    "import os; (os.getcwd(), sys.path[0], __name__, os.environ.get('MPLBACKEND'), plt.get_backend())",
    "[sys.argv[0], sys.flags.utf8_mode, sys.getrecursionlimit(), pd.get_option('display.max_rows')]",
    "np.random.seed(1); np.random.rand(2)",
]


def notebook(*cells: str) -> nbformat.NotebookNode:
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=KERNEL)
    for n, cell in enumerate(node.cells):
        cell.id = f"c{n}"
    return node


def run(node: nbformat.NotebookNode, manager: type = WarmKernelManager, **options) -> list:
    done = papermill.execute_notebook(
        node, None, progress_bar=False, kernel_manager_class=manager, record_timing=False, **options
    )
    return [cell.outputs for cell in done.cells]


def processes(pid: int) -> list[int]:
    """The children of a process."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in listed.stdout.split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(condition, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_kernel_that_answers_late_is_waited_for(tmp_path, monkeypatch):
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "late.py").write_text("import time; time.sleep(3)", encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    assert run(notebook("1 + 1"), PlainKernelManager, start_timeout=20)[0][0]["data"]["text/plain"] == "2"


def test_forked_kernels_give_what_plain_ones_give(tmp_path, monkeypatch):
    monkeypatch.delenv("MPLBACKEND", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # else a drawing says when it was made
    place = {"resources": {"metadata": {"path": str(tmp_path)}}}
    forked = run(notebook(*CELLS), WarmKernelManager, **place)
    plain = run(notebook(*CELLS), PlainKernelManager, **place)
    kinds = [[sorted(output.get("data", {})) for output in outputs] for outputs in forked]
    assert ["image/png", "text/plain"] in kinds[1] and ["image/svg+xml", "text/plain"] in kinds[2]
    assert json.dumps(forked, sort_keys=True) == json.dumps(plain, sort_keys=True)


def test_kernels_share_nothing():
    first, second = (run(notebook("import pandas as pd, random", "pd.leak = 1", "random.random()")) for _ in "ab")
    assert first[2] != second[2], "each kernel has random numbers of its own"
    assert run(notebook("import pandas as pd; hasattr(pd, 'leak')"))[0][0]["data"]["text/plain"] == "False"


def test_a_notebook_that_exits_its_kernel_is_named_and_the_next_one_runs():
    with pytest.raises(DeadKernelError):
        run(notebook("import os; os._exit(3)"))
    assert run(notebook("1 + 1"))[0][0]["data"]["text/plain"] == "2"


def test_a_hanging_cell_is_ended_and_leaves_no_process():
    run(notebook("1"))
    before = set(processes(server._process.pid))
    with pytest.raises(CellTimeoutError):
        run(notebook("import time; time.sleep(600)"), execution_timeout=1, shutdown_kernel="immediate")
    assert until(lambda: set(processes(server._process.pid)) <= before)


def test_an_ended_kernel_tells_its_exit_status():
    process = server.fork(["-f", "/nonexistent/k.json", "--no-such-flag=1"], dict(os.environ), "/nonexistent")
    assert until(lambda: process.poll() is not None)
    assert process.wait() == process.returncode == 1


def test_kernels_end_with_the_process_that_wanted_them(tmp_path):
    code = (
        "import os, sys, time\n"
        "from ntp_analysis.kernels import server\n"
        "process = server.fork(['-f', sys.argv[1]], dict(os.environ), os.getcwd())\n"
        "print(server._process.pid, process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    connection = tmp_path / "k.json"
    owner = subprocess.Popen([sys.executable, "-c", code, str(connection)], stdout=subprocess.PIPE, text=True)
    warm, kernel = map(int, owner.stdout.readline().split())
    assert until(connection.exists), "the kernel is up"
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert until(lambda: not alive(warm) and not alive(kernel))


def test_kernels_end_with_the_warm_process(tmp_path):
    process = server.fork(["-f", str(tmp_path / "k.json")], dict(os.environ), os.getcwd())
    os.kill(server._process.pid, signal.SIGKILL)
    assert until(lambda: not alive(process.pid))
    assert run(notebook("1 + 1"))[0][0]["data"]["text/plain"] == "2", "and a new one is started when wanted"


def test_the_warm_process_has_no_python_thread_and_no_inline_backend():
    code = (
        "import sys, threading\nfrom ntp_analysis import forkserver\nforkserver.preload()\n"
        "print(threading.active_count(), any(m.startswith('matplotlib_inline') for m in sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.split() == ["1", "False"]


def test_preloading_the_inline_backend_is_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib_inline", object())
    with pytest.raises(ImportError, match="charts would vanish"):
        forkserver.preload()


def test_settings_that_are_read_at_import_make_a_plain_kernel(tmp_path):
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "k.json"]
    assert can_fork(command, str(tmp_path))
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\n")
    assert not can_fork(command, str(tmp_path))
    shown = run(
        notebook("import matplotlib; matplotlib.rcParams['lines.linewidth']"),
        resources={"metadata": {"path": str(tmp_path)}},
    )
    assert shown[0][0]["data"]["text/plain"] == "9.0"


def test_another_environment_is_seen_by_the_next_kernel(monkeypatch):
    run(notebook("1"))
    monkeypatch.setenv("NTP_TEST_VARIABLE", "đã đổi")
    told = run(notebook("import os; os.environ['NTP_TEST_VARIABLE']"))
    assert told[0][0]["data"]["text/plain"] == "'đã đổi'"


def test_a_kernel_with_another_environment_ends_none_that_runs(tmp_path, monkeypatch):
    first = server.fork(["-f", str(tmp_path / "k.json")], dict(os.environ), os.getcwd())
    try:
        monkeypatch.setenv("NTP_TEST_VARIABLE", "đã đổi")
        told = run(notebook("import os; os.environ['NTP_TEST_VARIABLE']"))
        assert told[0][0]["data"]["text/plain"] == "'đã đổi'"
        assert first.poll() is None and alive(first.pid)
    finally:
        first.kill()
    assert first.wait() == -signal.SIGKILL
    second = server.fork(["-f", str(tmp_path / "k.json")], dict(os.environ), os.getcwd())
    second.kill()


def test_any_client_of_jupyter_can_name_the_provisioner(monkeypatch):
    from jupyter_client.manager import KernelManager
    from jupyter_client.provisioning import KernelProvisionerFactory

    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", PROVISIONER)
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    try:
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        assert type(manager.provisioner).__name__ == "ForkedProvisioner"
        assert client.execute_interactive("1 + 1", timeout=30)["content"]["status"] == "ok"
        client.stop_channels()
    finally:
        manager.shutdown_kernel()
    assert not manager.is_alive()
