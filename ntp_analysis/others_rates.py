"""Percentages told of others, or beside them: shares, offices', works', files', what units did that was no spending; and those that are ours after all."""

from __future__ import annotations

import re

from ntp_analysis.candidate import Candidate
from ntp_analysis.clues import RATE_WORDS, shares_told
from ntp_analysis.hedges import HEDGE
from ntp_analysis.marks import counts_places
from ntp_analysis.mentions import Mention
from ntp_analysis.shares import part_of_raised
from ntp_analysis.topics import of_a_named_work as is_of_a_named_work
from ntp_analysis.topics import topic_of

_YEARLY = re.compile(rf"\b(?:mỗi|hằng|hàng) năm(?: (?:chỉ|đều|cũng|phải))? (?:giảm|rút|hạ|kéo|bớt)(?: (?:giảm|được|bình quân|{HEDGE}|từ|thêm|xuống))* $")
"""`hộ nghèo mỗi năm rút được 2 - 3%`"""
_SHARE_OF_COUNT = re.compile(r"\d[\d.,]* (?:xã|huyện|hộ|thôn|bản|ấp|buôn|người|công trình|dự án|địa phương|lao động|trường|học sinh|học viên|ha|km|con|cây|căn|hồ sơ|mô hình|tiêu chí|chỉ tiêu|hợp tác xã|sản phẩm)\b[^,;.:%]{0,12}\((?:đạt |chiếm |bằng )?$")
_UNITS_DID = re.compile(r"\d[\d.]* (?:đơn vị|cơ quan|doanh nghiệp|trường|cơ sở|hợp tác xã)(?: (?:đã|được))* (?!giải ngân)[^,;.%\d]{3,40}, (?:đạt|chiếm|bằng) $")
"""`812 đơn vị cập nhật, đạt 77,4%`"""
_OF_FILES = re.compile(r"\d[\d.]* (?:hồ sơ|thủ tục|lượt|đơn thư|kiến nghị|văn bản|chỉ tiêu|nhiệm vụ)\b[^.;%]{0,40}, (?:đã |được )*(?:giải quyết|xử lý|trả lời|trả kết quả|hoàn thành)[^.;%\d]{0,24}$|\bthực hiện (?:các )?(?:kiến nghị|kết luận)\b[^.;%]{0,50}$")
"""`tiếp nhận 926 hồ sơ, giải quyết 97%, trong đó 83% nộp trực tuyến`"""
_COUNT_OF_COUNT = re.compile(rf"\d/\d[\d.]* (?:xã|huyện|hộ|thôn|bản|người|công trình|dự án|địa phương|trường|ấp|buôn)\b(?:(?!giải ngân)[^;.%]){{0,50}}, (?:bằng|đạt|chiếm|tương đương)(?: tỷ lệ| {HEDGE})* $")
"""`65/129 xã đạt chuẩn, bằng 50,4%`"""
_DENIED = re.compile(rf"\b(?:không phải|đâu phải|chứ không)(?: là| đạt| chỉ| {HEDGE})* $|\bkhông (?:thể )?(?:giải ngân|tiêu|đạt)(?: được)? (?:quá|nổi|tới|đến) $|\bkhông có (?:huyện|xã|tỉnh|địa phương|đơn vị) nào\b[^;.%]{{0,60}}$")
"""`đạt 41%, không phải dưới 30% như đại biểu nêu`"""
_DONE = re.compile(rf"\b(?:làm|chưa|mới|đã|cơ bản) xong(?: được| {HEDGE})* $|\bxử lý(?: được| xong| dứt điểm)*(?: (?:ít nhất|tối thiểu|{HEDGE}))* $")
"""`đường làm từ 2023 tới giờ chưa xong 50%`: of the work"""
_OFFICES = re.compile(
    r"(?:^|[,;:(.] ?|\bvà |\blà |\bnhư )(?:ban dân tộc|công an tỉnh|(?:sở|ban quản lý|bộ chỉ huy|trường) (?:(?!cho |báo |thông tin|nêu|nói|rằng|toàn |cả |tỉnh \w|huyện |xã |năm |dự |đến |ước|tính |đặt |phấn |cam )[^\d,.;:(%]){2,60}?)(?: tỉnh)? ?(?:\(|: |đạt |mới |chỉ |được )+$|[;,] (?:ban qlda|bqlda|bql|ban quản lý|phòng|trung tâm|chi cục|hạt)\b[^,;:.(\d]{0,40}(?:\(|: |đạt |mới |chỉ )*$|(?:^|[,;:.] ?)ban (?:quản lý|qlda)[^\d,.;:(%]{2,60}? (?:đã |mới )?giải ngân (?:được |đạt )*$"
    r"|(?:[,;:] ?|\bvà |\bnhư |\bgồm )(?:ban dân tộc|sở (?:(?!yêu|đề|phấn|giao|toàn|cả |tỉnh \w|huyện |xã |năm )[^\W\d_]+ ?){1,8}?)(?: tỉnh)? $"
)
"""`huyện Mỹ Xuyên (22%), Ban Dân tộc (9,8%)`, `gồm: Sở Y tế 0%`: an office's"""
_BESIDE_WHOSE = re.compile(r" (?:nstw|ngân sách trung ương|vốn trung ương)\b(?! (?:giao|phân bổ|bố trí|cấp|năm))")
_SET_AS_LEAST = re.compile(r"\b(?:nghị quyết|quy định)\b[^;.%]{0,60}\bmức tối thiểu(?: là)? $")


