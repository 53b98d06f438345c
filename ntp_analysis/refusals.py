"""Sums that are no figures of the programmes' money: others' money, what works cost, what households get, what is only said again.

Each test is one reason; `acceptance` says in which order they are asked.
"""

from __future__ import annotations

import re

from ntp_analysis.candidate import Candidate
from ntp_analysis.clues import MONEY_MEASURES, STANDARD, last
from ntp_analysis.hedges import HEDGE
from ntp_analysis.marks import counts_places
from ntp_analysis.mentions import Mention
from ntp_analysis.parts import part_of_source
from ntp_analysis.shares import parts_of
from ntp_analysis.topics import AND_PLACES, FROM_ITS_MONEY, SMALLEST, is_withheld, of_a_named_work, took_over
from ntp_analysis.topics import other_business as is_other_business

# What is only said again, or of others' money

_WRONGLY = re.compile(r"[^,;.]{0,80}\b(?:(?:không đúng|sai|chưa đúng|vượt|ngoài) (?:đối tượng|quy định|mục đích|nội dung|định mức|chế độ|địa bàn|phạm vi)|nằm ngoài (?:xã|địa bàn|vùng|phạm vi|danh mục|đối tượng))\b")
_WRONGLY_BEFORE = re.compile(rf"\b(?:(?:quyết toán|nghiệm thu|chi|thanh toán|hỗ trợ) (?:trùng|khống|sai|vượt)|(?:nằm )?ngoài (?:xã|địa bàn|vùng|phạm vi|danh mục|đối tượng)(?: [^\W\d_]+){{0,4}})(?: (?:với|số tiền|tổng|khối lượng|là|{HEDGE}))* $")
_TAKEN_BACK = re.compile(r"\b(?:kiến nghị|đề nghị|yêu cầu|chỉ đạo)[^;.\d]{0,40}\b(?:thu hồi|hủy|huỷ|giảm trừ|hoàn trả|nộp (?:lại|trả))[^;.\d]{0,30}$|\bgiảm trừ (?:dự toán|kế hoạch|vốn|kinh phí)[^;.\d]{0,30}$")
_HELD_BACK = re.compile(r"(?: vốn)?(?: (?:của|từ|thuộc) [^,;.\d]{2,30}?)?(?: được| hiện| đang)* (?:để lại|giữ lại|dành lại)(?: làm)? (?:dự phòng|chưa phân bổ|phân bổ sau|chờ)\b")
_SAID_ABOVE = re.compile(r" (?:vốn )?(?:kể trên|nói trên|vừa nêu|vừa kể|nêu trên|trên đây|ở trên|kia)\b")


def spent_wrongly(c: Candidate) -> bool:
    """`đã phân bổ 12,3 tỷ đồng vốn sự nghiệp không đúng đối tượng`, `kiến nghị thu hồi, hủy dự toán 463 tỷ đồng`: an inspection's finding."""
    return _WRONGLY.match(c.low, c.number.end, c.walk.sentence.end) is not None or _WRONGLY_BEFORE.search(c.low, c.walk.last_end, c.number.start) is not None or _TAKEN_BACK.search(c.low, c.walk.last_end, c.number.start) is not None


def told_above(c: Candidate) -> bool:
    """`trong hơn 24 tỷ đồng kể trên, chương trình A giải ngân 6,3 tỷ đồng`."""
    return _SAID_ABOVE.match(c.low, c.number.end) is not None


def sums_up_others(c: Candidate) -> bool:
    """`Nhà nước cho 44 triệu, vay 50 triệu, bán trâu 23 triệu. Cộng lại là 117 triệu`: the parts were no figures."""
    return bool(parts_of(c.walk.discourse.refused, c.number))


_STILL = re.compile(rf"\bcòn(?: (?:lại|khoản|tới|{HEDGE}))* $")
_NOT_GIVEN = re.compile(r" (?:đồng )?(?:vốn |kinh phí )?chưa (?:được )?(?:giao|phân bổ|phân khai)\b")


_GIVEN_LATE = re.compile(rf"\b(?:(?:phân bổ|giao)(?: vốn)? (?:chậm|muộn|sai)|(?:chậm|muộn) (?:phân bổ|giao)(?: vốn)?)(?: {HEDGE})* $")
"""`tỉnh phân bổ chậm 1.120 tỷ đồng`: a fault that an audit found"""


