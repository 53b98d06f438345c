"""What columns say and codes stand for, as two sheets for who has nothing but the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ntp_analysis import findings, schema
from ntp_analysis.labels import codes, label

if TYPE_CHECKING:
    import pandas as pd

_CODED = ("level", "programme", "capital", "source", "measure", "basis", "bound", "carryover", "obstacle")
"""columns of codes that have names"""


def sheets(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the sheets ``columns`` and ``codes`` about the columns of some tables, in English and Vietnamese.

    >>> from ntp_analysis import schema
    >>> found = sheets({"problems": schema.empty("problems"), "obstacles": schema.empty("obstacles")})
    >>> found["columns"].loc[3, ["table", "column", "description"]].to_list()
    ['problems', 'remedy', 'What to do about it']
    >>> found["codes"].loc[9, ["column", "code", "name"]].to_list()
    ['obstacle', 'land', 'site clearance and land']
    """
    import pandas as pd

    described = [
        {"table": name, "column": column.name, "description": column.description,
         "description_vi": column.description_vi, "unit": column.unit, "from": column.source}
        for name, table in tables.items()
        for column in schema.tables().get(name, {}).values()
        if column.name in table
    ]  # fmt: skip
    there = {str(column) for table in tables.values() for column in table}
    named = [
        {"column": column, "code": code, "name": label(column, code, "en", long=True),
         "name_vi": label(column, code, "vi", long=True)}
        for column in _CODED
        if column in there
        for code in codes(column)
    ]  # fmt: skip
    if "check" in there:
        named += [
            {"column": "check", "code": code, "name": known["title_en"], "name_vi": known["title_vi"]}
            for code, known in findings.declared().items()
        ]
    return {
        "columns": pd.DataFrame(
            described, columns=["table", "column", "description", "description_vi", "unit", "from"]
        ),
        "codes": pd.DataFrame(named, columns=["column", "code", "name", "name_vi"]),
    }
