"""Places in a text: named units, words that stand for the article's own unit, and groups of units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ntp_analysis.gazetteer import LAST_DAY, MERGER, Unit, gazetteer
from ntp_analysis.patterns import patterns
from ntp_analysis.text import UPPER, View

if TYPE_CHECKING:
    from ntp_analysis.lines import Line

_SAYS = patterns("places")

RUN = _SAYS.run
"""words with capitals, one behind the other, and a number behind them: `Đam Rông 2`"""

_LEVEL_OF_KIND = {
    "tỉnh": "province",
    "thành phố": "city",
    "tp": "city",
    "huyện": "district",
    "thị xã": "district",
    "tx": "district",
    "quận": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "tt": "commune",
    "đặc khu": "commune",
}


_SIZES = ("country", "region", "province", "district", "commune")


def is_smaller(level: str, than: str) -> bool:
    """Tell whether a place of one level can lie in one of another.

    >>> is_smaller("commune", "province"), is_smaller("province", "province")
    (True, False)
    """
    return level in _SIZES and than in _SIZES and _SIZES.index(level) > _SIZES.index(than)


@dataclass(slots=True)
class PlaceMention:
    """A place as written.

    `kind`: named; members, a counted group whose members are named next; here, the unit named last; self, the article's own unit of `level`; this or these, units named before; others, those of them not named since; region; country.
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
    return phrases


@dataclass(slots=True)
class Home:
    """Where an article is at home: its day, its province and its own unit."""

    day: date
    province: str = ""
    place: str = ""
    level: str = ""
    dated: bool = True
    """whether the article says its day; else `day` is a guess"""


_BETWEEN_WORDS = re.compile(r"[ \-–]+")


def capitalised(text: str) -> bool:
    """Tell whether every word of a name starts with a capital."""
    return all(w[0].isupper() or not w[0].isalpha() for w in _BETWEEN_WORDS.split(text) if w)


class Name(NamedTuple):
    """A name of provinces or districts as written, with the kind of unit before it."""

    start: int
    end: int
    wording: str
    key: str
    level: str
    """what the kind word before it says: a level, `city` or nothing"""
    former: bool = False
    """whether it is said to be a unit that is no more: `Kon Tum (cũ)`"""

    def meant(self, day: date, province: str) -> PlaceMention | None:
        """Return the unit that the name means on a day in an article of a province, or None if it means none."""
        unit = _unit(self.key, self.level, min(day, LAST_DAY) if self.former else day, province)
        if unit is None:
            return None
        return PlaceMention(
            self.start, self.end, "named", _spelling(self.wording, unit.name), unit.level, unit.province
        )


def name_at(v: View, start: int, end: int, key: str) -> Name | None:
    """Return the name at a span if it is written as one: with capitals, and no part of a longer name."""
    if own := _SAYS.kind_first.match(v.low, start, end):
        start = own.end()  # an alias that holds the kind word: "thành phố Cần Thơ"
    wording = v.text[start:end]
    if not capitalised(wording):
        return None
    kind = _SAYS.kind_before.search(v.low[max(0, start - 12) : start])
    if kind is None and (inside_a_name(v.text, start, end) or v.low.endswith("vùng ", 0, start)):
        return None  # "vùng U Minh Thượng": several districts
    level = _LEVEL_OF_KIND[kind[1]] if kind else ""
    begin = start - len(kind[0]) if kind else start
    return None if level == "commune" else Name(begin, end, wording, key, level, FORMER.match(v.low, end) is not None)


FORMER = _SAYS.former
APPOSED = _SAYS.apposed


def _spelling(wording: str, name: str) -> str:
    """`Đắk Glong` stays as the article writes it: official lists write Đăk, Đắk and Đak by turns."""
    if not (_SAYS.dak_with_mark.match(wording) and _SAYS.dak.match(name)):
        return name
    return wording if wording[4:] == name[4:] else name


def inside_a_name(text: str, start: int, end: int) -> bool:
    """A bare name between other capitals is part of a longer name: a person's, a paper's."""
    if text[start:end].isupper() and _SAYS.shouts_its_name.search(
        text, max(text.rfind("\n", 0, start) + 1, start - 60), start
    ):
        return False
    before = _WORD_BEFORE.search(text[max(0, start - 14) : start])
    if before and before[1][0].isupper() and not _SAYS.may_stand_before.fullmatch(before[1].lower()):
        return True
    return _CAPITAL_BEHIND.match(text, end) is not None and not text[start:end].isupper()


_WORD_BEFORE = re.compile(r"(?<!&)\b(\w[\w']*) $")
"""an office's initials, `Sở KH&ĐT Lào Cai`, begin no longer name"""
_CAPITAL_BEHIND = re.compile(f" {UPPER}")


def _unit(key: str, level: str, day: date, province: str) -> Unit | None:
    g = gazetteer()
    if level == "city":
        level = "province" if any("trung ương" in u.kind for u in g.find(key, "province", day)) else "district"
    if level == "":
        found = g.find(key, "province", day)
        if found:
            return found[0]
        districts = g.find(key, "district", day, province)
        if not districts or districts[0].province == province:
            return districts[0] if districts else None
        own = province and any(u.province == province for u in g.find(key, "commune", day, province))
        return districts[0] if len(districts) == 1 and not own else None
    found = g.find(key, level, day, province)
    if not found and day >= MERGER:
        found = g.find(key, level, LAST_DAY)
    return found[0] if found else None


