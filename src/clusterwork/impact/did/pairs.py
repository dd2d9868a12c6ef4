"""Which comparisons are made: a group at a time against a base, and who it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from clusterwork.impact.did.panel import Ints, Panel
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Control = Literal["never", "notyet"]
Base = Literal["varying", "universal"]


class NobodyStarts(Problem):
    """No unit starts between the first and the last time."""


class NobodyUntreated(Problem):
    """No unit is left that is not treated."""


class OneCluster(Problem):
    """There is one cluster only."""


@dataclass(frozen=True)
class Pair:
    """A two-by-two comparison: units that start at `group`, `time` less `base`, less the controls.

    time, base: places among the panel's times. treated, controls: rows of the panel. after:
    whether the group was treated by then.
    """

    group: float
    time: int
    base: int
    treated: slice
    controls: tuple[slice, ...]
    after: bool

    @property
    def rows(self) -> Ints:
        """The rows of the treated, then those of the controls."""
        parts = (self.treated, *self.controls)
        return np.concatenate([np.arange(part.start, part.stop) for part in parts])

    @property
    def n_treated(self) -> int:
        """How many units are treated."""
        return int(self.treated.stop - self.treated.start)

    @property
    def earlier(self) -> int:
        """The earlier of the two times, whose covariates and weights count."""
        return min(self.time, self.base)


def pairs_of(panel: Panel, control: Control, base: Base, anticipation: float) -> tuple[Pair, ...]:
    """All comparisons that can be made, by group and time.

    control: "never" holds groups against units that never start; "notyet" also against those that
    start after both times (Callaway and Sant'Anna 2021, assumptions 4 and 5). base: after the start
    always the last time before it; before the start the time before ("varying") or the same one
    ("universal"). A group without any comparison after its start gets none at all: the last one
    where nobody is never treated.
    Raises NobodyStarts, NobodyUntreated, OneCluster.
    """
    _must_start(panel)
    if control == "never" and panel.never.start == panel.never.stop:
        raise _nobody_untreated(len(panel.groups) > 1)
    made = []
    for group in panel.groups:
        own = [
            _pair(panel, float(group), time, control, base, anticipation)
            for time in range(len(panel.times))
        ]
        mine = [pair for pair in own if pair is not None and pair.controls]
        if any(pair.after for pair in mine):
            made += mine
    if not made:
        raise _nobody_untreated(False)
    _must_differ(panel)
    return tuple(made)


def _pair(
    panel: Panel, group: float, time: int, control: Control, base: Base, anticipation: float
) -> Pair | None:
    """The comparison at a time; None where the time is the base itself."""
    last = int(np.flatnonzero(panel.times + anticipation < group)[-1])
    touched = panel.times[time] + anticipation >= group
    against = last if touched or base == "universal" else time - 1
    if against < 0 or against == time:
        return None
    treated = panel.rows_of(group)
    limit = float(panel.times[max(time, against)]) + anticipation
    rows = panel.never if control == "never" else panel.rows_after(limit)
    after = bool(panel.times[time] >= group)
    return Pair(group, time, against, treated, _without(rows, treated), after)


def _without(rows: slice, others: slice) -> tuple[slice, ...]:
    """Rows less others, as pieces that hold something."""
    pieces = (
        slice(rows.start, min(rows.stop, others.start)),
        slice(max(rows.start, others.stop), rows.stop),
    )
    return tuple(piece for piece in pieces if piece.start < piece.stop)


def _must_start(panel: Panel) -> None:
    if len(panel.groups):
        return
    left = panel.left_out
    raise NobodyStarts(
        Message(N_("No unit starts between the first and the last time.")),
        why=Message(
            N_("Had started before the first time: %(always)s. Start after the last: %(later)s"),
            {"always": left.always, "later": left.later},
        ),
        next_step=Message(
            N_("Check the column of starts, or add the years before and after the start.")
        ),
    )


def _nobody_untreated(may_wait: bool) -> NobodyUntreated:
    next_step = (
        Message(N_("Hold groups against those that have not started yet (control: notyet)."))
        if may_wait
        else Message(N_("Add units that never start, or that start later."))
    )
    return NobodyUntreated(
        Message(N_("No unit is left to compare with.")),
        why=Message(N_("What would have happened without the start is read from others.")),
        next_step=next_step,
    )


def _must_differ(panel: Panel) -> None:
    if len(panel.clusters) > 1:
        return
    raise OneCluster(
        Message(N_("There is one cluster only.")),
        why=Message(N_("Nothing can be told of how clusters differ by chance.")),
        next_step=Message(
            N_("Name the column in which treatment was assigned, or add comparison clusters.")
        ),
    )
