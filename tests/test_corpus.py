"""A Corpus is tidy tables of what the engine read: nothing lost, nothing twice."""

from datetime import date

import gold
import pandas as pd
import pytest

from ntp_analysis import export
from ntp_analysis.corpus import Corpus, from_readings, read
from ntp_analysis.errors import NoText, UnknownArticle, UnknownName
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
    with pytest.raises(NoText, match=r"the text of '004_c72aa745ff9f9bf4' is not loaded: .* read the articles themselves"):
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
