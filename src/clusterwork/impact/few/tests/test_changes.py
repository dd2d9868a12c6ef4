"""Promises about changes: plain and staggered differences, and trends drawn on."""

from __future__ import annotations

import numpy as np
import pytest

from clusterwork.impact.few import (
    LEVEL_CHANGE,
    MEAN_CHANGE,
    SLOPE_CHANGE,
    TREND_GAP,
    TooFewYearsForATrend,
    changes_of,
    panel_of,
    usable,
)
from clusterwork.impact.few.tests.made import NAMES, arms, rows

STAGGERED = {"a": 2003, "b": 2004, "c": 2004, "d": 2005, "e": 0, "f": 0, "g": 0}
ALL = [MEAN_CHANGE, TREND_GAP, LEVEL_CHANGE, SLOPE_CHANGE]


def panel(starts, **other):
    return usable(panel_of(rows(starts, **other), **NAMES))


class TestDifferenceInDifferences:
    def test_two_by_two_by_hand(self):
        given = panel(arms(2, 3))
        before, after = given.means[:, :3].mean(axis=1), given.means[:, 3:].mean(axis=1)
        change = after - before
        assert changes_of(given).estimate == pytest.approx(change[:2].mean() - change[2:].mean())

    def test_staggered_starts_are_stacked(self):
        """Each treated cluster against the never treated over its own before and after."""
        given = panel(STAGGERED)
        years, singles = np.array(given.years), []
        for place, start in enumerate(given.starts):
            if start is not None:
                change = given.means[:, years >= start].mean(axis=1)
                change = change - given.means[:, years < start].mean(axis=1)
                singles.append(change[place] - change[4:].mean())
        assert changes_of(given).estimate == pytest.approx(np.mean(singles), abs=1e-12)

    def test_one_cluster_left_out_is_the_estimate_without_its_rows(self):
        whole = changes_of(panel(STAGGERED))
        starts = {name: start for name, start in STAGGERED.items() if name != "c"}
        frame = rows(STAGGERED).filter(rows(STAGGERED)["cluster"].is_in(list(starts)))
        assert whole.without(2).estimate == pytest.approx(
            changes_of(usable(panel_of(frame, **NAMES))).estimate
        )


class TestCarried:
    @pytest.mark.parametrize("contrast", ALL, ids=lambda each: each.name)
    def test_is_what_an_effect_adds_to_every_change(self, contrast):
        starts = {"a": 2004, "b": 2004, "c": 2005, "d": 0, "e": 0}
        plain, given = panel(starts, years=8), panel(starts, years=8)
        own = np.array([9999 if start is None else start for start in plain.starts])
        since = np.array(plain.years)[None, :] - own[:, None]
        given.means[:] += 2.0 * (np.maximum(since, 0) if contrast.growing else since >= 0)
        one, other = changes_of(plain, contrast), changes_of(given, contrast)
        assert np.allclose(other.by_start - one.by_start, 2.0 * one.carried)
        assert other.estimate - one.estimate == pytest.approx(2.0)


class TestInterruptedSeries:
    def test_is_the_segmented_regression(self):
        """Level and slope of a least-squares fit with a line before and one after."""
        given = panel(arms(1, 1, start=2005), years=9)
        when = np.array(given.years) - 2005.0
        after = (when >= 0).astype(float)
        design = np.column_stack([np.ones(9), when, after, after * when])
        fitted = np.linalg.lstsq(design, given.means.T, rcond=None)[0]
        level, slope = changes_of(given, LEVEL_CHANGE), changes_of(given, SLOPE_CHANGE)
        assert np.allclose(level.values, fitted[2])
        assert np.allclose(slope.values, fitted[3])

    def test_the_gap_is_the_mean_distance_from_the_line_before(self):
        given = panel(arms(1, 1), years=7)
        years = np.array(given.years)
        line = np.polyfit(years[:3], given.means[:, :3].T, 1)
        drawn_on = np.outer(line[0], years[3:]) + line[1][:, None]
        gap = (given.means[:, 3:] - drawn_on).mean(axis=1)
        assert np.allclose(changes_of(given, TREND_GAP).values, gap)

    def test_lines_that_were_straight_all_along_show_nothing(self):
        given = panel(arms(2, 2), years=8)
        given.means[:] = np.outer([1.0, -2.0, 3.0, 0.5], np.array(given.years)) + 7
        given.means[0, 4] += 1e-6
        for contrast in (TREND_GAP, LEVEL_CHANGE, SLOPE_CHANGE):
            assert changes_of(given, contrast).values == pytest.approx(np.zeros(4), abs=1e-5)

    @pytest.mark.parametrize(
        ("contrast", "start"),
        [(TREND_GAP, 2003), (LEVEL_CHANGE, 2003), (SLOPE_CHANGE, 2006)],
        ids=["gap", "level", "slope after"],
    )
    def test_two_years_make_no_line_to_draw_on(self, contrast, start):
        with pytest.raises(TooFewYearsForATrend, match="Compare the means"):
            changes_of(panel(arms(2, 2, start=start)), contrast)
