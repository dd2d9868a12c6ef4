"""What must be seen beside a comparison of few clusters."""

from __future__ import annotations

import numpy as np

from clusterwork.impact.few.changes import Changes
from clusterwork.impact.few.panel import Panel
from clusterwork.impact.few.randomising import Randomised
from clusterwork.impact.few.ranks import Ranked
from clusterwork.impact.few.refusing import named
from clusterwork.impact.result import Diagnostic, Table
from clusterwork.impact.written import significant
from clusterwork.kernel.messages import N_, Message

MOST_TIMES = 2.0
EXACTLY = 1e-9
LeftOut = tuple[tuple[str, float], ...]


def table_of_changes(changes: Changes) -> Table:
    """One row a cluster: its start (None for comparison clusters) and its change."""
    rows = tuple(
        (name, changes.starts[place] if place >= 0 else None, float(value))
        for name, place, value in zip(
            changes.clusters, changes.assigned, changes.values, strict=True
        )
    )
    return Table("changes", ("cluster", "start", "change"), rows)


def diagnostics_of(
    given: Panel, ready: Panel, left_out: LeftOut, odd: Ranked | None
) -> tuple[Diagnostic, ...]:
    """Years and starts not used, each cluster left out, sizes of the arms, the mix's fit."""
    found = (
        _years(given, ready),
        _starts(given, ready),
        _left_out(left_out),
        _sizes(ready),
        _fit(odd),
    )
    return tuple(each for each in found if each is not None)


def _years(given: Panel, ready: Panel) -> Diagnostic | None:
    lost = [str(year) for year in given.years if year not in ready.years]
    if not lost:
        return None
    said = N_("Years in which not every cluster has a figure are left out: %(years)s")
    return Diagnostic("years", Message(said, {"years": named(lost)}))


def _starts(given: Panel, ready: Panel) -> Diagnostic | None:
    late = [
        name
        for name, before, now in zip(given.clusters, given.starts, ready.starts, strict=True)
        if before != now
    ]
    if not late:
        return None
    said = N_(
        "Clusters that start after the last year count among those that did not start: %(names)s"
    )
    return Diagnostic("late_starts", Message(said, {"names": named(late)}))


def _left_out(rows: LeftOut) -> Diagnostic | None:
    """The estimate without each cluster; passed where none turns its sign."""
    if not rows:
        return None
    table = Table("leave_one_out", ("cluster", "estimate"), rows)
    estimates = [row[1] for row in rows]
    same = min(estimates) > 0 or max(estimates) < 0
    said = N_("Without one of the clusters the estimate lies between %(low)s and %(high)s.")
    params = {"low": significant(min(estimates)), "high": significant(max(estimates))}
    return Diagnostic("leave_one_out", Message(said, params), same, table)


def _sizes(ready: Panel) -> Diagnostic:
    """Pupils (or rows) a year in both arms; passed where neither has twice as many a cluster."""
    treated = np.array([start is not None for start in ready.starts])
    by_cluster = ready.weights.mean(axis=1)
    one, other = float(by_cluster[treated].mean()), float(by_cluster[~treated].mean())
    alike = max(one, other) < MOST_TIMES * min(one, other)
    said = N_(
        "Weight a year of a cluster that started: %(one)s; of one that did not: %(other)s. Small "
        "clusters vary more, so the two should be alike."
    )
    params = {"one": f"{one:.0f}", "other": f"{other:.0f}"}
    return Diagnostic("sizes", Message(said, params), alike)


def _fit(odd: Ranked | None) -> Diagnostic | None:
    """How near the mix of other clusters is before the start."""
    if odd is None or odd.apart is None:
        return None
    said = N_(
        "Before the start the cluster and the mix of others are apart by %(apart)s, the root mean "
        "square over the years; levels do not count."
    )
    return Diagnostic("before_fit", Message(said, {"apart": significant(odd.apart)}), None, odd.mix)


def attainable(found: Randomised, level: float) -> tuple[Diagnostic, ...]:
    """The least p there could be, and where the level asked for has no interval, one that has."""
    said = N_("The smallest p-value that could come out: %(least)s")
    reached = found.least_p <= 1 - level + EXACTLY
    params = {"least": f"{found.least_p:.2g}"}
    least = Diagnostic("least_p", Message(said, params), None if reached else False)
    low, high = found.interval(1 - found.least_p)
    if reached or low is None or high is None:
        return (least,)
    beside = Message(
        N_("The surest interval that can be given has %(level)s%%: %(low)s to %(high)s"),
        {
            "level": f"{100 * (1 - found.least_p):.0f}",
            "low": significant(low),
            "high": significant(high),
        },
    )
    return (least, Diagnostic("surest_interval", beside))
