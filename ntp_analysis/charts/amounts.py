"""Money given and spent."""

from __future__ import annotations

import textwrap
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from ntp_analysis import asked, facts, formats, views
from ntp_analysis.charts import style
from ntp_analysis.labels import label, place_name, words

if TYPE_CHECKING:
    import pandas as pd

_UNITS = ((10**9, "billion"), (10**6, "million"), (1, "dong"))
MEASURES = ("disbursed", "rate", "allocated")
LETTERS = 80
"""of a small line as wide as the chart"""


def given_spent(
    panel: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    place: str | None = None,
    level: str = "province",
    period: str | None = None,
    quarter: str | None = None,
) -> Axes:
    """Draw what was given and what of it was spent.

    Of one place a pair of bars for each programme and capital; of several places a pair for each place, all
    programmes together (`level`: of which kind). An amount that is a bound ends in an arrow, a forecast is
    hatched, and where only the rate is known it stands in words. The bars are the newest amounts that belong
    together, their day stands under them; what is newest of another day follows in words. `panel`: rows of
    `corpus.panel()`; amounts are in đồng.
    """
    asked.check_panel(panel, level, place=place, period=period)
    with style.styled():
        text = words("given_spent", lang)
        rows = panel[panel["level"] == level] if place is None else views.of_place(panel, place, level)
        rows = panel if place is None and rows.empty else rows
        told = views.newest(rows, period, quarter, MEASURES)
        shown = _drawn(told)
        several = shown[views.KEY].drop_duplicates().shape[0] > 1
        if several:
            shown = _one_a_place(shown)
        if shown.empty:
            return style.say(ax, text["empty"].format(place=place or label("country", "name", lang, long=True)))
        return _draw(shown, told, ax, lang, several)


def _drawn(told: pd.DataFrame) -> pd.DataFrame:
    """Return of each money the newest row with both amounts, else with one, else with its rate."""
    kept: dict[tuple[Any, ...], tuple[tuple[Any, ...], int]] = {}
    for at, row in enumerate(told.itertuples()):
        spent, given = row.disbursed == row.disbursed, row.allocated == row.allocated
        rank = (spent and given, spent, given, row.as_of)
        money = _money(row)
        if money not in kept or rank > kept[money][0]:
            kept[money] = (rank, at)
    return told.iloc[[at for _, at in kept.values()]]


def _money(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in views.MONEY)


def _one_a_place(rows: pd.DataFrame) -> pd.DataFrame:
    from pandas import isna

    rows = rows[rows["programme"] == ("ntp" if (rows["programme"] == "ntp").any() else rows["programme"].iloc[0])]
    rows = rows[rows["basis"] == "actual"]
    if (rows["level"] != "country").any():
        rows = rows[rows["level"] != "country"]  # the whole would make its parts invisible
    rows = views.best(rows, views.KEY, views.CAPITALS)
    money = rows[["allocated", "disbursed"]].notna().any(axis=1)
    rows = rows[money] if money.any() else rows
    return rows.sort_values("allocated", ascending=False, kind="stable", key=lambda v: v.where(~isna(v), -1.0))


def _draw(rows: pd.DataFrame, told: pd.DataFrame, ax: Axes | None, lang: str, several: bool) -> Axes:
    text = words("given_spent", lang)
    money = rows[["allocated", "disbursed"]].notna().any(axis=1)
    size, unit = _unit(rows)
    notes = [textwrap.wrap(_below(row, told, lang, size), LETTERS) or [""] for row in rows.itertuples()]
    high = [0.32 + 0.2 * has + 0.13 * len(note) for has, note in zip(money, notes, strict=True)]  # inches of each row
    ax = style.axes(ax, sum(high), top=0.68, bottom=0.62)
    top = rows[["allocated", "disbursed"]].max().max()
    top = float(top) if top > 0 else 1.0
    ax.set(xlim=(0, top * 1.02), ylim=(sum(high), 0))
    said = []
    for row, has, below, note in zip(rows.itertuples(), money, accumulate(high), notes, strict=True):
        name, amounts = _name(row, lang, several), _amounts(row, lang, size)
        under = below - 0.015 - 0.13 * len(note)
        line = under - (0.225 if has else 0.025)
        ax.text(0, line, name, fontsize=style.SMALL, va="bottom", weight="bold")
        ax.text(top * 1.02, line, amounts, fontsize=style.SMALL, va="bottom", ha="right")
        ax.text(0, under, "\n".join(note), fontsize=style.TINY, va="top", color=style.GREY)
        if has:
            _bars(ax, under - 0.115, row)
        said.append(text["alt_item"].format(name=name, text=" · ".join(filter(None, (amounts, " ".join(note))))))
    ax.set(xticks=[], yticks=[])
    ax.spines[["left", "bottom"]].set_visible(False)
    place = place_name(rows["place"].iloc[0], rows["level"].iloc[0], lang)
    period = formats.period(rows["period"].iloc[0], lang)
    programme = label("programme", rows["programme"].iloc[0], lang)
    title = text["title_places" if several else "title"].format(period=period, place=place, programme=programme)
    bars = "unit" if money.any() else "unit_words"
    style.head(ax, title, text[bars].format(unit=text[unit]))
    bounds = set(rows["allocated_bound"]) | set(rows["disbursed_bound"])
    marks = style.bound_keys(bounds, text)
    if not money.all():
        marks.append(text["no_bar"])
    if ((rows["basis"] == "forecast") & rows["disbursed"].notna()).any():
        marks.append(text["forecast_mark"])
    if any(facts.made(row) for row in rows.itertuples()):
        marks.append(text["other_rate"])
    drawn = {_money(row) for row in rows.itertuples()}
    sources = told[[_money(row) in drawn for row in told.itertuples()]]
    marks += style.doubt_key(sources.itertuples(), text)
    style.foot(ax, marks, style.source_line(sources, text, lang), gap=0.12)
    items = "; ".join(said) + f" ({text[unit]})"
    return style.describe(ax, text["alt"].format(period=period, place=programme if several else place, items=items))


