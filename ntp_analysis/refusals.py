"""Sums that are no figures of the programmes' money: others' money, what works cost, what households get, what is only said again.

Each test is one reason; `acceptance` says in which order they are asked.
"""

from __future__ import annotations

from ntp_analysis.candidate import Candidate, Reason
from ntp_analysis.clues import MONEY_MEASURES, STANDARD, last
from ntp_analysis.contest import AND_PLACES, FROM_ITS_MONEY, took_over
from ntp_analysis.marks import counts_places
from ntp_analysis.mentions import Mention
from ntp_analysis.parts import part_of_source
from ntp_analysis.patterns import patterns
from ntp_analysis.shares import parts_of
from ntp_analysis.topics import SMALLEST, is_withheld, of_a_named_work
from ntp_analysis.topics import other_business as is_other_business

_SAYS = patterns("refusals")

# What is only said again, or of others' money


def spent_wrongly(c: Candidate) -> bool:
    """`đã phân bổ 12,3 tỷ đồng vốn sự nghiệp không đúng đối tượng`, `kiến nghị thu hồi, hủy dự toán 463 tỷ đồng`: an inspection's finding."""
    return (
        _SAYS.wrongly.match(c.low, c.number.end, c.walk.sentence.end) is not None
        or _SAYS.wrongly_before.search(c.low, c.walk.last_end, c.number.start) is not None
        or _SAYS.taken_back.search(c.low, c.walk.last_end, c.number.start) is not None
    )


def told_above(c: Candidate) -> bool:
    """`trong hơn 24 tỷ đồng kể trên, chương trình A giải ngân 6,3 tỷ đồng`."""
    return _SAYS.said_above.match(c.low, c.number.end) is not None


def sums_up_others(c: Candidate) -> bool:
    """`Nhà nước cho 44 triệu, vay 50 triệu, bán trâu 23 triệu. Cộng lại là 117 triệu`: the parts were no figures."""
    return bool(parts_of(c.walk.discourse.refused, c.number))


def not_given(c: Candidate) -> Reason:
    """`Còn 56.230 triệu đồng chưa giao do một số huyện chưa xong thủ tục`, `5,2 tỷ đồng để lại dự phòng`, whatever it adds up to."""
    if (
        _SAYS.given_late.search(c.low, c.walk.last_end, c.number.start)
        or _SAYS.not_given_before.search(c.low, c.walk.last_end, c.number.start)
        or _SAYS.held_back.match(c.low, c.number.end)
    ):
        return True
    if (c.verb is None or c.verb.code == "rest") and _SAYS.not_given_after.match(c.low, c.number.end):
        return Mention(c.number.start, c.number.end, "topic", "withheld")
    if (
        _SAYS.still.search(c.low, c.walk.sentence.start, c.number.start) is None
        or _SAYS.not_given.match(c.low, c.number.end) is None
    ):
        return False
    return Mention(c.number.start, c.number.end, "topic", "withheld")


def part_of_not_given(c: Candidate) -> bool:
    """`Còn 56.230 triệu đồng chưa giao, gồm: A 42.015 triệu đồng, B 14.215 triệu đồng`."""
    return is_withheld(c.walk, c.number)


def given_in_a_hamlet(c: Candidate) -> bool:
    """`bà con ở buôn Ma Lăng góp 120 triệu đồng`, `riêng con đường 900 mét, bà con đã góp 240 triệu đồng`: what one work of a hamlet had."""
    return c.amount < SMALLEST and _SAYS.of_a_hamlet.search(c.low, c.walk.sentence.start, c.number.start) is not None


def given_in_a_family(c: Candidate) -> bool:
    """`anh em góp thêm 35 triệu đồng`."""
    return _SAYS.family.search(c.low, c.walk.sentence.start, c.number.start) is not None


def moved_elsewhere(c: Candidate) -> bool:
    """`điều chuyển 36 tỷ đồng từ huyện A sang huyện B`: a change."""
    low, since = c.low, c.walk.last_end
    adjusted = (
        _SAYS.moved.search(low, since, c.number.start) is not None
        and _SAYS.from_to.match(low, c.number.end, c.walk.sentence.end) is not None
    )
    return adjusted or _SAYS.shifted.search(low, since, c.number.start) is not None


