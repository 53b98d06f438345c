"""Reports: what is rendered, what is refused, what fails alone, what is not rendered again."""

from __future__ import annotations

import json
import os
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from report_corpus import article, corpus

from ntp_analysis import Corpus, partial, reports
from ntp_analysis.errors import NtpError, UnknownName, UnknownPlace, UnknownQuarter
from ntp_analysis.reports import builder, render, strings, tables
from ntp_analysis.reports import site as pages

PAGES = ["audit", "bac-kan", "comparison", "data", "ha-giang", "index", "lai-chau", "sources"]


class Reader(HTMLParser):
    """The ids, links, pictures and scripts of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict]] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if "href" in found:
            self.links.append(found["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    summary = reports.build(corpus(), out)
    assert summary.ok, str(summary)
    return out


def test_a_quarter_has_its_pages_and_the_root_lists_the_quarters(site):
    assert sorted(path.stem for path in (site / "2023Q3").glob("*.html")) == PAGES
    assert sorted(path.name for path in site.iterdir()) == ["2023Q2", "2023Q3", "index.html"]
    links = Reader(site / "index.html").links
    assert [link for link in links if "Q" in link] == ["2023Q3/index.html", "2023Q2/index.html"]
    assert not (site / "2023Q2" / "lai-chau.html").exists(), "nothing was known of Lai Châu in the second quarter"


def test_every_link_leads_somewhere_and_every_id_is_there_once(site):
    readers = {page: Reader(page) for page in site.rglob("*.html")}
    for page, reader in readers.items():
        assert len(reader.ids) == len(set(reader.ids)), page
        for link in reader.links:
            assert not re.match(r"[a-z]+:", link), (page, link)
            path, _, fragment = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), (page, link)
            if fragment:
                assert fragment in readers[target].ids, (page, link)


def test_a_province_page_says_what_is_known_and_where_it_stands(site):
    page = (site / "2023Q3" / "ha-giang.html").read_text(encoding="utf-8")
    assert '<a class="figure" href="#f-hagiang-2-1">40.7%</a>' in page
    assert 'id="f-hagiang-2-1"' in page and "<mark>40,7%</mark>" in page
    assert "Mèo Vạc" in page and "thiếu văn bản hướng dẫn" in page
    assert page.count("<img alt=") >= 2 and 'alt=""' not in page
    later = (site / "2023Q2" / "ha-giang.html").read_text(encoding="utf-8")
    assert "40.7%" not in later, "a page knows nothing of what came after its quarter"


def test_a_newer_rate_hides_no_amount(site):
    page = (site / "2023Q3" / "ha-giang.html").read_text(encoding="utf-8")
    assert re.search(r">400</a></td><td[^>]*><a[^>]*>20%</a></td>\s*<td[^>]*>31 May 2023", page)
    assert re.search(r"<td class=\"r\"></td><td[^>]*><a[^>]*>40.7%</a></td>\s*<td[^>]*>31 Aug 2023", page)
    assert "<small>as of 5 Jun 2023</small>" in page, "the amount given beside the newer rate is of another article"
    index = (site / "2023Q3" / "index.html").read_text(encoding="utf-8")
    assert re.search(r">400</a><br><small>31 May 2023</small>", index), (
        "an amount of another day than the rate's says so"
    )
    assert re.search(r'<p class="lead">A disbursement rate of [^.]*<a class="figure" href="sources.html#', index)
    tiles = re.findall(r"<dd><a[^>]*>([^<]*)</a></dd>", page)
    assert "VND 400 billion" in tiles and "40.7%" in tiles


def test_the_amounts_of_a_row_are_of_the_same_money_as_its_rate(tmp_path):
    """Of another carry-over, or of a plan that the rate denies, they would seem to contradict it."""
    other = article("b", "Bắc Kạn", "Gồm vốn kéo dài, tỉnh được giao 900 tỷ đồng.", "900 tỷ đồng", 9e11,
                    measure="allocated", unit="VND", carryover="included")  # fmt: skip
    part = article("x", "Hà Giang", "Riêng vốn đầu tư đạt 90%.", "90%", 90.0, capital="investment")
    alone = article("y", "Sơn La", "Sơn La giải ngân 15% vốn đầu tư.", "15%", 15.0, capital="investment")
    unsure = article("z", "Cao Bằng", "Đạt 12%.", "12%", 12.0, confidence="low")
    span = article("s", "Yên Bái", "Giai đoạn 2021-2025 giao 4.016 tỷ đồng.", "4.016 tỷ đồng", 4.016e12,
                   measure="allocated", unit="VND", period="2021-2025", as_of="2022-01-01")  # fmt: skip
    assert reports.build(corpus(other, part, alone, unsure, span), tmp_path, ["2023Q3"], ["Hà Giang"]).ok
    index = (tmp_path / "2023Q3" / "index.html").read_text("utf-8")
    rows = {place: row for place, row in re.findall(r'<tr data-place="([^"]*)"(.*?)</tr>', index, re.S)}
    assert ">900<" not in rows["Bắc Kạn"] and "33.6%" in rows["Bắc Kạn"]
    assert "40.7%" in rows["Hà Giang"] and "90%" not in rows["Hà Giang"]
    assert "<small>investment</small>" in rows["Sơn La"] and "<sup>?</sup>" in rows["Cao Bằng"]
    assert "<small>2021–2025</small>" in rows["Yên Bái"] and ">4,016<" in rows["Yên Bái"]
    assert index.index("No rate of the programmes together") < index.index('data-place="Yên Bái"')
    assert "Figures of earlier years only" not in index, "the span includes the year"
    assert "known for 3 provinces" in re.sub(r"<[^>]+>", "", index) and "for 2 more" in re.sub(r"<[^>]+>", "", index)
    page = (tmp_path / "2023Q3" / "ha-giang.html").read_text("utf-8")
    assert "of 3 provinces by rate" in page, "the same as the index speaks of"


def test_money_passed_on_and_the_span_of_years_stand_in_the_table(tmp_path):
    text = "Giai đoạn 2021-2025 giao 4.338 tỷ đồng; năm 2023 phân bổ trên 1.151 tỷ đồng."
    new = article(
        "d", "Điện Biên", text, "4.338 tỷ đồng", 4.338e12, measure="allocated", unit="VND", period="2021-2025"
    )
    passed_on = {"measure": "distributed", "unit": "VND", "value": 1.151e12, "bound": "over", "as_of": "2023-09-15"}
    new["figures"].append(("1.151 tỷ đồng", passed_on))
    assert reports.build(corpus(new), tmp_path, ["2023Q3"], ["Điện Biên"]).ok
    page, _ = plain(tmp_path / "2023Q3" / "dien-bien.html")
    assert "Passed on" in page and "&gt; 1,151" in page and "2021–2025 4,338" in page
    assert "passed on in detail more than VND 1,151 billion by 15 Sept 2023" in page, "the tile"


def test_figures_whose_place_is_not_told_count_for_nobody(tmp_path):
    text = "Toàn tỉnh được giao 500 tỷ đồng, giải ngân 91,5%."
    lost = article("lost", "", text, "91,5%", 91.5)
    known = corpus(lost)
    assert known.panel("2023Q3").attrs["unplaced"] == ["lost#1"] and "" not in set(known.panel("2023Q3")["place"])
    summary = reports.build(known, tmp_path, ["2023Q3"])
    assert summary.ok, str(summary)
    folder = tmp_path / "2023Q3"
    assert sorted(path.stem for path in folder.glob("*.html")) == PAGES
    for name in ("index", "data"):
        assert "1 number is of a place that its article does not tell" in (folder / f"{name}.html").read_text("utf-8")
    for name in ("comparison", "ha-giang"):
        assert "91.5%" not in (folder / f"{name}.html").read_text("utf-8")
    packed = [tables.of_province(tables.of_quarter(c, "2023Q3"), "Hà Giang").pack() for c in (known, corpus())]
    assert packed[0] == packed[1], "no other page need be drawn again"
    sources = (folder / "sources.html").read_text("utf-8")
    assert "place not told" in sources and "<mark" in sources
    alone = Corpus(known.articles.query("article == 'lost'"), known.figures.query("article == 'lost'"))
    with pytest.raises(NtpError, match="nothing to report on"):
        reports.build(alone, tmp_path / "alone")


def test_a_contradiction_is_on_the_pages(site):
    for name in ("lai-chau", "audit"):
        page = (site / "2023Q3" / f"{name}.html").read_text(encoding="utf-8")
        assert "39.7%" in page and "41.1%" in page


def plain(path):
    """The words of a page, those of folded parts apart."""
    html = re.sub(r"<(style|script)>.*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.S)
    folded = re.findall(r'<details class="more">(.*?)</details>', html, re.S)
    html = re.sub(r'<details class="(?:more|code)">.*?</details>', "", html, flags=re.S)
    return tuple(" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in (html, " ".join(folded)))


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    """Two quarters of the year after, in which only a district and its article's obstacle are new."""
    out = tmp_path_factory.mktemp("later")
    text = "Nậm Nhùn được giao 100 tỷ đồng, giải ngân 40 tỷ đồng, đạt 12,5%. Thiếu hướng dẫn."
    district = {"place": "Nậm Nhùn", "level": "district", "period": "2024", "as_of": "2024-03-31", "programme": "nrd"}
    new = article("namnhun", "Lai Châu", text, "12,5%", 12.5, published="2024-04-02", **district)
    money = {**district, "unit": "VND"}
    new["figures"] += [
        ("100 tỷ đồng", {"measure": "allocated", "value": 1e11, **money}),
        ("40 tỷ đồng", {"measure": "disbursed", "value": 4e10, **money}),
    ]
    new["obstacle"] = ("guidance", "Thiếu hướng dẫn", "Thiếu hướng dẫn.")
    old = article("odd", "Lai Châu", "Đạt 130%.", "130%", 130.0, period="2022", as_of="2022-12-31")
    guess = article("guess", "Lai Châu", "Mường Tè đạt 20%.", "20%", 20.0, period="2024", as_of="2024-01-31",
                    published="2024-01-31", place="Mường Tè", level="district", as_of_from="default")  # fmt: skip
    assert reports.build(corpus(new, old, guess), out, ["2024Q1"]).ok
    return out / "2024Q1"


