"""Where an article is at home: its province and its own unit, told from domain, initials, banner, title and names."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ntp_analysis.gazetteer import MERGER, domains, gazetteer, initials, papers_of, successor
from ntp_analysis.layout import Layout
from ntp_analysis.lines import AMOUNT, Line
from ntp_analysis.places import RUN, Home, PlaceMention
from ntp_analysis.sections import region_of, sections
from ntp_analysis.speakers import DELEGATE, HEAD_OF
from ntp_analysis.text import View

_HOST = re.compile(r"(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:gov\.vn|com\.vn|org\.vn|vn|com|net)\b")
_INITIALS = re.compile(r"\W{0,2}([^\W\d_]{2,5}(?: online)?)\)?\s*[-–:,]")
_VOICES = {
    "province": "toàn tỉnh|ubnd tỉnh|tỉnh ủy|tỉnh uỷ|hđnd tỉnh|địa bàn tỉnh|của tỉnh|trong tỉnh|tỉnh ta|ban chỉ đạo tỉnh|toàn thành phố|ubnd thành phố",
    "district": "toàn huyện|ubnd huyện|huyện ủy|huyện uỷ|hđnd huyện|địa bàn huyện|của huyện|trong huyện|huyện nhà|toàn thị xã|ubnd thị xã|thị ủy|ủy ban nhân huyện",
    "commune": "toàn xã|ubnd xã|đảng ủy xã|đảng uỷ xã|hđnd xã|địa bàn xã|của xã|trong xã|xã nhà|ubnd phường|toàn phường|đảng ủy phường",
    "country": "cả nước|thủ tướng|toàn quốc|trên phạm vi cả nước|quốc hội|chính phủ|các bộ, ngành|ban chỉ đạo trung ương|bộ trưởng|các tỉnh, thành phố trực thuộc",
}
VOICES = {phrase: level for level, phrases in _VOICES.items() for phrase in phrases.split("|")}
"""words of one who speaks for a province, a district, a commune or the country -> which"""
Voices = list[tuple[int, str]]
"""where a text has such words, and which"""


def find_home(
    v: View, page: Layout, names: list[PlaceMention], voices: Voices, day: date | None, url: str, title: str
) -> Home:
    """Return an article's home. Evidence is added up; a site's own domain or a paper's initials weigh most.

    `names` are the provinces and districts named in the page, other stories left out; `voices` are where it has
    words of VOICES. Province and place are empty where nothing tells them; the country's level is `country`.
    """
    on = day or date(2024, 1, 1)
    names = [p for p in names if not (_meets_at(v, p) or _sent_by(v, p) or _of_delegates(v, p))]
    hosts = _hosts(url, v)
    votes, owners = _province_votes(v, page, names, on, hosts, title)
    province = _winner(v, votes, owners, voices, page, names)
    if province not in owners and (region := region_of(v, page, names, on)):
        return region
    if province not in owners and (_goes_round(v, page, names, province) or _of_ministry(v, page, names)):
        return Home(on, "", "Việt Nam", "country")
    if not province:
        return _national(voices, page, on, names, title)
    home = Home(on, province, province, "province")
    unit = _own_unit(v, voices, page, names, home, hosts, title)
    if unit:
        home.place, home.level = unit
    return home


def _hosts(url: str, v: View) -> list[str]:
    text = f"{url.lower()} {v.low}"
    return _HOST.findall(text) if any(end in text for end in (".vn", ".com", ".net")) else []


def _spoken(voices: Voices, lines: list[Line]) -> Counter[str]:
    """How often some lines speak for a province, a district, a commune and the country."""
    starts = [start for start, _ in voices]
    spans = [(bisect_left(starts, line.start), bisect_left(starts, line.end)) for line in lines]
    return Counter(level for i, j in spans for _, level in voices[i:j])


def _speaks(low: str, level: str) -> bool:
    return any(phrase in low for phrase in _VOICES[level].split("|"))


def likely_province(v: View, page: Layout, names: list[PlaceMention], day: date) -> str:
    """Return the province that most names fit; a name that several provinces have counts for each of them.

    Where two fit as well, or none is named, the communes named decide: An Lão is a district of Hải Phòng and of
    Bình Định.
    """
    votes: dict[str, float] = {}
    for p in names:
        provinces = dict.fromkeys(u.province for u in gazetteer().find(p.name, p.level, day)) or (p.province,)
        for province in provinces:
            votes[province] = votes.get(province, 0) + 1 / len(provinces)
    votes = votes or dict(_by_communes(v, page, day))
    best = [p for p in votes if votes[p] > max(votes.values()) - 0.01]
    if len(best) < 2:
        return best[0] if best else ""
    communes = _by_communes(v, page, day)
    return max(best, key=lambda p: (communes[p], -list(votes).index(p)))


def written_at(v: View, page: Layout, place: PlaceMention) -> bool:
    """`Hà Nội, ngày 20/2 -`, `các đại biểu ở điểm cầu Hà Nội`: where an article was written is not what it is about."""
    if place.name == "Hà Nội" and v.low.endswith("điểm cầu ", 0, place.start):
        return True
    return (place.name in ("Hà Nội", "Hồ Chí Minh") and any(
        place.start - line.start < 6 and re.match(r"\s?[,(–-]", v.low[place.end : place.end + 2]) for line in [*page.head, *page.body[:2]]
    )) or (place.name == "Hà Nội" and v.low[max(0, place.start - 4) : place.start] == "tại " and _speaks(v.low, "country")
    )


_MEETING = r"(?:hội nghị|hội thảo|diễn đàn|tọa đàm|lễ)(?: [^\W\d_]+){0,3} toàn quốc\b"
_AT = r"\b(?:tại|ở) (?:tỉnh |thành phố |tp\.? ?|thị xã |huyện )?"
_RIGHT_AT = re.compile(rf"{_AT}$")
_MEETS_AT = re.compile(rf"{_MEETING}[^.;:]{{0,140}}?{_AT}$")
_AT_IT_MEETS = re.compile(rf"[^.;:]{{0,80}}?{_MEETING}")


def _meets_at(v: View, place: PlaceMention) -> bool:
    """`Tại thành phố Nam Định, sáng nay diễn ra hội nghị toàn quốc tổng kết ...`: where all provinces meet is not what they speak of."""
    begin = max(0, place.start - 200)
    before = _RIGHT_AT.search(v.low[begin : place.start])
    return before is not None and (_MEETS_AT.search(v.low, begin, place.start) is not None or _AT_IT_MEETS.match(v.low, place.end) is not None)


def _today(province: str, day: date) -> str:
    """The name in force on a day of a province known by its name before July 2025."""
    found = gazetteer().province(province, day)
    if found:
        return found.name
    if day >= MERGER:
        return successor(province)
    renamed = {"Thừa Thiên Huế": "Huế", "Huế": "Thừa Thiên Huế"}
    return renamed.get(province, province)


def _province_votes(
    v: View, page: Layout, names: list[PlaceMention], day: date, hosts: list[str], title: str
) -> tuple[Counter[str], set[str]]:
    votes: Counter[str] = Counter()
    owners: set[str] = set()
    for host in hosts:
        province = _of_host(host)
        if province:
            votes[_today(province, day)] += 10
            owners.add(_today(province, day))
    for line in [*page.head, *page.body[:2]]:
        begins = _INITIALS.match(v.text, line.start)
        paper = initials().get(begins[1], "") if begins else ""
        if paper:
            votes[_today(paper, day)] += 8
            owners.add(_today(paper, day))
    if paper := paper_of(v, page, day):
        votes[paper] += 8
        owners.add(paper)
    for place in names:
        if place.province and not written_at(v, page, place):
            province = _today(place.province, day)
            votes[province] += 1 + 4 * _inside(place, page.titles) + 2 * _inside(place, page.body[:1])
            votes[province] += 4 * _inside(place, page.head) * (not _inside(place, page.titles))
    for name in _runs_of(title):
        found = gazetteer().province(name, day)
        if found:
            votes[found.name] += 4
    if not votes:
        votes.update(_by_communes(v, page, day))
    return votes, owners


_PAPER = re.compile(r"báo (?P<name>[^\d|,:.–]{3,24}?)(?: (?:điện tử|online|cuối tuần|trực tuyến|hằng tháng)| ?[|,:–-].*)?")
"""`BÁO ĐIỆN BIÊN PHỦ ĐIỆN TỬ`, in a line of its own"""


def paper_of(v: View, page: Layout, day: date) -> str:
    """The province whose paper a page is, as its head says."""
    papers = {paper.lower().removeprefix("báo "): province for paper, province in papers_of().items()}
    for line in page.head:
        named = _PAPER.fullmatch(v.low, line.start, line.end)
        if named and (province := papers.get(named["name"]) or ((unit := gazetteer().province(named["name"], day)) and unit.name)):
            return _today(province, day)
    return ""


def _of_host(host: str) -> str:
    parts = host.split(".")
    for i in range(len(parts) - 1):
        province = domains().get(".".join(parts[i:]))
        if province:
            return province
    return ""


def _inside(place: PlaceMention, lines: list) -> int:
    return int(any(line.start <= place.start < line.end for line in lines))


def _runs_of(text: str) -> list[str]:
    return [m.group() for m in RUN.finditer(text)]


def _by_communes(v: View, page: Layout, day: date) -> Counter[str]:
    """Votes of communes named with their kind: many share a name, the province that has most of them wins."""
    votes: Counter[str] = Counter()
    for m in re.finditer(r"\b(?:xã|phường|thị trấn) ", v.low):
        run = RUN.match(v.text, m.end())
        if run:
            for province in dict.fromkeys(u.province for u in gazetteer().find(run.group(), "commune", day)):
                votes[province] += 1
    plain = _written_plain(v.low) if len(votes) > 1 else ""
    for province in votes if plain else ():
        votes[province] += _written_plain(province) in plain  # "tien giang: them mot xa ...", a picture's name; a keyword
    return votes


def _written_plain(name: str) -> str:
    """A name as picture files and keywords have it: in small letters, without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", name.lower().replace("đ", "d")) if not unicodedata.combining(c))