def spent_more(c: Candidate) -> bool:
    """`từ 6 đến 12/12 chỉ giải ngân thêm 36 tỷ đồng`: a change; not so of what is left, with its rate."""
    if c.walk.right_behind("undisbursed", "allocated") and _SAYS.rated.match(c.low, c.number.end):
        return False
    if _SAYS.more_of_it.match(c.low, c.number.end) and any(m.kind == "date" and m.data.until for m in c.left):
        return False  # "Tính đến 15/3, phần chuyển sang giải ngân thêm 74,8 tỷ đồng, tương đương 14,6%"
    return _SAYS.more.search(c.low, c.walk.last_end, c.number.start) is not None


def only_needed(c: Candidate) -> Reason:
    """`Con đường 3,4 km ấy cần 8,9 tỷ đồng`, where it is no budget of some years; `nhu cầu năm 2026 là 5.512 tỷ đồng`."""
    if _SAYS.demand.search(c.low, c.walk.last_end, c.number.start):
        return Mention(c.number.start, c.number.end, "topic", "withheld")  # nor are its parts figures
    return _SAYS.lacking.search(c.low, c.walk.last_end, c.number.start) is not None or (
        _SAYS.needed.search(c.low, c.walk.last_end, c.number.start) is not None
        and not any(m.kind == "period" for m in c.left)
    )


def marks_units(c: Candidate) -> bool:
    """`một số địa phương có kế hoạch vốn trên 2.000 tỷ đồng`, `6 huyện giải ngân dưới 10 tỷ đồng`: a mark, no sum of theirs."""
    return _SAYS.such_units.search(c.low, c.walk.last_end, c.number.start) is not None or (
        _SAYS.less_than.search(c.before) is not None and counts_places(c.walk, c.before, c.number)
    )


def said_to_be_no_programmes(c: Candidate) -> bool:
    """`120 tỷ đồng khắc phục thiên tai, khoản này không thuộc các chương trình`; `Chưa kể vốn các chương trình, tỉnh đầu tư 4.100 tỷ đồng`."""
    apart = _SAYS.not_counting.match(c.low, c.walk.sentence.begin)
    if apart and not any(
        m.kind in ("programme", "component", "carry") and m.start >= apart.end() for m in [*c.left, *c.bound]
    ):
        return True
    return _SAYS.not_ours.match(c.low, c.number.end, c.walk.sentence.end) is not None or _told_of_others(c)


def _told_of_others(c: Candidate) -> bool:
    """`Chính sách này không thuộc các chương trình mục tiêu quốc gia. Trung ương mới cấp 37,5 tỷ đồng`: as the paragraph said, until it names a programme."""
    begin = c.walk.v.line_start(c.walk.sentence.start)
    said = list(_SAYS.none_of_ours.finditer(c.low, begin, c.walk.sentence.start))
    return bool(said) and not (
        any(m.kind == "programme" for m in c.walk.sentence.mentions)
        or _SAYS.some_programme.search(c.low, said[-1].end(), c.walk.sentence.start)
    )


def of_the_states_budget(c: Candidate) -> Reason:
    """`Dự toán chi thường xuyên năm 2018 của NSNN là 976.515 tỷ đồng; ước thanh toán 747.531 tỷ đồng`, where no programme is named."""
    if _SAYS.states_own.search(c.low, c.walk.sentence.start, c.number.start) is None or any(
        m.kind == "programme" for m in c.walk.sentence.mentions
    ):
        return False
    return Mention(c.walk.sentence.start, c.number.start, "topic", "norms")


def of_something_local(c: Candidate) -> bool:
    """`Ngày hội ... 9 đoàn, kinh phí 620 triệu đồng`; `17 tỷ đồng sắp xếp dân cư theo Nghị quyết 12 của HĐND tỉnh`."""
    if c.beside("programme", "component", "source", "capital"):
        return False
    return (
        _SAYS.of_an_event.search(c.low, c.walk.sentence.start, c.number.start) is not None
        or _SAYS.by_local_resolution.match(c.low, c.number.end) is not None
    )


