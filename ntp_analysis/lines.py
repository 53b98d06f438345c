"""The lines of a page: broken lines joined, and what each is by its shape."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress, pairwise

from ntp_analysis.cells import is_row, listed_cells, listed_header, named_header, split_cells
from ntp_analysis.fulldays import names_full_day, without_days
from ntp_analysis.patterns import patterns
from ntp_analysis.stacked import SIGN
from ntp_analysis.text import View, lowered

_SAYS = patterns("lines")

_LINE = re.compile(r"[^\n]+")
_TERMINAL = (".", "!", "?", "…", ":", ";")
_CLOSING = "\"')]/"


@cache
def shapes() -> dict[str, tuple[str, ...]]:
    """Return the phrases of data/layout.toml."""
    data = tomllib.loads(files("ntp_analysis").joinpath("data/layout.toml").read_text(encoding="utf-8"))
    return {name: tuple(phrases) for name, phrases in data.items()}


_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")


@dataclass(slots=True)
class Line:
    """One line of a page. `kind`: prose, item, heading, short, lead (of items), table, title, meta, tail."""

    start: int
    end: int
    kind: str
    gap: bool
    """whether a blank line stands before it"""


def single_spaces(v: View) -> View:
    """Return the view where words of a line that is no row of a table are parted by one space.

    >>> from ntp_analysis.text import view
    >>> single_spaces(view("vốn  đầu tư  đạt 40%")).text
    'vốn đầu tư đạt 40%'
    """
    if "  " not in v.text or not _SPACES.search(v.text):
        return v
    kept = bytearray(b"\1") * len(v.text)
    for line in _LINE.finditer(v.text):
        if "   " not in line.group().strip() and not is_row(line.group()):
            for m in _SPACES.finditer(v.text, *line.span()):
                kept[m.start() + 1 : m.end()] = bytes(m.end() - m.start() - 1)
    starts = v.starts if v.starts is not None else range(len(v.text) + 1)
    return View("".join(compress(v.text, kept)), "".join(compress(v.low, kept)), [*compress(starts, kept), starts[-1]])


def unwrap(v: View) -> View:
    """Return a view where the line ends of a hard-wrapped text are spaces; offsets stay."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(v.text)]
    broken = [i for i in range(len(lines) - 1) if _continues(v.text, lines[i], lines[i + 1])]
    if not broken:
        return v
    longest = max(b - a for a, b in lines)
    hard = len(broken) >= 3 and longest <= 140
    ends = set()
    for i in range(len(lines) - 1):
        one, two = lines[i], lines[i + 1]
        adjacent = two[0] == one[1] + 1
        if (
            not adjacent
            or _SAYS.item.match(v.text, two[0])
            or "\t" in v.text[one[0] : one[1]]
            or SIGN in v.text[one[0] : two[1]]
            or _heads(v, one, two)
            or says_unit(v.low[two[0] : two[1]])
        ):
            continue
        if i in broken or (hard and one[1] - one[0] >= 0.7 * longest and v.text[one[1] - 1] != ":"):
            ends.add(one[1])
    text, low = list(v.text), list(v.low)
    for end in ends:
        text[end] = low[end] = " "
    return View("".join(text), "".join(low), v.starts)


