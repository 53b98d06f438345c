"""Sums that are figures of the programmes' money: told with a whole or a rate, said to be by a word beside them, or going on from one told.

Each test is one reason; `acceptance` says in which order they are asked.
"""

from __future__ import annotations

import re
from math import isclose

from ntp_analysis.candidate import Candidate
from ntp_analysis.clues import (
    GIVES,
    LARGEST,
    MONEY_MEASURES,
    OF_WHOLE,
    STANDARD,
    answers,
    beside,
    disbursed_next,
    is_rated,
    joins,
    last,
    list_item,
    of_whole,
    over_plan,
    spends_of_whole,
    spent_as_rated,
    still_to_spend,
)
from ntp_analysis.contest import gives_next
from ntp_analysis.discourse import is_carried
from ntp_analysis.mentions import SPECIFIC
from ntp_analysis.parts import by_purpose, listed, part_for, parted
from ntp_analysis.patterns import patterns
from ntp_analysis.shares import adds_up, amount_of_rate, is_equal, is_share, total
from ntp_analysis.titled import projects_of
from ntp_analysis.topics import SMALLEST, next_purpose, topic_of

_SAYS = patterns("grants")

# What a sum is told with: a whole, a rate, its parts


def part_told(c: Candidate) -> bool:
    """`Trong đó, hơn 87 tỷ đồng đầu tư cơ sở hạ tầng thiết yếu`: a part of a sum told before, or what such parts add up to."""
    if last(c.left, ("none",)) is not None:
        return False  # "vốn đã phân bổ 240 tỷ đồng, vốn chưa phân bổ gần 11 tỷ đồng"
    return adds_up(c.walk, c.number) or by_purpose(c.walk, c.number) or part_for(c.walk, c.number)


def behind_its_share(c: Candidate) -> bool:
    """`vốn ngân sách chiếm 24,7% (14.820 tỷ đồng)`."""
    if not (c.low.endswith("(", 0, c.number.start) and c.low.startswith(")", c.number.end)):
        return False
    return _is_its_share(c) or (
        c.before == " (" and _SAYS.share_before.search(c.low, c.walk.sentence.start, c.number.start) is not None
    )


def _is_its_share(c: Candidate) -> bool:
    """`huy động 27.650 tỷ đồng, trong đó ngân sách tỉnh 10% (2.765 tỷ đồng), doanh nghiệp 4% (1.106 tỷ đồng)`: as the whole and the rate say."""
    rate = next((n for n in reversed(c.walk.sentence.numbers) if n.end <= c.number.start), None)
    whole = next((f.number.value for f in c.walk.found if f.number.unit == "VND"), None)
    if rate is None or rate.unit != "percent" or not whole or c.low[rate.end : c.number.start] != " (":
        return False
    return isclose(float(whole) * float(rate.value or 0) / 100, c.amount, rel_tol=0.02)


def left_to_spend(c: Candidate) -> bool:
    """`vẫn còn hơn 300 tỷ đồng cần giải ngân`."""
    return still_to_spend(c.walk, c.number) and bool(c.walk.discourse.last_measure)


def one_of_a_list(c: Candidate) -> bool:
    """`được hỗ trợ gồm: Ba Vinh 150 triệu, Ba Tô 200 triệu`."""
    return c.verb is None and listed(c.walk, c.number, c.left)


def spent_of_a_whole(c: Candidate) -> bool:
    """`chi 4,2 tỷ đồng trong 11,6 tỷ đồng`, `79/372 tỷ đồng (21,2%)`: what is spent, and what it is of."""
    return spends_of_whole(c.walk, c.number) or of_whole(c.walk, c.number) or over_plan(c.walk, c.number)


def with_its_rate(c: Candidate) -> bool:
    """`Nguồn kéo dài khả quan hơn: 174,8 tỷ đồng, đạt 44%`."""
    return spent_as_rated(c.walk, c.number)


