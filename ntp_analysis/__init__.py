"""Vietnamese articles about the national target programmes, read into audited, traceable tables and reports.

>>> import ntp_analysis as ntp
>>> corpus = ntp.read("seeds/004_c72aa745ff9f9bf4.txt")
>>> corpus.articles["province"].to_list()
['Lai Châu']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntp_analysis import charts, narrative, reports, schema
    from ntp_analysis.corpus import Corpus, read
    from ntp_analysis.engine import read_article
    from ntp_analysis.errors import NtpError
    from ntp_analysis.model import Article, Figure, Obstacle, Reading
    from ntp_analysis.sources import read_sources

__version__ = "0.1.0"

_HOME = {  # name -> its module; modules themselves stand for themselves
    "Article": "model",
    "Corpus": "corpus",
    "Figure": "model",
    "NtpError": "errors",
    "Obstacle": "model",
    "Reading": "model",
    "charts": "",
    "narrative": "",
    "read": "corpus",
    "read_article": "engine",
    "read_sources": "sources",
    "reports": "",
    "schema": "",
}
__all__ = [
    "Article",
    "Corpus",
    "Figure",
    "NtpError",
    "Obstacle",
    "Reading",
    "__version__",
    "charts",
    "narrative",
    "read",
    "read_article",
    "read_sources",
    "reports",
    "schema",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: reading brings no plotting."""
    if name not in _HOME:
        raise AttributeError(f"module 'ntp_analysis' has no attribute {name!r}; it has: {', '.join(_HOME)}")
    if not _HOME[name]:
        return import_module(f"ntp_analysis.{name}")
    value = getattr(import_module(f"ntp_analysis.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
