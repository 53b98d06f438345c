"""Reading: a full extraction beside the floor that no extraction can go below, in one process, in turns.

    python benchmarks/reading.py                       # seeds and annotated articles, then 3,000 and 30,000 streamed
    python benchmarks/reading.py --articles 0          # the ratios alone
    python benchmarks/reading.py --profile             # and where the time goes

floor   decode, `is_normalized`, lower case, one pass of the package's number pattern, one pass of its phrases
full    bytes to figures' rows: decode, then `read_article`

Times are of the CPU, on one core: medians of `--rounds` runs, floor and full by turns. Articles a second are of 9 KB:
bytes read in a second, over 9,000. The made-up articles of the streamed runs are short and hold little but figures.
The last line has the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind
from generated import article, provinces

from ntp_analysis.amounts import NUMBER
from ntp_analysis.encodings import decode
from ntp_analysis.engine import read_article
from ntp_analysis.lexicon import load_entries
from ntp_analysis.model import Article
from ntp_analysis.places import name_phrases
from ntp_analysis.readers import cores, read_articles
from ntp_analysis.sources import read_sources

ROOT = Path(__file__).parent.parent
SETS = {"seeds": ROOT / "seeds", "tests/corpus": ROOT / "tests" / "corpus"}
NINE_KB = 9000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=30_000, metavar="N", help="stream N/10 and N made-up articles")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="print the functions that take the most time")
    parser.add_argument("--stream", nargs=2, metavar=("FILE", "WORKERS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stream:
        stream(given.stream[0], int(given.stream[1]))
        return 0
    print(f"{cores()} cores, Python {sys.version.split()[0]}")
    sets = {name: [path.read_bytes() for path in sorted(folder.rglob("*.txt"))] for name, folder in SETS.items()}
    ratios = [compared(name, files, given.rounds) for name, files in sets.items()]
    if given.profile:
        profile(sets["tests/corpus"])
    if given.articles:
        streamed(given.articles)
    print("full / floor: " + ", ".join(f"{name} {ratio:.2f}" for name, ratio in zip(sets, ratios, strict=True)))
    return 0


def compared(name: str, files: list[bytes], rounds: int) -> float:
    """Print and return how many times the floor a full extraction of some files takes."""
    floor = floor_of()
    rows = full(files)  # also loads what is loaded once
    floor(files)
    times = [(cpu(floor, files), cpu(full, files)) for _ in range(rounds)]
    low, high = (statistics.median(column) for column in zip(*times, strict=True))
    size = sum(map(len, files))
    print(f"{name}: {len(files)} articles of {size / len(files) / 1000:.1f} KB, {rows} figures")
    for what, seconds in (("floor", low), ("full", high)):
        each = seconds / len(files) * 1e3
        print(f"  {what:5} {each:8.3f} ms an article, {size / NINE_KB / seconds:8,.0f} articles of 9 KB a second")
    return high / low


def floor_of() -> Callable[[list[bytes]], None]:
    """Return the function that does what no extraction can do without."""
    phrases = {phrase for entry in load_entries() for phrase in entry.phrases} | set(name_phrases())
    scan = AhoCorasick(sorted(phrases), matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes

    def floor(files: list[bytes]) -> None:
        for data in files:
            text = data.decode()
            unicodedata.is_normalized("NFC", text)
            low = text.lower()
            for _ in NUMBER.finditer(low):
                pass
            scan(low)

    return floor


def full(files: list[bytes]) -> int:
    """Read the files from bytes to rows; return the number of rows."""
    return sum(len(read_article(Article(str(i), decode(data).text)).figures) for i, data in enumerate(files))


def cpu(action: Callable[[list[bytes]], object], files: list[bytes]) -> float:
    start = time.process_time()
    action(files)
    return time.process_time() - start


def streamed(most: int) -> None:
    """Stream two numbers of articles through one process and two, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for count in (most // 10, most):
            path = Path(folder, f"{count}.jsonl")
            size = generate(path, count)
            for workers in (1, 2):
                command = [sys.executable, __file__, "--stream", str(path), str(workers)]
                printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                seconds, peak, rows = json.loads(printed)
                print(
                    f"{count:,} articles of {size / count / 1000:.1f} KB, {workers} process{'es' * (workers > 1)}: "
                    f"{seconds:.1f} s, {count / seconds:,.0f} articles a second "
                    f"({size / NINE_KB / seconds:,.0f} of 9 KB), {rows:,} figures, peak {peak:.0f} MB"
                )


def generate(path: Path, count: int) -> int:
    """Write made-up articles, the same every time, one a line; return their size as text."""
    dice, names, size = random.Random(2023), provinces(63), 0
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            text, _ = article(names[n % len(names)], dice)
            size += len(text.encode())
            file.write(json.dumps({"id": f"g{n}", "text": text, "published": "2023-09-30"}, ensure_ascii=False) + "\n")
    return size


def stream(path: str, workers: int) -> None:
    """Read a file's articles, keeping none; print seconds, peak MB of this process, and figures."""
    read_article(Article("a", "giải ngân 40,7%"))
    start = time.perf_counter()
    rows = sum(len(reading.figures) for reading in read_articles(read_sources(path), workers))
    print(json.dumps([time.perf_counter() - start, peak_mb(), rows]))


def peak_mb() -> float:
    """Return the peak resident memory of this process alone, in MB."""
    if os.path.exists("/proc/self/status"):
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return int(status["VmHWM"].split()[0]) / 1000
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def profile(files: list[bytes]) -> None:
    """Print the share of time that is a function's own, and the package's functions with all that they call."""
    import cProfile
    import pstats

    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(full, files)
    stats = pstats.Stats(profiler)
    total = max(times[3] for times in stats.stats.values())
    own = {place: times[2] for place, times in stats.stats.items()}
    whole = {place: times[3] for place, times in stats.stats.items() if "ntp_analysis" in place[0]}
    for what, shares in (("own", own), ("with what it calls", whole)):
        print(f"  {what}")
        for file, line, name in sorted(shares, key=shares.__getitem__, reverse=True)[:30]:
            print(f"  {shares[file, line, name] / total:5.1%}  {Path(file).stem}.{name}")


if __name__ == "__main__":
    sys.exit(main())
