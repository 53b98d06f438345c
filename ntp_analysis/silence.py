"""What a sentence without figures leaves to the next: what it leads, asks, dates or turns to."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest

from ntp_analysis.attribution import Walk
from ntp_analysis.clues import RATE_WORDS
from ntp_analysis.discourse import Discourse, State, Value, id_of, is_carried
from ntp_analysis.mentions import SPECIFIC, Mention, Sentence
from ntp_analysis.opening import OTHER_SUBJECT, of_no_programme, only_a_topic
from ntp_analysis.patterns import patterns
from ntp_analysis.reference import is_giver, is_speaker, named_inside, speaks_for_its_own
from ntp_analysis.rows import Rows
from ntp_analysis.text import View

_SAYS = patterns("silence")


def learn_in_silence(v: View, s: Sentence, walk: Walk, rows: Rows, discourse: Discourse, last: bool) -> None:
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


def _return_home(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """`Tỉnh bổ sung cho huyện A 6,4 tỷ đồng. Với Chương trình B, tỉnh chưa điều chỉnh. Tổng vốn của chương trình này ...`: the province's again."""
    place = discourse.topic.get("place")
    if place is None or place.value.kind != "named" or place.value.level == walk.home.level or s.numbers:
        return
    own = (m for m in s.mentions if m.kind == "place" and m.data.kind == "self" and m.data.level == walk.home.level)
    if any(_SAYS.itself_again.match(walk.v.low, max(s.start, m.start - 2)) for m in own):
        del discourse.topic["place"]


_SPEAKER = re.compile(r"[^:.?!\d]{4,90}: ")

_OPENS = 24
"""characters in front of money carried over that a sentence is about"""

_REACH = {"programme": 90, "place": 22, "capital": 60, "component": 40}
"""characters in front of what a sentence is about, by what it is"""


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


def _only_place(s: Sentence, walk: Walk) -> Mention | None:
    """`2. Tỉnh Trà Vinh. Tổng vốn bố trí ...`: the place that a sentence names and says nothing else."""
    m = next((m for m in s.mentions if m.kind == "place" and m.data.kind == "named"), None)
    return m if m is not None and only_a_topic(walk.v, s.start, m.start, m.end, s.end) else None


def _beside(walk: Walk, m: Mention, reported: bool) -> bool:
    """A unit told of beside the one that the sentence is about: the one it lies in, one that it took over from."""
    return (m.data.kind == "self" and (reported or named_inside(walk, m))) or (reported and is_giver(walk, m))


def _comes_to(s: Sentence, walk: Walk, begin: int) -> bool:
    """`Kéo tỷ lệ xuống là vốn sự nghiệp của Chương trình 30a.`: what the sentence ends with."""
    first = next((m.start for m in s.mentions if m.kind in ("programme", "capital", "source")), begin)
    return not s.numbers and _SAYS.it_is.search(walk.v.low, begin, first) is not None


def _learn_span(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """`Giai đoạn 2026-2030, tỉnh sẽ huy động vốn từ ngân sách, doanh nghiệp ... Trong đó, ngân sách trung ương ...`: the parts' years."""
    span = next((m for m in s.mentions if m.kind == "period" and m.code == "span"), None)
    if span is not None and _SAYS.sums_up.search(walk.v.low, s.start, span.start):
        discourse.last_period = Value(span.data.period, span.start, "article")
    if span is not None and _SAYS.gives_for.search(walk.v.low, s.start, span.start):
        discourse.last_period = Value(span.data.period, span.start, "article")
    if "raised" in walk.cur and span is not None and _SAYS.at_first.fullmatch(walk.v.low, s.begin, span.start):
        discourse.topic["period"] = Value(span.data.period, span.start, "passage")


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
        rows.memory.note_day(walk.cur, s, discourse)
    if told and discourse.last_day and discourse.last_day.position >= s.start:
        rows.redate(discourse.last_day.value)
    if told and (day := walk.cur.get("as_of")) and any(m.kind == "basis" and m.code == "forecast" for m in s.mentions):
        rows.estimate(day.value, walk.v.line_start(s.start))
