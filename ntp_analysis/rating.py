"""Whether a percentage is a rate of the programmes' money, and none of people, works, change or a share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis import others_rates
from ntp_analysis.amounts import Number
from ntp_analysis.bounds import bound_of
from ntp_analysis.candidate import GRANT, REFUSE, Candidate, Reason, Tests
from ntp_analysis.clues import (
    OF_PLAN,
    RATE_WORDS,
    answers,
    given_of_plan,
    last,
    list_item,
    passes,
    risen_from,
    spent_before,
    to_exceed,
    verb_behind,
)
from ntp_analysis.contest import about_other, in_a_title
from ntp_analysis.in_order import measure_in_order
from ntp_analysis.marks import counts_places, marks_units
from ntp_analysis.mentions import SPECIFIC, Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.refusals import of_some_one, told_above
from ntp_analysis.shares import PART_OF, rates_amounts
from ntp_analysis.timing import is_ahead
from ntp_analysis.topics import other_business, topic_of

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("rating")


# What a percentage is compared with, or marks


def _in_contrast(c: Candidate) -> bool:
    """`cao hơn nhiều so với 61,3% của một năm trước`."""
    return (
        c.before.endswith(("so với ", "so với mức "))
        and bool(c.walk.found)
        and any(m.kind == "marker" and m.code == "compare" for m in c.bound)
    )


def _of_something_counted(c: Candidate) -> Reason:
    """`96% hộ dân`: of people, works or products; nor is what joins it ours."""
    if _SAYS.not_a_share.match(c.low, c.number.end, c.walk.sentence.end) is None:
        return False
    return Mention(c.number.start, c.number.end, "topic", "counted")


def _against_last_year(c: Candidate) -> bool:
    """`118% so với cùng kỳ`."""
    return _SAYS.of_last_year.match(c.low, c.number.end) is not None


def _beyond_any_rate(c: Candidate) -> bool:
    """`đạt 1.250%`."""
    return (c.number.value or 0) > 1000


def _marks_units(c: Candidate) -> bool:
    return marks_units(c.walk, c.number)


def _level_of_then(c: Candidate) -> bool:
    """`thấp hơn mức 41% của cùng kỳ`."""
    return _SAYS.level_of.search(c.before) is not None and _SAYS.of_then.match(c.low, c.number.end) is not None


def _told_level_of_then(c: Candidate) -> bool:
    return _level_of_then(c) and _of_spending(c)


def _told_level_of_all(c: Candidate) -> bool:
    """`đạt 64,9%, cao hơn mức 61,3% của cả nước`."""
    levelled = _SAYS.level_of.search(c.before) is not None or _SAYS.average_of.search(c.before) is not None
    return levelled and c.walk.right_behind("rate") and _SAYS.of_all.match(c.low, c.number.end) is not None


def _of_spending(c: Candidate) -> bool:
    """Tell whether the sentence has a figure, or the passage tells rates."""
    return bool(c.walk.found) or c.walk.discourse.rates


def _behind_a_place(c: Candidate) -> bool:
    """`thấp nhất là Sìn Hồ (21%)`, where the sentence or the passage tells of spending."""
    named = any(m.kind == "place" and m.data.kind == "named" and c.number.start - m.end < 4 for m in c.left)
    return named and _SAYS.in_brackets.search(c.before) is not None and _of_spending(c)


def _average(c: Candidate) -> bool:
    """`thấp hơn bình quân cả nước (52%)`."""
    return _SAYS.average.search(c.before) is not None


def _average_of_spending(c: Candidate) -> bool:
    # "hộ nghèo 11,2%, trong khi bình quân toàn huyện là 58,33%"
    poor = c.walk.refused is not None and c.walk.refused.code == "poverty"
    return not poor and _average(c) and (c.walk.discourse.last_measure in ("rate", "disbursed") or bool(c.walk.found))


def _of_the_poor(c: Candidate) -> bool:
    """`Năm 2016 có 17,14% hộ nghèo. Đến cuối năm 2020, tỷ lệ này ước còn 5,8%`."""
    return c.walk.discourse.poor and _SAYS.that_rate.search(c.before) is not None


def _poverty_fell(c: Candidate) -> Reason:
    """`Hộ nghèo giảm từ 27,8% (đầu năm 2016) còn 19,3%`: nor is what joins it ours."""
    topic = topic_of(c.walk, c.number, c.left) if _SAYS.change.search(c.before) else None
    if topic is None or topic.code != "poverty":
        return False
    return topic


def _counts_places(c: Candidate) -> bool:
    return counts_places(c.walk, c.before, c.number)


def _changed_by(c: Candidate) -> bool:
    """`tăng 12,4%`; not so where it is what a rate has come to."""
    if _SAYS.change.search(c.before) is None or _SAYS.change_ok.search(c.before):
        return False
    return not (passes(c.walk, c.number, c.left) or risen_from(c.walk, c.number) or to_exceed(c.walk, c.number))


def _come_to(c: Candidate) -> bool:
    """`tỷ lệ giải ngân tăng 5,3%, lên 41%`: behind a change, what the rate has come to."""
    told, start = c.walk.cur.get("measure"), c.walk.sentence.start
    spent = told is not None and told.value in ("disbursed", "rate") and told.position >= start
    return (
        spent and c.walk.last_end > start and not c.walk.right_behind() and _SAYS.up_to.fullmatch(c.before) is not None
    )


def _makes_part_of(c: Candidate) -> bool:
    """`vốn sự nghiệp chiếm 38%`; not so of what was spent of a plan."""
    return PART_OF.search(c.before) is not None and not (
        OF_PLAN.match(c.low, c.number.end) or spent_before(c.walk, c.number)
    )


def _brings_a_sanction(c: Candidate) -> bool:
    """`đơn vị nào giải ngân dưới 60% sẽ bị điều chuyển vốn`."""
    start = c.walk.sentence.start
    if _SAYS.none_under.search(c.low, start, c.number.start) or _SAYS.whichever.search(c.low, start, c.number.start):
        return True
    if bound_of(c.walk.v, c.number) != "under" or _SAYS.condition.search(c.low, start, c.number.start) is None:
        return False
    return (
        _SAYS.sanction.match(c.low, c.number.end) is not None
        or _SAYS.sanctioned.search(c.low, start, c.number.start) is not None
    )


def _last_years(c: Candidate) -> bool:
    """`đạt 51,9% (cùng kỳ 47,3%)`."""
    return (
        _SAYS.last_years.search(c.before) is not None
        and bool(c.walk.found)
        and c.walk.found[-1].number.unit == "percent"
    )


def _aimed_at(c: Candidate) -> bool:
    of_plan = OF_PLAN.match(c.low, c.number.end) or _SAYS.of_funds.match(c.low, c.number.end)
    return _SAYS.aimed_at.search(c.before) is not None and of_plan is not None and bool(c.walk.discourse.last_measure)


def _of_other_business(c: Candidate) -> Reason:
    return other_business(c.walk, c.number, c.left)


# What a percentage is said to be by a word beside it, or goes on from


def _measured(c: Candidate) -> Mention | None:
    """The word of spending or passing on that a percentage stands with."""
    measure = last(c.left, (*RATE_WORDS, "distributed", "undisbursed", "not_disbursed")) or last(
        c.bound, (*RATE_WORDS, "distributed")
    )
    over = measure is not None and measure.code == "undisbursed" and ";" in c.low[measure.end : c.number.start]
    return None if over else measure


def _of_the_unspent(c: Candidate) -> bool:
    """`còn 41% chưa giải ngân`."""
    measure = _measured(c)
    return measure is not None and measure.code == "undisbursed"


def _of_the_spent(c: Candidate) -> bool:
    """`giải ngân đạt 59%`."""
    return _measured(c) is not None


def _before_its_verb(c: Candidate) -> bool:
    return bool(verb_behind(c.walk, c.number))


def _of_its_amounts(c: Candidate) -> bool:
    """`đạt 21,4% kế hoạch, tức 303 tỷ đồng trên tổng số 1.416 tỷ đồng`."""
    return rates_amounts(c.walk, c.number)


def _of_people(c: Candidate) -> bool:
    return _SAYS.people.search(c.before) is not None


def _given_of_plan(c: Candidate) -> bool:
    """`đã giao 42.118 tỷ đồng, tương đương 98,7% dự toán`."""
    return c.walk.right_behind("allocated") and given_of_plan(c.walk, c.number)


def _behind_a_figure(c: Candidate) -> bool:
    return c.walk.right_behind()


def _reached_by_a_day(c: Candidate) -> bool:
    """`vốn năm 2018 (512.700 triệu đồng) thì tới ngày 31-1-2019 chỉ đạt 71%`."""
    return c.walk.right_behind("allocated") and _SAYS.by_a_day.fullmatch(c.before) is not None


def _goes_on_from_it(c: Candidate) -> bool:
    return _behind_a_figure(c) and _goes_on(c.walk, c.number, c.left)


def _of_the_next_programme(c: Candidate) -> bool:
    """`Chương trình A cao (77,4%), thu sử dụng đất 66%; ngược lại, Chương trình B mới đạt 41,6%`: others' rates between do not end the list."""
    turn = c.low.rfind("; ", c.walk.last_end, c.number.start)
    named = turn >= 0 and any(m.kind == "programme" and m.code in SPECIFIC and m.start > turn for m in c.left)
    return (
        named
        and bool(c.walk.found)
        and c.walk.found[-1].number.unit == "percent"
        and _SAYS.reached.search(c.before) is not None
    )


