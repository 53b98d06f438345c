"""Whether a number is a figure of the programmes' money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.bounds import bound_of, is_threshold
from ntp_analysis.clues import (
    GIVES,
    LARGEST,
    MONEY_MEASURES,
    RATE_WORDS,
    STANDARD,
    beside,
    disbursed_next,
    in_closed_brackets,
    is_rated,
    joins,
    last,
    list_item,
    of_whole,
    shares_told,
    spent_as_rated,
    text_before,
    verb_behind,
)
from ntp_analysis.mentions import Mention
from ntp_analysis.shares import PART_OF, is_share
from ntp_analysis.timing import is_ahead

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_NOT_A_SHARE = re.compile(
    r"\s*(?:của |số |tổng số |tổng )*(?:dân\b|dân số|hộ\b|số hộ|xã\b|số xã|thôn|bản\b|người|lao động|diện tích|khối lượng|học sinh|trẻ|đồng bào|đường|trường|gia đình|doanh nghiệp|công trình|cán bộ|tiêu chí|giá|nhu cầu|phụ nữ|dự án\b|dân cư|mỗi năm|/năm|một năm|điểm|các hộ|hợp tác xã|tỷ lệ|thành viên|huyện đạt|nhà|gói thầu|chi phí|mức (?:đầu tư|vốn) của|chỉ tiêu thu|dự toán thu|tổng thu|nghị quyết hđnd|là người|giá trị)"
)
_LEVEL_OF = re.compile(r"(?:mức|tỷ lệ|con số)(?: \w+)? $")
_LAST_YEARS = re.compile(r"(?:cùng kỳ|năm trước|năm ngoái|năm 20\d\d)\s*\(\s*(?:là |đạt )?(?:hơn |gần |khoảng |trên )?$")
_OF_THEN = re.compile(r" (?:của |)(?:cùng (?:kỳ|thời điểm)|năm (?:ngoái|trước))")
_OF_LAST_YEAR = re.compile(r"\s*(?:so với (?:cùng kỳ|năm)|cùng kỳ)")
_CONDITION = re.compile(r"(?:những|các|nếu|nào|đơn vị|địa phương|dự án|chủ đầu tư|huyện|xã|nơi)\b[^;.]{0,80}$")
_SANCTION = re.compile(r"[^.;]{0,50}\b(?:sẽ|thì|bị|phải|cần|đề nghị|kiên quyết|xem xét|chịu trách nhiệm|điều chuyển|thu hồi|giải trình|kiểm điểm|báo cáo)")
_SANCTIONED = re.compile(r"\b(?:sẽ|kiên quyết|đề nghị|xem xét|phải) (?:điều chuyển|thu hồi|cắt giảm|xử lý|phê bình|kiểm điểm)\b")
_COUNTED = re.compile(
    r"\b(?:\d{1,3}(?:/\d{1,3})?|một số|nhiều|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|có) (?:bộ|cơ quan|địa phương|huyện|xã|tỉnh|đơn vị|chủ đầu tư|dự án|công trình|tỉnh, thành phố|bộ, cơ quan trung ương|bộ, ngành|xã, phường|huyện, thành phố)(?: [^\d,.;%]{0,90})? ?(?:trên|dưới|từ|hơn|thấp hơn|đạt từ|cao hơn|chưa đến|trên mức|dưới mức) ?$"
)
_PEOPLE = re.compile(r"\d[\d.,]* (?:hộ|người|học sinh|lao động|trẻ|dân|nhân khẩu)\b[^.;%]{0,40}$")
_SHARE_OF_COUNT = re.compile(r"\d[\d.,]* (?:xã|huyện|hộ|thôn|bản|người|công trình|dự án|địa phương|lao động|trường|học sinh|ha|km)\b[^,;.:%]{0,12}\($")
_COUNT_OF_COUNT = re.compile(r"\d/\d[\d.]* (?:xã|huyện|hộ|thôn|bản|người|công trình|dự án|địa phương|trường|ấp|buôn)\b(?:(?!giải ngân)[^;.%]){0,50}, (?:bằng|đạt|chiếm|tương đương)(?: tỷ lệ| khoảng| gần| trên| hơn)* $")
"""`65/129 xã đạt chuẩn, bằng 50,4%`"""
_CHANGE = re.compile(r"(?<!không )(?<!trở )(?:tăng|giảm|cao hơn|thấp hơn|vượt|nhích|chênh|kém|xuống|đội|leo|nhảy)(?: (?:thêm|lên|tới|đến|khoảng|gần|hơn|trên|bình quân|mỗi năm|từ|còn|xuống|so với|tương ứng|mức|tỷ trọng|tỷ lệ|được))*\s*$")
_IN_BRACKETS = re.compile(r" \((?:hơn |gần |khoảng |trên )?$")
_AVERAGE = re.compile(r"(?:bình quân|trung bình|mức)(?: chung)?(?: giải ngân)?(?: vốn)?(?: đầu tư công| các chương trình)?(?: của)? (?:cả nước|toàn quốc|toàn tỉnh|cả tỉnh|toàn huyện|của tỉnh|của huyện)(?: (?:vào )?cùng (?:thời điểm|kỳ|lúc|thời gian)(?: này| đó)?)?\s*(?:\(|là |đạt )\s*$")
_OF_PLAN = re.compile(r"\s*(?:tổng )?(?:số )?(?:kế hoạch|vốn (?:được )?giao|dự toán|số vốn được giao|so với kế hoạch)")
_CHANGE_OK = re.compile(r"(?:nâng|đưa|còn lại|vẫn còn|số còn lại)[^,;]*$")


def accepts(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """Tell whether a number with a unit is a figure of the programmes' money."""
    if number.odd in ("per", "fraction of a đồng"):
        return False
    if number.unit == "percent":
        return _accepts_percent(walk, number, left, bound)
    return _accepts_money(walk, number, left, bound)


