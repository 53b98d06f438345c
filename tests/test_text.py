"""The reading view: what is made alike, and where every character was given."""

import unicodedata

import pytest

from ntp_analysis.text import alphabetical, one_spelling, quoted, sentences, view

VIEWS = [  # as given, as read
    ("vốn 2\u00a0449\u202ftỷ", "vốn 2 449 tỷ"),
    ("Ðiện Biên", "Điện Biên"),
    ("“Nông thôn mới”", '"Nông thôn mới"'),
    ("2021‑2025 − 3", "2021-2025 - 3"),
    ("a\r\nb", "a\nb"),
    ("gi\u00adải\u200b ng\ufeffân", "giải ngân"),
    (unicodedata.normalize("NFD", "Thừa Thiên Huế, Đắk Lắk, tỷ"), "Thừa Thiên Huế, Đắk Lắk, tỷ"),
    ("40％", "40%"),
    ("", ""),
]
SENTENCES = [  # the split drawn in
    "Đạt 40,7%. | TP. Hà Giang đạt 35%.",
    "Ông A, Phó Chủ tịch UBND huyện. | Đến nay đạt 5%.",
    "Đạt 2.449 tỷ đồng. | Trong đó 5.1 tỷ đồng.",
    "Huyện giao 3 tỷ đồng.|Đến nay đạt 92%.|Trong đó còn chậm.",
    "Theo TS. Nguyễn Văn A, ThS. Lê B đạt 5%.",
    "Hết quý III! | Đạt 5%? | Chưa…",
    '"Phải đạt 95%." | Ông nói.',
    "Dòng một\n | dòng hai",
]
TONES = [("hòa bình", "hoà bình"), ("ủy ban", "uỷ ban"), ("xóa nghèo", "xoá nghèo"), ("khỏe", "khoẻ"), ("thúy", "thuý")]


@pytest.mark.parametrize("given, read", VIEWS)
def test_view(given, read):
    v = view(given)
    assert v.text == read
    assert len(v.low) == len(v.text)


@pytest.mark.parametrize("given", [g for g, _ in VIEWS])
def test_every_span_of_a_view_has_its_place_in_the_text_as_given(given):
    v = view(given)
    for start in range(len(v.text)):
        a, b = v.given(start, start + 1)
        assert 0 <= a < b <= len(given)
        assert view(given[a:b]).text == v.text[start : start + 1]


@pytest.mark.parametrize("drawn", SENTENCES)
def test_sentences(drawn):
    wanted = [part.strip() for part in drawn.split("|")]
    v = view(drawn.replace(" | ", " ").replace("\n | ", "\n").replace("|", ""))
    assert [v.text[a:b] for a, b in sentences(v)] == wanted


@pytest.mark.parametrize("older, newer", TONES)
def test_tone_marks_of_either_placement(older, newer):
    assert one_spelling(older) == one_spelling(newer)


@pytest.mark.parametrize(
    "written, read",
    [
        ("5 tỉ đồng", "5 tỷ đồng"),
        ("tỉ lệ", "tỷ lệ"),
        ("cùng kì quí iii", "cùng kỳ quý iii"),
        ("kí kết, quản lí", "ký kết, quản lý"),
        ("tỉnh quảng trị", "tỉnh quảng trị"),
        ("quỹ đất, quý ii", "quỹ đất, quý ii"),
        ("toàn huyện", "toàn huyện"),
    ],
)
def test_one_spelling(written, read):
    assert one_spelling(written) == read


LONG = "Theo báo cáo của Ủy ban nhân dân tỉnh, trong nhiều tháng qua các chương trình mục tiêu quốc gia " * 2
QUOTED = [  # text with the number in brackets
    f"{LONG}đạt [40,7%] kế hoạch.",
    f"Đạt [40,7%]. {LONG}",
    f"{LONG}giao [996 tỷ 936 triệu đồng, bằng 12,5%] và {LONG}",
    f"{LONG}\nđạt\n[5%]\n{LONG}",
    f"{LONG} đạt [5%]; đã giao 1.234,5 tỷ đồng, 1.234,5 tỷ đồng, 1.234,5 tỷ đồng, 1.234,5 tỷ đồng, 1.234,5 tỷ đồng",
    unicodedata.normalize("NFD", f"{LONG}đạt [40,7%] {LONG}"),
    "[5%]",
]


