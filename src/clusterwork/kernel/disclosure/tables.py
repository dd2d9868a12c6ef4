"""Tables as sums over facts: with totals, two ways with margins, and percentages."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from clusterwork.kernel.disclosure.suppressing import Fact

TOTAL = "total"
Cells = dict[Any, list[list[Fact]]]


def with_totals(keys: Iterable[Fact], totals: Mapping[Hashable, Iterable[Fact]]) -> Cells:
    """A cell for each key and for each of the totals, which may overlap or hold each other."""
    cells: Cells = {key: [[key]] for key in keys}
    return cells | {name: [list(of)] for name, of in totals.items()}


def two_way(
    rows: Iterable[Hashable],
    columns: Iterable[Hashable],
    *,
    row_totals: Mapping[Hashable, Iterable[Hashable]] | None = None,
) -> Cells:
    """Cells (row, column) over facts of the same name, with margins named `TOTAL`.

    `row_totals` are rows that add up others, such as clusters and their programme.
    """
    across, down = {key: [key] for key in columns}, {key: [key] for key in rows}
    across[TOTAL] = [key for keys in list(across.values()) for key in keys]
    groups = {name: list(of) for name, of in (row_totals or {}).items()}
    total = [key for keys in down.values() for key in keys]
    lines = {**down, **groups, TOTAL: total}
    return {
        (line, column): [[(row, each) for row in of for each in columns_of]]
        for line, of in lines.items()
        for column, columns_of in across.items()
    }


def percentages(
    counts: Mapping[Hashable, tuple[int, int]], groups: Mapping[Hashable, Iterable[Hashable]]
) -> tuple[dict[Fact, int], Cells]:
    """The facts and cells of percentages: of each key how many, of how many.

    Who reads a percentage and the number counted knows how many do and how many do not, so the
    cell tells both, and is small where either is: 97 % of 30 says who the one is.
    """
    facts: dict[Fact, int] = {}
    for key, (numerator, denominator) in counts.items():
        facts[key, True], facts[key, False] = numerator, denominator - numerator
    cells: Cells = {
        name: [[(key, does) for key in keys] for does in (True, False)]
        for name, of in groups.items()
        for keys in [list(of)]
    }
    return facts, cells
