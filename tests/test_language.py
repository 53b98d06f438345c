"""What the library knows of the language: every entry of every data file, with its examples and near misses.

An example must be understood as its entry says; a near miss must not, though it looks alike. A wording that is
added without them is refused here, so that nobody has to guess later what it was for.
"""

import tomllib
from pathlib import Path

import pytest

from ntp_analysis import document, lexicon, obstacle_lexicon, obstacles
from ntp_analysis.text import sentences, view

DATA = Path(lexicon.__file__).parent / "data"
LEXICON = lexicon.load_entries()
NOT_YET = {  # example -> what stands in the way; take a line out when its example is understood
    "còn lại 19.425 triệu đồng không giải ngân hết": "rest and not_disbursed take the words, each a part",
}


def codes(kind: str, text: str) -> set[str]:
    return {code for _, _, k, code in document.lexicon().find(view(text).low) if k == kind}


def matches(entry: lexicon.Entry, text: str) -> bool:
    """Whether one of the entry's own phrases stands in the text as whole words."""
    low = f" {view(text).low} "
    found = (low.find(phrase) for phrase in entry.phrases if phrase in low)
    return any(at >= 0 for at in found)


def cases(attribute: str) -> list:
    return [
        pytest.param(
            entry,
            text,
            id=f"{entry.file}-{entry.kind}-{entry.code or 'none'}-{n}",
            marks=[pytest.mark.xfail(strict=True, reason=NOT_YET[text])] if text in NOT_YET else [],
        )
        for n, entry in enumerate(LEXICON)
        for text in getattr(entry, attribute)
    ]


@pytest.mark.parametrize("entry, text", cases("examples"))
def test_example_is_understood(entry, text):
    assert matches(entry, text), "none of the entry's phrases is in its example"
    if entry.code:
        assert entry.code in codes(entry.kind, text)


@pytest.mark.parametrize("entry, text", cases("near_misses"))
def test_near_miss_is_not(entry, text):
    if entry.code:
        assert entry.code not in codes(entry.kind, text)
    else:
        assert codes(entry.kind, text), "what an empty code hides must not hide this"


def test_every_lexicon_file_is_read_and_every_entry_has_a_source():
    for path in sorted((DATA / "lexicon").glob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        written = [item for items in tables.values() for item in items]
        assert len(written) == sum(entry.file == path.name for entry in LEXICON)
        assert all(item["source"] for item in written)
        assert all(entry.examples and entry.near_misses and entry.phrases for entry in LEXICON)


def test_phrases_are_lower_case_and_composed():
    for entry in LEXICON:
        for phrase in entry.phrases:
            assert phrase == view(phrase).low, (entry.file, phrase)


def test_obstacles_know_all_codes_of_the_guidelines():
    known = {entry.code for entry in obstacle_lexicon.load().entries}
    assert known == {
        "accountability", "allocation", "beneficiaries", "capacity", "contractors", "coordination", "counterpart",
        "fragmentation", "guidance", "land", "materials", "norms", "procedures", "terrain",
    }  # fmt: skip


def obstacle_cases(key: str) -> list:
    tables = tomllib.loads((DATA / "obstacles.toml").read_text(encoding="utf-8"))["obstacle"]
    return [pytest.param(t["code"], text, id=f"{t['code']}-{t['about']}") for t in tables for text in t[key]]


def obstacles_in(text: str) -> set[str]:
    read = view(text)
    return {row.obstacle for row in obstacles.find_obstacles("a", read.text, sentences(read))}


@pytest.mark.parametrize("code, text", obstacle_cases("examples"))
def test_obstacle_is_found(code, text):
    assert code in obstacles_in(text)
    assert code in obstacles_in(text.upper())


@pytest.mark.parametrize("code, text", obstacle_cases("not"))
def test_no_obstacle_is_found(code, text):
    assert code not in obstacles_in(text)
