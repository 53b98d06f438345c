"""What ends with a clause, a bracket or a sum: subjects that were named for it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntp_analysis.discourse import State, Value, id_of, is_carried
from ntp_analysis.groups import other_division
from ntp_analysis.mentions import Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.places import is_smaller

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("clauses")

OUTLINE = ("place", "programme", "component", "capital", "source", "carry")


def close_bracket(
    walk: Walk, position: int, state: State, count: int, last_end: int, opened: int, several: bool
) -> None:
    """A bracket's own subjects end with it; a bracket that tells what is in a place, or what it was, is about that place."""
    if len(walk.found) > count:
        if _SAYS.part_first.match(walk.v.low, opened, position) and _SAYS.then_whole.match(walk.v.low, position):
            carried = all(f.state["carry"].value[0] == "only" for f in walk.found[count:] if "carry" in f.state)
            walk.cur, walk.last_end = state, last_end
            if carried and "carry" in walk.found[-1].state:
                walk.cur["carry"] = Value(("included", "", False), opened, "clause")
        elif several:
            walk.cur = state
        elif "place" in state and walk.cur.get("place") is not None and walk.cur["place"].position > opened:
            # "tỉnh A đạt 31,4% (cả nước 22,2%) so với kế hoạch Quốc hội giao và 25,7% so với ..."
            walk.cur["place"] = state["place"]
    elif _SAYS.part_first.match(walk.v.low, opened, position):
        # "(gồm cả phần tiếp nhận từ huyện)"
        walk.cur = {**state, **{k: x for k, x in walk.cur.items() if k == "carry"}}
    elif _SAYS.where_it_runs.search(
        walk.v.low, max(walk.sentence.start, walk.v.low.rfind("(", walk.sentence.start, position)), position
    ):
        walk.groups["place"] = []
        walk.cur = {
            **{k: x for k, x in walk.cur.items() if k != "place"},
            **({"place": state["place"]} if "place" in state else {}),
        }
    elif "place" in state and (
        _SAYS.inside.match(walk.v.low, walk.v.low.rfind("(", walk.sentence.start, position))
        or _parts_of_it(walk, state["place"], opened)
    ):
        walk.cur["place"] = state["place"]
        walk.groups["place"] = []


def _parts_of_it(walk: Walk, before: Value, opened: int) -> bool:
    """`huyện A (3 xã B, C, D và 4 thôn) 9,8 tỷ đồng`: what lies in the unit right before the bracket."""
    now = walk.cur.get("place")
    return (
        now is not None
        and now.position > opened
        and now.value.kind == before.value.kind == "named"
        and not walk.v.low[before.value.end : opened].strip()
        and is_smaller(now.value.level, before.value.level)
    )


def end_clause(walk: Walk, position: int) -> None:
    """What a clause names without giving it a number ends with the clause."""
    _end_deadline(walk, position)
    walk.groups["place"] = []  # "kế đến là A và B; C đạt 49,8%": of C alone
    if not walk.found:
        basis, carry = walk.cur.get("basis"), walk.cur.get("carry")
        if carry and walk.sentence.start <= carry.position:
            walk.revert("carry")  # "giải ngân hết vốn kéo dài; cả nước đạt ít nhất 95% kế hoạch năm"
        if basis and basis.value == "forecast" and walk.sentence.start <= basis.position < walk.last_end:
            walk.revert("basis")  # "diện tích ước đạt 17.240 ha; giải ngân vốn đầu tư công đạt 37,9%"
        return
    for attribute in OUTLINE:
        value = walk.cur.get(attribute)
        if value and walk.last_end <= value.position < position:
            walk.revert(attribute)
    basis = walk.cur.get("basis")
    if (
        basis
        and basis.value == "forecast"
        and walk.sentence.start <= basis.position
        and _SAYS.done_next.match(walk.v.low, position)
    ):
        walk.revert("basis")  # "dự kiến bố trí 150 tỷ đồng; qua hai năm đã bố trí được 54 tỷ đồng"
    _end_aside(walk, position)
    _end_outlook(walk, position)
    _end_present(walk, position)
    if old := other_division(walk, position):
        walk.revert(old)
    _end_what_was_its_own(walk, position)
    _end_carried(walk, position)
    _end_fund(walk, position)
    _end_kinds(walk, position)
    if _SAYS.by_year.match(walk.v.low, position):
        walk.cur.update(
            {k: walk.found[0].state[k] for k in ("programme", "component", "capital") if k in walk.found[0].state}
        )
        for attribute in ("programme", "component", "capital"):
            if attribute not in walk.found[0].state:
                walk.cur.pop(attribute, None)


