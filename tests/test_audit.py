"""The audit finds what contradicts itself, and is silent where rounding, bounds or doubt explain it."""

import gold
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntp_analysis import audit, schema
from ntp_analysis.findings import declared
from ntp_analysis.precision import Interval, interval

BN = 10**9
CELLS = dict(place="Hà Giang", level="province", province="Hà Giang", programme="ntp", capital="total")
CELLS |= dict(basis="actual", bound="exact", period="2023", article="a")


def figures(*rows: dict) -> pd.DataFrame:
    full = []
    for n, row in enumerate(rows, 1):
        unit = "percent" if row["measure"] in ("rate", "distribution_rate") else "VND"
        full.append(CELLS | dict(unit=unit, start=n, end=n + 1, figure=f"{row.get('article', 'a')}#{n}") | row)
    return schema.frame("figures", {c: [row.get(c, "") for row in full] for c in schema.columns("figures")})


def found(*rows: dict, published: dict[str, str] | None = None) -> list[tuple[str, str]]:
    articles = None
    if published:
        articles = pd.DataFrame({"article": list(published), "published": pd.to_datetime([*published.values()])})
    checks = schema.validate("checks", audit.check(figures(*rows), articles))
    return list(zip(checks["check"], checks["severity"], strict=True))


def given_(value, **more):
    return dict(measure="allocated", value=value) | more


def spent(value, **more):
    return dict(measure="disbursed", value=value, as_of="2023-08-31") | more


def rate(value, **more):
    return dict(measure="rate", value=value, as_of="2023-08-31") | more


