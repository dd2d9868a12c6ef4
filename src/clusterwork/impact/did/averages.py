"""Averages of group-time effects: simple, by length of exposure, by group, by calendar time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from clusterwork.impact.did.panel import Bools, Floats, Panel, different

Kind = Literal["simple", "dynamic", "group", "calendar"]


@dataclass(frozen=True)
class Effects:
    """K group-time effects. influence: clusters x K. shares: K, the summed weight of the group.

    group, time: K. weights: clusters x groups, the summed weight of a cluster's units in a group.
    """

    group: Floats
    time: Floats
    estimate: Floats
    influence: Floats
    shares: Floats
    groups: Floats
    weights: Floats


@dataclass(frozen=True)
class Averaged:
    """An average with its parts. influence: clusters; parts' influence: clusters x J."""

    estimate: float
    influence: Floats = field(repr=False)
    keys: Floats
    parts: Floats
    parts_influence: Floats = field(repr=False)


def weights_by_group(panel: Panel, groups: Floats) -> Floats:
    """Clusters x groups: the summed weight of each cluster's units in each group."""
    rows = [panel.rows_of(float(group)) for group in groups]
    return np.array([panel.by_cluster(row, panel.unit_weight[row]) for row in rows]).T


@dataclass(frozen=True)
class _Mean:
    """A weighted sum of the K effects, and by group what its own estimated share adds."""

    weights: Floats
    pull: Floats


def averages_of(effects: Effects) -> dict[Kind, Averaged]:
    """Callaway and Sant'Anna (2021), table 1; influence with that of the estimated shares.

    simple: all effects after the start, by their groups' shares. dynamic: by time since the start,
    also before it; the whole is the plain mean over times since the start of zero or more. group:
    the plain mean over a group's times; the whole by the groups' shares. calendar: by time, by the
    shares of the groups that had started; the whole is the plain mean over times.
    """
    made: dict[Kind, tuple[Floats, list[_Mean], _Mean]] = {
        "simple": _simple(effects),
        "dynamic": _dynamic(effects),
        "group": _by_group(effects),
        "calendar": _calendar(effects),
    }
    means = [mean for _, parts, whole in made.values() for mean in (*parts, whole)]
    estimates, influence = _summed(effects, means)
    told: dict[Kind, Averaged] = {}
    last = -1
    for kind, (keys, parts, _) in made.items():
        first, last = last + 1, last + 1 + len(parts)
        told[kind] = Averaged(
            float(estimates[last]),
            influence[:, last],
            keys,
            estimates[first:last],
            influence[:, first:last],
        )
    return told


def _summed(effects: Effects, means: Sequence[_Mean]) -> tuple[Floats, Floats]:
    """The values of some means, and their influence by cluster."""
    weights = np.column_stack([mean.weights for mean in means])
    pull = np.column_stack([mean.pull for mean in means])
    return effects.estimate @ weights, effects.influence @ weights + effects.weights @ pull


def _by_shares(effects: Effects, chosen: Bools) -> _Mean:
    """The mean of some effects by their groups' shares."""
    shares = np.where(chosen, effects.shares, 0.0)
    return _shared(effects, shares / shares.sum(), chosen, effects.estimate, float(shares.sum()))


def _shared(
    effects: Effects, weights: Floats, chosen: Bools, estimates: Floats, whole: float
) -> _Mean:
    """A mean whose weights are estimated shares.

    A unit of group g with weight w adds w times the sum over the group's effects of (effect -
    mean), over the summed shares; the terms of the shares' own means cancel.
    """
    mean = float(weights @ effects.estimate)
    place = np.searchsorted(effects.groups, effects.group)
    apart = np.where(chosen, estimates - mean, 0.0)
    return _Mean(weights, np.bincount(place, apart, len(effects.groups)) / whole)


def _simple(effects: Effects) -> tuple[Floats, list[_Mean], _Mean]:
    return np.zeros(0), [], _by_shares(effects, effects.time >= effects.group)


def _dynamic(effects: Effects) -> tuple[Floats, list[_Mean], _Mean]:
    since = effects.time - effects.group
    keys = different(since)
    parts = [_by_shares(effects, since == key) for key in keys]
    counted = [part for key, part in zip(keys, parts, strict=True) if key >= 0]
    return keys, parts, _plain_mean(counted)


def _calendar(effects: Effects) -> tuple[Floats, list[_Mean], _Mean]:
    after = effects.time >= effects.group
    keys = different(effects.time[after])
    parts = [_by_shares(effects, after & (effects.time == key)) for key in keys]
    return keys, parts, _plain_mean(parts)


def _plain_mean(parts: Sequence[_Mean]) -> _Mean:
    weights = np.mean([part.weights for part in parts], axis=0)
    return _Mean(weights, np.mean([part.pull for part in parts], axis=0))


def _by_group(effects: Effects) -> tuple[Floats, list[_Mean], _Mean]:
    after = effects.time >= effects.group
    keys = different(effects.group[after])
    own = [after & (effects.group == key) for key in keys]
    nothing = np.zeros(len(effects.groups))
    parts = [_Mean(mine / mine.sum(), nothing) for mine in own]
    shares = np.array([effects.shares[mine][0] for mine in own])
    weights = np.sum(
        [part.weights * share for part, share in zip(parts, shares, strict=True)], axis=0
    )
    first = np.zeros(len(after), dtype=bool)
    first[[int(np.flatnonzero(mine)[0]) for mine in own]] = True
    means = np.zeros(len(after))
    means[first] = [float(part.weights @ effects.estimate) for part in parts]
    whole = float(shares.sum())
    return keys, parts, _shared(effects, weights / whole, first, means, whole)
