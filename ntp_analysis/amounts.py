"""Amounts and percentages: from wording to exact values.

The dot groups thousands and the comma starts decimals, except in articles that write it the other way round,
which the numbers' own shapes tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from ntp_analysis.patterns import patterns
from ntp_analysis.text import lowered, view

_SAYS = patterns("amounts")

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

_SCALES = {
    "triệutỷ": 10**15,
    "nghìntỷ": 10**12,
    "nghintỷ": 10**12,
    "ngàntỷ": 10**12,
    "tỷ": 10**9,
    "triệu": 10**6,
    "tr": 10**6,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "1000": 10**3,
    "": 1,
}
"""without đồng, dots and blanks"""
_MOST = {"VND": 10**18, "percent": 10**6}
"""what is larger is no figure but noise"""
_OPENS_A_UNIT = frozenset(" .%ptnđv")
"""the characters that a unit right behind a number can begin with"""


@dataclass(slots=True)
class Number:
    """A number with its unit, where it stands in the view."""

    start: int
    end: int
    """end of the number with its unit"""
    value: int | float | None
    unit: str
    """`VND`, `percent` or empty: a bare number"""
    digits: str
    odd: str = ""
    """why the wording is odd, if it is"""


@cache
def scale_of(unit: str) -> int:
    """Return how many đồng a unit as written is; 0 for what is no unit.

    >>> scale_of("tr.đồng"), scale_of("Tỉ đồng"), scale_of("1.000 đ"), scale_of("tỷ lệ")
    (1000000, 1000000000, 1000, 0)
    """
    plain = lowered(unit).replace(".", "").replace(" ", "")
    return _SCALES.get(plain.removesuffix("đồng").removesuffix("đ"), 0)


class AmountError(ValueError):
    """No amount with a unit stands here."""


@dataclass(frozen=True, slots=True)
class Convention:
    """Which sign starts the decimals in an article."""

    decimal: str = ","
    mixed: bool = True
    """whether a comma with three digits behind it may group: nothing like `1.234,567` says otherwise"""

    def parse(self, digits: str, *, percent: bool = False) -> Decimal:
        """Return the value of a number's digits; a shape that can mean one thing only beats the convention.

        >>> Convention().parse("2.449"), Convention().parse("40,7"), Convention().parse("16.4")
        (Decimal('2449'), Decimal('40.7'), Decimal('16.4'))
        >>> Convention(".").parse("15,960"), Convention(".").parse("187,562.4")
        (Decimal('15960'), Decimal('187562.4'))
        """
        dots, commas = digits.count("."), digits.count(",")
        if dots and commas:
            decimal = max(".,", key=digits.rindex)
            if digits.count(decimal) > 1:
                return Decimal(digits.replace(".", "").replace(",", ""))
            return Decimal(digits.replace("," if decimal == "." else ".", "").replace(",", "."))
        if not dots and not commas:
            return Decimal(digits)
        sign = "." if dots else ","
        if dots + commas > 1:
            return _regroup(digits, sign)
        whole, fraction = digits.split(sign)
        groups = len(fraction) == 3 and len(whole) <= 3 and whole.lstrip("0") != "" and not percent
        if groups and sign != self.decimal:
            return Decimal(whole + fraction)
        return Decimal(f"{whole}.{fraction}")


def _regroup(digits: str, sign: str) -> Decimal:
    """`1.284.560` groups; in `1.284.56` the last sign can only start decimals (a slip that is common)."""
    parts = digits.split(sign)
    if len(parts[-1]) == 3:
        return Decimal("".join(parts))
    return Decimal("".join(parts[:-1]) + "." + parts[-1])


_LONG_DECIMALS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{3}")
_MILLIONS = re.compile(r"[1-9]\d{0,2},\d{3}")


def convention(low: str, digits: Sequence[re.Match[str]] | None = None) -> Convention:
    """Return the convention that most of an article's telling numbers follow.

    `digits` are the matches of NUMBER, if the caller has them.

    >>> convention("đạt 16.4%, giao 1,012.5 tỉ đồng").decimal
    '.'
    >>> convention("giao 3.142 tỷ đồng").decimal
    ','
    """
    parted = [m.start() for m in (NUMBER.finditer(low) if digits is None else digits) if not m.group().isdigit()]
    points = sum(1 for start in parted if _SAYS.tells_point.match(low, start))
    decimal = "." if points and points > sum(1 for start in parted if _SAYS.tells_comma.match(low, start)) else ","
    return Convention(decimal, mixed=not any(_LONG_DECIMALS.match(low, start) for start in parted))


def read_number(low: str, m: re.Match[str], conv: Convention) -> Number:
    """Return the number at a match of NUMBER in a lower-case view, with the unit that follows it."""
    start, end, digits = m.start(), m.end(), m.group()
    following = low[end : end + 1]
    if following not in _OPENS_A_UNIT:
        return Number(start, end, None, "", digits)
    if following == " " and len(digits) <= 3 and digits.isdigit() and (spaced := _SAYS.spaced.match(low, end)):
        end = spaced.end()
        digits = low[start:end].replace(" ", "")
        if "," not in digits:
            return _money(low, start, end, digits, Decimal(digits), conv)
    if following == " " and digits.isdigit() and (rest := _SAYS.thousands.match(low, end)):
        return _money(low, start, rest.end(), digits, Decimal(digits) * 1000 + Decimal(rest[1]), conv)
    if percent := _SAYS.percent.match(low, end):
        if _SAYS.points.match(low, end):
            return Number(start, end, None, "", digits)
        value = conv.parse(digits, percent=True)
        if value > _MOST["percent"]:
            return Number(start, percent.end(), None, "", digits, odd="too large")
        return Number(start, percent.end(), _plain(value), "percent", digits)
    return _money(low, start, end, digits, None, conv)


def _money(low: str, start: int, end: int, digits: str, value: Decimal | None, conv: Convention) -> Number:
    unit = _SAYS.unit.match(low, end)
    if unit is None:
        return Number(start, end, None, "", digits)
    if _SAYS.foreign.match(low, unit.end()) or _SAYS.per.match(low, unit.end()):
        return Number(start, unit.end(), None, "", digits, odd="per")
    scale, odd = unit.group(1) or "", ""
    if scale in ("tỷ triệu", "tỷtriệu"):
        scale, odd = "tỷ", low[start : unit.end()]
    if value is None and conv.mixed and scale == "triệu" and _MILLIONS.fullmatch(digits):
        # "412,860 triệu đồng" in an article that writes "64,5%": no budget is 412 million
        value = Decimal(digits.replace(",", ""))
    total = (conv.parse(digits) if value is None else value) * scale_of(scale)
    stop = unit.end()
    if unit.group(2) is None and unit.group(3) is None:
        total, stop = _add_parts(low, stop, total, scale, conv)
    if scale == "tỷ" and stop == unit.end() and (tenths := _SAYS.tenths.match(low, stop)):
        total, stop = total + int(tenths[1]) * 10**8, tenths.end()
    if total > _MOST["VND"]:
        return Number(start, stop, None, "", digits, odd="too large")
    if total != int(total):
        return Number(start, stop, None, "", digits, odd="fraction of a đồng")
    return Number(start, stop, int(total), "VND", digits, odd)


def _add_parts(low: str, stop: int, total: Decimal, scale: str, conv: Convention) -> tuple[Decimal, int]:
    """Add the smaller parts of a compound: `2.449 tỷ` and then `836 triệu`."""
    while part := _SAYS.next_part.match(low, stop):
        if scale_of(part.group(2)) >= scale_of(scale) or _SAYS.per.match(low, part.end()):
            break
        scale = part.group(2)
        total += conv.parse(part.group(1)) * scale_of(scale)
        stop = part.end()
        if part.group(3):
            break
    return total, stop


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def parse_money(wording: str) -> int:
    """Return the amount of a wording in đồng, exactly.

    Raises AmountError if no unit follows the number. See the guidelines, "Numbers".

    >>> parse_money("2.449 tỷ 836 triệu đồng")
    2449836000000
    >>> parse_money("49.416 triệuđồng") == parse_money("49.416 triệu đồng")
    True
    >>> parse_money("49.416 triệu đồng")
    49416000000
    """
    low = view(wording).low
    m = NUMBER.search(low)
    number = read_number(low, m, convention(low)) if m else None
    if number is None or number.unit != "VND" or not isinstance(number.value, int):
        raise AmountError(f"no amount in đồng in {wording!r}: write a number and tỷ, triệu or đồng after it")
    return number.value


def find_numbers(low: str, conv: Convention, digits: Sequence[re.Match[str]] | None = None) -> Iterator[Number]:
    """Yield the numbers of a lower-case view, left to right; one without a unit takes that of its neighbour.

    >>> [n.value for n in find_numbers("giải ngân 101,3/912,3 tỷ đồng; đạt 8,91 và 5,2%", Convention())]
    [101300000000, 912300000000, 8.91, 5.2]
    >>> [n.value for n in find_numbers("lần lượt 68,4; 57,9 và 49,2 tỷ đồng", Convention())]
    [68400000000, 57900000000, 49200000000]

    Of a range there is one number, the lower end.

    >>> [n.value for n in find_numbers("phải đạt 96 - 98%", Convention())]
    [96]
    >>> [n.value for n in find_numbers("đạt 59, 14%; lần lượt là 30, 40%", Convention())]
    [59.14, 30, 40]
    >>> [n.value for n in find_numbers("giải ngân 592,9 tỷ đồng trên tổng số 2.324,8, đạt 26%", Convention())]
    [592900000000, 2324800000000, 26]
    """
    found: list[Number] = []
    position = 0
    for m in NUMBER.finditer(low) if digits is None else digits:
        if m.start() >= position:
            found.append(read_number(low, m, conv))
            position = found[-1].end
    unit_at, lent = 0, False
    for i in range(len(found) - 2, -1, -1):
        one, two = found[i], found[i + 1]
        unit_at, lent = unit_at if lent else two.start + len(two.digits), False
        if one.unit == two.unit == "percent" and _is_range(low, one, two):
            one.end, two.unit, two.value, two.odd = two.end, "", None, "range"
            continue
        if one.unit or one.odd or not two.unit or not (j := _SAYS.joined.fullmatch(low, one.end, two.start)):
            continue
        if j.group() in (", ", " ,", " , ") and _parted(low, one, two):
            _mend(one, two)
            continue
        if j.group().strip() != "/" and re.fullmatch(r"(?:19|20)\d\d", one.digits):
            continue  # a year
        if _SAYS.numbered.search(low, max(0, one.start - 20), one.start):
            continue  # "Chương trình 1719; 11,9 tỷ đồng"
        _lend_unit(low, one, two, unit_at, conv)
        lent = bool(one.unit)
        if one.unit and j.group().strip() in ("-", "–", "đến"):
            one.end, two.unit, two.value, two.odd = two.end, "", None, "range"
    for one, two in pairwise(found):
        if (
            two.unit == "VND"
            and not one.unit
            and not one.odd
            and _SAYS.part_of.fullmatch(low, one.end, two.start)
            and _SAYS.spent.search(low, max(0, one.start - 30), one.start)
        ):
            _lend_unit(low, one, two, two.start + len(two.digits), conv)  # "mới tiêu được 71 trong số 265 tỷ đồng"
        if (
            one.unit == "VND"
            and not two.unit
            and not two.odd
            and _SAYS.of_all.fullmatch(low, one.end, two.start)
            and _SAYS.clause_ends.match(low, two.end)
        ):
            _take_unit(low, one, two, conv)
    _unit_said_before(low, found, conv)
    found += _in_words(low)
    yield from sorted((n for n in found if n.odd != "range"), key=lambda n: n.start)


IN_WORDS = {word: n for n, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), 1)}
"""small numbers that are spelt"""
WORDED = re.compile(rf"(?<![^\W_])({'|'.join(IN_WORDS)}) (nghìn |ngàn )?tỷ đồng\b")


def _in_words(low: str) -> list[Number]:
    """`giải ngân gần bảy tỷ đồng`: small numbers that some papers spell."""
    if " tỷ đồng" not in low:
        return []
    return [
        Number(m.start(), m.end(), IN_WORDS[m[1]] * 10 ** (12 if m[2] else 9), "VND", str(IN_WORDS[m[1]]))
        for m in WORDED.finditer(low)
        if _SAYS.longer.search(low, max(0, m.start() - 8), m.start()) is None
    ]


def _is_range(low: str, one: Number, two: Number) -> bool:
    """`đạt 90% - 95%`, `phấn đấu từ 92% đến 95%`: one number, the lower end."""
    if (one.value or 0) >= (two.value or 0):
        return False
    joint = low[one.end : two.start].strip()
    return joint in ("-", "–") or (
        joint in ("đến", "tới") and _SAYS.starting_at.search(low, max(0, one.start - 40), one.start) is not None
    )


def _take_unit(low: str, one: Number, two: Number, conv: Convention) -> None:
    """`592,9 tỷ đồng trên tổng số 2.324,8`: the whole has the unit of its part, and is not smaller."""
    value = _of_unit(two.digits, _SAYS.unit.match(low, one.start + len(one.digits)), conv)
    if value is not None and value >= (one.value or 0):
        two.value, two.unit = value, "VND"


def _of_unit(digits: str, unit: re.Match[str] | None, conv: Convention) -> int | None:
    """Return the whole đồng that digits mean with a unit said elsewhere."""
    return in_dong(digits, scale_of(unit.group(1) or ""), conv) if unit else None


def in_dong(digits: str, scale: int, conv: Convention) -> int | None:
    """Return the whole đồng that digits mean in units of so many đồng; None if they can mean none."""
    value = conv.parse(digits) * scale if scale else None
    return int(value) if value is not None and value == int(value) and value <= _MOST["VND"] else None


def in_percent(digits: str, conv: Convention) -> int | float | None:
    """Return the rate that digits mean; None if they can mean none."""
    value = conv.parse(digits, percent=True)
    return None if value > _MOST["percent"] else _plain(value)


def _parted(low: str, one: Number, two: Number) -> bool:
    """`đạt 59, 14%`: a space slipped in behind the comma; in `30, 40 và 50%` it did not."""
    if not (
        one.digits.isdigit() and two.digits.isdigit() and len(one.digits) <= 3 and len(two.digits) <= 3
    ) or _SAYS.one_more.match(low, two.end):
        return False
    return (
        _SAYS.one_number.search(low, max(0, one.start - 40), one.start) is not None
        and _SAYS.several_numbers.search(low, max(0, one.start - 50), one.start) is None
    )


_MILLION = 10**6


def _mend(one: Number, two: Number) -> None:
    scale = Decimal(str(two.value)) / Decimal(two.digits) if int(two.digits) else Decimal(1)
    grouped = len(two.digits) == 3 and scale == _MILLION  # "230, 710 triệu đồng"; "17, 862 tỷ đồng" has decimals
    whole = _plain(Decimal(one.digits + two.digits if grouped else f"{one.digits}.{two.digits}") * scale)
    one.value, one.unit, one.end, one.digits = whole, two.unit, two.end, f"{one.digits},{two.digits}"
    two.unit, two.value, two.odd = "", None, "range"


_ROW = re.compile(r"\s*\n *[^\W\d_][^\d\n|\t%;:]{1,50}?[ :](\d[\d.,]*\d|\d)(?=[ .;,]*(?:\n|$))")
"""a line of its own below `ĐVT: %`"""
_REACH = 1500
"""characters that such a unit holds for"""
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENDS = re.compile(r" ?(?:[;)\n]|[.,](?!\d)|$)")
_LEAD_LINE = re.compile(r"\s*\n[^\n]{10,400}:(?=\n)")


def _unit_said_before(low: str, found: list[Number], conv: Convention) -> None:
    """`Tỷ lệ giải ngân (%): Mộc Châu 41,2; Mai Sơn 37,9`: the unit in the lead's brackets is that of the list."""
    leads = (
        list(_SAYS.said_unit.finditer(low)) if "):" in low or ")\n" in low or "đvt" in low or "đơn vị" in low else []
    )
    bare = {n.start: n for n in found if not n.unit and not n.odd} if leads else {}
    for lead in leads:
        between = _LEAD_LINE.match(low, lead.end())
        unit, begin = lead["unit"] or lead["line"], between.end() if between else lead.end()
        entry = _SAYS.listed.match(low, begin) or _ROW.match(low, begin)
        while entry:
            for group in range(1, entry.re.groups + 1):
                if entry.start(group) in bare:
                    _give_unit(bare[entry.start(group)], unit, conv)
            entry = _SAYS.listed.match(low, entry.end()) or _ROW.match(low, entry.end())
        for start, number in bare.items() if unit != "%" else ():
            if (
                begin <= start < begin + _REACH
                and not number.unit
                and _GROUPED.fullmatch(number.digits)
                and _SAYS.labelled.search(low, max(begin, start - 30), start)
                and _ENDS.match(low, number.end)
            ):
                _give_unit(number, unit, conv)


def _give_unit(number: Number, unit: str, conv: Convention) -> None:
    value = (
        in_percent(number.digits, conv) if unit == "%" else _of_unit(number.digits, _SAYS.unit.match(" " + unit), conv)
    )
    if value is not None and (unit == "%" or value > 0):
        number.value, number.unit = value, "percent" if unit == "%" else "VND"


def _lend_unit(low: str, one: Number, two: Number, unit_at: int, conv: Convention) -> None:
    """Give a bare number the unit of the next, which may be lent itself: `8,91 và 5,2%`, `68,4; 57,9 và 49,2 tỷ đồng`."""
    percent = two.unit == "percent"
    value = in_percent(one.digits, conv) if percent else _of_unit(one.digits, _SAYS.unit.match(low, unit_at), conv)
    if value is not None:
        one.value, one.unit = value, two.unit
