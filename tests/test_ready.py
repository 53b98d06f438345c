"""What is made of the data files is kept for the next start, and never used when anything has changed."""

import json
import sys

import pytest

from ntp_analysis import gazetteer, ready
from ntp_analysis.document import meanings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(ready, "cache_from_source", lambda _: str(tmp_path / "__pycache__" / "ready.pyc"))
    return tmp_path / "__pycache__"


def test_what_was_made_is_made_once(folder):
    assert [ready.ready("words", iter_of.pop) for iter_of in [["vốn"], ["giao"]]] == ["vốn", "vốn"]
    assert [path.name for path in folder.iterdir()] == [f"words.{sys.implementation.cache_tag}.ready"]


def test_it_is_made_anew_when_a_source_has_changed(folder, monkeypatch):
    ready.ready("words", lambda: "old")
    monkeypatch.setattr(ready, "_AT_IMPORT", "other")
    assert ready.ready("words", lambda: "new") == "new"


def test_nothing_is_kept_that_an_older_program_made_of_newer_data(folder, monkeypatch):
    monkeypatch.setattr(ready, "_fingerprint", lambda: "other")
    assert ready.ready("words", lambda: "new") == "new"
    assert not folder.exists()


@pytest.mark.parametrize("content", [b"", b"\xff", b"[1,"])
def test_a_broken_file_is_made_anew(folder, content):
    folder.mkdir()
    (folder / f"words.{sys.implementation.cache_tag}.ready").write_bytes(ready._AT_IMPORT.encode() + b"\n" + content)
    assert ready.ready("words", lambda: "new") == "new"
    assert ready.ready("words", lambda: "newer") == "new"


def test_where_nothing_can_be_written_it_is_made_each_time(folder):
    folder.write_text("in the way")
    assert [ready.ready("words", lambda word=word: word) for word in ("a", "b")] == ["a", "b"]


def test_nothing_is_written_where_python_may_not_write_bytecode(folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert [ready.ready("words", lambda word=word: word) for word in ("a", "b")] == ["a", "b"]
    assert not folder.exists()


@pytest.mark.parametrize("make", [meanings, gazetteer._sorted])
def test_what_is_kept_is_what_was_made(folder, make):
    made, kept = ready.ready("words", make), ready.ready("words", lambda: None)
    assert kept == json.loads(json.dumps(made))
