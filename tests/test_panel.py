"""One value a cell, chosen by a rule, with what was said instead."""

import gold
import pandas as pd
import pytest

from ntp_analysis import panel as panels
from ntp_analysis import schema
from ntp_analysis.errors import UnknownPlace, UnknownQuarter
from ntp_analysis.merging import merge

BN = 10**9
MEASURES = ("allocated", *panels.SPENDING)
CELLS = dict(place="Hà Giang", level="province", province="Hà Giang", programme="ntp", capital="total")
CELLS |= dict(basis="actual", bound="exact", period="2023", article="a", as_of="")


def tables(*rows: dict, articles: dict[str, tuple[str, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    full = []
    for n, row in enumerate(rows, 1):
        unit = "percent" if "rate" in row["measure"] else "VND"
        full.append(CELLS | dict(unit=unit, start=n, end=n + 1, figure=f"{row.get('article', 'a')}#{n}") | row)
    figures = schema.frame("figures", {c: [r.get(c, "") for r in full] for c in schema.columns("figures")})
    cells = dict(article=[*articles], published=[day for day, _ in articles.values()])
    cells |= dict(province=[province for _, province in articles.values()])
    cells |= dict(relevant=[True] * len(articles), characters=[1] * len(articles))
    return figures, schema.frame("articles", cells)


def known(*rows: dict, quarter: str = "2023Q3", **articles: str) -> pd.DataFrame:
    about = {id: (day, "" if id.startswith("nat") else "Hà Giang") for id, day in articles.items()}
    made = panels.panel(*tables(*rows, articles=about or {"a": ("2023-09-08", "Hà Giang")}), quarter)
    return schema.validate("panel", made)


GIVEN = dict(measure="allocated", value=100 * BN)
SPENT = dict(measure="disbursed", value=40 * BN, as_of="2023-08-31")
RATE = dict(measure="rate", value=40.5, as_of="2023-08-31")


def test_the_first_seed_is_one_row_with_both_rates():
    figures, articles = gold.corpus("seeds").figures, gold.corpus("seeds").articles
    table = panels.panel(figures, articles, "2023Q3")
    row = table.query("place == 'Hà Giang' and disbursed.notna()").iloc[0]
    assert (row["allocated"], row["disbursed"]) == (2_449_836_000_000, 996_936_000_000)
    assert row["rate_stated"] == row["rate"] == 40.7 and round(row["rate_computed"], 2) == 40.69
    assert row["allocated_figure"] == "000_ba1e3139a6b3e686#1" and bool(row["latest"])
    assert table.attrs["quarter"] == "2023Q3"


@pytest.mark.parametrize("name", gold.sets())
def test_every_number_of_a_panel_is_the_number_of_its_figure(name):
    corpus = gold.corpus(name)
    values = corpus.figures.set_index("figure")["value"]
    for quarter in corpus.quarters[-2:]:
        table = schema.validate("panel", corpus.panel(quarter))
        for measure in MEASURES:
            column = "rate_stated" if measure == "rate" else measure
            told = table[table[f"{measure}_figure"] != ""]
            assert (told[column] == told[f"{measure}_figure"].map(values)).all()
        assert (table["as_of"].notna()).all()
        assert not table.duplicated([*panels.KEY, "as_of"]).any()


@pytest.mark.parametrize("name", gold.sets())
def test_every_figure_that_counts_is_in_the_last_panel(name):
    corpus = gold.corpus(name)
    table = corpus.panel("2099Q4")
    shown = set(";".join(table[[f"{m}_figure" for m in MEASURES]].to_numpy().ravel()).split(";"))
    said = {one.partition("@")[2] for cell in table["alternatives"] for one in cell.split(";")}
    values = corpus.figures.set_index("figure")["value"]
    cells = corpus.figures.set_index("figure")[[*panels.KEY, "measure"]].apply(tuple, axis=1)
    same = {(cells[id], values[id]) for id in shown - {""}}
    missing = set(corpus.figures["figure"]) - shown - said - set(table.attrs["undated"])
    assert [id for id in missing if (cells[id], values[id]) not in same] == []


def test_nothing_after_the_quarter_counts_but_an_article_after_it_may_tell_of_days_before():
    assert len(known(SPENT, quarter="2023Q2")) == 0
    assert known(SPENT, a="2023-10-06")["disbursed"].to_list() == [40 * BN]
    late = known(GIVEN, SPENT, a="2023-10-06")  # the plan that the article itself measures against
    assert late[["allocated", "rate_computed"]].to_numpy().tolist() == [[100 * BN, 40.0]]


def test_only_what_was_published_by_a_day_counts_where_that_is_asked_for():
    figures, articles = tables(SPENT, SPENT | dict(article="b", value=41 * BN), SPENT | dict(article="c", programme="nrd"),
                               articles={"a": ("2023-09-08", "Hà Giang"), "b": ("2023-10-06", "Hà Giang"), "c": ("", "")})  # fmt: skip
    assert panels.panel(figures, articles, "2023Q3")["disbursed"].max() == 41 * BN
    out = panels.panel(figures, articles, "2023Q3", published_by="2023-09-30")
    assert out["disbursed"].to_list() == [40 * BN, 40 * BN], "the day of publication of c is not known"


def test_a_figure_without_a_day_counts_from_publication_or_else_from_its_period():
    assert known(GIVEN)[["as_of", "dated"]].to_numpy().tolist() == [[pd.Timestamp("2023-09-08"), "published"]]
    assert known(GIVEN, a="NaT")[["as_of", "dated"]].to_numpy().tolist() == [[pd.Timestamp("2023-01-01"), "period"]]
    nowhere = known(GIVEN | {"period": ""}, a="NaT")
    assert len(nowhere) == 0 and nowhere.attrs["undated"] == ["a#1"]


def test_targets_count_from_publication():
    target = dict(measure="rate", value=95, basis="target", as_of="2023-12-31")
    assert known(target)[["basis", "rate"]].to_numpy().tolist() == [["target", 95.0]]
    assert len(known(target, a="2023-10-06")) == 0


@pytest.mark.parametrize(
    "one, other, chosen",
    [
        (dict(article="a"), dict(article="b"), "b#2"),  # published later
        (dict(article="a", bound="over"), dict(article="c"), "c#2"),  # exact before bounded
        (dict(article="nat"), dict(article="c"), "c#2"),  # the province's own article
        (dict(article="a", confidence="low"), dict(article="c", confidence="high"), "c#2"),
        (dict(article="a"), dict(article="c"), "a#1"),  # the first in the text
    ],
)
def test_the_rule_of_choice(one, other, chosen):
    days = dict(a="2023-09-08", b="2023-09-20", c="2023-09-08", nat="2023-09-08")
    row = known(RATE | one, RATE | {"value": 44.0} | other, **days).iloc[0]
    assert row["rate_figure"] == chosen and row["vintages"] == 1
    assert (
        row["alternatives"].split("@")[1]
        == ({"a#1", "b#2", "c#2", "nat#1"} & {f"{one['article']}#1", f"{other['article']}#2"} - {chosen}).pop()
    )


def test_figures_of_a_row_come_from_one_article_where_it_has_them():
    rows = known(SPENT, RATE, RATE | dict(article="b", value=41), a="2023-09-08", b="2023-09-20")
    assert rows.iloc[0][["disbursed_figure", "rate_figure"]].to_list() == ["a#1", "a#2"]
    assert rows.iloc[0]["alternatives"] == "rate=41@b#3"


def test_an_allocation_with_other_carry_over_is_taken_only_if_the_stated_rate_confirms_it():
    included = GIVEN | {"carryover": "included"}
    row = known(included, SPENT, RATE | {"value": 40.0}).query("disbursed.notna()").iloc[0]
    assert row["allocated"] == 100 * BN
    row = known(included, SPENT, RATE | {"value": 55.0}).query("disbursed.notna()").iloc[0]
    assert pd.isna(row["allocated"]) and pd.isna(row["rate_computed"])


def test_latest_is_the_newest_row_that_tells_of_spending():
    rows = known(
        SPENT,
        SPENT | dict(as_of="2023-06-30", value=20 * BN),
        GIVEN | dict(article="b"),
        a="2023-09-08",
        b="2023-09-20",
    )
    assert rows.set_index("as_of")["latest"].to_dict() == {
        pd.Timestamp("2023-06-30"): False,
        pd.Timestamp("2023-08-31"): True,
        pd.Timestamp("2023-09-20"): False,
    }


def test_a_rate_is_computed_only_where_none_is_stated():
    assert known(GIVEN, SPENT).iloc[0][["rate", "rate_used"]].to_list() == [40.0, "computed"]
    assert known(GIVEN, SPENT, RATE).iloc[0][["rate", "rate_used"]].to_list() == [40.5, "stated"]


@pytest.mark.parametrize("quarter", ["2023", "2023Q5", "Q3 2023", "", "2023q3", "<script>"])
def test_what_is_no_quarter_is_refused(quarter):
    with pytest.raises(UnknownQuarter, match="for example '2023Q3'"):
        known(SPENT, quarter=quarter)


def test_an_unknown_place_is_refused_with_the_nearest():
    with pytest.raises(UnknownPlace, match="nearest: 'Hà Giang'"):
        panels.check_place(known(SPENT), "Ha Giagn")


def test_quarters_are_those_of_what_was_done():
    target = dict(measure="rate", value=95, basis="target", as_of="2023-12-31")
    figures, articles = tables(SPENT, target, articles={"a": ("2023-09-08", "Hà Giang")})
    assert panels.quarters(figures, articles) == ["2023Q3"]


def both(*rows: dict) -> list[dict]:
    other = dict(place="Tuyên Quang", province="Tuyên Quang")
    return [*rows, *(row | other | {"value": row["value"] / 2} for row in rows)]


def test_provinces_that_merged_are_added_up_where_all_parts_are_known():
    rows = merge(known(*both(GIVEN, SPENT, RATE)))
    schema.validate("panel", rows)
    assert rows[["place", "province", "allocated", "disbursed", "rate_used"]].to_numpy().tolist() == [
        ["Tuyên Quang", "Tuyên Quang", 150 * BN, 60 * BN, "computed"]
    ]
    assert rows["rate_stated"].isna().all() and rows["rate"].to_list() == [40.0]
    assert rows["disbursed_figure"].to_list() == ["a#2;a#5"] and rows["latest"].all()


def test_what_cannot_be_added_stays_as_it_is():
    days = merge(known(*both(SPENT)[:1], both(SPENT)[1] | {"as_of": "2023-07-31"}))
    assert days["disbursed"].to_list() == [40 * BN, 20 * BN]
    assert set(days["place"]) == {"Hà Giang", "Tuyên Quang"} and set(days["province"]) == {"Tuyên Quang"}
    assert merge(known(*both(RATE)))["rate"].to_list() == [40.5, 20.25]
    assert merge(known(SPENT))["place"].to_list() == ["Hà Giang"]
    after = merge(known(SPENT | {"as_of": "2025-08-31", "period": "2025"}, quarter="2025Q3", a="2025-09-01"))
    assert after["province"].to_list() == ["Hà Giang"]


def test_districts_are_seen_in_the_province_of_today():
    district = merge(known(SPENT | dict(place="Mèo Vạc", level="district")))
    assert district[["place", "province", "disbursed"]].to_numpy().tolist() == [["Mèo Vạc", "Tuyên Quang", 40 * BN]]


def test_a_bound_in_one_part_bounds_the_sum():
    rows = both(SPENT)
    rows[0] = rows[0] | {"bound": "over"}
    assert merge(known(*rows))["disbursed_bound"].to_list() == ["over"]


def test_of_several_allocations_of_an_article_the_one_that_its_rate_confirms():
    district = GIVEN | dict(value=60 * BN)
    row = known(district, GIVEN, SPENT, RATE | dict(value=40)).query("latest").iloc[0]
    assert (row["allocated"], row["rate_computed"]) == (100 * BN, 40)


def test_an_allocation_that_is_less_than_what_was_spent_is_of_a_part_if_the_rate_says_so():
    part = GIVEN | dict(value=8 * BN)
    row = known(part, SPENT, RATE).query("rate_stated > 0").iloc[0]
    assert row["allocated"] != row["allocated"] and row["rate_computed"] != row["rate_computed"]
    assert known(part, SPENT).query("latest")["rate_computed"].to_list() == [500]
    assert known(part, SPENT, RATE | dict(value=500)).query("latest")["rate_computed"].to_list() == [500]


def test_an_allocation_of_another_article_that_the_stated_rate_denies_is_of_other_money():
    told = [GIVEN | dict(article="b"), SPENT, RATE | dict(value=80)]
    row = known(*told, a="2023-09-08", b="2023-08-01").query("latest").iloc[0]
    assert row["allocated"] != row["allocated"] and row["rate"] == 80


def test_a_sum_far_below_an_earlier_one_is_not_the_newest_known():
    office = SPENT | dict(value=2 * BN, as_of="2023-09-05")
    table = known(GIVEN, SPENT, RATE, office)
    assert table.query("latest")["rate"].to_list() == [40.5]
    assert table["disbursed"].max() == table["disbursed"].min() == 40 * BN
    assert table["alternatives"].to_list() == ["", "disbursed=2000000000@a#4"]
    small = SPENT | dict(value=35 * BN, as_of="2023-09-05")
    stated = known(GIVEN, SPENT, RATE, small, RATE | dict(value=35, as_of="2023-09-05"))
    assert stated.query("latest")["rate"].to_list() == [35], "a little less, and the article states its rate"


def test_a_sum_of_less_than_half_is_doubted_with_the_rate_beside_it():
    """A commune's money read as the province's: no headline, tile or rank is made of it."""
    commune = [SPENT | dict(value=2 * BN, as_of="2023-09-05"), RATE | dict(value=75, as_of="2023-09-05")]
    for told in ([GIVEN, SPENT, RATE, *commune], [SPENT, *commune]):
        table = known(*told)
        doubted = table[table["as_of"] == "2023-09-05"].squeeze()
        assert doubted.isna()[["disbursed", "rate", "rate_stated", "rate_computed"]].all() and not doubted["latest"]
        assert doubted["rate_used"] == doubted["rate_figure"] == ""
        n = len(told)
        assert doubted["alternatives"] == f"disbursed=2000000000@a#{n - 1};rate=75@a#{n}"
    own = GIVEN | dict(value=2.7 * BN, article="b", as_of="2023-09-05")
    table = known(
        GIVEN, SPENT, RATE, own, *(one | dict(article="b") for one in commune), a="2023-09-08", b="2023-09-08"
    )
    assert table["allocated"].max() == table["allocated"].min() == 100 * BN, "nor is what the commune was given"
    elsewhere = known(
        SPENT, commune[0], RATE | dict(value=75, as_of="2023-09-05", article="b"), a="2023-09-08", b="2023-09-08"
    )
    assert elsewhere.query("latest")["rate"].to_list() == [75], (
        "a rate that another article states is doubted by nobody"
    )


def test_a_row_is_as_sure_as_the_least_sure_figure_that_tells_of_spending():
    figures = (GIVEN | dict(confidence="low"), SPENT | dict(confidence="high"), RATE | dict(confidence="medium"))
    assert known(*figures)["confidence"].to_list() == ["medium"]
    assert known(GIVEN | dict(confidence="low"))["confidence"].to_list() == ["low"]


def test_a_plan_that_the_rate_denies_is_an_alternative_of_its_day():
    """Published on the day that the spending is told of: still one row a day."""
    denied = [SPENT | dict(as_of="2023-09-08"), RATE | dict(as_of="2023-09-08"), GIVEN | dict(value=BN)]
    row = known(*denied).squeeze()
    assert (row["disbursed"], row["alternatives"]) == (40 * BN, "allocated=1000000000@a#3")
    assert row.isna()["allocated"] and row["allocated_figure"] == ""
