"""Why a large instance has no plan: in the words of small ones, and only where it is proved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from clusterwork.formation import (
    CannotBeSatisfied,
    Instance,
    Locks,
    NotFoundInTime,
    Policy,
    School,
    TooManySchools,
    evaluate,
    propose,
)
from clusterwork.formation.national import reach as reaching
from clusterwork.formation.national.proposing import propose_large
from clusterwork.formation.national.refusing import refuse_lonely, refuse_quickly
from clusterwork.formation.national.whole import Whole
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school

careful = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
TOWN = tuple(school(k, k % 8, k // 8) for k in range(40))
ISLE = tuple(school(100 + k, 300 + k, 300) for k in range(3))


def refused(instance: Instance) -> CannotBeSatisfied:
    with pytest.raises(CannotBeSatisfied) as caught:
        propose_large(
            instance, time_limit_s=2.0, seed=1, progress=None, should_stop=None, processes=1
        )
    return caught.value


def as_by_matrix(instance: Instance) -> CannotBeSatisfied:
    """Refused with the words of `propose`."""
    problem = refused(instance)
    with pytest.raises(CannotBeSatisfied) as caught:
        propose(instance, time_limit_s=2.0, seed=1)
    assert str(problem) == str(caught.value)
    assert problem.against == caught.value.against
    return problem


class TestTheSameWords:
    def test_for_schools_too_far_from_the_others(self) -> None:
        problem = as_by_matrix(Instance((*TOWN, *ISLE), Policy(limit_minutes=45)))
        assert {i for entry in problem.against for i in entry.schools} == {"100", "101", "102"}

    def test_for_schools_too_far_from_any_hub(self) -> None:
        as_by_matrix(Instance((*TOWN, *ISLE), Policy(limit_minutes=45, limit_to="hub")))

    def test_for_schools_near_to_enough_others_who_are_far_from_each_other(self) -> None:
        star = tuple(
            school(200 + k, 300 + east, 300 + north)
            for k, (east, north) in enumerate([(0, 0), (9, 0), (-9, 0), (0, 9), (0, -9)])
        )
        policy = Policy(limit_minutes=9 * 1.3 / 45 * 60 + 0.1)
        as_by_matrix(Instance((*TOWN, *star), policy))

    def test_for_an_authority_that_is_too_small(self) -> None:
        schools = tuple(replace(each, authority="ab"[k < 3]) for k, each in enumerate(TOWN))
        as_by_matrix(Instance(schools, Policy(same_authority=True, limit_minutes=0.0)))

    def test_for_too_many_locked_together(self) -> None:
        locks = Locks(together=tuple((str(k), str(k + 1)) for k in range(10)))
        problem = as_by_matrix(Instance(TOWN, Policy(), locks=locks))
        assert len(problem.locks.together) == 9

    def test_for_locks_against_the_limit(self) -> None:
        locks = Locks(together=(("0", "100"), ("3", "4")))
        isle = tuple(school(100 + k, 300 + k, 300) for k in range(9))
        problem = as_by_matrix(Instance((*TOWN, *isle), Policy(), locks=locks))
        assert problem.locks.together == (("0", "100"),)

    @pytest.mark.parametrize(
        "policy", [Policy(count=(9, 20)), Policy(count=(1, 2)), Policy(size=(41, 50))]
    )
    def test_for_numbers_that_do_not_fit(self, policy: Policy) -> None:
        as_by_matrix(Instance(TOWN, replace(policy, limit_minutes=0.0)))

    def test_for_too_few_contributing_schools(self) -> None:
        few = (replace(TOWN[0], strong=True), *TOWN[1:])
        as_by_matrix(Instance(few, Policy(contributing=True)))

    def test_for_schools_with_no_contributing_school_in_reach(self) -> None:
        town = tuple(replace(each, strong=True) for each in TOWN)
        isle = tuple(school(100 + k, 300 + k, 300) for k in range(7))
        problem = as_by_matrix(Instance((*town, *isle), Policy(contributing=True)))
        assert {entry.rule for entry in problem.against} == {"contributing", "travel_limit"}


class TestOnlyWhatIsProved:
    @careful
    @given(instance=made.instances(7))
    def test_what_is_refused_has_no_plan(self, instance: Instance) -> None:
        whole = Whole(instance)
        try:
            refuse_quickly(whole)
            refuse_lonely(whole, lambda: False)
        except CannotBeSatisfied as problem:
            assert plainly.best(instance) is None
            assert problem.against

    def test_what_is_not_proved_is_said_so(self) -> None:
        """Two islands of eleven, which clusters of six to ten cannot divide."""
        isles = tuple(
            school(11 * isle + k, 300 * isle + k % 3, k // 3)
            for isle in range(2)
            for k in range(11)
        )
        with pytest.raises((NotFoundInTime, CannotBeSatisfied)):
            propose_large(
                Instance(isles, Policy(size=(6, 10))),
                time_limit_s=1.0,
                seed=1,
                progress=None,
                should_stop=None,
                processes=1,
            )


def test_the_reach_of_ten_thousand_schools_is_quick() -> None:
    random = np.random.default_rng(2)
    schools: tuple[School, ...] = tuple(
        school(k, *map(float, random.uniform(0, 500, 2))) for k in range(10_000)
    )
    found = reaching.Reach(Whole(Instance(schools, Policy()))).n_companions(
        np.ones(10_000, dtype=bool)
    )
    assert found.min() >= 1


def test_more_pairs_than_memory_holds_are_refused_before_they_are_made() -> None:
    schools = tuple(school(k, k % 100, k // 100) for k in range(6001))
    clusters = {str(k): [str(k)] for k in range(6001)}
    with pytest.raises(TooManySchools, match="the most is 6000"):
        evaluate(Instance(schools), clusters)
