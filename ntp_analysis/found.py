"""Figures before they become rows, and what is said once of several of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ntp_analysis.amounts import Number
from ntp_analysis.discourse import State, Value, id_of, is_carried
from ntp_analysis.mentions import Mention, Sentence
from ntp_analysis.patterns import patterns
from ntp_analysis.places import PlaceMention
from ntp_analysis.text import View

_SAYS = patterns("found")


@dataclass(slots=True)
class Found:
    """A figure before it becomes a row: its number with the state of all attributes."""

    number: Number
    state: State
    measure: str
    measure_how: str
    bound: str
    places: list[PlaceMention]
    sentence: Sentence
    zero: bool = False
    components: list[str] = field(default_factory=list)
    """projects that share it"""
    compare: bool = False


def share(v: View, found: Sequence[Found]) -> None:
    """Give a figure what stands behind the next one and is said of both."""
    _share_slashes(v, found)
    _share_whole(v, found)
    _share_place_of_part(v, found)
    _share_behind(v, found)
    _share_with_rate(v, found)
    _share_of_span(v, found)
    _share_of_people(v, found)
    _share_least(v, found)
    _share_ranked(v, found)
    _share_carry(v, found)
    _share_span(v, found)
    _of_several_sources(v, found)
    _share_capital(v, found)


def _share_span(v: View, found: Sequence[Found]) -> None:
    """`tổng vốn là 452 tỷ đồng, trong đó vốn đầu tư giai đoạn 2021-2025 là 318 tỷ đồng`: the whole is of the years of its part."""
    for one, two in pairwise(found):
        own, part = one.state.get("period"), two.state.get("period")
        said = own is not None and own.position >= one.sentence.start
        if (
            not said
            and one.measure == two.measure == "allocated"
            and part is not None
            and "-" in str(part.value)
            and one.number.end < part.position < two.number.start
            and _SAYS.of_which.match(v.low, one.number.end)
        ):
            one.state["period"] = Value(part.value, one.number.start, "sentence")


_MOST_PARTS = 4


def _of_several_sources(v: View, found: Sequence[Found]) -> None:
    """`... là 758 tỷ đồng, trong đó vốn Trung ương 676 tỷ đồng; ngân sách địa phương 82 tỷ đồng`: the whole is of no one source, whatever was told before."""
    for n, whole in enumerate(found[:-2]):
        told = whole.state.get("source")
        if told is None or told.position >= whole.sentence.start or not told.value or whole.number.unit != "VND":
            continue
        parts = [f for f in found[n + 1 :] if f.measure == whole.measure and f.number.unit == "VND"][:_MOST_PARTS]
        sources = [
            f.state["source"].value
            for f in parts
            if "source" in f.state and f.state["source"].position > whole.number.end
        ]
        if len(set(sources)) > 1 and _SAYS.of_which.match(v.low, whole.number.end):
            whole.state.pop("source")


def _share_capital(v: View, found: Sequence[Found]) -> None:
    """`A, B đạt lần lượt 61%; 55,7% vốn đầu tư`: said behind the last of a list, of all places in it."""
    of_list: Value | None = None
    for one, two in pairwise(reversed(found)):
        if any(m.kind == "capital" and m.bound_to is one.number for m in one.sentence.mentions):
            of_list = one.state.get("capital")
        joined = one.number.unit == two.number.unit and re.fullmatch(
            r"(?:;|,| và|, và) ", v.low[two.number.end : one.number.start]
        )
        if (
            not joined
            or id_of(one.state.get("place")) == id_of(two.state.get("place"))
            or any(m.kind == "capital" and m.bound_to is two.number for m in two.sentence.mentions)
        ):
            of_list = None
        elif of_list is not None:
            two.state["capital"] = of_list


def _share_carry(v: View, found: Sequence[Found]) -> None:
    """`A và B được giao 236 tỷ đồng và 259 tỷ đồng (gồm cả vốn năm 2022 chuyển sang)`: both sums include it."""
    for one, two in pairwise(reversed(found)):
        carry = one.state.get("carry")
        if (
            carry is None
            or carry.value[0] == "only"
            or carry.position < two.number.end
            or "carry" in two.state
            or one.measure != two.measure
        ):
            continue
        if (
            _SAYS.included_next.match(v.low, one.number.end)
            and _SAYS.and_then.fullmatch(v.low, two.number.end, one.number.start)
            and id_of(one.state.get("place")) != id_of(two.state.get("place"))
        ):
            two.state["carry"] = Value(carry.value, two.number.start, "sentence")


def _share_ranked(v: View, found: Sequence[Found]) -> None:
    """`Hai huyện A (41,6%) và B (18,9%) đứng đầu và đứng cuối về giải ngân vốn đầu tư`: said behind, of all that are ranked."""
    if not found or found[-1].number.unit != "percent":
        return
    s = found[-1].sentence
    by = _SAYS.ranked_by.search(v.low, found[-1].number.end, s.end)
    if by is None or any(n.unit and n.start > by.start() for n in s.numbers):
        return
    for m in s.between(by.end(), by.end() + 40):
        if m.kind in ("capital", "programme") and m.code:
            for f in found:
                said = f.state.get(m.kind)
                if f.number.unit == "percent" and (said is None or said.position < s.start):
                    f.state[m.kind] = Value(m.code, f.number.start, "sentence")


def _share_slashes(v: View, found: Sequence[Found]) -> None:
    """What stands behind `38,6/121,4 tỷ đồng` is said of both numbers."""
    for one, two, rate in zip(found, found[1:], [*found[2:], None], strict=False):
        if v.low[one.number.end : two.number.start].strip() == "/":
            if (
                rate is not None
                and rate.measure == "rate"
                and "as_of" in rate.state
                and rate.state["as_of"].position >= rate.number.start
                and rate.number.start - two.number.end < 20
            ):
                one.state.setdefault("as_of", rate.state["as_of"])  # "38,6/121,4 tỷ đồng (31,8%), tính đến 30/9"
            one.state = {**two.state, **({"as_of": one.state["as_of"]} if "as_of" in one.state else {})}
            if two.measure == "allocated":
                # spent by estimate, of a plan that is none
                two.state = {k: x for k, x in two.state.items() if k != "basis"}


def _share_whole(v: View, found: Sequence[Found]) -> None:
    """`giải ngân 9 tỷ trong tổng số 89 tỷ đồng vốn đầu tư của Chương trình A`: the whole's subject is its part's."""
    for one, two in pairwise(found):
        if (
            one.measure != "disbursed"
            or two.measure != "allocated"
            or not _SAYS.out_of.fullmatch(v.low, one.number.end, two.number.start)
        ):
            continue
        for m in two.sentence.mentions:
            said = one.state.get(m.kind)
            if (
                m.kind == "carry"
                and m.start > two.number.end
                and "carry" in two.state
                and two.state["carry"].value[0] != "only"
            ):
                # "1.046 tỷ đồng trong tổng số 2.385 tỷ đồng (kể cả vốn năm 2023 kéo dài)"
                one.state.setdefault("carry", two.state["carry"])
            if (
                m.bound_to is two.number
                and m.kind in two.state
                and m.kind in ("programme", "capital", "component", "source", "period")
                and (said is None or said.position < one.sentence.start)
            ):
                one.state[m.kind] = two.state[m.kind]


def _share_place_of_part(v: View, found: Sequence[Found]) -> None:
    """`Trong 98 tỷ đồng được giao, huyện Yên Lập mới giải ngân 46,2 tỷ đồng`: the whole is the one's that spent a part of it."""
    for one, two in pairwise(found):
        own, part = one.state.get("place"), two.state.get("place")
        said = own is not None and own.position >= one.sentence.start
        if (
            (one.measure, two.measure) != ("allocated", "disbursed")
            or said
            or part is None
            or not one.number.end < part.position < two.number.start
        ):
            continue
        if _SAYS.out_of_it.search(v.low, one.sentence.start, one.number.start) and _SAYS.part_of_it.match(
            v.low, one.number.end
        ):
            one.state["place"] = part


