"""The way that large instances go, taken by small and middling ones so that it can be checked."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.formation import (
    CannotBeSatisfied,
    Instance,
    NotFoundInTime,
    Policy,
    Weights,
    propose,
    solver,
)
from clusterwork.formation.ascent import ascent_of
from clusterwork.formation.checks import impossible
from clusterwork.formation.model import build_model
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school

careful = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@pytest.fixture
def large_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "ALL_CLUSTERS", 0)


def partition(instance: Instance, proposal: object) -> list[list[object]]:
    by_id = {s.id: s for s in instance.schools}
    return [[by_id[i] for i in cluster.members] for cluster in proposal.clusters]


class TestOnSmallInstances:
    @careful
    @given(instance=made.instances())
    def test_is_sound_and_the_bound_holds_or_it_is_truly_impossible(
        self, large_way: None, instance: Instance
    ) -> None:
        best = plainly.best(instance)
        try:
            proposal = propose(instance, time_limit_s=1.5, seed=2)
        except CannotBeSatisfied:
            assert best is None
            return
        except NotFoundInTime:
            return
        clusters = partition(instance, proposal)
        assert best is not None
        assert all(plainly.sound(instance, cluster) for cluster in clusters)
        assert plainly.objective(instance, clusters) == pytest.approx(
            proposal.objective, rel=1e-6, abs=1e-6
        )
        assert proposal.bound <= best + 1e-6 * max(1.0, best)
        assert proposal.objective >= best - 1e-6 * max(1.0, best)

    @careful
    @given(instance=made.instances())
    def test_the_relaxation_never_exceeds_the_best_plan(self, instance: Instance) -> None:
        best = plainly.best(instance)
        model = build_model(instance)
        if best is None or impossible(model):
            return
        bound = ascent_of(model).climb(60, best, lambda: False)
        assert bound.value <= best + 1e-6 * max(1.0, abs(best))


@st.composite
def middling(draw: st.DrawFn) -> Instance:
    """Twenty to forty schools, rules that can mostly be kept."""
    n = draw(st.integers(20, 40))
    spot = st.integers(0, 30)
    schools = tuple(
        school(
            k,
            draw(spot),
            draw(spot),
            pupils=float(draw(st.integers(20, 300))),
            fsm_share=draw(st.integers(5, 40)) / 100,
            strong=k % 3 == 0,
        )
        for k in range(n)
    )
    policy = Policy(
        count=draw(st.sampled_from([None, (4, 6)])),
        size=draw(st.sampled_from([(4, 9), (3, 12)])),
        outside_best=draw(st.sampled_from([0.0, 2.0])),
        measure=draw(st.sampled_from(["hub", "peers"])),
        limit_minutes=draw(st.sampled_from([0.0, 60.0])),
        limit_to=draw(st.sampled_from(["pairs", "hub"])),
        weights=Weights(
            worst=draw(st.sampled_from([0.0, 1.0])), need=draw(st.sampled_from([0.0, 0.2]))
        ),
        contributing=draw(st.booleans()),
        contributing_fsm=draw(st.sampled_from([0.0, 15.0])),
    )
    return Instance(schools=schools, policy=policy)


class TestOnMiddlingInstances:
    @settings(careful, max_examples=6)
    @given(instance=middling())
    def test_keeps_every_rule_and_adds_up(self, instance: Instance) -> None:
        try:
            proposal = propose(instance, time_limit_s=1.5, seed=2)
        except (CannotBeSatisfied, NotFoundInTime):
            return
        clusters = partition(instance, proposal)
        assert sorted(s.id for c in clusters for s in c) == sorted(s.id for s in instance.schools)
        assert all(plainly.sound(instance, cluster) for cluster in clusters)
        assert plainly.objective(instance, clusters) == pytest.approx(proposal.objective, rel=1e-6)
        count = instance.policy.count
        assert count is None or count[0] <= len(clusters) <= count[1]
        assert proposal.bound <= proposal.objective
        assert math.isclose(sum(proposal.parts.values()), proposal.objective, abs_tol=1e-6)

    def test_a_tight_limit_is_kept_when_a_plan_exists(self) -> None:
        """Ten villages of six schools, each village within ten minutes, far from the others."""
        villages = tuple(
            school(10 * v + k, 60 * (v % 5) + k % 3, 60 * (v // 5) + k // 3)
            for v in range(10)
            for k in range(6)
        )
        proposal = propose(
            Instance(schools=villages, policy=Policy(limit_minutes=10)), time_limit_s=10
        )
        assert {frozenset(i[:-1] for i in c.members) for c in proposal.clusters} == {
            frozenset({str(v) if v else ""}) for v in range(10)
        }
