"""A Corpus is tidy tables of what the engine read: nothing lost, nothing twice."""

from datetime import date

import gold
import pandas as pd
import pytest

from ntp_analysis import export
from ntp_analysis.corpus import Corpus, from_readings, read
from ntp_analysis.errors import NoText, UnknownArticle, UnknownName, UnknownPlace
from ntp_analysis.model import Article, Figure, Obstacle, Reading

TEXT = "Tỉnh được giao 12 tỷ đồng, thiếu nhân lực."


def figure(id: str, start: int, value: int, **cells: str) -> Figure:
    known = dict(place="Hà Giang", level="province", province="Hà Giang", programme="ntp", component="")
    known |= dict(capital="total", source="", measure="allocated", basis="actual", unit="VND", bound="exact")
    known |= dict(period="2023", as_of="", carryover="", quote=TEXT)
    return Figure(article=id, value=value, start=start, end=start + 2, **(known | cells))


def reading(id: str = "a", text: str = TEXT, *figures: Figure) -> Reading:
    article = Article(id, text, title="Tin", published=date(2023, 9, 8), origin=f"{id}.txt")
    obstacle = Obstacle(id, "capacity", "thiếu nhân lực", TEXT, 27, 41)
    return Reading(
        article,
        "2023-09-08",
        "Hà Giang",
        "Hà Giang",
        "province",
        True,
        list(figures),
        [obstacle, obstacle],
        [],
    )


def test_figures_are_numbered_in_the_order_of_the_text():
    corpus = from_readings([reading("a", TEXT, figure("a", 30, 2), figure("a", 15, 12_000_000_000))])
    assert corpus.figures["figure"].to_list() == ["a#1", "a#2"]
    assert corpus.figures["value"].to_list() == [12e9, 2.0]
    assert corpus.validate() is corpus


def test_articles_carry_what_the_source_and_the_engine_know():
    row = from_readings([reading()]).articles.iloc[0]
    assert row["published"] == pd.Timestamp("2023-09-08") and row["title"] == "Tin" and row["origin"] == "a.txt"
    assert row["obstacles"] == "capacity" and row["characters"] == len(TEXT) and bool(row["relevant"]) is True


def test_evidence_becomes_columns():
    found = figure("a", 15, 1, as_of="2023-08-31")
    found.evidence = {"place": "article", "as_of": "sentence"}
    row = from_readings([reading("a", TEXT, found)]).figures.iloc[0]
    assert (row["place_from"], row["as_of_from"], row["capital_from"]) == ("article", "sentence", "")
    assert row["as_of"] == pd.Timestamp("2023-08-31")


def test_nothing_to_read_gives_empty_valid_tables():
    corpus = from_readings([])
    assert len(corpus.validate()) == 0 and repr(corpus) == "<Corpus: 0 articles, 0 figures, 0 obstacles>"


def test_the_same_article_twice_is_kept_once_and_said():
    corpus = from_readings([reading(), reading()], [{"file": "b.txt", "problem": "empty"}])
    assert len(corpus.articles) == 1
    assert corpus.problems[["file", "problem"]].to_numpy().tolist() == [
        ["b.txt", "empty"],
        ["a.txt", "the same article again"],
    ]


def test_another_article_with_the_same_id_gets_one_of_its_own():
    corpus = from_readings([reading("a", TEXT, figure("a", 15, 1)), reading("a", TEXT + ".", figure("a", 15, 1))])
    assert corpus.figures["figure"].to_list() == ["a#1", "a~2#1"]
    assert corpus.text("a~2") == TEXT + "." and "a~2" in corpus.problems["problem"][0]
    corpus.validate()


def test_filter_keeps_articles_texts_and_figures_together():
    seeds = gold.corpus("seeds")
    chosen = seeds.filter(province=["Hà Giang", "Lai Châu"], programme="spr")
    assert set(chosen.articles["article"]) == set(chosen.texts) == {"000_ba1e3139a6b3e686", "004_c72aa745ff9f9bf4"}
    assert set(chosen.figures["programme"]) == {"spr"}
    assert len(seeds.filter(relevant=True)) == 5
    with pytest.raises(UnknownName, match="no column 'region'"):
        seeds.filter(region="x")


MISSPELT = [  # condition, the error, what it says
    ({"province": "Ha Giang"}, UnknownPlace, "no place 'Ha Giang' in the tables; nearest: 'Hà Giang'"),
    ({"place": "Atlantis"}, UnknownPlace, "no place 'Atlantis' in the tables; there are: 'Bắc Kạn', 'Hà Giang'"),
    ({"province": "hà giang"}, UnknownPlace, "nearest: 'Hà Giang'"),
    ({"period": 2023}, UnknownName, "no period 2023; there are: '2021-2025', '2022', '2023', '2024'"),
    ({"period": "1999"}, UnknownName, "no period '1999'; there are"),
    ({"programme": ["spr", "srp"]}, UnknownName, "no programme 'srp'; there are: nrd, sedema, spr, ntp, other"),
    ({"measure": "spent"}, UnknownName, "there are: allocated, distributed, disbursed, undisbursed, rate"),
    ({"article": "000_ba1e3139a6b3e687"}, UnknownArticle, "nearest: '000_ba1e3139a6b3e686'"),
]


