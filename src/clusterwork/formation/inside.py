"""A model of some of the schools; facts measured against everybody stay those of the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from clusterwork.formation.locked import Ints, groups_of
from clusterwork.formation.model import APART, Model
from clusterwork.formation.policy import Range
from clusterwork.formation.travel import Matrix

Pairs = Sequence[tuple[int, int]]


def pinned(model: Model, together: Pairs, apart: Pairs) -> Model:
    """The same model with further pairs of school numbers that must, or may not, be together."""
    group, units = groups_of(model.n, [*_within_units(model), *together])
    bad = model.bad.copy()
    for i, j in apart:
        bad[i, j] |= APART
        bad[j, i] |= APART
    return replace(model, group=group, units=units, bad=bad)


def closed(model: Model) -> Model:
    """The same plans at the same prices, with what locks imply written out for each school, so
    that bounds which look at single schools rise.

    Whoever may not be with a school may not be with those locked to it either; and those locked
    together share their travel to any other hub evenly, where only its sum counts.
    """
    bad, travel = model.bad.copy(), model.travel.copy()
    shared = model.policy.pyramid or model.policy.measure == "hub"
    shared = shared and not model.policy.weights.worst
    for unit in (list(unit) for unit in model.units if len(unit) > 1):
        foes = np.bitwise_or.reduce(bad[unit], axis=0)
        bad[unit] |= foes
        bad[:, unit] |= foes[:, None]
        if shared:
            rows = travel[unit]
            travel[unit] = rows.mean(axis=0)
            travel[np.array(unit)[:, None], unit] = rows[:, unit]
    return replace(model, bad=bad, travel=travel)


def _within_units(model: Model) -> list[tuple[int, int]]:
    return [(unit[0], i) for unit in model.units for i in unit[1:]]


def only(model: Model, numbers: Sequence[int], n_others: int) -> Model:
    """The model of these school numbers (rising), while `n_others` clusters stay as they are.

    Nobody is left out. Partnerships and flows that lead out count nothing: they are cut by every
    division of these schools. The number of clusters is the policy's less the others.
    """
    rows = [*numbers, model.n]
    square = np.ix_(rows, rows)
    group, units = _units_among(model, numbers)
    count, low, high = _count(model, numbers, n_others)
    schools = tuple(model.schools[i] for i in numbers)
    policy = replace(model.policy, count=count)
    return replace(
        model,
        instance=replace(model.instance, schools=schools, policy=policy),
        policy=policy,
        schools=schools,
        n=len(numbers),
        count_low=low,
        count_high=high,
        km=model.km[square],
        minutes=model.minutes[square],
        worse=model.worse[square],
        travel=model.travel[square],
        bad=model.bad[square],
        may_hub=model.may_hub[square],
        under=None if model.under is None else model.under[square],
        anchor=model.anchor[numbers],
        flow=_some(model.flow, square),
        link=_some(model.link, square),
        gain=_some(model.gain, square),
        pupils=model.pupils[rows],
        fsm=model.fsm[rows],
        roll=model.roll[rows],
        support=model.support[rows],
        strong=model.strong[rows],
        home=model.home[numbers],
        fixed=model.fixed[numbers],
        forced_hub=_renumbered(model.forced_hub, numbers),
        group=group,
        units=units,
        may_leave_out=False,
        outside=(),
    )


def _some(matrix: Matrix | None, square: Any) -> Matrix | None:
    """The part of a matrix; None where nothing is in it."""
    if matrix is None:
        return None
    part = matrix[square]
    return part if part.any() else None


def _renumbered(hubs: Ints, numbers: Sequence[int]) -> Ints:
    place = {i: k for k, i in enumerate(numbers)}
    return np.array([place.get(int(hubs[i]), -1) for i in numbers], dtype=np.int64)


def _units_among(model: Model, numbers: Sequence[int]) -> tuple[Ints, tuple[tuple[int, ...], ...]]:
    place = {i: k for k, i in enumerate(numbers)}
    pairs = [(place[a], place[b]) for a, b in _within_units(model) if a in place and b in place]
    return groups_of(len(numbers), pairs)


def _count(model: Model, numbers: Sequence[int], n_others: int) -> tuple[Range | None, int, int]:
    """The policy's number of clusters less the others, and the range that the sizes leave."""
    n, wanted, count = len(numbers), model.policy.count, None
    low, high = 0, n
    if wanted is not None:
        count = low, high = max(0, wanted[0] - n_others), max(0, wanted[1] - n_others)
    if model.policy.pyramid:
        return count, low, min(high, int(model.anchor[numbers].sum()))
    return count, max(low, math.ceil(n / model.high)), min(high, n // model.low)
