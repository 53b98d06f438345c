"""Words that stand for a place or a programme told elsewhere: "toàn tỉnh", "chương trình này", "hai huyện trên"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ntp_analysis.amounts import IN_WORDS
from ntp_analysis.binding import LIGHT
from ntp_analysis.mentions import SPECIFIC, Mention
from ntp_analysis.patterns import patterns
from ntp_analysis.places import FORMER, PlaceMention, is_smaller
from ntp_analysis.units import MEETING_OF

if TYPE_CHECKING:
    from ntp_analysis.attribution import Walk

_SAYS = patterns("reference")


def standing_for(walk: Walk, p: PlaceMention) -> PlaceMention | None:
    """The unit that "toàn tỉnh", "huyện" stands for here."""
    home, last = walk.home, walk.discourse.last_named
    if p.kind == "country":
        return p
    if p.kind == "region" and _SAYS.all_provinces.match(walk.v.low, p.start):
        return PlaceMention(p.start, p.end, "country", "Việt Nam", "country")
    if p.kind == "this":
        return last.get(p.level)
    if p.kind == "here":
        return walk.discourse.place_order[-1] if walk.discourse.place_order else None
    if p.kind == "others":
        return (
            PlaceMention(p.start, p.end, "region", walk.v.text[p.start : p.end], "region", walk.home.province)
            if units_meant(walk, p)
            else None
        )
    if p.kind == "these":
        order = walk.discourse.place_order
        if all_of := _SAYS.all_of.match(walk.v.low, p.start, p.end):
            return order[0] if COUNTS.get(all_of[1]) == len(order) and order[0].level == p.level else None
        if counted := _COUNTED_GROUP.match(walk.v.low, p.start, p.end):
            return _of_count(walk, p, counted[0], len(order) == int(counted[1]))
        return order[0] if len(order) > 1 else last.get("region")
    if p.kind != "self":
        return p
    voice = walk.discourse.voice
    if voice and voice.value.level == p.level and _SAYS.mine.match(walk.v.low, p.end):
        return voice.value  # "xã tôi"
    if p.level == "city":
        if home.level in ("province", "district"):
            return PlaceMention(p.start, p.end, "self", home.place, home.level, home.province)
        return PlaceMention(p.start, p.end, "self", home.province, "province", home.province) if home.province else None
    if p.level == home.level:
        inner = last.get(p.level)
        if inner is not None and inner.name != home.place and _is_topic(walk, inner):
            return inner
        return PlaceMention(p.start, p.end, "self", home.place, home.level, home.province)
    if p.level == "province" and home.province:
        average = _SAYS.average.search(walk.v.low, max(walk.sentence.start, p.start - 24), p.start) is not None
        meets = MEETING_OF.search(walk.v.low, max(walk.sentence.start, p.start - 12), p.start)
        told = walk.discourse.place_order
        just_named = len(told) == 1 and told[0].level == "province" and told[0].name == home.province
        if (
            home.level == "province"
            or average
            or meets
            or just_named
            or _SAYS.province_itself.match(walk.v.low, p.start)
        ):
            return PlaceMention(p.start, p.end, "self", home.province, "province", home.province)
        return None
    return last.get(p.level)


_COUNTED_GROUP = re.compile(r"(\d{2,3}) \w+")


def _of_count(walk: Walk, p: PlaceMention, words: str, listed: bool) -> PlaceMention:
    """`29 xã này`: the group told of before, if it has as many; another count is a group of its own."""
    if listed:
        return walk.discourse.place_order[0]
    last = walk.discourse.last_named.get("region")
    if isinstance(last, PlaceMention) and last.name.lower().startswith(words):
        return last
    return PlaceMention(p.start, p.end, "region", words, "region", walk.home.province)


COUNTS = {word: n for word, n in IN_WORDS.items() if 2 <= n <= 6} | {str(n): n for n in range(2, 10)}


def as_many_named(walk: Walk, p: PlaceMention) -> list[PlaceMention]:
    """`hai huyện được giao tương ứng 412 tỷ đồng và 298 tỷ đồng`: the two that the sentence before named."""
    order = walk.discourse.place_order
    words = p.name.lower().split()
    parted = any(k.kind == "marker" and k.code == "respectively" and k.start > p.end for k in walk.sentence.mentions)
    counted = (
        parted
        and len(words) == 2
        and COUNTS.get(words[0]) == len(order)
        and walk.discourse.place_sentence != walk.sentence.start
    )
    return (
        order
        if counted
        and all(k.level == {"huyện": "district", "xã": "commune", "tỉnh": "province"}.get(words[1]) for k in order)
        else []
    )


def says_what_they_are(walk: Walk, m: Mention) -> bool:
    """`Na Hang và Lâm Bình, hai huyện nghèo, đạt lần lượt 79,5% và 82,2%`: the count is of the units named right before."""
    group = walk.groups.get("place", [])
    count = COUNTS.get(m.data.name.lower().split()[0])
    return (
        len(group) > 1
        and len(group) == count
        and re.fullmatch(r"(?:,| -| –| là)(?: cả| là)? ", walk.v.low[group[-1].end : m.start]) is not None
    )


def units_meant(walk: Walk, p: PlaceMention) -> list[PlaceMention]:
    """The units that "hai huyện này" points at, or those of the list before that were not named since: "hai xã kia"."""
    discourse = walk.discourse
    if p.kind == "these":
        return (
            discourse.place_order
            if len(discourse.place_order) > 1 and discourse.place_sentence != walk.sentence.start
            else []
        )
    if discourse.place_sentence != walk.sentence.start:
        return []
    named = {k.name for k in discourse.place_order}
    rest = [k for k in discourse.place_before if k.name not in named]
    return rest if named < {k.name for k in discourse.place_before} else []


def _is_topic(walk: Walk, place: PlaceMention) -> bool:
    """Tell whether the passage, or the sentence so far, is about a place: `Mai Châu: Huyện ước ...`."""
    here = walk.cur.get("place")
    if here is None or here.position < walk.sentence.start or here.value.level != place.level:
        here = walk.discourse.topic.get("place")
    return here is not None and here.value.name == place.name


def the_two_of_then(walk: Walk, m: Mention) -> str:
    """`hai chương trình mục tiêu quốc gia của năm 2017`: there were no others from 2016 to 2020."""
    then = walk.home.dated and 2016 <= walk.home.day.year <= 2020
    return "nrd+spr" if then and _SAYS.two_then.search(walk.v.low, m.start, m.end + 20) else ""


def referred(walk: Walk, word: str) -> str:
    """The programme that "chương trình này", "hai chương trình này", "chương trình còn lại" stands for."""
    order = walk.discourse.programme_order
    if word == "this":
        return walk.discourse.last_programme if len(order) < len(SPECIFIC) else ""
    if word == "these":
        walk.discourse.pair = "+".join(sorted(order)) if len(order) == 2 else walk.discourse.pair
        return walk.discourse.pair or ("+".join(sorted(walk.discourse.seen)) if len(walk.discourse.seen) == 2 else "")
    if word == "others":
        rest = sorted(set(SPECIFIC) - set(order))
        return "+".join(rest) if len(rest) == 2 else ""
    pair = walk.discourse.pair.split("+")
    rest = sorted(set(pair if order[-1:] and order[-1] in pair else SPECIFIC) - set(order))
    return rest[0] if len(rest) == 1 else ""


def listed_after_all(walk: Walk, m: Mention) -> bool:
    """`3 chương trình MTQG (nông thôn mới, giảm nghèo ...)`: the names in brackets only say which."""
    current = walk.cur.get("programme")
    if current is None or current.value != "ntp" or current.position < max(walk.sentence.start, walk.last_end):
        return False
    gap = walk.v.low[current.position : m.start]
    inside = gap.count("(") > gap.count(")")
    return inside and not any(
        m.end < n.start and walk.v.low.find(")", m.end, n.start) < 0 for n in walk.sentence.numbers
    )


def is_giver(walk: Walk, m: Mention) -> bool:
    """`tiếp nhận từ huyện Đồng Văn cũ`, `sau hợp nhất với Kon Tum`: where money came from, or a unit that is no more."""
    low = walk.v.low
    if _SAYS.merged.search(walk.v.text, max(walk.sentence.start, m.start - 60), m.start):
        return True
    if low.endswith("từ ", 0, m.start) or _SAYS.borders.search(low, max(walk.sentence.start, m.start - 24), m.start):
        return True
    former = FORMER.match(low, m.end)
    if former and low.endswith("thuộc ", 0, m.start):
        return True
    if former is None or "cũ" not in former.group() or _SAYS.on_its_land.search(low, max(0, m.start - 20), m.start):
        return False
    return not (_SAYS.opens_clause.search(low, max(0, m.start - 20), m.start) and _SAYS.does.match(low, former.end()))


def is_a_measure(walk: Walk, m: Mention) -> bool:
    """`Sơn La có 2.367 tỷ đồng, lớn gấp đôi Yên Bái`: with whom a sum is compared, it is not of."""
    compared = _SAYS.times_of.search(walk.v.low, max(walk.sentence.start, m.start - 40), m.start) is not None
    return compared and not walk.v.low.startswith(" (", m.end)


def is_ordered(walk: Walk, m: Mention) -> bool:
    """`đề nghị các phòng, ban, UBND các xã A, B phấn đấu giải ngân 95%`: whom a goal is set for among others is not whose it is."""
    return _SAYS.ordered.search(walk.v.low, max(walk.sentence.start, m.start - 150), m.start) is not None


def names_works(walk: Walk, m: Mention) -> bool:
    """`vướng mặt bằng tuyến đường liên xã Quảng Sơn - Đường Hoa`: the units that a road joins are its name."""
    return _SAYS.works.search(walk.v.low, max(walk.sentence.start, m.start - 40), m.start) is not None


def is_venue(walk: Walk, m: Mention) -> bool:
    """`tại hội nghị giao ban 5 tỉnh Tây Nguyên tổ chức ở Buôn Ma Thuột`: where people meet is not what they speak of."""
    return _SAYS.held_at.search(walk.v.low, max(walk.sentence.start, m.start - 150), m.start) is not None


def is_speaker(walk: Walk, m: Mention) -> bool:
    """`Chủ tịch UBND huyện Đồng Văn cho biết`: who speaks is not what is spoken of."""
    begin = walk.sentence.start
    if _SAYS.its_rate.match(walk.v.low, m.end) or (
        walk.v.low.endswith(", ", 0, m.start) and _SAYS.spends.match(walk.v.low, m.end)
    ):
        return False  # "Theo Giám đốc Sở, huyện Mù Cang Chải giải ngân 33,8%"
    return (
        _SAYS.title.search(walk.v.low, max(begin, m.start - 40), m.start) is not None
        or _SAYS.voters.search(walk.v.low, max(begin, m.start - 80), m.start) is not None
    )


def speaks_for_its_own(walk: Walk, m: Mention) -> bool:
    """`Chủ tịch UBND huyện Mường Lát cho biết, Dự án 4 mới giải ngân 3,1 tỷ đồng`: who heads a unit of the article's, speaks of it."""
    told = _SAYS.as_told.match(walk.v.low, walk.sentence.start, m.start) and walk.v.low.startswith(",", m.end)
    if not (told or _SAYS.says.match(walk.v.low, m.end)):
        return False
    if walk.home.level in ("country", "region"):
        cited = any(k.kind == "place" and k.data.kind == "country" and k.end <= m.start for k in walk.sentence.mentions)
        # "Dẫn báo cáo gửi Quốc hội, đại biểu A, đoàn Hải Dương, cho biết"
        return m.data.level == "province" and not cited
    below = is_smaller(m.data.level, walk.home.level)
    return below and _SAYS.heads.search(walk.v.low, max(walk.sentence.start, m.start - 46), m.start) is not None


