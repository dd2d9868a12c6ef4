"""What many clusters cost and which rules they break, all at once; knows nothing of plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.model import TOLERANCE, Ints, Model

Floats = NDArray[np.float64]
CHUNK = 3_000_000
MOST_PRICED = 100
"""Up to so many schools leaving one out costs more than any plan of the others."""


class Priced(NamedTuple):
    """For m clusters: cost (m,) without change of label between clusters, broken (m,) how many
    times a rule is broken, 0 if none, hub (m,) school number."""

    cost: Floats
    broken: Ints
    hub: Ints


def rows_of(model: Model, clusters: Sequence[Iterable[int]]) -> Ints:
    """(m, width) school numbers, each row filled up with n."""
    lists = [list(cluster) for cluster in clusters]
    width = max((len(members) for members in lists), default=1) or 1
    rows = np.full((len(lists), width), model.n, dtype=np.int64)
    for row, members in zip(rows, lists, strict=True):
        row[: len(members)] = members
    return rows


def unit_rows(model: Model) -> Ints:
    """(units + 1, longest) schools of each unit; the last row is of nothing."""
    return rows_of(model, [*model.units, ()])


def price(model: Model, rows: Ints) -> Priced:
    """Cost, broken rules and hub of each row of school numbers (n fills up)."""
    m, width = rows.shape
    step = max(1, CHUNK // (width * width))
    if m <= step:
        return _price(model, rows)
    parts = [_price(model, rows[start : start + step]) for start in range(0, m, step)]
    return Priced(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _price(model: Model, rows: Ints) -> Priced:
    real = rows < model.n
    size = real.sum(axis=1)
    i, j = rows[:, :, None], rows[:, None, :]
    travel = model.travel[i, j]
    broken = np.count_nonzero(model.bad[i, j], axis=(1, 2)) // 2
    broken = broken + np.maximum(0, model.low - size) + np.maximum(0, size - model.high)
    hub, not_hub = _hubs(model, rows, real, travel.sum(axis=1))
    broken += not_hub
    cost = model.policy.weights.travel * _travelled(model, travel, hub, size)
    cost += _size_prices(model, size)
    if model.policy.weights.worst:
        cost += model.policy.weights.worst * _worst(model, travel, hub)
    if model.gain is not None:
        cost -= model.gain[i, j].sum(axis=(1, 2)) / 2.0
    cost += besides(model, rows)
    if model.policy.contributing:
        broken += ~contributors(model, rows).any(axis=1)
    if model.under is not None:
        broken += (real & ~model.under[i, j].any(axis=2)).sum(axis=1)
    return Priced(cost, broken, rows[np.arange(len(rows)), hub])


def besides(model: Model, rows: Ints) -> Floats:
    """(m,) what imbalances of need, and schools that leave their cluster, cost; never below 0."""
    real = rows < model.n
    cost = _need_prices(model, rows) * real.sum(axis=1)
    if model.policy.weights.change:
        cost += model.policy.weights.change * _moved(model, rows, real)
    return np.asarray(cost)


def _hubs(model: Model, rows: Ints, real: NDArray[np.bool_], sums: Floats) -> tuple[Ints, Ints]:
    """Position of the best allowed hub in each row, and how many members it is forbidden to."""
    sums = np.where(real, sums, np.inf)
    if model.policy.pyramid or model.policy.limit_to == "hub" or (model.forced_hub >= 0).any():
        forbidden = (~model.may_hub[rows[:, :, None], rows[:, None, :]]).sum(axis=1)
        forbidden = np.where(real, forbidden, rows.shape[1] + 1)
        least = forbidden.min(axis=1)
        sums = np.where(forbidden == least[:, None], sums, np.inf)
        return sums.argmin(axis=1), np.where(real.any(axis=1), least, 0)
    return sums.argmin(axis=1), np.zeros(len(rows), dtype=np.int64)


def _travelled(model: Model, travel: Floats, hub: Ints, size: Ints) -> Floats:
    if model.policy.measure == "hub" or model.policy.pyramid:
        return np.asarray(travel.sum(axis=1)[np.arange(len(travel)), hub])
    return np.asarray(travel.sum(axis=(1, 2)) / np.maximum(size - 1, 1))


def _worst(model: Model, travel: Floats, hub: Ints) -> Floats:
    if model.policy.measure == "hub" or model.policy.pyramid:
        return np.asarray(travel[np.arange(len(travel)), :, hub].max(axis=1))
    return np.asarray(travel.max(axis=(1, 2)))


def _size_prices(model: Model, size: Ints) -> Floats:
    table = np.array([model.size_price(s) for s in range(int(size.max(initial=0)) + 1)])
    return np.asarray(table[size] if len(table) else np.zeros(len(size)))


def _need_prices(model: Model, rows: Ints) -> Floats:
    """(m,) what the imbalances of need cost for each school of the cluster."""
    weights, price = model.policy.weights, np.zeros(len(rows))
    if weights.need:
        price += weights.need * need_points(model, rows)
    if weights.need_pupils:
        price += weights.need_pupils * pupils_percent(model, rows)
    if weights.need_support:
        price += weights.need_support * support_steps(model, rows)
    return price


def need_points(model: Model, rows: Ints) -> Floats:
    """(m,) percentage points between the cluster's FSM share (by pupils) and everybody's."""
    fsm = model.fsm[rows]
    pupils = np.where(np.isnan(fsm), 0.0, model.pupils[rows])
    total = pupils.sum(axis=1)
    share = (pupils * np.nan_to_num(fsm)).sum(axis=1) / np.where(total > 0, total, 1.0)
    return np.where(total > 0, np.abs(share - model.fsm_all) * 100.0, 0.0)


def pupils_percent(model: Model, rows: Ints) -> Floats:
    """(m,) percent of everybody's mean roll between that and the cluster's; 0 if not known."""
    if not model.roll_all > 0:
        return np.zeros(len(rows))
    return _away(model.roll[rows], model.roll_all) / model.roll_all * 100.0


def support_steps(model: Model, rows: Ints) -> Floats:
    """(m,) steps between the cluster's mean support category and everybody's; 0 if not known."""
    return _away(model.support[rows], model.support_all)


def most_unlike(model: Model) -> float:
    """The most that a school's part in an imbalance of rolls and support can cost: a mean of
    several lies no further off than the furthest of them."""
    weights, alone = model.policy.weights, np.arange(model.n)[:, None]
    pupils = weights.need_pupils * float(pupils_percent(model, alone).max(initial=0.0))
    return pupils + weights.need_support * float(support_steps(model, alone).max(initial=0.0))


def _away(values: Floats, everybody: float) -> Floats:
    """(m,) from everybody's mean to the mean of the values of each row that are not NaN."""
    known = ~np.isnan(values)
    n_known = known.sum(axis=1)
    mean = np.where(known, values, 0.0).sum(axis=1) / np.maximum(n_known, 1)
    return np.where(n_known > 0, np.abs(mean - everybody), 0.0)


