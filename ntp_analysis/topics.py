"""What else than the programmes' money the words before a number tell of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.bounds import is_goal
from ntp_analysis.clues import (
    OF_PLAN,
    RATE_WORDS,
    disbursed_next,
    in_brackets,
    in_closed_brackets,
    joins,
    list_item,
    passes,
    spent_before,
    text_before,
    to_exceed,
)
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import Mention
from ntp_analysis.shares import runs, total

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_AND_MORE = re.compile(rf"(?:^|.*[^\W\d_]),? và (?:{HEDGE} )?$")
_FOR = re.compile(r" (?:để|cho|hỗ trợ|thực hiện)\b")
_OF_PROJECT = re.compile(r" (?:về|là|hỗ trợ|cho)(?: việc)? ")
_TO_WORKS = re.compile(r" (?:cho |đến |tới |về )?(?:(?:từng|các|những) (?:xã|thôn|đơn vị|huyện|địa phương),? (?:và |cho )?)*(?:từng |các |những |\d{1,3} )?")
_BY_THEM = ("đóng góp", "góp", "chung tay góp", "tự nguyện đóng góp", "đã đóng góp")
_IN_BRACKETS = re.compile(r"(?: chút(?: ít| đỉnh)?| đôi chút| hẳn| nhiều| rõ rệt| một chút)? \((?:đạt |chỉ |mới )*")
"""`A và B thấp hơn đôi chút (55,1% và 54,3%)`: what each has come to"""
_MONEY_OF = re.compile(r"\b(?:vốn|kinh phí|nguồn)(?: (?:giao|cấp|phân bổ|bố trí))* (?:của|cho|tại) (?:các )?$")
"""`vốn của các bộ, cơ quan trung ương là 312 tỷ đồng`"""
AND_PLACES = re.compile(r"(?:,| và|, và) (?:các )?(?:\d{1,2} )?(?:địa phương|tỉnh, thành phố|tỉnh)\b")
"""`các bộ, cơ quan trung ương và địa phương đã phân bổ 872 nghìn tỷ đồng`: all of them"""
_ORDERS = re.compile(r" (?:đã |vừa |cũng |tiếp tục )*(?:yêu cầu|đề nghị|chỉ đạo|đôn đốc|lưu ý|kiến nghị) (?:các |[2-6]\d )?(?:tỉnh|địa phương|huyện|xã|đơn vị|ubnd|chủ đầu tư)\b")
"""`Ủy ban Dân tộc yêu cầu các tỉnh đến hết quý III giải ngân 55%`: what others shall reach"""
_STILL = re.compile(rf"\bcòn (?:{HEDGE} )?$")
"""`hộ nghèo còn 8,11%; mục tiêu cuối năm còn 6,2%`"""
_GIVEN_NOW = re.compile(rf"[:,] (?:được )?giao (?:{HEDGE} )?$")
_ITS_WHOLE = re.compile(rf" ?(?:trên|/|trong)(?: tổng(?: số| vốn| kế hoạch| nguồn)*)?(?: {HEDGE})? ?")
SMALLEST = 10**9
"""đồng: a smaller sum that no word calls given or spent is more often a work's cost than a budget"""
_CONTRAST = re.compile(r", (?:trong khi|nhưng|song|còn|mà)\b")
"""`cần thêm 4.200 tỷ đồng để xóa cầu tràn, trong khi năm 2025 được giao 1.318 tỷ đồng`"""


def topic_of(walk: Walk, number: Number, left: list[Mention]) -> Mention | None:
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
        and not _sum_worth(walk, m) and not _worth_of_gifts(walk, number, left) and not _purpose_of_last(walk, m, number)
        and not next_purpose(walk, number, low[m.end : number.start])
        and not (m.code == "progress" and number.unit == "percent" and (to_exceed(walk, text_before(walk, number)) or passes(walk, number, left) or is_goal(walk.v, number, walk.last_end)))
    ]
    nearest = max(topics, key=lambda m: (m.start, m.kind == "someone"), default=None)
    if nearest is not None and nearest.code == "progress" and number.unit == "percent":
        return next((m for m in topics if m.code == "poverty" and not re.search(r"[;:]", low[m.end : nearest.start])), nearest)  # "tỷ lệ hộ nghèo giảm 5,8 điểm %, còn 42,9%"
    return nearest


