"""What one sentence leaves to the next: the topic, the sum, the question, and what a sentence begins with."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest

from ntp_analysis.attribution import Walk
from ntp_analysis.clues import RANKED, RATE_WORDS, is_answer
from ntp_analysis.discourse import Discourse, State, Value, id_of
from ntp_analysis.found import Found, breaks_down, retells, told_in_order
from ntp_analysis.hedges import HEDGE
from ntp_analysis.mentions import SPECIFIC, Mention, Sentence
from ntp_analysis.places import Home
from ntp_analysis.reference import is_giver, is_speaker, named_inside, speaks_for_its_own
from ntp_analysis.rows import BACK_THEN, Rows
from ntp_analysis.text import View

_THAT_SUM = re.compile(
    rf"(?:riêng |chỉ |mới |{HEDGE} )*\d[^;.]{{0,20}}(?:tỷ|triệu) đồng trong (?:tổng )?số (?:đó|này|ấy)|[^,;.:\d]{{0,26}}\b(?:số|phần|nguồn|khoản)(?: vốn| tiền| kinh phí)? (?:này|đó|ấy|trên|nói trên)\b"
    r"|(?:tính )?(?:đến|tới|hết|sau|qua|trong|cuối) [^.;:%]{2,24}, [^,;.:\d]{0,26}(?<!hai )(?<!ba )(?<!các )(?<!những )\b(?:(?<!con )số|phần|nguồn|khoản)(?: vốn| tiền| kinh phí)? (?:này|đó|ấy|trên|nói trên)\b"
)
_THAT_FIGURE = re.compile(r"(?:[^.;:\d]{2,90}: )?(?:vâng, |dạ, |đúng, )?(?:con số|số tiền|số vốn|tỷ lệ|khoản|mức) (?:này|đó|ấy|trên)\b")
"""an answer that takes up the figure of the question: `Con số ấy là 48%`"""
OTHER_SUBJECT = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)] |[-+*] )?(?:về kết quả của |về |(?:nếu |khi )?(?:theo |xét theo |xét về |tính theo |chia theo |tách theo |phân theo )|ở |tại |trong |giữa |còn )?(?:từng |các |các đơn vị )?(?:địa bàn|địa phương|đơn vị hành chính|cấp huyện|cấp xã|vùng|các huyện|các xã|cơ sở|(?<=theo )huyện|(?<=theo từng )huyện|(?<=theo )xã|(?<=theo từng )xã)\b(?= ?[,:;?.]|$| (?:cũng|thì|còn))"
)


BY_PROGRAMME = re.compile(
    r"(?:(?:nếu |khi )?(?:xét|tính|chia|phân|tách|chi tiết|cụ thể|đi vào|với|ở|trong)[ ,:]+)*(?:(?:theo|xét|riêng|với|ở|chi tiết|cụ thể|về)[ ,]+)*(?:theo (?:từng |các )?|(?<!\w)từng )(?:chương trình|ctmtqg)\b(?! (?:mục tiêu|phát triển|giảm|xây|này được|được))"
    r"|(?:đi trước|đi đầu|dẫn đầu|đứng đầu|cao nhất|thấp nhất|chậm nhất|khá nhất)(?: là)? (?:chương trình|ctmtqg)\b"
)
"""`Xét theo từng chương trình, ...`: a paragraph that parts what the one above began with, of that kind of capital"""
BY_UNIT = re.compile(r"(?:(?:nếu |khi )?(?:xét|tính|chia|phân|tách) )?theo (?:từng |các )?(?:vùng|địa bàn|địa phương|huyện|xã|tỉnh|khu vực)\b")
"""`Phân theo vùng, ...`: the same, by unit"""
_OF_ITEM = ("place", "programme", "component", "capital", "carry", "period")
"""what the first sentence of an item says holds for its others"""


def base_of(v: View, s: Sentence, discourse: Discourse) -> State:
    """What holds as the sentence begins: the list's lead, the figure that it breaks down, or the topic."""
    if s.line_kind == "item" and discourse.in_list and not (discourse.head is not None and breaks_down(s) and v.text[s.start - 1] != "\n"):
        return {**discourse.list_state, **(discourse.item_state if v.text[s.start - 1] != "\n" else {})}
    elif s.line_kind == "heading" and discourse.outer and v.text[s.start - 1] == "\n":
        return dict(discourse.outer)
    elif discourse.head is not None and (breaks_down(s) or retells(v, s)) and not _widens(s, discourse.head):
        whole = discourse.part if discourse.part and not any(m.kind in ("programme", "place") for m in s.mentions) else discourse.head
        told = {k: x.further("passage") for k, x in whole.items()}
        if s.numbers and all(n.unit == "percent" for n in s.numbers) and (basis := (discourse.sum or {}).get("basis")):
            told.setdefault("basis", basis.further("passage"))  # "kế hoạch 23.410 tỷ đồng, ước giải ngân 14.678 tỷ đồng. Chia ra: A 70%, ..."
        several = "programme" not in discourse.topic and OTHER_SUBJECT.match(v.low, s.start, s.end)
        return _of_no_programme(told) if several else told
    elif discourse.sum is not None and _THAT_SUM.match(v.low, s.start, s.end) and not v.low.startswith("ngoài", s.start):
        return {k: x.further("passage") for k, x in discourse.sum.items()}
    elif discourse.past is not None and discourse.sum is None and _THAT_FIGURE.match(v.low, s.start, s.end):
        return {k: x.further("passage") for k, x in discourse.past.items()}
    else:
        base = _without_last_place(dict(discourse.topic), s)
        first = s.numbers[0].start if s.numbers else s.end
        own = [m for m in s.mentions if m.start < first and _new_subject(m, discourse)]
        if OTHER_SUBJECT.match(v.low, s.start, s.end):
            base = _of_no_programme(base)
        elif own:
            places = all(m.kind == "place" for m in own)
            named = places and own[0].data.kind == "named"
            parted = len({m.code for m in s.mentions if m.kind == "programme" and m.code in SPECIFIC}) > 1 and len(own) == sum(m.kind == "programme" for m in own)
            goes_on = (places and (RANKED.search(v.low, s.start, s.end) or v.low.startswith(_CONTRAST, s.start))) or (parted and _of_all_programmes(base))
            goes_on = goes_on or (named and _of_a_whole(own, discourse))
            kept = {*discourse.kept, *discourse.parted, *(discourse.said if named else discourse.said & {"source"}), *(("capital",) if goes_on else ()), *(("capital", "source") if places and _AS_FOLLOWS.search(v.low, s.start, own[0].start) else ())}
            above = discourse.headings[-1][1].get("programme") if discourse.headings else None
            if any(told is not None and told.value == "other" for told in (base.get("programme"), above)) and any(m.kind == "programme" and m.code != "other" for m in own):
                kept.discard("capital")  # under a heading of public investment
            base = {k: x for k, x in base.items() if k not in ("capital", "component", "carry", "source", "measure") or k in kept}
    if discourse.title_carry and "carry" not in base and not any(_own_money(m, discourse.title_carry.value[1]) for m in s.mentions):
        of, years, said = discourse.title_carry.value
        base["carry"] = discourse.title_carry._replace(value=(of, years or discourse.last_carry, said))
    base.pop("basis", None)
    if "capital" not in discourse.kept and (_BESIDE_IT.match(v.low, s.start, s.end) or _ALL_OF_IT.match(v.low, s.start, s.end) or _BY_PROJECT.match(v.low, s.start, s.end) or _other_payer(v, s, base)):
        base.pop("capital", None)
        if "source" not in discourse.kept:
            base.pop("source", None)
    if discourse.aims and _tells_a_goal(v, s):
        base["basis"] = Value("target", s.start, "passage")  # "Mục tiêu cuối năm? - 80%."
        if discourse.aims.value is not None:
            base["as_of"] = discourse.aims
    if "source" in base and "source" not in discourse.kept and any(m.kind == "basis" and m.code == "target" and m.start - s.start < 20 for m in s.mentions) and any(m.kind == "period" and m.code == "year" for m in s.mentions):
        base.pop("source")  # "Sở yêu cầu giải ngân 100% vốn của năm 2019" is of all that year's money
    return base


