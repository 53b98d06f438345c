"""What one sentence leaves to the next: the topic, the sum, the question."""

from __future__ import annotations

from ntp_analysis.attribution import Walk
from ntp_analysis.discourse import Discourse, State, Value, id_of
from ntp_analysis.found import Found, breaks_down, retells, told_in_order
from ntp_analysis.memory import BACK_THEN
from ntp_analysis.mentions import SPECIFIC, Sentence
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home
from ntp_analysis.rows import Rows
from ntp_analysis.silence import learn_in_silence
from ntp_analysis.text import View

_SAYS = patterns("passage")

_OF_ITEM = ("place", "programme", "component", "capital", "carry", "period")
"""what the first sentence of an item says holds for its others"""


def learn(v: View, s: Sentence, walk: Walk, found: list[Found], rows: Rows, discourse: Discourse, last: bool) -> None:
    """Let the passage know what the sentence was about."""
    if found:
        discourse.follows.pop("programme", None)
    discourse.poor = not found and (
        discourse.poor or any(m.kind == "topic" and m.code == "poverty" for m in s.mentions)
    )
    if found and not (_aside(v, s, found, walk.home) or _beside_the_others(v, s, discourse)):
        _learn_from_figures(v, s, walk, found, discourse)
    discourse.withheld = not found and _is_withheld(s)
    if found:
        return
    discourse.fall_silent()
    if s.line_kind == "item" and v.begins_line(s.start):
        discourse.item_state = {
            k: x.further("passage")
            for k, x in walk.cur.items()
            if k in ("programme", "component") and s.start <= x.position < s.start + 60
        }
    if s.mentions:
        learn_in_silence(v, s, walk, rows, discourse, last)


def _is_withheld(s: Sentence) -> bool:
    """`Còn 54.796 triệu đồng chưa giao.`: a sum that is no figure, nor are its parts."""
    first = next((n.start for n in s.numbers if n.unit == "VND"), s.start)
    return any(
        (m.kind == "measure" and m.code == "none" and first > s.start)
        or (m.kind == "topic" and m.code == "loans" and m.start < first)
        for m in s.mentions
    )


def _learn_from_figures(v: View, s: Sentence, walk: Walk, found: list[Found], discourse: Discourse) -> None:
    """Keep what the sentence's figures were about: the whole, the sum and the subjects that the next ones go on from."""
    discourse.programmes |= {_whole_programme(f) for f in found}
    head = _of_the_last_year(v, s, found)
    if discourse.head is None or not (breaks_down(s) or retells(v, s)):
        _begin_head(v, s, found, head, discourse)
    else:
        discourse.part = _of_one_part(found, discourse.head)
    discourse.last_measure = found[-2].measure if _of_its_whole(v, found) else found[-1].measure
    if s.line_kind == "item" and v.begins_line(s.start):
        discourse.item_state = {
            k: x.further("passage") for k, x in head.state.items() if k in _OF_ITEM and x.position >= s.start
        }
    sums = [f for f in found if f.number.unit == "VND" and not f.compare]
    if sums:
        told = sums[0] if walk.breakdown and len(sums) > 2 and sums[0].measure == sums[-1].measure else sums[-1]
        discourse.sum = {**told.state, "measure": Value(told.measure, told.number.start, "passage")}
    discourse.told = told_in_order(found)
    discourse.measured = tuple((f.measure, f.number.unit) for f in found if not f.compare)
    _learn_topic(v, s, found, discourse)
    if any(f.places for f in found):
        discourse.topic.pop("place", None)
    discourse.keep_section()
    places = {id_of(f.state.get("place")) for f in found}
    discourse.listing = len(places) > 2 or any(len(f.places) > 1 for f in found)
    if walk.introduced and len({id_of(f.state.get("programme")) for f in found}) == 2:
        discourse.topic["programme"] = Value(walk.introduced, s.start, "passage")


