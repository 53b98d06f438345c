"""A table to sort, search and filter in a notebook, without any network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ntp_analysis.errors import UnknownName

if TYPE_CHECKING:
    import pandas as pd


class Browser:
    """A table as a notebook shows it: click a heading to sort, type beneath it to filter."""

    def __init__(self, table: pd.DataFrame, html: str) -> None:
        self.table = table
        self._html = html

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return f"<{len(self.table)} rows, {len(self.table.columns)} columns>"


def start() -> None:
    """Put what `browse` needs into the notebook, and let pandas write numbers in full; nothing is fetched."""
    import pandas as pd
    from itables import init_notebook_mode

    pd.options.display.float_format = plain
    init_notebook_mode(all_interactive=False, connected=False)


def browse(table: pd.DataFrame, columns: Sequence[str] | None = None, *, rows: int = 10, **options: Any) -> Browser:
    """Return `table` to sort, search and filter, `rows` at a time; call `start` once before.

    Parameters
    ----------
    columns : list of names
        What to show, in this order; everything if not given. Raises UnknownName for a name that is none.
    options
        Settings of itables, see its documentation.

    No row is left out, however long the table is, and what stands in the cells is shown as text.
    """
    import pandas as pd
    from itables import to_html_datatable

    for name in columns or ():
        if name not in table.columns:
            raise UnknownName("column", name, table.columns)
    shown = table if columns is None else table[list(columns)]
    settings: dict[str, Any] = {
        "showIndex": not isinstance(shown.index, pd.RangeIndex),
        "column_filters": "header",
        "lengthMenu": [rows, 50, 200],
        "classes": "display compact nowrap",
        "columnDefs": [{"className": "dt-left", "targets": "_all"}],
        "maxBytes": 0,
        "allow_html": False,
        "connected": False,
        "display_logo_when_loading": False,
    }
    with pd.option_context("display.float_format", plain):
        return Browser(shown, to_html_datatable(shown, **(settings | options)))


def plain(value: float) -> str:
    r"""Return a number in full, thousands parted by spaces that do not break, without zeros at its end.

    >>> plain(2449836000000.0), plain(40.7)
    ('2\xa0449\xa0836\xa0000\xa0000', '40.7')
    """
    return f"{value:,.6f}".rstrip("0").rstrip(".").replace(",", "\u00a0")
