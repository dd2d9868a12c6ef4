"""Promises about firm and borderline schools: counts of plans that nobody's labels can change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.formation import NotAPartition, firmness
from clusterwork.formation.firmness import Elsewhere, stays

CHOSEN = {"A": list("abcdef"), "B": list("ghijkl")}
Plan = dict[str, list[str]]
careful = settings(max_examples=100, deadline=None, derandomize=True)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Twelve schools in up to four clusters; some in none."""
    plan: Plan = {}
    for school in "abcdefghijkl":
        plan.setdefault(draw(st.sampled_from("1234-")), []).append(school)
    plan.pop("-", None)
    return plan


def relabelled(plan: Plan) -> Plan:
    """The same clusters by other names in another order."""
    return {f"x{label}": members[::-1] for label, members in reversed(plan.items())}


def after(*moves: tuple[str, str]) -> Plan:
    """The chosen plan with schools moved."""
    plan = {label: list(members) for label, members in CHOSEN.items()}
    for school, to in moves:
        for members in plan.values():
            if school in members:
                members.remove(school)
        if to:
            plan.setdefault(to, []).append(school)
    return plan


class TestStays:
    def test_by_hand(self) -> None:
        five = frozenset("bcdef")
        assert stays(five, frozenset("bcd"))
        assert stays(five, frozenset("bcdgh"))
        assert not stays(five, frozenset("bc"))
        assert not stays(five, frozenset("bcghi"))
        assert not stays(five, five | frozenset("ghijk"))
        assert stays(frozenset(), frozenset())
        assert not stays(frozenset(), five)

    @given(st.frozensets(st.sampled_from("abcdefg")), st.frozensets(st.sampled_from("abcdefg")))
    def test_is_the_same_from_either_side(self, one, other) -> None:
        assert stays(one, other) == stays(other, one)
        assert stays(one, one)


class TestFirmness:
    @careful
    @given(plans(), st.integers(0, 4))
    def test_the_same_plan_again_leaves_everybody_firm(self, plan: Plan, n: int) -> None:
        found = firmness(plan, [relabelled(plan)] * n)
        assert found.borderline == ()
        assert all(each.share == 1.0 and not each.elsewhere for each in found.schools.values())

    @careful
    @given(plans(), st.lists(plans(), max_size=4))
    def test_labels_and_order_of_other_plans_change_nothing(self, chosen, others) -> None:
        again = firmness(chosen, [relabelled(plan) for plan in reversed(others)])
        assert again == firmness(chosen, others)

    @careful
    @given(plans(), st.lists(plans(), max_size=4))
    def test_labels_of_the_chosen_plan_change_only_the_names_told(self, chosen, others) -> None:
        one, two = firmness(chosen, others), firmness(relabelled(chosen), others)
        for school, agreement in one.schools.items():
            there = two.schools[school]
            assert (there.stays, there.firm) == (agreement.stays, agreement.firm)
            assert there.elsewhere == tuple(
                Elsewhere(e.cluster and f"x{e.cluster}", e.n_plans) for e in agreement.elsewhere
            )

    @careful
    @given(plans(), st.lists(plans(), min_size=1, max_size=4))
    def test_every_plan_is_counted_once_for_every_school(self, chosen, others) -> None:
        for agreement in firmness(chosen, others).schools.values():
            assert agreement.stays + sum(e.n_plans for e in agreement.elsewhere) == len(others)
            assert agreement.share == agreement.stays / len(others)

    @careful
    @given(plans(), st.lists(plans(), min_size=1, max_size=3))
    def test_a_plan_that_agrees_never_makes_a_school_less_firm(self, chosen, others) -> None:
        before, now = firmness(chosen, others), firmness(chosen, [*others, chosen])
        for school, agreement in before.schools.items():
            assert now.schools[school].share >= agreement.share

    def test_a_school_that_goes_is_borderline_and_those_it_leaves_are_not(self) -> None:
        found = firmness(CHOSEN, [after(("f", "B")), after(("f", "B")), CHOSEN])
        assert found.borderline == ("f",)
        assert found.schools["f"].elsewhere == (Elsewhere("B", 2),)
        assert found.schools["f"].share == pytest.approx(1 / 3)

    def test_four_plans_of_five_are_enough_and_three_of_four_are_not(self) -> None:
        one = after(("f", "B"))
        assert firmness(CHOSEN, [one, *[CHOSEN] * 4]).borderline == ()
        assert firmness(CHOSEN, [one, *[CHOSEN] * 3]).borderline == ("f",)
        assert firmness(CHOSEN, [one, *[CHOSEN] * 3], firm_share=0.7).borderline == ()

    def test_a_cluster_cut_into_halves_has_gone_by_its_own_name(self) -> None:
        halves = after(("d", "C"), ("e", "C"), ("f", "C"))
        found = firmness(CHOSEN, [halves])
        assert found.borderline == tuple("abcdef")
        assert found.schools["a"].elsewhere == (Elsewhere("A", 1),)

    def test_places_are_told_most_frequent_first(self) -> None:
        found = firmness(CHOSEN, [after(("f", "")), after(("f", "B")), after(("f", "B"))])
        assert found.schools["f"].elsewhere == (Elsewhere("B", 2), Elsewhere(None, 1))

    def test_a_school_left_out_that_others_place(self) -> None:
        found = firmness(after(("f", "")), [CHOSEN])
        assert found.schools["f"].cluster is None
        assert found.schools["f"].elsewhere == (Elsewhere("A", 1),)

    @pytest.mark.parametrize("plan", [{"1": ["a", "a"]}, {"1": ["a"], "2": ["a"]}])
    def test_what_is_no_partition_is_refused(self, plan: Plan) -> None:
        with pytest.raises(NotAPartition):
            firmness(CHOSEN, [plan])
        with pytest.raises(NotAPartition):
            firmness(plan, [])
