"""Who speaks, and for which unit: minutes of sessions, forums, interviews, conferences held on line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ntp_analysis.columns import PlacesOf
from ntp_analysis.layout import Layout
from ntp_analysis.lines import Line
from ntp_analysis.patterns import patterns
from ntp_analysis.places import RUN, Home, PlaceMention
from ntp_analysis.text import View

_SAYS = patterns("speakers")

DELEGATE = _SAYS.delegate
"""`ĐBQH Lý Thị Lan (Hà Giang)`: who sent the one who speaks"""
HEAD_OF = _SAYS.head_of
"""`Trưởng phòng Tài chính - Kế hoạch` before the unit that it is of"""
_LABEL = re.compile(r"(?:[-–+*•] ?)?(?:\d{1,2} ?[hg:] ?\d{2} ?[:.–-]? ?)?[^:.?!;\d]{4,170}: ?")
_QUOTE = re.compile(r"(?:[-–] ?)?(?:“[^“”]{20,}”|\"[^\"]{20,}\")(?=[,. ]*[-–]? ?[^\W\d])")
_LONGEST_HEADING = 150


class Speaker(NamedTuple):
    """Who a line lets speak. `unit` is none for the article's own; `firmly`: what is said without a place is the unit's."""

    begin: int
    """where what is said begins"""
    unit: PlaceMention | None
    firmly: bool


class Speakers:
    """The speakers of an article: those introduced so far, by name, and who speaks in a line."""

    def __init__(self, v: View, units_of: PlacesOf, home: Home) -> None:
        self.v = v
        self.units_of = units_of
        self.home = home
        self.known: dict[str, PlaceMention | None] = {}
        self.headings: dict[int, PlaceMention | None] = {}
        """where a line begins that is nothing but a speaker -> the unit, none for the article's own"""

    def opens(self, line: Line) -> Speaker | None:
        """Tell who speaks in a paragraph or an item: `Chủ tịch UBND huyện A: ...`, `Đại biểu B (xã C): ...`, `Điểm cầu D: ...`."""
        low = self.v.low
        if _SAYS.closes.match(low, line.start, line.end):
            return Speaker(line.start, None, True)
        if (quoted := self._quoted(line)) is not None:
            return quoted
        if not _SAYS.speaker_word.search(low, line.start, line.start + 170):
            return None
        label = _LABEL.match(low, line.start, line.end)
        if label is not None:
            return self._labelled(line.start, label.end())
        if _SAYS.from_bridge.match(low, line.start, line.end):
            stop = low.find(". ", line.start, line.end)
            stop = stop if stop > 0 else line.end
            unit = next(
                (u for u in self.units_of(line.start, stop) if _SAYS.bridge.search(low, line.start, u.start)), None
            )
            if unit is not None and _SAYS.says.search(low, unit.end, stop):
                return Speaker(line.start, unit, True)
        return None

    def _quoted(self, line: Line) -> Speaker | None:
        """`“Huyện được giao 102 tỷ đồng”, ông B, Chủ tịch UBND huyện A, nói`: who is quoted is named behind."""
        quote = _QUOTE.match(self.v.text, line.start, line.end)
        if quote is None:
            return None
        stop = self.v.low.find(". ", quote.end(), line.end)
        stop = min(stop if stop > 0 else line.end, quote.end() + _LONGEST_HEADING)
        for u in self.units_of(quote.end(), stop):
            called = self._name_behind(u, line.end)
            if called and " " not in called.group():
                continue  # "Chủ tịch UBND huyện Hà Trung Kiên" is a person's name
            if HEAD_OF.search(self.v.low, quote.end(), u.start) and not self._is_own(u):
                return Speaker(line.start, u, True)
        return None

    def label(self, line: Line) -> str:
        """Return the words before a paragraph's colon: in an interview, who speaks."""
        found = _LABEL.match(self.v.low, line.start, line.end)
        return found.group() if found else ""

    def _labelled(self, start: int, end: int) -> Speaker | None:
        low = self.v.low
        if not self.home.province and _SAYS.cites.search(low, start, end):
            return Speaker(end, None, True)
        told_of = next(
            (
                u
                for u in self.units_of(start, end)
                if _SAYS.tells_of.search(low, start, u.start) and low[u.end : end].strip(' "“') == ":"
            ),
            None,
        )
        if told_of is not None:
            return Speaker(end, told_of, True)
        if _SAYS.questions.search(low, start, end):
            return Speaker(end, None, True)
        titled = _SAYS.titled.search(low, start, end) is not None
        called = _SAYS.person.search(low, start, end) is not None
        for u in self.units_of(start, end):
            if (
                HEAD_OF.search(low, start, u.start)
                or _SAYS.bridge.search(low, start, u.start)
                or ((called or titled) and _SAYS.bracket.search(low, start, u.start))
            ):
                return Speaker(end, None if self._is_own(u) else u, True)
            if _SAYS.group.search(low, start, u.start) or _SAYS.sent_by.search(low, start, u.start):
                return Speaker(end, u, False)
        if (name := self._name(start, end)) in self.known:
            return Speaker(end, self.known[name], True)
        there = next((u for u in self.units_of(start, end) if _SAYS.there.fullmatch(low, start, u.start)), None)
        if titled and called and there is not None:
            return Speaker(end, there, True)
        return Speaker(end, None, True) if titled else None

    def _is_own(self, u: PlaceMention) -> bool:
        """Tell whether a unit is the article's own."""
        return u.level == self.home.level and u.name == self.home.place

    def _name_behind(self, u: PlaceMention, end: int) -> re.Match[str] | None:
        """`UBND huyện A Kiều Văn Sáu`: the name that stands right behind a unit."""
        return RUN.match(self.v.text, u.end + 1, end) if self.v.text.startswith(" ", u.end) else None

    def _name(self, start: int, end: int) -> str:
        called = _SAYS.called.match(self.v.low, start, end)
        run = RUN.match(self.v.text, called.end() if called else start, end)
        return run.group().lower() if run else ""

    def learn(self, start: int, end: int) -> None:
        """Remember who is at the head of what: `ông Kiều Văn Sáu, Chủ tịch UBND xã A` answers later as `ông Sáu`."""
        if _SAYS.titled.search(self.v.low, start, end) is None:
            return
        for name, unit in self._introduced(start, end):
            for key in (name, name.split()[-1]):
                same = self.known.get(key, unit)
                self.known[key] = unit if same is not None and same.name == unit.name else None

    def _introduced(self, start: int, end: int) -> Iterator[tuple[str, PlaceMention]]:
        low, text = self.v.low, self.v.text
        units = self.units_of(start, end)
        called = [
            (run.group().lower(), run.end())
            for m in _SAYS.person.finditer(low, start, end)
            if (run := RUN.match(text, m.end(), end)) and " " in run.group()
        ]
        for u in units:
            behind = self._name_behind(u, end)
            if not HEAD_OF.search(low, start, u.start):
                continue
            if behind and " " in behind.group():
                yield behind.group().lower(), u
                continue
            for name, stop in reversed(called):
                if (
                    stop <= u.start
                    and text[stop : stop + 2].strip() in (",", "-", "–", "(")
                    and not re.search(r"[.;:!?]", low[stop : u.start])
                ):
                    yield name, u
                    break

    def recalled(self, start: int, end: int) -> PlaceMention | None:
        """Return the unit of a speaker introduced before whom a sentence begins with: `Ông Sáu hẹn cuối năm`."""
        if not self.known or not _SAYS.called.match(self.v.low, start, end):
            return None
        return self.known.get(self._name(start, end))

    def find_headings(self, page: Layout, tells: Iterable[int]) -> None:
        """Find the lines that are nothing but a speaker, with the heading of what is said at most; none if only one unit speaks so."""
        found: dict[int, PlaceMention | None] = {}
        told = set(tells)
        for line in [*page.head[-1:], *page.body]:
            if (
                line.kind not in ("short", "heading", "prose", "item")
                or line.start in told
                or line.end - line.start > _LONGEST_HEADING
                or self.v.text[line.end - 1] in ".;:?!"
            ):
                continue
            label = _LABEL.match(self.v.low, line.start, line.end)
            end = label.end() if label else line.end
            if not (
                _SAYS.called.match(self.v.low, line.start, end) or _SAYS.head_first.match(self.v.low, line.start, end)
            ) or any(c.isdigit() for c in self.v.text[line.start : end]):
                continue
            speaker = self._labelled(line.start, end)
            self.learn(line.start, line.end)
            if speaker is not None and (label or not _SAYS.says.search(self.v.low, line.start, end)):
                found[line.start] = speaker.unit if speaker.firmly else None
        if len(found) > 1 and any(found.values()):
            self.headings = found
