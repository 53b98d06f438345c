"""Which rows of a panel a chart or a sentence speaks of.

Charts and narratives must speak of the same rows, so the choice is made here, once. Every function takes a
panel (`schema`, table `panel`) or any subset of its rows and returns a new DataFrame of panel rows.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ntp_analysis.formats import quarter_of
from ntp_analysis.gazetteer import MERGER
from ntp_analysis.text import alphabetical

if TYPE_CHECKING:
    import pandas as pd

PROGRAMMES = ("ntp", "nrd", "spr", "sedema", "sedema+spr", "other")
"""The order in which programmes are shown: all together first, other public investment last."""
CAPITALS = ("total", "investment", "recurrent")
HEADLINE_CAPITALS = ("total", "investment")
"""A place's one rate is that of all its money, or where that is not known of its investment capital."""
HEADLINE_SOURCES = ("", "central")
KEY = ["place", "level", "province"]
MONEY = [*KEY, "programme", "capital", "basis"]
CELL = [*MONEY, "component", "source", "period", "carryover", "plan"]
TOLD = ("disbursed", "rate", "allocated", "distributed")
"""What a page tells of money, in the order in which it matters."""


def quarter_end(quarter: str) -> date:
    """Return the last day of a quarter.

    >>> quarter_end("2023Q3")
    datetime.date(2023, 9, 30)
    """
    year, nth = quarter_of(quarter)
    return date(year, 3 * nth, 31 if nth in (1, 4) else 30)


def quarter_start(quarter: str) -> date:
    """Return the first day of a quarter.

    >>> quarter_start("2023Q3")
    datetime.date(2023, 7, 1)
    """
    year, nth = quarter_of(quarter)
    return date(year, 3 * nth - 2, 1)


def quarter_on(day: date) -> str:
    """Return the quarter that a day lies in.

    >>> quarter_on(date(2023, 8, 31))
    '2023Q3'
    """
    return f"{day.year}Q{(day.month + 2) // 3}"


def reference_quarter(panel: pd.DataFrame, quarter: str | None = None) -> str:
    """Return the quarter that a panel is about: as given, as the panel says, else that of its newest figure.

    A panel without rows and without a quarter has "".
    """
    chosen = quarter or panel.attrs.get("quarter") or ""
    if chosen:
        quarter_of(chosen)
        return chosen
    days = panel.loc[panel["basis"] == "actual", "as_of"].dropna()
    return quarter_on(days.max().date()) if len(days) else ""


def year_gone(period: str, day: date) -> float | None:
    """Return the share of a plan year that was gone at the end of a day, in percent.

    None for a period that is not one year and for a day before it; 100 for any day after it.

    >>> round(year_gone("2023", date(2023, 8, 31)), 1), year_gone("2023", date(2024, 1, 31))
    (66.6, 100.0)
    >>> year_gone("2021-2025", date(2023, 8, 31)) is None
    True
    """
    if len(period) != 4 or day.year < int(period):
        return None
    if day.year > int(period):
        return 100.0
    return day.timetuple().tm_yday / (366 if isleap(day.year) else 365) * 100


def of_place(panel: pd.DataFrame, place: str, level: str = "province") -> pd.DataFrame:
    """Return the rows of one place itself, not of what lies in it."""
    return panel[(panel["place"] == place) & (panel["level"] == level)]


