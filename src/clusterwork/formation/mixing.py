"""Several small changes of one plan made together, so that the plans differ from each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from clusterwork.formation.local_changes import Change
from clusterwork.formation.model import TOLERANCE, Ints
from clusterwork.formation.nearby import Members
from clusterwork.formation.pricing import Floats

Mix = tuple[int, ...]
"""Positions of changes that touch different clusters, rising."""

CHEAP = 0.05
"""Changes below this share of what may be spent count as equally cheap when they are drawn."""


def mixtures(changes: Sequence[Change], most: float, n: int, seed: int) -> list[Mix]:
    """Each change by itself, and `n` random mixtures that cost at most `most` together, each
    with as many changes as fit; those that move much for little are more likely."""
    rng = np.random.default_rng(seed)
    chance = _chances(changes, most)
    drawn = [_drawn(changes, most, rng, chance) for _ in range(n if changes else 0)]
    return list(dict.fromkeys([*((k,) for k in range(len(changes))), *drawn]))


def _chances(changes: Sequence[Change], most: float) -> Floats:
    """Clusters changed by what they cost."""
    size = np.array([len(change.clusters) for change in changes], dtype=float)
    cost = np.array([max(change.cost, 0.0) for change in changes])
    return np.asarray(size / (cost + CHEAP * most + TOLERANCE))


def _drawn(changes: Sequence[Change], most: float, rng: np.random.Generator, chance: Floats) -> Mix:
    order = np.argsort(rng.exponential(size=len(changes)) / chance, kind="stable")
    taken: list[int] = []
    touched: set[int] = set()
    spent = 0.0
    for k in order.tolist():
        change = changes[k]
        if spent + change.cost <= most and touched.isdisjoint(change.places):
            taken.append(k)
            touched |= change.places
            spent += change.cost
    return tuple(sorted(taken))


def by_difference(
    clusters: Sequence[Members], changes: Sequence[Change], mixes: Sequence[Mix]
) -> Iterator[Mix]:
    """First the cheapest, then again and again the one that differs most from the plan and from
    all before it, in the pairs of schools that are together in one and not in the other."""
    if not mixes:
        return
    n = max((i for members in clusters for i in members), default=-1) + 1
    plain = np.full(n, -1, dtype=np.int64)
    for at, members in enumerate(clusters):
        plain[list(members)] = at
    plans = [_labels(plain, changes, mix) for mix in mixes]
    least = np.array([_differ(plain, plan) for plan in plans], dtype=float)
    k = min(range(len(mixes)), key=lambda k: sum(changes[at].cost for at in mixes[k]))
    while np.isfinite(least).any() and least[k] > 0:
        yield mixes[k]
        apart = np.array([_differ(plans[k], plan) for plan in plans], dtype=float)
        least = np.minimum(least, apart)
        k = int(np.argmax(least))


def _labels(plain: Ints, changes: Sequence[Change], mix: Mix) -> Ints:
    """(schools,) a number for each one's cluster."""
    labels, fresh = plain.copy(), len(plain)
    for at in mix:
        for members in changes[at].clusters:
            labels[list(members)] = fresh
            fresh += 1
    return labels


def _differ(one: Ints, two: Ints) -> int:
    """Pairs of schools that are in one cluster in one plan only, counted from both ends."""
    both = one * (2 * len(one) + 2) + two
    return _pairs(one) + _pairs(two) - 2 * _pairs(both)


def _pairs(labels: Ints) -> int:
    counts = np.unique(labels, return_counts=True)[1]
    return int((counts * counts).sum())
