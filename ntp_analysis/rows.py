"""From a figure's state to its row, as seen from the article."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ntp_analysis.as_of import Days, day_named
from ntp_analysis.basis import basis_of, setter, still_to_come
from ntp_analysis.carryover import (
    takes_in_earlier_year,
    takes_in_its_parts,
    takes_in_retold,
    total_includes_its_parts,
)
from ntp_analysis.dates import SOON, DateMention, resolve
from ntp_analysis.discourse import DEFAULTS, Discourse, State, Value, id_of
from ntp_analysis.found import Found, breaks_down, retells
from ntp_analysis.memory import Memory
from ntp_analysis.model import Figure
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home
from ntp_analysis.plan_years import PlanYears
from ntp_analysis.shares import is_equal, parts_of_plan, plans_of, share_of_plan, total
from ntp_analysis.text import View
from ntp_analysis.titled import name_projects

_SAYS = patterns("rows")

_CLAUSE_ENDS = re.compile("[;,.]")
_OF_MONEY = {
    "rate": "disbursed",
    "distribution_rate": "distributed",
    "not_disbursed": "undisbursed",
    "rest": "undisbursed",
}
"""words that led to a sum -> what the sum measures"""


class Rows:
    """Turns the figures of one article into rows, in text order."""

    def __init__(
        self,
        article: str,
        v: View,
        home: Home,
        published: date | None,
        programme: str,
        capital: str = "",
        component: str = "",
        source: str = "",
    ) -> None:
        self.article = article
        self.v = v
        self.home = home
        self.today = published
        self.years = PlanYears(v, published, home.day)
        self.days = Days(v, published, home.day)
        self.memory = Memory(v, published, self.years)
        self.programme = programme
        self.capital = capital or DEFAULTS["capital"]
        self.component = component
        """the project of the whole article, of the programme for the poor"""
        self.source = source
        """whose the money given is"""
        self.figures: list[Figure] = []
        self.told: list[Figure] = []
        """of the last sentence that had any"""
        self.lead: list[Figure] = []
        """of the sentence that the items of a list part"""
        self.due = -1
        """start of the last sentence that gave a rate for a day still to come: all its rates are targets"""
        self.turned = -1
        """start of the last sentence one of whose rates was such: what it tells behind that is still to come"""

    def add(self, found: list[Found], discourse: Discourse) -> list[Figure]:
        """Append the rows of a sentence's figures, and let the discourse know what period and day they had."""
        made: list[Figure] = []
        if not found:
            return made
        total_includes_its_parts(found, discourse.plans, self.v)
        takes_in_retold(
            self.v,
            found,
            self._since_lead() if self.lead and retells(self.v, found[0].sentence) else self.told,
            self.lead,
        )
        takes_in_its_parts(found, self.told)
        share_of_plan(found, discourse.plans, self.home.place)
        parts_of_plan(found, discourse.plans)
        self._estimated(found)
        self._told_again(found)
        name_projects(self.v, found, self.programme, self.home.day.year)
        discourse.plans += plans_of(found)
        discourse.sums = [f for f in found if f.number.unit == "VND" and not f.zero]
        if any(still_to_come(self.v, f, self.today) for f in found):
            self.due = found[0].sentence.start
        for f in found:
            takes_in_earlier_year(self.v, f, found, made)
            rows = self._rows(f, discourse, made)
            made.extend(rows)
        self._widen(found, made)
        self._of_the_whole_again(made)
        discourse.asks = all(r.basis == "target" for r in made) if made else discourse.asks
        self.figures.extend(made)
        self.told = made or self.told
        if made and found[0].sentence.line_kind != "item":
            self.lead = (
                made
                if _SAYS.leads.search(self.v.low, max(0, found[0].sentence.end - 30), found[0].sentence.end)
                else []
            )
        return made

    def _since_lead(self) -> list[Figure]:
        """The rows of the last list and of the sentence that leads it."""
        return [r for r in self.figures if r.start >= self.lead[0].start]

    def _estimated(self, found: list[Found]) -> None:
        """`dự kiến khoảng 1,069 triệu tỷ đồng. Ngân sách trung ương là 118.000 tỷ đồng, địa phương 310.000 tỷ đồng`: parts of an estimate, or of a goal, are such."""
        whole = next((r for r in self.told if r.measure in ("allocated", "disbursed") and r.unit == "VND"), None)
        parts = [f for f in found if f.number.unit == "VND"]
        if (
            whole is None
            or whole.basis == "actual"
            or len(parts) < 2
            or any(
                f.measure != whole.measure
                or f.number.unit != "VND"
                or ("basis" in f.state and f.state["basis"].position >= f.sentence.start)
                for f in found
            )
        ):
            return
        sources = {
            f.state["source"].value
            for f in parts
            if "source" in f.state and f.state["source"].position >= f.sentence.start
        }
        dated = any("period" in f.state and f.state["period"].position >= f.sentence.start for f in parts)
        parted = len(sources) > 1 and all((f.number.value or 0) < whole.value for f in parts)
        if (parted or is_equal(total([f.number for f in parts]), float(whole.value))) and not dated:
            for f in parts:
                f.state["basis"] = Value(whole.basis, f.number.start, "passage")

    def _widen(self, found: list[Found], made: list[Figure]) -> None:
        """`vốn đầu tư giải ngân 243.519 tỷ đồng, đạt 62,6%. Trong đó vốn chương trình mục tiêu quốc gia 28.530 tỷ đồng`: the whole is public investment's."""
        part = next(
            (r for r in made if r.programme == "ntp" and r.evidence["programme"] in ("clause", "sentence")), None
        )
        if (
            part is None
            or part.unit != "VND"
            or not _SAYS.of_which.search(self.v.low, found[0].sentence.start, found[-1].number.start)
        ):
            return
        for whole in self.told if breaks_down(found[0].sentence) else made:
            if (
                whole.programme == "ntp"
                and whole.evidence["programme"] == "default"
                and whole.capital == "investment"
                and whole.evidence["capital"] in ("clause", "sentence")
                and (whole.unit == "percent" or whole.value > part.value)
                and whole.start < part.start
            ):
                whole.programme = "other"
        first = next((r for r in made if r.measure == "allocated"), None)
        if first is not None and first.programme == "other" and first.start < part.start and first.value > part.value:
            for r in made:  # "vốn đầu tư công 33 tỷ đồng; trong đó vốn CTMTQG 21 tỷ đồng, vốn xã 5 tỷ đồng"
                if (
                    r is not part
                    and r.programme == "ntp"
                    and r.evidence.get("programme") != "clause"
                    and r.unit == "VND"
                    and r.source in ("local", "central")
                    and r.start > part.start
                ):
                    r.programme = "other"

    def _of_the_whole_again(self, made: list[Figure]) -> None:
        """`Kế hoạch đầu tư công là 7.420 tỷ đồng, trong đó vốn các chương trình 96 tỷ đồng. Hết tháng 7 giải ngân 3.600 tỷ đồng, đạt 49,8%`: more than the programmes have is of the whole."""
        plans = [r for r in self.told if r.measure == "allocated" and r.unit == "VND"]
        whole = next((r for r in plans if r.programme == "other"), None)
        part = next((r for r in plans if r.programme == "ntp"), None)
        spent = made[0] if made else None
        if (
            whole is None
            or part is None
            or spent is None
            or (spent.measure, spent.unit, spent.programme) != ("disbursed", "VND", "ntp")
            or not part.value * 1.05 < spent.value <= whole.value
        ):
            return
        for r in made[:2]:
            if (
                r.programme == "ntp"
                and r.place == whole.place
                and r.evidence.get("programme") not in ("clause", "sentence")
                and (r is spent or r.measure == "rate")
            ):
                r.programme, r.capital = "other", whole.capital

    def _told_again(self, found: list[Found]) -> None:
        """`giải ngân vốn đầu tư đạt 27,76%`, and later `Ước giải ngân 7.555 tỷ đồng, đạt 27,76%. Trong đó, ...`: of the same money."""
        for f in found:
            again = self._exact_rate(f)
            if again is None or any("capital" in g.state for g in found):
                continue
            for g in found:
                g.state["capital"] = Value(again.capital, g.number.start, "article")
                if again.source:
                    g.state.setdefault("source", Value(again.source, g.number.start, "article"))
            return

    def _exact_rate(self, f: Found) -> Figure | None:
        """The row told before of a rate with two decimals, of one kind of capital."""
        if (
            f.measure != "rate"
            or f.number.unit != "percent"
            or round(float(f.number.value or 0), 1) == float(f.number.value or 0)
        ):
            return None
        place, programme = self._place(f.state)[0], f.state.get("programme")
        name, code = (
            place.place if isinstance(place, Home) else place.name,
            programme.value if programme else self.programme,
        )
        told = [
            g
            for g in self.figures
            if (g.measure, g.value, g.place, g.programme) == ("rate", f.number.value, name, code)
        ]
        return (
            told[0]
            if told and told[0].capital != "total" and told[0].evidence["capital"] in ("clause", "sentence")
            else None
        )

    def _rows(self, f: Found, discourse: Discourse, sentence_rows: list[Figure]) -> list[Figure]:
        state = f.state
        if "programme" not in state and "+" in self.programme and len(discourse.seen) == 1:
            # the other is told of later
            state["programme"] = Value(next(iter(discourse.seen)), f.number.start, "article")
        if f.number.unit == "VND":
            f.measure = _OF_MONEY.get(f.measure, f.measure)
        basis = self._basis(f, discourse)
        period, period_how = self.years.of(f, state, discourse, basis)
        day, day_how = self.days.of(f, state, discourse, basis, period, sentence_rows)
        moved = state.get("carry")
        if f.compare and moved and moved.value[0] == "only" and moved.value[-1] and moved.position >= f.sentence.start:
            period = moved.value[1]  # "cùng kỳ năm ngoái, vốn 2022 chuyển sang mới đạt 41%"
        if due := self._due(f, basis, day):
            basis = due
            day, day_how = self.days.of(f, state, discourse, basis, period, sentence_rows)
        if not f.compare:
            self.memory.keep(f, discourse, state, period, day, day_how, basis)
        if (
            f.measure == "allocated"
            and basis != "target"
            and not self._part_of_dated(f, day, sentence_rows)
            and (
                not day_named(f, state)
                or _SAYS.made_public.search(self.v.low, f.sentence.start, state["as_of"].position)
            )
        ):
            day = None
        if basis == "target":
            state = self._state_of_goal(f, state, discourse)
        places = f.places or [self._place(state)[0]]
        states = [{**state, "component": Value(c, f.number.start, "clause")} for c in f.components] or [state]
        return [self._figure(f, s, p, basis, period, period_how, day, day_how) for s in states for p in places]

    def _part_of_dated(self, f: Found, day: date | None, before: list[Figure]) -> bool:
        """`Tính đến hết tháng 6/2019, tổng nguồn lực đạt 560 tỷ đồng, trong đó vốn xã hội hóa 60 tỷ đồng`: the part is told of the whole's day."""
        whole = next(
            (r for r in before if r.measure == "allocated" and r.unit == "VND" and r.value > (f.number.value or 0)),
            None,
        )
        return (
            whole is not None
            and day is not None
            and whole.as_of == day.isoformat()
            and _SAYS.of_which.search(self.v.low, whole.start, f.number.start) is not None
        )

    def _basis(self, f: Found, discourse: Discourse) -> str:
        basis = basis_of(self.v, f, f.state)
        if basis == "forecast" and self._told_in_the_list(f):
            return "actual"
        goes_on = basis == "actual" and discourse.asks and self.due == f.sentence.start
        if goes_on and still_to_come(self.v, f, self.today) and f.state["as_of"].value.kind == "year_end":
            self.turned = self.due
            return "target"  # "Và cả năm là 100%"
        return basis

    def _told_in_the_list(self, f: Found) -> bool:
        """`Ước giải ngân cả năm 24,6 tỷ đồng: - Chương trình A: giao 21,4 tỷ đồng, giải ngân đến 15/12 đạt 68%`: what an item tells of its plan and of a day past is no estimate."""
        said, day = f.state.get("basis"), f.state.get("as_of")
        if (
            said is None
            or said.position >= f.sentence.start
            or f.sentence.line_kind != "item"
            or f.measure_how != "clause"
        ):
            return False
        if f.measure == "allocated":
            told = self.lead or self.told
            return bool(told) and all(r.measure in ("disbursed", "rate") for r in told if r.basis == "forecast")
        past = (
            resolve(day.value, self.today, "actual", None)
            if day and day.position >= f.sentence.start and self.today
            else None
        )
        return past is not None and self.today is not None and past <= self.today

    def _due(self, f: Found, basis: str, day: date | None) -> str:
        """Return what a rate told as done is if its day, or that of one told beside it, is still to come."""
        if basis != "actual" or not f.measure.endswith("rate") or day is None or self.today is None:
            return ""
        start = f.sentence.start
        if day > self.today + SOON:
            self.due = start
        if f.compare or self.due != start or not (day > self.today or self.turned == start):
            return ""
        self.turned = start
        return "forecast" if f.bound == "about" and _SAYS.will.search(self.v.low, start, f.number.start) else "target"

    def _state_of_goal(self, f: Found, state: State, discourse: Discourse) -> State:
        """A goal is not of what the passage was about, but of whoever it is set for."""
        named = state.get("place")
        by_home = named is not None and named.position >= f.sentence.start and named.value.name == self.home.place
        # "UBND tỉnh đặt mục tiêu ...": for all
        gone = {"place", "programme"} - discourse.kept if by_home else {"place"}
        if named is not None and (id_of(named) == id_of(discourse.voice) or self._is_ours(f, named)):
            gone = gone - {"place"}
        state = {k: x for k, x in state.items() if not (k in gone and x.how == "passage")}
        whose = None if f.places else setter(self.v, f, self.home)
        return {**state, "place": Value(whose, f.number.start, "sentence")} if whose else state

    def _is_ours(self, f: Found, place: Value) -> bool:
        """`Bí thư Huyện ủy cho biết: ... "Chúng tôi phấn đấu giải ngân 95%"`: the goal of the unit that the paragraph is about."""
        low, begin = self.v.low, self.v.line_start(f.sentence.start)
        head = _SAYS.local_head.search(low, begin, f.number.start)
        speaks = head is not None and _SAYS.we.search(low, f.sentence.start, f.number.start) is not None
        return speaks and place.value.level in ("district", "commune")

    def redate(self, day: date) -> None:
        """`Số liệu trên tính đến 31/10`: the day of what was told before without one."""
        for f in self.figures:
            if (
                self.today
                and f.as_of == self.today.isoformat()
                and f.evidence["as_of"] == "article"
                and f.basis == "actual"
            ):
                f.as_of, f.evidence["as_of"] = day.isoformat(), "passage"

    def estimate(self, said: DateMention, since: int) -> None:
        """`Số liệu của các địa phương là ước đến hết tháng 5`: what the paragraph told before without a day of its own."""
        day = resolve(said, self.today, "forecast", None)
        begin = self.v.given(since, since)[0]
        for f in self.figures:
            if day and f.start >= begin and f.evidence["as_of"] == "article" and f.basis == "actual" and f.value:
                f.basis, f.as_of, f.evidence["as_of"] = "forecast", day.isoformat(), "passage"

    def _place(self, state: State) -> tuple[Any, str]:
        value = state.get("place")
        return (self.home, "article") if value is None else (value.value, value.how)

    def _figure(
        self,
        f: Found,
        state: State,
        place: Any,
        basis: str,
        period: str,
        period_how: str,
        day: date | None,
        day_how: str,
    ) -> Figure:
        programme = state.get("programme")
        code = programme.value if programme else "nrd" if self._raised_for_nrd(f, state) else self.programme
        capital = state.get("capital")
        component = state.get("component")
        source = state.get("source")
        if source and source.value == "community" and capital and capital.position < f.sentence.start:
            capital = Value("total", f.number.start, "default")  # what people gave is of neither kind
        kind = "investment" if code == "other" else capital.value if capital else self.capital
        if (
            source
            and programme
            and code == "other"
            and source.position < programme.position
            and _SAYS.set_against.search(self.v.low, source.position, programme.position)
        ):
            source = None  # "vốn trung ương đạt 61,2%, cao hơn bình quân đầu tư công (49,1%)"
        carry, of_plan = state.get("carry"), state.get("of_plan")
        moved = carry.value[0] if carry else of_plan.value if of_plan and of_plan.position == f.number.start else ""
        start, end = self.v.given(f.number.start, f.number.end)
        name = place.place if isinstance(place, Home) else place.name
        _, place_how = self._place(state)
        figure = Figure(
            article=self.article, place=name, level=place.level, province=place.province, programme=code,
            component=self._component(component, code, programme is None), capital=kind,
            source=self._source(source, code), measure=f.measure, basis=basis, value=f.number.value or 0,
            unit=f.number.unit, bound=f.bound, period=period, as_of=day.isoformat() if day else "",
            carryover=moved, quote="", start=start, end=end, plan=self._plan(f),
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

    def _raised_for_nrd(self, f: Found, state: State) -> bool:
        """`Xã đạt 19/19 tiêu chí nông thôn mới, tổng vốn huy động 84 tỷ đồng`: what is raised beside that word alone is for it."""
        if "raised" not in state or any(m.kind == "programme" for m in f.sentence.mentions):
            return False
        return _SAYS.new_rural.search(self.v.low, f.sentence.start, f.sentence.end) is not None

    def _source(self, told: Value | None, programme: str) -> str:
        if told is None:
            return self.source if programme != "other" else ""
        return str(told.value) if told.value != "state" else ""

    def _component(self, told: Value | None, programme: str, alone: bool) -> str:
        if told is None:
            return self.component if programme == "spr" or (alone and programme == self.programme) else ""
        return str(told.value) if programme != "other" else ""

    def _plan(self, f: Found) -> str:
        if f.number.unit != "percent":
            return ""
        behind = self.v.low[f.number.end : min(f.sentence.end, f.number.end + 60)]
        clause = _CLAUSE_ENDS.split(behind, 1)[0]
        return "central" if _SAYS.central_plan.search(clause) else "local" if _SAYS.local_plan.search(clause) else ""


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
