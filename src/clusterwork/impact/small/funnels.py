"""Funnels: each unit against limits that widen as it gets smaller; never an order of merit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clusterwork.impact.result import Diagnostic, Result, Table
from clusterwork.impact.small.intervals import not_a_count
from clusterwork.impact.small.limits import (
    binomial_limits,
    normal_limits,
    overdispersion,
    poisson_limits,
)
from clusterwork.impact.small.means import NotAStandardError
from clusterwork.impact.small.rows import Floats, Rows, rows_of
from clusterwork.impact.small.wording import plain
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

LEVELS = (0.95, 0.998)
WINSORISED = 0.1
COLUMNS = ("unit", "size", "value", "low95", "high95", "low998", "high998", "place")


class NoSuchKind(Problem):
    """A funnel is of shares, rates or means."""


class NoSuchTarget(Problem):
    """The line in the middle of the funnel is no possible value."""


@dataclass(frozen=True)
class Place:
    """A unit in the funnel: its value and the limits at its size; place "in", "95" or "998"."""

    unit: str
    size: float
    value: float
    low95: float
    high95: float
    low998: float
    high998: float
    place: str


@dataclass(frozen=True)
class Funnel(Result):
    """Units by size. target: the middle. factor: φ, by which variances were widened (1: not)."""

    kind: str
    target: float
    factor: float
    places: tuple[Place, ...]

    def sentences(self) -> Sequence[Message]:
        """How many lie outside, beside how many chance alone would put there."""
        n = len(self.places)
        outside = sum(each.place != "in" for each in self.places)
        far = sum(each.place == "998" for each in self.places)
        counted = Message(
            N_(
                "Outside the 95 %% limits lie %(outside)s of %(n)s (chance alone would put about "
                "%(chance)s there), outside the 99.8 %% limits %(far)s."
            ),
            {"outside": outside, "n": n, "chance": f"{0.05 * n:.0f}", "far": far},
        )
        no_merit = Message(
            N_("The funnel says whose figure is worth a question; it does not rank.")
        )
        return counted, *(each.said for each in self.diagnostics), no_merit


def funnel(
    frame: object,
    *,
    unit: str,
    value: str,
    size: str,
    kind: str = "share",
    target: float | None = None,
    widen: bool = True,
) -> Funnel:
    """Each unit against 95 % and 99.8 % limits about the target.

    kind "share": value counted of size, exact binomial limits; "rate": value counted where size
    were expected (or exposed), exact Poisson limits; "mean": value a mean and size its standard
    error, normal limits. target: share 0 to 1, rate, or mean; left out, the value of all together
    (means weighted by 1/se²). widen: by √φ about the target where units vary more than chance
    (`overdispersion`; z winsorised at 10 % each side). Raises NoSuchKind, NoSuchTarget, NotACount,
    NotAStandardError.
    """
    rows = rows_of(frame, [unit], [value, size])
    values, sizes = rows[value], rows[size]
    _must_fit(kind, values, sizes)
    middle = _together(kind, values, sizes) if target is None else target
    _must_be_possible(kind, middle)
    shown = values if kind == "mean" else values / sizes
    factor = overdispersion(_scores(kind, middle, shown, sizes), WINSORISED) if widen else 1.0
    places = _places(rows, kind, middle, factor, shown, sizes)
    return Funnel(
        data_hash=rows.data_hash,
        assumptions=(Message(N_("Units differ from the target by chance alone, unless widened.")),),
        diagnostics=_diagnostics(factor, widen, rows.left_out),
        tables=(_table(places),),
        kind=kind,
        target=float(middle),
        factor=factor,
        places=places,
    )


def _must_fit(kind: str, values: Floats, sizes: Floats) -> None:
    if kind not in ("share", "rate", "mean"):
        raise NoSuchKind(
            Message(N_("There is no such kind of funnel: %(kind)s"), {"kind": kind}),
            next_step=Message(N_("Write share, rate or mean.")),
        )
    if kind == "mean":
        if (sizes <= 0).any():
            raise NotAStandardError(
                Message(N_("This is no standard error: %(value)s"), {"value": float(sizes.min())}),
                next_step=Message(N_("Leave the unit out, or write its standard error.")),
            )
        return
    wrong = (values < 0) | (sizes <= 0) | (values != np.rint(values))
    wrong |= (values > sizes) | (sizes != np.rint(sizes)) if kind == "share" else False
    if wrong.any():
        raise not_a_count(float(values[np.argmax(wrong)]))


def _together(kind: str, values: Floats, sizes: Floats) -> float:
    if kind == "mean":
        return float(np.average(values, weights=1 / sizes**2))
    return float(values.sum() / sizes.sum())


def _must_be_possible(kind: str, target: float) -> None:
    possible = {"share": 0 < target < 1, "rate": 0 < target < np.inf}
    if not possible.get(kind, bool(np.isfinite(target))):
        raise NoSuchTarget(
            Message(N_("A funnel cannot stand about this value: %(target)s"), {"target": target}),
            why=Message(N_("Chance would leave every unit at the same value.")),
            next_step=Message(N_("Take a share between 0 and 1, or a rate above 0.")),
        )


def _scores(kind: str, target: float, shown: Floats, sizes: Floats) -> Floats:
    """z of each unit by the normal approximation."""
    variances = {
        "share": target * (1 - target) / sizes,
        "rate": target / sizes,
        "mean": sizes**2,
    }
    return np.asarray((shown - target) / np.sqrt(variances[kind]))


def _limits(kind: str, target: float, sizes: Floats, level: float) -> tuple[Floats, Floats]:
    ways = {"share": binomial_limits, "rate": poisson_limits, "mean": normal_limits}
    return ways[kind](target, sizes, (1 - level) / 2)


def _places(
    rows: Rows, kind: str, target: float, factor: float, shown: Floats, sizes: Floats
) -> tuple[Place, ...]:
    ends = [end for level in LEVELS for end in _limits(kind, target, sizes, level)]
    ends = [target + np.sqrt(factor) * (end - target) for end in ends]
    if kind != "mean":
        ends = [np.clip(end, 0.0, 1.0 if kind == "share" else None) for end in ends]
    marks = np.where((shown < ends[0]) | (shown > ends[1]), "95", "in")
    marks = np.where((shown < ends[2]) | (shown > ends[3]), "998", marks)
    columns = [sizes, shown, *ends]
    return tuple(
        Place(label[0], *row)
        for label, *row in zip(
            rows.labels, *(each.tolist() for each in columns), marks.tolist(), strict=True
        )
    )


def _diagnostics(factor: float, widen: bool, left_out: int) -> tuple[Diagnostic, ...]:
    if factor > 1:
        said = Message(
            N_(
                "Units vary more than chance: limits are widened by the root of %(factor)s (the "
                "furthest tenth of each side drawn in before it was found)."
            ),
            {"factor": plain(factor)},
        )
    elif widen:
        said = Message(N_("Units vary about as chance makes them; limits are not widened."))
    else:
        said = Message(N_("Limits are not widened for differences beyond chance."))
    missing = Message(N_("Rows without a figure, left out: %(n)s."), {"n": left_out})
    return Diagnostic("overdispersion", said), Diagnostic("left_out", missing)


def _table(places: Sequence[Place]) -> Table:
    """By size, never by value."""
    ordered = sorted(places, key=lambda each: (each.size, each.unit))
    return Table(
        "funnel", COLUMNS, tuple(tuple(getattr(each, name) for name in COLUMNS) for each in ordered)
    )
