"""Where an article is at home: its province and its own unit, told from domain, initials, banner, title and names."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from ntp_analysis.gazetteer import gazetteer, name_on
from ntp_analysis.layout import Layout
from ntp_analysis.lines import AMOUNT, Line
from ntp_analysis.own_unit import own_unit
from ntp_analysis.patterns import patterns
from ntp_analysis.places import RUN, Home, PlaceMention, inside
from ntp_analysis.publisher import hosts_of, publishers
from ntp_analysis.sections import region_of, sections
from ntp_analysis.speakers import DELEGATE
from ntp_analysis.text import View, lowered, unaccented
from ntp_analysis.voices import PHRASES, Voices, speaks, spoken_for

_SAYS = patterns("home")


def find_home(
    v: View, page: Layout, names: list[PlaceMention], voices: Voices, day: date | None, url: str, title: str
) -> Home:
    """Return an article's home. Evidence is added up; a site's own domain or a paper's initials weigh most.

    `names` are the provinces and districts named in the page, other stories left out; `voices` are where it has
    words of VOICES. Province and place are empty where nothing tells them; the country's level is `country`.
    """
    on = day or date(2024, 1, 1)
    names = [p for p in names if not (_meets_at(v, p) or _sent_by(v, p) or _of_delegates(v, p) or _weather_of(v, p))]
    hosts = hosts_of(url, v)
    votes, owners = _province_votes(v, page, names, on, hosts, title)
    province = _winner(v, votes, owners, voices, page, names)
    if province not in owners and (region := region_of(v, page, names, on)):
        return region
    if province not in owners and (
        _goes_round(v, page, names, province) or _of_ministry(v, page, names) or _tells_briefly(page, names)
    ):
        return Home(on, "", "Việt Nam", "country")
    if not province:
        return _national(voices, page, on, names, title)
    home = Home(on, province, province, "province")
    unit = own_unit(v, voices, page, names, home, hosts, title)
    if unit:
        home.place, home.level = unit
    return home


def likely_province(v: View, page: Layout, names: list[PlaceMention], day: date, owners: list[str]) -> str:
    """Return the province that most names fit; a name that several provinces have counts for each of them.

    Where two fit as well, the one whose paper or site it is, of `owners`, or else the communes named decide: An Lão
    is a district of Hải Phòng and of Bình Định. Where none is named, so do the communes.
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
    if published := next((province for province in owners if province in best), ""):
        return published
    communes = _by_communes(v, page, day)
    return max(best, key=lambda p: (communes[p], -list(votes).index(p)))


def written_at(v: View, page: Layout, place: PlaceMention) -> bool:
    """`Hà Nội, ngày 20/2 -`, `các đại biểu ở điểm cầu Hà Nội`: where an article was written is not what it is about."""
    if place.name == "Hà Nội" and v.low.endswith("điểm cầu ", 0, place.start):
        return True
    return (
        place.name in ("Hà Nội", "Hồ Chí Minh")
        and any(
            place.start - line.start < 6 and re.match(r"\s?[,(–-]", v.low[place.end : place.end + 2])
            for line in [*page.head, *page.body[:2]]
        )
    ) or (
        place.name == "Hà Nội"
        and _SAYS.held_in.search(v.low, max(0, place.start - 8), place.start) is not None
        and speaks(v.low, "country")
    )


def _meets_at(v: View, place: PlaceMention) -> bool:
    """`Tại thành phố Nam Định, sáng nay diễn ra hội nghị toàn quốc tổng kết ...`: where all provinces meet is not what they speak of."""
    begin = max(0, place.start - 200)
    before = _SAYS.right_at.search(v.low[begin : place.start])
    return before is not None and (
        _SAYS.meets_at.search(v.low, begin, place.start) is not None
        or _SAYS.at_it_meets.match(v.low, place.end) is not None
        or _SAYS.central_meets.match(v.low, place.end) is not None
    )


def _province_votes(
    v: View, page: Layout, names: list[PlaceMention], day: date, hosts: list[str], title: str
) -> tuple[Counter[str], set[str]]:
    votes: Counter[str] = Counter()
    owners: set[str] = set()
    for province, weight in publishers(v, page, hosts, day):
        votes[province] += weight
        owners.add(province)
    for place in names:
        if place.province and not written_at(v, page, place):
            province = name_on(place.province, day)
            votes[province] += 1 + 4 * inside(place, page.titles) + 2 * inside(place, page.body[:1])
            votes[province] += 4 * inside(place, page.head) * (not inside(place, page.titles))
    for name in _runs_of(title):
        found = gazetteer().province(name, day)
        if found:
            votes[found.name] += 4
    if not votes:
        votes.update(_by_communes(v, page, day))
    return votes, owners


