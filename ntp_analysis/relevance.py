"""A cheap test before everything else: does a text hold one of a few literal phrases?

A web crawl is a millionth ours. The phrases stand in `data/relevance.toml`; they are searched as bytes, which a
vectorised matcher does at the speed of reading memory.
"""

from __future__ import annotations

import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def phrases() -> tuple[str, ...]:
    """Return every form of the phrases that is searched for: letter cases and both Unicode forms."""
    text = files("ntp_analysis").joinpath("data/relevance.toml").read_text(encoding="utf-8")
    forms: dict[str, None] = {}
    for phrase in tomllib.loads(text)["phrases"]:
        for cased in (phrase, phrase.lower(), phrase.capitalize(), phrase.title(), phrase.upper()):
            for form in ("NFC", "NFD"):
                forms[unicodedata.normalize(form, cased)] = None
    return tuple(forms)


@cache
def _matcher() -> Any:
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    # leftmost-first is what the matcher vectorises: 14 times as fast as its standard kind
    return BytesAhoCorasick([phrase.encode() for phrase in phrases()], matchkind=MatchKind.LeftmostFirst)


def is_relevant(text: str) -> bool:
    """Return whether `text` may be about the programmes: whether it holds one of the phrases.

    >>> is_relevant("GIẢI NGÂN VỐN ĐẦU TƯ"), is_relevant("Đội tuyển thắng trận")
    (True, False)
    """
    return holds_phrase(text.encode("utf-8", "replace"))


def holds_phrase(data: bytes) -> bool:
    """Return whether UTF-8 text holds one of the phrases."""
    return bool(_matcher().find_matches_as_indexes(data))


def relevant_rows(column: Any) -> Iterator[int]:
    """Yield the rows of an Arrow column of texts that hold a phrase, without making Python strings of the others.

    >>> import pyarrow as pa
    >>> list(relevant_rows(pa.array(["mưa rào", None, "nông thôn mới", "", "giá vàng"])))
    [2]
    """
    import pyarrow as pa

    column = column.cast(pa.large_string())
    _, offsets, data = column.buffers()
    if data is None:
        return
    bounds: Sequence[int] = memoryview(offsets).cast("B").cast("q")[column.offset : column.offset + len(column) + 1]
    last = -1
    for _, start, end in _matcher().find_matches_as_indexes(memoryview(data).cast("B")[bounds[0] : bounds[-1]]):
        row = bisect_right(bounds, start + bounds[0]) - 1
        inside = end + bounds[0] <= bounds[row + 1]  # not from the end of one text into the next
        if row > last and inside:
            last = row
            yield row
