"""How well the audit tells real contradictions from consistent articles.

    python benchmarks/audit.py [--misses] [--seed N]

Two shares, on the annotated articles of tests/corpus:

found    Numbers that belong to a consistent set (a rate with its two amounts, or parts that add up to their whole)
         are changed one at a time, in the ways that numbers go wrong; how many changed tables get an alarm that
         names the changed figure.
flagged  Of the sets of figures that can be compared at all, how many get an error or a warning although nothing was
         changed. The contradictions that the articles really contain, looked up by hand, stand in KNOWN below.

Changes: `rate` another rate (a fifth or more off), `thousand` triệu for tỷ or tỷ for triệu, `digit` the first digit
of an amount, `swapped` given and spent exchanged, `fall` a later article with less spent, `odds` another article with
another number. The last line is the result.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import gold

from ntp_analysis import audit
from ntp_analysis.corpus import Corpus

CELL = ["article", "place", "level", "programme", "component", "capital", "period"]
PARTS = {
    "programme": ("ntp", {"nrd", "spr", "sedema"}),
    "capital": ("total", {"investment", "recurrent"}),
}
WHOLE = ["article", "place", "level", "component", "source", "measure", "basis", "period", "as_of", "carryover"]
KNOWN = gold.contradictions()


def main() -> int:
    """Run both measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="list changes that were not found, and false alarms")
    parser.add_argument("--seed", type=int, default=1719)
    args = parser.parse_args()
    corpus = gold.corpus()
    lines: list[str] = []
    flagged, sets = clean(corpus, lines)
    found = injected(corpus, random.Random(args.seed), lines)
    if args.misses:
        print("\n".join(lines))
    for kind, (hits, tries) in sorted(found.items()):
        print(f"{kind:10} {hits:4} of {tries:4} found  {hits / tries:.3f}")
    hits, tries = (sum(column) for column in zip(*found.values(), strict=True))
    print(f"audit: found {hits / tries:.3f} of {tries} changes, flagged {flagged / sets:.3f} of {sets} clean sets")
    return 0


def clean(corpus: Corpus, lines: list[str]) -> tuple[int, int]:
    """Return how many comparable sets got an alarm without reason, and how many there are."""
    checks = corpus.checks[corpus.checks["severity"] != "note"]
    false = [row for row in checks.itertuples() if (row.article, row.check) not in KNOWN]
    lines += [f"false alarm: {row.check} {row.article}: {row.message_en}" for row in false]
    return len(false), len(list(triples(corpus.figures))) + len(list(sums(corpus.figures)))


def triples(figures: pd.DataFrame) -> Iterator[tuple[int, int, int]]:
    """Yield (rate, disbursed, allocated) rows of one cell and day that agree to a percentage point."""
    for _, rows in figures[figures["basis"] == "actual"].groupby(CELL, sort=False):
        for rate in rows[rows["measure"] == "rate"].itertuples():
            spent = rows[(rows["measure"] == "disbursed") & (rows["as_of"] == rate.as_of)]
            given = rows[(rows["measure"] == "allocated") & (rows["value"] > 0)]
            for one in spent.itertuples():
                for whole in given.itertuples():
                    if one.value and abs(100 * one.value / whole.value - rate.value) < 1:
                        yield rate.Index, one.Index, whole.Index


def sums(figures: pd.DataFrame) -> Iterator[tuple[int, ...]]:
    """Yield (whole, parts ...) rows that add up to within one percent."""
    money = figures[(figures["unit"] == "VND") & (figures["basis"] == "actual")]
    for name, (whole_code, codes) in PARTS.items():
        other = "capital" if name == "programme" else "programme"
        for _, rows in money.groupby([*WHOLE, other], sort=False, dropna=False):
            whole = rows[rows[name] == whole_code]
            parts = rows[rows[name].isin(codes)]
            if len(whole) == 1 and len(parts) == len(codes) == parts[name].nunique():
                made, value = parts["value"].sum(), whole["value"].iloc[0]
                if value and abs(made / value - 1) < 0.01 and (parts["value"] > 0).all():
                    yield whole.index[0], *parts.index


def injected(corpus: Corpus, chance: random.Random, lines: list[str]) -> dict[str, tuple[int, int]]:
    """Return for each kind of change how many were found, of how many."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for kind, article, figures, changed in changes(corpus.figures, chance):
        checks = audit.check(figures, corpus.articles[corpus.articles["article"] == article])
        alarms = checks.loc[checks["severity"] != "note", "figures"]
        hit = any(changed in ids.split(";") for ids in alarms)
        counts[kind][0] += hit
        counts[kind][1] += 1
        if not hit:
            lines.append(f"missed: {kind} {changed}")
    return {kind: (hits, tries) for kind, (hits, tries) in counts.items()}


def changes(figures: pd.DataFrame, chance: random.Random) -> Iterator[tuple[str, str, pd.DataFrame, str]]:
    """Yield (kind, article, the article's changed figures, id of the changed one)."""
    by_article = dict(list(figures.groupby("article", sort=False)))
    for rate, spent, given in triples(figures):
        table = by_article[figures.at[rate, "article"]]
        value = figures.at[rate, "value"]
        yield _with(table, "rate", rate, round(value * chance.choice((0.5, 0.7, 1.3, 1.6)) + 2, 1))
        for at in (spent, given):
            yield _with(table, "thousand", at, figures.at[at, "value"] * chance.choice((1000, 1 / 1000)))
            yield _with(table, "digit", at, first_digit(figures.at[at, "value"], chance))
        swapped = table.copy()
        swapped.loc[[spent, given], "value"] = table.loc[[given, spent], "value"].to_numpy()
        yield "swapped", table.at[spent, "article"], swapped, table.at[spent, "figure"]
        for kind, days, factor, at in (("fall", 30, 0.7, spent), ("odds", 0, 1.25, spent)):
            yield _retold(table, kind, at, days, factor)
    for _, *parts in sums(figures):
        table = by_article[figures.at[parts[0], "article"]]
        at = chance.choice(parts)
        yield _with(table, "thousand", at, figures.at[at, "value"] * 1000)
        yield _with(table, "digit", at, first_digit(figures.at[at, "value"], chance))


def first_digit(value: float, chance: random.Random) -> float:
    """Return the amount with its first digit changed."""
    digits = str(int(value))
    return float(chance.choice([d for d in "123456789" if d != digits[0]]) + digits[1:])


def _with(table: pd.DataFrame, kind: str, at: int, value: float) -> tuple[str, str, pd.DataFrame, str]:
    changed = table.copy()
    changed.at[at, "value"] = value
    return kind, table.at[at, "article"], changed, table.at[at, "figure"]


def _retold(table: pd.DataFrame, kind: str, at: int, days: int, factor: float) -> tuple[str, str, pd.DataFrame, str]:
    """Add the same figure as another article would tell it, on a later day or with another number."""
    again = table.loc[[at]].copy()
    again["value"] *= factor
    again["as_of"] += pd.Timedelta(days=days)
    again["article"] += "-later"
    again["figure"] += "-later"
    changed = pd.concat([table, again], ignore_index=True).astype(table.dtypes.to_dict())
    return kind, table.at[at, "article"], changed, again["figure"].iloc[0]


if __name__ == "__main__":
    sys.exit(main())
