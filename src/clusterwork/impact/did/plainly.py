"""The two-by-two comparison of means, without covariates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from clusterwork.impact.did.pairs import Pair
from clusterwork.impact.did.panel import Floats, Panel
from clusterwork.kernel.messages import N_, Message

NOT_SEEN = Message(N_("No unit of the group, or none to compare with, was seen at both times."))


@dataclass(frozen=True)
class Found:
    """A comparison's estimate, and what each cluster adds to estimate less truth.

    influence: as many as clusters; its squares sum to the variance. n: units that were used.
    """

    estimate: float
    influence: Floats = field(repr=False)
    n_treated: int
    n_control: int


@dataclass(frozen=True)
class NotFound:
    """A comparison that cannot be made, and why."""

    group: float
    time: float
    after: bool
    why: Message


def compared(panel: Panel, pairs: tuple[Pair, ...]) -> Iterator[Found | NotFound]:
    """The change of the treated less the change of the controls, each a weighted mean.

    With w the weights of the earlier time and d a unit's change: sum(w d) / sum(w) on each side;
    a unit's influence is w (d - mean) / sum(w), minus for controls (Callaway and Sant'Anna 2021,
    equation 2.9 without covariates). Controls that several groups share are added up once.
    """
    shared: dict[tuple[tuple[int, int], ...], _Side | None] = {}
    for pair in pairs:
        key = (*((part.start, part.stop) for part in pair.controls), (pair.time, pair.base))
        if key not in shared:
            shared[key] = _side(panel, pair, pair.controls)
        treated, control = _side(panel, pair, (pair.treated,)), shared[key]
        if treated is None or control is None:
            yield NotFound(pair.group, float(panel.times[pair.time]), pair.after, NOT_SEEN)
        else:
            influence = np.zeros(len(panel.clusters))
            for part, values in treated.pieces:
                panel.add(influence, part, values)
            for part, values in control.pieces:
                panel.add(influence, part, -values)
            yield Found(treated.mean - control.mean, influence, treated.n, control.n)


@dataclass(frozen=True)
class _Side:
    """A mean change; pieces: rows and their influence on it. n: units that were used."""

    mean: float
    pieces: tuple[tuple[slice, Floats], ...]
    n: int


def _side(panel: Panel, pair: Pair, parts: tuple[slice, ...]) -> _Side | None:
    """The mean change of some rows; None where no unit was seen at both times."""
    changes = [_changes(panel, pair, part) for part in parts]
    weight = sum(_whole(each, weights) for each, weights in changes)
    if weight <= 0.0:
        return None
    mean = sum(_total(each, weights) for each, weights in changes) / weight
    pieces = tuple(
        (part, _influence(each, weights, mean, weight))
        for part, (each, weights) in zip(parts, changes, strict=True)
    )
    return _Side(mean, pieces, sum(_used(each, weights) for each, weights in changes))


def _changes(panel: Panel, pair: Pair, part: slice) -> tuple[Floats, Floats | None]:
    """Changes and weights of some rows; zero where a unit was not seen at both times.

    No weights where all units count the same and all were seen.
    """
    change = panel.outcome[part, pair.time] - panel.outcome[part, pair.base]
    if panel.weight is not None:
        weights = panel.weight[part, pair.earlier].copy()
    elif panel.whole:
        return change, None
    else:
        weights = np.ones(len(change))
    if not panel.whole:
        unseen = np.isnan(change)
        change[unseen], weights[unseen] = 0.0, 0.0
    return change, weights


def _whole(change: Floats, weights: Floats | None) -> float:
    return float(len(change)) if weights is None else float(weights.sum())


def _total(change: Floats, weights: Floats | None) -> float:
    return float(change.sum()) if weights is None else float(change @ weights)


def _influence(change: Floats, weights: Floats | None, mean: float, weight: float) -> Floats:
    apart = (change - mean) / weight
    return apart if weights is None else weights * apart


def _used(change: Floats, weights: Floats | None) -> int:
    return len(change) if weights is None else int(np.count_nonzero(weights))
