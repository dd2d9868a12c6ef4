"""Promises of `propose`, checked against every plan there is where that can be counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from clusterwork.formation import CannotBeSatisfied, Instance, Locks, Policy, Proposal, propose
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school

CLOSE = {"rel": 1e-6, "abs": 1e-6}
careful = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def clusters_of(instance: Instance, proposal: Proposal) -> list[list[object]]:
    by_id = {s.id: s for s in instance.schools}
    return [[by_id[i] for i in cluster.members] for cluster in proposal.clusters]


class TestAgainstEveryPlan:
    @careful
    @given(made.instances())
    def test_is_the_best_plan_or_there_is_none(self, instance: Instance) -> None:
        best = plainly.best(instance)
        if best is None:
            with pytest.raises(CannotBeSatisfied) as caught:
                propose(instance, time_limit_s=20, seed=1)
            assert caught.value.against
            return
        proposal = propose(instance, time_limit_s=20, seed=1)
        clusters = clusters_of(instance, proposal)
        assert sorted(s.id for c in clusters for s in c) == sorted(s.id for s in instance.schools)
        assert all(plainly.sound(instance, cluster) for cluster in clusters)
        assert plainly.objective(instance, clusters) == pytest.approx(proposal.objective, **CLOSE)
        assert proposal.objective == pytest.approx(best, **CLOSE)
        assert proposal.bound <= best + 1e-6
        assert proposal.proven

    @careful
    @given(made.instances())
    def test_every_place_has_a_reason_whose_cost_is_a_difference_of_plans(
        self, instance: Instance
    ) -> None:
        if plainly.best(instance) is None:
            return
        proposal = propose(instance, time_limit_s=20, seed=1)
        assert set(proposal.reasons) == {s.id for s in instance.schools}
        by_id = {s.id: s for s in instance.schools}
        for reason in proposal.reasons.values():
            assert proposal.assignment[reason.school] == reason.cluster
            assert str(reason.message)
            other = reason.next_best
            if other is None or not other.allowed or instance.locks.together:
                continue
            if any(p in by_id for p in instance.locks.fixed.values()) or instance.locks.fixed:
                continue
            where = dict(proposal.assignment)
            if other.swap_with is not None:
                where[other.swap_with] = reason.cluster
            where[reason.school] = other.cluster
            plan = [[by_id[i] for i in where if where[i] == label] for label in set(where.values())]
            assert all(plainly.sound(instance, cluster) for cluster in plan)
            change = plainly.objective(instance, plan) - proposal.objective
            assert other.cost == pytest.approx(change, rel=1e-6, abs=1e-6)
            assert other.cost >= -1e-6


class TestConflicts:
    @careful
    @given(made.instances())
    def test_names_rules_that_conflict_and_none_that_does_not_matter(
        self, instance: Instance
    ) -> None:
        if plainly.best(instance) is not None:
            return
        with pytest.raises(CannotBeSatisfied) as caught:
            propose(instance, time_limit_s=20)
        rules = {entry.rule for entry in caught.value.against}
        ids = {s.id for s in instance.schools}
        assert all(set(entry.schools) <= ids for entry in caught.value.against)
        loose = instance
        if "together" not in rules:
            loose = replace(loose, locks=replace(loose.locks, together=()))
        if "apart" not in rules:
            loose = replace(loose, locks=replace(loose.locks, apart=()))
        if "fixed" not in rules:
            loose = replace(loose, locks=replace(loose.locks, fixed={}))
        if "travel_limit" not in rules:
            loose = replace(loose, policy=replace(loose.policy, limit_minutes=0.0))
        if not rules & {"contributing", "contributing_fsm"}:
            loose = replace(loose, policy=replace(loose.policy, contributing=False))
        if "count" not in rules:
            loose = replace(loose, policy=replace(loose.policy, count=None))
        if "same_authority" not in rules:
            loose = replace(loose, policy=replace(loose.policy, same_authority=False))
        if "same_medium" not in rules:
            loose = replace(loose, policy=replace(loose.policy, same_medium=False))
        if "size" not in rules:
            loose = replace(loose, policy=replace(loose.policy, size=(1, 99)))
        assert plainly.best(loose) is None, "the rules named conflict by themselves"

    def test_two_locks_that_contradict_each_other(self) -> None:
        instance = Instance(
            schools=tuple(school(k, k, 0) for k in range(6)),
            policy=Policy(size=(2, 6)),
            locks=Locks(together=(("1", "2"), ("2", "3")), apart=(("1", "3"),)),
        )
        with pytest.raises(CannotBeSatisfied) as caught:
            propose(instance)
        assert {entry.rule for entry in caught.value.against} == {"together", "apart"}
        assert set(caught.value.against[0].schools) == {"1", "3"}
        assert "School 1 (1)" in str(caught.value)

    def test_a_school_too_far_from_the_others(self) -> None:
        near = tuple(school(k, k, 0) for k in range(10))
        instance = Instance(schools=(*near, school(99, 500, 500)))
        with pytest.raises(CannotBeSatisfied) as caught:
            propose(instance)
        assert {entry.rule for entry in caught.value.against} == {"size", "travel_limit"}
        assert caught.value.against[0].schools == ("99",)

    def test_more_clusters_than_the_sizes_allow(self) -> None:
        instance = Instance(
            schools=tuple(school(k, k, 0) for k in range(12)), policy=Policy(count=(4, 4))
        )
        with pytest.raises(CannotBeSatisfied) as caught:
            propose(instance)
        assert {entry.rule for entry in caught.value.against} == {"size", "count"}
        said = str(caught.value)
        assert "into 4 clusters of 5 to 9 schools: that has room for 20 to 36." in said

    @pytest.mark.parametrize(
        ("n_strong", "rules"), [(0, ["contributing"]), (1, ["contributing", "size"])]
    )
    def test_too_few_contributing_schools_are_counted_and_nobody_is_named(
        self, n_strong: int, rules: list[str]
    ) -> None:
        schools = tuple(school(k, k, 0, strong=k < n_strong) for k in range(20))
        with pytest.raises(CannotBeSatisfied) as caught:
            propose(Instance(schools=schools, policy=Policy(contributing=True)))
        assert [entry.rule for entry in caught.value.against] == rules
        assert not any(entry.schools for entry in caught.value.against)
        assert str(caught.value) == (
            f"Schools marked as able to contribute: {n_strong}. Clusters need at least: 3. "
            "Mark more schools, or drop the rule."
        )


class TestInvariance:
    @careful
    @given(made.instances(most=7))
    def test_moving_the_map_and_renumbering_change_nothing(self, instance: Instance) -> None:
        if plainly.best(instance) is None:
            return
        here = propose(instance, time_limit_s=20)
        there = replace(
            instance,
            schools=tuple(
                replace(s, easting=s.easting + 123_000, northing=s.northing - 45_000)
                for s in reversed(instance.schools)
            ),
        )
        assert propose(there, time_limit_s=20).objective == pytest.approx(here.objective, **CLOSE)

    def test_same_seed_same_answer(self) -> None:
        instance = Instance(
            schools=made.real_schools("lincolnshire_99"), policy=Policy(count=(14, 14))
        )
        one, two = (propose(instance, time_limit_s=30, seed=5) for _ in range(2))
        assert one.assignment == two.assignment


class TestOddInstances:
    def test_nobody(self) -> None:
        proposal = propose(Instance(schools=()))
        assert proposal.clusters == () and proposal.objective == 0 and proposal.proven

    def test_one_school_alone_where_that_is_allowed(self) -> None:
        proposal = propose(Instance(schools=(school(1, 0, 0),), policy=Policy(size=(1, 5))))
        assert proposal.sizes == (1,) and proposal.objective == 0
        assert proposal.reasons["1"].next_best is None

    def test_one_school_alone_where_it_is_not(self) -> None:
        with pytest.raises(CannotBeSatisfied):
            propose(Instance(schools=(school(1, 0, 0),)))

    def test_all_in_one_place(self) -> None:
        proposal = propose(Instance(schools=tuple(school(k, 5, 5) for k in range(40))))
        assert proposal.objective == pytest.approx(0, abs=1e-9) and proposal.proven

    def test_a_million_kilometres_apart(self) -> None:
        far = tuple(school(k, 1e6 * (k % 3), k) for k in range(30))
        proposal = propose(
            Instance(schools=far, policy=Policy(limit_minutes=0, size=(5, 10))), time_limit_s=5
        )
        assert proposal.bound <= proposal.objective < 1e6

    def test_all_on_one_line(self) -> None:
        line = tuple(school(k, k, 0) for k in range(60))
        proposal = propose(Instance(schools=line, policy=Policy(count=(12, 12), size=(5, 5))))
        assert proposal.objective == pytest.approx(12 * 1.3 * 6)


class TestWhileItWorks:
    def test_progress_only_gets_better(self) -> None:
        seen: list[tuple[float | None, float]] = []
        instance = Instance(
            schools=tuple(school(k, (k * 37) % 50, (k * 61) % 50) for k in range(90)),
            policy=Policy(limit_minutes=0),
        )
        proposal = propose(
            instance,
            time_limit_s=3,
            progress=lambda seconds, objective, bound, gap: seen.append((objective, bound)),
        )
        values = [objective for objective, _ in seen if objective is not None]
        bounds = [bound for _, bound in seen]
        assert values == sorted(values, reverse=True) and bounds == sorted(bounds)
        assert values[-1] == pytest.approx(proposal.objective)

    def test_gives_the_best_so_far_when_asked_to_stop(self) -> None:
        instance = Instance(
            schools=tuple(school(k, (k * 37) % 50, (k * 61) % 50) for k in range(120)),
            policy=Policy(limit_minutes=0),
        )
        proposal = propose(instance, time_limit_s=60, should_stop=lambda: True)
        assert proposal.seconds < 10
        assert sum(proposal.sizes) == 120 and proposal.bound <= proposal.objective