_FOR_IT = re.compile(r" (?:vốn )?(?:cho|để|dành cho|hỗ trợ|đầu tư|làm|xây dựng|thực hiện) [^;.:]*?(?P<but>,? (?:mà|nhưng|song|thì) (?:đến |tới |nay |đã |mới |chỉ |vừa )*(?:giải ngân|tiêu|chi|thanh toán|dùng))")


_TO_THEM = re.compile(rf" (?:(?:nguồn )?(?:vốn|kinh phí) [^,;.:%\d]{{3,30}} )?(?:cho|về|tới|để) [^;.:%\d]{{3,80}}, (?:đạt|bằng|tương đương|tức)(?: (?:là|tỷ lệ|{HEDGE}))* ")
"""`đã phân khai chi tiết 20 tỷ đồng cho các công trình, nhóm hộ, đạt 95%`"""


def _purpose_of_last(walk: Walk, topic: Mention, number: Number) -> bool:
    """`18,2 tỷ đồng cho nhà ở, nước sinh hoạt mà mới tiêu được 1,9 tỷ đồng`: the works are what the sum before is for."""
    if walk.right_behind("distributed", "disbursed") and _TO_THEM.fullmatch(walk.v.low, walk.last_end, number.start):
        return True
    if not walk.right_behind("allocated"):
        return False
    purpose = _FOR_IT.match(walk.v.low, walk.last_end, number.start)
    return purpose is not None and topic.start < purpose.start("but")


def _sum_worth(walk: Walk, topic: Mention) -> bool:
    """`huy động nguồn lực trị giá 250,6 tỷ đồng`: what was raised was worth that, no work."""
    raised = any(m.kind == "measure" and m.code == "allocated" and m.end + 1 == topic.start for m in walk.sentence.mentions)
    return raised and walk.v.low.startswith("trị giá", topic.start)


_GIFTS = re.compile(rf"\b(?:góp|hiến|ủng hộ)\b[^.;:%]{{0,70}}\b(?:trị giá|quy (?:ra|thành) tiền|ước tính|tương đương)(?: (?:được|là|{HEDGE}))* $")


