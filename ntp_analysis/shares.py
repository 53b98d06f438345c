"""What an amount's own rate tells of the plan that it is a share of: `161 tỷ đồng, đạt 43%` is of the 375 tỷ đồng told before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypeVar

from ntp_analysis.amounts import Number
from ntp_analysis.clues import is_rated
from ntp_analysis.discourse import DEFAULTS, Value
from ntp_analysis.found import Found
from ntp_analysis.mentions import SPECIFIC
from ntp_analysis.patterns import patterns

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("shares")

_RAISED_REACH = 16
REACH = 8
"""so many sums of money given, before an amount spent, can be what it is a share of"""
_SUBJECT = ("programme", "capital", "component")
_RATE_OF = {"disbursed": "rate", "distributed": "distribution_rate"}
_OF_RATE = {rate: money for money, rate in _RATE_OF.items()}


PART_OF = _SAYS.part_of


def stands_before_amount(low: str, start: int, number: Number) -> bool:
    """Tell whether a percentage only says what part of the whole the amount behind it is.

    `vốn ngân sách trung ương chiếm 64%, tương đương 48 tỷ đồng`
    """
    parted = number.unit == "percent" and PART_OF.search(low, max(start, number.start - 40), number.start)
    return (
        bool(parted)
        and _SAYS.its_amount.match(low, number.end) is not None
        and low.find("giải ngân", start, number.start) < 0
    )


def rates_amounts(walk: Walk, number: Number) -> bool:
    """`đạt 21,4% kế hoạch, tức 303 tỷ đồng trên tổng số 1.416 tỷ đồng`: the share that the first of two sums is of the second."""
    after = [n for n in walk.sentence.numbers if n.start > number.start][:2]
    if len(after) < 2 or any(n.unit != "VND" for n in after):
        return False
    spent, whole = after
    low = walk.v.low
    return (
        _SAYS.of_its_whole.match(low[number.end : spent.start]) is not None
        and _SAYS.on_a_whole.fullmatch(low, spent.end, whole.start) is not None
        and _is_of(spent, number, whole)
    )


def amount_of_rate(walk: Walk, number: Number) -> str:
    """`giải ngân đạt 45%, tương đương 200 tỷ đồng`; `đạt 45% (200 tỷ đồng)`: what was spent or passed on, told behind its rate."""
    if not walk.right_behind(*_OF_RATE):
        return ""
    before = walk.v.low[walk.last_end : number.start]
    told = len(walk.found) > 1 and walk.found[-2].number.unit == "VND" and is_rated(walk, walk.found[-2].number)
    return "" if told or not _SAYS.same.fullmatch(before) else _OF_RATE[walk.found[-1].measure]


_Sum = TypeVar("_Sum")
MOST_PARTS = 6


def runs(sums: Sequence[_Sum], most: int = MOST_PARTS) -> Iterator[Sequence[_Sum]]:
    """Yield the first two of some sums, the first three, and so on: what may together be the parts of a whole."""
    return (sums[:count] for count in range(2, min(len(sums), most) + 1))


def total(parts: Sequence[Number]) -> float:
    """What some amounts come to."""
    return sum(n.value or 0 for n in parts)


def makes_up(number: Number, sums: Sequence[Number], whole: float | None) -> bool:
    """Tell whether an amount is among the first of some sums that are together a whole."""
    return any(number in run and is_equal(total(run), whole) for run in runs(sums))


def adds_up(walk: Walk, number: Number) -> bool:
    """Tell whether an amount is one of several right behind a figure that together make it up, or the sum of the figures right before.

    `được phân bổ 419 tỷ đồng, chia hai phần: 262 tỷ đồng làm công trình, 157 tỷ đồng chi cho ...`
    """
    sums = [f.number for f in walk.found if f.number.unit == "VND" and not f.zero]
    coming = [n for n in walk.sentence.numbers if n.unit == "VND" and n.value]
    if any(makes_up(number, [n for n in coming if n.start > whole.start], whole.value) for whole in sums):
        return True
    if walk.breakdown_of_sum() and any(
        number in run and _are_parts(run, told.number) for told in walk.discourse.sums for run in runs(coming)
    ):
        return True
    if _SAYS.total.search(walk.v.low, walk.last_end, number.start) is None:
        return False
    told = [f.number for f in walk.discourse.plans if not f.compare]
    return bool(parts_of([*told, *sums], number))


def part_of_told(walk: Walk, number: Number) -> str:
    """`đã giải ngân 24.418 triệu đồng. Trong đó vốn đầu tư 19.040 triệu đồng (17,1%), vốn sự nghiệp 5.378 triệu đồng (4,8%)`: what the sum that these make up measured."""
    sums = [n for n in walk.sentence.numbers if n.unit == "VND" and n.value]
    told = (f for f in walk.discourse.sums if f.measure in ("disbursed", "distributed", "allocated"))
    return next((f.measure for f in told if makes_up(number, sums, f.number.value)), "")


def part_of_found(walk: Walk, number: Number) -> str:
    """`phân bổ gần 268,9/301,5 tỷ đồng; trong đó vốn đầu tư 152,4 tỷ đồng, vốn sự nghiệp 116,5 tỷ đồng`: what the sum of the sentence that these make up measured."""
    wholes = [f for f in walk.found if f.number.unit == "VND" and not f.zero]
    run = [
        n for n in walk.sentence.numbers if n.unit == "VND" and n.value and wholes and n.start > wholes[-1].number.start
    ][:MOST_PARTS]
    if number not in run or any(
        n.unit == "percent" and run[0].start < n.start < run[-1].start for n in walk.sentence.numbers
    ):
        return ""
    return next((f.measure for f in wholes if makes_up(number, run, f.number.value)), "")


def parts_of(sums: Sequence[Number], whole: Number) -> Sequence[Number]:
    """Return the last of some amounts, two or more, that together are a whole; none if none are."""
    return next((run for run in runs(sums[-MOST_PARTS:][::-1]) if is_equal(total(run), whole.value)), ())


_SMALLEST_PART = 0.002


def _are_parts(parts: Sequence[Number], whole: Number) -> bool:
    return is_equal(total(parts), whole.value) and all(
        (n.value or 0) > _SMALLEST_PART * (whole.value or 0) for n in parts
    )


def is_equal(one: float, two: float | None) -> bool:
    """Tell whether two amounts are the same, as far as articles round them."""
    return bool(two) and abs(one - (two or 0)) <= 0.0005 * (two or 0)


def plans_of(found: Sequence[Found]) -> list[Found]:
    """Return the sums of money given."""
    return [f for f in found if f.measure in ("allocated", "distributed") and f.number.unit == "VND" and not f.zero]


def is_share(walk: Walk, number: Number) -> bool:
    """Tell whether an amount is just the share of a plan told before that the rate right behind it says: it was spent."""
    given = walk.base.get("measure")
    if (
        walk.breakdown
        or (given and given.value == "allocated")
        or not is_rated(walk, number)
        or "chiếm" in walk.v.low[walk.last_end : number.end + 24]
    ):
        return False
    if walk.found and walk.found[-1].measure in ("distributed", "distribution_rate"):
        return False  # what is given out in detail is a share of the plan too
    rate = next((n for n in walk.sentence.numbers if n.start > number.start and n.unit == "percent"), None)
    plans = [*walk.discourse.plans, *plans_of(walk.found)][-REACH:]
    return rate is not None and any(_is_of(number, rate, p.number) and "raised" not in p.state for p in plans)


def gives_out_share(walk: Walk, number: Number) -> bool:
    """`vốn đầu tư 3.198 tỷ đồng. Đến nay các địa phương đã giao 2.942 tỷ đồng, đạt 92% kế hoạch`: the share that was passed on of a plan told before."""
    rate = walk.sentence.next_number(number.start)
    given = _SAYS.gives_out.search(walk.v.low, walk.last_end, number.start)
    if rate is None or rate.unit != "percent" or given is None or not is_rated(walk, number):
        return False
    return any(_is_of(number, rate, p.number) for p in [*walk.discourse.plans, *plans_of(walk.found)][-REACH:])


def part_of_raised(walk: Walk, rate: Number) -> bool:
    """`huy động 143,2 tỷ đồng. ... ngân sách huyện 14,8 tỷ đồng (10%)`: what part of what was raised a source gave, no rate."""
    if not walk.right_behind("allocated"):
        return False
    given = walk.found[-1].number
    plans = [*walk.discourse.plans, *plans_of(walk.found[:-1])][-_RAISED_REACH:]
    return any("raised" in p.state and _is_of(given, rate, p.number) for p in plans)


def share_of_plan(found: list[Found], plans: list[Found], home: str) -> None:
    """Give what is spent or passed on, with its rate, the subject of the sum told before of which it is just that share.

    What the sentence says of the amount itself stands, and so does what the passage says if a plan of that subject fits.
    """
    for spent, rate in _rated(found):
        told = [spent, rate, *_compared_with(found, rate)]
        here = [p for p in plans_of(found) if p.number.end <= spent.number.start]
        fitting = [
            p
            for p in reversed([*plans, *here][-REACH:])
            if _is_of(spent.number, rate.number, p.number) and _place(p, home) == _place(spent, home)
        ]
        passed_on = any(f.number.unit == "VND" and _is_of(spent.number, rate.number, f.number) for f in found)
        if (
            not fitting
            and not passed_on
            and _of_another_plan(
                spent, rate, [p for p in [*plans, *here][-REACH:] if _place(p, home) == _place(spent, home)]
            )
        ):
            for f in (spent, rate):
                f.state["of_day"] = Value(True, f.number.start, "passage")
        same = [p for p in fitting if _subject(p) == _subject(spent)]
        for plan in (same or fitting)[:1]:
            if "period" in plan.state and not any(
                _says(f, "period") and not _says_until_when(f) for f in (spent, rate)
            ):
                _take("period", plan, spent, rate)
            if (
                "source" in plan.state
                and _rated_once(found, spent, rate)
                and not any("source" in f.state for f in (spent, rate))
            ):
                _take("source", plan, spent, rate)
            carry = plan.state.get("carry")
            if (
                carry is not None
                and carry.value[0] == "only"
                and _rated_once(found, spent, rate)
                and not any("carry" in f.state or _says(f, "period") for f in found)
            ):
                _take("carry", plan, spent, rate)
            elif (
                carry is not None
                and carry.value[0] == "included"
                and not any("carry" in f.state for f in found)
                and not _says(spent, "period")
            ):
                for f in (spent, rate):
                    f.state["of_plan"] = Value("included", f.number.start, "passage")
        if same or not fitting:
            continue
        coarse = float(rate.number.value or 0).is_integer()
        for attribute in _SUBJECT:
            by_chance = coarse and attribute == "capital" and attribute not in fitting[0].state
            if not by_chance and not any(_says(f, attribute) for f in told):
                _take(attribute, fitting[0], *told)


def parts_of_plan(found: list[Found], plans: list[Found]) -> None:
    """`vốn đầu tư của 3 chương trình là 811,9 tỷ đồng ... Cụ thể, A 179,8; B 521,3; C 110,7 tỷ đồng`: sums that make up a plan told before are of its kind, its years and its source."""
    sums = plans_of(found)
    programmes = {
        f.state["programme"].value: f
        for f in reversed(sums)
        if "programme" in f.state and f.state["programme"].value in SPECIFIC
    }
    for parts in (list(programmes.values()), sums):
        whole = next(
            (
                p
                for p in reversed(plans[-REACH:])
                if len(parts) > 1 and is_equal(total([f.number for f in parts]), p.number.value)
            ),
            None,
        )
        if whole is not None:
            for f in sums:
                for attribute in ("capital", "period", "source"):
                    if attribute in whole.state and attribute not in f.state:
                        _take(attribute, whole, f)
            return


def _rated_once(found: Sequence[Found], spent: Found, rate: Found) -> bool:
    """`đạt 21,4%`: a rate told to a decimal, the only one of its amount: `so với số Thủ tướng giao đạt 34,4%, so với số HĐND giao 31%` is of two plans."""
    behind = [f for f in found if f.number.start > spent.number.start]
    rates = [
        f
        for f in takewhile(lambda f: f.number.unit == "percent", behind)
        if f.measure == rate.measure and not f.compare
    ]
    return not float(rate.number.value or 0).is_integer() and len(rates) < 2


def _of_another_plan(spent: Found, rate: Found, plans: Sequence[Found]) -> bool:
    """`Giai đoạn 2021-2025 được phân bổ 5.987 tỷ đồng. Đến 31/7/2023 giải ngân 402,6 tỷ đồng, đạt 19,1%`: of less than the span's plan, so of the day's year."""
    spans = [p for p in plans if "-" in str(p.state["period"].value if "period" in p.state else "")]
    if not spans or not spent.number.value or not rate.number.value:
        return False
    whole = 100 * float(spent.number.value) / float(rate.number.value)
    return all(
        whole < 0.8 * float(p.number.value or 0) or whole > 1.1 * float(p.number.value or 0) for p in plans
    ) and any(whole < 0.8 * float(p.number.value or 0) for p in spans)


def _compared_with(found: Sequence[Found], rate: Found) -> list[Found]:
    """`đạt 51,9% kế hoạch (cùng kỳ đạt 47,3%)`: what a rate is compared with is of the same money."""
    return [two for one, two in pairwise(found) if one is rate and two.compare and two.measure == rate.measure]


def _take(attribute: str, whole: Found, *parts: Found) -> None:
    told = whole.state.get(attribute)
    for f in parts:
        if told is not None:
            f.state[attribute] = Value(told.value, whole.number.start, "passage")
        else:
            f.state.pop(attribute, None)


def _says(f: Found, attribute: str) -> bool:
    value = f.state.get(attribute)
    return value is not None and value.position >= f.sentence.start and value.how == "clause"


def _says_until_when(f: Found) -> bool:
    """`đến hết quý I/2023 giải ngân 81,9 tỷ đồng, đạt 12,56%`: a year that only dates may be another than that of the plan."""
    day, year = f.state.get("as_of"), f.state["period"]
    return day is not None and day.value.until and day.value.start <= year.position < day.value.end


def _subject(f: Found) -> list[object]:
    return [f.state[attribute].value if attribute in f.state else DEFAULTS[attribute] for attribute in _SUBJECT]


def _rated(found: list[Found]) -> Iterator[tuple[Found, Found]]:
    """Pairs of an amount spent or passed on and the rate beside it; a rate behind its amount is not the next one's."""
    taken: Found | None = None
    for one, two in pairwise(found):
        for spent, rate in ((one, two), (two, one)):
            if (
                _RATE_OF.get(spent.measure) == rate.measure
                and spent.number.unit == "VND"
                and rate is not taken
                and not (spent.compare or rate.compare)
            ):
                taken = rate
                yield spent, rate


def _is_of(spent: Number, rate: Number, whole: Number) -> bool:
    """Tell whether an amount is the share of another that a rate says, as far as the rate is rounded."""
    if not (spent.value and rate.value and whole.value) or spent.value >= whole.value:
        return False
    decimals = len(f"{rate.value:g}".partition(".")[2])
    share = 100 * float(spent.value) / float(whole.value)
    return abs(share - float(rate.value)) <= 0.5 * 10**-decimals + share * 0.001


def _place(f: Found, home: str) -> str:
    value = f.state.get("place")
    return str(value.value.name) if value is not None else home
