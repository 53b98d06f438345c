"""Charts: what they draw, what they say, and how they look.

`tests/baselines/*.png` are the pictures that somebody looked at. After a change that is meant, draw them anew with
`python tests/test_charts.py` and look at each.
"""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import panel_rows
import pytest
from matplotlib.testing.compare import compare_images

from ntp_analysis import charts, schema
from ntp_analysis.charts import maps, placing, style
from ntp_analysis.errors import NtpError, TableError, UnknownName

BASELINES = Path(__file__).parent / "baselines"
TOLERANCE = 12  # root mean square of 0 to 255: letters may be hinted otherwise, a moved bar may not

DRAWN = {
    "given_spent": lambda panel: charts.given_spent(panel, place="Hà Giang"),
    "given_spent_places": lambda panel: charts.given_spent(panel, lang="vi"),
    "pace": lambda panel: charts.pace(panel, lang="vi"),
    "pace_place": lambda panel: charts.pace(panel, place="Hà Giang"),
    "ranking": lambda panel: charts.ranking(panel, place="Hà Giang"),
    "heatmap": lambda panel: charts.heatmap(panel, lang="vi"),
    "history": lambda panel: charts.history(panel, place="Hà Giang"),
    "choropleth": lambda panel: charts.choropleth(panel, lang="vi"),
    "coverage": lambda panel: charts.coverage(panel, expected=["Hà Giang", "An Giang"]),
    "obstacles": lambda panel: charts.obstacles(panel_rows.obstacles(), lang="vi"),
    "obstacles_programme": lambda panel: charts.obstacles(panel_rows.obstacles(), by="programme"),
}
OF_PANEL = ("given_spent", "pace", "ranking", "heatmap", "history", "choropleth", "coverage")


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def panel():
    return panel_rows.country()


def texts(ax):
    words = [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax._left_title]
    return [text.get_text() for text in words if text.get_text()]


def save_small(ax, path):
    with style.styled():
        ax.figure.savefig(path, dpi=50)


@pytest.mark.parametrize("name", DRAWN)
def test_looks_as_it_did(name, panel, tmp_path):
    expected = BASELINES / f"{name}.png"
    assert expected.exists(), f"no {expected}: draw it with `python tests/test_charts.py` and look at it"
    actual = tmp_path / f"{name}.png"
    save_small(DRAWN[name](panel), actual)
    (tmp_path / "expected.png").write_bytes(expected.read_bytes())
    difference = compare_images(str(tmp_path / "expected.png"), str(actual), tol=TOLERANCE)
    assert difference is None, difference


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("name", OF_PANEL)
def test_an_empty_panel_gives_words_not_a_crash(name, lang, panel):
    ax = getattr(charts, name)(panel.iloc[:0], lang=lang)
    assert not ax.lines and not ax.patches
    assert len(charts.alt_text(ax)) > 20
    assert charts.alt_text(ax).replace(" ", "") in "".join(texts(ax)).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("name", OF_PANEL)
def test_one_value_is_enough(name):
    one = panel_rows.panel([{"place": "Hà Giang", "rate_stated": 40.7}])
    said = charts.alt_text(getattr(charts, name)(one))
    assert "Hà Giang" in said or "rate only" in said
    assert name == "coverage" or "40.7%" in said


@pytest.mark.parametrize("name", OF_PANEL)
def test_a_panel_of_targets_alone_shows_no_result(name):
    target = panel_rows.panel([{"place": "Hà Giang", "rate_stated": 95.0, "basis": "target", "as_of": "2023-12-31"}])
    said = charts.alt_text(getattr(charts, name)(target))
    assert "95%" not in said or "(target)" in said


@pytest.mark.parametrize("name", OF_PANEL)
def test_draws_on_given_axes(name, panel):
    _, (left, right) = plt.subplots(1, 2, figsize=(12, 8))
    assert getattr(charts, name)(panel, ax=right) is right
    assert not left.lines and not left.texts


def test_alt_text_says_the_values_in_the_language_s_habit(panel):
    assert "Hà Giang 40,7% (31/8/2023)" in charts.alt_text(charts.ranking(panel, lang="vi"))
    said = charts.alt_text(charts.ranking(panel))
    assert said.startswith("Ranking of 13 provinces by disbursement rate, 2023")
    assert "Lai Châu more than 61.5%" in said and "The whole country: 45.3%" in said


