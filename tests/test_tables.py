"""Tables in plain text: columns, units, outlines and totals, each table with its cells' meaning."""

from datetime import date

import pytest

from ntp_analysis.engine import read_article
from ntp_analysis.model import Article

LEAD = "Ngày 5/9/2023, UBND tỉnh Điện Biên họp đánh giá kết quả thực hiện các chương trình mục tiêu quốc gia năm 2023 trên địa bàn tỉnh, kết quả như sau."

TABLES = [  # why, caption and rows, (place, programme, capital, measure, value)
    (
        "million đồng in the caption, tabs",
        "Biểu tổng hợp giải ngân các chương trình mục tiêu quốc gia đến 31/8/2023 (ĐVT: triệu đồng)\nHuyện\tKế hoạch vốn\tGiải ngân\tTỷ lệ (%)\nMường Nhé\t212.400\t96.300\t45,3",
        [("Mường Nhé", "ntp", "total", "allocated", 212_400_000_000), ("Mường Nhé", "ntp", "total", "disbursed", 96_300_000_000), ("Mường Nhé", "ntp", "total", "rate", 45.3)],
    ),
    (
        "billion đồng, bars",
        "Đơn vị: tỷ đồng\n| Huyện | Kế hoạch vốn | Giải ngân |\n| Tủa Chùa | 188,05 | 61,9 |",
        [("Tủa Chùa", "ntp", "total", "allocated", 188_050_000_000), ("Tủa Chùa", "ntp", "total", "disbursed", 61_900_000_000)],
    ),
    (
        "programmes in the rows",
        "ĐVT: triệu đồng\nTT\tChương trình\tKế hoạch vốn\tGiải ngân\n1\tXây dựng nông thôn mới\t50.000\t30.000\n2\tGiảm nghèo bền vững\t80.000\t20.000",
        [
            ("Điện Biên", "nrd", "total", "allocated", 50_000_000_000), ("Điện Biên", "nrd", "total", "disbursed", 30_000_000_000),
            ("Điện Biên", "spr", "total", "allocated", 80_000_000_000), ("Điện Biên", "spr", "total", "disbursed", 20_000_000_000),
        ],
    ),
    (
        "a row without a meaning is left out",
        "ĐVT: triệu đồng\nTT\tNội dung\tKế hoạch vốn\tGiải ngân\n1\tGiảm nghèo bền vững\t80.000\t20.000\n2\tMua sắm bàn ghế\t70.000\t10.000",
        [("Điện Biên", "spr", "total", "allocated", 80_000_000_000), ("Điện Biên", "spr", "total", "disbursed", 20_000_000_000)],
    ),
    (
        "a column without a measure is left out",
        "ĐVT: triệu đồng\nHuyện\tSố xã\tKế hoạch vốn\nMường Nhé\t11.000\t212.400",
        [("Mường Nhé", "ntp", "total", "allocated", 212_400_000_000)],
    ),
    (
        "columns about poor households",
        "Huyện\tTỷ lệ hộ nghèo năm 2022 (%)\tHộ nghèo năm 2023 (%)\tTỷ lệ giải ngân (%)\nMường Nhé\t41,2\t36,9\t45,3",
        [("Mường Nhé", "ntp", "total", "rate", 45.3)],
    ),
    (
        "a list whose lead names the columns",
        "Kết quả theo huyện (Kế hoạch vốn/Đã giải ngân/Tỷ lệ; đơn vị tính: triệu đồng):\n- Huyện Tủa Chùa: 61.200/30.600/50,0%\n- Mường Chà: 48.000/12.000/25,0%",
        [
            ("Tủa Chùa", "ntp", "total", "allocated", 61_200_000_000), ("Tủa Chùa", "ntp", "total", "disbursed", 30_600_000_000), ("Tủa Chùa", "ntp", "total", "rate", 50),
            ("Mường Chà", "ntp", "total", "allocated", 48_000_000_000), ("Mường Chà", "ntp", "total", "disbursed", 12_000_000_000), ("Mường Chà", "ntp", "total", "rate", 25),
        ],
    ),
    (
        "columns that lost what parted them, below a header whose names begin with capitals",
        "Bảng: Tỷ lệ giải ngân vốn 3 chương trình MTQG đến 31/8/2023 (%)\nTT Địa phương Vốn đầu tư Vốn sự nghiệp\n1 Huyện Tủa Chùa 41,2 14,9\n2 Huyện Mường Chà 45,8 19,3",
        [
            ("Tủa Chùa", "ntp", "investment", "rate", 41.2), ("Tủa Chùa", "ntp", "recurrent", "rate", 14.9),
            ("Mường Chà", "ntp", "investment", "rate", 45.8), ("Mường Chà", "ntp", "recurrent", "rate", 19.3),
        ],
    ),
    (
        "columns of which money it is, without a measure of their own",
        "ĐVT: triệu đồng\nHuyện\tKế hoạch vốn\tTrong đó: NSTW\tNSĐP\nMường Nhé\t90.000\t80.000\t10.000",
        [("Mường Nhé", "ntp", "total", "allocated", 90_000_000_000), ("Mường Nhé", "ntp", "total", "allocated", 80_000_000_000), ("Mường Nhé", "ntp", "total", "allocated", 10_000_000_000)],
    ),
    (
        "measures in the rows, places in the columns",
        "Chỉ tiêu\tĐVT\tMường Nhé\tTủa Chùa\nKế hoạch vốn\tTriệu đồng\t212.400\t188.000\nGiải ngân\tTriệu đồng\t96.300\t61.900\nTỷ lệ giải ngân\t%\t45,3\t32,9\nHộ thoát nghèo\tHộ\t1.200\t1.400",
        [
            ("Mường Nhé", "ntp", "total", "allocated", 212_400_000_000), ("Tủa Chùa", "ntp", "total", "allocated", 188_000_000_000), ("Mường Nhé", "ntp", "total", "disbursed", 96_300_000_000),
            ("Tủa Chùa", "ntp", "total", "disbursed", 61_900_000_000), ("Mường Nhé", "ntp", "total", "rate", 45.3), ("Tủa Chùa", "ntp", "total", "rate", 32.9),
        ],
    ),
    (
        "a column that compares with last year is left out",
        "ĐVT: triệu đồng\nHuyện\tGiải ngân\tTăng so với cùng kỳ (%)\nMường Nhé\t96.300\t12,5",
        [("Mường Nhé", "ntp", "total", "disbursed", 96_300_000_000)],
    ),
    (
        "sections across the table, their sums and the whole",
        "ĐVT: triệu đồng\nHuyện\tKế hoạch vốn\nI. Vốn đầu tư phát triển\nMường Nhé\t80.000\nTủa Chùa\t70.000\nCộng\t150.000\nII. Vốn sự nghiệp\nMường Nhé\t40.000\nTổng cộng\t190.000",
        [
            ("Mường Nhé", "ntp", "investment", "allocated", 80_000_000_000), ("Tủa Chùa", "ntp", "investment", "allocated", 70_000_000_000), ("Điện Biên", "ntp", "investment", "allocated", 150_000_000_000),
            ("Mường Nhé", "ntp", "recurrent", "allocated", 40_000_000_000), ("Điện Biên", "ntp", "total", "allocated", 190_000_000_000),
        ],
    ),
    (
        "a column of measures, with parts between them",
        "Nội dung\tSố tiền (triệu đồng)\nTổng kế hoạch vốn\t800.000\nVốn đầu tư\t500.000\nVốn sự nghiệp\t300.000\nGiải ngân đến 31/8\t210.000\nTỷ lệ (%)\t26,3",
        [
            ("Điện Biên", "ntp", "total", "allocated", 800_000_000_000), ("Điện Biên", "ntp", "investment", "allocated", 500_000_000_000), ("Điện Biên", "ntp", "recurrent", "allocated", 300_000_000_000),
            ("Điện Biên", "ntp", "total", "disbursed", 210_000_000_000), ("Điện Biên", "ntp", "total", "rate", 26.3),
        ],
    ),
    ("rates of what is counted are none of money", "Kết quả tiêu chí\nHuyện\tSố xã\tXã đạt chuẩn\tTỷ lệ (%)\nMường Nhé\t18\t6\t33,3", []),
    ("rates of the poor are none of money", "Huyện\tTổng số hộ\tHộ nghèo\tTỷ lệ (%)\nMường Nhé\t12.345\t2.345\t19,0", []),
    (
        "works are no places",
        "ĐVT: triệu đồng\nTT\tCông trình\tTổng mức đầu tư\tKế hoạch vốn\n1\tTrường tiểu học xã Mường Nhé\t14.900\t8.000\n2\tTuyến đường liên xã Nậm Kè\t9.900\t5.000",
        [],
    ),
    (
        "a caption that ends in a day is no row",
        "Xếp hạng tỷ lệ giải ngân vốn đầu tư đến 31/8/2023\nHạng\tHuyện\tTỷ lệ (%)\tHạng tháng trước\n1\tMường Nhé\t50,0\t2",
        [("Mường Nhé", "ntp", "investment", "rate", 50)],
    ),
    (
        "what a cell across columns says, small numbers, units in the cells and in a row of their own",
        "TT\tNội dung\tKế hoạch\tGN đến 31/8\t%\n\t\tTỷ đồng\tTỷ đồng\t\n(1)\t(2)\t(3)\t(4)\t(5)=(4)/(3)\nA\tVốn đầu tư\tVốn đầu tư\tVốn đầu tư\tVốn đầu tư\n1\tMường Nhé\t50\t20\t40\n2\tTủa Chùa\t900 triệu đồng\t5\t60",
        [
            ("Mường Nhé", "ntp", "investment", "allocated", 50_000_000_000), ("Mường Nhé", "ntp", "investment", "disbursed", 20_000_000_000), ("Mường Nhé", "ntp", "investment", "rate", 40),
            ("Tủa Chùa", "ntp", "investment", "allocated", 900_000_000), ("Tủa Chùa", "ntp", "investment", "disbursed", 5_000_000_000), ("Tủa Chùa", "ntp", "investment", "rate", 60),
        ],
    ),
    (
        "two cells of words before the numbers",
        "Chương trình\tNguồn\tKế hoạch (triệu đồng)\nGiảm nghèo bền vững\tVốn đầu tư\t60.000\nGiảm nghèo bền vững\tVốn sự nghiệp\t20.000",
        [("Điện Biên", "spr", "investment", "allocated", 60_000_000_000), ("Điện Biên", "spr", "recurrent", "allocated", 20_000_000_000)],
    ),
    (
        "a list of other pairs has no columns",
        "Kết quả xây dựng nông thôn mới (tiêu chí đạt; đơn vị: tiêu chí):\n- Huyện Tủa Chùa: 15/19\n- Mường Chà: 12/19",
        [],
    ),
    (
        "communes with their kind shortened",
        "ĐVT: triệu đồng\nTT\tĐơn vị\tKế hoạch vốn\n1\tTT Tủa Chùa\t3.150\n2\tTX Mường Lay\t4.200",
        [("Tủa Chùa", "ntp", "total", "allocated", 3_150_000_000), ("Mường Lay", "ntp", "total", "allocated", 4_200_000_000)],
    ),
    *(
        (
            f"a unit written {unit}",
            f"{line}\nHuyện\tKế hoạch vốn{header}\tGiải ngân\nMường Nhé\t212.400\t{cell}",
            [("Mường Nhé", "ntp", "total", "allocated", 212_400 * 10**6), ("Mường Nhé", "ntp", "total", "disbursed", value * 10**6)],
        )
        for unit, line, header, cell, value in (
            ("tr.đồng above", "ĐVT: tr.đồng", "", "96.300", 96_300),
            ("tr. đồng in the header", "Biểu 1", " (Tr. đồng)", "96.300", 96_300),
            ("tr.đồng in the header", "Biểu 1", " (tr.đồng)", "96.300", 96_300),
            ("tỉ in the cell", "ĐVT: triệu đồng", "", "12,3 tỉ", 12_300),
            ("Tỉ đồng in the cell", "ĐVT: triệu đồng", "", "12,3 Tỉ đồng", 12_300),
        )
    ),
    ("all cells have the unit tỉ", "Huyện\tKế hoạch vốn\nMường Nhé\t12,3 tỉ", [("Mường Nhé", "ntp", "total", "allocated", 12_300_000_000)]),
    (
        "what is too large is no figure",
        "Huyện\tKế hoạch vốn (tỷ đồng)\tGiải ngân (tỷ đồng)\tTỷ lệ (%)\nMường Nhé\t123456789012345678901\t96,3\t123456789012",
        [("Mường Nhé", "ntp", "total", "disbursed", 96_300_000_000)],
    ),
    ("no unit is said: no amount is made up", "Huyện\tKế hoạch vốn\tGiải ngân\nMường Nhé\t212.400\t96.300", []),
]  # fmt: skip


