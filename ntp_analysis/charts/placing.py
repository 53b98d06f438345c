"""Labels beside points, without overlaps: a label that finds no free room is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from ntp_analysis.charts import style

_EM = 0.6 / 72  # mean width of a DejaVu Sans letter, inches for each point of size
_OFFSETS = (  # of the label from its point, as shares of a letter's height; the first that is free is taken
    (0.75, 0.0, "left"),
    (-0.75, 0.0, "right"),
    (0.5, 0.9, "left"),
    (0.5, -0.9, "left"),
    (-0.5, 0.9, "right"),
    (-0.5, -0.9, "right"),
    (0.0, 1.2, "center"),
    (0.0, -1.2, "center"),
    (0.4, 1.5, "left"),
    (0.4, -1.5, "left"),
)
Box = tuple[float, float, float, float]


class Label(NamedTuple):
    """A text that wants to stand beside a point given in the Axes' data units."""

    x: float
    y: float
    text: str
    must: bool = False
    colour: str = style.INK


def place_labels(ax: Axes, wanted: Sequence[Label], fontsize: float = style.SMALL) -> list[str]:
    """Write the labels that fit, those that `must` and come first taken first; return the texts written.

    A label that must is written even where no place is free. Call after the limits of `ax` are set.
    """
    wide, high = style.size(ax)
    to_axes = ax.transLimits.transform
    points = [tuple(to_axes((label.x, label.y)) * (wide, high)) for label in wanted]
    dot = 0.05
    taken: list[Box] = [(x - dot, y - dot, x + dot, y + dot) for x, y in points]
    written = []
    order = sorted(range(len(wanted)), key=lambda i: not wanted[i].must)
    for i in order:
        label, (x, y) = wanted[i], points[i]
        own = taken[i]
        boxes = [(_box(x, y, label.text, fontsize, *offset), offset) for offset in _OFFSETS]
        free = [
            found
            for found in boxes
            if _inside(found[0], wide, high) and not any(_meet(found[0], other) for other in taken if other is not own)
        ]
        if not free and not label.must:
            continue
        box, (_, _, side) = (free or boxes)[0]
        taken.append(box)
        at = {"left": box[0], "right": box[2], "center": (box[0] + box[2]) / 2}[side]
        ax.text(
            at / wide, (box[1] + box[3]) / 2 / high, label.text, transform=ax.transAxes, ha=side,
            va="center_baseline", fontsize=fontsize, color=label.colour, weight="bold" if label.must else "normal",
            zorder=2.5, bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.3, "alpha": 0.85},
        )  # fmt: skip
        written.append(label.text)
    return written


def _box(x: float, y: float, text: str, size: float, dx: float, dy: float, side: str) -> Box:
    """Return left, bottom, right, top of a label in inches."""
    unit = size / 72
    width, height = len(text) * size * _EM, unit * 1.15
    left = x + dx * unit - {"left": 0.0, "right": width, "center": width / 2}[side]
    bottom = y + dy * unit - height / 2
    return (left, bottom, left + width, bottom + height)


def _inside(box: Box, wide: float, high: float) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= wide + 0.1 and box[3] <= high + 0.05


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
