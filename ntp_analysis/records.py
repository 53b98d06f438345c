"""Tables of articles, a record at a time: JSON lines, CSV, Parquet, DataFrame."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any, BinaryIO

from ntp_analysis.encodings import NotText, decode
from ntp_analysis.errors import NtpError
from ntp_analysis.model import Article
from ntp_analysis.pagemeta import day
from ntp_analysis.sources import LONGEST_ARTICLE, Problem, Test, as_article, clean_id, kind, stem

FIELDS = ("id", "text", "html", "url", "title", "published")
_ALSO = {"published": ("date", "published_at", "date_published"), "url": ("link",), "id": ("article",)}
_BATCH = 1024
_UNPACKING = (EOFError, gzip.BadGzipFile, zlib.error)


class MissingExtra(NtpError):
    """A kind of file that needs a package which is not installed."""

    def __init__(self, package: str, what: str) -> None:
        super().__init__(f"{what} needs {package}; install it with `pip install 'ntp_analysis[crawl]'`")


@dataclass(frozen=True)
class Options:
    """How records are read: what columns are called, and which texts are wanted at all."""

    columns: Mapping[str, str] = field(default_factory=dict)
    relevant: Test | None = None

    def names(self, there: Sequence[str]) -> dict[str, str]:
        """Return field -> column for the columns that are there.

        >>> Options({"text": "body"}).names(["body", "date"])
        {'text': 'body', 'published': 'date'}
        """
        named = {}
        for name in FIELDS:
            choices = (self.columns[name],) if name in self.columns else (name, *_ALSO.get(name, ()))
            found = next((choice for choice in choices if choice in there), None)
            if found is not None:
                named[name] = found
        return named


def read_file(path: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the articles and problems of a .jsonl, .csv (packed or not) or .parquet file."""
    if kind(path) == ".parquet":
        yield from read_parquet(path, options)
        return
    reader = _read_csv if kind(path) == ".csv" else read_lines
    count = 0
    try:
        with open_packed(path) as stream:
            for item in reader(path, stream, options):
                count += 1
                yield item
    except _UNPACKING as error:
        yield Problem(
            str(path), f"after record {count}", f"the packed file breaks off or is damaged ({error})", "fetch it again"
        )
    if not count and path.stat().st_size == 0:
        yield Problem(str(path), "", "empty", "leave it out, or save it again")


def open_packed(path: Path) -> BinaryIO:
    """Open a file that may be packed by gzip or zstandard; raises MissingExtra without zstandard."""
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value]
    if path.suffix.lower() == ".zst":
        try:
            import zstandard
        except ImportError as error:
            raise MissingExtra("zstandard", path.name) from error
        return _Zstandard(zstandard.ZstdDecompressor().stream_reader(path.open("rb"), read_across_frames=True))
    return path.open("rb")


class _Zstandard(io.BufferedReader):
    """A zstandard stream whose faults are those of a packed file that breaks off."""

    def __init__(self, raw: Any) -> None:
        super().__init__(_Faults(raw), 1 << 20)


class _Faults(io.RawIOBase):
    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        import zstandard

        try:
            data = self._raw.read(len(buffer))
        except zstandard.ZstdError as error:
            raise EOFError(str(error)) from error
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()


def read_frame(frame: Any, options: Options) -> Iterator[Article | Problem]:
    """Yield the articles of a DataFrame, one a row; without an `id` column the index names them."""
    there = list(frame.columns)
    names = options.names(there)
    problem = _unusable("DataFrame", there, names, options)
    if problem:
        yield problem
        return
    columns = [frame[column].astype(object).where(frame[column].notna(), None).to_list() for column in names.values()]
    for label, *cells in zip(frame.index.to_list(), *columns, strict=True):
        yield from _article("DataFrame", f"row {label}", str(label), dict(zip(names, cells, strict=True)), options)


def read_lines(path: Path, stream: Any, options: Options, before: int = 0) -> Iterator[Article | Problem]:
    """Yield the articles and problems of JSON lines; `before` lines of the file came earlier."""
    for number, line in enumerate(_lines(stream), before + 1):
        record = f"line {number}"
        if line is None:
            yield _too_long(path, record)
            continue
        if not line.strip() or _surely_not_ours(line, options):
            continue
        try:
            decoded = decode(line)
            value = json.loads(decoded.text)
        except NotText as error:
            yield Problem(str(path), record, str(error), error.remedy)
            continue
        except (ValueError, RecursionError) as error:
            yield Problem(str(path), record, f"no valid JSON: {error}", "write one object a line, as UTF-8")
            continue
        if decoded.problem:
            yield Problem(str(path), record, decoded.problem, decoded.remedy)
        if not isinstance(value, dict):
            yield Problem(str(path), record, "no JSON object", "write one object a line, with id and text")
            continue
        cells = {name: value[column] for name, column in options.names(list(value)).items()}
        yield from _article(str(path), record, f"{stem(path)}-{number}", cells, options)


