"""Small changes of a plan: a few of its clusters divided otherwise, and what that costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from clusterwork.formation.around import Run
from clusterwork.formation.book import Key
from clusterwork.formation.evaluating import Arrangement
from clusterwork.formation.firmness import stays
from clusterwork.formation.measuring import totals_of
from clusterwork.formation.model import Model
from clusterwork.formation.nearby import Members, Nearby
from clusterwork.formation.plan import label_clusters, moved_schools
from clusterwork.formation.pricing import price, rows_of
from clusterwork.formation.standing import Standing, near, tied

WHOLE_CLUSTERS, N_CLUSTERS = 8, 6
"""Plans of so few clusters are divided as a whole; else this many around each cluster."""

N_EACH = 3
SHARES = 0.02, 0.1
"""Of what the clusters around cost: by how much a division may be dearer, at first and where
none was found."""


@dataclass(frozen=True)
class Change:
    """The clusters at `places` of an arrangement become `clusters` (school numbers, rising);
    `cost`: what the whole plan costs more, less than 0 where it gets better."""

    places: frozenset[int]
    clusters: tuple[Members, ...]
    cost: float


def objective_of(model: Model, clusters: Sequence[Members]) -> float:
    """As `evaluate` has it."""
    moved = moved_schools(model, clusters, label_clusters(model, clusters))
    return float(sum(totals_of(model, clusters, len(moved)).parts.values()))


def after(there: Arrangement, changes: Iterable[Change]) -> tuple[list[int], list[Members]]:
    """The places that the changes touch, and the clusters that stand there afterwards."""
    made = list(changes)
    places = sorted(set().union(*(change.places for change in made)))
    return places, [members for change in made for members in change.clusters]


def changes_nearby(here: Standing, most: float, run: Run) -> list[Change]:
    """For each cluster the cheapest ways to do without it, and for each school that none of
    these moves the cheapest way to put it elsewhere, that cost at most `most`; cheapest first.

    Clusters come in an order that hangs on the seed, so that a stop leaves gaps everywhere.
    """
    search = _Search(here, most, run)
    for at in np.random.default_rng(run.seed).permutation(len(here.there.clusters)).tolist():
        if run.clock.stop():
            break
        search.around(at)
    search.others()
    return sorted(search.found.values(), key=lambda change: (change.cost, change.clusters))


class _Search:
    """Changes found so far, by the clusters that they make."""

    def __init__(self, here: Standing, most: float, run: Run) -> None:
        self.here, self.most, self.run = here, most, run
        self.there, self.model = here.there, here.there.model
        self.now = set(self.there.clusters)
        self.cluster_of = {i: members for members in self.there.clusters for i in members}
        self.splits = not self.model.policy.weights.change
        self.found: dict[tuple[Members, ...], Change] = {}
        self.gone: set[int] = set()
        self.lists: dict[int, Nearby] = {}

    def around(self, at: int) -> None:
        """Without the cluster at this place."""
        for share in SHARES:
            self.lists[at] = self._nearby(at, share)
            if self._without(self.lists[at], self.there.clusters[at]):
                return

    def _nearby(self, at: int, share: float) -> Nearby:
        total = len(self.there.clusters)
        wanted = total if total <= WHOLE_CLUSTERS else N_CLUSTERS
        centre = self.here.ids(self.there.clusters[at])
        inside = tied(self.model, self.there.clusters, near(self.here, centre, wanted))
        clusters = [self.there.clusters[k] for k in inside]
        slack = share * self.here.before.objective * len(inside) / total
        if len(inside) == total and share == SHARES[-1]:
            slack = self.most
        return Nearby(self.model, clusters, total - len(inside), min(slack, self.most), self.run)

    def _without(self, nearby: Nearby, cluster: Members) -> bool:
        """Up to `N_EACH` ways, each of which bars the cluster that its hub's school had in the
        others; True if there was one."""
        barred = {cluster}
        for n_found in range(N_EACH):
            keys = [key for key in nearby.listed if nearby.members(key) not in barred]
            division = self._take(nearby, keys)
            if division is None:
                return n_found > 0
            barred.update(members for members in division if cluster[0] in members)
        return True

    def _take(self, nearby: Nearby, keys: Collection[Key]) -> list[Members] | None:
        """The cheapest division into these, kept if it is within the limit."""
        division = nearby.cheapest(keys)
        if division is None:
            return None
        parts = list(self._parts(division))
        if sum(part.cost for part in parts) > self.most:
            return None
        for part in parts:
            self._keep(part)
        return division

    def _keep(self, change: Change) -> None:
        self.found.setdefault(change.clusters, change)
        for members in change.clusters:
            here = frozenset(members)
            self.gone.update(i for i in members if not self._stays(i, here))

    def _stays(self, school: int, there: frozenset[int]) -> bool:
        own = frozenset(self.cluster_of[school])
        return stays(own - {school}, there - {school})

    def others(self) -> None:
        """Each school that no change moves so far, elsewhere."""
        for at, nearby in self.lists.items():
            for school in self.there.clusters[at]:
                if school not in self.gone and not self.run.clock.stop():
                    self._elsewhere(nearby, school)

    def _elsewhere(self, nearby: Nearby, school: int) -> None:
        unit, keys, able = nearby.unit_of(school), [], False
        for key in nearby.listed:
            if unit not in key:
                keys.append(key)
            elif not self._stays(school, frozenset(nearby.members(key))):
                keys.append(key)
                able = True
        if able:
            self._take(nearby, keys)

    def _parts(self, division: Sequence[Members]) -> Iterator[Change]:
        """What differs, in parts that hang on nothing outside: if clusters that share no school
        are changed each part can be made without the others."""
        fresh = [members for members in division if members not in self.now]
        touched = {i for members in fresh for i in members}
        old = {at: c for at, c in enumerate(self.there.clusters) if not touched.isdisjoint(c)}
        parts = _components(fresh, old)
        even = all(len(new) == len(places) for new, places in parts)
        if not self.splits or not (even or self.model.policy.count is None):
            parts = [(fresh, set(old))] if fresh else []
        for new, places in parts:
            yield self._change(new, places)

    def _change(self, fresh: Sequence[Members], places: set[int]) -> Change:
        clusters = tuple(sorted(fresh))
        return Change(frozenset(places), clusters, self._cost(clusters, places))

    def _cost(self, fresh: Sequence[Members], places: set[int]) -> float:
        clusters = self.there.clusters
        if self.splits:
            old = price(self.model, rows_of(self.model, [clusters[at] for at in sorted(places)]))
            new = price(self.model, rows_of(self.model, fresh))
            return float(new.cost.sum() - old.cost.sum())
        rest = [members for at, members in enumerate(clusters) if at not in places]
        return objective_of(self.model, [*rest, *fresh]) - self.here.before.objective


def _components(
    fresh: Sequence[Members], old: dict[int, Members]
) -> list[tuple[list[Members], set[int]]]:
    """New clusters with the places whose schools they share, those that overlap together."""
    parts: list[tuple[list[Members], set[int]]] = []
    for members in fresh:
        places = {at for at, before in old.items() if not set(before).isdisjoint(members)}
        meeting = [part for part in parts if part[1] & places]
        parts = [part for part in parts if not part[1] & places]
        joined = [members, *(each for new, _ in meeting for each in new)]
        parts.append((joined, places.union(*(held for _, held in meeting))))
    return parts