def _end_kinds(walk: Walk, position: int) -> None:
    """`trên 70% vốn đầu tư và 50% vốn sự nghiệp; hết năm đạt 100%`: by a later day, of both kinds."""
    told = {id_of(f.state.get("capital")) for f in walk.found[-2:] if f.number.unit == "percent"}
    later = _SAYS.later_day.match(walk.v.low, position, walk.sentence.end)
    if told != {"investment", "recurrent"} or later is None:
        return
    following = next((n for n in walk.sentence.numbers if n.unit and n.start >= position), None)
    if following is not None and not any(
        m.bound_to in (None, following) for m in walk.sentence.between(position, following.end + 40, "capital")
    ):
        walk.revert("capital")


def _end_deadline(walk: Walk, position: int) -> None:
    """`gửi hồ sơ trước ngày 25/1; năm 2026 phấn đấu giải ngân 100%`: the day is of what its own clause asks for."""
    day = walk.cur.get("as_of")
    begin = max(walk.v.low.rfind(";", walk.sentence.start, position), walk.sentence.start, walk.last_end)
    number = walk.sentence.next_number(position)
    if day is None or day.position < begin or number is None:
        return
    kinds = {m.kind for m in walk.sentence.between(position, number.start)}
    if "period" in kinds and "date" not in kinds:
        walk.revert("as_of")


def _end_fund(walk: Walk, position: int) -> None:
    """`vốn sự nghiệp 52,7 tỷ đồng; vốn khoanh nuôi bảo vệ rừng 14,4 tỷ đồng`, `vốn cộng đồng 822 tỷ đồng; vốn trực tiếp 465 tỷ đồng`: another fund, of its own kind or of none."""
    if not (walk.breakdown or walk.breakdown_of_sum()) or _SAYS.fund.match(walk.v.low, position) is None:
        return
    number = walk.sentence.next_number(position)
    begin = max(walk.v.low.rfind(sign, walk.sentence.start, position) for sign in ";:,(")
    kinds = {m.kind for m in walk.sentence.between(position, number.start)} if number else set()
    for attribute in ("capital", "source"):
        own = walk.cur.get(attribute)
        if own is not None and own.position >= begin and not kinds & {attribute, "source_weak"}:
            walk.cur.pop(attribute)


def _end_aside(walk: Walk, position: int) -> None:
    """`huyện mới giải ngân 40,8%, riêng vốn sự nghiệp 22%; còn hơn 170 tỷ đồng chưa tiêu`: left of the whole."""
    capital = walk.cur.get("capital")
    begin = walk.v.low.rfind(";", walk.sentence.start, position)
    if capital is None or len(walk.found) < 2 or capital.position <= max(begin, walk.found[-2].number.end):
        return
    told = next(
        (m.start for m in walk.sentence.mentions if m.kind == "capital" and m.start <= capital.position < m.end),
        capital.position,
    )
    if _SAYS.aside.search(walk.v.low, walk.found[-2].number.end, told):
        walk.revert("capital", walk.found[-2].state)


