"""Sums that part one told before: by what they are for, or by whose they are."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import Mention
from ntp_analysis.shares import REACH, plans_of, total
from ntp_analysis.topics import SMALLEST, topic_of

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_BEHIND_A_NAME = re.compile(rf"\s?[(–:-]?\s?(?:(?:{HEDGE}|được|là|với) )*")
_GRANTED = re.compile(r"hỗ trợ|phân bổ|bố trí|cấp|giao|nhận")


def listed(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`được hỗ trợ gồm: Ba Vinh 150 triệu, Ba Tô 200 triệu`: each of several units with its sum right behind its name."""

    def named(n: Number) -> bool:
        return n.unit == "VND" and any(m.kind in ("place", "container") and m.data.kind == "named" and _BEHIND_A_NAME.fullmatch(walk.v.low, m.end, n.start) for m in walk.sentence.mentions if m.end <= n.start)

    if not named(number) or topic_of(walk, number, left):
        return False
    told = [n for n in walk.sentence.numbers if named(n)]
    if len(told) < 2:
        return False
    parts = total(told)
    if len(told) > 2 and any(parts <= 1.001 * float(p.number.value or 0) for p in walk.discourse.plans[-REACH:]):
        return True  # "Chương trình A được phân 31,5 tỷ đồng. Mức của từng nơi: ..."
    first = told[0]
    return any(m.kind == "measure" and m.code in ("given", "allocated") and _GRANTED.search(walk.v.low[m.start : m.end]) for m in walk.sentence.mentions if m.end <= first.start)


_OF_WHICH = re.compile(rf"(?:trong (?:tổng )?(?:số )?(?:đó|này|ấy)|cụ thể),? (?:(?:có|đã|dành|bố trí|sử dụng|{HEDGE}) )*")
_GENERAL = re.compile(r" (?:được |đã )?(?:chi |dùng |bố trí |sử dụng |phân bổ )?(?:để |cho |vào )?(?:việc )?(?:đầu tư|hỗ trợ|phát triển|xây dựng|thực hiện|chuyển|làm|sửa chữa|nâng cấp|cứng hóa)\b[^.;]{0,60}?\b(?:hạ tầng|các|những|\d{1,3} (?:công trình|dự án|tuyến|xã|thôn|bản)|sản xuất|sinh kế|giao thông|kênh mương|ngân sách cấp)\b")
_HEDGED = re.compile(rf" ?(?:{HEDGE} )?")
_IS_FOR = re.compile(r" trong (?:số )?(?:đó|này|ấy),? (?:được |đã )*(?:dùng|dành|chi|bố trí|sử dụng|phân bổ)\b")
"""`Hơn 24,6 tỷ đồng trong đó dùng để sửa chữa hạ tầng`"""


def part_for(walk: Walk, number: Number) -> bool:
    """`Trong đó, hơn 87 tỷ đồng đầu tư cơ sở hạ tầng thiết yếu`: a part of the sum told right before, for no one work."""
    low, start = walk.v.low, walk.sentence.start
    part = _OF_WHICH.fullmatch(low, start, number.start) is not None and _GENERAL.match(low, number.end) is not None
    part = part or (_HEDGED.fullmatch(low, start, number.start) is not None and _IS_FOR.match(low, number.end) is not None)
    wholes = [p.number.value or 0 for p in walk.discourse.plans[-REACH:]]
    return part and not walk.found and (number.value or 0) >= SMALLEST and any((number.value or 0) < whole for whole in wholes)


_NEXT_SUM = re.compile(rf"; (?:{HEDGE} )?$")
_IS_TO = re.compile(r" (?:dành )?(?:để |cho |nhằm )?(?:hỗ trợ|đầu tư|xây dựng|làm|đổi mới|củng cố|mua sắm|phát triển|bảo tồn|đào tạo|giải quyết|thực hiện|truyền thông|chăm sóc|nâng cao|bố trí|sắp xếp|quy hoạch)\b")


def _after_semicolons(walk: Walk, number: Number) -> bool:
    """`tỉnh dành 19 tỷ đồng giải quyết đất ở; 13,4 tỷ đồng hỗ trợ sản xuất; 108 tỷ đồng đầu tư hạ tầng`: sums in a row, each before what it is for."""
    low = walk.v.low
    row = [n for n in walk.sentence.numbers if n.unit == "VND" and _NEXT_SUM.search(low, walk.sentence.start, n.start) and _IS_TO.match(low, n.end)]
    given = [f for f in walk.found if f.measure == "allocated"]
    begun = bool(given) and _IS_TO.match(low, given[-1].number.end) is not None
    return bool(given) and (len(row) > 1 or begun) and number in row and (number.value or 0) >= SMALLEST


_PURPOSE_THEN = re.compile(rf"\);? (?:và |và cho |cho )?[^;:.\d()]{{6,70}} \((?:{HEDGE} )?")


def _bracketed(walk: Walk, number: Number) -> bool:
    """`dành phần lớn cho hạ tầng (106 tỷ đồng); hỗ trợ sản xuất (27,1 tỷ đồng)`: the next purpose, with its sum in brackets as the one before."""
    joined = _PURPOSE_THEN.fullmatch(walk.v.low, walk.last_end, number.start) is not None and walk.v.low.startswith(")", number.end)
    return joined and walk.right_behind("allocated") and _IS_TO.match(walk.v.low, walk.v.low.index(" ", walk.last_end)) is not None


_LISTED_PURPOSE = re.compile(rf"[^;:.\d%]{{0,10}};[^;:.\d%]{{4,70}}:? (?:{HEDGE} )?$")


def by_purpose(walk: Walk, number: Number) -> bool:
    """`Vốn sự nghiệp chia cho: hạ tầng 106 tỷ đồng; văn hóa 78,6 tỷ đồng; ...`: the parts of a sum told before, each behind what it is for."""
    low = walk.v.low
    colon = low.find(":", walk.sentence.start, walk.sentence.end)
    items = [n for n in walk.sentence.numbers if n.start > colon > 0 and n.unit]
    if _after_semicolons(walk, number) or _bracketed(walk, number):
        return True
    if len(items) < 3 or number not in items or any(n.unit != "VND" for n in items):
        return False
    if not all(_LISTED_PURPOSE.fullmatch(low, one.end, two.start) for one, two in pairwise(items)):
        return False
    parts = total(items)
    wholes = [p.number.value or 0 for p in [*walk.discourse.plans, *plans_of(walk.found)]]
    return any(0.6 * whole <= parts <= 1.001 * whole for whole in wholes)


def parted(walk: Walk, number: Number) -> bool:
    """`nguồn lực khoảng 2.176 tỷ đồng, trong đó vốn tín dụng ...`: what is parted by capital or source is a budget."""
    lead = next((m for m in walk.sentence.between(number.end, number.end + 30) if m.kind == "marker" and m.code == "breakdown"), None)
    if lead is None or any(n.unit and number.end <= n.start < lead.start for n in walk.sentence.numbers):
        return False
    return any(m.kind in ("capital", "source", "programme") and m.code != "other" for m in walk.sentence.between(lead.end, lead.end + 40))


def part_of_source(walk: Walk, number: Number) -> bool:
    """`huy động 678 tỷ đồng; trong đó người dân đóng góp 11 tỷ đồng làm đường`: a part of the sum, whatever it built."""
    given = walk.right_behind("allocated")
    return bool(walk.breakdown and given) and any(m.kind == "source" for m in walk.sentence.between(walk.last_end, number.start))
