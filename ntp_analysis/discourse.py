"""What a passage is about: attributes with where they came from, carried from sentence to sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ntp_analysis.gazetteer import LEVELS

DEFAULTS = {"programme": "ntp", "component": "", "capital": "total", "source": "", "carry": "", "basis": "actual"}


_DISTANCE = {how: n for n, how in enumerate(("clause", "sentence", "passage", "article", "default"))}


class Value(NamedTuple):
    """The value of an attribute, where its evidence stands and how near that is."""

    value: Any
    position: int
    how: str
    """clause, sentence, passage, article or default"""

    def further(self, how: str) -> Value:
        """Return the value as seen from further away."""
        return self if _DISTANCE[self.how] >= _DISTANCE[how] else Value(self.value, self.position, how)


State = dict[str, Value]

_RANK = {"I": 0, "A": 1, "1": 2, "1.1": 3, "1.1.1": 4, "a": 5}
_DASHES = 6
"""marks of lists, outermost first: dashes, crosses and dots stand under numbers, and any of them under another"""


def id_of(value: Value | None) -> object:
    """Return what tells two values of an attribute apart."""
    if value is None:
        return None
    named = getattr(value.value, "name", None)
    return value.value if named is None else (named, value.value.level)


def is_carried(state: State) -> bool:
    """Tell whether a figure with a state is of nothing but money carried over from earlier years."""
    carry = state.get("carry")
    return carry is not None and carry.value[0] == "only"


@dataclass(slots=True)
class Discourse:
    """What holds until something else is said, and what was named last."""

    topic: State = field(default_factory=dict)
    """of the passage: set by headings, leading sentences, the subject of the sentence before"""
    head: State | None = None
    """of the figure that a following "trong đó" breaks down"""
    part: State | None = None
    """of the one programme that such a sentence told of: what another one breaks down"""
    sum: State | None = None
    """of the last amount, which "số này", "phần vốn này" stand for"""
    before_estimate: State | None = None
    """of what had been spent, told right before an estimate or a goal"""
    past: State | None = None
    """of the last amount of the paragraph before, which an answer calls "con số ấy" """
    invested: bool = False
    """"vốn đầu tư công" was told of the programmes: their investment"""
    sums: list[Any] = field(default_factory=list)
    """the last sentence's sums, whatever they measure"""
    plans: list[Any] = field(default_factory=list)
    """sums of money given, told so far"""
    opening: State = field(default_factory=dict)
    """of the passage's first figure, which a list behind it parts"""
    withheld: bool = False
    """the sentence before told a sum that is no figure: money not yet given to anyone"""
    refused: list[Any] = field(default_factory=list)
    """amounts of the paragraph that are no figures"""
    listing: bool = False
    """the sentence before gave numbers of several places"""
    last_named: dict[str, Any] = field(default_factory=dict)
    """level -> the place of that level named last"""
    last_programme: str = ""
    defined: dict[str, str] = field(default_factory=dict)
    """short names that the article gives to programmes -> which"""
    as_one: bool = False
    """the single programme of 2026-2035 was named by its three fields"""
    programme_order: list[str] = field(default_factory=list)
    """the programmes that the last sentence to name any named, in its order"""
    programme_sentence: int = -1
    place_order: list[Any] = field(default_factory=list)
    """the places that the last sentence to name any named, in its order"""
    place_before: list[Any] = field(default_factory=list)
    """those of the sentence before it that named any"""
    place_sentence: int = -1
    told: list[Any] = field(default_factory=list)
    """the subjects of the last numbers, in their order"""
    pair: str = ""
    """two programmes last spoken of together"""
    last_period: Value | None = None
    told_in: int = -1
    """where the sentence begins that last told of those years"""
    last_span: str = ""
    last_day: Value | None = None
    due: Any = None
    """the day to come that the passage's last goal or estimate named"""
    estimated: Any = None
    """the day that the last estimate was for"""
    led_day: Any = None
    """the day of a sentence without figures that leads the passage"""
    days: dict[str, Any] = field(default_factory=dict)
    """plan period -> the day said last of its money"""
    last_carry: str = ""
    """plan years of the carried-over money mentioned last"""
    last_measure: str = ""
    title_carry: Value | None = None
    """money carried over that the title is about"""
    last_component: str = ""
    projects: dict[str, str] = field(default_factory=dict)
    """older programmes that the article says are projects of today's: `135` -> DA2"""
    rates: bool = False
    """the last percentage was a rate"""
    poor: bool = False
    """the paragraph spoke of poverty, and of no money since"""
    seen: set[str] = field(default_factory=set)
    """the programmes named so far"""
    in_list: bool = False
    """inside the items that a sentence ending in a colon leads"""
    item_state: State = field(default_factory=dict)
    """what the first sentence of the item says,"""
    item_mark: str = ""
    """the mark that it begins with"""
    item_start: int = 0
    list_state: State = field(default_factory=dict)
    """what that sentence was about"""
    outline: list[tuple[str, State]] = field(default_factory=list)
    """the items that the list's last one stands under, and itself: the mark of each and what it says; another mark goes one deeper"""
    leads: State = field(default_factory=dict)
    """what an item says that itself leads items with a colon"""
    list_order: tuple[str, ...] = ()
    """what it says that the numbers of each item measure, in their order"""
    measured: tuple[tuple[str, str], ...] = ()
    """what the last sentence's numbers measured, and their units, in their order"""
    outer: State = field(default_factory=dict)
    """what a sentence was about that leads numbered headings with sums of their own"""
    kept: frozenset[str] = frozenset()
    """attributes of the topic that a heading set: they outlive a paragraph"""
    said: set[str] = field(default_factory=set)
    """attributes of the topic that a sentence without figures set: they hold for the passage's list of places"""
    parted: frozenset[str] = frozenset()
    """attributes of what the paragraph parts by programme: all of its parts have them"""
    asks: bool = False
    """the last figures were targets"""
    used: int = 0
    """paragraphs since the heading"""

    programmes: set[Any] = field(default_factory=set)
    """the programmes of the passage's figures"""
    answered: Value | None = None
    """the one programme that all figures of the last answer were of"""
    label: str = ""
    """of who gave it"""
    asked: State = field(default_factory=dict)
    """what the last question was about, until it is answered"""
    aims: Value | None = None
    """the question before was about a goal: the day it is due"""
    asked_off: Any = None
    """what else than money the last question was about"""
    off_topic: Any = None
    """what its answer is about until it names money"""
    headings: list[tuple[int, State]] = field(default_factory=list)
    """the headings above, outermost first"""

    section: Value | None = None
    """the place that the part of the article is about"""
    voice: Value | None = None
    """the unit that the paragraph's speaker answers for: its goals are its own"""

    follows: State = field(default_factory=dict)
    """what a paragraph without figures was about, the unit whose head it quotes or the programme that it began with: the next one goes on with it"""

    def is_past(self, period: object) -> bool:
        """Tell whether a plan year is an earlier one than the passage is about."""
        now = self.last_period.value if self.last_period else str(self.last_day.value.year) if self.last_day else ""
        return str(period) < now

    def begin_section(self, place: Any, position: int) -> None:
        """Begin a part of the article that is about a place of its own, or about the article's own again."""
        self.section = Value(place, position, "passage") if place else None
        self.topic, self.kept, self.headings, self.in_list = {}, frozenset(), [], False
        if place:
            self.last_named[place.level] = place
        self.new_passage()

    def hear(self, unit: Any, position: int, firmly: bool) -> None:
        """Let someone speak for a unit, or for the article's own; what was asked about a place is answered about that."""
        asked = self.asked.get("place")
        self.item_state = {}
        if unit is None:
            self.section = None
            if asked is None:
                self.topic.pop("place", None)
            return
        self.last_named[unit.level] = unit
        if firmly and asked is None:
            self.topic["place"] = self.item_state["place"] = self.voice = Value(unit, position, "passage")

    def next_item(self, mark: str, position: int) -> None:
        """Forget the component, and the programme said with it, that the item before was about: not so one of another mark, which this one parts."""
        if mark == self.item_mark and "component" in self.topic and self.topic["component"].position >= self.item_start:
            self._forget_of_item("component", "programme")
        if mark != self.item_mark and any(m == mark for m, _ in self.outline):
            self._forget_of_item("programme", "component", "capital")  # an item under the last of this mark
        if self.outline:
            self.outline[-1] = (self.outline[-1][0], {**self.item_state, **self.leads})
        self.outline = [*self._above(mark), (mark, {})]
        self.item_mark, self.item_start, self.item_state, self.leads = mark, position, {}, {}

    def _forget_of_item(self, *attributes: str) -> None:
        """Forget what the passage learnt to be about since its last item began."""
        for attribute in attributes:
            if attribute in self.topic and self.topic[attribute].position >= self.item_start:
                del self.topic[attribute]

    def _above(self, mark: str) -> list[tuple[str, State]]:
        """The items that one with such a mark stands under: it ends those of its own mark and those of deeper ones, as `2.` ends `-`."""
        ends = (
            n for n, (m, _) in enumerate(self.outline) if m == mark or _RANK.get(mark, _DASHES) < _RANK.get(m, _DASHES)
        )
        return self.outline[: next(ends, None)]

    def above_item(self) -> State:
        """What the items say that the last one stands under."""
        return {k: x for _, state in self.outline[:-1] for k, x in state.items()}

    def begin_list(self, state: State) -> None:
        """Let a list follow, led by a sentence about `state`."""
        self.in_list, self.list_state, self.outline, self.leads = True, state, [], {}

    def end_list(self) -> None:
        """A paragraph that is no item ends the list."""
        self.in_list, self.list_order, self.outline, self.leads = False, (), [], {}

    def under_heading(self, depth: int, own: State) -> State:
        """Return what a heading and those above it say together."""
        while self.headings and self.headings[-1][0] >= depth:
            self.headings.pop()
        self.headings.append((depth, own))
        together: State = {}
        for _, state in self.headings:
            together.update(state)
        return together

    def note_programme(self, code: str, sentence: int) -> None:
        """Remember the order in which a sentence names programmes."""
        if sentence != self.programme_sentence:
            self.programme_order = []
            self.programme_sentence = sentence
        if code not in self.programme_order:
            self.programme_order.append(code)

    def note_place(self, place: Any, sentence: int) -> None:
        """Remember the order in which a sentence names places of one level; a larger one that they lie in is none of them."""
        if sentence != self.place_sentence:
            self.place_before, self.place_order, self.place_sentence = self.place_order, [], sentence
        elif self.place_order and self.place_order[-1].level != place.level:
            if len(self.place_order) > 1 and LEVELS.index(place.level) < LEVELS.index(self.place_order[-1].level):
                return
            self.place_order = []
        if all(p.name != place.name for p in self.place_order):
            self.place_order.append(place)

    def answer(self, heard: bool, label: str) -> None:
        """Let what was asked be what the answer is about; `heard`: a speaker begins; `label`: of who answers, right behind a question.

        Who goes on answering speaks of the one programme that the last answer was of, unless asked about another.
        """
        if self.asked or not heard:
            self.aims = self.asked.pop("aims", None)  # several can answer in turn
        if label and (label != self.label or "programme" in self.asked):
            self.label, self.answered = label, None
        if label and self.answered is not None:
            self.topic.setdefault("programme", self.answered)
            self.last_programme = self.answered.value
        self.topic.update(self.asked)
        self.off_topic, self.asked_off = self.asked_off, None
        self.asked = {}

    def part_opening(self) -> None:
        """Let a list part what the passage began with: of its last sum's measure, as `... 58%. Cụ thể:` tells what was spent."""
        measure = (self.sum or self.opening)["measure"]
        self.begin_list({k: x.further("passage") for k, x in {**self.opening, "measure": measure}.items()})
        self.outer = self.list_state

    def new_passage(self) -> None:
        """Forget what held for one passage only."""
        if self.programmes:
            self.answered = self.programmes.pop() if len(self.programmes) == 1 else None
            self.programmes = set()
        self.topic = {k: v for k, v in self.topic.items() if k in self.kept}
        self.said, self.parted = set(), frozenset()
        self.head = self.part = self.before_estimate = None
        self.opening = {}
        self.past, self.sum = self.sum, None
        self.told, self.refused = [], []
        self.led_day = self.led_day if "measure" in self.kept else None  # under a heading that leads amounts of one day
        self.due = None
        self.poor = False
        self.listing = False
        self.voice = self.section
        for attribute, value in self.follows.items():
            self.topic.setdefault(attribute, value)
        self.keep_section()

    def fall_silent(self) -> None:
        """A sentence without figures ends what goes on from the paragraph before."""
        for attribute in [k for k, x in self.follows.items() if self.topic.get(k) is x]:
            del self.topic[attribute], self.follows[attribute]

    def keep_section(self) -> None:
        """Let the part's place hold where nothing else is the topic."""
        if self.section is not None:
            self.topic.setdefault("place", self.section)
