"""Which sums include money carried over from earlier years, told from the parts beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ntp_analysis.amounts import Number
from ntp_analysis.discourse import Value, is_carried
from ntp_analysis.found import Found, breaks_down, retells
from ntp_analysis.model import Figure
from ntp_analysis.patterns import patterns
from ntp_analysis.shares import is_equal, parts_of, plans_of, runs, total
from ntp_analysis.text import View

_SAYS = patterns("carryover")

_GIVEN = ("allocated", "distributed")


def _count(whole: Found, how: str) -> None:
    whole.state["carry"] = Value((how, "", False), whole.number.start, "sentence")


def total_includes_its_parts(found: Sequence[Found], plans: Sequence[Found], v: View) -> None:
    """A sum one of whose parts was carried over includes what was carried over."""
    _includes_what_it_adds(found, plans)
    if (
        found
        and found[0].measure in _GIVEN
        and "carry" not in found[0].state
        and (_SAYS.left_out_behind.match(v.low, found[0].number.end) or _beside_it(found, v))
    ):
        _count(found[0], "excluded")
    if len(found) > 1 and _part_first(found[0], found[1], v):
        _count(found[1], "included")
    if (
        len(found) > 1
        and _SAYS.counted_in_first.match(v.low, found[0].sentence.start)
        and found[0].measure == found[1].measure == "allocated"
        and (found[1].number.value or 0) > (found[0].number.value or 0)
    ):
        _forget("source", found[0], found[1])
    if _beside_a_later_sum(found, v) or len(found) < 2 or found[0].measure not in _GIVEN or found[0].state.get("carry"):
        return
    if any(
        _SAYS.added.search(v.low, one.number.end, two.number.start)
        for one, two in pairwise(found)
        if is_carried(two.state)
    ):
        return
    if _adds_up_later(found):
        return
    parts = [f.state["carry"].value[0] for f in found[1:] if f.state.get("carry") and f.measure in _GIVEN]
    second = next((f.number.start for f in found[1:] if f.measure in _GIVEN), found[1].number.start)
    if "only" in parts and _SAYS.excluding.search(v.low, found[0].number.end, second):
        _count(found[0], "excluded")
    elif "only" in parts and (
        "excluded" in parts
        or _SAYS.including.search(v.low, found[0].number.end, second)
        or v.low.startswith(" (", found[0].number.end)
    ):
        _count(found[0], "included")


def _beside_it(found: Sequence[Found], v: View) -> bool:
    """`kế hoạch vốn 1.384 tỷ đồng, vốn đầu tư 802 tỷ đồng; ngoài số này còn 263 tỷ đồng của năm 2022 kéo dài`: left out of the first."""
    return any(
        is_carried(two.state) and _SAYS.out_of_it.match(v.low, one.number.end, two.number.start)
        for one, two in pairwise(found)
    )


def _adds_up_later(found: Sequence[Found]) -> bool:
    """`cấp 1.806 tỷ đồng; cộng cả 513 tỷ đồng của năm 2022 chuyển sang, tổng số vốn là 2.319 tỷ đồng`: the first has none of it."""
    moved = [f for f in found[1:] if is_carried(f.state)]
    return any(
        is_equal(float((found[0].number.value or 0) + (part.number.value or 0)), float(f.number.value or 0))
        for part in moved
        for f in found[1:]
        if f.number.unit == "VND" and f is not part
    )


_MOST_PARTS = 4


def takes_in_its_parts(found: Sequence[Found], told: Sequence[Figure]) -> None:
    """`giải ngân 27.680 tỷ đồng, bằng 55%. Trong đó, vốn năm 2024 chuyển sang 3.712 tỷ đồng; vốn năm 2025 23.968 tỷ đồng`: the whole of both, and its rate, include what was carried over."""
    sums = [f for f in found if f.number.unit == "VND" and not f.zero]
    for n, whole in enumerate(sums):
        if "carry" not in whole.state and _makes_up(
            _without_parts(sums[n + 1 :]), whole.measure, float(whole.number.value or 0)
        ):
            _count(whole, "included")
            behind = found[found.index(whole) + 1]
            if behind.measure in ("rate", "distribution_rate") and "carry" not in behind.state:
                _count(behind, "included")
    apart = _without_parts(sums) if told else []
    for n, row in enumerate(told):
        if row.unit == "VND" and not row.carryover and _makes_up(apart, row.measure, float(row.value)):
            row.carryover = "included"
            rate = told[n + 1] if n + 1 < len(told) else None
            if rate is not None and rate.measure in ("rate", "distribution_rate") and not rate.carryover:
                rate.carryover = "included"


def _without_parts(sums: list[Found]) -> list[Found]:
    """`vốn giao trong năm 804 tỷ đồng, trong đó ngân sách trung ương 712 tỷ đồng, địa phương 92 tỷ đồng; vốn năm trước 208 tỷ đồng`: what parts the first is no part of the whole beside it."""
    parts = {
        id(f)
        for n, whole in enumerate(sums)
        for run in runs(sums[n + 1 : n + 1 + _MOST_PARTS], _MOST_PARTS)
        if run[0] is sums[n + 1] and is_equal(total([f.number for f in run]), float(whole.number.value or 0))
        for f in run
    }
    return [f for f in sums if id(f) not in parts]


def _makes_up(sums: Sequence[Found], measure: str, whole: float) -> bool:
    """Tell whether sums of one measure, some of them carried over and some not, are together a whole."""
    for run in runs(sums, _MOST_PARTS):
        moved = sum(is_carried(f.state) for f in run)
        if (
            all(f.measure == measure for f in run)
            and 0 < moved < len(run)
            and is_equal(total([f.number for f in run]), whole)
        ):
            return True
    return False


def _includes_what_it_adds(found: Sequence[Found], plans: Sequence[Found]) -> None:
    """`43,9 tỷ đồng; cộng với 14,5 tỷ đồng của các năm trước chuyển sang, tỉnh có 58,4 tỷ đồng`: the sum of both includes it."""
    sums = [*plans, *plans_of(found)]
    for n, whole in enumerate(sums[len(plans) :], len(plans)):
        parts = parts_of([f.number for f in sums[:n]], whole.number)
        moved = [f for f in sums if f.number in parts and is_carried(f.state)]
        if moved and len(moved) < len(parts):
            _count(whole, "included")


def _forget(attribute: str, part: Found, whole: Found) -> None:
    """A whole told behind its part is not of what only the part is of."""
    told = whole.state.get(attribute)
    if told is not None and part.sentence.start <= told.position < part.number.end:
        whole.state.pop(attribute)


def _beside_a_later_sum(found: Sequence[Found], v: View) -> bool:
    """`giải ngân 38 tỷ đồng, đạt 12% kế hoạch (là 301 tỷ đồng, chưa kể 96 tỷ đồng vốn năm 2022 chuyển sang)`: left out of the sum right before."""
    for one, two in pairwise(found[1:]):
        if one.measure != "allocated" or one.number.unit != "VND" or "carry" in one.state or not is_carried(two.state):
            continue
        if said := _SAYS.beside_it.fullmatch(v.low, one.number.end, two.number.start):
            _count(one, "excluded" if said["out"] else "included")
            return True
    return False


def _part_first(part: Found, whole: Found, v: View) -> bool:
    """`kể cả 15 tỷ đồng từ năm 2022 chuyển sang, huyện có 57 tỷ đồng`: the part is told before its whole."""
    own = whole.state.get("carry")
    moved = is_carried(part.state) and part.measure == whole.measure == "allocated"
    if (
        not moved
        or (own is not None and own.position > part.number.end)
        or (whole.number.value or 0) <= (part.number.value or 0)
    ):
        return False
    return _SAYS.counting_in.search(v.low, part.sentence.start, part.number.start) is not None or (
        v.low.startswith(")", part.number.end) and _SAYS.counted_in_first.match(v.low, part.sentence.start) is not None
    )


def takes_in_earlier_year(v: View, f: Found, found: Sequence[Found], made: Sequence[Figure]) -> None:
    """`Năm nay huyện được giao 238 tỷ đồng, trong đó 71 tỷ đồng là của năm 2022`: that part was carried over."""
    own = f.state.get("period")
    if not made or own is None or own.how != "clause" or f.measure != "allocated" or is_carried(f.state):
        return
    whole, low, start = made[0], v.low, found[0].number.end
    years = re.fullmatch(r"(?:20\d\d-)?(20\d\d)", str(own.value))
    if (
        not years
        or whole.measure != "allocated"
        or not whole.period.isdigit()
        or years[1] >= whole.period
        or (f.number.value or 0) >= whole.value
    ):
        return
    later = sum(
        1 for k in found if (p := k.state.get("period")) and p.position > start and str(p.value) != str(own.value)
    )
    if (
        not later
        and _SAYS.including.search(low, start, f.number.start)
        and _SAYS.of_a_year.search(low, start, min(f.number.end + 40, f.sentence.end))
    ):
        f.state["carry"] = Value(("only", str(own.value), True), own.position, "clause")
        whole.carryover = whole.carryover or "included"


def takes_in_retold(v: View, found: Sequence[Found], told: Sequence[Figure], lead: Sequence[Figure]) -> None:
    """`... là 742 tỷ đồng. Khoản này đã cộng 186 tỷ đồng của các năm trước chuyển qua`: the sum told before includes it."""
    item = bool(found) and found[0].sentence.line_kind == "item"
    goes_on = item and bool(found) and not v.begins_line(found[0].sentence.start)
    sums = [r for r in (lead if item and not goes_on else told) if r.measure == "allocated" and r.unit == "VND"]
    whole = max(sums, key=lambda r: r.value, default=None)
    if (
        whole is not None
        and not whole.carryover
        and found
        and (breaks_down(found[0].sentence) or v.low.startswith("theo đó", found[0].sentence.start))
        and _SAYS.rest_moved.search(v.low, found[-1].number.end, found[0].sentence.end)
    ):
        whole.carryover = "included"
        return
    moved = [f for f in found if f.measure == "allocated" and is_carried(f.state)]
    if whole is None or whole.carryover or not moved or not ((item and not goes_on) or retells(v, found[0].sentence)):
        return
    without = _SAYS.excluding.search(v.low, found[0].sentence.start, moved[0].number.start)
    for row in sums if without else ():
        row.carryover = row.carryover or "excluded"
    if (moved[0].number.value or 0) < whole.value:
        whole.carryover = whole.carryover or "included"


def years_moved(v: View, number: Number, end: int) -> str:
    """`cho phép kéo dài 7.100 tỷ đồng vốn sự nghiệp năm 2023 sang năm 2024`: the year of the money that is moved, if a sum is told so."""
    if not _SAYS.moves.search(v.low, max(0, number.start - 60), number.start):
        return ""
    told = _SAYS.from_year.match(v.low, number.end, end)
    return "-".join(re.findall(r"20\d\d", told["years"])) if told else ""
