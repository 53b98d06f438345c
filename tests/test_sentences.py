"""Short texts of our own, sentence by sentence: the rows that a careful reader writes down, and no others.

The cases are data, tests/sentences.toml. What the engine cannot do yet stays there with its reason and must fail:
mending it forces the file to be updated.
"""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ntp_analysis.engine import read_article
from ntp_analysis.model import Article, Figure

CASES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["case"]
CORE = ("place", "programme", "component", "capital", "measure", "basis", "value")
FURTHER = {"period", "as_of", "bound", "source", "carryover", "level", "province"}


def expected(row: str) -> dict[str, str]:
    cells = [cell.strip() for cell in row.split("|")]
    wanted = dict(zip(CORE, cells, strict=False))
    for pair in _pairs(cells[len(CORE)]) if len(cells) > len(CORE) else []:
        name, value = pair.split("=", 1)
        wanted[name] = value.strip()
    wanted["value"] = str(float(wanted["value"].replace("_", "")))
    return wanted


def _pairs(text: str) -> list[str]:
    """`province=Thanh Hóa period=2023`: a value may have spaces."""
    pairs: list[str] = []
    for word in text.split():
        if word.split("=")[0] in FURTHER and "=" in word:
            pairs.append(word)
        else:
            pairs[-1] += " " + word
    return pairs


def shown(figure: Figure, columns) -> dict[str, str]:
    return {c: str(float(figure.value)) if c == "value" else str(getattr(figure, c)) for c in columns}


def read(case: dict) -> list[Figure]:
    given = case.get("published", "2023-09-05")
    day = date.fromisoformat(given) if given else None
    return read_article(Article("a", case["text"], title=case.get("title", ""), published=day)).figures


def parameters() -> list:
    return [
        pytest.param(
            case,
            id=case["why"],
            marks=[pytest.mark.xfail(strict=True, reason=case["fails"])] if "fails" in case else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", parameters())
def test_rows(case):
    wanted = [expected(row) for row in case["rows"]]
    figures = read(case)
    core = Counter(tuple(shown(f, CORE).values()) for f in figures)
    assert core == Counter(tuple(w[c] for c in CORE) for w in wanted)
    unused = list(figures)
    for want in wanted:
        same = [f for f in unused if shown(f, CORE) == {c: want[c] for c in CORE}]
        fitting = [f for f in same if shown(f, want) == want]
        assert fitting, f"wanted {want}, read {[shown(f, want) for f in same]}"
        unused.remove(fitting[0])


def test_every_case_is_well_formed():
    assert len({case["why"] for case in CASES}) == len(CASES)
    for case in CASES:
        assert case["kind"] in ("positive", "negative"), case["why"]
        assert (case["kind"] == "positive") == bool(case["rows"]), case["why"]
        assert (
            {"why", "kind", "text", "rows"}
            <= set(case)
            <= {"why", "kind", "text", "rows", "published", "title", "fails"}
        )
        for row in case["rows"]:
            assert set(expected(row)) - set(CORE) <= FURTHER
            assert len(row.split("|")) in (len(CORE), len(CORE) + 1), row


def test_there_are_enough_of_both_kinds():
    kinds = Counter(case["kind"] for case in CASES)
    assert kinds["positive"] >= 60
    assert kinds["negative"] >= 20
