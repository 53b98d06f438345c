"""Bad and hostile input through the commands: listed with a remedy, said with the exit code, and it runs nothing."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from ntp_analysis import crawls, engine, export, readers, records, sources
from ntp_analysis.cli import main
from ntp_analysis.errors import TableError
from ntp_analysis.model import Article, Reading

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "004_c72aa745ff9f9bf4.txt"
GOOD = "Đến ngày 31/8/2023, tỉnh Lai Châu giải ngân vốn chương trình mục tiêu quốc gia đạt @@,5% kế hoạch."
LINE = json.dumps({"text": GOOD}).encode() + b"\n"


def ntp(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def written(data: bytes, pack: Callable[[bytes], bytes] = bytes) -> Callable[[Path], object]:
    """Write `data` with a number of its own for @@: articles with other numbers are no copies of each other."""
    return lambda path: path.write_bytes(pack(data.replace(b"@@", path.name[:2].encode())))


def twice(path: Path) -> None:
    pq.write_table(pa.Table.from_arrays([pa.array([GOOD]), pa.array(["x"])], names=["text", "text"]), path)


def odd_cell(path: Path) -> None:
    broken = [None, pa.py_buffer(b"\0\0\0\0\x0f\0\0\0"), pa.py_buffer(b"\xff\xfe gi\xe1\xba\xa3i ng\xc3\xa2n")]
    cells = pa.chunked_array([pa.Array.from_buffers(pa.string(), 1, broken), pa.array([GOOD.replace("@@", "88")])])
    pq.write_table(pa.table({"text": cells}), path)


BAD = [  # file, how it is written, where in it the problem is, what is said of it, articles read of it all the same
    ("a.txt", written(b""), "", "empty", 0),
    ("a.txt", written(b"\0\1\2" * 99), "", "binary, not text", 0),
    ("a.txt", written(GOOD.encode() + b"\xff"), "", "not UTF-8", 1),
    ("a.txt", lambda path: path.symlink_to("/no/such/file"), "", "a link to a file that is not there", 0),
    ("a.txt", os.mkfifo, "", "no file but a pipe", 0),
    ("a.pdf", written(b"%PDF-1.7"), "", "kind of file not known", 0),
    ("a.html", written(b"<div>" * 200_000), "", "holds no text", 0),
    ("a.jsonl", written(LINE + b'{"text": "half\n'), "line 2", "no valid JSON", 1),
    ("a.jsonl", written(b"[" * 300_000 + b"\n" + LINE), "line 1", "no valid JSON", 1),
    ("a.jsonl", written(b'{"text": "' + b"x" * 25_000_000 + b'"}\n' + LINE), "line 1", "longer than", 1),
    ("a.jsonl", written(b'{"text": "gi\\u1ea3i ng\\u00e2n \\ud83d @@,5%"}\n'), "", "halves of characters", 1),
    ("a.jsonl", written(b'{"text": "@@,5%", "date": "31/2/2023"}\n'), "line 1", "'31/2/2023' is no day that was", 1),
    ("a.jsonl", written(b'{"text": "x", "id": ' + b"9" * 5000 + b"}\n" + LINE), "line 1", "no valid JSON", 1),
    ("a.jsonl.gz", written(LINE, lambda data: gzip.compress(data)[:-30]), "after record", "breaks off", None),
    ("a.csv", written(b"id,body\n1,x\n"), "", "no column 'text'; it has: id, body", 0),
    ("a.csv", written(b"id,text\n1,2,3\ncsv-4,@@%\n"), "row 2", "3 fields instead of 2", 1),
    ("a.csv", written(b"id,text\n1," + b"x" * 25_000_000 + b"\ncsv-2,@@%\n"), "row 2", "no valid CSV", 1),
    ("a.parquet", written(b"PAR1" + b"\0" * 99), "", "no valid Parquet", 0),
    ("a.parquet", twice, "", "column 'text' is there twice", 0),
    ("a.parquet", odd_cell, "row 1", "a cell cannot be read", 1),
]  # fmt: skip


HOW = {"tables": (), "parts": ("--partitioned", "--workers", "1", "--all")}


@pytest.fixture(scope="module", params=HOW)
def batch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """All bad files and a good one in one run."""
    folder = tmp_path_factory.mktemp("batch")
    (folder / "in").mkdir()
    for n, (name, write, *_) in enumerate(BAD, 10):
        write(folder / "in" / f"{n}-{name}")
    (folder / "in" / "z.txt").write_text(GOOD.replace("@@", "5"), encoding="utf-8")
    return ntp("extract", folder / "in", "-q", "-o", folder / "out", *HOW[request.param]), folder / "out"


@pytest.mark.parametrize("n", range(len(BAD)), ids=[f"{name}-{said}" for name, _, _, said, _ in BAD])
def test_a_bad_file_is_listed_with_a_remedy_and_what_is_good_of_it_read(batch: tuple[Result, Path], n: int) -> None:
    name, _, record, said, read = BAD[n]
    table = pd.read_csv(batch[1] / "problems.csv", dtype="str", keep_default_na=False)
    assert list(table) == ["file", "record", "problem", "remedy"]
    (row,) = table[table["file"].str.contains(f"/{n + 10}-{name}", regex=False)].to_dict("records")
    assert row["record"].startswith(record) and said in row["problem"] and row["remedy"]
    origins = export.load(batch[1]).articles["origin"]
    assert read is None or origins.str.contains(f"/{n + 10}-{name}", regex=False).sum() == read


def test_a_batch_with_bad_files_ends_with_exit_code_1_and_says_where_they_are_listed(
    batch: tuple[Result, Path],
) -> None:
    done, out = batch
    assert done.exit_code == 1 and f"{len(BAD)} problems with the input, listed in {out}" in done.output
    assert f"and {len(BAD) - 5} more" in done.output
    assert "z" in set(export.load(out).articles["article"])


@pytest.mark.parametrize("name, write, record, said, read", BAD[:4] + BAD[7:8] + BAD[-1:])
def test_strict_stops_at_the_first_bad_file_and_writes_nothing(
    name: str, write: Callable[[Path], object], record: str, said: str, read: int | None, tmp_path: Path
) -> None:
    given = tmp_path / "in"
    given.mkdir()
    write(given / name)
    for command in ("extract", "report", "show") if said == "not UTF-8" else ("extract",):
        given = given / name if command == "show" else given
        done = ntp(command, given, "-q", "-o", tmp_path / "out", "--strict")
        assert done.exit_code == 2 and said in done.output and name in done.output
        assert done.output.count("\n") == 1 and not (tmp_path / "out").exists()


OUTPUTS = {
    "csv": ("extract", "--format", "csv"),
    "parquet": ("extract", "--format", "parquet"),
    "xlsx": ("extract", "--format", "xlsx"),
    "dta": ("extract", "--format", "dta"),
    "parts": ("extract", "--partitioned", "--workers", "1"),
    "report": ("report", "--quarter", "latest"),
}


@pytest.mark.parametrize("how", OUTPUTS)
def test_what_was_written_inside_the_input_folder_is_not_read_by_the_next_run(how: str, tmp_path: Path) -> None:
    given = tmp_path / "in"
    given.mkdir()
    (given / "a.txt").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    command, *options = OUTPUTS[how]
    for _ in range(2):
        done = ntp(command, given, "-q", "-o", given / "written", *options)
        assert done.exit_code == 0, done.output
    assert ntp("extract", given, "-q", "-o", tmp_path / "out").exit_code == 0
    assert pd.read_csv(tmp_path / "out" / "articles.csv")["article"].to_list() == ["a"]


@pytest.mark.parametrize("command", ["extract", "report"])
def test_nothing_is_written_among_the_articles(command: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    done = ntp(command, tmp_path, "-q", "-o", tmp_path / ".")
    assert done.exit_code == 2 and "holds the articles: write into a folder of its own" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_figure_that_is_not_as_declared_costs_its_article_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = engine.read_article

    def odd(article: Article) -> Reading:
        reading = read(article)
        for figure in reading.figures if "odd" in article.text else []:
            figure.measure = "this"
        return reading

    monkeypatch.setattr(engine, "read_article", odd)
    given = tmp_path / "in"
    given.mkdir()
    for name in ("odd", "even"):
        (given / f"{name}.txt").write_text(f"{SEED.read_text(encoding='utf-8')} {name}", encoding="utf-8")
    for how in HOW.values():
        out = tmp_path / f"out{len(how)}"
        done = ntp("extract", given, "-q", "-o", out, *how)
        assert done.exit_code == 1 and "not as declared: measure 'this'" in done.output
        assert export.load(out).articles["article"].to_list() == ["even"]


def test_an_article_that_the_engine_fails_on_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = engine.read_article
    monkeypatch.setattr(engine, "read_article", lambda a: 1 / 0 if a.id == "a" else read(a))
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(SEED.read_text(encoding="utf-8"), encoding="utf-8")
    done = ntp("extract", tmp_path, "-q", "-o", tmp_path / "out")
    assert done.exit_code == 1 and "ZeroDivisionError" in done.output
    assert pd.read_csv(tmp_path / "out" / "articles.csv")["article"].to_list() == ["b"]
    assert ntp("extract", tmp_path / "a.txt", "-q", "-o", tmp_path / "no", "--strict").exit_code == 2
    with pytest.raises(sources.SourceError, match="ZeroDivisionError"):
        list(readers.read_articles(sources.read_sources(tmp_path / "a.txt")))


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_file_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    given = tmp_path / "in"
    given.mkdir()
    with open(os.fsencode(given) + b"/\xff\xfe.txt", "w", encoding="utf-8") as file:
        file.write(GOOD.replace("@@", "5"))
    for how in ((), ("--partitioned", "--workers", "1")):
        out = tmp_path / f"out{len(how)}"
        assert ntp("extract", given, "-q", "-o", out, *how).exit_code == 0
        assert export.load(out).articles["origin"].to_list() == [f"{given}/\ufffd\ufffd.txt"]


def test_a_file_name_does_not_command_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b]0;owned\x07\u202e\nb.txt").write_bytes(b"")
    done = ntp("extract", tmp_path, "-o", tmp_path / "out")
    assert not set("\x1b\x07\u202e") & set(done.output) and r"a\x1b]0;owned\x07\u202e\nb.txt: empty" in done.output
    strict = ntp("extract", tmp_path, "-o", tmp_path / "no", "--strict")
    assert "\x1b" not in strict.output and strict.output.count("\n") == 1


def packed_page(n: int, html: bytes, status: str = "200 OK") -> bytes:
    body = gzip.compress(html)
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n:08}-0000-0000-0000-000000000000>\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


NOISE = random.Random(1).randbytes(200_000).hex().encode()
OVERLONG = [  # a page that is not read, what is said of it
    (packed_page(0, b"<p>0" * 2_000_000 + NOISE), ["longer than 300,000 bytes unpacked: no article"]),
    (packed_page(0, b"<p>" + NOISE * 4), ["longer than 300,000 bytes: no article"]),
    (packed_page(0, b"<p>" + NOISE, "404 Not Found"), []),
]


def read_traced(folder: Path) -> tuple[list[str], list[sources.Problem], int]:
    """Return a folder's texts and problems, and the most memory in bytes that reading it took."""
    problems: list[sources.Problem] = []
    tracemalloc.start()
    texts = [article.text for article in sources.read_sources(folder, problems=problems)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return texts, problems, peak


@pytest.mark.parametrize("page, said", OVERLONG, ids=["unpacked", "packed", "404"])
def test_a_packed_page_can_neither_fill_the_memory_nor_hide_the_next(
    page: bytes, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (crawls, records, sources):
        monkeypatch.setattr(module, "LONGEST_ARTICLE", 300_000)
    (tmp_path / "a.warc").write_bytes(page + packed_page(1, "<p>đạt 40,7% vốn</p>".encode()))
    texts, problems, peak = read_traced(tmp_path)
    assert texts == ["đạt 40,7% vốn"] and peak < 5_000_000
    assert [problem.problem for problem in problems] == said


def test_a_long_line_of_csv_cannot_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "LONGEST_ARTICLE", 1000)
    (tmp_path / "a.csv").write_text(f"id,text\n1,{'x' * 8_000_000}\n2,5%\n", encoding="utf-8")
    texts, problems, peak = read_traced(tmp_path)
    assert texts == ["5%"] and peak < 6_000_000
    assert [(problem.record, "line longer than" in problem.problem) for problem in problems] == [("row 2", True)]


TOO_LARGE = "Năm 2023, tỉnh Lai Châu được giao {} vốn 3 chương trình mục tiêu quốc gia, giải ngân đạt 40%."


@pytest.mark.parametrize("amount", ["12345678901234567890123456789012 tỷ đồng", "9" * 500 + " đồng", "1.234.567.890 %"])
@pytest.mark.parametrize(
    "options", [[], ["--partitioned", "--workers", "1", "--format", "csv"]], ids=["whole", "parted"]
)
def test_a_number_too_large_for_a_figure_is_said(amount: str, options: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TOO_LARGE.format(amount), encoding="utf-8")
    done = ntp("extract", tmp_path / "a.txt", "-o", tmp_path / "out", *options)
    assert done.exit_code == 1, done.output
    (row,) = pd.read_csv(tmp_path / "out" / "problems.csv", keep_default_na=False).itertuples()
    assert row.file == str(tmp_path / "a.txt") and row.remedy
    assert row.problem.startswith("a number too large for a figure: ") and amount[:20] in row.problem
    assert len(row.problem) < 120


def test_a_number_too_large_for_a_figure_is_no_problem_of_an_article_about_other_things(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Thiên hà cách ta 9999999999999999999999 tỷ đồng.", encoding="utf-8")
    assert ntp("extract", tmp_path / "a.txt", "-o", tmp_path / "out").exit_code == 0


DAMAGED = [  # file of an extraction, what is in it instead
    ("figures.csv", b'article,"place\n'),
    ("articles.csv", b"\xff\xfe\0"),
    ("figures.csv", b""),
    ("obstacles.csv", b"a,b\n1,2,3\n"),
    ("problems.csv", b'"'),
]


@pytest.mark.parametrize("name, data", DAMAGED)
def test_damaged_tables_are_refused_by_name(name: str, data: bytes, tmp_path: Path) -> None:
    assert ntp("extract", SEED, "-q", "-o", tmp_path).exit_code == 0
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TableError, match=name):
        export.load(tmp_path)
    done = ntp("report", tmp_path, "-o", tmp_path / "pages")
    assert done.exit_code == 2 and done.output.startswith("ntp: ") and not (tmp_path / "pages").exists()


def test_damaged_parquet_is_refused_by_name(tmp_path: Path) -> None:
    assert ntp("extract", SEED, "-q", "-o", tmp_path, "--format", "parquet").exit_code == 0
    whole = (tmp_path / "figures.parquet").read_bytes()
    (tmp_path / "figures.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TableError, match=r"figures\.parquet: cannot be read"):
        export.load(tmp_path)


TRICKS = {
    "id": "../../../evil\x1b[31m\u202e;=cmd",
    "title": "=HYPERLINK(\"http://x\")\x01<script>document.title='owned'</script>\u202e",
    "url": "javascript:alert(1)",
    "published": "2023-09-08",
    "text": "=cmd|' /C calc'!A0 <script>document.title='owned'</script>\u202e Đến ngày 31/8/2023, tỉnh Hà Giang "
    "giải ngân vốn các chương trình mục tiêu quốc gia đạt 40,7% kế hoạch năm 2023.",
}


@pytest.fixture(scope="module")
def tricked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tricks")
    given = folder / "=cmd <script>.jsonl"
    given.write_text(json.dumps(TRICKS) + "\n", encoding="utf-8")
    formats = [word for name in ("csv", "xlsx", "parquet") for word in ("--format", name)]
    done = ntp("extract", given, "-q", "-o", folder / "out", *formats)
    assert done.exit_code == 0, done.output
    return folder


def test_no_cell_of_csv_begins_a_formula(tricked: Path) -> None:
    cells = []
    for path in (tricked / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells += [cell for row in csv.reader(file) for cell in row]
    assert export.escape("＝1+1") == "'＝1+1"  # full-width, which some spreadsheets take for the plain sign
    assert any("=HYPERLINK" in cell for cell in cells) and any("=cmd" in cell for cell in cells)
    assert [cell for cell in cells if re.match(r"[=+@\t\r\n＝＋－＠]|-(?!\d)", cell)] == []


def test_a_workbook_holds_no_formula_link_or_macro(tricked: Path) -> None:
    with zipfile.ZipFile(tricked / "out" / "ntp.xlsx") as book:
        parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}
    assert not [name for name in parts if "vba" in name.lower() or "external" in name.lower()]
    sheets = [text for name, text in parts.items() if "worksheets/" in name]
    assert sheets and not any(mark in text for text in sheets for mark in ("<f>", "<hyperlink", "<f "))
    assert "=HYPERLINK" in parts["xl/sharedStrings.xml"]


def test_an_id_names_no_path_and_stays_in_one_cell(tricked: Path) -> None:
    (id,) = pd.read_parquet(tricked / "out" / "articles.parquet")["article"]
    assert not set(id) & set("\x1b\u202e;\n")
    assert {path.name for path in tricked.iterdir()} == {"out", "=cmd <script>.jsonl"}


def test_reports_of_tricks_stay_in_their_folder_and_show_them_as_text(tricked: Path) -> None:
    before = {path for path in tricked.parent.iterdir()}
    done = ntp("report", tricked / "=cmd <script>.jsonl", "-q", "-o", tricked / "site")
    assert done.exit_code == 0, done.output
    assert {path for path in tricked.parent.iterdir()} == before
    assert {path.name for path in tricked.iterdir()} == {"out", "site", "=cmd <script>.jsonl"}
    pages = list((tricked / "site").rglob("*.html"))
    assert len(pages) > 4
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "<script>document" not in html and 'href="javascript:' not in html and "\u202e" not in html, page
        assert "Content-Security-Policy" in html, page
    shown = ntp("show", tricked / "=cmd <script>.jsonl")
    assert shown.exit_code == 0 and "\u202e" not in shown.output and "\x1b[31m" not in shown.output
