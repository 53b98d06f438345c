"""The day of an article: a ladder of evidence, strongest first."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

from ntp_analysis.dates import month_end
from ntp_analysis.fulldays import full_days, real_day
from ntp_analysis.layout import Layout
from ntp_analysis.lines import is_about_a_date, shapes
from ntp_analysis.patterns import patterns
from ntp_analysis.text import View

_SAYS = patterns("dateline")

_GROUNDS = ("căn cứ ", "xét ")
"""`Căn cứ Luật Đầu tư công ngày 13/6/2019;`: the day of a law that a resolution rests on"""
_YEAR = re.compile(r"(?<![\d/.-])(20[0-4]\d)(?!\d| ?- ?20\d\d)")
_SPAN = re.compile(r"20\d\d ?- ?20\d\d")
_YEARS = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_FOOT = 4
_STALE = 2
"""an article that names no year later than so many before a day in the header was not written on it: that is the page's clock"""


def published(v: View, page: Layout, meta: date | None) -> tuple[date | None, str]:
    """Return the day of publication and how it was found: meta, line, lead, event or nothing.

    A page may bear several dates: its own, labelled or nearest to the title, beats a clock in the header, and a
    date before the event that the lead tells of cannot be its own.
    """
    if meta and 1990 <= meta.year <= 2100:
        return meta, "meta"
    event = _event(v, page)
    lines = _dated_lines(v, page)
    foot = _foot_date(v, page) if not lines else None
    if foot and (event is None or _fits(foot, event)):
        return foot, "line"
    fitting = [d for d in lines if event is None or _fits(d, event)] or lines
    if fitting:
        return fitting[0], "line"
    lead = _lead_date(v, page)
    if lead:
        return lead, "lead"
    if event is not None:
        return _with_year(v, page, event)
    tail = _tail_date(v, page)
    if tail:
        return tail, "line"
    meeting = _meeting(v, page)
    return _with_year(v, page, meeting) if meeting else (None, "")


def _dated_lines(v: View, page: Layout) -> list[date]:
    """Dates of the head's short lines: labelled first, then those after the title, then the nearest before it."""
    title_at = page.titles[-1].start if page.titles else 0
    found: list[tuple[int, int, date]] = []
    first = page.body[0].start if page.body else len(v.text)
    candidates = [line for line in page.lines if line.start < first and line.end - line.start < 160]
    candidates += [line for line in page.body[:1] if line.kind in ("short", "item") and line not in candidates]
    candidates += [
        line for line in page.lines if line.kind == "meta" and line not in candidates and line.start < first + 600
    ]
    for line in candidates:
        low = v.low[line.start : line.end]
        if low.startswith(_GROUNDS):
            continue
        labelled = any(p in low for p in shapes()["published"])
        days = [(at, day) for at, day in full_days(low) if not _SAYS.of_figures.search(low, max(0, at - 44), at)]
        days = [day for day in days if day[0] > _label_at(low)][:1] or days[:1]
        if (
            line.kind in ("title", "short", "item")
            and not low.startswith("(")
            and (line.kind == "title" or line in page.body)
        ):
            days = [(at, day) for at, day in days if _SAYS.begins.fullmatch(low, 0, at)]
        for _, day in days:
            rank = 0 if labelled else 1 if line.start > title_at else 2
            above = not page.titles or line.start < page.titles[0].start
            if rank == 2 and above and line.kind != "title" and _is_clock(v, page, day):
                continue
            found.append((rank, abs(line.start - title_at), day))
    found.sort(key=lambda f: f[:2])
    return [day for _, _, day in found]


def _label_at(low: str) -> int:
    """Where a line's label of the day of publication stands: `(Trình bày ngày 16/10/2025 - Đăng tải ngày 17/10/2025)`."""
    return max(low.find(label) for label in shapes()["published"])


def _is_clock(v: View, page: Layout, day: date) -> bool:
    years = [int(y) for line in [*page.titles, *page.body] for y in _YEARS.findall(v.low, line.start, line.end)]
    return bool(years) and max(years) < day.year - _STALE


def _event(v: View, page: Layout) -> tuple[int, int, int | None] | None:
    """The day and month of what the lead tells of: "Chiều 8.9", "Ngày 24/8/2022"."""
    for line in page.body[:3]:
        if line.kind != "prose":
            continue
        events = _SAYS.event.finditer(v.low, line.start, min(line.end, line.start + 260))
        m = next(
            (m for m in events if not _SAYS.other_day.search(v.low, max(line.start, m.start() - 64), m.start(1))), None
        )
        if m and 1 <= int(m[1]) <= 31 and 1 <= int(m[2]) <= 12:
            return int(m[1]), int(m[2]), int(m[3] or m[4]) if (m[3] or m[4]) else None
    return None


def _meeting(v: View, page: Layout) -> tuple[int, int, int | None] | None:
    """`... tại hội nghị trực tuyến ngày 26/3`, further down in the lead than what it begins with."""
    for line in page.body[:3]:
        m = _SAYS.meeting.search(v.low, line.start, line.end)
        if m and 1 <= int(m[1]) <= 31 and 1 <= int(m[2]) <= 12:
            return int(m[1]), int(m[2]), int(m[3]) if m[3] else None
    return None


