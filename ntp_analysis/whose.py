"""What a sentence says of whose money it is: places, programmes and projects, kinds of capital, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ntp_analysis.clauses import OUTLINE, end_public
from ntp_analysis.discourse import Value
from ntp_analysis.groups import collect
from ntp_analysis.mentions import REFERRING, SPECIFIC, Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.reference import (
    as_many_named,
    comes_from,
    invested_in_ours,
    is_a_measure,
    is_giver,
    is_ordered,
    is_source,
    is_speaker,
    is_venue,
    listed_after_all,
    named_inside,
    names_works,
    only_counted,
    parts_by_capital,
    parts_by_source,
    ranked_in,
    referred,
    says_what_they_are,
    speaks_for_its_own,
    standing_for,
    tells_what_lies_there,
    the_two_of_then,
    unit_of_it,
    units_meant,
)

if TYPE_CHECKING:
    from ntp_analysis.amounts import Number
    from ntp_analysis.attribution import Walk

_SAYS = patterns("whose")

WITH_PROJECTS = "sedema"
"""the programme that a numbered project belongs to where none was named: it has ten, each much reported on"""


def _named_before(walk: Walk, m: Mention) -> bool:
    place = walk.cur.get("place")
    return (
        place is not None
        and walk.sentence.start <= place.position < m.start
        and place.value.kind == "named"
        and place.value.level in ("district", "commune")
    )


def on_place(walk: Walk, m: Mention) -> None:
    """Take in a place, unless it only gives, speaks, or says where another lies."""
    if (
        m.data.kind == "self"
        and (walk.breakdown or walk.breakdown_of_sum() or _after_source(walk))
        and parts_by_source(walk, m)
    ):
        walk.put("source", "local", m.start)
        return
    if (
        m.data.kind == "self"
        and (walk.v.low.startswith("của ", m.start) or ranked_in(walk, m))
        and (named_inside(walk, m) or unit_of_it(walk, m))
    ):
        return
    if (
        m.data.kind == "named"
        and m.data.level == "province"
        and _SAYS.one_of_its.search(walk.v.low, walk.sentence.start, m.start)
        and _named_before(walk, m)
    ):
        return
    if m.data.level == "country" and _SAYS.ranked.search(walk.v.low, max(walk.sentence.start, m.start - 30), m.start):
        return
    if m.data.kind == "members":
        walk.members = m
        return
    if m.data.kind == "region" and (says_what_they_are(walk, m) or _only_served(walk, m)):
        return
    place = standing_for(walk, m.data)
    if place is None or (m.data.kind == "region" and only_counted(walk, m)):
        return
    if m.data.kind == "region" and (meant := as_many_named(walk, m.data)):
        walk.groups["place"] = [Mention(m.start, m.end, "place", p.name, p) for p in meant]
        walk.put("place", place, m.start)
        return
    if m.data.kind == "region":
        walk.discourse.last_named["region"] = place
        walk.discourse.place_order = []
    if m.data.kind in ("these", "others") and (meant := units_meant(walk, m.data)):
        walk.groups["place"] = [Mention(m.start, m.end, "place", p.name, p) for p in meant]
        walk.put("place", place, m.start)
        return
    if m.data.kind == "named" and (comes_from(walk, m) or is_a_measure(walk, m)):
        return
    if m.data.kind == "named":
        walk.discourse.last_named[place.level] = place
    if m.data.kind == "named" and (
        is_giver(walk, m)
        or is_venue(walk, m)
        or (is_speaker(walk, m) and not speaks_for_its_own(walk, m))
        or is_ordered(walk, m)
        or names_works(walk, m)
        or tells_what_lies_there(walk, m)
    ):
        return
    collect(walk, "place", Mention(m.start, m.end, "place", place.name, place))
    if m.data.kind in ("self", "country") and walk.breakdown and walk.found:
        for attribute in OUTLINE[2:]:
            walk.revert(attribute)
    walk.put("place", place, m.start)


def _only_served(walk: Walk, m: Mention) -> bool:
    """`Trà Vinh đang đầu tư hạ tầng cho gần 30 xã đặc biệt khó khăn`: whom a unit named before works for."""
    place, measure = walk.cur.get("place"), walk.cur.get("measure")
    if place is None or place.position < walk.sentence.start:
        return False
    given = _SAYS.for_them.search(walk.v.low, max(walk.sentence.start, m.start - 20), m.start) is not None
    if given and measure is not None and measure.position >= walk.sentence.start and measure.value == "distributed":
        return True  # "tỉnh phân bổ chi tiết 412,9 tỷ đồng cho 58 xã, đặc khu"
    if place.value.kind != "named":
        return False
    if _SAYS.to_serve.search(walk.v.low, max(walk.sentence.start, m.start - 60), m.start):
        return True
    acts = not any(n.unit and place.position < n.start for n in walk.sentence.numbers)
    # "huyện A được giao 24 tỷ đồng cho 13 xã, mới giải ngân 6 tỷ đồng"
    gets = walk.right_behind("allocated") and "," not in walk.v.low[walk.last_end : m.start]
    return given and (acts or gets)


def _after_source(walk: Walk) -> bool:
    """`268 tỷ đồng; ngân sách trung ương 231 tỷ đồng, tỉnh 37 tỷ đồng`: parts that no word leads to."""
    source = walk.found[-1].state.get("source") if len(walk.found) > 1 else None
    return source is not None and source.value == "central" and source.how == "clause" and walk.right_behind()


def on_container(walk: Walk, m: Mention) -> None:
    """`xã A, huyện B`: of the unit named last, "cả huyện" can speak."""
    walk.discourse.last_named[m.data.level] = m.data


def _with_investment(walk: Walk, m: Mention) -> bool:
    """`giải ngân vốn đầu tư công và các chương trình MTQG được 486,7/4.056,3 tỷ đồng`: one sum of public investment, theirs in it."""
    before = next((k for k in reversed(walk.sentence.mentions) if k.kind == "programme" and k.end <= m.start), None)
    return (
        before is not None
        and before.code == "other"
        and bool(walk.sentence.numbers)
        and _SAYS.both.fullmatch(walk.v.low, before.end, m.start) is not None
    )


def _end_handed_out(walk: Walk, m: Mention) -> None:
    """`Huyện đã phân bổ hết 100% vốn đầu tư. Riêng Chương trình A có 151,8 tỷ đồng, giải ngân 149 tỷ đồng`: of both kinds again."""
    handed_out = walk.discourse.last_measure.startswith("distribut") and m.code in SPECIFIC
    if not handed_out or not walk.said_before("capital") or "capital" in walk.discourse.kept:
        return
    told = {k.code for k in walk.sentence.mentions if k.kind == "measure"}
    if "disbursed" in told and not told & {"distributed", "zero_distributed"}:
        walk.cur.pop("capital")


def on_programme(walk: Walk, m: Mention) -> None:
    """Take in a programme, alone or with those named in one breath."""
    _end_handed_out(walk, m)
    code = m.code
    if code == "other" and (parts_by_capital(walk, m) or invested_in_ours(walk, m)):
        walk.discourse.invested = True
        on_capital(walk, Mention(m.start, m.end, "capital", "investment"))
        return
    if code == "ntp" and _with_investment(walk, m):
        return
    if code == "alias":
        code = walk.discourse.defined.get(m.data, "")
        if not code:
            return
    if code in REFERRING:
        code = referred(walk, code) or the_two_of_then(walk, m)
        if not code:
            return
    elif code in SPECIFIC:
        _speak_of(walk, code, m)
        walk.discourse.seen.add(code)
    elif "+" in code:
        walk.discourse.pair = code
        walk.discourse.seen |= set(code.split("+"))
    elif "hợp nhất" in walk.v.low[m.start : m.end]:
        walk.discourse.last_programme = code
    if project := walk.discourse.projects.get(walk.v.low[m.start : m.end].split()[-1]):
        walk.put("component", project, m.start)
    m = Mention(m.start, m.end, "programme", code, bound_to=m.bound_to)
    if code in SPECIFIC:
        collect(walk, "programme", m)
        walk.discourse.note_programme(code, walk.sentence.start)
        if listed_after_all(walk, m):
            return
        group = {g.code for g in walk.groups["programme"]}
        code = "ntp" if len(group) == 3 else "+".join(sorted(group))
        walk.discourse.as_one |= code == "ntp" and _SAYS.of_one.match(walk.v.low, m.end) is not None
        _speak_of(walk, code, m)
        if "+" in code:
            walk.discourse.pair = code
    else:
        walk.groups["programme"] = []
    end_public(walk, m)
    component, capital = walk.cur.get("component"), walk.cur.get("capital")
    if _owns_the_last(walk, m):
        last = walk.found[-1]
        last.state["programme"] = walk.cur["programme"] = Value(code, last.number.start, "clause")
        walk.groups["programme"] = []
        return
    if component and component.position < walk.last_end:
        walk.revert("component")
    if (
        capital
        and walk.sentence.start <= capital.position < walk.last_end
        and _SAYS.its_own.search(walk.v.low, walk.last_end, m.start)
    ):
        walk.revert("capital")
    walk.end_project(code)
    walk.put("programme", code, m.start)
    if _SAYS.introduced.search(walk.v.low, max(walk.sentence.start, m.start - 16), m.start):
        walk.introduced = code


def _owns_the_last(walk: Walk, m: Mention) -> bool:
    """`2 tỷ đồng thuộc Dự án 5 (hỗ trợ nhà ở) của Chương trình A; trong đó ...`: whose project the last sum's is."""
    last = walk.found[-1].number if walk.right_behind() else None
    return last is not None and any(
        k.kind == "component"
        and k.bound_to is last
        and k.start >= last.end
        and _SAYS.owner.fullmatch(walk.v.low, k.end, m.start)
        for k in walk.sentence.mentions
    )