def _only_printed_there(province: str, voices: Voices, page: Layout, names: list[PlaceMention]) -> bool:
    """`(GLO)- Chương trình MTQG vừa được phê duyệt ...`: a paper's news of the country, in which nothing of its province is named."""
    spoken = _spoken(voices, [*page.titles, *page.body])
    local = spoken["province"] + spoken["district"] + spoken["commune"]
    return spoken["country"] > 0 and not local and not any(p.province == province for p in names)


def _winner(v: View, votes: Counter[str], owners: set[str], voices: Voices, page: Layout, names: list[PlaceMention]) -> str:
    """The province with most votes, unless the article is about the country or about several provinces."""
    if not votes:
        return ""
    (best, score), *rest = votes.most_common(2)
    if best in owners:
        return "" if _only_printed_there(best, voices, page, names) else best
    spoken = _spoken(voices, [*page.titles, *page.body])
    voice, national = spoken["province"] + spoken["district"], spoken["country"]
    provinces = {p.name for p in names if p.level == "province"}
    titled = any(_inside(p, [*page.titles, *page.body[:1]]) and p.province == best for p in names)
    share = score / sum(votes.values())
    if len(provinces) >= 5 and national > voice and share < 0.6:
        return ""
    if len(provinces) >= 3 and not titled and (national >= voice or share < 0.45):
        return ""
    if titled and national > 3 * (voice + score / 4):
        return ""
    if not titled and national >= 3 and national > voice + score / 2:
        return ""
    if rest and rest[0][1] >= score and not voice:
        return ""
    if _as_example(v, best, score, voices, page, names):
        return ""
    if rest and rest[0][1] >= 0.6 * score and _lead_names_both(best, rest[0][0], page, names):
        return ""
    return best


