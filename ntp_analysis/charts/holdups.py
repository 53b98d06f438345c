"""What is said to hold the work back, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from ntp_analysis import views
from ntp_analysis.charts import style
from ntp_analysis.errors import UnknownName
from ntp_analysis.labels import label, words
from ntp_analysis.text import alphabetical

if TYPE_CHECKING:
    import pandas as pd


def obstacles(
    table: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    articles: pd.DataFrame | None = None,
    panel: pd.DataFrame | None = None,
    by: str = "province",
    quarter: str | None = None,
) -> Axes:
    """Draw how often each obstacle is named.

    `by="province"`: a bar for each obstacle, as long as the provinces whose articles name it, with their names.
    `by="programme"`: obstacles by the programme that the obstacle's own sentence names (or a column `programme`), the
    number of articles in each cell. `table`: the corpus's obstacles; `articles` (or columns `province`,
    `published` of the table itself) says where. With `quarter` and `panel` only what belongs to that quarter's
    report (`views.said_by`). An article counts once for an obstacle.
    """
    if by not in ("province", "programme"):
        raise UnknownName("column to count by", by, ("province", "programme"))
    with style.styled():
        text = words("obstacles", lang)
        if table.empty:
            return style.say(ax, text["empty"])
        where = _joined(table, articles)
        if quarter is not None and panel is not None:
            where = views.said_by(where, panel, quarter)
        if where.empty:
            return style.say(ax, text["empty"])
        if by == "programme":
            return _matrix(_by_programme(where), ax, lang)
        return _bars(where, ax, lang)


def _joined(table: pd.DataFrame, articles: pd.DataFrame | None) -> pd.DataFrame:
    if articles is None:
        return table
    table = table.drop(columns=["province", "published"], errors="ignore")
    return table.merge(articles[["article", "province", "published"]], on="article", how="left")


def _by_programme(where: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each programme that a sentence about the obstacle names, "" where the article's name none."""
    import pandas as pd

    if "programme" not in where:
        where = where.assign(programme=[_named(quote) for quote in where["quote"]])
    where = where.assign(programme=where["programme"].str.split("+")).explode("programme")
    told = set(where.loc[where["programme"] != "", ["article", "obstacle"]].itertuples(index=False, name=None))
    elsewhere = [key in told for key in zip(where["article"], where["obstacle"], strict=True)]
    return where[(where["programme"] != "") | ~pd.Series(elsewhere, index=where.index)]


def _named(quote: str) -> str:
    from ntp_analysis.document import lexicon

    codes = {code for _, _, kind, code in lexicon().find(quote.lower(), quote) if kind == "programme"}
    found = {one for code in codes for one in code.split("+")}
    single = found & {"nrd", "spr", "sedema"}
    return "+".join(sorted(single)) or ("ntp" if "ntp" in found else "")


def _bars(where: pd.DataFrame, ax: Axes | None, lang: str) -> Axes:
    text = words("obstacles", lang)
    known = "province" in where and (where["province"].fillna("") != "").any()
    column = "province" if known else "article"
    named = (
        where[where[column].fillna("") != ""]
        .groupby("obstacle")[column]
        .agg(lambda names: sorted(set(names), key=alphabetical))
    )
    order = sorted(named.index, key=lambda code: (-len(named[code]), alphabetical(label("obstacle", code, lang))))
    top = max(len(named[code]) for code in order)
    ax = style.axes(ax, 0.52 * len(order), top=0.68, bottom=0.5)
    wide, _ = style.size(ax)
    ax.set(xlim=(0, top), ylim=(0.52 * len(order), 0))
    for i, code in enumerate(order):
        names, y = list(named[code]), 0.52 * i
        ax.text(0, y + 0.2, label("obstacle", code, lang), va="bottom", fontsize=style.SMALL, weight="bold")
        if known:
            beside = 0.14 + 0.088 * len(label("obstacle", code, lang))
            ax.text(top, y + 0.2, _fitting(names, wide - beside, text["more"]), va="bottom", ha="right",
                    fontsize=style.TINY, color=style.GREY)  # fmt: skip
        share = 0.92  # the number stands right of the longest bar
        ax.barh(y + 0.33, len(names) * share, 0.17, color=style.BLUE)
        ax.text(len(names) * share + top * 0.012, y + 0.33, str(len(names)), va="center", fontsize=style.SMALL)
    ax.set(xticks=[], yticks=[])
    ax.spines[["left", "bottom"]].set_visible(False)
    style.head(ax, text["title"], text["unit" if known else "unit_articles"])
    style.foot(ax, [], _source(where, lang), gap=0.1)
    items = "; ".join(
        text["alt_item"].format(obstacle=label("obstacle", code, lang, long=True), n=len(named[code]))
        + (f" ({', '.join(named[code])})" if known else "")
        for code in order
    )
    return style.describe(ax, text["alt"].format(items=items))