def on_definition(walk: Walk, m: Mention) -> None:
    """`... (sau đây gọi là Chương trình)`: the short name of what was named right before."""
    programme = walk.cur.get("programme")
    if programme and programme.position >= walk.sentence.start and m.code not in walk.discourse.defined:
        walk.discourse.defined[m.code] = programme.value


def _speak_of(walk: Walk, code: str, m: Mention) -> None:
    """Let "chương trình này" stand for what is named; the one programme from 2026 on keeps the word from its three fields."""
    if code == "ntp" or not walk.discourse.as_one or "chương trình" in walk.v.low[m.start : m.end]:
        walk.discourse.last_programme = code


def on_component(walk: Walk, m: Mention) -> None:
    """Take in a project, and whose it is."""
    code = m.code or walk.discourse.last_component
    if code.startswith("."):
        whole = walk.discourse.last_component.split(".")[0]
        if not whole:
            return
        code = whole + code
    if not code:
        return
    walk.discourse.last_component = code
    collect(walk, "component", Mention(m.start, m.end, "component", code))
    walk.put("component", code, m.start)
    programme = walk.cur.get("programme")
    if (
        programme is None
        or programme.value == "ntp"
        or (programme.value == "nrd" and programme.position < walk.sentence.start)
    ):
        named = next((k for k in walk.sentence.between(m.end, m.end + 3, "programme") if k.code in SPECIFIC), None)
        if named is not None:
            walk.discourse.last_programme = named.code  # "Dự án 2 (Chương trình 135)"
        walk.cur["programme"] = Value(_with_projects(walk), m.start, "passage")


