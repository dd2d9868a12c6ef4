"""Pyramids against every way to build them: as few left out as can be, then the best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.formation import (
    CannotBeSatisfied,
    Instance,
    Link,
    Locks,
    Policy,
    School,
    Weights,
    propose,
)
from clusterwork.formation.tests import plainly
from clusterwork.formation.tests.made import school

careful = settings(
    max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
Plan = list[list[School]]


@st.composite
def pyramids(draw: st.DrawFn) -> Instance:
    """Up to seven schools of one language and no faith, so that authorities decide."""
    n, spot = draw(st.integers(1, 7)), st.integers(0, 30)
    schools = tuple(
        school(
            k,
            draw(spot),
            draw(spot),
            phase=draw(st.sampled_from(["Primary", "Primary", "Secondary", "All-through"])),
            authority=draw(st.sampled_from(["", "North", "South"])),
            strong=draw(st.booleans()),
        )
        for k in range(n)
    )
    one = st.sampled_from([s.id for s in schools])
    pairs = st.lists(st.tuples(one, one).filter(lambda ends: ends[0] != ends[1]), max_size=1)
    low = draw(st.integers(1, 3))
    policy = Policy(
        pyramid=True,
        pyramid_size=(low, low + draw(st.integers(0, 3))),
        count=draw(st.sampled_from([None, None, (0, 1), (1, 2)])),
        limit_minutes=draw(st.sampled_from([0.0, 25.0, 45.0])),
        limit_to=draw(st.sampled_from(["pairs", "hub"])),
        weights=Weights(worst=draw(st.sampled_from([0.0, 1.0])), links=1.0),
        contributing=draw(st.sampled_from([False, False, True])),
    )
    apart = draw(pairs) if n > 1 else []
    links = draw(pairs) if n > 1 else []
    return Instance(
        schools,
        policy,
        links=tuple(Link(a, b, 3.0) for a, b in links),
        locks=Locks(apart=tuple(apart)),
    )


def is_anchor(each: School) -> bool:
    return each.phase != "Primary"


def at_home(one: School, other: School) -> bool:
    return one.authority == other.authority or not one.authority or not other.authority


def able(instance: Instance, cluster: list[School]) -> list[School]:
    """The secondary and all-through schools that may be the hub."""
    policy = instance.policy
    near = policy.limit_minutes if policy.limit_to == "hub" and policy.limit_minutes else 1e9
    return [
        h
        for h in cluster
        if is_anchor(h) and all(plainly.worse(instance, s, h) <= near + 1e-9 for s in cluster)
    ]


def sound(instance: Instance, cluster: list[School]) -> bool:
    policy, ids = instance.policy, {s.id for s in cluster}
    if not policy.pyramid_size[0] <= len(cluster) <= policy.pyramid_size[1]:
        return False
    if not able(instance, cluster):
        return False
    for a, b in combinations(cluster, 2):
        far = policy.limit_minutes and policy.limit_to == "pairs"
        if far and plainly.worse(instance, a, b) > policy.limit_minutes + 1e-9:
            return False
        if not at_home(a, b):
            return False
    if any(a in ids and b in ids for a, b in instance.locks.apart):
        return False
    return not policy.contributing or any(s.strong for s in cluster)


def cost(instance: Instance, cluster: list[School]) -> float:
    total, hub = min(
        (sum(plainly.km(instance, s, h) for s in cluster), h.id) for h in able(instance, cluster)
    )
    middle = next(s for s in cluster if s.id == hub)
    worst = max(plainly.km(instance, s, middle) for s in cluster)
    return total + instance.policy.weights.worst * worst


def objective(instance: Instance, plan: Plan) -> float:
    """Partnerships count among the schools placed."""
    at = {s.id: k for k, cluster in enumerate(plan) for s in cluster}
    cut = sum(
        link.weight
        for link in instance.links
        if link.from_id in at and link.to_id in at and at[link.from_id] != at[link.to_id]
    )
    return sum(cost(instance, cluster) for cluster in plan) + cut


def plans(instance: Instance, rest: list[School]) -> Iterator[Plan]:
    """Every way to put some of these into sound pyramids."""
    if not rest:
        yield []
        return
    first, others = rest[0], rest[1:]
    yield from plans(instance, others)
    for size in range(len(rest)):
        for mates in combinations(others, size):
            cluster = [first, *mates]
            if sound(instance, cluster):
                for more in plans(instance, [s for s in others if s not in mates]):
                    yield [cluster, *more]


def placed(plan: Plan) -> frozenset[str]:
    return frozenset(s.id for cluster in plan for s in cluster)


class TestAgainstEveryPlan:
    @careful
    @given(pyramids())
    def test_as_few_are_left_out_as_can_be_and_the_others_stand_best(
        self, instance: Instance
    ) -> None:
        low, high = instance.policy.count or (0, 99)
        every = [p for p in plans(instance, list(instance.schools)) if low <= len(p) <= high]
        try:
            proposal = propose(instance, time_limit_s=20, seed=1)
        except CannotBeSatisfied:
            assert not any(every)
            return
        by_id = {s.id: s for s in instance.schools}
        plan = [[by_id[i] for i in cluster.members] for cluster in proposal.clusters]
        assert all(sound(instance, cluster) for cluster in plan)
        assert len(placed(plan)) == max(len(placed(other)) for other in every)
        same = [other for other in every if placed(other) == placed(plan)]
        best = min(objective(instance, other) for other in same)
        assert proposal.objective == pytest.approx(objective(instance, plan))
        assert proposal.objective == pytest.approx(best)
        assert proposal.bound <= best + 1e-6
        assert {left.school for left in proposal.left_out} == set(by_id) - placed(plan)

    @careful
    @given(pyramids())
    def test_a_limit_more_never_places_more(self, instance: Instance) -> None:
        strict = replace(instance, policy=replace(instance.policy, limit_minutes=20.0))
        free = replace(instance, policy=replace(instance.policy, limit_minutes=0.0))
        assert n_placed(strict) <= n_placed(free)


def n_placed(instance: Instance) -> int:
    try:
        return sum(propose(instance, time_limit_s=20).sizes)
    except CannotBeSatisfied:
        return 0
