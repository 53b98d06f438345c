"""What is told of the days up to a quarter's end: one row a place, programme, component, capital, source,
period and day.

How the value of a cell is chosen where several figures could fill it, in this order: the article that was
published last; an exact number before a bounded one; an article about the place's own province before a
national table; the higher confidence; the first in the text. Figures of one row come from one article where
it has them. What was not chosen stays in `alternatives`, and the number of other articles that spoke of the
row in `vintages`.

Which allocation a row's spending is measured against: that of the same article, else the newest one known.
Of several in one article, the one that the rate stated there confirms; of another article none that the stated
rate denies. It must agree in source, carry-over and
plan; one that leaves them unsaid (or says what the row leaves unsaid) is taken only from the same article, and
only if the rate stated there confirms it. An allocation that is not taken but counts from the same day as the
row is in the row's `alternatives`: a cell has one row a day.

Money once spent stays spent: a sum that is a tenth or more below an earlier day's and comes without a rate is
only in `alternatives`; one of less than half of an earlier day's also with one, and its rate with it, and the allocation that this is of.

Days: a figure counts from the day that it describes; without one, from its article's publication; else from
the start of its period (`dated` says which). Targets and forecasts describe days to come: they count from
publication. A figure with neither day nor period is in no panel; `panel.attrs["undated"]` names those.
A figure whose article does not tell its place is in none either: `panel.attrs["unplaced"]`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ntp_analysis import schema
from ntp_analysis.errors import UnknownPlace
from ntp_analysis.ledger import compatible
from ntp_analysis.precision import interval
from ntp_analysis.text import alphabetical
from ntp_analysis.views import quarter_end, quarter_on

if TYPE_CHECKING:
    import pandas as pd

KEY = tuple("place level province programme component capital source period basis carryover plan".split())
SPENDING = ("disbursed", "rate", "undisbursed", "distributed", "distribution_rate")
FALL = 0.9
"""share of an earlier day's sum under which a later one without a rate is doubted"""
FAR = 0.5
"""share under which it is doubted whatever rate stands beside it"""
CONFIDENCE = {"high": 0, "medium": 1, "low": 2, "": 3}


PLAN_KEY = ("article", "place", "level", "programme", "component", "capital", "period", "plan")


class Known(NamedTuple):
    """A figure with the day that it counts from."""

    figure: Any
    day: Any
    dated: str
    published: Any
    own: bool
    """whether its article is about the figure's own province"""


Plans = Mapping[tuple[str, ...], Sequence[Known]]


def panel(
    figures: pd.DataFrame, articles: pd.DataFrame, quarter: str, merged: bool = False, published_by: str = ""
) -> pd.DataFrame:
    """Return the table `panel` of what the figures tell about days up to the end of `quarter`.

    Parameters
    ----------
    figures, articles : DataFrame
        Tables as `schema` declares them.
    quarter : str
        Such as "2023Q3"; UnknownQuarter is raised for anything else.
    merged : bool
        View provinces as they are since 1 July 2025: see `merging.merge`.
    published_by : str
        Such as "2023-10-15": only articles published by that day count, and those without a day of publication.
        By default all do that tell of days up to the quarter's end, whenever they were published.

    Money is in đồng, rates in percent. Rows are ordered by place, programme, component, capital, source,
    period, day.
    """
    import pandas as pd

    end = pd.Timestamp(quarter_end(quarter))
    if published_by:
        late = articles.loc[articles["published"] > pd.Timestamp(published_by), "article"]
        figures = figures[~figures["article"].isin(late)]
    known, undated, unplaced = _known(figures, articles)
    by_key: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for one in known:
        by_key[tuple(getattr(one.figure, name) for name in KEY)].append(one)
    plans = _plans(known)
    rows = [row for key, cell in by_key.items() for row in _rows(key, cell, plans, end)]
    table = _table(rows)
    if merged:
        from ntp_analysis.merging import merge

        table = merge(table)
    table.attrs.update(quarter=quarter, undated=undated, unplaced=unplaced)
    return table