def test_ranking_is_in_order_and_has_the_national_line(panel):
    ax = charts.ranking(panel)
    assert [tick.get_text() for tick in ax.get_yticklabels()][:2] == ["Yên Bái", "Bà Rịa - Vũng Tàu"]
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == sorted(widths, reverse=True)
    assert any(list(line.get_xdata()) == [45.3, 45.3] for line in ax.lines)


def test_bounds_and_old_figures_are_drawn_as_such(panel):
    ax = charts.ranking(panel)
    markers = {(round(line.get_xdata()[0], 1), line.get_marker()) for line in ax.lines}
    assert (61.5, ">") in markers and (18.4, "<") in markers
    by_rate = {round(bar.get_width(), 1): bar.get_facecolor() for bar in ax.patches}
    assert by_rate[71.0] == (1, 1, 1, 1) != by_rate[78.3]


def test_a_target_is_hollow_and_never_on_the_line(panel):
    ax = charts.history(panel, place="Hà Giang")
    assert not any(95 in list(line.get_ydata()) for line in ax.lines if line.get_marker() in ("None", ""))
    hollow = [line for line in ax.lines if line.get_marker() == "D"]
    assert [list(line.get_ydata()) for line in hollow] == [[95]]
    assert hollow[0].get_markerfacecolor() == style.PAPER
    assert "more than 95% on 31 December 2023 (target)" in charts.alt_text(ax)


def test_a_forecast_is_hatched():
    rows = [{"place": "A", "allocated": 10e9, "disbursed": 6e9, "basis": "forecast", "as_of": "2023-09-30"}]
    ax = charts.given_spent(panel_rows.panel(rows))
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, True]
    assert "forecast" in charts.alt_text(ax)


def test_a_rate_that_its_amounts_contradict_is_marked():
    rows = [{"place": "A", "allocated": 92_711e6, "disbursed": 38_111e6, "rate_stated": 39.7}]
    written = texts(charts.given_spent(panel_rows.panel(rows)))
    assert "38.1 of 92.7 · 39.7%*" in written and "* as stated; the amounts make another rate" in written


def test_places_whose_bound_leaves_the_pace_open_are_not_counted(panel):
    assert "2 of 12 places are at or ahead" in charts.alt_text(charts.pace(panel))  # Lai Châu: more than 61.5%


def test_rates_without_amounts_stand_in_words(panel):
    ax = charts.given_spent(panel, place="Hà Giang")
    assert "19.6% spent" in texts(ax) and "no bar: amounts not known" in " ".join(texts(ax))


def test_a_newer_rate_hides_no_amount():
    rows = [
        {"place": "A", "allocated": 2_449e9, "disbursed": 996e9, "rate_stated": 40.7},
        {"place": "A", "rate_stated": 44.9, "as_of": "2023-09-30"},
        {"place": "A", "allocated": 2_600e9, "as_of": "2023-09-08"},
    ]
    ax = charts.given_spent(panel_rows.panel(rows), place="A")
    assert [bar.get_width() for bar in ax.patches] == [2_449e9, 996e9]
    assert "996 of 2,449 · 40.7%" in texts(ax)
    under = " ".join(" ".join(texts(ax)).split())
    assert "by 31 Aug 2023; 2,600 given by 8 Sept 2023; 44.9% spent by 30 Sept 2023" in under
    assert "44.9% spent by 30 Sept 2023" in charts.alt_text(ax)


def test_interactive_drawing_is_kept(panel):
    assert not matplotlib.is_interactive()
    try:
        matplotlib.interactive(True)
        charts.pace(panel)
        assert matplotlib.is_interactive()
        matplotlib.interactive(False)
        with style.styled():
            matplotlib.interactive(True)  # as pyplot does in a notebook's first chart
        assert matplotlib.is_interactive()
    finally:
        matplotlib.interactive(False)


