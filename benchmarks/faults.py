"""Faults for real: extraction and reports killed at many moments, on a full disk, with a dead kernel.

    python benchmarks/faults.py               # 10 kills of each kind, 4 sizes of disk
    python benchmarks/faults.py --kills 100

After every fault each file under a final name must be whole; then the same command is run again until it ends, and
what it wrote must be that of an undisturbed run: nothing missing, nothing twice, nothing left over. Full disks need
the right to mount a tmpfs; without it, files are limited in size instead. The last line counts all faults.
"""

from __future__ import annotations

import argparse
import functools
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
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
NTP = [sys.executable, "-m", "ntp_analysis.cli"]
SMALL_PART = (
    "import sys, ntp_analysis.partitions as p, ntp_analysis.dataset as d; from pathlib import Path\n"
    "if __name__ == '__main__':\n"
    "    d.extract(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]), size=40_000)\n"
)
DISKS = (0.1, 0.4, 0.7, 0.95)
"""sizes of the full disk, as shares of what the undisturbed run needs"""

counts: Counter[str] = Counter()
print = functools.partial(print, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10, help="of each kind")
    parser.add_argument(
        "--only", default="", metavar="WORD", help="only what has this word: extract, parts, report, kernels"
    )
    parser.add_argument("--seed", type=int, default=1719)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        source = corpus(folder / "articles")
        tables = folder / "tables"
        few = source / "*.txt"  # a page each; hundreds of articles at odds would only make the audit long
        subprocess.run([*NTP, "extract", str(few), "-q", "-o", tables, "--partitioned"], check=True)
        commands: dict[str, Callable[[Path], list[object]]] = {
            "extract": lambda out: [*NTP, "extract", source, "-q", "-o", out],
            "extract in parts, 1 process": lambda out: [sys.executable, "-c", SMALL_PART, source, out, 1],
            "extract in parts, 2 processes": lambda out: [sys.executable, "-c", SMALL_PART, source, out, 2],
            "report": lambda out: [*NTP, "report", tables, "--quarter", "2023Q3", "-q", "-o", out],
        }
        good = True
        for name, command in commands.items():
            if options.only not in name:
                continue
            good &= killed(name, command, options.kills, chance, folder)
            good &= full(name, command, folder)
        if options.only in "kernels":
            good &= dead_kernels(tables, options.kills, chance, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    faults = {name: count for name, count in counts.items() if name not in ("missing", "twice", "half")}
    print(f"{sum(faults.values())} faults ({', '.join(f'{count} {name}' for name, count in faults.items())}):")
    print(f"{counts['missing']} missing, {counts['twice']} twice or left over, {counts['half']} half files")
    return 0 if good and not (counts["missing"] or counts["twice"] or counts["half"]) else 1


def corpus(folder: Path) -> Path:
    """Write a quarter of made-up articles of five provinces, in files and as lines."""
    import generated

    folder.mkdir(parents=True)
    for row in generated.articles(5).to_dict("records"):
        (folder / f"{row['id']}.txt").write_text(row["text"], encoding="utf-8")
    lines = []
    for seed in range(100):
        for row in generated.articles(5, seed).to_dict("records"):
            cells = {"id": f"{row['id']}-{seed}", "text": row["text"], "published": row["published"]}
            lines.append(json.dumps(cells, ensure_ascii=False))
    (folder / "more.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def killed(name: str, command: Callable[[Path], list[object]], kills: int, chance: random.Random, folder: Path) -> bool:
    """Kill the command `kills` times over its whole length, several times in a row on one folder, then let it end."""
    clean = folder / "clean"
    start = time.monotonic()
    subprocess.run(list(map(str, command(clean))), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    seconds = time.monotonic() - start
    expected = content(clean)
    done = rounds = 0
    while done < kills and rounds < 4 * kills:
        out = folder / "out"
        rounds += 1
        for _ in range(min(3, kills - done)):
            if not kill_once(command(out), chance.uniform(0.25, 1.05) * seconds, alone=chance.random() < 0.5):
                break
            done += 1
            counts["kills"] += 1
            counts["half"] += len(half(out))
        subprocess.run(list(map(str, command(out))), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        compare(expected, content(out))
        shutil.rmtree(out)
    shutil.rmtree(clean)
    orphans = [line for line in processes() if str(folder) in line]
    print(f"{name:30} killed {done:3} times in {rounds} runs of {seconds:.1f} s, {len(orphans)} processes left behind")
    return not orphans and done >= kills


def kill_once(command: list[object], after: float, alone: bool) -> bool:
    """Start the command and kill it, `alone` or with its processes; return whether it was still running."""
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, cwd=ROOT
    )
    try:
        process.wait(after)
        return False
    except subprocess.TimeoutExpired:
        if alone:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.2)  # workers notice the end of their run
        return True


def full(name: str, command: Callable[[Path], list[object]], folder: Path) -> bool:
    """Run the command on disks that are too small, then on the same ones with room enough."""
    clean = folder / "clean"
    subprocess.run(list(map(str, command(clean))), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    expected = content(clean)
    needed = sum(path.stat().st_size for path in clean.rglob("*") if path.is_file())
    good = True
    for share in DISKS:
        with disk(folder / "disk", int(needed * share)) as (out, limit, enlarge):
            ended = subprocess.run(
                list(map(str, command(out))), capture_output=True, text=True, preexec_fn=limit, cwd=ROOT
            )
            counts["full disks"] += 1
            counts["half"] += len(half(out))
            refused = ended.returncode != 0 and ("Traceback" not in ended.stderr or "-c" in command(out))
            good &= refused
            if not refused:
                print(f"{name}, disk of {share:.0%}: exit {ended.returncode}: {ended.stderr[-300:]}")
            enlarge()
            subprocess.run(list(map(str, command(out))), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            compare(expected, content(out))
    shutil.rmtree(clean)
    print(f"{name:30} on a full disk {len(DISKS)} times, {needed / 1e6:.1f} MB needed")
    return good


@contextmanager
def disk(folder: Path, size: int) -> Iterator[tuple[Path, Callable[[], None], Callable[[], None]]]:
    """Give a folder on a disk of `size` bytes, what a process must do before it starts, and how to get more room."""
    folder.mkdir(exist_ok=True)
    pages = max(16, size // 1024)
    mounted = not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={pages}k", "tmpfs", str(folder)], capture_output=True
    ).returncode
    try:
        if mounted:
            enlarge = ["mount", "-o", "remount,size=1g", str(folder)]
            yield folder / "out", lambda: None, lambda: subprocess.run(enlarge, check=True) and None
        else:
            most = max(1024, size // 20)
            yield folder / "out", lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)), lambda: None
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def dead_kernels(tables: Path, kills: int, chance: random.Random, folder: Path) -> bool:
    """Kill single kernels of a report: their pages fail, the others are there, the next run makes them good."""
    out, clean = folder / "out", folder / "clean"
    command = [*NTP, "report", str(tables), "--quarter", "2023Q3", "-q"]
    subprocess.run([*command, "-o", str(clean)], check=True, cwd=ROOT)
    expected, failed = content(clean), 0
    for _ in range(kills):
        process = subprocess.Popen([*command, "-o", str(out)], stderr=subprocess.PIPE, text=True, cwd=ROOT)
        victim = None
        while process.poll() is None and victim is None:
            kernels = kernels_of(process.pid)
            victim = chance.choice(kernels) if kernels else None
            time.sleep(0.005)
        if victim is not None:
            time.sleep(chance.uniform(0, 0.3))
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        said = process.communicate()[1]
        counts["dead kernels"] += 1
        counts["half"] += len(half(out))
        failed += "kernel died" in said or process.returncode != 0
        again = subprocess.run([*command, "-o", str(out)], capture_output=True, cwd=ROOT)
        compare(expected, content(out))
        if again.returncode:
            return False
        shutil.rmtree(out)
    print(f"{'kernels':30} killed {kills} times, {failed} pages failed and were made by the next run")
    return True


def kernels_of(run: int) -> list[int]:
    """Return the process ids of the kernels that a run's warm process has forked."""
    found = []
    for server in children(run):
        found += children(server)
    return found


def children(process: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def processes() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return found


def half(out: Path) -> list[Path]:
    """Return the files under final names that are not whole."""
    broken = []
    for path in out.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(out).parts)
        if path.is_file() and not hidden and not is_whole(path):
            broken.append(path)
            print(f"half: {path}")
    return broken


def is_whole(path: Path) -> bool:
    """Whether a file has its end: of a Parquet file the foot, of a page its last tag, of the others their syntax."""
    data = path.read_bytes()
    if path.suffix == ".parquet":
        return data[:4] == data[-4:] == b"PAR1"
    if path.suffix in (".json", ".ipynb"):
        with suppress(ValueError):
            return bool(json.loads(data))
        return False
    if path.suffix == ".html":
        return data.rstrip().endswith(b"</html>")
    if path.suffix == ".xlsx":
        import zipfile

        return zipfile.is_zipfile(path)
    return data.endswith(b"\n") or not data


def content(out: Path) -> dict[str, object]:
    """Return what must be the same after any fault: every file, and the rows of every table."""
    found: dict[str, object] = {}
    for path in sorted(out.rglob("*")):
        name = str(path.relative_to(out))
        if path.is_dir():
            found[name] = "folder"
        elif path.suffix == ".parquet":
            table = pd.read_parquet(path)
            found[name] = (len(table), int(pd.util.hash_pandas_object(table.astype("str"), index=False).sum()))
        elif path.suffix in (".csv", ".html"):
            found[name] = path.read_bytes()
        else:
            found[name] = "file"
    return found


def compare(expected: dict[str, object], found: dict[str, object]) -> None:
    """Count what is missing or another, and what is too much."""
    for name in {*expected, *found}:
        if expected.get(name) != found.get(name):
            counts["twice" if name not in expected else "missing"] += 1
            print(f"{'left over' if name not in expected else 'missing or another'}: {name}")


if __name__ == "__main__":
    sys.exit(main())
