"""Plain-text tables: what a column measures, what a row is about, in which unit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ntp_analysis.amounts import Convention, Number
from ntp_analysis.dates import find_dates, find_periods
from ntp_analysis.discourse import Discourse, State, Value
from ntp_analysis.found import Found
from ntp_analysis.layout import Line, listed_header, split_cells
from ntp_analysis.mentions import REFERRING, Sentence, carryovers, components, new_money
from ntp_analysis.places import RUN, Home, PlaceMention, _known, communes
from ntp_analysis.text import View

_NUMERIC = re.compile(r"[-–]?\d[\d.,\s]*%?|[-–]")
_UNIT = re.compile(r"(triệu đồng|tr\.? ?đồng|tỷ đồng|tỉ đồng|nghìn đồng|ngàn đồng|1\.000 đồng|1000 đồng|trđ|tr\.đ|trđồng|\btriệu\b|\btỷ\b(?! lệ| trọng)|\bđồng\b)")
_UNIT_CELL = re.compile(rf"%|{_UNIT.pattern}")
_SCALES = {"triệu": 10**6, "tr": 10**6, "tr.đ": 10**6, "trđồng": 10**6, "trđ": 10**6, "tỷ": 10**9, "tỉ": 10**9, "nghìn": 10**3, "ngàn": 10**3, "1.000": 10**3, "1000": 10**3, "đồng": 1}
_OF_A_YEAR = re.compile(r"(?:tổng |nguồn |số |kế hoạch |phần )*(?:vốn|kế hoạch|nguồn|kinh phí|năm)\b")
_SHORT_KINDS = {"tt": "commune", "x": "commune", "p": "commune", "h": "district", "tx": "district", "tp": "district"}
_SHORT_KIND = re.compile(r"(tt|tx|tp|x|p|h)(?:\. ?| )", re.I)
_MARKED = re.compile(r"([IVX]+|[A-Z]|\d{1,2}(?:\.\d{1,2})*)[.)] +(?=\D)")
_TOTAL = re.compile(r"^(?:tổng(?: cộng| số| chung)?|cộng|toàn (?:tỉnh|huyện|xã|thành phố)|bình quân|chung)\b")

_SPENT = ("disbursed", "rate", "undisbursed", "distributed", "not_disbursed")

LexicalOf = Callable[[int, int], list[tuple[int, int, str, str]]]
PlacesOf = Callable[[int, int], list[PlaceMention]]


@dataclass(slots=True)
class Column:
    """What the header says of a column."""

    state: State = field(default_factory=dict)
    measure: str = ""
    scale: int = 0
    percent: bool = False
    change: bool = False
    """it compares with another time, and has no figures of ours"""


@dataclass(slots=True)
class Outline:
    """The rows above a row that it stands under, and the project named last."""

    rows: list[tuple[int, State]] = field(default_factory=list)
    project: str = ""
    totals: list[State] = field(default_factory=list)
    carried: bool = False
    """a row is of money carried over, without what was given in the year"""


@dataclass(slots=True)
class Cell:
    """A cell's text and its offset in the view."""

    start: int
    text: str


def read_table(
    v: View, above: list[Line], lines: list[Line], lexical: LexicalOf, places: PlacesOf, conv: Convention, discourse: Discourse, home: Home
) -> list[Found]:
    """Return the figures of a table; `above` are the lines before it, with its caption and unit."""
    rows = _align([_cells(v, line) for line in lines], v, lines)
    header = [r for r in rows if not _is_data(r) and _filled(r) > 1]
    data = [(line, r) for line, r in zip(lines, rows, strict=True) if _is_data(r)]
    if not data:
        return []
    across = [line for line, r in zip(lines, rows, strict=True) if _filled(r) == 1]
    lead = _lead(v, [*across, *_caption(v, above)], lexical)
    width = max(len(r) for r in rows)
    header = header or _header_above(v, above[-1:], width)
    columns = [_column(v, [r[i] for r in header if i < len(r)], lexical, places, home) for i in range(width)]
    across_rows = not any(c.measure for c in columns) and any(_label_measure(v, row, lexical, places, home).measure for _, row in data)
    if not across_rows:
        _inherit(columns, lead)
    for column in columns:
        column.scale = column.scale or (lead.scale if not column.percent else 0)
    base = {k: x for k, x in discourse.topic.items() if k in ("programme", "capital", "place", "source", "carry")}
    base.update(lead.state)
    outline = Outline()
    of_rows = [_label_measure(v, row, lexical, places, home) if across_rows else None for _, row in data]
    states = [_row_state(v, row, lexical, places, base, home, outline, measured) for (_, row), measured in zip(data, of_rows, strict=True)]
    if outline.carried and "carry" not in base:
        for total in outline.totals:
            total.setdefault("carry", Value(("included", "", False), data[0][0].start, "passage"))
    return [
        f
        for (line, row), state, measured in zip(data, states, of_rows, strict=True)
        if state is not None
        for f in _row(line, row, columns if measured is None else _turned(row, columns, measured), conv, state)
    ]


