"""Provinces before 1 July 2025 viewed as the ones they merged into.

Only what can be added is added: an amount of all the parts, for the same programme, component, capital, source, period,
basis, carry-over, plan and day (allocations that name no day are added whatever the days of their
articles). Rates are never added or averaged; where both amounts were added, a rate is computed from the
sums. Rows of parts that cannot be added stay as they are, with the new province in `province`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ntp_analysis.gazetteer import MERGER

if TYPE_CHECKING:
    import pandas as pd

SPENDING = [
    "disbursed_figure",
    "rate_figure",
    "undisbursed_figure",
    "distributed_figure",
    "distribution_rate_figure",
]
MONEY = ("allocated", "disbursed", "distributed", "undisbursed")
CELL = ("programme", "component", "capital", "source", "period", "as_of", "basis", "carryover", "plan")


@cache
def successors() -> Mapping[str, str]:
    """Return the province of today for each province before 1 July 2025, by name.

    >>> successors()["Hà Giang"], successors()["Thừa Thiên Huế"], successors()["Lai Châu"]
    ('Tuyên Quang', 'Huế', 'Lai Châu')
    """
    text = files("ntp_analysis").joinpath("data/places.csv").read_text(encoding="utf-8")
    provinces = [row for row in csv.DictReader(text.splitlines()) if row["level"] == "province"]
    today = {row["code"]: row["name"] for row in provinces if not row["successor"]}
    return {row["name"]: today[row["successor"]] for row in provinces if row["successor"]}


@cache
def parts() -> Mapping[str, frozenset[str]]:
    """Return the provinces that each province of today was made of; one name of each.

    >>> sorted(parts()["Tuyên Quang"])
    ['Hà Giang', 'Tuyên Quang']
    """
    made: dict[str, set[str]] = defaultdict(set)
    for old, new in successors().items():
        if old != "Thừa Thiên Huế":  # Huế since 2025-01-01: one province, two names
            made[new].add(old)
    return {new: frozenset(old) for new, old in made.items()}


def merge(panel: pd.DataFrame) -> pd.DataFrame:
    """Return `panel` with the provinces before the merger added up to those of today, where that can be done.

    `vintages` of a sum is the largest of its parts, `article` and the ids of figures are joined by
    semicolons.
    """
    import pandas as pd

    old = panel["as_of"] < pd.Timestamp(MERGER)
    table = panel.copy()
    table.loc[old, "province"] = [successors().get(name, name) for name in panel.loc[old, "province"]]
    renamed = old & (table["level"] == "province") & (table["place"] == "Thừa Thiên Huế")
    table.loc[renamed, "place"] = "Huế"
    candidates = table[old & (table["level"] == "province")]
    telling = (candidates[SPENDING] != "").any(axis=1)
    candidates = candidates.assign(day=candidates["as_of"].where(telling, pd.Timestamp(0)))
    by = ["province", *(name for name in CELL if name != "as_of"), "day"]
    sums, added = [], []
    for key, rows in candidates.groupby(by, sort=False, dropna=False):
        wanted = parts().get(key[0], frozenset())
        complete = len(wanted) > 1 and set(rows["place"]) == wanted and len(rows) == len(wanted)
        if complete and (total := _sum(key[0], rows)):
            sums.append(total)
            added.extend(rows.index)
    if not sums:
        return table
    made = pd.DataFrame(sums)[list(table)].astype(table.dtypes.to_dict())
    merged = pd.concat([table.drop(index=added), made], ignore_index=True)
    return _mark_latest(merged)


def _sum(province: str, rows: pd.DataFrame) -> dict[str, Any] | None:
    """Return the row of the sums of money that all parts have; None if there is none."""
    total: dict[str, Any] = dict(rows.iloc[0])
    shared = [measure for measure in MONEY if rows[measure].notna().all()]
    if not shared:
        return None
    for measure in MONEY:
        both = measure in shared
        total[measure] = rows[measure].sum() if both else None
        total[f"{measure}_bound"] = _bound(rows[f"{measure}_bound"].to_list()) if both else ""
        total[f"{measure}_figure"] = ";".join(rows[f"{measure}_figure"]) if both else ""
    for measure in ("rate", "distribution_rate"):
        total[f"{measure}_bound"] = total[f"{measure}_figure"] = ""
    total |= dict.fromkeys(("rate_stated", "distribution_rate", "rate_computed", "rate"))
    total["rate_used"] = ""
    if {"allocated", "disbursed"} <= set(shared) and total["allocated"]:
        total["rate"] = total["rate_computed"] = 100 * total["disbursed"] / total["allocated"]
        total["rate_used"] = "computed"
    total |= {"place": province, "province": province, "published": rows["published"].max()}
    total["confidence"] = next((c for c in ("", "low", "medium") if c in set(rows["confidence"])), "high")
    total |= {"as_of": rows["as_of"].max(), "dated": rows["dated"].max()}
    total |= {"article": ";".join(dict.fromkeys(rows["article"])), "vintages": int(rows["vintages"].max())}
    total["alternatives"] = ";".join(filter(None, rows["alternatives"]))
    return total


def _bound(bounds: Sequence[str]) -> str:
    """Return the bound of a sum: of exact numbers and one kind of bound, that kind; else about.

    >>> _bound(["exact", "over"]), _bound(["exact", "exact"]), _bound(["over", "under"])
    ('over', 'exact', 'about')
    """
    kinds = set(bounds) - {"exact"}
    return "exact" if not kinds else kinds.pop() if len(kinds) == 1 else "about"


def _mark_latest(table: pd.DataFrame) -> pd.DataFrame:
    """Sums join rows since the merger: of one place and cell, the newest that tells of spending is the
    latest."""
    key = ["place", "level", *(name for name in CELL if name != "as_of")]
    telling = (table[SPENDING] != "").any(axis=1).astype(int) + (table[SPENDING[:2]] != "").any(axis=1)
    order = table.assign(telling=telling).sort_values(["telling", "as_of"], kind="stable")
    newest = order.drop_duplicates(key, keep="last").index
    return table.assign(latest=table.index.isin(newest))
