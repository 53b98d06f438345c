"""The checks: each takes the figures of a corpus, sorted in a `Ledger`, and yields findings.

A check is a short function; what it is about stands in ``data/checks.toml``. Unsure means no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from ntp_analysis import formats
from ntp_analysis.findings import Finding, both, listed
from ntp_analysis.labels import LANGUAGES
from ntp_analysis.ledger import Ledger, compatible, firm, grouped, same_day
from ntp_analysis.precision import Interval, total

SHARE_OF = {"rate": "disbursed", "distribution_rate": "distributed"}
TOO_MUCH = {"disbursed": "overspent", "undisbursed": "overspent", "distributed": "overdistributed"}
SPENDING = ("disbursed", "undisbursed", "rate")
MONEY = ("allocated", "distributed", "disbursed", "undisbursed")
SMALL_GAP = 1.0
"""percentage points under which a wrong rate is a warning"""
THOUSAND = (400.0, 2500.0)
"""between these two numbers differ by triệu for tỷ, give or take the real difference"""
NEAR = 600
"""characters within which sources of money are told of the same total"""
FULL = {
    "programme": ("ntp", [{"nrd", "spr", "sedema"}, {"nrd", "sedema+spr"}]),
    "capital": ("total", [{"investment", "recurrent"}]),
}
OPEN = {"source": ("", {"central", "local", "credit", "community"})}
RAISED = {"credit", "community"}
"""sources that are no budget: told beside a budget's sum without any other, they are no parts of it"""
CHECK_OF = {"programme": "programmes", "capital": "capital", "source": "sources"}
RANK = tuple("place level province programme component capital source basis period carryover plan".split())
"""what must agree beside the measure for two figures to be of one cell"""
FALLING = {"disbursed": ("falls", 0.0), "rate": ("rate_falls", 10.0)}
"""check by measure, and by how much more the number must fall: a plan that is raised lowers the rate a little"""
SPR_IS_ONE_SINCE = "2021"
ODD_UNIT = re.compile(r"\d[\d.,]* ?(?:t[ỷỉ] ?triệu|triệu ?triệu|t[ỷỉ] ?t[ỷỉ])\b", re.IGNORECASE)
MONTH_DAYS = 31
NOT_KNOWN: Any = float("nan")
MOST = {"country": 1e16, "province": 3e14, "district": 3e13, "commune": 3e12}
"""đồng beyond which a place's money is misread: three to five times the most that any is known to have raised for new
rural development in five years (the country 2,1 triệu tỷ, Hà Nội 93 nghìn tỷ)"""
CENTRAL_SHARE = 10
"""central money is a tenth of that at most: 100 nghìn tỷ for the whole country in 2021-2025"""
LEAST = {"country": 1e11, "province": 1e8}
TOO_GREAT = {"en": "more than any place of its level has", "vi": "nhiều hơn mọi địa phương cùng cấp"}
TOO_SMALL = {"en": "less than any place of its level has", "vi": "ít hơn mọi địa phương cùng cấp"}
OF = {"en": "{} of {}", "vi": "{} trên {}"}
DAY_OF = {
    "en": "the day of {n} of {all} figures (taken: {taken})",
    "vi": "ngày của {n} trong {all} số liệu (lấy: {taken})",
}
YEAR_OF = {
    "en": "the plan year of {n} of {all} figures (taken: {taken})",
    "vi": "năm kế hoạch của {n} trong {all} số liệu (lấy: {taken})",
}
OF_THE_ARTICLE = {"en": ", when the article was published", "vi": ", ngày đăng bài"}
LESS = {"en": "{} less {}", "vi": "{} trừ {}"}


def rates(ledger: Ledger) -> Iterator[Finding]:
    """Stated rates against the amounts they follow from."""
    for cell in ledger.cells():
        for measure, numerator in SHARE_OF.items():
            pairs = list(product(cell.get(numerator, ()), cell.get("allocated", ())))
            passed_on = list(product(cell.get(numerator, ()), cell.get("distributed", ()))) if measure == "rate" else []
            told = [*pairs, *passed_on]
            stated = cell.get(measure, ())
            open_rates = [rate for rate in stated if not _explained(ledger, rate, told)]
            for rate in open_rates:
                siblings = [r for r in stated if r is not rate and r.basis == rate.basis and r.as_of == rate.as_of]
                siblings = [r for r in siblings if firm(r, rate)]
                if not any(_explained(ledger, sibling, told) for sibling in siblings):
                    yield from _rate(
                        rate, [p for p in pairs if _belongs(rate, p) and not _part_of_it(rate, p[1], cell)]
                    )