_MINISTRY = (
    r"\bbộ (?:nông nghiệp|tài chính|dân tộc|kế hoạch|lao động|nội vụ|xây dựng|y tế|giáo dục|nn&ptnt|nn&mt|kh&đt|lđ-tb&xh)"
)
_OF_THE_COUNTRY = re.compile(
    rf"kiểm toán (?:nhà nước|viên|chuyên đề)|thanh tra chính phủ|(?:kiểm toán|thanh tra|giám sát)[^.;]{{0,90}} (?:tại|ở) (?:\d{{1,2}} bộ|\d{{1,2}} tỉnh|các tỉnh)|ủy ban dân tộc|uỷ ban dân tộc|{_MINISTRY}|\bviệt nam\b"
    r"|\bcác (?:bộ|tỉnh)\b|\b(?:\d{1,2}|nhiều|một số) (?:tỉnh|địa phương)\b"
)
"""what an article of the country begins with: `Kết quả kiểm toán ... tại 3 bộ và 12 tỉnh`, `Ủy ban Dân tộc họp`"""
_FEW = 4


def _as_example(v: View, province: str, score: int, voices: Voices, page: Layout, names: list[PlaceMention]) -> bool:
    """An article that begins with the country and comes to its one province only later tells of it as an example."""
    named = [p for p in names if p.province == province]
    lead = [*page.titles, *page.body[:2]]
    if len(page.body) > 2 and _names_none(lead, page, voices, named):
        return any("trung ương" in v.low[line.start : line.end] for line in lead) or _is_national(v, lead, voices)
    lead = [*page.titles, *page.body[:1]]
    told = any(AMOUNT.search(v.low, line.start, line.end) for line in lead)
    few = score <= _FEW and not _spoken(voices, page.body)["province"]
    return len(page.body) > 1 and told and few and _names_none(lead, page, voices, named) and _is_national(v, lead, voices)


