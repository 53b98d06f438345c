"""The pages that are not notebooks: the quarter's index, its checks, its sources, its data, and all quarters."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ntp_analysis import formats, narrative, schema, views
from ntp_analysis.labels import LANGUAGES, label
from ntp_analysis.reports import manifest, passages, rows
from ntp_analysis.reports.page import Page
from ntp_analysis.reports.strings import SITE, words
from ntp_analysis.reports.templates import fill
from ntp_analysis.text import alphabetical

if TYPE_CHECKING:
    import pandas as pd

    from ntp_analysis.corpus import Corpus
    from ntp_analysis.reports.tables import Tables

GROUPS = ("fresh", "older", "no_rate", "earlier")
"""Provinces of the index: with a rate of the quarter, an older one, none, and with figures of earlier years only."""
FILES = ("comparison", "audit", "sources", "data")
"""The pages of a quarter beside the provinces', in the order of the navigation."""

QUARTER = "[0-9][0-9][0-9][0-9]Q[1-4]"
"""How the folder of a quarter is called; others in the folder of the reports are not ours."""


@cache
def asset(name: str) -> Markup:
    """Return the style sheet or script `name` of `data/site`."""
    return Markup((SITE / name).read_text(encoding="utf-8"))


def policy(script: str = "") -> str:
    """Return the Content-Security-Policy of a page: nothing is fetched, only our own style and script count."""
    allowed = f"; script-src '{_hash(script)}'" if script else ""
    return f"default-src 'none'; style-src '{_hash(asset('style.css'))}'; img-src data:; base-uri 'none'{allowed}"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def lay_out(
    title: str,
    subtitle: str,
    body: Markup,
    lang: str,
    quarter: str = "",
    here: str = "",
    contents: Sequence[Mapping[str, str]] = (),
    script: str = "",
) -> str:
    """Return a whole page around `body`. `here` is the page's file name without its ending."""
    text = words("page", lang)
    version = metadata.version("ntp_analysis")
    named = _begun(formats.quarter(quarter, lang, short=True)) if quarter else ""
    return str(
        fill(
            "layout.html.j2",
            title=title,
            subtitle=subtitle,
            body=body,
            lang=lang,
            words=text,
            contents=contents,
            style=asset("style.css"),
            script=Markup(script),
            policy=policy(script),
            trail=_trail(text, named, here) if quarter else [],
            footer=text["prints"].format(quarter=named, version=version) if quarter else text["site"],
        )
    )


def _trail(text: Mapping[str, str], quarter: str, here: str) -> list[dict[str, Any]]:
    """The navigation: all quarters, this quarter, its pages."""
    items = [("../index.html", text["home"]), ("index.html", text["quarter_home"].format(quarter=quarter))]
    items += [(f"{name}.html", text[name]) for name in FILES]
    return [{"href": href, "name": name, "here": href == f"{here}.html"} for href, name in items]


def known_by(quarter: str, lang: str) -> str:
    """Return what a quarter's pages tell, in words.

    >>> known_by("2023Q3", "en")
    'Q3 2023 · Figures of days up to 30 September 2023, whenever they were published'
    """
    day = formats.day(views.quarter_end(quarter), lang)
    said = words("page", lang)["known_by"].format(day=day)
    return f"{_begun(formats.quarter(quarter, lang, short=True))} · {said}"


def _begun(text: str) -> str:
    """Return `text` as it begins a line: with a capital letter."""
    return text[:1].upper() + text[1:]


def index_page(tables: Tables, before: Tables | None, quarter: str, lang: str, pages: Mapping[str, Any]) -> str:
    """Return the quarter's index. `pages`: the manifest's pages; `before`: the tables of the quarter before."""
    page = Page(tables, quarter, lang)
    text = words("index", lang)
    shown = provinces(page, pages)
    body = fill(
        "index.html.j2",
        words=text,
        lang=lang,
        groups=shown,
        inside=places_inside(page, pages),
        lead=lead(page),
        news=news(page, before, text),
        more=more_news(page, before),
        before=before is not None,
        previous=formats.quarter(previous(quarter), lang, short=True),
        country=_country(page),
        unplaced=unplaced(tables.figures, text, lang),
    )
    title = _begun(formats.quarter(quarter, lang))
    return lay_out(title, text["question"], body, lang, quarter, "index", script=asset("search.js"))


def lead(page: Page) -> list[Markup]:
    """Return what the quarter comes to in a paragraph: how many rates are known, the ends, the country, the pace."""
    known = (page.panel, page.checks, page.obstacles)
    told = narrative.comparison(*known, page.quarter, page.lang, articles=page.articles)
    return rows.paragraphs(page, [sentence for sentence in told if sentence.topic in ("all_rates", "all_calendar")])


