"""First plans: fill the clusters around given hubs at least cost, and shift hubs to the middle."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.book import Book, Key
from clusterwork.formation.model import Model
from clusterwork.formation.partition import quiet_solver
from clusterwork.formation.plan import Plan
from clusterwork.formation.relaxed import Bound
from clusterwork.formation.star_costs import by_peers

Floats = NDArray[np.float64]
FAR = 1e6
NEAR_HUBS = 30


def fill(model: Model, costs: Floats, hubs: Sequence[int], leave: float) -> tuple[list[Key], Key]:
    """Clusters of units around `hubs`, within the sizes where the numbers allow it.

    A school that no hub may have goes to the nearest in spite of the rules (or, in pyramids,
    is left out): the search mends that. Units of several schools are placed first.
    """
    group = model.group
    home: dict[int, int] = {}
    for at, hub in enumerate(hubs):
        home.setdefault(int(group[hub]), at)
    size = np.zeros(len(hubs), dtype=np.int64)
    for unit, at in home.items():
        size[at] += len(model.units[unit])
    by_hub = np.nan_to_num(costs[np.asarray(hubs)], posinf=FAR)
    waiting = [u for u in range(len(model.units)) if u not in home]
    for unit in sorted(
        (u for u in waiting if len(model.units[u]) > 1), key=lambda u: -len(model.units[u])
    ):
        price = by_hub[:, list(model.units[unit])].sum(axis=1)
        price = price + FAR * (size + len(model.units[unit]) > model.high)
        at = int(price.argmin())
        home[unit] = at
        size[at] += len(model.units[unit])
    single = [u for u in waiting if len(model.units[u]) == 1]
    home.update(_transport(model, by_hub, single, size, leave))
    clusters: list[set[int]] = [set() for _ in hubs]
    left: set[int] = set()
    for unit, at in home.items():
        (clusters[at] if at >= 0 else left).add(unit)
    return [frozenset(cluster) for cluster in clusters if cluster], frozenset(left)


def _transport(
    model: Model, by_hub: Floats, single: list[int], size: NDArray[np.int64], leave: float
) -> dict[int, int]:
    """Each single unit to a place at least cost, as a transport problem; -1: left out.

    Only the nearest hubs of each school are tried. Too few or too many at a hub costs FAR, so
    that there always is an answer.
    """
    schools = [model.units[u][0] for u in single]
    if not schools:
        return {}
    k = min(NEAR_HUBS, len(size))
    near = np.argsort(by_hub[:, schools].T, axis=1, kind="stable")[:, :k]
    price = np.take_along_axis(by_hub[:, schools].T, near, axis=1)
    taken = _solve_transport(
        near,
        price,
        np.maximum(0, model.low - size),
        np.maximum(0, model.high - size),
        leave if model.may_leave_out else 0.0,
    )
    return {
        unit: int(near[row, at]) if at >= 0 else -1
        for row, (unit, at) in enumerate(zip(single, taken, strict=True))
    }


def _solve_transport(
    near: NDArray[np.int64],
    price: Floats,
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    leave: float,
) -> list[int]:
    """For each row the position of the hub taken in `near`, -1 for none (if `leave` is a price)."""
    n, k = near.shape
    m = len(low)
    lp = highspy.HighsLp()
    n_pairs, n_left = n * k, n if leave else 0
    lp.num_col_, lp.num_row_ = n_pairs + n_left + 2 * m, n + m
    lp.col_cost_ = np.concatenate([price.ravel(), np.full(n_left, leave), np.full(2 * m, FAR)])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.full(lp.num_col_, highspy.kHighsInf)
    lp.row_lower_ = np.concatenate([np.ones(n), low.astype(float)])
    lp.row_upper_ = np.concatenate([np.ones(n), np.maximum(low, high).astype(float)])
    pairs = np.stack([np.repeat(np.arange(n), k), n + near.ravel()], axis=1).ravel()
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate(
        [np.arange(0, 2 * n_pairs, 2), 2 * n_pairs + np.arange(n_left + 2 * m + 1)]
    ).astype(np.int32)
    slack = np.concatenate([np.arange(n_left), n + np.arange(m), n + np.arange(m)])
    lp.a_matrix_.index_ = np.concatenate([pairs, slack]).astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([np.ones(2 * n_pairs + n_left), np.ones(m), -np.ones(m)])
    solver = quiet_solver(60.0, 0)
    solver.passModel(lp)
    solver.run()
    values = np.asarray(solver.getSolution().col_value)[:n_pairs].reshape(n, k)
    best = values.argmax(axis=1)
    placed = values[np.arange(n), best] > 1e-6
    return [int(at) if there or not leave else -1 for at, there in zip(best, placed, strict=True)]


def spread_hubs(costs: Floats, bound: Bound, k: int, size: int) -> list[int]:
    """k hubs with good clusters around them that overlap little, best first.

    `size` is about how many schools a cluster has.
    """
    red = costs - bound.duals
    take = min(max(size - 1, 1), costs.shape[1] - 1)
    stars = (
        np.argpartition(red, take, axis=1)[:, :take]
        if take > 0
        else np.zeros((len(red), 0), dtype=np.int64)
    )
    covered = np.zeros(len(costs), dtype=bool)
    order = [
        int(h) for h in np.argsort(bound.reduced, kind="stable") if np.isfinite(bound.reduced[h])
    ]
    chosen: list[int] = []
    for allowed in (0.3, 0.6, 2.0):
        for hub in order:
            if len(chosen) >= k:
                return chosen
            fresh = hub not in chosen and (allowed > 1 or not covered[hub])
            if fresh and (take == 0 or covered[stars[hub]].mean() <= allowed):
                chosen.append(hub)
                covered[hub] = True
                covered[stars[hub]] = True
    return chosen


def settle(
    model: Model, book: Book, costs: Floats, hubs: Sequence[int], leave: float, rounds: int = 6
) -> tuple[list[Key], Key]:
    """Fill, move each hub to the middle of its cluster, and fill again until nothing shifts."""
    clusters, left = fill(model, costs, hubs, leave)
    for _ in range(rounds):
        book.learn(clusters)
        middles = [book[cluster].hub for cluster in clusters]
        if set(middles) == set(hubs) or len(middles) < len(hubs):
            break
        hubs = middles
        again, left_again = fill(model, costs, hubs, leave)
        book.learn(again)
        if _value(book, again, left_again, leave) >= _value(book, clusters, left, leave):
            break
        clusters, left = again, left_again
    return clusters, left


def _value(book: Book, clusters: Sequence[Key], left: Key, leave: float) -> float:
    broken = sum(book[cluster].broken for cluster in clusters)
    return sum(book[c].cost for c in clusters) + FAR * broken + leave * book.size(left)


def counts_to_try(model: Model, bound: Bound, best: Plan | None) -> list[int]:
    """Numbers of clusters worth a plan, the likeliest first; near those of the best plan so far."""
    low, high = model.count_low, model.count_high
    if low == high:
        return [low]
    wanted = max(1, int((bound.reduced < bound.threshold).sum()))
    middle = round(model.n / ((model.low + model.high) / 2))
    tries: list[float] = [f * wanted for f in (1.0, 0.95, 0.9, 0.85, 1.05)]
    if model.may_leave_out:
        tries = [high, middle, wanted]
    elif by_peers(model):
        tries = [middle, low, high]
    if best is not None:
        now = len(best.clusters)
        tries = [now, 0.96 * now, 1.04 * now, *tries[:1]]
    return list(dict.fromkeys(min(high, max(low, round(k))) for k in tries if high))
