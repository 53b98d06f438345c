"""Percentages told of others, or beside them: shares, offices', works', files', what units did that was no spending; and those that are ours after all."""

from __future__ import annotations

from ntp_analysis.candidate import Candidate, Reason
from ntp_analysis.clues import RATE_WORDS, shares_told
from ntp_analysis.marks import counts_places
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.shares import part_of_raised
from ntp_analysis.topics import of_a_named_work as is_of_a_named_work
from ntp_analysis.topics import topic_of

_SAYS = patterns("others_rates")


def of_counterpart(c: Candidate) -> bool:
    """`tỉnh bố trí thêm 15% đối ứng`."""
    if (_SAYS.equal_to.search(c.before) and _SAYS.beside_whose.match(c.low, c.number.end)) or _SAYS.set_as_least.search(
        c.before
    ):
        return True
    return (
        _SAYS.counterpart.search(c.before) is not None or _SAYS.counterpart_next.match(c.low, c.number.end) is not None
    )


def none_of_some_offices(c: Candidate) -> bool:
    """`vẫn còn 2 cơ quan trung ương có tỷ lệ giải ngân 0%`."""
    some = _SAYS.some_offices.search(c.before) if c.number.value == 0 else None
    return some is not None and not any(
        x.isupper() for x in c.walk.v.text[c.walk.last_end + some.start() : c.number.start]
    )


def part_of_a_whole(c: Candidate) -> bool:
    """`ngân sách huyện 14,8 tỷ đồng (10%)`."""
    return part_of_raised(c.walk, c.number) or shares_told(c.walk, c.walk.last_end)


def denied(c: Candidate) -> bool:
    """`đạt 41%, không phải dưới 30%`, `Không có huyện nào đạt 50%`, `100% cũng không phải đích đến`: what is said not to be."""
    return _SAYS.denied.search(c.before) is not None or _SAYS.no_goal.match(c.low, c.number.end) is not None


def instead(c: Candidate) -> bool:
    """`không giải ngân được quá 10%, chỉ dừng ở 9,3%`."""
    before = next((n for n in reversed(c.walk.sentence.numbers) if n.end <= c.number.start), None)
    if (
        before is None
        or before.unit != "percent"
        or _SAYS.but_only.fullmatch(c.low, before.end, c.number.start) is None
    ):
        return False
    return _SAYS.denied.search(c.low[c.walk.sentence.start : before.start]) is not None and any(
        m.kind == "measure" for m in c.walk.sentence.between(c.walk.sentence.start, before.start)
    )


def of_work_done(c: Candidate) -> bool:
    """`đường làm từ 2023 tới giờ chưa xong 50%`."""
    if _SAYS.amount_done.search(c.before):
        return True  # "Trồng mới 4.210 ha rừng, đạt 52,6% kế hoạch"
    return _SAYS.done.search(c.before) is not None and not c.walk.right_behind("allocated")


def of_an_office(c: Candidate) -> Reason:
    """`Ban Dân tộc (9,8%)`: the numbers that follow are the office's, too."""
    if _SAYS.offices.search(c.before) is None:
        return False
    return Mention(c.walk.last_end, c.number.start, "someone", "body")


def of_a_named_work(c: Candidate) -> bool:
    """`đường Vành đai 2 mới giải ngân được 37%`."""
    return is_of_a_named_work(c.walk, c.number, c.left)


def one_under_the_mark(c: Candidate) -> bool:
    """`phê bình 4 xã có tỷ lệ giải ngân dưới 30%, gồm: xã A (12,6%), xã B (17,1%)`."""
    opened = c.low.endswith(" (", 0, c.number.start) and c.low.startswith(")", c.number.end)
    if not opened or not any(m.kind == "place" and m.end == c.number.start - 2 for m in c.left):
        return False
    mark = next((n for n in c.walk.sentence.numbers if n.unit == "percent"), None)
    if (
        mark is None
        or mark.start >= c.number.start
        or ";" in c.low[mark.end : c.number.start]
        or _SAYS.and_they_are.match(c.low, mark.end, c.number.start) is None
    ):
        return False
    return counts_places(c.walk, c.low[c.walk.sentence.start : mark.start], mark) and any(
        m.kind == "measure" and m.code in RATE_WORDS for m in c.walk.sentence.between(c.walk.sentence.start, mark.start)
    )


def each_year(c: Candidate) -> Reason:
    """`hộ nghèo mỗi năm rút được 2 - 3%`: the numbers that follow are of that, too."""
    if _SAYS.yearly.search(c.before) is None:
        return False
    return topic_of(c.walk, c.number, c.left) or c.walk.refused or True


def of_units_that_did(c: Candidate) -> bool:
    """`812 đơn vị cập nhật, đạt 77,4%`."""
    return _SAYS.units_did.search(c.before) is not None


def of_files(c: Candidate) -> Reason:
    """`tiếp nhận 926 hồ sơ, giải quyết 97%`: nor is what joins it ours."""
    files = _SAYS.of_files.search(c.before)
    if files is None:
        return False
    return Mention(c.walk.last_end + files.start(), c.number.start, "topic", "norms")


def share_of_a_count(c: Candidate) -> bool:
    """`42 xã (61%)`, `65/129 xã đạt chuẩn, bằng 50,4%`."""
    return _SAYS.share_of_count.search(c.before) is not None or _SAYS.count_of_count.search(c.before) is not None
