"""What is done to one region: a first plan, a better one. Runs in any process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.book import Key
from clusterwork.formation.clock import Clock
from clusterwork.formation.model import Model
from clusterwork.formation.national.whole import Members, Whole
from clusterwork.formation.plan import make_plan, schools_of
from clusterwork.formation.policy import Range
from clusterwork.formation.solver import Solver

Stop = Callable[[], bool]


@dataclass(frozen=True)
class Costed:
    """One cluster by school numbers of the whole, and what it costs by itself."""

    members: Members
    cost: float


@dataclass(frozen=True)
class First:
    """A plan for these schools (rising) from nothing; duals: (schools,) prices about right.
    `place`: which of the regions this is."""

    place: int
    numbers: Members
    count: Range | None
    duals: NDArray[np.float64] | None
    seed: int
    seconds: float

    def run(self, whole: Whole, stop: Stop) -> list[Costed] | None:
        """None if none was found."""
        model = whole.part(self.numbers, self.count)
        solver = Solver(model, seed=self.seed, clock=Clock(self.seconds, stop))
        solver.run(self.duals)
        return None if solver.best is None else _costed(self.numbers, solver)


@dataclass(frozen=True)
class Better:
    """A better plan for the schools of these clusters; duals: (schools,) prices, in the order
    of their numbers. `place`: which of the regions this is."""

    place: int
    clusters: tuple[Costed, ...]
    count: Range | None
    duals: NDArray[np.float64] | None
    seed: int
    seconds: float

    def run(self, whole: Whole, stop: Stop) -> list[Costed]:
        """The clusters, as they were if nothing better is found."""
        numbers = tuple(sorted(i for cluster in self.clusters for i in cluster.members))
        model = whole.part(numbers, self.count)
        solver = Solver(model, seed=self.seed, clock=Clock(self.seconds, stop))
        keys = keys_of(model, numbers, [c.members for c in self.clusters])
        plan = make_plan(model, solver.book, keys, frozenset())
        if plan is None:
            return list(self.clusters)
        solver.keep(plan)
        solver.run(self.duals)
        return _costed(numbers, solver)


def keys_of(model: Model, numbers: Sequence[int], clusters: Sequence[Members]) -> list[Key]:
    """Clusters of the whole as sets of units of a part, made of the schools `numbers`."""
    place = {number: k for k, number in enumerate(numbers)}
    return [frozenset(int(model.group[place[i]]) for i in members) for members in clusters]


def _costed(numbers: Members, solver: Solver) -> list[Costed]:
    assert solver.best is not None  # noqa: S101 - callers have a plan
    return [
        Costed(
            tuple(numbers[i] for i in schools_of(solver.model, cluster)), solver.book[cluster].cost
        )
        for cluster in solver.best.clusters
    ]
