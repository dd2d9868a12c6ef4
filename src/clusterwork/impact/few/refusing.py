"""What no panel of clusters can be analysed with; each refusal says what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.frames import infinite_values
from clusterwork.impact.refusing import start_moves
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
SHOWN = 8


class NegativeWeights(Problem):
    """A weight is below zero."""


class YearsNotWhole(Problem):
    """Years or starts are no whole numbers."""


class OneYearOnly(Problem):
    """There is one year, so that there is no before and after."""


class NoTreatedCluster(Problem):
    """No cluster starts in these years."""


class NoComparisonCluster(Problem):
    """Every cluster starts in these years."""


class NothingBefore(Problem):
    """A cluster starts in the first year that there is."""


class YearsDiffer(Problem):
    """Too few years have a figure of every cluster."""


class NothingVaries(Problem):
    """Every cluster changed by exactly the same."""


class TooFewYearsForATrend(Problem):
    """A line needs more years before or after the start than there are."""


def named(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    more = [f"+{len(names) - SHOWN}"] if len(names) > SHOWN else []
    return ", ".join([*names[:SHOWN], *more])


def must_be_finite(outcome: str, *values: Floats) -> None:
    """Raises InfiniteValues."""
    if not all(np.isfinite(each).all() for each in values):
        raise infinite_values(outcome)


def must_not_be_negative(weights: Floats) -> None:
    """Raises NegativeWeights."""
    if (weights >= 0).all():
        return
    raise NegativeWeights(
        Message(N_("A weight is below zero.")),
        why=Message(N_("Weights say how many pupils stand behind a figure.")),
        next_step=Message(N_("Take the column with the number of pupils.")),
    )


def must_be_whole(*years: Floats) -> None:
    """Raises YearsNotWhole."""
    for each in years:
        strange = each[~(np.isfinite(each) & (each == np.rint(each)))]
        if len(strange):
            raise YearsNotWhole(
                Message(N_("Years and starts have to be whole numbers.")),
                why=Message(N_("There is for instance: %(value)s"), {"value": float(strange[0])}),
                next_step=Message(N_("Write a school year as the year in which it ends.")),
            )


def must_start_once(clusters: Sequence[str], first: Floats, last: Floats) -> None:
    """Raises StartMoves."""
    moved = [name for name, a, b in zip(clusters, first, last, strict=True) if a != b]
    if not moved:
        return
    unit = clusters.index(moved[0])
    raise start_moves(
        named(moved),
        [first[unit] or np.inf, last[unit] or np.inf],
        Message(
            N_(
                "Give every row of a cluster the same start, or, where schools started each by "
                "itself, name the school as the cluster."
            )
        ),
    )


def must_have_years(years: Sequence[int]) -> None:
    """Raises OneYearOnly."""
    if len(years) > 1:
        return
    raise OneYearOnly(
        Message(N_("There is one year only, so nothing can be said about a change.")),
        why=Message(N_("Before and after are compared.")),
        next_step=Message(N_("Add the figures of years before the start.")),
    )


def must_have_arms(
    clusters: Sequence[str], starts: Sequence[int | None], years: Sequence[int]
) -> None:
    """Raises NoTreatedCluster, NoComparisonCluster or NothingBefore."""
    if all(start is None for start in starts):
        raise NoTreatedCluster(
            Message(
                N_("No cluster starts by the last year: %(year)s"), {"year": max(years, default=0)}
            ),
            why=Message(N_("There is no year yet in which an effect could be seen.")),
            next_step=Message(N_("Check the column of starts, or wait for the next results.")),
        )
    early = [
        name
        for name, start in zip(clusters, starts, strict=True)
        if start is not None and start <= years[0]
    ]
    if early:
        raise NothingBefore(
            Message(
                N_("These clusters have no year before their start: %(names)s"),
                {"names": named(early)},
            ),
            why=Message(N_("Without a before there is no change to compare.")),
            next_step=Message(N_("Add earlier years, or leave these clusters out and say so.")),
        )
    if None not in starts:
        raise NoComparisonCluster(
            Message(N_("Every cluster starts in these years, so none is left to compare with.")),
            why=Message(N_("What would have happened anyway is read from clusters without it.")),
            next_step=Message(
                N_(
                    "Add clusters or similar schools that did not take part, or compare with those "
                    "that started later."
                )
            ),
        )


def must_share_years(kept: Sequence[int], starts: Sequence[int], holes: Sequence[str]) -> None:
    """Raises YearsDiffer where a start has no year before or after it that all clusters have."""
    alike = all(any(year < s for year in kept) and any(year >= s for year in kept) for s in starts)
    if alike:
        return
    raise YearsDiffer(
        Message(N_("Too few years have a figure of every cluster.")),
        why=Message(
            N_(
                "Clusters are compared over the same years. In some years these have no figure: "
                "%(names)s"
            ),
            {"names": named(holes)},
        ),
        next_step=Message(N_("Complete their figures, or leave these clusters out and say so.")),
    )


def must_vary(values: Floats, scale: float) -> None:
    """Raises NothingVaries where all changes are alike to rounding."""
    if np.ptp(values) > 1e-12 * max(scale, 1e-300):
        return
    raise NothingVaries(
        Message(N_("Every cluster changed by exactly the same.")),
        why=Message(N_("Without any difference no uncertainty can be told.")),
        next_step=Message(N_("Check that the column is the right one.")),
    )


def must_make_a_line(n: int, least: int) -> None:
    """Raises TooFewYearsForATrend."""
    if n >= least:
        return
    raise TooFewYearsForATrend(
        Message(
            N_("There are too few years on one side of the start for a trend: %(n)s"),
            {"n": n},
        ),
        why=Message(
            N_("A line that is drawn on needs at least %(least)s years."), {"least": least}
        ),
        next_step=Message(N_("Compare the means before and after instead, or add earlier years.")),
    )
