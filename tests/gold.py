"""The annotated articles as tables of the library, for tests and benchmarks.

A gold cell `a|b` counts as `a`. `start` and `end` are found by looking for the quote in the text; where the
text does not have it word for word (a saved page), they only number the figures.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from ntp_analysis import schema
from ntp_analysis.amounts import Convention, find_numbers
from ntp_analysis.corpus import Corpus

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "corpus"


def sets() -> list[str]:
    """Return the names of the annotated sets that are there."""
    return sorted({path.parent.name for path in CORPUS.glob("*/figures*.csv")})


def texts(name: str) -> dict[str, str]:
    """Return id -> text as given; of a saved page, the raw page."""
    folder = ROOT / "seeds" if name == "seeds" else CORPUS / name / "articles"
    return {path.stem: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.*"))}


def rows(name: str, table: str) -> list[dict[str, str]]:
    """Return the rows of a set's gold files (figures.csv, or figures_A.csv and so on) as text, first alternatives."""
    found: list[dict[str, str]] = []
    for path in sorted((CORPUS / name).glob(f"{table}*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            found += list(csv.DictReader(file))
    return [{key: _first(key, cell or "") for key, cell in row.items() if key} for row in found]


def _first(key: str, cell: str) -> str:
    return cell if key == "quote" else cell.split("|")[0].strip()


def contradictions() -> set[tuple[str, str]]:
    """Return (article, check) of the contradictions that annotated articles really contain."""
    with open(CORPUS / "contradictions.csv", encoding="utf-8", newline="") as file:
        return {(row["article"], row["check"]) for row in csv.DictReader(file)}


def corpus(*names: str) -> Corpus:
    """Return the gold of the named sets (all, if none is named) as a Corpus."""
    found = {id: text for name in names or sets() for id, text in texts(name).items()}
    articles = pd.DataFrame([row for name in names or sets() for row in rows(name, "articles")])
    figures = pd.DataFrame([row for name in names or sets() for row in rows(name, "figures")])
    articles["characters"] = [len(found.get(id, "")) for id in articles["article"]]
    spans = [_span(found.get(row["article"], ""), row) for row in figures.to_dict("records")]
    figures["start"], figures["end"] = [start for start, _ in spans], [end for _, end in spans]
    figures = schema.conform("figures", figures)
    figures["figure"] = figures["article"] + "#" + (figures.groupby("article").cumcount() + 1).astype("str")
    return Corpus(schema.conform("articles", articles), figures, texts=found)


def _span(text: str, row: dict[str, str]) -> tuple[int, int]:
    """Return where the number of a gold row stands, or the quote, or the text's first character."""
    quote = row["quote"]
    at = max(text.find(quote), 0)
    value = float(row["value"])
    for number in find_numbers(quote.lower(), Convention()):
        if number.value is not None and number.value == value:
            return (at + number.start, at + number.end) if text.find(quote) >= 0 else (0, 1)
    return at, at + max(len(quote) if text.find(quote) >= 0 else 1, 1)
