"""Percentages and sums that units are counted by: a mark that they lie over or under, no figure of theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.bounds import is_threshold
from ntp_analysis.clues import text_before
from ntp_analysis.hedges import HEDGE

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_COUNTED = re.compile(
    r"\b(?:\d{1,3}(?:/\d{1,3})?|(?:với|tại|gửi|tới) (?:các|những)|một số|nhiều|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|có) (?:bộ, cơ quan|bộ, địa phương|bộ, ngành, địa phương|bộ, ngành và địa phương|bộ|cơ quan|địa phương|huyện|xã|tỉnh|đơn vị|chủ đầu tư|dự án|công trình|tỉnh, thành phố|bộ, cơ quan trung ương|bộ, ngành|xã, phường|huyện, thành phố)(?:,? (?:tính )?(?:đến|tới) (?:hết )?(?:tháng|ngày|quý|nay)[^,.;%]{0,16},?)?(?: (?:[^\d,.;%]|(?:tháng|ngày) \d{1,2}(?:/\d{1,2})?(?:/20\d\d)?|năm 20\d\d){0,110})?,? ?(?:trên|dưới|từ|hơn|thấp hơn|đạt từ|cao hơn|chưa đến|chưa tới|không tới|(?:trên|dưới|(?:chưa|không) (?:qua|vượt|chạm|đạt)(?: (?:nổi|được|quá|tới))?) (?:mức|mốc|ngưỡng)|vượt (?:mức|mốc|ngưỡng)|từ \d{1,3}(?:,\d+)? ?%? (?:đến|tới)(?: dưới)?) ?$"
)
_NEXT_MARK = re.compile(rf" ?(?:đến|tới)(?: {HEDGE})? |[,;] (?:và )?(?:số )?còn lại(?: đều| đạt| là| giải ngân)* (?:dưới|trên|từ)(?: mức)? ")


_OFFICES = re.compile(r"(?<=\d )(?:Bộ|Sở|Ban|Cơ quan)\b|\b(?:CTMTQG|MTQG|CT|NTM|GNBV|DTTS(?:&MN)?|ĐTC|XDCB|UBND|KH)\b")
"""`18 Bộ, ngành dưới 10%`, `4 xã giải ngân vốn CTMTQG dưới 20%` name none"""


def only_marks(walk: Walk, number: Number) -> bool:
    """`8 tỉnh giải ngân trên 80%, như Thanh Hóa 92,1%`: a percentage that units named behind it lie over or under."""
    before = text_before(walk, number)
    return number.unit == "percent" and (marks_units(walk, number) or counts_places(walk, before, number))


def _next_mark(walk: Walk, number: Number) -> bool:
    """`47 xã giải ngân từ 30% đến dưới 50%, còn lại dưới 30%`: marks of the units counted."""
    return walk.mark > walk.last_end and _NEXT_MARK.fullmatch(walk.v.low, walk.mark, number.start) is not None


def counts_places(walk: Walk, before: str, number: Number) -> bool:
    """`14 địa phương giải ngân trên 50%` counts places; `hai huyện Phong Thổ và Sìn Hồ trên 50%` names them."""
    m = _COUNTED.search(before)
    if m is not None and any(k.code == "target" for k in walk.sentence.between(walk.last_end + m.start(), number.start, "basis")):
        return False  # "40 xã cam kết giải ngân đạt từ 95%"
    return m is not None and not any(c.isupper() for c in _OFFICES.sub("", walk.v.text[walk.last_end + m.start() + 1 : number.start]))


def marks_units(walk: Walk, number: Number) -> bool:
    """`47 xã giải ngân từ 30% đến dưới 50%`."""
    return is_threshold(walk.v, number) or _next_mark(walk, number)
