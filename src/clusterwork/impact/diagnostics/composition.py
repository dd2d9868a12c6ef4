"""Whether the groups themselves changed between before and after, one more than the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.frames import Frame, framed, must_have, number
from clusterwork.impact.result import Diagnostic, Table
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
ALIKE = 0.1
APART = 0.25
COLUMNS = (
    "covariate",
    "treated_before",
    "treated_after",
    "control_before",
    "control_after",
    "apart",
)


class NotFourGroups(Problem):
    """Before and after, those who take part and others: one of the four groups is empty."""


def composition_change(
    frame: object, *, treated: str, after: str, covariates: Sequence[str]
) -> Diagnostic:
    """The change of covariates of those who take part less that of the others.

    frame: one row a unit and time. treated, after: columns of 0 and 1; covariates: of numbers, such
    as the share of free school meals; rows without a value are left out covariate by covariate.
    apart = (change of the treated less change of the others) over the standard deviation of the
    treated before. passed: True up to 0.1, False beyond 0.25, else the reader judges; None too
    where nothing can be told. Raises NoSuchColumn, NotNumbers, NotFourGroups.
    """
    data = framed(frame)
    must_have(data, [treated, after, *covariates])
    took, later, *columns = _columns(data, [treated, after, *covariates])
    groups = [(took == arm) & (later == time) for arm in (1.0, 0.0) for time in (0.0, 1.0)]
    _must_be_four(groups)
    rows = [_row(name, values, groups) for name, values in zip(covariates, columns, strict=True)]
    worst = max((abs(row[-1]) for row in rows if row[-1] is not None), default=None)
    return Diagnostic(
        "composition", _said(worst), _passed(worst), Table("composition", COLUMNS, tuple(rows))
    )


def _columns(data: Frame, names: Sequence[str]) -> list[Floats]:
    exprs = [number(data, name).expression().alias(f"v{place}") for place, name in enumerate(names)]
    got = data.lazy().select(*exprs).collect()
    return [np.array(got[f"v{place}"].to_numpy(), dtype=np.float64) for place in range(len(names))]


def _must_be_four(groups: Sequence[NDArray[np.bool_]]) -> None:
    if all(group.any() for group in groups):
        return
    raise NotFourGroups(
        Message(N_("A change can be compared only where both groups are there before and after.")),
        why=Message(
            N_("Rows by group, those who take part first, before first: %(counts)s"),
            {"counts": ", ".join(str(int(group.sum())) for group in groups)},
        ),
        next_step=Message(N_("Write 0 and 1 in both columns, and give the rows of both times.")),
    )


Row = tuple[str, float | None, float | None, float | None, float | None, float | None]


def _row(name: str, values: Floats, groups: Sequence[NDArray[np.bool_]]) -> Row:
    known = [values[group & np.isfinite(values)] for group in groups]
    if any(len(part) == 0 for part in known):
        one, two, three, four = (float(part.mean()) if len(part) else None for part in known)
        return name, one, two, three, four, None
    before, later, other_before, other_later = (float(part.mean()) for part in known)
    spread = float(known[0].std(ddof=1)) if len(known[0]) > 1 else 0.0
    change = (later - before) - (other_later - other_before)
    apart = change / spread if spread > 0.0 else None
    return name, before, later, other_before, other_later, apart


def _passed(worst: float | None) -> bool | None:
    if worst is None or ALIKE < worst <= APART:
        return None
    return worst <= ALIKE


def _said(worst: float | None) -> Message:
    if worst is None:
        return Message(N_("Whether the groups changed cannot be told from these covariates."))
    if worst <= ALIKE:
        return Message(
            N_(
                "Both groups changed alike: no covariate moved apart by more than %(worst)s "
                "standard deviations."
            ),
            {"worst": f"{worst:.2f}"},
        )
    return Message(
        N_(
            "The groups themselves changed differently: a covariate moved apart by %(worst)s "
            "standard deviations. Part of the difference may come from who was there."
        ),
        {"worst": f"{worst:.2f}"},
    )
