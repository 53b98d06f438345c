"""The five articles that the project began with: every cell as the gold says."""

import csv
import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import score  # noqa: E402

from ntp_analysis.engine import read_article  # noqa: E402
from ntp_analysis.model import Article  # noqa: E402

GOLD = ROOT / "tests" / "corpus" / "seeds"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


@cache
def readings():
    return [read_article(Article(path.stem, path.read_bytes().decode("utf-8"))) for path in SEEDS]


def rows(name: str) -> list[dict[str, str]]:
    with open(GOLD / name, encoding="utf-8-sig", newline="") as file:
        return [{key: score.clean(cell) for key, cell in row.items()} for row in csv.DictReader(file)]


def predicted() -> list[dict[str, str]]:
    return [{key: str(cell) for key, cell in asdict(f).items()} for r in readings() for f in r.figures]


def test_five_seeds_are_there():
    assert len(SEEDS) == 5
    assert len(rows("figures.csv")) >= 26


def test_every_figure_of_every_seed():
    errors: list[str] = []
    levels, attributes, _ = score.score_figures(rows("figures.csv"), predicted(), {p.stem for p in SEEDS}, errors)
    assert errors == []
    assert levels["core"]["f1"] == 1.0
    assert levels["full"]["f1"] == 1.0
    assert set(attributes.values()) == {1.0}


def test_every_column_of_the_articles():
    found = [
        {
            "article": r.article.id, "published": r.published, "province": r.province, "place": r.place,
            "relevant": str(r.relevant).lower(), "obstacles": ";".join(sorted({o.obstacle for o in r.obstacles})),
        }
        for r in readings()
    ]  # fmt: skip
    errors: list[str] = []
    assert set(score.score_articles(rows("articles.csv"), found, errors).values()) == {1.0}
    assert errors == []


@pytest.mark.parametrize(
    "row", rows("figures.csv"), ids=lambda row: f"{row['article'][:3]}-{row['value']}-{row['place']}-{row['measure']}"
)
def test_each_gold_row_is_read_once(row):
    same = [
        p for p in predicted() if p["article"] == row["article"] and all(score.agrees(c, row, p) for c in score.FULL)
    ]
    assert len(same) == 1


def test_quotes_are_the_articles_own_words():
    for r in readings():
        for f in r.figures:
            assert 20 <= len(f.quote) <= 200
            assert f.quote in r.article.text
            assert r.article.text[f.start : f.end] in f.quote
