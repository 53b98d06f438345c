"""Words that say flatly that nothing was spent or given: figures without a number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.binding import LIGHT
from ntp_analysis.clues import in_closed_brackets, list_item
from ntp_analysis.discourse import Value
from ntp_analysis.found import Found
from ntp_analysis.groups import components_sharing, places_sharing
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import REFERRING, SPECIFIC, Mention

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk
    from ntp_analysis.places import PlaceMention

_NAMELY = re.compile(r"[^,;.:\d]{0,40}(?:\blà|\bgồm|:|, (?:gồm|đó là|cụ thể)(?: có| là)?:?)\s*")
_ONE_MORE = re.compile(r"\s*(?:,|và|, và)\s*")
_OF_THAT_MONEY = re.compile(r"(?: được| vốn)?(?: nguồn vốn| số vốn| số tiền| nguồn| phần vốn| khoản)?(?: này| đó| trên| ấy)\b")
"""`toàn tỉnh chưa giải ngân nguồn vốn này`"""
WHOLE_OF_NOTHING = re.compile(r"đồng nào|phần vốn|nguồn vốn|trong số|trong tổng|toàn bộ")
_SOME_UNITS = re.compile(r"(?<!tháng )(?<!quý )\b(?:nhiều|một số|không ít|vài|\d{1,3}(?:/\d{1,3})?) (?:địa phương|đơn vị|chủ đầu tư|huyện|xã|tỉnh|bộ|cơ quan|ngành|sở|phường)\b[^,;.:]{0,16}$")
"""`còn nhiều địa phương chưa giải ngân`: some units, none of them named"""
_ACTS = re.compile(r",? ?(?:đến nay|hiện nay|hiện|vẫn|cũng|,| )*")
"""`cả nước đến nay chưa giải ngân vốn sự nghiệp`: of the whole, not of some of its units"""
_ALL_OF_THEM = re.compile(r"(?:^|[\s,:])(?:các|tất cả(?: các)?|toàn bộ(?: các)?) (?:địa phương|tỉnh|huyện|xã|đơn vị)\b[^,;.:]{0,24}$")
"""`đến ngày 10/3 các địa phương chưa phân bổ chi tiết được đồng nào`"""
_NOT_YET = re.compile(r"(?:(?: (?:của|từ|thuộc) [^;.:%]{0,140}?)?(?: (?:để|cho|thực hiện) [^;.:\d%]{0,90})(?=,? (?:nhưng|song|mà)\b))?(?:[^;.:\d]{0,90}\b(?:thành ra|nên|vì vậy|vì thế|do đó|cho nên)\b)?(?:,| nhưng| song| mà|,? đến (?:nay|hết [^,;.]{4,24}|ngày [^,;.]{3,20})| hiện(?: nay)?| vẫn)*,? ?")
"""`Năm 2023 được giao 112,3 tỷ đồng, đến nay chưa giải ngân`: of what was given"""
_BUT_NOT = re.compile(r"[^.;:]{0,140}\), (?:nhưng|song|mà) (?:(?:đến|tới) (?:nay|giờ|giữa|hết|cuối)[^,;.:]{0,24} ?)?(?:vẫn )?")
"""`23,5 tỷ đồng hỗ trợ đất ở (Dự án 1 của Chương trình A), nhưng đến giờ chưa giải ngân`"""
_ATTRIBUTIVE = re.compile(r"(?:(?<!chuyển đổi )(?<!kỹ thuật )(?<!công nghệ )số|phần|nếu|tình trạng|trường hợp|nào|những|khi|mà|để|không để|còn nhiều|nhiều|hầu như|gần như|phần lớn|cơ bản|đa số)(?: (?:vốn|nguồn vốn|dự án|công trình|nội dung))?\s*$")


_YEARS_MONEY = re.compile(r"\b(?:vốn|kinh phí)(?: (?:giao|được giao|của|thuộc|kế hoạch|trong))* năm 20\d\d(?: (?:đến nay|hiện nay|hiện|vẫn|cũng|thì|của [^,;.:\d]{4,40}))*,? $")
"""`Do mới phân bổ, nguồn vốn năm 2026 chưa giải ngân`"""
_LEFT_OVER = re.compile(rf"\b(?:còn|dư)(?: lại)?(?: (?:{HEDGE}|tới|đến|có))* \d[\d.,]* (?:nghìn )?(?:tỷ|tỉ|triệu)(?: đồng)?(?: vốn [^,;.\d]{{0,40}})? $")
"""`còn 4.200 triệu đồng chưa giao`: the rest of what was given"""
_THE_OTHERS = re.compile(r"\b(?:các|những) (?:tiểu dự án|dự án|nội dung|huyện|xã|địa phương|đơn vị)(?: thành phần)? (?:còn lại|khác)\b[^,;.\d]{0,20}$")
"""`Các dự án còn lại chưa giải ngân`: of things that nobody names"""


_OF_IT = re.compile(r"(?: vốn)? (?:của|thuộc|từ|trong)(?: các| nguồn| vốn)* ")
"""`chưa giải ngân đồng nào của Dự án 2`"""


def say_nothing(walk: Walk, m: Mention) -> bool:
    """A flat "chưa giải ngân", "chưa giao vốn" of something named is the figure nought."""
    measure = flatly_nothing(walk, m)
    if not measure:
        return False
    number = Number(m.start, m.end, 0, "VND", "")
    state = {k: (x if x.position >= walk.last_end else x.further("sentence")) for k, x in walk.cur.items()}
    end = m.end
    for k in walk.sentence.between(m.start, m.end + 60):
        if (k.kind in ("capital", "programme", "source", "component") or k.code == "year") and k.code not in REFERRING and (k.start < end or LIGHT.fullmatch(walk.v.low, end, k.start) or _OF_IT.fullmatch(walk.v.low, end, k.start)):
            state[k.kind] = walk.cur[k.kind] = Value(k.data.period if k.kind == "period" else k.code, m.start, "clause")
            end = max(end, k.end)
    others = _others_behind(walk, end) if "programme" in state and state["programme"].how == "clause" else []
    places = named_behind(walk, m) or places_sharing(walk, number, measure)
    kept = Found(number, state, measure, "clause", "exact", places, walk.sentence, zero=True, components=components_sharing(walk, number))
    if walk.comparing or walk.compare is not None:
        kept.compare = True  # "cùng kỳ năm trước chưa giải ngân"
        kept.state["period"] = walk.compare or Value("last_year", m.start, "clause")
    walk.found.append(kept)
    walk.found += [replace(kept, state={**kept.state, "programme": Value(k.code, m.start, "clause")}) for k in others]
    walk.last_end = m.end
    return True


_AS_WELL = re.compile(r",? (?:cũng như|và|lẫn|cùng)(?: (?:vốn|của|thực hiện|cho))* ")


def _others_behind(walk: Walk, end: int) -> list[Mention]:
    """`chưa được giao vốn thực hiện Chương trình A cũng như Chương trình B`: of each of them."""
    found: list[Mention] = []
    for k in walk.sentence.between(end, walk.sentence.end, "programme"):
        if k.code not in SPECIFIC or not _AS_WELL.fullmatch(walk.v.low, end, k.start):
            break
        found.append(k)
        end = k.end
    return found


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


_NOT_A_DONG = re.compile(r"(?:đến nay,? |hiện,? )?(?:xã|huyện|tỉnh|địa phương|đơn vị)(?: (?:vẫn|cũng|hiện|đến nay))* chưa (?:giải ngân|tiêu|chi)(?: được)? đồng nào")
"""`Xã chưa giải ngân đồng nào.`, behind what it was given"""


def flatly_nothing(walk: Walk, m: Mention) -> str:
    """Return the measure of which a phrase says that it is nought, or nothing."""
    low = walk.v.low
    if _number_beside(walk, m) or low.endswith(" hết", m.start, m.end):
        return ""  # "chưa giải ngân hết": something was
    if walk.right_behind("undisbursed") and m.start - walk.last_end < 120 and ";" not in low[walk.last_end : m.start]:
        return ""  # "còn 1.920 triệu đồng thuộc Tiểu dự án 2 chưa giải ngân"
    but = walk.right_behind("allocated") and low[walk.last_end : m.start].strip() == "mà"  # "được giao 17,4 tỷ đồng mà chưa giải ngân"
    if not but and _ATTRIBUTIVE.search(low, max(walk.sentence.start, m.start - 34), m.start):
        return ""
    if _THE_OTHERS.search(low, max(walk.sentence.start, m.start - 60), m.start) or (m.code != "not_disbursed" and _LEFT_OVER.search(low, max(walk.sentence.start, m.start - 90), m.start)):
        return ""
    left = [k for k in walk.sentence.between(walk.last_end, m.start) if k.bound_to is None]
    some = _SOME_UNITS.search(low, max(walk.last_end, m.start - 50), m.start)
    if some and not any(k.kind == "place" and k.data.kind == "named" and k.start >= some.start() for k in left) and not named_behind(walk, m):
        return ""
    behind = [k for k in walk.sentence.between(m.end, m.end + 60) if k.kind in ("capital", "programme", "component")]
    subject = any(
        k.kind in ("component", "capital") or (k.kind == "place" and (k.data.kind in ("named", "these") or (behind and _ACTS.fullmatch(low, k.end, m.start)))) or (k.kind == "programme" and k.code != "other")
        for k in left
    )
    own = any(
        walk.cur.get(a) is not None and walk.sentence.start <= walk.cur[a].position for a in ("component", "capital", "programme", "place", "source")
    ) and bool(walk.found) and not any(k.kind == "topic" and k.code == "works" and not in_closed_brackets(low, k.start, m.start) for k in left)
    topic = walk.discourse.topic.get("programme")
    sectional = bool(walk.discourse.kept) and m.start - walk.sentence.start < 40
    heading = list_item(walk) or (topic is not None and topic.value in SPECIFIC and (bool(behind) or sectional))
    if _OF_THAT_MONEY.match(low, m.end) and walk.discourse.last_measure:
        own = True
    if walk.comparing and walk.discourse.last_measure in ("rate", "disbursed") and low[m.end : m.end + 1] in (".", ";", ""):
        own = True  # "Cùng thời điểm năm ngoái tỉnh chưa giải ngân."
    if m.code == "zero_allocated":
        own = own or {"period", "place"} <= {k.kind for k in left}  # "Về năm 2026, tỉnh chưa được giao vốn"
        own = own or any(k.kind == "programme" for k in behind) or (bool(walk.discourse.last_measure) and any(k.kind == "period" and k.code == "year" for k in left))  # "năm 2021 chưa giao vốn"
    if walk.discourse.last_measure and _YEARS_MONEY.search(low, walk.last_end, m.start):
        own = True
    given = walk.right_behind("allocated") and (_NOT_YET.fullmatch(low, walk.last_end, m.start) or _BUT_NOT.fullmatch(low, walk.last_end, m.start))
    whose = any(k.kind == "place" for k in left) or _ALL_OF_THEM.search(low, max(walk.last_end, m.start - 50), m.start) is not None
    told = walk.discourse.last_measure == "allocated" and whose and any(k.kind == "date" for k in left) and low[m.end : m.end + 1] in (".", ";", "")
    told = told or (walk.discourse.last_measure == "allocated" and _NOT_A_DONG.fullmatch(low, walk.sentence.start, m.end) is not None)
    spoken = walk.discourse.voice is not None and m.start - walk.sentence.start < 40 and not any(k.kind == "topic" for k in left)
    if not (subject or own or told or spoken or heading or given or named_behind(walk, m)):
        return ""
    if any(k.kind == "someone" for k in left):
        return ""
    return {"not_disbursed": "disbursed", "zero_allocated": "allocated", "zero_distributed": "distributed"}[m.code]


_OTHER_CLAUSE = re.compile(rf"[,;.:]|\b(?:và|còn|trong khi|nhưng|là do|vì|do|nên)\b(?! tới| lại| là| {HEDGE}| \d)")


def _number_beside(walk: Walk, m: Mention) -> bool:
    """An amount that is left unspent stands before or behind the words."""
    low = walk.v.low
    for n in walk.sentence.numbers:
        if n.unit and n.start >= m.end and not WHOLE_OF_NOTHING.search(low, m.end, n.start) and not _OTHER_CLAUSE.search(low, m.end, n.start):
            return True
    return m.bound_to is not None
