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
    if accuracy.floors()[name]["gold"] != accuracy.fingerprint(name):
        pytest.skip("the gold changed: run benchmarks/accuracy.py --update")
    assert accuracy.missed({name: accuracy.measure(name)["f1"]}) == []


def test_every_annotated_set_has_floors():
    assert set(accuracy.floors()) == set(gold.sets())


def test_floors_only_rise_unless_told_or_measured_on_other_gold(tmp_path, monkeypatch):
    monkeypatch.setattr(accuracy, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(accuracy, "fingerprint", lambda name: "first")
    accuracy.update({"dev": {"core": 0.98765}}, allow_regression=False)
    accuracy.update({"dev": {"core": 0.9}}, allow_regression=False)
    assert json.loads((tmp_path / "floors.json").read_text()) == {"dev": {"core": 0.987, "gold": "first"}}
    assert accuracy.missed({"dev": {"core": 0.98}}) == ["below the floor: dev core 0.9800 < 0.9870"]
    assert accuracy.missed({"dev": {"core": 0.988}}) == []
    accuracy.update({"dev": {"core": 0.9}}, allow_regression=True)
    assert accuracy.floors()["dev"]["core"] == 0.9
    monkeypatch.setattr(accuracy, "fingerprint", lambda name: "second")
    assert "the gold changed" in accuracy.missed({"dev": {"core": 0.5}})[0]
    accuracy.update({"dev": {"core": 0.5}}, allow_regression=False)
    assert accuracy.floors()["dev"] == {"core": 0.5, "gold": "second"}


def test_phenomena_and_confidence_are_counted_from_the_same_rows():
    figures = accuracy.rows("seeds", "figures")
    articles = [row | {"phenomena": "zero"} for row in accuracy.rows("seeds", "articles")]
    told = [row | {"confidence": "high"} for row in figures[:20]]
    first = [{name: cell.split("|")[0] for name, cell in row.items()} for row in told]
    core = accuracy.phenomena(articles, figures, first)["zero"][1]
    assert core == pytest.approx(2 * 20 / (20 + len(figures)))
    assert accuracy.confidence(figures, first, {row["article"] for row in articles}) == {"high": (20, 20, 20)}