MISSPELT = [  # chart, what is asked of it, what it says
    ("given_spent", {"place": "Atlantis"}, "no place 'Atlantis' in the tables"),
    ("given_spent", {"place": "Ha Giang"}, "nearest: 'Hà Giang'"),
    ("given_spent", {"level": "provnce"}, "no level 'provnce'; there are: country, region, province"),
    ("pace", {"programme": "xxx"}, "no programme 'xxx'; there are: nrd, sedema, spr, ntp, other"),
    ("pace", {"levels": ["provinces"]}, "no level 'provinces'"),
    ("ranking", {"period": "1999"}, "no period '1999'; there are"),
    ("ranking", {"period": 2023}, "no period 2023; there are"),
    ("heatmap", {"programmes": ["ntp", "nrp"]}, "no programme 'nrp'"),
    ("history", {"capital": "invest"}, "no capital 'invest'; there are: investment, recurrent, total"),
    ("choropleth", {"programme": "NTP"}, "no programme 'NTP'"),
    ("coverage", {"levels": "state"}, "no level 'state'"),
]


@pytest.mark.parametrize("name, asked, message", MISSPELT)
def test_a_misspelt_name_is_refused_and_not_drawn_as_not_known(name, asked, message, panel):
    with pytest.raises(NtpError) as raised:
        getattr(charts, name)(panel, **asked)
    assert message in str(raised.value)


@pytest.mark.parametrize("asked", [{"place": "Cà Mau"}, {"period": "2020"}, {"place": "Tây Nguyên", "level": "region"}])
def test_a_name_of_which_nothing_is_known_is_drawn_as_not_known(asked, panel):
    assert charts.alt_text(charts.given_spent(panel, **asked)).startswith("No amount")


@pytest.mark.parametrize("name", OF_PANEL)
def test_a_table_that_is_no_panel_is_refused(name):
    figures = schema.empty("figures")
    with pytest.raises(TableError, match=r"draws a panel.*no column 'allocated'.*corpus.panel"):
        getattr(charts, name)(figures)


def test_obstacles_are_counted_by_province_or_programme():
    with pytest.raises(UnknownName, match="no column to count by 'district'; there are: province, programme"):
        charts.obstacles(panel_rows.obstacles(), by="district")


def test_source_line_counts_articles():
    rows = [{"place": place, "rate_stated": 1.0 + i, "article": "a#b"} for i, place in enumerate("AB")]
    assert "Source: 1 article, of 31 August 2023." in texts(charts.ranking(panel_rows.panel(rows)))
    rows[1]["article"] = "c"
    assert "Nguồn: 2 bài báo, mới nhất ngày 31/8/2023." in texts(charts.ranking(panel_rows.panel(rows), lang="vi"))


def test_map_before_and_after_the_merger(panel):
    assert "13 of 63 provinces" in charts.alt_text(charts.choropleth(panel))
    rows = [{"place": "Huế", "rate_stated": 50.0, "period": "2025", "as_of": "2025-09-30"}]
    ax = charts.choropleth(panel_rows.panel(rows, "2025Q3"))
    assert "1 of 34 provinces" in charts.alt_text(ax)
    assert any("geoBoundaries.org" in text for text in texts(ax))
    assert {"Hoàng Sa", "Trường Sa"} <= set(texts(ax))


def test_a_map_is_small_enough_for_a_page(panel):
    assert len(charts.svg(charts.choropleth(panel))) < 250_000


def test_map_labels_stand_inside_their_province():
    for province in maps.provinces(False):
        assert any(path.contains_point(province.middle) for path in province.paths), province.name


def test_coverage_says_how_many_are_missing(panel):
    ax = charts.coverage(panel, expected=["Hà Giang", "An Giang", "Cà Mau"])
    assert "Nothing at all is known of 2 other provinces." in charts.alt_text(ax)


def test_svg_is_the_same_each_time_and_keeps_its_text(panel):
    first, second = (charts.svg(charts.ranking(panel, lang="vi")) for _ in range(2))
    assert first == second
    assert ">Thừa Thiên Huế</text>" in first
    assert re.match(r'<svg role="img" aria-label="Xếp 13 tỉnh', first)
    assert "<script" not in first and "http://www.w3.org/2000/svg" in first


