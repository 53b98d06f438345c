"""Words of approximation in front of a number: patterns of the wordings in `data/hedges.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

WORDS = tomllib.loads(files("ntp_analysis").joinpath("data/hedges.toml").read_text(encoding="utf-8"))


def _pattern(bound: str) -> str:
    """The hedges that state a bound; what must not stand before one is asked behind it: a pattern that begins with letters is fast."""
    return "|".join(
        word + "".join(f"(?<!{before} {word})" for before in entry.get("unless", ()))
        for entry in WORDS[bound]
        for word in entry["words"]
    )


OVER, UNDER, ABOUT = _pattern("over"), _pattern("under"), _pattern("about")
"""`hơn 12 tỷ đồng`; `ngót 12 tỷ đồng`; `xấp xỉ 12 tỷ đồng`"""
_LEAD = _pattern("lead")
_BOUND = rf"(?:{OVER}|{UNDER}|{ABOUT}|khoảng (?:{OVER}|{UNDER}))"
HEDGE = rf"(?:{_BOUND}|(?:{_LEAD})(?: {_BOUND})?)"
"""any of them, two in a row as one: `khoảng hơn 12 tỷ đồng`, `đạt tỷ lệ gần 45%`"""
