"""All that a sentence mentions: numbers, programmes, capital, places, days, periods and cue words, as spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ntp_analysis.amounts import Number
from ntp_analysis.dates import DateMention, PeriodMention, find_dates, find_periods
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home, PlaceMention, bare_communes, communes
from ntp_analysis.text import View
from ntp_analysis.units import find_units, sharers

_SAYS = patterns("mentions")

REFERRING = ("this", "these", "other_one", "others")
"""codes of words that stand for a programme named before"""
SPECIFIC = ("nrd", "spr", "sedema")
"""the three programmes; other codes stand for several or for what is none"""


@dataclass(slots=True)
class Mention:
    """A span with a kind; `code` is its meaning, `data` what was read from it."""

    start: int
    end: int
    kind: str
    code: str
    data: Any = None
    bound_to: Number | None = None
    """the number right before it that it belongs to"""


@dataclass(slots=True)
class Sentence:
    """A sentence's span, what it mentions in text order, and its numbers."""

    start: int
    end: int
    line_kind: str
    mentions: list[Mention]
    numbers: list[Number] = field(default_factory=list)
    begin: int = -1
    """where it begins behind words that only lead in: `Có thể nói, `, `Ông A cho biết, `"""

    def __post_init__(self) -> None:
        self.begin = max(self.begin, self.start)

    def between(self, start: int, end: int, kind: str = "") -> list[Mention]:
        """Return the mentions that begin in a span."""
        return [m for m in self.mentions if start <= m.start < end and (not kind or m.kind == kind)]

    def next_number(self, position: int) -> Number | None:
        """Return the first number with a unit that begins behind a position."""
        return next((n for n in self.numbers if n.start > position and n.unit), None)


def led_in(low: str, start: int, end: int) -> int:
    """Return where a sentence begins to tell, behind words that only lead in.

    >>> low = "qua rà soát, huyện được giao 12 tỷ đồng"
    >>> low[led_in(low, 0, len(low)) :]
    'huyện được giao 12 tỷ đồng'
    """
    lead = _SAYS.lead_in.match(low, start, end)
    return lead.end() if lead else start


def defined_projects(low: str) -> dict[str, str]:
    """Return the older programmes that an article says are projects of a programme.

    >>> defined_projects("dự án 2 (chương trình 135) được giao 52 tỷ đồng")
    {'135': 'DA2'}
    """
    if "135" not in low and "30a" not in low:
        return {}
    return {m[2] or m[3]: f"DA{m[1] or m[4]}" for m in _SAYS.defined.finditer(low)}


def _listed_components(low: str, start: int, end: int) -> list[Mention]:
    """`các Dự án 1, 4 và 9`, `Tiểu dự án 1 và 2 của Dự án 3`: the projects of a list that says the word once."""
    found: list[Mention] = []
    for m in _SAYS.subs.finditer(low, start, end):
        if 1 <= int(m[2]) <= 10:
            subs = list(re.finditer(r"(?:tiểu dự án |tda ?)?(\d{1,2})", m[1]))
            spans = [
                (m.start() if n == 0 else m.start(1) + k.start(), m.start(1) + k.end(), k[1])
                for n, k in enumerate(subs)
            ]
            found += [
                Mention(a, m.end() if n == len(spans) - 1 else b, "component", f"DA{int(m[2])}.TDA{int(sub)}")
                for n, (a, b, sub) in enumerate(spans)
            ]
    for m in _SAYS.component.finditer(low, start, end):
        if (
            not m[3]
            or m[4]
            or not (
                _SAYS.several.match(m.group()) or _SAYS.several_before.search(low, max(start, m.start() - 8), m.start())
            )
        ):
            continue
        more = _SAYS.more_projects.match(low, m.end(), end)
        while more:
            if 1 <= int(more[1]) <= 10:
                found.append(Mention(more.start(1), more.end(), "component", f"DA{int(more[1])}"))
            more = _SAYS.more_projects.match(low, more.end(), end)
    return found