def test_obstacles_count_with_the_figures_of_their_article(later):
    """An article of 2 April that tells of 31 March tells of the first quarter, figures and obstacles."""
    page, _ = plain(later / "lai-chau.html")
    assert "Thiếu hướng dẫn." in page and "name no obstacle" not in page
    assert "12.5%" in page


def test_what_is_new_is_said_also_where_no_rate_of_a_province_is(later):
    page, _ = plain(later / "index.html")
    assert "No province has a newer rate of the programmes together." in page
    assert "New in the tables, of whatever place and day: 4 figures, 1 obstacle and 2 findings of the checks." in page


def test_checks_are_counted_by_severity_districts_included_and_old_ones_and_notes_folded(later):
    index, _ = plain(later / "index.html")
    assert re.search(r"Lai Châu [^A-Z]*Sept 2023 38.111 92.711 1 error, 1 note", index)
    page, folded = plain(later / "lai-chau.html")
    assert "40%" in page and "130%" not in page and "130%" in folded
    assert "no words fix the day" in folded and "no words fix the day" not in page
    audit, other = plain(later / "audit.html")
    assert "no words fix the day" in audit and "130%" not in audit and "130%" in other


def test_who_has_no_page_and_what_is_in_another_language_is_said(tmp_path):
    early = article("q", "Quảng Nam", "Đến cuối năm 2022 đạt 90%.", "90%", 90.0, basis="target", period="2022",
                    as_of="2022-12-31", published="")  # fmt: skip
    first = reports.build(corpus(early), tmp_path)
    assert first.without_page == {"Quảng Nam": ["q"]} and "no page for Quảng Nam (q)" in str(first)
    assert not first.other_language
    second = reports.build(corpus(), tmp_path, ["2023Q3"], ["Hà Giang"], lang="vi")
    assert second.other_language == ["2023Q2"] and "a folder of its own" in str(second) and not second.without_page
    root, _ = plain(tmp_path / "index.html")
    assert "lập từ 4 bài" in root and "lập từ 2 bài · in English" in root


