"""Rows of tables and lists in plain text, told by their shape, and the cells of each."""

from __future__ import annotations

import re

from ntp_analysis.patterns import patterns
from ntp_analysis.stacked import SIGN

_SAYS = patterns("cells")

_CELL = re.compile(r"\t|\s*\|\s*| {3,}")
_BARE = r"\d[\d.,]*\d(?:\s?%)?|\d(?:\s?%)?"
_LISTED = re.compile(
    rf"(?P<label>(?:(?:[-–+•*]|\d{{1,2}}[.)])\s+)?[^\W\d_][^\d:|/;]{{1,44}}?)\s?[:–-]?\s+(?P<cells>(?:{_BARE})(?:\s?[/;–-]\s?(?:{_BARE}))+)[.;]?"
)
_SPACED = re.compile(
    rf"(?P<label>(?:\d{{1,2}}[.)]?\s+)?[^\W\d_][^\d:|/;,.]{{1,44}}?)\s+(?P<cells>(?:{_BARE})(?:\s+(?:{_BARE})){{1,6}})"
)
_CAPITALISED = re.compile(r"(?:(?<=\s)|^)(?=[^\W\d_])(?P<name>\S(?:\S|\s(?![^\W\d_a-zà-ỹăđĩũơưạ-ỹ]))*)")
_PARTS = re.compile(r"\s?[/;–-]\s?")
NOTHING = _SAYS.nothing
"""a cell that says flatly that nothing was spent"""
_NAMED_PARTS = re.compile(r"[(:]([^():]+)")


def listed_header(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    """Return where a line names so many columns, in brackets or behind a colon, parted by slashes.

    >>> text = "Theo địa bàn (Kế hoạch / Giải ngân; ĐVT: triệu đồng):"
    >>> [text[a:b] for a, b in listed_header(text, 0, len(text), 2)]
    ['Kế hoạch', 'Giải ngân']
    """
    for m in _NAMED_PARTS.finditer(text, start, end):
        for sign in ("/", " - ", " – ", ", "):
            spans = [(k.start(1), k.end(1)) for k in re.finditer(rf"\s*(\S.*?)\s*(?:{sign}|$)", m[1].split(";")[0])]
            if count > 1 and len(spans) == count and all(any(c.isalpha() for c in m[1][a:b]) for a, b in spans):
                return [(m.start(1) + a, m.start(1) + b) for a, b in spans]
    return []


def named_header(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    """Return where a header that lost what parted its columns names so many: each begins with a capital.

    >>> text = "TT Địa phương Vốn đầu tư Vốn sự nghiệp"
    >>> [text[a:b] for a, b in named_header(text, 0, len(text), 2)]
    ['Vốn đầu tư', 'Vốn sự nghiệp']
    """
    names = [m.span("name") for m in _CAPITALISED.finditer(text[start:end])]
    if (
        count < 2
        or len(names) not in (count + 1, count + 2)
        or any(c.isdigit() or c in ":,;." for c in text[start:end])
    ):
        return []
    return [(start + a, start + b) for a, b in names[-count:]]


def listed_cells(text: str) -> list[str]:
    """Return the label and the numbers of a row of a list, as `1. Trà Cú: 52.140 / 38.062 / 73,0 %`, `2 Tỉnh Gia Lai 45,8 19,3`; none if it is no such row."""
    if row := _LISTED.fullmatch(text.strip()):
        return [row["label"], *_PARTS.split(row["cells"])]
    row = _SPACED.fullmatch(text.strip())
    return [row["label"], *row["cells"].split()] if row and "," in row["cells"] else []


def is_row(raw: str) -> bool:
    """Tell whether a line is a row of a plain-text table: three cells at least, or two and a number."""
    text = raw.strip("\n")
    if SIGN in text:
        return True
    if "\t" in text:
        return len([c for c in text.split("\t") if c.strip()]) >= 2
    if "|" not in text and "   " not in text:
        return False
    cells = [c for c in _CELL.split(text.strip()) if c.strip()]
    if len(cells) < 3:
        return False
    numeric = sum(1 for c in cells if re.fullmatch(r"[\d.,%\s-]+", c.strip()) or NOTHING.fullmatch(c.strip()))
    return numeric >= 2 or (re.search(r"^(?:stt|tt)\b", text.strip().lower()) is not None)


def split_cells(text: str) -> list[str]:
    """Return the cells of a row as written, empty ones kept where tabs or bars part them."""
    for sign in (SIGN, "\t"):
        if sign in text:
            return text.split(sign)
    if "|" in text:
        row = text.strip()
        # a bar at one end only parts an empty cell
        return (row[1:-1] if row.startswith("|") and row.endswith("|") else row).split("|")
    return re.split(r" {3,}", text)
