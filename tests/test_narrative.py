"""What the narratives say, and that they say no number that the tables do not have."""

from __future__ import annotations

import re

import panel_rows
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntp_analysis import facts, narrative, schema, views
from ntp_analysis.errors import UnknownName, UnknownPlace, UnknownQuarter
from ntp_analysis.labels import DATA

NO_CHECKS = schema.empty("checks")
NO_OBSTACLES = schema.empty("obstacles")
B = panel_rows.BILLION


def tell(rows, place="Hà Giang", lang="en", quarter="2023Q3", checks=NO_CHECKS, obstacles=NO_OBSTACLES):
    panel = panel_rows.panel([{"place": "Hà Giang", **row} for row in rows], quarter)
    return narrative.province(panel, checks, obstacles, place, quarter, lang)


def told(rows, topic, **more):
    return [sentence.text for sentence in tell(rows, **more) if sentence.topic == topic]


HEADLINES = [  # what is known, English, Vietnamese
    (
        {"allocated": 2_449_836_000_000, "disbursed": 996_936_000_000, "rate_stated": 40.7},
        "By 31 August 2023, Hà Giang had spent VND 996.9 billion of the VND 2,449.8 billion that it was given for the "
        "national target programmes for 2023: 40.7%.",
        "Đến 31/8/2023, Hà Giang giải ngân 996,9 tỷ đồng trong số 2.449,8 tỷ đồng được giao để thực hiện các chương trình "
        "mục tiêu quốc gia năm 2023, đạt 40,7%.",
    ),
    (
        {"rate_stated": 40.7, "rate_bound": "under"},
        "By 31 August 2023, Hà Giang had spent less than 40.7% of its money for the national target programmes for "
        "2023.",
        "Đến 31/8/2023, Hà Giang giải ngân dưới 40,7% vốn thực hiện các chương trình mục tiêu quốc gia năm 2023.",
    ),
    (
        {"allocated": 2_530 * B, "allocated_bound": "over", "period": "2021-2025", "dated": "period"},
        "Hà Giang was given more than VND 2,530 billion for the national target programmes for 2021–2025.",
        "Hà Giang được giao trên 2.530 tỷ đồng để thực hiện các chương trình mục tiêu quốc gia giai đoạn 2021-2025.",
    ),
    (
        {"allocated": 10 * B, "disbursed": 0},
        "By 31 August 2023, Hà Giang had spent nothing of the VND 10 billion that it was given for the national target "
        "programmes for 2023.",
        "Đến 31/8/2023, Hà Giang chưa giải ngân trong số 10 tỷ đồng được giao để thực hiện các chương trình mục tiêu quốc "
        "gia năm 2023.",
    ),
]


@pytest.mark.parametrize(("row", "en", "vi"), HEADLINES)
def test_headline(row, en, vi):
    assert told([row], "headline") == [en]
    assert told([row], "headline", lang="vi") == [vi]


def test_nothing_spent_is_nothing_of_whatever_was_given():
    row = {"place": "Đắk Nông", "allocated": 1_097 * B, "allocated_bound": "over", "disbursed": 0}
    rate = facts.rate(next(panel_rows.panel([row]).itertuples()))
    assert (rate.value, rate.bound) == (0, "exact")
    row["disbursed"] = 1
    assert facts.rate(next(panel_rows.panel([row]).itertuples())).bound == "under"


def test_amounts_that_contradict_the_stated_rate_are_said_to():
    lines = told([{"allocated": 92_711_000_000, "disbursed": 38_111_000_000, "rate_stated": 39.7}], "headline")
    assert lines[1] == "The rate is stated as 39.7%, while these amounts make 41.1%."


def test_a_rate_and_an_allocation_of_two_articles_are_not_made_one():
    row = {"allocated": 100 * B, "allocated_figure": "other#1", "rate_stated": 30.0}
    assert told([row], "headline") == [
        "Hà Giang was given VND 100 billion for the national target programmes for 2023.",
        "By 31 August 2023, the disbursement rate reported was 30%.",
    ]


