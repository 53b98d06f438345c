"""What stands behind a number and belongs to it: `12 tỷ đồng vốn sự nghiệp năm 2023`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.clues import of_all
from ntp_analysis.discourse import Value
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.timing import due_by_its_end, year_said

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("behind")

_THEN_ITS_SUM = re.compile(r"[^,;.:\d]{0,40} \d")


def take_in(walk: Walk, m: Mention) -> None:
    """Take in one thing that stands behind a number and belongs to it."""
    if m.kind in _OWN:
        _OWN[m.kind](walk, m)
    elif m.kind in ("carry", "programme", "component"):
        walk.mention(m)


def _day(walk: Walk, m: Mention) -> None:
    if m.data.kind == "year_end" and walk.v.low.startswith("trong", m.data.start) and "basis" not in walk.cur:
        return  # "742 tỷ đồng là phần vốn tỉnh có trong năm"
    said = walk.cur.get("as_of")
    told_first = (
        said is not None
        and said.how == "clause"
        and said.position >= walk.last_end
        and ";" not in walk.v.low[said.position : m.start]
    )
    if (
        not told_first
        or _due(walk, m)
        or (m.bound_to and _SAYS.of_that_day.fullmatch(walk.v.low, m.bound_to.end, m.start))
    ):
        walk.cur["as_of"] = Value(m.data, m.start, "clause")


def _due(walk: Walk, m: Mention) -> bool:
    """`phân bổ trước ngày 31/3, giải ngân 100% trước ngày 31/01/2025`: a goal's own limit right behind it."""
    basis = walk.cur.get("basis")
    return (
        basis is not None
        and basis.value == "target"
        and m.bound_to is not None
        and "trước" in walk.v.low[m.bound_to.end : m.end]
    )


def _period(walk: Walk, m: Mention) -> None:
    if m.code == "span" and year_said(walk, walk.last_end) and not due_by_its_end(walk, m):
        return  # "Năm 2026 được giao 2.310 tỷ đồng thực hiện Chương trình ... giai đoạn 2026-2035": its full name
    walk.mention(m)


def _place(walk: Walk, m: Mention) -> None:
    if m.data.kind != "self" or m.data.level != "city" or walk.home.level != "district":
        walk.mention(m)


def _capital(walk: Walk, m: Mention) -> None:
    walk.mention(m)
    if _SAYS.and_the_other.match(walk.v.low, m.end):
        walk.cur["capital"] = Value("total", m.start, "clause")


def _source(walk: Walk, m: Mention) -> None:
    walk.mention(m)
    if _with_another(walk, m):
        walk.cur["source"] = Value("", m.start, "clause")


def _with_another(walk: Walk, m: Mention) -> bool:
    """`28,8 tỷ đồng vốn ngân sách Trung ương, ngân sách tỉnh thuộc Chương trình A`: of no one source."""
    other = next((k for k in walk.sentence.between(m.end, m.end + 40, "source") if k.code != m.code), None)
    return (
        other is not None
        and _SAYS.and_more.fullmatch(walk.v.low, m.end, other.start) is not None
        and _THEN_ITS_SUM.match(walk.v.low, other.end) is None
    )


def _whole(walk: Walk, m: Mention) -> None:
    """`đạt 40% tổng kế hoạch vốn`: of all capital, if no kind of it is meant."""
    if m.code != "allocated" or (m.bound_to is not None and m.bound_to.unit != "percent"):
        return
    said_all = walk.v.low.startswith(("tổng", "toàn bộ"), m.start)
    if (
        said_all
        and not walk.right_behind("distributed")
        and not _of_the_passage(walk)
        and not _of_its_own_capital(walk, m)
    ):
        walk.cur["capital"] = Value("total", m.start, "clause")
    elif of_all(walk, m):
        walk.revert("capital")


def _of_the_passage(walk: Walk) -> bool:
    """`Vốn đầu tư gần 281 tỷ đồng. Đến nay giải ngân 11,8 tỷ đồng, đạt 4,2% tổng kế hoạch vốn`: of the kind that was told before."""
    return walk.right_behind("disbursed") and ("capital" not in walk.cur or walk.said_before("capital"))


def _of_its_own_capital(walk: Walk, m: Mention) -> bool:
    """`vốn sự nghiệp đạt 19,3% tổng kế hoạch vốn`, `vốn sự nghiệp giải ngân 148 tỷ đồng, đạt 19,3% tổng kế hoạch vốn`: of that kind's plan."""
    own = walk.cur.get("capital")
    if own is None or own.position < walk.sentence.start or m.bound_to is None:
        return False
    its_sum = walk.right_behind() and walk.found[-1].number.unit == "VND"
    if its_sum and all((c := f.state.get("capital")) is not None and c.value == own.value for f in walk.found):
        return True
    before = walk.found[:-1] if its_sum else walk.found
    return own.position >= max([walk.sentence.start, *[f.number.end for f in before]])


def _comparison(walk: Walk, m: Mention) -> None:
    walk.comparing = True
    for p in walk.sentence.between(m.end, m.end + 12, "period"):
        walk.compare = Value(p.data.period, p.start, "clause")
        p.bound_to = m.bound_to


_OWN = {
    "date": _day,
    "period": _period,
    "place": _place,
    "capital": _capital,
    "source": _source,
    "measure": _whole,
    "marker": _comparison,
}
