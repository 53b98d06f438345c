"""Tables in plain text: what a row is about, under the rows and sections above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ntp_analysis.amounts import Convention, Number, in_dong, in_percent, scale_of
from ntp_analysis.cells import NOTHING, is_row, listed_cells, listed_header, named_header, split_cells
from ntp_analysis.columns import (
    INVESTED,
    MARKED,
    Cell,
    Column,
    LexicalOf,
    PlacesOf,
    Words,
    bare_unit,
    column_of,
    inherit,
    is_unit,
    label_year,
    lead_of,
    unit_cell,
)
from ntp_analysis.discourse import Discourse, State, Value
from ntp_analysis.found import Found
from ntp_analysis.lines import Line
from ntp_analysis.mentions import REFERRING, Sentence, components
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home, communes
from ntp_analysis.stacked import SIGN
from ntp_analysis.text import View, lowered

_SAYS = patterns("tables")

_SECTION = -10
"""the depth of a line across a table, above all rows"""


@dataclass(slots=True)
class Outline:
    """The rows above a row that it stands under, and the project named last."""

    rows: list[tuple[int, State]] = field(default_factory=list)
    project: str = ""
    totals: list[State] = field(default_factory=list)
    carried: bool = False
    """a row is of money carried over, without what was given in the year"""
    measured: Column = field(default_factory=Column)
    """what the last row measured that said so, in a table whose rows say it"""


def read_table(
    v: View,
    above: list[Line],
    lines: list[Line],
    lexical: LexicalOf,
    places: PlacesOf,
    conv: Convention,
    discourse: Discourse,
    home: Home,
) -> list[Found]:
    """Return the figures of a table; `above` are the lines before it, with its caption and unit."""
    w = Words(v, lexical, places, home)
    rows = _align([_cells(v, line) for line in lines], v, lines)
    lines, rows = _side_by_side(lines, rows)
    first = next((i for i, r in enumerate(rows) if _is_data(r)), None)
    if first is None:
        return []
    header = [r for r in rows[:first] if _said(r) > 1]
    begun = max((i for i, r in enumerate(rows[:first]) if _said(r) > 1), default=first)
    across = [
        line
        for i, line in enumerate(lines[:first])
        if _said(rows[i]) == 1 and (i < begun or _SAYS.says_unit.search(v.low, line.start, line.end))
    ]
    item = _last_told(v, above)
    lead = lead_of(w, [*across, *_caption(v, above[item + 1 :])])
    width = max(len(r) for r in rows)
    header = header or _header_above(v, above[-1:], width)
    _spread(header)
    columns = [column_of(w, [r[i] for r in header if i < len(r)]) for i in range(width)]
    by_row = not any(c.measure for c in columns) and any(_label_measure(w, r).measure for r in rows[first:])
    if not by_row:
        inherit(columns, lead, _behind_label(rows[first]), spending=discourse.last_measure in ("rate", "disbursed"))
    for column in columns:
        column.scale = column.scale or (lead.scale if not column.percent else 0)
    ended = above[item].end if 0 <= item < len(above) - 1 else 0
    base = {
        k: x
        for k, x in discourse.topic.items()
        if k in ("programme", "component", "capital", "place", "source", "carry")
        and not (k not in discourse.kept and discourse.item_start <= x.position < ended)
    }
    _set_below(base, lead.state)
    years = {c.state["period"].value: c.state["period"] for c in columns if "period" in c.state}
    if len(years) == 1 and "carry" in base and base["carry"].value[1] not in ("", *years):
        base.update(period=years.popitem()[1])  # "Kế hoạch 2025", below what was told of last year's money
        del base["carry"]
    return _figures(w, list(zip(lines, rows, strict=True))[begun:], columns, base, conv, by_row=by_row)


def _figures(
    w: Words, rows: list[tuple[Line, list[Cell]]], columns: list[Column], base: State, conv: Convention, *, by_row: bool
) -> list[Found]:
    outline = Outline()
    read: list[tuple[Line, list[Cell], list[Column], State]] = []
    for line, row in rows:
        if not _is_data(row):
            if _said(row) == 1:
                _section(w, row, outline)
            continue
        measured = _row_measure(w, row, outline) if by_row else None
        state = _row_state(w, row, base, outline, measured)
        if state is not None:
            read.append((line, row, columns if measured is None else _turned(row, columns, measured), state))
    if outline.carried and "carry" not in base:
        for total in outline.totals:
            total.setdefault("carry", Value(("included", "", False), rows[0][0].start, "passage"))
    return [f for line, row, those, state in read for f in _row(line, row, those, conv, state)]


def _side_by_side(lines: list[Line], rows: list[list[Cell]]) -> tuple[list[Line], list[list[Cell]]]:
    """Two tables that stand beside each other under the same header, one below the other."""
    half = len(rows[0]) // 2
    heads = ([lowered(c.text) for c in r] for r in rows)
    if (
        half < 2
        or not all(len(r) == 2 * half for r in rows)
        or not any(all(h) and h[:half] == h[half:] and len(set(h)) > 1 for h in heads)
    ):
        return lines, rows
    return [*lines, *lines], [*(r[:half] for r in rows), *(r[half:] for r in rows)]


def _spread(header: list[list[Cell]]) -> None:
    """`Vốn đầu tư | (empty)` above `Kế hoạch | Giải ngân`: what stands above both, left blank above the second."""
    for row, below in pairwise(header):
        for i in range(2, min(len(row), len(below))):
            if not row[i].text and below[i].text and row[i - 1].text:
                row[i] = row[i - 1]


def _section(w: Words, row: list[Cell], outline: Outline) -> None:
    """`I. Vốn đầu tư phát triển`, a line across the table: what the rows below it are about."""
    label = _label_of(row) or row[0]
    own: State = {}
    _label_state(w, label, own)
    _whole_project(own, outline)
    depth = _SECTION + (_depth(row) if label is not row[0] or MARKED.match(label.text) else -1)
    while outline.rows and outline.rows[-1][0] >= depth:
        outline.rows.pop()
    above = outline.rows[-1][1] if outline.rows else {}
    outline.rows.append((depth, {**above, **own}))


def _label_of(row: list[Cell]) -> Cell | None:
    return next(iter(_texts(row)), None)


def _texts(row: list[Cell]) -> list[Cell]:
    return [
        c
        for c in row
        if c.text
        and not _SAYS.numeric.fullmatch(lowered(c.text))
        and not any(shape.fullmatch(c.text) for shape in (_SAYS.ordinal, NOTHING))
    ]


def _behind_label(row: list[Cell]) -> int:
    """The index of the first cell behind a row's label."""
    label = _label_of(row)
    return row.index(label) + 1 if label else 1


