"""Run explore.ipynb and own_articles.ipynb and store their outputs, which nbval then compares.

    uv run python notebooks/refresh.py

Outputs of cells with the tag nbval-ignore-output (articles to look at, tables to click on) are not stored: they are
large and say nothing that a comparison could use.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
NOTEBOOKS = ("explore.ipynb", "own_articles.ipynb")


def refresh(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    NotebookClient(
        notebook, timeout=120, record_timing=False, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}
    ).execute()
    for cell in notebook.cells:
        if "nbval-ignore-output" in cell.metadata.get("tags", ()):
            cell.outputs = []
    notebook.metadata.language_info = {"name": "python"}
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for name in sys.argv[1:] or NOTEBOOKS:
        refresh(HERE / name)
        print(f"{name}: outputs stored")
