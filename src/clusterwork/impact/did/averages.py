"""Averages of group-time effects: simple, by length of exposure, by group, by calendar time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from clusterwork.impact.did.panel import Bools, Floats, Panel

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
    return np.column_stack([panel.by_cluster(row, panel.unit_weight[row]) for row in rows])


def averaged(effects: Effects, kind: Kind) -> Averaged:
    """Callaway and Sant'Anna (2021), table 1; influence with that of the estimated shares.

    simple: all effects after the start, by their groups' shares. dynamic: by time since the start,
    also before it; the whole is the plain mean over times since the start of zero or more. group:
    the plain mean over a group's times; the whole by the groups' shares. calendar: by time, by the
    shares of the groups that had started; the whole is the plain mean over times.
    """
    made: dict[Kind, Callable[[Effects], Averaged]] = {
        "simple": _simple,
        "dynamic": _dynamic,
        "group": _by_group,
        "calendar": _calendar,
    }
    return made[kind](effects)


def _by_shares(effects: Effects, chosen: Bools) -> tuple[float, Floats]:
    """The mean of some effects by their groups' shares, and its influence."""
    shares = effects.shares[chosen]
    estimate = float(effects.estimate[chosen] @ shares / shares.sum())
    influence = effects.influence[:, chosen] @ (shares / shares.sum())
    return estimate, influence + _of_shares(
        effects, effects.group[chosen], effects.estimate[chosen], estimate, shares.sum()
    )


def _of_shares(
    effects: Effects, groups: Floats, estimates: Floats, mean: float, whole: float
) -> Floats:
    """What the clusters add because shares are estimated.

    A unit of group g with weight w adds w times the sum over the group's effects of (effect -
    mean), over the summed shares; the terms of the shares' own means cancel.
    """
    place = np.searchsorted(effects.groups, groups)
    pulled = np.bincount(place, estimates - mean, len(effects.groups))
    return np.asarray(effects.weights @ pulled / whole)


def _simple(effects: Effects) -> Averaged:
    estimate, influence = _by_shares(effects, effects.time >= effects.group)
    none = np.zeros(0)
    return Averaged(estimate, influence, none, none, np.zeros((len(influence), 0)))


def _dynamic(effects: Effects) -> Averaged:
    since = effects.time - effects.group
    keys = np.unique(since)
    parts = [_by_shares(effects, since == key) for key in keys]
    return _plain_mean(keys, parts, keys >= 0)


def _calendar(effects: Effects) -> Averaged:
    after = effects.time >= effects.group
    keys = np.unique(effects.time[after])
    parts = [_by_shares(effects, after & (effects.time == key)) for key in keys]
    return _plain_mean(keys, parts, np.ones(len(keys), dtype=bool))


def _plain_mean(keys: Floats, parts: list[tuple[float, Floats]], counted: Bools) -> Averaged:
    """The plain mean of some of the parts."""
    estimates = np.array([estimate for estimate, _ in parts])
    influence = np.column_stack([influence for _, influence in parts])
    mean = float(estimates[counted].mean())
    return Averaged(mean, influence[:, counted].mean(axis=1), keys, estimates, influence)


def _by_group(effects: Effects) -> Averaged:
    after = effects.time >= effects.group
    keys = np.unique(effects.group[after])
    own = [after & (effects.group == key) for key in keys]
    parts = np.array([effects.estimate[mine].mean() for mine in own])
    influence = np.column_stack([effects.influence[:, mine].mean(axis=1) for mine in own])
    shares = np.array([effects.shares[mine][0] for mine in own])
    estimate = float(parts @ shares / shares.sum())
    whole = influence @ (shares / shares.sum())
    whole = whole + _of_shares(effects, keys, parts, estimate, shares.sum())
    return Averaged(estimate, whole, keys, parts, influence)
