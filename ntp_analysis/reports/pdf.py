"""A PDF beside each page, by WeasyPrint, which is an extra: `pip install ntp_analysis[pdf]`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from ntp_analysis.errors import NtpError


def require() -> None:
    """Raise NtpError if WeasyPrint is not installed."""
    if find_spec("weasyprint") is None:
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
    """Write the PDF of one page, whole or not at all. Nothing but the page itself is read."""
    from weasyprint import HTML

    partial = target.with_name(f".{target.name}.part")
    try:
        HTML(string=page.read_text(encoding="utf-8"), base_url=".", url_fetcher=_only_data).write_pdf(partial)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _only_data(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    """A page stands alone: pictures are in it, and nothing else is fetched."""
    from weasyprint import default_url_fetcher

    if not url.startswith("data:"):
        raise ValueError(f"a page fetches nothing, not even {url}")
    return default_url_fetcher(url)
