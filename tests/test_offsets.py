"""Every figure and every obstacle of every annotated article stands where its offsets say."""

from datetime import date

import gold
import pytest

from ntp_analysis.amounts import NUMBER, WORDED, Convention
from ntp_analysis.engine import read_article
from ntp_analysis.model import Article, Figure
from ntp_analysis.text import view

SCALES = [1, 10**3, 10**6, 10**9, 10**12, 10**15]
SAYS_NOUGHT = ("chưa", "không", "0")
SPELT = {word: n for n, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), 1)}


def is_its_number(words: str, figure: Figure) -> bool:
    """Whether words say a figure's value: their digits times one of the units, or, compound, their first part."""
    low = view(words).low
    if figure.value == 0:
        return any(word in low for word in SAYS_NOUGHT)
    if spelt := WORDED.fullmatch(low):
        return figure.value == SPELT[spelt[1]] * 10 ** (12 if spelt[2] else 9)
    first = NUMBER.match(low.replace(" ", "") if low[:1].isdigit() and " " in low[:5] else low)
    if first is None:
        return False
    values = {float(Convention(sign).parse(first.group(), percent=figure.unit == "percent")) for sign in ",."}
    if figure.unit == "percent":
        return float(figure.value) in values
    exact = any(abs(value * scale - figure.value) <= 1e-6 * figure.value for value in values for scale in SCALES)
    compound = len(NUMBER.findall(low)) > 1 and any(
        value * scale <= figure.value < (value + 1) * scale for value in values for scale in SCALES[1:]
    )
    return exact or compound


@pytest.mark.parametrize("name", gold.sets())
def test_offsets(name):
    meta = {row["article"]: row for row in gold.rows(name, "articles")}
    figures = 0
    for id, text in gold.texts(name).items():
        day = meta.get(id, {}).get("published")
        reading = read_article(Article(id, text, published=date.fromisoformat(day) if day else None))
        for f in reading.figures:
            assert 0 <= f.start < f.end <= len(text)
            assert is_its_number(text[f.start : f.end], f), (id, f.value, text[f.start : f.end])
            assert f.quote in text
            figures += 1
        assert all(0 <= o.start < o.end <= len(text) for o in reading.obstacles)
        assert all(0 <= a <= b <= len(text) for a, b in reading.dropped)
    assert figures >= 26


@pytest.mark.parametrize(
    "words, value, unit, right",
    [("40,7%", 40.7, "percent", True), ("40,7%", 47.0, "percent", False), ("2.449 tỷ 836 triệu", 2_449_836_000_000, "VND", True), ("2.449", 2_450_000_000_000, "VND", False), ("chưa giải ngân", 0, "VND", True), ("bốn nghìn tỷ đồng", 4_000_000_000_000, "VND", True), ("bốn tỷ đồng", 5_000_000_000, "VND", False)],
)  # fmt: skip
def test_the_check_itself_tells_right_from_wrong(words, value, unit, right):
    figure = Figure("a", "", "", "", "", "", "", "", "", "", value, unit, "", "", "", "", "", 0, 1)
    assert is_its_number(words, figure) == right
