"""How a place moved over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from ntp_analysis import asked, formats, views
from ntp_analysis.charts import style
from ntp_analysis.charts.placing import Label, place_labels
from ntp_analysis.labels import label, place_name, words

if TYPE_CHECKING:
    import pandas as pd

_PAST = 117.0
"""where a rate dated after its plan year stands on the axis, in percent of the year"""


def history(
    panel: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    place: str | None = None,
    level: str = "province",
    programme: str | None = None,
    capital: str | None = None,
) -> Axes:
    """Draw a place's rates over the plan year, a line for each plan year.

    Without `place` the place with the most dated rates is shown, likewise programme and capital. Targets and
    forecasts stand hollow beside the line, on the day that they are for; arrows are bounds.
    """
    asked.check_panel(panel, level, place=place, programme=programme, capital=capital)
    with style.styled():
        text = words("history", lang)
        rows = panel if place is None else views.of_place(panel, place, level)
        rows = _dated(rows)
        for column, chosen in (("place", place), ("programme", programme), ("capital", capital)):
            rows = _only(rows, column, chosen)
        if rows.empty:
            return style.say(ax, text["empty"].format(place=place or label("country", "name", lang, long=True)))
        ax = style.axes(ax, 3.2, left=0.55, right=0.2, bottom=0.95)
        after = any(views.year_gone(r.period, r.as_of.date()) == 100 and r.as_of.year > int(r.period)
                    for r in rows.itertuples())  # fmt: skip
        top = max(105.0, rows["rate"].max() * 1.06)
        ax.set(xlim=(0, _PAST + 8 if after else 108), ylim=(0, top))
        ax.plot([0, 100], [0, 100], color=style.GREY, linewidth=1, linestyle=(0, (5, 3)), zorder=1)
        wanted, lines, items = [], [[(0.0, 0.0), (100.0, 100.0)]], []
        for n, (period, group) in enumerate(sorted(rows.groupby("period"), reverse=True)):
            labels, line = _line(ax, group, style.CYCLE[n % 6], style.MARKERS[n % 6], lang, newest=n == 0)
            wanted += labels
            lines.append(line)
            items.append(_said(period, group, lang))
        place_labels(ax, wanted, lines=lines)
        _ticks(ax, top, after, lang)
        return _finish(ax, rows, items, lang)


def _dated(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the rates of whole programmes that belong to one year and have a day of their own."""
    rows = panel[panel["rate"].notna() & (panel["component"] == "") & (panel["carryover"] != "only")]
    rows = rows[rows["source"].isin(views.HEADLINE_SOURCES) & (rows["period"].str.len() == 4)]
    gone = [views.year_gone(row.period, row.as_of.date()) is not None for row in rows.itertuples()]
    return rows.loc[gone]


def _only(rows: pd.DataFrame, column: str, chosen: str | None) -> pd.DataFrame:
    """Return the rows of one value of a column: the chosen, else the one with the most rows, then in order."""
    if chosen is not None or rows.empty:
        return rows[rows[column] == chosen] if chosen is not None else rows
    order = {"programme": views.PROGRAMMES, "capital": views.CAPITALS}.get(column, ())
    counts = rows[rows["basis"] == "actual"][column].value_counts()
    if counts.empty:
        counts = rows[column].value_counts()
    rank = {value: i for i, value in enumerate(order)}
    best = min(counts.index, key=lambda value: (-counts[value], rank.get(value, len(rank)), value))
    return rows[rows[column] == best]


def _gone(row: Any) -> float:
    return _PAST if row.as_of.year > int(row.period) else views.year_gone(row.period, row.as_of.date()) or 0.0


def _line(
    ax: Axes, group: pd.DataFrame, colour: str, marker: str, lang: str, newest: bool
) -> tuple[list[Label], list[tuple[float, float]]]:
    """Draw one plan year; return the labels that it wants (those of old plans may go) and its line."""
    done = group[group["basis"] == "actual"]
    done = views.best(done, [*views.KEY, "as_of"], views.CAPITALS).sort_values("as_of", kind="stable")
    points = [(_gone(row), row.rate) for row in done.itertuples()]
    ax.plot([x for x, _ in points], [y for _, y in points], color=colour, linewidth=1.8, zorder=2)
    labels = []
    for n, row in enumerate(done.itertuples(), 1):
        bound = views.bound_of(row)
        mark = {"over": "^", "under": "v"}.get(bound, marker)
        ax.plot(_gone(row), row.rate, marker=mark, color=colour, markersize=7, zorder=3, clip_on=False)
        rate = formats.percent(row.rate, lang, bound, short=True)
        last = n == len(done)
        shown = f"{row.period}: {rate}" if last else rate
        labels.append(Label(_gone(row), row.rate, shown, last, colour if last else style.INK))
    for row in group[group["basis"] != "actual"].itertuples():
        bound = views.bound_of(row)
        ax.plot(
            _gone(row), row.rate, marker="D" if row.basis == "target" else "o", markersize=8, zorder=3,
            markerfacecolor=style.PAPER, markeredgecolor=colour, markeredgewidth=1.5, clip_on=False,
        )  # fmt: skip
        rate = formats.percent(row.rate, lang, bound, short=True)
        labels.append(Label(_gone(row), row.rate, f"{label('basis', row.basis, lang)} {rate}", newest, colour))
    return labels, points


def _ticks(ax: Axes, top: float, after: bool, lang: str) -> None:
    days = [date(2023, 1, 1), date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30), date(2023, 12, 31)]
    marks = [0.0, *(views.year_gone("2023", day) or 0.0 for day in days[1:])]
    names = [formats.day_month(day, lang) for day in days]
    if after:
        marks.append(_PAST)
        names.append(words("history", lang)["after"])
    ax.set_xticks(marks, names)
    ticks = list(range(0, int(top) + 1, 20 if top < 160 else 50))
    ax.set_yticks(ticks, [f"{tick}%" for tick in ticks])
    ax.grid(axis="y")
    ax.tick_params(length=3)


def _said(period: str, group: pd.DataFrame, lang: str) -> str:
    text = words("history", lang)
    points = [
        text["alt_point"].format(
            rate=formats.percent(row.rate, lang, views.bound_of(row)),
            day=formats.day(row.as_of.date(), lang),
            basis="" if row.basis == "actual" else f" ({label('basis', row.basis, lang)})",
        )
        for row in group.sort_values("as_of", kind="stable").itertuples()
    ]
    return text["alt_item"].format(period=period, points=", ".join(points))


def _finish(ax: Axes, rows: pd.DataFrame, items: Sequence[str], lang: str) -> Axes:
    text = words("history", lang)
    named = {
        "place": place_name(rows["place"].iloc[0], rows["level"].iloc[0], lang),
        "programme": label("programme", rows["programme"].iloc[0], lang, long=True),
        "capital": label("capital", rows["capital"].iloc[0], lang, long=True),
    }
    style.head(ax, text["title"].format(**named), text["unit"].format(**named), left=0.55)
    marks = [text[f"{basis}_mark"] for basis in ("target", "forecast") if (rows["basis"] == basis).any()]
    marks = [*marks, text["calendar_mark"]]
    bounds = {views.bound_of(row) for row in rows[rows["basis"] == "actual"].itertuples()}
    marks += [mark.replace("▸", "▲").replace("◂", "▼") for mark in style.bound_keys(bounds, text)]
    style.foot(ax, marks, style.source_line(rows, text, lang), left=0.55)
    return style.describe(ax, text["alt"].format(items="; ".join(items), **named))