SPENT_THEN_RATE = [
    {"allocated": 2_449_836_000_000, "disbursed": 996_936_000_000, "rate_stated": 40.7},
    {"rate_stated": 44.9, "as_of": "2023-09-30"},
]


def test_rates_of_one_day_are_all_told_and_say_which_money_they_are_of():
    rows = [
        {"rate_stated": 58.0, "carryover": "included"},
        {"rate_stated": 49.5, "plan": "local"},
        {"rate_stated": 47.0, "source": "central"},
        {"rate_stated": 30.0, "carryover": "excluded", "as_of": "2023-06-30"},
    ]
    assert told(rows, "headline") == [
        "By 31 August 2023, Hà Giang had spent 58% of its money (with money carried over) for the national target "
        "programmes for 2023.",
        "Also reported (by the province's plan): 49.5% spent by 31 August 2023.",
        "Also reported, from the central budget: 47% spent by 31 August 2023.",
    ]
    vietnamese = " ".join(told(rows, "headline", lang="vi"))
    assert "58% vốn (gồm vốn chuyển nguồn)" in vietnamese and "(theo vốn tỉnh giao): giải ngân 49,5%" in vietnamese


def test_what_was_read_with_low_confidence_is_told_only_where_nothing_else_is_and_says_so():
    low = {"rate_stated": 80.0, "as_of": "2023-09-30", "confidence": "low"}
    before = {"rate_stated": 30.0, "as_of": "2022-09-30", "period": "2022"}
    alone = tell([low, before])
    text = narrative.text_of(alone)
    assert "(read with low confidence)" in text and "No surer figure is known" in text
    assert not [sentence for sentence in alone if sentence.topic in ("change", "others")]
    surer = narrative.text_of(tell([low, {"rate_stated": 40.0}, before]))
    assert "80%" not in surer and "had spent 40%" in surer and "confidence" not in surer


def test_money_passed_on_and_a_span_of_years_around_the_year_are_told():
    rows = [
        {"distributed": 1_151 * B, "distributed_bound": "over", "period": "2023"},
        {"allocated": 4_338 * B, "period": "2021-2025", "dated": "period", "as_of": "2021-01-01"},
    ]
    assert told(rows, "headline") == [
        "By 31 August 2023, Hà Giang had passed on more than VND 1,151 billion in detail for the national target "
        "programmes for 2023.",
        "For 2021–2025: VND 4,338 billion given.",
    ]
    assert "đã phân bổ chi tiết trên 1.151 tỷ đồng" in told(rows, "headline", lang="vi")[0]


def test_rates_of_investment_alone_and_unsure_ones_are_not_compared_with_the_others():
    rows = [{"place": place, "rate_stated": rate} for place, rate in (("A", 10.0), ("B", 30.0), ("C", 80.0))]
    rows += [{"place": "D", "rate_stated": 99.0, "capital": "investment"}]
    rows += [{"place": "E", "rate_stated": 98.0, "confidence": "low"}]
    rows += [{"place": p, "programme": "spr", "rate_stated": r, "capital": c} for p, r, c in
             (("A", 20.0, "total"), ("B", 40.0, "total"), ("C", 5.0, "investment"))]  # fmt: skip
    panel = panel_rows.panel(rows)
    text = narrative.text_of(narrative.comparison(panel, NO_CHECKS, NO_OBSTACLES, "2023Q3"))
    assert "is known for 3 provinces; for 2 more only one of other money, or one read with low confidence" in text
    assert "the highest" not in text and "The highest figure reported is that of C, 80%" in text
    assert "The median is 30%." in text and "1 province has kept up and 2 are behind" in text
    assert "Sustainable Poverty Reduction, 2 provinces: from 20% in A" in text and "to 40% in B" in text
    assert "Of the 2 other provinces" in narrative.text_of(
        narrative.province(panel, NO_CHECKS, NO_OBSTACLES, "A", "2023Q3")
    )


