"""Saved web pages: what is kept, what is left out, and how tables, lists and meta data come out."""

from datetime import date
from pathlib import Path

import pytest

from ntp_analysis.encodings import NotText, decode
from ntp_analysis.pagemeta import day
from ntp_analysis.pages import read_page

PAGES = Path(__file__).parent / "corpus" / "dev" / "articles"
P = "<p>Theo Sở Tài chính, tổng kế hoạch vốn năm 2025 của tỉnh là 2.164,5 tỷ đồng.</p>"


def lines(body: str) -> list[str]:
    text = read_page(f"<html><body><article>{P}{body}{P}</article></body></html>", id="a").text
    first, *rest = [line for line in text.split("\n") if line]
    assert first == rest[-1] == P[3:-4]
    return rest[:-1]


BLOCKS = [  # what stands between two paragraphs, the lines it becomes
    ("<p>Vốn <b>đầu tư</b>\n <span>đạt</span>&nbsp;40,7%</p>", ["Vốn đầu tư đạt 40,7%"]),
    ("<div>Một 1%<br>Hai 2%<br><br>Ba 3%</div>", ["Một 1%", "Hai 2%", "Ba 3%"]),
    ("<ul><li>Huyện A 45,2%<li><p>Huyện B 39,7%</p></ul>", ["- Huyện A 45,2%", "- Huyện B 39,7%"]),
    ("<ol><li>Giảm nghèo 5%<li>Nông thôn mới 6%</ol>", ["1. Giảm nghèo 5%", "2. Nông thôn mới 6%"]),
    ("<ul><li><a href='/x'>Trang chủ</a><li><a href='/y'>Kinh tế</a></ul>", []),
    ("<h4>Tin liên quan</h4><ul><li><a>Cao Bằng giải ngân vốn đạt 62,4%</a></ul>", []),
    ("<p>Xem thêm:</p><p><a href='/a'>Lạng Sơn bố trí 1.050 tỷ đồng nông thôn mới</a></p>", []),
    ("<div class='box-tinlienquan'><p>Hà Giang giải ngân 70%</p></div>", []),
    ("<p>Theo <a href='/a'>báo cáo giải ngân của Sở Tài chính</a>, đạt 5%.</p>",
     ["Theo báo cáo giải ngân của Sở Tài chính, đạt 5%."]),
    ("<script>var x = '45%'</script><style>a{width:4%}</style><!-- 9% --><noscript>8%</noscript>", []),
    ("<nav>Vốn 1%</nav><aside>Vốn 2%</aside><p>Vốn 3%</p>", ["Vốn 3%"]),
    ("<time datetime='2024-03-02'>2/3/2024</time>", ["2/3/2024"]),
    ("<time>2/3/2024<p>Một 1%</p><script>x('2%')<script></script>", ["2/3/2024", "Một 1%"]),
    ("<h1>Vốn</h1><div><script>(function () { window.layer = window.layer || [] })()</script></div>", ["Vốn"]),
    ("<table><tr><td>A<td>5<script>x(4)</script><tr><td>B<td>6<style>b{width:3%}</style></table>", ["A\t5", "B\t6"]),
    ("<svg><script><script>x(4)</script></script></svg><p>Đạt 5%</p>", ["Đạt 5%"]),
]  # fmt: skip


