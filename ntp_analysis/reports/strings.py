"""The words of the pages, from `data/site/strings.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from ntp_analysis.errors import UnknownName
from ntp_analysis.labels import DATA, check_language

SITE = DATA / "site"


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((SITE / "strings.toml").read_text(encoding="utf-8"))


def words(page: str, lang: str = "en") -> dict[str, str]:
    """Return the words of one kind of page, with those that all pages share beneath them.

    >>> words("index")["search"], words("page", "vi")["given"]
    ('Find a place', 'được giao')
    """
    check_language(lang)
    texts = _texts()
    if page not in texts:
        raise UnknownName("page in strings.toml", page, texts)
    return {**texts["page"][lang], **texts[page][lang]}


def cells(notebook: str, lang: str) -> dict[str, str]:
    """Return the markdown cells of a notebook in `lang`, by cell id; English is in the notebook itself.

    >>> cells("province", "vi")["short"]
    '## Tóm tắt'
    """
    check_language(lang)
    return _texts()["cells"].get(lang, {}).get(notebook, {})
