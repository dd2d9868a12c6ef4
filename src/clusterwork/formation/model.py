"""An instance as arrays for the solver: who may be with whom, and what each pair is worth."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clusterwork.formation.instance import Instance, Link, School
from clusterwork.formation.locked import Locked, groups_of, locked
from clusterwork.formation.needs import needs_of
from clusterwork.formation.phases import medium_family
from clusterwork.formation.policy import Policy
from clusterwork.formation.pyramids import Pyramids, differ, pyramids_of
from clusterwork.formation.too_many import check_pairs
from clusterwork.formation.travel import (
    Matrix,
    estimated_minutes,
    given_minutes,
    kilometres,
    worse_way,
)

LIMIT, APART, FIXED, MEDIUM, FAITH, AUTHORITY = 1, 2, 4, 8, 16, 32
SAME_AUTHORITY, SAME_MEDIUM = 64, 128
PAIR_RULES = {
    LIMIT: "travel_limit",
    APART: "apart",
    FIXED: "fixed",
    MEDIUM: "medium",
    FAITH: "faith",
    AUTHORITY: "authority",
    SAME_AUTHORITY: "same_authority",
    SAME_MEDIUM: "same_medium",
}
TOLERANCE = 1e-9
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Model:
    """n schools, numbered 0 to n - 1; every matrix has one more row and column, n, of nothing.

    km, minutes: [from, to]. travel: [from, hub] in the policy's unit. worse: minutes the worse
    way. bad: [i, j] bits of the pair rules that keep i and j apart, 0 if they may be together.
    may_hub: [i, h] True where h may be the hub of a cluster that i is in. under: pyramids only.
    gain: what keeping a pair together is worth (flows and links by weight), None if nothing.
    home: present cluster as a number, -1 for none; fixed: the same for schools fixed there.
    roll, support: (n + 1,) pupils and support category, NaN where not known; roll_all,
    support_all: everybody's means, NaN where none is known.
    group: number of the unit that schools locked together form; units: their members.
    """

    instance: Instance
    policy: Policy
    schools: tuple[School, ...]
    n: int
    low: int
    high: int
    count_low: int
    count_high: int
    km: Matrix
    minutes: Matrix
    worse: Matrix
    travel: Matrix
    bad: NDArray[np.uint8]
    may_hub: Flags
    under: Flags | None
    anchor: Flags
    flow: Matrix | None
    link: Matrix | None
    gain: Matrix | None
    pupils: Matrix
    fsm: Matrix
    fsm_all: float
    roll: Matrix
    roll_all: float
    support: Matrix
    support_all: float
    strong: Flags
    labels: tuple[str, ...]
    home: Ints
    fixed: Ints
    forced_hub: Ints
    group: Ints
    units: tuple[tuple[int, ...], ...]
    may_leave_out: bool
    outside: tuple[tuple[School, str], ...]
    n_estimated: int

    @property
    def gain_total(self) -> float:
        """What all flows and links together are worth: the cost of cutting every one."""
        return 0.0 if self.gain is None else float(self.gain.sum()) / 2.0

    def size_price(self, size: int) -> float:
        """The price of a cluster of this size."""
        return self.policy.outside_best * self.policy.schools_outside_best(size)


def _bordered(matrix: NDArray[Any], fill: object = 0) -> NDArray[Any]:
    return np.pad(matrix, ((0, 1), (0, 1)), constant_values=fill)  # type: ignore[call-overload,no-any-return]


def _split_outside(
    instance: Instance,
) -> tuple[tuple[School, ...], tuple[tuple[School, str], ...]]:
    """The schools to be placed, and (pyramids only) those that cannot be, with the rule."""
    if not instance.policy.pyramid:
        return instance.schools, ()
    facts = pyramids_of(instance.schools, instance.flows, _asked_in(instance))
    inside, outside = [], []
    for i, school in enumerate(instance.schools):
        rule = "phase" if facts.outside[i] else facts.reason[i]
        if rule:
            outside.append((school, rule))
        else:
            inside.append(school)
    return tuple(inside), tuple(outside)


def _asked_in(instance: Instance) -> frozenset[str]:
    named = {i for pair in instance.locks.together for i in pair} | set(instance.locks.fixed)
    return frozenset(named)


def _pair_matrix(
    index: dict[str, int], triples: list[tuple[str, str, float]], n: int
) -> Matrix | None:
    """(n + 1, n + 1) symmetric sums over pairs of two different schools; None if all are zero."""
    matrix = np.zeros((n + 1, n + 1))
    for origin, target, value in triples:
        i, j = index.get(origin), index.get(target)
        if i is not None and j is not None and i != j:
            matrix[i, j] += value
            matrix[j, i] += value
    return matrix if matrix.any() else None


def _bad_pairs(
    instance: Instance,
    schools: tuple[School, ...],
    index: dict[str, int],
    worse: Matrix,
    locks: Locked,
    pyramids: Pyramids | None,
) -> NDArray[np.uint8]:
    policy, n = instance.policy, len(index)
    bad = np.zeros((n, n), dtype=np.uint8)
    if policy.limit_minutes and policy.limit_to == "pairs":
        bad[worse > policy.limit_minutes + TOLERANCE] |= LIMIT
    for a, b in instance.locks.apart:
        if a in index and b in index:
            bad[index[a], index[b]] |= APART
            bad[index[b], index[a]] |= APART
    for place in (locks.fixed, locks.forced_hub):
        both = (place[:, None] >= 0) & (place[None, :] >= 0)
        bad[both & (place[:, None] != place[None, :])] |= FIXED
    if pyramids is not None:
        bad[pyramids.mixed_medium] |= MEDIUM
        bad[pyramids.mixed_faith] |= FAITH
        bad[pyramids.mixed_authority] |= AUTHORITY
    if policy.keeps_authority:
        bad[differ([school.authority.strip() for school in schools])] |= SAME_AUTHORITY
    if policy.keeps_medium:
        bad[differ([medium_family(school.medium) for school in schools])] |= SAME_MEDIUM
    np.fill_diagonal(bad, bad.diagonal() & APART)
    return bad


def _may_hub(policy: Policy, worse: Matrix, locks: Locked, anchor: Flags) -> Flags:
    n = len(worse)
    may = np.ones((n, n), dtype=bool)
    if policy.limit_minutes and policy.limit_to == "hub":
        may &= worse <= policy.limit_minutes + TOLERANCE
    if policy.pyramid:
        may &= anchor[None, :]
    for i in np.flatnonzero(locks.forced_hub >= 0):
        may[i] &= np.arange(n) == locks.forced_hub[i]
    return may


def count_range(policy: Policy, n: int, n_anchors: int) -> tuple[int, int]:
    """The numbers of clusters to try: the policy's, cut to what the sizes allow."""
    low, high = policy.allowed_size
    if policy.pyramid:
        wanted = policy.count or (0, n)
        return wanted[0], min(wanted[1], n_anchors)
    wanted = policy.count or (0, max(n, 1))
    least = 0 if policy.leaves_out else math.ceil(n / high)
    return max(wanted[0], least), min(wanted[1], n // low)


def _gain(policy: Policy, flow: Matrix | None, link: Matrix | None) -> Matrix | None:
    total: Matrix | None = None
    for matrix, weight in ((flow, policy.weights.flow), (link, policy.weights.links)):
        if matrix is not None and weight:
            total = matrix * weight if total is None else total + matrix * weight
    return total


def build_model(instance: Instance, *, everybody: bool = False) -> Model:
    """The arrays for `instance`. Costs nothing but memory: about 60 bytes for each pair.

    `everybody` keeps schools that the solver would leave outside pyramids: somebody placed them.
    Raises `TooManySchools` for more than 6,000.
    """
    check_pairs(len(instance.schools))
    policy = instance.policy
    schools, outside = (instance.schools, ()) if everybody else _split_outside(instance)
    n = len(schools)
    index = {school.id: i for i, school in enumerate(schools)}
    km = kilometres(schools, policy.circuity, instance.barriers)
    minutes, n_estimated = estimated_minutes(km, policy.speed_kmh), 0
    if instance.minutes is not None:
        minutes, n_estimated = given_minutes(schools, instance.minutes, minutes)
    worse = worse_way(minutes)
    pyramids = pyramids_of(schools, instance.flows, _asked_in(instance)) if policy.pyramid else None
    anchor = np.ones(n, dtype=bool) if pyramids is None else pyramids.anchor
    locks = locked(instance, index)
    group, units = groups_of(n, locks.pairs)
    needs = needs_of(schools)
    flow = _pair_matrix(index, [(f.from_id, f.to_id, f.pupils) for f in instance.flows], n)
    link = _pair_matrix(index, [(k.from_id, k.to_id, k.weight) for k in _links(instance)], n)
    count_low, count_high = count_range(policy, n, int(anchor.sum()))
    number = {label: k for k, label in enumerate(locks.labels)}
    return Model(
        instance=instance,
        policy=policy,
        schools=schools,
        n=n,
        low=policy.allowed_size[0],
        high=policy.allowed_size[1],
        count_low=count_low,
        count_high=count_high,
        km=_bordered(km),
        minutes=_bordered(minutes),
        worse=_bordered(worse),
        travel=_bordered(km if policy.unit == "km" else minutes),
        bad=_bordered(_bad_pairs(instance, schools, index, worse, locks, pyramids)),
        may_hub=_bordered(_may_hub(policy, worse, locks, anchor), fill=True),
        under=None if pyramids is None else _bordered(pyramids.under, fill=False),
        anchor=anchor,
        flow=flow,
        link=link,
        gain=_gain(policy, flow, link),
        pupils=needs.pupils,
        fsm=needs.fsm,
        fsm_all=needs.fsm_all,
        roll=needs.roll,
        roll_all=needs.roll_all,
        support=needs.support,
        support_all=needs.support_all,
        strong=np.array([school.strong for school in schools] + [False], dtype=bool),
        labels=locks.labels,
        home=np.array(
            [number.get(instance.current.get(s.id, ""), -1) for s in schools], dtype=np.int64
        ),
        fixed=locks.fixed,
        forced_hub=locks.forced_hub,
        group=group,
        units=units,
        may_leave_out=policy.leaves_out,
        outside=outside,
        n_estimated=n_estimated,
    )


def _links(instance: Instance) -> list[Link]:
    return [link for link in instance.links if link.weight > 0]
