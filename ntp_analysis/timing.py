"""What a sentence says of time: plan years and spans, days, money carried over."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ntp_analysis.dates import DateMention, PeriodMention, resolve
from ntp_analysis.discourse import Value
from ntp_analysis.found import retells
from ntp_analysis.mentions import LEFT_OUT, Mention
from ntp_analysis.naming import HAPPENED
from ntp_analysis.patterns import patterns
from ntp_analysis.reference import COUNTS

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("timing")


def on_carry(walk: Walk, m: Mention) -> None:
    """Take in what is said of money carried over: it alone, included or left out; the year's own money ends it."""
    if (
        m.code == "excluded"
        and not LEFT_OUT.match(walk.v.low, m.start)
        and not walk.discourse.last_carry
        and "only" not in [k.code for k in walk.sentence.mentions if k.kind == "carry"]
    ):
        if m.data:
            walk.put("period", m.data, m.start)
        told = walk.cur.get("carry")
        if told and told.value[0] == "included" and told.position < walk.sentence.start:
            walk.cur.pop("carry")  # a part of the sum that the list's lead says includes what was carried over
        return
    if _SAYS.still_to_move.match(walk.v.low, m.start):
        return
    capital = walk.cur.get("capital")
    beside = any(k.bound_to in (None, m.bound_to) for k in walk.sentence.between(walk.last_end, m.start, "capital"))
    inside = capital is not None and walk.v.low.count("(", capital.position, m.start) > walk.v.low.count(
        ")", capital.position, m.start
    )
    joined = (
        m.bound_to is not None and _SAYS.and_of_it.fullmatch(walk.v.low, walk.last_end, m.bound_to.start) is not None
    )
    if (
        capital
        and walk.sentence.start <= capital.position < walk.last_end
        and not (m.bound_to is not None and beside)
        and not inside
        and not joined
    ):
        walk.revert("capital")
    if (
        m.code == "included"
        and (_SAYS.sum_in_brackets.match(walk.v.low, m.end) or _counts_in(walk, m))
        and not any(n.end <= m.start and n.unit for n in walk.sentence.numbers)
    ):
        # "Tính cả phần của năm 2022 chuyển sang (284 tỷ đồng), năm nay tỉnh có 1.052 tỷ đồng"
        m.code, walk.counted_in = "only", {k: x for k, x in walk.cur.items() if k == "period"}
    if m.code == "only":
        m.data = m.data or _last_years(walk, m)
        _end_source(walk)
        walk.discourse.last_carry = m.data or walk.discourse.last_carry or _year_before(walk, m)
    walk.put("carry", (m.code, m.data or (_years_told(walk) if m.code == "only" else ""), bool(m.data)), m.start)
    if m.code == "excluded" and m.data and not LEFT_OUT.match(walk.v.low, m.start):
        walk.put("period", m.data, m.start)


def _counts_in(walk: Walk, m: Mention) -> bool:
    """`cộng cả vốn năm 2022 kéo dài 806 tỷ đồng thì tỉnh có 2.317 tỷ đồng`: the first sum is what the second counts in."""
    return walk.v.low.startswith(("tính", "cộng", "kể", "gộp"), m.start) and (
        _SAYS.then_the_whole.match(walk.v.low, m.end) is not None
    )


def _as_many_years(words: str, span: str) -> bool:
    """`hai năm này` points at no span of five."""
    count = COUNTS.get(words.split()[0])
    return count is None or (span[5:].isdigit() and int(span[5:]) - int(span[:4]) + 1 == count)


def _last_years(walk: Walk, m: Mention) -> str:
    """`vốn năm ngoái chuyển qua`, `của hai năm trước kéo dài sang`: before the year that the passage is about."""
    if (first := _SAYS.of_year.search(walk.v.low, m.start, m.end)) and int(first[1]) < walk.home.day.year:
        return first[1]
    if (
        _SAYS.phase_before.search(walk.v.low, max(walk.sentence.start, m.start - 60), m.end)
        and walk.home.dated
        and walk.home.day.year > 2020
    ):
        return "2016-2020" if walk.home.day.year < 2026 else "2021-2025"
    told = _SAYS.years_before.search(walk.v.low, m.start, m.end)
    said = walk.cur.get("period") or walk.discourse.last_period
    about = str(said.value) if said else ""
    year = int(about) if re.fullmatch(r"20\d\d", about) else walk.home.day.year
    if told is None or year < 2001:
        return ""
    count = COUNTS.get(told[1], 1)
    return str(year - 1) if count == 1 else f"{year - count}-{year - 1}"


