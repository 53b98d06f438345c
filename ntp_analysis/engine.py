"""From an article to its figures: the one function that everything else calls."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from datetime import date
from functools import cache

from ntp_analysis.aliases import aliases, defined_names, with_aliases
from ntp_analysis.amounts import NUMBER, Number, convention, find_numbers
from ntp_analysis.attribution import Walk
from ntp_analysis.binding import tidy
from ntp_analysis.dateline import published
from ntp_analysis.dates import PeriodMention, resolve
from ntp_analysis.discourse import Discourse, Value
from ntp_analysis.found import Found
from ntp_analysis.gazetteer import MERGER
from ntp_analysis.home import VOICES, find_home, likely_province, written_at
from ntp_analysis.layout import layout
from ntp_analysis.lexicon import Lexicon, Meanings, load_entries, meanings_of
from ntp_analysis.lines import Line, says_unit, shapes, single_spaces, unwrap
from ntp_analysis.mentions import SPECIFIC, Sentence, defined_projects, sentence_mentions
from ntp_analysis.model import Article, Obstacle, Reading
from ntp_analysis.obstacles import find_obstacles
from ntp_analysis.passage import (
    OTHER_SUBJECT,
    base_of,
    learn,
    learn_day,
    order_of,
    parts_what_is_none,
    spends,
    told_below,
)
from ntp_analysis.places import (
    APPOSED,
    RUN,
    UPPER,
    Home,
    Name,
    PlaceMention,
    bare_communes,
    communes,
    name_at,
    name_phrases,
)
from ntp_analysis.ready import ready
from ntp_analysis.repeats import once, same_number
from ntp_analysis.rows import Rows
from ntp_analysis.sections import depth_of, sections
from ntp_analysis.shares import stands_before_amount
from ntp_analysis.speakers import Speakers
from ntp_analysis.stacked import unstack
from ntp_analysis.subject import is_relevant, main_capital, main_component, main_programme, main_source
from ntp_analysis.tables import read_table
from ntp_analysis.text import quoted, sentences, view

_TELLING = frozenset({"programme", "programme_ref", "capital", "source"})
_LEADING = _TELLING | {"basis", "measure"}
_FLAT = frozenset({"not_disbursed", "zero_allocated", "zero_distributed", "disbursed", "rate", "distributed"})
_OF_ONE_NAMED = re.compile(rf"[Cc]ủa (?:tỉnh|huyện|xã) {UPPER}")
"""`huyện nghèo của tỉnh Quảng Trị`: nobody's own"""
_NAMES_A_UNIT = re.compile(rf"[Xx]ã {UPPER}|[Pp]hường {UPPER}|[Tt]hị trấn {UPPER}|[Hh]uyện {UPPER}|[Đđ]ặc khu {UPPER}")
_OF_COMMUNES = re.compile(r"\b(?:trong|giữa|riêng|ở|với) (?:các|những|hai|ba|bốn|năm|\d{1,2}) xã\b")
"""`Trong hai xã lớn thì Trung Lý 41%, Mường Lý 22,7%`"""
_NAMES_A_PROJECT = re.compile(r"dự án \d")
_GOES_ON = re.compile(r"(?:theo đó|cụ thể|trong (?:số )?(?:đó|này)|qua đó)(?:,| gồm| là| có|: ?\w)|trong đó (?:dành|vốn|ngân sách|nguồn)\b|(?:tương tự|ngược lại|trái lại|trong khi đó),? ")
"""`Theo đó, ...`: a paragraph that goes on with what the one above began"""
_LEAD = re.compile(r"(?:(?:trong (?:tổng )?(?:số )?(?:đó|này|ấy)|(?:kết quả )?cụ thể|bao gồm|gồm(?: có)?|chi tiết)(?: như sau| là| gồm)?|chia theo [^.:]{1,40}) ?:")
"""`Cụ thể:`, `Trong tổng số đó:` in a line of its own"""
_TOTAL_OF_LIST = re.compile(r"tổng (?:số|cộng|vốn|kinh phí|nguồn vốn|kế hoạch vốn)(?: là)?: ?\d[\d.,]* (?:nghìn )?(?:triệu|tỷ|tỉ|đồng)")
"""`Giao kế hoạch vốn năm 2022 như sau:` above `Tổng số: 311.856 triệu đồng, gồm:`"""
_TO_BE_MOVED = re.compile(r"\b(?:phải|sẽ|xin|đề nghị|bị|đề xuất)(?: \w+)? (?:chuyển|kéo)")
"""`90 tỷ đồng phải chuyển nguồn`: this year's money, not that of an earlier one"""
_NATIONAL = re.compile(r"(?:(?:bộ|chính phủ|thủ tướng|quốc hội)\b[^:.]{0,40}: )?(?:cả nước|toàn quốc)\b[^.;:]*$")
"""`Bộ Tài chính: cả nước giải ngân đạt 60,2%`, a headline in a province's article"""
_ARTICLE = re.compile(r"Điều \d{1,2}[.:]")
"""`Điều 3. ...`, of a resolution: begins anew"""
_TIMES = ("months", "quarter", "month", "day")
_TWO_YEARS = re.compile(r"năm (20\d\d)(?:,| và|-|–) ?(?:năm )?(20\d\d)")


