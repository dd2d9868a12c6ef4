"""How uncertain the mean difference of matched units is; by unit or by cluster."""

from __future__ import annotations

from typing import cast

import numpy as np
from scipy import sparse
from scipy.stats import norm, t

from clusterwork.impact.matching.nearest import Pairs, Rule, Ties, nearest
from clusterwork.impact.matching.reading import Floats, Ints
from clusterwork.impact.matching.result import Matched
from clusterwork.impact.result import Estimate


def estimate_of(
    matched: Matched,
    pairs: Pairs,
    values: Floats,
    treated: Ints,
    deviations: Floats,
    mean: float,
    neighbours: int,
    level: float,
) -> Estimate:
    """The mean difference with its error.

    Without one where a single cluster takes part, or a control has no other of another cluster
    beside it, so that nobody can say how much outcomes vary, or where so few clusters' sums give no
    positive variance.

    deviations: of `treated`, their differences less the mean.
    """
    units = matched.inside.units
    residuals = _residuals(matched, pairs, values, neighbours)
    clusters = units.clusters
    n_clusters = len(np.unique(clusters[treated]))
    method = "abadie-imbens by cluster" if units.has_clusters else "abadie-imbens"
    if n_clusters < 2 or np.isnan(residuals).any():
        return Estimate(mean, level=level, method=method)
    variance = _variance(pairs, clusters, treated, deviations, residuals)
    if variance <= 0.0:
        return Estimate(mean, level=level, method=method)
    se = float(np.sqrt(variance)) / len(treated)
    df = float(n_clusters - 1) if units.has_clusters else None
    reach = t.ppf((1 + level) / 2, df) if df else norm.ppf((1 + level) / 2)
    p = 2.0 * (t.sf(abs(mean) / se, df) if df else norm.sf(abs(mean) / se))
    return Estimate(
        mean,
        se,
        mean - float(reach) * se,
        mean + float(reach) * se,
        df,
        float(p),
        level,
        method,
    )


def _variance(
    pairs: Pairs, clusters: Ints, treated: Ints, deviations: Floats, residuals: Floats
) -> float:
    """n^2 times the variance, of totals by cluster; single units are clusters of one.

    With S_c the treated deviations of cluster c, U_d = sum of K_j e_j of cluster d's controls and
    V_cd = sum of w_ij e_j over pairs between them: sum S^2 - 2 sum S_c U_c + sum U^2 - sum V^2.
    """
    size = int(clusters.max()) + 1
    share = pairs.weight * residuals[pairs.other]
    took = np.bincount(clusters[treated], deviations, minlength=size)
    used = np.bincount(clusters[pairs.other], share, minlength=size)
    between = sparse.coo_array(
        (share, (clusters[pairs.unit], clusters[pairs.other])), shape=(size, size)
    ).tocsr()
    both = took @ took - 2.0 * (took @ used) + used @ used
    return float(both - (between.data @ between.data))


def _residuals(matched: Matched, pairs: Pairs, values: Floats, neighbours: int) -> Floats:
    """N; a control's outcome less that of its nearest controls, scaled to the variance; else 0.

    Not a number for a used control that has no other one to be compared with.
    """
    inside = matched.inside
    used = np.unique(pairs.other)
    known = np.flatnonzero(~inside.units.treated & ~np.isnan(values))
    found = _controls_beside(matched, used, known, neighbours)
    count = np.maximum(np.bincount(found.unit, minlength=len(values)), 1)
    mean = np.bincount(found.unit, values[found.other], minlength=len(values)) / count
    residuals = np.zeros(len(values))
    residuals[used] = np.nan
    has = np.unique(found.unit)
    residuals[has] = np.sqrt(count[has] / (count[has] + 1.0)) * (values[has] - mean[has])
    return residuals


def _controls_beside(matched: Matched, used: Ints, known: Ints, neighbours: int) -> Pairs:
    """The nearest controls of controls: of the same exact cell where there are, else of any."""
    units, points = matched.inside.units, matched.inside.space.points
    rule = Rule(units.clusters)
    cells, ties = units.cells, cast(Ties, matched.choices.ties)
    parts = []
    for cell in np.unique(cells[used]):
        mine, among = used[cells[used] == cell], known[cells[known] == cell]
        inside = nearest(points, mine, among, neighbours, rule, ties)
        rest = np.setdiff1d(mine, inside.unit)
        parts += [inside, nearest(points, rest, known, neighbours, rule, ties)]
    return Pairs(
        np.concatenate([part.unit for part in parts]),
        np.concatenate([part.other for part in parts]),
        np.concatenate([part.distance for part in parts]),
    )
