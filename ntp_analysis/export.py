"""Tables to files and back: csv, parquet, xlsx and dta, whole or not at all.

Csv is UTF-8 with a header, days as ISO, whole đồng as integers, empty cells empty. A text that a
spreadsheet could take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end) gets
an apostrophe in front, as does one that begins with apostrophes and then one of these; `load` takes the
apostrophe off again, so that a round trip changes nothing. Numbers are never touched. In xlsx such texts
are stored as text, which no program runs. In dta the column ``end`` is ``end_``, since pandas counts
``end`` among Stata's reserved words.
"""

from __future__ import annotations

import csv
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ntp_analysis import partial, schema
from ntp_analysis.errors import ExportError, TableError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ntp_analysis.corpus import Corpus

TABLES = ("articles", "figures", "obstacles", "checks", "problems")
READABLE = ("csv", "parquet", "dta")
WORKBOOK = "ntp.xlsx"
XLSX_ROWS, XLSX_CELL = 1_048_575, 32_767
BROAD = ("quote", "message_en", "message_vi", "description", "description_vi", "name", "name_vi")
"""columns of sentences, which a sheet shows broader"""
DTA_LABEL = 80
DTA_NAMES = {"end": "end_"}
RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
ESCAPED = re.compile(r"''*[=+\-@\t\r\n＝＋－＠]")


def write(tables: Corpus | Mapping[str, pd.DataFrame], folder: str | Path, format: str = "csv") -> list[Path]:
    """Write the tables into `folder` and return the files: ``figures.csv`` and so on, or one ``ntp.xlsx``, in
    which two sheets more explain the columns and the codes.

    `tables` is a Corpus, or DataFrames by name. Every file is finished before the first one gets its final
    name. Raises UnknownName for a format that is none of csv, parquet, xlsx, dta, and ExportError for a
    table that the format cannot hold; then nothing is written.
    """
    if format not in WRITERS and format != "xlsx":
        raise UnknownName("format", format, [*WRITERS, "xlsx"])
    frames = tables if isinstance(tables, Mapping) else {name: getattr(tables, name) for name in TABLES}
    with _all_or_none(Path(folder)) as made:
        if format == "xlsx":
            from ntp_analysis import explained

            own = dict(frames)  # a table of the caller's stays what it is, and where it is
            _write_xlsx(own | explained.sheets(own) | own, made / WORKBOOK)
        else:
            for name, table in frames.items():
                WRITERS[format](table, made / f"{name}.{format}")
    return sorted(Path(folder) / name for name in partial_names(frames, format))


def partial_names(names: Iterable[str], format: str) -> list[str]:
    """Return the names of the files that `write` makes of tables with these names."""
    return [WORKBOOK] if format == "xlsx" else [f"{name}.{format}" for name in names]


def write_table(table: pd.DataFrame, path: str | Path) -> Path:
    """Write one table to `path`, whose ending says how: .csv, .parquet, .dta or .xlsx."""
    path = Path(path)
    format = path.suffix.lstrip(".")
    if format not in WRITERS and format != "xlsx":
        raise UnknownName("format", format, [*WRITERS, "xlsx"])
    with _all_or_none(path.parent) as made:
        if format == "xlsx":
            _write_xlsx({_sheet_name(path.stem): table}, made / path.name)
        else:
            WRITERS[format](table, made / path.name)
    return path


@contextmanager
def _all_or_none(folder: Path) -> Iterator[Path]:
    """Give a folder beside the final files; what is in it when all went well replaces them."""
    with partial.folder(folder) as made:
        yield made
        partial.publish(made, folder)


