"""What an article is about as a whole: whether it is about the programmes at all, and about which."""

from __future__ import annotations

import re
from collections import Counter

from ntp_analysis.binding import NAMING
from ntp_analysis.layout import Layout, Line
from ntp_analysis.mentions import SPECIFIC
from ntp_analysis.tables import LexicalOf
from ntp_analysis.text import View

_BY_NAME = re.compile(r"chương trình mục tiêu quốc gia|(?:chương trình|vốn|các ct) ?mtqg|ctmtqg")


def is_relevant(v: View, page: Layout, lexical_of: LexicalOf) -> bool:
    """Tell whether an article speaks of the programmes: of one by its name, or of all."""
    lines = [*page.titles, *page.body] or page.lines
    for line in lines:
        if _BY_NAME.search(v.low, line.start, line.end):
            return True
        for a, _, kind, code in lexical_of(line.start, line.end):
            if kind == "programme" and (code == "ntp" or (code in SPECIFIC and _strong_name(v, a))):
                return True
    return False


def _strong_name(v: View, start: int) -> bool:
    before = v.low[max(0, start - 30) : start + 24]
    return "chương trình" in before or "mtqg" in before or "xây dựng" in before or "vốn" in before or "bền vững" in v.low[start : start + 30]


def main_programme(v: View, page: Layout, lexical_of: LexicalOf) -> str:
    """Return the programme of the whole article: a specific one if it speaks of no other."""
    counts = Counter(code for line in [*page.titles, *page.body] for code in _programmes(v, line, lexical_of))
    most = max(SPECIFIC, key=lambda c: counts[c])
    others = sum(counts[c] for c in SPECIFIC) - counts[most]
    titled = {code for line in [*page.titles, *page.body[:1]] for code in _programmes(v, line, lexical_of)}
    spoken = [c for c in SPECIFIC if counts[c]]
    if len(spoken) == 2 and counts["these"] and not counts["ntp"]:
        return "+".join(sorted(spoken))
    if counts[most] >= 3 and counts[most] >= 3 * others and most in titled and "ntp" not in titled:
        return most
    if not counts[most] or others:
        return "ntp"
    return most if not counts["ntp"] or (most in titled and "ntp" not in titled and counts[most] >= 2 * counts["ntp"]) else "ntp"


def _programmes(v: View, line: Line, lexical_of: LexicalOf) -> list[str]:
    """The programmes that a line names, each name counted once."""
    found = [m for m in lexical_of(line.start, line.end) if m[2] == "programme"]
    return [
        code
        for (_, end, _, code), after in zip(found, [*found[1:], None], strict=False)
        if not (code == "ntp" and after and after[3] in SPECIFIC and NAMING.fullmatch(v.low, end, after[0]))
    ]
