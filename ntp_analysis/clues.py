"""What stands around a number: looked at both to accept it and to say what it measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import Mention

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk
    from ntp_analysis.found import Found
    from ntp_analysis.text import View

MONEY_MEASURES = ("allocated", "disbursed", "undisbursed", "distributed", "not_disbursed", "rest", "rate")
STANDARD = re.compile(r"\b(?:nông thôn mới|ntm)\b")
"""new rural development, as the programme's name or as the standard that communes reach"""
RATE_WORDS = ("disbursed", "rate")


def text_before(walk: Walk, number: Number) -> str:
    """Return the words between the number before and this one."""
    return walk.v.low[walk.last_end : number.start]


def in_closed_brackets(low: str, start: int, end: int) -> bool:
    """`Dự án 2 (sắp xếp dân cư) được bố trí 18,6 tỷ`: what stands in brackets that close before the number is said aside."""
    close = low.find(")", start, end)
    return close >= 0 and "(" not in low[start:close]


def in_brackets(low: str, start: int, position: int) -> bool:
    """`Công trình kênh (xã Trần Phán)`: whether a bracket that opened since a place is still open."""
    return low.rfind("(", start, position) > low.rfind(")", start, position)


def beside(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Riêng Khánh Vĩnh 187,1 tỷ đồng`: right behind a name, in a passage that has told a sum."""
    near = [m for m in left if m.kind in ("place", "programme") and _NEAR.fullmatch(walk.v.low, m.end, number.start)]
    return bool(near) and walk.discourse.head is not None


_NEAR = re.compile(rf"\s*[(–:-]?\s*{HEDGE}?\s*")


def list_item(walk: Walk) -> bool:
    """Tell whether the sentence is an item of a list with a lead, or under a heading."""
    return walk.sentence.line_kind == "item" and (walk.discourse.in_list or bool(walk.discourse.kept))


_JOINED = re.compile(rf"[\s,;/]*(?:và|trên|/|-)?\s*(?:{HEDGE} )?")


def joins(walk: Walk, number: Number) -> bool:
    """Tell whether only a comma, a slash or `và` parts a number from the one before."""
    return _JOINED.fullmatch(walk.v.low, walk.last_end, number.start) is not None


_ANSWERS = re.compile(
    r"(?:[^:;.]{2,90}:)?[\W_]*(?:đáp|trả lời|tl)?\s*:?\s*"
    rf"(?:(?:con số (?:này|đó|ấy)|số (?:vốn |tiền )?(?:này|đó|ấy)|là|vâng|dạ|thưa(?: [^,.;:]{{2,24}})?|{HEDGE}|tính|mới|chỉ|được|đạt|có|vẻn vẹn|bằng|đến nay|tới nay|hiện|lần lượt|thấp|cao|khá|khá hơn|tốt hơn|thấp hơn|chậm|chậm hơn|còn thấp|còn chậm|rất thấp|cũng)[\s,]*)*"
)


def answers(walk: Walk, position: int) -> bool:
    """`- Đáp: 142,5 tỷ đồng, trong đó ...`, `Mới 18,2%.`: the answer to what was asked, or told just before, begins with the number."""
    return walk.last_end == walk.sentence.start and is_answer(walk.v.low, walk.last_end, position)


def is_answer(low: str, start: int, end: int) -> bool:
    """Tell whether nothing but a speaker's name and light words stands between two offsets."""
    return _ANSWERS.fullmatch(low, start, end) is not None


def last(mentions: list[Mention], codes: tuple[str, ...]) -> Mention | None:
    """Return the last measure word of some meanings, or None."""
    fitting = [m for m in mentions if m.kind == "measure" and m.code in codes]
    return fitting[-1] if fitting else None


_SUBJECT_BEHIND = re.compile(r"\s*(?:số (?:này|đó|ấy|vốn(?: này| đó| ấy| trên)?|tiền(?: này| đó| ấy)?)|(?:tổng |số )*(?:nguồn |kế hoạch )?vốn[^,;.:()%]{0,70}?)(?: (?:đã|được|mới))*\s*")


def verb_behind(walk: Walk, number: Number) -> str:
    """`100% vốn sự nghiệp đã được giao chi tiết`, `57,4% số này đã giải ngân`: said behind what the share is of."""
    verb = next((m for m in walk.sentence.mentions if m.start > number.end and m.kind == "measure" and m.code in ("disbursed", "distributed")), None)
    said = verb is not None and not any(n.unit and number.end <= n.start < verb.start for n in walk.sentence.numbers) and _SUBJECT_BEHIND.fullmatch(walk.v.low, number.end, verb.start)
    return verb.code if verb is not None and said else ""


_IN_ALL = re.compile(rf" ?(?:trong|trên|/)(?: tổng)?(?: số| kế hoạch| nguồn| vốn)*(?: được giao)?(?: {HEDGE})? ?")


def of_whole(walk: Walk, number: Number) -> bool:
    """`thanh toán 318 tỷ đồng trong số 803 tỷ đồng`: spent of given."""
    spent = bool(walk.found) and walk.found[-1].measure == "disbursed" and walk.found[-1].number.unit == "VND"
    return spent and _IN_ALL.fullmatch(walk.v.low, walk.found[-1].number.end, number.start) is not None


_RATED_OF_PLAN = re.compile(rf" ?(?:(?:tỷ|tỉ|triệu)(?: đồng)?)? ?/ ?\d[\d.,]* ?(?:nghìn )?(?:tỷ|tỉ|triệu|trđ)(?: đồng)?,? ?\(?(?:đạt|bằng|=|tương đương|được|tức(?: là)?|tỷ lệ)?(?: {HEDGE})? ?\d[\d.,]* ?%")


def over_plan(walk: Walk, number: Number) -> bool:
    """`Kế đến là giảm nghèo bền vững, 79/372 tỷ đồng (21,2%)`: what is spent over its plan, with the rate."""
    told = walk.discourse.rates or walk.discourse.last_measure in ("disbursed", "rate")
    return told and _RATED_OF_PLAN.match(walk.v.low, number.end) is not None


def of_all(walk: Walk, m: Mention) -> bool:
    """`70% vốn đầu tư, 40% vốn sự nghiệp, đến 31/1 giải ngân 95% kế hoạch vốn 3 chương trình`: the plan as a whole."""
    said = walk.cur.get("capital")
    whole = any(k.code == "ntp" and k.bound_to is m.bound_to for k in walk.sentence.between(m.end, m.end + 8, "programme"))
    return whole and said is not None and walk.sentence.start <= said.position < walk.last_end


def money_before(walk: Walk) -> str:
    """Return the measure of the sentence's last amount; of none, that of money given."""
    return next((f.measure for f in reversed(walk.found) if f.number.unit == "VND" and not f.zero), "allocated")


def disbursed_next(walk: Walk, number: Number) -> bool:
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


def set_apart(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Chương trình A - 139,7 tỷ đồng - chạy nhanh nhất, 21,3%`: between dashes behind a name stands what it was given."""
    low = walk.v.low
    if not low.startswith((" - ", " – "), number.end) or not low.endswith((" - ", " – "), 0, number.start):
        return False
    named = any(m.kind in ("programme", "place", "capital", "component") and number.start - m.end <= 3 for m in left)
    return named and any(n.unit == "percent" and n.start > number.end for n in walk.sentence.numbers)


_GIVEN = re.compile(rf"\bgiao(?: {HEDGE})? $")
GIVES = re.compile(rf"(?:\bgiao|kinh phí|vốn|nguồn vốn|nguồn)(?: năm (?:nay|20\d\d))?(?: là)?(?: (?:chỉ|vẻn vẹn|vỏn vẹn|có|{HEDGE}))? $")
_HELD = re.compile(rf"(?:\bcó(?: trong tay)?|nhận|(?:lớn|nhiều|ít|cao)(?: vốn| tiền)? nhất(?:,| là)?(?: với)?(?: \()?) ?(?:{HEDGE} )?$")
LARGEST = re.compile(rf"(?:(?:nhiều|ít) (?:vốn|tiền) nhất(?:,| với|, với|, là)? (?:{HEDGE} )?|(?:vốn liếng|tiền|vốn) (?:chẳng|không|có) (?:đáng bao nhiêu|bao nhiêu|nhiều nhặn gì|nhiều|là bao),? (?:vỏn vẹn|vẻn vẹn|chỉ)(?: có)? |(?:số|nguồn|kế hoạch|tổng)(?: số)? vốn(?: được)?(?: giao)? (?:chỉ|vẻn vẹn|vỏn vẹn)(?: có| là)? (?:{HEDGE} )?|(?:vốn|kế hoạch) (?:rất |khá |quá )?(?:lớn|nhỏ|ít|nhiều|cao|thấp)(?: hơn| nhất)?(?: tỉnh| cả nước| huyện| cả tỉnh)?,? ?[(–-]? ?(?:với |là |{HEDGE} )*)$")
_RATED = re.compile(
    rf"(?! (?:nhưng |song |mà )*(?:mới|chỉ) )[^\d;.,(]{{0,24}},? ?\(?(?:(?:đạt|bằng|tương đương|tương ứng|tức|tức là|đúng|hay|chưa được phân nửa:|đạt tỷ lệ)(?: (?:là|với|{HEDGE}|tỷ lệ))*)? ?\d[\d,.]* ?%(?! (?:khối lượng|số hộ|tiến độ|so với (?:năm|cùng kỳ|20\d\d)))"
)


_SPENT_NEXT = re.compile(r"[.;] (?:đến nay |đến \S+ )?(?:đã |mới |kết quả )?giải ngân\b")
"""`Vốn năm 2022 chuyển sang: 71.420 triệu đồng. Giải ngân: 59.279 triệu đồng`"""


_GAVE = re.compile(r"\bđã (?:được )?(?:giao|phân bổ|bố trí|cấp)\b(?:[^,;.:()\d]|\b20\d\d\b|\b\d\b){0,70}$")
_OF_WHOLE_PLAN = re.compile(r" (?:tổng |toàn bộ )?(?:số vốn|vốn|dự toán|kế hoạch(?: vốn)? (?:trung hạn|giai đoạn|cả giai đoạn|5 năm)|nguồn vốn)\b")
_IS_SHARE = re.compile(rf"[^,;.()\d]{{0,24}},? ?\(?(?:đạt|bằng|tương đương|tức|chiếm)(?: (?:{HEDGE}|tỷ lệ))* ")


def given_of_plan(walk: Walk, number: Number) -> bool:
    """`đã giao 42.118 tỷ đồng, tương đương 98,7% dự toán`: what part of the plan was given."""
    low, given = walk.v.low, walk.found[-1].number
    told = _IS_SHARE.fullmatch(low, given.end, number.start) is not None and (walk.found[-1].measure == "distributed" or _OF_WHOLE_PLAN.match(low, number.end) is not None)
    return told and _GAVE.search(low, walk.sentence.start, given.start) is not None


def given_before(walk: Walk, number: Number) -> bool:
    """`được giao 226,5 tỷ đồng`, `huyện có nguồn vốn lớn nhất tỉnh, 226,5 tỷ đồng`: what was given, by the words before it."""
    low, since = walk.v.low, walk.last_end
    if LARGEST.search(low, since, number.start) or _GIVEN.search(low, since, number.start) or _SPENT_NEXT.match(low, number.end):
        return True
    return GIVES.search(low, since, number.start) is not None and disbursed_next(walk, number)


_SHARES = re.compile(r"\d[\d.,]* (?:tỷ|tỉ|triệu)(?: đồng)? \(chiếm ")
_IN_BRACKETS = re.compile(r" ?\(\d[\d,.]* ?%\)")


def shares_told(walk: Walk, end: int) -> bool:
    """`vốn ngân sách 5.362 tỷ đồng (chiếm 17%); vốn tín dụng 5.104 tỷ đồng (16%)`: what the brackets of such a list hold."""
    return _IN_BRACKETS.match(walk.v.low, end) is not None and _SHARES.search(walk.v.low, walk.sentence.start, walk.sentence.end) is not None


_OF_ANOTHER = re.compile(r",? \(?(?:đạt|bằng|tương đương) \d[\d,.]* ?% (?:nstw|ngân sách trung ương|vốn trung ương|vốn ngân sách trung ương|ngân sách tỉnh)\b(?! (?:giao|phân bổ|bố trí|cấp))")
"""`đối ứng 68.230 triệu đồng, bằng 7,3% NSTW`: how much beside whose, no part of a plan that was spent"""


def is_rated(walk: Walk, number: Number) -> bool:
    """Tell whether a rate stands right behind an amount."""
    return not shares_told(walk, number.end) and _RATED.match(walk.v.low, number.end) is not None and _OF_ANOTHER.match(walk.v.low, number.end) is None


def next_of_a_list(walk: Walk, number: Number) -> bool:
    """`An Lão được giao 46 tỷ đồng, đạt 82%; Vân Canh - huyện mới - 38 tỷ đồng, đạt 66%`: the same is told of each."""
    told = walk.found[-2:]
    if len(told) < 2 or told[0].measure != "allocated" or told[0].number.unit != "VND" or told[1].measure != "rate":
        return False
    return any((m.kind == "place" and m.data.kind == "named") or m.kind in ("programme", "capital") for m in walk.sentence.between(walk.last_end, number.start))


def spent_as_rated(walk: Walk, number: Number) -> bool:
    """`Nguồn kéo dài khả quan hơn: 174,8 tỷ đồng, đạt 44%`: an amount with its rate right behind is what was spent.

    Not so where sums given are parted, and the percentages are the parts' shares.
    """
    rated = _RATED.match(walk.v.low, number.end)
    if rated is None or shares_told(walk, number.end) or _GIVEN.search(walk.v.low, walk.last_end, number.start) or _HELD.search(walk.v.low, walk.last_end, number.start):
        return False
    if any(m.kind == "measure" and m.code in RATE_WORDS for m in walk.sentence.between(number.end, rated.end())):
        return False
    if any(m.kind == "place" and m.data.kind == "named" and number.start - m.end < 6 for m in walk.sentence.between(walk.last_end, number.start)):
        return False
    base = walk.base.get("measure")
    if next_of_a_list(walk, number):
        return False
    if walk.found:
        return walk.found[-1].measure in ("disbursed", "rate") and not walk.breakdown
    if base is not None and base.value == "allocated":
        return False
    return walk.discourse.rates or walk.discourse.last_measure in ("disbursed", "rate")


OF_PLAN = re.compile(r"\s*(?:tổng )?(?:số )?(?:kế hoạch|vốn (?:được )?giao|dự toán|số vốn được giao|so với kế hoạch)")
RANKED = re.compile(r"(?:ở |thuộc |trong )nhóm (?:cuối|đầu|thấp|cao)\b|(?:cao|thấp|tốt|nhanh|chậm|kém) nhất|dẫn đầu|đứng đầu|đứng cuối|cuối bảng|xếp cuối|tiếp đến|kế đến|tiếp theo")


def _over_it(v: View, found: list[Found]) -> bool:
    """Tell whether the last two sums are what is spent over its plan."""
    return len(found) == 2 and found[0].measure == "disbursed" and _IN_ALL.fullmatch(v.low, found[0].number.end, found[1].number.start) is not None


def spent_before(walk: Walk, before: str) -> bool:
    """`số đã giải ngân là 12 tỷ 888 triệu đồng, chiếm 45%`, `4.193 tỷ đồng/5.874 tỷ đồng (chiếm 71,4%)`: right behind what is spent a part is its rate."""
    spent = walk.right_behind("disbursed", "distributed") or (walk.right_behind("allocated") and _over_it(walk.v, walk.found[-2:]))
    return spent and before.startswith((",", " (", " chiếm")) and len(before) < 24


def to_exceed(walk: Walk, before: str) -> bool:
    """`phải giải ngân 45% ..., và cả năm vượt 95%`: a goal to be exceeded is no change."""
    basis = walk.cur.get("basis")
    return basis is not None and basis.value == "target" and basis.position >= walk.sentence.start and before.rstrip().endswith(("vượt", "vượt mức"))


_PASSES = re.compile(r"\)?(?: cùng| đều| đã| cũng)* vượt(?: qua| mốc| mức| ngưỡng)* $")
_BY_SO_MUCH = re.compile(r" (?:so với|kế hoạch|dự toán|chỉ tiêu|nghị quyết)")


def passes(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Sơn La, Lào Cai vượt 60%; Cà Mau dưới 20%`: what units named right before have come to."""
    if not walk.discourse.rates or _BY_SO_MUCH.match(walk.v.low, number.end):
        return False
    return any(m.kind == "place" and m.data.kind == "named" and _PASSES.fullmatch(walk.v.low, m.end, number.start) for m in left)


_SPENT_OF = re.compile(rf"\b(?:chi|dùng|xài|rút)(?: (?:được|hết|{HEDGE}|ra))* $")
"""`huyện chi 4,2 tỷ đồng trong 11,6 tỷ đồng vốn Chương trình 1719`"""
OF_WHOLE = re.compile(rf" ?(?:trên|/|trong)(?: tổng(?: số| vốn)?)? ?(?:{HEDGE} )?\d[\d.,]* ?(?:tỷ|tỉ|triệu)")


def spends_of_whole(walk: Walk, number: Number) -> bool:
    """Tell whether a bare word for spending leads to an amount out of a whole."""
    return _SPENT_OF.search(text_before(walk, number)) is not None and OF_WHOLE.match(walk.v.low, number.end) is not None


_RISEN_FROM = re.compile(rf"(?:^|[\s,:])từ(?: mức| {HEDGE}| chỉ)* $")
_RISEN_TO = re.compile(rf"[^;.%]{{0,50}}? lên(?: mức| đến| tới| {HEDGE})* \d")
"""`tăng từ 21% hồi cuối tháng 6 lên 46,7% vào 31/10`: two rates, each with its day"""


def risen_from(walk: Walk, number: Number) -> bool:
    """Tell whether a rate is what another has risen from: its day is of it alone."""
    return number.unit == "percent" and _RISEN_FROM.search(text_before(walk, number)) is not None and _RISEN_TO.match(walk.v.low, number.end) is not None


_STILL = re.compile(rf"\bcòn(?: (?:lại|tới|đến|{HEDGE}|những|có))* $")
_TO_SPEND = re.compile(r"(?: (?:vốn|nguồn vốn|kế hoạch vốn)[^,.;:\d]{0,30})? (?:đang |vẫn |cần |phải |sẽ )*(?:(?:phải|cần|chờ) (?:được |tiếp tục )?giải ngân\b|(?:đề nghị|xin|phải|kiến nghị|trình)(?: (?:cho|được|cho phép|tỉnh|trung ương|cấp có thẩm quyền|kéo))* (?:kéo dài|chuyển nguồn|chuyển tiếp|chuyển sang|hủy|huỷ|thu hồi|nộp trả|trả lại))")


_SPEND_ALL = re.compile(rf"\b(?:tiêu|giải ngân|chi|dùng) (?:cho )?(?:hết|nốt|xong)(?: (?:số|khoản|phần|tiền|vốn|{HEDGE}))* $")
_LEFT = re.compile(r"(?: vốn| tiền)? (?:còn lại|còn nằm lại|chưa (?:tiêu|giải ngân))\b")


def still_to_spend(walk: Walk, number: Number) -> bool:
    """`vẫn còn hơn 300 tỷ đồng cần giải ngân`, `giải pháp nào để tiêu hết 496 tỷ đồng còn lại?`"""
    if _SPEND_ALL.search(walk.v.low, walk.last_end, number.start) and _LEFT.match(walk.v.low, number.end):
        return True
    return _STILL.search(walk.v.low, walk.last_end, number.start) is not None and _TO_SPEND.match(walk.v.low, number.end) is not None