def _of_one_part(found: list[Found], head: State) -> State | None:
    """`Hai chương trình giải ngân 702 tỷ đồng. Cụ thể, chương trình A giải ngân 252,8 tỷ đồng. Trong đó, vốn đầu tư ...`: what the next sentence parts is A's."""
    for attribute in ("programme", "place"):
        told = {id_of(f.state.get(attribute)) for f in found}
        value = found[0].state.get(attribute)
        named = value is not None and (value.value in SPECIFIC if attribute == "programme" else value.position >= found[0].sentence.start)
        if len(told) == 1 and named and id_of(head.get(attribute)) not in told:
            return {**found[0].state, "measure": Value(found[0].measure, found[0].number.start, "passage")}
    return None


_BESIDE_IT = re.compile(r"(?:cùng với|ngoài|bên cạnh) (?:các |số |phần )?(?:nguồn|vốn|tiền|khoản|kinh phí)(?: vốn| tiền| lực)? (?:này|đó|ấy|trên|nói trên)\b")
"""`Cùng với nguồn này, bà con góp 2,1 tỷ đồng`: of another kind, and from others"""
_AS_FOLLOWS = re.compile(r"\b(?:như sau|gồm|cụ thể) ?: ?(?:các )?$")
"""`Mức phân bổ cụ thể như sau: xã A 5,8 tỷ đồng; ...`: each of them is given of the sum told before"""
_BY_PROJECT = re.compile(r"(?:trong|giữa|xét|tính|chia|so) (?:theo )?(?:số )?(?:các|từng|những|mười|10|7|bảy) (?:tiểu )?dự án\b(?! (?:của|thuộc) )")
"""`Trong các dự án thì Dự án 6 khá nhất, 40%`: of no one kind of capital any more"""
_OPENING = 20
"""characters that a sentence may have before what it is about"""


