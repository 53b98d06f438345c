"""Tables drawn as pictures: rates by province and programme, and what is known of whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes

from ntp_analysis import asked, formats, views
from ntp_analysis.charts import style
from ntp_analysis.labels import label, place_name, words
from ntp_analysis.text import alphabetical

if TYPE_CHECKING:
    import pandas as pd

_ROW = 0.28
"""inches of one place"""
_KNOWN = ("both", "rate", "money", "planned")


def heatmap(
    panel: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    period: str | None = None,
    quarter: str | None = None,
    levels: Sequence[str] = ("province",),
    programmes: Sequence[str] = ("ntp", "nrd", "spr", "sedema"),
) -> Axes:
    """Draw the newest known rates of each province (row) and programme (column).

    A darker cell is a higher rate and says its number; a cell that is not known is empty. Provinces come in the
    order of their rate of all programmes.
    """
    asked.check_panel(panel, levels, programme=programmes, period=period)
    with style.styled():
        text = words("heatmap", lang)
        quarter = views.reference_quarter(panel, quarter)
        rates = views.actual(panel[panel["level"].isin(levels) & panel["programme"].isin(programmes)])
        period = period or views.main_period(rates[rates["rate"].notna()], quarter)
        found = {p: views.headlines(panel, p, period, levels, quarter) for p in programmes}
        cells = {
            (place_name(row.place, row.level, lang), p): row for p, rows in found.items() for row in rows.itertuples()
        }
        if not cells:
            return style.say(ax, text["empty"])
        columns = [p for p in programmes if len(found[p])]
        places = list(dict.fromkeys(place for p in columns for place, of in cells if of == p))
        return _draw_heatmap(ax, cells, places, columns, period, quarter, lang)


def _draw_heatmap(
    ax: Axes | None, cells: dict[tuple[str, str], Any], places: list[str], columns: list[str], period: str,
    quarter: str, lang: str,
) -> Axes:  # fmt: skip
    import pandas as pd
    import seaborn as sns

    text = words("heatmap", lang)
    margin = 0.25 + 0.083 * max(len(place) for place in places)
    ax = style.axes(ax, _ROW * len(places), left=margin, top=1.1, bottom=0.55)
    heads = [broken(p, lang) for p in columns]
    known = {key: row.rate for key, row in cells.items()}
    values = pd.DataFrame([[known.get((place, p)) for p in columns] for place in places], dtype="float64")
    notes = [[_cell(cells.get((place, p)), quarter, lang) for p in columns] for place in places]
    sns.heatmap(
        values, ax=ax, vmin=0, vmax=100, cmap="YlGnBu", annot=pd.DataFrame(notes), fmt="", cbar=False,
        linewidths=1.5, linecolor=style.PAPER, annot_kws={"fontsize": style.SMALL},
    )  # fmt: skip
    for i, place in enumerate(places):
        for j, p in enumerate(columns):
            if (place, p) not in cells:
                ax.text(j + 0.5, i + 0.5, "–", ha="center", va="center", color=style.GREY, fontsize=style.SMALL)
    ax.set_yticks([i + 0.5 for i in range(len(places))], places, rotation=0)
    ax.set_xticks([j + 0.5 for j in range(len(columns))], heads, rotation=0, fontsize=style.TINY)
    ax.xaxis.tick_top()
    ax.tick_params(length=0, pad=4)
    ax.set(xlabel="", ylabel="")
    shown = formats.period(period, lang)
    style.head(
        ax,
        text["title" if all(row.level == "province" for row in cells.values()) else "title_other"].format(period=shown),
        text["unit"],
        left=margin,
        lift=0.1 + 0.165 * (1 + max(name.count("\n") for name in heads)),
    )
    used = pd.DataFrame(list(cells.values()))
    marks = style.bound_keys({views.bound_of(row) for row in cells.values()}, _signs(text))
    marks += style.sign_keys(cells.values(), text)
    style.foot(ax, marks, style.source_line(used, text, lang), left=margin, gap=0.12)
    items = "; ".join(_said(place, cells, columns, lang) for place in places)
    return style.describe(ax, text["alt"].format(period=shown, n=len(places), items=items))


def _signs(text: dict[str, str]) -> dict[str, str]:
    """Return the key of bounds with the signs that stand before numbers instead of arrows."""
    return {k: v.replace("▸", ">").replace("◂", "<") if k.endswith("_mark") else v for k, v in text.items()}


def broken(programme: str, lang: str, letters: int = 11) -> str:
    """Return a programme's short name on a few lines of about so many letters."""
    import textwrap

    return "\n".join(textwrap.wrap(label("programme", programme, lang), letters, break_long_words=False)[:3])


def _cell(row: Any, quarter: str, lang: str) -> str:
    if row is None:
        return ""
    shown = formats.percent(row.rate, lang, views.bound_of(row), short=True).replace("%", "")
    shown += style.signs(row)
    return f"({shown})" if views.is_old(row, quarter) else shown


