"""Extraction of a crawl: throughput, memory and equality of rows, on a generated corpus of which 1 in 1,000 is ours.

    python benchmarks/crawl.py                            # 200,000 documents
    python benchmarks/crawl.py --documents 2000000        # the figures of docs/scale.md
    python benchmarks/crawl.py --kills 20                 # also: kill the run at 20 random moments and go on

Runs: one process, two processes, two dask workers. The last line says whether all gave the same rows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).parent.parent
EVERY = 1000
ROWS = 50_000
WORDS = """trận đấu tối qua đội tuyển thời tiết miền Bắc có mưa rào và dông vài nơi nhiệt độ cao nhất cầu thủ ghi bàn
người dân thành phố đường phố giá vàng xăng dầu thị trường chứng khoán cổ phiếu ngân hàng lãi suất giáo viên học sinh
trường đại học bệnh viện bác sĩ du lịch khách sạn món ăn phim ca sĩ điện thoại máy tính ô tô nhà đất năm tháng""".split()

RUN = """
import sys
from ntp_analysis import dataset
if __name__ == "__main__":
    source, out, how = sys.argv[1:]
    if how == "dask":
        from distributed import LocalCluster
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="", memory_limit="4GB") as cluster:
            print(dataset.extract(source, out, scheduler=cluster.scheduler_address))
    else:
        print(dataset.extract(source, out, workers=int(how)))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="keep the corpus and the results here")
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="crawl-"))
    try:
        size = generate(folder / "corpus", options.documents)
        print(f"{options.documents:,} documents, {size / 1e6:,.0f} MB of text, {os.cpu_count()} cores")
        filter_speed(folder / "corpus")
        outs = [timed(folder, how, options.documents, size) for how in ("1", "2", "dask")]
        equal = all(digest(out) == digest(outs[0]) for out in outs)
        if options.kills:
            equal &= killed(folder, options.kills, digest(outs[0]))
    finally:
        if not options.folder:
            shutil.rmtree(folder)
    print(f"rows {'equal' if equal else 'DIFFER'} in all runs")
    return 0 if equal else 1


def generate(folder: Path, documents: int) -> int:
    """Write the corpus as Parquet of 50,000 rows a file; return its size as text."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1719)
    paragraphs = [" ".join(chance.choices(WORDS, k=60)).capitalize() + "." for _ in range(3000)]
    ours = sorted((ROOT / "tests/corpus/dev/articles").glob("*.txt"))
    articles = [path.read_text(encoding="utf-8") for path in ours]
    size = 0
    for first in range(0, documents, ROWS):
        texts = []
        for i in range(first, min(first + ROWS, documents)):
            if i % EVERY == 0:
                texts.append(f"{chance.choice(articles)}\nMã số bài: {i}\n")  # a number of its own: no copy
            else:
                texts.append("\n".join(chance.sample(paragraphs, 5)))
        size += sum(len(text.encode()) for text in texts)
        table = {"text": texts, "url": [f"https://trang.vn/{first + i}" for i in range(len(texts))]}
        pq.write_table(pa.table(table), folder / f"{first:010}.parquet", row_group_size=10_000, compression="zstd")
    return size


def filter_speed(folder: Path) -> None:
    """Print how fast one core searches text that is not ours."""
    from ntp_analysis import relevance

    column = pq.read_table(sorted(folder.glob("*.parquet"))[0], columns=["text"])["text"].combine_chunks()
    list(relevance.relevant_rows(column[:10]))
    start = time.perf_counter()
    found = len(list(relevance.relevant_rows(column)))
    seconds = time.perf_counter() - start
    print(f"relevance test: {column.nbytes / 1e6 / seconds:,.0f} MB/s on one core ({found} of {len(column):,} pass)")


def timed(folder: Path, how: str, documents: int, size: int) -> Path:
    """Run one extraction in a process of its own and print its cost."""
    out = folder / f"out-{how}"
    shutil.rmtree(out, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    watched = watch([sys.executable, "-c", RUN, str(folder / "corpus"), str(out), how])
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rows = json.loads((out / "extraction.json").read_text())["rows"]
    name = {"1": "1 process", "2": "2 processes", "dask": "2 dask workers"}[how]
    print(
        f"{name:15} {seconds:6.1f} s, {cpu:6.1f} s of CPU, {documents / seconds:8,.0f} documents/s, "
        f"{size / 1e6 / seconds:6.1f} MB/s, peak {watched / 1e6:,.0f} MB a process, {rows['figures']:,} figures"
    )
    return out


def watch(command: list[str]) -> int:
    """Run a command; return the largest resident size that any of its processes reached, in bytes."""
    import psutil

    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        try:
            family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
            peak = max(peak, *(member.memory_info().rss for member in family))
        except psutil.Error:
            pass
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"extraction failed with exit code {process.returncode}")
    return peak


def killed(folder: Path, times: int, expected: dict[str, object]) -> bool:
    """Kill a run of two processes again and again at random moments; return whether its rows are right in the end."""
    out = folder / "out-killed"
    shutil.rmtree(out, ignore_errors=True)
    chance = random.Random(times)
    kills = 0
    command = [sys.executable, "-c", RUN, str(folder / "corpus"), str(out), "2"]
    while kills < times:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(timeout=chance.uniform(0.5, 8))
            break
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(f"killed {kills} times: rows {'equal' if digest(out) == expected else 'DIFFER'}")
    return digest(out) == expected


def digest(out: Path) -> dict[str, object]:
    """Return what must be equal: hashes of every table's rows, in order."""
    hashes: dict[str, object] = {}
    for name in ("articles", "figures", "obstacles", "texts"):
        table = pd.concat([pd.read_parquet(part) for part in sorted((out / name).glob("*.parquet"))], ignore_index=True)
        hashes[name] = (len(table), int(pd.util.hash_pandas_object(table, index=False).sum()))
    return hashes


if __name__ == "__main__":
    sys.exit(main())
