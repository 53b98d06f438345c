"""What one sentence leaves to the next: the topic, the sum, the question."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest

from ntp_analysis.attribution import Walk
from ntp_analysis.clues import RATE_WORDS
from ntp_analysis.discourse import Discourse, State, Value, id_of, is_carried
from ntp_analysis.found import Found, breaks_down, retells, told_in_order
from ntp_analysis.mentions import SPECIFIC, Mention, Sentence
from ntp_analysis.opening import OTHER_SUBJECT, of_no_programme, only_a_topic
from ntp_analysis.patterns import patterns
from ntp_analysis.places import Home
from ntp_analysis.reference import is_giver, is_speaker, named_inside, speaks_for_its_own
from ntp_analysis.rows import BACK_THEN, Rows
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
        _learn_in_silence(v, s, walk, rows, discourse, last)


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


def _learn_in_silence(v: View, s: Sentence, walk: Walk, rows: Rows, discourse: Discourse, last: bool) -> None:
    """A sentence without figures can still lead, ask or date those of the next."""
    _learn_what_follows(s, walk, discourse)
    if _SAYS.this_year_begins.match(v.low, s.begin) and walk.home.day.year > 2000:
        discourse.last_period = Value(str(walk.home.day.year), s.start, "article")
    if begins := _SAYS.year_begins.match(v.low, s.begin):
        discourse.last_period = Value(begins[1], s.start, "article")  # "Bước sang năm 2023, tình hình khá lên."
    if spends(s):
        discourse.rates = True
    if v.text[s.end - 1] == "?":
        _learn_question(s, walk, discourse, last)
    if OTHER_SUBJECT.match(v.low, s.begin, s.end):
        discourse.topic = of_no_programme(discourse.topic)
    _learn_subject(s, walk, discourse)
    _return_home(s, walk, discourse)
    _learn_span(s, walk, discourse)
    learn_day(s, walk, rows, discourse)
    day = walk.cur.get("as_of")
    if day is not None and day.position >= s.start and day.value.kind == "day" and _SAYS.as_of.match(v.low, s.begin):
        # "Tính đến ngày 15/7, đã có 45 địa phương báo cáo": so is what they report
        discourse.topic["as_of"] = day.further("passage")


def _learn_question(s: Sentence, walk: Walk, discourse: Discourse, last: bool) -> None:
    discourse.asked = _asked(s, walk)
    discourse.asked_off = _asked_off(s)
    if discourse.asked_off is None and any(m.kind == "basis" and m.code == "target" for m in s.mentions):
        discourse.rates = True  # "Huyện cam kết gì?"
    if not last:
        discourse.topic.update({k: x for k, x in discourse.asked.items() if k == "period"})
        discourse.asked = {}


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


def spends(s: Sentence) -> bool:
    """Tell whether a sentence speaks of spending."""
    return any(m.kind == "measure" and m.code in RATE_WORDS for m in s.mentions)


def _learn_what_follows(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """`Bà A, Phó Bí thư Đảng ủy xã B cho biết, địa phương ...`: the paragraph behind it goes on with xã B; so does one behind `Với Chương trình A, ...`."""
    place = walk.cur.get("place")
    if place is not None and place.position >= s.start:
        m = next((m for m in s.mentions if m.kind == "place" and m.start == place.position), None)
        heads = (
            m is not None
            and m.data.kind == "named"
            and is_speaker(walk, m)
            and speaks_for_its_own(walk, m)
            and _SAYS.of_itself.match(walk.v.low, m.end)
        )
        discourse.follows = {"place": place.further("passage")} if heads else {}
        discourse.topic.update(discourse.follows)
    programme = walk.cur.get("programme")
    if (
        programme is not None
        and not s.numbers
        and programme.position >= s.start
        and programme.value in SPECIFIC
        and _SAYS.begins_with.fullmatch(walk.v.low, s.begin, programme.position)
    ):
        told = discourse.follows.pop("programme", None)
        if told is None or told.value == programme.value:
            discourse.follows["programme"] = programme.further("passage")  # of one alone


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


def _asked(s: Sentence, walk: Walk) -> State:
    """What a question is about holds for its answer, which names it no more."""
    own = {
        k: x.further("passage")
        for k, x in walk.cur.items()
        if k in ("programme", "component", "capital", "place", "carry", "period") and x.position >= s.start
    }
    if walk.compare and walk.compare.value == "last_year":
        own["period"] = walk.compare.further("passage")  # "Thế còn năm ngoái?"
    if any(m.kind == "basis" and m.code == "target" for m in s.mentions):
        day = walk.cur.get("as_of")
        own["aims"] = day.further("sentence") if day and day.position >= s.start else Value(None, s.start, "passage")
    if measure := told_below(s):
        own["measure"] = measure
    elif any(m.kind == "measure" and m.code == "allocated" for m in s.mentions):
        own["measure"] = Value("allocated", s.start, "passage")
    return own


def _asked_off(s: Sentence) -> Mention | None:
    """`Tỷ lệ hộ nghèo hiện ra sao?`: the rates that answer it are none of money spent."""
    if any(
        m.kind in ("programme", "capital", "component") or (m.kind == "measure" and m.code not in ("given", "none"))
        for m in s.mentions
    ):
        return None
    return next((m for m in s.mentions if m.kind == "topic" and m.code in ("poverty", "progress", "loans")), None)


def told_below(s: Sentence) -> Value | None:
    """`2. Giải ngân (tính đến hết 31/5)`: a heading of one measure leads the amounts below it."""
    codes = [m.code for m in s.mentions if m.kind == "measure" and m.code not in ("given", "none")]
    if codes and set(codes) <= {"disbursed", "rate"}:
        return Value("disbursed", s.start, "passage")
    if codes and set(codes) <= {"distributed", "distribution_rate"}:
        return Value("distributed", s.start, "passage")
    return None


def order_of(v: View, s: Sentence) -> tuple[str, ...]:
    """`Chi tiết các xã (số được giao; số giải ngân; tỷ lệ giải ngân):`: what the amounts of each item measure."""
    told = [m for m in s.mentions if m.kind == "measure" and m.code != "none"]
    told = [
        m
        for m, after in zip_longest(told, told[1:])
        if m.code != "given" or after is None or v.low[m.end : after.start].strip()
    ]
    begin = max(
        (
            n
            for n, (one, two) in enumerate(pairwise(told), 1)
            if not _SAYS.next_column.fullmatch(v.low, one.end, two.start)
        ),
        default=0,
    )
    codes = ["allocated" if m.code == "given" else m.code for m in told[begin:]]
    return tuple(codes) if len(codes) > 1 and codes[0] == "allocated" else ()


def learn_day(s: Sentence, walk: Walk, rows: Rows, discourse: Discourse) -> None:
    """`Kết quả giải ngân đến 30/6 như sau`, `Cụ thể đến hết ngày 30/6:`: the day of the list or table that follows."""
    told = "số liệu" in walk.v.low[s.start : s.end]
    reports = _SAYS.months_begin.match(walk.v.low, s.begin) is not None and any(
        m.kind == "programme" and m.code != "other" for m in s.mentions
    )
    if (
        told
        or reports
        or spends(s)
        or told_below(s)
        or _SAYS.counted_to.match(walk.v.low, s.begin)
        or walk.v.text[s.end - 1] == ":"
    ):
        rows.note_day(walk.cur, s, discourse)
    if told and discourse.last_day and discourse.last_day.position >= s.start:
        rows.redate(discourse.last_day.value)
    if told and (day := walk.cur.get("as_of")) and any(m.kind == "basis" and m.code == "forecast" for m in s.mentions):
        rows.estimate(day.value, walk.v.line_start(s.start))


_SPEAKER = re.compile(r"[^:.?!\d]{4,90}: ")


def _beside(walk: Walk, m: Mention, reported: bool) -> bool:
    """A unit told of beside the one that the sentence is about: the one it lies in, one that it took over from."""
    return (m.data.kind == "self" and (reported or named_inside(walk, m))) or (reported and is_giver(walk, m))


def _learn_span(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """`Giai đoạn 2026-2030, tỉnh sẽ huy động vốn từ ngân sách, doanh nghiệp ... Trong đó, ngân sách trung ương ...`: the parts' years."""
    span = next((m for m in s.mentions if m.kind == "period" and m.code == "span"), None)
    if span is not None and _SAYS.sums_up.search(walk.v.low, s.start, span.start):
        discourse.last_period = Value(span.data.period, span.start, "article")
    if span is not None and _SAYS.gives_for.search(walk.v.low, s.start, span.start):
        discourse.last_period = Value(span.data.period, span.start, "article")
    if "raised" in walk.cur and span is not None and _SAYS.at_first.fullmatch(walk.v.low, s.begin, span.start):
        discourse.topic["period"] = Value(span.data.period, span.start, "passage")


