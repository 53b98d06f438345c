"""Which words of a sentence belong together before any meaning is given to them: what stands right behind a number is the number's."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from ntp_analysis.amounts import Number
from ntp_analysis.mentions import Mention, Sentence
from ntp_analysis.naming import AMOUNT_NEXT, HAPPENED, INCLUSION
from ntp_analysis.patterns import patterns
from ntp_analysis.text import View

_SAYS = patterns("binding")

LIGHT = _SAYS.light


def bind(v: View, sentence: Sentence) -> None:
    """Bind to each number what stands right behind it, or is said once of two numbers."""
    for i, number in enumerate(sentence.numbers):
        following = sentence.numbers[i + 1].start if i + 1 < len(sentence.numbers) else sentence.end
        _bind_following(v, sentence, number, following)
    for one, two in pairwise(sentence.numbers):
        _bind_in_order(v, sentence, one, two)
        _bind_both(v, sentence, one, two)


def _bind_in_order(v: View, sentence: Sentence, one: Number, two: Number) -> None:
    """`đạt 38,9 và 15,2% vốn đầu tư, vốn sự nghiệp`: as many subjects behind as numbers, the first is the first's."""
    if not one.unit or one.unit != two.unit or not re.fullmatch(r" ?(?:,|và) ?", v.low[one.end : two.start]):
        return
    subjects = [
        m
        for m in sentence.between(two.end, two.end + 90)
        if m.kind == "capital" and m.code in ("investment", "recurrent")
    ]
    if (
        len(subjects) == 2
        and subjects[0].bound_to is two
        and re.fullmatch(r"(?:,| và|, và) ", v.low[subjects[0].end : subjects[1].start])
        and not any(n.unit and two.end <= n.start < subjects[1].end + 20 for n in sentence.numbers)
    ):
        subjects[0].bound_to, subjects[1].bound_to = one, two


def _bind_both(v: View, sentence: Sentence, one: Number, two: Number) -> None:
    """`còn lần lượt 21 tỷ đồng và 17,6 tỷ đồng vốn sự nghiệp chưa giải ngân`: said once, of both."""
    if (
        one.unit != "VND"
        or two.unit != "VND"
        or not re.fullmatch(r",? và ", v.low[one.end : two.start])
        or not _SAYS.in_order.search(v.low, sentence.start, one.start)
    ):
        return
    said = [
        Mention(m.start, m.end, m.kind, m.code, m.data, one)
        for m in sentence.mentions
        if m.bound_to is two and m.kind in ("capital", "measure", "source")
    ]
    if said and not any(m.bound_to is one for m in sentence.mentions):
        sentence.mentions += said
        sentence.mentions.sort(key=lambda m: m.start)


_SIGNS = re.compile("[();:]")


def in_order(v: View, s: Sentence) -> list[tuple[int, str, Any]]:
    """Return what a sentence has from left to right: mentions that no number has, numbers, brackets, colons and semicolons.

    Of a closing bracket, whether it had several numbers or a sum.
    """
    events: list[tuple[int, str, Any]] = [(m.start, "mention", m) for m in s.mentions if m.bound_to is None]
    events += [(n.start, "number", n) for n in s.numbers]
    opened: list[int] = []
    for m in _SIGNS.finditer(v.text, s.start, s.end):
        i, sign = m.start(), m.group()
        if sign == "(":
            opened.append(i)
            events.append((i, "(", None))
        elif sign in ";:":
            events.append((i, sign, None))
        elif opened:
            start = opened.pop()
            inside = [n for n in s.numbers if start < n.start < i]
            events.append((i, ")", len(inside) > 1 or (len(inside) == 1 and inside[0].unit == "VND")))
    return sorted(events, key=lambda e: (e[0], e[1] != "("))


def _bind_bracketed(v: View, sentence: Sentence, number: Number) -> None:
    """`23.500 triệu đồng hỗ trợ đất ở, nhà ở (Dự án 1 của Chương trình A)`: the project that the purpose is."""
    named = next((m for m in sentence.between(number.end, number.end + 90) if m.kind == "component"), None)
    if named is None or number.unit != "VND" or not _SAYS.for_what.fullmatch(v.low, number.end, named.start):
        return
    stop = v.low.find(")", named.end, sentence.end)
    for m in sentence.between(named.start, stop if stop > 0 else named.end):
        if m.kind in ("component", "programme") and m.bound_to is None:
            m.bound_to = number