_BESIDES = ("ngoài ra", "bên cạnh đó", "cùng với đó", "đồng thời")


def _other_payer(v: View, s: Sentence, base: State) -> bool:
    """`Trung ương giao 102 tỷ đồng vốn đầu tư. Ngân sách tỉnh bố trí 15 tỷ đồng`: of what kind the first one's is, does not hold for the other's."""
    before = base.get("source")
    if before is None or not before.value:
        return False
    reach = s.end if v.low.startswith(_BESIDES, s.start) else s.start + _OPENING
    return any(m.kind == "source" and m.start < reach and m.code != before.value for m in s.mentions)


def _without_last_place(base: State, s: Sentence) -> State:
    """`Dự án 1 cho huyện A 71 tỷ đồng. Dự án 2 có 103 tỷ đồng`: a place named under one project is not of the next."""
    place, component = base.get("place"), base.get("component")
    if place is None or component is None or place.position < component.position:
        return base
    own = next((m for m in s.mentions if m.kind in ("place", "component")), None)
    if own is None or own.kind != "component" or not own.code or own.code == component.value:
        return base
    return {k: x for k, x in base.items() if k != "place"}


_ALL_OF_IT = re.compile(r"(?:(?:tính )?(?:đến|tới|hết) [^,;.]{2,24}, )?(?:tổng (?:số |nguồn |kế hoạch )*(?:vốn|kế hoạch)\b(?! (?:đầu tư|sự nghiệp|đtpt|sn))|tổng số (?:đã|giải ngân|phân))")


def _widens(s: Sentence, head: State) -> bool:
    """`Nếu tính cả ba chương trình, tỉnh đạt 28%`, behind what was told of one: no part of it."""
    first = s.numbers[0].start if s.numbers else s.end
    programme = head.get("programme")
    return programme is not None and programme.value in SPECIFIC and any(m.kind == "programme" and m.code == "ntp" and m.start < first for m in s.mentions)


def _tells_a_goal(v: View, s: Sentence) -> bool:
    """`80%.`, `Chúng tôi cố gắng 60%`: told right away, as what was asked about."""
    if not s.numbers:
        return False
    first = s.numbers[0].start
    said = any(m.kind in ("basis", "measure") and m.start < first for m in s.mentions)
    return is_answer(v.low, s.start, first) or (first - s.start < 30 and not said)


def _of_a_whole(own: list[Mention], discourse: Discourse) -> bool:
    """`... 1.440 tỷ đồng vốn đầu tư, bằng 6%. Thái Bình, Nam Định đạt trên 40%`: of that kind, as the paragraph began with it of a larger unit."""
    told, capital = discourse.opening, discourse.topic.get("capital")
    if capital is None or "capital" not in told or told["capital"].value != capital.value:
        return False
    whole = told.get("place")
    return whole is None or own[0].data.level != whole.value.level


