"""The figures of a corpus sorted for the audit: which numbers belong together.

Two figures belong together *firmly* if they are of one article and agree in every attribute that the
comparison does not vary. They are *compatible* if where they differ in source or carry-over one of the two
says nothing. A check doubts a number only against figures that belong to it firmly, and drops the doubt if
a compatible figure explains it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from ntp_analysis.precision import Interval, interval

CELL = ("article", "place", "level", "province", "programme", "component", "capital", "period", "plan")
STOCKS = ("allocated",)
"""measures that hold for the whole period: a day is seldom named, and none is needed"""


class Ledger:
    """Rows of `figures` by article and cell, with what each number can stand for."""

    def __init__(self, figures: Iterable[Any], texts: Mapping[str, str]) -> None:
        self.rows = list(figures)
        self.texts = texts
        self._intervals: dict[str, Interval] = {}

    def interval(self, figure: Any) -> Interval:
        """Return what the figure's number can stand for (`precision.interval`), read once."""
        if figure.figure not in self._intervals:
            self._intervals[figure.figure] = interval(figure, self.texts)
        return self._intervals[figure.figure]

    def cells(self) -> Iterator[dict[str, list[Any]]]:
        """Yield measure -> figures of each cell of an article that has more than one figure."""
        for rows in grouped(self.rows, CELL).values():
            if len(rows) > 1:
                by_measure: dict[str, list[Any]] = defaultdict(list)
                for row in rows:
                    by_measure[row.measure].append(row)
                yield by_measure


def grouped(rows: Iterable[Any], names: Iterable[str]) -> dict[tuple[Any, ...], list[Any]]:
    """Return the rows by their values of the named attributes; `day` is the day, none for an allocation."""
    names = list(names)
    values = attrgetter(*(name for name in names if name != "day"))
    groups: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    if "day" in names:
        for row in rows:
            groups[values(row), day(row)].append(row)
    else:
        for row in rows:
            groups[values(row)].append(row)
    return groups


def day(row: Any) -> Any:
    """Return the day of a figure; "" where it has none or needs none."""
    return "" if row.measure in STOCKS or row.as_of != row.as_of else row.as_of


def same_day(one: Any, other: Any) -> bool:
    """Return whether two figures describe the same day; an allocation without a day fits any.

    An allocation with a day of its own fits that day only.
    """
    if one.as_of != one.as_of or other.as_of != other.as_of:
        undated = one if one.as_of != one.as_of else other
        return undated.measure in STOCKS or (one.as_of != one.as_of and other.as_of != other.as_of)
    return one.as_of == other.as_of


def compatible(one: Any, other: Any) -> bool:
    """Return whether source and carry-over do not contradict each other."""
    return _agree(one.source, other.source) and _agree(one.carryover, other.carryover)


def firm(one: Any, other: Any) -> bool:
    """Return whether source and carry-over are the same."""
    return one.source == other.source and one.carryover == other.carryover


def _agree(one: str, other: str) -> bool:
    return one == other or not one or not other
