"""Which words of a sentence belong together before any meaning is given to them.

Programmes named in one breath become one mention; what stands right behind a number belongs to that number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ntp_analysis.amounts import Number
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import SPECIFIC, Mention, Sentence
from ntp_analysis.places import FORMER
from ntp_analysis.text import View

_JOINT = re.compile(r"[\s,;&\"()]*(?:và|,|;|&|cùng)?[\s\"]*(?:các )?(?:chương trình|ct|ctmtqg|mtqg|mục tiêu quốc gia|xây dựng|phát triển|về|huyện|xã|tỉnh|thị xã|thành phố|phường|vốn)*\s*")
NAMING = re.compile(r"[\s:\"(,]*(?:về|phát triển|kinh tế|kt|xã hội|xh|ktxh|tế|hội|cho|ở|của|-|–|,|\s|thực hiện|quốc gia|là|theo)*[\s\"]*")
LIGHT = re.compile(
    r"(?:\s|đồng\b|vốn\b|nguồn\b|là\b|của\b|từ\b|thuộc\b|cho\b|để\b|kế hoạch\b|thực hiện\b|tổng\b|được\b|do\b|số\b|theo\b|ở\b|tại\b|phần\b|năm\b|đã\b|triển khai\b|trong\b|so với\b|dự toán\b|nguồn lực\b|giao\b|cả\b|các\b|và giải ngân\b|huy động\b|khoản\b|đối với\b|trên\b|địa bàn\b|số này\b|này\b|trực tiếp\b|mà (?:tỉnh|huyện|xã|thành phố|thị xã|địa phương|cả tỉnh)(?: có| được giao| đang có)?\b|mà (?=$)|trở lên\b|giai đoạn\b|nữa\b)*"
)
INCLUSION = ("bao gồm", "gồm", "kể", "tính", "cả", "không", "chưa", "ngoài")
_CARRY_AFTER = re.compile(r"\)?\s*(?:\([^\W\d_]{2,10}\))?[\s(,]*(?:trong đó )?(?:đã )?$")
_WEAK_SEDEMA_BEFORE = re.compile(r"(?:các xã|xã|thôn|bản|huyện|hộ|người|ở|tại|địa bàn|các|trẻ|những|con em|phụ nữ|cán bộ|bà con|khu vực|đặc biệt khó khăn|tỷ lệ|số|cho|đến|trong|thuộc) $")
_FULL_NAME = re.compile(
    r"(?:(?:chương trình|ctmtqg|mtqg|dự án|ct) )?(?:về )?(?:phát triển )?(?:(?:kinh tế\s*[-–,]?\s*(?:và )?xã hội|kt\s*[-–]?\s*xh|ktxh)\s)?(?:ở |cho |của )?$"
)
_AND = re.compile(r"\b(?:và|cùng|với)\b|&")
_STOP = re.compile(r"[,;:.)]|\b(?:và|còn|trong khi|nhưng|song|đạt|bằng|tăng|giảm|tương đương|chiếm)\b")


def tidy(v: View, sentence: Sentence) -> None:
    """Merge programmes' names, drop what only looks like a programme, and bind what follows a number to it."""
    mentions = _drop_weak(v, sentence.mentions)
    _left_out(v, sentence)
    mentions = _without_objects(v, mentions)
    mentions = _without_explained(v, mentions, sentence)
    mentions = _without_apposed(v, mentions, sentence)
    _bare_capital(v, mentions)
    mentions = _merge_names(v, mentions)
    mentions = _merge_containers(v, mentions)
    sentence.mentions = mentions
    for i, number in enumerate(sentence.numbers):
        following = sentence.numbers[i + 1].start if i + 1 < len(sentence.numbers) else sentence.end
        _bind_following(v, sentence, number, following)
    for one, two in pairwise(sentence.numbers):
        _bind_in_order(v, sentence, one, two)
        _bind_both(v, sentence, one, two)


