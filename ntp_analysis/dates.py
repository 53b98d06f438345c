"""Days and plan periods: what is written, and the day that it means seen from the article's own day."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ntp_analysis.amounts import IN_WORDS
from ntp_analysis.fulldays import MONTHS, real_day
from ntp_analysis.gazetteer import LAST_DAY
from ntp_analysis.patterns import patterns

_SAYS = patterns("dates")

SOON = timedelta(days=12)
"""an article can be out so long before the day that its figures are of"""

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_ISO = re.compile(r"(20\d\d)-(\d\d)-(\d\d)(?!\d)")

_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class DateMention:
    """A day as written. `kind`: day, month, months, quarter, year_end, budget_end, merger (of July 2025) or now."""

    start: int
    end: int
    kind: str
    month: int = 0
    day: int = 0
    year: int | None = None
    shift: int = 0
    """years after the year that the context gives (`năm sau`)"""
    until: bool = False
    """said as a limit: đến, hết, trước, cuối ..."""
    loose: bool = False
    """a quarter named without such a word: its end, once it is over; months past, if they are the year's first; `hiện mới đạt 40%`: of the day told, if one is"""


TIMES = ("months", "quarter", "month", "day")
"""kinds that tell a month, and may be written without its year"""


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def find_dates(low: str, start: int, end: int) -> list[DateMention]:
    """Return the days written between two offsets of a lower-case view, in text order.

    >>> [(d.kind, d.day, d.month, d.until) for d in find_dates("tính đến 31.8, hết quý iii đạt 40.7%", 0, 36)]
    [('day', 31, 8, True), ('quarter', 0, 9, True)]
    """
    found: list[DateMention] = []
    text = low[start:end]
    if _DIGIT.search(text):
        _find_days(low, start, end, found)
    if "tháng" in text or "nửa" in text:
        _find_months(low, start, end, found)
    for m in _SAYS.quarter.finditer(low, start, end):
        quarter = _ROMAN.get(m[1]) or int(m[1])
        _add(
            low,
            found,
            DateMention(m.start(), m.end(), "quarter", quarter * 3, 0, _year(m[2] or m[3]), int(m[4] == "năm sau")),
        )
    for m in _SAYS.budget_end.finditer(low, start, end) if "niên độ" in text or "chỉnh lý" in text else ():
        found.append(DateMention(m.start(), m.end(), "budget_end", 1, 31, _year(m[1]), until=True))
    for m in _SAYS.year_end.finditer(low, start, end) if " năm" in text else ():
        if _SAYS.given.search(low, max(start, m.start() - 14), m.start()):
            continue  # "vốn được giao trong năm 2023" is a plan's year, no day
        _add(
            low, found, DateMention(m.start(), m.end(), "year_end", 12, 31, _year(m[1]), int(m[2] == "sau"), until=True)
        )
    for m in _SAYS.now.finditer(low, start, end) if _SAYS.now_word.search(text) else ():
        found.append(DateMention(m.start(), m.end(), "now", until=True, loose=m.group() == "hiện "))
    for m in _SAYS.event.finditer(low, start, end) if _SAYS.event_word.search(text) else ():
        found.append(DateMention(m.start(), m.end(), "event", until=True))
    for m in _SAYS.that_day.finditer(low, start, end) if _SAYS.that_word.search(text) else ():
        found += _day_told(low, m)
    for m in _SAYS.before_merger.finditer(low, start, end) if _SAYS.merger_word.search(text) else ():
        found.append(DateMention(m.start(), m.end(), "merger", LAST_DAY.month, LAST_DAY.day, until=True))
    for end_of_budget in [d for d in found if d.kind == "budget_end"]:
        day = next(
            (
                d
                for d in found
                if d.kind == "day"
                and d.year
                and 0
                <= d.start - end_of_budget.end
                <= (16 if low.startswith((" đến", ", đến", " (đến"), end_of_budget.end) else 2)
            ),
            None,
        )
        if day is not None:  # "hết niên độ ngân sách 31.1.2024"
            day.until = True
            found.remove(end_of_budget)
    found = [d for d in found if d.month <= 12]  # "ngày 3 tháng 20" is a slip of the pen
    for d in found:
        if d.kind not in TIMES or d.year or d.month == 1:  # in January the year's money is spent on
            continue
        if told := _SAYS.in_that_year.search(low, start, d.start):
            d.year = int(told[1])
    return _leftmost_longest(found) if len(found) > 1 else found