def test_folded_code_shows_letters_and_units_are_in_the_language(tmp_path):
    assert reports.build(corpus(), tmp_path, ["2023Q3"], ["Lai Châu"], lang="vi").ok
    page = (tmp_path / "2023Q3" / "lai-chau.html").read_text("utf-8")
    assert 'province = "Lai Châu"' in page
    data, _ = plain(tmp_path / "2023Q3" / "data.html")
    assert "(phần trăm)" in data and "(percent)" not in data and "(đồng hoặc phần trăm)" in data


def test_a_page_stands_alone(site):
    for path in site.rglob("*.html"):
        tags = Reader(path).tags
        assert path.stat().st_size < 1_500_000
        fetched = [found.get("src", "") for tag, found in tags if tag in ("img", "script", "iframe")]
        assert all(address == "" or address.startswith("data:") for address in fetched), path
        assert not [tag for tag, _ in tags if tag in ("link", "iframe", "object", "embed")]
        policies = [f["content"] for tag, f in tags if f.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1 and policies[0].startswith("default-src 'none'")


def test_executed_notebooks_and_data_are_beside_the_pages(site):
    node = nbformat.read(site / "2023Q3" / "notebooks" / "ha-giang.ipynb", as_version=4)
    assert node.metadata.papermill.parameters == {
        "tables": "../data/pages/ha-giang", "province": "Hà Giang", "quarter": "2023Q3", "lang": "en"
    }  # fmt: skip
    assert all(cell.execution_count for cell in node.cells if cell.cell_type == "code")
    names = {path.name for path in (site / "2023Q3" / "data").iterdir()}
    assert {"figures.csv", "figures.parquet", "panel.csv", "ntp.xlsx", "datapackage.json"} <= names


def test_both_languages_have_the_same_words():
    texts = tomllib.loads((strings.SITE / "strings.toml").read_text(encoding="utf-8"))
    for page in set(texts) - {"cells"}:
        english, vietnamese = texts[page]["en"], texts[page]["vi"]
        assert english.keys() == vietnamese.keys(), page
        for key in english:
            assert re.findall(r"{\w+}", english[key]) == re.findall(r"{\w+}", vietnamese[key]), (page, key)


@pytest.mark.parametrize("name", ["province", "comparison"])
def test_every_sentence_of_a_notebook_has_its_translation(name):
    node = nbformat.read(render.notebook_path(name), as_version=4)
    shown = [c for c in node.cells if c.cell_type == "markdown" and render.HIDDEN not in c.metadata.get("tags", [])]
    assert {cell.id for cell in shown} == set(strings.cells(name, "vi"))


def test_a_vietnamese_page_is_vietnamese(tmp_path):
    summary = reports.build(corpus(), tmp_path, ["2023Q3"], ["Hà Giang"], lang="vi")
    assert summary.ok, str(summary)
    page = (tmp_path / "2023Q3" / "ha-giang.html").read_text(encoding="utf-8")
    assert '<html lang="vi">' in page and "40,7%" in page and "Được giao và giải ngân" in page
    assert "Given" not in page and "40.7%" not in page


@pytest.mark.parametrize(
    ("wanted", "error", "said"),
    [
        ({"provinces": ["Ha Giagn"]}, UnknownPlace, "nearest: 'Hà Giang'"),
        ({"quarters": ["2023Q5"]}, UnknownQuarter, "2023Q5"),
        ({"quarters": "2023Q5"}, UnknownQuarter, "no quarter '2023Q5'"),
        ({"provinces": "Ha Giagn"}, UnknownPlace, "nearest: 'Hà Giang'"),
        ({"quarters": ["2019Q1"]}, NtpError, "the first quarter with figures is 2023Q2"),
        ({"quarters": ["2030Q1"]}, NtpError, "the last quarter with figures is 2023Q3"),
        ({"lang": "fr"}, UnknownName, "there are: en, vi"),
        ({"quarters": ["2023Q2"], "provinces": ["Lai Châu"]}, UnknownPlace, "Lai Châu"),
    ],
)
def test_what_is_not_there_is_refused_before_anything_is_written(tmp_path, wanted, error, said):
    with pytest.raises(error, match=re.escape(said)):
        reports.build(corpus(), tmp_path / "out", **wanted)
    assert not (tmp_path / "out").exists()


def test_a_notebook_refuses_what_is_not_there():
    with pytest.raises(UnknownPlace):
        reports.open_page("seeds", "2023Q3", "en", "Ha Giagn")
    with pytest.raises(UnknownQuarter):
        reports.open_page("seeds", "2023-Q3", "en", "Hà Giang")


def test_a_misspelled_parameter_is_refused_although_papermill_only_warns():
    job = render.Job("x", "province", {"provinz": "Hà Giang"}, Path("."))
    with pytest.raises(render.UnknownParameter, match="no parameter 'provinz'; nearest: 'province'"):
        next(render.run([job]))


def test_only_the_projects_notebooks_are_run(tmp_path):
    (tmp_path / "evil.ipynb").write_text("{}", encoding="utf-8")
    elsewhere = tmp_path / "evil"
    for name in ("other", str(elsewhere), os.path.relpath(elsewhere, render.NOTEBOOKS), "../notebooks/province"):
        with pytest.raises(NtpError):
            render.notebook_path(name)


def test_latest_is_the_last_quarter():
    assert builder.choose_quarters(corpus(), ["latest"]) == ["2023Q3"]


def test_nothing_is_rendered_again_unless_something_changed(tmp_path):
    first = reports.build(corpus(), tmp_path, ["2023Q3"])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    again = reports.build(corpus(), tmp_path, ["2023Q3"])
    assert len(first.rendered) == 4 and not again.rendered and sorted(again.unchanged) == sorted(first.rendered)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.name for path in before if before[path] != after[path]} <= {"manifest.json"}

    district = {"place": "Nậm Nhùn", "level": "district"}
    new = article("namnhun", "Lai Châu", "Nậm Nhùn đạt 12,5%.", "12,5%", 12.5, **district)
    touched = reports.build(corpus(new), tmp_path, ["2023Q3"])
    assert sorted(touched.rendered) == ["2023Q3/comparison", "2023Q3/lai-chau"]
    assert "12.5%" in (tmp_path / "2023Q3" / "lai-chau.html").read_text(encoding="utf-8")

    forced = reports.build(corpus(new), tmp_path, ["2023Q3"], force=True)
    assert len(forced.rendered) == 4


