"""Promises of the rules that keep a cluster in one authority or language, and of equal need."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given

from clusterwork.formation import (
    CannotBeSatisfied,
    Instance,
    Locks,
    Policy,
    Proposal,
    School,
    Weights,
    evaluate,
    propose,
)
from clusterwork.formation.inside import only
from clusterwork.formation.model import build_model
from clusterwork.formation.policy_reading import read_policy, write_policy
from clusterwork.formation.pricing import price, rows_of
from clusterwork.formation.tests import made, plainly
from clusterwork.formation.tests.made import school
from clusterwork.formation.tests.test_propose import careful

LOOSE = Policy(limit_minutes=0, size=(3, 3), circuity=1)


def mixed(**more: dict[int, object]) -> tuple[School, ...]:
    """Six schools along a road, numbered 0 to 5; `more` has facts by column and school."""
    return tuple(
        school(k, k, 0, **{column: values[k] for column, values in more.items() if k in values})
        for k in range(6)
    )


def together(proposal: Proposal) -> set[frozenset[str]]:
    return {frozenset(cluster.members) for cluster in proposal.clusters}


class TestOneAuthority:
    interleaved = mixed(authority={0: "N", 1: "S", 2: "N", 3: "S", 4: "N", 5: "S"})

    def test_no_cluster_crosses_where_asked_and_the_rule_binds(self) -> None:
        rules = replace(LOOSE, same_authority=True)
        proposal = propose(Instance(schools=self.interleaved, policy=rules))
        assert together(proposal) == {frozenset("024"), frozenset("135")}
        assert proposal.objective == pytest.approx(8) and proposal.proven
        state = next(state for state in proposal.rules if state.rule == "same_authority")
        assert state.binds and state.saves == pytest.approx(4)

    def test_a_school_of_no_known_authority_may_be_with_any(self) -> None:
        schools = mixed(authority={0: "N", 2: "S", 3: "S", 5: "S"})
        rules = replace(LOOSE, same_authority=True)
        for three in ("014", "235"):
            assert not evaluate(
                Instance(schools=schools, policy=rules), {"X": list(three)}
            ).breaches[:-1]
        assert together(propose(Instance(schools=schools, policy=rules))) == {
            frozenset("014"),
            frozenset("235"),
        }

    def test_does_not_exist_unless_asked(self) -> None:
        proposal = propose(Instance(schools=self.interleaved, policy=LOOSE))
        assert proposal.objective == pytest.approx(4)
        assert not {"same_authority", "same_medium"} & {state.rule for state in proposal.rules}

    def test_a_division_by_hand_that_breaks_it_is_told_with_the_schools(self) -> None:
        rules = replace(LOOSE, same_authority=True)
        found = evaluate(
            Instance(schools=self.interleaved, policy=rules), {"A": list("024"), "B": list("135")}
        )
        assert not found.breaches
        found = evaluate(
            Instance(schools=self.interleaved, policy=rules), {"A": list("014"), "B": list("235")}
        )
        assert [each.against.rule for each in found.breaches] == ["same_authority"] * 2
        assert found.breaches[0].against.schools == ("0", "1", "4")
        assert "In different authorities. Schools: School 0 (0)" in str(
            found.breaches[0].against.message
        )

    def test_is_left_to_pyramids_themselves(self) -> None:
        rules = replace(LOOSE, pyramid=True, same_authority=True, same_medium=True)
        assert not rules.keeps_authority and not rules.keeps_medium


class TestOneLanguage:
    def test_welsh_and_english_are_apart_and_dual_stream_joins_either(self) -> None:
        words = {0: "Welsh medium", 1: "EM", 2: "WM", 3: "English medium", 4: "Dual stream"}
        rules = replace(LOOSE, same_medium=True)
        proposal = propose(Instance(schools=mixed(medium=words), policy=rules))
        assert proposal.proven
        for cluster in proposal.clusters:
            assert not {"0", "2"} & set(cluster.members) or not {"1", "3"} & set(cluster.members)

    def test_names_itself_in_a_conflict_and_only_where_it_matters(self) -> None:
        words = {k: "Welsh" if k < 2 else "English" for k in range(6)}
        rules = replace(LOOSE, same_medium=True, same_authority=True)
        with pytest.raises(CannotBeSatisfied) as caught:
            propose(Instance(schools=mixed(medium=words), policy=rules))
        assert {entry.rule for entry in caught.value.against} == {"size", "same_medium"}
        assert "one language of teaching in each cluster" in str(caught.value)

    def test_a_lock_against_it_is_a_conflict_of_the_two(self) -> None:
        words = {k: "Welsh" if k % 2 else "English" for k in range(6)}
        with pytest.raises(CannotBeSatisfied) as caught:
            propose(
                Instance(
                    schools=mixed(medium=words),
                    policy=replace(LOOSE, same_medium=True),
                    locks=Locks(together=(("0", "1"),)),
                )
            )
        assert {entry.rule for entry in caught.value.against} == {"together", "same_medium"}


class TestAddingARule:
    @careful
    @given(made.instances(most=7))
    def test_never_improves_the_best_plan(self, instance: Instance) -> None:
        free = replace(instance.policy, same_authority=False, same_medium=False)
        best = _best(replace(instance, policy=free))
        for rule in ({"same_authority": True}, {"same_medium": True}):
            assert _best(replace(instance, policy=replace(free, **rule))) >= best - 1e-6


def _best(instance: Instance) -> float:
    """The objective of a proved proposal, infinite where there is none."""
    try:
        return propose(instance, time_limit_s=20).objective
    except CannotBeSatisfied:
        return math.inf


class TestEqualNeed:
    rolls = mixed(pupils={0: 50.0, 1: 50.0, 2: 50.0, 3: 150.0, 4: 150.0, 5: 150.0})
    grades = mixed(support={0: 1.0, 1: 1.0, 2: None, 3: 4.0, 4: 4.0, 5: None})
    halves = {"A": list("012"), "B": list("345")}

    def test_pupils_by_hand(self) -> None:
        rules = replace(LOOSE, weights=Weights(need_pupils=0.1))
        found = evaluate(Instance(schools=self.rolls, policy=rules), self.halves)
        # The mean is 100; both clusters lie 50 % from it: 0.1 × 50 × 3, twice.
        assert found.parts["need_pupils"] == pytest.approx(30)
        assert found.pupils_percent == pytest.approx((50, 50))
        assert [cluster.mean_pupils for cluster in found.clusters] == [50, 150]
        assert found.objective == pytest.approx(34)

    def test_support_by_hand_with_schools_whose_category_is_not_known(self) -> None:
        rules = replace(LOOSE, weights=Weights(need_support=2))
        found = evaluate(Instance(schools=self.grades, policy=rules), self.halves)
        # The mean is 2.5; both clusters lie 1.5 from it: 2 × 1.5 × 3, twice.
        assert found.parts["need_support"] == pytest.approx(18)
        assert found.support_steps == pytest.approx((1.5, 1.5))

    def test_nothing_known_costs_nothing_and_is_not_shown(self) -> None:
        schools = mixed(pupils=dict.fromkeys(range(6)))
        rules = replace(LOOSE, weights=Weights(need_pupils=5, need_support=5))
        found = evaluate(Instance(schools=schools, policy=rules), self.halves)
        assert found.objective == pytest.approx(4)
        assert found.pupils_percent is None and found.support_steps is None
        assert found.clusters[0].mean_pupils is None

    def test_schools_without_a_pupil_do_not_divide_by_nothing(self) -> None:
        schools = mixed(pupils=dict.fromkeys(range(6), 0.0))
        rules = replace(LOOSE, weights=Weights(need_pupils=5))
        assert evaluate(Instance(schools=schools, policy=rules), self.halves).objective == 4

    @pytest.mark.parametrize(
        ("schools", "weights"),
        [(rolls, Weights(need_pupils=1)), (grades, Weights(need_support=9))],
        ids=["pupils", "support"],
    )
    def test_a_large_weight_mixes_them(self, schools: tuple[School, ...], weights: Weights) -> None:
        instance = Instance(schools=schools, policy=replace(LOOSE, weights=weights))
        proposal = propose(instance)
        assert proposal.objective == pytest.approx(plainly.best(instance))
        assert together(proposal) != {frozenset("012"), frozenset("345")}
        assert proposal.objective == pytest.approx(sum(proposal.parts.values()))


class TestNeighbourhoods:
    def test_a_part_of_the_model_prices_its_clusters_as_the_whole_does(self) -> None:
        schools = tuple(
            school(k, k, 0, pupils=50.0 + 9 * k, support=None if k == 4 else float(k % 4))
            for k in range(9)
        )
        weights = Weights(need=0.3, need_pupils=0.2, need_support=3)
        model = build_model(Instance(schools=schools, policy=replace(LOOSE, weights=weights)))
        part = only(model, [2, 3, 4, 6, 7, 8], 1)
        there = price(part, rows_of(part, [[0, 2, 5], [1, 3, 4]]))
        whole = price(model, rows_of(model, [[2, 4, 8], [3, 6, 7]]))
        assert there.cost == pytest.approx(whole.cost)


class TestPolicies:
    def test_the_new_keys_are_read_and_written(self) -> None:
        given = {
            "weights": {"need_pupils": 0.5, "need_support": 2.0},
            "require": {"same_authority": True, "same_medium": True},
        }
        policy = read_policy(given)
        assert policy.weights == Weights(need_pupils=0.5, need_support=2.0)
        assert policy.same_authority and policy.same_medium
        assert read_policy(write_policy(policy)) == policy

    def test_a_policy_stored_before_they_existed_still_reads(self) -> None:
        stored = write_policy(Policy())
        for section, key in (
            ("weights", "need_pupils"),
            ("weights", "need_support"),
            ("require", "same_authority"),
            ("require", "same_medium"),
        ):
            del stored[section][key]
        assert read_policy(stored) == Policy()


class TestManySchools:
    def test_a_proposal_keeps_the_rules_and_its_figures_are_those_of_a_division_by_hand(
        self,
    ) -> None:
        schools = tuple(
            school(
                k,
                (k * 37) % 50,
                (k * 61) % 50,
                authority="NS"[k % 2],
                medium=("WM", "EM", "BI")[k % 3],
                pupils=20.0 + 11 * (k % 7),
                support=float(1 + k % 4),
            )
            for k in range(72)
        )
        rules = Policy(
            limit_minutes=0,
            same_authority=True,
            same_medium=True,
            weights=Weights(need_pupils=0.05, need_support=1),
        )
        instance = Instance(schools=schools, policy=rules)
        proposal = propose(instance, time_limit_s=4, seed=1)
        found = evaluate(instance, {c.label: c.members for c in proposal.clusters})
        assert not found.breaches
        assert found.objective == pytest.approx(proposal.objective)
        assert found.parts["need_pupils"] > 0 and found.parts["need_support"] > 0
        assert 0 < proposal.bound <= proposal.objective
