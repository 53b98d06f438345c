"""Places in a sentence: which names are units, and which only look like one."""

from datetime import date

import pytest

from ntp_analysis.document import lexicon
from ntp_analysis.engine import read_article
from ntp_analysis.model import Article
from ntp_analysis.places import Home, communes, name_at
from ntp_analysis.text import view
from ntp_analysis.units import find_units

OLD, NEW = date(2023, 9, 5), date(2025, 9, 5)

NAMED = [  # wording, day, home province, (name, level, province)
    ("tỉnh Hà Giang đạt 5%", OLD, "", [("Hà Giang", "province", "Hà Giang")]),
    ("thành phố Hà Giang đạt 5%", OLD, "Hà Giang", [("Hà Giang", "district", "Hà Giang")]),
    ("TP. Cao Bằng đạt 5%", OLD, "Cao Bằng", [("Cao Bằng", "district", "Cao Bằng")]),
    ("TP Đà Nẵng đạt 5%", OLD, "", [("Đà Nẵng", "province", "Đà Nẵng")]),
    ("huyện Kỳ Sơn đạt 5%", OLD, "Nghệ An", [("Kỳ Sơn", "district", "Nghệ An")]),
    ("huyện Châu Thành đạt 5%", OLD, "Bến Tre", [("Châu Thành", "district", "Bến Tre")]),
    (
        "huyện Đồng Văn, Mèo Vạc",
        OLD,
        "Hà Giang",
        [("Đồng Văn", "district", "Hà Giang"), ("Mèo Vạc", "district", "Hà Giang")],
    ),
    (
        "Bắc Mê 9,8%, Quản Bạ 8%",
        OLD,
        "Hà Giang",
        [("Bắc Mê", "district", "Hà Giang"), ("Quản Bạ", "district", "Hà Giang")],
    ),
    ("tỉnh Hoà Bình", OLD, "", [("Hòa Bình", "province", "Hòa Bình")]),
    ("HÀ GIANG: GIẢI NGÂN", OLD, "", [("Hà Giang", "province", "Hà Giang")]),
    ("bà Trần Thị Hà Giang cho biết", OLD, "", []),
    ("ông Lò Văn Sơn La cho biết", OLD, "", []),
    ("sống trong hòa bình", OLD, "", []),
    ("xã Hồng Sơn và ông Thào Hồng Sơn", OLD, "Hà Giang", []),
    ("tỉnh Hà Giang đạt 5%", NEW, "", [("Hà Giang", "province", "Hà Giang")]),
    ("tỉnh Tuyên Quang đạt 5%", NEW, "", [("Tuyên Quang", "province", "Tuyên Quang")]),
]
COMMUNES = [  # wording, day, home province, communes
    ("xã Nậm Ban đạt 5%", OLD, "Hà Giang", ["Nậm Ban"]),
    ("các xã Nậm Ban, Niêm Sơn và Tát Ngà đạt 5%", OLD, "Hà Giang", ["Nậm Ban", "Niêm Sơn", "Tát Ngà"]),
    ("xã biên giới Mường Lát giải ngân", NEW, "Thanh Hóa", ["Mường Lát"]),
    ("phường Sông Bằng đạt 5%", OLD, "Cao Bằng", ["Sông Bằng"]),
    ("thị trấn Mèo Vạc đạt 5%", OLD, "Hà Giang", ["Mèo Vạc"]),
    ("ông Thào Hồng Sơn cho biết", OLD, "Hà Giang", []),
    ("đường xã đạt chuẩn", OLD, "Hà Giang", []),
]
SELVES = [  # wording, (kind, level)
    ("toàn tỉnh giải ngân 5%", [("self", "province")]),
    ("trên địa bàn huyện", [("self", "district")]),
    ("cả nước giải ngân 5%", [("country", "country")]),
    ("9 huyện miền núi được giao 5 tỷ", [("region", "region")]),
    ("vùng Tây Nguyên giải ngân 5%", [("region", "region")]),
    ("huyện này giải ngân 5%", [("this", "district")]),
    ("các huyện này giải ngân 5%", [("these", "district")]),
    ("quy mô huyện lỵ", []),
]


@pytest.mark.parametrize("wording, day, province, wanted", NAMED)
def test_provinces_and_districts(wording, day, province, wanted):
    v = view(wording)
    names = [name_at(v, a, b, code) for a, b, kind, code in lexicon().find(v.low) if kind == "name"]
    found = [name.meant(day, province) for name in names if name]
    assert [(p.name, p.level, p.province) for p in found if p] == wanted


