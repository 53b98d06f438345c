"""What a table's caption and header say of its columns: the measure, the unit, which money, whose."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ntp_analysis.amounts import scale_of
from ntp_analysis.dates import find_dates, find_periods
from ntp_analysis.discourse import State, Value
from ntp_analysis.lines import Line
from ntp_analysis.mentions import LEFT_OUT, REFERRING, carryovers, new_money
from ntp_analysis.patterns import patterns
from ntp_analysis.places import RUN, Home, PlaceMention, _known
from ntp_analysis.reference import said_to_be_ours
from ntp_analysis.text import View, lowered

_SAYS = patterns("columns")

_SHORT_KINDS = {"tt": "commune", "x": "commune", "p": "commune", "h": "district", "tx": "district", "tp": "district"}
_SHORT_KIND = re.compile(r"(tt|tx|tp|x|p|h)(?:\. ?| )", re.I)
_SENTENCE_END = re.compile(r"(?<!\btr)\.(?= )")
MARKED = _SAYS.marked
INVESTED = _SAYS.invested
"""a cell of its own: the kind of capital"""
_SPENT = ("disbursed", "rate", "undisbursed", "distributed", "not_disbursed")
_MONEY = ("allocated", "disbursed", "undisbursed", "distributed")

LexicalOf = Callable[[int, int], list[tuple[int, int, str, str]]]
PlacesOf = Callable[[int, int], list[PlaceMention]]


@dataclass(frozen=True, slots=True)
class Words:
    """The article's text, and what the engine knows of its words."""

    v: View
    lexical: LexicalOf
    places: PlacesOf
    home: Home


@dataclass(slots=True)
class Cell:
    """A cell's text and its offset in the view."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Return the offset behind the text."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Column:
    """What the header says of a column, or a row's label of the row."""

    state: State = field(default_factory=dict)
    measure: str = ""
    scale: int = 0
    percent: bool = False
    funds: bool = False
    """it says "vốn", "kinh phí" and not what became of them"""
    whole: bool = False
    """it says no more than "chung", "tổng số": of all the money"""
    aside: bool = False
    """it compares with another time or counts something else, and has no figures of ours"""


def lead_of(w: Words, above: list[Line]) -> Column:
    """Return what the caption and the lines right before a table say of all of it."""
    v, lead = w.v, Column()
    for line in above:
        # a paragraph leads with its last sentence
        begin = max((m.end() for m in _SENTENCE_END.finditer(v.low, line.start, line.end)), default=line.start)
        text = v.low[begin : line.end]
        unit = _SAYS.unit.search(text) if line.kind != "prose" or "đvt" in text or "đơn vị" in text else None
        closing = _SAYS.closing_unit.search(text)
        lead.percent = lead.percent or (line.kind != "prose" and _SAYS.percent.search(text) is not None)
        if closing or (unit and len(text) < 160):
            lead.scale = scale_of(closing[1] if closing else unit[1])  # type: ignore[index]
        _describe(w, begin, line.end, lead)
        for d in find_dates(v.low, begin, line.end):
            if d.until:
                lead.state["as_of"] = Value(d, line.start, "passage")
        moved = carryovers(v.low, begin, line.end)
        for m in moved:
            if m.code == "included" or (m.code == "only" and line.kind != "prose"):
                lead.state["carry"] = Value((m.code, m.data, bool(m.data)), line.start, "passage")
        for p in find_periods(v.low, begin, line.end):
            if p.kind in ("year", "span") and not any(m.start <= p.start < m.end for m in moved):
                lead.state["period"] = Value(p.period, line.start, "passage")
    return lead


def _describe(w: Words, start: int, end: int, column: Column) -> None:
    for a, b, kind, code in w.lexical(start, end):
        if code == "other" and said_to_be_ours(w.v.low, a, b):
            column.state["capital"] = Value("investment", a, "clause")
        elif kind in ("programme", "capital", "source") and code not in REFERRING:
            known = column.state.get(kind)
            if kind == "programme" and code == "ntp" and known is not None:
                continue
            column.state[kind] = Value(code, a, "clause")
        elif kind == "measure" and (code in _SPENT or (not column.measure and code not in ("given", "none"))):
            column.measure = {"not_disbursed": "undisbursed"}.get(code, code)
        elif kind == "topic" and code:
            column.aside = True


def column_of(w: Words, cells: list[Cell]) -> Column:
    """Return what the cells of a header, or a row's label, say of the numbers under or behind them."""
    column, compares = Column(), False
    for cell in cells:
        _describe(w, cell.start, cell.end, column)
        low = lowered(cell.text)
        if not column.measure and _SAYS.short_spent.match(low):
            column.measure = "disbursed"
        if INVESTED.fullmatch(low):
            column.state["capital"] = Value("investment", cell.start, "clause")
        column.whole = _SAYS.whole.fullmatch(low) is not None
        column.funds = column.funds or _SAYS.funds.search(low) is not None
        unit = _SAYS.unit.search(low)
        if unit:
            column.scale = scale_of(unit[1])
        if re.search(r"tỷ lệ|%", low) and not unit:
            column.percent = True
        compares = compares or _SAYS.change.search(low) is not None
        label_year(w.v, cell, column.state)
        if year := _SAYS.only_a_year.fullmatch(low):
            column.state["period"] = Value(year[1], cell.start, "clause")
        named = w.places(cell.start, cell.end) or ([] if column.measure or column.state else bare_unit(cell, w.home))
        if named:
            column.state["place"] = Value(named[0], cell.start, "clause")
        for d in find_dates(w.v.low, cell.start, cell.end):
            if d.until:
                column.state["as_of"] = Value(d, cell.start, "clause")
    if column.percent and column.measure in ("disbursed", "allocated"):
        column.measure = "rate"
    if column.percent and column.measure == "distributed":
        column.measure = "distribution_rate"
    if compares or (column.aside and not column.measure and column.state.keys() <= {"period", "as_of"}):
        return Column(aside=True)
    column.aside = False
    return column


