"""The sufficient statistics of a nested linear mixed model; a commutative monoid.

Pupils' rows never leave their store: what leaves it are, for each group at the lowest level, the
count and the sums, and one cross-product over all rows. Statistics of parts of the pupils add up
to those of all pupils.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
Key = str


class CellsDiffer(Problem):
    """Two statistics are of different models or were centred at different constants."""


@dataclass(frozen=True)
class Columns:
    """What the statistics are of; equal for all parts that are to be added.

    covariates: m names, in the order of the coefficients after the intercept.
    outcome: the name of the outcome.
    levels: names from the outermost to the lowest.
    slope: the covariate whose slope varies at the lowest level, or None.
    constants: m + 1 numbers taken from covariates and outcome before anything was summed; raw
        sums of values around a million lose four digits (centred ones none).
    """

    covariates: tuple[str, ...]
    outcome: str
    levels: tuple[str, ...]
    slope: str | None
    constants: tuple[float, ...]

    @property
    def width(self) -> int:
        """Columns of [1, covariates, outcome]."""
        return len(self.covariates) + 2

    @property
    def shifts(self) -> Floats:
        """The constants as a row of `width`; zero for the intercept."""
        return np.array((0.0, *self.constants))


@dataclass(frozen=True)
class Cells:
    """Sums over pupils, by the groups of the lowest level.

    With z = [1, covariates - constants, outcome - constant] of one pupil (`width` columns):

    keys: J rows of one key a level, outermost first; sorted, none twice.
    sums: J x width; the sum of z, so that the first column counts pupils.
    slopes: J x width; the sum of (slope - constant) z, or J x 0 without a slope.
    products: width x width; the sum of z z' over all pupils.
    missing: rows left out because a value was missing.
    """

    columns: Columns
    keys: tuple[tuple[Key, ...], ...]
    sums: Floats
    slopes: Floats
    products: Floats
    missing: int = 0

    @property
    def n(self) -> int:
        """Pupils counted."""
        return round(float(self.products[0, 0]))

    def __add__(self, other: Cells) -> Cells:
        """The statistics of both parts; raises CellsDiffer where they are not of one model."""
        return total([self, other])


def nothing(columns: Columns) -> Cells:
    """The statistics of no pupil: added to any other they change nothing."""
    wide = columns.width
    return Cells(
        columns,
        (),
        np.zeros((0, wide)),
        np.zeros((0, wide if columns.slope else 0)),
        np.zeros((wide, wide)),
    )


def total(parts: Sequence[Cells]) -> Cells:
    """All parts added; the order makes no difference beyond rounding.

    Raises CellsDiffer where columns, levels, slope or constants differ.
    """
    first = parts[0]
    for part in parts[1:]:
        _must_agree(first.columns, part.columns)
    keys = sorted({key for part in parts for key in part.keys})
    place = {key: row for row, key in enumerate(keys)}
    sums = np.zeros((len(keys), first.sums.shape[1]))
    slopes = np.zeros((len(keys), first.slopes.shape[1]))
    for part in parts:
        rows = [place[key] for key in part.keys]
        sums[rows] += part.sums
        slopes[rows] += part.slopes
    return replace(
        first,
        keys=tuple(keys),
        sums=sums,
        slopes=slopes,
        products=np.sum([part.products for part in parts], axis=0),
        missing=sum(part.missing for part in parts),
    )


def _must_agree(one: Columns, other: Columns) -> None:
    if replace(one, constants=()) != replace(other, constants=()):
        raise CellsDiffer(
            Message(N_("These statistics are of different models.")),
            why=Message(
                N_("One has %(one)s; the other has %(other)s."),
                {"one": _described(one), "other": _described(other)},
            ),
            next_step=Message(
                N_("Make all of them with the same outcome, covariates, levels and slope.")
            ),
        )
    if one.constants != other.constants:
        raise CellsDiffer(
            Message(N_("These statistics were centred at different constants.")),
            why=Message(
                N_("Sums can be added without losing digits only where the constants are equal.")
            ),
            next_step=Message(
                N_("Make the second ones anew with the constants of the first (--centre FILE).")
            ),
        )


def _described(columns: Columns) -> str:
    slope = f" ({columns.slope})" if columns.slope else ""
    return (
        f"{columns.outcome} ~ {' + '.join(columns.covariates)} | {'/'.join(columns.levels)}{slope}"
    )
