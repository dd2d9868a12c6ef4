"""Cells of figures as they may be told, in plain numbers with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clusterwork.evaluation.rules.pictures import FEW, Counted, Ends, Together, Told
from clusterwork.measures.rules.rolling import By
from clusterwork.measures.rules.showing import Shown
from clusterwork.measures.rules.years import YEARS, three_years

PERCENT = "percent"
SESSIONS = "sessions"
Interval = Callable[[Counted], Ends | None]
Pool = Callable[[Mapping[int, Counted]], Together | None]


def interval_for(counts: str, interval: Interval) -> Interval:
    """The interval where what is counted stands for itself; none of sessions, since those of one
    pupil go together and a cluster has thousands of them."""
    return _none if counts == SESSIONS else interval


def _none(counted: Counted) -> None:
    """No interval."""


def told_of(shown: Shown, unit: str, interval: Interval) -> Told:
    """A group's cell; its interval only for a percentage whose number counted is told.

    Figures that could only be averaged school by school have no number counted.
    """
    rolled = shown.rolled
    n_in, n_schools = (rolled.n_in, rolled.n_schools) if rolled else (0, 0)
    if shown.value is None:
        return Told(shown.year, symbol=shown.symbol, n_in=n_in, n_schools=n_schools)
    value = float(shown.value)
    of = rolled.denominator if rolled and rolled.by is By.NUMBERS else None
    counted = Counted(value, of) if of and unit == PERCENT else None
    ends = interval(counted) if counted else None
    return Told(shown.year, value, of, ends, n_in=n_in, n_schools=n_schools)


def line_of(shown: Mapping[int, Shown], unit: str, interval: Interval) -> dict[int, Told]:
    """A group's cells by year, the earliest first."""
    return {year: told_of(each, unit, interval) for year, each in sorted(shown.items())}


def three_together(line: Mapping[int, Told], pool: Pool) -> Together | None:
    """The last three years as one figure where few are counted in the last; else None.

    None, too, where one of the three has no figure with an interval.
    """
    told = [year for year, each in sorted(line.items()) if each.value is not None]
    if not told or (line[told[-1]].of or FEW) >= FEW:
        return None
    last = told[-1]
    cells = [line[year] for year in three_years(last) if year in line]
    counted = {each.year: each.counted for each in cells if each.counted and each.ends}
    return pool(counted) if len(counted) == YEARS else None
