"""What a school costs at least, or about, at each possible hub: matrices, no prices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.model import Model

Floats = NDArray[np.float64]
PEERS_STRETCH = 1.3
"""Mean travel between two members over mean travel to the middle one, about."""


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


def scaled(cost: Floats, factor: float) -> Floats:
    """`cost` times `factor`, where what is forbidden stays infinite even at factor 0."""
    return cost * factor if factor else np.where(np.isinf(cost), np.inf, 0.0)
