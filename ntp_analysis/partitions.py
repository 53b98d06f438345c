"""Input that is larger than memory, cut into parts that can be read alone, in one fixed order.

How the input is cut depends on the input alone, never on who reads it: a Parquet file by row groups, a JSONL file by
lines (both to about 64 MB), many small files in bundles; a packed file, a CSV file or an archive is a part by itself.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ntp_analysis import records, sources
from ntp_analysis.model import Article
from ntp_analysis.sources import Problem, find_files, kind

PART = 64 << 20
"""bytes of input that a part should have"""
_BUNDLE = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the input: whole files, or from `first` to `last` (row groups or bytes) of one file.

    `before` is the number of records before it in the file, so that a record has the same number however the file
    is cut.
    """

    files: tuple[str, ...]
    first: int = 0
    last: int = 0
    before: int = 0
    unread: tuple[Problem, ...] = ()


def cut(source: Any, size: int = PART) -> list[Part]:
    """Return the parts of `source`, in the order of its files and records.

    Raises SourceError for a path that does not exist.
    """
    parts: list[Part] = []
    bundle: list[str] = []
    filled = 0
    unread = []
    for path in find_files(source):
        if isinstance(path, Problem):
            unread.append(path)
            continue
        alone = kind(path) in sources.RECORDS
        if bundle and (alone or filled > size or len(bundle) >= _BUNDLE):
            parts.append(Part(tuple(bundle)))
            bundle, filled = [], 0
        if alone:
            parts += _cut_file(path, size)
        else:
            bundle.append(str(path))
            filled += path.stat().st_size
    parts += [Part(tuple(bundle))] if bundle else []
    return [*parts, Part((), unread=tuple(unread))] if unread else parts


def fingerprint(parts: Iterable[Part], settings: Mapping[str, Any]) -> str:
    """Return what changes if the input, how it is cut or how it is read changes."""
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode())
    for part in parts:
        for name in part.files:
            about = Path(name).stat()
            digest.update(os.fsencode(name) + f"\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
        digest.update(json.dumps(asdict(replace(part, files=())), sort_keys=True).encode())
    return digest.hexdigest()


def read(part: Part, columns: Mapping[str, str], filtered: bool) -> Iterator[Article | Problem]:
    """Yield the articles and problems of one part; only texts that hold a phrase of ours if `filtered`."""
    yield from sources.whole_characters(_read(part, columns, filtered))


def _read(part: Part, columns: Mapping[str, str], filtered: bool) -> Iterator[Article | Problem]:
    from ntp_analysis.relevance import is_relevant

    options = records.Options(columns=dict(columns), relevant=is_relevant if filtered else None)
    yield from part.unread
    if not part.last:
        for name in part.files:
            yield from _whole(Path(name), options)
    elif kind(Path(part.files[0])) == ".parquet":
        yield from _row_groups(part, options)
    else:
        yield from _lines(part, options)


def _cut_file(path: Path, size: int) -> list[Part]:
    try:
        if kind(path) == ".parquet":
            return _cut_parquet(path, size)
        if path.suffix.lower() in (".jsonl", ".ndjson") and path.stat().st_size > size:
            return _cut_lines(path, size)
    except (OSError, ValueError):
        pass  # what is wrong with it is said when it is read
    return [Part((str(path),))]


def _cut_parquet(path: Path, size: int) -> list[Part]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
    parts = []
    first = before = rows = filled = 0
    for i, group in enumerate(groups):
        rows += group.num_rows
        filled += group.total_byte_size
        if filled >= size or i == len(groups) - 1:
            parts.append(Part((str(path),), first, i + 1, before))
            first, before, rows, filled = i + 1, before + rows, 0, 0
    return parts or [Part((str(path),))]


def _cut_lines(path: Path, size: int) -> list[Part]:
    """Cut at line ends, counting the lines on the way."""
    parts = []
    with path.open("rb") as stream:
        first = before = 0
        while chunk := stream.read(size):
            lines = chunk.count(b"\n")
            if not chunk.endswith(b"\n"):
                while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                    pass
                lines += rest.endswith(b"\n")
            parts.append(Part((str(path),), first, stream.tell(), before))
            first, before = stream.tell(), before + lines
    return parts


def _whole(path: Path, options: records.Options) -> Iterator[Article | Problem]:
    try:
        yield from sources.read_file(path, options)
    except OSError as error:
        yield Problem(str(path), "", f"cannot be read: {error.strerror or error}", "check the file and the disk")


def _lines(part: Part, options: records.Options) -> Iterator[Article | Problem]:
    path = Path(part.files[0])
    with path.open("rb") as stream:
        stream.seek(part.first)
        limited = _Until(stream, part.last)
        yield from records.read_lines(path, limited, options, part.before)


class _Until:
    """A binary stream that ends at an offset, for reading lines."""

    def __init__(self, stream: Any, end: int) -> None:
        self._stream, self._end = stream, end

    def readline(self, limit: int) -> bytes:
        left = self._end - self._stream.tell()
        return self._stream.readline(min(limit, left)) if left > 0 else b""


def _row_groups(part: Part, options: records.Options) -> Iterator[Article | Problem]:
    path = Path(part.files[0])
    yield from records.read_parquet(path, options, range(part.first, part.last), part.before)