def test_a_comparison_of_another_year_says_so():
    rows = [{"place": place, "rate_stated": 10.0, "as_of": "2023-12-31"} for place in "AB"]
    text = narrative.text_of(narrative.comparison(panel_rows.panel(rows, "2024Q2"), NO_CHECKS, NO_OBSTACLES, "2024Q2"))
    assert text.startswith("No province's rate for 2024 is known yet: the rates set side by side are those for 2023.")


def test_a_newer_rate_hides_no_amount_and_is_not_joined_with_it():
    assert told(SPENT_THEN_RATE, "headline") == [HEADLINES[0][1], "Also reported: 44.9% spent by 30 September 2023."]
    assert told(SPENT_THEN_RATE, "headline", lang="vi") == [
        HEADLINES[0][2],
        "Ngoài ra có số liệu: giải ngân 44,9% đến 30/9/2023.",
    ]
    assert told(SPENT_THEN_RATE, "pace")[0].startswith("By 30 September 2023, 74.8% of the year")
    by_capital = [{"capital": "recurrent", **row} for row in SPENT_THEN_RATE]
    assert len(told([{"rate_stated": 30.0}, *by_capital], "capital")) == 2


DAYS_BEFORE = [  # the days of last year that rates are known of, the one nearest to 31 August 2022, if it is near
    (["2022-08-22", "2022-08-31", "2022-09-09"], "31 August 2022"),
    (["2022-08-22", "2022-08-28", "2022-09-09"], "28 August 2022"),
    (["2022-08-22", "2022-09-10"], "22 August 2022"),
    (["2022-08-30", "2022-09-01"], "1 September 2022"),
    (["2022-08-20", "2022-09-11"], None),
]


@pytest.mark.parametrize(("days", "nearest"), DAYS_BEFORE)
def test_the_year_before_is_of_the_nearest_day(days, nearest):
    rows = [{"rate_stated": 20.0 + n, "period": "2022", "as_of": day} for n, day in enumerate(days)]
    said = [f"A year earlier, on {nearest}," in text for text in told([{"rate_stated": 40.7}, *rows], "change")]
    assert any(said) if nearest else not said


def test_amounts_of_two_articles_are_not_made_one():
    row = {"allocated": 100 * B, "allocated_figure": "other#1", "disbursed": 30 * B}
    assert told([row], "headline") == [
        "Hà Giang was given VND 100 billion for the national target programmes for 2023.",
        "By 31 August 2023, it had spent VND 30 billion (30%).",
    ]


def test_an_old_figure_is_said_to_be_old():
    lines = told([{"rate_stated": 12.0, "as_of": "2023-05-31"}], "headline")
    assert lines[0].startswith("The newest figure of days up to the end of the third quarter of 2023")
    assert "By 31 May 2023" in lines[1]


def test_pace_is_said_only_where_the_bound_allows_it():
    assert told([{"rate_stated": 40.7}], "pace") == [
        "By 31 August 2023, 66.6% of the year had gone: spending was 25.9 percentage points behind the calendar."
    ]
    assert told([{"rate_stated": 40.7, "rate_bound": "over"}], "pace") == [
        "By 31 August 2023, 66.6% of the year had gone."
    ]
    assert "more than" in told([{"rate_stated": 40.7, "rate_bound": "under"}], "pace")[0]
    assert told([{"rate_stated": 90.0, "as_of": "2024-01-31"}], "pace", quarter="2024Q1") == []


def test_change_since_the_last_known_day():
    rows = [{"rate_stated": 40.7}, {"rate_stated": 21.3, "as_of": "2023-05-31"}]
    assert told(rows, "change") == ["On 31 May 2023 the rate was 21.3%: it has risen by 19.4 percentage points since."]
    rows[1]["rate_bound"] = "over"
    assert told(rows, "change") == ["On 31 May 2023 the rate was more than 21.3%."]


def test_a_target_is_no_result():
    rows = [{"rate_stated": 95.0, "basis": "target", "as_of": "2023-12-31"}]
    sentences = tell(rows)
    assert [sentence.text for sentence in sentences] == [
        "Target for the national target programmes, 2023: 95% spent by 31 December 2023."
    ]


