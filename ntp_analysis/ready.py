"""What is made of the data files, kept for the next start as Python keeps its bytecode, and beside it.

The files that people read stay the source. What was made of them is used again only while every one of them, and
every module, is byte for byte what it was then; where it cannot be kept, it is made each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TypeVar

PACKAGE = Path(__file__).parent
SOURCES = ("*.py", "data/*.csv", "data/*.toml", "data/lexicon/*.toml", "data/patterns/*.toml")
Made = TypeVar("Made")


def ready(name: str, make: Callable[[], Made]) -> Made:
    """Return what `make` returns: from the last time, if nothing that it could depend on has changed since.

    `make` takes nothing but the package's own files and returns what JSON has; tuples come back as lists.

    >>> ready("doctest", lambda: ["vốn"]) == ready("doctest", lambda: ["vốn"]) == ["vốn"]
    True
    """
    path = Path(cache_from_source(__file__)).with_name(f"{name}.{sys.implementation.cache_tag}.ready")
    with suppress(OSError, ValueError):
        of, _, kept = path.read_text(encoding="utf-8").partition("\n")
        if of == _AT_IMPORT:
            return json.loads(kept)
    made = make()
    if not sys.dont_write_bytecode and _fingerprint() == _AT_IMPORT:
        with suppress(OSError):
            _keep(path, f"{_AT_IMPORT}\n{json.dumps(made, ensure_ascii=False)}")
    return made


def _keep(path: Path, content: str) -> None:
    """Write a file whole or not at all: another process may be reading or writing it."""
    path.parent.mkdir(exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        partial.write_text(content, encoding="utf-8", newline="\n")
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _fingerprint() -> str:
    """Return what differs if any of the sources does."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(PACKAGE.glob(pattern)):
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()


_AT_IMPORT = _fingerprint()
"""of the code that runs, and of the data unless it changed under a program that had been long at work"""


def _prepare() -> None:
    """Make everything ready at set-up, so that the first command need not."""
    from ntp_analysis import engine, gazetteer, obstacle_lexicon

    gazetteer.gazetteer()
    engine.read_article(engine.Article("none", ""))
    obstacle_lexicon.load()


if __name__ == "__main__":
    sys.dont_write_bytecode = False
    _prepare()