def test_names_from_articles_are_escaped_in_svg():
    rows = [{"place": '<script>alert("x")</script>', "rate_stated": 50.0}]
    drawing = charts.svg(charts.ranking(panel_rows.panel(rows)))
    assert "<script>" not in drawing and "&lt;script&gt;" in drawing


def test_investment_capital_alone_is_marked_wherever_it_stands_among_totals(panel):
    mark = "ⁱ investment capital only"
    for chart in (charts.pace, charts.heatmap, charts.choropleth):
        written = " ".join(texts(chart(panel)))
        assert mark in written, chart  # Lào Cai
    assert "Lào Caiⁱ" in texts(charts.pace(panel)) and "66ⁱ" in texts(charts.choropleth(panel))


def test_what_was_read_with_low_confidence_is_marked_in_every_chart_of_rates(panel):
    unsure = panel.assign(confidence=["low" if place == "Lào Cai" else "high" for place in panel["place"]])
    for draw in (charts.pace, charts.ranking, charts.choropleth, charts.heatmap):
        sure, marked = (" ".join(texts(draw(rows))) for rows in (panel.assign(confidence="high"), unsure))
        assert "? read with low confidence" in marked and "?" not in sure


def test_amounts_read_with_low_confidence_are_marked(panel):
    for confidence, shown in (("low", True), ("high", False)):
        ax = charts.given_spent(panel.assign(confidence=confidence), place="Lào Cai")
        assert ("?" in " ".join(texts(ax))) is shown


def test_a_map_says_no_number_of_another_class_than_its_colour():
    rows = [{"place": "Quảng Trị", "rate_stated": 39.7}, {"place": "Nghệ An", "rate_stated": 39.4}]
    written = texts(charts.choropleth(panel_rows.panel(rows)))
    assert "39.7" in written or "40" not in written
    assert "39" in written


def test_places_that_are_no_provinces_are_not_called_so(panel):
    districts = panel_rows.panel(
        [{"place": "Nậm Nhùn", "level": "district", "province": "Lai Châu", "rate_stated": 3.0}]
    )
    for chart in (charts.ranking, charts.heatmap):
        ax = chart(districts, levels=("district",))
        said = charts.alt_text(ax) + " ".join(texts(ax))
        assert "rovince" not in said and ("Disbursement rate by place" in said or "Places by" in said)
    said = charts.alt_text(charts.ranking(districts, levels=("district",), lang="vi"))
    assert "địa phương" in said and "tỉnh" not in said


def test_without_a_bar_nothing_is_said_of_bars():
    rows = [{"place": "A", "rate_stated": 40.0}]
    written = " ".join(texts(charts.given_spent(panel_rows.panel(rows), place="A")))
    assert "dark" not in written and "rates only" in written


def test_a_label_is_nearer_to_its_own_point_than_to_any_other():
    """Beside the point of another it would seem to be that one's."""
    ax = style.axes(None, 3.0)
    ax.set(xlim=(0, 100), ylim=(0, 100))
    column = [placing.Label(50, 10 + 3 * n, f"Name {n}") for n in range(20)]
    written = placing.place_labels(ax, column)
    assert 0 < len(written) < 20
    rows = [{"place": f"P{n}", "rate_stated": 10.0 + n} for n in range(40)]
    said = " ".join(texts(charts.pace(panel_rows.panel(rows))))
    named = sum(f"P{n}" in said.split() for n in range(40))
    assert f"{40 - named} points without a name" in said


def test_a_heat_map_shows_the_year_of_which_its_places_have_a_rate():
    rows = [
        {"place": "Hà Giang", "programme": "spr", "rate_stated": 30.3},
        {"place": "Nậm Nhùn", "level": "district", "rate_stated": 5.0, "period": "2024", "as_of": "2024-03-31"},
    ]
    assert "30.3%" in charts.alt_text(charts.heatmap(panel_rows.panel(rows, "2024Q2")))


def test_a_dollar_sign_is_no_formula():
    rows = [{"place": "A $x^2$ B", "rate_stated": 50.0}]
    assert ">A $x^2$ B</text>" in charts.svg(charts.ranking(panel_rows.panel(rows)))