def _begin_head(v: View, s: Sentence, found: list[Found], head: Found, discourse: Discourse) -> None:
    """Let a sentence's first figure be the whole that those behind it can part."""
    back: tuple[str, ...] = (
        ("period", "as_of") if _looks_back(v, s, head, discourse) else ("as_of",) if head is not found[0] else ()
    )
    if {"investment", "recurrent"} <= {id_of(f.state.get("capital")) for f in found} and all(
        "capital" in f.state for f in found
    ):
        # "Vốn đầu tư đạt 94%; vốn sự nghiệp đạt 71%. Chia theo từng chương trình, A đạt 97%": of both
        back += ("capital",)
    if s.line_kind != "item":
        discourse.before_estimate = discourse.head if _only_foretells(found) else None
    discourse.head = {
        **{k: x for k, x in head.state.items() if k not in back},
        "measure": Value(head.measure, head.number.start, "passage"),
    }
    discourse.opening = discourse.opening or discourse.head
    discourse.part = None


def _only_foretells(found: list[Found]) -> bool:
    """`Ước cả năm đạt 92%.`: rates alone, and none of them reached."""
    return all(f.number.unit == "percent" and id_of(f.state.get("basis")) in ("forecast", "target") for f in found)


def _of_the_last_year(v: View, s: Sentence, found: list[Found]) -> Found:
    """`năm 2022 là 104 tỷ đồng, giải ngân 37%; năm 2023 là 126 tỷ đồng, giải ngân 13%. Trong đó ...`: parts of the second year's."""
    head = found[0]
    for f in found[1:]:
        period, before = f.state.get("period"), head.state.get("period")
        if (
            period is None
            or before is None
            or min(period.position, before.position) < s.start
            or period.position < head.number.end
            or period.value == before.value
        ):
            continue
        alike = (
            f.measure == head.measure == "allocated"
            and f.number.unit == "VND"
            and not f.compare
            and id_of(f.state.get("place")) == id_of(head.state.get("place"))
        )
        if (
            alike
            and v.low[period.position - 2 : period.position] == "; "
            and not _SAYS.parts.search(v.low, head.number.end, f.number.start)
        ):
            head = f
    return head


def _of_its_whole(v: View, found: list[Found]) -> bool:
    """`mới giải ngân 22/118 tỷ đồng`: told of what was spent."""
    return (
        len(found) > 1
        and found[-2].measure == "disbursed"
        and found[-1].measure == "allocated"
        and v.low[found[-2].number.end : found[-1].number.start].strip() == "/"
    )


def _learn_topic(v: View, s: Sentence, found: list[Found], discourse: Discourse) -> None:
    """What all the sentence's figures share holds for the next sentence; what they differ in does not."""
    head = found[0]
    for attribute in ("programme", "capital", "place", "source", "component"):
        values = {id_of(f.state.get(attribute)) for f in _not_compared(found, attribute)}
        if values != {id_of(discourse.topic.get(attribute))}:
            discourse.said.discard(attribute)
        if attribute == "programme" and _tells_a_part(v, s, discourse, head):
            continue
        if attribute in ("programme", "capital") and _is_aside(v, s, found):
            continue
        if attribute == "capital" and {m.code for m in s.mentions if m.kind == "capital"} >= {
            "investment",
            "recurrent",
        }:
            values.add("")  # "vốn đầu tư giải ngân khá, còn vốn sự nghiệp mới đạt 12%": of neither alone
        if len(values) == 1 and attribute in head.state:
            discourse.topic[attribute] = head.state[attribute].further("passage")
        elif attribute not in discourse.kept:
            discourse.topic.pop(attribute, None)
    if "source" in discourse.topic and _SAYS.about_a_source.fullmatch(
        v.low, s.start, discourse.topic["source"].position
    ):
        discourse.said.add("source")
    if v.begins_line(s.start) and any(
        _SAYS.of_a_capital.fullmatch(v.low, s.begin, m.start) and v.low.startswith((",", ":", " thì"), m.end)
        for m in s.mentions
        if m.kind == "capital"
    ):
        discourse.parted |= {"capital"}