def _said(place: str, cells: dict[tuple[str, str], Any], columns: list[str], lang: str) -> str:
    parts = [
        f"{label('programme', p, lang)} {formats.percent(row.rate, lang, views.bound_of(row))}"
        for p in columns
        if (row := cells.get((place, p))) is not None
    ]
    return f"{place}: {', '.join(parts)}"


def coverage(
    panel: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    quarter: str | None = None,
    levels: Sequence[str] = ("province", "country"),
    expected: Iterable[str] = (),
    quarters: int = 8,
) -> Axes:
    """Draw what is known of each place in each of the last quarters: rate, amounts, both, only plans.

    `expected`: names of places that should be there, such as `province_names(quarter)`; the chart says of how many nothing is known.
    """
    asked.check_panel(panel, levels)
    with style.styled():
        text = words("coverage", lang)
        rows = panel[panel["level"].isin(levels) & panel["as_of"].notna()]
        last = views.reference_quarter(panel, quarter) or (
            views.quarter_on(rows["as_of"].max().date()) if len(rows) else ""
        )
        if rows.empty:
            return style.say(ax, text["empty"])
        shown = _quarters_to(last, quarters)
        known = _known(rows, shown, lang)
        if not known:
            return style.say(ax, text["empty"])
        first = min(shown.index(q) for _, q in known)
        return _draw_coverage(ax, rows, known, shown[first:], set(expected), lang)


def _quarters_to(last: str, count: int) -> list[str]:
    year, nth = formats.quarter_of(last)
    ends = [year * 4 + nth - 1 - back for back in range(count)]
    return [f"{end // 4}Q{end % 4 + 1}" for end in reversed(ends)]


def _known(rows: pd.DataFrame, shown: Sequence[str], lang: str) -> dict[tuple[str, str], str]:
    """Return for each place and quarter the best that is known of it."""
    known: dict[tuple[str, str], str] = {}
    for row in rows.itertuples():
        key = (place_name(row.place, row.level, lang), views.quarter_on(row.as_of.date()))
        if key[1] not in shown:
            continue
        rate = row.rate == row.rate
        money = row.allocated == row.allocated or row.disbursed == row.disbursed
        kind = "planned" if row.basis != "actual" else "both" if rate and money else "rate" if rate else "money"
        if not rate and not money:
            continue
        before = known.get(key)
        if before and {before, kind} == {"rate", "money"}:
            kind = "both"
        known[key] = min(kind, before or kind, key=_KNOWN.index)
    return known


def _draw_coverage(
    ax: Axes | None, rows: pd.DataFrame, known: dict[tuple[str, str], str], shown: list[str], expected: set[str],
    lang: str,
) -> Axes:  # fmt: skip
    text = words("coverage", lang)
    places = sorted({place for place, _ in known}, key=lambda p: (-sum(key[0] == p for key in known), alphabetical(p)))
    margin = 0.25 + 0.083 * max(len(place) for place in places)
    ax = style.axes(ax, _ROW * len(places) + 0.1, left=margin, top=0.95, bottom=0.9)
    ax.set(xlim=(-0.6, len(shown) - 0.4), ylim=(len(places) - 0.4, -0.6))
    for (place, quarter), kind in known.items():
        _mark(ax, shown.index(quarter), places.index(place), kind)
    ax.set_yticks(range(len(places)), places)
    names = [formats.quarter_of(quarter) for quarter in shown]
    ax.set_xticks(
        range(len(shown)),
        [
            (f"Q{n}" if lang == "en" else f"Q.{n}") + (f"\n{y}" if n == 1 or i == 0 else "")
            for i, (y, n) in enumerate(names)
        ],
    )
    ax.grid(color="#eeeeee")
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    style.head(ax, text["title"], text["unit"], left=margin)
    missing = len(expected - set(places))
    marks = [f"{sign} {text[kind]}" for kind, sign in zip(_KNOWN, "●◐○×", strict=True) if kind in known.values()]
    gap = text["missing_one" if missing == 1 else "missing"].format(n=missing) if missing else ""
    style.foot(ax, [*marks, gap], style.source_line(rows, text, lang), left=margin, gap=0.5)
    items = "; ".join(
        text["alt_item"].format(
            place=place,
            quarters=", ".join(
                f"{formats.quarter(q, lang, short=True)} {text[known[place, q]]}" for q in shown if (place, q) in known
            ),
        )
        for place in places
    )
    said = text["alt"].format(n=len(places), items=items)
    return style.describe(ax, f"{said} {gap}".strip())


def _mark(ax: Axes, x: float, y: float, kind: str) -> None:
    if kind == "planned":
        ax.plot(x, y, marker="x", color=style.GREY, markersize=7, markeredgewidth=1.6)
        return
    fill = {"both": "full", "rate": "left", "money": "none"}[kind]
    ax.plot(
        x, y, marker="o", markersize=10, color=style.BLUE, fillstyle=fill, markeredgecolor=style.BLUE,
        markerfacecoloralt=style.PAPER, markeredgewidth=1.4, linestyle="none",
    )  # fmt: skip
