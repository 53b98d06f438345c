"""What stands around a number: looked at both to accept it and to say what it measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk
    from ntp_analysis.found import Found
    from ntp_analysis.text import View

_SAYS = patterns("clues")

MONEY_MEASURES = ("allocated", "disbursed", "undisbursed", "distributed", "not_disbursed", "rest", "rate")
STANDARD = _SAYS.standard
"""new rural development, as the programme's name or as the standard that communes reach"""
RATE_WORDS = ("disbursed", "rate")


def text_before(walk: Walk, number: Number) -> str:
    """Return the words between the number before and this one."""
    return walk.v.low[walk.last_end : number.start]


def in_closed_brackets(low: str, start: int, end: int) -> bool:
    """`Dự án 2 (sắp xếp dân cư) được bố trí 18,6 tỷ`: what stands in brackets that close before the number is said aside."""
    close = low.find(")", start, end)
    return close >= 0 and "(" not in low[start:close]


def in_brackets(low: str, start: int, position: int) -> bool:
    """`Công trình kênh (xã Trần Phán)`: whether a bracket that opened since a place is still open."""
    return low.rfind("(", start, position) > low.rfind(")", start, position)


def beside(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Riêng Khánh Vĩnh 187,1 tỷ đồng`: right behind a name, in a passage that has told a sum."""
    near = [
        m for m in left if m.kind in ("place", "programme") and _SAYS.near.fullmatch(walk.v.low, m.end, number.start)
    ]
    return bool(near) and walk.discourse.head is not None


def list_item(walk: Walk) -> bool:
    """Tell whether the sentence is an item of a list with a lead, or under a heading."""
    return walk.sentence.line_kind == "item" and (walk.discourse.in_list or bool(walk.discourse.kept))


def joins(walk: Walk, number: Number) -> bool:
    """Tell whether only a comma, a slash or `và` parts a number from the one before."""
    return _SAYS.joined.fullmatch(walk.v.low, walk.last_end, number.start) is not None


def answers(walk: Walk, position: int) -> bool:
    """`- Đáp: 142,5 tỷ đồng, trong đó ...`, `Mới 18,2%.`: the answer to what was asked, or told just before, begins with the number."""
    return walk.last_end == walk.sentence.start and is_answer(walk.v.low, walk.last_end, position)


def is_answer(low: str, start: int, end: int) -> bool:
    """Tell whether nothing but a speaker's name and light words stands between two offsets."""
    return _SAYS.answers.fullmatch(low, start, end) is not None


def last(mentions: list[Mention], codes: tuple[str, ...]) -> Mention | None:
    """Return the last measure word of some meanings, or None."""
    fitting = [m for m in mentions if m.kind == "measure" and m.code in codes]
    return fitting[-1] if fitting else None


def verb_behind(walk: Walk, number: Number) -> str:
    """`100% vốn sự nghiệp đã được giao chi tiết`, `57,4% số này đã giải ngân`: said behind what the share is of."""
    verb = next(
        (
            m
            for m in walk.sentence.mentions
            if m.start > number.end and m.kind == "measure" and m.code in ("disbursed", "distributed")
        ),
        None,
    )
    said = (
        verb is not None
        and not any(n.unit and number.end <= n.start < verb.start for n in walk.sentence.numbers)
        and _SAYS.subject_behind.fullmatch(walk.v.low, number.end, verb.start)
    )
    return verb.code if verb is not None and said else ""


def of_whole(walk: Walk, number: Number) -> bool:
    """`thanh toán 318 tỷ đồng trong số 803 tỷ đồng`: spent of given."""
    spent = bool(walk.found) and walk.found[-1].measure == "disbursed" and walk.found[-1].number.unit == "VND"
    return spent and _SAYS.in_all.fullmatch(walk.v.low, walk.found[-1].number.end, number.start) is not None


def over_plan(walk: Walk, number: Number) -> bool:
    """`Kế đến là giảm nghèo bền vững, 79/372 tỷ đồng (21,2%)`: what is spent over its plan, with the rate."""
    told = walk.discourse.rates or walk.discourse.last_measure in ("disbursed", "rate")
    return told and _SAYS.rated_of_plan.match(walk.v.low, number.end) is not None


def of_all(walk: Walk, m: Mention) -> bool:
    """`70% vốn đầu tư, 40% vốn sự nghiệp, đến 31/1 giải ngân 95% kế hoạch vốn 3 chương trình`: the plan as a whole."""
    said = walk.cur.get("capital")
    whole = any(
        k.code == "ntp" and k.bound_to is m.bound_to for k in walk.sentence.between(m.end, m.end + 8, "programme")
    )
    return whole and said is not None and walk.sentence.start <= said.position < walk.last_end


def money_before(walk: Walk) -> str:
    """Return the measure of the sentence's last amount; of none, that of money given."""
    return next((f.measure for f in reversed(walk.found) if f.number.unit == "VND" and not f.zero), "allocated")


def disbursed_next(walk: Walk, number: Number) -> bool:
    """The next amount or rate of the same subject is said to be spent."""
    following = [m for m in walk.sentence.mentions if m.start >= number.end]
    for m in following:
        if m.kind == "measure" and m.code in ("disbursed", "rate", "not_disbursed"):
            return True
        if m.kind in ("programme", "place", "carry") and m.bound_to is None:
            return False
        if (
            m.kind == "capital"
            and m.bound_to is None
            and any(
                n.unit and n.start > number.end and n.start - m.end < 30
                for n in walk.sentence.numbers
                if n.start > m.end
                and not any(
                    k.kind == "measure" and k.code == "disbursed" and m.end <= k.start < n.start for k in following
                )
            )
        ):
            return False
    return False


def set_apart(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Chương trình A - 139,7 tỷ đồng - chạy nhanh nhất, 21,3%`: between dashes behind a name stands what it was given."""
    low = walk.v.low
    if not low.startswith((" - ", " – "), number.end) or not low.endswith((" - ", " – "), 0, number.start):
        return False
    named = any(m.kind in ("programme", "place", "capital", "component") and number.start - m.end <= 3 for m in left)
    return named and any(n.unit == "percent" and n.start > number.end for n in walk.sentence.numbers)


GIVES = _SAYS.gives
LARGEST = _SAYS.largest


def given_of_plan(walk: Walk, number: Number) -> bool:
    """`đã giao 42.118 tỷ đồng, tương đương 98,7% dự toán`: what part of the plan was given."""
    low, given = walk.v.low, walk.found[-1].number
    told = _SAYS.is_share.fullmatch(low, given.end, number.start) is not None and (
        walk.found[-1].measure == "distributed" or _SAYS.of_whole_plan.match(low, number.end) is not None
    )
    return told and _SAYS.gave.search(low, walk.sentence.start, given.start) is not None


def given_before(walk: Walk, number: Number) -> bool:
    """`được giao 226,5 tỷ đồng`, `huyện có nguồn vốn lớn nhất tỉnh, 226,5 tỷ đồng`: what was given, by the words before it."""
    low, since = walk.v.low, walk.last_end
    if (
        LARGEST.search(low, since, number.start)
        or _SAYS.given.search(low, since, number.start)
        or _SAYS.spent_next.match(low, number.end)
    ):
        return True
    return GIVES.search(low, since, number.start) is not None and disbursed_next(walk, number)


_IN_BRACKETS = re.compile(r" ?\(\d[\d,.]* ?%\)")


def shares_told(walk: Walk, end: int) -> bool:
    """`vốn ngân sách 5.362 tỷ đồng (chiếm 17%); vốn tín dụng 5.104 tỷ đồng (16%)`: what the brackets of such a list hold."""
    return (
        _IN_BRACKETS.match(walk.v.low, end) is not None
        and _SAYS.shares.search(walk.v.low, walk.sentence.start, walk.sentence.end) is not None
    )


def is_rated(walk: Walk, number: Number) -> bool:
    """Tell whether a rate stands right behind an amount."""
    return (
        not shares_told(walk, number.end)
        and _SAYS.rated.match(walk.v.low, number.end) is not None
        and _SAYS.of_another.match(walk.v.low, number.end) is None
    )


def next_of_a_list(walk: Walk, number: Number) -> bool:
    """`An Lão được giao 46 tỷ đồng, đạt 82%; Vân Canh - huyện mới - 38 tỷ đồng, đạt 66%`: the same is told of each."""
    told = walk.found[-2:]
    if len(told) < 2 or told[0].measure != "allocated" or told[0].number.unit != "VND" or told[1].measure != "rate":
        return False
    return any(
        (m.kind == "place" and m.data.kind == "named") or m.kind in ("programme", "capital")
        for m in walk.sentence.between(walk.last_end, number.start)
    )


def spent_as_rated(walk: Walk, number: Number) -> bool:
    """`Nguồn kéo dài khả quan hơn: 174,8 tỷ đồng, đạt 44%`: an amount with its rate right behind is what was spent.

    Not so where sums given are parted, and the percentages are the parts' shares.
    """
    rated = _SAYS.rated.match(walk.v.low, number.end)
    if (
        rated is None
        or shares_told(walk, number.end)
        or _SAYS.given.search(walk.v.low, walk.last_end, number.start)
        or _SAYS.held.search(walk.v.low, walk.last_end, number.start)
    ):
        return False
    if any(m.kind == "measure" and m.code in RATE_WORDS for m in walk.sentence.between(number.end, rated.end())):
        return False
    if any(
        m.kind == "place" and m.data.kind == "named" and number.start - m.end < 6
        for m in walk.sentence.between(walk.last_end, number.start)
    ):
        return False
    base = walk.base.get("measure")
    if next_of_a_list(walk, number):
        return False
    if walk.found:
        return walk.found[-1].measure in ("disbursed", "rate") and not walk.breakdown
    if base is not None and base.value == "allocated":
        return False
    return walk.discourse.rates or walk.discourse.last_measure in ("disbursed", "rate")


OF_PLAN = _SAYS.of_plan
RANKED = _SAYS.ranked


def _over_it(v: View, found: list[Found]) -> bool:
    """Tell whether the last two sums are what is spent over its plan."""
    return (
        len(found) == 2
        and found[0].measure == "disbursed"
        and _SAYS.in_all.fullmatch(v.low, found[0].number.end, found[1].number.start) is not None
    )


def spent_before(walk: Walk, number: Number) -> bool:
    """`số đã giải ngân là 12 tỷ 888 triệu đồng, chiếm 45%`, `4.193 tỷ đồng/5.874 tỷ đồng (chiếm 71,4%)`: right behind what is spent a part is its rate."""
    spent = walk.right_behind("disbursed", "distributed") or (
        walk.right_behind("allocated") and _over_it(walk.v, walk.found[-2:])
    )
    before = text_before(walk, number)
    if spent and _SAYS.whole_share.fullmatch(before):
        return walk.v.low[number.end : number.end + 1] in (",", ";", ".", "")
    return spent and before.startswith((",", " (", " chiếm")) and len(before) < 24


def to_exceed(walk: Walk, number: Number) -> bool:
    """`phải giải ngân 45% ..., và cả năm vượt 95%`: a goal to be exceeded is no change."""
    basis = walk.cur.get("basis")
    return (
        basis is not None
        and basis.value == "target"
        and basis.position >= walk.sentence.start
        and _SAYS.exceeding.search(walk.v.low, walk.last_end, number.start) is not None
    )


def passes(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Sơn La, Lào Cai vượt 60%; Cà Mau dưới 20%`: what units named right before have come to."""
    if not walk.discourse.rates or _SAYS.by_so_much.match(walk.v.low, number.end):
        return False
    return any(
        m.kind == "place" and m.data.kind == "named" and _SAYS.passes.fullmatch(walk.v.low, m.end, number.start)
        for m in left
    )


OF_WHOLE = _SAYS.of_whole


def spends_of_whole(walk: Walk, number: Number) -> bool:
    """Tell whether a bare word for spending leads to an amount out of a whole."""
    return (
        _SAYS.spent_of.search(text_before(walk, number)) is not None
        and OF_WHOLE.match(walk.v.low, number.end) is not None
    )


def risen_from(walk: Walk, number: Number) -> bool:
    """Tell whether a rate is what another has risen from: its day is of it alone."""
    return (
        number.unit == "percent"
        and _SAYS.risen_from.search(text_before(walk, number)) is not None
        and _SAYS.risen_to.match(walk.v.low, number.end) is not None
    )


def still_to_spend(walk: Walk, number: Number) -> bool:
    """`vẫn còn hơn 300 tỷ đồng cần giải ngân`, `giải pháp nào để tiêu hết 496 tỷ đồng còn lại?`"""
    if _SAYS.must_spend.search(walk.v.low, walk.last_end, number.start) or (
        _SAYS.spend_all.search(walk.v.low, walk.last_end, number.start) and _SAYS.left.match(walk.v.low, number.end)
    ):
        return True
    return (
        _SAYS.still.search(walk.v.low, walk.last_end, number.start) is not None
        and _SAYS.to_spend.match(walk.v.low, number.end) is not None
    )