def _share_behind(v: View, found: Sequence[Found]) -> None:
    """`63% vốn đầu tư và trên 6% vốn sự nghiệp thuộc Chương trình A`: said once, of both."""
    for one, two in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        behind = [m for m in two.sentence.mentions if m.bound_to is two.number and m.kind in ("programme", "date")]
        own = one.state.get("programme")
        gap = v.low[one.number.end : two.number.start]
        together = (
            one.number.unit == two.number.unit and re.search(r"\b(?:và|cùng|,)\s*(?:\w+ )?$", gap) and len(gap) < 40
        )
        unsaid = own is None or own.position < two.sentence.start or own.how == "passage"
        if (
            one.measure == "disbursed"
            and two.measure == "rate"
            and len(gap) < 260
            and any(m.kind == "date" and m.data.until for m in behind)
            and "as_of" in two.state
        ):
            one.state.setdefault("as_of", two.state["as_of"])
        if len(gap) < 24 and _of_its_years(one, two):
            one.state["period"] = two.state["period"]
        if (
            _SAYS.also_due.fullmatch(gap)
            and (capital := two.state.get("capital"))
            and capital.position >= two.number.start
            and not _other_kind_next(found, two)
        ):
            one.state.setdefault("capital", capital)
            if unsaid and "programme" in two.state and any(m.kind == "programme" for m in behind):
                one.state["programme"] = two.state["programme"]
        if not together:
            continue
        if unsaid and "programme" in two.state and any(m.kind == "programme" for m in behind):
            one.state["programme"] = two.state["programme"]
            if (
                "period" in two.state
                and two.state["period"].position >= two.number.start
                and ("period" not in one.state or one.state["period"].position < two.sentence.start)
            ):
                one.state["period"] = two.state["period"]  # "... cho 3 chương trình năm 2024"
        if "as_of" not in one.state and "as_of" in two.state and any(m.kind == "date" for m in behind):
            one.state["as_of"] = two.state["as_of"]


