"""What a printed number can stand for: its last digit and its bound as an interval.

"39,7%" says nothing about hundredths, and "trên 2.530 tỷ đồng" nothing about how much more. A check may call two
numbers contradictory only where no pair of values within these intervals agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ntp_analysis.amounts import Convention, Number, find_numbers
from ntp_analysis.text import lowered

CONVENTIONS = (Convention(","), Convention("."))
AHEAD = 30
"""characters behind a number in which its unit stands"""
COARSEST_PART = 10**6
"""the last part of a compound amount (2.449 tỷ 836 triệu) is in triệu or smaller"""
BOUNDS = {"over": (1.0, 1.25), "under": (0.5, 1.0), "about": (0.9, 1.1)}
"""How far the press lets a bounded number be from the printed one, as shares of it; wide on purpose."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a number, or a sum or share of numbers, can stand for."""

    low: float
    high: float

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def percent_of(self, whole: Interval) -> Interval:
        """Return the shares of `whole` in percent; without an upper end where `whole` can be zero."""
        high = 100 * self.high / whole.low if whole.low > 0 else float("inf")
        return Interval(100 * self.low / whole.high if whole.high > 0 else 0.0, high)

    def meets(self, other: Interval) -> bool:
        """Return whether both can be the same number."""
        return self.low <= other.high and other.low <= self.high


def total(intervals: list[Interval]) -> Interval:
    """Return the interval of a sum."""
    return Interval(sum(part.low for part in intervals), sum(part.high for part in intervals))


def interval(figure: Any, texts: Mapping[str, str]) -> Interval:
    """Return what a row of `figures` can stand for: one unit of its last printed digit up and down, or its
    bound.

    One whole unit and not half of one, because the press cuts digits off as often as it rounds.
    """
    value, step = figure.value, printed_step(figure, texts)
    below, above = BOUNDS.get(figure.bound, (1.0, 1.0))
    return Interval(
        value * below - (step if figure.bound != "over" else 0.0),
        value * above + (step if figure.bound != "under" else 0.0),
    )


def printed_step(figure: Any, texts: Mapping[str, str]) -> float:
    """Return the worth of the last digit printed, in đồng or percent.

    It is read from the words where they hold the number, else taken from the value itself.

    >>> from types import SimpleNamespace
    >>> quote = "đã giải ngân 38,1 tỷ đồng, đạt 12,0%"
    >>> spent = SimpleNamespace(article="a", value=38.1e9, unit="VND", quote=quote, start=0, end=1)
    >>> rate = SimpleNamespace(article="a", value=12.0, unit="percent", quote=quote, start=0, end=1)
    >>> printed_step(spent, {}), printed_step(rate, {})
    (100000000.0, 0.1)
    """
    if figure.value == 0 and figure.unit == "VND":
        return 0.0  # "chưa giải ngân" has no digits
    text = texts.get(figure.article, "")
    for wording in (text[figure.start : figure.end + AHEAD], figure.quote):
        low = lowered(wording)
        for convention in CONVENTIONS:
            for number in find_numbers(low, convention):
                if number.value == figure.value:
                    return _step(number, figure.unit, convention)
    return _last_digit(figure.value, figure.unit)


def _step(number: Number, unit: str, convention: Convention) -> float:
    digits = convention.parse(number.digits.replace(" ", ""), percent=unit == "percent")
    exponent = digits.as_tuple().exponent
    if not isinstance(exponent, int) or not digits or number.value is None:
        return _last_digit(float(number.value or 0), unit)
    scale = Decimal(str(number.value)) / digits
    if scale == scale.to_integral_value() and set(str(int(scale)).rstrip("0")) <= {"1"}:
        return float(scale.scaleb(exponent))
    return min(_last_digit(number.value, unit), COARSEST_PART)


def _last_digit(value: float, unit: str) -> float:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        return 0.0
    return float(Decimal(1).scaleb(min(exponent, 9 if unit == "VND" else 0)))
