"""Whether a figure is what was done, an estimate or a goal, and whose goal."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ntp_analysis.dates import SOON, resolve
from ntp_analysis.discourse import State
from ntp_analysis.found import Found
from ntp_analysis.hedges import HEDGE
from ntp_analysis.places import Home
from ntp_analysis.text import View

_SPENT_OF = re.compile(r"(?:(?:tỷ|tỉ|triệu|đồng|%) (?:trên|trong|/)|% (?:tổng |số )*(?:kế hoạch|dự toán|vốn giao)) ?[^,;.]{0,30}$")
"""`ước đạt 36,4% trên tổng kế hoạch 5.032 tỷ đồng`: what was spent is estimated, not the plan"""
_SPENDING = re.compile(rf"(?:[^;]{{0,30}}\bgiải ngân|ước(?: đạt)?(?: {HEDGE})? \d)[^;]*;")
"""`ước giải ngân 5.314 tỷ đồng; vốn kéo dài 12.237 tỷ đồng`: what was given is no estimate"""
_PARTED = re.compile(r"[,;:] (?:trong đó|gồm|bao gồm|chia ra|cụ thể)\b")
"""`đặt mục tiêu huy động 2.650 tỷ đồng; trong đó vốn ngân sách 812 tỷ đồng`: parts of a goal are such"""
_ASKS = re.compile(
    r"\btỉnh(?: ủy| uỷ)? (?:đã |thì |vừa )?[\"“]?(?:chốt|khoán|yêu cầu|giao|đặt|đề ra|ra chỉ tiêu|chỉ đạo|đưa|đôn đốc|đề nghị|quyết tâm|phấn đấu|dặn)\b[\"”]?(?! cho (?:huyện|xã|thị xã)| huyện| xã| thị xã)"
)
_NATION_ASKS = re.compile(r"(?:thủ tướng|chính phủ|bộ trưởng|ban chỉ đạo trung ương)\b[^.;%]{0,60}? (?:yêu cầu|đề nghị|chỉ đạo|giao|đặt mục tiêu)\b[^.;%]{0,50}?\b(?:các (?:địa phương|bộ|tỉnh)|cả nước)")


def basis_of(v: View, f: Found, state: State) -> str:
    """Return actual, forecast or target."""
    value = state.get("basis")
    if value is None or f.zero or f.compare:
        return "actual"
    if f.measure == "undisbursed" and value.position > f.number.start:
        return "actual"  # "còn 300 tỷ đồng phải giải ngân"
    code = str(value.value) if value.position >= f.sentence.start or value.value == "forecast" else "actual"
    if f.measure == "allocated" and code == "forecast" and (
        _SPENDING.match(v.low, value.position, f.number.start) or _SPENT_OF.search(v.low, max(f.sentence.start, f.number.start - 46), f.number.start)
    ):
        return "actual"
    if f.measure == "allocated" and code == "target":
        if value.how == "passage":
            return "target"  # a part of the sum that shall be raised
        whole = _PARTED.split(v.low[f.sentence.start : f.number.start])[0]
        near = re.split(r"[;:]|\.(?!\d)", whole[-130:])[-1]
        return "target" if "huy động" in near and re.search("phấn đấu|mục tiêu", near) else "actual"
    return code


def still_to_come(v: View, f: Found, today: date | None) -> bool:
    """A rate of a day well after the article's is due, whatever the verb; so are those told beside it."""
    value = f.state.get("as_of")
    if value is None or today is None or not f.measure.endswith("rate") or f.compare or value.position < f.sentence.start:
        return False
    day = resolve(value.value, today, "actual" if value.value.kind == "budget_end" else "target", None)
    return day is not None and day > today + SOON and basis_of(v, f, f.state) == "actual"


_CALLS_ON_ALL = re.compile(r"\b(?:yêu cầu|đề nghị|chỉ đạo)\b[^.;%]{0,30}\bcác (?:tỉnh|địa phương)\b")


def setter(v: View, f: Found, home: Home) -> Any:
    """Return whose goal a sentence says that a number is, where it names no place for it.

    `UBND tỉnh yêu cầu các địa phương đến 30/9 giải ngân 60%`: what a province asks of its districts is its own;
    `Phó Thủ tướng yêu cầu các địa phương hết quý III đạt 65%`: what the government asks of all is the country's.
    """
    low, start, end = v.low, f.sentence.start, f.number.start
    asked = _NATION_ASKS.search(low, start, end)
    if asked and home.level != "region" and not _names(f, asked.end(), ("named", "self")):
        return Home(home.day, "", "Việt Nam", "country")
    if home.level == "region" and _CALLS_ON_ALL.search(low, start, end):
        return home
    promised = _promiser(v, f)
    if promised is not None:
        return promised
    last = max((m.end() for m in _ASKS.finditer(low, start, end) if not _ITS_GOAL.search(low, start, m.start())), default=0)
    if home.province and last and not _names(f, last, ("named", "self")):
        return Home(home.day, home.province, home.province, "province")
    return None


_ITS_GOAL = re.compile(r"\b(?:theo|so với|vượt|bằng|đạt) (?:chỉ tiêu|mục tiêu|mức|yêu cầu|kế hoạch)(?: mà| do)? $")
"""`theo chỉ tiêu tỉnh giao, đến thời điểm này phải là 55%`: of the one that the goal was set for"""


_PROMISES = re.compile(r" (?:(?:đã|cũng|thì|xin) )*(?:cam kết|hứa|quyết tâm|đăng ký)\b")


def _promiser(v: View, f: Found) -> Any:
    """`Chủ tịch huyện Đam Rông cam kết tới 30-11 huyện giải ngân tối thiểu 80%`: the unit whose head promises."""
    named = [m for m in f.sentence.between(f.sentence.start, f.number.start) if m.kind == "place" and m.data.kind == "named"]
    if not named or named[-1].data.level not in ("district", "commune") or not _PROMISES.match(v.low, named[-1].end):
        return None
    return named[-1].data


def _names(f: Found, since: int, kinds: tuple[str, ...]) -> bool:
    return any(m.kind == "place" and m.data.kind in kinds for m in f.sentence.between(since, f.number.start))