def only_counted(walk: Walk, m: Mention) -> bool:
    """`tỉnh có 9 huyện miền núi`: the group is told of, not reported on."""
    return _SAYS.counted_in.search(walk.v.low[max(walk.sentence.start, m.start - 34) : m.start]) is not None


def is_source(walk: Walk, m: Mention) -> bool:
    """`doanh nghiệp 1.006 tỷ đồng` says where money came from only beside other sources."""
    others = (
        any(k.kind == "source" for k in walk.sentence.mentions)
        or walk.sentence.line_kind == "item"
        or walk.breakdown
        or _parts_in_brackets(walk, m)
    )
    number = next((n for n in walk.sentence.numbers if n.start >= m.end), None)
    if number is not None and number.unit == "VND" and _SAYS.give.fullmatch(walk.v.low, m.end, number.start):
        return True  # "người dân huyện Hương Khê đã góp cho nông thôn mới 48,3 tỷ đồng"
    if not others or number is None:
        return False
    verb = walk.sentence.between(m.end, number.start, "measure")
    given = bool(verb) and all(_SAYS.of_their_own.match(walk.v.low, k.start) for k in verb)
    return number.start - m.end < (46 if given else 30) and (given or not verb)


def _parts_in_brackets(walk: Walk, m: Mention) -> bool:
    """`123,7 tỷ đồng (trung ương 107,3 tỷ, địa phương 16,4 tỷ)`."""
    other = next(
        (
            k
            for k in walk.sentence.mentions
            if k.kind == "source_weak" and k.code != m.code and abs(k.start - m.start) < 50
        ),
        None,
    )
    return (
        other is not None
        and walk.v.low.startswith("(", min(m.start, other.start) - 1)
        and ")" not in walk.v.low[min(m.start, other.start) : max(m.start, other.start)]
    )


