"""A hedge in front of a number changes its bound and nothing else, whichever word it is."""

import re
from datetime import date

import pytest

from ntp_analysis.engine import read_article
from ntp_analysis.hedges import HEDGE, WORDS
from ntp_analysis.model import Article

ALL = [
    (bound, word) for bound, entries in WORDS.items() if bound != "lead" for entry in entries for word in entry["words"]
]
LEADS = [word for entry in WORDS["lead"] for word in entry["words"]]
OTHERWISE = [
    (before, word)
    for entries in WORDS.values()
    for entry in entries
    for word in entry["words"]
    for before in entry.get("unless", ())
]
TEXTS = (
    "Đến 31/8/2023, tỉnh Lào Cai giải ngân {} 620 tỷ đồng vốn Chương trình mục tiêu quốc gia giảm nghèo bền vững, đạt {} 43% kế hoạch.",
    "Năm 2023, huyện Bắc Hà (Lào Cai) được giao {} 97 tỷ đồng thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới, mới giải ngân được {} 11 tỷ đồng.",
    "Vốn Chương trình mục tiêu quốc gia giảm nghèo bền vững năm 2023 của tỉnh Lào Cai ({} 240 tỷ đồng) đến hết tháng 8 còn {} 150 tỷ đồng chưa giải ngân.",
    "Năm 2023, tỉnh Lào Cai chi {} 31 tỷ đồng trong {} 90 tỷ đồng vốn sự nghiệp Chương trình mục tiêu quốc gia giảm nghèo bền vững.",
)


def read(text: str) -> list[tuple]:
    figures = read_article(Article("a", text, published=date(2023, 9, 5))).figures
    return [(f.value, f.place, f.programme, f.capital, f.measure, f.basis, f.period, f.as_of, f.bound) for f in figures]


@pytest.mark.parametrize("bound, word", ALL)
@pytest.mark.parametrize("text", TEXTS)
def test_only_the_bound_changes(text, bound, word):
    plain = read(text.replace("{} ", ""))
    assert len(plain) == 2
    assert read(text.replace("{}", word)) == [(*row[:-1], bound) for row in plain]


RATES = (
    "Đến 31/8/2023, tỉnh Lào Cai giải ngân 620 tỷ đồng vốn Chương trình mục tiêu quốc gia giảm nghèo bền vững, đạt {} 43% kế hoạch.",
    "Đến 31/8/2023, tỉnh Lào Cai giải ngân 620 tỷ đồng vốn các chương trình MTQG. Cụ thể, vốn ngân sách trung ương đạt {} 37,1%, vốn ngân sách tỉnh mới đạt {} 29,5%.",
    "Giải ngân vốn các chương trình MTQG của tỉnh Lào Cai đến 31/8/2023:\n- Chương trình giảm nghèo bền vững: kế hoạch 812,3 tỷ đồng, đạt {} 43,9%\n- Chương trình xây dựng nông thôn mới: kế hoạch 218,3 tỷ đồng, đạt {} 56,3%",
    "Vốn các chương trình MTQG năm 2023, đến hết ngày 31/8 tỉnh Lào Cai đạt {} 47,4%.",
)


@pytest.mark.parametrize("word", LEADS)
@pytest.mark.parametrize("text", RATES)
def test_a_word_that_leads_to_a_rate_changes_nothing(text, word):
    plain = read(text.replace("{} ", ""))
    assert any(row[4] == "rate" for row in plain)
    assert read(text.replace("{}", word)) == plain
    assert next(row[-1] for row in read(text.replace("{}", f"{word} hơn")) if row[4] == "rate") == "over"


@pytest.mark.parametrize("before, word", OTHERWISE)
def test_behind_some_words_it_is_no_hedge(before, word):
    assert re.search(HEDGE, f"{before} {word} 12%") is None
