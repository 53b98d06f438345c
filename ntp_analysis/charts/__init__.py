"""Charts: each takes a panel, or any subset of it, and returns matplotlib Axes.

>>> import ntp_analysis as ntp                              # doctest: +SKIP
>>> ax = ntp.charts.ranking(corpus.panel("2023Q3"))         # doctest: +SKIP
>>> ntp.charts.alt_text(ax)                                 # doctest: +SKIP

All take `ax=` (Axes to draw on) and `lang=` ("en" or "vi"). A place, programme or period that there is not is refused
with the nearest that there is; one of which nothing is known is drawn as not known. `alt_text` gives what a chart says in words, `svg`
and `save` write it, `use` makes the style that of the whole process.
"""

from ntp_analysis.charts.amounts import given_spent
from ntp_analysis.charts.grids import coverage, heatmap
from ntp_analysis.charts.history import history
from ntp_analysis.charts.holdups import obstacles
from ntp_analysis.charts.maps import choropleth, province_names
from ntp_analysis.charts.rates import pace, ranking
from ntp_analysis.charts.style import alt_text, save, svg, use

__all__ = [
    "alt_text",
    "choropleth",
    "coverage",
    "given_spent",
    "heatmap",
    "history",
    "obstacles",
    "pace",
    "province_names",
    "ranking",
    "save",
    "svg",
    "use",
]
