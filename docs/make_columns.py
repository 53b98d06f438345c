"""Write docs/columns.md: the data dictionary of every table, in English and Vietnamese.

    python docs/make_columns.py

Everything comes from ntp_analysis/data/columns.csv, by way of `ntp_analysis.schema`.
"""

from __future__ import annotations

from pathlib import Path

from ntp_analysis import schema

HEAD = """# The columns of every table

Made by `docs/make_columns.py` from `ntp_analysis/data/columns.csv`: edit that. Text is empty (`""`) where nothing is
known, a day is `NaT`, a number `NaN`. In csv all of them are empty cells, days are ISO, and whole đồng are whole. "From"
says whether a value is what the article says or what the library derived from it.
"""
ABOUT = {
    "articles": "One row an article.",
    "figures": "One row a figure that an article states.",
    "obstacles": "One row a phrase that says what holds the work back.",
    "checks": "One row a finding of the audit: see [checks.md](checks.md).",
    "problems": "One row for each input that could not be read, in whole or in part.",
    "panel": "What is told of the days up to a quarter's end: see [panel.md](panel.md).",
}


def page() -> str:
    """Return the page as Markdown."""
    parts = [HEAD]
    for table in schema.tables():
        lines = [
            f"## {table}\n\n{ABOUT[table]}\n",
            "| column | kind | unit | from | what it is | ý nghĩa |",
            "|---|---|---|---|---|---|",
        ]
        vietnamese = {column["name"]: column["description"] for column in schema.dictionary(table, "vi")}
        lines += [
            f"| `{column['name']}` | {column['kind']} | {column['unit']} | {column['source']} | "
            f"{column['description']} | {vietnamese[column['name']]} |"
            for column in schema.dictionary(table)
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    (Path(__file__).parent / "columns.md").write_text(page(), encoding="utf-8", newline="\n")