_CONTRAST = ("ngược lại", "trái lại", "trong khi đó", "còn lại")


def _of_all_programmes(base: State) -> bool:
    programme = base.get("programme")
    return programme is None or programme.value == "ntp"


def _of_no_programme(state: State) -> State:
    """`Theo địa bàn, ...`: money told by another division is of no one programme any more."""
    return {k: x for k, x in state.items() if k not in ("programme", "component", "source")}


def spends(s: Sentence) -> bool:
    """Tell whether a sentence speaks of spending."""
    return any(m.kind == "measure" and m.code in RATE_WORDS for m in s.mentions)


def _own_money(m: Mention, carried: str) -> bool:
    """The sentence says itself of which year's money, or of whose, it speaks; a year of the money carried over is no other."""
    if m.kind == "period" and m.code == "year":
        return not (carried and carried[:4] <= m.data.period <= carried[-4:])
    return m.kind == "carry" or m.code == "other" or (m.kind == "period" and m.code in ("this_year", "span"))


def _new_subject(m: Mention, discourse: Discourse) -> bool:
    """A programme or a place begins a new subject; one more place after a list of places goes on with it."""
    if m.kind == "place":
        return m.data.kind != "region" and not (discourse.listing and m.data.kind == "named")
    return m.kind == "programme"


_THIS_YEAR_BEGINS = re.compile(r"năm nay|(?:trong |qua |sau )?(?:\d{1,2}|sáu|chín) tháng(?: đầu)? năm\b(?! (?:20|trước|ngoái))")
AS_OF = ("tính đến", "tính tới", "đến ngày", "đến hết ngày")