def from_other_funds(c: Candidate) -> bool:
    """`cấp 2,1 tỷ đồng dự phòng ngân sách để khắc phục`; `dành 25 tỷ đồng từ nguồn tăng thu làm điện chiếu sáng`, where no programme is spoken of."""
    if (
        _SAYS.after_a_storm.match(c.low, c.number.end)
        or _SAYS.for_disasters.search(c.low, c.walk.last_end, c.number.start)
        or _SAYS.of_the_poor.search(c.low, c.walk.last_end, c.number.start)
        or (not c.walk.breakdown and _SAYS.given_by_others.search(c.low, c.walk.last_end, c.number.start))
    ):
        return True
    if _SAYS.other_aims.match(c.low, c.number.end):
        return True
    other = _SAYS.other_funds.match(c.low, c.number.end) is not None and "programme" not in c.walk.cur
    return (
        other
        and not _SAYS.counterpart.search(c.low, c.walk.last_end, c.number.start)
        and not STANDARD.search(c.low, c.walk.sentence.start, c.walk.sentence.end)
    )


def of_an_office(c: Candidate) -> Reason:
    """`6 sở, ngành cấp tỉnh 9.180 triệu đồng (riêng Sở Y tế 5.640 triệu đồng)`: the numbers that follow are the office's, too."""
    office = _SAYS.offices.search(c.low, c.walk.last_end, c.number.start)
    if office is None or any(
        m.kind == "measure" and m.code != "given" and not c.low.startswith("được", m.start)
        for m in c.walk.sentence.between(office.start(), c.number.start)
    ):
        return False
    return Mention(office.start(), c.number.start, "someone", "body")


def of_some_one(c: Candidate) -> bool:
    """`trong đó có cơ quan mới thanh toán được 1,2 tỷ đồng`, `có huyện chỉ đạt 9%`: of one that is not named."""
    return _SAYS.some_one.search(c.before) is not None


def of_other_business(c: Candidate) -> Reason:
    """`Nợ đọng xây dựng cơ bản còn 36,5 tỷ đồng`: the clause is about a debt, a road, a loan, a norm."""
    kind = next((m for m in c.bound if m.kind == "capital"), None)
    # "duy tu công trình 9,8 tỷ đồng là vốn sự nghiệp thì chưa giải ngân"
    said = kind is not None and c.low[c.number.end : kind.start].strip() in ("là", "(là")
    return not said and is_other_business(c.walk, c.number, c.left)


# What works cost, what is lent and what is owed


def part_of_such(c: Candidate) -> bool:
    """`mua trâu hết 1 tỷ 240 triệu đồng, trong đó ngân sách hỗ trợ 1,1 tỷ đồng`: a part of what was no figure."""
    whole = next(
        (n for n in reversed(c.walk.discourse.refused) if c.walk.sentence.start <= n.start < c.number.start), None
    )
    if (
        whole is None
        or c.amount >= 5 * SMALLEST
        or c.amount > (whole.value or 0)
        or any(f.number.start > whole.start for f in c.walk.found)
    ):
        return False
    return _SAYS.of_which.fullmatch(c.low, whole.end, c.number.start) is not None and not c.beside(
        "programme", "component", "carry"
    )


def cost_of_one(c: Candidate) -> bool:
    """`làm 1 km đường mất 2,4 tỷ đồng`; `Đường A - B (42 tỷ đồng) dừng thi công`: of a work, where no programme is named."""
    if c.amount < SMALLEST and _SAYS.a_house.search(c.low, c.walk.last_end, c.number.start):
        return True
    if _SAYS.one_costs.search(c.low, c.walk.last_end, c.number.start) or _SAYS.one_thing.search(
        c.low, c.walk.last_end, c.number.start
    ):
        return True
    bare = not any(m.kind in ("programme", "capital", "component", "source") for m in c.left)
    if of_a_named_work(c.walk, c.number, c.left) or (bare and _SAYS.begun.match(c.low, c.number.end)):
        return True
    if bare and _SAYS.designed.search(c.low, c.walk.last_end, c.number.start):
        return True
    return bare and c.before.endswith("(") and _SAYS.work_done.match(c.low, c.number.end) is not None


def marks_projects(c: Candidate) -> bool:
    """`phân cấp cho xã thẩm định dự án dưới 15 tỷ đồng`."""
    return (
        not any(m.kind == "source" for m in c.left)
        and _SAYS.of_such_projects.search(c.low, c.walk.last_end, c.number.start) is not None
    )