def named_inside(walk: Walk, m: Mention) -> bool:
    """`Bác Ái, huyện nghèo duy nhất của tỉnh, còn ở mức 48,9%`: the unit named is one of the larger one's."""
    place = walk.cur.get("place")
    city = "province" if walk.home.level == "province" else "district"
    outer = city if m.data.level == "city" else m.data.level
    return (
        place is not None
        and place.position >= max(walk.sentence.start, walk.last_end)
        and place.value.kind == "named"
        and is_smaller(place.value.level, outer)
    )


def unit_of_it(walk: Walk, m: Mention) -> bool:
    """`Huyện nghèo duy nhất của tỉnh năm nay được giao 118 tỷ đồng`: what is told is of the smaller unit."""
    return _SAYS.a_unit.search(walk.v.low, max(walk.sentence.start, m.start - 50), m.start) is not None


def tells_what_lies_there(walk: Walk, m: Mention) -> bool:
    """`Quảng Trị, nơi có huyện nghèo Đakrông, giải ngân 82,4%`: of the larger unit that the sentence is about."""
    place = walk.cur.get("place")
    if (
        place is None
        or place.position < max(walk.sentence.start, walk.last_end)
        or place.value.kind != "named"
        or m.data.kind != "named"
    ):
        return False
    if not is_smaller(m.data.level, place.value.level) or not walk.v.low.startswith(",", m.end):
        return False
    return _SAYS.where.search(walk.v.low, max(place.position, m.start - 60), m.start) is not None


