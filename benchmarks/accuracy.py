"""How right the extraction is on annotated articles, with floors that only rise.

    python benchmarks/accuracy.py [--set dev] [--errors] [--update [--allow-regression]] [--json]

Each set of tests/corpus is read with `ntp_analysis.read` and scored by benchmarks/score.py:

number   value and unit                         seeds     the five articles the project began with
core     + place, programme, component,         dev       what rules were developed on
         capital, measure, basis                practice  annotated before rules were written for them
full     + source, bound, period, as_of,        aside     kept aside at first, looked at since
         carry-over                             blind     first score core 0.804, full 0.703 (at 90e48f3)
                                                held      first score core 0.860, full 0.740 (at 1108103)
                                                fresh     first score core 0.876, full 0.767 (at 68913d2)
                                                late      first score core 0.906, full 0.864 (at 272ba76)
                                                last      first score core 0.786, full 0.675 (at ba726c1)
                                                mixed     first score core 0.915, full 0.860 (at c9edaf8)
                                                papers    first score core 0.899, full 0.829 (at c98c4c6)
                                                pages     first score core 0.898, full 0.862 (at c98c4c6)
                                                portals   first score core 0.827, full 0.771 (at c98c4c6)
                                                voices    first score core 0.813, full 0.682 (at c98c4c6)
                                                volume    first score core 0.977, full 0.907 (at 3f9248f)
                                                briefs    first score core 0.954, full 0.944 (at 3f9248f)
                                                gazette   first score core 0.958, full 0.941 (at 947c96c)
                                                councils  first score core 0.905, full 0.876 (at 947c96c)
                                                digest    first score core 0.846, full 0.804 (at ee6ae12)
                                                notices   first score core 0.957, full 0.928 (at 0ffe6d5)
                                                herald    first score core 0.876, full 0.799 (at 203ef5f)
                                                leaflets  first score core 0.908, full 0.898 (at 203ef5f)
                                                saved     first score core 0.917, full 0.908 (at 7582034)
                                                bulletins first score core 0.876, full 0.814 (at 7582034)
                                                circulars first score core 0.916, full 0.864 (at 0739be6)
                                                districts first score core 0.971, full 0.950 (at 623a55f)
                                                ledgers   first score core 0.854, full 0.789 (at 623a55f)
                                                clips     first score core 0.961, full 0.935 (at 623a55f)
                                                dispatches first score core 0.895, full 0.750 (at 623a55f)
                                                mixture   first score core 0.928, full 0.869 (at 89180ea)
                                                reportage first score core 0.888, full 0.845 (at 89180ea)
                                                state     first score core 0.926, full 0.841 (at 89180ea)
                                                north     first score core 0.911, full 0.829 (at bd789fe)
                                                south     first score core 0.910, full 0.879 (at bd789fe)
                                                closing   first score core 0.966, full 0.917 (at e14db96)
                                                press     first score core 0.662, full 0.574 (at 3d4421d)
                                                courier   first score core 0.861, full 0.839 (at 3d4421d)
                                                retold    first score core 0.787, full 0.570 (at 3d4421d)
                                                recast    first score core 0.790, full 0.626 (at 5dcc66f)
                                                mirror    first score core 0.894, full 0.772 (at b4fc315)
                                                echo      first score core 0.758, full 0.727 (at 7dbe75b)
                                                relay     first score core 0.933, full 0.847 (at a135325)
                                                column    first score core 0.784, full 0.733 (at 28d82ef)
                                                wires     first score core 0.697, full 0.586 (at f654068)
                                                grassroots first score core 0.824, full 0.704 (at f654068)
                                                chronicle first score core 0.864, full 0.748 (at b43620f)
                                                almanac   first score core 0.774, full 0.698 (at 58cde08)
                                                gleanings first score core 0.757, full 0.591 (at 85908a9)
                                                harvest   first score core 0.910, full 0.865 (at 051c0fe)
                                                folio     first score core 0.888, full 0.827 (at ee29e50)
                                                courant   first score core 0.895, full 0.776 (at ee29e50)
                                                sequel    first score core 0.969, full 0.954 (at ee29e50)
                                                mosaic    first score core 0.810, full 0.729 (at 107cdd7)
                                                annals    first score core 0.849, full 0.840 (at 47fcd14)
                                                sundry    first score core 0.944, full 0.898 (at 47fcd14)
                                                assorted  first score core 0.945, full 0.831 (at cccf952)
                                                compound  first score core 0.883, full 0.851 (at 10546ca)
                                                encore    first score core 0.976, full 0.947 (at ba130c7)
                                                selection first score core 0.905, full 0.855 (at 295805f)
                                                tribune   first score core 0.929, full 0.879 (at 508cc57)
                                                reprise   first score core 0.951, full 0.909 (at 508cc57)
                                                register  first score core 0.938, full 0.929 (at 508cc57)
                                                rejoinder first score core 0.945, full 0.851 (at 758a68e)
                                                recount   first score core 0.862, full 0.828 (at 758a68e)
                                                inquiry   first score core 0.883, full 0.773 (at 0a584e9)
                                                docket    first score core 0.885, full 0.773 (at 927cc17)
                                                outpost   first score core 0.911, full 0.903 (at 19adc82)
                                                daybook   first score core 0.958, full 0.945 (at 78919a1)
                                                minutes   first score core 0.826, full 0.713 (at 78919a1)
                                                broadsheet first score core 0.811, full 0.777 (at 78919a1)
                                                turnover  first score core 0.882, full 0.730 (at 78919a1)
                                                uplands   first score core 0.803, full 0.726 (at 0a1cff4)
                                                estuary   first score core 0.838, full 0.686 (at 0a1cff4)
                                                dossier   first score core 0.784, full 0.721 (at 0a1cff4)
                                                ferry     first score core 0.783, full 0.655 (at 7411c23)
                                                workbook  first score core 0.803, full 0.730 (at 7411c23)
                                                lantern   first score core 0.809, full 0.757 (at 7411c23)
                                                jetty     first score core 0.932, full 0.914 (at 65b622c)
                                                plenary   first score core 0.741, full 0.675 (at 65b622c)
                                                snippets  first score core 0.965, full 0.945 (at 65b622c)
                                                bygone    first score core 0.953, full 0.876 (at 65b622c)
                                                pressroom first score core 0.860, full 0.804 (at 65b622c)
                                                frontier  first score core 0.960, full 0.941 (at 65b622c)
                                                rostrum   first score core 0.747, full 0.674 (at b35fc1b)
                                                causeway  first score core 0.918, full 0.892 (at b35fc1b)
                                                signal    first score core 0.840, full 0.722 (at 568967c)
                                                byway     first score core 0.973, full 0.929 (at 568967c)
                                                quarto    first score core 0.967, full 0.884 (at 568967c)
                                                beacon    first score core 0.880, full 0.822 (at 00155ba)
                                                parish    first score core 0.991, full 0.974 (at 00155ba)
                                                wharf     first score core 0.928, full 0.914 (at 2a4a229)
                                                hinterland first score core 0.745, full 0.652 (at 2a4a229)
                                                meridian  first score core 0.814, full 0.693 (at 2a4a229)
                                                ropeway   first score core 0.859, full 0.828 (at 2a4a229)
                                                gorge     first score core 0.828, full 0.595 (at 284a051)
                                                orchard   first score core 0.950, full 0.909 (at 284a051)
                                                terrace   first score core 0.838, full 0.830 (at e6109e9)
                                                summit    first score core 0.843, full 0.828 (at e6109e9)
                                                atoll     first score core 0.802, full 0.791 (at 45d1ea1)
                                                canyon    first score core 0.769, full 0.736 (at 45d1ea1)
                                                shoal     first score core 0.889, full 0.878 (at 45d1ea1)
                                                delta     first score core 0.916, full 0.860 (at 45d1ea1)
                                                ridge     first score core 0.884, full 0.806 (at 7d2505d)
                                                lagoon    first score core 0.820, full 0.742 (at 7d2505d)
                                                glacier   first score core 0.896, full 0.842 (at 13c8237)
                                                savanna   first score core 0.885, full 0.782 (at 806c0c5)
                                                meadow    first score core 0.879, full 0.821 (at 806c0c5)
                                                lowland   first score core 0.762, full 0.586 (at 815e0f9)
                                                moor      first score core 0.910, full 0.865 (at 815e0f9)
                                                prairie   first score core 0.851, full 0.805 (at 04353cb)
                                                heath     first score core 0.843, full 0.843 (at ffdff50)
                                                cove      first score core 0.847, full 0.741 (at d1134c7)

A set's first score, before anyone looked at what was wrong in it, is what to expect of other articles. Later scores
of the same set are higher because its mistakes taught rules.

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
from pathlib import Path
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
where each
attribute was found: in the number's own clause, its sentence, its passage, elsewhere in the article, or nowhere
(a default). `confidence` sums these up as high, medium or low. The tables show what that was worth on the annotated
articles of `tests/corpus`: of the figures so marked, the share that is right. A figure that gold does not have counts
as wrong. `core` is value, place, programme, component, capital, measure and basis; `full` adds source, bound, period,
day and carry-over. Made by `python benchmarks/accuracy.py --docs`."""
LEVELS = ("number", "core", "full")
ORDER = (
    "seeds",
    "dev",
    "practice",
    "aside",
    "blind",
    "held",
    "fresh",
    "late",
    "last",
    "mixed",
    "papers",
    "pages",
    "portals",
    "voices",
    "volume",
    "briefs",
    "gazette",
    "councils",
    "digest",
    "notices",
    "herald",
    "leaflets",
    "saved",
    "bulletins",
    "circulars",
    "districts",
    "ledgers",
    "clips",
    "dispatches",
    "mixture",
    "reportage",
    "state",
    "north",
    "south",
    "closing",
    "press",
    "courier",
    "retold",
    "recast",
    "mirror",
    "echo",
    "relay",
    "column",
    "wires",
    "grassroots",
    "chronicle",
    "almanac",
    "gleanings",
    "harvest",
    "folio",
    "courant",
    "sequel",
    "mosaic",
    "annals",
    "sundry",
    "assorted",
    "compound",
    "encore",
    "selection",
    "tribune",
    "reprise",
    "register",
    "rejoinder",
    "recount",
    "inquiry",
    "docket",
    "outpost",
    "daybook",
    "minutes",
    "broadsheet",
    "turnover",
    "uplands",
    "estuary",
    "dossier",
    "ferry",
    "workbook",
    "lantern",
    "jetty",
    "plenary",
    "snippets",
    "bygone",
    "pressroom",
    "frontier",
    "rostrum",
    "causeway",
    "signal",
    "byway",
    "quarto",
    "beacon",
    "parish",
    "wharf",
    "hinterland",
    "meridian",
    "ropeway",
    "gorge",
    "orchard",
    "terrace",
    "summit",
    "atoll",
    "canyon",
    "shoal",
    "delta",
    "ridge",
    "lagoon",
    "glacier",
    "savanna",
    "meadow",
    "lowland",
    "moor",
    "prairie",
    "heath",
    "cove",
)
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
    names = sorted(args.set or gold.sets(), key=lambda name: (*ORDER, name).index(name))
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
    print(
        "accuracy: "
        + ", ".join(f"{name} core {r['f1']['core']:.3f} full {r['f1']['full']:.3f}" for name, r in results.items())
    )
    return 1 if any(line.startswith("below") for line in below) else 0


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
