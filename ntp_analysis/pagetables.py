"""Tables of a web page as lines of text: one row a line, cells parted by tabs."""

from __future__ import annotations

from typing import Any

MARK = "\ue0ff"
"""begins and ends each line of a table while a page is taken apart; a private character that no text keeps"""

_MOST_SPAN = 50
_MOST_CELLS = 20_000
_LONGEST_CELL = 400


def mark_tables(tree: Any) -> None:
    """Replace every table of data in a parsed page by its lines, each between two MARKs.

    A table of data has two rows and two columns or more, a digit in some cell and no cell as long as a paragraph;
    it holds no other table. Others (menus, frames around an article) are left to be read as running text.
    """
    for table in tree.body.query_selector_all("table")[:]:
        if table.query_selector("table") is not None:
            continue
        lines = table_lines(table)
        framed = table.parent.tag == "figure"  # extractors drop figures, and a table may stand in one
        if lines and framed and (below := table.parent.query_selector("figcaption")) is not None:
            lines = [_clean(below.inner_text), *lines]
        if lines:
            pre = tree.create_element("pre")
            pre.append_child(tree.create_text_node("\n".join(MARK + line + MARK for line in lines)))
            (table.parent.parent.replace_child(pre, table.parent) if framed else table.parent.replace_child(pre, table))


def table_lines(table: Any) -> list[str]:
    """Return the caption and the rows of a table element as lines; none if it is no table of data.

    What spans several rows or columns stands in each of them. Empty cells stay, so that columns line up. A cell
    across all columns (a unit, a section's heading) is a line of its own.
    """
    rows = _grid(table)
    width = max(map(len, rows), default=0)
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or width < 2 or max(map(len, cells)) > _LONGEST_CELL:
        return []
    if not any(char.isdigit() for cell in cells for char in cell):
        return []
    caption = table.query_selector("caption")
    lines = [_clean(caption.text)] if caption is not None else []
    for row in rows:
        row += [""] * (width - len(row))
        lines.append(row[0] if len(set(row)) == 1 else "\t".join(row))
    return [line for line in lines if line.strip()]


def _grid(table: Any) -> list[list[str]]:
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, text
    room = _MOST_CELLS
    for tr in table.query_selector_all("tr")[:]:
        row: list[str] = []
        for cell in tr.query_selector_all("td, th")[:]:
            _fill(row, below)
            text = _clean(cell.inner_text)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(across):
                if down > 1:
                    below[len(row)] = (down - 1, text)
                row.append(text)
        _fill(row, below)
        rows.append(row)
        room -= len(row)
        if room < 0:
            break
    return rows


def _fill(row: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Put in the cells that reach down from the rows above."""
    while len(row) in below:
        column = len(row)
        left, text = below.pop(column)
        row.append(text)
        if left > 1:
            below[column] = (left - 1, text)


def _span(cell: Any, name: str) -> int:
    value = cell.getattr(name)
    return min(int(value), _MOST_SPAN) if value and value.isdecimal() and int(value) > 0 else 1


def _clean(text: str) -> str:
    return " ".join(text.split())
