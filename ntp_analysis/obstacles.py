"""What an article says holds the work back: phrases of difficulty, told from commands, remedies and praise.

One pass of one automaton finds topics ("giải phóng mặt bằng"), faults ("còn chậm"), whole phrases ("sợ trách
nhiệm") and the words of commanding and denying around them; a second finds the rarest words of pictures, which tell
a difficulty by a case ("một kế toán … ôm … ba chương trình"). `data/obstacles.toml` holds all of them and says how they
combine. A sentence is then decided by `RULES`, which stand at the end of the module in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ntp_analysis.model import Obstacle
from ntp_analysis.obstacle_lexicon import Entry, Lexicon, Picture, Role, load, worth_reading

QUOTE = 200
"""longest quote, in characters"""
BEFORE = 40
"""how far a topic may stand behind the fault that governs it: "vướng mắc trong công tác giải phóng mặt bằng" """
LISTED = 180
"""how far a topic may stand behind the difficulty that announces it: "vướng mắc, đặc biệt là về mặt bằng" """
CAUSE = 20
"""how far behind "do" the topic may begin that is the cause itself: "chậm do công tác đền bù" """
SETTLED = 60
"""how far behind a difficulty it may be said that it is over"""
DEALT_WITH = 25
"""how far before a difficulty it may be said that it was dealt with: "đã tháo gỡ xong vướng mắc về mặt bằng" """
ATTACHED = 8
"""how far behind a topic another may begin that belongs to it: "thủ tục chọn con giống" """
BEHIND = 100
"""how far behind a difficulty words may stand that show it to be something else"""
GLUE = (", ", " và ", "; ", " hoặc ", "/", " - ", " cũng như ", ", công tác ", ", việc ", " và công tác ")


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


def find_obstacles(
    article: str, text: str, sentences: Sequence[tuple[int, int]], low: str | None = None
) -> list[Obstacle]:
    """Return what holds the work back according to the sentences, at most one row a code and sentence.

    `text` is in composed Unicode (NFC), `low` its lower case of the same length if the caller has it; offsets,
    phrase and quote are those of `text`. `sentences` are spans in ascending order; text outside them is not read.

    >>> text = "Giải phóng mặt bằng còn chậm. Đẩy nhanh giải phóng mặt bằng."
    >>> [(o.obstacle, o.phrase) for o in find_obstacles("a", text, [(0, 29), (30, 60)])]
    [('land', 'Giải phóng mặt bằng còn chậm')]
    """
    lexicon = load()
    low = (_lower(text) if low is None else low).replace("\n", " ").replace("\u00a0", " ")
    found = []
    seen = _pictures(lexicon, low, sentences)
    for start, end, spans in _sentences_worth_reading(lexicon, low, sentences, seen):
        hits = _hits(lexicon, low, end, spans)
        for claim in _decide(lexicon, low[:end], start, hits, seen.get(start, [])):
            quote = text[slice(*_quote_span(text, start, end, claim))]
            phrase = text[claim.start : claim.end]
            found.append(Obstacle(article, claim.entry.code, phrase, quote, claim.start, claim.end))
    return found


def _lower(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("ð", "đ")


Spans = list[tuple[int, int, int]]
"""index of the wording, start, end"""


def _pictures(lexicon: Lexicon, low: str, sentences: Sequence[tuple[int, int]]) -> dict[int, list[Claim]]:
    """Return the pictures that are complete, by the start of their sentence."""
    seen: dict[int, list[Told]] = {}
    ahead = iter(sentences)
    begin = stop = 0
    sentence = ""
    tried: set[int] = set()
    for key, start, end in lexicon.keys.find_matches_as_indexes(low, overlapping=True):
        if _inside_word(low, start, end):
            continue
        if end > stop:
            while end > stop:
                begin, stop = next(ahead, (len(low), len(low) + 1))
            sentence = low[begin:stop]
            tried = set()
        if start < begin:
            continue
        for picture, others in lexicon.pictures[key]:
            if picture.number not in tried and _has_all(sentence, others):
                tried.add(picture.number)
                told = _complete(picture, sentence, begin)
                if told:
                    seen.setdefault(begin, []).extend(told)
    return {begin: [claim for *_, claim in sorted(told)] for begin, told in seen.items()}


Told = tuple[int, int, int, int, Claim]
"""a picture's claim behind what orders it: where its last step ends and begins, how many steps, its number"""


def _inside_word(low: str, start: int, end: int) -> bool:
    return (start > 0 and low[start - 1].isalnum() and low[start].isalnum()) or low[end : end + 1].isalnum()


