"""The two-by-two comparison with covariates: by regression, by weighting, and doubly robust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from clusterwork.impact.did.fitting import Method
from clusterwork.impact.did.pairs import Pair
from clusterwork.impact.did.panel import Bools, Floats, Ints, Panel
from clusterwork.impact.did.plainly import NOT_SEEN, Found, NotFound
from clusterwork.impact.did.propensity import likely
from clusterwork.kernel.messages import N_, Message

TRIMMED = 0.995
SINGULAR = 1e-10
NO_OVERLAP = Message(
    N_("By the covariates some units of the group have nobody that they could be compared with.")
)
TOO_FEW = Message(N_("The units to compare with are too few, or too alike, for the covariates."))


@dataclass(frozen=True)
class _Weighing:
    """All of a comparison but the outcome, for m units.

    treated: 0 or 1. weight: m. share, odds: weights of the treated and of the controls, each
    summing to one. moved, moved_odds: how the regression's error reaches each side. score: the
    propensity's, and spread its inverse information; empty without a propensity.
    """

    design: Floats
    treated: Floats
    weight: Floats
    share: Floats
    odds: Floats
    inverse: Floats
    moved: Floats
    score: Floats
    spread: Floats


def adjusted(panel: Panel, pairs: tuple[Pair, ...], method: Method) -> Iterator[Found | NotFound]:
    """Sant'Anna and Zhao (2020): the change that covariates leave over, treated less controls.

    "reg": outcome regression on controls (equation 2.2). "ipw": controls weighted by the odds of
    being treated, normalised (equation 2.3, after Abadie 2005). "dr": both, right where either is
    (equation 3.1; ordinary least squares and a logit by maximum likelihood, as R's
    `DRDID::drdid_panel`). Covariates and weights are those of the earlier time.
    """
    known: dict[object, _Weighing | Message] = {}
    for pair in pairs:
        rows = pair.rows
        seen = _seen(panel, pair, rows)
        when = 0 if panel.steady else pair.earlier
        key = (pair.treated.start, pair.controls[0].start, len(rows), when, seen.tobytes())
        treated = np.arange(len(rows)) < pair.n_treated
        if key not in known:
            known[key] = _weighing(panel, rows[seen], treated[seen], when, method)
        weighing = known[key]
        if isinstance(weighing, Message):
            yield NotFound(pair.group, float(panel.times[pair.time]), pair.after, weighing)
        else:
            yield _found(panel, pair, rows[seen], weighing, method)


def _seen(panel: Panel, pair: Pair, rows: Ints) -> Bools:
    """Which rows have both figures and all covariates."""
    known = np.isfinite(panel.covariates[rows, pair.earlier]).all(axis=1)
    seen = known & panel.seen[rows, pair.time] & panel.seen[rows, pair.base]
    return np.asarray(seen, dtype=bool)


def _weighing(
    panel: Panel, rows: Ints, is_treated: Bools, when: int, method: Method
) -> _Weighing | Message:
    """The design of a comparison, or why there is none."""
    weight = np.ones(len(rows)) if panel.weight is None else panel.weight[rows, when]
    treated = is_treated.astype(float)
    if weight @ treated <= 0.0 or weight @ (1.0 - treated) <= 0.0:
        return NOT_SEEN
    design = np.column_stack([np.ones(len(rows)), panel.covariates[rows, when]])
    share = weight * treated / (weight @ treated)
    p = design.shape[1]
    odds, score, spread = np.zeros(len(rows)), np.zeros((len(rows), 0)), np.zeros((0, p))
    if method != "reg":
        fitted = likely(design, treated, weight)
        if fitted is None:
            return NO_OVERLAP
        odds = weight * (1.0 - treated) * (fitted < TRIMMED) * fitted / (1.0 - fitted)
        score = (weight * (treated - fitted))[:, None] * design
        spread = _inverse((design * (weight * fitted * (1.0 - fitted))[:, None]).T @ design)
        if not spread.size or odds.sum() <= 0.0:
            return NO_OVERLAP
        odds = odds / odds.sum()
    inverse, moved = np.zeros((p, p)), np.zeros(len(rows))
    if method != "ipw":
        controls = weight * (1.0 - treated)
        inverse = _inverse((design * controls[:, None]).T @ design)
        if not inverse.size:
            return TOO_FEW
        moved = controls * (design @ (inverse @ (design.T @ (share - odds))))
    return _Weighing(design, treated, weight, share, odds, inverse, moved, score, spread)


def _inverse(matrix: Floats) -> Floats:
    """The inverse of a cross-product of scaled columns; empty where there is none."""
    values = np.linalg.eigvalsh(matrix)
    if values[0] <= SINGULAR * values[-1]:
        return np.zeros((0, 0))
    return np.asarray(np.linalg.inv(matrix))


def _found(panel: Panel, pair: Pair, rows: Ints, weighing: _Weighing, method: Method) -> Found:
    """The estimate, and the influence of each unit summed by cluster."""
    left = panel.outcome[rows, pair.time] - panel.outcome[rows, pair.base]
    if method != "ipw":
        controls = weighing.weight * (1.0 - weighing.treated)
        left = left - weighing.design @ (weighing.inverse @ (weighing.design.T @ (controls * left)))
    mine, theirs = float(weighing.share @ left), float(weighing.odds @ left)
    influence = weighing.share * (left - mine) - weighing.odds * (left - theirs)
    influence = influence - weighing.moved * left
    if method != "reg":
        reached = weighing.design.T @ (weighing.odds * (left - theirs))
        influence = influence - weighing.score @ (weighing.spread @ reached)
    n_treated = int(np.count_nonzero(weighing.share))
    n_control = int(np.count_nonzero(weighing.weight)) - n_treated
    return Found(mine - theirs, panel.by_cluster(rows, influence), n_treated, n_control)