def actual(panel: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that report something done, for whole programmes, money carried over alone left out."""
    whole = (panel["component"] == "") & (panel["carryover"] != "only") & ~before_plan(panel)
    return panel[(panel["basis"] == "actual") & whole]


def rank_of(values: pd.Series, order: Sequence[str]) -> Any:
    """Return each value's place in `order` as an array; what is not in it comes last."""
    import numpy as np

    rank = {value: i for i, value in enumerate(order)}
    return np.array([rank.get(value, len(order)) for value in values.tolist()], dtype="int64")


def best(rows: pd.DataFrame, by: Sequence[str], capitals: Sequence[str] = HEADLINE_CAPITALS) -> pd.DataFrame:
    """Return one row for each `by`: the row that best stands for it.

    In this order: what was read with low confidence last; the capital that comes first in `capitals` (others are
    left out); the newest day; all sources before the central budget's part; with the money carried over before
    without; no plan named before the province's, before the Prime Minister's; more amounts known before fewer;
    then as they stand.
    """
    import numpy as np

    capital = rank_of(rows["capital"], capitals)
    newest = ~rows["as_of"].to_numpy().astype("int64")  # ascending: the newest first, no day last
    plan = rank_of(rows["plan"], ("", "local", "central")) if "plan" in rows else np.zeros_like(capital)
    order = np.lexsort(
        (
            rows[["allocated", "disbursed", "rate"]].isna().sum(axis=1).to_numpy(),
            plan,
            rank_of(rows["carryover"], ("included", "", "excluded")),
            rank_of(rows["source"], HEADLINE_SOURCES),
            newest,
            capital,
            unsure(rows),
        )
    )
    keys = list(zip(*(rows[name].tolist() for name in by), strict=True))
    chosen: dict[tuple[Any, ...], int] = {}
    for i in order:
        if capital[i] < len(capitals):
            chosen.setdefault(keys[i], i)
    return rows.iloc[list(chosen.values())]


def unsure(rows: pd.DataFrame) -> Any:
    """Tell which rows were read with low confidence, as an array."""
    import numpy as np

    return (rows["confidence"] == "low").to_numpy() if "confidence" in rows else np.zeros(len(rows), dtype=bool)


def alike(rows: pd.DataFrame) -> pd.DataFrame:
    """Return those of `headlines` that may be set side by side as one population.

    Rates of all money, or of investment capital where of that alone two are known or one; what was read with low
    confidence only where nothing else is known.
    """
    sure = ~unsure(rows)
    rows = rows[sure] if sure.any() else rows
    known = rows["capital"].value_counts()
    capital = next((c for least in (2, 1) for c in HEADLINE_CAPITALS if known.get(c, 0) >= least), "")
    return rows[rows["capital"] == capital]


def compared(panel: pd.DataFrame, row: Any, quarter: str) -> pd.DataFrame:
    """Return the provinces' rates that a province's is compared with, its own among them.

    The population of the comparison, or for a rate of other capital all rates of that.
    """
    ranked = alike(headlines(panel, "ntp", row.period, ("province",), quarter))
    if (ranked["capital"] == row.capital).all():
        return ranked
    return alike(headlines(panel, "ntp", row.period, ("province",), quarter, (row.capital,)))


def same_cell(panel: pd.DataFrame, row: Any) -> pd.DataFrame:
    """Return the rows of the same money as a row's, on whatever day: also of its source, carry-over and plan."""
    same = True
    for name in (name for name in CELL if name in panel):
        same &= panel[name] == getattr(row, name)
    return panel[same]


def main_period(rows: pd.DataFrame, quarter: str) -> str:
    """Return the period that a quarter's report is about: its year if anything is known, else the newest.

    Single years come before spans of years; "" where no row names a period.
    """
    periods = set(rows["period"]) - {""}
    year = quarter[:4]
    if year in periods:
        return year
    past = sorted((p for p in periods if not year or p[:4] <= year), key=lambda p: (len(p) == 4, p[-4:], p))
    return past[-1] if past else ""


def report_period(panel: pd.DataFrame, quarter: str) -> str:
    """Return the period whose rates a quarter's comparison shows: its year, else the newest with a province's rate.

    Rates of all programmes together decide, those of single programmes where there are none.
    """
    rates = actual(panel[(panel["level"] == "province") & panel["rate"].notna()])
    rates = rates[rates["source"].isin(HEADLINE_SOURCES) & (rates["programme"] != "other")]
    together = rates[rates["programme"] == "ntp"]
    return main_period(together if len(together) else rates, quarter) or quarter[:4]


def main_programme(panel: pd.DataFrame, programme: str | None = None) -> str:
    """Return `programme`, else all programmes together if a rate of them is known, else the one with most rates."""
    known = panel.loc[panel["rate"].notna() & panel["programme"].isin(PROGRAMMES), "programme"].value_counts()
    if programme or known.empty or "ntp" in known.index:
        return programme or "ntp"
    return min(known.index, key=lambda code: (-known[code], PROGRAMMES.index(code)))


def headlines(
    panel: pd.DataFrame,
    programme: str = "ntp",
    period: str | None = None,
    levels: Sequence[str] = ("province", "country"),
    quarter: str | None = None,
    capitals: Sequence[str] = HEADLINE_CAPITALS,
) -> pd.DataFrame:
    """Return each place's newest known rate for a programme and a period, one row a place.

    `period` is by default the year of the quarter. Provinces come in the order of their rates.
    """
    chosen = (panel["programme"] == programme) & panel["rate"].notna() & panel["level"].isin(levels)
    chosen &= panel["source"].isin(HEADLINE_SOURCES)
    rows = actual(panel[chosen])
    period = period or main_period(rows, reference_quarter(panel, quarter))
    rows = best(rows[rows["period"] == period], KEY, capitals)
    rows = rows.iloc[rows["place"].map(alphabetical).argsort(kind="stable")]
    return rows.sort_values("rate", ascending=False, kind="stable")


def breakdown(panel: pd.DataFrame, period: str | None = None, quarter: str | None = None) -> pd.DataFrame:
    """Return the newest known row for each place, programme, capital and basis of a period.

    Rows without an amount and without a rate are left out; one that tells of spending comes before one that
    only tells what was given. Ordered by programme, capital, basis.
    """
    import pandas as pd

    told = _told(panel, period, quarter)
    spent = told[["disbursed", "rate"]].notna().any(axis=1)
    rows = best(told[spent], MONEY, CAPITALS)
    given = best(told[~spent], MONEY, CAPITALS)
    if len(given):
        known = set(rows[MONEY].itertuples(index=False, name=None))
        rest = [key not in known for key in given[MONEY].itertuples(index=False, name=None)]
        rows = pd.concat([rows, given[rest]])
    return in_order(rows)


def newest(
    panel: pd.DataFrame, period: str | None = None, quarter: str | None = None, measures: Sequence[str] = TOLD
) -> pd.DataFrame:
    """Return the rows that have the newest amount spent, the newest rate and the newest amounts given and passed on.

    For each place, programme, capital and basis of a period: one row where a day has them all, else more, each of
    its own day, so that an amount stays known when only a rate is newer. An amount given or passed on that another
    of these rows has as well is not repeated. Where one day has rates of several sources, plans or carry-overs, a
    row for each. Ordered by programme, capital, basis, day.
    """
    told = _told(panel, period, quarter, measures)
    told = told.assign(row_number=range(len(told)))
    chosen: dict[tuple[Any, ...], dict[int, Any]] = {}
    for measure in measures:
        some = told[told[measure].notna()]
        for row in best(some, MONEY, CAPITALS).itertuples():
            rows = chosen.setdefault(tuple(getattr(row, name) for name in MONEY), {})
            stock = measure in ("allocated", "distributed")
            if not stock or all(getattr(row, measure) != getattr(other, measure) for other in rows.values()):
                rows[row.row_number] = row
        for row in _beside(some, chosen) if measure == "rate" else ():
            chosen[tuple(getattr(row, name) for name in MONEY)][row.row_number] = row
    kept = sorted(at for rows in chosen.values() for at in rows)
    return in_order(told.iloc[kept].drop(columns="row_number"))


def _beside(some: pd.DataFrame, chosen: dict[tuple[Any, ...], dict[int, Any]]) -> list[Any]:
    """Return the rows of the day of a chosen rate: other sources, carry-overs and plans of the same money."""
    taken = {
        (money, row.as_of): _terms(row)
        for money, rows in chosen.items()
        for row in rows.values()
        if row.rate == row.rate
    }
    found = []
    for row in some.itertuples():
        own = taken.get((tuple(getattr(row, name) for name in MONEY), row.as_of))
        if own is not None and own != _terms(row):
            found.append(row)
    return found


def _terms(row: Any) -> tuple[str, ...]:
    return (row.source, row.carryover, getattr(row, "plan", ""))


def before_plan(panel: pd.DataFrame) -> pd.Series:
    """Tell which rows speak of money spent before its plan year: the audit doubts them (`before_plan`)."""
    day, first = panel["as_of"].dt.strftime("%Y"), panel["period"].str[:4]
    return panel[["disbursed", "rate"]].notna().any(axis=1) & (first != "") & (day < first)


def _told(panel: pd.DataFrame, period: str | None, quarter: str | None, measures: Sequence[str] = TOLD) -> pd.DataFrame:
    """Return the rows of a period that tell what was given or spent of whole programmes, or will be."""
    chosen = ~before_plan(panel)
    chosen &= (panel["component"] == "") & (panel["carryover"] != "only") & (panel["basis"] != "target")
    chosen &= panel["source"].isin(HEADLINE_SOURCES)
    chosen &= panel[list(measures)].notna().any(axis=1)
    period = period or main_period(panel[chosen], reference_quarter(panel, quarter))
    return panel[chosen & (panel["period"] == period)]


def of_year(panel: pd.DataFrame, year: str) -> pd.Series:
    """Tell which rows are of a year: of a day in it, or of a span of years that includes it."""
    span = (panel["period"].str[:4] <= year) & (panel["period"].str[-4:] >= year)
    return (panel["as_of"].dt.year == int(year)) | (span & (panel["period"].str.len() > 4))


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows by place, programme, capital and basis, as pages show them."""
    ranks = zip(
        rows["place"].tolist(),
        rows["level"].tolist(),
        rank_of(rows["programme"], PROGRAMMES),
        rank_of(rows["capital"], CAPITALS),
        rank_of(rows["basis"], ("actual", "forecast", "target")),
        rows["as_of"].tolist(),
        strict=True,
    )
    return rows.iloc[[i for _, i in sorted((rank, i) for i, rank in enumerate(ranks))]]


def bound_of(row: Any) -> str:
    """Return the bound of a row's `rate`: the stated one's, or what the amounts' bounds make of a quotient.

    Of a computed rate: spent "over" and given exact is over; given "over" makes it under; both in one
    direction say nothing sure, so about. Nothing spent is 0% of whatever was given.
    """
    if row.rate_used != "computed":
        return row.rate_bound or "exact"
    spent, given = row.disbursed_bound or "exact", row.allocated_bound or "exact"
    if spent == "exact" and row.disbursed == 0:
        return "exact"
    turned = {"over": "under", "under": "over"}.get(given, given)
    if spent == "exact":
        return turned
    return spent if turned in ("exact", spent) else "about"


def rate_figures(row: Any) -> tuple[str, ...]:
    """Return the ids of the figures that a row's `rate` rests on."""
    if row.rate_used == "computed":
        return tuple(filter(None, (row.disbursed_figure, row.allocated_figure)))
    return tuple(filter(None, (row.rate_figure,)))


def is_old(row: Any, quarter: str) -> bool:
    """Tell whether a row describes a day before the quarter began."""
    return bool(quarter) and row.as_of.date() < quarter_start(quarter)


def said_by(obstacles: pd.DataFrame, panel: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Return the obstacles that belong to a quarter's report.

    Those of articles published from the start of the quarter's year to its end, and of articles that the panel
    has for a day in that time and that came out at most three months later. Without a day of publication only
    the panel tells.
    """
    from datetime import timedelta

    first, last = f"{quarter[:4]}-01-01", quarter_end(quarter).isoformat()
    inside = (panel["as_of"] >= first) & (panel["as_of"] <= last)
    reported = obstacles["article"].isin(set(panel.loc[inside, "article"]))
    if "published" in obstacles:
        out = obstacles["published"]
        late = (quarter_end(quarter) + timedelta(days=92)).isoformat()
        in_time = (out >= first) & (out <= last)
        reported = in_time | (reported & (out.isna() | ((out >= first) & (out <= late))))
    return obstacles[reported]


def doubted_in(checks: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Return the checks that belong to a quarter's report: of its year so far, or of money of that year."""
    year, last = quarter[:4], quarter_end(quarter).isoformat()
    dated = (checks["as_of"] >= f"{year}-01-01") & (checks["as_of"] <= last)
    of_year = (checks["period"].str[:4] <= year) & (checks["period"].str[-4:] >= year)
    return checks[dated | (checks["as_of"].isna() & of_year)]


def province_count(quarter: str) -> int:
    """Return how many provinces there were at the end of a quarter.

    >>> province_count("2025Q2"), province_count("2025Q3")
    (63, 34)
    """
    return 63 if merged_before(quarter) else 34


def merged_before(quarter: str) -> bool:
    """Tell whether a quarter lies before the provinces' merger of 1 July 2025.

    >>> merged_before("2025Q2"), merged_before("2025Q3")
    (True, False)
    """
    return quarter_end(quarter) < MERGER
