"""Reports: a quarter's pages, each a notebook run by papermill, and the site around them.

>>> from ntp_analysis import reports                        # doctest: +SKIP
>>> print(reports.build(corpus, "reports", ["2023Q3"]))     # doctest: +SKIP

`open_page` is what the notebooks begin with.
"""

from typing import Any

__all__ = ["Summary", "build", "open_page"]
_HOME = {"Summary": "builder", "build": "builder", "open_page": "page"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
