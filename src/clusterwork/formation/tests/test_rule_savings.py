"""What a rule costs is the difference of the best plans with it and without it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from clusterwork.formation import Instance, Policy, evaluate, propose, rule_savings
from clusterwork.formation.barriers import Barrier
from clusterwork.formation.tests import counties, plainly
from clusterwork.formation.tests.made import school
from clusterwork.formation.tests.test_around import Partition, a_line, careful, counted, divided

SQUARE = Policy(size=(3, 5), best_size=(3, 5), circuity=1.0, limit_minutes=0.0)
TIDY = {"A": ("0", "1", "2", "3"), "B": ("4", "5", "6", "7"), "C": ("8", "9", "10", "11")}


def without(instance: Instance, rule: str) -> Instance:
    policy = instance.policy
    low, high = policy.size
    changes: dict[str, object] = {
        "count": None,
        "size": (max(1, low - 1), high + 1),
        "contributing": False,
        "contributing_fsm": 0.0,
        "same_authority": False,
        "same_medium": False,
    }
    key, value = ("limit_minutes", 0.0) if rule == "travel_limit" else (rule, changes[rule])
    return replace(instance, policy=replace(policy, **{key: value}))  # type: ignore[arg-type]


class TestAgainstEveryPlan:
    @settings(careful, max_examples=50)
    @given(divided())
    def test_is_the_difference_of_the_best_plans(self, there: tuple[Instance, Partition]) -> None:
        instance, partition = there
        assume(counted(instance, len(partition)))
        best = plainly.best(instance)
        assert best is not None
        found = rule_savings(instance, partition, time_limit_s=20)
        assert [each.rule for each in found] == rules_of(instance.policy)
        for each in found:
            free = plainly.best(without(instance, each.rule))
            assert free is not None
            assert each.saving is not None
            assert each.saving >= 0
            assert each.least <= best - free + 1e-5
            assert best - free <= each.most + 1e-5
            assert str(each.message)
            if each.proved:
                assert each.saving == pytest.approx(best - free, rel=1e-5, abs=1e-5)
            easier = evaluate(without(instance, each.rule), each.partition or {})
            assert easier.breaches == ()
        assert all(each.proved for each in found) or instance.policy.weights.change


def rules_of(policy: Policy) -> list[str]:
    there = {
        "count": policy.count is not None,
        "size": True,
        "travel_limit": policy.limit_minutes > 0,
        "contributing": policy.contributing,
        "contributing_fsm": policy.contributing and policy.contributing_fsm > 0,
        "same_authority": policy.same_authority,
        "same_medium": policy.same_medium,
    }
    return [rule for rule, is_there in there.items() if is_there]


class TestWords:
    def said(self, instance: Instance, partition: Partition = TIDY) -> dict[str, str]:
        return {
            each.rule: str(each.message)
            for each in rule_savings(instance, partition, time_limit_s=10)
        }

    def test_sizes_say_how_wide_they_would_be(self) -> None:
        """Twelve on a line in threes: eight steps of 2 km; in pairs: six."""
        said = self.said(a_line(policy=SQUARE))
        assert said["size"] == (
            "Rule: size of a cluster. With clusters of so many schools the best plan would save: "
            "4.00 (proved). Schools: 2 to 6."
        )

    def test_a_rule_that_costs_nothing_says_so(self) -> None:
        said = self.said(a_line(policy=replace(SQUARE, limit_minutes=500.0)))
        assert said["travel_limit"] == (
            "Rule: travel limit. Without it no plan would be better (proved)."
        )

    def test_a_number_of_clusters_has_its_price(self) -> None:
        said = self.said(a_line(policy=replace(SQUARE, count=(3, 3))))
        assert "the best plan would save: 8.00 (proved)." in said["count"]

    def test_lines_to_go_round_have_theirs(self) -> None:
        line = Barrier(((1000.0, -4000.0), (1000.0, 4000.0)))
        schools = (school(0, 0, 0), school(1, 2, 0), school(2, 2, 1))
        instance = Instance(schools, replace(SQUARE, size=(3, 3)), barriers=(line,))
        found = {each.rule: each for each in rule_savings(instance, {"A": ("0", "1", "2")})}
        assert found["barriers"].saving is not None
        assert found["barriers"].saving > 4

    def test_a_partition_that_no_plan_can_mend_leaves_costs_unknown(self) -> None:
        instance = a_line(policy=replace(SQUARE, limit_minutes=1.0))
        for each in rule_savings(instance, TIDY):
            assert (each.saving, each.partition, each.proved) == (None, None, False)
            assert "is not known" in str(each.message)

    def test_nobody_costs_nothing(self) -> None:
        assert [each.saving for each in rule_savings(Instance(()), {})] == [0.0, 0.0]


class TestManySchools:
    @pytest.mark.parametrize("pyramid", [False, True])
    def test_never_below_nothing_and_within_its_bounds(self, pyramid: bool) -> None:
        policy = Policy(size=(4, 9), limit_minutes=45.0, same_authority=True, contributing=True)
        if pyramid:
            policy = Policy(pyramid=True, pyramid_size=(3, 14), limit_minutes=30.0)
        instance = Instance(counties.county(4, 70), policy)
        proposal = propose(instance, time_limit_s=1.5, seed=1)
        partition = {cluster.label: cluster.members for cluster in proposal.clusters}
        found = rule_savings(instance, partition, time_limit_s=0.5)
        assert len(found) == (2 if pyramid else 4)
        for each in found:
            assert each.saving is not None
            assert 0 <= each.least <= each.saving <= each.most
            assert each.partition is not None
            placed = {i for members in each.partition.values() for i in members}
            assert placed == set(proposal.assignment)
