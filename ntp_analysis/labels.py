"""What the reports call things: codes and page words in Vietnamese and English.

The names are data (`data/labels.toml`, and `data/charts.toml` for what charts say), so that a researcher can
change a word without touching code.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from ntp_analysis.errors import UnknownName
from ntp_analysis.patterns import patterns

_SAYS = patterns("labels")

LANGUAGES = ("en", "vi")
DATA = Path(__file__).parent / "data"


@cache
def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def check_language(lang: str) -> str:
    """Return `lang` if it is one of `LANGUAGES`, else raise UnknownName.

    >>> check_language("vi")
    'vi'
    """
    if lang not in LANGUAGES:
        raise UnknownName("language", lang, LANGUAGES)
    return lang


def label(kind: str, code: str, lang: str = "en", *, long: bool = False) -> str:
    """Return the name of a code of GUIDELINES: `kind` is the column, `code` its value.

    Programmes joined by `+` are joined by "and"; a component is spelled out. An empty code has an empty name,
    and a code that the file does not have is shown as it is, so that no figure is hidden for want of a name.

    >>> label("programme", "sedema+spr", "vi")
    'Dân tộc thiểu số và Giảm nghèo'
    >>> label("component", "DA4.TDA1", "en", long=True)
    'Sub-project 1 of Project 4'
    """
    check_language(lang)
    if kind == "component" and (found := _SAYS.component.fullmatch(code)):
        entry = "subproject" if found["m"] else "project"
        return label(kind, entry, lang, long=long).format(**found.groupdict())
    if kind == "programme" and "+" in code:
        names = [label(kind, part, lang, long=long) for part in code.split("+")]
        return f" {label('join', 'and', lang)} ".join(names)
    names_of = _load("labels.toml").get(kind)
    if names_of is None:
        raise UnknownName("kind of label", kind, _load("labels.toml"))
    entry_of = names_of.get(code)
    return entry_of[lang]["long" if long else "short"] if entry_of else code


def codes(kind: str) -> list[str]:
    """Return the codes of a column that have names.

    >>> codes("capital")
    ['investment', 'recurrent', 'total']
    """
    return list(_load("labels.toml")[kind])


def place_name(place: str, level: str, lang: str = "en") -> str:
    """Return what a place is called on a page: its own name, the country's in the language.

    >>> place_name("Việt Nam", "country"), place_name("Hà Giang", "province")
    ('Viet Nam', 'Hà Giang')
    """
    return label("country", "name", lang) if level == "country" else place


def words(chart: str, lang: str = "en") -> dict[str, str]:
    """Return the wording of one chart (`data/charts.toml`), with what all charts share beneath it.

    >>> words("pace", "en")["calendar"]
    'as fast as the calendar'
    """
    check_language(lang)
    texts = _load("charts.toml")
    if chart not in texts:
        raise UnknownName("chart in charts.toml", chart, texts)
    return {**texts["shared"][lang], **texts[chart][lang]}


def fields(text: str) -> set[str]:
    """Return the names in braces of a wording.

    >>> sorted(fields("{n} of {all}"))
    ['all', 'n']
    """
    return {name for _, name, _, _ in Formatter().parse(text) if name}
