"""`build`: from a corpus to a folder of reports that stands alone."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntp_analysis import partial, views
from ntp_analysis.errors import NtpError, UnknownPlace
from ntp_analysis.labels import check_language
from ntp_analysis.reports import datapackage, manifest, pdf, render, site, strings, tables
from ntp_analysis.reports.markup import SAFE_NAME, slug
from ntp_analysis.reports.page import Page
from ntp_analysis.text import alphabetical

if TYPE_CHECKING:
    from ntp_analysis.corpus import Corpus

COMPARISON = "comparison"
LATEST = "latest"
PAGE_TABLES = "data/pages"


@dataclass
class Summary:
    """What a build did. `str()` says it in words; `ok` is False if a page is missing."""

    out: Path
    rendered: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    without_page: dict[str, list[str]] = field(default_factory=dict)
    """province -> articles, of which no quarter that was built has a page"""
    other_language: list[str] = field(default_factory=list)
    """quarters in the folder that were built in another language"""

    @property
    def ok(self) -> bool:
        return not self.failed

    def __str__(self) -> str:
        counts = f"{len(self.rendered)} pages rendered, {len(self.unchanged)} unchanged"
        lines = [f"{counts}: {self.out / 'index.html'}"]
        lines += [f"{len(self.failed)} pages failed:"] if self.failed else []
        lines += [f"  {page}: {why}" for page, why in self.failed.items()]
        for province, articles in self.without_page.items():
            lines.append(f"no page for {province} ({', '.join(articles)}): no figure of it is of a year reported on;")
            lines.append("  name it (--province) to have one, or give its articles their day of publication")
        if self.other_language:
            quarters = ", ".join(self.other_language)
            lines.append(
                f"{quarters} in {self.out} are in another language: give each language a folder of its own (-o)"
            )
        return "\n".join(lines)


@dataclass(frozen=True)
class _Plan:
    """A page that should be there: its job, its tables, and the key of what it is made of."""

    job: render.Job
    packed: dict[str, bytes]
    key: str
    province: str


def build(
    corpus: Corpus,
    out: str | os.PathLike[str],
    quarters: Sequence[str] | None = None,
    provinces: Sequence[str] | None = None,
    lang: str = "en",
    *,
    force: bool = False,
    make_pdf: bool = False,
    progress: bool = False,
    threads: int | None = None,
    seconds: int = render.PAGE_SECONDS,
) -> Summary:
    """Render the reports of `corpus` into the folder `out`.

    Parameters
    ----------
    quarters : list of str, optional
        Such as ["2023Q3"], or ["latest"]; by default every quarter that the figures describe.
    provinces : list of str, optional
        By default, for each quarter, every province with figures of that quarter's year.
    lang : str
        "en" or "vi".
    force : bool
        Draw also the pages of which nothing has changed.
    make_pdf : bool
        Also a PDF beside each page (needs WeasyPrint: `pip install ntp_analysis[pdf]`).
    progress : bool
        Show a bar with the time left.
    threads, seconds : int
        How many notebooks to run at a time, and how long one cell may take.

    Raises UnknownQuarter, UnknownPlace or UnknownName before anything is written, and NtpError while another run
    writes there. A notebook that fails costs its own page only: see `Summary.failed`.
    """
    check_language(lang)
    if make_pdf:
        pdf.require()
    named = choose(corpus, quarters, provinces)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    summary = Summary(out)
    with _alone(out), _bar(sum(len(names) + 1 for _, names in named.values()), progress) as bar:
        for quarter, (found, names) in named.items():
            _quarter(
                corpus,
                found,
                out,
                quarter,
                names,
                lang,
                summary,
                bar,
                force=force,
                whole=provinces is None,
                threads=threads,
                seconds=seconds,
            )
        if quarters is None and provinces is None:
            summary.without_page = _without_page(corpus, {name for _, names in named.values() for name in names})
        summary.other_language = site.in_other_language(out, lang)
        manifest.save(out / "index.html", site.root_page(out, lang))
        if make_pdf:
            pdf.write_all(out, named)
    return summary


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    with partial.only_one(out) as alone:
        if not alone:
            raise NtpError(f"another run is writing reports to {out}: wait for it, or give another folder")
        yield


def choose(
    corpus: Corpus, quarters: Sequence[str] | None, provinces: Sequence[str] | None
) -> dict[str, tuple[tables.Tables, list[str]]]:
    """Return the quarters to report on, each with its tables and the provinces that get a page.

    Where provinces are named and quarters are not, the quarters in which none of them is known are left out.
    """
    quarters = [quarters] if isinstance(quarters, str) else quarters  # of one alone its letters are not meant
    provinces = [provinces] if isinstance(provinces, str) else provinces
    found = {quarter: tables.of_quarter(corpus, quarter) for quarter in choose_quarters(corpus, quarters)}
    if quarters is None and provinces is not None:
        known = set().union(*(tables.provinces(table) for table in found.values()))
        for name in provinces:
            if name not in known:
                raise UnknownPlace(name, known, "with figures in any quarter")
        found = {quarter: table for quarter, table in found.items() if set(provinces) & set(tables.provinces(table))}
        return {q: (t, [name for name in provinces if name in tables.provinces(t)]) for q, t in found.items()}
    return {q: (t, choose_provinces(t, q, provinces)) for q, t in found.items()}


def _without_page(corpus: Corpus, made: set[str]) -> dict[str, list[str]]:
    """Return the provinces with figures that no page was made for, each with its articles."""
    figures = corpus.figures[~corpus.figures["province"].isin({"", *made})]
    return {name: sorted(set(rows["article"])) for name, rows in figures.groupby("province")}


def choose_quarters(corpus: Corpus, wanted: Sequence[str] | None) -> list[str]:
    """Return the quarters to report on; raises UnknownQuarter, or NtpError for one without figures."""
    known = corpus.quarters
    if not known:
        raise NtpError("no figure in these articles: there is nothing to report on")
    if wanted is None:
        return known
    chosen = []
    for name in wanted:
        quarter = known[-1] if name == LATEST else name
        views.quarter_end(quarter)
        if quarter < known[0]:
            raise NtpError(f"no figure is known by the end of {quarter}; the first quarter with figures is {known[0]}")
        if quarter > known[-1]:
            raise NtpError(f"no figure describes {quarter}; the last quarter with figures is {known[-1]}")
        chosen.append(quarter)
    return list(dict.fromkeys(chosen))


def choose_provinces(found: tables.Tables, quarter: str, wanted: Sequence[str] | None) -> list[str]:
    """Return the provinces that get a page: those with figures of the quarter's year, or those named."""
    if wanted is not None:
        known = tables.provinces(found)
        for name in wanted:
            if name not in known:
                raise UnknownPlace(name, known, f"with figures by the end of {quarter}")
        return list(dict.fromkeys(wanted))
    days = found.panel["as_of"]
    recent = found.panel[(days.dt.year == int(quarter[:4])) & (found.panel["province"] != "")]
    return sorted(set(recent["province"]), key=alphabetical)


