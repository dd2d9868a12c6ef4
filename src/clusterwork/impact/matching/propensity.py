"""How likely each unit is to take part by its covariates: logistic regression by Newton's steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.special import expit

from clusterwork.impact.matching.reading import Bools, Floats, Units
from clusterwork.impact.matching.scaling import mahalanobis
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

STEPS = 50
FAR = 15.0


class Separated(Problem):
    """The covariates tell exactly who takes part."""


@dataclass(frozen=True, eq=False)
class Scores:
    """logits: N, natural logarithms of odds. deviation: the logit's, pooled over both groups."""

    logits: Floats
    deviation: float

    @property
    def propensities(self) -> Floats:
        """N shares between 0 and 1."""
        shares: Floats = expit(self.logits)
        return shares

    @property
    def points(self) -> Floats:
        """N x 1 logits in standard deviations."""
        return (self.logits / self.deviation)[:, None]


def scores_of(units: Units) -> Scores:
    """Propensity scores by a logistic regression on all covariates with main effects.

    The deviation of the logit is the root of the mean of both groups' variances (Austin 2011,
    Pharmaceutical Statistics 10, page 151). Raises Separated, NothingToCompareBy.
    """
    points = mahalanobis(units, "all").points
    design = np.column_stack([np.ones(len(points)), points])
    logits = design @ _coefficients(design, units.treated)
    spread = [logits[arm].var(ddof=1) if arm.sum() > 1 else 0.0 for arm in _arms(units.treated)]
    deviation = float(np.sqrt(np.mean(spread)))
    return Scores(logits, deviation if deviation > 1e-9 else 1.0)


def _arms(treated: Bools) -> tuple[Bools, Bools]:
    return treated, ~treated


def _coefficients(design: Floats, treated: Bools) -> Floats:
    """Iteratively reweighted least squares, halving steps that do not raise the likelihood.

    Source: McCullagh and Nelder 1989, Generalized Linear Models, section 2.5.
    """
    beta = np.zeros(design.shape[1])
    likelihood = _likelihood(design @ beta, treated)
    for _ in range(STEPS):
        step = _step(design, treated, beta)
        after = _likelihood(design @ (beta + step), treated)
        while after < likelihood - 1e-9 and np.abs(step).max() > 1e-12:
            step = step / 2.0
            after = _likelihood(design @ (beta + step), treated)
        beta, likelihood = beta + step, after
        if np.abs(step).max() < 1e-10:
            break
    _must_overlap(design, treated, beta, float(np.abs(step).max()))
    return beta


def _step(design: Floats, treated: Bools, beta: Floats) -> Floats:
    shares = expit(design @ beta)
    weights = np.maximum(shares * (1.0 - shares), 1e-12)
    curvature = (design * weights[:, None]).T @ design
    step: Floats = np.linalg.lstsq(curvature, design.T @ (treated - shares), rcond=None)[0]
    return step


def _likelihood(logits: Floats, treated: Bools) -> float:
    return float(-np.logaddexp(0.0, np.where(treated, -logits, logits)).sum())


def _must_overlap(design: Floats, treated: Bools, beta: Floats, last: float) -> None:
    if (last < 1e-8 and np.abs(design @ beta).max() < FAR) or not separated(design, treated):
        return
    raise Separated(
        Message(N_("The covariates tell exactly, for some or all units, who takes part.")),
        why=Message(
            N_("Then nobody comparable is left, and no propensity can be told from the data.")
        ),
        next_step=Message(
            N_("Leave out the covariate that decides who takes part, or match exactly on it.")
        ),
    )


def separated(design: Floats, treated: Bools) -> bool:
    """Whether the arms are separated, wholly or nearly, so that the likelihood has no maximum.

    There is b with s x'b >= 0 for all rows and > 0 for some (s = 1 where treated, else -1);
    found by linear programming. Source: Albert and Anderson 1984, Biometrika 71; Konis 2007.
    """
    signed = design * np.where(treated, 1.0, -1.0)[:, None]
    found = linprog(
        -signed.sum(axis=0),
        A_ub=-signed,
        b_ub=np.zeros(len(signed)),
        bounds=[(-1.0, 1.0)] * design.shape[1],
    )
    return bool(found.status == 0 and -found.fun > 1e-6)