def _end_carried(walk: Walk, position: int) -> None:
    """`được giao 684 triệu đồng, vốn năm 2022 chuyển sang 412 triệu đồng; huyện đã giải ngân 96 triệu đồng`: spent of the plan, not of what was carried over alone."""
    begin = walk.v.low.rfind(";", walk.sentence.start, position)
    clause = [f for f in walk.found if f.number.start > begin]
    number = walk.sentence.next_number(position)
    if number is None or len(clause) != 2 or {f.measure for f in clause} != {"allocated"}:
        return
    plan, carried = clause
    said = {m.kind: m.code for m in walk.sentence.between(position, number.start)}
    if "carry" in plan.state or not is_carried(carried.state) or said.get("measure") != "disbursed" or "carry" in said:
        return
    walk.revert("carry", plan.state)
    walk.revert("period", plan.state)


def _end_present(walk: Walk, position: int) -> None:
    """`vốn sự nghiệp thì hiện tại chưa giao; Chương trình B giải ngân 38 tỷ đồng`: B's day is the one told before."""
    day = walk.cur.get("as_of")
    if (
        day is not None
        and day.value.kind == "now"
        and day.position > walk.v.low.rfind(";", walk.sentence.start, position)
        and _is_new(walk, position)
    ):
        walk.revert("as_of")


def _is_new(walk: Walk, position: int) -> bool:
    """Tell whether the next clause has a programme of its own."""
    number = walk.sentence.next_number(position)
    return number is not None and any(m.kind == "programme" for m in walk.sentence.between(position, number.start))


def _end_outlook(walk: Walk, position: int) -> None:
    """`vốn đầu tư giải ngân 60,5%, dự kiến đến cuối năm đạt 100%; vốn sự nghiệp giải ngân 21%`: the next clause begins with what was done again."""
    begin = walk.v.low.rfind(";", walk.sentence.start, position)
    clause = [f for f in walk.found if f.number.start > begin]
    basis = walk.cur.get("basis")
    if (
        len(clause) < 2
        or basis is None
        or basis.value == "actual"
        or basis.position < clause[0].number.end
        or "basis" in clause[0].state
    ):
        return
    walk.revert("basis")
    walk.revert("as_of", clause[0].state)


def _end_what_was_its_own(walk: Walk, position: int) -> None:
    """`Chương trình A 68 tỷ đồng vốn đầu tư; Chương trình B được giao 21 tỷ đồng`: said behind a sum, it is that sum's."""
    capital, place = walk.cur.get("capital"), walk.cur.get("place")
    number = walk.sentence.next_number(position)
    if number is None:
        return
    kinds = {m.kind for m in walk.sentence.between(position, number.start)}
    if (
        place is not None
        and place.position == walk.found[-1].number.start
        and "place" not in kinds
        and len(walk.found) > 1
    ):
        # "27,4 tỷ đồng sắp xếp dân cư; 600 triệu đồng cho huyện A trồng dược liệu; 335 tỷ đồng làm hạ tầng"
        walk.revert("place")
    if capital is None or capital.position != walk.found[-1].number.start:
        return
    if kinds & {"programme", "component"} and "capital" not in kinds:
        walk.revert("capital")


def end_sum(walk: Walk, position: int) -> None:
    """`huy động 10.705 tỷ đồng: Trung ương 963 tỷ đồng, tỉnh ...`: a colon right behind a sum parts it."""
    if not walk.right_behind() or walk.found[-1].number.unit != "VND":
        return
    told = max((m.end for m in walk.sentence.mentions if m.bound_to is walk.found[-1].number), default=walk.last_end)
    if position - max(told, walk.last_end) < 4:
        walk.base = {k: x.further("sentence") for k, x in walk.found[-1].state.items()}
        walk.breakdown, walk.siblings = True, 0


def end_public(walk: Walk, m: Mention) -> None:
    """`vốn đầu tư công trên 80%, vốn CTMTQG trên 60%`: the words for public investment are no capital of the programmes'."""
    before, capital = walk.cur.get("programme"), walk.cur.get("capital")
    if (
        m.code != "other"
        and before
        and capital
        and before.value == "other"
        and 0 <= capital.position - before.position < 20
        and before.position < walk.last_end
        and not walk.breakdown
    ):
        walk.revert("capital")
