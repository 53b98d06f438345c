"""Told by shape, not by site: which lines of a page are the article, its title, lists and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from ntp_analysis.lines import AMOUNT, WHAT_IS_MEASURED, Line, classify, says_unit, shapes
from ntp_analysis.patterns import patterns
from ntp_analysis.text import View

_SAYS = patterns("layout")

_DATED_HEADLINE = re.compile(r"\(\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?[^()]{0,12}\)\s*$")
_CAPTION = re.compile(r"(?:\||ảnh:.{0,40}|ảnh|\(ảnh.*\))\s*$", re.I)


@dataclass(slots=True)
class Layout:
    """The lines of a page, each with its kind."""

    lines: list[Line]
    body: list[Line] = field(default_factory=list)
    titles: list[Line] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    captions: list[Line] = field(default_factory=list)


def layout(v: View) -> Layout:
    """Return the lines of a view, told into article, title, head and tail."""
    lines = classify(v)
    page = Layout(lines, captions=[line for line in lines if line.kind == "caption"])
    lines = [line for line in lines if line.kind != "caption"]
    first = _first_prose(v, lines)
    if first is None:
        told = ("item", "table", "heading")
        begin = next((i for i, line in enumerate(lines) if line.kind in told), 0)
        page.head = lines[:begin]
        page.titles = _titles(v, page.head) or [line for line in lines if line.kind == "short"][:1]
        page.body = [
            line
            for line in lines[begin:]
            if line.kind in told or (line.kind == "short" and AMOUNT.search(v.low, line.start, line.end))
        ]
        return page
    first = _first_told(v, lines, first)
    page.head = lines[:first]
    body, tail = _split_tail(v, lines[first:])
    page.body, page.tail = body, tail
    page.titles = _titles(v, page.head) or _title_below(v, lines[first:])
    page.body = [line for line in page.body if line not in page.titles]
    headlines = {v.low[line.start : line.end] for line in page.titles}
    # again, under a picture
    page.body = [
        line for line in page.body if _SAYS.picture_number.sub("", v.low[line.start : line.end]) not in headlines
    ]
    for line in page.titles:
        line.kind = "title"
    for line in tail:
        line.kind = "tail"
    return page


def _first_told(v: View, lines: list[Line], first: int) -> int:
    """Where the article begins: headings, a table or a list of amounts can stand before the first paragraph."""
    begin = first
    while begin and (lines[begin - 1].kind in ("heading", "table") or _tells_amount(v, lines[begin - 1])):
        begin -= 1
    amounts = sum(1 for line in lines[begin:first] if line.kind == "table" or _tells_amount(v, line))
    if amounts > 1:
        return begin
    while first and lines[first - 1].kind == "heading":
        first -= 1
    return next((i for i in range(max(0, first - _NEAR_LEAD), first) if _is_dashed_lead(v, lines[i])), first)


_SHORTEST_LEAD = 80
_NEAR_LEAD = 3
"""lines: a picture's caption can stand between the lead and the first paragraph"""


def _is_dashed_lead(v: View, line: Line) -> bool:
    """`- Ngày 14/6, đoàn công tác của Sở ... năm 2023.`, above the first paragraph: the lead, whose paper's name is gone."""
    lead = line.kind == "item" and line.end - line.start >= _SHORTEST_LEAD and v.text[line.end - 1] == "."
    if lead:
        line.kind = "prose"
    return lead


def _tells_amount(v: View, line: Line) -> bool:
    return line.kind == "item" and AMOUNT.search(v.low, line.start, line.end) is not None


def _first_prose(v: View, lines: list[Line]) -> int | None:
    for i, line in enumerate(lines):
        if line.kind == "prose" and not v.low.startswith(shapes()["imprint"], line.start):
            headline = _asks(v, line) or (
                _one_sentence(v, line) and lines[i + 1 : i + 2] and lines[i + 1].kind == "meta"
            )
            if headline and not _titles(v, lines[:i]) and any(k.kind == "prose" for k in lines[i + 1 :]):
                continue
            return i
    return None


def _asks(v: View, line: Line) -> bool:
    """A headline that is a question, where none stands before it."""
    return _one_sentence(v, line) and v.text[line.start : line.end].endswith(("?", "!", "...", "…"))


