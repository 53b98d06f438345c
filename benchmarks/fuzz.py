#!/usr/bin/env python3
"""Feed the engine mutated articles: no exception, offsets that hold, no input far slower than others of its length.

    fuzz.py [--minutes 1] [--seed 1] [--keep DIR] [--atheris]

Inputs begin as the annotated articles and the hostile texts of tests/test_hostile.py; each is cut, doubled,
spliced, repeated and strewn with the pieces of that test. `--keep DIR` writes every input that failed, and is read
first the next time. `--atheris` hands the same check to atheris, guided by coverage, where it is installed. The
last line gives the counts; exit code 1 if anything failed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import sys
import time
import traceback
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import gold  # noqa: E402
import test_hostile  # noqa: E402

from ntp_analysis.engine import read_article  # noqa: E402
from ntp_analysis.model import Article  # noqa: E402

LONGEST = 60_000
SLOW = 20
"""times the median microseconds a character, of inputs of 5,000 characters and more, from which one is slow"""
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


def beginnings(keep: Path | None) -> list[str]:
    """Return the texts that mutation begins with."""
    kept = [path.read_text(encoding="utf-8") for path in sorted(keep.glob("*.txt"))] if keep and keep.exists() else []
    return [
        *kept,
        *test_hostile.HOSTILE.values(),
        *(text for name in gold.sets() for text in gold.texts(name).values()),
    ]


def mutate(text: str, others: list[str], rng: random.Random) -> str:
    """Return a text changed in one to six ways."""
    for _ in range(rng.randint(1, 6)):
        a, b = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        b = min(b, a + 400)
        way = rng.randrange(7)
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
        else:
            text = (
                text[:a] + "".join(rng.choice("0123456789.,%/-() ;:\n") for _ in range(rng.randint(1, 12))) + text[b:]
            )
    return text[:LONGEST]


def run(text: str, day: date | None) -> float:
    """Check one text and return the seconds that reading took."""
    began = time.process_time()
    reading = read_article(Article("a", text, published=day))
    took = time.process_time() - began
    test_hostile.check(reading)
    return took


def fuzz(minutes: float, seed: int, keep: Path | None) -> int:
    rng = random.Random(seed)
    first = beginnings(keep)
    failures: Counter[str] = Counter()
    speeds: list[tuple[float, str]] = []
    inputs, until = 0, time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        text = first[inputs] if inputs < len(first) else mutate(rng.choice(first), first, rng)
        inputs += 1
        try:
            took = run(text, rng.choice(test_hostile.DAYS[:3]))
        except Exception as error:  # whatever it is, it is what we look for
            where = traceback.extract_tb(error.__traceback__)[-1]
            cause = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno} {where.name}"
            if not failures[cause]:
                print(f"{cause}: {str(error)[:120]}", flush=True)
            failures[cause] += 1
            _keep(keep, text)
            continue
        if len(text) >= 5000:
            speeds.append((took / len(text) * 1e6, text))
    usual = statistics.median([s for s, _ in speeds]) if speeds else 0.0
    slow = [(s, text) for s, text in speeds if s > SLOW * usual]
    for s, text in sorted(slow, reverse=True)[:5]:
        print(f"slow: {s / usual:.0f} times the median, {len(text)} characters")
        _keep(keep, text)
    worst = max((s for s, _ in speeds), default=0.0) / usual if usual else 0.0
    print(f"median {usual:.1f} microseconds a character, worst {worst:.1f} times that, {len(speeds)} long inputs")
    print(f"{inputs} inputs, {sum(failures.values())} failures of {len(failures)} causes, {len(slow)} slow")
    return 1 if failures or slow else 0


def _keep(keep: Path | None, text: str) -> None:
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        (keep / f"{name}.txt").write_text(text, encoding="utf-8", errors="replace")


def guided(minutes: float, seed: int, keep: Path | None) -> int:
    """Let atheris choose the inputs."""
    try:
        import atheris
    except ImportError:
        print(
            "fuzz.py: atheris is not installed; leave out --atheris, or `uv pip install atheris` first", file=sys.stderr
        )
        return 2
    folder = keep or Path("fuzz-corpus")
    for text in beginnings(None):
        _keep(folder, text)
    atheris.instrument_all()
    options = [sys.argv[0], f"-max_total_time={int(60 * minutes)}", f"-seed={seed}", f"-max_len={LONGEST}", str(folder)]
    atheris.Setup(options, lambda data: run(data.decode("utf-8", "replace"), None) and None)
    atheris.Fuzz()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--atheris", action="store_true")
    args = parser.parse_args()
    return (guided if args.atheris else fuzz)(args.minutes, args.seed, args.keep)


if __name__ == "__main__":
    sys.exit(main())
