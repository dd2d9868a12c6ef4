"""Whether a plan stays good and sound where journeys take longer or shorter than thought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from clusterwork.formation.breaches import breaches
from clusterwork.formation.evaluating import Arrangement, Partition, arrangement, no_partition
from clusterwork.formation.instance import Instance
from clusterwork.formation.measuring import totals_of
from clusterwork.formation.model import TOLERANCE, Ints, Model
from clusterwork.formation.plan import label_clusters, moved_schools
from clusterwork.formation.pricing import Floats, Priced, price, rows_of
from clusterwork.formation.scaling import scaled

SHARE, TRIALS = 0.2, 20
Members = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """A rule that a cluster keeps now and breaks in `share` of the trials (0 to 1).

    `schools` are all that it concerned in one of them, by id.
    """

    cluster: str
    rule: str
    share: float
    schools: tuple[str, ...]


@dataclass(frozen=True)
class Robustness:
    """A plan in `n` trials in which each journey differs by up to `share` from what is thought.

    `objectives` and `ranks` have one entry a trial; rank 1: no alternative was better. `better`
    has one entry for each alternative, in the order given: the share of trials in which its
    objective was less than the plan's, whatever rules either broke. `risks` come most frequent
    first; `broken_share` is the share of trials with any of them.
    """

    n: int
    share: float
    seed: int
    objectives: tuple[float, ...]
    ranks: tuple[int, ...]
    better: tuple[float, ...]
    risks: tuple[Risk, ...]
    broken_share: float

    @property
    def first_share(self) -> float:
        """The share of trials in which no alternative was better."""
        return self.ranks.count(1) / self.n

    @property
    def worst_rank(self) -> int:
        """The worst place that the plan took."""
        return max(self.ranks)


def robustness(
    instance: Instance,
    partition: Partition,
    alternatives: Sequence[Partition] = (),
    *,
    share: float = SHARE,
    n: int = TRIALS,
    seed: int = 0,
) -> Robustness:
    """The plan and its alternatives, scored again in `n` trials; nothing is solved again.

    In each trial every pair of schools has a factor of its own, the same both ways, uniform
    between 1 - share and 1 + share (0 <= share < 1); kilometres and minutes are multiplied by it.
    Hubs are chosen anew, as `evaluate` would; the trials hang on `seed` and the order of the
    schools only. Takes about twice the memory of one evaluation. Raises `NotAPartition`.
    """
    if not 0 <= share < 1 or n < 1:
        raise ValueError("share has to be at least 0 and less than 1, n at least 1")
    there = arrangement(instance, partition)
    plans = [_Plan(instance, there), *(_alternative(instance, a, there) for a in alternatives)]
    rng, values, broken = np.random.default_rng(seed), [], []
    for _ in range(n):
        times = factors(rng, len(instance.schools), share)
        values.append([plan.objective_if(times) for plan in plans])
        broken.append(plans[0].newly_broken())
    scores = np.array(values)
    less = scores[:, 1:] < scores[:, :1] - TOLERANCE
    return Robustness(
        n=n,
        share=share,
        seed=seed,
        objectives=tuple(scores[:, 0].tolist()),
        ranks=tuple((1 + less.sum(axis=1)).tolist()),
        better=tuple(less.mean(axis=0).tolist()),
        risks=tuple(_risks(there, broken)),
        broken_share=sum(map(bool, broken)) / n,
    )


def factors(rng: np.random.Generator, n: int, share: float) -> Floats:
    """(n, n) symmetric, uniform from 1 - share to 1 + share."""
    upper = np.triu(rng.uniform(-share, share, (n, n)), 1)
    return np.asarray(1.0 + upper + upper.T)


def _alternative(instance: Instance, partition: Partition, there: Arrangement) -> _Plan:
    """On the plan's own model, unless a pyramid's other schools make it another."""
    number = {school.id: i for i, school in enumerate(there.model.schools)}
    named = [school for members in partition.values() for school in members]
    if instance.policy.pyramid and set(named) != set(number):
        return _Plan(instance, arrangement(instance, partition))
    if len(set(named)) < len(named) or not set(named) <= set(number):
        raise no_partition()
    clusters = {
        label: tuple(sorted(number[school] for school in members))
        for label, members in partition.items()
        if members
    }
    labels, divided = tuple(clusters), tuple(clusters.values())
    return _Plan(instance, Arrangement(there.model, labels, divided, ()))


class _Plan:
    """One partition: its objective now, and in the trial that was asked for last."""

    def __init__(self, instance: Instance, there: Arrangement) -> None:
        self.model, self.clusters, self.labels = there.model, there.clusters, there.labels
        number = {school.id: i for i, school in enumerate(instance.schools)}
        self.where = np.array([number[s.id] for s in self.model.schools], dtype=np.int64)
        self.rows: Ints = rows_of(self.model, self.clusters)
        self.now: Priced = price(self.model, self.rows)
        self.objective = _objective(self.model, self.clusters)
        self.trial, self.then = self.model, self.now

    def objective_if(self, times: Floats) -> float:
        """Only the clusters' travel differs, so the parts about all of them stay as they are."""
        self.trial = scaled(self.model, times[np.ix_(self.where, self.where)])
        self.then = price(self.trial, self.rows)
        return self.objective + float((self.then.cost - self.now.cost).sum())

    def newly_broken(self) -> dict[tuple[str, str], frozenset[str]]:
        """(label, rule) to the schools concerned in the last trial and not now."""
        worse = np.flatnonzero(self.then.broken > self.now.broken)
        return {
            (self.labels[k], rule): schools
            for k in worse.tolist()
            for rule, schools in _new(self.model, self.trial, self.clusters[k])
        }


def _objective(model: Model, clusters: Sequence[Members]) -> float:
    moved = moved_schools(model, clusters, label_clusters(model, clusters))
    return float(sum(totals_of(model, clusters, len(moved)).parts.values()))


def _new(now: Model, trial: Model, members: Members) -> Iterator[tuple[str, frozenset[str]]]:
    """The rules that a cluster breaks in the trial for schools for which it does not now."""
    before = {against.rule: set(against.schools) for against in breaches(now, members)}
    for against in breaches(trial, members):
        schools = frozenset(against.schools) - before.get(against.rule, set())
        if schools:
            yield against.rule, schools


def _risks(
    there: Arrangement, broken: Sequence[dict[tuple[str, str], frozenset[str]]]
) -> list[Risk]:
    """One for each cluster and rule; ties by the clusters' order."""
    count: dict[tuple[str, str], int] = defaultdict(int)
    concerned: dict[tuple[str, str], set[str]] = defaultdict(set)
    for trial in broken:
        for place, schools in trial.items():
            count[place] += 1
            concerned[place] |= schools
    order = {label: k for k, label in enumerate(there.labels)}
    places = sorted(count, key=lambda place: (-count[place], order[place[0]], place[1]))
    return [
        Risk(label, rule, count[label, rule] / len(broken), tuple(sorted(concerned[label, rule])))
        for label, rule in places
    ]
