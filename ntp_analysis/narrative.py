"""Sentences about a province or about all of them, in Vietnamese or English.

What is said comes from `facts`; how it is said from templates (`data/narrative/<lang>/*.j2`), one for each topic,
each line of which is a sentence. A template gives numbers, days and names to the page as pieces that know what
they rest on, so that a page can link each number to its quote.

To change a wording edit the templates, or keep your own beside them: `templates=` names a folder whose files come
before ours.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntp_analysis import facts, formats, views
from ntp_analysis.errors import NtpError, UnknownPlace
from ntp_analysis.facts import Quantity, Said
from ntp_analysis.labels import DATA, check_language, label, place_name

if TYPE_CHECKING:
    import jinja2
    import pandas as pd

PROVINCE = ("headline", "capital", "programmes", "inside", "pace", "others", "change", "plans", "obstacles", "doubts")
COMPARISON = ("all_rates", "all_calendar", "all_programmes", "all_obstacles", "all_doubts", "all_unknown")
"""topics in the order in which they are told; a topic is a template"""
SHOWN_DOUBTS = 3
SHOWN_PLACES = 3
_OPEN, _CLOSE = "\ue000", "\ue001"  # private letters that no text of ours has
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


class TemplateError(NtpError):
    """A narrative template that cannot be read or names something that is not there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence. `kind`: text, number, day, quarter, period, name or message.

    A number has its `value` (đồng, percent, points or a count) and the ids of the `figures` it rests on; one that
    no article states also has the name of the `rule` it was computed by.
    """

    text: str
    kind: str = "text"
    figures: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    value: float | None = None
    bound: str = "exact"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a narrative, in pieces; `topic` is the template that it comes from."""

    topic: str
    pieces: tuple[Piece, ...]
    lang: str = "en"

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of all figures that the sentence rests on, each once, in its order."""
        return tuple(dict.fromkeys(figure for piece in self.pieces for figure in piece.figures))

    def html(self, link: Callable[[str], str] | None = None) -> str:
        """Return the sentence as HTML, everything escaped; `link` gives the address of a figure's quote.

        >>> Sentence("t", (Piece("spent "), Piece("40.7%", "number", ("a#1",)))).html(lambda id: f"#{id}")
        'spent <a class="figure" href="#a#1" data-figures="a#1">40.7%</a>'
        """
        return "".join(_html(piece, link, self.lang) for piece in self.pieces)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<p>{self.html()}</p>"


def _html(piece: Piece, link: Callable[[str], str] | None, lang: str) -> str:
    text = escape(piece.text)
    rule = f' title="{escape(label("rule", piece.rule, lang))}"' if piece.rule else ""
    if piece.figures:
        ids = f' data-figures="{escape(" ".join(piece.figures))}"{rule}'
        if link is None:
            return f'<span class="figure"{ids}>{text}</span>'
        return f'<a class="figure" href="{escape(link(piece.figures[0]))}"{ids}>{text}</a>'
    return f'<span class="computed"{rule}>{text}</span>' if rule else text


def text_of(sentences: Sequence[Sentence]) -> str:
    """Return sentences as one paragraph of plain text."""
    return " ".join(sentence.text for sentence in sentences)


def html_of(sentences: Sequence[Sentence], link: Callable[[str], str] | None = None) -> str:
    """Return sentences as HTML paragraphs, one for each topic; see `Sentence.html`."""
    topics = dict.fromkeys(sentence.topic for sentence in sentences)
    paragraphs = [" ".join(s.html(link) for s in sentences if s.topic == topic) for topic in topics]
    return "\n".join(f'<p class="{escape(topic)}">{told}</p>' for topic, told in zip(topics, paragraphs, strict=True))


def province(
    panel: pd.DataFrame,
    checks: pd.DataFrame,
    obstacles: pd.DataFrame,
    place: str,
    quarter: str,
    lang: str = "en",
    *,
    level: str = "province",
    articles: pd.DataFrame | None = None,
    templates: str | os.PathLike[str] | None = None,
) -> list[Sentence]:
    """Return what is known of a place at the end of a quarter, as sentences.

    Given and spent, by programme and capital; pace against the calendar and the other provinces; change; targets
    and forecasts; what holds the work back; what is contradictory. Nothing is said of what is not known.

    Parameters
    ----------
    panel
        Rows of `corpus.panel(quarter)` of all places: the others are compared with.
    checks, obstacles
        The corpus's tables. An obstacle belongs to the place by its own column `province` (`place` below the
        level of provinces), or through `articles`, or through the articles that the panel names.
    level
        Level of `place`, which may be that of a district of the same name.

    Raises UnknownPlace if neither panel, checks nor obstacles have the place, UnknownQuarter, UnknownName.
    """
    formats.quarter_of(quarter)
    check_language(lang)
    rows = views.of_place(panel, place, level)
    named = _obstacles_of(_where(obstacles, panel, articles, quarter), place, level)
    column = "province" if level == "province" else "place"
    doubted = checks[checks[column] == place]
    in_time = views.doubted_in(doubted, quarter)
    if rows.empty and named.empty and in_time.empty and place not in set(panel["province"]):
        raise UnknownPlace(place, panel.loc[panel["level"] == level, "place"].unique())
    head = facts.headline(rows, quarter, lang)
    by_capital, by_programme = facts.parts(rows, head, quarter, lang)
    targets, forecasts = facts.plans(rows, quarter, lang)
    country = views.headlines(panel, "ntp", head.period if head else None, ("country",), quarter)
    alone = level == "province" and head is None and not by_capital and not by_programme
    inside = facts.inside(panel, place, quarter, lang) if alone else []
    told = {
        "inside": inside[:SHOWN_PLACES],
        "more_inside": facts.count(max(0, len(inside) - SHOWN_PLACES), "count_of_places"),
        "place": place_name(place, level, lang),
        "head": head,
        "opening": facts.opening(rows, head, quarter, lang),
        "capitals": by_capital,
        "programmes": by_programme,
        "pace": facts.pace(head),
        "standing": facts.standing(panel, head, quarter) if level == "province" else None,
        "country": facts.known(next(country.itertuples()), quarter, lang) if len(country) else None,
        "span": facts.span(rows, head, quarter, lang),
        "change": facts.change(panel, head, quarter, lang),
        "year_before": facts.year_before(panel, head, quarter, lang),
        "targets": targets,
        "forecasts": forecasts,
        "obstacles": facts.hold_ups(named, lang),
        "articles": facts.count(named["article"].nunique(), "count_of_articles"),
        "newest_article": facts.newest(named),
        **_doubts(in_time, lang),
    }
    return _tell(PROVINCE, told, quarter, lang, templates)


def comparison(
    panel: pd.DataFrame,
    checks: pd.DataFrame,
    obstacles: pd.DataFrame,
    quarter: str,
    lang: str = "en",
    *,
    articles: pd.DataFrame | None = None,
    templates: str | os.PathLike[str] | None = None,
) -> list[Sentence]:
    """Return what is known of the provinces beside each other at the end of a quarter, as sentences.

    Highest, lowest and middle rate; how many keep up with the calendar; programme by programme; what holds the
    work back where; contradictions; of how many provinces nothing is known. Parameters as of `province`.
    """
    formats.quarter_of(quarter)
    check_language(lang)
    period = views.report_period(panel, quarter)
    rows = views.headlines(panel, "ntp", period, ("province",), quarter)
    known = [facts.known(row, quarter, lang) for row in views.alike(rows).itertuples()]
    country = views.headlines(panel, "ntp", period, ("country",), quarter)
    paces = [(fact, facts.pace(fact)) for fact in known]
    kept = {
        relation: [fact for fact, pace in paces if pace is not None and pace.relation in wanted]
        for relation, wanted in {"ahead": ("ahead", "level"), "behind": ("behind",)}.items()
    }
    named = _where(obstacles, panel, articles, quarter)
    ends = _of_quarter(known)
    hold_ups = facts.hold_ups(named, lang, "province") if "province" in named else []
    told = {
        "known": known,
        "period": period,
        "other_year": "" if period == quarter[:4] else quarter[:4],
        "apart": facts.count(len(rows) - len(known), "count_of_places"),
        "number": _counted(known),
        "fresh": _counted([fact for fact in known if not fact.old]),
        "ends": ends,
        "median": _median(ends),
        "country": facts.known(next(country.itertuples()), quarter, lang) if len(country) else None,
        "ahead": kept["ahead"],
        "ahead_count": _counted(kept["ahead"]),
        "behind_count": _counted(kept["behind"]),
        "paced": _counted([fact for fact, pace in paces if pace is not None]),
        "programmes": _by_programme(panel, period, quarter, lang),
        "obstacles": facts.most_named(hold_ups),
        "obstacle_kinds": facts.count(len(hold_ups), "count_of_obstacles"),
        "all_provinces": facts.count(views.province_count(quarter), "count_of_places"),
        "unknown": facts.count(views.province_count(quarter) - len(known), "count_of_places"),
        **_doubts(views.doubted_in(checks, quarter), lang),
    }
    return _tell(COMPARISON, told, quarter, lang, templates)


def _counted(known: Sequence[facts.Known]) -> Quantity:
    figures = (figure for fact in known if fact.rate for figure in fact.rate.figures)
    return facts.count(len(known), "count_of_places", figures)


def _of_quarter(known: Sequence[facts.Known]) -> list[facts.Known]:
    """Return what may be called highest and lowest: the quarter's own figures, all if there are no two of these."""
    fresh = [fact for fact in known if not fact.old]
    return fresh if len(fresh) > 1 else list(known)