def _inherit(columns: list[Column], lead: Column) -> None:
    """A column that only says of which money it is (`Trong đó: NSTW`) measures what the one before it does, or the caption."""
    explicit = {c.measure for c in columns if c.measure}
    moved = [c.state["carry"] for c in columns if "carry" in c.state]
    years = next((x.value[1] for x in moved if x.value[0] == "only" and x.value[1]), "")
    left: Column | None = None
    for column in columns:
        carry = column.state.get("carry")
        if carry and carry.value[0] == "only" and not carry.value[1]:
            column.state["carry"] = Value(("only", years, False), carry.position, carry.how)
        if column.measure:
            left = column
            continue
        if column.change or not column.state.keys() & {"programme", "capital", "source", "carry", "place", "period"}:
            continue
        if left is not None and left.measure in ("allocated", "disbursed", "undisbursed", "distributed"):
            column.measure = "rate" if column.percent else left.measure
        elif not explicit and lead.measure:
            column.measure, column.percent = lead.measure, column.percent or lead.measure == "rate"
        elif left is None and not column.percent:
            column.measure = "allocated"


def _label_of(row: list[Cell]) -> Cell | None:
    return next((c for c in row if c.text and not _NUMERIC.fullmatch(c.text) and not re.fullmatch(r"[IVX\d.)]+|[a-zđ]\)?", c.text)), None)


def _label_measure(v: View, row: list[Cell], lexical: LexicalOf, places: PlacesOf, home: Home) -> Column:
    """What a row measures, in a table whose columns are places, years or programmes."""
    label = _label_of(row)
    measured = _column(v, [label], lexical, places, home) if label else Column()
    unit = next((m for c in row if (m := _UNIT_CELL.fullmatch(c.text.lower()))), None)
    if unit:
        measured.scale, measured.percent = (0, True) if unit[0] == "%" else (_scale(unit[1]), False)
    return measured


def _turned(row: list[Cell], columns: list[Column], measured: Column) -> list[Column]:
    """The columns of a row that says itself what it measures."""
    label = _label_of(row)
    behind = row.index(label) + 1 if label in row else 1
    return [
        Column(c.state, measured.measure, measured.scale or (0 if measured.percent else c.scale), measured.percent) if i >= behind and not c.change else Column()
        for i, c in enumerate(columns)
    ]


def _caption(v: View, above: list[Line]) -> list[Line]:
    """The lines that lead a table: those right above it, from the last sentence that ends in a colon on."""
    prose = [i for i, line in enumerate(above) if line.kind == "prose"]
    last = prose[-1] if prose else -1
    leads = last >= 0 and (last == len(above) - 1 or (v.text[above[last].end - 1] == ":" and all(line.kind in ("short", "heading") for line in above[last + 1 :])))
    return above[last if leads else last + 1 :]


def _header_above(v: View, above: list[Line], width: int) -> list[list[Cell]]:
    """`Theo địa bàn (Kế hoạch / Giải ngân / Tỷ lệ; ĐVT: triệu đồng):` names the columns of a list's numbers."""
    spans = listed_header(v.text, above[0].start, above[0].end, width - 1) if above else []
    return [[Cell(above[0].start, ""), *(Cell(a, v.text[a:b]) for a, b in spans)]] if spans else []


def _depth(row: list[Cell]) -> int:
    """How deep a row's own number puts it: I above 1 above 1.1 above a dash."""
    marked = _MARKED.match(row[0].text)
    mark = marked[1] if marked else row[0].text.strip("() ")
    if re.fullmatch(r"[IVX]+|[A-Z]", mark):
        return 0
    if re.fullmatch(r"\d{1,2}", mark):
        return 1
    if re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+", mark):
        return 1 + mark.count(".")
    return 4 if re.fullmatch(r"[-–+*]|[a-zđ]", mark) else 3