def test_targets_of_the_same_money_stand_in_one_sentence():
    targets = [("2023-09-30", 60.0), ("2023-12-31", 95.0)]
    sentences = tell([{"rate_stated": rate, "basis": "target", "as_of": day} for day, rate in targets])
    assert [sentence.text for sentence in sentences] == [
        "Target for the national target programmes, 2023: 60% spent by 30 September 2023; 95% spent by 31 December 2023."
    ]


def test_money_spent_before_its_plan_year_is_not_told():
    assert tell([{"rate_stated": 80.0, "as_of": "2022-12-31"}]) == []


def test_money_carried_over_alone_is_not_the_place_s_money():
    assert tell([{"rate_stated": 80.0, "carryover": "only"}]) == []


def test_singular_and_plural():
    rows = [{"rate_stated": 40.0}, {"place": "Lai Châu", "rate_stated": 50.0}, {"place": "Sơn La", "rate_stated": 3.0}]
    assert told(rows[:2], "others") == ["The only other province whose rate is known for the quarter had a higher one."]
    assert told(rows, "others") == [
        "Of the 2 other provinces whose rates are known for the quarter, 1 had a higher rate and 1 a lower one, "
        "each on the day of its own report."
    ]


def test_what_holds_the_work_back_and_what_is_doubted():
    obstacles = panel_rows.obstacles()
    checks = schema.frame(
        "checks",
        {
            "code": ["rate"], "severity": ["error"], "article": ["a1"], "place": ["Hà Giang"], "province": ["Hà Giang"],
            "period": ["2023"], "figures": ["a1#1;a1#2"], "message_en": ["The <b>rates</b> differ."],
            "message_vi": ["Tỷ lệ khác nhau."], "stated": [1.0], "expected": [2.0],
        },
    )  # fmt: skip
    sentences = tell([{"rate_stated": 40.0}], checks=checks, obstacles=obstacles)
    by_topic = {sentence.topic: sentence for sentence in sentences}
    assert by_topic["obstacles"].text.startswith(
        "What is said to hold the work back, in 2 articles, the newest of 1 September 2023: missing or late guidance (2 "
    )
    assert by_topic["doubts"].figures == ("a1#1", "a1#2")
    assert "&lt;b&gt;rates&lt;/b&gt;" in by_topic["doubts"].html()


def test_html_links_each_number_to_its_figure_and_escapes():
    row = {"rate_stated": 40.0, "article": 'a"><script>', "rate_figure": 'a"><script>#3'}
    html = narrative.html_of(tell([row]), link=lambda figure: f"sources.html#{figure}")
    assert "<script>" not in html
    assert 'href="sources.html#a&quot;&gt;&lt;script&gt;#3"' in html
    assert 'class="computed" title="computed: days gone / days of the year">66.6%' in html


def test_what_is_unknown_is_refused():
    panel = panel_rows.country()
    with pytest.raises(UnknownPlace, match="Hà Giang"):
        narrative.province(panel, NO_CHECKS, NO_OBSTACLES, "Ha Giagn", "2023Q3")
    with pytest.raises(UnknownQuarter):
        narrative.province(panel, NO_CHECKS, NO_OBSTACLES, "Hà Giang", "2023Q9")
    with pytest.raises(UnknownName, match="language"):
        narrative.comparison(panel, NO_CHECKS, NO_OBSTACLES, "2023Q3", "de")


def test_an_edited_template_is_used_and_a_misspelled_one_named(tmp_path):
    panel = panel_rows.country()
    (tmp_path / "headline.j2").write_text("{{ place }} in brief.\n", encoding="utf-8")
    sentences = narrative.province(panel, NO_CHECKS, NO_OBSTACLES, "Hà Giang", "2023Q3", templates=tmp_path)
    assert sentences[0].text == "Hà Giang in brief."
    (tmp_path / "pace.j2").write_text("{{ pase.gone }}", encoding="utf-8")
    with pytest.raises(narrative.TemplateError, match=r"pace\.j2.*pase"):
        narrative.province(panel, NO_CHECKS, NO_OBSTACLES, "Kon Tum", "2023Q3", templates=tmp_path)