def _bind_in_order(v: View, sentence: Sentence, one: Number, two: Number) -> None:
    """`đạt 38,9 và 15,2% vốn đầu tư, vốn sự nghiệp`: as many subjects behind as numbers, the first is the first's."""
    if not one.unit or one.unit != two.unit or not re.fullmatch(r" ?(?:,|và) ?", v.low[one.end : two.start]):
        return
    subjects = [m for m in sentence.between(two.end, two.end + 90) if m.kind == "capital" and m.code in ("investment", "recurrent")]
    if len(subjects) == 2 and subjects[0].bound_to is two and re.fullmatch(r"(?:,| và|, và) ", v.low[subjects[0].end : subjects[1].start]) and not any(
        n.unit and two.end <= n.start < subjects[1].end + 20 for n in sentence.numbers
    ):
        subjects[0].bound_to, subjects[1].bound_to = one, two


_IN_ORDER = re.compile(rf"\b(?:lần lượt|tương ứng|theo thứ tự)(?: (?:là|có|được|đạt|tới|đến|{HEDGE}))* $")


def _bind_both(v: View, sentence: Sentence, one: Number, two: Number) -> None:
    """`còn lần lượt 21 tỷ đồng và 17,6 tỷ đồng vốn sự nghiệp chưa giải ngân`: said once, of both."""
    if one.unit != "VND" or two.unit != "VND" or not re.fullmatch(r",? và ", v.low[one.end : two.start]) or not _IN_ORDER.search(v.low, sentence.start, one.start):
        return
    said = [Mention(m.start, m.end, m.kind, m.code, m.data, one) for m in sentence.mentions if m.bound_to is two and m.kind in ("capital", "measure", "source")]
    if said and not any(m.bound_to is one for m in sentence.mentions):
        sentence.mentions += said
        sentence.mentions.sort(key=lambda m: m.start)


_SIGNS = re.compile("[();:]")


def in_order(v: View, s: Sentence) -> list[tuple[int, str, Any]]:
    """Return what a sentence has from left to right: mentions that no number has, numbers, brackets, colons and semicolons.

    Of a closing bracket, whether it had several numbers or a sum.
    """
    events: list[tuple[int, str, Any]] = [(m.start, "mention", m) for m in s.mentions if m.bound_to is None]
    events += [(n.start, "number", n) for n in s.numbers]
    opened: list[int] = []
    for m in _SIGNS.finditer(v.text, s.start, s.end):
        i, sign = m.start(), m.group()
        if sign == "(":
            opened.append(i)
            events.append((i, "(", None))
        elif sign in ";:":
            events.append((i, sign, None))
        elif opened:
            start = opened.pop()
            inside = [n for n in s.numbers if start < n.start < i]
            events.append((i, ")", len(inside) > 1 or (len(inside) == 1 and inside[0].unit == "VND")))
    return sorted(events, key=lambda e: (e[0], e[1] != "("))


_ASIDE = re.compile(r", (?:nơi|(?:phần )?chủ yếu|phần lớn|đa phần|phần nhiều|đa số)(?! (?:đạt|giải ngân)) [^,.;]{0,60}$")
"""`Vùng Đồng bằng sông Hồng, nơi phần lớn dành cho nông thôn mới, đạt 71,4%`"""


_COMPARED = re.compile(r"(?:hơn|bằng|kém|ngang|so với)(?: cả| với)?(?: tiền| vốn| nguồn)? $")
"""`lớn hơn cả tiền giảm nghèo, mà mới giải ngân 13,7 tỷ đồng`"""


_EXCEPT = re.compile(r"(?:\(ngoài|(?:chưa|không) (?:tính|kể|bao gồm|gồm)|\btrừ)(?: (?:cả|vốn|nguồn|phần|của|thuộc|tính|kể))* $")
"""`vốn đầu tư công (chưa tính các Chương trình MTQG)`: what is left out is not the subject"""
_INCLUDED = re.compile(r"[(,] ?(?:đã |có |trong đó có )?(?:bao gồm|gồm|kể|tính|cả)(?: (?:cả|vốn|nguồn|phần|của|thuộc))* $")
"""`vốn đầu tư công (bao gồm các Chương trình MTQG)`: nor is what is only a part"""
_ITS_SHARE = re.compile(r" ?\((?:đạt |giải ngân )*\d")


_BLENDED_FROM = re.compile(r"lồng ghép(?: (?:vốn|nguồn vốn|nguồn lực|từ|các|của|với|trong|thuộc|vào))+ $")
"""`vốn lồng ghép từ các chương trình 612 tỷ đồng`: where a part of the money comes from"""
_SINGLE = re.compile(r"2026 ?[-–] ?2035|chương trình mục tiêu quốc gia (?:duy nhất|hợp nhất|tích hợp)")
"""in an article on the one programme of 2026-2035 the area alone names no other"""
_AMOUNT_SOON = re.compile(r"[^.;\d]{0,30}\d")


