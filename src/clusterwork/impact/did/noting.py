"""What a reader has to know of a comparison: what it assumes, what was left out, what is weak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from clusterwork.impact.did.averages import Kind
from clusterwork.impact.did.panel import Panel, different
from clusterwork.impact.did.plainly import NotFound
from clusterwork.impact.did.uncertainty import Wald
from clusterwork.impact.result import Diagnostic, Table
from clusterwork.impact.written import labelled
from clusterwork.kernel.messages import N_, Message

if TYPE_CHECKING:
    from clusterwork.impact.did.result import Average, GroupTime

FEW_CLUSTERS = 12
FEW_UNITS = 5
ALPHA = 0.05


def assumptions_of(
    control: str, method: str, names: Sequence[str], anticipation: float, factor: float
) -> tuple[Message, ...]:
    """What has to be true for the numbers to mean what they say."""
    return tuple(_assumptions(control, method, names, anticipation, factor))


def _assumptions(
    control: str, method: str, names: Sequence[str], anticipation: float, factor: float
) -> Iterator[Message]:
    compared = (
        N_("Without the start, the outcome would have changed as it did where nobody ever starts.")
        if control == "never"
        else N_("Without the start, the outcome would have changed as it did where none was yet.")
    )
    yield Message(compared)
    if names:
        told = {
            "dr": N_(
                "This holds among units with the same covariates, and either the regression or the "
                "weighting that use them is right. Covariates: %(names)s"
            ),
            "reg": N_(
                "This holds among units with the same covariates, and the regression that uses "
                "them is right. Covariates: %(names)s"
            ),
            "ipw": N_(
                "This holds among units with the same covariates, and the weighting that uses "
                "them is right. Covariates: %(names)s"
            ),
        }
        yield Message(told[method], {"names": ", ".join(names)})
    yield Message(
        N_("Nothing changes because of the start more than this long before it: %(time)s"),
        {"time": labelled(float(anticipation))},
    )
    yield Message(N_("What starts in one unit changes nothing in the units it is compared with."))
    yield Message(
        N_("Clusters are independent of each other. Small-sample factor of variances: %(factor)s"),
        {"factor": f"{factor:.4g}"},
    )


def notes_of(panel: Panel, missing: Sequence[NotFound], method: str) -> tuple[Message, ...]:
    """What was left out, and what is weak."""
    return (*_left_out(panel), *_uneven(panel), *_missing(missing), *_weak(panel))


def _left_out(panel: Panel) -> Iterator[Message]:
    left = panel.left_out
    counts = (
        (left.rows, N_("Rows left out because they have no figure: %(count)s")),
        (left.unseen, N_("Units left out because they have no figure at all: %(count)s")),
        (
            left.always,
            N_("Units left out because they had started before the first time: %(count)s"),
        ),
        (
            left.later,
            N_("Units that start after the last time and count as never started: %(count)s"),
        ),
        (left.partly, N_("Units left out because they were not seen at every time: %(count)s")),
    )
    for count, text in counts:
        if count:
            yield Message(text, {"count": count})
    for name in left.collinear:
        yield Message(
            N_("Left out, because it is a combination of other covariates: %(name)s"),
            {"name": name},
        )


def _uneven(panel: Panel) -> Iterator[Message]:
    if not panel.whole:
        yield Message(
            N_(
                "Not every unit was seen at every time; each comparison takes those seen at both "
                "of its times. Units seen at every time: %(whole)s of %(all)s"
            ),
            {"whole": int(panel.seen.all(axis=1).sum()), "all": len(panel.units)},
        )
    if panel.weight is not None:
        yield Message(
            N_(
                "Units count by their weights: in a comparison by the one of the earlier time, in "
                "averages over groups by the first one."
            )
        )


def _missing(missing: Sequence[NotFound]) -> Iterator[Message]:
    for each in missing:
        text = (
            N_("No effect could be told. Start: %(group)s. Time: %(time)s. %(why)s")
            if each.after
            else N_("Nothing could be told before the start: %(group)s. Time: %(time)s. %(why)s")
        )
        yield Message(
            text, {"group": labelled(each.group), "time": labelled(each.time), "why": each.why}
        )


def _weak(panel: Panel) -> Iterator[Message]:
    treated = len(different(panel.cluster[np.isfinite(panel.start)]))
    control = len(different(panel.cluster[panel.never]))
    if min(treated, control or treated) < FEW_CLUSTERS:
        yield Message(
            N_(
                "There are few clusters, so that these standard errors are too small: take the "
                "methods for few clusters. Clusters that start: %(treated)s. Clusters that never "
                "start: %(control)s"
            ),
            {"treated": treated, "control": control},
        )
    yield from _small_groups(panel)
    mixed = _mixed(panel)
    if mixed:
        yield Message(
            N_(
                "Units of one cluster start at different times, so that it may not be the one in "
                "which treatment was assigned. Such clusters: %(count)s"
            ),
            {"count": mixed},
        )


def _small_groups(panel: Panel) -> Iterator[Message]:
    for group in panel.groups:
        rows = panel.rows_of(float(group))
        clusters, units = len(different(panel.cluster[rows])), rows.stop - rows.start
        name = {"group": labelled(float(group)), "units": units}
        if clusters == 1:
            yield Message(
                N_(
                    "One cluster alone starts at this time, and its standard error holds nothing "
                    "of what is particular to it: %(group)s"
                ),
                name,
            )
        elif units < FEW_UNITS:
            yield Message(
                N_("Few units start at this time: %(group)s. Units: %(units)s"),
                name,
            )


def _mixed(panel: Panel) -> int:
    """How many clusters have units of different starts."""
    if panel.own:
        return 0
    earliest, latest = np.empty(len(panel.clusters)), np.empty(len(panel.clusters))
    earliest[panel.cluster[::-1]] = panel.start[::-1]
    latest[panel.cluster] = panel.start
    return int((earliest != latest).sum())


def diagnostics_of(
    panel: Panel, cells: Sequence[GroupTime], pretrend: Wald | None
) -> tuple[Diagnostic, ...]:
    """What must be shown beside the result: before the start, and who was seen."""
    return (_before(cells, pretrend), _flow(panel))


def _before(cells: Sequence[GroupTime], pretrend: Wald | None) -> Diagnostic:
    rows = tuple(
        (cell.group, cell.time, cell.estimate, cell.se) for cell in cells if not cell.after
    )
    table = Table("before", ("group", "time", "estimate", "se"), rows)
    if pretrend is None:
        said = Message(N_("Whether the groups moved alike before the start cannot be tested."))
        return Diagnostic("pretrend", said, None, table)
    alike = pretrend.p >= ALPHA
    text = (
        N_(
            "Before the start no difference in how the groups moved was found, which does not "
            "prove that there was none (p = %(p)s)."
        )
        if alike
        else N_("Before the start the groups already moved differently (p = %(p)s).")
    )
    return Diagnostic("pretrend", Message(text, {"p": f"{pretrend.p:.3f}"}), alike, table)


def _flow(panel: Panel) -> Diagnostic:
    starts = [*panel.groups.tolist(), np.inf]
    rows = []
    for start in starts:
        part = panel.rows_of(start) if np.isfinite(start) else panel.never
        seen = panel.seen[part].sum(axis=0).tolist()
        rows.append((start if np.isfinite(start) else "", part.stop - part.start, *seen))
    columns = ("start", "units", *(labelled(float(time)) for time in panel.times))
    said = Message(
        N_("Units seen at every time: %(whole)s of %(all)s"),
        {"whole": int(panel.seen.all(axis=1).sum()), "all": len(panel.units)},
    )
    return Diagnostic("flow", said, panel.whole, Table("flow", columns, tuple(rows)))


def tables_of(cells: Sequence[GroupTime], averages: Mapping[Kind, Average]) -> tuple[Table, ...]:
    """Effects by group and time, and the parts of each average."""
    columns = ("estimate", "se", "low", "high")
    effects = Table(
        "att_gt",
        ("group", "time", *columns),
        tuple((c.group, c.time, c.estimate, c.se, c.low, c.high) for c in cells),
    )
    parts = [
        Table(
            name,
            ("key", *columns),
            tuple((p.key, p.estimate, p.se, p.low, p.high) for p in average.by),
        )
        for name, average in averages.items()
        if average.by
    ]
    return (effects, *parts)