def _part_of_it(rate: Any, whole: Any, cell: dict[str, list[Any]]) -> bool:
    """Money of one source among several, where the rate names none: the rate may be of all of them."""
    return whole.source != rate.source and any(other.source != whole.source for other in cell["allocated"])


def _pair_of(rate: Any, pair: tuple[Any, Any]) -> bool:
    part, whole = pair
    return (
        part.basis == rate.basis
        and whole.basis in ("actual", rate.basis)
        and same_day(part, rate)
        and (whole.measure == "distributed" or same_day(whole, rate))
        and all(compatible(*two) for two in ((part, rate), (whole, rate), (whole, part)))
    )


def _explained(ledger: Ledger, rate: Any, pairs: Sequence[tuple[Any, Any]]) -> bool:
    return any(
        ledger.interval(part).percent_of(ledger.interval(whole)).meets(ledger.interval(rate))
        for part, whole in pairs
        if _pair_of(rate, (part, whole))
    )


def _belongs(rate: Any, pair: tuple[Any, Any]) -> bool:
    """Whether the rate can be doubted for these amounts: the whole is no mere part of what the rate is of."""
    part, whole = pair
    return _pair_of(rate, pair) and firm(part, rate) and _no_part(whole, rate) and whole.value > 0


def _no_part(whole: Any, figure: Any) -> bool:
    """Whether `whole` is not merely the local budget's, or the carried over, part of what `figure` is of."""
    of_all = whole.source in ("", "central", figure.source)
    return of_all and whole.carryover in ("", "included", figure.carryover)


def _rate(rate: Any, pairs: Sequence[tuple[Any, Any]]) -> Iterator[Finding]:
    if not pairs:
        return
    part, whole = min(pairs, key=lambda pair: abs(100 * pair[0].value / pair[1].value - rate.value))
    expected = 100 * part.value / whole.value
    terms = both(OF, (part.value, "VND", part.bound), (whole.value, "VND", whole.bound))
    if _thousandfold(rate.value, expected):
        yield Finding("magnitude", (rate, part, whole), rate.value, expected, "percent", terms)
        return
    severity = "warning" if abs(expected - rate.value) < SMALL_GAP else ""
    yield Finding(rate.measure, (rate, part, whole), rate.value, expected, "percent", terms, severity)


def _thousandfold(one: float, other: float) -> bool:
    if not one or not other:
        return False
    return THOUSAND[0] <= max(one, other) / min(one, other) <= THOUSAND[1]


def left_unspent(ledger: Ledger) -> Iterator[Finding]:
    """What is left against what was given less what was spent."""
    for cell in ledger.cells():
        for left in cell.get("undisbursed", ()):
            pairs = [
                pair
                for pair in product(cell.get("disbursed", ()), cell.get("allocated", ()))
                if _pair_of(left, pair) and _no_part(pair[1], left)
            ]
            rests = [ledger.interval(whole) - ledger.interval(part) for part, whole in pairs]
            if any(rest.meets(ledger.interval(left)) for rest in rests):
                continue
            for part, whole in pairs[:1] if len(pairs) == 1 and firm(pairs[0][0], left) else ():
                terms = both(LESS, (whole.value, "VND", whole.bound), (part.value, "VND", part.bound))
                rest = whole.value - part.value
                yield Finding("undisbursed", (left, whole, part), left.value, rest, "VND", terms)


def too_much(ledger: Ledger) -> Iterator[Finding]:
    """More spent, left or passed on than given."""
    for cell in ledger.cells():
        for measure, check in TOO_MUCH.items():
            for part in cell.get(measure, ()):
                wholes = [
                    whole
                    for whole in cell.get("allocated", ())
                    if same_day(whole, part)
                    and compatible(whole, part)
                    and _no_part(whole, part)
                    and whole.basis in ("actual", part.basis)
                ]
                if not wholes or any(_can_hold(ledger, whole, part) for whole in wholes):
                    continue
                whole = max(wholes, key=lambda figure: figure.value)
                if firm(whole, part) or not whole.source:
                    code = "magnitude" if _thousandfold(part.value, whole.value) else check
                    terms = both({"en": "{}", "vi": "{}"}, (whole.value, "VND", whole.bound))
                    yield Finding(code, (part, whole), part.value, whole.value, "VND", terms)


def _can_hold(ledger: Ledger, whole: Any, part: Any) -> bool:
    return ledger.interval(part).low <= ledger.interval(whole).high


