"""Local search: move a school, or exchange two, while that pays. Plans in, plans out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from clusterwork.formation.book import EMPTY, Book, Key
from clusterwork.formation.model import Ints, Model
from clusterwork.formation.plan import Plan, make_plan

N_NEAR = 12
N_PARTNERS = 6
ALL_EXCHANGES = 81


def near_units(model: Model, n_near: int = N_NEAR) -> list[list[int]]:
    """For each unit those nearest to it by travel, and those with whom most can be kept
    together; itself not among them."""
    n, k = model.n, min(n_near, model.n - 1)
    travel = (model.travel + model.travel.T)[:n, :n].copy()
    travel[model.bad[:n, :n] != 0] += 1e6
    np.fill_diagonal(travel, np.inf)
    nearest: Ints = np.argsort(travel, axis=1, kind="stable")[:, :k]
    partners: list[list[int]] = [[] for _ in range(n)]
    if model.gain is not None:
        order = np.argsort(-model.gain[:n, :n], axis=1, kind="stable")[:, :N_PARTNERS]
        partners = [[int(j) for j in order[i] if model.gain[i, j] > 0] for i in range(n)]
    near = []
    for unit in model.units:
        others = dict.fromkeys(
            int(model.group[j]) for i in unit for j in (*nearest[i], *partners[i])
        )
        near.append([u for u in others if u != model.group[unit[0]]])
    return near


class Search:
    """Holds a plan that may break rules, each breach at `penalty`, and improves it step by step.

    Left-out units (pyramids) are a cluster of their own that is never broken and costs `leave`
    for each school.
    """

    def __init__(self, model: Model, book: Book, *, penalty: float, leave: float) -> None:
        self.model, self.book = model, book
        self.penalty, self.leave = penalty, leave
        self.near = near_units(model)
        self.clusters: list[Key] = []
        self.where: list[int] = []

    def load(self, clusters: Sequence[Key], left: Key = frozenset()) -> None:
        """Start from these clusters; the units left out are the last one when allowed."""
        self.clusters = [c for c in clusters if c]
        if self.model.may_leave_out:
            self.clusters.append(left)
        self.where = [-1] * len(self.model.units)
        for at, cluster in enumerate(self.clusters):
            for unit in cluster:
                self.where[unit] = at

    def _is_left(self, at: int) -> bool:
        return self.model.may_leave_out and at == len(self.clusters) - 1

    def worth(self, at: int, cluster: Key) -> float:
        """What `cluster` in place `at` costs, breaches included."""
        if self._is_left(at):
            return self.leave * self.book.size(cluster)
        entry = self.book[cluster]
        return entry.cost + self.penalty * entry.broken

    def total(self) -> float:
        """Cost of all clusters, breaches included."""
        return sum(self.worth(at, cluster) for at, cluster in enumerate(self.clusters))

    def plan(self) -> Plan | None:
        """The plan held, None if it breaks a rule."""
        used = self.clusters[:-1] if self.model.may_leave_out else self.clusters
        left = self.clusters[-1] if self.model.may_leave_out else frozenset()
        return make_plan(self.model, self.book, used, left)

    def _neighbours(self, at: int) -> list[int]:
        found = {self.where[v] for u in self.clusters[at] for v in self.near[u]}
        if self.model.may_leave_out:
            found.add(len(self.clusters) - 1)
        found.discard(at)
        return sorted(found)

    def _moves(self, a: int, b: int) -> Iterable[tuple[Key, Key]]:
        """All moves of one unit and exchanges of two between places a and b, and their union."""
        one, two = self.clusters[a], self.clusters[b]
        size_a, size_b = self.book.size(one), self.book.size(two)
        low, high = self.model.low, self.model.high
        weight = [len(unit) for unit in self.model.units]
        left_a, left_b = self._is_left(a), self._is_left(b)
        may_empty = self._may_empty()
        if may_empty and size_a + size_b <= high and not left_a and not left_b:
            yield EMPTY, one | two
        minus_a = {u: one - {u} for u in self._worth_moving(one, two)}
        minus_b = {v: two - {v} for v in self._worth_moving(two, one)}
        for u, rest in minus_a.items():
            if (left_b or size_b + weight[u] <= high) and (
                left_a or size_a - weight[u] >= low or (len(one) == 1 and may_empty)
            ):
                yield rest, two | {u}
        for v, rest in minus_b.items():
            if (left_a or size_a + weight[v] <= high) and (
                left_b or size_b - weight[v] >= low or (len(two) == 1 and may_empty)
            ):
                yield one | {v}, rest
        for u, rest_a in minus_a.items():
            for v, rest_b in minus_b.items():
                yield rest_a | {v}, rest_b | {u}

    def _worth_moving(self, one: Key, two: Key) -> list[int]:
        """Units of `one` to try in `two`: all where both are small, else those with a near unit
        or a partner there."""
        if len(one) * len(two) <= ALL_EXCHANGES or not two:
            return sorted(one)
        return [u for u in sorted(one) if any(v in two for v in self.near[u])]

    def _best_moves(self, dirty: Iterable[int]) -> list[tuple[float, int, int, Key, Key]]:
        pairs = {
            (min(a, b), max(a, b))
            for a in dirty
            if not self._is_left(a)
            for b in self._neighbours(a)
        }
        options = [(a, b, list(self._moves(a, b))) for a, b in sorted(pairs)]
        last = len(self.clusters) - 1 if self.model.may_leave_out else len(self.clusters)
        self.book.learn(
            key
            for a, b, moves in options
            for move in moves
            for at, key in zip((a, b), move, strict=True)
            if at != last
        )
        best = []
        for a, b, moves in options:
            now = self.worth(a, self.clusters[a]) + self.worth(b, self.clusters[b])
            gains = [
                (self.worth(a, one) + self.worth(b, two) - now, a, b, one, two)
                for one, two in moves
            ]
            if gains:
                top = min(gains, key=lambda gain: gain[0])
                if top[0] < -1e-9 * max(1.0, abs(now)):
                    best.append(top)
        return sorted(best, key=lambda gain: gain[:3])

    def _empties(self, at: int, cluster: Key) -> bool:
        return not cluster and bool(self.clusters[at]) and not self._is_left(at)

    def _may_empty(self) -> bool:
        """Could there be one cluster fewer?"""
        used = sum(
            bool(cluster) for at, cluster in enumerate(self.clusters) if not self._is_left(at)
        )
        return used > self.model.count_low

    def _put(self, at: int, cluster: Key) -> None:
        self.clusters[at] = cluster
        for unit in cluster:
            self.where[unit] = at

    def descend(self, stop: Callable[[], bool], dirty: Iterable[int] | None = None) -> None:
        """Take improving moves until none is left (or `stop`)."""
        todo = set(range(len(self.clusters)) if dirty is None else dirty)
        while todo and not stop():
            touched: set[int] = set()
            for _, a, b, one, two in self._best_moves(todo):
                if a in touched or b in touched:
                    continue
                empties = self._empties(a, one) or self._empties(b, two)
                if empties and not self._may_empty():
                    continue
                touched |= {a, b}
                self._put(a, one)
                self._put(b, two)
            todo = touched