_LONGEST_AGO = 15


def event_day(v: View, page: Layout, day: date | None) -> date | None:
    """Return the day of the meeting that the lead of an article of `day` tells of, not long before it.

    `Ngày 20-10, đoàn giám sát làm việc ... Đến thời điểm giám sát, huyện giải ngân 13%`.
    """
    event = _event(v, page)
    if event is None or day is None:
        return None
    return next((d for d in _can_be(event, day) if timedelta(0) <= day - d <= timedelta(days=_LONGEST_AGO)), None)


def _can_be(event: tuple[int, int, int | None], day: date) -> list[date]:
    """The days that one told without its year can be, beside a day of publication: of its year, or of the one before."""
    days = (real_day(event[2] or year, event[1], event[0]) for year in (day.year, day.year - 1))
    return [d for d in days if d]


def _fits(day: date, event: tuple[int, int, int | None]) -> bool:
    return any(timedelta(days=-2) <= day - happened <= timedelta(days=60) for happened in _can_be(event, day))


def _lead_date(v: View, page: Layout) -> date | None:
    """A full date in the lead's dateline: "Ninh Bình, 13-7-2023 - ..."."""
    for line in page.body[:3]:
        low = v.low[line.start : min(line.end, line.start + 110)]
        dates = [day for at, day in full_days(low) if not _SAYS.other_day.search(low, max(0, at - 64), at)]
        if line.kind == "prose" and dates:
            return dates[0]
    return None


def _with_year(v: View, page: Layout, event: tuple[int, int, int | None]) -> tuple[date | None, str]:
    """The lead's day with the year of a full day that is next to it, else the one that the article names most; spans such as 2021-2025 do not count."""
    text = " ".join(v.low[line.start : line.end] for line in [*page.titles, *page.body, *page.captions])
    years = Counter(_YEAR.findall(_SPAN.sub(" ", text)))
    near = [
        day.year for _, day in full_days(text) if abs((day.month - event[1]) * 30 + day.day - event[0]) <= _NEXT_TO_IT
    ]
    over = max((int(m[1]) for m in _SAYS.years_over.finditer(text)), default=0)
    year = event[2] or (near[0] if near else None) or (int(max(years, key=lambda y: (years[y], y))) if years else None)
    if year is None:
        return None, ""
    if event[2] is None and year == over:
        year += 1
    day = real_day(year, event[1], event[0])
    if day is None:
        return None, ""
    told = (
        []
        if event[2]
        else [
            then
            for at, then in full_days(text)
            if then - day > timedelta(days=60)
            and _SAYS.past.search(text, max(0, at - 34), at + 90)
            and not _SAYS.to_come.search(text, max(0, at - 60), at + 60)
        ]
    )
    if not event[2]:
        ends = [month_end(int(m[2]), int(m[1])) for m in _SAYS.month_over.finditer(text) if 1 <= int(m[1]) <= 12]
        told += [end for end in ends if end - day > timedelta(days=60)]
    return (_next_such_day(day, max(told)) if told else day), "event"


def _next_such_day(day: date, told: date) -> date:
    """Return the first day of that name after what is told of was over."""
    years = range(told.year, told.year + 2)
    return next((same for year in years if (same := real_day(year, day.month, day.day)) and same >= told), day)


_NEXT_TO_IT = 3
"""days: `sáng nay (13/10)`, under a picture of `chiều ngày 12/10/2023`"""


def _foot_date(v: View, page: Layout) -> date | None:
    """The day in a line of its own behind the article: `(05/11/2013, 09:14)`, `Nguyễn Hà - 21/08/2023`, or with the issue's name; or in brackets behind its last sentence."""
    for line in [*page.body[-1:], *page.tail[:_FOOT]]:
        low = v.low[line.start : line.end]
        if line.kind == "prose" and (signed := _SAYS.signed_off.search(low)):
            return full_days(signed.group())[-1][1]
        if line.kind == "prose" or len(low) > 90 or _SAYS.no_issue.search(low):
            continue
        if low.startswith(shapes()["tail"]) or low.startswith(shapes()["others"]):
            return None
        for at, day in full_days(low):
            if _SAYS.issue.search(low, 0, at) or is_about_a_date(low):
                return day
    return None


def _tail_date(v: View, page: Layout) -> date | None:
    """A labelled day at the page's foot: `Cập nhật: 18/12/2025`, `(Cổng thông tin điện tử xã A - cập nhật 18/12/2025)`."""
    for line in page.tail[:_FOOT_LINES]:
        low = v.low[line.start : line.end]
        if len(low) > _LONGEST_FOOT or "giấy phép" in low:
            continue
        for at, day in full_days(low):
            if any(low.find(label, max(0, at - _LABEL), at) >= 0 for label in shapes()["published"]):
                return day
    return None


_FOOT_LINES = 6
_LONGEST_FOOT = 120
_LABEL = 24
"""characters of a label and what stands between it and its day"""