def _heads(v: View, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """A title in capitals ends where they end; a dateline of its own, `Sơn La, ngày 20 tháng 12 năm 2022`, begins anew."""
    if v.text[one[0] : one[1]].isupper() and not v.text[two[0] : two[1]].isupper():
        return True
    low = " ".join(v.low[two[0] : two[1]].split())
    if len(low) < 40 and low.endswith(":") and low.startswith(shapes()["tail"]):
        return True
    begins = not v.text[two[0]].islower() or _SAYS.site.match(low) is not None
    return len(low) < 60 and begins and names_full_day(low) and _is_meta(low, 24)


def says_unit(low: str) -> bool:
    """Tell whether a line says nothing but the unit of what is below it: `ĐVT: triệu đồng`."""
    return _SAYS.says_unit.fullmatch(low) is not None


AMOUNT = _SAYS.amount
WHAT_IS_MEASURED = _SAYS.what_is_measured


def _continues(text: str, one: tuple[int, int], two: tuple[int, int]) -> bool:
    """A line that ends in the middle of a sentence, and a next one that goes on in lower case."""
    if two[0] != one[1] + 1 or one[1] - one[0] < 30:
        return False
    last, following = text[one[0] : one[1]].rstrip(), text[two[0] : two[1]]
    if last.endswith(":") and _SAYS.amount_first.match(lowered(following.strip())):
        return True
    if (
        _ended(last)
        or any(sign in part for part in (last, following) for sign in ("\t", SIGN))
        or is_field(lowered(following))
    ):
        return False
    return (following[0].islower() and not _SAYS.site.match(following)) or bool(
        (
            _SAYS.open_end.search(lowered(last))
            and (AMOUNT.match(following) or (following[0].isupper() and not _SAYS.begins_anew.match(following)))
        )
        or (_SAYS.before_amount.search(lowered(last)) and AMOUNT.match(following))
    )


def _ended(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_TERMINAL)


_CELL_END = re.compile(r"[^\W\d_][.!?] ?\|$")
"""`... huy động trên 361 tỉ đồng. |`: a paragraph that a page's table held"""


def classify(v: View) -> list[Line]:
    """Return the lines of a view, each with its kind."""
    lines: list[Line] = []
    previous_end = 0
    for m in _LINE.finditer(v.text):
        raw = m.group()
        stripped = raw.strip()
        if not stripped:
            continue
        if stripped.endswith("|") and _CELL_END.search(stripped):
            stripped = stripped[:-1].rstrip()
        start = m.start() + raw.index(stripped[0])
        end = start + len(stripped)
        gap = v.text.count("\n", previous_end, m.start()) > 1
        kind = _kind(v, start, end, raw)
        if kind == "table":
            start, end = m.span()  # a leading tab is an empty cell
        lines.append(Line(start, end, kind, gap))
        previous_end = m.end()
    _join_units(v, lines)
    _join_headers(v, lines)
    _join_sections(v, lines)
    _join_lists(v, lines)
    _mark_repeated(v, lines)
    return lines


def _mark_repeated(v: View, lines: list[Line]) -> None:
    """A line that is there twice in a row is a picture's description and its caption; many such are a list of other stories."""
    short = [
        (one, two) for one, two in pairwise(lines) if one.kind in ("short", "prose") and 30 < one.end - one.start < 300
    ]
    repeated = [
        (one, two)
        for one, two in short
        if v.low[one.start : one.end].rstrip(" .") == v.low[two.start : two.end].rstrip(" .")
    ]
    for pair in repeated if len(repeated) <= _PICTURES else ():
        for line in pair:
            line.kind = "caption"


def _join_units(v: View, lines: list[Line]) -> None:
    """A table's unit can stand in a row of its own, across all columns."""
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if above.kind == below.kind == "table" and line.kind == "short" and "đơn vị" in v.low[line.start : line.end]:
            line.kind = "table"


def _join_sections(v: View, lines: list[Line]) -> None:
    """A short line between a table's rows, right above a row of numbers, is a section of it, not its end."""
    for i in range(len(lines) - 2, 0, -1):
        line, below = lines[i], lines[i + 1]
        if (
            below.kind != "table"
            or line.kind not in ("short", "heading", "item")
            or line.end - line.start > 90
            or line.gap
            or below.gap
        ):
            continue
        above = lines[i - 2] if lines[i - 1].kind == line.kind and i > 1 else lines[i - 1]
        rows = [is_row(v.text[k.start : k.end]) for k in (above, below)]
        if (
            all(rows)
            and above.kind == "table"
            and re.search(r"\d[.,]\d|(?:[\t|]| {3,})\d{2,}", v.text[below.start : below.end])
        ):
            line.kind = "table"


def _join_headers(v: View, lines: list[Line]) -> None:
    """A row of words right above a table's first row is its header."""
    for line, below in zip(reversed(lines[:-1]), reversed(lines[1:]), strict=True):
        if below.kind == "table" and line.kind in ("short", "heading", "item", "prose"):
            cells = [c for c in split_cells(v.text[line.start : line.end].strip()) if c.strip()]
            wanted = [c for c in split_cells(v.text[below.start : below.end].strip()) if c.strip()]
            if len(cells) >= 3 and abs(len(cells) - len(wanted)) <= 2:
                line.kind = "table"


def _join_lists(v: View, lines: list[Line]) -> None:
    """`1. Trà Cú: 52.140 / 38.062 / 73,0 %` is a row where the line above the list names as many columns."""
    i = 1
    while i < len(lines):
        j = i
        short, above = lines[i].end - lines[i].start < 100, lines[i - 1]
        count = len(listed_cells(v.text[lines[i].start : lines[i].end])) - 1 if short else 0
        header = listed_header if v.text[above.end - 1] in ":)" else named_header
        if count > 1 and header(v.text, above.start, above.end, count):
            while j < len(lines) and listed_cells(v.text[lines[j].start : lines[j].end]):
                lines[j].kind = "table"
                j += 1
        i = max(j, i + 1)


def _kind(v: View, start: int, end: int, raw: str) -> str:
    text = v.text[start:end]
    length = end - start
    if is_row(raw):
        return "table"
    low = v.low[start:end]
    if is_field(low) and not low.startswith(("title", "description", "content", "summary")):
        return "meta"
    if length < 130 and (names_full_day(low) and _is_meta(low)):
        return "meta"
    if length < 130 and any(p in low for p in shapes()["furniture"]):
        return "meta"
    if length < 250 and text.startswith(_LINKS):
        return "meta"
    if length < 400 and "ảnh" in low and _SAYS.picture.fullmatch(low):
        return "caption"
    ended = _ended(text)
    if _SAYS.item.match(text) and not _SAYS.heading.match(text):
        return "item"
    if _SAYS.heading.match(text) and not (ended and length > 100):
        return "heading" if length < 160 and not text.endswith((".", ";")) else "item"
    if (
        length >= 150
        or (
            ended
            and (length >= 45 or (text.endswith(".") and (_SAYS.rated.search(low) or _SAYS.day_of_data.match(low))))
        )
        or _SAYS.unfinished.match(low)
    ):
        return "prose"
    return "short"


_LINKS = (">>", "»")
"""what a line begins with that only leads to another story"""
_PICTURES = 3


def is_field(low: str) -> bool:
    """Tell whether a line is a field of a feed's item: `pubDate: Tue, 14 Dec 2021`."""
    name, colon, _ = low[:24].partition(":")
    return bool(colon) and name.strip() in shapes()["field"]


def is_about_a_date(low: str) -> bool:
    """Tell whether a line is little more than a full date: with a clock, a name beside it.

    >>> is_about_a_date("(05/11/2013, 09:14)"), is_about_a_date("bắc yên có thêm hai xã nông thôn mới (05/11/2013)")
    (True, False)
    """
    return names_full_day(low) and _is_meta(low, 20)


def _is_meta(low: str, most: int = 45) -> bool:
    """A line with a full date that is little more than a date, and says nothing of money."""
    if (
        _SAYS.money.search(low)
        or _SAYS.day_of_data.match(low)
        or _SAYS.leads_to.search(low)
        or _SAYS.counted_to.search(low)
    ):
        return False
    rest = without_days(low)
    rest = _SAYS.about_a_date.sub("", rest)
    return len(rest) <= most