def _names_none(lead: list[Line], page: Layout, voices: Voices, named: list[PlaceMention]) -> bool:
    spoken = _spoken(voices, lead)
    own = spoken["province"] + spoken["district"] + spoken["commune"]
    return not own and not any(_inside(p, [*page.head, *lead, *page.tail]) for p in named)


def _is_national(v: View, lead: list[Line], voices: Voices) -> bool:
    return _spoken(voices, lead)["country"] > 0 or any(_OF_THE_COUNTRY.search(v.low, line.start, line.end) for line in lead)


def _sent_by(v: View, p: PlaceMention) -> bool:
    """`ĐBQH Lý Thị Lan (Hà Giang)`: who speaks was sent by a province, the article is not about it."""
    return v.low.startswith(")", p.end) and DELEGATE.search(v.low, max(0, p.start - 70), p.start) is not None


_SENDS = re.compile(r"\b(?:đoàn (?:đbqh|đại biểu quốc hội|đại biểu)(?: tỉnh| thành phố)?|đại biểu(?: quốc hội)?(?: tỉnh)?|đbqh(?: tỉnh)?|, đoàn) $")


def _of_delegates(v: View, p: PlaceMention) -> bool:
    """`đại biểu Rah Lan H'Nhung, đoàn Gia Lai`, `Đại biểu Lai Châu đề nghị`, in the National Assembly: who sent the one who speaks."""
    return p.level == "province" and "quốc hội" in v.low and _SENDS.search(v.low, max(0, p.start - 40), p.start) is not None


_OPENS = re.compile(r"(?:[-+•*] )?(?:(?:đại diện|lãnh đạo|ubnd|riêng|còn|tại|ở|với|theo|về phía|trong khi đó,?) )*")


def _goes_round(v: View, page: Layout, names: list[PlaceMention], province: str) -> bool:
    """An article whose parts each begin with another province, or that hears delegates of several, is of none of them, unless its title names one."""
    parts = {s.place.province for s in sections(v, page, names).values() if s.place.level == "province"}
    opened = {p.province for line in page.body for p in names if p.level == "province" and line.start <= p.start < line.start + 40 and _OPENS.fullmatch(v.low, line.start, p.start)}
    parts = parts if len(parts) > 1 or len(opened) < 3 else opened
    parts = parts if len(parts) > 1 else {p.province for p in names if p.level == "province" and _sent_by(v, p)}
    return len(parts) > 1 and not any(_inside(p, page.titles) and p.province == province for p in names)


