"""What an article says holds the work back: phrases of difficulty, told from commands, remedies and praise.

One pass of one automaton finds topics ("giải phóng mặt bằng"), faults ("còn chậm"), whole phrases ("sợ trách
nhiệm") and the words of commanding and denying around them; a second finds the rarest words of pictures, which tell
a difficulty by a case ("một kế toán … ôm … ba chương trình"). `data/obstacles.toml` holds all of them and says how they
combine. The rules of `obstacle_rules` make claims of them; what is commanded, denied or over is then left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntp_analysis.model import Obstacle
from ntp_analysis.obstacle_lexicon import Lexicon, around, load, worth_reading
from ntp_analysis.obstacle_pictures import pictures_in
from ntp_analysis.obstacle_rules import RULES, Claim, Hit, meant_otherwise, troubled
from ntp_analysis.text import lowered

QUOTE = 200
"""longest quote, in characters"""
SETTLED = 60
"""how far behind a difficulty it may be said that it is over"""
DEALT_WITH = 25
"""how far before a difficulty it may be said that it was dealt with: "đã tháo gỡ xong vướng mắc về mặt bằng" """


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
    low = _one_line(lowered(text).replace("ð", "đ") if low is None else low)
    found = []
    seen = pictures_in(lexicon, low, sentences)
    for start, end, spans in _sentences_worth_reading(lexicon, low, sentences, seen):
        hits = _hits(lexicon, low, end, spans)
        for claim in _decide(lexicon, low[:end], start, hits, seen.get(start, [])):
            quote = text[slice(*quote_span(text, start, end, claim.start, claim.end))]
            phrase = text[claim.start : claim.end]
            found.append(Obstacle(article, claim.entry.code, phrase, quote, claim.start, claim.end))
    return found


def is_only_asked_for(low: str, start: int, end: int, said: int, said_to: int) -> bool:
    """Tell whether a sentence commands or denies what it says from `said` to `said_to`, or tells that it is over.

    >>> text = "chỉ đạo các ngành phối hợp chặt chẽ hơn"
    >>> is_only_asked_for(text, 0, len(text), 17, len(text))
    True
    """
    lexicon = load()
    low = _one_line(low)
    found = lexicon.automaton.find_matches_as_indexes(low[start:end])
    hits = _hits(lexicon, low, end, [(index, start + a, start + b) for index, a, b in found])
    claim = Claim(lexicon.entries[0], said, said_to, presupposed=False)
    return _governed(lexicon, claim, low, hits) or _over(lexicon, claim, low, hits)


def _one_line(low: str) -> str:
    return low.replace("\n", " ").replace("\u00a0", " ")


Spans = list[tuple[int, int, int]]
"""index of the wording, start, end"""


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
    claims = [claim for claim in seen if not _broken(claim, hits) and (not claim.entry.beside or troubled(hits))]
    taken: set[int] = set()
    for rule in RULES:
        rule(lexicon, low, start, hits, claims, taken)
    if not claims:
        return claims
    stated: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.entry.alone, c.start, -c.end)):
        entry = claim.entry
        if entry.code in stated or meant_otherwise(entry, low, start, claim.start, claim.end):
            continue
        if _told_elsewhere(lexicon, low, start, claim):
            continue
        if not _governed(lexicon, claim, low, hits) and not _over(lexicon, claim, low, hits):
            stated[entry.code] = claim
    return [
        claim
        for claim in stated.values()
        if not (claim.entry.alone and _explained(claim, stated, low)) and not _brought_about(claim, stated, low)
    ]


def _explained(claim: Claim, stated: dict[str, Claim], low: str) -> bool:
    """Whether another obstacle is named in the same part of the sentence, of which this one may be the outcome."""
    others = (other for other in stated.values() if not other.entry.alone)
    return any(";" not in low[min(claim.end, o.end) : max(claim.start, o.start)] for o in others)


OUTCOMES = frozenset({"procedures"})
"""what is told as often of where the trouble shows as of what it comes from"""


def _brought_about(claim: Claim, stated: dict[str, Claim], low: str) -> bool:
    """Whether another obstacle is said to be its cause: "phải trình lại hồ sơ bốn lần, vì cán bộ chưa từng lập dự án"."""
    if claim.entry.code not in OUTCOMES:
        return False
    for other in stated.values():
        if other.entry.code in _WITH_PAPERS:
            continue
        if other.start >= claim.end:
            between, joining = low[claim.end : other.start + 1], around().because
        else:
            between, joining = low[other.end : claim.start], around().hence
        at = max(between.rfind(word) for word in joining)
        if at >= 0 and len(between) < CAUSED and ";" not in between and ", " not in between[at:]:
            return True
    return False


CAUSED = 60
"""how far an obstacle may stand from what it is said to have brought about"""
_WITH_PAPERS = frozenset({"land"})
"""what brings papers of its own: "đi qua đất rừng nên phải chờ chủ trương" tells of both"""


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
                if claim.start - hit.end <= DEALT_WITH and _achieved(lexicon, low, hit.start):
                    return True
            case "overcome" if despite and hit.start >= claim.end:
                return True
            case "now" if past and hit.start >= claim.end:
                return not any(word in low[hit.end : hit.end + 12] for word in lexicon.persisting)
            case "settled" if hit.end <= claim.start and claim.start - hit.end <= DEALT_WITH:
                if not any(word in low[hit.end : claim.start + 1] for word in (",", ";", *lexicon.persisting)):
                    return True
            case "settled" if hit.start > claim.start and hit.start - claim.end <= SETTLED:
                behind = low[hit.end : hit.end + SETTLED // 2].replace("nông thôn mới", "")
                return ";" not in low[claim.end : hit.start] and not any(w in behind for w in lexicon.persisting)
    return False


def _achieved(lexicon: Lexicon, low: str, stop: int) -> bool:
    """Whether a success is told right before a "dù": "hoàn thành sớm hai tháng dù gặp mưa lũ"."""
    before = low[max(0, stop - SETTLED) : stop].rpartition(". ")[2].rpartition(";")[2]
    return any(word in before for word in lexicon.achieved) and not any(word in before for word in around().short_of)


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
            case "denial" if low.endswith(around().undone, 0, hit.start) or _only_frames(
                lexicon, low, hits, hit, claim
            ):
                continue
            case "denial" if caused and hit.wording not in lexicon.forbidding:
                denied = ";" not in low[hit.end : claim.start]
            case "denial":
                return ";" not in low[hit.end : claim.start]
            case "demand" if low.startswith(around().failing, hit.end) or _in_other_item(
                lexicon, low, hits, hit, claim
            ):
                continue
            case "demand" if not claim.presupposed and not any(q in low[hit.end : claim.start] for q in _QUOTED):
                return denied or not caused
    return False


def _in_other_item(lexicon: Lexicon, low: str, hits: list[Hit], demand: Hit, claim: Claim) -> bool:
    """Whether a word of command belongs to another of the causes listed: "nguyên nhân: … phải khắc phục bão; …"."""
    if ";" not in low[demand.end : claim.start]:
        return False
    heading = low.rfind(":", 0, demand.start)
    announcing = [hit for hit in hits if hit.end <= heading]
    return any(hit.wording in lexicon.listing for hit in announcing) and not any(
        hit.role.cue == "demand" for hit in announcing
    )


def _only_frames(lexicon: Lexicon, low: str, hits: list[Hit], denial: Hit, claim: Claim) -> bool:
    """Whether it names what is talked of, and what is told of it is no order: "với dự án đường, dân chưa giao đất"."""
    if denial.wording not in lexicon.framing or ", " not in low[denial.end : claim.start]:
        return False
    return not any(hit.role.cue in _ORDERING and hit.start >= claim.end for hit in hits)


_ORDERING = ("demand", "denial", "remedy")
_QUOTED = (': "', ": “")
"""after which somebody tells how things are, even where the sentence began with what he asks for"""


def quote_span(text: str, start: int, end: int, said: int, said_to: int) -> tuple[int, int]:
    """Return the sentence, or where it is long the words around what is said from `said` to `said_to`, cut between words."""
    if end - start <= QUOTE:
        return start, end
    spare = max(QUOTE - (said_to - said), 0)
    left = max(start, said - spare // 2)
    right = min(end, left + max(QUOTE, said_to - left))
    while left > start and left < said and not text[left - 1].isspace():
        left += 1
    while right < end and right > said_to and not text[right].isspace():
        right -= 1
    return left, right
