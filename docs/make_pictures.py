"""Draw the pictures of README: pages of a site of the sample and the annotated articles, and the two notebooks.

    python docs/make_pictures.py [province comparison ...]

Needs Chromium and the annotated articles in tests/corpus. Look at each picture before you commit it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
QUARTER = "2023Q3"
SIZES = {  # of each picture, in pixels
    "province": (1180, 1800),
    "comparison": (1180, 2010),
    "explore": (1110, 1100),
    "own_articles": (1110, 1100),
}
FIRST = {"explore": "Look at an article", "own_articles": "Check: figures"}
"""the heading that a notebook's picture begins with"""


def site(folder: Path) -> dict[str, Path]:
    """Render the quarter's pages and return those that have a picture."""
    import ntp_analysis as ntp
    from ntp_analysis.reports import build

    corpus = ntp.read([ROOT / "seeds", *sorted(ROOT.glob("tests/corpus/*/articles"))])
    build(corpus, folder, quarters=[QUARTER])
    pages = {"province": "dien-bien", "comparison": "comparison"}
    return {name: folder / QUARTER / f"{page}.html" for name, page in pages.items()}


def notebook(name: str, folder: Path) -> Path:
    """Run a notebook and return it as a page that begins where its picture does."""
    import nbformat
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    node = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4)
    NotebookClient(node, timeout=120, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    starts = [i for i, cell in enumerate(node.cells) if FIRST[name] in cell.source]
    node.cells = node.cells[starts[0] if starts else 0 :]
    page = folder / f"{name}.html"
    page.write_text(HTMLExporter().from_notebook_node(node)[0], encoding="utf-8")
    return page


def shoot(page: Path, name: str, folder: Path) -> None:
    """Write the picture of a page."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not installed")
    size = "{},{}".format(*SIZES[name])
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={size}",
         f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=5000",
         f"--screenshot={IMAGES / name}.png", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def main(names: list[str]) -> None:
    """Draw the pictures named, or all."""
    wanted = names or list(SIZES)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pages = site(folder / "reports") if {"province", "comparison"} & set(wanted) else {}
        for name in wanted:
            shoot(pages.get(name) or notebook(name, folder), name, folder)
            print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
