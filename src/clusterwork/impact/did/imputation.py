"""Imputation: what treated units would have had, from a model of untreated figures; a check."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from clusterwork.impact.did.panel import Bools, Floats, Panel, different
from clusterwork.impact.did.reading import rows_of
from clusterwork.impact.did.result import Part, with_parts
from clusterwork.impact.did.shaping import panel_of
from clusterwork.impact.did.uncertainty import quantile
from clusterwork.impact.result import Estimate
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

SINGULAR = 1e-10


class NothingToImpute(Problem):
    """No treated figure can be imputed from untreated ones."""


@dataclass(frozen=True)
class Imputed(Estimate):
    """The mean effect over all treated figures. by: by times since the start.

    n: treated figures used. lost: treated figures that could not be imputed, because nobody was
    untreated at their time. influence: clusters; its squares sum to the variance.
    """

    by: tuple[Part, ...] = ()
    n: int = 0
    lost: int = 0
    influence: Floats = field(default_factory=lambda: np.zeros(0), repr=False, compare=False)

    def to_dict(self) -> dict[str, object]:
        """Plain values, as averages are told."""
        return {**with_parts(self, self.by), "n": self.n, "lost": self.lost}


def impute_did(
    frame: object,
    outcome: str,
    unit: str,
    time: str,
    start: str,
    cluster: str,
    weights: str | None = None,
    *,
    level: float = 0.95,
) -> Imputed:
    """Borusyak, Jaravel and Spiess (2024, Review of Economic Studies 91), section 4.

    Columns as in `fit_did`. Unit and time effects are fitted to untreated figures only (those
    before the start, and those that never start), and treated figures less what they predict are
    averaged. Errors are their conservative ones (equation 8): effects are taken from the mean of
    their start and time, and residuals with their weights are summed by cluster.
    Raises what `rows_of` and `panel_of` raise, and NothingToImpute.
    """
    rows = rows_of(
        frame, outcome=outcome, unit=unit, time=time, start=start, cluster=cluster, weights=weights
    )
    return impute_panel(panel_of(rows), level=level)


def impute_panel(panel: Panel, *, level: float = 0.95) -> Imputed:
    """The same from a panel that has been read."""
    fitted = _fitted(panel)
    since = panel.times[None, :] - panel.start[:, None]
    whole = _mean(panel, fitted, fitted.treated)
    keys = different(since[fitted.treated])
    parts = [_mean(panel, fitted, fitted.treated & (since == key)) for key in keys]
    estimate, se, low, high = _told(whole, level)
    return Imputed(
        estimate,
        se,
        low,
        high,
        level=level,
        method="imputation",
        by=tuple(
            Part(*_told(part, level), level=level, method="imputation", key=float(key))
            for key, part in zip(keys, parts, strict=True)
        ),
        n=int(fitted.treated.sum()),
        lost=fitted.lost,
        influence=whole[1],
    )


@dataclass(frozen=True)
class _Fitted:
    """The model of untreated figures. left: n x T, figures less what it predicts.

    weight: n x T, zero where not untreated. inverse: T x T of the times' equations after units
    have been taken out. treated: figures that can be imputed.
    """

    left: Floats
    weight: Floats
    inverse: Floats
    treated: Bools
    lost: int


def _fitted(panel: Panel) -> _Fitted:
    """Unit and time effects by weighted least squares on untreated figures."""
    started = panel.times[None, :] >= panel.start[:, None]
    counts = np.ones_like(panel.outcome) if panel.weight is None else panel.weight
    weight = np.where(panel.seen & ~started, counts, 0.0)
    figures = np.where(panel.seen, panel.outcome, 0.0)
    size = weight.sum(axis=1)
    inverse = _times_inverse(weight, size)
    times = inverse @ (weight * figures - weight * _means(weight, figures, size)[:, None]).sum(0)
    units = _means(weight, figures - times, size)
    can = (size > 0.0)[:, None] & (weight.sum(axis=0) > 0.0)[None, :]
    treated = panel.seen & started & (counts > 0.0)
    if not (treated & can).any():
        raise NothingToImpute(
            Message(N_("No treated figure can be imputed.")),
            why=Message(N_("At the times after the start nobody is untreated any more.")),
            next_step=Message(N_("Add units that never start, or that start later.")),
        )
    left = np.where(panel.seen, panel.outcome - times[None, :] - units[:, None], 0.0)
    return _Fitted(left, weight, inverse, treated & can, int((treated & ~can).sum()))


def _means(weight: Floats, values: Floats, size: Floats) -> Floats:
    """Of each unit the weighted mean; zero where it has no untreated figure."""
    return np.asarray((weight * values).sum(axis=1) / np.where(size > 0.0, size, 1.0))


def _times_inverse(weight: Floats, size: Floats) -> Floats:
    """The generalised inverse of the times' equations: effects sum to zero."""
    share = weight / np.where(size > 0.0, size, 1.0)[:, None]
    equations = np.diag(weight.sum(axis=0)) - weight.T @ share
    return np.asarray(np.linalg.pinv(equations, rcond=SINGULAR, hermitian=True))


def _mean(panel: Panel, fitted: _Fitted, chosen: Bools) -> tuple[float, Floats]:
    """The mean effect over some treated figures, and its influence by cluster."""
    counts = np.ones_like(panel.outcome) if panel.weight is None else panel.weight
    wanted = np.where(chosen, counts, 0.0)
    wanted = wanted / wanted.sum()
    estimate = float((wanted * fitted.left).sum())
    spread = _on_untreated(fitted, wanted) * fitted.left
    spread = spread + wanted * (fitted.left - _usual(panel, fitted, wanted))
    everyone = slice(0, len(panel.units))
    return estimate, panel.by_cluster(everyone, spread.sum(axis=1))


def _on_untreated(fitted: _Fitted, wanted: Floats) -> Floats:
    """n x T: the weights with which untreated figures enter the estimate."""
    size = fitted.weight.sum(axis=1)
    mine = wanted.sum(axis=1) / np.where(size > 0.0, size, 1.0)
    times = fitted.inverse @ (wanted.sum(axis=0) - fitted.weight.T @ mine)
    units = mine - _means(fitted.weight, np.broadcast_to(times, wanted.shape), size)
    return np.asarray(-fitted.weight * (units[:, None] + times[None, :]))


def _usual(panel: Panel, fitted: _Fitted, wanted: Floats) -> Floats:
    """n x T: of each start and time the mean effect, weighted by squared weights of clusters."""
    usual = np.zeros_like(wanted)
    for group in panel.groups:
        rows = panel.rows_of(float(group))
        for time in np.flatnonzero(wanted[rows].any(axis=0)):
            mine = panel.by_cluster(rows, wanted[rows, time])
            sums = panel.by_cluster(rows, wanted[rows, time] * fitted.left[rows, time])
            usual[rows, time] = mine @ sums / (mine @ mine)
    return usual


def _told(made: tuple[float, Floats], level: float) -> tuple[float, float, float, float]:
    estimate, influence = made
    se = float(np.sqrt(influence @ influence))
    reach = quantile(level) * se
    return estimate, se, estimate - reach, estimate + reach
