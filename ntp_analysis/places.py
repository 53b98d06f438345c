"""Places in a text: named units, words that stand for the article's own unit, and groups of units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from ntp_analysis.gazetteer import MERGER, Unit, gazetteer
from ntp_analysis.text import View

_UPPER = "A-Z" + "".join(
    sorted(c.upper() for c in "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")
)
_WORD = rf"[{_UPPER}][^\W_]*(?:['-][^\W_]+)?"
RUN = re.compile(rf"{_WORD}(?:(?: | - |-){_WORD}| \d{{1,2}}(?![\d.,/%]| ?(?:tỷ|triệu|%))){{0,5}}")

_LEVEL_OF_KIND = {
    "tỉnh": "province", "thành phố": "city", "tp": "city", "huyện": "district", "thị xã": "district", "tx": "district",
    "quận": "district", "xã": "commune", "phường": "commune", "thị trấn": "commune", "tt": "commune", "đặc khu": "commune",
}
_KIND_BEFORE = re.compile(r"\b(tỉnh|thành phố|tp|huyện|thị xã|tx|quận|xã|phường|thị trấn|đặc khu)\.? ?$")
_KIND = re.compile(r"\b(tỉnh|thành phố|tp|huyện|thị xã|tx|quận|xã|phường|thị trấn|đặc khu)\b\.? ?")
_COUNT = r"(?:\d{1,3}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_REGION = re.compile(
    rf"(?<![/.,\d-])(?<!tháng )(?<!ngày )\b{_COUNT} (?:huyện|xã|tỉnh|địa phương|huyện, thành phố|huyện, thị xã|xã, phường|xã, thị trấn|xã, phường, thị trấn)"
    r" (?:miền núi|nghèo|vùng cao|biên giới|vùng (?:đồng bào )?(?:dtts|dân tộc thiểu số)(?: và miền núi)?|đặc biệt khó khăn|khu vực iii|phía (?:tây|bắc|nam|đông)|khó khăn|vùng \w+|miền biển|ven biển|thuần nông)(?: (?:cao|phía (?:tây|bắc|nam|đông)))?"
    r"|\b(?:vùng|khu vực|các tỉnh(?: vùng| khu vực)?) (?:trung du(?: và|,)? miền núi (?:phía bắc|bắc bộ)|tây nguyên|tây bắc|đông bắc|đông nam bộ|tây nam bộ|bắc trung bộ(?: và duyên hải miền trung)?|nam trung bộ|duyên hải (?:nam trung bộ|miền trung)|miền trung(?: - tây nguyên| và tây nguyên)?|đồng bằng sông (?:cửu long|hồng)|miền núi phía bắc|đbscl)"
    rf"|(?<![/.,\d-])(?<!tháng )(?<!ngày )\b(?:cả )?{_COUNT} (?:huyện|xã|tỉnh)(?= (?:đã |được |mới |giải ngân|có tỷ lệ|đạt ))"
    r"|\b(?:trung du(?: và|,)? miền núi (?:phía bắc|bắc bộ)|tây nguyên|tây bắc|đông nam bộ|tây nam bộ|bắc trung bộ(?: và duyên hải miền trung)?|duyên hải (?:nam trung bộ|miền trung)|đồng bằng sông (?:cửu long|hồng))(?= (?:đạt|mới|chỉ|giải ngân|khoảng|gần|hơn|trên|là|có tỷ lệ|ì ạch|\d|\())"
)
_QUALIFIED = re.compile(r"(?:(?:biên giới|vùng cao|nghèo|miền núi|vùng sâu|ven biển|khó khăn|đặc biệt khó khăn|vùng biên|điểm|là|gồm|như|còn lại|trọng điểm)[ :]*)+")
_SELF = re.compile(
    r"\b(?:(?:các|những|hai|ba|bốn|năm|\d{1,2}) )?(huyện|xã|tỉnh|thị xã|phường)(?: nghèo| miền núi| biên giới| vùng cao)? (?:này|kể trên|nói trên|nêu trên|ấy)\b"
    r"|\b(?:toàn|trên địa bàn|địa bàn|cả|của|trong|cho) (tỉnh|huyện|thành phố|thị xã|xã|phường|quận)\b(?: ta| nhà)?"
    r"|(?:(?<=^)|(?<=[.,;:(] )|(?<=\n)|(?<=ubnd )|(?<=hđnd )|(?<=nay )|(?<=, )|(?<=rằng )|(?<=năm \d{4} )|(?<=- )|(?<=\")|(?<=/\d )|(?<=/\d\d )|(?<=/\d{4} )|(?<=tháng \d )|(?<=tháng \d\d )|(?<=này, ))"
    r"(tỉnh|huyện|thành phố|thị xã|xã|phường)(?: ta| nhà)? (?=được|đã|mới|giải ngân|phấn đấu|đặt|yêu cầu|có|tiếp nhận|phân bổ|bố trí|cam kết|còn|chỉ|vẫn|huy động|cũng|dành|đề ra|quyết tâm|đăng ký|ước|dự kiến|hoàn thành|chưa|giao|thực hiện|là|sẽ|phải|xác định|tập trung|chỉ đạo)"
    r"|\b(tỉnh ta|tỉnh nhà|huyện nhà|thành phố ta|cả nước|toàn quốc|thủ đô)\b"
)


@dataclass(slots=True)
class PlaceMention:
    """A place as written.

    `kind`: named; self, the article's own unit of `level`; this or these, units named before; region; country.
    """

    start: int
    end: int
    kind: str
    name: str
    level: str
    province: str = ""


@cache
def name_phrases() -> dict[str, str]:
    """Return all wordings of provinces' and districts' names, lower case, each with its key."""
    phrases: dict[str, str] = {}
    for level in ("province", "district"):
        for k in gazetteer().names(level):
            phrases[k] = k
            phrases[k.replace("-", " - ")] = k
            from ntp_analysis.text import tone_variants

            for variant in tone_variants(k):
                phrases[variant] = k
    return phrases


@dataclass(slots=True)
class Home:
    """Where an article is at home: its day, its province and its own unit."""

    day: date
    province: str = ""
    place: str = ""
    level: str = ""


def capitalised(text: str) -> bool:
    """Tell whether every word of a name starts with a capital."""
    words = [w for w in re.split(r"[ \-–]+", text) if w]
    return all(w[0].isupper() or not w[0].isalpha() for w in words)


def named(v: View, start: int, end: int, key: str, day: date, province: str) -> PlaceMention | None:
    """Return the province or district that a name at a span means on a day, or None if it is none."""
    wording = v.text[start:end]
    if not capitalised(wording):
        return None
    before = v.low[max(0, start - 12) : start]
    kind = _KIND_BEFORE.search(before)
    if kind is None and _inside_a_name(v.text, start, end):
        return None
    level = _LEVEL_OF_KIND[kind[1]] if kind else ""
    if level == "commune":
        return None
    unit = _unit(key, level, day, province)
    if unit is None:
        return None
    begin = start - len(kind[0]) if kind else start
    return PlaceMention(begin, end, "named", _spelling(wording, unit.name), unit.level, unit.province)


_DAK = re.compile(r"^(?:Đ[aăắ]k|Đ[aăắ]c) ")


def _spelling(wording: str, name: str) -> str:
    """`Đắk Glong` stays as the article writes it: official lists write Đăk, Đắk and Đak by turns."""
    same = _DAK.sub("", wording) == _DAK.sub("", name)
    return wording if same and _DAK.match(wording) and _DAK.match(name) else name


def _inside_a_name(text: str, start: int, end: int) -> bool:
    """A bare name between other capitals is part of a longer name: a person's, a paper's."""
    before = re.search(r"(\w[\w']*) $", text[max(0, start - 14) : start])
    if before and before[1][0].isupper() and before[1].lower() not in _MAY_STAND_BEFORE:
        return True
    after = re.match(rf" ({_WORD})", text[end : end + 14])
    return bool(after) and not text[start:end].isupper()


_MAY_STAND_BEFORE = frozenset(
    "tại ở tỉnh huyện riêng của trong và như là còn các hai đến năm từ theo với cho thì giao qua nhất sau gồm tuy nhưng trên nếu sở ubnd hđnd cùng tới về vùng".split()
)


def _unit(key: str, level: str, day: date, province: str) -> Unit | None:
    g = gazetteer()
    if level == "city":
        level = "province" if any("trung ương" in u.kind for u in g.find(key, "province", day)) else "district"
    if level == "":
        found = g.find(key, "province", day)
        if found:
            return found[0]
        districts = g.find(key, "district", day, province)
        return districts[0] if districts and (districts[0].province == province or len(districts) == 1) else None
    found = g.find(key, level, day, province)
    if not found and day >= MERGER:
        found = g.find(key, level, date(2025, 6, 30))
    return found[0] if found else None


def communes(v: View, start: int, end: int, day: date, home: Home) -> list[PlaceMention]:
    """Return the communes named after their kind word (and in a list after it) between two offsets."""
    found: list[PlaceMention] = []
    for m in _KIND.finditer(v.low, start, end):
        level = _LEVEL_OF_KIND[m[1]]
        if level != "commune":
            continue
        qualified = _QUALIFIED.match(v.low, m.end())
        run = RUN.match(v.text, qualified.end() if qualified else m.end())
        position = m.start()
        while run and run.end() <= end:
            mention = _commune(v, position, run, day, home)
            if mention is None:
                break
            found.append(mention)
            joint = re.compile(r"(?:, | và |; ?|, và )(?:các )?(?:xã |phường |thị trấn )?").match(v.low, mention.end)
            run = RUN.match(v.text, joint.end()) if joint else None
            position = run.start() if run else 0
            if run and not _known(v.text[run.start() : run.end()], "commune", day, home.province):
                break
    return found


def _known(name: str, level: str, day: date, province: str) -> Unit | None:
    found = gazetteer().find(name, level, day, province)
    return found[0] if found else None


def _commune(v: View, position: int, run: re.Match[str], day: date, home: Home) -> PlaceMention | None:
    """The longest beginning of a capitalised run that is a commune; else the run itself, if it can be one."""
    words = re.split(r"( - |-| )", run.group())
    for count in range(len(words), 0, -2):
        name = "".join(words[:count])
        unit = _known(name, "commune", day, home.province)
        if unit and (unit.province == home.province or not home.province):
            return PlaceMention(position, run.start() + len(name), "named", unit.name, "commune", unit.province)
    titled = re.search(r"(?:chủ tịch|bí thư|ubnd|đảng ủy|đảng uỷ|trưởng|cán bộ)[^.,;]{0,24}$", v.low[max(0, position - 30) : position])
    if titled and len(words) >= 5:
        return None
    name = "".join(words[:7])
    unit = _known(name, "commune", day, "")
    return PlaceMention(position, run.start() + len(name), "named", unit.name if unit else name, "commune", home.province)


def bare_communes(v: View, start: int, end: int, home: Home) -> list[PlaceMention]:
    """Return communes of the home province named without their kind word, in a passage that is about communes."""
    found = []
    for run in RUN.finditer(v.text, start, end):
        unit = _known(run.group(), "commune", home.day, home.province)
        if unit and unit.province == home.province and not _inside_a_name(v.text, run.start(), run.end()):
            found.append(PlaceMention(run.start(), run.end(), "named", unit.name, "commune", unit.province))
    return found


def regions_and_self(v: View, start: int, end: int, home: Home) -> list[PlaceMention]:
    """Return groups of units and words such as "toàn tỉnh" between two offsets."""
    found = []
    for m in _REGION.finditer(v.low, start, end):
        after = v.text[m.end() : m.end() + 3]
        named_after = after[:1] == " " and after[1:2].isupper() and re.match(_COUNT, m.group()) is not None
        if not named_after:
            cross = not re.match(_COUNT, m.group())
            phrase = v.text[m.start() : m.end()]
            found.append(PlaceMention(m.start(), m.end(), "region", phrase, "region", "" if cross else home.province))
    for m in _SELF.finditer(v.low, start, end):
        word = next(g for g in m.groups() if g)
        if word in ("cả nước", "toàn quốc"):
            found.append(PlaceMention(m.start(), m.end(), "country", "Việt Nam", "country"))
            continue
        level = {"tỉnh": "province", "huyện": "district", "xã": "commune", "phường": "commune", "thị xã": "district", "quận": "district"}.get(word.split()[0] if word != "thị xã" else word, "city")
        kind = "these" if m[1] and not v.low.startswith(m[1], m.start()) else "this" if m[1] else "self"
        found.append(PlaceMention(m.start(), m.end(), kind, "", level))
    return found
