"""The numbers of R's `did` on the panel of its vignette, and of those who published the methods."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from clusterwork.impact.did import fit_did, impute_did, two_way

MPDTA = Path(__file__).parents[6] / "shared" / "data" / "mpdta.csv"
COLUMNS = ("lemp", "countyreal", "year", "first.treat", "countyreal")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not MPDTA.exists(), reason="the open data are not beside the project"),
]


@pytest.fixture(scope="module")
def counties() -> pl.DataFrame:
    return pl.read_csv(MPDTA)


def test_simple_and_group_are_those_of_did(counties):
    fit = fit_did(counties, *COLUMNS)
    assert fit.simple.estimate == pytest.approx(-0.0399512752, abs=1e-10)
    assert fit.simple.se == pytest.approx(0.0120340128, abs=1e-10)
    assert fit.group.estimate == pytest.approx(-0.0310182822, abs=1e-10)
    assert fit.group.se == pytest.approx(0.0124460593, abs=1e-10)


VIGNETTE = {
    (2004, 2004): (-0.0145, 0.0221),
    (2004, 2005): (-0.0764, 0.0287),
    (2004, 2006): (-0.1404, 0.0354),
    (2004, 2007): (-0.1069, 0.0329),
    (2006, 2004): (-0.0005, 0.0222),
    (2006, 2005): (-0.0062, 0.0185),
    (2006, 2006): (0.0010, 0.0194),
    (2006, 2007): (-0.0413, 0.0197),
    (2007, 2004): (0.0267, 0.0141),
    (2007, 2005): (-0.0046, 0.0157),
    (2007, 2006): (-0.0284, 0.0182),
    (2007, 2007): (-0.0288, 0.0162),
}


def test_doubly_robust_effects_are_those_of_the_vignette(counties):
    fit = fit_did(counties, *COLUMNS, covariates=["lpop"])
    told = {(cell.group, cell.time): (cell.estimate, cell.se) for cell in fit.att_gt}
    assert told.keys() == VIGNETTE.keys()
    for key, published in VIGNETTE.items():
        assert told[key] == pytest.approx(published, abs=5.1e-5)


# From another implementation (csdid 0.4.3), analytic errors, to all its digits.
OTHERS = [
    ("never", None, "dr", "dynamic", -0.07723982145731514, 0.019964989061849382),
    ("never", None, "dr", "calendar", -0.04170043213128222, 0.015971851884559955),
    ("never", ["lpop"], "dr", "simple", -0.04175177205861638, 0.011502838151545078),
    ("never", ["lpop"], "dr", "group", -0.03281959716130221, 0.01189817872763082),
    ("never", ["lpop"], "reg", "simple", -0.04196861242154325, 0.011444829768215073),
    ("never", ["lpop"], "reg", "dynamic", -0.08078174533376156, 0.018745854711475506),
    ("never", ["lpop"], "ipw", "simple", -0.041777082199131704, 0.011499719363982945),
    ("never", ["lpop"], "ipw", "calendar", -0.0441701010498118, 0.015035223584456582),
    ("notyet", None, "dr", "simple", -0.03976362562304367, 0.012052424787341892),
    ("notyet", None, "dr", "group", -0.03046222811256497, 0.01257512013168179),
    ("notyet", None, "dr", "dynamic", -0.07739931397058471, 0.019560176946394357),
    ("notyet", None, "dr", "calendar", -0.04426708347588367, 0.015570904421144881),
    ("notyet", ["lpop"], "dr", "simple", -0.04135162929923674, 0.011427839082186102),
    ("notyet", ["lpop"], "reg", "group", -0.03225227268602223, 0.01193324063270742),
    ("notyet", ["lpop"], "ipw", "dynamic", -0.08001604295433941, 0.018489700389327093),
]


@pytest.mark.parametrize(("control", "names", "method", "kind", "estimate", "se"), OTHERS)
def test_every_way_agrees_with_another_implementation(
    counties, control, names, method, kind, estimate, se
):
    fit = fit_did(counties, *COLUMNS, covariates=names, control=control, method=method)
    assert fit.average(kind).estimate == pytest.approx(estimate, abs=1e-9)
    assert fit.average(kind).se == pytest.approx(se, abs=1e-9)


def test_imputation_agrees_with_another_implementation(counties):
    told = impute_did(counties, *COLUMNS)  # diff-diff 3.13
    assert told.estimate == pytest.approx(-0.04770991827781727, abs=1e-9)
    assert told.se == pytest.approx(0.013222488650016436, abs=1e-9)
    assert told.by[0].estimate == pytest.approx(-0.031066927191940524, abs=1e-9)
    assert told.by[2].se == pytest.approx(0.03534197213337396, abs=1e-9)


def test_weights_of_the_regression_agree_with_another_implementation(counties):
    told = two_way(counties, *COLUMNS)  # diff-diff 3.13
    assert told.coefficient == pytest.approx(-0.03654893667406696, abs=1e-12)
    weights = {(each.treated, each.control): each.weight for each in told.comparisons}
    assert weights[2007.0, 2006.0] == pytest.approx(0.0173, abs=5e-5)
    assert weights[2006.0, 2007.0] == pytest.approx(0.0520, abs=5e-5)


def test_the_documented_table_is_true(counties):
    page = (Path(__file__).parents[5] / "docs" / "algorithms" / "impact-did.md").read_text()
    fit = fit_did(counties, *COLUMNS)
    for each in (fit.simple, fit.group, fit.calendar, fit.dynamic):
        row = f"| {each.estimate:.4f} | {each.se:.4f} | {each.low:.4f} to {each.high:.4f} |"
        assert row.replace("-", "−") in page
    for part in fit.dynamic.by:
        assert f"| {part.key:g} | {part.estimate:.4f} | {part.se:.4f} |".replace("-", "−") in page
    assert f"{fit.pretrend.p:.3f}" in page
    assert f"{impute_did(counties, *COLUMNS).estimate:.4f}".replace("-", "−") in page
    mixed = two_way(counties, *COLUMNS)
    assert f"{mixed.coefficient:.4f}".replace("-", "−") in page
    assert f"{100 * mixed.weight_on_treated:.1f} %" in page
