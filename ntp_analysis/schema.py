"""The one place that declares the columns of every table.

The declarations themselves are data (``data/columns.csv``): table, column, kind, unit, permitted pattern,
whether the value is the article's or derived from it, and what it means in both languages. Types,
validation, the files' data dictionary and the documentation all come from there.

Kinds: ``text`` (pandas ``str``, "" where empty), ``number`` (float64; đồng are whole and exact up to 2**53),
``integer`` (int64), ``day`` (datetime64[s], NaT where empty), ``flag`` (bool).
"""

from __future__ import annotations

import csv
import re
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ntp_analysis.errors import TableError, UnknownName

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

    from ntp_analysis.model import Figure

DTYPES = {"text": "str", "number": "float64", "integer": "int64", "day": "datetime64[s]", "flag": "bool"}
FIRST_DAY, LAST_DAY = "1990-01-01", "2100-12-31"
"""Days outside these are taken for mistakes of reading: no national target programme is older or planned so
far."""
RATES = ("rate", "distribution_rate")
MAY_MISS = ("day", "number")
UNIQUE = {("figures", "figure"), ("articles", "article")}
Rule: TypeAlias = "tuple[Callable[[Any], pd.Series], str]"
"""which cells or rows are as they should be, and the words for how that is"""


class Column(NamedTuple):
    """A column as ``data/columns.csv`` declares it."""

    table: str
    name: str
    kind: str
    unit: str
    pattern: str
    source: str
    description: str
    description_vi: str


