# /// script
# requires-python = ">=3.11"
# dependencies = ["ntp_analysis", "scikit-learn>=1.6"]
# [tool.uv.sources]
# ntp_analysis = { path = "..", editable = true }
# ///
"""Learn the weights of ntp_analysis/data/obstacle_model.csv, and say how often they are right.

    uv run benchmarks/obstacle_model.py             # cross-validated: each set by what was learnt from the others
    uv run benchmarks/obstacle_model.py --write     # learn from all sets and write the weights

A logistic regression with an L1 penalty for each code, on runs of one to three words: most weights are nought, the rest
can be read. It learns from

- the sentences of tests/corpus: one says a code where annotators wrote it down (a set's obstacles.tsv), else where the
  lexicon finds it there and the gold of its article has it. Of an article whose gold has a code that is found nowhere,
  no sentence is used for that code;
- tests/obstacle_voices.tsv: sentences written and labelled for this, in the voices of reports, villages and audits;
- tests/obstacle_sentences.tsv, and the examples and near misses of ntp_analysis/data/obstacles.toml.

In the cross-validation the last are left out, as they were written after reading all sets.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from ntp_analysis import obstacle_lexicon, obstacle_model
from ntp_analysis.document import Document
from ntp_analysis.model import Article
from ntp_analysis.obstacles import find_obstacles
from ntp_analysis.sources import read_sources
from ntp_analysis.text import view

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))

import gold  # noqa: E402

CODES = sorted({entry.code for entry in obstacle_lexicon.load().entries})
FOLDS = 8
RARELY = 3
"""sentences that a run of words must stand in"""
STRENGTH = 1.0
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass
class Told:
    """A sentence, and of each code whether it says it; None where that is not known."""

    text: str
    says: list[bool | None]
    set: str = ""
    article: str = ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="learn from everything and write the weights")
    args = parser.parse_args()
    told, voices = list(of_corpus()), list(of_file("obstacle_voices.tsv"))
    if args.write:
        write(learn([*told, *voices, *of_file("obstacle_sentences.tsv"), *of_lexicon()]))
        return 0
    cross_validate(told, voices)
    return 0


# What is learnt from


def of_corpus() -> Iterable[Told]:
    """Yield the sentences of the annotated articles."""
    for name in gold.sets():
        folder = gold.CORPUS / name
        says, sentences = gold_of(folder), told_in(folder)
        for article in read_sources(gold.ROOT / "seeds" if name == "seeds" else folder / "articles"):
            if article.id in says:
                yield from of_article(article, name, says[article.id], sentences)


def gold_of(folder: Path) -> dict[str, list[set[str]]]:
    """Return what each article of a set says: the sets of codes that are right."""
    return {
        row["article"]: [set(filter(None, said.split(";"))) for said in row["obstacles"].split("|")]
        for path in sorted(folder.glob("articles*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    }


def told_in(folder: Path) -> list[dict[str, str]] | None:
    """Return the sentences that say the obstacles of a set, where annotators wrote them down."""
    path = folder / "obstacles.tsv"
    if not path.exists():
        return None
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def of_article(
    article: Article, name: str, says: list[set[str]], sentences: list[dict[str, str]] | None
) -> Iterable[Told]:
    """Yield an article's sentences."""
    doc = Document(article)
    spans = doc.body_sentences()
    if sentences is None:
        places = [(o.start, o.obstacle) for o in find_obstacles(article.id, doc.v.text, spans, low=doc.v.low)]
    else:
        own = [(view(row["sentence"]).text, row["code"]) for row in sentences if row["article"] == article.id]
        places = [(doc.v.text.find(sentence), code) for sentence, code in own]
    allowed = set[str]().union(*says)
    anywhere = {code for at, code in places if at >= 0}
    for start, end in spans:
        here = {code for at, code in places if start <= at < end} & allowed
        known = [None if code in allowed - anywhere else code in here for code in CODES]
        yield Told(doc.v.low[start:end], known, name, article.id)


def of_file(name: str) -> Iterable[Told]:
    """Yield the labelled sentences of a file of tests."""
    with (TESTS / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Told(view(row["sentence"]).low, [code in row["codes"].split(";") for code in CODES])


def of_lexicon() -> Iterable[Told]:
    """Yield the examples of the lexicon, which say their own code, and its near misses, which do not."""
    for entry in obstacle_lexicon.load().entries:
        for says, texts in ((True, entry.examples), (False, entry.near_misses)):
            for text in texts:
                yield Told(view(text).low, [says if code == entry.code else None for code in CODES])


# Learning


def learn(told: Sequence[Told]) -> obstacle_model.Model:
    """Return the weights that tell best which sentences say which code."""
    counter = CountVectorizer(analyzer=obstacle_model.runs, binary=True, min_df=RARELY, lowercase=False)
    seen = counter.fit_transform([t.text for t in told])
    names = counter.get_feature_names_out()
    model = obstacle_model.Model()
    for at, code in enumerate(CODES):
        known = np.array([n for n, t in enumerate(told) if t.says[at] is not None])
        says = np.array([bool(told[n].says[at]) for n in known])
        fitted = LogisticRegression(l1_ratio=1, C=STRENGTH, solver="liblinear", random_state=0, max_iter=500).fit(
            seen[known], says
        )
        model.bias[code] = round(float(fitted.intercept_[0]), 3)
        for n in np.flatnonzero(fitted.coef_[0].round(3)):
            model.weights.setdefault(names[n], []).append((code, round(float(fitted.coef_[0][n]), 3)))
    return model


def write(model: obstacle_model.Model) -> None:
    """Write the weights, each code's heaviest first."""
    rows = [(code, "", weight) for code, weight in model.bias.items()]
    rows += [(code, run, weight) for run, told in model.weights.items() for code, weight in told]
    rows.sort(key=lambda row: (row[0], row[1] != "", -row[2], row[1]))
    with obstacle_model.DATA.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("code", "words", "weight"))
        out.writerows(rows)
    print(f"{len(rows)} weights written to {obstacle_model.DATA}")


# How often it is right


def cross_validate(told: Sequence[Told], voices: Sequence[Told]) -> None:
    """Print how often the weights learnt from other sets are right, for some thresholds."""
    folders = sorted({t.set for t in told})
    right_of = {folder: gold_of(gold.CORPUS / folder) for folder in folders}
    likely: dict[tuple[str, str], dict[str, float]] = {}
    for fold in range(FOLDS):
        held = set(folders[fold::FOLDS])
        model = learn([*(t for t in told if t.set not in held), *voices])
        for t in told:
            if t.set in held:
                best = likely.setdefault((t.set, t.article), {})
                for code, p in model.probabilities(t.text).items():
                    best[code] = max(p, best.get(code, 0))
    print("threshold precision recall F1, of the codes of the articles of sets that were not learnt from")
    for threshold in THRESHOLDS:
        right = given = wanted = 0
        for (folder, article), best in likely.items():
            said = {code for code, p in best.items() if p >= threshold}
            nearest = min(right_of[folder][article], key=lambda codes: len(codes ^ said))
            right += len(nearest & said)
            wanted += len(nearest)
            given += len(said)
        precision, recall = right / given, right / wanted
        print(f"{threshold:9.1f} {precision:9.3f} {recall:6.3f} {2 * precision * recall / (precision + recall):5.3f}")


if __name__ == "__main__":
    raise SystemExit(main())