def not_given(c: Candidate) -> bool:
    """`Còn 56.230 triệu đồng chưa giao do một số huyện chưa xong thủ tục`, `5,2 tỷ đồng để lại dự phòng`, whatever it adds up to."""
    if _GIVEN_LATE.search(c.low, c.walk.last_end, c.number.start) or _HELD_BACK.match(c.low, c.number.end):
        return True
    if _STILL.search(c.low, c.walk.sentence.start, c.number.start) is None or _NOT_GIVEN.match(c.low, c.number.end) is None:
        return False
    c.walk.refused = Mention(c.number.start, c.number.end, "topic", "withheld")
    return True


def part_of_not_given(c: Candidate) -> bool:
    """`Còn 56.230 triệu đồng chưa giao, gồm: A 42.015 triệu đồng, B 14.215 triệu đồng`."""
    return is_withheld(c.walk, c.number)


_VILLAGERS = r"(?:bà con|người dân|nhân dân|dân|các hộ|hộ dân)"
_GAVE = rf"(?:đóng góp|góp|bỏ ra|quyên góp|ủng hộ)(?: (?:được|{HEDGE}|thêm))* $"
_OF_A_HAMLET = re.compile(
    rf"\b{_VILLAGERS}(?: (?:ở|của|trong|tại|thuộc))?(?: các)? (?:thôn|bản|buôn|ấp|xóm|làng|khóm|sóc|phum|tổ dân phố)\b[^.;:\d]{{0,60}} {_GAVE}"
    rf"|\b(?:(?:con|tuyến|đoạn) đường|(?:cây|chiếc) cầu|nhà văn hóa|sân bóng|cổng làng) [^.;]{{0,50}}\b{_VILLAGERS}(?: \w+){{0,4}}? (?:đã |tự |tự nguyện |cùng )*{_GAVE}"
)


def given_in_a_hamlet(c: Candidate) -> bool:
    """`bà con ở buôn Ma Lăng góp 120 triệu đồng`, `riêng con đường 900 mét, bà con đã góp 240 triệu đồng`: what one work of a hamlet had."""
    return c.amount < SMALLEST and _OF_A_HAMLET.search(c.low, c.walk.sentence.start, c.number.start) is not None


_FAMILY = re.compile(
    r"\b(?:(?:hộ|gia đình) (?:ông|bà|anh|chị) [^.;]{0,100}?\b|(?:anh em|họ hàng|người thân|con cháu|con cái|vợ chồng|gia đình (?:ông|bà|anh|chị|em|tôi))(?: \w+){0,3} )"
    rf"(?:góp|góp thêm|cho|giúp|vay|vay thêm|vay mượn|vay mượn thêm|bỏ ra|tích cóp|dành dụm|bỏ thêm)(?: (?:được|{HEDGE}|thêm))* $"
)


def given_in_a_family(c: Candidate) -> bool:
    """`anh em góp thêm 35 triệu đồng`."""
    return _FAMILY.search(c.low, c.walk.sentence.start, c.number.start) is not None


_SHIFTED = re.compile(rf"\bđiều chuyển(?: (?:nội bộ|giảm|tăng|vốn|số vốn|kế hoạch|{HEDGE}))* $")
_MOVED = re.compile(rf"\bđiều chỉnh(?: (?:{HEDGE}|số vốn|vốn))* $")
_FROM_TO = re.compile(r"[^.;\d]{0,60}\btừ\b[^.;\d]{3,90}\b(?:sang|qua)\b")
"""`điều chỉnh 46,2 tỷ đồng vốn sự nghiệp từ nội dung không còn đối tượng sang nội dung khác`"""


def moved_elsewhere(c: Candidate) -> bool:
    """`điều chuyển 36 tỷ đồng từ huyện A sang huyện B`: a change."""
    low, since = c.low, c.walk.last_end
    adjusted = _MOVED.search(low, since, c.number.start) is not None and _FROM_TO.match(low, c.number.end, c.walk.sentence.end) is not None
    return adjusted or _SHIFTED.search(low, since, c.number.start) is not None


_NEEDED = re.compile(rf"\b(?:cần|phải (?:bỏ|chi|bù)(?: ra)? thêm|(?:tốn|mất) thêm|(?:còn |đang |bị |, |, còn )thiếu(?: hụt)?)(?: (?:thêm|tới|đến|{HEDGE}|ít nhất|tối thiểu|bổ sung|có))* $")

