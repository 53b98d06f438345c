"""Extraction of more than memory holds: part by part, on all cores or a cluster, to a partitioned data set.

A run works in `<out>/.work`, one folder a part, which gets its name only when it is whole: a run that was killed goes
on with the parts that are missing. When all are there, `gathering` takes out copies of the same story, gives every
article its final id and writes the tables; `<out>/extraction.json` comes last. Rows depend on the input alone, not on
the number of workers, on who read which part, or on how often the run was broken off.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntp_analysis import partial, partitions
from ntp_analysis.errors import NtpError
from ntp_analysis.partitions import Part
from ntp_analysis.sources import Problem, whole_characters

if TYPE_CHECKING:
    import pandas as pd

    from ntp_analysis.model import Reading

WORK, DONE = ".work", "extraction.json"
_TRIES = 3


class DatasetError(NtpError):
    """A folder that holds something else, or a run that cannot go on."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: rows by table, parts read now and parts found ready."""

    out: Path
    rows: dict[str, int]
    parts: int
    ready: int

    def __str__(self) -> str:
        rows = ", ".join(f"{count:,} {name}" for name, count in self.rows.items())
        ready = f", {self.ready} of them ready before" if self.ready else ""
        return f"{self.out}: {rows} from {self.parts} parts{ready}"


def extract(
    source: Any,
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str = "",
    columns: Mapping[str, str] | None = None,
    everything: bool = False,
    format: str = "parquet",
    progress: bool = False,
    size: int = partitions.PART,
) -> Summary:
    """Extract the tables of `source` into the folder `out`, which `ntp.read` and `ntp report` then take.

    Parameters
    ----------
    source : as for `sources.read_sources`, without DataFrames
    workers : int
        Processes on this machine; by default one a core.
    scheduler : str
        Address of a running dask scheduler (``tcp://host:8786``) to use instead. Its workers must see the input and
        `out` under the same paths.
    columns : mapping
        What the columns of tables are called.
    everything : bool
        Keep all articles; by default only those about the programmes, found by a cheap test first (`relevance`).
    format : str
        "parquet" or "csv".

    The same call goes on where an earlier one was broken off, and does nothing where it was finished. Raises
    DatasetError if `out` holds another extraction.
    """
    from ntp_analysis.readers import cores

    out = Path(out)
    parts = partitions.cut(source, size)
    named = dict(columns or {})
    settings = {"columns": named, "everything": everything, "format": format, "library": _library()}
    key = partitions.fingerprint(parts, settings)
    finished = _finished(out, key, len(parts))
    if finished:
        return finished
    (out / WORK).mkdir(parents=True, exist_ok=True)
    with partial.only_one(out / WORK / "lock") as alone:
        if not alone:
            raise DatasetError(f"another run is writing to {out}: wait for it, or give another folder")
        work = _work_folder(out, key)
        missing = [i for i in range(len(parts)) if not (work / _name(i)).is_dir()]
        jobs = [Job(i, parts[i], str(work), named, everything) for i in missing]
        runner = _on_cluster(jobs, scheduler) if scheduler else _on_this_machine(jobs, workers or cores())
        for _ in _bar(runner, len(jobs), progress):
            pass
        from ntp_analysis import gathering

        rows = gathering.gather([work / _name(i) for i in range(len(parts))], out, format)
        _write(out / DONE, {"key": key, "rows": rows, "parts": len(parts)})
        shutil.rmtree(work, ignore_errors=True)
    return Summary(out, rows, len(parts), len(parts) - len(missing))


def problems(out: str | Path) -> pd.DataFrame:
    """Return the table of what a finished extraction could not read."""
    from ntp_analysis import export, schema

    return schema.conform("problems", export.read_csv(Path(out) / "problems.csv"), str(out))


@dataclass(frozen=True, slots=True)
class Job:
    """One part to read, and where its tables go."""

    number: int
    part: Part
    work: str
    columns: Mapping[str, str]
    everything: bool


def run(job: Job) -> int:
    """Read one part and write its tables, all or none; return its number. Runs in a worker."""
    problems: list[Problem] = []
    readings = list(_readings(job, problems))
    _save(job, _tables(readings, problems))
    return job.number


def _readings(job: Job, problems: list[Problem]) -> Iterator[tuple[str, Reading]]:
    """Yield (id as given, reading); inside a part the articles are numbered, ids are settled when all are known."""
    from ntp_analysis.readers import read_one

    number = 0
    for item in partitions.read(job.part, job.columns, filtered=not job.everything):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        reading = read_one(replace(item, id=f"{number:08}"))
        if isinstance(reading, Problem):
            problems.append(replace(reading, record=item.id))
            continue
        if job.everything or reading.relevant:
            number += 1
            yield item.id, reading


def _tables(readings: list[tuple[str, Reading]], problems: list[Problem]) -> dict[str, pd.DataFrame]:
    import pandas as pd

    from ntp_analysis import duplicates
    from ntp_analysis.corpus import from_readings

    corpus = from_readings((reading for _, reading in readings), problems)
    texts = [reading.article.text for _, reading in readings]
    keys = {
        "article": [reading.article.id for _, reading in readings],
        "id": [id for id, _ in readings],
        "text": texts,
        "signature": [duplicates.signature(text) for text in texts],
        "numbers": [duplicates.numbers(text) for text in texts],
    }
    return {
        "articles": corpus.articles,
        "figures": corpus.figures,
        "obstacles": corpus.obstacles,
        "problems": corpus.problems,
        "texts": pd.DataFrame(keys),
    }


