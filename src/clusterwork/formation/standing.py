"""A partition on its model, and which of its clusters lie around some schools."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from clusterwork.formation.evaluating import (
    Arrangement,
    Evaluation,
    NotAPartition,
    Partition,
    arrangement,
    evaluated,
)
from clusterwork.formation.instance import Instance, Locks
from clusterwork.formation.model import Model
from clusterwork.formation.plan import label_clusters, moved_schools
from clusterwork.formation.pricing import Floats, price, rows_of
from clusterwork.formation.relabelling import fresh_labels, relabelled
from clusterwork.kernel.messages import N_, Message

Division = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Standing:
    """Where everybody stands. Schools that are to be taken in are a cluster of their own in
    `there`; `before` scores the partition as it was."""

    instance: Instance
    before: Evaluation
    there: Arrangement
    number: Mapping[str, int]

    def of(self, ids: Iterable[str]) -> list[int]:
        """School numbers."""
        return [self.number[each] for each in ids]

    def ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """School ids."""
        return tuple(self.there.model.schools[i].id for i in numbers)


def standing(instance: Instance, partition: Partition, named: Collection[str] = ()) -> Standing:
    """The partition on its model; schools named that are in no cluster are to be taken in.

    Raises `NotAPartition`.
    """
    there = arrangement(instance, partition)
    before = evaluated(there)
    if not set(named) <= {school.id for school in instance.schools}:
        raise NotAPartition(
            Message(N_("One of these schools does not take part.")),
            next_step=Message(N_("Open the proposal again and choose a school from it.")),
        )
    out = [each for each in dict.fromkeys(named) if each in set(there.left_out)]
    if out:
        label = fresh_labels({*partition, *instance.current.values()}, 1)[0]
        there = arrangement(instance, {**partition, label: out})
    number = {school.id: i for i, school in enumerate(there.model.schools)}
    return Standing(instance, before, there, number)


def near(here: Standing, centre: Iterable[str], n_clusters: int) -> list[int]:
    """Clusters (their places in the arrangement) that hold centre schools, then others by the
    way from their hub to the nearest centre school and back."""
    own = sorted(set(here.of(centre)))
    away = _away(here.there, own)
    for at, members in enumerate(here.there.clusters):
        if not set(own).isdisjoint(members):
            away[at] = -1.0
    most = max(n_clusters, int((away < 0).sum()))
    return [int(at) for at in np.argsort(away, kind="stable")[:most]]


def _away(there: Arrangement, centre: Sequence[int]) -> Floats:
    """(clusters,) travel from hub to the nearest centre school and back."""
    if not there.clusters or not centre:
        return np.zeros(len(there.clusters))
    travel, hubs = there.model.travel, hubs_of(there)
    both = travel[np.ix_(centre, hubs)] + travel[np.ix_(hubs, centre)].T
    return np.asarray(both.min(axis=0))


def hubs_of(there: Arrangement) -> list[int]:
    """The hub of each cluster."""
    found: list[int] = price(there.model, rows_of(there.model, there.clusters)).hub.tolist()
    return found


def tied(model: Model, clusters: Division, places: Iterable[int]) -> list[int]:
    """These places and those that share a unit (schools locked together) with them, and so on."""
    units = [{int(model.group[i]) for i in members} for members in clusters]
    inside = set(places)
    while True:
        held = set().union(*(units[at] for at in inside))
        more = {at for at, here in enumerate(units) if held & here}
        if more <= inside:
            return sorted(inside)
        inside |= more


def plain_pins(here: Standing, pins: Locks) -> tuple[Locks, dict[str, str]]:
    """The pins as pairs only, and label to the school whose cluster keeps it.

    A cluster stands for the school that is its hub.
    """
    hubs = dict(zip(here.there.labels, hubs_of(here.there), strict=True))
    together, keepers = list(pins.together), {}
    for school, place in pins.fixed.items():
        goal = here.ids([hubs[place]])[0] if place in hubs else place
        if place in hubs:
            keepers[place] = goal
        if goal != school:
            together.append((school, goal))
    return Locks(tuple(together), pins.apart), keepers


def divided(
    here: Standing, inside: Sequence[int], fresh: Division, keepers: Mapping[str, str]
) -> tuple[Arrangement, tuple[str, ...]]:
    """The arrangement with the clusters at `inside` replaced, and the labels of the new ones."""
    there = here.there
    whole = dict(zip(there.labels, there.clusters, strict=True))
    old = {there.labels[at]: here.ids(there.clusters[at]) for at in inside}
    taken = {*whole, *here.instance.current.values()}
    new = relabelled(old, [here.ids(members) for members in fresh], keepers, taken)
    rest = {label: members for label, members in whole.items() if label not in old}
    named = {**rest, **{label: tuple(here.of(ids)) for label, ids in new.items()}}
    after = rearranged(there, named)
    return after, tuple(label for label in after.labels if label in new)


def rearranged(there: Arrangement, named: Mapping[str, Sequence[int]]) -> Arrangement:
    """Other clusters on the same model, by label; empty ones are dropped."""
    found = sorted((tuple(sorted(one)), label) for label, one in named.items() if one)
    clusters = tuple(one for one, _ in found)
    return replace(there, labels=tuple(label for _, label in found), clusters=clusters)


def contested(there: Arrangement, inside: Sequence[int], fresh: Division) -> float:
    """What it costs that clusters inside and outside want the same present labels."""
    weight, model = there.model.policy.weights.change, there.model
    if not weight or not there.model.labels:
        return 0.0
    rest = [c for at, c in enumerate(there.clusters) if at not in set(inside)]

    def moved(clusters: Division) -> int:
        return len(moved_schools(model, clusters, label_clusters(model, clusters)))

    return weight * (moved([*rest, *fresh]) - moved(rest) - moved(fresh))


def partition_of(there: Arrangement) -> dict[str, tuple[str, ...]]:
    """School ids by label."""
    schools = there.model.schools
    return {
        label: tuple(schools[i].id for i in members)
        for label, members in zip(there.labels, there.clusters, strict=True)
    }
