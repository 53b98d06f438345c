#!/usr/bin/env python3
"""Feed the engine mutated articles: no exception, rows as declared, offsets that hold, time linear in length.

    fuzz.py [--minutes 1 | --inputs 100000] [--seed 1] [--keep DIR]
    fuzz.py --growth [--size 100000]
    fuzz.py --atheris [--minutes 60] [--keep DIR]

Inputs begin as the annotated articles, the hostile texts of tests/test_hostile.py and tests/fuzz/*.txt (those that
failed once, made small); each is cut, doubled, spliced, repeated and strewn with the pieces of that test, and
sentences of several are set in any order. `--keep DIR` writes every input that failed, and is read first the next time.

Time is that of the processor per character, of inputs of 1,000 characters and more; the slowest are timed again, so
that a moment in which the machine was busy counts for nobody. `--growth` repeats each of some hundred pieces to an
eighth of the size and to the size: eight times the text may take no more than sixteen times as long.

`--atheris` has the coverage choose the inputs of the same check; its wheels are for CPython 3.11 and later on Linux:

    uv run --isolated --with atheris python benchmarks/fuzz.py --atheris --minutes 60

The last line gives the counts; exit code 1 if anything failed.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import random
import re
import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

if "--atheris" in sys.argv:  # it sees the branches of what is imported here for the first time
    try:
        import atheris
    except ImportError:
        sys.exit("fuzz.py: atheris is not installed: write `uv run --isolated --with atheris` before python")
    with atheris.instrument_imports(include=["ntp_analysis"]):
        import ntp_analysis.engine  # noqa: F401

import gold  # noqa: E402
import test_hostile  # noqa: E402

from ntp_analysis.engine import read_article  # noqa: E402
from ntp_analysis.model import Article  # noqa: E402

LONGEST = 60_000
TIMED = 1000
"""characters from which on an input's time is compared: a shorter one costs what beginning an article costs"""
SLOW = 20
"""times the median time a character from which an input is slow"""
STEEP = 16
"""times as long for eight times the text, from which on time grows faster than the text"""
AGAIN = 200
"""the slowest inputs, which are timed again"""
RUNS = [
    "1",
    ".",
    "1,",
    "1.",
    "A",
    "Aa ",
    "lần lượt ",
    "tiểu dự án 1 ",
    "xã Abc, ",
    "vốn năm 2022 kéo dài, ",
    "(",
    ") ",
    "năm 2022, ",
    "\n",
    "a\u200b",
    "1 tỷ đồng, ",
]


PIECES = [
    *RUNS, *test_hostile.PIECES, "123 ", "9.", "9,", "1/2", "31/", "2023 ", "20", "- ", "...", "\n\n", "\r\n", " \n", " ", "'", "\"", "“", "«»",
    "((", "[", "{", "(1%) ", "5%", "tỷ", "tỷ đồng ", "1 tỷ ", "1 | ", "a\t1\n", "a. ", "1. a\n", "I. A\n", "k", "một trăm ", "hơn ", "khoảng ", "gần hơn trên ",
    "từ 1 đến ", "tháng 1 ", "quý I ", "quyết định số 1/QĐ-TTg ", "1.000.000 đồng ", "không dưới ", "chương trình ", "mục tiêu quốc gia ", "này ",
    "vướng mắc ", "Theo ", "UBND ", "<div>", "&amp;", "\ufffd", "a\u0301", "\u202e",
]  # fmt: skip
"""what is repeated to see whether time grows faster than text"""
LEAD = "Chương trình mục tiêu quốc gia giải ngân 5% vốn. "


def beginnings(keep: Path | None) -> list[str]:
    """Return the texts that mutation begins with."""
    return [
        *([path.read_text(encoding="utf-8") for path in sorted(keep.glob("*.txt"))] if keep else []),
        *test_hostile.HOSTILE.values(),
        *test_hostile.FAILED.values(),
        *(text for name in gold.sets() for text in gold.texts(name).values()),
    ]


SENTENCE = re.compile(r"(?<=[.;:])\s+|\n")


def mixed(texts: list[str], rng: random.Random) -> str:
    """Return sentences of several texts in any order: what one says then stands before what another left to be known."""
    sentences = [
        part for text in rng.choices(texts, k=rng.randint(2, 8)) for part in SENTENCE.split(text[:LONGEST]) if part
    ]
    return (
        "\n".join(" ".join(rng.choices(sentences, k=rng.randint(1, 4))) for _ in range(rng.randint(3, 12)))
        if sentences
        else ""
    )


def mutate(text: str, others: list[str], rng: random.Random) -> str:
    """Return a text changed in one to six ways."""
    for _ in range(rng.randint(1, 6)):
        a, b = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        b = min(b, a + 400)
        way = rng.randrange(8)
        if way == 0:
            text = text[:a] + text[b:]
        elif way == 1:
            text = text[:b] + text[a:]
        elif way == 2:
            text = text[:a] + rng.choice(test_hostile.PIECES) * rng.choice((1, 1, 2, 20)) + text[a:]
        elif way == 3:
            other = rng.choice(others)
            c = rng.randint(0, len(other))
            text = text[:a] + other[c : c + 400] + text[b:]
        elif way == 4:
            text = (
                text[:a] + chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x80, 0xD800), 0, 10, 9))) + text[a:]
            )
        elif way == 5 and rng.random() < 0.2:
            text = text[:a] + rng.choice(RUNS) * rng.randint(10, 400) + text[a:]
        elif way == 7:
            text = mixed(others, rng)
        else:
            text = (
                text[:a] + "".join(rng.choice("0123456789.,%/-() ;:\n") for _ in range(rng.randint(1, 12))) + text[b:]
            )
    return text[:LONGEST]