_NEAR = 300
"""so far back stands the day that `hôm ấy` points at"""


def _day_told(low: str, m: re.Match[str]) -> list[DateMention]:
    """`Ngày 14/11 chúng tôi có mặt ở xã; tính đến hôm ấy, xã giải ngân 3 tỷ đồng`: the day named last."""
    told: list[DateMention] = []
    _find_days(low, max(0, m.start() - _NEAR), m.start(), told)
    last = max((d for d in told if d.month <= 12), key=lambda d: d.start, default=None)
    return [replace(last, start=m.start(), end=m.end(), until=True)] if last else []


def _leftmost_longest(found: list[DateMention]) -> list[DateMention]:
    found.sort(key=lambda d: (d.start, -d.end))
    kept: list[DateMention] = []
    for d in found:
        if not kept or d.start >= kept[-1].end:
            kept.append(d)
    return kept


def _find_days(low: str, start: int, end: int, found: list[DateMention]) -> None:
    """`2024-08-31`, `31/8`, `31.8.2024`, `ngày 31 tháng 8`."""
    for m in _ISO.finditer(low, start, end):
        if m.start() and low[m.start() - 1].isdigit():
            continue
        found.append(DateMention(m.start(), m.end(), "day", int(m[2]), int(m[3]), int(m[1])))
    for m in _SAYS.day.finditer(low, start, end):
        if not (m.start() and low[m.start() - 1] in "0123456789/.,-"):
            _add_day(low, m, found)
    for m in _SAYS.named_day.finditer(low, start, end):
        found.append(DateMention(m.start(1), m.end(), "day", int(m[2]), int(m[1]), until=True))
    for m in _SAYS.day_words.finditer(low, start, end):
        shift = 1 if m[4] == "năm sau" else 0
        _add(low, found, DateMention(m.start(), m.end(), "day", int(m[2]), int(m[1]), _year(m[3]), shift))


def _find_months(low: str, start: int, end: int, found: list[DateMention]) -> None:
    """`9 tháng`, `tháng 9`."""
    for m in _SAYS.months.finditer(low, start, end):
        if m.start() and (low[m.start() - 1].isalnum() or low[m.start() - 1] in "/.,"):
            continue
        count = int(m[1]) if m[1].isdigit() else MONTHS[m[1]]
        lasted = low.endswith("được ", start, m.start()) and not low.startswith(" đầu", m.start() + len(m[1]) + 6)
        if 1 <= count <= 12 and not lasted:  # "tiền mới về được ba tháng"
            _add(
                low,
                found,
                DateMention(
                    m.start(), m.end(), "months", count, 0, _year(m[2] or m[4]), loose=low.startswith(" qua", m.end())
                ),
            )
    for m in _SAYS.half.finditer(low, start, end):
        _add(low, found, DateMention(m.start(), m.end(), "months", 6, 0, _year(m[1]), loose="đầu" not in m[0]))
    for m in _SAYS.month.finditer(low, start, end):
        month = int(m[1]) if m[1].isdigit() else MONTHS[m[1]]
        if low.endswith("giữa ", start, m.start()) and 1 <= month <= 12:
            found.append(DateMention(m.start(), m.end(), "day", month, 15, _year(m[2] or m[3]), until=True))
            continue
        shift = {"năm sau": 1, "năm ngoái": -1, "năm trước": -1}.get(m[4] or "", 0)
        if 1 <= month <= 12:
            _add(low, found, DateMention(m.start(), m.end(), "month", month, 0, _year(m[2] or m[3]), shift))


def _year(digits: str | None) -> int | None:
    return int(digits) if digits and 1990 <= int(digits) <= 2100 else None


def _add(low: str, found: list[DateMention], d: DateMention) -> None:
    before = low[max(0, d.start - 44) : d.start]
    if d.kind == "months" and _SAYS.lasted.search(before):
        found.append(d)
        return
    named = d.start + len("ngày ") if low.startswith("ngày ", d.start) else d.start
    reported = d.kind == "day" and _SAYS.reported.search(low, max(0, d.start - 80), named) is not None
    d.until = (
        d.until or reported or bool(_SAYS.until.search(before)) or d.kind == "months"
    ) and not _SAYS.since.search(before)
    if d.kind == "quarter" and not d.until and not _SAYS.within.search(before):
        d.until = d.loose = True
    found.append(d)


