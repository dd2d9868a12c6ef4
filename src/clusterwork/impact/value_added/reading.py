"""From pupils' rows in any frame to the statistics; rows never leave the engine that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from clusterwork.impact.frames import (
    Frame,
    Term,
    covariate,
    framed,
    infinite_values,
    must_have,
    number,
)
from clusterwork.impact.value_added.cells import Cells, Columns
from clusterwork.impact.written import labelled
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
ROWS_AT_ONCE = 250_000
SOME_ROWS = 10_000
DIGITS = 6


class SlopeNotACovariate(Problem):
    """The slope that is to vary is not among the covariates, or is a group."""


class NothingLeft(Problem):
    """Every row has a missing value."""


@dataclass(frozen=True)
class Design:
    """What is taken from each row: terms of the covariates and the outcome, keys, constants."""

    terms: tuple[Term, ...]
    columns: Columns

    def values(self) -> list[nw.Expr]:
        """Covariates and outcome less their constants, named v0, v1, ..."""
        return [
            term.expression(constant).alias(f"v{place}")
            for place, (term, constant) in enumerate(
                zip(self.terms, self.columns.constants, strict=True)
            )
        ]

    @property
    def names(self) -> list[str]:
        """The names of the values."""
        return [f"v{place}" for place in range(len(self.terms))]

    @property
    def slope(self) -> str | None:
        """The name of the slope among the values."""
        if self.columns.slope is None:
            return None
        return f"v{self.columns.covariates.index(self.columns.slope)}"


def cells_of(
    data: object,
    *,
    outcome: str,
    covariates: Sequence[str],
    levels: Sequence[str],
    slope: str | None = None,
    constants: Mapping[str, float] | None = None,
) -> Cells:
    """The statistics of a value-added model of these rows.

    data: any frame; one row a pupil. levels: columns of groups from the outermost to the lowest.
    constants: what to take from covariates and outcome before summing; by default the means of the
    first rows to six digits. Statistics can be added where the constants are equal.

    Rows with a missing value, or a code such as SUPP, are left out and counted. Raises
    NoSuchColumn, NotNumbers, TooManyCategories, InfiniteValues, SlopeNotACovariate, NothingLeft.
    """
    frame = framed(data)
    must_have(frame, [outcome, *covariates, *levels])
    terms = (
        *(term for name in covariates for term in covariate(frame, name)),
        number(frame, outcome),
    )
    _must_be_among(slope, terms[:-1])
    given = _constants(frame, terms, constants or {})
    names = tuple(term.name for term in terms[:-1])
    design = Design(terms, Columns(names, outcome, tuple(levels), slope, given))
    parts = [_part(batch, design) for batch in _batches(frame, design)]
    return _put_together(parts, design)


def _must_be_among(slope: str | None, terms: Sequence[Term]) -> None:
    if slope is None or slope in {term.name for term in terms if term.category is None}:
        return
    raise SlopeNotACovariate(
        Message(N_("The slope is not among the covariates of numbers: %(name)s"), {"name": slope}),
        why=Message(N_("A slope varies around the one that all groups share.")),
        next_step=Message(N_("Add it to the covariates.")),
    )


def _constants(
    frame: Frame, terms: Sequence[Term], given: Mapping[str, float]
) -> tuple[float, ...]:
    """The constants given; otherwise means of some rows to six digits.

    Any number near the values does: what is taken off is put back.
    """
    if all(term.name in given for term in terms):
        return tuple(given[term.name] for term in terms)
    wanted = [
        term.expression().fill_nan(None).mean().alias(f"v{place}")
        for place, term in enumerate(terms)
    ]
    means = frame.head(SOME_ROWS).lazy().select(*wanted).collect().row(0)
    return tuple(
        given.get(term.name, _rounded(mean)) for term, mean in zip(terms, means, strict=True)
    )


def _rounded(mean: float | None) -> float:
    """The mean to a few digits; 0 where it is not known."""
    if mean is None or not np.isfinite(mean):
        return 0.0
    return float(f"{mean:.{DIGITS}g}")


@dataclass(frozen=True)
class _Part:
    """Of some rows: a frame of group sums, the cross-product, and rows left out."""

    groups: nw.DataFrame[Any]
    products: Floats
    missing: int


def _batches(frame: Frame, design: Design) -> Iterator[Frame]:
    """The rows in parts that fit into memory; a frame of another engine stays whole there."""
    columns = [*dict.fromkeys(term.source for term in design.terms), *design.columns.levels]
    chosen = frame.select(*dict.fromkeys(columns))
    if isinstance(chosen, nw.DataFrame):
        for first in range(0, max(len(chosen), 1), ROWS_AT_ONCE):
            yield chosen[first : first + ROWS_AT_ONCE]
    elif chosen.implementation.is_polars():
        for batch in chosen.to_native().collect_batches(chunk_size=ROWS_AT_ONCE):
            yield nw.from_native(batch, eager_only=True)
    else:
        yield chosen


def _part(batch: Frame, design: Design) -> _Part:
    values = (value.fill_nan(None) for value in design.values())
    rows = batch.select(*design.columns.levels, *values)
    if isinstance(rows, nw.LazyFrame):
        return _part_there(rows, rows.drop_nulls(), design)
    whole = rows.drop_nulls()
    return _part_here(whole, len(rows) - len(whole), design)


def _part_here(whole: nw.DataFrame[Any], missing: int, design: Design) -> _Part:
    """Sums by the frame's own engine, cross-products by matrix multiplication."""
    names = design.names
    times_slope = whole.with_columns(*_times_slope(names, design.slope))
    groups = times_slope.group_by(*design.columns.levels).agg(*_sums(names, design.slope))
    matrix = np.column_stack([np.ones(len(whole)), whole.select(*names).to_numpy()])
    return _Part(groups, matrix.T @ matrix, missing)