def seconds(text: str, day: date | None = None, times: int = 1) -> float:
    """Check what is read of a text and return the seconds of the processor that reading took, the best of some times."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        reading = read_article(Article("a", text, published=day))
        best = min(best, time.process_time() - began)
    test_hostile.check(reading)
    return best


class Speeds:
    """The time of every long input, and the slowest of them."""

    def __init__(self) -> None:
        self.all: list[float] = []
        self.slowest: list[tuple[float, int, str]] = []

    def add(self, took: float, text: str) -> None:
        if len(text) < TIMED:
            return
        self.all.append(took / len(text) * 1e6)
        heapq.heappush(self.slowest, (self.all[-1], len(self.all), text))
        if len(self.slowest) > AGAIN:
            heapq.heappop(self.slowest)

    def print(self, keep: Path | None) -> int:
        """Print the slowest against the median, and return how many are slow."""
        if not self.all:
            return 0
        usual = statistics.median(self.all)
        again = sorted(((seconds(text, times=3) / len(text) * 1e6, text) for *_, text in self.slowest), reverse=True)
        slow = [(took, text) for took, text in again if took > SLOW * usual]
        for took, text in slow[:5]:
            print(f"slow: {took / usual:.0f} times the median, {len(text)} characters")
            _keep(keep, text)
        print(
            f"median {usual:.2f} microseconds a character, worst {again[0][0]:.2f}: {again[0][0] / usual:.1f} times "
            f"the median ({max(self.all) / usual:.1f} before it was timed again), {len(self.all):,} long inputs"
        )
        return len(slow)


def fuzz(minutes: float, inputs: int, seed: int, keep: Path | None) -> int:
    """Check inputs for some minutes, or so many of them."""
    rng = random.Random(seed)
    first = beginnings(keep)
    failures: Counter[str] = Counter()
    speeds = Speeds()
    done, until = 0, time.monotonic() + 60 * minutes
    while done < inputs if inputs else time.monotonic() < until:
        text = first[done] if done < len(first) else mutate(rng.choice(first), first, rng)
        done += 1
        try:
            speeds.add(seconds(text, rng.choice(test_hostile.DAYS[:3])), text)
        except Exception as error:  # whatever it is, it is what we look for
            cause = _cause(error)
            if not failures[cause]:
                print(f"{cause}: {str(error)[:120]}", flush=True)
            failures[cause] += 1
            _keep(keep, text)
    slow = speeds.print(keep)
    print(f"{done:,} inputs, {sum(failures.values())} failures of {len(failures)} causes, {slow} slow")
    return 1 if failures or slow else 0


def _cause(error: Exception) -> str:
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno} {where.name}"


def _keep(keep: Path | None, text: str) -> None:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        (keep / f"{name}.txt").write_text(text, encoding="utf-8", errors="replace")


def growth(size: int, pieces: list[str]) -> list[tuple[float, float, str]]:
    """Return (times as long for eight times the text, microseconds a character, piece), the worst first."""
    found = []
    for piece in dict.fromkeys(pieces):
        short, long = (LEAD + piece * (n // len(piece)) for n in (size // 8, size))
        took, before = seconds(long), max(seconds(short, times=2), 1e-4)
        took = seconds(long, times=2) if took > 0.7 * STEEP * before else took
        found.append((took / before, took / len(long) * 1e6, piece))
    return sorted(found, reverse=True)


def print_growth(size: int) -> int:
    found = growth(size, PIECES)
    for times, took, piece in found[:3]:
        print(f"{times:5.1f} times as long for 8 times the text, {took:5.1f} microseconds a character: {piece!r}")
    took, piece = max((took, piece) for _, took, piece in found)
    print(f"most a character: {took:.1f} microseconds: {piece!r}")
    steep = sum(times > STEEP for times, *_ in found)
    print(f"{len(found)} pieces repeated to {size:,} characters, {steep} grow faster than the text")
    return 1 if steep else 0


def guided(minutes: float, seed: int, keep: Path | None) -> int:
    """Let atheris choose the inputs."""
    folder = keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    for text in beginnings(None):
        _keep(folder, text)
    options = [f"-max_total_time={int(60 * minutes)}", f"-seed={seed}", f"-max_len={LONGEST}", "-timeout=60"]
    options += [f"-artifact_prefix={folder}/failed-", str(folder)]
    print(f"inputs and failures are kept in {folder}", flush=True)
    atheris.Setup([sys.argv[0], *options], lambda data: seconds(data.decode("utf-8", "replace")) and None)
    atheris.Fuzz()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--inputs", type=int, default=0, help="so many, however long it takes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--atheris", action="store_true")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--size", type=int, default=100_000)
    args = parser.parse_args()
    if args.growth:
        return print_growth(args.size)
    if args.atheris:
        return guided(args.minutes, args.seed, args.keep)
    return fuzz(args.minutes, args.inputs, args.seed, args.keep)


if __name__ == "__main__":
    sys.exit(main())