def _of_the_one_outdone(c: Candidate) -> bool:
    """`Chương trình A đạt 67,2%, cao hơn Chương trình B (60,1%)`: B's own, in its brackets."""
    m = c.left[-1] if c.left else None
    return (
        m is not None
        and m.kind == "programme"
        and m.code in SPECIFIC
        and c.low[m.end : c.number.start].strip() == "("
        and bool(c.walk.found)
        and c.walk.found[-1].measure == "rate"
        and _SAYS.better_than.search(c.low, c.walk.last_end, m.start) is not None
    )


def _under_a_measure(c: Candidate) -> bool:
    """The sentence has told what it measures."""
    measure = c.walk.cur.get("measure")
    return (
        measure is not None
        and measure.position >= c.walk.sentence.start
        and measure.value in (*RATE_WORDS, "distributed")
    )


def _first_under_it(c: Candidate) -> bool:
    """`gồm: Sở Y tế 0%; các huyện Chư Prông 17,6%`: the first number, or the first that is a place's."""
    after_office = c.walk.refused is not None and c.walk.refused.kind == "someone" and c.placed
    first = c.walk.last_end == c.walk.sentence.start or after_office
    return _under_a_measure(c) and first and not topic_of(c.walk, c.number, c.left)


def _compared(c: Candidate) -> bool:
    return any(m.kind == "marker" and m.code == "compare" for m in [*c.left, *c.bound])