CASES = [
    # rate: the printed digits and the bounds decide
    ([given_(100 * BN), spent(41.2 * BN), rate(39.7)], [("rate", "error")]),
    ([given_(1000 * BN), spent(412 * BN), rate(41.9)], [("rate", "warning")]),
    ([given_(100 * BN), spent(41.2 * BN), rate(41.2)], []),
    ([given_(100 * BN), spent(41.29 * BN), rate(41.2)], []),  # cut off, not rounded
    ([given_(100 * BN, bound="about"), spent(41.2 * BN), rate(45)], []),
    ([given_(100 * BN), spent(41.2 * BN, bound="over"), rate(46)], []),
    ([given_(100 * BN), spent(41.2 * BN), rate(39.7, as_of="2023-09-30")], []),
    ([given_(100 * BN), spent(41.2 * BN), rate(39.7, period="2022")], []),
    ([given_(100 * BN), spent(41.2 * BN), rate(39.7, place="Mèo Vạc", level="district")], []),
    ([given_(100 * BN), spent(41.2 * BN), rate(39.7, capital="investment")], []),
    ([given_(100 * BN), spent(41.2 * BN), rate(95, basis="target", as_of="2023-12-31")], []),
    # of two plans that could be meant, one that fits is enough
    ([given_(100 * BN, carryover="included"), given_(80 * BN), spent(40 * BN), rate(40)], []),
    ([given_(100 * BN, source="central"), spent(40 * BN), rate(45)], [("rate", "error")]),
    ([given_(100 * BN, source="local"), spent(40 * BN), rate(45)], []),
    ([given_(100 * BN, plan="central"), spent(40 * BN), rate(45)], []),
    ([given_(100 * BN), spent(40 * BN), rate(40), rate(52)], []),  # the second is of another plan, not said
    (
        [
            given_(100 * BN),
            dict(measure="distributed", value=92 * BN, as_of="2023-08-31"),
            dict(measure="distribution_rate", value=85, as_of="2023-08-31"),
        ],
        [("distribution_rate", "error")],
    ),
    # triệu for tỷ
    ([given_(100 * BN), spent(41.2 * 10**6), rate(41.2)], [("magnitude", "error")]),
    ([given_(100 * BN), spent(41_200 * BN)], [("magnitude", "error")]),
    # more than given
    ([given_(100 * BN), spent(101 * BN)], []),  # printed in whole tỷ: 100 can be 101
    ([given_(100 * BN), spent(120 * BN)], [("overspent", "error")]),
    ([given_(100 * BN), spent(120 * BN, source="central")], [("overspent", "error")]),
    ([given_(100 * BN, source="local"), spent(120 * BN)], []),
    ([given_(100 * BN), given_(150 * BN, carryover="included"), spent(120 * BN)], []),
    ([given_(100 * BN, bound="over"), spent(120 * BN)], []),
    (
        [given_(100 * BN), dict(measure="distributed", value=120 * BN, as_of="2023-08-31")],
        [("overdistributed", "warning")],
    ),
    (
        [given_(100 * BN), spent(40 * BN), dict(measure="undisbursed", value=70 * BN, as_of="2023-08-31")],
        [("undisbursed", "error")],
    ),
    ([given_(100 * BN), spent(40 * BN), dict(measure="undisbursed", value=60 * BN, as_of="2023-08-31")], []),
    # parts and their whole
    (
        [given_(100 * BN), given_(60 * BN, capital="investment"), given_(50 * BN, capital="recurrent")],
        [("capital", "error")],
    ),
    ([given_(100 * BN), given_(60 * BN, capital="investment")], []),
    ([given_(100 * BN), given_(160 * BN, capital="investment")], [("capital", "error")]),
    (
        [
            given_(4338 * BN),
            given_(2530 * BN, programme="sedema", bound="over"),
            given_(1434 * BN, programme="spr", bound="over"),
            given_(373 * BN, programme="nrd", bound="over"),
        ],
        [],
    ),
    (
        [
            given_(4338 * BN),
            given_(2530 * BN, programme="sedema"),
            given_(1434 * BN, programme="spr"),
            given_(273 * BN, programme="nrd"),
        ],
        [("programmes", "error")],
    ),
    ([given_(100 * BN), given_(80 * BN, programme="sedema"), given_(40 * BN, programme="spr", source="central")], []),
    ([given_(100 * BN), given_(60 * BN, source="central"), given_(20 * BN, source="local")], []),
    ([given_(100 * BN), given_(90 * BN, source="central"), given_(20 * BN, source="local")], [("sources", "warning")]),
    ([given_(100 * BN), given_(90 * BN, source="credit"), given_(20 * BN, source="community")], []),
    (
        [
            spent(10 * BN),
            spent(8 * BN, place="Mèo Vạc", level="district"),
            spent(7 * BN, place="Đồng Văn", level="district"),
        ],
        [("places", "error")],
    ),
    ([spent(10 * BN), spent(8 * BN, place="Mèo Vạc", level="district")], []),
    ([given_(10 * BN, programme="spr"), given_(13 * BN, programme="spr", component="DA1")], [("components", "error")]),
    (
        [
            given_(10 * BN, programme="spr"),
            given_(8 * BN, programme="spr", component="DA4"),
            given_(7 * BN, programme="spr", component="DA4.TDA1"),
        ],
        [],
    ),
    ([rate(50), rate(40, capital="investment"), rate(30, capital="recurrent")], [("rate_parts", "warning")]),
    ([rate(35), rate(40, capital="investment"), rate(30, capital="recurrent")], []),
    (
        [
            given_(100 * BN, carryover="included"),
            given_(70 * BN, carryover="excluded"),
            given_(50 * BN, carryover="only", period="2022"),
        ],
        [("carried", "error")],
    ),
    (
        [
            given_(100 * BN, carryover="included"),
            given_(70 * BN, carryover="excluded"),
            given_(30 * BN, carryover="only", period="2022"),
        ],
        [],
    ),
    # one number alone
    ([given_(612_480 * BN, place="Mèo Vạc", level="district")], [("magnitude", "warning")]),
    ([given_(93_000 * BN, programme="nrd")], []),
    ([given_(49 * 10**6)], [("magnitude", "warning")]),
    ([given_(49 * 10**6, place="Sủng Máng", level="commune")], []),
    ([rate(104)], [("over_hundred", "warning")]),
    ([given_(522 * BN, quote="được giao 522 tỷ triệu đồng")], [("odd_unit", "warning")]),
    ([spent(140.94 * BN, quote="được giao 522 tỷ triệu đồng, giải ngân 140,94 tỷ đồng")], []),
    ([spent(1 * BN, as_of="2022-11-30")], [("before_plan", "warning")]),
    ([spent(1 * BN, as_of="2022-11-30", period="2021-2025")], []),
    ([rate(30, as_of="2022-11-30", basis="target")], []),
    ([given_(1 * BN, as_of="2022-12-15")], []),
    ([spent(1 * BN, as_of_from="default")], [("inferred", "note")]),
]


