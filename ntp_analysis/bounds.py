"""How exact a number is said to be, and whether it is only a mark that others lie under."""

from __future__ import annotations

import re

from ntp_analysis.amounts import Number
from ntp_analysis.hedges import ABOUT, HEDGE, OVER, UNDER
from ntp_analysis.places import UPPER
from ntp_analysis.text import View

_BOUNDS = {
    "over": OVER + r"|(?<=phải )từ|(?<=là )từ|(?<=đạt )từ|(?<=sự nghiệp )từ|(?<=đầu tư )từ|không (?:để |được |được phép )?dưới|không ít hơn|ít nhất(?! ?\()|tối thiểu|vượt|đạt trên|quá|không (?:để |được |được phép )?thấp hơn|từ (?=\S+ ?(?:%|phần trăm)? trở lên)",
    "under": UNDER + r"|khó (?:mà |lòng )?(?:vượt|quá|qua|đạt|chạm|tới|lên)(?: quá| nổi| mốc| được)?|chưa (?:đạt|được|quá)|không quá|tối đa|xấp xỉ dưới|thấp hơn",
    "about": ABOUT + r"|(?:chỉ|chừng|vào|được|đạt) độ|khoảng trên dưới",
}
"""the hedges, and the words that set a limit: `tối thiểu 12 tỷ đồng`"""
_BOUND = re.compile(
    r"\b(?:" + "|".join(f"(?P<{code}>{words})" for code, words in reversed(_BOUNDS.items())) + r")(?: (?:là|được|đạt|mức|khoảng|gần|hơn|trên|tới|con số|\())*\s*$"
)
_AT_LEAST_AFTER = re.compile(r"\s*(?:tổng |kế hoạch |vốn |số )*(?:vốn |kế hoạch )?trở lên")
_FROM_ON = re.compile(r"[^,.;:\d()]{0,30}(?:\b(?:135|30a|20\d\d))?[^,.;:\d()]{0,10} trở lên\b")
_FURTHEST = 120
"""how far behind a number `trở lên` may stand"""
_NOT_EVEN = re.compile(r"chưa giải ngân (?:được|đến|tới|nổi) $")
_OF = re.compile(r"\d ?(?:(?:tỷ|tỉ|triệu|nghìn)? ?đồng|tỷ|tỉ|triệu|%|phần trăm) trên $")
_RANGE = re.compile(r"\d ?%? ?(?:-|–|đến|tới) ?\d")
_MARK = re.compile(r"(?:qua|vượt|đạt|tới|chạm|dưới|trên)(?: được)? (?:mốc|ngưỡng|mức) $")
_THRESHOLD = re.compile(r"\s*(?::|(?:, |\()(?:cụ thể|theo thứ tự|lần lượt|tương ứng))(?: là| đạt)?\s*(?:lần lượt |theo thứ tự )?(?:là |đạt )?\d")


def is_threshold(v: View, number: Number) -> bool:
    """`dưới 6%: 5,9%, 4,7% và 3,3%`: a mark that the figures behind it lie under."""
    if number.unit != "percent":
        return False
    if _MARK.search(v.low, max(0, number.start - 24), number.start) and _NAMED_NEXT.match(v.low, number.end):
        return True
    if _ONES_NEXT.match(v.text, number.end) and bound_of(v, number) != "exact":
        return True
    return _THRESHOLD.match(v.low, number.end) is not None and bound_of(v, number) != "exact"


_ONES_NEXT = re.compile(rf"(?: vốn| kế hoạch| trở lên| trở xuống)*(?: là:?|:| gồm:?| có:?) (?:[\w ]{{1,12}} )?{UPPER}[^.;%]{{1,40}}\(\d[\d,.]* ?%")
"""`3 huyện giải ngân trên 20% là Hòa An (26,4%), ...`"""
_NAMED_NEXT = re.compile(r"\s*\((?:đạt |là |cụ thể |lần lượt |theo thứ tự |tương ứng )+\d[\d,.]* ?%|(?: kế hoạch| vốn| trở lên| trở xuống)*(?: gồm| là|:| có| như)[^.;%]{1,50}\d[\d,.]* ?%|, (?:cụ thể|theo thứ tự|lần lượt|tương ứng)")


def bound_of(v: View, number: Number) -> str:
    """Return exact, over, under or about from the words right before (and behind) a number."""
    low = v.low
    if low.endswith(" trên ", 0, number.start) and _OF.search(low, max(0, number.start - 24), number.start):
        return "exact"
    if number.unit == "percent" and low.endswith(" ", 0, number.start) and _NOT_EVEN.search(low, max(0, number.start - 30), number.start):
        return "under"
    if low.find("trở lên", number.end, number.end + _FURTHEST) >= 0 and (_AT_LEAST_AFTER.match(low, number.end) or _FROM_ON.match(low, number.end)):
        return "over"
    if _RANGE.search(low, number.start, number.end):
        return "over"
    m = _BOUND.search(low, max(0, number.start - 30), number.start)
    return m.lastgroup if m and m.lastgroup else "exact"


_AGAINST = re.compile(rf"(?:mục tiêu|chỉ tiêu|yêu cầu|cam kết)(?: (?:là|đạt|{HEDGE}|giải ngân|tối thiểu|ít nhất|phải đạt))* $")
_ORDERED = re.compile(r"\bgiao (?:cho )?(?:ubnd|ủy ban nhân dân|chủ tịch ubnd|các (?:sở|phòng|ban|ngành|đơn vị|địa phương|chủ đầu tư|huyện|xã))\b[^.;%]{0,60}\bgiải ngân[^.;%]{0,80} (?:đạt|từ|tối thiểu|ít nhất|trên) (?:từ |trên )?$")
"""`giao UBND xã giải ngân cả năm đạt từ 95% trở lên`"""
_MARKED = re.compile(rf"\b(?:mốc|mức|ngưỡng|con số)(?: (?:tối thiểu|ít nhất|{HEDGE}|là))* $")
_ASKED = re.compile(r" (?:mà|do|theo|như)\b[^,.;%]{0,50}\b(?:yêu cầu|giao|đặt ra|đề ra|cam kết|đăng ký)\b")


_TASK = re.compile(r"(?:^|[.;] ?|\d\. )(?:[-+*] )?(?:nhiệm vụ|phương hướng|mục tiêu|giải pháp)\b(?! quốc gia)[^.:%]{0,80}[:.] ?(?:[^%]{0,300}[;.,] ?)?giải ngân(?: (?:hết|đạt|hoàn thành))* $", re.MULTILINE)
"""`Nhiệm vụ cuối năm: ...; giải ngân 100% vốn được giao`"""


def is_goal(v: View, number: Number, since: int) -> bool:
    """`thấp hơn mục tiêu 60%`, `còn xa mốc 85% mà tỉnh yêu cầu`: this number alone is a goal, whatever the sentence tells."""
    if _AGAINST.search(v.low, since, number.start) or _ORDERED.search(v.low, since, number.start):
        return True
    if number.unit == "percent" and number.value == 100 and _TASK.search(v.low, v.low.rfind("\n", 0, number.start) + 1, number.start):
        return True
    return _MARKED.search(v.low, since, number.start) is not None and _ASKED.match(v.low, number.end) is not None
