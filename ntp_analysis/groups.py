"""Subjects named in one breath, and how they share or part the numbers that follow."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.clues import answers
from ntp_analysis.discourse import State
from ntp_analysis.found import told_in_order
from ntp_analysis.mentions import SPECIFIC, Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.places import PlaceMention
from ntp_analysis.reference import COUNTS

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("groups")


def collect(walk: Walk, kind: str, m: Mention) -> None:
    """Collect subjects of one kind that are named in one breath."""
    group = walk.groups.get(kind, [])
    joined = (
        group
        and group[-1].bound_to is m.bound_to
        and (m.bound_to is None or kind == "programme")
        and group[-1].end > walk.last_end - 1
        and _SAYS.joint.fullmatch(walk.v.low, group[-1].end, m.start)
    )
    same = joined and (kind != "place" or group[-1].data.level == m.data.level)
    same = same and not (kind == "capital" and ";" in walk.v.low[group[-1].end : m.start])
    walk.groups[kind] = [*group, m] if same else [m]
    if kind == "place" and m.data.kind == "named":
        walk.discourse.note_place(m.data, walk.sentence.start)
    if (
        not same
        and m.bound_to is None
        and not (
            walk.pairs
            and kind != walk.pairs[0].kind
            and (walk.paired >= len(walk.pairs) or walk.pairs[0].end < walk.last_end)
        )
    ):
        walk.pairs = []  # else: "Hai con số tương ứng của Chương trình B là 51,2% và 36,8%", in the order told of A


def pair_from(walk: Walk, m: Mention) -> None:
    """Take the subjects that "lần lượt", "tương ứng" give to the numbers behind: named before, told before, or pointed at."""
    groups = [g for g in walk.groups.values() if len(g) > 1]
    if years := _years_before(walk, m):
        walk.pairs = years
    elif groups:
        walk.pairs = max(groups, key=lambda g: g[-1].end)
    elif told := told_in_order(walk.found) or _told_before(walk, m):
        walk.pairs = told
    elif _SAYS.these_places.search(walk.v.low, walk.last_end, m.start):
        walk.pairs = [Mention(m.start, m.start, "place", p.name, p) for p in walk.discourse.place_order]
    elif re.search(r"(?:chương trình|ctmtqg)[^.;]{0,30}$", walk.v.low[walk.last_end : m.start]):
        walk.pairs = [Mention(m.start, m.start, "programme", code) for code in walk.discourse.programme_order]
    else:
        walk.pairs = _named_behind(walk, m) or _asked_of(walk, m)
    walk.paired = 0
    walk.order = [k for k in walk.pairs if k.kind == "capital"]


def _years_before(walk: Walk, m: Mention) -> list[Mention]:
    """`Năm 2022, 2023, tỉnh được phân bổ lần lượt 1.627 tỷ đồng và 2.449 tỷ đồng`: the first is the first year's."""
    row = _SAYS.years_in_a_row.search(walk.v.low, walk.last_end, m.start)
    if row is None or any(len(g) > 1 and g[-1].start > row.start() for g in walk.groups.values()):
        return []
    years = re.finditer(r"20\d\d", walk.v.low[row.start() : row.end()])
    return [Mention(row.start() + y.start(), row.start() + y.start(), "period", y.group()) for y in years]


def end_pairs(walk: Walk, state: State, number: Number, left: list[Mention]) -> None:
    """`lần lượt đạt 61%, 33% và 30%; bình quân chung 39%`: behind the last of a list comes the whole again."""
    kind, walk.pairs = walk.pairs[0].kind, []
    if _SAYS.all_together.search(walk.v.low, walk.last_end, number.start) and not any(m.kind == kind for m in left):
        walk.revert(kind)
        state.pop(kind, None)
        state.update({kind: walk.cur[kind]} if kind in walk.cur else {})