_OPENS = 24
"""characters in front of money carried over that a sentence is about"""


def _return_home(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """`Tỉnh bổ sung cho huyện A 6,4 tỷ đồng. Với Chương trình B, tỉnh chưa điều chỉnh. Tổng vốn của chương trình này ...`: the province's again."""
    place = discourse.topic.get("place")
    if place is None or place.value.kind != "named" or place.value.level == walk.home.level or s.numbers:
        return
    own = (m for m in s.mentions if m.kind == "place" and m.data.kind == "self" and m.data.level == walk.home.level)
    if any(_SAYS.itself_again.match(walk.v.low, max(s.start, m.start - 2)) for m in own):
        del discourse.topic["place"]


def _comes_to(s: Sentence, walk: Walk, begin: int) -> bool:
    """`Kéo tỷ lệ xuống là vốn sự nghiệp của Chương trình 30a.`: what the sentence ends with."""
    first = next((m.start for m in s.mentions if m.kind in ("programme", "capital", "source")), begin)
    return not s.numbers and _SAYS.it_is.search(walk.v.low, begin, first) is not None


def _only_place(s: Sentence, walk: Walk) -> Mention | None:
    """`2. Tỉnh Trà Vinh. Tổng vốn bố trí ...`: the place that a sentence names and says nothing else."""
    m = next((m for m in s.mentions if m.kind == "place" and m.data.kind == "named"), None)
    return m if m is not None and only_a_topic(walk.v, s.start, m.start, m.end, s.end) else None


def _learn_subject(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """A sentence without figures can still say what the next ones are about."""
    capital = walk.cur.get("capital")
    if capital is not None and not s.numbers and _SAYS.only_of.search(walk.v.low, s.start, capital.position):
        discourse.topic["capital"] = capital.further("passage")
        discourse.said.add("capital")
    if place := _only_place(s, walk):
        discourse.topic["place"] = Value(place.data, place.start, "passage")
        return
    label = _SPEAKER.match(walk.v.low, s.start, s.end)
    begin = label.end() if label else s.start
    if is_carried(walk.cur) and s.start <= walk.cur["carry"].position < begin + _OPENS and not s.numbers:
        discourse.topic["carry"] = walk.cur["carry"].further("passage")  # "Còn với vốn kéo dài, thứ tự lại khác hẳn."
        discourse.said.add("carry")
    for attribute in _REACH:
        value = walk.cur.get(attribute)
        if value is not None and value.position >= s.start:
            _learn_attribute(s, walk, discourse, attribute, value, begin)


_REACH = {"programme": 90, "place": 22, "capital": 60, "component": 40}
"""characters in front of what a sentence is about, by what it is"""


def _learn_attribute(s: Sentence, walk: Walk, discourse: Discourse, attribute: str, value: Value, begin: int) -> None:
    """Let what a silent sentence names alone, and early enough, be what the passage is about."""
    reported = attribute == "place" and _is_reported(s, walk, value, begin)
    if not reported and not _is_early(s, walk, attribute, value, begin):
        return
    if attribute == "place" and not _is_new_place(s, walk, discourse, value, begin, reported):
        return
    told = [m for m in s.mentions if m.kind == attribute and not (attribute == "place" and _beside(walk, m, reported))]
    if len({id_of(Value(m.data if attribute == "place" else m.code, 0, "")) for m in told}) != 1:
        return
    discourse.topic[attribute] = value.further("passage")
    if attribute != "component" or _SAYS.money_of_it.search(walk.v.low, s.start, s.end):
        discourse.said.add(attribute)
    if attribute == "component" and "programme" in walk.cur:
        discourse.topic["programme"] = walk.cur["programme"].further("passage")


def _is_reported(s: Sentence, walk: Walk, place: Value, begin: int) -> bool:
    """`Theo báo cáo của UBND huyện A`: whose report it is."""
    low = walk.v.low
    turned = _SAYS.turns_to.search(low, begin, max(begin, place.position))
    return turned is not None or _SAYS.by_report.match(low, s.start, s.end) is not None


def _is_early(s: Sentence, walk: Walk, attribute: str, value: Value, begin: int) -> bool:
    """Tell whether a word stands so near a sentence's begin that the sentence is about it, or ends it as its news."""
    reach = _REACH[attribute]
    at = value.position
    if attribute == "programme":
        at = next((m.start for m in s.mentions if m.kind == "programme"), at)
    if attribute == "capital" and any(m.kind == "programme" and 0 < m.start - at < 60 for m in s.mentions):
        # "UBND tỉnh có quyết định giao chi tiết kế hoạch vốn đầu tư phát triển thực hiện Chương trình A"
        reach += 30
    if at - begin <= reach or value.value == "ntp":
        return True
    return attribute in ("programme", "capital") and _comes_to(s, walk, begin)


def _is_new_place(s: Sentence, walk: Walk, discourse: Discourse, place: Value, begin: int, reported: bool) -> bool:
    """Tell whether a place is what the passage turns to; the whole of a unit it takes as told."""
    low, level = walk.v.low, place.value.level
    if place.value.kind == "self" and level != walk.home.level and _SAYS.the_whole.match(low, s.begin):
        discourse.topic["place"] = place.further("passage")  # "Toàn tỉnh có 62 xã triển khai Dự án 8."
        return False
    if place.value.kind != "named":
        return False
    if level == "province" and not _SAYS.turns_elsewhere.fullmatch(low, begin, place.position):
        return False
    return reported or _SAYS.leads.fullmatch(low, begin, place.position) is not None
