"""From a sentence's mentions to its figures: one walk from left to right.

What an attribute is, is told by the nearest evidence: words bound to the number, its clause, its sentence, what
the passage is about, the article. A new subject replaces the one before it and what stood under that one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ntp_analysis.acceptance import accepts
from ntp_analysis.amounts import Number
from ntp_analysis.binding import in_order
from ntp_analysis.bounds import bound_of, is_goal
from ntp_analysis.clauses import OUTLINE, close_bracket, end_clause, end_sum
from ntp_analysis.clues import RANKED, in_brackets, of_all, risen_from
from ntp_analysis.dates import resolve
from ntp_analysis.discourse import Discourse, State, Value
from ntp_analysis.found import Found, breaks_down, share, told_aside, total_of_both
from ntp_analysis.groups import (
    components_sharing,
    end_pairs,
    pair_from,
    places_sharing,
    rates_the_last,
    silent_pairs,
    together,
    told_again,
)
from ntp_analysis.marks import only_marks
from ntp_analysis.measuring import measure_of
from ntp_analysis.mentions import SPECIFIC, Mention, Sentence
from ntp_analysis.nothing import say_nothing
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home
from ntp_analysis.reference import is_receiver, sums_sources
from ntp_analysis.text import View
from ntp_analysis.timing import due_by_its_end, on_carry, on_date, on_period, year_said
from ntp_analysis.whose import (
    gives_its_own,
    on_capital,
    on_component,
    on_container,
    on_definition,
    on_place,
    on_programme,
    on_source,
    on_source_weak,
)

_SAYS = patterns("attribution")

_GATHERED = ("huy động", "vốn huy động", "nguồn vốn huy động", "đóng góp")
_THEN_ITS_SUM = re.compile(r"[^,;.:\d]{0,40} \d")


@dataclass(slots=True)
class Walk:
    """The walk through one sentence."""

    v: View
    sentence: Sentence
    discourse: Discourse
    home: Home
    base: State
    cur: State = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    last_end: int = 0
    """end of the last number, accepted or not"""
    groups: dict[str, list[Mention]] = field(default_factory=dict)
    pairs: list[Mention] = field(default_factory=list)
    paired: int = 0
    order: list[Mention] = field(default_factory=list)
    """the kinds of capital that numbers were last told of in order"""
    compare: Value | None = None
    comparing: bool = False
    each: bool = False
    members: Mention | None = None
    """a counted group whose members the sentence names: a sum is the group's"""
    breakdown: bool = False
    siblings: int = 0
    mark: int = 0
    """end of the last number that only is a mark: the words before it are the mark's"""
    refused: Mention | None = None
    """what the number before was about, where it was no figure"""
    introduced: str = ""
    """the programme that "đối với", "về" ... made the topic last"""

    def run(self) -> list[Found]:
        """Return the sentence's figures."""
        self.cur = dict(self.base)
        self.last_end = self.sentence.start
        stack: list[tuple[State, int, int, int]] = []
        for position, kind, item in in_order(self.v, self.sentence):
            if kind == "(":
                stack.append((dict(self.cur), len(self.found), self.last_end, position))
            elif kind == ")":
                if stack:
                    close_bracket(self, position, *stack.pop(), several=bool(item))
            elif kind == ";":
                end_clause(self, position)
            elif kind == ":":
                end_sum(self, position)
            elif kind == "mention":
                self._mention(item)
            else:
                self._number(item, position)
        share(self.v, self.found)
        if self.breakdown:
            total_of_both(self.found)
        return self.found

    def right_behind(self, *measures: str) -> bool:
        """Tell whether nothing is read since the sentence's last figure, of one of these measures if any are given."""
        at_it = bool(self.found) and self.last_end == self.found[-1].number.end
        return at_it and (not measures or self.found[-1].measure in measures)

    def breakdown_of_sum(self) -> bool:
        """Tell whether the sentence parts the sum that the one before told."""
        base = self.base.get("measure")
        return base is not None and base.value == "allocated" and base.how == "passage" and breaks_down(self.sentence)

    # mentions

    def _mention(self, m: Mention) -> None:
        handler = getattr(self, f"_on_{m.kind}", None)
        if handler:
            handler(m)

    def _end_project(self, code: str) -> None:
        """A project that a heading named is of its programme, and of none named since."""
        of, component = self.base.get("programme"), self.cur.get("component")
        if component and component.position < self.sentence.start and code in SPECIFIC and of is not None and of.value in SPECIFIC and of.value != code:
            self.cur.pop("component")

    _on_place, _on_container = on_place, on_container
    _on_programme, _on_definition, _on_component = on_programme, on_definition, on_component
    _on_capital, _on_source, _on_source_weak = on_capital, on_source, on_source_weak
    _on_carry, _on_period, _on_date = on_carry, on_period, on_date

    def _on_basis(self, m: Mention) -> None:
        said = self.cur.get("basis")
        if m.code == "actual" and said is not None and said.value == "forecast" and said.position >= max(self.sentence.start, self.last_end):
            return  # "ước cả năm chỉ đạt khoảng 68%"
        if m.code == "target" and (self._done_by_then(m) or self._has_done(m)):
            return
        self.put("basis", m.code, m.start)

    def _done_by_then(self, m: Mention) -> bool:
        """`giải ngân đến hết tháng 11 khá: Bình Thuận hoàn thành 100%`, told in December: reached by that day, no goal."""
        said = self.cur.get("as_of")
        if said is None or said.position < self.sentence.start or not self.v.low.startswith("hoàn thành", m.start):
            return False
        day = resolve(said.value, self.home.day, "actual", None)
        return day is not None and day <= self.home.day

    def _has_done(self, m: Mention) -> bool:
        """`Dự án 4 đạt 38,7%; Dự án 5 hoàn thành 100%; Dự án 6 đạt 60,2%`, with no word of a duty: one of what was done."""
        before = self.v.low[self.sentence.start : m.start]
        if not self.v.low.startswith("hoàn thành", m.start) or _SAYS.duty.search(before) or any(k.kind == "date" and k.data.until for k in self.sentence.mentions):
            return False
        return before.endswith("đã ") or (bool(self.found) and self.found[-1].measure == "rate" and "basis" not in self.found[-1].state)

    def _on_measure(self, m: Mention) -> None:
        if m.code in ("not_disbursed", "zero_allocated", "zero_distributed") and say_nothing(self, m):
            self.each = False  # "A, B, C đều chưa giải ngân; xã D 21%"
            return
        if m.code not in ("given", "none"):
            self._end_estimate(m)
            self._note_raising(m)
            self.put("measure", m.code, m.start)

    def _note_raising(self, m: Mention) -> None:
        """Money raised is of no plan year unless one is named, and none of it was carried over from another."""
        words = self.v.low[m.start : m.end]
        if m.code == "allocated" and "huy động" in words:
            if self.found and "raised" not in self.found[-1].state:
                return  # "được giao 30 tỷ đồng và huyện huy động thêm 14 tỷ đồng": in the same year
            self.put("raised", True, m.start)
        elif _SAYS.from_a_plan.search(words) or m.code != "allocated":
            self.cur.pop("raised", None)
        carry = self.cur.get("carry")
        if carry and self.sentence.start <= carry.position < self.last_end and words.startswith(_GATHERED):
            self.revert("carry")  # "vốn năm 2015 chuyển qua 4,5 tỷ đồng và nhân dân đóng góp 450 triệu đồng"

    def _end_estimate(self, m: Mention) -> None:
        """`... ước giải ngân 61%. Trong số này, vốn giao năm 2025 là ...`, `khối lượng ước 11 tỷ đồng song giải ngân 7 tỷ đồng`: what is told next is no estimate."""
        basis, measure = self.cur.get("basis"), self.cur.get("measure")
        if basis and basis.value == "forecast" and self.sentence.start <= basis.position < self.last_end <= m.start and _SAYS.in_fact.search(self.v.low, self.last_end, m.start):
            self.revert("basis")
            return
        if m.code == "allocated" and basis and basis.position < self.sentence.start and measure and measure.value != "allocated":
            self.cur.pop("basis")

    def _on_marker(self, m: Mention) -> None:
        if m.code == "breakdown":
            if self.found:
                self.base = {k: x.further("sentence") for k, x in self.found[-1].state.items()}
                self.breakdown, self.siblings = True, 0
        elif m.code == "respectively":
            pair_from(self, m)
        elif m.code == "compare":
            self.comparing = True
        elif m.code == "each":
            self.each = True

    # state

    def put(self, attribute: str, value: Any, position: int) -> None:
        previous = self.cur.get(attribute)
        if previous is not None and attribute in OUTLINE and self._replaces(attribute, previous, value, position):
            for other in OUTLINE:
                under = self.cur.get(other)
                if other != attribute and under and previous.position < under.position < self.last_end and self._counted_between(previous, under):
                    self.revert(other)
        self.cur[attribute] = Value(value, position, "clause")

    def _counted_between(self, one: Value, two: Value) -> bool:
        """In `vốn đầu tư của Chương trình A đạt 52%, vốn sự nghiệp 28%` A is not under what stands before it."""
        return any(n.unit and one.position < n.start < two.position for n in self.sentence.numbers)

    def _replaces(self, attribute: str, previous: Value, value: Any, position: int) -> bool:
        """A new subject behind a number ends what stood under the one before; places that are ranked keep it."""
        if getattr(previous.value, "name", previous.value) == getattr(value, "name", value):
            return False
        if not self.sentence.start <= previous.position < self.last_end <= position:
            return False
        if attribute == "programme" and in_brackets(self.v.low, self.last_end, position):
            return False  # "vốn sự nghiệp đạt 47,9% (NTM đạt 52%; GNBV đạt 44,1%)"
        return attribute != "place" or RANKED.search(self.v.low, self.sentence.start, self.sentence.end) is None

    def _of_the_first_again(self, kept: Found, left: list[Mention]) -> None:
        """`Tỉnh A giải ngân 55,1%, cao hơn bình quân cả nước (52,4%) và cao hơn cùng kỳ năm 2023 (48,8%)`: last year's is A's."""
        place, first = kept.state.get("place"), self.found[0] if self.found else None
        if first is None or place is None or place.position <= first.number.end or any(m.kind == "place" for m in left) or "place" not in first.state:
            return
        if _SAYS.mean_of.search(self.v.low, max(self.sentence.start, place.position - 40), place.position):
            kept.state["place"] = first.state["place"]

    def _all_of_one_capital(self, m: Mention) -> bool:
        """`vốn sự nghiệp giải ngân 148 tỷ đồng, đạt 19,3% tổng kế hoạch vốn`: of that kind's plan."""
        own = self.cur.get("capital")
        if own is None or own.position < self.sentence.start or m.bound_to is None or not self.found or self.found[-1].number.unit != "VND":
            return False
        return all((c := f.state.get("capital")) is not None and c.value == own.value for f in self.found)

    def _said_before(self, attribute: str) -> bool:
        value = self.cur.get(attribute)
        return value is not None and value.position < self.sentence.start

    def revert(self, attribute: str) -> None:
        if attribute in self.base:
            self.cur[attribute] = self.base[attribute]
        else:
            self.cur.pop(attribute, None)

    # numbers

    def _number(self, number: Number, position: int) -> None:
        left = [m for m in self.sentence.between(self.last_end, number.start) if m.bound_to is None]
        bound = [m for m in self.sentence.mentions if m.bound_to is number]
        if sums_sources(self, left):
            self.cur["source"] = Value("", number.start, "clause")
        if gives_its_own(self, number):
            self.cur["source"] = Value("local", number.start, "clause")
        if self.found and (self.breakdown or self.breakdown_of_sum()) and _SAYS.other_purpose.match(self.v.low, self.last_end, number.start):
            self.revert("capital")
        state = self._state(number, left)
        self.cur, before = dict(state), self.cur
        for m in bound:
            self._apply_bound(m)
        for attribute, value in self.cur.items():
            if value.position > number.end:
                self.cur[attribute] = Value(value.value, number.start, value.how)
        state = self.cur
        verdict = number.unit and number.value is not None and accepts(self, number, left, bound)
        marks = not verdict and only_marks(self, number)
        if number.unit == "percent" and not marks:
            self.discourse.rates = bool(verdict) or (self.discourse.rates and self.refused is None)
        if verdict:
            self.refused = None
        else:
            self.cur = before if not bound else state
            if number.unit == "VND":
                self.discourse.refused.append(number)
            if marks:
                self.mark = number.end
                self._release(bound)
            else:
                self._after(number)
            return
        measure, how = measure_of(self, number, left, bound)
        if self._back_to_whole(measure, left, bound):
            state = {**self.base, **{k: x for k, x in state.items() if x.position >= self.last_end}}
            self.cur = dict(state)
        if self.found and "carry" in state and not any(m.kind == "carry" for m in [*left, *bound]) and told_aside(self.v, self.found[-1]):
            self.revert("carry")
            state = self.cur
        if measure == "undisbursed" and any(m.kind == "carry" and m.code == "only" and _SAYS.moves_on.match(self.v.low, m.start, m.end) for m in bound):
            state.pop("carry", None)
        self._keep(number, state, measure, how, left)
        if "as_of" in self.cur and risen_from(self, number):
            self.found[-1].state["then"] = self.cur["as_of"]
            self.cur = {**self.cur, "as_of": before["as_of"]} if "as_of" in before else {k: x for k, x in self.cur.items() if k != "as_of"}
        self._after(number)

    def _release(self, bound: list[Mention]) -> None:
        """`chưa qua mốc 30% là Trà Bồng (27,2%)`: what stands behind a mark belongs to the numbers that follow."""
        for m in bound:
            m.bound_to = None
            self._mention(m)

    def _back_to_whole(self, measure: str, left: list[Mention], bound: list[Mention]) -> bool:
        """After a sum's parts, what is spent without a subject of its own is spent of the sum."""
        if not self.breakdown or self.siblings < 2 or measure not in ("disbursed", "distributed", "rate", "distribution_rate"):
            return False
        if any(m.kind in OUTLINE for m in [*left, *bound]):
            return False
        return all(f.measure == "allocated" for f in self.found)

    def _state(self, number: Number, left: list[Mention]) -> State:
        """The attributes as they stand before the number, with what a list in order gives it."""
        state = {k: (x if x.position >= self.last_end else x.further("sentence")) for k, x in self.cur.items()}
        if self.paired >= len(self.pairs) and (pairs := silent_pairs(self, number)):
            self.pairs, self.paired = pairs, 0
        if self.pairs and number.unit and not rates_the_last(self, number):
            if self.paired == len(self.pairs) and told_again(self, number, left):
                self.paired = 0
            if self.paired < len(self.pairs):
                m = self.pairs[self.paired]
                state[m.kind] = Value(m.data if m.kind == "place" else m.code, m.start, "clause")
                self.paired += 1
            else:
                end_pairs(self, state, number, left)
        return state

    def _due(self, m: Mention) -> bool:
        """`phân bổ trước ngày 31/3, giải ngân 100% trước ngày 31/01/2025`: a goal's own limit right behind it."""
        basis = self.cur.get("basis")
        return basis is not None and basis.value == "target" and m.bound_to is not None and "trước" in self.v.low[m.bound_to.end : m.end]

    def _apply_bound(self, m: Mention) -> None:
        if m.kind == "measure" and m.bound_to is not None and m.bound_to.unit != "percent":
            return
        if m.kind == "period" and m.code == "span" and year_said(self, self.last_end) and not due_by_its_end(self, m):
            return  # "Năm 2026 được giao 2.310 tỷ đồng thực hiện Chương trình ... giai đoạn 2026-2035": its full name
        if m.kind in ("capital", "source", "carry", "programme", "component", "period", "place", "date"):
            if m.kind == "place" and m.data.kind == "self" and m.data.level == "city" and self.home.level == "district":
                return
            if m.kind == "date" and m.data.kind == "year_end" and self.v.low.startswith("trong", m.data.start) and "basis" not in self.cur:
                return  # "742 tỷ đồng là phần vốn tỉnh có trong năm"
            if m.kind == "date":
                said = self.cur.get("as_of")
                if said is None or said.how != "clause" or said.position < self.last_end or ";" in self.v.low[said.position : m.start] or self._due(m) or (m.bound_to and _SAYS.of_that_day.fullmatch(self.v.low, m.bound_to.end, m.start)):
                    self.cur["as_of"] = Value(m.data, m.start, "clause")
                return
            handler = getattr(self, f"_on_{m.kind}")
            handler(m)
            if m.kind == "capital" and _SAYS.and_the_other.match(self.v.low, m.end):
                self.cur["capital"] = Value("total", m.start, "clause")
            if m.kind == "source" and self._with_another(m):
                self.cur["source"] = Value("", m.start, "clause")
        elif m.kind == "measure" and m.code == "allocated" and self.v.low.startswith(("tổng", "toàn bộ"), m.start) and not self.right_behind("distributed") and not self._of_the_passage("capital") and not self._all_of_one_capital(m):
            self.cur["capital"] = Value("total", m.start, "clause")
        elif m.kind == "measure" and m.code == "allocated" and of_all(self, m):
            self.revert("capital")
        elif m.kind == "marker":
            self.comparing = True
            for p in self.sentence.between(m.end, m.end + 12, "period"):
                self.compare = Value(p.data.period, p.start, "clause")
                p.bound_to = m.bound_to

    def _with_another(self, m: Mention) -> bool:
        """`28,8 tỷ đồng vốn ngân sách Trung ương, ngân sách tỉnh thuộc Chương trình A`: of no one source."""
        other = next((k for k in self.sentence.between(m.end, m.end + 40, "source") if k.code != m.code), None)
        return other is not None and _SAYS.and_more.fullmatch(self.v.low, m.end, other.start) is not None and _THEN_ITS_SUM.match(self.v.low, other.end) is None

    def _of_the_passage(self, attribute: str) -> bool:
        """`Vốn đầu tư gần 281 tỷ đồng. Đến nay giải ngân 11,8 tỷ đồng, đạt 4,2% tổng kế hoạch vốn`: of the kind that was told before."""
        told = self.cur.get(attribute)
        return self.right_behind("disbursed") and (told is None or told.position < self.sentence.start)

    def _turned_from_comparing(self, number: Number, left: list[Mention]) -> bool:
        """`thấp hơn cùng kỳ năm 2024, song riêng vốn đầu tư đã giải ngân đạt 26,4%`: another subject of the same time."""
        markers = [m.end for m in left if m.kind == "marker" and m.code == "compare"]
        turn = _SAYS.turns.search(self.v.low, markers[-1], number.start) if markers else None
        return turn is not None and any(m.kind in ("programme", "capital", "component") and m.start >= turn.end() for m in left) and any(m.kind == "measure" and m.start >= turn.end() for m in left)

    def _keep(self, number: Number, state: State, measure: str, how: str, left: list[Mention]) -> None:
        if measure == "distributed" and is_receiver(self):
            self.revert("place")
            state = self.cur
        places = places_sharing(self, number, measure) or together(self, number)
        kept = Found(number, dict(state), measure, how, bound_of(self.v, number), places, self.sentence, components=components_sharing(self, number))
        if number.unit == "percent" and is_goal(self.v, number, self.last_end):
            kept.state["basis"] = Value("target", number.start, "clause")  # this number's alone
        if self._turned_from_comparing(number, left):
            self.comparing, self.compare = False, None
        if self.comparing and (self.compare is not None or any(m.kind == "marker" and m.code == "compare" for m in left)):
            kept.compare = True
            kept.state["period"] = self.compare or Value("last_year", number.start, "clause")
            self._of_the_first_again(kept, left)
        elif self.found and self.found[-1].compare and in_brackets(self.v.low, self.sentence.start, number.start) and _SAYS.compared_by.search(self.v.low, self.sentence.start, self.v.low.rfind("(", self.sentence.start, number.start)):
            kept.compare = True  # "cùng kỳ năm 2023 (vốn đầu tư đạt 48,2%; kinh phí thường xuyên 13,4%)"
            kept.state["period"] = self.found[-1].state["period"]
        elif self.compare is not None and self.compare.position >= self.last_end:
            kept.compare = True
            kept.state["period"] = self.compare
        elif self.found and self.found[-1].compare and (
            (self.pairs and self.paired > 1) or _SAYS.then.search(self.v.low, self.last_end, number.start)
        ):
            kept.compare = True  # "cùng kỳ ... tương ứng 33,2% và 5,8%": both are last year's
            kept.state["period"] = self.found[-1].state["period"]
        self.found.append(kept)
        self.cur["measure"] = Value(measure if measure != "rate" else "disbursed", number.start, how)
        if measure == "distribution_rate":
            self.cur["measure"] = Value("distributed", number.start, how)

    def _after(self, number: Number) -> None:
        self.last_end = number.end
        self.comparing, self.compare, self.each = False, None, False
        if number.unit:
            self.siblings += 1
