"""Numbers, money, days and bounds in each language's habit."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntp_analysis import formats, labels
from ntp_analysis.errors import UnknownName, UnknownQuarter

MONEY = [  # đồng, bound, Vietnamese, English
    (996_936_000_000, "exact", "996,9 tỷ đồng", "VND 996.9 billion"),
    (2_530_000_000_000, "over", "trên 2.530 tỷ đồng", "more than VND 2,530 billion"),
    (59_999_000_000, "under", "dưới 59,999 tỷ đồng", "less than VND 59.999 billion"),
    (101_300_000_000, "about", "khoảng 101,3 tỷ đồng", "about VND 101.3 billion"),
    (780_000_000, "exact", "780 triệu đồng", "VND 780 million"),
    (5_000, "exact", "5.000 đồng", "VND 5,000"),
    (0, "exact", "0 đồng", "VND 0"),
]


@pytest.mark.parametrize(("value", "bound", "vi", "en"), MONEY)
def test_money(value, bound, vi, en):
    assert formats.money(value, "vi", bound) == vi
    assert formats.money(value, "en", bound) == en


@pytest.mark.parametrize(
    ("value", "bound", "vi", "en"),
    [
        (40.7, "exact", "40,7%", "40.7%"),
        (99.97, "exact", "99,97%", "99.97%"),
        (100, "exact", "100%", "100%"),
        (0.004, "exact", "0,004%", "0.004%"),
        (97.38, "over", "trên 97,3%", "more than 97.3%"),
        (97.31, "under", "dưới 97,4%", "less than 97.4%"),
    ],
)
def test_percent(value, bound, vi, en):
    assert formats.percent(value, "vi", bound) == vi
    assert formats.percent(value, "en", bound) == en


@given(st.floats(0, 1e15, allow_nan=False), st.integers(0, 4))
def test_a_rounded_bound_stays_true(value, decimals):
    exact = Decimal(str(value))
    assert formats.rounded(value, decimals, "over") <= exact
    assert formats.rounded(value, decimals, "under") >= exact


def test_days_quarters_and_periods():
    day = date(2024, 2, 9)
    assert (formats.day(day), formats.day(day, "vi")) == ("9 February 2024", "9/2/2024")
    assert (formats.day_month(day), formats.day_month(day, "vi")) == ("9 Feb", "9/2")
    assert formats.quarter("2024Q4", "vi") == "quý IV/2024"
    assert formats.period("2021-2025", "vi") == "giai đoạn 2021-2025"


@pytest.mark.parametrize("wrong", ["2023Q5", "2023", "Q3 2023", "", None])
def test_what_is_no_quarter_is_refused(wrong):
    with pytest.raises(UnknownQuarter, match="2023Q3"):
        formats.quarter_of(wrong)


def test_an_unknown_language_is_refused():
    with pytest.raises(UnknownName, match="en, vi"):
        formats.money(1, "fr")


def test_labels_have_both_languages_and_both_lengths():
    for kind, entries in labels._load("labels.toml").items():
        for code, entry in entries.items():
            for lang in labels.LANGUAGES:
                assert entry[lang]["short"] and entry[lang]["long"], (kind, code, lang)


def test_chart_wordings_fill_in_the_same_names_in_both_languages():
    for chart, texts in labels._load("charts.toml").items():
        assert texts["en"].keys() == texts["vi"].keys(), chart
        for key in texts["en"]:
            # One language may have to say a number that the other's grammar does not need.
            assert labels.fields(texts["en"][key]) == labels.fields(texts["vi"][key]), (chart, key)


def test_a_code_without_a_name_is_shown_as_it_is():
    assert labels.label("obstacle", "new_code", "vi") == "new_code"
    with pytest.raises(UnknownName, match="kind of label"):
        labels.label("colour", "red")
