"""Rendering: a quarter of 63 provinces against papermill once per province, and against the charts' own cost.

    python benchmarks/rendering.py [--provinces 63] [--naive 63] [--out DIR]

floor   what the notebooks' cells cost in one warm process, without kernels, clients and files
naive   the `papermill` command once per province, one after the other (`--naive N`: of the first N, scaled up)
ours    `reports.build`: the notebooks, the pages, the site around them and its data

The executed notebooks of `naive` and `ours` are compared cell by cell. The last line has the ratios.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generated import QUARTER, articles


def main() -> None:
    """Run all three and print the ratios."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--provinces", type=int, default=63)
    options.add_argument("--naive", type=int, default=63, help="provinces to run the naive way")
    options.add_argument("--out", type=Path, default=None)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = given.out or Path(folder)
        ours, again, pages, largest = render(given.provinces, out)
        print(f"ours    {ours:7.1f} s  {pages} pages with site and data; {again:.1f} s where nothing has changed")
        print(
            f"largest page {largest / 1000:.0f} kB; peak memory {peak_mb():.0f} MB, of a kernel {peak_mb(True):.0f} MB"
        )
        floor = run_floor(out)
        print(f"floor   {floor:7.1f} s  the notebooks' cells in one warm process")
        naive, equal, compared = run_naive(out, given.naive)
        print(f"naive   {naive:7.1f} s  papermill once per province ({compared} run)")
        print(f"executed notebooks equal to the naive ones: {equal} of {compared}")
        print(f"cores {os.cpu_count()}: naive / ours {naive / ours:.1f}, ours / floor {ours / floor:.2f}")


def render(count: int, out: Path) -> tuple[float, float, int, int]:
    """Build the reports twice; return the seconds of both, the number of pages, the size of the largest."""
    import ntp_analysis as ntp

    corpus = ntp.read(articles(count).drop(columns="stated"))
    corpus.checks  # noqa: B018  reading and checking are measured elsewhere
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        summary = ntp.reports.build(corpus, out, [QUARTER])
        seconds.append(time.perf_counter() - start)
        if not summary.ok:
            sys.exit(str(summary))
    from ntp_analysis.kernels import server

    server.stop()  # its kernels' memory is known once it has ended
    pages = list((out / QUARTER).glob("*.html"))
    return seconds[0], seconds[1], len(pages), max(page.stat().st_size for page in pages)


FLOOR = """
import glob, os, sys, time
os.chdir(sys.argv[1])
import nbformat
from ntp_analysis import forkserver
os.environ["MPLBACKEND"] = "agg"
forkserver.preload()
notebooks = [nbformat.read(path, as_version=4) for path in sorted(glob.glob("*.ipynb"))]
start = time.perf_counter()
for notebook in notebooks:
    names = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            *lines, last = cell.source.strip().split("\\n")
            exec("\\n".join(lines), names)
            try:
                shown = eval(last, names)
            except SyntaxError:
                exec(last, names)
            else:
                getattr(shown, "_repr_html_", str)()
print(time.perf_counter() - start)
"""


def run_floor(out: Path) -> float:
    """Return the seconds of the notebooks' own cells, in one process that has imported everything."""
    executed = out / QUARTER / "notebooks"
    command = [sys.executable, "-c", FLOOR, str(executed)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(printed.stdout.strip().splitlines()[-1])


def run_naive(out: Path, count: int) -> tuple[float, int, int]:
    """Run papermill once per province; return the seconds for all, how many were equal, how many were run."""
    import nbformat

    from ntp_analysis.reports import manifest
    from ntp_analysis.reports.render import notebook_path

    folder = out / QUARTER / "notebooks"
    pages = manifest.read(out / QUARTER)["pages"]
    names = [name for name, page in pages.items() if page["province"]]
    chosen = names[:count]
    equal, seconds = 0, 0.0
    for name in chosen:
        parameters = nbformat.read(folder / f"{name}.ipynb", as_version=4).metadata.papermill.parameters
        with tempfile.TemporaryDirectory() as scratch:
            target = Path(scratch, "out.ipynb")
            command = [str(Path(sys.executable).with_name("papermill")), str(notebook_path("province")), str(target)]
            command += ["--cwd", str(folder), "--no-progress-bar"]
            for key, value in parameters.items():
                command += ["-r", key, value]
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            seconds += time.perf_counter() - start
            equal += outputs(target) == outputs(folder / f"{name}.ipynb")
    return seconds * len(names) / len(chosen), equal, len(chosen)


def outputs(path: Path) -> list:
    """Return the outputs of an executed notebook's cells."""
    import nbformat

    return [cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells]


def peak_mb(children: bool = False) -> float:
    """Return the peak resident memory of this process, or of the largest of its ended children, in MB."""
    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    return resource.getrusage(who).ru_maxrss / 1000


if __name__ == "__main__":
    main()
