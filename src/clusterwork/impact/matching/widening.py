"""The best pairs where units are many: among few candidates, widened until nothing is better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from clusterwork.impact.matching.nearest import Pairs, Rule, joined, nearest
from clusterwork.impact.matching.reading import Bools, Floats, Ints
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

START = 32
WIDER = 4
MOST_EDGES = 3_000_000
EXACT = 1e-9
EVEN = 1e-6


class TooManyToAssign(Problem):
    """The optimal pairs of so many units would take too much memory and time."""


@dataclass(frozen=True, eq=False)
class Edges:
    """Who may stand beside whom, by row and column, with costs.

    rows: copies of units, the first copies first; alone: by row the cost of nobody.
    """

    rows: Ints
    columns: Ints
    costs: Floats
    alone: Floats
    n_columns: int


def cost_of(distances: Floats) -> Floats:
    """Distances with a millionth of their squares, so that of equal sums the evener are less."""
    costs: Floats = distances + EVEN * distances**2
    return costs


def widened(points: Floats, of: Ints, among: Ints, k: int, rule: Rule) -> Pairs:
    """The pairs of least cost, as `assigned` tells.

    Each unit first knows its 32 nearest only. Duals prove the pairs best where no unit's dual
    exceeds its cost to whoever it does not know; units that fail get four times as many, and so
    on. Raises TooManyToAssign where more than three million edges would be needed.
    """
    known = nearest(points, of, among, START, rule, "id")
    size = np.full(len(of), START)
    while True:
        edges = _edges(points, of, among, known, k)
        partner = _partners(edges)
        duals, reach = _duals(edges, partner), _reach(of, known, size)
        short = np.asarray((duals.reshape(k, len(of)) > reach + EXACT).any(axis=0))
        if not short.any():
            return _made(of, among, known, edges, partner)
        size[short] *= WIDER
        known = _more(points, of, among, known, short, size, rule)


def _more(
    points: Floats, of: Ints, among: Ints, known: Pairs, short: Bools, size: Ints, rule: Rule
) -> Pairs:
    """The candidates with more for the short; a row's size is how many it asked for."""
    if np.minimum(size, len(among)).sum() > MOST_EDGES:
        raise too_many(len(of), len(among))
    stays = ~np.isin(known.unit, of[short])
    parts = [Pairs(known.unit[stays], known.other[stays], known.distance[stays])]
    for many in np.unique(size[short]):
        rows = of[short & (size == many)]
        parts.append(nearest(points, rows, among, int(many), rule, "id"))
    return joined(parts)


def _reach(of: Ints, known: Pairs, size: Ints) -> Floats:
    """By unit the least that somebody it does not know could cost; infinite where it knows all."""
    where = np.searchsorted(of, known.unit)
    count = np.bincount(where, minlength=len(of))
    furthest = np.zeros(len(of))
    np.maximum.at(furthest, where, cost_of(known.distance))
    reach: Floats = np.where(count < size, np.inf, furthest)
    return reach


def _edges(points: Floats, of: Ints, among: Ints, known: Pairs, k: int) -> Edges:
    """k copies of each unit; to leave a first copy alone costs twice what other copies cost."""
    where, column = np.searchsorted(of, known.unit), np.searchsorted(among, known.other)
    widest = float(cost_of(np.sqrt((np.ptp(points, axis=0, keepdims=True) ** 2).sum(axis=1)))[0])
    prize = 1.0 + widest * min(k * len(of), len(among))
    copies = np.arange(k)[:, None]
    return Edges(
        (where + copies * len(of)).ravel(),
        np.tile(column, k),
        np.tile(cost_of(known.distance), k),
        np.where(np.arange(k * len(of)) < len(of), min(k, 2), 1.0) * prize,
        len(among),
    )


def _partners(edges: Edges) -> Ints:
    """By row the column, or one beyond the last for nobody; costs plus 1, as 0 would be no edge."""
    n_rows = len(edges.alone)
    rows = np.concatenate([edges.rows, np.arange(n_rows)])
    columns = np.concatenate([edges.columns, edges.n_columns + np.arange(n_rows)])
    costs = np.concatenate([edges.costs, edges.alone]) + 1.0
    shape = (n_rows, edges.n_columns + n_rows)
    matched, partner = min_weight_full_bipartite_matching(
        csr_array((costs, (rows, columns)), shape=shape)
    )
    found = np.zeros(n_rows, dtype=np.int64)
    found[matched] = np.minimum(partner, edges.n_columns)
    return found


def _duals(edges: Edges, partner: Ints) -> Floats:
    """By row u with u + v <= cost for all edges, equal for pairs, v <= 0 for columns.

    Shortest paths from the columns that are free, by Bellman and Ford's rounds over all edges.
    """
    order = np.argsort(edges.columns, kind="stable")
    rows, columns, costs = edges.rows[order], edges.columns[order], edges.costs[order]
    starts = np.flatnonzero(np.diff(columns, prepend=-1))
    own = edges.alone.copy()
    pairs = columns == partner[rows]
    own[rows[pairs]] = costs[pairs]
    values = np.zeros(edges.n_columns + 1)
    for _ in range(len(own) + 1):
        rows_now = own - values[partner]
        lower = np.zeros_like(values)
        if len(starts):
            least = np.minimum.reduceat(costs - rows_now[rows], starts)
            lower[columns[starts]] = np.minimum(least, 0.0)
        lower[-1] = 0.0
        if np.abs(lower - values).max() <= EXACT / 10.0:
            break
        values = np.minimum(values, lower)
    duals: Floats = own - values[partner]
    return duals


def _made(of: Ints, among: Ints, known: Pairs, edges: Edges, partner: Ints) -> Pairs:
    copies = len(edges.alone) // len(of)
    pairs = edges.columns == partner[edges.rows]
    distances = np.tile(known.distance, copies)[pairs]
    units = of[edges.rows[pairs] % len(of)]
    return joined([Pairs(units, among[edges.columns[pairs]], distances)])


def too_many(units: int, others: int) -> TooManyToAssign:
    """The refusal, with the way out."""
    return TooManyToAssign(
        Message(
            N_("Too many to pair without replacement at once: %(units)s and %(others)s."),
            {"units": units, "others": others},
        ),
        why=Message(N_("So many are alike that the best pairs of all cannot be found in time.")),
        next_step=Message(
            N_("Match exactly on a column such as phase or region, or allow replacement.")
        ),
    )