def _compared_with_spending(c: Candidate) -> bool:
    """`Cùng kỳ năm trước đạt 35,1%`; not so behind a percentage of something else: `Hộ nghèo của xã còn 28,6%. Năm ngoái là 35,1%`."""
    return _compared(c) and c.walk.discourse.last_measure in ("rate", "disbursed") and not c.walk.discourse.poor


def _of_those_told(c: Candidate) -> bool:
    """`Thời điểm giữa năm, con số tương ứng mới là 24,4% và 6,2%`, behind rates that were told in order."""
    return (
        c.walk.discourse.rates and len(c.walk.discourse.told) > 1 and _SAYS.these_numbers.search(c.before) is not None
    )


def _told_of(c: Candidate) -> bool:
    """Tell whether a percentage without a word of spending beside it has a subject, and the text is about spending."""
    walk, number, left, bound, low, before = c.walk, c.number, c.left, c.bound, c.low, c.before
    subject = any(
        m.kind in ("programme", "capital", "component", "place", "carry")
        or (m.kind == "source" and _SAYS.reached.search(before))
        for m in [*left, *bound]
    )
    dated = any(m.kind == "date" and (m.data.until or is_ahead(walk, m.data)) for m in [*left, *bound])
    due = dated and (
        walk.discourse.rates
        or (walk.cur.get("basis") is not None and walk.cur["basis"].value in ("target", "forecast"))
    )
    aims = any(m.kind == "basis" and m.code == "target" for m in left)
    # "Bí thư xã A: Chúng tôi đạt 81%"
    spoken = walk.discourse.voice is not None and (aims or _SAYS.reached.search(before) is not None)
    answered = answers(walk, number.start) and (
        bool(walk.pairs) or any(k in walk.base for k in ("programme", "capital", "component", "carry"))
    )
    answered = answered or (
        "basis" in walk.base and walk.base["basis"].value == "target" and walk.last_end == walk.sentence.start
    )
    # "Lãnh đạo huyện hứa sang quý III sẽ nâng lên trên 50%"
    raised = aims and _SAYS.to_raise.search(before) is not None
    subject = subject or due or spoken or answered or raised
    about = (
        due
        or walk.discourse.rates
        or walk.discourse.last_measure in ("rate", "disbursed", "distributed", "distribution_rate")
        or walk.base.get("measure") is not None
    )
    about = about or (
        dated
        and _SAYS.reached.search(before) is not None
        and any(m.kind == "programme" and m.code != "other" for m in left)
    )
    about = about or (
        _SAYS.reached.search(before) is not None
        and _SAYS.of_funds.match(low, number.end) is not None
        and any(m.kind == "programme" and m.code != "other" for m in bound)
    )
    funds = any(
        m.kind == "programme" and m.code != "other" and low.endswith(("vốn ", "nguồn "), 0, m.start) for m in left
    )
    if funds and _SAYS.only_reached.search(before):
        return True
    if _SAYS.worked_out.search(before) and walk.discourse.last_measure in ("rate", "disbursed"):
        return True
    if list_item(walk) or (walk.base.get("measure") is not None and not walk.found and _SAYS.reached.search(before)):
        return True
    return about and (subject or _SAYS.a_year.search(before) is not None or _SAYS.the_rate.search(before) is not None)


