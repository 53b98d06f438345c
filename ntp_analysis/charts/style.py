"""How every chart looks: one style, deterministic output, and what each chart says in words.

Sizes are chosen for a phone: a chart is 4.9 inches wide, so that its smallest letters are still read when a
page shrinks it to 360 pixels. Colours are Okabe and Ito's; nothing is told by colour alone.
"""

from __future__ import annotations

import io
import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import matplotlib as mpl
from matplotlib.axes import Axes

from ntp_analysis import formats, partial

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 4.9
"""inches"""
INK, GREY, FAINT, PAPER = "#222222", "#5f5f5f", "#d9d9d9", "#ffffff"
BLUE, ORANGE, GREEN, RED, SKY, PURPLE = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7"
GIVEN, SPENT = "#bfdcee", BLUE
CYCLE = (BLUE, RED, GREEN, PURPLE, ORANGE, SKY)
MARKERS = ("o", "s", "^", "D", "v", "P")
SMALL, TINY = 9.5, 8.5
BETWEEN = "\u00a0\u00a0\u00a0 "
"""between the marks of a key: a browser would make one of plain spaces"""
BOUND_MARKERS = {"over": ">", "under": "<"}

RC: Any = {
    "font.family": "DejaVu Sans",  # comes with matplotlib and has every Vietnamese letter
    "font.size": 10.5,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.edgecolor": GREY,
    "axes.labelcolor": GREY,
    "axes.labelsize": SMALL,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "axes.axisbelow": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.8,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "hatch.linewidth": 0.6,
    "hatch.color": GREY,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "savefig.bbox": "tight",
    "savefig.pad_inches": 0.08,
    "savefig.dpi": 110,
    "svg.fonttype": "none",  # text stays text: small, searchable, read aloud
    "svg.hashsalt": "ntp_analysis",  # the same picture is the same file
}

_PATH = re.compile(r' d="[^"]*"')
_LONG = re.compile(r"(\.\d\d)\d+")  # a hundredth of a point is enough
_ALT: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()


@contextmanager
def styled() -> Iterator[None]:
    """Return a context in which matplotlib draws and saves in the style of the reports.

    Leaving it puts every setting back; `interactive` would go with them, which pyplot sets when a notebook draws
    its first chart, and no later chart would be shown.
    """
    interactive = mpl.is_interactive()
    try:
        with mpl.rc_context(RC):
            try:
                yield
            finally:
                interactive = mpl.is_interactive()
    finally:
        mpl.interactive(interactive)


def use() -> None:
    """Make the style of the reports the default of this Python process, also for saving."""
    mpl.rcParams.update(RC)


def axes(
    ax: Axes | None, height: float, left: float = 0.1, right: float = 0.15, top: float = 0.62, bottom: float = 0.75
) -> Axes:
    """Return `ax`, or new Axes that are `height` inches high with these margins in inches around them."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    whole = height + top + bottom
    figure = plt.figure(figsize=(WIDTH, whole))
    box = (left / WIDTH, bottom / whole, (WIDTH - left - right) / WIDTH, height / whole)
    return figure.add_axes(box)


def size(ax: Axes) -> tuple[float, float]:
    """Return width and height of the Axes in inches."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    box = ax.get_position()
    wide, high = figure.get_size_inches()
    return float(box.width * wide), float(box.height * high)


def head(ax: Axes, title: str, unit: str = "", left: float = 0.1, lift: float = 0.0) -> None:
    """Write the title and under it, in grey, what the numbers are.

    `left`: the margin to start in, `lift`: how much higher than the Axes, both in inches.
    """
    wide, high = size(ax)
    inset = (left - 0.1) / wide
    room = wide + left
    lines = textwrap.wrap(unit, int(room / 0.073)) if unit else []
    for i, line in enumerate(reversed(lines)):
        ax.text(-inset, 1 + (0.09 + lift + 0.17 * i) / high, line, transform=ax.transAxes, fontsize=SMALL, color=GREY)
    above = 0.1 + lift + 0.17 * len(lines) + (0.06 if lines else 0)
    wrapped = "\n".join(textwrap.wrap(title, int(room / 0.106)))
    ax.set_title(wrapped, x=-inset, pad=above * 72, loc="left", linespacing=1.25)


