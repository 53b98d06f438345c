"""Articles that go from place to place: lines that begin a part with its place, and the region that holds them all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ntp_analysis.dates import DateMention
from ntp_analysis.layout import Layout
from ntp_analysis.lines import Line
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home, PlaceMention
from ntp_analysis.text import View

_SAYS = patterns("sections")

_BEFORE = re.compile(r"[\W\d]{0,6}")
_HEADLINE = re.compile(r"\)?\s?(?:$|[:–-]\s)")
_LONGEST = 90


class Section(NamedTuple):
    """A part of an article that begins with a line of its own: `Gia Lai: Tiền đã về buôn`, `Cao Bằng, 14/12`."""

    place: PlaceMention
    day: DateMention | None


def sections(v: View, page: Layout, names: Iterable[PlaceMention]) -> dict[int, Section]:
    """Return the parts of an article by where they begin; none if only one place begins a part."""
    first: dict[int, PlaceMention] = {}
    for p in names:
        first.setdefault(v.line_start(p.start), p)
    found: dict[int, Section] = {}
    for line in [*page.head[-1:], *page.body]:
        place = next((first[i] for i in range(line.start, line.start - 4, -1) if i in first), None)
        if (
            place is None
            or line.kind not in ("short", "heading", "item")
            or v.text[line.end - 1] in ".;"
            or line.end - line.start > _LONGEST
            or _SAYS.money.search(v.low, line.start, line.end)
        ):
            continue
        if not (line.start <= place.start and _BEFORE.fullmatch(v.low, line.start, place.start)):
            continue
        if dated := _SAYS.dateline.match(v.low, place.end, line.end):
            found[line.start] = Section(
                place, DateMention(dated.start(1), dated.end(2), "day", int(dated[2]), int(dated[1]))
            )
        elif (_HEADLINE.match(v.low, place.end, line.end) or _is_a_subtitle(v, line, place)) and not any(
            c.isdigit() for c in v.text[place.end : line.end]
        ):
            found[line.start] = Section(place, None)
    levels = [s.place.level for s in found.values()]
    level = max(levels, key=levels.count, default="")
    found = {at: s for at, s in found.items() if s.place.level == level}
    return found if len({s.place.name for s in found.values()}) > 1 else {}


def _is_a_subtitle(v: View, line: Line, place: PlaceMention) -> bool:
    """`Tuyên Quang dám làm`, `Hà Giang lắc đầu`, between paragraphs."""
    return line.kind in ("short", "heading") and line.start == place.start and v.text[line.end - 1] not in ":,!?…"


def region_of(v: View, page: Layout, names: list[PlaceMention], day: date) -> Home | None:
    """The region that a title names, where it names no province and the article names several, or begins with `13 tỉnh vùng đồng bằng sông Cửu Long`."""
    if meeting := _meeting_of_a_region(v, page, names, day):
        return meeting
    for line in page.titles:
        region = _SAYS.region.search(v.low, line.start, line.end)
        if region is None or any(line.start <= p.start < line.end for p in names):
            continue
        led = any(_SAYS.several_of_it.search(v.low, first.start, first.end) for first in page.body[:1])
        if len({p.name for p in names if p.level == "province"}) < 2 and not led:
            continue
        if both := _SAYS.both.search(v.low, line.start, line.end):
            return Home(day, "", v.text[both.start() : both.end()], "region")
        if _SAYS.with_another.search(v.low, line.start, region.start()) or _SAYS.and_another.match(v.low, region.end()):
            return Home(day, "", "Việt Nam", "country")  # "Miền Trung, Tây Nguyên: ..."
        name = v.text[region.start() : region.end()]
        at = v.low.find(f"vùng {name.lower()}")
        name = v.text[at : at + 5 + len(name)] if at >= 0 else name
        return Home(day, "", name, "region")
    return _region_of_the_lead(v, page, names, day)


def _titled(page: Layout, names: list[PlaceMention]) -> bool:
    return any(line.start <= p.start < line.end for line in page.titles for p in names)


def _meeting_of_a_region(v: View, page: Layout, names: list[PlaceMention], day: date) -> Home | None:
    """`hội nghị triển khai các chương trình khu vực duyên hải Nam Trung Bộ và Tây Nguyên`, under a title that names no province."""
    met = next((m for line in page.body[:2] if (m := _SAYS.meets.search(v.low, line.start, line.end))), None)
    if met is None or _titled(page, names) or not met["region"].startswith(("vùng", "khu vực", "cụm", "các tỉnh")):
        return None
    return Home(day, "", v.text[met.start("region") : met.end("region")], "region")


def _region_of_the_lead(v: View, page: Layout, names: list[PlaceMention], day: date) -> Home | None:
    """`hội nghị đánh giá tình hình triển khai các chương trình của 14 tỉnh vùng trung du và miền núi Bắc Bộ`, under a title that names no place."""
    if not _titled(page, names) and (
        met := next((m for line in page.body[:1] if (m := _SAYS.meets.search(v.low, line.start, line.end))), None)
    ):
        return Home(day, "", v.text[met.start("region") : met.end("region")], "region")
    led = next((m for line in page.body[:1] if (m := _SAYS.several_of_it.search(v.low, line.start, line.end))), None)
    if (
        led is None
        or _titled(page, names)
        or not _SAYS.of_them.search(v.low, max(0, led.start() - 5), led.start())
        or not v.low[led.start()].isdigit()
    ):
        return None
    return Home(day, "", v.text[led.start() : led.end()], "region")


def depth_of(text: str) -> int:
    """How deep a heading's own number puts it: I above 1 above 1.1 above a."""
    if re.match(r"[IVX]{1,5}[.)]|[A-Z][.)]", text):
        return 0
    if m := re.match(r"\d{1,2}((?:\.\d{1,2})*)[.)]?", text):
        return 1 + m[1].count(".")
    return 3
