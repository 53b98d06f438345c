"""Pages of a crawl: WARC (responses) and WET (texts) archives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from ntp_analysis.encodings import NotText, decode
from ntp_analysis.model import Article
from ntp_analysis.records import MissingExtra, Options
from ntp_analysis.sources import LONGEST_ARTICLE, Problem, as_article, clean_id, stem

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)


def read_warc(path: Path, options: Options) -> Iterator[Article | Problem]:
    """Yield the pages of a .warc or .wet file, packed or not; other records are passed over.

    An article's id is the record's own identifier, its address the page's. Raises MissingExtra without fastwarc.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise MissingExtra("fastwarc", path.name) from error

    wanted = WarcRecordType.response | WarcRecordType.conversion
    count = 0
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="all"):
                count += 1
                yield from _page(path, f"record {count}", count, record, options)
                _pass_over(record)
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        yield _damaged(path, f"after record {count}", str(error))
        return
    if not count:
        yield Problem(str(path), "", "holds no pages", "give .warc with responses, or .wet with texts")


def _pass_over(record: Any) -> None:
    """Read what is left of a packed page: else the next record is not found."""
    if record.is_http and record.http_headers.get("Content-Encoding"):
        while record.reader.read(1 << 20):
            pass


def _page(path: Path, where: str, number: int, record: Any, options: Options) -> Iterator[Article | Problem]:
    http = record.http_headers if record.is_http else None
    kind = (record.http_content_type or "") if http is not None else "text/plain"
    if kind not in ("text/html", "application/xhtml+xml", "text/plain") or _failed(http):
        return
    if record.content_length > LONGEST_ARTICLE:
        problem = f"longer than {LONGEST_ARTICLE:,} bytes: no article"
        yield Problem(str(path), where, problem, "leave it out, or split it")
        return
    page = kind != "text/plain"
    body = record.reader.read(LONGEST_ARTICLE + 1)
    if len(body) > LONGEST_ARTICLE:  # a small packed page may hold gigabytes
        yield Problem(str(path), where, f"longer than {LONGEST_ARTICLE:,} bytes unpacked: no article", "leave it out")
        return
    if not (record.record_id or ">").endswith(">") or len(body) < _promised(record, http):
        yield _damaged(path, where, f"{len(body)} bytes of {record.content_length}")
        return
    try:
        decoded = decode(body, declared=record.http_charset or "", html=page)
    except NotText as error:
        yield Problem(str(path), where, str(error), error.remedy)
        return
    if options.relevant is not None and not options.relevant(unescape(decoded.text) if page else decoded.text):
        return
    identifier = _UUID.search(record.record_id or "")
    id = identifier[0] if identifier else f"{clean_id(stem(path))}-{number}"
    url = record.headers.get("WARC-Target-URI") or ""
    article = as_article(decoded.text, page, id, f"{path}, {where}", url)
    if article.text.strip():
        yield article


def _promised(record: Any, http: Any) -> int:
    """Length of the body that the record's head promises; 0 where packing makes it another."""
    packed = http is not None and (http.get("Content-Encoding") or http.get("Transfer-Encoding"))
    return 0 if packed else record.content_length


def _damaged(path: Path, where: str, how: str) -> Problem:
    return Problem(str(path), where, f"the archive breaks off or is damaged ({how})", "fetch it again")


def _failed(http: Any) -> bool:
    """Whether the server's answer was another than "here it is"."""
    return http is not None and http.status_code is not None and http.status_code != 200