def _row_state(
    v: View, row: list[Cell], lexical: LexicalOf, places: PlacesOf, base: State, home: Home, outline: Outline, measured: Column | None
) -> State | None:
    """What a row is about: its own label, under the rows that stand above it in the outline."""
    label = _label_of(row)
    own: State = {}
    if label is not None and not _label_state(v, label, lexical, places, home, own) and not (measured and measured.measure):
        return None
    if label is None and (year := next((c for c in row if re.fullmatch(r"20\d\d", c.text)), None)):
        own["period"] = Value(year.text, year.start, "clause")
    _whole_project(own, outline)
    if label is not None and _TOTAL.match(label.text.lower()):
        outline.totals.append({**base, **own})
        return outline.totals[-1]
    outline.carried = outline.carried or ("carry" in own and own["carry"].value[0] == "only")
    depth = _depth(row)
    partial = set(own) <= {"capital", "source", "component", "carry", "period"}
    rows = outline.rows
    while rows and (rows[-1][0] > depth or (rows[-1][0] == depth and not (partial and depth == 3 and "programme" in rows[-1][1]))):
        rows.pop()
    above = rows[-1][1] if rows and (partial or rows[-1][0] < depth) else {}
    state = {**above, **own}
    if not (partial and depth == 3):
        rows.append((depth, state))
    return {**base, **state}


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
    spaced = all("\t" not in v.text[line.start : line.end] and "|" not in v.text[line.start : line.end] for line in lines)
    return [[Cell(r[0].start, "")] * (width - len(r)) + r for r in rows] if spaced else rows


def _cells(v: View, line: Line) -> list[Cell]:
    text = v.text[line.start : line.end]
    sign = 1 if "\t" in text or "|" in text else 0
    cells, position = [], 0
    for part in split_cells(text):
        at = text.find(part, position) if part else position
        stripped = part.strip()
        cells.append(Cell(line.start + at + (len(part) - len(part.lstrip())), stripped))
        position = at + len(part) + sign
    return cells


def _filled(row: list[Cell]) -> int:
    return sum(1 for cell in row if cell.text)


def _is_data(cells: list[Cell]) -> bool:
    numeric = [c for c in cells[1:] if c.text and _NUMERIC.fullmatch(c.text) and not re.fullmatch(r"\(?\d{1,2}\)?|20\d\d", c.text)]
    return len(numeric) >= 1


def _lead(v: View, above: list[Line], lexical: LexicalOf) -> Column:
    """What the caption and the lines right before a table say of all of it."""
    lead = Column()
    for line in above:
        begin = max(line.start, v.low.rfind(". ", line.start, line.end) + 1)  # a paragraph leads with its last sentence
        text = v.low[begin : line.end]
        unit = _UNIT.search(text) if line.kind != "prose" or "đvt" in text or "đơn vị" in text else None
        if unit and len(text) < 160:
            lead.scale = _scale(unit[1])
        _describe(v, begin, line.end, lexical, lead)
        for d in find_dates(v.low, begin, line.end):
            if d.until:
                lead.state["as_of"] = Value(d, line.start, "passage")
        for m in carryovers(v.low, begin, line.end) if line.kind != "prose" else ():
            if m.code == "only":
                lead.state["carry"] = Value((m.code, m.data, bool(m.data)), line.start, "passage")
        for p in find_periods(v.low, begin, line.end):
            if p.kind in ("year", "span"):
                lead.state["period"] = Value(p.period, line.start, "passage")
    return lead


def _describe(v: View, start: int, end: int, lexical: LexicalOf, column: Column) -> None:
    for a, _, kind, code in lexical(start, end):
        if kind in ("programme", "capital", "source") and code not in REFERRING:
            known = column.state.get(kind)
            if kind == "programme" and code == "ntp" and known is not None:
                continue
            column.state[kind] = Value(code, a, "clause")
        elif kind == "measure" and (code in _SPENT or (not column.measure and code not in ("given", "none"))):
            column.measure = {"not_disbursed": "undisbursed"}.get(code, code)


_CHANGE = re.compile(r"so (?:với |sánh )?(?:cùng kỳ|năm trước|năm ngoái|kỳ trước)|so sánh|\btăng\b|\bgiảm\b(?! nghèo)")


def _column(v: View, cells: list[Cell], lexical: LexicalOf, places: PlacesOf, home: Home) -> Column:
    column = Column()
    for cell in cells:
        _describe(v, cell.start, cell.start + len(cell.text), lexical, column)
        low = cell.text.lower()
        unit = _UNIT.search(low)
        if unit:
            column.scale = _scale(unit[1])
        if re.search(r"tỷ lệ|tỉ lệ|%", low) and not unit:
            column.percent = True
        column.change = column.change or _CHANGE.search(low) is not None
        _label_year(v, cell, column.state)
        if re.fullmatch(r"20\d\d", low):
            column.state["period"] = Value(low, cell.start, "clause")
        named = places(cell.start, cell.start + len(cell.text)) or ([] if column.measure or column.state else _bare_unit(cell, home))
        if named:
            column.state["place"] = Value(named[0], cell.start, "clause")
        for d in find_dates(v.low, cell.start, cell.start + len(cell.text)):
            if d.until:
                column.state["as_of"] = Value(d, cell.start, "clause")
    if column.percent and column.measure in ("disbursed", "allocated", ""):
        column.measure = "rate"
    if column.percent and column.measure == "distributed":
        column.measure = "distribution_rate"
    if column.change:
        return Column(change=True)
    return column


