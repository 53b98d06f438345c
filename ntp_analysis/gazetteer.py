"""Administrative units of Vietnam by name and day, from data/places.csv and data/aliases.csv."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ntp_analysis.text import tone_variants

MERGER = date(2025, 7, 1)
"""the day from which there are 34 provinces and no districts"""

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

    def holds(self, day: date) -> bool:
        """Tell whether the unit was so on a day."""
        return self.since <= day <= self.until


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """Return what names are compared by: case, tone placement, hyphens and `Ð` apart.

    >>> key("Hoà Bình") == key("HÒA BÌNH"), key("Bà Rịa – Vũng Tàu") == key("Bà Rịa-Vũng Tàu")
    (True, True)
    """
    plain = re.sub(r"\s*[-–—]\s*", "-", name.lower().replace("ð", "đ").replace("’", "'"))
    return min(tone_variants(" ".join(plain.split())))


@cache
def _day(iso: str, default: date) -> date:
    return date.fromisoformat(iso) if iso else default


def _rows(name: str) -> list[dict[str, str]]:
    text = files("ntp_analysis").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


class Gazetteer:
    """All units, looked up by name, level and day."""

    def __init__(self) -> None:
        rows = _rows("places.csv")
        states: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            states[row["code"] + row["level"]].append(row)
        self._units: dict[str, dict[str, list[Unit]]] = {level: defaultdict(list) for level in LEVELS}
        self.by_code: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for row in rows:
            since, until = _day(row["valid_from"], date.min), _day(row["valid_to"], date.max)
            province = self._province_name(row, states, since, until)
            unit = Unit(row["name"], row["level"], row["kind"], province, row["code"], row["parent"], since, until)
            self._units[unit.level][key(unit.name)].append(unit)
            self.by_code[unit.code, unit.level].append(unit)
        for row in _rows("aliases.csv"):
            known = self._units[row["level"]].get(key(row["name"]), [])
            target = self._units[row["level"]][key(row["alias"])]
            target.extend(u for u in known if u not in target)

    @staticmethod
    def _province_name(row: dict[str, str], states: dict, since: date, until: date) -> str:
        level, code = row["level"], row["code"]
        while level != "province":
            old = until < MERGER
            level = "district" if level == "commune" and old else "province"
            parents = states.get(row["parent"] + level, [])
            row = next(
                (p for p in parents if _day(p["valid_from"], date.min) <= until and since <= _day(p["valid_to"], date.max)),
                {"name": "", "parent": code, "level": level},
            )
        return row["name"]

    def find(self, name: str, level: str, day: date, province: str = "") -> list[Unit]:
        """Return the units of a name and level, best first: those of the province, those that hold on the day.

        >>> [u.province for u in gazetteer().find("Kỳ Sơn", "district", date(2018, 1, 1))]
        ['Hòa Bình', 'Nghệ An']
        """
        units = self._units[level].get(key(name), ())
        holding = [u for u in units if u.holds(day)]
        if province:
            holding = [u for u in holding if u.province == province] or holding
        return holding

    def find_any_day(self, name: str, level: str) -> list[Unit]:
        """Return the units of a name and level on whatever day."""
        return list(self._units[level].get(key(name), ()))

    def names(self, level: str) -> list[str]:
        """Return all keys of a level, to be looked for in texts."""
        return list(self._units[level])

    def province(self, name: str, day: date) -> Unit | None:
        """Return the province of a name on a day, or None."""
        found = self.find(name, "province", day)
        return found[0] if found else None


@cache
def gazetteer() -> Gazetteer:
    """Return the package's gazetteer, read once."""
    return Gazetteer()


@cache
def domains() -> dict[str, str]:
    """Return the provinces (names before July 2025) of web domains."""
    return {row["domain"]: row["province"] for row in _rows("domains.csv")}


@cache
def initials() -> dict[str, str]:
    """Return the provinces (names before July 2025) of newspapers' dateline initials."""
    return {row["initials"]: row["province"] for row in _rows("initials.csv")}


@cache
def successor(province: str) -> str:
    """Return the province that a province before July 2025 merged into; itself if it is one of today's.

    >>> successor("Bắc Kạn"), successor("Lai Châu")
    ('Thái Nguyên', 'Lai Châu')
    """
    rows = [r for r in _rows("places.csv") if r["level"] == "province"]
    codes = [r["successor"] for r in rows if r["name"] == province and r["successor"]]
    if not codes:
        return province
    today = [r["name"] for r in rows if r["code"] == codes[0] and r["valid_from"] >= MERGER.isoformat()]
    return today[-1] if today else province