def _surely_not_ours(line: bytes, options: Options) -> bool:
    """Whether a line of JSON need not be parsed: whole, without escapes, and without a phrase of ours."""
    from ntp_analysis import relevance

    if options.relevant is not relevance.is_relevant or b"\\u" in line:
        return False
    if b"&" in line and options.columns.get("html", "html").encode() in line:
        return False
    return line.rstrip()[-1:] == b"}" and not relevance.holds_phrase(line)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines; None for one that is longer than an article can be."""
    while line := stream.readline(LONGEST_ARTICLE):
        if len(line) < LONGEST_ARTICLE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
            pass
        yield None


def _read_csv(path: Path, stream: BinaryIO, options: Options) -> Iterator[Article | Problem]:
    csv.field_size_limit(LONGEST_ARTICLE)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    first = text.readline(LONGEST_ARTICLE)
    if not first:
        return
    delimiter = max(",;\t", key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    names = options.names(header)
    if "text" not in names and "html" not in names:
        yield _no_text(str(path), header, options)
        return
    rows = csv.reader(_Bounded(text), delimiter=delimiter)
    number = 1
    while True:
        number += 1
        record = f"row {number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(str(path), record, f"no valid CSV: {error}", "quote fields that hold quotes or line ends")
            continue
        if len(row) != len(header):
            if row:
                problem = f"{len(row)} fields instead of {len(header)}"
                yield Problem(str(path), record, problem, "quote fields that hold the delimiter or line ends")
            continue
        if any("\ufffd" in cell for cell in row):
            yield Problem(str(path), record, "not UTF-8: unreadable bytes became U+FFFD", "save it as UTF-8")
        cells = {name: row[header.index(column)] for name, column in names.items()}
        yield from _article(str(path), record, f"{stem(path)}-{number - 1}", cells, options)


class _Bounded:
    """The lines of a text; one longer than an article can be is an error of its own, and the next one follows."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_ARTICLE)
        if not line:
            raise StopIteration
        if len(line) < LONGEST_ARTICLE or line.endswith("\n"):
            return line
        while (rest := self._stream.readline(1 << 20)) and not rest.endswith("\n"):
            pass
        raise csv.Error(f"a line longer than {LONGEST_ARTICLE:,} characters")


def read_parquet(
    path: Path, options: Options, row_groups: Sequence[int] | None = None, before: int = 0
) -> Iterator[Article | Problem]:
    """Yield the articles and problems of a Parquet file, or of some row groups; `before` rows came earlier."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = before
    try:
        with pq.ParquetFile(path) as file:
            there = file.schema_arrow.names
            names = options.names(there)
            problem = _unusable(str(path), there, names, options)
            if problem:
                yield problem
                return
            chosen = None if row_groups is None else list(row_groups)
            wanted = list(dict.fromkeys(names.values()))
            for batch in file.iter_batches(batch_size=_BATCH, row_groups=chosen, columns=wanted):
                for row in _wanted_rows(batch, names, options):
                    record, id = f"row {number + row + 1}", f"{stem(path)}-{number + row + 1}"
                    try:
                        cells = {name: batch.column(column)[row].as_py() for name, column in names.items()}
                    except (ValueError, OverflowError, KeyError) as error:
                        yield Problem(str(path), record, f"a cell cannot be read: {error}", "write the row again")
                        continue
                    yield from _article(str(path), record, id, cells, options)
                number += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        where = f"after row {number}" if number else ""
        yield Problem(str(path), where, f"no valid Parquet: {str(error).splitlines()[0]}", "write it again")


def _wanted_rows(batch: Any, names: Mapping[str, str], options: Options) -> Any:
    """Rows that have to be looked at; texts without a phrase of ours are passed over as bytes."""
    import pyarrow as pa

    from ntp_analysis import relevance

    text = batch.column(names["text"]) if "text" in names and "html" not in names else None
    plain = text is not None and (pa.types.is_string(text.type) or pa.types.is_large_string(text.type))
    if options.relevant is not relevance.is_relevant or not plain:
        return range(batch.num_rows)
    return relevance.relevant_rows(text)


def _article(
    file: str, record: str, id: str, cells: Mapping[str, Any], options: Options
) -> Iterator[Article | Problem]:
    """Yield the article of one record, after what is wrong with it."""
    page = not _filled(cells.get("text")) and _filled(cells.get("html"))
    text = cells.get("html" if page else "text")
    if isinstance(text, bytes):
        try:
            text = decode(text, html=page).text
        except NotText as error:
            yield Problem(file, record, str(error), error.remedy)
            return
    if not isinstance(text, str) or not text.strip():
        yield Problem(file, record, "no text", "fill the column `text`, or leave the record out")
        return
    if len(text) > LONGEST_ARTICLE:
        yield _too_long(file, record)
        return
    if options.relevant is not None and not options.relevant(unescape(text) if page else text):
        return
    given = {name: str(cells[name]).strip() for name in ("id", "url", "title") if _filled(cells.get(name))}
    article = as_article(text, page, clean_id(given.get("id", id)) or id, f"{file}, {record}", given.get("url", ""))
    if "title" in given:
        article = replace(article, title=given["title"])
    if _filled(cells.get("published")):
        published = _day(cells["published"])
        if published is None:
            problem = f"{str(cells['published'])[:40]!r} is no day that was"
            yield Problem(file, record, problem, "write days as 2023-08-31; the article was read without")
        article = replace(article, published=published or article.published)
    yield article


def _filled(value: Any) -> bool:
    return value is not None and value == value and value != ""  # NaN and NaT are not themselves


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return day(value.isoformat())
    return value if isinstance(value, date) else day(str(value))


def _too_long(file: str | Path, record: str) -> Problem:
    return Problem(str(file), record, f"longer than {LONGEST_ARTICLE:,} bytes: no article", "leave it out, or split it")


def _unusable(file: str, there: Sequence[str], names: Mapping[str, str], options: Options) -> Problem | None:
    """Return why no article can be read of a table with the columns `there`, if none can."""
    twice = [column for column in names.values() if there.count(column) > 1]
    if twice:
        return Problem(file, "", f"column {twice[0]!r} is there twice", "give columns names of their own")
    return None if {"text", "html"} & names.keys() else _no_text(file, there, options)


def _no_text(file: str, columns: Sequence[str], options: Options) -> Problem:
    wanted = options.columns.get("text", "text")
    there = ", ".join(map(str, columns))[:200]
    return Problem(
        file,
        "",
        f"no column {wanted!r}; it has: {there}",
        'name it: columns={"text": NAME} in Python, --column text=NAME in a command',
    )
