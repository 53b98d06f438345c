"""The tables behind one page: what its notebook reads, and nothing else.

A page is drawn from these tables alone. So their digest, with the notebook's and the library's, says whether the
page must be drawn again, and a change of one article touches only the pages whose tables it changes.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from ntp_analysis import partial, schema, views
from ntp_analysis.errors import TableError, UnknownPlace
from ntp_analysis.reports.markup import marked
from ntp_analysis.text import alphabetical

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

    from ntp_analysis.corpus import Corpus

ATTRS = {"quarter"}
"""what a packed table tells of itself; which figures are in no panel is of all articles and would change every page"""


@dataclass(frozen=True)
class Tables:
    """The panel of a quarter or of one province in it, and the figures, obstacles, checks and articles behind it.

    `figures` has the further column `number`: the figure's number as the article writes it.
    """

    panel: pd.DataFrame
    figures: pd.DataFrame
    obstacles: pd.DataFrame
    checks: pd.DataFrame
    articles: pd.DataFrame

    def pack(self) -> dict[str, bytes]:
        """Return the tables as Parquet files, by file name."""
        files = {}
        for field in fields(self):
            stream = io.BytesIO()
            table = getattr(self, field.name).reset_index(drop=True)
            table.attrs = {name: table.attrs[name] for name in ATTRS & table.attrs.keys()}
            table.to_parquet(stream, index=False)
            files[f"{field.name}.parquet"] = stream.getvalue()
        return files

    def quotes(self) -> dict[str, Markup]:
        """Return the quote of every figure, its number marked."""
        rows = zip(self.figures["figure"], self.figures["quote"], self.figures["number"], strict=True)
        return {figure: marked(quote, number) for figure, quote, number in rows}


def digest(files: dict[str, bytes]) -> str:
    """Return a hash of packed tables.

    >>> digest({"a.parquet": b"x"}) == digest({"a.parquet": b"y"})
    False
    """
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def write(files: dict[str, bytes], folder: Path) -> None:
    """Write packed tables into `folder`, each whole or not at all."""
    for name, content in files.items():
        with partial.file(folder / name) as made:
            made.write_bytes(content)


def is_packed(folder: Path) -> bool:
    """Whether `folder` holds the packed tables of a page."""
    return (folder / "panel.parquet").is_file()


def read(folder: Path) -> Tables:
    """Return the packed tables in `folder`; raises TableError if they are not there."""
    import pandas as pd

    tables = {}
    for field in fields(Tables):
        path = folder / f"{field.name}.parquet"
        if not path.is_file():
            raise TableError(f"{folder}: no {path.name}; give the tables of a page, of an extraction, or articles")
        tables[field.name] = _days(field.name, pd.read_parquet(path))
    return Tables(**tables)


def _days(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Parquet has no days by the second: set the declared type again."""
    days = [column for column, declared in schema.columns(name).items() if declared.kind == "day" and column in table]
    return table.astype(dict.fromkeys(days, schema.DTYPES["day"]))


def of_quarter(corpus: Corpus, quarter: str) -> Tables:
    """Return the tables of a whole quarter: its panel and what that rests on."""
    panel = corpus.panel(quarter)
    end = views.quarter_end(quarter)
    figures = corpus.figures
    figures = figures[_known_by(figures, corpus.articles, end) | figures["figure"].isin(named(panel))]
    figures = figures.assign(number=_numbers(corpus, figures))
    known = set(figures["figure"])
    checks = corpus.checks
    checks = checks[checks["figures"].map(lambda ids: set(ids.split(";")) <= known).astype(bool)]
    obstacles = _said_by(corpus, panel, quarter)
    articles = corpus.articles[corpus.articles["article"].isin({*figures["article"], *obstacles["article"]})]
    return Tables(panel, figures, obstacles, checks, articles)


def of_province(tables: Tables, province: str) -> Tables:
    """Return what a province's page is drawn from: its own rows, and the rates of the others beside it.

    Raises UnknownPlace for a province that has no figure.
    """
    panel, figures, checks = tables.panel, tables.figures, tables.checks
    if province not in set(panel["province"]):
        raise UnknownPlace(province, provinces(tables), "with figures by the end of the quarter")
    own = panel["province"] == province
    own_figures = figures[figures["province"] == province]
    own_checks = checks[checks["province"] == province]
    own_articles = tables.articles["article"].isin(own_figures["article"]) | (tables.articles["province"] == province)
    articles = tables.articles[own_articles]
    obstacles = tables.obstacles[tables.obstacles["article"].isin(articles["article"])]
    checked = {figure for ids in own_checks["figures"] for figure in ids.split(";")}
    figures = figures[(figures["province"] == province) | figures["figure"].isin(checked)]
    return Tables(panel[own | _peers(panel)], figures, obstacles, own_checks, articles)


def _peers(panel: pd.DataFrame) -> pd.Series:
    """Rows of provinces and the country that a province is compared with."""
    whole = panel["level"].isin(["province", "country"]) & (panel["component"] == "") & panel["rate"].notna()
    return whole & (panel["programme"] == "ntp") & (panel["basis"] == "actual")


def provinces(tables: Tables) -> list[str]:
    """Return the provinces that the tables have figures of, in alphabetical order."""
    return sorted(set(tables.panel["province"]) - {""}, key=alphabetical)


def named(panel: pd.DataFrame) -> set[str]:
    """Return the ids of the figures that the rows of a panel rest on."""
    return {figure for column in panel if column.endswith("_figure") for figure in panel[column]} - {""}


def _known_by(figures: pd.DataFrame, articles: pd.DataFrame, end) -> pd.Series:
    """Which figures count by the quarter's end, by the panel's rule: their day, or a target's publication."""
    import pandas as pd

    published = figures["article"].map(articles.set_index("article")["published"])
    start = pd.to_datetime(figures["period"].str[:4].where(figures["period"] != "", None), format="%Y")
    day = figures["as_of"].fillna(published).fillna(start)
    counts = day.where(figures["basis"] == "actual", published.fillna(day))
    return counts.isna() | (counts <= pd.Timestamp(end))


def _said_by(corpus: Corpus, panel: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The obstacles of articles published by the quarter's end, or that tell of its days a little later."""
    import pandas as pd

    published = corpus.obstacles["article"].map(corpus.articles.set_index("article")["published"])
    table = corpus.obstacles.assign(published=published.astype(schema.DTYPES["day"]))
    early = table.index[~(table["published"] > pd.Timestamp(views.quarter_end(quarter)))]
    kept = early.union(views.said_by(table, panel, quarter).index)
    return corpus.obstacles[corpus.obstacles.index.isin(kept)]


def _numbers(corpus: Corpus, figures: pd.DataFrame) -> list[str]:
    """The words of each number as its article writes them; "" where the text is not at hand."""
    rows = zip(figures["article"], figures["start"], figures["end"], strict=True)
    return [corpus.texts.get(article, "")[start:end] for article, start, end in rows]
