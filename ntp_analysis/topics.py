"""What else than the programmes' money the words before a number tell of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.bounds import is_goal
from ntp_analysis.clues import (
    OF_PLAN,
    RATE_WORDS,
    disbursed_next,
    in_brackets,
    in_closed_brackets,
    joins,
    list_item,
    passes,
    spent_before,
    text_before,
    to_exceed,
)
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.shares import runs, total

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("topics")

AND_PLACES = _SAYS.and_places
"""`các bộ, cơ quan trung ương và địa phương đã phân bổ 872 nghìn tỷ đồng`: all of them"""
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


def _subject_after(left: list[Mention], position: int) -> bool:
    return any(
        m.start >= position and m.kind in ("programme", "capital", "source", "component", "carry") for m in left
    ) or any(m.start >= position and m.kind == "place" and m.data.kind != "self" for m in left)


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


def took_over(walk: Walk, works: int, number: Number) -> bool:
    """`nhận bàn giao 49 công trình với tổng vốn 44,6 tỷ đồng`, `47 công trình, dự án nhận từ các đơn vị cũ với tổng vốn 52,3 tỷ đồng`."""
    begin, low = max(walk.sentence.start, walk.last_end), walk.v.low
    return (
        _SAYS.took_over.search(low, begin, works) is not None
        or _SAYS.taken_over.search(low, works, number.start) is not None
    )


FROM_ITS_MONEY = _SAYS.from_its_money
"""`Từ nguồn vốn của Chương trình 135, huyện xây dựng 62 công trình với tổng vốn trên 18 tỷ đồng`"""


def _labelled(walk: Walk, topic: Mention, number: Number) -> bool:
    """`4/ Duy tu, bảo dưỡng công trình: kinh phí 540 triệu đồng, chưa giải ngân`: the works are what an item of a programme's is called."""
    if (
        not _SAYS.numbered.match(walk.v.low, walk.sentence.begin)
        or walk.found
        or not _SAYS.its_plan.fullmatch(walk.v.low, topic.end, number.start)
    ):
        return False
    return _SAYS.spending_next.match(walk.v.low, number.end, walk.sentence.end) is not None


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


def _one_of_the_sources(walk: Walk, left: list[Mention]) -> bool:
    """`Trong đó, vốn trung ương 141 tỷ đồng; vốn địa phương 25 tỷ đồng; vốn vay ưu đãi của Ngân hàng Chính sách xã hội 31 tỷ đồng`: a part of the sum."""
    parted = (
        (walk.breakdown or walk.breakdown_of_sum())
        and len(walk.found) > 1
        and all("source" in f.state and f.measure == "allocated" for f in walk.found[-2:])
    )
    return parted and any(m.kind == "source" and m.code == "credit" for m in left)


