"""The second route: the same model with whole covariance matrices, as the textbooks write it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.tests.made import Pupils

Floats = NDArray[np.float64]


def members(pupils: Pupils, level: str) -> Floats:
    """n x groups: 1 where a pupil is in a group."""
    keys = pupils.frame[level].to_numpy()
    return (keys[:, None] == np.unique(keys)[None, :]).astype(float)


def covariance(pupils: Pupils, deviations: dict[str, float], residual: float) -> Floats:
    """n x n, from the deviation of each level's intercepts and the residual variance."""
    whole = residual * np.eye(len(pupils.frame))
    for level, deviation in deviations.items():
        of = members(pupils, level)
        whole = whole + deviation**2 * of @ of.T
    return whole


def reml(pupils: Pupils, whole: Floats) -> tuple[float, Floats, Floats]:
    """-2 restricted log likelihood, coefficients and their covariance."""
    x, y = pupils.design, pupils.outcome
    weight = np.linalg.inv(whole)
    spread = np.linalg.inv(x.T @ weight @ x)
    beta = spread @ x.T @ weight @ y
    left = y - x @ beta
    deviance = (
        np.linalg.slogdet(whole)[1]
        - np.linalg.slogdet(spread)[1]
        + left @ weight @ left
        + (len(y) - x.shape[1]) * np.log(2.0 * np.pi)
    )
    return float(deviance), beta, spread


def predictions(
    pupils: Pupils, whole: Floats, level: str, variance: float
) -> tuple[Floats, Floats]:
    """Effects of a level's intercepts and their deviations given the data (Henderson 1975)."""
    _, beta, _ = reml(pupils, whole)
    of, weight = members(pupils, level), np.linalg.inv(whole)
    effects = variance * of.T @ weight @ (pupils.outcome - pupils.design @ beta)
    left = variance * np.eye(of.shape[1]) - variance**2 * of.T @ weight @ of
    return effects, np.sqrt(np.diag(left))