_MORE = re.compile(rf"\b(?:giải ngân|thanh toán) (?:được )?thêm(?: (?:được|{HEDGE}))* $")


_RATED = re.compile(r",? \(?(?:tương đương|đạt|bằng)(?: tỷ lệ)? \d[\d,.]* ?% (?:số|phần|kế hoạch|vốn)\b")


_MORE_OF_IT = re.compile(r"(?: đồng)?,? \(?(?:tương đương|đạt|bằng|tức)(?: tỷ lệ)? \d[\d,.]* ?%(?! điểm)")


def spent_more(c: Candidate) -> bool:
    """`từ 6 đến 12/12 chỉ giải ngân thêm 36 tỷ đồng`: a change; not so of what is left, with its rate."""
    if c.walk.right_behind("undisbursed", "allocated") and _RATED.match(c.low, c.number.end):
        return False
    if _MORE_OF_IT.match(c.low, c.number.end) and any(m.kind == "date" and m.data.until for m in c.left):
        return False  # "Tính đến 15/3, phần chuyển sang giải ngân thêm 74,8 tỷ đồng, tương đương 14,6%"
    return _MORE.search(c.low, c.walk.last_end, c.number.start) is not None


_DEMAND = re.compile(rf"\b(?:nhu cầu|(?:còn |đang |bị )thiếu(?: hụt)?)(?: (?:vốn|kinh phí|của|cho|năm|giai đoạn|20\d\d|nay|tới|-|là|{HEDGE}|lên tới|khoản|số tiền|số vốn))* $")


_LACKING = re.compile(rf"\bcòn thiếu [^,;.\d]{{0,80}} là (?:{HEDGE} )?$")


def only_needed(c: Candidate) -> bool:
    """`Con đường 3,4 km ấy cần 8,9 tỷ đồng`, where it is no budget of some years; `nhu cầu năm 2026 là 5.512 tỷ đồng`."""
    return _DEMAND.search(c.low, c.walk.last_end, c.number.start) is not None or _LACKING.search(c.low, c.walk.last_end, c.number.start) is not None or (
        _NEEDED.search(c.low, c.walk.last_end, c.number.start) is not None and not any(m.kind == "period" for m in c.left)
    )


_SUCH_UNITS = re.compile(r"\b(?:(?:một số|những|nhóm|các) (?:địa phương|tỉnh(?:, thành phố)?|huyện|xã|đơn vị)(?: (?:mà|đang))* có (?:kế hoạch|tổng|số|nguồn)|(?:một số|những) (?:địa phương|tỉnh|huyện|xã|đơn vị) được (?:giao|phân bổ|bố trí))(?: (?:số|kế hoạch|vốn|được giao|giao|phân bổ|đạt|ở mức|lớn))* (?:trên|dưới|từ) $")


_UNDER = ("dưới ", "chưa đến ", "chưa tới ")


def marks_units(c: Candidate) -> bool:
    """`một số địa phương có kế hoạch vốn trên 2.000 tỷ đồng`, `6 huyện giải ngân dưới 10 tỷ đồng`: a mark, no sum of theirs."""
    return _SUCH_UNITS.search(c.low, c.walk.last_end, c.number.start) is not None or (c.before.endswith(_UNDER) and counts_places(c.walk, c.before, c.number))


_NOT_OURS = re.compile(
    r"[^;.\d]{0,60}(?:, (?:khoản|số|nguồn|phần)(?: tiền| vốn| kinh phí)? (?:này|đó|ấy))?,? (?:không (?:thuộc|nằm trong|tính vào)|nằm ngoài) [^,;.\d]{0,40}(?:chương trình|ctmtqg|mtqg)"
    r"|[^;.]{0,60}, không thuộc (?:diện|nhóm|các khoản|số)(?: vốn)? (?:này|trên|nêu trên|kể trên|nói trên)"
)


_NOT_COUNTING = re.compile(r"(?:chưa|không) (?:kể|tính|bao gồm)(?: cả)? [^,;.\d]{0,70}(?:chương trình|ctmtqg|mtqg)[^,;.\d]{0,60},")