def _quarter(
    corpus: Corpus,
    found: tables.Tables,
    out: Path,
    quarter: str,
    provinces: list[str],
    lang: str,
    summary: Summary,
    bar: Any,
    *,
    force: bool,
    whole: bool,
    threads: int | None,
    seconds: int,
) -> None:
    folder = out / quarter
    plans = _plans(found, folder, quarter, provinces, lang)
    old = manifest.read(folder)
    fresh = [plan for plan in plans if force or not _still_good(plan, old, folder)]
    kept = {} if whole else dict(old["pages"])
    pages = kept | {plan.job.name: _entry(plan) for plan in plans}
    for plan in plans:
        if plan not in fresh:
            summary.unchanged.append(f"{quarter}/{plan.job.name}")
            bar.update()
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    undrawn = {plan.job.name: {"key": ""} for plan in fresh if plan.job.name in old["pages"]}
    if undrawn:  # should this run be killed, no page that it drew passes for one made of what the manifest said before
        manifest.write(
            folder, {**old, "pages": {name: entry | undrawn.get(name, {}) for name, entry in old["pages"].items()}}
        )
    for plan in fresh:
        tables.write(plan.packed, folder / PAGE_TABLES / plan.job.name)
    by_name = {plan.job.name: plan for plan in fresh}
    for outcome in render.run([plan.job for plan in fresh], threads=threads, seconds=seconds):
        error = _publish(outcome, by_name[outcome.job.name], folder, quarter, lang)
        if error:
            pages[outcome.job.name]["error"] = summary.failed[f"{quarter}/{outcome.job.name}"] = error
        else:
            summary.rendered.append(f"{quarter}/{outcome.job.name}")
        bar.update()
    _forget(set(old["pages"]) - set(pages), folder)
    _write_site(corpus, found, folder, quarter, lang, pages)
    manifest.write(folder, {"quarter": quarter, "lang": lang, "articles": len(found.articles), "pages": pages})


def _plans(found: tables.Tables, folder: Path, quarter: str, provinces: Iterable[str], lang: str) -> list[_Plan]:
    """Return what each page is to be made of."""
    plans = [_plan(found, folder, quarter, "", COMPARISON, lang)]
    for province in provinces:
        plans.append(_plan(tables.of_province(found, province), folder, quarter, province, slug(province), lang))
    return plans


