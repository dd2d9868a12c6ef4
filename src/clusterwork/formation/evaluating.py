"""What a given division into clusters is worth and which rules it breaks; proposes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clusterwork.formation.breaches import breaches
from clusterwork.formation.instance import Instance
from clusterwork.formation.measuring import cluster_of, journeys, links_cut, totals_of
from clusterwork.formation.model import Model, build_model
from clusterwork.formation.names import listed, span
from clusterwork.formation.plan import label_clusters, moved_schools
from clusterwork.formation.proposal import Cluster, RuleAgainst
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Partition = Mapping[str, Collection[str]]
"""Cluster label to the ids of its schools; a school in none of them is left out."""


class NotAPartition(Problem):
    """The clusters name a school twice, or one that the instance does not have."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a cluster breaks; `cluster` None where it is about all of them together."""

    cluster: str | None
    against: RuleAgainst


@dataclass(frozen=True)
class Evaluation:
    """The figures of one partition, in the words of `Proposal`.

    `minutes` is each placed school's own journey by the policy's measure. `breaches` are every
    rule broken, once a cluster; locks and links are reported like the others, never enforced.
    """

    clusters: tuple[Cluster, ...]
    left_out: tuple[str, ...]
    objective: float
    parts: Mapping[str, float]
    total_travel: float
    mean_minutes: float
    worst_minutes: float
    worst_pair_minutes: float
    flow_kept_share: float | None
    need_points: tuple[float, float] | None
    pupils_percent: tuple[float, float] | None
    support_steps: tuple[float, float] | None
    moved: tuple[str, ...] | None
    links_cut: tuple[tuple[str, str, float], ...]
    minutes: Mapping[str, float]
    breaches: tuple[Breach, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Cluster sizes, in the order of `clusters`."""
        return tuple(len(cluster.members) for cluster in self.clusters)


@dataclass(frozen=True)
class Arrangement:
    """A partition as numbers of a model: clusters by their lowest school, empty ones dropped."""

    model: Model
    labels: tuple[str, ...]
    clusters: tuple[tuple[int, ...], ...]
    left_out: tuple[str, ...]


def evaluate(instance: Instance, partition: Partition) -> Evaluation:
    """Scores a partition that need not keep the rules; raises `NotAPartition`."""
    return evaluated(arrangement(instance, partition))


def arrangement(instance: Instance, partition: Partition) -> Arrangement:
    """The partition on the model that `propose` would have measured it on.

    Pyramids are measured among the schools placed, as in a proposal that leaves schools out; other
    clusters among all schools. Raises `NotAPartition`.
    """
    placed = _placed(instance, partition)
    left_out = tuple(s.id for s in instance.schools if s.id not in placed)
    if instance.policy.pyramid:
        schools = tuple(s for s in instance.schools if s.id in placed)
        instance = replace(instance, schools=schools)
    model = build_model(instance, everybody=True)
    number = {school.id: i for i, school in enumerate(model.schools)}
    found = sorted(
        (tuple(sorted(number[each] for each in members)), label)
        for label, members in partition.items()
        if members
    )
    return Arrangement(
        model, tuple(label for _, label in found), tuple(one for one, _ in found), left_out
    )


def _placed(instance: Instance, partition: Partition) -> set[str]:
    named = [school for members in partition.values() for school in members]
    placed = set(named)
    if len(placed) < len(named) or placed - {school.id for school in instance.schools}:
        raise no_partition()
    return placed


def no_partition() -> NotAPartition:
    """The error for clusters that name a school twice, or one that is not there."""
    return NotAPartition(
        Message(N_("The clusters name a school twice, or one that does not take part.")),
        next_step=Message(N_("Open the proposal again and move the school once.")),
    )


def evaluated(there: Arrangement) -> Evaluation:
    """All figures of an arrangement."""
    model, clusters = there.model, there.clusters
    moved = moved_schools(model, clusters, label_clusters(model, clusters))
    totals = totals_of(model, clusters, len(moved))
    shown = tuple(
        cluster_of(model, label, members)
        for label, members in zip(there.labels, clusters, strict=True)
    )
    minutes = _minutes(model, shown, clusters)
    return Evaluation(
        clusters=shown,
        left_out=there.left_out,
        objective=float(sum(totals.parts.values())),
        parts=totals.parts,
        total_travel=totals.travel,
        mean_minutes=mean_minutes(shown),
        worst_minutes=max((c.worst_minutes for c in shown), default=0.0),
        worst_pair_minutes=max((c.worst_pair_minutes for c in shown), default=0.0),
        flow_kept_share=totals.flow_kept_share,
        need_points=totals.need_points,
        pupils_percent=totals.pupils_percent,
        support_steps=totals.support_steps,
        moved=tuple(model.schools[i].id for i in moved) if model.labels else None,
        links_cut=tuple(links_cut(model, clusters)),
        minutes=minutes,
        breaches=tuple(_breaches(there)),
    )


def mean_minutes(clusters: Sequence[Cluster]) -> float:
    """The mean journey of all schools in clusters; 0 where there is none."""
    n_placed = sum(len(cluster.members) for cluster in clusters)
    total = sum(cluster.mean_minutes * len(cluster.members) for cluster in clusters)
    return total / n_placed if n_placed else 0.0


def _minutes(
    model: Model, shown: Sequence[Cluster], clusters: Sequence[Sequence[int]]
) -> dict[str, float]:
    number = {school.id: i for i, school in enumerate(model.schools)}
    return {
        school: minutes
        for cluster, members in zip(shown, clusters, strict=True)
        for school, minutes in zip(
            cluster.members, journeys(model, members, number[cluster.hub]), strict=True
        )
    }


def _breaches(there: Arrangement) -> Iterator[Breach]:
    for label, members in zip(there.labels, there.clusters, strict=True):
        for against in breaches(there.model, members):
            yield Breach(label, against)
    count = there.model.policy.count
    if count is not None and not count[0] <= len(there.clusters) <= count[1]:
        facts = {"n": len(there.clusters), "range": span(*count)}
        text = N_("Number of clusters: %(n)s; allowed: %(range)s.")
        yield Breach(None, RuleAgainst("count", (), Message(text, facts)))
    if there.left_out and not there.model.policy.leaves_out:
        known = {school.id: school for school in there.model.schools}
        facts = {"schools": listed([known[each] for each in there.left_out])}
        text = N_("In no cluster. Schools: %(schools)s.")
        yield Breach(None, RuleAgainst("left_out", there.left_out, Message(text, facts)))
