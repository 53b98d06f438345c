"""What difficulties are called: `data/obstacles.toml` made ready to be searched for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from ntp_analysis.errors import NtpError
from ntp_analysis.ready import ready
from ntp_analysis.text import one_spelling

DATA = Path(__file__).parent / "data" / "obstacles.toml"
CLOSE = 30
"""how far one step of a picture may stand behind the other inside a clause"""
APART = 80
"""the same where the picture may go over several clauses"""


class ObstacleDataError(NtpError):
    """An entry of data/obstacles.toml that cannot be used."""

    def __init__(self, entry: str, wrong: str) -> None:
        super().__init__(f"obstacles.toml, {entry}: {wrong}")


@dataclass(slots=True)
class Entry:
    """One way in which work is held back: a table of data/obstacles.toml."""

    code: str
    about: str
    faults: frozenset[str]
    named: frozenset[str]
    called: frozenset[str]
    """topics that are a difficulty where one is said to be just that: "cái khó là con người" """
    reach: int
    unless: list[str]
    unless_behind: list[str]
    """the same, further behind: "bộ tiêu chí và các thông tư hướng dẫn chưa ban hành" """
    alone: bool
    """what follows from something else: counts only in a sentence that names no other obstacle"""
    beside: bool
    """says little by itself ("đi bộ"): its phrases count only in a sentence that has a fault or a cause"""
    examples: list[str]
    near_misses: list[str]


@dataclass(slots=True)
class Role:
    """What a wording of the automaton may be."""

    phrase_of: tuple[Entry, ...] = ()
    topic_of: tuple[Entry, ...] = ()
    fault: str = ""
    cue: str = ""
    """demand, remedy, denial, report, cause, subject, settled, past, now, despite, overcome or other"""


class Picture(NamedTuple):
    """A difficulty told by a case: word lists of which one word each must follow in order."""

    number: int
    steps: list[list[str]]
    entry: Entry
    reach: int
    """how far behind the step before it one may stand"""
    clause: bool
    """whether no comma may lie between"""


@dataclass
class Lexicon:
    """The wordings of obstacles with what each says, ready to be searched for."""

    entries: list[Entry]
    wordings: list[str]
    roles: list[Role]
    kinds: list[int]
    """of each wording, what it adds to a sentence, as bits: see `worth_reading`"""
    links: list[str]
    elsewhere: list[str]
    achieved: list[str]
    persisting: list[str]
    forbidding: frozenset[str]
    """denials that hold for a cause too: "không để dự án nào chậm do vướng mặt bằng" """
    framing: frozenset[str]
    """denials that reach to a comma only: "với dự án chăn nuôi, giá bò cao hơn mức được duyệt" """
    before: frozenset[str]
    listing: frozenset[str]
    lack: frozenset[str]
    """faults that take an object: "đạt 9 tiêu chí, chưa có xã nào" says nothing of the criteria"""
    key_words: list[str]
    """the least common step of each picture: only sentences with one of them are looked at for pictures"""
    pictures: list[list[tuple[Picture, list[list[str]]]]]
    """of each key word its pictures, each with the words of its other steps, the shortest lists first"""

    @cached_property
    def automaton(self) -> AhoCorasick:
        """Finds the wordings."""
        return AhoCorasick(self.wordings, matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def keys(self) -> AhoCorasick:
        """Finds the key words."""
        return AhoCorasick(self.key_words)


@dataclass(frozen=True, slots=True)
class Around:
    """Words around wordings, blanks and all: the lists of [around], which say what each is for."""

    degrees: tuple[str, ...]
    taking_back: tuple[str, ...]
    taking_all_back: tuple[str, ...]
    guesses: tuple[str, ...]
    joints: tuple[str, ...]
    belonging: tuple[str, ...]
    being: tuple[str, ...]
    held_up: tuple[str, ...]
    list_ends: tuple[str, ...]
    because: tuple[str, ...]
    hence: tuple[str, ...]
    short_of: tuple[str, ...]
    undone: tuple[str, ...]
    failing: tuple[str, ...]


@cache
def around() -> Around:
    """Return the words around wordings."""
    return Around(**{name: tuple(words) for name, words in _data()["around"].items()})


@cache
def _data() -> dict[str, Any]:
    return ready("obstacles", lambda: tomllib.loads(DATA.read_text(encoding="utf-8")))


@cache
def load() -> Lexicon:
    """Return the package's wordings of obstacles.

    Raises ObstacleDataError naming the entry that cannot be used.
    """
    data = _data()
    shared, groups, words = data["shared"], data["faults"], data["words"]
    roles: dict[str, Role] = {}

    def role_of(wording: str) -> Role:
        return roles.setdefault(one_spelling(wording), Role())

    entries = []
    pictures: list[Picture] = []
    for table in data["obstacle"]:
        entry = _entry(table, groups, shared["negators"])
        entries.append(entry)
        pictures += _pictures(entry, table, words, len(pictures))
        made = _put_together(table.get("made_of", ()))
        for phrase in [*table.get("phrases", ()), *made, *_negated(shared["negators"], table.get("unmet", ()))]:
            role_of(phrase).phrase_of += (entry,)
        for topic in {*table.get("topics", ()), *table.get("called", ())}:
            role_of(topic).topic_of += (entry,)
    for wording in {w for entry in entries for w in entry.faults} | {w for group in groups.values() for w in group}:
        role_of(wording).fault = wording
    for cue in (
        "demand",
        "remedy",
        "denial",
        "report",
        "cause",
        "subject",
        "settled",
        "past",
        "now",
        "despite",
        "overcome",
        "other",
    ):
        for wording in [*shared[_PLURAL.get(cue, cue + "s")], *_put_together(shared.get(f"{cue}_made_of", ()))]:
            role_of(wording).cue = cue
    longer = _inherit(roles, entries)
    keys = _keys(pictures, frozenset(words["common"]))
    listing = _by_degrees(_expand(["@hard"], groups), longer)
    return Lexicon(
        entries,
        list(roles),
        list(roles.values()),
        _kinds(roles, entries, listing),
        shared["links"],
        shared["elsewhere"],
        shared["achieved"],
        shared["persisting"],
        frozenset(map(one_spelling, shared["forbidding"])),
        frozenset(map(one_spelling, shared["framing"])),
        _by_degrees(_expand(shared["before"], groups), longer),
        listing,
        _expand(["@lack", "vướng"], groups),
        list(keys),
        list(keys.values()),
    )


def _put_together(rows: Iterable[list[list[str]]]) -> Iterator[str]:
    return (" ".join(filter(None, parts)) for row in rows for parts in product(*row))


def _inherit(roles: dict[str, Role], entries: list[Entry]) -> dict[str, list[str]]:
    """Let "còn chồng chéo" be all that "chồng chéo" is, since of two wordings only the longer is found.

    Returns the longer wordings of each shorter one.
    """
    degrees = around().degrees
    longer: dict[str, list[str]] = {}
    for wording, role in roles.items():
        if role.cue or not wording.startswith(degrees):
            continue
        bare = next((wording[len(d) :] for d in degrees if wording.startswith(d) and wording[len(d) :] in roles), "")
        if bare:
            longer.setdefault(bare, []).append(wording)
            role.phrase_of += tuple(e for e in roles[bare].phrase_of if e not in role.phrase_of)
            role.fault = wording if roles[bare].fault else role.fault
    for entry in entries:
        entry.faults = _by_degrees(entry.faults, longer)
    return longer


def _by_degrees(words: frozenset[str], longer: dict[str, list[str]]) -> frozenset[str]:
    """Return the words and those that say them by a degree: "còn chậm" for "chậm"."""
    return words.union(*(longer[word] for word in words if word in longer))


_PLURAL = {
    "remedy": "remedies",
    "settled": "settled",
    "past": "past",
    "now": "now",
    "despite": "despite",
    "overcome": "overcome",
}


def _pictures(entry: Entry, table: dict[str, Any], words: dict[str, list[str]], first: int) -> Iterator[Picture]:
    """Yield an entry's pictures, numbered from `first` on."""
    rows = [(row, CLOSE, True) for row in table.get("close", ())]
    rows += [(row, APART, False) for row in table.get("apart", ())]
    for number, (row, reach, clause) in enumerate(rows, first):
        try:
            steps = [sorted(_expand(listed, words)) for listed in row]
        except KeyError as error:
            raise ObstacleDataError(f"{entry.code} ({entry.about})", f"no list {error} in [words]") from None
        yield Picture(number, steps, entry, reach, clause)