def test_a_page_no_longer_wanted_goes_and_others_stay(tmp_path):
    folder = tmp_path / "2023Q3"
    new = article("namdinh", "Nam Định", "Nam Định đạt 50%.", "50%", 50.0)
    reports.build(corpus(new), tmp_path, ["2023Q3"])
    mine = folder / "mine.html"
    mine.write_text("my own page")
    (folder / "notebooks" / "nam-dinh.failed.ipynb").write_text("{}")
    assert (folder / "nam-dinh.html").exists()
    reports.build(corpus(), tmp_path, ["2023Q3"])
    assert not list(folder.rglob("nam-dinh*")) and mine.exists() and (folder / "ha-giang.html").exists()


def test_a_pdf_is_never_older_than_its_page(tmp_path):
    folder = tmp_path / "2023Q3"
    reports.build(corpus(), tmp_path, ["2023Q3"])
    for page in folder.glob("*.html"):
        page.with_suffix(".pdf").touch()
    new = article("namnhun", "Lai Châu", "Nậm Nhùn đạt 12,5%.", "12,5%", 12.5, place="Nậm Nhùn", level="district")
    reports.build(corpus(new), tmp_path, ["2023Q3"])
    assert sorted(path.stem for path in folder.glob("*.pdf")) == ["audit", "bac-kan", "comparison", "ha-giang"]


