"""Which is nearer to a number: a topic on its left that is none of ours, or words that say that it is the programmes' money."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.clues import OF_PLAN, RATE_WORDS, disbursed_next, in_brackets, spent_before
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("contest")

AND_PLACES = _SAYS.and_places
"""`các bộ, cơ quan trung ương và địa phương đã phân bổ 872 nghìn tỷ đồng`: all of them"""
FROM_ITS_MONEY = _SAYS.from_its_money
"""`Từ nguồn vốn của Chương trình 135, huyện xây dựng 62 công trình với tổng vốn trên 18 tỷ đồng`"""
_PARTED = re.compile(r"[,;:]")


@dataclass(frozen=True)
class Contest:
    """A number, the topic nearest on its left, and what stands between them."""

    walk: Walk
    number: Number
    left: list[Mention]
    topic: Mention

    @cached_property
    def low(self) -> str:
        return self.walk.v.low

    @cached_property
    def gap(self) -> str:
        return self.low[self.topic.end : self.number.start]

    @cached_property
    def measures(self) -> list[Mention]:
        """The words from the topic on that say what was measured."""
        return [
            m
            for m in self.left
            if m.kind == "measure"
            and m.code not in ("given", "none")
            and m.start >= self.topic.start
            and not (self.topic.code == "loans" and m.end <= self.topic.end)
        ]

    @cached_property
    def to_measure(self) -> str:
        """The words from the topic to the last measure."""
        return self.low[self.topic.end : self.measures[-1].start] if self.measures else ""

    @cached_property
    def subject(self) -> bool:
        """Something of ours is named behind the topic, and not as a part of a bank's name (`NHCSXH huyện A`)."""
        own = [
            m
            for m in self.left
            if not in_brackets(self.low, self.topic.end, m.start)
            and not (self.topic.code == "loans" and m.kind == "place" and m.start - self.topic.end < 3)
        ]
        return _subject_after(own, self.topic.end)

    @cached_property
    def several(self) -> bool:
        """`các công trình`, `nhiều công trình`: not the one."""
        begin = max(self.walk.sentence.start, self.topic.start - 16)
        return _SAYS.several.search(self.low, begin, self.topic.start) is not None

    def mentioned(self, kind: str, *codes: str) -> bool:
        """Tell whether a word of a kind stands behind the topic."""
        return any(m.kind == kind and m.start >= self.topic.end and (not codes or m.code in codes) for m in self.left)


def about_other(walk: Walk, number: Number, left: list[Mention], topic: Mention) -> bool:
    """Tell whether the nearest topic on the left is nearer than what says that the number is ours: by the first rule that knows."""
    contest = Contest(walk, number, left, topic)
    for rule in _RULES.get(topic.code, _RULES_OF_OTHERS):
        verdict = rule(contest)
        if verdict is not None:
            return verdict
    return True


def _share(c: Contest) -> bool:
    """`chiếm 40%` is a share of something; `nơi chiếm một nửa số vốn, đã giải ngân 48,7%` is not."""
    if c.number.unit != "percent":
        return False
    if c.measures and c.measures[-1].code in RATE_WORDS and "," in c.to_measure:
        return False
    return not (OF_PLAN.match(c.low, c.number.end) or spent_before(c.walk, c.number))


def _progress(c: Contest) -> bool:
    """`tăng 5,8%`, unless a clause of its own begins between."""
    told = (
        _PARTED.search(c.gap)
        or re.search(r"\bthì\b", c.gap)
        or (c.low.endswith(" hơn", 0, c.topic.end) and _SAYS.in_brackets.fullmatch(c.gap))
    )
    return not c.measures and not _subject_after(c.left, c.topic.end) and not told


def _loaned(c: Contest) -> bool | None:
    return True if _SAYS.loaned.fullmatch(c.gap) else None


def _given_by_them(c: Contest) -> bool | None:
    """`bà con và doanh nghiệp đóng góp 288 tỷ đồng`: money raised."""
    given = c.measures and _SAYS.by_them.match(c.low, c.measures[-1].start, c.measures[-1].end)
    return False if given else None


def _titled(c: Contest) -> bool | None:
    """`Dự án 1 về nhà ở, nước sinh hoạt mới giải ngân 40%`: the topic is a project's title, and its money is told."""
    if not in_a_title(c.left, c.topic):
        return None
    title = [m for m in c.left if m.kind == "component" and m.end <= c.topic.start][-1]
    told = (
        c.measures
        or c.number.unit == "percent"
        or _SAYS.given_now.search(c.low, c.topic.end, c.number.start)
        or _SAYS.with_a_sum.search(c.low, c.topic.end, c.number.start)
        or _SAYS.funds_of_project.search(c.low, c.walk.last_end, c.topic.start)
        or disbursed_next(c.walk, c.number)
        or _SAYS.of_project.fullmatch(c.low, title.end, c.topic.start)
    )
    return False if told else None


