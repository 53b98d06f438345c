"""The rows of a page's tables: numbers in the language's habit, each a link to its quote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ntp_analysis import facts, formats, views
from ntp_analysis.findings import SEVERITIES
from ntp_analysis.labels import label, place_name
from ntp_analysis.reports.markup import web_address
from ntp_analysis.text import alphabetical

if TYPE_CHECKING:
    import pandas as pd

    from ntp_analysis.reports.page import Page

BILLION = 10**9
NAN = float("nan")
BREAKS = ("pace", "obstacles", "all_programmes", "all_obstacles")
"""topics of a narrative that begin a paragraph"""
FEW = 3
"""A rank among fewer provinces says nothing."""


def billions(value: float, bound: str, lang: str) -> str:
    """Return an amount of đồng as billions, to the million where it is small.

    >>> billions(2449836000000, "exact", "vi"), billions(38111000000, "", "en")
    ('2.449,8', '38.111')
    """
    decimals = 1 if abs(value) >= 100 * BILLION else 3
    return formats.bounded(
        formats.number(value / BILLION, lang, bound or "exact", decimals=decimals), lang, bound, short=True
    )


def amount(page: Page, row: Any, measure: str) -> Markup | str:
    """Return a cell with an amount of a panel row, linked to its quote; "" if it is not known."""
    value = getattr(row, measure)
    if value != value:
        return ""
    text = billions(value, getattr(row, f"{measure}_bound"), page.lang)
    return page.link(text, filter(None, [getattr(row, f"{measure}_figure")]))


def rate(page: Page, row: Any) -> Markup | str:
    """Return a cell with a panel row's rate, linked to its quote; "" if it is not known."""
    if row.rate != row.rate:
        return ""
    text = formats.percent(row.rate, page.lang, views.bound_of(row), short=True)
    linked = page.link(text, views.rate_figures(row))
    if row.rate_used == "computed":
        return Markup('<i title="{}">{}</i>').format(page.words["computed"], linked)
    return linked


def day(page: Page, value: Any) -> str:
    """Return a day in the page's language; "" if there is none."""
    return "" if value != value else formats.day(value.date(), page.lang, short=True)


