"""How likely a unit is to be one of the treated, by its covariates: a weighted logit."""

from __future__ import annotations

import numpy as np

from clusterwork.impact.did.panel import Floats

MOST_STEPS = 60
NEAR = 1e-11
SURE = 0.999


def likely(design: Floats, treated: Floats, weight: Floats) -> Floats | None:
    """The fitted probabilities by maximum likelihood; None where the groups do not overlap.

    design: m x p with the intercept. treated: 0 or 1. Newton's method (iterated weighted least
    squares), until the score is nothing. A probability of 0.999 or more says that some treated
    have nobody to be compared with (the limit of R's `did`).
    """
    beta = np.zeros(design.shape[1])
    beta[0] = _log_odds(float(weight @ treated) / float(weight.sum()))
    for _ in range(MOST_STEPS):
        fitted = 1.0 / (1.0 + np.exp(-np.clip(design @ beta, -40.0, 40.0)))
        score = design.T @ (weight * (treated - fitted))
        if np.abs(score).max() <= NEAR * weight.sum():
            return None if fitted[weight > 0.0].max() >= SURE else fitted
        information = (design * (weight * fitted * (1.0 - fitted))[:, None]).T @ design
        try:
            beta = beta + np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            return None
    return None


def _log_odds(share: float) -> float:
    return float(np.log(share / (1.0 - share)))
