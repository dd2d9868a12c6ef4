"""The place of the one cluster that differs, where nothing more can be told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.few.changes import Changes
from clusterwork.impact.few.panel import Panel
from clusterwork.impact.few.synthetic_control import Synthetic, placebos, rank, synthetic
from clusterwork.impact.result import Estimate, Table

Floats = NDArray[np.float64]
LEAST_BEFORE, LEAST_DONORS = 3, 3


@dataclass(frozen=True)
class Ranked:
    """An estimate without error; the odd cluster's place and among how many; all places.

    by_ratio: whether places are by how many times as far a cluster lies from its mix after the
    start as before, and not by size. left_out: of other clusters, with the estimate without each.
    mix: of a synthetic control, the donors with their weights, None for plain changes. apart: root
    mean square of its gaps before.
    """

    estimate: Estimate
    rank: tuple[int, int]
    table: Table
    left_out: tuple[tuple[str, float], ...]
    by_ratio: bool = False
    mix: Table | None = None
    apart: float | None = None


def ranked(panel: Panel, changes: Changes, *, mixed: bool = True) -> Ranked:
    """By synthetic controls with three years before and three donors, else by plain changes.

    mixed: whether synthetic controls may be used; not where another contrast was asked for.

    For one treated cluster the synthetic controls copy the course and not the level. For one
    comparison cluster among treated ones, each cluster's change less the mean of the others'.
    """
    treated = changes.treated
    if mixed and treated.sum() == 1:
        after = np.array(panel.years) >= changes.starts[0]
        if (~after).sum() >= LEAST_BEFORE and (~treated).sum() >= LEAST_DONORS:
            order = np.argsort(~treated, kind="stable")
            names = tuple(changes.clusters[place] for place in order)
            return by_synthetic(names, panel.means[order], after)
    return by_changes(changes)


def by_synthetic(names: tuple[str, ...], series: Floats, after: NDArray[np.bool_]) -> Ranked:
    """Places by the ratio of root mean squares after and before; the first cluster is the treated.

    By the size of the gap where a mix is exact before, because ratios then mean nothing.
    series: C×T.
    """
    found = placebos(series, after, level=False)
    donors = zip(names[1:], map(float, found[0].weights), strict=True)
    mix = sorted(((name, weight) for name, weight in donors), key=lambda row: (-row[1], row[0]))
    return Ranked(
        Estimate(found[0].effect, method="synthetic_control"),
        (rank(_sizes(found)), len(found)),
        _places(names, found),
        _without_each_donor(names, series, after),
        not _is_exact(found),
        Table("synthetic_weights", ("cluster", "weight"), tuple(mix)),
        found[0].before,
    )


def _is_exact(found: tuple[Synthetic, ...]) -> bool:
    """Whether a mix is exact before, so that ratios mean nothing."""
    return any(each.before == 0 for each in found)


def _sizes(found: tuple[Synthetic, ...]) -> Floats:
    exact = _is_exact(found)
    return np.array([abs(each.effect) if exact else each.ratio for each in found])


def _places(names: tuple[str, ...], found: tuple[Synthetic, ...]) -> Table:
    sizes = _sizes(found)
    rows = [
        (name, one.effect, one.before, one.after, one.ratio if one.before else None, rank(sizes, j))
        for j, (name, one) in enumerate(zip(names, found, strict=True))
    ]
    columns = ("cluster", "effect", "before", "after", "ratio", "rank")
    return Table("placebo_ranks", columns, tuple(sorted(rows, key=lambda row: (row[-1], row[0]))))


def _without_each_donor(
    names: tuple[str, ...], series: Floats, after: NDArray[np.bool_]
) -> tuple[tuple[str, float], ...]:
    """The effect without each donor in turn."""
    return tuple(
        (name, synthetic(series[0], np.delete(series, [0, j], axis=0).T, after, level=False).effect)
        for j, name in enumerate(names)
        if j > 0
    )


def by_changes(changes: Changes) -> Ranked:
    """Places by the absolute difference of each cluster's change from the mean of the others'."""
    values, n = changes.values, len(changes.clusters)
    apart = (values - values.mean()) * n / (n - 1)
    size = np.abs(apart)
    lone = changes.treated if changes.treated.sum() == 1 else ~changes.treated
    rows = [(name, float(apart[j]), rank(size, j)) for j, name in enumerate(changes.clusters)]
    table = Table(
        "placebo_ranks",
        ("cluster", "effect", "rank"),
        tuple(sorted(rows, key=lambda row: (row[-1], row[0]))),
    )
    place = rank(size, int(np.flatnonzero(lone)[0]))
    found = Estimate(changes.estimate, method="difference_in_differences")
    return Ranked(found, (place, n), table, without_each(changes))


def without_each(changes: Changes) -> tuple[tuple[str, float], ...]:
    """The difference without each cluster in turn, but for the only one of an arm."""
    arm = np.where(changes.treated, changes.treated.sum(), (~changes.treated).sum())
    places = [int(place) for place in np.flatnonzero(arm > 1)]
    return tuple((changes.clusters[j], changes.without(j).estimate) for j in places)