@cache
def tables() -> Mapping[str, Mapping[str, Column]]:
    """Return the declared columns of every table, in order.

    >>> list(tables())
    ['articles', 'figures', 'obstacles', 'checks', 'problems', 'panel']
    >>> tables()["figures"]["value"].unit
    'VND or percent'
    """
    declared: dict[str, dict[str, Column]] = {}
    text = files("ntp_analysis").joinpath("data/columns.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        column = Column(row["table"], row["column"], *(row[field] for field in Column._fields[2:]))
        declared.setdefault(column.table, {})[column.name] = column
    return declared


def columns(table: str) -> Mapping[str, Column]:
    """Return the columns of one table; raises UnknownName for a table that is none of ours."""
    if table not in tables():
        raise UnknownName("table", table, tables())
    return tables()[table]


def frame(table: str, cells: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return a DataFrame of `table` from one sequence of values a column, with the declared types and order.

    A column that is not given is empty ("" or NaT); numbers must be given.

    >>> frame("problems", {"file": ["a.txt"], "problem": ["empty"]})
        file record problem remedy
    0  a.txt          empty
    """
    import pandas as pd

    length = len(next(iter(cells.values()), ()))
    data = {}
    for name, column in columns(table).items():
        values = cells.get(name)
        data[name] = _typed(column, [""] * length if values is None else values)
    return pd.DataFrame(data)


def empty(table: str) -> pd.DataFrame:
    """Return `table` without rows.

    >>> empty("figures")["as_of"].dtype
    dtype('<M8[s]')
    """
    return frame(table, {name: [] for name in columns(table)})


def _typed(column: Column, values: Sequence[Any]) -> pd.Series:
    import numpy as np
    import pandas as pd

    if column.kind == "text":
        return pd.Series(values, dtype="str").fillna("")
    if column.kind == "day":
        if not isinstance(values, pd.Series) and all(isinstance(value, str) for value in values):
            return pd.Series(np.array(values, dtype="datetime64[s]"), dtype=DTYPES["day"])
        return pd.to_datetime(pd.Series(values)).astype(DTYPES["day"])
    if column.kind == "number":
        return pd.to_numeric(pd.Series(values, dtype=object)).astype("float64")
    return pd.Series(values, dtype=object).astype(DTYPES[column.kind])


def conform(table: str, given: pd.DataFrame, origin: str = "") -> pd.DataFrame:
    """Return `given` with the columns, order and types of `table`; columns of one's own stay, at the end.

    For tables from outside: csv cells as text, other resolutions of dates, missing values as NaN. A missing
    column of text or days is filled with empty cells, so that tables in the order of the contract alone are
    taken; raises TableError if a number's column is missing or a cell cannot be read.
    """
    import pandas as pd

    where = f"{origin or table}: "
    data = {}
    for name, column in columns(table).items():
        if name not in given and column.kind in ("text", "day"):
            data[name] = _typed(column, [""] * len(given))
            continue
        if name not in given:
            raise TableError(f"{where}column {name!r} is missing; a {table} table has {', '.join(columns(table))}")
        try:
            data[name] = _read(column, given[name])
        except (ValueError, TypeError) as error:
            raise TableError(f"{where}column {name!r} should be {column.kind}: {error}") from None
    own = {name: given[name] for name in given if name not in data}
    return pd.DataFrame(data | own, index=given.index).reset_index(drop=True)


def _read(column: Column, values: pd.Series) -> pd.Series:
    import pandas as pd

    if column.kind == "flag" and pd.api.types.is_bool_dtype(values):
        return values.astype(bool)
    if column.kind == "flag":
        flags = values.astype("str").str.lower().map({"true": True, "1": True, "false": False, "0": False})
        if flags.isna().any():
            raise ValueError(f"{values[flags.isna()].iloc[0]!r} is neither true nor false")
        return flags.astype(bool)
    if column.kind == "day":
        return pd.to_datetime(values.replace("", None)).astype(DTYPES["day"])
    if column.kind == "number":
        return _numbers(values)
    if column.kind == "integer":
        return pd.to_numeric(values).astype("int64")
    return values.astype("str").fillna("")


def _numbers(values: pd.Series) -> pd.Series:
    """Texts are read by Python's float, which is exact to the last bit; pandas' own parser is not."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(values):
        return values.astype("float64")
    return values.map(lambda cell: float(cell) if cell != "" else float("nan"), na_action="ignore").astype("float64")


def check_figure(figure: Figure) -> None:
    """Raise TableError if a figure is not as `figures` declares its rows, before it stands in a table with others."""
    names = _not_codes(*_codes()(figure))
    if (figure.unit == "percent") != (figure.measure in RATES):
        names = (*names, "measure")
    if figure.as_of and not FIRST_DAY <= figure.as_of <= LAST_DAY:
        names = (*names, "as_of")
    if names:
        shown = ", ".join(f"{name} {getattr(figure, name)!r}" for name in names)
        raise TableError(f"figure at {figure.start}: not as declared: {shown} ({figure.value} {figure.unit})")


@cache
def _coded() -> list[Column]:
    """Return the columns of codes that the engine fills itself."""
    return [c for c in columns("figures").values() if c.pattern and c.name != "figure" and not c.name.endswith("_from")]


@cache
def _codes() -> Callable[[Figure], tuple[str, ...]]:
    return attrgetter(*(column.name for column in _coded()))


@lru_cache(10_000)
def _not_codes(*codes: str) -> tuple[str, ...]:
    """Return the columns whose codes are none of theirs: the same few codes stand together again and again."""
    return tuple(c.name for c, code in zip(_coded(), codes, strict=True) if not re.fullmatch(c.pattern, code))


def validate(table: str, given: pd.DataFrame) -> pd.DataFrame:
    """Return `given` if it is a valid `table`; raise TableError with the first rows that are not.

    Checks the columns, types, codes and days, and of figures also that ids are unique, offsets in order and
    units fit measures. Once for a whole corpus: it costs milliseconds. pandera is imported only to say what is
    wrong where something is: that costs most of a second.
    """
    return given if _holds(table, given) else _explained(table, given)


def _holds(table: str, given: pd.DataFrame) -> bool:
    """Whether all that is declared holds: the rules of `_validator`, without saying which row breaks which."""
    for name, column in columns(table).items():
        if name not in given or str(given[name].dtype) != DTYPES[column.kind]:
            return False
        cells = given[name]
        if column.kind not in MAY_MISS and cells.isna().any():
            return False
        if (table, name) in UNIQUE and not cells.is_unique:
            return False
        if not all(fits(cells).all() for fits, _ in _cell_rules(column)):
            return False
    return all(fits(given).all() for fits, _ in _row_rules(table))


def _explained(table: str, given: pd.DataFrame) -> pd.DataFrame:
    import pandera.errors as pe

    try:
        return _validator(table).validate(given, lazy=True)
    except pe.SchemaErrors as error:
        cases = error.failure_cases
        shown = "; ".join(
            f"{row.column}: {row.failure_case!r} is not {row.check}" for row in cases.head(5).itertuples()
        )
        raise TableError(f"{table}: {len(cases)} cells or columns are not as declared: {shown}") from None


@cache
def _validator(table: str) -> pa.DataFrameSchema:
    import pandera.pandas as pa

    declared = {
        name: pa.Column(
            DTYPES[column.kind],
            checks=[pa.Check(fits, element_wise=False, error=wanted) for fits, wanted in _cell_rules(column)],
            nullable=column.kind in MAY_MISS,
            unique=(table, name) in UNIQUE,
        )
        for name, column in columns(table).items()
    }
    checks = [pa.Check(fits, error=wanted) for fits, wanted in _row_rules(table)]
    return pa.DataFrameSchema(declared, checks=checks, ordered=False, strict=False)


def _cell_rules(column: Column) -> list[Rule]:
    if column.kind == "day":
        return [(lambda days: days.isna() | days.between(FIRST_DAY, LAST_DAY), f"{FIRST_DAY} to {LAST_DAY}")]
    if column.pattern:
        return [(lambda cells: _fits(cells, column.pattern), f"one of {column.pattern}")]
    return []


def _fits(cells: pd.Series, pattern: str) -> pd.Series:
    """Match each distinct value once: codes repeat, rows are many."""
    matches = re.compile(pattern).fullmatch
    good = [value for value in cells.unique() if matches(value)]
    return cells.isin(good)


def _row_rules(table: str) -> list[Rule]:
    in_order: Rule = (lambda t: t["start"] < t["end"], "start before end")
    if table == "obstacles":
        return [in_order]
    if table != "figures":
        return []
    return [
        in_order,
        (lambda t: (t["unit"] == "percent") == t["measure"].isin(RATES), "percent for rates, VND for money"),
        (lambda t: t["value"].notna() & (t["value"] >= 0), "a number, zero or more"),
    ]


def records(table: pd.DataFrame) -> list[Any]:
    """Return the rows as named tuples of plain Python values; days stay pandas' own, NaT where empty.

    Four times as fast as `itertuples`, which walks through text columns cell by cell.

    >>> records(frame("problems", {"file": ["a.txt"]}))[0].file
    'a.txt'
    """
    row = namedtuple("row", list(table))  # type: ignore[misc]
    plain = [_plain(table[name]) for name in table]
    return [row(*cells) for cells in zip(*plain, strict=True)]


def _plain(values: pd.Series) -> list[Any]:
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(values):
        known = {day: day for day in values.unique()}  # the same few days again and again
        return [known.get(day, pd.NaT) for day in values]
    return values.to_numpy(dtype=object).tolist()


def dictionary(table: str, lang: str = "en", only: Iterable[str] | None = None) -> list[dict[str, str]]:
    """Return the data dictionary of `table`: name, kind, unit, source and description of each column.

    >>> dictionary("figures", only=["value"])[0]["description"]
    'The number, never rounded: whole đồng for money, percent for rates'
    """
    chosen = set(columns(table) if only is None else only)
    return [
        {
            "name": column.name,
            "kind": column.kind,
            "unit": column.unit,
            "pattern": column.pattern,
            "source": column.source,
            "description": column.description_vi if lang == "vi" else column.description,
        }
        for column in columns(table).values()
        if column.name in chosen
    ]