def _not_compared(found: list[Found], attribute: str) -> list[Found]:
    """Leave out what is told to compare with: another time's figures, and for the place the country's beside a smaller unit's."""
    own = [f for f in found if not f.compare] or found
    if attribute != "place":
        return own
    inside = [f for f in own if "place" in f.state and f.state["place"].value.level != "country"]
    return inside if inside and inside[0] is found[0] else own


def _of_one_part(found: list[Found], head: State) -> State | None:
    """`Hai chương trình giải ngân 702 tỷ đồng. Cụ thể, chương trình A giải ngân 252,8 tỷ đồng. Trong đó, vốn đầu tư ...`: what the next sentence parts is A's."""
    for attribute in ("programme", "place"):
        told = {id_of(f.state.get(attribute)) for f in found}
        value = found[0].state.get(attribute)
        named = value is not None and (
            value.value in SPECIFIC if attribute == "programme" else value.position >= found[0].sentence.start
        )
        if len(told) == 1 and named and id_of(head.get(attribute)) not in told:
            return {**found[0].state, "measure": Value(found[0].measure, found[0].number.start, "passage")}
    return None


def _is_aside(v: View, s: Sentence, found: list[Found]) -> bool:
    """`Cùng thời điểm, vốn đầu tư công cả nước đạt 16,8%.`: what the programmes are set against; the paragraph goes on with them."""
    others = all(id_of(f.state.get("programme")) == "other" for f in found)
    return others and _SAYS.set_against.match(v.low, s.begin) is not None


def _tells_a_part(v: View, s: Sentence, discourse: Discourse, head: Found) -> bool:
    """`Huyện có 243 tỷ đồng của ba chương trình. Hai phần ba trong số ấy, 158 tỷ đồng, là của Chương trình A. Đến 15/8 giải ngân 21%`: the passage goes on with all three."""
    told, own = discourse.topic.get("programme"), head.state.get("programme")
    part = told is not None and told.value == "ntp" and own is not None and own.value in SPECIFIC
    return part and _SAYS.part_of_that.search(v.low, s.start, min(s.end, s.start + 60)) is not None


def _aside(v: View, s: Sentence, found: list[Found], home: Home) -> bool:
    """`Bình quân cả nước là 47,6%`: what a larger unit reached is told to compare with, and is no new subject."""
    if home.level in ("", "country"):
        return False
    places = [f.state.get("place") for f in found]
    if all(p is not None and p.value.level == "country" for p in places):
        return True
    larger = all(p is not None and p.value.level == "province" and home.level != "province" for p in places)
    return larger and _SAYS.average.search(v.low, s.start, s.end) is not None


def _looks_back(v: View, s: Sentence, head: Found, discourse: Discourse) -> bool:
    """`Quý I năm 2023, tỷ lệ này là 9,8%`: the passage goes on with its own year."""
    told = head.state.get("period")
    return told is not None and discourse.is_past(told.value) and BACK_THEN.search(v.low, s.start, s.end) is not None


def _whole_programme(f: Found) -> Value | None:
    told = f.state.get("programme")
    return Value(told.value, 0, "passage") if told is not None and "component" not in f.state else None


def _beside_the_others(v: View, s: Sentence, discourse: Discourse) -> bool:
    """`So với hai chương trình còn lại thì chậm hơn: A 72%, B 57,5%`: the passage goes on with the one it is about."""
    return "programme" in discourse.topic and _SAYS.the_others.match(v.low, s.begin, s.end) is not None


def parts_what_is_none(s: Sentence, discourse: Discourse) -> bool:
    """`Số vốn còn lại chưa giao 54.796 triệu đồng. Cụ thể: ...`: parts of what is no figure are none."""
    return discourse.withheld and breaks_down(s)
