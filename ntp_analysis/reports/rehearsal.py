"""A page of made-up tables, drawn before kernels are forked.

What Python loads once, when it is first needed (templates, locales, fonts, labels), every fork would load again.
So the warm process draws a page of made-up provinces first. Nothing of it is kept but what was loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ntp_analysis import schema
from ntp_analysis.labels import LANGUAGES
from ntp_analysis.reports.page import Page
from ntp_analysis.reports.tables import Tables

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

QUARTER = "2023Q3"
PLACES = ("A", "B", "C")


def rehearse() -> None:
    """Draw every part of a page in both languages; pyplot, which would bring a notebook's backend, is left out."""
    tables = Tables(_panel(), _figures(), schema.empty("obstacles"), _checks(), _articles())
    for lang in LANGUAGES:
        page = Page(tables, QUARTER, lang, PLACES[0])
        for part in (page.headline, page.narrative, page.money, page.places, page.obstacles_said):
            part()._repr_html_()
        page.contradictions()
        page.sources()
        _charts(page)


def _charts(page: Page) -> None:
    from ntp_analysis import charts

    own: dict[str, Any] = {"place": page.province, "lang": page.lang}
    for chart in (charts.given_spent, charts.pace, charts.ranking):
        charts.svg(chart(page.panel, _axes(), quarter=QUARTER, **own))
    charts.svg(charts.history(page.panel, _axes(), **own))


def _axes() -> Axes:
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasSVG(figure)
    return figure.subplots()


def _panel() -> pd.DataFrame:
    rows = [
        {
            "place": place, "level": "province", "province": place, "programme": programme, "capital": capital,
            "period": "2023", "as_of": f"2023-0{6 + n}-30", "basis": "actual", "allocated": 2e12, "disbursed": 8e11,
            "allocated_bound": "exact", "allocated_figure": f"{place}#1", "disbursed_bound": "over",
            "disbursed_figure": f"{place}#1", "rate": 40.0 + n, "rate_stated": 40.0 + n, "rate_bound": "over",
            "rate_figure": f"{place}#1", "rate_used": "stated", "article": place, "published": "2023-09-30",
            "latest": True, "dated": "as_of",
        }
        for n, place in enumerate(PLACES)
        for programme, capital in (("ntp", "total"), ("ntp", "investment"), ("nrd", "total"))
    ]  # fmt: skip
    rows.append({**rows[0], "place": "D", "level": "district"})
    return _frame("panel", rows)


def _figures() -> pd.DataFrame:
    rows = [
        {
            "article": place, "place": place, "level": "province", "province": place, "programme": "ntp",
            "capital": "total", "measure": "rate", "basis": "actual", "value": 40.0, "unit": "percent",
            "bound": "exact", "period": "2023", "as_of": "2023-08-31", "quote": "đạt 40%", "start": 4, "end": 7,
            "figure": f"{place}#1",
        }
        for place in PLACES
    ]  # fmt: skip
    return _frame("figures", rows).assign(number="40%")


def _checks() -> pd.DataFrame:
    row = {
        "check": "rate_mismatch", "severity": "error", "article": "A", "place": "A", "province": "A",
        "programme": "ntp", "capital": "total", "period": "2023", "figures": "A#1", "stated": 40.0,
        "expected": 41.0, "unit": "percent", "message_en": "-", "message_vi": "-",
    }  # fmt: skip
    return _frame("checks", [row])


def _articles() -> pd.DataFrame:
    rows = [
        {"article": place, "published": "2023-09-30", "province": place, "place": place, "level": "province",
         "relevant": True, "characters": 9}
        for place in PLACES
    ]  # fmt: skip
    return _frame("articles", rows)


def _frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a table of ours, what they leave out empty."""
    kinds = {name: column.kind for name, column in schema.columns(table).items()}
    blank = {"text": "", "day": "", "number": float("nan"), "integer": 0, "flag": False}
    return schema.frame(table, {name: [row.get(name, blank[kind]) for row in rows] for name, kind in kinds.items()})