@lru_cache(maxsize=1)
def _of_the_single(low: str) -> bool:
    """Asked of the whole article for each of its areas: searched once."""
    return _SINGLE.search(low) is not None


def _drop_weak(v: View, mentions: list[Mention]) -> list[Mention]:
    """`vùng đồng bào dân tộc thiểu số` after "các xã" is where people live, not the programme."""
    kept = []
    named = [m for m in mentions if m.kind == "programme"]
    for m in mentions:
        if m.kind == "programme" and v.low.startswith(",", m.end) and (_ASIDE.search(v.low, max(0, m.start - 70), m.start) or _COMPARED.search(v.low, max(0, m.start - 24), m.start)):
            continue
        if m.kind == "programme" and _EXCEPT.search(v.low, max(0, m.start - 40), m.start) and not _ITS_SHARE.match(v.low, m.end):
            continue
        if m.kind == "programme" and m.code != "other" and _INCLUDED.search(v.low, max(0, m.start - 40), m.start) and v.low.startswith((")", ","), m.end) and any(k.code == "other" and k.end <= m.start for k in named):
            continue
        if m.kind == "programme" and m.code == "ntp" and _BLENDED_FROM.search(v.low, max(0, m.start - 50), m.start):
            continue
        if m.kind == "programme_ref":
            if not any(m.start <= p.start <= m.end + 3 or p.start <= m.start < p.end for p in named):
                kept.append(Mention(m.start, m.end, "programme", m.code))
            continue
        if m.kind == "programme" and m.code == "sedema":
            before = _FULL_NAME.search(v.low, max(0, m.start - 70), m.start)
            if before and before.group().strip():
                m.start = before.start()
            elif v.low.startswith("vùng", m.start) and (_WEAK_SEDEMA_BEFORE.search(v.low, max(0, m.start - 16), m.start) or (_of_the_single(v.low) and not _AMOUNT_SOON.match(v.low, m.end))):
                continue
        kept.append(m)
    return kept


def _without_objects(v: View, mentions: list[Mention]) -> list[Mention]:
    """`Giải ngân kế hoạch năm 2023 là 65 tỷ đồng`: the plan is what is spent; `giải ngân trên tổng số` is of a whole."""
    verbs = [m.end for m in mentions if m.kind == "measure" and m.code in ("disbursed", "rate")]
    return [m for m in mentions if not (m.kind == "measure" and m.code == "allocated" and not v.low.startswith(("trên ", "trong "), m.start) and any(_OBJECT.fullmatch(v.low, end, m.start) for end in verbs))]


_OBJECT = re.compile(r" ?(?:(?:nguồn|số|phần)(?: vốn)? )?")
"""`giải ngân nguồn giao năm 2024 được 283,8 tỷ đồng`: what was spent"""


_EXPLAINED = re.compile(r"\s?\((?=[^\W\d_])([^()]*)\)")


_ITS_MEMBERS = re.compile(r"(?: của tỉnh| của huyện| trong tỉnh| toàn tỉnh)? \((?=[^\W\d_])(?:gồm |là |gồm: )?([^()]*)\)")
"""`3 huyện miền núi của tỉnh (An Lão, Vân Canh, Vĩnh Thạnh) mới giải ngân ...`"""


def _without_explained(v: View, mentions: list[Mention], sentence: Sentence) -> list[Mention]:
    """`Dự án 2 (sắp xếp dân cư xã Cư Pui)`, `vốn tín dụng (ngân sách cấp)`: words in brackets that only explain are not what is told of."""
    explained = {"component": "place", "source": "source"}
    spans = [(*m.span(1), explained[c.kind]) for c in mentions if c.kind in explained and (m := _EXPLAINED.match(v.low, c.end, sentence.end))]
    spans += [(m.start(1) - 1, m.end(1), "place") for c in mentions if c.kind == "place" and c.data.kind == "region" and (m := _ITS_MEMBERS.match(v.low, c.end, sentence.end))]
    spans = [(a, b, kind) for a, b, kind in spans if not any(a <= n.start < b for n in sentence.numbers if n.unit)]
    return [m for m in mentions if not any(m.kind == kind and a < m.start + (kind == "source") <= b for a, b, kind in spans)] if spans else mentions