def _measured_apart(c: Contest) -> bool | None:
    return False if ";" in c.to_measure else None


def _body(c: Contest) -> bool:
    """`Bộ Y tế được giao 246 tỷ đồng` is a ministry's; what a ministry orders or reports is not."""
    begins = c.topic.end
    if AND_PLACES.match(c.low, begins) or _SAYS.orders.match(c.low, begins) or _SAYS.reports_it.match(c.low, begins):
        return False
    if _SAYS.given_to.search(c.low, max(0, c.topic.start - 18), c.topic.start):
        return True
    if (_SAYS.its_money if c.number.unit == "VND" else _SAYS.its_rate).fullmatch(c.gap):
        return True
    if _SAYS.money_of.search(c.low, c.walk.last_end, c.topic.start):
        return not c.subject
    acts = c.low[c.topic.start : c.topic.end].endswith("chủ đầu tư")
    return not c.subject and (acts or not _PARTED.search(c.gap)) and bool(c.measures)


def _sum_for_it(c: Contest) -> bool | None:
    """`hỗ trợ nhà ở cho hộ nghèo (dự án 5) chỉ 52 tỷ đồng`; what a programme's money is for."""
    if c.number.unit != "VND":
        return None
    last = c.left[-1]
    if last.kind == "component" and _SAYS.named_by_it.fullmatch(c.low, last.end, c.number.start):
        return False
    if c.topic.code == "works" and _money_for_works(c):
        return False
    programmes = (
        c.topic.code != "someone"
        and _SAYS.is_for.search(c.low, c.walk.last_end, c.topic.start)
        and _SAYS.of_programme.match(c.low, c.topic.end)
    )
    return False if programmes else None


def _lent_to_it(c: Contest) -> bool | None:
    return False if c.number.unit == "VND" and _one_of_the_sources(c.walk, c.left) else None


def _works_rate(c: Contest) -> bool | None:
    """`dự án hỗ trợ nhà ở giải ngân 81,4%`; `Với tiến độ các công trình hiện nay, tôi dự báo hết tháng 9 được khoảng 62%`."""
    if c.number.unit != "percent":
        return None
    begin = max(c.walk.sentence.start, c.topic.start - 24)
    aids = c.measures and _SAYS.aids.search(c.low, begin, c.topic.start)
    return False if aids or (_dated(c) and c.mentioned("basis", "forecast", "target")) else None


def _spent_on_several(c: Contest) -> bool | None:
    spent = c.measures and c.measures[-1].code == "disbursed" and c.several and "," in c.to_measure
    return False if spent else None


def _dated(c: Contest) -> bool:
    return c.topic.code == "works" and any(m.kind == "date" and m.data.until and m.start >= c.topic.end for m in c.left)


def _measured_anew(c: Contest) -> bool | None:
    """A measure behind the topic is of what is named with it, of a day or year of its own, or of another clause."""
    if not c.measures:
        return None
    apart = _SAYS.contrast.search(c.low, c.topic.end, c.measures[-1].start) and c.mentioned("period")
    parted = c.topic.code not in ("works", "someone") and _PARTED.search(c.to_measure)
    return False if c.subject or _dated(c) or apart or parted else None


def _listed_next(c: Contest) -> bool | None:
    if c.measures:
        return None
    return False if (c.subject and re.search(r"[;:]", c.gap)) or _begins_anew(c) else None


def _works_of_ours(c: Contest) -> bool | None:
    """`đã phân bổ chi tiết cho từng công trình: 24.230 triệu đồng`: the works are what the programme's money went to."""
    earlier = [
        m
        for m in c.left
        if m.kind == "measure"
        and m.code in ("disbursed", "allocated", "distributed", "rate")
        and m.start < c.topic.start
    ]
    if not earlier:
        return None
    if earlier[-1].code == "distributed" and _SAYS.to_works.fullmatch(c.low, earlier[-1].end, c.topic.start):
        return False
    if any(m.kind in ("programme", "capital", "component") for m in c.left):
        return _SAYS.its_cost.search(c.low, c.topic.start, c.topic.end) is not None
    return None


def in_a_title(left: list[Mention], topic: Mention) -> bool:
    """`Dự án 1 về nhà ở, nước sinh hoạt mới giải ngân`: what a project is for is its title."""
    return topic.code != "someone" and any(m.kind == "component" and m.end <= topic.start for m in left)


