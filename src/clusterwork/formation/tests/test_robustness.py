"""Promises about plans under other travel times: each trial is what `evaluate` would say of it."""

from __future__ import annotations

import itertools
import random
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.formation import (
    Instance,
    NotAPartition,
    Policy,
    Weights,
    evaluate,
    propose,
    robustness,
)
from clusterwork.formation.model import build_model
from clusterwork.formation.robustness import factors
from clusterwork.formation.scaling import scaled
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school

careful = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
CLOSE = {"rel": 1e-6, "abs": 1e-6}
Plan = dict[str, list[str]]


@st.composite
def planned(draw: st.DrawFn) -> tuple[Instance, Plan, list[Plan]]:
    """An instance in minutes, a partition of its schools, and up to two others."""
    instance = draw(made.instances())
    instance = replace(instance, policy=replace(instance.policy, unit="minutes"))
    plans = []
    for _ in range(draw(st.integers(1, 3))):
        plan: Plan = {}
        for each in instance.schools:
            plan.setdefault(draw(st.sampled_from("123")), []).append(each.id)
        plans.append(plan)
    return instance, plans[0], plans[1:]


def in_trial(instance: Instance, times: np.ndarray) -> Instance:
    """The same instance with every journey written out, multiplied."""
    schools = list(enumerate(instance.schools))
    minutes = {
        (a.id, b.id): plainly.minutes(instance, a, b) * times[i, j]
        for (i, a), (j, b) in itertools.permutations(schools, 2)
    }
    return replace(instance, minutes=minutes)


def a_line(*positions: int, **more: object) -> Instance:
    """Schools on a line at so many minutes."""
    facts: dict[str, object] = {"size": (1, 9), "circuity": 1.0, "speed_kmh": 60.0, **more}
    return Instance(
        tuple(school(k, at, 0) for k, at in enumerate(positions)),
        Policy(**facts),  # type: ignore[arg-type]
    )


