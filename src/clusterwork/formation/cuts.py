"""Inequalities that every plan keeps and a mixture of plans may not; knows no costs.

Of three schools at most one cluster can hold two or more (a subset-row inequality: Jepsen,
Petersen, Spoorendonk and Pisinger 2008, Operations Research 56, 497-511).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from clusterwork.formation.model import Ints

Floats = NDArray[np.float64]
Triple = tuple[int, int, int]
VIOLATED = 0.02


def violated_triples(members: sparse.csr_matrix, share: Floats, most: int) -> list[Triple]:
    """Triples of rows of which clusters with two or more of them make up more than one.

    members: (clusters, rows) of 0 and 1; share: (clusters,) how far each cluster is used, 0 to 1,
    no row more than once in all.
    The worst come first, at most `most`.
    """
    broken = np.flatnonzero((share > 1e-6) & (share < 1 - 1e-6))
    if not len(broken):
        return []
    part, weight = members[broken].tocsc(), share[broken]
    rows = np.flatnonzero(np.asarray(part.sum(axis=0)).ravel() > 0)
    dense = part[:, rows].toarray().astype(float)
    together = dense.T @ (dense * weight[:, None])
    np.fill_diagonal(together, 0.0)
    found: list[tuple[float, Triple]] = []
    for a in range(len(rows) - 2):
        found.extend(_with_first(a, together, dense, weight, rows))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    return [triple for _, triple in found[:most]]


def _with_first(
    a: int, together: Floats, dense: Floats, weight: Floats, rows: Ints
) -> list[tuple[float, Triple]]:
    """Violated triples whose lowest row is the a-th."""
    near = a + 1 + np.flatnonzero(together[a, a + 1 :] > 1e-9)
    if len(near) < 2:
        return []
    here = dense[dense[:, a] > 0]
    mine = weight[dense[:, a] > 0]
    inside = here[:, near]
    all_three = inside.T @ (inside * mine[:, None])
    total = together[a, near][:, None] + together[a, near][None, :] + together[np.ix_(near, near)]
    total = np.triu(total - 2.0 * all_three, 1)
    b, c = np.nonzero(total > 1.0 + VIOLATED)
    return [
        (float(total[i, j] - 1.0), (int(rows[a]), int(rows[near[i]]), int(rows[near[j]])))
        for i, j in zip(b.tolist(), c.tolist(), strict=True)
    ]


def holding_two(by_row: sparse.csc_matrix, triple: Triple) -> Ints:
    """Positions of the clusters that hold two or more of the triple."""
    lists = [by_row.indices[by_row.indptr[r] : by_row.indptr[r + 1]] for r in triple]
    held, times = np.unique(np.concatenate(lists), return_counts=True)
    return np.asarray(held[times >= 2], dtype=np.int64)