def _worth_of_gifts(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`nhân dân góp tiền, ngày công, hiến đất trị giá 236 tỷ đồng`: what people gave, and no work's price."""
    people = any(m.kind in ("source", "source_weak") and m.code == "community" for m in left)
    return people and number.unit == "VND" and (number.value or 0) >= 5 * SMALLEST and _GIFTS.search(walk.v.low, walk.last_end, number.start) is not None


def next_purpose(walk: Walk, number: Number, before: str) -> bool:
    """`dành 51 tỷ đồng xây dựng các công trình và 13,5 tỷ đồng để hỗ trợ sản xuất`: the work is what the sum before is for."""
    parted = walk.right_behind("allocated") and walk.breakdown_of_sum()
    return parted and isinstance(number.value, int) and number.value >= SMALLEST and _AND_MORE.fullmatch(before) is not None and _FOR.match(walk.v.low, number.end) is not None


_LABELS = re.compile(rf" ?:(?: {HEDGE})? ")
"""`- Doanh nghiệp: 211 tỉ;`"""
_BESIDE = re.compile(r"(?:,| và|, và| cùng)? ?(?:(?:người dân|nhân dân|cộng đồng|doanh nghiệp|các tổ chức|(?:con em|bà con) xa quê|hợp tác xã|nhà hảo tâm|mạnh thường quân)(?:,| và|, và| cùng) )*")


_GAVE = re.compile(rf"[^.;:%]{{0,60}}?\b(?:đóng góp|góp|ủng hộ|quyên góp)(?: (?:được|thêm|{HEDGE}))* $")
"""`Người dân, doanh nghiệp trong 10 tháng góp trên 212 tỷ đồng xây dựng nông thôn mới`"""


def _as_source(walk: Walk, topic: Mention, number: Number) -> bool:
    """`vốn tín dụng 8.940 tỷ đồng, doanh nghiệp 1.126 tỷ đồng`: beside other sources a company is one."""
    covers = [k.end for k in walk.sentence.mentions if k.kind == "source_weak" and k.start <= topic.start < k.end]
    weak = bool(covers)
    if weak and number.unit == "VND" and _GAVE.fullmatch(walk.v.low, max(covers), number.start) and any(m.kind == "programme" for m in walk.sentence.mentions):
        return True
    last = max([k.end for k in walk.sentence.between(topic.start, number.start, "source_weak") if _BESIDE.fullmatch(walk.v.low, topic.end, k.start)], default=max(covers, default=topic.end))
    alone = walk.sentence.line_kind == "item" and _LABELS.fullmatch(walk.v.low, last, number.start) is not None and last - walk.sentence.start < 40
    told = any(f.state.get("source") is not None for f in walk.found) or ((list_item(walk) or alone) and not walk.found)
    return weak and told and number.unit == "VND" and number.start - last < 24


def _reason(low: str, start: int, end: int) -> bool:
    """`vướng mặt bằng tuyến đường liên xã nên mới đạt 76%`: the road is why, not what."""
    return re.search(r"\bnên\b|\b(?:nhưng|song) (?:lại |vẫn |cũng |tỷ lệ )*(?:giải ngân|mới|chỉ|đạt|đứng|thấp nhất|cao nhất)", low[start:end]) is not None


def _subject_after(left: list[Mention], position: int) -> bool:
    return any(m.start >= position and m.kind in ("programme", "capital", "source", "component", "carry") for m in left) or any(
        m.start >= position and m.kind == "place" and m.data.kind != "self" for m in left
    )


def other_business(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """The number's clause is about a road, a loan, a norm, a change: no figure; nor is what joins such a number."""
    topic = topic_of(walk, number, left)
    if topic is None:
        return _still_refused(walk, number, left)
    if about_other(walk, number, left, topic):
        walk.refused = topic
        return True
    return False


def _still_refused(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`hộ nghèo của Khánh Sơn 47,53%, Khánh Vĩnh 43,1%`; `Bộ Y tế được giao 246 tỷ đồng, đã chi 3,9 tỷ đồng`."""
    if walk.refused is None or walk.refused.code in ("progress", "share"):
        return False
    if walk.refused.code == "withheld":
        return is_withheld(walk, number)
    if walk.refused.code == "poverty" and number.unit == "percent" and _ELSEWHERE.fullmatch(text_before(walk, number)):
        return True
    parted = ";" in text_before(walk, number) and not (number.unit == "percent" and _STILL.search(text_before(walk, number)))
    if number.unit == "VND" and _BEHIND_ITS_RATE.fullmatch(text_before(walk, number)):
        return True
    goes_on = walk.refused.code == "body" and _ITS_NEXT.fullmatch(text_before(walk, number)) is not None
    if (parted and not goes_on) or any(m.kind in ("programme", "capital", "component") for m in left):
        return False
    if (walk.refused.kind == "someone" or walk.refused.code in ("loans", "body")) and any(m.kind == "place" and m.data.kind == "named" for m in left):
        return False  # "Bộ Công an (85,3%), Ninh Bình (98,1%)"
    if walk.refused.code == "works" and not walk.found and not left_of_money(left) and _ONE_WORK.match(walk.v.low, walk.sentence.start):
        return True  # "Công trình đường bản A, tổng mức đầu tư 41 tỷ đồng, đã giải ngân 12 tỷ đồng"
    if _ITS_WHOLE.fullmatch(text_before(walk, number)):
        return True  # "Thu ngân sách đạt 98 tỷ đồng trên tổng số 120 tỷ đồng"
    measured = any(m.kind == "measure" and m.code not in ("given", "none") for m in left)
    return walk.refused.kind == "someone" or (not measured and (number.unit == "percent" or joins(walk, number) or (isinstance(number.value, int) and number.value < SMALLEST)))


_ELSEWHERE = re.compile(r",? (?:trong khi|so với|cao hơn|thấp hơn)(?: (?:bình quân|mức|mặt bằng|trung bình|chung))*(?: (?:của )?(?:toàn |cả )?(?:huyện|tỉnh|xã|nước|vùng))?(?: (?:chung|là|chỉ|đã|ở mức))* ?\(?|,? (?:riêng|còn|trong đó)(?: (?:vùng|khu vực|ở|tại|của))* (?:đồng bào )?(?:dtts|dân tộc thiểu số|miền núi|vùng cao)[^,;.%\d]{0,30} ")
"""`hộ nghèo 11,2%, trong khi bình quân toàn huyện là 58,33%`"""
_BEHIND_ITS_RATE = re.compile(rf"(?: (?:kế hoạch|dự toán|chỉ tiêu))+(?: (?:năm|giao|được giao|20\d\d))* \((?:{HEDGE} )?")
"""`thu ngân sách đạt 52,5% dự toán (48,9 tỷ đồng)`: no more ours than the rate"""
_ITS_NEXT = re.compile(rf"(?: đồng)?[;,] (?:được |dự toán |kinh phí |số |đã |mới |còn )*(?:giao|quyết toán|giải ngân|dư|chi)(?: (?:dự toán|là|được|năm|20\d\d|{HEDGE}))* ")
"""`Bộ Y tế được chuyển nguồn 4,1 tỷ đồng; dự toán giao 13,8 tỷ đồng`: the ministry's too"""
_OF_WITHHELD = re.compile(r"[^,;.()]{0,60}[,;]? \(?(?:riêng|trong đó|gồm|bao gồm|chủ yếu)\b")
"""`9.870 tỷ đồng kinh phí thường xuyên chưa được phân bổ, riêng chương trình A hơn 7.900 tỷ đồng`"""


def is_withheld(walk: Walk, number: Number) -> bool:
    """`Còn 56.230 triệu đồng chưa giao, gồm: A 42.015 triệu đồng, B 14.215 triệu đồng`: a part of a sum that nobody was given."""
    if walk.refused is None or walk.refused.code != "withheld":
        return False
    whole = next((n.value for n in walk.sentence.numbers if n.start == walk.refused.start), None)
    parts = [n for n in walk.sentence.numbers if n.start > walk.refused.start and n.unit == "VND" and n.value]
    return _OF_WITHHELD.match(text_before(walk, number)) is not None or any(number in run and total(run) == whole for run in runs(parts))


_ITS_MONEY = re.compile(rf",?(?:(?:^| )(?:có|còn|còn lại|mang|dư|được|chuyển|giải ngân|quyết toán|nhận|tiếp nhận|bố trí|giao|cấp|thêm|dự toán|kinh phí|vốn|nguồn|sự nghiệp|số|năm|20\d\d|sang|qua|từ|là|{HEDGE}|của))+ ")
"""`Bộ Công Thương dư 5,4 tỷ đồng, được giao 10,9 tỷ đồng`: a ministry's"""
_ITS_RATE = re.compile(rf" ?[(:–-]? ?(?:(?:đạt|mới|chỉ|được|là|{HEDGE}) )*")
"""`khá như Bộ Quốc phòng (97,2%)`"""
_ONE_WORK = re.compile(r"(?:[-+•*] ?)?(?:riêng |còn |như |tại )*(?:công trình|dự án|tuyến|cầu|đường|trường|hồ|trạm|chợ|nhà văn hóa|khu tái định cư)\b(?! \d)[^;]*?(?:tổng mức|tổng vốn|tổng kinh phí|tổng đầu tư|trị giá|với vốn|vốn đầu tư|kinh phí)\b")


def left_of_money(left: list[Mention]) -> bool:
    """Tell whether words before a number name money of ours."""
    return any(m.kind in ("programme", "capital", "component", "source", "carry") for m in left)


_TOOK_OVER = re.compile(r"\b(?:tiếp nhận|bàn giao|nhận (?:lại|từ))\b[^.;:]*$")
"""`xã nhận bàn giao 49 công trình, dự án từ các xã cũ với tổng vốn hơn 44,6 tỷ đồng`: the plan that goes with them"""


_TAKEN_OVER = re.compile(r"\bnhận (?:bàn giao|lại|từ)\b")


def took_over(walk: Walk, works: int, number: Number) -> bool:
    """`nhận bàn giao 49 công trình với tổng vốn 44,6 tỷ đồng`, `47 công trình, dự án nhận từ các đơn vị cũ với tổng vốn 52,3 tỷ đồng`."""
    begin, low = max(walk.sentence.start, walk.last_end), walk.v.low
    return _TOOK_OVER.search(low, begin, works) is not None or _TAKEN_OVER.search(low, works, number.start) is not None


FROM_ITS_MONEY = re.compile(r"(?:từ|với|bằng) (?:nguồn )?(?:vốn|kinh phí)(?: [^,;.\d]{0,30}?)? (?:chương trình|ctmtqg)\b")
"""`Từ nguồn vốn của Chương trình 135, huyện xây dựng 62 công trình với tổng vốn trên 18 tỷ đồng`"""


_IS_FOR = re.compile(r"\b(?:nguồn vốn|vốn|kinh phí|nguồn kinh phí) (?:để )?(?:hỗ trợ|thực hiện|làm|xây dựng|đầu tư) (?:[^,;.:\d]{0,30} )?$")
_OF_PROGRAMME = re.compile(r"[^,;.:\d]{0,40} (?:thuộc|của|từ|theo) (?:chương trình|ctmtqg|dự án \d|tiểu dự án)")
"""`Nguồn vốn hỗ trợ nhà ở thuộc Chương trình 1719 là 22,6 tỷ đồng`"""
_ITS_PLAN = re.compile(rf"[^:;]{{0,60}}: (?:tổng )?(?:kinh phí|vốn|kế hoạch|kế hoạch vốn|kh|giao|được giao|bố trí|tổng vốn)(?: (?:vốn|giao|được giao|là|{HEDGE}))* ")
_SPENDING_NEXT = re.compile(r"(?: đồng)?[,;] (?:đã |mới |đến nay |hiện |vẫn |chưa )*(?:giải ngân|thanh toán)\b")
_NUMBERED = re.compile(r"(?:[-+*•]|\d{1,2}[/.)]|[a-zđ]\)) ")


def _labelled(walk: Walk, topic: Mention, number: Number) -> bool:
    """`4/ Duy tu, bảo dưỡng công trình: kinh phí 540 triệu đồng, chưa giải ngân`: the works are what an item of a programme's is called."""
    if not _NUMBERED.match(walk.v.low, walk.sentence.start) or walk.found or not _ITS_PLAN.fullmatch(walk.v.low, topic.end, number.start):
        return False
    return _SPENDING_NEXT.match(walk.v.low, number.end, walk.sentence.end) is not None


_WORK = re.compile(
    r"\W*(?:[Rr]iêng |[Cc]òn )?(?:[Dd]ự án |[Cc]ông trình |[Tt]uyến )?(?:[Cc]ao tốc|[Đđ]ường|[Qq]uốc lộ|[Tt]ỉnh lộ|[Cc]ầu|[Hh]ồ(?: chứa)?(?: nước)?|[Ss]ân bay|[Bb]ệnh viện|[Kk]è|[Cc]ảng|[Đđ]ập)(?: [^\W\d_A-ZĐ]+){0,3} (?:\d+ )?(?:[^\W\d_A-ZĐ]+ ){0,3}[A-ZĐ]"
)


def of_a_named_work(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`Cao tốc Khánh Hòa - Buôn Ma Thuột đã giải ngân 1.480 tỷ đồng`: one work's, where the clause names no programme."""
    begin = max(max(walk.v.low.rfind(sign, walk.sentence.start, number.start) for sign in ";:") + 1, walk.sentence.start)
    if any(m.kind in ("programme", "component", "source", "capital") and m.start >= begin for m in left):
        return False
    return _WORK.match(walk.v.text, begin, number.start) is not None and any(m.kind == "measure" and m.code == "disbursed" and m.start >= begin for m in left)


def _one_of_the_sources(walk: Walk, left: list[Mention]) -> bool:
    """`Trong đó, vốn trung ương 141 tỷ đồng; vốn địa phương 25 tỷ đồng; vốn vay ưu đãi của Ngân hàng Chính sách xã hội 31 tỷ đồng`: a part of the sum."""
    parted = (walk.breakdown or walk.breakdown_of_sum()) and len(walk.found) > 1 and all("source" in f.state and f.measure == "allocated" for f in walk.found[-2:])
    return parted and any(m.kind == "source" and m.code == "credit" for m in left)


def about_other(walk: Walk, number: Number, left: list[Mention], topic: Mention) -> bool:
    """The nearest topic on the left is nearer than what says that the number is ours."""
    low = walk.v.low
    measures = [m for m in left if m.kind == "measure" and m.code not in ("given", "none") and m.start >= topic.start and not (topic.code == "loans" and m.end <= topic.end)]
    gap = low[topic.end : number.start]
    if topic.code == "share" and number.unit == "percent":
        if measures and measures[-1].code in RATE_WORDS and "," in low[topic.end : measures[-1].start]:
            return False  # "nơi chiếm một nửa số vốn, đã giải ngân 48,7%"
        return not (OF_PLAN.match(low, number.end) or spent_before(walk, text_before(walk, number)))
    if topic.code == "share":
        return False
    if topic.code == "loans" and _LOANED.fullmatch(gap):
        return True
    if topic.code == "progress":
        told = re.search(r"[,;:]|\bthì\b", gap) or (low.endswith(" hơn", 0, topic.end) and _IN_BRACKETS.fullmatch(gap))
        return not measures and not _subject_after(left, topic.end) and not told
    own = [m for m in left if not in_brackets(low, topic.end, m.start) and not (topic.code == "loans" and m.kind == "place" and m.start - topic.end < 3)]  # "NHCSXH huyện A": its name
    subject = _subject_after(own, topic.end)
    if measures and low[measures[-1].start : measures[-1].end].startswith(_BY_THEM):
        return False  # "bà con và doanh nghiệp đóng góp 288 tỷ đồng"
    given = _GIVEN_NOW.search(low, topic.end, number.start) is not None
    titled = [m for m in left if m.kind == "component" and m.end <= topic.start]
    if in_a_title(left, topic) and (measures or given or number.unit == "percent" or disbursed_next(walk, number) or _OF_PROJECT.fullmatch(low, titled[-1].end, topic.start)):
        return False
    if measures and ";" in low[topic.end : measures[-1].start]:
        return False
    if topic.code == "body" and (AND_PLACES.match(low, topic.end) or _ORDERS.match(low, topic.end)):
        return False
    if topic.code == "body" and low.endswith(("giao cho ", "giao cho các ", "phân bổ cho ", "phân bổ cho các "), 0, topic.start):
        return True
    if topic.code == "body" and (_ITS_MONEY.fullmatch(gap) if number.unit == "VND" else _ITS_RATE.fullmatch(gap)):
        return True
    if topic.code == "body":
        if _MONEY_OF.search(low, walk.last_end, topic.start):
            return not subject
        acts = low[topic.start : topic.end].endswith("chủ đầu tư")
        return not subject and (acts or not re.search(r"[,;:]", low[topic.end : number.start])) and bool(measures)
    if topic.code == "works" and number.unit == "VND" and _money_for_works(walk, topic, number, left, measures):
        return False
    if number.unit == "VND" and topic.code != "someone" and _IS_FOR.search(low, walk.last_end, topic.start) and _OF_PROGRAMME.match(low, topic.end):
        return False
    if topic.code == "loans" and number.unit == "VND" and _one_of_the_sources(walk, left):
        return False
    dated = topic.code == "works" and any(m.kind == "date" and m.data.until and m.start >= topic.end for m in left)
    if dated and number.unit == "percent" and any(m.kind == "basis" and m.code in ("forecast", "target") and m.start >= topic.end for m in left):
        return False  # "Với tiến độ các công trình hiện nay, tôi dự báo hết tháng 9 được khoảng 62%"
    if topic.code == "works" and measures and measures[-1].code == "disbursed" and _SEVERAL.search(low, max(walk.sentence.start, topic.start - 16), topic.start) and "," in low[topic.end : measures[-1].start]:
        return False
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


def _money_for_works(walk: Walk, topic: Mention, number: Number, left: list[Mention], measures: list[Mention]) -> bool:
    """Tell whether a sum told of works is a programme's money for them, and not what they cost."""
    low = walk.v.low
    if took_over(walk, topic.start, number) or _labelled(walk, topic, number) or _paid_for_works(walk, topic, number, left):
        return True
    if measures and FROM_ITS_MONEY.match(low, walk.sentence.start):
        return True
    spent = bool(measures) and measures[-1].code == "disbursed" and _BUILT_WITH.search(low, topic.end, number.start) is not None
    return spent and _SEVERAL.search(low, max(walk.sentence.start, topic.start - 16), topic.start) is not None


_LIGHT_TO_SUM = re.compile(rf"(?: (?:được|là|số tiền|tổng cộng|tổng số|{HEDGE}))* ")


def _paid_for_works(walk: Walk, topic: Mention, number: Number, left: list[Mention]) -> bool:
    """`Đã thanh toán cho các công trình 71.230 triệu đồng`: money spent, of all of them."""
    low, of_all = walk.v.low, walk.v.low.startswith(("các ", "những "), topic.start)
    paid = any(m.kind == "measure" and m.code == "disbursed" and low[m.end : topic.start].strip() in ("", "cho") for m in left)
    return of_all and paid and _LIGHT_TO_SUM.fullmatch(low, topic.end, number.start) is not None


_BUILT_WITH = re.compile(rf"\b(?:với tổng )?(?:số tiền|số vốn|kinh phí|vốn)(?: đã| được)? (?:giải ngân|thanh toán)(?: (?:đạt|là|được|{HEDGE}))* $")
"""`đã xây dựng 101 công trình với tổng số tiền giải ngân đạt 44 tỷ đồng`"""
_SEVERAL = re.compile(r"(?<![\d/.])(?:[2-9]|\d{2,3}|các|nhiều|hai|ba|bốn|hàng (?:chục|trăm)|toàn bộ|tất cả)(?: \w+)? $")
"""`hoàn thành 45 công trình, giải ngân 41 tỷ đồng`: of the money that built them all"""


_LOANED = re.compile(rf"[^,;.:\d]{{0,40}},? (?:với )?(?:tổng cộng|tổng số tiền|số tiền|tổng số)(?: (?:là|{HEDGE}))* ")
"""`5.112 hộ còn dư nợ, tổng cộng 243,5 tỷ đồng`"""


def in_a_title(left: list[Mention], topic: Mention) -> bool:
    """`Dự án 1 về nhà ở, nước sinh hoạt mới giải ngân`: what a project is for is its title."""
    return topic.code != "someone" and any(m.kind == "component" and m.end <= topic.start for m in left)
