"""Numbers told in an order given before: by the lead of a list, or by the sentence before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.patterns import patterns

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("in_order")


def measure_in_order(walk: Walk, number: Number) -> str:
    """Return what a number measures by its place in an order, or nothing.

    `(số được giao; số giải ngân):` says it of each item's amounts; `Tại huyện A, con số này lần lượt là 168 tỷ đồng
    và 11,9 tỷ đồng` goes by the sentence before, unless it tells the numbers of several units.
    """
    s, low = walk.sentence, walk.v.low
    these = (
        list(_SAYS.in_order.finditer(low, s.start, number.start))
        if _SAYS.these.search(low, s.start, number.start)
        else []
    )
    if these and not walk.pairs:
        end = low.find(";", number.end, s.end)
        numbers = [n for n in s.numbers if n.unit and these[-1].end() <= n.start < (end if end > 0 else s.end)]
        told = [one for one in walk.discourse.measured if any(n.unit == one[1] for n in numbers)]
        if number in numbers and [n.unit for n in numbers] == [unit for _, unit in told]:
            return told[numbers.index(number)][0]
    if _told_alike(walk, number):
        return "allocated"
    if s.line_kind != "item" or number.unit != "VND":
        return ""
    order = [code for code in walk.discourse.list_order if code != "rate"]
    nth = sum(n.unit == "VND" and n.start < number.start for n in s.numbers)
    return order[nth] if nth < len(order) else ""


def _told_alike(walk: Walk, number: Number) -> bool:
    """`A được giao 158,3 tỷ đồng, đạt 37,9%. B 63,1 tỷ đồng, đạt 52,6%.`: a sum and its rate, as the sentence before told them."""
    if walk.discourse.measured != (("allocated", "VND"), ("rate", "percent")):
        return False
    s = walk.sentence
    numbers = [n for n in s.numbers if n.unit]
    named = {m.kind for m in s.between(s.begin, number.start)}
    return (
        [n.unit for n in numbers] == ["VND", "percent"]
        and number is numbers[0]
        and not named.isdisjoint(("programme", "component", "place"))
        and "measure" not in named
        and _SAYS.its_rate.match(walk.v.low[number.end : numbers[1].start]) is not None
    )