def _with_projects(walk: Walk) -> str:
    """The programme named last that has numbered projects; new rural development has none."""
    last = walk.discourse.last_programme
    if last in ("", "nrd"):
        return "spr" if walk.discourse.seen & {"spr", "sedema"} == {"spr"} else WITH_PROJECTS
    return last


def _in_a_title(walk: Walk, m: Mention) -> bool:
    """`Dự án 9 về đầu tư phát triển nhóm dân tộc rất ít người`: what a project is for is no kind of capital; `Dự án 9 vốn đầu tư` is."""
    last = next((k for k in reversed(walk.sentence.mentions) if k.kind == "component" and k.end <= m.start), None)
    return (
        last is not None
        and walk.v.low.startswith("đầu tư", m.start)
        and _SAYS.title_of.fullmatch(walk.v.low, last.end, m.start) is not None
    )


def on_capital(walk: Walk, m: Mention) -> None:
    """Take in a kind of capital."""
    if (
        m.bound_to is None
        and _SAYS.rules.search(walk.v.low, max(walk.sentence.start, m.start - 40), m.start)
        and _SAYS.so_the_whole.match(walk.v.low, m.end)
    ):
        return
    if _SAYS.has_none.search(walk.v.low, max(walk.sentence.start, m.start - 24), m.start):
        return  # "Phường không có vốn đầu tư, vốn sự nghiệp được giao 2,1 tỷ đồng"
    if _in_a_title(walk, m) or (
        walk.v.low.startswith(",", m.end)
        and _SAYS.besides.search(walk.v.low, max(walk.sentence.start, m.start - 24), m.start)
    ):
        return
    if _SAYS.whole_sum.fullmatch(
        walk.v.low, max(walk.sentence.start, walk.v.low.rfind("tổng ", 0, m.end)), m.end
    ) and any(k.kind == "source" and k.code in ("community", "credit") for k in walk.sentence.mentions):
        # "tổng nguồn vốn đầu tư xây dựng nông thôn mới đạt 17.635 tỷ đồng, trong đó ... dân đóng góp 2.112 tỷ đồng"
        return
    collect(walk, "capital", m)
    other = walk.cur.get("programme")
    average = m.code == "total" and walk.v.low.startswith("bình quân", m.start)
    if (
        other
        and other.value == "other"
        and other.position >= walk.sentence.start
        and other.position < walk.last_end
        and not average
    ):
        walk.revert("programme")
    if m.code == "total" and "chung" in walk.v.low[m.start : m.end] and walk.found:
        walk.revert("carry")
        if len({f.state["carry"].value[0] for f in walk.found if "carry" in f.state}) > 1:
            walk.cur.pop("carry", None)  # "vốn mới 41%, vốn chuyển nguồn 28%; bình quân chung 37%"
    if average and (
        not walk.found
        or "capital" not in walk.cur
        or walk.said_before("capital")
        or _SAYS.of_places.match(walk.v.low, m.start)
    ):
        return
    told, source = walk.cur.get("capital"), walk.cur.get("source")
    if (
        m.code == "total"
        and told is not None
        and told.position >= walk.sentence.start
        and _SAYS.of_programmes.match(walk.v.low, m.end)
    ):
        return  # "Vốn sự nghiệp còn thấp hơn, tính chung cả hai chương trình đạt 18%"
    if told is not None and source is not None and told.position == source.position < walk.last_end:
        walk.revert("source")  # "vốn trái phiếu Chính phủ 1.890 triệu đồng, vốn sự nghiệp 622 triệu đồng"
    both = {g.code for g in walk.groups["capital"]} == {"investment", "recurrent"}
    walk.put("capital", "total" if both else m.code, m.start)


