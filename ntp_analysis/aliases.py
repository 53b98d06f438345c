"""Programmes by the short names that an article gives them: `... (sau đây gọi là Chương trình)`, `... gọi tắt là Chương trình 2`."""

from __future__ import annotations

import re

from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.text import View

_SAYS = patterns("aliases")


def defined_names(low: str) -> dict[int, str]:
    """Return the short names that an article gives to programmes, by where it does.

    >>> defined_names("chương trình mtqg giảm nghèo bền vững (gọi tắt là chương trình) đạt 40%")
    {50: 'chương trình'}
    """
    return {m.start("alias"): m["alias"] for m in _SAYS.defined.finditer(low)}


def aliases(v: View, start: int, end: int, defined: dict[int, str]) -> list[Mention]:
    """Return where a sentence defines a short name, and where it uses one that the article defines."""
    found = [Mention(at, at + len(name), "definition", name) for at, name in defined.items() if start <= at < end]
    for name in set(defined.values()):
        for m in re.compile(rf"{name}(?!\w)").finditer(v.low, start, end):
            bare = not name[-1].isdigit()
            if m.start() in defined or not v.text[m.start()].isupper():
                continue
            if bare and (
                not _SAYS.alone.match(v.low, m.end())
                or _SAYS.counted.search(v.low, max(start, m.start() - 12), m.start())
            ):
                continue
            found.append(Mention(m.start(), m.end(), "programme", "alias", name))
    return found


def with_aliases(mentions: list[Mention], found: list[Mention]) -> list[Mention]:
    """Add them to a sentence's mentions; a longer name that begins with the word stays what it is."""
    named = [m for m in mentions if m.kind == "programme"]
    new = [a for a in found if not any(m.start <= a.start < m.end for m in named)]
    return sorted([*mentions, *new], key=lambda m: m.start)
