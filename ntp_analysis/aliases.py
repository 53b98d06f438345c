"""Programmes by the short names that an article gives them: `... (sau đây gọi là Chương trình)`, `... gọi tắt là Chương trình 2`."""

from __future__ import annotations

import re

from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import Mention
from ntp_analysis.text import View

_DEFINED = re.compile(r"\b(?:gọi|viết)(?: tắt| chung)*(?: là)?:? [\"“”']?(?P<alias>chương trình(?: (?:số )?(?:\d|[ivx]{1,3}))?)[\"“”']?(?=\s?[).,;:])")
_COUNTED = re.compile(r"\b(?:các|những|hai|ba|[23]|mỗi|từng|một|chỉ đạo|điều phối|quản lý) $")
_ALONE = re.compile(
    r"\s?(?:[,.;:)(\"%–-]|$)"
    rf"| (?:{HEDGE}|tại|ở|là|được|đã|đạt|phải|giải ngân|năm|giai đoạn|của tỉnh|của huyện|từ|với|mới|còn|và|trong|đến|có|bằng|thực hiện|đang|chỉ|cả|theo|do)\b"
)
"""what may stand behind the word where it is the whole name: not `Chương trình OCOP`"""


def defined_names(low: str) -> dict[int, str]:
    """Return the short names that an article gives to programmes, by where it does.

    >>> defined_names("chương trình mtqg giảm nghèo bền vững (gọi tắt là chương trình) đạt 40%")
    {50: 'chương trình'}
    """
    return {m.start("alias"): m["alias"] for m in _DEFINED.finditer(low)}


def aliases(v: View, start: int, end: int, defined: dict[int, str]) -> list[Mention]:
    """Return where a sentence defines a short name, and where it uses one that the article defines."""
    found = [Mention(at, at + len(name), "definition", name) for at, name in defined.items() if start <= at < end]
    for name in set(defined.values()):
        for m in re.compile(rf"{name}(?!\w)").finditer(v.low, start, end):
            bare = not name[-1].isdigit()
            if m.start() in defined or not v.text[m.start()].isupper():
                continue
            if bare and (not _ALONE.match(v.low, m.end()) or _COUNTED.search(v.low, max(start, m.start() - 12), m.start())):
                continue
            found.append(Mention(m.start(), m.end(), "programme", "alias", name))
    return found


def with_aliases(mentions: list[Mention], found: list[Mention]) -> list[Mention]:
    """Add them to a sentence's mentions; a longer name that begins with the word stays what it is."""
    named = [m for m in mentions if m.kind == "programme"]
    new = [a for a in found if not any(m.start <= a.start < m.end for m in named)]
    return sorted([*mentions, *new], key=lambda m: m.start)
