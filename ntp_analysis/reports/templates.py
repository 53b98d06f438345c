"""One Jinja environment for all pages: everything is escaped, nothing invisible gets through."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ntp_analysis.reports.markup import anchor, article_anchor, visible, web_address
from ntp_analysis.reports.strings import SITE


def _finalize(value: Any) -> Any:
    """What every `{{ value }}` goes through before it is escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def environment() -> Environment:
    """Return the environment, its templates in `data/site/templates`."""
    made = Environment(
        loader=FileSystemLoader(SITE / "templates"),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(anchor=anchor, article_anchor=article_anchor, web_address=web_address)
    return made


def fill(name: str, **context: Any) -> Markup:
    """Return the template `name` filled in."""
    return Markup(environment().get_template(name).render(**context))
