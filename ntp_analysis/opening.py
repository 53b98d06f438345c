"""What holds as a sentence begins: the list's lead, the figure that it breaks down, or the passage's topic."""

from __future__ import annotations

import re
from collections.abc import Set

from ntp_analysis.clues import RANKED, is_answer
from ntp_analysis.discourse import Discourse, State, Value, id_of, is_carried
from ntp_analysis.found import breaks_down, retells
from ntp_analysis.mentions import SPECIFIC, Mention, Sentence
from ntp_analysis.patterns import patterns
from ntp_analysis.places import is_smaller
from ntp_analysis.text import View

_SAYS = patterns("opening")

OTHER_SUBJECT = _SAYS.other_subject
BY_PROGRAMME = _SAYS.by_programme
"""`Xét theo từng chương trình, ...`: a paragraph that parts what the one above began with, of that kind of capital"""
BY_UNIT = _SAYS.by_unit
"""`Phân theo vùng, ...`: the same, by unit"""


def base_of(v: View, s: Sentence, discourse: Discourse) -> State:
    """What holds as the sentence begins: the list's lead, the figure that it breaks down, or the topic."""
    if (
        s.line_kind == "item"
        and discourse.in_list
        and not (discourse.head is not None and breaks_down(s) and not v.begins_line(s.start))
    ):
        return {
            **_as_spent(discourse.list_state, s, discourse),
            **discourse.above_item(),
            **(discourse.item_state if not v.begins_line(s.start) else {}),
        }
    if s.line_kind == "heading" and discourse.outer and v.begins_line(s.start):
        return dict(discourse.outer)
    if discourse.head is not None and (breaks_down(s) or retells(v, s)) and not _widens(s, discourse.head):
        whole = (
            discourse.part
            if discourse.part and not any(m.kind in ("programme", "place") for m in s.mentions)
            else discourse.head
        )
        told = {k: x.further("passage") for k, x in whole.items()}
        if v.begins_line(s.start) and is_carried(told) and discourse.opening and not is_carried(discourse.opening):
            told = _of_the_section(told, discourse.opening)
        if s.numbers and all(n.unit == "percent" for n in s.numbers) and (basis := (discourse.sum or {}).get("basis")):
            # "kế hoạch 23.410 tỷ đồng, ước giải ngân 14.678 tỷ đồng. Chia ra: A 70%, ..."
            told.setdefault("basis", basis.further("passage"))
        told = _as_spent(told, s, discourse)
        several = "programme" not in discourse.topic and OTHER_SUBJECT.match(v.low, s.begin, s.end)
        return of_no_programme(told) if several else told
    if (
        discourse.sum is not None
        and _SAYS.that_sum.match(v.low, s.begin, s.end)
        and not v.low.startswith("ngoài", s.start)
        and not _named_since(discourse)
    ):
        return {k: x.further("passage") for k, x in discourse.sum.items()}
    if discourse.past is not None and discourse.sum is None and _SAYS.that_figure.match(v.low, s.begin, s.end):
        return {k: x.further("passage") for k, x in discourse.past.items()}
    return _topic_at(v, s, discourse)


def _as_spent(told: State, s: Sentence, discourse: Discourse) -> State:
    """`Đến 31/10 giải ngân 151 tỷ đồng. Ước cả năm đạt 92%. Trong đó, Chương trình A giải ngân 51 tỷ đồng`: sums spent part what had been spent, not the estimate."""
    spent = discourse.before_estimate
    if spent is None:
        return told
    sums = any(n.unit == "VND" for n in s.numbers) and any(m.code == "disbursed" for m in s.mentions)
    if not sums or any(m.kind == "basis" and m.code != "actual" for m in s.mentions):
        return told
    when = ("as_of", "basis", "measure")
    return {
        **{k: x for k, x in told.items() if k not in when},
        **{k: x.further("passage") for k, x in spent.items() if k in when},
    }


def _named_since(discourse: Discourse) -> bool:
    """`... 16 tỷ đồng. Kéo tỷ lệ xuống là vốn sự nghiệp của Chương trình A. Khoản này có ...`: of that, not of the sum."""
    told = (discourse.sum or {})["measure"].position
    return any(
        k in discourse.said and discourse.topic[k].position > told
        for k in ("programme", "capital")
        if k in discourse.topic
    )