def told_again(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """`A, B, C đạt 61%, 55,7%, 30,2% vốn đầu tư và 24%, 18,3%, 12% vốn sự nghiệp`, `A và B được giao tương ứng 1.394 tỷ đồng và 1.268 tỷ đồng, song mới giải ngân 55,3% và 58,1%`: the same places once more, of another kind of capital or measure."""
    coming = [n for n in walk.sentence.numbers if n.start >= number.start and n.unit]
    if (
        walk.pairs[0].kind != "place"
        or not walk.found
        or len(coming) != len(walk.pairs)
        or any(m.kind in ("place", "programme") for m in left)
    ):
        return False
    if any(m.kind == "measure" and m.code == "disbursed" for m in left) and walk.found[-1].measure == "allocated":
        return True
    kinds = [
        {m.code for m in walk.sentence.mentions if m.kind == "capital" and m.bound_to is n}
        for n in (walk.found[-1].number, coming[-1])
    ]
    return all(kinds) and kinds[0] != kinds[1]


def rates_the_last(walk: Walk, number: Number) -> bool:
    """`hai huyện giải ngân lần lượt 34,3 tỷ đồng (74%) và 20 tỷ đồng (61%)`: a rate right behind an amount is of the same subject."""
    return _is_rate_of(
        walk, next((n for n in reversed(walk.sentence.numbers) if n.end <= number.start and n.unit), None), number
    )


def _is_rate_of(walk: Walk, amount: Number | None, rate: Number) -> bool:
    return (
        amount is not None
        and (amount.unit, rate.unit) == ("VND", "percent")
        and _SAYS.its_rate.fullmatch(walk.v.low, amount.end, rate.start) is not None
    )


def _without_rates(walk: Walk, numbers: list[Number]) -> list[Number]:
    return [n for before, n in zip([None, *numbers], numbers, strict=False) if not _is_rate_of(walk, before, n)]


def _told_before(walk: Walk, m: Mention) -> list[Mention]:
    """`3 chương trình 398 tỷ đồng, gồm A 96, B 88, C 212. Theo thứ tự trên giải ngân 26%, 18% và 12%; tính chung 17%`: as many as the clause tells, the whole apart."""
    told, numbers = (
        walk.discourse.told,
        _without_rates(walk, [n for n in walk.sentence.numbers if n.unit and n.start > m.end]),
    )
    stop = next((i for i in (walk.v.low.find(";", m.end, walk.sentence.end),) if i > 0), walk.sentence.end)
    for count in (len(numbers), sum(1 for n in numbers if n.start < stop)):
        if told and told[0].code == "ntp" and len(told) - 1 == count > 1:
            return told[1:]
        if len(told) == count and not (told and told[0].code == "ntp" and stop < walk.sentence.end):
            return told
    return []


def _asked_of(walk: Walk, m: Mention) -> list[Mention]:
    """`Hai xã A, B giải ngân bao nhiêu? - Lần lượt 31% và 27,5%`: the answer tells as many numbers as units were asked about."""
    order = walk.discourse.place_order
    numbers = [n for n in walk.sentence.numbers if n.unit and n.start > m.end]
    if (
        len(order) < 2
        or len(order) != len(numbers)
        or walk.discourse.place_sentence == walk.sentence.start
        or not answers(walk, m.start)
    ):
        return []
    return [Mention(m.start, m.start, "place", p.name, p) for p in order]


def _named_behind(walk: Walk, m: Mention) -> list[Mention]:
    """`lần lượt 72,8% và 100% vốn từ Chương trình A và Chương trình B`: as many subjects behind the numbers as there are numbers."""
    numbers = [n for n in walk.sentence.numbers if n.unit and n.start > m.end]
    if len(numbers) < 2:
        return []
    for kind, codes in (("programme", SPECIFIC), ("place", ())):
        behind = [
            k
            for k in walk.sentence.between(numbers[-1].end, walk.sentence.end, kind)
            if k.code in codes or (kind == "place" and k.data.kind == "named")
        ]
        if len(behind) == len(numbers) and all(
            _SAYS.joint.fullmatch(walk.v.low, one.end, two.start) for one, two in pairwise(behind)
        ):
            for k in behind:
                k.bound_to = None
            return behind
    return []


def _named_then_counted(walk: Walk, number: Number) -> list[Mention]:
    """`chậm nhất là ở Quan Sơn và Mường Lát: hai huyện mới đạt 58% và 49%`: those just named, one number each."""
    places = walk.sentence.between(walk.sentence.start, number.start, "place")
    if walk.found or not places or places[-1].data.kind != "region" or places[-1].start < walk.last_end:
        return []
    count, named = (
        COUNTS.get(walk.v.low[places[-1].start : places[-1].end].split()[0]),
        [m for m in places[:-1] if m.data.kind == "named" and m.data.level in ("district", "commune")],
    )
    following = [n for n in walk.sentence.numbers if n.start >= number.start and n.unit == number.unit]
    return named if count is not None and count == len(named) == len(following) else []


def silent_pairs(walk: Walk, number: Number) -> list[Mention]:
    """`huyện A và B đạt 30% và 40%`: as many numbers as subjects right before them, without "lần lượt"."""
    if named := _named_then_counted(walk, number):
        return named
    if again := _in_the_same_order(walk, number) or _rates_of_sums(walk, number):
        return again
    if these := _SAYS.these_numbers.search(walk.v.low, walk.last_end, number.start):
        told_before = told_in_order(walk.found) if walk.found else walk.discourse.told
        alike = sum(1 for n in walk.sentence.numbers if n.start >= number.start and n.unit == number.unit)
        if len(told_before) == (COUNTS[these["count"]] if these["count"] else alike):
            return told_before
    if _SAYS.by_years.search(walk.v.low, walk.last_end, number.start):
        return []  # "Theo từng năm của cả 3 huyện: năm 2016: 31 tỷ đồng; năm 2017: 37 tỷ đồng"
    for kind in ("place", "programme", "capital"):
        group = walk.groups.get(kind, [])
        if len(group) < 2 or group[-1].end < walk.last_end or any(m.bound_to is not None for m in group):
            continue  # "214 tỷ đồng thuộc hai chương trình A và B, trong đó ...": the sum's
        # "140/444 tỷ đồng" tells one
        following = [
            n
            for n in walk.sentence.numbers
            if n.start >= number.start and n.unit == number.unit and n.unit and walk.v.low[n.start - 1] != "/"
        ]
        stop = next(
            (
                m.start
                for m in walk.sentence.mentions
                if (m.kind in ("place", "programme", "capital", "measure") or m.code == "breakdown")
                and m.start > number.end
                and m.bound_to is None
            ),
            walk.sentence.end,
        )
        count = sum(1 for n in following if n.start < stop)
        if count == len(group):
            return group
    told = walk.discourse.place_order
    pointed = (
        len(told) > 1
        and walk.discourse.place_sentence != walk.sentence.start
        and _SAYS.these_places.search(walk.v.low, walk.last_end, number.start)
    )
    coming = _without_rates(walk, [n for n in walk.sentence.numbers if n.start >= number.start and n.unit])
    if (
        pointed
        and len(told) == len(coming)
        and not any(m.kind == "measure" for m in walk.sentence.between(coming[0].end, coming[-1].start))
    ):
        # "các xã mới giải ngân 18%, 12% và 24%"
        return [Mention(number.start, number.start, "place", p.name, p) for p in told]
    return []


def _rates_of_sums(walk: Walk, number: Number) -> list[Mention]:
    """`23,3 tỷ đồng Chương trình A; 28,8 tỷ đồng Chương trình B; 5,5 tỷ đồng Chương trình C, đạt 67%; 62% và 47% kế hoạch`: as many rates as sums."""
    sums = [f for f in walk.found if f.number.unit == "VND"]
    rates = [n for n in walk.sentence.numbers if n.unit == "percent"]
    if (
        number.unit != "percent"
        or len(sums) < 2
        or len(sums) != len(walk.found)
        or len(rates) != len(sums)
        or rates[0] is not number
    ):
        return []
    if (
        not all(_SAYS.and_the_next.fullmatch(walk.v.low, one.end, two.start) for one, two in pairwise(rates))
        or len({f.measure for f in sums}) > 1
    ):
        return []
    for kind in ("programme", "place"):
        told = [f.state.get(kind) for f in sums]
        names = {getattr(x.value, "name", x.value) for x in told if x is not None}
        if len(names) == len(sums):
            return [
                Mention(number.start, number.start, kind, str(getattr(x.value, "name", x.value)), x.value)
                for x in told
                if x is not None
            ]
    return []


def _in_the_same_order(walk: Walk, number: Number) -> list[Mention]:
    """`vùng A vốn đầu tư và vốn sự nghiệp tương ứng 62% và 33%; vùng B 66,4% và 41%`: the next place's numbers, in the order told."""
    if not walk.order or ";" not in walk.v.low[walk.last_end : number.start]:
        return []
    stop = walk.v.low.find(";", number.end, walk.sentence.end)
    numbers = [
        n
        for n in walk.sentence.numbers
        if n.unit and number.start <= n.start < (stop if stop > 0 else walk.sentence.end)
    ]
    named = {m.kind for m in walk.sentence.between(walk.last_end, number.start)}
    return walk.order if len(numbers) == len(walk.order) and "place" in named and "capital" not in named else []


def _other_count(walk: Walk, number: Number) -> bool:
    """`Cả hai huyện dẫn đầu đều ...`, behind three: not those."""
    said = _SAYS.of_all.search(walk.v.low, walk.sentence.start, number.start)
    return said is not None and COUNTS[said[1]] != len(walk.discourse.place_order)


def places_sharing(walk: Walk, number: Number, measure: str) -> list[PlaceMention]:
    """Several places named in one breath share a rate or a nothing; a sum is theirs together."""
    group = walk.groups.get("place", [])
    if (
        walk.each
        and len(walk.discourse.place_order) > 1
        and (len(group) < 2 or group[-1].end < walk.last_end)
        and not _other_count(walk, number)
    ):
        here = [p for p in walk.discourse.place_order if p.start >= walk.last_end >= walk.sentence.start]
        return here if len(here) > 1 else list(walk.discourse.place_order)
    if walk.pairs or len(group) < 2 or group[-1].end < walk.last_end:
        return []
    aim = walk.cur.get("basis")
    if (
        aim is not None
        and aim.value == "target"
        and group[-1].end < walk.v.low.rfind("; ", walk.last_end, number.start) < aim.position
    ):
        return []  # "đề nghị các huyện A, B lo nhà ở; bảo đảm giải ngân từ 95%"
    if number.unit == "percent" or number.value == 0 or walk.each:
        return [m.data for m in group]
    return []


def components_sharing(walk: Walk, number: Number) -> list[str]:
    """Several projects named in one breath share a rate or a nothing."""
    group = walk.groups.get("component", [])
    if (
        walk.pairs
        or len(group) < 2
        or group[-1].end < walk.last_end
        or not (number.unit == "percent" or number.value == 0)
    ):
        return []
    return [m.code for m in group]


def user_behind(walk: Walk, number: Number, measure: str) -> list[PlaceMention]:
    """`Với 45 tỷ đồng từ Chương trình A, xã B đã xây 12 công trình`: whose money a sentence begins with is told behind it."""
    begin, low = walk.sentence.begin, walk.v.low
    if walk.found or measure != "allocated" or not _SAYS.with_a_sum.fullmatch(low, begin, number.start):
        return []
    if any(m.kind == "place" for m in walk.sentence.between(begin, number.start)):
        return []
    m = next((m for m in walk.sentence.between(number.end, walk.sentence.end) if m.kind == "place"), None)
    acts = m is not None and low.endswith(", ", 0, m.start) and _SAYS.acts_on_it.match(low, m.end)
    return [m.data] if m is not None and acts and m.data.kind == "named" else []


def together(walk: Walk, number: Number) -> list[PlaceMention]:
    """`Ba huyện miền núi A, B, C giải ngân 122,4 tỷ đồng`: the sum is of the group that names its members."""
    group = walk.groups.get("place", [])
    if walk.pairs or len(group) < 2:
        return []
    if walk.members is None:
        return _jointly(walk, number, group)
    if group[-1].end < walk.members.end or not walk.members.end <= group[0].start <= walk.members.end + 1:
        return []
    return (
        [walk.members.data]
        if number.unit == "VND" and walk.cur.get("place") and walk.cur["place"].position == group[-1].start
        else []
    )


def _jointly(walk: Walk, number: Number, group: list[Mention]) -> list[PlaceMention]:
    """`Nhơn Hậu, Nhơn Hạnh 10 tỷ đồng`: one sum of units that are named together is of none of them alone."""
    place = walk.cur.get("place")
    if walk.each or number.unit != "VND" or not number.value or place is None or place.position != group[-1].start:
        return []
    if group[-1].end < walk.last_end or any(m.data.name not in walk.v.text[m.start : m.end] for m in group):
        return []
    name = walk.v.text[group[0].start : group[-1].end]
    provinces = {m.data.province for m in group}
    return [
        PlaceMention(
            group[0].start, group[-1].end, "region", name, "region", provinces.pop() if len(provinces) == 1 else ""
        )
    ]


def other_division(walk: Walk, position: int) -> str:
    """`trong đó NSTW 575 tỷ đồng, NSĐP 28 tỷ đồng; vốn đầu tư 392 tỷ đồng, ...`: what a sum is parted by no more behind a semicolon."""
    number = walk.sentence.next_number(position)
    named = {m.kind for m in walk.sentence.between(position, number.start)} if number else set()
    siblings = walk.siblings if walk.breakdown else len(walk.found) if "component" in named else 0
    since = [f for f in walk.found[-siblings:] if f.sentence is walk.sentence] if siblings > 1 else []
    for old, new in (("source", "capital"), ("capital", "source"), ("capital", "component")):
        parted = {f.state[old].value for f in since if old in f.state and f.state[old].how == "clause"}
        if (
            new in named
            and old not in named
            and len(parted) > 1
            and not any(f.state.get(new) and f.state[new].how == "clause" for f in since)
        ):
            return old
    return ""