def _label_measure(w: Words, row: list[Cell]) -> Column:
    """What a row measures, in a table whose columns are places, years or programmes."""
    label = _label_of(row)
    measured = column_of(w, [label]) if label else Column()
    unit_cell(row, measured)
    return measured


def _row_measure(w: Words, row: list[Cell], outline: Outline) -> Column:
    """What a row says that it measures; a part of the row before (`Vốn đầu tư`) and a bare rate go with that."""
    measured, before = _label_measure(w, row), outline.measured
    if measured.measure:
        outline.measured = measured
    elif not measured.aside and before.measure:
        inherit([before, measured], Column(), 1, spending=False)
        measured.scale = measured.scale or (0 if measured.percent else before.scale)
    return measured


def _turned(row: list[Cell], columns: list[Column], measured: Column) -> list[Column]:
    """The columns of a row that says itself what it measures."""
    behind = _behind_label(row)
    of_row = {k: x for k, x in measured.state.items() if k == "as_of"}
    return [
        Column(
            {**of_row, **c.state},
            measured.measure,
            measured.scale or (0 if measured.percent else c.scale),
            measured.percent,
        )
        if i >= behind and not c.aside
        else Column()
        for i, c in enumerate(columns)
    ]


def _last_told(v: View, above: list[Line]) -> int:
    """Return which line is the last item that tells its own figures, and so leads no table behind it; -1 if none is."""
    told = (i for i, line in enumerate(above) if line.kind == "item" and v.text[line.end - 1] in ".;")
    return max(told, default=-1)


def _caption(v: View, above: list[Line]) -> list[Line]:
    """The lines that lead a table: those right above it, from the last sentence that ends in a colon on."""
    prose = [i for i, line in enumerate(above) if line.kind == "prose"]
    last = prose[-1] if prose else -1
    begun = last >= 0 and (
        v.text[above[last].end - 1] == ":"
        or (above[last].end - above[last].start < 120 and v.text[above[last].end - 1] not in ".;!?")
    )
    leads = last >= 0 and (
        last == len(above) - 1 or (begun and all(line.kind in ("short", "heading") for line in above[last + 1 :]))
    )
    return above[last if leads else last + 1 :]