def inherit(columns: list[Column], lead: Column, first: int, *, spending: bool) -> None:
    """Let columns that do not say what they measure do as the one before them, or the caption.

    `Trong đó: NSTW` is a part of the column before it; a bare `Tỷ lệ (%)` is a rate behind a column of money, or as
    the first of the numbers (`first` is its index) where the passage is `spending`.
    """
    explicit = {c.measure for c in columns if c.measure}
    _complete_carry(columns)
    _share_money(columns, first)
    left: Column | None = None
    for i, column in enumerate(columns):
        if column.measure or column.aside:
            left = column
        elif i >= first:
            _inherit_one(column, lead, left, explicit, spending)
            left = left if column.measure else Column()


def _share_money(columns: list[Column], first: int) -> None:
    """`KH vốn kéo dài | Thanh toán vốn kéo dài | Tỷ lệ`: a bare rate is of the money that all columns since the rate before are of."""
    since = first
    for i in range(first, len(columns)):
        if not columns[i].percent:
            continue
        of = columns[since:i]
        for attribute in ("carry", "capital", "programme"):
            values = {c.state[attribute].value if attribute in c.state else None for c in of}
            if len(of) > 1 and len(values) == 1 and attribute not in columns[i].state and attribute in of[0].state:
                columns[i].state[attribute] = of[-1].state[attribute]
        since = i + 1


def _inherit_one(column: Column, lead: Column, left: Column | None, explicit: set[str], spending: bool) -> None:
    part = bool(column.state.keys() & {"programme", "capital", "source", "carry", "place", "period"})
    if lead.percent and not lead.scale and lead.measure in _SPENT and not explicit and (part or column.whole):
        column.measure, column.percent = "distribution_rate" if lead.measure == "distributed" else "rate", True
        return
    if left is not None and left.measure:
        if column.percent:
            column.measure = "distribution_rate" if left.measure.startswith("distribut") else "rate"
        elif part and left.measure in _MONEY:
            column.measure = left.measure
    elif column.percent:
        column.measure = "rate" if left is None and (spending or lead.measure in _SPENT) else ""
    elif part and not explicit and lead.measure:
        column.measure, column.percent = lead.measure, lead.measure == "rate"
    elif (part or (column.funds and not explicit)) and left is None:
        column.measure = "allocated"


def _complete_carry(columns: list[Column]) -> None:
    """`Giải ngân vốn kéo dài` is of the year that another column names."""
    moved = [c.state["carry"] for c in columns if "carry" in c.state]
    years = next((x.value[1] for x in moved if x.value[0] == "only" and x.value[1]), "")
    for column in columns:
        carry = column.state.get("carry")
        if carry and carry.value[0] == "only" and not carry.value[1]:
            column.state["carry"] = Value(("only", years, False), carry.position, carry.how)


def is_unit(text: str) -> bool:
    """Tell whether a cell says a unit and no more."""
    return _SAYS.unit_cell.fullmatch(lowered(text)) is not None


def unit_cell(cells: list[Cell], column: Column) -> None:
    """A cell of its own can say a row's unit: `Kế hoạch vốn | Triệu đồng | 120`."""
    unit = next((m for c in cells if (m := _SAYS.unit_cell.fullmatch(lowered(c.text)))), None)
    if unit:
        column.scale, column.percent = (0, True) if unit[0] == "%" else (scale_of(unit[1]), False)


def label_year(v: View, label: Cell, state: State) -> bool:
    """`Vốn năm 2023 kéo dài`, `Vốn năm 2024`: whether the row is of one year's money, and of which."""
    end = label.end
    carries = carryovers(v.low, label.start, end) or new_money(v.low, label.start, end)
    for m in carries:
        if m.code != "excluded" or LEFT_OUT.match(v.low, m.start):
            state["carry"] = Value((m.code, m.data, bool(m.data)), m.start, "clause")
        elif m.data:
            state["period"] = Value(m.data, m.start, "clause")
    for p in find_periods(v.low, label.start, end):
        if p.kind in ("year", "span") and not any(m.start <= p.start < m.end for m in carries):
            state["period"] = Value(p.period, p.start, "clause")
    return bool(carries) or (
        "period" in state and _SAYS.of_a_year.match(v.low, label.start + mark_length(label), end) is not None
    )


def mark_length(label: Cell) -> int:
    """Return how many characters of a label are its number."""
    marked = MARKED.match(label.text)
    return marked.end() if marked else 0


def bare_unit(label: Cell, home: Home) -> list[PlaceMention]:
    """A label that is nothing but the name of a district or commune of the home province, its kind left out or shortened."""
    begin = mark_length(label)
    kind = _SHORT_KIND.match(label.text, begin)
    for level, at in (
        [(_SHORT_KINDS[kind[1].lower()], kind.end())] if kind else [("district", begin), ("commune", begin)]
    ):
        name = label.text[at:]
        unit = _known(name, level, home.day, home.province) if RUN.fullmatch(name) else None
        if unit and unit.province == home.province:
            return [
                PlaceMention(label.start + at, label.start + len(label.text), "named", unit.name, level, unit.province)
            ]
    return []
