"""An article as a whole, before its sentences are read: its words, numbers and names, its day and its home."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from datetime import date
from functools import cache
from itertools import islice

from ntp_analysis.aliases import aliases, defined_names, with_aliases
from ntp_analysis.amounts import NUMBER, Number, convention, find_numbers
from ntp_analysis.binding import bind
from ntp_analysis.dateline import event_day, published
from ntp_analysis.gazetteer import MERGER, gazetteer
from ntp_analysis.home import find_home, likely_province, written_at
from ntp_analysis.layout import layout
from ntp_analysis.lexicon import Lexicon, Meanings, load_entries, meanings_of
from ntp_analysis.lines import WHAT_IS_MEASURED, Line, says_unit, shapes, single_spaces, unwrap
from ntp_analysis.mentions import Sentence, led_in, sentence_mentions
from ntp_analysis.model import Article
from ntp_analysis.naming import settle_names
from ntp_analysis.opening import OTHER_SUBJECT, mark_of, only_a_topic
from ntp_analysis.own_unit import has_money
from ntp_analysis.patterns import patterns
from ntp_analysis.places import (
    APPOSED,
    RUN,
    Home,
    Name,
    PlaceMention,
    bare_communes,
    communes,
    inside_a_name,
    name_at,
    name_phrases,
)
from ntp_analysis.publisher import hosts_of, paper_of, publishers
from ntp_analysis.ready import ready
from ntp_analysis.sections import sections
from ntp_analysis.shares import stands_before_amount
from ntp_analysis.speakers import Speakers
from ntp_analysis.stacked import unstack
from ntp_analysis.text import sentences, view
from ntp_analysis.voices import VOICES

_SAYS = patterns("document")
_LONGEST_HEADING = 60

TELLING = frozenset({"programme", "programme_ref", "capital", "source"})
_FLAT = frozenset({"not_disbursed", "zero_allocated", "zero_distributed", "disbursed", "rate", "distributed"})
_FIRST_OF_SEDEMA = date(2019, 9, 1)
"""the Assembly asked for this programme in November 2019: before, `phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số` is what others are for"""
_MOST_IN_A_TITLE = 12
"""communes of a title: a text of names alone is no article"""
_SIGNATURE = 4
_A_YEAR = re.compile(r"(?:(?<![\d/.-])|(?<=\b\d[-/])|(?<=\b\d\d[-/]))(20[0-4]\d)(?!\d)")


@cache
def lexicon() -> Lexicon:
    """Return all phrases that are looked for in an article: the lexicon's, names of places, words of those who speak."""
    return Lexicon(ready("lexicon", meanings))


def meanings() -> Meanings:
    """Return what each of these phrases means."""
    extra = {phrase: [("name", key)] for phrase, key in name_phrases().items()}
    for phrase, level in VOICES.items():
        extra.setdefault(phrase, []).append(("voice", level))
    return meanings_of(load_entries(), extra)