def _fitting(names: list[str], inches: float, more: str) -> str:
    """Return as many names as fit, and how many are left."""
    room = int(inches / 0.07)
    for shown in range(len(names), 0, -1):
        rest = f" {more.format(n=len(names) - shown)}" if shown < len(names) else ""
        text = ", ".join(names[:shown]) + rest
        if len(text) <= room:
            return text
    return ""


def _matrix(where: pd.DataFrame, ax: Axes | None, lang: str) -> Axes:
    import seaborn as sns

    from ntp_analysis.charts.grids import broken

    text = words("obstacles", lang)
    counts = where.groupby(["obstacle", "programme"])["article"].nunique().unstack(fill_value=0)
    counts = counts[[p for p in (*views.PROGRAMMES, "") if p in counts and p != "other"] or list(counts)]
    counts = counts[counts.sum(axis=1) > 0]
    order = sorted(
        counts.index, key=lambda code: (-counts.loc[code].sum(), alphabetical(label("obstacle", code, lang)))
    )
    counts = counts.loc[order]
    names = [label("obstacle", code, lang) for code in order]
    letters = 11 if len(counts.columns) < 5 else 8  # so many fit above a column
    heads = [broken(p, lang, letters) if p else text["no_programme"] for p in counts]
    margin = 0.25 + 0.083 * max(len(name) for name in names)
    ax = style.axes(ax, 0.28 * len(order), left=margin, top=1.1, bottom=0.5)
    shown = counts.astype(str).where(counts > 0, "")
    sns.heatmap(
        counts, ax=ax, cmap="Blues", vmin=0, vmax=max(counts.to_numpy().max() * 1.6, 2), annot=shown, fmt="",
        cbar=False, linewidths=1.5, linecolor=style.PAPER, annot_kws={"fontsize": style.SMALL, "color": style.INK},
    )  # fmt: skip
    ax.set_yticks([i + 0.5 for i in range(len(names))], names, rotation=0)
    ax.set_xticks([j + 0.5 for j in range(counts.shape[1])], heads, rotation=0, fontsize=style.TINY)
    ax.xaxis.tick_top()
    ax.tick_params(length=0, pad=4)
    ax.set(xlabel="", ylabel="")
    style.head(
        ax,
        text["title"],
        text["unit_programme"],
        left=margin,
        lift=0.1 + 0.165 * (1 + max(name.count("\n") for name in heads)),
    )
    style.foot(ax, [], _source(where, lang), left=margin, gap=0.1)
    alone = " ".join(text["no_programme"].split())
    items = "; ".join(
        f"{label('obstacle', code, lang, long=True)}: "
        + ", ".join(f"{label('programme', p, lang) if p else alone} {n}" for p, n in counts.loc[code].items() if n)
        for code in order
    )
    return style.describe(ax, text["alt"].format(items=items))


def _source(where: pd.DataFrame, lang: str) -> str:
    text = words("obstacles", lang)
    if "published" not in where:
        where = where.assign(published=None)
    return style.source_line(where, text, lang)
