"""Each cluster's series as one number: its change at a start.

An estimator is a contrast of years, so that serial correlation inside a cluster is in its number
and needs no model: Bertrand, Duflo and Mullainathan (2004), Q. J. Econ. 119, section IV.C.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.few.panel import Panel
from clusterwork.impact.few.refusing import (
    must_have_arms,
    must_have_years,
    must_share_years,
    must_vary,
)
from clusterwork.kernel.messages import Message

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Contrast:
    """How a series becomes one change.

    weights: from T years and a start, the T weights of the years. growing: whether the effect that
    it measures is one more each year after the start, and not one from the start on. said: what
    counts as the change, where it is not the plain one.
    """

    name: str
    weights: Callable[[Sequence[int], int], Floats]
    growing: bool = False
    said: Message | None = None


@dataclass(frozen=True, eq=False)
class Changes:
    """The change of C clusters at each of G starts.

    by_start: C×G, the change that the cluster shows if it is read as starting then.
    carried: C×G, how much of an effect of one, begun at the cluster's own start, that change holds
    (1 at its own start, 0 for comparison clusters). assigned: C, the place of the own start among
    `starts`, -1 for comparison clusters.
    """

    clusters: tuple[str, ...]
    starts: tuple[int, ...]
    by_start: Floats
    carried: Floats
    assigned: Ints

    @property
    def treated(self) -> NDArray[np.bool_]:
        """C, whether the cluster started."""
        return self.assigned >= 0

    @property
    def shares(self) -> Floats:
        """G, the share of the treated clusters that started then."""
        counts = np.bincount(self.assigned[self.treated], minlength=len(self.starts))
        return np.asarray(counts / counts.sum(), dtype=float)

    @property
    def values(self) -> Floats:
        """C, one number a cluster.

        The change at the own start; for comparison clusters the mean of their changes at all
        starts, weighed by how many clusters started then. The difference of the arms' means is
        then the mean over treated clusters of a difference-in-differences with the comparison
        clusters over the same years (the stacked design; never-treated comparison only).
        """
        own = self.by_start[np.arange(len(self.clusters)), np.maximum(self.assigned, 0)]
        return np.asarray(np.where(self.treated, own, self.by_start @ self.shares), dtype=float)

    @property
    def estimate(self) -> float:
        """The difference of the two arms' mean values; every cluster counts once."""
        return float(self.values[self.treated].mean() - self.values[~self.treated].mean())

    def without(self, place: int) -> Changes:
        """The same without one cluster."""
        kept = np.arange(len(self.clusters)) != place
        return replace(
            self,
            clusters=tuple(np.array(self.clusters, dtype=object)[kept]),
            by_start=self.by_start[kept],
            carried=self.carried[kept],
            assigned=self.assigned[kept],
        )


def _means(years: Sequence[int], start: int) -> Floats:
    after = np.array(years) >= start
    return np.asarray(np.where(after, 1.0 / after.sum(), -1.0 / (~after).sum()), dtype=float)


MEAN_CHANGE = Contrast("mean_change", _means)
"""The mean from the start on less the mean before it."""


def usable(panel: Panel) -> Panel:
    """The panel with the years that every cluster has; later starts than the last year are none.

    Raises OneYearOnly, NoTreatedCluster, NothingBefore, NoComparisonCluster, YearsDiffer.
    """
    must_have_years(panel.years)
    last = panel.years[-1]
    starts = tuple(None if s is None or s > last else s for s in panel.starts)
    must_have_arms(panel.clusters, starts, panel.years)
    there = np.isfinite(panel.means)
    kept = np.flatnonzero(there.all(axis=0))
    years = tuple(panel.years[place] for place in kept)
    holes = [panel.clusters[place] for place in np.flatnonzero(~there.all(axis=1))]
    must_share_years(years, [s for s in starts if s is not None], holes)
    return replace(
        panel,
        years=years,
        means=panel.means[:, kept],
        weights=panel.weights[:, kept],
        starts=starts,
    )


def changes_of(panel: Panel, contrast: Contrast = MEAN_CHANGE) -> Changes:
    """The changes of a usable panel.

    Raises NothingVaries and what the contrast raises.
    """
    starts = tuple(sorted({s for s in panel.starts if s is not None}))
    weights = np.column_stack([contrast.weights(panel.years, start) for start in starts])
    never = max(panel.years) + 1
    own = np.array([never if s is None else s for s in panel.starts])
    since = np.array(panel.years)[None, :] - own[:, None]
    under = np.maximum(since, 0.0) if contrast.growing else (since >= 0).astype(float)
    assigned = np.array([-1 if s is None else starts.index(s) for s in panel.starts])
    changes = Changes(panel.clusters, starts, panel.means @ weights, under @ weights, assigned)
    must_vary(changes.values, float(np.abs(panel.means).max()))
    return changes
