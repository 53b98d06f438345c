"""The district or commune that an article is about, where it is not the province as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from ntp_analysis.gazetteer import gazetteer
from ntp_analysis.layout import Layout
from ntp_analysis.lines import Line
from ntp_analysis.patterns import patterns
from ntp_analysis.places import FORMER, Home, PlaceMention, inside
from ntp_analysis.publisher import PAPER
from ntp_analysis.speakers import HEAD_OF
from ntp_analysis.text import View, unaccented
from ntp_analysis.voices import Voices, spoken_for

_SAYS = patterns("own_unit")


def _slug(name: str) -> str:
    """`Mường Lát` in the address `muonglat.thanhhoa.gov.vn`."""
    return "".join(c for c in unaccented(name) if c.isalnum() and c.isascii())


def _one_of_several(name: str, level: str, names: list[PlaceMention], page: Layout, province: str) -> bool:
    """Two more units are named nearly as often, and no title or banner singles one out: the article is about their province."""
    alike = [p for p in names if p.level == level and p.province == province]
    if any(p.name == name and inside(p, [*page.titles, *page.head, *page.tail]) for p in alike):
        return False
    counts = Counter(p.name for p in alike)
    return sum(1 for other, n in counts.items() if other != name and 2 * n > counts[name]) > 1


def _told_of(v: View, names: list[PlaceMention]) -> list[PlaceMention]:
    """Leave out the units of those who speak, where several are heard: a round table is about none of them."""
    heard = [
        p for p in names if p.level in ("district", "commune") and HEAD_OF.search(v.low, max(0, p.start - 80), p.start)
    ]
    if len({(p.level, p.name) for p in heard}) < 2:
        return names
    return [p for p in names if not any(p is h for h in heard)]


def _receives(v: View, names: list[PlaceMention], province: str) -> bool:
    """`năm 2025 thành phố Huế được giao 486 tỷ đồng`: an article that tells what a province has is not of a district in it."""
    return any(
        p.level == "province" and p.name == province and _SAYS.is_given.match(v.low, p.end) is not None for p in names
    )


_ACTS = {"district": _SAYS.district_acts, "commune": _SAYS.commune_acts}
"""`huyện mới giải ngân được 21,3%`, `huyện miền núi này`: who is meant by it is known from elsewhere"""
_MOST_ACTS = 6
_ENOUGH = 4


def _alone(pattern: re.Pattern[str], v: View, line: Line) -> Iterator[re.Match[str]]:
    """The matches of a pattern of one unit in a line."""
    return (
        m
        for m in pattern.finditer(v.low, line.start, line.end)
        if _SAYS.several.search(v.low, max(0, m.start() - 8), m.start()) is None
    )


def _acts(v: View, page: Layout, level: str) -> tuple[int, bool]:
    """How often a text tells what "the district" or "the commune" does, and whether it tells of its money."""
    found = [m for line in page.body for m in _alone(_ACTS[level], v, line)]
    return min(len(found), _MOST_ACTS), any(_SAYS.has_money.match(v.low, m.end()) for m in found)


def has_money(v: View, end: int) -> bool:
    """Tell whether a sum follows what a name ends: `Mường Lát có trong tay 243,7 tỷ đồng`."""
    return _SAYS.has_money.match(v.low, end) is not None


def _with_money(v: View, p: PlaceMention) -> bool:
    return has_money(v, p.end) and _SAYS.income_of.search(v.low, max(0, p.start - 60), p.start) is None


class _Candidate(NamedTuple):
    """A district or commune that an article may be about."""

    score: float
    weight: float
    name: str
    level: str
    paid: bool
    """whether the article tells of its money, or is its own page"""


def _candidates(
    v: View, page: Layout, names: list[PlaceMention], level: str, said: int, alone: bool, labels: set[str], title: str
) -> list[_Candidate]:
    """The units of a level with the evidence for each; `said` is how often the text speaks for one, `alone`: of the province's money it does not."""
    scores: Counter[str] = Counter()
    # a title that sets two districts against each other is of neither
    titled = len({p.name for p in names if inside(p, page.titles)}) == 1
    named = [
        p
        for p in names
        if not (inside(p, page.titles) and _SAYS.a_commune_in.search(v.low, max(0, p.start - 60), p.start))
    ]
    for p in named:
        scores[p.name] += 1 + 6 * titled * inside(p, page.titles) + 3 * inside(p, page.body[:1])
        scores[p.name] += 8 * (
            inside(p, [*page.titles, *page.body[:2]])
            and not _SAYS.and_another.match(v.text, p.end)
            and _SAYS.visited.search(v.low, max(0, p.start - 60), p.start) is not None
        )
        scores[p.name] += (8 * inside(p, page.head) or 5 * inside(p, page.tail)) * (not inside(p, page.titles))
    owners = {p.name for p in named if inside(p, page.head) and not inside(p, page.titles)} | {
        name for name in scores if _slug(name) in labels
    }
    paid = Counter(p.name for p in named if _with_money(v, p))
    acts, of_money = _acts(v, page, level)
    if alone and len(paid) == 1 and len(scores) < 3:
        name = max(paid)
        scores[name] += 3 * min(paid[name], 2) + acts
    for name in scores:
        scores[name] += 10 * (_slug(name) in labels) + 6 * (name in title)
    return [
        _Candidate(score, score + min(said, 6), name, level, of_money or paid[name] > 0 or name in owners)
        for name, score in scores.items()
    ]


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


