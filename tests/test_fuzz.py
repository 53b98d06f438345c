"""A share of benchmarks/fuzz.py: mutated articles, and time in proportion to the text."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import fuzz

STEEP_ONCE = ["2023 ", "năm 2022, ", "1 | ", "xã Nậm Ban, "]
OTHERS = [
    "123 ",
    "tỷ đồng ",
    "(",
    ") ",
    "9.",
    "9,",
    "1",
    "\n",
    '"',
    "5%",
    "xã Abc, ",
    "Chương trình 1719 ",
    "lần lượt ",
]


def test_mutated_articles_are_read(capsys):
    assert fuzz.fuzz(minutes=0, inputs=600, seed=7, keep=None) == 0, capsys.readouterr().out


def test_a_failure_is_counted_and_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fuzz, "read_article", lambda article: 1 / 0)
    assert fuzz.fuzz(minutes=0, inputs=3, seed=1, keep=tmp_path) == 1
    assert "3 failures of 1 causes" in capsys.readouterr().out and list(tmp_path.glob("*.txt"))


@pytest.mark.parametrize("piece", [*STEEP_ONCE, *OTHERS])
def test_eight_times_the_text_takes_no_more_than_sixteen_times_as_long(piece):
    ((times, *_),) = fuzz.growth(80_000, [piece])
    assert times <= fuzz.STEEP