class Document:
    """What is known of one article before its sentences are read."""

    def __init__(self, article: Article) -> None:
        self.v = unwrap(unstack(single_spaces(view(article.text))))
        self.page = layout(self.v)
        matches = lexicon().find(self.v.low, self.v.text)
        self.day, _ = published(self.v, self.page, article.published)
        none_yet = self.day is not None and self.day < _FIRST_OF_SEDEMA
        self.lexical = [
            m
            for m in matches
            if m[2] not in ("name", "voice") and not (none_yet and m[2] == "programme" and m[3] == "sedema")
        ]
        self.starts = [m[0] for m in self.lexical]
        self.voices = [
            (m[0], m[3]) for m in matches if m[2] == "voice" and not _SAYS.of_one_named.match(self.v.text, m[0])
        ]
        named = [m for m in matches if m[2] == "name"]
        self.name_starts = [m[0] for m in named]
        self.written = [n for a, b, _, key in named if (n := name_at(self.v, a, b, key))]
        digits = list(NUMBER.finditer(self.v.low))
        self.convention = convention(self.v.low, digits)
        self.numbers = [n for n in find_numbers(self.v.low, self.convention, digits) if n.unit or n.odd]
        self.number_starts = [n.start for n in self.numbers]
        self.defined = defined_names(self.v.low)
        self.names: list[PlaceMention] = []
        self.communes_named = False
        self.spans: dict[int, list[tuple[int, int]]] = {}
        self.home = self._home(article.url, article.title)
        self.speakers = Speakers(self.v, self.units_of, self.home)
        self.sections = sections(self.v, self.page, [p for p in self.names if self.home.province in ("", p.province)])
        self.speakers.find_headings(self.page, self.sections)

    # its day and its home

    def _home(self, url: str, title: str) -> Home:
        day = self.day or self._likely_day()
        story = [n for n in self.written if self._in_story(n.start)]
        owners = [province for province, _ in publishers(self.v, self.page, hosts_of(url, self.v), day)]
        likely = likely_province(
            self.v, self.page, [p for n in story if (p := n.meant(day, ""))], day, owners
        ) or paper_of(self.v, self.page, day)
        names = [p for n in story if (p := n.meant(day, likely))]
        units = [*names, *self._commune_names(day, likely)]
        home = find_home(self.v, self.page, units, self.voices, self.day, url, title)
        if not home.place:
            home = self._home_from_other_stories(home, [n for n in self.written if not self._in_story(n.start)], day)
        home.day, home.dated = day, self.day is not None
        self.names = self._named(day, home)
        if home.level in ("country", "region"):
            self.names = [p for p in self.names if not written_at(self.v, self.page, p)]
        return home

    def _named(self, day: date, home: Home) -> list[PlaceMention]:
        """What names mean: a district's that several provinces have is of the article's, or of that named last."""
        named, near = [], home.province
        for n in self.written:
            if p := n.meant(day, near):
                named.append(p)
                near = home.province or (p.name if p.level == "province" else near)
        return named

    def _home_from_other_stories(self, home: Home, found: list[Name], day: date) -> Home:
        """A province's paper beside its story: several units of one province and none of another tell which."""
        provinces = {p.province for n in found if (p := n.meant(day, ""))}
        if len(provinces) == 1 and len(found) > 1:
            province = provinces.pop()
            return Home(day, province, province, "province") if home.level == "province" else home
        return home

    def _likely_day(self) -> date:
        """The middle of the year that the page names most, of those that the article itself names if it does any."""
        counts = Counter(_A_YEAR.findall(self.v.low))
        story = "\n".join(self.v.low[line.start : line.end] for line in self.page.lines if line not in self.page.tail)
        years = _A_YEAR.findall(story) or list(counts)
        return date(int(max(years, key=lambda y: (counts[y], y))), 6, 30) if years else date(2024, 6, 30)

    def _in_story(self, offset: int) -> bool:
        """In the article itself, its head, or a line of the tail that is the site's banner, its address apart."""
        for line in self.page.tail:
            if line.start <= offset < line.end:
                low = self.v.low[line.start : line.end]
                if line in self.page.tail[:_SIGNATURE] and _SAYS.signed.fullmatch(self.v.text, line.start, line.end):
                    return True
                return any(p in low for p in shapes()["banner"]) and not any(
                    p in low[: offset - line.start] for p in shapes()["address"]
                )
        return not any(
            line.start <= offset < line.end and self.v.low.startswith(shapes()["others"], line.start)
            for line in self.page.head
        )

    def _commune_names(self, day: date, province: str) -> list[PlaceMention]:
        home = Home(day, province)
        lines = [*self.page.titles, *self.page.body[:3], *[h for h in self.page.head if h not in self.page.titles]]
        lines += [
            k
            for k in self.page.tail[:_SIGNATURE]
            if any(word in self.v.low[k.start : k.end] for word in shapes()["banner"])
        ]
        found = [c for line in lines for c in communes(self.v, line.start, line.end, day, home)]
        titled = [c for line in self.page.titles or self.page.body[:1] for c in self._told_bare(line, home)]
        known = {c.name: c for c in [*found, *titled]}
        covered = {at for c in found for at in range(c.start, c.end)}
        return found + [
            c for line in [*self.page.titles, *self.page.body] for c in self._bare_again(line, known, covered)
        ]

    def _told_bare(self, line: Line, home: Home) -> list[PlaceMention]:
        """`Vĩnh Sơn vào mùa gió`, `Đam Rông 2 được phân bổ 21 tỷ đồng`: a commune of a title, if the article tells of it by its bare name."""
        if not home.province:
            return []
        found: list[PlaceMention] = []
        first = {c.name: c for c in reversed(bare_communes(self.v, line.start, line.end, home))}
        for c in sorted(first.values(), key=lambda c: c.start)[:_MOST_IN_A_TITLE]:
            if any(
                n.start <= c.start and c.end <= n.end and n.meant(home.day, home.province) for n in self.written
            ) or gazetteer().find(c.name, "district", home.day, home.province):
                continue
            told = list(islice((m for part in self.page.body for m in self._spots(part, c.name)), 2))
            if any(has_money(self.v, end) for _, end in [(c.start, c.end), *told]) or len(told) > 1:
                found.append(c)
        return found

    def _spots(self, line: Line, name: str) -> list[tuple[int, int]]:
        """Where a line has a name that is no part of a longer one."""
        spots, at = [], self.v.text.find(name, line.start, line.end)
        while at >= 0:
            end = at + len(name)
            if not self.v.text[end : end + 1].isalnum() and not inside_a_name(self.v.text, at, end):
                spots.append((at, end))
            at = self.v.text.find(name, end, line.end)
        return spots

    def _bare_again(self, line: Line, known: dict[str, PlaceMention], covered: set[int]) -> list[PlaceMention]:
        """A title says `Lũng Phìn` where the lead says `xã Lũng Phìn`."""
        return [
            PlaceMention(at, end, "named", p.name, p.level, p.province)
            for p in known.values()
            for at, end in self._spots(line, p.name)
            if at not in covered
        ]

    # what stands between two offsets

    def lexical_of(self, start: int, end: int) -> list[tuple[int, int, str, str]]:
        """Return the lexicon's matches between two offsets."""
        return [m for m in self.lexical[bisect_left(self.starts, start) : bisect_left(self.starts, end)] if m[1] <= end]

    def numbers_of(self, start: int, end: int) -> list[Number]:
        """Return the numbers with a unit between two offsets."""
        return self.numbers[bisect_left(self.number_starts, start) : bisect_left(self.number_starts, end)]

    def places_of(self, start: int, end: int) -> list[PlaceMention]:
        """Return the provinces and districts named between two offsets."""
        return [p for p in self.names if start <= p.start < end]

    def units_of(self, start: int, end: int) -> list[PlaceMention]:
        """Return the provinces, districts and communes named between two offsets."""
        named = [*self.places_of(start, end), *communes(self.v, start, end, self.home.day, self.home)]
        bare = bare_communes(self.v, start, end, self.home) if self.home.province else []
        return sorted(
            [*named, *[p for p in bare if not any(k.start <= p.start < k.end for k in named)]], key=lambda p: p.start
        )

    def sentences_of(self, line: Line) -> list[tuple[int, int]]:
        """Return the spans of a line's sentences."""
        if line.start not in self.spans:
            self.spans[line.start] = sentences(self.v, line.start, line.end)
        return self.spans[line.start]

    def body_sentences(self) -> list[tuple[int, int]]:
        """Return the spans of the sentences of the article itself, its tables apart."""
        return [span for line in self.page.body if line.kind != "table" for span in self.sentences_of(line)]

    def sentence(self, start: int, end: int, kind: str) -> Sentence:
        """Return a sentence with what it mentions, and which words of it belong together."""
        names = self.places_of(start, end)
        two_tier = self.home.day >= MERGER
        mentions = sentence_mentions(
            self.v,
            start,
            end,
            self.lexical_of(start, end),
            names,
            self.home,
            two_tier
            or self.communes_named
            or self.home.level in ("commune", "district")
            or _SAYS.of_communes.search(self.v.low, start, end) is not None
            or _SAYS.goes_to.search(self.v.text, start, end) is not None,
        )
        self.communes_named = self.communes_named or any(
            m.kind == "place" and m.data.level == "commune" for m in mentions
        )
        if self.defined:
            mentions = with_aliases(mentions, aliases(self.v, start, end, self.defined))
        s = Sentence(start, end, kind, mentions, begin=led_in(self.v.low, start, end))
        dates = [m for m in mentions if m.kind == "date"]
        for m in dates:
            if m.data.kind == "event" and (met := event_day(self.v, self.page, self.day)):
                m.data.kind, m.data.year, m.data.month, m.data.day = "day", met.year, met.month, met.day
        s.numbers = [
            n
            for n in self.numbers_of(start, end)
            if not any(m.start <= n.start < m.end for m in dates) and not stands_before_amount(self.v.low, start, n)
        ]
        settle_names(self.v, s)
        bind(self.v, s)
        return s

    # what a line is

    def has_figures(self, line: Line) -> bool:
        """Tell whether a line has a number with a unit."""
        return any(n.unit for n in self.numbers_of(line.start, line.end))

    def may_have_figures(self, line: Line) -> bool:
        """Tell whether a line has a number, or says flatly that nothing was spent."""
        lexical = self.lexical_of(line.start, line.end)
        return bool(self.numbers_of(line.start, line.end)) or any(m[2] == "measure" and m[3] in _FLAT for m in lexical)

    def says_something(self, start: int, end: int) -> bool:
        """Most sentences of an article have no number, name no programme and no place: passed over."""
        if self.numbers_of(start, end) or self.v.text[end - 1] in ":?":
            return True
        if _SAYS.tells_time.match(self.v.low, start) or _SAYS.worth_reading.search(self.v.low, start, end):
            return True
        if bisect_left(self.name_starts, start) < bisect_left(self.name_starts, end):
            return True
        if any(m[2] in TELLING or (m[2] == "measure" and m[3] in _FLAT) for m in self.lexical_of(start, end)):
            return True
        return (
            _SAYS.names_a_unit.search(self.v.text, start, end) is not None
            or APPOSED.search(self.v.text, start, end) is not None
            or self._leads_to_a_commune(start, end)
        )

    def tells_of_poverty(self, start: int, end: int) -> bool:
        """`Tôi hỏi tỷ lệ hộ nghèo của xã.`: what percentage follows may be of that."""
        return any(m[2] == "topic" and m[3] == "poverty" for m in self.lexical_of(start, end))

    def _leads_to_a_commune(self, start: int, end: int) -> bool:
        """`Mường Giôn là điểm dừng đầu tiên.`, `Chúng tôi về Hải Quang giữa vụ gặt.`: of it "xã" can speak."""
        goes = _SAYS.goes_to.search(self.v.text, start, end)
        names = [RUN.match(self.v.text, at, end) for at in (start, goes.end() if goes else start)]
        return any(
            name and " " in name.group() and bare_communes(self.v, start, name.end(), self.home) for name in names
        )

    def cut_off(self, line: Line) -> bool:
        """A teaser of another story ends in dots."""
        return line.end - line.start < 110 and self.v.text.endswith(("...", "…"), 0, line.end)

    def foreign(self, line: Line) -> bool:
        """A headline that names another province than the article's is another story's."""
        others = {p.province for p in self.places_of(line.start, line.end) if p.province}
        if not others and line.kind == "short" and _SAYS.national.match(self.v.low, line.start, line.end):
            others = {""}
        return bool(self.home.province and others and self.home.province not in others) and line.end - line.start > 25

    def topical(self, line: Line) -> bool:
        """Tell whether a short line is the heading of what follows: a programme, a kind of capital, a place."""
        text = self.v.text[line.start : line.end]
        found = [
            m
            for m in self.lexical_of(line.start, line.end)
            if m[2] in ("programme", "capital") and m[0] - line.start < 25
        ]
        if OTHER_SUBJECT.match(self.v.low, line.start, line.end) or self.is_a_place(line):
            return len(text) < 60
        return bool(found) and not text.endswith("|") and len(text) < 110

    def is_a_place(self, line: Line) -> bool:
        """A line that is the name of a district or a province is the heading of what follows."""
        return any(
            line.end - line.start - (p.end - p.start) <= 6 or only_a_topic(self.v, line.start, p.start, p.end, line.end)
            for p in self.places_of(line.start, line.end)
        )

    def heads_numbers(self, line: Line, index: int) -> bool:
        """`GIẢI NGÂN (đến 28/02/2026)` above `Vốn đầu tư: 12,4%`: what the lines below it measure."""
        below = self.page.body[index + 1 : index + 2]
        return (
            line.kind == "short"
            and line.end - line.start < _LONGEST_HEADING
            and bool(below)
            and below[0].kind == "short"
            and self.has_figures(below[0])
            and self.v.text[line.end - 1] not in ".;?!…"
            and WHAT_IS_MEASURED.fullmatch(self.v.low, line.start, line.end) is not None
        )

    def heads_what_follows(self, line: Line, index: int) -> bool:
        """`a) Tại Sơn La`, `- Vốn sự nghiệp` alone above a paragraph: its heading, though it looks like one of a list."""
        if line.kind != "item" or line.end - line.start > _LONGEST_HEADING or self.v.text[line.end - 1] in ",;:":
            return False
        below = self.page.body[index + 1 : index + 2]
        if not below or below[0].kind not in ("prose", "short") or self.has_figures(line):
            return False
        above = self.page.body[index - 1] if index else None
        listed = above is not None and above.kind == "item" and self._marked_alike(above, line)
        return not listed and not (above is not None and self.is_a_place(above)) and self._only_its_topic(line)

    def _only_its_topic(self, line: Line) -> bool:
        found = [m for m in self.lexical_of(line.start, line.end) if m[2] in ("programme", "capital")]
        return self.is_a_place(line) or (
            bool(found) and only_a_topic(self.v, line.start, found[0][0], max(m[1] for m in found), line.end)
        )

    def _marked_alike(self, one: Line, other: Line) -> bool:
        return mark_of(self.v, one.start) == mark_of(self.v, other.start)

    def leads_items(self, line: Line, index: int) -> bool:
        """`Kế hoạch vốn của các huyện` above `ĐVT: triệu đồng` and items with numbers leads them, with no colon behind it."""
        below = self.page.body[index + 1 : index + 3]
        if below and says_unit(self.v.low[below[0].start : below[0].end]):
            below = below[1:]
        told = any(m[2] == "measure" and m[3] not in ("given", "none") for m in self.lexical_of(line.start, line.end))
        return told and bool(below) and below[0].kind == "item" and self.has_figures(below[0])
