"""What is being written, in a folder beside its final place: whole or not at all, also where a run is killed.

A folder in the making is called `.ntp-partial-...` and is locked by the process that makes it, so that the next run
knows which ones nobody will finish. While its files go to their places it is called `.ntp-moving-...`: as long as
there is one, what lies around it may be of two runs. The file `.ntp` in it says that it is ours to take away, and
in the end what it puts to its place.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing is locked, and so nothing of others is taken away
    fcntl = None  # type: ignore[assignment]

MAKING, MOVING, MARK = ".ntp-partial-", ".ntp-moving-", ".ntp"


@contextmanager
def folder(where: Path) -> Iterator[Path]:
    """Give a new folder in `where` to write to, and take it away at the end, whatever happens.

    Before that, folders go that processes have left there which are no more.
    """
    where.mkdir(parents=True, exist_ok=True)
    with _locked(where):
        _clear(where)
        made = Path(tempfile.mkdtemp(prefix=MAKING, dir=where))
        (made / MARK).touch()
        lock = _lock(made)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        _unlock(lock)


def publish(made: Path, where: Path) -> None:
    """Put all files and folders of `made`, a folder of `folder(where)`, to their final places in `where`.

    What an earlier run left half done there goes, if all of it is replaced.
    """
    with _locked(where):
        names = sorted(item.name for item in made.iterdir() if item.name != MARK)
        (made / MARK).write_text("\n".join(names), encoding="utf-8")
        moving = made.with_name(made.name.replace(MAKING, MOVING))
        os.rename(made, moving)
        for name in names:
            if (where / name).is_dir():
                shutil.rmtree(where / name)
            os.replace(moving / name, where / name)
        for done in where.glob(f"{MOVING}*/{MARK}"):
            if set(done.read_text(encoding="utf-8").splitlines()) <= set(names):
                shutil.rmtree(done.parent, ignore_errors=True)


@contextmanager
def file(path: Path) -> Iterator[Path]:
    """Give a path of this run alone to write to, which becomes `path` if all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{MAKING}{secrets.token_hex(4)}-{path.name}")
    try:
        yield made
        os.replace(made, path)
    finally:
        made.unlink(missing_ok=True)


def broke_off(where: Path) -> bool:
    """Whether a run ended while its files went to their places in `where`: some may be of an earlier run."""
    return any(where.glob(f"{MOVING}*/{MARK}"))


@contextmanager
def only_one(path: Path) -> Iterator[bool]:
    """Give whether this process alone holds the lock on `path`, a file or folder; True where there are no locks."""
    path.touch()
    try:
        lock = _lock(path)
    except BlockingIOError:
        yield False
        return
    try:
        yield True
    finally:
        _unlock(lock)


def _clear(where: Path) -> None:
    if fcntl is None:
        return
    for mark in where.glob(f"{MAKING}*/{MARK}"):
        with contextlib.suppress(OSError):
            lock = _lock(mark.parent)
            if lock is not None:
                shutil.rmtree(mark.parent, ignore_errors=True)
                _unlock(lock)


@contextmanager
def _locked(where: Path) -> Iterator[None]:
    lock = _lock(where, wait=True)
    try:
        yield
    finally:
        _unlock(lock)


def _lock(path: Path, wait: bool = False) -> int | None:
    """Lock a file or folder; None where the file system has no locks. Raises BlockingIOError if another has it."""
    if fcntl is None:
        return None
    held = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(held)
        raise
    except OSError:
        os.close(held)
        return None
    return held


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