def _runs_of(text: str) -> list[str]:
    return [m.group() for m in RUN.finditer(text)]


def _by_communes(v: View, page: Layout, day: date) -> Counter[str]:
    """Votes of communes named with their kind: many share a name, the province that has most of them wins."""
    votes: Counter[str] = Counter()
    for m in _SAYS.a_commune.finditer(v.low):
        run = RUN.match(v.text, m.end())
        if run:
            for province in dict.fromkeys(u.province for u in gazetteer().find(run.group(), "commune", day)):
                votes[province] += 1
    if len(votes) > 1:
        _by_other_names(v, votes, day)
    return votes


def _by_other_names(v: View, votes: Counter[str], day: date) -> None:
    """Between provinces that have the communes named as well: a picture's name, a keyword; the names of districts and communes without their kind."""
    plain = unaccented(v.low)
    for province in votes:
        votes[province] += unaccented(province) in plain  # "tien giang: them mot xa ..."
    if len([p for p in votes if votes[p] == max(votes.values())]) > 1:
        for name in set(_runs_of(v.text)):
            votes.update(
                {u.province for level in ("district", "commune") for u in gazetteer().find(name, level, day)}
                & set(votes)
            )


def _only_printed_there(province: str, voices: Voices, page: Layout, names: list[PlaceMention]) -> bool:
    """`(GLO)- Chương trình MTQG vừa được phê duyệt ...`: a paper's news of the country, in which nothing of its province is named."""
    spoken = spoken_for(voices, [*page.titles, *page.body])
    local = spoken["province"] + spoken["district"] + spoken["commune"]
    return spoken["country"] > 0 and not local and not any(p.province == province for p in names)


def _winner(
    v: View, votes: Counter[str], owners: set[str], voices: Voices, page: Layout, names: list[PlaceMention]
) -> str:
    """The province with most votes, unless the article is about the country or about several provinces."""
    if not votes:
        return ""
    (best, score), *rest = votes.most_common(2)
    if best in owners:
        return "" if _only_printed_there(best, voices, page, names) else best
    spoken = spoken_for(voices, [*page.titles, *page.body])
    voice, national = spoken["province"] + spoken["district"], spoken["country"]
    provinces = {p.name for p in names if p.level == "province"}
    titled = any(inside(p, [*page.titles, *page.body[:1]]) and p.province == best for p in names)
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
    if not any(inside(p, page.titles) for p in names if p.level == "province") and _lead_names_several(v, page, names):
        return ""
    return best


_FEW = 4


def _as_example(v: View, province: str, score: int, voices: Voices, page: Layout, names: list[PlaceMention]) -> bool:
    """An article that begins with the country and comes to its one province only later tells of it as an example."""
    named = [p for p in names if p.province == province]
    lead = [*page.titles, *page.body[:2]]
    if len(page.body) > 2 and _names_none(lead, page, voices, named):
        return any("trung ương" in v.low[line.start : line.end] for line in lead) or _is_national(v, lead, voices)
    lead = [*page.titles, *page.body[:1]]
    told = any(AMOUNT.search(v.low, line.start, line.end) for line in lead)
    few = score <= _FEW and not spoken_for(voices, page.body)["province"]
    return (
        len(page.body) > 1 and told and few and _names_none(lead, page, voices, named) and _is_national(v, lead, voices)
    )


def _names_none(lead: list[Line], page: Layout, voices: Voices, named: list[PlaceMention]) -> bool:
    spoken = spoken_for(voices, lead)
    own = spoken["province"] + spoken["district"] + spoken["commune"]
    return not own and not any(inside(p, [*page.head, *lead, *page.tail]) for p in named)


def _is_national(v: View, lead: list[Line], voices: Voices) -> bool:
    return spoken_for(voices, lead)["country"] > 0 or any(
        _SAYS.of_the_country.search(v.low, line.start, line.end) for line in lead
    )


