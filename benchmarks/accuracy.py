"""How right the extraction is on annotated articles, with floors that only rise.

    python benchmarks/accuracy.py [--set dev] [--errors] [--update [--allow-regression]] [--json]

Each set of tests/corpus is read with `ntp_analysis.read` and scored by benchmarks/score.py:

number   value and unit
core     + place, programme, component, capital, measure, basis
full     + source, bound, period, as_of, carry-over

benchmarks/sets.csv names the sets in their order. `seeds` are the articles that the project began with, `dev` is what
rules were developed on, `practice` was annotated before rules were written for it, `aside` was kept aside at first. Of
all others it has the first score, before anyone looked at what was wrong in the set, and the commit that it was
measured at. A first score is what to expect of other articles; later scores of the same set are higher because its
mistakes taught rules.

Then: which attributes are right where the number was found, the articles' columns, F1 for each phenomenon that the
annotators named, and of the figures marked high, medium and low in `confidence` the share that is right. Floors are in
benchmarks/floors.json; `--update` raises them to what is measured, and lowers none unless told so. The last line is the
result; the exit code is 1 where a floor is missed.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import math
import sys
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import gold
import score

import ntp_analysis as ntp
from ntp_analysis.export import csv_text, unescape

ROOT = gold.ROOT
FLOORS = ROOT / "benchmarks" / "floors.json"
CONFIDENCE = """# What `confidence` means

Every figure says in `place_from`, `programme_from`, `capital_from`, `measure_from`, `period_from` and `as_of_from`
where each attribute was found: in the number's own clause, its sentence, its passage, elsewhere in the article, or
nowhere (a default). `confidence` sums these up as high, medium or low. The tables show what that was worth on the annotated
articles of `tests/corpus`: of the figures so marked, the share that is right. A figure that gold does not have counts
as wrong. `core` is value, place, programme, component, capital, measure and basis; `full` adds source, bound, period,
day and carry-over. Made by `python benchmarks/accuracy.py --docs`."""
LEVELS = ("number", "core", "full")
SETS = list(csv.DictReader((ROOT / "benchmarks" / "sets.csv").read_text(encoding="utf-8").splitlines()))
COMMON, SHOWN = 3, 10
"""phenomena of at least so many articles, and so many of them, are shown unless all are asked for"""
Rows = list[dict[str, str]]


def main() -> int:
    """Score the sets, print what was measured, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", action="append", choices=gold.sets(), help="only this set; may be given again")
    parser.add_argument("--errors", action="store_true", help="list what was missed, wrong or not in gold")
    parser.add_argument("--phenomena", action="store_true", help="all phenomena, not the weakest only")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower them too")
    parser.add_argument("--docs", action="store_true", help="write the shares for each confidence to docs")
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON only")
    args = parser.parse_args()
    order = [known["set"] for known in SETS]
    names = sorted(args.set or gold.sets(), key=lambda name: (*order, name).index(name))
    results = {name: measure(name) for name in names}
    if args.json:
        print(json.dumps({name: result["f1"] for name, result in results.items()}, indent=1))
        return 0
    for name, result in results.items():
        report(name, result, args.errors, args.phenomena)
    print("\n" + "\n".join(calibration(results)))
    if args.docs:
        write_docs(results)
    if args.update:
        update({name: result["f1"] for name, result in results.items()}, args.allow_regression)
    below = missed({name: result["f1"] for name, result in results.items()})
    print("\n".join(below))
    print(first_scores(names))
    print(
        "accuracy: "
        + ", ".join(f"{name} core {r['f1']['core']:.3f} full {r['f1']['full']:.3f}" for name, r in results.items())
    )
    return 1 if any(line.startswith("below") for line in below) else 0


def first_scores(names: Collection[str]) -> str:
    """Return the medians of the first scores of those sets that have one."""
    first = [known for known in SETS if known["set"] in names and known["commit"]]
    if not first:
        return "first scores: none"
    core, full = (median(float(known[level]) for known in first) for level in ("first_core", "first_full"))
    return f"first scores of {len(first)} sets: median core {core:.3f} full {full:.3f}"


def measure(name: str) -> dict[str, Any]:
    """Return every measurement of one set."""
    folder = ROOT / "seeds" if name == "seeds" else gold.CORPUS / name / "articles"
    corpus = ntp.read(folder)
    found, articles = as_text(corpus.figures), as_text(corpus.articles)
    gold_figures, gold_articles = rows(name, "figures"), rows(name, "articles")
    ids = {row["article"] for row in gold_articles}
    errors: list[str] = []
    levels, attributes, per_article = score.score_figures(gold_figures, found, ids, errors)
    columns = score.score_articles(gold_articles, articles, errors)
    return {
        "levels": levels,
        "f1": {**{level: levels[level]["f1"] for level in LEVELS}, "obstacles": columns["obstacles"]},
        "attributes": attributes,
        "columns": columns,
        "errors": errors,
        "weakest": sorted(per_article.items(), key=lambda item: share(*item[1]))[:5],
        "phenomena": phenomena(gold_articles, gold_figures, found),
        "confidence": confidence(gold_figures, found, ids),
        "articles": len(ids),
    }


def rows(name: str, table: str) -> Rows:
    """Return the gold rows of a set with their alternatives, cleaned as the scorer does it."""
    return [row for path in sorted((gold.CORPUS / name).glob(f"{table}*.csv")) for row in score.read(path)]


def as_text(table: Any) -> Rows:
    """Return a table as the scorer would read it from the csv that `ntp extract` writes."""
    return [
        {name: score.clean(unescape(cell)) for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(csv_text(table)))
    ]