@pytest.mark.parametrize("table, wanted", [pytest.param(t, w, id=why) for why, t, w in TABLES])
def test_table(table, wanted):
    text = f"{LEAD}\n{table}"
    figures = read_article(Article("a", text, published=date(2023, 9, 5))).figures
    assert [(f.place, f.programme, f.capital, f.measure, f.value) for f in figures] == wanted
    assert all(text[f.start : f.end].replace(".", "").replace(",", "").isdigit() for f in figures)


def test_the_captions_day_is_the_tables():
    figures = read_article(Article("a", f"{LEAD}\n{TABLES[0][1]}", published=date(2023, 9, 5))).figures
    assert {f.as_of for f in figures if f.measure != "allocated"} == {"2023-08-31"}


def test_a_short_caption_with_a_day_is_still_a_caption():
    text = (
        f"{LEAD}\nGiải ngân đến 31/8/2023 (ĐVT: triệu đồng)\nHuyện\tKế hoạch vốn\tGiải ngân\nMường Nhé\t212.400\t96.300"
    )
    figures = read_article(Article("a", text, published=date(2023, 9, 5))).figures
    assert [(f.measure, f.value) for f in figures] == [("allocated", 212_400_000_000), ("disbursed", 96_300_000_000)]
    assert figures[1].as_of == "2023-08-31"


