"""What sentences look like: the patterns of data/patterns/*.toml, a file for each module that asks for them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from ntp_analysis.errors import LexiconError
from ntp_analysis.hedges import ABOUT, HEDGE, OVER, UNDER
from ntp_analysis.ready import ready
from ntp_analysis.text import UPPER

_FRAGMENT = re.compile(r"\{([a-z_]+)\}")
_SHARED = "shared"
_BUILT = {"hedge": HEDGE, "over": OVER, "under": UNDER, "about": ABOUT, "upper": UPPER}
"""fragments that are made of the code's own parts"""


class Patterns:
    """The patterns of one file, each compiled when it is first asked for."""

    def __init__(self, name: str, sources: dict[str, str]) -> None:
        self._name, self._sources = name, sources

    def __getattr__(self, key: str) -> re.Pattern[str]:
        if key not in self._sources:
            raise AttributeError(f"data/patterns/{self._name}.toml has no [{key}]")
        try:
            compiled = re.compile(self._sources[key])
        except re.error as error:
            raise LexiconError(f"{self._name}.toml, [{key}]: no regular expression: {error}") from None
        setattr(self, key, compiled)
        return compiled


@cache
def patterns(name: str) -> Patterns:
    """Return the patterns of data/patterns/<name>.toml as attributes.

    >>> patterns("carryover").excluding.search("chưa bao gồm vốn kéo dài").group()
    'chưa bao gồm'
    """
    return Patterns(name, _expressions()[name])


@cache
def _expressions() -> dict[str, dict[str, str]]:
    return ready("patterns", read_all)


def read_all() -> dict[str, dict[str, str]]:
    """Return the regular expression of every pattern, by file and name.

    Raises LexiconError, naming the file and the entry, for one that is not as data/patterns/README.md says.
    """
    folder = files("ntp_analysis").joinpath("data/patterns")
    tables = {
        p.name.removesuffix(".toml"): _table(p.name, p.read_text(encoding="utf-8"))
        for p in folder.iterdir()
        if p.name.endswith(".toml")
    }
    shared = _BUILT | tables.pop(_SHARED)["fragments"]
    return {name: of_file(name, table, shared) for name, table in sorted(tables.items())}


def _table(name: str, written: str) -> dict:
    try:
        return tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: no TOML: {error}") from None


def of_file(name: str, table: dict, shared: dict[str, str]) -> dict[str, str]:
    """Return the regular expressions of one file, by name; `shared` are the fragments of all files."""
    fragments = shared | table.pop("fragments", {})
    return {key: _expression(f"{name}.toml, [{key}]", entry, fragments) for key, entry in table.items()}


def _expression(where: str, entry: dict, fragments: dict[str, str]) -> str:
    if not {"pattern", "any"} & set(entry):
        raise LexiconError(f"{where}: add pattern or any")
    choice = "|".join(entry.get("any", ()))
    pattern = entry.get("pattern", choice)
    return _filled(where, pattern, fragments | {"any": f"(?:{choice})"})


def _filled(where: str, pattern: str, fragments: dict[str, str]) -> str:
    """Put in what stands in braces, and what stands in braces there."""

    def fragment(m: re.Match[str]) -> str:
        if m[1] not in fragments:
            raise LexiconError(f"{where}: no fragment {m[0]}; known are {', '.join(sorted(fragments))}")
        return _filled(where, fragments[m[1]], fragments)

    return _FRAGMENT.sub(fragment, pattern)
