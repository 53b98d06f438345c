"""What else than the programmes' money the words before a number tell of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.bounds import is_goal
from ntp_analysis.clues import (
    in_closed_brackets,
    joins,
    list_item,
    passes,
    text_before,
    to_exceed,
)
from ntp_analysis.contest import about_other
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.shares import runs, total

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("topics")

SMALLEST = 10**9
"""đồng: a smaller sum that no word calls given or spent is more often a work's cost than a budget"""


def topic_of(walk: Walk, number: Number, left: list[Mention]) -> Mention | None:
    """The word nearest on the left that says that the number is about something else."""
    low = walk.v.low
    topics = [
        m
        for m in left
        if m.kind in ("topic", "someone")
        and m.start >= walk.mark
        and not _as_source(walk, m, number)
        and not (
            m.code == "someone"
            and any(
                k.kind == "place"
                and k.data.kind == "named"
                and k.start >= m.end
                and not low.endswith(" ở", m.start, k.start - 1)
                for k in left
            )
        )
        and not in_closed_brackets(low, m.start, number.start)
        and not _reason(low, m.end, number.start)
        and not _sum_worth(walk, m)
        and not _whole_of_programme(walk, m)
        and not _worth_of_gifts(walk, number, left)
        and not _purpose_of_last(walk, m, number)
        and not next_purpose(walk, number, low[m.end : number.start])
        and not _describes_capital(walk, m, left)
        and not (
            m.code == "progress"
            and number.unit == "percent"
            and (to_exceed(walk, number) or passes(walk, number, left) or is_goal(walk.v, number, walk.last_end))
        )
    ]
    nearest = max(topics, key=lambda m: (m.start, m.kind == "someone"), default=None)
    if nearest is not None and nearest.code == "progress" and number.unit == "percent":
        # "tỷ lệ hộ nghèo giảm 5,8 điểm %, còn 42,9%"
        return next(
            (m for m in topics if m.code == "poverty" and not re.search(r"[;:]", low[m.end : nearest.start])), nearest
        )
    return nearest


def _purpose_of_last(walk: Walk, topic: Mention, number: Number) -> bool:
    """`18,2 tỷ đồng cho nhà ở, nước sinh hoạt mà mới tiêu được 1,9 tỷ đồng`: the works are what the sum before is for."""
    if walk.right_behind("distributed", "disbursed") and _SAYS.to_them.fullmatch(
        walk.v.low, walk.last_end, number.start
    ):
        return True
    if not walk.right_behind("allocated"):
        return False
    purpose = _SAYS.for_it.match(walk.v.low, walk.last_end, number.start)
    return purpose is not None and topic.start < purpose.start("but")


def _describes_capital(walk: Walk, topic: Mention, left: list[Mention]) -> bool:
    """`Vốn sự nghiệp hỗ trợ sản xuất, duy tu công trình giải ngân 663 triệu đồng`: the works say what the capital that is spent is for."""
    capital = next((m for m in left if m.kind == "capital" and m.start - walk.sentence.start < _OPENS), None)
    spent = next((m for m in left if m.kind == "measure" and m.code == "disbursed" and m.start > topic.start), None)
    return (
        capital is not None
        and spent is not None
        and topic.code == "works"
        and capital.end <= topic.start
        and spent.start - topic.end < _OPENS
        and not any(n.unit and n.start < topic.start for n in walk.sentence.numbers)
    )


_OPENS = 12
"""characters in front of what a sentence begins with, and between it and its verb"""


def _whole_of_programme(walk: Walk, topic: Mention) -> bool:
    """`tổng mức đầu tư thực hiện Chương trình A là 6.700 tỷ đồng`: what a programme costs is its budget."""
    costs = walk.v.low[topic.start : topic.end].endswith("mức đầu tư")
    return costs and _SAYS.programme_next.match(walk.v.low, topic.end) is not None


def _sum_worth(walk: Walk, topic: Mention) -> bool:
    """`huy động nguồn lực trị giá 250,6 tỷ đồng`: what was raised was worth that, no work."""
    raised = any(
        m.kind == "measure" and m.code == "allocated" and m.end + 1 == topic.start for m in walk.sentence.mentions
    )
    return raised and walk.v.low.startswith("trị giá", topic.start)


