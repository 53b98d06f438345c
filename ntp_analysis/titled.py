"""Projects of a programme that are told by their titles, where sums part its money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntp_analysis.amounts import Number
from ntp_analysis.found import Found
from ntp_analysis.mentions import Mention, Sentence
from ntp_analysis.text import View

_FIRST_YEAR = 2021
"""the titles are those of the programmes from 2021"""
_TITLE_THEN = re.compile(r"[^;.:\d]{0,60}")
_SUM_THEN = re.compile(r"[^;.:\d]{0,40}")


def projects_of(v: View, sentence: Sentence) -> dict[int, str]:
    """Return the programme and project, `sedema DA1`, of each sum of a list of projects, by where the sum begins.

    `thiếu đất ở, nhà ở 58,4 tỷ đồng; bố trí, ổn định dân cư 112,7 tỷ đồng`: of two projects at least.
    """
    titles = [m for m in sentence.mentions if m.kind == "title"]
    sums = [n for n in sentence.numbers if n.unit == "VND" and n.value] if len(titles) > 1 else []
    named = {n.start: m.code for n in sums if (m := _beside(v, sentence, n, sums, titles)) is not None}
    return named if len(set(named.values())) > 1 else {}


def name_projects(v: View, found: Sequence[Found], programme: str, year: int) -> None:
    """Give each sum of such a list its project, if it is of the programme that the money is of."""
    if year < _FIRST_YEAR or any("component" in f.state or f.components for f in found):
        return
    named = projects_of(v, found[0].sentence)
    for f in found:
        of, _, project = named.get(f.number.start, "").partition(" ")
        if of and of == str(f.state["programme"].value if "programme" in f.state else programme):
            f.components = [project]


def _beside(v: View, s: Sentence, number: Number, sums: Sequence[Number], titles: Sequence[Mention]) -> Mention | None:
    """The one title in a sum's own item of a list: between semicolons, or right before or behind it."""
    start = max([s.start, *(n.end for n in sums if n.end <= number.start)])
    end = min([s.end, *(n.start for n in sums if n.start >= number.end)])
    before = [
        m
        for m in titles
        if start <= m.start and m.end <= number.start and _TITLE_THEN.fullmatch(v.low, m.end, number.start)
    ]
    behind = [
        m for m in titles if number.end <= m.start and m.end <= end and _SUM_THEN.fullmatch(v.low, number.end, m.start)
    ]
    if before and behind:
        own = [
            m for m in (before[-1], behind[0]) if ";" not in v.low[min(m.end, number.end) : max(m.start, number.start)]
        ]
        return own[0] if len(own) == 1 else None
    return before[-1] if before else behind[0] if behind else None