def _year_before(walk: Walk, m: Mention) -> str:
    """`12 tỷ đồng còn lại được kéo dài sang năm 2026`, of the plan year 2025 told before: what `vốn kéo dài` is of from here on."""
    into = _SAYS.moved_into.search(walk.v.low, m.start, m.end)
    told = walk.cur.get("period")
    return str(told.value) if into and told and str(told.value) == str(int(into[1]) - 1) else ""


def _years_told(walk: Walk) -> str:
    """The years of money carried over that the title is about, or that were named last."""
    title = walk.discourse.title_carry
    return (title.value[1] if title else "") or walk.discourse.last_carry


def _end_source(walk: Walk) -> None:
    """`giải ngân 1.298 tỷ đồng vốn trung ương giao; vốn kéo dài giải ngân 470 tỷ đồng`: whose money it was is of the first."""
    source = walk.cur.get("source")
    if (
        source
        and source.position < walk.sentence.start
        and source.how != "article"
        and not (walk.breakdown or retells(walk.v, walk.sentence))
    ):
        walk.cur.pop("source")
        return
    if (
        source
        and walk.sentence.start <= source.position < walk.last_end
        and ";" in walk.v.low[source.position : walk.last_end + 1]
    ):
        walk.revert("source")


def _ends_within_a_span(walk: Walk, m: Mention) -> bool:
    """`Giai đoạn 2021-2025 được phân bổ 2.316 tỷ đồng, đến cuối năm 2023 mới bố trí 201 tỷ đồng`: how far it came, of the span's money."""
    told = walk.discourse.last_period
    span = str(told.value) if told is not None and walk.v.line_start(m.start) <= told.position else ""
    until = any(
        d.data.kind == "year_end"
        and _SAYS.up_to.search(walk.v.low, max(walk.sentence.start, d.data.start - 5), d.data.start + 4)
        and d.data.start <= m.start < d.data.end
        for d in walk.sentence.mentions
        if d.kind == "date"
    )
    return until and len(span) == 9 and span[:4] <= m.data.period <= span[5:]


def dates_an_event(walk: Walk, m: Mention) -> bool:
    """`sau trận lũ năm ngoái, xã chưa giải ngân đồng nào`: the year of the flood, not of the money."""
    return _SAYS.of_an_event.search(walk.v.low, max(walk.sentence.start, m.start - 40), m.start) is not None


def on_period(walk: Walk, m: Mention) -> None:
    """Take in a plan year or a span; beside a comparison it is the year compared with."""
    p = m.data
    if p.kind == "year" and _ends_within_a_span(walk, m):
        return
    if p.kind in ("year", "since") and _SAYS.since_when_built.search(
        walk.v.low, max(walk.sentence.start, m.start - 50), m.start
    ):
        return
    _end_carry(walk, m)
    if p.kind == "whole_span":
        if (span := walk.discourse.last_span) and _as_many_years(walk.v.low[m.start : m.end], span):
            walk.put("period", span, m.start)
        return
    if p.kind == "first_phase":
        if told := _SAYS.two_phases.search(walk.v.low):
            walk.put("period", f"{told[1]}-{told[2]}", m.start)
        elif 2021 <= walk.home.day.year <= 2030 and walk.home.dated:
            walk.put("period", "2021-2025" if walk.home.day.year < 2026 else "2026-2030", m.start)
        return
    if p.kind == "first_year":
        if walk.discourse.last_span:
            walk.put("period", walk.discourse.last_span[:4], m.start)
        return
    if p.kind == "this_year":
        if walk.home.day.year > 2000 and walk.v.low[m.start : m.end] != "trong năm":
            walk.put("period", "this_year", m.start)
        return
    if p.kind == "other_year":
        if p.period in ("ngoái", "trước") and not dates_an_event(walk, m):
            walk.compare = Value("last_year", m.start, "clause")
        return
    if walk.comparing and m.start - walk.last_end < 200 and _near_compare(walk, m):
        walk.compare = Value(p.period, m.start, "clause")
        return
    if p.kind == "span" and _SAYS.than_the_span.search(walk.v.low, max(walk.sentence.start, m.start - 30), m.start):
        return
    if p.kind == "year" and _SAYS.compared_with.search(walk.v.low, max(walk.sentence.start, m.start - 30), m.start):
        if walk.v.low.startswith((", khi ", " ("), m.end):
            walk.compare = Value(p.period, m.start, "clause")
        return
    if p.kind in ("since", "since_january", "back"):
        walk.put("period", (p.kind, p.period), m.start)
        return
    if p.kind == "year" and _SAYS.reached_it.search(walk.v.low, max(walk.sentence.start, m.start - 80), m.start):
        return
    if p.kind == "year" and (
        _SAYS.moved_to.search(walk.v.low, walk.sentence.start, m.start) or _spent_to_date(walk, m)
    ):
        return
    if p.kind == "year" and _of_what_was_to_be_done(walk, m):
        walk.cur.pop("as_of")
    if p.kind == "span":
        walk.discourse.last_span = p.period
        if year_said(walk, walk.sentence.start) and _ends_a_name(walk, m) and not due_by_its_end(walk, m):
            return
    walk.put("period", p.period, m.start)


