"""Rendering: one notebook a province, executed and made into a page, by the tools that people use for it.

    python benchmarks/peers/rendering.py [--provinces 3]

papermill              `papermill`, then `jupyter nbconvert --to html`: parameters, a page
nbconvert --execute    parameters put in by `papermill --prepare-only` (not counted: it takes none itself), then
                       `jupyter nbconvert --execute --to html`
quarto                 `quarto render --execute` of the same notebook, if it is installed
ours                   `reports.build`: the same pages, and also a comparison, an index and the data behind them

The last line has seconds a page, and how many times ours each takes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from generated import QUARTER, articles

BIN = Path(sys.executable).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--provinces", type=int, default=3)
    count = parser.parse_args().provinces
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        seconds = {"ours": ours(count, out) / count}
        pages = list(prepared(out))
        for name, peer in (("papermill", papermill), ("nbconvert --execute", nbconvert), ("quarto", quarto)):
            if name == "quarto" and not shutil.which(name):
                print("quarto: not installed")
                continue
            start = time.perf_counter()
            for page, parameters in pages:
                peer(page, parameters)
            seconds[name] = (time.perf_counter() - start) / len(pages)
    told = (f"{name} {each:.2f} ({each / seconds['ours']:.1f})" for name, each in seconds.items())
    print(f"seconds a page of {count}: " + ", ".join(told))
    return 0


def ours(count: int, out: Path) -> float:
    """Build the reports; return the seconds."""
    import ntp_analysis as ntp

    corpus = ntp.read(articles(count).drop(columns="stated"))
    corpus.checks  # noqa: B018  reading and checking are measured elsewhere
    start = time.perf_counter()
    summary = ntp.reports.build(corpus, out, [QUARTER])
    if not summary.ok:
        sys.exit(str(summary))
    return time.perf_counter() - start


def prepared(out: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield for each province a notebook with its parameters put in, and the parameters as papermill takes them."""
    import nbformat

    from ntp_analysis.reports import manifest
    from ntp_analysis.reports.render import notebook_path

    folder = out / QUARTER / "notebooks"
    for name, page in manifest.read(out / QUARTER)["pages"].items():
        if not page["province"]:
            continue
        given = nbformat.read(folder / f"{name}.ipynb", as_version=4).metadata.papermill.parameters
        parameters = [word for key, value in given.items() for word in ("-r", key, value)]
        target = folder / f"peer-{name}.ipynb"
        run("papermill", str(notebook_path("province")), str(target), "--prepare-only", *parameters, folder=folder)
        yield target, parameters


def papermill(page: Path, parameters: list[str]) -> None:
    executed = page.with_name(f"executed-{page.name}")
    run("papermill", str(page), str(executed), "--no-progress-bar", *parameters, folder=page.parent)
    run("jupyter-nbconvert", "--to", "html", "--no-input", str(executed), folder=page.parent)


def nbconvert(page: Path, parameters: list[str]) -> None:
    run("jupyter-nbconvert", "--execute", "--to", "html", "--no-input", str(page), folder=page.parent)


def quarto(page: Path, parameters: list[str]) -> None:
    subprocess.run(["quarto", "render", page.name, "--execute", "--to", "html"], check=True, cwd=page.parent)


def run(command: str, *arguments: str, folder: Path) -> None:
    done = subprocess.run([str(BIN / command), *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command}: {done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
