"""What is written is read back unchanged, opens without running anything, and is whole or not there."""

import html
import re
import zipfile

import gold
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntp_analysis import export, schema
from ntp_analysis.errors import ExportError, TableError, UnknownName

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "'=1",
    "''@x",
    "'quoted'",
    "- Vốn",
    "a\r\nb",
    "a\rb",
    "\r",
    'a\nb, "c"',
]


@pytest.fixture(scope="module")
def corpus():
    return gold.corpus("seeds")


@pytest.mark.parametrize("format", export.READABLE)
def test_a_round_trip_changes_no_cell(corpus, tmp_path, format):
    export.write({"articles": corpus.articles, "figures": corpus.figures}, tmp_path, format)
    again = export.load(tmp_path)
    pd.testing.assert_frame_equal(again.figures, corpus.figures)
    pd.testing.assert_frame_equal(again.articles, corpus.articles)


def test_csv_is_as_documented(corpus, tmp_path):
    path = export.write_table(corpus.figures, tmp_path / "figures.csv")
    raw = path.read_bytes()
    assert b"\r" not in raw and raw.decode("utf-8").startswith("article,place,level,province,programme,")
    lines = raw.decode("utf-8").splitlines()
    assert ",2449836000000,VND,exact,2023,,included," in lines[1]
    assert ",40.7,percent,exact,2023,2023-08-31,," in lines[3]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_csv_begins_like_a_formula_and_none_is_lost(text, tmp_path):
    table = schema.frame("problems", {"file": [text], "problem": [text]})
    path = export.write_table(table, tmp_path / "problems.csv")
    cells = pd.read_csv(path, dtype="str", keep_default_na=False, lineterminator="\n")
    assert not cells["file"].str.match(r"[=+\-@\t\r\n]").any()
    assert schema.conform("problems", export._load_file(path))["file"].to_list() == [text]


@given(st.text())
def test_escape_is_undone_exactly(text):
    assert export.unescape(export.escape(text)) == text
    assert not export.escape(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.integers(0, 2**53))
def test_whole_amounts_stay_exact(amount):
    assert export.plain_number(float(amount)) == str(amount)


@given(st.floats(0, 1000, allow_nan=False))
def test_rates_are_read_back_bit_by_bit(rate):
    text = export.plain_number(rate)
    table = pd.DataFrame({"value": [text]}, dtype="str")
    assert schema._read(schema.columns("figures")["value"], table["value"])[0] == rate


def test_a_workbook_holds_texts_never_formulas_or_links(tmp_path):
    table = schema.frame("problems", {"file": HOSTILE, "problem": ["https://example.org"] * len(HOSTILE)})
    path = export.write_table(table, tmp_path / "problems.xlsx")
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert "=cmd|" in strings and "- Vốn" in strings


@pytest.mark.parametrize("name", ["figures [1]", "a:b*c?", "'quoted'", "'", "History", "x" * 40])
def test_a_workbook_may_have_any_name(name, tmp_path):
    path = export.write_table(schema.frame("problems", {"file": ["a"]}), tmp_path / f"{name}.xlsx")
    with zipfile.ZipFile(path) as book:
        assert book.read("xl/workbook.xml").count(b"<sheet ") == 1


def test_a_workbook_has_a_sheet_for_each_table_and_whole_numbers(corpus, tmp_path):
    (path,) = export.write({"articles": corpus.articles, "figures": corpus.figures}, tmp_path, "xlsx")
    with zipfile.ZipFile(path) as book:
        assert 'name="figures"' in book.read("xl/workbook.xml").decode()
        assert "<v>2449836000000</v>" in book.read("xl/worksheets/sheet2.xml").decode()


def test_a_workbook_opens_on_the_figures_and_explains_columns_and_codes(corpus, tmp_path):
    (path,) = export.write(corpus, tmp_path, "xlsx")
    with zipfile.ZipFile(path) as book:
        order = book.read("xl/workbook.xml").decode()
        strings = html.unescape(book.read("xl/sharedStrings.xml").decode())
    sheets = re.findall(r'<sheet name="(\w+)"', order)
    assert sheets == [*export.TABLES, "columns", "codes"]
    assert f'activeTab="{sheets.index("figures")}"' in order
    for table in export.TABLES:
        for column in schema.columns(table).values():
            assert f">{column.description}<" in strings and f">{column.description_vi}<" in strings
    for word in ("ngân sách trung ương", "site clearance and land", "More spent than given"):
        assert f">{word}<" in strings


