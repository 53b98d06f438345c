"""Whether a number is a figure, and of which measure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.mentions import SPECIFIC, Mention
from ntp_analysis.text import View

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk
    from ntp_analysis.places import PlaceMention

MONEY_MEASURES = ("allocated", "disbursed", "undisbursed", "distributed", "not_disbursed", "rest", "rate")
_RATE_WORDS = ("disbursed", "rate")

_BOUNDS = {
    "over": r"(?<=phải )từ|(?<=là )từ|(?<=đạt )từ|(?<!nêu )(?<!nói )(?<!kể )trên|(?<!khá )(?<!cao )(?<!thấp )(?<!tốt )(?<!nhanh )(?<!chậm )hơn|không dưới|không ít hơn|ít nhất|tối thiểu|vượt|đạt trên|quá|không thấp hơn|từ (?=\S+ ?(?:%|phần trăm)? trở lên)",
    "under": r"dưới|gần|chưa đến|chưa đạt|chưa tới|chưa được|chưa đầy|ngót|non|không quá|tối đa|xấp xỉ dưới|không đến|suýt soát|thấp hơn|chưa quá",
    "about": r"khoảng|xấp xỉ|chừng|ước khoảng|tầm|ngót nghét|gần bằng|vào khoảng|đâu đó|cỡ|trên dưới|khoảng trên dưới",
}
_BOUND = re.compile(
    r"\b(?:" + "|".join(f"(?P<{code}>{words})" for code, words in reversed(_BOUNDS.items())) + r")(?: (?:là|được|đạt|mức|khoảng|gần|hơn|trên|tới|con số|\())*\s*$"
)
_AT_LEAST_AFTER = re.compile(r"\s*(?:tổng |kế hoạch |vốn |số )*(?:vốn |kế hoạch )?trở lên")
_FROM_ON = re.compile(r"[^,.;:\d()]{0,30}(?:\b(?:135|30a|20\d\d))?[^,.;:\d()]{0,10} trở lên\b")
_NOT_EVEN = re.compile(r"chưa giải ngân (?:được|đến|tới|nổi) $")
_OF = re.compile(r"\d ?(?:(?:tỷ|tỉ|triệu|nghìn)? ?đồng|tỷ|tỉ|triệu) trên $")
_RANGE = re.compile(r"\d ?(?:-|–|đến) ?\d")

_NOT_A_SHARE = re.compile(
    r"\s*(?:của |số |tổng số |tổng )*(?:dân\b|dân số|hộ\b|số hộ|xã\b|số xã|thôn|bản\b|người|lao động|diện tích|khối lượng|học sinh|trẻ|đồng bào|đường|trường|gia đình|doanh nghiệp|công trình|cán bộ|tiêu chí|giá|nhu cầu|phụ nữ|dự án\b|dân cư|mỗi năm|/năm|một năm|điểm|các hộ|hợp tác xã|tỷ lệ|thành viên|huyện đạt|nhà|gói thầu|chi phí|mức (?:đầu tư|vốn) của|chỉ tiêu thu|dự toán thu|tổng thu|nghị quyết hđnd|là người|giá trị)"
)
_LEVEL_OF = re.compile(r"(?:mức|tỷ lệ|con số)(?: \w+)? $")
_LAST_YEARS = re.compile(r"(?:cùng kỳ|năm trước|năm ngoái|năm 20\d\d)\s*\(\s*(?:là |đạt )?(?:hơn |gần |khoảng |trên )?$")
_OF_THEN = re.compile(r" (?:của |)(?:cùng (?:kỳ|thời điểm)|năm (?:ngoái|trước))")
_OF_LAST_YEAR = re.compile(r"\s*(?:so với (?:cùng kỳ|năm)|cùng kỳ)")
_MARK = re.compile(r"(?:qua|vượt|đạt|tới|chạm|dưới|trên)(?: được)? (?:mốc|ngưỡng|mức) $")
_THRESHOLD = re.compile(r"\s*(?::|, (?:cụ thể|theo thứ tự|lần lượt))(?: là| đạt)?\s*(?:lần lượt |theo thứ tự )?(?:là |đạt )?\d")
_CONDITION = re.compile(r"(?:những|các|nếu|nào|đơn vị|địa phương|dự án|chủ đầu tư|huyện|xã|nơi)\b[^;.]{0,80}$")
_SANCTION = re.compile(r"[^.;]{0,50}\b(?:sẽ|thì|bị|phải|cần|đề nghị|kiên quyết|xem xét|chịu trách nhiệm|điều chuyển|thu hồi|giải trình|kiểm điểm|báo cáo)")
_SANCTIONED = re.compile(r"\b(?:sẽ|kiên quyết|đề nghị|xem xét|phải) (?:điều chuyển|thu hồi|cắt giảm|xử lý|phê bình|kiểm điểm)\b")
_COUNTED = re.compile(
    r"\b(?:\d{1,3}(?:/\d{1,3})?|một số|nhiều|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|có) (?:bộ|cơ quan|địa phương|huyện|xã|tỉnh|đơn vị|chủ đầu tư|dự án|công trình|tỉnh, thành phố|bộ, cơ quan trung ương|bộ, ngành|xã, phường|huyện, thành phố)(?: [^\d,.;%]{0,90})? ?(?:trên|dưới|từ|hơn|thấp hơn|đạt từ|cao hơn|chưa đến|trên mức|dưới mức) ?$"
)
_PEOPLE = re.compile(r"\d[\d.,]* (?:hộ|người|học sinh|lao động|trẻ|dân|nhân khẩu)\b[^.;%]{0,40}$")
_SHARE_OF_COUNT = re.compile(r"\d[\d.,]* (?:xã|huyện|hộ|thôn|bản|người|công trình|dự án|địa phương|lao động|trường|học sinh|ha|km)\b[^,;.:%]{0,12}\($")
_CHANGE = re.compile(r"(?<!không )(?<!trở )(?:tăng|giảm|cao hơn|thấp hơn|vượt|nhích|chênh|kém|xuống)(?: (?:thêm|lên|tới|đến|khoảng|gần|hơn|trên|bình quân|mỗi năm|từ|còn|xuống|so với|tương ứng|mức|tỷ trọng|tỷ lệ|được))*\s*$")
_AVERAGE = re.compile(r"(?:bình quân|trung bình|mức)(?: chung)?(?: của)? (?:cả nước|toàn quốc|toàn tỉnh|cả tỉnh|toàn huyện)\s*(?:\(|là |đạt )\s*$")
_PART_OF = re.compile(r"chiếm(?: (?:khoảng|gần|hơn|trên|tới|đến|tỷ trọng|tỷ lệ))*\s*$")
_OF_PLAN = re.compile(r"\s*(?:tổng )?(?:số )?(?:kế hoạch|vốn (?:được )?giao|dự toán|số vốn được giao|so với kế hoạch)")
_CHANGE_OK = re.compile(r"(?:nâng|đưa|còn lại|vẫn còn|số còn lại)[^,;]*$")


def accepts(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """Tell whether a number with a unit is a figure of the programmes' money."""
    if number.odd in ("per", "fraction of a đồng"):
        return False
    if number.unit == "percent":
        return _accepts_percent(walk, number, left, bound)
    return _accepts_money(walk, number, left, bound)


