"""What an article is about as a whole: whether it is about the programmes at all, and about which."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import takewhile

from ntp_analysis.clues import STANDARD
from ntp_analysis.columns import LexicalOf
from ntp_analysis.layout import Layout
from ntp_analysis.lines import AMOUNT, Line
from ntp_analysis.mentions import SPECIFIC, components, defined_projects
from ntp_analysis.naming import NAMING
from ntp_analysis.patterns import patterns
from ntp_analysis.text import View, sentences

_SAYS = patterns("subject")


def is_relevant(v: View, page: Layout, lexical_of: LexicalOf) -> bool:
    """Tell whether an article speaks of the programmes: of one by its name, or of all."""
    lines = [*page.titles, *page.body, *page.captions] or page.lines
    for line in lines:
        if _SAYS.by_name.search(v.low, line.start, line.end):
            return True
        for a, _, kind, code in lexical_of(line.start, line.end):
            if kind == "programme" and (code == "ntp" or (code in SPECIFIC and _strong_name(v, a))):
                return True
        if _funds_communes(v, line):
            return True
    return False


def _funds_communes(v: View, line: Line) -> bool:
    """`Tỉnh phân bổ 18 tỷ đồng cho các xã đạt chuẩn NTM`, `21 công trình nông thôn mới. Giải ngân gần 14 tỷ đồng`: money for its communes and works is the programme's."""
    if (
        STANDARD.search(v.low, line.start, line.end) is None
        or _SAYS.sum_given.search(v.low, line.start, line.end) is None
    ):
        return False
    if _SAYS.works.search(v.low, line.start, line.end) or _SAYS.shares_out.search(v.low, line.start, line.end):
        return True
    return any(
        STANDARD.search(v.low, a, b) and _SAYS.sum_given.search(v.low, a, b)
        for a, b in sentences(v, line.start, line.end)
    )


def about_investment(v: View, page: Layout, lexical_of: LexicalOf) -> tuple[bool, bool]:
    """Tell whether an article that is not about the programmes tells of public investment at all, and whether it is about it as a whole."""
    told = [
        any(m[2] == "programme" and m[3] == "other" for m in lexical_of(line.start, line.end))
        for line in [*page.titles, *page.body[:1], *page.body]
    ]
    return any(told), any(told[: len(page.titles) + 1])


_NUMBERED = re.compile(r"[^.;:,]{0,24}?\b(?:1\.?719|30a|135|263)\b")
"""`vốn 1719`: a programme by the number of its decision alone"""


def of_the_whole(v: View, start: int) -> bool:
    """Tell whether a number of public investment is a place's as a whole: not a road's, a ministry's, a project board's."""
    begin = max(v.text.rfind(sign, 0, start) for sign in (". ", "; ", ": ", "\n")) + 1
    return _SAYS.of_a_part.search(v.low, begin, start) is None


def _strong_name(v: View, start: int) -> bool:
    if _NUMBERED.match(v.low, start):
        return True
    if _SAYS.planned.search(v.low, max(0, start - 70), start + 40):
        return True
    before = v.low[max(0, start - 30) : start + 24]
    return _SAYS.beside_a_name.search(before) is not None or "bền vững" in v.low[start : start + 30]


def main_programme(v: View, page: Layout, lexical_of: LexicalOf) -> str:
    """Return the programme of the whole article: a specific one if it speaks of no other."""
    counts = Counter(code for line in [*page.titles, *page.body] for code in _programmes(v, line, lexical_of))
    if _names_investment_alone(v, page, lexical_of):
        return "other"
    titled = {code for line in [*page.titles, *page.body[:1]] for code in _programmes(v, line, lexical_of)}
    most = max(SPECIFIC, key=lambda c: (counts[c], c in titled))
    told = Counter(code for line in page.body for code in _programmes(v, line, lexical_of))
    lead = {code for line in page.body[:1] for code in _programmes(v, line, lexical_of)}
    tells = any(_SAYS.amount.search(v.low, line.start, line.end) for line in page.titles)
    if lead == {most} and not tells and not told["ntp"] and not any(told[c] for c in SPECIFIC if c != most):
        return most  # a title of all above a text of one
    others = sum(counts[c] for c in SPECIFIC) - counts[most]
    spoken = [c for c in SPECIFIC if counts[c]]
    if _of_new_rural(v, page, counts) and not titled & {"ntp", "spr", "sedema"}:
        return "nrd"
    if (
        len(spoken) == 2
        and _as_two(v, page, lexical_of)
        and counts["ntp"] < 2
        and not any(_SAYS.all_three.search(v.low, line.start, line.end) for line in [*page.titles, *page.body[:1]])
    ):
        return "+".join(sorted(spoken))
    if counts[most] >= 3 and counts[most] >= 3 * others and most in titled and "ntp" not in titled:
        return most
    if titled == {most} and not counts["ntp"] and counts[most] >= others:
        return most  # the title is of one alone, and none of all
    if not counts[most] or others:
        return "ntp"
    if not _of_several(v, page, lexical_of):
        return most
    if counts[most] >= 3 and counts[most] >= 3 * counts["ntp"] and "ntp" not in titled:
        return most
    if most in titled and not counts["these"] and _named_loosely(v, page, lexical_of):
        return most
    return (
        most
        if not counts["ntp"] or (most in titled and "ntp" not in titled and counts[most] >= 2 * counts["ntp"])
        else "ntp"
    )


