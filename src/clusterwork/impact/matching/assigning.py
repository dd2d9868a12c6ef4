"""Pairs without replacement: nobody twice, and the distances add up to the least."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from clusterwork.impact.matching.nearest import Pairs, Rule, joined
from clusterwork.impact.matching.reading import Bools, Floats, Ints
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

MOST_DISTANCES = 40_000_000
EVEN = 1e-6


class TooManyToAssign(Problem):
    """The optimal pairs of so many units would take too much memory and time."""


def assigned(points: Floats, of: Ints, among: Ints, k: int, rule: Rule) -> Pairs:
    """Up to k of `among` for each of `of`, nobody twice.

    First as many of `of` as possible get one, then as many pairs as possible are made, then the
    sum of distances is least: optimal, not greedy. Of equal sums the evener distances are taken (a
    millionth of their squares is added), so that rounding decides nothing. Raises TooManyToAssign.
    Source: Rosenbaum 1989, JASA 84; solved by scipy's linear_sum_assignment (Crouse 2016).
    """
    if not len(of) or not len(among):
        return joined([])
    k = min(k, len(among))
    if k * len(of) * len(among) > MOST_DISTANCES:
        raise _too_many(len(of), len(among))
    distances = cdist(points[of], points[among])
    fine = np.vstack([rule.allows(of[[row]], among[None]) for row in range(len(of))])
    rows, columns = linear_sum_assignment(_costs(distances + EVEN * distances**2, fine, k))
    rows %= len(of)
    made = fine[rows, columns]
    rows, columns = rows[made], columns[made]
    return joined([Pairs(of[rows], among[columns], distances[rows, columns])])


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


def _too_many(units: int, others: int) -> TooManyToAssign:
    return TooManyToAssign(
        Message(
            N_("Too many to pair without replacement at once: %(units)s and %(others)s."),
            {"units": units, "others": others},
        ),
        why=Message(N_("The best pairs of all are found only where all distances stand together.")),
        next_step=Message(
            N_("Match exactly on a column such as phase or region, or allow replacement.")
        ),
    )
