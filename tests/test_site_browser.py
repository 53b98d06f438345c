"""The pages in a browser: accessible, quiet, searchable, and inert whatever an article says."""

from __future__ import annotations

import csv
import datetime
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from browser import AXE, CHROMIUM, open_page, told, violations, with_script
from report_corpus import article, corpus

from ntp_analysis import reports
from ntp_analysis.reports import datapackage, markup, pdf

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: .ci/run installs it")
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm install --prefix .tools axe-core@4")
EVIL = "</p><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
HOSTILE = [
    article(
        "../../evil<script>", "Hà Giang", f"Đến 15/9 {EVIL} \u202eđạt 44,4%\u202c kế hoạch.", "44,4%", 44.4,
        title=f"Tin \u202e{EVIL}", url="javascript://a.vn/%0adocument.title='owned'", origin="../x",
    ),
    article("=cmd", "=HYPERLINK(\"x\")<b>", "=cmd|' /C calc'!A0 đạt 12,3%.", "12,3%", 12.3, title="=1+1",
            url="https://example.org/?a=\"><script>"),
    article("quote", 'x"; import os; os._exit(9) #', "Đạt 9,9%.", "9,9%", 9.9),
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    assert reports.build(corpus(), out, ["2023Q3"]).ok
    return out / "2023Q3"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    out = tmp_path_factory.mktemp("hostile")
    given = corpus(*HOSTILE)
    summary = reports.build(given, out / "site", ["2023Q3"])
    assert summary.ok, str(summary)
    return out / "site" / "2023Q3"


@needs_browser
@needs_axe
@pytest.mark.parametrize("name", ["index", "comparison", "ha-giang", "lai-chau", "audit", "sources", "data"])
def test_axe_finds_nothing(site, tmp_path, name):
    assert violations(site / f"{name}.html", tmp_path) == []


@needs_browser
@needs_axe
def test_axe_finds_nothing_on_a_phone_and_finds_what_is_wrong(site, tmp_path):
    assert violations(site / "ha-giang.html", tmp_path, width=390) == []
    spoilt = site / "ha-giang.html"
    broken = tmp_path / "broken.html"
    broken.write_text(spoilt.read_text(encoding="utf-8").replace("<img alt=", "<img data-alt="), encoding="utf-8")
    assert "image-alt" in [found["id"] for found in violations(broken, tmp_path)]


@needs_browser
def test_pages_say_nothing_to_the_console_and_their_style_is_let_through(site, tmp_path):
    for page in site.glob("*.html"):
        _, said = open_page(page)
        assert said == [], page
    loosened = tmp_path / "changed.html"
    text = (site / "index.html").read_text(encoding="utf-8")
    loosened.write_text(text.replace("<style>", "<style>/* changed */"), encoding="utf-8")
    _, said = open_page(loosened)
    assert any("Content Security Policy" in line for line in said), "the policy holds: another style is refused"


@needs_browser
def test_the_search_finds_places_without_marks(site, tmp_path):
    script = (
        "var box = document.getElementById('find'); box.value = 'lai chau';"
        "box.dispatchEvent(new Event('input'));"
        "var rows = Array.from(document.querySelectorAll('tr[data-place]'));"
        "document.getElementById('told').textContent = JSON.stringify({"
        "shown: rows.filter(function (r) { return !r.hidden; }).map(function (r) { return r.dataset.place; }),"
        "box: !document.getElementById('search').hidden, said: document.getElementById('count').textContent});"
    )
    document, _ = open_page(with_script(site / "index.html", script, tmp_path / "search.html"))
    assert told(document) == {"shown": ["Lai Châu"], "box": True, "said": "1 places"}


@needs_browser
def test_nothing_runs_over_the_edge_of_a_phone(site, tmp_path):
    script = (
        "document.getElementById('told').textContent = JSON.stringify("
        "[document.documentElement.scrollWidth, window.innerWidth]);"
    )
    for name in ("index", "ha-giang", "comparison", "sources", "audit", "data"):
        copy = with_script(site / f"{name}.html", script, tmp_path / f"{name}.html")
        wide, window = told(open_page(copy, width=500)[0])  # Chromium's window is not narrower than 500
        assert wide <= window, name


@needs_browser
def test_an_articles_script_does_nothing_even_without_the_policy(hostile, tmp_path):
    for page in hostile.glob("*.html"):
        document, _ = open_page(page)
        assert "<title>owned" not in document, page
        bare, _ = open_page(with_script(page, "", tmp_path / page.name))
        assert "<title>owned" not in bare, page


@needs_browser
def test_without_the_escaping_the_script_would_run(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f"<title>page</title><p>{EVIL}</p>", encoding="utf-8")
    assert "<title>owned" in open_page(page)[0]


def test_what_an_article_says_is_shown_as_text(hostile):
    sources = (hostile / "sources.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;document.title=" in sources and "<script>document" not in sources
    assert "⟨U+202E⟩" in sources and "\u202e" not in sources
    assert 'href="javascript:' not in sources and "https://example.org/?a=&#34;&gt;&lt;script&gt;" in sources
    page = (hostile / "ha-giang.html").read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;img src=x onerror=" in page


def test_without_its_guard_each_trick_would_work(monkeypatch):
    assert markup.web_address("javascript:alert(1)") == "" == markup.web_address("data:text/html,x")
    assert markup.web_address("javascript://a.vn/%0aalert(1)") == ""
    assert markup.web_address(" https://a.vn/x ") == "https://a.vn/x"
    assert "\u202e" not in markup.visible("\u202e") and markup.visible("a\tb\nc") == "a\tb\nc"
    assert markup.visible("\u200b\u2060\u2028\u00ad\u061c") == "⟨U+200B⟩⟨U+2060⟩⟨U+2028⟩⟨U+00AD⟩⟨U+061C⟩"
    from ntp_analysis.reports.templates import environment

    template = environment().from_string("{{ text }}")
    assert template.render(text=EVIL).count("<") == 0
    monkeypatch.setattr(environment(), "finalize", None)
    loose = environment().overlay(autoescape=False).from_string("{{ text }}")
    assert "<script>" in loose.render(text=EVIL), "it is the environment that escapes"


def test_no_name_leaves_the_folder(hostile):
    written = {path.relative_to(hostile.parents[1]).parts[0] for path in hostile.parents[1].rglob("*")}
    assert written == {"site"}
    for path in hostile.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", path.name), path
    names = [
        "../../etc/passwd",
        "..",
        "/x",
        "a/b",
        "CON",
        "Ðắk Lắk",
        "Đắk Lắk",
        "x\x00y",
        " ",
        "",
        "Dak Lak",
        "dak-lak",
    ]
    slugs = [markup.slug(name) for name in names]
    assert len(set(slugs)) == len(names) and all(markup.SAFE_NAME.fullmatch(slug) for slug in slugs)


def test_a_parameter_is_data_and_never_code(hostile):
    pages = json.loads((hostile / "manifest.json").read_text(encoding="utf-8"))["pages"]
    names = [slug for slug, page in pages.items() if page["province"].startswith('x"; import')]
    assert len(names) == 1 and "9.9%" in (hostile / f"{names[0]}.html").read_text(encoding="utf-8")


def test_no_cell_of_a_table_is_a_formula(hostile):
    with open(hostile / "data" / "panel.csv", encoding="utf-8", newline="") as file:
        places = {row["place"] for row in csv.DictReader(file)}
    assert '\'=HYPERLINK("x")<b>' in places and not any(place.startswith("=") for place in places)


def test_the_data_package_describes_every_column_of_every_file(site):
    described = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert sorted(r["name"] for r in described["resources"]) == ["articles", "checks", "figures", "obstacles", "panel"]
    for resource in described["resources"]:
        content = (site / "data" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content) and resource["hash"].endswith(datapackage.manifest.digest(content))
        header = next(csv.reader([content.decode("utf-8").splitlines()[0]]))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert all(field["description"] and field["type"] in datapackage.TYPES.values() for field in fields)


PARSED = {
    "string": str, "number": float, "integer": int, "date": datetime.date.fromisoformat,
    "boolean": {"true": True, "True": True, "false": False, "False": False}.__getitem__,
}  # fmt: skip


def test_every_cell_is_of_the_type_and_pattern_that_its_column_declares(site):
    described = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        with open(site / "data" / resource["path"], encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for name, cell in row.items():
                    if cell in resource["schema"]["missingValues"]:
                        continue
                    PARSED[fields[name]["type"]](cell)
                    pattern = fields[name].get("constraints", {}).get("pattern", ".*")
                    assert re.fullmatch(pattern, cell, re.S), (resource["name"], name, cell)


def test_the_data_package_is_valid(site):
    frictionless = pytest.importorskip(
        "frictionless", reason="frictionless is not here: pip install it by hand (it brings a GPL package)"
    )
    report = frictionless.validate(str(site / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]


def test_a_pdf_reads_nothing_but_its_page(tmp_path):
    if not pdf.available():
        with pytest.raises(pdf.NtpError, match="pip install 'ntp_analysis\\[pdf\\]'"):
            pdf.require()
        pytest.skip("WeasyPrint is not installed: uv sync --extra pdf")
    secret = tmp_path / "secret.css"
    secret.write_text("h1 { page-break-before: always }")
    page = tmp_path / "page.html"
    page.write_text(f'<link rel="stylesheet" href="{secret.as_uri()}"><p>Điện Biên</p><h1>x</h1>', encoding="utf-8")
    assert pdf.write(page, tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    import weasyprint

    assert len(pdf.document(page).pages) == 1
    assert len(weasyprint.HTML(str(page)).render().pages) == 2, "without the guard the file would be read"


def test_the_command_ends_with_an_error_for_a_place_that_is_not_there(tmp_path):
    command = [sys.executable, "-m", "ntp_analysis.cli", "report", "seeds/", "--province", "Ha Giagn"]
    done = subprocess.run([*command, "-o", str(tmp_path / "out")], capture_output=True, text=True, cwd=Path.cwd())
    assert done.returncode != 0 and "nearest: 'Hà Giang'" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