def _sent_by(v: View, p: PlaceMention) -> bool:
    """`ĐBQH Lý Thị Lan (Hà Giang)`: who speaks was sent by a province, the article is not about it."""
    return v.low.startswith(")", p.end) and DELEGATE.search(v.low, max(0, p.start - 70), p.start) is not None


def _weather_of(v: View, p: PlaceMention) -> bool:
    """`Chủ Nhật, 11/06/2023 | Việt Trì 31°C`: the head of a portal's page."""
    return _SAYS.weather.match(v.low, p.end) is not None


def _of_delegates(v: View, p: PlaceMention) -> bool:
    """`đại biểu Rah Lan H'Nhung, đoàn Gia Lai`, `Đại biểu Lai Châu đề nghị`, in the National Assembly: who sent the one who speaks."""
    return (
        p.level == "province"
        and "quốc hội" in v.low
        and _SAYS.sends.search(v.low, max(0, p.start - 40), p.start) is not None
    )


def _goes_round(v: View, page: Layout, names: list[PlaceMention], province: str) -> bool:
    """An article whose parts each begin with another province, or that hears delegates of several, is of none of them, unless its title names one."""
    parts = {s.place.province for s in sections(v, page, names).values() if s.place.level == "province"}
    opened = {
        p.province
        for line in page.body
        for p in names
        if p.level == "province"
        and line.start <= p.start < line.start + 40
        and _SAYS.opens.fullmatch(v.low, line.start, p.start)
    }
    parts = parts if len(parts) > 1 or len(opened) < 3 else opened
    parts = parts if len(parts) > 1 else {p.province for p in names if p.level == "province" and _sent_by(v, p)}
    return len(parts) > 1 and not any(inside(p, page.titles) and p.province == province for p in names)


def _of_ministry(v: View, page: Layout, names: list[PlaceMention]) -> bool:
    """A ministry's own page, or its meeting with all provinces: one of them is named only as an example, unless title or lead name it."""
    if any(inside(p, [*page.titles, *page.body[:1]]) for p in names):
        return False
    own = any(_SAYS.its_page.search(v.low, line.start, line.end) for line in page.head)
    return own or any(_SAYS.calls_all.search(v.low, line.start, line.end) for line in page.body[:2])


def _lead_names_both(one: str, two: str, page: Layout, names: list[PlaceMention]) -> bool:
    """`của Ninh Thuận và Bình Thuận`: an article that begins with two provinces is of neither alone."""
    first = {p.name for p in names if p.level == "province" and inside(p, [*page.titles, *page.body[:1]])}
    return {one, two} <= first


def _lead_names_several(v: View, page: Layout, names: list[PlaceMention]) -> bool:
    """`Yên Bái, Sơn La, Lạng Sơn cùng nhận vốn các chương trình`: an article that begins with a row of provinces is of none of them."""
    lead = sorted((p for p in names if p.level == "province" and inside(p, page.body[:1])), key=lambda p: p.start)
    row = [
        p
        for p in lead
        if p.start == lead[0].start or any(_SAYS.in_a_row.fullmatch(v.low, k.end, p.start) for k in lead)
    ]
    return len({p.name for p in row}) > 2


def _tells_briefly(page: Layout, names: list[PlaceMention]) -> bool:
    """News in brief: three items or more, each of another province."""
    items = [line for line in page.body if line.kind == "item"]
    told = [
        provinces for line in items if (provinces := {p.province for p in names if p.province and inside(p, [line])})
    ]
    return len(told) > 2 and all(len(provinces) == 1 for provinces in told) and len(set.union(*told)) == len(told)


def _national(voices: Voices, page: Layout, day: date, names: list[PlaceMention], title: str) -> Home:
    """The country, unless the article speaks of "tỉnh ta", "toàn huyện" and nothing says which: then nothing."""
    spoken = spoken_for(voices, [*page.titles, *page.body])
    spoken.update(level for level in PHRASES if speaks(lowered(title), level))
    lead = spoken_for(voices, [*page.titles, *page.body[:1]])
    own = [level for level in ("province", "district", "commune") if lead[level] or spoken[level] > 1]
    leading = {p.name for p in names if p.level == "province" and inside(p, [*page.titles, *page.body[:1]])}
    if own and len(leading) < 2 and not spoken["country"] and len({p.province for p in names}) < 3:
        return Home(day, "", "", own[0])
    return Home(day, "", "Việt Nam", "country")