def _text_before(walk: Walk, number: Number) -> str:
    return walk.v.low[walk.last_end : number.start]


def _topic(walk: Walk, number: Number, left: list[Mention]) -> Mention | None:
    """The word nearest on the left that says that the number is about something else."""
    low = walk.v.low
    topics = [
        m
        for m in left
        if m.kind in ("topic", "someone")
        and not (m.code == "someone" and any(k.kind == "place" and k.data.kind == "named" and k.start >= m.end for k in left))
        and not _in_closed_brackets(low, m.start, number.start) and not _reason(low, m.end, number.start)
    ]
    return max(topics, key=lambda m: (m.start, m.kind == "someone")) if topics else None


def _reason(low: str, start: int, end: int) -> bool:
    """`vướng mặt bằng tuyến đường liên xã nên mới đạt 76%`: the road is why, not what."""
    return re.search(r"\bnên\b|\b(?:nhưng|song) (?:lại |vẫn |cũng |tỷ lệ )*(?:giải ngân|mới|chỉ|đạt|đứng|thấp nhất|cao nhất)", low[start:end]) is not None


def _in_closed_brackets(low: str, start: int, end: int) -> bool:
    """`Dự án 2 (sắp xếp dân cư) được bố trí 18,6 tỷ`: the words in brackets only explain."""
    close = low.find(")", start, end)
    return close >= 0 and "(" not in low[start:close]


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


