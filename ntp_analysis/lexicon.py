"""The words of the subject, read from data/lexicon/*.toml, and the one matcher over them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from itertools import product

import ahocorasick_rs

from ntp_analysis.errors import LexiconError
from ntp_analysis.text import one_spelling

_GROUP = re.compile(r"\{([^{}]*)\}")
_KINDS = ("thành phố", "tp", "tỉnh")
"""a name's kind may stand in it without a capital"""
_ACTS = ("basis", "measure")
_NESTED = re.compile(r"\{[^{}]*\{")


def expand(phrase: str) -> set[str]:
    """Return every wording of a phrase with alternatives in braces.

    >>> sorted(expand("{kh|kế hoạch} vốn{| giao}"))
    ['kh vốn', 'kh vốn giao', 'kế hoạch vốn', 'kế hoạch vốn giao']
    """
    before, *rest = _GROUP.split(phrase, 1) if _NESTED.search(phrase) else [phrase]
    if rest:
        return {wording for choice in rest[0].split("|") for wording in expand(before + choice + rest[1])}
    choices = [part.split("|") if n % 2 else [part] for n, part in enumerate(_GROUP.split(phrase))]
    return {" ".join("".join(chosen).split()) for chosen in product(*choices)} - {""}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a lexicon file."""

    kind: str
    code: str
    phrases: frozenset[str]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    file: str


def load_entries() -> list[Entry]:
    """Return all entries of data/lexicon/*.toml, in the files' order.

    Raises LexiconError, naming the file, for one that is not as README of the lexicon says.
    """
    entries: list[Entry] = []
    for path in sorted(files("ntp_analysis").joinpath("data/lexicon").iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        for kind, items in tomllib.loads(path.read_text(encoding="utf-8")).items():
            entries.extend(_entry(path.name, kind, item) for item in items)
    return entries


def _entry(file: str, kind: str, item: dict) -> Entry:
    missing = {"code", "phrases", "examples", "not", "source"} - set(item)
    if missing:
        raise LexiconError(f"{file}, {kind} {item.get('code')!r}: add {', '.join(sorted(missing))}")
    wordings = {one_spelling(wording) for phrase in item["phrases"] for wording in expand(phrase)}
    return Entry(kind, item["code"], frozenset(wordings), tuple(item["examples"]), tuple(item["not"]), file)


Meanings = list[tuple[list[tuple[str, str]], list[str]]]
"""kinds and codes, with the phrases that mean just these"""


def meanings_of(entries: list[Entry], extra: dict[str, list[tuple[str, str]]] | None = None) -> Meanings:
    """Return what each phrase of the entries means, after what `extra` says that it does."""
    meanings: dict[str, tuple[tuple[str, str], ...]] = {k: tuple(v) for k, v in (extra or {}).items()}
    for entry in entries:
        one = ((entry.kind, entry.code),)
        for phrase in entry.phrases:
            known = meanings.get(phrase, ())
            meanings[phrase] = known + one if known and one[0] not in known else known or one
    phrases: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for phrase, meaning in meanings.items():
        phrases.setdefault(meaning, []).append(phrase)
    return [(list(meaning), same) for meaning, same in phrases.items()]


def _in_a_name(text: str, start: int, end: int) -> bool:
    """`Đại biểu Hứa Thị Lan`, `bà Trần Kim Chi cho biết`: a part of a person's name, who promises and spends nothing."""
    if not text[start:end].istitle() or " " in text[start:end]:
        return False
    before = text[max(0, start - 10) : start - 1].rpartition(" ")[2] if text.startswith(" ", start - 1) else ""
    behind = text[end : end + 20].split(" ")
    return (before.isalpha() and before.istitle()) or (
        len(behind) > 2 and not behind[0] and behind[1].istitle() and behind[2].istitle()
    )


class Lexicon:
    """All phrases in one automaton."""

    def __init__(self, meanings: Meanings) -> None:
        self._meanings: list[list[tuple[str, str]]] = []
        phrases: list[str] = []
        for meaning, same in meanings:
            phrases += same
            self._meanings += [meaning] * len(same)  # shared: what is not made need not be collected
        self._automaton = ahocorasick_rs.AhoCorasick(phrases)

    def find(self, low: str, text: str = "") -> list[tuple[int, int, str, str]]:
        """Return (start, end, kind, code) of whole-word matches in a lower-case text, in text order.

        Within a kind the longest match at the leftmost place wins; a match with an empty code hides what it
        covers and is left out. Given the text as written, a name that it does not write with capitals is none:
        "như Thanh Hóa" is not the district Như Thanh.
        """
        best: dict[str, list[tuple[int, int, str]]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(low, overlapping=True):
            if (start and low[start - 1].isalnum()) or (end < len(low) and low[end].isalnum()):
                continue
            if low.startswith("mới ", start) and low.endswith("nông thôn ", 0, start):
                continue  # "Chương trình xây dựng nông thôn mới phân bổ cho các xã": none of it is "mới phân bổ"
            if low[start].isdigit() and low.endswith("dự án ", 0, start):
                continue  # "Dự án 2 Chương trình 1719": none of it is "2 chương trình"
            for kind, code in self._meanings[index]:
                if kind == "name" and text[start : start + 1].islower() and not low.startswith(_KINDS, start):
                    continue
                if kind in _ACTS and _in_a_name(text, start, end):
                    continue
                best.setdefault(kind, []).append((start, -end, code))
        found = []
        for kind, matches in best.items():
            matches.sort()
            covered = 0
            for start, negative_end, code in matches:
                if start >= covered:
                    covered = -negative_end
                    if code:
                        found.append((start, covered, kind, code))
        found.sort()
        return found