def test_a_sheet_of_ones_own_called_columns_stays(tmp_path):
    mine = pd.DataFrame({"mine": ["my own words"]})
    (path,) = export.write({"columns": mine}, tmp_path, "xlsx")
    with zipfile.ZipFile(path) as book:
        assert "my own words" in book.read("xl/sharedStrings.xml").decode()


def test_stata_keeps_names_days_and_what_columns_mean(corpus, tmp_path):
    path = export.write_table(corpus.figures, tmp_path / "figures.dta")
    with pd.read_stata(path, iterator=True) as reader:
        labels = reader.variable_labels()
        table = reader.read()
    assert set(corpus.figures) - set(table) == {"end"} and "end_" in table
    assert labels["value"].startswith("The number, never rounded")
    assert table["place"][0] == "Hà Giang" and table["as_of"][1] == pd.Timestamp("2023-08-31")


def labels_of(path):
    with pd.read_stata(path, iterator=True) as reader:
        return reader.variable_labels()


def test_stata_labels_are_those_of_the_table_itself_and_end_with_a_word(corpus, tmp_path):
    for path in export.write(corpus, tmp_path, "dta"):
        labels, declared = labels_of(path), schema.columns(path.stem)
        for name, column in declared.items():
            label = labels[export.DTA_NAMES.get(name, name)]
            kept = label.removesuffix(" …")
            assert column.description.startswith(kept) and kept
            assert kept == column.description or column.description[len(kept)] == " "
    assert labels_of(tmp_path / "figures.dta")["unit"] == "Unit of the value"


def test_stata_labels_of_a_file_named_otherwise_follow_its_columns(corpus, tmp_path):
    figures = export.write_table(corpus.figures.assign(checked=True), tmp_path / "mine.dta")
    assert labels_of(figures)["unit"] == "Unit of the value" and labels_of(figures)["checked"] == ""
    panel = export.write_table(corpus.panel("2023Q3"), tmp_path / "known.dta")
    assert labels_of(panel)["article"] == "Id of the article that the row's main figure comes from"


def test_a_table_that_does_not_fit_leaves_what_was_there(tmp_path):
    fits = schema.frame("problems", {"file": ["a"], "problem": ["x"]})
    export.write_table(fits, tmp_path / "problems.xlsx")
    before = (tmp_path / "problems.xlsx").read_bytes()
    with pytest.raises(ExportError, match="a cell holds 32767; write csv or parquet"):
        export.write_table(fits.assign(problem=["x" * 40_000]), tmp_path / "problems.xlsx")
    assert (tmp_path / "problems.xlsx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["problems.xlsx"]


def test_a_full_disk_half_way_leaves_nothing(corpus, tmp_path, monkeypatch):
    def full(table, path):
        if path.stem == "figures":
            raise OSError(28, "No space left on device")
        path.write_text("x")

    monkeypatch.setitem(export.WRITERS, "csv", full)
    with pytest.raises(OSError, match="No space left"):
        export.write({"articles": corpus.articles, "figures": corpus.figures}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_unknown_formats_and_folders_without_tables_are_refused(corpus, tmp_path):
    with pytest.raises(UnknownName, match="no format 'ods'; there are: csv, parquet, dta, xlsx"):
        export.write(corpus, tmp_path, "ods")
    with pytest.raises(TableError, match="extract the articles first"):
        export.load(tmp_path)


def test_partitioned_tables_are_read_as_one(corpus, tmp_path):
    ids = corpus.articles["article"].to_list()
    for at, ids_of_part in enumerate((ids[:2], ids[2:])):
        for name in ("articles", "figures"):
            table = getattr(corpus, name)
            part = table[table["article"].isin(ids_of_part)]
            export.write_table(part, tmp_path / name / f"part-{at}.parquet")
    assert export.is_extract(tmp_path)
    pd.testing.assert_frame_equal(export.load(tmp_path).figures, corpus.figures)


def test_a_table_with_the_columns_of_the_contract_alone_gets_ids(tmp_path):
    columns = list(schema.columns("figures"))[:19]
    seeds = gold.corpus("seeds")
    export.write({"articles": seeds.articles, "figures": seeds.figures[columns]}, tmp_path)
    assert export.load(tmp_path).figures["figure"].to_list() == seeds.figures["figure"].to_list()