_ITS_PAGE = re.compile(rf"(?:cổng|trang) (?:thông tin|tin)[^\n]{{0,24}}{_MINISTRY}")
_CALLS_ALL = re.compile(rf"{_MINISTRY}[^.;\n]{{0,60}}\b(?:họp|giao ban|hội nghị|trực tuyến|làm việc|tọa đàm|tổng kết|sơ kết|quán triệt)[^.;\n]{{0,60}}\b(?:các|34|63) (?:tỉnh|địa phương)")


def _of_ministry(v: View, page: Layout, names: list[PlaceMention]) -> bool:
    """A ministry's own page, or its meeting with all provinces: one of them is named only as an example, unless title or lead name it."""
    if any(_inside(p, [*page.titles, *page.body[:1]]) for p in names):
        return False
    own = any(_ITS_PAGE.search(v.low, line.start, line.end) for line in page.head)
    return own or any(_CALLS_ALL.search(v.low, line.start, line.end) for line in page.body[:2])


def _lead_names_both(one: str, two: str, page: Layout, names: list[PlaceMention]) -> bool:
    """`của Ninh Thuận và Bình Thuận`: an article that begins with two provinces is of neither alone."""
    first = {p.name for p in names if p.level == "province" and _inside(p, [*page.titles, *page.body[:1]])}
    return {one, two} <= first


def _national(voices: Voices, page: Layout, day: date, names: list[PlaceMention], title: str) -> Home:
    """The country, unless the article speaks of "tỉnh ta", "toàn huyện" and nothing says which: then nothing."""
    spoken = _spoken(voices, [*page.titles, *page.body])
    spoken.update(level for level in _VOICES if _speaks(title.lower(), level))
    lead = _spoken(voices, [*page.titles, *page.body[:1]])
    own = [level for level in ("province", "district", "commune") if lead[level] or spoken[level] > 1]
    leading = {p.name for p in names if p.level == "province" and _inside(p, [*page.titles, *page.body[:1]])}
    if own and len(leading) < 2 and not spoken["country"] and len({p.province for p in names}) < 3:
        return Home(day, "", "", own[0])
    return Home(day, "", "Việt Nam", "country")


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum() and c.isascii())


def _one_of_several(name: str, level: str, names: list[PlaceMention], page: Layout, province: str) -> bool:
    """Two more units are named nearly as often, and no title or banner singles one out: the article is about their province."""
    alike = [p for p in names if p.level == level and p.province == province]
    if any(p.name == name and _inside(p, [*page.titles, *page.head, *page.tail]) for p in alike):
        return False
    counts = Counter(p.name for p in alike)
    return sum(1 for other, n in counts.items() if other != name and 2 * n > counts[name]) > 1


def _told_of(v: View, names: list[PlaceMention]) -> list[PlaceMention]:
    """Leave out the units of those who speak, where several are heard: a round table is about none of them."""
    heard = [p for p in names if p.level in ("district", "commune") and HEAD_OF.search(v.low, max(0, p.start - 80), p.start)]
    if len({(p.level, p.name) for p in heard}) < 2:
        return names
    return [p for p in names if not any(p is h for h in heard)]


_VISITED = re.compile(r"(?:làm việc|giám sát|kiểm tra|khảo sát|đoàn)(?: trực tiếp| thực tế)? (?:với|tại|tới|về|đến)(?: đại diện| lãnh đạo| thường trực| ubnd| hđnd| huyện ủy| đảng ủy| các phòng, ban| và| ban)*(?: huyện| xã| phường| thị xã)? ?$")
"""`Đoàn giám sát HĐND tỉnh làm việc với UBND huyện A`: the report is about whom the delegation visited"""


