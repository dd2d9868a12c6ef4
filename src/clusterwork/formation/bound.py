"""A lower bound for every plan: each school prices its place, each hub picks its best members.

Lagrangian relaxation of "every school stands in exactly one cluster" (the p-median bound of
Cornuejols, Fisher and Nemhauser, 1977), solved by subgradient steps. Knows no plans.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.model import Ints, Model

Floats = NDArray[np.float64]
MOST_CANDIDATES = 120
ALL_CANDIDATES = 600
PEERS_STRETCH = 1.3
"""Mean travel between two members over mean travel to the middle one, about."""

PATIENCE = 20
MEMORY = 0.8


@dataclass(frozen=True)
class Stars:
    """For each hub its most attractive members at some duals: who (n, t) and at what cost (n, t).

    An unlisted member of hub h has cost minus dual of at least `beyond[h]` (n,) at the duals
    `at` (n,); infinite where all possible members are listed.
    """

    who: Ints
    cost: Floats
    beyond: Floats
    at: Floats

    def unseen(self, duals: Floats) -> Floats:
        """(n,) the least that an unlisted member can cost less its dual at other duals."""
        return np.asarray(self.beyond - (duals - self.at).max(initial=0.0))


@dataclass(frozen=True)
class Bound:
    """`value` holds for the full objective. duals: (n,) price of each school's place.

    reduced: (n,) what the best cluster around each hub costs less its members' prices (hub
    measure), or what each school's share of one does (peers). `threshold` is the reduced cost
    from which a further cluster would not be opened.
    """

    value: float
    duals: Floats
    reduced: Floats
    threshold: float


def by_peers(model: Model) -> bool:
    """True where travel to each other counts; pyramids always measure to the hub."""
    return model.policy.measure == "peers" and not model.policy.pyramid


def _forbidden(model: Model) -> NDArray[np.bool_]:
    n = model.n
    forbidden = (model.bad[:n, :n] != 0) | ~_possible(model)
    np.fill_diagonal(forbidden, True)
    return np.asarray(forbidden)


def star_costs(model: Model) -> Floats:
    """(n, n) [hub, member]: never more than what the member adds to a cluster with this hub;
    infinite where the rules forbid it. By the peers measure: mean travel of both directions,
    without weights.

    The longest journey counts at least its share: it is no shorter than the mean. Of what keeping
    pairs together is worth, the pair with the hub counts in full, and of all other pairs the half
    of the member's best ones.
    """
    n, weights = model.n, model.policy.weights
    travel = model.travel[:n, :n].T.copy()
    if by_peers(model):
        cost = (travel + travel.T) / 2.0
    else:
        cost = travel * (weights.travel + weights.worst / max(1, model.high - 1))
        if model.gain is not None:
            cost -= model.gain[:n, :n] + _other_halves(model)
    cost[_forbidden(model)] = np.inf
    return cost


def guide_costs(model: Model) -> Floats:
    """(n, n) [hub, member]: about what the member adds; for choosing what to try first."""
    n, weights = model.n, model.policy.weights
    middle = (model.low + model.high) / 2.0
    travel = model.travel[:n, :n].T.copy()
    if by_peers(model):
        travel = PEERS_STRETCH * (travel + travel.T) / 2.0
    cost = travel * (weights.travel + weights.worst / max(1.0, middle - 1.0))
    if model.gain is not None:
        cost -= model.gain[:n, :n]
    cost[_forbidden(model)] = np.inf
    return cost


def _other_halves(model: Model) -> Floats:
    """(n, n) [hub, member]: half of the most that the member can keep with `high` - 2 others
    besides the hub."""
    n = model.n
    assert model.gain is not None  # noqa: S101 - callers have looked
    gain = np.where(model.bad[:n, :n] != 0, 0.0, model.gain[:n, :n])
    ranked = -np.sort(-gain, axis=1)
    k = min(model.high - 2, n)
    if k < 1:
        return np.zeros((n, n))
    best = ranked[:, :k].sum(axis=1)
    last = ranked[:, k - 1]
    following = ranked[:, k] if k < n else np.zeros(n)
    without_hub = np.where(
        gain >= last[:, None], best[:, None] - gain + following[:, None], best[:, None]
    )
    return np.asarray(without_hub.T / 2.0)


def stars_of(cost: Floats, duals: Floats, most: int) -> Stars:
    """The `most` members of each hub that are best at these duals."""
    n = len(cost)
    if most >= n:
        who = np.broadcast_to(np.arange(n), (n, n))
        return Stars(who, cost, np.full(n, np.inf), duals.copy())
    red = cost - duals
    order = np.argpartition(red, most, axis=1)
    who = order[:, :most]
    beyond = np.take_along_axis(red, order[:, most:], axis=1).min(axis=1)
    return Stars(who, np.take_along_axis(cost, who, axis=1), beyond, duals.copy())


def _possible(model: Model) -> NDArray[np.bool_]:
    """(n, n) [hub, member]: may the member ever be in a cluster with this hub?"""
    n = model.n
    if by_peers(model):
        return np.ones((n, n), dtype=bool)
    possible = model.may_hub[:n, :n].T.copy()
    if model.under is not None:
        under = model.under[:n, :n]
        joint = (model.bad[:n, :n] == 0) & model.anchor[None, :] & model.anchor[:, None]
        reach = (under.astype(np.float32) @ joint.astype(np.float32)) > 0
        possible &= (under | reach).T
    return possible


@dataclass
class _Step:
    value: float
    reduced: Floats
    cover: Floats
    threshold: float


def _may_be_hub(model: Model) -> NDArray[np.bool_]:
    itself = model.may_hub[np.arange(model.n), np.arange(model.n)]
    return np.asarray(itself)


class HubBound:
    """The relaxation for the hub measure: at most one cluster around each hub."""

    def __init__(self, model: Model, costs: Floats) -> None:
        self.model, self.costs = model, costs
        self.sizes = np.arange(model.low, min(model.high, model.n) + 1)
        self.prices = np.array([model.size_price(int(s)) for s in self.sizes])
        self.hubs = _may_be_hub(model)
        self.stars: Stars | None = None

    def step(self, duals: Floats) -> _Step:
        """Value, reduced cost of each hub's best cluster, and how often each school is taken."""
        if self.stars is None:
            self.stars = stars_of(self.costs, duals, MOST_CANDIDATES)
        step = self._step(duals, self.stars)
        if step is None:
            self.stars = stars_of(self.costs, duals, MOST_CANDIDATES)
            step = self._step(duals, self.stars)
        assert step is not None  # noqa: S101 - fresh stars list the best at these duals
        return step

    def _step(self, duals: Floats, stars: Stars) -> _Step | None:
        """None where an unlisted member might matter, so that the stars must be listed anew."""
        n = self.model.n
        k = int(self.sizes[-1]) - 1
        red = stars.cost - duals[stars.who]
        at = np.argpartition(red, k - 1, axis=1)[:, :k] if 0 < k < n else np.arange(n)[None, :k]
        at = np.broadcast_to(at, (n, k))
        values = np.take_along_axis(red, at, axis=1)
        order = np.argsort(values, axis=1, kind="stable")
        picked = np.take_along_axis(at, order, axis=1)
        values = np.take_along_axis(values, order, axis=1)
        sums = np.concatenate([np.zeros((n, 1)), np.cumsum(values, axis=1)], axis=1)
        totals = sums[:, self.sizes - 1] + self.prices
        choice = totals.argmin(axis=1)
        best = np.where(self.hubs, totals[np.arange(n), choice] - duals, np.inf)
        if k and (stars.unseen(duals) < values[:, -1]).any() and (duals != stars.at).any():
            return None
        length = self.sizes[choice] - 1
        chosen, value, threshold = self._open(best)
        cover = np.zeros(n)
        cover[chosen] += 1.0
        for hub in chosen:
            cover[stars.who[hub, picked[hub, : length[hub]]]] += 1.0
        return _Step(value + float(duals.sum()), best, cover, threshold)

    def _open(self, best: Floats) -> tuple[Ints, float, float]:
        """The hubs to open, their sum, and the reduced cost where opening stops."""
        order = np.argsort(best, kind="stable")
        sums = np.concatenate([[0.0], np.cumsum(best[order])])
        low, high = self.model.count_low, min(self.model.count_high, len(best))
        k = low + int(np.argmin(sums[low : high + 1]))
        if not math.isfinite(sums[k]):
            return order[:k], math.inf, 0.0
        threshold = 0.0
        if k == low and k and best[order[k - 1]] > 0:
            threshold = float(best[order[k - 1]])
        elif k == high and k < len(best) and best[order[k]] < 0:
            threshold = float(best[order[k]])
        return order[:k], float(sums[k]), threshold


