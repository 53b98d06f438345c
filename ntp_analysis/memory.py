"""Which years and days a figure leaves to those behind it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ntp_analysis.clues import in_brackets
from ntp_analysis.dates import SOON, resolve
from ntp_analysis.discourse import Discourse, State, Value, is_carried
from ntp_analysis.found import Found, breaks_down
from ntp_analysis.patterns import patterns
from ntp_analysis.plan_years import PlanYears
from ntp_analysis.text import View

_SAYS = patterns("memory")

BACK_THEN = _SAYS.back_then
"""`Quý I năm 2023, tỷ lệ này là 9,8%`: told to compare with, the passage goes on with its own year"""


class Memory:
    """Keeps in the discourse what one article has told of years and days."""

    def __init__(self, v: View, today: date | None, years: PlanYears) -> None:
        self.v = v
        self.today = today
        """the day that the article came out, where it says one"""
        self.years = years

    def keep(
        self, f: Found, discourse: Discourse, state: State, period: str, day: date | None, how: str, basis: str
    ) -> None:
        """Keep for the next figures the years and days that this one named."""
        back = discourse.is_past(period)
        retold = back and BACK_THEN.search(self.v.low, f.sentence.start, f.number.start) is not None
        if "period" not in state:
            if discourse.last_period and self.years.anew(state, f, discourse.last_period.value):
                discourse.last_period = Value(period, f.number.start, "article")
        elif not self._is_aside(f, discourse, back, retold):
            self._remember_years(f, discourse, state, period)
        if discourse.last_period and period == discourse.last_period.value:
            discourse.told_in = f.sentence.start
        if day is not None and how in ("clause", "sentence"):
            if basis == "forecast":
                discourse.estimated = day
            if basis in ("target", "forecast") and self.today and day > self.today:
                discourse.due = day
            if not retold:
                self._remember_day(f, discourse, state, period, day, basis)

    def _is_aside(self, f: Found, discourse: Discourse, back: bool, retold: bool) -> bool:
        """Tell whether the figure's years are told by the way: those behind go on with the passage's."""
        told = discourse.last_period
        bracketed = told is not None and in_brackets(self.v.low, f.sentence.start, f.number.start)
        if back and (retold or bracketed or discourse.told_in == f.sentence.start):
            return True
        by_year = _SAYS.by_year.match(self.v.low, f.sentence.begin) is not None
        proposed = _SAYS.to_prolong.search(self.v.low, f.sentence.start, f.number.start) is not None
        return by_year or proposed or self._parts_years(f, str(told.value) if told else "")

    def _remember_years(self, f: Found, discourse: Discourse, state: State, period: str) -> None:
        named = state["period"]
        if named.how in ("clause", "sentence"):
            if period and not is_carried(state):
                discourse.last_period = Value(period, named.position, "article")
        elif (
            named.how == "passage"
            and named.position < f.sentence.start
            and "-" in period
            and f.measure in ("disbursed", "rate")
            and "carry" not in state
        ):
            discourse.last_period = Value(period, f.number.start, "article")  # of the plan of which it is a share

    def _remember_day(self, f: Found, discourse: Discourse, state: State, period: str, day: date, basis: str) -> None:
        """Keep a day up to which money was spent; not one to come, nor an earlier one told by the way."""
        said, last = state.get("as_of"), discourse.last_day
        if said is None or said.value.kind == "now" or "then" in state:
            return
        if f.measure.startswith("distribut") and not said.value.until:
            return  # "Ngay trong tháng 1, huyện đã phân bổ hết vốn": no day up to which money was spent
        by_then = day <= self.today + SOON if self.today else (day.month, day.day) != (12, 31)
        if basis != "actual" and not (basis == "forecast" and by_then):
            return
        earlier = (
            last is not None
            and day < last.value
            and (
                last.position >= f.sentence.start
                or _SAYS.earlier.match(self.v.low, f.sentence.begin, f.number.start) is not None
            )
        )
        to_come = self.today is not None and day > self.today + SOON
        recalled = self.v.low.endswith(("hồi cuối ", "hồi "), 0, said.position)
        if not (earlier or to_come or recalled):
            discourse.last_day = Value(day, said.position, "article")
            discourse.days[period] = day

    def _parts_years(self, f: Found, told: str) -> bool:
        """`... huy động 44.263 tỷ đồng. Trong đó, giai đoạn 2010-2015 là 24.470 tỷ đồng, từ năm 2016 tới nay 19.793 tỷ đồng`: what follows is of all the years."""
        years = {m.data.period for m in f.sentence.mentions if m.kind == "period" and m.data.kind in ("span", "since")}
        if len(years) > 1 and breaks_down(f.sentence):
            return True
        spans = [m for m in f.sentence.mentions if m.kind == "period" and m.data.kind in ("span", "whole_span")]
        begin = spans[0].end if spans else f.sentence.start if "-" in told else f.sentence.end
        single = [m for m in f.sentence.mentions if m.kind == "period" and m.data.kind == "year" and m.start > begin]
        parted = (
            len({m.data.period for m in single}) > 1
            and _SAYS.parted_in.search(self.v.low, begin, single[0].start) is not None
        )
        own = f.state.get("period")
        return parted and own is not None and str(own.value).isdigit()

    def note_day(self, state: State, s: Any, discourse: Discourse) -> None:
        """Remember the day and the plan year of a sentence without figures that leads to some."""
        basis, day, period = state.get("basis"), state.get("as_of"), state.get("period")
        if (
            period
            and period.position >= s.start
            and re.fullmatch(r"20\d\d(-20\d\d)?", str(period.value))
            and not _SAYS.to_prolong.search(self.v.low, s.start, period.position)
        ):
            discourse.last_period = Value(period.value, period.position, "article")
        if (
            day is None
            or day.position < s.start
            or day.value.kind in ("now", "year_end")
            or (basis and basis.value == "target" and basis.position >= s.start)
        ):
            return
        named = discourse.last_period.value if discourse.last_period else ""
        found = resolve(day.value, self.today, "actual", int(named) if re.fullmatch(r"20\d\d", named) else None)
        if found and (self.today is None or found <= self.today):
            discourse.last_day = Value(found, day.position, "article")
            discourse.days[named] = discourse.led_day = found