_IS_GIVEN = re.compile(r" (?:đã )?(?:được (?:trung ương |thủ tướng chính phủ )?(?:giao|phân bổ|bố trí|cấp)|quản lý|giải ngân)\b[^.;:]{0,40}? \d")


def _receives(v: View, names: list[PlaceMention], province: str) -> bool:
    """`năm 2025 thành phố Huế được giao 486 tỷ đồng`: an article that tells what a province has is not of a district in it."""
    return any(p.level == "province" and p.name == province and _IS_GIVEN.match(v.low, p.end) is not None for p in names)


_A_SUM = r"\d[\d.,]*(?: ?%| (?:nghìn )?t[ỷỉ]\b| triệu đồng)"
_HAS_MONEY = re.compile(rf"(?:(?!\b(?:thu nhập|hộ nghèo|tỷ lệ nghèo|tiêu chí)\b)[^.;:]){{0,60}}?{_A_SUM}")
"""`Mường Lát có trong tay 243,7 tỷ đồng`, behind the name"""
_INCOME_OF = re.compile(r"(?:thu nhập|tỷ lệ nghèo|hộ nghèo|sản lượng)[^.;,]{0,40}$")
_ALONE = r"(?<!các )(?<!hai )(?<!ba )(?<!mỗi )(?<!từng )(?<!những )(?<!liên )(?<!nhiều )(?:(?<!\d )|(?<=20\d\d ))"
_DOES = r"(?:cũng |hiện |vẫn |còn |đang |sẽ )?(?:đã|mới|được|có|giải ngân|phấn đấu|ước|họp|báo cáo|này|chỉ|huy động|vận động|chi|phân bổ|tiếp nhận|nhận|quản lý|tiêu|hết)\b"
_ACTS = {
    "district": re.compile(rf"{_ALONE}\b(?:huyện|thị xã)(?: miền núi| vùng cao| nghèo)? {_DOES}"),
    "commune": re.compile(rf"{_ALONE}\b(?:xã|phường|thị trấn)(?: miền núi| vùng cao| biên giới)? {_DOES}"),
}
"""`huyện mới giải ngân được 21,3%`, `huyện miền núi này`: who is meant by it is known from elsewhere"""
_PROVINCES_MONEY = re.compile(rf"{_ALONE}\btỉnh (?:{_DOES}|lo|mình|ta)?[^.;:]{{0,60}}?{_A_SUM}")
_MOST_ACTS = 6
_ENOUGH = 4


def _acts(v: View, page: Layout, level: str) -> tuple[int, bool]:
    """How often a text tells what "the district" or "the commune" does, and whether it tells of its money."""
    found = [m for line in page.body for m in _ACTS[level].finditer(v.low, line.start, line.end)]
    return min(len(found), _MOST_ACTS), any(_HAS_MONEY.match(v.low, m.end()) for m in found)


def has_money(v: View, end: int) -> bool:
    """Tell whether a sum follows what a name ends: `Mường Lát có trong tay 243,7 tỷ đồng`."""
    return _HAS_MONEY.match(v.low, end) is not None


def _with_money(v: View, p: PlaceMention) -> bool:
    return has_money(v, p.end) and _INCOME_OF.search(v.low, max(0, p.start - 60), p.start) is None


_A_COMMUNE_IN = re.compile(r"\b(?:xã|phường|thị trấn)\b[^.;:]{0,40} (?:ở|của|thuộc|tại) $")
"""`Thêm một xã nông thôn mới ở TP. Sơn La`"""


class _Candidate(NamedTuple):
    """A district or commune that an article may be about."""

    score: float
    weight: float
    name: str
    level: str
    paid: bool
    """whether the article tells of its money, or is its own page"""


