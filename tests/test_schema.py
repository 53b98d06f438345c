"""Columns are declared once, and tables that are not as declared are refused by name."""

import gold
import pandas as pd
import pytest

from ntp_analysis import schema
from ntp_analysis.errors import TableError, UnknownName

CONTRACT = (
    "article place level province programme component capital source measure basis value unit bound period "
    "as_of carryover quote"
)


def test_figures_begin_with_the_columns_of_the_contract_in_its_order():
    names = list(schema.columns("figures"))
    assert " ".join(names[:17]) == CONTRACT
    assert names[17:19] == ["start", "end"]
    assert names[-1] == "figure"


def test_every_column_is_described_in_both_languages():
    for table in schema.tables():
        for column in schema.columns(table).values():
            assert column.kind in schema.DTYPES, column
            assert column.description and column.description_vi, column
            assert column.description != column.description_vi, column
            assert column.source in ("article", "derived"), column


@pytest.mark.parametrize("table", list(schema.tables()))
def test_an_empty_table_is_valid_and_has_every_column(table):
    made = schema.empty(table)
    assert list(made) == list(schema.columns(table))
    assert len(schema.validate(table, made)) == 0


@pytest.mark.parametrize("name", gold.sets())
def test_gold_tables_are_valid(name):
    corpus = gold.corpus(name)
    assert len(schema.validate("figures", corpus.figures)) == len(gold.rows(name, "figures"))
    assert str(corpus.figures["as_of"].dtype) == "datetime64[s]"
    schema.validate("articles", corpus.articles)


@pytest.mark.parametrize(
    "column, cell, named",
    [
        ("measure", "spent", "measure: 'spent'"),
        ("programme", "poverty", "programme: 'poverty'"),
        ("unit", "percent", "percent for rates"),
        ("as_of", pd.Timestamp("1023-08-31"), "as_of"),
        ("end", 0, "start before end"),
        ("figure", "004_c72aa745ff9f9bf4#2", "figure"),
        ("value", -1.0, "zero or more"),
    ],
)
def test_a_wrong_cell_is_named(column, cell, named):
    figures = gold.corpus("seeds").figures.query("article.str.startswith('004')").reset_index(drop=True)
    wrong = figures.assign(**{column: figures[column].mask(figures.index == 0, cell)})
    wrong = wrong.astype({"start": "int64", "end": "int64", "as_of": "datetime64[s]"})
    with pytest.raises(TableError, match=named):
        schema.validate("figures", wrong)


@pytest.mark.parametrize("name", gold.sets())
def test_valid_tables_are_known_without_pandera_and_with_it(name, monkeypatch):
    corpus = gold.corpus(name)
    for table in ("figures", "articles"):
        assert schema._validator(table).validate(getattr(corpus, table)) is not None
    monkeypatch.setattr(schema, "_validator", lambda table: pytest.fail(f"{table} needed explaining"))
    corpus.validate()


@pytest.mark.parametrize("change", [{"unit": None}, {"start": "1"}, {"figure": "twice"}])
def test_what_pandera_refuses_is_never_passed_over(change):
    figures = gold.corpus("seeds").figures
    with pytest.raises(TableError):
        schema.validate("figures", figures.assign(**change))
    with pytest.raises(TableError, match="place"):
        schema.validate("figures", figures.drop(columns="place"))


def test_two_programmes_are_joined_in_alphabetical_order_only():
    pattern = schema.columns("figures")["programme"].pattern
    assert schema._fits(pd.Series(["sedema+spr", "ntp+spr"]), pattern).to_list() == [True, False]


def test_a_missing_column_of_numbers_is_named_and_own_columns_stay():
    with pytest.raises(TableError, match="'value' is missing"):
        schema.conform("figures", pd.DataFrame({"article": ["a"]}))
    given = pd.DataFrame({"file": ["a"], "mine": [1]})
    assert list(schema.conform("problems", given)) == ["file", "record", "problem", "remedy", "mine"]


def test_unknown_table_names_those_there_are():
    with pytest.raises(UnknownName, match="articles, figures"):
        schema.columns("numbers")


def test_the_data_dictionary_is_up_to_date(monkeypatch):
    docs = gold.ROOT / "docs"
    monkeypatch.syspath_prepend(str(docs))
    import make_columns

    assert (docs / "columns.md").read_text(encoding="utf-8") == make_columns.page()


def test_records_are_plain_python_values():
    figures = gold.corpus("seeds").figures
    rows = schema.records(figures)
    assert [row.figure for row in rows] == figures["figure"].to_list()
    assert type(rows[0].value) is float and type(rows[0].start) is int and type(rows[0].place) is str
    assert pd.isna(rows[0].as_of) and rows[1].as_of == pd.Timestamp("2023-08-31")
