"""Figures in their articles: the paragraphs around them, each number marked where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ntp_analysis.reports.markup import anchor, shown

Span = tuple[int, int, str]
"""start, end, id of the figure"""
LONG = 1500
"""characters: a longer paragraph (a page without line ends, say) is cut around its figures"""


def passages(text: str, spans: Sequence[Span]) -> list[Markup]:
    """Return the paragraphs of `text` that hold figures, as HTML with the figures marked and named.

    >>> passages("Tin.\\nGiải ngân 5 tỷ.\\nHết.", [(15, 19, "a#1")])
    [Markup('Giải ngân <mark id="f-a-1">5 tỷ</mark>.')]
    """
    found: list[Markup] = []
    ordered = sorted(spans)
    while ordered:
        start, end = _around(text, ordered[0])
        inside = [span for span in ordered if span[0] < end]
        if inside[-1][1] > end:
            end = inside[-1][1]
        found.append(_marked(text, start, end, inside))
        ordered = [span for span in ordered if span[0] >= end]
    return found


def _around(text: str, span: Span) -> tuple[int, int]:
    """The paragraph that a figure stands in."""
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    end = len(text) if end < 0 else end
    if end - start <= LONG:
        return start, end
    return max(start, span[0] - LONG // 2), min(end, span[1] + LONG // 2)


def _marked(text: str, start: int, end: int, spans: Sequence[Span]) -> Markup:
    """The passage with its figures marked; figures that share their words share a mark."""
    parts: list[Markup] = []
    at = start
    for first, last, figure in spans:
        if first < at:
            parts.append(Markup('<span id="{}"></span>').format(anchor(figure)))
            continue
        parts.append(shown(text[at:first]))
        parts.append(Markup('<mark id="{}">{}</mark>').format(anchor(figure), shown(text[first:last])))
        at = last
    parts.append(shown(text[at:end]))
    return Markup("").join(parts)
