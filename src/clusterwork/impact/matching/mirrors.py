"""Groups of similar units from one area each, as large as the group that they stand beside.

A cluster's schools lie near each other and have good and bad years together. Similar schools from
everywhere do not: their mean swings less, and a comparison with it finds differences too often
where clusters are few. So each comparison group is taken from one area.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from clusterwork.impact.frames import framed, must_have
from clusterwork.impact.matching.matching import in_list, must_have_both
from clusterwork.impact.matching.nearest import Pairs, Rule, joined
from clusterwork.impact.matching.propensity import Separated, scores_of
from clusterwork.impact.matching.reading import (
    Bools,
    Covariates,
    Floats,
    Ints,
    Missing,
    Units,
    text_of,
    units_of,
)
from clusterwork.impact.matching.result import Choices, Inside, Matched
from clusterwork.impact.matching.scaling import euclidean
from clusterwork.impact.matching.support import support_of
from clusterwork.impact.matching.telling import told

NEVER = 1e12
USED = 1e6


@dataclass(frozen=True)
class Mirror:
    """A comparison group: beside `group`, the `place`-th for it (from 1), out of one `area`.

    others: by unit of the group the unit that stands beside it.
    """

    group: str
    place: int
    area: str
    others: Mapping[str, str]


@dataclass(frozen=True)
class Mirrored:
    """The groups, and all their pairs as one matching with its balance."""

    mirrors: tuple[Mirror, ...]
    matched: Matched


def mirrored(
    frame: object,
    treated: str,
    unit: str,
    group: str,
    area: str,
    covariates: str | Covariates,
    exact: str | Sequence[str] = (),
    k: int = 1,
    *,
    missing: Missing = "leave_out",
) -> Mirrored:
    """Up to k comparison groups beside each group of those who take part.

    group: of those who take part (schools of one cluster). area: a column; units without an area
    stand in none. Distances are standardised Euclidean (both sides pooled), within equal values of
    `exact`; nobody stands in two groups. In each of k rounds every group gets the area whose units
    are nearest to its own, all in all (linear assignment), an area that gave none before going
    first; within the area the pairs of least distance. A group that an area cannot serve as a
    whole gets none in that round.

    Raises what `units_of` raises, OneGroupOnly, NothingToCompareBy, TellsThemApart.
    """
    covariates, exact = in_list(covariates), in_list(exact)
    must_have(framed(frame), [group, area])
    units = units_of(
        frame, unit=unit, treated=treated, covariates=covariates, exact=exact, missing=missing
    )
    must_have_both(units)
    space = euclidean(units, "within")
    labels = _labels(frame, unit, (group, area))
    sides = _Sides(
        units,
        space.points,
        _members(units, labels, 0, units.treated),
        _members(units, labels, 1, ~units.treated),
    )
    mirrors = tuple(_rounds(sides, k))
    choices = Choices(
        treated,
        unit,
        tuple(each if isinstance(each, str) else tuple(each) for each in covariates),
        tuple(exact),
        k,
        "euclidean",
        "within",
        None,
        (),
        False,
        "id",
        "keep",
        missing,
        None,
    )
    pairs = _pairs(sides, mirrors)
    inside = Inside(units, space, Rule(units.clusters), pairs)
    support = support_of(units, _scores(units))
    return Mirrored(mirrors, told(units, choices, inside, support, units.treated))


@dataclass(frozen=True, eq=False)
class _Sides:
    """Places of units by group and by area, with their points."""

    units: Units
    points: Floats
    groups: dict[str, Ints]
    areas: dict[str, Ints]

    def cost(self, of: Ints, among: Ints) -> Floats:
        """len(of) x len(among); what is not allowed costs NEVER."""
        apart = cdist(self.points[of], self.points[among])
        alike = self.units.cells[of][:, None] == self.units.cells[among][None, :]
        return np.asarray(np.where(alike, apart, NEVER))


def _scores(units: Units) -> Any:
    try:
        return scores_of(units)
    except Separated:
        return None


def _labels(frame: object, unit: str, names: Sequence[str]) -> dict[str, list[str | None]]:
    rows = framed(frame).lazy().select(*(nw.col(name) for name in (unit, *names))).collect()
    columns = [[text_of(value) for value in rows[name].to_list()] for name in names]
    keys = [text_of(value) for value in rows[unit].to_list()]
    return {
        key: [column[row] for column in columns] for row, key in enumerate(keys) if key is not None
    }


def _members(
    units: Units, labels: Mapping[str, Sequence[str | None]], which: int, side: Bools
) -> dict[str, Ints]:
    found: dict[str, list[int]] = {}
    for row in np.flatnonzero(side).tolist():
        label = labels[units.ids[row]][which]
        if label is not None:
            found.setdefault(label, []).append(row)
    return {label: np.array(rows, dtype=np.int64) for label, rows in sorted(found.items())}


def _rounds(sides: _Sides, k: int) -> Iterator[Mirror]:
    """Round by round; what was taken is no longer there."""
    taken = np.zeros(len(sides.units.ids), dtype=bool)
    used: dict[str, int] = dict.fromkeys(sides.areas, 0)
    places = dict.fromkeys(sides.groups, 0)
    for _ in range(k):
        free = {area: rows[~taken[rows]] for area, rows in sides.areas.items()}
        for area, groups in _areas_of(sides, free, used).items():
            for group, others in _served(sides, free[area], groups).items():
                taken[list(others.values())] = True
                used[area] += 1
                places[group] += 1
                ids = sides.units.ids
                yield Mirror(
                    group,
                    places[group],
                    area,
                    {ids[unit]: ids[other] for unit, other in others.items()},
                )


def _areas_of(
    sides: _Sides, free: Mapping[str, Ints], used: Mapping[str, int]
) -> dict[str, list[str]]:
    """Each group's area in a round: least cost over all, every area once before any twice."""
    groups, areas = list(sides.groups), list(free)
    base = np.array(
        [[_cost(sides, sides.groups[group], free[area]) for area in areas] for group in groups]
    )
    base += np.array([used[area] * USED for area in areas])[None, :]
    times = -(-len(groups) // max(len(areas), 1))
    costs = np.hstack([base + again * USED for again in range(times)])
    rows, columns = linear_sum_assignment(np.minimum(costs, NEVER))
    found: dict[str, list[str]] = {}
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if costs[row, column] < NEVER:
            found.setdefault(areas[column % len(areas)], []).append(groups[row])
    return found


def _cost(sides: _Sides, of: Ints, among: Ints) -> float:
    """The mean distance of the best pairs; NEVER where some unit gets none."""
    if len(among) < len(of):
        return NEVER
    cost = sides.cost(of, among)
    rows, columns = linear_sum_assignment(cost)
    chosen = cost[rows, columns]
    return NEVER if chosen.max() >= NEVER else float(chosen.mean())


def _served(sides: _Sides, free: Ints, groups: Sequence[str]) -> dict[str, dict[int, int]]:
    """The pairs of groups that share an area; one that gets no whole group is left out."""
    of = np.concatenate([sides.groups[group] for group in groups])
    whose = np.repeat(np.arange(len(groups)), [len(sides.groups[group]) for group in groups])
    cost = sides.cost(of, free)
    rows, columns = linear_sum_assignment(cost)
    made = cost[rows, columns] < NEVER
    found: dict[str, dict[int, int]] = {}
    for place, group in enumerate(groups):
        mine = made & (whose[rows] == place)
        if int(mine.sum()) == len(sides.groups[group]):
            pairs = zip(of[rows[mine]].tolist(), free[columns[mine]].tolist(), strict=True)
            found[group] = dict(pairs)
    return found


def _pairs(sides: _Sides, mirrors: Sequence[Mirror]) -> Pairs:
    place = {unit: row for row, unit in enumerate(sides.units.ids)}
    pairs = sorted(
        (place[unit], place[other]) for each in mirrors for unit, other in each.others.items()
    )
    of = np.array([one for one, _ in pairs], dtype=np.int64)
    among = np.array([other for _, other in pairs], dtype=np.int64)
    distances = np.linalg.norm(sides.points[of] - sides.points[among], axis=1)
    return joined([Pairs(of, among, distances)])
