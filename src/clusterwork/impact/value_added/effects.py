"""Effects of groups, shrunken towards nothing by how little is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.value_added.cells import Cells
from clusterwork.impact.value_added.derivatives import Predicted, predicted
from clusterwork.impact.value_added.deviance import Point, conjugated
from clusterwork.impact.value_added.nesting import Tree
from clusterwork.impact.value_added.result import Effect
from clusterwork.impact.value_added.scaling import Scaled


def effects_of(
    cells: Cells, tree: Tree, base: Scaled, point: Point
) -> Mapping[str, tuple[Effect, ...]]:
    """By level the effects of its groups."""
    seen = predicted(point)
    counts = _counts(cells, tree)
    levels = cells.columns.levels
    told = {
        level: _outer_effects(tree.names[place], counts[place], seen, base, point, place)
        for place, level in enumerate(levels[:-1])
    }
    told[levels[-1]] = _lowest_effects(tree.names[-1], counts[-1], seen, base, point)
    return told


def _counts(cells: Cells, tree: Tree) -> list[NDArray[np.int64]]:
    """By level from the outermost the pupils of each group."""
    counts = [np.rint(cells.sums[:, 0]).astype(np.int64)]
    for begin in reversed(tree.starts):
        counts.insert(0, np.add.reduceat(counts[0], begin))
    return counts


def _outer_effects(
    names: Sequence[str],
    counts: NDArray[np.int64],
    seen: Predicted,
    base: Scaled,
    point: Point,
    place: int,
) -> tuple[Effect, ...]:
    ratio = point.absorbed[len(seen.scores) - 1 - place].ratio
    estimates = base.unit * ratio * (np.append(-point.beta, 1.0) @ seen.scores[place])
    left = np.maximum(ratio - ratio**2 * seen.weights[place], 0.0)
    spread = base.unit * np.sqrt(left * point.residual_variance)
    return tuple(map(Effect, names, estimates.tolist(), spread.tolist(), counts.tolist()))


def _lowest_effects(
    names: Sequence[str],
    counts: NDArray[np.int64],
    seen: Predicted,
    base: Scaled,
    point: Point,
) -> tuple[Effect, ...]:
    covariance = point.factor @ point.factor.T
    scores = np.append(-point.beta, 1.0) @ seen.scores[-1]
    estimates = base.back_effects @ covariance @ scores
    left = covariance[:, :, None] - conjugated(covariance, seen.weights[-1])
    spread = conjugated(base.back_effects, left) * point.residual_variance
    sds = np.sqrt(np.maximum(np.einsum("iij->ij", spread), 0.0))
    told = [each.tolist() for pair in zip(estimates, sds, strict=True) for each in pair]
    return tuple(map(Effect, names, told[0], told[1], counts.tolist(), *told[2:]))