@cache
def _lexicon() -> Lexicon:
    return Lexicon(ready("lexicon", _meanings))


def _meanings() -> Meanings:
    extra = {phrase: [("name", key)] for phrase, key in name_phrases().items()}
    for phrase, level in VOICES.items():
        extra.setdefault(phrase, []).append(("voice", level))
    return meanings_of(load_entries(), extra)


def read_article(article: Article) -> Reading:
    """Read one article: its day, its place, its figures and what it says holds the work back.

    The result depends on the article alone. `text[start:end]` of every figure is its number in the text as
    given (of a figure 0, the words that say so).

    >>> text = "Năm 2023, tỉnh Hà Giang được giao 2.449 tỷ 836 triệu đồng vốn 3 chương trình mục tiêu quốc gia."
    >>> [(f.place, f.programme, f.measure, f.value) for f in read_article(Article("a", text)).figures]
    [('Hà Giang', 'ntp', 'allocated', 2449836000000)]
    """
    return _Reader(article).read()


class _Reader:
    """What is known of one article while it is read."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.v = unwrap(unstack(single_spaces(view(article.text))))
        self.page = layout(self.v)
        matches = _lexicon().find(self.v.low, self.v.text)
        self.lexical = [m for m in matches if m[2] not in ("name", "voice")]
        self.starts = [m[0] for m in self.lexical]
        self.voices = [(m[0], m[3]) for m in matches if m[2] == "voice" and not _OF_ONE_NAMED.match(self.v.text, m[0])]
        named = [m for m in matches if m[2] == "name"]
        self.name_starts = [m[0] for m in named]
        self.written = [n for a, b, _, key in named if (n := name_at(self.v, a, b, key))]
        digits = list(NUMBER.finditer(self.v.low))
        self.convention = convention(self.v.low, digits)
        self.numbers = [n for n in find_numbers(self.v.low, self.convention, digits) if n.unit or n.odd]
        self.number_starts = [n.start for n in self.numbers]
        self.day, self.day_how = published(self.v, self.page, article.published)
        self.defined = defined_names(self.v.low)
        self.names: list[PlaceMention] = []
        self.communes_named = False
        self.spans: dict[int, list[tuple[int, int]]] = {}
        self.home = self._home()
        self.speakers = Speakers(self.v, self._units_of, self.home)
        self.sections = sections(self.v, self.page, [p for p in self.names if self.home.province in ("", p.province)])
        self.speakers.find_headings(self.page, self.sections)

    def read(self) -> Reading:
        relevant = is_relevant(self.v, self.page, self.lexical_of)
        programme, capital = main_programme(self.v, self.page, self.lexical_of), main_capital(self.v, self.page, self.lexical_of)
        rows = Rows(self.article.id, self.v, self.home, self.day, programme, capital, main_component(self.v, self.page), main_source(self.v, self.page, self.lexical_of))
        if relevant:
            self._read_body(rows)
            self._read_titles(rows)
        figures = once(rows.figures)
        for f in figures:
            f.quote = quoted(self.article.text, f.start, f.end)
        figures.sort(key=lambda f: f.start)
        return Reading(
            article=self.article,
            published=self.day.isoformat() if self.day else "",
            province=self.home.province,
            place=self.home.place,
            level=self.home.level,
            relevant=relevant,
            figures=figures,
            obstacles=self._obstacles() if relevant else [],
            dropped=self._dropped(),
        )

    # the article as a whole

    def _home(self) -> Home:
        day = self.day or self._likely_day()
        story = [n for n in self.written if self._in_story(n.start)]
        likely = likely_province(self.v, self.page, [p for n in story if (p := n.meant(day, ""))], day)
        names = [p for n in story if (p := n.meant(day, likely))]
        units = [*names, *self._commune_names(day, likely)]
        home = find_home(self.v, self.page, units, self.voices, self.day, self.article.url, self.article.title)
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
        years = re.findall(r"(?:(?<![\d/.-])|(?<=\b\d[-/])|(?<=\b\d\d[-/]))(20[0-4]\d)(?!\d)", self.v.low)
        counts = Counter(years)
        return date(int(max(counts, key=lambda y: (counts[y], y))), 6, 30) if years else date(2024, 6, 30)

    def _in_story(self, offset: int) -> bool:
        """In the article itself, its head, or a line of the tail that is the site's banner, its address apart."""
        for line in self.page.tail:
            if line.start <= offset < line.end:
                low = self.v.low[line.start : line.end]
                return any(p in low for p in shapes()["banner"]) and not any(p in low[: offset - line.start] for p in shapes()["address"])
        return not any(line.start <= offset < line.end and self.v.low.startswith(shapes()["others"], line.start) for line in self.page.head)

    def _commune_names(self, day: date, province: str) -> list[PlaceMention]:
        home = Home(day, province)
        lines = [*self.page.titles, *self.page.body[:3], *[h for h in self.page.head if h not in self.page.titles]]
        found = [c for line in lines for c in communes(self.v, line.start, line.end, day, home)]
        for line in self.page.titles:
            found += self._bare_title_commune(line, found)
        return found

    def _bare_title_commune(self, line: Line, known: list[PlaceMention]) -> list[PlaceMention]:
        """A title says `Lũng Phìn` where the lead says `xã Lũng Phìn`."""
        text = self.v.text[line.start : line.end]
        return [
            PlaceMention(line.start + at, line.start + at + len(p.name), "named", p.name, p.level, p.province)
            for p in {c.name: c for c in known}.values()
            if (at := text.find(p.name)) >= 0 and not any(k.start <= line.start + at < k.end for k in known)
        ]

    def _lexical(self, start: int, end: int) -> list[tuple[int, int, str, str]]:
        return [m for m in self.lexical[bisect_left(self.starts, start) : bisect_left(self.starts, end)] if m[1] <= end]

    # sentences

    def _read_body(self, rows: Rows) -> None:
        discourse = Discourse(projects=defined_projects(self.v.low), last_programme=rows.programme if rows.programme in SPECIFIC else "")
        self._learn_title(rows, discourse)
        lines = self.page.body
        for line in self.page.head[-1:]:
            self._section(line, discourse)
        i = 0
        while i < len(lines):
            line = lines[i]
            if line.kind == "table":
                j = i
                while j < len(lines) and lines[j].kind == "table":
                    j += 1
                above = [k for k in lines[max(0, i - 4) : i] if k.kind != "table"] or self.page.head[-4:]
                found = read_table(self.v, above, lines[i:j], self.lexical_of, self.places_of, self.convention, discourse, self.home)
                rows.add(found, discourse)
                if found:
                    discourse.last_measure = found[-1].measure
                    self._learn_day(found, rows, discourse)
                i = j
                continue
            self._read_line(line, i, discourse, rows)
            i += 1

    @staticmethod
    def _learn_day(found: list[Found], rows: Rows, discourse: Discourse) -> None:
        """The day of a table's figures holds until another is named."""
        days = [f.state["as_of"] for f in found if "as_of" in f.state]
        if days and len({(d.value.day, d.value.month, d.value.year) for d in days}) == 1:
            rows.note_day({"as_of": days[0]}, Sentence(days[0].position, found[-1].number.end, "table", []), discourse)

    def _learn_title(self, rows: Rows, discourse: Discourse) -> None:
        """`11 tháng giải ngân 8%`: the time that a title names holds until the body names another."""
        dated = [k for k in self.page.head if k not in self.page.titles and "số liệu" in self.v.low[k.start : k.end]]  # "(số liệu đến 30/6)"
        for line in [*self.page.titles, *dated]:
            s = self._sentence(line.start, line.end, "title")
            for m in s.mentions:
                if m.kind == "carry" and m.code == "only" and not _TO_BE_MOVED.search(self.v.low, m.start, m.end) and not any(k.kind == "carry" and k.code != "only" for k in s.mentions):
                    years = m.data or next((f"{a}-{b}" for a, b in _TWO_YEARS.findall(self.v.low)), "")
                    discourse.title_carry = Value(("only", years, False), line.start, "article")
            years = {m.data.period for m in s.mentions if m.kind == "period" and (m.code == "year" or self._closed(m.data))}
            discourse.rates = discourse.rates or (spends(s) and any(n.unit == "percent" for n in s.numbers))
            if len(years) == 1:
                discourse.last_period = Value(years.pop(), line.start, "article")
            if not any(m.kind == "date" and m.code in _TIMES for m in s.mentions):
                continue
            walk = Walk(self.v, s, Discourse(), self.home, {})
            walk.run()
            day = walk.cur.get("as_of")
            if day is not None and day.value.kind in _TIMES:
                rows.note_day({"as_of": day}, s, discourse)

    def _closed(self, p: PeriodMention) -> bool:
        """A span that was over when the article came out is what a title is about; another is part of a programme's name."""
        return p.kind == "span" and self.day is not None and int(p.period[-4:]) < self.day.year

    def lexical_of(self, start: int, end: int) -> list[tuple[int, int, str, str]]:
        """Return the lexicon's matches between two offsets."""
        return self._lexical(start, end)

    def places_of(self, start: int, end: int) -> list[PlaceMention]:
        """Return the provinces and districts named between two offsets."""
        return [p for p in self.names if start <= p.start < end]

    def _units_of(self, start: int, end: int) -> list[PlaceMention]:
        named = [*self.places_of(start, end), *communes(self.v, start, end, self.home.day, self.home)]
        bare = bare_communes(self.v, start, end, self.home) if self.home.province else []
        return sorted([*named, *[p for p in bare if not any(k.start <= p.start < k.end for k in named)]], key=lambda p: p.start)

    def _section(self, line: Line, discourse: Discourse) -> bool:
        """`Gia Lai: Tiền đã về buôn`: what follows is about a place until another begins a part."""
        if line.start in self.speakers.headings:
            discourse.begin_section(self.speakers.headings[line.start], line.start)
            return True
        section = self.sections.get(line.start)
        if section is None:
            return False
        discourse.begin_section(section.place, line.start)
        if section.day and (day := resolve(section.day, self.day, "actual", None)):
            discourse.last_day, discourse.days = Value(day, line.start, "article"), {}
        return True

    def _read_line(self, line: Line, index: int, discourse: Discourse, rows: Rows) -> None:
        if (line.kind in ("short", "heading") or self._cut_off(line)) and self._foreign(line):
            return
        if discourse.opening and _LEAD.fullmatch(self.v.low, line.start, line.end):
            discourse.part_opening()
            return
        if self._section(line, discourse) and not self._is_a_place(line):
            return
        if line.kind == "heading" or (line.kind == "short" and self._topical(line)):
            if not self._has_figures(line):
                self._heading(line, discourse, rows)
                return
        elif line.kind == "short" and self.v.text[line.end - 1] not in ".;?:" and not self._has_figures(line):
            if not self._leads_items(line, index):
                return
            line.kind = "lead"
        if line.kind == "short" and discourse.in_list and _TOTAL_OF_LIST.match(self.v.low, line.start, line.end):
            line.kind = "item"
        begin = self._passage(line, index, discourse)
        self.speakers.learn(line.start, line.end)
        spans = self._sentences(line)
        for n, (a, b) in enumerate(spans):
            if unit := self.speakers.recalled(a, b):
                discourse.last_named[unit.level] = unit
            a = max(a, begin)
            if a < b and (line.kind == "lead" or self._says_something(a, b)):
                self._read_sentence(a, b, line.kind, discourse, rows, last=n == len(spans) - 1)

    def _sentences(self, line: Line) -> list[tuple[int, int]]:
        if line.start not in self.spans:
            self.spans[line.start] = sentences(self.v, line.start, line.end)
        return self.spans[line.start]

    def _may_have_figures(self, line: Line) -> bool:
        lexical = self._lexical(line.start, line.end)
        return bool(self._numbers(line.start, line.end)) or any(m[2] == "measure" and m[3] in _FLAT for m in lexical)

    def _says_something(self, start: int, end: int) -> bool:
        """Most sentences of an article have no number, name no programme and no place: passed over."""
        if self._numbers(start, end) or self.v.text[end - 1] in ":?":
            return True
        if self.v.low.startswith(("năm nay", "tính đến", "tính tới"), start) or any(w in self.v.low[start:end] for w in ("số liệu", "vốn năm 20")) or _NAMES_A_PROJECT.search(self.v.low, start, end):
            return True
        if bisect_left(self.name_starts, start) < bisect_left(self.name_starts, end):
            return True
        if any(m[2] in _TELLING or (m[2] == "measure" and m[3] in _FLAT) for m in self._lexical(start, end)):
            return True
        return _NAMES_A_UNIT.search(self.v.text, start, end) is not None or APPOSED.search(self.v.text, start, end) is not None or self._begins_with_a_commune(start, end)

    def _begins_with_a_commune(self, start: int, end: int) -> bool:
        """`Mường Giôn là điểm dừng đầu tiên.`: of it "xã" can speak."""
        name = RUN.match(self.v.text, start, end)
        return name is not None and " " in name.group() and bool(bare_communes(self.v, start, name.end(), self.home))

    def _cut_off(self, line: Line) -> bool:
        """A teaser of another story ends in dots."""
        return line.end - line.start < 110 and self.v.text.endswith(("...", "…"), 0, line.end)

    def _foreign(self, line: Line) -> bool:
        """A headline that names another province than the article's is another story's."""
        others = {p.province for p in self.places_of(line.start, line.end) if p.province}
        if not others and line.kind == "short" and _NATIONAL.match(self.v.low, line.start, line.end):
            others = {""}
        return bool(self.home.province and others and self.home.province not in others) and line.end - line.start > 25

    def _topical(self, line: Line) -> bool:
        text = self.v.text[line.start : line.end]
        found = [m for m in self._lexical(line.start, line.end) if m[2] in ("programme", "capital") and m[0] - line.start < 25]
        if OTHER_SUBJECT.match(self.v.low, line.start, line.end) or self._is_a_place(line):
            return len(text) < 60
        return bool(found) and not text.endswith("|") and len(text) < 110

    def _is_a_place(self, line: Line) -> bool:
        """A line that is the name of a district or a province is the heading of what follows."""
        return any(line.end - line.start - (p.end - p.start) <= 6 for p in self.places_of(line.start, line.end))

    def _leads_items(self, line: Line, index: int) -> bool:
        """`Kế hoạch vốn của các huyện` above `ĐVT: triệu đồng` and items with numbers leads them, with no colon behind it."""
        below = self.page.body[index + 1 : index + 3]
        if below and says_unit(self.v.low[below[0].start : below[0].end]):
            below = below[1:]
        told = any(m[2] == "measure" and m[3] not in ("given", "none") for m in self._lexical(line.start, line.end))
        return told and bool(below) and below[0].kind == "item" and self._has_figures(below[0])

    def _has_figures(self, line: Line) -> bool:
        return any(n.unit for n in self._numbers(line.start, line.end))

    def _numbers(self, start: int, end: int) -> list[Number]:
        return self.numbers[bisect_left(self.number_starts, start) : bisect_left(self.number_starts, end)]

    def _heading(self, line: Line, discourse: Discourse, rows: Rows) -> None:
        s = self._sentence(line.start, line.end, line.kind)
        walk = Walk(self.v, s, discourse, self.home, {})
        walk.run()
        own = {k: x.further("passage") for k, x in walk.cur.items() if k in ("programme", "component", "capital", "source", "carry", "period")}
        if measure := told_below(s):
            own["measure"] = measure
        if self._is_a_place(line) and "place" in walk.cur:
            own["place"] = walk.cur["place"].further("passage")
        learn_day(s, walk, rows, discourse)
        discourse.topic = discourse.under_heading(depth_of(self.v.text[line.start : line.end]), own)
        discourse.kept = frozenset(discourse.topic)
        discourse.used = 0
        discourse.in_list, discourse.list_order = False, order_of(self.v, s)

    def _passage(self, line: Line, index: int, discourse: Discourse) -> int:
        """A new paragraph forgets the old topic, unless it says that it goes on; a heading holds for what follows it closely.

        Return where what it says begins, behind the name of who speaks.
        """
        speaker = self.speakers.opens(line)
        question = index > 0 and self.v.text[self.page.body[index - 1].end - 1] == "?"
        if line.kind == "item":
            if speaker or question:
                discourse.new_passage()  # an answer goes on with its question, not with the answer before
        else:
            discourse.in_list, discourse.list_order = False, ()
            discourse.outer = discourse.outer if line.kind == "heading" else {}
            if (discourse.head is not None or discourse.topic.keys() & {"programme", "period"}) and _GOES_ON.match(self.v.low, line.start, line.end):
                return line.start
            if _ARTICLE.match(self.v.text, line.start) or (discourse.kept and discourse.used and line.gap and not self._goes_on(line)):
                discourse.kept = frozenset()
                discourse.headings = []
            discourse.used += 1
            discourse.new_passage()
        if speaker:
            discourse.hear(speaker.unit, line.start, speaker.firmly)
        discourse.answer(speaker is not None, self.speakers.label(line) if question else "")
        only_names = speaker and not any(m[2] in _LEADING for m in self._lexical(line.start, speaker.begin))
        return speaker.begin if speaker and only_names else line.start

    def _goes_on(self, line: Line) -> bool:
        """A paragraph that begins with money goes on with the section; others sum up the article."""
        return any(m[2] in ("measure", "capital") and m[0] - line.start < 12 for m in self._lexical(line.start, min(line.end, line.start + 60)))

    def _sentence(self, start: int, end: int, kind: str) -> Sentence:
        names = self.places_of(start, end)
        two_tier = self.home.day >= MERGER
        mentions = sentence_mentions(self.v, start, end, self._lexical(start, end), names, self.home, two_tier or self.communes_named or self.home.level in ("commune", "district") or _OF_COMMUNES.search(self.v.low, start, end) is not None)
        self.communes_named = self.communes_named or any(m.kind == "place" and m.data.level == "commune" for m in mentions)
        if self.defined:
            mentions = with_aliases(mentions, aliases(self.v, start, end, self.defined))
        s = Sentence(start, end, kind, mentions)
        dates = [m for m in mentions if m.kind == "date"]
        s.numbers = [n for n in self._numbers(start, end) if not any(m.start <= n.start < m.end for m in dates) and not stands_before_amount(self.v.low, start, n)]
        tidy(self.v, s)
        return s

    def _read_sentence(self, start: int, end: int, kind: str, discourse: Discourse, rows: Rows, last: bool) -> None:
        s = self._sentence(start, end, kind)
        if parts_what_is_none(s, discourse):
            return
        walk = Walk(self.v, s, discourse, self.home, base_of(self.v, s, discourse), refused=discourse.off_topic)
        found = walk.run()
        discourse.off_topic = None if found else discourse.off_topic
        rows.add(found, discourse)
        learn(self.v, s, walk, found, rows, discourse, last)
        heads = kind == "heading" and bool(found) and bool(discourse.outer)
        if last and (self.v.text[end - 1] == ":" or kind == "lead" or heads) and kind != "item":
            discourse.in_list, discourse.list_order = True, () if found else order_of(self.v, s)
            discourse.list_state = {k: x.further("passage") for k, x in (found[-1].state if found else walk.cur).items()}
            if found:
                discourse.list_state["measure"] = Value(found[-1].measure, found[-1].number.start, "passage")
            elif discourse.sum is not None and "period" in discourse.sum:
                discourse.list_state.setdefault("period", discourse.sum["period"].further("passage"))  # "Cơ cấu nguồn vốn:"
            if kind != "heading":
                discourse.outer = discourse.list_state

    # the rest

    def _read_titles(self, rows: Rows) -> None:
        """A number of the title or of a picture's caption counts only where the body does not say it, or says it more exactly."""
        body = list(rows.figures)
        extra = Rows(self.article.id, self.v, self.home, self.day, rows.programme, rows.capital, rows.component, rows.source)
        for line in [*self.page.titles, *self.page.captions]:
            discourse = Discourse()
            if not self._may_have_figures(line):
                continue
            for a, b in self._sentences(line):
                self._read_sentence(a, b, "title", discourse, extra, last=False)
        rows.figures.extend(f for f in extra.figures if not any(same_number(f, g) for g in body))

    def _obstacles(self) -> list[Obstacle]:
        spans = [s for line in self.page.body if line.kind != "table" for s in self._sentences(line)]
        found = find_obstacles(self.article.id, self.v.text, spans, low=self.v.low)
        for o in found:
            o.start, o.end = self.v.given(o.start, o.end)
        return found

    def _dropped(self) -> list[tuple[int, int]]:
        kept = {id(line) for line in [*self.page.body, *self.page.titles, *self.page.captions]}
        return [self.v.given(line.start, line.end) for line in self.page.lines if id(line) not in kept]
