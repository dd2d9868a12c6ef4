"""From rows to a panel of matrices; refuses what is no panel."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from clusterwork.impact.did.panel import Bools, Floats, Ints, LeftOut, Panel
from clusterwork.impact.did.reading import Rows
from clusterwork.impact.refusing import outcome_all_alike, start_moves
from clusterwork.impact.written import labelled
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Unbalanced = Literal["pairs", "whole"]
COLLINEAR = 1e-9


class SeenTwice(Problem):
    """A unit has two rows for one time."""


class LeavesTreatment(Problem):
    """A unit that had started is said not to be treated later."""


class ClusterChanges(Problem):
    """A unit is in one cluster at one time and in another at another."""


class OneTime(Problem):
    """There are figures for one time only."""


def panel_of(rows: Rows, *, unbalanced: Unbalanced = "pairs", anticipation: float = 0.0) -> Panel:
    """The panel; one matrix of units by times a column.

    unbalanced: "pairs" keeps units with gaps, which count in each comparison of two times at
    which they were seen; "whole" leaves them out. Units that had started before the first time are
    left out, because nothing is known of them untreated; those that start after the last time
    count as never started.
    Raises SeenTwice, StartMoves, LeavesTreatment, ClusterChanges, OutcomeAllAlike, OneTime.
    """
    seen = ~np.isnan(rows.outcome)
    _differs(rows.outcome[seen])
    _once(rows)
    first = _first_rows(rows)
    _start_stays(rows, first)
    _cluster_stays(rows, first)
    panel = _matrices(rows, seen, first)
    _several(panel.times)
    return _used(panel, unbalanced, anticipation)


def _once(rows: Rows) -> None:
    key = rows.unit * len(rows.times) + rows.time
    rows_each = np.bincount(key)
    if rows_each.max() > 1:
        row = int(np.flatnonzero(rows_each[key] > 1)[0])
        time = labelled(float(rows.times[rows.time[row]]))
        raise SeenTwice(
            Message(
                N_("A unit has more than one row for a time. Unit: %(unit)s. Time: %(time)s"),
                {
                    "unit": rows.units[rows.unit[row]],
                    "time": time,
                },
            ),
            why=Message(
                N_("It is not known which figure counts. Rows too many: %(count)s"),
                {"count": len(key) - int(np.count_nonzero(rows_each))},
            ),
            next_step=Message(N_("Leave one row a unit and time.")),
        )


def _first_rows(rows: Rows) -> Ints:
    """A row of each unit."""
    first = np.zeros(len(rows.units), np.int64)
    first[rows.unit] = np.arange(len(rows.unit))
    return first


def _start_stays(rows: Rows, first: Ints) -> None:
    differs = rows.start != rows.start[first][rows.unit]
    if not differs.any():
        return
    unit = rows.unit[differs][0]
    mine = np.flatnonzero(rows.unit == unit)
    mine = mine[np.argsort(rows.time[mine])]
    starts = rows.start[mine]
    name = {"unit": rows.units[unit]}
    if np.isfinite(starts[0]) and not np.isfinite(starts[-1]):
        raise LeavesTreatment(
            Message(N_("A unit leaves treatment again: %(unit)s"), name),
            why=Message(
                N_("This comparison is for work that, once begun, goes on; it has a start only.")
            ),
            next_step=Message(
                N_("Leave the unit out, or leave out its rows from the time at which it left.")
            ),
        )
    raise start_moves(rows.units[unit], starts.tolist())


def _cluster_stays(rows: Rows, first: Ints) -> None:
    differs = rows.cluster != rows.cluster[first][rows.unit]
    if differs.any():
        raise ClusterChanges(
            Message(
                N_("A unit is in more than one cluster: %(unit)s"),
                {"unit": rows.units[rows.unit[differs][0]]},
            ),
            why=Message(N_("Uncertainty is told by the cluster in which treatment was assigned.")),
            next_step=Message(N_("Write the cluster of the first year in every row of the unit.")),
        )


def _differs(values: Floats) -> None:
    if len(values) and values.min() < values.max():
        return
    raise outcome_all_alike()


def _several(times: Floats) -> None:
    if len(times) < 2:
        raise OneTime(
            Message(N_("There are figures for one time only: %(time)s"), {"time": times[0]}),
            why=Message(N_("A difference over time needs a time before and a time after.")),
            next_step=Message(N_("Add the figures of the years before the start.")),
        )


def _matrices(rows: Rows, seen: Bools, first: Ints) -> Panel:
    """All units of the rows, sorted by start and label, at the times with any figure."""
    order = np.lexsort((np.arange(len(first)), rows.start[first]))
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    there = np.bincount(rows.time[seen], minlength=len(rows.times)) > 0
    place = (back[rows.unit[seen]], (np.cumsum(there) - 1)[rows.time[seen]])
    shape = (len(order), int(there.sum()))
    outcome = np.full(shape, np.nan, order="F")
    outcome[place] = rows.outcome[seen]
    weight = None
    if rows.weight is not None:
        weight = np.zeros(shape)
        weight[place] = rows.weight[seen]
    covariates = np.full((*shape, len(rows.names)), np.nan)
    covariates[place] = rows.covariates[seen]
    labels = np.array(rows.units, dtype=object)[order]
    return Panel(
        outcome,
        rows.times[there],
        rows.start[first][order],
        tuple(labels.tolist()),
        rows.cluster[first][order],
        rows.clusters,
        weight,
        covariates,
        rows.names,
        LeftOut(rows=int((~seen).sum())),
    )


def _used(panel: Panel, unbalanced: Unbalanced, anticipation: float) -> Panel:
    """The panel without what cannot be compared, and covariates scaled."""
    some = panel.seen.any(axis=1)
    always = some & (panel.start <= panel.times[0] + anticipation)
    keep = some & ~always
    later = keep & np.isfinite(panel.start) & (panel.start > panel.times[-1] + anticipation)
    whole = panel.seen.all(axis=1) & np.isfinite(panel.covariates).all(axis=(1, 2))
    partly = keep & ~whole if unbalanced == "whole" else np.zeros_like(keep)
    left = replace(
        panel.left_out,
        unseen=int((~some).sum()),
        always=int(always.sum()),
        later=int(later.sum()),
        partly=int(partly.sum()),
    )
    start = np.where(later, np.inf, panel.start)
    return _scaled(_taken(replace(panel, start=start, left_out=left), keep & ~partly))


def _taken(panel: Panel, keep: Bools) -> Panel:
    """Some of the units, sorted again."""
    if keep.all() and bool((panel.start[1:] >= panel.start[:-1]).all()) and _all_clusters(panel):
        return panel
    chosen = np.flatnonzero(keep)
    labels = np.array(panel.units, dtype=object)
    chosen = chosen[np.argsort(panel.start[chosen], kind="stable")]
    used = np.bincount(panel.cluster[chosen], minlength=len(panel.clusters)) > 0
    return replace(
        panel,
        outcome=np.asfortranarray(panel.outcome[chosen]),
        start=panel.start[chosen],
        units=tuple(labels[chosen].tolist()),
        cluster=(np.cumsum(used) - 1)[panel.cluster[chosen]],
        clusters=tuple(panel.clusters[place] for place in np.flatnonzero(used)),
        weight=None if panel.weight is None else panel.weight[chosen],
        covariates=panel.covariates[chosen],
    )


def _all_clusters(panel: Panel) -> bool:
    return bool(np.bincount(panel.cluster, minlength=len(panel.clusters)).all())


def _scaled(panel: Panel) -> Panel:
    """Covariates less their means, over their deviations; those that add nothing are dropped."""
    if not panel.names:
        return panel
    values = panel.covariates.reshape(-1, len(panel.names))
    values = values[np.isfinite(values).all(axis=1)]
    if not len(values):
        return panel
    mean, spread = values.mean(axis=0), values.std(axis=0)
    flat = spread <= COLLINEAR * np.maximum(np.abs(mean), 1e-300)
    unit = np.where(flat, 1.0, spread)
    scaled = np.where(flat, 0.0, (values - mean) / unit)
    corner = np.abs(np.diag(np.linalg.qr(scaled, mode="r"))) / np.sqrt(len(scaled))
    full = np.zeros(len(panel.names), dtype=bool)
    full[: len(corner)] = corner > COLLINEAR
    dropped = tuple(name for name, kept in zip(panel.names, full, strict=True) if not kept)
    return replace(
        panel,
        covariates=((panel.covariates - mean) / unit)[:, :, full],
        names=tuple(name for name, kept in zip(panel.names, full, strict=True) if kept),
        left_out=replace(panel.left_out, collinear=dropped),
    )