def test_a_template_cannot_print_a_bare_number(tmp_path):
    (tmp_path / "headline.j2").write_text("{{ 5 + 5 }}", encoding="utf-8")
    with pytest.raises(narrative.TemplateError, match="no number with its figures"):
        narrative.province(panel_rows.country(), NO_CHECKS, NO_OBSTACLES, "Hà Giang", "2023Q3", templates=tmp_path)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_templates_hold_no_number(lang):
    topics = {f"{topic}.j2" for topic in (*narrative.PROVINCE, *narrative.COMPARISON)}
    files = {path.name: path for path in (DATA / "narrative" / lang).glob("*.j2")}
    assert topics | {"words.j2"} == set(files)
    for path in files.values():
        told = re.sub(r"{[{%].*?[%}]}", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\d", told), path.name


def test_comparison_speaks_of_ends_middle_and_what_is_unknown():
    rows = [{"place": place, "rate_stated": rate} for place, rate in (("A", 10.0), ("B", 30.0), ("C", 80.0))]
    sentences = narrative.comparison(panel_rows.panel(rows), NO_CHECKS, NO_OBSTACLES, "2023Q3")
    text = narrative.text_of(sentences)
    assert "The highest figure reported is that of C, 80%" in text
    assert "the lowest that of A, 10%" in text
    assert "The median is 30%." in text
    assert "1 province has kept up and 2 are behind" in text
    assert "is known here for 60 of the 63 provinces" in text


def test_no_few_of_many_obstacles_that_are_named_alike_are_the_most_often_named():
    one = panel_rows.obstacles().iloc[0].to_dict()
    codes = ("land", "guidance", "norms", "terrain", "contractors", "procedures", "capacity")
    alike = panel_rows.pd.DataFrame([one | {"obstacle": code} for code in codes])
    panel = panel_rows.panel([{"place": "Hà Giang", "rate_stated": 40.0}])

    def text(table):
        return narrative.text_of(narrative.comparison(panel, NO_CHECKS, table, "2023Q3"))

    assert "7 things are said to hold the work back, each in as many provinces" in text(alike)
    assert text(alike.head(5)).count("(1 province)") == 5, "all of a tie"


def test_a_province_of_which_only_districts_are_known_gets_sentences_of_them():
    rows = [{"place": p, "level": "district", "province": "Lai Châu", "programme": "nrd", "disbursed": 3 * B,
             "allocated": 9 * B} for p in ("Nậm Nhùn", "Sìn Hồ", "Tam Đường", "Mường Tè")]  # fmt: skip
    told_of = tell(rows, place="Lai Châu")
    assert [sentence.topic for sentence in told_of] == ["inside"] * 5
    text = narrative.text_of(told_of)
    assert "nothing is known of the money of Lai Châu as a whole" in text and "1 more place is in the table" in text
    assert "VND 3 billion spent of VND 9 billion by 31 August 2023" in text
    assert "chưa biết số vốn của toàn tỉnh Lai Châu" in narrative.text_of(tell(rows, place="Lai Châu", lang="vi"))


def test_nothing_known_says_nothing():
    assert narrative.comparison(panel_rows.panel([]), NO_CHECKS, NO_OBSTACLES, "2023Q3") == []


# Property: every number in a narrative is in the panel, or is made from it by the rule that it names.

AMOUNT = st.none() | st.integers(0, 5 * 10**12).map(float)
BOUND = st.sampled_from(["exact", "exact", "over", "under", "about"])
DAY = st.dates(
    min_value=panel_rows.pd.Timestamp("2022-01-01").date(), max_value=panel_rows.pd.Timestamp("2023-09-30").date()
)
ROW = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["Hà Giang", "Lai Châu", "Sơn La"]),
        "programme": st.sampled_from(["ntp", "ntp", "nrd", "spr", "sedema+spr"]),
        "capital": st.sampled_from(["total", "total", "investment", "recurrent"]),
        "source": st.sampled_from(["", "", "central", "local"]),
        "period": st.sampled_from(["2023", "2023", "2022", "2021-2025"]),
        "as_of": DAY.map(str),
        "basis": st.sampled_from(["actual", "actual", "actual", "target", "forecast"]),
        "carryover": st.sampled_from(["", "included", "only"]),
        "allocated": AMOUNT,
        "allocated_bound": BOUND,
        "disbursed": AMOUNT,
        "disbursed_bound": BOUND,
        "rate_stated": st.none() | st.floats(0, 120).map(lambda v: round(v, 2)),
        "rate_bound": BOUND,
    }
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROW, min_size=1, max_size=8), st.sampled_from(["en", "vi"]))
def test_every_number_is_in_the_panel(rows, lang):
    panel = panel_rows.panel(rows)
    sentences = narrative.comparison(panel, NO_CHECKS, NO_OBSTACLES, "2023Q3", lang)
    for place in set(panel["place"]):
        sentences += narrative.province(panel, NO_CHECKS, NO_OBSTACLES, place, "2023Q3", lang)
    values, bounds = stated(panel)
    for sentence in sentences:
        assert "None" not in sentence.text and "nan" not in sentence.text.split()
        for piece in sentence.pieces:
            if piece.kind == "text":
                assert not re.search(r"\d", piece.text), sentence.text
            if piece.kind == "number":
                check_number(piece, panel, values, bounds)


