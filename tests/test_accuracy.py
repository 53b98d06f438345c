"""The floors of accuracy hold, and can only rise."""

import json
import sys
from pathlib import Path

import gold
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import accuracy


@pytest.mark.parametrize("name", sorted(accuracy.floors()))
def test_no_floor_is_missed(name):
    assert accuracy.missed({name: accuracy.measure(name)["f1"]}) == []


def test_every_annotated_set_has_floors():
    assert set(accuracy.floors()) == set(gold.sets())


def test_floors_only_rise_unless_told(tmp_path, monkeypatch):
    monkeypatch.setattr(accuracy, "FLOORS", tmp_path / "floors.json")
    accuracy.update({"dev": {"core": 0.98765}}, allow_regression=False)
    accuracy.update({"dev": {"core": 0.9}}, allow_regression=False)
    assert json.loads((tmp_path / "floors.json").read_text())["dev"]["core"] == 0.987
    assert accuracy.missed({"dev": {"core": 0.98}}) == ["below the floor: dev core 0.9800 < 0.9870"]
    accuracy.update({"dev": {"core": 0.9}}, allow_regression=True)
    assert accuracy.floors() == {"dev": {"core": 0.9}}


def test_phenomena_and_confidence_are_counted_from_the_same_rows():
    figures = accuracy.rows("seeds", "figures")
    articles = [row | {"phenomena": "zero"} for row in accuracy.rows("seeds", "articles")]
    told = [row | {"confidence": "high"} for row in figures[:20]]
    first = [{name: cell.split("|")[0] for name, cell in row.items()} for row in told]
    core = accuracy.phenomena(articles, figures, first)["zero"][1]
    assert core == pytest.approx(2 * 20 / (20 + len(figures)))
    assert accuracy.confidence(figures, first, {row["article"] for row in articles}) == {"high": (20, 20, 20)}