def _median(known: Sequence[facts.Known]) -> Quantity | None:
    """Return the middle rate where there are at least three and none is a bound."""
    from statistics import median

    rates = [fact.rate for fact in known if fact.rate is not None]
    if len(rates) < 3 or any(rate.bound != "exact" for rate in rates):
        return None
    figures = tuple(figure for rate in rates for figure in rate.figures)
    return Quantity(median(rate.value for rate in rates), "percent", figures, rule="median_of_rates")


def _by_programme(panel: pd.DataFrame, period: str, quarter: str, lang: str) -> list[dict[str, Any]]:
    """Return for each national programme the provinces' rates, highest first, where at least two can be compared."""
    found = []
    for programme in (p for p in views.PROGRAMMES if p not in ("ntp", "other")):
        rows = views.alike(views.headlines(panel, programme, period, ("province",), quarter))
        if rows["capital"].nunique() == 1 and len(rows) > 1:
            known = [facts.known(row, quarter, lang) for row in rows.itertuples()]
            ends = _of_quarter(known)
            found.append({"facts": ends, "number": _counted(ends), "fresh": len(ends) < len(known)})
    return found


def _doubts(checks: pd.DataFrame, lang: str) -> dict[str, Any]:
    doubts = facts.doubts(checks, lang)
    return {
        "doubts": doubts[:SHOWN_DOUBTS],
        "doubt_count": facts.count(len(doubts), "count_of_checks"),
        "more_doubts": facts.count(max(0, len(doubts) - SHOWN_DOUBTS), "count_of_checks"),
    }


