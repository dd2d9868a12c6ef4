"""What must not matter does not, and what is said is what was done."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterwork.impact.did import fit_did
from clusterwork.impact.did.tests.made import COLUMNS, panel
from clusterwork.impact.did.uncertainty import beyond

few = settings(max_examples=12, deadline=None)
ways = st.fixed_dictionaries(
    {
        "control": st.sampled_from(["never", "notyet"]),
        "method": st.sampled_from(["dr", "reg", "ipw"]),
        "base": st.sampled_from(["varying", "universal"]),
        "covariates": st.sampled_from([[], ["a"]]),
    }
)


def numbers(fit) -> np.ndarray:
    averages = [fit.simple, fit.dynamic, fit.group, fit.calendar]
    estimates = [*fit.att_gt, *averages, *(part for each in averages for part in each.by)]
    return np.array([(each.estimate, each.se) for each in estimates])


class TestInvariance:
    @few
    @given(way=ways, seed=st.integers(0, 99))
    def test_the_order_of_rows_changes_nothing(self, way, seed):
        made = panel(11)
        one = fit_did(made.frame, **COLUMNS, **way)
        other = fit_did(made.frame.sample(fraction=1.0, shuffle=True, seed=seed), **COLUMNS, **way)
        assert np.array_equal(numbers(one), numbers(other))
        assert one.data_hash == other.data_hash

    @few
    @given(way=ways, shift=st.floats(-1e6, 1e6), scale=st.floats(0.01, 100.0))
    def test_units_of_the_outcome_scale_the_results(self, way, shift, scale):
        made = panel(12)
        moved = made.frame.with_columns(y=shift + scale * pl.col("y"))
        one = fit_did(made.frame, **COLUMNS, **way)
        other = fit_did(moved, **COLUMNS, **way)
        tolerance = 1e-7 * max(1.0, scale) + 1e-14 * abs(shift)
        assert numbers(other) == pytest.approx(scale * numbers(one), abs=tolerance)

    @few
    @given(way=ways, seed=st.integers(0, 99))
    def test_what_belongs_to_a_unit_or_a_year_drops_out(self, way, seed):
        made = panel(13)
        rng = np.random.default_rng(seed)
        own, common = rng.normal(size=60), rng.normal(size=5)
        added = np.repeat(own, 5) + np.tile(common, 60)
        moved = made.frame.with_columns(y=pl.col("y") + pl.Series(added))
        one, other = (fit_did(frame, **COLUMNS, **way) for frame in (made.frame, moved))
        assert numbers(other) == pytest.approx(numbers(one), abs=1e-9)

    @few
    @given(way=ways, shift=st.floats(-1e4, 1e4), scale=st.floats(0.001, 1000.0))
    def test_units_of_a_covariate_change_nothing(self, way, shift, scale):
        made = panel(14)
        moved = made.frame.with_columns(a=shift + scale * pl.col("a"))
        one, other = (fit_did(frame, **COLUMNS, **way) for frame in (made.frame, moved))
        assert numbers(other) == pytest.approx(numbers(one), abs=1e-6)

    @few
    @given(way=ways)
    def test_labels_change_nothing_but_names(self, way):
        made = panel(15)
        turned = made.frame.with_columns(
            school=pl.col("school").str.reverse(), place=pl.col("place").str.reverse()
        )
        one, other = (fit_did(frame, **COLUMNS, **way) for frame in (made.frame, turned))
        assert numbers(other) == pytest.approx(numbers(one), abs=1e-12)
        assert sorted(other.clusters) == sorted(name[::-1] for name in one.clusters)

    @few
    @given(way=ways, years=st.integers(-3000, 3000))
    def test_the_calendar_may_begin_anywhere(self, way, years):
        made = panel(16)
        if years == -2002:
            years += 1
        first = pl.col("first")
        moved = made.frame.with_columns(
            year=pl.col("year") + years, first=pl.when(first > 0).then(first + years).otherwise(0)
        )
        if 0 in moved.filter(pl.col("first") != 0)["first"].to_list() or years in {-2003, -2004}:
            return
        one, other = (fit_did(frame, **COLUMNS, **way) for frame in (made.frame, moved))
        assert np.array_equal(numbers(one), numbers(other))

    def test_equal_weights_are_no_weights(self):
        made = panel(17)
        weighted = fit_did(made.frame.with_columns(n=pl.lit(7.0)), **COLUMNS, weights="n")
        assert numbers(weighted) == pytest.approx(
            numbers(fit_did(made.frame, **COLUMNS)), abs=1e-12
        )


class TestClusters:
    def test_errors_are_sums_over_clusters_of_the_units_influence(self):
        made = panel(21)
        units = fit_did(made.frame, **{**COLUMNS, "cluster": "school"})
        places = fit_did(made.frame, **COLUMNS)
        place_of = dict(made.frame.select("school", "place").iter_rows())
        for row, name in enumerate(places.clusters):
            mine = [place_of[school] == name for school in units.clusters]
            assert places.influence[row] == pytest.approx(units.influence[mine].sum(axis=0))
        assert places.simple.estimate == units.simple.estimate
        assert places.simple.se == pytest.approx(np.linalg.norm(places.simple.influence))
        assert places.simple.se > units.simple.se  # a shock by cluster and year is in the data

    def test_the_small_sample_factor_is_applied_and_said(self):
        made = panel(22)
        plain, larger = (
            fit_did(made.frame, **COLUMNS, small_sample=small) for small in (False, True)
        )
        assert larger.simple.se == pytest.approx(plain.simple.se * np.sqrt(20 / 19))
        assert "1.053" in " ".join(map(str, larger.assumptions))
        assert plain.factor == 1.0

    def test_the_event_study_carries_its_covariance(self):
        fit = fit_did(panel(23).frame, **COLUMNS, base="universal")
        study = fit.event_study()
        assert study.keys == (-4.0, -3.0, -2.0, 0.0, 1.0, 2.0)
        assert study.n_before == 3
        assert np.sqrt(np.diag(study.covariance)) == pytest.approx(
            [part.se for part in fit.dynamic.by]
        )

    def test_a_band_is_wider_than_intervals_and_the_same_for_a_seed(self):
        fit = fit_did(panel(24).frame, **COLUMNS)
        band = fit.band("dynamic", draws=999, seed=5)
        assert band == fit.band("dynamic", draws=999, seed=5)
        assert 1.96 < band.critical < 4.0
        assert all(low < part.low for low, part in zip(band.low, fit.dynamic.by, strict=True))

    def test_a_band_holds_all_of_independent_estimates(self):
        """For J independent normal estimates the critical value is known (Sidak)."""
        fit = fit_did(panel(25, units=4000, clusters=2000).frame, **COLUMNS)
        from clusterwork.impact.did.uncertainty import band_of, quantile

        for many in (900, 3000):  # two-point numbers, and normal ones
            normal = np.random.default_rng(1).normal(size=(many, 6))
            band = band_of(np.zeros(6), normal, factor=1.0, level=0.95, draws=20_000, seed=2)
            assert band.critical == pytest.approx(quantile(0.95 ** (1 / 6)), abs=0.05)
        assert fit.band().critical < quantile(0.95 ** (1 / len(fit.dynamic.by))) + 0.1

    def test_the_test_before_the_start_is_chi_squared(self):
        fit = fit_did(panel(26).frame, **COLUMNS)
        before = [k for k, cell in enumerate(fit.att_gt) if not cell.after]
        v = fit.influence[:, before].T @ fit.influence[:, before]
        b = np.array([fit.att_gt[k].estimate for k in before])
        assert fit.pretrend.statistic == pytest.approx(b @ np.linalg.solve(v, b))
        assert fit.pretrend.df == len(before)

    @pytest.mark.parametrize(
        ("x", "df", "p"),
        [(3.841459, 1, 0.05), (5.991465, 2, 0.05), (7.814728, 3, 0.05), (18.30704, 10, 0.05)],
    )
    def test_chi_squared_is_that_of_the_tables(self, x, df, p):
        assert beyond(x, df) == pytest.approx(p, abs=1e-7)
        assert beyond(0.0, df) == 1.0


class TestAverages:
    def test_they_are_what_their_names_say(self):
        fit = fit_did(panel(27, units=63).frame, **COLUMNS)
        after = [cell for cell in fit.att_gt if cell.after]
        sizes = {cell.group: cell.n_treated for cell in after}
        n = sum(sizes[cell.group] for cell in after)
        simple = sum(cell.estimate * sizes[cell.group] for cell in after) / n
        assert fit.simple.estimate == pytest.approx(simple)
        groups = {part.key: part.estimate for part in fit.group.by}
        for group, told in groups.items():
            own = [cell.estimate for cell in after if cell.group == group]
            assert told == pytest.approx(np.mean(own))
        whole = sum(groups[g] * sizes[g] for g in groups) / sum(sizes.values())
        assert fit.group.estimate == pytest.approx(whole)
        since = [part.estimate for part in fit.dynamic.by if part.key >= 0]
        assert fit.dynamic.estimate == pytest.approx(np.mean(since))
        years = [part.estimate for part in fit.calendar.by]
        assert fit.calendar.estimate == pytest.approx(np.mean(years))
        assert [part.key for part in fit.calendar.by] == [2002.0, 2003.0, 2004.0]

    def test_the_file_has_the_promised_keys(self):
        told = json.loads(fit_did(panel(28).frame, **COLUMNS).to_json())
        assert set(told["simple"]) == {"estimate", "se", "low", "high"}
        for name in ("group", "calendar", "dynamic"):
            assert {"estimate", "se", "low", "high", "by"} <= set(told[name])
            assert {"key", "estimate", "se"} <= set(told[name]["by"][0])
        assert {"group", "time", "estimate", "se"} <= set(told["att_gt"][0])
        assert isinstance(told["att_gt"][0]["group"], int)


class TestNull:
    def test_chance_alone_is_refused_about_as_often_as_said(self):
        """With forty clusters, twenty of them starting, 5 % intervals miss nothing by much."""
        missed = 0
        for seed in range(200):
            rng = np.random.default_rng(seed)
            noise = rng.normal(size=(40, 5))[:, None, :] + rng.normal(size=(40, 2, 5))
            starts = np.where(np.arange(40) % 2, 2002 + np.arange(40) % 3, 0)
            frame = pl.DataFrame(
                {
                    "school": np.repeat(np.arange(80), 5),
                    "place": np.repeat(np.arange(40), 10),
                    "year": np.tile(np.arange(2000, 2005), 80),
                    "first": np.repeat(starts, 10),
                    "y": noise.reshape(80, 5).ravel(),
                }
            )
            fit = fit_did(frame, **COLUMNS)
            missed += not fit.simple.low <= 0.0 <= fit.simple.high
        assert 2 <= missed <= 24