def _candidates(v: View, page: Layout, names: list[PlaceMention], level: str, said: int, alone: bool, labels: set[str], title: str) -> list[_Candidate]:
    """The units of a level with the evidence for each; `said` is how often the text speaks for one, `alone`: of the province's money it does not."""
    scores: Counter[str] = Counter()
    titled = len({p.name for p in names if _inside(p, page.titles)}) == 1  # a title that sets two districts against each other is of neither
    named = [p for p in names if not (_inside(p, page.titles) and _A_COMMUNE_IN.search(v.low, max(0, p.start - 60), p.start))]
    for p in named:
        scores[p.name] += 1 + 6 * titled * _inside(p, page.titles) + 3 * _inside(p, page.body[:1])
        scores[p.name] += 8 * (_inside(p, page.body[:2]) and _VISITED.search(v.low, max(0, p.start - 60), p.start) is not None)
        scores[p.name] += (8 * _inside(p, page.head) or 5 * _inside(p, page.tail)) * (not _inside(p, page.titles))
    owners = {p.name for p in named if _inside(p, page.head) and not _inside(p, page.titles)} | {name for name in scores if _slug(name) in labels}
    paid = Counter(p.name for p in named if _with_money(v, p))
    acts, of_money = _acts(v, page, level)
    if alone and len(paid) == 1 and len(scores) < 3:
        name = max(paid)
        scores[name] += 3 * min(paid[name], 2) + acts
    for name in scores:
        scores[name] += 10 * (_slug(name) in labels) + 6 * (name in title)
    return [_Candidate(score, score + min(said, 6), name, level, of_money or paid[name] > 0 or name in owners) for name, score in scores.items()]


def _heaviest(found: list[_Candidate], home: Home) -> _Candidate | None:
    """A commune whose money an article does not tell of is where it begins; it is about the district around it whose money it tells of."""
    best = max((c for c in found if c.score >= _ENOUGH), key=lambda c: c.weight, default=None)
    if best is None or best.level != "commune" or best.paid:
        return best
    around = [c for c in found if c.level == "district" and c.paid and _lies_in(best.name, c.name, home)]
    return best._replace(name=around[0].name, level="district") if around else best


def _lies_in(commune: str, district: str, home: Home) -> bool:
    parents = {u.parent for u in gazetteer().find(commune, "commune", home.day, home.province)}
    return any(u.code in parents for u in gazetteer().find(district, "district", home.day, home.province))


def _own_unit(
    v: View, voices: Voices, page: Layout, names: list[PlaceMention], home: Home, hosts: list[str], title: str
) -> tuple[str, str] | None:
    """The district or commune that the article is about, if it is not the province as a whole."""
    voice = _spoken(voices, [*page.head, *page.body])
    labels = {label for host in hosts for label in host.split(".")[:-2]}
    ordered = sorted(names, key=lambda p: p.start)
    containers = {id(two) for one, two in pairwise(ordered) if one.level != two.level != "commune" and one.level != "province" and 0 <= two.start - one.end <= 2}
    banners = [line for line in page.head if _PAPER.fullmatch(v.low, line.start, line.end)]
    names = [p for p in _told_of(v, names) if p.level == "province" or not _inside(p, banners)]
    provinces = [p for p in names if p.level == "province"]
    of_province = voice["province"] > 0 or home.province in title or any(_with_money(v, p) or _inside(p, page.titles) for p in provinces) or any(_PROVINCES_MONEY.search(v.low, line.start, line.end) for line in page.body)
    found = []
    for level in ("district", "commune"):
        units = [p for p in names if p.level == level and p.province == home.province and id(p) not in containers]
        found += _candidates(v, page, units, level, voice[level], not of_province, labels, title)
    best = _heaviest(found, home)
    if best is None or _one_of_several(best.name, best.level, names, page, home.province):
        return None
    province_named = sum(
        1 + 6 * _inside(p, page.titles) + 3 * _inside(p, page.body[:1]) for p in names if p.level == "province" and p.name == home.province and id(p) not in containers
    )
    if best.level == "commune" and not best.paid and any(p.name == home.province and _with_money(v, p) for p in provinces):
        return None
    if _receives(v, names, home.province) and not any(_inside(p, [*page.titles, *page.head]) for p in names if p.name == best.name) and _slug(best.name) not in labels:
        return None
    if best.weight > min(province_named, 12) * 0.6 + 2 * voice["province"] + 2:
        return best.name, best.level
    return None
