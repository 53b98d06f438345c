"""Whether a percentage is a rate of the programmes' money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.bounds import bound_of, is_threshold
from ntp_analysis.clues import (
    OF_PLAN,
    RATE_WORDS,
    answers,
    given_of_plan,
    last,
    list_item,
    passes,
    risen_from,
    shares_told,
    spent_before,
    text_before,
    to_exceed,
    verb_behind,
)
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import Mention
from ntp_analysis.shares import PART_OF, part_of_raised, rates_amounts
from ntp_analysis.timing import is_ahead
from ntp_analysis.topics import about_other, in_a_title, other_business, topic_of

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_NOT_A_SHARE = re.compile(
    r"\s*(?:của |số |tổng số |tổng )*(?:dân\b|dân số|hộ\b|số hộ|xã\b|số xã|thôn|bản\b|người|lao động|diện tích|khối lượng|học sinh|trẻ|đồng bào|đường|trường|phòng học|gia đình|doanh nghiệp|công trình|cán bộ|tiêu chí|sản phẩm|giá|nhu cầu|phụ nữ|dự án\b|dân cư|(?:các )?đại biểu|cử tri|ý kiến|số phiếu|phiếu|đảng viên|hội viên|mỗi năm|/năm|một năm|điểm|các hộ|hợp tác xã|tỷ lệ|thành viên|huyện đạt|nhà|gói thầu|chi phí|mức (?:đầu tư|vốn) của|chỉ tiêu thu|dự toán thu|tổng thu|nghị quyết hđnd|là người|giá trị)"
)
_LEVEL_OF = re.compile(r"(?:mức|tỷ lệ|con số)(?: \w+)? $")
_LAST_YEARS = re.compile(rf"(?:cùng kỳ|năm trước|năm ngoái|năm 20\d\d)\s*\(\s*(?:là |đạt )?(?:{HEDGE} )?$")
_OF_THEN = re.compile(r" (?:của |)(?:cùng (?:kỳ|thời điểm)|năm (?:ngoái|trước))")
_OF_LAST_YEAR = re.compile(r"\s*(?:so với (?:cùng kỳ|năm)|cùng kỳ)")
_CONDITION = re.compile(r"(?:những|các|nếu|nào|đơn vị|địa phương|dự án(?! \d)|chủ đầu tư|huyện|xã|nơi)\b[^;.]{0,80}$")
_SANCTION = re.compile(r"[^.;]{0,50}\b(?:sẽ|thì|bị|phải|cần|đề nghị|kiên quyết|xem xét|chịu trách nhiệm|điều chuyển|thu hồi|giải trình|kiểm điểm|báo cáo|không (?:được|giao|bố trí|xem xét|xét|đề xuất|công nhận))\b")
_SANCTIONED = re.compile(r"\b(?:sẽ|kiên quyết|đề nghị|xem xét|phải) (?:điều chuyển|thu hồi|cắt giảm|xử lý|phê bình|kiểm điểm)\b|\bkhông (?:xem )?xét (?:thi đua|khen thưởng|danh hiệu|công nhận)\b")
_COUNTED = re.compile(
    r"\b(?:\d{1,3}(?:/\d{1,3})?|(?:với|tại|gửi|tới) (?:các|những)|một số|nhiều|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|có) (?:bộ, cơ quan|bộ|cơ quan|địa phương|huyện|xã|tỉnh|đơn vị|chủ đầu tư|dự án|công trình|tỉnh, thành phố|bộ, cơ quan trung ương|bộ, ngành|xã, phường|huyện, thành phố)(?:,? (?:tính )?(?:đến|tới) (?:hết )?(?:tháng|ngày|quý|nay)[^,.;%]{0,16},?)?(?: (?:[^\d,.;%]|(?:tháng|ngày) \d{1,2}(?:/\d{1,2})?(?:/20\d\d)?|năm 20\d\d){0,110})? ?(?:trên|dưới|từ|hơn|thấp hơn|đạt từ|cao hơn|chưa đến|chưa tới|không tới|trên mức|dưới mức) ?$"
)
_PEOPLE = re.compile(r"\d[\d.,]* (?:hộ|người|học sinh|lao động|trẻ|dân|nhân khẩu)\b[^.;%]{0,40}$")
_YEARLY = re.compile(rf"\b(?:mỗi|hằng|hàng) năm(?: (?:chỉ|đều|cũng|phải))? (?:giảm|rút|hạ|kéo|bớt)(?: (?:giảm|được|bình quân|{HEDGE}|từ|thêm|xuống))* $")
"""`hộ nghèo mỗi năm rút được 2 - 3%`"""
_SHARE_OF_COUNT = re.compile(r"\d[\d.,]* (?:xã|huyện|hộ|thôn|bản|ấp|buôn|người|công trình|dự án|địa phương|lao động|trường|học sinh|học viên|ha|km|con|cây|căn|hồ sơ|mô hình|tiêu chí|chỉ tiêu|hợp tác xã|sản phẩm)\b[^,;.:%]{0,12}\($")
_OF_FILES = re.compile(r"\d[\d.]* (?:hồ sơ|thủ tục|lượt|đơn thư|kiến nghị|văn bản|chỉ tiêu|nhiệm vụ)\b[^.;%]{0,40}, (?:đã |được )*(?:giải quyết|xử lý|trả lời|trả kết quả|hoàn thành)[^.;%\d]{0,24}$")
"""`tiếp nhận 926 hồ sơ, giải quyết 97%, trong đó 83% nộp trực tuyến`"""
_COUNT_OF_COUNT = re.compile(rf"\d/\d[\d.]* (?:xã|huyện|hộ|thôn|bản|người|công trình|dự án|địa phương|trường|ấp|buôn)\b(?:(?!giải ngân)[^;.%]){{0,50}}, (?:bằng|đạt|chiếm|tương đương)(?: tỷ lệ| {HEDGE})* $")
"""`65/129 xã đạt chuẩn, bằng 50,4%`"""
_CHANGE = re.compile(rf"(?<!không )(?<!trở )(?:tăng|giảm|cao hơn|thấp hơn|vượt|nhích|chênh|kém|xuống|đội|leo|nhảy)(?: (?:thêm|lên|tới|đến|{HEDGE}|bình quân|mỗi năm|từ|còn|xuống|so với|tương ứng|mức|tỷ trọng|tỷ lệ|được))*\s*$|\b(?:kém|hơn|thua|vượt|tăng|giảm)(?: so với)? cùng kỳ(?: năm (?:20\d\d|trước|ngoái))? (?:tới|đến|những) $")
_IN_BRACKETS = re.compile(rf" \((?:{HEDGE} )?$")
_DENIED = re.compile(rf"\b(?:không phải|đâu phải|chứ không)(?: là| đạt| chỉ| {HEDGE})* $")
"""`đạt 41%, không phải dưới 30% như đại biểu nêu`"""
_DONE = re.compile(rf"\b(?:làm|chưa|mới|đã|cơ bản) xong(?: được| {HEDGE})* $")
"""`đường làm từ 2023 tới giờ chưa xong 50%`: of the work"""
_OFFICES = re.compile(
    r"(?:^|[,;:(.] ?|\bvà |\blà |\bnhư )(?:ban dân tộc|công an tỉnh|(?:sở|ban quản lý|bộ chỉ huy|trường) (?:(?!cho |báo |thông tin|nêu|nói|rằng|toàn |cả |tỉnh \w|huyện |xã |năm |dự |đến |ước|tính |đặt |phấn |cam )[^\d,.;:(%]){2,60}?)(?: tỉnh)? ?(?:\(|: |đạt |mới |chỉ |được )+$|[;,] (?:ban qlda|bqlda|bql|ban quản lý|phòng|trung tâm|chi cục|hạt)\b[^,;:.(\d]{0,40}(?:\(|: |đạt |mới |chỉ )*$"
    r"|(?:[,;:] ?|\bvà |\bnhư |\bgồm )(?:ban dân tộc|sở (?:(?!yêu|đề|phấn|giao|toàn|cả |tỉnh \w|huyện |xã |năm )[^\W\d_]+ ?){1,8}?)(?: tỉnh)? $"
)
"""`huyện Mỹ Xuyên (22%), Ban Dân tộc (9,8%)`, `gồm: Sở Y tế 0%`: an office's"""
_AVERAGE = re.compile(r"(?:bình quân|trung bình|mức|mặt bằng)(?: chung)?(?: giải ngân)?(?: vốn)?(?: đầu tư công| các chương trình)?(?: của)? (?:cả nước|toàn quốc|toàn tỉnh|cả tỉnh|toàn huyện|của tỉnh|của huyện)(?: (?:vào )?cùng (?:thời điểm|kỳ|lúc|thời gian)(?: này| đó)?)?\s*(?:\(|là |đạt )\s*$")
_CHANGE_OK = re.compile(rf"\bkhó (?:mà |lòng )?(?:vượt|quá|qua)(?: quá| nổi| mốc)? $|(?:nâng|đưa|còn lại|vẫn còn|số còn lại)[^,;]*$|(?<!cùng kỳ )(?:tăng|nhích|vươn|vọt|leo|nhảy|bật)(?: vọt| dần| nhẹ| mạnh| nhanh)? lên(?: mức| đến| tới| {HEDGE})* $")
"""`giải ngân vốn đầu tư nhích lên 41,9%`: what it has come to"""
_NEXT_MARK = re.compile(rf" ?(?:đến|tới)(?: {HEDGE})? |[,;] (?:và )?(?:số )?còn lại(?: đều| đạt| là| giải ngân)* (?:dưới|trên|từ)(?: mức)? ")
_OF_FUNDS = re.compile(r" (?:tổng |số |kế hoạch |nguồn )*(?:vốn|kế hoạch|kinh phí)\b")
"""`xã A Dơi đạt 22,8% vốn các chương trình MTQG`"""
_ITS_PACE = re.compile(r"\b(?:tiến độ|tỷ lệ|tốc độ)(?: [^\W\d_]+){0,3}: $")
"""`94,3 tỷ đồng, tiến độ khá hơn: 51,9%`"""
_AIMED_AT = re.compile(rf"\b(?:mục tiêu|chỉ tiêu|mốc)(?: (?:giải ngân|là|đạt|tối thiểu|ít nhất|{HEDGE}|từ|đề ra|phấn đấu))* $")
"""`thì mới đạt mục tiêu 95% kế hoạch`"""
_A_YEAR = re.compile(rf"(?:^|[.,;:] )(?:riêng |còn |trong |tính |của )*năm (?:20\d\d|nay|ngoái|trước),? (?:chỉ |mới |đã |cũng )*đạt (?:{HEDGE} )?$")
"""`Lũy kế giải ngân đạt 82%. Riêng năm 2024 đạt 64,5%`"""
_THE_RATE = re.compile(rf"\b(?:tỷ lệ|con số)(?: này| đó| ấy)? (?:(?:chỉ|mới|đã|cũng) )*(?:đạt|là|ở mức)(?: {HEDGE})? $")
"""`do vốn giao muộn nên tỷ lệ chỉ đạt 39%; sang năm 2023, con số này là 71,5%`"""
_REACHED = re.compile(rf"\b(?:đạt|chạm|mới được|chỉ được|mới|chỉ|chỉ có|vỏn vẹn|(?:nhanh|chậm|cao|thấp|tốt|kém) nhất(?:, với|,| với))(?: (?:khá|tốt|cao|thấp) hơn,)?(?: {HEDGE})? $")


