"""Promises about dividing a neighbourhood anew, checked against every division there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from clusterwork.formation import (
    CannotBeSatisfied,
    Flow,
    Instance,
    Link,
    Locks,
    NotAPartition,
    Policy,
    School,
    Weights,
    evaluate,
)
from clusterwork.formation.around import NO_PINS, Resolved, resolve_around
from clusterwork.formation.book import Book
from clusterwork.formation.inside import closed
from clusterwork.formation.model import build_model
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school

CLOSE = {"rel": 1e-6, "abs": 1e-6}
careful = settings(
    max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
Partition = dict[str, tuple[str, ...]]


def labelled(clusters: list[list[School]]) -> Partition:
    return {f"C{k}": tuple(s.id for s in members) for k, members in enumerate(clusters)}


@st.composite
def divided(draw: st.DrawFn) -> tuple[Instance, Partition]:
    """An instance and one of its partitions into sound clusters, of whatever number."""
    instance = draw(made.instances())
    known = list(islice(plainly.partitions(instance), 60))
    assume(known)
    return instance, labelled(draw(st.sampled_from(known)))


def others(resolved: Resolved) -> Partition:
    return {at: ids for at, ids in resolved.partition.items() if at not in resolved.clusters}


def every_way(instance: Instance, resolved: Resolved, pins: Locks) -> Iterator[list[list[School]]]:
    """All whole plans with sound clusters that differ inside the neighbourhood only."""
    by_id = {s.id: s for s in instance.schools}
    rest = [[by_id[i] for i in ids] for ids in others(resolved).values()]
    inner = [by_id[i] for at in resolved.clusters for i in resolved.partition[at]]
    policy = replace(instance.policy, count=None)
    for plan in plainly.partitions(replace(instance, policy=policy), inner):
        if counted(instance, len(plan) + len(rest)) and all(keeps(pins, one) for one in plan):
            yield [*rest, *plan]


def counted(instance: Instance, n: int) -> bool:
    low, high = instance.policy.count or (0, n)
    return low <= n <= high


def keeps(pins: Locks, cluster: list[School]) -> bool:
    ids = {s.id for s in cluster}
    joined = all((a in ids) == (b in ids) for a, b in pins.together)
    return joined and not any(a in ids and b in ids for a, b in pins.apart)


def check(instance: Instance, resolved: Resolved, pins: Locks = NO_PINS) -> None:
    best = min(plainly.objective(instance, plan) for plan in every_way(instance, resolved, pins))
    found = evaluate(instance, resolved.partition)
    assert found.objective == pytest.approx(resolved.objective_after, **CLOSE)
    assert not found.breaches
    assert resolved.bound <= best + 1e-6
    assert best <= resolved.objective_after + 1e-6
    if resolved.proved:
        assert resolved.objective_after == pytest.approx(best, **CLOSE)


def a_line(n: int = 12, **more: object) -> Instance:
    """Schools 2 km apart on a line, in clusters of three to five."""
    facts: dict[str, object] = {"policy": Policy(size=(3, 5), best_size=(3, 5), circuity=1.0)}
    return Instance(schools=tuple(school(k, 2 * k, 0) for k in range(n)), **{**facts, **more})  # type: ignore[arg-type]


MIXED = {"1": ("0", "1", "2", "7"), "2": ("4", "5", "6", "3"), "3": ("8", "9", "10", "11")}


class TestAgainstEveryDivision:
    @careful
    @given(divided(), st.integers(0, 7), st.integers(1, 3))
    def test_is_the_best_that_leaves_the_rest_alone(
        self, there: tuple[Instance, Partition], at: int, n_clusters: int
    ) -> None:
        instance, partition = there
        assume(counted(instance, len(partition)))
        centre = instance.schools[at % len(instance.schools)].id
        resolved = resolve_around(
            instance, partition, centre=[centre], n_clusters=n_clusters, seconds=20
        )
        before = evaluate(instance, partition).objective
        assert resolved.objective_before == pytest.approx(before, **CLOSE)
        assert resolved.objective_after <= before + 1e-9
        assert others(resolved).items() <= partition.items()
        assert resolved.proved or instance.policy.weights.change
        check(instance, resolved)

    @careful
    @given(divided(), st.data())
    def test_keeps_the_pins_or_says_that_nothing_can(
        self, there: tuple[Instance, Partition], data: st.DataObject
    ) -> None:
        instance, partition = there
        assume(len(instance.schools) > 1)
        ids = st.sampled_from([s.id for s in instance.schools])
        pair = st.tuples(ids, ids).filter(lambda ends: ends[0] != ends[1])
        pins = Locks(tuple(data.draw(st.lists(pair, max_size=2))), (data.draw(pair),))
        try:
            resolved = resolve_around(
                instance, partition, centre=[], pins=pins, n_clusters=9, seconds=20
            )
        except CannotBeSatisfied as problem:
            assert problem.against
            everywhere = (
                plan
                for plan in plainly.partitions(instance)
                if counted(instance, len(plan)) and all(keeps(pins, one) for one in plan)
            )
            assert next(everywhere, None) is None
            return
        check(instance, resolved, pins)


class TestTheRest:
    def test_mends_two_crossed_clusters_and_keeps_their_labels(self) -> None:
        policy = Policy(size=(4, 4), best_size=(4, 4), circuity=1.0)
        resolved = resolve_around(a_line(policy=policy), MIXED, centre=["3"], n_clusters=2)
        assert resolved.proved
        assert resolved.partition["1"] == ("0", "1", "2", "3")
        assert resolved.partition["2"] == ("4", "5", "6", "7")
        assert set(resolved.clusters) == {"1", "2"}
        assert {c.school for c in resolved.changes.schools if c.before != c.after} == {"3", "7"}

    def test_counts_flows_and_need_as_in_the_whole(self) -> None:
        weights = Weights(flow=0.1, links=1.0, need=0.5)
        policy = Policy(size=(3, 5), best_size=(3, 5), circuity=1.0, weights=weights)
        instance = a_line(policy=policy, flows=(Flow("3", "9", 20),), links=(Link("0", "11"),))
        schools = tuple(replace(s, fsm_share=int(s.id) / 20) for s in instance.schools)
        instance = replace(instance, schools=schools)
        resolved = resolve_around(instance, MIXED, centre=["0"], n_clusters=2, seconds=20)
        check(instance, resolved)
        assert resolved.proved

    def test_the_number_of_clusters_is_that_of_the_whole(self) -> None:
        policy = Policy(size=(2, 6), best_size=(2, 6), circuity=1.0, count=(3, 3))
        resolved = resolve_around(a_line(policy=policy), MIXED, centre=["0"], n_clusters=2)
        assert len(resolved.partition) == 3

    def test_present_clusters_weigh_as_in_the_whole(self) -> None:
        weights = Weights(change=100.0)
        policy = Policy(size=(3, 5), best_size=(3, 5), circuity=1.0, weights=weights)
        current = {i: label for label, ids in MIXED.items() for i in ids}
        instance = a_line(policy=policy, current=current)
        resolved = resolve_around(instance, MIXED, centre=["0"], n_clusters=3)
        assert resolved.partition == {at: tuple(sorted(ids, key=int)) for at, ids in MIXED.items()}

    def test_a_school_without_a_cluster_is_taken_in_and_others_stay_out(self) -> None:
        partition = {"1": ("0", "1", "2"), "2": ("5", "6", "7"), "3": ("8", "9", "10")}
        resolved = resolve_around(a_line(), partition, centre=["3"], n_clusters=3)
        placed = {i for ids in resolved.partition.values() for i in ids}
        assert placed == {str(k) for k in range(12)} - {"4", "11"}
        assert "3" in resolved.partition["1"]

    def test_no_schools_change_nothing(self) -> None:
        resolved = resolve_around(Instance(()), {}, centre=[])
        assert resolved.partition == {}
        assert resolved.proved

    def test_a_school_that_does_not_take_part_is_refused(self) -> None:
        with pytest.raises(NotAPartition):
            resolve_around(a_line(), MIXED, centre=["99"])


class TestPins:
    def test_a_school_pinned_to_a_cluster_goes_where_its_hub_is(self) -> None:
        tidy = {"1": ("0", "1", "2", "3"), "2": ("4", "5", "6", "7"), "3": ("8", "9", "10", "11")}
        pins = Locks(fixed={"2": "2"})
        policy = Policy(size=(3, 5), best_size=(3, 5), circuity=1.0, count=(3, 3))
        resolved = resolve_around(a_line(policy=policy), tidy, centre=[], pins=pins)
        assert "2" in resolved.partition["2"]
        assert resolved.objective_after > resolved.objective_before

    def test_pins_that_no_division_keeps_are_named(self) -> None:
        pins = Locks(together=(("0", "3"),), apart=(("0", "3"),))
        with pytest.raises(CannotBeSatisfied) as caught:
            resolve_around(a_line(), MIXED, centre=[], pins=pins)
        assert {entry.rule for entry in caught.value.against} == {"together", "apart"}


class TestClosed:
    @careful
    @given(made.instances(most=6))
    def test_every_cluster_keeps_its_price_and_whether_it_is_sound(
        self, instance: Instance
    ) -> None:
        model = build_model(instance)
        units = range(len(model.units))
        keys = [frozenset(c) for k in units for c in combinations(units, k + 1)]
        plain, shut = Book(model), Book(closed(model))
        for key in keys:
            assert bool(plain[key].broken) == bool(shut[key].broken)
            if not plain[key].broken:
                assert plain[key].cost == pytest.approx(shut[key].cost, **CLOSE)