@pytest.mark.parametrize("condition, error, message", MISSPELT)
def test_a_misspelt_name_is_refused_with_what_there_is(condition, error, message):
    with pytest.raises(error) as raised:
        gold.corpus("seeds").filter(**condition)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    "condition",
    [
        {"province": "Cà Mau"},
        {"place": "Mèo Vạc"},
        {"place": "Việt Nam"},
        {"period": "2021"},
        {"programme": "sedema+spr"},
        {"source": "community"},
    ],
)
def test_a_name_of_which_nothing_is_known_leaves_nothing(condition):
    assert len(gold.corpus("seeds").filter(**condition)) == 0


def test_filter_takes_days_as_they_are_written():
    seeds = gold.corpus("seeds")
    assert set(seeds.filter(as_of="2023-08-31").articles["province"]) == {"Hà Giang"}


def test_an_unknown_article_is_refused_with_the_nearest():
    with pytest.raises(UnknownArticle, match="nearest: '004_c72aa745ff9f9bf4'"):
        gold.corpus("seeds").text("004_c72aa745ff9f9bf5")


def test_checks_are_computed_once_when_asked_for():
    corpus = gold.corpus("seeds")
    assert "checks" not in vars(corpus)
    assert corpus.checks is corpus.checks
    assert isinstance(corpus, Corpus)


@pytest.fixture(scope="module")
def seeds():
    return read(gold.ROOT / "seeds")


def test_a_text_that_begins_with_its_title_has_it(seeds):
    titles = dict(zip(seeds.articles["article"].str[:3], seeds.articles["title"], strict=True))
    assert titles["001"] == "Thường trực Tỉnh ủy giao ban với các huyện, thành phố"
    assert titles["002"].startswith("Quảng Nam: Đảm bảo giải ngân 100% vốn ngân sách Trung ương")
    assert titles["004"].startswith("Hội nghị đánh giá tình hình thực hiện") and titles["004"].endswith("năm 2024")
    assert titles["000"] == titles["003"] == "", "these begin with their first paragraph"


BODY = (
    "Đến ngày 31/8/2023, huyện Bắc Mê giải ngân 64 tỷ đồng vốn Chương trình giảm nghèo bền vững, đạt 42% kế hoạch năm."
)
TITLED = [  # lines above the story, its title
    ("Báo Sóc Trăng online\nBắc Mê: Vốn giảm nghèo vào guồng\n20/06/2024", "Bắc Mê: Vốn giảm nghèo vào guồng"),
    (
        "Bắc Mê: Vốn giảm nghèo còn nằm chờ\nThích 12   Chia sẻ   Gửi mail   In bài",
        "Bắc Mê: Vốn giảm nghèo còn nằm chờ",
    ),
    (
        "Tình hình giải ngân vốn năm 2023\n(phục vụ buổi làm việc với Tổ công tác số 5)",
        "Tình hình giải ngân vốn năm 2023",
    ),
    ("(HG) - Bắc Mê: Vốn giảm nghèo vào guồng", "(HG) - Bắc Mê: Vốn giảm nghèo vào guồng"),
    ("Bắc Mê: Vốn giảm nghèo vào guồng\nĐường dây nóng của tòa soạn:", "Bắc Mê: Vốn giảm nghèo vào guồng"),
    ("date 2023-09-08 Giải ngân ì ạch", "Giải ngân ì ạch"),
    ("08/09/2023", ""),
]


@pytest.mark.parametrize("above, title", TITLED)
def test_the_title_is_the_headline_not_the_banner_a_menu_or_a_remark(above, title):
    table = pd.DataFrame({"id": ["a"], "text": [f"{above}\n{BODY}"]})
    assert read(table).articles["title"].to_list() == [title]
    assert read(table.assign(title="Tin")).articles["title"].to_list() == ["Tin"]


def test_every_offset_is_the_number_and_every_quote_the_article(seeds):
    for row in seeds.figures.itertuples():
        text = seeds.text(row.article)
        assert row.quote in text and text[row.start : row.end]
        assert row.value == 0 or any(char.isdigit() for char in text[row.start : row.end])


def test_what_extract_wrote_is_read_back_as_it_is(seeds, tmp_path):
    export.write(seeds, tmp_path)
    again = read(tmp_path)
    for table in ("articles", "figures", "obstacles", "problems", "checks"):
        pd.testing.assert_frame_equal(getattr(again, table), getattr(seeds, table))
    pd.testing.assert_frame_equal(again.panel("2023Q3"), seeds.panel("2023Q3"))
    with pytest.raises(
        NoText, match=r"the text of '004_c72aa745ff9f9bf4' is not loaded: .* read the articles themselves"
    ):
        again.show("004_c72aa745ff9f9bf4")
    with pytest.raises(UnknownArticle, match="nearest: '004_c72aa745ff9f9bf4'"):
        again.text("004_c72aa745ff9f9bf5")


def test_the_columns_of_a_table_can_be_named(seeds):
    table = pd.DataFrame({"key": list(seeds.texts), "body": list(seeds.texts.values())})
    (problem,) = read(table).problems.to_dict("records")
    assert 'columns={"text": NAME}' in problem["remedy"] and "--column text=NAME" in problem["remedy"]
    assert read(table, columns={"id": "key", "text": "body"}).texts == seeds.texts


def test_reading_a_table_and_a_folder_is_the_same(seeds):
    table = pd.DataFrame({"id": list(seeds.texts), "text": list(seeds.texts.values())})
    columns = [name for name in seeds.figures if name != "origin"]
    pd.testing.assert_frame_equal(read(table).figures[columns], seeds.figures[columns])
