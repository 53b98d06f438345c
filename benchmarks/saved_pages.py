"""Saved web pages: our time beside the extractor's own, and how time grows with hostile pages.

    python benchmarks/saved_pages.py

The last line is our time as a multiple of the extractor's (wanted: 2.0 at most) on pages of the size that
newspapers have.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from resiliparse.extract.html2text import extract_plain_text

from ntp_analysis.pages import read_page

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
GROWING = {
    "nested": "<div>",
    "nested tables": "<table><tr><td>1",
    "formatting": "<b><i><font size=1><p>x",
    "lists": "<ul><li>5%",
    "links": "<p><a href=x>Cao Bằng giải ngân vốn đạt 62,4%</a></p>",
    "tables": "<table><tr><td>1<td>2<tr><td>3<td>4</table>",
    "paragraphs": "<p>Đạt 40,7% kế hoạch vốn.</p>",
    "footers": "<footer>Báo A</footer>",
    "angles": "<",
    "comments": "<!--",
    "spaces": " \u00a0\t",
}
MENU = "<ul>" + "<li class=item><a href='/muc/x.html'><span>Thời sự</span></a></li>" * 150 + "</ul>"
SCRIPT = "<script>var a = {b: '45%'};\n" + "f(x);" * 4000 + "</script>"


def main() -> int:
    for name, piece in GROWING.items():
        small, large = (best(lambda n=n, piece=piece: read_page(piece * n, "a"), 2) for n in (5_000, 40_000))
        print(
            f"{name:14} x 5,000: {small * 1e3:7.1f} ms   x 40,000: {large * 1e3:7.1f} ms   {large / small:5.1f} times"
        )
    pages = [as_in_a_paper(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.rglob("*.html"))]
    ours = best(lambda: [read_page(page, "a") for page in pages], 7)
    extractor = best(lambda: [extract_plain_text(page, main_content=True) for page in pages], 7)
    size = sum(map(len, pages)) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:.0f} kB: {ours / len(pages) * 1e3:.2f} ms each")
    print(f"{ours / extractor:.2f} times the extractor's own time")
    return 0


def as_in_a_paper(page: str) -> str:
    """Put around an annotated page what a newspaper's page has: scripts and a long menu."""
    return page.replace("<body>", f"<body><div id=top><div><div><div>{MENU}</div></div></div></div>{SCRIPT}", 1)


def best(action: Callable[[], object], times: int) -> float:
    """Return the shortest CPU time of several runs, in seconds."""
    shortest = float("inf")
    for _ in range(times):
        start = time.process_time()
        action()
        shortest = min(shortest, time.process_time() - start)
    return shortest


if __name__ == "__main__":
    sys.exit(main())