def scaled(cost: Floats, factor: float) -> Floats:
    """`cost` times `factor`, where what is forbidden stays infinite even at factor 0."""
    return cost * factor if factor else np.where(np.isinf(cost), np.inf, 0.0)


class PeersBound:
    """The relaxation for the peers measure: each school picks the cluster it would like.

    A cluster of s schools costs the sum over its schools h of [sum of travel between h and the
    others / (s - 1)]; so each h may choose for itself, and carries 1 / s of every price.
    """

    def __init__(self, model: Model, costs: Floats) -> None:
        self.model = model
        few = model.n > ALL_CANDIDATES and model.gain is None
        self.stars = stars_of(costs, np.zeros(model.n), MOST_CANDIDATES if few else model.n)
        self.halves: Floats | None = None
        if model.gain is not None:
            self.halves = model.gain[: model.n, : model.n] / 2.0
        self.sizes = np.arange(model.low, min(model.high, model.n) + 1)
        self.prices = np.array([model.size_price(int(s)) for s in self.sizes])

    def step(self, duals: Floats) -> _Step:
        """Value, each school's reduced share, and how often each school is taken."""
        stars, n, weights = self.stars, self.model.n, self.model.policy.weights
        totals = np.full((n, len(self.sizes)), np.inf)
        picks: list[Ints] = []
        for at, size in enumerate(self.sizes):
            k = int(size) - 1
            if k == 0:
                totals[:, at] = self.prices[at] - duals
                picks.append(np.zeros((n, 0), dtype=np.int64))
                continue
            factor = (weights.travel + weights.worst / size) / k
            red = scaled(stars.cost, factor) - duals[stars.who] / size
            if self.halves is not None:
                red -= self.halves
            picked = np.argpartition(red, k - 1, axis=1)[:, :k]
            unseen = scaled(stars.beyond, factor) - duals.max(initial=0.0) / size
            values = np.minimum(np.take_along_axis(red, picked, axis=1), unseen[:, None])
            totals[:, at] = values.sum(axis=1) + (self.prices[at] - duals) / size
            picks.append(picked)
        price = self._count_price(totals)
        shifted = totals - price / self.sizes
        choice = shifted.argmin(axis=1)
        best = shifted[np.arange(n), choice]
        cover = np.zeros(n)
        for at, size in enumerate(self.sizes):
            mine = np.flatnonzero(choice == at)
            np.add.at(cover, mine, 1.0 / size)
            np.add.at(cover, stars.who[mine[:, None], picks[at][mine]], 1.0 / size)
        value = float(best.sum() + duals.sum()) + self._count_constant(price)
        return _Step(value, best, cover, price)

    def _count_constant(self, price: float) -> float:
        return price * (self.model.count_low if price > 0 else self.model.count_high)

    def _count_price(self, totals: Floats) -> float:
        """The price of one more cluster that makes the bound largest (golden section)."""
        finite = totals[np.isfinite(totals)]
        if not finite.size:
            return 0.0
        low = -float(self.sizes[-1] ** 2) * (float(np.abs(finite).max()) + 1.0)
        high = -low

        def value(price: float) -> float:
            shares = (totals - price / self.sizes).min(axis=1)
            return float(shares.sum()) + self._count_constant(price)

        ratio = (math.sqrt(5.0) - 1.0) / 2.0
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        fa, fb = value(a), value(b)
        for _ in range(40):
            if fa < fb:
                low, a, fa = a, b, fb
                b = low + ratio * (high - low)
                fb = value(b)
            else:
                high, b, fb = b, a, fa
                a = high - ratio * (high - low)
                fa = value(a)
        candidates = (0.0, (low + high) / 2.0)
        return max(candidates, key=value)