def share(hit: int, gold_count: int, found: int) -> float:
    """Return an article's F1."""
    return 2 * hit / (gold_count + found) if gold_count + found else 1.0


def phenomena(gold_articles: Rows, gold_figures: Rows, found: Rows) -> dict[str, tuple[int, float, float]]:
    """Return articles, core F1 and full F1 for each phenomenon that the annotators named."""
    ids: dict[str, set[str]] = defaultdict(set)
    for row in gold_articles:
        for phenomenon in filter(None, row.get("phenomena", "").split(";")):
            ids[phenomenon].add(row["article"])
    result = {}
    for phenomenon, articles in sorted(ids.items()):
        chosen = [row for row in gold_figures if row["article"] in articles]
        levels, _, _ = score.score_figures(chosen, found, articles, [])
        result[phenomenon] = (len(articles), levels["core"]["f1"], levels["full"]["f1"])
    return result


def confidence(gold_figures: Rows, found: Rows, ids: set[str]) -> dict[str, tuple[int, int, int]]:
    """Return for each confidence how many figures are right in core, right in full, and how many there are."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for article in ids:
        wanted = [row for row in gold_figures if row["article"] == article]
        given = [row for row in found if row["article"] == article]
        right = [{j for _, j in score.match(wanted, given, level)} for level in (score.CORE, score.FULL)]
        for j, row in enumerate(given):
            count = counts[row.get("confidence", "")]
            for at, matched in enumerate(right):
                count[at] += j in matched
            count[2] += 1
    return {level: (core, full, all_) for level, (core, full, all_) in counts.items()}


def report(name: str, result: dict[str, Any], errors: bool, every: bool) -> None:
    """Print the measurements of one set."""
    print(f"\n{name}: {result['articles']} articles")
    if errors:
        print("\n".join(result["errors"]))
    for level, s in result["levels"].items():
        print(
            f"  {level:7} precision {s['precision']:.3f}  recall {s['recall']:.3f}  F1 {s['f1']:.3f}"
            f"   ({s['hit']} of {s['gold']} gold, {s['pred']} extracted)"
        )
    attributes = sorted(result["attributes"].items(), key=lambda item: item[1])
    print("  right among found numbers: " + ", ".join(f"{key} {value:.3f}" for key, value in attributes))
    print("  articles: " + ", ".join(f"{key} {value:.3f}" for key, value in result["columns"].items()))
    print("  weakest: " + ", ".join(f"{a} {h}/{g} (extracted {p})" for a, (h, g, p) in result["weakest"]))
    told = sorted(result["phenomena"].items(), key=lambda item: item[1][1])
    for phenomenon, (count, core, full) in told if every else [t for t in told if t[1][0] >= COMMON][:SHOWN]:
        print(f"    {phenomenon:20} {count:3} articles  core {core:.3f}  full {full:.3f}")


def calibration(results: dict[str, dict[str, Any]]) -> list[str]:
    """Return a Markdown table: over all the sets, the share of figures that are right for each confidence."""
    lines = ["| `confidence` | figures | right in core | right in full |", "|---|---:|---:|---:|"]
    for level in ("high", "medium", "low", ""):
        told = [result["confidence"].get(level, (0, 0, 0)) for result in results.values()]
        core, full, count = (sum(column) for column in zip(*told, strict=True))
        if count:
            lines.append(f"| {level or '(none)'} | {count} | {core / count:.3f} | {full / count:.3f} |")
    return lines


def write_docs(results: dict[str, dict[str, Any]]) -> None:
    """Write docs/confidence.md: what the three words of the column `confidence` were worth."""
    later = {name: result for name, result in results.items() if name not in ("seeds", "dev")}
    parts = [CONFIDENCE, "## All annotated articles", "\n".join(calibration(results))]
    parts += ["## Without the seeds and the articles that rules were developed on", "\n".join(calibration(later))]
    text = "\n\n".join(parts) + "\n"
    (ROOT / "docs" / "confidence.md").write_text(text, encoding="utf-8", newline="\n")


def floors() -> dict[str, dict[str, Any]]:
    """Return the floors: set -> level -> F1, and the fingerprint of the gold that they were measured on."""
    return json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def fingerprint(name: str) -> str:
    """Return a fingerprint of a set's gold tables: floors hold for the articles that they were measured on."""
    tables = sorted((gold.CORPUS / name).glob("*.csv"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in tables)).hexdigest()[:12]


def missed(measured: dict[str, dict[str, float]]) -> list[str]:
    """Return a line for each floor that is missed, and for each set whose gold is not the floors' own."""
    lines = []
    for name, known in floors().items():
        if name in measured and known["gold"] != fingerprint(name):
            lines.append(f"{name}: the gold changed, so its floors say nothing; --update measures them anew")
        elif name in measured:
            lines += [
                f"below the floor: {name} {level} {measured[name][level]:.4f} < {known[level]:.4f}"
                for level in measured[name]
                if measured[name][level] < known[level]
            ]
    return lines


def update(measured: dict[str, dict[str, float]], allow_regression: bool) -> None:
    """Write the floors: the higher of old and measured; measured alone if the gold changed or if told so."""
    new = floors()
    for name, levels in measured.items():
        anew = allow_regression or new.get(name, {}).get("gold") != fingerprint(name)
        old = {} if anew else new[name]
        cut = {level: max(old.get(level, 0.0), math.floor(f1 * 1000) / 1000) for level, f1 in levels.items()}
        new[name] = {"gold": fingerprint(name), **cut}
    FLOORS.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
