"""Administrative units of Vietnam by name and day, from data/places.csv and data/aliases.csv."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ntp_analysis.ready import ready
from ntp_analysis.text import one_spelling

MERGER = date(2025, 7, 1)
"""the day from which there are 34 provinces and no districts"""
LAST_DAY = MERGER - timedelta(days=1)
"""the last day of 63 provinces and their districts"""

LEVELS = ("province", "district", "commune")


class Unit(NamedTuple):
    """An administrative unit in one state of its life."""

    name: str
    level: str
    kind: str
    province: str
    code: str
    parent: str
    since: date
    until: date


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """Return what names are compared by: case, tone placement, hyphens and `Ð` apart.

    >>> key("Hoà Bình") == key("HÒA BÌNH"), key("Bà Rịa – Vũng Tàu") == key("Bà Rịa-Vũng Tàu")
    (True, True)
    """
    low = name.lower()
    if _UNUSUAL.search(low):
        low = _HYPHEN.sub("-", low.replace("ð", "đ").replace("’", "'"))
    return one_spelling(" ".join(low.split()))


_UNUSUAL = re.compile("[-–—ð’]")
_HYPHEN = re.compile(r"\s*[-–—]\s*")


@cache
def _day(iso: str, default: date) -> date:
    return date.fromisoformat(iso) if iso else default


class _Row(NamedTuple):
    """A row of places.csv: the columns in the file's order."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    valid_from: str
    valid_to: str
    successor: str


_WATER = ("đắk", "đăk", "đak", "đắc", "đăc", "đác", "dak")
"""`Đắk Hà`, `Đăk Hà`, `Đác Hà`: papers spell the first word of the Central Highlands' names each their own way"""

_NOWHERE = _Row("", "", "", "province", "", "", "", "")


