"""Money given and spent."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from ntp_analysis import facts, formats, views
from ntp_analysis.charts import style
from ntp_analysis.labels import label, place_name, words

if TYPE_CHECKING:
    import pandas as pd

_UNITS = ((10**9, "billion"), (10**6, "million"), (1, "dong"))


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
    hatched, and where only the rate is known it stands in words. `panel`: rows of `corpus.panel()`; amounts are in đồng.
    """
    with style.styled():
        text = words("given_spent", lang)
        rows = panel[panel["level"] == level] if place is None else views.of_place(panel, place, level)
        rows = panel if place is None and rows.empty else rows
        shown = views.breakdown(rows, period, quarter)
        several = shown[views.KEY].drop_duplicates().shape[0] > 1
        if several:
            shown = _one_a_place(shown)
        if shown.empty:
            return style.say(ax, text["empty"].format(place=place or label("country", "name", lang)))
        return _draw(shown, ax, lang, several)


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


def _draw(rows: pd.DataFrame, ax: Axes | None, lang: str, several: bool) -> Axes:
    text = words("given_spent", lang)
    money = rows[["allocated", "disbursed"]].notna().any(axis=1)
    high = [0.5 if has else 0.3 for has in money]  # inches of each row
    ax = style.axes(ax, sum(high), top=0.68, bottom=0.62)
    top = rows[["allocated", "disbursed"]].max().max()
    top = float(top) if top > 0 else 1.0
    size, unit = next((s for s in _UNITS if top >= s[0]), _UNITS[-1])
    ax.set(xlim=(0, top * 1.02), ylim=(sum(high), 0))
    said = []
    for row, has, below in zip(rows.itertuples(), money, accumulate(high), strict=True):
        name, amounts = _name(row, lang, several), _amounts(row, lang, size)
        line = below - (0.25 if has else 0.05)
        ax.text(0, line, name, fontsize=style.SMALL, va="bottom", weight="bold")
        ax.text(top * 1.02, line, amounts, fontsize=style.SMALL, va="bottom", ha="right")
        if has:
            _bars(ax, below - 0.14, row)
        said.append(text["alt_item"].format(name=name, text=amounts))
    ax.set(xticks=[], yticks=[])
    ax.spines[["left", "bottom"]].set_visible(False)
    place = place_name(rows["place"].iloc[0], rows["level"].iloc[0], lang)
    period = formats.period(rows["period"].iloc[0], lang)
    programme = label("programme", rows["programme"].iloc[0], lang)
    title = text["title_places" if several else "title"].format(period=period, place=place, programme=programme)
    style.head(ax, title, text["unit"].format(unit=text[unit]))
    bounds = set(rows["allocated_bound"]) | set(rows["disbursed_bound"])
    marks = style.bound_keys(bounds, text)
    if not money.all():
        marks.append(text["no_bar"])
    if ((rows["basis"] == "forecast") & rows["disbursed"].notna()).any():
        marks.append(text["forecast_mark"])
    if any(facts.made(row) for row in rows.itertuples()):
        marks.append(text["other_rate"])
    style.foot(ax, marks, style.source_line(rows, text, lang), gap=0.12)
    items = "; ".join(said) + f" ({text[unit]})"
    return style.describe(ax, text["alt"].format(period=period, place=programme if several else place, items=items))


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
    if spent and given:
        return text["of"].format(spent=spent, given=given) + (f" · {rate}" if rate else "")
    if given or spent:
        main = text["given_only"].format(given=given) if given else text["spent_only"].format(spent=spent)
        return main + (f" · {rate}" if rate else "")
    return text["rate_only"].format(rate=rate)


def _amount(row: Any, measure: str, lang: str, size: int) -> str:
    value = getattr(row, measure)
    if value != value:
        return ""
    bound = getattr(row, f"{measure}_bound")
    digits = formats.number(value / size, lang, 1 if value >= 10 * size or not value else 3, bound)
    return formats.bounded(digits, bound, lang, short=True)


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
