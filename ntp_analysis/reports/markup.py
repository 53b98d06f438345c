"""What goes into a page: text that came from an article, addresses, anchors, file names.

Whatever an article, a file name or a parameter said is data. It is escaped where it is shown, its invisible
control characters are made visible, and only web addresses become links.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from ntp_analysis.gazetteer import gazetteer
from ntp_analysis.text import UNSEEN, unaccented

SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
WEB = ("http", "https")


def visible(text: object) -> str:
    r"""Return `text` with its invisible control characters spelled out.

    >>> visible("a\u202eb")
    'a⟨U+202E⟩b'
    """
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", str(text))


def shown(text: object) -> Markup:
    """Return `text` as HTML that shows it and does nothing.

    >>> shown("<script>")
    Markup('&lt;script&gt;')
    """
    return text if isinstance(text, Markup) else escape(visible(text))


def web_address(url: str) -> str:
    """Return `url` if it is an address on the web, else nothing.

    >>> web_address("https://baohagiang.vn/a"), web_address("javascript:alert(1)")
    ('https://baohagiang.vn/a', '')
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in WEB and parts.netloc and not UNSEEN.search(url) else ""


def slug(name: str) -> str:
    """Return an ASCII file name for `name`, its own for every name.

    A name that is no province's gets a few digits of its hash, so that no two names share a file.

    >>> slug("Thừa Thiên Huế"), slug("Bà Rịa - Vũng Tàu")
    ('thua-thien-hue', 'ba-ria-vung-tau')
    >>> slug("../x"), slug("Ha Giang")
    ('x-d6b96a97', 'ha-giang-bfd1c69b')
    """
    words = re.sub(r"[^a-z0-9]+", "-", unaccented(name)).strip("-")
    if any(unit.name == name for unit in gazetteer().find_any_day(name, "province")):
        return words
    return f"{words or 'x'}-{_digest(name)}"


def anchor(figure: str) -> str:
    """Return the id that a page gives to the quote of a figure.

    >>> anchor("000_ba1e3139a6b3e686#3")
    'f-000_ba1e3139a6b3e686-3'
    """
    article, _, number = figure.rpartition("#")
    return f"f-{article_anchor(article)}-{number}"


def article_anchor(article: str) -> str:
    """Return the part of an id that stands for an article, its own for every article."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,80}", article):
        return article
    return f"{slug(article)}-{_digest(article)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def link(text: object, address: str) -> Markup:
    """Return `text` as a link to a quote.

    >>> link("40.7%", "#f-a-3")
    Markup('<a class="figure" href="#f-a-3">40.7%</a>')
    """
    return Markup('<a class="figure" href="{}">{}</a>').format(address, shown(text))


def marked(quote: str, number: str) -> Markup:
    """Return a quote with its number marked, where the number stands in it as one.

    >>> marked("đạt 40,7%", "40,7%")
    Markup('đạt <mark>40,7%</mark>')
    """
    if not number:
        return shown(quote)
    found = re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d)", quote)
    if not found:
        return shown(quote)
    before, after = quote[: found.start()], quote[found.end() :]
    return Markup("{}<mark>{}</mark>{}").format(shown(before), shown(number), shown(after))