_APPOSED = re.compile(rf"(?:,| -| –| \() ?(?:(?:là |vốn là )?(?:nơi|vùng|xã|huyện|địa phương|đơn vị|tỉnh))(?: (?:có|mà|đang|với|chỉ|{HEDGE}|còn|tới|đến))* ?(?=\d)[^;()–]{{3,90}}?(?:,(?!\d)| - | – |\))")
_OF_MONEY = frozenset({"measure", "programme", "capital", "component", "carry", "source"})


def _without_apposed(v: View, mentions: list[Mention], sentence: Sentence) -> list[Mention]:
    """`Kim Ngân, nơi có 96% dân số là người Bru - Vân Kiều, đạt 31,8%`: what only says which place it is."""
    spans = [m.span() for m in _APPOSED.finditer(v.low, sentence.start, sentence.end)] if "%" in v.low[sentence.start : sentence.end] else []
    spans = [(a, b) for a, b in spans if not any(a <= m.start < b and m.kind in _OF_MONEY for m in mentions) and any(a <= m.start < b and m.kind == "topic" for m in mentions)]
    if not spans:
        return mentions
    sentence.numbers = [n for n in sentence.numbers if not any(a <= n.start < b for a, b in spans)]
    return [m for m in mentions if not any(a <= m.start < b and m.kind in ("topic", "someone") for a, b in spans)]


_LEFT_OUT_IS = re.compile(rf":?(?: là| với| {HEDGE}| \(| trị giá)* ?")


def _left_out(v: View, sentence: Sentence) -> None:
    """`chưa bao gồm vốn năm 2022 kéo dài là 18 tỷ đồng`: the amount right behind is of what is left out."""
    for m in sentence.mentions:
        told = any(n.unit and n.end <= m.start for n in sentence.numbers)  # the sum that a part is of
        if m.kind == "carry" and (m.code == "excluded" or (m.code == "included" and told)) and v.low.startswith(INCLUSION, m.start):
            number = next((n for n in sentence.numbers if n.start >= m.end and n.unit), None)
            if number is not None and number.unit == "VND" and _LEFT_OUT_IS.fullmatch(v.low, m.end, number.start):
                m.code = "only"


_AMOUNT_NEXT = re.compile(rf"(?: là| đạt| được| mới| chỉ|:)*(?: {HEDGE})? \d")
_AMOUNT_BEFORE = re.compile(r"(?:tỷ|tỉ|triệu) đồng (?:để |cho )?$")


_CLAUSE_BEFORE = re.compile(r"(?:[.:;,(]|\bcòn|\briêng|\bvà) $")
_VERB_NEXT = re.compile(r" (?:(?:thì|cũng|vẫn|mới|chỉ|đã|vừa) )*(?:đạt|được|giải ngân|qua|vượt|chạm|tới|tiêu|còn)\b")


def _bare_capital(v: View, mentions: list[Mention]) -> None:
    """`(đầu tư 13.620 tỷ đồng, sự nghiệp 11.426 tỷ đồng)`: beside the other kind of capital the word names one."""
    kinds = {m.code for m in mentions if m.kind == "capital"}
    for m in list(mentions) if kinds else ():
        word = v.low[m.start : m.end]
        if "recurrent" in kinds and m.code == "given" and word == "đầu tư" and _alone(v, m):
            m.kind, m.code = "capital", "investment"
            mentions[:] = [k for k in mentions if k.kind != "topic" or k.start != m.start]  # "29,1 tỷ đồng đầu tư công trình"
        elif m.kind == "topic" and word == "chi thường xuyên":
            m.kind, m.code = "capital", "recurrent"


def _alone(v: View, m: Mention) -> bool:
    """The word stands beside an amount or before what was done with it."""
    if _AMOUNT_NEXT.match(v.low, m.end) or _AMOUNT_BEFORE.search(v.low, max(0, m.start - 16), m.start):
        return True
    return _CLAUSE_BEFORE.search(v.low, max(0, m.start - 8), m.start) is not None and _VERB_NEXT.match(v.low, m.end) is not None