def _where(obstacles: pd.DataFrame, panel: pd.DataFrame, articles: pd.DataFrame | None, quarter: str) -> pd.DataFrame:
    """Return the quarter's obstacles with the province, the place and the day of their article."""
    if articles is None and "province" in obstacles:
        return views.said_by(obstacles, panel, quarter)
    columns = ["article", "province", "place", "published"]
    source = panel if articles is None else articles
    of = source.loc[source["article"] != "", columns].drop_duplicates("article")
    joined = obstacles.drop(columns=columns[1:], errors="ignore").merge(of, on="article", how="left")
    return views.said_by(joined, panel, quarter)


def _obstacles_of(where: pd.DataFrame, place: str, level: str) -> pd.DataFrame:
    column = "province" if level == "province" else "place"
    return where[where[column] == place] if column in where else where.iloc[:0]


@dataclass
class _Pieces:
    """What a template has given to the page so far; each piece stands in the text as a mark."""

    lang: str
    kept: list[Piece] = field(default_factory=list)

    def keep(self, piece: Piece) -> str:
        self.kept.append(piece)
        return f"{_OPEN}{len(self.kept) - 1}{_CLOSE}"

    def give(self, value: Any) -> Any:
        """Turn what a template prints into a piece; what is already one passes."""
        if isinstance(value, Quantity):
            return self.keep(_number(value, self.lang))
        if isinstance(value, Said):
            return self.keep(Piece(value.text, "message", value.figures, value.articles))
        if isinstance(value, date):
            return self.keep(Piece(formats.day(value, self.lang), "day"))
        if isinstance(value, str) and _OPEN not in value and value.strip():
            return self.keep(Piece(value, "name"))
        if value is None or isinstance(value, str):
            return value or ""
        raise TemplateError(f"a template prints {value!r}, which is no number with its figures, no day and no name")

    def sentence(self, topic: str, line: str) -> Sentence:
        """Return a rendered line as a sentence that begins with a capital letter."""
        line = re.sub(r"\s+([,.;:)])", r"\1", re.sub(r"[ \t]+", " ", line.strip()))
        parts = _MARK.split(line)
        pieces = [Piece(part) if i % 2 == 0 else self.kept[int(part)] for i, part in enumerate(parts)]
        pieces = [piece for piece in pieces if piece.text]
        first = pieces[0]
        pieces[0] = replace(first, text=first.text[0].upper() + first.text[1:])
        return Sentence(topic, tuple(pieces), self.lang)