def said_to_be_no_programmes(c: Candidate) -> bool:
    """`120 tỷ đồng khắc phục thiên tai, khoản này không thuộc các chương trình`; `Chưa kể vốn các chương trình, tỉnh đầu tư 4.100 tỷ đồng`."""
    apart = _NOT_COUNTING.match(c.low, c.walk.sentence.start)
    if apart and not any(m.kind in ("programme", "component", "carry") and m.start >= apart.end() for m in [*c.left, *c.bound]):
        return True
    return _NOT_OURS.match(c.low, c.number.end, c.walk.sentence.end) is not None


_AFTER_A_STORM = re.compile(r" (?:lấy |trích )?(?:từ )?(?:nguồn )?(?:vốn )?dự phòng ngân sách\b[^.;]{0,60}\b(?:khắc phục|ứng phó|phòng, chống|thiên tai)\b")
_FOR_DISASTERS = re.compile(r"\b(?:hỗ trợ khẩn cấp|cứu trợ|(?:thiệt hại|khắc phục)[^,;.:]{0,24} (?:bão|lũ|thiên tai|dịch))\b[^;.\d]{0,70}$")
_OF_THE_POOR = re.compile(r"\bquỹ [“\"']?(?:vì người nghèo|an sinh xã hội|đền ơn đáp nghĩa)\b[^;.\d]{0,24}$")
_OTHER_FUNDS = re.compile(r" (?:lấy |trích )?từ (?:nguồn )?(?:tăng thu|vượt thu|kết dư|dự phòng|quỹ dự phòng|xổ số|kiến thiết thị chính|sự nghiệp đô thị|tiết kiệm chi)\b(?! (?:nstw|ngân sách trung ương|trung ương))")


_STATES_OWN = re.compile(r"\bchi (?:thường xuyên|ngân sách|cân đối|đầu tư phát triển)(?: năm 20\d\d)?(?: của)? (?:nsnn|ngân sách nhà nước|nsđp|ngân sách địa phương)\b|\btừ chối thanh toán\b")


def of_the_states_budget(c: Candidate) -> bool:
    """`Dự toán chi thường xuyên năm 2018 của NSNN là 976.515 tỷ đồng; ước thanh toán 747.531 tỷ đồng`, where no programme is named."""
    if _STATES_OWN.search(c.low, c.walk.sentence.start, c.number.start) is None or any(m.kind == "programme" for m in c.walk.sentence.mentions):
        return False
    c.walk.refused = Mention(c.walk.sentence.start, c.number.start, "topic", "norms")
    return True


_OF_AN_EVENT = re.compile(rf"\b(?:liên hoan|ngày hội|lễ hội|hội thi|hội diễn|hội chợ|festival|chuyến đi|hội thao)\b[^.;]{{0,160}}\b(?:kinh phí|chi phí)(?: tổ chức| chuyến đi)?(?: là| {HEDGE})* $")
_BY_LOCAL_RESOLUTION = re.compile(r"[^.;\d]{0,70}\btheo nghị quyết (?:số )?\d[\d/]*(?:[-/\w]*)? (?:của )?(?:hđnd|hội đồng nhân dân|tỉnh ủy|huyện ủy|ban chấp hành)")


def of_something_local(c: Candidate) -> bool:
    """`Ngày hội ... 9 đoàn, kinh phí 620 triệu đồng`; `17 tỷ đồng sắp xếp dân cư theo Nghị quyết 12 của HĐND tỉnh`."""
    if c.beside("programme", "component", "source", "capital"):
        return False
    return _OF_AN_EVENT.search(c.low, c.walk.sentence.start, c.number.start) is not None or _BY_LOCAL_RESOLUTION.match(c.low, c.number.end) is not None


def from_other_funds(c: Candidate) -> bool:
    """`cấp 2,1 tỷ đồng dự phòng ngân sách để khắc phục`; `dành 25 tỷ đồng từ nguồn tăng thu làm điện chiếu sáng`, where no programme is spoken of."""
    if _AFTER_A_STORM.match(c.low, c.number.end) or _FOR_DISASTERS.search(c.low, c.walk.last_end, c.number.start) or _OF_THE_POOR.search(c.low, c.walk.last_end, c.number.start):
        return True
    other = _OTHER_FUNDS.match(c.low, c.number.end) is not None and "programme" not in c.walk.cur
    return other and not STANDARD.search(c.low, c.walk.sentence.start, c.walk.sentence.end)