def stated(panel):
    """Return the value and the bound of each figure of a panel."""
    values, bounds = {}, {}
    for row in panel.to_dict("records"):
        for name in ("allocated", "disbursed", "rate"):
            if row[f"{name}_figure"]:
                values[row[f"{name}_figure"]] = row["rate_stated" if name == "rate" else name]
                bounds[row[f"{name}_figure"]] = row[f"{name}_bound"]
    return values, bounds


def check_number(piece, panel, values, bounds):
    known = [values[figure] for figure in piece.figures]
    if not piece.rule:
        assert known == [piece.value] and bounds[piece.figures[0]] == piece.bound, piece
    elif piece.rule == "rate_from_amounts":
        assert known[0] / known[1] * 100 == pytest.approx(piece.value), piece
    elif piece.rule == "share_of_year":
        shares = {views.year_gone(row.period, row.as_of.date()) for row in panel.itertuples()}
        assert piece.value in shares, piece
    elif piece.rule == "rate_less_share_of_year":
        shares = {views.year_gone(row.period, row.as_of.date()) for row in panel.itertuples()} - {None}
        rate = known[0] if len(known) == 1 else known[0] / known[1] * 100
        assert any(rate - share == pytest.approx(piece.value) for share in shares), piece
    elif piece.rule == "rate_less_earlier_rate":
        assert piece.bound == "exact"
        rates = set(panel["rate"].dropna())
        assert any(a - b == pytest.approx(piece.value) for a in rates for b in rates), piece
    elif piece.rule == "median_of_rates":
        assert min(panel["rate"].dropna()) <= piece.value <= max(panel["rate"].dropna()), piece
    else:
        assert piece.rule in facts.RULES and piece.value == int(piece.value), piece


def test_highest_and_lowest_are_of_the_quarter_where_two_are():
    told = (("A", 3.0, "2023-04-30"), ("B", 40.0, "2023-08-31"), ("C", 50.0, "2023-09-30"))
    rows = [{"place": place, "rate_stated": rate, "as_of": day} for place, rate, day in told]
    text = narrative.text_of(narrative.comparison(panel_rows.panel(rows), NO_CHECKS, NO_OBSTACLES, "2023Q3"))
    assert "Among the figures of the third quarter of 2023, the highest is that of C, 50%" in text
    assert "the lowest that of B, 40%" in text
