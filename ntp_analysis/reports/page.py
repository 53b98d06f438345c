"""What a page's notebook calls: each part of the page, as something that a notebook shows.

A part is a `Part`: HTML for the page, plain text for a terminal. Every number in it is a link to the quote
that it was read from, and `Page.unsourced` says which links lead nowhere.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ntp_analysis import views
from ntp_analysis.reports import rows
from ntp_analysis.reports import tables as page_tables
from ntp_analysis.reports.markup import anchor, link, shown
from ntp_analysis.reports.strings import words
from ntp_analysis.reports.templates import fill

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PIXELS_PER_INCH = 110
TAGS = re.compile(r"<[^>]+>")
SOURCES = "sources.html"
NEAREST = 14
"""as many other provinces as a chart on a phone has room for"""


class Part:
    """A part of a page: HTML where it is drawn, text where it is printed."""

    def __init__(self, html: Markup) -> None:
        self.html = html

    def _repr_html_(self) -> str:
        return str(self.html)

    def __repr__(self) -> str:
        return " ".join(Markup(TAGS.sub(" ", str(self.html))).unescape().split())


class Page:
    """The page of a province, or of all provinces side by side, in one quarter and one language.

    Attributes
    ----------
    panel, figures, obstacles, checks, articles : DataFrame
        The tables that the page is drawn from.
    period : str
        The plan year whose rates are set side by side: `views.report_period`.
    """

    def __init__(self, tables: page_tables.Tables, quarter: str, lang: str, province: str = "") -> None:
        self.tables, self.quarter, self.lang, self.province = tables, quarter, lang, province
        self.panel, self.figures, self.checks = tables.panel, tables.figures, tables.checks
        self.obstacles, self.articles = tables.obstacles, tables.articles
        self.words = words("page", lang)
        self.by_id = {row.figure: row for row in self.figures.itertuples()}
        self.period = views.report_period(self.panel, quarter)
        self._linked: set[str] = set()
        self._folded: set[str] = set()

    def target(self, figure: str) -> str:
        """Return the address of a figure's quote: on a province's page its own, of others on the page of sources."""
        self._linked.add(figure)
        page = "" if self.province and figure in self.by_id else SOURCES
        return f"{page}#{anchor(figure)}"

    def link(self, text: object, figures: Iterable[str]) -> Markup:
        """Return `text` as a link to the quote of the first of `figures`; as mere text if there is none."""
        first = next(iter(figures), "")
        return link(text, self.target(first)) if first else shown(text)

    def _part(self, template: str, **context: Any) -> Part:
        return Part(fill(template, words=self.words, lang=self.lang, page=self, **context))

    def headline(self) -> Part:
        """Show the few numbers that matter most: given, spent, the rate, the calendar, the rank."""
        return self._part("headline.html.j2", tiles=rows.tiles(self))

    def narrative(self) -> Part:
        """Tell the quarter in a few sentences."""
        from ntp_analysis import narrative

        known = (self.panel, self.checks, self.obstacles)
        if self.province:
            told = narrative.province(*known, self.province, self.quarter, self.lang, articles=self.articles)
        else:
            told = narrative.comparison(*known, self.quarter, self.lang, articles=self.articles)
        return self._part("narrative.html.j2", paragraphs=rows.paragraphs(self, told))

    def show(self, ax: Axes) -> Part:
        """Show a chart as a picture, with what it says in words for who does not see it."""
        from matplotlib import pyplot

        from ntp_analysis import charts

        figure = ax.get_figure(root=True)
        assert figure is not None
        picture = base64.b64encode(charts.svg(ax).encode()).decode()
        width = round(figure.get_size_inches()[0] * PIXELS_PER_INCH)
        pyplot.close(figure)
        return self._part("chart.html.j2", picture=picture, alt=charts.alt_text(ax), width=width)

    def near(self, count: int = NEAREST) -> pd.DataFrame:
        """Return the panel with, of the other provinces, only the `count` whose newest rates are nearest.

        Charts of a province stay readable so; the comparison has all provinces.
        """
        ranked = views.headlines(self.panel, quarter=self.quarter, levels=("province",))
        own = ranked.loc[ranked["place"] == self.province, "rate"]
        if own.empty or len(ranked) <= count + 1:
            return self.panel
        distance = (ranked["rate"] - own.iloc[0]).abs().sort_values(kind="stable")
        kept = ranked.loc[distance.index[: count + 1], "place"]
        return self.panel[(self.panel["level"] != "province") | self.panel["place"].isin(kept)]

    def money(self) -> Part:
        """Show what was given and spent by programme and capital."""
        own = views.of_place(self.panel, self.province)
        year = rows.money(self, own)
        span = rows.span(self, own, year[0]["period"]) if year else []
        return self._part("money.html.j2", rows=year + span, places=False)

    def places(self) -> Part:
        """Show the districts and communes that figures are known of."""
        inside = (self.panel["province"] == self.province) & (self.panel["level"] != "province")
        return self._part("money.html.j2", rows=rows.money(self, self.panel[inside]), places=True)

    def obstacles_said(self) -> Part:
        """Show what the articles say holds the work back, in their words."""
        return self._part("obstacles.html.j2", groups=rows.obstacles(self))

    def contradictions(self) -> Part:
        """Show which numbers disagree, and by how much; folded: mere notes, and what is of other years."""
        now, others = rows.of_quarter(self)
        found = rows.checks(self, now[now["severity"] != "note"])
        open_links = set(self._linked)
        folded = {"notes": rows.checks(self, now[now["severity"] == "note"]), "others": rows.checks(self, others)}
        self._folded |= self._linked - open_links
        return self._part("checks.html.j2", checks=found, **folded)

    def sources(self) -> Part:
        """Show every number of the page with its article's words; folded: the numbers that no part above uses."""
        used = self.figures["figure"].isin(self._linked - self._folded)
        groups = {"articles": rows.sources(self, self.figures[used]), "others": rows.sources(self, self.figures[~used])}
        return self._part("figures.html.j2", **groups, rest=int((~used).sum()))

    def unsourced(self) -> list[str]:
        """Return the figures that the parts shown so far link to and that have no quote, here or with the others'.

        A page of which this is not empty must not be published.
        """
        others = self.panel[self.panel["province"] != self.province] if self.province else self.panel.iloc[:0]
        return sorted(self._linked - set(self.by_id) - page_tables.named(others))


def open_page(tables: str, quarter: str, lang: str = "en", province: str = "") -> Page:
    """Return the page of a province, or the comparison if no province is given.

    `tables` is a folder with the tables of one page as `ntp report` wrote them, the tables of an extraction, or
    articles. Raises UnknownQuarter, UnknownName for a language, UnknownPlace for a province without figures.
    """
    views.quarter_end(quarter)
    folder = Path(tables)
    if page_tables.is_packed(folder):
        found = page_tables.read(folder)
    else:
        from ntp_analysis.corpus import read

        found = page_tables.of_quarter(read(tables), quarter)
    if province:
        found = page_tables.of_province(found, province)
    return Page(found, quarter, lang, province)