def _part_there(rows: nw.LazyFrame[Any], whole: nw.LazyFrame[Any], design: Design) -> _Part:
    """Everything by one GROUP BY in the engine that holds the rows."""
    names = design.names
    pairs = [(i, j) for i in range(len(names)) for j in range(i, len(names))]
    crosses = [(nw.col(names[i]) * nw.col(names[j])).alias(f"p{i}_{j}") for i, j in pairs]
    groups = (
        whole.with_columns(*_times_slope(names, design.slope), *crosses)
        .group_by(*design.columns.levels)
        .agg(*_sums(names, design.slope), *(nw.col(f"p{i}_{j}").sum() for i, j in pairs))
        .collect()
    )
    every = int(rows.select(nw.len().alias("n")).collect().item())
    products = _square(groups, names, pairs)
    return _Part(
        groups.drop([f"p{i}_{j}" for i, j in pairs]), products, every - round(products[0, 0])
    )


def _sums(names: Sequence[str], slope: str | None) -> list[nw.Expr]:
    """Count and sums of a group, and with a slope the sums of slope times each."""
    sums = [nw.len().alias("n"), *(nw.col(name).sum().alias(f"s{name}") for name in names)]
    return sums + [nw.col(f"t{name}").sum() for name in names if slope is not None]


def _times_slope(names: Sequence[str], slope: str | None) -> list[nw.Expr]:
    """Each value times the slope's, where there is one."""
    if slope is None:
        return []
    return [(nw.col(slope) * nw.col(name)).alias(f"t{name}") for name in names]


def _square(
    groups: nw.DataFrame[Any], names: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> Floats:
    """The cross-product with the intercept, from sums by group."""
    square = np.zeros((len(names) + 1, len(names) + 1))
    square[0, 0] = groups["n"].sum()
    for place, name in enumerate(names):
        square[0, place + 1] = square[place + 1, 0] = groups[f"s{name}"].sum()
    for i, j in pairs:
        square[i + 1, j + 1] = square[j + 1, i + 1] = groups[f"p{i}_{j}"].sum()
    return square


def _put_together(parts: Sequence[_Part], design: Design) -> Cells:
    """The statistics of all parts, groups in the order of their keys."""
    levels = list(design.columns.levels)
    groups = nw.concat([part.groups for part in parts])
    if len(parts) > 1:
        others = [name for name in groups.columns if name not in levels]
        groups = groups.group_by(*levels).agg(*(nw.col(name).sum() for name in others))
    products = np.sum([part.products for part in parts], axis=0)
    missing = sum(part.missing for part in parts)
    _must_be_finite(products, design)
    if len(groups) == 0:
        raise _nothing_left(missing)
    keys = list(zip(*(_keys(groups[level]) for level in levels), strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    sums, slopes = _matrices(groups, design)
    return Cells(
        design.columns,
        tuple(keys[row] for row in order),
        sums[order],
        slopes[order],
        products,
        missing,
    )


def _keys(groups: nw.Series[Any]) -> list[str]:
    """Keys as texts; a whole number is written as one, also where a gap made it a fraction."""
    return [labelled(key) if isinstance(key, float) else str(key) for key in groups.to_list()]


def _matrices(groups: nw.DataFrame[Any], design: Design) -> tuple[Floats, Floats]:
    """Counts and sums by group, and the sums of slope times each."""
    sums = [groups["n"], *(groups[f"s{name}"] for name in design.names)]
    slopes = []
    if design.slope is not None:
        slopes = [groups[f"s{design.slope}"], *(groups[f"t{name}"] for name in design.names)]
    return _side_by_side(sums, len(groups)), _side_by_side(slopes, len(groups))


def _side_by_side(columns: Sequence[nw.Series[Any]], rows: int) -> Floats:
    matrix = np.zeros((rows, len(columns)))
    for place, column in enumerate(columns):
        matrix[:, place] = column.to_numpy()
    return matrix


def _must_be_finite(products: Floats, design: Design) -> None:
    """Refuses infinite values; squares would hide no other fault."""
    for term, square in zip(design.terms, np.diag(products)[1:], strict=True):
        if not np.isfinite(square):
            raise infinite_values(term.source)


def _nothing_left(missing: int) -> NothingLeft:
    return NothingLeft(
        Message(N_("No row has every value that the model needs.")),
        why=Message(
            N_("Rows left out because a value was missing: %(missing)s"), {"missing": missing}
        ),
        next_step=Message(N_("Leave out the covariate that is most often missing.")),
    )
