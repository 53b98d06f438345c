"""The commands. Each only takes its arguments apart; the work is the library's, imported where it is needed."""

from __future__ import annotations

import atexit
import gc
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ntp_analysis import __version__
from ntp_analysis.errors import NtpError

DONE, PROBLEMS, REFUSED = 0, 1, 2
LARGE = 512 << 20
"""bytes of input from which `ntp extract` writes a partitioned data set unless told a format of its own"""
Command = TypeVar("Command", bound=Callable[..., Any])

EXIT_CODES = """\b
Exit codes:
  0  everything was read and written
  1  done, but some input could not be read or some page not drawn: the list says which
  2  refused or broken off (wrong arguments, full disk): no half file is left, the same command goes on

\b
Completion of commands and options with the tab key:
  bash  eval "$(_NTP_COMPLETE=bash_source ntp)"    zsh and fish: zsh_source, fish_source"""


class _Group(click.Group):
    """Commands in the order of use; errors of the library as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        gc.set_threshold(200_000, 20)  # loading makes much that stays and hardly a cycle: a tenth of the time
        atexit.register(gc.freeze)  # nor need it be searched for cycles at the end: as much again
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no matrices here: a twentieth
        _let_all_be_written()
        debug = "--debug" in (kwargs.get("args") or sys.argv[1:])
        try:
            return super().main(*args, **kwargs)
        except (NtpError, OSError) as error:
            if debug:
                import traceback

                traceback.print_exc()
            click.echo(f"ntp: {_printable(_one_line(error))}", err=True)
            sys.exit(REFUSED)


def _let_all_be_written() -> None:
    """To a file or pipe write UTF-8, unless told otherwise; what a terminal has no sign for, as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            told = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if told else "utf-8", errors="backslashreplace")


def _one_line(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)


