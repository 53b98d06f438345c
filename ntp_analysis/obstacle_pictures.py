"""Pictures: a difficulty told by a case, "một kế toán … ôm … ba chương trình", followed step by step through a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntp_analysis.obstacle_lexicon import Lexicon, Picture, around
from ntp_analysis.obstacle_rules import Claim


def pictures_in(lexicon: Lexicon, low: str, sentences: Sequence[tuple[int, int]]) -> dict[int, list[Claim]]:
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
    words = around()
    told: list[Told] = []
    reached: list[tuple[int, int] | None] = [None] * len(picture.steps)
    for end, start, back in sorted(_places(picture.steps, low)):
        at = -back
        before = reached[at - 1] if at else (start, start)
        if before is None:
            continue
        first, behind = before
        if not 0 <= start - behind <= picture.reach or low.startswith(words.taking_all_back, start):
            continue
        if (not at or start > behind + 1) and low.endswith(words.taking_back, 0, start):
            continue
        between = low[behind:start]
        if ";" in between or (picture.clause and _parted(between)):
            continue
        if at == len(picture.steps) - 1:
            claim = Claim(picture.entry, begin + first, begin + end, False)
            told.append((end, start, back, picture.number, claim))
        else:
            reached[at] = first, end
    return told


def _parted(between: str) -> bool:
    """Whether a clause ends between two steps; the comma of "một, hai hộ" ends none."""
    if ":" in between:
        return True
    for pair in around().guesses if ", " in between else ():
        between = between.replace(pair, "")
    return ", " in between


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
