"""Spans of a sentence: programmes, capital, measures, components and money carried over."""

import pytest

from ntp_analysis.document import lexicon
from ntp_analysis.mentions import carryovers, components, new_money
from ntp_analysis.text import view

LEXICAL = [  # wording, kind, codes in order
    ("vốn Chương trình MTQG xây dựng nông thôn mới", "programme", "nrd"),
    ("Chương trình MTQG giảm nghèo bền vững", "programme", "spr"),
    ("CTMTQG GNBV", "programme", "spr"),
    ("Chương trình phát triển KT-XH vùng đồng bào DTTS&MN", "programme", "sedema"),
    ("Chương trình 1719", "programme", "sedema"),
    ("Chương trình 1719, Chương trình 90 và Chương trình 263", "programme", "sedema spr nrd"),
    ("3 CTMTQG", "programme", "ntp"),
    ("vốn đầu tư công", "programme", "other"),
    ("Chương trình 135 và Chương trình 30a", "programme", "spr spr"),
    ("188 xã đạt chuẩn nông thôn mới", "programme", ""),
    ("1.719 hộ nghèo", "programme", ""),
    ("90% kế hoạch", "programme", ""),
    ("Ban Chỉ đạo các chương trình MTQG", "programme", ""),
    ("vốn đầu tư phát triển và vốn sự nghiệp", "capital", "investment recurrent"),
    ("vốn ĐTPT, vốn SN", "capital", "investment recurrent"),
    ("Sở Kế hoạch và Đầu tư, chủ đầu tư", "capital", ""),
    ("đơn vị sự nghiệp công lập", "capital", ""),
    ("ngân sách trung ương, ngân sách tỉnh, vốn tín dụng", "source", "central local credit"),
    ("vốn đối ứng", "source", "local"),
    ("chưa giải ngân", "measure", "not_disbursed"),
    ("đã giải ngân", "measure", "disbursed"),
    ("tỷ lệ giải ngân", "measure", "rate"),
    ("mục tiêu, tiêu chí", "measure", ""),
    ("phấn đấu", "basis", "target"),
    ("ước đạt", "basis", "forecast"),
    ("hương ước", "basis", ""),
    ("lần lượt", "marker", "respectively"),
    ("cùng kỳ năm trước", "marker", "compare"),
]
COMPONENTS = [
    ("Dự án 1", ["DA1"]),
    ("dự án thành phần số 5", ["DA5"]),
    ("Tiểu dự án 1, Dự án 4", ["DA4.TDA1"]),
    ("Tiểu dự án 1 thuộc Dự án 4", ["DA4.TDA1"]),
    ("Tiểu dự án 2 đạt 5%", [".TDA2"]),
    ("Dự án 4 (Tiểu dự án 1)", ["DA4.TDA1"]),
    ("Dự án 1; Dự án 2", ["DA1", "DA2"]),
    ("TDA2", [".TDA2"]),
    ("Dự án 11", []),
    ("dự án 2 tỷ đồng", []),
    ("dự án 12,5 tỷ", []),
]
CARRIED = [  # wording, (code, first year)
    ("vốn năm 2022 kéo dài sang năm 2023", [("only", "2022")]),
    ("vốn năm 2022 chuyển nguồn", [("only", "2022")]),
    ("bao gồm cả vốn năm 2022 chuyển sang", [("included", "2022")]),
    ("không bao gồm vốn năm 2022 kéo dài", [("excluded", "2022")]),
    ("kế hoạch vốn năm 2021, 2022 kéo dài", [("only", "2021-2022")]),
    ("thời gian thi công kéo dài", []),
    ("mùa mưa kéo dài", []),
    ("thủ tục kéo dài nhiều năm", []),
]


@pytest.mark.parametrize("wording, kind, codes", LEXICAL)
def test_words_of_the_lexicon(wording, kind, codes):
    low = view(wording).low
    assert [code for _, _, k, code in lexicon().find(low) if k == kind] == codes.split()


@pytest.mark.parametrize("wording, codes", COMPONENTS)
def test_components(wording, codes):
    assert [m.code for m in components(wording.lower(), 0, len(wording))] == codes


@pytest.mark.parametrize("wording, wanted", CARRIED)
def test_money_carried_over(wording, wanted):
    assert [(m.code, m.data) for m in carryovers(wording, 0, len(wording))] == wanted


@pytest.mark.parametrize(
    "wording, wanted", [("vốn giao trong năm 2023", ["2023"]), ("vốn giao mới", [""]), ("vốn năm 2023", [])]
)
def test_money_given_in_the_year_itself(wording, wanted):
    assert [m.data for m in new_money(wording, 0, len(wording))] == wanted
