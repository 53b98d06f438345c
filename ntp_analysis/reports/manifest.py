"""Which pages a build made, and of what: a page whose ingredients have not changed is not drawn again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from ntp_analysis import partial

NAME = "manifest.json"
DRAWN_WITH = ("matplotlib", "nbconvert", "pandas", "papermill", "seaborn")
PACKAGE = Path(__file__).parents[1]


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest in `folder`; an empty one where there is none, or none that can be read."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"pages": {}}
    return found if isinstance(found, dict) and isinstance(found.get("pages"), dict) else {"pages": {}}


def write(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest whole or not at all."""
    save(folder / NAME, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def save(path: Path, text: str) -> bool:
    """Write `text` to `path`, whole or not at all; return whether that changed anything."""
    content = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return False
    with partial.file(path) as made:
        made.write_bytes(content)
    return True


def key(*ingredients: object) -> str:
    """Return a hash of what a page is made of; the library itself is always one of its ingredients.

    >>> key("a") == key("b")
    False
    """
    stated = json.dumps([library(), *ingredients], ensure_ascii=False, sort_keys=True, default=str)
    return digest(stated.encode())


def digest(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@cache
def library() -> str:
    """Return a hash of the library's code and data, and of what draws its pages."""
    total = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(str(path.relative_to(PACKAGE)).encode())
            total.update(path.read_bytes())
    for name in DRAWN_WITH:
        total.update(f"{name} {metadata.version(name)}".encode())
    return total.hexdigest()