def parts(ledger: Ledger) -> Iterator[Finding]:
    """Programmes, kinds of capital and sources against their whole."""
    money = [row for row in ledger.rows if row.measure in MONEY]
    for name in CHECK_OF:
        fixed = [n for n in ("article", "measure", *RANK, "day") if n != name]
        for rows in grouped(money, fixed).values():
            yield from _parts(ledger, name, rows)


def _parts(ledger: Ledger, name: str, rows: Sequence[Any]) -> Iterator[Finding]:
    whole_code, part_codes = OPEN[name] if name in OPEN else (FULL[name][0], set().union(*FULL[name][1]))
    wholes = [row for row in rows if getattr(row, name) == whole_code and not (name == "programme" and row.component)]
    found = {code: [r for r in rows if getattr(r, name) == code] for code in sorted(part_codes)}
    found = {code: figures for code, figures in found.items() if figures}
    if name == "programme" and "sedema+spr" in found:
        found = {code: figures for code, figures in found.items() if code in ("nrd", "sedema+spr")}
    if not wholes or not found or (name == "source" and set(found) <= RAISED):
        return
    complete = name in FULL and any(set(found) >= full for full in FULL[name][1])
    combinations = list(product(*found.values()))[:64]
    if name == "source":
        combinations = [c for c in combinations if all(abs(f.start - wholes[0].start) < NEAR for f in c)]
    if not combinations or any(_adds_up(ledger, w, c, complete) for w in wholes for c in combinations):
        return
    yield from _sum(CHECK_OF[name], wholes[0], combinations[0], complete)


def _adds_up(ledger: Ledger, whole: Any, figures: Sequence[Any], complete: bool) -> bool:
    of_parts, of_whole = total([ledger.interval(f) for f in figures]), ledger.interval(whole)
    return of_parts.meets(of_whole) if complete else of_parts.low <= of_whole.high


def _sum(check: str, whole: Any, figures: Sequence[Any], complete: bool) -> Iterator[Finding]:
    made = sum(figure.value for figure in figures)
    others = [*figures, whole]
    odd = [f for f in others if len(others) > 2 or not complete if _out_of_proportion(f, others)]
    code = "magnitude" if odd or _thousandfold(whole.value, made) else check
    yield Finding(code, (whole, *figures), whole.value, made, "VND", listed(figures))


def _out_of_proportion(figure: Any, others: Sequence[Any]) -> bool:
    """Whether this number alone, a thousand times smaller or greater, would make parts and whole agree."""
    *figures, whole = others
    if not figure.value:
        return False
    for factor in (1000, 1 / 1000):
        values = [f.value * factor if f is figure else f.value for f in figures]
        right = whole.value * factor if figure is whole else whole.value
        if right and abs(sum(values) / right - 1) < 0.02:
            return True
    return False


def carried(ledger: Ledger) -> Iterator[Finding]:
    """Money of the year and money carried over against both together; the latter may name earlier years."""
    fixed = [n for n in ("article", "measure", *RANK, "day") if n not in ("carryover", "period")]
    for rows in grouped([row for row in ledger.rows if row.measure == "allocated"], fixed).values():
        both = [row for row in rows if row.carryover == "included"]
        new = [row for row in rows if row.carryover == "excluded" and both and row.period == both[0].period]
        old = [row for row in rows if row.carryover == "only"]
        if len(both) == len(new) == len(old) == 1 and not _adds_up(ledger, both[0], [*new, *old], True):
            yield from _sum("carried", both[0], [*new, *old], True)


def rates_of_parts(ledger: Ledger) -> Iterator[Finding]:
    """The rate of a whole between the rates of all its parts."""
    stated = [row for row in ledger.rows if row.measure in SHARE_OF and row.basis == "actual"]
    for name, (whole_code, fulls) in FULL.items():
        fixed = [n for n in ("article", "measure", *RANK, "day") if n != name]
        for rows in grouped(stated, fixed).values():
            wholes = [row for row in rows if getattr(row, name) == whole_code]
            figures = [row for row in rows if any(getattr(row, name) in full for full in fulls)]
            complete = any({getattr(row, name) for row in figures} == full for full in fulls)
            if complete and len(wholes) == 1:
                yield from _between(ledger, wholes[0], figures)


def _between(ledger: Ledger, whole: Any, figures: Sequence[Any]) -> Iterator[Finding]:
    ends = [ledger.interval(figure) for figure in figures]
    reach = Interval(min(end.low for end in ends), max(end.high for end in ends))
    if reach.meets(ledger.interval(whole)):
        return
    nearest = min((figure.value for figure in figures), key=lambda value: abs(value - whole.value))
    yield Finding("rate_parts", (whole, *figures), whole.value, nearest, "percent", listed(figures))


