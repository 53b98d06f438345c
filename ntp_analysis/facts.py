"""What a narrative may say: facts taken from the tables, each number with the figures that it rests on.

A template states facts and nothing else. A number is a `Quantity`: a value of the tables with its bound, or one
computed from them by a rule that has a name in `RULES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ntp_analysis import views
from ntp_analysis.findings import SEVERITIES
from ntp_analysis.labels import label, place_name

if TYPE_CHECKING:
    import pandas as pd

RULES = (
    "rate_from_amounts",  # 100 x disbursed / allocated
    "share_of_year",  # days of the plan year gone / days of the year
    "rate_less_share_of_year",
    "rate_less_earlier_rate",
    "median_of_rates",
    "count_of_places",
    "count_of_articles",
    "count_of_checks",
    "count_of_obstacles",
)
CLOSE = 0.11
"""percentage points by which a stated rate may differ from the amounts' and still be called the same"""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a sentence may state. `kind`: money (đồng), percent, points (of percent) or count."""

    value: float
    kind: str
    figures: tuple[str, ...] = ()
    bound: str = "exact"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """One row of a panel, as a sentence speaks of it. What is not known is None."""

    place: str
    programme: str
    capital: str
    source: str
    period: str
    day: date | None
    old: bool
    given: Quantity | None
    spent: Quantity | None
    passed_on: Quantity | None
    rate: Quantity | None
    made: Quantity | None
    """the rate that the amounts make, where it is not the rate stated"""
    joined: bool
    """whether one article states both the rate and the money given, so that the one is of the other"""
    paired: bool
    """whether one article states both the money spent and the money given"""
    terms: str
    """by which carry-over and whose plan the money is counted, in words"""
    unsure: bool
    """whether it was read with low confidence"""
    row: Any


@dataclass(frozen=True, slots=True)
class Pace:
    """A rate beside the calendar: `relation` is ahead, behind or level; "" where a bound leaves it open."""

    gone: Quantity
    gap: Quantity | None
    relation: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the tables that a sentence gives as they are, with what they rest on."""

    text: str
    figures: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


def count(value: int, rule: str, figures: Iterable[str] = ()) -> Quantity:
    """Return a number of things counted."""
    return Quantity(float(value), "count", tuple(dict.fromkeys(figures)), rule=rule)


def amount(row: Any, measure: str) -> Quantity | None:
    """Return an amount of money of a panel row, None where it is not known."""
    value = getattr(row, measure)
    if value != value:
        return None
    figure = getattr(row, f"{measure}_figure")
    return Quantity(float(value), "money", (figure,) if figure else (), getattr(row, f"{measure}_bound") or "exact")


def rate(row: Any) -> Quantity | None:
    """Return the rate of a panel row that its `rate_used` names, None where there is none."""
    if row.rate != row.rate:
        return None
    rule = "rate_from_amounts" if row.rate_used == "computed" else ""
    return Quantity(float(row.rate), "percent", views.rate_figures(row), views.bound_of(row), rule)


def made(row: Any) -> Quantity | None:
    """Return the rate that a row's amounts make where the stated rate is another one, beyond rounding."""
    computed, stated = row.rate_computed, row.rate_stated
    bounds = {row.rate_bound, row.allocated_bound, row.disbursed_bound} - {"exact", ""}
    if row.rate_used != "stated" or computed != computed or bounds or abs(computed - stated) <= CLOSE:
        return None
    figures = tuple(filter(None, (row.disbursed_figure, row.allocated_figure)))
    return Quantity(float(computed), "percent", figures, rule="rate_from_amounts")


def known(row: Any, quarter: str, lang: str) -> Known:
    """Return a panel row as facts. The day is None where only the period's start dates the row."""
    spent, share = amount(row, "disbursed"), rate(row)
    undated = getattr(row, "dated", "") == "period"
    return Known(
        place=row.place,
        programme=label("programme", row.programme, lang, long=True),
        capital="" if row.capital == "total" else label("capital", row.capital, lang, long=True),
        source=label("source", row.source, lang, long=True) if row.source else "",
        period=row.period,
        day=None if undated or row.as_of != row.as_of else row.as_of.date(),
        old=not undated and not (spent is None and share is None) and views.is_old(row, quarter),
        given=amount(row, "allocated"),
        spent=spent,
        passed_on=amount(row, "distributed"),
        rate=share,
        made=made(row),
        joined=_article(row.rate_figure) == _article(row.allocated_figure),
        paired=_article(row.disbursed_figure) == _article(row.allocated_figure),
        terms=", ".join(terms(row, lang, ("carryover", "plan", "confidence"))),
        unsure=getattr(row, "confidence", "") == "low",
        row=row,
    )