def _merge_names(v: View, mentions: list[Mention]) -> list[Mention]:
    """`Chương trình mục tiêu quốc gia` + `xây dựng nông thôn mới` is one name: the specific one."""
    programmes = [m for m in mentions if m.kind == "programme"]
    gone: set[int] = set()
    for one, two in pairwise(programmes):
        gap = v.low[one.end : two.start]
        if one.code == two.code and gap == " (" and v.low.startswith(")", two.end):
            one.end = two.end + 1  # "chương trình mục tiêu quốc gia (MTQG)"
            gone.add(id(two))
        if one.code == "ntp" and two.code in SPECIFIC and NAMING.fullmatch(gap):
            counted = re.match(r"(?:3|03|ba|các|cả)", v.low[one.start : one.end])
            if counted and (":" in gap or "(" in gap or "," in gap):
                continue
            two.start = one.start
            gone.add(id(one))
        elif one.code == "these" and two.code in SPECIFIC and _WHICH_ARE.fullmatch(gap):
            two.start = one.start
            gone.add(id(one))
        elif two.code == "ntp" and one.code in SPECIFIC and re.fullmatch(r"[\s(]*(?:thuộc|trong|của|và)\s*", gap):
            gone.add(id(two))
    return [m for m in mentions if id(m) not in gone]


_WHICH_ARE = re.compile(r":? (?:là |gồm |về )?|,? (?:là|gồm|đó là):? | \(")
"""`hai chương trình MTQG: A và B`"""
_A_UNIT_OF = re.compile(r"(?:,| -| –| là) (?:một |là )?(?:xã|phường|thị trấn|huyện|thị xã|vùng|nơi|địa bàn|rốn nghèo|lõi nghèo)(?: [^\W\d_]+){0,6} (?:của|thuộc|ở) ")
"""`Lai Hòa, xã ven biển của thị xã Vĩnh Châu`"""


def _merge_containers(v: View, mentions: list[Mention]) -> list[Mention]:
    """`xã A, huyện B` and `huyện B (tỉnh C)` are about the smaller unit."""
    order = {"commune": 0, "district": 1, "province": 2, "country": 3}
    gone: set[int] = set()
    places = [m for m in mentions if m.kind == "place"]
    for one, two in pairwise(places):
        gap = v.low[one.end : two.start]
        inner, outer = order.get(one.data.level), order.get(two.data.level)
        if inner is None or outer is None or outer <= inner or one.data.kind != "named":
            continue
        if (re.fullmatch(r"\s?(?:,|\(|-|–|của|thuộc|, thuộc)?\s?", gap) or _A_UNIT_OF.fullmatch(gap)) and two.data.kind == "named":
            two.kind = "container"
            if two.data.level == "province" and one.data.province != two.data.province and not FORMER.match(v.low, two.end):
                one.data.province = two.data.province  # "xã Tân Lập, tỉnh Bình Phước": other provinces have one too
    for one, two in pairwise(places):
        gap = v.low[one.end : two.start] + (v.low[two.start : two.end].split()[0] if two.data.kind == "self" else "")
        if one.data.kind in ("region", "named") and two.data.kind in ("self", "this", "named" if one.data.kind == "region" else "self") and re.fullmatch(r"\s?(?:của|thuộc|ở|tại|trên|trong)?\s?(?:vùng\s|của)?", gap):
            gone.add(id(two))
    return [m for m in mentions if id(m) not in gone]


_FOR_THEM = re.compile(r"[,)] (?:để |cho )?(?:thực hiện|triển khai|cho|các)")
_RECEIVES = (" được", " có", " nhận", " quản lý")
_WHICH_IS = re.compile(r", (?:đó|đây) là ")
"""`1.124 tỷ đồng, đó là số vốn mà tỉnh được giao`"""


