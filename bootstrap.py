#!/usr/bin/env python3
"""Set everything up, then do one thing: `python3 bootstrap.py report` or `python3 bootstrap.py test`.

Needs Python 3.11 or newer and, the first time, the network to PyPI; nothing is installed outside this folder.
The work is uv's: it is taken from PATH, else installed by pip into `.tools`, else fetched from PyPI and
checked against its published hash, so that neither uv, pip nor venv has to be there beforehand.
"""

import argparse
import hashlib
import html
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
STAMP = VENV / ".ntp-setup"
WINDOWS = os.name == "nt"
OLDEST_PYTHON = (3, 11)
OLDEST_UV = (0, 8)  # reads this lock file's format

TEST_OPTIONS = ["-q", "-n", "auto", "--maxprocesses", "8", "--dist", "loadfile"]
TEST_OPTIONS += ["--nbval", "--nbval-current-env", "--nbval-cell-timeout", "60"]
TESTED = ["tests", "ntp_analysis", "notebooks"]


class SetupError(Exception):
    """What went wrong and what to do; shown without a traceback."""


COMMANDS = """\
report   render the reports of seeds/ into reports/ (options of `ntp report` may follow)
test     run the tests, the documentation's examples and the notebooks (options of pytest may follow)
ntp ...  run any `ntp` command, e.g. `bootstrap.py ntp report my_articles/ -o my_reports/`
lab      open the notebooks in JupyterLab
setup    only install"""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=COMMANDS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["report", "test", "ntp", "lab", "setup"])
    command, rest = parser.parse_args(sys.argv[1:2]).command, sys.argv[2:]
    try:
        switch_to_newer_python()
        set_up()
    except SetupError as error:
        sys.exit("bootstrap: " + str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(run(command, rest))


def run(command, rest):
    """Run the command in the environment; what follows it on the command line goes along."""
    if command == "setup":
        say("Ready: " + str(venv_python()))
        return 0
    chosen = rest or [name for name in TESTED if (ROOT / name).exists()]
    modules = {
        "report": ["ntp_analysis.cli", "report", "seeds", "-o", "reports", *rest],
        "test": ["pytest", *TEST_OPTIONS, *chosen],
        "ntp": ["ntp_analysis.cli", *rest],
        "lab": ["jupyterlab", "notebooks", *rest],
    }
    folder = os.getcwd() if command == "ntp" else ROOT
    try:
        words = [str(venv_python()), "-m", *modules[command]]
        return subprocess.call(words, cwd=folder, env=clean_environment())
    except KeyboardInterrupt:
        return 130


# --- Python ---------------------------------------------------------------------------------------


def switch_to_newer_python():
    """Go on in a newer Python from PATH where this one is too old."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer:
            sys.exit(subprocess.call([newer, str(Path(__file__).resolve()), *sys.argv[1:]]))
    raise SetupError(
        "this is Python %s (%s); needed is 3.11 or newer. Install it and run `python3.11 bootstrap.py ...`."
        % (platform.python_version(), sys.executable)
    )


def venv_python():
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def clean_environment():
    """The environment without settings of another project's Python."""
    foreign = ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "CONDA_PREFIX", "UV_PROJECT", "UV_PYTHON")
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    environment.setdefault("UV_LINK_MODE", "copy")
    environment["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    # uncompiled, starting a notebook takes nearly twice as long
    environment["UV_COMPILE_BYTECODE"] = "1"
    return environment


# --- the environment ------------------------------------------------------------------------------


def set_up():
    """Make `.venv` what `uv.lock` says, unless it is already."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted and venv_python().exists():
        return
    uv = find_uv()
    say("Installing the locked packages into .venv (a few minutes the first time) ...")
    command = [uv, "sync", "--locked", "--all-extras", "--python", sys.executable, "--project", str(ROOT)]
    if subprocess.call(command, cwd=ROOT, env=clean_environment()):
        raise SetupError(
            "`%s` failed; its own words are above. Usual causes: no network to PyPI (set HTTPS_PROXY), "
            "a company's certificate (set SSL_CERT_FILE), a full disk, or an edited pyproject.toml "
            "(run `uv lock`)." % " ".join(command)
        )
    # the package is used in place, so uv leaves it uncompiled, and its data unread: a third of a short command's time
    for words in (["compileall", "-q", str(ROOT / "ntp_analysis")], ["ntp_analysis.ready"]):
        subprocess.call([str(venv_python()), "-m", *words], cwd=ROOT, env=clean_environment())
    STAMP.write_text(wanted)


def fingerprint():
    """Changes whenever the environment has to be made anew."""
    digest = hashlib.sha256((sys.version + str(ROOT)).encode())
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


# --- uv -------------------------------------------------------------------------------------------


def find_uv():
    """Path of a uv that is new enough: on PATH, in `.tools`, by pip, or fetched."""
    for path in (shutil.which("uv"), str(tool_path())):
        if path and uv_version(path) >= OLDEST_UV:
            return path
    TOOLS.mkdir(exist_ok=True)
    say("uv was not found: installing it into .tools ...")
    reasons = []
    for way in (uv_by_pip, uv_by_download):
        try:
            way()
        except (SetupError, OSError, subprocess.SubprocessError) as reason:
            reasons.append(str(reason))
        if uv_version(str(tool_path())) >= OLDEST_UV:
            return str(tool_path())
    raise SetupError(
        "uv could not be installed (%s). Is there network to PyPI? Behind a proxy set HTTPS_PROXY; or "
        "install uv yourself (its documentation lists a dozen ways) and run this again." % "; ".join(reasons)
    )


def tool_path():
    return TOOLS / "bin" / ("uv.exe" if WINDOWS else "uv")


def uv_version(path):
    """(major, minor) of the uv at `path`; (0, 0) where it does not answer."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return (0, 0)
    found = re.match(r"uv (\d+)\.(\d+)", answer)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def uv_by_pip():
    """Install uv into `.tools`: pip may, also where the system's packages are not its to manage (PEP 668)."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--only-binary", "uv", "--upgrade", "--target", str(TOOLS), "uv"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise SetupError("pip: " + (done.stderr.strip().splitlines() or ["failed"])[-1])


def uv_by_download():
    """Fetch uv's wheel from the package index and unpack the one program in it."""
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"
    page = index.rstrip("/") + "/uv/"
    address, sha256 = newest_wheel(fetch(page, {"Accept": "text/html"}).decode("utf-8"), page)
    wheel = fetch(address)
    if hashlib.sha256(wheel).hexdigest() != sha256:
        raise SetupError("%s does not have the hash that the index gives: not used" % address)
    partial = TOOLS / "uv.whl.partial"
    partial.write_bytes(wheel)
    with zipfile.ZipFile(partial) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/" + tool_path().name))
        program = archive.read(member)
    partial.unlink()
    tool_path().parent.mkdir(exist_ok=True)
    part = tool_path().with_suffix(".partial")
    part.write_bytes(program)
    part.chmod(0o755)
    os.replace(part, tool_path())


def fetch(address, headers=None):
    request = urllib.request.Request(address, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.read()
    except urllib.error.URLError as error:
        raise SetupError("%s: %s" % (address, error.reason)) from error


def newest_wheel(page, base):
    """(address, sha256) of the newest wheel of an index page that runs on this machine."""
    best = None
    for link in re.findall(r'href="([^"]+)"', page):
        address, _, anchor = html.unescape(link).partition("#sha256=")
        found = re.search(r"/uv-(\d+)\.(\d+)\.(\d+)-py3-none-([^/]+)\.whl$", address)
        if not found or not anchor or not runs_here(found[4]):
            continue
        version = tuple(int(part) for part in found.groups()[:3])
        if best is None or version > best[0]:
            best = (version, urllib.parse.urljoin(base, address), anchor)
    if best is None:
        raise SetupError("no uv for %s %s in the package index" % (platform.system(), platform.machine()))
    return best[1:]


def runs_here(tags):
    """Whether a wheel's platform tags fit this machine."""
    machine = platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    if WINDOWS:
        return tags == {"x86_64": "win_amd64", "aarch64": "win_arm64"}.get(machine, "win32")
    if sys.platform == "darwin":
        return tags.startswith("macosx") and tags.endswith({"aarch64": "arm64"}.get(machine, machine))
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return libc in tags and tags.endswith("_" + machine)


def say(message):
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