def terms(row: Any, lang: str, names: Sequence[str] = ("source", "carryover", "plan")) -> list[str]:
    """Return in words what sets a panel row apart from others of its programme, capital and day."""
    told = ((name, getattr(row, name, "")) for name in names)
    return [label(name, code, lang) for name, code in told if code and (name != "confidence" or code == "low")]


def _article(figure: str) -> str:
    return figure.rpartition("#")[0]


def headline(rows: pd.DataFrame, quarter: str, lang: str) -> Known | None:
    """Return what is known of all programmes together of one place: spent before merely given."""
    spoken = views.breakdown(rows, quarter=quarter)
    spoken = spoken[(spoken["programme"] == "ntp") & (spoken["basis"] == "actual")]
    spoken = spoken[spoken["capital"].isin(views.HEADLINE_CAPITALS)]
    spent = spoken[spoken[["disbursed", "rate"]].notna().any(axis=1)]
    first = next((spent if len(spent) else spoken).itertuples(), None)
    return None if first is None else known(first, quarter, lang)


def opening(rows: pd.DataFrame, head: Known | None, quarter: str, lang: str) -> list[Known]:
    """Return the headline with what else is newest of the same money on another day, most amounts first.

    A newer rate alone so does not hide what was spent before; each fact keeps its own day. Money of the headline's
    own source, carry-over and plan comes first.
    """
    if head is None:
        return []
    spoken = views.newest(rows, head.period, quarter)
    for name in ("programme", "capital", "basis"):
        spoken = spoken[spoken[name] == getattr(head.row, name)]
    facts = [known(row, quarter, lang) for row in spoken.itertuples()]
    own = terms(head.row, lang)
    return sorted(facts, key=lambda fact: (terms(fact.row, lang) != own, fact.spent is None, fact.given is None))


def parts(rows: pd.DataFrame, head: Known | None, quarter: str, lang: str) -> tuple[list[Known], list[list[Known]]]:
    """Return what is newest of a place's other money: by capital of all programmes, a list for each programme."""
    spoken = views.newest(rows, head.period if head else None, quarter)
    spoken = spoken[spoken["basis"] == "actual"]
    facts = [known(row, quarter, lang) for row in spoken.itertuples()]
    told = None if head is None else (head.row.programme, head.row.capital)
    rest = [fact for fact in facts if (fact.row.programme, fact.row.capital) != told]
    by_capital = [fact for fact in rest if fact.row.programme == "ntp"]
    joined = sorted({fact.row.programme for fact in rest} - set(views.PROGRAMMES))
    others = [*(p for p in views.PROGRAMMES if p != "ntp"), *joined]
    by_programme = [[fact for fact in rest if fact.row.programme == p] for p in others]
    return by_capital, [facts for facts in by_programme if facts]


def pace(fact: Known | None) -> Pace | None:
    """Return a rate beside the share of its plan year gone; None outside of the plan year."""
    if fact is None or fact.rate is None or fact.day is None:
        return None
    gone = views.year_gone(fact.period, fact.day)
    if gone is None or gone >= 100:
        return None
    shown = Quantity(gone, "percent", rule="share_of_year")
    gap = fact.rate.value - gone
    relation = "ahead" if gap > 0 else "behind" if gap < 0 else "level"
    open_ended = {"over": "behind", "under": "ahead"}.get(fact.rate.bound)
    if relation == open_ended or (fact.rate.bound != "exact" and relation == "level"):
        return Pace(shown, None, "")
    bound = "about" if fact.rate.bound == "about" else "exact" if fact.rate.bound == "exact" else "over"
    return Pace(shown, Quantity(gap, "points", fact.rate.figures, bound, "rate_less_share_of_year"), relation)


