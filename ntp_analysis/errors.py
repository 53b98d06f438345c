"""What the library raises: each error names the thing, the place and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

FEW = 8
"""names that are all told where none is like the one asked for"""


class NtpError(Exception):
    """Base of every error that the library raises on purpose."""


class UnknownQuarter(NtpError):
    """A quarter that is not written as one, such as ``2023Q5``."""

    def __init__(self, quarter: object) -> None:
        super().__init__(f"no quarter {quarter!r}: write a year and Q1 to Q4, for example '2023Q3'")


class UnknownPlace(NtpError):
    """A place that the tables do not have; the nearest names are offered.

    >>> raise UnknownPlace("Ha Giagn", ["Hà Giang", "Bắc Kạn"])
    Traceback (most recent call last):
    ...
    ntp_analysis.errors.UnknownPlace: no place 'Ha Giagn' in the tables; nearest: 'Hà Giang'
    """

    def __init__(self, place: str, known: Iterable[str], where: str = "in the tables") -> None:
        super().__init__(f"no place {place!r} {where}; {nearest(place, known)}")


class UnknownArticle(NtpError):
    """An article's id that the corpus does not have."""

    def __init__(self, article: str, known: Iterable[str]) -> None:
        super().__init__(f"no article {article!r} in this corpus; {nearest(article, known)}")


class NoText(NtpError):
    """An article of which only the tables are at hand."""

    def __init__(self, article: str) -> None:
        super().__init__(
            f"the text of {article!r} is not loaded: tables have none; read the articles themselves, or extract them "
            "with --partitioned, which keeps texts"
        )


class UnknownName(NtpError):
    """A table, column, format or code that does not exist."""

    def __init__(self, kind: str, name: object, known: Iterable[str]) -> None:
        super().__init__(f"no {kind} {name!r}; there are: {', '.join(known)}")


class TableError(NtpError):
    """A table that does not have the columns, types or values that `schema` declares."""


class ExportError(NtpError):
    """A table that a file format cannot hold."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return "nearest: ..." for the known names that look most like `name`, marks and case apart; else the few there are.

    >>> nearest("dien bien", ["Điện Biên", "Lai Châu"])
    "nearest: 'Điện Biên'"
    """
    from ntp_analysis.text import unaccented

    by_key = {unaccented(candidate): candidate for candidate in known}
    close = get_close_matches(unaccented(name), by_key, n=3, cutoff=0.6)
    if not close and 0 < len(by_key) <= FEW:
        return "there are: " + ", ".join(map(repr, by_key.values()))
    if not close:
        return f"there are {len(by_key)}, none like it"
    return "nearest: " + ", ".join(repr(by_key[key]) for key in close)


class LexiconError(NtpError):
    """A data file of words or places is not as its README says."""
