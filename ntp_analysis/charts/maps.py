"""The map of provinces, before or after the merger of 1 July 2025."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ntp_analysis import asked, formats, views
from ntp_analysis.charts import style
from ntp_analysis.labels import label, words

if TYPE_CHECKING:
    import pandas as pd

CLASSES = (20, 40, 60, 80)
"""upper ends of the classes of rates, in percent; the last class is open"""
COLOURS = ("#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494")  # ColorBrewer YlGnBu
UNKNOWN = "#ffffff"
_ISLANDS = (("Hoàng Sa", 112.0, 15.6), ("Trường Sa", 113.6, 10.75))
"""where the names of the archipelagos stand"""
_GRID = 0.02
"""degrees; a third of a point on the page"""
_STRETCH = 1.04
"""a degree of latitude against one of longitude at 16 degrees north"""
_NAMES = {"Huế": "Thừa Thiên Huế"}


class Province(NamedTuple):
    """A province's outline; `middle` (where a label has room) and `area` (square degrees) are of its largest part."""

    name: str
    paths: tuple[Path, ...]
    middle: tuple[float, float]
    area: float


@cache
def provinces(merged: bool) -> tuple[Province, ...]:
    """Return the outlines of the 63 provinces to 30 June 2025, or of the 34 since (`merged`).

    >>> len(provinces(False)), len(provinces(True))
    (63, 34)
    """
    name = "provinces_2025.geojson" if merged else "provinces.geojson"
    text = files("ntp_analysis").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return tuple(_outline(feature) for feature in json.loads(text)["features"])


def province_names(quarter: str) -> list[str]:
    """Return the names of all provinces in a quarter, for instance for `coverage(expected=...)`.

    >>> len(province_names("2025Q2")), len(province_names("2025Q3"))
    (63, 34)
    """
    return [province.name for province in provinces(not views.merged_before(quarter))]


