"""Whose money was spent, where the words leave it open: that of the plan from which the stated rate follows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ntp_analysis.model import Figure
from ntp_analysis.precision import interval

NEAR = ("clause", "sentence")
BESIDE = 60
"""characters between a sum and its rate"""
TOLD = ("programme", "capital")
SPENT = {"disbursed": "rate", "distributed": "distribution_rate"}


def reconcile(figures: list[Figure], text: str) -> None:
    """Give sums spent, and their rates, the subject of the one plan told before of which they are that share.

    `119,6 tỷ đồng vốn đầu tư ... Đến giữa tháng 9, huyện giải ngân 21,5 tỷ đồng, đạt gần 18%`: 21,5 is 18 % of the
    investment capital's 119,6. Only what neither the clause nor the sentence says is taken from the plan, and only
    where the plan of the subject taken from further away does not fit. `figures` are in text order.
    """
    texts = {f.article: text for f in figures[:1]}
    for spent, rate in _rated(figures):
        plans = [f for f in figures if f.measure == "allocated" and f.start < spent.start and _same_frame(f, spent)]
        fitting = [f for f in plans if _near(spent, f, rate) and interval(spent, texts).percent_of(interval(f, texts)).meets(interval(rate, texts))]
        subjects = {_subject(f) for f in fitting}
        if len(subjects) == 1 and _subject(spent) not in subjects and _leaves_open(spent, fitting[0]):
            for f in (spent, rate):
                f.evidence |= {name: "article" for name in TOLD if getattr(f, name) != getattr(fitting[0], name)}
                f.programme, f.capital, f.component = _subject(fitting[0])


def _rated(figures: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    for spent, rate in pairwise(figures):
        beside = SPENT.get(spent.measure) == rate.measure and 0 <= rate.start - spent.end <= BESIDE
        if beside and spent.value and _subject(spent) == _subject(rate) and spent.place == rate.place and not all(spent.evidence[name] in NEAR for name in TOLD):
            yield spent, rate


def _subject(f: Figure) -> tuple[str, str, str]:
    return f.programme, f.capital, f.component


def _same_frame(plan: Figure, spent: Figure) -> bool:
    return (plan.place, plan.level, plan.period) == (spent.place, spent.level, spent.period)


def _near(spent: Figure, plan: Figure, rate: Figure) -> bool:
    """Whether a bound could bring the share to the rate: cheap to ask before the digits are looked at."""
    return bool(plan.value) and abs(100 * spent.value / plan.value - rate.value) <= 1 + rate.value / 2


def _leaves_open(spent: Figure, plan: Figure) -> bool:
    """Whether the plan's subject differs only in what the sentence of the sum does not say."""
    return all(spent.evidence[name] not in NEAR or getattr(plan, name) == getattr(spent, name) for name in TOLD)
