"""Rates beside the calendar and beside other places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from ntp_analysis import asked, formats, views
from ntp_analysis.charts import style
from ntp_analysis.charts.placing import Label, place_labels
from ntp_analysis.labels import label, place_name, words

if TYPE_CHECKING:
    import pandas as pd

YEAR = 100.0
_CALENDAR = ((0.0, 0.0), (100.0, 100.0))


def pace(
    panel: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    place: str | None = None,
    programme: str | None = None,
    period: str | None = None,
    quarter: str | None = None,
    levels: Sequence[str] = ("province", "country"),
) -> Axes:
    """Draw each place's newest rate against the share of the plan year gone on the day that it describes.

    Above the slanting line more was spent than the calendar asks. `place` is shown in colour with its earlier
    rates of the year, the others in grey. Arrows are bounds, hollow points are older than the quarter. A name that has
    no room of its own is left out, and the key says how many are.
    """
    asked.check_panel(panel, levels, place=place, programme=programme, period=period)
    with style.styled():
        text = words("pace", lang)
        quarter = views.reference_quarter(panel, quarter)
        programme = views.main_programme(panel, programme)
        rows = views.headlines(panel, programme, period, levels, quarter)
        rows = rows[[views.year_gone(r.period, r.as_of.date()) is not None for r in rows.itertuples()]]
        if rows.empty:
            return style.say(ax, text["empty"])
        ax = style.axes(ax, 3.7, left=0.55, right=0.2, bottom=1.0)
        top = max(105.0, rows["rate"].max() * 1.06)
        ax.set(xlim=(0, 104), ylim=(0, top))
        ax.plot([0, 100], [0, 100], color=style.GREY, linewidth=1, linestyle=(0, (5, 3)))
        lines = [_CALENDAR, _calendar_label(ax, text["calendar"], rows, top)]
        if place:
            lines.append(_earlier(ax, panel, rows, place))
        wanted = [_point(ax, row, place, quarter, lang) for row in _by_interest(rows, place)]
        unnamed = len(wanted) - len(place_labels(ax, wanted, lines=lines))
        _percent_axes(ax, rows["period"].iloc[0], lang, top)
        return _finish_pace(ax, rows, place, quarter, lang, unnamed)


def _by_interest(rows: pd.DataFrame, place: str | None) -> list[Any]:
    """Return the rows so that the labels that matter are placed first: the place, the ends, then inwards."""
    ordered = list(rows.itertuples())
    inwards = [ordered[i // 2 if i % 2 == 0 else -1 - i // 2] for i in range(len(ordered))]
    return sorted(inwards, key=lambda row: row.place != place)


def _point(ax: Axes, row: Any, place: str | None, quarter: str, lang: str) -> Label:
    chosen = row.place == place or (place is None and row.level == "country")
    colour = style.BLUE if chosen or place is None else "#8a8a8a"
    colour = style.RED if row.level == "country" else colour
    gone = views.year_gone(row.period, row.as_of.date()) or 0.0
    bound = views.bound_of(row)
    hollow = views.is_old(row, quarter)
    marker = {"over": "^", "under": "v"}.get(bound, "D" if row.level == "country" else "o")
    ax.plot(
        gone, row.rate, marker=marker, markersize=9 if chosen else 6.5, markeredgecolor=colour, linestyle="none",
        markerfacecolor=style.PAPER if hollow else colour, markeredgewidth=1.3, clip_on=False, zorder=3,
    )  # fmt: skip
    name = place_name(row.place, row.level, lang) + style.signs(row)
    must = chosen or row.level == "country"
    shown = f"{name} {formats.percent(row.rate, lang, bound, short=True)}" if must else name
    return Label(gone, row.rate, shown, must, colour if must else style.INK)


def _earlier(ax: Axes, panel: pd.DataFrame, rows: pd.DataFrame, place: str) -> list[tuple[float, float]]:
    """Draw and return the way that a place's rate has come."""
    newest = rows[rows["place"] == place]
    if newest.empty:
        return []
    row = newest.iloc[0]
    path = views.actual(panel)
    same = ["place", "level", "programme", "capital", "source", "period", "carryover"]
    path = path[(path[same] == row[same]).all(axis=1) & path["rate"].notna()].sort_values("as_of", kind="stable")
    path = path.drop_duplicates("as_of", keep="last")
    gone = [views.year_gone(row["period"], day.date()) or 0.0 for day in path["as_of"]]
    ax.plot(gone, path["rate"], color=style.BLUE, linewidth=1.4, marker=".", markersize=6, zorder=2)
    return list(zip(gone, path["rate"], strict=True))