def test_a_table_that_was_deleted_comes_back(tmp_path):
    data = tmp_path / "2023Q3" / "data"
    reports.build(corpus(), tmp_path, ["2023Q3"])
    before = {path: path.read_bytes() for path in data.glob("*.*") if path.suffix != ".xlsx"}
    for name in ("figures.csv", "panel.parquet", "ntp.xlsx"):
        (data / name).unlink()
        reports.build(corpus(), tmp_path, ["2023Q3"])
        assert (data / name).is_file()
    assert before == {path: path.read_bytes() for path in data.glob("*.*") if path.suffix != ".xlsx"}


def test_folders_beside_the_quarters_are_not_taken_for_one(tmp_path):
    for name in ("assets", "2023Q5", "2023Q3 old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}")
    assert reports.build(corpus(), tmp_path, ["2023Q3"], ["Hà Giang"]).ok
    links = Reader(tmp_path / "index.html").links
    assert [link for link in links if "/" in link] == ["2023Q3/index.html"]


FAILURES = {
    "raises": ("raise ValueError('nothing to see')", "ValueError: nothing to see"),
    "dies": ("import os; os._exit(1)", "its kernel died"),
    "hangs": ("import time; time.sleep(600)", "longer than its time limit"),
}


@pytest.mark.parametrize("how", FAILURES)
def test_a_failing_notebook_costs_its_own_page_only(tmp_path, monkeypatch, how):
    code, reason = FAILURES[how]
    whole = render.source

    def spoilt(job_notebook, lang):
        node = whole(job_notebook, lang)
        if job_notebook == "province":
            cell = nbformat.v4.new_code_cell(f"if province == 'Lai Châu':\n    {code}")
            cell.id = "spoilt"
            node.cells.insert(4, cell)
        return node

    reports.build(corpus(), tmp_path, ["2023Q3"])
    (tmp_path / "2023Q3" / "lai-chau.pdf").touch()
    monkeypatch.setattr(render, "source", spoilt)
    summary = reports.build(corpus(), tmp_path, ["2023Q3"], force=True, seconds=5)
    folder = tmp_path / "2023Q3"
    assert list(summary.failed) == ["2023Q3/lai-chau"] and not summary.ok
    assert reason in summary.failed["2023Q3/lai-chau"] and "lai-chau" in str(summary)
    assert len(summary.rendered) == 3
    assert not list(folder.glob("lai-chau.*")), "a page of older figures would pass for this one"
    partial = nbformat.read(folder / "notebooks" / "lai-chau.failed.ipynb", as_version=4)
    assert any(cell.get("outputs") for cell in partial.cells), "it is kept as far as it came"
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert "lai-chau.html" not in index and "No page:" in index

    monkeypatch.setattr(render, "source", whole)
    mended = reports.build(corpus(), tmp_path, ["2023Q3"])
    assert mended.rendered == ["2023Q3/lai-chau"] and mended.ok
    assert not (folder / "notebooks" / "lai-chau.failed.ipynb").exists()