def _bind_following(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """Bind to a number what stands right behind it with light words between: `938 tỷ đồng vốn đầu tư`."""
    _bind_bracketed(v, sentence, number)
    _bind_predicate(v, sentence, number, following)
    _bind_passive(v, sentence, number)
    _bind_run(v, sentence, number, following)
    _bind_counted_in(v, sentence, number, following)
    _bind_purpose(v, sentence, number, following)
    _bind_days(v, sentence, number, following)


def _bind_run(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """Bind one word after the other, as far as only light words part them."""
    named = _SAYS.which_is.match(v.low, number.end)
    position = named.end() if named else number.end
    for m in [m for m in sentence.mentions if number.end <= m.start < following]:
        gap = v.low[position : max(position, m.start)]
        if m.kind == "programme" and position > number.end and _SAYS.for_them.match(gap):
            gap = gap[2:]  # "486,2 tỷ đồng, cả vốn kéo dài, để thực hiện hai chương trình A và B"
        if _stops_at(v, sentence, number, m, gap, following):
            return
        if _closes(v, sentence, number, m, gap):
            m.bound_to = number
            return
        if not _reaches(m, number, gap):
            return
        passed = _passes_over(v, m, gap, position)
        if passed is not None:
            position = passed
            continue
        if _begins_next(v, sentence, number, m, gap, following):
            return
        m.bound_to = number
        having = _SAYS.having.match(v.low, m.end) if m.kind == "place" and gap.endswith("mà ") else None
        position = max(position, having.end() if having else m.end)
        if m.kind == "programme":
            position = _bind_joint(v, sentence, number, m, following)


def _closes(v: View, sentence: Sentence, number: Number, m: Mention, gap: str) -> bool:
    """Tell whether a word is the number's and the last one that is."""
    if m.kind == "programme":
        ends = v.low[m.end : m.end + 1] in (".", ";", ",", "")
        return _SAYS.their_projects.fullmatch(gap) is not None or (ends and _SAYS.belongs.fullmatch(gap) is not None)
    if m.kind == "marker":
        return m.code == "compare" and number.unit == "percent" and LIGHT.fullmatch(gap) is not None
    if m.kind != "capital":
        return False
    if number.unit == "percent":  # "ít nhất 85% với vốn đầu tư, còn vốn sự nghiệp 60%"
        return gap == " với " and _SAYS.parted.match(v.low, m.end, sentence.end) is not None
    bracketed = gap in (" (", "(") and v.low.startswith(")", m.end)  # "748.215 triệu đồng (vốn đầu tư phát triển)"
    return number.unit == "VND" and (bracketed or _SAYS.all_of_it.fullmatch(gap) is not None)


def _reaches(m: Mention, number: Number, gap: str) -> bool:
    if m.kind == "carry" or _leads_to(m, number, gap):
        return True
    return LIGHT.fullmatch(gap) is not None and m.code not in ("zero_distributed", "zero_allocated")


def _passes_over(v: View, m: Mention, gap: str, position: int) -> int | None:
    """Return where to go on behind a word that is not the number's but parts nothing from it."""
    if m.kind == "basis" and m.code == "actual":
        return position
    if m.code == "breakdown" and _SAYS.spent_of_it.match(v.low, m.end):
        m.kind, m.code = "part", ""  # "349,3 tỷ đồng trong đó đã được giải ngân"
        return m.end
    if m.code == "only_total" and gap == " của ":
        return v.low.index(" ", m.start)  # "cao hơn mức 61,3% của cả nước", "của toàn tỉnh Sơn La"
    own = m.kind == "place" and m.data.kind == "self"
    if own and (m.start < position or gap.endswith("mà ")) and not _SAYS.receives.match(v.low, m.end):
        return max(position, m.end)  # "45% kế hoạch mà tỉnh giao": the giver
    return None


def _begins_next(v: View, sentence: Sentence, number: Number, m: Mention, gap: str, following: int) -> bool:
    """Tell whether a word begins what is told next, though only light words stand before it."""
    if m.kind == "measure":  # "50 tỷ đồng để thanh toán các công trình": what it is for
        return gap.endswith("để ") or _leads_on(v, m, sentence, following)
    if m.kind == "place" and m.data.kind == "self":
        return "(" not in gap and m.start - number.end > 30 and not gap.endswith("mà ")
    return m.kind in ("marker", "basis", "topic", "someone")


def _bind_counted_in(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """`86 tỷ đồng để làm ba chương trình, cộng cả phần năm ngoái chuyển sang`: what a sum counts in, however far behind it."""
    if number.unit != "VND":
        return
    for m in sentence.between(number.end, following):
        spends = m.kind == "measure" and m.code not in ("given", "allocated")
        if spends or v.low.find(";", number.end, m.start) >= 0:
            return
        if m.kind == "carry" and m.code != "only":
            apart = v.low[number.end : m.start].rstrip().endswith((",", "(")) and INCLUSION.match(v.low, m.start)
            if apart and not _SAYS.leads_on.fullmatch(v.low, m.end, following):
                m.bound_to = m.bound_to or number
            return


def of_one_capital(v: View, number: Number, end: int) -> bool:
    """`ngân sách trung ương 1.480 tỷ đồng, toàn bộ là vốn sự nghiệp`: that sum, not those listed next."""
    return _SAYS.all_of_it.match(v.low, number.end, end) is not None


def _stops_at(v: View, sentence: Sentence, number: Number, m: Mention, gap: str, following: int) -> bool:
    """Tell whether what stands behind a number begins something else, however light the words between."""
    if m.kind == "carry":
        return _not_its_carry(v, m, gap, following)
    if m.kind == "capital" and _of_the_next(v, sentence, number, m, following):
        return True
    if m.code == "not_disbursed" and (
        v.low.endswith("đồng nào", m.start, m.end) or gap.endswith("mà ") or _of_a_plan(v, sentence, number, m.start)
    ):
        # "vốn sự nghiệp 1 tỷ 870 triệu đồng chưa giải ngân được đồng nào", "17,4 tỷ đồng mà chưa giải ngân": the whole, and nothing of it
        return True
    if (
        m.kind == "place"
        and m.data.kind == "named"
        and gap.endswith("mà ")
        and following - m.end < 24
        and following < sentence.end
    ):
        return True  # "xã A giải ngân 81,4% mà xã B chỉ 36,9%"
    if m.kind == "place" and m.data.kind == "region" and gap.endswith("cho ") and _has_receiver(v, sentence, number):
        return True  # "Huyện A được phân bổ 14 tỷ đồng cho 12 xã"
    return v.low.startswith("nhưng ", m.start)  # "được bố trí 14,7 tỷ đồng nhưng chưa giải ngân"


def _of_the_next(v: View, sentence: Sentence, number: Number, m: Mention, following: int) -> bool:
    """`vốn đầu tư 46,5% vốn sự nghiệp 21%`, a comma forgotten: each kind stands before its rate."""
    led = any(
        k.kind == "capital" and k.code != m.code and _SAYS.right_before.fullmatch(v.low, k.end, number.start)
        for k in sentence.mentions
    )
    return led and following < sentence.end and _SAYS.right_before.fullmatch(v.low, m.end, following) is not None


def _not_its_carry(v: View, m: Mention, gap: str, following: int) -> bool:
    """`chưa bao gồm vốn năm 2022 kéo dài là 240 tỷ đồng` is another sum's; `236,4 tỷ đồng (vốn năm 2022 chuyển sang 41,2 tỷ đồng)` has it as a part."""
    counted = INCLUSION.match(v.low, m.start) is not None
    if v.low.startswith("nhưng ", m.start) or (not _SAYS.carry_after.fullmatch(gap) and not LIGHT.fullmatch(gap)):
        return True
    if m.code == "only" and (counted or ("(" in gap and _SAYS.its_own.fullmatch(v.low, m.end, following))):
        return True
    return "," in gap and not counted


def _has_receiver(v: View, sentence: Sentence, number: Number) -> bool:
    named = any(k.kind == "place" and k.data.kind == "named" and k.end <= number.start for k in sentence.mentions)
    return named or _SAYS.is_given.match(v.low, sentence.begin) is not None


def _leads_to(m: Mention, number: Number, gap: str) -> bool:
    """`4,1 tỷ đồng cho 3 xã huyện Ia Pa`, `24 tỷ đồng, lấy từ ngân sách trung ương`, `2,5 tỷ đồng thực hiện nội dung 2, tiểu dự án 2`: words that are not light, but lead to what is the number's."""
    if m.kind == "place":
        return m.data.kind == "named" and _SAYS.for_its_communes.fullmatch(gap) is not None
    if m.kind == "source":
        return number.unit == "VND" and _SAYS.taken_from.fullmatch(gap) is not None
    return m.kind == "component" and _SAYS.subject_of.fullmatch(gap) is not None


def _bind_purpose(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """`phân bổ 2.981 tỷ đồng vốn ngân sách và vốn có gốc ngân sách cho Chương trình A`: what a sum without a programme before it is for."""
    if number.unit != "VND" or any(
        m.kind == "programme" and (m.bound_to is number or m.end <= number.start) for m in sentence.mentions
    ):
        return
    m = next((m for m in sentence.between(number.end, following, "programme")), None)
    if (
        m is not None
        and m.bound_to is None
        and _SAYS.purpose.fullmatch(v.low, number.end, m.start)
        and not any(
            k.kind in ("topic", "someone", "measure") and k.code not in ("given", "")
            for k in sentence.between(number.end, m.start)
        )
    ):
        m.bound_to = number


def _bind_passive(v: View, sentence: Sentence, number: Number) -> None:
    """`904 tỷ đồng, tương đương 80,7%, đã được UBND tỉnh phân bổ chi tiết`: what was done with a sum stands behind it and its share."""
    done = _SAYS.passive.match(v.low, number.end, sentence.end) if number.unit == "VND" else None
    for m in sentence.between(done.end(), done.end() + 40, "measure") if done else ():
        if m.code in ("disbursed", "distributed") and m.bound_to is None and not AMOUNT_NEXT.match(v.low, m.end):
            for d in [m, *(d for d in sentence.between(m.end, m.end + 24, "date") if d.data.until)]:
                d.bound_to = number
            return


_OF_A_SUM = frozenset({"programme", "capital", "source", "component", "place", "measure", "period"})


def _bind_predicate(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """`9.812 tỷ đồng là số vốn mà tỉnh huy động cho Chương trình A trong 3 năm 2016 - 2018`: a sum told first has its subject behind it."""
    if (
        number.unit != "VND"
        or not _SAYS.first.fullmatch(v.low, sentence.begin, number.start)
        or not _SAYS.is_the.match(v.low, number.end)
    ):
        return
    stop = _SAYS.clause_stop.search(v.low, number.end, following)
    for m in sentence.between(number.end, stop.start() if stop else following):
        if m.kind in _OF_A_SUM and m.bound_to is None and m.code != "given":
            m.bound_to = number


def _of_a_plan(v: View, sentence: Sentence, number: Number, position: int) -> bool:
    """`Dự án 6: kế hoạch 3.120 triệu đồng chưa giải ngân`: the amount is the plan, of which nothing was spent."""
    if _SAYS.plan_before.search(v.low, sentence.start, number.start) or _SAYS.sum_of.search(
        v.low[sentence.start : number.start]
    ):
        return True
    return _SAYS.so_far.fullmatch(v.low, number.end, position) is not None and not _SAYS.left_before.search(
        v.low, sentence.start, number.start
    )


def _bind_joint(v: View, sentence: Sentence, number: Number, first: Mention, following: int) -> int:
    """`152 tỷ đồng vốn Chương trình A và Chương trình B, đạt 78%`: the sum is of both. Return where they end."""
    joint = [first]
    for m in sentence.between(first.end, following, "programme"):
        if _SAYS.joint.fullmatch(v.low, joint[-1].end, m.start):
            joint.append(m)
    leads_on = following < sentence.end and not _SAYS.stop.search(v.low, joint[-1].end, following)
    counted = len(joint) == 2 and _SAYS.the_two.match(v.low, first.start) is not None  # "2 Chương trình MTQG: A; B"
    if leads_on or len(joint) == 1 or not (counted or _SAYS.joined.search(v.low, joint[-2].end, joint[-1].start)):
        return first.end
    for m in joint:
        m.bound_to = number
    return joint[-1].end


def _leads_on(v: View, m: Mention, sentence: Sentence, following: int) -> bool:
    """A measure word leads to the next number if nothing parts them: `vốn 2023 kéo dài mới giải ngân 4,2 tỷ`."""
    if m.code in ("given", "none"):
        return False
    if following >= sentence.end or (
        m.code in ("disbursed", "rate") and (_SAYS.out_of.match(v.low, m.end) or v.low.startswith(" (", m.end))
    ):
        return False  # "11,9 tỷ đồng đã giải ngân trên tổng số 29,8 tỷ đồng"
    if (
        any(
            k.kind == "measure" and k.code in ("disbursed", "rate", "distributed") and m.end <= k.start < following
            for k in sentence.mentions
        )
        and m.code == "allocated"
    ):
        return False  # "38,2 tỷ đồng được giao thì đã giải ngân 30,9 tỷ đồng"
    return not _SAYS.stop.search(v.low, m.end, following) and m.code not in ("not_disbursed", "undisbursed")


def _bind_days(v: View, sentence: Sentence, number: Number, following: int) -> None:
    """A day or a plan year behind a number in its own clause: `95% kế hoạch vốn năm 2024 trước ngày 31/12`."""
    stop = _SAYS.ends_its_clause.search(v.low, number.end, following)
    limit = stop.start() if stop else following
    if inside := _SAYS.day_inside.match(v.low, number.end, following):
        limit = inside.end()
    if limit == following and following < sentence.end:
        limit = number.end
    if (
        pledge := next(
            (m for m in sentence.between(number.end, limit, "basis") if m.code in ("target", "forecast")), None
        )
    ) and ")" in v.low[number.end : pledge.start]:
        limit = pledge.start  # "huyện A (đang đạt 51,3%) cam kết đến 31/12 đạt 85%"
    for m in sentence.mentions:
        if (
            m.kind == "period"
            and m.code == "span"
            and m.start - number.end > 40
            and not _SAYS.within_years.search(v.low, max(0, m.start - 16), m.start)
        ):
            continue
        then = m.kind == "date" and m.start < following and _was_then(v, number, m)
        if m.kind == "date" and HAPPENED.match(v.low, m.end):
            continue  # "287 tỷ đồng thì tới giữa tháng 9 mới có quyết định phân khai"
        if (number.end <= m.start < limit or then) and m.kind in ("date", "period") and m.bound_to is None:
            m.bound_to = number
    _bind_last_years(v, sentence, number)


def _was_then(v: View, number: Number, m: Mention) -> bool:
    """`từ 21% hồi cuối tháng 6`, `từ 18% cuối tháng 6 lên 41%`: the day right behind is when the number was so."""
    if _SAYS.right_then.fullmatch(v.low, number.end, m.start):
        return True
    risen = _SAYS.risen_since.fullmatch(v.low, number.end, m.start) is not None
    return risen and _SAYS.up_to.match(v.low, m.end) is not None


def _bind_last_years(v: View, sentence: Sentence, number: Number) -> None:
    """`Gần 130 tỷ đồng đã được phân bổ, đầu tư tại huyện A từ năm 2009 đến năm 2016.`: the years that a sentence ends with, and has no others, are its only sum's."""
    periods = [m for m in sentence.mentions if m.kind == "period"]
    if len(periods) != 1 or sum(bool(n.unit) for n in sentence.numbers) != 1:
        return
    years = periods[0]
    if (
        years.bound_to is None
        and years.start > number.end
        and v.low.startswith("từ ", years.start)
        and not v.low[years.end : sentence.end].strip(" .;)\n")
    ):
        years.bound_to = number