def _goes_on(walk: Walk, number: Number, left: list[Mention]) -> bool:
    """A percentage behind an accepted number: its rate, or the next of a list."""
    previous = walk.found[-1]
    topic = topic_of(walk, number, left)
    if (
        topic
        and ";" in walk.v.low[topic.end : number.start]
        and any(m.kind in ("component", "programme", "capital") and m.start > topic.end for m in left)
    ):
        topic = None  # "Dự án 1 đạt 88,2% nhờ gắn với việc xóa nhà tạm; Dự án 3 mới 24,5%"
    # "chậm hơn cả, đạt 58,8%"
    aside = (
        topic
        and topic.code == "progress"
        and (
            re.search(r"[,:]|\bthì\b", walk.v.low[topic.end : number.start])
            # "cũng có tỉnh rất chậm như Quảng Nam mới đạt 19%"
            or any(m.kind == "place" and m.data.kind == "named" and m.start > topic.end for m in left)
        )
    )
    if (
        topic
        and not aside
        and not in_a_title(left, topic)
        and (topic.code != "share" or about_other(walk, number, left, topic))
    ):
        return False
    if measure_in_order(walk, number) == "rate":
        return True
    told = max([m.end for m in walk.sentence.mentions if m.bound_to is previous.number], default=walk.last_end)
    before = walk.v.low[max(told, walk.last_end) : number.start]
    if previous.number.unit == "percent" or previous.measure in ("disbursed", "distributed"):
        return len(before) < 160
    sentence_disburses = any(f.measure in ("disbursed", "distributed", "rate") for f in walk.found)
    if sentence_disburses:
        return len(before) < 60
    if walk.sentence.line_kind == "item" and "rate" in walk.discourse.list_order:
        return True
    if previous.measure == "undisbursed":
        return False
    if (_SAYS.reached.search(before) or _SAYS.its_pace.search(before)) and (
        walk.discourse.last_measure in ("rate", "disbursed")
        or (walk.discourse.rates and list_item(walk))
        or any(m.kind == "date" for m in left)
    ):
        return len(before) < 80
    return walk.discourse.last_measure in ("rate", "disbursed") and any(
        m.kind in ("capital", "place", "programme") for m in left
    )


TESTS: Tests = (
    (GRANT, others_rates.one_under_the_mark),
    (GRANT, _in_contrast),
    (REFUSE, _of_something_counted),
    (REFUSE, _against_last_year),
    (REFUSE, of_some_one),
    (REFUSE, _beyond_any_rate),
    (REFUSE, _marks_units),
    (GRANT, _told_level_of_then),
    (GRANT, _told_level_of_all),
    (REFUSE, _level_of_then),
    (REFUSE, told_above),
    (REFUSE, others_rates.of_counterpart),
    (REFUSE, others_rates.none_of_some_offices),
    (REFUSE, others_rates.part_of_a_whole),
    (GRANT, others_rates.instead),
    (REFUSE, others_rates.denied),
    (REFUSE, others_rates.of_work_done),
    (REFUSE, others_rates.of_an_office),
    (REFUSE, others_rates.of_a_named_work),
    (REFUSE, others_rates.each_year),
    (REFUSE, others_rates.of_files),
    (REFUSE, others_rates.of_units_that_did),
    (REFUSE, others_rates.share_of_a_count),
    (GRANT, _behind_a_place),
    (GRANT, _average_of_spending),
    (REFUSE, _average),
    (REFUSE, _of_the_poor),
    (REFUSE, _poverty_fell),
    (REFUSE, _counts_places),
    (REFUSE, _changed_by),
    (GRANT, _come_to),
    (REFUSE, _makes_part_of),
    (REFUSE, _brings_a_sanction),
    (GRANT, _last_years),
    (GRANT, _aimed_at),
    (REFUSE, _of_other_business),
    (REFUSE, _of_the_unspent),
    (GRANT, _of_the_spent),
    (GRANT, _before_its_verb),
    (GRANT, _of_its_amounts),
    (REFUSE, _of_people),
    (GRANT, _given_of_plan),
    (GRANT, _goes_on_from_it),
    (GRANT, _reached_by_a_day),
    (GRANT, _of_the_one_outdone),
    (REFUSE, _behind_a_figure),
    (GRANT, _first_under_it),
    (GRANT, _of_the_next_programme),
    (REFUSE, _under_a_measure),
    (GRANT, _of_those_told),
    (GRANT, _compared_with_spending),
    (REFUSE, _compared),
    (GRANT, _told_of),
)
"""asked of a percentage in this order; one that none holds of is refused"""