def test_a_page_whose_numbers_lead_nowhere_fails():
    page = reports.open_page("seeds", "2023Q3", "en", "Hà Giang")
    page.money()
    assert page.unsourced() == []
    page.link("7%", ["nowhere#1"])
    assert page.unsourced() == ["nowhere#1"]


def test_packed_tables_are_read_back_unchanged(tmp_path):
    found = tables.of_province(tables.of_quarter(corpus(), "2023Q3"), "Hà Giang")
    tables.write(found.pack(), tmp_path)
    back = tables.read(tmp_path)
    for name in ("panel", "figures", "obstacles", "checks", "articles"):
        given, read = getattr(found, name).reset_index(drop=True), getattr(back, name)
        assert given.equals(read) and list(given.dtypes) == list(read.dtypes), name
    assert tables.digest(found.pack()) == tables.digest(back.pack())


def test_notebooks_are_short_and_can_fail():
    for name in ("province", "comparison"):
        cells = nbformat.read(render.notebook_path(name), as_version=4).cells
        code = [cell.source for cell in cells if cell.cell_type == "code"]
        assert max(source.count("\n") + 1 for source in code) <= 5
        assert not any(re.search(r"\bdef |\bimport re\b|^[A-Z_]+ =", source, re.M) for source in code)
        assert any(source.startswith("assert ") for source in code)


