"""Looks and wording do not change what is read: a share of the changes of benchmarks/metamorphic.py, on the first articles."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import metamorphic

ARTICLES = metamorphic.articles(["seeds"])
HOLD = ("no_break", "nfd", "tones", "eth", "zero_width", "crlf", "stray_last", "reordered", *metamorphic.WORDINGS)


@pytest.mark.parametrize("kind", HOLD)
def test_figures_hold(kind):
    results = {id: metamorphic.held(kind, text, meta, seed=1) for id, text, meta in ARTICLES}
    broken = {id: differs for id, (held, differs) in results.items() if held is False}
    assert broken == {}


def test_double_spaces_between_words():
    assert all(metamorphic.held("spaces", text, meta, seed=1)[0] in (True, None) for _, text, meta in ARTICLES)


@pytest.mark.parametrize("kind", sorted(metamorphic.KINDS.keys() - metamorphic.WORDINGS.keys()))
def test_every_kind_changes_some_article_and_no_digit_of_it(kind):
    changed = [metamorphic.KINDS[kind](text, random.Random(1)) for _, text, _ in ARTICLES]
    assert any(new != text for new, (_, text, _) in zip(changed, ARTICLES, strict=True))
    for new, (_, text, _) in zip(changed, ARTICLES, strict=True):
        assert sorted(c for c in new if c.isdigit()) == sorted(c for c in text if c.isdigit())


def test_the_order_of_unrelated_paragraphs_does_not_matter():
    for id, text, meta in ARTICLES:
        orders = {metamorphic.reordered(text, random.Random(seed)) for seed in range(4)}
        read = [metamorphic.essence(metamorphic.read(order, meta)) for order in orders]
        assert all(figures == metamorphic.essence(metamorphic.read(text, meta)) for figures in read), id


def test_a_lost_figure_is_seen():
    _, text, meta = ARTICLES[0]
    figures = metamorphic.read(text, meta)
    assert figures
    assert metamorphic.essence(figures) != metamorphic.essence(figures[1:])
    assert metamorphic.misplaced("x" + text, figures)


AMBIGUOUS = "Bảo Lâm mới giải ngân 4,7% vốn chương trình mục tiêu quốc gia\n\nHuyện Bảo Lâm được giao 286 tỷ đồng thực hiện ba chương trình mục tiêu quốc gia."
"""a name that two provinces have, and nothing that tells which"""
READ = "from ntp_analysis.engine import read_article as r; from ntp_analysis.model import Article as A; import sys; print(r(A('a', sys.argv[1])))"


def test_order_of_sets_decides_nothing():
    """Python orders sets of strings anew in each run: the same text must be read as the same figures all the same."""
    run = [
        subprocess.run(
            [sys.executable, "-c", READ, AMBIGUOUS],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        )
        for seed in range(3)
    ]
    assert "286000000000" in run[0].stdout
    assert len({p.stdout for p in run}) == 1
