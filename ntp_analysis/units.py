"""Words that stand for places without naming them: "toàn tỉnh", "các huyện này", "9 huyện miền núi", "cả nước"."""

from __future__ import annotations

import re

from ntp_analysis.amounts import IN_WORDS
from ntp_analysis.gazetteer import gazetteer
from ntp_analysis.patterns import patterns
from ntp_analysis.places import FORMER, RUN, Home, PlaceMention
from ntp_analysis.text import View

_SAYS = patterns("units")

_LEVELS = {
    "tỉnh": "province",
    "huyện": "district",
    "thị xã": "district",
    "quận": "district",
    "xã": "commune",
    "phường": "commune",
}

MEETING_OF = _SAYS.meeting_of
_ENDS_A_COUNT = tuple(f"{last} " for last in [*"0123456789", *(word for word, n in IN_WORDS.items() if n > 1)])
_ALL_PROVINCES = ("34 ", "63 ")


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
    for m in _SAYS.unit.finditer(v.low, start, end):
        if _is_word(v.low, m.start(), m.end()):
            _around(v, m, home, found)
    for m in _SAYS.region.finditer(v.low, start, end) if _SAYS.region_word.search(v.low, start, end) else ():
        if _is_word(v.low, m.start(), m.end()):
            found.append(PlaceMention(m.start(), m.end(), "region", v.text[m.start() : m.end()], "region"))
    for m in _SAYS.all_of_the_region.finditer(v.low, start, end) if home.level == "region" else ():
        found.append(PlaceMention(m.start(), m.end(), "region", home.place, "region"))
    if not home.province and (report := _SAYS.national.search(v.low, start, end)):
        found.append(PlaceMention(report.start(), report.end(), "country", "Việt Nam", "country"))
    for m in _SAYS.here.finditer(v.low, start, end) if "đây" in v.low[start:end] else ():
        found.append(PlaceMention(m.start(), m.end(), "here", "", ""))
    for words, place in (
        *_ALL_OF_THE_COUNTRY,
        *(
            (
                (whole, home.place)
                for whole in (
                    "toàn vùng",
                    "cả vùng",
                    "hai vùng",
                    "địa bàn vùng",
                    "tỉnh trong vùng",
                    "toàn khu vực",
                    "cả khu vực",
                    "toàn cụm",
                    "cả cụm",
                )
            )
            if home.level == "region"
            else ()
        ),
    ):
        at = v.low.find(words, start, end)
        while at >= 0:
            level = "country" if place == "Việt Nam" else "region"
            found.append(PlaceMention(at, at + len(words), level, place, level))
            at = v.low.find(words, at + 1, end)
    return found


def sharers(v: View, start: int, end: int, names: list[PlaceMention]) -> list[PlaceMention]:
    """Return the country where its government shares out what a province is named next to get a part of."""
    found = [
        PlaceMention(m.start("who"), m.end("who"), "country", "Việt Nam", "country")
        for m in _SAYS.shared_to.finditer(v.low, start, end)
    ]
    for m in _SAYS.shared_out.finditer(v.low, start, end) if "trong đó" in v.low[start:end] else ():
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
    if low.startswith((" nào", " nọ"), m.end()) or _SAYS.of_another.search(before):
        return  # "huyện nào cũng phải đạt 90%", "hợp tác xã 64 tỷ đồng", "huyện được UBND tỉnh giao 34 tỷ đồng"
    if (each := _SAYS.all_of_them.search(before)) and _SAYS.each_of_them.match(low, m.end()):
        found.append(PlaceMention(m.start() - len(each.group()), m.end(), "these", "", level))
        return
    if region := _group(v, m, before, home):
        found.append(region)
    if word == "địa phương":
        if (counted := _COUNT_OF_THEM.search(before)) and _SAYS.pointing.match(low, m.end()):
            begin = m.start() - len(counted.group())
            found.append(PlaceMention(begin, m.end(), "region", v.text[begin : m.end()], "region", home.province))
        return
    if pointing := _SAYS.pointing.match(low, m.end()):
        several = _SAYS.several.search(before)
        begin = m.start() - len(several.group()) if several else m.start()
        found.append(PlaceMention(begin, pointing.end(), "these" if several else "this", "", level))
        return
    if (remaining := _SAYS.remaining.match(low, m.end())) and (several := _SAYS.several.search(before)):
        found.append(PlaceMention(m.start() - len(several.group()), remaining.end(), "others", "", level))
        return
    ours = _SAYS.ours.match(low, m.end())
    if _SAYS.in_a_list.search(before):
        return
    if whole := _SAYS.whole.search(before):
        found.append(PlaceMention(m.start() - len(whole.group()), ours.end() if ours else m.end(), "self", "", level))
    elif MEETING_OF.search(before) and _SAYS.meets.match(low, m.end()):
        found.append(PlaceMention(m.start(), m.end(), "self", "", level))
    elif (
        ours
        or (_SAYS.has_sum.match(low, m.end()) and not _SAYS.more_than_one.search(before))
        or (word != "quận" and _SAYS.acts.match(low, m.end()) and (m.start() == 0 or _SAYS.opening.search(before)))
    ):
        found.append(PlaceMention(m.start(), ours.end() if ours else m.end(), "self", "", level))


_COUNT_OF_THEM = re.compile(r"\b\d{1,2} $")
"""`Tại 14 địa phương này`: the group that was named"""


def _former_end(v: View, position: int) -> int:
    """`34 xã, phường thuộc Phú Yên cũ`: where such a group ends; 0 where it is of no former unit."""
    belonging = _SAYS.belonging.match(v.low, position)
    name = RUN.match(v.text, belonging.end()) if belonging else None
    former = FORMER.match(v.low, name.end()) if name else None
    return former.end() if former else 0


def _uncounted(v: View, m: re.Match[str], home: Home) -> PlaceMention | None:
    several = _SAYS.uncounted.search(v.low, max(0, m.start() - 24), m.start())
    quality = _SAYS.quality.match(v.low, m.end()) if several else None
    if several is None or quality is None or not _SAYS.reaches.match(v.low, quality.end()):
        return None
    begin = several.start("all")
    return PlaceMention(
        begin,
        quality.end(),
        "region",
        v.text[begin].lower() + v.text[begin + 1 : quality.end()],
        "region",
        home.province,
    )


def _group(v: View, m: re.Match[str], before: str, home: Home) -> PlaceMention | None:
    """`9 huyện miền núi`: a counted group that is no unit of its own; `hai huyện A và B` names its members."""
    counted = (
        _SAYS.counted.search(before)
        if before.endswith(_ENDS_A_COUNT) and not _SAYS.in_the_year.search(before)
        else None
    )
    if counted is None:
        return _uncounted(v, m, home)
    quality = None if counted["all"] else _SAYS.by_standard.match(v.low, m.end()) or _SAYS.quality.match(v.low, m.end())
    together = _SAYS.acts_together.match(v.low, m.end()) if m.group() in ("huyện", "xã", "tỉnh") else None
    together = together or (
        _SAYS.spend_together.match(v.low, m.end())
        if m.group() == "địa phương" and not counted.group().startswith(_ALL_PROVINCES)
        else None
    )
    pointed = (
        _SAYS.of_a_group.search(v.low, max(0, m.start() - 20), m.start())
        and _SAYS.then.match(v.low, m.end())
        and m.group() != "địa phương"
    )
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
