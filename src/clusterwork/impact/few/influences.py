"""Influence-function errors summed by cluster, for many clusters in both arms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.few.changes import Changes
from clusterwork.impact.few.refusing import must_vary
from clusterwork.impact.few.robust import student
from clusterwork.impact.result import Estimate

if TYPE_CHECKING:
    from clusterwork.impact.did.averages import Kind
    from clusterwork.impact.did.result import DidFit

Floats = NDArray[np.float64]


class Influenced(Protocol):
    """An estimate of any estimator, and how much each cluster moves it.

    influence: what each cluster adds to estimate - truth, one value a cluster; what units
    contribute is summed by the cluster in which treatment was assigned. clusters: their labels.
    """

    @property
    def estimate(self) -> float: ...

    @property
    def clusters(self) -> Sequence[str]: ...

    @property
    def influence(self) -> Floats: ...


@dataclass(frozen=True, eq=False)
class Influences:
    """The plain case of `Influenced`, made of another fit's parts."""

    estimate: float
    clusters: Sequence[str]
    influence: Floats


def influenced_by(fit: DidFit, kind: Kind = "group") -> Influences:
    """An average of a comparison with staggered starts, for `choose(..., influenced=)`.

    Its errors are then told with what each arm's mean took (`influence`), so that the interval is a
    little wider than the fit's own, which leans on many clusters: the root of n / (n - 1) and
    Student's quantile for the normal one, 8 % at most with twelve and twelve alike clusters.
    """
    average = fit.average(kind)
    return Influences(average.estimate, fit.clusters, average.influence)


def influences_of(changes: Changes) -> Floats:
    """C, what each cluster adds to the difference of the arms' means less the true one."""
    treated, values = changes.treated, changes.values
    own = np.where(treated, values[treated].mean(), values[~treated].mean())
    share = np.where(treated, 1.0 / treated.sum(), -1.0 / (~treated).sum())
    return np.asarray(share * (values - own), dtype=float)


def influence(
    estimate: float, influences: Floats, treated: NDArray[np.bool_], level: float = 0.95
) -> Estimate:
    """An estimate with the error of its influences (C, one a cluster) by arm.

    The variance is the sum of squares, of each arm times n / (n - 1) for what its mean took; the
    degrees of freedom are Welch's (1947, Biometrika 34), of the two arms' parts: without both,
    twelve and twelve clusters would reject 7.4 % of true nulls and not 5. For a difference of
    means this is CR2 with Satterthwaite's degrees of freedom, read off the data.

    Raises NothingVaries where no cluster has any influence.
    """
    must_vary(influences, abs(estimate))
    parts, freedom = [], []
    for arm in (treated, ~treated):
        size = int(arm.sum())
        parts.append(float(np.square(influences[arm]).sum()) * size / (size - 1))
        freedom.append(size - 1)
    variance = sum(parts)
    df = variance**2 / sum(part**2 / free for part, free in zip(parts, freedom, strict=True))
    return student(estimate, float(np.sqrt(variance)), df, level, "influence")
