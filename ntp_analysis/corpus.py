"""Many articles as tidy tables: `read` makes a `Corpus` of whatever holds articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntp_analysis import asked, schema
from ntp_analysis.errors import NoText, UnknownArticle, UnknownName

if TYPE_CHECKING:
    import pandas as pd

    from ntp_analysis.model import Figure, Reading

EVIDENCE = ("place", "programme", "capital", "measure", "period", "as_of")
"""attributes whose evidence has a column of its own, named <attribute>_from"""
LONGEST_SHOWN = 60
"""characters of a number that are shown"""


class Corpus:
    """Articles and what they say about the programmes' money, as pandas tables.

    Attributes
    ----------
    articles, figures, obstacles : DataFrame
        One row an article, a figure, an obstacle's phrase. `schema` declares the columns.
    checks : DataFrame
        What contradicts what; computed when first asked for, see `audit`.
    problems : DataFrame
        Input that could not be read: file, record, problem, remedy.
    texts : Mapping[str, str]
        Article's id -> its text as given, which `start` and `end` count in. Empty if the corpus was loaded
        from tables without texts.
    dropped : Mapping[str, list[tuple[int, int]]]
        Article's id -> spans of its text that were set aside as boilerplate.
    """

    def __init__(
        self,
        articles: pd.DataFrame,
        figures: pd.DataFrame,
        obstacles: pd.DataFrame | None = None,
        *,
        texts: Mapping[str, str] | None = None,
        problems: pd.DataFrame | None = None,
        dropped: Mapping[str, list[tuple[int, int]]] | None = None,
    ) -> None:
        self.articles = articles
        self.figures = figures
        self.obstacles = schema.empty("obstacles") if obstacles is None else obstacles
        self.problems = schema.empty("problems") if problems is None else problems
        self.texts: Mapping[str, str] = {} if texts is None else texts
        self.dropped: Mapping[str, list[tuple[int, int]]] = {} if dropped is None else dropped

    @cached_property
    def checks(self) -> pd.DataFrame:
        """What the figures contradict, one row a finding (see docs/checks.md)."""
        from ntp_analysis import audit

        return audit.check(self.figures, self.articles, self.texts)

    def panel(self, quarter: str, merged: bool = False, published_by: str = "") -> pd.DataFrame:
        """Return what is told of the days up to the end of `quarter` ("2023Q3"): see `panel.panel`."""
        from ntp_analysis.panel import panel

        return panel(self.figures, self.articles, quarter, merged=merged, published_by=published_by)

    @property
    def quarters(self) -> list[str]:
        """The quarters that figures of the corpus describe, oldest first."""
        from ntp_analysis.panel import quarters

        return quarters(self.figures, self.articles)

    def show(self, article: str, **options: Any) -> Any:
        """Return the article with its figures highlighted, to look at in a notebook: see `show`.

        Raises UnknownArticle for an id that the corpus does not have, and NoText where it has only its tables.
        """
        from ntp_analysis import show

        self._known(article)
        return show.show(self, article, **options)

    def text(self, article: str) -> str:
        """Return the text as given of one article; raises UnknownArticle, or NoText if only its tables are loaded."""
        if article not in self.texts:
            self._known(article)
            raise NoText(article)
        return self.texts[article]

    def filter(self, **cells: Any) -> Corpus:
        """Return a Corpus of the figures whose cells have the given values, and of their articles.

        Each keyword is a column of `figures` (or, else, of `articles`) with a value or a list of values.
        Articles are kept if one of their figures is, or, for a condition on `articles`, if they meet it. A name
        that is none of anything, such as a misspelt province, is refused with the nearest: see `asked`.

        >>> from ntp_analysis import schema
        >>> figures = schema.frame("figures", {"article": ["a", "b"], "province": ["Hà Giang", "Bắc Kạn"],
        ...     "value": [1, 2], "start": [0, 0], "end": [1, 1]})
        >>> articles = schema.frame("articles", {"article": ["a", "b"], "relevant": [True, True],
        ...     "characters": [9, 9]})
        >>> Corpus(articles, figures).filter(province="Hà Giang")
        <Corpus: 1 article, 1 figure, 0 obstacles>
        """
        figures, articles = self.figures, self.articles
        of_figures = False
        for name, given in cells.items():
            wanted = asked.several(given)
            if name in figures:
                asked.check(name, wanted, self.figures[name].unique())
                figures, of_figures = figures[_among(figures[name], wanted)], True
            elif name in articles:
                articles = articles[_among(articles[name], wanted)]
            else:
                raise UnknownName("column", name, dict.fromkeys([*figures, *articles]))
        figures = figures[figures["article"].isin(articles["article"])]
        if of_figures:
            articles = articles[articles["article"].isin(figures["article"])]
        return self._of(articles, figures)

    def _of(self, articles: pd.DataFrame, figures: pd.DataFrame) -> Corpus:
        ids = set(articles["article"])
        return Corpus(
            articles.reset_index(drop=True),
            figures.reset_index(drop=True),
            self.obstacles[self.obstacles["article"].isin(ids)].reset_index(drop=True),
            texts={id: text for id, text in self.texts.items() if id in ids},
            problems=self.problems,
            dropped={id: spans for id, spans in self.dropped.items() if id in ids},
        )

    def validate(self) -> Corpus:
        """Return the corpus itself if its tables are as `schema` declares them; raises TableError."""
        for name in ("articles", "figures", "obstacles", "problems"):
            schema.validate(name, getattr(self, name))
        return self

    def _known(self, article: str) -> None:
        if article not in set(self.articles["article"]):
            raise UnknownArticle(article, self.articles["article"])

    def __len__(self) -> int:
        return len(self.articles)

    def __repr__(self) -> str:
        told = ["articles", "figures", "obstacles", *(["problems"] if len(self.problems) else [])]
        return f"<Corpus: {', '.join(_counted(len(getattr(self, name)), name) for name in told)}>"


def _among(cells: pd.Series, wanted: list[Any]) -> pd.Series:
    import pandas as pd

    days = pd.api.types.is_datetime64_any_dtype(cells)
    return cells.isin([pd.Timestamp(value) for value in wanted] if days else wanted)


def _counted(count: int, name: str) -> str:
    return f"{count} {name.removesuffix('s') if count == 1 else name}"


def read(
    source: Any,
    *,
    strict: bool = False,
    columns: Mapping[str, str] | None = None,
    validate: bool = True,
    workers: int = 1,
) -> Corpus:
    """Read articles, or the tables that `ntp extract` wrote, into a Corpus.

    Parameters
    ----------
    source : path, glob, list of them, or DataFrame
        What `sources.read_sources` takes: text and HTML files, folders of them, JSONL, CSV, Parquet, WARC;
        or a folder with the tables of an earlier extraction.
    strict : bool
        Raise at the first input that cannot be read instead of listing it in `.problems`.
    columns : mapping
        What the columns of tables are called, for example ``{"text": "body", "published": "date"}``.
    validate : bool
        Check the finished tables against `schema`, once.
    workers : int
        Processes that read, if there are more than some hundreds of articles; the tables are the same.

    >>> corpus = read("seeds/004_c72aa745ff9f9bf4.txt")
    >>> corpus.articles["article"].to_list()
    ['004_c72aa745ff9f9bf4']
    """
    from ntp_analysis import export

    if isinstance(source, (str, Path)) and export.is_extract(source):
        return export.load(source)
    from ntp_analysis.readers import read_articles
    from ntp_analysis.sources import read_sources

    problems: list[Any] = []
    articles = read_sources(source, problems=problems, strict=strict, columns=columns)
    corpus = from_readings(read_articles(articles, workers, problems=None if strict else problems), problems)
    return corpus.validate() if validate else corpus


def from_readings(readings: Iterable[Reading], problems: Sequence[Any] = ()) -> Corpus:
    """Return the Corpus of what the engine read, one DataFrame a table for all articles.

    `problems` is what the sources could not read (mappings or objects with file, record, problem, remedy);
    it may still grow while `readings` are taken. Figures are numbered in the order of the text. An id that
    comes twice with another text becomes id~2; the same text under the same id is kept once; both are said
    in `.problems`, as is a number that is too large to be one of the figures.
    """
    doubles: list[dict[str, str]] = []
    kept = list(_distinct(readings, doubles))
    return Corpus(
        _articles(kept),
        _figures(kept),
        _obstacles(kept),
        texts={reading.article.id: reading.article.text for reading in kept},
        problems=_problems([*problems, *doubles, *_too_large(kept)]),
        dropped={reading.article.id: reading.dropped for reading in kept if reading.dropped},
    )


def _distinct(readings: Iterable[Reading], doubles: list[dict[str, str]]) -> Iterator[Reading]:
    seen: dict[str, str] = {}
    for reading in readings:
        article = reading.article
        if article.id not in seen:
            seen[article.id] = article.text
            yield reading
            continue
        problem = {"file": article.origin, "record": article.id}
        if seen[article.id] == article.text:
            doubles.append(problem | {"problem": "the same article again", "remedy": "none: kept once"})
            continue
        new = next(f"{article.id}~{n}" for n in range(2, len(seen) + 3) if f"{article.id}~{n}" not in seen)
        seen[new] = article.text
        problem["problem"] = f"id of another article, read as {new}"
        doubles.append(problem | {"remedy": "give it an id of its own"})
        yield _renamed(reading, new)


def _too_large(readings: Iterable[Reading]) -> Iterator[dict[str, str]]:
    """Yield a problem for each number that is left out for its size: a slip of the pen, or digits of something else."""
    remedy = "look at it in the article, and write it as it is meant"
    for reading in readings:
        for words in reading.too_large:
            shown = words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"
            problem = f"a number too large for a figure: {shown!r}"
            yield {"file": reading.article.origin, "problem": problem, "remedy": remedy}


def _renamed(reading: Reading, id: str) -> Reading:
    for figure in reading.figures:
        figure.article = id
    for obstacle in reading.obstacles:
        obstacle.article = id
    return replace(reading, article=replace(reading.article, id=id))


def _articles(readings: Sequence[Reading]) -> pd.DataFrame:
    cells: dict[str, list[Any]] = {
        name: [getattr(reading, name) for reading in readings]
        for name in ("published", "province", "place", "level", "relevant")
    }
    cells |= {name: [getattr(r.article, name) for r in readings] for name in ("title", "url", "origin")}
    cells["article"] = [reading.article.id for reading in readings]
    cells["characters"] = [len(reading.article.text) for reading in readings]
    cells["obstacles"] = [";".join(sorted({o.obstacle for o in reading.obstacles})) for reading in readings]
    return schema.frame("articles", cells)


def _figures(readings: Sequence[Reading]) -> pd.DataFrame:
    rows: list[Figure] = []
    ids: list[str] = []
    for reading in readings:
        ordered = sorted(reading.figures, key=lambda figure: (figure.start, figure.end))
        rows.extend(ordered)
        ids.extend(f"{reading.article.id}#{n}" for n in range(1, len(ordered) + 1))
    cells: dict[str, list[Any]] = {
        name: [getattr(row, name) for row in rows]
        for name in schema.columns("figures")
        if name != "figure" and not name.endswith("_from")
    }
    cells |= {f"{name}_from": [row.evidence.get(name, "") for row in rows] for name in EVIDENCE}
    cells["figure"] = ids
    return schema.frame("figures", cells)


def _obstacles(readings: Sequence[Reading]) -> pd.DataFrame:
    rows = [row for reading in readings for row in reading.obstacles]
    names = schema.columns("obstacles")
    return schema.frame("obstacles", {name: [getattr(row, name) for row in rows] for name in names})


def _problems(problems: Sequence[Any]) -> pd.DataFrame:
    def cell(problem: Any, name: str) -> str:
        value = problem.get(name) if isinstance(problem, Mapping) else getattr(problem, name, None)
        return "" if value is None else str(value)

    return schema.frame("problems", {n: [cell(p, n) for p in problems] for n in schema.columns("problems")})
