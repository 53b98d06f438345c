"""Sums that part one told before: by what they are for, or by whose they are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.shares import REACH, plans_of, total
from ntp_analysis.topics import SMALLEST, topic_of

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("parts")


def listed(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`được hỗ trợ gồm: Ba Vinh 150 triệu, Ba Tô 200 triệu`: each of several units with its sum right behind its name."""

    def named(n: Number) -> bool:
        return n.unit == "VND" and any(
            m.kind in ("place", "container")
            and m.data.kind == "named"
            and _SAYS.behind_a_name.fullmatch(walk.v.low, m.end, n.start)
            for m in walk.sentence.mentions
            if m.end <= n.start
        )

    if not named(number) or topic_of(walk, number, left):
        return False
    told = [n for n in walk.sentence.numbers if named(n)]
    if len(told) < 2:
        return False
    parts = total(told)
    if len(told) > 2 and any(parts <= 1.001 * float(p.number.value or 0) for p in walk.discourse.plans[-REACH:]):
        return True  # "Chương trình A được phân 31,5 tỷ đồng. Mức của từng nơi: ..."
    first = told[0]
    return any(
        m.kind == "measure" and m.code in ("given", "allocated") and _SAYS.granted.search(walk.v.low[m.start : m.end])
        for m in walk.sentence.mentions
        if m.end <= first.start
    )


def part_for(walk: Walk, number: Number) -> bool:
    """`Trong đó, hơn 87 tỷ đồng đầu tư cơ sở hạ tầng thiết yếu`: a part of the sum told right before, for no one work."""
    low, start = walk.v.low, walk.sentence.start
    part = (
        _SAYS.of_which.fullmatch(low, start, number.start) is not None
        and _SAYS.general.match(low, number.end) is not None
    )
    part = part or (
        _SAYS.hedged.fullmatch(low, start, number.start) is not None and _SAYS.is_for.match(low, number.end) is not None
    )
    wholes = [p.number.value or 0 for p in walk.discourse.plans[-REACH:]]
    return (
        part
        and not walk.found
        and (number.value or 0) >= SMALLEST
        and any((number.value or 0) < whole for whole in wholes)
    )


def _after_semicolons(walk: Walk, number: Number) -> bool:
    """`tỉnh dành 19 tỷ đồng giải quyết đất ở; 13,4 tỷ đồng hỗ trợ sản xuất; 108 tỷ đồng đầu tư hạ tầng`: sums in a row, each before what it is for."""
    low = walk.v.low
    row = [
        n
        for n in walk.sentence.numbers
        if n.unit == "VND"
        and _SAYS.next_sum.search(low, walk.sentence.start, n.start)
        and _SAYS.is_to.match(low, n.end)
    ]
    given = [f for f in walk.found if f.measure == "allocated"]
    begun = bool(given) and _SAYS.is_to.match(low, given[-1].number.end) is not None
    return bool(given) and (len(row) > 1 or begun) and number in row and (number.value or 0) >= SMALLEST


def _bracketed(walk: Walk, number: Number) -> bool:
    """`dành phần lớn cho hạ tầng (106 tỷ đồng); hỗ trợ sản xuất (27,1 tỷ đồng)`: the next purpose, with its sum in brackets as the one before."""
    joined = _SAYS.purpose_then.fullmatch(
        walk.v.low, walk.last_end, number.start
    ) is not None and walk.v.low.startswith(")", number.end)
    return (
        joined
        and walk.right_behind("allocated")
        and _SAYS.is_to.match(walk.v.low, walk.v.low.index(" ", walk.last_end)) is not None
    )


def by_purpose(walk: Walk, number: Number) -> bool:
    """`Vốn sự nghiệp chia cho: hạ tầng 106 tỷ đồng; văn hóa 78,6 tỷ đồng; ...`: the parts of a sum told before, each behind what it is for."""
    low = walk.v.low
    colon = low.find(":", walk.sentence.start, walk.sentence.end)
    items = [n for n in walk.sentence.numbers if n.start > colon > 0 and n.unit]
    if _after_semicolons(walk, number) or _bracketed(walk, number):
        return True
    if len(items) < 3 or number not in items or any(n.unit != "VND" for n in items):
        return False
    if not all(_SAYS.listed_purpose.fullmatch(low, one.end, two.start) for one, two in pairwise(items)):
        return False
    parts = total(items)
    wholes = [p.number.value or 0 for p in [*walk.discourse.plans, *plans_of(walk.found)]]
    return any(0.6 * whole <= parts <= 1.001 * whole for whole in wholes)


def parted(walk: Walk, number: Number) -> bool:
    """`nguồn lực khoảng 2.176 tỷ đồng, trong đó vốn tín dụng ...`: what is parted by capital or source is a budget."""
    lead = next(
        (m for m in walk.sentence.between(number.end, number.end + 30) if m.kind == "marker" and m.code == "breakdown"),
        None,
    )
    if lead is None or any(n.unit and number.end <= n.start < lead.start for n in walk.sentence.numbers):
        return False
    return any(
        m.kind in ("capital", "source", "programme") and m.code != "other"
        for m in walk.sentence.between(lead.end, lead.end + 40)
    )


def part_of_source(walk: Walk, number: Number) -> bool:
    """`huy động 678 tỷ đồng; trong đó người dân đóng góp 11 tỷ đồng làm đường`: a part of the sum, whatever it built."""
    given = walk.right_behind("allocated")
    return bool(walk.breakdown and given) and any(
        m.kind == "source" for m in walk.sentence.between(walk.last_end, number.start)
    )
