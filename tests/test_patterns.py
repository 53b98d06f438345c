"""Every pattern of data/patterns: it finds each of its examples and none of its near misses, and a module asks for it."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import ntp_analysis.patterns as subject
from ntp_analysis.errors import LexiconError
from ntp_analysis.text import view

PACKAGE = Path(subject.__file__).parent
FILES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((PACKAGE / "data" / "patterns").glob("*.toml"))
    if path.stem != "shared"
}
ENTRIES = {
    f"{file}.{key}": entry for file, table in FILES.items() for key, entry in table.items() if key != "fragments"
}
KNOWN = {"says", "pattern", "any", "examples", "not"}


def finds(name: str, text: str) -> bool:
    """Whether the pattern is in a text: most are asked of lower case, a few of the text as written."""
    file, key = name.split(".")
    pattern = getattr(subject.patterns(file), key)
    seen = view(text)
    return bool(pattern.search(seen.low) or pattern.search(seen.text))


def asked_for(file: str) -> set[str]:
    """The names that a module takes from its patterns."""
    tree = ast.parse((PACKAGE / f"{file}.py").read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "_SAYS"
    }


@pytest.mark.parametrize("name", ENTRIES)
def test_pattern_finds_its_examples_and_not_its_near_misses(name):
    entry = ENTRIES[name]
    assert set(entry) <= KNOWN, f"unknown keys: {set(entry) - KNOWN}"
    assert entry.get("says"), "say what it tells"
    assert entry.get("examples"), "add an example"
    assert entry.get("not") or finds(name, " "), "add a near miss: it finds not just anything"
    assert [text for text in entry["examples"] if not finds(name, text)] == []
    assert [text for text in entry.get("not", []) if finds(name, text)] == []


@pytest.mark.parametrize("file", FILES)
def test_every_pattern_is_asked_for_and_every_one_asked_for_is_there(file):
    assert asked_for(file) == {name.split(".")[1] for name in ENTRIES if name.startswith(f"{file}.")}


@pytest.mark.parametrize("file", FILES)
def test_every_fragment_is_used(file):
    table = FILES[file]
    written = " ".join(
        " ".join([entry.get("pattern", ""), *entry.get("any", [])])
        for key, entry in table.items()
        if key != "fragments"
    ) + " ".join(table.get("fragments", {}).values())
    assert set(table.get("fragments", {})) <= set(re.findall(r"\{([a-z_]+)\}", written))


def test_a_pattern_without_words_and_an_unknown_fragment_are_named():
    with pytest.raises(LexiconError, match=r"x.toml, \[y\]: add pattern or any"):
        subject.of_file("x", {"y": {"examples": ["vốn"]}}, {})
    with pytest.raises(LexiconError, match=r"x.toml, \[y\]: no fragment \{z\}; known are any, hedge"):
        subject.of_file("x", {"y": {"pattern": "{z} tỷ"}}, {"hedge": "hơn"})


def test_what_is_no_expression_is_named():
    with pytest.raises(LexiconError, match=r"x.toml, \[y\]: no regular expression: .* at position 0"):
        subject.Patterns("x", {"y": "(tỷ"}).y  # noqa: B018


def test_a_pattern_that_is_not_there_is_named():
    with pytest.raises(AttributeError, match=r"data/patterns/carryover.toml has no \[nothing\]"):
        subject.patterns("carryover").nothing  # noqa: B018