def _of_what_was_to_be_done(walk: Walk, m: Mention) -> bool:
    """`phân bổ xong trước 15-6, năm 2026 giải ngân từ 95% trở lên`: the day is of what stands before it."""
    day = walk.cur.get("as_of")
    if (
        day is None
        or day.position < max(walk.sentence.start, walk.last_end)
        or walk.v.low[day.value.end : m.start] not in (", ", "; ")
    ):
        return False
    done = any(k.code == "distributed" for k in walk.sentence.between(walk.last_end, day.position, "measure"))
    return done and any(k.code in ("disbursed", "rate") for k in walk.sentence.between(m.end, m.end + 30, "measure"))


def _spent_to_date(walk: Walk, m: Mention) -> bool:
    """`Lũy kế đến hết năm 2024, tỉnh giải ngân 3.680 tỷ đồng`: of the years since the plan told before began."""
    told = walk.discourse.last_period
    span = str(told.value) if told else ""
    begins = _SAYS.to_date.search(walk.v.low, walk.sentence.start, m.start) is not None
    if begins and "-" in span and span[:4] < m.data.period <= span[5:]:
        return True
    own = walk.cur.get("period")
    since = str(own.value) if own and own.position >= walk.sentence.start and own.position < walk.last_end else ""
    return (
        _SAYS.to_the_end.search(walk.v.low, max(walk.sentence.start, m.start - 40), m.start) is not None
        and "-" in since
        and since[5:] == m.data.period
    )


def _end_carry(walk: Walk, m: Mention) -> None:
    """`vốn 2022 kéo dài đạt 100%; vốn năm nay đạt 95%`: a later plan year is not carried over."""
    p: PeriodMention = m.data
    carry = walk.cur.get("carry")
    told = walk.cur.get("period")
    if (
        carry
        and carry.value[0] == "included"
        and carry.position >= walk.sentence.start
        and p.kind == "year"
        and told
        and str(told.value) < p.period
        and (";" in walk.v.low[carry.position : m.start] or ")" in walk.v.low[carry.position : m.start])
    ):
        walk.revert("carry")  # "vốn năm 2022 (kể cả phần chuyển sang 2023) đạt 71%; vốn năm 2023 đạt 15%"
        return
    if carry and carry.value[0] == "included" and _SAYS.of_it_alone.search(walk.v.low, walk.last_end, m.start):
        walk.revert("carry")  # "nếu tính cả vốn kéo dài thì đạt 46,2%, còn nếu chỉ tính vốn năm 2023 thì mới đạt 41%"
        walk.put("carry", ("excluded", "", False), m.start)
        return
    if carry is None or carry.value[0] != "only":
        return
    if carry.position < walk.sentence.start:
        if (
            p.kind == "year"
            and p.period > carry.value[1] > ""
            and _SAYS.of_plan.search(walk.v.low, walk.sentence.start, m.start)
        ):
            walk.cur.pop("carry")  # "Đối với vốn năm 2023:" behind what was said of the money carried over
        return
    given = (
        m.bound_to is not None
        and carry.position < m.bound_to.start
        and p.kind == "year"
        and _SAYS.given_in.search(walk.v.low, walk.sentence.start, m.start)
    )
    if not given and carry.position >= walk.last_end and ";" not in walk.v.low[carry.position : m.start]:
        return
    if p.kind == "this_year" or (p.kind == "year" and p.period > carry.value[1]):
        walk.revert("carry")


def _near_compare(walk: Walk, m: Mention) -> bool:
    return any(k.kind == "marker" and k.code == "compare" and 0 <= m.start - k.end <= 8 for k in walk.sentence.mentions)