_OFFICES = re.compile(
    r"(?:\b(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy) sở(?:,(?: ban,)? ngành)?|(?:^|[(;,:] ?|\btrong đó,? |\bgồm )(?:riêng )?(?:(?:sở|ban quản lý|ban qlda|trường) [^,;.:()\d]{3,60}?|ban dân tộc|công an))(?: tỉnh| cấp tỉnh| của tỉnh)?"
    rf"(?: (?:được (?:giao|phân bổ|cấp|bố trí)|là|có|{HEDGE}))* $"
)


def of_an_office(c: Candidate) -> bool:
    """`6 sở, ngành cấp tỉnh 9.180 triệu đồng (riêng Sở Y tế 5.640 triệu đồng)`: the numbers that follow are the office's, too."""
    office = _OFFICES.search(c.low, c.walk.last_end, c.number.start)
    if office is None or any(m.kind == "measure" and m.code != "given" and not c.low.startswith("được", m.start) for m in c.walk.sentence.between(office.start(), c.number.start)):
        return False
    c.walk.refused = Mention(office.start(), c.number.start, "someone", "body")
    return True


def of_other_business(c: Candidate) -> bool:
    """`Nợ đọng xây dựng cơ bản còn 36,5 tỷ đồng`: the clause is about a debt, a road, a loan, a norm."""
    return is_other_business(c.walk, c.number, c.left)


# What works cost, and what is lent

_OF_SUCH_PROJECTS = re.compile(r"\b(?:dự án|công trình|gói thầu|danh mục|hạng mục)(?: (?:nhóm [abc]|có|tổng mức|đầu tư|quy mô|giá trị|vốn|mức))* (?:dưới|trên|từ|không quá|đến|tới|chưa đến|chưa tới|chưa đầy|chỉ|chỉ có|vỏn vẹn) $")
_THAN_PLANNED = re.compile(rf"\b(?:rẻ|thấp|cao|nhiều|ít) hơn (?:so với )?(?:dự toán|kế hoạch|dự kiến|thiết kế)(?: (?:ban đầu|được duyệt|tới|{HEDGE}))* $")
_BUILT = re.compile(
    r"\d (?:km|m|mét|cầu|cây cầu|phòng học|công trình|căn nhà)\b(?:(?!giao|phân bổ|bố trí|giải ngân|thanh toán|nguồn lực|\bđã chi)[^.;])*?"
    rf"\b(?:kinh phí|tổng vốn|số vốn|vốn|dự toán|trị giá|chi phí|hết|giá trị)(?: (?:là|với|{HEDGE}|đầu tư))* $"
)


_ONE_COSTS = re.compile(rf"\b(?:1|một|mỗi) (?:km|cây số|mét|m|căn nhà|ngôi nhà|nhà|cây cầu|phòng học|công trình)\b[^.;,\d]{{0,40}} (?:mất|hết|tốn|ngốn|có giá|giá)(?: (?:{HEDGE}|đến|tới))* $")
_OF_WHICH = re.compile(r"(?: đồng)?,? \(?(?:trong đó|gồm|bao gồm)\b[^;.]*")


def part_of_such(c: Candidate) -> bool:
    """`mua trâu hết 1 tỷ 240 triệu đồng, trong đó ngân sách hỗ trợ 1,1 tỷ đồng`: a part of what was no figure."""
    whole = next((n for n in reversed(c.walk.discourse.refused) if c.walk.sentence.start <= n.start < c.number.start), None)
    if whole is None or c.amount >= 5 * SMALLEST or c.amount > (whole.value or 0) or any(f.number.start > whole.start for f in c.walk.found):
        return False
    return _OF_WHICH.fullmatch(c.low, whole.end, c.number.start) is not None and not c.beside("programme", "component", "carry")


_WORK_DONE = re.compile(r"\) (?:đã |vừa |đang |chưa |mới |cũng |hiện |phải )*(?:được )?(?:nghiệm thu|khởi công|hoàn thành|thi công|dừng thi công|dừng|đưa vào sử dụng|bàn giao|đạt \d[\d,.]*% khối lượng)")
"""`Khu sản xuất Liêng Srônh (9,8 tỷ đồng) đã nghiệm thu`"""
_DESIGNED = re.compile(rf"\b(?:chợ|cầu|trường|trạm|nhà văn hóa|đập|hồ|kênh|mương|ngầm|tràn|đường|trụ sở|hội trường)\b[^.;:]{{0,60}}?\b(?:tổng dự toán|(?:có|cấp|được) (?:tiền|vốn))(?: (?:là|{HEDGE}))* $")
"""`Chợ mới có tổng dự toán 5,6 tỷ đồng`, `trường mẫu giáo ở thôn 12 có tiền 2,4 tỷ đồng`"""
_BEGUN = re.compile(r"(?: đồng)?, (?:đã |vừa |được |mới )*(?:khởi công|khánh thành|động thổ|thông xe)\b")
"""`Đập dâng Nước Giao vốn 9,8 tỉ đồng, khởi công từ năm ngoái`"""


