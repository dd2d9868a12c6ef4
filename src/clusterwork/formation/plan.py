"""A whole plan: disjoint clusters of units, and (pyramids) the units left out; and its worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.optimize import linear_sum_assignment

from clusterwork.formation.book import Book, Key
from clusterwork.formation.instance import Instance
from clusterwork.formation.model import Ints, Model


@dataclass(frozen=True)
class Plan:
    """`value` is the objective; `n_left` schools are left out; feasible plans only."""

    clusters: tuple[Key, ...]
    left: Key
    n_left: int
    value: float

    def better_than(self, other: Plan | None) -> bool:
        """Fewer left out first, then the lower objective."""
        if other is None:
            return True
        if self.n_left != other.n_left:
            return self.n_left < other.n_left
        return self.value < other.value - 1e-9 * max(1.0, abs(other.value))


class Labelled(Protocol):
    """Schools that have present labels: `labels`, and numbers of them for each school."""

    @property
    def instance(self) -> Instance:
        """What they are part of."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """The present labels."""
        ...

    @property
    def home(self) -> Ints:
        """(n,) each school's present label, -1 for none."""
        ...

    @property
    def fixed(self) -> Ints:
        """(n,) the label where it is fixed, -1 for none."""
        ...


def label_clusters(model: Labelled, clusters: Sequence[Sequence[int]]) -> list[int]:
    """For each cluster of schools the present label that it keeps, -1 for none.

    Labels go so that the fewest schools change theirs; clusters with schools fixed to a label
    have it.
    """
    result = [-1] * len(clusters)
    overlap = np.zeros((len(clusters), len(model.labels)))
    for c, members in enumerate(clusters):
        for i in members:
            if model.home[i] >= 0:
                overlap[c, model.home[i]] += 1
            if model.fixed[i] >= 0:
                result[c] = int(model.fixed[i])
    taken = {label for label in result if label >= 0}
    free = [c for c, label in enumerate(result) if label < 0]
    open_labels = [k for k in range(len(model.labels)) if k not in taken]
    if free and open_labels:
        part = overlap[np.ix_(free, open_labels)]
        for a, b in zip(*linear_sum_assignment(-part), strict=True):
            if part[a, b] > 0:
                result[free[a]] = open_labels[b]
    return result


def moved_schools(
    model: Labelled, clusters: Sequence[Sequence[int]], labels: list[int]
) -> list[int]:
    """Schools that have a present cluster and leave its label."""
    return [
        i
        for members, label in zip(clusters, labels, strict=True)
        for i in members
        if model.home[i] >= 0 and model.home[i] != label
    ]


def schools_of(model: Model, cluster: Key) -> list[int]:
    """School numbers of a cluster of units, in order."""
    return sorted(i for u in cluster for i in model.units[u])


def make_plan(model: Model, book: Book, clusters: Sequence[Key], left: Key) -> Plan | None:
    """The plan of these clusters with its true objective; None if it breaks a rule."""
    used = [cluster for cluster in clusters if cluster]
    if not model.count_low <= len(used) <= model.count_high:
        return None
    if left and not model.may_leave_out:
        return None
    book.learn(used)
    if any(book[cluster].broken for cluster in used):
        return None
    value = sum(book[cluster].cost for cluster in used) + model.gain_total
    weight = model.policy.weights.change
    if weight:
        lists = [schools_of(model, cluster) for cluster in used]
        labels = label_clusters(model, lists)
        relaxed = math.fsum(_least_moved(model, members) for members in lists)
        value += weight * (len(moved_schools(model, lists, labels)) - relaxed)
    n_left = sum(len(model.units[u]) for u in left)
    ordered = tuple(sorted(used, key=min))
    return Plan(ordered, left, n_left, value)


def _least_moved(model: Model, members: list[int]) -> int:
    """The count that `pricing` puts into a cluster's cost for schools that change label."""
    homes = [int(model.home[i]) for i in members if model.home[i] >= 0]
    fixed = max((int(model.fixed[i]) for i in members), default=-1)
    stay = (
        homes.count(fixed) if fixed >= 0 else max((homes.count(h) for h in set(homes)), default=0)
    )
    return len(homes) - stay