def _outline(feature: Mapping[str, Any]) -> Province:
    shape = feature["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    paths = tuple(Path.make_compound_path(*(Path(_coarse(ring), closed=True) for ring in part)) for part in parts)
    area, ring = max((_area(part[0]), part[0]) for part in parts)
    return Province(feature["properties"]["name"], paths, _roomiest(ring), area)


def _coarse(ring: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Return a ring on a grid that no screen shows, so that pages stay small; neighbours keep their border.

    A ring that would vanish, such as an islet, stays as it is.
    """
    snapped = [(round(x / _GRID) * _GRID, round(y / _GRID) * _GRID) for x, y in ring]
    kept = [snapped[0]] + [b for a, b in pairwise(snapped) if a != b]
    return kept if len(kept) > 4 else [(x, y) for x, y in ring]


def _area(ring: Sequence[Sequence[float]]) -> float:
    """Return the area of a ring (the shoelace formula)."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _roomiest(ring: Sequence[Sequence[float]], steps: int = 24) -> tuple[float, float]:
    """Return the point of a grid inside a ring that is farthest from it, width counting more than height."""
    import numpy as np

    points = np.asarray(ring, dtype=float)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    grid = np.stack(np.meshgrid(np.linspace(west, east, steps), np.linspace(south, north, steps)), axis=-1)
    grid = grid.reshape(-1, 2)
    inside = grid[Path(points, closed=True).contains_points(grid)]
    if not len(inside):
        return float((west + east) / 2), float((south + north) / 2)
    away = (inside[:, None, :] - points[None, :, :]) * (1.0, 1.6)  # a label is wider than high
    best = inside[np.argmin(-(away**2).sum(axis=2).min(axis=1))]
    return float(best[0]), float(best[1])


def choropleth(
    panel: pd.DataFrame,
    ax: Axes | None = None,
    lang: str = "en",
    *,
    programme: str | None = None,
    period: str | None = None,
    quarter: str | None = None,
) -> Axes:
    """Draw the provinces' newest rates on the map that was in force in the quarter.

    Darker is more. A province without a rate is white, one whose rate is older than the quarter is striped.
    """
    asked.check_panel(panel, programme=programme, period=period)
    with style.styled():
        text = words("choropleth", lang)
        quarter = views.reference_quarter(panel, quarter)
        programme = views.main_programme(panel, programme)
        rows = views.headlines(panel, programme, period, ("province",), quarter)
        outlines = provinces(bool(quarter) and not views.merged_before(quarter))
        names = {province.name for province in outlines}
        known = {_NAMES.get(r.place, r.place) if r.place not in names else r.place: r for r in rows.itertuples()}
        known = {name: row for name, row in known.items() if name in names}
        if not known:
            return style.say(ax, text["empty"])
        return _draw(ax, outlines, known, rows, quarter, lang)


def _draw(
    ax: Axes | None, outlines: Sequence[Province], known: Mapping[str, Any], rows: pd.DataFrame, quarter: str,
    lang: str,
) -> Axes:  # fmt: skip
    text = words("choropleth", lang)
    ax = style.axes(ax, 6.3, bottom=0.75)
    ax.set_axis_off()
    ax.set(xlim=(101.9, 115.4), ylim=(8.1, 23.6))
    ax.set_aspect(_STRETCH, adjustable="box", anchor="NW")
    for old, hatch in ((False, None), (True, "////")):
        chosen = [p for p in outlines if (p.name in known and views.is_old(known[p.name], quarter)) == old]
        patches = [PathPatch(path) for p in chosen for path in p.paths]
        colours = [_colour(known.get(p.name)) for p in chosen for _ in p.paths]
        ax.add_collection(
            PatchCollection(patches, facecolors=colours, edgecolors="#7a7a7a", linewidths=0.5, hatch=hatch)
        )
    for province in outlines:
        if province.name in known:
            _value(ax, province, known[province.name], lang)
    for name, x, y in _ISLANDS:
        ax.text(x, y, name, ha="center", fontsize=style.TINY, color=style.GREY, style="italic")
    _legend(ax, lang)
    period = formats.period(rows["period"].iloc[0], lang)
    programme = label("programme", rows["programme"].iloc[0], lang, long=True)
    style.head(ax, text["title"].format(period=period), text["unit"].format(programme=programme))
    marks = [text["old_key"]] if any(views.is_old(row, quarter) for row in known.values()) else []
    marks += style.sign_keys(known.values(), text)
    style.foot(ax, [*marks, text["attribution"]], style.source_line(rows, text, lang), gap=0.1)
    items = "; ".join(
        f"{name} {formats.percent(row.rate, lang, views.bound_of(row))}"
        for name, row in sorted(known.items(), key=lambda pair: -pair[1].rate)
    )
    said = text["alt"].format(n=len(known), all=len(outlines), period=period, programme=programme, items=items)
    return style.describe(ax, said)


def _colour(row: Any) -> str:
    return UNKNOWN if row is None else COLOURS[_class(row.rate)]


def _class(rate: float) -> int:
    return sum(rate >= end for end in CLASSES)


def _value(ax: Axes, province: Province, row: Any, lang: str) -> None:
    """Write the rate into a province that is large enough to hold it."""
    crossed = _class(round(row.rate)) != _class(row.rate)  # 39.7 as "40" would stand in the colour of 20 to 40
    shown = formats.percent(row.rate, lang, views.bound_of(row), decimals=int(crossed), short=True).replace("%", "")
    shown += style.signs(row)
    if province.area < 0.15 * len(shown):
        return
    dark = row.rate >= CLASSES[2]
    ax.text(*province.middle, shown, ha="center", va="center", fontsize=style.TINY,
            color=style.PAPER if dark else style.INK, clip_on=True)  # fmt: skip


def _legend(ax: Axes, lang: str) -> None:
    """Draw the classes as boxes in the open sea, the highest on top."""
    text = words("choropleth", lang)
    names = [f"{low}–{high}%" for low, high in pairwise((0, *CLASSES))] + [f"≥ {CLASSES[-1]}%"]
    entries = [*reversed(list(zip(COLOURS, names, strict=True))), (UNKNOWN, text["unknown"])]
    for i, (colour, name) in enumerate(entries):
        y = 22.9 - 0.62 * i
        box = PathPatch(Path([(109.6, y - 0.22), (110.3, y - 0.22), (110.3, y + 0.22), (109.6, y + 0.22), (0, 0)],
                             closed=True), facecolor=colour, edgecolor="#7a7a7a", linewidth=0.6)  # fmt: skip
        ax.add_patch(box)
        ax.text(110.5, y, name, va="center", fontsize=style.SMALL)
