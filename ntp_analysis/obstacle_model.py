"""What sentences say holds the work back, by the weight of their words: a second opinion on what the lexicon finds.

The lexicon (`obstacles`) knows wordings; what nobody has written down it passes over, and a wording can mean something
else. Here each run of one to three words has a weight for a code, and the weights of a sentence add up to how likely it
says that code: likely enough, and it counts without a wording; too unlikely, and a wording alone does not count. The
weights, `data/obstacle_model.csv`, are learnt from annotated sentences by `benchmarks/obstacle_model.py`, which also says
how often they are right.
"""

from __future__ import annotations

import csv
import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from ntp_analysis.model import Obstacle
from ntp_analysis.obstacles import is_only_asked_for, quote_span

DATA = Path(__file__).parent / "data" / "obstacle_model.csv"
LONGEST = 3
"""words in a run"""
LIKELY = 0.5
"""probability from which a code counts that no wording tells"""
UNLIKELY = 0.1
"""probability below which a wording does not count"""
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[^,;:()“”\"]+")


_EXACT = 6
"""decimals of a sum of weights that its order does not change: the same sentence always says the same"""


@dataclass
class Model:
    """Weights of runs of words, and what each code starts from."""

    bias: dict[str, float] = field(default_factory=dict)
    weights: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    """run of words -> code and weight"""

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What longer runs with a weight begin with: other words need not be followed further."""
        return frozenset(
            " ".join(words[:n]) for run in self.weights for words in [run.split()] for n in range(1, len(words))
        )

    def weighed_runs(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Yield the runs of some words that have a weight, with the indices of their first and last word."""
        weights, beginnings, count = self.weights, self.beginnings, len(words)
        for first, run in enumerate(words):
            last = first
            if run in weights:
                yield run, first, last
            while run in beginnings and (last := last + 1) < count:
                run = f"{run} {words[last]}"
                if run in weights:
                    yield run, first, last

    def probabilities(self, sentence: str) -> dict[str, float]:
        """Return how likely a lower-case sentence says each code, of those that its words speak for."""
        sums: dict[str, float] = defaultdict(float)
        for run in {run for run, _, _ in self.weighed_runs(_WORD.findall(sentence))}:
            for code, weight in self.weights[run]:
                sums[code] += weight
        return {
            code: 1 / (1 + math.exp(-round(self.bias[code] + total, _EXACT)))
            for code, total in sums.items()
            if total > 0
        }

    def heaviest(self, sentence: str, code: str) -> tuple[int, int]:
        """Return the span of the run of words that speaks most for a code."""
        words = list(_WORD.finditer(sentence))
        runs = self.weighed_runs([m.group() for m in words])
        _, first, last = max(
            (sum(w for c, w in self.weights[run] if c == code), -first, last) for run, first, last in runs
        )
        return words[-first].start(), words[last].end()


def weigh(
    article: str, text: str, low: str, sentences: Sequence[tuple[int, int]], found: Sequence[Obstacle]
) -> list[Obstacle]:
    """Return what sentences say holds the work back: of what the lexicon found what is not unlikely, and what is likely.

    `sentences` are spans of `text`, `low` its lower case of the same length, `found` the lexicon's finds in them.

    >>> text = "Cát đá khan hiếm, giá tăng gấp rưỡi so với dự toán."
    >>> [(o.obstacle, o.phrase) for o in weigh("a", text, text.lower(), [(0, len(text))], [])]
    [('materials', 'Cát đá khan hiếm')]
    """
    model = load()
    told: dict[int, list[Obstacle]] = defaultdict(list)
    starts = [start for start, _ in sentences]
    for obstacle in found:
        told[starts[bisect_right(starts, obstacle.start) - 1]].append(obstacle)
    weighed = []
    for start, end in sentences:
        likely = model.probabilities(low[start:end])
        kept = [o for o in told[start] if likely.get(o.obstacle, 0) >= UNLIKELY]
        weighed += kept
        for code in sorted({code for code, p in likely.items() if p >= LIKELY} - {o.obstacle for o in kept}):
            a, b = (start + at for at in model.heaviest(low[start:end], code))
            if not is_only_asked_for(low, start, end, a, b):
                weighed.append(_of_words(article, text, start, end, code, a))
    return weighed


def _of_words(article: str, text: str, start: int, end: int, code: str, at: int) -> Obstacle:
    """What the words of a sentence say together, told by the clause around the heaviest of them."""
    clause = next(m for m in _CLAUSE.finditer(text, start, end) if m.end() > at)
    a = clause.start() + len(clause[0]) - len(clause[0].lstrip(" .-–+•\n"))
    b = clause.start() + len(clause[0].rstrip(" .!?…\n"))
    left, right = quote_span(text, start, end, a, b)
    return Obstacle(article, code, text[a:b], text[left:right], a, b, "weights")


def runs(sentence: str) -> set[str]:
    """Return the runs of one to three words of a lower-case sentence; numbers and signs part none.

    >>> sorted(runs("chưa có 12 ha đất"))
    ['chưa', 'chưa có', 'chưa có ha', 'có', 'có ha', 'có ha đất', 'ha', 'ha đất', 'đất']
    """
    words = _WORD.findall(sentence)
    return {
        " ".join(words[at : at + n]) for at in range(len(words)) for n in range(1, LONGEST + 1) if at + n <= len(words)
    }


@cache
def load() -> Model:
    """Return the weights of `data/obstacle_model.csv`."""
    model = Model()
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["words"]:
                model.weights.setdefault(row["words"], []).append((row["code"], float(row["weight"])))
            else:
                model.bias[row["code"]] = float(row["weight"])
    return model
