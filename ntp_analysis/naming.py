"""Which words of a sentence name something: names said in one breath are one mention, what only looks like a name is none."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from ntp_analysis.mentions import SPECIFIC, Mention, Sentence
from ntp_analysis.patterns import patterns
from ntp_analysis.places import FORMER
from ntp_analysis.text import View

_SAYS = patterns("naming")

NAMING = _SAYS.naming
INCLUSION = _SAYS.inclusion
_AMOUNT_SOON = re.compile(r"[^.;\d]{0,30}\d")


def settle_names(v: View, sentence: Sentence) -> None:
    """Merge the names of one thing, drop what only looks like a name or stands in a sentence aside."""
    mentions = _drop_weak(v, sentence.mentions)
    _left_out(v, sentence)
    mentions = _without_objects(v, mentions)
    mentions = _without_explained(v, mentions, sentence)
    mentions = _without_apposed(v, mentions, sentence)
    _bare_capital(v, mentions)
    mentions = _merge_names(v, mentions)
    sentence.mentions = _merge_containers(v, mentions)


@lru_cache(maxsize=1)
def _of_the_single(low: str) -> bool:
    """Asked of the whole article for each of its areas: searched once."""
    return _SAYS.single.search(low) is not None


def _drop_weak(v: View, mentions: list[Mention]) -> list[Mention]:
    """`vùng đồng bào dân tộc thiểu số` after "các xã" is where people live, not the programme."""
    kept = []
    named = [m for m in mentions if m.kind == "programme"]
    for m in mentions:
        if (
            m.kind == "programme"
            and v.low.startswith(",", m.end)
            and (
                _SAYS.aside.search(v.low, max(0, m.start - 70), m.start)
                or _SAYS.compared.search(v.low, max(0, m.start - 24), m.start)
            )
        ):
            continue
        if m.kind == "capital" and _set_against(v, m, mentions):
            continue
        if (
            m.kind == "programme"
            and _SAYS.excepting.search(v.low, max(0, m.start - 40), m.start)
            and not _SAYS.its_share.match(v.low, m.end)
        ):
            continue
        if (
            m.kind == "programme"
            and m.code != "other"
            and _SAYS.included.search(v.low, max(0, m.start - 40), m.start)
            and v.low.startswith((")", ","), m.end)
            and any(k.code == "other" and k.end <= m.start for k in named)
        ):
            continue
        if (
            m.kind == "programme"
            and m.code == "ntp"
            and _SAYS.blended_from.search(v.low, max(0, m.start - 50), m.start)
        ):
            continue
        if m.kind == "programme_ref":
            if not any(m.start <= p.start <= m.end + 3 or p.start <= m.start < p.end for p in named):
                kept.append(Mention(m.start, m.end, "programme", m.code))
            continue
        if m.kind == "programme" and m.code == "sedema":
            before = _SAYS.full_name.search(v.low, max(0, m.start - 70), m.start)
            if before and before.group().strip():
                m.start = before.start()
            elif v.low.startswith("vùng", m.start) and (
                _SAYS.weak_sedema_before.search(v.low, max(0, m.start - 16), m.start)
                or (_of_the_single(v.low) and not _AMOUNT_SOON.match(v.low, m.end))
            ):
                continue
        kept.append(m)
    return kept


def _without_objects(v: View, mentions: list[Mention]) -> list[Mention]:
    """`Giải ngân kế hoạch năm 2023 là 65 tỷ đồng`: the plan is what is spent; `giải ngân trên tổng số` is of a whole."""
    verbs = [m.end for m in mentions if m.kind == "measure" and m.code in ("disbursed", "rate")]
    return [
        m
        for m in mentions
        if not (
            m.kind == "measure"
            and m.code == "allocated"
            and not v.low.startswith(("trên ", "trong "), m.start)
            and any(_SAYS.object.fullmatch(v.low, end, m.start) for end in verbs)
        )
    ]


_EXPLAINED = re.compile(r"\s?\((?=[^\W\d_])([^()]*)\)")


def _without_explained(v: View, mentions: list[Mention], sentence: Sentence) -> list[Mention]:
    """`Dự án 2 (sắp xếp dân cư xã Cư Pui)`, `vốn tín dụng (ngân sách cấp)`: words in brackets that only explain are not what is told of."""
    explained = {"component": "place", "source": "source"}
    spans = [
        (*m.span(1), explained[c.kind])
        for c in mentions
        if c.kind in explained and (m := _EXPLAINED.match(v.low, c.end, sentence.end))
    ]
    spans += [
        (m.start(1) - 1, m.end(1), "place")
        for c in mentions
        if c.kind == "place" and c.data.kind == "region" and (m := _SAYS.its_members.match(v.low, c.end, sentence.end))
    ]
    spans = [(a, b, kind) for a, b, kind in spans if not any(a <= n.start < b for n in sentence.numbers if n.unit)]
    return (
        [
            m
            for m in mentions
            if not any(m.kind == kind and a < m.start + (kind == "source") <= b for a, b, kind in spans)
        ]
        if spans
        else mentions
    )


_OF_MONEY = frozenset({"measure", "programme", "capital", "component", "carry", "source"})


def _without_apposed(v: View, mentions: list[Mention], sentence: Sentence) -> list[Mention]:
    """`Kim Ngân, nơi có 96% dân số là người Bru - Vân Kiều, đạt 31,8%`: what only says which place it is."""
    spans = (
        [m.span() for m in _SAYS.apposed.finditer(v.low, sentence.start, sentence.end)]
        if "%" in v.low[sentence.start : sentence.end]
        else []
    )
    spans = [
        (a, b)
        for a, b in spans
        if not any(a <= m.start < b and m.kind in _OF_MONEY for m in mentions)
        and any(a <= m.start < b and m.kind == "topic" for m in mentions)
    ]
    if not spans:
        return mentions
    sentence.numbers = [n for n in sentence.numbers if not any(a <= n.start < b for a, b in spans)]
    return [m for m in mentions if not any(a <= m.start < b and m.kind in ("topic", "someone") for a, b in spans)]


def _left_out(v: View, sentence: Sentence) -> None:
    """`chưa bao gồm vốn năm 2022 kéo dài là 18 tỷ đồng`: the amount right behind is of what is left out."""
    for m in sentence.mentions:
        told = any(n.unit and n.end <= m.start for n in sentence.numbers)  # the sum that a part is of
        if (
            m.kind == "carry"
            and (m.code == "excluded" or (m.code == "included" and told))
            and INCLUSION.match(v.low, m.start)
        ):
            number = next((n for n in sentence.numbers if n.start >= m.end and n.unit), None)
            if number is not None and number.unit == "VND" and _SAYS.left_out_is.fullmatch(v.low, m.end, number.start):
                m.code = "only"


AMOUNT_NEXT = _SAYS.amount_next


def _set_against(v: View, m: Mention, mentions: list[Mention]) -> bool:
    """`Khác với vốn đầu tư, vốn sự nghiệp mới đạt 12%`: the kind of capital that the next one is compared with."""
    return (
        v.low.startswith(",", m.end)
        and _SAYS.compared.search(v.low, max(0, m.start - 24), m.start) is not None
        and any(k.kind == "capital" and m.end < k.start < m.end + 12 and k.code != m.code for k in mentions)
    )


def _bare_capital(v: View, mentions: list[Mention]) -> None:
    """`(đầu tư 13.620 tỷ đồng, sự nghiệp 11.426 tỷ đồng)`: beside the other kind of capital the word names one."""
    kinds = {m.code for m in mentions if m.kind == "capital"}
    for m in list(mentions):
        if (
            kinds
            or m.code != "given"
            or v.low[m.start : m.end] != "đầu tư"
            or not (done := _SAYS.verb_next.match(v.low, m.end))
        ):
            continue
        if _SAYS.still_other.fullmatch(v.low, max(0, m.start - 5), m.start) or (
            done["judged"] and _SAYS.clause_before.search(v.low, max(0, m.start - 8), m.start)
        ):
            m.kind, m.code = "capital", "investment"
    for m in list(mentions) if kinds else ():
        word = v.low[m.start : m.end]
        if "recurrent" in kinds and m.code == "given" and word == "đầu tư" and _alone(v, m):
            m.kind, m.code = "capital", "investment"
            # "29,1 tỷ đồng đầu tư công trình"
            mentions[:] = [k for k in mentions if k.kind != "topic" or k.start != m.start]
        elif m.kind == "topic" and word == "chi thường xuyên":
            m.kind, m.code = "capital", "recurrent"


def _alone(v: View, m: Mention) -> bool:
    """The word stands beside an amount or before what was done with it, and nobody is said to do it."""
    if _SAYS.doers.search(v.low, max(0, m.start - 12), m.start) or (
        v.low.endswith("để ", 0, m.start) and v.low.startswith(" cho ", m.end)
    ):
        return False
    if AMOUNT_NEXT.match(v.low, m.end) or _SAYS.amount_before.search(v.low, max(0, m.start - 16), m.start):
        return True
    return (
        _SAYS.clause_before.search(v.low, max(0, m.start - 8), m.start) is not None
        and _SAYS.verb_next.match(v.low, m.end) is not None
    )


def _merge_names(v: View, mentions: list[Mention]) -> list[Mention]:
    """`Chương trình mục tiêu quốc gia` + `xây dựng nông thôn mới` is one name: the specific one."""
    programmes = [m for m in mentions if m.kind == "programme"]
    gone: set[int] = set()
    for one, two in pairwise(programmes):
        gap = v.low[one.end : two.start]
        if one.code == two.code and gap == " (" and v.low.startswith(")", two.end):
            one.end = two.end + 1  # "chương trình mục tiêu quốc gia (MTQG)"
            gone.add(id(two))
        if one.code == "ntp" and two.code in SPECIFIC and NAMING.fullmatch(gap):
            counted = _SAYS.several.match(v.low, one.start, one.end)
            if counted and (":" in gap or "(" in gap or "," in gap):
                continue
            two.start = one.start
            gone.add(id(one))
        elif one.code == "these" and two.code in SPECIFIC and _SAYS.which_are.fullmatch(gap):
            two.start = one.start
            gone.add(id(one))
        elif two.code == "ntp" and one.code in SPECIFIC and _SAYS.part_of_them.fullmatch(gap):
            gone.add(id(two))
    return [m for m in mentions if id(m) not in gone]


def _merge_containers(v: View, mentions: list[Mention]) -> list[Mention]:
    """`xã A, huyện B` and `huyện B (tỉnh C)` are about the smaller unit."""
    order = {"commune": 0, "district": 1, "province": 2, "country": 3}
    gone: set[int] = set()
    places = [m for m in mentions if m.kind == "place"]
    for one, two in pairwise(places):
        gap = v.low[one.end : two.start]
        inner, outer = order.get(one.data.level), order.get(two.data.level)
        if inner is None or outer is None or outer <= inner or one.data.kind != "named":
            continue
        if (_SAYS.within_it.fullmatch(gap) or _SAYS.a_unit_of.fullmatch(gap)) and two.data.kind == "named":
            two.kind = "container"
            if (
                two.data.level == "province"
                and one.data.province != two.data.province
                and not FORMER.match(v.low, two.end)
            ):
                one.data.province = two.data.province  # "xã Tân Lập, tỉnh Bình Phước": other provinces have one too
    for one, two in pairwise(places):
        gap = v.low[one.end : two.start] + (v.low[two.start : two.end].split()[0] if two.data.kind == "self" else "")
        if (
            one.data.kind in ("region", "named")
            and two.data.kind in ("self", "this", "named" if one.data.kind == "region" else "self")
            and _SAYS.in_the_whole.fullmatch(gap)
        ):
            gone.add(id(two))
    return [m for m in mentions if id(m) not in gone]


HAPPENED = _SAYS.happened
"""`đến cuối tháng 4 mới có quyết định, vì vậy mới giải ngân 4,1%`: the day of something else than spending"""