def compared_with_design(c: Candidate) -> bool:
    """`rẻ hơn dự toán chừng 400 triệu đồng`."""
    return _SAYS.than_planned.search(c.low, c.walk.last_end, c.number.start) is not None


def cost_of_works(c: Candidate) -> bool:
    """`đang thi công 14 cầu, 38 km đường với tổng vốn 96 tỉ đồng`."""
    built = _SAYS.built.search(c.low, c.walk.sentence.start, c.number.start)
    if (
        built is None
        or took_over(c.walk, built.start() + 1, c.number)
        or FROM_ITS_MONEY.match(c.low, c.walk.sentence.begin)
    ):
        return False
    # "300 m đường với vốn đầu tư 150 triệu đồng"
    worth = [
        m
        for m in [*c.left, *c.bound]
        if not (m.kind == "capital" and c.low.endswith(("với ", "với tổng "), 0, m.start))
    ]
    return not any(
        m.kind in ("programme", "capital", "component", "source", "carry") and m.start > built.start() for m in worth
    )


def for_something_else(c: Candidate) -> bool:
    """`2.640 tỷ đồng dư nợ`; not so where it is passed on (`đã phân khai chi tiết 20 tỷ đồng cho các công trình`) or a part of a sum told."""
    if last(c.left, ("distributed",)) is not None or part_of_source(c.walk, c.number):
        return False
    if _SAYS.several_works.match(c.low, c.number.end, c.walk.sentence.end) and any(
        m.kind == "programme" and m.code != "other" for m in c.left
    ):
        return False
    if c.low.startswith(" tiền mặt", c.number.end) and any(
        m.kind == "source" and m.code == "community" for m in c.left
    ):
        return False
    behind = c.walk.sentence.between(c.number.end, c.number.end + 26)
    return any(
        m.kind in ("topic", "someone")
        and m.code != "progress"
        and _SAYS.leads_to.fullmatch(c.low, c.number.end, m.start)
        and not (m.code == "body" and AND_PLACES.match(c.low, m.end))
        for m in behind
    )


def lent(c: Candidate) -> bool:
    """`giải ngân 94,2 tỷ đồng cho 1.874 lượt hộ vay`, `tín dụng chính sách giải ngân 94,2 tỷ đồng`."""
    return (
        _SAYS.lent.match(c.low, c.number.end) is not None
        or _SAYS.lent_by_bank.search(c.low, c.walk.last_end, c.number.start) is not None
    )


def owed(c: Candidate) -> bool:
    """`Xã còn 9,8 tỷ đồng nợ`."""
    return _SAYS.owed.match(c.low, c.number.end) is not None


def spent_on_loans(c: Candidate) -> bool:
    """`giải ngân 98 tỷ đồng vốn vay ưu đãi`."""
    return c.verb is not None and c.verb.code == "disbursed" and _SAYS.loans.match(c.low, c.number.end) is not None


# What each of several gets, and what people get


def each_in_a_span(c: Candidate) -> bool:
    """`mỗi huyện từ 570 triệu đồng đến 3,6 tỷ đồng`, `các xã còn lại từ 500 triệu đến 1,2 tỷ đồng`: of none of them exactly."""
    if _SAYS.others.search(c.before) and _SAYS.starting_at.search(c.before):
        return True
    return (c.walk.each or (_SAYS.others.search(c.before) is not None and c.before.endswith("từ "))) and (
        "-" in c.low[c.number.start : c.number.end] or _SAYS.up_to.match(c.low, c.number.end) is not None
    )


def mean_of_each(c: Candidate) -> bool:
    """`huy động bình quân/xã khoảng 350 tỷ đồng`."""
    return _SAYS.mean.search(c.before) is not None


def by_the_day(c: Candidate) -> bool:
    """`Bình quân mỗi ngày phải giải ngân 15,2 tỷ đồng`."""
    return _SAYS.by_the_day.search(c.before) is not None or _SAYS.a_day.match(c.low, c.number.end) is not None


def each_of_the_others(c: Candidate) -> bool:
    """`12 xã còn lại mỗi xã 466 triệu đồng`, `các xã còn lại 863 tỷ đồng`: of places that are not named."""
    if _SAYS.all_others.search(c.before):
        return True
    return c.walk.each and _SAYS.others.search(c.before) is not None and not c.named


