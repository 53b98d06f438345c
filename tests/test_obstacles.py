"""Obstacles: every wording of data/obstacles.toml, the mechanism, and the annotated articles."""

from pathlib import Path

import pytest

from ntp_analysis import obstacles
from ntp_analysis.text import sentences, view

CORPUS = Path(__file__).parent / "corpus"


def codes(text: str) -> set[str]:
    return {o.obstacle for o in obstacles.find_obstacles("a", text, sentences(view(text)))}


EXAMPLES = [(e.code, text) for e in obstacles.load().entries for text in e.examples]
NEAR_MISSES = [(e.code, text) for e in obstacles.load().entries for text in e.near_misses]


@pytest.mark.parametrize("code, text", EXAMPLES)
def test_example_is_found(code, text):
    assert code in codes(text)


@pytest.mark.parametrize("code, text", NEAR_MISSES)
def test_near_miss_is_not(code, text):
    assert code not in codes(text)
