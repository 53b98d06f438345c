"""Whether a number is a figure of the programmes' money."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
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
    text_before,
)
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import SPECIFIC, Mention
from ntp_analysis.rating import accepts_percent
from ntp_analysis.shares import REACH, adds_up, amount_of_rate, is_share, parts_of, plans_of
from ntp_analysis.topics import SMALLEST, TOOK_OVER, next_purpose, other_business, topic_of

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_LENT = re.compile(rf" (?:vốn |vốn vay )?cho (?:{HEDGE} )?[\d.]+ (?:lượt )?(?:hộ|khách hàng|người|lao động|đối tượng|thành viên|học sinh)[^,;.\d]{{0,30}}\bvay\b")
"""`giải ngân 94,2 tỷ đồng cho 1.874 lượt hộ vay`"""
_LENT_BY_BANK = re.compile(rf"\btín dụng (?:chính sách|ưu đãi)[^,;.\d]{{0,30}} (?:giải ngân|cho vay|đạt)(?: (?:được|{HEDGE}))* $")
_LOANS = re.compile(r" (?:vốn |tiền )?vay\b")
"""`giải ngân 98 tỷ đồng vốn vay ưu đãi`: a bank's"""
_OF_THE_MONEY = ("programme", "capital", "source", "component", "carry", "place", "period")
_ONLY_GOT = re.compile(rf"\b(?:mới|chỉ)(?: chỉ| mới)? (?:được|tiêu|chi)(?: {HEDGE})* $")
"""`79 tỷ đồng, mới được hơn 16 tỷ`"""
_UP_TO = re.compile(rf" (?:đến|tới)(?: {HEDGE})? \d")
"""`mỗi huyện từ 570 triệu đồng đến 3,6 tỷ đồng`: of none of them exactly"""
_BEHIND_A_NAME = re.compile(rf"\s?[(–:-]?\s?(?:(?:{HEDGE}|được|là|với) )*")
_GRANTED = re.compile(r"hỗ trợ|phân bổ|bố trí|cấp|giao|nhận")
_COUNTED_INSIDE = re.compile(r"\b\d{1,3} xã\b")
_OTHERS = re.compile(r"(?:xã|huyện|địa phương|đơn vị|phường|thôn)[^,;.]{0,12} (?:còn lại|khác)\b")
"""`12 xã còn lại mỗi xã 466 triệu đồng`: of places that are not named"""
_HOUSEHOLDS = re.compile(r"\d (?:hộ|người|học viên|học sinh|con|đoàn viên|căn|ngôi) ")
"""`42 hộ được hỗ trợ cây giống với tổng kinh phí 1,26 tỷ đồng`: what some people shared in"""
A_HOUSEHOLD = 10**8
"""đồng: what no word calls given or spent, and is not more than this, is a household's or a lesson's, no budget"""
_NAMED_NEXT = re.compile(r" (?:(?:để |cho )?thực hiện |cho |vốn |(?:thuộc|thuộc về|dành cho|là của) )?|, (?:để thực hiện|thuộc|thuộc về|dành cho|là của|là) ")
"""`triển khai 34,3 tỷ đồng Chương trình X`: an amount right before the programme that it is of"""
_HANDS_OUT = re.compile(rf"\b(?:phân bổ|hỗ trợ|quyết định đầu tư|tỉnh đầu tư|huyện đầu tư|thành phố đầu tư)(?: {HEDGE})? $")
_HAS = re.compile(rf"(?:\bcó|\bchỉ|được|nhận|là|:|với|quản lý|chiếm|còn|tới|đạt|thông báo|phân cấp|giao|tổng|ghi|duyệt|cấp về|rót về|về)(?: (?:{HEDGE}|được|là|tới|tổng cộng|đến|cả thảy))*\s*$")