def _other_kind_next(found: Sequence[Found], f: Found) -> bool:
    """`đến 30/9 đạt 55%, đến 31/12 đạt 95% vốn đầu tư và 80% vốn sự nghiệp`: what comes first is of neither kind."""
    behind = found[found.index(f) + 1 :][:1]
    return any(id_of(k.state.get("capital")) != id_of(f.state.get("capital")) for k in behind)


_RIGHT_BEHIND = 70
"""characters between a sum and its rate"""


def _share_with_rate(v: View, found: Sequence[Found]) -> None:
    """`giải ngân 2.024 triệu đồng, đạt 11% kế hoạch vốn đầu tư (không tính phần kéo dài)`: what is said of the plan behind its rate is said of the sum."""
    for one, two in pairwise(found):
        if (
            one.number.unit != "VND"
            or two.measure not in ("rate", "distribution_rate")
            or two.number.start - one.number.end > _RIGHT_BEHIND
            or ";" in v.low[one.number.end : two.number.start]
        ):
            continue
        for attribute in ("capital", "carry"):
            own, told = one.state.get(attribute), two.state.get(attribute)
            unsaid = own is None or own.position < one.sentence.start
            if (
                told is not None
                and told.position >= two.number.start
                and unsaid
                and not (attribute == "carry" and is_carried(two.state))
            ):
                one.state[attribute] = told


def _share_of_span(v: View, found: Sequence[Found]) -> None:
    """`trong năm 2024 giải ngân hết 100% kế hoạch vốn giai đoạn 2021-2023`: of the years of the plan, whenever it is due."""
    for f in found:
        if f.number.unit == "percent" and (span := _SAYS.of_span.match(v.low, f.number.end)):
            f.state["period"] = Value(f"{span[1]}-{span[2]}", span.start(1), "clause")


def _share_of_people(v: View, found: Sequence[Found]) -> None:
    """`ngân sách huyện 12 tỷ đồng; 25,6 tỷ đồng nữa đến từ doanh nghiệp`: not of the source told before."""
    for f in found:
        if f.measure == "allocated" and (people := _SAYS.from_people.match(v.low, f.number.end)):
            f.state["source"] = Value("community", people.start(), "clause")


def _last_of(year: str, span: str) -> bool:
    """`Đến hết năm 2023, lũy kế giải ngân 198 tỷ đồng, đạt 58,3% kế hoạch 3 năm 2021-2023`: until the end of the span's last year."""
    return "-" in span and span.endswith(year)


