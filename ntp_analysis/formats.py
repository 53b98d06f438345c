"""Numbers, money, dates and bounds in the habit of each language.

Vietnamese: `996,9 tỷ đồng`, `40,7%`, `31/8/2023`, `quý III/2023`. English: `VND 996.9 billion`, `40.7%`,
`31 August 2023`, `the third quarter of 2023`. Rounding is for the eye only and never says more than the
figure: a lower bound is rounded down, an upper bound up, and what is not 100 (or 0) is never shown as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from ntp_analysis.errors import UnknownQuarter
from ntp_analysis.labels import check_language, label

if TYPE_CHECKING:
    from babel import Locale

_LOCALES = {"vi": "vi", "en": "en_GB"}  # en_GB: the day before the month
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_ORDINAL = {1: "first", 2: "second", 3: "third", 4: "fourth"}
_SCALES = (  # đồng, English word, Vietnamese word
    (10**9, "billion", "tỷ"),
    (10**6, "million", "triệu"),
    (1, "", ""),
)
_ROUNDING = {"over": ROUND_FLOOR, "under": ROUND_CEILING}


@cache
def _locale(lang: str) -> Locale:
    from babel import Locale  # here, as a command that shows no number needs no languages

    return Locale.parse(_LOCALES[check_language(lang)])


@cache
def _pattern(decimals: int) -> Any:
    from babel.numbers import parse_pattern

    return parse_pattern("#,##0." + "#" * decimals if decimals else "#,##0")


def rounded(value: float | Decimal, decimals: int, bound: str = "exact") -> Decimal:
    """Return `value` with at most `decimals` decimals, so that the bound stays true.

    >>> rounded(2529.96, 1, "over"), rounded(2529.96, 1, "under"), rounded(2529.96, 1)
    (Decimal('2529.9'), Decimal('2530.0'), Decimal('2530.0'))
    """
    step = Decimal(1).scaleb(-decimals)
    return Decimal(str(value)).quantize(step, rounding=_ROUNDING.get(bound, ROUND_HALF_UP))


def number(value: float | Decimal, lang: str = "en", bound: str = "exact", *, decimals: int = 0) -> str:
    """Return a number with the language's separators and no trailing zeros.

    >>> number(2449.836, "vi", decimals=1), number(2449.836, decimals=1)
    ('2.449,8', '2,449.8')
    """
    return _pattern(decimals).apply(rounded(value, decimals, bound), _locale(lang))


def bounded(text: str, lang: str = "en", bound: str = "exact", *, short: bool = False) -> str:
    r"""Return `text` with its bound before it, in words or (`short`) as a sign.

    >>> bounded("VND 2,530 billion", "en", "over"), bounded("40,7%", "vi", "under", short=True)
    ('more than VND 2,530 billion', '<\u202f40,7%')
    """
    if bound in ("", "exact"):
        return text
    gap = "\u202f" if short else " "
    return label("bound", bound, lang, long=not short) + gap + text


def money(value: float, lang: str = "en", bound: str = "exact", *, decimals: int | None = None) -> str:
    """Return an amount of đồng in words of the language.

    `decimals` of the billion or million; by default one from 100 on, else three, so that small amounts keep
    their digits. `value` is in đồng.

    >>> money(996_936_000_000, "vi"), money(996_936_000_000, "en")
    ('996,9 tỷ đồng', 'VND 996.9 billion')
    >>> money(2_530_000_000_000, "en", "over"), money(780_000_000, "vi"), money(0, "en")
    ('more than VND 2,530 billion', '780 triệu đồng', 'VND 0')
    """
    size, english, vietnamese = next((s for s in _SCALES if abs(value) >= s[0]), _SCALES[-1])
    scaled = Decimal(str(value)) / size
    if decimals is None:
        decimals = 1 if scaled >= 100 else 3
    digits = number(scaled, lang, bound, decimals=decimals if size > 1 else 0)
    if check_language(lang) == "vi":
        return bounded(" ".join(filter(None, (digits, vietnamese, "đồng"))), lang, bound)
    return bounded(" ".join(filter(None, ("VND", digits, english))), lang, bound)


def percent(value: float, lang: str = "en", bound: str = "exact", *, decimals: int = 1, short: bool = False) -> str:
    r"""Return a rate in the habit of the language; `value` is in percent.

    Takes more decimals rather than show a number that is not 100 as 100, or not 0 as 0.

    >>> percent(40.7, "vi"), percent(2530 / 26, "en", "over", short=True), percent(99.97)
    ('40,7%', '>\u202f97.3%', '99.97%')
    """
    while decimals < 6 and value not in (0, 100) and rounded(value, decimals, bound) in (0, 100):
        decimals += 1
    return bounded(number(value, lang, bound, decimals=decimals) + "%", lang, bound, short=short)


def points(value: float, lang: str = "en", bound: str = "exact") -> str:
    """Return a difference of two rates, without its sign.

    >>> points(-25.9), points(1, "en"), points(25.9, "vi")
    ('25.9 percentage points', '1 percentage point', '25,9 điểm phần trăm')
    """
    digits = number(abs(value), lang, bound, decimals=1)
    if check_language(lang) == "vi":
        return bounded(f"{digits} điểm phần trăm", lang, bound)
    return bounded(f"{digits} percentage point{'' if digits == '1' else 's'}", lang, bound)


def day(value: date, lang: str = "en", *, short: bool = False) -> str:
    """Return a day as the language writes it.

    >>> day(date(2023, 8, 31)), day(date(2023, 8, 31), short=True), day(date(2023, 8, 31), "vi")
    ('31 August 2023', '31 Aug 2023', '31/8/2023')
    """
    if check_language(lang) == "vi":
        return f"{value.day}/{value.month}/{value.year}"
    return _date(value, "d MMM y" if short else "d MMMM y", lang)


def day_month(value: date, lang: str = "en") -> str:
    """Return a day of a year that is known from elsewhere.

    >>> day_month(date(2023, 8, 31)), day_month(date(2023, 8, 31), "vi")
    ('31 Aug', '31/8')
    """
    if check_language(lang) == "vi":
        return f"{value.day}/{value.month}"
    return _date(value, "d MMM", lang)


def _date(value: date, pattern: str, lang: str) -> str:
    from babel.dates import format_date

    return format_date(value, pattern, locale=_locale(lang))


def quarter_of(text: str) -> tuple[int, int]:
    """Return year and number of a quarter written like 2023Q3; raise UnknownQuarter otherwise.

    >>> quarter_of("2023Q3")
    (2023, 3)
    """
    found = re.fullmatch(r"(\d{4})Q([1-4])", str(text))
    if not found:
        raise UnknownQuarter(text)
    return int(found[1]), int(found[2])


def quarter(text: str, lang: str = "en", *, short: bool = False) -> str:
    """Return a quarter in words.

    >>> quarter("2023Q3"), quarter("2023Q3", short=True), quarter("2023Q3", "vi")
    ('the third quarter of 2023', 'Q3 2023', 'quý III/2023')
    """
    year, nth = quarter_of(text)
    if check_language(lang) == "vi":
        return f"quý {_ROMAN[nth]}/{year}"
    return f"Q{nth} {year}" if short else f"the {_ORDINAL[nth]} quarter of {year}"


def period(text: str, lang: str = "en") -> str:
    """Return a plan year or span in words.

    >>> period("2023", "vi"), period("2021-2025", "vi"), period("2021-2025")
    ('năm 2023', 'giai đoạn 2021-2025', '2021–2025')
    """
    if check_language(lang) == "vi":
        return f"giai đoạn {text}" if "-" in text else f"năm {text}"
    return text.replace("-", "–")


def listing(items: Sequence[str], lang: str = "en") -> str:
    """Return items joined as the language lists them.

    >>> listing(["a", "b", "c"]), listing(["a", "b", "c"], "vi")
    ('a, b and c', 'a, b và c')
    """
    joint = f" {label('join', 'and', lang)} "
    return joint.join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""