def learn(v: View, s: Sentence, walk: Walk, found: list[Found], rows: Rows, discourse: Discourse, last: bool) -> None:
    """Let the passage know what the sentence was about."""
    if found:
        discourse.follows.pop("programme", None)
    if found and not (_aside(v, s, found, walk.home) or _beside_the_others(v, s, discourse)):
        discourse.programmes |= {_whole_programme(f) for f in found}
        head = found[0]
        if discourse.head is None or not (breaks_down(s) or retells(v, s)):
            back = ("period", "as_of") if _looks_back(v, s, head, discourse) else ()
            discourse.head = {**{k: x for k, x in head.state.items() if k not in back}, "measure": Value(head.measure, head.number.start, "passage")}
            discourse.opening = discourse.opening or discourse.head
            discourse.part = None
        else:
            discourse.part = _of_one_part(found, discourse.head)
        discourse.last_measure = found[-1].measure
        if s.line_kind == "item" and v.text[s.start - 1] == "\n":
            discourse.item_state = {k: x.further("passage") for k, x in head.state.items() if k in _OF_ITEM and x.position >= s.start}
        sums = [f for f in found if f.number.unit == "VND" and not f.compare]
        if sums:
            told = sums[0] if walk.breakdown and len(sums) > 2 and sums[0].measure == sums[-1].measure else sums[-1]
            discourse.sum = {**told.state, "measure": Value(told.measure, told.number.start, "passage")}
        discourse.told = told_in_order(found)
        for attribute in ("programme", "capital", "place", "source", "component"):
            values = {id_of(f.state.get(attribute)) for f in found if not f.compare}
            if values != {id_of(discourse.topic.get(attribute))}:
                discourse.said.discard(attribute)
            if attribute == "programme" and _tells_a_part(v, s, discourse, head):
                continue
            if attribute == "capital" and {m.code for m in s.mentions if m.kind == "capital"} >= {"investment", "recurrent"}:
                values.add("")  # "vốn đầu tư giải ngân khá, còn vốn sự nghiệp mới đạt 12%": of neither alone
            if len(values) == 1 and attribute in head.state:
                discourse.topic[attribute] = head.state[attribute].further("passage")
            elif attribute not in discourse.kept:
                discourse.topic.pop(attribute, None)
        if "source" in discourse.topic and _ABOUT_A_SOURCE.fullmatch(v.low, s.start, discourse.topic["source"].position):
            discourse.said.add("source")
        if v.text[s.start - 1] == "\n" and any(_LEADS.fullmatch(v.low, s.start, m.start) and v.low.startswith((",", ":", " thì"), m.end) for m in s.mentions if m.kind == "capital"):
            discourse.parted |= {"capital"}
        if any(f.places for f in found):
            discourse.topic.pop("place", None)
        discourse.keep_section()
        discourse.listing = len({id_of(f.state.get("place")) for f in found}) > 2 or any(len(f.places) > 1 for f in found)
        programmes = {id_of(f.state.get("programme")) for f in found}
        if walk.introduced and len(programmes) == 2:
            discourse.topic["programme"] = Value(walk.introduced, s.start, "passage")
    first = next((n.start for n in s.numbers if n.unit == "VND"), s.start)
    discourse.withheld = not found and any((m.kind == "measure" and m.code == "none" and first > s.start) or (m.kind == "topic" and m.code == "loans" and m.start < first) for m in s.mentions)
    if not found:
        discourse.fall_silent()
    if not s.mentions or found:
        return
    _learn_what_follows(s, walk, discourse)
    if _THIS_YEAR_BEGINS.match(v.low, s.start) and walk.home.day.year > 2000:
        discourse.last_period = Value(str(walk.home.day.year), s.start, "article")
    if spends(s):
        discourse.rates = True
    if v.text[s.end - 1] == "?":
        discourse.asked = _asked(s, walk)
        discourse.asked_off = _asked_off(s)
        if discourse.asked_off is None and any(m.kind == "basis" and m.code == "target" for m in s.mentions):
            discourse.rates = True  # "Huyện cam kết gì?"
        if not last:
            discourse.topic.update({k: x for k, x in discourse.asked.items() if k == "period"})
            discourse.asked = {}
    if OTHER_SUBJECT.match(v.low, s.start, s.end):
        discourse.topic = _of_no_programme(discourse.topic)
    _learn_subject(s, walk, discourse)
    _learn_span(s, walk, discourse)
    learn_day(s, walk, rows, discourse)
    day = walk.cur.get("as_of")
    if day is not None and day.position >= s.start and day.value.kind == "day" and v.low.startswith(AS_OF, s.start):
        discourse.topic["as_of"] = day.further("passage")  # "Tính đến ngày 15/7, đã có 45 địa phương báo cáo": so is what they report


_OF_ITSELF = re.compile(
    r"(?: [^,.;:()\d]{2,40})?,? (?:(?:cho biết|cho hay|báo cáo|thông tin|chia sẻ|nói|thừa nhận|trao đổi)(?: thêm| rằng)?[:,]? [“\"]?)?(?:(?:hiện|nay|hiện nay|đến nay|thời gian qua|năm nay|vừa qua|ngay|ngoài ra),? )?(?:toàn |cả |ở )?(?:địa phương|xã|huyện|phường|thị xã|đơn vị|thị trấn|đặc khu)\b(?! (?:khác|bạn|lân cận|còn lại))"
)


_BEGINS_WITH = re.compile(r"(?:với|đối với|về|riêng|riêng với|ở|còn)(?: các| việc thực hiện| kết quả| tình hình| tiến độ| thực hiện)* ")
"""`Với Chương trình A, Bộ đã đôn đốc các địa phương.`, above a paragraph that tells its sums"""


