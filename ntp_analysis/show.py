"""An article to look at: its figures highlighted with what was read of them, obstacles, what was set aside.

`show` takes it from a `Corpus`, `show_reading` from what the engine read of one article. A `Shown` draws itself
in a notebook, as a page that stands alone, or in a terminal (`show_terminal`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import blake2b
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ntp_analysis.formats import number
from ntp_analysis.labels import check_language, label
from ntp_analysis.text import UNSEEN

if TYPE_CHECKING:
    from ntp_analysis.corpus import Corpus
    from ntp_analysis.model import Reading

DATA = Path(__file__).parent / "data"
ASKED = ("place", "programme", "capital", "measure", "period", "as_of")
"""attributes of which the reader should know where they were found"""
UNSURE = frozenset({"article", "default"})
"""evidence far from the number: shown as such"""
_AMOUNT = re.compile(r"\d[\d.,]*(?:[ \u00a0]?(?:%|phần trăm|(?:(?:nghìn|ngàn|triệu) )?(?:tỷ|tỉ|triệu)\b|đồng\b))")


class Row(NamedTuple):
    """A figure in words: what the lists beneath the article say."""

    n: int
    figure: Mapping[str, Any]
    written: str
    value: str
    what: str
    place: str
    money: str
    period: str
    as_of: str
    guessed: tuple[str, ...]
    """attributes that were not found beside the number"""


class Piece(NamedTuple):
    """A stretch of the text that the same marks cover."""

    start: int
    end: int
    figures: tuple[int, ...]
    """the numbers, from 1, of the figures that cover it"""
    obstacles: tuple[int, ...]
    dropped: bool
    bare: bool
    """a number that is no figure"""


@dataclass(frozen=True)
class Shown:
    """An article with what was read of it; its last expression in a notebook cell shows it."""

    id: str
    text: str
    head: Mapping[str, Any]
    figures: Sequence[Mapping[str, Any]]
    obstacles: Sequence[Mapping[str, Any]] = ()
    dropped: Sequence[tuple[int, int]] = ()
    checks: Sequence[Mapping[str, Any]] = ()
    lang: str = "en"
    words: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", words(self.lang))

    def __repr__(self) -> str:
        return f"<{self.id}: {len(self.figures)} figures, {len(self.obstacles)} obstacles>"

    def __str__(self) -> str:
        return self.terminal(color=False)

    def _repr_html_(self) -> str:
        return _fragment(self)

    def html(self) -> str:
        """Return a page that stands alone: nothing is fetched, nothing in it runs."""
        return document([self])

    def terminal(self, width: int | None = None, color: bool | None = None) -> str:
        """Return the article for a terminal: see `show_terminal.draw`."""
        from ntp_analysis.show_terminal import draw

        return draw(self, width, color)

    @property
    def rows(self) -> list[Row]:
        """The figures in words, in the order of the text."""
        return [_row(self, n, figure) for n, figure in enumerate(self.figures, 1)]


def document(articles: Sequence[Shown]) -> str:
    """Return one page of some articles that stands alone: nothing is fetched, nothing in it runs."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    lang = articles[0].lang if articles else "en"
    body = "".join(_as_page(_fragment(shown)) for shown in articles)
    return (
        f'<!doctype html>\n<html lang="{lang}" class="ntp-page"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_safe(', '.join(shown.id for shown in articles))}</title></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def show(corpus: Corpus, article: str, lang: str = "en", *, checks: bool = True) -> Shown:
    """Return one article of a corpus to look at.

    `checks` also lists what contradicts what among its figures, which computes the corpus's checks once.
    """
    rows: list[dict[str, Any]] = []
    if checks and len(corpus.checks):
        rows = _records(corpus.checks[corpus.checks["article"].map(lambda ids: article in ids.split(";"))])
    return Shown(
        article,
        corpus.text(article),
        next(iter(_records(_of(corpus.articles, article))), {}),
        _in_order(_records(_of(corpus.figures, article))),
        _in_order(_records(_of(corpus.obstacles, article))),
        corpus.dropped.get(article, ()),
        rows,
        check_language(lang),
    )


def show_reading(reading: Reading, lang: str = "en") -> Shown:
    """Return one article as the engine read it, without the tables of a corpus."""
    head = {name: getattr(reading, name) for name in ("published", "province", "place", "level", "relevant")}
    figures = []
    for row in reading.figures:
        cells = asdict(row)
        cells |= {f"{name}_from": found for name, found in cells.pop("evidence").items()}
        figures.append(cells)
    return Shown(
        reading.article.id,
        reading.article.text,
        head | {"title": reading.article.title, "url": reading.article.url},
        _in_order(figures),
        _in_order([asdict(row) for row in reading.obstacles]),
        reading.dropped,
        lang=check_language(lang),
    )


def page(corpus: Corpus, article: str, lang: str = "en") -> str:
    """Return an article of a corpus as a page that stands alone."""
    return show(corpus, article, lang).html()


def terminal(corpus: Corpus, article: str, lang: str = "en", *, color: bool | None = None) -> str:
    """Return an article of a corpus for a terminal."""
    return show(corpus, article, lang).terminal(color=color)


def _of(table: Any, article: str) -> Any:
    return table[table["article"] == article]


def _records(table: Any) -> list[dict[str, Any]]:
    return [
        {name: _day(cell) if hasattr(cell, "isoformat") else cell for name, cell in row.items()}
        for row in table.to_dict("records")
    ]


def _day(cell: Any) -> str:
    return "" if cell != cell else cell.isoformat()[:10]


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


@cache
def words(lang: str) -> Mapping[str, str]:
    """Return the words of data/show.toml in one language."""
    return tomllib.loads((DATA / "show.toml").read_text(encoding="utf-8"))[check_language(lang)]


# What the figures say, in words


def _row(shown: Shown, n: int, figure: Mapping[str, Any]) -> Row:
    lang, say = shown.lang, shown.words
    unit = "%" if figure["unit"] == "percent" else " đồng"
    sign = label("bound", figure["bound"], lang) + " " if figure["bound"] not in ("", "exact") else ""
    basis = "" if figure["basis"] == "actual" else label("basis", figure["basis"], lang) + ": "
    carried = say.get(f"carryover_{figure['carryover']}", "")
    plan = say.get(f"plan_{figure.get('plan', '')}", "")
    component = label("component", figure["component"], lang) if figure["component"] else ""
    source = label("source", figure["source"], lang) if figure["source"] else ""
    money = [label("programme", figure["programme"], lang), component, label("capital", figure["capital"], lang)]
    inside = "" if figure["province"] in ("", figure["place"]) else f", {figure['province']}"
    level = label("level", figure["level"], lang) if figure["level"] else ""
    return Row(
        n,
        figure,
        shown.text[figure["start"] : figure["end"]],
        sign + number(figure["value"], lang, decimals=6) + unit,
        basis + label("measure", figure["measure"], lang),
        (figure["place"] or label("place", "unknown", lang)) + (f" ({level}{inside})" if level else ""),
        " · ".join(filter(None, [*money, source, carried, plan])),
        figure["period"],
        (say["due"] + " " if figure["basis"] == "target" and figure["as_of"] else "") + str(figure["as_of"]),
        tuple(name for name in ASKED if figure.get(f"{name}_from") in UNSURE and not _plainly_total(name, figure)),
    )


def _plainly_total(name: str, figure: Mapping[str, Any]) -> bool:
    """Money of which no kind is said is total by definition: nothing was guessed."""
    return name == "capital" and figure["capital"] == "total" and figure["capital_from"] == "default"


def pieces(shown: Shown) -> Iterator[Piece]:
    """Cut the text where any mark begins or ends; marks may overlap and nest.

    >>> shown = Shown("a", "đạt 40,7% và 12 tỷ", {}, [{"start": 4, "end": 8}])
    >>> [(shown.text[p.start : p.end], p.figures, p.bare) for p in pieces(shown)]
    [('đạt ', (), False), ('40,7', (1,), False), ('% và ', (), False), ('12 tỷ', (), True)]
    """
    bare = [m.span() for m in _AMOUNT.finditer(shown.text) if not _touches(m.span(), shown)]
    layers: list[tuple[str, int, tuple[int, int]]] = [
        *(("figure", n, (f["start"], f["end"])) for n, f in enumerate(shown.figures, 1)),
        *(("obstacle", n, (o["start"], o["end"])) for n, o in enumerate(shown.obstacles, 1)),
        *(("dropped", 0, (start, end)) for start, end in shown.dropped),
        *(("bare", 0, span) for span in bare),
    ]
    opens: dict[int, list[tuple[str, int]]] = {}
    closes: dict[int, list[tuple[str, int]]] = {}
    for kind, n, (start, end) in layers:
        opens.setdefault(start, []).append((kind, n))
        closes.setdefault(end, []).append((kind, n))
    covering: list[tuple[str, int]] = []
    for start, end in pairwise(sorted({0, len(shown.text), *opens, *closes})):
        for mark in closes.get(start, ()):
            covering.remove(mark)
        covering.extend(opens.get(start, ()))
        kinds = {kind for kind, _ in covering}
        of = {kind: tuple(sorted(n for k, n in covering if k == kind)) for kind in ("figure", "obstacle")}
        yield Piece(start, end, of["figure"], of["obstacle"], "dropped" in kinds, "bare" in kinds)


def _touches(span: tuple[int, int], shown: Shown) -> bool:
    taken = ((f["start"], f["end"]) for f in shown.figures)
    return any(start < span[1] and span[0] < end for start, end in (*taken, *shown.dropped))


def visible(text: str) -> str:
    """Return a text in which nothing hides: control and direction characters become U+FFFD.

    >>> visible("a\\x1b[31mb\\u202ec")
    'a\ufffd[31mb\ufffdc'
    """
    return UNSEEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


# HTML


def _safe(text: object) -> str:
    return escape(visible(str(text)), quote=True)


def _fragment(shown: Shown) -> str:
    anchor = "ntp-" + blake2b(f"{shown.id}\n{shown.text}".encode("utf-8", "replace"), digest_size=5).hexdigest()
    rows = shown.rows
    css = (DATA / "show.css").read_text(encoding="utf-8")
    parts = [
        f'<section class="ntp-show"><style>{css}</style>',
        _header(shown),
        f'<div class="text" lang="vi" tabindex="0" role="region" aria-label="{_safe(shown.id)}">',
        *(_piece(shown, piece, rows, anchor) for piece in pieces(shown)),
        "</div>",
        _figure_table(shown, rows, anchor),
        _check_list(shown, anchor),
        _obstacle_table(shown),
        "</section>",
    ]
    return "".join(parts)


def _as_page(fragment: str) -> str:
    """Raise the headings: in a page of its own the article's title is the first."""
    for inside, alone in (("h3", "h1"), ("h4", "h2")):
        fragment = fragment.replace(f"<{inside} class=", f"<{alone} class=").replace(f"</{inside}>", f"</{alone}>")
    return fragment


def _header(shown: Shown) -> str:
    say, head = shown.words, shown.head
    facts = [shown.id if head.get("title") else "", head.get("place", ""), head.get("province", "")]
    facts += [f"{say['published']} {head['published']}"] if head.get("published") else []
    facts += [say["not_relevant"]] if head.get("relevant") is False else []
    title = f'<h3 class="title">{_safe(head.get("title") or shown.id)}</h3>'
    measures = dict.fromkeys(f["measure"] for f in shown.figures)
    legend = [f'<span class="fig {m}">{_safe(label("measure", m, shown.lang))}</span>' for m in measures]
    bases = dict.fromkeys(f["basis"] for f in shown.figures if f["basis"] != "actual")
    legend += [f'<span class="fig {b}">{_safe(label("basis", b, shown.lang))}</span>' for b in bases]
    legend += [f'<span class="obstacle">{_safe(say["obstacles"])}</span>'] if shown.obstacles else []
    legend += [f'<span class="dropped">{_safe(say["set_aside"])}</span>'] if shown.dropped else []
    legend += [f'<span><span class="bare">12%</span> {_safe(say["no_figure"])}</span>']
    line = " · ".join(_safe(fact) for fact in dict.fromkeys(filter(None, facts)))
    key = f'<div class="legend">{_safe(say["legend"])} {"".join(legend)}</div>'
    return f"<header>{title}<p>{line}</p></header>{key}"


def _piece(shown: Shown, piece: Piece, rows: Sequence[Row], anchor: str) -> str:
    html = _safe(shown.text[piece.start : piece.end])
    if piece.figures:
        html = _figure_mark(shown, piece, rows, anchor, html)
    elif piece.bare:
        html = f'<span class="bare" title="{_safe(shown.words["no_figure"])}">{html}</span>'
    for n in piece.obstacles:
        obstacle = shown.obstacles[n - 1]
        name = _safe(label("obstacle", obstacle["obstacle"], shown.lang))
        tag = f'<span class="tag">{name}</span>' if piece.end == obstacle["end"] else ""
        html = f'<span class="obstacle" title="{name}">{html}{tag}</span>'
    return f'<span class="dropped">{html}</span>' if piece.dropped else html


def _figure_mark(shown: Shown, piece: Piece, rows: Sequence[Row], anchor: str, html: str) -> str:
    mine = [rows[n - 1] for n in piece.figures]
    ended = [row.n for row in mine if row.figure["end"] == piece.end]
    numbers = f'<span class="n">{",".join(map(str, ended))}</span>' if ended else ""
    begun = [row.n for row in mine if row.figure["start"] == piece.start]
    ids = f' id="{anchor}-t{begun[0]}"' if begun else ""
    title = _safe("\n".join(sentence(shown, row) for row in mine))
    return f'<a class="{_style(mine[0].figure)}" href="#{anchor}-r{mine[0].n}"{ids} title="{title}">{html}{numbers}</a>'


def _style(figure: Mapping[str, Any]) -> str:
    return _safe(" ".join(filter(None, ["fig", figure["measure"], figure["basis"], figure.get("confidence", "")])))


def sentence(shown: Shown, row: Row) -> str:
    """Return one line that says what was read of a figure."""
    parts = [f"[{row.n}] {row.what}: {row.value}", row.place, row.money, row.period, row.as_of]
    sure = shown.words.get(f"confidence_{row.figure.get('confidence', '')}", "")
    if sure:
        parts.append(f"{shown.words['sure'].lower()}: {sure}")
    for name in row.guessed:
        parts.append(f"{shown.words.get(name, name).lower()}?")
    return " · ".join(filter(None, parts))


_COLUMN_OF = {
    "what": ("measure",),
    "place": ("place",),
    "money": ("programme", "capital"),
    "period": ("period",),
    "as_of": ("as_of",),
}


def _figure_table(shown: Shown, rows: Sequence[Row], anchor: str) -> str:
    say = shown.words
    title = f'<h4 class="part">{_safe(say["figures"])} ({len(rows)})</h4>'
    if not rows:
        return f"{title}<p>{_safe(say['none'])}</p>"
    names = ("number", "as_written", "value", "what", "place", "money", "period", "as_of", "sure")
    head = "".join(f'<th scope="col">{_safe(say[name])}</th>' for name in names)
    body = "".join(_figure_row(shown, row, anchor) for row in rows)
    return title + _table(head, body)


def _table(head: str, body: str) -> str:
    rows = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="scroll" tabindex="0">{rows}</div>'


def _figure_row(shown: Shown, row: Row, anchor: str) -> str:
    def cell(name: str) -> str:
        text = _safe(getattr(row, name))
        if name == "place":
            text = text.replace(" (", '<br><span class="small">', 1).removesuffix(")") + "</span>" * (" (" in text)
        found = [attribute for attribute in _COLUMN_OF[name] if attribute in row.guessed]
        if not found or not text:
            return f"<td>{text}</td>"
        where = "; ".join(shown.words[row.figure[f"{attribute}_from"]] for attribute in found)
        return f'<td><span class="guess" title="{_safe(shown.words["guessed"])}: {_safe(where)}">{text} ?</span></td>'

    sure = row.figure.get("confidence", "")
    cells = [
        f'<td><a href="#{anchor}-t{row.n}">{row.n}</a></td>',
        f'<td><span class="{_style(row.figure)}">{_safe(row.written)}</span></td>',
        f'<td class="v">{_safe(row.value)}</td>',
        *map(cell, _COLUMN_OF),
        f"<td>{_safe(shown.words.get(f'confidence_{sure}', sure))}</td>",
    ]
    return f'<tr id="{anchor}-r{row.n}">{"".join(cells)}</tr>'


def _check_list(shown: Shown, anchor: str) -> str:
    if not shown.checks:
        return ""
    number_of = {f.get("figure", ""): n for n, f in enumerate(shown.figures, 1)}
    items = []
    for check in shown.checks:
        mine = sorted(number_of[id] for id in str(check["figures"]).split(";") if id in number_of)
        links = ", ".join(f'<a href="#{anchor}-r{n}">{n}</a>' for n in mine)
        items.append(f'<li>{_safe(check[f"message_{shown.lang}"])} <span class="small">[{links}]</span></li>')
    title = f'<h4 class="part">{_safe(shown.words["checks"])} ({len(items)})</h4>'
    return f'{title}<ul class="warn">{"".join(items)}</ul>'


def _obstacle_table(shown: Shown) -> str:
    if not shown.obstacles:
        return ""
    say = shown.words
    body = "".join(
        f"<tr><td>{_safe(label('obstacle', row['obstacle'], shown.lang))}</td><td>{_safe(row['phrase'])}</td></tr>"
        for row in shown.obstacles
    )
    head = f'<th scope="col">{_safe(say["obstacle"])}</th><th scope="col">{_safe(say["phrase"])}</th>'
    title = f'<h4 class="part">{_safe(say["obstacles"])} ({len(shown.obstacles)})</h4>'
    return title + _table(head, body)