def components(low: str, start: int, end: int) -> list[Mention]:
    """Return projects inside a programme: `Tiểu dự án 1, Dự án 4` is DA4.TDA1.

    >>> [m.code for m in components("tiểu dự án 1, dự án 4 đạt 42%; dự án 5: chưa", 0, 44)]
    ['DA4.TDA1', 'DA5']
    >>> [m.code for m in components("các dự án 1, 4 và 9; tiểu dự án 1 và 2 của dự án 3", 0, 50)]
    ['DA1', 'DA4', 'DA9', 'DA3.TDA1', 'DA3.TDA2']
    """
    found: list[Mention] = []
    if not _SAYS.component_word.search(low, start, end):
        return found
    for m in _SAYS.component.finditer(low, start, end):
        sub, project = m[1] or m[4], m[2] or m[3]
        if 1 <= int(project) <= 10:
            code = f"DA{int(project)}" + (f".TDA{int(sub)}" if sub else "")
            found.append(Mention(m.start(), m.end(), "component", code))
    listed = _listed_components(low, start, end)
    found = [c for c in found if not any(k.start < c.end and c.start < k.end for k in listed)] + listed
    found += [Mention(m.start(), m.end(), "component", "") for m in _SAYS.this_one.finditer(low, start, end)]
    for m in _SAYS.alone.finditer(low, start, end):
        if not any(c.start <= m.start() < c.end or (c in listed and c.start < m.end() <= c.end) for c in found):
            found.append(Mention(m.start(), m.end(), "component", f".TDA{int(m[1])}"))
    return sorted(found, key=lambda c: c.start)


LEFT_OUT = _SAYS.left_out
"""`không tính vốn năm trước chuyển sang`"""
_YEARS = re.compile(r"20\d\d")


def carryovers(low: str, start: int, end: int) -> list[Mention]:
    """Return what is said of money moved from an earlier year: only, included or excluded, with its first year.

    >>> [(m.code, m.data) for m in carryovers("vốn năm 2022 và năm 2023 kéo dài sang là 193.575 triệu", 0, 54)]
    [('only', '2022-2023')]
    >>> [m.code for m in carryovers("(không tính nguồn vốn năm trước kéo dài)", 0, 40)]
    ['excluded']
    """
    found: list[Mention] = []
    if not _SAYS.carry_word.search(low, start, end):
        return found
    for m in _SAYS.carried.finditer(low, start, end):
        if _SAYS.works.search(low, max(0, m.start() - 12), m.start()) or _SAYS.asked_for.search(
            low, max(start, m.start() - 30), m.start()
        ):
            continue
        told = found[-1].end if found else start
        if _SAYS.lasts.match(low, start, m.end()) or m.start() < told:
            continue
        begin = max(m.start() - 95, told)
        found += (carried for carried in [_carried(low, m, start, begin, end)] if carried is not None)
    found += (
        Mention(m.start(), m.end(), "carry", "included", "") for m in _SAYS.with_earlier.finditer(low, start, end)
    )
    return found