def foot(ax: Axes, marks: Sequence[str], source: str, left: float = 0.1, gap: float = 0.42) -> None:
    """Write the key, as many of its marks on a line as fit, and the source, `gap` inches below the chart."""
    wide, high = size(ax)
    inset = (left - 0.1) / wide
    room = int((wide + left) / 0.064)
    packed: list[str] = []
    for mark in filter(None, marks):
        if packed and len(packed[-1]) + 4 + len(mark) <= room:
            packed[-1] += BETWEEN + mark
        else:
            packed.append(mark)
    shown = [part for line in [*packed, source] for part in textwrap.wrap(line, room, drop_whitespace=False)]
    for i, line in enumerate(shown):
        y = -(gap + 0.16 * i) / high
        ax.text(-inset, y, line, transform=ax.transAxes, fontsize=TINY, color=GREY, va="top")


def source_line(rows: pd.DataFrame, words: Mapping[str, str], lang: str) -> str:
    """Return how many articles the shown rows come from and the day of the newest."""
    articles = rows.loc[rows["article"] != "", "article"].nunique() if len(rows) else 0
    days = rows["published"].dropna().tolist() if len(rows) else []
    if not articles or not days:
        return words["source_none"]
    newest = formats.day(max(days).date(), lang)
    return words["source_one" if articles == 1 else "source_many"].format(n=articles, day=newest)


def bound_keys(bounds: set[str], words: Mapping[str, str]) -> list[str]:
    """Return the key to the bounds that a chart shows, nothing if all its values are exact."""
    return [words[f"{bound}_mark"] for bound in ("over", "under", "about") if bound in bounds]


INVESTMENT, UNSURE = "ⁱ", "?"
"""behind a rate or its place: of investment capital alone; read with low confidence"""


def signs(row: Any) -> str:
    """Return the signs of a panel row."""
    return INVESTMENT * (row.capital == "investment") + doubt(row)


def doubt(row: Any) -> str:
    """Return the sign of a panel row that was read with low confidence."""
    return UNSURE * (getattr(row, "confidence", "") == "low")


def doubt_key(rows: Iterable[Any], words: Mapping[str, str]) -> list[str]:
    """Return what the sign of low confidence means, nothing if no row has it."""
    return [words["unsure"]] if any(doubt(row) for row in rows) else []


def sign_keys(rows: Iterable[Any], words: Mapping[str, str]) -> list[str]:
    """Return what the signs of some rows mean."""
    rows = list(rows)
    investment = any(INVESTMENT in signs(row) for row in rows)
    return [words["investment"]] * investment + doubt_key(rows, words)


def say(ax: Axes | None, text: str) -> Axes:
    """Return Axes that say in words that there is nothing to draw, and why."""
    ax = axes(ax, 0.8, top=0.1, bottom=0.1)
    ax.set_axis_off()
    wrapped = "\n".join(textwrap.wrap(text, 46))
    ax.text(0.5, 0.5, wrapped, transform=ax.transAxes, ha="center", va="center", color=GREY, style="italic")
    return describe(ax, text)


def describe(ax: Axes, text: str) -> Axes:
    """Keep what a chart says in words; `alt_text` gives it back."""
    _ALT[ax] = text
    return ax


def alt_text(ax: Axes) -> str:
    """Return what the chart says in words, for people who do not see it; "" for Axes that are not ours."""
    return _ALT.get(ax, "")


def svg(ax: Axes) -> str:
    """Return the figure of `ax` as an SVG element with its alt text; the same chart is always the same text."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    stream = io.StringIO()
    with styled():
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    drawing = stream.getvalue()
    start = drawing.index("<svg") + len("<svg")
    label = escape(alt_text(ax), quote=True)
    body = _PATH.sub(lambda found: _LONG.sub(r"\1", found[0]), drawing[start:])
    # Verdana and DejaVu Sans share their widths: labels keep their places where DejaVu is not installed.
    body = body.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")
    return f'<svg role="img" aria-label="{label}"{body}'


def save(ax: Axes, path: str | os.PathLike[str]) -> Path:
    """Write the figure of `ax` to a .svg, .png or .pdf file, whole or not at all, and return its path."""
    target = Path(path)
    figure = ax.get_figure(root=True)
    assert figure is not None
    with partial.file(target) as made:
        if target.suffix == ".svg":
            made.write_text(svg(ax), encoding="utf-8")
        else:
            with styled():
                figure.savefig(made, format=target.suffix.lstrip(".") or "png")
    return target