_NUMBER = re.compile(r"\(?(?:(\d+(?:\.\d+)*)|[IVX]+(?=[.)/ ])|[A-ZĐ](?=[.)/ ])|[a-zđ](?=[.)/]))")


def only_a_topic(v: View, start: int, first: int, last: int, end: int) -> bool:
    """`a) Tại Sơn La`, `2. Tỉnh Trà Vinh.`, `- Vốn sự nghiệp năm 2024`: nothing is said but the topic, from `first` to `last`."""
    return (
        _SAYS.leads_to_topic.fullmatch(v.low, start, first) is not None
        and _SAYS.behind_topic.fullmatch(v.low, last, end) is not None
    )


def mark_of(v: View, start: int) -> str:
    """The kind of mark that an item begins with: a dash, `1` for any number, `1.1` for one of two, `a`, `A`, `I`."""
    if v.text[start] in "-–−—":
        return "-"
    m = _NUMBER.match(v.text, start)
    if m is None:
        return v.text[start] if v.text[start] in "+•*" else ""
    if m[1]:
        return re.sub(r"\d+", "1", m[1])
    last = m[0][-1]
    return "I" if m[0].lstrip("(").strip("IVX") == "" else "a" if last.islower() else "A"


def _of_the_section(told: State, opening: State) -> State:
    """`... Vốn kéo dài giải ngân 24,6%.` above a paragraph `Trong đó, Chương trình A: ...`: it parts the whole that the one above began with."""
    return {
        **{k: x for k, x in told.items() if k not in ("carry", "period")},
        **{k: x.further("passage") for k, x in opening.items() if k == "period"},
    }


def _topic_at(v: View, s: Sentence, discourse: Discourse) -> State:
    """The passage's topic, without what no longer holds: a new subject's capital, another payer's source."""
    base = _subject_at(v, s, discourse)
    told_plan = discourse.sum is not None and "carry" not in discourse.sum
    if (
        discourse.title_carry
        and "carry" not in base
        and not told_plan
        and not any(_own_money(m, discourse.title_carry.value[1]) for m in s.mentions)
    ):
        of, years, said = discourse.title_carry.value
        base["carry"] = discourse.title_carry._replace(value=(of, years or discourse.last_carry, said))
    base.pop("basis", None)
    first = s.numbers[0].start if s.numbers else s.end
    if discourse.past and _goes_on_with_project(v, s, base, discourse):
        base.update({k: x.further("passage") for k, x in discourse.past.items() if k in ("programme", "component")})
    if discourse.past and "capital" not in base and _SAYS.this_fund.search(v.low, s.start, first):
        base.update(
            {k: x.further("passage") for k, x in discourse.past.items() if k in ("capital", "programme", "source")}
        )
    if "capital" not in discourse.kept and (
        _SAYS.beside_it.match(v.low, s.begin, s.end)
        or _SAYS.carried_of_all.match(v.low, s.begin, s.end)
        or _SAYS.all_of_it.match(v.low, s.begin, s.end)
        or _SAYS.by_project.match(v.low, s.begin, s.end)
        or _other_payer(v, s, base)
        or _turns_to_carried(s, base, discourse)
    ):
        base.pop("capital", None)
        if "source" not in discourse.kept:
            base.pop("source", None)
    if discourse.aims and _tells_a_goal(v, s):
        base["basis"] = Value("target", s.start, "passage")  # "Mục tiêu cuối năm? - 80%."
        if discourse.aims.value is not None:
            base["as_of"] = discourse.aims
    if "basis" not in base and _still_planned(v, s, discourse):
        base["basis"] = Value("forecast", s.start, "passage")
    if (
        "source" in base
        and "source" not in discourse.kept
        and any(m.kind == "basis" and m.code == "target" and m.start - s.start < 20 for m in s.mentions)
        and any(m.kind == "period" and m.code == "year" for m in s.mentions)
    ):
        base.pop("source")  # "Sở yêu cầu giải ngân 100% vốn của năm 2019" is of all that year's money
    return base


