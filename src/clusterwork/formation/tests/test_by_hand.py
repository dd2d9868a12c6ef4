"""Promises about divisions made by hand: scored like proposals, and checked by a second route."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwork.formation import (
    Instance,
    Link,
    Locks,
    Moved,
    NotAPartition,
    Policy,
    Weights,
    arrange,
    consequences,
    evaluate,
    moved_partition,
    propose,
)
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school

CLOSE = {"rel": 1e-6, "abs": 1e-6}
careful = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@st.composite
def divided(draw: st.DrawFn) -> tuple[Instance, dict[str, list[str]]]:
    """An instance and any partition of its schools."""
    instance = draw(made.instances())
    partition: dict[str, list[str]] = {}
    for each in instance.schools:
        partition.setdefault(draw(st.sampled_from("123")), []).append(each.id)
    return instance, partition


def schools_in(instance: Instance, partition: dict[str, list[str]]) -> list[list[object]]:
    by_id = {s.id: s for s in instance.schools}
    return [[by_id[i] for i in members] for members in partition.values()]


def a_line(n: int = 12, **more: object) -> Instance:
    """Schools 2 km apart on a line, in clusters of three to five."""
    facts: dict[str, object] = {"policy": Policy(size=(3, 5), best_size=(3, 5), circuity=1.0)}
    return Instance(schools=tuple(school(k, 2 * k, 0) for k in range(n)), **{**facts, **more})  # type: ignore[arg-type]


THREE = {"1": ["0", "1", "2", "3"], "2": ["4", "5", "6", "7"], "3": ["8", "9", "10", "11"]}


class TestEvaluate:
    @careful
    @given(made.instances())
    def test_a_proposal_is_worth_what_it_said(self, instance: Instance) -> None:
        if plainly.best(instance) is None:
            return
        proposal = propose(instance, time_limit_s=20, seed=1)
        found = evaluate(instance, {c.label: c.members for c in proposal.clusters})
        assert found.objective == proposal.objective
        assert found.parts == proposal.parts
        assert found.clusters == proposal.clusters
        assert found.links_cut == proposal.links_cut
        assert found.moved == proposal.moved
        assert found.breaches == ()
        assert found.minutes == {i: r.minutes for i, r in proposal.reasons.items()}

    @careful
    @given(divided())
    def test_agrees_with_the_rules_written_out_plainly(self, case) -> None:
        instance, partition = case
        if instance.locks.fixed or any(
            not plainly.hubs(instance, cluster) for cluster in schools_in(instance, partition)
        ):
            return
        clusters = schools_in(instance, partition)
        found = evaluate(instance, partition)
        assert found.objective == pytest.approx(plainly.objective(instance, clusters), **CLOSE)
        count = instance.policy.count or (0, 99)
        sound = all(plainly.sound(instance, cluster) for cluster in clusters)
        keeps_all = sound and count[0] <= len(clusters) <= count[1]
        assert (found.breaches == ()) == keeps_all

    def test_by_hand_on_a_line(self) -> None:
        """Hubs 1, 5, 9: each cluster travels 2 + 0 + 2 + 4 km."""
        found = evaluate(a_line(), THREE)
        assert found.objective == pytest.approx(24.0)
        assert found.mean_minutes == pytest.approx(2 / 45 * 60)
        assert found.sizes == (4, 4, 4)

    def test_a_school_in_no_cluster_is_said(self) -> None:
        found = evaluate(a_line(), {**THREE, "3": ["8", "9", "10"]})
        assert found.left_out == ("11",)
        assert [(b.cluster, b.against.rule) for b in found.breaches] == [(None, "left_out")]

    def test_pyramids_leave_schools_out_without_a_breach(self) -> None:
        instance = Instance(
            schools=(
                school(1, 0, 0, phase="Secondary"),
                *(school(k, k, 0) for k in range(2, 7)),
                school(9, 400, 400),
                school(10, 1, 1, phase="Special"),
            ),
            policy=Policy(pyramid=True, pyramid_size=(3, 8)),
        )
        proposal = propose(instance, time_limit_s=5)
        found = evaluate(instance, {c.label: c.members for c in proposal.clusters})
        assert found.objective == proposal.objective
        assert found.left_out == ("9", "10")
        assert found.breaches == ()
        asked_in = consequences(
            instance, {c.label: c.members for c in proposal.clusters}, [Moved("10", "1")]
        )
        assert not asked_in.broken
        assert asked_in.after.sizes == (7,)

    @pytest.mark.parametrize(
        "partition", [{"1": ["0", "0"]}, {"1": ["0"], "2": ["0"]}, {"1": ["x"]}]
    )
    def test_what_is_no_partition_is_refused(self, partition) -> None:
        with pytest.raises(NotAPartition):
            evaluate(a_line(), partition)


class TestConsequences:
    def test_are_the_difference_of_two_plans(self) -> None:
        found = consequences(a_line(), THREE, [Moved("3", "2")])
        assert found.before.objective == pytest.approx(24.0)
        # Hub 1 has 0 and 2 at 2 km; hub 5 has 3 and 7 at 4 km, 4 and 6 at 2 km.
        assert found.after.objective == pytest.approx(4.0 + 12.0 + 8.0)
        assert [change.label for change in found.clusters] == ["1", "2"]
        three = next(change for change in found.schools if change.school == "3")
        assert (three.before, three.after) == ("1", "2")
        assert three.minutes_before == pytest.approx(4 / 45 * 60)
        assert three.minutes_after == pytest.approx(4 / 45 * 60)
        assert len(found.schools) == 8
        assert not found.broken
        assert not found.mended

    def test_rules_newly_broken_and_mended_are_named(self) -> None:
        instance = a_line(locks=Locks(together=(("3", "4"),), apart=(("3", "5"),)))
        found = consequences(instance, THREE, [Moved("3", "2")])
        assert [(b.cluster, b.against.rule) for b in found.broken] == [("2", "apart")]
        assert {(b.cluster, b.against.rule) for b in found.mended} == {
            ("1", "together"),
            ("2", "together"),
        }

    def test_a_cluster_that_grows_too_large_is_broken_once(self) -> None:
        two = [Moved("3", "2"), Moved("2", "2")]
        found = consequences(a_line(), THREE, two)
        assert {(b.cluster, b.against.rule) for b in found.broken} == {("1", "size"), ("2", "size")}
        back = consequences(a_line(), moved_partition(THREE, two), [Moved("2", "1")])
        assert not back.broken
        assert len(back.mended) == 2

    def test_a_new_cluster_and_an_emptied_one(self) -> None:
        moves = [Moved(each, "4") for each in THREE["1"]]
        found = consequences(a_line(), THREE, moves)
        assert [(c.label, c.before is None, c.after is None) for c in found.clusters] == [
            ("1", False, True),
            ("4", True, False),
        ]
        assert found.after.objective == pytest.approx(found.before.objective)

    @careful
    @given(divided(), st.data())
    def test_going_back_gives_back_everything(self, case, data) -> None:
        instance, partition = case
        one = data.draw(st.sampled_from([s.id for s in instance.schools]))
        home = next(label for label, members in partition.items() if one in members)
        there = consequences(instance, partition, [Moved(one, data.draw(st.sampled_from("1234")))])
        back = consequences(
            instance, {c.label: c.members for c in there.after.clusters}, [Moved(one, home)]
        )
        assert back.after.objective == pytest.approx(there.before.objective, **CLOSE)
        assert {(b.cluster, b.against.rule) for b in back.after.breaches} == {
            (b.cluster, b.against.rule) for b in there.before.breaches
        }


class TestArrange:
    @careful
    @given(divided())
    def test_gives_every_place_a_reason_whatever_is_broken(self, case) -> None:
        instance, partition = case
        found = arrange(instance, partition, bound=1e9)
        assert set(found.reasons) == {s.id for s in instance.schools}
        scored = evaluate(instance, partition)
        assert found.objective == scored.objective
        assert found.bound <= found.objective
        assert not found.proven
        for each in found.reasons.values():
            assert each.minutes == pytest.approx(scored.minutes[each.school])
            assert found.assignment[each.school] == each.cluster

    def test_a_proposal_arranged_again_has_the_same_reasons(self) -> None:
        instance = replace(a_line(), links=(Link("0", "11"),))
        proposal = propose(instance, time_limit_s=5)
        again = arrange(instance, {c.label: c.members for c in proposal.clusters})
        assert again.reasons == proposal.reasons


class TestSpeed:
    def test_three_hundred_schools_in_well_under_two_seconds(self) -> None:
        places = random.Random(3)
        schools = tuple(
            school(k, places.randrange(80), places.randrange(80), fsm_share=k % 50 / 100)
            for k in range(300)
        )
        weights = Weights(worst=0.5, need=0.1, links=1.0)
        links = tuple(Link(str(k), str(k + 1)) for k in range(0, 300, 2))
        instance = Instance(schools, Policy(measure="peers", weights=weights), links=links)
        partition = {str(k): [str(k * 6 + j) for j in range(6)] for k in range(50)}
        began = time.perf_counter()
        consequences(instance, partition, [Moved("0", "7")])
        assert time.perf_counter() - began < 1.0
