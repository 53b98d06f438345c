"""Names that users ask for: what is no name of anything is refused with what there is; what exists but has no figures
is not, for that nothing is known of it is an answer too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ntp_analysis import schema
from ntp_analysis.errors import TableError, UnknownArticle, UnknownName, UnknownPlace

PLANS = (2010, 2035)
"""first and last year that the programmes' plans are of, or may be by the decisions taken so far"""
_PANEL = ("allocated", "rate", *"place level province programme component capital source period as_of basis".split())
_COUNTRY = "Việt Nam"


def check(column: str, wanted: object, there: Iterable[object]) -> None:
    """Raise UnknownPlace, UnknownArticle or UnknownName unless every name wanted of a column is known.

    `wanted`: a name or several; `there`: the column's cells. Columns of other things than names are not checked.

    >>> check("programme", ["spr", "nrd"], [])
    >>> check("province", "Ha Giang", ["Hà Giang", "Bắc Kạn"])
    Traceback (most recent call last):
    ...
    ntp_analysis.errors.UnknownPlace: no place 'Ha Giang' in the tables; nearest: 'Hà Giang'
    """
    names = sorted({str(name) for name in there} - {""})
    for name in several(wanted):
        if not (isinstance(name, str) and (name == "" or name in names)):
            _check_absent(column, name, names)


def several(wanted: object) -> list[Any]:
    """Return one value or several as a list.

    >>> several("2023"), several(("a", "b")), several(5)
    (['2023'], ['a', 'b'], [5])
    """
    return [wanted] if isinstance(wanted, str) or not isinstance(wanted, Iterable) else list(wanted)


def _check_absent(column: str, name: object, names: list[str]) -> None:
    """Raise an error for a name that the column does not have, unless it is known from elsewhere."""
    if column in ("place", "province"):
        if not _is_place(name):
            raise UnknownPlace(str(name), names)
    elif column == "article":
        raise UnknownArticle(str(name), names)
    elif column == "period":
        if not _is_plan(name):
            raise UnknownName(column, name, map(repr, names))
    elif (pattern := _codes(column)) and not re.fullmatch(pattern, str(name)):
        raise UnknownName(column, name, dict.fromkeys(re.findall("[a-z_]+", pattern)))


def _is_place(name: object) -> bool:
    from ntp_analysis.gazetteer import LEVELS, gazetteer

    units = (unit for level in LEVELS for unit in gazetteer().find_any_day(str(name), level))
    return name == _COUNTRY or any(unit.name == name for unit in units)


def _is_plan(period: object) -> bool:
    """Whether money of such a year or span may be planned."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", period) if isinstance(period, str) else None
    return found is not None and PLANS[0] <= int(found[1]) <= int(found[2] or found[1]) <= PLANS[1]


def _codes(column: str) -> str:
    """Return the pattern of a column of codes that are listed one by one; "" for any other column."""
    declared = schema.columns("figures").get(column)
    pattern = declared.pattern if declared else ""
    return "" if re.search(r"\[|\\d", pattern) else pattern


def check_panel(panel: Any, level: object = "province", **asked: object) -> None:
    """Raise TableError for a table that is no panel; see `check` for what is asked of it (None: nothing).

    Regions have no list of names, so any is taken.
    """
    missing = next((name for name in _PANEL if name not in getattr(panel, "columns", ())), None)
    if missing:
        what = (
            f"this table has no column {missing!r}"
            if hasattr(panel, "columns")
            else f"this is a {type(panel).__name__}"
        )
        raise TableError(f"a chart draws a panel, and {what}: give corpus.panel('2023Q3') or rows of it")
    check("level", level, ())
    for column, wanted in asked.items():
        if wanted and not (column == "place" and level == "region"):
            check(column, wanted, {*panel["place"], *panel["province"]} if column == "place" else panel[column])
