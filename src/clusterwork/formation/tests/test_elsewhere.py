"""Promises about another cluster for one school, and about what each lock costs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clusterwork.formation import (
    Instance,
    Locks,
    NotAPartition,
    Policy,
    alternative_in,
    alternatives_for,
    evaluate,
    lock_savings,
)
from clusterwork.formation.tests import plainly
from clusterwork.formation.tests.test_around import (
    CLOSE,
    Partition,
    a_line,
    careful,
    counted,
    divided,
    every_way,
    keeps,
    others,
)

TIDY = {"A": ("0", "1", "2", "3"), "B": ("4", "5", "6", "7"), "C": ("8", "9", "10", "11")}
THREE = Policy(size=(4, 5), best_size=(4, 5), circuity=1.0, count=(2, 3))
FOUR = Policy(size=(3, 5), best_size=(3, 5), circuity=1.0, count=(3, 3))


class TestAlternatives:
    @careful
    @given(divided(), st.integers(0, 7))
    def test_each_is_the_best_plan_with_the_school_at_the_other_hub(
        self, there: tuple[Instance, Partition], at: int
    ) -> None:
        instance, partition = there
        assume(counted(instance, len(partition)))
        before = evaluate(instance, partition)
        school = instance.schools[at % len(instance.schools)].id
        hubs = {cluster.label: cluster.hub for cluster in before.clusters}
        for found in alternatives_for(instance, partition, school, n_clusters=2, seconds=20):
            assert found.cluster in partition
            assert school not in partition[found.cluster]
            assert str(found.message)
            if found.resolved is None:
                assert found.against
                assert found.proved
                continue
            assert others(found.resolved).items() <= partition.items()
            wish = Locks(together=((school, hubs[found.cluster]),))
            plan = [
                [s for s in instance.schools if s.id in ids]
                for ids in found.resolved.partition.values()
            ]
            assert all(keeps(wish, one) and plainly.sound(instance, one) for one in plan)
            change = plainly.objective(instance, plan) - before.objective
            assert found.cost == pytest.approx(change, **CLOSE)
            least = min(
                plainly.objective(instance, way)
                for way in every_way(instance, found.resolved, wish)
            )
            assert found.cost >= least - before.objective - 1e-6

    def test_is_a_difference_of_plans_with_everybody_named_who_moves(self) -> None:
        found = alternatives_for(a_line(policy=THREE), TIDY, "3")[0]
        assert (found.cluster, found.allowed, found.proved) == ("B", True, True)
        assert {entry.against.rule for entry in found.plainly} == {"size"}
        assert [(one.school, one.before, one.after) for one in found.moves] == [("4", "B", "A")]
        assert dict(found.sizes) == {"A": 4, "B": 4}
        assert found.cost == pytest.approx(found.travel)
        assert found.cost == pytest.approx(4.0)
        text = str(found.message)
        assert "Cluster: A. A cluster of 3 schools; allowed: 4 to 5." in text
        assert "Schools that have to move too: School 4 (4): B → A." in text

    def test_a_plain_move_needs_nobody_else(self) -> None:
        found = alternatives_for(a_line(policy=FOUR), TIDY, "3")[0]
        assert (found.cluster, found.moves, found.plainly) == ("B", (), ())
        assert dict(found.sizes) == {"A": 3, "B": 5}
        assert "No other school moves." in str(found.message)

    def test_what_cannot_be_names_the_rule_and_not_the_wish(self) -> None:
        policy = replace(FOUR, limit_minutes=12.0)
        farthest = alternatives_for(a_line(policy=policy), TIDY, "0")[-1]
        assert (farthest.cluster, farthest.allowed, farthest.proved) == ("C", False, True)
        assert [entry.rule for entry in farthest.against] == ["travel_limit"]
        assert farthest.cost is None
        assert "travel limit" in str(farthest.message)

    def test_a_wish_is_never_told_as_a_lock(self) -> None:
        policy = replace(FOUR, limit_minutes=12.0)
        farthest = alternatives_for(a_line(policy=policy), TIDY, "0")[-1]
        assert [entry.rule for entry in farthest.against] == ["travel_limit"]
        (said,) = [str(entry.message) for entry in farthest.against]
        assert said.startswith("Further from each other than the travel limit. Schools: School 0")
        assert "lock" not in said

    def test_a_lock_in_the_way_is_told_with_its_own_schools_only(self) -> None:
        locks = Locks(together=(("0", "1"), ("2", "3")), apart=(("1", "9"),))
        farthest = alternatives_for(a_line(policy=FOUR, locks=locks), TIDY, "0")[-1]
        assert (farthest.cluster, farthest.allowed) == ("C", False)
        told = {entry.rule: set(entry.schools) for entry in farthest.against}
        assert told == {"together": {"0", "1"}, "apart": {"1", "9"}}

    def test_a_hub_locked_to_the_school_goes_with_it(self) -> None:
        locks = Locks(together=(("0", "1"),))
        assert evaluate(a_line(policy=FOUR), TIDY).clusters[0].hub == "1"
        nearest = alternatives_for(a_line(policy=FOUR, locks=locks), TIDY, "0")[0]
        assert nearest.allowed
        assert nearest.resolved is not None
        assert {"0", "1"} <= set(nearest.resolved.partition["B"])

    @careful
    @given(divided(), st.integers(0, 7))
    def test_locks_told_are_those_of_the_instance(
        self, there: tuple[Instance, Partition], at: int
    ) -> None:
        instance, partition = there
        assume(counted(instance, len(partition)))
        school, locks = instance.schools[at % len(instance.schools)].id, instance.locks
        held = {
            "together": {i for pair in locks.together for i in pair},
            "apart": {i for pair in locks.apart for i in pair},
            "fixed": set(locks.fixed),
        }
        for found in alternatives_for(instance, partition, school, n_clusters=2, seconds=20):
            for entry in found.against:
                if entry.rule in held:
                    assert set(entry.schools) <= held[entry.rule]
                elif not any(held.values()):
                    assert "ocked" not in str(entry.message)

    def test_the_hub_of_the_other_cluster_does_not_change_sides(self) -> None:
        for found in alternatives_for(a_line(policy=FOUR), TIDY, "1", seconds=20):
            if found.resolved is not None:
                after = found.resolved.partition[found.cluster]
                assert "1" in after
                assert not {"0", "2", "3"} <= set(after)


class TestOneAlternative:
    def test_is_the_same_as_among_all(self) -> None:
        instance = a_line(policy=FOUR)
        for one in alternatives_for(instance, TIDY, "3", seconds=20):
            again = alternative_in(instance, TIDY, "3", one.cluster, seconds=20)
            assert (again.allowed, again.cost, again.moves) == (one.allowed, one.cost, one.moves)

    @pytest.mark.parametrize("cluster", ["A", "no such"])
    def test_where_it_is_already_is_none(self, cluster: str) -> None:
        with pytest.raises(NotAPartition):
            alternative_in(a_line(policy=FOUR), TIDY, "3", cluster)


class TestLockSavings:
    @careful
    @given(divided())
    def test_is_never_negative_and_what_the_best_plans_differ_by(
        self, there: tuple[Instance, Partition]
    ) -> None:
        instance, partition = there
        assume(counted(instance, len(partition)))
        assume(instance.locks.together or instance.locks.apart or instance.locks.fixed)
        for found in lock_savings(instance, partition, n_clusters=9, seconds=20):
            assert found.saving is not None
            assert found.saving >= 0
            assert str(found.message)
            if found.proved:
                with_it = plainly.best(instance)
                without = plainly.best(dropped(instance, found.rule, found.schools))
                assert with_it is not None
                assert without is not None
                assert found.saving == pytest.approx(with_it - without, rel=1e-5, abs=1e-5)

    def test_says_what_parting_two_would_save(self) -> None:
        instance = a_line(policy=FOUR, locks=Locks(together=(("0", "5"),), apart=(("0", "11"),)))
        partition = {
            "A": ("0", "1", "2", "5"),
            "B": ("3", "4", "6", "7"),
            "C": ("8", "9", "10", "11"),
        }
        together, apart = lock_savings(instance, partition, seconds=20)
        assert together.rule == "together"
        assert together.saving is not None
        assert together.saving > 0
        assert "Dropping it would save" in str(together.message)
        assert (apart.rule, apart.saving) == ("apart", 0.0)

    def test_a_lock_that_cannot_be_kept_has_no_saving(self) -> None:
        locks = Locks(together=(("0", "1"),), apart=(("0", "1"),))
        for found in lock_savings(a_line(policy=FOUR, locks=locks), TIDY):
            assert found.saving is None

    def test_no_locks_no_savings(self) -> None:
        assert lock_savings(a_line(), TIDY) == ()


def dropped(instance: Instance, rule: str, schools: tuple[str, ...]) -> Instance:
    locks, gone = instance.locks, set(schools)
    if rule == "fixed":
        fixed = {i: place for i, place in locks.fixed.items() if i not in gone}
        return replace(instance, locks=replace(locks, fixed=fixed))
    pairs = tuple(pair for pair in getattr(locks, rule) if set(pair) != gone)
    return replace(instance, locks=replace(locks, **{rule: pairs}))
