"""Tables to sort and filter in a notebook: whole, in full, without network, as text."""

import re

import pandas as pd
import pytest

from ntp_analysis.browse import browse, plain
from ntp_analysis.errors import UnknownName

TABLE = pd.DataFrame({"value": [2449836000000.0, 40.7], "quote": ["<script>alert(1)</script>", "đạt 40,7%"]})


def test_numbers_are_in_full_and_cells_are_text():
    html = browse(TABLE)._repr_html_()
    assert "2\u00a0449\u00a0836\u00a0000\u00a0000" in html
    assert "alert(1)" in html and "<script>alert(1)" not in html


def test_no_row_is_left_out():
    html = browse(pd.DataFrame({"n": range(12_345), "text": "x" * 40}))._repr_html_()
    assert "12344" in html


def test_nothing_is_fetched():
    html = browse(TABLE)._repr_html_()
    assert not re.search(r"""(src=|import|fetch|url\()[^>]{0,9}https?:""", html)


def test_columns_are_chosen_and_an_unknown_one_is_named():
    assert repr(browse(TABLE, ["quote"])) == "<2 rows, 1 columns>"
    with pytest.raises(UnknownName, match="no column 'price'"):
        browse(TABLE, ["price"])


@pytest.mark.parametrize(
    "value, text",
    [(0.0, "0"), (12.5, "12.5"), (1e15, "1\u00a0000\u00a0000\u00a0000\u00a0000\u00a0000"), (100.0, "100")],
)
def test_plain(value, text):
    assert plain(value) == text