def _keys(pictures: Iterable[Picture], common: frozenset[str]) -> dict[str, list[tuple[Picture, list[list[str]]]]]:
    """Return the words of one step of each picture, each with its pictures and what else these need.

    The step is the one with the fewest common words, and of these that of the longest words.
    """
    keys: dict[str, list[tuple[Picture, list[list[str]]]]] = {}
    for picture in pictures:
        steps = picture.steps
        key = min(steps, key=lambda row: (len(common.intersection(row)), -sum(map(len, row)) / len(row)))
        others = sorted((row for row in steps if row is not key), key=len)
        for word in key:
            keys.setdefault(word, []).append((picture, others))
    return keys


def _entry(table: dict[str, Any], groups: dict[str, list[str]], negators: list[str]) -> Entry:
    name = f"{table.get('code', '?')} ({table.get('about', '?')})"
    for key in ("code", "about", "examples", "not"):
        if not table.get(key):
            raise ObstacleDataError(name, f"has no '{key}'")
    topics = table.get("topics", [])
    named = table.get("named", [])
    if named is not True and (strange := set(named) - set(topics)):
        raise ObstacleDataError(name, f"'named' has {sorted(strange)}, which 'topics' does not have")
    called = table.get("called", [])
    try:
        faults = _expand([*table.get("faults", ()), *(["@knot"] if topics else [])], groups)
    except KeyError as error:
        raise ObstacleDataError(name, f"no group {error} in [faults]") from None
    return Entry(
        table["code"],
        table["about"],
        faults | frozenset(_negated(negators, table.get("lacking", ()))),
        (known := frozenset(map(one_spelling, topics if named is True else named))),
        known.union(map(one_spelling, called)),
        table.get("reach", 90),
        table.get("unless", []),
        table.get("unless_behind", []),
        table.get("alone", False),
        table.get("beside", False),
        table["examples"],
        table["not"],
    )


