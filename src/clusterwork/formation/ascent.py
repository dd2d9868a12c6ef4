"""A lower bound for every plan, raised by subgradient steps on the schools' prices."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.hub_bound import HubBound
from clusterwork.formation.model import Model
from clusterwork.formation.peers_bound import PeersBound
from clusterwork.formation.relaxed import Bound, Relaxed, Step, frame_of
from clusterwork.formation.star_costs import by_peers, star_costs
from clusterwork.formation.stars import stars_of

Floats = NDArray[np.float64]
MOST_CANDIDATES = 120
ALL_CANDIDATES = 600
PATIENCE = 20
MEMORY = 0.8


def ascent_of(model: Model, most: float = math.inf) -> Ascent:
    """The ascent for a whole model; `most` caps each dual: what leaving a school out costs
    (pyramids)."""
    costs = star_costs(model)
    relaxed = _peers_bound(model, costs) if by_peers(model) else _hub_bound(model, costs)
    return Ascent(relaxed, _start(model, costs), model.gain_total, most)


def _hub_bound(model: Model, costs: Floats) -> HubBound:
    return HubBound(frame_of(model), partial(stars_of, costs, most=MOST_CANDIDATES))


def _peers_bound(model: Model, costs: Floats) -> PeersBound:
    few = model.n > ALL_CANDIDATES and model.gain is None
    stars = stars_of(costs, np.zeros(model.n), MOST_CANDIDATES if few else model.n)
    halves = None if model.gain is None else model.gain[: model.n, : model.n] / 2.0
    return PeersBound(frame_of(model), stars, halves)


def _start(model: Model, costs: Floats) -> Floats:
    """Each school starts at its mean cost to the nearest few."""
    k = min(max(1, model.low - 1), model.n) - 1
    near = np.partition(costs, k, axis=1)[:, : k + 1] if model.n else costs
    finite = np.where(np.isfinite(near), near, 0.0)
    start = finite.mean(axis=1) if finite.size else np.zeros(model.n)
    return start * model.policy.weights.travel if by_peers(model) else start


class Ascent:
    """Subgradient steps on the duals, kept between calls so that the bound can go on rising."""

    def __init__(
        self, relaxed: Relaxed, start: Floats, constant: float, most: float = math.inf
    ) -> None:
        """start: (n,) duals; `constant` is added to the relaxation's value; `most` caps duals."""
        self.relaxed, self.constant, self.most = relaxed, constant, most
        self.duals = np.minimum(start, most)
        self.best = Bound(-math.inf, self.duals, np.zeros(len(start)), 0.0)
        self.scale, self.stale = 1.0, 0
        self.direction = np.zeros(len(start))

    def climb(
        self,
        steps: int,
        upper: float,
        stop: Callable[[], bool],
        each: Callable[[Bound], None] | None = None,
    ) -> Bound:
        """Take up to `steps` steps towards `upper` (a plan's objective, may be infinite)."""
        target = upper - self.constant
        for _ in range(steps):
            if stop():
                break
            step = self.relaxed.step(self.duals)
            self._keep(step)
            if not math.isfinite(step.value):
                break
            if self.scale < 1e-4 or (
                math.isfinite(upper) and self.best.value >= upper - 1e-9 * max(1.0, abs(upper))
            ):
                break
            self._move(step, target)
            if each is not None:
                each(self.best)
        return self.best

    def _keep(self, step: Step) -> None:
        value = step.value + self.constant
        if value > self.best.value + 1e-12:
            improved = value > self.best.value + 1e-5 * max(1.0, abs(value))
            self.best = Bound(value, self.duals.copy(), step.reduced, step.threshold)
            self.stale = 0 if improved else self.stale + 1
        else:
            self.stale += 1
        if self.stale >= PATIENCE:
            self.scale, self.stale = self.scale * 0.6, 0
            self.duals = self.best.duals.copy()
            self.direction[:] = 0.0

    def _move(self, step: Step, target: float) -> None:
        slack = 1.0 - step.cover
        self.direction = slack + MEMORY * self.direction
        norm = float(self.direction @ self.direction)
        if norm <= 0:
            return
        if not math.isfinite(target):
            target = step.value + 0.2 * abs(step.value) + 1.0
        gap = max(target - step.value, 1e-6 * max(1.0, abs(target)))
        self.duals = np.minimum(self.duals + self.scale * gap / norm * self.direction, self.most)