def _calendar_label(ax: Axes, text: str, rows: pd.DataFrame, top: float) -> list[tuple[float, float]]:
    """Write along the slanting line, where the fewest points (and their labels) are near; return the way it takes."""
    from math import atan2, cos, degrees

    wide, high = style.size(ax)
    slope = degrees(atan2(high / top, wide / 104))
    points = [(views.year_gone(r.period, r.as_of.date()) or 0.0, r.rate) for r in rows.itertuples()]

    def crowd(at: float) -> int:
        return sum(at - 35 < x < at + 45 and at - 8 < y < at + 32 for x, y in points)

    at = min((5.0, 25.0, 45.0, 65.0), key=crowd)
    ax.text(
        at, at + 2.2, text, rotation=slope, rotation_mode="anchor", fontsize=style.TINY, color=style.GREY,
        ha="left", va="bottom",
    )  # fmt: skip
    over = 5 * top / 105
    long = 104 / wide * len(text) * style.TINY / 120 * cos(atan2(high / top, wide / 104))
    return [(at, at + over), (at + long, at + long + over)]


def _percent_axes(ax: Axes, period: str, lang: str, top: float) -> None:
    """Ticks at the ends of the plan year's quarters, by date, and percent upwards."""
    from datetime import date

    days = [date(int(period), month, 31 if month in (3, 12) else 30) for month in (3, 6, 9, 12)]
    marks = [0.0, *(views.year_gone(period, day) or 0.0 for day in days)]
    ax.set_xticks(marks, [formats.day_month(day, lang) for day in (date(int(period), 1, 1), *days)])
    ticks = [tick for tick in range(0, int(top) + 1, 20 if top < 160 else 50)]
    ax.set_yticks(ticks, [f"{tick}%" for tick in ticks])
    ax.grid(axis="y")
    ax.tick_params(length=3)


def _finish_pace(ax: Axes, rows: pd.DataFrame, place: str | None, quarter: str, lang: str, unnamed: int) -> Axes:
    text = words("pace", lang)
    period = formats.period(rows["period"].iloc[0], lang)
    programme = label("programme", rows["programme"].iloc[0], lang, long=True)
    known = bool(place) and place in set(rows["place"])
    title = text["title_place" if known else "title"].format(period=period, place=place)
    style.head(ax, title, text["unit"].format(programme=programme), left=0.55)
    bounds = {views.bound_of(row) for row in rows.itertuples()}
    keys = {"over": "▲", "under": "▼"}
    marks = [text[f"{b}_mark"].replace("▸", keys[b]).replace("◂", keys[b]) for b in ("over", "under") if b in bounds]
    if any(views.is_old(row, quarter) for row in rows.itertuples()):
        marks.append(text["older_mark"])
    marks += style.sign_keys(rows.itertuples(), text)
    if unnamed:
        marks.append(text["unnamed_one" if unnamed == 1 else "unnamed"].format(n=unnamed))
    if place and not known:
        marks.append(text["absent_mark"].format(place=place))
    style.foot(ax, marks, style.source_line(rows, text, lang), left=0.55)
    items = []
    for row in _by_interest(rows, place):
        gone = views.year_gone(row.period, row.as_of.date()) or 0.0
        items.append(
            text["alt_item"].format(
                place=place_name(row.place, row.level, lang),
                rate=formats.percent(row.rate, lang, views.bound_of(row)),
                day=formats.day(row.as_of.date(), lang),
                gone=formats.percent(gone, lang),
            )
        )
    kept = [keeps for row in rows.itertuples() if (keeps := _keeps_up(row)) is not None]
    said = text["alt"].format(period=period, programme=programme, ahead=sum(kept), n=len(kept), items="; ".join(items))
    return style.describe(ax, said)


def _keeps_up(row: Any) -> bool | None:
    """Tell whether a province is at or ahead of the calendar; None where its bound leaves that open."""
    if row.level == "country":
        return None
    keeps = bool(row.rate >= (views.year_gone(row.period, row.as_of.date()) or 0.0))
    return None if views.bound_of(row) == ("under" if keeps else "over") else keeps


def ranking(
    panel: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    place: str | None = None,
    programme: str | None = None,
    period: str | None = None,
    quarter: str | None = None,
    levels: Sequence[str] = ("province",),
) -> Axes:
    """Draw the provinces' newest rates in order, with the country's as a line across them.

    Each bar carries its day, for rates of different days are not the same race, and a tick where the calendar
    stood on that day. Hollow bars are older than the quarter, arrows are bounds, `place` stands out.
    """
    asked.check_panel(panel, levels, place=place, programme=programme, period=period)
    with style.styled():
        text = words("ranking", lang)
        quarter = views.reference_quarter(panel, quarter)
        programme = views.main_programme(panel, programme)
        rows = views.headlines(panel, programme, period, levels, quarter)
        if rows.empty:
            return style.say(ax, text["empty"].format(programme=label("programme", programme, lang, long=True)))
        national = views.headlines(panel, programme, rows["period"].iloc[0], ("country",), quarter)
        margin = 0.25 + 0.083 * max(len(name) for name in rows["place"])
        ax = style.axes(ax, 0.27 * len(rows) + 0.15, left=margin, top=0.95, bottom=0.95)
        wide, _ = style.size(ax)
        top = max(100.0, rows["rate"].max())
        room = top * 1.75 / max(wide - 1.75, 1.2)  # two columns of words beside the bars
        ax.set(xlim=(0, top + room), ylim=(len(rows) - 0.45, -0.7))
        for y, row in enumerate(rows.itertuples()):
            _bar(ax, y, row, place, quarter)
            _values(ax, y, row, top, lang)
        _national(ax, national, len(rows), lang)
        ax.set_yticks(range(len(rows)), list(rows["place"]))
        for name, tick in zip(rows["place"], ax.get_yticklabels(), strict=True):
            tick.set_fontweight("bold" if name == place else "normal")
        ax.set_xticks([0, 50, 100], ["0%", "50%", "100%"])
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.tick_params(length=0)
        ax.grid(axis="x")
        return _finish_ranking(ax, rows, national, quarter, lang, margin)