def of_counterpart(c: Candidate) -> bool:
    """`tỉnh bố trí thêm 15% đối ứng`."""
    if (c.before.endswith(("bằng ", "tương đương ", "tương ứng ")) and _BESIDE_WHOSE.match(c.low, c.number.end)) or _SET_AS_LEAST.search(c.before):
        return True
    return _COUNTERPART.search(c.before) is not None or _COUNTERPART_NEXT.match(c.low, c.number.end) is not None


def none_of_some_offices(c: Candidate) -> bool:
    """`vẫn còn 2 cơ quan trung ương có tỷ lệ giải ngân 0%`."""
    some = _SOME_OFFICES.search(c.before) if c.number.value == 0 else None
    return some is not None and not any(x.isupper() for x in c.walk.v.text[c.walk.last_end + some.start() : c.number.start])


def part_of_a_whole(c: Candidate) -> bool:
    """`ngân sách huyện 14,8 tỷ đồng (10%)`."""
    return part_of_raised(c.walk, c.number) or shares_told(c.walk, c.walk.last_end)


def denied(c: Candidate) -> bool:
    """`đạt 41%, không phải dưới 30%`, `Không có huyện nào đạt 50%`: what is said not to be."""
    return _DENIED.search(c.before) is not None


_BUT_ONLY = re.compile(rf", (?:mà )?(?:chỉ|mới)(?: (?:dừng|dừng lại|đạt|được))*(?: ở)?(?: mức)? (?:{HEDGE} )?$")


def instead(c: Candidate) -> bool:
    """`không giải ngân được quá 10%, chỉ dừng ở 9,3%`."""
    before = next((n for n in reversed(c.walk.sentence.numbers) if n.end <= c.number.start), None)
    if before is None or before.unit != "percent" or _BUT_ONLY.fullmatch(c.low, before.end, c.number.start) is None:
        return False
    return _DENIED.search(c.low[c.walk.sentence.start : before.start]) is not None and any(m.kind == "measure" for m in c.walk.sentence.between(c.walk.sentence.start, before.start))


def of_work_done(c: Candidate) -> bool:
    """`đường làm từ 2023 tới giờ chưa xong 50%`."""
    return _DONE.search(c.before) is not None and not c.walk.right_behind("allocated")


def of_an_office(c: Candidate) -> bool:
    """`Ban Dân tộc (9,8%)`: the numbers that follow are the office's, too."""
    if _OFFICES.search(c.before) is None:
        return False
    c.walk.refused = Mention(c.walk.last_end, c.number.start, "someone", "body")
    return True


def of_a_named_work(c: Candidate) -> bool:
    """`đường Vành đai 2 mới giải ngân được 37%`."""
    return is_of_a_named_work(c.walk, c.number, c.left)


_AND_THEY_ARE = re.compile(r"[^;.]{0,40}[,:] ?(?:gồm|bao gồm|là|đó là|như|cụ thể)\b|[^;.]{0,20}: ")


def one_under_the_mark(c: Candidate) -> bool:
    """`phê bình 4 xã có tỷ lệ giải ngân dưới 30%, gồm: xã A (12,6%), xã B (17,1%)`."""
    opened = c.low.endswith(" (", 0, c.number.start) and c.low.startswith(")", c.number.end)
    if not opened or not any(m.kind == "place" and m.end == c.number.start - 2 for m in c.left):
        return False
    mark = next((n for n in c.walk.sentence.numbers if n.unit == "percent"), None)
    if mark is None or mark.start >= c.number.start or ";" in c.low[mark.end : c.number.start] or _AND_THEY_ARE.match(c.low, mark.end, c.number.start) is None:
        return False
    return counts_places(c.walk, c.low[c.walk.sentence.start : mark.start], mark) and any(m.kind == "measure" and m.code in RATE_WORDS for m in c.walk.sentence.between(c.walk.sentence.start, mark.start))


def each_year(c: Candidate) -> bool:
    """`hộ nghèo mỗi năm rút được 2 - 3%`: the numbers that follow are of that, too."""
    if _YEARLY.search(c.before) is None:
        return False
    c.walk.refused = topic_of(c.walk, c.number, c.left) or c.walk.refused
    return True


def of_units_that_did(c: Candidate) -> bool:
    """`812 đơn vị cập nhật, đạt 77,4%`."""
    return _UNITS_DID.search(c.before) is not None


def of_files(c: Candidate) -> bool:
    """`tiếp nhận 926 hồ sơ, giải quyết 97%`: nor is what joins it ours."""
    files = _OF_FILES.search(c.before)
    if files is None:
        return False
    c.walk.refused = Mention(c.walk.last_end + files.start(), c.number.start, "topic", "norms")
    return True


def share_of_a_count(c: Candidate) -> bool:
    """`42 xã (61%)`, `65/129 xã đạt chuẩn, bằng 50,4%`."""
    return _SHARE_OF_COUNT.search(c.before) is not None or _COUNT_OF_COUNT.search(c.before) is not None


_SOME_OFFICES = re.compile(r"\b(?:\d{1,2}|hai|ba|bốn) (?:bộ|cơ quan|địa phương|đơn vị|xã|huyện|tỉnh)\b[^,;.]{0,50}$")
_COUNTERPART = re.compile(rf"\b(?:đối ứng|phải (?:góp|đóng góp|bỏ ra))(?: (?:thêm|là|từ|mức|tỷ lệ|tối thiểu|ít nhất|{HEDGE}))* $")
_COUNTERPART_NEXT = re.compile(r" (?:vốn |phần )?đối ứng\b")
"""`tỉnh bố trí thêm 15% đối ứng`: a share that the province adds"""
