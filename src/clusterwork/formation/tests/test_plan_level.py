"""Promises about the figures of a whole plan: the worst-off tenth, the best, and today."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.formation import Instance, Policy, Proposal, evaluate, propose
from clusterwork.formation.level_report import level_report, level_sentences, whole_report
from clusterwork.formation.plan_level import PlanLevel, above_best, plan_level, worst_off
from clusterwork.formation.tests import made

FREE = Policy(size=(3, 5), best_size=(3, 5), limit_minutes=0)
LINE = tuple(made.school(k, 2 * k, 0) for k in range(12))
TODAY = {str(k): "East" if k % 2 else "West" for k in range(12)}
WHOLE = Instance(LINE, FREE, current=TODAY)


def found(instance: Instance = WHOLE) -> tuple[PlanLevel, Proposal]:
    proposal = propose(instance, time_limit_s=20, seed=1)
    return plan_level(instance, proposal), proposal


class TestTheWorstOffTenth:
    @settings(derandomize=True, deadline=None)
    @given(st.dictionaries(st.text("abc", max_size=4), st.integers(0, 90).map(float), min_size=1))
    def test_is_a_tenth_and_nobody_else_travels_further(self, minutes: dict[str, float]) -> None:
        tenth = worst_off(minutes)
        assert tenth is not None
        assert len(tenth.schools) == math.ceil(len(minutes) / 10)
        others = [minutes[school] for school in minutes if school not in tenth.schools]
        assert all(minutes[school] >= max(others, default=0) for school in tenth.schools)
        assert tenth.longest_minutes == max(minutes.values())
        mean = sum(minutes[school] for school in tenth.schools) / len(tenth.schools)
        assert tenth.mean_minutes == pytest.approx(mean)

    def test_of_no_schools_is_none(self) -> None:
        assert worst_off({}) is None

    def test_of_a_proposal_are_journeys_of_its_reasons(self) -> None:
        level, proposal = found()
        assert level.worst_off is not None
        assert len(level.worst_off.schools) == 2
        assert level.worst_off.longest_minutes == pytest.approx(proposal.worst_minutes)


class TestAboveTheBest:
    @pytest.mark.parametrize(
        ("objective", "bound", "share"),
        [(110.0, 100.0, 0.1), (100.0, 100.0, 0.0), (0.0, 0.0, 0.0), (5.0, 0.0, None)],
    )
    def test_is_a_share_of_the_best(self, objective: float, bound: float, share: float) -> None:
        assert above_best(objective, bound) == (None if share is None else pytest.approx(share))


class TestAgainstToday:
    def test_is_what_the_present_clusters_would_score(self) -> None:
        level, proposal = found()
        assert level.today is not None
        clusters = {"West": [s.id for s in LINE[::2]], "East": [s.id for s in LINE[1::2]]}
        assert level.today.found == evaluate(WHOLE, clusters)
        assert level.today.same_schools
        assert level.today.broken == {"size": 2}
        assert level.today.found.objective > proposal.objective

    def test_with_the_same_clusters_is_the_same(self) -> None:
        _, proposal = found(replace(WHOLE, current={}))
        again = replace(WHOLE, current=proposal.assignment)
        level, proposal = found(again)
        assert level.today is not None
        assert level.today.found.objective == pytest.approx(proposal.objective)
        assert level.today.worst_off == level.worst_off
        assert (level.today.broken, proposal.moved) == ({}, ())

    def test_does_not_compare_objectives_of_other_schools(self) -> None:
        some = {school: label for school, label in TODAY.items() if school != "3"}
        level, _ = found(replace(WHOLE, current=some))
        assert level.today is not None
        assert not level.today.same_schools
        assert level.today.found.left_out == ("3",)
        assert level.today.broken == {"size": 1, "left_out": 1}

    def test_is_none_without_present_clusters(self) -> None:
        assert found(replace(WHOLE, current={}))[0].today is None
        assert found(replace(WHOLE, current={"gone": "West"}))[0].today is None


class TestTheReport:
    def test_says_everything_as_plain_values(self) -> None:
        level, proposal = found()
        report = json.loads(json.dumps(level_report(level, proposal)))
        assert set(report) == {"worst_off", "above_best", "today", "summary"}
        assert report["today"]["n_clusters"] == 2
        assert report["today"]["broken"] == {"size": 2}
        assert "No plan that keeps the rules is better." in report["summary"]
        assert any(said.startswith("Present clusters: 2.") for said in report["summary"])
        assert "Rules that present clusters break: size of a cluster." in report["summary"]

    def test_stands_beside_everything_else(self) -> None:
        level, proposal = found()
        whole = whole_report(WHOLE, proposal)
        assert whole["level"] == level_report(level, proposal)
        assert whole["objective"] == proposal.objective

    def test_says_nothing_of_no_clusters(self) -> None:
        alone = Instance(LINE[:2], replace(FREE, may_leave_over=True))
        level, proposal = found(alone)
        assert (level.worst_off, level.today) == (None, None)
        assert list(level_sentences(level, proposal)) == []
