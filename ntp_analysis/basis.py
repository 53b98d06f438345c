"""Whether a figure is what was done, an estimate or a goal, and whose goal."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from ntp_analysis.dates import SOON, resolve
from ntp_analysis.discourse import State
from ntp_analysis.found import Found
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home
from ntp_analysis.text import View

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("basis")


def on_basis(walk: Walk, m: Mention) -> None:
    """Take in a word of an estimate, of a duty or of what was done."""
    said = walk.cur.get("basis")
    if (
        m.code == "actual"
        and said is not None
        and said.value == "forecast"
        and said.position >= max(walk.sentence.start, walk.last_end)
    ):
        return  # "ước cả năm chỉ đạt khoảng 68%"
    if m.code == "target" and (_done_by_then(walk, m) or _has_done(walk, m)):
        return
    if (
        m.code == "target"
        and said is not None
        and said.value == "forecast"
        and said.position >= max(walk.sentence.start, walk.last_end)
        and walk.v.low.startswith("phải bố trí", m.start)
    ):
        return  # "tỉnh ước tính còn phải bố trí khoảng 290 tỷ đồng"
    walk.put("basis", m.code, m.start)


def _done_by_then(walk: Walk, m: Mention) -> bool:
    """`giải ngân đến hết tháng 11 khá: Bình Thuận hoàn thành 100%`, told in December: reached by that day, no goal."""
    said = walk.cur.get("as_of")
    if said is None or said.position < walk.sentence.start or not walk.v.low.startswith("hoàn thành", m.start):
        return False
    day = resolve(said.value, walk.home.day, "actual", None)
    return day is not None and day <= walk.home.day


def _has_done(walk: Walk, m: Mention) -> bool:
    """`Dự án 4 đạt 38,7%; Dự án 5 hoàn thành 100%; Dự án 6 đạt 60,2%`, with no word of a duty: one of what was done."""
    before = walk.v.low[walk.sentence.start : m.start]
    if (
        not walk.v.low.startswith("hoàn thành", m.start)
        or _SAYS.duty.search(before)
        or any(k.kind == "date" and k.data.until for k in walk.sentence.mentions)
    ):
        return False
    return before.endswith("đã ") or (
        bool(walk.found) and walk.found[-1].measure == "rate" and "basis" not in walk.found[-1].state
    )


def end_estimate(walk: Walk, m: Mention) -> None:
    """`... ước giải ngân 61%. Trong số này, vốn giao năm 2025 là ...`, `khối lượng ước 11 tỷ đồng song giải ngân 7 tỷ đồng`: what is told next is no estimate."""
    basis, measure = walk.cur.get("basis"), walk.cur.get("measure")
    if (
        basis
        and basis.value == "forecast"
        and walk.sentence.start <= basis.position < walk.last_end <= m.start
        and _SAYS.in_fact.search(walk.v.low, walk.last_end, m.start)
    ):
        walk.revert("basis")
        return
    if (
        m.code == "allocated"
        and basis
        and basis.position < walk.sentence.start
        and measure
        and measure.value != "allocated"
    ):
        walk.cur.pop("basis")


def basis_of(v: View, f: Found, state: State) -> str:
    """Return actual, forecast or target."""
    value = state.get("basis")
    if f.measure == "allocated" and not f.zero and _SAYS.asked_for.search(v.low, f.sentence.start, f.number.start):
        return "forecast"
    if value is None or f.zero or f.compare:
        return "actual"
    if f.measure == "undisbursed" and (
        value.position > f.number.start or _SAYS.from_now.search(v.low, f.sentence.start, f.number.start)
    ):
        return "actual"  # "còn 300 tỷ đồng phải giải ngân", "số vốn phải giải ngân từ nay đến cuối năm là 628 tỷ đồng"
    code = str(value.value) if value.position >= f.sentence.start or value.value == "forecast" else "actual"
    if (
        f.measure == "allocated"
        and code == "forecast"
        and (
            _SAYS.spending.match(v.low, value.position, f.number.start)
            or _SAYS.spent_of.search(v.low, max(f.sentence.start, f.number.start - 46), f.number.start)
        )
    ):
        return "actual"
    if f.measure == "allocated" and code == "target":
        if value.how == "passage":
            return "target"  # a part of the sum that shall be raised
        if _SAYS.to_be_raised.search(v.low, f.sentence.start, f.number.start):
            return "target"
        whole = _SAYS.parted.split(v.low[f.sentence.start : f.number.start])[0]
        near = re.split(r"[;:]|\.(?!\d)", whole[-130:])[-1]
        return "target" if _SAYS.to_raise.search(near) else "actual"
    return code


def still_to_come(v: View, f: Found, today: date | None) -> bool:
    """A rate of a day well after the article's is due, whatever the verb; so are those told beside it."""
    value = f.state.get("as_of")
    if (
        value is None
        or today is None
        or not f.measure.endswith("rate")
        or f.compare
        or value.position < f.sentence.start
    ):
        return False
    day = resolve(value.value, today, "actual" if value.value.kind == "budget_end" else "target", None)
    return day is not None and day > today + SOON and basis_of(v, f, f.state) == "actual"


def setter(v: View, f: Found, home: Home) -> Any:
    """Return whose goal a sentence says that a number is, where it names no place for it.

    `UBND tỉnh yêu cầu các địa phương đến 30/9 giải ngân 60%`: what a province asks of its districts is its own;
    `Phó Thủ tướng yêu cầu các địa phương hết quý III đạt 65%`: what the government asks of all is the country's.
    """
    low, start, end = v.low, f.sentence.start, f.number.start
    asked = _SAYS.nation_asks.search(low, start, end)
    if asked and home.level != "region" and not _names(f, asked.end(), ("named", "self")):
        return Home(home.day, "", "Việt Nam", "country")
    if home.level == "region" and _SAYS.calls_on_all.search(low, start, end):
        return home
    promised = _promiser(v, f)
    if promised is not None:
        return promised
    last = max(
        (m.end() for m in _SAYS.asks.finditer(low, start, end) if not _SAYS.its_goal.search(low, start, m.start())),
        default=0,
    )
    if home.level == "province" and (asked := _SAYS.meeting_asks.search(low, start, end)):
        last = max(last, asked.end())
    # "yêu cầu các huyện A, B lo nhà ở; bảo đảm giải ngân 95%"
    last = max(last, low.rfind("; ", start, end)) if last else 0
    if home.province and last and not _names(f, last, ("named", "self")):
        return Home(home.day, home.province, home.province, "province")
    return None


def _promiser(v: View, f: Found) -> Any:
    """`Chủ tịch huyện Đam Rông cam kết tới 30-11 huyện giải ngân tối thiểu 80%`: the unit whose head promises."""
    named = [
        m for m in f.sentence.between(f.sentence.start, f.number.start) if m.kind == "place" and m.data.kind == "named"
    ]
    if (
        not named
        or named[-1].data.level not in ("district", "commune")
        or not _SAYS.promises.match(v.low, named[-1].end)
    ):
        return None
    return named[-1].data


def _names(f: Found, since: int, kinds: tuple[str, ...]) -> bool:
    return any(m.kind == "place" and m.data.kind in kinds for m in f.sentence.between(since, f.number.start))