def _bind_following(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """Bind to a number what stands right behind it with light words between: `938 tỷ đồng vốn đầu tư`."""
    _bind_predicate(v, sentence, number, following)
    _bind_passive(v, sentence, number)
    named = _WHICH_IS.match(v.low, number.end)
    position = named.end() if named else number.end
    after = [m for m in sentence.mentions if number.end <= m.start < following]
    for m in after:
        gap = v.low[position : max(position, m.start)]
        if m.kind == "programme" and position > number.end and _FOR_THEM.match(gap):
            gap = gap[2:]  # "486,2 tỷ đồng, cả vốn kéo dài, để thực hiện hai chương trình A và B"
        if m.kind == "place" and m.data.kind == "named" and gap.endswith("mà ") and following - m.end < 24 and following < sentence.end:
            break  # "xã A giải ngân 81,4% mà xã B chỉ 36,9%"
        if m.kind == "place" and m.data.kind == "region" and gap.endswith("cho ") and any(k.kind == "place" and k.data.kind == "named" and k.end <= number.start for k in sentence.mentions):
            break  # "Huyện A được phân bổ 14 tỷ đồng cho 12 xã"
        if v.low.startswith("nhưng ", m.start):
            break  # "được bố trí 14,7 tỷ đồng nhưng chưa giải ngân"
        if m.code == "not_disbursed" and v.low.endswith("đồng nào", m.start, m.end):
            break  # "vốn sự nghiệp 1 tỷ 870 triệu đồng chưa giải ngân được đồng nào": the whole, and nothing of it
        if m.code == "not_disbursed" and _of_a_plan(v, sentence, number, m.start):
            break
        if m.kind == "carry":
            if not _CARRY_AFTER.fullmatch(gap) and not LIGHT.fullmatch(gap):
                break
            if m.code == "only" and v.low.startswith(INCLUSION, m.start):
                break  # "chưa bao gồm vốn năm 2022 kéo dài là 240 tỷ đồng" is another sum's
            if m.code == "only" and "(" in gap and _ITS_OWN.fullmatch(v.low, m.end, following):
                break  # "236,4 tỷ đồng (vốn năm 2022 chuyển sang 41,2 tỷ đồng)": a part of it
            if "," in gap and not v.low.startswith(INCLUSION, m.start):
                break
        elif m.kind == "programme" and _BELONGS.fullmatch(gap) and v.low[m.end : m.end + 1] in (".", ";", ",", ""):
            m.bound_to = number
            break
        elif not LIGHT.fullmatch(gap) or m.code in ("zero_distributed", "zero_allocated"):
            break
        elif m.kind == "basis" and m.code == "actual":
            continue
        elif m.code == "breakdown" and _SPENT_OF_IT.match(v.low, m.end):
            m.kind, m.code = "part", ""  # "349,3 tỷ đồng trong đó đã được giải ngân"
            position = m.end
            continue
        elif m.kind == "place" and m.data.kind == "self" and (m.start < position or gap.endswith("mà ")) and not v.low.startswith(_RECEIVES, m.end):
            position = max(position, m.end)  # "45% kế hoạch mà tỉnh giao": the giver
            continue
        elif m.kind in ("marker", "basis", "topic", "someone"):
            if m.kind == "marker" and m.code == "compare" and number.unit == "percent":
                m.bound_to = number
            break
        elif (m.kind == "measure" and _leads_on(v, m, sentence, following)) or (m.kind == "place" and m.data.kind == "self" and "(" not in gap and m.start - number.end > 30 and not gap.endswith("mà ")):
            break
        m.bound_to = number
        having = _HAVING.match(v.low, m.end) if m.kind == "place" and gap.endswith("mà ") else None
        position = max(position, having.end() if having else m.end)
        if m.kind == "programme":
            position = _bind_joint(v, sentence, number, m, following)
    _bind_purpose(v, sentence, number, following)
    _bind_days(v, sentence, number, following)


_PURPOSE = re.compile(r"[^,;.:()\d]{0,70}?\b(?:cho|để|vào|làm|thực hiện|triển khai)(?: (?:làm|chi cho|thực hiện|triển khai|việc|xây dựng|các|công cuộc|nhiệm vụ|nội dung|của|thuộc))* $")


def _bind_purpose(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """`phân bổ 2.981 tỷ đồng vốn ngân sách và vốn có gốc ngân sách cho Chương trình A`: what a sum without a programme before it is for."""
    if number.unit != "VND" or any(m.kind == "programme" and (m.bound_to is number or m.end <= number.start) for m in sentence.mentions):
        return
    m = next((m for m in sentence.between(number.end, following, "programme")), None)
    if m is not None and m.bound_to is None and _PURPOSE.fullmatch(v.low, number.end, m.start) and not any(k.kind in ("topic", "someone", "measure") and k.code not in ("given", "") for k in sentence.between(number.end, m.start)):
        m.bound_to = number


_HAVING = re.compile(r" (?:có|đang có|được giao|quản lý)\b")
"""`905 tỷ đồng mà tỉnh có năm 2024, tính luôn phần chuyển từ năm 2023`"""
_BELONGS = re.compile(r",? (?:thuộc|thuộc về|là|là của|dành cho|là phần của) ")
"""`khiêm tốn nhất, 43.820 triệu đồng, thuộc về Chương trình A`"""
_PASSIVE = re.compile(
    rf"(?:,? \(?(?:tương đương|tương ứng|bằng|chiếm|tức|hay|đạt)(?: (?:với|là|{HEDGE}|tỷ lệ))* ?\d[\d.,]* ?%(?: tổng| số| kế hoạch| vốn)*\)?)?(?:,| thì| hiện| đến nay)*(?: đã| mới| chỉ| vừa)+ (?=được\b)"
)


def _bind_passive(v: View, sentence: Sentence, number: Number) -> None:
    """`904 tỷ đồng, tương đương 80,7%, đã được UBND tỉnh phân bổ chi tiết`: what was done with a sum stands behind it and its share."""
    done = _PASSIVE.match(v.low, number.end, sentence.end) if number.unit == "VND" else None
    for m in sentence.between(done.end(), done.end() + 40, "measure") if done else ():
        if m.code in ("disbursed", "distributed") and m.bound_to is None and not _AMOUNT_NEXT.match(v.low, m.end):
            for d in [m, *(d for d in sentence.between(m.end, m.end + 24, "date") if d.data.until)]:
                d.bound_to = number
            return


_IS_THE = re.compile(r",? (?:đó |đây )?là (?!mức|mục tiêu|chỉ tiêu|yêu cầu|ngưỡng|kết quả)[^,;.\d]")
_FIRST = re.compile(rf"[\"“]?(?:(?:{HEDGE}|cụ thể,?) )*")
_OF_A_SUM = frozenset({"programme", "capital", "source", "component", "place", "measure", "period"})


def _bind_predicate(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """`9.812 tỷ đồng là số vốn mà tỉnh huy động cho Chương trình A trong 3 năm 2016 - 2018`: a sum told first has its subject behind it."""
    if number.unit != "VND" or not _FIRST.fullmatch(v.low, sentence.start, number.start) or not _IS_THE.match(v.low, number.end):
        return
    stop = _CLAUSE_STOP.search(v.low, number.end, following)
    for m in sentence.between(number.end, stop.start() if stop else following):
        if m.kind in _OF_A_SUM and m.bound_to is None and m.code != "given":
            m.bound_to = number


_CLAUSE_STOP = re.compile(r"[;:(]|[.,](?!\d)|\b(?:nhưng|song|trong khi|còn)\b")
_PLAN_BEFORE = re.compile(rf"\b(?:kế hoạch|kh|giao|phân bổ|bố trí|tổng vốn)(?: vốn)?(?: (?:là|{HEDGE}))*:? $")
_LEFT_BEFORE = re.compile(r"\b(?:còn|số|phần|hiện)\b[^,;.:]{0,24}$")
_SO_FAR = re.compile(r" (?:(?:đến|tới) nay|hiện(?: nay)?)(?: (?:vẫn|cũng))* ")


def _of_a_plan(v: View, sentence: Sentence, number: Number, position: int) -> bool:
    """`Dự án 6: kế hoạch 3.120 triệu đồng chưa giải ngân`: the amount is the plan, of which nothing was spent."""
    if _PLAN_BEFORE.search(v.low, sentence.start, number.start):
        return True
    return _SO_FAR.fullmatch(v.low, number.end, position) is not None and not _LEFT_BEFORE.search(v.low, sentence.start, number.start)


_ITS_OWN = re.compile(rf"(?: là|:| {HEDGE}| đã| mới| chỉ| được| đạt| giải ngân| thanh toán)* ")
_SPENT_OF_IT = re.compile(r" (?:đã |mới |chưa )?(?:được )?giải ngân(?! \d)| là (?:vốn|nguồn vốn|kinh phí) ")
_OUT_OF = re.compile(r" (?:trên|trong)(?: tổng)? (?:số|kế hoạch|nguồn)")


def _bind_joint(v: View, sentence: Sentence, number: Number, first: Mention, following: int) -> int:
    """`152 tỷ đồng vốn Chương trình A và Chương trình B, đạt 78%`: the sum is of both. Return where they end."""
    joint = [first]
    for m in sentence.between(first.end, following, "programme"):
        if _JOINT.fullmatch(v.low, joint[-1].end, m.start):
            joint.append(m)
    leads_on = following < sentence.end and not _STOP.search(v.low, joint[-1].end, following)
    if leads_on or len(joint) == 1 or not _AND.search(v.low, joint[-2].end, joint[-1].start):
        return first.end
    for m in joint:
        m.bound_to = number
    return joint[-1].end


def _leads_on(v: View, m: Mention, sentence: Sentence, following: int) -> bool:
    """A measure word leads to the next number if nothing parts them: `vốn 2023 kéo dài mới giải ngân 4,2 tỷ`."""
    if m.code in ("given", "none"):
        return False
    if following >= sentence.end or (m.code in ("disbursed", "rate") and (_OUT_OF.match(v.low, m.end) or v.low.startswith(" (", m.end))):
        return False  # "11,9 tỷ đồng đã giải ngân trên tổng số 29,8 tỷ đồng"
    if any(k.kind == "measure" and k.code in ("disbursed", "rate", "distributed") and m.end <= k.start < following for k in sentence.mentions) and m.code == "allocated":
        return False  # "38,2 tỷ đồng được giao thì đã giải ngân 30,9 tỷ đồng"
    return not _STOP.search(v.low, m.end, following) and m.code not in ("not_disbursed", "undisbursed")


_DAY_INSIDE = re.compile(
    r" \([^();%]{0,60}?\b(?:đến|hết|ngày|trước|tại) [^();%]{4,24}\)"
    r"|[^,;.%()\d]{0,70}\)?, (?:tính đến|tính tới|tính hết|tính|chậm nhất|muộn nhất|trước|hạn chót|thời hạn|trong thời hạn) [^,;.%()]{3,30}(?=[,;.](?!\d)|$)"
    r"|[^,;.%()]{0,70}, (?:tính|kể|gồm) cả (?:thời gian|thời hạn)[^,;.%()]{3,60}(?=[,;.](?!\d)|$)"
)
"""`đạt 58,2% (tính cả thời gian kéo dài, đến 30/4/2023)`; `giao 95%, tính đến 31/1/2025`"""


_RIGHT_THEN = re.compile(r" (?:(?:hồi|vào|của|lúc|tại)(?: thời điểm| mốc| ngày| cuối| hết| giữa| hôm)* |\((?:(?:hồi|vào|lúc|tại|tính đến|đến|ngày|cuối|hết|giữa|thời điểm) )*)")
"""`từ 21% hồi cuối tháng 6 lên 46,7% vào 31/10`"""


def _bind_days(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """A day or a plan year behind a number in its own clause: `95% kế hoạch vốn năm 2024 trước ngày 31/12`."""
    stop = re.compile(r"[,;.(](?!\d)|\)(?= (?:cho (?:biết|hay|rằng)|nói|nêu|mong|kiến nghị|đề nghị|chia sẻ|lý giải|giải thích|thừa nhận)\b)|\b(?:và|còn|trong khi|nhưng|song|vì|bởi|thì(?= (?:tỉnh|huyện|xã|thị xã|phường|ở|tại) )|đạt|bằng|mà(?= (?:tới|đến|hết|mới|nay))|giải ngân(?! vào| trước| đến| khi))\b").search(v.low, number.end, following)
    limit = stop.start() if stop else following
    if inside := _DAY_INSIDE.match(v.low, number.end, following):
        limit = inside.end()
    if limit == following and following < sentence.end:
        limit = number.end
    if (pledge := next((m for m in sentence.between(number.end, limit, "basis") if m.code in ("target", "forecast")), None)) and ")" in v.low[number.end : pledge.start]:
        limit = pledge.start  # "huyện A (đang đạt 51,3%) cam kết đến 31/12 đạt 85%"
    for m in sentence.mentions:
        if m.kind == "period" and m.code == "span" and m.start - number.end > 40 and not v.low.endswith(("trong giai đoạn ", "trong các năm "), 0, m.start):
            continue
        then = m.kind == "date" and m.start < following and _RIGHT_THEN.fullmatch(v.low, number.end, m.start) is not None
        if (number.end <= m.start < limit or then) and m.kind in ("date", "period") and m.bound_to is None:
            m.bound_to = number