def _carried(low: str, m: re.Match[str], start: int, begin: int, end: int) -> Mention | None:
    """What words of moving say, by the word for money before them."""
    if ahead := _SAYS.carried_ahead.match(low, m.start(), end):
        return Mention(m.start(), ahead.end(), "carry", "only", ahead[1])
    head = _last_head(low, begin, m.start())
    if (before := _SAYS.from_year.match(low, m.start(), end)) and not (head and head["how"]):
        return Mention(m.start(), before.end(), "carry", "only", before[1] if before[1].isdigit() else "")
    if moved := _SAYS.moved_sum.match(low, m.start(), end):
        return Mention(m.start(), moved.end("verb"), "carry", "only", moved[2])
    to = _SAYS.carried_to.match(low, m.end(), end)
    stop, since = (to.end(), to["since"] or "") if to else (m.end(), "")
    if head is None and (year := _SAYS.year_before.search(low, max(start, m.start() - 26), m.start())):
        return Mention(year.start(), stop, "carry", "only", "-".join(y for y in year.groups() if y and y.isdigit()))
    how = head["how"] or "" if head else ""
    if (
        head is None
        or _SAYS.not_money.search(head["rest"])
        or _SAYS.amount.search(head["rest"])
        or (not how and _SAYS.clause_end.search(head["rest"]))
    ):
        part = _SAYS.part_moved.search(low, max(start, m.start() - 50), m.start()) is not None
        return (
            Mention(m.start(), stop, "carry", "only", "".join(_YEARS.findall(m.group() + since)[:1])) if part else None
        )
    also = how == "gồm" and (
        low.endswith("đã ", 0, head.start()) or (low.endswith("(", 0, head.start()) and low.startswith(")", stop))
    )
    code = "excluded" if LEFT_OUT.match(how) else "included" if also or (how and how != "gồm") else "only"
    if code == "only" and _SAYS.this_and.search(low, max(start, head.start() - 50), head.start()):
        both = _SAYS.both_in_it.search(low, max(start, head.start() - 50), head.start())
        return Mention(both.start() if both else head.start(), stop, "carry", "included", "")
    if code == "only" and _SAYS.its_year_and.match(head["rest"]):
        return Mention(head.start(), stop, "carry", "included", "")
    if since and (told := _SAYS.moved_from.match(low, m.start(), end)):
        return Mention(
            head.end("noun") if head["noun"].endswith("đồng") else head.start(), stop, "carry", code, told[1]
        )
    years = sorted(set(_YEARS.findall(head["rest"]) or _YEARS.findall(m.group() + since)))
    if not years and "năm" not in head["rest"] and (into := _SAYS.moved_into.search(low, m.start(), stop)):
        years = [str(int(into[1]) - 1)]
    period = "" if not years else years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"
    return Mention(head.end("noun") if head["noun"].endswith("đồng") else head.start(), stop, "carry", code, period)


def _last_head(low: str, begin: int, end: int) -> re.Match[str] | None:
    """The word for money nearest before the words of moving, with what is said of including it."""
    nouns = [m for m in _SAYS.carry_noun.finditer(low, begin, end + 12) if m.end() <= end]
    return _SAYS.carry_head.match(low, nouns[-1].start(), end) if nouns else None


def new_money(low: str, start: int, end: int) -> list[Mention]:
    """Return money given in the year itself, as set against money carried over."""
    if not _SAYS.new_money_word.search(low, start, end):
        return []
    return [
        Mention(m.start(), m.end(), "carry", "excluded", m[1] or m[2] or "")
        for m in _SAYS.new_money.finditer(low, start, end)
    ]