def amount_of_a_rate(c: Candidate) -> bool:
    """`giải ngân đạt 45%, tương đương 200 tỷ đồng`; `chiếm 12%, tương đương 200 tỷ đồng`."""
    return bool(amount_of_rate(c.walk, c.number)) or is_share(c.walk, c.number)


def behind_a_rate(c: Candidate) -> bool:
    """`đạt 65% (136 tỷ đồng trên 210 tỷ đồng)`: the amounts that a rate is of stand right behind it."""
    return c.walk.right_behind("rate") and c.before == " (" and OF_WHOLE.match(c.low, c.number.end) is not None


def whole_of_a_rate(c: Candidate) -> bool:
    """`phân bổ chi tiết 100% vốn các Chương trình MTQG (215.632 triệu đồng)`."""
    if _SAYS.of_the_sum.search(
        c.low, max(c.walk.sentence.start, c.walk.last_end - 2), c.number.start
    ) and c.walk.right_behind("rate"):
        return True  # "giải ngân 100% số 16,4 tỷ đồng của mình"
    return _SAYS.plan_in_brackets.search(
        c.low, max(c.walk.sentence.start, c.walk.last_end - 2), c.number.start
    ) is not None and c.low.startswith(")", c.number.end)


# What a sum is said to be by a word beside it


def done_with(c: Candidate) -> bool:
    """`đã giải ngân 12 tỷ đồng`: a verb is enough where the passage is about the programmes or a subject of ours is named."""
    if c.verb is None:
        return False
    said, discourse = c.walk.cur.get("programme"), c.walk.discourse
    if c.beside("programme", "capital", "source", "component", "carry", "period", "place", "date"):
        return True
    if said is not None and said.value != "other" and said.position >= c.walk.sentence.start:
        return True
    if any(m.kind == "measure" and _SAYS.funds.search(c.low[m.start : m.end]) for m in c.left):
        return True
    if (
        c.verb.code == "disbursed"
        and _SAYS.then_its_rate.match(c.low, c.number.end)
        and any(m.kind == "programme" for m in c.walk.sentence.mentions)
    ):
        return True  # "Với kết quả giải ngân 535 tỷ đồng, mới đạt 24% kế hoạch vốn đầu tư công"
    return (
        bool(c.walk.found or discourse.topic or discourse.last_measure) or "measure" in c.walk.base or list_item(c.walk)
    )


def only_done_with(c: Candidate) -> bool:
    """`gần 33 nghìn tỷ đồng đã được huy động`: a verb alone, where nothing tells that the money is the programmes'."""
    return c.verb is not None


def carried_over(c: Candidate) -> bool:
    """`Năm 2021 chuyển qua 2022 còn 51,6 tỷ đồng`: a sum right beside the words of moving it."""
    if any(m.kind == "carry" for m in c.bound) or any(
        m.kind == "carry" and m.code != "excluded" and _SAYS.right_behind.fullmatch(c.low, m.end, c.number.start)
        for m in c.left
    ):
        return True
    return c.amount >= SMALLEST and any(
        m.kind == "carry" and m.code == "only" and _SAYS.being.fullmatch(c.low, m.end, c.number.start) for m in c.left
    )


_IN_BRACKETS = re.compile(r" \(([^()]*)\)")


def parted_in_brackets(c: Candidate) -> bool:
    """`Phần giao mới gần 447 tỷ đồng (ngân sách trung ương hơn 389 tỷ đồng; ngân sách địa phương xấp xỉ 58 tỷ đồng)`."""
    parted = _IN_BRACKETS.match(c.low, c.number.end)
    if parted is None:
        return False
    parts = [n for n in c.walk.sentence.numbers if parted.start(1) <= n.start < parted.end(1) and n.unit == "VND"]
    sources = {m.code for m in c.walk.sentence.between(*parted.span(1), "source")} | {
        m.code for m in c.walk.sentence.between(*parted.span(1), "capital")
    }
    return len(parts) > 1 and len(sources) > 1 and is_equal(total(parts), c.amount)


