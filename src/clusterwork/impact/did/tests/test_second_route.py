"""Every estimate and error again by another route: loops, regressions and numerical derivatives."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from clusterwork.impact.did import fit_did, impute_did, two_way
from clusterwork.impact.did.tests.made import COLUMNS, Made, panel

METHODS = ["dr", "reg", "ipw"]
CONTROLS = ["never", "notyet"]


def by_hand(made: Made, group: float, time: float, control: str) -> float:
    """Four means, by loops over the definition."""
    base = max(t for t in made.times if t < group) if time >= group else time - 1
    after, before = (made.outcome[:, int(t - made.times[0])] for t in (time, base))
    change = after - before
    later = made.start > max(time, base)
    others = np.isinf(made.start) if control == "never" else later & (made.start != group)
    return change[made.start == group].mean() - change[others].mean()


@pytest.mark.parametrize(
    ("control", "never"), [("never", True), ("notyet", True), ("notyet", False)]
)
def test_effects_are_four_means(control, never):
    made = panel(1, never=never)
    for cell in fit_did(made.frame, **COLUMNS, control=control).att_gt:
        wanted = by_hand(made, cell.group, cell.time, control)
        assert cell.estimate == pytest.approx(wanted, abs=1e-12)


def test_two_by_two_is_the_interaction_of_a_regression():
    made = panel(2)
    some = np.isin(made.start, [2003.0, np.inf])
    frame = made.frame.filter(pl.col("first").is_in([0, 2003]), pl.col("year").is_in([2002, 2003]))
    change = (made.outcome[:, 3] - made.outcome[:, 2])[some]
    treated = np.isfinite(made.start[some]).astype(float)
    design = np.column_stack([np.ones(len(change)), treated])
    beta = np.linalg.lstsq(design, change, rcond=None)[0]
    left = change - design @ beta
    inverse = np.linalg.inv(design.T @ design)
    sums = [
        design[made.cluster[some] == each].T @ left[made.cluster[some] == each]
        for each in np.unique(made.cluster[some])
    ]
    middle = sum(np.outer(one, one) for one in sums)
    fit = fit_did(frame, **COLUMNS)
    assert len(fit.att_gt) == 1
    for each in (fit.att_gt[0], fit.simple, fit.group, fit.dynamic, fit.calendar):
        assert each.estimate == pytest.approx(beta[1], abs=1e-12)
        assert each.se == pytest.approx(np.sqrt((inverse @ middle @ inverse)[1, 1]), abs=1e-12)


def values_of(fit) -> np.ndarray:
    """Everything that a fit estimates."""
    averages = [fit.simple, fit.dynamic, fit.group, fit.calendar]
    parts = [part.estimate for each in averages for part in each.by]
    return np.array([cell.estimate for cell in fit.att_gt] + [e.estimate for e in averages] + parts)


def influences_of(fit) -> np.ndarray:
    averages = [fit.simple, fit.dynamic, fit.group, fit.calendar]
    whole = [each.influence[:, None] for each in averages]
    return np.hstack([fit.influence, *whole, *(each.by_influence for each in averages)])


@pytest.mark.parametrize(
    ("control", "method", "names"),
    [("never", "dr", [])]
    + [("notyet", "dr", [])]
    + [(control, method, ["a"]) for control in CONTROLS for method in METHODS],
)
def test_influence_is_the_derivative_by_a_clusters_weight(control, method, names):
    """What a cluster adds is how fast the estimate moves when the cluster counts more."""
    made = panel(3, units=60)
    ways = {"control": control, "method": method, "covariates": names, "weights": "n"}
    fit = fit_did(made.frame, **COLUMNS, **ways)
    step = 1e-5
    for place in (0, 3, 4, 11):
        moved = []
        for sign in (1.0, -1.0):
            grown = pl.when(pl.col("place") == fit.clusters[place]).then(1.0 + sign * step)
            frame = made.frame.with_columns(n=pl.col("n") * grown.otherwise(1.0))
            moved.append(values_of(fit_did(frame, **COLUMNS, **ways)))
        slope = (moved[0] - moved[1]) / (2.0 * step)
        assert influences_of(fit)[place] == pytest.approx(slope, abs=2e-8)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("names", [[], ["a"]])
def test_a_weight_of_two_is_two_units(method, names):
    made = panel(4)
    weighted = made.frame.with_columns(n=pl.when(pl.col("place") == "c03").then(2.0).otherwise(1.0))
    twins = made.frame.filter(pl.col("place") == "c03").with_columns(pl.col("school") + "twin")
    one = fit_did(weighted, **COLUMNS, covariates=names, method=method, weights="n")
    two = fit_did(pl.concat([made.frame, twins]), **COLUMNS, covariates=names, method=method)
    assert values_of(one) == pytest.approx(values_of(two), abs=1e-9)
    assert one.influence == pytest.approx(two.influence, abs=1e-9)


def test_each_method_takes_out_a_trend_that_the_covariate_explains():
    made = panel(5, units=400, clusters=200)
    truth = 0.5 + 0.1 * np.array([0, 1, 2, 0, 1, 0])
    for method in METHODS:
        fit = fit_did(made.frame, **COLUMNS, covariates=["a"], method=method)
        found = np.array([cell.estimate for cell in fit.att_gt if cell.after])
        assert np.abs(found - truth).max() < 0.3


def with_dummies(made: Made) -> tuple[np.ndarray, np.ndarray]:
    units, times = made.outcome.shape
    unit, time = np.indices(made.outcome.shape)
    design = np.zeros((units * times, units + times))
    design[np.arange(units * times), unit.ravel()] = 1.0
    design[np.arange(units * times), units + time.ravel()] = 1.0
    return design, (made.times[None, :] >= made.start[:, None]).ravel()


def test_imputation_is_a_regression_on_untreated_figures():
    made = panel(6)
    design, treated = with_dummies(made)
    outcome = made.outcome.ravel()
    beta = np.linalg.lstsq(design[~treated], outcome[~treated], rcond=None)[0]
    told = impute_did(made.frame, **COLUMNS)
    assert told.estimate == pytest.approx((outcome - design @ beta)[treated].mean(), abs=1e-10)
    assert told.n == treated.sum()


def test_imputations_error_is_that_of_its_weights():
    """Equation 8 by the full matrices: weights of untreated figures by the hat matrix."""
    made = panel(7)
    design, treated = with_dummies(made)
    left = (
        made.outcome.ravel()
        - design
        @ (np.linalg.lstsq(design[~treated], made.outcome.ravel()[~treated], rcond=None)[0])
    )
    weights = treated / treated.sum()
    inner = np.linalg.pinv(design[~treated].T @ design[~treated])
    weights[~treated] = -design[~treated] @ inner @ (design.T @ weights)
    clusters = np.repeat(made.cluster, len(made.times))
    since = (np.broadcast_to(made.start[:, None], made.outcome.shape)).ravel()
    times = np.broadcast_to(made.times, made.outcome.shape).ravel()
    for start in np.unique(made.start[np.isfinite(made.start)]):
        for time in made.times[made.times >= start]:
            mine = (since == start) & (times == time)
            w = np.bincount(clusters[mine], weights[mine])
            wt = np.bincount(clusters[mine], (weights * left)[mine])
            left[mine] -= w @ wt / (w @ w)
    sums = np.bincount(clusters, weights * left)
    told = impute_did(made.frame, **COLUMNS)
    assert told.se == pytest.approx(np.sqrt(sums @ sums), abs=1e-10)


@pytest.mark.parametrize("never", [True, False])
def test_weights_of_the_regression_sum_to_one_and_give_it(never):
    made = panel(8, never=never)
    design, treated = with_dummies(made)
    full = np.column_stack([treated.astype(float), design])
    beta = np.linalg.lstsq(full, made.outcome.ravel(), rcond=None)[0]
    told = two_way(made.frame, "y", "school", "year", "first")
    assert sum(each.weight for each in told.comparisons) == pytest.approx(1.0, abs=1e-12)
    assert all(each.weight >= 0.0 for each in told.comparisons)
    assert told.coefficient == pytest.approx(beta[0], abs=1e-10)
    assert 0.0 < told.weight_on_treated < 1.0
