"""What an article says again: in another sentence, or rounded in its title."""

from __future__ import annotations

from ntp_analysis.model import Figure


def once(figures: list[Figure]) -> list[Figure]:
    """Return the rows without what is said again: an article that says a thing twice gives one row."""
    kept: dict[tuple, list[Figure]] = {}
    for f in figures:
        key = (
            f.place,
            f.level,
            f.programme,
            f.component,
            f.measure,
            f.basis,
            float(f.value),
            f.unit,
            f.as_of if f.measure != "allocated" else "",
        )
        same = kept.setdefault(key, [])
        told = next(
            (
                g
                for g in same
                if _same_capital(f, g) and (f.period == g.period or _same_span(f, g) or _year_of_span(f, g))
            ),
            None,
        )
        if told is None:
            same.append(f)
        elif (_year_of_span(f, told) and len(f.period) < len(told.period)) or (
            told.capital != f.capital and not _says_capital(told)
        ):
            same[same.index(told)] = f
        else:
            _adds(told, f)
    return _without_rounded(_without_undated(_without_estimates([f for same in kept.values() for f in same])))


def _adds(told: Figure, again: Figure) -> None:
    """`phân bổ 236,8/268,2 tỷ đồng. Năm 2025 tổng vốn (kể cả vốn các năm trước chuyển sang) là hơn 268,2 tỷ đồng`: what only the second telling says."""
    told.carryover = told.carryover or ("included" if again.carryover == "included" else "")
    told.source = told.source or again.source
    told.bound = again.bound if told.bound == "exact" else told.bound


def _without_estimates(figures: list[Figure]) -> list[Figure]:
    """`bố trí 412.000 tỷ đồng, gồm ngân sách trung ương 98.000 tỷ đồng. Dự kiến huy động 1,02 triệu tỷ đồng, trong đó ngân sách trung ương 98.000 tỷ đồng`: one plan."""
    planned = {_plan(f) for f in figures if f.measure == "allocated" and f.basis == "actual"}
    return [f for f in figures if f.measure != "allocated" or f.basis != "forecast" or _plan(f) not in planned]


def _plan(f: Figure) -> tuple:
    return (f.place, f.level, f.programme, f.component, f.capital, f.source, f.period, f.carryover, float(f.value))


def _without_undated(figures: list[Figure]) -> list[Figure]:
    """A lead tells `giải ngân 16,2%` of no day: the row that the text tells of its day says the same."""
    dated = {_undated(f) for f in figures if f.as_of and f.evidence.get("as_of") != "article"}
    return [
        f
        for f in figures
        if f.measure == "allocated" or f.evidence.get("as_of") != "article" or _undated(f) not in dated
    ]


def _without_rounded(figures: list[Figure]) -> list[Figure]:
    """A lead tells `hơn 1.926 tỷ đồng`: the row of the same money with its exact sum, 1.926,6 tỷ đồng, says it better."""
    exact: dict[tuple, list[Figure]] = {}
    for f in figures:
        if f.unit == "VND":
            exact.setdefault(_money(f), []).append(f)
    return [
        f
        for f in figures
        if f.unit != "VND" or f.bound == "exact" or not any(_told_better(f, g) for g in exact[_money(f)])
    ]


def _told_better(f: Figure, g: Figure) -> bool:
    """Tell whether another row has a rounded sum's exact one, or one less rounded that says its capital and its years, which a lead leaves open."""
    if not _rounds(f, float(g.value)):
        return False
    if g.bound == "exact" and (g.capital, g.period) == (f.capital, f.period):
        return True
    unsaid = [f.evidence.get(attribute) not in ("clause", "sentence") for attribute in ("capital", "period")]
    return g.start > f.start and (f.capital == g.capital or unsaid[0]) and (f.period == g.period or unsaid[1])


def _money(f: Figure) -> tuple:
    return (f.place, f.level, f.programme, f.component, f.measure, f.basis, f.carryover)


def _rounds(f: Figure, value: float) -> bool:
    """Tell whether a sum said to be over, under or about is another, cut off at its last digit."""
    step = 10 ** (len(str(int(f.value))) - len(str(int(f.value)).rstrip("0")))
    more = value - float(f.value)
    low, high = {"over": (0, step), "under": (-step, 0), "about": (-step, step)}[f.bound]
    return low < more < high and more != 0 and value % step != 0 and step <= 0.02 * value


def _undated(f: Figure) -> tuple:
    return (
        f.place,
        f.level,
        f.programme,
        f.component,
        f.capital,
        f.measure,
        f.basis,
        float(f.value),
        f.unit,
        f.period,
        f.carryover,
    )


def _says_capital(f: Figure) -> bool:
    return f.evidence.get("capital") != "default"


def _same_capital(f: Figure, g: Figure) -> bool:
    """A sum of one kind of capital, told again without saying which, is no other sum."""
    return f.capital == g.capital or (
        f.measure == "allocated" and f.unit == "VND" and _says_capital(f) != _says_capital(g)
    )


def _same_span(f: Figure, g: Figure) -> bool:
    """A plan year that neither sentence names, beside a span that holds it, parts no two figures of one day."""
    named = [h.evidence.get("period") in ("clause", "sentence") for h in (f, g)]
    short, long = sorted((f.period, g.period), key=len)
    return not any(named) and bool(f.as_of) and "-" in long and long[:4] <= short[:4] <= long[-4:]


def _year_of_span(f: Figure, g: Figure) -> bool:
    """`Chương trình giai đoạn 2026 - 2030 bước vào năm đầu tiên với 34.200 tỷ đồng. Nghị quyết về ngân sách năm 2026 ... là 34.200 tỷ đồng`: one plan, of the year."""
    short, long = sorted((f, g), key=lambda h: len(h.period))
    spanned = "-" in long.period and "-" not in short.period and long.period[:4] <= short.period <= long.period[-4:]
    return (
        spanned
        and f.measure == "allocated"
        and f.source == g.source
        and f.carryover == g.carryover
        and short.evidence.get("period") in ("clause", "sentence")
    )


def same_number(title: Figure, body: Figure) -> bool:
    """Tell whether a title says a number of the body, perhaps rounded."""
    if (
        title.unit == body.unit
        and float(title.value) == float(body.value)
        and len(f"{title.value:g}".strip("0").replace(".", "")) > 2
    ):
        return True
    if title.unit != body.unit or (title.measure != body.measure and title.unit == "VND" and title.bound == "exact"):
        return False
    if float(title.value) == float(body.value):
        return True
    more = float(body.value) - float(title.value)
    rounding, room = (0.5, 5.0) if title.unit == "percent" else (0.01 * float(body.value), 0.1 * float(body.value))
    low, high = {"over": (0.0, room), "under": (-room, 0.0), "about": (-room / 2, room / 2)}.get(
        title.bound, (0.0, 0.0)
    )
    return min(low, -rounding) <= more <= max(high, rounding)
