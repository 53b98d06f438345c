"""The commands as people use them: what they write, say and refuse, and with which exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from ntp_analysis.cli import main

SEED = "seeds/004_c72aa745ff9f9bf4.txt"
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def ntp(*words: object) -> Result:
    """Run a command; errors of the library are one line, with --debug a traceback too."""
    return CliRunner().invoke(main, [str(word) for word in words])


def test_extract_writes_every_table(tmp_path: Path) -> None:
    done = ntp("extract", "seeds", "-o", tmp_path)
    assert done.exit_code == 0, done.output
    names = ["articles.csv", "checks.csv", "figures.csv", "obstacles.csv", "problems.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert len(pd.read_csv(tmp_path / "articles.csv")) == 5
    assert "5 articles" in done.output


@pytest.mark.parametrize("format, name", [("parquet", "figures.parquet"), ("xlsx", "ntp.xlsx"), ("dta", "figures.dta")])
def test_extract_writes_other_formats(format: str, name: str, tmp_path: Path) -> None:
    done = ntp("extract", SEED, "-o", tmp_path, "--format", format, "-q")
    assert done.exit_code == 0 and done.output == ""
    assert (tmp_path / name).stat().st_size > 1000


def test_several_sources_and_named_columns(tmp_path: Path) -> None:
    frame = pd.DataFrame({"body": [Path(SEED).read_text(encoding="utf-8")], "key": ["x"]})
    frame.to_parquet(tmp_path / "a.parquet")
    columns = ("--column", "text=body", "--column", "id=key")
    done = ntp("extract", tmp_path / "a.parquet", SEED, "-o", tmp_path / "out", *columns)
    assert done.exit_code == 0, done.output
    articles = pd.read_csv(tmp_path / "out" / "articles.csv")
    assert articles["article"].to_list() == ["x", "004_c72aa745ff9f9bf4"]


def test_problems_are_said_and_give_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.txt").write_bytes(b"\0\1\2")
    (tmp_path / "in" / "good.txt").write_text(Path(SEED).read_text(encoding="utf-8"), encoding="utf-8")
    done = ntp("extract", tmp_path / "in", "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "bad.txt: binary, not text; leave it out" in done.output
    assert pd.read_csv(tmp_path / "out" / "problems.csv")["problem"].to_list() == ["binary, not text"]
    assert len(pd.read_csv(tmp_path / "out" / "articles.csv")) == 1


REFUSED = [  # command, a word of the message
    (("extract", "no/such", "-o", "{out}"), "no file or folder 'no/such'"),
    (("extract", SEED, "-o", "{out}", "--column", "body"), "not FIELD=NAME"),
    (
        ("extract", SEED, "-o", "{out}", "--column", "txt=body"),
        "no field 'txt'; fields: id text html url title published",
    ),
    (("extract", SEED), "Missing option '-o'"),
    (("extract", SEED, "-o", "{out}", "--workers", "2", "--format", "xlsx"), "csv and parquet"),
    (("report", SEED, "-o", "{out}", "--quarter", "2023Q5"), "no quarter '2023Q5'"),
    (("report", SEED, "-o", "{out}", "--province", "Ha Giagn"), "Ha Giagn"),
    (("report", SEED, "-o", "{out}", "--quarter", "2023-5"), "no quarter '2023-5'"),
    (
        ("report", "seeds", "-o", "{out}", "--province", "Lai Châu", "--quarter", "2023Q3"),
        "by the end of 2023Q3; there are: 'Bắc Kạn', 'Điện Biên', 'Hà Giang'",
    ),
    (("report", SEED, "-o", "{out}", "--lang", "fr"), "'fr' is not one of"),
    (("show", "no/such.txt"), "does not exist"),
    (("extrct",), "No such command"),
]


@pytest.mark.parametrize("words, message", REFUSED)
def test_refused_with_exit_code_2_one_line_and_nothing_written(
    words: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = ntp(*(word.format(out=out) for word in words))
    assert done.exit_code == 2
    assert message in done.output and "Traceback" not in done.output
    assert not out.exists()


def test_strict_stops_at_the_first_problem(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    done = ntp("extract", tmp_path, "-o", tmp_path / "out", "--strict")
    assert done.exit_code == 2 and "bad.txt: empty" in done.output


def test_debug_shows_the_error_itself(tmp_path: Path) -> None:
    done = ntp("extract", "no/such", "-o", tmp_path, "--debug")
    assert "Traceback" in done.output and "ntp: no file or folder" in done.output
    assert done.exit_code == 2, "the same code as without it"


def test_a_wrong_quarter_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    done = ntp("report", "seeds", "--quarter", "2023Q9", "-o", tmp_path)
    assert done.exit_code == 2 and "no quarter '2023Q9'" in done.output and "articles" not in done.output


def test_partitioned_extraction_is_read_back(tmp_path: Path) -> None:
    done = ntp("extract", "seeds", "-o", tmp_path / "out", "--partitioned", "--workers", "1")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "figures" / "part-000000.parquet").is_file()
    again = ntp("extract", tmp_path / "out", "-o", tmp_path / "csv")
    assert again.exit_code == 0, again.output
    plain = ntp("extract", "seeds", "-o", tmp_path / "plain")
    assert plain.exit_code == 0
    one, other = (pd.read_csv(tmp_path / name / "figures.csv") for name in ("csv", "plain"))
    relevant = pd.read_csv(tmp_path / "plain" / "articles.csv").query("relevant")["article"]
    assert one.equals(other[other["article"].isin(relevant)].reset_index(drop=True))


def test_large_input_is_written_in_parts_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntp_analysis.cli.LARGE", 1000)
    done = ntp("extract", SEED, "-o", tmp_path / "out", "--format", "parquet")
    assert done.exit_code == 0 and "partitioned data set" in done.output
    assert (tmp_path / "out" / "extraction.json").is_file()


def test_tables_are_not_read_as_articles_however_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntp_analysis.cli.LARGE", 1000)
    assert ntp("extract", SEED, "-o", tmp_path / "tables", "--format", "csv").exit_code == 0
    done = ntp("extract", tmp_path / "tables", "-o", tmp_path / "out", "--format", "parquet")
    assert done.exit_code == 0 and "partitioned" not in done.output
    assert (tmp_path / "out" / "figures.parquet").is_file()
    refused = ntp("extract", tmp_path / "tables", "-o", tmp_path / "parts", "--partitioned")
    assert refused.exit_code == 2 and "holds tables, not articles" in refused.output
    assert not (tmp_path / "parts").exists()


def test_show_prints_the_article_with_its_figures(tmp_path: Path) -> None:
    done = ntp("show", SEED)
    assert done.exit_code == 0, done.output
    assert "39,7" in done.output
    page = ntp("show", SEED, "--html", "-o", tmp_path / "look.html")
    (tmp_path / "two.jsonl").write_text('{"text": "5%"}\n{"text": "6%"}\n')
    assert ntp("show", tmp_path / "two.jsonl", "--html").output.count("<!doctype html>") == 1
    assert page.exit_code == 0 and "39,7" in (tmp_path / "look.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("written", ["2024q2", "2024-Q2", "2024-q2"])
def test_a_quarter_may_be_written_in_several_ways(written: str, tmp_path: Path) -> None:
    done = ntp("report", SEED, "--quarter", written, "-o", tmp_path)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "2024Q2" / "lai-chau.html").is_file()


NOT_UTF8 = [  # environment, what is written is in this, and holds this
    ({"PYTHONIOENCODING": "cp1252"}, "cp1252", "\\u0111\\u1ea1t «39,7%»"),
    ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "utf-8", "đạt «39,7%»"),
]


@pytest.mark.parametrize("environment, encoding, said", NOT_UTF8)
def test_what_an_encoding_has_no_sign_for_ends_no_command(
    environment: dict[str, str], encoding: str, said: str
) -> None:
    without = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONUTF8"))}
    command = [sys.executable, "-m", "ntp_analysis.cli", "show", SEED]
    done = subprocess.run(command, capture_output=True, env=without | environment)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout.decode(encoding)


def test_report_writes_pages(tmp_path: Path) -> None:
    done = ntp("report", SEED, "--quarter", "latest", "-o", tmp_path)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "index.html").is_file() and list(tmp_path.glob("*/lai-chau.html"))
