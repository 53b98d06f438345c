"""Notebooks to pages: papermill runs them on forked kernels, nbconvert turns them into HTML.

Each notebook is run in a kernel of its own; what goes wrong in it costs its own page, is named in the summary,
and leaves the notebook as far as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntp_analysis.errors import NtpError, nearest
from ntp_analysis.reports import strings

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
PACKAGED = strings.DATA / "notebooks"
ENGINE = "ntp"
HIDDEN = "notebook-only"
PAGE_SECONDS = 120
"""A cell that takes longer has hung."""
_ESCAPED = re.compile(r"(?<!\\)\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))")
THREADS_PER_CORE = 2.5
"""A kernel waits for its client, and the client for its kernel, a good part of their lives."""


class UnknownParameter(NtpError):
    """A parameter that a notebook does not have; papermill alone would render its defaults."""


@dataclass(frozen=True)
class Job:
    """One notebook to run: for which page, with which parameters, in which folder."""

    name: str
    notebook: str
    parameters: Mapping[str, str]
    folder: Path
    lang: str = "en"


@dataclass(frozen=True)
class Outcome:
    """What became of a job: the executed notebook, and why it failed if it did."""

    job: Job
    notebook: NotebookNode | None
    error: str = ""


@dataclass
class _Holder:
    notebook: NotebookNode | None = field(default=None)


def notebook_path(name: str) -> Path:
    """Return the file of one of the project's notebooks; no other is ever run."""
    for folder in (NOTEBOOKS, PACKAGED):
        if name.isidentifier() and (folder / f"{name}.ipynb").is_file():
            return folder / f"{name}.ipynb"
    raise NtpError(f"no notebook {name!r} in {NOTEBOOKS}; reports are drawn from the notebooks of a checkout")


def check_parameters(notebook: str, given: Iterable[str]) -> None:
    """Raise UnknownParameter if the notebook has no parameter of one of these names.

    >>> check_parameters("province", ["provnice"])
    Traceback (most recent call last):
    ...
    ntp_analysis.reports.render.UnknownParameter: province.ipynb has no parameter 'provnice'; nearest: 'province'
    """
    known = _parameters(notebook)
    for name in given:
        if name not in known:
            raise UnknownParameter(f"{notebook}.ipynb has no parameter {name!r}; {nearest(name, known)}")


@cache
def _parameters(notebook: str) -> tuple[str, ...]:
    from papermill import inspect_notebook

    return tuple(inspect_notebook(str(notebook_path(notebook))))


def source(notebook: str, lang: str) -> NotebookNode:
    """Return a notebook as it will be run: its sentences in `lang`, without outputs."""
    import nbformat

    node = nbformat.read(notebook_path(notebook), as_version=4)
    translated = strings.cells(notebook, lang)
    for cell in node.cells:
        if cell.cell_type == "markdown":
            cell.source = translated.get(cell.id, cell.source)
        else:
            cell.outputs, cell.execution_count = [], None
    return node


def run(jobs: list[Job], *, threads: int | None = None, seconds: int = PAGE_SECONDS) -> Iterator[Outcome]:
    """Run the jobs' notebooks, several at a time, and give each outcome as it comes."""
    if not jobs:
        return
    from ntp_analysis.kernels import server
    from ntp_analysis.readers import cores

    for job in jobs:
        check_parameters(job.notebook, job.parameters)
    _register_engine()
    server.warm()
    workers = threads or max(2, round(cores() * THREADS_PER_CORE))
    with ThreadPoolExecutor(min(workers, len(jobs))) as pool:
        futures = {pool.submit(_execute, job, seconds) for job in jobs}
        try:
            while futures:
                done = next(as_completed(futures))
                futures.remove(done)
                yield done.result()
        finally:
            for future in futures:
                future.cancel()


def _execute(job: Job, seconds: int) -> Outcome:
    import papermill

    from ntp_analysis.kernels import WarmKernelManager

    holder = _Holder()
    error = ""
    try:
        papermill.execute_notebook(
            source(job.notebook, job.lang),
            None,
            dict(job.parameters),
            engine_name=ENGINE,
            progress_bar=False,
            holder=holder,
            kernel_manager_class=WarmKernelManager,
            shutdown_kernel="immediate",
            record_timing=False,
            store_widget_state=False,
            execution_timeout=seconds,
            resources={"metadata": {"path": str(job.folder)}},
        )
    except Exception as raised:  # whatever went wrong costs this page only
        error = _reason(raised)
    if holder.notebook is not None:
        _tidy(holder.notebook)
    return Outcome(job, holder.notebook, error)


@cache
def _register_engine() -> None:
    import logging

    from papermill.engines import NBClientEngine, papermill_engines

    class HoldingEngine(NBClientEngine):
        """Papermill's engine that lets go of the notebook also where its kernel died."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> Any:
            kwargs.pop("holder").notebook = nb_man.nb
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)

    papermill_engines.register(ENGINE, HoldingEngine)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)


def _reason(error: Exception) -> str:
    """Say in one line why a notebook failed."""
    name = getattr(error, "ename", "") or type(error).__name__
    said = getattr(error, "evalue", "") or str(error)
    if name == "CellTimeoutError":
        return f"a cell ran longer than its time limit ({name})"
    if name == "DeadKernelError":
        return f"its kernel died ({name})"
    lines = re.sub(r"\x1b\[[0-9;]*m", "", said).strip().splitlines()
    return f"{name}: {lines[0] if lines else ''}".strip().rstrip(":")


def _tidy(node: NotebookNode) -> None:
    """Take out what differs from run to run: times, durations, random ids."""
    kept = node.metadata.get("papermill", {})
    node.metadata["papermill"] = {name: kept[name] for name in ("parameters", "version") if name in kept}
    for cell in node.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
            cell.source = _ESCAPED.sub(_letter, cell.source)


def _letter(escaped: re.Match[str]) -> str:
    """A letter that papermill wrote as an escape, as itself; what is no letter stays as it is."""
    letter = chr(int(escaped[1] or escaped[2], 16))
    return letter if letter.isalpha() else escaped[0]


def sections(node: NotebookNode) -> list[dict[str, Any]]:
    """Return the notebook's cells as sections, each begun by a heading of the second level.

    The tags of the heading's cell say how a wide page lays the section out: `half`, `pair`, and `chart` for print.
    """
    found: list[dict[str, Any]] = [{"id": "top", "name": "", "layout": "", "cells": []}]
    for cell in node.cells:
        tags = cell.metadata.get("tags", [])
        if HIDDEN in tags:
            continue
        heading = re.match(r"## (.+)", cell.source) if cell.cell_type == "markdown" else None
        if heading:
            found.append({"id": cell.id, "name": heading[1].strip(), "layout": " ".join(tags), "cells": []})
        found[-1]["cells"].append(cell)
    return found


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter, TemplateExporter

    class PageExporter(HTMLExporter):
        """nbconvert's exporter without its second parse of the finished page, which our template does not need."""

        def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
            return TemplateExporter.from_notebook_node(self, nb, resources, **kw)

    return PageExporter(
        template_name="ntp", extra_template_basedirs=[str(strings.SITE / "nbconvert")], exclude_anchor_links=True
    )


def convert(node: NotebookNode, lang: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the content of a page as HTML, and its sections."""
    parts = sections(node)
    html, _ = _exporter().from_notebook_node(node, {"sections": parts, "words": strings.words("page", lang)})
    return html, parts