def sentence_mentions(
    v: View,
    start: int,
    end: int,
    lexical: list[tuple[int, int, str, str]],
    names: list[PlaceMention],
    home: Home,
    with_communes: bool,
) -> list[Mention]:
    """Return all mentions of a sentence but its numbers, in text order."""
    low = v.low
    this_year = str(home.day.year)
    # what is not yet spent of it
    carries = [
        m
        for m in carryovers(low, start, end)
        if not ("chưa " in low[m.start : m.end] and m.data[-4:] >= this_year and home.dated)
    ]
    if not carries and low.find(" cũ", start, end) >= 0:
        carries = [
            Mention(m.start(), m.end(), "carry", "included" if m["both"] else "only", "")
            for m in _SAYS.old_money.finditer(low, start, end)
        ]
    found = [Mention(a, b, kind, code) for a, b, kind, code in lexical]
    carries += [m for m in new_money(low, start, end) if not any(c.start <= m.start < c.end for c in carries)]
    found += components(low, start, end) + carries
    if low.find("1719", start, end) >= 0:
        found += [
            Mention(m.start(), m.end(), "programme", "sedema")
            for m in _SAYS.by_number.finditer(low, start, end)
            if not any(k.start <= m.start() < k.end for k in found)
        ]
    if any(m.kind == "programme" and m.code in ("spr", "nrd") for m in found):
        found += [
            Mention(m.start(), m.end(), "programme", "sedema")
            for m in _SAYS.beside_others.finditer(low, start, end)
            if not any(k.kind == "programme" and k.start <= m.start() < k.end for k in found)
        ]
    if low.find("ương", start, end) >= 0:
        found += [
            Mention(m.start(), m.end(), "source_weak", "local") for m in _SAYS.local_share.finditer(low, start, end)
        ]
        centre = min((m.start for m in found if m.kind == "source" and m.code == "central"), default=end)
        found += [Mention(m.start(), m.end(), "source", "local") for m in _SAYS.of_its_own.finditer(low, centre, end)]
    if low.find(", chi ", start, end) >= 0 or low.find(", tiêu ", start, end) >= 0:
        found += [
            Mention(m.start(), m.end(), "measure", "disbursed") for m in _SAYS.spent_of_it.finditer(low, start, end)
        ]
    found += [
        Mention(m.start, m.end, "component", m.code.split()[1])
        for m in found
        if m.kind == "title" and _SAYS.project_titled.search(low, max(start, m.start - 40), m.start)
    ]
    places = [p for p in names if start <= p.start < end]
    places += communes(v, start, end, home.day, home)
    if with_communes or any(p.level == "commune" for p in places) or _SAYS.communes_told.search(low, start, end):
        places += bare_communes(v, start, end, home)
    places += find_units(v, start, end, home) + sharers(v, start, end, names)
    found += [Mention(p.start, p.end, "place", p.name, p) for p in _disjoint(places)]
    dates = find_dates(low, start, end)
    found += [Mention(d.start, d.end, "date", d.kind, d) for d in dates]
    found += _periods(low, start, end, dates, carries)
    found = _pairs_as_one(_without_covered(found, low), low)
    found.sort(key=lambda m: (m.start, m.code != "each", -m.end))  # "đều" is taken in before "đều chưa giải ngân"
    return found


def _pairs_as_one(found: list[Mention], low: str) -> list[Mention]:
    """`118 tỷ đồng của hai Chương trình MTQG giảm nghèo bền vững và phát triển ... miền núi (28,6%)`: all of it is of both."""
    programmes = sorted((m for m in found if m.kind == "programme" and m.code in SPECIFIC), key=lambda m: m.start)
    if len(programmes) < 2 or any(m.kind == "marker" and m.code in ("respectively", "each") for m in found):
        return found
    for one, two in pairwise(programmes):
        counted = _SAYS.counted_two.search(low, max(0, one.start - 40), one.start + 20)
        if (
            counted is not None
            and counted.start() <= one.start <= counted.end()
            and one.code != two.code
            and _SAYS.and_the_other.match(low[one.end : two.start])
        ):
            both = Mention(counted.start(), two.end, "programme", "+".join(sorted((one.code, two.code))))
            return [m for m in found if m.kind != "programme" or m.end <= both.start or m.start >= both.end] + [both]
    return found


def _says_which_is_spent(low: str, m: Mention) -> bool:
    """`giải ngân số vốn đã phân bổ là 52 tỷ đồng`: what was given only says which money was spent."""
    begin = low.rfind("giải ngân", max(0, m.start - 110), m.start)
    return (
        begin >= 0
        and _SAYS.money_spent.fullmatch(low, begin, m.start) is not None
        and (_SAYS.comes_to.match(low, m.end) is not None or low.endswith(" đạt", m.start, m.end))
    )


