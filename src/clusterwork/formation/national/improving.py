"""From a first plan to a good one: regions that shift from round to round, each solved anew."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from clusterwork.formation.clock import Clock
from clusterwork.formation.conflict import NotFoundInTime
from clusterwork.formation.national.dividing import divide, kinds_of, shares
from clusterwork.formation.national.jobs import Better, Costed, First
from clusterwork.formation.national.team import Team
from clusterwork.formation.national.whole import Members, Whole
from clusterwork.formation.relaxed import Bound

Floats = NDArray[np.float64]
FIRST_SCHOOLS = 140
"""Schools of a region for a first plan."""

MOST_FIRST = 1_200
FIRST_SECONDS = 20.0
AGAIN_SCHOOLS = 1_300
AGAIN_SECONDS = 3.0
REGION_SCHOOLS = 650
REGION_SECONDS = 2.0
"""About how long one region is worked on in one round."""

TURN = 0.7
"""Radians by which the map is turned from round to round, so that borders move."""


class Improver:
    """Holds the best plan so far as clusters that cost what they cost by themselves."""

    def __init__(
        self,
        whole: Whole,
        team: Team,
        clock: Clock,
        seed: int,
        tell: Callable[[], None] = lambda: None,
    ) -> None:
        """`tell` is called whenever there is something new."""
        self.whole, self.team, self.clock, self.seed, self.tell = whole, team, clock, seed, tell
        self.clusters: list[Costed] = []
        self.bound: Bound | None = None
        self.size = whole.policy.allowed_size

    def value(self) -> float:
        """The objective, but for a present label that two regions both keep."""
        return math.fsum(cluster.cost for cluster in self.clusters) + self.whole.gain_total

    # Plans from nothing -------------------------------------------------------------------

    def begin(self) -> None:
        """A plan for every region of the map; regions without one are joined to a neighbour."""
        self.clusters = self._from_nothing(FIRST_SCHOOLS, 0.0)
        self.tell()

    def begin_again(self, bound: Bound) -> None:
        """A plan from nothing that has as many clusters in each region as the bound opens there;
        kept if it is better."""
        self.bound = bound
        before, value = self.clusters, self.value()
        try:
            self.clusters = self._from_nothing(AGAIN_SCHOOLS, AGAIN_SECONDS)
        except NotFoundInTime:
            self.clusters = before
        if self.value() > value:
            self.clusters = before
        self.tell()

    def _from_nothing(self, schools: int, seconds: float) -> list[Costed]:
        made: list[Costed] = []
        regions = self._regions(schools)
        while len(regions) > 1 and not self._count_can_be(regions):
            schools *= 2
            regions = self._regions(schools)
        while regions:
            jobs = [
                First(place, region, count, self._duals_of(region), self.seed, seconds)
                for place, (region, count) in enumerate(
                    zip(regions, self._counts(regions, len(made)), strict=True)
                )
            ]
            found = dict(self._results(jobs))
            made += [c for place in sorted(found) for c in found[place] or ()]
            missing = [region for k, region in enumerate(regions) if not found.get(k)]
            made, regions = self._joined(made, missing)
            seconds = max(seconds, FIRST_SECONDS)
        return made

    def _results(self, jobs: Iterable[First | Better]) -> Iterator[tuple[int, Any]]:
        for job, found in self.team.each(iter(jobs)):
            yield job.place, found

    def _regions(self, most: float) -> list[Members]:
        units = self.whole.units
        places = np.array([self.whole.places[list(unit)].mean(axis=0) for unit in units])
        weights = np.array([len(unit) for unit in units], dtype=float)
        regions: list[Members] = []
        for block in self._blocks():
            rows = np.flatnonzero(block)
            for part in divide(places[rows], weights[rows], most):
                regions.append(tuple(sorted(i for u in rows[part] for i in units[u])))
        return regions

    def _blocks(self) -> list[NDArray[np.bool_]]:
        """Units that no cluster may mix, kept apart from the beginning."""
        whole, policy = self.whole, self.whole.policy
        asked = [whole.authority] * policy.keeps_authority + [whole.medium] * policy.keeps_medium
        keys = np.array([[name[list(u)].max() for name in asked] for u in whole.units])
        places = np.array([whole.places[list(unit)].mean(axis=0) for unit in whole.units])
        return kinds_of(keys.reshape(len(whole.units), -1), places)

    def _count_can_be(self, regions: Sequence[Members]) -> bool:
        """Whether regions of these sizes can have as many clusters as are asked for."""
        sizes = [len(region) for region in regions]
        return self.whole.policy.count is None or (
            shares(self._opened(regions), sizes, self.size, self.whole.count) is not None
        )

    def _counts(self, regions: Sequence[Members], taken: int) -> list[tuple[int, int] | None]:
        if self.whole.policy.count is None:
            return [None] * len(regions)
        low, high = self.whole.count
        wanted = max(0, low - taken), max(0, high - taken)
        given = shares(self._opened(regions), [len(r) for r in regions], self.size, wanted)
        if given is None:
            raise NotFoundInTime(self.clock.seconds())
        return [(k, k) for k in given]

    def _opened(self, regions: Sequence[Members]) -> list[float]:
        """About how many clusters there should be in each region: as many hubs as the bound
        opens there, else by the number of schools."""
        if self.bound is None:
            return [2.0 * len(region) / sum(self.size) for region in regions]
        open_ = self.bound.reduced < self.bound.threshold
        return [float(open_[list(region)].sum()) for region in regions]

    def _joined(
        self, made: list[Costed], missing: list[Members]
    ) -> tuple[list[Costed], list[Members]]:
        """The clusters that stay, and each region without a plan with the clusters around it."""
        regions = []
        for region in missing:
            near = self._around(made, region, len(region))
            if self.clock.asked() or len(region) > MOST_FIRST or not near:
                raise NotFoundInTime(self.clock.seconds())
            taken = [i for k in near for i in made[k].members]
            made = [c for k, c in enumerate(made) if k not in near]
            regions.append(tuple(sorted([*region, *taken])))
        return made, regions

    def _around(self, made: Sequence[Costed], region: Members, n_schools: int) -> set[int]:
        """The clusters nearest to a region, with about so many schools."""
        if not made:
            return set()
        away, _ = cKDTree(self.whole.places[list(region)]).query(self._middles(made))
        order = np.argsort(away, kind="stable")
        sizes = np.array([len(cluster.members) for cluster in made])
        enough = int(np.searchsorted(np.cumsum(sizes[order]), n_schools)) + 1
        return {int(k) for k in order[:enough]}

    def _middles(self, clusters: Sequence[Costed]) -> Floats:
        places = self.whole.places
        return np.array([places[list(c.members)].mean(axis=0) for c in clusters])

    # Better ones --------------------------------------------------------------------------

    def improve(self) -> None:
        """Round after round until the time is up or two rounds find nothing."""
        turn, idle = 0.0, 0
        while not self.clock.stop() and idle < 2:
            before = self.value()
            self._round(turn)
            idle = 0 if self.value() < before - 1e-9 * abs(before) else idle + 1
            turn += TURN

    def _round(self, turn: float) -> None:
        weights = np.array([len(cluster.members) for cluster in self.clusters], dtype=float)
        rows = divide(self._middles(self.clusters), weights, REGION_SCHOOLS, turn)
        groups = [[self.clusters[k] for k in region] for region in rows]
        done: dict[int, list[Costed]] = {}
        for place, found in self._results(self._jobs(groups)):
            done[place] = found
            self.clusters = [c for k, group in enumerate(groups) for c in done.get(k, group)]
            self.tell()

    def _jobs(self, groups: Sequence[Sequence[Costed]]) -> Iterator[Better]:
        """Each with its share of the time that is left for this round, while there is any."""
        share = self.clock.left() * self.team.size / max(1, len(groups))
        rounds = max(1, round(share / REGION_SECONDS))
        for place, group in enumerate(groups):
            left = (len(groups) - place) / len(groups) + rounds - 1
            seconds = self.clock.left() * self.team.size / (left * len(groups))
            if self.clock.stop():
                return
            count = None if self.whole.policy.count is None else (len(group), len(group))
            duals = self._duals_of([i for cluster in group for i in cluster.members])
            yield Better(place, tuple(group), count, duals, self.seed, seconds)

    def _duals_of(self, numbers: Sequence[int]) -> Floats | None:
        return None if self.bound is None else self.bound.duals[sorted(numbers)]
