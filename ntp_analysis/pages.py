"""Saved web pages to articles: the text of the story, its tables as lines, and what the meta data says.

The text is the page's text: every offset in every table counts its characters. It is made of

- the title, unless the story begins with it;
- the story, one paragraph a line, an empty line between blocks; items of lists begin with "- " or "1. ", tables are
  lines of cells parted by tabs (see `pagetables`). Menus, related stories, comments and scripts are left out as far
  as their shape tells;
- at the end what the page's head and foot say of its publisher ("Cổng thông tin điện tử tỉnh Hà Giang"), which may be
  the only place that names the province.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Any

from ntp_analysis import pagemeta
from ntp_analysis.fulldays import names_full_day
from ntp_analysis.model import Article
from ntp_analysis.pagetables import MARK, mark_tables
from ntp_analysis.patterns import patterns

_SAYS = patterns("pages")

_EXTRACT = {
    "main_content": True,
    "alt_texts": False,
    "noscript": False,
    "comments": False,
    "form_fields": False,
}
_SHORT = 300
"""characters of a story below which the whole page is looked at again"""

# Boxes of other stories, by what Vietnamese sites call them, with or without hyphens.
_OTHER_STORIES = (
    *("lien-quan", "lienquan", "lien_quan", "related", "tin-khac", "tinkhac", "bai-khac", "baikhac"),
    *("doc-nhieu", "docnhieu", "xem-nhieu", "xemnhieu", "tin-moi", "tinmoi", "binh-luan", "binhluan"),
    *("other-news", "news-other", "othernews", "breadcrumb"),
)
_FRAME = [
    "nav",
    "header nav",
    "aside",
    "footer",
    "[id*='footer' i]",
    "[class*='footer' i]",
    "[class*='menu' i]",
]

_SHORTEST_HEADLINE = 25
_MOST_HEADINGS, _LEVELS_UP = 12, 4
_LONGEST_DATED, _SHORTEST_LEAD, _LONGEST_LEAD = 90, 40, 800
_NO_LEAD = frozenset("script style nav ul ol table figure aside form button footer".split())
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', ")", "%")
_LINK = re.compile(r"<a\b[^>]*>(.{25,600}?)</a\s*>", re.I | re.S)
_MANY_LINKS, _CLOSE = 30, 120
_BARE_BULLET = re.compile(r"(?:^|\n)(?:-|\d+\.)$")
_BULLET_LINE = re.compile(r"^(-|\d+\.)\n", re.M)

# Elements that may lie in each other: 500 levels are no page's, and take a parser quadratic time.
_NESTING = re.compile(
    rb"<(/?)(?:div|span|section|article|main|font|[biusaq]|em|strong|big|small|code|tt|nobr|table|tbody|tr|td|ul|ol|dl"
    rb"|li|dd|blockquote|center|form|fieldset|figure|pre|h[1-6]|ins|del|sub|sup|button|object|svg|g|math|mrow)\b"
)
_DEEPEST = 500
_LONGEST = 20_000_000
_SILENT = re.compile(r"<(script|style|template|noscript|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
_INLINE = frozenset("a abbr b big code del em font i ins mark nobr q s small span strong sub sup u tt wbr".split())


def read_page(html: str, id: str, origin: str = "", url: str = "") -> Article:
    """Return the article that a web page holds, under the given id.

    >>> page = "<title>Vốn | Báo A</title><article><p>Đạt 40,7%.</p></article><footer>Báo A, tỉnh B</footer>"
    >>> print(read_page(page, id="a").text)
    Vốn
    <BLANKLINE>
    Đạt 40,7%.
    <BLANKLINE>
    Báo A, tỉnh B
    """
    from resiliparse.parse.html import HTMLTree

    html = html[:_LONGEST].replace(MARK, "").replace("\0", "")
    low = html.encode("utf-8", "replace").lower()  # faster to search than text; what it lacks, the page lacks
    if _depth(low) > _DEEPEST:
        return Article(id=id, text=_tagless(html), origin=origin, url=url)
    tree = HTMLTree.parse(html)
    meta = pagemeta.read(tree, html, low)
    _drop_code(tree)
    above = _above_story(tree, meta.title)
    blocks = story(tree, _headlines(html), low)
    blocks = [*_left_out(above, blocks), *blocks]
    if meta.title and not _has_title(blocks, meta.title):
        blocks.insert(0, meta.title)
    said = "\n".join(blocks)
    blocks += ["\n".join(line for line in meta.publisher if line not in said)]
    text = "\n\n".join(block for block in blocks if block)
    return Article(id=id, text=text, url=url or meta.url, title=meta.title, published=meta.published, origin=origin)


def _above_story(tree: Any, title: str) -> list[str]:
    """Return what stands behind the heading, up to the first long block or box of paragraphs: the day, the lead.

    Extractors that find the story by its box leave out what stands above the box.
    """
    headings = tree.body.query_selector_all("h1, h2, h3")[:_MOST_HEADINGS] if tree.body is not None else []
    node: Any = next((h for h in headings if (text := _one_line(h.text)) and (h.tag == "h1" or text in title)), None)
    lines: list[str] = []
    for _ in range(_LEVELS_UP):
        if node is None or node.tag in ("body", "html"):
            break
        beside = node.next_element_sibling
        while beside is not None:
            if len(lines) > _MOST_HEADINGS or len(beside.get_elements_by_tag_name("p")) > 1:
                return lines
            text = _one_line(beside.text) if beside.tag not in _NO_LEAD else ""
            if len(text) > _LONGEST_LEAD:
                return lines
            lines += [text] if text else []
            beside = beside.next_element_sibling
        node = node.parent
    return lines


def _left_out(above: list[str], blocks: list[str]) -> list[str]:
    """Return the lead and the line with a day that stand above the story and are not in it; what comes behind its beginning is none."""
    if not above:
        return []
    said = "".join(" ".join(blocks).split())
    there = ["".join(line.split()) in said for line in above]
    begin = next((n for n, line in enumerate(above) if len(line) >= _SHORTEST_LEAD and there[n]), len(above))
    dated = any(
        len(line) < _LONGEST_DATED and names_full_day(line.lower())
        for block in blocks[:6]
        for line in block.split("\n")
    )
    return [
        line
        for line, known in zip(above[:begin], there, strict=False)
        if not known
        and (
            (len(line) < _LONGEST_DATED and not dated and names_full_day(line.lower()))
            or (len(line) >= _SHORTEST_LEAD and line.endswith(_SENTENCE_ENDS))
        )
    ]


def story(tree: Any, headlines: set[str], low: bytes) -> list[str]:
    """Return the blocks of the story of a parsed page, which is changed on the way; `low` is the page in lower case.

    What is left out: lines that are one of the `headlines`, boxes of other stories.
    """
    from resiliparse.extract.html2text import extract_plain_text

    if tree.body is None:
        return []
    if b"<table" in low:
        mark_tables(tree)
    _keep_lists(tree)
    if b"<time" in low:
        _keep_times(tree)
    text = extract_plain_text(tree, skip_elements=_boxes(low), **_EXTRACT)
    if len(text) < _SHORT:
        whole = extract_plain_text(tree, **{**_EXTRACT, "main_content": False}, skip_elements=_FRAME)
        text = whole if len(whole) > 2 * len(text) else text
    return _blocks(text, headlines)


def _boxes(low: bytes) -> list[str]:
    """Return the selector of boxes of other stories; of the words that the page has, for each costs time."""
    found = _matcher().find_matches_as_indexes(low)
    words = sorted({_OTHER_STORIES[word] for word, _, _ in found})
    return [", ".join(f"[class*='{word}' i], [id*='{word}' i]" for word in words)] if words else []


@cache
def _matcher() -> Any:
    from ahocorasick_rs import BytesAhoCorasick, MatchKind

    # leftmost-first is what the matcher vectorises; two words that overlap stand in one attribute
    return BytesAhoCorasick([word.encode() for word in _OTHER_STORIES], matchkind=MatchKind.LeftmostFirst)


def _keep_lists(tree: Any) -> None:
    """Turn lists that are not made of links into lines: the extractor takes many a short list for a menu."""
    for items in tree.body.query_selector_all("ul, ol")[:]:
        if _is_menu(items):
            _drop_heading(items)
            continue
        numbered = items.tag == "ol"
        block = tree.create_element("div")
        for number, item in enumerate((child for child in _children(items) if child.tag == "li"), 1):
            line = tree.create_element("div")
            line.append_child(tree.create_text_node(f"{number}. " if numbered else "- "))
            _move_children(item, line)
            block.append_child(line)
        items.parent.replace_child(block, items)


def _headlines(html: str) -> set[str]:
    """Return the texts of links that are long enough to be the title of another story."""
    texts = (_one_line(unescape(_TAG.sub("", link))) for link in set(_LINK.findall(html)))
    return {text for text in texts if len(text) >= _SHORTEST_HEADLINE}


def _is_menu(items: Any) -> bool:
    """Whether more than half of a list's text is links; of a long one, whether its links stand close."""
    links = items.get_elements_by_tag_name("a")
    if len(links) > _MANY_LINKS:
        return len(items.text) < _CLOSE * len(links)
    return 2 * sum(len(link.text) for link in links[:]) > len(items.text)