def test_sub_projects_stand_under_their_project():
    table = "ĐVT: triệu đồng\nTT\tNội dung\tGiải ngân\n1\tDự án 1\t40.100\n2\tDự án 5\t38.400\n-\tTiểu dự án 1\t30.000\n-\tTiểu dự án 3\t8.400\n3\tDự án 6\t2.000"
    figures = read_article(Article("a", f"{LEAD}\n{table}", published=date(2023, 9, 5))).figures
    assert [f.component for f in figures] == ["DA1", "DA5", "DA5.TDA1", "DA5.TDA3", "DA6"]


def test_rows_of_a_years_money_and_their_total():
    table = "ĐVT: triệu đồng\nTT\tNguồn\tKế hoạch vốn\nI\tVốn năm 2022 chuyển sang\t30.000\n1\tGiảm nghèo bền vững\t30.000\nII\tVốn giao năm 2023\t50.000\n\tTổng cộng\t80.000"
    figures = read_article(Article("a", f"{LEAD}\n{table}", published=date(2023, 9, 5))).figures
    wanted = [("ntp", "2022", "only"), ("spr", "2022", "only"), ("ntp", "2023", ""), ("ntp", "2023", "included")]
    assert [(f.programme, f.period, f.carryover) for f in figures] == wanted


def test_the_sentence_that_leads_a_table_is_above_its_unit():
    text = f"{LEAD}\nNgày 6/9, Chương trình xây dựng nông thôn mới giải ngân 12 tỷ đồng.\nKết quả giải ngân của một số huyện (tính chung các chương trình mục tiêu quốc gia):\nĐơn vị: triệu đồng\nHuyện\tGiải ngân\nMường Nhé\t96.300"
    figures = read_article(Article("a", text, published=date(2023, 9, 5))).figures
    assert [(f.programme, f.value) for f in figures] == [("nrd", 12_000_000_000), ("ntp", 96_300_000_000)]


