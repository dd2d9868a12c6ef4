"""Whether the result hangs on a single cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import narwhals as nw

from clusterwork.impact.diagnostics.refitting import Try, estimates_of, table_of, tried
from clusterwork.impact.frames import framed, must_have
from clusterwork.impact.result import Diagnostic, Estimate
from clusterwork.impact.written import significant
from clusterwork.kernel.messages import N_, Message


def leave_one_cluster_out(
    frame: object,
    cluster: str,
    refit: Callable[[Any], Estimate],
    *,
    whole: Estimate,
    clusters: Sequence[object] | None = None,
) -> Diagnostic:
    """The analysis again, each time without the rows of one cluster.

    refit: takes the rows that stay, as a frame of the kind given, and returns the estimate. whole:
    the estimate with all. clusters: which to leave out in turn, usually those that take part; by
    default each that has a name. A refusal is a line of the table. passed: whether the interval of
    the whole holds every estimate and none has the other sign; False where a refit is refused;
    None where no interval is told.
    """
    data = framed(frame)
    must_have(data, [cluster])
    names = list(clusters) if clusters is not None else _names(data, cluster)
    tries = [tried(str(name), _without(data, cluster, name, refit)) for name in names]
    table = table_of("leave one cluster out", "left out", tries)
    return Diagnostic("leave one cluster out", _said(tries), _passed(tries, whole), table)


def _names(data: Any, cluster: str) -> list[Any]:
    column = data.lazy().select(nw.col(cluster)).drop_nulls().unique().collect()[cluster]
    return sorted(column.to_list())


def _without(
    data: Any, cluster: str, name: object, refit: Callable[[Any], Estimate]
) -> Callable[[], Estimate]:
    """Rows without a cluster stay."""
    stays = nw.col(cluster).is_null() | (nw.col(cluster) != name)
    return lambda: refit(data.filter(stays).to_native())


def _passed(tries: Sequence[Try], whole: Estimate) -> bool | None:
    if any(each.estimate is None for each in tries):
        return False
    if whole.low is None or whole.high is None or not tries:
        return None
    return all(
        whole.low <= estimate <= whole.high and estimate * whole.estimate >= 0.0
        for estimate in estimates_of(tries)
    )


def _said(tries: Sequence[Try]) -> Message:
    numbers = estimates_of(tries)
    refused = len(tries) - len(numbers)
    if not tries:
        return Message(N_("There is no cluster to leave out."))
    if refused:
        return Message(
            N_(
                "Without some single clusters no result can be told (%(refused)s of %(n)s): it "
                "hangs on them."
            ),
            {"refused": refused, "n": len(tries)},
        )
    low, high = min(numbers), max(numbers)
    return Message(
        N_(
            "Leaving out one cluster at a time the estimate lies between %(low)s and %(high)s. "
            "Lowest without this cluster: %(lowest)s. Highest without this one: %(highest)s."
        ),
        {
            "low": significant(low),
            "high": significant(high),
            "lowest": tries[numbers.index(low)].name,
            "highest": tries[numbers.index(high)].name,
        },
    )