def _drop_heading(items: Any) -> None:
    """Take away "Tin liên quan" before a list of links, which the extractor leaves out."""
    heading = items.previous_element_sibling
    if heading is not None and _SAYS.leads_to_others.fullmatch(_one_line(heading.text)):
        heading.decompose()


def _keep_times(tree: Any) -> None:
    """Turn <time> into <span>: the extractor drops the day that the page shows."""
    for time in tree.body.get_elements_by_tag_name("time")[:]:
        span = tree.create_element("span")
        _move_children(time, span)
        time.parent.replace_child(span, time)


def _drop_code(tree: Any) -> None:
    """Take away scripts and styles: a parser counts them as their box's text. In an SVG they may lie in each other."""
    if tree.body is not None:
        for code in reversed(tree.body.query_selector_all("script, style")[:]):
            code.decompose()


def _move_children(one: Any, other: Any) -> None:
    for child in _children(one):
        other.append_child(child)


def _children(node: Any) -> list[Any]:
    children, child = [], node.first_child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _blocks(text: str, links: set[str]) -> list[str]:
    """Return the blocks of extracted text without lines that are nothing but a link to another story."""
    blocks: list[str] = []
    block: list[str] = []
    for raw in [*text.split("\n"), ""]:
        if raw.startswith(MARK):
            block.append(raw.strip(MARK))
            continue
        line = _one_line(raw)
        if not line:
            blocks += ["\n".join(block)] if block else []
            block = []
        elif line.lstrip("-•*– ") in links:
            if not block and blocks and _SAYS.leads_to_others.fullmatch(blocks[-1]):
                blocks.pop()
        else:
            block.append(line)
    return _with_bullets(blocks)