def communes(v: View, start: int, end: int, day: date, home: Home) -> list[PlaceMention]:
    """Return the communes named after their kind word (and in a list after it) between two offsets."""
    if not _SAYS.commune_word.search(v.low, start, end):
        return []
    found = _said_to_be(v, start, end, day, home)
    for m in _SAYS.commune_kind.finditer(v.low, start, end):
        if (m.start() and v.low[m.start() - 1].isalnum()) or v.low.endswith("thị ", 0, m.start()):
            continue
        qualified = _SAYS.qualified.match(v.low, m.end())
        run = RUN.match(v.text, qualified.end() if qualified else m.end())
        position = m.start()
        if (
            qualified
            and run
            and _known(run.group(), "district", day, home.province)
            and not _known(run.group(), "commune", day, home.province)
        ):
            continue  # "hai huyện có xã miền núi là Nam Đông và Phú Lộc"
        if qualified and run and gazetteer().province(run.group(), day):
            continue  # "các xã biên giới Quảng Trị"
        while run and run.end() <= end:
            mention = _commune(v, position, run, day, home)
            if mention is None:
                break
            found.append(mention)
            found += (siblings := _siblings(v, mention, day, home))
            joint = _SAYS.next.match(v.low, siblings[-1].end if siblings else mention.end)
            named_again = joint and _SAYS.kind_said.search(joint.group())  # found by that word
            run = RUN.match(v.text, joint.end()) if joint and not named_again else None
            position = run.start() if run else 0
            if run and not _known(v.text[run.start() : run.end()], "commune", day, home.province):
                break
    return found


def _siblings(v: View, first: PlaceMention, day: date, home: Home) -> list[PlaceMention]:
    """`các xã Đam Rông 1, 2, 3 và 4`: communes that only their numbers tell apart, behind the first of them."""
    name, _, number = first.name.rpartition(" ")
    found: list[PlaceMention] = []
    if not number.isdigit():
        return found
    m = _SAYS.sibling.match(v.low, first.end)
    while m and (unit := _known(f"{name} {m[1]}", "commune", day, home.province)):
        found.append(PlaceMention(m.start(1), m.end(1), "named", unit.name, "commune", unit.province))
        m = _SAYS.sibling.match(v.low, m.end())
    return found


def _said_to_be(v: View, start: int, end: int, day: date, home: Home) -> list[PlaceMention]:
    """`Ngược lên Co Mạ, xã vùng cao cách trung tâm tỉnh 80 km`: a commune that is said to be one behind its name."""
    found: list[PlaceMention] = []
    for m in APPOSED.finditer(v.text, start, end):
        first, _, rest = m["name"].partition(" ")
        begin = m.start("name") + (len(first) + 1 if rest and _SAYS.may_stand_before.fullmatch(first.lower()) else 0)
        unit = _known(v.text[begin : m.end("name")], "commune", day, home.province)
        if (
            unit
            and home.province in ("", unit.province)
            and _SAYS.kind_before.search(v.low, max(0, begin - 12), begin) is None
        ):
            found.append(PlaceMention(begin, m.end("name"), "named", unit.name, "commune", unit.province))
    return found


def _known(name: str, level: str, day: date, province: str) -> Unit | None:
    found = gazetteer().find(name, level, day, province)
    return found[0] if found else None


def _ever(name: str, province: str) -> Unit | None:
    """A commune of whatever day, for an article that does not say its own."""
    return next((u for u in gazetteer().find_any_day(name, "commune") if u.province == province), None)


def _commune(v: View, position: int, run: re.Match[str], day: date, home: Home) -> PlaceMention | None:
    """The longest beginning of a capitalised run that is a commune; else the run itself, if it can be one."""
    words = re.split(r"( - |-| )", run.group())
    for count in range(len(words), 0, -2):
        name = "".join(words[:count])
        unit = _known(name, "commune", day, home.province)
        if unit and (unit.province == home.province or not home.province):
            return PlaceMention(position, run.start() + len(name), "named", unit.name, "commune", unit.province)
    titled = _SAYS.titled.search(v.low[max(0, position - 30) : position])
    if titled and len(words) >= 5:
        return None
    name = "".join(words[:7])
    unit = _known(name, "commune", day, "")
    if unit is None and name.isupper():
        return None  # "các xã NTM nâng cao", "xã ATK", "KINH TẾ - XÃ HỘI THÁNG 8"
    return PlaceMention(
        position, run.start() + len(name), "named", unit.name if unit else name, "commune", home.province
    )


def bare_communes(v: View, start: int, end: int, home: Home) -> list[PlaceMention]:
    """Return communes of the home province named without their kind word, in a passage that is about communes."""
    found = []
    for run in RUN.finditer(v.text, start, end):
        first, _, rest = run.group().partition(" ")
        begin, unit = run.start(), _known(run.group(), "commune", home.day, home.province)
        if (
            rest
            and _SAYS.may_stand_before.fullmatch(first.lower())
            and (unit is None or unit.province != home.province)
        ):
            begin += len(first) + 1  # "Riêng Nhi Sơn", but "Giao Phong"
        name = v.text[begin : run.end()]
        unit = _known(name, "commune", home.day, home.province)
        if not home.dated and (unit is None or unit.province != home.province):
            unit = _ever(name, home.province)
        if (
            unit
            and unit.province == home.province
            and not inside_a_name(v.text, begin, run.end())
            and not _SAYS.other_bearer.search(v.low, max(0, begin - 8), begin)
        ):
            found.append(PlaceMention(begin, run.end(), "named", unit.name, "commune", unit.province))
    return found


def inside(place: PlaceMention, lines: Sequence[Line]) -> bool:
    """Tell whether a place is named in one of some lines."""
    return any(line.start <= place.start < line.end for line in lines)
