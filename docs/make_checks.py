"""Write docs/checks.md: what each check of the audit is about, with an example that was run.

    python docs/make_checks.py

The words come from ntp_analysis/data/checks.toml, the examples from the annotated articles in tests/corpus. For a mistake
that they hardly make, one number of an article is changed, and the page says which.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import gold  # noqa: E402

from ntp_analysis import audit  # noqa: E402
from ntp_analysis.export import plain_number  # noqa: E402
from ntp_analysis.findings import declared  # noqa: E402

HEAD = """# The checks of the audit

`corpus.checks` (and `checks.csv`) has a row for each finding: no number is changed or dropped because of one.
This page is made by `docs/make_checks.py`; edit `ntp_analysis/data/checks.toml` instead.

Columns: `check`, `severity`, what it is about (`article`, `place`, `province`, `programme`, `component`, `capital`,
`period`, `as_of`), `figures` (ids in `corpus.figures`, the doubted one first), `stated`, `expected`, `unit`,
`message_en`, `message_vi`.

Severity: **error**, the numbers cannot all be right; **warning**, they hardly are; **note**, worth knowing.

How numbers are compared. A printed number stands for an interval: one unit of its last printed digit up and down
(39,7% is 39,6 to 39,8), because the press cuts digits off as often as it rounds. "Trên" reaches up to a quarter
more, "gần" and "dưới" down to half, "khoảng" a tenth to either side. A finding needs numbers of one article
that agree in place, programme, component, capital, period, plan, source and carry-over; where source or
carry-over is not said, any reading that fits is enough for silence. How often the audit is right is measured
by `benchmarks/audit.py`.
"""
BN = 10**9
CHANGES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    # check: article, cells that find the figure, what is changed in it (or in a copy of it by another article)
    "distribution_rate": ("d04_backan_9thang", {"measure": "distribution_rate"}, {"value": 84.8}),
    "undisbursed": ("d07_thainguyen_2025", {"measure": "undisbursed"}, {"value": 576.2 * BN}),
    "overspent": ("d26_laocai_simacai", {"measure": "disbursed", "programme": "nrd"}, {"value": 19.594 * BN}),
    "overdistributed": ("d04_backan_9thang", {"measure": "distributed"}, {"value": 898.4 * BN}),
    "capital": ("d03_tuyenquang_lungphin", {"capital": "investment"}, {"value": 34.6 * BN}),
    "sources": ("d05_backan_congtt", {"source": "local"}, {"value": 187.7 * BN}),
    "carried": ("d11_dienbien_phongvan", {"carryover": "only"}, {"value": 302.118 * BN, "carryover": "only"}),
    "places": ("d04_backan_9thang", {"place": "Pác Nặm"}, {"value": 79.1 * BN}),
    "components": ("d02_hagiang_meovac", {"component": "DA2"}, {"value": 70 * BN}),
    "rate_parts": ("d09_quangnam_miennui", {"programme": "sedema"}, {"value": 37.9}),
    "falls": (
        "000_ba1e3139a6b3e686",
        {"measure": "disbursed"},
        {"value": 896_936_000_000, "as_of": "2023-09-30", "article": "another", "figure": "another#1"},
    ),
    "rate_falls": (
        "000_ba1e3139a6b3e686",
        {"measure": "rate"},
        {"value": 21.3, "as_of": "2023-09-30", "article": "another", "figure": "another#1"},
    ),
    "at_odds": (
        "000_ba1e3139a6b3e686",
        {"measure": "disbursed"},
        {"value": 1_096_936_000_000, "article": "another", "figure": "another#1"},
    ),
    "magnitude": ("d26_laocai_simacai", {"measure": "disbursed", "programme": "spr"}, {"value": 24_080_000}),
    "over_hundred": ("d26_laocai_simacai", {"measure": "rate", "programme": "spr"}, {"value": 125.0}),
    "after_publication": ("000_ba1e3139a6b3e686", {"measure": "disbursed"}, {"as_of": "2023-12-31"}),
    "before_plan": ("000_ba1e3139a6b3e686", {"measure": "disbursed"}, {"as_of": "2022-11-30"}),
    "inferred": ("000_ba1e3139a6b3e686", {"measure": "disbursed"}, {"as_of_from": "default"}),
}


def page() -> str:
    """Return the page as Markdown."""
    corpus = gold.corpus("seeds", "dev", "practice")
    parts = [HEAD]
    for code, check in declared().items():
        row, changed = example(corpus, code)
        parts.append(
            f"## `{code}`: {check['title_en']}\n\n*{check['title_vi']}.* Severity: **{check['severity']}**.\n\n"
            f"{check['about'].strip()}\n\n{changed}\n\n> {row.message_en}\n>\n> {row.message_vi}\n\n"
            f"Figures: {', '.join(f'`{id}`' for id in row.figures.split(';')[:4])}.\n"
        )
    return "\n".join(parts)


def example(corpus: Any, code: str) -> tuple[Any, str]:
    """Return a row of `checks` with this code, and where it comes from."""
    if code not in CHANGES:
        real = corpus.checks[corpus.checks["check"] == code].sort_values("article").iloc[0]
        return real, f"In `{real['article']}`:"
    article, cells, change = CHANGES[code]
    figures = corpus.figures[corpus.figures["article"] == article].reset_index(drop=True)
    wanted = (figures[list(cells)] == pd.Series(cells)).all(axis=1)
    at = figures.index[wanted][0]
    one = figures.loc[[at]].assign(**change).astype(figures.dtypes.to_dict())
    keep = figures if "article" in change else figures.drop(index=at)
    articles = corpus.articles[corpus.articles["article"] == article]
    checks = audit.check(pd.concat([keep, one]).sort_values("start", kind="stable"), articles)
    told = "; ".join(
        f"`{name}` {plain_number(value) if isinstance(value, (int, float)) else value}"
        for name, value in change.items()
    )
    how = "told again with" if "article" in change else "changed to"
    where = f"In `{article}`, with the figure `{figures.at[at, 'figure']}` {how} {told}:"
    return checks[checks["check"] == code].iloc[0], f"A mistake made for this page. {where}"


if __name__ == "__main__":
    (ROOT / "docs" / "checks.md").write_text(page(), encoding="utf-8", newline="\n")