def _subject_at(v: View, s: Sentence, discourse: Discourse) -> State:
    """What the passage tells of the subject that the sentence begins with."""
    base = _without_last_place(dict(discourse.topic), s)
    first = s.numbers[0].start if s.numbers else s.end
    aims = any(m.kind == "basis" and m.code == "target" for m in s.mentions)
    own = [
        m for m in s.mentions if m.start < first and _new_subject(m, discourse) and (aims or not _same_place(m, base))
    ]
    if OTHER_SUBJECT.match(v.low, s.begin, s.end):
        return of_no_programme(base)
    if _SAYS.all_three.match(v.low, s.begin, s.end):
        kind = {"capital"} if _SAYS.that_kind.match(v.low, s.begin, s.end) else set()
        return {**_of_another(base, discourse.kept | kind), "programme": Value("ntp", s.start, "passage")}
    if not own:
        return base
    places = all(m.kind == "place" for m in own)
    named = places and own[0].data.kind == "named"
    parted = len({m.code for m in s.mentions if m.kind == "programme" and m.code in SPECIFIC}) > 1 and len(own) == sum(
        m.kind == "programme" for m in own
    )
    goes_on = (places and (RANKED.search(v.low, s.start, s.end) or _SAYS.in_contrast.match(v.low, s.begin))) or (
        parted and _of_all_programmes(base)
    )
    goes_on = goes_on or (named and _of_a_whole(own, discourse))
    kept = {
        *discourse.kept,
        *discourse.parted,
        *(discourse.said if named else discourse.said & {"source"}),
        *(("capital",) if goes_on else ()),
        *(("source",) if _SAYS.next_in_rank.match(v.low, s.begin) or _same_said(v, s, own) else ()),
        *(("capital", "source") if places and _SAYS.as_follows.search(v.low, s.start, own[0].start) else ()),
    }
    if all(m.kind == "programme" and m.code in ("these", id_of(base.get("programme"))) for m in own):
        # "Một mục dành riêng cho vốn đầu tư các chương trình. Kế hoạch của 3 chương trình là ..."
        kept |= discourse.said & {"capital"}
    above = discourse.headings[-1][1].get("programme") if discourse.headings else None
    if any(told is not None and told.value == "other" for told in (base.get("programme"), above)) and any(
        m.kind == "programme" and m.code != "other" for m in own
    ):
        kept.discard("capital")  # under a heading of public investment
        kept |= {"capital"} if _SAYS.its_funds.match(v.low, s.begin) else set()
    kept |= {"capital", "source", "carry"} if _SAYS.in_like_manner.match(v.low[s.start : s.end]) else set()
    kept |= (
        {"component"}
        if _SAYS.from_that.search(v.low, s.start, s.end) or (named and _of_a_smaller(own, base, discourse))
        else set()
    )
    return _of_another(base, kept)


def _of_a_smaller(own: list[Mention], base: State, discourse: Discourse) -> bool:
    """`Dự án 2 của cả nước đạt 45%. Lào Cai giải ngân 81,2%`: a part of the place told of, and of the project that the paragraph began with."""
    told, first = base.get("place"), discourse.opening
    if first and id_of(first.get("component")) != id_of(base.get("component")):
        return False
    level = told.value.level if told is not None else "country"
    return all(is_smaller(m.data.level, level) for m in own)


def _still_planned(v: View, s: Sentence, discourse: Discourse) -> bool:
    """`Giai đoạn 2026-2030, tổng nguồn lực dự kiến là 1,05 triệu tỷ đồng. Ngân sách trung ương hỗ trợ 88 nghìn tỷ đồng`: a part of what is only planned."""
    told = discourse.opening
    if id_of(told.get("basis")) != "forecast" or id_of(told.get("measure")) != "allocated":
        return False
    return not any(
        (m.kind == "measure" and m.code not in ("given", "none", "allocated")) or m.kind in ("date", "period")
        for m in s.mentions
    ) and not _SAYS.done_already.search(v.low, s.start, s.end)


_SUM = re.compile(r"\d (?:nghìn |ngàn )?(?:tỷ|triệu)\b")


def _goes_on_with_project(v: View, s: Sentence, base: State, discourse: Discourse) -> bool:
    """`... được phân bổ 72 tỷ đồng thực hiện Tiểu dự án 1.` above a paragraph `Đến nay, tỉnh đã giải ngân 40 tỷ đồng`: spent of that one sum."""
    past = discourse.past or {}
    if not s.numbers or "component" not in past or "component" in base or id_of(past.get("measure")) != "allocated":
        return False
    first = s.numbers[0]
    if first.unit != "VND" or _SAYS.spent_to_now.match(v.low, s.begin, first.start) is None:
        return False
    if any(m.kind in ("programme", "component", "capital") and m.start < first.start for m in s.mentions):
        return False
    above = v.low[: s.start].rstrip().rpartition("\n")[2]
    return len(_SUM.findall(above)) == 1