def _header_above(v: View, above: list[Line], width: int) -> list[list[Cell]]:
    """`Theo địa bàn (Kế hoạch / Giải ngân / Tỷ lệ; ĐVT: triệu đồng):` names the columns of a list's numbers."""
    if not above:
        return []
    spans = listed_header(v.text, above[0].start, above[0].end, width - 1) or named_header(
        v.text, above[0].start, above[0].end, width - 1
    )
    return [[Cell(above[0].start, ""), *(Cell(a, v.text[a:b]) for a, b in spans)]] if spans else []


def _depth(row: list[Cell]) -> int:
    """How deep a row's own number puts it: I above 1 above 1.1 above a dash."""
    marked = MARKED.match(row[0].text)
    mark = marked[1] if marked else row[0].text.strip("() ")
    if re.fullmatch(r"[IVX]+|[A-Z]", mark):
        return 0
    if re.fullmatch(r"\d{1,2}", mark):
        return 1
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+", mark):
        return 1 + mark.count(".")
    return 4 if re.fullmatch(r"[-–+*]|[a-zđ]", mark) else 3


def _row_state(w: Words, row: list[Cell], base: State, outline: Outline, measured: Column | None) -> State | None:
    """What a row is about: its own label, under the rows that stand above it in the outline."""
    label = _label_of(row)
    own: State = {}
    if label is not None and not _label_state(w, label, own) and not (measured and measured.measure):
        return None
    if label is None and (year := next((c for c in row if re.fullmatch(r"20\d\d", c.text)), None)):
        own["period"] = Value(year.text, year.start, "clause")
    for more in _texts(row)[1:]:
        further: State = {}
        if more.text != label.text and _label_state(w, more, further):  # type: ignore[union-attr]
            own = {**further, **own}  # "Giảm nghèo bền vững | Vốn đầu tư | 100.000"
    _whole_project(own, outline)
    if label is not None and _SAYS.total.match(lowered(label.text)):
        section = (
            outline.rows[0][1]
            if outline.rows and outline.rows[0][0] < 0 and lowered(label.text).startswith("cộng")
            else {}
        )
        outline.totals.append({**base, **section, **own})
        return outline.totals[-1]
    outline.carried = outline.carried or ("carry" in own and own["carry"].value[0] == "only")
    depth = _depth(row)
    partial = set(own) <= {"capital", "source", "component", "carry", "period"}
    rows = outline.rows
    while rows and (
        rows[-1][0] > depth or (rows[-1][0] == depth and not (partial and depth == 3 and "programme" in rows[-1][1]))
    ):
        rows.pop()
    above = rows[-1][1] if rows and (partial or rows[-1][0] < depth) else {}
    state = {**above, **own}
    if not (partial and depth == 3):
        rows.append((depth, state))
    return _set_below(dict(base), state)


def _set_below(above: State, own: State) -> State:
    """Add what is said further in; another programme named there has none of the projects named above it."""
    if "programme" in own and own["programme"].value != getattr(above.get("programme"), "value", ""):
        above.pop("component", None)
    above.update(own)
    return above


def _whole_project(own: State, outline: Outline) -> None:
    """`Tiểu dự án 1` under the row of `Dự án 3` is a part of that project."""
    named = own.get("component")
    if named is None:
        outline.project = "" if "programme" in own else outline.project
    elif not named.value.startswith("."):
        outline.project = named.value.split(".")[0]
    elif outline.project:
        own["component"] = Value(outline.project + named.value, named.position, named.how)
    else:
        del own["component"]


def _align(rows: list[list[Cell]], v: View, lines: list[Line]) -> list[list[Cell]]:
    """Rows parted by spaces lose their empty cells: the numbers stand at the right."""
    width = max(len(r) for r in rows)
    spaced = all(
        "\t" not in v.text[line.start : line.end] and "|" not in v.text[line.start : line.end] for line in lines
    )
    return [[Cell(r[0].start, "")] * (width - len(r)) + r for r in rows] if spaced else rows


