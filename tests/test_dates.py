"""Days and plan years: wording, the article's day, basis and plan year, and the day that is meant."""

from datetime import date

import pytest

from ntp_analysis.dates import find_dates, find_periods, resolve

DAYS = [  # wording, article's day, basis, plan year, day
    ("đến 31/8", "2023-09-05", "actual", None, "2023-08-31"),
    ("đến ngày 31/8/2023", "2024-09-05", "actual", None, "2023-08-31"),
    ("tính đến 31.8", "2023-09-05", "actual", None, "2023-08-31"),
    ("đến ngày 31-8-2023", "2023-09-05", "actual", None, "2023-08-31"),
    ("đến ngày 31 tháng 8 năm 2023", "2023-09-05", "actual", None, "2023-08-31"),
    ("đến ngày 2023-08-31", "2023-09-05", "actual", None, "2023-08-31"),
    ("đến hết tháng 9", "2023-10-02", "actual", None, "2023-09-30"),
    ("hết tháng 2/2024", "2024-03-02", "actual", None, "2024-02-29"),
    ("hết tháng 9 năm 2022", "2023-10-02", "actual", None, "2022-09-30"),
    ("hết tháng chín", "2023-10-02", "actual", None, "2023-09-30"),
    ("9 tháng năm 2023", "2023-10-02", "actual", None, "2023-09-30"),
    ("sáu tháng đầu năm", "2024-07-10", "actual", None, "2024-06-30"),
    ("hết quý iii", "2023-10-02", "actual", None, "2023-09-30"),
    ("quý 2/2024", "2024-07-20", "actual", None, "2024-06-30"),
    ("quý iv năm 2023", "2024-01-20", "actual", None, "2023-12-31"),
    ("đến nay", "2023-10-02", "actual", None, "2023-10-02"),
    ("tính đến thời điểm này", "2023-10-02", "actual", None, "2023-10-02"),
    ("đến hết năm 2023", "2023-10-02", "target", 2023, "2023-12-31"),
    ("đến cuối năm", "2023-10-02", "target", None, "2023-12-31"),
    ("trước 31/1", "2023-12-08", "target", 2023, "2024-01-31"),
    ("đến 31/1", "2023-03-08", "actual", None, "2023-01-31"),
    ("đến 15.1", "2024-01-18", "actual", 2023, "2024-01-15"),
    ("đến 31/12", "2024-01-08", "actual", 2023, "2023-12-31"),
    ("hết niên độ ngân sách năm 2023", "2023-12-01", "target", 2023, "2024-01-31"),
    ("đến hết tháng 12", "2023-10-02", "target", None, "2023-12-31"),
    ("đến 29/2/2024", "2024-03-05", "actual", None, "2024-02-29"),
]  # fmt: skip
NO_DAYS = [
    "đạt 31.8%", "giao 31,8 tỷ", "đạt 12/19 tiêu chí", "dự án 31/8 hộ", "ngày 31/2", "ngày 32/8", "19/19 tiêu chí", "tháng 13",
    "điện thoại 0219.3866.123", "quyết định 27/2022", "tỷ lệ 3.5 phần trăm",
]  # fmt: skip
PERIODS = [  # wording, periods
    ("năm 2023", ["2023"]),
    ("kế hoạch vốn năm 2023", ["2023"]),
    ("giai đoạn 2021-2025", ["2021-2025"]),
    ("giai đoạn 2021 - 2025", ["2021-2025"]),
    ("giai đoạn 2021–2025", ["2021-2025"]),
    ("năm 2022 và năm 2023", ["2022-2023"]),
    ("các năm 2021, 2022, 2023", ["2021-2023"]),
    ("vốn 2022 kéo dài", ["2022"]),
    ("số 2022 hộ", []),
    ("nghị định 27/2022/nđ-cp", []),
]


def one(wording: str, today: str, basis: str, plan_year: int | None):
    (found,) = find_dates(wording, 0, len(wording))
    assert wording[found.start : found.end].strip()
    return resolve(found, date.fromisoformat(today), basis, plan_year)


@pytest.mark.parametrize("wording, today, basis, plan_year, day", DAYS)
def test_day(wording, today, basis, plan_year, day):
    assert one(wording, today, basis, plan_year) == date.fromisoformat(day)


@pytest.mark.parametrize("wording", NO_DAYS)
def test_no_day(wording):
    assert find_dates(wording, 0, len(wording)) == []


@pytest.mark.parametrize("wording, periods", PERIODS)
def test_periods(wording, periods):
    assert [p.period for p in find_periods(wording, 0, len(wording))] == periods


def test_without_a_day_of_its_own_the_article_gives_no_year():
    assert resolve(find_dates("đến 31/8 ", 0, 9)[0], None, "actual", None) is None
    assert resolve(find_dates("đến nay", 0, 7)[0], None, "actual", None) is None
    assert resolve(find_dates("đến 31/8 ", 0, 9)[0], None, "actual", 2022) == date(2022, 8, 31)


@pytest.mark.parametrize(
    "wording, until",
    [
        ("đến 31/8 ", True),
        ("từ ngày 1/8 ", False),
        ("sáng 31/8 ", False),
        ("hết tháng 8 ", True),
        ("kể từ tháng 8 ", False),
    ],
)
def test_limits_are_told_from_beginnings(wording, until):
    assert [d.until for d in find_dates(wording, 0, len(wording))] == [until]