def _number(quantity: Quantity, lang: str) -> Piece:
    write = {
        "money": lambda: formats.money(quantity.value, lang, quantity.bound),
        "percent": lambda: formats.percent(quantity.value, lang, quantity.bound, decimals=_decimals(quantity)),
        "points": lambda: formats.points(quantity.value, lang, quantity.bound),
        "count": lambda: formats.number(quantity.value, lang),
    }[quantity.kind]
    return Piece(write(), "number", quantity.figures, value=quantity.value, bound=quantity.bound, rule=quantity.rule)


def _decimals(quantity: Quantity) -> int:
    """A stated rate keeps its two decimals, a computed one is rounded to one."""
    return 1 if quantity.rule else 2


def _tell(
    topics: Sequence[str], told: Mapping[str, Any], quarter: str, lang: str, templates: str | os.PathLike[str] | None
) -> list[Sentence]:
    import jinja2

    environment = _environment(lang, templates) if templates else _our_environment(lang)
    sentences = []
    for topic in topics:
        pieces = _Pieces(lang)
        name = f"{topic}.j2"
        try:
            text = environment.get_template(name).render(
                told, quarter=pieces.keep(_quarter(quarter, lang)), _pieces=pieces
            )
        except jinja2.TemplateError as error:
            raise TemplateError(f"narrative template {lang}/{name}: {error}") from error
        sentences += [pieces.sentence(topic, line) for line in text.splitlines() if line.strip()]
    return sentences


def _quarter(quarter: str, lang: str) -> Piece:
    return Piece(formats.quarter(quarter, lang), "quarter")


def _give(context: Mapping[str, Any], value: Any) -> Any:
    return context["_pieces"].give(value)


def _said(context: Mapping[str, Any], value: Quantity, words: str) -> str:
    """Say a number in words: `{{ spent | said("nothing") }}`."""
    pieces = context["_pieces"]
    return pieces.keep(replace(_number(value, pieces.lang), text=words))


def _plural(context: Mapping[str, Any], value: Quantity, one: str, many: str) -> str:
    """Say a count with its noun: `{{ articles | plural("article", "articles") }}`."""
    return f"{_give(context, value)} {one if value.value == 1 else many}"


def _period(context: Mapping[str, Any], value: str) -> str:
    """Say a plan year or span: `{{ head.period | period }}`."""
    pieces = context["_pieces"]
    return pieces.keep(Piece(formats.period(value, pieces.lang), "period")) if value else ""


def _listing(context: Mapping[str, Any], values: Sequence[Any]) -> str:
    """List things as the language does: `{{ names | listing }}`."""
    return formats.listing([str(_give(context, value)) for value in values], context["_pieces"].lang)


@cache
def _our_environment(lang: str) -> jinja2.Environment:
    return _environment(lang)


def _environment(lang: str, templates: str | os.PathLike[str] | None = None) -> jinja2.Environment:
    """Return the templates of a language; what they print becomes pieces of the narrative being told."""
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    folders = [Path(templates) / lang, Path(templates)] if templates else []
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader([*folders, DATA / "narrative" / lang], encoding="utf-8"),
        undefined=jinja2.StrictUndefined,
        finalize=jinja2.pass_context(_give),
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # pieces are escaped when a sentence becomes HTML
    )
    filters: dict[str, Callable[..., Any]] = {"said": _said, "plural": _plural, "period": _period, "listing": _listing}
    environment.filters |= {name: jinja2.pass_context(function) for name, function in filters.items()}
    return environment
