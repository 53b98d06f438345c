"""A number that may be a figure, with the words around it, and tests of which the first that holds decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.clues import MONEY_MEASURES, last, text_before
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("candidate")


@dataclass
class Candidate:
    """What the tests of acceptance are asked of."""

    walk: Walk
    number: Number
    left: list[Mention]
    """what stands between the number before and this one"""
    bound: list[Mention]
    """what stands behind the number and belongs to it"""

    def __post_init__(self) -> None:
        self.low = self.walk.v.low
        self.before = text_before(self.walk, self.number)
        self.amount = int(self.number.value or 0)

    @cached_property
    def verb(self) -> Mention | None:
        """The word that says what was done with the money: `giải ngân`, `phân bổ`."""
        return last(self.left, MONEY_MEASURES) or last(self.bound, MONEY_MEASURES)

    @cached_property
    def given(self) -> bool:
        """Whether a word of giving stands before it that may be of anything: `hỗ trợ`, `đầu tư`."""
        return last(self.left, ("given",)) is not None

    @cached_property
    def weak(self) -> bool:
        """Whether something stands beside it that the programmes' money is told by."""
        return self.beside("capital", "source", "source_weak", "programme", "carry", "component")

    @cached_property
    def placed(self) -> bool:
        """Whether a place stands before it, if only as `huyện`."""
        return any(m.kind == "place" for m in self.left)

    @cached_property
    def named(self) -> bool:
        """Whether a place stands before it by its name."""
        return any(m.kind == "place" and m.data.kind == "named" for m in self.left)

    @cached_property
    def continuing(self) -> bool:
        """Whether the sentence told a figure right before."""
        return bool(self.walk.found) and self.walk.found[-1].sentence is self.walk.sentence and _right_before(self.walk)

    def beside(self, *kinds: str) -> bool:
        """Tell whether something of some kinds stands before it, or behind it and belongs to it."""
        return any(m.kind in kinds for m in self.left) or any(m.kind in kinds for m in self.bound)


def _right_before(walk: Walk) -> bool:
    """Tell whether the last figure is the last number, the part aside that it is: `tín dụng 989 tỷ đồng, chiếm 63%; doanh nghiệp 49 tỷ đồng`."""
    end = walk.found[-1].number.end
    return walk.right_behind() or (
        walk.found[-1].number.unit == "VND" and _SAYS.its_part.fullmatch(walk.v.low, end, walk.last_end) is not None
    )


GRANT, REFUSE = True, False
Reason = bool | Mention
"""whether a test holds; of one that refuses also what the number is about instead: what joins the number is about that, too"""
Tests = tuple[tuple[bool, Callable[[Candidate], Reason]], ...]


def decide(candidate: Candidate, tests: Tests) -> bool:
    """Ask tests in their order: the first that holds grants or refuses; what none holds of is refused."""
    for verdict, test in tests:
        if reason := test(candidate):
            if isinstance(reason, Mention):
                candidate.walk.refused = reason
            return verdict
    return REFUSE