def contributors(model: Model, rows: Ints) -> NDArray[np.bool_]:
    """(m, width) True for a strong member whose FSM share is near the mean of the others'.

    "Near" is the policy's `contributing_fsm` in percentage points; 0: any intake. A strong
    school whose share is not known does not count where intake matters.
    """
    strong = model.strong[rows]
    points = model.policy.contributing_fsm
    if not points:
        return np.asarray(strong)
    fsm = model.fsm[rows]
    known = ~np.isnan(fsm)
    n_others = known.sum(axis=1)[:, None] - 1
    others = np.nan_to_num(fsm).sum(axis=1)[:, None] - np.nan_to_num(fsm)
    away = np.abs(np.nan_to_num(fsm) - others / np.maximum(n_others, 1)) * 100.0
    return np.asarray(strong & known & ((away <= points + TOLERANCE) | (n_others <= 0)))


def _moved(model: Model, rows: Ints, real: NDArray[np.bool_]) -> Ints:
    """(m,) the fewest members that leave their present cluster, were each label free."""
    home = np.append(model.home, -1)[rows]
    fixed = np.append(model.fixed, -1)[rows].max(axis=1)
    same = (home[:, :, None] == home[:, None, :]) & (home[:, :, None] >= 0)
    stay = same.sum(axis=2).max(axis=1)
    stay_fixed = (home == fixed[:, None]).sum(axis=1)
    n_home = (real & (home >= 0)).sum(axis=1)
    return np.asarray(n_home - np.where(fixed >= 0, stay_fixed, stay))


def leave_price(model: Model) -> float:
    """What leaving one school out costs: more than any plan, so that fewer left out come first."""
    policy, longest = model.policy, float(model.travel.max(initial=0.0))
    weights = policy.weights
    most = longest * (weights.travel + weights.worst)
    most += model.gain_total + policy.outside_best * model.high
    most += 100.0 * weights.need + weights.change + most_unlike(model)
    times = max(10, min(MOST_PRICED, model.n)) if policy.may_leave_over else 10
    return times * most + 1.0