@pytest.mark.parametrize("drawn", QUOTED)
def test_a_quote_is_of_whole_words(drawn):
    start, end = drawn.index("["), drawn.index("]") - 1
    text = drawn.replace("[", "").replace("]", "")
    quote = quoted(text, start, end)
    assert quote in text and text[start:end] in quote and min(20, len(text)) <= len(quote) <= 200
    assert f" {quote} ".replace("\n", " ") in f" {text} ".replace("\n", " ")


def test_a_quote_of_what_has_no_words_is_cut_all_the_same():
    assert quoted("x" * 300 + "5%" + "x" * 300, 300, 302) == "x" * 60 + "5%" + "x" * 60


IN_ORDER = [  # names in the order of the Vietnamese alphabet
    "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Cà Mau", "Cần Thơ", "Dương Minh Châu", "Đà Nẵng", "Đắk Lắk",
    "Điện Biên", "Đồng Nai", "Hà Giang", "Hạ Hòa", "Hải Dương", "Hậu Giang", "Lai Châu", "Lang", "Làng", "Lảng", "Lãng", "Láng", "Lạng",
    "Lạng Sơn", "Quảng Nam", "Quảng Ngãi", "Sa Pa", "Sóc Sơn", "Sơn La", "Xã 2", "Ý Yên", "Yên Bái",
]  # fmt: skip


def test_names_in_alphabetical_order():
    assert sorted(reversed(IN_ORDER), key=alphabetical) == IN_ORDER
    decomposed = [unicodedata.normalize("NFD", name) for name in IN_ORDER]
    assert sorted(decomposed, key=alphabetical) == decomposed


def test_lines_begin_at_the_beginning_and_behind_line_ends():
    v = view("một\nhai")
    assert [at for at in range(len(v.text)) if v.begins_line(at)] == [0, 4]


def test_a_capital_whose_lower_case_is_longer_keeps_the_offsets():
    v = view("İstanbul đạt 5%")
    assert len(v.low) == len(v.text)
    assert v.low.index("5%") == v.text.index("5%")


@pytest.mark.parametrize(
    ("given", "read", "unit"),
    [
        ("đạt 45 phần trăm kế hoạch", "đạt 45% kế hoạch", " phần trăm"),
        ("đạt 57,2 % kế hoạch", "đạt 57,2% kế hoạch", " %"),
        ("giao 38 tỷ 640trđ cho xã", "giao 38 tỷ 640 triệu đồng cho xã", "trđ"),
        ("giao 4.310 TR.ĐỒNG, chi", "giao 4.310 triệu đồng, chi", " TR.ĐỒNG"),
        ("gồm 11.652 tỷ từ năm 2022", "gồm 11.652 tỷ đồng từ năm 2022", " tỷ"),
    ],
)
def test_units_behind_numbers_are_written_one_way(given, read, unit):
    v = view(given)
    assert v.text == read
    assert len(v.low) == len(v.text)
    written = {"%": "%"}.get(v.text[v.text.index("%")] if "%" in v.text else "", "đồng")
    end = v.text.index(written) + len(written)
    assert given[v.given(0, end)[0] : v.given(0, end)[1]].endswith(unit)


@pytest.mark.parametrize(
    "text",
    ["tăng 3 điểm phần trăm", "5 PCT UBND xã", "5 tỷ lệ khác nhau", "2 triệu người", "2 tỷ 836 triệu đồng", "3 tỷ USD"],
)
def test_what_is_no_such_unit_stays(text):
    assert view(text).text == text