def _subject_after(left: list[Mention], position: int) -> bool:
    return any(
        m.start >= position and m.kind in ("programme", "capital", "source", "component", "carry") for m in left
    ) or any(m.start >= position and m.kind == "place" and m.data.kind != "self" for m in left)


def _one_of_the_sources(walk: Walk, left: list[Mention]) -> bool:
    """`Trong đó, vốn trung ương 141 tỷ đồng; vốn địa phương 25 tỷ đồng; vốn vay ưu đãi của Ngân hàng Chính sách xã hội 31 tỷ đồng`: a part of the sum."""
    parted = (
        (walk.breakdown or walk.breakdown_of_sum())
        and len(walk.found) > 1
        and all("source" in f.state and f.measure == "allocated" for f in walk.found[-2:])
    )
    return parted and any(m.kind == "source" and m.code == "credit" for m in left)


def _begins_anew(c: Contest) -> bool:
    """`vốn đầu tư 71,3 tỷ đồng làm đường, thủy lợi, vốn sự nghiệp 22,8 tỷ đồng ...`: the next sum of a list, whatever the one before was for."""
    if c.number.unit != "VND" or not c.walk.found or c.walk.found[-1].number.unit != "VND":
        return False
    if gives_next(c.walk, c.number):
        return True
    m = next((m for m in reversed(c.left) if m.kind == "capital" and m.start >= c.topic.end), None)
    return (
        m is not None
        and "," in c.low[c.topic.end : m.start]
        and _SAYS.amounts_to.fullmatch(c.low, m.end, c.number.start) is not None
    )


def gives_next(walk: Walk, number: Number) -> bool:
    """`xây 23 công trình; bố trí 2,1 tỷ đồng hỗ trợ sản xuất`: behind a semicolon, the next sum given."""
    return _SAYS.gives_next.search(walk.v.low, walk.last_end, number.start) is not None


def _money_for_works(c: Contest) -> bool:
    """Tell whether a sum told of works is a programme's money for them, and not what they cost."""
    walk, low = c.walk, c.low
    if took_over(walk, c.topic.start, c.number) or _labelled(c) or _paid_for_works(c):
        return True
    if c.measures and FROM_ITS_MONEY.match(low, walk.sentence.start):
        return True
    spent = bool(c.measures) and c.measures[-1].code == "disbursed"
    return spent and c.several and _SAYS.built_with.search(low, c.topic.end, c.number.start) is not None


def took_over(walk: Walk, works: int, number: Number) -> bool:
    """`nhận bàn giao 49 công trình với tổng vốn 44,6 tỷ đồng`, `47 công trình, dự án nhận từ các đơn vị cũ với tổng vốn 52,3 tỷ đồng`."""
    begin, low = max(walk.sentence.start, walk.last_end), walk.v.low
    return (
        _SAYS.took_over.search(low, begin, works) is not None
        or _SAYS.taken_over.search(low, works, number.start) is not None
    )


def _labelled(c: Contest) -> bool:
    """`4/ Duy tu, bảo dưỡng công trình: kinh phí 540 triệu đồng, chưa giải ngân`: the works are what an item of a programme's is called."""
    if (
        not _SAYS.numbered.match(c.low, c.walk.sentence.begin)
        or c.walk.found
        or not _SAYS.its_plan.fullmatch(c.low, c.topic.end, c.number.start)
    ):
        return False
    return _SAYS.spending_next.match(c.low, c.number.end, c.walk.sentence.end) is not None


def _paid_for_works(c: Contest) -> bool:
    """`Đã thanh toán cho các công trình 71.230 triệu đồng`: money spent, of all of them."""
    of_all = c.low.startswith(("các ", "những "), c.topic.start)
    paid = any(
        m.kind == "measure" and m.code == "disbursed" and c.low[m.end : c.topic.start].strip() in ("", "cho")
        for m in c.left
    )
    return of_all and paid and _SAYS.light_to_sum.fullmatch(c.low, c.topic.end, c.number.start) is not None


_Rule = Callable[[Contest], bool | None]
_FIRST: tuple[_Rule, ...] = (_given_by_them, _titled, _measured_apart)
_LAST: tuple[_Rule, ...] = (_measured_anew, _listed_next)
_RULES: dict[str, tuple[_Rule, ...]] = {
    "share": (_share,),
    "progress": (_progress,),
    "body": (*_FIRST, _body),
    "loans": (_loaned, *_FIRST, _sum_for_it, _lent_to_it, *_LAST),
    "works": (*_FIRST, _sum_for_it, _works_rate, _spent_on_several, *_LAST, _works_of_ours),
}
"""what is asked where a topic stands nearest, by what it is"""
_RULES_OF_OTHERS: tuple[_Rule, ...] = (*_FIRST, _sum_for_it, *_LAST)