def _scale(unit: str) -> int:
    return _SCALES[unit.split()[0].rstrip(".")]


def _row(line: Line, row: list[Cell], columns: list[Column], conv: Convention, state: State) -> list[Found]:
    sentence = Sentence(line.start, line.end, "table", [])
    found = []
    for cell, column in zip(row, columns, strict=False):
        number = _number(cell, column, conv, _unit_above(columns))
        if number is None or not column.measure:
            continue
        own = {**state, **column.state}
        measure = "rate" if number.unit == "percent" and column.measure not in ("distribution_rate",) else column.measure
        found.append(Found(number, own, measure, "clause", "exact", [], sentence))
    return found


def _unit_above(columns: list[Column]) -> int:
    return next((c.scale for c in columns if c.scale), 0)


def _label_state(v: View, label: Cell, lexical: LexicalOf, places: PlacesOf, home: Home, state: State) -> bool:
    """Set what a row is about; False where its label is none of ours."""
    end = label.start + len(label.text)
    low = label.text.lower()
    known = False
    for a, _, kind, code in lexical(label.start, end):
        if kind in ("programme", "capital", "source") and code not in REFERRING:
            state[kind] = Value(code, a, "clause")
            known = True
    for m in components(v.low, label.start, end):
        state["component"] = Value(m.code, m.start, "clause")
        known = True
    known = _label_year(v, label, state) or known
    if _TOTAL.match(low):
        return True
    named = places(label.start, end) or communes(v, label.start, end, home.day, home)
    if not named and not known:
        named = _bare_unit(label, home)
    if named:
        state["place"] = Value(named[0], label.start, "clause")
        known = True
    return known


def _label_year(v: View, label: Cell, state: State) -> bool:
    """`Vốn năm 2023 kéo dài`, `Vốn năm 2024`: whether the row is of one year's money, and of which."""
    end = label.start + len(label.text)
    carries = carryovers(v.low, label.start, end) or new_money(v.low, label.start, end)
    for m in carries:
        if m.code != "excluded" or v.low.startswith(("không", "chưa", "ngoài"), m.start):
            state["carry"] = Value((m.code, m.data, bool(m.data)), m.start, "clause")
        elif m.data:
            state["period"] = Value(m.data, m.start, "clause")
    for p in find_periods(v.low, label.start, end):
        if p.kind in ("year", "span") and not any(m.start <= p.start < m.end for m in carries):
            state["period"] = Value(p.period, p.start, "clause")
    return bool(carries) or ("period" in state and _OF_A_YEAR.match(v.low, label.start + _mark_length(label), end) is not None)


def _mark_length(label: Cell) -> int:
    marked = _MARKED.match(label.text)
    return marked.end() if marked else 0


def _bare_unit(label: Cell, home: Home) -> list[PlaceMention]:
    """A label that is nothing but the name of a district or commune of the home province, its kind left out or shortened."""
    begin = _mark_length(label)
    kind = _SHORT_KIND.match(label.text, begin)
    for level, at in [(_SHORT_KINDS[kind[1].lower()], kind.end())] if kind else [("district", begin), ("commune", begin)]:
        name = label.text[at:]
        unit = _known(name, level, home.day, home.province) if RUN.fullmatch(name) else None
        if unit and unit.province == home.province:
            return [PlaceMention(label.start + at, label.start + len(label.text), "named", unit.name, level, unit.province)]
    return []


def _number(cell: Cell, column: Column, conv: Convention, scale: int) -> Number | None:
    text = cell.text
    if len(text) > 24 or not re.fullmatch(r"\d[\d.,]*(?:\s?%)?", text):
        return None
    digits = text.rstrip("% ").rstrip()
    percent = column.percent or text.endswith("%")
    value = conv.parse(digits, percent=percent)
    end = cell.start + len(digits)
    if percent:
        return Number(cell.start, end, float(value) if value % 1 else int(value), "percent", digits)
    factor = column.scale or scale
    total = value * factor
    if not factor or total % 1:
        return None
    return Number(cell.start, end, int(total), "VND", digits)