def accepts(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """Tell whether a number with a unit is a figure of the programmes' money."""
    if number.odd in ("per", "fraction of a đồng"):
        return False
    if number.unit == "percent":
        return accepts_percent(walk, number, left, bound)
    return _accepts_money(walk, number, left, bound)


_BUILT = re.compile(
    r"\d (?:km|m|mét|cầu|cây cầu|phòng học|công trình|căn nhà)\b(?:(?!giao|phân bổ|bố trí|giải ngân|thanh toán|nguồn lực|\bđã chi)[^.;])*?"
    rf"\b(?:kinh phí|tổng vốn|số vốn|vốn|dự toán|trị giá|chi phí|hết|giá trị)(?: (?:là|với|{HEDGE}|đầu tư))* $"
)
"""`đang thi công 14 cầu, 38 km đường với tổng vốn 96 tỉ đồng`: what works cost"""
_OF_SUCH_PROJECTS = re.compile(r"\b(?:dự án|công trình|gói thầu)(?: (?:nhóm [abc]|có|tổng mức|đầu tư|quy mô|giá trị|vốn|mức))* (?:dưới|trên|từ|không quá|đến|tới) $")
"""`phân cấp cho xã thẩm định dự án dưới 15 tỷ đồng`"""
_THAN_PLANNED = re.compile(rf"\b(?:rẻ|thấp|cao|nhiều|ít) hơn (?:so với )?(?:dự toán|kế hoạch|dự kiến|thiết kế)(?: (?:ban đầu|được duyệt|tới|{HEDGE}))* $")


def _of_works(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """What works cost, or what cost some works are told by."""
    low, since = walk.v.low, walk.last_end
    if _OF_SUCH_PROJECTS.search(low, since, number.start) or _THAN_PLANNED.search(low, since, number.start):
        return True
    built = _BUILT.search(low, walk.sentence.start, number.start)
    if built is not None and TOOK_OVER.search(low, walk.sentence.start, built.start() + 1):
        return False
    return built is not None and not any(m.kind in ("programme", "capital", "component", "source", "carry") and m.start > built.start() for m in [*left, *bound])


_NEEDED = re.compile(rf"\b(?:cần|(?:còn |đang |bị |, |, còn )thiếu(?: hụt)?)(?: (?:thêm|tới|đến|{HEDGE}|ít nhất|tối thiểu|bổ sung|có))* $")
_SHIFTED = re.compile(rf"\bđiều chuyển(?: (?:nội bộ|giảm|tăng|vốn|số vốn|kế hoạch|{HEDGE}))* $")
"""`điều chuyển 36 tỷ đồng từ huyện A sang huyện B`: a change"""
_SUCH_UNITS = re.compile(r"\b(?:(?:một số|những|nhóm|các) (?:địa phương|tỉnh(?:, thành phố)?|huyện|xã|đơn vị)(?: (?:mà|đang))* có (?:kế hoạch|tổng|số|nguồn)|(?:một số|những) (?:địa phương|tỉnh|huyện|xã|đơn vị) được (?:giao|phân bổ|bố trí))(?: (?:số|kế hoạch|vốn|được giao|giao|phân bổ|đạt|ở mức|lớn))* (?:trên|dưới|từ) $")
"""`một số địa phương có kế hoạch vốn trên 2.000 tỷ đồng`: a mark, no sum of theirs"""
_OTHER_FUNDS = re.compile(r" (?:lấy |trích )?từ (?:nguồn )?(?:tăng thu|vượt thu|kết dư|dự phòng|quỹ dự phòng|xổ số|tiết kiệm chi)\b")
"""`dành 25 tỷ đồng từ nguồn tăng thu làm điện chiếu sáng`, where no programme is spoken of"""
_NOT_OURS = re.compile(
    r"[^;.\d]{0,60}(?:, (?:khoản|số|nguồn|phần)(?: tiền| vốn| kinh phí)? (?:này|đó|ấy))?,? (?:không (?:thuộc|nằm trong|tính vào)|nằm ngoài) [^,;.\d]{0,40}(?:chương trình|ctmtqg|mtqg)"
)
"""`120 tỷ đồng khắc phục thiên tai, khoản này không thuộc các chương trình`"""
_MOVED = re.compile(rf"\bđiều chỉnh(?: (?:{HEDGE}|số vốn|vốn))* $")
_FROM_TO = re.compile(r"[^.;\d]{0,60}\btừ\b[^.;\d]{3,90}\b(?:sang|qua)\b")
"""`điều chỉnh 46,2 tỷ đồng vốn sự nghiệp từ nội dung không còn đối tượng sang nội dung khác`"""
_FAMILY = re.compile(
    r"\b(?:anh em|họ hàng|người thân|con cháu|con cái|vợ chồng|gia đình (?:ông|bà|anh|chị|em|tôi))(?: \w+){0,3} "
    rf"(?:góp|góp thêm|cho|giúp|vay|vay thêm|vay mượn|vay mượn thêm|bỏ ra|tích cóp|dành dụm|bỏ thêm)(?: (?:được|{HEDGE}|thêm))* $"
)
"""`được hỗ trợ 40 triệu đồng, anh em góp thêm 35 triệu đồng`"""
_OFFICES = re.compile(
    r"(?:\b(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy) sở(?:,(?: ban,)? ngành)?|(?:^|[(;,:] ?|\btrong đó,? |\bgồm )(?:riêng )?sở [^,;.:()\d]{3,60}?)(?: cấp tỉnh| của tỉnh)?"
    rf"(?: (?:được (?:giao|phân bổ|cấp|bố trí)|là|có|{HEDGE}))* $"
)
"""`6 sở, ngành cấp tỉnh 9.180 triệu đồng (riêng Sở Y tế 5.640 triệu đồng)`"""


_VILLAGERS = r"(?:bà con|người dân|nhân dân|dân|các hộ|hộ dân)"
_GAVE = rf"(?:đóng góp|góp|bỏ ra|quyên góp|ủng hộ)(?: (?:được|{HEDGE}|thêm))* $"
_OF_A_HAMLET = re.compile(
    rf"\b{_VILLAGERS}(?: (?:ở|của|trong|tại|thuộc))?(?: các)? (?:thôn|bản|buôn|ấp|xóm|làng|khóm|sóc|phum|tổ dân phố)\b[^.;:\d]{{0,60}} {_GAVE}"
    rf"|\b(?:con|tuyến|đoạn) đường [^.;]{{0,50}}\b{_VILLAGERS}(?: \w+){{0,4}}? (?:đã |tự |tự nguyện |cùng )*{_GAVE}"
)
"""`bà con ở buôn Ma Lăng góp 120 triệu đồng`, `riêng con đường 900 mét, bà con đã góp 240 triệu đồng`: what one work of a hamlet had"""


def _moved(walk: Walk, number: Number) -> bool:
    """A sum moved from some units or contents to others is a change."""
    low, since = walk.v.low, walk.last_end
    adjusted = _MOVED.search(low, since, number.start) is not None and _FROM_TO.match(low, number.end, walk.sentence.end) is not None
    return adjusted or _SHIFTED.search(low, since, number.start) is not None


def _of_others(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """What is only needed (and no budget of some years), said to be no money of the programmes, or an office's."""
    low = walk.v.low
    if isinstance(number.value, int) and number.value < SMALLEST and _OF_A_HAMLET.search(low, walk.sentence.start, number.start):
        return True
    if _FAMILY.search(low, walk.sentence.start, number.start) or _moved(walk, number):
        return True
    needed = _NEEDED.search(low, walk.last_end, number.start) is not None and not any(m.kind == "period" for m in left)
    if needed or _SUCH_UNITS.search(low, walk.last_end, number.start) or _NOT_OURS.match(low, number.end, walk.sentence.end):
        return True
    if _OTHER_FUNDS.match(low, number.end) and "programme" not in walk.cur and not STANDARD.search(low, walk.sentence.start, walk.sentence.end):
        return True
    office = _OFFICES.search(low, walk.last_end, number.start)
    if office is None or any(m.kind == "measure" and m.code != "given" and not low.startswith("được", m.start) for m in walk.sentence.between(office.start(), number.start)):
        return False
    walk.refused = Mention(office.start(), number.start, "someone", "body")
    return True


def _accepts_money(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    if adds_up(walk, number) or by_purpose(walk, number) or _part_for(walk, number):
        return True
    if text_before(walk, number) == " (" and walk.v.low.startswith(")", number.end) and _SHARE_BEFORE.search(walk.v.low, walk.sentence.start, number.start):
        return True  # "vốn ngân sách chiếm 24,7% (14.820 tỷ đồng)"
    if _WRONGLY.match(walk.v.low, number.end, walk.sentence.end):
        return False
    if _SAID_ABOVE.match(walk.v.low, number.end):
        return False  # "trong hơn 24 tỷ đồng kể trên, chương trình A giải ngân 6,3 tỷ đồng"
    if parts_of(walk.discourse.refused, number):
        return False  # "Nhà nước cho 44 triệu, vay 50 triệu, bán trâu 23 triệu. Cộng lại là 117 triệu"
    if _of_others(walk, number, left) or other_business(walk, number, left) or _of_works(walk, number, left, bound):
        return False
    passed_on = last(left, ("distributed",)) is not None  # "đã phân khai chi tiết 20 tỷ đồng cho các công trình"
    if (not (passed_on or _part_of_source(walk, number)) and any(m.kind in ("topic", "someone") and m.code != "progress" for m in _right_words(walk, number))) or _LENT.match(walk.v.low, number.end) or _LENT_BY_BANK.search(walk.v.low, walk.last_end, number.start):
        return False
    if still_to_spend(walk, number) and walk.discourse.last_measure:
        return True
    if walk.each and ("-" in walk.v.low[number.start : number.end] or _UP_TO.match(walk.v.low, number.end)):
        return False
    if walk.each and _OTHERS.search(text_before(walk, number)) and not any(m.kind == "place" and m.data.kind == "named" for m in left):
        return False
    if walk.each and _counted_inside(walk, number, left):
        return False
    if last(left, ("none",)) is not None and last(left, MONEY_MEASURES) is None:
        return False
    if any(m.kind == "measure" and m.code == "none" for m in bound):
        return False
    strong = last(left, MONEY_MEASURES) or last(bound, MONEY_MEASURES)
    if strong and strong.code == "disbursed" and _LOANS.match(walk.v.low, number.end):
        return False
    shared = isinstance(number.value, int) and number.value < 5 * SMALLEST and _HOUSEHOLDS.search(walk.v.low, walk.last_end, number.start)
    if shared and not any(m.kind in ("programme", "capital", "component", "source", "carry") for m in [*left, *bound]):
        return False
    if strong is None and listed(walk, number, left):
        return True
    if strong is None and isinstance(number.value, int) and number.value <= A_HOUSEHOLD and walk.sentence.line_kind != "item":
        return False
    if strong:
        if strong.code == "allocated" and (number.value or 0) < SMALLEST // 10 and not any(m.kind in _OF_THE_MONEY for m in walk.sentence.mentions):
            return False  # "Tổng cộng 90 triệu đồng, nhà nước lo 40 triệu": a household's
        return _about_money(walk, left, bound)
    if spends_of_whole(walk, number) or of_whole(walk, number) or over_plan(walk, number) or any(m.kind == "carry" for m in bound) or _moved_is(walk, number, left) or spent_as_rated(walk, number):
        return True
    if _told_in_brackets(walk, number) or plan_in_brackets(walk, number) or amount_of_rate(walk, number):
        return True
    if LARGEST.search(text_before(walk, number)) or is_share(walk, number) or (walk.each and len(walk.groups.get("place", [])) > 1 and (last(left, ("given",)) or walk.discourse.last_measure)):
        return True
    if GIVES.search(text_before(walk, number)) and (disbursed_next(walk, number) or is_rated(walk, number)):
        return True
    continuing = walk.found and walk.found[-1].sentence is walk.sentence and _right_before(walk)
    weak = any(m.kind in ("capital", "source", "source_weak", "programme", "carry", "component") for m in [*left, *bound])
    if continuing and (weak or walk.breakdown or walk.pairs or joins(walk, number) or any(m.kind == "place" for m in left)):
        return True
    if continuing and next_purpose(walk, number, text_before(walk, number)):
        return True
    if walk.discourse.last_measure and _of_named(walk, number, left):
        return True
    base = walk.base.get("measure")
    named = any(m.kind == "place" and m.data.kind == "named" for m in left)
    if base is not None and base.value in MONEY_MEASURES and (weak or named or answers(walk, number.start) or (continuing and walk.breakdown_of_sum() and (number.value or 0) >= SMALLEST and last(left, ("given",))) or _HAS.search(text_before(walk, number))):
        return True
    told = named or any(m.kind == "programme" and m.code in SPECIFIC for m in left)
    if told and walk.discourse.last_measure and (number.value or 0) >= SMALLEST and text_before(walk, number).endswith(", ") and (disbursed_next(walk, number) or _THEN_RATED.match(walk.v.low, number.end)):
        return True  # "Điện Biên nhiều hơn, 1.290 tỷ đồng, giải ngân 9,2%"
    if any(k in walk.base for k in ("carry", "programme", "capital")) and answers(walk, number.start):
        return True
    if continuing and walk.found[-1].measure == "allocated" and _ONLY_GOT.search(text_before(walk, number)):
        return True
    subject = weak or any(m.kind == "place" for m in left)
    if subject and walk.discourse.last_measure and _HAS.search(text_before(walk, number)):
        return True
    if weak and (bool(last([*left, *bound], ("given",))) or any(m.kind == "capital" for m in [*left, *bound]) or list_item(walk)):
        return True
    return _money_passage(walk, number, left, bound)


_ITS_PART = re.compile(r"(?:[^;.%\d]{0,30}chiếm[^;.%\d]{0,30}|,? (?:bằng|tương đương|tức(?: là)?) | ?\()\d[\d,.]* ?%?")


def _right_before(walk: Walk) -> bool:
    """Tell whether the last figure is the last number, the part aside that it is: `tín dụng 989 tỷ đồng, chiếm 63%; doanh nghiệp 49 tỷ đồng`."""
    end = walk.found[-1].number.end
    return walk.right_behind() or (walk.found[-1].number.unit == "VND" and _ITS_PART.fullmatch(walk.v.low, end, walk.last_end) is not None)


_TO_IT = re.compile(rf":?(?: (?:là|với|{HEDGE}|được|có))* \(?")


def _of_named(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Chia theo chương trình, A hơn 30,2 tỷ đồng; B gần 4,1 tỷ đồng`: a sum right behind the programme that it is of."""
    named = [m for m in left if m.kind == "programme" and m.code in SPECIFIC]
    return bool(named) and (number.value or 0) >= SMALLEST // 10 and _TO_IT.fullmatch(walk.v.low, named[-1].end, number.start) is not None


_THEN_RATED = re.compile(r", [^.;:\d]{0,30}:? ?\d[\d,.]* ?%")
"""`Giảm nghèo bền vững, 94,3 tỷ đồng, tiến độ khá hơn: 51,9%`"""
_IS = re.compile(rf":?(?: (?:còn|là|có|với|được|tổng cộng|{HEDGE}))* ")


def _moved_is(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Năm 2021 chuyển qua 2022 còn 51,6 tỷ đồng`: a sum right behind the words of moving it."""
    moved = any(m.kind == "carry" and m.code == "only" and _IS.fullmatch(walk.v.low, m.end, number.start) for m in left)
    return moved and isinstance(number.value, int) and number.value >= SMALLEST


def _told_in_brackets(walk: Walk, number: Number) -> bool:
    """`đạt 65% (136 tỷ đồng trên 210 tỷ đồng)`: the amounts that a rate is of stand right behind it."""
    rated = walk.right_behind("rate")
    return rated and text_before(walk, number) == " (" and OF_WHOLE.match(walk.v.low, number.end) is not None


def listed(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`được hỗ trợ gồm: Ba Vinh 150 triệu, Ba Tô 200 triệu`: each of several units with its sum right behind its name."""

    def named(n: Number) -> bool:
        return n.unit == "VND" and any(m.kind in ("place", "container") and m.data.kind == "named" and _BEHIND_A_NAME.fullmatch(walk.v.low, m.end, n.start) for m in walk.sentence.mentions if m.end <= n.start)

    if not named(number) or topic_of(walk, number, left):
        return False
    told = [n for n in walk.sentence.numbers if named(n)]
    if len(told) < 2:
        return False
    parts = sum(n.value or 0 for n in told)
    if len(told) > 2 and any(parts <= 1.001 * float(p.number.value or 0) for p in walk.discourse.plans[-REACH:]):
        return True  # "Chương trình A được phân 31,5 tỷ đồng. Mức của từng nơi: ..."
    first = told[0]
    return any(m.kind == "measure" and m.code in ("given", "allocated") and _GRANTED.search(walk.v.low[m.start : m.end]) for m in walk.sentence.mentions if m.end <= first.start)


_OF_WHICH = re.compile(rf"trong (?:tổng )?(?:số )?(?:đó|này|ấy),? (?:(?:có|đã|dành|bố trí|sử dụng|{HEDGE}) )*")
_GENERAL = re.compile(r" (?:được |đã )?(?:chi |dùng |bố trí |sử dụng |phân bổ )?(?:để |cho |vào )?(?:việc )?(?:đầu tư|hỗ trợ|phát triển|xây dựng|thực hiện|chuyển|làm|sửa chữa|nâng cấp|cứng hóa)\b[^.;]{0,60}?\b(?:hạ tầng|các|những|\d{1,3} (?:công trình|dự án|tuyến|xã|thôn|bản)|sản xuất|sinh kế|giao thông|kênh mương|ngân sách cấp)\b")


_HEDGED = re.compile(rf" ?(?:{HEDGE} )?")
_IS_FOR = re.compile(r" trong (?:số )?(?:đó|này|ấy),? (?:được |đã )*(?:dùng|dành|chi|bố trí|sử dụng|phân bổ)\b")
"""`Hơn 24,6 tỷ đồng trong đó dùng để sửa chữa hạ tầng`"""


def _part_for(walk: Walk, number: Number) -> bool:
    """`Trong đó, hơn 87 tỷ đồng đầu tư cơ sở hạ tầng thiết yếu`: a part of the sum told right before, for no one work."""
    low, start = walk.v.low, walk.sentence.start
    part = _OF_WHICH.fullmatch(low, start, number.start) is not None and _GENERAL.match(low, number.end) is not None
    part = part or (_HEDGED.fullmatch(low, start, number.start) is not None and _IS_FOR.match(low, number.end) is not None)
    wholes = [p.number.value or 0 for p in walk.discourse.plans[-REACH:]]
    return part and not walk.found and (number.value or 0) >= SMALLEST and any((number.value or 0) < whole for whole in wholes)


_SHARE_BEFORE = re.compile(rf"\b(?:vốn|ngân sách|tín dụng|doanh nghiệp|đóng góp|cộng đồng|người dân|nhân dân|đối ứng|lồng ghép)\b[^,;.:()%]{{0,40}}chiếm(?: {HEDGE})? \d[\d,.]* ?% \($")
_WRONGLY = re.compile(r"[^,;.]{0,80}\b(?:không đúng|sai|chưa đúng|vượt) (?:đối tượng|quy định|mục đích|nội dung|định mức|chế độ)\b")
"""`đã phân bổ 12,3 tỷ đồng vốn sự nghiệp không đúng đối tượng`: an inspection's finding"""
_SAID_ABOVE = re.compile(r" (?:vốn )?(?:kể trên|nói trên|vừa nêu|vừa kể|nêu trên|trên đây|ở trên)\b")
_LISTED_PURPOSE = re.compile(rf"[^;:.\d%]{{0,10}};[^;:.\d%]{{4,70}}:? (?:{HEDGE} )?$")


_NEXT_SUM = re.compile(rf"; (?:{HEDGE} )?$")
_IS_TO = re.compile(r" (?:để |cho |nhằm )?(?:hỗ trợ|đầu tư|xây dựng|phát triển|bảo tồn|đào tạo|giải quyết|thực hiện|truyền thông|chăm sóc|nâng cao|bố trí|sắp xếp|quy hoạch)\b")


def _after_semicolons(walk: Walk, number: Number) -> bool:
    """`tỉnh dành 19 tỷ đồng giải quyết đất ở; 13,4 tỷ đồng hỗ trợ sản xuất; 108 tỷ đồng đầu tư hạ tầng`: sums in a row, each before what it is for."""
    low = walk.v.low
    row = [n for n in walk.sentence.numbers if n.unit == "VND" and _NEXT_SUM.search(low, walk.sentence.start, n.start) and _IS_TO.match(low, n.end)]
    given = any(f.measure == "allocated" for f in walk.found)
    return given and len(row) > 1 and number in row and (number.value or 0) >= SMALLEST


def by_purpose(walk: Walk, number: Number) -> bool:
    """`Vốn sự nghiệp chia cho: hạ tầng 106 tỷ đồng; văn hóa 78,6 tỷ đồng; ...`: the parts of a sum told before, each behind what it is for."""
    low = walk.v.low
    colon = low.find(":", walk.sentence.start, walk.sentence.end)
    items = [n for n in walk.sentence.numbers if n.start > colon > 0 and n.unit]
    if _after_semicolons(walk, number):
        return True
    if len(items) < 3 or number not in items or any(n.unit != "VND" for n in items):
        return False
    if not all(_LISTED_PURPOSE.fullmatch(low, one.end, two.start) for one, two in pairwise(items)):
        return False
    parts = sum(n.value or 0 for n in items)
    wholes = [p.number.value or 0 for p in [*walk.discourse.plans, *plans_of(walk.found)]]
    return any(0.6 * whole <= parts <= 1.001 * whole for whole in wholes)


def _counted_inside(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`5 xã thuộc các tỉnh A, B mỗi xã 3 tỷ đồng`: what communes get that are only counted is not their provinces'."""
    before = text_before(walk, number)
    named = [m for m in left if m.kind == "place" and m.data.kind == "named"]
    return "mỗi xã" in before and _COUNTED_INSIDE.search(before) is not None and not any(m.data.level == "commune" for m in named)


def _money_passage(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """In a sentence about the programmes' money a sum of a place, a programme or a year is a figure."""
    if not isinstance(number.value, int) or number.value < SMALLEST or topic_of(walk, number, left):
        return False
    subject = any(m.kind in ("programme", "place", "capital", "source", "period", "component") for m in [*left, *bound])
    about = walk.discourse.last_measure or "programme" in walk.cur or any(m.kind in ("programme", "capital") and m.code != "other" for m in walk.sentence.mentions)
    about = about or STANDARD.search(walk.v.low, walk.sentence.start, walk.sentence.end) is not None
    if (about or last(left, ("given",)) is not None) and _parted(walk, number):
        return True
    if any(m.kind == "place" for m in left) and _HAS.search(text_before(walk, number)) and disbursed_next(walk, number):
        return True  # "Huyện có 165 tỷ đồng, 8 tháng giải ngân được 61 tỷ đồng"
    if _HAS.search(text_before(walk, number)) or _HANDS_OUT.search(text_before(walk, number)):
        return subject and bool(about)
    if any(m.kind == "programme" and m.code != "other" and _NAMED_NEXT.fullmatch(walk.v.low, number.end, m.start) for m in walk.sentence.between(number.end, number.end + 24)):
        return True
    return bool(about) and (beside(walk, number, left) or ((_opened(walk, number) or _behind_subject(walk, number, left)) and (disbursed_next(walk, number) or _holds_a_source(walk, number))))


def _parted(walk: Walk, number: Number) -> bool:
    """`nguồn lực khoảng 2.176 tỷ đồng, trong đó vốn tín dụng ...`: what is parted by capital or source is a budget."""
    lead = next((m for m in walk.sentence.between(number.end, number.end + 30) if m.kind == "marker" and m.code == "breakdown"), None)
    if lead is None or any(n.unit and number.end <= n.start < lead.start for n in walk.sentence.numbers):
        return False
    return any(m.kind in ("capital", "source", "programme") and m.code != "other" for m in walk.sentence.between(lead.end, lead.end + 40))


_PLAN_IN_BRACKETS = re.compile(rf"(?:%|\b(?:đạt|bằng|phân bổ|giao)) (?:tổng |số |kế hoạch |nguồn )*(?:vốn|kế hoạch)\b[^,;.()\d]{{0,80}} \((?:{HEDGE} )?$")


def plan_in_brackets(walk: Walk, number: Number) -> bool:
    """`phân bổ chi tiết 100% vốn các Chương trình MTQG (215.632 triệu đồng)`: the whole that a rate is of."""
    return _PLAN_IN_BRACKETS.search(walk.v.low, max(walk.sentence.start, walk.last_end - 2), number.start) is not None and walk.v.low.startswith(")", number.end)


def _opened(walk: Walk, number: Number) -> bool:
    """`Chương trình A có quy mô lớn nhất (1.346 tỷ đồng), giải ngân ...`: in brackets behind its subject."""
    return text_before(walk, number).rstrip().endswith("(") and any(m.kind in ("programme", "capital", "place", "source") for m in walk.sentence.between(walk.last_end, number.start))


def _behind_subject(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Chương trình A năm nay cả tỉnh 968 tỷ đồng mà mới giải ngân ...`: right behind whose it is, of a programme named."""
    near = any(m.kind in ("place", "programme", "capital") and _HEDGED.fullmatch(walk.v.low, m.end, number.start) for m in left)
    return near and any(m.kind == "programme" and m.code != "other" for m in left)


def _holds_a_source(walk: Walk, number: Number) -> bool:
    """`Phần đối ứng của địa phương trong hai năm (hơn 400 tỷ đồng) đã sẵn sàng`: money of a source, not a work's cost."""
    return any(m.kind == "source" for m in walk.sentence.between(walk.last_end, number.start))


def _about_money(walk: Walk, left: list[Mention], bound: list[Mention]) -> bool:
    """A strong verb is enough where the passage is about the programmes or a subject of ours is named."""
    named = any(m.kind in ("programme", "capital", "source", "component", "carry", "period", "place", "date") for m in [*left, *bound])
    said = walk.cur.get("programme")
    named = named or (said is not None and said.value != "other" and said.position >= walk.sentence.start)
    funds = any(m.kind == "measure" and re.search("vốn|khv|^tổng (?:nguồn lực|kinh phí|mức huy động)", walk.v.low[m.start : m.end]) for m in left)
    return named or funds or bool(walk.found) or bool(walk.discourse.topic) or "measure" in walk.base or list_item(walk) or bool(walk.discourse.last_measure)


def _part_of_source(walk: Walk, number: Number) -> bool:
    """`huy động 678 tỷ đồng; trong đó người dân đóng góp 11 tỷ đồng làm đường`: a part of the sum, whatever it built."""
    given = walk.right_behind("allocated")
    return bool(walk.breakdown and given) and any(m.kind == "source" for m in walk.sentence.between(walk.last_end, number.start))


def _right_words(walk: Walk, number: Number) -> list[Mention]:
    """Topics right behind a number: `2.640 tỷ đồng dư nợ`."""
    found = []
    for m in walk.sentence.between(number.end, number.end + 26):
        gap = walk.v.low[number.end : m.start]
        if m.kind in ("topic", "someone") and re.fullmatch(r"\s*(?:vốn |tiền |tổng |xây dựng |làm |đầu tư |cho |để |sửa chữa |mua )*", gap):
            found.append(m)
    return found