def _as_two(v: View, page: Layout, lexical_of: LexicalOf) -> bool:
    """`Cả hai chương trình ...`, and not `riêng 2 chương trình A và B đều trên 80%`, beside what all of them reached."""
    return any(
        m[2:4] == ("programme", "these") and not v.low.endswith("riêng ", 0, m[0])
        for line in [*page.titles, *page.body]
        for m in lexical_of(line.start, line.end)
    )


def _names_investment_alone(v: View, page: Layout, lexical_of: LexicalOf) -> bool:
    """`Khơi thông vốn đầu tư công`: the title and the lead are of public investment at large, which the programmes are a part of."""
    titled = [set(_programmes(v, line, lexical_of)) for line in page.titles]
    lead = {code for line in page.body[:1] for code in _programmes(v, line, lexical_of)}
    named = set().union(*titled)
    return (named == {"other"} and lead <= {"other", "ntp"}) or (bool(titled) and not named and lead == {"other"})


def _of_several(v: View, page: Layout, lexical_of: LexicalOf) -> bool:
    """Whether "programmes" are ever counted, or one is named with no other word: "Chương trình mục tiêu quốc gia" behind one's name is that one."""
    found = [
        m
        for line in [*page.titles, *page.body, *page.captions]
        for m in lexical_of(line.start, line.end)
        if m[2] == "programme" and m[3] in ("ntp", "these")
    ]
    titled = any(line.start <= m[0] < line.end for line in page.titles for m in found)
    return titled or any(m[3] == "these" or not _SAYS.one_programme.match(v.low, m[0]) for m in found)


def _named_loosely(v: View, page: Layout, lexical_of: LexicalOf) -> bool:
    """`Phường kiểm điểm các công trình vốn mục tiêu quốc gia`: only the title says "programme" without which, and counts none."""
    if any(code == "ntp" for line in page.body for code in _programmes(v, line, lexical_of)):
        return False
    found = [
        m for line in page.titles for m in lexical_of(line.start, line.end) if m[2] == "programme" and m[3] == "ntp"
    ]
    return not any(_SAYS.counted.match(v.low, m[0]) for m in found)


def _of_new_rural(v: View, page: Layout, counts: Counter[str]) -> bool:
    """Communes reach its standard and are models of it: the words are many where an article is about this programme."""
    told = sum(
        v.low.count(name, line.start, line.end)
        for line in [*page.titles, *page.body, *page.captions]
        for name in ("nông thôn mới", "ntm")
    )
    if told and not any(counts[c] for c in (*SPECIFIC, "ntp")):
        return True
    return counts["nrd"] > 0 and told >= 3 and told >= 3 * (counts["spr"] + counts["sedema"]) and counts["ntp"] <= 2


_NAMES = re.compile(rf"\)?{NAMING.pattern}")
"""`Chương trình mục tiêu quốc gia (CTMTQG) giảm nghèo`: one name"""


def _programmes(v: View, line: Line, lexical_of: LexicalOf) -> list[str]:
    """The programmes that a line names, each name counted once."""
    lexical = lexical_of(line.start, line.end)
    sources = [m for m in lexical if m[2] == "source"]
    found = [
        m
        for m in lexical
        if m[2] == "programme" and not (m[3] == "ntp" and any(k[0] <= m[0] and m[1] <= k[1] for k in sources))
    ]
    return [
        code
        for (_, end, _, code), after in zip(found, [*found[1:], None], strict=False)
        if not (
            code == "ntp"
            and after
            and (
                (after[3] in SPECIFIC and _NAMES.fullmatch(v.low, end, after[0]))
                or (after[3] == "ntp" and v.low[end : after[0]] == " (")
            )
        )
    ]


_FIRST_LINES = 4
"""of the body, as long as they tell no amount, can say what the article is about: `đã ban hành Nghị quyết phân bổ vốn sự nghiệp thực hiện Chương trình A`"""


def main_capital(v: View, page: Layout, lexical_of: LexicalOf) -> str:
    """Return the capital of the whole article: the one that its title or lead says of the programmes, if it speaks of no other but beside it.

    `Gia Lai: 9 tháng giải ngân trên 52% vốn đầu tư các chương trình mục tiêu quốc gia`.
    """
    spoken = [
        {m[3] for m in _capitals(line, lexical_of) if not v.low.startswith("bình quân", m[0])}
        for line in [*page.titles, *page.body]
    ]
    before = _before_amounts(v, page)
    resolved = [line for line in page.lines if _SAYS.resolved.match(v.low, line.start, line.end)]
    for line in [*page.titles, *(_first_sentence(v, line) for line in page.body[:1]), *before, *resolved]:
        if (own := _of_programmes(v, line, _capitals(line, lexical_of), lexical_of)) and _one_above_all(own, spoken):
            return own
    return ""


