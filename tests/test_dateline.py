"""The day of an article, from whatever tells it."""

from datetime import date

import pytest

from ntp_analysis.dateline import published
from ntp_analysis.layout import layout
from ntp_analysis.lines import unwrap
from ntp_analysis.text import view

LEAD = "UBND tỉnh Hà Giang họp về giải ngân vốn chương trình mục tiêu quốc gia năm 2023, yêu cầu các địa phương quyết liệt hơn nữa trong những tháng cuối năm."
TITLE = "Hà Giang đẩy nhanh giải ngân vốn chương trình mục tiêu quốc gia"

CASES = [  # why, text, meta data's day, day, how
    ("meta data beats all", f"{TITLE}\n05/09/2023\n{LEAD}", "2023-09-06", "2023-09-06", "meta"),
    ("a line of its own", f"{TITLE}\n05/09/2023\n{LEAD}", "", "2023-09-05", "line"),
    ("with weekday and clock", f"{TITLE}\nThứ Ba, 05/09/2023, 14:30 (GMT+7)\n{LEAD}", "", "2023-09-05", "line"),
    ("with dots", f"{TITLE}\n5.9.2023 | 08:15\n{LEAD}", "", "2023-09-05", "line"),
    ("in words", f"{TITLE}\nNgày 5 tháng 9 năm 2023\n{LEAD}", "", "2023-09-05", "line"),
    ("ISO", f"{TITLE}\nCập nhật lúc: 2023-09-05\n{LEAD}", "", "2023-09-05", "line"),
    ("labelled beats the header's clock", f"Hôm nay: 01/01/2024\n{TITLE}\nNgày đăng: 05/09/2023\n{LEAD}", "", "2023-09-05", "line"),
    ("the dateline of the lead", f"{TITLE}\nHà Giang, 5-9-2023 - {LEAD}", "", "2023-09-05", "lead"),
    ("the event's day with the year that the text names", f"{TITLE}\nChiều 5.9, {LEAD}", "", "2023-09-05", "event"),
    ("the event's day in full", f"{TITLE}\nNgày 5/9/2023, {LEAD}", "", "2023-09-05", "lead"),
    ("a footer's day if labelled", f"{TITLE}\n{LEAD}\nNgày đăng: 05/09/2023", "", "2023-09-05", "line"),
    ("a feed's item, in English", f"title: {TITLE}\nlink: https://bao.example/1.html\npubDate: Tue, 05 Sep 2023 08:22:00 +0700\ndescription: {LEAD}", "", "2023-09-05", "line"),
    ("as site software sets it", f"{TITLE}\n5 Tháng Chín, 2023\n{LEAD}", "", "2023-09-05", "line"),
    ("the month first", f"{TITLE}\nTháng Chín 5, 2023\n{LEAD}", "", "2023-09-05", "line"),
    ("a list of results", f"{TITLE}\n5 thg 9, 2023 — ... {LEAD}", "", "2023-09-05", "lead"),
    ("ten months are no day of May", f"{TITLE}\nTrong 10 tháng năm 2023, {LEAD}", "", "", ""),
    ("a dateline under a title in capitals, wrapped", f"{TITLE.upper()}\nHà Giang, ngày 5 tháng 9 năm 2023\n\nĐến hết tháng 8, tỉnh Hà Giang được giao\n1.845 tỷ đồng vốn ba chương trình mục tiêu\nquốc gia, trong đó vốn đầu tư phát triển là\n1.196 tỷ đồng, còn lại là vốn sự nghiệp của\ncác chương trình.", "", "2023-09-05", "line"),
    ("the day of figures is not the article's", f"{TITLE}\nTới ngày 20/8/2023, {LEAD}", "", "", ""),
    ("nor is a day until which", f"{TITLE}\nĐến hết ngày 20/8, {LEAD}", "", "", ""),
    ("nor is a document's", f"{TITLE}\nThực hiện Công điện số 71/CĐ-TTg ngày 23/02/2023 của Thủ tướng Chính phủ, {LEAD}", "", "", ""),
    ("an office's letterhead", f"SỞ TÀI CHÍNH        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 412/BC-STC               Hà Giang, ngày 5 tháng 9 năm 2023\n\n{TITLE}\n\n{LEAD}", "", "2023-09-05", "line"),
    ("a post", f"UBND XÃ MƯỜNG KIM\n5 tháng 9, 2023 lúc 08:15 · Công khai\n{TITLE}\n{LEAD}", "", "2023-09-05", "line"),
    ("before the title, on its line", f"05/09/2023 Hơn 438 tỷ đồng của Chương trình 1719: Hà Giang gỡ từng nút để tiêu kịp\n{LEAD}", "", "2023-09-05", "line"),
    ("a file's field before the title", f" date 2023-09-05 {TITLE}\n{LEAD}", "", "2023-09-05", "line"),
    ("a date inside a title is not the page's", f"Hà Giang lấy ngày 31/12/2023 làm hạn chót cho vốn của các chương trình mục tiêu quốc gia\n{LEAD}", "", "", ""),
    ("as a blog's software sets it", f"{TITLE}\nNgày đăng: T3, Th9 5th, 2023\n{LEAD}", "", "2023-09-05", "line"),
    ("the same, the day first", f"{TITLE}\n5 Th9, 2023\n{LEAD}", "", "2023-09-05", "line"),
    ("the year first, with strokes", f"{TITLE}\n2023/09/05 08:30\n{LEAD}", "", "2023-09-05", "line"),
    ("a year of two digits by a clock", f"{TITLE}\n05/09/23 08:30\n{LEAD}", "", "2023-09-05", "line"),
    ("a last line in brackets", f"{LEAD}\n(05/09/2023, 09:14)", "", "2023-09-05", "line"),
    ("a last line with the author", f"{TITLE}\n{LEAD}\nNguyễn Hà - 05/09/2023 08:30", "", "2023-09-05", "line"),
    ("the issue of a magazine", f"{TITLE}\n{LEAD}\nNguyễn Hà\n(Văn nghệ Hà Giang, ra ngày 5/9/2023)", "", "2023-09-05", "line"),
    ("the issue of a paper", f"{TITLE}\n{LEAD}\nBáo Hà Giang, 5/9/2023", "", "2023-09-05", "line"),
    ("a licence is no issue", f"{TITLE}\n{LEAD}\nGiấy phép hoạt động báo chí điện tử số 301 cấp ngày 5/9/2013", "", "", ""),
    ("another story's day is not this one's", f"{TITLE}\n{LEAD}\nTin liên quan\nBắc Mê thêm hai xã (05/09/2023)", "", "", ""),
    ("the header's clock, years later than all that the text names", f"Thứ sáu, 4-12-26 09:20:41\n{TITLE}\n{LEAD}", "", "", ""),
    ("a meeting's day, further down", f"{TITLE}\n{LEAD} Số liệu được đưa ra tại hội nghị trực tuyến toàn tỉnh ngày 5/9.", "", "2023-09-05", "event"),
    ("nothing tells it", f"{TITLE}\n{LEAD}", "", "", ""),
    ("no such day", f"{TITLE}\n31/02/2023\n{LEAD}", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize("text, meta, day, how", [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_published(text, meta, day, how):
    v = unwrap(view(text))
    found, told = published(v, layout(v), date.fromisoformat(meta) if meta else None)
    assert (found.isoformat() if found else "") == day
    assert told == how