def of_a_project(c: Candidate) -> bool:
    """`cho các dự án: thiếu đất ở, nhà ở 58,4 tỷ đồng; bố trí, ổn định dân cư 112,7 tỷ đồng`: each with the title of its project."""
    return ("programme" in c.walk.cur or bool(c.walk.found)) and c.number.start in projects_of(
        c.walk.v, c.walk.sentence
    )


def titled(c: Candidate) -> bool:
    """`- Tiểu dự án 2, hỗ trợ phát triển sản xuất, nhân rộng mô hình: 15 tỷ 100 triệu đồng`: an item that names its project, its title and its sum."""
    s = c.walk.sentence
    if s.line_kind != "item" or not c.walk.discourse.in_list or c.amount < SMALLEST // 10:
        return False
    return any(
        m.kind == "component" and m.start - s.start < 8 and _SAYS.title_behind.fullmatch(c.low, m.end, c.number.start)
        for m in c.left
    )


def of_one_year(c: Candidate) -> bool:
    """`giai đoạn 2021-2025 hơn 2.780 tỷ đồng, riêng năm 2023 các nguồn vốn bố trí hơn 1.180 tỷ đồng`: a year's part of the plan told right before."""
    part = (
        c.walk.right_behind("allocated") and _SAYS.one_year.search(c.low, c.walk.last_end, c.number.start) is not None
    )
    return (
        part and (c.given or c.before.endswith(" là ")) and SMALLEST <= c.amount < (c.walk.found[-1].number.value or 0)
    )


def with_its_year(c: Candidate) -> bool:
    """`Tính riêng vốn của năm 2018 (512.700 triệu đồng) thì chỉ đạt 71%`: in brackets behind the money that a rate is of."""
    rated = any(n.unit == "percent" and n.start > c.number.end for n in c.walk.sentence.numbers)
    told = _SAYS.of_its_year.search(c.low, c.walk.last_end, c.number.start) is not None
    return rated and told and c.amount >= SMALLEST and c.low.startswith(")", c.number.end)


def largest(c: Candidate) -> bool:
    """`huyện có nguồn vốn lớn nhất tỉnh, 226,5 tỷ đồng`, `Nhiều nhất ở huyện Di Linh với 18 xã (gần 9,5 tỷ đồng)`."""
    if LARGEST.search(c.before):
        return True
    return bool(c.walk.discourse.last_measure) and (_ranked_unit(c) or _ranked(c))


def _ranked_unit(c: Candidate) -> bool:
    """`Thấp nhất là huyện A (9 tỷ đồng)`; `Huyện A thấp nhất, 9 tỷ đồng`, where it was told what others were given."""
    given = c.walk.discourse.last_measure == "allocated"
    return c.named and (
        _SAYS.most_of_all.search(c.before) is not None
        or (given and _SAYS.ranked_unit.search(c.low[c.walk.sentence.begin : c.number.start]) is not None)
    )


def _ranked(c: Candidate) -> bool:
    """`Lớn nhất là Chương trình A với 27 tỷ đồng, kế đến là B, 12 tỷ đồng`: of whom the words of rank are."""
    subjects = [
        m
        for m in [*c.left, *c.bound]
        if (m.kind == "programme" and m.code in SPECIFIC)
        or m.kind in ("capital", "component")
        or (m.kind == "place" and m.data.kind == "named")
    ]
    return any(
        _SAYS.ranked.search(c.low, c.walk.last_end, m.start) and _SAYS.its_sum.fullmatch(c.low, m.end, c.number.start)
        for m in subjects
    )


def each_of_several(c: Candidate) -> bool:
    """`Phú Thiện và Ia Pa mỗi huyện nhận 16,4 tỷ đồng`."""
    return c.walk.each and len(c.walk.groups.get("place", [])) > 1 and (c.given or bool(c.walk.discourse.last_measure))


