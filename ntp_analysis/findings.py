"""A finding of the audit, and how it is put into words in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ntp_analysis import formats
from ntp_analysis.labels import LANGUAGES, label, place_name

SEVERITIES = ("error", "warning", "note")
DECIMALS = 3
"""of billions in messages: sums that differ must not look the same"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: the figures involved (rows of `figures`), the first being the one that is
    doubted."""

    check: str
    figures: Sequence[Any]
    stated: float
    expected: float
    unit: str
    terms: Mapping[str, str]
    """language -> the words for what `expected` comes from"""
    severity: str = ""


@cache
def declared() -> Mapping[str, Mapping[str, str]]:
    """Return the checks that ``data/checks.toml`` declares: severity, titles, messages, what each is about.

    >>> declared()["rate"]["severity"]
    'error'
    """
    return tomllib.loads(files("ntp_analysis").joinpath("data/checks.toml").read_text(encoding="utf-8"))


def row(finding: Finding) -> dict[str, Any]:
    """Return the finding as a row of `checks`."""
    first = finding.figures[0]
    known = declared()[finding.check]
    cells = {name: getattr(first, name) for name in _SHARED}
    messages = {f"message_{lang}": message(finding, lang) for lang in LANGUAGES}
    return (
        cells
        | messages
        | {
            "check": finding.check,
            "severity": finding.severity or known["severity"],
            "article": ";".join(dict.fromkeys(figure.article for figure in finding.figures)),
            "figures": ";".join(dict.fromkeys(figure.figure for figure in finding.figures)),
            "stated": finding.stated,
            "expected": finding.expected,
            "unit": finding.unit,
        }
    )


_SHARED = ("place", "province", "programme", "component", "capital", "period", "as_of")


def message(finding: Finding, lang: str) -> str:
    """Return the finding as a sentence."""
    first = finding.figures[0]
    return declared()[finding.check][f"message_{lang}"].format(
        subject=subject(first, lang),
        stated=amount(finding.stated, finding.unit, lang, first.bound),
        expected=amount(finding.expected, finding.unit, lang),
        terms=finding.terms[lang],
        place=_place(first, lang),
        article=first.article,
    )


def _place(figure: Any, lang: str) -> str:
    return place_name(figure.place, figure.level, lang) or label("place", "unknown", lang)


def subject(figure: Any, lang: str) -> str:
    """Return what a figure is about: place, programme, component, capital, period and day."""
    parts = [_place(figure, lang), label("programme", figure.programme, lang)]
    if figure.component:
        parts.append(label("component", figure.component, lang))
    if figure.capital != "total":
        parts.append(label("capital", figure.capital, lang, long=True))
    if figure.source:
        parts.append(label("source", figure.source, lang, long=True))
    if figure.period:
        parts.append(formats.period(figure.period, lang))
    if figure.as_of == figure.as_of:
        parts.append(formats.day(figure.as_of, lang))
    return ", ".join(parts)


def amount(value: float, unit: str, lang: str, bound: str = "exact") -> str:
    """Return a number of the tables in the language's habit.

    >>> amount(38_111_000_000, "VND", "vi"), amount(41.107, "percent", "en")
    ('38,111 tỷ đồng', '41.1%')
    """
    if unit == "percent":
        return formats.percent(value, lang, bound, decimals=_decimals(value))
    return formats.money(value, lang, bound, decimals=DECIMALS)


def _decimals(value: float) -> int:
    """Two decimals only where the number itself is written with two."""
    return 2 if round(value, 2) == value and round(value, 1) != value else 1


def both(template: Mapping[str, str], *values: tuple[float, str, str]) -> dict[str, str]:
    """Return `template` filled with numbers (value, unit, bound) in each language.

    >>> both({"en": "{} of {}", "vi": "{} trên {}"}, (1e9, "VND", "exact"), (2e9, "VND", "over"))["en"]
    'VND 1 billion of more than VND 2 billion'
    """
    return {
        lang: template[lang].format(*(amount(value, unit, lang, bound) for value, unit, bound in values))
        for lang in LANGUAGES
    }


def listed(figures: Sequence[Any]) -> dict[str, str]:
    """Return the numbers of figures as a list in each language."""
    return {
        lang: formats.listing([amount(f.value, f.unit, lang, f.bound) for f in figures], lang) for lang in LANGUAGES
    }
