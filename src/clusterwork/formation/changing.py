"""What moving schools by hand would change: before and after, for everybody concerned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clusterwork.formation.evaluating import Breach, Evaluation, Partition, evaluate
from clusterwork.formation.instance import Instance
from clusterwork.formation.policy import Policy
from clusterwork.formation.proposal import Cluster

SIZES = ("size", "pyramid_size")


@dataclass(frozen=True, slots=True)
class Moved:
    """A school goes to the cluster of this label, a new one if there is none; None: to none."""

    school: str
    to: str | None


@dataclass(frozen=True, slots=True)
class ClusterChange:
    """A touched cluster before and after; None where it is not there."""

    label: str
    before: Cluster | None
    after: Cluster | None


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """A school of a touched cluster: its cluster and its own journey before and after."""

    school: str
    before: str | None
    after: str | None
    minutes_before: float | None
    minutes_after: float | None


@dataclass(frozen=True)
class Consequences:
    """Two evaluations and what lies between them. `broken` rules are those that are broken only,
    or more, afterwards; `mended` the other way round."""

    before: Evaluation
    after: Evaluation
    clusters: tuple[ClusterChange, ...]
    schools: tuple[SchoolChange, ...]
    broken: tuple[Breach, ...]
    mended: tuple[Breach, ...]


def moved_partition(partition: Partition, moves: Iterable[Moved]) -> dict[str, list[str]]:
    """The partition after the moves, one after the other; emptied clusters are dropped."""
    clusters = {label: list(members) for label, members in partition.items()}
    for move in moves:
        for members in clusters.values():
            if move.school in members:
                members.remove(move.school)
        if move.to is not None:
            clusters.setdefault(move.to, []).append(move.school)
    return {label: members for label, members in clusters.items() if members}


def consequences(instance: Instance, partition: Partition, moves: Sequence[Moved]) -> Consequences:
    """Before and after the moves; raises `NotAPartition`."""
    before = evaluate(instance, partition)
    after = evaluate(instance, moved_partition(partition, moves))
    return difference(instance.policy, before, after)


def difference(policy: Policy, before: Evaluation, after: Evaluation) -> Consequences:
    """What lies between two evaluations of one instance."""
    clusters = tuple(_clusters(before, after))
    return Consequences(
        before,
        after,
        clusters,
        tuple(_schools(before, after, clusters)),
        tuple(_only(after.breaches, before.breaches, policy)),
        tuple(_only(before.breaches, after.breaches, policy)),
    )


def _clusters(before: Evaluation, after: Evaluation) -> Iterable[ClusterChange]:
    one = {cluster.label: cluster for cluster in before.clusters}
    two = {cluster.label: cluster for cluster in after.clusters}
    for label in dict.fromkeys([*one, *two]):
        first, second = one.get(label), two.get(label)
        if first is None or second is None or first.members != second.members:
            yield ClusterChange(label, first, second)


def _schools(
    before: Evaluation, after: Evaluation, touched: Sequence[ClusterChange]
) -> Iterable[SchoolChange]:
    old = {school: c.label for c in before.clusters for school in c.members}
    new = {school: c.label for c in after.clusters for school in c.members}
    concerned = dict.fromkeys(
        school
        for change in touched
        for cluster in (change.before, change.after)
        if cluster is not None
        for school in cluster.members
    )
    for school in concerned:
        yield SchoolChange(
            school,
            old.get(school),
            new.get(school),
            before.minutes.get(school),
            after.minutes.get(school),
        )


def _only(these: Iterable[Breach], others: Iterable[Breach], policy: Policy) -> Iterable[Breach]:
    """The breaches that the others do not have, or have less."""
    known = {(breach.cluster, breach.against.rule): breach for breach in others}
    for breach in these:
        other = known.get((breach.cluster, breach.against.rule))
        if other is None or _is_worse(breach, other, policy):
            yield breach


def _is_worse(one: Breach, other: Breach, policy: Policy) -> bool:
    """By size: further from what is allowed; else it concerns a school that it did not."""
    if one.against.rule == "count":
        return False
    if one.against.rule in SIZES:
        low, high = policy.allowed_size
        away, was = (
            max(low - len(each.against.schools), len(each.against.schools) - high)
            for each in (one, other)
        )
        return away > was
    return not set(one.against.schools) <= set(other.against.schools)