def unplaced(figures: pd.DataFrame, text: Mapping[str, str], lang: str) -> str:
    """Return how many figures are of a place that their articles do not tell, in words; "" if none is."""
    count = int((figures["place"] == "").sum())
    if not count:
        return ""
    return text["unplaced_one"] if count == 1 else text["unplaced"].format(n=formats.number(count, lang))


def provinces(page: Page, pages: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a row for every province with figures, in the groups `GROUPS`, by rate."""
    ranked = views.headlines(page.panel, "ntp", page.period, ("province",), page.quarter)
    by_name = {row.place: row for row in ranked.itertuples()}
    known = sorted(set(page.panel["province"]) - {""}, key=alphabetical)
    order = [*by_name, *(name for name in known if name not in by_name)]
    made = {entry["province"]: {"file": f"{slug}.html", **entry} for slug, entry in pages.items() if entry["province"]}
    recent = {
        p
        for year in (page.period[:4], page.quarter[:4])
        for p in page.panel.loc[views.of_year(page.panel, year), "province"]
    }
    checked = dict(list(rows.of_quarter(page)[0].groupby("province")))
    grouped: dict[str, list[dict[str, Any]]] = {kind: [] for kind in GROUPS}
    for name in order:
        row = by_name.get(name)
        cells = {
            "name": name,
            "page": made.get(name),
            "checks": rows.weights(page, checked.get(name, page.checks.iloc[:0])),
        }
        grouped[_group(row, name in recent, page.quarter)].append(cells | _headline(page, name, row))
    return [{"kind": kind, "rows": found} for kind, found in grouped.items() if found]


def _group(row: Any, recent: bool, quarter: str) -> str:
    if row is None:
        return "no_rate" if recent else "earlier"
    return "older" if views.is_old(row, quarter) else "fresh"


def _headline(page: Page, name: str, row: Any, level: str = "province") -> dict[str, Any]:
    """Return a row's rate with the amounts of the same money, else the amounts alone."""
    shown = rows.only_amounts(page, name, level) if row is None else row
    money = {
        measure: rows.headline_amount(page, shown, measure) if shown else "" for measure in ("disbursed", "allocated")
    }
    other = formats.period(shown.period, page.lang) if shown and shown.period != page.period else ""
    kind = ", ".join(filter(None, (rows.kind(shown, page.lang), other))) if shown else ""
    apart = {"kind": kind, "unsure": bool(shown) and rows.unsure(shown)}
    if row is None:
        return {"rate": "", "bar": 0, "day": _day(page, shown.as_of) if shown else "", **apart, **money}
    bar = max(0, min(100, round(row.rate)))
    return {"rate": rows.rate(page, row), "bar": bar, "day": _day(page, row.as_of), **apart, **money}


def _day(page: Page, value: Any) -> str:
    """Return a day that a narrow column breaks before its year only."""
    return rows.day(page, value).replace(" ", "\xa0", 1)


def _country(page: Page) -> dict[str, Any] | None:
    found = views.headlines(page.panel, "ntp", page.period, ("country",), page.quarter)
    if found.empty:
        return None
    row = next(found.itertuples())
    return _headline(page, row.place, row, "country")


def places_inside(page: Page, pages: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the districts and communes that figures are known of, with the page of their province."""
    made = {entry["province"]: f"{slug}.html" for slug, entry in pages.items() if entry["province"]}
    inside = page.panel[page.panel["level"].isin(["district", "commune"])]
    pairs = sorted(
        set(zip(inside["place"], inside["province"], strict=True)), key=lambda pair: [*map(alphabetical, pair)]
    )
    return [
        {"name": place, "province": province, "href": f"{made[province]}#places"}
        for place, province in pairs
        if province in made
    ]


def news(page: Page, before: Tables | None, text: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the provinces whose headline rate is newer than in the report of the quarter before."""
    if before is None:
        return []
    then = {row.place: row for row in views.headlines(before.panel, levels=("province",)).itertuples()}
    found = []
    for row in views.headlines(page.panel, quarter=page.quarter, levels=("province",)).itertuples():
        old = then.get(row.place)
        if old is not None and old.as_of == row.as_of and old.period == row.period:
            continue
        wording = text["first_rate" if old is None else "change"]
        parts = {"now": rows.rate(page, row), "now_day": rows.day(page, row.as_of)}
        if old is not None:
            parts |= {"before": rows.rate(page, old), "before_day": rows.day(page, old.as_of)}
        found.append({"name": row.place, "said": Markup(wording).format(**parts), "first": old is None})
    return found


def more_news(page: Page, before: Tables | None) -> str:
    """Return in words how many figures, obstacles and findings the quarter before did not have; "" if none."""
    if before is None:
        return ""
    text = words("index", page.lang)
    found = {
        "figures": set(page.figures["figure"]) - set(before.figures["figure"]),
        "obstacles": _told(page.tables, "obstacles", "obstacle") - _told(before, "obstacles", "obstacle"),
        "checks": _told(page.tables, "checks", "check", "figures") - _told(before, "checks", "check", "figures"),
    }
    counts = {name: formats.number(len(new), page.lang) for name, new in found.items()}
    said = [
        text[f"new_{name}_one" if n == "1" else f"new_{name}"].format(n=n) for name, n in counts.items() if n != "0"
    ]
    return formats.listing(said, page.lang)


def _told(tables: Tables, name: str, *columns: str) -> set[tuple[str, ...]]:
    table = getattr(tables, name)[["article", *columns]]
    return set(table.itertuples(index=False, name=None))


def previous(quarter: str) -> str:
    """Return the quarter before.

    >>> previous("2023Q1")
    '2022Q4'
    """
    year, nth = formats.quarter_of(quarter)
    return f"{year - 1}Q4" if nth == 1 else f"{year}Q{nth - 1}"


def audit_page(tables: Tables, quarter: str, lang: str) -> str:
    """Return the page with all findings of the quarter."""
    page = Page(tables, quarter, lang)
    text = words("audit", lang)
    now, others = (rows.checks(page, found) for found in rows.of_quarter(page))
    body = fill("audit.html.j2", words=text, lang=lang, checks=now, others=others)
    return lay_out(text["title"], _begun(formats.quarter(quarter, lang, short=True)), body, lang, quarter, "audit")


def sources_page(tables: Tables, corpus: Corpus, quarter: str, lang: str) -> str:
    """Return the page with every article of the quarter, its figures marked where they stand."""
    page = Page(tables, quarter, lang)
    text = words("sources", lang)
    found = rows.sources(page, page.figures)
    spans = tables.figures.groupby("article")[["start", "end", "figure"]].agg(list)
    for article in found:
        given = corpus.texts.get(article["id"], "")
        columns = spans.loc[article["id"]]
        article["passages"] = passages.passages(given, list(zip(*columns, strict=True))) if given else []
    body = fill("sources.html.j2", words=text, lang=lang, articles=found)
    return lay_out(text["title"], _begun(formats.quarter(quarter, lang, short=True)), body, lang, quarter, "sources")


def data_page(tables: Mapping[str, Any], quarter: str, lang: str) -> str:
    """Return the page that lists the tables and what their columns mean."""
    text = words("data", lang)
    listed = [
        {"name": name, "rows": formats.number(len(table), lang), "columns": _columns(name, lang)}
        for name, table in tables.items()
    ]
    body = fill("data.html.j2", words=text, lang=lang, tables=listed, unplaced=unplaced(tables["figures"], text, lang))
    return lay_out(text["title"], _begun(formats.quarter(quarter, lang, short=True)), body, lang, quarter, "data")


def _columns(table: str, lang: str) -> list[dict[str, str]]:
    """Return the data dictionary of a table, its units in words of the language."""
    columns = schema.dictionary(table, lang)
    return [{**column, "unit": label("unit", column["unit"], lang) if column["unit"] else ""} for column in columns]


def in_other_language(out: Path, lang: str) -> list[str]:
    """Return the quarters that `out` has reports of in another language."""
    made = {path.parent.name: manifest.read(path.parent).get("lang", lang) for path in out.glob(f"*/{manifest.NAME}")}
    return sorted(quarter for quarter, written in made.items() if written in {*LANGUAGES} - {lang})


def root_page(out: Path, lang: str) -> str:
    """Return the page that lists the quarters that `out` has reports of, the newest first."""
    text = words("index", lang)
    listed = []
    for folder in sorted((path.parent for path in out.glob(f"{QUARTER}/{manifest.NAME}")), reverse=True):
        made = manifest.read(folder)
        entries = made["pages"].values()
        count = sum(1 for entry in entries if entry["province"])
        name = text["provinces_count_one"] if count == 1 else text["provinces_count"].format(n=count)
        articles = made.get("articles", 0)
        note = [name, text["made_of_one" if articles == 1 else "made_of"].format(n=formats.number(articles, lang))]
        if made.get("lang", lang) in {*LANGUAGES} - {lang}:
            note.append(words("page", made["lang"])["this_language"])
        shown = {"name": formats.quarter(folder.name, lang), "note": " · ".join(note)}
        listed.append({"href": f"{folder.name}/index.html", **shown})
    body = fill("quarters.html.j2", words=text, lang=lang, quarters=listed)
    return lay_out(text["site"], text["quarters"], body, lang)
