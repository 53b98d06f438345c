"""Many articles, on one core or on several: the readings are the same and in the same order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ntp_analysis import schema
from ntp_analysis.errors import NtpError
from ntp_analysis.sources import Problem, SourceError, unreadable

if TYPE_CHECKING:
    from concurrent.futures import Future

    from ntp_analysis.model import Article, Reading

ALONE = 500
"""articles that are read before processes are started: starting them costs what some hundreds of articles cost"""
CHUNK, CHUNK_CHARACTERS = 100, 2_000_000
"""articles and characters that are handed to a process at once"""


class LostReader(NtpError):
    """A process that was reading articles ended."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_articles(
    articles: Iterable[Article], workers: int = 1, alone: int = ALONE, problems: list[Any] | None = None
) -> Iterator[Reading]:
    """Yield the Reading of each article, in order, with as many processes as `workers`.

    An article that the engine fails on is put into `problems` and costs the others nothing; without `problems` it
    raises SourceError.

    The first `alone` articles are read here; only if there are more, processes are started. Memory holds a few
    chunks of articles. Raises LostReader if a process is killed.

    >>> from ntp_analysis.sources import read_sources
    >>> [reading.article.id for reading in read_articles(read_sources("seeds/00[01]_*.txt"), workers=2)]
    ['000_ba1e3139a6b3e686', '001_2cc0a782e4e3f92f']
    """
    for found in _read_all(articles, workers, alone):
        if not isinstance(found, Problem):
            yield found
        elif problems is None:
            raise SourceError(str(found))
        else:
            problems.append(found)


def end_with_parent() -> None:
    """Have a worker end when the run that started it is killed; else it would wait for work without end."""
    import multiprocessing
    import threading

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _read_all(articles: Iterable[Article], workers: int, alone: int) -> Iterator[Reading | Problem]:
    waiting = iter(articles)
    if workers > 1:
        yield from map(read_one, islice(waiting, alone))
        more = list(islice(waiting, 1))
        if more:
            yield from _in_processes(chain(more, waiting), workers)
    else:
        yield from map(read_one, waiting)


def _in_processes(articles: Iterator[Article], workers: int) -> Iterator[Reading | Problem]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # spawned: a forked process would have our locks without the threads that open them
    context = multiprocessing.get_context("spawn")
    running: deque[Future[list[Reading | Problem]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context, initializer=end_with_parent) as pool:
        try:
            for chunk in _chunks(articles):
                running.append(pool.submit(_read_chunk, chunk))
                if len(running) > 2 * workers:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        except BrokenProcessPool:
            raise LostReader(
                "a process that read articles was lost: give it more memory, or read with workers=1; "
                'a script that reads with more must begin its work under `if __name__ == "__main__":`'
            ) from None
        finally:
            for future in running:
                future.cancel()


def _chunks(articles: Iterator[Article]) -> Iterator[list[Article]]:
    chunk: list[Article] = []
    characters = 0
    for article in articles:
        chunk.append(article)
        characters += len(article.text)
        if len(chunk) == CHUNK or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _read_chunk(articles: list[Article]) -> list[Reading | Problem]:
    """Read some articles. Runs in a process of its own."""
    return [read_one(article) for article in articles]


def read_one(article: Article) -> Reading | Problem:
    """Return what an article says, or the problem that reading it failed: one article must not cost the others."""
    from ntp_analysis import engine

    try:
        reading = engine.read_article(article)
        for figure in reading.figures:
            schema.check_figure(figure)
        return reading
    except Exception as error:
        return unreadable(article, error)
