"""Synthetic control: a treated cluster beside a mix of others that went the same way before.

Abadie, Diamond and Hainmueller (2010), J. Am. Stat. Assoc. 105, equations 2 to 6 and section 3.4 on
placebos; outcomes of the years before are the only predictors, all weighing the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

Floats = NDArray[np.float64]
SAME = 1e-9


@dataclass(frozen=True, eq=False)
class Synthetic:
    """A mix of donors for one series.

    weights: J, of the donors, at least 0, sum 1. gaps: T, the series less its mix. before, after:
    root mean squares of the gaps in the years before and from the start on, outcome's units.
    """

    weights: Floats
    gaps: Floats
    effect: float
    before: float
    after: float

    @property
    def ratio(self) -> float:
        """After over before; infinite where the mix is exact before."""
        return self.after / self.before if self.before > 0 else float("inf")


def weights_of(target: Floats, donors: Floats) -> Floats:
    """The mix (J) of donors (T×J) nearest to the target (T): least squares, at least 0, sum 1.

    The point of a simplex that is nearest to a place, by non-negative least squares: with
    A = donors - target, the u >= 0 that makes |A u|^2 + (sum u - 1)^2 least is a multiple of the
    mix (Lawson and Hanson 1974, chapter 23). Where several mixes are as near, one of few donors.
    """
    apart = donors - target[:, None]
    scale = float(np.abs(apart).max()) or 1.0
    wanted = np.append(np.zeros(len(target)), 1.0)
    found, _ = nnls(np.vstack([apart / scale, np.ones(donors.shape[1])]), wanted)
    return np.asarray(found / found.sum(), dtype=float)


def synthetic(
    target: Floats, donors: Floats, after: NDArray[np.bool_], *, level: bool
) -> Synthetic:
    """The mix of donors (T×J) for a series (T), weighed on the years that are not after.

    level: whether levels count. Without, every series is taken from its own mean before, so that
    only the course is copied (Ferman and Pinto 2021, Quant. Econ. 12, the demeaned estimator): a
    cluster higher or lower than all others can then be copied too.
    """
    if not level:
        target = target - target[~after].mean()
        donors = donors - donors[~after].mean(axis=0)
    weights = weights_of(target[~after], donors[~after])
    gaps = target - donors @ weights
    gaps = np.where(np.abs(gaps) <= SAME * max(float(np.abs(donors).max()), 1e-300), 0.0, gaps)
    before, behind = (float(np.sqrt(np.mean(gaps[part] ** 2))) for part in (~after, after))
    return Synthetic(weights, gaps, float(gaps[after].mean()), before, behind)


def placebos(series: Floats, after: NDArray[np.bool_], *, level: bool) -> tuple[Synthetic, ...]:
    """The same for every cluster (series: C×T) as if it were the treated one.

    The first is the treated one; it is no donor to the others.
    """
    found = [synthetic(series[0], series[1:].T, after, level=level)]
    for place in range(1, len(series)):
        donors = np.delete(series, [0, place], axis=0).T
        found.append(synthetic(series[place], donors, after, level=level))
    return tuple(found)


def rank(values: Floats, place: int = 0) -> int:
    """1 where the place's value is largest; of equals the last, so that no tie flatters."""
    return int((values >= values[place]).sum())