def csv_text(table: pd.DataFrame) -> str:
    r"""Return the table as csv.

    >>> import pandas as pd
    >>> csv_text(pd.DataFrame({"value": [2449836000000.0, 40.7], "quote": ["=1+1", "đạt 40,7%"]}))
    'value,quote\n2449836000000,\'=1+1\n40.7,"đạt 40,7%"\n'
    """
    cells = [_csv_cells(table[name]) for name in table]
    return "".join(csv_lines([list(table), *zip(*cells, strict=True)]))


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    r"""Yield the lines of csv that hold `rows`.

    >>> list(csv_lines([["a", 'b"c'], ["d\re", "f"]]))
    ['a,"b""c"\n', '"d\re",f\n']
    """
    written: list[str] = []
    # told that lines end with both, every Python quotes a cell with either
    writer = csv.writer(SimpleNamespace(write=written.append), lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
        yield written.pop().removesuffix("\r\n") + "\n"


def _csv_cells(values: pd.Series) -> list[str]:
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.strftime("%Y-%m-%d").fillna("").to_list()
    if pd.api.types.is_bool_dtype(values):
        return ["true" if value else "false" for value in values]
    if pd.api.types.is_numeric_dtype(values):
        return [plain_number(value) for value in values]
    return [escape(text) for text in values.fillna("").astype("str")]


def plain_number(value: float) -> str:
    """Return a number as written in csv: whole ones without a point, missing ones empty.

    >>> plain_number(2449836000000.0), plain_number(40.7), plain_number(float("nan"))
    ('2449836000000', '40.7', '')
    """
    if value != value:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def escape(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula; `unescape` undoes it.

    >>> escape("=HYPERLINK(1)"), escape("đạt 40,7%"), unescape(escape("- Vốn đầu tư"))
    ("'=HYPERLINK(1)", 'đạt 40,7%', '- Vốn đầu tư')
    """
    return "'" + text if RISKY.match(text) else text


def unescape(text: str) -> str:
    """Return the text that `escape` was given."""
    return text[1:] if ESCAPED.match(text) else text


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    path.write_text(csv_text(table), encoding="utf-8", newline="")


def _write_parquet(table: pd.DataFrame, path: Path) -> None:
    table.to_parquet(path, index=False)


def _write_dta(table: pd.DataFrame, path: Path) -> None:
    """Stata has neither 64-bit integers nor flags: numbers become doubles, flags 0 and 1."""
    import pandas as pd

    ready, labels, days = {}, {}, {}
    declared = _declared(path.stem, table)
    for name, values in table.items():
        if pd.api.types.is_datetime64_any_dtype(values):
            ready[name], days[name] = values.astype("datetime64[ns]"), "td"
        elif pd.api.types.is_bool_dtype(values):
            ready[name] = values.astype("int8")
        elif pd.api.types.is_numeric_dtype(values):
            ready[name] = values.astype("float64")
        else:
            ready[name] = values.fillna("").astype(object)
        described = declared[str(name)].description if name in declared else ""
        labels[DTA_NAMES.get(str(name), name)] = textwrap.shorten(described, DTA_LABEL, placeholder=" …")
    try:
        pd.DataFrame(ready).rename(columns=DTA_NAMES).to_stata(
            path, version=118, write_index=False, convert_dates=days, variable_labels=labels
        )
    except ValueError as error:
        raise ExportError(f"{path.stem}: Stata cannot hold it: {error}; write csv or parquet") from None


def _declared(name: str, table: pd.DataFrame) -> Mapping[str, schema.Column]:
    """Return what is declared of the columns: those of the table of that name, else of the one most like it."""
    known = schema.tables()
    return known[name] if name in known else max(known.values(), key=lambda columns: len(columns.keys() & set(table)))


def _write_xlsx(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    """One sheet a table: header frozen and filterable, days as days, texts always as texts."""
    import xlsxwriter

    for name, table in tables.items():
        _fits_xlsx(name, table)
    with xlsxwriter.Workbook(str(path)) as book:
        formats = {
            "header": book.add_format({"bold": True, "bottom": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "number": book.add_format({"num_format": "#,##0.##########"}),
            "whole": book.add_format({"num_format": "#,##0"}),
        }
        for name, table in tables.items():
            sheet = book.add_worksheet(name)
            _write_sheet(sheet, table, formats)
            if name == "figures":
                sheet.activate()  # what the workbook opens on


def _sheet_name(name: str) -> str:
    """Return a name that a sheet can have.

    >>> _sheet_name("figures [1]"), _sheet_name("'")
    ('figures _1_', 'table')
    """
    allowed = re.sub(r"[\[\]:*?/\\]", "_", name)[:31].strip("'")
    return "table" if allowed.lower() in ("", "history") else allowed


def _fits_xlsx(name: str, table: pd.DataFrame) -> None:
    import pandas as pd

    if len(table) > XLSX_ROWS:
        raise ExportError(f"{name}: {len(table)} rows, a sheet holds {XLSX_ROWS}; write csv or parquet")
    for column, values in table.items():
        if not pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_datetime64_any_dtype(values):
            longest = values.fillna("").astype("str").str.len().max()
            if longest > XLSX_CELL:
                raise ExportError(
                    f"{name}, column {column}: a text of {longest} characters, a cell holds {XLSX_CELL}; "
                    "write csv or parquet"
                )


def _write_sheet(sheet: Any, table: pd.DataFrame, formats: Mapping[str, Any]) -> None:
    import pandas as pd

    sheet.freeze_panes(1, 0)
    if len(table.columns):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    for at, (name, values) in enumerate(table.items()):
        sheet.write_string(0, at, str(name), formats["header"])
        if pd.api.types.is_datetime64_any_dtype(values):
            for row, day in enumerate(values, 1):
                if not pd.isna(day):
                    sheet.write_datetime(row, at, day.to_pydatetime(), formats["day"])
        elif pd.api.types.is_bool_dtype(values):
            for row, flag in enumerate(values, 1):
                sheet.write_boolean(row, at, bool(flag))
        elif pd.api.types.is_numeric_dtype(values):
            for row, value in enumerate(values, 1):
                if value == value:
                    style = formats["whole" if float(value).is_integer() else "number"]
                    sheet.write_number(row, at, value, style)
        else:
            for row, text in enumerate(values.fillna("").astype("str"), 1):
                if text:
                    sheet.write_string(row, at, text)  # `write` would make formulas and links
        sheet.set_column(at, at, 40 if str(name) in BROAD else 14)


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "dta": _write_dta,
}


def is_extract(path: str | Path) -> bool:
    """Return whether `path` is a folder that holds the tables of an extraction, not articles."""
    return Path(path).is_dir() and all(_parts(Path(path), name) for name in ("articles", "figures"))


def load(folder: str | Path) -> Corpus:
    """Return the Corpus of the tables in `folder`, as `write` or a partitioned extraction left them.

    Each table is ``<name>.csv``, ``.parquet`` or ``.dta``, or a folder ``<name>`` of csv or Parquet parts;
    a workbook is for reading by people and not read back. Raises TableError if the articles or figures are
    not there, or not as declared. Texts come along if there is a table ``texts`` with the columns article
    and text.
    """
    from ntp_analysis.corpus import Corpus

    folder = Path(folder)
    if partial.broke_off(folder):
        raise TableError(f"{folder}: an extraction broke off while its tables were put here; run it again")
    for name in ("articles", "figures"):
        if not _parts(folder, name):
            raise TableError(f"{folder}: no {name}.csv, .parquet or .dta; extract the articles first")
    found = {name: _load_table(folder, name) for name in ("articles", "figures", "obstacles", "problems")}
    texts = _texts(folder)
    return Corpus(
        found["articles"], found["figures"], found["obstacles"], problems=found["problems"], texts=texts
    ).validate()


def _parts(folder: Path, name: str) -> list[Path]:
    """Return the files of one table: a file of its name, or all parts in a folder of its name."""
    for ending in READABLE:
        if (folder / f"{name}.{ending}").is_file():
            return [folder / f"{name}.{ending}"]
    for ending in ("parquet", "csv"):
        if parts := sorted((folder / name).glob(f"**/[!.]*.{ending}")):
            return parts
    return []


def _load_table(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    parts = _parts(folder, name)
    if not parts:
        return schema.empty(name)
    frames = [schema.conform(name, _load_file(part), str(part)) for part in parts]
    table = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    if name == "figures" and (table["figure"] == "").all():
        order = table.groupby("article", sort=False).cumcount() + 1
        table["figure"] = table["article"] + "#" + order.astype("str")
    return table


def _load_file(path: Path) -> pd.DataFrame:
    """Return a file's table; raises TableError for one that is damaged."""
    try:
        return _table_of(path)
    except (ValueError, LookupError, OSError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0]
        raise TableError(f"{path}: cannot be read ({why}); extract the articles again") from error


def _table_of(path: Path) -> pd.DataFrame:
    import pandas as pd

    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    if path.suffix == ".dta":
        return pd.read_stata(path).rename(columns={there: here for here, there in DTA_NAMES.items()})
    return read_csv(path)


def read_csv(path: Path) -> pd.DataFrame:
    """Return the texts of a csv file that we wrote, as they were before `escape`."""
    import pandas as pd

    table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    return table.apply(lambda column: column.map(unescape))


def _texts(folder: Path) -> dict[str, str]:
    import pandas as pd

    parts = _parts(folder, "texts")
    if not parts:
        return {}
    table = pd.concat([_load_file(part) for part in parts], ignore_index=True)
    if not {"article", "text"} <= set(table):
        raise TableError(f"{folder}: the table texts has no columns article and text; extract the articles again")
    return dict(zip(table["article"], table["text"], strict=True))