@pytest.mark.parametrize("rows, expected", CASES)
def test_a_check_speaks_only_when_no_reading_fits(rows, expected):
    assert found(*rows) == expected


def test_money_spent_cannot_fall_from_one_article_to_the_next():
    first, later = spent(50 * BN), spent(40 * BN, article="b", as_of="2023-09-30")
    assert found(first, later) == [("falls", "warning")]
    assert found(first, later | {"period": "2022"}) == []
    assert found(first, later | {"value": 60 * BN}) == []
    assert found(first, later | {"carryover": "only"}) == []


def test_a_rate_cannot_fall_much_from_one_article_to_the_next():
    first, later = rate(59.1), rate(40, article="b", as_of="2023-09-30")
    assert found(first, later) == [("rate_falls", "note")]
    assert found(first, later | {"value": 52.0}) == [], "the plan may have been raised"
    assert found(first, later | {"carryover": "included"}) == found(first, later | {"period": "2022"}) == []


def test_a_day_and_a_year_that_no_words_name_are_told_with_what_was_taken_for_them():
    def note(row, **published):
        table = figures(row, spent(2 * BN, programme="nrd"))
        out = pd.DataFrame({"article": [*published], "published": pd.to_datetime([*published.values()])})
        found = audit.check(table, out)
        return found[found["check"] == "inferred"].squeeze()

    by_publication = note(spent(BN, as_of_from="default"), a="2023-08-31")
    assert by_publication["message_en"].endswith(
        "no words fix the day of 1 of 2 figures (taken: 31 August 2023, when the article was published)."
    )
    assert "lấy: 31/8/2023, ngày đăng bài" in by_publication["message_vi"]
    year_end = note(spent(BN, period_from="default"))
    assert year_end["message_en"].endswith("no words fix the plan year of 1 of 2 figures (taken: 2023).")


def test_two_articles_at_odds_about_one_day():
    assert found(rate(40), rate(45, article="b")) == [("at_odds", "warning")]
    assert found(rate(40), rate(40.4, article="b")) == []
    assert found(rate(40), rate(45, article="b", as_of="2023-09-01")) == []


def test_plans_are_revised_so_undated_ones_are_compared_within_a_month_only():
    rows = given_(100 * BN), given_(120 * BN, article="b")
    assert found(*rows, published={"a": "2023-08-01", "b": "2023-08-20"}) == [("at_odds", "note")]
    assert found(*rows, published={"a": "2023-03-01", "b": "2023-08-20"}) == []


def test_a_day_long_after_the_article_is_doubted():
    assert found(spent(BN), published={"a": "2023-03-01"}) == [("after_publication", "warning")]
    assert found(spent(BN), published={"a": "2023-08-20"}) == []


def test_the_seed_from_nam_nhun_is_caught_and_dien_bien_is_not():
    checks = gold.corpus("seeds").checks
    assert checks["check"].to_list() == ["rate"]
    row = checks.iloc[0]
    assert row["place"] == "Nậm Nhùn" and row["programme"] == "sedema" and row["severity"] == "error"
    assert row["stated"] == 39.7 and round(row["expected"], 1) == 41.1
    assert "38,111 tỷ đồng trên 92,711 tỷ đồng là 41,1%" in row["message_vi"]
    assert "VND 38.111 billion of VND 92.711 billion is 41.1%" in row["message_en"]


