"""Small numbers in tables: which cells hide, so that none of them can be worked out.

`suppress` decides for any sums over the same facts; `with_totals`, `two_way` and `percentages`
write tables as such sums; `shown` is what stands in a cell on screen, in a file or a document.
"""

from clusterwork.kernel.disclosure.suppressing import NOTHING, Decided, Memory, is_small, suppress
from clusterwork.kernel.disclosure.symbols import (
    HIDDEN,
    LOW,
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    UNRELIABLE,
    meaning,
    shown,
    symbol_of,
)
from clusterwork.kernel.disclosure.tables import TOTAL, percentages, two_way, with_totals

__all__ = [
    "HIDDEN",
    "LOW",
    "NOTHING",
    "NOT_APPLICABLE",
    "NOT_AVAILABLE",
    "TOTAL",
    "UNRELIABLE",
    "Decided",
    "Memory",
    "is_small",
    "meaning",
    "percentages",
    "shown",
    "suppress",
    "symbol_of",
    "two_way",
    "with_totals",
]
