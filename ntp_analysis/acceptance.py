"""Whether a number is a figure of the programmes' money: the first test that holds decides, TESTS of a sum, those of `rating` of a percentage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntp_analysis import grants, rating, refusals, unreal
from ntp_analysis.amounts import Number
from ntp_analysis.candidate import GRANT, REFUSE, Candidate, Tests, decide
from ntp_analysis.mentions import Mention

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk


def accepts(walk: Walk, number: Number, left: list[Mention], bound: list[Mention]) -> bool:
    """Tell whether a number with a unit is a figure of the programmes' money."""
    if number.odd in ("per", "fraction of a đồng"):
        return False
    return decide(Candidate(walk, number, left, bound), rating.TESTS if number.unit == "percent" else TESTS)


TESTS: Tests = (
    (REFUSE, refusals.not_given),
    (REFUSE, refusals.part_of_not_given),
    (REFUSE, refusals.of_an_office),
    (REFUSE, refusals.of_some_one),
    (REFUSE, unreal.before_a_change),
    (REFUSE, unreal.changed_by),
    (GRANT, grants.planned_need),
    (GRANT, grants.of_the_year_before),
    (GRANT, grants.part_told),
    (GRANT, grants.of_a_project),
    (GRANT, grants.titled),
    (GRANT, grants.parted_in_brackets),
    (GRANT, grants.behind_its_share),
    (REFUSE, refusals.spent_wrongly),
    (REFUSE, refusals.told_above),
    (REFUSE, refusals.sums_up_others),
    (REFUSE, refusals.given_in_a_hamlet),
    (REFUSE, refusals.given_in_a_family),
    (REFUSE, refusals.moved_elsewhere),
    (REFUSE, refusals.only_needed),
    (REFUSE, refusals.spent_more),
    (REFUSE, unreal.only_if),
    (REFUSE, unreal.asked_to_move),
    (REFUSE, refusals.marks_units),
    (REFUSE, refusals.said_to_be_no_programmes),
    (REFUSE, refusals.from_other_funds),
    (REFUSE, refusals.of_the_states_budget),
    (REFUSE, refusals.of_something_local),
    (REFUSE, refusals.of_other_business),
    (REFUSE, refusals.marks_projects),
    (REFUSE, refusals.compared_with_design),
    (REFUSE, refusals.cost_of_works),
    (REFUSE, refusals.cost_of_one),
    (REFUSE, refusals.part_of_such),
    (REFUSE, unreal.earns_praise),
    (REFUSE, unreal.asked_in_a_list),
    (REFUSE, unreal.owed),
    (REFUSE, unreal.of_some_work),
    (REFUSE, refusals.still_to_distribute),
    (REFUSE, refusals.for_something_else),
    (REFUSE, refusals.lent),
    (REFUSE, refusals.owed),
    (GRANT, grants.left_to_spend),
    (REFUSE, refusals.each_in_a_span),
    (REFUSE, refusals.each_of_the_others),
    (REFUSE, refusals.mean_of_each),
    (REFUSE, refusals.by_the_day),
    (REFUSE, refusals.each_only_counted),
    (REFUSE, refusals.not_yet_distributed),
    (REFUSE, refusals.spent_on_loans),
    (REFUSE, refusals.part_of_a_norm),
    (REFUSE, refusals.added_to_a_norm),
    (REFUSE, refusals.shared_by_people),
    (GRANT, grants.one_of_a_list),
    (REFUSE, refusals.of_a_household),
    (REFUSE, refusals.planned_by_a_household),
    (GRANT, grants.done_with),
    (REFUSE, grants.only_done_with),
    (GRANT, grants.spent_of_a_whole),
    (GRANT, grants.carried_over),
    (GRANT, grants.with_its_rate),
    (GRANT, grants.behind_a_rate),
    (GRANT, grants.whole_of_a_rate),
    (GRANT, grants.amount_of_a_rate),
    (GRANT, grants.of_one_year),
    (GRANT, grants.with_its_year),
    (GRANT, grants.largest),
    (GRANT, grants.each_of_several),
    (GRANT, grants.given_first),
    (GRANT, grants.given_then_spent),
    (GRANT, grants.next_of_a_row),
    (GRANT, grants.another_purpose),
    (GRANT, grants.changed_to),
    (GRANT, grants.nothing_spent_of_it),
    (GRANT, grants.spent_by_then),
    (GRANT, grants.of_a_programme),
    (GRANT, grants.under_a_lead),
    (GRANT, grants.set_behind_its_subject),
    (GRANT, grants.answering),
    (GRANT, grants.only_got),
    (GRANT, grants.of_this_money),
    (GRANT, grants.had),
    (GRANT, grants.of_a_source),
    (GRANT, grants.of_capital),
    (GRANT, grants.of_the_passage),
)
"""asked of a sum in this order; one that none holds of is refused"""
