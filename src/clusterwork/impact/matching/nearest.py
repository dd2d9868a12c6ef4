"""The nearest allowed neighbours: by a tree and, where it does not suffice, in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from clusterwork.impact.matching.reading import Bools, Floats, Ints
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Ties = Literal["all", "id"]
TIED = 1e-7
AT_ONCE = 1_000_000
MOST_PAIRS = 10_000_000


class TooManyTies(Problem):
    """So many units are equally near that the pairs do not fit."""


@dataclass(frozen=True, eq=False)
class Gap:
    """Units may stand together whose values differ by at most `most`."""

    values: Floats
    most: float


@dataclass(frozen=True, eq=False)
class Rule:
    """Who may stand beside whom: never itself, never one of the same cluster, within the gaps."""

    clusters: Ints
    gaps: tuple[Gap, ...] = ()

    def allows(self, rows: Ints, others: Ints) -> Bools:
        """len(rows) x c; others: 1 x c or len(rows) x c."""
        mine = rows[:, None]
        fine: Bools = (mine != others) & (self.clusters[mine] != self.clusters[others])
        for gap in self.gaps:
            fine &= np.abs(gap.values[mine] - gap.values[others]) <= gap.most * (1 + 1e-12)
        return fine


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs in the order of unit and other (places among the units).

    distance: in standard deviations. weight: 1 over the number of the unit's pairs.
    """

    unit: Ints
    other: Ints
    distance: Floats

    @property
    def weight(self) -> Floats:
        """Adds up to one for each unit."""
        if not len(self.unit):
            return np.zeros(0)
        shares: Floats = 1.0 / np.bincount(self.unit)[self.unit]
        return shares


def joined(parts: Sequence[Pairs]) -> Pairs:
    """All pairs, in the order of unit and other."""
    units = np.concatenate([np.zeros(0, np.int64), *(part.unit for part in parts)])
    others = np.concatenate([np.zeros(0, np.int64), *(part.other for part in parts)])
    distances = np.concatenate([np.zeros(0), *(part.distance for part in parts)])
    order = np.lexsort((others, units))
    return Pairs(units[order], others[order], distances[order])


def nearest(points: Floats, of: Ints, among: Ints, k: int, rule: Rule, ties: Ties) -> Pairs:
    """For each of `of` the k nearest of `among` that the rule allows, fewer where there are fewer.

    points: N x r. ties: what happens to those as far away as the k-th (within 1e-7 standard
    deviations): "all" are taken, or those first in order ("id"). Raises TooManyTies.
    Memory: a million distances at once. The tree answers for most; blocks of all distances answer
    where the rule refuses the nearest or many are tied.
    """
    if not len(of) or not len(among):
        return joined([])
    wide = min(2 * k + 8, len(among))
    tree = cKDTree(points[among])
    parts: list[Pairs] = []
    open_rows: list[Ints] = []
    for rows in _chunks(of, wide):
        distances, places = tree.query(points[rows], k=np.arange(1, wide + 1))
        others = among[places]
        fine = rule.allows(rows, others)
        done = _answered(distances, fine, k) | (wide == len(among))
        parts.append(_taken(rows[done], others[done], distances[done], fine[done], k, ties))
        open_rows.append(rows[~done])
    parts += _by_blocks(points, np.concatenate(open_rows), among, k, rule, ties)
    _must_fit(parts)
    return joined(parts)


def _by_blocks(
    points: Floats, of: Ints, among: Ints, k: int, rule: Rule, ties: Ties
) -> list[Pairs]:
    parts: list[Pairs] = []
    for rows in _chunks(of, len(among)):
        distances = cdist(points[rows], points[among])
        others = np.broadcast_to(among, distances.shape)
        parts.append(_taken(rows, others, distances, rule.allows(rows, among[None]), k, ties))
        _must_fit(parts)
    return parts


def _chunks(rows: Ints, wide: int) -> Iterator[Ints]:
    size = max(1, AT_ONCE // wide)
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


def _answered(distances: Floats, fine: Bools, k: int) -> Bools:
    """Rows whose k-th allowed neighbour is clearly nearer than the last that was looked at."""
    kth = _kth(distances, fine, k)
    answered: Bools = distances[:, -1] > kth + TIED
    return answered


def _kth(distances: Floats, fine: Bools, k: int) -> Floats:
    """The distance of each row's k-th allowed neighbour; infinite where there are fewer."""
    if distances.shape[1] < k:
        return np.full(len(distances), np.inf)
    cut: Floats = np.partition(np.where(fine, distances, np.inf), k - 1, axis=1)[:, k - 1]
    return cut


def _taken(rows: Ints, others: Ints, distances: Floats, fine: Bools, k: int, ties: Ties) -> Pairs:
    kth = _kth(distances, fine, k)[:, None]
    chosen = fine & (distances <= kth + TIED)
    if ties == "id":
        chosen = _first_of_tied(chosen, others, distances < kth - TIED, k)
    where, column = np.nonzero(chosen)
    return Pairs(rows[where], others[where, column], distances[where, column])


def _first_of_tied(chosen: Bools, others: Ints, nearer: Bools, k: int) -> Bools:
    """Of those as far as the k-th the first in order, until there are k."""
    sure = chosen & nearer
    last = np.iinfo(np.int64).max
    order = np.argsort(np.where(chosen & ~nearer, others, last), axis=1, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(order.shape[1])[None], axis=1)
    first: Bools = sure | (chosen & (rank < (k - sure.sum(axis=1))[:, None]))
    return first


def _must_fit(parts: Sequence[Pairs]) -> None:
    count = sum(len(part.unit) for part in parts)
    if count > MOST_PAIRS:
        raise TooManyTies(
            Message(N_("Too many units are equally near: %(n)s pairs or more."), {"n": count}),
            why=Message(N_("The covariates take few values, so that most units are alike.")),
            next_step=Message(
                N_("Take ties by id, or add a covariate that tells units apart, such as size.")
            ),
        )