def _printable(text: str) -> str:
    """Return `text` on one line and without what would command the terminal: names of files are not ours.

    >>> _printable("a\\x1b]0;owned\\x07\\nb")
    'a\\\\x1b]0;owned\\\\x07\\\\nb'
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, "-V", "--version", prog_name="ntp")
def main() -> None:
    """Read Vietnamese articles about the national target programmes into audited tables and quarterly reports.

    \b
    Begin with
      ntp extract seeds/ -o out/                      tables of every figure, with its quote
      ntp report seeds/ --quarter 2023Q3 -o reports/  pages to read and to send on
      ntp show seeds/000_ba1e3139a6b3e686.txt         one article with its figures highlighted

    PATH is a text, HTML, JSONL, CSV, Parquet, WARC or WET file, a folder of them, or a glob in quotes.
    """


def _shared(command: Command) -> Command:
    """Options that every reading command has."""
    for option in (
        click.option("--debug", is_flag=True, help="Show the traceback of an error."),
        click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong."),
        click.option(
            "--column", "columns", multiple=True, metavar="FIELD=NAME",
            help="A column's name, for example text=body. Fields: id text html url title published.",
        ),
        click.option("--strict", is_flag=True, help="Stop at the first input that cannot be read."),
    ):  # fmt: skip
        command = option(command)
    return command


_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH...")


@main.command()
@_PATHS
@click.option("-o", "--output", required=True, metavar="DIR", type=click.Path(file_okay=False), help="Where to write.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["csv", "parquet", "xlsx", "dta"]),
    help="Kind of file; may be given several times. Default: csv; parquet for a partitioned data set.",
)
@click.option("--partitioned", is_flag=True, help="For more than memory holds: write a data set in parts, resumably.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes for --partitioned (default: one a core).")
@click.option("--scheduler", default="", metavar="ADDRESS", help="A dask scheduler to use for --partitioned.")
@click.option("--all", "everything", is_flag=True, help="With --partitioned: keep articles that are not about us, too.")
@_shared
def extract(
    paths: Sequence[str],
    output: str,
    formats: Sequence[str],
    partitioned: bool,
    workers: int | None,
    scheduler: str,
    everything: bool,
    strict: bool,
    columns: Sequence[str],
    quiet: bool,
    debug: bool,
) -> None:
    """Write the tables of what articles say: articles, figures, obstacles, checks, problems.

    \b
    ntp extract my_articles/ -o out/
    ntp extract "2023/*.html" notes.jsonl -o out/ --format parquet --format xlsx
    ntp extract crawl/ -o out/ --partitioned --column text=body --column published=date
    """
    _refuse_own_folder(paths, output)
    tables = _is_extract(paths)
    if not tables and not partitioned and not strict and set(formats) <= {"parquet"} and _is_large(paths):
        _say(quiet, "More than 512 MB of input: writing a partitioned data set, as with --partitioned.")
        partitioned = True
    if partitioned or workers or scheduler:
        if strict or set(formats) - {"csv", "parquet"} or len(set(formats)) > 1:
            raise click.UsageError("--partitioned writes one of csv and parquet, and does not go with --strict")
        if tables:
            raise click.UsageError(f"{paths[0]} holds tables, not articles: leave --partitioned out to write them anew")
        from ntp_analysis import dataset

        summary = dataset.extract(
            paths,
            output,
            workers=workers,
            scheduler=scheduler,
            columns=_columns(columns),
            everything=everything,
            format=formats[0] if formats else "parquet",
            progress=not quiet,
        )
        _say(quiet, str(summary))
        _finish(dataset.problems(output), f"{Path(output) / 'problems.csv'}")
        return
    corpus = _read(paths, strict, columns, quiet)
    from ntp_analysis import export

    formats = list(dict.fromkeys(formats)) or ["csv"]
    for format in formats:
        for path in export.write(corpus, output, format):
            _say(quiet, str(path))
    named = "ntp.xlsx" if formats[0] == "xlsx" else f"problems.{formats[0]}"
    _finish(corpus.problems, str(Path(output) / named))


@main.command()
@_PATHS
@click.option("-o", "--output", required=True, metavar="DIR", type=click.Path(file_okay=False), help="Where to write.")
@click.option(
    "--quarter", "quarters", multiple=True, metavar="QUARTER",
    help="Such as 2023Q3, or latest; may be given several times. Default: every quarter that the figures describe.",
)  # fmt: skip
@click.option(
    "--province", "provinces", multiple=True, metavar="NAME",
    help="May be given several times. Default: every province with figures.",
)  # fmt: skip
@click.option("--lang", type=click.Choice(["en", "vi"]), default="en", show_default=True, help="Language of the pages.")
@click.option("--pdf", is_flag=True, help="Also write each page as PDF.")
@click.option("--force", is_flag=True, help="Draw every page anew, also where nothing has changed.")
@_shared
def report(
    paths: Sequence[str],
    output: str,
    quarters: Sequence[str],
    provinces: Sequence[str],
    lang: str,
    pdf: bool,
    force: bool,
    strict: bool,
    columns: Sequence[str],
    quiet: bool,
    debug: bool,
) -> None:
    """Render reports: for each quarter an index, a comparison, and a page for each province.

    PATH may also be the folder that `ntp extract` wrote.

    \b
    ntp report seeds/ -o reports/
    ntp report out/ --quarter latest --province "Hà Giang" --lang vi -o reports/
    """
    from ntp_analysis import reports

    quarters = [_quarter(quarter) for quarter in quarters]
    _refuse_own_folder(paths, output)
    corpus = _read(paths, strict, columns, quiet)
    summary = reports.build(
        corpus, output, list(quarters) or None, list(provinces) or None, lang,
        force=force, make_pdf=pdf, progress=not quiet,
    )  # fmt: skip
    if not quiet or not summary.ok:
        click.echo(str(summary), err=not summary.ok)
    _finish(corpus.problems, "", failed=not summary.ok)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--html", is_flag=True, help="Write a web page instead, to look at in a browser.")
@click.option("--lang", type=click.Choice(["en", "vi"]), default="en", show_default=True, help="Language of the notes.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Where to write, else the screen."
)
@_shared
def show(
    file: str, html: bool, lang: str, output: str | None, strict: bool, columns: Sequence[str], quiet: bool, debug: bool
) -> None:
    """Show an article with every figure highlighted and what was read of it.

    \b
    ntp show seeds/000_ba1e3139a6b3e686.txt
    ntp show page.html --html -o look.html
    """
    from ntp_analysis import show as looking
    from ntp_analysis.reports import manifest

    corpus = _read([file], strict, columns, quiet=True)
    if html:
        text = looking.document([looking.show(corpus, article, lang) for article in corpus.texts])
    else:
        color = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        text = "\n\n".join(looking.terminal(corpus, article, lang, color=color) for article in corpus.texts)
    if output:
        manifest.save(Path(output), text)
        _say(quiet, output)
    else:
        click.echo(text, color=True)
    _finish(corpus.problems, "")


def _read(paths: Sequence[str], strict: bool, columns: Sequence[str], quiet: bool) -> Any:
    """Read the Corpus, with progress on the screen."""
    from ntp_analysis import export
    from ntp_analysis.corpus import from_readings
    from ntp_analysis.readers import cores, read_articles
    from ntp_analysis.sources import read_sources

    if _is_extract(paths):
        return export.load(paths[0])
    problems: list[Any] = []
    articles = read_sources(paths, problems=problems, strict=strict, columns=_columns(columns))
    readings = read_articles(_progress(articles, quiet), cores(), problems=None if strict else problems)
    corpus = from_readings(readings, problems).validate()
    _say(quiet, f"{_counted(corpus.articles, 'article')}, {_counted(corpus.figures, 'figure')}")
    return corpus


def _is_extract(paths: Sequence[str]) -> bool:
    """Whether the input is the tables of an extraction, not articles."""
    from ntp_analysis import export

    return len(paths) == 1 and export.is_extract(paths[0])


def _refuse_own_folder(paths: Sequence[str], output: str) -> None:
    """Refuse to write among the articles: the next run would read what this one wrote."""
    from ntp_analysis import export

    for path in paths:
        if os.path.isdir(path) and os.path.realpath(path) == os.path.realpath(output) and not export.is_extract(path):
            raise NtpError(
                f"{path} holds the articles: write into a folder of its own, for example {Path(path, 'out')}"
            )


def _is_large(paths: Sequence[str]) -> bool:
    """Whether the input is more than should be held in memory at once."""
    from ntp_analysis.sources import find_files

    files = [path for path in find_files(paths) if isinstance(path, Path)]
    return sum(path.stat().st_size for path in files if path.is_file()) > LARGE


def _progress(articles: Any, quiet: bool) -> Any:
    """Count the articles on the screen while they are read, if somebody is looking."""
    if quiet or not sys.stderr.isatty():
        return articles
    from tqdm import tqdm

    return tqdm(articles, unit=" articles", desc="reading", leave=False)


def _quarter(written: str) -> str:
    """Return a quarter as the library writes it; raises UnknownQuarter.

    >>> _quarter("2023-q3"), _quarter("latest")
    ('2023Q3', 'latest')
    """
    from ntp_analysis import formats

    found = re.fullmatch(r"(\d{4})-?q([1-4])", written, re.IGNORECASE)
    quarter = f"{found[1]}Q{found[2]}" if found else written
    if quarter != "latest":
        formats.quarter_of(quarter)
    return quarter


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    from ntp_analysis.records import FIELDS

    columns = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        wrong = "" if name in FIELDS else f"no field {name!r}"
        if not (name and equals and column):
            wrong = f"{pair!r} is not FIELD=NAME"
        if wrong:
            raise click.BadParameter(f"{wrong}; fields: {' '.join(FIELDS)}", param_hint="--column")
        columns[name] = column
    return columns


def _counted(table: Any, noun: str) -> str:
    """Return how many rows a table has, with their noun.

    >>> _counted(["a"], "article"), _counted([], "figure")
    ('1 article', '0 figures')
    """
    return f"{len(table)} {noun}" if len(table) == 1 else f"{len(table)} {noun}s"


def _say(quiet: bool, message: str) -> None:
    if not quiet:
        click.echo(message, err=True)


def _finish(problems: Any, listed: str, failed: bool = False) -> None:
    """Say what could not be read, and leave with the exit code for it."""
    if len(problems):
        where = f", listed in {listed}" if listed else ""
        click.echo(f"{_counted(problems, 'problem')} with the input{where}:", err=True)
        for row in problems.head(5).itertuples(index=False):
            place = f"{row.file}, {row.record}" if row.record else row.file
            click.echo(_printable(f"  {place}: {row.problem}; {row.remedy}"), err=True)
        if len(problems) > 5:
            click.echo(f"  and {len(problems) - 5} more", err=True)
    if len(problems) or failed:
        sys.exit(PROBLEMS)


if __name__ == "__main__":
    main(prog_name="ntp")