def _with_bullets(blocks: list[str]) -> list[str]:
    """Join a bullet that stands alone with the paragraph that it belongs to."""
    joined: list[str] = []
    for block in blocks:
        if joined and joined[-1].endswith(("-", ".")) and _BARE_BULLET.search(joined[-1][-8:]):
            joined[-1] += " " + block
        else:
            joined.append(_BULLET_LINE.sub(r"\1 ", block) if "\n" in block else block)
    return joined


def _has_title(blocks: list[str], title: str) -> bool:
    wanted = _one_line(title).casefold()
    begun = [block.casefold() for block in blocks[:6]]
    return wanted in begun or (len(wanted) >= _SHORTEST_HEADLINE and any(wanted in block for block in begun))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _depth(low: bytes) -> int:
    """Return how deep a page nests, or some number that is not too deep."""
    if low.count(b"<") - low.count(b"</") <= _DEEPEST:
        return 0
    deepest = depth = 0
    for closing in _NESTING.findall(low):
        depth += -1 if closing else 1
        if depth > deepest:
            deepest = depth
        elif depth < 0:
            depth = 0
    return deepest


def _tagless(html: str) -> str:
    """Return the text of a page that no parser should be given: tags out, blocks on lines of their own."""

    def gap(tag: re.Match[str]) -> str:
        return "" if tag[2].lower() in _INLINE else "\n"

    text = unescape(_TAG.sub(gap, _SILENT.sub("\n", html)))
    return "\n".join(line for line in map(_one_line, text.split("\n")) if line)
