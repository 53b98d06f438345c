"""A shown article: marks where they belong, nothing of the article runs, nothing hides."""

import re
from html.parser import HTMLParser

import pytest

from ntp_analysis import obstacles
from ntp_analysis.corpus import Corpus, from_readings
from ntp_analysis.errors import UnknownArticle
from ntp_analysis.model import Article, Figure, Obstacle, Reading
from ntp_analysis.show import Shown, document, page, pieces, show, show_reading, terminal

TEXT = """<script>alert("1")</script> & Đầu trang \x1b[31m
Đến 31/8/2023, tỉnh Hà Giang giải ngân 996 tỷ 936 triệu đồng, đạt 40,7%; hộ nghèo còn 12,5%.
Giải phóng mặt bằng còn chậm ở 24,5 tỷ đồng vốn."""


def figure(words: str, measure: str, value: float, unit: str = "VND", **cells: object) -> Figure:
    start = TEXT.index(words)
    row = {
        "article": "a", "place": "Hà Giang", "level": "province", "province": "Hà Giang", "programme": "ntp",
        "component": "", "capital": "total", "source": "", "measure": measure, "basis": "actual", "value": value,
        "unit": unit, "bound": "exact", "period": "2023", "as_of": "2023-08-31", "carryover": "",
        "quote": TEXT[start : start + 40], "start": start, "end": start + len(words),
    }  # fmt: skip
    return Figure(**(row | cells))


def reading(*figures: Figure, text: str = TEXT, id: str = "a") -> Reading:
    start = text.find("Giải phóng")
    found = [Obstacle(id, "land", text[start : start + 28], text[start:], start, start + 28)] if start >= 0 else []
    article = Article(id, text, title="<b>T</b>")
    dropped = [(0, 49)]
    return Reading(article, "2023-09-08", "Hà Giang", "Hà Giang", "province", True, list(figures), found, dropped)


DISBURSED = figure("996 tỷ 936 triệu đồng", "disbursed", 996_936_000_000, confidence="high")
RATE = figure("40,7%", "rate", 40.7, "percent", confidence="low", evidence={"place": "article", "measure": "clause"})


