"""From a figure's state to its row: place, period, day and basis as seen from the article."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from ntp_analysis.clues import in_brackets
from ntp_analysis.dates import DateMention, resolve
from ntp_analysis.discourse import DEFAULTS, Discourse, State, Value
from ntp_analysis.found import EXCLUDING, INCLUDING, Found, breaks_down, retells, total_includes_its_parts
from ntp_analysis.model import Figure
from ntp_analysis.places import Home
from ntp_analysis.shares import plans_of, share_of_plan
from ntp_analysis.text import View

_CENTRAL_PLAN = re.compile(r"(?:thủ tướng|ttcp|chính phủ|trung ương|tw) (?:chính phủ )?(?:đã )?giao")
_LOCAL_PLAN = re.compile(r"(?:hđnd|ubnd|địa phương|tỉnh|hội đồng nhân dân)(?: tỉnh)? (?:đã )?giao")
_WHOLE_YEAR = re.compile(r"(?:cả|hết|trong|cuối|hoàn thành kế hoạch|kế hoạch) năm|năm 20\d\d")


_SPANS = re.compile(r"\b(20\d\d) ?[-–] ?(20\d\d)\b")
_SPENT_OF = re.compile(r"(?:(?:tỷ|tỉ|triệu|đồng|%) (?:trên|trong|/)|% (?:tổng |số )*(?:kế hoạch|dự toán|vốn giao)) ?[^,;.]{0,30}$")
"""`ước đạt 36,4% trên tổng kế hoạch 5.032 tỷ đồng`: what was spent is estimated, not the plan"""
_ASKS = re.compile(
    r"\btỉnh(?: ủy| uỷ)? (?:đã |thì |vừa )?(?:yêu cầu|giao|đặt|đề ra|ra chỉ tiêu|chỉ đạo|đưa|đôn đốc|đề nghị|quyết tâm|phấn đấu|dặn)\b(?! cho (?:huyện|xã|thị xã)| huyện| xã| thị xã)"
)
_NATION_ASKS = re.compile(r"(?:thủ tướng|chính phủ|bộ trưởng|ban chỉ đạo trung ương)\b[^.;%]{0,60}? (?:yêu cầu|đề nghị|chỉ đạo|giao|đặt mục tiêu)\b[^.;%]{0,50}?\b(?:các (?:địa phương|bộ|tỉnh)|cả nước)")
SOON = timedelta(days=12)
"""an article can be out so long before the day that its figures are of"""
_SPENDING = re.compile(r"(?:[^;]{0,30}\bgiải ngân|ước(?: đạt| khoảng)? \d)[^;]*;")
"""`ước giải ngân 5.314 tỷ đồng; vốn kéo dài 12.237 tỷ đồng`: what was given is no estimate"""
_EARLIER = ("trước đó", "trước đây")
"""`Trước đó, đến 30/6 mới 17,8%`: a day that what is told next is not of"""
_WILL = re.compile(r"\bsẽ [^;.]{0,40}$")
"""`hết quý II sẽ chi được khoảng 8%`: nobody must"""
_OF_MONEY = {"rate": "disbursed", "distribution_rate": "distributed", "not_disbursed": "undisbursed", "rest": "undisbursed"}
"""words that led to a sum -> what the sum measures"""


_WITHIN_A_YEAR = re.compile(r"\b(?:năm nay|(?:trong|đầu|cả|hằng|hàng|mỗi) năm|năm kế hoạch|(?:tháng|quý) (?:đầu )?(?:năm|qua))\b")
_SO_FAR = re.compile(r"\bđã\b|\b(?:đến|tới) (?:nay|thời điểm này)\b|\b(?:thời gian|những năm|mấy năm) (?:vừa )?qua\b|huy động được|lũy kế")
_YEAR_STILL_YOUNG = 6
"""until this month "qua 8 năm" counts the years that are over"""


def _stands_alone(year: str, low: str) -> bool:
    """Tell whether a text names a year for itself, not only as the start or the end of a span."""
    return re.search(rf"(?<![-–\d])(?<![-–] ){year}(?! ?[-–] ?20\d\d| ?(?:đến|tới) (?:nay|năm))", low) is not None


class Rows:
    """Turns the figures of one article into rows, in text order."""

    def __init__(self, article: str, v: View, home: Home, published: date | None, programme: str, capital: str = "") -> None:
        self.article = article
        self.v = v
        self.home = home
        self.today = published
        self.programme = programme
        self.capital = capital or DEFAULTS["capital"]
        self.component = ""
        """the project of the whole article, of the programme for the poor"""
        self.source = ""
        """whose the money given is"""
        self.figures: list[Figure] = []
        self.told: list[Figure] = []
        """of the last sentence that had any"""
        self.lead: list[Figure] = []
        """of the sentence that the items of a list part"""
        self.turned = -1
        """start of the last sentence one of whose rates was such: what it tells behind that is still to come"""
        self.likely = year if published is None and _stands_alone(year := str(home.day.year), v.low) else ""
        """the year that an article without a day names most"""
        self.due = -1
        """start of the last sentence that gave a rate for a day still to come: all its rates are targets"""

    def add(self, found: list[Found], discourse: Discourse) -> list[Figure]:
        """Append the rows of a sentence's figures, and let the discourse know what period and day they had."""
        made: list[Figure] = []
        if not found:
            return made
        total_includes_its_parts(found, self.v)
        self._retold(found)
        share_of_plan(found, discourse.plans)
        discourse.plans += plans_of(found)
        if any(self._still_to_come(f) for f in found):
            self.due = found[0].sentence.start
        for f in found:
            self._of_earlier_year(f, found, made)
            rows = self._rows(f, discourse, made)
            made.extend(rows)
        discourse.asks = all(r.basis == "target" for r in made) if made else discourse.asks
        self.figures.extend(made)
        self.told = made or self.told
        if made and found[0].sentence.line_kind != "item":
            self.lead = made if _LEADS.search(self.v.low, max(0, found[0].sentence.end - 30), found[0].sentence.end) else []
        return made

    def _of_earlier_year(self, f: Found, found: list[Found], made: list[Figure]) -> None:
        """`Năm nay huyện được giao 238 tỷ đồng, trong đó 71 tỷ đồng là của năm 2022`: that part was carried over."""
        own, moved = f.state.get("period"), f.state.get("carry")
        if not made or own is None or own.how != "clause" or f.measure != "allocated" or (moved and moved.value[0] == "only"):
            return
        whole, low, start = made[0], self.v.low, found[0].number.end
        years = re.fullmatch(r"(?:20\d\d-)?(20\d\d)", str(own.value))
        if not years or whole.measure != "allocated" or not whole.period.isdigit() or years[1] >= whole.period or (f.number.value or 0) >= whole.value:
            return
        later = sum(1 for k in found if (p := k.state.get("period")) and p.position > start and str(p.value) != str(own.value))
        if not later and INCLUDING.search(low, start, f.number.start) and _OF_A_YEAR.search(low, start, min(f.number.end + 40, f.sentence.end)):
            f.state["carry"] = Value(("only", str(own.value), True), own.position, "clause")
            whole.carryover = whole.carryover or "included"

    def _retold(self, found: list[Found]) -> None:
        """`... là 742 tỷ đồng. Khoản này đã cộng 186 tỷ đồng của các năm trước chuyển qua`: the sum told before includes it."""
        item = bool(found) and found[0].sentence.line_kind == "item"
        goes_on = item and bool(found) and self.v.text[found[0].sentence.start - 1] != "\n"
        sums = [r for r in (self.lead if item and not goes_on else self.told) if r.measure == "allocated" and r.unit == "VND"]
        whole = max(sums, key=lambda r: r.value, default=None)
        moved = [f for f in found if f.measure == "allocated" and f.state.get("carry") and f.state["carry"].value[0] == "only"]
        if whole is None or whole.carryover or not moved or not ((item and not goes_on) or retells(self.v, found[0].sentence)):
            return
        without = EXCLUDING.search(self.v.low, found[0].sentence.start, moved[0].number.start)
        if without or (moved[0].number.value or 0) < whole.value:
            whole.carryover = "excluded" if without else "included"

    def _rows(self, f: Found, discourse: Discourse, sentence_rows: list[Figure]) -> list[Figure]:
        state = f.state
        if "programme" not in state and "+" in self.programme and len(discourse.seen) == 1:
            state["programme"] = Value(next(iter(discourse.seen)), f.number.start, "article")  # the other is told of later
        if f.number.unit == "VND":
            f.measure = _OF_MONEY.get(f.measure, f.measure)
        basis = self._basis(f, state)
        if basis == "actual" and discourse.asks and self.due == f.sentence.start and self._still_to_come(f) and state["as_of"].value.kind == "year_end":
            basis, self.turned = "target", self.due  # "Và cả năm là 100%"
        period, period_how = self._period(f, state, discourse, basis)
        day, day_how = self._day(f, state, discourse, basis, period, sentence_rows)
        moved = state.get("carry")
        if f.compare and moved and moved.value[0] == "only" and moved.value[-1] and moved.position >= f.sentence.start:
            period = moved.value[1]  # "cùng kỳ năm ngoái, vốn 2022 chuyển sang mới đạt 41%"
        if basis == "actual" and f.measure.endswith("rate") and day and self.today:
            if day > self.today + SOON:
                self.due = f.sentence.start
            if self.due == f.sentence.start and (day > self.today or self.turned == self.due) and not f.compare:
                self.turned = self.due
                basis = "forecast" if f.bound == "about" and _WILL.search(self.v.low, f.sentence.start, f.number.start) else "target"
                day, day_how = self._day(f, state, discourse, basis, period, sentence_rows)
        if not f.compare:
            self._remember(f, discourse, state, period, day, day_how, basis)
        if f.measure == "allocated" and not self._day_named(f, state):
            day = None
        if basis == "target":
            named = state.get("place")
            setter = named is not None and named.position >= f.sentence.start and named.value.name == self.home.place
            gone = {"place", "programme"} - discourse.kept if setter else {"place"}  # "UBND tỉnh đặt mục tiêu ...": for all
            if discourse.voice and named == discourse.voice:
                gone = gone - {"place"}
            state = {k: x for k, x in state.items() if not (k in gone and x.how == "passage")}
            if not f.places and self._province_asks(f):
                state = {**state, "place": Value(Home(self.home.day, self.home.province, self.home.province, "province"), f.number.start, "sentence")}
            if not f.places and self._nation_asks(f):
                state = {**state, "place": Value(Home(self.home.day, "", "Việt Nam", "country"), f.number.start, "sentence")}
        places = f.places or [self._place(state, f)[0]]
        states = [{**state, "component": Value(c, f.number.start, "clause")} for c in f.components] or [state]
        return [self._figure(f, s, p, basis, period, period_how, day, day_how) for s in states for p in places]

    def _province_asks(self, f: Found) -> bool:
        """`UBND tỉnh yêu cầu các địa phương đến 30/9 giải ngân 60%`: what a province asks of its districts is its own."""
        asked = max((m.end() for m in _ASKS.finditer(self.v.low, f.sentence.start, f.number.start)), default=0)
        named = any(m.kind == "place" and m.data.kind == "named" for m in f.sentence.between(asked, f.number.start))
        return bool(self.home.province and asked) and not named

    def _nation_asks(self, f: Found) -> bool:
        """`Phó Thủ tướng yêu cầu các địa phương hết quý III đạt 65%`: what the government asks of all is the country's."""
        asked = _NATION_ASKS.search(self.v.low, f.sentence.start, f.number.start)
        return asked is not None and not any(m.kind == "place" and m.data.kind in ("named", "self") for m in f.sentence.between(asked.end(), f.number.start))

    def _still_to_come(self, f: Found) -> bool:
        """A rate of a day well after the article's is due, whatever the verb; so are those told beside it."""
        value = f.state.get("as_of")
        if value is None or self.today is None or not f.measure.endswith("rate") or f.compare or value.position < f.sentence.start:
            return False
        day = resolve(value.value, self.today, "target", None)
        return day is not None and day > self.today + SOON and self._basis(f, f.state) == "actual"

    def _remember(self, f: Found, discourse: Discourse, state: State, period: str, day: date | None, how: str, basis: str) -> None:
        named = state.get("period")
        aside = discourse.last_period is not None and in_brackets(self.v.low, f.sentence.start, f.number.start) and period < discourse.last_period.value
        if named and not aside and named.how in ("clause", "sentence") and period and (state.get("carry") is None or state["carry"].value[0] != "only"):
            discourse.last_period = Value(period, named.position, "article")
        elif named is None and discourse.last_period and self._told_within_a_year(state, f) and self._just_past(state, discourse.last_period.value):
            discourse.last_period = Value(period, f.number.start, "article")
        if basis == "forecast" and day and how in ("clause", "sentence"):
            discourse.estimated = day
        if basis in ("target", "forecast") and day and how in ("clause", "sentence") and self.today and day > self.today:
            discourse.due = day
        told = basis == "actual" or (basis == "forecast" and self.today is not None and day is not None and day <= self.today + SOON)
        earlier = day and discourse.last_day and day < discourse.last_day.value and self.v.low.startswith(_EARLIER, f.sentence.start)
        to_come = day is not None and self.today is not None and day > self.today + SOON
        if day and how in ("clause", "sentence") and told and "then" not in state and state["as_of"].value.kind != "now" and not (earlier or to_come):
            discourse.last_day = Value(day, state["as_of"].position, "article")
            discourse.days[period] = day

    def note_day(self, state: State, s: Any, discourse: Discourse) -> None:
        """Remember the day and the plan year of a sentence without figures that leads to some."""
        basis, day, period = state.get("basis"), state.get("as_of"), state.get("period")
        if period and period.position >= s.start and re.fullmatch(r"20\d\d(-20\d\d)?", str(period.value)):
            discourse.last_period = Value(period.value, period.position, "article")
        if day is None or day.position < s.start or day.value.kind in ("now", "year_end") or (basis and basis.value == "target" and basis.position >= s.start):
            return
        named = discourse.last_period.value if discourse.last_period else ""
        found = resolve(day.value, self.today, "actual", int(named) if re.fullmatch(r"20\d\d", named) else None)
        if found and (self.today is None or found <= self.today):
            discourse.last_day = Value(found, day.position, "article")
            discourse.days[named] = discourse.led_day = found

    def redate(self, day: date) -> None:
        """`Số liệu trên tính đến 31/10`: the day of what was told before without one."""
        for f in self.figures:
            if self.today and f.as_of == self.today.isoformat() and f.evidence["as_of"] == "article" and f.basis == "actual":
                f.as_of, f.evidence["as_of"] = day.isoformat(), "passage"

    def estimate(self, said: DateMention, since: int) -> None:
        """`Số liệu của các địa phương là ước đến hết tháng 5`: what the paragraph told before without a day of its own."""
        day = resolve(said, self.today, "forecast", None)
        begin = self.v.given(since, since)[0]
        for f in self.figures:
            if day and f.start >= begin and f.evidence["as_of"] == "article" and f.basis == "actual" and f.value:
                f.basis, f.as_of, f.evidence["as_of"] = "forecast", day.isoformat(), "passage"

    def _place(self, state: State, f: Found) -> tuple[Any, str]:
        value = state.get("place")
        if value is not None:
            return value.value, value.how
        return self.home, "article"

    def _basis(self, f: Found, state: State) -> str:
        value = state.get("basis")
        if value is None or f.zero or f.compare:
            return "actual"
        if f.measure == "undisbursed" and value.position > f.number.start:
            return "actual"  # "còn 300 tỷ đồng phải giải ngân"
        code = str(value.value) if value.position >= f.sentence.start or value.value == "forecast" else "actual"
        if f.measure == "allocated" and code == "forecast" and (
            _SPENDING.match(self.v.low, value.position, f.number.start) or _SPENT_OF.search(self.v.low, max(f.sentence.start, f.number.start - 46), f.number.start)
        ):
            return "actual"
        if f.measure == "allocated" and code == "target":
            near = self.v.low[max(f.sentence.start, f.number.start - 60) : f.number.start]
            return "target" if "huy động" in near and re.search("phấn đấu|mục tiêu", near) else "actual"
        return code

    def _period(self, f: Found, state: State, discourse: Discourse, basis: str) -> tuple[str, str]:
        carry = state.get("carry")
        if carry and carry.value[0] == "only" and not f.compare:
            if carry.value[1] and not self._one_of(carry, state.get("period"), f):
                return carry.value[1], carry.how
            return self._plain_period(f, state, discourse, basis)
        return self._plain_period(f, state, discourse, basis)

    @staticmethod
    def _one_of(carry: Value, own: Value | None, f: Found) -> bool:
        """`số vốn kéo dài ...: của năm 2022 có 98 tỷ đồng`: a year of those that were only inferred."""
        _, years, said = carry.value
        if said or own is None or own.position < f.sentence.start or "-" not in years:
            return False
        return years[:4] <= str(own.value) <= years[-4:]

    def _plain_period(self, f: Found, state: State, discourse: Discourse, basis: str) -> tuple[str, str]:
        value = state.get("period")
        current = discourse.last_period.value if discourse.last_period else ""
        if value is None and basis != "actual" and (due := self._plan_year_due(state)):
            return due, "sentence"
        if value is None and discourse.due is not None and basis != "actual" and f.measure.endswith("rate") and "as_of" not in state:
            return _plan_year(discourse.due), "passage"
        if value is None and self._told_within_a_year(state, f) and ("-" in current or self._just_past(state, current)):
            return self._default_period(state, discourse), "sentence"
        if value is None and discourse.last_period and not f.compare and not self._not_yet_given(current, f, state, basis):
            return current, "passage"
        if value is None and self._gathered(f, state, discourse, basis):
            return "", "default"
        if value is None:
            return self._default_period(state, discourse), "default"
        period = value.value
        if period == "this_year":
            period = str(self.today.year) if self.today else current
        elif isinstance(period, tuple):
            period = self._span(period[0], period[1], discourse)
            if not period:
                f.state["gathered"] = Value(True, f.number.start, "passage")
        elif period == "last_year":
            base = int(current[:4]) if current and "-" not in current else self.today.year if self.today else 0
            period = str(base - 1) if base else ""
        return period, value.how

    def _gathered(self, f: Found, state: State, discourse: Discourse, basis: str) -> bool:
        """`Đến nay, xã đã huy động 78 tỷ đồng`: gathered over years that nothing names; so are its parts in the next sentence."""
        raised = "raised" in state and _SO_FAR.search(self.v.low, f.sentence.start, f.number.start)
        if f.measure != "allocated" or basis != "actual" or not (raised or "gathered" in (discourse.sum or {})):
            return False
        day = state.get("as_of")
        if (day is not None and day.value.kind != "now") or _WITHIN_A_YEAR.search(self.v.low, f.sentence.start, f.sentence.end):
            return False
        f.state["gathered"] = Value(True, f.number.start, "passage")
        return True

    def _not_yet_given(self, period: str, f: Found, state: State, basis: str) -> bool:
        """Next year's money, told of before, is not what has been spent; nor is it by a day before that year."""
        spent = basis == "actual" and f.measure in ("disbursed", "undisbursed", "rate")
        said = state.get("as_of")
        day = resolve(said.value, self.today, "actual", None) if said is not None and said.position >= f.sentence.start and said.value.year else self.today
        return spent and day is not None and period.isdigit() and int(period) > (day if day == self.today else day - SOON).year

    @staticmethod
    def _told_within_a_year(state: State, f: Found) -> bool:
        """`Qua 10 tháng, giải ngân 430 tỷ đồng`: months are of one year, not of the span told before."""
        day = state.get("as_of")
        within = day is not None and day.position >= f.sentence.start and day.value.kind in ("months", "quarter")
        return within and f.measure in ("disbursed", "rate")

    def _just_past(self, state: State, told: str) -> bool:
        """`Năm 2023 đạt 78,6%. ... 6 tháng ước đạt 41%`, written in July 2024: the months are of the article's own year."""
        months = state["as_of"].value
        return "carry" not in state and self.today is not None and told.isdigit() and int(told) < self.today.year and not months.year and months.month in (self.today.month - 1, self.today.month)

    def _plan_year_due(self, state: State) -> str:
        """A target for a day to come is of that day's plan year, which ends on 31 January."""
        value = state.get("as_of")
        if value is None or value.how not in ("clause", "sentence") or self.today is None:
            return ""
        day = resolve(value.value, self.today, "target", None)
        if day is None or day < self.today:
            return ""
        return _plan_year(day)

    def _span(self, kind: str, number: str, discourse: Discourse) -> str:
        """`từ năm 2016 đến nay`, `trong 5 năm`: the span of years that the article's own day gives; without one, none."""
        if self.today is None:
            return number if kind == "since_january" else "" if kind == "since" else discourse.last_span
        year = self.today.year
        if kind.startswith("since"):
            return f"{number}-{year}" if str(year) > number else number
        told = discourse.last_span
        spans = [told] if told and int(told[:4]) <= year else [f"{a}-{b}" for a, b in _SPANS.findall(self.v.low) if year - 1 <= int(b) <= year]
        known = next((s for s in spans if int(s[5:]) - int(s[:4]) + 1 == int(number)), "")
        if known:
            return known
        last = year - (self.today.month <= _YEAR_STILL_YOUNG)
        return f"{last - int(number) + 1}-{last}" if int(number) > 1 else str(last)

    def _default_period(self, state: State, discourse: Discourse) -> str:
        value = state.get("as_of")
        if value is not None:
            day = resolve(value.value, self.today, "actual", None)
            if day:
                return str(day.year - 1 if (day.month == 1 and day.day >= 20) else day.year)
        day = discourse.last_day.value if discourse.last_day else self.today
        if day is None:
            return self.likely
        return _plan_year(day)

    def _day(
        self, f: Found, state: State, discourse: Discourse, basis: str, period: str, rows: list[Figure]
    ) -> tuple[date | None, str]:
        value = state.get("as_of")
        plan_year = int(period[:4]) if re.fullmatch(r"20\d\d", period) else None
        if f.compare:
            return self._same_day(value, discourse, period, rows), "sentence"
        if value is not None and not (basis == "forecast" and value.how == "passage" and discourse.estimated):
            day = resolve(value.value, self.today, basis, plan_year)
            if value.value.loose and day and self.today and day > self.today:
                day = self._known_day(discourse, period)
            if f.measure == "undisbursed" and basis == "actual" and day and self.today and (day > self.today or value.value.kind == "year_end"):
                return self._known_day(discourse, period), "article"  # "còn lại 108 tỷ đồng phải giải ngân trước 31/12"
            if day or value.value.kind == "now":
                return day, value.how
        if basis in ("target", "forecast") and discourse.due is not None and f.measure.endswith("rate"):
            return discourse.due, "passage"
        if basis == "target":
            return self._due(f, plan_year), "default"
        if basis == "forecast":
            return None if f.measure == "allocated" else discourse.estimated or self._last_day(discourse), "default"
        if f.measure in ("distributed", "distribution_rate") and (value is None or value.how == "article"):
            return (discourse.led_day, "passage") if discourse.led_day else (self.today, "article")
        carry = state.get("carry")
        if carry and carry.value[0] == "only":
            return self._last_day(discourse), "article"
        if (told := discourse.last_day) and breaks_down(f.sentence) and "\n" not in self.v.text[told.position : f.number.start]:
            return told.value, "passage"  # "..., đến 30/6/2023 đạt 40%. Chia theo năm, vốn năm 2022 đạt 71,3%"
        return self._known_day(discourse, period), "article"

    def _known_day(self, discourse: Discourse, period: str) -> date | None:
        """The day said last of this plan year's money; of an earlier year's money alone, the end of that year."""
        if period in discourse.days:
            return discourse.days[period]
        if re.fullmatch(r"20\d\d", period) and self.today and int(period) < self.today.year - (self.today.month <= 2):
            return date(int(period), 12, 31) if not discourse.last_carry else self._last_day(discourse)
        return self._last_day(discourse)

    def _last_day(self, discourse: Discourse) -> date | None:
        return discourse.last_day.value if discourse.last_day else self.today

    def _due(self, f: Found, plan_year: int | None) -> date | None:
        """A target without a day is due at the end of the year that its sentence names."""
        text = self.v.low[f.sentence.start : f.sentence.end]
        year = plan_year or (self.today.year if self.today else None)
        return date(year, 12, 31) if year and _WHOLE_YEAR.search(text) else None

    def _same_day(self, value: Value | None, discourse: Discourse, period: str, rows: list[Figure]) -> date | None:
        """`cùng kỳ năm 2022`: the day of the figure beside it, in that year."""
        if not re.fullmatch(r"20\d\d", period):
            return None
        shown = next((r.as_of for r in reversed(rows) if r.as_of), "")
        day = date.fromisoformat(shown) if shown else None
        if isinstance(value, Value) and isinstance(value.value, DateMention) and value.value.kind != "now":
            day = resolve(value.value, self.today, "actual", None) or day
            if value.how == "clause" and value.value.year:
                return day
        day = day or (discourse.last_day.value if discourse.last_day else self.today)
        if day is None:
            return None
        current = discourse.last_period.value if discourse.last_period else str(day.year)
        later = day.year - int(current[:4]) if re.fullmatch(r"20\d\d", current) and 0 <= day.year - int(current[:4]) <= 1 else 0
        year = int(period) + later
        return day.replace(year=year) if not (day.month == 2 and day.day == 29) else day.replace(year=year, day=28)

    def _day_named(self, f: Found, state: State) -> bool:
        value = state.get("as_of")
        return (
            value is not None
            and value.how == "clause"
            and isinstance(value.value, DateMention)
            and value.value.kind in ("day", "month")
            and f.sentence.start <= value.position < f.number.start
        )

    def _figure(
        self, f: Found, state: State, place: Any, basis: str, period: str, period_how: str, day: date | None, day_how: str
    ) -> Figure:
        programme = state.get("programme")
        code = programme.value if programme else self.programme
        capital = state.get("capital")
        component = state.get("component")
        kind = "investment" if code == "other" else capital.value if capital else self.capital
        source = state.get("source")
        if source and programme and code == "other" and source.position < programme.position:
            source = None  # "vốn trung ương đạt 61,2%, cao hơn bình quân đầu tư công (49,1%)"
        carry = state.get("carry")
        start, end = self.v.given(f.number.start, f.number.end)
        name = place.place if isinstance(place, Home) else place.name
        _, place_how = self._place(state, f)
        figure = Figure(
            article=self.article, place=name, level=place.level, province=place.province, programme=code,
            component=self._component(component, code), capital=kind,
            source=self._source(source, code, f.measure), measure=f.measure, basis=basis, value=f.number.value or 0,
            unit=f.number.unit, bound=f.bound, period=period, as_of=day.isoformat() if day else "",
            carryover=carry.value[0] if carry else "", quote="", start=start, end=end, plan=self._plan(f),
        )  # fmt: skip
        figure.evidence = {
            "place": "clause" if f.places else place_how,
            "programme": programme.how if programme else "default",
            "capital": capital.how if capital else "default",
            "measure": f.measure_how,
            "period": period_how,
            "as_of": day_how if day else "default",
        }
        figure.confidence = confidence(figure, f)
        return figure

    def _source(self, told: Value | None, programme: str, measure: str) -> str:
        if told is None:
            return self.source if programme != "other" and measure == "allocated" else ""
        return str(told.value) if told.value != "state" else ""

    def _component(self, told: Value | None, programme: str) -> str:
        if told is None:
            return self.component if programme == "spr" else ""
        return str(told.value) if programme != "other" else ""

    def _plan(self, f: Found) -> str:
        behind = self.v.low[f.number.end : min(f.sentence.end, f.number.end + 60)]
        clause = re.split(r"[;,.]", behind)[0]
        if f.number.unit == "percent" and _CENTRAL_PLAN.search(clause):
            return "central"
        if f.number.unit == "percent" and _LOCAL_PLAN.search(clause):
            return "local"
        return ""


def _plan_year(day: date) -> str:
    """A plan's money is spent until the end of the next January."""
    return str(day.year - 1 if day.month == 1 else day.year)


_LEADS = re.compile(r"(?:gồm|trong đó|cụ thể|trong số này)(?: có)?:$")
_OF_A_YEAR = re.compile(r"\b(?:của|vốn|tiền|từ|nguồn|thuộc)(?: các)? năm 20\d\d")


def confidence(figure: Figure, f: Found) -> str:
    """Return high, medium or low from how near the evidence of measure, programme and place is.

    High: the figure's own sentence names both measure and programme, and it is no target. Low: what was measured is
    told further away, or neither programme nor place is named in the passage.
    """
    near = ("clause", "sentence")
    evidence = figure.evidence
    unnamed = evidence["programme"] == "default" and evidence["place"] == "article"
    if f.number.odd or evidence["measure"] not in near or unnamed:
        return "low"
    return "high" if evidence["programme"] in near and figure.basis != "target" else "medium"
