"""The shortest fixed-length interval where a trend may bend by at most M a year."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special

from clusterwork.impact.honest.study import EventStudy, Floats
from clusterwork.impact.result import Estimate


def folded_quantile(bias: float, level: float = 0.95) -> float:
    """The quantile of |N(bias, 1)|: cv of Armstrong and Kolesár 2018, Econometrica 86, equation 3.

    Where Φ(c - b) - Φ(-c - b) is the level; c lies between b plus the one-sided and b plus the
    two-sided normal quantile.
    """
    away = abs(bias)

    def inside(at: float) -> float:
        return float(special.ndtr(at - away) - special.ndtr(-at - away)) - level

    low, high = away + float(special.ndtri(level)), away + two_sided(level)
    return float(optimize.brentq(inside, low - 1e-9, high + 1e-9, xtol=1e-13))


def two_sided(level: float) -> float:
    return float(special.ndtri((1 + level) / 2))


def shortest_interval(study: EventStudy, weights: Floats, bend: float, level: float) -> Estimate:
    """The fixed-length interval for weights'τ over departures δ with |δ(t+1) - 2δ(t) + δ(t-1)| ≤ M.

    weights: (L,) of the years after. Rambachan and Roth 2023, Review of Economic Studies 90,
    section 3.2: v'β with v = (v_before, weights) is as far off as M times the sum of |c|, c the
    weights of the second differences in v'δ, if v leaves no slope. Written in c instead of v, that
    of the year of the start is fixed by the slope, those of the years after by `weights`, and the
    others are free: the estimators of least variance for their bias are a lasso's path, along
    which the interval sd·cv(bias/sd) is made shortest. bend: M ≥ 0 in the outcome's unit.
    """
    path = _Path(study, weights)
    if bend == 0.0 or path.n_free == 0:
        chosen = path.at(0.0)
        return _interval(path, chosen, bend, level)
    most = path.most
    found = optimize.minimize_scalar(
        lambda log: _half(path, path.at(float(np.exp(log))), bend, level),
        bounds=(np.log(most * 1e-9), np.log(most * 1.01)),
        method="bounded",
        options={"xatol": 1e-7},
    )
    ends = [path.at(0.0), path.at(most * 1.01), path.at(float(np.exp(found.x)))]
    best = min(ends, key=lambda free: _half(path, free, bend, level))
    return _interval(path, best, bend, level)


def _interval(path: _Path, free: Floats, bend: float, level: float) -> Estimate:
    middle = float(path.weights(free) @ path.study.estimates)
    half = _half(path, free, bend, level)
    return Estimate(
        middle, path.sd(free), middle - half, middle + half, level=level, method="fixed-length"
    )


def _half(path: _Path, free: Floats, bend: float, level: float) -> float:
    sd = path.sd(free)
    return sd * folded_quantile(bend * path.bias(free) / sd, level)


class _Path:
    """Estimators by the free weights c of second differences (K-1,), years -2, -3, … outwards."""

    def __init__(self, study: EventStudy, weights: Floats) -> None:
        self.study = study
        n_before, n_after = len(study.before), len(weights)
        slope = float(weights @ np.arange(1, n_after + 1))
        self.fixed_bias = abs(slope) + _bends_after(weights)
        self.n_free = n_before - 1
        start = np.zeros(n_before)
        start[0] = slope
        to_years = _from_bends(n_before)
        self.start = np.concatenate([to_years @ start, weights])
        self.step = np.vstack([to_years[:, 1:], np.zeros((n_after, self.n_free))])
        self.products = self.step.T @ study.covariance @ self.step
        self.pull = self.step.T @ study.covariance @ self.start
        self.most = float(np.abs(self.pull).max()) if self.n_free else 0.0

    def weights(self, free: Floats) -> Floats:
        """v (K+L,), the earliest year first."""
        return self.start + self.step @ free

    def sd(self, free: Floats) -> float:
        v = self.weights(free)
        return float(np.sqrt(v @ self.study.covariance @ v))

    def bias(self, free: Floats) -> float:
        """The largest bias where M is 1."""
        return self.fixed_bias + float(np.abs(free).sum())

    def at(self, penalty: float) -> Floats:
        """The least of v'Σv/2 + penalty Σ|c|, one c after the other until none moves."""
        if penalty == 0.0:
            return np.linalg.solve(self.products, -self.pull) if self.n_free else np.zeros(0)
        free = np.zeros(self.n_free)
        spread = np.diag(self.products)
        for _ in range(20_000):
            moved = 0.0
            for place in range(self.n_free):
                rest = self.pull[place] + self.products[place] @ free - spread[place] * free[place]
                new = -np.sign(rest) * max(abs(rest) - penalty, 0.0) / spread[place]
                moved = max(moved, abs(new - free[place]))
                free[place] = new
            if moved <= 1e-12 * (1.0 + np.abs(free).max()):
                break
        return free


def _from_bends(n: int) -> Floats:
    """(n, n): the weights of the years before, the earliest first, from those of second differences
    at the reference year, the year before it and so on: the second differences of these."""
    matrix = np.eye(n) - 2 * np.eye(n, k=1) + np.eye(n, k=2)
    return np.asarray(matrix[::-1])


def _bends_after(weights: Floats) -> float:
    """Σ of |weights of second differences| after the start: Σ_s |Σ_{t>s} (t-s) l_t|."""
    years = np.arange(1, len(weights) + 1)
    return float(sum(abs(weights @ np.maximum(years - s, 0)) for s in years[:-1]))
