"""What shrinking says: each unit's figure drawn towards the others' by as much as it is chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from clusterwork.impact.result import Diagnostic, Result, Table
from clusterwork.impact.small.allowing import ALLOWED, MANY, TAKEN, Ends
from clusterwork.impact.small.rows import Floats, Rows
from clusterwork.impact.small.wording import percent, plain
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

WayT = TypeVar("WayT")

FEWEST = 4
COLUMNS = ("unit", "raw", "estimate", "sd", "low", "high", "weight")
OWN = N_("Units differ for many reasons of their own; none of them is known here.")


class TooFewToShrink(Problem):
    """There are too few units to tell how far they differ."""


class NoSuchWay(Problem):
    """The spread between units is found by moments or by likelihood."""


@dataclass(frozen=True)
class Shrunk:
    """One unit: its own figure, the shrunken one with its spread and interval.

    weight: of its own figure in the shrunken one, 0 (all others') to 1 (all its own).
    """

    unit: str
    raw: float
    estimate: float
    sd: float
    low: float
    high: float
    weight: float


@dataclass(frozen=True)
class Shrunken(Result):
    """Shrunken figures of all units, in the order of their names.

    mean, spread: of the true figures between units, in units of the figure (shares 0 to 1); a
    spread of 0 means that units differ no more than chance makes them. kind: "share", "rate" or
    "mean". by: "moments" or "likelihood". left_out: rows without a figure.
    """

    effects: tuple[Shrunk, ...]
    mean: float
    spread: float
    kind: str
    by: str
    level: float
    left_out: int

    def sentences(self) -> Sequence[Message]:
        """How much the units differ beyond chance, and how far the figures were drawn in."""
        write = percent if self.kind == "share" else plain
        unit = " %" if self.kind == "share" else ""
        if self.spread == 0.0:
            return (
                Message(
                    N_(
                        "The %(n)s figures differ no more than chance alone would make them; "
                        "their mean is %(mean)s%(unit)s."
                    ),
                    {"n": len(self.effects), "mean": write(self.mean), "unit": unit},
                ),
            )
        return (
            Message(
                N_(
                    "Behind the %(n)s figures lies a mean of %(mean)s%(unit)s and a standard "
                    "deviation between them of %(spread)s%(unit)s; the rest is chance."
                ),
                {
                    "n": len(self.effects),
                    "mean": write(self.mean),
                    "spread": write(self.spread),
                    "unit": unit,
                },
            ),
            Message(
                N_(
                    "Each figure was drawn towards the mean, the smallest unit's most: between "
                    "%(least)s %% and %(most)s %% of the way."
                ),
                {
                    "least": percent(1 - max(each.weight for each in self.effects)),
                    "most": percent(1 - min(each.weight for each in self.effects)),
                },
            ),
        )


def must_be_enough(n: int) -> None:
    """Raises TooFewToShrink below four units (Morris 1983 divides by their number less three)."""
    if n < FEWEST:
        raise TooFewToShrink(
            Message(N_("There are too few units to learn from each other: %(n)s"), {"n": n}),
            why=Message(N_("How far they differ cannot be told from fewer than four.")),
            next_step=Message(N_("Show each with its interval, or add the units of other years.")),
        )


def way_of(by: str, *, moments: WayT, likelihood: WayT) -> WayT:
    """The way to find the spread that is asked for; raises NoSuchWay."""
    ways = {"moments": moments, "likelihood": likelihood}
    if by not in ways:
        raise no_such_way(by)
    return ways[by]


def shrunk_each(
    rows: Rows, raw: Floats, estimates: Floats, ends: Ends, weights: Floats
) -> tuple[Shrunk, ...]:
    """The units in the order of their names; every estimate lies within its interval."""
    low, high = np.minimum(ends.low, estimates), np.maximum(ends.high, estimates)
    columns = (raw, estimates, ends.sd, low, high, weights)
    numbers = zip(*(each.tolist() for each in columns), strict=True)
    return tuple(Shrunk(label[0], *each) for label, each in zip(rows.labels, numbers, strict=True))


def how_sure(n: int) -> Message:
    """What intervals of n units' shares or rates rest on."""
    return Message(ALLOWED if n < MANY else TAKEN)


def shrunken_of(
    rows: Rows,
    effects: tuple[Shrunk, ...],
    *,
    assumptions: tuple[Message, ...],
    mean: float,
    spread: float,
    kind: str,
    by: str,
    level: float,
) -> Shrunken:
    """The result of units' effects, with what it was made from."""
    return Shrunken(
        data_hash=rows.data_hash,
        assumptions=assumptions,
        diagnostics=left_out_of(rows.left_out),
        tables=(table_of(effects),),
        effects=effects,
        mean=mean,
        spread=spread,
        kind=kind,
        by=by,
        level=level,
        left_out=rows.left_out,
    )


def no_such_way(by: str) -> NoSuchWay:
    """The refusal of a name that is no way to find the spread."""
    return NoSuchWay(
        Message(N_("There is no such way to find the spread between units: %(by)s"), {"by": by}),
        next_step=Message(N_("Write moments or likelihood.")),
    )


def table_of(effects: Sequence[Shrunk]) -> Table:
    """The units as rows."""
    rows = tuple(tuple(getattr(each, name) for name in COLUMNS) for each in effects)
    return Table("shrunken", COLUMNS, rows)


def left_out_of(n: int) -> tuple[Diagnostic, ...]:
    """How many rows had no figure."""
    said = Message(N_("Rows without a figure, left out: %(n)s"), {"n": n})
    return (Diagnostic("left_out", said, passed=None),)