def _add_day(low: str, m: re.Match[str], found: list[DateMention]) -> None:
    day, month, year = int(m[1]), int(m[3]), _year(m[4])
    if (m[4] and year is None) or not (1 <= day <= 31 and 1 <= month <= 12):
        if 1 <= day <= 12 and m[4] is None:
            return
        return
    before = low[max(0, m.start() - 14) : m.start()]
    listed = before.endswith((": ", "; "))
    due = (m[2] == "/" or (m[2] == "-" and (listed or before.endswith(", ")))) and (
        _SAYS.due.match(low, m.end()) is not None or (listed and low.startswith(",", m.end()))
    )
    last = _SAYS.last_day.match(low, m.end()) is not None
    alone = before.endswith(("% (", "đồng (")) and low.startswith(")", m.end())  # "đạt 29,7% (15/6)"
    if m[4] is None and not due and not (alone and m[2] != ".") and not _SAYS.day_before.search(before):
        return
    if real_day(year or 2024, month, day) is None:
        return
    _add(low, found, DateMention(m.start(), m.end(), "day", month, day, year, int(bool(m[5])), until=due or last))


def _at(d: DateMention, year: int) -> date:
    if d.kind in ("month", "months", "quarter"):
        return month_end(year, d.month)
    return real_day(year, d.month, d.day) or month_end(year, d.month)


_LOOKS_BACK = 2.5
"""how much nearer a day past must be than one to come for an estimate to be of it"""


def resolve(d: DateMention, today: date | None, basis: str, plan_year: int | None) -> date | None:
    """Return the day that a mention means in an article of the day `today`, or None if nothing tells its year.

    Without a year: of what happened, the last such day not after the article's; of a target, the next one; of a
    forecast, the nearest. `plan_year` is the year of the money that the passage is about.

    >>> d = find_dates("đến 31/1 ", 0, 9)[0]
    >>> resolve(d, date(2023, 12, 8), "target", 2023), resolve(d, date(2023, 3, 8), "actual", 2023)
    (datetime.date(2024, 1, 31), datetime.date(2023, 1, 31))
    """
    if d.kind in ("now", "event"):
        return today
    if d.kind == "merger":
        return LAST_DAY if today and today > LAST_DAY else None
    if d.kind == "budget_end":
        year = d.year or plan_year or (today.year - 1 if today and today.month < 6 else today.year if today else None)
        if year and today and basis == "actual" and date(year, 12, 31) < today < date(year + 1, 1, 31):
            return date(year, 12, 31)  # "kết thúc niên độ, đạt 71%", told on 10 January
        return date(year + 1, 1, 31) if year else None
    if d.year:
        return _at(d, d.year + d.shift)
    if d.shift:
        base = plan_year or (today.year if today else None)
        return _at(d, base + d.shift) if base else None
    if today is None:
        return _at(d, plan_year) if plan_year else None
    if d.kind == "year_end":
        return _year_end(d, today, basis, plan_year)
    if d.kind == "months" and d.loose and today.month not in (d.month, d.month + 1):
        return None  # "3 tháng qua", written in November, are not the year's first three
    slack = timedelta(days=1 if d.kind == "day" else 12)
    candidates = [_at(d, today.year + k) for k in (-1, 0, 1)]
    if basis == "target":
        due = next(c for c in candidates if c >= today - timedelta(days=3))
        missed = max(c for c in [_at(d, today.year - 2), *candidates] if c < due)
        # "chỉ tiêu đến hết quý III là 60%", written in October, is this year's
        of_plan = missed.year - (missed.month == 1) == (plan_year or today.year)
        return missed if of_plan and (today - missed).days < 60 else due
    if basis == "forecast":
        return min(candidates, key=lambda c: (c - today).days if c > today else _LOOKS_BACK * (today - c).days)
    past = max(c for c in [_at(d, today.year - 2), *candidates] if c <= today + slack)
    coming = min((c for c in candidates if c > today), default=past)
    # "cuối tháng 10 đạt 60%", written in September, is no report on last year
    return coming if (today - past).days > 240 and 0 < (coming - today).days < 130 else past


_NEW_YEAR = 3
"""up to this month "cuối năm" without a year is more often the one just past"""


def _year_end(d: DateMention, today: date, basis: str, plan_year: int | None) -> date:
    if basis == "actual" and plan_year is None:
        return date(today.year if today.month > _NEW_YEAR else today.year - 1, 12, 31)
    if basis == "actual" and plan_year and plan_year < today.year:
        return date(plan_year, 12, 31)
    if plan_year and plan_year in (today.year, today.year - 1):
        return date(plan_year if basis == "actual" else max(plan_year, today.year), 12, 31)
    return date(today.year, 12, 31)


