"""The symbols that stand where a number cannot, as the Department for Education writes them.

A code is neither zero nor missing: it says why no number is told.
"""

from __future__ import annotations

from collections.abc import Callable

from clusterwork.kernel.messages import N_, Message

HIDDEN = "c"
NOT_APPLICABLE = "z"
NOT_AVAILABLE = "x"
LOW = "low"
UNRELIABLE = "u"

# Codes of sources (performance tables, StatsWales) that mean what a symbol means.
SAME_AS = {
    "SUPP": HIDDEN,
    "RE": HIDDEN,
    "NE": NOT_APPLICABLE,
    "NA": NOT_APPLICABLE,
    "NEW": NOT_APPLICABLE,
    "NP": NOT_AVAILABLE,
    "SP": LOW,
    "LOWCOV": UNRELIABLE,
}
MEANINGS = {
    HIDDEN: N_(
        "Hidden, because it is about few people or would give away a figure that is hidden."
    ),
    NOT_APPLICABLE: N_("There is nothing to count here."),
    NOT_AVAILABLE: N_("The figure is not available."),
    LOW: N_("More than zero, but rounds to zero."),
    UNRELIABLE: N_("The figure is of low reliability."),
}


def symbol_of(code: str) -> str:
    """The symbol for a source's code, whatever its case; a code that is not known stays itself."""
    stripped = code.strip()
    if stripped.lower() in MEANINGS:
        return stripped.lower()
    return SAME_AS.get(stripped.upper(), stripped)


def shown(value: object, code: str = "", write: Callable[[object], str] = str) -> str:
    """What stands in a cell, the same in every form of a table: the symbol of the code, or the
    number as `write` writes it, or `x` where there is neither."""
    if code:
        return symbol_of(code)
    return NOT_AVAILABLE if value is None else write(value)


def meaning(symbol: str) -> Message | None:
    """What a reader is told of a symbol below the table."""
    found = MEANINGS.get(symbol_of(symbol))
    return Message(found) if found else None
