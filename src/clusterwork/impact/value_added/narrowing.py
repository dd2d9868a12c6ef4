"""Statistics of fewer columns and levels, made from those of more; no row of a pupil is needed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from clusterwork.impact.value_added.cells import Cells, Columns
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class NotInTheStatistics(Problem):
    """What was chosen is not among the columns that were summed."""


def narrowed(
    cells: Cells, *, covariates: Sequence[str], levels: Sequence[str], slope: str | None = None
) -> Cells:
    """What `cells_of` would have made of the same rows with these columns, in the order of `cells`.

    The slope may be that of `cells` or None, and stays only at the lowest level of `cells`. Rows
    left out for a missing value of a column that is dropped stay out. Raises NotInTheStatistics.
    """
    had = cells.columns
    _must_be_in(covariates, had.covariates)
    _must_be_in(levels, had.levels)
    if not levels:
        raise _nothing_to_compare()
    slope = _slope(slope, covariates, levels, had)
    kept = [place for place, name in enumerate(had.covariates) if name in set(covariates)]
    places = [0, *(place + 1 for place in kept), had.width - 1]
    depths = [place for place, name in enumerate(had.levels) if name in set(levels)]
    columns = Columns(
        tuple(had.covariates[place] for place in kept),
        had.outcome,
        tuple(had.levels[depth] for depth in depths),
        slope,
        tuple(had.constants[place] for place in (*kept, len(had.covariates))),
    )
    return _together(cells, columns, places, depths)


def _together(cells: Cells, columns: Columns, places: list[int], depths: list[int]) -> Cells:
    """The chosen columns; rows whose keys have become the same are added."""
    keys = [tuple(key[depth] for depth in depths) for key in cells.keys]
    names = tuple(sorted(set(keys)))
    place = {key: row for row, key in enumerate(names)}
    rows = [place[key] for key in keys]
    sums = np.zeros((len(names), len(places)))
    np.add.at(sums, rows, cells.sums[:, places])
    slopes = np.zeros((len(names), len(places) if columns.slope else 0))
    if columns.slope:
        np.add.at(slopes, rows, cells.slopes[:, places])
    products = cells.products[np.ix_(places, places)]
    return Cells(columns, names, sums, slopes, products, cells.missing)


def _slope(
    slope: str | None, covariates: Sequence[str], levels: Sequence[str], had: Columns
) -> str | None:
    if slope is None:
        return None
    if slope == had.slope and slope in covariates and had.levels[-1] in levels:
        return slope
    raise NotInTheStatistics(
        Message(N_("The slope cannot vary in this model: %(name)s"), {"name": slope}),
        why=Message(
            N_("It varies only with its covariate, at the lowest level that was summed for it.")
        ),
        next_step=Message(N_("Leave it out, or choose its covariate and that level too.")),
    )


def _must_be_in(chosen: Sequence[str], had: Sequence[str]) -> None:
    other = [name for name in chosen if name not in had]
    if other:
        raise NotInTheStatistics(
            Message(
                N_("These columns are not in the statistics: %(names)s"),
                {"names": ", ".join(other)},
            ),
            why=Message(N_("They hold: %(names)s"), {"names": ", ".join(had)}),
            next_step=Message(
                N_("Choose among these, or make the statistics again with the others.")
            ),
        )


def _nothing_to_compare() -> NotInTheStatistics:
    return NotInTheStatistics(
        Message(N_("No level was chosen.")),
        why=Message(N_("Value added is of groups of pupils.")),
        next_step=Message(N_("Choose a level, such as the school.")),
    )
