"""Promises about CR2: R's clubSandwich, the textbook's matrices, and known special cases."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache

import numpy as np
import pytest
from scipy import stats

from clusterwork.impact.few import ColumnsCombine, clustered, cr2
from clusterwork.impact.result import Estimate

SIZES = (3, 5, 4, 7, 2, 6, 1)
CLUSTERS = np.repeat(np.arange(7), SIZES)
N = len(CLUSTERS)
PLACES = np.arange(N)
DESIGN = np.column_stack([np.ones(N), np.sin(PLACES), (CLUSTERS % 3 == 0).astype(float)])
OUTCOME = 1 + 0.5 * DESIGN[:, 1] + np.cos(1.7 * PLACES) + 0.8 * np.sin(3.1 * CLUSTERS)
WEIGHTS = 1.0 + (PLACES % 5)
IN_R = """
suppressMessages(library(clubSandwich))
rows <- read.csv(commandArgs(TRUE)[1])
told <- function(fit) {
  found <- coef_test(fit, vcov = "CR2", cluster = rows$g, test = "Satterthwaite")
  df <- if (is.null(found$df_Satt)) found$df else found$df_Satt
  paste0("[", paste(sprintf("%.12g", c(found$beta, found$SE, df)), collapse = ","), "]")
}
cat(sprintf('{"plain": %s, "weighted": %s}', told(lm(y ~ x + t, rows)),
  told(lm(y ~ x + t, rows, weights = rows$w))))
"""
GIVEN = {
    "plain": [
        1.1291632438,
        0.472395414367,
        -0.154706123887,
        0.097146881884,
        0.180823279989,
        0.140990183356,
        2.61112622873,
        4.14764660903,
        2.96554887668,
    ],
    "weighted": [
        1.1806344265,
        0.456795969033,
        -0.301487986164,
        0.1352158154,
        0.177121793392,
        0.229480413141,
        2.76896145324,
        3.14636717479,
        2.80800861705,
    ],
}
"""By clubSandwich: three estimates, three errors, three degrees of freedom."""


def ours(weights=None) -> list[Estimate]:
    return [cr2(OUTCOME, DESIGN, CLUSTERS, column, weights=weights) for column in range(3)]


def numbers(found: list[Estimate]) -> list[float]:
    return (
        [each.estimate for each in found]
        + [each.se for each in found]
        + [each.df for each in found]
    )


@cache
def without_r() -> str:
    if shutil.which("Rscript") is None:
        return "R is not installed"
    asked = subprocess.run(
        ["Rscript", "-e", "library(clubSandwich)"], capture_output=True, check=False
    )
    return "" if asked.returncode == 0 else "R has no clubSandwich"


def as_written_down(design, outcome, clusters, column, weights):
    """Estimate, error and degrees of freedom by N×N matrices, as in the paper's equations."""
    weigh = np.diag(weights)
    bread = np.linalg.inv(design.T @ weigh @ design)
    left = np.eye(len(outcome)) - design @ bread @ design.T @ weigh
    residuals = left @ outcome
    contrast, meat, columns = bread[column], 0.0, []
    for label in np.unique(clusters):
        rows = np.flatnonzero(clusters == label)
        values, vectors = np.linalg.eigh(left[rows] @ left[rows].T)
        roots = [0.0 if value < 1e-9 else value**-0.5 for value in values]
        root = vectors @ np.diag(roots) @ vectors.T
        part = root @ weigh[np.ix_(rows, rows)] @ design[rows] @ contrast
        meat += (part @ residuals[rows]) ** 2
        columns.append(left[rows].T @ part)
    gram = np.array(columns) @ np.array(columns).T
    df = np.trace(gram) ** 2 / np.sum(gram**2)
    return (bread @ design.T @ weigh @ outcome)[column], np.sqrt(meat), df


class TestCr2:
    @pytest.mark.parametrize("kind", ["plain", "weighted"])
    def test_is_what_clubsandwich_gave(self, kind):
        found = numbers(ours(WEIGHTS if kind == "weighted" else None))
        assert found == pytest.approx(GIVEN[kind], rel=1e-8)

    @pytest.mark.skipif(bool(without_r()), reason=without_r() or "R is there")
    def test_is_what_clubsandwich_gives(self, tmp_path):
        table = np.column_stack([OUTCOME, DESIGN[:, 1:], CLUSTERS, WEIGHTS])
        file, program = tmp_path / "rows.csv", tmp_path / "cr2.R"
        np.savetxt(file, table, "%.17g", ",", header="y,x,t,g,w", comments="")
        program.write_text(IN_R)
        told = subprocess.run(
            ["Rscript", str(program), str(file)], capture_output=True, text=True, check=True
        )
        wanted = json.loads(told.stdout)
        assert numbers(ours()) == pytest.approx(wanted["plain"], rel=1e-8)
        assert numbers(ours(WEIGHTS)) == pytest.approx(wanted["weighted"], rel=1e-8)

    @pytest.mark.parametrize("weights", [np.ones(N), WEIGHTS], ids=["plain", "weighted"])
    def test_is_the_papers_algebra(self, weights):
        for column, found in enumerate(ours(weights)):
            wanted = as_written_down(DESIGN, OUTCOME, CLUSTERS, column, weights)
            assert (found.estimate, found.se, found.df) == pytest.approx(wanted, rel=1e-9)

    def test_cluster_effects_inside_the_clusters_are_no_obstacle(self):
        """Residuals of a cluster with its own intercept have a singular working covariance."""
        clusters = np.repeat(np.arange(6), 5)
        design = np.column_stack([np.eye(6)[clusters], np.sin(np.arange(30.0))])
        outcome = np.cos(2.3 * np.arange(30.0)) + clusters
        found = cr2(outcome, design, clusters, 6)
        wanted = as_written_down(design, outcome, clusters, 6, np.ones(30))
        assert (found.estimate, found.se, found.df) == pytest.approx(wanted, rel=1e-8)

    def test_of_two_means_is_welchs_error(self):
        values = np.array([1.2, 0.4, 2.2, 0.1, 0.9, 1.0, 0.3])
        design = np.column_stack([np.ones(7), np.arange(7) < 3])
        found = cr2(values, design, range(7), 1)
        wanted = stats.ttest_ind(values[:3], values[3:], equal_var=False)
        assert found.estimate / found.se == pytest.approx(wanted.statistic)

    def test_degrees_of_freedom_of_three_among_thirty_are_two_and_a_half(self):
        """Imbens and Kolesár (2016), Rev. Econ. Stat. 98, section III: 3 of 30, K_BM = 2.5."""
        design = np.column_stack([np.ones(30), np.arange(30) < 3])
        assert clustered(design, range(30), 1).df == pytest.approx(2.5, abs=0.05)

    def test_the_interval_is_students(self):
        found = cr2(OUTCOME, DESIGN, CLUSTERS, 1, level=0.9)
        half = stats.t.ppf(0.95, found.df) * found.se
        assert (found.low, found.high) == pytest.approx(
            (found.estimate - half, found.estimate + half)
        )

    def test_a_column_that_repeats_others_is_refused(self):
        twice = np.column_stack([DESIGN, DESIGN[:, 1]])
        with pytest.raises(ColumnsCombine, match="Leave one of them out"):
            cr2(OUTCOME, twice, CLUSTERS, 1)