def quarters(figures: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Return the quarters that the figures' days fall in, oldest first; targets and forecasts apart."""
    known, _, _ = _known(figures, articles)
    return sorted({quarter_on(one.day.date()) for one in known if one.figure.basis == "actual"})


def check_place(tables: pd.DataFrame, place: str) -> str:
    """Return `place` if figures or a panel know it as a place or province, else raise UnknownPlace.

    >>> from ntp_analysis import schema
    >>> check_place(schema.frame("problems", {}).assign(place=["Hà Giang"][:0], province=""), "Hà Giang")
    Traceback (most recent call last):
    ...
    ntp_analysis.errors.UnknownPlace: no place 'Hà Giang' in the tables; there are 0, none like it
    """
    names = sorted({*tables["place"], *tables["province"]} - {""})
    if place not in names:
        raise UnknownPlace(place, names)
    return place


def _known(figures: pd.DataFrame, articles: pd.DataFrame) -> tuple[list[Known], list[str], list[str]]:
    import pandas as pd

    published = dict(zip(articles["article"], articles["published"], strict=True))
    about = dict(zip(articles["article"], articles["province"], strict=True))
    known, undated, unplaced = [], [], []
    for figure in schema.records(figures):
        if not figure.place:
            unplaced.append(figure.figure)
            continue
        out = published.get(figure.article, pd.NaT)
        days = (
            (figure.as_of, "as_of"),
            (out, "published"),
            (pd.Timestamp(f"{figure.period[:4]}-01-01") if figure.period else pd.NaT, "period"),
        )
        day, dated = next(((day, dated) for day, dated in days if not pd.isna(day)), (pd.NaT, ""))
        if not dated:
            undated.append(figure.figure)
            continue
        own = bool(figure.province) and about.get(figure.article, "") == figure.province
        known.append(Known(figure, day, dated, out, own))
    return known, undated, unplaced


def _plans(known: Iterable[Known]) -> Plans:
    plans: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for one in known:
        if one.figure.measure == "allocated" and one.figure.value > 0:
            plans[_plan_key(one.figure)].append(one)
    return plans


def _plan_key(figure: Any) -> tuple[str, ...]:
    return tuple(getattr(figure, name) for name in PLAN_KEY)


def _counts(one: Known, end: Any) -> bool:
    """Whether the figure was there at the quarter's end."""
    if one.figure.basis == "actual" or one.published != one.published:
        return bool(one.day <= end)
    return bool(one.published <= end)


def _rank(one: Known) -> tuple[Any, ...]:
    published = one.published.timestamp() if one.published == one.published else float("-inf")
    figure = one.figure
    return (-published, figure.bound != "exact", not one.own, CONFIDENCE[figure.confidence], figure.start)


def _rows(key: tuple[str, ...], cell: Sequence[Known], plans: Plans, end: Any) -> Iterable[dict[str, Any]]:
    """Yield the rows of one cell: one for each day that spending is told of, then allocations nobody used."""
    allocated = [one for one in cell if one.figure.measure == "allocated"]
    days: dict[Any, list[Known]] = defaultdict(list)
    for one in cell:
        if one.figure.measure != "allocated" and _counts(one, end):
            days[one.day].append(one)
    made, used = [], set()
    for day, told in days.items():
        row, given = _row(key, day, told, allocated, plans, end)
        made.append(row)
        used |= given
    rest = [one for one in allocated if _counts(one, end) and one.figure.figure not in used]
    spent_on = {row["as_of"]: row for row in made}
    for day, same in _by_day(rest).items():
        if day in spent_on:
            spent_on[day]["alternatives"] = _join(spent_on[day]["alternatives"], _alternatives(same, {}))
        else:
            made.append(_row(key, day, same, same, plans, end)[0])
    _doubt_falls(made)
    _mark_latest(made)
    yield from made


def _by_day(known: Iterable[Known]) -> Mapping[Any, list[Known]]:
    days: dict[Any, list[Known]] = defaultdict(list)
    for one in known:
        days[one.day].append(one)
    return days


def _join(*alternatives: str) -> str:
    return ";".join(filter(None, alternatives))


def _doubt_falls(rows: Sequence[dict[str, Any]]) -> None:
    """Leave a sum spent that falls far below an earlier day's to `alternatives`, and make no rate of it."""
    most = confirmed = 0.0
    for row in sorted(rows, key=lambda row: row["as_of"]):
        spent, stated = row.get("disbursed"), row.get("rate_stated")
        if spent is None:
            continue
        exact = row["disbursed_bound"] == "exact"
        if spent < FAR * most or (exact and stated is None and spent < FALL * confirmed):
            _set_aside(row)
            continue
        if row["period"] and row["dated"] == "as_of" and row["disbursed_bound"] in ("exact", "over"):
            most = max(most, spent)  # the audit asks no more: see its check `falls`
        if stated is not None and exact:
            confirmed = max(confirmed, spent)


def _set_aside(row: dict[str, Any]) -> None:
    """Move a row's money spent to `alternatives`, with the rate that its article states and what that is a rate of."""
    from ntp_analysis.export import plain_number

    source = row["disbursed_figure"].rpartition("#")[0]
    moved = [("disbursed", "disbursed"), ("rate", "rate_stated")]
    computed, stated = row.get("rate_computed"), row.get("rate_stated")
    if computed is not None and stated is not None and abs(computed - stated) < 1:
        moved.append(("allocated", "allocated"))
    for measure, name in moved:
        figure = row.get(f"{measure}_figure", "")
        if row.get(name) is not None and figure.rpartition("#")[0] == source:
            row["alternatives"] = _join(row["alternatives"], f"{measure}={plain_number(row[name])}@{figure}")
            row.update({name: None, f"{measure}_bound": "", f"{measure}_figure": ""})
    row["rate_computed"] = None
    _add_rate(row)


def _mark_latest(rows: Sequence[dict[str, Any]]) -> None:
    """The newest row that tells of money spent, else of money passed on or left, else the newest row."""
    for row in rows:
        row["latest"] = False
    if rows:
        max(rows, key=lambda row: (_telling(row), row["as_of"]))["latest"] = True


def _telling(row: Mapping[str, Any]) -> int:
    told = [bool(row.get(f"{measure}_figure")) for measure in SPENDING]
    return 2 if any(told[:2]) else int(any(told))


def _row(
    key: tuple[str, ...],
    day: Any,
    told: Sequence[Known],
    allocated: Sequence[Known],
    all_plans: Plans,
    end: Any,
) -> tuple[dict[str, Any], set[str]]:
    by_measure: dict[str, list[Known]] = defaultdict(list)
    for one in told:
        by_measure[one.figure.measure].append(one)
    main = min(by_measure[next(m for m in (*SPENDING, "allocated") if by_measure[m])], key=_rank)
    row: dict[str, Any] = dict(zip(KEY, key, strict=True))
    row |= {"as_of": day, "article": main.figure.article, "published": main.published, "dated": main.dated}
    chosen = {m: _choose(by_measure[m], main) for m in SPENDING if by_measure[m]}
    plans = [one for one in allocated if one.figure.article == main.figure.article or _counts(one, end)]
    if given := _plan(main, chosen, plans, day, all_plans):
        chosen["allocated"] = given
    for measure, one in chosen.items():
        row["rate_stated" if measure == "rate" else measure] = one.figure.value
        row[f"{measure}_bound"], row[f"{measure}_figure"] = one.figure.bound, one.figure.figure
    _add_rate(row)
    row["confidence"] = _least_sure(chosen)
    told_of = [*told, *plans] if "allocated" in chosen else list(told)
    row["vintages"] = len({one.figure.article for one in told} - {main.figure.article})
    row["alternatives"] = _alternatives(told_of, chosen)
    used = {one.figure.figure for one in plans if one.day <= day or one.figure.article == main.figure.article}
    return row, used if "allocated" in chosen else set()


def _least_sure(chosen: Mapping[str, Known]) -> str:
    """Return the lowest confidence of what the row tells of spending, of its allocation where it tells of none."""
    of = [one for measure, one in chosen.items() if measure != "allocated"] or [*chosen.values()]
    return max((one.figure.confidence for one in of), key=CONFIDENCE.__getitem__)


def _choose(candidates: Sequence[Known], main: Known) -> Known:
    return min(candidates, key=lambda one: (one.figure.article != main.figure.article, *_rank(one)))


def _plan(
    main: Known,
    chosen: Mapping[str, Known],
    plans: Sequence[Known],
    day: Any,
    all_plans: Plans,
) -> Known | None:
    """Return the allocation to measure the row against."""
    basis = main.figure.basis
    if main.figure.measure == "allocated":
        return min(plans, key=_rank)
    if basis == "actual" and plans:
        fitting = [one for one in plans if _may_be(one, main, chosen, day)]
        return min(fitting, key=lambda one: _plan_rank(one, main, chosen), default=None)
    if "rate" not in chosen or "disbursed" not in chosen or basis == "target":
        return None
    return _confirmed(main, chosen, all_plans)


def _may_be(plan: Known, main: Known, chosen: Mapping[str, Known], day: Any) -> bool:
    """Whether spending may be measured against this allocation: of another article only if no stated rate denies it."""
    if plan.figure.article == main.figure.article:
        return not _impossible(plan, chosen)
    return bool(plan.day <= day) and (not {"rate", "disbursed"} <= set(chosen) or _fits(plan, chosen))


def _impossible(plan: Known, chosen: Mapping[str, Known]) -> bool:
    """Whether more was spent than this, though the stated rate says less than all: it is the money of a part."""
    if "rate" not in chosen or "disbursed" not in chosen or chosen["rate"].figure.value > 100:
        return False
    spent, given = (interval(one.figure, {}) for one in (chosen["disbursed"], plan))
    return spent.low > given.high


def _plan_rank(one: Known, main: Known, chosen: Mapping[str, Known]) -> tuple[Any, ...]:
    own = one.figure.article == main.figure.article
    return (not own, own and not _fits(one, chosen), -one.day.timestamp(), *_rank(one))


def _fits(plan: Known, chosen: Mapping[str, Known]) -> bool:
    """Whether the stated rate is the money spent as a share of this allocation."""
    if "rate" not in chosen or "disbursed" not in chosen:
        return False
    spent, given, rate = (interval(one.figure, {}) for one in (chosen["disbursed"], plan, chosen["rate"]))
    return spent.percent_of(given).meets(rate)


def _confirmed(main: Known, chosen: Mapping[str, Known], all_plans: Plans) -> Known | None:
    """Return an allocation of the same article that leaves something unsaid, if the stated rate confirms
    it."""
    plans = all_plans.get(_plan_key(main.figure), ())
    return next((one for one in plans if compatible(one.figure, main.figure) and _fits(one, chosen)), None)


def _add_rate(row: dict[str, Any]) -> None:
    spent, given, stated = (row.get(name) for name in ("disbursed", "allocated", "rate_stated"))
    if spent is not None and given:
        row["rate_computed"] = 100 * spent / given
    computed = row.get("rate_computed")
    row["rate_used"] = "stated" if stated is not None else "computed" if computed is not None else ""
    row["rate"] = stated if stated is not None else computed


def _alternatives(told: Iterable[Known], chosen: Mapping[str, Known]) -> str:
    from ntp_analysis.export import plain_number

    other = []
    for one in told:
        figure = one.figure
        used = chosen.get(figure.measure)
        if used is None or figure.value != used.figure.value:
            other.append(f"{figure.measure}={plain_number(figure.value)}@{figure.figure}")
    return ";".join(dict.fromkeys(other))


def _table(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    blank = {"number": None, "integer": 0, "flag": False, "day": None, "text": ""}
    declared = schema.columns("panel")
    cells = {name: [row.get(name, blank[c.kind]) for row in rows] for name, c in declared.items()}
    order = ["province", "place", "level", "programme", "component", "capital", "source", "period", "as_of"]
    order += ["basis", "carryover", "plan"]
    table = schema.frame("panel", cells)
    return table.sort_values(order, kind="stable", ignore_index=True, key=_in_order)


def _in_order(column: pd.Series) -> pd.Series:
    return column.map(alphabetical) if column.name in ("province", "place") else column