def places(ledger: Ledger) -> Iterator[Finding]:
    """Districts, or communes, of a province against the province."""
    fixed = ("article", "measure", "province", *(n for n in RANK if n not in ("place", "level", "province")), "day")
    money = [row for row in ledger.rows if row.measure in MONEY and row.province and not _several(row)]
    for rows in grouped(money, fixed).values():
        wholes = [row for row in rows if row.level == "province"]
        for level in ("district", "commune"):
            below = {row.place: row for row in rows if row.level == level and row.value}
            if wholes and below and not any(_adds_up(ledger, w, [*below.values()], False) for w in wholes):
                yield from _sum("places", wholes[0], [*below.values()], False)


def _several(row: Any) -> bool:
    """Whether one code stands for several plans: to 2020 poverty reduction was Programme 30a and Programme 135."""
    return row.programme == "spr" and not row.component and row.period[-4:] < SPR_IS_ONE_SINCE


def components(ledger: Ledger) -> Iterator[Finding]:
    """Projects of a programme against the programme."""
    fixed = ("article", "measure", *(n for n in RANK if n != "component"), "day")
    money = [row for row in ledger.rows if row.measure in MONEY]
    for rows in grouped(money, fixed).values():
        wholes = [row for row in rows if not row.component]
        named = {row.component for row in rows}
        inside = {
            row.component: row
            for row in rows
            if row.component and row.value and row.component.split(".")[0] not in named - {row.component}
        }
        if wholes and inside and not any(_adds_up(ledger, w, [*inside.values()], False) for w in wholes):
            yield from _sum("components", wholes[0], [*inside.values()], False)


def falls(ledger: Ledger) -> Iterator[Finding]:
    """Money spent on one plan, or its rate, that falls from one day to a later one."""
    for measure, (code, gap) in FALLING.items():
        spent = [r for r in ledger.rows if r.measure == measure and r.basis == "actual" and r.as_of == r.as_of]
        spent = [row for row in spent if row.place]  # two places that are not told may be two
        for rows in grouped([r for r in spent if r.period and not _several(r)], RANK).values():
            yield from _falls(ledger, rows, code, gap)


def _falls(ledger: Ledger, rows: list[Any], code: str, gap: float) -> Iterator[Finding]:
    rows.sort(key=lambda row: row.as_of)
    for at, later in enumerate(rows):
        earlier = [r for r in rows[:at] if r.as_of < later.as_of]
        most = max(earlier, key=lambda row: row.value, default=None)
        if most is not None and ledger.interval(later).high + gap < ledger.interval(most).low:
            terms = {lang: f"{formats.day(most.as_of, lang)}, {most.article}" for lang in LANGUAGES}
            yield Finding(code, (later, most), later.value, most.value, later.unit, terms)


def at_odds(ledger: Ledger, published: dict[str, Any]) -> Iterator[Finding]:
    """Different numbers for the same cell and day, in one article or in two."""
    told = [row for row in ledger.rows if row.basis == "actual" and row.place and not _several(row)]
    for rows in grouped(told, ("measure", *RANK)).values():
        if len(rows) == 1:
            continue
        dated = grouped(rows, ("as_of",)) if rows[0].measure not in ("allocated",) else {(): rows}
        for same in dated.values():
            yield from _odds(ledger, same, published)


def _odds(ledger: Ledger, rows: Sequence[Any], published: dict[str, Any]) -> Iterator[Finding]:
    if rows[0].measure != "allocated" and rows[0].as_of != rows[0].as_of:
        return
    said: list[Any] = []
    for row in rows:
        apart = [one for one in said if not ledger.interval(one).meets(ledger.interval(row))]
        apart = [one for one in apart if _comparable(one, row, published)]
        if apart:
            other = apart[0]
            undated = row.as_of != row.as_of or other.as_of != other.as_of
            severity = "note" if undated and row.article != other.article else ""
            terms = {lang: other.article for lang in ("en", "vi")}
            yield Finding("at_odds", (row, other), row.value, other.value, row.unit, terms, severity)
        if len(apart) == 0:
            said.append(row)


def _comparable(one: Any, other: Any, published: dict[str, Any]) -> bool:
    if one.article == other.article:
        return False  # it may tell of two plans or projects without naming them
    if one.as_of == one.as_of and other.as_of == other.as_of:
        return bool(one.as_of == other.as_of)
    first, second = (published.get(figure.article, NOT_KNOWN) for figure in (one, other))
    return bool(first == first and second == second) and abs((first - second).days) <= MONTH_DAYS


