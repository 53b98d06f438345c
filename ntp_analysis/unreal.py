"""Sums that nobody was given: what a plan no longer is, differences, wishes, debts, what was only asked for or is asked of people."""

from __future__ import annotations

import re

from ntp_analysis.candidate import Candidate
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import Mention

_FROM_A_SUM = re.compile(rf"\btừ (?:{HEDGE} )?$")
TO_ANOTHER = rf"(?: đồng)? (?:xuống(?: còn)?|lên(?: thành)?|còn|thành) (?:{HEDGE} )?"
_THEN_ANOTHER = re.compile(rf"{TO_ANOTHER}\d[\d.,]* (?:nghìn )?(?:t[ỷỉ]|triệu)")


def before_a_change(c: Candidate) -> bool:
    """`điều chỉnh kế hoạch từ 142 tỷ đồng xuống còn 118 tỷ đồng`: what the plan no longer is."""
    return _FROM_A_SUM.search(c.before) is not None and _THEN_ANOTHER.match(c.low, c.number.end) is not None


_CHANGED_BY = re.compile(rf"\b(?:tăng|giảm|hụt|hơn|kém)(?: thêm)? (?:{HEDGE} )?$")
_SO_MUCH = re.compile(r"(?: đồng)? so với\b")


def changed_by(c: Candidate) -> bool:
    """`tăng 21,5 tỷ đồng so với kế hoạch giao đầu năm`: a difference."""
    return _CHANGED_BY.search(c.before) is not None and _SO_MUCH.match(c.low, c.number.end) is not None


_IF = re.compile(r"(?:^|[.;] |[\"“])(?:nếu(?! (?:chỉ |không )?(?:tính|so|xét|kể))|giả sử|giá như|giá mà)\b[^,;.:\d]{0,80}$")


def only_if(c: Candidate) -> bool:
    """`Nếu được trung ương hỗ trợ 100 tỷ đồng, tỉnh sẽ làm xong`: nobody gave it."""
    return _IF.search(c.low[c.walk.sentence.start : c.number.start]) is not None and not any(m.kind == "measure" and m.code in ("disbursed", "rate") for m in c.left)


_ASKS_TO_MOVE = re.compile(rf"\b(?:xin|đề nghị|đề xuất|kiến nghị)(?: (?:được|cho|cho phép|trung ương|chính phủ|quốc hội|tỉnh))* (?:kéo dài|chuyển nguồn|chuyển|gia hạn)(?: (?:thêm|vốn|số vốn|{HEDGE}))* $")


def asked_to_move(c: Candidate) -> bool:
    """`Tỉnh xin kéo dài 52 tỷ đồng sang năm 2024; trong đó Trà Cú 14 tỷ đồng`: nor are its parts given."""
    if _ASKS_TO_MOVE.search(c.low, c.walk.sentence.start, c.number.start) is None:
        return False
    c.walk.refused = Mention(c.number.start, c.number.end, "topic", "withheld")
    return True


_SOME_WORK = re.compile(rf"\bcó (?:việc|công trình|hạng mục|dự án|mô hình|gói thầu|hợp đồng)(?: (?:chỉ|lên tới|tới|mới|trị giá|giá|{HEDGE}))* $")


def of_some_work(c: Candidate) -> bool:
    """`được giao 68 đầu việc, có việc chỉ 12 triệu đồng`: what one of many costs."""
    return _SOME_WORK.search(c.low, c.walk.last_end, c.number.start) is not None


_AT_LEAST = re.compile(rf"\b(?:đóng góp|ủng hộ|hiến|góp)\b[^;.\d]{{0,60}} từ (?:{HEDGE} )?$")


def earns_praise(c: Candidate) -> bool:
    """`tặng bằng khen cho doanh nghiệp đóng góp từ 300 triệu đồng trở lên`: what one has to give for it."""
    return c.low.startswith((" trở lên", " đồng trở lên"), c.number.end) and _AT_LEAST.search(c.low, c.walk.sentence.start, c.number.start) is not None


_ASKS_FOR_ALL = re.compile(r"[^.:;\d]{0,60}\b(?:đề nghị|kiến nghị|đề xuất|xin)\b[^.:;\d]{0,60}: ?\(?(?:i|1|a)\) ")
_ITEM_ASKED = re.compile(rf"; \(?(?:[ivx]{{1,4}}|\d|[a-hđ])\) (?:sớm |xem xét,? )?(?:bổ sung|bố trí|hỗ trợ|cấp|giao|phân bổ|cho)\b[^;\d]{{0,40}}?(?:{HEDGE} )?$")


def asked_in_a_list(c: Candidate) -> bool:
    """`Đề nghị UBND tỉnh: (i) sớm ban hành đơn giá; (ii) bổ sung 9.500 triệu đồng`."""
    start = c.walk.sentence.start
    return _ASKS_FOR_ALL.match(c.low, start) is not None and _ITEM_ASKED.search(c.low, start, c.number.start) is not None


_OWED = re.compile(rf"(?:\(nợ\)|\bkhối lượng (?:đã )?(?:hoàn thành|thực hiện)[^;.\d]{{0,30}} chưa (?:được )?(?:thanh toán|trả)(?: \(nợ\))?)(?: (?:là|còn|{HEDGE}))* $")
_TO_CONTRACTORS = re.compile(r"(?: tiền)?(?: còn)? (?:chưa trả|nợ)(?: được| hết| nổi)*(?: cho)?(?: các| mấy| những| một số)? (?:nhà thầu|doanh nghiệp|đơn vị thi công|chủ thầu)")


def owed(c: Candidate) -> bool:
    """`khối lượng hoàn thành chưa thanh toán (nợ) 5.318 triệu đồng`, `4,8 tỷ đồng chưa trả được cho nhà thầu`: a debt, of no plan."""
    return _OWED.search(c.low, c.walk.last_end, c.number.start) is not None or _TO_CONTRACTORS.match(c.low, c.number.end) is not None