def test_gold_has_the_contradictions_that_were_looked_up_and_no_false_alarm():
    """tests/corpus/contradictions.csv says what the articles really get wrong, each looked up there."""
    corpus = gold.corpus()
    alarms = corpus.checks[corpus.checks["severity"] != "note"]
    ids = set(corpus.articles["article"])
    known = {(id, check) for id, check in gold.contradictions() if set(id.split(";")) <= ids}
    assert set(zip(alarms["article"], alarms["check"], strict=True)) == known


def test_no_number_is_changed():
    corpus = gold.corpus("dev")
    before = corpus.figures.copy(deep=True)
    assert len(corpus.checks)
    pd.testing.assert_frame_equal(corpus.figures, before)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 10**6), st.integers(0, 10**6), st.integers(0, 2), st.booleans())
def test_a_rate_that_follows_from_its_amounts_is_never_doubted(whole, part, decimals, cut):
    part = min(part, whole)
    exact = 100 * part / whole
    shown = int(exact * 10**decimals) / 10**decimals if cut else round(exact, decimals)
    at = dict(place="Sủng Máng", level="commune")
    rows = given_(whole * 10**6, **at), spent(part * 10**6, **at), rate(shown, **at)
    assert [check for check, _ in found(*rows) if check != "over_hundred"] == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 10**5), min_size=3, max_size=3), st.booleans())
def test_programmes_that_add_up_are_never_doubted(amounts, rounded):
    whole = sum(amounts) if not rounded else round(sum(amounts), -2)
    rows = [given_(value * BN, programme=p) for value, p in zip(amounts, ("nrd", "spr", "sedema"), strict=True)]
    assert found(given_(max(whole, 1) * BN, bound="about" if rounded else "exact"), *rows) == [] or rounded


@given(st.floats(0, 1e15), st.floats(0, 1e15), st.floats(0, 1e12), st.floats(0, 1e12))
def test_intervals_meet_in_both_directions(one, other, width, height):
    a, b = Interval(one, one + width), Interval(other, other + height)
    assert a.meets(b) == b.meets(a) and a.meets(a)
    assert (a + b).low <= one + other <= (a + b).high


def test_bounds_open_the_interval_on_their_side_only():
    row = figures(given_(100 * BN, bound="over"), given_(100 * BN, bound="under")).itertuples()
    over, under = (interval(figure, {}) for figure in row)
    assert over.low == 100 * BN < over.high and under.low < 100 * BN == under.high


def test_every_check_is_declared_with_words_in_both_languages():
    for code, check in declared().items():
        assert check["severity"] in audit.SEVERITIES, code
        for part in ("title", "message"):
            assert check[f"{part}_en"] and check[f"{part}_vi"] and check["about"], code
    tested = {code for _, expected in CASES for code, _ in expected}
    assert tested | {"falls", "rate_falls", "at_odds", "after_publication"} == set(declared())


def test_the_documentation_of_checks_is_up_to_date(monkeypatch):
    docs = gold.ROOT / "docs"
    monkeypatch.syspath_prepend(str(docs))
    import make_checks

    assert (docs / "checks.md").read_text(encoding="utf-8") == make_checks.page()


def test_numbers_changed_on_purpose_are_found(monkeypatch):
    """The whole measurement is benchmarks/audit.py; here the seeds alone."""
    import importlib.util
    import random

    spec = importlib.util.spec_from_file_location("benchmark_of_audit", gold.ROOT / "benchmarks" / "audit.py")
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    found = benchmark.injected(gold.corpus("seeds"), random.Random(0), missed := [])
    assert {"digit", "fall", "odds", "rate", "swapped", "thousand"} == set(found)
    assert missed == []