def _cells(v: View, line: Line) -> list[Cell]:
    text = v.text[line.start : line.end]
    sign = 1 if any(c in text for c in (SIGN, "\t", "|")) else 0
    cells, position = [], 0
    for part in (not is_row(text) and listed_cells(text)) or split_cells(text):
        at = text.find(part, position) if part else position
        stripped = part.strip()
        cells.append(Cell(line.start + at + (len(part) - len(part.lstrip())), stripped))
        position = at + len(part) + sign
    return cells


def _said(row: list[Cell]) -> int:
    """How many different things a row says: a cell across several columns stands in each of them, units stand in theirs."""
    texts = {c.text for c in _texts(row)} or {c.text for c in row if c.text}
    return max(2, len(texts)) if any(is_unit(text) for text in texts) else len(texts)


def _is_data(cells: list[Cell]) -> bool:
    """A row of numbers, that are not the numbers of the columns."""
    numeric = [
        c.text
        for c in cells[1:]
        if c.text and _SAYS.numeric.fullmatch(lowered(c.text)) and not re.fullmatch(r"\(\d{1,2}\)|20\d\d", c.text)
    ]
    small = [int(n) for n in numeric if re.fullmatch(r"\d{1,2}", n)]
    counted = len(small) > 1 and all(two == one + 1 for one, two in pairwise(small))
    return len(numeric) > len(small) or (bool(small) and not counted and _label_of(cells) is not None)


def _row(line: Line, row: list[Cell], columns: list[Column], conv: Convention, state: State) -> list[Found]:
    sentence = Sentence(line.start, line.end, "table", [])
    found = []
    unit = _unit_above(columns)
    for cell, column in zip(row, columns, strict=False):
        if NOTHING.fullmatch(cell.text) and column.measure in ("disbursed", "rate"):
            nothing = Number(cell.start, cell.end, 0, "VND", "")
            found.append(
                Found(
                    nothing,
                    _set_below(dict(state), column.state),
                    "disbursed",
                    "clause",
                    "exact",
                    [],
                    sentence,
                    zero=True,
                )
            )
            continue
        number = _number(cell, column, conv, unit)
        if number is None or not column.measure:
            continue
        own = _set_below(dict(state), column.state)
        measure = (
            "rate" if number.unit == "percent" and column.measure not in ("distribution_rate",) else column.measure
        )
        found.append(Found(number, own, measure, "clause", "exact", [], sentence))
    return found


def _unit_above(columns: list[Column]) -> int:
    return next((c.scale for c in columns if c.scale), 0)


def _label_state(w: Words, label: Cell, state: State) -> bool:
    """Set what a row is about; False where its label is none of ours."""
    end = label.end
    low = lowered(label.text)
    known = works = False
    for a, _, kind, code in w.lexical(label.start, end):
        works = works or (kind == "topic" and code in ("works", "norms", "poverty"))
        if kind in ("programme", "capital", "source") and code not in REFERRING:
            state[kind] = Value(code, a, "clause")
            known = True
    if INVESTED.fullmatch(low):
        state["capital"] = Value("investment", label.start, "clause")
        known = True
    for m in components(w.v.low, label.start, end):
        state["component"] = Value(m.code, m.start, "clause")
        known = True
    known = label_year(w.v, label, state) or known
    if _SAYS.total.match(low):
        return True
    if works and not known:
        return False  # "Trường tiểu học xã Hoàng Văn Thụ": a work, wherever it is
    named = w.places(label.start, end) or communes(w.v, label.start, end, w.home.day, w.home)
    if not named and not known:
        named = bare_unit(label, w.home)
    if named:
        state["place"] = Value(named[0], label.start, "clause")
        known = True
    return known


def _number(cell: Cell, column: Column, conv: Convention, scale: int) -> Number | None:
    text = lowered(cell.text)
    shape = re.fullmatch(r"(\d[\d.,]*)(?:\s?%|\s((?:tỷ|triệu|nghìn|ngàn)(?: đồng)?|đồng))?", text)
    if len(text) > 24 or shape is None:
        return None
    digits = shape[1]
    percent = (column.percent and not shape[2]) or text.endswith("%")
    value = (
        in_percent(digits, conv)
        if percent
        else in_dong(digits, scale_of(shape[2]) if shape[2] else column.scale or scale, conv)
    )
    return (
        None
        if value is None
        else Number(cell.start, cell.start + len(digits), value, "percent" if percent else "VND", digits)
    )