def _expand(words: Iterable[str], groups: dict[str, list[str]]) -> frozenset[str]:
    """Return the words, with every "@group" replaced by what `groups` lists under it."""
    out: set[str] = set()
    for word in words:
        for wording in groups[word[1:]] if word.startswith("@") else [word]:
            out.add(one_spelling(wording))
    return frozenset(out)


def _negated(negators: Sequence[str], words: Iterable[str]) -> Iterator[str]:
    return (f"{negator} {word}" for word in words for negator in negators)


_ENTRIES = 64
"""bits kept for entries: the lowest say which entries have a topic in the sentence, the next which a fault"""
_ALL = (1 << _ENTRIES) - 1
_PHRASE, _FAULT, _CAUSE, _NAMED = (1 << (2 * _ENTRIES + n) for n in range(4))
_CAUSED = _FAULT | _CAUSE | _NAMED


def worth_reading(kind: int) -> bool:
    """Whether a sentence has a phrase, a topic with one of its own faults, or a cause."""
    return bool(kind & _PHRASE or kind & (kind >> _ENTRIES) & _ALL or kind & _CAUSED == _CAUSED)


def _kinds(roles: dict[str, Role], entries: list[Entry], listing: frozenset[str]) -> list[int]:
    """What each wording adds to a sentence: see `worth_reading`."""
    kinds = {
        wording: _PHRASE * bool(role.phrase_of) | _FAULT * bool(role.fault) | _CAUSE * (role.cue == "cause")
        for wording, role in roles.items()
    }
    bit = {id(entry): 1 << n for n, entry in enumerate(entries)}
    for wording, role in roles.items():
        for entry in role.topic_of:
            kinds[wording] |= bit[id(entry)] | _NAMED * (wording in entry.called)
    for entry in entries:
        for fault in entry.faults | listing if entry.called else entry.faults:
            kinds[fault] |= bit[id(entry)] << _ENTRIES
    return list(kinds.values())