@pytest.mark.parametrize("body, expected", BLOCKS)
def test_blocks(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


TABLES = [  # a table, its lines
    ("<p>ĐVT: triệu đồng</p><table><caption>Bảng 1</caption><tr><th>Huyện<th>Vốn<tr><td>A<td>5</table>",
     ["ĐVT: triệu đồng", "Bảng 1", "Huyện\tVốn", "A\t5"]),
    ("<table><tr><td>Huyện<td>Vốn<td>Tỷ lệ<tr><td>A<td><td>3%<tr><td><td>7<td></table>",
     ["Huyện\tVốn\tTỷ lệ", "A\t\t3%", "\t7\t"]),
    ("<table><tr><th rowspan=2>Huyện<th colspan=2>Vốn<tr><th>ĐT<th>SN<tr><td>A<td>1<td>2</table>",
     ["Huyện\tVốn\tVốn", "Huyện\tĐT\tSN", "A\t1\t2"]),
    ("<table><tr><td colspan=2>Đơn vị: tỷ đồng<tr><td>A<td><p>1</p><tr><td>B<td>2<br>(50%)</table>",
     ["Đơn vị: tỷ đồng", "A\t1", "B\t2 (50%)"]),
    # frames around an article are no tables
    ("<table><tr><td>Trái</td><td><table><tr><td>A<td>5<tr><td>B<td>6</table></td></tr></table>",
     ["Trái", "A\t5", "B\t6"]),
    ("<table><tr><td>Đạt 4% kế hoạch.</td></tr></table>", ["Đạt 4% kế hoạch."]),
]  # fmt: skip


@pytest.mark.parametrize("body, expected", TABLES)
def test_tables(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_a_huge_span_is_cut() -> None:
    text = "\n".join(lines("<table>" + "<tr><td>1<td colspan=99999 rowspan=99999>2" * 3 + "</table>"))
    assert text.count("2") < 500


META = [  # head, (title, published, url)
    ('<meta property="og:title" content="Vốn"><meta property="article:published_time" content="2023-10-19T18:30:00Z">',
     ("Vốn", date(2023, 10, 20), "")),
    ('<title>Giải ngân đạt 69% | Báo A</title><script type="application/ld+json">'
     '{"@graph": [{"datePublished": "2024-02-03T08:00:00+07:00"}]}</script>',
     ("Giải ngân đạt 69%", date(2024, 2, 3), "")),
    ('<title>Nậm Nhùn: đạt 5% - Báo Lai Châu</title><link rel="canonical" href="https://baolaichau.vn/a.html">',
     ("Nậm Nhùn: đạt 5%", None, "https://baolaichau.vn/a.html")),
    ('<meta property="article:published_time" content="31/2/2023"><link rel="canonical" href="javascript:alert(1)">',
     ("", None, "")),
]  # fmt: skip


@pytest.mark.parametrize("head, expected", META)
def test_meta(head: str, expected: tuple[str, date | None, str]) -> None:
    article = read_page(f"<head>{head}</head><body><article>{P}</article></body>", id="a")
    assert (article.title, article.published, article.url) == expected
    assert article.text.startswith(article.title)


def test_a_licence_in_the_foot_is_not_the_day() -> None:
    page = f"<article>{P}</article><footer>Giấy phép số 12/GP-TTĐT ngày 3/4/2015</footer>"
    assert read_page(page, id="a").published is None


LEAD = "Đến 31/7/2023, toàn tỉnh giải ngân 512 tỷ đồng vốn nông thôn mới."
STORIES = [  # what stands behind the heading and outside the story's box, what of it is read
    (f"<div class='post-date'>Thứ Tư, 9/8/2023, 8:15</div><div class='sapo'>{LEAD}</div>", ["Thứ Tư, 9/8/2023, 8:15", LEAD]),
    (f"<span>09/08/2023</span><h2>{LEAD}</h2>", ["09/08/2023", LEAD]),
    ("<ul><li><a href='/'>Giảm nghèo: đạt 45% kế hoạch năm 2022.</a></ul><p>A+ A-</p>", []),
    ("<figure><img><figcaption>Đường mới 12 tỷ đồng ở xã Tân Lập, huyện Mộc Châu.</figcaption></figure>", []),
]  # fmt: skip


@pytest.mark.parametrize("above, expected", STORIES)
def test_the_day_and_the_lead_above_the_box(above: str, expected: list[str]) -> None:
    body = "".join(
        f"<p>Huyện {name} đạt {n}%. {P}</p>" for n, name in enumerate(["Mường Tè", "Sìn Hồ", "Tam Đường"], start=31)
    )
    page = (
        f"<body><div class='wrap'><h1>Lai Châu: vốn chậm</h1>{above}<div class='post-content'>{body}</div></div></body>"
    )
    text = read_page(page, id="a").text
    assert [line for line in text.split("Huyện Mường Tè")[0].split("\n") if line] == ["Lai Châu: vốn chậm", *expected]


def test_the_publisher_stands_at_the_end_without_prices_and_addresses() -> None:
    foot = "Cổng thông tin điện tử tỉnh Hà Giang. Giá quảng cáo: 12 triệu đồng. Trụ sở: Hà Nội"
    text = read_page(f"<article>{P}</article><div id='footer'><p>{foot}</p></div>", id="a").text
    assert text.endswith("\n\nCổng thông tin điện tử tỉnh Hà Giang")


@pytest.mark.parametrize("name", ["d07_thainguyen_2025", "d14_laichau_huyenngheo", "d29_canuoc_9thang2023"])
def test_annotated_pages_keep_every_quote(name: str) -> None:
    import csv

    page = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    text = read_page(page, id=name).text
    with (PAGES.parent / "figures.csv").open(encoding="utf-8") as gold:
        quotes = [row["quote"].split("|")[0] for row in csv.DictReader(gold) if row["article"] == name]
    assert quotes
    squeezed = " ".join(text.split())
    assert [quote for quote in quotes if " ".join(quote.split()) not in squeezed] == []
    assert "Tin liên quan" not in text and "Gia Lai được bổ sung" not in text


HOSTILE = {
    "nested": "<div>" * 200_000 + "Đạt 40,7%",
    "formatting": "<b><p>" * 50_000 + "Đạt 40,7%",
    "tables": "<table><tr><td>" * 50_000 + "Đạt 40,7%",
    "no body": "<frameset><frame src=x></frameset>",
    "empty": "",
    "open angles": "<" * 300_000,
    "open comment": "<!--" * 100_000,
    "stray ends": "</div>" * 100_000 + "Đạt 40,7%",
    "one long line": "Đạt 40,7% kế hoạch vốn. " * 100_000,
    "open script": f"<article>{P}</article><script>" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_give_a_text(name: str) -> None:
    text = read_page(HOSTILE[name], id="a").text
    assert ("40,7%" in text) == ("40,7%" in HOSTILE[name])


ENCODED = [  # bytes, text, part of the problem
    ("đạt 40,7%".encode(), "đạt 40,7%", ""),
    (b"\xef\xbb\xbf" + "đạt".encode(), "đạt", ""),
    ("đạt 40,7%".encode("utf-16"), "đạt 40,7%", ""),
    ("đạt vốn tỷ đồng ".encode() * 9 + b"\xff", "đạt vốn tỷ đồng " * 9 + "\ufffd", "1 unreadable byte"),
    ("Đến nay đạt tỷ lệ ".encode().decode("latin-1").encode(), None, "garbled"),
    ("XÃ\xa0HỘI, XÃ\xa0A, XÃ\xa0B".encode(), "XÃ\xa0HỘI, XÃ\xa0A, XÃ\xa0B", ""),
]


@pytest.mark.parametrize("data, text, problem", ENCODED)
def test_encodings(data: bytes, text: str | None, problem: str) -> None:
    decoded = decode(data)
    assert text is None or decoded.text == text
    assert (problem in decoded.problem) and bool(problem) == bool(decoded.remedy)


def test_garbled_text_is_put_right_and_said() -> None:
    garbled = "Đến nay, tỷ lệ đạt 40,7%".encode().decode("latin-1").encode()
    decoded = decode(garbled)
    assert decoded.text == "Đến nay, tỷ lệ đạt 40,7%" and "put right" in decoded.problem


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"PK\x03\x04...", b"\0\1\2" * 50, bytes(range(256)) * 9, b"\xff\xfe" + bytes(range(1, 251)) * 9],
)
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(NotText) as error:
        decode(data)
    assert error.value.remedy


def test_days_that_cannot_be_are_none() -> None:
    assert day("1899-01-01") is None and day("2999-01-01") is None and day("") is None
