"""Tables whose cells stand one below the other, as a page's table is left when its text is copied."""

from __future__ import annotations

import re
from itertools import pairwise

from ntp_analysis.patterns import patterns
from ntp_analysis.text import View

_SAYS = patterns("stacked")

SIGN = "\v"
"""between two cells of a row that stood below each other"""
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NUMBER = re.compile(r"\d[\d.,]*\s?%?|[-–]")
_ROWS = [(count, re.compile(rf"(?:o?t[no]{{{count}}}){{2,}}(?!n)")) for count in range(2, 13)]
_LONGEST = 60


def unstack(v: View) -> View:
    r"""Return the view where each row of such a table is one line; offsets stay.

    A table without a header of as many cells as its rows have is left as it is.

    >>> from ntp_analysis.text import view
    >>> unstack(view("Huyện\nKế hoạch\nGiải ngân\nTrà Cú\n12,5\n3,1\nCầu Kè\n9,2\n4,4")).text
    'Huyện\x0bKế hoạch\x0bGiải ngân\nTrà Cú\x0b12,5\x0b3,1\nCầu Kè\x0b9,2\x0b4,4'
    """
    lines = [
        (m.start() + len(m.group()) - len(m.group().lstrip()), m.start() + len(m.group().rstrip()))
        for m in _LINE.finditer(v.text)
    ]
    shapes = "".join(_shape(v.text[a:b]) for a, b in lines)
    gaps: set[tuple[int, int]] = set()
    begin = 0
    while first := _SAYS.first_cell.search(shapes, begin):
        begin = first.start() + 1
        for count, pattern in _ROWS:
            rows = pattern.match(shapes, first.start())
            header = _header(v, lines, shapes, first.start(), count) if rows else None
            if rows and header is not None:
                begin = rows.end()
                starts = [
                    header,
                    *(
                        m.start()
                        for m in re.finditer(rf"o?t[no]{{{count}}}", shapes[: rows.end()])
                        if m.start() >= first.start()
                    ),
                    begin,
                ]
                gaps.update((lines[k][1], lines[k + 1][0]) for a, b in pairwise(starts) for k in range(a, b - 1))
                break
    return _joined(v, gaps) if gaps else v


def _shape(text: str) -> str:
    """o an ordinal or a small number, n a number, t a short text, x anything else."""
    if _SAYS.ordinal.fullmatch(text):
        return "o"
    if _NUMBER.fullmatch(text):
        return "n"
    return (
        "t"
        if len(text) <= _LONGEST and any(c.isalpha() for c in text) and not text.endswith((".", ";", "?", "!"))
        else "x"
    )


def _header(v: View, lines: list[tuple[int, int]], shapes: str, begin: int, count: int) -> int | None:
    """Where the header begins that has a cell for the label, one for each of so many numbers and, if rows have one, the ordinal's."""
    numbered = begin > count + 1 and _SAYS.first.fullmatch(v.low[slice(*lines[begin - count - 2])]) is not None
    first = begin - count - 1 - numbered
    if first < 0 or set(shapes[first:begin]) != {"t"} or (shapes[begin] == "o" and not numbered):
        return None
    measured = sum(_SAYS.measured.search(v.low[a:b]) is not None for a, b in lines[begin - count : begin])
    return first if measured > 1 else None


def _joined(v: View, gaps: set[tuple[int, int]]) -> View:
    text, low = list(v.text), list(v.low)
    for start, end in gaps:
        for chars in (text, low):
            chars[start:end] = [SIGN, *" " * (end - start - 1)]
    return View("".join(text), "".join(low), v.starts)
