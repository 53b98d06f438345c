"""Words that stand for places without naming them: "toàn tỉnh", "các huyện này", "9 huyện miền núi", "cả nước"."""

from __future__ import annotations

import re

from ntp_analysis.gazetteer import gazetteer
from ntp_analysis.hedges import HEDGE
from ntp_analysis.places import FORMER, RUN, Home, PlaceMention
from ntp_analysis.text import View

_UNIT = re.compile(r"thành phố|thị xã|tỉnh|huyện|phường|quận|xã|địa phương")
_LEVELS = {"tỉnh": "province", "huyện": "district", "thị xã": "district", "quận": "district", "xã": "commune", "phường": "commune"}

_POINTING = re.compile(r"(?: nghèo| miền núi| biên giới| vùng cao)? (?:này|kể trên|nói trên|nêu trên|ấy)\b")
_ALL_OF_THEM = re.compile(r"\bcả (?:hai|ba|bốn|năm|sáu|bảy|[2-7]) $")
_EACH_OF_THEM = re.compile(rf"[^.;:,\d]{{0,24}} (?:đều|cùng) (?:chưa|mới|chỉ|đạt|giải ngân|được giao|được phân bổ|đã giải|{HEDGE}|vượt)\b| (?:này |đó |ấy |hiện |đến nay |vẫn |cũng )*chưa\b")
"""`Cả ba xã đều chưa giải ngân`: each of those named before"""
_REMAINING = re.compile(r"(?: nghèo| miền núi| biên giới| vùng cao)? (?:kia|còn lại)\b")
_SEVERAL = re.compile(r"\b(?:các|những|hai|ba|bốn|năm|\d{1,2}) $")
_COUNTED = re.compile(r"(?<![/.,\d-])(?<!tháng )(?<!ngày )\b(?P<all>(?<!gộp )(?<!tính )(?<!cộng )(?<!chung )cả )?(?:\d{1,3}|hai|ba|bốn|(?<!\d )năm|sáu|bảy|tám|chín|mười) $")
_QUALITY = re.compile(
    r"(?:, thành phố|, thị xã|, phường|, thị trấn)* (?:miền núi, trung du|trung du, miền núi|trung du và miền núi|miền núi|nghèo|vùng cao|biên giới|đồng bằng|miền xuôi|trung du|vùng (?:đồng bào )?(?:dtts|dân tộc thiểu số)(?: và miền núi)?"
    r"|đặc biệt khó khăn|khu vực iii|phía (?:tây|bắc|nam|đông)|khó khăn|vùng (?!đã|được|này|có|mới|chưa|trên|đều|cùng|hiện|còn)\w+|dự họp|dự hội nghị|tham (?:dự|gia)(?: hội nghị| cuộc họp)?|được (?:kiểm tra|giám sát|kiểm toán|thanh tra|chọn mẫu)|miền biển|ven biển|thuần nông|trong (?:khu vực|vùng)\b)(?: (?:cao|phía (?:tây|bắc|nam|đông)))?"
)
_BY_STANDARD = re.compile(
    r" (?:điểm|đăng ký|phấn đấu|đạt chuẩn|về đích|đặc biệt khó khăn)(?: (?:đạt chuẩn|về đích|nông thôn mới|ntm|nâng cao|kiểu mẫu|trong|năm|20\d\d))*"
    rf"(?=:? (?:{HEDGE} )?\d[\d.,]* (?:tỷ|tỉ|triệu)\b|:? (?:đã |sẽ )?được (?:bố trí|phân bổ|cấp|giao|hỗ trợ) (?:{HEDGE} )?\d| (?:đã |mới )?giải ngân)"
)
"""`08 xã đạt chuẩn nông thôn mới năm 2019: 4 tỷ đồng`, `10 xã điểm được bố trí hơn 86 tỷ đồng`"""
_UNCOUNTED = re.compile(r"(?:^|[,.;:(\n]|\b(?:khi|còn|riêng|song|nhưng|tại|ở|chung)) ?(?P<all>(?:nhóm )?các )$")
_REACHES = re.compile(rf"(?: (?:mới|chỉ|cũng|vẫn|thì|đã|lại|còn|bình quân|ước))* (?:đạt|được|giải ngân)(?: (?:được|đạt|mới|{HEDGE}|chỉ|từ|bình quân))* \d[\d.,]*(?: ?[-–] ?\d[\d.,]*)?(?: ?%| (?:tỷ|tỉ)\b)")
"""`các huyện vùng thấp đạt 35 - 40%`: districts told by their kind, with a figure of their own"""
MEETING_OF = re.compile(r"\b(?:hội nghị|cuộc họp|phiên họp|kỳ họp) $")
_MEETS = re.compile(r"(?: ủy| uỷ)?(?: (?:tuần|tháng|hôm|cuối|vừa|sáng|chiều|ngày|mới)[^.;:,]{0,16})? (?:đặt|giao|chốt|yêu cầu|thống nhất|đề ra|quyết)\b")
"""`Hội nghị tỉnh tuần trước đặt mốc 100%`"""
_ENDS_A_COUNT = tuple(f"{last} " for last in [*"0123456789", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"])
_WITHIN_THE_YEAR = ("cả năm ", "hết năm ", "cuối năm ", "trong năm ", "đầu năm ", "giữa năm ")
"""`cả năm huyện phấn đấu`: the year, no count of five"""
_OF_A_GROUP = re.compile(r"\b(?:ở|tại|của|cho|vào) (?:cả )?(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|\d{1,2}) $")
_THEN = re.compile(rf",| (?:là|đạt|bằng)(?: {HEDGE})? \d")
_ACTS_TOGETHER = re.compile(rf"(?P<and>(?:, thành phố|, thị xã|, phường|, thị trấn)*) (?:đã |được (?!công nhận)|mới |giải ngân|có tỷ lệ|đạt (?!chuẩn|tiêu chí|ntm|nông thôn|các|(?:từ |{HEDGE} |đủ )*\d[\d -]* tiêu chí)|cam kết|phấn đấu|cùng (?:cam kết|phấn đấu|đăng ký|đạt|giải ngân|được))")
_SPEND_TOGETHER = re.compile(rf"(?P<and>) (?:đã |mới |chỉ |được )*(?:giải ngân|giao|phân bổ)(?: (?:được|mới|tổng|tổng cộng|vốn|kế hoạch|{HEDGE}))* \d[\d.,]* (?:nghìn )?t[ỷỉ]\b")
"""`5 địa phương giải ngân 2.387 tỷ đồng`"""
_ALL_PROVINCES = ("34 ", "63 ")
_IN_A_LIST = re.compile(r"(?:các|những|từng|cấp|ubnd|về|cho|tới|đến) (?:sở|ngành|xã|huyện|thị xã|tỉnh|phường|, )+$")
"""`giao cho các xã, phường phải đạt 95%` stands for no one unit"""
_WHOLE = re.compile(r"\b(?:toàn|trên địa bàn|địa bàn|cả|của|trong|cho) $")
_WHOLE_ENDS = ("toàn ", "địa bàn ", "cả ", "của ", "trong ", "cho ")
_OURS = re.compile(r" (?:ta|nhà)\b")
_HAS_SUM = re.compile(rf" (?:{HEDGE} )?\d[\d.,]* (?:tỷ|tỉ|triệu|nghìn tỷ)\b")
_OPENING = re.compile(r"(?:^|[.,;:(] |\n|ubnd |hđnd |lãnh đạo |chủ tịch |bí thư |mục tiêu |mà |nay |hiện |giờ |nhưng |song |vì vậy |nhờ đó |theo đó |rằng |năm \d{4} |\d{4} ?[-–] ?\d{4},? |- |\"|/\d{1,2} |/\d{4} |tháng \d{1,2} |(?:cả|hết|cuối|trong) năm )$")
_ACTS = re.compile(
    r"(?: ta| nhà| tôi| mình| chúng tôi)? (?:được|đã|mới|giải ngân|phấn đấu|đặt|yêu cầu|có|tiếp nhận|tiếp quản|quản lý|phân bổ|bố trí|cam kết|còn|chỉ|vẫn|huy động|cũng|dành|hỗ trợ|đề ra|quyết tâm"
    rf"|tiêu (?:được|hết|{HEDGE}|\d)|chi (?:được|hết|{HEDGE}|\d)|thanh toán|đăng ký|hứa|ước|dự kiến|hoàn thành|chưa|giao|thực hiện|là|sẽ|phải|xác định|tập trung|chỉ đạo)"
)
NAMED_REGIONS = (
    r"(?:trung du(?: và|,)? miền núi (?:phía bắc|bắc bộ)|tây nguyên|tây bắc|đông nam bộ|tây nam bộ|bắc trung bộ(?: và duyên hải miền trung)?"
    r"|duyên hải (?:nam trung bộ|miền trung)|đồng bằng sông (?:cửu long|hồng)|đbscl)"
)
_REGION = re.compile(
    rf"(?:vùng|khu vực|(?:các|\b\d{{1,2}}|\bhai|\bba|\bbốn|\bnăm|\bsáu|\bbảy) tỉnh(?:, thành(?: phố)?)?(?: vùng| khu vực)?) (?:{NAMED_REGIONS}|đông bắc|nam trung bộ|miền trung(?: - tây nguyên| và tây nguyên)?|miền núi phía bắc)"
    rf"|(?:{NAMED_REGIONS}|miền (?:bắc|trung(?: - tây nguyên| và tây nguyên)?|nam|núi phía bắc))(?=: (?:(?:{HEDGE}|được giao|được phân bổ) )*\d)"
    rf"|(?:vùng )?miền (?:bắc|trung|nam|núi phía bắc)(?= (?:(?:được|được giao|được phân bổ|giải ngân|đạt|nhận|{HEDGE}) )*\d)"
    rf"|{NAMED_REGIONS}(?= (?:đạt|mới|chỉ|giải ngân|{HEDGE}|là|bình quân|có|cũng|có tỷ lệ|ì ạch|\d|\())|(?<!và ){NAMED_REGIONS}(?= (?:dẫn trước|dẫn đầu|đứng đầu|cao nhất|thấp nhất|chậm nhất)\b)"
)
_SHARED_OUT = re.compile(
    rf"(?P<who>thủ tướng(?: chính phủ)?|chính phủ|quốc hội)(?: (?:vừa|đã|mới|có|ký|ban hành|quyết định|số [^ ]+))* (?:phân bổ|giao|bổ sung|dành)(?: kế hoạch| tổng số| {HEDGE})*"
    r" \d[\d.,]* (?:tỷ|tỉ|triệu) đồng(?:(?!\bcho (?:tỉnh|huyện|thành phố))[^,;.(])*[,;(] ?trong đó,? (?:có |riêng )?"
)
"""`Thủ tướng vừa quyết định phân bổ 3.120 tỷ đồng ..., trong đó Bình Phước ...`: what a province is given a part of is the country's"""
NATIONAL_REPORT = (
    r"(?:báo cáo|số liệu|thống kê|kết quả giám sát|con số)(?: [^\W\d_]+){0,3} (?:của |từ |do )?"
    r"(?:chính phủ|đoàn giám sát|quốc hội|ủy ban thường vụ quốc hội|bộ (?:kế hoạch và đầu tư|tài chính|kh&đt|nông nghiệp|lao động|dân tộc)|kho bạc nhà nước|kiểm toán nhà nước|ủy ban dân tộc|hội đồng dân tộc)"
)
_NATIONAL = re.compile(NATIONAL_REPORT)
_HERE = re.compile(r"\b(?:ở|tại|nơi) đây\b")
_REGION_WORD = re.compile(r"đbscl|vùng |khu vực|tỉnh |trung du|miền |tây (?:nguyên|bắc|nam)|đông nam|bắc trung|duyên hải|đồng bằng")


_ALL_OF_THE_COUNTRY = (("cả nước", "Việt Nam"), ("toàn quốc", "Việt Nam"))


def find_units(v: View, start: int, end: int, home: Home) -> list[PlaceMention]:
    """Return what stands for places without naming them between two offsets.

    >>> from datetime import date
    >>> from ntp_analysis.text import view
    >>> v = view("9 huyện miền núi giải ngân 31%; toàn tỉnh đạt 33%")
    >>> [(p.kind, p.level) for p in find_units(v, 0, len(v.low), Home(date(2024, 9, 12), "Quảng Nam"))]
    [('region', 'region'), ('self', 'province')]
    """
    found: list[PlaceMention] = []
    for m in _UNIT.finditer(v.low, start, end):
        if _is_word(v.low, m.start(), m.end()):
            _around(v, m, home, found)
    for m in _REGION.finditer(v.low, start, end) if _REGION_WORD.search(v.low, start, end) else ():
        if _is_word(v.low, m.start(), m.end()):
            found.append(PlaceMention(m.start(), m.end(), "region", v.text[m.start() : m.end()], "region"))
    if not home.province and (report := _NATIONAL.search(v.low, start, end)):
        found.append(PlaceMention(report.start(), report.end(), "country", "Việt Nam", "country"))
    for m in _HERE.finditer(v.low, start, end) if "đây" in v.low[start:end] else ():
        found.append(PlaceMention(m.start(), m.end(), "here", "", ""))
    for words, place in (*_ALL_OF_THE_COUNTRY, *(((whole, home.place) for whole in ("toàn vùng", "cả vùng")) if home.level == "region" else ())):
        at = v.low.find(words, start, end)
        while at >= 0:
            level = "country" if place == "Việt Nam" else "region"
            found.append(PlaceMention(at, at + len(words), level, place, level))
            at = v.low.find(words, at + 1, end)
    return found


_SHARED_TO = re.compile(
    r"(?P<who>thủ tướng(?: chính phủ)?|chính phủ|quốc hội|trung ương|ngân sách trung ương)(?: (?:vừa|đã|mới|ký))* (?:giao|phân bổ|bố trí)(?: vốn| kế hoạch| chi tiết)*(?: cho)? (?:các|\d\d) (?:tỉnh|địa phương)\b(?! nghèo| miền| vùng| trong)"
)
"""`Trung ương đã phân bổ cho các tỉnh 27.000 tỷ đồng`: what all are given is the country's"""


def sharers(v: View, start: int, end: int, names: list[PlaceMention]) -> list[PlaceMention]:
    """Return the country where its government shares out what a province is named next to get a part of."""
    found = [PlaceMention(m.start("who"), m.end("who"), "country", "Việt Nam", "country") for m in _SHARED_TO.finditer(v.low, start, end)]
    for m in _SHARED_OUT.finditer(v.low, start, end) if "trong đó" in v.low[start:end] else ():
        if any(p.level == "province" and 0 <= p.start - m.end() < 12 for p in names):
            found.append(PlaceMention(m.start("who"), m.end("who"), "country", "Việt Nam", "country"))
    return found


def _is_word(low: str, start: int, end: int) -> bool:
    return not (start and low[start - 1].isalnum()) and not low[end : end + 1].isalnum()


def _around(v: View, m: re.Match[str], home: Home, found: list[PlaceMention]) -> None:
    """Add what a word for a unit stands for, told by what is right before and behind it."""
    low, word = v.low, m.group()
    before = low[max(0, m.start() - 16) : m.start()]
    level = _LEVELS.get(word, "city")
    if low.startswith((" nào", " nọ"), m.end()) or before.endswith(("hợp tác ", "được ubnd ", "được hđnd ", "do ubnd ")):
        return  # "huyện nào cũng phải đạt 90%", "hợp tác xã 64 tỷ đồng", "huyện được UBND tỉnh giao 34 tỷ đồng"
    if (each := _ALL_OF_THEM.search(before)) and _EACH_OF_THEM.match(low, m.end()):
        found.append(PlaceMention(m.start() - len(each.group()), m.end(), "these", "", level))
        return
    if region := _group(v, m, before, home):
        found.append(region)
    if word == "địa phương":
        if (counted := _COUNT_OF_THEM.search(before)) and _POINTING.match(low, m.end()):
            begin = m.start() - len(counted.group())
            found.append(PlaceMention(begin, m.end(), "region", v.text[begin : m.end()], "region", home.province))
        return
    if pointing := _POINTING.match(low, m.end()):
        several = _SEVERAL.search(before)
        begin = m.start() - len(several.group()) if several else m.start()
        found.append(PlaceMention(begin, pointing.end(), "these" if several else "this", "", level))
        return
    if (remaining := _REMAINING.match(low, m.end())) and (several := _SEVERAL.search(before)):
        found.append(PlaceMention(m.start() - len(several.group()), remaining.end(), "others", "", level))
        return
    ours = _OURS.match(low, m.end())
    if _IN_A_LIST.search(before):
        return
    if whole := before.endswith(_WHOLE_ENDS) and _WHOLE.search(before):
        found.append(PlaceMention(m.start() - len(whole.group()), ours.end() if ours else m.end(), "self", "", level))
    elif MEETING_OF.search(before) and _MEETS.match(low, m.end()):
        found.append(PlaceMention(m.start(), m.end(), "self", "", level))
    elif ours or (_HAS_SUM.match(low, m.end()) and not before.endswith(("mỗi ", "các ", "những "))) or (word != "quận" and _ACTS.match(low, m.end()) and (m.start() == 0 or _OPENING.search(before))):
        found.append(PlaceMention(m.start(), ours.end() if ours else m.end(), "self", "", level))


_COUNT_OF_THEM = re.compile(r"\b\d{1,2} $")
"""`Tại 14 địa phương này`: the group that was named"""
_BELONGING = re.compile(r"(?:, thành phố|, thị xã|, phường|, thị trấn)* (?:thuộc|của|ở) (?:tỉnh |huyện )?")


def _former_end(v: View, position: int) -> int:
    """`34 xã, phường thuộc Phú Yên cũ`: where such a group ends; 0 where it is of no former unit."""
    belonging = _BELONGING.match(v.low, position)
    name = RUN.match(v.text, belonging.end()) if belonging else None
    former = FORMER.match(v.low, name.end()) if name else None
    return former.end() if former else 0


def _uncounted(v: View, m: re.Match[str], home: Home) -> PlaceMention | None:
    several = _UNCOUNTED.search(v.low, max(0, m.start() - 24), m.start())
    quality = _QUALITY.match(v.low, m.end()) if several else None
    if several is None or quality is None or not _REACHES.match(v.low, quality.end()):
        return None
    begin = several.start("all")
    return PlaceMention(begin, quality.end(), "region", v.text[begin].lower() + v.text[begin + 1 : quality.end()], "region", home.province)


def _group(v: View, m: re.Match[str], before: str, home: Home) -> PlaceMention | None:
    """`9 huyện miền núi`: a counted group that is no unit of its own; `hai huyện A và B` names its members."""
    counted = _COUNTED.search(before) if before.endswith(_ENDS_A_COUNT) and not before.endswith(_WITHIN_THE_YEAR) else None
    if counted is None:
        return _uncounted(v, m, home)
    quality = None if counted["all"] else _BY_STANDARD.match(v.low, m.end()) or _QUALITY.match(v.low, m.end())
    together = _ACTS_TOGETHER.match(v.low, m.end()) if m.group() in ("huyện", "xã", "tỉnh") else None
    together = together or (_SPEND_TOGETHER.match(v.low, m.end()) if m.group() == "địa phương" and not counted.group().startswith(_ALL_PROVINCES) else None)
    pointed = _OF_A_GROUP.search(v.low, max(0, m.start() - 20), m.start()) and _THEN.match(v.low, m.end()) and m.group() != "địa phương"
    begin = m.start() - len(counted.group())
    if end := _former_end(v, m.end()):
        return PlaceMention(begin, end, "region", v.text[begin:end], "region", home.province)
    if quality is None and not together and not pointed:
        return None
    end = quality.end() if quality else together.end("and") if together else m.end()
    named = RUN.match(v.text, end + 1) if v.text[end : end + 1] == " " else None
    if named and (inside := gazetteer().province(named.group(), home.day)) and _LEVELS.get(m.group()) != "province":
        return PlaceMention(begin, end, "region", v.text[begin:end], "region", inside.name)
    if named:
        return PlaceMention(begin, end, "members", v.text[begin:end], "region", home.province) if quality else None
    return PlaceMention(begin, end, "region", v.text[begin:end], "region", home.province)