def _of_its_years(one: Found, two: Found) -> bool:
    """`giải ngân 3.412 tỷ đồng, đạt 78,9% kế hoạch giai đoạn 2021-2025`: the amount is of the years of its rate."""
    told, own = two.state.get("period"), one.state.get("period")
    if (
        one.measure != "disbursed"
        or two.measure != "rate"
        or told is None
        or (own is not None and own.position >= two.sentence.start and not _last_of(str(own.value), str(told.value)))
    ):
        return False
    behind = [
        m
        for m in two.sentence.mentions
        if m.bound_to is two.number and m.kind == "period" and m.code in ("year", "span")
    ]
    return any(m.data.period == told.value for m in behind)


def _share_least(v: View, found: Sequence[Found]) -> None:
    """`giải ngân tối thiểu 85% vốn đầu tư và 60% vốn sự nghiệp`: the least that is asked of both."""
    for one, two in pairwise(found):
        kinds = {f.state["capital"].value for f in (one, two) if "capital" in f.state}
        asked = (
            one.number.unit == two.number.unit == "percent"
            and two.bound == "exact"
            and (two.number.value or 0) < 100
            and len(kinds) == 2
        )
        if (
            asked
            and _SAYS.least.search(v.low, one.sentence.start, one.number.start)
            and re.fullmatch(r"[^,;.%]{3,40} và ", v.low[one.number.end : two.number.start])
        ):
            two.bound = one.bound


def total_of_both(found: Sequence[Found]) -> None:
    """`năm 2026 là 1.029 tỷ đồng, gồm vốn đầu tư 651 tỷ, vốn sự nghiệp 378 tỷ`: sums told before their parts of both kinds are of neither."""
    sums = [f for f in found if f.number.unit == "VND"]
    kinds = [
        f.state["capital"].value if "capital" in f.state and f.state["capital"].position >= f.sentence.start else ""
        for f in sums
    ]
    first = next(
        (
            n
            for n in range(1, len(sums) - 1)
            if set(kinds[n : n + 2]) == {"investment", "recurrent"} and sums[n].measure == sums[n - 1].measure
        ),
        0,
    )
    for whole in sums[:first]:
        if "capital" in whole.state and not any(kinds[:first]):
            behind = found[found.index(whole) + 1]
            for f in (whole, *([behind] if behind.number.unit == "percent" else [])):
                f.state["capital"] = Value("total", whole.number.start, "sentence")


def breaks_down(s: Sentence) -> bool:
    """The sentence begins with "trong đó", "cụ thể" ...: it parts the figure before it."""
    return any(m.kind == "marker" and m.code == "breakdown" and m.start - s.start < 12 for m in s.mentions)


def retells(v: View, s: Sentence) -> bool:
    """`Con số trên đã gồm 121 tỷ đồng ...`: the sentence parts the sum that was told before it."""
    return _SAYS.retold.match(v.low, s.begin, s.end) is not None


def told_aside(v: View, f: Found) -> bool:
    """`được giao 512 tỷ đồng, tính cả 61 tỷ đồng năm 2022 chuyển sang, đã giải ngân ...`: the part is no new subject."""
    return is_carried(f.state) and _SAYS.and_of_it.search(v.low, f.sentence.start, f.number.start) is not None


def told_in_order(found: Sequence[Found]) -> list[Mention]:
    """`4 tỷ vốn đầu tư và 1 tỷ vốn sự nghiệp, đạt tương ứng 57% và 19%`: the subjects of the numbers before."""
    for kind in ("place", "programme", "capital", "component", "period"):
        told: list[Mention] = []
        for f in reversed(found):
            value = f.state.get(kind)
            if value is None or value.how != "clause" or f.number.unit != found[-1].number.unit:
                break
            name = getattr(value.value, "name", value.value)
            if any(m.code == name for m in told):
                break
            data = f.state.get("as_of") if kind == "period" else value.value
            told.append(Mention(value.position, value.position, kind, name, data))
        if len(told) > 1:
            return told[::-1]
    return []
