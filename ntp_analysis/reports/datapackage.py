"""The tables behind the reports, as csv, Parquet and a workbook, and a Frictionless data package about them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntp_analysis import export, schema
from ntp_analysis.reports import manifest

if TYPE_CHECKING:
    import pandas as pd

TYPES = {"text": "string", "number": "number", "integer": "integer", "day": "date", "flag": "boolean"}
FORMATS = ("csv", "parquet", "xlsx")
EXTRA = {"number": ("text", "The figure's number as the article writes it", "Con số như bài viết")}
"""columns that the reports' tables have and `schema` does not: kind, description in English and Vietnamese"""


def write(tables: Mapping[str, pd.DataFrame], folder: Path, quarter: str, lang: str) -> None:
    """Write the tables into `folder` with `datapackage.json`, which describes every column of the csv files.

    What is there and has not changed is not written again: the description names the hash of every table.
    """
    described = describe(tables, quarter, lang)
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    target = folder / "datapackage.json"
    files = [folder / name for format in FORMATS for name in export.partial_names(tables, format)]
    if all(path.is_file() for path in (target, *files)) and target.read_text(encoding="utf-8") == text:
        return
    target.unlink(missing_ok=True)
    for format in FORMATS:
        export.write(tables, folder, format)
    manifest.save(target, text)


def describe(tables: Mapping[str, pd.DataFrame], quarter: str, lang: str) -> dict[str, Any]:
    """Return the data package's description of the csv files."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"ntp-{quarter.lower()}",
        "title": f"Disbursement of Viet Nam's national target programmes, {quarter}",
        "description": "What articles say was given and spent, number by number, with what contradicts what.",
        "resources": [_resource(name, table, lang) for name, table in tables.items()],
    }


def _resource(name: str, table: pd.DataFrame, lang: str) -> dict[str, Any]:
    content = export.csv_text(table).encode("utf-8")
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{manifest.digest(content)}",
        "schema": {"fields": [_field(name, column, lang) for column in table], "missingValues": [""]},
    }


def _field(table: str, column: str, lang: str) -> dict[str, Any]:
    declared = schema.columns(table).get(column)
    if declared is None:
        kind, english, vietnamese = EXTRA[column]
        unit = pattern = ""
        description = vietnamese if lang == "vi" else english
    else:
        kind, unit, pattern = declared.kind, declared.unit, declared.pattern
        description = declared.description_vi if lang == "vi" else declared.description
    found: dict[str, Any] = {"name": column, "type": TYPES[kind], "description": description}
    if kind == "flag":
        found |= {"trueValues": ["true", "True"], "falseValues": ["false", "False"]}
    if unit:
        found["unit"] = unit
    if pattern and kind == "text":
        found["constraints"] = {"pattern": pattern}
    return found
