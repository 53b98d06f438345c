"""For whom a text speaks: a province, a district, a commune or the country."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections import Counter
from importlib.resources import files

from ntp_analysis.lines import Line

PHRASES = {
    level: tuple(phrases)
    for level, phrases in tomllib.loads(
        files("ntp_analysis").joinpath("data/voices.toml").read_text(encoding="utf-8")
    ).items()
}
VOICES = {phrase: level for level, phrases in PHRASES.items() for phrase in phrases}
"""words of one who speaks for a province, a district, a commune or the country -> which"""
Voices = list[tuple[int, str]]
"""where a text has such words, and which"""


def spoken_for(voices: Voices, lines: list[Line]) -> Counter[str]:
    """How often some lines speak for a province, a district, a commune and the country."""
    starts = [start for start, _ in voices]
    spans = [(bisect_left(starts, line.start), bisect_left(starts, line.end)) for line in lines]
    return Counter(level for i, j in spans for _, level in voices[i:j])


def speaks(low: str, level: str) -> bool:
    """Tell whether a text has words of one who speaks for a province, a district, a commune or the country."""
    return any(phrase in low for phrase in PHRASES[level])