def test_save_writes_whole_files(panel, tmp_path):
    ax = charts.ranking(panel)
    for ending in ("svg", "png", "pdf"):
        assert charts.save(ax, tmp_path / f"ranking.{ending}").stat().st_size > 1000
    with pytest.raises(ValueError, match="xyz"):
        charts.save(ax, tmp_path / "ranking.xyz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ranking.pdf", "ranking.png", "ranking.svg"]


def test_labels_do_not_overlap(panel):
    for lang in ("en", "vi"):
        ax = charts.pace(panel, lang=lang)
        ax.figure.canvas.draw()
        names = set(panel["place"]) | {"Viet Nam 45.3%", "Cả nước 45,3%"}
        boxes = [text.get_window_extent() for text in ax.texts if text.get_text().rstrip("ⁱ") in names]
        assert len(boxes) >= 10
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                width = min(one.x1, other.x1) - max(one.x0, other.x0)
                height = min(one.y1, other.y1) - max(one.y0, other.y0)
                assert width <= 1 or height <= 3


def test_a_label_without_room_is_left_out_unless_it_must_be_there():
    _, ax = plt.subplots(figsize=(2, 2))
    wanted = [placing.Label(0.5, 0.5, "a long label", must=i == 29) for i in range(30)]
    written = placing.place_labels(ax, wanted)
    assert 1 <= len(written) < 30
    assert [text.get_text() for text in ax.texts if text.get_weight() == "bold"] == ["a long label"]


def test_a_label_leaves_a_line_free_where_it_can():
    _, ax = plt.subplots(figsize=(4, 4))
    placing.place_labels(ax, [placing.Label(0.5, 0.5, "name")], lines=[[(0.5, 0.5), (0.9, 0.5)]])
    assert ax.texts[0].get_ha() == "right"


def test_a_subset_of_one_programme_is_drawn_without_being_asked_for(panel):
    rows = panel[panel["programme"] == "sedema"]
    for draw in (charts.pace, charts.ranking, charts.choropleth):
        assert "Ethnic Minority" in charts.alt_text(draw(rows)), draw


def test_money_dated_before_its_plan_year_is_not_drawn():
    rows = [{"place": "Gia Lai", "disbursed": 2e12, "rate_stated": 58.7, "as_of": "2022-11-30"}]
    table = panel_rows.panel(rows)
    assert charts.alt_text(charts.ranking(table)).startswith("No province's rate is known")
    assert charts.alt_text(charts.given_spent(table, place="Gia Lai")).startswith("No amount")


def test_obstacles_by_quarter_leave_out_other_years(panel):
    table = panel_rows.obstacles()
    table.loc[table["article"] == "a04", "published"] = pd.Timestamp("2025-01-01")
    table["article"] = "z" + table["article"]
    said = charts.alt_text(charts.obstacles(table, panel=panel, quarter="2023Q3"))
    assert "contractors" not in said and "complex procedures 3" in said


def test_an_obstacle_is_of_the_programmes_that_its_own_sentence_names():
    """Not of all that its article has figures of."""
    table = panel_rows.obstacles().head(3).drop(columns="programme")
    table["quote"] = [
        "Chương trình xây dựng nông thôn mới vướng quỹ đất.",
        "Chương trình mục tiêu quốc gia giảm nghèo bền vững và Chương trình xây dựng nông thôn mới thiếu hướng dẫn.",
        "Thủ tục còn rườm rà.",
    ]
    figures = table.merge(pd.DataFrame({"programme": ["nrd", "spr", "sedema"]}), how="cross")[["article", "programme"]]
    ax = charts.obstacles(table, panel=figures, by="programme")
    said = charts.alt_text(ax)
    assert "land: New rural 1;" in said or "land: New rural 1." in said, said
    assert "New rural 1, Poverty reduction 1" in said and "not said 1" in said and "Ethnic" not in said
    table["programme"] = ["sedema+spr", "other", "nrd"]
    said = charts.alt_text(charts.obstacles(table, by="programme"))
    assert "Poverty reduction 1" in said and "Ethnic minority areas 1" in said and "Other public" not in said


if __name__ == "__main__":
    BASELINES.mkdir(exist_ok=True)
    for chart, draw in DRAWN.items():
        save_small(draw(panel_rows.country()), BASELINES / f"{chart}.png")
        plt.close("all")