def on_source(walk: Walk, m: Mention) -> None:
    """Take in whose the money is."""
    if walk.v.low.startswith("từ ", m.start) and walk.v.text[m.end + 1 : m.end + 2].isupper():
        return  # "tiếp nhận từ huyện Hướng Hóa cũ"
    told = walk.cur.get("source")
    if (
        m.code == "state"
        and told is not None
        and told.value == "community"
        and told.position >= walk.last_end
        and _SAYS.and_others.search(walk.v.low, told.position, m.start)
    ):
        return  # "huy động từ cộng đồng và nguồn khác"
    capital = walk.cur.get("capital")
    if (
        m.code in ("credit", "community")
        and capital is not None
        and walk.sentence.start <= capital.position < walk.last_end
    ):
        walk.revert("capital")  # "vốn sự nghiệp đạt 66%, vốn tín dụng đạt 100%"
    collect(walk, "source", m)
    together = len({g.code for g in walk.groups["source"]}) > 1
    walk.put("source", "" if together else m.code, m.start)


def gives_its_own(walk: Walk, number: Number) -> bool:
    """`huyện Ninh Giang hỗ trợ 13,1 tỷ đồng cho 4 xã; thị xã Chí Linh hỗ trợ 6 tỷ đồng`: out of the district's own budget."""
    low, start = walk.v.low, walk.sentence.start
    if number.unit != "VND" or _SAYS.communes.search(low, start, walk.sentence.end) is None:
        return False
    districts = [
        m
        for m in walk.sentence.between(walk.last_end, number.start, "place")
        if m.data.kind == "named" and m.data.level == "district"
    ]
    return _SAYS.districts_help.search(low, start, number.start) is not None or any(
        _SAYS.it_helps.match(low, m.end, number.start) for m in districts
    )


def on_source_weak(walk: Walk, m: Mention) -> None:
    """Take in a giver that is a source only beside others."""
    if is_source(walk, m):
        walk.put("source", m.code, m.start)