def _text(name: str) -> str:
    return files("ntp_analysis").joinpath("data", name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _parsed(lines: str) -> list[_Row]:
    return list(map(_Row._make, csv.reader(lines.splitlines())))


def _sorted() -> tuple[dict[str, dict[str, str]], str]:
    """Return the lines of places.csv by level and key, and apart those of provinces and districts."""
    header, *places = _text("places.csv").splitlines()
    assert tuple(header.split(",")) == _Row._fields
    lines: dict[str, dict[str, list[str]]] = {level: {} for level in LEVELS}
    above = []
    for line, row in zip(places, _parsed("\n".join(places)), strict=True):
        lines[row.level].setdefault(key(row.name), []).append(line)
        if row.level != "commune":
            above.append(line)
    for alias in _rows("aliases.csv"):
        of_level = lines[alias["level"]]
        target = of_level.setdefault(key(alias["alias"]), [])
        target.extend(line for line in of_level.get(key(alias["name"]), ()) if line not in target)
    for of_level in lines.values():
        for name, found in [*of_level.items()]:
            first, _, rest = name.partition(" ")
            for spelling in _WATER if first in _WATER else ():
                of_level.setdefault(f"{spelling} {rest}", found)
    return {level: {k: "\n".join(found) for k, found in named.items()} for level, named in lines.items()}, "\n".join(
        above
    )


class Gazetteer:
    """All units, looked up by name, level and day. Of the 16,000 only those asked for are made."""

    def __init__(self, lines: dict[str, dict[str, str]], above: str) -> None:
        self._lines = lines
        """of each level and key, the lines of places.csv: one text is sooner loaded than the rows that are in it"""
        self._above = above
        """the lines of provinces and districts"""
        self._named = lru_cache(maxsize=1 << 16)(self._units_of)

    @cached_property
    def by_code(self) -> dict[tuple[str, str], list[Unit]]:
        """All states of each unit, by code and level."""
        units: dict[tuple[str, str], list[Unit]] = {}
        for row in _parsed(_text("places.csv"))[1:]:
            units.setdefault((row.code, row.level), []).extend(self._states(row))
        return units

    @cached_property
    def _parents(self) -> dict[tuple[str, str], list[_Row]]:
        parents: dict[tuple[str, str], list[_Row]] = {}
        for row in _parsed(self._above):
            parents.setdefault((row.code, row.level), []).append(row)
        return parents

    def districts(self, province: str, day: date) -> list[str]:
        """Return the names of a province's districts on a day."""
        units = (unit for row in _parsed(self._above) if row.level == "district" for unit in self._states(row))
        return [unit.name for unit in units if unit.province == province and unit.since <= day <= unit.until]

    def _units_of(self, name: str, level: str) -> list[Unit]:
        return [unit for row in _parsed(self._lines[level].get(key(name), "")) for unit in self._states(row)]

    def _states(self, row: _Row) -> list[Unit]:
        """A unit whose province takes another name has a state of each: A Lưới was in Thừa Thiên Huế, then in Huế."""
        since, until = _day(row.valid_from, date.min), _day(row.valid_to, date.max)
        provinces = self._provinces(row, since, until) or [_NOWHERE]
        names = {p.name for p in provinces}
        spans = (
            [
                (p.name, max(since, _day(p.valid_from, date.min)), min(until, _day(p.valid_to, date.max)))
                for p in provinces
            ]
            if len(names) > 1
            else [(provinces[0].name, since, until)]
        )
        return [
            Unit(row.name, row.level, row.kind, name, row.code, row.parent, begin, end) for name, begin, end in spans
        ]

    def _provinces(self, row: _Row, since: date, until: date) -> list[_Row]:
        """The states of the province that a unit lay in within a time."""
        if row.level == "province":
            return [row]
        level = "district" if row.level == "commune" and until < MERGER else "province"
        above = [
            p
            for p in self._parents.get((row.parent, level), ())
            if _day(p.valid_from, date.min) <= until and since <= _day(p.valid_to, date.max)
        ]
        if level == "province":
            return above
        return [p for district in above[:1] for p in self._provinces(district, since, until)]

    def find(self, name: str, level: str, day: date, province: str = "") -> list[Unit]:
        """Return the units of a name and level, best first: those of the province, those that hold on the day.

        >>> [u.province for u in gazetteer().find("Kỳ Sơn", "district", date(2018, 1, 1))]
        ['Hòa Bình', 'Nghệ An']
        """
        holding = [u for u in self._named(name, level) if u.since <= day <= u.until]
        if province:
            holding = [u for u in holding if u.province == province] or holding
        return holding

    def find_any_day(self, name: str, level: str) -> list[Unit]:
        """Return the units of a name and level on whatever day."""
        return list(self._named(name, level))

    def names(self, level: str) -> list[str]:
        """Return all keys of a level, to be looked for in texts."""
        return list(self._lines[level])

    def province(self, name: str, day: date) -> Unit | None:
        """Return the province of a name on a day, or None."""
        found = self.find(name, "province", day)
        return found[0] if found else None

    def successor(self, province: str) -> str:
        """Return the province that a province before July 2025 merged into; itself if it is one of today's."""
        rows = [r for r in _parsed(self._above) if r.level == "province"]
        codes = [r.successor for r in rows if r.name == province and r.successor]
        if not codes:
            return province
        today = [r.name for r in rows if r.code == codes[0] and r.valid_from >= MERGER.isoformat()]
        return today[-1] if today else province


@cache
def gazetteer() -> Gazetteer:
    """Return the package's gazetteer, read once."""
    return Gazetteer(*ready("gazetteer", _sorted))


@cache
def domains() -> dict[str, str]:
    """Return the provinces (names before July 2025) of web domains."""
    return {row["domain"]: row["province"] for row in _rows("domains.csv")}


@cache
def initials() -> dict[str, str]:
    """Return the provinces (names before July 2025) of newspapers' dateline initials."""
    return {row["initials"]: row["province"] for row in _rows("initials.csv")}


@cache
def papers_of() -> dict[str, str]:
    """Return the provinces (names before July 2025) of newspapers by the papers' names in small letters, without `báo`."""
    return {row["paper"].lower().removeprefix("báo "): row["province"] for row in _rows("initials.csv")}


@cache
def successor(province: str) -> str:
    """Return the province that a province before July 2025 merged into; itself if it is one of today's.

    >>> successor("Bắc Kạn"), successor("Lai Châu")
    ('Thái Nguyên', 'Lai Châu')
    """
    return gazetteer().successor(province)


def name_on(province: str, day: date) -> str:
    """The name in force on a day of a province known by its name before July 2025."""
    found = gazetteer().province(province, day)
    if found:
        return found.name
    if day >= MERGER:
        return successor(province)
    renamed = {"Thừa Thiên Huế": "Huế", "Huế": "Thừa Thiên Huế"}
    return renamed.get(province, province)