def each_only_counted(c: Candidate) -> bool:
    """`5 xã thuộc các tỉnh A, B mỗi xã 3 tỷ đồng`: what communes get that are only counted is not their provinces'."""
    if not c.walk.each or "mỗi xã" not in c.before or _SAYS.counted_inside.search(c.before) is None:
        return False
    return not any(m.kind == "place" and m.data.kind == "named" and m.data.level == "commune" for m in c.left)


def not_yet_distributed(c: Candidate) -> Reason:
    """`còn 5.140 tỷ đồng vốn sự nghiệp chưa phân bổ`: of no measure; nor are its parts."""
    still = (
        _SAYS.still.search(c.low, c.walk.last_end, c.number.start) is not None
        and _SAYS.not_yet.match(c.low, c.number.end, c.walk.sentence.end) is not None
    )
    if still or any(m.kind == "measure" and m.code == "none" for m in c.bound):
        return Mention(c.number.start, c.number.end, "topic", "withheld")
    if _SAYS.after_a_change.match(c.low, c.walk.sentence.begin):
        return False
    return last(c.left, ("none",)) is not None and last(c.left, MONEY_MEASURES) is None


def still_to_distribute(c: Candidate) -> bool:
    """`đã giao chi tiết 1.147 tỷ đồng; số còn lại 150 tỷ đồng đang trình HĐND`."""
    own = last(c.left, MONEY_MEASURES)
    if _SAYS.later.match(c.low, c.number.end):
        return True  # "hơn 474,8 tỷ đồng còn lại sẽ phân bổ sau"
    if _SAYS.left.match(c.low, c.number.end) and any(f.measure == "distributed" for f in c.walk.found):
        return True  # "đã phân bổ 2.984/3.120 tỷ đồng (135 tỷ đồng còn lại đang điều chỉnh)"
    return (
        own is not None
        and own.code == "rest"
        and bool(c.walk.found)
        and c.walk.found[-1].measure in ("distributed", "distribution_rate")
    )


A_HOUSEHOLD = 10**8
"""đồng: what no word calls given or spent, and is not more than this, is a household's or a lesson's, no budget"""
_OF_THE_MONEY = frozenset({"programme", "capital", "source", "component", "carry", "place", "period"})


def shared_by_people(c: Candidate) -> bool:
    """`42 hộ được hỗ trợ cây giống với tổng kinh phí 1,26 tỷ đồng`: what some people shared in; not so `dạy nghề cho 42 người và giải ngân được 1,26 tỷ đồng`."""
    if c.amount >= 5 * SMALLEST or c.beside("programme", "capital", "component", "source", "carry"):
        return False
    told = _SAYS.households.search(c.low, c.walk.last_end, c.number.start)
    return told is not None and _SAYS.and_spent.search(c.low, told.end(), c.number.start) is None


def added_to_a_norm(c: Candidate) -> bool:
    """`mức 40 triệu đồng/hộ từ ngân sách trung ương, tỉnh hỗ trợ thêm 4 triệu đồng`."""
    norm = next((n for n in reversed(c.walk.sentence.numbers) if n.end <= c.number.start), None)
    return (
        c.amount < SMALLEST
        and norm is not None
        and norm.odd == "per"
        and _SAYS.added_to_norm.fullmatch(c.low, norm.end, c.number.start) is not None
    )


def part_of_a_norm(c: Candidate) -> bool:
    """`46 triệu đồng/nhà (ngân sách trung ương 40 triệu, quỹ của huyện 6 triệu)`."""
    return _SAYS.of_a_norm.search(c.low, c.walk.sentence.start, c.number.start) is not None


def of_a_household(c: Candidate) -> bool:
    """`Măng được 180 nghìn`: what no word calls given or spent, and is small; `thanh toán một hóa đơn 40 triệu đồng`."""
    if _SAYS.one.search(c.low, c.walk.last_end, c.number.start):
        return True
    return c.verb is None and c.amount <= A_HOUSEHOLD and c.walk.sentence.line_kind != "item"


def planned_by_a_household(c: Candidate) -> bool:
    """`Tổng cộng 90 triệu đồng, nhà nước lo 40 triệu`."""
    small = c.verb is not None and c.verb.code == "allocated" and c.amount < SMALLEST // 10
    return small and not any(m.kind in _OF_THE_MONEY for m in c.walk.sentence.mentions)
