"""Every way articles may come in, and every way they may come in broken."""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from ntp_analysis import sources
from ntp_analysis.model import Article
from ntp_analysis.sources import Problem, SourceError, read_sources

A = "Đến 31/8, huyện A giải ngân 40,7% kế hoạch vốn."
B = "Huyện B giải ngân 39,7%."


def read(source: object, **options: object) -> tuple[list[Article], list[Problem]]:
    problems: list[Problem] = []
    articles = list(read_sources(source, problems=problems, **options))  # type: ignore[arg-type]
    return articles, problems


def jsonl(*records: object) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def response(url: str, body: bytes, kind: str = "text/html", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    return warc("response", url, "application/http; msgtype=response", http)


def warc(kind: str, url: str, content: str, body: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-09-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


TWO = [{"id": "a", "text": A, "url": "https://bao.vn/a", "published": "2023-08-31"}, {"id": "b", "text": B}]
CRAWL = [
    response("https://bao.vn/a", f"<title>Vốn</title><p>{A}</p>".encode()),
    response("https://bao.vn/gone", b"not found", status="404 Not Found"),
    response("https://bao.vn/logo", b"\x89PNG", kind="image/png"),
    warc("conversion", "https://bao.vn/b", "text/plain", B.encode()),
]


def parquet(path: Path, table: dict[str, list[object]]) -> None:
    pq.write_table(pa.table(table), path)


GOOD: dict[str, Callable[[Path], object]] = {  # file name -> how to write it so that it holds A, then B
    "two.jsonl": lambda path: path.write_bytes(jsonl(*TWO)),
    "two.jsonl.gz": lambda path: path.write_bytes(gzip.compress(jsonl(TWO[0])) + gzip.compress(jsonl(TWO[1]))),
    "two.jsonl.zst": lambda path: path.write_bytes(zstandard.compress(jsonl(*TWO))),
    "bom.jsonl": lambda path: path.write_bytes(b"\xef\xbb\xbf" + jsonl(*TWO)),
    "two.csv": lambda path: pd.DataFrame(TWO).to_csv(path, index=False),
    "semicolons.csv": lambda path: pd.DataFrame(TWO).to_csv(path, index=False, sep=";", encoding="utf-8-sig"),
    "two.csv.gz": lambda path: pd.DataFrame(TWO).to_csv(path, index=False),
    "two.parquet": lambda path: parquet(path, {"text": [A, B], "url": ["u", None], "date": [date(2023, 8, 31), None]}),
    "crawl.warc": lambda path: path.write_bytes(b"".join(CRAWL)),
    "crawl.warc.gz": lambda path: path.write_bytes(b"".join(map(gzip.compress, CRAWL))),
    "html.jsonl": lambda path: path.write_bytes(jsonl({"html": f"<p>{A}</p>"}, {"text": "", "html": f"<p>{B}"})),
}


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_of_file_gives_the_same_texts(name: str, tmp_path: Path) -> None:
    GOOD[name](tmp_path / name)
    articles, problems = read(tmp_path)
    assert problems == []
    assert [article.text.removeprefix("Vốn\n\n") for article in articles] == [A, B]
    assert len({article.id for article in articles}) == 2
    if "crawl" not in name and "html" not in name:
        assert [article.published for article in articles] == [date(2023, 8, 31), None]


def test_texts_and_pages_of_a_folder_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(B, encoding="utf-8")
    (tmp_path / "1.txt").write_text(A, encoding="utf-16")
    (tmp_path / "c.html").write_text(f"<p>{A}</p>", encoding="utf-8")
    (tmp_path / "c_files").mkdir()
    (tmp_path / "c_files" / "ad.html").write_text("quảng cáo", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    (tmp_path / "style.css").write_text("a{}", encoding="utf-8")
    articles, problems = read(tmp_path)
    assert [article.id for article in articles] == ["1", "2", "c"] and problems == []
    assert [article.text for article in articles] == [A, B, A]
    for source in ([tmp_path / "1.txt", tmp_path], str(tmp_path / "**" / "*.txt")):
        assert [article.id for article in read(source)[0]][:2] == ["1", "2"]


def test_the_text_is_as_given_line_ends_included(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfm\xe1\xbb\x99t\r\n\r\n  hai \xc2\xa0 \n")
    assert read(tmp_path / "a.txt")[0][0].text == "một\r\n\r\n  hai \xa0 \n"


def test_a_dataframe_is_read_by_column_and_index() -> None:
    frame = pd.DataFrame({"body": [A, None, B], "when": [datetime(2023, 8, 31), pd.NaT, pd.NaT]}, index=["x", "y", "z"])
    articles, problems = read(frame, columns={"text": "body", "published": "when"})
    assert [(article.id, article.published) for article in articles] == [("x", date(2023, 8, 31)), ("z", None)]
    assert [(problem.record, problem.problem) for problem in problems] == [("row y", "no text")]


def test_a_dataframe_of_nullable_types_has_cells_without_anything() -> None:
    cells = {
        "id": ["x", "y", "z"],
        "text": [A, None, B],
        "url": [None, "u", "v"],
        "date": [None, date(2023, 8, 31), None],
    }
    for frame in (pd.DataFrame(cells).convert_dtypes(), pd.DataFrame(cells).fillna(pd.NA)):
        articles, problems = read(frame)
        assert [(article.id, article.url) for article in articles] == [("x", ""), ("z", "v")]
        assert [(problem.record, problem.problem) for problem in problems] == [("row 1", "no text")]


def test_a_dataframe_with_a_column_twice_is_a_problem() -> None:
    articles, problems = read(pd.DataFrame([[A, B]], columns=["text", "text"]))
    assert articles == [] and [problem.problem for problem in problems] == ["column 'text' is there twice"]


BAD = [  # file name, its bytes, ids of the articles read all the same, where the problem is, a word of it
    ("a.txt", b"", [], "", "empty"),
    ("a.txt", b" \n", [], "", "empty"),
    ("a.txt", b"\0\1\2\3" * 99, [], "", "binary"),
    ("a.txt", b"%PDF-1.7 ...", [], "", "PDF"),
    ("a.txt", (A * 9).encode() + b"\xff", ["a"], "", "not UTF-8"),
    ("a.html", b"<html><body></body></html>", [], "", "no text"),
    ("a.jsonl", b"", [], "", "empty"),
    ("a.jsonl", jsonl(*TWO) + b'{"id": "c", "text": "half', ["a", "b"], "line 3", "JSON"),
    ("a.jsonl", b"{broken\n" + jsonl(*TWO), ["a", "b"], "line 1", "JSON"),
    ("a.jsonl", b"[1, 2]\n" + jsonl(*TWO), ["a", "b"], "line 1", "no JSON object"),
    ("a.jsonl", b"[" * 100_000 + b"\n" + jsonl(*TWO), ["a", "b"], "line 1", "JSON"),
    ("a.jsonl", jsonl({"id": "c", "title": "x"}, *TWO), ["a", "b"], "line 1", "no text"),
    ("a.jsonl", jsonl({"id": "c", "text": 5}, *TWO), ["a", "b"], "line 1", "no text"),
    ("a.jsonl", jsonl({"id": "c", "text": A, "published": "31/2/2023"}), ["c"], "line 1", "'31/2/2023' is no day"),
    ("a.jsonl.gz", gzip.compress(jsonl(*TWO * 99))[:-20], None, "after record", "breaks off"),
    ("a.jsonl.gz", b"\x1f\x8b" + b"junk" * 50, [], "after record 0", "breaks off"),
    ("a.jsonl.zst", zstandard.compress(jsonl(*TWO))[:-9] + b"123456789", None, "after record", "damaged"),
    ("a.csv", b"", [], "", "empty"),
    ("a.csv", b"id,body\na,b\n", [], "", "no column 'text'; it has: id, body"),
    ("a.csv", b"id,text\na,b,c\nd,e\n", ["d"], "row 2", "3 fields instead of 2"),
    ("a.csv", b"id,text\na,\xff\xff\nb,c\n", ["a", "b"], "row 2", "not UTF-8"),
    ("a.parquet", b"PAR1 no more than that", [], "", "no valid Parquet"),
    ("a.warc", b"hello\n" * 99, [], "after record 0", "damaged"),
    ("a.warc", b"", [], "", "no pages"),
    ("a.warc", CRAWL[3][:-12], [], "record 1", "breaks off"),
    ("a.pdf", b"%PDF", [], "", "kind of file not known: .pdf"),
]


@pytest.mark.parametrize("name, data, ids, record, problem", BAD)
def test_bad_input_is_a_problem_with_a_remedy(
    name: str, data: bytes, ids: list[str] | None, record: str, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    articles, problems = read(path)
    assert ids is None or [article.id for article in articles] == ids
    assert len(problems) == 1
    (found,) = problems
    assert found.file == str(path) and found.record.startswith(record) and problem in found.problem
    assert found.remedy
    with pytest.raises(SourceError, match="a\\."):
        read(path, strict=True)


def test_a_file_of_bad_parquet_columns_is_named(tmp_path: Path) -> None:
    parquet(tmp_path / "a.parquet", {"body": [A, b"x".decode()], "id": [1, 2]})
    articles, problems = read(tmp_path)
    assert not articles and "no column 'text'; it has: body, id" in problems[0].problem
    articles, problems = read(tmp_path, columns={"text": "body"})
    assert [article.id for article in articles] == ["1", "2"] and not problems


def test_one_bad_file_does_not_end_the_folder(tmp_path: Path) -> None:
    for number, (name, data, *_) in enumerate(BAD):
        (tmp_path / f"{number:02}").mkdir()
        (tmp_path / f"{number:02}" / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(A, encoding="utf-8")
    articles, problems = read(tmp_path)
    assert articles[-1].id == "z" and len(problems) == len(BAD)


def test_a_line_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ntp_analysis import records

    monkeypatch.setattr(records, "LONGEST_ARTICLE", 1000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"id": "long", "text": "x" * 5_000_000}, *TWO))
    articles, problems = read(path)
    assert [article.id for article in articles] == ["a", "b"]
    assert [problem.record for problem in problems] == ["line 1"]


def test_a_huge_text_file_is_no_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LONGEST_ARTICLE", 10)
    (tmp_path / "a.txt").write_text(A, encoding="utf-8")
    articles, problems = read(tmp_path)
    assert not articles and "larger than 10 bytes" in problems[0].problem


@pytest.mark.parametrize("missing", ["no/such/file.txt", "no/such/*.txt"])
def test_a_path_that_is_not_there_is_refused(missing: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no/such"):
        read(str(tmp_path / missing))


@pytest.mark.parametrize("given", [42, None, [42], [{"text": "đạt 40%"}], b"a.txt"])
def test_what_is_no_path_is_refused_with_what_would_be_one(given: object) -> None:
    with pytest.raises(SourceError, match="give a file, a folder, a glob, a list of them, or a DataFrame"):
        read(given)


def test_ids_cannot_break_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        jsonl({"id": "a;b\n\u202ec", "text": A}, {"id": 7, "text": B}, {"id": "", "text": B})
    )
    assert [article.id for article in read(tmp_path)[0]] == ["a_b_c", "7", "a-3"]


def test_only_wanted_texts_are_read(tmp_path: Path) -> None:
    for name in ("two.jsonl", "two.parquet", "two.csv", "crawl.warc.gz"):
        GOOD[name](tmp_path / name)
    (tmp_path / "a.txt").write_text(A, encoding="utf-8")
    articles, problems = read(tmp_path, relevant=lambda text: "Huyện B" in text)
    assert [article.text for article in articles] == [B] * 4 and not problems


def test_memory_is_bounded_by_a_record_not_by_the_file(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "big.jsonl"
    with path.open("wb") as file:
        for number in range(3000):
            file.write(jsonl({"id": str(number), "text": A * 200}))
    tracemalloc.start()
    count = sum(1 for _ in read_sources(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3000 and peak < path.stat().st_size / 5
