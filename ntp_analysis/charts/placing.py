"""Labels beside points: none covers another or a point, and a line only where there is no better place.

A label that finds no free room is left out, unless it must be there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from ntp_analysis.charts import style

_GAP = 0.04  # inches left free beside a label
_OTHERS = 0.08  # inches to the points of others: nearer than its own no label may seem to be theirs
_OFFSETS = (  # of the label from its point, as shares of a letter's height; the first that is free is taken
    (0.75, 0.0, "left"),
    (-0.75, 0.0, "right"),
    (0.5, 0.9, "left"),
    (0.5, -0.9, "left"),
    (-0.5, 0.9, "right"),
    (-0.5, -0.9, "right"),
    (0.0, 1.2, "center"),
    (0.0, -1.2, "center"),
)
Box = tuple[float, float, float, float]
Line = Sequence[tuple[float, float]]
_STEP = 0.06  # inches between the points of a line that are looked at


class Label(NamedTuple):
    """A text that wants to stand beside a point given in the Axes' data units."""

    x: float
    y: float
    text: str
    must: bool = False
    colour: str = style.INK


def place_labels(
    ax: Axes, wanted: Sequence[Label], fontsize: float = style.SMALL, lines: Sequence[Line] = ()
) -> list[str]:
    """Write the labels that fit, those that `must` and come first taken first; return the texts written.

    A label that must is written even where no place is free. `lines` (in data units) are avoided where that can
    be. Call after the limits of `ax` are set.
    """
    wide, high = style.size(ax)
    points = _inches(ax, [(label.x, label.y) for label in wanted])
    dot = 0.05
    taken: list[Box] = [(x - dot, y - dot, x + dot, y + dot) for x, y in points]
    path = [point for line in lines for point in _along(_inches(ax, line))]
    written = []
    for i in sorted(range(len(wanted)), key=lambda i: not wanted[i].must):
        label, own = wanted[i], taken[i]
        others = [box for box in taken[: len(points)] if box is not own]
        width = _width(label, fontsize)
        boxes = [(_box(*points[i], width, fontsize, dx, dy, side), side) for dx, dy, side in _OFFSETS]
        costs = [_cost(box, others, taken[len(points) :], path, wide, high) for box, _ in boxes]
        least = min(costs)
        if least[0] and not label.must:
            continue
        box, side = boxes[costs.index(least)]
        taken.append(box)
        at = {"left": box[0], "right": box[2], "center": (box[0] + box[2]) / 2}[side]
        ax.text(
            at / wide, (box[1] + box[3]) / 2 / high, label.text, transform=ax.transAxes, ha=side,
            va="center_baseline", fontsize=fontsize, color=label.colour, weight="bold" if label.must else "normal",
            zorder=2.5, bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.3, "alpha": 0.85},
        )  # fmt: skip
        written.append(label.text)
    return written


def _width(label: Label, fontsize: float) -> float:
    """Return the width of a label in inches."""
    font = FontProperties(family=style.RC["font.family"], size=fontsize, weight="bold" if label.must else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(label.text, font, False)
    return float(width) / 72


def _inches(ax: Axes, points: Line) -> list[tuple[float, float]]:
    """Return points of the data in inches from the lower left corner of the Axes."""
    wide, high = style.size(ax)
    return [(float(x) * wide, float(y) * high) for x, y in (ax.transLimits.transform(point) for point in points)]


def _along(line: Line) -> list[tuple[float, float]]:
    """Return points close to each other along a line."""
    found = []
    for (x, y), (to_x, to_y) in pairwise(line):
        steps = max(1, int(hypot(to_x - x, to_y - y) / _STEP))
        found += [(x + (to_x - x) * n / steps, y + (to_y - y) * n / steps) for n in range(steps + 1)]
    return found


def _cost(
    box: Box, dots: Sequence[Box], labels: Sequence[Box], path: Line, wide: float, high: float
) -> tuple[int, int]:
    """Return how much a label here would cover or leave the chart, then how much of the lines it would hide."""
    covered = sum(_meet(box, dot, _OTHERS) for dot in dots)
    covered += 9 * sum(_meet(box, label, _GAP) for label in labels) + 9 * (not _inside(box, wide, high))
    return covered, sum(box[0] < x < box[2] and box[1] < y < box[3] for x, y in path)


def _box(x: float, y: float, width: float, size: float, dx: float, dy: float, side: str) -> Box:
    """Return left, bottom, right, top of a label in inches."""
    unit = size / 72
    height = unit * 1.15
    left = x + dx * unit - {"left": 0.0, "right": width, "center": width / 2}[side]
    bottom = y + dy * unit - height / 2
    return (left, bottom, left + width, bottom + height)


def _inside(box: Box, wide: float, high: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= wide + 0.19 and box[3] <= high + 0.05


def _meet(one: Box, other: Box, gap: float = 0.0) -> bool:
    """Tell whether two boxes meet; `gap`: what must be free beside them."""
    beside = one[0] >= other[2] + gap or other[0] >= one[2] + gap
    return not beside and one[1] < other[3] and other[1] < one[3]
