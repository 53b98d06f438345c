"""From a sentence's mentions to its figures: one walk from left to right.

What an attribute is, is told by the nearest evidence: words bound to the number, its clause, its sentence, what
the passage is about, the article. A new subject replaces the one before it and what stood under that one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ntp_analysis.acceptance import accepts
from ntp_analysis.amounts import Number
from ntp_analysis.basis import end_estimate, on_basis
from ntp_analysis.behind import take_in
from ntp_analysis.binding import in_order, of_one_capital
from ntp_analysis.bounds import bound_of, is_goal
from ntp_analysis.carryover import years_moved
from ntp_analysis.clauses import OUTLINE, close_bracket, end_clause, end_sum
from ntp_analysis.clues import RANKED, in_brackets, risen_from
from ntp_analysis.comparing import compare
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
    user_behind,
)
from ntp_analysis.marks import only_marks
from ntp_analysis.measuring import measure_of
from ntp_analysis.mentions import SPECIFIC, Mention, Sentence
from ntp_analysis.nothing import say_nothing
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home
from ntp_analysis.reference import is_receiver, sums_sources
from ntp_analysis.text import View
from ntp_analysis.timing import dates_an_event, on_carry, on_date, on_period
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
    counted_in: State | None = None
    """what held of time before a sum that is counted into the one that follows it"""
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
                self.mention(item)
            else:
                self._number(item)
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

    def mention(self, m: Mention) -> None:
        handler = getattr(self, f"_on_{m.kind}", None)
        if handler:
            handler(m)

    def end_project(self, code: str) -> None:
        """A project that a heading named is of its programme, and of none named since."""
        of, component = self.base.get("programme"), self.cur.get("component")
        if (
            component
            and component.position < self.sentence.start
            and code in SPECIFIC
            and of is not None
            and of.value in SPECIFIC
            and of.value != code
        ):
            self.cur.pop("component")

    _on_place, _on_container = on_place, on_container
    _on_programme, _on_definition, _on_component = on_programme, on_definition, on_component
    _on_capital, _on_source, _on_source_weak = on_capital, on_source, on_source_weak
    _on_carry, _on_period, _on_date, _on_basis = on_carry, on_period, on_date, on_basis

    def _on_measure(self, m: Mention) -> None:
        if m.code in ("not_disbursed", "zero_allocated", "zero_distributed") and say_nothing(self, m):
            self.each = False  # "A, B, C đều chưa giải ngân; xã D 21%"
            return
        if m.code not in ("given", "none"):
            end_estimate(self, m)
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

    def _on_marker(self, m: Mention) -> None:
        if m.code == "breakdown":
            if self.found:
                self.base = {k: x.further("sentence") for k, x in self.found[-1].state.items()}
                self.breakdown, self.siblings = True, 0
        elif m.code == "respectively":
            pair_from(self, m)
        elif m.code == "compare":
            self.comparing = not dates_an_event(self, m)
        elif m.code == "each":
            self.each = True

    # state

    def put(self, attribute: str, value: Any, position: int) -> None:
        previous = self.cur.get(attribute)
        if previous is not None and attribute in OUTLINE and self._replaces(attribute, previous, value, position):
            for other in OUTLINE:
                under = self.cur.get(other)
                if (
                    other != attribute
                    and under
                    and previous.position < under.position < self.last_end
                    and self._counted_between(previous, under)
                ):
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

    def said_before(self, attribute: str) -> bool:
        """Tell whether what is known of an attribute was told before this sentence."""
        value = self.cur.get(attribute)
        return value is not None and value.position < self.sentence.start

    def revert(self, attribute: str, to: State | None = None) -> None:
        """Take back what was said of an attribute, to what a state has: the one that the sentence began with, if none is given."""
        before = self.base if to is None else to
        if attribute in before:
            self.cur[attribute] = before[attribute]
        else:
            self.cur.pop(attribute, None)

    # numbers

    def _number(self, number: Number) -> None:
        left = [m for m in self.sentence.between(self.last_end, number.start) if m.bound_to is None]
        bound = [m for m in self.sentence.mentions if m.bound_to is number]
        self._before(number, left)
        told = self.cur
        self.cur = self._state(number, left)
        for m in bound:
            take_in(self, m)
        self.cur = {
            k: x if x.position <= number.end else Value(x.value, number.start, x.how) for k, x in self.cur.items()
        }
        if number.unit and number.value is not None and accepts(self, number, left, bound):
            self._figure(number, left, bound, told)
        else:
            self._no_figure(number, bound, told)

    def _before(self, number: Number, left: list[Mention]) -> None:
        """What the words between the number before and this one say of this one as a whole."""
        if sums_sources(self, left):
            self.cur["source"] = Value("", number.start, "clause")
        if gives_its_own(self, number):
            self.cur["source"] = Value("local", number.start, "clause")
        if (
            self.found
            and any(m.kind == "source" for m in left)
            and of_one_capital(self.v, self.found[-1].number, number.start)
        ):
            self.revert("capital")
        if (
            self.found
            and (self.breakdown or self.breakdown_of_sum())
            and _SAYS.other_purpose.match(self.v.low, self.last_end, number.start)
        ):
            self.revert("capital")

    def _figure(self, number: Number, left: list[Mention], bound: list[Mention], told: State) -> None:
        self.refused = None
        if number.unit == "percent":
            self.discourse.rates = True
        measure, how = measure_of(self, number, left, bound)
        if self._back_to_whole(number, measure, left, bound):
            self.cur = {**self.base, **{k: x for k, x in self.cur.items() if x.position >= self.last_end}}
        if (
            self.found
            and "carry" in self.cur
            and not any(m.kind == "carry" for m in [*left, *bound])
            and told_aside(self.v, self.found[-1])
        ):
            self.revert("carry")
        if measure == "undisbursed" and any(
            m.kind == "carry" and m.code == "only" and _SAYS.moves_on.match(self.v.low, m.start, m.end) for m in bound
        ):
            self.cur.pop("carry", None)
        self._keep(number, measure, how, left)
        if "as_of" in self.cur and risen_from(self, number):
            self.found[-1].state["then"] = self.cur.pop("as_of")
            if "as_of" in told:
                self.cur["as_of"] = told["as_of"]
        self._after(number)

    def _no_figure(self, number: Number, bound: list[Mention], told: State) -> None:
        marks = only_marks(self, number)
        if number.unit == "percent" and not marks:
            self.discourse.rates = self.discourse.rates and self.refused is None
        if not bound:
            self.cur = told
        if number.unit == "VND":
            self.discourse.refused.append(number)
        if marks:
            self.mark = number.end
            self._release(bound)
        else:
            self._after(number)
            if self._set_against_the_next(number, bound):
                self._release(bound)

    def _set_against_the_next(self, number: Number, bound: list[Mention]) -> bool:
        """`cao hơn 32,8% so với cùng kỳ năm 2022 (8,2%)`: the year is that of what stands in brackets behind the change."""
        following = self.sentence.next_number(number.end)
        said = [m for m in bound if m.code == "compare"]
        return (
            bool(said)
            and following is not None
            and _SAYS.in_its_brackets.fullmatch(self.v.low, said[-1].end, following.start) is not None
        )

    def _release(self, bound: list[Mention]) -> None:
        """`chưa qua mốc 30% là Trà Bồng (27,2%)`: what stands behind a mark belongs to the numbers that follow."""
        for m in bound:
            m.bound_to = None
            self.mention(m)

    def _back_to_whole(self, number: Number, measure: str, left: list[Mention], bound: list[Mention]) -> bool:
        """After a sum's parts, what is spent without a subject of its own is spent of the sum."""
        parted = self.siblings > 1 or (self.siblings == 1 and ";" in self.v.low[self.last_end : number.start])
        if not self.breakdown or not parted or measure not in ("disbursed", "distributed", "rate", "distribution_rate"):
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
                if m.kind == "period":
                    state.pop("as_of", None)
                    if m.data:
                        state["as_of"] = m.data  # the day told with that year
                self.paired += 1
            else:
                end_pairs(self, state, number, left)
        return state

    def _keep(self, number: Number, measure: str, how: str, left: list[Mention]) -> None:
        if measure == "distributed" and is_receiver(self):
            self.revert("place")
        places = places_sharing(self, number, measure) or together(self, number) or user_behind(self, number, measure)
        kept = Found(
            number,
            dict(self.cur),
            measure,
            how,
            bound_of(self.v, number),
            places,
            self.sentence,
            components=components_sharing(self, number),
        )
        if number.unit == "percent" and is_goal(self.v, number, self.last_end):
            kept.state["basis"] = Value("target", number.start, "clause")  # this number's alone
        if number.unit == "VND" and (years := years_moved(self.v, number, self.sentence.end)):
            kept.state["carry"] = Value(("only", years, True), number.start, "clause")
        compare(self, kept, left)
        self.found.append(kept)
        self.cur["measure"] = Value(measure if measure != "rate" else "disbursed", number.start, how)
        if measure == "distribution_rate":
            self.cur["measure"] = Value("distributed", number.start, how)

    def _after(self, number: Number) -> None:
        self.last_end = number.end
        if self.counted_in is not None and number.unit == "VND":
            self.cur.pop("period", None)
            self.cur.update(self.counted_in, carry=Value(("included", "", False), number.start, "sentence"))
            self.counted_in = None
        self.comparing, self.compare, self.each = False, None, False
        if number.unit:
            self.siblings += 1
