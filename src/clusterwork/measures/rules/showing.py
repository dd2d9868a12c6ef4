"""What stands in a cell of a table of figures, the same on every page and in every file."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from clusterwork.kernel.disclosure import HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE, symbol_of
from clusterwork.measures.rules.following import Row
from clusterwork.measures.rules.rolling import By, Rolled, roll_up


@dataclass(frozen=True, slots=True)
class Shown:
    """A value, or the symbol that stands in its place.

    Of a group `rolled` says how many schools are in and why others are not. Of a school `figures`
    are the ids of its figures (several, where it came out of several schools), and `numbers` those
    under which they were published, where these are others than the school's own. `is_private`: the
    school has not released it to the reader.
    """

    year: int
    value: Decimal | None = None
    symbol: str = NOT_AVAILABLE
    rolled: Rolled | None = None
    figures: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    is_private: bool = False


def of_school(
    rows: Sequence[Row], way: str, *, year: int, may_see: bool, withheld: frozenset[int]
) -> Shown:
    """A school's cell for a reader; `withheld` are figures that would give another one away."""
    if not rows:
        return Shown(year)
    if not may_see:
        return Shown(year, is_private=True)
    numbers = tuple(sorted({row.number for row in rows if row.number}))
    figures = tuple(row.pk for row in rows)
    if not withheld.isdisjoint(figures):
        return Shown(year, None, HIDDEN, figures=figures, numbers=numbers)
    value, symbol = _of_rows(rows, way)
    return Shown(year, value, symbol, figures=figures, numbers=numbers)


def _of_rows(rows: Sequence[Row], way: str) -> tuple[Decimal | None, str]:
    if len(rows) > 1:
        rolled = roll_up([0], {0: [row.part for row in rows]}, way)
        return rolled.value, "" if rolled.value is not None else NOT_APPLICABLE
    part = rows[0].part
    return part.value, "" if part.value is not None else symbol_of(part.code)


def of_group(rolled: Rolled, *, year: int, is_hidden: bool) -> Shown:
    """A group's cell; where it hides, neither value nor number counted leaves this function."""
    if rolled.by is By.NOTHING:
        return Shown(year, None, NOT_APPLICABLE, rolled)
    if rolled.value is None:
        return Shown(year, None, _why_none(rolled), rolled)
    if is_hidden:
        bare: frozenset[Hashable] = frozenset()
        return Shown(year, None, HIDDEN, replace(rolled, value=None, denominator=None, keys=bare))
    return Shown(year, rolled.value, "", rolled)


def _why_none(rolled: Rolled) -> str:
    """The symbol of the codes where every school has one and they mean the same."""
    symbols = {symbol_of(code) for code, _n in rolled.codes}
    is_said = len(symbols) == 1 and not rolled.n_missing
    return symbols.pop() if is_said else NOT_AVAILABLE