def cost_of_one(c: Candidate) -> bool:
    """`làm 1 km đường mất 2,4 tỷ đồng`; `Đường A - B (42 tỷ đồng) dừng thi công`: of a work, where no programme is named."""
    if _ONE_COSTS.search(c.low, c.walk.last_end, c.number.start):
        return True
    bare = not any(m.kind in ("programme", "capital", "component", "source") for m in c.left)
    if of_a_named_work(c.walk, c.number, c.left) or (bare and _BEGUN.match(c.low, c.number.end)):
        return True
    if bare and _DESIGNED.search(c.low, c.walk.last_end, c.number.start):
        return True
    return bare and c.before.endswith("(") and _WORK_DONE.match(c.low, c.number.end) is not None


def marks_projects(c: Candidate) -> bool:
    """`phân cấp cho xã thẩm định dự án dưới 15 tỷ đồng`."""
    return not any(m.kind == "source" for m in c.left) and _OF_SUCH_PROJECTS.search(c.low, c.walk.last_end, c.number.start) is not None


def compared_with_design(c: Candidate) -> bool:
    """`rẻ hơn dự toán chừng 400 triệu đồng`."""
    return _THAN_PLANNED.search(c.low, c.walk.last_end, c.number.start) is not None


def cost_of_works(c: Candidate) -> bool:
    """`đang thi công 14 cầu, 38 km đường với tổng vốn 96 tỉ đồng`."""
    built = _BUILT.search(c.low, c.walk.sentence.start, c.number.start)
    if built is None or took_over(c.walk, built.start() + 1, c.number) or FROM_ITS_MONEY.match(c.low, c.walk.sentence.start):
        return False
    worth = [m for m in [*c.left, *c.bound] if not (m.kind == "capital" and c.low.endswith(("với ", "với tổng "), 0, m.start))]  # "300 m đường với vốn đầu tư 150 triệu đồng"
    return not any(m.kind in ("programme", "capital", "component", "source", "carry") and m.start > built.start() for m in worth)


_LEADS_TO = re.compile(r"\s*(?:vốn |tiền |tổng |xây dựng |làm |đầu tư |cho |để |sửa chữa |mua )*")


_SEVERAL_WORKS = re.compile(r" vốn (?:đầu tư|sự nghiệp)\b(?: phát triển)? (?:để |cho )?(?:làm|xây dựng|đầu tư|sửa chữa) [^;.:\d,]{3,40}, [^;.:\d,]{3,40},")
"""`từ Chương trình A, tỉnh dành 27 tỷ đồng vốn đầu tư làm đường giao thông, thủy lợi nhỏ, nhà văn hóa`: what it is for, no one work"""


def for_something_else(c: Candidate) -> bool:
    """`2.640 tỷ đồng dư nợ`; not so where it is passed on (`đã phân khai chi tiết 20 tỷ đồng cho các công trình`) or a part of a sum told."""
    if last(c.left, ("distributed",)) is not None or part_of_source(c.walk, c.number):
        return False
    if _SEVERAL_WORKS.match(c.low, c.number.end, c.walk.sentence.end) and any(m.kind == "programme" and m.code != "other" for m in c.left):
        return False
    if c.low.startswith(" tiền mặt", c.number.end) and any(m.kind == "source" and m.code == "community" for m in c.left):
        return False
    behind = c.walk.sentence.between(c.number.end, c.number.end + 26)
    return any(m.kind in ("topic", "someone") and m.code != "progress" and _LEADS_TO.fullmatch(c.low, c.number.end, m.start) and not (m.code == "body" and AND_PLACES.match(c.low, m.end)) for m in behind)


