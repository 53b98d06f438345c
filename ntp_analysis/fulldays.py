"""Days written in full, as the heads of pages write them: in digits, in words, the way site software sets them, in English."""

from __future__ import annotations

import re
from datetime import date

from ntp_analysis.amounts import IN_WORDS
from ntp_analysis.patterns import patterns

_SAYS = patterns("fulldays")

MONTHS = {**IN_WORDS, "mười một": 11, "mười hai": 12, "giêng": 1, "tư": 4, "chạp": 12}
"""months that are spelt, and those with a name"""
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = MONTHS | {name: n for n, name in enumerate(_ENGLISH, 1)}
_WORD = "|".join(sorted(MONTHS, key=len, reverse=True))
_NAME = rf"(?:{'|'.join(_ENGLISH)})[a-z]{{0,6}}\.?"
_YEAR = r"(?:19|20)\d\d"

FULL_DAY = re.compile(
    rf"(?<!\d)(?:(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})\s?[/.-]\s?({_YEAR})"
    rf"|(\d{{1,2}}) (?:tháng|thg|th)\.? ?(\d{{1,2}}),? (?:năm )?({_YEAR})"
    rf"|(\d{{1,2}}) tháng ({_WORD})(?:,| năm,?|(?<! năm)) ({_YEAR})"  # "10 tháng năm 2023" are ten months
    rf"|(\d{{1,2}})(?:st|nd|rd|th)?[ -]({_NAME}),?[ -]({_YEAR}))(?!\d)"
)
YEAR_FIRST = re.compile(r"(?<![\d/.-])(20\d\d)([-/.])(\d\d)\2(\d\d)(?!\d)")
MONTH_FIRST = re.compile(
    rf"\b(?:(?:tháng|thg|th)\.? ?(\d{{1,2}}|{_WORD})|({_NAME})) (\d{{1,2}})(?:st|nd|rd|th)?, ({_YEAR})(?!\d)"
)
_DIGIT = re.compile(r"\d")
SHAPES = (FULL_DAY, YEAR_FIRST, MONTH_FIRST, _SAYS.after_weekday, _SAYS.by_a_clock)


def full_days(low: str) -> list[tuple[int, date]]:
    """Return the days written in full in a lower-case text and where each begins, in text order.

    >>> [str(day) for _, day in full_days("26 thg 10, 2023 — thứ sáu, 05/09/23; 10 tháng năm 2023; 13 tháng mười 2023")]
    ['2023-10-26', '2023-09-05', '2023-10-13']
    >>> [str(day) for _, day in full_days("tue, 14 dec 2021 08:22; tháng mười hai 3, 2021; sep. 2, 2021; 31/2/2023")]
    ['2021-12-14', '2021-12-03', '2021-09-02']
    >>> [str(day) for _, day in full_days("th6 13th, 2017; 13 th6, 2017; 2023/08/21; 21/08/23 15:20; 1/2/23")]
    ['2017-06-13', '2017-06-13', '2023-08-21', '2023-08-21']
    >>> [str(day) for _, day in full_days("11/6/18 9:12 am; 11/16/2018")]
    ['2018-11-06', '2018-11-16']
    """
    found: list[tuple[int, date | None]] = []
    for m in FULL_DAY.finditer(low):
        day, month, year = (g for g in m.groups() if g)
        # "11/16/2018"
        found.append((m.start(), _day(year, month, day) or (_day(year, day, month) if month.isdigit() else None)))
    for m in YEAR_FIRST.finditer(low):
        found.append((m.start(), _day(m[1], m[3], m[4])))
    for m in MONTH_FIRST.finditer(low):
        found.append((m.start(), _day(m[4], m[1] or m[2], m[3])))
    for m in _SAYS.after_weekday.finditer(low):
        found.append((m.start(), _day(f"20{m[3]}", m[2], m[1])))
    for m in _SAYS.by_a_clock.finditer(low):
        month, day = (m[1], m[3]) if m[5] else (m[3], m[1])
        found.append((m.start(), _day(f"20{m[4]}", month, day)))
    return [(at, day) for at, day in sorted(found, key=lambda f: f[0]) if day]


def names_full_day(low: str) -> bool:
    """Tell whether a lower-case text has a day written in full."""
    return _DIGIT.search(low) is not None and any(shape.search(low) for shape in SHAPES)


def without_days(low: str) -> str:
    """Return a lower-case text without the days written in full."""
    for shape in SHAPES:
        low = shape.sub("", low)
    return low


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month) or _MONTHS[month[:3]]
    return real_day(int(year), number, int(day))


def real_day(year: int, month: int, day: int) -> date | None:
    """Return a day, or nothing where the calendar has none such: 31 April, 29 February of most years."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
