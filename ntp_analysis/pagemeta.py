"""What a web page says of itself: title, day of publication, address, publisher.

The day comes from the strongest evidence that is there: meta elements, JSON-LD, a marked-up time, the address. Days
in running text are not looked at here: a foot's day is that of the licence, a head's the day the page was saved, and
the dateline of the story is read with the story.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from ntp_analysis.fulldays import full_days
from ntp_analysis.patterns import patterns

_SAYS = patterns("pagemeta")

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate"),
    *(
        "publishdate",
        "publish_date",
        "publish-date",
        "published_time",
        "dc.date.issued",
        "dc.date.created",
        "dc.date",
    ),
    *("dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date", "date"),
)
_HANOI = timezone(timedelta(hours=7))
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})")
_VIETNAMESE = re.compile(r"(?:.*?\D)?(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_IN_ADDRESS = re.compile(r"/(20\d\d)/(\d\d)/(\d\d)(?=/)|[-/](20\d\d)(0[1-9]|1[0-2])([0-3]\d)\d{0,10}(?=\.\w|/|$)")
_EARLIEST = date(1995, 1, 1)

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->")
_FOOT = "footer, [id*='footer' i], [class*='footer' i], [class*='copyright' i], [class*='chan-trang' i]"
_MOST_LINES = 6
_LONGEST_LINE = 200
_LONGEST_FOOT = 20_000


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page's meta data and its foot say; empty or None where they say nothing."""

    title: str
    published: date | None
    url: str
    publisher: list[str]


def read(tree: Any, html: str, low: bytes) -> Meta:
    """Return what a parsed page, made of `html`, says of itself; `low` is that in lower case."""
    named = _named(tree)
    whole = _clean(tree.title or "")
    heading = tree.body.query_selector("h1") if tree.body is not None else None
    title = named.get("og:title") or (_clean(heading.text) if heading is not None else "") or whole
    title, site = _without_site(title, named.get("og:site_name", ""))
    address = _address(tree, html, low, named)
    return Meta(
        title=title,
        published=_published(tree, low, named, address),
        url=address,
        publisher=_publisher(tree, low, [site, named.get("og:site_name", ""), _without_site(whole, "")[1]]),
    )


def day(text: str) -> date | None:
    """Return the day that meta data gives, on Hanoi's calendar; None if there is none or it cannot be.

    >>> day("2023-10-19T18:30:00Z"), day("Thứ Tư, 14/01/2026 10:30"), day("31/2/2023")
    (datetime.date(2023, 10, 20), datetime.date(2026, 1, 14), None)
    >>> day("5 Tháng Chín, 2023"), day("Tue, 05 Sep 2023 08:22:00 +0700")
    (datetime.date(2023, 9, 5), datetime.date(2023, 9, 5))
    """
    text = text.strip()[:60]
    try:
        moment = datetime.fromisoformat(text)
        found: date | None = (moment.astimezone(_HANOI) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        found = _written(text)
    if found is None or not _EARLIEST <= found <= datetime.now(_HANOI).date() + timedelta(days=1):
        return None
    return found


def _written(text: str) -> date | None:
    iso, written = _ISO.match(text), _VIETNAMESE.match(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
        return next((found for _, found in full_days(text.lower())), None)
    except ValueError:
        return None


def _named(tree: Any) -> dict[str, str]:
    """Meta elements by name, property or itemprop, lower case; the first of a name holds."""
    found: dict[str, str] = {}
    for element in tree.document.get_elements_by_tag_name("meta")[:]:
        name = element.getattr("property") or element.getattr("name") or element.getattr("itemprop")
        content = _clean(element.getattr("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _without_site(title: str, site: str) -> tuple[str, str]:
    """Part a title from the site's name behind it.

    >>> _without_site("Giải ngân vốn đạt 69% | Báo Thái Nguyên", "")
    ('Giải ngân vốn đạt 69%', 'Báo Thái Nguyên')
    """
    for bar in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(bar)
        if found and head and len(tail) < 60 and (tail.strip() == site or bar == " | " or _SAYS.publisher.match(tail)):
            return head.strip(), tail.strip()
    return title, ""


def _published(tree: Any, low: bytes, named: dict[str, str], address: str) -> date | None:
    for name in _PUBLISHED:
        if name in named and (found := day(named[name])):
            return found
    for script in _select(tree, "script[type='application/ld+json']", low, b"ld+json"):
        found = _json_day(script.text)
        if found:
            return found
    for element in _select(tree, "[itemprop='datePublished'], time[datetime]", low, b"datepublished", b"<time")[:3]:
        found = day(element.getattr("datetime") or element.getattr("content") or element.text)
        if found:
            return found
    return _day_of(address)


def _day_of(address: str) -> date | None:
    """Return the day in a web address.

    >>> _day_of("https://bao.vn/2023/08/31/von.html"), _day_of("https://bao.vn/von-20230831104512.htm")
    (datetime.date(2023, 8, 31), datetime.date(2023, 8, 31))
    """
    found = _IN_ADDRESS.search(address)
    return day("-".join(part for part in found.groups() if part)) if found else None


def _json_day(text: str) -> date | None:
    if "datePublished" not in text:
        return None
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        found = re.search(r'"datePublished"\s*:\s*"([^"]{8,60})"', text)
        return day(found[1]) if found else None
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found_day = day(str(value.get("datePublished", "")))
            if found_day:
                return found_day
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return None


def _select(tree: Any, selector: str, low: bytes, *words: bytes) -> Any:
    """Return the elements that a selector selects; looked for only where the page has one of the words in it."""
    return tree.document.query_selector_all(selector)[:] if any(word in low for word in words) else []


def _address(tree: Any, html: str, low: bytes, named: dict[str, str]) -> str:
    link = next(iter(_select(tree, "link[rel='canonical']", low, b"canonical")), None)
    saved = _SAVED_FROM.search(html[:5000])
    for address in (
        link.getattr("href") if link is not None else "",
        named.get("og:url"),
        saved[1] if saved else "",
    ):
        if address and address.startswith(("http://", "https://")) and len(address) < 2000:
            return address
    return ""


def _publisher(tree: Any, low: bytes, lines: list[str]) -> list[str]:
    """Lines of the page's foot, and names of the site, that say who publishes it."""
    feet = _select(tree, _FOOT, low, b"footer", b"copyright", b"chan-trang") if tree.body is not None else []
    for foot in feet[:10]:
        lines += foot.inner_text[:_LONGEST_FOOT].split("\n")
    kept: list[str] = []
    for line in lines:
        for part in re.split(r"(?<=[^\W\d])\.\s|;|\|", line):
            part = _clean(part)
            if part in kept or len(part) > _LONGEST_LINE or _SAYS.no_publisher.search(part):
                continue
            if _SAYS.publisher.search(part) or ".gov.vn" in part:
                kept.append(part)
    return [part for part in kept if not any(part in other and part != other for other in kept)][:_MOST_LINES]


def _clean(text: str) -> str:
    return " ".join(text.split())