def money(page: Page, panel: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows by place, programme, capital and basis: the newest given, spent and rate, each on its day."""
    return [_money_row(page, row) for row in views.newest(panel, quarter=page.quarter).itertuples()]


def span(page: Page, panel: pd.DataFrame, shown: str) -> list[dict[str, Any]]:
    """Return rows as `money` does of the span of years that includes the quarter's; none if that is shown already."""
    spans = panel[views.of_year(panel, page.quarter[:4]) & (panel["period"].str.len() > 4)]
    found = [_money_row(page, row) for row in views.newest(spans, quarter=page.quarter).itertuples()]
    return [
        row | {"kind": ", ".join(filter(None, (row["kind"], row["period"])))} for row in found if row["period"] != shown
    ]


def _money_row(page: Page, row: Any) -> dict[str, Any]:
    return {
        "place": row.place,
        "programme": label("programme", row.programme, page.lang),
        "kind": kind(row, page.lang),
        "allocated": amount(page, row, "allocated"),
        "allocated_day": _other_day(page, row.allocated_figure, row),
        "distributed": amount(page, row, "distributed"),
        "disbursed": amount(page, row, "disbursed"),
        "rate": rate(page, row),
        "unsure": unsure(row),
        "day": day(page, row.as_of),
        "old": views.is_old(row, page.quarter),
        "period": formats.period(row.period, page.lang) if row.period else "",
    }


def kind(row: Any, lang: str) -> str:
    """Return what sets a row apart from all the money of its programme, in words."""
    capital = "" if row.capital == "total" else label("capital", row.capital, lang)
    basis = "" if row.basis == "actual" else label("basis", row.basis, lang)
    return ", ".join(filter(None, (capital, *facts.terms(row, lang), basis)))


def unsure(row: Any) -> bool:
    """Tell whether a panel row was read with low confidence."""
    return getattr(row, "confidence", "") == "low"


def only_amounts(page: Page, place: str, level: str) -> Any:
    """Return the newest panel row with an amount of all programmes together, for a place without a rate."""
    panel = views.of_place(page.panel, place, level)
    panel = panel[(panel["programme"] == "ntp") & panel["capital"].isin(views.HEADLINE_CAPITALS)]
    panel = panel[
        (panel["basis"] == "actual") & ((panel["period"] == page.period) | views.of_year(panel, page.period[:4]))
    ]
    told = views.newest(panel, quarter=page.quarter, measures=("disbursed", "allocated"))
    spent = told[told["disbursed"].notna()]
    return next((spent if len(spent) else told).itertuples(), None)


def with_amount(page: Page, row: Any, measure: str) -> Any:
    """Return a row with an amount of a row's own money, or None.

    The row itself; for money spent the newest of another day; for money given only what that was spent of, for
    other plans may be of other money: the panel has taken what fits.
    """
    if getattr(row, measure) == getattr(row, measure):
        return row
    same = views.actual(views.same_cell(page.panel, row))
    same = same[same["disbursed"].notna()].sort_values("as_of", kind="stable")
    other = next(same.tail(1).itertuples(), None) if row.disbursed != row.disbursed else None
    return other if other is not None and getattr(other, measure) == getattr(other, measure) else None


def headline_amount(page: Page, row: Any, measure: str) -> Markup | str:
    """Return a cell with an amount of a row's own money; with its day where that is not the row's."""
    found = with_amount(page, row, measure)
    if found is None:
        return ""
    shown = Markup(amount(page, found, measure))
    told_on = day(page, found.as_of) if found.as_of != row.as_of else ""
    if measure == "allocated":
        told_on = _other_day(page, found.allocated_figure, row)
    return shown + Markup("<br><small>{}</small>").format(told_on) if told_on else shown


def _other_day(page: Page, figure: str, row: Any) -> str:
    """Return the day of an amount given that another article tells than the row's, "" for the row's own."""
    source = figure.rpartition("#")[0]
    if not source or source == row.article:
        return ""
    told = page.figures.loc[page.figures["figure"] == figure, "as_of"].dropna()
    out = page.articles.loc[page.articles["article"] == source, "published"].dropna()
    days = [*told, *out]
    return day(page, days[0]) if days else ""


def tiles(page: Page) -> list[dict[str, Any]]:
    """Return the headline numbers of a province, those that are known."""
    ranked = views.headlines(page.panel, quarter=page.quarter, levels=("province",))
    own = ranked[ranked["place"] == page.province]
    if own.empty:
        own = views.breakdown(views.of_place(page.panel, page.province), quarter=page.quarter).head(1)
    if own.empty:
        return []
    row = next(own.itertuples())
    on = _on(page, row)
    spent, given = (with_amount(page, row, measure) or row for measure in ("disbursed", "allocated"))
    kinds = [label("programme", row.programme, page.lang), label("capital", row.capital, page.lang)]
    what = ", ".join([*kinds, *facts.terms(row, page.lang), *facts.terms(row, page.lang, ("confidence",))])
    found = [
        _tile(rate(page, row), page.words["rate"], f"{on} · {what}"),
        _tile(_gone(page, row) if row.rate == row.rate else "", page.words["gone"], on),
        _tile(_whole(page, spent, "disbursed"), page.words["spent"], _on(page, spent)),
        _tile(_whole(page, row, "distributed"), page.words["passed_on"], on),
        _tile(_whole(page, given, "allocated"), page.words["given"], _for_period(page, row.period)),
    ]
    found.append(_rank(page, row))
    return [tile for tile in found if tile["value"]]


def _rank(page: Page, row: Any) -> dict[str, Any]:
    """Return a province's place among those that are compared with it: with a rate of the same capital and quarter."""
    ranked = views.compared(page.panel, row, page.quarter)
    fresh = [other for other in ranked.itertuples() if not views.is_old(other, page.quarter)]
    own = next((one for one in fresh if one.place == page.province and one.rate == row.rate), None)
    if len(fresh) < FEW or own is None:
        return _tile("", "", "")
    place = page.words["rank_value"].format(n=1 + sum(one.rate > own.rate for one in fresh))
    note = page.words["rank_note"].format(capital=label("capital", row.capital, page.lang, long=True))
    return _tile(place, page.words["rank"].format(n=len(fresh)), note)


def _on(page: Page, row: Any) -> str:
    return page.words["as_of"].format(day=day(page, row.as_of))


def _for_period(page: Page, period: str) -> str:
    return page.words["for_period"].format(period=formats.period(period, page.lang)) if period else ""


def _tile(value: Any, name: str, note: str) -> dict[str, Any]:
    return {"value": value, "name": name, "note": note}


def _gone(page: Page, row: Any) -> str:
    gone = views.year_gone(row.period, row.as_of.date()) if row.as_of == row.as_of else None
    return "" if gone is None or row.period != page.quarter[:4] else formats.percent(gone, page.lang)


def _whole(page: Page, row: Any, measure: str) -> Markup | str:
    value = getattr(row, measure)
    if value != value:
        return ""
    text = formats.money(value, page.lang, getattr(row, f"{measure}_bound") or "exact").replace("\xa0", " ")
    return page.link(text, filter(None, [getattr(row, f"{measure}_figure")]))


def obstacles(page: Page) -> list[dict[str, Any]]:
    """Return the obstacles, the most often named first, with the sentences that name them."""
    published = page.articles.set_index("article")["published"]
    groups = []
    table = page.obstacles.assign(published=page.obstacles["article"].map(published))
    for code, said in views.said_by(table, page.panel, page.quarter).groupby("obstacle"):
        quotes = said.drop_duplicates(["article", "quote"])
        groups.append(
            {
                "name": label("obstacle", code, page.lang),
                "long": label("obstacle", code, page.lang, long=True),
                "articles": said["article"].nunique(),
                "quotes": [
                    {"quote": row.quote, "article": row.article, "day": day(page, published.get(row.article, NAN))}
                    for row in quotes.itertuples()
                ],
            }
        )
    return sorted(groups, key=lambda group: (-group["articles"], alphabetical(group["name"])))


def checks(page: Page, found: pd.DataFrame) -> list[dict[str, Any]]:
    """Return findings as the page shows them, errors first."""
    found = found.sort_values("severity", key=lambda codes: codes.map(SEVERITIES.index), kind="stable")
    return [
        {
            "severity": row.severity,
            "weight": page.words[f"severity_{row.severity}"],
            "place": _place(page, row),
            "message": row.message_vi if page.lang == "vi" else row.message_en,
            "stated": _either(page, row.stated, row.unit),
            "expected": _either(page, row.expected, row.unit),
            "figures": figure_links(page, row.figures.split(";")),
        }
        for row in found.itertuples()
    ]


def of_quarter(page: Page) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the findings about the quarter's year so far, then those about other years."""
    now = views.doubted_in(page.checks, page.quarter)
    return now, page.checks.drop(index=now.index)


def weights(page: Page, found: pd.DataFrame) -> str:
    """Return how many findings there are of each severity, in words."""
    counts = {severity: int((found["severity"] == severity).sum()) for severity in SEVERITIES}
    return ", ".join(
        page.words[f"{severity}_one" if n == 1 else f"{severity}_many"].format(n=n)
        for severity, n in counts.items()
        if n
    )


def _place(page: Page, check: Any) -> str:
    figure = page.by_id.get(check.figures.split(";")[0])
    return place_name(check.place, figure.level if figure else "", page.lang)


def _either(page: Page, value: float, unit: str) -> str:
    if value != value:
        return ""
    return formats.percent(value, page.lang) if unit == "percent" else formats.money(value, page.lang)


def figure_links(page: Page, ids: Iterable[str]) -> list[Markup]:
    """Return each of the figures as its value, linked to its quote."""
    known = [page.by_id[figure] for figure in ids if figure in page.by_id]
    return [page.link(figure_value(row, page.lang), [row.figure]) for row in known]


def figure_value(row: Any, lang: str) -> str:
    """Return a figure's value in the habit of the language, its bound as a sign."""
    if row.unit == "percent":
        return formats.percent(row.value, lang, row.bound, short=True)
    return formats.bounded(formats.money(row.value, lang), lang, row.bound, short=True)


def figure_what(row: Any, lang: str) -> str:
    """Return what a figure is, in words."""
    basis = "" if row.basis == "actual" else label("basis", row.basis, lang)
    parts = [
        " ".join(filter(None, (label("measure", row.measure, lang), basis and f"({basis})"))),
        row.place or label("place", "unknown", lang),
        label("programme", row.programme, lang),
        label("component", row.component, lang) if row.component else "",
        label("capital", row.capital, lang),
        label("source", row.source, lang) if row.source else "",
        row.period,
        "" if row.as_of != row.as_of else formats.day(row.as_of.date(), lang, short=True),
    ]
    return " · ".join(filter(None, parts))


def sources(page: Page, figures: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the articles of figures, the newest first, each with its figures in the order of its text."""
    quotes = page.tables.quotes()
    groups = dict(list(figures.groupby("article", sort=False)))
    named = page.articles.set_index("article")
    order = named["published"].reindex(list(groups)).sort_values(ascending=False, kind="stable", na_position="last")
    return [{**article(page, id, named), "figures": _figures(page, groups[id], quotes)} for id in order.index]


def article(page: Page, id: str, named: pd.DataFrame) -> dict[str, Any]:
    """Return what is known of an article: title, address, day."""
    if id not in named.index:
        return {"id": id, "title": id, "url": "", "day": page.words["undated"], "origin": ""}
    row = named.loc[id]
    known = row["published"] == row["published"]
    text = page.words["published"].format(day=formats.day(row["published"].date(), page.lang)) if known else ""
    return {
        "id": id,
        "title": row["title"] or id,
        "url": web_address(row["url"]),
        "day": text or page.words["undated"],
        "origin": row["origin"],
    }


def _figures(page: Page, figures: pd.DataFrame, quotes: dict[str, Markup]) -> list[dict[str, Any]]:
    ordered = figures.sort_values("start", kind="stable")
    return [
        {
            "figure": row.figure,
            "value": figure_value(row, page.lang),
            "what": figure_what(row, page.lang),
            "quote": quotes[row.figure],
        }
        for row in ordered.itertuples()
    ]


def paragraphs(page: Page, told: Iterable[Any]) -> list[Markup]:
    """Return sentences as HTML, their numbers as links to their quotes, in a few paragraphs."""
    found: list[list[Markup]] = [[]]
    topic = ""
    for sentence in told:
        if sentence.topic != topic and sentence.topic in BREAKS and found[-1]:
            found.append([])
        topic = sentence.topic
        found[-1].append(Markup(sentence.html(page.target)))
    return [Markup(" ").join(sentences) for sentences in found if sentences]