def comes_from(walk: Walk, m: Mention) -> bool:
    """`đá phải chở từ Tam Kỳ lên`, `xã cách thị trấn A cả buổi đường`: what is only near is no one that the text is about."""
    return (
        _SAYS.brought.search(walk.v.low, max(walk.sentence.start, m.start - 40), m.start) is not None
        or _SAYS.goes_to_work.match(walk.v.low, m.end) is not None
    )


def ranked_in(walk: Walk, m: Mention) -> bool:
    """`Xã A, "thủ phủ" sâm, dẫn đầu toàn tỉnh với 81,6%`: of what a unit is the first."""
    return _SAYS.first_of.search(walk.v.low, max(walk.sentence.start, m.start - 30), m.start) is not None


def parts_by_source(walk: Walk, m: Mention) -> bool:
    """`Trung ương 963 tỷ đồng, tỉnh 3.288 tỷ đồng`: beside another source the unit's own name is one."""
    sources = any(k.kind in ("source", "source_weak") for k in walk.sentence.mentions if k.start < m.start)
    number = next((n for n in walk.sentence.numbers if n.start >= m.end), None)
    return (
        sources
        and number is not None
        and number.unit == "VND"
        and LIGHT.fullmatch(walk.v.low, m.end, number.start) is not None
    )


def sums_sources(walk: Walk, left: list[Mention]) -> bool:
    """`vốn trung ương, ngân sách tỉnh, nhân dân đóng góp, với tổng kinh phí 1.536 tỷ đồng`: of all sources together."""
    sources = [m for m in left if m.kind == "source"]
    if len(sources) < 2:
        return False
    whole = next(
        (m.start for m in reversed(left) if m.kind == "measure" and walk.v.low.startswith("tổng", m.start)), None
    )
    return whole is not None and len({m.code for m in sources if m.start < whole}) > 1