def _bar(ax: Axes, y: int, row: Any, place: str | None, quarter: str) -> None:
    colour = style.BLUE if place in (None, row.place) else "#9db8c9"
    old, bound = views.is_old(row, quarter), views.bound_of(row)
    ax.barh(y, row.rate, 0.62, color=style.PAPER if old else colour, edgecolor=colour, linewidth=1.2, zorder=2)
    if bound in style.BOUND_MARKERS:
        ax.plot(row.rate, y, marker=style.BOUND_MARKERS[bound], color=colour, markersize=8, zorder=3)
    gone = views.year_gone(row.period, row.as_of.date())
    if gone is not None and gone < YEAR:
        ax.plot([gone, gone], [y - 0.38, y + 0.38], color=style.INK, linewidth=1.8, zorder=4)


def _values(ax: Axes, y: int, row: Any, top: float, lang: str) -> None:
    """Write rate, day and, where it is not all money, its kind in columns right of the bars."""
    rate = formats.percent(row.rate, lang, views.bound_of(row), short=True) + style.doubt(row)
    day = row.as_of.date()
    notes = [formats.day_month(day, lang) if str(day.year) == row.period else formats.day(day, lang, short=True)]
    if row.capital != "total":
        notes.append(label("capital", row.capital, lang))
    _column(ax, y, top, 54, rate, ha="right", fontsize=style.SMALL, weight="bold")
    _column(ax, y, top, 60, " ".join(notes), ha="left", fontsize=style.TINY, color=style.GREY)


def _column(ax: Axes, y: int, x: float, points: float, text: str, **look: Any) -> None:
    look |= {"va": "center_baseline", "annotation_clip": False}
    ax.annotate(text, (x, y), (points, 0), textcoords="offset points", **look)


def _national(ax: Axes, national: pd.DataFrame, count: int, lang: str) -> None:
    if national.empty:
        return
    row = next(national.itertuples())
    rate = formats.percent(row.rate, lang, views.bound_of(row), short=True)
    said = words("ranking", lang)["national"].format(place=label("country", "name", lang), rate=rate)
    said += f" · {formats.day(row.as_of.date(), lang, short=True)}"
    ax.plot([row.rate, row.rate], [-0.6, count - 0.5], color=style.RED, linewidth=1.4, linestyle=(0, (4, 2)), zorder=4)
    side = "left" if row.rate < 70 else "right"
    ax.annotate(
        said, (row.rate, -0.6), (3 if side == "left" else -3, 1), textcoords="offset points", ha=side, va="bottom",
        fontsize=style.SMALL, color=style.RED, annotation_clip=False,
    )  # fmt: skip


def _finish_ranking(
    ax: Axes, rows: pd.DataFrame, national: pd.DataFrame, quarter: str, lang: str, margin: float
) -> Axes:
    text = words("ranking", lang)
    period = formats.period(rows["period"].iloc[0], lang)
    programme = label("programme", rows["programme"].iloc[0], lang, long=True)
    lift = 0.0 if national.empty else 0.17  # above the national line's label
    title = text["title" if (rows["level"] == "province").all() else "title_other"]
    style.head(ax, title.format(period=period), text["unit"].format(programme=programme), margin, lift)
    marks = style.bound_keys({views.bound_of(row) for row in rows.itertuples()}, text)
    if any(views.is_old(row, quarter) for row in rows.itertuples()):
        marks.append(text["older_mark"])
    marks += style.doubt_key(rows.itertuples(), text)  # investment is written out
    if len(rows["period"].iloc[0]) == 4:
        marks.append(text["calendar_mark"])
    style.foot(ax, marks, style.source_line(rows, text, lang), left=margin, gap=0.36)

    def item(row: Any, key: str) -> str:
        rate = formats.percent(row.rate, lang, views.bound_of(row))
        return text[key].format(place=row.place, rate=rate, day=formats.day(row.as_of.date(), lang))

    items = "; ".join(item(row, "alt_item") for row in rows.itertuples())
    country = item(next(national.itertuples()), "alt_national") if len(national) else ""
    key = "alt_other" if (rows["level"] != "province").any() else "alt_one" if len(rows) == 1 else "alt"
    return style.describe(
        ax, text[key].format(n=len(rows), period=period, programme=programme, items=items, national=country)
    )
