"""What the figures contradict: checks are rows, not exceptions, and no number is changed by them.

`check` runs every check of `contradictions` and returns the table `checks`. Which figures may be compared
is said in `ledger`, how far printed numbers may differ in `precision`, the words in ``data/checks.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ntp_analysis import contradictions as c
from ntp_analysis import schema
from ntp_analysis.findings import SEVERITIES, Finding, row
from ntp_analysis.ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd


def check(
    figures: pd.DataFrame, articles: pd.DataFrame | None = None, texts: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the findings about `figures` as the table `checks`, the most severe first.

    `articles` gives days of publication, `texts` the words as printed; without them, fewer things can be
    said.

    >>> from ntp_analysis import schema
    >>> cells = dict(article=["a"] * 3, place=["Nậm Nhùn"] * 3, level=["district"] * 3,
    ...     programme=["sedema"] * 3, capital=["investment"] * 3, basis=["actual"] * 3, bound=["exact"] * 3,
    ...     period=["2024"] * 3, as_of=["", "2024-03-31", "2024-03-31"], start=[0, 1, 2], end=[1, 2, 3],
    ...     measure=["allocated", "disbursed", "rate"], unit=["VND", "VND", "percent"],
    ...     value=[92_711_000_000, 38_111_000_000, 39.7], figure=["a#1", "a#2", "a#3"])
    >>> found = check(schema.frame("figures", cells))
    >>> found.loc[0, ["check", "severity", "figures"]].to_list()
    ['rate', 'error', 'a#3;a#2;a#1']
    >>> float(found.loc[0, "stated"]), float(found.loc[0, "expected"].round(1))
    (39.7, 41.1)
    """
    published = {} if articles is None else dict(zip(articles["article"], articles["published"], strict=True))
    ledger = Ledger(schema.records(figures), texts or {})
    found = [row(finding) for finding in _distinct(_all(ledger, published))]
    found.sort(key=lambda cells: SEVERITIES.index(cells["severity"]))
    return schema.frame("checks", {name: [cells[name] for cells in found] for name in schema.columns("checks")})


def _all(ledger: Ledger, published: dict[str, object]) -> Iterator[Finding]:
    for finder in (c.rates, c.left_unspent, c.too_much, c.parts, c.carried, c.rates_of_parts, c.places, c.components):
        yield from finder(ledger)
    yield from c.falls(ledger)
    yield from c.at_odds(ledger, published)
    for finder in (c.proportions, c.over_hundred, c.odd_units, c.before_plan):
        yield from finder(ledger)
    yield from c.after_publication(ledger, published)
    yield from c.inferred(ledger, published)


def _distinct(findings: Iterator[Finding]) -> Iterator[Finding]:
    """One finding for one set of figures: the first check that doubts them speaks."""
    seen: set[frozenset[str]] = set()
    for finding in findings:
        involved = frozenset(figure.figure for figure in finding.figures)
        if involved not in seen or finding.check == "inferred":
            seen.add(involved)
            yield finding