def _without_covered(found: list[Mention], low: str) -> list[Mention]:
    """A word inside a name or a firmer expression is not a topic: `giá` in `Giá Rai`, `cầu` in `yêu cầu`."""
    firm = [m for m in found if m.kind in ("programme", "capital", "source", "place", "basis", "component", "carry")]
    names = [m for m in firm if m.kind in ("programme", "place")]
    carries = [m for m in firm if m.kind == "carry"]
    sources, weak = (
        [m for m in firm if m.kind == "source"],
        [m for m in found if m.kind == "source_weak" and _SAYS.sum_next.match(low, m.end)],
    )
    bodies = [m for m in found if m.kind == "someone"]
    covers = {"topic": [*firm, *bodies], "someone": firm, "basis": [*names, *carries], "source_weak": sources}
    kept = []
    for m in found:
        if m.code == "compare":
            hidden = low.endswith("các ", 0, m.start) or _inside(m, carries)
        elif m.kind == "place":
            # "đối ứng của tỉnh"
            hidden = m.data.kind == "self" and _inside(m, [k for k in [*sources, *weak] if k.start < m.start])
        elif m.code in REFERRING and any(k.kind == "component" and k.start < m.start < k.end for k in firm):
            hidden = True  # "Dự án 2 Chương trình 1719"
        elif m.kind == "programme" and m.code == "ntp":
            hidden = any(k.start <= m.start and m.end <= k.end for k in sources)  # "vốn lồng ghép từ các chương trình"
        elif m.kind == "measure":
            # "tiền của năm 2022 chưa tiêu kịp"
            hidden = m.code != "allocated" and _inside(
                m, [k for k in carries if "chưa " in low[k.start : k.end] or "thời gian" in low[k.start : k.end]]
            )
            hidden = hidden or (m.code in ("allocated", "distributed") and _says_which_is_spent(low, m))
        elif m.kind == "period":
            # "8 xã đạt chuẩn nông thôn mới năm 2019"
            hidden = any(k.kind == "place" and k.start < m.start < k.end for k in names)
        elif m.code in ("progress", "someone") and any(
            m.start < k.start < m.end < k.end and k.kind == "place" and k.data.kind == "named" for k in names
        ):
            hidden = True  # "còn có xã Dào San 79,4%"
        elif m.kind in ("topic", "someone") and any(
            k.kind == "component" and m.start < k.start < m.end < k.end for k in firm
        ):
            hidden = True  # "nhóm khá có Dự án 4 đạt 41,2%"
        else:
            hidden = m.kind in covers and _inside(m, covers[m.kind])
        if not hidden:
            kept.append(m)
    return kept


def _inside(m: Mention, others: list[Mention]) -> bool:
    return any(k.start <= m.start < k.end and not (k.start == m.start and k.end < m.end) for k in others)


def _disjoint(places: list[PlaceMention]) -> list[PlaceMention]:
    if len(places) < 2:
        return places
    kept: list[PlaceMention] = []
    rank = {
        "named": 0,
        "region": 1,
        "members": 1,
        "country": 1,
        "this": 2,
        "here": 2,
        "these": 2,
        "others": 2,
        "self": 3,
    }
    # "34 xã, phường thuộc Phú Yên cũ"
    around = {
        id(p)
        for p in places
        if p.kind == "region" and any(k.kind == "named" and p.start < k.start and k.end < p.end for k in places)
    }
    for p in sorted(places, key=lambda p: (id(p) not in around, rank[p.kind], -(p.end - p.start))):
        if not any(p.start < k.end and k.start < p.end for k in kept):
            kept.append(p)
    return sorted(kept, key=lambda p: p.start)


def _periods(low: str, start: int, end: int, dates: list[DateMention], carries: list[Mention]) -> list[Mention]:
    found = []
    for p in find_periods(low, start, end):
        inside_date = any(
            d.start <= p.start and p.end <= d.end and d.kind not in ("year_end", "months", "quarter") for d in dates
        )
        of_date = _dates_year(p, dates)
        inside_carry = any(c.start <= p.start < c.end for c in carries)
        if not inside_date and not inside_carry and not of_date:
            found.append(Mention(p.start, p.end, "period", p.kind, p))
    for d in dates:
        if (
            d.kind in ("year_end", "months", "quarter")
            and d.year
            and not any(p.start < d.end and d.start < p.end for p in found)
        ):
            found.append(Mention(d.start, d.end, "period", "year", PeriodMention(d.start, d.end, str(d.year))))
    return found


def _dates_year(p: PeriodMention, dates: list[DateMention]) -> bool:
    return any(d.kind in ("day", "month") and d.start <= p.start < d.end for d in dates)
