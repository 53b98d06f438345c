"""From an article to its figures: the one function that everything else calls."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from ntp_analysis.amounts import Number
from ntp_analysis.attribution import Walk
from ntp_analysis.dates import TIMES, PeriodMention, resolve
from ntp_analysis.discourse import Discourse, Value, id_of
from ntp_analysis.document import TELLING, Document
from ntp_analysis.found import Found
from ntp_analysis.lines import Line
from ntp_analysis.mentions import SPECIFIC, Mention, Sentence, defined_projects
from ntp_analysis.model import Article, Figure, Obstacle, Reading
from ntp_analysis.obstacle_model import weigh
from ntp_analysis.obstacles import find_obstacles
from ntp_analysis.opening import BY_PROGRAMME, BY_UNIT, base_of, mark_of
from ntp_analysis.passage import learn, parts_what_is_none
from ntp_analysis.patterns import patterns
from ntp_analysis.repeats import once, same_number
from ntp_analysis.rows import Rows
from ntp_analysis.sections import depth_of
from ntp_analysis.silence import learn_day, order_of, spends, told_below
from ntp_analysis.subject import (
    about_investment,
    is_relevant,
    main_capital,
    main_component,
    main_programme,
    main_source,
    of_the_whole,
)
from ntp_analysis.tables import read_table
from ntp_analysis.text import View, quoted

_SAYS = patterns("engine")

_LEADING = TELLING | {"basis", "measure"}
_NO_HEADLINE = re.compile(r" {3}|[-:;,]$|^\(.*\)$")
"""a menu, a line that goes on, a remark in brackets"""
_FIELD = re.compile(r"^(?:title:|date \d{4}-\d\d(?:-\d\d)?) ")
"""what a feed writes before a headline"""


def read_article(article: Article) -> Reading:
    """Read one article: its day, its place, its figures and what it says holds the work back.

    The result depends on the article alone. `text[start:end]` of every figure is its number in the text as
    given (of a figure 0, the words that say so).

    >>> text = "Năm 2023, tỉnh Hà Giang được giao 2.449 tỷ 836 triệu đồng vốn 3 chương trình mục tiêu quốc gia."
    >>> [(f.place, f.programme, f.measure, f.value) for f in read_article(Article("a", text)).figures]
    [('Hà Giang', 'ntp', 'allocated', 2449836000000)]
    """
    return _Reader(article).read()


def _beside_others(v: View, title: Sentence, m: Mention) -> bool:
    """`Giải ngân vốn 6 tháng: Núi chậm, vốn kéo dài cũng chậm`: a title that tells of such money beside the rest."""
    clause = max(v.low.rfind(mark, title.start, m.start) for mark in (": ", ", ", "; "))
    return any(k.kind in ("measure", "capital") and k.end <= clause for k in title.mentions) or v.low.startswith(
        " cũng ", m.end
    )


class _Reader:
    """Reads the lines of one article, from the first to the last."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.doc = doc = Document(article)
        self.v, self.page, self.home, self.day, self.speakers = doc.v, doc.page, doc.home, doc.day, doc.speakers

    def read(self) -> Reading:
        relevant = is_relevant(self.v, self.page, self.doc.lexical_of)
        programme, capital = (
            main_programme(self.v, self.page, self.doc.lexical_of),
            main_capital(self.v, self.page, self.doc.lexical_of),
        )
        rows = Rows(
            self.article.id,
            self.v,
            self.home,
            self.day,
            programme,
            capital,
            main_component(self.v, self.page),
            main_source(self.v, self.page, self.doc.lexical_of),
        )
        if relevant:
            self._read_body(rows)
            self._read_titles(rows)
        else:
            rows = self._of_investment()
        figures = once(self._without_headings(rows.figures))
        for f in figures:
            f.quote = quoted(self.article.text, f.start, f.end)
        figures.sort(key=lambda f: f.start)
        return Reading(
            article=self._titled(),
            published=self.day.isoformat() if self.day else "",
            province=self.home.province,
            place=self.home.place,
            level=self.home.level,
            relevant=relevant,
            figures=figures,
            obstacles=self._obstacles() if relevant else [],
            dropped=self._dropped(),
            too_large=[self._given(n) for n in self.doc.numbers if n.odd == "too large"] if relevant else [],
        )

    def _given(self, number: Number) -> str:
        """Return a number as the article writes it."""
        return self.article.text[slice(*self.v.given(number.start, number.end))]

    def _titled(self) -> Article:
        """The article with the headline that its text begins with, where the source gives none."""
        lines = [self.v.text[line.start : line.end] for line in self.page.titles if line.kind == "title"]
        told = [text for text in lines if not _NO_HEADLINE.search(text)]
        return self.article if self.article.title or not told else replace(self.article, title=_FIELD.sub("", told[-1]))

    def _of_investment(self) -> Rows:
        """The figures of public investment as a whole in an article that says nothing of the programmes."""
        told, alone = about_investment(self.v, self.page, self.doc.lexical_of)
        rows = Rows(self.article.id, self.v, self.home, self.day, "other" if alone else "", "investment")
        if told:
            self._read_body(rows)
            if alone and not rows.figures:
                self._read_titles(rows)
            rows.figures = [
                f
                for f in rows.figures
                if f.programme == "other" and not f.component and of_the_whole(self.v, self._at(f.start))
            ]
        return rows

    def _at(self, given: int) -> int:
        """Where in the view an offset of the text as given is."""
        return given if self.v.starts is None else bisect_left(self.v.starts, given)

    # sentences

    def _read_body(self, rows: Rows) -> None:
        discourse = Discourse(
            projects=defined_projects(self.v.low), last_programme=rows.programme if rows.programme in SPECIFIC else ""
        )
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
                found = read_table(
                    self.v,
                    above,
                    lines[i:j],
                    self.doc.lexical_of,
                    self.doc.places_of,
                    self.doc.convention,
                    discourse,
                    self.home,
                )
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
            rows.memory.note_day(
                {"as_of": days[0]}, Sentence(days[0].position, found[-1].number.end, "table", []), discourse
            )

    def _learn_title(self, rows: Rows, discourse: Discourse) -> None:
        """`11 tháng giải ngân 8%`: the time that a title names holds until the body names another."""
        # "(số liệu đến 30/6)"
        dated = [k for k in self.page.head if k not in self.page.titles and "số liệu" in self.v.low[k.start : k.end]]
        for line in [*self.page.titles, *dated]:
            s = self.doc.sentence(line.start, line.end, "title")
            for m in s.mentions:
                if (
                    m.kind == "carry"
                    and m.code == "only"
                    and not _SAYS.to_be_moved.search(self.v.low, m.start, m.end)
                    and not any(k.kind == "carry" and k.code != "only" for k in s.mentions)
                    and not _beside_others(self.v, s, m)
                ):
                    years = m.data or next((f"{a}-{b}" for a, b in _SAYS.two_years.findall(self.v.low)), "")
                    discourse.title_carry = Value(("only", years, False), line.start, "article")
            years = {
                m.data.period for m in s.mentions if m.kind == "period" and (m.code == "year" or self._closed(m.data))
            }
            discourse.rates = discourse.rates or (spends(s) and any(n.unit == "percent" for n in s.numbers))
            if len(years) == 1:
                discourse.last_period = Value(years.pop(), line.start, "article")
            discourse.last_span = next(
                (m.data.period for m in s.mentions if m.kind == "period" and m.data.kind == "span"), discourse.last_span
            )
            if not any(m.kind == "date" and m.code in TIMES for m in s.mentions):
                continue
            walk = Walk(self.v, s, Discourse(), self.home, {})
            walk.run()
            day = walk.cur.get("as_of")
            if day is not None and day.value.kind in TIMES:
                rows.memory.note_day({"as_of": day}, s, discourse)

    def _closed(self, p: PeriodMention) -> bool:
        """A span that was over when the article came out is what a title is about; another is part of a programme's name."""
        return p.kind == "span" and self.day is not None and int(p.period[-4:]) < self.day.year

    def _section(self, line: Line, discourse: Discourse) -> bool:
        """`Gia Lai: Tiền đã về buôn`: what follows is about a place until another begins a part."""
        if line.start in self.speakers.headings:
            discourse.begin_section(self.speakers.headings[line.start], line.start)
            return True
        section = self.doc.sections.get(line.start)
        if section is None:
            return False
        discourse.begin_section(section.place, line.start)
        if section.day and (day := resolve(section.day, self.day, "actual", None)):
            discourse.last_day, discourse.days = Value(day, line.start, "article"), {}
        return True

    def _read_line(self, line: Line, index: int, discourse: Discourse, rows: Rows) -> None:
        if (line.kind in ("short", "heading") or self.doc.cut_off(line)) and self.doc.foreign(line):
            return
        if discourse.opening and _SAYS.lead.fullmatch(self.v.low, line.start, line.end):
            discourse.part_opening()
            return
        if self._section(line, discourse) and not self.doc.is_a_place(line):
            return
        if (
            line.kind == "heading"
            or (line.kind == "short" and self.doc.topical(line))
            or self.doc.heads_what_follows(line, index)
            or self.doc.heads_numbers(line, index)
        ):
            if not self.doc.has_figures(line):
                self._heading(line, discourse, rows)
                return
        elif line.kind == "short" and self.v.text[line.end - 1] not in ".;?:" and not self.doc.has_figures(line):
            if not self.doc.leads_items(line, index):
                return
            line.kind = "lead"
        if line.kind == "short" and discourse.in_list and _SAYS.total_of_list.match(self.v.low, line.start, line.end):
            line.kind = "item"
        if (
            line.kind in ("short", "prose")
            and discourse.in_list
            and _SAYS.project_line.match(self.v.low, line.start, line.end)
        ):
            line.kind = "item"
        begin = self._passage(line, index, discourse)
        self.speakers.learn(line.start, line.end)
        spans = self.doc.sentences_of(line)
        for n, (a, b) in enumerate(spans):
            if unit := self.speakers.recalled(a, b):
                discourse.last_named[unit.level] = unit
            a = max(a, begin)
            if a < b and (line.kind == "lead" or self.doc.says_something(a, b)):
                self._read_sentence(a, b, line.kind, discourse, rows, last=n == len(spans) - 1)
            else:
                discourse.fall_silent()
                discourse.poor = discourse.poor or self.doc.tells_of_poverty(a, b)

    def _heading(self, line: Line, discourse: Discourse, rows: Rows) -> None:
        s = self.doc.sentence(line.start, line.end, line.kind)
        walk = Walk(self.v, s, discourse, self.home, {})
        walk.run()
        own = {
            k: x.further("passage")
            for k, x in walk.cur.items()
            if k in ("programme", "component", "capital", "source", "carry", "period")
        }
        if measure := told_below(s):
            own["measure"] = measure
        if self.doc.is_a_place(line) and "place" in walk.cur:
            own["place"] = walk.cur["place"].further("passage")
        learn_day(s, walk, rows, discourse)
        discourse.topic = discourse.under_heading(depth_of(self.v.text[line.start : line.end]), own)
        discourse.kept = frozenset(discourse.topic)
        discourse.used = 0
        discourse.end_list()
        discourse.list_order = order_of(self.v, s)

    def _passage(self, line: Line, index: int, discourse: Discourse) -> int:
        """A new paragraph forgets the old topic, unless it says that it goes on; a heading holds for what follows it closely.

        Return where what it says begins, behind the name of who speaks.
        """
        speaker = self.speakers.opens(line)
        question = index > 0 and self.v.text[self.page.body[index - 1].end - 1] == "?"
        if line.kind == "item":
            if speaker or question:
                discourse.new_passage()  # an answer goes on with its question, not with the answer before
            discourse.next_item(mark_of(self.v, line.start), line.start)
        else:
            discourse.end_list()
            discourse.outer = discourse.outer if line.kind == "heading" else {}
            if (discourse.head is not None or discourse.topic.keys() & {"programme", "period"}) and _SAYS.goes_on.match(
                self.v.low, line.start, line.end
            ):
                return line.start
            if _SAYS.article.match(self.v.text, line.start) or (
                discourse.kept and discourse.used and line.gap and not self._goes_on(line)
            ):
                discourse.kept = frozenset()
                discourse.headings = []
            discourse.used += 1
            capital = (
                discourse.opening.get("capital")
                if id_of(discourse.opening.get("capital")) == id_of(discourse.topic.get("capital"))
                else None
            )
            one = next(iter(discourse.programmes)) if len(discourse.programmes) == 1 else None
            discourse.new_passage()
            if one is not None and one.value in SPECIFIC and _SAYS.its_parts.match(self.v.low, line.start, line.end):
                discourse.topic.setdefault("programme", one)
            if capital is not None and (
                BY_PROGRAMME.match(self.v.low, line.start, line.end) or BY_UNIT.match(self.v.low, line.start, line.end)
            ):
                discourse.topic.setdefault("capital", capital.further("passage"))
                discourse.parted = frozenset({"capital"})
        if speaker:
            discourse.hear(speaker.unit, line.start, speaker.firmly)
        discourse.answer(speaker is not None, self.speakers.label(line) if question else "")
        only_names = speaker and not any(m[2] in _LEADING for m in self.doc.lexical_of(line.start, speaker.begin))
        return speaker.begin if speaker and only_names else line.start

    def _goes_on(self, line: Line) -> bool:
        """A paragraph that begins with money goes on with the section; others sum up the article."""
        return any(
            m[2] in ("measure", "capital") and m[0] - line.start < 12
            for m in self.doc.lexical_of(line.start, min(line.end, line.start + 60))
        )

    def _read_sentence(self, start: int, end: int, kind: str, discourse: Discourse, rows: Rows, last: bool) -> None:
        s = self.doc.sentence(start, end, kind)
        if parts_what_is_none(s, discourse):
            return
        walk = Walk(self.v, s, discourse, self.home, base_of(self.v, s, discourse), refused=discourse.off_topic)
        found = walk.run()
        discourse.off_topic = None if found else discourse.off_topic
        if (
            not found
            and not s.numbers
            and spends(s)
            and any(m.kind == "programme" and m.code != "other" for m in s.mentions)
        ):
            discourse.rates = True  # "Huyện xác định giải ngân vốn CTMTQG là nhiệm vụ trọng tâm."
        rows.add(found, discourse)
        learn(self.v, s, walk, found, rows, discourse, last)
        heads = kind == "heading" and bool(found) and bool(discourse.outer)
        if last and (self.v.text[end - 1] == ":" or kind == "lead" or heads) and kind != "item":
            told = next((f for f in reversed(found) if not f.compare), found[-1]).state if found else walk.cur
            discourse.begin_list({k: x.further("passage") for k, x in told.items()})
            discourse.list_order = () if found else order_of(self.v, s)
            if found:
                discourse.list_state["measure"] = Value(found[-1].measure, found[-1].number.start, "passage")
            elif discourse.sum is not None and "period" in discourse.sum:
                # "Cơ cấu nguồn vốn:"
                discourse.list_state.setdefault("period", discourse.sum["period"].further("passage"))
            elif (
                discourse.past is not None and "period" in discourse.past and "-" in str(discourse.past["period"].value)
            ):
                # "Kết quả theo từng dự án:", below a span's sums
                discourse.list_state.setdefault("period", discourse.past["period"].further("passage"))
            if kind != "heading":
                discourse.outer = discourse.list_state
        elif last and kind == "item" and found and discourse.in_list and self.v.text[end - 1] == ":":
            discourse.leads = {
                **{k: x.further("passage") for k, x in found[-1].state.items()},
                "measure": Value(found[-1].measure, found[-1].number.start, "passage"),
            }

    # the rest

    def _read_titles(self, rows: Rows) -> None:
        """A number of the title or of a picture's caption counts only where the body does not say it, or says it more exactly."""
        body = list(rows.figures)
        extra = Rows(
            self.article.id, self.v, self.home, self.day, rows.programme, rows.capital, rows.component, rows.source
        )
        for line in [*self.page.titles, *self.page.captions]:
            discourse = Discourse()
            if not self.doc.may_have_figures(line):
                continue
            for a, b in self.doc.sentences_of(line):
                self._read_sentence(a, b, "title", discourse, extra, last=False)
        rows.figures.extend(f for f in extra.figures if not any(same_number(f, g) for g in body))

    def _without_headings(self, figures: list[Figure]) -> list[Figure]:
        """Leave out a number of a heading between paragraphs that one of these says, too, perhaps more exactly."""
        heads = [
            line
            for line in self.page.body
            if line.kind in ("short", "heading") and self.v.text[line.end - 1] not in ".;:"
        ]
        spans = [self.v.given(line.start, line.end) for line in heads]
        headed = {id(f) for f in figures for a, b in spans if a <= f.start < b}
        told = [f for f in figures if id(f) not in headed]
        return [
            f
            for f in figures
            if id(f) not in headed
            or not any(f.measure == g.measure and f.place == g.place and same_number(f, g) for g in told)
        ]

    def _obstacles(self) -> list[Obstacle]:
        spans = self.doc.body_sentences()
        found = find_obstacles(self.article.id, self.v.text, spans, low=self.v.low)
        found = weigh(self.article.id, self.v.text, self.v.low, spans, found)
        for o in found:
            o.start, o.end = self.v.given(o.start, o.end)
        return found

    def _dropped(self) -> list[tuple[int, int]]:
        kept = {id(line) for line in [*self.page.body, *self.page.titles, *self.page.captions]}
        return [self.v.given(line.start, line.end) for line in self.page.lines if id(line) not in kept]