@pytest.mark.parametrize("wording, day, province, wanted", COMMUNES)
def test_communes(wording, day, province, wanted):
    v = view(wording)
    found = communes(v, 0, len(v.text), day, Home(day, province))
    assert [(p.name, p.level) for p in found] == [(name, "commune") for name in wanted]
    assert all(name in v.text[p.start : p.end] for p, name in zip(found, wanted, strict=True))


@pytest.mark.parametrize("wording, wanted", SELVES)
def test_groups_and_words_for_the_own_unit(wording, wanted):
    v = view(wording)
    found = find_units(v, 0, len(v.text), Home(OLD, "Hà Giang", "Hà Giang", "province"))
    assert [(p.kind, p.level) for p in found] == wanted


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Năm 2018, 8 xã của huyện Vân Hồ, tỉnh Sơn La được hỗ trợ 3,9 tỷ đồng từ Chương trình giảm nghèo bền vững. "
            "Huyện Vân Hồ đã giải ngân 3,1 tỷ đồng.",
            "Vân Hồ",
        ),
        (
            "Tính đến hết tháng 2-2015, huyện Hoành Bồ (Quảng Ninh) đã giải ngân 30,8 tỷ đồng vốn xây dựng nông thôn mới. Hoành Bồ có 3 xã về đích.",
            "Hoành Bồ",
        ),
        (
            "Năm 2018, tỉnh Sơn La được giao 812 tỷ đồng vốn Chương trình giảm nghèo bền vững; huyện Vân Hồ, tỉnh Sơn La giải ngân 61%.",
            "Sơn La",
        ),
    ],
)
def test_a_province_that_only_says_where_its_district_lies_is_not_the_subject(text, place):
    assert read_article(Article("a", text)).place == place


def test_an_article_without_a_day_can_name_communes_of_whatever_day():
    text = "Hà Tĩnh hỗ trợ các xã nông thôn mới\n\nTỉnh Hà Tĩnh phân bổ 2,4 tỷ đồng cho các xã đạt chuẩn nông thôn mới. Có 2 xã được nhận vốn đợt đầu là: Khánh Lộc 250 triệu, Trung Lễ 170 triệu."
    found = read_article(Article("a", text)).figures
    assert [(f.place, f.province, f.value) for f in found[1:]] == [
        ("Khánh Lộc", "Hà Tĩnh", 250_000_000),
        ("Trung Lễ", "Hà Tĩnh", 170_000_000),
    ]


@pytest.mark.parametrize(
    "source", ["Báo Bình Định", "Nguồn: Báo Bình Định", "(Theo Báo Bình Định điện tử)", "BÁO BÌNH ĐỊNH | Thứ Sáu"]
)
@pytest.mark.parametrize("page", ["{source}\n09/09/2022\n{text}", "09/09/2022\n{text}\n{source}"])
def test_the_paper_that_a_page_names_tells_units_of_one_name_apart(source, page):
    text = "Vĩnh Thạnh: Vốn về chậm\nHuyện được bố trí 118,6 tỷ đồng vốn 3 chương trình mục tiêu quốc gia năm 2022."
    read = read_article(Article("a", page.format(source=source, text=text)))
    assert (read.place, read.province) == ("Vĩnh Thạnh", "Bình Định")


def test_a_page_is_of_no_district_that_it_says_is_no_more():
    text = (
        "Báo Nghệ An\n30/10/2025\nCác xã miền Tây Nghệ An chạy nước rút giải ngân\n"
        "Đến ngày 25/10/2025, 11 xã biên giới giải ngân 41% vốn các chương trình mục tiêu quốc gia. Xã Mường Xén được giao 38,6 tỷ đồng, xã Keng Đu 21 tỷ đồng.\n"
        "Lãnh đạo xã Na Ngoi cho biết, xã tiếp nhận 52 tỷ đồng từ huyện Kỳ Sơn (cũ), trong đó 12 tỷ đồng chưa đủ điều kiện giải ngân."
    )
    assert read_article(Article("a", text)).place == "Nghệ An"


def test_a_portals_weather_line_is_not_where_an_article_is_from():
    page = (
        "Chủ Nhật, 11/06/2023 | Việt Trì 31°C\n\nGiải ngân vốn mục tiêu quốc gia ở Phú Thọ\n\n"
        "Hết tháng 5, tỉnh giải ngân 188.574 triệu đồng vốn các chương trình mục tiêu quốc gia, đạt 28%."
    )
    homes = [read_article(Article("a", text)).place for text in (page, page.replace(" 31°C", ""))]
    assert homes == ["Phú Thọ", "Việt Trì"]