def given_then_spent(c: Candidate) -> bool:
    """`Vốn năm nay 104 tỷ đồng, chúng tôi giải ngân được 38,5 tỷ đồng`: given, and what was spent of it is told next."""
    return GIVES.search(c.before) is not None and (disbursed_next(c.walk, c.number) or is_rated(c.walk, c.number))


# What goes on from a figure, a passage or a question


def next_of_a_row(c: Candidate) -> bool:
    """`Vốn đầu tư 13.090 tỷ, vốn sự nghiệp 9.360 tỷ`; `12,6 tỷ đồng cho 9 xã huyện Kông Chro; 4,1 tỷ đồng cho 3 xã huyện Ia Pa`."""
    receives = (
        c.amount >= SMALLEST
        and c.walk.right_behind("allocated")
        and any(m.kind == "place" and m.data.kind == "named" for m in c.bound)
    )
    return c.continuing and (
        receives
        or c.weak
        or c.placed
        or c.walk.breakdown
        or bool(c.walk.pairs)
        or joins(c.walk, c.number)
        or (c.amount >= SMALLEST and gives_next(c.walk, c.number))
    )


def spent_by_then(c: Candidate) -> bool:
    """`đã giải ngân được 89 tỷ đồng, dự kiến hết tháng 11 đạt 130 tỷ đồng, hết năm đạt 150 tỷ đồng`."""
    told = c.walk.found[-1] if c.walk.found else None
    more = (
        told is not None
        and told.measure == "disbursed"
        and told.number.unit == "VND"
        and c.amount >= (told.number.value or 0)
    )
    return more and any(m.kind == "date" for m in c.left) and _SAYS.by_then.search(c.before) is not None


def nothing_spent_of_it(c: Candidate) -> bool:
    """`Dự án 2 về đa dạng hóa sinh kế 8,9 tỷ đồng chưa giải ngân`."""
    told = any(m.kind == "component" for m in c.left) and not any(
        m.kind == "measure" and m.code != "given" for m in c.left
    )
    return told and c.amount >= SMALLEST // 10 and _SAYS.nothing_of_it.match(c.low, c.number.end) is not None


def changed_to(c: Candidate) -> bool:
    """`kế hoạch tăng từ 98 tỷ đồng lên 135 tỷ đồng`, `kế hoạch vốn giảm 14,5 tỷ đồng, còn 88,3 tỷ đồng`: what it is now."""
    start = c.walk.sentence.start
    if _SAYS.changed_to.search(c.low, start, c.number.start) is None:
        return False
    told = {m.code for m in c.walk.sentence.between(start, c.number.start, "measure")}
    return ("allocated" in told or _SAYS.is_changed.search(c.low, start, c.number.start) is not None) and not told & {
        "disbursed",
        "undisbursed",
        "distributed",
    }


def another_purpose(c: Candidate) -> bool:
    """`phân bổ 12 tỷ đồng hỗ trợ đất ở, 4 tỷ đồng hỗ trợ đất sản xuất`: the next of some purposes."""
    return c.continuing and next_purpose(c.walk, c.number, c.before)


def of_a_programme(c: Candidate) -> bool:
    """`Chia theo chương trình, A hơn 30,2 tỷ đồng; B gần 4,1 tỷ đồng`: a sum right behind the programme that it is of."""
    named = [m for m in c.left if m.kind == "programme" and m.code in SPECIFIC] if c.walk.discourse.last_measure else []
    return (
        bool(named)
        and c.amount >= SMALLEST // 10
        and _SAYS.to_it.fullmatch(c.low, named[-1].end, c.number.start) is not None
    )