class TestRobustness:
    @careful
    @given(planned(), st.integers(0, 9))
    def test_every_trial_is_what_evaluate_says_of_it(self, case, seed: int) -> None:
        instance, plan, others = case
        found = robustness(instance, plan, others, n=3, seed=seed)
        rng, broken = np.random.default_rng(seed), []
        now = {(b.cluster, b.against.rule) for b in evaluate(instance, plan).breaches}
        for trial in range(3):
            there = in_trial(instance, factors(rng, len(instance.schools), 0.2))
            scored = evaluate(there, plan)
            assert found.objectives[trial] == pytest.approx(scored.objective, **CLOSE)
            values = [evaluate(there, other).objective for other in others]
            rank = 1 + sum(value < scored.objective - 1e-6 for value in values)
            assert found.ranks[trial] == rank
            broken += [(b.cluster, b.against.rule) for b in scored.breaches]
        told = {(risk.cluster, risk.rule): risk.share for risk in found.risks}
        for place in set(broken) - now:
            assert told[place] == pytest.approx(broken.count(place) / 3)
        assert set(told) <= set(broken)

    @careful
    @given(planned())
    def test_without_a_difference_nothing_changes(self, case) -> None:
        instance, plan, others = case
        found = robustness(instance, plan, others, share=0.0, n=2)
        objective = evaluate(instance, plan).objective
        assert found.objectives == pytest.approx([objective, objective], **CLOSE)
        assert found.risks == ()
        assert found.broken_share == 0.0

    @careful
    @given(planned(), st.integers(0, 9))
    def test_alternatives_and_labels_change_no_trial(self, case, seed: int) -> None:
        instance, plan, others = case
        alone = robustness(instance, plan, n=4, seed=seed)
        beside = robustness(instance, plan, others, n=4, seed=seed)
        assert beside.objectives == alone.objectives
        assert beside.risks == alone.risks
        renamed = {f"x{label}": members for label, members in plan.items()}
        again = robustness(instance, renamed, [renamed], n=4, seed=seed)
        assert again.objectives == pytest.approx(alone.objectives, **CLOSE)
        assert again.better == (0.0,)
        assert again.first_share == 1.0

    def test_a_limit_nearly_reached_is_often_broken_and_one_far_off_never(self) -> None:
        instance = a_line(0, 44, 200, 210, limit_minutes=45.0)
        plan = {"A": ["0", "1"], "B": ["2", "3"]}
        found = robustness(instance, plan, n=200, seed=1)
        assert [(r.cluster, r.rule, r.schools) for r in found.risks] == [
            ("A", "travel_limit", ("0", "1"))
        ]
        # 44 minutes exceed 45 where the factor exceeds 1.0227: (0.2 - 0.0227) / 0.4 of trials.
        assert found.risks[0].share == pytest.approx(0.443, abs=0.1)
        assert found.broken_share == found.risks[0].share

    def test_a_limit_to_the_hub_is_looked_at_from_every_hub(self) -> None:
        instance = a_line(0, 44, 60, limit_minutes=45.0, limit_to="hub")
        found = robustness(instance, {"A": ["0", "1", "2"]}, n=100, seed=1)
        assert [(r.cluster, r.rule) for r in found.risks] == [("A", "travel_limit")]
        assert 0 < found.risks[0].share < 1

    def test_an_alternative_that_is_always_better_or_never(self) -> None:
        instance = a_line(0, 10, 20, 30, 1_000, limit_minutes=0.0)
        plan = {"A": ["0", "1"], "B": ["2", "3"], "C": ["4"]}
        better = {"A": ["0"], "B": ["1", "2"], "C": ["3"], "D": ["4"]}
        worse = {"A": ["0", "4"], "B": ["1", "2", "3"]}
        found = robustness(instance, plan, [better, worse, plan], n=50, seed=3)
        assert found.better == (1.0, 0.0, 0.0)
        assert set(found.ranks) == {2}
        assert (found.first_share, found.worst_rank) == (0.0, 2)

    def test_an_equal_alternative_wins_half_of_the_trials(self) -> None:
        instance = a_line(0, 10, 20, 30, limit_minutes=0.0)
        plan = {"A": ["0", "2"], "B": ["1"], "C": ["3"]}
        equal = {"A": ["1", "3"], "B": ["0"], "C": ["2"]}
        found = robustness(instance, plan, [equal], n=400, seed=3)
        assert found.better[0] == pytest.approx(0.5, abs=0.1)
        assert found.first_share == pytest.approx(1 - found.better[0])

    def test_the_same_seed_gives_the_same_answer_and_another_another(self) -> None:
        instance = a_line(0, 10, 25, limit_minutes=0.0)
        plan = {"A": ["0", "1", "2"]}
        assert robustness(instance, plan, seed=1) == robustness(instance, plan, seed=1)
        assert robustness(instance, plan, seed=1) != robustness(instance, plan, seed=2)

    def test_pyramids_are_scored_among_the_schools_that_each_plan_places(self) -> None:
        instance = Instance(
            schools=(
                school(1, 0, 0, phase="Secondary"),
                *(school(k, k, 0) for k in range(2, 7)),
                school(9, 400, 400),
            ),
            policy=Policy(pyramid=True, pyramid_size=(3, 8), limit_to="hub"),
        )
        plan = {c.label: list(c.members) for c in propose(instance, time_limit_s=5).clusters}
        fewer = {label: members[:-1] for label, members in plan.items()}
        found = robustness(instance, plan, [fewer, plan], n=5)
        assert found.better == (1.0, 0.0)
        assert found.risks == ()

    @pytest.mark.parametrize("plan", [{"1": ["0", "0"]}, {"1": ["0"], "2": ["0"]}, {"1": ["x"]}])
    def test_what_is_no_partition_is_refused(self, plan: Plan) -> None:
        with pytest.raises(NotAPartition):
            robustness(a_line(0, 1), plan)
        with pytest.raises(NotAPartition):
            robustness(a_line(0, 1), {"1": ["0", "1"]}, [plan])

    @pytest.mark.parametrize("wrong", [{"share": 1.0}, {"share": -0.1}, {"n": 0}])
    def test_shares_and_trials_that_mean_nothing_are_refused(self, wrong) -> None:
        with pytest.raises(ValueError, match="share"):
            robustness(a_line(0, 1), {"1": ["0", "1"]}, **wrong)

    def test_three_hundred_schools_and_ten_alternatives_within_seconds(self) -> None:
        places = random.Random(3)
        schools = tuple(
            school(k, places.randrange(80), places.randrange(80), fsm_share=k % 50 / 100)
            for k in range(300)
        )
        instance = Instance(schools, Policy(weights=Weights(worst=0.5, need=0.1)))
        partition = {str(k): [str(k * 6 + j) for j in range(6)] for k in range(50)}
        began = time.perf_counter()
        robustness(instance, partition, [partition] * 10)
        assert time.perf_counter() - began < 8.0


class TestScaled:
    @careful
    @given(made.instances())
    def test_by_one_is_the_model_itself(self, instance: Instance) -> None:
        model = build_model(instance)
        same = scaled(model, np.ones((model.n, model.n)))
        for name in ("km", "minutes", "worse", "travel", "bad", "may_hub"):
            assert np.array_equal(getattr(same, name), getattr(model, name)), name