def _before_amounts(v: View, page: Layout) -> list[Line]:
    """The body's first lines, as long as they tell no amount."""
    return list(takewhile(lambda line: not AMOUNT.search(v.low, line.start, line.end), page.body[:_FIRST_LINES]))


def _first_sentence(v: View, line: Line) -> Line:
    """`Huyện giải ngân 19,7 tỷ đồng vốn các chương trình. Trong đó, vốn đầu tư Chương trình A 7,4 tỷ đồng`: only the first says what the article is about."""
    return (
        replace(line, end=sentences(v, line.start, line.end)[0][1])
        if AMOUNT.search(v.low, line.start, line.end)
        else line
    )


def main_source(v: View, page: Layout, lexical_of: LexicalOf) -> str:
    """Return whose the money of the whole article is: as its title or first lines say of the programmes, if it names no other source.

    `Quyết định giao kinh phí sự nghiệp từ nguồn ngân sách trung ương thực hiện Chương trình ...`
    """
    found = {
        line.start: [m for m in lexical_of(line.start, line.end) if m[2] == "source" and m[3]]
        for line in [*page.titles, *page.body]
    }
    if len({m[3] for sources in found.values() for m in sources}) != 1:
        return ""
    titles = (line for line in page.titles if not AMOUNT.search(v.low, line.start, line.end))
    return next(
        (
            own
            for line in [*titles, *_before_amounts(v, page)]
            if (
                own := _of_programmes(
                    v, line, [m for m in found[line.start] if m[3] in ("central", "local")], lexical_of
                )
            )
        ),
        "",
    )


def _of_programmes(v: View, line: Line, said: list[tuple[int, int, str, str]], lexical_of: LexicalOf) -> str:
    """What a line says of the programmes' money before it names them."""
    programmes = [m for m in lexical_of(line.start, line.end) if m[2] == "programme" and m[3] in ("ntp", *SPECIFIC)]
    return next(
        (m[3] for m in said if any(m[1] <= p[0] and _SAYS.its_money.fullmatch(v.low, m[1], p[0]) for p in programmes)),
        "",
    )


def _one_above_all(own: str, spoken: list[set[str]]) -> bool:
    """`Ngoài phần vốn đầu tư, tỉnh còn 402 tỷ đồng vốn sự nghiệp`: another kind may be set beside it once."""
    alone, beside = spoken.count({own}), sum(1 for codes in spoken if own in codes and codes != {own})
    others = any(codes and own not in codes for codes in spoken)
    return not others and (not beside or (beside == 1 and alone > 2))


_OLDER = re.compile(r"\b(?:135|30a)\b")


def main_component(v: View, page: Layout) -> str:
    """Return the project that the whole article is about: an older programme, now a project, that the title names alone.

    `Nguồn vốn Chương trình 135 ở Trà Cú`, in an article that says `Chương trình 135 (Dự án 2 ...)`.
    """
    if one := _only_project(v, page):
        return one
    projects = defined_projects(v.low)
    titled = {m.group() for line in page.titles for m in _OLDER.finditer(v.low, line.start, line.end)}
    named = {m.code for line in page.body for m in components(v.low, line.start, line.end)} if titled else set()
    found = {projects.get(name, "") for name in titled}
    return found.pop() if len(titled) == 1 and named == found else ""


def _only_project(v: View, page: Layout) -> str:
    """`Kế hoạch vốn Dự án 4 - Chương trình A là 352 tỷ đồng.`, where the text names no other project and the programme nowhere without it."""
    lines = [*page.titles, *page.body]
    told = {line.start: {m.code for m in components(v.low, line.start, line.end)} for line in lines}
    if len(set().union(*told.values())) != 1 or not any(told[line.start] for line in [*page.titles, *page.body[:1]]):
        return ""
    named = (m for line in lines for m in _SAYS.by_itself.finditer(v.low, line.start, line.end))
    return (
        ""
        if any(
            _SAYS.its_project.search(v.low, max(0, m.start() - 50), m.start()) is None
            and _SAYS.then_project.match(v.low, m.end()) is None
            and (
                m.group().startswith("toàn") or _SAYS.all_of_it.search(v.low, max(0, m.start() - 60), m.start()) is None
            )
            for m in named
        )
        else set().union(*told.values()).pop()
    )


def _capitals(line: Line, lexical_of: LexicalOf) -> list[tuple[int, int, str, str]]:
    """The kinds of capital that a line names; public investment at large is none of the programmes'."""
    found = lexical_of(line.start, line.end)
    others = [m for m in found if m[2] == "programme" and m[3] == "other"]
    return [m for m in found if m[2] == "capital" and m[3] and not any(k[0] <= m[0] < k[1] for k in others)]