def under_a_lead(c: Candidate) -> bool:
    """Under `Kết quả giải ngân vốn như sau:`, or behind such a question, what a line or an answer tells."""
    base = c.walk.base.get("measure")
    if base is None or base.value not in MONEY_MEASURES:
        return False
    part = c.continuing and c.walk.breakdown_of_sum() and c.amount >= SMALLEST and c.given
    return c.weak or c.named or part or answers(c.walk, c.number.start) or _SAYS.has.search(c.before) is not None


_THEN_RATED = re.compile(r", [^.;:\d]{0,30}:? ?\d[\d,.]* ?%")


def set_behind_its_subject(c: Candidate) -> bool:
    """`Điện Biên nhiều hơn, 1.290 tỷ đồng, giải ngân 9,2%`."""
    if not c.walk.discourse.last_measure or c.amount < SMALLEST or not c.before.endswith(", "):
        return False
    told = c.named or any(m.kind == "programme" and m.code in SPECIFIC for m in c.left)
    return told and (disbursed_next(c.walk, c.number) or _THEN_RATED.match(c.low, c.number.end) is not None)


def answering(c: Candidate) -> bool:
    """`Năm 2023: 39,5 tỷ đồng`, under a heading or a question that names the money."""
    return any(k in c.walk.base for k in ("carry", "programme", "capital")) and answers(c.walk, c.number.start)


def only_got(c: Candidate) -> bool:
    """`79 tỷ đồng, mới được hơn 16 tỷ`."""
    return c.continuing and c.walk.found[-1].measure == "allocated" and _SAYS.only_got.search(c.before) is not None


def of_the_year_before(c: Candidate) -> bool:
    """`So với năm 2016 (186.225 triệu đồng), kế hoạch vốn tăng 14%`; `giao 14.105 tỷ đồng, tăng so với 12.400 tỷ đồng của năm 2018`."""
    if c.walk.discourse.last_measure != "allocated" and not (c.walk.found and c.walk.found[-1].measure == "allocated"):
        return False
    if c.amount < SMALLEST:
        return False
    if c.low.startswith(")", c.number.end) and _SAYS.against_year.search(c.before):
        return True
    return _SAYS.against_sum.search(c.before) is not None and _SAYS.of_that_year.match(c.low, c.number.end) is not None


def planned_need(c: Candidate) -> bool:
    """`giai đoạn 2021-2025, tỉnh dự kiến nhu cầu vốn khoảng 18.500 tỷ đồng`."""
    return c.amount >= SMALLEST and _SAYS.planned_need.search(c.before) is not None and _about_the_money(c)


def of_this_money(c: Candidate) -> bool:
    """`Kéo tỷ lệ xuống là vốn sự nghiệp của Chương trình 30a. Khoản này có 11,9 tỷ đồng`."""
    return (
        "programme" in c.walk.base
        and _SAYS.this_money.search(c.low[c.walk.sentence.start : c.number.start]) is not None
    )


def had(c: Candidate) -> bool:
    """`Xã có 28,6 tỷ đồng, tiêu được 21,7 tỷ đồng`, `cộng cả vốn kéo dài 806 tỷ đồng thì tỉnh có 2.317 tỷ đồng`, in a text that has told of such money."""
    counted = (
        bool(c.walk.found) and is_carried(c.walk.found[-1].state) and c.amount > (c.walk.found[-1].number.value or 0)
    )
    return (
        (c.weak or c.placed or counted)
        and bool(c.walk.discourse.last_measure)
        and _SAYS.has.search(c.before) is not None
    )


def of_a_source(c: Candidate) -> bool:
    """`... huy động 541.200 tỷ đồng. Tín dụng 372.000 tỷ đồng; người dân 31.500 tỷ đồng`: a payer that a sentence begins with."""
    m = next((m for m in reversed(c.left) if m.kind == "source"), None)
    raised = c.walk.discourse.opening.get("measure")
    return (
        m is not None
        and (
            m.start == c.walk.sentence.begin
            or _SAYS.besides.fullmatch(c.low, c.walk.sentence.begin, m.start) is not None
        )
        and raised is not None
        and raised.value == "allocated"
        and _SAYS.amounts_to.fullmatch(c.low, m.end, c.number.start) is not None
    )


