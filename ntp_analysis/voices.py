"""For whom a text speaks: a province, a district, a commune or the country."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from ntp_analysis.lines import Line

PHRASES = {
    "province": "toàn tỉnh|ubnd tỉnh|tỉnh ủy|hđnd tỉnh|địa bàn tỉnh|của tỉnh|trong tỉnh|tỉnh ta|ban chỉ đạo tỉnh|toàn thành phố|ubnd thành phố",
    "district": "toàn huyện|ubnd huyện|huyện ủy|hđnd huyện|địa bàn huyện|của huyện|trong huyện|huyện nhà|toàn thị xã|ubnd thị xã|thị ủy|ủy ban nhân huyện",
    "commune": "toàn xã|ubnd xã|đảng ủy xã|hđnd xã|địa bàn xã|của xã|trong xã|xã nhà|ubnd phường|toàn phường|đảng ủy phường",
    "country": "cả nước|thủ tướng|toàn quốc|trên phạm vi cả nước|quốc hội|chính phủ|các bộ, ngành|ban chỉ đạo trung ương|bộ trưởng|các tỉnh, thành phố trực thuộc",
}
VOICES = {phrase: level for level, phrases in PHRASES.items() for phrase in phrases.split("|")}
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
    return any(phrase in low for phrase in PHRASES[level].split("|"))