def proportions(ledger: Ledger) -> Iterator[Finding]:
    """Amounts that no place of the level can have, or no province so little."""
    for row in ledger.rows:
        if row.unit != "VND" or row.level not in MOST or row.programme == "other":
            continue
        most = MOST[row.level] / (CENTRAL_SHARE if row.source == "central" else 1)
        if row.value > most:
            yield Finding("magnitude", (row,), row.value, most, "VND", TOO_GREAT, "warning")
        elif row.measure == "allocated" and not row.component and 0 < row.value < LEAST.get(row.level, 0):
            yield Finding("magnitude", (row,), row.value, LEAST[row.level], "VND", TOO_SMALL, "warning")


def over_hundred(ledger: Ledger) -> Iterator[Finding]:
    """Rates above 100%."""
    for row in ledger.rows:
        if row.measure in SHARE_OF and row.value > 100 and row.basis != "target":
            yield Finding("over_hundred", (row,), row.value, 100.0, "percent", {"en": "", "vi": ""})


def odd_units(ledger: Ledger) -> Iterator[Finding]:
    """Units that do not exist, where a number was read."""
    for row in ledger.rows:
        if row.unit != "VND":
            continue
        own = ledger.texts.get(row.article, "")[row.start : row.end + 20]
        quoted = (odd for odd in ODD_UNIT.finditer(row.quote) if _same_digits(odd, row.value))
        if odd := ODD_UNIT.match(own) if own else next(quoted, None):
            terms = {lang: odd.group() for lang in ("en", "vi")}
            yield Finding("odd_unit", (row,), row.value, float("nan"), "VND", terms)


def _same_digits(odd: re.Match[str], value: float) -> bool:
    """Whether the number in a quote is the figure's own: others stand in it too."""
    return re.sub(r"\D", "", odd.group()).rstrip("0") == f"{value:.0f}".rstrip("0")


def after_publication(ledger: Ledger, published: dict[str, Any]) -> Iterator[Finding]:
    """Figures said to be reached on a day long after the article."""
    for row in ledger.rows:
        on = published.get(row.article, NOT_KNOWN)
        if row.basis != "actual" or on != on or row.as_of != row.as_of:
            continue
        if (row.as_of - on).days > MONTH_DAYS:
            terms = {lang: formats.day(on, lang) for lang in LANGUAGES}
            yield Finding("after_publication", (row,), row.value, float("nan"), row.unit, terms)


def before_plan(ledger: Ledger) -> Iterator[Finding]:
    """Money said to be spent or left on a day before the plan year that it belongs to began."""
    for row in ledger.rows:
        if row.basis != "actual" or row.measure not in SPENDING or not row.period or row.as_of != row.as_of:
            continue
        if row.as_of.year < int(row.period[:4]):
            terms = {lang: formats.period(row.period, lang) for lang in LANGUAGES}
            yield Finding("before_plan", (row,), row.value, float("nan"), row.unit, terms)


def inferred(ledger: Ledger, published: dict[str, Any]) -> Iterator[Finding]:
    """Figures whose day or year no words fix, one finding an article: how many, and what was taken instead."""
    for rows in grouped(ledger.rows, ("article",)).values():
        days = [row for row in rows if row.as_of_from == "default" and row.as_of == row.as_of]
        years = [row for row in rows if row.period_from == "default" and row.period]
        if days or years:
            guessed = [row for row in rows if row in days or row in years]
            out = published.get(rows[0].article, NOT_KNOWN)
            terms = {lang: _guessed(days, years, len(rows), out, lang) for lang in LANGUAGES}
            yield Finding("inferred", guessed, float("nan"), float("nan"), "", terms)


def _guessed(days: Sequence[Any], years: Sequence[Any], count: int, out: Any, lang: str) -> str:
    """Return in words of how many figures day and year were inferred, and as what."""
    told = []
    if days:
        taken = sorted({row.as_of for row in days})
        named = formats.listing([formats.day(day, lang) for day in taken], lang)
        own = OF_THE_ARTICLE[lang] if taken == [out] else ""
        told.append(DAY_OF[lang].format(n=len(days), all=count, taken=named + own))
    if years:
        named = formats.listing(sorted({row.period for row in years}), lang)
        told.append(YEAR_OF[lang].format(n=len(years), all=count, taken=named))
    return "; ".join(told)
