"""The rules and the objective written out again, slowly and plainly, to check the solver by."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from clusterwork.formation import Instance, School


def km(instance: Instance, a: School, b: School) -> float:
    straight = math.dist((a.easting, a.northing), (b.easting, b.northing))
    return instance.policy.circuity * straight / 1000


def minutes(instance: Instance, a: School, b: School) -> float:
    if instance.minutes is not None and a.id != b.id:
        if (a.id, b.id) in instance.minutes:
            return instance.minutes[a.id, b.id]
        if (b.id, a.id) in instance.minutes:
            return instance.minutes[b.id, a.id]
    return km(instance, a, b) / instance.policy.speed_kmh * 60


def worse(instance: Instance, a: School, b: School) -> float:
    return max(minutes(instance, a, b), minutes(instance, b, a))


def travel(instance: Instance, a: School, b: School) -> float:
    return (km if instance.policy.unit == "km" else minutes)(instance, a, b)


def hubs(instance: Instance, cluster: Sequence[School]) -> list[School]:
    """The members that may be the hub."""
    policy, fixed = instance.policy, instance.locks.fixed
    ids = {school.id for school in instance.schools}
    labels = set(instance.current.values())
    named = {p for i, p in fixed.items() if p not in labels and p in ids} & {s.id for s in cluster}
    able = [h for h in cluster if not named or {h.id} == named]
    if policy.limit_to == "hub" and policy.limit_minutes:
        able = [
            h
            for h in able
            if all(worse(instance, s, h) <= policy.limit_minutes + 1e-9 for s in cluster)
        ]
    return able


def cost(instance: Instance, cluster: Sequence[School]) -> float:
    """One cluster's part of the objective, change not included."""
    policy, weights, n = instance.policy, instance.policy.weights, len(cluster)
    ids = {school.id for school in cluster}
    if policy.measure == "hub":
        sums = [(sum(travel(instance, s, h) for s in cluster), h) for h in hubs(instance, cluster)]
        total, hub = min(sums, key=lambda pair: pair[0])
        worst = max(travel(instance, s, hub) for s in cluster)
    else:
        total = sum(
            sum(travel(instance, a, b) for b in cluster if b is not a) / max(1, n - 1)
            for a in cluster
        )
        worst = max(travel(instance, a, b) for a in cluster for b in cluster)
    value = weights.travel * total + weights.worst * worst
    low, high = policy.best_size
    value += policy.outside_best * max(0, low - n, n - high)
    for flow in instance.flows:
        value += weights.flow * flow.pupils * (flow.from_id in ids and flow.to_id not in ids)
    for link in instance.links:
        value += weights.links * link.weight * (link.from_id in ids and link.to_id not in ids)
    value += weights.need_pupils * n * pupils_away(instance, cluster)
    value += weights.need_support * n * support_away(instance, cluster)
    return value + weights.need * n * need(instance, cluster)


def mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def pupils_away(instance: Instance, cluster: Sequence[School]) -> float:
    """Percent of everybody's mean roll."""
    here, all_of_them = (mean([s.pupils for s in each]) for each in (cluster, instance.schools))
    return 0.0 if here is None or not all_of_them else 100 * abs(here / all_of_them - 1)


def support_away(instance: Instance, cluster: Sequence[School]) -> float:
    here, all_of_them = (mean([s.support for s in each]) for each in (cluster, instance.schools))
    return 0.0 if here is None or all_of_them is None else abs(here - all_of_them)


def need(instance: Instance, cluster: Sequence[School]) -> float:
    def share(schools: Sequence[School]) -> float:
        return sum(s.pupils * s.fsm_share for s in schools) / sum(s.pupils for s in schools)

    return 100 * abs(share(cluster) - share(instance.schools))


def moved(instance: Instance, partition: Sequence[Sequence[School]]) -> int:
    """The fewest schools that change label, by trying every way to give labels out."""
    labels = sorted(set(instance.current.values()))
    fixed = instance.locks.fixed
    best = math.inf
    choices = [*labels, *[None] * len(partition)]
    for given in set(itertools.permutations(choices, len(partition))):
        if any(
            fixed.get(s.id, given[k]) != given[k] and fixed[s.id] in labels
            for k, cluster in enumerate(partition)
            for s in cluster
            if s.id in fixed
        ):
            continue
        best = min(
            best,
            sum(
                s.id in instance.current and instance.current[s.id] != given[k]
                for k, cluster in enumerate(partition)
                for s in cluster
            ),
        )
    return int(best)


def objective(instance: Instance, partition: Sequence[Sequence[School]]) -> float:
    value = sum(cost(instance, cluster) for cluster in partition)
    if instance.policy.weights.change:
        value += instance.policy.weights.change * moved(instance, partition)
    return value


def sound(instance: Instance, cluster: Sequence[School]) -> bool:
    """Does one cluster keep every rule that concerns it?"""
    policy, locks = instance.policy, instance.locks
    ids = {school.id for school in cluster}
    if not policy.size[0] <= len(cluster) <= policy.size[1]:
        return False
    if policy.limit_minutes and policy.limit_to == "pairs":
        for a, b in itertools.combinations(cluster, 2):
            if worse(instance, a, b) > policy.limit_minutes + 1e-9:
                return False
    if policy.same_authority and len({s.authority for s in cluster if s.authority}) > 1:
        return False
    if policy.same_medium and len({s.medium for s in cluster} - {"", "Dual stream"}) > 1:
        return False
    if not hubs(instance, cluster):
        return False
    if any((a in ids) != (b in ids) for a, b in locks.together):
        return False
    if any(a in ids and b in ids for a, b in locks.apart):
        return False
    return _fixed_well(instance, ids) and _contributes(instance, cluster)


def _fixed_well(instance: Instance, ids: set[str]) -> bool:
    labels = set(instance.current.values())
    here = {place for school, place in instance.locks.fixed.items() if school in ids}
    for school, place in instance.locks.fixed.items():
        if place in labels:
            if school not in ids and place in here:
                return False
        elif (school in ids) != (place in ids):
            return False
    return len({place for place in here if place in labels}) <= 1


def _contributes(instance: Instance, cluster: Sequence[School]) -> bool:
    policy = instance.policy
    if not policy.contributing:
        return True
    for school in cluster:
        others = [s.fsm_share for s in cluster if s is not school]
        if school.strong and (
            not policy.contributing_fsm
            or not others
            or abs(school.fsm_share - sum(others) / len(others)) * 100
            <= policy.contributing_fsm + 1e-9
        ):
            return True
    return False


def partitions(
    instance: Instance, schools: Sequence[School] | None = None
) -> Iterator[list[list[School]]]:
    """Every partition into sound clusters, whatever their number."""
    rest = list(instance.schools if schools is None else schools)
    if not rest:
        yield []
        return
    first, others = rest[0], rest[1:]
    low, high = instance.policy.size
    for size in range(low, min(high, len(rest)) + 1):
        for mates in itertools.combinations(others, size - 1):
            cluster = [first, *mates]
            if sound(instance, cluster):
                left = [s for s in others if s not in mates]
                for more in partitions(instance, left):
                    yield [cluster, *more]


def best(instance: Instance) -> float | None:
    """The least objective of all plans, None if there is no plan."""
    count = instance.policy.count or (0, len(instance.schools))
    values = [
        objective(instance, partition)
        for partition in partitions(instance)
        if count[0] <= len(partition) <= count[1]
    ]
    return min(values, default=None)