def _save(job: Job, tables: Mapping[str, pd.DataFrame]) -> None:
    final = Path(job.work, _name(job.number))
    with partial.folder(final.parent) as made:
        for name, table in tables.items():
            if len(table):
                table.to_parquet(made / f"{name}.parquet", index=False)
        try:
            os.rename(made, final)
        except OSError:
            if not final.is_dir():  # else another worker has read the same part
                raise


def _lost(job: Job) -> None:
    """Put in the place of a part whose reading ended the worker, several times, the problem that it is."""
    from ntp_analysis.corpus import from_readings

    where = ", ".join(job.part.files[:3]) + (" ..." if len(job.part.files) > 3 else "")
    span = f"{job.part.first} to {job.part.last}" if job.part.last else ""
    problem = Problem(where, span, f"its worker was lost {_TRIES} times", "give it more memory, or read it apart")
    _save(job, {"problems": from_readings([], list(whole_characters([problem]))).problems})


def _on_this_machine(jobs: list[Job], workers: int) -> Iterator[int]:
    """Run the jobs in processes, as many at a time as there are; those lost together are read again one by one."""
    if workers == 1 or len(jobs) < 2:
        yield from map(run, jobs)
        return
    waiting = list(reversed(jobs))
    while waiting:
        lost: list[Job] = []
        yield from _in_pool(waiting, workers, lost)
        for job in lost:
            yield from _alone(job)


def _alone(job: Job) -> Iterator[int]:
    """Run a job with no other beside it that could end its worker; give it up after some tries."""
    for _ in range(_TRIES):
        lost: list[Job] = []
        yield from _in_pool([job], 1, lost)
        if not lost:
            return
    _lost(job)
    yield job.number


def _in_pool(waiting: list[Job], workers: int, lost: list[Job]) -> Iterator[int]:
    """Take jobs from the end of `waiting` until none is left or the pool breaks; `lost` gets those it broke under."""
    import multiprocessing
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool

    from ntp_analysis.readers import end_with_parent

    context = multiprocessing.get_context("spawn")
    running: dict[Future[int], Job] = {}
    with ProcessPoolExecutor(workers, mp_context=context, initializer=end_with_parent) as pool:
        while waiting or running:
            try:
                while waiting and len(running) < workers:
                    running[pool.submit(run, waiting[-1])] = waiting[-1]
                    waiting.pop()
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    number = done.result()
                    del running[done]
                    yield number
            except BrokenProcessPool:
                saved = [job.number for job in running.values() if Path(job.work, _name(job.number)).is_dir()]
                lost += [job for job in running.values() if job.number not in saved]
                yield from saved
                return


def _on_cluster(jobs: list[Job], scheduler: str) -> Iterator[int]:
    """Run the jobs on a dask cluster; a part whose workers are lost is given up after dask's own tries."""
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError as error:
        raise DatasetError("--scheduler needs dask: pip install 'ntp_analysis[crawl]'") from error
    try:
        client = Client(scheduler, timeout="20s")
    except (OSError, TimeoutError, ValueError) as error:
        raise DatasetError(f"no dask scheduler answers at {scheduler}: start one, or leave --scheduler out") from error
    with client:
        futures = {client.submit(run, job, pure=False, retries=2): job for job in jobs}
        for future in as_completed(list(futures)):
            job = futures[future]
            try:
                yield future.result()
            except KilledWorker:
                _lost(job)
                yield job.number


def _finished(out: Path, key: str, parts: int) -> Summary | None:
    if not (out / DONE).is_file():
        _refuse_foreign(out)
        return None
    try:
        done = json.loads((out / DONE).read_text(encoding="utf-8"))
        known, rows = done["key"], dict(done["rows"])
    except (ValueError, LookupError, TypeError) as error:
        raise DatasetError(f"{out / DONE} is damaged: give another folder, or remove it") from error
    if known != key:
        raise DatasetError(f"{out} holds the extraction of other input or settings: give another folder, or remove it")
    shutil.rmtree(out / WORK, ignore_errors=True)  # of a run that was killed at its very end
    return Summary(out, rows, parts, parts)


def _refuse_foreign(out: Path) -> None:
    """Refuse a folder with anything that a broken run of ours does not leave."""
    from ntp_analysis.gathering import LEAVES

    there = sorted(path.name for path in out.iterdir()) if out.is_dir() else []
    if there and WORK not in there:
        raise DatasetError(f"{out} is not empty ({there[0]} ...): give an empty or new folder")
    ours = (partial.MAKING, partial.MOVING)
    foreign = [name for name in there if name not in (WORK, *LEAVES) and not name.startswith(ours)]
    if foreign:
        raise DatasetError(f"{out} holds {foreign[0]}, which is not ours: give an empty or new folder")


def _work_folder(out: Path, key: str) -> Path:
    """Return the folder of the parts, emptied if they are of other input."""
    work = out / WORK
    plan = work / "plan.json"
    if not plan.is_file() or json.loads(plan.read_text(encoding="utf-8"))["key"] != key:
        for part in work.glob("part-*"):
            shutil.rmtree(part)
    _write(plan, {"key": key})
    return work


def _write(path: Path, content: Mapping[str, Any]) -> None:
    with partial.file(path) as made:
        made.write_text(json.dumps(content, indent=2), encoding="utf-8")


def _name(number: int) -> str:
    return f"part-{number:06}"


def _library() -> str:
    from ntp_analysis.reports.manifest import library

    return library()


def _bar(numbers: Iterable[int], total: int, shown: bool) -> Iterable[int]:
    if not shown:
        return numbers
    from tqdm import tqdm

    return tqdm(numbers, total=total, unit=" parts", desc="extracting")