_LENT = re.compile(rf" (?:vốn |vốn vay )?cho (?:{HEDGE} )?[\d.]+ (?:lượt )?(?:hộ|khách hàng|người|lao động|đối tượng|thành viên|học sinh)[^,;.\d]{{0,30}}\bvay\b")
_LENT_BY_BANK = re.compile(rf"\btín dụng (?:chính sách|ưu đãi)[^,;.\d]{{0,30}} (?:giải ngân|cho vay|đạt)(?: (?:được|{HEDGE}))* $")
_LOANS = re.compile(r" (?:vốn |tiền )?vay\b")


def lent(c: Candidate) -> bool:
    """`giải ngân 94,2 tỷ đồng cho 1.874 lượt hộ vay`, `tín dụng chính sách giải ngân 94,2 tỷ đồng`."""
    return _LENT.match(c.low, c.number.end) is not None or _LENT_BY_BANK.search(c.low, c.walk.last_end, c.number.start) is not None


def spent_on_loans(c: Candidate) -> bool:
    """`giải ngân 98 tỷ đồng vốn vay ưu đãi`."""
    return c.verb is not None and c.verb.code == "disbursed" and _LOANS.match(c.low, c.number.end) is not None


# What each of several gets, and what people get

_UP_TO = re.compile(rf" (?:đến|tới)(?: {HEDGE})? \d")
_OTHERS = re.compile(r"(?:xã|huyện|địa phương|đơn vị|phường|thôn)[^,;.]{0,12} (?:còn lại|khác)\b")
_COUNTED_INSIDE = re.compile(r"\b\d{1,3} xã\b")


_FROM = re.compile(rf"\btừ \d[\d.,]* (?:(?:tỷ|tỉ|triệu)(?: đồng)? )?(?:đến|tới)(?: {HEDGE})? $")
"""`các huyện còn lại được phân bổ từ 1 đến gần 7 tỷ đồng`"""


def each_in_a_span(c: Candidate) -> bool:
    """`mỗi huyện từ 570 triệu đồng đến 3,6 tỷ đồng`, `các xã còn lại từ 500 triệu đến 1,2 tỷ đồng`: of none of them exactly."""
    if _OTHERS.search(c.before) and _FROM.search(c.before):
        return True
    return (c.walk.each or (_OTHERS.search(c.before) is not None and c.before.endswith("từ "))) and ("-" in c.low[c.number.start : c.number.end] or _UP_TO.match(c.low, c.number.end) is not None)


_MEAN = re.compile(r"\bbình quân(?: mỗi|/| một| 0?1)? ?(?:xã|huyện|thôn|công trình|dự án)\b[^,;.\d]{0,24}$")


def mean_of_each(c: Candidate) -> bool:
    """`huy động bình quân/xã khoảng 350 tỷ đồng`."""
    return _MEAN.search(c.before) is not None


_ALL_OTHERS = re.compile(rf"(?:^|[;,.:] |\bvà )(?:các|những|số) (?:xã|huyện|địa phương|đơn vị|phường|xã, phường|huyện, thị xã)(?:, (?:xã|phường|thị xã|thành phố|đặc khu))* (?:còn lại|khác)(?: (?:là|có|được|giao|được giao|nhận|{HEDGE}))* $")


def each_of_the_others(c: Candidate) -> bool:
    """`12 xã còn lại mỗi xã 466 triệu đồng`, `các xã còn lại 863 tỷ đồng`: of places that are not named."""
    if _ALL_OTHERS.search(c.before):
        return True
    return c.walk.each and _OTHERS.search(c.before) is not None and not c.named


def each_only_counted(c: Candidate) -> bool:
    """`5 xã thuộc các tỉnh A, B mỗi xã 3 tỷ đồng`: what communes get that are only counted is not their provinces'."""
    if not c.walk.each or "mỗi xã" not in c.before or _COUNTED_INSIDE.search(c.before) is None:
        return False
    return not any(m.kind == "place" and m.data.kind == "named" and m.data.level == "commune" for m in c.left)


_NOT_YET = re.compile(r"(?: đồng)? (?:vốn|kinh phí|dự toán|nguồn)\b(?:[^,;.:%\d]|\b\d\b){0,60} (?:mà|do|vì) [^,;.:%\d]{0,60}\bchưa (?:có phương án|phân bổ|được phân bổ|giao|đề xuất)")
"""`vẫn còn hơn 3.070 tỷ đồng kinh phí thường xuyên mà các bộ chưa có phương án phân bổ`"""