def _topic(walk: Walk, number: Number, left: list[Mention]) -> Mention | None:
    """The word nearest on the left that says that the number is about something else."""
    low = walk.v.low
    topics = [
        m
        for m in left
        if m.kind in ("topic", "someone")
        and m.start >= walk.mark
        and not _as_source(walk, m, number)
        and not (m.code == "someone" and any(k.kind == "place" and k.data.kind == "named" and k.start >= m.end and not low.endswith(" ở", m.start, k.start - 1) for k in left))
        and not in_closed_brackets(low, m.start, number.start) and not _reason(low, m.end, number.start)
        and not _sum_worth(walk, m)
        and not _next_purpose(walk, number, low[m.end : number.start])
        and not (m.code == "progress" and number.unit == "percent" and _to_exceed(walk, text_before(walk, number)))
    ]
    return max(topics, key=lambda m: (m.start, m.kind == "someone")) if topics else None


def _sum_worth(walk: Walk, topic: Mention) -> bool:
    """`huy động nguồn lực trị giá 250,6 tỷ đồng`: what was raised was worth that, no work."""
    raised = any(m.kind == "measure" and m.code == "allocated" and m.end + 1 == topic.start for m in walk.sentence.mentions)
    return raised and walk.v.low.startswith("trị giá", topic.start)


_AND_MORE = re.compile(r"(?:^|.*[^\W\d_]),? và (?:hơn |gần |trên |khoảng )?$")
_FOR = re.compile(r" (?:để|cho|hỗ trợ|thực hiện)\b")


def _next_purpose(walk: Walk, number: Number, before: str) -> bool:
    """`dành 51 tỷ đồng xây dựng các công trình và 13,5 tỷ đồng để hỗ trợ sản xuất`: the work is what the sum before is for."""
    parted = bool(walk.found) and walk.found[-1].measure == "allocated" and walk.last_end == walk.found[-1].number.end and walk.breakdown_of_sum()
    return parted and isinstance(number.value, int) and number.value >= SMALLEST and _AND_MORE.fullmatch(before) is not None and _FOR.match(walk.v.low, number.end) is not None


def _as_source(walk: Walk, topic: Mention, number: Number) -> bool:
    """`vốn tín dụng 8.940 tỷ đồng, doanh nghiệp 1.126 tỷ đồng`: beside other sources a company is one."""
    weak = any(k.start <= topic.start < k.end for k in walk.sentence.mentions if k.kind == "source_weak")
    told = any(f.state.get("source") is not None for f in walk.found) or (list_item(walk) and not walk.found)
    return weak and told and number.unit == "VND" and number.start - topic.end < 24


