"""The records that flow from an article to the tables.

Everything here is plain data. The columns of the tables are declared in `schema`; their meaning is the
contract in docs/guidelines.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was given.

    `text` is the text as given: every offset in every table counts characters of it. Of a saved HTML page it
    is the page's text (`sources` says how it is taken). `published` is what meta data says, else None.
    """

    id: str
    text: str
    url: str = ""
    title: str = ""
    published: date | None = None
    origin: str = ""


@dataclass(slots=True)
class Figure:
    """One row of `figures`. The fields down to `quote` are the columns of the contract, in its order."""

    article: str
    place: str
    level: str
    province: str
    programme: str
    component: str
    capital: str
    source: str
    measure: str
    basis: str
    value: int | float
    unit: str
    bound: str
    period: str
    as_of: str
    carryover: str
    quote: str
    start: int
    end: int
    plan: str = ""
    confidence: str = ""
    evidence: dict[str, str] = field(default_factory=dict)
    """attribute -> how it was found: clause, sentence, passage, article or default"""


@dataclass(slots=True)
class Obstacle:
    """One row of `obstacles`: a phrase that says what holds the work back, in its sentence."""

    article: str
    obstacle: str
    phrase: str
    quote: str
    start: int
    end: int
    found_by: str = "lexicon"
    """lexicon: a wording says so; weights: the words of the sentence together"""


@dataclass(slots=True)
class Reading:
    """What was read from one article: its row of `articles`, its figures and its obstacles."""

    article: Article
    published: str
    province: str
    place: str
    level: str
    relevant: bool
    figures: list[Figure]
    obstacles: list[Obstacle]
    dropped: list[tuple[int, int]]
    """spans of `article.text` that were set aside as boilerplate"""
    too_large: list[str] = field(default_factory=list)
    """amounts and rates as written that no figure can be so large as"""