def about_other(walk: Walk, number: Number, left: list[Mention], topic: Mention) -> bool:
    """The nearest topic on the left is nearer than what says that the number is ours."""
    low = walk.v.low
    measures = [
        m
        for m in left
        if m.kind == "measure"
        and m.code not in ("given", "none")
        and m.start >= topic.start
        and not (topic.code == "loans" and m.end <= topic.end)
    ]
    gap = low[topic.end : number.start]
    if topic.code == "share" and number.unit == "percent":
        if measures and measures[-1].code in RATE_WORDS and "," in low[topic.end : measures[-1].start]:
            return False  # "nơi chiếm một nửa số vốn, đã giải ngân 48,7%"
        return not (OF_PLAN.match(low, number.end) or spent_before(walk, number))
    if topic.code == "share":
        return False
    if topic.code == "loans" and _SAYS.loaned.fullmatch(gap):
        return True
    if topic.code == "progress":
        told = re.search(r"[,;:]|\bthì\b", gap) or (
            low.endswith(" hơn", 0, topic.end) and _SAYS.in_brackets.fullmatch(gap)
        )
        return not measures and not _subject_after(left, topic.end) and not told
    # "NHCSXH huyện A": its name
    own = [
        m
        for m in left
        if not in_brackets(low, topic.end, m.start)
        and not (topic.code == "loans" and m.kind == "place" and m.start - topic.end < 3)
    ]
    subject = _subject_after(own, topic.end)
    if measures and _SAYS.by_them.match(low, measures[-1].start, measures[-1].end):
        return False  # "bà con và doanh nghiệp đóng góp 288 tỷ đồng"
    given = _SAYS.given_now.search(low, topic.end, number.start) is not None
    titled = [m for m in left if m.kind == "component" and m.end <= topic.start]
    if in_a_title(left, topic) and (
        measures
        or given
        or number.unit == "percent"
        or _SAYS.with_a_sum.search(low, topic.end, number.start)
        or _SAYS.funds_of_project.search(low, walk.last_end, topic.start)
        or disbursed_next(walk, number)
        or _SAYS.of_project.fullmatch(low, titled[-1].end, topic.start)
    ):
        return False
    if measures and ";" in low[topic.end : measures[-1].start]:
        return False
    if topic.code == "body" and (
        AND_PLACES.match(low, topic.end) or _SAYS.orders.match(low, topic.end) or _SAYS.reports_it.match(low, topic.end)
    ):
        return False
    if topic.code == "body" and _SAYS.given_to.search(low, max(0, topic.start - 18), topic.start):
        return True
    if topic.code == "body" and (
        _SAYS.its_money.fullmatch(gap) if number.unit == "VND" else _SAYS.its_rate.fullmatch(gap)
    ):
        return True
    if topic.code == "body":
        if _SAYS.money_of.search(low, walk.last_end, topic.start):
            return not subject
        acts = low[topic.start : topic.end].endswith("chủ đầu tư")
        return not subject and (acts or not re.search(r"[,;:]", low[topic.end : number.start])) and bool(measures)
    if (
        number.unit == "VND"
        and left[-1].kind == "component"
        and _SAYS.named_by_it.fullmatch(low, left[-1].end, number.start)
    ):
        return False  # "hỗ trợ nhà ở cho hộ nghèo (dự án 5) chỉ 52 tỷ đồng"
    if topic.code == "works" and number.unit == "VND" and _money_for_works(walk, topic, number, left, measures):
        return False
    if (
        number.unit == "VND"
        and topic.code != "someone"
        and _SAYS.is_for.search(low, walk.last_end, topic.start)
        and _SAYS.of_programme.match(low, topic.end)
    ):
        return False
    if topic.code == "loans" and number.unit == "VND" and _one_of_the_sources(walk, left):
        return False
    if (
        topic.code == "works"
        and number.unit == "percent"
        and measures
        and _SAYS.aids.search(low, max(walk.sentence.start, topic.start - 24), topic.start)
    ):
        return False  # "dự án hỗ trợ nhà ở giải ngân 81,4%"
    dated = topic.code == "works" and any(m.kind == "date" and m.data.until and m.start >= topic.end for m in left)
    if (
        dated
        and number.unit == "percent"
        and any(m.kind == "basis" and m.code in ("forecast", "target") and m.start >= topic.end for m in left)
    ):
        return False  # "Với tiến độ các công trình hiện nay, tôi dự báo hết tháng 9 được khoảng 62%"
    if (
        topic.code == "works"
        and measures
        and measures[-1].code == "disbursed"
        and _SAYS.several.search(low, max(walk.sentence.start, topic.start - 16), topic.start)
        and "," in low[topic.end : measures[-1].start]
    ):
        return False
    apart = (
        measures
        and _SAYS.contrast.search(low, topic.end, measures[-1].start)
        and any(m.kind == "period" and m.start >= topic.end for m in left)
    )
    if measures and (
        subject
        or dated
        or apart
        or (topic.code not in ("works", "someone") and re.search(r"[,;:]", low[topic.end : measures[-1].start]))
    ):
        return False
    if not measures and ((subject and re.search(r"[;:]", gap)) or _begins_anew(walk, topic, number, left)):
        return False
    earlier = [
        m
        for m in left
        if m.kind == "measure" and m.code in ("disbursed", "allocated", "distributed", "rate") and m.start < topic.start
    ]
    if (
        topic.code == "works"
        and earlier
        and earlier[-1].code == "distributed"
        and _SAYS.to_works.fullmatch(low, earlier[-1].end, topic.start)
    ):
        return False  # "đã phân bổ chi tiết cho từng công trình: 24.230 triệu đồng"
    if topic.code == "works" and earlier and any(m.kind in ("programme", "capital", "component") for m in left):
        return _SAYS.its_cost.search(low, topic.start, topic.end) is not None
    return True


def gives_next(walk: Walk, number: Number) -> bool:
    """`xây 23 công trình; bố trí 2,1 tỷ đồng hỗ trợ sản xuất`: behind a semicolon, the next sum given."""
    return _SAYS.gives_next.search(walk.v.low, walk.last_end, number.start) is not None


def _begins_anew(walk: Walk, topic: Mention, number: Number, left: list[Mention]) -> bool:
    """`vốn đầu tư 71,3 tỷ đồng làm đường, thủy lợi, vốn sự nghiệp 22,8 tỷ đồng ...`: the next sum of a list, whatever the one before was for."""
    low = walk.v.low
    if number.unit != "VND" or not walk.found or walk.found[-1].number.unit != "VND":
        return False
    if gives_next(walk, number):
        return True
    m = next((m for m in reversed(left) if m.kind == "capital" and m.start >= topic.end), None)
    return (
        m is not None
        and "," in low[topic.end : m.start]
        and _SAYS.amounts_to.fullmatch(low, m.end, number.start) is not None
    )


def _money_for_works(walk: Walk, topic: Mention, number: Number, left: list[Mention], measures: list[Mention]) -> bool:
    """Tell whether a sum told of works is a programme's money for them, and not what they cost."""
    low = walk.v.low
    if (
        took_over(walk, topic.start, number)
        or _labelled(walk, topic, number)
        or _paid_for_works(walk, topic, number, left)
    ):
        return True
    if measures and FROM_ITS_MONEY.match(low, walk.sentence.start):
        return True
    spent = (
        bool(measures)
        and measures[-1].code == "disbursed"
        and _SAYS.built_with.search(low, topic.end, number.start) is not None
    )
    return spent and _SAYS.several.search(low, max(walk.sentence.start, topic.start - 16), topic.start) is not None


def _paid_for_works(walk: Walk, topic: Mention, number: Number, left: list[Mention]) -> bool:
    """`Đã thanh toán cho các công trình 71.230 triệu đồng`: money spent, of all of them."""
    low, of_all = walk.v.low, walk.v.low.startswith(("các ", "những "), topic.start)
    paid = any(
        m.kind == "measure" and m.code == "disbursed" and low[m.end : topic.start].strip() in ("", "cho") for m in left
    )
    return of_all and paid and _SAYS.light_to_sum.fullmatch(low, topic.end, number.start) is not None


def in_a_title(left: list[Mention], topic: Mention) -> bool:
    """`Dự án 1 về nhà ở, nước sinh hoạt mới giải ngân`: what a project is for is its title."""
    return topic.code != "someone" and any(m.kind == "component" and m.end <= topic.start for m in left)