def interval(quantity: Quantity) -> tuple[float, float]:
    """Return between which values the true one lies; "about" is taken as within a tenth.

    >>> interval(Quantity(40.0, "percent", bound="over"))
    (40.0, inf)
    """
    value = quantity.value
    return {
        "over": (value, float("inf")),
        "under": (0.0, value),
        "about": (value * 0.9, value * 1.1),
    }.get(quantity.bound, (value, value))


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among the others: how many have a surely higher and a surely lower rate, how many are open."""

    others: Quantity
    higher: Quantity
    lower: Quantity
    open: Quantity


def standing(panel: pd.DataFrame, head: Known | None, quarter: str) -> Standing | None:
    """Compare a province with the other provinces' rates for the same money, known for the same quarter."""
    if head is None or head.rate is None or head.old or head.unsure:
        return None
    rows = views.compared(panel, head.row, quarter)
    rows = rows[rows["place"] != head.place]
    facts = [rate(row) for row in rows.itertuples() if not views.is_old(row, quarter)]
    shares = [share for share in facts if share is not None]
    if not shares:
        return None
    low, high = interval(head.rate)
    above = [s for s in shares if interval(s)[0] >= high and s.value > head.rate.value]
    below = [s for s in shares if interval(s)[1] <= low and s.value < head.rate.value]
    rest = [s for s in shares if s not in above and s not in below]

    def counted(some: Sequence[Quantity]) -> Quantity:
        return count(len(some), "count_of_places", (f for s in some for f in s.figures))

    return Standing(counted(shares), counted(above), counted(below), counted(rest))


@dataclass(frozen=True, slots=True)
class Change:
    """An earlier rate of the same money, and by how many points it has moved since, where that is sure."""

    before: Known
    moved: Quantity | None
    direction: str


def change(panel: pd.DataFrame, head: Known | None, quarter: str, lang: str) -> Change | None:
    """Return the rate known for the last day before the headline's, for the same money."""
    earlier = _same_money(panel, head)
    if head is None or earlier is None or head.day is None or head.rate is None:
        return None
    earlier = earlier[(earlier["period"] == head.period) & (earlier["as_of"] < head.row.as_of)]
    if earlier.empty:
        return None
    before = known(next(earlier.tail(1).itertuples()), quarter, lang)
    if before.rate is None or before.day is None:
        return None
    gap = head.rate.value - before.rate.value
    direction = "up" if gap > 0 else "down" if gap < 0 else "same"
    if {head.rate.bound, before.rate.bound} != {"exact"}:
        return Change(before, None, "")
    figures = (*head.rate.figures, *before.rate.figures)
    return Change(before, Quantity(gap, "points", figures, rule="rate_less_earlier_rate"), direction)


def year_before(panel: pd.DataFrame, head: Known | None, quarter: str, lang: str) -> Known | None:
    """Return the rate of the plan year before on the day nearest to the same one of that year (ten days either way)."""
    earlier = _same_money(panel, head)
    if head is None or earlier is None or head.day is None or len(head.period) != 4:
        return None
    earlier = earlier[earlier["period"] == str(int(head.period) - 1)]
    days = (head.row.as_of - earlier["as_of"]).dt.days
    away = (days - 365).abs().sort_values(ascending=False, kind="stable")
    near = earlier.loc[away.index[away <= 10]]
    return None if near.empty else known(next(near.tail(1).itertuples()), quarter, lang)


def _same_money(panel: pd.DataFrame, head: Known | None) -> pd.DataFrame | None:
    """Return the dated rates of the same money as the headline's, oldest first; none read with low confidence."""
    if head is None or head.unsure:
        return None
    columns = ["place", "level", "programme", "capital", "source", "carryover"]
    columns += ["plan"] if "plan" in panel else []
    same = panel["rate"].notna() & ~views.unsure(panel)
    for column in columns:
        same &= panel[column] == getattr(head.row, column)
    rows = views.actual(panel[same])
    if "dated" in rows:
        rows = rows[rows["dated"] != "period"]
    return rows.sort_values("as_of", kind="stable")