def _has_all(sentence: str, steps: list[list[str]]) -> bool:
    """Whether the sentence has a word of each step: leaves most pictures aside without following them."""
    for step in steps:
        for word in step:
            if word in sentence:
                break
        else:
            return False
    return True


def _complete(picture: Picture, low: str, begin: int) -> list[Told]:
    """Follow a picture through a sentence step by step, keeping of each step only the latest place."""
    told: list[Told] = []
    reached: list[tuple[int, int] | None] = [None] * len(picture.steps)
    for end, start, back in sorted(_places(picture.steps, low)):
        at = -back
        before = reached[at - 1] if at else (start, start)
        if before is None:
            continue
        first, behind = before
        if not 0 <= start - behind <= picture.reach or low.startswith(_NEVER, start):
            continue
        if (not at or start > behind + 1) and low.endswith(_NOT, 0, start):
            continue
        between = low[behind:start]
        if ";" in between or (picture.clause and (", " in between or ":" in between)):
            continue
        if at == len(picture.steps) - 1:
            claim = Claim(picture.entry, begin + first, begin + end, False)
            told.append((end, start, back, picture.number, claim))
        else:
            reached[at] = first, end
    return told


def _places(steps: list[list[str]], low: str) -> Iterator[tuple[int, int, int]]:
    """Yield where the words of the steps end and begin, and the step counted backwards: a word does not follow itself."""
    for at, words in enumerate(steps):
        for word in words:
            start = low.find(word)
            while start >= 0:
                end = start + len(word)
                if not _inside_word(low, start, end):
                    yield end, start, -at
                start = low.find(word, start + 1)


_NOT = (
    *("không ", "chẳng ", "đừng ", "không còn ", "không còn bị ", "không bị ", "chẳng bị ", "không phải "),
    *("khỏi ", "khỏi phải ", "đỡ phải ", "thay vì ", "theo "),
)
"""words before a wording that take it back: "không chờ hướng dẫn", or make it something else: "theo quy định" """
_NEVER = (
    *("không có chuyện ", "không có khái niệm ", "không có cảnh ", "không có tình trạng ", "không còn chuyện "),
    *("không còn vướng ", "không còn khó khăn ", "không còn lo ", "không còn cảnh ", "không còn tình trạng "),
)
"""words that begin like a lack ("không có …") and take back what follows"""


def _sentences_worth_reading(
    lexicon: Lexicon, low: str, sentences: Sequence[tuple[int, int]], seen: dict[int, list[Claim]]
) -> Iterator[tuple[int, int, Spans]]:
    """Yield the sentences in which a rule may find something, each with the wordings in it.

    Nine sentences in ten are left here, so this loop does nothing but sort the finds by sentence.
    """
    kinds = lexicon.kinds
    ahead = iter(sentences)
    start, end, kind = -1, 0, 0
    spans: Spans = []
    for span in lexicon.automaton.find_matches_as_indexes(low):
        at = span[1]
        if at >= end:
            if (kind and worth_reading(kind)) or start in seen:
                yield start, end, spans
            kind, spans = 0, []
            while at >= end:
                start, end = next(ahead, (len(low), len(low) + 1))
                if at >= end and start in seen:
                    yield start, end, []
        if at >= start:
            kind |= kinds[span[0]]
            spans.append(span)
    if (kind and worth_reading(kind)) or start in seen:
        yield start, end, spans
    yield from ((start, end, []) for start, end in ahead if start in seen)


def _hits(lexicon: Lexicon, low: str, stop: int, spans: Spans) -> list[Hit]:
    """Return the finds that are whole words inside the sentence."""
    hits = []
    for index, start, end in spans:
        wording = lexicon.wordings[index]
        inside_word = (low[end : end + 1].isalpha() and wording[-1] != " ") or (
            start > 0 and low[start - 1].isalpha() and wording[0] != " "
        )
        if not inside_word and end <= stop:
            hits.append(Hit(start, end, wording, lexicon.roles[index]))
    return hits


def _decide(lexicon: Lexicon, low: str, start: int, hits: list[Hit], seen: list[Claim]) -> list[Claim]:
    claims = [claim for claim in seen if not _broken(claim, hits) and (not claim.entry.beside or _troubled(hits))]
    taken: set[int] = set()
    for rule in RULES:
        rule(lexicon, low, start, hits, claims, taken)
    if not claims:
        return claims
    stated: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.entry.alone, c.start, -c.end)):
        entry = claim.entry
        if entry.code in stated or _meant_otherwise(entry, low, start, claim.start, claim.end):
            continue
        if _told_elsewhere(lexicon, low, start, claim):
            continue
        if not _governed(lexicon, claim, low, hits) and not _over(lexicon, claim, low, hits):
            stated[entry.code] = claim
    return [claim for claim in stated.values() if not claim.entry.alone or not _explained(claim, stated, low)]


