"""Interrupted time series with a comparison, as contrasts of years.

A line is fitted to each cluster's years before and drawn on; what counts is how far the years after
lie from it, less the same for comparison clusters. Sources: Shadish, Cook and Campbell (2002),
chapter 6; St.Clair, Hallberg and Cook (2016), J. Educ. Behav. Stat. 41 (comparative interrupted
time series). Each is a linear contrast, so that every method for changes holds for it too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.few.changes import Contrast
from clusterwork.impact.few.refusing import must_make_a_line
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
LEAST_BEFORE = 3


def _gap(years: Sequence[int], start: int) -> Floats:
    """The mean of the years after less the line of the years before, drawn on to them.

    Shape T. Raises TooFewYearsForATrend below three years before.
    """
    when = np.array(years, dtype=float) - start
    after = when >= 0
    return np.where(after, 1.0 / after.sum(), 0.0) - _line(when, ~after, when[after].mean())


def _level(years: Sequence[int], start: int) -> Floats:
    """The line of the years after less the line of the years before, at the start.

    Shape T. Raises TooFewYearsForATrend below three years before or two after.
    """
    when, after = _with_two_lines(years, start)
    return _line(when, after, 0.0, least=2) - _line(when, ~after, 0.0)


def _slope(years: Sequence[int], start: int) -> Floats:
    """How much steeper a year the line of the years after is than the one before.

    Shape T. Raises as for levels.
    """
    when, after = _with_two_lines(years, start)
    steep = _line(when, after, 1.0, least=2) - _line(when, after, 0.0, least=2)
    return steep - (_line(when, ~after, 1.0) - _line(when, ~after, 0.0))


def _with_two_lines(years: Sequence[int], start: int) -> tuple[Floats, NDArray[np.bool_]]:
    when = np.array(years, dtype=float) - start
    return when, when >= 0


def _line(when: Floats, used: NDArray[np.bool_], at: float, least: int = LEAST_BEFORE) -> Floats:
    """Weights of all years whose sum is the least-squares line of the used ones at a moment."""
    must_make_a_line(int(used.sum()), least)
    design = np.column_stack([np.ones(used.sum()), when[used]])
    weights = np.zeros(len(when))
    weights[used] = np.array([1.0, at]) @ np.linalg.pinv(design)
    return weights


TREND_GAP = Contrast(
    "trend_gap",
    _gap,
    said=Message(
        N_(
            "What counts as the change is how far the years after lie from the line of the years "
            "before, drawn on."
        )
    ),
)
"""Years after less the line of the years before, drawn on; mean over the years after."""

LEVEL_CHANGE = Contrast(
    "level_change",
    _level,
    said=Message(
        N_(
            "What counts as the change is the step, at the start, from the line of the years "
            "before to the line of the years after."
        )
    ),
)
"""The step between the lines before and after, at the start."""

SLOPE_CHANGE = Contrast(
    "slope_change",
    _slope,
    growing=True,
    said=Message(
        N_(
            "What counts as the change is how much steeper a year the line of the years after is "
            "than the line of the years before."
        )
    ),
)
"""How much steeper a year the line after is than the line before."""
