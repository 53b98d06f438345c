"""Take each guard against hostile input out of a copy of the library, and see that a test fails without it.

    python benchmarks/guards.py [--only WORD]

A quarter of an hour. The last line counts the guards; exit code 1 if one could go unnoticed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
COPIED = ("ntp_analysis", "notebooks", "tests", "seeds", "benchmarks", "docs", "pyproject.toml", "uv.lock")


class Guard(NamedTuple):
    """What it keeps out, the words of it in a file, what stands there without it, and who should notice."""

    against: str
    file: str
    words: str
    without: str
    tests: str


REPORT_TRICKS = "tests/test_bad_input.py::test_reports_of_tricks_stay_in_their_folder_and_show_them_as_text"
AS_TEXT = "tests/test_site_browser.py::test_what_an_article_says_is_shown_as_text"
PARTED = "tests/test_fuzz.py tests/test_hostile.py"
BAD = "tests/test_bad_input.py"
GUARDS = [
    Guard("HTML in pages", "reports/templates.py", "autoescape=True", "autoescape=False", AS_TEXT),
    Guard("hidden characters in pages", "reports/templates.py", "finalize=_finalize", "finalize=None", REPORT_TRICKS),
    Guard("javascript: in links", "reports/markup.py", "if parts.scheme in WEB and", "if", AS_TEXT),
    Guard("paths in names of pages", "reports/markup.py", 'return f"{words or ', 'return name or f"{words or ', "tests/test_site_browser.py::test_no_name_leaves_the_folder"),
    Guard("whatever gets into a page", "data/site/templates/layout.html.j2", "http-equiv", "name", "tests/test_reports.py::test_a_page_stands_alone"),
    Guard("files fetched by a PDF", "reports/pdf.py", 'URLFetcher(allowed_protocols={"data"})', "URLFetcher()", "tests/test_site_browser.py::test_a_pdf_reads_nothing_but_its_page"),
    Guard("notebooks from elsewhere", "reports/render.py", "name.isidentifier() and", "", "tests/test_reports.py::test_only_the_projects_notebooks_are_run"),
    Guard("HTML in sentences", "narrative.py", "text = escape(piece.text)", "text = piece.text", "tests/test_narrative.py"),
    Guard("HTML in `ntp show`", "show.py", "return escape(visible(str(text)), quote=True)", "return visible(str(text))", "tests/test_show.py"),
    Guard("hidden characters in `ntp show`", "show.py", 'return _UNSEEN.sub("\\ufffd", ', "return (", "tests/test_show.py"),
    Guard("whatever gets into `ntp show`", "show.py", "default-src 'none'; ", "", "tests/test_show.py"),
    Guard("commands to the terminal", "cli.py", "char if char.isprintable() else", "char if char else", f"{BAD}::test_a_file_name_does_not_command_the_terminal"),
    Guard("formulas in csv", "export.py", "if RISKY.match(text)", "if False", f"{BAD}::test_no_cell_of_csv_begins_a_formula"),
    Guard("formulas and links in xlsx", "export.py", "sheet.write_string(row, at, text)", "sheet.write(row, at, text)", f"{BAD}::test_a_workbook_holds_no_formula_link_or_macro"),
    Guard("control characters in ids", "sources.py", 'return _NOT_IN_AN_ID.sub("_", text)', "return text", f"{BAD}::test_an_id_names_no_path_and_stays_in_one_cell"),
    Guard("pipes that never end", "sources.py", "yield path if path.is_file() else _not_a_file(path)", "yield path if not path.is_symlink() else _not_a_file(path)", f"{BAD} -k pipe"),
    Guard("halves of characters", "sources.py", "for item in whole_characters(found):", "for item in found:", f"{BAD} -k halves"),
    Guard("files of gigabytes", "sources.py", "if path.stat().st_size > LONGEST_ARTICLE:", "if False:", "tests/test_sources.py"),
    Guard("lines without end", "records.py", "LONGEST_ARTICLE", "10**12", f"{BAD} -k long"),
    Guard("what it wrote itself", "sources.py", "and not _is_output(where, name)", "", f"{BAD} -k written"),
    Guard("an article that fails", "readers.py", "except Exception as error:", "except NtpError as error:", f"{BAD}::test_an_article_that_the_engine_fails_on_is_a_problem"),
    Guard("a figure not as declared", "readers.py", "schema.check_figure(figure)", "pass", f"{BAD} -k costs"),
    Guard("years repeated without end", "engine.py", "counts = Counter(years)", "counts = {y: years.count(y) for y in years}", PARTED),
    Guard("sentences without end", "text.py", "LONGEST = 4000", "LONGEST = 10**9", PARTED),
]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="WORD", help="only guards with this word")
    options = parser.parse_args()
    chosen = [guard for guard in GUARDS if options.only in guard.against]
    with tempfile.TemporaryDirectory(prefix="guards-") as folder:
        copy = Path(folder)
        for name in COPIED:
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy / name)
        noticed = sum(is_noticed(guard, copy) for guard in chosen)
    print(f"{len(chosen)} guards taken out, one at a time: {noticed} noticed")
    return 0 if noticed == len(chosen) else 1


def is_noticed(guard: Guard, copy: Path) -> bool:
    """Whether the tests pass with the guard and fail without it."""
    path = copy / "ntp_analysis" / guard.file
    whole = path.read_text(encoding="utf-8")
    if guard.words not in whole:
        raise SystemExit(f"{guard.file} has no {guard.words!r}: say here what the guard is now")
    passed = tests_pass(guard.tests, copy)
    path.write_text(whole.replace(guard.words, guard.without), encoding="utf-8")
    failed = not tests_pass(guard.tests, copy)
    path.write_text(whole, encoding="utf-8")
    told = "noticed" if passed and failed else "NOT noticed" if passed else "its test fails with it, too"
    print(f"{guard.against:32} {told}", flush=True)
    return passed and failed


def tests_pass(tests: str, copy: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests.split()]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return not subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=120).returncode
    except subprocess.TimeoutExpired:
        return False


if __name__ == "__main__":
    sys.exit(main())
