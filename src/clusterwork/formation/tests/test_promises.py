"""What holds whatever the rules: more rules never help, places on the map are only relative."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.formation import (
    CannotBeSatisfied,
    Instance,
    Locks,
    Policy,
    School,
    Weights,
    evaluate,
    propose,
)
from clusterwork.formation.tests import counties, made
from clusterwork.formation.tests.made import school

CLOSE = {"rel": 1e-6, "abs": 1e-6}
careful = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def best(instance: Instance) -> float:
    """The objective of a proved proposal, infinite where there is none."""
    try:
        proposal = propose(instance, time_limit_s=20)
    except CannotBeSatisfied:
        return math.inf
    assert proposal.proven
    return proposal.objective


def with_one_more(instance: Instance, data: st.DataObject) -> Instance:
    """A rule made stricter, or a lock put on."""
    policy, locks = instance.policy, instance.locks
    ids = st.sampled_from([s.id for s in instance.schools])
    low, high = policy.size
    rules: dict[str, object] = {
        "limit_minutes": min(policy.limit_minutes or 999.0, 25.0),
        "size": (low, max(low, high - 1)),
        "count": (1, 2) if policy.count is None else (policy.count[0],) * 2,
        "contributing": True,
        "same_authority": True,
        "same_medium": True,
    }
    rule = data.draw(st.sampled_from([*rules, "together", "apart", "fixed"]))
    if rule in rules:
        return replace(instance, policy=replace(policy, **{rule: rules[rule]}))
    one, other = data.draw(ids), data.draw(ids)
    if rule == "fixed":
        fixed = {**locks.fixed, **({one: other} if one not in locks.fixed else {})}
        return replace(instance, locks=replace(locks, fixed=fixed))
    pairs = getattr(locks, rule) + (((one, other),) if one != other else ())
    return replace(instance, locks=replace(locks, **{rule: pairs}))


class TestOneRuleMore:
    @careful
    @given(made.instances(most=7), st.data())
    def test_never_improves_the_best_plan(self, instance: Instance, data: st.DataObject) -> None:
        stricter = with_one_more(instance, data)
        assert best(stricter) >= best(instance) - 1e-6


def turned(schools: tuple[School, ...], angle: float, east: float, north: float) -> list[School]:
    cos, sin = math.cos(angle), math.sin(angle)
    return [
        replace(
            s,
            easting=cos * s.easting - sin * s.northing + east,
            northing=sin * s.easting + cos * s.northing + north,
        )
        for s in schools
    ]


def renamed(instance: Instance) -> Instance:
    """Every id another one, the schools in another order, other names for present clusters."""
    new = {s.id: f"x{s.id}" for s in instance.schools}
    names = {at: f"~{at}" for at in instance.current.values()}
    locks = instance.locks
    return replace(
        instance,
        schools=tuple(replace(s, id=new[s.id]) for s in reversed(instance.schools)),
        minutes=None
        if instance.minutes is None
        else {(new[a], new[b]): value for (a, b), value in instance.minutes.items()},
        flows=tuple(replace(f, from_id=new[f.from_id], to_id=new[f.to_id]) for f in instance.flows),
        links=tuple(replace(k, from_id=new[k.from_id], to_id=new[k.to_id]) for k in instance.links),
        locks=Locks(
            together=tuple((new[b], new[a]) for a, b in locks.together),
            apart=tuple((new[b], new[a]) for a, b in locks.apart),
            fixed={new[i]: names.get(at) or new[at] for i, at in locks.fixed.items()},
        ),
        current={new[i]: names[at] for i, at in instance.current.items()},
    )


class TestTheMap:
    @careful
    @given(made.instances(most=7), st.floats(0.1, 6.2), st.floats(-1e6, 1e6))
    def test_turning_and_moving_it_changes_nothing(
        self, instance: Instance, angle: float, far: float
    ) -> None:
        there = replace(instance, schools=tuple(turned(instance.schools, angle, far, -far)))
        assert best(there) == pytest.approx(best(instance), **CLOSE)

    @careful
    @given(made.instances(most=7))
    def test_renaming_and_reordering_the_schools_changes_nothing(self, instance: Instance) -> None:
        assert best(renamed(instance)) == pytest.approx(best(instance), **CLOSE)

    def test_nor_in_a_county_where_the_best_plan_is_proved(self) -> None:
        rules = Policy(count=(8, 8), size=(5, 9), limit_minutes=0.0)
        plain = Instance(counties.county(7, 56), rules)
        moved = replace(plain, schools=tuple(turned(plain.schools, 1.0, 3e5, 4e5)))
        first, *others = (
            propose(each, time_limit_s=20, seed=1) for each in (plain, moved, renamed(plain))
        )
        assert first.proven
        for other in others:
            assert other.proven
            assert other.objective == pytest.approx(first.objective)


ODD = {
    "one place": [(5.0, 5.0)] * 24,
    "two places": [(5.0, 5.0), (9.0, 5.0)] * 12,
    "a line": [(k, 0.0) for k in range(24)],
    "a line across": [(k / 7, k / 7) for k in range(24)],
    "a million km apart": [(1e6 * (k % 3), k / 10) for k in range(24)],
    "a million km away": [(1e6 + k % 5, 1e6 + k / 9) for k in range(24)],
}


class TestOddMaps:
    @pytest.mark.parametrize("measure", ["hub", "peers"])
    @pytest.mark.parametrize("limit", [0.0, 60.0])
    @pytest.mark.parametrize("where", ODD)
    def test_come_out_within_the_rules(self, where: str, limit: float, measure: str) -> None:
        spots = ODD[where]
        schools = tuple(school(k, east, north) for k, (east, north) in enumerate(spots))
        policy = Policy(
            size=(4, 8),
            measure=measure,  # type: ignore[arg-type]
            limit_minutes=limit,
            weights=Weights(worst=0.5),
        )
        instance = Instance(schools, policy)
        proposal = propose(instance, time_limit_s=1.0)
        partition = {cluster.label: cluster.members for cluster in proposal.clusters}
        found = evaluate(instance, partition)
        assert found.breaches == ()
        assert sum(proposal.sizes) == len(schools)
        assert 0 <= proposal.bound <= proposal.objective + 1e-9
        assert math.isfinite(proposal.objective)

    @pytest.mark.parametrize("measure", ["hub", "peers"])
    def test_nobody_at_all_and_one_alone(self, measure: str) -> None:
        policy = Policy(size=(1, 5), measure=measure)  # type: ignore[arg-type]
        assert propose(Instance((), policy)).clusters == ()
        assert propose(Instance((school(1, 1e6, 1e6),), policy)).objective == 0
        with pytest.raises(CannotBeSatisfied):
            propose(Instance((school(1, 0, 0),), replace(policy, size=(2, 5))))
