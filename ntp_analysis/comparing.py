"""Which figures are another time's, told to compare with: `cùng kỳ năm 2022 đạt 34,1%`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.clues import in_brackets
from ntp_analysis.discourse import Value
from ntp_analysis.found import Found
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("comparing")


def compare(walk: Walk, kept: Found, left: list[Mention]) -> None:
    """Mark a figure that is told to compare with, and give it the year that it is of."""
    if _turned(walk, kept.number, left):
        walk.comparing, walk.compare = False, None
    if walk.comparing and (walk.compare is not None or any(m.kind == "marker" and m.code == "compare" for m in left)):
        year: Value | None = walk.compare or Value("last_year", kept.number.start, "clause")
        _of_the_first_again(walk, kept, left)
    else:
        year = _of_the_one_before(walk, kept.number)
    if year is not None:
        kept.compare = True
        kept.state["period"] = year


def _turned(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`thấp hơn cùng kỳ năm 2024, song riêng vốn đầu tư đã giải ngân đạt 26,4%`: another subject of the same time."""
    markers = [m.end for m in left if m.kind == "marker" and m.code == "compare"]
    turn = _SAYS.turns.search(walk.v.low, markers[-1], number.start) if markers else None
    return (
        turn is not None
        and any(m.kind in ("programme", "capital", "component") and m.start >= turn.end() for m in left)
        and any(m.kind == "measure" and m.start >= turn.end() for m in left)
    )


def _of_the_one_before(walk: Walk, number: Number) -> Value | None:
    """The year of a figure told beside one to compare with, if it is the same one's."""
    last = walk.found[-1] if walk.found and walk.found[-1].compare else None
    if last is not None and walk.breakdown and number.unit == "percent" and all(f.compare for f in walk.found):
        return last.state["period"]  # "Cùng kỳ năm 2022 chỉ là 8,2%, trong đó vốn sự nghiệp 1,1%"
    if last is not None and _in_its_brackets(walk, number):
        return last.state["period"]
    if walk.compare is not None and walk.compare.position >= walk.last_end:
        return walk.compare
    if last is not None and (
        (walk.pairs and walk.paired > 1) or _SAYS.then.search(walk.v.low, walk.last_end, number.start)
    ):
        return last.state["period"]  # "cùng kỳ ... tương ứng 33,2% và 5,8%"
    return None


def _in_its_brackets(walk: Walk, number: Number) -> bool:
    """`cùng kỳ năm 2023 (vốn đầu tư đạt 48,2%; kinh phí thường xuyên 13,4%)`."""
    low, start = walk.v.low, walk.sentence.start
    return (
        in_brackets(low, start, number.start)
        and _SAYS.compared_by.search(low, start, low.rfind("(", start, number.start)) is not None
    )


def _of_the_first_again(walk: Walk, kept: Found, left: list[Mention]) -> None:
    """`Tỉnh A giải ngân 55,1%, cao hơn bình quân cả nước (52,4%) và cao hơn cùng kỳ năm 2023 (48,8%)`: last year's is A's."""
    place, first = kept.state.get("place"), walk.found[0] if walk.found else None
    if (
        first is None
        or place is None
        or place.position <= first.number.end
        or any(m.kind == "place" for m in left)
        or "place" not in first.state
    ):
        return
    if _SAYS.mean_of.search(walk.v.low, max(walk.sentence.start, place.position - 40), place.position):
        kept.state["place"] = first.state["place"]
