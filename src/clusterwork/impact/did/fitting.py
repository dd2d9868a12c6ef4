"""Staggered starts: group-time effects, their averages, and what speaks for and against them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np

from clusterwork.impact.did.averages import Averaged, Effects, Kind, averages_of, weights_by_group
from clusterwork.impact.did.noting import assumptions_of, diagnostics_of, notes_of, tables_of
from clusterwork.impact.did.pairs import Base, Control, Pair, pairs_of
from clusterwork.impact.did.panel import Floats, Panel, different
from clusterwork.impact.did.plainly import Found, NotFound, compared
from clusterwork.impact.did.reading import rows_of
from clusterwork.impact.did.result import Average, DidFit, GroupTime, Part
from clusterwork.impact.did.shaping import Unbalanced, panel_of
from clusterwork.impact.did.uncertainty import errors_of, quantile, wald_of
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Method = Literal["dr", "reg", "ipw"]
CHOICES = {
    "control": ("never", "notyet"),
    "method": ("dr", "reg", "ipw"),
    "base": ("varying", "universal"),
    "unbalanced": ("pairs", "whole"),
}


class NoSuchChoice(Problem):
    """A choice of the comparison is none that there is."""


class NothingToCompare(Problem):
    """No comparison after a start can be made."""


def fit_did(
    frame: object,
    outcome: str,
    unit: str,
    time: str,
    start: str,
    cluster: str,
    covariates: Sequence[str] | None = None,
    control: Control = "never",
    method: Method = "dr",
    weights: str | None = None,
    *,
    base: Base = "varying",
    unbalanced: Unbalanced = "pairs",
    anticipation: float = 0.0,
    small_sample: bool = False,
    level: float = 0.95,
) -> DidFit:
    """Difference-in-differences with staggered starts (Callaway and Sant'Anna 2021).

    frame: any data frame, one row a unit and time. start: the time from which a unit is treated;
    0, empty, NaN or infinite for never. cluster: the column in which treatment was assigned; errors
    are told from the influence functions summed within it. It may be the unit.
    covariates: taken at the earlier of the two times, by `method` (see `adjusted`).
    control: "never" or "notyet". base: see `pairs_of`. unbalanced: see `panel_of`.
    anticipation: how long before the start an effect may show, in units of time.
    small_sample: multiply variances with C / (C - 1), C clusters; R's `did` does not.
    level: of the intervals, which are normal.

    Raises what `rows_of`, `panel_of` and `pairs_of` raise, and NoSuchChoice, NothingToCompare.
    """
    _must_be_choices(control=control, method=method, base=base, unbalanced=unbalanced)
    rows = rows_of(
        frame,
        outcome=outcome,
        unit=unit,
        time=time,
        start=start,
        cluster=cluster,
        covariates=covariates or (),
        weights=weights,
    )
    panel = panel_of(rows, unbalanced=unbalanced, anticipation=anticipation)
    factor = len(panel.clusters) / max(len(panel.clusters) - 1, 1) if small_sample else 1.0
    return fit_panel(
        panel,
        outcome=outcome,
        control=control,
        method=method,
        base=base,
        anticipation=anticipation,
        factor=factor,
        level=level,
    )


def fit_panel(
    panel: Panel,
    *,
    outcome: str,
    control: Control = "never",
    method: Method = "dr",
    base: Base = "varying",
    anticipation: float = 0.0,
    factor: float = 1.0,
    level: float = 0.95,
) -> DidFit:
    """The same from a panel that has been read."""
    pairs = pairs_of(panel, control, base, anticipation)
    found = list(_compared(panel, pairs, method))
    made = [
        (pair, each) for pair, each in zip(pairs, found, strict=True) if isinstance(each, Found)
    ]
    missing = tuple(each for each in found if isinstance(each, NotFound))
    if not any(pair.after for pair, _ in made):
        raise _nothing(missing)
    effects = _effects(panel, made)
    before = _before(effects, anticipation)
    cells = _group_times(panel, made, effects, factor, level)
    pretrend = wald_of(effects.estimate[before], effects.influence[:, before], factor)
    treated = int(np.isfinite(panel.start).sum())
    averages = {
        kind: _average(made_average, factor, level)
        for kind, made_average in averages_of(effects).items()
    }
    return DidFit(
        data_hash=panel.hashed(),
        assumptions=assumptions_of(control, method, panel.names, anticipation, factor),
        diagnostics=diagnostics_of(panel, cells, pretrend),
        tables=tables_of(cells, averages),
        outcome=outcome,
        control=control,
        method=method if panel.names else "means",
        base=base,
        covariates=panel.names,
        att_gt=cells,
        simple=averages["simple"],
        dynamic=averages["dynamic"],
        group=averages["group"],
        calendar=averages["calendar"],
        pretrend=pretrend,
        influence=effects.influence,
        clusters=panel.clusters,
        treated_clusters=len(different(panel.cluster[:treated])),
        n_units=len(panel.units),
        n_treated=treated,
        times=tuple(panel.times.tolist()),
        factor=factor,
        level=level,
        left_out=panel.left_out,
        not_found=missing,
        notes=notes_of(panel, missing, method),
    )


def _compared(panel: Panel, pairs: tuple[Pair, ...], method: Method) -> Iterable[Found | NotFound]:
    """The comparisons; what adjusts them is read only where there are covariates."""
    if not panel.names:
        return compared(panel, pairs)
    from clusterwork.impact.did.adjusted import adjusted

    return adjusted(panel, pairs, method)


def _must_be_choices(**chosen: str) -> None:
    for name, choice in chosen.items():
        if choice not in CHOICES[name]:
            raise NoSuchChoice(
                Message(
                    N_("There is no such choice of %(name)s: %(choice)s"),
                    {"name": name, "choice": choice},
                ),
                why=Message(N_("It is none that has been tested.")),
                next_step=Message(
                    N_("Choose one of these: %(choices)s"), {"choices": ", ".join(CHOICES[name])}
                ),
            )


def _nothing(missing: Sequence[NotFound]) -> NothingToCompare:
    why = missing[0].why if missing else Message(N_("No group can be compared after its start."))
    return NothingToCompare(
        Message(N_("No comparison after a start can be made.")),
        why=why,
        next_step=Message(
            N_("Take fewer covariates, another control group, or add the figures that are missing.")
        ),
    )


def _effects(panel: Panel, made: Sequence[tuple[Pair, Found]]) -> Effects:
    groups = different(np.array([pair.group for pair, _ in made]))
    weights = weights_by_group(panel, groups)
    group = np.array([pair.group for pair, _ in made])
    return Effects(
        group,
        np.array([panel.times[pair.time] for pair, _ in made]),
        np.array([each.estimate for _, each in made]),
        np.array([each.influence for _, each in made]).T,
        weights.sum(axis=0)[np.searchsorted(groups, group)],
        groups,
        weights,
    )


def _before(effects: Effects, anticipation: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The effects before the start that should be nothing."""
    return np.asarray(effects.time + anticipation < effects.group)


def _group_times(
    panel: Panel,
    made: Sequence[tuple[Pair, Found]],
    effects: Effects,
    factor: float,
    level: float,
) -> tuple[GroupTime, ...]:
    errors = errors_of(effects.influence, factor).tolist()
    return tuple(
        GroupTime(
            *_interval(each.estimate, se, level),
            level=level,
            method="influence",
            group=pair.group,
            time=float(panel.times[pair.time]),
            base=float(panel.times[pair.base]),
            after=pair.after,
            n_treated=each.n_treated,
            n_control=each.n_control,
        )
        for (pair, each), se in zip(made, errors, strict=True)
    )


def _average(made: Averaged, factor: float, level: float) -> Average:
    (se,) = errors_of(made.influence[:, None], factor).tolist()
    return Average(
        *_interval(made.estimate, se, level),
        level=level,
        method="influence",
        by=_parts(made.keys, made.parts, errors_of(made.parts_influence, factor), level),
        influence=made.influence,
        by_influence=made.parts_influence,
    )


def _parts(keys: Floats, estimates: Floats, errors: Floats, level: float) -> tuple[Part, ...]:
    rows = zip(keys.tolist(), estimates.tolist(), errors.tolist(), strict=True)
    return tuple(
        Part(*_interval(estimate, se, level), level=level, method="influence", key=key)
        for key, estimate, se in rows
    )


def _interval(estimate: float, se: float, level: float) -> tuple[float, float, float, float]:
    reach = quantile(level) * se
    return float(estimate), float(se), float(estimate - reach), float(estimate + reach)


__all__ = ["Kind", "NoSuchChoice", "NothingToCompare", "fit_did", "fit_panel"]