def test_a_page_drawn_by_a_killed_run_does_not_pass_for_the_one_before(tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    new = article("namnhun", "Lai Châu", "Nậm Nhùn đạt 12,5%.", "12,5%", 12.5, place="Nậm Nhùn", level="district")
    page = tmp_path / "2023Q3" / "lai-chau.html"
    reports.build(corpus(), tmp_path, ["2023Q3"])
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(builder, "_write_site", killed)
        reports.build(corpus(new), tmp_path, ["2023Q3"])
    assert "12.5%" in page.read_text(encoding="utf-8")
    again = reports.build(corpus(), tmp_path, ["2023Q3"])
    assert sorted(again.rendered) == ["2023Q3/comparison", "2023Q3/lai-chau"]
    assert "12.5%" not in page.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="locks folders as POSIX does")
def test_a_second_run_into_the_same_folder_is_refused(tmp_path):
    with (
        partial.only_one(tmp_path),
        pytest.raises(NtpError, match=f"another run is writing reports to {tmp_path}: wait"),
    ):
        reports.build(corpus(), tmp_path, ["2023Q2"])
    assert list(tmp_path.iterdir()) == []
    assert reports.build(corpus(), tmp_path, ["2023Q2"]).ok


def test_two_runs_write_one_file_one_after_the_other(tmp_path):
    with partial.file(tmp_path / "a.html") as mine, partial.file(tmp_path / "a.html") as other:
        mine.write_text("mine")
        other.write_text("other")
    assert (tmp_path / "a.html").read_text() == "mine" and len(list(tmp_path.iterdir())) == 1


def test_provinces_are_listed_in_the_order_of_the_vietnamese_alphabet():
    names = ["Cao Bằng", "Đà Nẵng", "Điện Biên", "Yên Bái"]
    found = tables.of_quarter(corpus(*(article(n, n, f"{n} đạt 5%.", "5%", 5.0) for n in reversed(names))), "2023Q3")
    listed = ["Bắc Kạn", *names[:3], "Hà Giang", "Lai Châu", "Yên Bái"]
    assert tables.provinces(found) == builder.choose_provinces(found, "2023Q3", None) == listed
    assert [name for name in found.panel["province"].drop_duplicates() if name] == listed
    (group,) = pages.provinces(builder.Page(found, "2023Q3", "en"), {})
    assert [row["name"] for row in group["rows"]][-4:] == names, "those of one rate"


def test_the_manifest_says_what_each_page_is_made_of(site):
    made = json.loads((site / "2023Q3" / "manifest.json").read_text(encoding="utf-8"))
    assert made["pages"]["ha-giang"]["province"] == "Hà Giang"
    assert all(re.fullmatch(r"[0-9a-f]{64}", page["key"]) for page in made["pages"].values())


def test_a_provinces_charts_show_those_nearest_to_it_and_the_country():
    more = [article(f"x{n}", f"Tỉnh {n}", f"Đạt {n}%.", f"{n}%", float(n)) for n in range(50, 90)]
    found = tables.of_province(tables.of_quarter(corpus(*more), "2023Q3"), "Tỉnh 60")
    page = builder.Page(found, "2023Q3", "en", "Tỉnh 60")
    shown = page.near(4)
    assert set(shown.loc[shown["level"] == "province", "place"]) == {f"Tỉnh {n}" for n in range(58, 63)}
    assert "Việt Nam" in set(shown["place"])
    assert page.near(100).equals(page.panel)
