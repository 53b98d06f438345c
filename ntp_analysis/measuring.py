"""What an accepted number measures: money given, spent, left, passed on, or a rate of it."""

from __future__ import annotations

import re
from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.clues import (
    MONEY_MEASURES,
    OF_WHOLE,
    RATE_WORDS,
    beside,
    disbursed_next,
    given_before,
    given_of_plan,
    in_brackets,
    in_closed_brackets,
    is_rated,
    joins,
    last,
    money_before,
    next_of_a_list,
    of_whole,
    set_apart,
    spends_of_whole,
    spent_as_rated,
    still_to_spend,
    verb_behind,
)
from ntp_analysis.in_order import measure_in_order
from ntp_analysis.mentions import Mention
from ntp_analysis.nothing import WHOLE_OF_NOTHING
from ntp_analysis.parts import listed
from ntp_analysis.patterns import patterns
from ntp_analysis.shares import (
    amount_of_rate,
    gives_out_share,
    is_share,
    part_of_found,
    part_of_told,
)

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("measuring")


def measure_of(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> tuple[str, str]:
    """Return a figure's measure and how near its evidence is."""
    if number.unit == "percent":
        return _rate_of(walk, number, left)
    measure, how = _of_money(walk, number, left, bound)
    if measure == "distributed" and how != "clause" and any(m.kind == "place" and m.data.kind == "named" for m in left):
        return "allocated", how  # "đã phân khai 489 tỷ đồng, trong đó xã A 38 tỷ đồng": what A was given
    if measure == "distributed" and (_to_one(walk, left) or _handed_to(walk)):
        return "allocated", how
    return measure, how


def _to_one(walk: Walk, left: list[Mention]) -> bool:
    """`Vốn năm 2022 phân bổ về A Lưới 152,7 tỷ đồng`: what one unit is given, by nobody named."""
    own = last(left, ("distributed",))
    if own is None or _SAYS.giver_said.match(walk.v.low, own.start) or "chi tiết" in walk.v.low[own.start : own.end]:
        return False
    places = [m for m in walk.sentence.mentions if m.kind == "place" and m.start < own.start]
    return not places and any(
        m.kind == "place" and m.data.kind == "named" and m.start - own.end < 10 for m in left if m.start >= own.end
    )


def _handed_to(walk: Walk) -> bool:
    """`tỉnh đã bố trí vốn cho huyện Bắc Hà 120 tỷ đồng`: what the one that a sum is of was given."""
    place = walk.cur.get("place")
    if place is None or place.position < max(walk.sentence.start, walk.last_end) or place.value.kind != "named":
        return False
    group = walk.groups.get("place", [])
    begin = group[0].start if group and group[0].start >= walk.last_end else place.position
    return _SAYS.to.search(walk.v.low, max(walk.sentence.start, begin - 40), begin) is not None


def _of_money(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> tuple[str, str]:
    if told := _of_slash(walk, number):
        return told, "clause"
    own, behind = _own_words(walk, number, left, bound)
    if in_brackets(walk.v.low, walk.sentence.start, number.start) and (told := part_of_found(walk, number)):
        return told, "sentence"
    return (
        _by_words(walk, number, own, behind) or _by_beside(walk, number, left) or _by_passage(walk, number, left, bound)
    )


def _own_words(
    walk: Walk, number: Number, left: list[Mention], bound: list[Mention]
) -> tuple[Mention | None, Mention | None]:
    """Return the word that tells what a sum measures, and the one behind it."""
    own = last(
        [m for m in left if not (m.code == "distributed" and in_closed_brackets(walk.v.low, m.end, number.start))],
        MONEY_MEASURES,
    )
    behind = last(bound, MONEY_MEASURES)
    if (
        own
        and own.code == "rest"
        and not given_before(walk, number)
        and any(m.kind == "place" and m.data.kind == "named" and m.start >= own.end for m in left)
    ):
        own = None  # "Còn lại là Vân Canh với 72,2 tỷ đồng": the last of the list
    if own and own.code == "rest" and _SAYS.unspent_next.match(walk.v.low, number.end):
        return own, Mention(number.end, number.end, "measure", "undisbursed")
    if behind and (
        own is None or (own.code == "allocated" and behind.code in ("not_disbursed", "undisbursed", "disbursed"))
    ):
        own = behind
    return own, behind


def _by_words(walk: Walk, number: Number, own: Mention | None, behind: Mention | None) -> tuple[str, str] | None:
    """What words beside a sum say that it measures."""
    if (
        _SAYS.has_inside.search(walk.v.low, walk.last_end, number.start)
        or _SAYS.given_right.search(walk.v.low, walk.last_end, number.start)
        or (own and _says_given(walk, number, own, behind))
    ):
        return "allocated", "clause"
    if _SAYS.fraction_spent.search(walk.v.low, walk.last_end, number.start):
        return "disbursed", "clause"
    if own and own.code == "disbursed" and _SAYS.into_the_next.match(walk.v.low, own.end):
        return "allocated", "clause"
    if own and own.code in ("disbursed", "undisbursed") and _of_a_fraction(walk, own, number):
        return "allocated", "clause"
    if own and own.code == "allocated" and _spent_of_plan(walk, number, own):
        return "disbursed", "clause"
    if (
        own
        and own.code == "allocated"
        and _SAYS.handed_on.match(walk.v.low, own.end)
        and walk.v.low.startswith("đã", own.start)
    ):
        return "distributed", "clause"
    if own and own.code == "allocated" and part_of_told(walk, number) == "disbursed" and is_rated(walk, number):
        # "giải ngân 27.680 tỷ đồng, gồm ...; vốn kế hoạch năm 2025 là 23.968 tỷ đồng, đạt 56%"
        return "disbursed", "passage"
    if own and own.code == "allocated" and gives_out_share(walk, number):
        return "distributed", "clause"
    if still_to_spend(walk, number) or _left_to_move_on(walk, number):
        return "undisbursed", "clause"
    if own is None and _given_out(walk, number):
        return "distributed", "clause"
    if own is None and behind is None and (told := measure_in_order(walk, number)):
        return told, "passage"
    if (own is None or (own.code == "allocated" and not _plan_right_before(walk, own, number))) and _lead_spent(
        walk, number
    ):
        return "disbursed", "passage"
    if (
        own
        and own.code == "allocated"
        and _names_new_money(walk, own)
        and walk.found
        and money_before(walk) == "disbursed"
        and is_rated(walk, number)
    ):
        return "disbursed", "sentence"
    if own is None and _SAYS.years_plan.search(walk.v.low, walk.last_end, number.start):
        return "allocated", "clause"
    if own and own.code == "rest" and behind is not None and behind.code == "undisbursed":
        return "undisbursed", "clause"
    if own and own.code == "rest":
        before = (
            money_before(walk)
            if walk.found
            else ("disbursed" if walk.discourse.last_measure in ("disbursed", "rate") else "allocated")
        )
        return "undisbursed" if before == "disbursed" or _left_of_plan(walk, number) else before, "sentence"
    return ({"not_disbursed": "undisbursed", "rate": "disbursed"}.get(own.code, own.code), "clause") if own else None


def _of_a_fraction(walk: Walk, own: Mention, number: Number) -> bool:
    """`giải ngân được một phần ba số vốn 1.480 tỷ đồng`, `khó giải ngân hết 84 tỷ đồng`: the whole that was given."""
    low = walk.v.low
    if _SAYS.fraction.search(low, own.end, number.start):
        return True
    return (
        _SAYS.all_of.fullmatch(low, own.end, number.start) is not None
        and _SAYS.hardly.search(low, max(walk.sentence.start, own.start - 16), own.start) is not None
    )


def _left_to_move_on(walk: Walk, number: Number) -> bool:
    """`còn 6.290 tỷ đồng vốn chưa giải ngân phải chuyển nguồn`: what was left at the year's end, before it is moved."""
    left = _SAYS.still_there.search(walk.v.low, walk.last_end, number.start) is not None
    return left and any(
        m.kind == "carry" and _SAYS.unspent.search(walk.v.low, m.start, m.end)
        for m in walk.sentence.between(number.end, number.end + 40)
    )


def _given_out(walk: Walk, number: Number) -> bool:
    """`Riêng vốn đầu tư phân bổ 1.328 tỷ đồng, đạt 92,4%`, where what was passed on in detail is told of."""
    told = walk.discourse.last_measure in ("distributed", "distribution_rate") or any(
        f.measure == "distributed" for f in walk.found
    )
    return (
        told and _SAYS.given_out.search(walk.v.low, walk.last_end, number.start) is not None and is_rated(walk, number)
    )


def _spent_of_plan(walk: Walk, number: Number, own: Mention) -> bool:
    """`giải ngân vốn đầu tư các chương trình kế hoạch năm 2023 khoảng 14.870 tỷ đồng, đạt 61,2%`: the plan only says which money was spent."""
    verbs = [m for m in walk.sentence.between(walk.last_end, own.start, "measure") if m.code == "disbursed"]
    low = walk.v.low
    return (
        bool(verbs)
        and low.startswith("kế hoạch", own.start)
        and re.search("[,;:(]", low[verbs[-1].end : number.start]) is None
        and is_rated(walk, number)
    )


def _left_of_plan(walk: Walk, number: Number) -> bool:
    """`giải ngân 422,5/561,7 tỷ đồng; phần còn lại 139,2 tỷ đồng`: what was spent and this are the plan."""
    sums = [f for f in walk.found if f.number.unit == "VND"][-2:]
    if [f.measure for f in sums] != ["disbursed", "allocated"]:
        return False
    spent, plan = (f.number.value or 0 for f in sums)
    return isclose(spent + (number.value or 0), plan, rel_tol=0.01)


def _also_left(walk: Walk, number: Number) -> bool:
    """`Tỉnh còn 480 tỷ đồng nằm trong kho bạc. Riêng huyện A còn 61,3 tỷ đồng, B còn 57,8 tỷ đồng`."""
    told = walk.found[-1].measure if walk.found else walk.discourse.last_measure
    return told == "undisbursed" and _SAYS.also_still.search(walk.v.low, walk.last_end, number.start) is not None


def _left_over(walk: Walk, number: Number) -> bool:
    """`trong tổng số 391 tỷ đồng mới giải ngân 97 tỷ đồng, nghĩa là còn tới 294 tỷ đồng`: what the plan has more than was spent."""
    plans = [f.number.value or 0 for f in walk.found if f.measure == "allocated" and f.number.unit == "VND"]
    spent = [f.number.value or 0 for f in walk.found if f.measure == "disbursed" and f.number.unit == "VND"]
    still = _SAYS.still.search(walk.v.low, walk.last_end, number.start) is not None
    if still and _SAYS.not_spent.match(walk.v.low, number.end, walk.sentence.end):
        return True
    return still and any(isclose(s + (number.value or 0), p, rel_tol=0.01) for s in spent for p in plans)


def _says_given(walk: Walk, number: Number, own: Mention, behind: Mention | None) -> bool:
    """Tell whether a sum is what was given, though its word alone could say something else."""
    low = walk.v.low
    if _SAYS.plan_then.match(low, number.end):
        return True
    if own.code == "rest":
        return given_before(walk, number)
    if (
        own.code == "distributed"
        and _SAYS.from_above.search(low, walk.sentence.start, own.start)
        and "chi tiết" not in low[own.start : own.end + 12]
    ):
        return True
    if own.code == "not_disbursed" and WHOLE_OF_NOTHING.search(low, own.end, number.start):
        return True
    return behind is not None and behind.code == "allocated" and _apart(walk, own, number, behind)


def _by_beside(walk: Walk, number: Number, left: list[Mention]) -> tuple[str, str] | None:
    """What a sum without a word of its own measures as a whole, a share or the amount of what stands beside it."""
    if spends_of_whole(walk, number):
        return "disbursed", "clause"
    if _left_over(walk, number) or _also_left(walk, number):
        return "undisbursed", "sentence"
    if (
        not walk.found
        and not is_rated(walk, number)
        and any(
            m.code == "only" and _SAYS.moved_is.fullmatch(walk.v.low, m.end, number.start)
            for m in left
            if m.kind == "carry" and m.start >= walk.last_end
        )
    ):
        return "allocated", "clause"
    if told := part_of_told(walk, number):
        return told, "passage"
    if of_whole(walk, number) or _SAYS.then_only.match(walk.v.low, number.end) or set_apart(walk, number, left):
        return "allocated", "clause"
    if spent := "disbursed" if is_share(walk, number) else amount_of_rate(walk, number):
        return ("distributed", "passage") if _lead_handed_out(walk) else (spent, "sentence")
    if given_before(walk, number):
        return "allocated", "clause"
    return ("disbursed", "passage") if spent_as_rated(walk, number) else None


def _by_passage(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> tuple[str, str]:
    """What a sum measures by the sums before it, in its sentence or its passage."""
    if told := _led(walk, number, left):
        return told, "passage"
    new_subject = any(
        m.kind in ("programme", "place", "capital", "component", "carry", "source") for m in [*left, *bound]
    )
    if (new_subject or any(m.kind == "period" for m in left)) and disbursed_next(walk, number):
        return "allocated", "clause"  # "năm 2023: 564 tỷ đồng, giải ngân 182 tỷ đồng"
    if walk.breakdown and _part_of_spent(walk, number):
        return "disbursed", "sentence"
    if listed(walk, number, left):
        return "allocated", "sentence"
    carry = walk.cur.get("carry")
    if (
        walk.breakdown
        and walk.found
        and walk.found[-1].measure == "undisbursed"
        and carry
        and carry.value[0] == "only"
        and carry.position > walk.found[-1].number.end
    ):
        return "allocated", "clause"  # "trong đó được kéo dài sang năm 2026 là 2.960 triệu đồng": given once more
    if walk.breakdown and (told := part_of_found(walk, number)):
        return told, "sentence"
    if walk.found and (walk.breakdown or walk.pairs or joins(walk, number)):
        return walk.found[-1].measure if walk.found[-1].number.unit == "VND" else money_before(walk), "sentence"
    if walk.found and not new_subject:
        return money_before(walk), "sentence"
    base = walk.base.get("measure")
    if next_of_a_list(walk, number):
        return "allocated", "sentence"
    if base and base.value in MONEY_MEASURES and (walk.sentence.line_kind == "item" or walk.discourse.head):
        return base.value, "passage"
    return money_before(walk) if walk.found else "allocated", "sentence"


def _led(walk: Walk, number: Number, left: list[Mention]) -> str:
    """What the passage was about, where the sentence goes on with that."""
    low = walk.v.low
    named = max([m.end for m in left if m.kind == "programme"], default=walk.last_end)
    only_got = (
        _SAYS.only_got.search(low, named, number.start)
        if (walk.discourse.last_measure not in ("", "allocated") or walk.discourse.rates)
        and not walk.breakdown_of_sum()
        and not _spent_beside(walk, number)
        else None
    )
    if (
        only_got
        and walk.breakdown
        and walk.found
        and walk.found[-1].measure == "allocated"
        and only_got.group().rstrip().endswith("có")
    ):
        only_got = None  # "264 tỷ đồng, trong đó ngân sách trung ương chỉ có 16 tỷ đồng": a part of what was given
    if only_got or _SAYS.of_total_next.match(low, number.end):
        return "disbursed"
    head = walk.discourse.head.get("measure") if walk.discourse.head else None
    if walk.found or head is None or disbursed_next(walk, number):
        return ""
    return (
        str(head.value)
        if head.value in ("allocated", "disbursed", "distributed") and beside(walk, number, left)
        else ""
    )


def _apart(walk: Walk, own: Mention, number: Number, behind: Mention) -> bool:
    """`tiêu vốn nhanh: 41,3 tỷ đồng được giao`: a verb right behind beats one across a colon."""
    low = walk.v.low
    return not low[number.end : behind.start].strip() and re.search(r"[:;,]", low[own.end : number.start]) is not None


def _names_new_money(walk: Walk, own: Mention) -> bool:
    """`giải ngân 563,8 tỷ đồng: vốn kéo dài 334,1 tỷ đồng, đạt 45%; vốn giao mới 229,7 tỷ đồng, đạt 18,1%`: the word only says which money."""
    return any(k.kind == "carry" and k.start <= own.start < k.end for k in walk.sentence.mentions)


def _plan_right_before(walk: Walk, own: Mention, number: Number) -> bool:
    """`KH 812,3 tỷ đồng, đạt 43,9%`: the plan itself, whatever the list's lead is about."""
    low = walk.v.low
    return low.startswith(("kh", "kế hoạch"), own.start) and not low[own.end : number.start].strip()


def _lead_spent(walk: Walk, number: Number) -> bool:
    """Under "Giải ngân:" an item's `Vốn giao năm 2026: 6.885 triệu đồng, đạt 26%` tells what was spent of it."""
    base = walk.base.get("measure")
    spent = base is not None and base.value in ("disbursed", "rate") and base.position < walk.sentence.start
    if not spent or walk.found or not _SAYS.its_rate.match(walk.v.low, number.end):
        return False
    return "giải ngân" not in re.split("[;.] ", walk.v.low[number.end : walk.sentence.end])[0]


def _lead_handed_out(walk: Walk) -> bool:
    """Under "PHÂN BỔ CHI TIẾT:" a line's `23.180 tỷ đồng, bằng 63,5%` tells what was handed out."""
    base = walk.base.get("measure")
    return base is not None and base.value == "distributed" and base.position < walk.sentence.start and not walk.found


def _spent_beside(walk: Walk, number: Number) -> bool:
    """Tell whether what is spent of a sum is told next: the sum itself was given."""
    return _SAYS.its_spending.match(walk.v.low, number.end, walk.sentence.end) is not None


def _part_of_spent(walk: Walk, number: Number) -> bool:
    """`giải ngân 402/1.020 tỷ đồng, gồm: vốn đầu tư 310 tỷ đồng, đạt 55%`: a part of what is spent, whose plan the whole has room for."""
    sums = [f for f in walk.found if f.number.unit == "VND"]
    rate = next((n.value for n in walk.sentence.numbers if n.start >= number.end), None)
    pair = next(
        (
            (one.number.value, two.number.value)
            for one, two in pairwise(sums)
            if (one.measure, two.measure) == ("disbursed", "allocated")
        ),
        None,
    )
    if pair is None or not rate or not number.value or not is_rated(walk, number):
        return False
    spent, whole = pair
    return number.value <= (spent or 0) and number.value * 100 / rate <= (whole or 0) * 1.01


def _of_slash(walk: Walk, number: Number) -> str:
    """`giải ngân 38,6/121,4 tỷ đồng`: spent of given; with a rate behind, the larger one is what was given."""
    low, sums = walk.v.low, [n for n in walk.sentence.numbers if n.unit == "VND"]
    pair = next(
        (
            (one, two)
            for one, two in pairwise(sums)
            if number in (one, two) and two.start - one.end <= 3 and low[one.end : two.start].strip() == "/"
        ),
        None,
    )
    if pair is None or (number is pair[1] and walk.last_end != pair[0].end):
        return ""
    one, two = pair
    rate = (
        next((n.value for n in walk.sentence.numbers if n.unit == "percent" and 0 <= n.start - two.end < 40), None)
        or 100
    )
    spent = two if (one.value or 0) > (two.value or 0) and rate < 100 else one
    passed_on = number is one and (
        last(walk.sentence.between(walk.last_end, one.start), ("distributed",)) is not None or _gives_out(walk, one)
    )
    told = (
        "distributed"
        if passed_on or (number is two and walk.found and walk.found[-1].measure == "distributed")
        else "disbursed"
    )
    return told if number is spent else "allocated"


def _gives_out(walk: Walk, one: Number) -> bool:
    """`tổng số vốn phân bổ của huyện gần 268,9/301,5 tỷ đồng`: no word of spending stands before it."""
    words = walk.v.low[walk.last_end : one.start]
    return _SAYS.shared_out.search(words) is not None and _SAYS.paid_out.search(words) is None


def _rate_of(walk: Walk, number: Number, left: list[Mention]) -> tuple[str, str]:
    own = last(left, (*RATE_WORDS, "distributed"))
    if _SAYS.passed_on.search(walk.v.low, max(walk.last_end, number.start - 40), number.start):
        return "distribution_rate", "clause"
    if _SAYS.passes_on_fast.search(walk.v.low, walk.sentence.start, number.start):
        return "distribution_rate", "sentence"
    behind = "" if _SAYS.of_a_detailed_plan.match(walk.v.low, number.end) else verb_behind(walk, number)
    if behind and not walk.right_behind("disbursed") and (own is None or ";" in walk.v.low[own.end : number.start]):
        return ("distribution_rate" if behind == "distributed" else "rate"), "clause"
    if own:
        return ("distribution_rate" if own.code == "distributed" else "rate"), "clause"
    if walk.right_behind("allocated") and given_of_plan(walk, number):
        return "distribution_rate", "sentence"
    if walk.right_behind():
        slashed = (
            len(walk.found) > 1
            and walk.found[-2].measure == "distributed"
            and OF_WHOLE.match(walk.v.low, walk.found[-2].number.end) is not None
        )
        previous = walk.found[-2 if slashed else -1].measure
        return ("distribution_rate" if previous in ("distributed", "distribution_rate") else "rate"), "sentence"
    measure = walk.cur.get("measure")
    if measure and measure.value == "distributed":
        return "distribution_rate", measure.how
    return "rate", "sentence" if measure else "passage"
