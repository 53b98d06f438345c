"""Amounts and shares: wording and answer, one line a case."""

from decimal import Decimal

import pytest

from ntp_analysis.amounts import AmountError, Convention, convention, find_numbers, parse_money
from ntp_analysis.text import view

TỶ = 10**9
TRIỆU = 10**6

MONEY = [  # wording, đồng
    ("2.449 tỷ 836 triệu đồng", 2_449_836_000_000),
    ("2 tỷ 060 triệu đồng", 2_060_000_000),
    ("525 tỷ 35 triệu đồng", 525_035_000_000),
    ("12 tỷ 5 triệu 300 nghìn đồng", 12_005_300_000),
    ("1,2 nghìn tỷ đồng", 1_200 * TỶ),
    ("1,3 ngàn tỉ đồng", 1_300 * TỶ),
    ("7400 tỷ", 7_400 * TỶ),
    ("4.338 tỷ", 4_338 * TỶ),
    ("49.416 triệu đồng", 49_416 * TRIỆU),
    ("1.036.420 triệu đồng", 1_036_420 * TRIỆU),
    ("2,87 triệu tỷ đồng", 2_870_000 * TỶ),
    ("996,9 tỷ đồng", 996_900_000_000),
    ("0,001 tỷ", 1_000_000),
    ("9,999 tỷ", 9_999_000_000),
    ("512,345678 tỷ đồng", 512_345_678_000),
    ("4.285.600.000 đồng", 4_285_600_000),
    ("46.000.000 VNĐ", 46_000_000),
    ("46.000.000đồng", 46_000_000),
    ("3,6 tỷ đ", 3_600_000_000),
    ("850 ngàn đồng", 850_000),
    ("850 nghìn đồng", 850_000),
    ("2 449 tỷ đồng", 2_449 * TỶ),
    ("1 284 560 000 đồng", 1_284_560_000),
    ("1,012.5 tỉ đồng", 1_012_500_000_000),
    ("187,562.4 triệu đồng", 187_562_400_000),
    ("1,284,560,000 đồng", 1_284_560_000),
    ("1.284,56 tỷ đồng", 1_284_560_000_000),
    ("1.284.56 tỷ đồng", 1_284_560_000_000),
    ("522 tỷ triệu đồng", 522 * TỶ),
    ("101TỶ ĐỒNG", 101 * TỶ),
]
NO_MONEY = [
    "40,7%", "năm 2023", "2023, tỉnh", "5 tỷ lệ", "12 tỷ trọng", "3 tỉnh", "12,5 triệu USD", "1 tỷ đô la", "5 triệu người",
    "2 triệu con giống", "1.719 hộ", "46 triệu đồng/nhà", "62 triệu đồng/người/năm", "7.200 đồng/kg", "10 triệu đồng mỗi hộ", "vốn",
    "0,0000000001 tỷ",
]  # fmt: skip
PERCENT = [  # wording, value
    ("40,7%", 40.7), ("40.7%", 40.7), ("100%", 100), ("0%", 0), ("5,18 %", 5.18), ("82,5 phần trăm", 82.5), ("38,111%", 38.111), ("8.9%", 8.9),
]  # fmt: skip
NUMBERS = [  # passage, every number with a unit in it: (value, unit)
    ("giải ngân 101,3/912,3 tỷ đồng", [(101_300_000_000, "VND"), (912_300_000_000, "VND")]),
    ("giải ngân 88,2 tỷ đồng/196 tỷ đồng", [(88_200_000_000, "VND"), (196 * TỶ, "VND")]),
    ("lần lượt 8,91 và 5,2%", [(8.91, "percent"), (5.2, "percent")]),
    ("lần lượt 8,91%, 5,2%", [(8.91, "percent"), (5.2, "percent")]),
    ("phải đạt 96 - 98%", [(96, "percent")]),
    ("đạt 96-98%", [(96, "percent")]),
    ("đạt từ 96 đến 98%", [(96, "percent")]),
    ("khoảng 120-130 tỷ đồng", [(120 * TỶ, "VND")]),
    ("năm 2022 và 5,2%", [(5.2, "percent")]),
    ("Năm 2023, tỉnh giao 2 tỷ", [(2 * TỶ, "VND")]),
    ("tăng 5,2 điểm %", []),
    ("tăng 5,2 điểm phần trăm", []),
    ("Quyết định 1719/QĐ-TTg", []),
    ("điện thoại 0219.3866.123", []),
    ("tỷ lệ 3 tỷ đồng", [(3 * TỶ, "VND")]),
]


@pytest.mark.parametrize("wording, value", MONEY)
def test_money(wording, value):
    assert parse_money(wording) == value
    assert isinstance(parse_money(wording), int)


@pytest.mark.parametrize("wording", NO_MONEY)
def test_no_money(wording):
    with pytest.raises(AmountError, match="write a number"):
        parse_money(wording)


@pytest.mark.parametrize("wording, value", PERCENT)
def test_percent(wording, value):
    (number,) = find_numbers(view(wording).low, Convention())
    assert (number.value, number.unit) == (value, "percent")


@pytest.mark.parametrize("passage, wanted", NUMBERS)
def test_numbers_of_a_passage(passage, wanted):
    low = passage.lower()
    found = [n for n in find_numbers(low, convention(low)) if n.unit]
    assert [(n.value, n.unit) for n in found] == wanted
    assert all(low[n.start : n.end].startswith(n.digits) for n in found)


@pytest.mark.parametrize(
    "wording, odd",
    [("522 tỷ triệu đồng", "522 tỷ triệu đồng"), ("46 triệu đồng/nhà", "per"), ("52 tỷ đồng", "")],
)
def test_odd_wordings_are_said_to_be_odd(wording, odd):
    (number,) = find_numbers(wording.lower(), Convention())
    assert number.odd == odd


def test_money_is_exact_where_floats_are_not():
    """Of the 9,999 amounts from 0,001 to 9,999 tỷ many are not whole đồng in floats."""
    assert all(parse_money(f"{n // 1000},{n % 1000:03} tỷ đồng") == n * TRIỆU for n in range(1, 10_000, 7))


@pytest.mark.parametrize(
    "text, decimal",
    [
        ("đạt 16.4%, giao 1,012.5 tỉ đồng", "."),
        ("giao 3.142 tỷ đồng", ","),
        ("đạt 16,4%, giao 1.012,5 tỉ đồng, ngày 5.9", ","),
        ("", ","),
    ],
)
def test_the_convention_is_the_articles(text, decimal):
    assert convention(text).decimal == decimal


@pytest.mark.parametrize(
    "digits, value",
    [("2.449", "2449"), ("40,7", "40.7"), ("1.284.560", "1284560"), ("0.125", "0.125"), ("187,562.4", "187562.4")],
)
def test_shape_beats_the_convention(digits, value):
    assert Convention().parse(digits) == Decimal(value)


def test_no_break_spaces_and_capitals_change_nothing():
    assert parse_money(view("2.449\u00a0TỶ\u202f836 TRIỆU ĐỒNG").low) == 2_449_836_000_000
