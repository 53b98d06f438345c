"""Any text gives a result: no exception, offsets that hold, columns that hold."""

from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntp_analysis.amounts import WORDED
from ntp_analysis.engine import read_article
from ntp_analysis.model import Article, Reading
from ntp_analysis.schema import check_figure

PIECES = [
    "Tỉnh Hà Giang ", "huyện Kỳ Sơn ", "xã Nậm Ban, ", "các xã ", "toàn tỉnh ", "cả nước ", "mỗi huyện ", "huyện này ", "giải ngân ",
    "được giao ", "chưa giải ngân ", "chưa giao vốn ", "phấn đấu ", "ước đạt ", "cùng kỳ năm 2022 ", "lần lượt ", "trong đó ", "tương ứng ",
    "vốn đầu tư ", "vốn sự nghiệp ", "ngân sách trung ương ", "Chương trình 1719 ", "3 chương trình mục tiêu quốc gia ", "giảm nghèo bền vững, ",
    "nông thôn mới ", "Dự án 4, tiểu dự án 1 ", "vốn năm 2022 kéo dài sang 2023 ", "(bao gồm ", ") ", "đến 31/8 ", "29/2 ", "hết quý III ", "năm 2023 ",
    "giai đoạn 2021-2025 ", "40,7% ", "101,3/912,3 tỷ đồng ", "2.449 tỷ 836 triệu ", "8,91 và 5,2% ", "96 - 98% ", "522 tỷ triệu đồng ", "0% ", "; ",
    ", ", ". ", ": ", "\n", "\n- ", "\n1. ", "\t", "   ", "| ", "và ", "Tin liên quan\n", "ĐVT: triệu đồng\n", "ĐVT: tr.đồng\n", "12,3 tỉ | ", "123456789012345678901 | ", "\u00a0", "\u0301", "\u200b",
]  # fmt: skip
HOSTILE = {
    "nothing": "",
    "no letters": "\x00\x01\ufffe\U0010ffff",
    "marks alone": "\u0301" * 50,
    "invisible alone": "\u200b" * 50,
    "right to left": "\u202eMTQG 5% \u202cgiải ngân",
    "a lone surrogate's replacement": "chương trình mục tiêu quốc gia \ufffd 5%",
    "brackets that never close": "chương trình mục tiêu quốc gia " + "(" * 500 + " giải ngân 5%",
    "brackets that never opened": "chương trình mục tiêu quốc gia " + ")" * 500 + " giải ngân 5%",
    "a share of a thousand digits": "chương trình mục tiêu quốc gia giải ngân " + "9" * 1000 + "%",
    "fractions of a đồng": "chương trình mục tiêu quốc gia giải ngân 0," + "1" * 60 + " tỷ đồng",
    "markup": "<script>alert(1)</script> chương trình mục tiêu quốc gia giải ngân 5%",
    "every date there is not": "chương trình mục tiêu quốc gia đến 31/2, 30/2/2023, 99/99/9999, tháng 13, quý 5 giải ngân 5%",
    "year nought": "chương trình mục tiêu quốc gia đến ngày 1/1/0000 giải ngân 5% năm 0000",
    "digits of other scripts": "chương trình mục tiêu quốc gia giải ngân ٤٠٫٧٪ và ４０,７% của ৪০% tỷ đồng",
    "a leap day compared": "Đến 29/2/2024 tỉnh Hà Giang giải ngân vốn chương trình mục tiêu quốc gia đạt 5%, cùng kỳ năm 2023 đạt 4%.",
}
FAILED = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "fuzz").glob("*.txt"))
}
"""inputs of benchmarks/fuzz.py that failed once, made small"""
DAYS = [None, date(2023, 9, 5), date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)]


def check(reading: Reading) -> None:
    """Whatever was read keeps the contract."""
    text = reading.article.text
    for f in reading.figures:
        assert 0 <= f.start < f.end <= len(text)
        assert (
            f.value == 0
            or any(c.isdigit() for c in text[f.start : f.end])
            or WORDED.fullmatch(normalize("NFC", text[f.start : f.end]).lower())
        )
        assert f.value >= 0
        check_figure(f)
        assert f.unit == "percent" or isinstance(f.value, int)
        assert f.quote in text
        assert f.as_of == "" or date.fromisoformat(f.as_of)
    assert all(0 <= o.start <= o.end <= len(text) for o in reading.obstacles)
    assert all(0 <= a <= b <= len(text) for a, b in reading.dropped)


@pytest.mark.parametrize("day", DAYS[:2])
@pytest.mark.parametrize("text", [pytest.param(text, id=why) for why, text in (HOSTILE | FAILED).items()])
def test_hostile_text(text, day):
    check(read_article(Article("a", text, published=day)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(DAYS[:3]))
def test_words_of_ours_in_any_order(text, day):
    check(read_article(Article("a", text, published=day)))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(DAYS[:3]))
def test_any_text(text, day):
    check(read_article(Article("a", "chương trình mục tiêu quốc gia " + text, published=day)))


def test_a_number_of_a_thousand_digits():
    check(read_article(Article("a", "Chương trình mục tiêu quốc gia đã giải ngân " + "9" * 1000 + " tỷ đồng")))


@pytest.mark.parametrize("day", DAYS[3:])
def test_the_calendars_first_and_last_day(day):
    text = "Đến 31/8, hết quý III, tỉnh giải ngân 5% vốn chương trình mục tiêu quốc gia, phấn đấu đến 30/9 đạt 9%."
    check(read_article(Article("a", text, published=day)))


def test_reading_twice_gives_the_same():
    text = "Tỉnh Hà Giang giải ngân 40,7% vốn 3 chương trình mục tiêu quốc gia, được giao 2.449 tỷ đồng."
    assert read_article(Article("a", text)) == read_article(Article("a", text))