_YEAR = re.compile(r"20\d\d")
_SPAN = re.compile(r"(20\d\d) ?[-–—] ?(20\d\d)(?![\d/-])")


@dataclass(slots=True)
class PeriodMention:
    """Plan years as written: `2023`, `2021-2025`, or a word that refers to them."""

    start: int
    end: int
    period: str
    kind: str = "year"
    """year, span, since (a year), since_january (of a year), back (a number of years), this_year, other_year, whole_span, first_year (of the span told) or first_phase (of a programme)"""


def find_periods(low: str, start: int, end: int) -> list[PeriodMention]:
    """Return the plan periods between two offsets of a lower-case view.

    >>> [p.period for p in find_periods("vốn năm 2022, 2023 kéo dài; giai đoạn 2021-2025", 0, 48)]
    ['2022-2023', '2021-2025']
    """
    found: list[PeriodMention] = []
    text = low[start:end]
    years, in_digits = "năm" in text, "20" in text
    if in_digits:
        _find_spans(low, start, end, found)
    for m in _SAYS.years_back.finditer(low, start, end) if years else ():
        found.append(PeriodMention(m.start(), m.end(), m[1] if m[1].isdigit() else str(IN_WORDS[m[1]]), "back"))
    if in_digits:
        _find_plan_years(low, start, end, found)
    if years:
        found += [
            PeriodMention(m.start(), m.end(), "", "this_year")
            for m in _SAYS.this_year.finditer(low, start, end)
            if not any(p.start < m.start() and m.end() <= p.end for p in found)
        ]
        found += [
            PeriodMention(m.start(), m.end(), m[1], "other_year") for m in _SAYS.other_year.finditer(low, start, end)
        ]
    if _SAYS.span_word.search(text):
        found += [
            PeriodMention(m.start(), m.end(), "", "whole_span") for m in _SAYS.whole_span.finditer(low, start, end)
        ]
        found += [
            PeriodMention(m.start(), m.end(), "", "first_phase") for m in _SAYS.first_phase.finditer(low, start, end)
        ]
    for m in _SAYS.first_year.finditer(low, start, end) if "năm đầu" in text else ():
        found = [p for p in found if not m.start() <= p.start < m.end()]
        found.append(PeriodMention(m.start(), m.end(), m[1] or "", "year" if m[1] else "first_year"))
    return sorted(found, key=lambda p: p.start)


def _find_spans(low: str, start: int, end: int, found: list[PeriodMention]) -> None:
    """`2021-2025`, `từ năm 2021 đến nay`."""
    for m in _SPAN.finditer(low, start, end):
        if m[1] < m[2] and not (m.start() and low[m.start() - 1] in "0123456789/.-"):
            found.append(PeriodMention(m.start(), m.end(), f"{m[1]}-{m[2]}", "span"))
    for m in _SAYS.years_to.finditer(low, start, end):
        if m[1] < m[2]:
            found.append(PeriodMention(m.start(1), m.end(), f"{m[1]}-{m[2]}", "span"))
    for m in _SAYS.and_half.finditer(low, start, end):
        found.append(PeriodMention(m.start(), m.end(), f"{m[1]}-{m[2]}", "span"))
    for m in _SAYS.since_year.finditer(low, start, end):
        if not m[2].isdigit():
            found.append(PeriodMention(m.start(), m.end(), m[1], "since_january" if " đầu năm" in m[0] else "since"))
        elif m[1] < m[2]:
            found.append(PeriodMention(m.start(), m.end(), f"{m[1]}-{m[2]}", "span"))
    found += [PeriodMention(m.start(), m.end(1), m[1], "since") for m in _SAYS.counted_since.finditer(low, start, end)]


def _find_plan_years(low: str, start: int, end: int, found: list[PeriodMention]) -> None:
    """`năm 2022`, `vốn 2022, 2023`, where no span or number of years stands."""
    while m := _SAYS.plan_years.search(low, start, end):
        other = next((p for p in found if p.start < m.end() and m.start() < p.end), None)
        start = m.end() if other is None else max(other.end, m.start() + 1)
        if other is None:
            years = [m[1], *_YEAR.findall(m[2])] if m[2] else [m[1]]
            period = years[0] if len(set(years)) == 1 else f"{min(years)}-{max(years)}"
            found.append(PeriodMention(m.start(), m.end(), period))
