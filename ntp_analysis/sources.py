"""Whatever holds articles, as a stream of `Article`: files, folders, globs, tables and crawls.

| what | how it is read |
|---|---|
| `.txt` | one article; its id is the file name without the ending |
| `.html`, `.htm` | one saved page, see `pages` |
| `.jsonl(.gz, .zst)` | one article a line: `text` (or `html`), and if there `id`, `url`, `title`, `published` |
| `.csv`, `.csv.gz`, `.parquet` | one article a row, same columns; `date` serves for `published` |
| `.warc(.gz)`, `.wet(.gz)` | one article a page of a crawl |
| folder, glob, list, DataFrame | all of the above in it, in the order of their names |

Folders inside a folder that hold tables or reports of ours are passed over.

Texts are streamed: memory holds one article, or one batch of a Parquet file. Input that cannot be read never ends a
batch: it becomes a `Problem`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from glob import glob, has_magic
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ntp_analysis.encodings import NotText, decode
from ntp_analysis.errors import NtpError
from ntp_analysis.model import Article
from ntp_analysis.partial import MOVING

if TYPE_CHECKING:
    import pandas as pd

Source: TypeAlias = "str | os.PathLike[str] | pd.DataFrame | Iterable[str | os.PathLike[str]]"
Test: TypeAlias = Callable[[str], bool]

LONGEST_ARTICLE = 20_000_000
"""bytes of one file or record beyond which it is no article"""

PLAIN = (".txt",)
PAGES = (".html", ".htm", ".xhtml")
RECORDS = (".jsonl", ".ndjson", ".csv", ".parquet", ".warc", ".wet")
PACKED = (".gz", ".zst")
_DOCUMENTS = (".pdf", ".doc", ".docx", ".rtf", ".odt", ".mht", ".mhtml", ".xls", ".xlsx", ".json", ".zip")
_OUTPUT = frozenset(("extraction.json", ".work", "ntp.xlsx"))
_NOT_IN_AN_ID = re.compile(r"[\x00-\x1f\x7f;\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_HALF = re.compile(r"[\ud800-\udfff]")  # half a character: no file can hold it, though JSON and file names may


@dataclass(frozen=True, slots=True)
class Problem:
    """Input that could not be read, or not quite: where, what is wrong, what to do."""

    file: str
    record: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.record}" if self.record else self.file
        return f"{where}: {self.problem}; {self.remedy}"


class SourceError(NtpError):
    """Input that cannot be read where that may not be passed over: a missing path, or any problem with `strict`."""


def read_sources(
    source: Source,
    *,
    problems: list[Any] | None = None,
    strict: bool = False,
    columns: Mapping[str, str] | None = None,
    relevant: Test | None = None,
) -> Iterator[Article]:
    """Yield the articles of `source`, in the order of names and records.

    Parameters
    ----------
    source : path, glob, DataFrame, or list of paths and globs
        See the table at the head of this module.
    problems : list
        Takes a Problem for each input that could not be read, or not quite.
    strict : bool
        Raise SourceError at the first problem.
    columns : mapping
        What the columns of tables are called, for example ``{"text": "body", "published": "date"}``.
    relevant : function of a text
        Articles whose raw text fails it are passed over before anything else is done with them.

    Raises SourceError for a path that does not exist.

    >>> [article.id for article in read_sources("seeds/00[01]_*.txt")]
    ['000_ba1e3139a6b3e686', '001_2cc0a782e4e3f92f']
    """
    from ntp_analysis import records

    options = records.Options(columns=dict(columns or {}), relevant=relevant)
    if hasattr(source, "itertuples"):
        found: Iterator[Article | Problem] = records.read_frame(source, options)
    else:
        found = _read_files(find_files(source), options)
    for item in whole_characters(found):
        if isinstance(item, Article):
            yield item
        elif strict:
            raise SourceError(str(item))
        elif problems is not None:
            problems.append(item)


def whole_characters(items: Iterable[Article | Problem]) -> Iterator[Article | Problem]:
    r"""Yield the items with U+FFFD for every half of a character, so that they can be written, and say it of texts.

    >>> [item.text for item in whole_characters([Article(id="a", text="đạt \ud83d 5%")]) if isinstance(item, Article)]
    ['đạt � 5%']
    """
    for item in items:
        halved = [field.name for field in fields(item) if _is_halved(getattr(item, field.name))]
        if isinstance(item, Article) and {"text", "title", "url"} & set(halved):
            origin = _HALF.sub("\ufffd", item.origin)
            remedy = "write whole characters; check the quotes"
            yield Problem(origin, item.id, "halves of characters became U+FFFD", remedy)
        changed: dict[str, Any] = {name: _HALF.sub("\ufffd", getattr(item, name)) for name in halved}
        yield replace(item, **changed) if changed else item


def unreadable(article: Article, error: Exception) -> Problem:
    """Return the problem that reading an article failed."""
    why = f"reading it failed: {type(error).__name__}: {error}"
    return Problem(article.origin, article.id, why, "please report it, with the article")


def _is_halved(value: object) -> bool:
    return isinstance(value, str) and not value.isascii() and _HALF.search(value) is not None


def find_files(source: Any) -> list[Path | Problem]:
    """Return the files that `source` names, each once: folders with all that is in them, sorted.

    Raises SourceError for a path that does not exist, a glob that finds nothing and what is no path.
    """
    if isinstance(source, (str, os.PathLike)):
        source = [source]
    elif not isinstance(source, Iterable):
        raise _no_source(source)
    found: dict[Path | Problem, None] = {}
    for given in source:
        if not isinstance(given, (str, os.PathLike)):
            raise _no_source(given)
        path = Path(given)
        if path.is_dir():
            found.update(dict.fromkeys(_files_of(path)))
        elif path.exists():
            found[path] = None
        elif path.is_symlink():
            found[_not_a_file(path)] = None
        elif has_magic(str(given)):
            matches = sorted(glob(str(given), recursive=True))
            if not matches:
                raise SourceError(f"no file matches {str(given)!r}; check the folder and the ending")
            found.update(dict.fromkeys(find_files(matches)))
        else:
            raise SourceError(f"no file or folder {str(given)!r} in {Path.cwd()}; check the spelling")
    return list(found)


def _no_source(given: object) -> SourceError:
    what = f"{type(given).__name__} {str(given)[:40]!r}"
    return SourceError(f"no articles in {what}: give a file, a folder, a glob, a list of them, or a DataFrame")


def kind(path: Path) -> str:
    """Return a file's ending without that of its packing, lower case.

    >>> kind(Path("crawl.WARC.gz"))
    '.warc'
    """
    endings = [ending.lower() for ending in path.suffixes]
    if endings and endings[-1] in PACKED:
        endings.pop()
    return endings[-1] if endings else ""


def stem(path: Path) -> str:
    """Return a file's name without the endings that say its kind.

    >>> stem(Path("a/003.v2.jsonl.gz"))
    '003.v2'
    """
    name = path.name
    for endings in (PACKED, (*PLAIN, *PAGES, *RECORDS)):
        if name.lower().endswith(endings):
            name = name[: name.rindex(".")]
    return name


def clean_id(text: str) -> str:
    """Return an id that can stand in every table: no control characters, no semicolon, not longer than 200."""
    return _NOT_IN_AN_ID.sub("_", text).strip()[:200]


def _files_of(folder: Path) -> Iterator[Path | Problem]:
    unread: list[Problem] = []

    def refused(error: OSError) -> None:
        unread.append(Problem(str(error.filename), "", f"cannot be opened: {error.strerror}", "check its permissions"))

    files: list[Path] = []
    for where, folders, names in os.walk(folder, onerror=refused):
        # a browser saves the pictures and scripts of "x.html" in "x_files"
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not name.endswith(("_files", ".partial")) and not _is_output(where, name)
        ]
        files += [Path(where, name) for name in names if not name.startswith(".")]
    for path in sorted(files):
        if kind(path) in (*PLAIN, *PAGES, *RECORDS):
            yield path if path.is_file() else _not_a_file(path)
        elif path.suffix.lower() in _DOCUMENTS:
            yield _unknown(path)
    yield from unread


def _is_output(where: str, name: str) -> bool:
    """Whether a folder holds what the commands write, whole or broken off: no articles, though its files look so."""
    try:
        names = os.listdir(os.path.join(where, name))
    except OSError:
        return False  # said when the folder is walked
    if not _OUTPUT.isdisjoint(names) or any(name.startswith(MOVING) for name in names):
        return True
    if "index.html" in names:
        quarters = [quarter for quarter in names if re.fullmatch(r"\d{4}Q[1-4]", quarter)]
        return "manifest.json" in names or any(Path(where, name, q, "manifest.json").is_file() for q in quarters)
    return {"articles", "figures", "problems"} <= {name.partition(".")[0] for name in names}


def _not_a_file(path: Path) -> Problem:
    """A link that leads nowhere, or a pipe, which would be waited for without end."""
    if path.is_symlink() and not path.exists():
        return Problem(str(path), "", "a link to a file that is not there", "mend the link, or leave it out")
    return Problem(str(path), "", "no file but a pipe or a device", "give a file with its content")


def _unknown(path: Path) -> Problem:
    known = ", ".join((*PLAIN, *PAGES[:2], *RECORDS))
    return Problem(str(path), "", f"kind of file not known: {path.suffix or 'no ending'}", f"save it as one of {known}")


def _read_files(files: Iterable[Path | Problem], options: Any) -> Iterator[Article | Problem]:
    for path in files:
        if isinstance(path, Problem):
            yield path
            continue
        try:
            yield from read_file(path, options)
        except OSError as error:
            yield Problem(str(path), "", f"cannot be read: {error.strerror or error}", "check the file and the disk")


def read_file(path: Path, options: Any) -> Iterator[Article | Problem]:
    """Yield the articles and problems of one file, by its ending."""
    from ntp_analysis import records

    if kind(path) in (".warc", ".wet"):
        from ntp_analysis import crawls

        yield from crawls.read_warc(path, options)
    elif kind(path) in RECORDS:
        yield from records.read_file(path, options)
    elif path.suffix.lower() in (*PLAIN, *PAGES):
        yield from _read_single(path, options)
    else:
        yield _unknown(path)


def _read_single(path: Path, options: Any) -> Iterator[Article | Problem]:
    name = str(path)
    if path.stat().st_size > LONGEST_ARTICLE:
        yield Problem(name, "", f"larger than {LONGEST_ARTICLE:,} bytes: not one article", "split it, or use .jsonl")
        return
    page = path.suffix.lower() in PAGES
    try:
        decoded = decode(path.read_bytes(), html=page)
    except NotText as error:
        yield Problem(name, "", str(error), error.remedy)
        return
    if decoded.problem:
        yield Problem(name, "", decoded.problem, decoded.remedy)
    if not decoded.text.strip():
        yield Problem(name, "", "empty", "leave it out, or save it again")
        return
    if options.relevant is not None and not options.relevant(unescape(decoded.text) if page else decoded.text):
        return
    article = as_article(decoded.text, page, clean_id(stem(path)), name)
    if article.text.strip():
        yield article
    else:
        yield Problem(name, "", "holds no text", "leave it out, or save it again")


def as_article(text: str, page: bool, id: str, origin: str, url: str = "") -> Article:
    """Return the article of a text, or of a page's source."""
    if not page:
        return Article(id=id, text=text, url=url, origin=origin)
    from ntp_analysis.pages import read_page

    return read_page(text, id=id, origin=origin, url=url)
