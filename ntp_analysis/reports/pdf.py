"""A PDF beside each page, by WeasyPrint, which is an extra: `pip install ntp_analysis[pdf]`."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ntp_analysis import partial
from ntp_analysis.errors import NtpError


def available() -> bool:
    """Whether WeasyPrint is installed."""
    return find_spec("weasyprint") is not None


def require() -> None:
    """Raise NtpError if WeasyPrint is not installed."""
    if not available():
        raise NtpError("PDF needs WeasyPrint, which is not installed: pip install 'ntp_analysis[pdf]'")


def write_all(out: Path, quarters: Iterable[str]) -> list[Path]:
    """Write a PDF beside every page of the quarters that has none, or an older one; return those written."""
    written = []
    for quarter in quarters:
        for page in sorted((out / quarter).glob("*.html")):
            target = page.with_suffix(".pdf")
            if not target.is_file() or target.stat().st_mtime < page.stat().st_mtime:
                written.append(write(page, target))
    return written


def write(page: Path, target: Path) -> Path:
    """Write the PDF of one page, whole or not at all."""
    with partial.file(target) as made:
        document(page).write_pdf(made)
    return target


def document(page: Path) -> Any:
    """Return a page laid out on paper. Pictures are in the page itself: nothing else is read or fetched."""
    from weasyprint import HTML, URLFetcher

    fetcher = URLFetcher(allowed_protocols={"data"})
    return HTML(string=page.read_text(encoding="utf-8"), base_url=".", url_fetcher=fetcher).render()
