"""Pairs without replacement: nobody twice, and the distances add up to the least."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from clusterwork.impact.matching.nearest import Pairs, Rule, joined
from clusterwork.impact.matching.reading import Bools, Floats, Ints
from clusterwork.impact.matching.widening import cost_of, widened

FEW_DISTANCES = 4_000_000
MOST_DISTANCES = 40_000_000


def assigned(points: Floats, of: Ints, among: Ints, k: int, rule: Rule) -> Pairs:
    """Up to k of `among` for each of `of`, nobody twice; of, among: sorted places.

    First as many of `of` as possible get one, then as many pairs as possible are made, then the
    sum of distances is least: optimal, not greedy. Of equal sums the evener distances are taken (a
    millionth of their squares is added), so that rounding decides nothing. Raises TooManyToAssign.
    Source: Rosenbaum 1989, JASA 84; solved by scipy's linear_sum_assignment (Crouse 2016), beyond
    four million distances by `widened`, which proves the same optimum (up to forty million not
    where others are scarce, so that it would have to look at all).
    """
    if not len(of) or not len(among):
        return joined([])
    k = min(k, len(among))
    if _is_large(k * len(of), len(among)):
        return widened(points, of, among, k, rule)
    distances = cdist(points[of], points[among])
    fine = rule.allows(of, among[None])
    rows, columns = linear_sum_assignment(_costs(cost_of(distances), fine, k))
    rows %= len(of)
    made = fine[rows, columns]
    rows, columns = rows[made], columns[made]
    return joined([Pairs(of[rows], among[columns], distances[rows, columns])])


def _is_large(wanted: int, there: int) -> bool:
    scarce = 3 * wanted > 2 * there
    return wanted * there > (MOST_DISTANCES if scarce else FEW_DISTANCES)


def _costs(distances: Floats, fine: Bools, k: int) -> Floats:
    """k times the rows; a pair earns a prize above all distances together, the first twice it.

    Which rows can be served is a matroid, so that any larger prize for the first copies serves as
    many units as can be served. What is not allowed earns nothing.
    """
    prize = 1.0 + distances.max() * min(k * distances.shape[0], distances.shape[1])
    more = np.where(fine, distances - prize, 0.0)
    if k == 1:
        return more
    return np.vstack([np.where(fine, distances - 2.0 * prize, 0.0), *[more] * (k - 1)])
