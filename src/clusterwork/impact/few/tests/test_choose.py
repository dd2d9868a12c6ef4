"""Promises about the choice: what each number of clusters gets, and is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy import stats

from clusterwork.impact.choose import ClustersDiffer, Method, choose, method_for
from clusterwork.impact.did import fit_did
from clusterwork.impact.few import (
    TREND_GAP,
    Influences,
    changes_of,
    influenced_by,
    influences_of,
    panel_of,
    usable,
)
from clusterwork.impact.few.tests.made import NAMES, arms, rows
from clusterwork.impact.saying import Claim, Outcome


def chosen(n_treated, n_comparison, effect=0.5, **other):
    return choose(rows(arms(n_treated, n_comparison), effect=effect), **NAMES, **other)


class TestMethodFor:
    @pytest.mark.parametrize(
        ("n_treated", "n_comparison", "method"),
        [
            (1, 7, Method.PLACEBO_RANK),
            (1, 100, Method.PLACEBO_RANK),
            (7, 1, Method.PLACEBO_RANK),
            (2, 10, Method.RANDOMISATION),
            (3, 3, Method.RANDOMISATION),
            (3, 37, Method.RANDOMISATION),
            (37, 3, Method.RANDOMISATION),
            (4, 4, Method.WILD_BOOTSTRAP),
            (4, 36, Method.WILD_BOOTSTRAP),
            (11, 11, Method.WILD_BOOTSTRAP),
            (40, 11, Method.WILD_BOOTSTRAP),
            (12, 12, Method.INFLUENCE),
            (20, 20, Method.INFLUENCE),
        ],
    )
    def test_the_smaller_side_counts(self, n_treated, n_comparison, method):
        assert method_for(n_treated, n_comparison) is method


class TestChosen:
    def test_one_treated_cluster_has_a_place_and_no_p(self):
        found = chosen(1, 7, effect=3.0)
        assert (found.estimate.p, found.estimate.se) == (None, None)
        assert (found.estimate.low, found.estimate.high) == (None, None)
        assert found.rank == (1, 8)
        assert [row["rank"] for row in found.ranks.to_dicts()] == list(range(1, 9))
        assert "No p-value" in str(found.refused[0])
        assert "taken in turn" in found.sentence()
        assert {each.name for each in found.diagnostics} == {
            "leave_one_out",
            "sizes",
            "before_fit",
        }

    def test_one_comparison_cluster_has_none_either(self):
        found = chosen(7, 1)
        assert found.estimate.p is None
        assert found.rank[1] == 8

    def test_three_and_three_have_a_p_and_no_interval_at_95(self):
        found = chosen(3, 3, effect=3.0)
        assert found.estimate.p == pytest.approx(0.1)
        assert found.estimate.low is None
        assert "No 95% interval is given: with 20 choices" in str(found.refused[0])
        said = {each.name: each for each in found.diagnostics}
        assert said["least_p"].passed is False
        assert "90%" in str(said["surest_interval"].said)

    def test_two_of_twelve_are_randomised(self):
        found = chosen(2, 10, effect=3.0)
        assert found.estimate.p == pytest.approx(1 / 66)
        assert found.estimate.low > 0
        assert found.refused == ()

    def test_four_and_four_are_bootstrapped_with_cr2(self):
        found = chosen(4, 4, effect=3.0)
        assert (found.method, found.estimate.method) == (Method.WILD_BOOTSTRAP, "wild_bootstrap")
        assert found.estimate.p == pytest.approx(2 / 256)
        assert found.estimate.df == pytest.approx(6.0)
        assert found.estimate.low < 3.0 < found.estimate.high

    def test_twelve_and_twelve_have_errors_by_cluster(self):
        found = chosen(12, 12)
        assert found.estimate.method == "influence"
        assert found.estimate.df < 22

    def test_says_why_in_numbers(self):
        assert "(2 started, 10 did not)" in str(chosen(2, 10).why)

    def test_no_claim_of_a_cause_without_a_design(self):
        assert "does not show what made the difference" in chosen(4, 4).sentence()
        told = chosen(4, 4, measured=Outcome.PROGRESS, claim=Claim.EFFECT).sentence()
        assert "of a standard deviation more, or fallen by that much less" in told
        assert "only if, without the start, all of them would have changed alike" in told
        assert "made the difference" not in told

    def test_is_said_as_a_change_and_not_as_a_level(self):
        for n_treated in (1, 3, 4, 12):
            assert chosen(n_treated, 12).sentence().startswith("Since the start, the figure in")

    def test_before_the_horizon_no_number_is_said(self):
        found = chosen(4, 4, contrast=TREND_GAP)
        early = replace(found.finding(), day=date(2027, 3, 1), too_early_before=date(2028, 9, 1))
        (said,) = found.sentences(early)
        assert "too early" in str(said)

    def test_what_counts_as_the_change_is_said_where_it_is_not_the_plain_one(self):
        assert "What counts as the change" not in chosen(4, 4).sentence()
        told = chosen(4, 4, contrast=TREND_GAP).sentences()
        assert "the line of the years before, drawn on" in str(told[1])

    def test_years_and_starts_that_are_not_used_are_said(self):
        frame = rows({**arms(4, 4), "late": 2030}).filter(
            (pl.col("cluster") != "c07") | (pl.col("year") != 2002)
        )
        said = {each.name: str(each.said) for each in choose(frame, **NAMES).diagnostics}
        assert said["years"].endswith(": 2002")
        assert said["late_starts"].endswith(": late")

    def test_arms_of_unlike_size_are_said(self):
        frame = rows(arms(4, 4)).with_columns(
            pupils=pl.when(pl.col("start") > 0).then(10).otherwise(50)
        )
        assert not next(d for d in choose(frame, **NAMES).diagnostics if d.name == "sizes").passed

    def test_a_trend_may_be_drawn_on(self):
        """Schools that rose all along show a change of means and no gap from their trend."""
        frame = rows(arms(6, 6), years=8, spread=0.01).with_columns(
            score=pl.col("score") + pl.when(pl.col("start") > 0).then("year").otherwise(0)
        )
        assert choose(frame, **NAMES).estimate.estimate == pytest.approx(4.0, abs=0.1)
        gap = choose(frame, **NAMES, contrast=TREND_GAP).estimate
        assert gap.estimate == pytest.approx(0.0, abs=0.35)

    def test_one_cluster_is_placed_by_the_contrast_that_was_asked_for(self):
        found = chosen(1, 7, contrast=TREND_GAP)
        assert found.estimate.method == "difference_in_differences"
        panel = usable(panel_of(rows(arms(1, 7), effect=0.5), **NAMES))
        assert found.estimate.estimate == pytest.approx(changes_of(panel, TREND_GAP).estimate)


class TestInvariance:
    @pytest.mark.parametrize("n_treated", [1, 3, 5])
    def test_order_labels_shifts_and_units_do_not_matter(self, n_treated):
        frame = rows(arms(n_treated, 6), effect=0.4)
        plain = choose(frame, **NAMES)
        order = frame.sample(fraction=1, shuffle=True, seed=2)
        again = choose(order, **NAMES)
        assert again.data_hash == plain.data_hash
        assert again.estimate.estimate == pytest.approx(plain.estimate.estimate, abs=1e-12)
        assert (again.estimate.p, again.rank) == (plain.estimate.p, plain.rank)
        renamed = frame.with_columns(cluster=pl.lit("Z") + pl.col("cluster").str.reverse())
        moved = renamed.with_columns(score=100 * pl.col("score") + 1e6)
        other = choose(moved, **NAMES)
        assert other.estimate.estimate == pytest.approx(100 * plain.estimate.estimate, rel=1e-6)
        assert (other.estimate.p, other.rank) == (plain.estimate.p, plain.rank)
        if plain.estimate.low is not None:
            assert other.estimate.low == pytest.approx(100 * plain.estimate.low, rel=1e-4)

    def test_swapping_the_arms_turns_the_sign(self):
        frame = rows(arms(5, 6), effect=0.4)
        turned = frame.with_columns(start=2004 - pl.col("start"))
        one, other = choose(frame, **NAMES).estimate, choose(turned, **NAMES).estimate
        assert other.estimate == pytest.approx(-one.estimate)
        assert other.p == pytest.approx(one.p)
        assert other.high == pytest.approx(-one.low, abs=1e-6)


def arms_without(n):
    return {f"n{place:02d}": 0 for place in range(n)}


PANEL = {"outcome": "score", "unit": "school", "time": "year", "start": "start"}
PANEL |= {"cluster": "cluster"}


def staggered():
    """Thirteen clusters that started in two years and thirteen that did not, and their fit."""
    frame = rows({**arms(7, 0), **{f"d{k}": 2005 for k in range(6)}, **arms_without(13)})
    return frame, fit_did(frame, **PANEL)


def other_of(frame, estimate=0.25):
    seen = changes_of(usable(panel_of(frame, **NAMES)))
    order = list(reversed(range(len(seen.clusters))))
    return Influences(
        estimate, tuple(seen.clusters[place] for place in order), influences_of(seen)[order]
    )


class TestAnotherEstimator:
    def test_is_taken_with_twelve_and_twelve(self):
        frame = rows(arms(12, 13))
        found = choose(frame, **NAMES, influenced=other_of(frame))
        assert found.estimate.estimate == 0.25
        assert found.estimate.se == pytest.approx(choose(frame, **NAMES).estimate.se)

    def test_staggered_starts_bring_their_average_over_groups(self):
        frame, fit = staggered()
        found = choose(frame, **NAMES, influenced=influenced_by(fit)).estimate
        assert found.estimate == fit.group.estimate

    def test_its_interval_is_theirs_with_what_each_arm_took(self):
        """Sums of squares by arm times n / (n - 1), and Welch's degrees of freedom."""
        frame, fit = staggered()
        found = choose(frame, **NAMES, influenced=influenced_by(fit)).estimate
        started = np.array([not name.startswith("n") for name in fit.clusters])
        squares = [np.square(fit.group.influence[arm]).sum() for arm in (started, ~started)]
        assert np.sqrt(sum(squares)) == pytest.approx(fit.group.se)
        each = [square * 13 / 12 for square in squares]
        df = sum(each) ** 2 / sum(part**2 / 12 for part in each)
        reach = stats.t.ppf(0.975, df) * np.sqrt(sum(each))
        assert (found.low, found.high) == pytest.approx(
            (fit.group.estimate - reach, fit.group.estimate + reach)
        )
        assert found.low < fit.group.low < fit.group.high < found.high
        assert reach < 1.15 * (fit.group.high - fit.group.estimate)

    def test_clusters_of_numbers_are_the_same_on_both_sides(self):
        frame, _ = staggered()
        numbered = frame.with_columns(cluster=pl.col("cluster").rank("dense").cast(pl.Float64))
        given = influenced_by(fit_did(numbered, **PANEL))
        assert choose(numbered, **NAMES, influenced=given).estimate.method == "influence"

    def test_staggered_starts_of_other_clusters_are_refused(self):
        frame, _ = staggered()
        fewer = fit_did(frame.filter(pl.col("cluster") != "n03"), **PANEL)
        with pytest.raises(ClustersDiffer):
            choose(frame, **NAMES, influenced=influenced_by(fewer))

    def test_is_not_taken_with_fewer_and_this_is_said(self):
        frame = rows(arms(4, 13))
        found = choose(frame, **NAMES, influenced=other_of(frame))
        assert found.estimate.estimate != 0.25
        assert "other estimator's errors are not used" in str(found.refused[0])

    def test_of_other_clusters_is_refused(self):
        frame = rows(arms(12, 13))
        strange = other_of(frame)
        strange = Influences(strange.estimate, ("x", *strange.clusters[1:]), strange.influence)
        with pytest.raises(ClustersDiffer, match="Run it on the same rows"):
            choose(frame, **NAMES, influenced=strange)