def _unit(rows: pd.DataFrame) -> tuple[int, str]:
    """Return the unit in which the largest amount is read best, in đồng and by its name."""
    top = rows[["allocated", "disbursed"]].max().max()
    return next((unit for unit in _UNITS if top >= unit[0]), _UNITS[-1])


def _name(row: Any, lang: str, several: bool) -> str:
    capital = label("capital", row.capital, lang)
    parts = [place_name(row.place, row.level, lang) if several else label("programme", row.programme, lang)]
    if row.capital != "total":
        parts.append(capital)
    if row.source:
        parts.append(label("source", row.source, lang))
    if row.basis != "actual":
        parts.append(label("basis", row.basis, lang))
    return " · ".join(parts)


def _amounts(row: Any, lang: str, size: int) -> str:
    """Return what the bars show in words: spent of given, and the rate."""
    text = words("given_spent", lang)
    spent, given = (_amount(row, measure, lang, size) for measure in ("disbursed", "allocated"))
    rate = "" if row.rate != row.rate else formats.percent(row.rate, lang, views.bound_of(row), short=True)
    if facts.made(row):
        rate += "*"
    if not spent and not given:
        return text["rate_only"].format(rate=rate) + style.doubt(row)
    main = "of" if spent and given else "given_only" if given else "spent_only"
    return " · ".join(filter(None, (text[main].format(spent=spent, given=given), rate))) + style.doubt(row)


def _below(row: Any, told: pd.DataFrame, lang: str, size: int) -> str:
    """Return the day of what is drawn, then what is newest of the same money on other days, each with its day."""
    others = [one for one in told.itertuples() if _money(one) == _money(row) and one.Index != row.Index]
    said = [", ".join(filter(None, (*facts.terms(row, lang, ("carryover", "plan")), _day(row, lang))))]
    for one in others:
        terms = facts.terms(one, lang)
        apart = f"({', '.join(terms)})" if terms and terms != facts.terms(row, lang) else ""
        said.append(" ".join(filter(None, (_amounts(one, lang, size), apart, _day(one, lang)))))
    return "; ".join(filter(None, said))


def _day(row: Any, lang: str) -> str:
    if getattr(row, "dated", "") == "period":
        return ""
    return words("given_spent", lang)["day"].format(day=formats.day(row.as_of.date(), lang, short=True))


def _amount(row: Any, measure: str, lang: str, size: int) -> str:
    value = getattr(row, measure)
    if value != value:
        return ""
    bound = getattr(row, f"{measure}_bound")
    digits = formats.number(value / size, lang, bound, decimals=1 if value >= 10 * size or not value else 3)
    return formats.bounded(digits, lang, bound, short=True)


def _bars(ax: Axes, y: float, row: Any) -> None:
    """Draw given as a light broad bar and spent as a dark narrow one within it."""
    hatch = "////" if row.basis == "forecast" else None
    for measure, colour, high in (("allocated", style.GIVEN, 0.19), ("disbursed", style.SPENT, 0.095)):
        value = getattr(row, measure)
        if value != value:
            continue
        hollow = hatch is not None and measure == "disbursed"
        face = style.PAPER if hollow else colour
        edge = style.SPENT if hollow else ("#7fa9c4" if measure == "allocated" else colour)
        ax.barh(y, value, high, color=face, edgecolor=edge, linewidth=0.8, hatch=hatch if hollow else None)
        marker = style.BOUND_MARKERS.get(getattr(row, f"{measure}_bound"))
        if marker:
            ax.plot(value, y, marker=marker, color=edge, markersize=7 if measure == "allocated" else 5, clip_on=False)
