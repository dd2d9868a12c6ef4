"""The same numbers as R's lme4 and lmerTest, on published data and on invented ones.

Runs where R with both is installed (Debian: r-cran-lme4, r-cran-lmertest); the system never needs
it. lme4 stops its search a little before the optimum, so variances are compared to 1e-5 of the
largest and never fit worse here.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from clusterwork.impact.value_added import ValueAddedFit, fit_value_added
from clusterwork.impact.value_added.tests.made import pupils

EXAM = Path(__file__).parents[6] / "shared" / "data" / "exam.csv.gz"
PROGRAM = """
suppressMessages({library(lme4); library(lmerTest)})
given <- commandArgs(TRUE)
named <- function(name) as.data.frame(eval(parse(text = name)))
rows <- if (file.exists(given[1])) read.csv(given[1]) else named(given[1])
fit <- lmerTest::lmer(as.formula(given[2]), rows, control = lmerControl(
  optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9)))
table <- as.data.frame(VarCorr(fit)); effects <- ranef(fit, condVar = TRUE)
fixed <- coef(summary(fit))
write.csv(rows, given[3], row.names = FALSE)
number <- function(values) paste0("[", paste(sprintf("%.12g", values), collapse = ","), "]")
lowest <- effects[[1]]; spread <- attr(lowest, "postVar")
cat(sprintf('{"estimate":%s,"se":%s,"df":%s,"variance":%s,"deviance":%.12g,"effect":%s,"sd":%s}',
  number(fixed[, 1]), number(fixed[, 2]), number(fixed[, 3]), number(table$vcov), REMLcrit(fit),
  number(lowest[order(rownames(lowest)), 1]),
  number(sqrt(spread[1, 1, order(rownames(lowest))]))))
"""


@cache
def without_r() -> str:
    """Why R cannot be asked; empty where it can."""
    if shutil.which("Rscript") is None:
        return "R is not installed"
    asked = subprocess.run(
        ["Rscript", "-e", "library(lme4); library(lmerTest)"], capture_output=True, check=False
    )
    return "" if asked.returncode == 0 else "R has no lme4 and lmerTest"


@pytest.fixture(autouse=True)
def needs_r():
    if without_r():
        pytest.skip(without_r())


def in_r(data: str, formula: str, folder: Path) -> tuple[dict, pl.DataFrame]:
    """What lme4 says, and the rows that it said it of."""
    rows, program = folder / "rows.csv", folder / "fit.R"
    program.write_text(PROGRAM)
    told = subprocess.run(
        ["Rscript", str(program), data, formula, str(rows)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(told.stdout), pl.read_csv(rows, infer_schema_length=None)


def agrees(fit: ValueAddedFit, told: dict) -> None:
    assert [each.estimate for each in fit.fixed] == pytest.approx(told["estimate"], abs=2e-6)
    assert [each.se for each in fit.fixed] == pytest.approx(told["se"], rel=1e-5)
    assert [each.df for each in fit.fixed] == pytest.approx(told["df"], rel=2e-3)
    assert fit.deviance <= told["deviance"] + 1e-7
    assert fit.deviance == pytest.approx(told["deviance"], abs=1e-5)
    largest = max(told["variance"])
    ours = sorted(each.value for each in fit.variances)
    assert ours == pytest.approx(sorted(told["variance"]), abs=1e-5 * largest)
    lowest = sorted(fit.effects(fit.levels[-1]), key=lambda each: each.estimate)
    assert [each.estimate for each in lowest] == pytest.approx(
        sorted(told["effect"]), abs=2e-5 * largest**0.5
    )
    assert sorted(each.sd for each in lowest) == pytest.approx(sorted(told["sd"]), rel=1e-4)


@pytest.mark.real_data
@pytest.mark.skipif(not EXAM.exists(), reason="the open data are not beside the project")
@pytest.mark.parametrize("slope", [None, "standLRT"])
def test_exam_results_of_inner_london(slope, tmp_path):
    raw = tmp_path / "exam.csv"
    pl.read_csv(EXAM).write_csv(raw)
    formula = f"normexam ~ standLRT + sex + (1{' + ' + slope if slope else ''} | school)"
    told, rows = in_r(str(raw), formula, tmp_path)
    agrees(
        fit_value_added(
            rows, outcome="normexam", covariates=["standLRT", "sex"], levels=["school"], slope=slope
        ),
        told,
    )


def test_sleepstudy_with_a_slope(tmp_path):
    told, rows = in_r("sleepstudy", "Reaction ~ Days + (Days | Subject)", tmp_path)
    agrees(
        fit_value_added(
            rows, outcome="Reaction", covariates=["Days"], levels=["Subject"], slope="Days"
        ),
        told,
    )


def test_pastes_with_two_levels(tmp_path):
    told, rows = in_r("Pastes", "strength ~ 1 + (1 | batch / cask)", tmp_path)
    agrees(
        fit_value_added(rows, outcome="strength", covariates=[], levels=["batch", "sample"]), told
    )


SHIPPED = {
    "Dyestuff": ("Yield", [], ["Batch"], None),
    "Dyestuff2": ("Yield", [], ["Batch"], None),
    "nlme::MathAchieve": ("MathAch", ["SES", "MEANSES"], ["School"], None),
    "nlme::Oxboys": ("height", ["age"], ["Subject"], "age"),
}


@pytest.mark.parametrize("data", SHIPPED)
def test_data_that_ship_with_r(data, tmp_path):
    outcome, covariates, levels, slope = SHIPPED[data]
    fixed = " + ".join(["1", *covariates])
    told, rows = in_r(data, f"{outcome} ~ {fixed} + ({slope or 1} | {levels[0]})", tmp_path)
    fit = fit_value_added(rows, outcome=outcome, covariates=covariates, levels=levels, slope=slope)
    agrees(fit, told)


@pytest.mark.parametrize("seed", range(3))
def test_invented_pupils_three_levels_deep(seed, tmp_path):
    raw = tmp_path / "pupils.csv"
    data = pupils(seed, 3, spread=1.0)
    numbered = data.frame.with_columns(
        (pl.lit("k") + pl.col(level)).alias(level) for level in data.levels
    )
    numbered.write_csv(raw)
    told, rows = in_r(str(raw), "y ~ a + b + (1 | school) + (1 | authority) + (1 | area)", tmp_path)
    agrees(
        fit_value_added(rows, outcome="y", covariates=["a", "b"], levels=list(data.levels)), told
    )