_AFTER_A_CHANGE = re.compile(r"sau (?:khi )?(?:được )?(?:điều chuyển|điều chỉnh|bổ sung|cắt giảm)\b")
"""`Sau điều chuyển, huyện A có 78,2 tỷ đồng`"""


def not_yet_distributed(c: Candidate) -> bool:
    """`còn 5.140 tỷ đồng vốn sự nghiệp chưa phân bổ`: of no measure; nor are its parts."""
    still = _STILL.search(c.low, c.walk.last_end, c.number.start) is not None and _NOT_YET.match(c.low, c.number.end, c.walk.sentence.end) is not None
    if still or any(m.kind == "measure" and m.code == "none" for m in c.bound):
        c.walk.refused = Mention(c.number.start, c.number.end, "topic", "withheld")
        return True
    if _AFTER_A_CHANGE.match(c.low, c.walk.sentence.start):
        return False
    return last(c.left, ("none",)) is not None and last(c.left, MONEY_MEASURES) is None


_LATER = re.compile(r" (?:vốn )?còn lại,?(?: tỉnh| huyện| sẽ| được| tiếp tục)* (?:phân bổ|giao|phân khai)(?: chi tiết)? (?:sau|khi|đợt sau|trong đợt)\b")
_LEFT = re.compile(r" (?:vốn )?(?:còn lại|chưa phân bổ|chưa giao)\b")


def still_to_distribute(c: Candidate) -> bool:
    """`đã giao chi tiết 1.147 tỷ đồng; số còn lại 150 tỷ đồng đang trình HĐND`."""
    own = last(c.left, MONEY_MEASURES)
    if _LATER.match(c.low, c.number.end):
        return True  # "hơn 474,8 tỷ đồng còn lại sẽ phân bổ sau"
    if _LEFT.match(c.low, c.number.end) and any(f.measure == "distributed" for f in c.walk.found):
        return True  # "đã phân bổ 2.984/3.120 tỷ đồng (135 tỷ đồng còn lại đang điều chỉnh)"
    return own is not None and own.code == "rest" and bool(c.walk.found) and c.walk.found[-1].measure in ("distributed", "distribution_rate")


_HOUSEHOLDS = re.compile(r"\d (?:hộ|người|học viên|học sinh|con|đoàn viên|căn|ngôi)[ ,]")
A_HOUSEHOLD = 10**8
"""đồng: what no word calls given or spent, and is not more than this, is a household's or a lesson's, no budget"""
_OF_THE_MONEY = frozenset({"programme", "capital", "source", "component", "carry", "place", "period"})


def shared_by_people(c: Candidate) -> bool:
    """`42 hộ được hỗ trợ cây giống với tổng kinh phí 1,26 tỷ đồng`: what some people shared in."""
    if c.amount >= 5 * SMALLEST or c.beside("programme", "capital", "component", "source", "carry"):
        return False
    return _HOUSEHOLDS.search(c.low, c.walk.last_end, c.number.start) is not None


_OF_A_NORM = re.compile(r"đồng ?/ ?(?:hộ|nhà|căn|người|con|ha|km|mô hình|xã|thôn)[^()\d]{0,20}\([^()]*$")


def part_of_a_norm(c: Candidate) -> bool:
    """`46 triệu đồng/nhà (ngân sách trung ương 40 triệu, quỹ của huyện 6 triệu)`."""
    return _OF_A_NORM.search(c.low, c.walk.sentence.start, c.number.start) is not None


_ONE = re.compile(rf"\bmột (?:hóa đơn|hoá đơn|chứng từ|phiếu) (?:{HEDGE} )?$")


def of_a_household(c: Candidate) -> bool:
    """`Măng được 180 nghìn`: what no word calls given or spent, and is small; `thanh toán một hóa đơn 40 triệu đồng`."""
    if _ONE.search(c.low, c.walk.last_end, c.number.start):
        return True
    return c.verb is None and c.amount <= A_HOUSEHOLD and c.walk.sentence.line_kind != "item"


def planned_by_a_household(c: Candidate) -> bool:
    """`Tổng cộng 90 triệu đồng, nhà nước lo 40 triệu`."""
    small = c.verb is not None and c.verb.code == "allocated" and c.amount < SMALLEST // 10
    return small and not any(m.kind in _OF_THE_MONEY for m in c.walk.sentence.mentions)