def _troubled(hits: list[Hit]) -> bool:
    return any(hit.role.fault or hit.role.cue == "cause" for hit in hits)


def _explained(claim: Claim, stated: dict[str, Claim], low: str) -> bool:
    """Whether another obstacle is named in the same part of the sentence, of which this one may be the outcome."""
    others = (other for other in stated.values() if not other.entry.alone)
    return any(";" not in low[min(claim.end, o.end) : max(claim.start, o.start)] for o in others)


def _broken(claim: Claim, hits: list[Hit]) -> bool:
    """Whether a command or denial stands between a picture's steps: "văn bản yêu cầu … không hiểu khác nhau"."""
    return any(hit.role.cue in ("demand", "denial") and claim.start < hit.start and hit.end < claim.end for hit in hits)


def _told_elsewhere(lexicon: Lexicon, low: str, begin: int, claim: Claim) -> bool:
    """Whether it is told of other work: "dự án cao tốc qua tỉnh đang vướng mặt bằng"."""
    before = low[begin : claim.end].rpartition(";")[2]
    return any(word in before for word in lexicon.elsewhere)


def _over(lexicon: Lexicon, claim: Claim, low: str, hits: list[Hit]) -> bool:
    """Whether it is a thing of the past: "vướng mắc về mặt bằng đã được tháo gỡ", "dù …, vẫn …"."""
    past = despite = False
    for hit in hits:
        match hit.role.cue:
            case "past" if hit.start <= claim.start:
                past = True
            case "despite" if hit.start <= claim.start:
                despite = True
            case "overcome" if despite and hit.start >= claim.end:
                return True
            case "now" if past and hit.start >= claim.end:
                return not any(word in low[hit.end : hit.end + 12] for word in lexicon.persisting)
            case "settled" if hit.end <= claim.start and claim.start - hit.end <= DEALT_WITH:
                if not any(word in low[hit.end : claim.start + 1] for word in (",", ";", *lexicon.persisting)):
                    return True
            case "settled" if hit.start > claim.start and hit.start - claim.end <= SETTLED:
                behind = low[hit.end : hit.end + SETTLED // 2]
                return ";" not in low[claim.end : hit.start] and not any(w in behind for w in lexicon.persisting)
    return False


def _meant_otherwise(entry: Entry, low: str, begin: int, start: int, end: int) -> bool:
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


def _governed(lexicon: Lexicon, claim: Claim, low: str, hits: list[Hit]) -> bool:
    """Whether the last word of command, denial or report before the claim makes it no statement.

    "Xử lý nghiêm cán bộ né tránh trách nhiệm" states nothing, nor does "yêu cầu rà soát những dự án chậm do vướng
    mặt bằng"; "đề nghị sửa định mức do còn thấp" does.
    """
    if any(hit.role.cue in ("report", "despite") and claim.start < hit.start < claim.end for hit in hits):
        return False
    caused = denied = False
    for hit in reversed(hits):
        if hit.start >= claim.start or not hit.role.cue:
            continue
        match hit.role.cue:
            case "report" | "despite":
                return False
            case "cause":
                caused = True
            case "denial" if low.endswith(_UNDONE, 0, hit.start):
                continue
            case "denial" if caused and hit.wording not in lexicon.forbidding:
                denied = ";" not in low[hit.end : claim.start]
            case "denial":
                return ";" not in low[hit.end : claim.start]
            case "demand" if not claim.presupposed and not any(q in low[hit.end : claim.start] for q in _QUOTED):
                return denied or not caused
    return False


_UNDONE = ("chưa ", "chưa được ", "chậm ", "chưa bị ")
"""words before one of dealing with it that say it was not done: "biết nhưng chưa xử lý, còn đùn đẩy" """
_QUOTED = (': "', ": “")
"""after which somebody tells how things are, even where the sentence began with what he asks for"""


# The rules. Each adds claims; `taken` holds the places in `hits` of faults that already belong to a topic.


def fault_after_topic(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]
) -> None:
    """"Công tác phối hợp giữa các ngành … chưa chặt chẽ": the nearest topic of which it may be said."""
    for at, fault in enumerate(hits):
        if not fault.role.fault or low.endswith(_NOT, begin, fault.start):
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
                and not _meant_otherwise(entry, low, begin, topic.start, fault.end)
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
    """"Tinh thần trách nhiệm của một số cán bộ chưa cao" is said of the first, not of the staff it belongs to."""
    found = None
    while at and hits[at - 1].role.topic_of:
        between = low[hits[at - 1].end : hits[at].start]
        if len(between) > BEFORE or ", " in between or ";" in between:
            break
        if between != " " and not any(link in between for link in _OF):
            break
        at -= 1
        bound = [
            entry
            for entry in hits[at].role.topic_of
            if fault.wording in entry.faults and not _meant_otherwise(entry, low, begin, hits[at].start, fault.end)
        ]
        if bound:
            found = at, bound
    return found