_WORKED_OUT = re.compile(rf"\b(?:(?:thế|vậy|như thế|như vậy|tính ra thế)(?= (?:là|mới|được))|chia cho|tính ra|nhẩm ra|quy ra|làm phép (?:tính|chia))\b[^.;\d]{{0,40}}?(?:(?:thì|được|là|bằng|mới|chỉ)(?: (?:được|{HEDGE}|là|mới|chỉ|bằng))*)? $")
"""`Lấy con số đó chia cho tổng vốn thì 51%`"""
_ONLY_REACHED = re.compile(rf"\b(?:mới|chỉ)(?: chỉ| mới)?(?: được| đạt| chạm| dừng ở| ở mức)(?: {HEDGE})* $")
"""`vốn các chương trình MTQG của tỉnh mới được 38,4%`"""
_TO_RAISE = re.compile(rf"\b(?:nâng|đưa|đẩy|kéo|vươn|cán mốc)(?: (?:con số này|tỷ lệ này|con số ấy|tỷ lệ|lên|tới|đến|mức|{HEDGE}|ít nhất|tối thiểu))* $")


def accepts_percent(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """Tell whether a percentage is a rate of the programmes' money, and none of people, works, change or a share."""
    low = walk.v.low
    before = text_before(walk, number)
    if before.endswith(("so với ", "so với mức ")) and walk.found and any(m.kind == "marker" and m.code == "compare" for m in bound):
        return True  # "cao hơn nhiều so với 61,3% của một năm trước"
    if _NOT_A_SHARE.match(low, number.end, walk.sentence.end):
        walk.refused = Mention(number.start, number.end, "topic", "counted")
        return False
    if _OF_LAST_YEAR.match(low, number.end) or (number.value or 0) > 1000:
        return False
    if is_threshold(walk.v, number) or _next_mark(walk, number):
        return False
    if _LEVEL_OF.search(before) and _OF_THEN.match(low, number.end):
        return bool(walk.found) or walk.discourse.rates
    if _COUNTERPART.search(before) or _COUNTERPART_NEXT.match(low, number.end):
        return False
    some = _SOME_OFFICES.search(before) if number.value == 0 else None
    if some and not any(c.isupper() for c in walk.v.text[walk.last_end + some.start() : number.start]):
        return False  # "vẫn còn 2 cơ quan trung ương có tỷ lệ giải ngân 0%"
    if part_of_raised(walk, number) or shares_told(walk, walk.last_end) or _DENIED.search(before) or _DONE.search(before):
        return False
    if _OFFICES.search(before):
        walk.refused = Mention(walk.last_end, number.start, "someone", "body")
        return False
    if _YEARLY.search(before):
        walk.refused = topic_of(walk, number, left) or walk.refused
        return False
    if files := _OF_FILES.search(before):
        walk.refused = Mention(walk.last_end + files.start(), number.start, "topic", "norms")
        return False
    if _SHARE_OF_COUNT.search(before) or _COUNT_OF_COUNT.search(before):
        return False
    spending = bool(walk.found) or walk.discourse.rates
    if spending and _IN_BRACKETS.search(before) and any(m.kind == "place" and m.data.kind == "named" and number.start - m.end < 4 for m in left):
        return True
    if _AVERAGE.search(before):
        return walk.discourse.last_measure in ("rate", "disbursed") or bool(walk.found)
    if _CHANGE.search(before) and (topic := topic_of(walk, number, left)) and topic.code == "poverty":
        walk.refused = topic  # "Hộ nghèo giảm từ 27,8% (đầu năm 2016) còn 19,3%"
        return False
    if counts_places(walk, before, number) or (_CHANGE.search(before) and not _CHANGE_OK.search(before) and not passes(walk, number, left) and not risen_from(walk, number) and not to_exceed(walk, before)):
        return False
    if PART_OF.search(before) and not (OF_PLAN.match(low, number.end) or spent_before(walk, before)):
        return False
    if bound_of(walk.v, number) == "under" and _CONDITION.search(low, walk.sentence.start, number.start) and (
        _SANCTION.match(low, number.end) or _SANCTIONED.search(low, walk.sentence.start, number.start)
    ):
        return False
    if _LAST_YEARS.search(before) and walk.found and walk.found[-1].number.unit == "percent":
        return True
    if _AIMED_AT.search(before) and (OF_PLAN.match(low, number.end) or _OF_FUNDS.match(low, number.end)) and walk.discourse.last_measure:
        return True
    if other_business(walk, number, left):
        return False
    measure = last(left, (*RATE_WORDS, "distributed", "undisbursed", "not_disbursed")) or last(bound, (*RATE_WORDS, "distributed"))
    if measure is not None and not (measure.code == "undisbursed" and ";" in low[measure.end : number.start]):
        return measure.code != "undisbursed"
    if verb_behind(walk, number) or rates_amounts(walk, number):
        return True
    if _PEOPLE.search(before):
        return False
    if walk.right_behind("allocated") and given_of_plan(walk, number):
        return True
    if walk.right_behind():
        return _goes_on(walk, number, left)
    if "measure" in walk.cur and walk.cur["measure"].position >= walk.sentence.start and walk.cur["measure"].value in (*RATE_WORDS, "distributed"):
        first = walk.last_end == walk.sentence.start or (walk.refused is not None and walk.refused.kind == "someone" and any(m.kind == "place" for m in left))
        return first and not topic_of(walk, number, left)  # "gồm: Sở Y tế 0%; các huyện Chư Prông 17,6%"
    if any(m.kind == "marker" and m.code == "compare" for m in [*left, *bound]):
        return walk.discourse.last_measure in ("rate", "disbursed")
    return _told_of(walk, number, left, bound)


def _told_of(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """Tell whether a percentage without a word of spending beside it has a subject, and the text is about spending."""
    low = walk.v.low
    before = text_before(walk, number)
    subject = any(m.kind in ("programme", "capital", "component", "place", "carry") or (m.kind == "source" and _REACHED.search(before)) for m in [*left, *bound])
    dated = any(m.kind == "date" and (m.data.until or is_ahead(walk, m.data)) for m in [*left, *bound])
    due = dated and (walk.discourse.rates or (walk.cur.get("basis") is not None and walk.cur["basis"].value in ("target", "forecast")))
    aims = any(m.kind == "basis" and m.code == "target" for m in left)
    spoken = walk.discourse.voice is not None and (aims or _REACHED.search(before) is not None)  # "Bí thư xã A: Chúng tôi đạt 81%"
    answered = answers(walk, number.start) and (bool(walk.pairs) or any(k in walk.base for k in ("programme", "capital", "component", "carry")))
    answered = answered or ("basis" in walk.base and walk.base["basis"].value == "target" and walk.last_end == walk.sentence.start)
    raised = aims and _TO_RAISE.search(before) is not None  # "Lãnh đạo huyện hứa sang quý III sẽ nâng lên trên 50%"
    subject = subject or due or spoken or answered or raised
    about = due or walk.discourse.rates or walk.discourse.last_measure in ("rate", "disbursed", "distributed", "distribution_rate") or walk.base.get("measure") is not None
    about = about or (dated and _REACHED.search(before) is not None and any(m.kind == "programme" and m.code != "other" for m in left))
    about = about or (_REACHED.search(before) is not None and _OF_FUNDS.match(low, number.end) is not None and any(m.kind == "programme" and m.code != "other" for m in bound))
    funds = any(m.kind == "programme" and m.code != "other" and low.endswith(("vốn ", "nguồn "), 0, m.start) for m in left)
    if funds and _ONLY_REACHED.search(before):
        return True
    if _WORKED_OUT.search(before) and walk.discourse.last_measure in ("rate", "disbursed"):
        return True
    if list_item(walk) or (walk.base.get("measure") is not None and not walk.found and _REACHED.search(before)):
        return True
    return about and (subject or _A_YEAR.search(before) is not None or _THE_RATE.search(before) is not None)


_SOME_OFFICES = re.compile(r"\b(?:\d{1,2}|hai|ba|bốn) (?:bộ|cơ quan|địa phương|đơn vị|xã|huyện|tỉnh)\b[^,;.]{0,50}$")
_COUNTERPART = re.compile(rf"\bđối ứng(?: (?:thêm|là|từ|mức|tỷ lệ|tối thiểu|ít nhất|{HEDGE}))* $")
_COUNTERPART_NEXT = re.compile(r" (?:vốn |phần )?đối ứng\b")
"""`tỉnh bố trí thêm 15% đối ứng`: a share that the province adds"""


def only_marks(walk: Walk, number: Number) -> bool:
    """`8 tỉnh giải ngân trên 80%, như Thanh Hóa 92,1%`: a percentage that units named behind it lie over or under."""
    before = text_before(walk, number)
    return number.unit == "percent" and (is_threshold(walk.v, number) or _next_mark(walk, number) or counts_places(walk, before, number))


def _next_mark(walk: Walk, number: Number) -> bool:
    """`47 xã giải ngân từ 30% đến dưới 50%, còn lại dưới 30%`: marks of the units counted."""
    return walk.mark > walk.last_end and _NEXT_MARK.fullmatch(walk.v.low, walk.mark, number.start) is not None


def counts_places(walk: Walk, before: str, number: Number) -> bool:
    """`14 địa phương giải ngân trên 50%` counts places; `hai huyện Phong Thổ và Sìn Hồ trên 50%` names them."""
    m = _COUNTED.search(before)
    if m is not None and any(k.code == "target" for k in walk.sentence.between(walk.last_end + m.start(), number.start, "basis")):
        return False  # "40 xã cam kết giải ngân đạt từ 95%"
    return m is not None and not any(c.isupper() for c in walk.v.text[walk.last_end + m.start() + 1 : number.start])


def _goes_on(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """A percentage behind an accepted number: its rate, or the next of a list."""
    previous = walk.found[-1]
    topic = topic_of(walk, number, left)
    aside = topic and topic.code == "progress" and re.search(r"[,:]|\bthì\b", walk.v.low[topic.end : number.start])  # "chậm hơn cả, đạt 58,8%"
    if topic and not aside and not in_a_title(left, topic) and (topic.code != "share" or about_other(walk, number, left, topic)):
        return False
    told = max([m.end for m in walk.sentence.mentions if m.bound_to is previous.number], default=walk.last_end)
    before = walk.v.low[max(told, walk.last_end) : number.start]
    if previous.number.unit == "percent" or previous.measure in ("disbursed", "distributed"):
        return len(before) < 160
    sentence_disburses = any(f.measure in ("disbursed", "distributed", "rate") for f in walk.found)
    if sentence_disburses:
        return len(before) < 60
    if walk.sentence.line_kind == "item" and "rate" in walk.discourse.list_order:
        return True
    if previous.measure == "undisbursed":
        return False
    if (_REACHED.search(before) or _ITS_PACE.search(before)) and (walk.discourse.last_measure in ("rate", "disbursed") or (walk.discourse.rates and list_item(walk)) or any(m.kind == "date" for m in left)):
        return len(before) < 80
    return walk.discourse.last_measure in ("rate", "disbursed") and any(m.kind in ("capital", "place", "programme") for m in left)
