"""Whatever bytes come in: a text or a problem with a remedy, never an exception, and offsets that hold."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ntp_analysis.encodings import NotText, decode
from ntp_analysis.pages import read_page
from ntp_analysis.sources import Problem, clean_id, read_sources

PIECES = [
    "<div>",
    "</div>",
    "<p>",
    "<table>",
    "<tr>",
    "<td>",
    "<td rowspan=3 colspan=2>",
    "</table>",
    "<ul><li>",
    "</ul>",
]
PIECES += [
    "<a href=x>",
    "</a>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<title>",
    "</title>",
    "<time>",
    "<body>",
    "<pre>",
]
PIECES += [
    "Đạt 40,7% kế hoạch",
    "2.449 tỷ đồng",
    "\ue0ff",
    "\0",
    "&#0;",
    "&amp;",
    "\u202e",
    "Tin liên quan",
    "\n",
    "<",
    "'\"",
]
PIECES += [
    "<meta property='article:published_time' content='",
    "2023-08-31",
    "'>",
    "<footer>Báo A",
    "<frameset>",
    "<svg>",
]
ENDINGS = [
    ".txt",
    ".html",
    ".jsonl",
    ".jsonl.gz",
    ".jsonl.zst",
    ".csv",
    ".csv.gz",
    ".parquet",
    ".warc",
    ".warc.gz",
    ".wet",
]
HEADS = [
    b"",
    b"\x1f\x8b\x08",
    b"(\xb5/\xfd",
    b"PAR1",
    b"WARC/1.0\r\n",
    b'{"text": "',
    b"id,text\n",
    b"\xff\xfe",
    b"<html>",
]

unhurried = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.binary(max_size=400))
@unhurried
def test_any_bytes_are_text_or_refused_with_a_remedy(data: bytes) -> None:
    try:
        decoded = decode(data, html=True)
    except NotText as refused:
        assert str(refused) and refused.remedy
    else:
        assert isinstance(decoded.text, str) and bool(decoded.problem) == bool(decoded.remedy)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60))
@example(["<time>", "<script>", "<script>"])
@unhurried
def test_any_page_gives_a_text_the_same_each_time(pieces: list[str]) -> None:
    page = "".join(pieces)
    article = read_page(page, id="a")
    assert article == read_page(page, id="a")
    assert "\0" not in article.text and "\ue0ff" not in article.text
    literal = [sign for sign in ("<!--", "&", "<title", "<textarea") if sign in page.lower()]
    assert "<script" not in article.text.lower() or "<script" not in page.lower() or literal


@given(st.sampled_from(HEADS), st.binary(max_size=300), st.sampled_from(ENDINGS))
@unhurried
def test_any_file_is_read_or_is_a_problem(tmp_path: Path, head: bytes, data: bytes, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(head + data)
    problems: list[Problem] = []
    articles = list(read_sources(path, problems=problems))
    assert all(article.id and article.text.strip() for article in articles)
    assert all(problem.file and problem.problem and problem.remedy for problem in problems)


@given(st.text(max_size=300))
def test_ids_stay_in_one_cell(text: str) -> None:
    id = clean_id(text)
    assert not set(id) & set("\n\r\t;\0\u202e") and len(id) <= 200
