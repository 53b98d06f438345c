"""Which lines of a page are the article: told by shape."""

import pytest

from ntp_analysis.cells import is_row, split_cells
from ntp_analysis.layout import is_byline, layout
from ntp_analysis.lines import unwrap
from ntp_analysis.text import view

PROSE = "Đến hết tháng 8, tỉnh Lào Cai giải ngân 620 tỷ đồng vốn các chương trình mục tiêu quốc gia, đạt 43,3% kế hoạch được giao trong năm."
TITLE = "Lào Cai tăng tốc giải ngân vốn chương trình mục tiêu quốc gia"
PAGE = f"""Trang chủ | Thời sự | Kinh tế
Thứ Ba, 05/09/2023
{TITLE}
{PROSE}
- Huyện Bát Xát đạt 62,4%;
{PROSE.replace("Lào Cai", "Yên Bái")}
Thu Hà
Tin liên quan
Hà Giang giải ngân đạt 35% (04/09/2023)
Cao Bằng được giao 1.200 tỷ đồng (03/09/2023)"""
ROWS = [
    ("Huyện\tVốn\tĐạt", True),
    ("1\tBát Xát\t45,3", True),
    ("| a | 1 | 2 |", True),
    ("Bát Xát   212   45,3", True),
    ("Một câu thường.", False),
    ("a   b   c", False),
    ("STT   Huyện   Vốn", True),
]
BYLINES = [("ảnh: thu hà", True), ("bài, ảnh: thu hà", True), ("đạt 43,3% kế hoạch", False)]


def texts(page: str, part: str) -> list[str]:
    v = unwrap(view(page))
    return [v.text[line.start : line.end] for line in getattr(layout(v), part)]


def test_a_page_falls_into_its_parts():
    assert texts(PAGE, "titles") == [TITLE]
    assert texts(PAGE, "body") == PAGE.split("\n")[3:6]
    assert "Tin liên quan" in texts(PAGE, "tail")


@pytest.mark.parametrize("headline", PAGE.split("\n")[-2:])
def test_other_stories_are_not_the_article(headline):
    assert headline not in texts(PAGE, "body")


def test_a_hard_wrapped_text_is_joined_and_keeps_its_offsets():
    wrapped = "Đến hết tháng 8/2023, tỉnh Lào Cai đã giải ngân được 203,4\ntỷ đồng vốn Chương trình mục tiêu quốc gia xây dựng nông\nthôn mới, đạt 61,8% kế hoạch vốn được giao trong năm 2023."
    v = unwrap(view(wrapped))
    assert "203,4 tỷ đồng" in v.text
    assert "nông thôn mới" in v.text
    assert len(v.text) == len(wrapped)


def test_a_line_that_cannot_end_goes_on_with_an_amount_or_a_name():
    wrapped = "Năm 2023 huyện được giao kế hoạch vốn là\n216.748 triệu đồng; chủ trì cuộc họp là đồng chí\nLò Văn Chiêu, Phó Chủ tịch."
    assert "\n" not in unwrap(view(wrapped)).text


def test_a_title_in_capitals_and_fields_of_a_feed_stay_lines():
    page = f"{TITLE.upper()}\n{PROSE}"
    assert unwrap(view(page)).text == page
    fields = f"title: {TITLE}\nlink: https://bao.example/1.html\ndescription: {PROSE}"
    assert unwrap(view(fields)).text == fields


def test_a_title_again_under_a_picture_is_not_the_article():
    assert texts(f"{TITLE}\n{PROSE}\n{TITLE}\n{PROSE.replace('Lào Cai', 'Yên Bái')}", "body").count(TITLE) == 0


@pytest.mark.parametrize("bullet", ["✅ ", "👉", "👉🏻 ", "▶️ ", "- ", "-"])
def test_a_list_of_amounts_can_begin_an_article(bullet):
    told = [f"{bullet}Kế hoạch vốn được giao: 24.680 triệu đồng", f"{bullet}Đã giải ngân: 15.301 triệu đồng, đạt 62%"]
    assert texts("\n".join([TITLE, *told, PROSE]), "body") == [*told, PROSE]


def test_one_headline_with_a_number_before_the_article_is_not_it():
    assert texts(f"{TITLE}\n- Yên Bái giải ngân đạt 62%\n{PROSE}", "body") == [PROSE]


@pytest.mark.parametrize("dash", ["- ", " - ", "– "])
def test_a_lead_behind_a_dash_is_the_article(dash):
    lead = f"{dash}{PROSE.replace('Lào Cai', 'Yên Bái')}"
    assert lead.strip() in texts(f"{TITLE}\n\n05/09/2023 - 17:48\n\n{lead}\n\n{PROSE}", "body")


def test_a_caption_can_stand_between_the_lead_and_the_first_paragraph():
    lead = f"- {PROSE.replace('Lào Cai', 'Yên Bái')}"
    assert lead in texts(f"{TITLE}\n\n05/09/2023 - 17:48\n\n{lead}\n\nQuang cảnh buổi làm việc\n\n{PROSE}", "body")


def test_a_teaser_behind_a_dash_is_not_the_article():
    teaser = "- Lào Cai tăng tốc giải ngân vốn chương trình mục tiêu quốc gia ở các huyện vùng cao trong quý IV"
    assert teaser not in texts(f"{TITLE}\n\n{teaser}\n\n{PROSE}", "body")


def test_lines_of_a_list_stay_lines():
    listed = "Kết quả giải ngân của các huyện như sau:\n- Bát Xát: 62,4%\n- Si Ma Cai: 51%"
    assert unwrap(view(listed)).text == listed


@pytest.mark.parametrize("line, row", ROWS)
def test_rows_of_tables(line, row):
    assert is_row(line) == row


@pytest.mark.parametrize(
    "line, cells", [("a\t\tb", ["a", "", "b"]), ("| a | b |", [" a ", " b "]), ("a   b c", ["a", "b c"])]
)
def test_cells(line, cells):
    assert split_cells(line) == cells


@pytest.mark.parametrize("line, byline", BYLINES)
def test_bylines(line, byline):
    assert is_byline(line) == byline


@pytest.mark.parametrize("text", ["", "\n\n\n", "a", "\t", "1", "- ", "Tin liên quan"])
def test_little_or_nothing_is_no_crash(text):
    assert all(line.start < line.end for line in layout(view(text)).lines)