def inside(panel: pd.DataFrame, place: str, quarter: str, lang: str) -> list[tuple[str, list[Known]]]:
    """Return what is newest of the places in a province, a list for each, those with most known first."""
    rows = panel[(panel["province"] == place) & (panel["level"] != "province")]
    found: dict[str, list[Known]] = {}
    for row in views.newest(rows, quarter=quarter).itertuples():
        if row.basis == "actual":
            found.setdefault(place_name(row.place, row.level, lang), []).append(known(row, quarter, lang))
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def span(rows: pd.DataFrame, head: Known | None, quarter: str, lang: str) -> Known | None:
    """Return what is known of all programmes together for the span of years around the headline's year."""
    year = quarter[:4]
    spans = rows[views.of_year(rows, year) & (rows["period"].str.len() > 4) & (rows["programme"] == "ntp")]
    if head is None or len(head.period) != 4 or spans.empty:
        return None
    return headline(spans, quarter, lang)


def plans(rows: pd.DataFrame, quarter: str, lang: str) -> tuple[list[list[Known]], list[list[Known]]]:
    """Return what must be reached and what is expected: a place's targets and forecasts, a list for each money."""
    rows = rows[rows["basis"] != "actual"]
    if rows.empty:
        return [], []
    year = quarter[:4]
    chosen = (rows["component"] == "") & (rows["carryover"] != "only")
    chosen &= rows[["allocated", "disbursed", "rate"]].notna().any(axis=1)
    chosen &= (rows["period"].str[:4] <= year) & (rows["period"].str[-4:] >= year)
    chosen &= rows["as_of"] >= views.quarter_start(quarter).isoformat()  # older plans are history
    some = views.best(rows[chosen], ["programme", "capital", "basis", "as_of"], views.CAPITALS)
    found = [known(row, quarter, lang) for row in views.in_order(some).itertuples()]
    targets, forecasts = ([one for one in found if one.row.basis == basis] for basis in ("target", "forecast"))
    return _by_money(targets), _by_money(forecasts)


def _by_money(found: Sequence[Known]) -> list[list[Known]]:
    same: dict[tuple[str, ...], list[Known]] = {}
    for one in found:
        same.setdefault((one.programme, one.capital, one.source, one.period), []).append(one)
    return list(same.values())


def hold_ups(obstacles: pd.DataFrame, lang: str, column: str = "article") -> list[tuple[Said, Quantity]]:
    """Return each obstacle with how many articles (or provinces) it is named for, most often named first."""
    if obstacles.empty:
        return []
    named = obstacles[obstacles[column].fillna("") != ""]
    found = []
    for code, group in named.groupby("obstacle"):
        articles = tuple(sorted(set(group["article"])))
        rule = "count_of_articles" if column == "article" else "count_of_places"
        said = Said(label("obstacle", str(code), lang, long=True), articles=articles)
        found.append((said, count(group[column].nunique(), rule)))
    return sorted(found, key=lambda pair: -pair[1].value)  # by its code where equal: the same in every language


def most_named(named: Sequence[tuple[Said, Quantity]], shown: int = 3) -> list[tuple[Said, Quantity]]:
    """Return the first of `hold_ups`, and those that are named as often as the last of them.

    None that is tied with more than twice as many: no few of them are the most often named.
    """
    if len(named) <= shown:
        return list(named)
    least = named[shown - 1][1].value
    tied = [pair for pair in named if pair[1].value >= least]
    return tied if len(tied) <= 2 * shown else [pair for pair in tied if pair[1].value > least]


def newest(obstacles: pd.DataFrame) -> date | None:
    """Return the day of the newest article that names an obstacle, where it is known."""
    days = obstacles["published"].dropna() if "published" in obstacles else []
    return max(days).date() if len(days) else None


def doubts(checks: pd.DataFrame, lang: str) -> list[Said]:
    """Return what the audit says, worst first, notes left out, each sentence once."""
    if checks.empty:
        return []
    rows = checks[checks["severity"] != "note"]
    rank = views.rank_of(rows["severity"], SEVERITIES)
    rows = rows.assign(_rank=rank).sort_values("_rank", kind="stable").drop_duplicates(f"message_{lang}")
    return [
        Said(getattr(row, f"message_{lang}"), tuple(filter(None, row.figures.split(";"))), (row.article,))
        for row in rows.itertuples()
    ]