_OF = (" của ", " đối với ", " giữa ", " ở ", " tại ")


def _glued_before(low: str, hits: list[Hit], at: int, fault: Hit, claims: list[Claim]) -> None:
    """"Phối hợp, hướng dẫn … thiếu kịp thời": topics in one row share the fault."""
    while at and low[hits[at - 1].end : hits[at].start] in GLUE:
        at -= 1
        topic = hits[at]
        claims.extend(Claim(e, topic.start, fault.end, False) for e in topic.role.topic_of if fault.wording in e.faults)


def topic_after_fault(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]
) -> None:
    """"Thiếu văn bản hướng dẫn", "khó khăn, vướng mắc, đặc biệt là về mặt bằng, vật liệu xây dựng"."""
    for at, fault in enumerate(hits):
        if not fault.role.fault or at in taken or fault.wording not in lexicon.before:
            continue
        if low.endswith(_NOT, begin, fault.start):
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
            near = near and (not said or low[said : topic.start] in GLUE)
            if said and _belongs(low[said : topic.start]):
                continue
            listed = presupposed and any(link in between + " " for link in lexicon.links)
            just_that = presupposed and near and (between == " " or between.endswith(_IS))
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


_IS = (" là ", " nằm ở ", " ở ", " ở khâu ", " khâu ", " về ", " liên quan đến ", " liên quan tới ", " thuộc về ", " vì ", " do ")


def _cause_is_near(between: str) -> bool:
    """Whether what follows a "do" is the topic itself: "vướng do nhiều hộ trong danh sách phê duyệt" is not."""
    return all(len(between) - at <= CAUSE for cause in (" do ", " vì ") if (at := between.rfind(cause)) >= 0)


def topic_as_cause(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]
) -> None:
    """"Nhiều công trình chậm tiến độ do giải phóng mặt bằng": a cause of a fault named elsewhere."""
    for cause, topic in pairwise(hits):
        if cause.role.cue != "cause" or not topic.role.topic_of or topic.start - cause.end > BEFORE:
            continue
        if any(hit.role.fault for hit in hits):
            ends = topic.start == cause.end and _closes(low, topic.end)
            named = [e for e in topic.role.topic_of if topic.wording in (e.called if ends else e.named)]
            claims.extend(Claim(entry, topic.start, topic.end, False) for entry in named)


def whole_phrase(
    lexicon: Lexicon, low: str, begin: int, hits: list[Hit], claims: list[Claim], taken: set[int]
) -> None:
    """"Sợ trách nhiệm": says it alone, unless as a fault it already belongs to a topic."""
    troubled = _troubled(hits)
    for at, hit in enumerate(hits):
        if not hit.role.phrase_of or at in taken or low.endswith(_NOT, begin, hit.start):
            continue
        claims.extend(
            Claim(entry, hit.start, hit.end, False) for entry in hit.role.phrase_of if troubled or not entry.beside
        )


Rule = Callable[[Lexicon, str, int, list[Hit], list[Claim], set[int]], None]
RULES: tuple[Rule, ...] = (fault_after_topic, topic_after_fault, topic_as_cause, whole_phrase)
_BARRIERS = frozenset({"demand", "remedy", "denial", "subject"})


def _quote_span(text: str, start: int, end: int, claim: Claim) -> tuple[int, int]:
    """Return the sentence, or where it is long the words around the phrase, cut between words."""
    if end - start <= QUOTE:
        return start, end
    spare = max(QUOTE - (claim.end - claim.start), 0)
    left = max(start, claim.start - spare // 2)
    right = min(end, left + max(QUOTE, claim.end - left))
    while left > start and left < claim.start and not text[left - 1].isspace():
        left += 1
    while right < end and right > claim.end and not text[right].isspace():
        right -= 1
    return left, right