def of_capital(c: Candidate) -> bool:
    """`Hơn 39,6 tỷ đồng vốn sự nghiệp năm 2023`."""
    return c.weak and (c.given or last(c.bound, ("given",)) is not None or c.beside("capital") or list_item(c.walk))


def given_first(c: Candidate) -> bool:
    """`Gần 67 tỷ đồng vừa được tỉnh Tuyên Quang quyết định đầu tư cho 37 xã thuộc Chương trình 135`: a sum that a sentence begins with."""
    first = c.walk.last_end == c.walk.sentence.start and c.amount >= SMALLEST
    return (
        first
        and _SAYS.given_by.match(c.low, c.number.end, c.walk.sentence.end) is not None
        and any(m.kind == "programme" and m.code != "other" for m in c.walk.sentence.mentions)
    )


def of_the_passage(c: Candidate) -> bool:
    """`Huyện có 165 tỷ đồng, 8 tháng giải ngân được 61 tỷ đồng`: in a sentence about the programmes' money a sum of a place, a programme or a year."""
    if topic_of(c.walk, c.number, c.left):
        return False
    if c.amount < SMALLEST:
        return (
            c.amount >= SMALLEST // 10
            and c.placed
            and c.walk.discourse.last_measure == "allocated"
            and _SAYS.allots.search(c.before) is not None
        )
    about = _about_the_money(c)
    if (about or c.given) and parted(c.walk, c.number):
        return True
    has = _SAYS.has.search(c.before) is not None
    if c.placed and has and disbursed_next(c.walk, c.number):
        return True
    if has or _SAYS.hands_out.search(c.before):
        return about and c.beside("programme", "place", "capital", "source", "period", "component")
    if any(
        m.kind == "programme" and m.code != "other" and _SAYS.named_next.fullmatch(c.low, c.number.end, m.start)
        for m in c.walk.sentence.between(c.number.end, c.number.end + 24)
    ):
        return True
    return about and (
        beside(c.walk, c.number, c.left)
        or ((_opened(c) or _behind_subject(c)) and (disbursed_next(c.walk, c.number) or _holds_a_source(c)))
    )


def _about_the_money(c: Candidate) -> bool:
    if (
        c.walk.discourse.last_measure
        or "programme" in c.walk.cur
        or any(m.kind in ("programme", "capital") and m.code != "other" for m in c.walk.sentence.mentions)
    ):
        return True
    return STANDARD.search(c.low, c.walk.sentence.start, c.walk.sentence.end) is not None


def _opened(c: Candidate) -> bool:
    """`Chương trình A có quy mô lớn nhất (1.346 tỷ đồng), giải ngân ...`: in brackets behind its subject."""
    return _SAYS.opens.search(c.before) is not None and any(
        m.kind in ("programme", "capital", "place", "source")
        for m in c.walk.sentence.between(c.walk.last_end, c.number.start)
    )


def _behind_subject(c: Candidate) -> bool:
    """`Chương trình A năm nay cả tỉnh 968 tỷ đồng mà mới giải ngân ...`: right behind whose it is, of a programme named."""
    near = any(
        m.kind in ("place", "programme", "capital") and _SAYS.hedged.fullmatch(c.low, m.end, c.number.start)
        for m in c.left
    )
    return near and any(m.kind == "programme" and m.code != "other" for m in c.left)


def _holds_a_source(c: Candidate) -> bool:
    """`Phần đối ứng của địa phương trong hai năm (hơn 400 tỷ đồng) đã sẵn sàng`: money of a source, not a work's cost."""
    return any(m.kind == "source" for m in c.walk.sentence.between(c.walk.last_end, c.number.start))
