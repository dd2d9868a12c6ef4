"""Schools may be left over: as few as can be, then the best plan, each with its reason."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from clusterwork.formation import (
    CannotBeSatisfied,
    Instance,
    Locks,
    NotFoundInTime,
    Policy,
    School,
    Weights,
    evaluate,
    propose,
    solver,
)
from clusterwork.formation.report import report_of
from clusterwork.formation.tests import counties, made, plainly
from clusterwork.formation.tests.made import school
from clusterwork.formation.tests.second import possible

CLOSE = {"rel": 1e-6, "abs": 1e-6}
careful = settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
Plan = list[list[School]]


def leaving(instance: Instance) -> Instance:
    return replace(instance, policy=replace(instance.policy, may_leave_over=True))


def plans(instance: Instance) -> list[Plan]:
    """Every division of any of the schools, as many clusters as are wanted."""
    count = instance.policy.count or (0, len(instance.schools))
    found: list[Plan] = []
    n = len(instance.schools)
    for chosen in range(2**n):
        some = [s for k, s in enumerate(instance.schools) if chosen >> k & 1]
        found.extend(
            p for p in plainly.partitions(instance, some) if count[0] <= len(p) <= count[1]
        )
    return found


def worth(instance: Instance, plan: Plan) -> tuple[int, float]:
    """How many are left over, and the objective: what they send and share is cut."""
    placed = {s.id for cluster in plan for s in cluster}
    weights = instance.policy.weights
    cut = sum(weights.flow * f.pupils for f in instance.flows if f.from_id not in placed)
    cut += sum(weights.links * k.weight for k in instance.links if k.from_id not in placed)
    return len(instance.schools) - len(placed), plainly.objective(instance, plan) + cut


def check(instance: Instance, *, exact: bool) -> None:
    every = plans(instance)
    least = min((worth(instance, plan) for plan in every), default=None)
    try:
        proposal = propose(instance, time_limit_s=20 if exact else 1.5, seed=1)
    except CannotBeSatisfied as problem:
        refused(instance, every, problem)
        return
    except NotFoundInTime:
        assert not exact
        return
    by_id = {s.id: s for s in instance.schools}
    plan = [[by_id[i] for i in cluster.members] for cluster in proposal.clusters]
    assert all(plainly.sound(instance, cluster) for cluster in plan)
    n_left, objective = worth(instance, plan)
    assert objective == pytest.approx(proposal.objective, **CLOSE)
    assert {left.school for left in proposal.left_out} == set(by_id) - set(proposal.assignment)
    assert least is not None
    assert n_left >= least[0]
    no_more = min(value for n, value in (worth(instance, p) for p in every) if n <= n_left)
    assert proposal.bound <= no_more + 1e-6 * max(1.0, no_more)
    if exact:
        assert proposal.proven or not plan
    if proposal.proven:
        assert (n_left, objective) == (least[0], pytest.approx(least[1], **CLOSE))


def refused(instance: Instance, every: list[Plan], problem: CannotBeSatisfied) -> None:
    """Locks that contradict each other or a number of clusters, not schools without room."""
    rules = {entry.rule for entry in problem.against}
    named = {i for entry in problem.against for i in entry.schools}
    assert rules & {"count", "together", "fixed", "contributing"}
    for plan in every:
        assert not named or not named <= {s.id for cluster in plan for s in cluster}
        assert "contributing" not in rules or not plan


class TestAgainstEveryPlan:
    @careful
    @given(made.instances(most=6))
    def test_leaves_as_few_as_can_be_and_then_is_best(self, instance: Instance) -> None:
        check(leaving(instance), exact=True)

    @settings(careful, max_examples=40)
    @given(instance=made.instances(most=6))
    def test_the_bound_holds_on_the_way_that_large_instances_go(
        self, instance: Instance, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(solver, "ALL_CLUSTERS", 0)
        check(leaving(instance), exact=False)

    @careful
    @given(made.instances(most=7))
    def test_changes_nothing_where_everybody_has_a_place(self, instance: Instance) -> None:
        best = plainly.best(instance)
        if best is not None:
            proposal = propose(leaving(instance), time_limit_s=20)
            assert proposal.left_out == ()
            assert proposal.objective == pytest.approx(best, **CLOSE)


def village(n: int = 10) -> tuple[School, ...]:
    return tuple(school(k, k % 5, k // 5) for k in range(n))


def said(instance: Instance) -> dict[str, tuple[str, str]]:
    proposal = propose(leaving(instance), time_limit_s=3)
    return {left.school: (left.rule, str(left.message)) for left in proposal.left_out}


class TestReasons:
    def test_a_school_too_far_from_everybody(self) -> None:
        found = said(Instance((*village(), school(99, 500, 500))))
        assert set(found) == {"99"}
        assert found["99"][0] == "travel_limit"
        assert "School 99 (99)" in found["99"][1]
        assert "A cluster has at least: 5. Schools within the limit: 0." in found["99"][1]

    def test_no_room_where_the_sizes_do_not_add_up(self) -> None:
        found = said(Instance(village(11), Policy(size=(5, 5), best_size=(5, 5))))
        assert [rule for rule, _ in found.values()] == ["size"]
        assert "Schools in a cluster: 5." in next(iter(found.values()))[1]

    def test_kept_apart_by_another_rule(self) -> None:
        schools = tuple(
            replace(s, medium="Welsh" if s.id == "3" else "English") for s in village(11)
        )
        found = said(Instance(schools, Policy(same_medium=True)))
        assert found["3"][0] == "same_medium"
        assert "kept apart by: one language of teaching in each cluster." in found["3"][1]

    def test_no_contributing_school_within_reach(self) -> None:
        schools = tuple(replace(s, strong=s.id == "1") for s in village())
        far = tuple(school(20 + k, 200 + k, 200) for k in range(6))
        found = said(Instance((*schools, *far), Policy(contributing=True, size=(5, 10))))
        assert set(found) == {s.id for s in far}
        assert {rule for rule, _ in found.values()} == {"contributing"}

    def test_locks_that_leave_schools_out_are_told(self) -> None:
        far = (school(20, 20, 0), school(21, 20, 1))
        policy = Policy(size=(5, 5), best_size=(5, 5), limit_minutes=60.0)
        locks = Locks(together=(("20", "21"),), fixed={"20": "A"})
        found = said(Instance((*village(), *far), policy, locks=locks, current={"20": "A"}))
        assert set(found) == {"20", "21"}
        assert "lock holds it together with schools that are left out too" in found["21"][1]
        assert "School 20 (20)" in found["21"][1]
        assert "Place: A." in found["20"][1]

    def test_is_told_in_the_report_and_breaks_no_rule(self) -> None:
        instance = leaving(Instance((*village(), school(99, 500, 500))))
        proposal = propose(instance, time_limit_s=3)
        report = json.loads(json.dumps(report_of(proposal)))
        assert [left["id"] for left in report["left_out"]] == ["99"]
        assert report["policy"]["clusters"]["may_leave_over"] is True
        found = evaluate(instance, {c.label: c.members for c in proposal.clusters})
        assert (found.breaches, found.left_out) == ((), ("99",))
        assert found.objective == proposal.objective

    def test_everybody_where_there_are_too_few(self) -> None:
        assert set(said(Instance(village(3)))) == {"0", "1", "2"}
        many = Instance(village(40), Policy(size=(60, 90), limit_minutes=0.0))
        assert len(said(many)) == 40


class TestPolicies:
    def test_the_key_is_read_and_off_unless_written(self) -> None:
        assert not Policy.from_mapping({}).may_leave_over
        policy = Policy.from_mapping({"clusters": {"may_leave_over": True}})
        assert policy.may_leave_over
        assert Policy.from_mapping(policy.to_mapping()) == policy

    def test_without_it_nobody_is_left_over(self) -> None:
        with pytest.raises(CannotBeSatisfied):
            propose(Instance((*village(), school(99, 500, 500))))


class TestManySchools:
    @pytest.mark.parametrize("seed", [6, 7])
    def test_that_fewer_cannot_be_left_out_is_confirmed_by_a_second_solver(self, seed: int) -> None:
        policy = Policy(size=(5, 9), limit_minutes=15.0, may_leave_over=True)
        instance = Instance(counties.county(seed, 24), policy)
        proposal = propose(instance, time_limit_s=4, seed=1)
        n_left = len(proposal.left_out)
        assert 0 < n_left < 12
        assert "fewer schools cannot be left out" in " ".join(map(str, proposal.notices))
        assert possible(instance, n_left=n_left)
        assert not possible(instance, n_left=n_left - 1)

    @pytest.mark.parametrize("measure", ["hub", "peers"])
    def test_a_county_with_far_schools_leaves_few_and_keeps_every_rule(self, measure: str) -> None:
        policy = Policy(
            size=(5, 9),
            limit_minutes=12.0,
            measure=measure,  # type: ignore[arg-type]
            weights=Weights(worst=0.2),
            may_leave_over=True,
        )
        instance = Instance(counties.county(6, 80), policy)
        proposal = propose(instance, time_limit_s=3, seed=1)
        found = evaluate(instance, {c.label: c.members for c in proposal.clusters})
        assert found.breaches == ()
        assert found.objective == pytest.approx(proposal.objective)
        assert 0 < len(proposal.left_out) < 8
        assert 0 < proposal.bound < proposal.objective