_BY_THEM = ("đóng góp", "tự nguyện đóng góp", "đã đóng góp")


def _still_refused(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`hộ nghèo của Khánh Sơn 47,53%, Khánh Vĩnh 43,1%`; `Bộ Y tế được giao 246 tỷ đồng, đã chi 3,9 tỷ đồng`."""
    if walk.refused is None or walk.refused.code in ("progress", "share"):
        return False
    if ";" in _text_before(walk, number) or any(m.kind in ("programme", "capital", "component") for m in left):
        return False
    measured = any(m.kind == "measure" and m.code not in ("given", "none") for m in left)
    return walk.refused.kind == "someone" or (not measured and (number.unit == "percent" or _joins(walk, number)))


def _about_other(walk: Walk, number: Number, left: list[Mention], topic: Mention) -> bool:
    """The nearest topic on the left is nearer than what says that the number is ours."""
    low = walk.v.low
    measures = [m for m in left if m.kind == "measure" and m.code not in ("given", "none") and m.start >= topic.start]
    gap = low[topic.end : number.start]
    if topic.code == "share" and number.unit == "percent":
        return not (_OF_PLAN.match(low, number.end) or _spent_before(walk, _text_before(walk, number)))
    if topic.code == "share":
        return False
    if topic.code == "progress":
        return not measures and not _subject_after(left, topic.end) and not re.search(r"[,;:]", gap)
    subject = _subject_after(left, topic.end)
    if measures and low[measures[-1].start : measures[-1].end].startswith(_BY_THEM):
        return False  # "bà con và doanh nghiệp đóng góp 288 tỷ đồng"
    if (measures or number.unit == "percent") and topic.code != "someone" and any(m.kind == "component" and m.end <= topic.start for m in left):
        return False  # "Dự án 1 về nhà ở, nước sinh hoạt mới giải ngân": its title
    if measures and ";" in low[topic.end : measures[-1].start]:
        return False
    if topic.code == "body":
        return not subject and not re.search(r"[,;:]", low[topic.end : number.start]) and bool(measures)
    if measures and (subject or (topic.code not in ("works", "someone") and re.search(r"[,;:]", low[topic.end : measures[-1].start]))):
        return False
    if not measures and subject and re.search(r"[;:]", gap):
        return False
    earlier = [m for m in left if m.kind == "measure" and m.code in ("disbursed", "allocated", "distributed", "rate") and m.start < topic.start]
    if topic.code == "works" and earlier and any(m.kind in ("programme", "capital", "component") for m in left):
        return bool(re.search(r"tổng mức|trị giá|mức đầu tư", low[topic.start : topic.end]))
    return True


def _accepts_money(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    if _other_business(walk, number, left):
        return False
    if any(m.kind in ("topic", "someone") and m.code != "progress" for m in _right_words(walk, number)):
        return False
    if _last(left, ("none",)) is not None and _last(left, MONEY_MEASURES) is None:
        return False
    if any(m.kind == "measure" and m.code == "none" for m in bound):
        return False
    strong = _last(left, MONEY_MEASURES) or _last(bound, MONEY_MEASURES)
    if strong:
        return _about_money(walk, left, bound)
    if _of_whole(walk, number):
        return True
    continuing = walk.found and walk.found[-1].sentence is walk.sentence and walk.last_end == walk.found[-1].number.end
    weak = any(m.kind in ("capital", "source", "source_weak", "programme", "carry", "component") for m in [*left, *bound])
    if continuing and (weak or walk.breakdown or walk.pairs or _joins(walk, number) or any(m.kind == "place" for m in left)):
        return True
    base = walk.base.get("measure")
    named = any(m.kind == "place" and m.data.kind == "named" for m in left)
    if base is not None and base.value in MONEY_MEASURES and (weak or named or _HAS.search(_text_before(walk, number))):
        return True
    subject = weak or any(m.kind == "place" for m in left)
    if subject and walk.discourse.last_measure and _HAS.search(_text_before(walk, number)):
        return True
    if weak and (bool(_last([*left, *bound], ("given",))) or any(m.kind == "capital" for m in [*left, *bound]) or _list_item(walk)):
        return True
    return _money_passage(walk, number, left, bound)


def _money_passage(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """In a sentence about the programmes' money a sum of a place, a programme or a year is a figure."""
    if not isinstance(number.value, int) or number.value < SMALLEST or _topic(walk, number, left):
        return False
    subject = any(m.kind in ("programme", "place", "capital", "source", "period", "component") for m in [*left, *bound])
    about = walk.discourse.last_measure or "programme" in walk.cur or any(m.kind in ("programme", "capital") and m.code != "other" for m in walk.sentence.mentions)
    if about and _parted(walk, number):
        return True
    if _HAS.search(_text_before(walk, number)):
        return subject and bool(about)
    return bool(about) and (_beside(walk, number, left) or (_opened(walk, number) and _disbursed_next(walk, number)))


def _parted(walk: Walk, number: Number) -> bool:
    """`nguồn lực khoảng 2.176 tỷ đồng, trong đó vốn tín dụng ...`: what is parted by capital or source is a budget."""
    lead = next((m for m in walk.sentence.between(number.end, number.end + 30) if m.kind == "marker" and m.code == "breakdown"), None)
    if lead is None or any(n.unit and number.end <= n.start < lead.start for n in walk.sentence.numbers):
        return False
    return any(m.kind in ("capital", "source", "programme") and m.code != "other" for m in walk.sentence.between(lead.end, lead.end + 40))


def _beside(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Riêng Khánh Vĩnh 187,1 tỷ đồng`: right behind a name, in a passage that has told a sum."""
    near = [m for m in left if m.kind in ("place", "programme") and _NEAR.fullmatch(walk.v.low, m.end, number.start)]
    return bool(near) and walk.discourse.head is not None


def _opened(walk: Walk, number: Number) -> bool:
    """`Chương trình A có quy mô lớn nhất (1.346 tỷ đồng), giải ngân ...`: in brackets behind its subject."""
    return _text_before(walk, number).rstrip().endswith("(") and any(m.kind in ("programme", "capital", "place") for m in walk.sentence.between(walk.last_end, number.start))


_NEAR = re.compile(r"\s*[(–:-]?\s*(?:hơn|trên|gần|khoảng)?\s*")
SMALLEST = 10**9
"""đồng: a smaller sum that no word calls given or spent is more often a work's cost than a budget"""

_HAS = re.compile(r"(?:\bcó|được|nhận|là|:|với|quản lý|chiếm|còn|tới|đạt|thông báo|phân cấp|giao|tổng|ghi|duyệt|cấp về|rót về|về)(?: (?:chừng|khoảng|hơn|trên|gần|được|là|tới|xấp xỉ|tổng cộng|non|ngót|đến|cả thảy))*\s*$")


def _about_money(walk: Walk, left: list[Mention], bound: list[Mention]) -> bool:
    """A strong verb is enough where the passage is about the programmes or a subject of ours is named."""
    named = any(m.kind in ("programme", "capital", "source", "component", "carry", "period", "place", "date") for m in [*left, *bound])
    return named or bool(walk.found) or bool(walk.discourse.topic) or "measure" in walk.base or _list_item(walk) or bool(walk.discourse.last_measure)


def _list_item(walk: Walk) -> bool:
    return walk.sentence.line_kind == "item" and (walk.discourse.in_list or bool(walk.discourse.kept))


def _joins(walk: Walk, number: Number) -> bool:
    return re.fullmatch(r"[\s,;/]*(?:và|trên|/|-)?\s*(?:trên |hơn |gần )?", _text_before(walk, number)) is not None


def _right_words(walk: Walk, number: Number) -> list[Mention]:
    """Topics right behind a number: `2.640 tỷ đồng dư nợ`."""
    found = []
    for m in walk.sentence.between(number.end, number.end + 26):
        gap = walk.v.low[number.end : m.start]
        if m.kind in ("topic", "someone") and re.fullmatch(r"\s*(?:vốn |tiền |tổng |xây dựng |làm |đầu tư |cho |để |sửa chữa |mua )*", gap):
            found.append(m)
    return found


def _last(mentions: list[Mention], codes: tuple[str, ...]) -> Mention | None:
    fitting = [m for m in mentions if m.kind == "measure" and m.code in codes]
    return fitting[-1] if fitting else None


def _accepts_percent(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    low = walk.v.low
    before = _text_before(walk, number)
    if _NOT_A_SHARE.match(low, number.end):
        walk.refused = Mention(number.start, number.end, "topic", "counted")
        return False
    if _OF_LAST_YEAR.match(low, number.end) or (number.value or 0) > 1000:
        return False
    if is_threshold(walk.v, number):
        return False
    if _LEVEL_OF.search(before) and _OF_THEN.match(low, number.end):
        return bool(walk.found) or walk.discourse.rates
    if _SHARE_OF_COUNT.search(before):
        return False
    if _AVERAGE.search(before):
        return walk.discourse.last_measure in ("rate", "disbursed") or bool(walk.found)
    if _counts_places(walk, before, number) or (_CHANGE.search(before) and not _CHANGE_OK.search(before)):
        return False
    if _PART_OF.search(before) and not (_OF_PLAN.match(low, number.end) or _spent_before(walk, before)):
        return False
    if bound_of(walk.v, number) == "under" and _CONDITION.search(low, walk.sentence.start, number.start) and (
        _SANCTION.match(low, number.end) or _SANCTIONED.search(low, walk.sentence.start, number.start)
    ):
        return False
    if _LAST_YEARS.search(before) and walk.found and walk.found[-1].number.unit == "percent":
        return True
    if _other_business(walk, number, left):
        return False
    measure = _last(left, (*_RATE_WORDS, "distributed", "undisbursed", "not_disbursed")) or _last(bound, (*_RATE_WORDS, "distributed"))
    if measure is not None:
        return measure.code not in ("undisbursed",)
    if verb_behind(walk, number):
        return True
    if _PEOPLE.search(before):
        return False
    continuing = bool(walk.found) and walk.last_end == walk.found[-1].number.end
    if continuing:
        return _goes_on(walk, number, left)
    if "measure" in walk.cur and walk.cur["measure"].position >= walk.sentence.start and walk.cur["measure"].value in (*_RATE_WORDS, "distributed"):
        return not _topic(walk, number, left) and walk.last_end == walk.sentence.start
    if any(m.kind == "marker" and m.code == "compare" for m in [*left, *bound]):
        return walk.discourse.last_measure in ("rate", "disbursed")
    subject = any(m.kind in ("programme", "capital", "component", "place", "carry") for m in [*left, *bound])
    dated = any(m.kind == "date" and (m.data.until or walk.ahead(m.data)) for m in [*left, *bound])
    due = dated and (walk.discourse.rates or (walk.cur.get("basis") is not None and walk.cur["basis"].value in ("target", "forecast")))
    subject = subject or due
    about = due or walk.discourse.rates or walk.discourse.last_measure in ("rate", "disbursed", "distributed", "distribution_rate") or walk.base.get("measure") is not None
    if _list_item(walk):
        return True
    return subject and about


RANKED = re.compile(r"(?:cao|thấp|tốt|nhanh|chậm|kém) nhất|dẫn đầu|đứng đầu|đứng cuối|cuối bảng|xếp cuối|tiếp đến|kế đến|tiếp theo")


_SUBJECT_BEHIND = re.compile(r"\s*(?:số (?:này|đó|vốn(?: này| đó| trên)?|tiền(?: này| đó)?)|(?:tổng )?(?:nguồn |kế hoạch )?vốn[^,;.:()%]{0,70})\s*")


def verb_behind(walk: Walk, number: Number) -> str:
    """`100% vốn sự nghiệp đã được giao chi tiết`, `57,4% số này đã giải ngân`: said behind what the share is of."""
    verb = next((m for m in walk.sentence.mentions if m.start > number.end and m.kind == "measure" and m.code in ("disbursed", "distributed")), None)
    said = verb is not None and not any(n.unit and number.end <= n.start < verb.start for n in walk.sentence.numbers) and _SUBJECT_BEHIND.fullmatch(walk.v.low, number.end, verb.start)
    return verb.code if verb is not None and said else ""


def _spent_before(walk: Walk, before: str) -> bool:
    """`số đã giải ngân là 12 tỷ 888 triệu đồng, chiếm 45%`: right behind what is spent a part is its rate."""
    spent = bool(walk.found) and walk.found[-1].measure in ("disbursed", "distributed") and walk.last_end == walk.found[-1].number.end
    return spent and before.startswith((",", " (", " chiếm")) and len(before) < 24


def _counts_places(walk: Walk, before: str, number: Number) -> bool:
    """`14 địa phương giải ngân trên 50%` counts places; `hai huyện Phong Thổ và Sìn Hồ trên 50%` names them."""
    m = _COUNTED.search(before)
    return m is not None and not any(c.isupper() for c in walk.v.text[walk.last_end + m.start() : number.start])


def is_threshold(v: View, number: Number) -> bool:
    """`dưới 6%: 5,9%, 4,7% và 3,3%`: a mark that the figures behind it lie under."""
    if number.unit != "percent":
        return False
    if _MARK.search(v.low, max(0, number.start - 24), number.start) and _NAMED_NEXT.match(v.low, number.end):
        return True
    return _THRESHOLD.match(v.low, number.end) is not None and bound_of(v, number) != "exact"


_NAMED_NEXT = re.compile(r"(?: kế hoạch| vốn)*(?: gồm| là|:| có| như)[^.;%]{1,50}\d[\d,.]* ?%|, (?:cụ thể|theo thứ tự|lần lượt|tương ứng)")


_REACHED = re.compile(r"\b(?:đạt|mới được|chỉ được)(?: (?:khá|tốt|cao|thấp) hơn,)?(?: (?:hơn|trên|gần|khoảng))? $")


def _goes_on(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """A percentage behind an accepted number: its rate, or the next of a list."""
    previous = walk.found[-1]
    topic = _topic(walk, number, left)
    aside = topic and topic.code == "progress" and "," in walk.v.low[topic.end : number.start]  # "chậm hơn cả, đạt 58,8%"
    if topic and not aside and (topic.code != "share" or _about_other(walk, number, left, topic)):
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


def measure_of(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> tuple[str, str]:
    """Return a figure's measure and how near its evidence is."""
    if number.unit == "percent":
        return _rate_of(walk, number, left)
    if _before_slash(walk, number):
        return "disbursed", "clause"
    own = _last(left, MONEY_MEASURES)
    behind = _last(bound, MONEY_MEASURES)
    if behind and (own is None or behind.code in ("not_disbursed", "undisbursed", "disbursed")):
        own = behind if own is None or own.code == "allocated" else own
    if own and own.code == "not_disbursed" and _WHOLE_OF_NOTHING.search(walk.v.low, own.end, number.start):
        return "allocated", "clause"
    if behind and behind.code == "allocated" and own and own.code == "disbursed" and _apart(walk, own, number, behind):
        return "allocated", "clause"
    if (own is None or own.code == "allocated") and _lead_spent(walk, number):
        return "disbursed", "passage"
    if own and own.code == "rest":
        before = _money_before(walk) if walk.found else ("disbursed" if walk.discourse.last_measure in ("disbursed", "rate") else "allocated")
        return "undisbursed" if before == "disbursed" else before, "sentence"
    if own:
        return {"not_disbursed": "undisbursed", "rate": "disbursed"}.get(own.code, own.code), "clause"
    if _slash(walk, number) or _of_whole(walk, number):
        return "allocated", "clause"
    named = max([m.end for m in left if m.kind == "programme"], default=walk.last_end)
    of_total = _OF_TOTAL_NEXT.match(walk.v.low, number.end) is not None
    if of_total or (walk.discourse.last_measure and _ONLY_GOT.search(walk.v.low, named, number.start) and not _spent_beside(walk, number)):
        return "disbursed", "passage"
    head = walk.discourse.head.get("measure") if walk.discourse.head else None
    if not walk.found and head and head.value == "disbursed" and _GOT.search(walk.v.low, named, number.start) and not _disbursed_next(walk, number):
        return "disbursed", "passage"
    if not walk.found and head and head.value in ("allocated", "disbursed", "distributed") and _beside(walk, number, left) and not _disbursed_next(walk, number):
        return head.value, "passage"
    new_subject = any(m.kind in ("programme", "place", "capital", "component", "carry") for m in [*left, *bound])
    if new_subject and _disbursed_next(walk, number):
        return "allocated", "clause"
    if walk.found and (walk.breakdown or walk.pairs or _joins(walk, number)):
        return walk.found[-1].measure if walk.found[-1].number.unit == "VND" else _money_before(walk), "sentence"
    if walk.found and not new_subject:
        return _money_before(walk), "sentence"
    base = walk.base.get("measure")
    if base and base.value in MONEY_MEASURES and (walk.sentence.line_kind == "item" or walk.discourse.head):
        return base.value, "passage"
    if walk.found:
        return _money_before(walk), "sentence"
    return "allocated", "sentence"


def _apart(walk: Walk, own: Mention, number: Number, behind: Mention) -> bool:
    """`tiêu vốn nhanh: 41,3 tỷ đồng được giao`: a verb right behind beats one across a colon."""
    low = walk.v.low
    return not low[number.end : behind.start].strip() and re.search(r"[:;,]", low[own.end : number.start]) is not None


_ITS_RATE = re.compile(r",? ?\(?(?:đạt|bằng|tương đương|tức|=)?(?: (?:hơn|gần|trên|khoảng|xấp xỉ))? ?\d[\d,.]* ?%")


def _lead_spent(walk: Walk, number: Number) -> bool:
    """Under "Giải ngân:" an item's `Vốn giao năm 2026: 6.885 triệu đồng, đạt 26%` tells what was spent of it."""
    base = walk.base.get("measure")
    spent = base is not None and base.value in ("disbursed", "rate") and base.position < walk.sentence.start
    clause = re.split("[;.] ", walk.v.low[number.end : walk.sentence.end])[0]
    return spent and _ITS_RATE.match(walk.v.low, number.end) is not None and not walk.found and "giải ngân" not in clause


def _spent_beside(walk: Walk, number: Number) -> bool:
    """`chỉ có 5,2 tỷ đồng nhưng cũng giải ngân được 61%`: what is spent of it is told next."""
    return re.match(r",? ?(?:nhưng|song|mà|và)[^,;.\d]{0,20}giải ngân", walk.v.low[number.end : number.end + 60]) is not None


_IN_ALL = re.compile(r" (?:trong|trên|/)(?: tổng)?(?: số| kế hoạch| nguồn| vốn)*(?: được giao)?(?: hơn| gần| trên| khoảng)? ?")


def _of_whole(walk: Walk, number: Number) -> bool:
    """`thanh toán 318 tỷ đồng trong số 803 tỷ đồng`: spent of given."""
    spent = bool(walk.found) and walk.found[-1].measure == "disbursed" and walk.found[-1].number.unit == "VND"
    return spent and _IN_ALL.fullmatch(walk.v.low, walk.found[-1].number.end, number.start) is not None


_OF_TOTAL_NEXT = re.compile(r" (?:trên|/|trong) (?:tổng|kế hoạch|tổng số)")
_GOT = re.compile(r"(?:được|đạt)(?: (?:hơn|trên|gần|khoảng))?\s*$")
_ONLY_GOT = re.compile(r"(?:mới|chỉ|vẻn vẹn|vỏn vẹn)(?: (?:được|chỉ|mới|có|hơn|trên|gần|khoảng|vẻn vẹn|đạt))*\s*$")


def _money_before(walk: Walk) -> str:
    return next((f.measure for f in reversed(walk.found) if f.number.unit == "VND" and not f.zero), "allocated")


def _slash(walk: Walk, number: Number) -> bool:
    return bool(walk.found) and walk.v.low[walk.last_end : number.start].strip() == "/" and walk.found[-1].measure == "disbursed"


def _before_slash(walk: Walk, number: Number) -> bool:
    """`giải ngân 38,6/121,4 tỷ đồng`: spent of given."""
    low = walk.v.low
    return low[number.end : number.end + 3].strip().startswith("/") and any(
        n.unit == "VND" and 0 <= n.start - number.end <= 3 for n in walk.sentence.numbers
    )


def _disbursed_next(walk: Walk, number: Number) -> bool:
    """The next amount or rate of the same subject is said to be spent."""
    following = [m for m in walk.sentence.mentions if m.start >= number.end]
    for m in following:
        if m.kind == "measure" and m.code in ("disbursed", "rate", "not_disbursed"):
            return True
        if m.kind in ("programme", "place", "carry") and m.bound_to is None:
            return False
        if m.kind == "capital" and m.bound_to is None and any(n.unit and n.start > number.end and n.start - m.end < 30 for n in walk.sentence.numbers if n.start > m.end and not any(k.kind == "measure" and k.code == "disbursed" and m.end <= k.start < n.start for k in following)):
            return False
    return False


def _rate_of(walk: Walk, number: Number, left: list[Mention]) -> tuple[str, str]:
    own = _last(left, (*_RATE_WORDS, "distributed"))
    behind = verb_behind(walk, number)
    if behind and (own is None or ";" in walk.v.low[own.end : number.start]):
        return ("distribution_rate" if behind == "distributed" else "rate"), "clause"
    if own:
        return ("distribution_rate" if own.code == "distributed" else "rate"), "clause"
    if walk.found and walk.last_end == walk.found[-1].number.end:
        previous = walk.found[-1].measure
        return ("distribution_rate" if previous in ("distributed", "distribution_rate") else "rate"), "sentence"
    measure = walk.cur.get("measure")
    if measure and measure.value == "distributed":
        return "distribution_rate", measure.how
    return "rate", "sentence" if measure else "passage"


def bound_of(v: View, number: Number) -> str:
    """Return exact, over, under or about from the words right before (and behind) a number."""
    if _OF.search(v.low, max(0, number.start - 24), number.start):
        return "exact"
    m = _BOUND.search(v.low, max(0, number.start - 30), number.start)
    if number.unit == "percent" and _NOT_EVEN.search(v.low, max(0, number.start - 30), number.start):
        return "under"
    if _AT_LEAST_AFTER.match(v.low, number.end) or _FROM_ON.match(v.low, number.end) or _RANGE.search(v.low, number.start, number.end):
        return "over"
    return m.lastgroup if m and m.lastgroup else "exact"


_NAMELY = re.compile(r"[^,;.:\d]{0,40}(?:\blà|\bgồm|:|, (?:gồm|đó là|cụ thể)(?: có| là)?:?)\s*")
_ONE_MORE = re.compile(r"\s*(?:,|và|, và)\s*")
_WHOLE_OF_NOTHING = re.compile(r"đồng nào|phần vốn|nguồn vốn|trong số|trong tổng|toàn bộ")
_ATTRIBUTIVE = re.compile(r"(?:số|phần|nếu|tình trạng|trường hợp|nào|những|khi|mà|để|không để|còn nhiều|nhiều)(?: (?:vốn|nguồn vốn|dự án|công trình|nội dung))?\s*$")


def named_behind(walk: Walk, m: Mention) -> list[PlaceMention]:
    """`4 huyện chưa giải ngân vốn sự nghiệp là A, B, C và D`: the places that flatly nothing is said of."""
    places = [k for k in walk.sentence.between(m.end, walk.sentence.end, "place") if k.data.kind == "named"]
    named: list[PlaceMention] = []
    end = m.end
    for k in places:
        gap = walk.v.low[end : k.start]
        if not (_NAMELY.fullmatch(gap) if not named else _ONE_MORE.fullmatch(gap)):
            break
        named.append(k.data)
        end = k.end
    return named


def flatly_nothing(walk: Walk, m: Mention) -> str:
    """Return the measure of which a phrase says that it is nought, or nothing."""
    low = walk.v.low
    if _number_beside(walk, m):
        return ""
    if _ATTRIBUTIVE.search(low, max(walk.sentence.start, m.start - 34), m.start):
        return ""
    left = [k for k in walk.sentence.between(walk.last_end, m.start) if k.bound_to is None]
    behind = [k for k in walk.sentence.between(m.end, m.end + 60) if k.kind in ("capital", "programme")]
    subject = any(
        k.kind in ("component", "capital") or (k.kind == "place" and k.data.kind == "named") or (k.kind == "programme" and k.code != "other")
        for k in left
    )
    own = any(
        walk.cur.get(a) is not None and walk.sentence.start <= walk.cur[a].position for a in ("component", "capital", "programme", "place", "source")
    ) and bool(walk.found) and not any(k.kind in ("topic",) and k.code == "works" for k in left)
    topic = walk.discourse.topic.get("programme")
    sectional = bool(walk.discourse.kept) and m.start - walk.sentence.start < 40
    heading = _list_item(walk) or (topic is not None and topic.value in SPECIFIC and (bool(behind) or sectional))
    if m.code == "zero_allocated":
        own = own or any(k.kind == "programme" for k in behind)
    if not (subject or own or heading or named_behind(walk, m)):
        return ""
    if any(k.kind == "someone" for k in left):
        return ""
    return {"not_disbursed": "disbursed", "zero_allocated": "allocated", "zero_distributed": "distributed"}[m.code]


def _number_beside(walk: Walk, m: Mention) -> bool:
    """An amount that is left unspent stands before or behind the words."""
    low = walk.v.low
    for n in walk.sentence.numbers:
        if n.unit and n.start >= m.end and not _WHOLE_OF_NOTHING.search(low, m.end, n.start) and not re.search(r"[,;.:]|\b(?:và|còn|trong khi|nhưng|là do|vì|do|nên)\b(?! tới| lại| là| khoảng| hơn| trên| \d)", low[m.end : n.start]):
            return True
    return m.bound_to is not None


