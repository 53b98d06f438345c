"""The plan year, or span of years, whose money a figure is of."""

from __future__ import annotations

import re
from datetime import date

from ntp_analysis.dates import SOON, resolve
from ntp_analysis.discourse import Discourse, State, Value
from ntp_analysis.found import Found
from ntp_analysis.patterns import patterns
from ntp_analysis.text import View

_SAYS = patterns("plan_years")

_SPANS = re.compile(r"\b(20\d\d) ?[-–] ?(20\d\d)\b")
_YEAR_STILL_YOUNG = 6
"""until this month "qua 8 năm" counts the years that are over"""


def plan_year(day: date) -> str:
    """Return the plan year that a day is in: a plan's money is spent until the end of the next January."""
    return str(day.year - 1 if day.month == 1 else day.year)


def stands_alone(year: str, low: str) -> bool:
    """Tell whether a text names a year for itself, not only as the start or the end of a span."""
    return re.search(rf"(?<![-–\d])(?<![-–] ){year}(?! ?[-–] ?20\d\d| ?(?:đến|tới) (?:nay|năm))", low) is not None


_LONG_AFTER = 8
"""the month of the year after a span from which what is spent is no more of the span's money"""


class PlanYears:
    """Tells the plan years of one article's figures."""

    def __init__(self, v: View, today: date | None, likely: date) -> None:
        self.v = v
        self.today = today
        """the day that the article came out, where it says one"""
        self.likely = year if today is None and stands_alone(year := str(likely.year), v.low) else ""
        """the year that an article without a day names most"""

    def of(self, f: Found, state: State, discourse: Discourse, basis: str) -> tuple[str, str]:
        """Return the plan year or span that a figure is of ("" if none is known), and how near its evidence is."""
        carry = state.get("carry")
        if (
            carry
            and carry.value[0] == "only"
            and carry.value[1]
            and not f.compare
            and not self._one_of(carry, state.get("period"), f)
        ):
            return carry.value[1], carry.how
        return self._said(f, state, discourse, basis)

    @staticmethod
    def _one_of(carry: Value, own: Value | None, f: Found) -> bool:
        """`số vốn kéo dài ...: của năm 2022 có 98 tỷ đồng`: a year of those that were only inferred."""
        _, years, said = carry.value
        if said or own is None or own.position < f.sentence.start or "-" not in years:
            return False
        return years[:4] <= str(own.value) <= years[-4:]

    def _said(self, f: Found, state: State, discourse: Discourse, basis: str) -> tuple[str, str]:
        value = state.get("period")
        current = discourse.last_period.value if discourse.last_period else ""
        if value is None and basis != "actual" and (due := self._plan_year_due(state, basis)):
            return due, "sentence"
        if (
            value is None
            and discourse.due is not None
            and basis != "actual"
            and f.measure.endswith("rate")
            and "as_of" not in state
        ):
            return plan_year(discourse.due), "passage"
        if value is None and self.told_within_a_year(state, f) and ("-" in current or self.just_past(state, current)):
            return self._of_the_day(state, discourse), "sentence"
        if value is None and "of_day" in state and "-" in current:
            return self._of_the_day(state, discourse), "sentence"
        if value is None and (planned := self._span_planned(f, state, discourse)):
            return planned, "passage"
        if value is None and self.of_this_year(state, f, current):
            return self._of_the_day(state, discourse), "sentence"
        if value is None and self._after_the_span(state, f, current):
            return self._of_the_day(state, discourse), "sentence"
        if (
            value is None
            and discourse.last_period
            and not f.compare
            and not self._not_yet_given(current, f, state, basis)
        ):
            return current, "passage"
        if value is None and self._gathered(f, state, discourse, basis):
            return "", "default"
        if value is None:
            return self._of_the_day(state, discourse), "default"
        period = value.value
        if period == "this_year":
            period = str(self.today.year) if self.today else current or self._of_the_day(state, discourse)
        elif isinstance(period, tuple):
            period = self._span(period[0], period[1], discourse, ahead=basis != "actual")
            if not period:
                f.state["gathered"] = Value(True, f.number.start, "passage")
        elif period == "last_year":
            day = self.today or (discourse.last_day.value if discourse.last_day else None)
            base = int(current[:4]) if current and "-" not in current else day.year if day else 0
            period = str(base - 1) if base else ""
        return period, value.how

    def _span_planned(self, f: Found, state: State, discourse: Discourse) -> str:
        """`ban hành kế hoạch thực hiện Chương trình A giai đoạn 2021-2025. Theo kế hoạch, tổng kinh phí là ...`: of the years that the plan is for."""
        if (
            f.measure != "allocated"
            or not discourse.last_span
            or _SAYS.a_year.search(self.v.low, f.sentence.start, f.sentence.end)
        ):
            return ""
        if _SAYS.whole_programme.search(self.v.low, f.sentence.start, f.number.end):
            return discourse.last_span
        over = self.today is None or int(discourse.last_span[5:]) <= self.today.year
        return (
            discourse.last_span
            if _SAYS.by_plan.match(self.v.low, f.sentence.begin)
            or ("raised" in state and over and discourse.last_period is None)
            else ""
        )

    def _gathered(self, f: Found, state: State, discourse: Discourse, basis: str) -> bool:
        """`Đến nay, xã đã huy động 78 tỷ đồng`: gathered over years that nothing names; so are its parts in the next sentence."""
        raised = "raised" in state and _SAYS.so_far.search(self.v.low, f.sentence.start, f.number.start)
        if f.measure != "allocated" or basis != "actual" or not (raised or "gathered" in (discourse.sum or {})):
            return False
        day = state.get("as_of")
        if (day is not None and day.value.kind != "now") or _SAYS.within_a_year.search(
            self.v.low, f.sentence.start, f.sentence.end
        ):
            return False
        if self._goes_on_within_a_year(f):
            return False
        f.state["gathered"] = Value(True, f.number.start, "passage")
        return True

    def _goes_on_within_a_year(self, f: Found) -> bool:
        """`6 tháng, toàn tỉnh huy động được 640 tỷ đồng. Huyện A huy động được nhiều nhất, 138 tỷ đồng`: in the same months."""
        begin = self.v.line_start(f.sentence.start)
        return (
            _SAYS.within_a_year.search(self.v.low, begin, f.sentence.start)
            or _SAYS.some_months.search(self.v.low, begin, f.sentence.start)
        ) is not None and _SAYS.up_to_now.search(self.v.low, f.sentence.start, f.sentence.end) is None

    def _not_yet_given(self, period: str, f: Found, state: State, basis: str) -> bool:
        """Next year's money, told of before, is not what has been spent; nor is it by a day before that year."""
        spent = basis == "actual" and f.measure in ("disbursed", "undisbursed", "rate")
        said = state.get("as_of")
        day = (
            resolve(said.value, self.today, "actual", None)
            if said is not None and said.position >= f.sentence.start and said.value.year
            else self.today
        )
        return (
            spent
            and day is not None
            and period.isdigit()
            and int(period) > (day if day == self.today else day - SOON).year
        )

    @staticmethod
    def told_within_a_year(state: State, f: Found) -> bool:
        """`Qua 10 tháng, giải ngân 430 tỷ đồng`: months are of one year, not of the span told before."""
        day = state.get("as_of")
        within = day is not None and day.position >= f.sentence.start and day.value.kind in ("months", "quarter")
        return within and (f.measure in ("disbursed", "rate") or "raised" in state)

    def anew(self, state: State, f: Found, told: str) -> bool:
        """Tell whether a figure's time begins the article's own year, behind what was told of the one before."""
        return (self.told_within_a_year(state, f) and self.just_past(state, told)) or self.of_this_year(state, f, told)

    def of_this_year(self, state: State, f: Found, told: str) -> bool:
        """`Năm 2022 đạt 51%. ... Tính đến 30/6/2023, vốn đầu tư đạt 32,6%`, written in 2023: a day of the article's year, well into it."""
        day = state.get("as_of")
        if (
            day is None
            or day.position < f.sentence.start
            or "carry" in state
            or f.compare
            or self.today is None
            or not told.isdigit()
        ):
            return False
        if self.today.year != int(told) + 1 or f.measure not in ("disbursed", "rate"):
            return False
        if day.value.kind == "month" and not day.value.year:  # "đến hết tháng 9", said of the month just past
            return day.value.month > 2 and day.value.month in (self.today.month - 1, self.today.month)
        return day.value.kind in ("day", "month") and day.value.year == self.today.year and day.value.month > 2

    def _after_the_span(self, state: State, f: Found, told: str) -> bool:
        """`Giai đoạn 2016-2020 nhận 276 tỷ đồng. ... Đến cuối tháng 11, giải ngân 63,4%`, written in 2021: no day of that span."""
        said = state.get("as_of")
        if (
            said is None
            or said.position < f.sentence.start
            or "-" not in told
            or "carry" in state
            or f.measure not in ("disbursed", "rate")
        ):
            return False
        day = resolve(said.value, self.today, "actual", None)
        return day is not None and (day.year, day.month) >= (int(told[-4:]) + 1, _LONG_AFTER)

    def just_past(self, state: State, told: str) -> bool:
        """`Năm 2023 đạt 78,6%. ... 6 tháng ước đạt 41%`, written in July 2024: the months are of the article's own year."""
        months = state["as_of"].value
        return (
            "carry" not in state
            and self.today is not None
            and told.isdigit()
            and int(told) < self.today.year
            and not months.year
            and months.month in (self.today.month - 1, self.today.month)
        )

    def _plan_year_due(self, state: State, basis: str) -> str:
        """A target for a day to come is of that day's plan year, which ends on 31 January."""
        value = state.get("as_of")
        if value is None or value.how not in ("clause", "sentence") or self.today is None:
            return ""
        day = resolve(value.value, self.today, basis, None)
        if day is None or day < self.today:
            return ""
        return plan_year(day)

    def _span(self, kind: str, number: str, discourse: Discourse, ahead: bool) -> str:
        """`từ năm 2016 đến nay`, `trong 5 năm`: the span of years that the article's own day gives; without one, none."""
        if self.today is None:
            return number if kind == "since_january" else "" if kind == "since" else discourse.last_span
        year = self.today.year
        if kind.startswith("since"):
            return f"{number}-{year}" if str(year) > number else number
        told = discourse.last_span
        spans = (
            [told]
            if told and (ahead or int(told[:4]) <= year)
            else [f"{a}-{b}" for a, b in _SPANS.findall(self.v.low) if year - 1 <= int(b) <= year]
        )
        known = next((s for s in spans if int(s[5:]) - int(s[:4]) + 1 == int(number)), "")
        if known:
            return known
        last = year - (self.today.month <= _YEAR_STILL_YOUNG)
        return f"{last - int(number) + 1}-{last}" if int(number) > 1 else str(last)

    def _of_the_day(self, state: State, discourse: Discourse) -> str:
        value = state.get("as_of")
        if value is not None:
            day = resolve(value.value, self.today, "actual", None)
            if day:
                return str(day.year - 1 if (day.month == 1 and day.day >= 20) else day.year)
        day = discourse.last_day.value if discourse.last_day else self.today
        if day is None:
            return self.likely
        return plan_year(day)