def _worth_of_gifts(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`nhân dân góp tiền, ngày công, hiến đất trị giá 236 tỷ đồng`: what people gave, and no work's price."""
    people = any(m.kind in ("source", "source_weak") and m.code == "community" for m in left)
    return (
        people
        and number.unit == "VND"
        and (number.value or 0) >= 5 * SMALLEST
        and _SAYS.gifts.search(walk.v.low, walk.last_end, number.start) is not None
    )


def next_purpose(walk: Walk, number: Number, before: str) -> bool:
    """`dành 51 tỷ đồng xây dựng các công trình và 13,5 tỷ đồng để hỗ trợ sản xuất`: the work is what the sum before is for."""
    parted = walk.right_behind("allocated") and walk.breakdown_of_sum()
    return (
        parted
        and isinstance(number.value, int)
        and number.value >= SMALLEST
        and _SAYS.and_more.fullmatch(before) is not None
        and _SAYS.meant_for.match(walk.v.low, number.end) is not None
    )


def _as_source(walk: Walk, topic: Mention, number: Number) -> bool:
    """`vốn tín dụng 8.940 tỷ đồng, doanh nghiệp 1.126 tỷ đồng`: beside other sources a company is one."""
    covers = [k.end for k in walk.sentence.mentions if k.kind == "source_weak" and k.start <= topic.start < k.end]
    weak = bool(covers)
    if (
        weak
        and number.unit == "VND"
        and _SAYS.gave.fullmatch(walk.v.low, max(covers), number.start)
        and any(m.kind == "programme" for m in walk.sentence.mentions)
    ):
        return True
    last = max(
        [
            k.end
            for k in walk.sentence.between(topic.start, number.start, "source_weak")
            if _SAYS.beside.fullmatch(walk.v.low, topic.end, k.start)
        ],
        default=max(covers, default=topic.end),
    )
    alone = (
        walk.sentence.line_kind == "item"
        and _SAYS.labels.fullmatch(walk.v.low, last, number.start) is not None
        and last - walk.sentence.start < 40
    )
    told = any(f.state.get("source") is not None for f in walk.found) or ((list_item(walk) or alone) and not walk.found)
    return weak and told and number.unit == "VND" and number.start - last < 24


def _reason(low: str, start: int, end: int) -> bool:
    """`vướng mặt bằng tuyến đường liên xã nên mới đạt 76%`: the road is why, not what."""
    return _SAYS.so_that.search(low[start:end]) is not None


def other_business(walk: Walk, number: Number, left: list[Mention]) -> Mention | bool:
    """Return the road, loan, norm or change that the number's clause is about, if it is, or whether it joins such a number: no figure."""
    topic = topic_of(walk, number, left)
    if topic is None:
        return _still_refused(walk, number, left)
    return topic if about_other(walk, number, left, topic) else False


def _still_refused(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`hộ nghèo của Khánh Sơn 47,53%, Khánh Vĩnh 43,1%`; `Bộ Y tế được giao 246 tỷ đồng, đã chi 3,9 tỷ đồng`."""
    if walk.refused is None or walk.refused.code in ("progress", "share"):
        return False
    if walk.refused.code == "withheld":
        return is_withheld(walk, number)
    if (
        walk.refused.code == "poverty"
        and number.unit == "percent"
        and _SAYS.elsewhere.fullmatch(text_before(walk, number))
    ):
        return True
    parted = ";" in text_before(walk, number) and not (
        number.unit == "percent" and _SAYS.still.search(text_before(walk, number))
    )
    if number.unit == "VND" and _SAYS.behind_its_rate.fullmatch(text_before(walk, number)):
        return True
    goes_on = walk.refused.code == "body" and _SAYS.its_next.fullmatch(text_before(walk, number)) is not None
    if (parted and not goes_on) or any(m.kind in ("programme", "capital", "component") for m in left):
        return False
    if (walk.refused.kind == "someone" or walk.refused.code in ("loans", "body")) and any(
        m.kind == "place" and m.data.kind == "named" for m in left
    ):
        return False  # "Bộ Công an (85,3%), Ninh Bình (98,1%)"
    if (
        walk.refused.code == "works"
        and not walk.found
        and not left_of_money(left)
        and _SAYS.one_work.match(walk.v.low, walk.sentence.begin)
    ):
        return True  # "Công trình đường bản A, tổng mức đầu tư 41 tỷ đồng, đã giải ngân 12 tỷ đồng"
    if _SAYS.its_whole.fullmatch(text_before(walk, number)):
        return True  # "Thu ngân sách đạt 98 tỷ đồng trên tổng số 120 tỷ đồng"
    measured = any(m.kind == "measure" and m.code not in ("given", "none") for m in left)
    return walk.refused.kind == "someone" or (
        not measured
        and (
            number.unit == "percent"
            or joins(walk, number)
            or (isinstance(number.value, int) and number.value < SMALLEST)
        )
    )


def is_withheld(walk: Walk, number: Number) -> bool:
    """`Còn 56.230 triệu đồng chưa giao, gồm: A 42.015 triệu đồng, B 14.215 triệu đồng`: a part of a sum that nobody was given."""
    if walk.refused is None or walk.refused.code != "withheld":
        return False
    whole = next((n.value for n in walk.sentence.numbers if n.start == walk.refused.start), None)
    parts = [n for n in walk.sentence.numbers if n.start > walk.refused.start and n.unit == "VND" and n.value]
    return _SAYS.of_withheld.match(text_before(walk, number)) is not None or any(
        number in run and total(run) == whole for run in runs(parts)
    )


def left_of_money(left: list[Mention]) -> bool:
    """Tell whether words before a number name money of ours."""
    return any(m.kind in ("programme", "capital", "component", "source", "carry") for m in left)


def of_a_named_work(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Cao tốc Khánh Hòa - Buôn Ma Thuột đã giải ngân 1.480 tỷ đồng`: one work's, where the clause names no programme."""
    begin = max(
        max(walk.v.low.rfind(sign, walk.sentence.start, number.start) for sign in ";:") + 1, walk.sentence.start
    )
    if any(m.kind in ("programme", "component", "source", "capital") and m.start >= begin for m in left):
        return False
    return _SAYS.work.match(walk.v.text, begin, number.start) is not None and any(
        m.kind == "measure" and m.code == "disbursed" and m.start >= begin for m in left
    )
