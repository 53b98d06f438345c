"""Who published a page: the site that it stands on, the paper that its head names, the initials before its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ntp_analysis.gazetteer import domains, gazetteer, initials, name_on, papers_of
from ntp_analysis.layout import Layout
from ntp_analysis.patterns import patterns
from ntp_analysis.text import View

_SAYS = patterns("publisher")

_HOST = re.compile(r"(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:gov\.vn|com\.vn|org\.vn|vn|com|net)\b")
_INITIALS = re.compile(r"\W{0,2}([^\W\d_]{2,5}(?: online)?)\)?\s*[-–:,]")
_TITLE_AND_INITIALS = 260


def hosts_of(url: str, v: View) -> list[str]:
    """Return the sites that an article's address and text name."""
    text = f"{url.lower()} {v.low}"
    return _HOST.findall(text) if any(end in text for end in (".vn", ".com", ".net")) else []


def publishers(v: View, page: Layout, hosts: list[str], day: date) -> Iterator[tuple[str, int]]:
    """Yield the provinces whose site or paper a page is from, each with the weight of what says so."""
    for host in hosts:
        if province := _of_host(host):
            yield name_on(province, day), 10
    for line in [*page.head, *page.body[:2]]:
        begins = _INITIALS.match(v.text, line.start) or _SAYS.run_together.search(
            v.text, line.start, min(line.end, line.start + _TITLE_AND_INITIALS)
        )
        if begins and (paper := initials().get(begins[1], "")):
            yield name_on(paper, day), 8
    if paper := paper_of(v, page, day):
        yield paper, 8


PAPER = _SAYS.paper
"""`BÁO ĐIỆN BIÊN PHỦ ĐIỆN TỬ`, `(Nguồn: Báo Bình Định)`, in a line of its own"""


def paper_of(v: View, page: Layout, day: date) -> str:
    """The province whose paper a page is, as its head or its foot says."""
    for line in [*page.head, *page.tail]:
        named = PAPER.fullmatch(v.low, line.start, line.end)
        if named and (
            province := papers_of().get(named["name"])
            or ((unit := gazetteer().province(named["name"], day)) and unit.name)
        ):
            return name_on(province, day)
    return ""


def _of_host(host: str) -> str:
    parts = host.split(".")
    for i in range(len(parts) - 1):
        province = domains().get(".".join(parts[i:]))
        if province:
            return province
    return ""