def _one_sentence(v: View, line: Line) -> bool:
    """`Huyện A huy động trên 1.100 tỷ đồng cho xây dựng nông thôn mới.`, above the page's date: a headline with a full stop."""
    return line.end - line.start < 110 and v.text[line.start] != "(" and ". " not in v.text[line.start : line.end]


def _split_tail(v: View, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part the lines from the first prose on into the article's and the rest."""
    body: list[Line] = []
    tail: list[Line] = []
    dropping = False
    for i, line in enumerate(lines):
        if dropping:
            dropping = not (_resumes(v, line) or _behind_a_box(v, lines[:i], line))
        elif _begins_tail(v, line):
            goes_on = i + 1 < len(lines) and lines[i + 1].kind == "prose"  # a box inside the article
            dropping = not goes_on or _SAYS.comments.match(v.low, line.start, line.end) is not None
            tail.append(line)
            continue
        (tail if dropping else body).append(line)
    last = max((i for i, line in enumerate(body) if line.kind in ("prose", "table") or _full_item(v, line)), default=-1)
    spoken = {m.group() for line in body[: last + 1] if (m := _LABEL.match(v.low, line.start, line.end))}
    while 0 <= last < len(body) - 1 and (
        _is_unended_sentence(v, body[last + 1]) or _speaks_again(v, body[last + 1 : last + 3], spoken)
    ):
        last += 1
        body[last].kind = "prose"
    last = _end_of_sections(v, body, _end_of_list(v, body, last))
    tail += body[last + 1 :]
    body = body[: last + 1]
    related = [line for line in body if _is_related(v, line)]
    return [line for line in body if line not in related and line.kind != "meta"], tail + related


def _end_of_list(v: View, body: list[Line], last: int) -> int:
    """Items that a line ending in a colon leads are the article's, though no full stop ends them."""
    for lead in (last, last + 1):
        if 0 <= lead < len(body) and v.text[body[lead].end - 1] == ":":
            end = lead
            while end + 1 < len(body) and (body[end + 1].kind == "item" or _heading_with_amount(v, body[end + 1])):
                end += 1
            if end > lead:
                return end
    return _rest_of_list(v, body, last)


def _end_of_sections(v: View, body: list[Line], last: int) -> int:
    """`GIẢI NGÂN (đến 28/02/2026)` above `• Vốn đầu tư: 12,4%`: sections of an infographic, which no full stop ends."""
    inside = False
    for at, (line, below) in enumerate(pairwise([*body[last + 1 :], *body[-1:]]), last + 1):
        if line.kind not in ("short", "item"):
            break
        numbered = AMOUNT.search(v.low, line.start, line.end) is not None
        heads = WHAT_IS_MEASURED.fullmatch(v.low, line.start, line.end) is not None
        inside = (heads and AMOUNT.search(v.low, below.start, below.end) is not None) or (inside and numbered)
        if inside and numbered:
            last = at
    return last


def _rest_of_list(v: View, body: list[Line], last: int) -> int:
    """`b) Dự án 2: 6.145 triệu đồng (Sở A làm chủ đầu tư)`: the list that a colon leads goes on behind its last item that ends as one."""
    lead = last
    while lead > 0 and (body[lead].kind == "item" or _heading_with_amount(v, body[lead])):
        lead -= 1
    if lead == last or v.text[body[lead].end - 1] != ":":
        return last
    while (
        last + 1 < len(body)
        and not body[last + 1].gap
        and (_tells_amount(v, body[last + 1]) or _heading_with_amount(v, body[last + 1]))
    ):
        last += 1
    return last


def _heading_with_amount(v: View, line: Line) -> bool:
    return line.kind == "heading" and AMOUNT.search(v.low, line.start, line.end) is not None


_LABEL = re.compile(r"(?:[-–*] )?[^:.?!\d]{2,48}: ")


def _speaks_again(v: View, lines: list[Line], spoken: set[str]) -> bool:
    """`Ông Chống: 70%.`, at the end of a talk: one more line of those who spoke, or a question that they answer next."""
    labels = [_LABEL.match(v.low, line.start, line.end) for line in lines]
    asks = v.text[lines[0].end - 1] == "?"
    return v.text[lines[0].end - 1] in ".?!" and any(
        m is not None and m.group() in spoken for m in (labels if asks else labels[:1])
    )


_HEADLINE = re.compile(r"[^:.]{2,40}: |\(")


def _is_unended_sentence(v: View, line: Line) -> bool:
    """A last line about money that lost its full stop; a headline of another story begins `Place: ...`."""
    text, low = v.text[line.start : line.end], v.low[line.start : line.end]
    if line.kind == "short" and text.endswith(".") and AMOUNT.search(low) and not _HEADLINE.match(text):
        return True  # "Huyện A có tỷ lệ cao nhất, 41,6%."
    if line.kind != "short" or len(text) < 45 or _DATED_HEADLINE.search(text) or is_byline(low):
        return False
    return bool(_SAYS.money_words.search(low)) and not _HEADLINE.match(text)


def _full_item(v: View, line: Line) -> bool:
    return line.kind == "item" and _SAYS.full_item.search(v.low[line.start : line.end]) is not None


def _begins_tail(v: View, line: Line) -> bool:
    low = v.low[line.start : line.end].lstrip("- •»*+>")
    if len(low) > 70 and not _SAYS.keywords.match(low):
        return False
    tail = shapes()["tail"]
    return low.startswith(tail) and any(low.startswith(p) and not low[len(p) : len(p) + 1].isalnum() for p in tail)


def _resumes(v: View, line: Line) -> bool:
    """After other stories the article goes on only with a paragraph that no teaser is as long as."""
    text = v.text[line.start : line.end]
    return line.kind == "prose" and len(text) >= 200 and len(re.findall(r"[.!?](?= |$)", text)) >= 2


_IN_A_BOX = 5
_SENTENCE_END = re.compile(r"[.!?] [^\W\d_a-z]")


def _behind_a_box(v: View, above: list[Line], line: Line) -> bool:
    """`Đọc thêm` and a few items of it, inside an article: a paragraph behind them goes on with the article."""
    items = next((n for n, k in enumerate(reversed(above)) if k.kind != "item"), len(above))
    box = 0 < items < min(len(above), _IN_A_BOX) and _begins_tail(v, above[-1 - items])
    if not box or not line.gap or line.kind != "prose" or line.end - line.start < 100 or v.text[line.end - 1] != ".":
        return False
    return items == 1 or (
        AMOUNT.search(v.low, line.start, line.end) is not None
        and _SENTENCE_END.search(v.text, line.start, line.end - 1) is not None
    )


def _is_related(v: View, line: Line) -> bool:
    text = v.text[line.start : line.end]
    return line.kind in ("short", "item") and bool(_DATED_HEADLINE.search(text)) and not re.search(r"[.;]$", text)


def _titles(v: View, head: list[Line]) -> list[Line]:
    """The lines of the head that can be a title: long enough, no date, no menu, no banner."""
    found = []
    for line in head:
        low = v.low[line.start : line.end]
        if line.kind in ("meta", "table") or line.end - line.start < 18 or says_unit(low):
            continue
        if low.startswith(shapes()["others"]) or _SAYS.credit.fullmatch(low):
            continue
        if low.count("|") >= 2 or low.count(" > ") >= 1 or _CAPTION.search(low):
            continue
        if (
            low.startswith(shapes()["publisher"])
            and line.end - line.start < 40
            and v.text[line.start : line.end].isupper()
        ):
            continue
        if any(p in low for p in shapes()["banner"]) and (
            v.text[line.start : line.end].isupper() or line.end - line.start < 40
        ):
            continue
        found.append(line)
    found = [line for line in found if line.kind != "item"] or found
    return found[-2:] if len(found) > 2 else found


def _title_below(v: View, lines: list[Line]) -> list[Line]:
    """A lead, the page's date, then the headline, where none stands above the lead."""
    if [line.kind for line in lines[:3]] != ["prose", "meta", "short"] or not any(
        line.kind == "prose" for line in lines[3:]
    ):
        return []
    title = lines[2]
    return [] if v.text[title.end - 1] in ".:;" else _titles(v, [title])


def is_byline(low: str) -> bool:
    """Tell whether a short line names who wrote or photographed."""
    return len(low) < 60 and low.startswith(shapes()["byline"])
