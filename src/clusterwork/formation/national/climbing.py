"""The bound for all schools at once, over lists of neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.ascent import Ascent
from clusterwork.formation.hub_bound import HubBound
from clusterwork.formation.national.distance import Distance
from clusterwork.formation.national.near_stars import LOOSE, Neighbours
from clusterwork.formation.national.whole import Whole
from clusterwork.formation.peers_bound import PeersBound
from clusterwork.formation.relaxed import Frame, Relaxed

Floats = NDArray[np.float64]


def ascent_over(whole: Whole) -> Ascent:
    """The ascent for all schools; no value needs more than the lists."""
    distance, peers = Distance(whole), whole.policy.measure == "peers"
    neighbours = Neighbours(whole, distance, mean=peers)
    start = _start(whole, neighbours)
    relaxed: Relaxed
    if peers:
        stars = neighbours.at_any(start)
        halves = neighbours.gain_halves(stars.who)
        spare = neighbours.unlisted_gain(stars.who) / 2.0
        relaxed = PeersBound(frame_over(whole), stars, halves, spare)
        start = start * whole.policy.weights.travel
    else:
        relaxed = HubBound(frame_over(whole), neighbours.at, loose=LOOSE)
    return Ascent(relaxed, start, whole.gain_total)


def frame_over(whole: Whole) -> Frame:
    """What the relaxation has to know of all schools."""
    policy, (low, high) = whole.policy, whole.policy.allowed_size
    sizes = np.arange(low, min(high, whole.n) + 1)
    count_low, count_high = whole.count
    return Frame(
        n=whole.n,
        sizes=sizes,
        prices=np.array([policy.outside_best * policy.schools_outside_best(int(s)) for s in sizes]),
        count_low=count_low,
        count_high=count_high,
        hubs=whole.hubs,
        travel=policy.weights.travel,
        worst=policy.weights.worst,
    )


def _start(whole: Whole, neighbours: Neighbours) -> Floats:
    """Each school starts at its mean cost to the nearest few, less what it keeps with them."""
    few = max(1, min(whole.policy.allowed_size[0] - 1, whole.n - 1))
    start = neighbours.mean_cost(few)
    if neighbours.mean or not whole.gain.nnz:
        return start
    least = np.partition(neighbours.at_any(start).cost, few - 1, axis=1)[:, :few]
    return np.asarray(np.where(np.isfinite(least), least, 0.0).mean(axis=1))
