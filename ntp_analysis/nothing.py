"""Words that say flatly that nothing was spent or given: figures without a number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ntp_analysis.amounts import Number
from ntp_analysis.binding import LIGHT
from ntp_analysis.clues import in_closed_brackets, list_item
from ntp_analysis.discourse import Value
from ntp_analysis.found import Found
from ntp_analysis.groups import components_sharing, places_sharing
from ntp_analysis.mentions import REFERRING, SPECIFIC, Mention
from ntp_analysis.patterns import patterns

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk
    from ntp_analysis.places import PlaceMention

_SAYS = patterns("nothing")

WHOLE_OF_NOTHING = _SAYS.whole_of_nothing
_NOUGHT = {"not_disbursed": "disbursed", "zero_allocated": "allocated", "zero_distributed": "distributed"}


def say_nothing(walk: Walk, m: Mention) -> bool:
    """A flat "chưa giải ngân", "chưa giao vốn" of something named is the figure nought."""
    measure = flatly_nothing(walk, m)
    if not measure:
        return False
    number = Number(m.start, m.end, 0, "VND", "")
    state = {k: (x if x.position >= walk.last_end else x.further("sentence")) for k, x in walk.cur.items()}
    if "capital" in state and state["capital"].position < walk.sentence.start and _of_a_part(walk, m):
        state.pop("capital")
    source = state.get("source")
    if measure == "allocated" and source and source.value != "central" and source.position < walk.sentence.start:
        state.pop("source")  # "Tỉnh sẽ đối ứng 40 tỷ đồng. Đến nay, vốn vẫn chưa được giao."
    end = m.end
    for k in walk.sentence.between(m.start, m.end + 60):
        if (
            (k.kind in ("capital", "programme", "source", "component") or k.code == "year")
            and k.code not in REFERRING
            and (
                k.start < end
                or LIGHT.fullmatch(walk.v.low, end, k.start)
                or _SAYS.of_it.fullmatch(walk.v.low, end, k.start)
            )
        ):
            state[k.kind] = walk.cur[k.kind] = Value(k.data.period if k.kind == "period" else k.code, m.start, "clause")
            end = max(end, k.end)
    if walk.discourse.last_component and _SAYS.this_project.match(walk.v.low, m.end):
        state["component"] = Value(walk.discourse.last_component, m.start, "passage")
    others = _others_behind(walk, end) if "programme" in state and state["programme"].how == "clause" else []
    places = named_behind(walk, m) or places_sharing(walk, number, measure)
    kept = Found(
        number,
        state,
        measure,
        "clause",
        "exact",
        places,
        walk.sentence,
        zero=True,
        components=components_sharing(walk, number),
    )
    if walk.comparing or walk.compare is not None:
        kept.compare = True  # "cùng kỳ năm trước chưa giải ngân"
        kept.state["period"] = walk.compare or Value("last_year", m.start, "clause")
    walk.found.append(kept)
    walk.found += [replace(kept, state={**kept.state, "programme": Value(k.code, m.start, "clause")}) for k in others]
    walk.last_end = m.end
    return True


def _others_behind(walk: Walk, end: int) -> list[Mention]:
    """`chưa được giao vốn thực hiện Chương trình A cũng như Chương trình B`: of each of them."""
    found: list[Mention] = []
    for k in walk.sentence.between(end, walk.sentence.end, "programme"):
        if k.code not in SPECIFIC or not _SAYS.as_well.fullmatch(walk.v.low, end, k.start):
            break
        found.append(k)
        end = k.end
    return found


def named_behind(walk: Walk, m: Mention) -> list[PlaceMention]:
    """`4 huyện chưa giải ngân vốn sự nghiệp là A, B, C và D`: the places that flatly nothing is said of."""
    places = [k for k in walk.sentence.between(m.end, walk.sentence.end, "place") if k.data.kind == "named"]
    named: list[PlaceMention] = []
    end = m.end
    for k in places:
        gap = walk.v.low[end : k.start]
        if not (_SAYS.namely.fullmatch(gap) if not named else _SAYS.one_more.fullmatch(gap)):
            break
        named.append(k.data)
        end = k.end
    return named


def _of_a_part(walk: Walk, m: Mention) -> bool:
    """Whether the sentence goes on from a sum, to the part of it that nothing is said of."""
    return _SAYS.a_part.fullmatch(walk.v.low, walk.sentence.begin, m.start) is not None


def flatly_nothing(walk: Walk, m: Mention) -> str:
    """Return the measure of which a phrase says that it is nought, or nothing."""
    given = walk.right_behind("allocated") and (
        _SAYS.not_yet.fullmatch(walk.v.low, walk.last_end, m.start) is not None
        or _SAYS.but_not.fullmatch(walk.v.low, walk.last_end, m.start) is not None
    )
    part = bool(walk.discourse.last_measure) and _of_a_part(walk, m)
    if _something_was(walk, m) or _of_what_is_left(walk, m, given or part):
        return ""
    left = [k for k in walk.sentence.between(walk.last_end, m.start) if k.bound_to is None]
    if not given and (_some_units(walk, m, left) or any(k.kind == "someone" for k in left)):
        return ""
    told = given or part or _names_whose(walk, m, left) or _goes_on_with(walk, m, left) or _told_before(walk, m, left)
    return _NOUGHT[m.code] if told else ""


def _something_was(walk: Walk, m: Mention) -> bool:
    """`còn 1.920 triệu đồng thuộc Tiểu dự án 2 chưa giải ngân`, `chưa giải ngân hết`: something was spent."""
    if _number_beside(walk, m) or walk.v.low.endswith(" hết", m.start, m.end):
        return True
    behind = walk.right_behind("undisbursed") and m.start - walk.last_end < 120
    return behind and ";" not in walk.v.low[walk.last_end : m.start]


def _of_what_is_left(walk: Walk, m: Mention, told: bool) -> bool:
    """`số vốn chưa giải ngân`, `các dự án còn lại chưa giao vốn`: which money or units, and no news of them."""
    low, begin = walk.v.low, walk.sentence.start
    if not told and _SAYS.attributive.search(low, max(begin, m.start - 34), m.start):
        return True
    if _SAYS.the_others.search(low, max(begin, m.start - 60), m.start):
        return True
    return m.code != "not_disbursed" and _SAYS.left_over.search(low, max(begin, m.start - 90), m.start) is not None


def _some_units(walk: Walk, m: Mention, left: list[Mention]) -> bool:
    """`5 xã chưa giải ngân`, and not said which."""
    some = _SAYS.some_units.search(walk.v.low, max(walk.last_end, m.start - 50), m.start)
    if some is None or named_behind(walk, m):
        return False
    return not any(k.kind == "place" and k.data.kind == "named" and k.start >= some.start() for k in left)


def _behind(walk: Walk, m: Mention) -> list[Mention]:
    return [k for k in walk.sentence.between(m.end, m.end + 60) if k.kind in ("capital", "programme", "component")]


def _names_whose(walk: Walk, m: Mention, left: list[Mention]) -> bool:
    """The words before say of what nothing was spent, or the words behind of which places."""
    for k in left:
        if k.kind in ("component", "capital") or (k.kind == "programme" and k.code != "other"):
            return True
        if k.kind == "place" and (
            k.data.kind in ("named", "these") or (_behind(walk, m) and _SAYS.acts.fullmatch(walk.v.low, k.end, m.start))
        ):
            return True
    return bool(named_behind(walk, m))


def _goes_on_with(walk: Walk, m: Mention, left: list[Mention]) -> bool:
    """What the sentence told of before, or names beside the words, is what nothing was spent or given of."""
    low, discourse = walk.v.low, walk.discourse
    works = any(k.kind == "topic" and k.code == "works" and not in_closed_brackets(low, k.start, m.start) for k in left)
    told = any(
        walk.cur.get(a) is not None and walk.sentence.start <= walk.cur[a].position
        for a in ("component", "capital", "programme", "place", "source")
    )
    if told and walk.found and not works:
        return True
    if m.code == "zero_allocated":
        kinds = {k.kind for k in left}
        if {"period", "place"} <= kinds or any(k.kind == "programme" for k in _behind(walk, m)):
            return True  # "Về năm 2026, tỉnh chưa được giao vốn"
        if discourse.last_measure and any(k.kind == "period" and k.code == "year" for k in left):
            return True  # "năm 2021 chưa giao vốn"
    money = _SAYS.of_that_money.match(low, m.end) or _SAYS.years_money.search(low, walk.last_end, m.start)
    return bool(discourse.last_measure) and money is not None


def _told_before(walk: Walk, m: Mention, left: list[Mention]) -> bool:
    """The passage says of what: its heading, its programme, the speaker's place, the sum of the sentence before."""
    low, discourse = walk.v.low, walk.discourse
    early = m.start - walk.sentence.start < 40
    topic = discourse.topic.get("programme")
    one = topic is not None and topic.value in SPECIFIC
    if list_item(walk) or (one and (_behind(walk, m) or (discourse.kept and early))):
        return True
    if discourse.voice is not None and early and not any(k.kind == "topic" for k in left):
        return True
    ends = low[m.end : m.end + 1] in (".", ";", "")
    if walk.comparing and discourse.last_measure in ("rate", "disbursed") and ends:
        return True  # "Cùng thời điểm năm ngoái tỉnh chưa giải ngân."
    if discourse.last_measure != "allocated":
        return False
    whose = any(k.kind == "place" for k in left) or _SAYS.all_of_them.search(
        low, max(walk.last_end, m.start - 50), m.start
    )
    dated = any(k.kind == "date" for k in left)
    return bool(whose and dated and ends) or _SAYS.not_a_dong.fullmatch(low, walk.sentence.start, m.end) is not None


def _number_beside(walk: Walk, m: Mention) -> bool:
    """An amount that is left unspent stands before or behind the words."""
    low = walk.v.low
    for n in walk.sentence.numbers:
        if (
            n.unit
            and n.start >= m.end
            and not WHOLE_OF_NOTHING.search(low, m.end, n.start)
            and not _SAYS.other_clause.search(low, m.end, n.start)
        ):
            return True
    return m.bound_to is not None
