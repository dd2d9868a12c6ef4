"""Any locks are kept, or shown to be in conflict; a solver of another kind is asked each time."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from clusterwork.formation import CannotBeSatisfied, Instance, Locks, Policy, School, propose
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.fewer import only_rules, without_a_lock, without_rules
from clusterwork.formation.tests.made import school
from clusterwork.formation.tests.second import possible

careful = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


class TestTheSecondSolver:
    @careful
    @given(made.instances())
    def test_agrees_with_every_plan_tried_one_by_one(self, instance: Instance) -> None:
        labels = set(instance.current.values())
        assert all(place in labels for place in instance.locks.fixed.values())
        assert possible(instance) == (plainly.best(instance) is not None)


def a_county(random_: random.Random, n: int) -> tuple[School, ...]:
    side = random_.choice([20, 30])
    return tuple(
        school(
            k,
            random_.uniform(0, side),
            random_.uniform(0, side),
            fsm_share=random_.randint(5, 40) / 100,
            strong=random_.random() < 0.4,
            authority=random_.choice(["North", "North", "South", ""]),
            medium=random_.choice(["English", "English", "English", "Welsh", "Dual stream"]),
        )
        for k in range(n)
    )


def some_rules(random_: random.Random, n: int) -> Policy:
    low, high = random_.choice([(3, 6), (4, 5), (5, 6), (4, 7), (5, 9)])
    k = round(n / ((low + high) / 2))
    contributing = random_.random() < 0.3
    return Policy(
        size=(low, high),
        count=random_.choice([None, (k, k), (k - 1, k + 1)]),
        limit_minutes=random_.choice([0.0, 35.0, 45.0, 60.0]),
        limit_to=random_.choice(["pairs", "pairs", "hub"]),
        contributing=contributing,
        contributing_fsm=random_.choice([0.0, 10.0]) if contributing else 0.0,
        same_authority=random_.random() < 0.2,
        same_medium=random_.random() < 0.2,
    )


def some_locks(
    random_: random.Random, schools: tuple[School, ...], current: dict[str, str]
) -> Locks:
    """Pairs, most of them near each other, and schools fixed where they are or elsewhere."""
    ids = [s.id for s in schools]

    def pair() -> tuple[str, str]:
        one = random_.choice(schools)
        others = sorted(
            (s for s in schools if s is not one),
            key=lambda s: abs(s.easting - one.easting) + abs(s.northing - one.northing),
        )
        return one.id, random_.choice(others[: random_.choice([6, 6, 6, len(others)])]).id

    return Locks(
        together=tuple(pair() for _ in range(random_.choice([0, 2, 6]))),
        apart=tuple(pair() for _ in range(random_.randint(0, 8))),
        fixed={
            each: current[each if random_.random() < 0.8 else random_.choice(ids)]
            for each in random_.sample(ids, random_.choice([0, 1, 6]))
        },
    )


def quarter(school: School) -> str:
    """One of six places by position."""
    return "ABCDEF"[int(school.easting // 10_001 + 3 * (school.northing // 15_001))]


def locked(seed: int) -> Instance:
    """Twenty to sixty schools with rules and locks at random."""
    random_ = random.Random(seed)
    n = random_.randint(20, 60)
    schools = a_county(random_, n)
    current = {
        s.id: "ABCDEF"[int(s.easting // 10_001 + 3 * (s.northing // 15_001))] for s in schools
    }
    locks = some_locks(random_, schools, current)
    return Instance(schools, some_rules(random_, n), locks=locks, current=current)


class TestAnyLocks:
    @pytest.mark.parametrize("seed", [*range(100, 118), 130, 152, 177])
    def test_are_kept_or_shown_to_conflict_by_a_smallest_set(self, seed: int) -> None:
        instance = locked(seed)
        try:
            proposal = propose(instance, time_limit_s=1.0, seed=1)
        except CannotBeSatisfied:
            confirmed(instance, told_in_full(instance))
            return
        by_id = {s.id: s for s in instance.schools}
        clusters = [[by_id[i] for i in cluster.members] for cluster in proposal.clusters]
        assert sorted(proposal.assignment) == sorted(by_id)
        assert all(plainly.sound(instance, cluster) for cluster in clusters)
        assert possible(instance)


def told_in_full(instance: Instance) -> CannotBeSatisfied:
    """The conflict with time enough to leave out whatever is not part of it."""
    with pytest.raises(CannotBeSatisfied) as told:
        propose(instance, time_limit_s=60.0, seed=1)
    return told.value


def confirmed(instance: Instance, problem: CannotBeSatisfied) -> None:
    """The rules and locks named are in conflict, and without any one of them there is a plan."""
    rules = {entry.rule for entry in problem.against}
    found = only_rules(instance, rules, problem.locks)
    assert not possible(found)
    for rule in rules:
        assert possible(without_rules(found, {rule})), rule
    for rest in without_a_lock(problem.locks):
        assert possible(replace(found, locks=rest)), problem.locks
