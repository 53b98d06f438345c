"""How the words of a difficulty combine in a sentence: each rule adds claims, RULES says in which order.

`taken` holds the places in `hits` of faults that already belong to a topic.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from ntp_analysis.obstacle_lexicon import Entry, Lexicon, Role, around

BEFORE = 40
"""how far a topic may stand behind the fault that governs it: "vướng mắc trong công tác giải phóng mặt bằng" """
LISTED = 180
"""how far a topic may stand behind the difficulty that announces it: "vướng mắc, đặc biệt là về mặt bằng" """
CAUSE = 20
"""how far behind "do" the topic may begin that is the cause itself: "chậm do công tác đền bù" """
ATTACHED = 8
"""how far behind a topic another may begin that belongs to it: "thủ tục chọn con giống" """
BEHIND = 100
"""how far behind a difficulty words may stand that show it to be something else"""


class Hit(NamedTuple):
    """A wording of the lexicon found in a sentence, and what it is there."""

    start: int
    end: int
    wording: str
    role: Role


class Claim(NamedTuple):
    """An entry that a sentence seems to state, not yet tested for commands and denials."""

    entry: Entry
    start: int
    end: int
    presupposed: bool
    """a difficulty named as a thing ("vướng mắc về …") stands even where its removal is asked for"""


def troubled(hits: list[Hit]) -> bool:
    """Whether the sentence has a fault, or tells a cause."""
    return any(hit.role.fault or hit.role.cue == "cause" for hit in hits)


def meant_otherwise(entry: Entry, low: str, begin: int, start: int, end: int) -> bool:
    """Whether words nearby show another meaning: "sản xuất của người dân còn nhỏ lẻ" is no fragmentation."""
    if entry.unless_behind:
        behind = low[end : end + BEHIND].partition(";")[0]
        if any(word in behind for word in entry.unless_behind):
            return True
    if not entry.unless:
        return False
    before = low[max(begin, start - 60) : start].rpartition(";")[2]
    around = before + low[start:end] + low[end : end + 25].partition(";")[0]
    return any(word in around for word in entry.unless)


def fault_after_topic(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]
) -> None:
    """ "Công tác phối hợp giữa các ngành … chưa chặt chẽ": the nearest topic of which it may be said."""
    for at, fault in enumerate(hits):
        if not fault.role.fault or low.endswith(around().taking_back, begin, fault.start):
            continue
        for back in range(at - 1, -1, -1):
            topic = hits[back]
            if topic.role.cue in _BARRIERS:
                break
            if not topic.role.topic_of:
                continue
            between = low[topic.end : fault.start]
            if ";" in between or (", " in between and fault.wording in lexicon.lack and not _closes(low, fault.end)):
                break
            bound = [
                entry
                for entry in topic.role.topic_of
                if fault.wording in entry.faults
                and fault.start - topic.end <= entry.reach
                and not meant_otherwise(entry, low, begin, topic.start, fault.end)
            ]
            if bound:
                taken.add(at)
                back, bound = _head(lexicon, low, begin, hits, back, fault) or (back, bound)
                claims.extend(Claim(entry, hits[back].start, fault.end, False) for entry in bound)
                _glued_before(low, hits, back, fault, claims)
                break


def _closes(low: str, at: int) -> bool:
    """Whether a lack is said of what stood before: "vật liệu, nhất là cát, khan hiếm." has no object behind."""
    return not low[at:].strip() or low[at : at + 2].lstrip()[:1] in _STOPS


_STOPS = frozenset(".;,():!?")


def _head(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], at: int, fault: Hit
) -> tuple[int, list[Entry]] | None:
    """ "Tinh thần trách nhiệm của một số cán bộ chưa cao" is said of the first, not of the staff it belongs to."""
    found = None
    while at and hits[at - 1].role.topic_of:
        between = low[hits[at - 1].end : hits[at].start]
        if len(between) > BEFORE or ", " in between or ";" in between:
            break
        if between != " " and not any(link in between for link in around().belonging):
            break
        at -= 1
        bound = [
            entry
            for entry in hits[at].role.topic_of
            if fault.wording in entry.faults and not meant_otherwise(entry, low, begin, hits[at].start, fault.end)
        ]
        if bound:
            found = at, bound
    return found


def _glued_before(low: str, hits: list[Hit], at: int, fault: Hit, claims: list[Claim]) -> None:
    """ "Phối hợp, hướng dẫn … thiếu kịp thời": topics in one row share the fault."""
    while at and low[hits[at - 1].end : hits[at].start] in around().joints:
        at -= 1
        topic = hits[at]
        claims.extend(Claim(e, topic.start, fault.end, False) for e in topic.role.topic_of if fault.wording in e.faults)


def topic_after_fault(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]
) -> None:
    """ "Thiếu văn bản hướng dẫn", "khó khăn, vướng mắc, đặc biệt là về mặt bằng, vật liệu xây dựng"."""
    for at, fault in enumerate(hits):
        if not fault.role.fault or at in taken or fault.wording not in lexicon.before:
            continue
        if low.endswith(around().taking_back, begin, fault.start):
            continue
        presupposed = fault.wording in lexicon.listing
        said = 0
        for topic in hits[at + 1 :]:
            if topic.role.cue in _BARRIERS or topic.start - fault.end > LISTED:
                break
            if not topic.role.topic_of:
                continue
            between = low[fault.end : topic.start]
            if ";" in between or " nên " in between:
                break
            near = len(between) <= BEFORE and ", " not in between and _cause_is_near(between)
            near = near and (not said or low[said : topic.start] in around().joints)
            if said and _belongs(low[said : topic.start]):
                continue
            listed = presupposed and any(link in f" {fault.wording}{between} " for link in lexicon.links)
            just_that = presupposed and near and (between == " " or between.endswith(around().being))
            for entry in topic.role.topic_of:
                if (
                    (near and fault.wording in entry.faults)
                    or (listed and topic.wording in entry.named)
                    or (just_that and topic.wording in entry.called)
                ):
                    taken.add(at)
                    said = topic.end
                    start = fault.start if len(between) <= BEFORE else topic.start
                    claims.append(Claim(entry, start, topic.end, presupposed))


def _belongs(between: str) -> bool:
    """Whether a topic is only part of what the one before it names: "khó khăn là thủ tục chọn con giống"."""
    return len(between) <= ATTACHED and not any(mark in between for mark in _PARTING)


_PARTING = (",", ";", ":", "/", " và ", " hoặc ", " - ")


def _cause_is_near(between: str) -> bool:
    """Whether what follows a "do" is the topic itself: "vướng do nhiều hộ trong danh sách phê duyệt" is not."""
    return all(len(between) - at <= CAUSE for cause in (" do ", " vì ") if (at := between.rfind(cause)) >= 0)


def topic_as_cause(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]
) -> None:
    """ "Nhiều công trình chậm tiến độ do giải phóng mặt bằng": a cause of a fault named elsewhere."""
    for cause, topic in pairwise(hits):
        if cause.role.cue != "cause" or not topic.role.topic_of or topic.start - cause.end > BEFORE:
            continue
        if any(hit.role.fault for hit in hits):
            ends = topic.start == cause.end and _closes(low, topic.end)
            named = [e for e in topic.role.topic_of if topic.wording in (e.called if ends else e.named)]
            claims.extend(Claim(entry, topic.start, topic.end, False) for entry in named)


def whole_phrase(lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]) -> None:
    """ "Sợ trách nhiệm": says it alone, unless as a fault it already belongs to a topic."""
    told_of_trouble = troubled(hits)
    for at, hit in enumerate(hits):
        if not hit.role.phrase_of or at in taken or low.endswith(around().taking_back, begin, hit.start):
            continue
        claims.extend(
            Claim(entry, hit.start, hit.end, False)
            for entry in hit.role.phrase_of
            if told_of_trouble or not entry.beside
        )


def topic_beside_phrase(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]
) -> None:
    """ "Vướng mặt bằng, thủ tục về môi trường; …": the list that a phrase of being held up begins goes on."""
    for at, phrase in enumerate(hits):
        if (
            not phrase.role.phrase_of
            or not phrase.wording.startswith(around().held_up)
            or low.endswith(around().taking_back, begin, phrase.start)
        ):
            continue
        end = phrase.end
        for topic in hits[at + 1 :]:
            if not topic.role.topic_of or low[end : topic.start] not in around().joints or not _goes_on(low, topic.end):
                break
            named = (e for e in topic.role.topic_of if topic.wording in e.called and not e.beside)
            claims.extend(Claim(entry, phrase.start, topic.end, True) for entry in named)
            end = topic.end


def _goes_on(low: str, at: int) -> bool:
    """Whether no predicate of its own follows: "vướng mặt bằng, thủ tục đã xong" is no list."""
    return _closes(low, at) or low.startswith(around().list_ends, at)


Rule = Callable[[Lexicon, str, int, list[Hit], list[Claim], set[int]], None]
RULES: tuple[Rule, ...] = (fault_after_topic, topic_after_fault, topic_as_cause, topic_beside_phrase, whole_phrase)
_BARRIERS = frozenset({"demand", "remedy", "denial", "subject"})
