"""The analysis again: without a cluster, with an invented start or outcome, with other choices."""

import polars as pl
import pytest

from clusterwork.impact.diagnostics import (
    leave_one_cluster_out,
    placebo_outcomes,
    placebo_years,
    sensitivity,
)
from clusterwork.impact.matching import att, match
from clusterwork.impact.matching.tests.made import COVARIATES, schools
from clusterwork.impact.result import Estimate
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


def estimate(value: float, se: float = 0.1, p: float | None = 0.5) -> Estimate:
    return Estimate(value, se, value - 2 * se, value + 2 * se, p=p)


def refuse(*_):
    raise Problem(Message(N_("Nobody is left.")))


class TestLeavingOut:
    FRAME = pl.DataFrame({"cluster": ["a", "a", "b", "c", None], "y": [1.0, 2.0, 3.0, 10.0, 0.0]})

    @staticmethod
    def mean(frame) -> Estimate:
        return estimate(float(frame["y"].mean()))

    def test_each_cluster_is_left_out_once_with_all_its_rows(self):
        told = leave_one_cluster_out(self.FRAME, "cluster", self.mean, whole=estimate(3.2, 1.0))
        rows = {row["left out"]: row["estimate"] for row in told.table.to_dicts()}
        assert rows == {"a": 13 / 3, "b": 13 / 4, "c": 1.5}
        assert told.passed is True
        assert "Lowest without this cluster: c." in str(told.said)

    def test_an_estimate_outside_the_interval_of_the_whole_fails(self):
        told = leave_one_cluster_out(self.FRAME, "cluster", self.mean, whole=estimate(3.2, 0.1))
        assert told.passed is False

    def test_only_the_clusters_asked_for(self):
        told = leave_one_cluster_out(
            self.FRAME.to_pandas(), "cluster", self.mean, whole=Estimate(3.2), clusters=["c"]
        )
        assert [row[0] for row in told.table.rows] == ["c"]
        assert told.passed is None

    def test_a_refusal_is_a_line(self):
        told = leave_one_cluster_out(self.FRAME, "cluster", refuse, whole=estimate(3.2))
        assert told.passed is False
        assert told.table.to_dicts()[0]["refused"] == "Nobody is left."

    def test_with_a_real_analysis(self):
        frame = schools(12, 120)

        def again(rows) -> Estimate:
            return att(
                match(rows, "took", "urn", COVARIATES, cluster="cluster"), rows, "y"
            ).estimate

        told = leave_one_cluster_out(frame, "cluster", again, whole=again(frame))
        assert len(told.table.rows) == 12
        assert all(row["refused"] is None for row in told.table.to_dicts())


class TestPlacebo:
    def test_no_effect_where_there_can_be_none_passes_and_says_how_much_could_hide(self):
        told = placebo_years([2014, 2015], lambda year: estimate(0.01 * (year - 2014)))
        assert told.passed is True
        assert [row[0] for row in told.table.rows] == ["2014", "2015"]
        assert "up to 0.21 would not have been excluded" in str(told.said)

    def test_an_effect_fails(self):
        told = placebo_outcomes(["roll", "lateness"], lambda _: estimate(1.0, p=0.001))
        assert told.passed is False
        assert "do not read" in str(told.said)

    def test_one_in_twenty_by_chance_does_not_fail(self):
        found = iter([0.04, *[0.6] * 9])
        told = placebo_outcomes(
            [f"outcome {n}" for n in range(10)], lambda _: estimate(0.1, p=next(found))
        )
        assert told.passed is True

    def test_without_p_the_reader_judges(self):
        assert placebo_years([2014], lambda _: Estimate(0.1)).passed is None

    def test_a_refusal_is_no_pass(self):
        told = placebo_years([2014], refuse)
        assert told.passed is None
        assert told.table.to_dicts()[0]["refused"] == "Nobody is left."


class TestAlternatives:
    def test_all_declared_are_shown_after_the_main_one(self):
        told = sensitivity(
            estimate(0.5), {"k = 3": lambda: estimate(0.45), "caliper": lambda: estimate(0.6)}
        )
        assert [row[0] for row in told.table.rows] == ["main", "k = 3", "caliper"]
        assert told.passed is True
        assert "between 0.45 and 0.6" in str(told.said)

    @pytest.mark.parametrize("other", [lambda: estimate(0.8), lambda: estimate(0.4, 0.3), refuse])
    def test_one_that_says_otherwise_fails(self, other):
        assert sensitivity(estimate(0.5), {"other": other}).passed is False

    def test_none_that_could_be_run_is_said(self):
        assert "could be run (1 declared)" in str(sensitivity(estimate(0.5), {"x": refuse}).said)

    def test_without_an_interval_or_alternatives_the_reader_judges(self):
        assert sensitivity(Estimate(0.5), {"other": lambda: estimate(0.8)}).passed is None
        assert sensitivity(estimate(0.5), {}).passed is None
