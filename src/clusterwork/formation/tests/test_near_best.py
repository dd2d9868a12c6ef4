"""Promises about plans nearly as good as a given one, checked against every plan there is."""

from __future__ import annotations

from itertools import islice
from unittest import mock

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from clusterwork.formation import (
    Instance,
    Locks,
    NotAPartition,
    Policy,
    School,
    Weights,
    evaluate,
    firmness,
    nearby,
    propose,
    robustness,
)
from clusterwork.formation.near_best import near_best
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school

CLOSE = {"rel": 1e-6, "abs": 1e-6}
careful = settings(
    max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
Partition = dict[str, tuple[str, ...]]
Plain = frozenset[frozenset[str]]


def plain(partition: dict[str, tuple[str, ...]]) -> Plain:
    return frozenset(frozenset(ids) for ids in partition.values())


def labelled(clusters: list[list[School]]) -> Partition:
    return {f"C{k}": tuple(s.id for s in members) for k, members in enumerate(clusters)}


def every_plan(instance: Instance) -> dict[Plain, float]:
    """All plans that keep the rules, with their objectives."""
    low, high = instance.policy.count or (0, len(instance.schools))
    return {
        plain(labelled(plan)): plainly.objective(instance, plan)
        for plan in plainly.partitions(instance)
        if low <= len(plan) <= high
    }


@st.composite
def planned(draw: st.DrawFn) -> tuple[Instance, Partition]:
    """An instance and one of its better plans."""
    instance = draw(made.instances())
    low, high = instance.policy.count or (0, len(instance.schools))
    known = [plan for plan in islice(plainly.partitions(instance), 400) if low <= len(plan) <= high]
    assume(known)
    known.sort(key=lambda plan: plainly.objective(instance, plan))
    return instance, labelled(known[draw(st.integers(0, min(2, len(known) - 1)))])


def two_roads(n: int = 12, **more: object) -> Instance:
    """Schools on two parallel roads, 2 km apart along them, in clusters of three to five."""
    facts: dict[str, object] = {"policy": Policy(size=(3, 5), best_size=(3, 5), circuity=1.0)}
    there = tuple(school(k, 2 * (k // 2), k % 2) for k in range(n))
    return Instance(**{"schools": there, **facts, **more})  # type: ignore[arg-type]


def chosen(instance: Instance) -> Partition:
    found = propose(instance, time_limit_s=1)
    return {cluster.label: tuple(cluster.members) for cluster in found.clusters}


class TestAgainstEveryPlan:
    @careful
    @given(planned(), st.sampled_from([0.0, 0.01, 0.1, 0.5]), st.integers(1, 6))
    def test_is_some_of_those_within_the_share_and_one_at_least(
        self, there: tuple[Instance, Partition], within: float, n: int
    ) -> None:
        instance, partition = there
        every = every_plan(instance)
        own = plain(partition)
        found = near_best(instance, partition, within=within, n=n, time_limit_s=60)
        limit = every[own] * (1 + within) + 1e-6
        others = {plan for plan, value in every.items() if plan != own and value <= limit}
        assert {plain(dict(each.partition)) for each in found} <= others
        assert found or all(every[plan] > limit - 2e-6 for plan in others)
        for each in found:
            value = every[plain(dict(each.partition))]
            assert each.objective == pytest.approx(value, **CLOSE)
            assert each.more == pytest.approx(value - every[own], **CLOSE)

    @settings(careful, max_examples=40)
    @given(planned(), st.sampled_from([0.01, 0.1]))
    def test_listing_finds_what_trying_everything_does(
        self, there: tuple[Instance, Partition], within: float
    ) -> None:
        everything = near_best(*there, within=within, n=3, time_limit_s=60)
        with mock.patch.object(nearby, "ALL_CLUSTERS", 0):
            listed = near_best(*there, within=within, n=3, time_limit_s=60)
        assert bool(listed) == bool(everything)
        if listed:
            assert listed[0].more == pytest.approx(everything[0].more, **CLOSE)

    @settings(careful, max_examples=30)
    @given(planned())
    def test_the_cheapest_comes_first(self, there: tuple[Instance, Partition]) -> None:
        instance, partition = there
        every = every_plan(instance)
        assume(len(every) > 1)
        own = every.pop(plain(partition))
        found = near_best(instance, partition, within=100.0, n=3, time_limit_s=60)
        assume(own > 0)
        assert [each.more for each in found] == sorted(each.more for each in found)
        assert found[0].objective == pytest.approx(min(every.values()), **CLOSE)


class TestThePlans:
    def test_keep_the_rules_and_differ(self) -> None:
        instance = two_roads(40, policy=Policy(size=(3, 5), best_size=(3, 5), limit_minutes=30))
        partition = chosen(instance)
        found = near_best(instance, partition, within=0.05, n=8)
        assert len(found) == 8
        assert len({plain(partition), *(plain(dict(each.partition)) for each in found)}) == 9
        most = 1.05 * evaluate(instance, partition).objective + 1e-6
        for each in found:
            again = evaluate(instance, each.partition)
            assert not again.breaches
            assert again.objective == pytest.approx(each.objective)
            assert again.objective <= most

    def test_keep_locks(self) -> None:
        locks = Locks(together=(("0", "3"), ("20", "22")), apart=(("4", "6"),))
        instance = two_roads(30, locks=locks)
        for each in near_best(instance, chosen(instance), within=0.1):
            assert not evaluate(instance, each.partition).breaches

    def test_keep_the_number_of_clusters(self) -> None:
        policy = Policy(size=(2, 6), best_size=(2, 6), circuity=1.0, count=(10, 11))
        instance = two_roads(40, policy=policy)
        found = near_best(instance, chosen(instance), within=0.1)
        assert found
        assert all(10 <= len(each.partition) <= 11 for each in found)

    def test_present_clusters_weigh_as_in_the_whole(self) -> None:
        weights = Weights(change=1.0)
        policy = Policy(size=(3, 5), best_size=(3, 5), circuity=1.0, weights=weights)
        now = {f"now {k}": tuple(str(4 * k + i) for i in range(4)) for k in range(4)}
        current = {i: label for label, ids in now.items() for i in ids}
        instance = two_roads(16, policy=policy, current=current)
        found = near_best(instance, now, within=0.05, n=4)
        assert found
        for each in found:
            assert evaluate(instance, each.partition).objective == pytest.approx(each.objective)

    def test_pyramids_stay_pyramids_and_who_is_left_out_stays_out(self) -> None:
        phases = ["Primary", "Primary", "Secondary", "Primary", "Primary"] * 3 + ["Special"]
        there = tuple(school(k, 2 * k, 0, phase=phase) for k, phase in enumerate(phases))
        policy = Policy(pyramid=True, pyramid_size=(3, 7), circuity=1.0, limit_minutes=0.0)
        instance = Instance(there, policy)
        found = near_best(instance, chosen(instance), within=0.5, n=4)
        assert found
        for each in found:
            assert not evaluate(instance, each.partition).breaches
            assert evaluate(instance, each.partition).left_out == ("15",)

    def test_feed_firmness_and_robustness(self) -> None:
        instance = two_roads(40)
        partition = chosen(instance)
        plans = [each.partition for each in near_best(instance, partition, within=0.05)]
        firm = firmness(partition, plans)
        assert firm.n_plans == len(plans)
        assert set(firm.schools) == {s.id for s in instance.schools}
        assert len(robustness(instance, partition, plans, n=3).better) == len(plans)

    def test_the_same_seed_gives_the_same_plans(self) -> None:
        instance = two_roads(24)
        partition = chosen(instance)
        one, two = (
            near_best(instance, partition, within=0.05, seed=7, time_limit_s=100) for _ in range(2)
        )
        assert one == two

    def test_a_better_plan_costs_less_than_nothing(self) -> None:
        crossed = {
            "1": ("0", "1", "2", "11"),
            "2": ("4", "5", "6", "7"),
            "3": ("8", "9", "10", "3"),
        }
        found = near_best(two_roads(), crossed)
        assert found[0].more < 0


class TestEnds:
    def test_a_plan_without_another_has_none(self) -> None:
        instance = two_roads(4)
        assert near_best(instance, {"A": ("0", "1", "2", "3")}) == ()

    def test_nobody_has_no_other_plan(self) -> None:
        assert near_best(Instance(()), {}) == ()

    def test_asked_for_none_gives_none(self) -> None:
        instance = two_roads()
        assert near_best(instance, chosen(instance), n=0) == ()

    def test_schools_at_one_place_have_plans_that_cost_nothing_more(self) -> None:
        there = tuple(school(k, 5, 5) for k in range(9))
        policy = Policy(size=(3, 5), best_size=(3, 5))
        instance = Instance(there, policy)
        found = near_best(instance, chosen(instance), n=4)
        assert len(found) == 4
        assert all(each.more == pytest.approx(0) for each in found)

    def test_a_wish_to_stop_ends_it(self) -> None:
        instance = two_roads(40)
        partition = chosen(instance)
        assert near_best(instance, partition, should_stop=lambda: True) == ()

    def test_where_the_plan_breaks_a_rule_only_mending_ones_are_given(self) -> None:
        instance = two_roads()
        broken = {"1": ("0", "1"), "2": ("2", "3", "4", "5"), "3": ("6", "7", "8", "9", "10", "11")}
        found = near_best(instance, broken, within=1.0)
        assert found
        assert not any(evaluate(instance, each.partition).breaches for each in found)

    def test_an_unknown_school_is_refused(self) -> None:
        with pytest.raises(NotAPartition):
            near_best(two_roads(), {"A": ("0", "99")})