def is_receiver(walk: Walk) -> bool:
    """`đã giao cho 85 xã, phường 531,8 tỷ đồng`: the group named gets what another passes on."""
    place = walk.cur.get("place")
    if place is None or place.position < walk.last_end or place.value.kind != "region":
        return False
    return _SAYS.down_to.search(walk.v.low, max(0, place.position - 8), place.position) is not None


def said_to_be_ours(low: str, start: int, end: int) -> bool:
    """`vốn đầu tư công năm 2023 thực hiện 3 chương trình`."""
    return low.endswith("đầu tư công", start, end) and _SAYS.of_ours.match(low, end) is not None


def invested_in_ours(walk: Walk, m: Mention) -> bool:
    """`vốn đầu tư công năm 2023 thực hiện 3 chương trình`, and what an article calls so after that: the programmes' investment."""
    low = walk.v.low
    if not low.endswith("đầu tư công", m.start, m.end):
        return False
    if said_to_be_ours(low, m.start, m.end):
        return True
    if low.startswith(" trung hạn", m.end) and (
        _SAYS.part_of_it.match(low, walk.sentence.start)
        or any(k.kind == "programme" and k.code != "other" for k in walk.sentence.mentions)
    ):
        # "theo kế hoạch đầu tư công trung hạn, ngân sách trung ương bố trí 98.500 tỷ đồng cho 3 chương trình"
        return True
    if (lead := _LEADS_TO.match(low, m.end)) and any(
        k.kind == "programme" and k.code != "other" for k in walk.sentence.between(lead.end(), lead.end() + _REACHES)
    ):
        return True  # "Báo cáo về vốn đầu tư công nêu: Tổng kế hoạch vốn cho 3 chương trình là 518 tỷ đồng"
    said = walk.cur.get("programme")
    if (
        m.bound_to is not None
        and said is not None
        and said.value in SPECIFIC
        and walk.sentence.start <= said.position < m.bound_to.start
    ):
        return True  # "Chương trình A năm 2025 có 742,5 tỷ đồng vốn đầu tư công"
    beside = _SAYS.beside.search(low, walk.sentence.start, m.start) or _SAYS.as_a_whole.match(low, m.end)
    return beside is None and (walk.discourse.invested or _beside_recurrent(walk) or _set_against_recurrent(walk, m))


_LEADS_TO = re.compile(r"[^.;:\d]{0,30}: ")
_REACHES = 70


def _set_against_recurrent(walk: Walk, m: Mention) -> bool:
    """`vốn đầu tư công đã giải ngân 45,2%, còn vốn sự nghiệp chỉ 17,7%`, where the programmes are told of."""
    programme = walk.discourse.head.get("programme") if walk.discourse.head else None
    return (
        programme is not None
        and programme.value != "other"
        and any(k.kind == "capital" and k.code == "recurrent" for k in walk.sentence.between(m.end, m.end + _REACHES))
    )


def _beside_recurrent(walk: Walk) -> bool:
    """`giải ngân kinh phí sự nghiệp các chương trình 1.204 tỷ đồng. Đến 31/8, giải ngân vốn đầu tư công 9.986 tỷ đồng`: the other half of their money."""
    capital, programme = walk.discourse.topic.get("capital"), walk.discourse.topic.get("programme")
    half = capital is not None and capital.value == "recurrent" and (programme is None or programme.value != "other")
    return half and not any(k.kind in ("place", "programme") and k.code != "other" for k in walk.sentence.mentions)


def parts_by_capital(walk: Walk, m: Mention) -> bool:
    """`trong đó vốn đầu tư công 900 tỷ đồng`; `(vốn đầu tư công 900 tỷ đồng, vốn sự nghiệp 500 tỷ đồng)`: a programme's own investment."""
    whole = walk.base.get("programme") if walk.breakdown else walk.cur.get("programme")
    if whole is None:
        # "trong đó 1.027,9 tỷ đồng là vốn đầu tư công"
        return walk.breakdown and bool(walk.found) and m.bound_to is not None
    if whole.value == "other":
        return False
    if walk.breakdown and (walk.found or walk.breakdown_of_sum()):
        return True
    capital = next((k for k in walk.sentence.between(m.end, m.end + 90) if k.kind in ("capital", "programme")), None)
    named = capital and any(k.kind == "programme" for k in walk.sentence.between(capital.end, capital.end + 30))
    return capital is not None and capital.code == "recurrent" and not named