class Ascent:
    """Subgradient steps on the duals, kept between calls so that the bound can go on rising."""

    def __init__(self, model: Model, most: float = math.inf) -> None:
        """`most` caps each dual: what leaving a school out costs (pyramids)."""
        self.model, self.most = model, most
        costs = star_costs(model)
        self.relaxed = (PeersBound if by_peers(model) else HubBound)(model, costs)
        self.constant = model.gain_total
        self.duals = self._start(costs)
        self.best = Bound(-math.inf, self.duals, np.zeros(model.n), 0.0)
        self.scale, self.stale = 1.0, 0
        self.direction = np.zeros(model.n)

    def _start(self, costs: Floats) -> Floats:
        """Each school starts at its mean cost to the nearest few."""
        k = min(max(1, self.model.low - 1), self.model.n) - 1
        near = np.partition(costs, k, axis=1)[:, : k + 1] if self.model.n else costs
        finite = np.where(np.isfinite(near), near, 0.0)
        start = finite.mean(axis=1) if finite.size else np.zeros(self.model.n)
        if by_peers(self.model):
            start = start * self.model.policy.weights.travel
        return np.minimum(start, self.most)

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

    def _keep(self, step: _Step) -> None:
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

    def _move(self, step: _Step, target: float) -> None:
        slack = 1.0 - step.cover
        self.direction = slack + MEMORY * self.direction
        norm = float(self.direction @ self.direction)
        if norm <= 0:
            return
        if not math.isfinite(target):
            target = step.value + 0.2 * abs(step.value) + 1.0
        gap = max(target - step.value, 1e-6 * max(1.0, abs(target)))
        self.duals = np.minimum(self.duals + self.scale * gap / norm * self.direction, self.most)
