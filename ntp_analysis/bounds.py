"""How exact a number is said to be, and whether it is only a mark that others lie under."""

from __future__ import annotations

from ntp_analysis.amounts import Number
from ntp_analysis.patterns import patterns
from ntp_analysis.text import View

_SAYS = patterns("bounds")

_FURTHEST = 120
"""how far behind a number `trở lên` may stand"""


def is_threshold(v: View, number: Number) -> bool:
    """`dưới 6%: 5,9%, 4,7% và 3,3%`: a mark that the figures behind it lie under."""
    if number.unit != "percent":
        return False
    if _SAYS.mark.search(v.low, max(0, number.start - 24), number.start) and _SAYS.named_next.match(v.low, number.end):
        return True
    followed = (
        _SAYS.ones_next.match(v.text, number.end)
        or _SAYS.threshold.match(v.low, number.end)
        or (
            _SAYS.listed_next.match(v.low, number.end)
            and _SAYS.each_under.search(v.low, max(0, number.start - 90), number.start)
        )
    )
    return followed is not None and bound_of(v, number) != "exact"


def bound_of(v: View, number: Number) -> str:
    """Return exact, over, under or about from the words right before (and behind) a number."""
    low = v.low
    if low.endswith(" trên ", 0, number.start) and _SAYS.of.search(low, max(0, number.start - 24), number.start):
        return "exact"
    if (
        number.unit == "percent"
        and low.endswith(" ", 0, number.start)
        and _SAYS.not_even.search(low, max(0, number.start - 30), number.start)
    ):
        return "under"
    if low.find("trở lên", number.end, number.end + _FURTHEST) >= 0 and (
        _SAYS.at_least_after.match(low, number.end)
        or _SAYS.from_on.match(low, number.end)
        or (low.endswith("từ ", 0, number.start) and _SAYS.both_from_on.match(low, number.end))
    ):
        return "over"
    if _SAYS.range.search(low, number.start, number.end):
        return "over"
    m = _SAYS.bound.search(low, max(0, number.start - 30), number.start)
    return m.lastgroup if m and m.lastgroup else "exact"


def is_goal(v: View, number: Number, since: int) -> bool:
    """`thấp hơn mục tiêu 60%`, `còn xa mốc 85% mà tỉnh yêu cầu`: this number alone is a goal, whatever the sentence tells."""
    if _SAYS.against.search(v.low, since, number.start) or _SAYS.ordered.search(v.low, since, number.start):
        return True
    if (
        number.unit == "percent"
        and number.value == 100
        and _SAYS.task.search(v.low, v.line_start(number.start), number.start)
    ):
        return True
    return (
        _SAYS.marked.search(v.low, since, number.start) is not None and _SAYS.asked.match(v.low, number.end) is not None
    )
