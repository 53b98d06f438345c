"""Words that people read are data, and all of them are asked for."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "ntp_analysis"
FILES = ["show.toml", "charts.toml", "site/strings.toml"]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder, pattern in ((PACKAGE, "**/*.py"), (PACKAGE, "data/**/*.j2"), (PACKAGE.parent, "notebooks/*.ipynb"))
    for path in folder.glob(pattern)
)
ASKED_FOR = set(re.findall(r"\w+", CODE))


def keys(table: dict) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys(value)
        else:
            yield key


def is_asked_for(key: str) -> bool:
    """Whether the code has the key, or puts it together: f"plan_{...}", f"{...}_mark", "group_" ~ ..."""
    if set(key.split("-")) <= ASKED_FOR:
        return True
    parts = [(key[:at], key[at:]) for at, char in enumerate(key) if char == "_"]
    return any(f"{a}_{{" in CODE or f'"{a}_" ~' in CODE or f"}}{b}" in CODE for a, b in parts)


@pytest.mark.parametrize("file", FILES)
def test_every_word_is_asked_for(file):
    table = tomllib.loads((PACKAGE / "data" / file).read_text(encoding="utf-8"))
    assert [key for key in keys(table) if not is_asked_for(key)] == []