def _of_another(base: State, kept: Set[str]) -> State:
    """What holds for another subject than the one told of, too."""
    return {
        k: x for k, x in base.items() if k not in ("capital", "component", "carry", "source", "measure") or k in kept
    }


def _same_said(v: View, s: Sentence, own: list[Mention]) -> bool:
    """`Nam Định được giao 244,6 tỷ đồng vốn trung ương. Thái Bình 236,1 tỷ đồng`, `Con số của Hải Dương là 79%`: the same is said of another place."""
    if not s.numbers or len(own) != 1 or own[0].kind != "place" or own[0].data.kind != "named":
        return False
    elliptic = own[0].start - s.start < _OPENING and _SAYS.same_said.fullmatch(v.low, own[0].end, s.numbers[0].start)
    return elliptic is not None or _SAYS.number_of.fullmatch(v.low, s.begin, own[0].start) is not None


_OPENING = 20
"""characters that a sentence may have before what it is about"""


def _other_payer(v: View, s: Sentence, base: State) -> bool:
    """`Trung ương giao 102 tỷ đồng vốn đầu tư. Ngân sách tỉnh bố trí 15 tỷ đồng`: of what kind the first one's is, does not hold for the other's."""
    before = base.get("source")
    if before is None or not before.value:
        return False
    reach = s.end if _SAYS.besides.match(v.low, s.begin) else s.start + _OPENING
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


def _widens(s: Sentence, head: State) -> bool:
    """`Nếu tính cả ba chương trình, tỉnh đạt 28%`, behind what was told of one: no part of it."""
    first = s.numbers[0].start if s.numbers else s.end
    programme = head.get("programme")
    return (
        programme is not None
        and programme.value in SPECIFIC
        and any(m.kind == "programme" and m.code == "ntp" and m.start < first for m in s.mentions)
    )


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


def _turns_to_carried(s: Sentence, base: State, discourse: Discourse) -> bool:
    """`3 chương trình giải ngân 25,8%. Vốn sự nghiệp chỉ 9,4%. Nguồn năm 2022 kéo dài ...`: of that kind no more than what the paragraph began with."""
    first = next((n.start for n in s.numbers if n.unit), s.end)
    carried = next((m for m in s.mentions if m.kind == "carry" and m.code == "only" and m.start < first), None)
    told = discourse.opening.get("capital")
    if carried is None or not discourse.opening or any(m.kind == "capital" for m in s.mentions):
        return False
    return id_of(told) != id_of(base.get("capital"))


def _of_all_programmes(base: State) -> bool:
    programme = base.get("programme")
    return programme is None or programme.value == "ntp"


def of_no_programme(state: State) -> State:
    """`Theo địa bàn, ...`: money told by another division is of no one programme any more."""
    return {k: x for k, x in state.items() if k not in ("programme", "component", "source")}


def _own_money(m: Mention, carried: str) -> bool:
    """The sentence says itself of which year's money, or of whose, it speaks; a year of the money carried over is no other."""
    if m.kind == "period" and m.code == "year":
        return not (carried and carried[:4] <= m.data.period <= carried[-4:])
    return m.kind == "carry" or m.code == "other" or (m.kind == "period" and m.code in ("this_year", "span"))


def _same_place(m: Mention, base: State) -> bool:
    """`Bắc Giang được giao 426,9 tỷ đồng vốn đầu tư. Trong năm 2023, tỉnh đã được giao 98,2 tỷ đồng`: the same province's, of that kind."""
    told = base.get("place")
    return (
        m.kind == "place"
        and m.data.kind == "self"
        and told is not None
        and told.value.kind == "named"
        and told.value.level == m.data.level
    )


def _new_subject(m: Mention, discourse: Discourse) -> bool:
    """A programme or a place begins a new subject; one more place after a list of places goes on with it."""
    if m.kind == "place":
        return m.data.kind != "region" and not (discourse.listing and m.data.kind == "named")
    return m.kind == "programme"