def _reason(low: str, start: int, end: int) -> bool:
    """`vướng mặt bằng tuyến đường liên xã nên mới đạt 76%`: the road is why, not what."""
    return re.search(r"\bnên\b|\b(?:nhưng|song) (?:lại |vẫn |cũng |tỷ lệ )*(?:giải ngân|mới|chỉ|đạt|đứng|thấp nhất|cao nhất)", low[start:end]) is not None


def _subject_after(left: list[Mention], position: int) -> bool:
    return any(m.start >= position and m.kind in ("programme", "capital", "source", "component", "carry") for m in left) or any(
        m.start >= position and m.kind == "place" and m.data.kind != "self" for m in left
    )


def _other_business(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """The number's clause is about a road, a loan, a norm, a change: no figure; nor is what joins such a number."""
    topic = _topic(walk, number, left)
    if topic is None:
        return _still_refused(walk, number, left)
    if _about_other(walk, number, left, topic):
        walk.refused = topic
        return True
    return False


_OF_PROJECT = re.compile(r" (?:về|là|hỗ trợ|cho)(?: việc)? ")
_TO_WORKS = re.compile(r" (?:cho |đến |tới )?(?:từng |các |những |\d{1,3} )?")
_BY_THEM = ("đóng góp", "góp", "chung tay góp", "tự nguyện đóng góp", "đã đóng góp")


_LENT = re.compile(r" (?:vốn |vốn vay )?cho (?:hơn |gần |trên |khoảng )?[\d.]+ (?:lượt )?(?:hộ|khách hàng|người|lao động|đối tượng|thành viên|học sinh)[^,;.\d]{0,30}\bvay\b")
"""`giải ngân 94,2 tỷ đồng cho 1.874 lượt hộ vay`"""
_STILL = re.compile(r"\bcòn (?:khoảng |dưới |trên )?$")
"""`hộ nghèo còn 8,11%; mục tiêu cuối năm còn 6,2%`"""


def _still_refused(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`hộ nghèo của Khánh Sơn 47,53%, Khánh Vĩnh 43,1%`; `Bộ Y tế được giao 246 tỷ đồng, đã chi 3,9 tỷ đồng`."""
    if walk.refused is None or walk.refused.code in ("progress", "share"):
        return False
    parted = ";" in text_before(walk, number) and not (number.unit == "percent" and _STILL.search(text_before(walk, number)))
    if parted or any(m.kind in ("programme", "capital", "component") for m in left):
        return False
    if (walk.refused.kind == "someone" or walk.refused.code in ("loans", "body")) and any(m.kind == "place" and m.data.kind == "named" for m in left):
        return False  # "Bộ Công an (85,3%), Ninh Bình (98,1%)"
    measured = any(m.kind == "measure" and m.code not in ("given", "none") for m in left)
    return walk.refused.kind == "someone" or (not measured and (number.unit == "percent" or joins(walk, number) or (isinstance(number.value, int) and number.value < SMALLEST)))


def _about_other(walk: Walk, number: Number, left: list[Mention], topic: Mention) -> bool:
    """The nearest topic on the left is nearer than what says that the number is ours."""
    low = walk.v.low
    measures = [m for m in left if m.kind == "measure" and m.code not in ("given", "none") and m.start >= topic.start]
    gap = low[topic.end : number.start]
    if topic.code == "share" and number.unit == "percent":
        if measures and measures[-1].code in RATE_WORDS and "," in low[topic.end : measures[-1].start]:
            return False  # "nơi chiếm một nửa số vốn, đã giải ngân 48,7%"
        return not (_OF_PLAN.match(low, number.end) or _spent_before(walk, text_before(walk, number)))
    if topic.code == "share":
        return False
    if topic.code == "progress":
        return not measures and not _subject_after(left, topic.end) and not re.search(r"[,;:]|\bthì\b", gap)
    own = [m for m in left if not (topic.code == "loans" and m.kind == "place" and m.start - topic.end < 3)]  # "NHCSXH huyện A": its name
    subject = _subject_after(own, topic.end)
    if measures and low[measures[-1].start : measures[-1].end].startswith(_BY_THEM):
        return False  # "bà con và doanh nghiệp đóng góp 288 tỷ đồng"
    given = _GIVEN_NOW.search(low, topic.end, number.start) is not None
    titled = [m for m in left if m.kind == "component" and m.end <= topic.start]
    if _in_a_title(left, topic) and (measures or given or number.unit == "percent" or disbursed_next(walk, number) or _OF_PROJECT.fullmatch(low, titled[-1].end, topic.start)):
        return False
    if measures and ";" in low[topic.end : measures[-1].start]:
        return False
    if topic.code == "body" and low.endswith(("giao cho ", "giao cho các ", "phân bổ cho ", "phân bổ cho các "), 0, topic.start):
        return True
    if topic.code == "body":
        acts = low[topic.start : topic.end].endswith("chủ đầu tư")
        return not subject and (acts or not re.search(r"[,;:]", low[topic.end : number.start])) and bool(measures)
    dated = topic.code == "works" and any(m.kind == "date" and m.data.until and m.start >= topic.end for m in left)
    apart = measures and _CONTRAST.search(low, topic.end, measures[-1].start) and any(m.kind == "period" and m.start >= topic.end for m in left)
    if measures and (subject or dated or apart or (topic.code not in ("works", "someone") and re.search(r"[,;:]", low[topic.end : measures[-1].start]))):
        return False
    if not measures and subject and re.search(r"[;:]", gap):
        return False
    earlier = [m for m in left if m.kind == "measure" and m.code in ("disbursed", "allocated", "distributed", "rate") and m.start < topic.start]
    if topic.code == "works" and earlier and earlier[-1].code == "distributed" and _TO_WORKS.fullmatch(low, earlier[-1].end, topic.start):
        return False  # "đã phân bổ chi tiết cho từng công trình: 24.230 triệu đồng"
    if topic.code == "works" and earlier and any(m.kind in ("programme", "capital", "component") for m in left):
        return bool(re.search(r"tổng mức|trị giá|mức đầu tư", low[topic.start : topic.end]))
    return True


_OF_THE_MONEY = ("programme", "capital", "source", "component", "carry", "place", "period")
_GIVEN_NOW = re.compile(r"[:,] (?:được )?giao (?:hơn |gần |trên |khoảng )?$")


def _in_a_title(left: list[Mention], topic: Mention) -> bool:
    """`Dự án 1 về nhà ở, nước sinh hoạt mới giải ngân`: what a project is for is its title."""
    return topic.code != "someone" and any(m.kind == "component" and m.end <= topic.start for m in left)


def _accepts_money(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    if _other_business(walk, number, left):
        return False
    if (not _part_of_source(walk, number) and any(m.kind in ("topic", "someone") and m.code != "progress" for m in _right_words(walk, number))) or _LENT.match(walk.v.low, number.end):
        return False
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
    shared = isinstance(number.value, int) and number.value < 5 * SMALLEST and _HOUSEHOLDS.search(walk.v.low, walk.last_end, number.start)
    if shared and not any(m.kind in ("programme", "capital", "component", "source", "carry") for m in [*left, *bound]):
        return False
    if strong is None and _listed(walk, number, left):
        return True
    if strong is None and isinstance(number.value, int) and number.value <= A_HOUSEHOLD and walk.sentence.line_kind != "item":
        return False
    if strong:
        if strong.code == "allocated" and (number.value or 0) < SMALLEST // 10 and not any(m.kind in _OF_THE_MONEY for m in walk.sentence.mentions):
            return False  # "Tổng cộng 90 triệu đồng, nhà nước lo 40 triệu": a household's
        return _about_money(walk, left, bound)
    if of_whole(walk, number) or any(m.kind == "carry" for m in bound) or spent_as_rated(walk, number):
        return True
    if _told_in_brackets(walk, number):
        return True
    if LARGEST.search(text_before(walk, number)) or is_share(walk, number) or (walk.each and len(walk.groups.get("place", [])) > 1 and (last(left, ("given",)) or walk.discourse.last_measure)):
        return True
    if GIVES.search(text_before(walk, number)) and (disbursed_next(walk, number) or is_rated(walk, number)):
        return True
    continuing = walk.found and walk.found[-1].sentence is walk.sentence and walk.last_end == walk.found[-1].number.end
    weak = any(m.kind in ("capital", "source", "source_weak", "programme", "carry", "component") for m in [*left, *bound])
    if continuing and (weak or walk.breakdown or walk.pairs or joins(walk, number) or any(m.kind == "place" for m in left)):
        return True
    if continuing and _next_purpose(walk, number, text_before(walk, number)):
        return True
    base = walk.base.get("measure")
    named = any(m.kind == "place" and m.data.kind == "named" for m in left)
    if base is not None and base.value in MONEY_MEASURES and (weak or named or _answers(walk, number) or (continuing and walk.breakdown_of_sum() and (number.value or 0) >= SMALLEST and last(left, ("given",))) or _HAS.search(text_before(walk, number))):
        return True
    if any(k in walk.base for k in ("carry", "programme", "capital")) and _answers(walk, number):
        return True
    if continuing and walk.found[-1].measure == "allocated" and _ONLY_GOT.search(text_before(walk, number)):
        return True
    subject = weak or any(m.kind == "place" for m in left)
    if subject and walk.discourse.last_measure and _HAS.search(text_before(walk, number)):
        return True
    if weak and (bool(last([*left, *bound], ("given",))) or any(m.kind == "capital" for m in [*left, *bound]) or list_item(walk)):
        return True
    return _money_passage(walk, number, left, bound)


_ONLY_GOT = re.compile(r"\b(?:mới|chỉ)(?: chỉ| mới)? (?:được|tiêu|chi)(?: (?:hơn|trên|gần|khoảng|chừng))* $")
"""`79 tỷ đồng, mới được hơn 16 tỷ`"""
def _told_in_brackets(walk: Walk, number: Number) -> bool:
    """`đạt 65% (136 tỷ đồng trên 210 tỷ đồng)`: the amounts that a rate is of stand right behind it."""
    rated = bool(walk.found) and walk.found[-1].measure == "rate" and walk.last_end == walk.found[-1].number.end
    return rated and text_before(walk, number) == " (" and _ON_WHOLE.match(walk.v.low, number.end) is not None


_ON_WHOLE = re.compile(r" ?(?:trên|/|trong)(?: tổng(?: số| vốn)?)? ?(?:hơn |gần )?\d[\d.,]* ?(?:tỷ|tỉ|triệu)")
_UP_TO = re.compile(r" (?:đến|tới)(?: hơn| gần| trên)? \d")
"""`mỗi huyện từ 570 triệu đồng đến 3,6 tỷ đồng`: of none of them exactly"""
_BEHIND_A_NAME = re.compile(r"\s?[(–:-]?\s?")


def _listed(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`được hỗ trợ gồm: Ba Vinh 150 triệu, Ba Tô 200 triệu`: each of several units with its sum right behind its name."""

    def named(n: Number) -> bool:
        return n.unit == "VND" and any(m.kind in ("place", "container") and m.data.kind == "named" and _BEHIND_A_NAME.fullmatch(walk.v.low, m.end, n.start) for m in walk.sentence.mentions if m.end <= n.start)

    if not named(number) or _topic(walk, number, left):
        return False
    told = (n for n in walk.sentence.numbers if named(n))
    first, second = next(told), next(told, None)
    if second is None:
        return False
    return any(m.kind == "measure" and m.code in ("given", "allocated") and _GRANTED.search(walk.v.low[m.start : m.end]) for m in walk.sentence.mentions if m.end <= first.start)


_GRANTED = re.compile(r"hỗ trợ|phân bổ|bố trí|cấp|giao|nhận")
_COUNTED_INSIDE = re.compile(r"\b\d{1,3} xã\b")


def _counted_inside(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`5 xã thuộc các tỉnh A, B mỗi xã 3 tỷ đồng`: what communes get that are only counted is not their provinces'."""
    before = text_before(walk, number)
    named = [m for m in left if m.kind == "place" and m.data.kind == "named"]
    return "mỗi xã" in before and _COUNTED_INSIDE.search(before) is not None and not any(m.data.level == "commune" for m in named)


_OTHERS = re.compile(r"(?:xã|huyện|địa phương|đơn vị|phường|thôn)[^,;.]{0,12} (?:còn lại|khác)\b")
"""`12 xã còn lại mỗi xã 466 triệu đồng`: of places that are not named"""
_ANSWERS = re.compile(r"(?:[^:;.]{2,40}:)?[\W_]*(?:đáp|trả lời|tl)?\s*:?\s*(?:(?:con số (?:này|đó|ấy)|số (?:vốn |tiền )?(?:này|đó|ấy)|là|vâng|dạ|khoảng|hơn|gần|trên|tính)[\s,]*)*")


def _answers(walk: Walk, number: Number) -> bool:
    """`- Đáp: 142,5 tỷ đồng, trong đó ...`: the answer to what was asked begins with the number."""
    return walk.last_end == walk.sentence.start and _ANSWERS.fullmatch(text_before(walk, number)) is not None


def _money_passage(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """In a sentence about the programmes' money a sum of a place, a programme or a year is a figure."""
    if not isinstance(number.value, int) or number.value < SMALLEST or _topic(walk, number, left):
        return False
    subject = any(m.kind in ("programme", "place", "capital", "source", "period", "component") for m in [*left, *bound])
    about = walk.discourse.last_measure or "programme" in walk.cur or any(m.kind in ("programme", "capital") and m.code != "other" for m in walk.sentence.mentions)
    about = about or STANDARD.search(walk.v.low, walk.sentence.start, walk.sentence.end) is not None
    if (about or last(left, ("given",)) is not None) and _parted(walk, number):
        return True
    if _HAS.search(text_before(walk, number)) or _HANDS_OUT.search(text_before(walk, number)):
        return subject and bool(about)
    if any(m.kind == "programme" and m.code != "other" and _NAMED_NEXT.fullmatch(walk.v.low, number.end, m.start) for m in walk.sentence.between(number.end, number.end + 24)):
        return True
    return bool(about) and (beside(walk, number, left) or (_opened(walk, number) and (disbursed_next(walk, number) or _holds_a_source(walk, number))))


def _parted(walk: Walk, number: Number) -> bool:
    """`nguồn lực khoảng 2.176 tỷ đồng, trong đó vốn tín dụng ...`: what is parted by capital or source is a budget."""
    lead = next((m for m in walk.sentence.between(number.end, number.end + 30) if m.kind == "marker" and m.code == "breakdown"), None)
    if lead is None or any(n.unit and number.end <= n.start < lead.start for n in walk.sentence.numbers):
        return False
    return any(m.kind in ("capital", "source", "programme") and m.code != "other" for m in walk.sentence.between(lead.end, lead.end + 40))


def _opened(walk: Walk, number: Number) -> bool:
    """`Chương trình A có quy mô lớn nhất (1.346 tỷ đồng), giải ngân ...`: in brackets behind its subject."""
    return text_before(walk, number).rstrip().endswith("(") and any(m.kind in ("programme", "capital", "place", "source") for m in walk.sentence.between(walk.last_end, number.start))


_HOUSEHOLDS = re.compile(r"\d (?:hộ|người|học viên|học sinh|con|đoàn viên|căn|ngôi) ")
"""`42 hộ được hỗ trợ cây giống với tổng kinh phí 1,26 tỷ đồng`: what some people shared in"""
A_HOUSEHOLD = 10**8
"""đồng: what no word calls given or spent, and is not more than this, is a household's or a lesson's, no budget"""
def _holds_a_source(walk: Walk, number: Number) -> bool:
    """`Phần đối ứng của địa phương trong hai năm (hơn 400 tỷ đồng) đã sẵn sàng`: money of a source, not a work's cost."""
    return any(m.kind == "source" for m in walk.sentence.between(walk.last_end, number.start))


_NAMED_NEXT = re.compile(r" (?:(?:để |cho )?thực hiện |cho |vốn |thuộc )?|, để thực hiện ")
"""`triển khai 34,3 tỷ đồng Chương trình X`: an amount right before the programme that it is of"""
SMALLEST = 10**9
"""đồng: a smaller sum that no word calls given or spent is more often a work's cost than a budget"""
_HANDS_OUT = re.compile(r"\b(?:phân bổ|hỗ trợ|quyết định đầu tư|tỉnh đầu tư|huyện đầu tư|thành phố đầu tư)(?: (?:chừng|khoảng|hơn|trên|gần))? $")
_HAS = re.compile(r"(?:\bcó|\bchỉ|được|nhận|là|:|với|quản lý|chiếm|còn|tới|đạt|thông báo|phân cấp|giao|tổng|ghi|duyệt|cấp về|rót về|về)(?: (?:chừng|khoảng|hơn|trên|gần|được|là|tới|xấp xỉ|tổng cộng|non|ngót|đến|cả thảy))*\s*$")


def _about_money(walk: Walk, left: list[Mention], bound: list[Mention]) -> bool:
    """A strong verb is enough where the passage is about the programmes or a subject of ours is named."""
    named = any(m.kind in ("programme", "capital", "source", "component", "carry", "period", "place", "date") for m in [*left, *bound])
    funds = any(m.kind == "measure" and "vốn" in walk.v.low[m.start : m.end] for m in left)
    return named or funds or bool(walk.found) or bool(walk.discourse.topic) or "measure" in walk.base or list_item(walk) or bool(walk.discourse.last_measure)


def _part_of_source(walk: Walk, number: Number) -> bool:
    """`huy động 678 tỷ đồng; trong đó người dân đóng góp 11 tỷ đồng làm đường`: a part of the sum, whatever it built."""
    given = walk.found and walk.found[-1].measure == "allocated" and walk.found[-1].number.end == walk.last_end
    return bool(walk.breakdown and given) and any(m.kind == "source" for m in walk.sentence.between(walk.last_end, number.start))


def _right_words(walk: Walk, number: Number) -> list[Mention]:
    """Topics right behind a number: `2.640 tỷ đồng dư nợ`."""
    found = []
    for m in walk.sentence.between(number.end, number.end + 26):
        gap = walk.v.low[number.end : m.start]
        if m.kind in ("topic", "someone") and re.fullmatch(r"\s*(?:vốn |tiền |tổng |xây dựng |làm |đầu tư |cho |để |sửa chữa |mua )*", gap):
            found.append(m)
    return found


def _accepts_percent(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
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
    if shares_told(walk, walk.last_end):
        return False
    if _SHARE_OF_COUNT.search(before) or _COUNT_OF_COUNT.search(before):
        return False
    spending = bool(walk.found) or walk.discourse.rates
    if spending and _IN_BRACKETS.search(before) and any(m.kind == "place" and m.data.kind == "named" and number.start - m.end < 4 for m in left):
        return True
    if _AVERAGE.search(before):
        return walk.discourse.last_measure in ("rate", "disbursed") or bool(walk.found)
    if _counts_places(walk, before, number) or (_CHANGE.search(before) and not _CHANGE_OK.search(before) and not _to_exceed(walk, before)):
        return False
    if PART_OF.search(before) and not (_OF_PLAN.match(low, number.end) or _spent_before(walk, before)):
        return False
    if bound_of(walk.v, number) == "under" and _CONDITION.search(low, walk.sentence.start, number.start) and (
        _SANCTION.match(low, number.end) or _SANCTIONED.search(low, walk.sentence.start, number.start)
    ):
        return False
    if _LAST_YEARS.search(before) and walk.found and walk.found[-1].number.unit == "percent":
        return True
    if _other_business(walk, number, left):
        return False
    measure = last(left, (*RATE_WORDS, "distributed", "undisbursed", "not_disbursed")) or last(bound, (*RATE_WORDS, "distributed"))
    if measure is not None and not (measure.code == "undisbursed" and ";" in low[measure.end : number.start]):
        return measure.code != "undisbursed"
    if verb_behind(walk, number):
        return True
    if _PEOPLE.search(before):
        return False
    continuing = bool(walk.found) and walk.last_end == walk.found[-1].number.end
    if continuing:
        return _goes_on(walk, number, left)
    if "measure" in walk.cur and walk.cur["measure"].position >= walk.sentence.start and walk.cur["measure"].value in (*RATE_WORDS, "distributed"):
        return not _topic(walk, number, left) and walk.last_end == walk.sentence.start
    if any(m.kind == "marker" and m.code == "compare" for m in [*left, *bound]):
        return walk.discourse.last_measure in ("rate", "disbursed")
    subject = any(m.kind in ("programme", "capital", "component", "place", "carry") for m in [*left, *bound])
    dated = any(m.kind == "date" and (m.data.until or is_ahead(walk, m.data)) for m in [*left, *bound])
    due = dated and (walk.discourse.rates or (walk.cur.get("basis") is not None and walk.cur["basis"].value in ("target", "forecast")))
    subject = subject or due
    about = due or walk.discourse.rates or walk.discourse.last_measure in ("rate", "disbursed", "distributed", "distribution_rate") or walk.base.get("measure") is not None
    if list_item(walk) or (walk.base.get("measure") is not None and not walk.found and _REACHED.search(before)):
        return True
    return subject and about


_CONTRAST = re.compile(r", (?:trong khi|nhưng|song|còn|mà)\b")
"""`cần thêm 4.200 tỷ đồng để xóa cầu tràn, trong khi năm 2025 được giao 1.318 tỷ đồng`"""
RANKED = re.compile(r"(?:cao|thấp|tốt|nhanh|chậm|kém) nhất|dẫn đầu|đứng đầu|đứng cuối|cuối bảng|xếp cuối|tiếp đến|kế đến|tiếp theo")


def _spent_before(walk: Walk, before: str) -> bool:
    """`số đã giải ngân là 12 tỷ 888 triệu đồng, chiếm 45%`: right behind what is spent a part is its rate."""
    spent = bool(walk.found) and walk.found[-1].measure in ("disbursed", "distributed") and walk.last_end == walk.found[-1].number.end
    return spent and before.startswith((",", " (", " chiếm")) and len(before) < 24


def only_marks(walk: Walk, number: Number) -> bool:
    """`8 tỉnh giải ngân trên 80%, như Thanh Hóa 92,1%`: a percentage that units named behind it lie over or under."""
    before = text_before(walk, number)
    return number.unit == "percent" and (is_threshold(walk.v, number) or _next_mark(walk, number) or _counts_places(walk, before, number))


_NEXT_MARK = re.compile(r" ?(?:đến|tới)(?: dưới| gần| trên)? |[,;] (?:và )?(?:số )?còn lại(?: đều| đạt| là| giải ngân)* (?:dưới|trên|từ)(?: mức)? ")


def _next_mark(walk: Walk, number: Number) -> bool:
    """`47 xã giải ngân từ 30% đến dưới 50%, còn lại dưới 30%`: marks of the units counted."""
    return walk.mark > walk.last_end and _NEXT_MARK.fullmatch(walk.v.low, walk.mark, number.start) is not None


def _counts_places(walk: Walk, before: str, number: Number) -> bool:
    """`14 địa phương giải ngân trên 50%` counts places; `hai huyện Phong Thổ và Sìn Hồ trên 50%` names them."""
    m = _COUNTED.search(before)
    if m is not None and any(k.code == "target" for k in walk.sentence.between(walk.last_end + m.start(), number.start, "basis")):
        return False  # "40 xã cam kết giải ngân đạt từ 95%"
    return m is not None and not any(c.isupper() for c in walk.v.text[walk.last_end + m.start() : number.start])


_REACHED = re.compile(r"\b(?:đạt|mới được|chỉ được|mới|chỉ|chỉ có|vỏn vẹn|(?:nhanh|chậm|cao|thấp|tốt|kém) nhất(?:, với|,| với))(?: (?:khá|tốt|cao|thấp) hơn,)?(?: (?:hơn|trên|gần|khoảng))? $")


def _to_exceed(walk: Walk, before: str) -> bool:
    """`phải giải ngân 45% ..., và cả năm vượt 95%`: a goal to be exceeded is no change."""
    basis = walk.cur.get("basis")
    return basis is not None and basis.value == "target" and basis.position >= walk.sentence.start and before.rstrip().endswith(("vượt", "vượt mức"))


def _goes_on(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """A percentage behind an accepted number: its rate, or the next of a list."""
    previous = walk.found[-1]
    topic = _topic(walk, number, left)
    aside = topic and topic.code == "progress" and re.search(r",|\bthì\b", walk.v.low[topic.end : number.start])  # "chậm hơn cả, đạt 58,8%"
    if topic and not aside and not _in_a_title(left, topic) and (topic.code != "share" or _about_other(walk, number, left, topic)):
        return False
    told = max([m.end for m in walk.sentence.mentions if m.bound_to is previous.number], default=walk.last_end)
    before = walk.v.low[max(told, walk.last_end) : number.start]
    if previous.number.unit == "percent" or previous.measure in ("disbursed", "distributed"):
        return len(before) < 160
    sentence_disburses = any(f.measure in ("disbursed", "distributed", "rate") for f in walk.found)
    if sentence_disburses:
        return len(before) < 60
    if previous.measure == "undisbursed":
        return False
    if _REACHED.search(before) and (walk.discourse.last_measure in ("rate", "disbursed") or any(m.kind == "date" for m in left)):
        return len(before) < 80
    return walk.discourse.last_measure in ("rate", "disbursed") and any(m.kind in ("capital", "place", "programme") for m in left)
