"""The day that a figure is of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ntp_analysis.dates import TIMES, DateMention, resolve
from ntp_analysis.discourse import Discourse, State, Value, is_carried
from ntp_analysis.found import Found, breaks_down
from ntp_analysis.model import Figure
from ntp_analysis.patterns import patterns
from ntp_analysis.plan_years import stands_alone
from ntp_analysis.text import View

_SAYS = patterns("as_of")

_YEAR = re.compile(r"20\d\d")


def day_named(f: Found, state: State) -> bool:
    """Tell whether a figure's clause names a day for it in front of it."""
    value = state.get("as_of")
    return (
        value is not None
        and value.how == "clause"
        and isinstance(value.value, DateMention)
        and value.value.kind in ("day", "month")
        and f.sentence.start <= value.position < f.number.start
    )


def _says_its_day(f: Found, value: Value | None) -> bool:
    """Tell whether a figure's sentence names a full day before it: `tính đến 31.1.2023 chỉ giải ngân được 12.146 tỷ đồng, đạt 37,5%; sang năm 2023, đến 31.8 ...`."""
    if value is None or not isinstance(value.value, DateMention):
        return False
    return (
        value.value.kind == "day"
        and value.value.year is not None
        and f.sentence.start <= value.position < f.number.start
    )


class Days:
    """Tells the days of one article's figures."""

    def __init__(self, v: View, today: date | None, likely: date) -> None:
        self.v = v
        self.likely = likely.year if today is None and stands_alone(str(likely.year), v.low) else None
        """the year that an article without a day names most"""
        self.today = today
        """the day that the article came out, where it says one"""

    def of(
        self, f: Found, state: State, discourse: Discourse, basis: str, period: str, rows: list[Figure]
    ) -> tuple[date | None, str]:
        """Return a figure's day (None if it has none), and how near its evidence is; `rows` are those of its sentence so far."""
        value = state.get("as_of")
        plan_year = int(period[:4]) if _YEAR.fullmatch(period) else None
        if f.compare:
            return self._same_day(value, discourse, period, rows), "sentence"
        if whole := self._a_whole_year(f, state, plan_year):
            return whole, "sentence"
        if value is not None and not (basis == "forecast" and value.how == "passage" and discourse.estimated):
            # the end of the year that it was carried into
            moved = value.value.kind == "budget_end" and is_carried(state)
            day = resolve(value.value, self.today, basis, (None if moved else plan_year) or self.likely)
            day = self._of_the_year_told(f, state, value.value, period) or day
            if value.value.kind == "now" and value.value.loose and (told := self._going_on(f, state, discourse)):
                return told, "passage"
            if value.value.loose and basis == "actual" and day and self.today and day > self.today:
                day = self._known_day(discourse, period)
            if (
                f.measure == "undisbursed"
                and basis == "actual"
                and day
                and self.today
                and (day > self.today or value.value.kind == "year_end")
            ):
                return self._known_day(discourse, period), "article"  # "còn lại 108 tỷ đồng phải giải ngân trước 31/12"
            if (
                day is None
                and value.value.kind == "now"
                and "thời điểm" in self.v.low[value.value.start : value.value.end]
            ):
                day = self._last_day(discourse)
            if day or value.value.kind == "now":
                return day, value.how
        if basis in ("target", "forecast") and discourse.due is not None and f.measure.endswith("rate"):
            return discourse.due, "passage"
        if basis == "target":
            return self._due(f, plan_year, period), "default"
        if basis == "forecast":
            return None if f.measure == "allocated" else discourse.estimated or self._last_day(discourse), "default"
        return self._of_what_was_done(f, state, discourse, period)

    def _of_the_year_told(self, f: Found, state: State, said: DateMention, period: str) -> date | None:
        """`Năm 2016 được bố trí 18,6 tỷ đồng, giải ngân đến 30/11 được 15,2 tỷ đồng`, written in 2018: a day of that year."""
        own = state.get("period")
        long_over = self.today is not None and _YEAR.fullmatch(period) and self.today.year - int(period) > 1
        if not long_over or own is None or own.position < f.sentence.start or is_carried(state):
            return None
        years = {m.data.period for m in f.sentence.mentions if m.kind == "period" and m.data.kind == "year"}
        if said.kind not in TIMES or said.year or said.shift or len(years) > 1:
            return None
        return resolve(replace(said, year=int(period) + (said.month == 1)), self.today, "actual", None)

    def _of_what_was_done(self, f: Found, state: State, discourse: Discourse, period: str) -> tuple[date | None, str]:
        """The day of what was passed on or spent, where its own clause tells none."""
        value, last = state.get("as_of"), discourse.last_day
        near = last is not None and "\n" not in self.v.text[last.position : f.number.start]
        parts = near and breaks_down(f.sentence)
        if f.measure in ("distributed", "distribution_rate") and (value is None or value.how == "article"):
            closing = last is not None and last.value.month == 1  # of the year before
            apart = parts or (near and not closing) or self.v.low.startswith("riêng ", f.sentence.start)
            day = last.value if last and apart else discourse.led_day
            return (day, "passage") if day else (self.today, "article")
        if (
            f.measure in ("disbursed", "rate")
            and self.today
            and _YEAR.fullmatch(period)
            and int(period) < self.today.year
            and _SAYS.all_year.search(self.v.low, max(f.sentence.start, f.number.start - 60), f.number.start)
        ):
            return date(int(period), 12, 31), "article"
        if (
            f.measure in ("disbursed", "rate")
            and self.today
            and (years := _SAYS.years_over.search(self.v.low, f.sentence.start, f.number.start))
            and period == f"{years[1]}-{years[2]}"
            and int(years[2]) < self.today.year
        ):
            return date(int(years[2]), 12, 31), "sentence"  # "trong 2 năm 2022 - 2023, huyện giải ngân 4,8 tỷ đồng"
        carry = state.get("carry")
        if is_carried(state) or (
            carry and carry.position >= f.sentence.start and _SAYS.moved_on.match(self.v.low, carry.position)
        ):
            return self._last_day(discourse), "article"
        if last and parts:
            return last.value, "passage"  # "..., đến 30/6/2023 đạt 40%. Chia theo năm, vốn năm 2022 đạt 71,3%"
        return self._known_day(discourse, period), "article"

    def _a_whole_year(self, f: Found, state: State, year: int | None) -> date | None:
        """The end of a year whose spending is set against that of the next, up to a day of its own."""
        if (
            year is None
            or f.measure not in ("disbursed", "rate")
            or state.get("carry")
            or _says_its_day(f, state.get("as_of"))
        ):
            return None
        following = _SAYS.the_next.match(self.v.low, f.number.end)
        return date(year, 12, 31) if following and int(following[1]) == year + 1 else None

    def _going_on(self, f: Found, state: State, discourse: Discourse) -> date | None:
        """`Đến 19/5 tỉnh giải ngân 14%. Vốn sự nghiệp được giao 62 tỷ đồng, hiện mới giải ngân 4,2 tỷ đồng`: of the day told, but of a place named anew its own."""
        place, told = state.get("place"), discourse.last_day
        named_anew = place is not None and place.position >= f.sentence.start
        return told.value if told and not named_anew and (self.today is None or told.value <= self.today) else None

    def _known_day(self, discourse: Discourse, period: str) -> date | None:
        """The day said last of this plan year's money; of an earlier year's money alone, the end of that year."""
        if period in discourse.days:
            return discourse.days[period]
        told = discourse.last_day
        if _YEAR.fullmatch(period) and told and (told.value.year, told.value.month) == (int(period) + 1, 1):
            return told.value  # "Đến 31/01/2024 giải ngân 56,5%. Tính riêng vốn năm 2023 thì đạt 63,8%"
        if _YEAR.fullmatch(period) and self.today and int(period) < self.today.year - (self.today.month <= 2):
            return date(int(period), 12, 31) if not discourse.last_carry else self._last_day(discourse)
        return self._last_day(discourse)

    def _last_day(self, discourse: Discourse) -> date | None:
        return discourse.last_day.value if discourse.last_day else self.today

    def _due(self, f: Found, plan_year: int | None, period: str) -> date | None:
        """A target without a day is due at the end of the year that its sentence names; money to be raised, with its plan."""
        if f.measure == "allocated":
            return date(int(period[-4:]), 12, 31) if period else None
        text = self.v.low[f.sentence.start : f.sentence.end]
        year = plan_year or (self.today.year if self.today else None)
        return date(year, 12, 31) if year and _SAYS.whole_year.search(text) else None

    def _same_day(self, value: Value | None, discourse: Discourse, period: str, rows: list[Figure]) -> date | None:
        """`cùng kỳ năm 2022`: the day of the figure beside it, in that year."""
        if not _YEAR.fullmatch(period):
            return None
        shown = next((r.as_of for r in reversed(rows) if r.as_of), "")
        day = date.fromisoformat(shown) if shown else None
        if isinstance(value, Value) and isinstance(value.value, DateMention) and value.value.kind != "now":
            day = resolve(value.value, self.today, "actual", None) or day
            if value.how == "clause" and value.value.year:
                return day
        day = day or self._last_day(discourse)
        if day is None:
            return None
        current = discourse.last_period.value if discourse.last_period else str(day.year)
        later = day.year - int(current[:4]) if _YEAR.fullmatch(current) and 0 <= day.year - int(current[:4]) <= 1 else 0
        year = int(period) + later
        return day.replace(year=year) if not (day.month == 2 and day.day == 29) else day.replace(year=year, day=28)