def _learn_what_follows(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """`Bà A, Phó Bí thư Đảng ủy xã B cho biết, địa phương ...`: the paragraph behind it goes on with xã B; so does one behind `Với Chương trình A, ...`."""
    place = walk.cur.get("place")
    if place is not None and place.position >= s.start:
        m = next((m for m in s.mentions if m.kind == "place" and m.start == place.position), None)
        heads = m is not None and m.data.kind == "named" and is_speaker(walk, m) and speaks_for_its_own(walk, m) and _OF_ITSELF.match(walk.v.low, m.end)
        discourse.follows = {"place": place.further("passage")} if heads else {}
        discourse.topic.update(discourse.follows)
    programme = walk.cur.get("programme")
    if programme is not None and not s.numbers and programme.position >= s.start and programme.value in SPECIFIC and _BEGINS_WITH.fullmatch(walk.v.low, s.start, programme.position):
        told = discourse.follows.pop("programme", None)
        if told is None or told.value == programme.value:
            discourse.follows["programme"] = programme.further("passage")  # of one alone


def _tells_a_part(v: View, s: Sentence, discourse: Discourse, head: Found) -> bool:
    """`Huyện có 243 tỷ đồng của ba chương trình. Hai phần ba trong số ấy, 158 tỷ đồng, là của Chương trình A. Đến 15/8 giải ngân 21%`: the passage goes on with all three."""
    told, own = discourse.topic.get("programme"), head.state.get("programme")
    part = told is not None and told.value == "ntp" and own is not None and own.value in SPECIFIC
    return part and _PART_OF_THAT.search(v.low, s.start, min(s.end, s.start + 60)) is not None


_PART_OF_THAT = re.compile(r"\btrong (?:tổng )?số (?:ấy|đó|này)\b")
_ABOUT_A_SOURCE = re.compile(r"(?:về|đối với)(?: (?:kết quả|tình hình|tiến độ|giải ngân|phân bổ|sử dụng|nguồn))* ")
"""`Về giải ngân vốn NSTW, ...`: what the whole passage is about"""
_LEADS = re.compile(r"(?:với|về|đối với|riêng|riêng với|còn|còn với)(?: (?:phần|nguồn|dự toán|kết quả|tình hình|giải ngân|các))* ")
"""`Với dự toán chi thường xuyên, chương trình A đạt 35%. Chương trình B đạt 26%`: of that kind, all of them"""
_AVERAGE = re.compile(r"bình quân|trung bình|mặt bằng chung|cùng thời điểm")


def _aside(v: View, s: Sentence, found: list[Found], home: Home) -> bool:
    """`Bình quân cả nước là 47,6%`: what a larger unit reached is told to compare with, and is no new subject."""
    if home.level in ("", "country"):
        return False
    places = [f.state.get("place") for f in found]
    if all(p is not None and p.value.level == "country" for p in places):
        return True
    larger = all(p is not None and p.value.level == "province" and home.level != "province" for p in places)
    return larger and _AVERAGE.search(v.low, s.start, s.end) is not None


def _looks_back(v: View, s: Sentence, head: Found, discourse: Discourse) -> bool:
    """`Quý I năm 2023, tỷ lệ này là 9,8%`: the passage goes on with its own year."""
    told = head.state.get("period")
    return told is not None and discourse.is_past(told.value) and BACK_THEN.search(v.low, s.start, s.end) is not None


def _whole_programme(f: Found) -> Value | None:
    told = f.state.get("programme")
    return Value(told.value, 0, "passage") if told is not None and "component" not in f.state else None


_THE_OTHERS = re.compile(r"(?:nếu |khi )?so (?:sánh )?với (?:(?:hai|2|02|các|những) )?chương trình (?:còn lại|khác|kia)\b")


def _beside_the_others(v: View, s: Sentence, discourse: Discourse) -> bool:
    """`So với hai chương trình còn lại thì chậm hơn: A 72%, B 57,5%`: the passage goes on with the one it is about."""
    return "programme" in discourse.topic and _THE_OTHERS.match(v.low, s.start, s.end) is not None


def parts_what_is_none(s: Sentence, discourse: Discourse) -> bool:
    """`Số vốn còn lại chưa giao 54.796 triệu đồng. Cụ thể: ...`: parts of what is no figure are none."""
    return discourse.withheld and breaks_down(s)


def _asked(s: Sentence, walk: Walk) -> State:
    """What a question is about holds for its answer, which names it no more."""
    own = {k: x.further("passage") for k, x in walk.cur.items() if k in ("programme", "component", "capital", "place", "carry", "period") and x.position >= s.start}
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
    if any(m.kind in ("programme", "capital", "component") or (m.kind == "measure" and m.code not in ("given", "none")) for m in s.mentions):
        return None
    return next((m for m in s.mentions if m.kind == "topic" and m.code in ("poverty", "progress", "loans")), None)


def told_below(s: Sentence) -> Value | None:
    """`2. Giải ngân (tính đến hết 31/5)`: a heading of one measure leads the amounts below it."""
    codes = [m.code for m in s.mentions if m.kind == "measure" and m.code not in ("given", "none")]
    if codes and set(codes) <= {"disbursed", "rate"}:
        return Value("disbursed", s.start, "passage")
    return None


_NEXT_COLUMN = re.compile(r"[\s,;/]*(?:(?:và|số|vốn|đã|tổng|tỷ lệ|tỉ lệ)\s*)*")


def order_of(v: View, s: Sentence) -> tuple[str, ...]:
    """`Chi tiết các xã (số được giao; số giải ngân; tỷ lệ giải ngân):`: what the amounts of each item measure."""
    told = [m for m in s.mentions if m.kind == "measure" and m.code != "none"]
    told = [m for m, after in zip_longest(told, told[1:]) if m.code != "given" or after is None or v.low[m.end : after.start].strip()]
    begin = max((n for n, (one, two) in enumerate(pairwise(told), 1) if not _NEXT_COLUMN.fullmatch(v.low, one.end, two.start)), default=0)
    codes = ["allocated" if m.code == "given" else m.code for m in told[begin:]]
    return tuple(codes) if len(codes) > 1 and codes[0] == "allocated" else ()


_COUNTED_TO = re.compile(r"tính (?:đến|tới) (?:hết )?(?:ngày|tháng)[^,;.:]{3,24}, [^.;:]{0,50}(?:báo cáo|phân bổ|giao vốn|kết quả|tiến độ|kho bạc|thanh toán)")
"""`Tính đến ngày 15/7, đã có 45 địa phương báo cáo kết quả phân bổ.`"""


_MONTHS_BEGIN = re.compile(r"(?:[^.,;:\d]{2,30} ?[-–] )?(?:trong |qua |sau )?(?:\d{1,2}|ba|sáu|chín) tháng(?: đầu)? năm\b(?! (?:trước|ngoái))")
"""`Trong 9 tháng năm 2025, xã triển khai đồng bộ 3 chương trình.`: what it then tells was reached by their end"""


def learn_day(s: Sentence, walk: Walk, rows: Rows, discourse: Discourse) -> None:
    """`Kết quả giải ngân đến 30/6 như sau`, `Cụ thể đến hết ngày 30/6:`: the day of the list or table that follows."""
    told = "số liệu" in walk.v.low[s.start : s.end]
    reports = _MONTHS_BEGIN.match(walk.v.low, s.start) is not None and any(m.kind == "programme" and m.code != "other" for m in s.mentions)
    if told or reports or spends(s) or _COUNTED_TO.match(walk.v.low, s.start) or walk.v.text[s.end - 1] == ":":
        rows.note_day(walk.cur, s, discourse)
    if told and discourse.last_day and discourse.last_day.position >= s.start:
        rows.redate(discourse.last_day.value)
    if told and (day := walk.cur.get("as_of")) and any(m.kind == "basis" and m.code == "forecast" for m in s.mentions):
        rows.estimate(day.value, walk.v.low.rfind("\n", 0, s.start) + 1)


_LEADS = re.compile(
    r"[\W\d]*(?:(?:(?:tại|ở) (?:\w+ ){1,3}(?:của|thuộc)|(?:trong |từ )?năm \d{4}|riêng|còn|tại|ở|đến|về|với|đối với|như|cả|trên địa bàn|lên|nhưng|song|mà|tương tự|ngay|trong khi|xuống|sang|tới|trường hợp|là|chuyện|theo|phía|ngược lại|điển hình|đơn cử|cũng|trước|nhất|(?:tôi |xin )?hỏi)[\s,:]*)*"
)
"""what may stand before the unit that a sentence is about: `Lớp học ở xã Hồng An ...` is about a class"""


_SPEAKER = re.compile(r"[^:.?!\d]{4,90}: ")
_BY_REPORT = re.compile(r"(?:theo |qua )?(?:báo cáo|số liệu|thống kê|thông tin|kết quả)[^,.;]{0,16} (?:của|từ|tại|ở) ")
"""`Theo báo cáo của UBND xã A, ...`: whose report it is, is what it is about"""

def _beside(walk: Walk, m: Mention, reported: bool) -> bool:
    """A unit told of beside the one that the sentence is about: the one it lies in, one that it took over from."""
    return (m.data.kind == "self" and (reported or named_inside(walk, m))) or (reported and is_giver(walk, m))


def _learn_span(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """`Giai đoạn 2026-2030, tỉnh sẽ huy động vốn từ ngân sách, doanh nghiệp ... Trong đó, ngân sách trung ương ...`: the parts' years."""
    span = next((m for m in s.mentions if m.kind == "period" and m.code == "span"), None)
    if span is not None and _SUMS_UP.search(walk.v.low, s.start, span.start):
        discourse.last_period = Value(span.data.period, span.start, "article")
    if span is not None and _GIVES_FOR.search(walk.v.low, s.start, span.start):
        discourse.last_period = Value(span.data.period, span.start, "article")
    if "raised" in walk.cur and span is not None and _AT_FIRST.fullmatch(walk.v.low, s.start, span.start):
        discourse.topic["period"] = Value(span.data.period, span.start, "passage")


_SUMS_UP = re.compile(r"\b(?:tổng kết|sơ kết|nhìn lại|đánh giá(?: kết quả)?|sau|qua|trải qua|khép lại) (?:\d{1,2}|hai|ba|bốn|năm|mười) năm\b[^.;:%]{0,110}$")
"""`tổng kết 5 năm thực hiện Chương trình ... giai đoạn 2016-2020`: what follows is of these years"""
_GIVES_FOR = re.compile(r"\b(?:giao|phân bổ|phê duyệt|bố trí)(?: (?:chi tiết|bổ sung|điều chỉnh))* (?:kế hoạch )?vốn(?: (?:đầu tư|phát triển|đầu tư phát triển|sự nghiệp|ngân sách trung ương|nguồn))* (?:giai đoạn )?$")
"""`Quyết định giao kế hoạch vốn đầu tư phát triển giai đoạn 2021 - 2025 thực hiện 3 chương trình`: what it gives is for these years"""
_AT_FIRST = re.compile(r"(?:[^,.;:]{0,60}, )?(?:trong |cả |cho )?(?:giai đoạn |các năm )?")


_THE_WHOLE = re.compile(r"(?:hiện |đến nay,? )?(?:toàn|cả) (?:tỉnh|huyện|thành phố)\b")
_ONLY_OF = re.compile(r"\b(?:tính riêng|chỉ tính|chỉ xét|xét riêng|nói riêng)(?: (?:về|với|phần|số|nguồn))* $")
"""`tình trạng này có ở 3 địa phương, tính riêng kinh phí sự nghiệp`: what is told of each of them is"""


def _learn_subject(s: Sentence, walk: Walk, discourse: Discourse) -> None:
    """A sentence without figures can still say what the next ones are about."""
    capital = walk.cur.get("capital")
    if capital is not None and not s.numbers and _ONLY_OF.search(walk.v.low, s.start, capital.position):
        discourse.topic["capital"] = capital.further("passage")
        discourse.said.add("capital")
    label = _SPEAKER.match(walk.v.low, s.start, s.end)
    begin = label.end() if label else s.start
    for attribute, reach in (("programme", 90), ("place", 22), ("capital", 60), ("component", 40)):
        value = walk.cur.get(attribute)
        reported = attribute == "place" and _BY_REPORT.match(walk.v.low, s.start, s.end) is not None
        if value is None or value.position < s.start or (value.position - begin > reach and value.value != "ntp" and not reported):
            continue
        told = [m for m in s.mentions if m.kind == attribute and not (attribute == "place" and _beside(walk, m, reported))]
        codes = {id_of(Value(m.data if attribute == "place" else m.code, 0, "")) for m in told}
        if attribute == "place" and value.value.kind == "self" and _THE_WHOLE.match(walk.v.low, s.start) and value.value.level != walk.home.level:
            discourse.topic["place"] = value.further("passage")  # "Toàn tỉnh có 62 xã triển khai Dự án 8."
            continue
        if attribute == "place" and (value.value.kind != "named" or value.value.level == "province" or not (reported or _LEADS.fullmatch(walk.v.low, begin, value.position))):
            continue
        if len(codes) == 1:
            discourse.topic[attribute] = value.further("passage")
            discourse.said.add(attribute)
            if attribute == "component" and "programme" in walk.cur:
                discourse.topic["programme"] = walk.cur["programme"].further("passage")