def on_date(walk: Walk, m: Mention) -> None:
    """Take in a day if it is a limit: until it, or due by it."""
    d = _of_that_year(walk, m)
    if d.kind == "year_end" and walk.v.low.startswith(("trong", "cả"), d.start):
        basis = walk.cur.get("basis")
        goes_on = walk.discourse.asks and not walk.found and m.start - walk.sentence.start < 12  # "Và cả năm là 100%"
        said = basis is not None and basis.value != "actual" and basis.position >= walk.sentence.start
        if not (said or goes_on or _aims_next(walk, m)):
            return
    if HAPPENED.match(walk.v.low, m.end):
        return
    if _SAYS.than_that_day.search(walk.v.low, max(walk.sentence.start, d.start - 36), d.start):
        return  # "So với cuối tháng 8, tỷ lệ giải ngân tăng 5,3%, lên 41%"
    due = d.kind in ("month", "quarter") and walk.v.low[max(0, d.start - 6) : d.start].endswith(
        ("trong ", "sang ", ": ", ", ", "; ")
    )
    basis = walk.cur.get("basis")
    if d.until or _done_within(walk, m) or (due and basis is not None and basis.value == "target") or is_ahead(walk, d):
        walk.put("as_of", d, m.start)


def _of_that_year(walk: Walk, m: Mention) -> DateMention:
    """`năm 2023 được giao 62 tỷ đồng, đến cuối tháng 9 năm đó`: a day of the year named before."""
    told = walk.cur.get("period")
    if m.data.year or told is None or not _SAYS.that_year.match(walk.v.low, m.end):
        return m.data
    return replace(m.data, year=int(told.value)) if re.fullmatch(r"20\d\d", str(told.value)) else m.data


def _done_within(walk: Walk, m: Mention) -> bool:
    """`sang quý I năm 2024 được 19,84%`, `trong tháng 7/2020, UBND tỉnh giao chi tiết 19,6 tỷ đồng`: by the end of a month or quarter that is over."""
    d = m.data
    if (
        d.kind == "day"
        and _SAYS.that_day.fullmatch(walk.v.low, walk.sentence.begin, d.start)
        and _SAYS.has_spent.match(walk.v.low, m.end)
    ):
        return True  # "Ngày 15/4 chúng tôi đã thanh toán 2 tỷ đồng"
    if d.kind == "month" and _SAYS.back_at.search(walk.v.low, max(walk.sentence.begin - 2, d.start - 16), d.start):
        return True  # "hồi cuối tháng 8 mới được 46%"
    if (
        d.kind not in ("month", "quarter")
        or not d.year
        or _SAYS.within.search(walk.v.low, max(0, d.start - 16), d.start) is None
    ):
        return False
    day, number = resolve(d, walk.home.day, "actual", None), walk.sentence.next_number(m.end)
    if day is None or day > walk.home.day or number is None:
        return False
    told = [k.code for k in walk.sentence.between(m.end, number.start, "measure") if k.code != "given"]
    return told[-1:] in (["distributed"], ["disbursed"], ["rate"]) or (number.unit == "percent" and not told)


def _aims_next(walk: Walk, m: Mention) -> bool:
    """`cả năm tỉnh phấn đấu trên 96%`: whether what is said of the next number is a goal or an estimate."""
    number = walk.sentence.next_number(m.end)
    return number is not None and any(
        k.code in ("target", "forecast") for k in walk.sentence.between(m.end, number.start, "basis")
    )


def is_ahead(walk: Walk, d: DateMention) -> bool:
    """Tell whether a bare day is one to come: `30/6 đạt 45%; 31/12 đạt 95%`, written before it."""
    if (
        d.kind != "day"
        or _SAYS.since.search(walk.v.low, max(0, d.start - 12), d.start)
        or not any(n.unit == "percent" for n in walk.sentence.numbers)
    ):
        return False
    day = resolve(d, walk.home.day, "target", None)
    return day is not None and day > walk.home.day


def year_said(walk: Walk, since: int) -> bool:
    """Tell whether the sentence has named a plan year behind an offset."""
    period = walk.cur.get("period")
    return period is not None and period.position >= max(walk.sentence.start, since) and str(period.value).isdigit()


def due_by_its_end(walk: Walk, span: Mention) -> bool:
    """`hết năm 2025 giải ngân 100% vốn giai đoạn 2021-2025`: the year told is when the span's money is due, no plan year."""
    told = walk.cur.get("period")
    if told is None or str(told.value) != span.data.period[5:]:
        return False
    return any(
        d.kind == "date" and d.data.kind == "year_end" and d.start <= told.position < d.end
        for d in walk.sentence.mentions
    )


def _ends_a_name(walk: Walk, m: Mention) -> bool:
    """`Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2016-2020`: the years are part of its name."""
    return any(
        p.end <= m.start and walk.v.low[p.end : m.start].strip(" (") in ("", "giai đoạn")
        for p in walk.sentence.mentions
        if p.kind == "programme"
    )