def _holds_it(v: View, p: PlaceMention, following: PlaceMention | None) -> bool:
    """`Thanh Hóa - Xã Tam Chung ưu tiên ...`, `xã biên giới Thanh Hóa`: a province named for the unit in it."""
    dated = (
        following is not None
        and following.level in ("district", "commune")
        and following.province == p.name
        and _SAYS.where.fullmatch(v.text, p.end, following.start) is not None
    )
    unit = _SAYS.unit_of.search(v.low, max(0, p.start - 40), p.start) if v.low.endswith(" ", 0, p.start) else None
    return dated or (unit is not None and _SAYS.several.search(v.low, max(0, unit.start() - 8), unit.start()) is None)


def _whose_site(hosts: list[str], home: Home) -> str:
    """`phuocson.quangnam.gov.vn`: the site of a district that the text, which says `huyện` alone, need not name."""
    labels = {
        parts[0].removeprefix("huyen")
        for host in hosts
        if len(parts := host.split(".")) > 3 and host.endswith(".gov.vn") and parts[-3] == _slug(home.province)
    }
    return (
        next((name for name in gazetteer().districts(home.province, home.day) if _slug(name) in labels), "")
        if labels
        else ""
    )


def own_unit(
    v: View, voices: Voices, page: Layout, names: list[PlaceMention], home: Home, hosts: list[str], title: str
) -> tuple[str, str] | None:
    """The district or commune that the article is about, if it is not the province as a whole."""
    voice = spoken_for(voices, [*page.head, *page.body])
    labels = {label for host in hosts for label in host.split(".")[:-2]}
    ordered = sorted(names, key=lambda p: p.start)
    containers = {
        id(two)
        for one, two in pairwise(ordered)
        if one.level != two.level != "commune" and one.level != "province" and 0 <= two.start - one.end <= 2
    }
    containers |= {
        id(p) for p, two in zip_longest(ordered, ordered[1:]) if p.level == "province" and _holds_it(v, p, two)
    }
    banners = [line for line in page.head if PAPER.fullmatch(v.low, line.start, line.end)]
    names = [p for p in _told_of(v, names) if p.level == "province" or not inside(p, banners)]
    provinces = [p for p in names if p.level == "province"]
    of_province = (
        voice["province"] > 0
        or home.province in title
        or any(_with_money(v, p) or inside(p, page.titles) for p in provinces)
        or any(any(_alone(_SAYS.provinces_money, v, line)) for line in page.body)
    )
    found = []
    for level in ("district", "commune"):
        units = [
            p
            for p in names
            if p.level == level
            and p.province == home.province
            and id(p) not in containers
            and not FORMER.match(v.low, p.end)
        ]
        found += _candidates(v, page, units, level, voice[level], not of_province, labels, title)
    best = _heaviest(found, home)
    if best is None and (owner := _whose_site(hosts, home)):
        return owner, "district"
    if best is None or _one_of_several(best.name, best.level, names, page, home.province):
        return None
    province_named = sum(
        1 + 6 * inside(p, page.titles) + 3 * inside(p, page.body[:1])
        for p in names
        if p.level == "province" and p.name == home.province and id(p) not in containers
    )
    if (
        best.level == "commune"
        and not best.paid
        and any(p.name == home.province and _with_money(v, p) for p in provinces)
    ):
        return None
    if (
        _receives(v, names, home.province)
        and not any(inside(p, [*page.titles, *page.head]) for p in names if p.name == best.name)
        and _slug(best.name) not in labels
    ):
        return None
    if best.weight > min(province_named, 12) * 0.6 + 2 * voice["province"] + 2:
        return best.name, best.level
    return None