def test_years_in_columns_and_in_rows():
    caption = "Giải ngân vốn Chương trình MTQG xây dựng nông thôn mới (ĐVT: tỷ đồng)"
    columns = "Nội dung\tNăm 2021\tNăm 2022\nKế hoạch vốn\t120\t150\nGiải ngân\t118\t140"
    rows = "Năm\tKế hoạch vốn\tGiải ngân\n2021\t120\t118\n2022\t150\t140"
    for table in (columns, rows):
        figures = read_article(Article("a", f"{LEAD}\n{caption}\n{table}", published=date(2023, 9, 5))).figures
        found = {(f.measure, f.period, f.value, f.as_of) for f in figures}
        assert found == {
            ("allocated", "2021", 120_000_000_000, ""), ("disbursed", "2021", 118_000_000_000, "2021-12-31"),
            ("allocated", "2022", 150_000_000_000, ""), ("disbursed", "2022", 140_000_000_000, "2022-12-31"),
        }  # fmt: skip


def test_columns_of_money_carried_over():
    table = "ĐVT: triệu đồng\nHuyện\tVốn năm 2022 kéo dài\tVốn năm 2023\tGiải ngân vốn kéo dài\tGiải ngân vốn năm 2023\nMường Nhé\t10.000\t50.000\t8.000\t20.000"
    figures = read_article(Article("a", f"{LEAD}\n{table}", published=date(2023, 9, 5))).figures
    wanted = [
        ("allocated", "2022", "only"),
        ("allocated", "2023", ""),
        ("disbursed", "2022", "only"),
        ("disbursed", "2023", ""),
    ]
    assert [(f.measure, f.period, f.carryover) for f in figures] == wanted
