"""From pupils' rows in any frame to the statistics; rows never leave the engine that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
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
from clusterwork.impact.refusing import nothing_left
from clusterwork.impact.value_added.cells import Cells, Columns
from clusterwork.impact.value_added.summing import Design, Part, merged, part_of
from clusterwork.impact.written import labelled
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

Floats = NDArray[np.float64]
ROWS_AT_ONCE = 50_000
PARTS_AT_ONCE = 4
SOME_ROWS = 10_000
DIGITS = 6


class SlopeNotACovariate(Problem):
    """The slope that is to vary is not among the covariates, or is a group."""


def cells_of(
    data: object,
    *,
    outcome: str,
    covariates: Sequence[str],
    levels: Sequence[str],
    slope: str | None = None,
    constants: Mapping[str, float] | None = None,
    fewest: int = 1,
) -> Cells:
    """The statistics of a value-added model of these rows.

    data: any frame; one row a pupil. levels: columns of groups from the outermost to the lowest.
    constants: what to take from covariates and outcome before summing; by default the means of the
    first rows to six digits. Statistics can be added where the constants are equal. fewest: groups
    of the lowest level with fewer pupils are left out, and counted as missing.

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
    chosen = frame.select(*dict.fromkeys([*(term.source for term in terms), *levels]))
    batches = _batches(chosen)
    first = next(batches, chosen.head(0))
    given = _constants(first, terms, constants or {})
    names = tuple(term.name for term in terms[:-1])
    design = Design(terms, Columns(names, outcome, tuple(levels), slope, given))
    part = _added_up(chain([first], batches), design)
    made = _put_together(part, design)
    if fewest < 2 or made.sums[:, 0].min() >= fewest:
        return made
    large = _in_large_groups(part, design, fewest)
    kept = _added_up((batch.filter(large) for batch in _batches(chosen)), design)
    told = _put_together(kept, design)
    return replace(told, missing=made.missing + made.n - told.n)


def _added_up(batches: Iterable[Frame], design: Design) -> Part:
    """The sums of all batches; put together now and then, so that few are held at once."""
    parts: list[Part] = []
    for batch in batches:
        parts.append(part_of(batch, design))
        if len(parts) == PARTS_AT_ONCE:
            parts = [merged(parts)]
    return merged(parts)


def _in_large_groups(part: Part, design: Design, fewest: int) -> nw.Expr:
    """Whether a row stands in none of the groups of fewer pupils."""
    levels, keys = design.columns.levels, part.groups.keys
    small = part.groups.sums[0] < fewest
    if len(set(keys[-1].tolist())) == len(small):
        return ~nw.col(levels[-1]).is_in(keys[-1][small].tolist())
    each = [
        nw.all_horizontal(
            *(nw.col(level) == key for level, key in zip(levels, row, strict=True)),
            ignore_nulls=False,
        )
        for row in zip(*(key[small].tolist() for key in keys), strict=True)
    ]
    return ~nw.any_horizontal(*each, ignore_nulls=True)


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


def _batches(chosen: Frame) -> Iterator[Frame]:
    """The rows in parts that fit into memory; a frame of another engine stays whole there."""
    if isinstance(chosen, nw.DataFrame):
        for first in range(0, max(len(chosen), 1), ROWS_AT_ONCE):
            yield chosen[first : first + ROWS_AT_ONCE]
    elif chosen.implementation.is_polars():
        for batch in chosen.to_native().collect_batches(chunk_size=ROWS_AT_ONCE):
            yield nw.from_native(batch, eager_only=True)
    else:
        yield chosen


def _put_together(part: Part, design: Design) -> Cells:
    """The statistics, groups in the order of their keys."""
    _must_be_finite(part.products, design)
    if not part.groups.sums.size:
        raise nothing_left(
            [*design.columns.covariates, design.columns.outcome],
            part.missing,
            Message(N_("Leave out the covariate that is most often missing.")),
        )
    keys = list(zip(*map(_texts, part.groups.keys), strict=True))
    order = sorted(range(len(keys)), key=["\0".join(key) for key in keys].__getitem__)
    width, sums = design.columns.width, part.groups.sums.T[np.array(order)]
    slopes = [] if design.slope is None else [1 + design.slope, *range(width, sums.shape[1])]
    return Cells(
        design.columns,
        tuple(keys[row] for row in order),
        np.ascontiguousarray(sums[:, :width]),
        np.ascontiguousarray(sums[:, slopes]),
        part.products,
        part.missing,
    )


def _texts(keys: NDArray[Any]) -> list[str]:
    """Keys as texts; a whole number is written as one, also where a gap made it a fraction."""
    if keys.dtype.kind in "iu":
        return [str(key) for key in keys.tolist()]
    return [labelled(key) if isinstance(key, float) else str(key) for key in keys.tolist()]


def _must_be_finite(products: Floats, design: Design) -> None:
    """Refuses infinite values; squares would hide no other fault."""
    for term, square in zip(design.terms, np.diag(products)[1:], strict=True):
        if not np.isfinite(square):
            raise infinite_values(term.source)