class Page(HTMLParser):
    """What a browser would see: elements, their ids, links and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.seen = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.seen += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_figures_are_marked_with_what_was_read_of_them():
    shown = Page(show_reading(reading(RATE, DISBURSED))._repr_html_())
    marks = [a for a in shown.all("a") if a.get("class", "").startswith("fig")]
    assert [mark["class"] for mark in marks] == ["fig disbursed actual high", "fig rate actual low"]
    assert "996,936,000,000 đồng" in marks[0]["title"] and "40.7%" in marks[1]["title"]
    assert "place?" in marks[1]["title"] and "place?" not in marks[0]["title"]


def test_every_mark_links_to_its_row_and_back():
    shown = Page(show_reading(reading(RATE, DISBURSED)).html())
    ids = [attributes["id"] for _, attributes in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids)) == 4
    assert {a["href"][1:] for a in shown.all("a")} == set(ids)


def test_text_is_all_there_and_numbers_that_are_no_figures_are_underlined():
    shown = show_reading(reading(RATE, DISBURSED))
    assert "".join(TEXT[p.start : p.end] for p in pieces(shown)) == TEXT
    assert [TEXT[p.start : p.end] for p in pieces(shown) if p.bare] == ["12,5%", "24,5 tỷ"]
    assert [TEXT[p.start : p.end] for p in pieces(shown) if p.dropped] == [TEXT[:49]]


def test_nothing_of_the_article_runs_or_hides():
    html = show_reading(reading(RATE)).html()
    shown = Page(html)
    assert not shown.all("script") and not shown.all("b")
    assert '<script>alert("1")</script> & Đầu trang \ufffd[31m' in shown.seen
    assert "default-src 'none'" in html and "\x1b" not in html
    assert not re.search(r"(src|href)=\"(?!#)", html)


def test_overlapping_marks_nest():
    whole = figure("996 tỷ 936 triệu đồng, đạt 40,7%", "allocated", 1.0)
    row = Obstacle("a", "land", "đạt", "đạt", TEXT.index("đạt 40"), TEXT.index("; hộ"))
    read = reading(whole, RATE)
    read.obstacles.append(row)
    shown = show_reading(read)
    assert "".join(TEXT[p.start : p.end] for p in pieces(shown)) == TEXT
    inner = [p for p in pieces(shown) if len(p.figures) == 2]
    assert [(TEXT[p.start : p.end], p.obstacles) for p in inner] == [("40,7%", (1,))]
    assert Page(shown.html()).all("table")


def test_two_figures_of_one_number_share_its_mark():
    one = figure("40,7%", "rate", 40.7, "percent")
    other = figure("40,7%", "rate", 40.7, "percent", place="Bắc Mê", level="district")
    html = show_reading(reading(one, other))._repr_html_()
    assert '<span class="n">1,2</span>' in html
    assert "Bắc Mê (district, Hà Giang)" in html


def test_target_is_said_to_be_due():
    (row,) = show_reading(reading(figure("40,7%", "rate", 95, "percent", basis="target", bound="over"))).rows
    assert (row.what, row.value, row.as_of) == ("target: disbursement rate", "> 95%", "due 2023-08-31")


def test_forecast_is_of_its_day_and_not_due():
    (row,) = show_reading(reading(figure("40,7%", "rate", 51.4, "percent", basis="forecast"))).rows
    assert (row.what, row.as_of) == ("forecast: disbursement rate", "2023-08-31")


def test_total_that_nothing_speaks_against_is_no_guess():
    evidence = {"capital": "default", "programme": "default"}
    (total,) = show_reading(reading(figure("40,7%", "rate", 40.7, "percent", evidence=evidence))).rows
    assert total.guessed == ("programme",)


def test_terminal_without_colour():
    drawn = show_reading(reading(RATE, DISBURSED)).terminal(width=60, color=False)
    assert "«996 tỷ 936 triệu đồng»[1]" in drawn.replace("\n", " ")
    assert "«40,7%»[2]" in drawn and "‹Giải phóng mặt bằng còn chậm›(Land)" in drawn.replace("\n", " ")
    assert "\x1b" not in drawn
    assert max(map(len, drawn.splitlines())) <= 60
    assert drawn.index("[1] disbursed: 996,936,000,000 đồng") < drawn.index("[2] disbursement rate: 40.7%")


def test_terminal_with_colour_closes_every_colour_and_lets_nothing_through():
    drawn = show_reading(reading(RATE, DISBURSED)).terminal(width=40, color=True)
    assert "\x1b[1;30;102m996 tỷ 936 triệu đồng\x1b[0m[1]" in drawn
    for line in drawn.splitlines():
        codes = re.findall(r"\x1b\[([\d;]*)m", line)
        assert not codes or codes[-1] == "0"
        assert len(re.sub(r"\x1b\[[\d;]*m", "", line)) <= 40
    assert "\ufffd[31m" in drawn


def test_no_color_is_honoured(monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in show_reading(reading(RATE)).terminal(80)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in show_reading(reading(RATE)).terminal(80)


def test_corpus_shows_an_article_with_its_checks():
    corpus = from_readings([reading(RATE, DISBURSED)])
    shown = corpus.show("a", lang="vi")
    assert isinstance(shown, Shown) and repr(shown) == "<a: 2 figures, 1 obstacles>"
    assert "đã giải ngân" in shown._repr_html_()
    assert page(corpus, "a").startswith("<!doctype html>") and "[1] disbursed" in terminal(corpus, "a", color=False)
    with pytest.raises(UnknownArticle):
        corpus.show("b")


def test_check_is_listed_and_linked():
    corpus = from_readings([reading(RATE, DISBURSED)])
    corpus.__dict__["checks"] = (checks := Corpus(corpus.articles, corpus.figures).checks.iloc[:0].copy())
    checks.loc[0, ["article", "figures", "message_en"]] = ["a", "a#2", "stated <39.7%>"]
    html = show(corpus, "a")._repr_html_()
    assert "stated &lt;39.7%&gt;" in html and '-r2">2</a>]' in html


def test_articles_on_one_page_are_one_document():
    corpus = from_readings([reading(RATE), reading(figure("40,7%", "rate", 40.7, "percent", article="b"), id="b")])
    html = document([corpus.show("a"), corpus.show("b")])
    shown = Page(html)
    ids = [attributes["id"] for _, attributes in shown.elements if "id" in attributes]
    assert html.count("<!doctype html>") == len(shown.all("html")) == len(shown.all("main")) == 1
    assert len(ids) == len(set(ids)) == 4 and "<title>a, b</title>" in html


def test_article_without_figures_says_so():
    shown = show_reading(reading(text="Không có gì."))
    assert "none found" in shown._repr_html_() and "Figures: 0" in str(shown)
    assert not obstacles.find_obstacles("a", "Không có gì.", [(0, 12)])


def test_page_of_its_own_has_one_first_heading():
    shown = show_reading(reading(RATE))
    assert len(Page(shown.html()).all("h1")) == 1 and not Page(shown.html()).all("h3")
    assert len(Page(shown._repr_html_()).all("h3")) == 1