def _plan(found: tables.Tables, folder: Path, quarter: str, province: str, name: str, lang: str) -> _Plan:
    notebook = "province" if province else COMPARISON
    parameters = {"tables": f"../{PAGE_TABLES}/{name}", "quarter": quarter, "lang": lang}
    if province:
        parameters["province"] = province
    packed = found.pack()
    made_of = manifest.key(tables.digest(packed), _digest(notebook), parameters)
    return _Plan(render.Job(name, notebook, parameters, folder / "notebooks", lang), packed, made_of, province)


def _digest(notebook: str) -> str:
    return hashlib.sha256(render.notebook_path(notebook).read_bytes()).hexdigest()


def _entry(plan: _Plan) -> dict[str, str]:
    return {"province": plan.province, "key": plan.key, "error": ""}


def _still_good(plan: _Plan, old: dict[str, Any], folder: Path) -> bool:
    """Whether the page that is there was made of the same things."""
    entry = old["pages"].get(plan.job.name, {})
    there = (folder / f"{plan.job.name}.html").is_file() and _executed(folder, plan.job.name).is_file()
    return there and entry.get("key") == plan.key and not entry.get("error")


def _executed(folder: Path, name: str) -> Path:
    return folder / "notebooks" / f"{name}.ipynb"


def _broken(folder: Path, name: str) -> Path:
    return folder / "notebooks" / f"{name}.failed.ipynb"


def _files(folder: Path, name: str) -> list[Path]:
    """Return what there can be of a page: itself, on paper, its notebook, and that as far as it came."""
    return [folder / f"{name}.html", folder / f"{name}.pdf", _executed(folder, name), _broken(folder, name)]


def _save(page: Path, html: str) -> None:
    """Write a page; one that has changed has no PDF until it is written anew."""
    if manifest.save(page, html):
        page.with_suffix(".pdf").unlink(missing_ok=True)


def _publish(outcome: render.Outcome, plan: _Plan, folder: Path, quarter: str, lang: str) -> str:
    """Write the page and its notebook; return why that could not be, "" if it could."""
    import nbformat

    name = plan.job.name
    error = outcome.error
    if not error and outcome.notebook is not None:
        try:
            html = _whole_page(outcome, plan, quarter, lang)
        except Exception as raised:
            error = f"{type(raised).__name__}: {raised}"
    if error:
        for path in _files(folder, name):
            path.unlink(missing_ok=True)  # a page of older figures would pass for this one
        if outcome.notebook is not None:
            manifest.save(_broken(folder, name), nbformat.writes(outcome.notebook))
        return error
    _broken(folder, name).unlink(missing_ok=True)
    manifest.save(_executed(folder, name), nbformat.writes(outcome.notebook))
    _save(folder / f"{name}.html", html)
    return ""


def _whole_page(outcome: render.Outcome, plan: _Plan, quarter: str, lang: str) -> str:
    from markupsafe import Markup

    assert outcome.notebook is not None
    body, sections = render.convert(outcome.notebook, lang)
    text = strings.words("page", lang)
    known_by = site.known_by(quarter, lang)
    contents = [{"id": part["id"], "name": part["name"]} for part in sections if part["name"]]
    here = "" if plan.province else COMPARISON
    return site.lay_out(
        plan.province or text[COMPARISON], known_by, Markup(body), lang, quarter, here, contents=contents
    )


def _forget(names: Iterable[str], folder: Path) -> None:
    """Remove pages that an earlier build made and that are no longer wanted."""
    for name in names:
        if not SAFE_NAME.fullmatch(name):
            continue  # a manifest that somebody changed names no file of ours
        for path in _files(folder, name):
            path.unlink(missing_ok=True)
        shutil.rmtree(folder / PAGE_TABLES / name, ignore_errors=True)


def _write_site(
    corpus: Corpus, found: tables.Tables, folder: Path, quarter: str, lang: str, pages: dict[str, Any]
) -> None:
    """Write the quarter's other pages and its data."""
    before = site.previous(quarter)
    earlier = tables.of_quarter(corpus, before) if before >= corpus.quarters[0] else None
    listed = {name: getattr(found, name) for name in ("panel", "figures", "articles", "obstacles", "checks")}
    datapackage.write(listed, folder / "data", quarter, lang)
    _save(folder / "audit.html", site.audit_page(found, quarter, lang))
    _save(folder / "sources.html", site.sources_page(found, corpus, quarter, lang))
    _save(folder / "data.html", site.data_page(listed, quarter, lang))
    _save(folder / "index.html", site.index_page(found, earlier, quarter, lang, pages))


def _bar(total: int, shown: bool) -> Any:
    from tqdm import tqdm

    return tqdm(total=total, unit="page", disable=not shown)


__all__ = ["LATEST", "Page", "Summary", "build", "choose_provinces", "choose_quarters"]
