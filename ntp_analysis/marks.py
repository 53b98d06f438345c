"""Percentages and sums that units are counted by: a mark that they lie over or under, no figure of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.bounds import is_threshold
from ntp_analysis.clues import text_before
from ntp_analysis.patterns import patterns

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("marks")


def only_marks(walk: Walk, number: Number) -> bool:
    """`8 tỉnh giải ngân trên 80%, như Thanh Hóa 92,1%`: a percentage that units named behind it lie over or under."""
    before = text_before(walk, number)
    return number.unit == "percent" and (marks_units(walk, number) or counts_places(walk, before, number))


def _next_mark(walk: Walk, number: Number) -> bool:
    """`47 xã giải ngân từ 30% đến dưới 50%, còn lại dưới 30%`: marks of the units counted."""
    return walk.mark > walk.last_end and _SAYS.next_mark.fullmatch(walk.v.low, walk.mark, number.start) is not None


def counts_places(walk: Walk, before: str, number: Number) -> bool:
    """`14 địa phương giải ngân trên 50%` counts places; `hai huyện Phong Thổ và Sìn Hồ trên 50%` names them."""
    m = _SAYS.counted.search(before)
    if m is not None and any(
        k.code == "target" for k in walk.sentence.between(walk.last_end + m.start(), number.start, "basis")
    ):
        return False  # "40 xã cam kết giải ngân đạt từ 95%"
    return m is not None and not any(
        c.isupper() for c in _SAYS.offices.sub("", walk.v.text[walk.last_end + m.start() + 1 : number.start])
    )


def marks_units(walk: Walk, number: Number) -> bool:
    """`47 xã giải ngân từ 30% đến dưới 50%`."""
    return is_threshold(walk.v, number) or _next_mark(walk, number)
